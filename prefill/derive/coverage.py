"""For which routes the gate runs: its matchers against the pathnames that the app answers to. Nothing about protection."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import Coverage, Fact, Findings, Gate, Project, Route
from prefill.next.conventions import intercepts
from prefill.next.matcher import verdicts


def cover(findings: Findings, _project: Project) -> Iterator[Fact]:
    """The `Coverage` of each gate. Metadata files are left out, and intercepting routes: nobody asks for their pathnames."""
    for gate in findings.of(Gate):
        if gate.file is None:
            continue
        routes = [route for route in findings.of(Route) if route.app == gate.app and route.kind != "metadata"]
        pathnames = sorted({route.pathname for route in routes if not intercepts(route.pathname)})
        if not pathnames:
            continue
        if gate.matcher_known:
            matchers = None if gate.runs == "all" else gate.matchers
            found = verdicts(matchers, pathnames, base_path=gate.base_path, locale=gate.locale)
        else:
            found = dict.fromkeys(pathnames, "undetermined")
        yield Coverage(
            app=gate.app,
            covered=tuple(path for path in pathnames if found[path] == "covered"),
            uncovered=tuple(path for path in pathnames if found[path] == "uncovered"),
            undetermined=tuple(path for path in pathnames if found[path] == "undetermined"),
            evidence=gate.evidence,
        )
