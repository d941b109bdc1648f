"""A section in at most so many tokens: what goes first is decided by rank, and what went is said with its count.

The order: statements of the highest rank first; of one rank, those of the label that is longest at that moment, its last
one first. Rank 0 (traps, versions, the gate) goes after all others, and the last statement of a label only when every
label is down to one. At the very end "Not detected (looked in …)" loses its list. A token is 4 characters, rounded up.
"""

from __future__ import annotations

from collections.abc import Sequence

from prefill.errors import PrefillError
from prefill.records import replace
from prefill.render import RenderedEntry, RenderedLabel
from prefill.render.markdown import opening

CHARACTERS = 4  # of one token
DEFAULT = 900  # tokens of a section 2 when nobody says otherwise


def tokens(text: str) -> int:
    """How many tokens `text` counts as."""
    return -(-len(text) // CHARACTERS)


def fit(labels: Sequence[RenderedLabel], budget: int, fixed: int) -> tuple[RenderedLabel, ...]:
    """`labels` with as many statements as fit: all values and `fixed` other characters make at most `budget` tokens.

    Raises PrefillError when the section is longer than the budget without any statement.
    """
    room = budget * CHARACTERS - fixed
    kept = [list(label.entries) for label in labels]
    cut = [0] * len(labels)
    out = list(labels)

    def length() -> int:
        return sum(len(label.text) for label in out)

    while length() > room:
        at = _next(out, kept)
        if at is None:
            break
        entries = kept[at]
        worst = max(entry.rank for entry in entries)
        entries.pop(max(number for number, entry in enumerate(entries) if entry.rank == worst))
        cut[at] += 1
        out[at] = _with(labels[at], entries, cut[at])
    for at, label in enumerate(out):
        if length() <= room:
            break
        if not label.entries and label.status == "unknown":
            out[at] = replace(label, text="Not detected")
    if length() > room:
        least = -(-(fixed + length()) // CHARACTERS)
        raise PrefillError(f"a budget of {budget} tokens is too small: the section has {least} without any statement")
    return tuple(out)


def _next(labels: Sequence[RenderedLabel], kept: Sequence[Sequence[RenderedEntry]]) -> int | None:
    """The label that loses a statement.

    Of those that hold more than one, a label with a statement of the highest rank; of these the longest, the later of two equals.
    """
    ranked = [
        (len(entries) > 1, max(entry.rank for entry in entries), len(labels[at].text), at)
        for at, entries in enumerate(kept)
        if entries
    ]
    return max(ranked)[3] if ranked else None


def _with(label: RenderedLabel, entries: Sequence[RenderedEntry], cut: int) -> RenderedLabel:
    """A label with these of its statements, and the count of the others."""
    said = "".join(entry.text if at == 0 else entry.before + entry.text for at, entry in enumerate(entries))
    text = f"{opening(said)} ({cut} more left out)" if said else f"({cut} left out)"
    evidence = tuple(dict.fromkeys(place for entry in entries for place in entry.evidence))
    return replace(label, text=text, entries=tuple(entries), evidence=evidence)
