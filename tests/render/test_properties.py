"""For any document and any values: twice is once, bytes outside stay, a hand edit survives, the structure is the same."""

from __future__ import annotations

import re
from contextlib import suppress
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from prefill.render.document import Merged, NoSectionError, Stamp, Value, decode, encode, merge
from prefill.render.finding import find
from prefill.render.markdown import code, escape
from prefill.render.outline import Outline

STAMP = Stamp("0.1.0", "0123abc", "apps/web")
LATER = Stamp("0.2.0", "fffffff", ".")

NAMES = [
    "Frameworks & Versions",
    "Language",
    "Database & ORM",
    "Auth",
    "Testing",
    "Layout System",
    "Storage",
    "Key Patterns",
]
PLACEHOLDERS = [
    "[e.g., one, two]",
    "TODO: say it",
    "NEEDS CLARIFICATION",
    "<!-- which -->",
    "",
    "{name}",
    "[one] or [two]",
]
HANDS = ["Elm 0.19", "[x] done", "[a](b)", "we `use` **things**", "日本語", "a <!-- b --> c", "\\[x\\]"]
FORMS = ["- **{}:** {}", "- **{}**: {}  ", "**{}:** {}", "* __{}:__ {}\t", "- {}: {}", "1. **{}:** {}", "{}: {}"]
BLOCKS = [
    "",
    "prose with **Language:** in it",
    "```\n## Tech Stack\n- **Language:** [x]\n```",
    "> - **Language:** [quoted]",
    "<!--\n- **Language:** [hidden]\n## Tech Stack\n-->",
    "- a\n- b\n\n  c",
    "---",
    "# Title of its own",
    "### Another heading",
    "Setext\n------",
    "    indented code",
    "**Title:** [t]",
    "### Current State\n[Summarize]",
    "### Current State\nwritten by hand\n\nin two paragraphs",
    "### Current State",
    "<div>\n- **Auth:** [html]\n</div>",
    "- **Stack:**\n  - [one]\n  - [two]",
    "- **Group:**\n  - **Language:** [l]\n  - **Auth:** by hand",
    "- **Auth:** over\n  two lines",
    "[x]: https://example.test",
    "~~~\nan open fence",
]
HEADINGS = [
    "## 2. Project Analysis & Current State",
    "### Tech Stack",
    "Technology & Architecture\n---",
    "2. Tech Stack",
    "# x",
]

HOSTILE = st.text(
    alphabet=st.one_of(st.sampled_from("`*_[]()<>#|~!&;:-+=. \n\t{}"), st.characters(exclude_categories=["Cs"])),
    max_size=40,
)


@st.composite
def documents(draw: st.DrawFn) -> str:
    def blocks() -> list[str]:
        return draw(st.lists(st.sampled_from(BLOCKS), max_size=4))

    labels = [
        draw(st.sampled_from(FORMS)).format(name, draw(st.sampled_from(PLACEHOLDERS + HANDS)))
        for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6))
    ]
    gap = draw(st.sampled_from(["\n", "\n\n"]))
    parts = [*blocks(), draw(st.sampled_from(HEADINGS)), *blocks(), gap.join(labels), *blocks()]
    text = draw(st.sampled_from(["\n", "\n\n", "\n \n"])).join(parts) + draw(st.sampled_from(["", "\n", "\n\n", "  "]))
    text = text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))
    return draw(st.sampled_from(["", "\ufeff"])) + text


@st.composite
def values(draw: st.DrawFn) -> dict[str, Value]:
    said = {}
    for label in ("Frameworks & Versions", "Language", "Database & ORM", "Authentication", "Testing", "Current State"):
        if draw(st.booleans()):
            text = "; ".join(
                draw(st.sampled_from([escape, code]))(part) for part in draw(st.lists(HOSTILE, min_size=1, max_size=3))
            )
            said[label] = Value(text, known=draw(st.booleans()))
    return said


def merged_or_none(text: str, said: dict[str, Value], stamp: Stamp = STAMP, *, force: bool = False) -> Merged | None:
    try:
        return merge(text, said, stamp, force=force, title="A title")
    except NoSectionError:
        return None


