"""Continuous integration: workflows and jobs by name, and which of them plainly test, lint or build; checks that the build skips.

GitHub Actions is read, https://docs.github.com/actions/writing-workflows/workflow-syntax-for-github-actions; of other services
only that there is a configuration.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import NOTHING, CheckOff, Evidence, Fact, Job, Problem, Trap, Workflow

MAX_WORKFLOWS = 60
MAX_JOBS = 100
MAX_STEPS = 200
MAX_COMMANDS = 400  # of one step
MAX_DEPTH = 3  # scripts that run scripts

WORKFLOWS = ".github/workflows"
# https://docs.gitlab.com/ci/yaml/ and so on: each service reads this one file.
_SERVICES = (
    (".gitlab-ci.yml", "GitLab CI"),
    (".circleci/config.yml", "CircleCI"),
    ("azure-pipelines.yml", "Azure Pipelines"),
    ("bitbucket-pipelines.yml", "Bitbucket Pipelines"),
    ("Jenkinsfile", "Jenkins"),
    (".travis.yml", "Travis CI"),
    (".drone.yml", "Drone"),
    (".woodpecker.yml", "Woodpecker CI"),
    (".buildkite/pipeline.yml", "Buildkite"),
    ("appveyor.yml", "AppVeyor"),
    ("cloudbuild.yaml", "Google Cloud Build"),
    (".semaphore/semaphore.yml", "Semaphore"),
)

_CALLED = regex(r"\./(\.github/workflows/[\w.-]{1,200}\.ya?ml)")
_OPENED = frozenset({"opened", "synchronize"})  # the activities of a pull request that are a change
_SEPARATOR = regex(r"\n|&&|\|\||;|(?<!\|)\|(?!\|)")
_ASSIGNMENT = regex(r"[A-Za-z_]\w*=\S*\Z")
_MANAGERS = frozenset({"npm", "pnpm", "yarn", "bun"})
_RUN = frozenset(
    {
        "run",
        "run-script",
        "-r",
        "--recursive",
        "--if-present",
        "--silent",
        "-s",
        "-w",
        "--workspace-root",
        "--parallel",
        "-ws",
    }
)
_TAKES_VALUE = frozenset({"--filter", "-F", "-C", "--dir", "--prefix", "--workspace", "--cwd"})
_ELSEWHERE = (
    "--filter",
    "-F",
    "-C",
    "--dir",
    "--prefix",
    "--cwd",
    "-w",
    "--workspace",
    "workspace",
    "-r",
    "--recursive",
)
_THROUGH = frozenset(
    {
        "npx",
        "pnpx",
        "bunx",
        "uv",
        "uvx",
        "poetry",
        "dotenv",
        "cross-env",
        "xvfb-run",
        "time",
        "sudo",
        "dlx",
        "exec",
        "--",
    }
)

# What the name of a script, or of a task of Turborepo or Nx, plainly is.
_SCRIPTS = (
    (
        regex(r"(?:test[:\-])?e2e(?:[:\-].*)?|playwright.*|cypress.*|cy:run|test:(?:playwright|cypress|browser)"),
        "e2e",
    ),
    (regex(r"tests?(?:[:\-].*)?|vitest|jest|coverage|unit(?:[:\-]tests?)?"), "test"),
    (regex(r"(?:.+:)?lint(?:[:\-].*)?|eslint|oxlint"), "lint"),
    (regex(r"type-?check(?:[:\-].*)?|check[:\-]types|types:check|tsc|ts:check"), "typecheck"),
    (regex(r"(?:format|fmt|prettier)(?:[:\-]?check)?|check[:\-]format(?:ting)?"), "format"),
    (regex(r"build(?:[:\-].*)?"), "build"),
    (regex(r"(?:db:|prisma:|drizzle:)?migrate(?:[:\-].*)?"), "migrate"),
    (regex(r"deploy(?:[:\-].*)?"), "deploy"),
)
# What a command that is no script plainly is.
_COMMANDS = (
    (regex(r"playwright test\b|cypress run\b|detox test\b|maestro test\b"), "e2e"),
    (regex(r"(?:vitest|jest|mocha|ava|pytest|tox|nox)\b|(?:go|cargo|deno|bun|dotnet|mvn|mix) test\b|cargo nextest\b|python3? -m pytest\b|node --test\b"), "test"),
    (regex(r"(?:eslint|oxlint|stylelint|golangci-lint|flake8)\b|biome (?:check|ci|lint)\b|next lint\b|ruff check\b|cargo clippy\b|knip\b"), "lint"),
    (regex(r"(?:tsc|vue-tsc|tsgo|svelte-check|mypy|pyright)\b|astro check\b"), "typecheck"),
    (regex(r"prettier\b.{0,200}--check\b|cargo fmt\b|ruff format\b|biome format\b"), "format"),
    (regex(r"(?:next|vite|astro|nuxt|remix|react-router|cargo|go|docker) build\b|docker buildx build\b"), "build"),
    (regex(r"prisma migrate deploy\b|drizzle-kit migrate\b|supabase db push\b"), "migrate"),
    (regex(r"vercel (?:deploy|--prod)\b|wrangler (?:pages )?deploy\b|fly(?:ctl)? deploy\b|netlify deploy\b|sst deploy\b"), "deploy"),
)  # fmt: skip
ORDER = ("test", "e2e", "lint", "typecheck", "format", "build", "migrate", "deploy")


def analyze(app: App) -> Iterable[Fact | Problem]:
    """The workflows of the repository, and the checks that the app's build leaves out."""
    names = [name for name in app.repository.folder(WORKFLOWS)[1] if name.endswith((".yml", ".yaml"))]
    if len(names) > MAX_WORKFLOWS:
        yield Problem(WORKFLOWS, None, f"holds more than {MAX_WORKFLOWS} workflows; the rest was not read")
    scripts: dict[str, str] = {}
    for package in (app.package, *app.roots):  # what the root's scripts are called wins: jobs start there
        found = package.manifest.get("scripts")
        scripts.update(
            {key: run for key, run in found.items() if isinstance(run, str)} if isinstance(found, dict) else {}
        )
    for name in names[:MAX_WORKFLOWS]:
        workflow = _workflow(app, f"{WORKFLOWS}/{name}", scripts)
        if workflow is not None:
            yield workflow
            yield from _absent(app, workflow.file)
    for path, service in _SERVICES:
        if app.repository.exists(path):
            yield Workflow(service=service, file=path, evidence=(Evidence(path),))
    yield from _checks_off(app)


