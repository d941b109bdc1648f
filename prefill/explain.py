"""Where statements come from, for a person at a terminal: each with the lines of the repository that say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from prefill.model import Evidence, Trap
from prefill.repository import Repository

if TYPE_CHECKING:
    from prefill.engine import Analysis
    from prefill.render import RenderedLabel

WIDTH = 100  # characters of a quoted line


def explanation(analysis: Analysis, labels: Iterable[RenderedLabel], *, colour: bool = False) -> str:
    """The statements of labels, each followed by `path:line  what stands there`."""
    bold, dim, reset = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if colour else ("", "", "")
    out = []
    for label in labels:
        out.append(f"{bold}{label.label}{reset}")
        if not label.entries:
            out.append(f"  {label.text}")
        for entry in label.entries:
            cited = (f"    {dim}{line}{reset}" for line in places(analysis.repository, entry.evidence))
            out.extend((f"  {entry.text}", *cited))
        out.append("")
    project = analysis.project
    out.append(f"{dim}app {project.app}: {project.reason}{reset}")
    traps = dict.fromkeys(trap.name for trap in analysis.findings.of(Trap))
    out.extend(f"{dim}trap {name} (dismiss it by this name in prefill.toml){reset}" for name in traps)
    return "\n".join(out) + "\n"


def places(repository: Repository, evidence: Iterable[Evidence]) -> list[str]:
    """`path:line  text` for each place, safe for a terminal."""
    rows = []
    for place in evidence:
        if place.line is None:
            rows.append(printable(place.path))
            continue
        text = repository.text(place.path) or ""
        lines = text.splitlines()
        quoted = lines[place.line - 1].strip() if 0 < place.line <= len(lines) else ""
        quoted = quoted if len(quoted) <= WIDTH else quoted[: WIDTH - 1] + "…"
        rows.append(printable(f"{place.path}:{place.line}  {quoted}"))
    return rows


def printable(text: str) -> str:
    """Text without characters that move the cursor, change colours or reorder what is read."""
    return "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in text)
