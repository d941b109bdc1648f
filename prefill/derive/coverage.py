"""For which routes the gate runs: its matchers against the pathnames that the app answers to. Nothing about protection."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import AuthCheck, Coverage, Fact, Findings, Gate, Project, Route, Unchecked
from prefill.next.conventions import intercepts
from prefill.next.matcher import Verdict, ordinary, verdicts


def cover(findings: Findings, _project: Project) -> Iterator[Fact]:
    """The `Coverage` of each gate. Metadata files are left out, and intercepting routes: nobody asks for their pathnames."""
    for gate in findings.of(Gate):
        if gate.file is None:
            continue
        routes = [route for route in findings.of(Route) if route.app == gate.app and route.kind != "metadata"]
        pathnames = sorted({route.pathname for route in routes if not intercepts(route.pathname)})
        if not pathnames:
            continue
        usual: dict[str, Verdict] = {}
        if gate.matcher_known:
            matchers = None if gate.runs == "all" else gate.matchers
            found = verdicts(matchers, pathnames, base_path=gate.base_path, locale=gate.locale)
            plain = {path: ordinary(path) for path in pathnames if found[path] == "undetermined"}
            usual = verdicts(matchers, plain.values(), base_path=gate.base_path, locale=gate.locale)
            usual = {path: usual[example] for path, example in plain.items()}
        else:
            found = dict.fromkeys(pathnames, "undetermined")
        yield Coverage(
            app=gate.app,
            covered=tuple(path for path in pathnames if found[path] == "covered"),
            uncovered=tuple(path for path in pathnames if found[path] == "uncovered"),
            undetermined=tuple(path for path in pathnames if found[path] == "undetermined"),
            usually=tuple(path for path in pathnames if usual.get(path) == "covered"),
            evidence=gate.evidence,
        )


def unchecked(findings: Findings, project: Project) -> Iterator[Fact]:
    """The handlers that the gate does not run for (or of which that is not known) and in which no check is seen."""
    checks = {check.file: check for check in findings.of(AuthCheck)}
    if not checks:
        return
    covered = {path for coverage in findings.of(Coverage) if coverage.app == project.app for path in coverage.covered}
    handlers = [
        route
        for route in findings.of(Route)
        if route.app == project.app and route.kind == "handler" and route.pathname not in covered
    ]
    known = [(route, checks[route.file]) for route in handlers if route.file in checks]
    without = tuple(route.pathname for route, check in known if not (check.by or check.other))
    if known:
        evidence = tuple(
            place for route, check in known if not (check.by or check.other) for place in route.evidence[:1]
        )
        yield Unchecked(app=project.app, pathnames=without, checked=len(known) - len(without), evidence=evidence[:3])
