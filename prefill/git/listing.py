"""Lists the files of a working tree as git does: tracked ones, and untracked ones that are not ignored.

The list is that of `git ls-files -co --exclude-standard` less what is deleted, with `node_modules/` in place of the
user's own global excludes. git is not run, so nothing that a repository's configuration names is run either.
"""

from __future__ import annotations

import os
import sys

from prefill.git.files import read_regular
from prefill.git.gitdir import GitDir, find_gitdir, is_git_directory
from prefill.git.ignore import Rules, parse
from prefill.git.index import SKIP_WORKTREE, Index, UnreadableIndexError, read_index
from prefill.model import Problem
from prefill.records import dataclass, field

MAX_FILES = 500_000
MAX_DEPTH = 200
MAX_IGNORE_BYTES = 1 << 20
MAX_STEPS = 20_000_000  # about the number of patterns tried; some seconds

# What nobody means to be read. A negated pattern in the repository's own ignore files brings it back.
_STANDING_RULES = b"node_modules/\n"
_ENCODING = sys.getfilesystemencoding()
_ERRORS = sys.getfilesystemencodeerrors()


@dataclass(frozen=True, slots=True)
class Scan:
    """The files of a working tree; all paths are relative to its root, POSIX, undecodable bytes as surrogates.

    `files` are regular files and symbolic links, sorted; `links` those of them that are links. `nested` are
    folders that are repositories of their own and are not entered; `submodules` those of them that the index names.
    `special` are FIFOs, sockets and devices, which are in no other list. `complete` is False when a bound or an unreadable folder cut the
    list short; `problems` says which. `gitdir` and `index` are what was read on the way, None where there is none.
    """

    files: tuple[str, ...]
    links: frozenset[str] = frozenset()
    nested: tuple[str, ...] = ()
    submodules: tuple[str, ...] = ()
    special: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    complete: bool = True
    gitdir: GitDir | None = field(default=None, repr=False)
    index: Index | None = field(default=None, repr=False)


def scan(root: str) -> Scan:
    """Lists the working tree at `root`. Never raises for what the tree holds: that is in `problems`."""
    gitdir, problems = find_gitdir(root)
    if gitdir is not None and gitdir.bare:
        return Scan(
            (), problems=(*problems, Problem(".", None, "is a bare repository: it has no working tree")), gitdir=gitdir
        )
    index: Index | None = None
    if gitdir is not None:
        try:
            index = read_index(os.path.join(gitdir.path, "index"), gitdir.hash_size)
        except FileNotFoundError:
            pass  # nothing was ever added
        except UnreadableIndexError as error:
            problems.append(Problem(".git/index", None, str(error)))
        except OSError as error:
            problems.append(Problem(".git/index", None, f"cannot be read: {error.strerror or error}"))
    walk = _Walk(root, gitdir, index, problems)
    walk.run()
    files = _decode_all(walk.files)
    links = _decode_all(walk.links)
    submodules = _decode_all(index.gitlinks) if index is not None else []
    return Scan(
        tuple(sorted(files + links)),
        frozenset(links),
        tuple(sorted(_decode_all(walk.nested) + submodules)),
        tuple(sorted(submodules)),
        tuple(sorted(_decode_all(walk.special))),
        tuple(walk.problems),
        walk.complete,
        gitdir,
        index,
    )


