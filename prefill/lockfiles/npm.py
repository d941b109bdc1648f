"""`package-lock.json` and `npm-shrinkwrap.json`, format versions 1 to 3: the nearest `node_modules` wins.

https://docs.npmjs.com/cli/configuring-npm/package-lock-json
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname
from typing import Any

from prefill.lockfiles.base import (
    SEMVER,
    Installed,
    Kind,
    Lines,
    Locked,
    Lockfile,
    LockfileProblem,
    Resolution,
    Source,
    folder_of,
    place,
    source_of,
)
from prefill.lockfiles.json_text import Places, direct, keyed, load, places, table

FIELDS: tuple[tuple[str, Kind], ...] = (
    # As npm does: what is both optional and not is optional; a peer that is also another kind is the other.
    ("dependencies", "prod"),
    ("optionalDependencies", "optional"),
    ("devDependencies", "dev"),
    ("peerDependencies", "peer"),
)


def read_npm(text: str) -> Lockfile:
    """The lockfile in a text of any of npm's format versions."""
    value, problems, whole = load(text)
    packages = value.get("packages")
    if isinstance(packages, dict):
        return NpmLockfile(text, value, packages, problems, whole=whole)
    dependencies = value.get("dependencies")
    if not isinstance(dependencies, dict):
        dependencies = {}
        if not problems and value.get("lockfileVersion") is None:
            problems = (LockfileProblem(1, "has neither packages nor dependencies: this is no lockfile of npm"),)
    return OldNpmLockfile(text, value, dependencies, problems)


def _format(value: Mapping[str, Any]) -> str | None:
    version = value.get("lockfileVersion")
    return str(version) if isinstance(version, (int, str)) else None


class NpmLockfile(Lockfile):
    """Format versions 2 and 3: `packages` maps each installed folder to what is in it."""

    tool = "npm"

    def __init__(
        self,
        text: str,
        value: Mapping[str, Any],
        packages: Mapping[str, Any],
        problems: tuple[LockfileProblem, ...],
        *,
        whole: bool,
    ) -> None:
        super().__init__(_format(value), problems)
        self._text = text
        self._lines = Lines(text)
        self._packages = packages
        self._whole = whole
        self._keys: dict[str, int] | None = None
        self._tree: Places | None = None
        self._indent = "  "

    def resolve(self, workspace: str, name: str, specifier: str) -> Resolution | None:
        key = self._nearest(workspace, name)
        if key is None:
            return None
        package = self._packages[key]
        said = self.recorded(workspace, name)
        resolved = package.get("resolved")
        resolved = resolved if isinstance(resolved, str) else ""
        if package.get("link") is True:
            target = place(".", resolved) if resolved else None
            linked: Source = "link" if (said or specifier).startswith(("link:", "file:")) else "workspace"
            return Resolution(None, self._line(key), target, None, linked, said)
        version = package.get("version")
        version = version if isinstance(version, str) and version else None
        real = package.get("name")
        alias = real if isinstance(real, str) and real != name else None
        source = source_of(resolved)
        if source == "tarball" and source_of(said or specifier) not in {"tarball", "git"}:
            source = "registry"  # the address in a registry
        target = folder_of(resolved) if source == "file" else None
        return Resolution(version, self._line(key, version=version is not None), target, alias, source, said)

    def workspaces(self) -> tuple[str, ...]:
        folders = {key or "." for key in self._packages if "node_modules/" not in f"{key}/"}
        return tuple(sorted(folders | {"."}))

    def installed(self, name: str) -> tuple[Installed, ...]:
        found: dict[str, Installed] = {}
        tail = "node_modules/" + name
        for key, package in self._packages.items():
            if not isinstance(package, dict) or package.get("link") is True or "node_modules/" not in key:
                continue
            real = package.get("name")
            if real == name or (real is None and key.endswith(tail) and key[: -len(tail)][-1:] in {"", "/"}):
                version = package.get("version")
                if isinstance(version, str) and version not in found:
                    found[version] = Installed(version, self._line(key, version=True))
        return tuple(found.values())

    def direct(self, workspace: str) -> tuple[Locked, ...]:
        manifest = table(self._packages, "" if workspace == "." else workspace)
        return direct(manifest, FIELDS)

    def recorded(self, workspace: str, name: str) -> str | None:
        manifest = table(self._packages, "" if workspace == "." else workspace)
        ranges = (table(manifest, field).get(name) for field, _ in FIELDS)
        return next((said for said in ranges if isinstance(said, str)), None)

    def agrees(self, workspace: str, name: str, specifier: str) -> bool | None:
        key = "" if workspace == "." else workspace
        if key not in self._packages:
            return None
        manifest = table(self._packages, key)
        return any(table(manifest, field).get(name) == specifier for field, _ in FIELDS)

    def _nearest(self, workspace: str, name: str) -> str | None:
        """The key of the folder in which Node finds a package from a workspace: its own `node_modules`, or one above."""
        folder = "" if workspace == "." else workspace
        if folder.startswith(".."):
            return None
        while True:
            key = f"{folder}/node_modules/{name}" if folder else f"node_modules/{name}"
            if isinstance(self._packages.get(key), dict):
                # Where the end of the file is missing, so may be a copy that stands nearer.
                return key if self._whole or folder == ("" if workspace == "." else workspace) else None
            if not folder:
                return None
            folder = dirname(folder)

    def _line(self, key: str, *, version: bool = False) -> int | None:
        if self._keys is None:
            layout = re.match(r"\{\r?\n([ \t]+)\"", self._text)
            self._indent = layout.group(1) if layout else "  "
            self._keys = keyed(self._text, "packages", self._indent, "{")
        start = self._keys.get(key)
        if start is not None:
            end = self._text.find(f"\n{self._indent * 2}}}", start)
            at = self._text.find(f'\n{self._indent * 3}"version":', start, end) + 1 if version else start
            if at > 0:
                return self._lines.at(at)
        if not self._whole:
            return None
        if self._tree is None:
            self._tree = places(self._text)
        found = self._tree.at("packages", key)
        if found is not None and version:
            found = found.at("version") or found
        return None if found is None else self._lines.at(found.offset)


