"""`yarn.lock`, of Yarn 1 ("classic") and of Yarn 2 and later ("Berry"): entries found by their keys in one pass.

An entry is keyed by the ranges that it satisfies. https://classic.yarnpkg.com/docs/yarn-lock
https://yarnpkg.com/advanced/lexicon#lockfile
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from urllib.parse import unquote

from prefill.lazy import regex
from prefill.lockfiles.base import (
    SEMVER,
    Installed,
    Kind,
    Lines,
    Locked,
    Lockfile,
    LockfileProblem,
    Resolution,
    folder_of,
    overridden_names,
    place,
    same_range,
    source_of,
    without_conflicts,
)
from prefill.lockfiles.json_text import table

_KEY = regex(r"\n(?:\? )?([^\s#?:][^\n]*?)(?=:[ \t]*\r?\n|\r?\n:)")
_CLASSIC_KEY = regex(r'"((?:[^"\\]|\\.)*)"|([^\s,"][^,]*)')
_NAME = regex(r"(@[^/@\s]+/[^@\s]+|[^@\s]+)@")
GROUPS: Mapping[str, Kind] = {"dependencies:": "prod", "optionalDependencies:": "optional", "peerDependencies:": "peer"}


Catalogs = Mapping[str, Mapping[str, str]]


def read_catalogs(text: str) -> Catalogs:
    """The catalogs in a `.yarnrc.yml`: name of the catalog → package → range; the one without a name is ``default``.

    https://yarnpkg.com/features/catalogs
    """
    from prefill.formats import yaml
    from prefill.formats.document import FormatError

    try:
        settings = yaml.parse(text).value
    except FormatError:
        return {}
    named = {"default": table(settings, "catalog")}
    for name in table(settings, "catalogs"):
        named[str(name)] = table(table(settings, "catalogs"), name)
    return {
        name: {str(key): said for key, said in ranges.items() if isinstance(said, str)}
        for name, ranges in named.items()
    }


def read_yarn(text: str, resolutions: Mapping[str, str], catalogs: Catalogs) -> Lockfile:
    """The lockfile in a text; `resolutions` and `catalogs` are the root's, which neither format records."""
    text, problems = without_conflicts(text)
    if text and not text.endswith("\n"):
        last = text.count("\n") + 1
        problems = (
            *problems,
            LockfileProblem(last, "ends in the middle of a line: it was cut off, and its end is missing"),
        )
        text = text[: text.rfind("\n\n") + 1]  # without the entry that is not whole
    if "\n__metadata:" in text or text.startswith("__metadata:"):
        return BerryLockfile(text, resolutions, catalogs, problems)
    lockfile = ClassicLockfile(text, resolutions, problems)
    # An empty file is how one tells Yarn that a folder is a project of its own.
    if text.strip() and not problems and "# yarn lockfile v1" not in text and not lockfile.entries:
        lockfile.problems = (LockfileProblem(1, "has no entries and no header: this is no lockfile of Yarn"),)
    return lockfile


class _Entries(Lockfile):
    """What both formats share: entries found by descriptor (``name@range``), read one at a time."""

    tool = "yarn"

    def __init__(
        self, text: str, resolutions: Mapping[str, str], version: str | None, problems: tuple[LockfileProblem, ...]
    ) -> None:
        super().__init__(version, problems)
        self._text = text = "\n" + text  # so that every key has a line break before it, which is quick to look for
        self._lines = Lines(text)
        self._resolutions = {key: str(value) for key, value in resolutions.items()}
        self._overridden = overridden_names(key for key in self._resolutions if "/" in key.removeprefix("@"))
        self.entries: dict[str, int] = {}  # descriptor → offset of the end of the entry's key
        self._read: dict[int, dict[str, tuple[str, int]]] = {}
        self._names: dict[str, list[int]] | None = None
        for match in _KEY.finditer(text):
            for descriptor in self._descriptors(match.group(1)):
                self.entries[descriptor] = match.end()

    @abstractmethod
    def _descriptors(self, key: str) -> list[str]:
        """The descriptors that an entry's key names."""

    def _entry(self, offset: int) -> dict[str, tuple[str, int]]:
        """The scalar fields of an entry: name → (value, line)."""
        if offset in self._read:
            return self._read[offset]
        fields: dict[str, tuple[str, int]] = {}
        at = self._text.find("\n", offset) + 1
        while at and self._text.startswith("  ", at):
            end = self._text.find("\n", at)
            if self._text[at + 2] != " ":
                body = self._text[at : end if end >= 0 else None].strip()
                name, _, value = body.partition(" ")
                fields.setdefault(name.rstrip(":"), (value.strip().strip('"'), at))
            at = end + 1
        entry = {name: (value, self._lines.at(at) - 1) for name, (value, at) in fields.items()}
        self._read[offset] = entry
        return entry

    def _of_name(self, name: str) -> list[int]:
        """The entries whose descriptors start with a name, each once."""
        if self._names is None:
            self._names = {}
            for descriptor, offset in self.entries.items():
                match = _NAME.match(descriptor)
                offsets = self._names.setdefault(match.group(1), []) if match else []
                if offset not in offsets[-1:]:
                    offsets.append(offset)
        return self._names.get(name, [])

    def installed(self, name: str) -> tuple[Installed, ...]:
        found: dict[str, Installed] = {}
        for offset in self._of_name(name):
            entry = self._entry(offset)
            version = entry.get("version")
            if (
                version
                and SEMVER.match(version[0])
                and version[0] != "0.0.0-use.local"
                and self._is(name, entry, offset)
            ):
                found.setdefault(version[0], Installed(*version))
        return tuple(found.values())

    @abstractmethod
    def _is(self, name: str, entry: Mapping[str, tuple[str, int]], offset: int) -> bool:
        """Whether an entry that is asked for by a name is that package, and not an alias."""

    def _override(self, workspace_name: str | None, name: str) -> str | None:
        """What the root manifest's `resolutions` put in the place of a direct dependency's range."""
        for key in (f"{workspace_name}/{name}" if workspace_name else name, name, "**/" + name):
            if key in self._resolutions:
                return self._resolutions[key]
        return None


