"""Headings, labels and placeholders are recognised by what they mean; the data is tested as data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from prefill.model import LABELS
from prefill.render.meanings import is_placeholder, is_section, label_meaning, normal

DATA: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "render" / "meanings.toml").read_text(encoding="utf-8")
)


def test_every_label_of_the_model_is_there() -> None:
    assert set(LABELS) <= {label["name"] for label in DATA["labels"]}


def test_no_two_labels_share_a_name() -> None:
    names = [normal(name) for label in DATA["labels"] for name in {normal(n) for n in (label["name"], *label["also"])}]
    assert sorted(names) == sorted(set(names))


def test_the_names_are_sorted_and_none_is_written_twice() -> None:
    lists = [label["also"] for label in DATA["labels"]]
    lists += [DATA["headings"]["section"], DATA["placeholders"]["words"]]
    for names in lists:
        assert names == sorted(names)
        assert len({normal(name) for name in names}) == len(names), names


def test_every_name_means_its_own_label() -> None:
    for label in DATA["labels"]:
        for name in (label["name"], *label["also"]):
            assert label_meaning(name) == label["name"]
            assert label_meaning(f"🔧 {name.upper()}:") == label["name"]
    for name in DATA["headings"]["section"]:
        assert is_section(name)


@pytest.mark.parametrize(
    ("heading", "form"),
    [
        ("2. Project Analysis & Current State", "project analysis current state"),
        ("2️⃣ Project Analysis and Current State:", "project analysis current state"),
        ("**Section 3:** PROJECT ANALYSIS", "project analysis"),
        ("4.2 Tech Stack", "tech stack"),
        ("Language/Version", "language version"),
        ("🏗️ Technology & Architecture", "technology architecture"),
        ("A Title", "a title"),
    ],
)
def test_a_name_is_compared_without_its_decoration(heading: str, form: str) -> None:
    assert normal(heading) == form


@pytest.mark.parametrize(
    "heading",
    ["Existing Technology Stack (Brownfield Context)", "Technology & Architecture Context", "## 3) Tech Stack"],
)
def test_a_heading_may_say_more(heading: str) -> None:
    assert is_section(heading)


@pytest.mark.parametrize("heading", ["Implementation Plan", "Technical Requirements", "High-tech Stacking", ""])
def test_other_headings_are_no_section(heading: str) -> None:
    assert not is_section(heading)


@pytest.mark.parametrize("name", ["Layout System", "Performance", "Languages we dislike", ""])
def test_an_unknown_label_means_nothing(name: str) -> None:
    assert label_meaning(name) is None


def test_a_remark_in_parentheses_does_not_change_a_label() -> None:
    assert label_meaning("Database & ORM (if any)") == "Database & ORM"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "  ",
        "[e.g., Next.js x.y, React x.y]",
        "[From pyproject.toml]",
        "[List of packages, [nested] ones too]",
        "[single/web/mobile - determines source structure]",
        "[a] + [b]",
        "[Clerk] or [Auth.js]",
        "[styling] (required)",
        "**[bold]**",
        "_[italic]_",
        "{Component Name}",
        "<framework>",
        "`[code]`",
        "TODO",
        "TODO: List your main frameworks",
        "NEEDS CLARIFICATION",
        "**NEEDS CLARIFICATION**",
        "TBD",
        "…",
        "...",
        "<!-- which ones -->",
        "<!-- one --> [two]",
        "e.g., Next.js 15",
        "- [one]\n- [two]",
        "[over\n  two lines]",
    ],
)
def test_what_stands_for_a_value_is_a_placeholder(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize(
    "value",
    [
        "Next.js 15.3",
        "[Next.js](https://example.test)",
        "[Next.js][next]",
        "[ ] Tailwind",
        "[x]",
        "[ ]",
        "Vitest [version]",
        "TODOist API",
        "None",
        "N/A",
        "<https://example.test>",
        "\\[x\\]",
        "TypeScript\n- [one]",
        "Todo list app in React",
        "(none)",
    ],
)
def test_what_somebody_wrote_is_none(value: str) -> None:
    assert not is_placeholder(value)


def test_a_reference_that_the_document_defines_is_a_link() -> None:
    assert not is_placeholder("[postgres]", frozenset({"postgres"}))
    assert is_placeholder("[postgres]")
