"""A document that no longer says what the repository says is noticed, line by line; one that does is left in peace."""

from __future__ import annotations

from typing import Any

import pytest

from prefill.model import Evidence
from prefill.render.check import Known, Remark, Truth, agrees, as_json, check, sarif
from prefill.render.document import NoSectionError, Stamp, Value, merge

FILES = {"proxy.ts", "lib/db/schema.ts", "components/ui", "lib/auth/middleware.ts"}
TRUTH = Truth(
    values={
        "Frameworks & Versions": Value("Next.js 16.0.10, React 19.2.0"),
        "Language": Value("TypeScript 5.9.3, `strict`"),
        "Authentication": Value("Clerk; gate `proxy.ts`"),
        "Database & ORM": Value("Not detected", known=False),
    },
    technologies=(
        Known(("Next.js", "Next", "NextJS"), "16.0.10", Evidence("package-lock.json", 4711)),
        Known(("React",), "19.2.0", Evidence("package-lock.json", 12)),
        Known(("TypeScript",), "5.9.3"),
        Known(("Tailwind CSS", "Tailwind"), "4.1.7", Evidence("package-lock.json", 99)),
    ),
    gate="proxy.ts",
    gate_evidence=Evidence("proxy.ts", 1),
    dialects=frozenset({"PostgreSQL"}),
    orms=frozenset({"Drizzle"}),
    exists=FILES.__contains__,
)


def remarks(*labels: str, truth: Truth = TRUTH, **options: Any) -> list[tuple[int, str, str]]:
    found = check("\n".join(["## Tech Stack", *labels, ""]), truth, **options)
    return [(remark.line, remark.rule, remark.message) for remark in found]


def test_a_document_that_holds_is_left_in_peace() -> None:
    assert not remarks(
        "- **Frameworks & Versions:** Next.js 16 (App Router), React 19.x, React Query 5.1",
        "- **Language:** TypeScript 5+ with strict mode",
        "- **Database & ORM:** Supabase (Postgres) via Drizzle, `lib/db/schema.ts`",
        "- **UI & Styling:** Tailwind v4, `components/ui/`",
        "- **Authentication:** gate `proxy.ts`, helpers in `lib/auth/middleware.ts`",
    )


def test_a_version_that_contradicts_the_lockfile_is_said_with_both_places() -> None:
    assert remarks("- **Language:** TypeScript", "- **Frameworks & Versions:** Next.js 15.4,", "  and React 18") == [
        (3, "contradiction", "says Next.js 15.4; `package-lock.json:4711` says 16.0.10"),
        (4, "contradiction", "says React 18; `package-lock.json:12` says 19.2.0"),
    ]


def test_the_wrong_gate_is_said() -> None:
    assert remarks("- **Authentication:** Clerk in `middleware.ts`") == [
        (2, "contradiction", "says `middleware.ts`; `proxy.ts:1` says the live gate is `proxy.ts`")
    ]


def test_a_gate_where_there_is_none_is_said_and_an_unknown_one_is_not() -> None:
    said = "- **Authentication:** Clerk in middleware.ts"
    assert remarks(said, truth=Truth(gate="")) == [
        (2, "contradiction", "says `middleware.ts`; the repository says there is no gate")
    ]
    assert not remarks(said, truth=Truth())
    assert not remarks(said, truth=Truth(gate="src/middleware.ts"))


def test_another_dialect_or_orm_is_said() -> None:
    assert remarks("- **Database & ORM:** MySQL through Prisma") == [
        (2, "contradiction", "says MySQL; the repository says PostgreSQL"),
        (2, "contradiction", "says Prisma; the repository says Drizzle"),
    ]
    assert not remarks("- **Database & ORM:** MySQL through Prisma", truth=Truth())


