"""What every lockfile answers: which version of a direct dependency is installed for a workspace, and where that stands."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from posixpath import join, normpath
from typing import Literal

from prefill.lazy import regex
from prefill.records import dataclass

Kind = Literal["prod", "dev", "optional", "peer"]
Source = Literal["registry", "workspace", "link", "file", "git", "tarball", "patch", "runtime"]

SEMVER = regex(r"\d+\.\d+\.\d+[0-9A-Za-z.+-]*\Z")
_ARCHIVE = (".tgz", ".tar.gz", ".tar")
_GIT_HOSTS = (
    "https://codeload.github.com/",
    "https://gitlab.com/",
    "https://bitbucket.org/",
    "github:",
    "gitlab:",
    "bitbucket:",
)


@dataclass(frozen=True, slots=True)
class Resolution:
    """A direct dependency of one workspace, as installed.

    `version` is exact, None for what has none (a linked folder; a Git commit of which the lockfile keeps no version).
    `line` is the 1-based line that holds the version, or else the name. `target` is the folder, relative to the
    lockfile's, of a workspace, `link:` or `file:` dependency; it starts with ``..`` where it leads out. `alias_of` is the
    real name behind an ``npm:`` alias. `specifier` is the range as the lockfile records it, None where it records none.
    """

    version: str | None
    line: int | None
    target: str | None = None
    alias_of: str | None = None
    source: Source = "registry"
    specifier: str | None = None


@dataclass(frozen=True, slots=True)
class Installed:
    """A version of a package that the lockfile holds, and the 1-based line that says so."""

    version: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Locked:
    """A direct dependency of a workspace by the lockfile alone; `specifier` is the range that it records."""

    name: str
    specifier: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class LockfileProblem:
    """Why a lockfile, or a part of it, could not be read; `line` is 1-based."""

    line: int | None
    message: str


class Lockfile(ABC):
    """A lockfile. `version` is the one of its format; `problems` say what could not be read, the rest still answers.

    Workspaces are folders relative to the lockfile's own, ``.`` for that one.
    """

    tool: str = ""

    def __init__(self, version: str | None = None, problems: tuple[LockfileProblem, ...] = ()) -> None:
        self.version = version
        self.problems = problems

    @abstractmethod
    def resolve(self, workspace: str, name: str, specifier: str) -> Resolution | None:
        """What is installed for a dependency that a workspace's manifest declares; None where the lockfile has nothing."""

    @abstractmethod
    def workspaces(self) -> tuple[str, ...]:
        """The workspaces that the lockfile covers, as far as its format lists them, sorted."""

    @abstractmethod
    def installed(self, name: str) -> tuple[Installed, ...]:
        """All versions of a package in the lockfile, each once, in the order of the file."""

    def direct(self, workspace: str) -> tuple[Locked, ...]:  # noqa: ARG002  # what formats without workspaces answer
        """The direct dependencies of a workspace as the lockfile lists them, whatever its manifest says now."""
        return ()

    def recorded(self, workspace: str, name: str) -> str | None:  # noqa: ARG002  # what formats without ranges answer
        """The range that the lockfile was written for, where its format records one."""
        return None

    def agrees(self, workspace: str, name: str, specifier: str) -> bool | None:
        """Whether the lockfile was written for this declaration; None where it cannot be told.

        False means that the manifest was changed and nobody has run an installation since.
        """
        said = self.recorded(workspace, name)
        return None if said is None else said == specifier


class Unreadable(Lockfile):
    """A lockfile of which nothing could be read: it answers nothing, and its one problem says why."""

    def __init__(self, tool: str, problem: LockfileProblem) -> None:
        super().__init__(None, (problem,))
        self.tool = tool

    def resolve(self, workspace: str, name: str, specifier: str) -> Resolution | None:  # noqa: ARG002
        return None

    def workspaces(self) -> tuple[str, ...]:
        return ()

    def installed(self, name: str) -> tuple[Installed, ...]:  # noqa: ARG002
        return ()


class Lines:
    """The line of an offset in a text: one pass over the text, at the first question, then a search by halves."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._breaks: list[int] | None = None

    def at(self, offset: int) -> int:
        """The 1-based line that holds the character at an offset."""
        if self._breaks is None:
            self._breaks = list(accumulate(map((1).__add__, map(len, self._text.split("\n")))))
        return bisect_right(self._breaks, offset) + 1


def without_conflicts(text: str) -> tuple[str, tuple[LockfileProblem, ...]]:
    """A text with what stands between Git's conflict markers blanked, line for line, and a problem for the first.

    Neither side is what is installed, so nothing is read from either; what both sides share still is.
    """
    if "<<<<<<<" not in text:
        return text, ()
    lines = text.split("\n")
    first: int | None = None
    inside = False
    for index, line in enumerate(lines):
        if line.startswith("<<<<<<< "):
            inside = True
            first = first or index + 1
        ends = line.startswith(">>>>>>> ")
        if inside:
            lines[index] = ""
        if ends:
            inside = False
    if first is None:
        return text, ()
    return "\n".join(lines), (
        LockfileProblem(first, "holds a merge conflict; what differs between its sides was left out"),
    )


def place(workspace: str, path: str) -> str:
    """A path that a workspace names, relative to the lockfile's folder: ``apps/web`` and ``../ui`` give ``apps/ui``."""
    return normpath(join(workspace, path or ".")) if not path.startswith("/") else normpath(path)


def source_of(reference: str) -> Source:
    """Where a package comes from by its reference: an address, a ``file:`` path, a version."""
    if reference.startswith("workspace:"):
        return "workspace"
    if reference.startswith(("link:", "portal:")):
        return "link"
    if reference.startswith(("file:", "./", "../", "~/")):
        return "file"
    if reference.startswith("runtime:"):
        return "runtime"
    if reference.startswith("patch:"):
        return "patch"
    if reference.startswith(("git+", "git:", "git@", "ssh:", *_GIT_HOSTS)):
        return "git"
    if reference.startswith(("https://", "http://")):
        address = reference.partition("#")[0]
        return "git" if address.endswith(".git") or ("github.com/" in address and "tar" not in address) else "tarball"
    return "registry"


def folder_of(reference: str, workspace: str = ".") -> str | None:
    """The folder behind ``file:``, ``link:``, ``portal:`` or ``workspace:``; None for an archive."""
    path = reference.partition(":")[2] if ":" in reference else reference
    return None if path.endswith(_ARCHIVE) else place(workspace, path)


def same_range(recorded: str, specifier: str) -> bool:
    """Whether two ranges are written alike, with or without the ``npm:`` that Yarn and Bun may put before them."""
    return recorded.removeprefix("npm:") == specifier.removeprefix("npm:")


def overridden_names(selectors: Iterable[str]) -> frozenset[str]:
    """The packages whose declared range an override may replace: ``name``, ``name@range``, ``a>name``, ``a/name``."""
    names: set[str] = set()
    for selector in selectors:
        last = re.split(r"(?<=[^\s@>])>(?=[@A-Za-z])", selector)[-1].strip()  # `a>b`, but not `b@>=2`
        at = last.find("@", 1)
        name = last[:at] if at > 0 and not last.startswith("@", at + 1) else last
        scope = name.rfind("/@")
        names.update((name, name[scope + 1 :] if scope >= 0 else name.rpartition("/")[2]))
    return frozenset(names)
