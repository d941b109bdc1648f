"""`python -m prefill` is the command `prefill`."""

from __future__ import annotations

import sys

from prefill.cli import main

if __name__ == "__main__":
    sys.exit(main())
