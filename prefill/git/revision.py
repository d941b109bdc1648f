"""Resolves what a user calls a commit: an id or its beginning, a branch, a tag, `HEAD~2`, `main^`.

The grammar is the part of https://git-scm.com/docs/gitrevisions that names commits by references and parents.
"""

from __future__ import annotations

from prefill.git.gitdir import GitDir
from prefill.git.objects import MissingObjectError, ObjectError, Objects
from prefill.git.refs import RefError, is_oid, is_ref_name, read_ref

_MAX_STEPS = 100_000  # commits walked for one revision
_HEX = frozenset("0123456789abcdef")
# Where a name is looked for, in git's order.
_PLACES = ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")


class RevisionError(ValueError):
    """The revision names no commit of this repository; the message is a sentence that names it."""


def resolve(gitdir: GitDir, objects: Objects, revision: str) -> str:
    """The whole id of the commit that a revision names. Raises `RevisionError`."""
    end = next((place for place, char in enumerate(revision) if char in "~^"), len(revision))
    name, suffix = revision[:end], revision[end:]
    if "@{" in name or ":" in name or not name:
        raise RevisionError(f"revision {revision!r} is not supported: name a commit, branch or tag, with ~n or ^n")
    try:
        oid = _peel(objects, _resolve_name(gitdir, objects, name))
        steps = 0
        while suffix:
            mark, suffix = suffix[0], suffix[1:]
            if mark not in "~^":
                raise RevisionError(f"revision {revision!r} is not supported at {mark + suffix!r}")
            if mark == "^" and suffix.startswith(("{commit}", "{}")):
                suffix = suffix[suffix.index("}") + 1 :]
                continue
            digits = suffix[: len(suffix) - len(suffix.lstrip("0123456789"))]
            suffix = suffix[len(digits) :]
            if len(digits) > 9:
                raise RevisionError(f"revision {revision!r} goes back too far")
            count = int(digits) if digits else 1
            if mark == "~":
                steps += count
                if steps > _MAX_STEPS:
                    raise RevisionError(f"revision {revision!r} goes back further than {_MAX_STEPS} commits")
                for _ in range(count):
                    oid = _parent(objects, oid, 1, revision)
            elif count:
                oid = _parent(objects, oid, count, revision)
    except MissingObjectError as error:
        reason = " (the clone is shallow)" if gitdir.shallow else ""
        raise RevisionError(f"revision {revision!r} leads to a commit that is not in this clone{reason}") from error
    except (ObjectError, RefError) as error:
        raise RevisionError(f"revision {revision!r} cannot be read: {error}") from error
    except OSError as error:
        raise RevisionError(f"revision {revision!r} cannot be read: {error.strerror or error}") from error
    return oid


def _parent(objects: Objects, oid: str, number: int, revision: str) -> str:
    parents = objects.read_commit(oid).parents
    if number > len(parents):
        raise RevisionError(
            f"revision {revision!r} asks commit {oid[:12]} for parent {number}, and it has {len(parents)}"
        )
    return parents[number - 1]


def _resolve_name(gitdir: GitDir, objects: Objects, name: str) -> str:
    """The object that a name without `~` and `^` stands for; an id wins, then references, then the start of an id."""
    if name == "@":
        name = "HEAD"
    if is_oid(name.lower(), gitdir):
        return name.lower()
    if gitdir.ref_storage != "files":
        raise RefError(f"references are kept as {gitdir.ref_storage}, which is not supported; name a whole id")
    for place in _PLACES:
        full = place.format(name)
        if is_ref_name(full):
            ref = read_ref(gitdir, full)
            if ref.oid is not None:
                return ref.oid
    prefix = name.lower()
    if len(prefix) >= 4 and _HEX.issuperset(prefix):
        found = objects.find_prefix(prefix)
        commits = [oid for oid in found if _is_commitish(objects, oid)]
        if len(commits) == 1:
            return commits[0]
        if len(commits) > 1:
            raise RevisionError(f"revision {name!r} is the beginning of {len(commits)} ids; write more of it")
    raise RevisionError(f"revision {name!r} is no branch, tag or commit of this repository")


def _is_commitish(objects: Objects, oid: str) -> bool:
    try:
        return objects.read(oid, 1 << 20)[0] in ("commit", "tag")
    except ObjectError:
        return False


def _peel(objects: Objects, oid: str) -> str:
    """The commit that an object is, or that a tag (of a tag …) names."""
    for _ in range(10):
        kind, _content = objects.read(oid)
        if kind == "commit":
            return oid
        if kind != "tag":
            raise ObjectError(f"object {oid} is a {kind}, not a commit")
        oid = objects.read_tag(oid)
    raise ObjectError(f"tag {oid} names tags without end")