class ClassicLockfile(_Entries):
    """Yarn 1. It records neither workspaces nor links: for a dependency on a workspace it has no entry at all."""

    def __init__(self, text: str, resolutions: Mapping[str, str], problems: tuple[LockfileProblem, ...]) -> None:
        super().__init__(text, resolutions, "1", problems)

    def _descriptors(self, key: str) -> list[str]:
        return [(quoted or plain).strip() for quoted, plain in _CLASSIC_KEY.findall(key)]

    def resolve(self, workspace: str, name: str, specifier: str) -> Resolution | None:
        if specifier.startswith("link:"):
            return Resolution(None, None, folder_of(specifier, workspace), None, "link")
        offset = self.entries.get(f"{name}@{specifier}")
        if offset is None:
            instead = self._override(None, name)
            offset = None if instead is None else self.entries.get(f"{name}@{instead}")
        if offset is None:
            return None
        entry = self._entry(offset)
        version = entry.get("version")
        if version is None or not version[0]:
            return None
        alias = re.match(r"npm:((?:@[^/@]+/)?[^/@]+)", specifier)
        real = alias.group(1) if alias and alias.group(1) != name else None
        source = source_of(specifier)
        if source == "registry" and re.fullmatch(r"[\w.-]+/[\w.-]+(?:#.*)?", specifier):
            source = "git"  # owner/repository
        target = folder_of(specifier, workspace) if source == "file" else None
        return Resolution(version[0], version[1], target, real, source, specifier)

    def workspaces(self) -> tuple[str, ...]:
        return ()

    def agrees(self, workspace: str, name: str, specifier: str) -> bool | None:  # noqa: ARG002  # it records none
        if f"{name}@{specifier}" in self.entries:
            return True
        # No entry: another workspace's package, an override, or a manifest that has moved on.
        if source_of(specifier) in {"link", "workspace"} or self._override(None, name) is not None:
            return None
        return False if self._of_name(name) else None

    def _is(self, name: str, entry: Mapping[str, tuple[str, int]], offset: int) -> bool:  # noqa: ARG002
        start = self._text.rfind("\n", 0, offset) + 1
        return f"{name}@npm:" not in self._text[start:offset]


