"""Labels to Markdown: every label's value, a user's pinned text in the place of ours, and the traps' sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from prefill.model import Evidence, Findings, Trap
from prefill.records import replace
from prefill.render import RenderedEntry, RenderedLabel
from prefill.render.environment import label, macro
from prefill.section.entry import LabelEntries

__all__ = ["RenderedEntry", "RenderedLabel", "render", "render_traps"]

TRAPS = "traps.md.j2"


def render(
    section: Iterable[LabelEntries], *, pinned: Mapping[str, str], source: str | None
) -> tuple[RenderedLabel, ...]:
    """Every label in Markdown. `pinned` texts are the user's own words, `source` the file that says them."""
    return tuple(_pin(label(entries), pinned, source) for entries in section)


def _pin(rendered: RenderedLabel, pinned: Mapping[str, str], source: str | None) -> RenderedLabel:
    text = pinned.get(rendered.label)
    if text is None:
        return rendered
    evidence = (Evidence(source),) if source else ()
    said = RenderedEntry(text=text, evidence=evidence, rank=0)
    return replace(rendered, status="found", text=text, evidence=evidence, entries=(said,))


def render_traps(findings: Findings) -> list[dict[str, Any]]:
    """The traps as the report holds them: name, sentence, evidence."""
    return [
        {
            "name": trap.name,
            "text": macro(TRAPS, trap.name, trap.values),
            "evidence": [{"path": place.path, "line": place.line} for place in trap.evidence],
        }
        for trap in findings.of(Trap)
    ]
