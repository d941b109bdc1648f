"""Every case in `fixtures/<analyzer>/<case>/` is a small repository, and `expected.json` what its analyzer says of it.

`expected.json` holds the keys that the case is about, each in full; `problems` always.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from prefill.analyzer import Analyzer
from prefill.analyzers import BUILTIN
from prefill.testing import report

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = [
    (analyzer, expected.parent)
    for analyzer in BUILTIN
    for expected in sorted((FIXTURES / analyzer.name).glob("*/expected.json"))
]


@pytest.mark.parametrize(("analyzer", "case"), CASES, ids=[f"{analyzer.name}/{case.name}" for analyzer, case in CASES])
def test_an_analyzer_says_of_a_fixture_what_is_expected(analyzer: Analyzer, case: Path, tmp_path: Path) -> None:
    shutil.copytree(case, tmp_path / "repository", ignore=shutil.ignore_patterns("expected.json"))
    expected = json.loads((case / "expected.json").read_text())
    said = report(analyzer, tmp_path / "repository")
    assert {key: said.get(key) for key in expected} == expected
    assert said["problems"] == expected.get("problems", [])


@pytest.mark.parametrize("analyzer", BUILTIN, ids=[analyzer.name for analyzer in BUILTIN])
def test_every_analyzer_has_a_good_fixture_and_a_bad_one(analyzer: Analyzer) -> None:
    cases = sorted((FIXTURES / analyzer.name).glob("*/expected.json"))
    assert any(case.parent.name.startswith("bad_") for case in cases), "a case named bad_…"
    assert any(not case.parent.name.startswith("bad_") for case in cases), "a case of what works"
