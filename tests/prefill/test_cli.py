"""The command: what goes where, what it says when something is wrong, and with which exit status."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from prefill import __version__
from prefill.cli import main

STARTER = Path(__file__).parents[2] / "fixtures/repositories/saas-starter"


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """The starter as a repository of its own."""
    return Path(shutil.copytree(STARTER, tmp_path / "starter"))


def test_the_document_goes_to_standard_output_and_the_summary_to_standard_error(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(starter)]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("# AI Task Template\n")
    assert "- **Language:** TypeScript 5.8.3, `strict`" in out
    assert "## 8. Implementation Plan" in out
    assert err.startswith("prefill: ")
    assert "\x1b" not in err


def test_the_section_alone_has_no_other_section(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(starter), "--format", "section", "--quiet"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("## 2. Project Analysis & Current State\n")
    assert "## 3" not in out
    assert err == ""


def test_json_names_its_schema(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(starter), "--format", "json", "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "prefill/1"


def test_title_and_goal_fill_section_1(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(starter), "--title", "Export invoices", "--goal", "Auditors need them"]) == 0
    out = capsys.readouterr().out
    assert "**Title:** Export invoices\n" in out
    assert "**Goal:** Auditors need them\n" in out


def test_only_the_labels_that_are_named_are_filled(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(starter), "--label", "lang", "--format", "section", "--quiet"]) == 0
    out = capsys.readouterr().out
    assert "- **Language:** TypeScript 5.8.3" in out
    assert "- **Frameworks & Versions:** [e.g., Next.js x.y, React x.y]" in out


def test_a_file_is_made_then_left_alone_when_nothing_changed(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = starter / "task.md"
    assert main([str(starter), "-o", str(target)]) == 0
    first = target.read_bytes()
    assert capsys.readouterr().out == ""
    assert main([str(starter), "-o", str(target)]) == 0
    assert target.read_bytes() == first
    assert "is up to date" in capsys.readouterr().err


def test_a_hand_written_value_stays_and_is_reported_until_force(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = starter / "task.md"
    main([str(starter), "-o", str(target)])
    text = target.read_text()
    written = next(line for line in text.splitlines() if line.startswith("- **Language:**"))
    target.write_text(text.replace(written, "- **Language:** Whatever we like  "))
    capsys.readouterr()
    assert main([str(starter), "-o", str(target)]) == 0
    assert "- **Language:** Whatever we like  " in target.read_text()
    assert "Language was written by hand and stays" in capsys.readouterr().err
    assert main([str(starter), "-o", str(target), "--force"]) == 0
    assert written in target.read_text()


def test_a_dry_run_shows_the_difference_and_writes_nothing(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = starter / "task.md"
    assert main([str(starter), "-o", str(target), "--dry-run"]) == 0
    assert not target.exists()
    assert "+- **Language:** TypeScript 5.8.3" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere: there is no such folder; name a repository, or a folder in one"),
        ([str(STARTER), "--label", "Colour"], "there is no label 'Colour'; the labels are Frameworks & Versions"),
        ([str(STARTER), "--app", "apps/nowhere"], "--app apps/nowhere: there is no package there"),
    ],
)
def test_a_wrong_input_is_one_sentence_and_status_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"prefill: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--format", "xml"], ["--diff"], ["--force"]])
def test_wrong_usage_is_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: prefill" in capsys.readouterr().err


def test_strict_is_status_1_when_something_could_not_be_read(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (starter / "tsconfig.json").write_text("{ not json")
    assert main([str(starter), "--quiet", "--strict"]) == 1
    assert main([str(starter), "--quiet"]) == 0
    capsys.readouterr()


def test_a_document_without_the_section_is_an_error_and_stays_as_it_is(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = starter / "notes.md"
    target.write_text("# Notes\n\nNothing here.\n")
    assert main([str(starter), "-o", str(target)]) == 2
    assert target.read_text() == "# Notes\n\nNothing here.\n"
    assert "notes.md" in capsys.readouterr().err


def test_explain_shows_each_statement_with_its_lines(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "Language", "--repo", str(starter), "--quiet"]) == 0
    out = capsys.readouterr().out
    assert '  `strict`\n    tsconfig.json:7  "strict": true,\n' in out


def test_explain_can_be_read_by_a_program(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "--repo", str(starter), "--format", "json", "--quiet"]) == 0
    labels = json.loads(capsys.readouterr().out)
    language = next(label for label in labels if label["label"] == "Language")
    assert {"text": "`strict`", "evidence": [{"path": "tsconfig.json", "line": 7}]} in language["statements"]


def test_analyzers_says_what_is_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyzers"]) == 0
    assert "from prefill; runs for" in capsys.readouterr().out
    assert main(["analyzers", "--format", "json"]) == 0
    assert "tsconfig" in [row["name"] for row in json.loads(capsys.readouterr().out)]


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"prefill {__version__}\n"


def test_a_pipe_that_closes_early_is_no_error(starter: Path) -> None:
    command = f"{sys.executable} -m prefill {starter} --format json --quiet | head -c 10"
    ran = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True, check=False)
    assert ran.stdout == '{\n  "schema'[:10]
    assert ran.stderr == ""
    assert ran.returncode == 0


def test_nothing_is_written_into_the_repository_that_is_read(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in starter.rglob("*")}
    main([str(starter)])
    capsys.readouterr()
    assert {path: path.stat().st_mtime_ns for path in starter.rglob("*")} == before


def test_a_pinned_text_stands_in_the_place_of_ours(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (starter / "prefill.toml").write_text('[pin]\n"Authentication" = "our own; ask Kim"\n')
    main([str(starter), "--format", "section", "--quiet"])
    assert "- **Authentication:** our own; ask Kim  " in capsys.readouterr().out
