"""What is installed in each workspace, by the lockfile that rules it."""

from __future__ import annotations

from dataclasses import dataclass

from prefill.model import Evidence, PackageManager
from prefill.repository import Repository
from prefill.workspace import Package, Workspaces


@dataclass(frozen=True, slots=True)
class Installed:
    """One direct dependency as installed. `version` is None where no lockfile says it; `range` is what the manifest asks for."""

    name: str
    range: str
    version: str | None
    source: str  # lockfile, pinned or range
    evidence: tuple[Evidence, ...]


class Versions:
    """Direct dependencies of workspaces, resolved on demand."""

    def __init__(self, repository: Repository, workspaces: Workspaces) -> None:
        self.repository = repository
        self.workspaces = workspaces

    def installed(self, package: Package, name: str) -> Installed | None:
        """A direct dependency of a package; None where it has no such dependency."""
        wanted = package.ranges().get(name)
        if wanted is None:
            return None
        line = package.document.line(wanted[1], name) if package.document else None
        return Installed(name, wanted[0], None, "range", (Evidence(package.manifest_path, line),))

    def package_manager(self) -> tuple[PackageManager | None, tuple[Evidence, ...]]:
        """The package manager that rules the repository, and what says so."""
        return None, ()
