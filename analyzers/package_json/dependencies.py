"""Direct dependencies of every workspace, with the version that is installed, and where lockfile and manifest disagree."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.analyzer import App
from prefill.model import Dependency


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
