"""Facts to Markdown, and Markdown into documents."""

from __future__ import annotations

from typing import Literal

from prefill.model import Evidence
from prefill.records import dataclass


@dataclass(frozen=True, slots=True)
class RenderedEntry:
    """One statement of a label in Markdown; `before` joins it to the one before, `rank` says how soon a budget takes it."""

    text: str
    evidence: tuple[Evidence, ...] = ()
    before: str = "; "
    rank: int = 1


@dataclass(frozen=True, slots=True)
class RenderedLabel:
    """A label's value in Markdown, without the label. `status` is found, none or unknown: unknown is not none."""

    label: str
    status: Literal["found", "none", "unknown"]
    text: str
    evidence: tuple[Evidence, ...] = ()
    entries: tuple[RenderedEntry, ...] = ()
    looked_in: tuple[str, ...] = ()