class BerryLockfile(_Entries):
    """Yarn 2 and later: workspaces are entries themselves, and say what they depend on."""

    def __init__(
        self, text: str, resolutions: Mapping[str, str], catalogs: Catalogs, problems: tuple[LockfileProblem, ...]
    ) -> None:
        self._catalogs = catalogs
        metadata = re.search(r"^__metadata:\r?\n(?:  [^\n]*\n){0,4}?  version: \"?([\w.]+)", text, re.MULTILINE)
        super().__init__(text, resolutions, metadata.group(1) if metadata else None, problems)
        self._workspaces: dict[str, tuple[str, int]] = {}  # folder → (name, offset)
        self._recorded: dict[str, dict[str, Locked]] = {}
        self._bound: dict[str, int] | None = None
        for descriptor, offset in self.entries.items():
            name, at, folder = descriptor.partition("@workspace:")
            if at and not re.search(r"[*^~]", folder):
                said = self._entry(offset).get("resolution", ("", 0))[0]
                if said == descriptor:
                    self._workspaces[place(".", folder)] = (name, offset)

    def _descriptors(self, key: str) -> list[str]:
        return [part.strip() for part in key.strip().strip('"').split(",")]

    def resolve(self, workspace: str, name: str, specifier: str) -> Resolution | None:
        said = self.recorded(workspace, name)
        offset = self._find(workspace, name, said or specifier)
        if offset is None:
            return None
        entry = self._entry(offset)
        resolution = entry.get("resolution", ("", 0))[0]
        match = _NAME.match(resolution)
        if match is None:
            return None
        real, reference = match.group(1), resolution[match.end() :]
        alias = real if real != name else None
        version = entry.get("version", ("", 0))
        line = version[1] or entry["resolution"][1]
        source = source_of(reference.removeprefix("npm:"))
        if source == "workspace":
            return Resolution(None, entry["resolution"][1], place(".", reference.partition(":")[2]), None, source, said)
        if source == "patch" and "builtin<" in reference:
            source = "registry"  # Yarn's own compatibility patch
        target = None
        if source in {"link", "file"}:
            path, _, binding = reference.partition("::")
            owner = unquote(re.sub(r".*locator=([^&]*).*", r"\1", binding)).partition("@workspace:")[2]
            target = folder_of(path, owner or workspace)
        exact = version[0] if version[0] and version[0] != "0.0.0-use.local" else None
        return Resolution(exact, line if exact else entry["resolution"][1], target, alias, source, said)

    def workspaces(self) -> tuple[str, ...]:
        return tuple(sorted(self._workspaces))

    def direct(self, workspace: str) -> tuple[Locked, ...]:
        return tuple(self._manifest(workspace).values())

    def recorded(self, workspace: str, name: str) -> str | None:
        found = self._manifest(workspace).get(name)
        return None if found is None else found.specifier

    def agrees(self, workspace: str, name: str, specifier: str) -> bool | None:
        if workspace not in self._workspaces:
            return None
        said = self.recorded(workspace, name)
        return said is not None and same_range(said, specifier)

    def _manifest(self, workspace: str) -> dict[str, Locked]:
        """What a workspace's entry says that it depends on. Yarn keeps development dependencies among the others."""
        if workspace in self._recorded:
            return self._recorded[workspace]
        found: dict[str, Locked] = {}
        self._recorded[workspace] = found
        if workspace not in self._workspaces:
            return found
        offset = self._workspaces[workspace][1]
        kind: Kind | None = None
        at = self._text.find("\n", offset) + 1
        while at and self._text.startswith("  ", at):
            end = self._text.find("\n", at)
            line = self._text[at : end if end >= 0 else None].rstrip()
            if not line.startswith("   "):
                kind = GROUPS.get(line.strip())
            elif kind and line[4:5] not in {"", " "}:
                name, _, value = line.strip().partition(": ")
                name = name.strip('"')
                found.setdefault(name, Locked(name, value.strip().strip('"'), kind))
            at = end + 1
        return found

    def _find(self, workspace: str, name: str, specifier: str) -> int | None:
        """The entry of a dependency, through the root manifest's `resolutions`, the protocol that is implied, and patches."""
        if specifier.startswith("catalog:"):
            catalog = self._catalogs.get(specifier.removeprefix("catalog:") or "default", {})
            if name not in catalog:  # where one version exists, and the file is whole, it is that
                if self.problems:
                    return None
                versions = {self._entry(offset).get("version") for offset in self._of_name(name)}
                return self._of_name(name)[0] if len(versions) == 1 else None
            specifier = catalog[name]
        owner = self._workspaces.get(workspace)
        if owner is None and name in self._overridden:
            return None  # a resolution may be for this workspace alone, and its name is not known
        instead = self._override(owner[0] if owner else None, name)
        if instead is None:
            bare = specifier.removeprefix("npm:")
            instead = self._resolutions.get(f"{name}@{specifier}", self._resolutions.get(f"{name}@npm:{bare}"))
        for said in (instead, specifier):
            if said is None:
                continue
            for descriptor in (f"{name}@npm:{said}", f"{name}@{said}"):
                if descriptor in self.entries:
                    return self.entries[descriptor]
            found = self._bindings().get(_unbound(f"{name}@{said}"))
            if found is not None:
                return found
        return None

    def _bindings(self) -> dict[str, int]:
        """Descriptors of patches, files and links without what Yarn binds them to."""
        if self._bound is None:
            self._bound = {}
            for descriptor, offset in self.entries.items():
                if "@patch:" in descriptor or "::" in descriptor:
                    key = _unbound(descriptor)
                    # The same path in two workspaces is two things.
                    self._bound[key] = -1 if self._bound.get(key, offset) != offset else offset
            self._bound = {key: offset for key, offset in self._bound.items() if offset >= 0}
        return self._bound

    def _is(self, name: str, entry: Mapping[str, tuple[str, int]], offset: int) -> bool:  # noqa: ARG002
        return entry.get("resolution", ("", 0))[0].startswith(name + "@")


def _unbound(descriptor: str) -> str:
    """A descriptor without its binding (``::locator=…``), with the path of its patch as a manifest writes it."""
    bare = unquote(descriptor.partition("::")[0])
    patched, hash_, path = bare.partition("#")
    return f"{patched.replace('@npm:', '@')}#{path.removeprefix('~/').removeprefix('./')}" if hash_ else bare
