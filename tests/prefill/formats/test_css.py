"""CSS: rules, at-rules, declarations and imports with their lines, what Tailwind 4 adds, and what is refused."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.formats import css
from prefill.formats.css import Declaration, Import, Rule, Stylesheet
from prefill.formats.document import FormatError


def shape(sheet: Stylesheet) -> list[tuple[int, str, str, int]]:
    """(depth, keyword, prelude, line) of every rule."""
    return [(len(around), rule.name, rule.prelude, rule.line) for around, rule in sheet.walk()]


def only(sheet: Stylesheet) -> Rule:
    (rule,) = sheet.rules
    return rule


def test_rules_nest_and_keep_their_lines() -> None:
    text = """/* a
comment */
@media (width >= 40rem) {
  .card, .card:hover > a {
    color: red;
    & span { color: blue }
  }
}
"""
    assert shape(css.parse(text)) == [
        (0, "media", "(width >= 40rem)", 3),
        (1, "", ".card, .card:hover > a", 4),
        (2, "", "& span", 6),
    ]


def test_declarations_keep_names_values_and_lines() -> None:
    text = ".a {\n  color: red !important;\n  --x :  'y'  /* why */ 2px;\n  --Empty:;\n  b: c\n}"
    assert only(css.parse(text)).declarations == (
        Declaration("color", "red !important", 2),
        Declaration("--x", "'y' 2px", 3),
        Declaration("--Empty", "", 4),
        Declaration("b", "c", 5),
    )


def test_a_custom_property_may_hold_a_block() -> None:
    rule = only(css.parse("a { --x: { color: red }; --y: 1 }"))
    assert rule.declarations == (Declaration("--x", "{ color: red }", 1), Declaration("--y", "1", 1))
    assert rule.rules == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('@import "tailwindcss";', Import("tailwindcss", {}, 1)),
        (
            "@import 'tailwindcss' prefix(tw) layer(base) source(none);",
            Import("tailwindcss", {"prefix": "tw", "layer": "base", "source": "none"}, 1),
        ),
        (
            '@import url("./a.css") theme(inline static) screen;',
            Import("./a.css", {"theme": "inline static", "screen": None}, 1),
        ),
        ("@import url(./a.css);", Import("./a.css", {}, 1)),
        ('\n@IMPORT /* x */ "a"/* y */important', Import("a", {"important": None}, 2)),
    ],
)
def test_an_import_names_its_target_and_what_follows(text: str, expected: Import) -> None:
    assert css.parse(text).imports == (expected,)


@pytest.mark.parametrize("text", ["@import;", "@import", "@import layer(base);", "@import 3;"])
def test_an_import_without_a_target_is_none(text: str) -> None:
    assert css.parse(text).imports == ()


def test_what_tailwind_4_adds_reads_like_any_at_rule() -> None:
    text = """@custom-variant dark (&:is(.dark *));