class _Walk:
    """One walk over the tree, and what it has found so far."""

    def __init__(self, root: str, gitdir: GitDir | None, index: Index | None, problems: list[Problem]) -> None:
        self.root = os.fsencode(root)
        self.fold = gitdir is not None and gitdir.settings.get("core.ignorecase", "").lower() == "true"
        self.problems = problems
        self.complete = True
        self.files: list[bytes] = []
        self.links: list[bytes] = []
        self.nested: list[bytes] = []
        self.special: list[bytes] = []
        self.tracked: frozenset[bytes] = frozenset(index.names) if index is not None else frozenset()
        self.gitlinks: frozenset[bytes] = frozenset(index.gitlinks) if index is not None else frozenset()
        self.tracked_folders = _list_folders(index.names) if index is not None else set()
        self.absent_ignore_files: dict[bytes, bytes] = {}
        if index is not None and gitdir is not None:
            self._read_sparse(gitdir, index)
        self.steps = [0]
        self.parsed: dict[bytes, tuple[Rules | None, list[tuple[int, str]]]] = {}
        outer: list[Rules] = []
        if gitdir is not None:
            self._add_rules(outer, os.fsencode(os.path.join(gitdir.common, "info", "exclude")), b".git/info/exclude", 0)
        standing, _ = parse(_STANDING_RULES, 0, self.fold)
        self.outer_rules = (*outer, standing) if standing is not None else (*outer,)

    def run(self) -> None:
        """Visits every folder that holds a listed file."""
        stack: list[tuple[bytes, bool, tuple[Rules, ...], int]] = [(b"", False, self.outer_rules, 0)]
        left = MAX_FILES
        while stack:
            folder, ignored, rules, depth = stack.pop()
            folders: list[bytes] = []
            untracked: list[bytes] = []
            untracked_links: list[bytes] = []
            has_ignore_file = has_repository = False
            tracked, files = self.tracked, self.files
            try:
                with os.scandir(self.root + b"/" + folder if folder else self.root) as entries:
                    for entry in entries:
                        name = entry.name
                        left -= 1
                        if left < 0:
                            break
                        if entry.is_file(follow_symlinks=False):
                            path = folder + name
                            if path in tracked:
                                files.append(path)
                            elif name != b".git":
                                untracked.append(name)
                            else:
                                has_repository = True
                            if name == b".gitignore":
                                has_ignore_file = True
                        elif name == b".git":
                            has_repository = True
                        elif entry.is_symlink():
                            if folder + name in tracked:
                                self.links.append(folder + name)
                            else:
                                untracked_links.append(name)
                        elif entry.is_dir():
                            folders.append(name)
                        else:
                            self._add_special(folder + name, name, ignored, rules)
            except OSError as error:
                self._cut(folder, f"cannot be listed: {error.strerror or error}")
                continue
            if left < 0:
                self._cut(b"", f"has more than {MAX_FILES} files; the rest is left out")
                return
            known = folder in self.tracked_folders or not folder
            if has_repository and not known and self._is_repository(folder):
                self.nested.append(folder[:-1])
                continue
            if has_ignore_file and not ignored:
                own: list[Rules] = []
                path = folder + b".gitignore"
                self._add_rules(own, self.root + b"/" + path, path, len(folder))
                rules = (*own, *rules)
            elif self.absent_ignore_files and not ignored and folder + b".gitignore" in self.absent_ignore_files:
                own = []
                path = folder + b".gitignore"
                self._parse_rules(own, self.absent_ignore_files[path], path, len(folder))
                rules = (*own, *rules)
            if not ignored:
                for name in untracked:
                    if not self._is_ignored(name, folder, False, rules):
                        files.append(folder + name)
                for name in untracked_links:
                    if not self._is_ignored(name, folder, False, rules):
                        self.links.append(folder + name)
            for name in folders:
                path = folder + name
                inner = path + b"/"
                if path in self.gitlinks:
                    continue
                inner_ignored = ignored or self._is_ignored(name, folder, True, rules)
                if inner_ignored and inner not in self.tracked_folders:
                    continue
                if depth >= MAX_DEPTH:
                    self._cut(inner, f"lies deeper than {MAX_DEPTH} folders and is left out")
                    continue
                stack.append((inner, inner_ignored, rules, depth + 1))
            if self.steps[0] > MAX_STEPS:
                self._cut(folder, "matching the ignore files took too many steps; the rest is left out")
                return

    def _is_ignored(self, name: bytes, folder: bytes, is_folder: bool, rules: tuple[Rules, ...]) -> bool:
        path = folder + name
        for each in rules:
            rule = each.match(name, path, is_folder)
            if rule is not None:
                return not rule.negative
        return False

    def _add_rules(self, rules: list[Rules], path: bytes, shown: bytes, base: int) -> None:
        """Reads one ignore file. A linked one is no ignore file to git either (2.32 and later)."""
        try:
            content = read_regular(path, MAX_IGNORE_BYTES)
        except FileNotFoundError:
            return
        except OSError as error:
            self.problems.append(Problem(os.fsdecode(shown), None, f"cannot be read: {error.strerror or error}"))
            return
        self._parse_rules(rules, content, shown, base)

    def _parse_rules(self, rules: list[Rules], content: bytes, shown: bytes, base: int) -> None:
        if content not in self.parsed:  # the packages of a monorepo tend to have the same file
            self.parsed[content] = parse(content, base, self.fold, self.steps)
        parsed, problems = self.parsed[content]
        self.problems.extend(Problem(os.fsdecode(shown), line, message) for line, message in problems)
        if parsed is not None:
            rules.append(parsed.at(base))

    def _read_sparse(self, gitdir: GitDir, index: Index) -> None:
        """Completes what a sparse checkout leaves out: files of unlisted folders, and ignore files that are not there.

        As git does, which lists the files that are present all the same, and reads such an ignore file from its index.
        """
        folders = {
            name: oid
            for name, oid in index.sparse_directories.items()
            if os.path.isdir(self.root + b"/" + name) and not os.path.islink(self.root + b"/" + name[:-1])
        }
        ignore_files = [
            (name, index.oid(position))
            for position, name in enumerate(index.names)
            if index.flags[position] & SKIP_WORKTREE and name.endswith(b".gitignore")
        ]
        if not folders and not ignore_files:
            return
        from prefill.git.objects import ObjectError, Objects

        objects = Objects(gitdir)
        more: list[bytes] = []
        try:
            for name, oid in folders.items():
                entries, problems = objects.list_tree(oid.hex())
                more.extend(name + os.fsencode(entry.path) for entry in entries)
                self.problems.extend(problems)
            for name, oid in ignore_files:
                if name == b".gitignore" or name.endswith(b"/.gitignore"):
                    self.absent_ignore_files[name] = objects.read_kind(oid.hex(), "blob", MAX_IGNORE_BYTES)
        except ObjectError as error:
            self.problems.append(Problem(".git/index", None, f"a sparse checkout cannot be completed: {error}"))
        self.tracked |= frozenset(more)
        self.tracked_folders |= _list_folders(more)

    def _add_special(self, path: bytes, name: bytes, ignored: bool, rules: tuple[Rules, ...]) -> None:
        if not ignored and not self._is_ignored(name, path[: len(path) - len(name)], False, rules):
            self.special.append(path)

    def _is_repository(self, folder: bytes) -> bool:
        """Whether the `.git` in this folder makes it a repository of its own.

        What a `.git` file names may lie anywhere, so its form decides and its target is not looked at.
        """
        path = self.root + b"/" + folder + b".git"
        if os.path.islink(path):
            return True
        if os.path.isdir(path):
            return is_git_directory(path)
        try:
            return read_regular(path, 1 << 14).startswith(b"gitdir: ")
        except OSError:
            return True

    def _cut(self, path: bytes, message: str) -> None:
        self.complete = False
        self.problems.append(Problem(os.fsdecode(path).rstrip("/") or ".", None, message))


def _list_folders(names: list[bytes]) -> set[bytes]:
    """Every folder, with its slash, that holds one of the names."""
    folders: set[bytes] = set()
    last = b""
    for name in names:
        folder = name[: name.rfind(b"/") + 1]
        if folder == last:
            continue
        last = folder
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder[: folder.rfind(b"/", 0, len(folder) - 1) + 1]
    return folders


def _decode_all(names: list[bytes]) -> list[str]:
    """All names as text, in one call: no name can hold a NUL."""
    return b"\0".join(names).decode(_ENCODING, _ERRORS).split("\0") if names else []
