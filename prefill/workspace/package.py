"""A package, the workspaces that package managers make of packages, and what depends on what among them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any, Literal

from prefill.formats.document import Document
from prefill.lazy import regex
from prefill.model import NOTHING, Evidence
from prefill.records import dataclass, field

Kind = Literal["prod", "dev", "optional", "peer"]

DEPENDENCY_KINDS: tuple[tuple[str, Kind], ...] = (
    ("dependencies", "prod"),
    ("devDependencies", "dev"),
    ("optionalDependencies", "optional"),
    ("peerDependencies", "peer"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """A folder with a `package.json`; `path` is ``.`` for the root. `manifest` is what the file says, {} if unreadable."""

    path: str
    name: str | None
    manifest: Mapping[str, Any] = field(repr=False, compare=False, default_factory=lambda: NOTHING)
    document: Document | None = field(repr=False, default=None, compare=False)

    @property
    def manifest_path(self) -> str:
        """Where its `package.json` is."""
        return join(self.path, "package.json")

    def rows(self) -> list[tuple[str, str, Kind]]:
        """Every direct dependency as it is written: (name, range, kind), tables in the order of `DEPENDENCY_KINDS`."""
        found: list[tuple[str, str, Kind]] = []
        for table, kind in DEPENDENCY_KINDS:
            entries = self.manifest.get(table)
            if isinstance(entries, dict):
                found.extend((name, wanted, kind) for name, wanted in entries.items() if isinstance(wanted, str))
        return found

    def ranges(self) -> dict[str, tuple[str, Kind]]:
        """Its direct dependencies: name to (range, kind); a name in several tables counts where it is installed from."""
        found: dict[str, tuple[str, Kind]] = {}
        for name, wanted, kind in self.rows():
            if name not in found or kind == "optional":
                found[name] = (wanted, kind)
        return found

    def depends_on(self, *names: str) -> bool:
        """Whether it has one of these as a direct dependency of any kind."""
        for table, _ in DEPENDENCY_KINDS:
            entries = self.manifest.get(table)
            if isinstance(entries, dict) and any(name in entries for name in names):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Root:
    """A folder whose tool links the packages in `members`.

    `installs` is False where no lockfile says that it was done. `by_range` says whether a plain range that a member's version
    satisfies means that member: always but for pnpm from version 9 on (https://pnpm.io/settings#linkworkspacepackages).
    """

    path: str
    tool: str
    members: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()
    installs: bool = True
    by_range: bool = True


Links = Callable[[Package], Collection[str] | None]


@dataclass(frozen=True)
class Workspaces:
    """All packages of a repository: those that a package manager links (without the root), and independent ones."""

    root: Package | None
    linked: tuple[Package, ...]
    independent: tuple[Package, ...]
    roots: tuple[Root, ...] = ()

    @property
    def tool(self) -> str | None:
        """Who links the packages of the outermost workspace."""
        return self.roots[0].tool if self.roots else None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Where the outermost workspace is declared."""
        return self.roots[0].evidence if self.roots else ()

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """The root, if it is a package, then the others in the order of their paths."""
        first = (self.root,) if self.root else ()
        return (*first, *sorted((*self.linked, *self.independent), key=lambda package: package.path))

    @cached_property
    def _by_path(self) -> dict[str, Package]:
        return {package.path: package for package in self.packages}

    def by_path(self, path: str) -> Package | None:
        """The package in this folder."""
        return self._by_path.get(path)

    def by_name(self) -> dict[str, Package]:
        """Packages that can be depended on by their name: those that a workspace declares, the outermost first."""
        members = {path for root in self.roots for path in root.members}
        found: dict[str, Package] = {}
        for package in self.packages:
            if package.name and package.path in members:
                found.setdefault(package.name, package)
        return found

    def root_of(self, path: str) -> Root | None:
        """The workspace that a package belongs to: the outermost that lists it, or that stands in its folder."""
        return next((root for root in self.roots if path in root.members or path == root.path), None)


def join(folder: str, name: str) -> str:
    """A path in a folder, without a leading ``./``."""
    return name if folder == "." else f"{folder}/{name}"


def inside(path: str, folder: str) -> bool:
    """Whether a path lies in a folder (or is it)."""
    return folder in {".", path} or path.startswith(folder + "/")


def closure(workspaces: Workspaces, package: Package, links: Links | None = None) -> tuple[Package, ...]:
    """The workspace packages that a package depends on, transitively, devDependencies included; sorted, without itself.

    `links` gives the folders that a package's dependencies lead to by the lockfile, None where none covers it.
    """
    targets = _Targets(workspaces)
    seen: dict[str, Package] = {}
    todo = [package]
    while todo:
        at = todo.pop()
        known = links(at) if links else None
        found = targets.of(at) if known is None else [p for path in known if (p := targets.by_path.get(path))]
        for target in found:
            if target.path not in seen and target.path not in {package.path, "."}:
                seen[target.path] = target
                todo.append(target)
    return tuple(seen[path] for path in sorted(seen))


class _Targets:
    """Which packages of the repository a package's dependencies mean."""

    def __init__(self, workspaces: Workspaces) -> None:
        self.workspaces = workspaces
        packages = workspaces.packages
        self.by_path = {package.path: package for package in packages}
        self.of_root: dict[str, dict[str, Package]] = {}
        for root in workspaces.roots:
            names = self.of_root[root.path] = {}
            for path in (*root.members, root.path):
                member = self.by_path.get(path)
                if member is not None and member.name:
                    names.setdefault(member.name, member)

    def of(self, package: Package) -> list[Package]:
        root = self.workspaces.root_of(package.path)
        names = self.of_root.get(root.path, {}) if root else {}
        found = []
        for name, wanted, kind in package.rows():
            target: Package | None = None
            if wanted.startswith(("link:", "file:", "portal:", "workspace:.", "./", "../")):
                folder = wanted.split(":", 1)[-1]
                target = self.by_path.get(posixpath.normpath(posixpath.join(package.path, folder)))
            elif wanted.startswith("workspace:"):
                alias = re.match(r"workspace:(@?[^@]+)@", wanted)
                target = names.get(alias.group(1) if alias else name)
            elif name in names and root and root.by_range and admits(wanted, names[name].manifest.get("version")):
                target = names[name]
            if target is not None and (kind != "peer" or name in names):
                found.append(target)
        return found


_NUMBERS = regex(r"(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?")


def admits(wanted: str, version: object) -> bool:
    """Whether a plain range admits a workspace's version: then npm, yarn and bun link the workspace and fetch nothing.

    Only as exact as a link needs: caret, tilde, exact versions and comparisons by their first numbers.
    """
    if wanted in {"*", "", "latest", "x"} or wanted.startswith("catalog:"):
        return True
    if wanted.startswith(("npm:", "git", "http", "github:")):
        return False
    if not isinstance(version, str):
        return True
    has, asks = _NUMBERS.match(version), _NUMBERS.search(wanted)
    if has is None or asks is None:
        return True
    if ">" in wanted or "||" in wanted:
        return True
    pairs = list(zip(has.groups(), asks.groups(), strict=True))
    if wanted.startswith("~"):
        pairs = pairs[:2]
    elif wanted.startswith("^"):
        keep = next((index for index, part in enumerate(asks.groups()) if part not in {"0", None}), 2)
        pairs = pairs[: keep + 1]
    return all(need is None or need in "xX*" or have == need for have, need in pairs)
