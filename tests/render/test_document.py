"""Values go into any template, nothing else changes, and what a person wrote stays."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest

from prefill.errors import PrefillError
from prefill.render.document import (
    NoSectionError,
    Stamp,
    Value,
    built_in,
    decode,
    encode,
    merge,
    section_only,
    template,
)
from prefill.render.finding import find

FIXTURES = Path(__file__).parents[2] / "fixtures" / "document"
CASES = sorted(path.stem for path in FIXTURES.glob("*.md") if not path.name.endswith(".expected.md"))
SAID = tomllib.loads((FIXTURES / "values.toml").read_text(encoding="utf-8"))
VALUES = {label: Value(text) for label, text in SAID["values"].items()}
STAMP = Stamp(SAID["version"], SAID["commit"], SAID["app"])
LATER = Stamp("9.9.9", "fffffff", "apps/other")

OWN = """\
## Technology & Architecture
<!-- prefill 0.0.9 commit=old app=. language=16f20ce1 frameworks-versions=5c340df5 -->
- **Language:** TypeScript 5.8.3, `strict`
- **Frameworks & Versions:** Next.js 15.4.1 (App Router), React 19.1.0; pnpm
"""


@pytest.mark.parametrize("case", CASES)
def test_a_template_is_filled_as_its_golden_file_says(case: str) -> None:
    given = (FIXTURES / f"{case}.md").read_bytes()
    merged = merge(decode(given), VALUES, STAMP, title="Add login", goal="People sign in.")
    assert encode(merged.text) == (FIXTURES / f"{case}.expected.md").read_bytes()


@pytest.mark.parametrize("case", CASES)
def test_a_second_run_changes_nothing(case: str) -> None:
    once = decode((FIXTURES / f"{case}.expected.md").read_bytes())
    again = merge(once, VALUES, LATER, title="Add login", goal="People sign in.")
    assert again.text == once
    assert not again.written


@pytest.mark.parametrize("case", CASES)
def test_without_values_nothing_changes(case: str) -> None:
    text = decode((FIXTURES / f"{case}.md").read_bytes())
    assert merge(text, {}, STAMP).text == text


def test_the_built_in_template_without_findings_is_the_original() -> None:
    assert merge(template(), {}, STAMP).text == template()
    assert len(encode(template())) == 8003


def test_the_built_in_outline_is_what_the_reader_finds() -> None:
    assert built_in() == find(template())


def test_the_built_in_template_needs_no_markdown_parser() -> None:
    program = (
        "import sys; from prefill.render.document import Stamp, Value, merge, template; "
        "merge(template(), {'Language': Value('x')}, Stamp('1', None, '.'), title='t'); "
        "sys.exit(bool({'markdown_it', 'jinja2', 'tomllib'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_the_section_alone_is_what_stands_between_its_heading_and_the_rule() -> None:
    section = section_only(merge(template(), VALUES, STAMP, title="A much longer title than before"))
    assert section.startswith("## 2. Project Analysis & Current State\n")
    assert section.endswith("Trap: `tailwind.config.ts` is never loaded.\n")
    assert "---" not in section.replace("<!--", "").replace("-->", "")


def test_a_document_without_the_section_is_an_error_that_says_so() -> None:
    with pytest.raises(NoSectionError, match=r"^notes\.md: no section that describes the project"):
        merge("# Notes\n\n- **Language:** [v]\n", VALUES, STAMP, path="notes.md")
    with pytest.raises(NoSectionError, match=r"“Tech Stack” \(line 1\) holds no label"):
        merge("## Tech Stack\n\nWe use things.\n", VALUES, STAMP)
    with pytest.raises(NoSectionError):
        merge("", VALUES, STAMP)


def test_its_own_value_is_refreshed_and_the_comment_says_by_what() -> None:
    merged = merge(OWN, {"Language": Value("TypeScript 5.9.0")}, STAMP)
    assert "- **Language:** TypeScript 5.9.0\n" in merged.text
    assert "<!-- prefill 0.1.0 commit=0123abc app=apps/web language=" in merged.text
    assert [(item.label, item.line, item.before, item.after) for item in merged.written] == [
        ("Language", 3, "TypeScript 5.8.3, `strict`", "TypeScript 5.9.0")
    ]


def test_the_comment_stays_as_it_is_while_no_value_changes() -> None:
    assert merge(OWN, VALUES, STAMP).text == OWN


def test_a_hand_edit_survives_and_is_reported() -> None:
    edited = OWN.replace("5.8.3, `strict`", "5.8.3, strict but for tests")
    merged = merge(edited, {"Language": Value("TypeScript 5.9.0")}, STAMP)
    assert merged.text == edited
    assert [(item.label, item.text, item.offered, item.why) for item in merged.kept] == [
        ("Language", "TypeScript 5.8.3, strict but for tests", "TypeScript 5.9.0", "hand")
    ]


def test_force_takes_a_hand_written_value_over() -> None:
    text = "## Tech Stack\n- **Language:** Elm\n"
    merged = merge(text, VALUES, STAMP, force=True)
    assert "- **Language:** TypeScript 5.8.3, `strict`\n" in merged.text
    assert merge(merged.text, {"Language": Value("Gleam")}, STAMP).text.endswith("- **Language:** Gleam\n")


def test_a_paragraph_added_below_its_own_current_state_survives() -> None:
    first = merge("## Tech Stack\n- **Language:** [v]\n\n### Current State\n[y]\n", VALUES, STAMP).text
    edited = first + "\nAnd the editor is slow.\n"
    merged = merge(edited, {**VALUES, "Current State": Value("9 pages.")}, STAMP)
    assert merged.text.endswith("### Current State\n9 pages.\n\nAnd the editor is slow.\n")


def test_an_edited_current_state_is_kept_whole() -> None:
    first = merge("## Tech Stack\n- **Language:** [v]\n\n### Current State\n[y]\n", VALUES, STAMP).text
    edited = first.replace("8 pages", "Eight pages")
    merged = merge(edited, {**VALUES, "Current State": Value("9 pages.")}, STAMP)
    assert merged.text == edited
    assert [item.label for item in merged.kept] == ["Current State"]


def test_a_lost_comment_makes_values_hand_written_unless_they_are_still_true() -> None:
    lost = "".join(line for line in OWN.splitlines(keepends=True) if "prefill" not in line)
    merged = merge(lost, {**VALUES, "Language": Value("TypeScript 5.9.0")}, STAMP)
    assert [item.label for item in merged.kept] == ["Language"]
    assert merged.notes == (
        "the document has no prefill comment: values in it count as written by hand; --force replaces them",
    )
    assert "frameworks-versions=5c340df5 -->" in merged.text
    assert "language=" not in merged.text


def test_a_damaged_comment_is_said_and_mended_by_the_next_write() -> None:
    damaged = OWN.replace("language=16f20ce1", "language=16f2")
    merged = merge(damaged, {**VALUES, "Language": Value("TypeScript 5.9.0")}, STAMP)
    assert merged.notes == ("the prefill comment on line 2 is damaged: what prefill wrote counts as written by hand",)
    assert [item.label for item in merged.kept] == ["Language"]
    assert merged.text.count("<!-- prefill") == 1
    assert "<!-- prefill 0.1.0 commit=0123abc app=apps/web frameworks-versions=5c340df5 -->" in merged.text


def test_a_comment_that_is_not_closed_is_said_where_it_hides_the_section() -> None:
    torn = OWN.replace(" -->", "")
    with pytest.raises(NoSectionError, match="the prefill comment on line 2 is not closed"):
        merge(torn, VALUES, STAMP)


def test_a_doubled_comment_becomes_one() -> None:
    line = OWN.splitlines(keepends=True)[1]
    doubled = OWN + "\n" + line
    merged = merge(doubled, VALUES, STAMP)
    assert merged.text == OWN + "\n"
    assert merged.notes == ("the prefill comment stands 2 times (lines 2, 6); the first is kept",)


def test_a_comment_in_a_fence_is_an_example() -> None:
    fenced = "```\n<!-- prefill 0.0.1 commit=x app=. language=b24c6c6c -->\n```\n\n## Tech Stack\n- **Language:** Elm\n"
    merged = merge(fenced, VALUES, STAMP)
    assert merged.text == fenced
    assert [item.why for item in merged.kept] == ["hand"]


def test_placeholders_stay_on_request_where_nothing_is_known() -> None:
    text = "## Tech Stack\n- **Language:** [v]\n- **Database:** [y]\n"
    values = {
        "Language": Value("Not detected (looked in `package.json`)", known=False),
        "Database & ORM": Value("None"),
    }
    merged = merge(text, values, STAMP, keep_placeholders=True)
    assert "- **Language:** [v]\n- **Database:** None\n" in merged.text
    assert [(item.label, item.why) for item in merged.kept] == [("Language", "placeholder")]
    assert "Not detected" in merge(text, values, STAMP).text


def test_only_the_named_labels_are_touched() -> None:
    text = "## Tech Stack\n- **Language:** [v]\n- **Database:** [y]\n"
    merged = merge(text, VALUES, STAMP, only=["Language"])
    assert "- **Language:** TypeScript 5.8.3, `strict`\n- **Database:** [y]\n" in merged.text
    both = merge(merged.text, VALUES, STAMP, only=["Database & ORM"]).text
    assert merge(both, VALUES, STAMP).text == both


def test_a_title_without_a_place_is_said() -> None:
    merged = merge(OWN, VALUES, STAMP, title="X")
    assert merged.notes == ("the document has no place for the title, such as **Title:** before the section",)


def test_a_value_stays_on_its_line() -> None:
    merged = merge("## Tech Stack\n- **Language:** [v]\n", {"Language": Value("a\n\n## b\nc")}, STAMP)
    assert merged.text.endswith("- **Language:** a  ## b c\n")


def test_bytes_that_are_not_text_in_utf8_survive() -> None:
    data = b"## Tech Stack\n\xff\xfe caf\xe9\n- **Language:** [v]\n"
    merged = merge(decode(data), VALUES, STAMP)
    assert b"\xff\xfe caf\xe9\n- **Language:** TypeScript 5.8.3, `strict`\n" in encode(merged.text)


def test_what_is_no_document_is_refused() -> None:
    with pytest.raises(PrefillError, match="not a text file"):
        decode(b"a\0b")
    with pytest.raises(PrefillError, match="may have 8 MB"):
        decode(b"x" * (8 * 1024 * 1024 + 1))


def test_an_app_path_cannot_close_the_comment() -> None:
    merged = merge("## Tech Stack\n- **Language:** [v]\n", VALUES, Stamp("1", None, "a --> b\n<x>"))
    line = merged.text.splitlines()[1]
    assert line.startswith("<!-- prefill 1 commit=- app=a%20%2D%2D%3E%20b%0A%3Cx%3E language=")
    assert find(merged.text).comments[0].stamp == Stamp("1", None, "a --> b\n<x>", {"language": "16f20ce1"})


@pytest.mark.parametrize(
    "text",
    [
        "# Tech Stack Upgrade\n\n## Requirements\n- **Testing:** [how]\n",
        "## Tech Stack\n\n### Architecture\n\n#### Layers\nThree of them.\n\n### Testing\nBy hand.\n",
        "## Tech Stack\n\n**Stack:**\n- **Frontend:** Vue\n- **Database:** Oracle\n",
    ],
)
def test_prose_about_a_stack_is_not_filled(text: str) -> None:
    with suppress(NoSectionError):
        assert merge(text, VALUES, STAMP).text == text
