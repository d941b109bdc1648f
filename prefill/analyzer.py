"""The contract of an analyzer: what switches it on, and one function from an app to facts.

    ANALYZER = Analyzer(name="mongoose", reads="Mongoose models", packages=("mongoose",), analyze=analyze)

`analyze` gets an `App`, an immutable view, and yields facts and problems. It is deterministic, reads only through the view, and
knows no other analyzer: what needs two of them is derived (`prefill.derive`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from prefill.formats.document import Document, FormatError
from prefill.model import Fact, Problem
from prefill.records import dataclass
from prefill.repository import Repository
from prefill.workspace import Package, Workspaces, inside, join

if TYPE_CHECKING:
    from prefill.typescript.program import Program
    from prefill.versions import Versions

CONTRACT = 1  # raised when an analyzer that was written for the older contract could not work any more


@dataclass(frozen=True, slots=True)
class Analyzer:
    """One analyzer. It runs when the app or a workspace package that it uses depends on one of `packages`, or the repository holds one
    of `files` (globs as `Repository.find` takes them); with neither, always. `heavy` is for one that parses most of an app: in a
    large one it runs beside the others.
    """

    name: str
    reads: str
    analyze: Callable[[App], Iterable[Fact | Problem]]
    packages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    heavy: bool = False

    def enabled(self, app: App) -> bool:
        """Whether there is something for it to read."""
        if not self.packages and not self.files:
            return True
        return any(package.depends_on(*self.packages) for package in (*app.packages, *app.roots)) or bool(
            self.files and app.repository.find(*self.files)
        )


class App:
    """The chosen package and the workspace packages that it depends on, to be asked for files, values, versions and modules."""

    def __init__(
        self,
        repository: Repository,
        workspaces: Workspaces,
        package: Package,
        uses: tuple[Package, ...],
        versions: Versions | None = None,
    ) -> None:
        self.repository = repository
        self.workspaces = workspaces
        self.package = package
        self.path = package.path
        self.packages: tuple[Package, ...] = (package, *uses)
        self._documents: dict[str, Document | None] = {}
        self._versions = versions

    @property
    def roots(self) -> tuple[Package, ...]:
        """The root package where it is not the app: what it depends on is there for every workspace."""
        root = self.workspaces.root
        return (root,) if root is not None and root.path != self.path else ()

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files of the app and of the workspace packages that it uses, sorted."""
        if self.path == ".":
            return self.repository.files
        folders = tuple(package.path + "/" for package in self.packages)
        return tuple(path for path in self.repository.files if path.startswith(folders))

    @cached_property
    def near(self) -> tuple[str, ...]:
        """`files` without those of packages that the app does not use, whose folders may lie in its own."""
        others = tuple(package.path + "/" for package in self.workspaces.packages if package not in self.packages)
        return tuple(path for path in self.files if not path.startswith(others)) if others else self.files

    def find(self, *patterns: str) -> tuple[str, ...]:
        """Files of the app's own folder that match a glob relative to it, sorted."""
        return self.repository.find(*patterns, under=self.path)

    def own(self, path: str) -> bool:
        """Whether a file belongs to the app or to a workspace package that it uses."""
        return any(inside(path, package.path) for package in self.packages)

    def join(self, name: str) -> str:
        """A path in the app's folder."""
        return join(self.path, name)

    def relative(self, path: str) -> str:
        """A file's path within the app or the workspace package that it belongs to; the path itself where it belongs to none."""
        home = max((p.path for p in self.packages if p.path != "." and inside(path, p.path)), key=len, default=".")
        return path if home == "." else path[len(home) + 1 :]

    def package_of(self, path: str) -> Package:
        """The innermost package whose folder holds a file; the app's own where there is none."""
        holders = [package for package in self.workspaces.packages if inside(path, package.path)]
        return max(holders, key=lambda package: len(package.path) if package.path != "." else 0, default=self.package)

    def text(self, path: str) -> str | None:
        """The text of a file of the repository; None where it is missing or could not be read."""
        return self.repository.text(path)

    def json(self, path: str) -> Document | None:
        """A JSON file, comments allowed; None where it is missing or, with a problem, not JSON."""
        from prefill.formats import jsonc

        return self._document(path, jsonc.parse)

    def toml(self, path: str) -> Document | None:
        """A TOML file; None where it is missing or, with a problem, not TOML."""
        from prefill.formats import toml

        return self._document(path, toml.parse)

    def yaml(self, path: str) -> Document | None:
        """A YAML file; None where it is missing or, with a problem, not YAML."""
        from prefill.formats import yaml

        return self._document(path, yaml.parse)

    def _document(self, path: str, parse: Callable[[str], Document]) -> Document | None:
        if path not in self._documents:
            text = self.repository.text(path)
            document = None
            if text is not None:
                try:
                    document = parse(text)
                except FormatError as error:
                    self.repository.report(path, error.line, error.message)
            self._documents[path] = document
        return self._documents[path]

    @cached_property
    def versions(self) -> Versions:
        """What is installed, for any workspace."""
        from prefill.versions import Versions

        return self._versions or Versions(self.repository, self.workspaces)

    def version(self, name: str) -> str | None:
        """The installed version of a package that the app, a workspace package that it uses, or the root depends on."""
        for package in (*self.packages, *self.roots):
            if package.depends_on(name):
                found = self.versions.installed(package, name)
                if found is not None and found.version is not None:
                    return found.version
        return None

    @cached_property
    def program(self) -> Program:
        """The TypeScript modules of the repository: parsed, resolved and evaluated on demand."""
        from prefill.typescript.program import Program

        return Program(self.repository, {name: package.path for name, package in self.workspaces.by_name().items()})
