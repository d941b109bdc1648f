"""A budget is never exceeded, what matters least goes first, and what went is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.errors import PrefillError
from prefill.model import Evidence
from prefill.render import RenderedEntry, RenderedLabel
from prefill.render.budget import fit, tokens


def label(name: str, *said: tuple[str, int]) -> RenderedLabel:
    entries = tuple(RenderedEntry(text=text, rank=rank, evidence=(Evidence(f"{text}.ts"),)) for text, rank in said)
    return RenderedLabel(label=name, status="found", text="; ".join(text for text, _ in said), entries=entries)


UNKNOWN = RenderedLabel(label="Testing", status="unknown", text="Not detected (looked in `package.json`)")


@pytest.mark.parametrize(("text", "count"), [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2)])
def test_a_token_is_four_characters_rounded_up(text: str, count: int) -> None:
    assert tokens(text) == count


def test_what_fits_is_not_touched() -> None:
    labels = (label("Language", ("TypeScript", 0), ("strict", 2)), UNKNOWN)
    assert fit(labels, 100, fixed=40) == labels


def test_the_highest_rank_goes_first_and_the_count_is_said() -> None:
    labels = (
        label("Language", ("TypeScript 5.8.3", 0), ("x" * 60, 2), ("y" * 10, 1)),
        label("Authentication", ("z" * 30, 1)),
    )
    fitted = fit(labels, 30, fixed=20)
    assert [one.text for one in fitted] == [f"TypeScript 5.8.3; {'y' * 10} (1 more left out)", "z" * 30]
    assert [place.path for place in fitted[0].evidence] == ["TypeScript 5.8.3.ts", f"{'y' * 10}.ts"]


def test_of_one_rank_the_longest_label_gives() -> None:
    labels = (label("Language", ("a" * 40, 1), ("b" * 40, 1)), label("Authentication", ("c" * 30, 1), ("d" * 30, 1)))
    assert [one.text for one in fit(labels, 33, fixed=0)] == [
        f"{'a' * 40} (1 more left out)",
        f"{'c' * 30}; {'d' * 30}",
    ]


def test_at_last_only_counts_remain_and_then_it_is_an_error() -> None:
    labels = (label("Language", ("a" * 100, 0), ("b" * 100, 0)), UNKNOWN)
    assert [one.text for one in fit(labels, 6, fixed=0)] == ["(2 left out)", "Not detected"]
    with pytest.raises(
        PrefillError, match="a budget of 5 tokens is too small: the section has 6 without any statement"
    ):
        fit(labels, 5, fixed=0)


LABELS = st.lists(
    st.lists(st.tuples(st.text(max_size=80), st.integers(0, 3)), min_size=1, max_size=5).map(
        lambda said: label("Language", *said)
    ),
    max_size=6,
)


@given(LABELS, st.integers(0, 200), st.integers(0, 200))
def test_the_budget_is_never_exceeded(labels: list[RenderedLabel], budget: int, fixed: int) -> None:
    try:
        fitted = fit(labels, budget, fixed)
    except PrefillError:
        return
    assert tokens("x" * fixed + "".join(one.text for one in fitted)) <= budget
    for before, after in zip(labels, fitted, strict=True):
        assert [entry for entry in before.entries if entry in after.entries] == list(after.entries) or len(
            set(before.entries)
        ) < len(before.entries)
