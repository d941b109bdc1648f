"""Expressions are decided exactly, for one path and for all paths that a dynamic pathname stands for."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.next.language import Algebra, Unsupported
from prefill.next.matcher import paths_of
from prefill.next.regexp import language

ATOMS = ("a", "b", "/", ".", "[ab]", "[^/]", "\\.", "(?:ab|b)", "(a|)", "\\w", "\\d")
PARTS = st.lists(st.tuples(st.sampled_from(ATOMS), st.sampled_from(("", "", "*", "+", "?", "{1,2}", "+?"))), max_size=5)


@given(
    PARTS,
    st.sampled_from(("", "(?!ab)", "(?=a)", "(?!.*b$)")),
    st.lists(st.text("ab/.1", max_size=6), min_size=1, max_size=8),
)
def test_a_text_is_in_the_language_exactly_if_the_expression_matches_it(
    parts: list[tuple[str, str]], ahead: str, texts: list[str]
) -> None:
    source = "^" + ahead + "".join(atom + repeat for atom, repeat in parts) + "$"
    algebra = Algebra()
    node = language(algebra, source)
    for text in texts:
        assert algebra.accepts(node, text) is (re.search(source[:-1] + r"\Z", text, re.ASCII) is not None), (
            source,
            text,
        )


@given(PARTS, st.sampled_from(("/[x]", "/a/[x]", "/a/[...x]", "/[[...x]]", "/[x]/b")))
def test_a_verdict_on_a_dynamic_pathname_holds_for_each_of_its_values(
    parts: list[tuple[str, str]], pathname: str
) -> None:
    algebra = Algebra()
    node = language(algebra, "^/" + "".join(atom + repeat for atom, repeat in parts) + "$")
    verdict = algebra.compare(paths_of(algebra, pathname), node)
    for value in ("a", "b", "ab", "a.b", "1", "zz"):
        concrete = re.sub(r"\[+[.]*x\]+", value, pathname)
        if verdict != "some":
            assert algebra.accepts(node, concrete) is (verdict == "all"), concrete


@pytest.mark.parametrize(
    ("pathname", "source", "verdict"),
    [
        ("/blog/[slug]", r"^\/blog(?:\/([^\/#\?]+?))$", "all"),
        ("/[slug]", r"^(?:\/((?!api).*))$", "some"),
        ("/shop/[slug]", r"^(?:\/((?!api).*))$", "all"),
        ("/api/[...path]", r"^(?:\/((?!api).*))$", "none"),
        ("/[...path]", r"^\/[^\/]+$", "some"),
        ("/[[...path]]", r"^\/.*$", "all"),
        ("/docs/[[...path]]", r"^\/docs\/.+$", "some"),
    ],
)
def test_all_some_or_none_of_the_values_match(pathname: str, source: str, verdict: str) -> None:
    algebra = Algebra()
    assert algebra.compare(paths_of(algebra, pathname), language(algebra, source)) == verdict


@pytest.mark.parametrize(
    "source",
    [
        r"^(?<=a)b$",
        r"^(a)\1$",
        r"^\bab$",
        "^((?!ab).)*$",
        "^\\p{L}$",
        "a$",
        "^(",
        "^a)$",
        "^[a$",
        "^a{999}$",
        "^" + "(" * 99 + ")" * 99,
    ],
)
def test_what_is_not_decided_is_said_to_be_so(source: str) -> None:
    with pytest.raises(Unsupported):
        language(Algebra(), source)


def test_an_expression_that_hangs_a_backtracking_engine_takes_no_time() -> None:
    algebra = Algebra()
    node = language(algebra, "^(a+)+(a+)+(a+)+b$")
    start = time.perf_counter()
    assert not algebra.accepts(node, "a" * 5000)
    assert time.perf_counter() - start < 2


def test_a_question_with_too_many_cases_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prefill.next.language.MAX_PAIRS", 5)
    algebra = Algebra()
    with pytest.raises(Unsupported):
        algebra.compare(paths_of(algebra, "/[x]"), language(algebra, "^/[^/]*[ab]{3}[^/]*$"))
