"""An offset is code unless it stands in a comment or a template literal."""

from __future__ import annotations

import pytest

from prefill.typescript.text import is_code, line_at


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("x()", True),
        ("a(); x()", True),
        ("// x()", False),
        ("  * x()", False),
        ("/* x()", False),
        ("a(); // x()", False),
        ('"http://host"; x()', True),
        ("`x()`", False),
        ("`a`; x()", True),
        ("`\\``; x()", True),
        ("`\\\\`; x()", True),
        ("`a${`b`}\nx()`", False),
    ],
)
def test_what_stands_in_a_comment_or_a_template_is_no_code(source: str, code: bool) -> None:
    data = source.encode()
    assert is_code(data, data.index(b"x()")) is code


def test_lines_count_from_one() -> None:
    assert [line_at(b"a\nb\nc", offset) for offset in (0, 2, 4)] == [1, 2, 3]
