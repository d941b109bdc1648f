"""The repository as prefill sees it: one scan, lazy and recorded reads, bounds.

The view is immutable: the same tree gives the same answers. What is read is remembered, so that several analyzers that
look at one file cost one read. A file that is missing gives None; one that is there and cannot be read gives None and a
problem. Nothing outside the root is read, no special file is opened, and files that hold secrets are never opened.
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from prefill.errors import PrefillError
from prefill.lazy import regex
from prefill.model import Problem

if TYPE_CHECKING:
    from prefill.git.listing import Scan

SOURCE_LIMIT = 4 * 1024 * 1024  # bytes of one source or configuration file
LOCKFILE_LIMIT = 64 * 1024 * 1024  # bytes of one lockfile
TOTAL_LIMIT = 1024 * 1024 * 1024  # bytes read in one run

_EXAMPLE = regex(r"(?:^|[._-])(?:example|examples|sample|template|dist|defaults?|schema)(?:$|[._-])", re.IGNORECASE)
_SECRET_NAMES = frozenset(
    {".npmrc", ".yarnrc", ".netrc", ".pypirc", ".htpasswd", "id_rsa", "id_dsa", "id_ecdsa", "id_ed25519"}
)
_SECRET_ENDINGS = (".pem", ".key", ".p12", ".pfx", ".keystore", ".jks")


def is_secret(path: str) -> bool:
    """Whether a file may hold secrets by its name: `.env`, `.env.local`, `.dev.vars`, keys … but not `.env.example`."""
    name = posixpath.basename(path).lower()
    if name in _SECRET_NAMES or name.endswith(_SECRET_ENDINGS):
        return True
    if name.startswith((".env", ".dev.vars")) or name.endswith(".env"):
        return not _EXAMPLE.search(name)
    return False


class Repository:
    """One working tree. All paths are relative to its root, POSIX, and the root itself is ``.``."""

    def __init__(self, root: str, scan: Scan, *, excluded: Iterable[str] = ()) -> None:
        self.root = root
        self._scan = scan
        self._real_root = os.path.realpath(root)
        patterns = tuple(excluded)
        listed = scan.files
        if patterns:
            listed = tuple(path for path in listed if not any(matches(path, pattern) for pattern in patterns))
        self.files: tuple[str, ...] = listed
        self.nested: tuple[str, ...] = scan.nested
        self._links = scan.links
        self._known = frozenset(listed)
        self._problems: dict[Problem, None] = dict.fromkeys(scan.problems)
        self._sources: dict[str, bytes | None] = {}
        self._texts: dict[str, str | None] = {}
        self._total = 0
        self._folders: dict[str, tuple[list[str], list[str]]] | None = None
        self._by_name: dict[str, list[str]] | None = None

    def without(self, patterns: Iterable[str]) -> Repository:
        """The same tree, less the files that match one of the globs or lie in a folder that does."""
        return Repository(self.root, self._scan, excluded=patterns)

    @property
    def scan(self) -> Scan:
        """What one walk over the tree found; git's state is told from it (prefill.git.head)."""
        return self._scan

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be read so far."""
        return tuple(self._problems)

    @property
    def reads(self) -> tuple[str, ...]:
        """The files that were opened so far, in order."""
        return tuple(self._sources)

    def report(self, path: str, line: int | None, message: str) -> None:
        """Remember that something could not be read."""
        self._problems.setdefault(Problem(path, line, message))

    # what exists

    def exists(self, path: str) -> bool:
        """Whether the path is a file of the repository."""
        return path in self._known

    def is_folder(self, path: str) -> bool:
        """Whether the path is a folder that holds a file of the repository."""
        return path == "." or path in self._tree()

    def folder(self, path: str) -> tuple[list[str], list[str]]:
        """(names of sub-folders, names of files) directly in a folder, each sorted; empty where there is none."""
        return self._tree().get(path, ([], []))

    def named(self, *names: str) -> tuple[str, ...]:
        """All files with one of these base names, sorted."""
        if self._by_name is None:
            self._by_name = {}
            for path in self.files:
                self._by_name.setdefault(path[path.rfind("/") + 1 :], []).append(path)
        if len(names) == 1:
            return tuple(self._by_name.get(names[0], ()))
        return tuple(sorted(path for name in set(names) for path in self._by_name.get(name, ())))

    def find(self, *patterns: str, under: str = ".") -> tuple[str, ...]:
        """Files that match one of the globs (`*`, `?`, `**`, `[…]`, `{a,b}`), relative to `under`, sorted."""
        prefix = "" if under == "." else under + "/"
        found: set[str] = set()
        for pattern in patterns:
            name = pattern.removeprefix("**/")
            if "/" not in name and not any(c in name for c in "*?[{"):
                if name == pattern:
                    if prefix + name in self._known:
                        found.add(prefix + name)
                else:
                    found.update(path for path in self.named(name) if path.startswith(prefix))
                continue
            match = _glob(pattern).match
            found.update(path for path in self.files if path.startswith(prefix) and match(path, len(prefix)))
        return tuple(sorted(found))

    # what files hold

    def source(self, path: str, limit: int = SOURCE_LIMIT) -> bytes | None:
        """The bytes of a file; None where it is missing, or could not be read (which is then a problem)."""
        if path in self._sources:
            return self._sources[path]
        data = self._read(path, limit) if path in self._known else None
        self._sources[path] = data
        return data

    def text(self, path: str, limit: int = SOURCE_LIMIT) -> str | None:
        """The text of a file, without a byte-order mark, undecodable bytes replaced."""
        if path in self._texts:
            return self._texts[path]
        data = self.source(path, limit)
        text = None if data is None else decode(data)
        self._texts[path] = text
        return text

    def _read(self, path: str, limit: int) -> bytes | None:
        if is_secret(path):
            return None
        full = os.path.join(self.root, path)
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        if path in self._links:
            full = os.path.realpath(full)
            inside = full.startswith(self._real_root + os.sep)
            if not inside or is_secret(full) or f"{os.sep}.git{os.sep}" in full[len(self._real_root) :]:
                self.report(path, None, "is a link that leads outside the repository, or to a file that is never read")
                return None
        else:
            flags |= getattr(os, "O_NOFOLLOW", 0)
        try:
            handle = os.open(full, flags)
        except FileNotFoundError:
            return None
        except OSError as error:
            self.report(path, None, f"cannot be opened: {os.strerror(error.errno) if error.errno else error}")
            return None
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                self.report(path, None, "is not a regular file")
                return None
            if status.st_size > limit:
                self.report(path, None, f"is larger than {limit:,} bytes and was not read")
                return None
            if self._total + status.st_size > TOTAL_LIMIT:
                self.report(path, None, f"was not read: more than {TOTAL_LIMIT:,} bytes in one run")
                return None
            parts = []
            left = limit + 1
            while left > 0 and (part := os.read(handle, min(left, 1 << 20))):
                parts.append(part)
                left -= len(part)
            if left <= 0:
                self.report(path, None, f"grew beyond {limit:,} bytes while it was read")
                return None
        except OSError as error:
            self.report(path, None, f"cannot be read: {os.strerror(error.errno) if error.errno else error}")
            return None
        finally:
            os.close(handle)
        data = b"".join(parts)
        self._total += len(data)
        return data

    def _tree(self) -> dict[str, tuple[list[str], list[str]]]:
        if self._folders is None:
            tree: dict[str, tuple[list[str], list[str]]] = {".": ([], [])}
            for path in self.files:
                folder, _, name = path.rpartition("/")
                at = folder = folder or "."
                while at not in tree:
                    tree[at] = ([], [])
                    at = at.rpartition("/")[0] or "."
                tree[folder][1].append(name)
            for at in tree:
                if at != ".":
                    above, _, name = at.rpartition("/")
                    tree[above or "."][0].append(name)
            for folders, _ in tree.values():
                folders.sort()
            self._folders = tree
        return self._folders


def decode(data: bytes) -> str:
    """Text of bytes: UTF-8 or, with a byte-order mark, UTF-16; undecodable bytes become U+FFFD."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8-sig", "replace")