@source not "../legacy";
@source inline("p-{1,2}");
@plugin "@tailwindcss/typography" { strategy: class; }
@utility tab-* { tab-size: --value(integer); &:hover { color: red } }
@theme inline prefix(tw) { --color-*: initial; --spacing-1\\.5: 0.375rem; @keyframes spin { to { rotate: 1turn } } }
"""
    sheet = css.parse(text)
    assert shape(sheet) == [
        (0, "custom-variant", "dark (&:is(.dark *))", 1),
        (0, "source", 'not "../legacy"', 2),
        (0, "source", 'inline("p-{1,2}")', 3),
        (0, "plugin", '"@tailwindcss/typography"', 4),
        (0, "utility", "tab-*", 5),
        (1, "", "&:hover", 5),
        (0, "theme", "inline prefix(tw)", 6),
        (1, "keyframes", "spin", 6),
        (2, "", "to", 6),
    ]
    assert sheet.rules[-1].declarations == (
        Declaration("--color-*", "initial", 6),
        Declaration("--spacing-1.5", "0.375rem", 6),
    )
    assert sheet.rules[3].string == "@tailwindcss/typography"
    assert sheet.rules[3].declarations == (Declaration("strategy", "class", 4),)


def test_a_string_keeps_its_spaces_and_what_looks_like_a_comment() -> None:
    sheet = css.parse('@source "../**/*.tsx"; a { --x: "a  /* b */"/**/ 1 }')
    assert sheet.rules[0].prelude == '"../**/*.tsx"'
    assert sheet.rules[1].declarations == (Declaration("--x", '"a  /* b */" 1', 1),)


def test_lines_count_from_any_line_ending() -> None:
    assert [rule.line for rule in css.parse("a{}\r\nb{}\rc{}\n\nd{}").rules] == [1, 2, 3, 5]


def test_a_file_that_is_cut_in_half_gives_what_it_has() -> None:
    rule = only(css.parse('@theme {\n  --a: 1px;\n  --b: "x'))
    assert rule.block
    assert rule.declarations[0] == Declaration("--a", "1px", 2)


def test_what_makes_no_sense_is_passed_over() -> None:
    text = "}}; <!-- $x: 1; )] ; .a { : red; 3; color red; d: e } -->\n.b { f: g }"
    assert [(rule.prelude, rule.declarations) for rule in css.parse(text).rules][-1] == (
        ".b",
        (Declaration("f", "g", 2),),
    )


def test_comments_to_the_end_of_the_line_are_left_out_of_scss() -> None:
    text = '// don\'t {\n@import "tailwindcss"; // here\n.a { b: url(//x.test/y) } // "'
    sheet = css.parse(text, scss=True)
    assert sheet.imports == (Import("tailwindcss", {}, 2),)
    assert sheet.rules[1].declarations == (Declaration("b", "url(//x.test/y)", 3),)


def test_an_import_in_a_comment_is_none() -> None:
    assert css.parse('/* @import "tailwindcss"; */ a {}').imports == ()


@pytest.mark.parametrize("text", ["{" * 100_000, "a{" * 100_000, "(" * 100_000, "a{b:" + "[" * 5_000])
def test_nesting_is_bounded(text: str) -> None:
    with pytest.raises(FormatError, match="nested deeper"):
        css.parse(text)


def test_size_is_bounded() -> None:
    with pytest.raises(FormatError, match="more than"):
        css.parse("a{}" * 400_000)


def test_long_runs_take_linear_time() -> None:
    before = time.process_time()
    for text in (
        "/*" * 200_000,
        "\\" * 200_000,
        '"' * 200_001,
        "a" * 400_000,
        "@" * 200_000,
        "}" * 400_000,
        "/* *" * 100_000,
    ):
        sheet = css.parse(text, scss=True)
        assert sheet.imports == ()
    assert time.process_time() - before < 20


@given(st.text("{}()[];:@,.\"'/*\\-ab1 \n", max_size=80))
def test_any_text_is_read_and_every_line_is_in_it(text: str) -> None:
    lines = text.count("\n") + 1
    for _, rule in css.parse(text).walk():
        assert 1 <= rule.line <= lines
        assert all(rule.line <= declaration.line <= lines for declaration in rule.declarations)


NAMES = st.from_regex(r"--[a-z][a-z-]{0,6}[a-z]", fullmatch=True)


@given(
    st.dictionaries(
        NAMES, st.sampled_from(["1px", "var(--x)", '"a b"', "oklch(0.9 0 0 / 50%)", "a, 'b; }'"]), max_size=6
    )
)
def test_written_variables_are_read_back_with_their_lines(values: dict[str, str]) -> None:
    text = "@theme {\n" + "".join(f"  {name}: {value}; /* c; */\n" for name, value in values.items()) + "}"
    expected = tuple(Declaration(name, value, line) for line, (name, value) in enumerate(values.items(), 2))
    assert only(css.parse(text)).declarations == expected