def blocks_of(text: str) -> list[tuple[str, str, int]]:
    """The block structure as CommonMark sees it, without prefill's comment."""
    return [
        (token.type, token.tag, token.level)
        for token in MarkdownIt("commonmark").parse(text.lstrip("\ufeff"))
        if not (token.type == "html_block" and token.content.lstrip().startswith("<!-- prefill"))
    ]


def headings_of(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(text.lstrip("\ufeff"))
    return [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]


@given(documents(), values(), st.booleans())
def test_merging_twice_is_merging_once(text: str, said: dict[str, Value], force: bool) -> None:
    once = merged_or_none(text, said, force=force)
    assume(once is not None)
    assert once is not None
    again = merge(once.text, said, LATER, force=force, title="A title")
    assert again.text == once.text
    assert not again.written


@given(documents(), values(), st.booleans())
def test_bytes_outside_the_values_never_change(text: str, said: dict[str, Value], force: bool) -> None:
    merged = merged_or_none(text, said, force=force)
    assume(merged is not None)
    assert merged is not None
    outline = find(text)
    left = outside(text, outline, {(item.label, item.line) for item in merged.written})
    rest = re.sub(r"<!-- prefill 0\.1\.0 [^\r\n]*-->(?:\r\n?|\n)", "", merged.text, count=1)
    if not merged.written:
        assert rest == re.sub(r"<!-- prefill 0\.1\.0 [^\r\n]*-->(?:\r\n?|\n)", "", text, count=1)
    position = 0
    for piece in left:
        found = rest.find(piece, position)
        assert found >= 0, piece
        position = found + len(piece)
    assert rest.startswith(left[0])
    assert rest.endswith(left[-1])


def outside(text: str, outline: Outline, written: set[tuple[str, int]]) -> list[str]:
    pieces, position = [], 0
    for field in (*outline.options, *outline.fields):
        if (field.label, field.line) in written:
            pieces.append(text[position : field.start])
            position = field.end
    return [*pieces, text[position:]]


@given(documents(), values())
def test_headings_stay_whatever_the_values_say(text: str, said: dict[str, Value]) -> None:
    merged = merged_or_none(text, said)
    assume(merged is not None)
    assert merged is not None
    assert headings_of(merged.text) == headings_of(text)


@given(values(), st.sampled_from(FORMS[:6]), st.sampled_from(["\n", "\r\n"]))
def test_the_structure_is_what_harmless_values_give(said: dict[str, Value], form: str, newline: str) -> None:
    lines = [
        "# T",
        "",
        "## Tech Stack",
        "",
        *(form.format(name, "[e.g. x]") for name in NAMES),
        "",
        "### Current State",
        "[x y]",
        "",
    ]
    text = newline.join(lines)
    harmless = {label: Value("harmless") for label in said}
    assert blocks_of(merge(text, said, STAMP).text) == blocks_of(merge(text, harmless, STAMP).text)


@given(documents(), values(), st.data())
def test_a_hand_edit_survives(text: str, said: dict[str, Value], data: st.DataObject) -> None:
    merged = merged_or_none(text, said)
    assume(merged is not None)
    assert merged is not None
    own = [field for field in find(merged.text).fields if not field.placeholder and field.text]
    assume(own)
    field = data.draw(st.sampled_from(own))
    at = data.draw(st.integers(0, len(field.text)))
    edited = f"{field.text[:at]}edit{field.text[at:]}"
    document = merged.text[: field.start] + edited + merged.text[field.end :]
    with suppress(NoSectionError):  # half a comment mark may hide the section
        assume(any(other.text == edited for other in find(document).fields))
    again = merged_or_none(document, {label: Value("something else") for label in said}, LATER)
    assert again is None or edited in again.text


@given(st.binary(max_size=200))
def test_any_bytes_come_back(data: bytes) -> None:
    assume(b"\0" not in data)
    assert encode(decode(data)) == data


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    merged_or_none(text, {"Language": Value("x")})
