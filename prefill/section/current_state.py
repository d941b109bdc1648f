"""Current State: traps first, the worst before the rest, then how to run, test and migrate, then what exists and how much of it."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator

from prefill.lazy import regex
from prefill.model import (
    Command,
    CountedTests,
    Evidence,
    Findings,
    Project,
    Route,
    Runner,
    SourceFiles,
    Trap,
    Undocumented,
    VariableRead,
    Workflow,
)
from prefill.section.entry import Entry, LabelEntries

LOOKED_IN = ("package.json", ".github/workflows/", ".env.example")
TRAPS = 4  # traps that are said before "… and N more"
TASKS = ("run", "build", "test", "e2e", "lint", "check", "typecheck", "generate", "migrate", "push")
RUNNERS = 3
FOLDERS = 2  # of a runner
WORKFLOWS = 2  # that run for each change
JOBS = 3  # of a workflow
VARIABLES = 4
AREAS = 3
PREFIX = 2  # parameters that the pages begin with

# What breaks the work before what misleads, and that before what is merely old. Other names stand between the two.
ORDER = (
    "dead-gate",
    "two-gates",
    "gate-without-function",
    "unread-matcher",
    "refused-module",
    "removed-command",
    "absent-script",
    "migrations-of-another-dialect",
    "migrations-missing",
    "schema-ahead-of-migrations",
    "build-ignores-errors",
    "migrations-not-in-journal",
    "snapshot-ahead-of-schema",
    "snapshot-behind-schema",
    "stale-lockfile",
    "foreign-lockfile",
    "two-versions",
    "",
    "loose-types",
    "deprecated-package",
    "dead-tailwind-config",
    "unresolved-extends",
    "missing-file",
    "two-lockfiles",
)
_CHECKS = frozenset({"test", "e2e", "lint", "typecheck"})
_ON_CHANGE = frozenset({"push", "pull_request", "pull_request_target", "merge_group", "workflow_call"})

_ERRORS = frozenset({"/404", "/500", "/_error", "/_not-found"})  # pages that are no areas
_WORDS = {"generate": "make a migration", "migrate": "apply migrations", "push": "push the schema"}
# What a command does besides: the pattern in its script, the tasks that it surprises in, the words.
_NOTES = (
    (regex(r"(?:^|\s)--(?:fix|write)(?![\w-])"), ("lint", "check", "typecheck"), "rewrites files"),
    (
        regex(
            r"\bdb:(?:migrate|push)\b|\bprisma (?:migrate (?:deploy|dev)|db push)\b|\bdrizzle-kit (?:migrate|push)\b"
        ),
        ("build", "run", "test", "e2e"),
        "changes the database too",
    ),
)


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    entries = [
        *_traps(findings),
        *_commands(findings, project),
        *_tests(findings, project),
        *_workflows(findings),
        *_environment(findings),
        *_areas(findings, project),
    ]
    return LabelEntries(label="Current State", entries=tuple(entries), looked_in=LOOKED_IN)


def _traps(findings: Findings) -> Iterator[Entry]:
    place = {name: at for at, name in enumerate(ORDER)}
    traps = sorted(findings.of(Trap), key=lambda trap: place.get(trap.name, place[""]))
    for at, trap in enumerate(traps[:TRAPS]):
        yield Entry(
            kind="trap",
            values={"first": at == 0, "name": trap.name, "values": trap.values},
            evidence=trap.evidence,
            rank=0 if at < 3 else 1,
        )
    if len(traps) > TRAPS:
        yield Entry(
            kind="more_traps",
            values={"count": len(traps) - TRAPS},
            evidence=tuple(place for trap in traps[TRAPS:] for place in trap.evidence[:1]),
            rank=1,
        )


def _commands(findings: Findings, project: Project) -> Iterator[Entry]:
    """Each with the folder to run it in, where the scripts of the app are not all there are."""
    known = {command.task: command for command in findings.of(Command)}
    tasks = [task for task in TASKS if task in known]
    if "lint" in tasks and "check" in tasks and known["lint"].source == known["check"].source:
        tasks.remove("check")
    if "migrate" in tasks and "push" in tasks:
        tasks.remove("push")
    folders = {task: posixpath.dirname(known[task].source) or "." for task in tasks}
    order = list(dict.fromkeys(folders[task] for task in tasks))
    tasks.sort(key=lambda task: order.index(folders[task]))
    for at, task in enumerate(tasks):
        moves = at == 0 or folders[task] != folders[tasks[at - 1]]
        script = known[task].script
        yield Entry(
            kind="command",
            values={
                "first": at == 0,
                "folder": folders[task] if moves and (project.app != "." or len(order) > 1) else None,
                "task": _WORDS.get(task, task),
                "command": known[task].command,
                "note": next((note for pattern, of, note in _NOTES if task in of and pattern.search(script)), None),
            },
            evidence=known[task].evidence,
            rank=2,
            before=". " if at == 0 else "; " if moves else ", ",
        )


def _tests(findings: Findings, project: Project) -> Iterator[Entry]:
    counted = findings.one(CountedTests)
    if counted is None:
        return
    runners = sorted(findings.of(Runner), key=lambda runner: -runner.files)
    for at, runner in enumerate(runners[:RUNNERS]):
        yield Entry(
            kind="runner",
            values={
                "first": at == 0,
                "name": runner.name,
                "files": runner.files,
                "own": runner.own,
                "app": project.app if project.uses else None,
                "folders": runner.folders[:FOLDERS],
                "more": len(runner.folders) > FOLDERS,
                "config": runner.config,
            },
            evidence=runner.evidence,
            rank=2,
            before=". " if at == 0 else ", ",
        )
    if counted.undetermined:
        yield Entry(
            kind="other_tests",
            values={"first": not runners, "count": counted.undetermined},
            evidence=counted.evidence,
            rank=3,
            before=", " if runners else ". ",
        )
    scripted = any(source.language in {"TypeScript", "JavaScript"} for source in findings.of(SourceFiles))
    if not counted.files and not runners and scripted and counted.evidence:
        yield Entry(
            kind="no_tests", values={"patterns": counted.patterns}, evidence=counted.evidence, rank=3, before=". "
        )


def _workflows(findings: Findings) -> Iterator[Entry]:
    """The workflows that run for each change, by the names of their jobs; the others are counted."""
    workflows = findings.of(Workflow)
    if not workflows:
        return

    def checks(workflow: Workflow) -> set[str]:
        return {task for job in workflow.jobs for task in job.does} & _CHECKS

    def weight(workflow: Workflow) -> tuple[bool, bool, int, int, str]:
        changes = _ON_CHANGE.intersection(workflow.triggers)
        return (not workflow.gates, not changes, -len(checks(workflow)), -len(workflow.jobs), workflow.file)

    ordered = sorted(workflows, key=weight)
    telling = [workflow for workflow in ordered if checks(workflow)]
    gating = [workflow for workflow in telling if workflow.gates][:WORKFLOWS]
    shown = gating or telling[:1] or ordered[:1]
    for at, workflow in enumerate(shown):
        jobs = sorted(workflow.jobs, key=lambda job: -len(_CHECKS.intersection(job.does)))
        yield Entry(
            kind="workflow",
            values={
                "first": at == 0,
                "gate": bool(gating),
                "service": workflow.service,
                "file": workflow.file,
                "jobs": tuple(job.id for job in jobs[:JOBS]),
                "more": max(0, len(jobs) - JOBS),
                "checks": tuple(task for task in TASKS if task in checks(workflow)),
            },
            evidence=(*workflow.evidence, *(place for job in jobs[:JOBS] for place in job.evidence)),
            rank=3,
            before=". " if at == 0 else ", ",
        )
    rest = [workflow for workflow in ordered if workflow not in shown]
    if rest:
        yield Entry(
            kind="more_workflows",
            values={"count": len(rest)},
            evidence=tuple(place for workflow in rest for place in workflow.evidence),
            rank=3,
            before=", ",
        )


def _environment(findings: Findings) -> Iterator[Entry]:
    undocumented = findings.one(Undocumented)
    if undocumented is None or not undocumented.names:
        return
    read = {fact.name: fact for fact in findings.of(VariableRead)}
    names = undocumented.names
    yield Entry(
        kind="environment",
        values={
            "names": tuple(names[:VARIABLES]),
            "count": len(names),
            "more": max(0, len(names) - VARIABLES),
            "examples": undocumented.examples[:2],
            "files": len(undocumented.examples),
            "unread": undocumented.unread[:2],
        },
        evidence=tuple(place for name in names[:VARIABLES] for place in read[name].evidence[:1])
        + tuple(Evidence(path) for path in (*undocumented.examples[:2], *undocumented.unread[:2])),
        rank=3,
        before=". ",
    )


def _areas(findings: Findings, project: Project) -> Iterator[Entry]:
    """Where the pages are: by the first part of their pathnames, after parameters that most of them begin with."""
    pages = [
        route
        for route in findings.of(Route)
        if route.kind == "page" and route.app == project.app and "(." not in route.pathname
    ]
    parts = [[part for part in page.pathname.split("/") if part] for page in pages]
    prefix: list[str] = []
    inside = len(pages)
    while len(prefix) < PREFIX:
        begin = Counter(
            path[len(prefix)] for path in parts if len(path) > len(prefix) and path[: len(prefix)] == prefix
        )
        part, count = begin.most_common(1)[0] if begin else ("", 0)
        further = {
            path[len(prefix) + 1]
            for path in parts
            if path[: len(prefix) + 1] == [*prefix, part] and path[len(prefix) + 1 :]
        }
        if not part.startswith("[") or 2 * count < len(pages) or len(further) < 2:
            break
        prefix.append(part)
        inside = count
    areas: dict[str, list[Route]] = {}
    for page, path in zip(pages, parts, strict=True):
        rest = path[len(prefix) :]
        if path[: len(prefix)] == prefix and page.pathname not in _ERRORS:
            areas.setdefault("/" + (rest[0] if rest else ""), []).append(page)
    names = sorted((name for name in areas if len(areas[name]) > 1), key=lambda name: (-len(areas[name]), name))
    shown = names[:AREAS]
    if not shown:
        return
    shown += ["/"] * ("/" in areas and "/" not in shown)
    yield Entry(
        kind="areas",
        values={
            "pages": len(pages),
            "inside": inside,
            "prefix": "/" + "/".join(prefix) if prefix else None,
            "areas": tuple((name, len(areas[name])) for name in shown),
            "rest": len(pages) - sum(len(areas[name]) for name in shown),
        },
        evidence=tuple(areas[name][0].evidence[0] for name in shown),
        rank=4,
        before=". ",
    )