class OldNpmLockfile(Lockfile):
    """Format version 1: `dependencies` nest as the folders do. It knows no workspaces and records no ranges."""

    tool = "npm"

    def __init__(
        self,
        text: str,
        value: Mapping[str, Any],
        dependencies: Mapping[str, Any],
        problems: tuple[LockfileProblem, ...],
    ) -> None:
        super().__init__(_format(value), problems)
        self._text = text
        self._lines = Lines(text)
        self._dependencies = dependencies
        self._tree: Places | None = None

    def resolve(self, workspace: str, name: str, specifier: str) -> Resolution | None:  # noqa: ARG002  # by folder alone
        if workspace == ".":
            return self._resolution((name,), self._dependencies.get(name))
        for folder, package in self._dependencies.items():  # a `file:` dependency on a folder keeps its own below it
            if isinstance(package, dict) and package.get("version") == f"file:{workspace}":
                nested = package.get("dependencies")
                if isinstance(nested, dict) and name in nested:
                    return self._resolution((folder, name), nested[name])
                required = package.get("requires")
                if isinstance(required, dict) and name in required:
                    return self._resolution((name,), self._dependencies.get(name))
        return None

    def workspaces(self) -> tuple[str, ...]:
        return (".",)

    def installed(self, name: str) -> tuple[Installed, ...]:
        found: dict[str, Installed] = {}
        waiting: list[tuple[tuple[str, ...], Mapping[str, Any]]] = [((), self._dependencies)]
        for path, dependencies in waiting:  # grows while it is read: the outer copies come first
            for key, package in dependencies.items():
                if not isinstance(package, dict):
                    continue
                resolution = self._resolution((*path, key), package) if key == name else None
                if resolution and resolution.version and not resolution.alias_of and resolution.version not in found:
                    found[resolution.version] = Installed(resolution.version, resolution.line)
                nested = package.get("dependencies")
                if isinstance(nested, dict) and len(path) < 100:
                    waiting.append(((*path, key), nested))
        return tuple(found.values())

    def _resolution(self, path: tuple[str, ...], package: object) -> Resolution | None:
        said = package.get("version") if isinstance(package, dict) else None
        if not isinstance(said, str) or not said:
            return None
        line = self._line(path)
        if SEMVER.match(said):
            return Resolution(said, line)
        if said.startswith("npm:"):
            real, _, version = said[4:].rpartition("@")
            return Resolution(version, line, None, real if real != path[-1] else None)
        source = source_of(said)
        return Resolution(None, line, folder_of(said) if source == "file" else None, None, source)

    def _line(self, path: tuple[str, ...]) -> int | None:
        if self._tree is None:
            self._tree = places(self._text)
        keys: list[str] = []
        for name in path:
            keys += ("dependencies", name)
        found = self._tree.at(*keys, "version")
        return None if found is None else self._lines.at(found.offset)
