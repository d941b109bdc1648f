"""Finding the fact that holds for the app: its own, else that of a workspace package that it uses, else the root's."""

from __future__ import annotations

from prefill.model import Dependency, Findings, Project


def places(project: Project) -> tuple[str, ...]:
    """The workspaces whose dependencies count for the app, the app's own first."""
    return tuple(dict.fromkeys((project.app, *project.uses, ".")))


def dependency(findings: Findings, project: Project, *names: str) -> Dependency | None:
    """The first of these packages that the app, a package that it uses, or the root depends on."""
    table: dict[tuple[str, str], Dependency] = {}
    for fact in findings.of(Dependency):
        table.setdefault((fact.workspace, fact.name), fact)
    for name in names:
        for place in places(project):
            if (found := table.get((place, name))) is not None:
                return found
    return None