def test_a_cited_path_that_is_not_there_is_said_and_what_is_no_path_is_not() -> None:
    assert remarks(
        "- **Relevant Existing Components:** `components/old/Nav.tsx`, `components/ui/`, `@/lib/x.ts`, `/api/x`, `a/b()`"
    ) == [(2, "missing-path", "cites `components/old/Nav.tsx`, which does not exist")]


def test_the_templates_own_example_is_said_with_the_truth() -> None:
    (line, rule, _), *more = remarks("- **Frameworks & Versions:** Next.js 15.3, React 19")
    assert (line, rule) == (2, "contradiction")
    assert [(rule, message) for _, rule, message in more] == [
        (
            "example",
            "Frameworks & Versions is the template's own example; the repository says “Next.js 16.0.10, React 19.2.0”",
        )
    ]


def test_the_repositorys_own_template_tells_its_examples() -> None:
    template = "## Tech Stack\n- **Language:** [e.g., Elm 0.19 and nothing else]\n"
    assert remarks("- **Language:** Elm 0.19 and  nothing else", templates=[template, "# no section"]) == [
        (2, "example", "Language is the template's own example; the repository says “TypeScript 5.9.3, `strict`”")
    ]


def test_a_placeholder_that_was_left_is_said() -> None:
    assert remarks("- **Language:** TODO: say it", "- **Database & ORM:** [e.g., x]") == [
        (2, "placeholder", "Language was never filled"),
        (3, "placeholder", "Database & ORM was never filled"),
    ]


def test_its_own_value_is_stale_when_the_repository_says_something_else() -> None:
    text = merge(
        "## Tech Stack\n- **Language:** [e.g., x]\n", {"Language": Value("TypeScript 5.8.3")}, Stamp("1", None, ".")
    ).text
    assert [(remark.rule, remark.said, remark.truth) for remark in check(text, TRUTH)] == [
        ("stale", "TypeScript 5.8.3", "TypeScript 5.9.3, `strict`")
    ]
    fresh = merge(text, TRUTH.values, Stamp("2", "abc", "."), fill=False).text
    assert not check(fresh, TRUTH)


def test_an_update_refreshes_its_own_values_and_fills_nothing() -> None:
    text = merge(
        "## Tech Stack\n- **Language:** [e.g., x]\n- **Auth:** [e.g., y]\n",
        {"Language": Value("Elm")},
        Stamp("1", None, "."),
    ).text
    assert merge(text, TRUTH.values, Stamp("1", None, "."), fill=False).text.endswith(
        "- **Language:** TypeScript 5.9.3, `strict`\n- **Auth:** [e.g., y]\n"
    )


def test_a_document_without_a_section_is_an_error() -> None:
    with pytest.raises(NoSectionError):
        check("# Notes\n", TRUTH)


@pytest.mark.parametrize(
    ("said", "more", "true", "holds"),
    [
        ("15", "", "15.4.0-canary.47", True),
        ("15.4.0", "", "15.4.0-canary.47", True),
        ("15.3", "", "15.4.0", False),
        ("15.x", "", "15.4.0", True),
        ("15", "+", "16.0.1", True),
        ("17", "+", "16.0.1", False),
        ("1.10", "", "1.1.0", False),
    ],
)
def test_a_version_as_people_write_it_holds_for_an_exact_one(said: str, more: str, true: str, holds: bool) -> None:
    assert agrees(said, more, true) is holds


def test_the_forms_for_machines_hold_the_line_and_the_message() -> None:
    remark = Remark(3, "Language", "stale", "m", "a", "b", Evidence("package.json", 4))
    result = sarif({"docs/a.md": [remark]}, "0.1.0")["runs"][0]["results"][0]
    assert result["ruleId"] == "stale"
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "docs/a.md"},
        "region": {"startLine": 3},
    }
    assert as_json({"a.md": [remark], "b.md": []})["documents"][1] == {"path": "b.md", "remarks": []}
    assert as_json({"a.md": [remark]})["documents"][0]["remarks"][0]["evidence"] == [
        {"path": "package.json", "line": 4}
    ]
