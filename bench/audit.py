"""Every statement of a section 2 beside the lines that its evidence points at: a table whose verdicts a person fills in.

    python bench/audit.py CHECKOUT [--app PATH] [--prefill CMD] > audit.md

The verdict is made from the repository, not from prefill's code: true, false, or unclear.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
from pathlib import Path

QUOTED = 160  # characters of a line
PLACES = 6  # places of a statement


def cell(text: str) -> str:
    """Text as one cell of a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|")


def quote(folder: Path, path: str, line: int | None) -> str:
    """`path:line` and what stands there."""
    if line is None:
        return f"`{path}`"
    try:
        text = (folder / path).read_text(errors="replace").splitlines()[line - 1].strip()[:QUOTED]
    except (OSError, IndexError):
        text = "there is no such line"
    return f"`{path}:{line}` {text}"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path, metavar="CHECKOUT")
    parser.add_argument("--app", help="which app of a monorepo")
    parser.add_argument("--prefill", default=f"{sys.executable} -m prefill", help="the command that is asked")
    args = parser.parse_args()
    command = [*shlex.split(args.prefill), "explain", "--repo", str(args.checkout), "--format", "json", "--quiet"]
    if args.app:
        command += ["--app", args.app]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        print(ran.stderr, file=sys.stderr)
        return ran.returncode
    print(f"# {args.checkout.name}\n\n| label | statement | where | verdict |\n| --- | --- | --- | --- |")
    for label in json.loads(ran.stdout):
        statements = label["statements"] or [{"text": f"({label['status']})", "evidence": []}]
        for statement in statements:
            shown = [quote(args.checkout, place["path"], place["line"]) for place in statement["evidence"][:PLACES]]
            more = len(statement["evidence"]) - len(shown)
            where = "<br>".join(cell(text) for text in shown) + (f"<br>… and {more} more" if more > 0 else "")
            print(f"| {label['label']} | {cell(statement['text'])} | {where} | |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
