"""Current State: traps first, the worst before the rest, then how to run, test and migrate, then what exists and how much of it."""

from __future__ import annotations

from collections.abc import Iterator

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
WORKFLOWS = 1
JOBS = 3  # of a workflow
VARIABLES = 5
AREAS = 4

# What breaks the work before what misleads, and that before what is merely old. Other names stand between the two.
ORDER = (
    "dead-gate",
    "two-gates",
    "gate-without-function",
    "unread-matcher",
    "refused-module",
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


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    entries = [
        *_traps(findings),
        *_commands(findings),
        *_tests(findings),
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


def _commands(findings: Findings) -> Iterator[Entry]:
    known = {command.task: command for command in findings.of(Command)}
    tasks = [task for task in TASKS if task in known]
    if "lint" in tasks and "check" in tasks:
        tasks.remove("check")
    if "migrate" in tasks and "push" in tasks:
        tasks.remove("push")
    for at, task in enumerate(tasks):
        yield Entry(
            kind="command",
            values={"first": at == 0, "task": task, "command": known[task].command},
            evidence=known[task].evidence,
            rank=2,
            before=". " if at == 0 else ", ",
        )


def _tests(findings: Findings) -> Iterator[Entry]:
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
    workflows = findings.of(Workflow)
    if not workflows:
        return

    def weight(workflow: Workflow) -> tuple[bool, int, str]:
        does = {task for job in workflow.jobs for task in job.does}
        return (not _ON_CHANGE.intersection(workflow.triggers), -len(does & _CHECKS), workflow.file)

    ordered = sorted(workflows, key=weight)
    telling = [workflow for workflow in ordered if any(job.does for job in workflow.jobs)][:WORKFLOWS]
    shown = telling or ordered[:WORKFLOWS]
    for at, workflow in enumerate(shown):
        jobs = sorted(workflow.jobs, key=lambda job: -len(_CHECKS.intersection(job.does)))
        yield Entry(
            kind="workflow",
            values={
                "first": at == 0,
                "service": workflow.service,
                "file": workflow.file,
                "jobs": tuple((job.id, _told(job.does)) for job in jobs[:JOBS]),
                "more": max(0, len(jobs) - JOBS),
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


def _told(does: tuple[str, ...]) -> tuple[str, ...]:
    """The checks among what a job does; that it builds or migrates first goes without saying."""
    return tuple(task for task in does if task in _CHECKS) or does


def _environment(findings: Findings) -> Iterator[Entry]:
    undocumented = findings.one(Undocumented)
    if undocumented is None or not undocumented.names:
        return
    read = {fact.name: fact for fact in findings.of(VariableRead)}
    names = sorted(undocumented.names, key=lambda name: (-read[name].files, name))
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
    """Where the pages are, by the first part of their pathnames that says something."""
    pages = [
        route
        for route in findings.of(Route)
        if route.kind == "page" and route.app == project.app and "(." not in route.pathname
    ]
    areas: dict[str, list[Route]] = {}
    for page in pages:
        parts = [part for part in page.pathname.split("/") if part]
        while len(parts) > 1 and parts[0].startswith("["):
            parts = parts[1:]
        if parts and not parts[0].startswith("["):
            areas.setdefault(parts[0], []).append(page)
    names = sorted((name for name in areas if len(areas[name]) > 1), key=lambda name: (-len(areas[name]), name))
    shown = names[:AREAS]
    if not shown:
        return
    yield Entry(
        kind="areas",
        values={
            "pages": len(pages),
            "areas": tuple((f"/{name}", len(areas[name])) for name in shown),
            "rest": len(pages) - sum(len(areas[name]) for name in shown),
        },
        evidence=tuple(areas[name][0].evidence[0] for name in shown),
        rank=4,
        before=". ",
    )
