"""Documents on disk: checked, refreshed, made; each against the repository that it lies in."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from prefill.cli import main

STARTER = Path(__file__).parents[2] / "fixtures/repositories/saas-starter"

FILLED_BY_HAND = """\
# Task

## 2. Project Analysis & Current State

### Technology & Architecture
- **Frameworks & Versions:** Next.js 14.1 and React 19.1
- **Language:** TypeScript 5.8 with strict mode
- **Database & ORM:** MySQL via Prisma
- **UI & Styling:** [e.g., shadcn/ui + Tailwind CSS]
- **Authentication:** NextAuth in `src/middleware.ts`
- **Relevant Existing Components:** `components/ui/button.tsx`, `components/ui/sheet.tsx`

### Current State
It works.
"""


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """The starter as a repository of its own, with a folder of task documents."""
    folder = Path(shutil.copytree(STARTER, tmp_path / "starter"))
    (folder / ".git").mkdir()
    (folder / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (folder / ".git/objects").mkdir()
    (folder / ".git/refs").mkdir()
    (folder / "ai_docs/tasks").mkdir(parents=True)
    (folder / "ai_docs/tasks/006_berth_map.md").write_text("# Berth map\n")
    return folder


def test_a_document_that_prefill_wrote_holds_until_the_repository_changes(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = starter / "task.md"
    main([str(starter), "-o", str(task), "--quiet"])
    assert main(["check", str(task)]) == 0
    lock = starter / "pnpm-lock.yaml"
    lock.write_text(lock.read_text().replace("version: 15.3.4(", "version: 15.3.5("))
    capsys.readouterr()
    assert main(["check", str(task), "--quiet"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{task}:")
    assert "stale: Frameworks & Versions says “Next.js 15.3.4" in out


def test_update_refreshes_what_prefill_wrote_and_keeps_the_rest(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    task = starter / "task.md"
    main([str(starter), "-o", str(task), "--quiet"])
    task.write_text(task.read_text().replace("**Title:** [Brief", "**Title:** Ours [Brief"))
    lock = starter / "pnpm-lock.yaml"
    lock.write_text(lock.read_text().replace("version: 15.3.4(", "version: 15.3.5("))
    assert main(["update", str(task), "--quiet"]) == 0
    assert main(["check", str(task), "--quiet"]) == 0
    text = task.read_text()
    assert "Next.js 15.3.5" in text
    assert "**Title:** Ours [Brief" in text
    assert capsys.readouterr().out == ""


def test_what_a_person_wrote_is_held_against_the_repository(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task = starter / "task.md"
    task.write_text(FILLED_BY_HAND)
    assert main(["check", str(task), "--quiet", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)["documents"][0]
    found = {(remark["line"], remark["rule"], remark["said"]) for remark in document["remarks"]}
    assert (6, "contradiction", "Next.js 14.1") in found
    assert (8, "contradiction", "MySQL") in found
    assert (8, "contradiction", "Prisma") in found
    assert (9, "placeholder", "[e.g., shadcn/ui + Tailwind CSS]") in found
    assert (10, "contradiction", "`src/middleware.ts`") in found
    assert (11, "missing-path", "components/ui/sheet.tsx") in found
    assert not [remark for remark in document["remarks"] if remark["line"] == 7]


def test_code_scanning_gets_sarif(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task = starter / "task.md"
    task.write_text(FILLED_BY_HAND)
    assert main(["check", str(task), "--quiet", "--format", "sarif"]) == 1
    ran = json.loads(capsys.readouterr().out)["runs"][0]
    assert ran["tool"]["driver"]["name"] == "prefill"
    assert {"stale", "contradiction", "example"} <= {rule["id"] for rule in ran["tool"]["driver"]["rules"]}
    assert ran["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 6}


@pytest.mark.parametrize("command", ["check", "update"])
def test_a_document_that_is_not_there_is_an_error(
    command: str, starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(starter / "nowhere.md")]) == 2
    assert "there is no such document" in capsys.readouterr().err


def test_new_makes_the_next_document_as_its_neighbours_are_named(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "Add invoice export", "--goal", "Auditors need it", "--repo", str(starter)]) == 0
    assert capsys.readouterr().out == "ai_docs/tasks/007_add_invoice_export.md\n"
    text = (starter / "ai_docs/tasks/007_add_invoice_export.md").read_text()
    assert "**Title:** Add invoice export\n" in text
    assert "**Goal:** Auditors need it\n" in text
    assert "- **Language:** TypeScript 5.8.3, `strict`" in text


def test_new_starts_from_the_template_of_the_repository(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = starter / "ai_docs/templates/task_template.md"
    own.parent.mkdir()
    own.write_text("# Our task: \n\n## Technology Stack\n\n- Language: [From tsconfig.json]\n- Mood: good\n")
    assert main(["new", "Dry run", "--repo", str(starter), "--dry-run"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("ai_docs/tasks/007_dry_run.md\n# Our task")
    assert "- Language: TypeScript 5.8.3, `strict`" in out
    assert "- Mood: good\n" in out
    assert "from the repository's own template ai_docs/templates/task_template.md" in err
    assert not (starter / "ai_docs/tasks/007_dry_run.md").exists()


def test_new_without_a_folder_of_tasks_says_how_to_name_one(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(starter / "ai_docs")
    assert main(["new", "Anything", "--repo", str(starter)]) == 2
    assert "name one with --folder" in capsys.readouterr().err
    assert main(["new", "Anything", "--repo", str(starter), "--folder", "../out"]) == 2


def test_a_named_template_is_filled_without_markers(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = starter / "mine.md"
    mine.write_text("## Technology & Architecture\n\n**Language:** [From tsconfig.json]\n**Owner:** Kim\n")
    assert main([str(starter), "--template", str(mine), "--quiet"]) == 0
    out = capsys.readouterr().out
    assert "**Language:** TypeScript 5.8.3, `strict`" in out
    assert "**Owner:** Kim\n" in out
    assert main([str(starter), "--template", str(starter / "mine.j2")]) == 2


def test_a_budget_is_never_exceeded_and_what_was_cut_is_said(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(starter), "--format", "section", "--quiet", "--budget", "450"]) == 0
    out = capsys.readouterr().out
    assert len(out) <= 450 * 4
    assert "more left out)" in out
    assert main([str(starter), "--format", "section", "--quiet", "--budget", "10"]) == 2
    assert "a budget of 10 tokens is too small" in capsys.readouterr().err


def test_without_a_budget_section_2_stays_under_900_tokens(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(starter), "--format", "section", "--quiet"]) == 0
    assert len(capsys.readouterr().out) <= 900 * 4
