"""Decides whether tracked files differ from the commit: the index against its tree, then the files against the index."""

from __future__ import annotations

import os
import stat
import struct
from functools import partial
from typing import TYPE_CHECKING

from prefill.git.config import is_true
from prefill.git.files import read_regular
from prefill.git.index import ASSUME_VALID, INTENT_TO_ADD, SKIP_WORKTREE, STAGE, CacheTree, Index
from prefill.git.objects import GITLINK, LINK, TREE, ObjectError, Objects, canonical_mode

if TYPE_CHECKING:
    from prefill.git.gitdir import GitDir
    from prefill.git.listing import Scan

# Beyond this much content to compare, the answer is not worth its time.
MAX_HASHED_BYTES = 64 << 20
MAX_HASHED_FILES = 5_000
_MAX_SUBMODULE_DEPTH = 3

_STAT = struct.Struct(">10I")  # ctime, mtime (seconds and nanoseconds each), device, inode, mode, user, group, size


def is_dirty(root: str, seen: Scan, commit: str | None, depth: int = 0) -> bool | None:
    """Whether `git status --porcelain -uno` would print a line; None when it cannot be known."""
    index, gitdir = seen.index, seen.gitdir
    if gitdir is None or any(problem.path == ".git/index" for problem in seen.problems):
        return None
    worktree = gitdir.settings.get("core.worktree")
    if worktree is not None and os.path.realpath(os.path.join(gitdir.path, worktree)) != os.path.realpath(root):
        return None
    if index is None:  # everything that the commit has is gone from it
        return commit is not None and _has_files(gitdir, commit)
    if any(flags & (STAGE | INTENT_TO_ADD) for flags in set(index.flags)):
        return True
    staged = _is_staged(gitdir, index, commit)
    if staged:
        return True
    changed = _is_changed(root, seen, gitdir, index, depth)
    return changed if changed or staged is not None else None


def _has_files(gitdir: GitDir, commit: str) -> bool | None:
    try:
        objects = Objects(gitdir)
        return bool(objects.read_tree(objects.read_commit(commit).tree))
    except ObjectError:
        return None


def _is_staged(gitdir: GitDir, index: Index, commit: str | None) -> bool | None:
    """Whether the index differs from the commit's tree."""
    if commit is None:
        return bool(index.names)
    objects = Objects(gitdir)
    try:
        tree = objects.read_commit(commit).tree
        root = index.root_tree
        if root is not None:
            return root.hex() != tree
        return not _equals_tree(index, objects, tree)
    except ObjectError:
        return None


def _equals_tree(index: Index, objects: Objects, tree: str) -> bool:
    """Whether the entries are those of the tree; folders whose cached tree is still valid are not entered."""
    expected: dict[bytes, tuple[int, bytes]] = {}
    skipped = 0  # entries in folders that need no look
    # A sparse index counts a folder as one entry, so that the cached counts mean something else there.
    first = index.read_cache_tree() if not index.sparse_directories else None
    stack: list[tuple[bytes, bytes, CacheTree | None]] = [(b"", bytes.fromhex(tree), first)]
    while stack:
        prefix, oid, node = stack.pop()
        if node is not None and node.oid is not None:
            if node.oid != oid:
                return False
            skipped += node.count
            continue
        for name, mode, inner in objects.read_tree(oid.hex()):
            path = prefix + name
            if mode != TREE:
                expected[path] = (canonical_mode(mode), inner)
            elif path + b"/" in index.sparse_directories:
                expected[path + b"/"] = (TREE, inner)
            else:
                stack.append((path + b"/", inner, node.children.get(name) if node is not None else None))
        if len(expected) > len(index.names):
            return False
    if len(expected) + skipped != len(index.names):
        return False
    matched = 0
    for position, name in enumerate(index.names):
        found = expected.get(name)
        if found is not None:
            if found != (index.mode(position), index.oid(position)):
                return False
            matched += 1
    return matched == len(expected)


