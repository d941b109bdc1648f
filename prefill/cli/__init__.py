"""The command line: which command is meant, and how a run ends.

Standard output carries the result alone, standard error the rest. Each command is a module here, imported when it is asked for.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

from prefill.cli.common import INTERRUPTED, OK, WRONG, say
from prefill.errors import PrefillError

COMMANDS = ("check", "update", "explain", "new", "analyzers")


def command() -> NoReturn:
    """The installed command: `main`, and then the process ends without taking apart what it holds, which can take a tenth of a run."""
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (default: the process's own arguments) and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    gc.disable()  # a run is short, and what it makes is kept to its end: collecting finds nothing, and looks at all of it
    name, rest = (arguments[0], arguments[1:]) if arguments and arguments[0] in COMMANDS else ("fill", arguments)
    try:
        status = int(import_module(f"prefill.cli.{name}").run(rest))
        sys.stdout.flush()
    except PrefillError as error:
        say(f"prefill: {error}")
        return WRONG
    except BrokenPipeError:
        # The reader has gone; what Python flushes on exit must not fail again (https://docs.python.org/3/library/signal.html).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        return INTERRUPTED
    return status
