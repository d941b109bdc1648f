"""Says which commit a working tree is at, and whether its tracked files differ from that commit."""

from __future__ import annotations

from prefill.git.gitdir import GitDir
from prefill.git.listing import Scan, scan
from prefill.git.refs import RefError, read_ref
from prefill.model import Problem
from prefill.records import dataclass


@dataclass(frozen=True, slots=True)
class Head:
    """Where a working tree stands.

    `commit` is the whole hexadecimal id, None without git or before the first commit. `branch` is the branch's short
    name, None when detached. `dirty` is what `git status --porcelain -uno` would say about tracked files: True, False,
    or None when it cannot be known (no working tree, a filter that would have to be run, objects that are missing).
    """

    commit: str | None = None
    branch: str | None = None
    dirty: bool | None = None
    shallow: bool = False
    problems: tuple[Problem, ...] = ()


def head(root: str, seen: Scan | None = None) -> Head:
    """The commit and state of the working tree at `root`; `seen` is its scan where there is one already."""
    if seen is None:
        seen = scan(root)
    if seen.gitdir is None:
        return Head()
    name, commit, problems = read_head(seen.gitdir)
    branch = name.removeprefix("refs/heads/") if name.startswith("refs/heads/") else None
    dirty: bool | None = None
    if not problems and not seen.gitdir.bare:
        from prefill.git.status import is_dirty

        dirty = is_dirty(root, seen, commit)
    return Head(commit, branch, dirty, seen.gitdir.shallow, tuple(problems))


def read_head(gitdir: GitDir) -> tuple[str, str | None, list[Problem]]:
    """The name that `HEAD` comes to, its commit or None, and what was wrong."""
    if gitdir.ref_storage != "files":
        message = f"references are kept as {gitdir.ref_storage}, which is not supported: the commit is unknown"
        return "", None, [Problem(".git", None, message)]
    try:
        ref = read_ref(gitdir, "HEAD")
    except RefError as error:
        return "", None, [Problem(".git/HEAD", None, str(error))]
    except OSError as error:
        return "", None, [Problem(".git/HEAD", None, f"cannot be read: {error.strerror or error}")]
    return ref.name, ref.oid, []
