"""JSON with comments: what it means, where its keys stand, and what is refused."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.formats import jsonc
from prefill.formats.document import FormatError

SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-99, 99), st.text('ab"\\/:,{}[]#\n é', max_size=6))
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text('abc"/{:,é', max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)
FILLERS = st.sampled_from(["", " ", "\n", "// a: {\n", '/* "a": [ */', "/* two\nlines */", "\n\n"])


class Writer:
    """Writes a value with anything between the tokens that may stand there, and remembers each key path's line."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.text = ""
        self.lines: dict[tuple[str | int, ...], int] = {}

    def say(self, token: str) -> None:
        self.text += token

    def fill(self) -> None:
        self.text += self.draw(FILLERS)

    def here(self) -> int:
        return self.text.count("\n") + 1

    def value(self, value: Any, path: tuple[str | int, ...]) -> None:
        if isinstance(value, dict):
            self.say("{")
            for number, (key, item) in enumerate(value.items()):
                self.say("," if number else "")
                self.fill()
                self.lines[*path, key] = self.here()
                self.say(json.dumps(key))
                self.fill()
                self.say(":")
                self.fill()
                self.value(item, (*path, key))
            self.fill()
            self.say("," if value and self.draw(st.booleans()) else "")
            self.say("}")
        elif isinstance(value, list):
            self.say("[")
            for number, item in enumerate(value):
                self.say("," if number else "")
                self.fill()
                self.lines[*path, number] = self.here()
                self.value(item, (*path, number))
            self.say("," if value and self.draw(st.booleans()) else "")
            self.fill()
            self.say("]")
        else:
            self.say(json.dumps(value))


@given(st.data())
def test_a_value_is_read_back_and_every_key_is_found_on_its_line(data: st.DataObject) -> None:
    value = data.draw(st.dictionaries(st.text("abc", max_size=3), VALUES, max_size=4))
    writer = Writer(data.draw)
    writer.value(value, ())
    document = jsonc.parse(writer.text)
    assert document.value == value
    assert {path: document.line(*path) for path in writer.lines} == writer.lines


@given(st.text("{}[]:,\"'/*\\ab1 \n", max_size=60))
def test_any_text_is_read_or_refused_and_locating_in_it_ends(text: str) -> None:
    jsonc.locate(text, ("a", 0, "b"))
    with suppress(FormatError):
        jsonc.parse(text)


def test_a_byte_order_mark_comments_and_trailing_commas_are_fine() -> None:
    document = jsonc.parse('\ufeff{\n  // why\n  "a": [1, 2,], /* b */\n}\n')
    assert document.value == {"a": [1, 2]}
    assert document.line("a") == 3


def test_a_path_that_is_not_there_has_no_line() -> None:
    document = jsonc.parse('{"a": {"b": 1}, "c": [1]}')
    assert document.line("b") is None
    assert document.line("a", "c") is None
    assert document.line("c", 1) is None
    assert document.get("c", 1) is None
    assert document.get("a", "b") == 1


def test_of_a_key_that_is_written_twice_the_last_one_counts() -> None:
    document = jsonc.parse('{\n"strict": false,\n"x": {"strict": 1},\n"strict": true\n}')
    assert document.value["strict"] is True
    assert document.line("strict") == 4


def test_a_key_of_the_same_name_deeper_down_is_another_key() -> None:
    document = jsonc.parse('{\n"a": {\n"strict": 1\n},\n"strict": 2\n}')
    assert document.line("strict") == 5
    assert document.line("a", "strict") == 3


@pytest.mark.parametrize("text", ["", "{", '{"a": }', "{a: 1 2}", '{"a": 1}}', "nonsense", '{"a": "\n"}'])
def test_what_is_no_json_is_refused_with_a_line(text: str) -> None:
    with pytest.raises(FormatError, match="is not valid JSON") as caught:
        jsonc.parse(text)
    assert caught.value.line is None or 1 <= caught.value.line <= text.count("\n") + 1


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_nesting_is_bounded(text: str) -> None:
    with pytest.raises(FormatError, match="nested deeper"):
        jsonc.parse(text)
    assert jsonc.locate(text, ("a", "a")) in {None, 1}
