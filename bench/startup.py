"""What each runtime dependency costs at start-up, as the table of docs/dependencies.md.

    python bench/startup.py [--runs N]

Each import is a whole process, `python -I -X utf8 -c "import X"`, over a bare interpreter's; the commands take turns, so
that a busy machine slows all of them alike. Without `--here` this happens in a fresh virtual environment with the
dependencies alone: a system Python with many `.pth` files starts three times slower.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import tomllib
import venv
from collections.abc import Sequence

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MODULES = {
    "jinja2": "jinja2",
    "markdown-it-py": "markdown_it",
    "pyjson5": "pyjson5",
    "pyyaml": "yaml",
    "tinycss2": "tinycss2",
    "tomli": "tomli",
    "tree-sitter": "tree_sitter",
    "tree-sitter-javascript": "tree_sitter_javascript",
    "tree-sitter-typescript": "tree_sitter_typescript",
}
"""Distribution → the module that it is imported as."""
BARE = "(a bare interpreter)"


def declared() -> list[str]:
    """The runtime dependencies of pyproject.toml, with their bounds."""
    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        requirements: list[str] = tomllib.load(file)["project"]["dependencies"]
    return requirements


def statements(names: list[str]) -> dict[str, str]:
    """Row of the table → what its process runs."""
    own = f"import sys; sys.path.append({ROOT!r}); import prefill"
    return {
        BARE: "pass",
        **{name: f"import {MODULES[name]}" for name in names},
        "(all of them)": "import " + ", ".join(MODULES[name] for name in names),
        "(`import prefill`)": own,
        "(`import prefill.cli`)": own + ".cli",
    }


def once(python: str, statement: str) -> float:
    """Seconds of one process."""
    started = time.perf_counter()
    subprocess.run([python, "-I", "-X", "utf8", "-c", statement], check=True, cwd=ROOT)
    return time.perf_counter() - started


def measure(python: str, rows: dict[str, str], runs: int) -> dict[str, float]:
    """Row → median seconds; every statement runs once before the first time that counts."""
    for statement in rows.values():
        once(python, statement)
    times: dict[str, list[float]] = {row: [] for row in rows}
    for _ in range(runs):
        for row, statement in rows.items():
            times[row].append(once(python, statement))
    return {row: statistics.median(seconds) for row, seconds in times.items()}


def versions(python: str, names: list[str]) -> dict[str, str]:
    """Distribution → its version in the measured environment."""
    script = "from importlib.metadata import version as v; import sys; print(*(v(name) for name in sys.argv[1:]))"
    done = subprocess.run([python, "-I", "-c", script, *names], check=True, capture_output=True, text=True)
    return dict(zip(names, done.stdout.split(), strict=True))


def table(seconds: dict[str, float], installed: dict[str, str]) -> str:
    """The Markdown table: a bare interpreter's milliseconds in its row, in the others what they add to that."""
    bare = seconds[BARE]
    rows = ["| import | version | adds ms |", "|---|---|---:|", f"| {BARE} | | ({bare * 1000:.0f}) |"]
    rows.extend(
        f"| {row} | {installed.get(row, '')} | {max(0.0, median - bare) * 1000:.0f} |"
        for row, median in seconds.items()
        if row != BARE
    )
    return "\n".join(rows)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=21, help="how often each import is measured (default: 21)")
    parser.add_argument("--here", action="store_true", help="measure this interpreter's environment, not a fresh one")
    options = parser.parse_args(argv)
    requirements = declared()
    names = [requirement.split(">=")[0] for requirement in requirements]
    with tempfile.TemporaryDirectory() as folder:
        python = sys.executable
        if not options.here:
            venv.create(folder, with_pip=True)
            python = os.path.join(folder, "Scripts" if os.name == "nt" else "bin", "python")
            install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *requirements]
            subprocess.run(install, check=True)
        print(table(measure(python, statements(names), options.runs), versions(python, names)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