def _is_changed(root: str, seen: Scan, gitdir: GitDir, index: Index, depth: int) -> bool | None:
    """Whether a tracked file differs from its entry: by stat data first, by content where that differs."""
    settings = gitdir.settings
    sparse = is_true(settings, "core.sparsecheckout")
    with_mode = is_true(settings, "core.filemode", default=True)
    with_links = is_true(settings, "core.symlinks", default=True)
    with_ctime = is_true(settings, "core.trustctime", default=True)
    # The index is younger than a file that was compared for it; else the stat data proves nothing.
    written = index.mtime[0] * 1_000_000_000 + index.mtime[1]
    base = os.fsencode(root) + b"/"
    present = frozenset(os.fsencode("\0".join(seen.files)).split(b"\0"))
    unpack = _STAT.unpack_from
    data = index.data
    doubtful: list[tuple[int, bytes, os.stat_result]] = []
    unknown = False
    for position, name in enumerate(index.names):
        flags = index.flags[position]
        if flags & (SKIP_WORKTREE | ASSUME_VALID) and not (sparse and flags & SKIP_WORKTREE and name in present):
            continue
        ctime, ctime_ns, mtime, mtime_ns, _, inode, mode, _, _, size = unpack(data, index.offsets[position])
        if mode == GITLINK:
            answer = _is_submodule_changed(root, name, gitdir, index.oid(position), depth)
            if answer:
                return True
            unknown = unknown or answer is None
            continue
        if name not in present:
            if seen.complete:
                return True
            unknown = True
            continue
        try:
            status = os.lstat(base + name)
        except OSError:
            return True
        actual = status.st_mode
        if stat.S_ISLNK(actual) != (mode == LINK) and (with_links or stat.S_ISLNK(actual)):
            return True
        if with_mode and mode != LINK and stat.S_ISREG(actual) and bool(actual & 0o100) != (mode == 0o100755):
            return True
        if (
            status.st_mtime_ns == mtime * 1_000_000_000 + mtime_ns
            and status.st_size & 0xFFFFFFFF == size
            and status.st_ino & 0xFFFFFFFF == inode
            and status.st_mtime_ns < written
            and (not with_ctime or status.st_ctime_ns == ctime * 1_000_000_000 + ctime_ns)
        ):
            continue
        doubtful.append((position, name, status))
    answer = _compare_contents(root, seen, index, doubtful)
    return answer if answer or not unknown else None


def _compare_contents(
    root: str, seen: Scan, index: Index, doubtful: list[tuple[int, bytes, os.stat_result]]
) -> bool | None:
    """Whether one of these files has other content than its entry."""
    if not doubtful:
        return False
    if len(doubtful) > MAX_HASHED_FILES or sum(status.st_size for _, _, status in doubtful) > MAX_HASHED_BYTES:
        return None
    from prefill.git.convert import Conversions, is_same_content

    conversions = Conversions(root, seen)
    unknown = False
    for position, name, status in doubtful:
        path = os.fsencode(root) + b"/" + name
        oid = index.oid(position)
        same: bool | None
        try:
            if stat.S_ISLNK(status.st_mode):
                same = _is_blob(oid, os.readlink(path))
            else:
                content = read_regular(path, MAX_HASHED_BYTES)
                same = is_same_content(content, partial(_is_blob, oid), conversions.find(name))
        except OSError:
            same = None
        if same is False:
            return True
        unknown = unknown or same is None
    return None if unknown else False


def _is_blob(oid: bytes, content: bytes) -> bool:
    """Whether this is the raw id that content has as a blob."""
    import hashlib  # loads OpenSSL, which a clean tree does not need

    digest = hashlib.sha256() if len(oid) == 32 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(content))
    digest.update(content)
    return digest.digest() == oid


def _is_submodule_changed(root: str, name: bytes, gitdir: GitDir, oid: bytes, depth: int) -> bool | None:
    """Whether a submodule is at another commit, or has changed files of its own."""
    from prefill.git.gitdir import find_gitdir
    from prefill.git.head import read_head
    from prefill.git.listing import scan

    path = os.path.join(root, os.fsdecode(name))
    if os.path.islink(path) or not os.path.isdir(path):
        return True
    if not os.path.lexists(os.path.join(path, ".git")):
        return False  # it was never checked out
    if depth >= _MAX_SUBMODULE_DEPTH:
        return None
    inner, _ = find_gitdir(path)
    if inner is None:
        return None
    _, commit, problems = read_head(inner)
    if problems:
        return None
    changed = True if commit != oid.hex() else is_dirty(path, scan(path), commit, depth + 1)
    if changed and _ignores_submodules(root, gitdir):
        return None
    return changed


def _ignores_submodules(root: str, gitdir: GitDir) -> bool:
    """Whether a setting may keep git from reporting a changed submodule."""
    if any(key.startswith("submodule.") and key.endswith(".ignore") for key in gitdir.settings):
        return True
    if "diff.ignoresubmodules" in gitdir.settings:
        return True
    try:
        return b"ignore" in read_regular(os.path.join(root, ".gitmodules"), 1 << 20)
    except FileNotFoundError:
        return False
    except OSError:
        return True