def matches(path: str, pattern: str) -> bool:
    """Whether a path matches a glob, or lies in a folder that does."""
    return _glob(pattern).match(path) is not None or _glob(pattern.rstrip("/") + "/**").match(path) is not None


@lru_cache(maxsize=512)
def _glob(pattern: str) -> re.Pattern[str]:
    """A glob as a regular expression over a whole path: `**` crosses folders, `*` and `?` don't."""
    out: list[str] = []
    depth = 0
    at = 0
    pattern = pattern.removeprefix("./")
    while at < len(pattern):
        if pattern.startswith("**/", at):
            out.append("(?:[^/]+/){0,64}?" if at else "(?:[^/]+/){0,64}")
            at += 3
            continue
        char = pattern[at]
        if pattern.startswith("**", at):
            out.append(".*")
            at += 2
            continue
        if char == "*":
            out.append("[^/]*")
        elif char == "?":
            out.append("[^/]")
        elif char == "{":
            out.append("(?:")
            depth += 1
        elif char == "}" and depth:
            out.append(")")
            depth -= 1
        elif char == "," and depth:
            out.append("|")
        elif char == "[" and (end := pattern.find("]", at + 2)) > 0:
            inner = pattern[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            out.append("[" + ("^" + inner[1:] if inner.startswith(("!", "^")) else inner) + "]")
            at = end
        else:
            out.append(re.escape(char))
        at += 1
    out.append(")" * depth)
    try:
        return re.compile("".join(out) + r"\Z", re.DOTALL)
    except re.error:
        return re.compile(re.escape(pattern) + r"\Z")


def open_repository(path: str, *, excluded: Iterable[str] = ()) -> tuple[Repository, str]:
    """The repository that holds `path`, and the folder in it that was asked for (``.`` for the root).

    The root is the nearest folder at or above `path` with a `.git`; without one, `path` itself. Raises PrefillError.
    """
    from prefill.git.listing import scan

    full = os.path.abspath(path)
    if not os.path.exists(full):
        raise PrefillError("there is no such folder; name a repository, or a folder in one", path)
    if not os.path.isdir(full):
        raise PrefillError("is a file; name a repository, or a folder in one", path)
    root = find_root(full)
    inside = os.path.relpath(full, root).replace(os.sep, "/")
    return Repository(root, scan(root), excluded=excluded), inside


def find_root(folder: str) -> str:
    """The nearest folder at or above with a `.git`, else the folder itself."""
    at = folder
    while True:
        if os.path.lexists(os.path.join(at, ".git")):
            return at
        above = os.path.dirname(at)
        if above == at:
            return folder
        at = above