def _workflow(app: App, path: str, scripts: Mapping[str, str]) -> Workflow | None:
    document = app.yaml(path)
    if document is None or not isinstance(document.value, dict):
        return None
    value: dict[Any, Any] = document.value
    jobs = value.get("jobs")
    if not isinstance(jobs, dict):
        return None
    name = value.get("name")
    on = value.get("on", value.get(True))  # YAML 1.1 takes a bare `on` for true
    lines = _job_lines(document.text)
    return Workflow(
        service="GitHub Actions",
        file=path,
        name=name if isinstance(name, str) else None,
        triggers=_triggers(on),
        gates=_gates(on),
        jobs=tuple(
            Job(
                id=str(key),
                name=job["name"] if isinstance(job.get("name"), str) else None,
                does=_does(app, job, scripts),
                evidence=(Evidence(path, lines.get(str(key))),),
            )
            for key, job in list(jobs.items())[:MAX_JOBS]
            if isinstance(job, dict)
        ),
        evidence=(Evidence(path),),
    )


def _triggers(on: object) -> tuple[str, ...]:
    if isinstance(on, str):
        return (on,)
    if isinstance(on, (list, dict)):
        return tuple(str(event) for event in on)
    return ()


def _gates(on: object) -> bool:
    """Whether a workflow runs for each change before it is merged. A filter by branches or tags is for what is pushed to be released."""
    events = set(_triggers(on))
    given = on.get("pull_request") if isinstance(on, dict) else None
    types = given.get("types") if isinstance(given, dict) else None
    if "merge_group" in events or (
        "pull_request" in events and (not types or any(one in str(types) for one in _OPENED))
    ):
        return True
    push = on.get("push") if isinstance(on, dict) else None
    return "push" in events and not (isinstance(push, dict) and {"branches", "tags"} & {str(key) for key in push})


def _job_lines(text: str) -> dict[str, int]:
    """Job → its line. Jobs are the keys of `jobs` at its first depth of indentation."""
    out: dict[str, int] = {}
    inside, indent = False, ""
    for number, line in enumerate(text.splitlines(), 1):
        if re.match(r"[\"']?jobs[\"']?[ \t]*:", line):
            inside, indent = True, ""
        elif inside and line[:1] not in {"", " ", "\t", "#"}:
            inside = False
        elif inside and (match := re.match(r"([ \t]+)[\"']?([A-Za-z_][\w-]*)[\"']?[ \t]*:", line)):
            indent = indent or match[1]
            if match[1] == indent:
                out.setdefault(match[2], number)
    return out


