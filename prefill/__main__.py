"""`python -m prefill` is the command `prefill`."""

from __future__ import annotations

import os
import sys

# `python -m` puts the current folder first on the path, and that may be the repository that is read: a file in it named
# like a module of the standard library, or metadata that names an analyzer, would run. It stays where prefill itself
# is imported from there.
if not sys.flags.safe_path:
    home = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    sys.path[:1] = [folder for folder in sys.path[:1] if os.path.realpath(folder) == home]

from prefill.cli import command

if __name__ == "__main__":
    command()
