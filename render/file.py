"""Documents on disk: read whole or not at all, written whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
import time
from contextlib import suppress

from prefill.errors import PrefillError

LIMIT = 8 * 1024 * 1024
STALE = 3600  # seconds after which a temporary file has no writer any more


def read(path: str, root: str | None = None) -> bytes | None:
    """The bytes of a document, None only where there is no such file: one that cannot be read is an error, not a missing one."""
    target = _inside(path, root)
    try:
        # Without O_NONBLOCK a FIFO would make the run wait for a writer before it could be told from a file.
        handle = os.open(target, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _cannot("read", path, error) from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise PrefillError("is not a regular file; name a Markdown document", path)
        with os.fdopen(os.dup(handle), "rb") as file:
            data = file.read(LIMIT + 1)
    except OSError as error:
        raise _cannot("read", path, error) from None
    finally:
        os.close(handle)
    if len(data) > LIMIT:
        raise PrefillError(f"a document may have {LIMIT // 1024 // 1024} MB; this one has more", path)
    return data


def write(path: str, data: bytes, *, expected: bytes | None, root: str | None = None) -> None:
    """Put `data` at `path` in one step, with the permissions that the file has.

    The bytes go to a new file in the same folder, reach the disk, and take the name then: whoever reads sees the old
    document or the new one. A path inside `root` that a link leads out of is refused. `expected` is what was there when
    the new text was made, None for no file: where another run has written since, nothing is written.
    """
    target = _inside(path, root)
    folder, name = os.path.split(target)
    try:
        before = os.stat(target)
        if not stat.S_ISREG(before.st_mode):
            raise PrefillError("is not a regular file; name a Markdown document", path)
    except FileNotFoundError:
        before = None
    except OSError as error:
        raise _cannot("write", path, error) from None
    temporary = os.path.join(folder, f".{name[:100]}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
    try:
        _fill(temporary, data, before)
        _unchanged(path, target, expected)
        os.replace(temporary, target)
    except OSError as error:
        _remove(temporary)
        raise _cannot("write", path, error) from None
    except BaseException:
        _remove(temporary)
        raise
    _sync(folder)
    _sweep(folder, name)


def _unchanged(path: str, target: str, expected: bytes | None) -> None:
    if read(target) != expected:
        raise PrefillError("has changed while prefill ran; run it again", path)


def _sweep(folder: str, name: str) -> None:
    """Remove what killed runs left beside the document: temporary files of an hour ago and more."""
    pattern = re.compile(re.escape(f".{name[:100]}.") + r"\d{1,10}-[0-9a-f]{8}\.tmp")
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if pattern.fullmatch(entry.name) and time.time() - entry.stat(follow_symlinks=False).st_mtime > STALE:
                _remove(entry.path)


def _fill(temporary: str, data: bytes, before: os.stat_result | None) -> None:
    # The mode is what the umask makes of 0666, as for any file that a program creates.
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        if before is not None:
            os.fchmod(handle, stat.S_IMODE(before.st_mode))
            made = os.fstat(handle)
            if (made.st_uid, made.st_gid) != (before.st_uid, before.st_gid):
                with suppress(PermissionError):  # only root gives files away; the content matters more than the owner
                    os.fchown(handle, before.st_uid, before.st_gid)
        os.fsync(handle)
    finally:
        os.close(handle)


def _inside(path: str, root: str | None) -> str:
    """The real path of a document; refused when it lies in `root` by its name and outside by a link."""
    named = os.path.abspath(path)
    real = os.path.realpath(named)
    if root is None:
        return real
    base = os.path.abspath(root)
    real_base = os.path.realpath(base)
    if (_under(named, base) or _under(named, real_base)) and not _under(real, real_base):
        raise PrefillError("a link leads out of the repository; name the real file", path)
    return real


def _under(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def _remove(path: str) -> None:
    with suppress(OSError):  # it was never made, or the disk is gone: the document itself is untouched either way
        os.unlink(path)


def _sync(folder: str) -> None:
    """Make the new name last. Some file systems cannot sync a folder; the document is whole without it."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot(verb: str, path: str, error: OSError) -> PrefillError:
    reasons = {
        errno.ENOSPC: "the disk is full; the document is as it was",
        errno.EDQUOT: "the disk quota is used up; the document is as it was",
        errno.EACCES: f"no permission to {verb} it; change the permissions of the file or its folder",
        errno.EPERM: f"no permission to {verb} it; change the permissions of the file or its folder",
        errno.EROFS: "the file system is read-only; the document is as it was",
        errno.ENOENT: "its folder does not exist; create it first",
        errno.EISDIR: "is a folder; name a Markdown document",
        errno.ENOTDIR: "a part of the path is a file, not a folder",
        errno.ELOOP: "its links lead in a circle; name the real file",
        errno.ENAMETOOLONG: "the name is too long for the file system",
    }
    return PrefillError(reasons.get(error.errno or 0, f"cannot {verb} it: {error.strerror or error}"), path)