# scripts that are not there --------------------------------------------------------------------------------------------

_FIRST = regex(r"[A-Za-z][\w:.-]{0,80}\Z")


def _absent(app: App, path: str) -> Iterator[Trap]:
    """Scripts that a workflow runs in the root and that its `package.json` lacks: what stops the job there.

    A bare `pnpm name` may be the command of a dependency: it counts only where a script has the name with something before or after it.
    """
    document = app.yaml(path)
    value: Any = document.value if document is not None else None
    root = next((package for package in (*app.roots, app.package) if package.path == "."), None)
    if document is None or root is None or not isinstance(root.manifest.get("scripts"), dict) or _moves(value):
        return
    scripts = {str(name) for name in root.manifest["scripts"]}
    said: set[str] = set()
    for job in list(value["jobs"].values())[:MAX_JOBS]:
        steps = job.get("steps") if isinstance(job, dict) else None
        if not isinstance(steps, list) or _moves(job) or any(_elsewhere(step) for step in steps[:MAX_STEPS]):
            continue
        for step in steps[:MAX_STEPS]:
            run = step.get("run") if isinstance(step, dict) else None
            if not isinstance(run, str) or "working-directory" in step or re.search(r"(?:^|\s)(?:cd|pushd)\s", run):
                continue
            for command in _commands(run):
                words = command.split()[:4]
                name = _asked(words, scripts)
                if name is None or name in said or name in scripts or (words[1] == name and root.depends_on(name)):
                    continue
                said.add(name)
                at = document.text.find(" ".join(words[: words.index(name) + 1]))
                line = document.text.count("\n", 0, at) + 1 if at >= 0 else None
                yield Trap(
                    name="absent-script",
                    values={
                        "path": path,
                        "command": " ".join(words[: words.index(name) + 1]),
                        "script": name,
                        "manifest": root.manifest_path,
                    },
                    evidence=(Evidence(path, line), Evidence(root.manifest_path)),
                )


def _asked(words: list[str], scripts: set[str]) -> str | None:
    """The script that a command plainly asks for."""
    if len(words) < 2 or words[0] not in _MANAGERS:
        return None
    if words[1] == "run":
        return words[2] if len(words) > 2 and _FIRST.match(words[2]) and words[0] != "bun" else None
    name = words[1]
    if words[0] != "pnpm" or not _FIRST.match(name):
        return None
    alike = (f"-{name}", f":{name}", f"_{name}")
    return name if any(script.endswith(alike) for script in scripts) else None


def _moves(value: Any) -> bool:
    """Whether a workflow or a job runs its commands in another folder."""
    defaults = value.get("defaults") if isinstance(value, dict) else None
    return isinstance(defaults, dict) and "working-directory" in str(defaults)


def _elsewhere(step: object) -> bool:
    """Whether a step checks out another repository."""
    given = step.get("with") if isinstance(step, dict) else None
    return isinstance(given, dict) and "repository" in given


# what a job does ------------------------------------------------------------------------------------------------------


def _does(app: App, job: dict[Any, Any], scripts: Mapping[str, str], depth: int = 0) -> tuple[str, ...]:
    """What the commands of a job's steps plainly do, or those of the workflow of the repository that it calls, in the order of `ORDER`.

    https://docs.github.com/actions/how-tos/reuse-automations/reuse-workflows
    """
    steps = job.get("steps")
    found: set[str] = set()
    called = _CALLED.fullmatch(job["uses"]) if isinstance(job.get("uses"), str) and depth < MAX_DEPTH else None
    document = app.yaml(called[1]) if called is not None else None
    jobs = document.value.get("jobs") if document is not None and isinstance(document.value, dict) else None
    for inner in list(jobs.values())[:MAX_JOBS] if isinstance(jobs, dict) else ():
        if isinstance(inner, dict):
            found.update(_does(app, inner, scripts, depth + 1))
    for step in steps[:MAX_STEPS] if isinstance(steps, list) else ():
        run = step.get("run") if isinstance(step, dict) else None
        if isinstance(run, str):
            elsewhere = "working-directory" in step
            for command in _commands(run):
                elsewhere = elsewhere or command.split()[:1] == ["cd"]  # where other scripts have these names
                found.update(tasks(command, NOTHING if elsewhere else scripts))
    return tuple(task for task in ORDER if task in found)


