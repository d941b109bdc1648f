"""Finds the git data of a working tree: a `.git` folder, a `.git` file of a worktree or submodule, or a bare repository.

The layout: https://git-scm.com/docs/gitrepository-layout
"""

from __future__ import annotations

import os
import stat

from prefill.git.config import is_true, parse_config
from prefill.git.files import read_regular
from prefill.model import Problem
from prefill.records import dataclass, field

MAX_CONFIG_BYTES = 1 << 20
_MAX_POINTER_BYTES = 1 << 14


@dataclass(frozen=True, slots=True)
class GitDir:
    """Where a repository's git data lies.

    `path` holds what belongs to this working tree (`HEAD`, `index`), `common` what its worktrees share (`refs`,
    `objects`, `info`); both are the same but in a linked worktree. `settings` is from `parse_config`. `hash_size` is
    the length of an object id in bytes: 20, or 32 with SHA-256.
    """

    path: str
    common: str
    bare: bool = False
    settings: dict[str, str] = field(default_factory=dict)
    hash_size: int = 20

    @property
    def shallow(self) -> bool:
        """Whether history was cut when this was cloned."""
        return os.path.lexists(os.path.join(self.common, "shallow"))

    @property
    def ref_storage(self) -> str:
        """`files`, or another kind of reference storage (`reftable`)."""
        return self.settings.get("extensions.refstorage", "files").lower()


def find_gitdir(root: str) -> tuple[GitDir | None, list[Problem]]:
    """The git data of the working tree at `root` (not of a folder around it), and why there is none where there is.

    A `.git` file is followed only if what it names points back at `root`, as git writes it for linked worktrees
    (`gitdir`) and submodules (`core.worktree`). A `.git` that is a symbolic link is not followed.
    """
    pointer = os.path.join(root, ".git")
    try:
        mode = os.lstat(pointer).st_mode
    except OSError:
        return _find_bare(root)
    if stat.S_ISLNK(mode):
        return None, [Problem(".git", None, "is a symbolic link and is not followed")]
    if stat.S_ISDIR(mode):
        if not is_git_directory(pointer):
            return None, [Problem(".git", None, "is not a git repository (no `HEAD`, `objects` or `refs`)")]
        return _open(pointer, pointer)
    if not stat.S_ISREG(mode):
        return None, [Problem(".git", None, "is not a folder or a file")]
    return _follow(root, pointer)


def is_git_directory(path: str | bytes) -> bool:
    """Whether git would take this folder for a repository's data: `HEAD`, `objects` and `refs`."""
    head, objects, refs = (
        (os.path.join(path, b"HEAD"), os.path.join(path, b"objects"), os.path.join(path, b"refs"))
        if isinstance(path, bytes)
        else (os.path.join(path, "HEAD"), os.path.join(path, "objects"), os.path.join(path, "refs"))
    )
    return os.path.lexists(head) and os.path.isdir(objects) and os.path.isdir(refs)


def _find_bare(root: str) -> tuple[GitDir | None, list[Problem]]:
    if not is_git_directory(root) or not os.path.isfile(os.path.join(root, "config")):
        return None, []
    gitdir, problems = _open(root, root)
    if gitdir is None or not is_true(gitdir.settings, "core.bare"):
        return None, []
    return GitDir(root, root, True, gitdir.settings, gitdir.hash_size), problems


def _follow(root: str, pointer: str) -> tuple[GitDir | None, list[Problem]]:
    try:
        content = read_regular(pointer, _MAX_POINTER_BYTES)
    except OSError as error:
        return None, [Problem(".git", None, f"cannot be read: {error.strerror or error}")]
    if not content.startswith(b"gitdir: "):
        return None, [Problem(".git", 1, "does not say `gitdir: …`")]
    target = os.path.join(root, os.fsdecode(content[8:].rstrip(b"\r\n")))
    back = _read_pointer(os.path.join(target, "gitdir"))
    if back is not None:  # a linked worktree
        common_text = _read_pointer(os.path.join(target, "commondir"))
        if (
            common_text is not None
            and _same(os.path.join(target, back), pointer)
            and _same(os.path.dirname(os.path.realpath(target)), os.path.join(target, common_text, "worktrees"))
            and is_git_directory(os.path.join(target, common_text))
        ):
            return _open(os.path.realpath(target), os.path.realpath(os.path.join(target, common_text)))
    elif is_git_directory(target):  # a submodule
        gitdir, problems = _open(os.path.realpath(target), os.path.realpath(target))
        worktree = gitdir.settings.get("core.worktree") if gitdir else None
        if worktree and _same(os.path.join(target, worktree), root):
            return gitdir, problems
    return None, [Problem(".git", 1, "names a folder that does not point back here, and is not followed")]


def _open(path: str, common: str) -> tuple[GitDir | None, list[Problem]]:
    problems: list[Problem] = []
    settings: dict[str, str] = {}
    try:
        settings = parse_config(read_regular(os.path.join(common, "config"), MAX_CONFIG_BYTES))
        if is_true(settings, "extensions.worktreeconfig"):
            settings |= parse_config(read_regular(os.path.join(path, "config.worktree"), MAX_CONFIG_BYTES))
    except FileNotFoundError:
        pass
    except OSError as error:
        problems.append(Problem(".git/config", None, f"cannot be read: {error.strerror or error}"))
    hash_size = 32 if settings.get("extensions.objectformat", "").lower() == "sha256" else 20
    return GitDir(path, common, False, settings, hash_size), problems


def _read_pointer(path: str) -> str | None:
    """The one line of a file such as `commondir`, or None when there is none to read."""
    try:
        return os.fsdecode(read_regular(path, _MAX_POINTER_BYTES).rstrip(b"\r\n"))
    except OSError:
        return None


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
