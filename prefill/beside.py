"""Work in a copy of this process, while this one goes on: nothing is executed, and what comes back is plain data.

Only for work on a view that nobody changes, whose result is worth waiting for. Where a process cannot be copied (Windows, other
threads), or the copy dies, there is no result, and the caller does the work itself.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Callable
from typing import Any


class Beside:
    """Work that is being done in a copy of the process."""

    def __init__(self, process: int, pipe: int) -> None:
        self._process = process
        self._pipe = pipe

    def result(self) -> Any:
        """What the work gave, as `marshal` keeps it; None where it gave nothing. Waits for it; to be asked once."""
        parts = []
        try:
            while part := os.read(self._pipe, 1 << 20):
                parts.append(part)
        finally:
            os.close(self._pipe)
            _, status = os.waitpid(self._process, 0)
        if status != 0:
            return None
        return marshal.loads(b"".join(parts))  # noqa: S302  # our own copy wrote it, into a pipe that nobody else holds


def start(work: Callable[[], Any]) -> Beside | None:
    """Begin work whose result is made of None, booleans, numbers, text, bytes, tuples, lists and dictionaries."""
    if not hasattr(os, "fork") or _threads() > 1:
        return None
    read, write = os.pipe()
    try:
        process = os.fork()
    except OSError:
        os.close(read)
        os.close(write)
        return None
    if process:
        os.close(write)
        return Beside(process, read)
    # The copy: it must neither return, nor run what the process does on exit, nor write what is buffered for output.
    status = 1
    try:
        os.close(read)
        data = marshal.dumps(work())
        while data:
            data = data[os.write(write, data) :]
        status = 0
    finally:
        os._exit(status)


def _threads() -> int:
    threading = sys.modules.get("threading")
    return 1 if threading is None else int(threading.active_count())
