"""Resolves references: `HEAD`, branches and tags, loose or packed (https://git-scm.com/docs/gitrepository-layout)."""

from __future__ import annotations

import os
from typing import NamedTuple

from prefill.git.files import read_regular
from prefill.git.gitdir import GitDir

_MAX_REF_BYTES = 4096
_MAX_PACKED_BYTES = 256 << 20
_MAX_LINKS = 5  # as git
_HEX = frozenset("0123456789abcdef")
# What each working tree has for itself; all else is shared.
_OWN = ("refs/bisect/", "refs/worktree/", "refs/rewritten/")


class RefError(ValueError):
    """A reference is damaged or of a kind that is not supported; the message is a sentence."""


class Ref(NamedTuple):
    """What a reference comes to: the last name (`refs/heads/main`, or `HEAD` when detached), and the id or None."""

    name: str
    oid: str | None


def read_ref(gitdir: GitDir, name: str) -> Ref:
    """Follows a reference to an object id, which is None where a branch has no commit yet.

    Raises `RefError`, and `OSError` for a file that is there and cannot be read.
    """
    for _ in range(_MAX_LINKS + 1):
        if not is_ref_name(name):
            raise RefError(f"reference {name!r} is not a name that git allows")
        text = _read_loose(gitdir, name)
        if text is None:
            return Ref(name, _read_packed(gitdir, name))
        if text.startswith("ref:"):
            name = text[4:].strip()
            continue
        oid = text[: gitdir.hash_size * 2]
        if not is_oid(oid, gitdir) or text[len(oid) :].strip():
            raise RefError(f"reference {name} holds neither an id nor a name")
        return Ref(name, oid)
    raise RefError(f"reference {name} leads in a circle")


def is_oid(text: str, gitdir: GitDir) -> bool:
    """Whether this is a whole object id in hexadecimal."""
    return len(text) == gitdir.hash_size * 2 and _HEX.issuperset(text)


def is_ref_name(name: str) -> bool:
    """Whether a reference may have this name, so that it stays below the git folder."""
    if not name.startswith("refs/"):
        return name.isascii() and name.replace("_", "").isalpha() and name.isupper()  # HEAD, ORIG_HEAD …
    parts = name.split("/")
    return all(part and not part.startswith(".") and not part.endswith(".lock") for part in parts) and not any(
        char in " ~^:?*[\\" or ord(char) < 32 or ord(char) == 127 for char in name
    )


def _read_loose(gitdir: GitDir, name: str) -> str | None:
    own = not name.startswith("refs/") or name.startswith(_OWN)
    path = os.path.join(gitdir.path if own else gitdir.common, *name.split("/"))
    if os.path.islink(path):  # the oldest form of a symbolic reference
        target = os.readlink(path)
        return f"ref: {target}" if is_ref_name(target) else None
    try:
        return read_regular(path, _MAX_REF_BYTES).decode("utf-8", "surrogateescape").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        if os.path.isdir(path):  # `refs/heads/a` beside `refs/heads/a/b`
            return None
        raise


def _read_packed(gitdir: GitDir, name: str) -> str | None:
    try:
        content = read_regular(os.path.join(gitdir.common, "packed-refs"), _MAX_PACKED_BYTES)
    except FileNotFoundError:
        return None
    size = gitdir.hash_size * 2
    wanted = b" " + name.encode("utf-8", "surrogateescape") + b"\n"
    content += b"\n"
    place = content.find(wanted)
    while place >= 0:
        start = place - size
        if start >= 0 and (start == 0 or content[start - 1] == 0x0A):
            oid = content[start:place].decode("ascii", "replace")
            if is_oid(oid, gitdir):
                return oid
        place = content.find(wanted, place + 1)
    return None
