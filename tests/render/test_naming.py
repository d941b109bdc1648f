"""A new task document is numbered and named as the ones beside it, however untidy those are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.render.naming import Style, next_name, next_number, slug_of, style_of, task_folder, template_candidates


@pytest.mark.parametrize(
    ("names", "name"),
    [
        ([], "001_add_user_login.md"),
        (["001_first.md", "003_third_thing.md"], "004_add_user_login.md"),
        (["011a_fix.md", "011_other_fix.md", "README.md"], "012_add_user_login.md"),
        (["029_a_b.md", "029_c_d.md", "029_e_f.md"], "030_add_user_login.md"),
        (["065_PHASE1_COMPLETE.md", "064_phase_one.md"], "066_add_user_login.md"),
        (["1.fix_dark_mode.md", "2.add_menu_bar.md"], "3.add_user_login.md"),
        (["001-Title-Case.md", "002-More-Of-It.md"], "003-Add-User-Login.md"),
        (["001-kebab-case.md", "009-more-of-it.md"], "010-add-user-login.md"),
        (["098_a_b.md", "099_c_d.md"], "100_add_user_login.md"),
        (["001_a_b.md", "002_c_d.md", "003_e_f.md", "2024_plans_for_it.md"], "004_add_user_login.md"),
        (["2025-01-31-notes.md", "20250131_notes_b.md", "007_a_b.md"], "008_add_user_login.md"),
    ],
)
def test_the_next_name_goes_on_in_the_style_in_use(names: list[str], name: str) -> None:
    assert next_name(names, "Add user login!") == name


def test_the_majority_decides_the_style() -> None:
    names = ["001_a_b.md", "002_c_d.md", "3-e-f.md"]
    assert style_of(names) == Style(3, "_", "snake")
    assert next_number(names) == 4


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Add User Login", "add_user_login"),
        ("Don't break: the café's menu", "dont_break_the_cafes_menu"),
        ("../../etc/passwd", "etc_passwd"),
        ("日本語 の 件", "日本語_の_件"),
        ("!!!", "task"),
        ("", "task"),
        ("word " * 40, "_".join(["word"] * 12)),
        ("x" * 100, "x" * 60),
    ],
)
def test_a_title_becomes_a_part_of_a_file_name(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text(max_size=300))
def test_no_title_leads_out_of_the_folder(title: str) -> None:
    name = next_name(["001_a_b.md"], title)
    assert name.startswith("002_")
    assert "/" not in name
    assert "\0" not in name
    assert len(name) <= 68


def test_the_folder_with_the_numbered_documents_is_the_task_folder() -> None:
    assert task_folder(["src/tasks/run.ts", "ai_docs/tasks/001_a_b.md", "docs/tasks/notes.md"]) == "ai_docs/tasks"
    assert (
        task_folder(["apps/web/ai_docs/tasks/001_a_b.md", "apps/web/ai_docs/tasks/002_a_b.md"])
        == "apps/web/ai_docs/tasks"
    )
    assert task_folder(["ai_docs/tasks/.gitkeep"]) == "ai_docs/tasks"
    assert task_folder(["tasks/build.ts", "src/index.ts"]) is None
    assert task_folder([]) is None


def test_templates_come_in_the_order_of_their_likelihood() -> None:
    paths = [
        ".claude/commands/task_template.md",
        "ai_docs/dev_templates/cleanup.md",
        "ai_docs/templates/task_template.md",
        ".specify/templates/plan-template.md",
        "src/templates/page.md",
        "README.md",
    ]
    assert template_candidates(paths) == (
        "ai_docs/templates/task_template.md",
        ".claude/commands/task_template.md",
        ".specify/templates/plan-template.md",
    )
