"""Opens the few files that git's own data is kept in: regular files only, bounded, and never through a last link."""

from __future__ import annotations

import os
import stat

_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class RefusedError(OSError):
    """The file is there, but is not one that may be read (a link, a FIFO, a device, or larger than its bound)."""

    def __init__(self, message: str) -> None:
        super().__init__(0, message)


def open_regular(path: str | bytes, limit: int) -> tuple[int, os.stat_result]:
    """A descriptor and stat result of a regular file of at most `limit` bytes.

    `O_NONBLOCK` keeps a FIFO from hanging the open, `O_NOFOLLOW` keeps a link from leading elsewhere. Raises
    `FileNotFoundError`, `RefusedError` or another `OSError`.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        if os.path.islink(path):
            raise RefusedError("it is a symbolic link") from error
        raise
    status = os.fstat(descriptor)
    refusal = ""
    if not stat.S_ISREG(status.st_mode):
        refusal = "it is not a regular file"
    elif status.st_size > limit:
        refusal = f"it has {status.st_size} bytes, more than {limit}"
    if refusal:
        os.close(descriptor)
        raise RefusedError(refusal)
    return descriptor, status


def read_regular(path: str | bytes, limit: int) -> bytes:
    """The bytes of a regular file of at most `limit` bytes; errors as for `open_regular`."""
    descriptor, status = open_regular(path, limit)
    try:
        chunks: list[bytes] = []
        left = limit
        want = status.st_size + 1
        while chunk := os.read(descriptor, min(want, 1 << 20)):
            chunks.append(chunk)
            left -= len(chunk)
            if left < 0:
                raise RefusedError(f"it grew beyond {limit} bytes while it was read")
            if len(chunk) < want and len(chunk) < 1 << 20:
                break  # a short read of a regular file is its end
            want = max(want - len(chunk), 1 << 12)  # one more read than the size says finds the end, or growth
        return b"".join(chunks) if len(chunks) != 1 else chunks[0]
    finally:
        os.close(descriptor)
