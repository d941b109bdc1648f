"""Whatever a repository's string says, it stays text: no structure, no link, no hidden character comes out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prefill.render.markdown import CODE_LIMIT, PROSE_LIMIT, code, comment, escape

HOSTILE = st.text(
    alphabet=st.one_of(
        st.sampled_from("`*_[]()<>#|~$!&;:/\\-+=.@ \t\n\r\"'{}x1\u202e\u200b"),
        st.characters(),
    ),
    max_size=60,
)


def outline(text: str) -> list[tuple[str, int]]:
    """Every token of a document but its text: what a string may not change."""
    found = []
    for token in MarkdownIt("commonmark").parse(text):
        found.append((token.type, token.level))
        found += [
            (child.type, child.level) for child in token.children or () if child.type not in ("text", "text_special")
        ]
    return found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("team_members", "team_members"),
        ("a `b` *c* [d](e)", "a \\`b\\` \\*c\\* \\[d\\](e)"),
        ("# heading", "\\# heading"),
        ("- item", "\\- item"),
        ("12. item", "12\\. item"),
        ("<script>", "\\<script>"),
        ("x --> y --!> z", "x --\\> y --!\\> z"),
        ("&copy; R&D", "\\&copy; R&D"),
        ("two\n\nlines", "two lines"),
        ("a\u202eb\u200bc\x07", "a\\\\u202eb\\\\u200bc\\\\x07"),
        ("https://example.test and www.example.test", "https\\://example.test and www\\.example.test"),
        ("$PRICE | `", "\\$PRICE \\| \\`"),
        ("", ""),
    ],
)
def test_prose_shows_what_the_string_says(text: str, written: str) -> None:
    assert escape(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("lib/db/schema.ts", "`lib/db/schema.ts`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("``` js", "` ``` js `"),
        ("a\nb", "`a\\x0ab`"),
        ("a | b", "`a | b`"),
        ("-->", "`--\\u003e`"),
        ("", "` `"),
        (" x ", "`  x  `"),
    ],
)
def test_code_is_one_span_whatever_it_holds(text: str, written: str) -> None:
    assert code(text) == written


@given(HOSTILE)
def test_prose_is_only_text(text: str) -> None:
    written = escape(text)
    assert outline(f"- **Label:** {written}\n\n## Next\n") == outline(
        f"- **Label:** {'x' if written else ''}\n\n## Next\n"
    )
    assert not {"code_inline", "link_open", "html_inline", "em_open"} & {kind for kind, _ in outline(written)}
    assert not {"heading_open", "bullet_list_open", "blockquote_open", "fence", "hr"} & {
        kind for kind, _ in outline(written)
    }


@given(HOSTILE)
def test_a_code_span_is_one_span(text: str) -> None:
    inline = MarkdownIt("commonmark").parse(f"a {code(text)} b")[1]
    assert [child.type for child in inline.children or ()] == ["text", "code_inline", "text"]


@given(HOSTILE)
def test_nothing_closes_a_comment(text: str) -> None:
    for written in (escape(text), code(text), comment(text)):
        assert "-->" not in written
        assert "--!>" not in written
        assert "\n" not in written
        assert outline(f"<!-- {comment(text)} -->\n\nafter\n") == outline("<!-- x -->\n\nafter\n")


@given(HOSTILE)
def test_what_is_written_can_be_encoded_and_seen(text: str) -> None:
    for written in (escape(text), code(text), comment(text)):
        written.encode("utf-8")
        assert not set(written) & set("\u202e\u200b\x00\x07\r\n\u2028\ufeff")


def test_a_string_is_bounded() -> None:
    assert len(escape("x" * 100_000)) == PROSE_LIMIT
    assert len(code("x" * 100_000)) == CODE_LIMIT + 2
    assert escape("abcdef", limit=4) == "abc…"