def _commands(run: str) -> list[str]:
    return _SEPARATOR.split(run.replace("\\\n", " "))[:MAX_COMMANDS]


def tasks(command: str, scripts: Mapping[str, str] = NOTHING, depth: int = 0) -> Iterator[str]:
    """What one command plainly does: `pnpm --filter web test` tests, `turbo run lint build` lints and builds.

    What a script of `scripts` runs says more than its name: `test:code` may be `eslint .`.
    """
    words = command.split()[:60]
    while words and (_ASSIGNMENT.match(words[0]) or words[0] in _THROUGH):
        words = words[1:]
    if words[:1] == ["run"]:  # of `uv run`, `poetry run`
        words = words[1:]
    if not words or words[0].startswith("#"):
        return
    if words[0] in _MANAGERS:
        manager, rest = words[0], words[1:]
        if manager == "bun" and rest[:1] == ["test"]:
            yield "test"
            return
        while rest:
            if rest[0].startswith(_ELSEWHERE):
                scripts = NOTHING
            if rest[0] in _TAKES_VALUE or (rest[0] == "workspace" and manager == "yarn"):
                rest = rest[2:]
            elif rest[0] in _RUN or rest[0].startswith("--") or rest[0] == "workspaces":
                rest = rest[1:]
            else:
                break
        if not rest:
            return
        if rest[0] in {"exec", "dlx", "x"}:
            words = rest[1:]
        elif rest[0] in {"turbo", "nx"}:
            words = rest
        else:
            run = [] if depth >= MAX_DEPTH else _commands(scripts.get(rest[0], ""))
            inner = {task for one in run for task in tasks(one, scripts, depth + 1)}
            found = _script(rest[0])
            if inner or found is not None:
                yield from inner or {found or ""}
                return
            words = rest  # `pnpm vitest run`, `yarn eslint .`
    if words and words[0] in {"turbo", "nx", "lerna"}:
        if any(word.startswith("--dry") for word in words):
            return  # it lists what it would do
        for word in words[1:]:
            if word.startswith("-"):
                if "=" in word:
                    continue
                break
            found = _script(word.rpartition(":")[2] if words[0] == "nx" and len(words) > 2 else word)
            if word not in {"run", "run-many", "affected"} and found is not None:
                yield found
        if words[0] == "nx":
            for option in words[1:]:
                for word in option.partition("=")[2].split(",") if option.startswith(("--target", "-t")) else ():
                    found = _script(word)
                    if found is not None:
                        yield found
        return
    line = " ".join(words)
    for pattern, task in _COMMANDS:
        if pattern.match(line):
            yield task
            return


def _script(name: str) -> str | None:
    return next((task for pattern, task in _SCRIPTS if pattern.fullmatch(name)), None)


# checks that are off --------------------------------------------------------------------------------------------------

_SETTINGS: tuple[tuple[Literal["typescript", "eslint"], str], ...] = (
    ("typescript", "ignoreBuildErrors"),
    ("eslint", "ignoreDuringBuilds"),
)


def _checks_off(app: App) -> Iterator[CheckOff]:
    """The checks that `next.config` leaves out of the build, where that is plain. Next 16 lints no more in a build by itself."""
    if not app.package.depends_on("next"):
        return
    for name in ("next.config.ts", "next.config.mjs", "next.config.js", "next.config.cjs"):
        path = app.join(name)
        source = app.repository.source(path)
        if source is None:
            continue
        if not any(setting.encode() in source for _, setting in _SETTINGS):
            return
        from prefill.next.config import unwrap
        from prefill.typescript.values import Object

        evaluator = app.program.evaluator
        config = unwrap(evaluator, evaluator.export(path, "default"))
        major = (app.version("next") or "").partition(".")[0]
        for check, setting in _SETTINGS:
            group = config.props.get(check) if config is not None else None
            if not isinstance(group, Object) or group.props.get(setting) is not True:
                continue
            if check == "eslint" and not (major.isdigit() and int(major) < 16):
                continue
            place = group.places.get(setting)
            yield CheckOff(
                check=check,
                setting=f"{check}.{setting}",
                file=path,
                evidence=(Evidence(*place) if place else Evidence(path),),
            )
        return


ANALYZER = Analyzer(
    name="ci",
    reads="GitHub Actions workflows, the configuration files of other services, and next.config for checks that are off",
    analyze=analyze,
)
