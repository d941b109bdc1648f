"""YAML: where its keys stand, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
import yaml as library
from hypothesis import given
from hypothesis import strategies as st

from prefill.formats import yaml
from prefill.formats.document import FormatError

TEXT = """\
packages:
  - apps/*
  - "packages/*"
catalog: &shared
  react: 19.1.0
catalogs:
  old:
    <<: *shared
    next: 14.2.3
text: |
  catalog:
    react: 1
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("packages",), 1),
        (("packages", 1), 3),
        (("catalog", "react"), 5),
        (("catalogs", "old", "next"), 9),
        (("catalogs", "old", "react"), 5),
        (("packages", 2), None),
        (("catalog", "vue"), None),
        (("text", "catalog"), None),
        ((), 1),
    ],
)
def test_a_key_path_is_found_on_the_line_that_names_it(keys: tuple[str | int, ...], line: int | None) -> None:
    assert yaml.parse(TEXT).line(*keys) == line


def test_of_several_documents_the_first_is_read_and_located() -> None:
    document = yaml.parse("a: 1\n---\nb: 2\n")
    assert document.value == {"a": 1}
    assert document.line("a") == 1
    assert document.line("b") is None


def test_of_a_key_that_is_written_twice_the_last_one_counts() -> None:
    document = yaml.parse("a: 1\nb: 2\na: 3\n")
    assert document.value["a"] == 3
    assert document.line("a") == 3


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text("ab:#-*&\n é", max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.text("xyz", min_size=1, max_size=3), VALUES, max_size=4))
def test_every_key_of_a_written_mapping_is_found(value: dict[str, Any]) -> None:
    text = library.safe_dump(value, default_flow_style=False, sort_keys=False)
    document = yaml.parse(text)
    assert document.value == value
    for key in value:
        line = document.line(key)
        assert line is not None
        assert key in text.splitlines()[line - 1]


def test_a_missing_document_is_nothing() -> None:
    document = yaml.parse("")
    assert document.value is None
    assert document.line("a") is None


@pytest.mark.parametrize(
    "text", ["a: [1, 2", "a: b: c", "\tx: 1", "a: &x [*y]", "- a\nb: 1", "!!python/object:os.system x"]
)
def test_what_is_no_yaml_is_refused(text: str) -> None:
    with pytest.raises(FormatError, match="is not valid YAML"):
        yaml.parse(text)
    assert yaml.locate(text, ("zz",)) is None


def test_nesting_is_bounded() -> None:
    with pytest.raises(FormatError, match="nested"):
        yaml.parse("[" * 5_000)


def test_aliases_that_expand_without_end_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join(f'*a{n - 1}' for _ in range(9))}]" for n in range(1, 12)]
    with pytest.raises(FormatError, match="aliases"):
        yaml.parse("\n".join(lines))


def test_too_many_aliases_are_refused() -> None:
    with pytest.raises(FormatError, match="aliases"):
        yaml.parse("a: &a 1\nb:\n" + "  - *a\n" * 3_000)
