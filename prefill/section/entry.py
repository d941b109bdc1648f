"""The parts of a section before they are prose: a label's entries, each with its evidence and its rank under a budget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from prefill.model import NOTHING, Evidence, Label
from prefill.records import dataclass, field

Status = Literal["found", "none", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One statement of a label.

    `kind` is the macro in the label's partial that says it, and gets `values`. `rank` says how soon it goes under a budget: 0 never, then
    the highest first. `before` stands between it and the entry before it.
    """

    kind: str
    values: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    evidence: tuple[Evidence, ...] = ()
    rank: int = 1
    before: str = "; "


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelEntries:
    """All that is known for one label. `looked_in` is what "Not detected" cites, file names and globs."""

    label: Label
    entries: tuple[Entry, ...] = ()
    status: Status = "unknown"
    looked_in: tuple[str, ...] = ()


def plural(count: int, one: str, many: str | None = None) -> str:
    """`3 pages`, `1 page`."""
    return f"{count} {one if count == 1 else many or one + 's'}"
