"""Direct dependencies of every workspace, with the version that is installed, and where lockfile and manifest disagree."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.analyzer import App
from prefill.model import Dependency, Evidence, LeftoverDependency, LockfileState


def dependencies(app: App) -> Iterator[Dependency]:
    """One row per workspace, name and table of the manifest."""
    versions = app.versions
    for package in app.workspaces.packages:
        for row in versions.rows(package):
            yield Dependency(
                workspace=package.path,
                name=row.name,
                range=row.range,
                version=row.version,
                source=row.source,
                kind=row.kind,
                evidence=row.evidence,
            )


def leftovers(app: App) -> Iterator[LeftoverDependency]:
    """What lockfiles still list and no manifest asks for."""
    for workspace, row in app.versions.leftovers():
        yield LeftoverDependency(
            workspace=workspace,
            name=row.name,
            range=row.range,
            version=row.version or "",
            kind=row.kind,
            evidence=row.evidence,
        )


def lockfiles(app: App) -> Iterator[LockfileState]:
    """The lockfile that rules the app, a workspace package that it uses or the root, where there is something to know of it."""
    said: set[str] = set()
    for package in (*app.packages, *app.roots):
        ruling = app.versions.ruling(package)
        if ruling is None:
            continue
        drift = app.versions.drift(package)
        others = () if ruling.path in said else ruling.others
        said.add(ruling.path)
        if drift is None and not others and package is not app.package:
            continue
        evidence = [Evidence(ruling.path), *(Evidence(path) for path in others)]
        names = [*(row[0] for row in drift.differs), *drift.absent] if drift else []
        evidence += [app.versions.line(package, name, package.ranges()[name][1]) for name in names]
        yield LockfileState(
            path=ruling.path,
            tool=ruling.tool,
            workspace=package.path,
            others=others,
            differs=drift.differs if drift else (),
            absent=drift.absent if drift else (),
            evidence=tuple(evidence),
        )
