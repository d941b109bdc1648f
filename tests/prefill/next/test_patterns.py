"""Path patterns compile to the character as the path-to-regexp that Next ships compiles them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.next.patterns import Key, PatternError, javascript_source, parse, regexp_of


@pytest.mark.parametrize(
    ("pattern", "regexp"),
    [
        ("/blog", r"^\/blog[\/#\?]?$"),
        ("/blog/:slug", r"^\/blog(?:\/([^\/#\?]+?))[\/#\?]?$"),
        ("/blog/:slug?", r"^\/blog(?:\/([^\/#\?]+?))?[\/#\?]?$"),
        ("/blog/:path*", r"^\/blog(?:\/((?:[^\/#\?]+?)(?:\/(?:[^\/#\?]+?))*))?[\/#\?]?$"),
        ("/blog/:path+", r"^\/blog(?:\/((?:[^\/#\?]+?)(?:\/(?:[^\/#\?]+?))*))[\/#\?]?$"),
        ("/user/(\\d+)", r"^\/user(?:\/(\d+))[\/#\?]?$"),
        ("/:from-:to", r"^(?:\/([^\/#\?]+?))-((?:(?!-)[^\/#\?])+?)[\/#\?]?$"),
        ("/a{/:b}?", r"^\/a(?:\/([^\/#\?]+?))?[\/#\?]?$"),
        ("/:file.:ext", r"^(?:\/([^\/#\?]+?))(?:\.((?:(?!\.)[^\/#\?])+?))[\/#\?]?$"),
        ("/((?!api|_next).*)", r"^(?:\/((?!api|_next).*))[\/#\?]?$"),
        ("/a\\:b", r"^\/a\:b[\/#\?]?$"),
    ],
)
def test_a_pattern_becomes_the_expression_that_path_to_regexp_gives(pattern: str, regexp: str) -> None:
    assert regexp_of(pattern) == regexp


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("/(?:a)", 'Pattern cannot start with "?" at 2'),
        ("/(a(b))", "Capturing groups are not allowed at 3"),
        ("/(a", "Unbalanced pattern at 1"),
        ("/()", "Missing pattern at 1"),
        ("/:", "Missing parameter name at 1"),
        ("/a{b", "Unexpected END at 4, expected CLOSE"),
        ("/:a:b", 'Must have text between two parameters, missing text after "a"'),
        ("(.*)*", 'Can not repeat "0" without a prefix and suffix'),
        ("/a\\", "Unexpected end after an escape at 2"),
        ("/" + "a" * 5000, "Pattern is longer than 4096 characters"),
    ],
)
def test_what_path_to_regexp_refuses_is_refused_with_its_reason(pattern: str, message: str) -> None:
    with pytest.raises(PatternError, match="^" + re.escape(message)):
        regexp_of(pattern)


def test_slashes_in_a_class_stay_and_others_are_escaped() -> None:
    assert javascript_source("a/[/]\\/") == "a\\/[/]\\/"


@given(st.text("/:.*+?(){}\\ab-_", max_size=24))
def test_any_text_is_compiled_or_refused(pattern: str) -> None:
    try:
        tokens = parse(pattern)
    except PatternError:
        return
    keys = [token for token in tokens if isinstance(token, Key)]
    assert all(key.name for key in keys if key.pattern)
