"""The command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from prefill import __version__


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (default: the process's own arguments) and return its exit status."""
    parser = argparse.ArgumentParser(prog="prefill")
    parser.add_argument("--version", action="version", version=f"prefill {__version__}")
    parser.parse_args(argv)
    return 0
