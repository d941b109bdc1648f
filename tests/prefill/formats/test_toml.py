"""TOML: where its keys stand, and what is refused."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.formats import toml
from prefill.formats.document import FormatError

TEXT = '''\
title = "prefill"
"quoted key" = 1
a.b.c = 3

[tool.ruff]
select = [
  "[tool.ruff.lint]",
  ["x = 1"],
]
text = """
[tool.fake]
select = 2
"""
after = true

[tool.ruff.lint]
ignore = { E = 1, F = [2] }

[[package]]
name = "first"

[[package]]
name = "second"
[package.source]
url = "x"

[[package.parts]]
id = 1
[[package.parts]]
id = 2
'''


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("title",), 1),
        (("quoted key",), 2),
        (("a", "b", "c"), 3),
        (("a", "b"), 3),
        (("tool", "ruff"), 5),
        (("tool",), 5),
        (("tool", "ruff", "select"), 6),
        (("tool", "ruff", "after"), 14),
        (("tool", "ruff", "lint"), 16),
        (("tool", "ruff", "lint", "ignore"), 17),
        (("tool", "ruff", "lint", "ignore", "F"), 17),
        (("package", 0, "name"), 20),
        (("package", 1), 22),
        (("package", 1, "name"), 23),
        (("package", 1, "source", "url"), 25),
        (("package", 1, "parts", 1, "id"), 30),
        (("tool", "fake"), None),
        (("tool", "ruff", "missing"), None),
        (("package", 2), None),
        ((), 1),
    ],
)
def test_a_key_path_is_found_on_the_line_that_names_it(keys: tuple[str | int, ...], line: int | None) -> None:
    assert toml.parse(TEXT).line(*keys) == line


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.sampled_from(["1", '"x"', "[\n1,\n2]", "'''\n[a]\nb = 1\n'''", "{ q = 1 }"])
        ),
        max_size=5,
    )
)
def test_keys_are_found_after_values_that_span_lines(rows: list[tuple[str, str]]) -> None:
    lines, text, where = 1, "[t]\n", {}
    for number, (name, value) in enumerate(rows):
        lines += 1
        where[f"{name}{number}"] = lines
        text += f"{name}{number} = {value}\n"
        lines += value.count("\n")
    document = toml.parse(text)
    assert {name: document.line("t", name) for name in where} == where


@given(st.text("[]{}=.\"'#\\ab1, \n", max_size=60))
def test_any_text_is_read_or_refused_and_locating_in_it_ends(text: str) -> None:
    toml.locate(text, ("a", "b"))
    with suppress(FormatError):
        toml.parse(text)


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(FormatError, match="is not valid TOML") as caught:
        toml.parse("a = 1\nb = \n")
    assert caught.value.line == 2


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "{a=" * 100_000])
def test_nesting_is_bounded(text: str) -> None:
    with pytest.raises(FormatError, match="nested deeper"):
        toml.parse(text)
    toml.locate(text, ("b",))
