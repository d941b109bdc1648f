"""Runs the analyzers over one app and contains their failures; derives; and that is the whole analysis."""

from __future__ import annotations

import posixpath
import traceback
from collections.abc import Callable, Iterable
from typing import cast

from prefill.analyzer import Analyzer, App
from prefill.beside import Beside
from prefill.config import Config
from prefill.derive import derive
from prefill.model import Fact, Findings, Problem, Project, Statement
from prefill.records import dataclass, pack, unpack
from prefill.repository import Repository
from prefill.workspace import Choice

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that a run found out."""

    repository: Repository
    app: App
    project: Project
    findings: Findings
    config: Config


def analyze(path: str, *, app: str | None = None, progress: Progress | None = None) -> Analysis:
    """Read a repository: `path` is its folder or one in it, `app` a package in it. Raises PrefillError for a bad path or app."""
    from prefill import registry
    from prefill.config import read_config
    from prefill.project import describe
    from prefill.repository import open_repository

    tell = progress or (lambda _: None)
    tell("scanning")
    repository, asked = open_repository(path)
    config = read_config(repository)
    if config.exclude:
        repository = repository.without(config.exclude)
    chosen, choice = open_app(repository, app or config.app, asked)
    project = describe(chosen, choice)
    analyzers, problems = registry.load()
    findings = run(chosen, [analyzer for analyzer, _ in analyzers], tell)
    tell("deriving")
    findings = derive(findings, project, config.dismiss)
    findings = Findings(findings.facts, (*repository.problems, *problems, *findings.problems), findings.statements)
    return Analysis(repository, chosen, project, findings, config)


def open_app(repository: Repository, wanted: str | None = None, asked: str = ".") -> tuple[App, Choice]:
    """The app of a repository, to be asked for facts, and why it was chosen; see `prefill.workspace.choose_app`."""
    from prefill.versions import Versions
    from prefill.workspace import choose_app, closure, read_workspaces

    workspaces = read_workspaces(repository)
    choice = choose_app(repository, workspaces, wanted, asked)
    versions = Versions(repository, workspaces)
    uses = closure(workspaces, choice.package, versions.links)
    return App(repository, workspaces, choice.package, uses, versions), choice


LARGE = 1_200  # files of an app from which a heavy analyzer runs beside the others: copying a process has its price too


@dataclass(frozen=True, slots=True)
class Said:
    """What one analyzer said, in its order."""

    facts: tuple[Fact, ...] = ()
    problems: tuple[Problem, ...] = ()
    statements: tuple[Statement, ...] = ()


def run(app: App, analyzers: Iterable[Analyzer], progress: Progress | None = None) -> Findings:
    """What the analyzers say of the app, in their order."""
    wanted = list(analyzers)
    beside = {}
    if len(wanted) > 1 and len(app.files) >= LARGE:
        beside = {
            analyzer.name: started for analyzer in wanted if analyzer.heavy and (started := _start(app, analyzer))
        }
    said: dict[str, Said] = {}
    for analyzer in sorted(wanted, key=lambda analyzer: analyzer.name in beside):
        if progress:
            progress(analyzer.name)
        came = beside[analyzer.name].result() if analyzer.name in beside else None
        if came is None:
            said[analyzer.name] = _ask(app, analyzer)
        else:
            said[analyzer.name], known = unpack(came)
            for problem in known:
                app.repository.report(problem.path, problem.line, problem.message)
    order = [said[analyzer.name] for analyzer in wanted]
    return Findings(
        (fact for one in order for fact in one.facts),
        (problem for one in order for problem in one.problems),
        ((analyzer.name, statement) for analyzer in wanted for statement in said[analyzer.name].statements),
    )


def _start(app: App, analyzer: Analyzer) -> Beside | None:
    from prefill.beside import start

    return start(lambda: pack((_ask(app, analyzer), app.repository.problems)))


def _ask(app: App, analyzer: Analyzer) -> Said:
    facts: list[Fact] = []
    problems: list[Problem] = []
    statements: list[Statement] = []
    try:
        if analyzer.enabled(app):
            for said in cast("Iterable[object]", analyzer.analyze(app)):  # a third party's may yield anything
                if isinstance(said, Problem):
                    problems.append(said)
                elif isinstance(said, Statement):
                    statements.append(said)
                elif isinstance(said, Fact):
                    facts.append(said)
                else:
                    problems.append(_failure(app, analyzer, f"yielded {type(said).__name__}, not a fact or a problem"))
    except Exception as error:  # the one place where any failure of an analyzer becomes data
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{posixpath.basename(where.filename)}:{where.lineno}"
        problems.append(_failure(app, analyzer, f"failed with {type(error).__name__}: {error} ({place})"))
    return Said(tuple(facts), tuple(problems), tuple(statements))


def _failure(app: App, analyzer: Analyzer, message: str) -> Problem:
    return Problem(app.path, None, f"the analyzer {analyzer.name} {message}")
