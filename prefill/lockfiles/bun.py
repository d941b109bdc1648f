"""`bun.lock`, Bun's text lockfile: JSON with trailing commas, one package a line.

A package that is not at the top is keyed by the path to it, ``<workspace name>/<dependency>``.
https://bun.com/docs/pm/lockfile
"""

from __future__ import annotations

import re
from typing import Any

from prefill.lazy import regex
from prefill.lockfiles.base import (
    SEMVER,
    Installed,
    Kind,
    Lines,
    Locked,
    Lockfile,
    Resolution,
    folder_of,
    overridden_names,
    place,
    same_range,
    source_of,
    without_conflicts,
)
from prefill.lockfiles.json_text import direct, keyed, load, places, table

FIELDS: tuple[tuple[str, Kind], ...] = (
    ("dependencies", "prod"),
    ("devDependencies", "dev"),
    ("optionalDependencies", "optional"),
    ("peerDependencies", "peer"),
)

_AT_LINE_END = regex(r",(?=\r?\n\s*[}\]])")
_IN_LINE = regex(r",(?=[ \t]+[}\]])")
_LINE_LIMIT = 20_000  # characters of a line that are looked back over,
_TIMES = 2_000  # and how often; a person's own layout goes to the lenient parser


class BunLockfile(Lockfile):
    """A `bun.lock`."""

    tool = "bun"

    def __init__(self, text: str) -> None:
        text, conflicts = without_conflicts(text)
        value, problems, self._whole = load(_strict(text))
        if problems:
            value, problems, self._whole = _lenient(text) or (value, problems, self._whole)
        version = value.get("lockfileVersion")
        super().__init__(str(version) if isinstance(version, (int, str)) else None, (*conflicts, *problems))
        self._text = text
        self._lines = Lines(text)
        self._workspaces = table(value, "workspaces")
        self._packages = table(value, "packages")
        self._overridden = overridden_names((*table(value, "overrides"), *table(value, "resolutions")))
        self._patched = table(value, "patchedDependencies")
        self._keys: dict[str, int] | None = None

    def resolve(self, workspace: str, name: str, specifier: str) -> Resolution | None:  # noqa: ARG002  # by key alone
        manifest = self._workspaces.get("" if workspace == "." else workspace)
        if not isinstance(manifest, dict):
            return None
        key = name
        own = manifest.get("name")
        if workspace != "." and isinstance(own, str):
            nested = f"{own}/{name}"
            if nested in self._packages:
                key = nested
            elif not self._whole:
                return None  # the nested copies stand last, and are what was cut off
        parts = self._reference(key)
        if parts is None:
            return None
        real, reference = parts
        alias = real if real != name else None
        said = self.recorded(workspace, name)
        line = self._line(key)
        if SEMVER.match(reference):
            patched = f"{real}@{reference}" in self._patched
            return Resolution(reference, line, None, alias, "patch" if patched else "registry", said)
        source = source_of(reference)
        if source == "workspace":
            return Resolution(None, line, place(".", reference.partition(":")[2]), None, source, said)
        if source == "registry" and re.search(r"\.(?:tgz|tar\.gz)\Z", reference):
            source = "file"
        target = folder_of(reference) if source in {"link", "file"} else None
        return Resolution(None, line, target, alias, source, said)

    def workspaces(self) -> tuple[str, ...]:
        return tuple(sorted(folder or "." for folder in self._workspaces))

    def installed(self, name: str) -> tuple[Installed, ...]:
        found: dict[str, Installed] = {}
        for key in self._packages:
            if not (key == name or key.endswith("/" + name)):
                continue
            parts = self._reference(key)
            if parts and parts[0] == name and SEMVER.match(parts[1]) and parts[1] not in found:
                found[parts[1]] = Installed(parts[1], self._line(key))
        return tuple(found.values())

    def direct(self, workspace: str) -> tuple[Locked, ...]:
        return direct(table(self._workspaces, "" if workspace == "." else workspace), FIELDS)

    def recorded(self, workspace: str, name: str) -> str | None:
        manifest = self._workspaces.get("" if workspace == "." else workspace)
        for field, _ in FIELDS:
            said = table(manifest, field).get(name)
            if isinstance(said, str):
                return said
        return None

    def agrees(self, workspace: str, name: str, specifier: str) -> bool | None:
        manifest = self._workspaces.get("" if workspace == "." else workspace)
        if not isinstance(manifest, dict):
            return None
        groups = [table(manifest, field).get(name) for field, _ in FIELDS]
        if any(isinstance(said, str) and same_range(said, specifier) for said in groups):
            return True
        return None if name in self._overridden else False

    def _reference(self, key: str) -> tuple[str, str] | None:
        """(real name, what follows its ``@``) of a package: a version, ``workspace:…``, an address, a path."""
        entry = self._packages.get(key)
        said = entry[0] if isinstance(entry, list) and entry else None
        if not isinstance(said, str) or "@" not in said[1:]:
            return None
        at = said.index("@", 1)
        return said[:at], said[at + 1 :]

    def _line(self, key: str) -> int | None:
        if self._keys is None:
            self._keys = keyed(self._text, "packages", "  ", "[")
            if not self._keys and self._whole:
                packages = places(self._text).at("packages")
                self._keys = {name: found.offset for name, found in packages.children.items()} if packages else {}
        offset = self._keys.get(key)
        return None if offset is None else self._lines.at(offset)


def _strict(text: str) -> str:
    """A lockfile without its trailing commas, every other character in its place."""

    # No JSON string holds a line break: a comma before one is punctuation, and the quotes before another one tell.
    def blank(match: re.Match[str]) -> str:
        start = text.rfind("\n", max(0, match.start() - _LINE_LIMIT), match.start()) + 1
        before = text[start : match.start()].replace("\\\\", "").replace('\\"', "") if start else '"'
        return "," if before.count('"') % 2 else " "

    return _AT_LINE_END.sub(" ", _IN_LINE.sub(blank, text, count=_TIMES))


def _lenient(text: str) -> tuple[dict[str, Any], tuple[()], bool] | None:
    """A lockfile to which a person has added comments, or that is laid out in another way."""
    from prefill.formats import jsonc
    from prefill.formats.document import FormatError

    try:
        value = jsonc.parse(text).value
    except FormatError:
        return None
    return (value, (), True) if isinstance(value, dict) else None
