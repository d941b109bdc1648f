"""Writes the parts of the documentation that describe the code: `python docs/generate.py`; with `--check` it only compares.

A part stands between `<!-- generated: NAME -->` and `<!-- end -->`; a test runs the comparison.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
_BLOCK = re.compile(r"(<!-- generated: ([\w-]+) -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def starter() -> str:
    """The filled bullets and Current State of the starter that ships with the project."""
    from prefill.engine import analyze
    from prefill.render.labels import render
    from prefill.section import compose

    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(HOME / "fixtures/repositories/saas-starter", Path(folder) / "saas-starter")
        analysis = analyze(str(copy))
        labels = render(compose(analysis.findings, analysis.project), pinned={}, source=None)
    rows = [f"- **{label.label}:** {label.text}" for label in labels]
    return "```markdown\n" + "\n".join(rows) + "\n```\n"


def analyzers() -> str:
    """The built-in analyzers: name, what it reads, when it runs."""
    from prefill.analyzers import BUILTIN

    rows = ["| analyzer | reads | runs for |", "|---|---|---|"]
    for analyzer in BUILTIN:
        when = [f"`{name}`" for name in (*analyzer.packages, *analyzer.files)]
        shown = ", ".join(when[:6]) + (f", … and {len(when) - 6} more" if len(when) > 6 else "")
        rows.append(f"| `{analyzer.name}` | {analyzer.reads} | {shown or 'every repository'} |")
    return "\n".join(rows) + "\n"


def catalog() -> str:
    """The technologies by category."""
    rows = ["| category | technologies |", "|---|---|"]
    for path in sorted((HOME / "analyzers/catalog").glob("*.toml")):
        entries = tomllib.loads(path.read_text(encoding="utf-8")).values()
        names = sorted({entry["name"] for entry in entries if "name" in entry}, key=str.casefold)
        rows.append(f"| {path.stem.replace('-', ' ')} | {', '.join(names)} |")
    return "\n".join(rows) + "\n"


BLOCKS: dict[str, Callable[[], str]] = {"starter": starter, "analyzers": analyzers, "catalog": catalog}


def generated(text: str) -> str:
    """The text with every block made anew. Raises KeyError for a block that nothing makes."""
    return _BLOCK.sub(lambda match: match[1] + BLOCKS[match[2]]() + match[4], text)


def main() -> int:
    """Write the blocks, or with `--check` say which file differs; 1 when one does."""
    stale = []
    for path in (HOME / "README.md", *sorted((HOME / "docs").glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        new = generated(text)
        if new != text:
            stale.append(path.relative_to(HOME).as_posix())
            if "--check" not in sys.argv[1:]:
                path.write_text(new, encoding="utf-8")
    for name in stale:
        print(f"{name} {'is stale: run python docs/generate.py' if '--check' in sys.argv[1:] else 'written'}")
    return int(bool(stale) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
