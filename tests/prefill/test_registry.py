"""Analyzers of other distributions are found by their entry points, and cannot break a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from prefill import registry

if TYPE_CHECKING:
    from pathlib import Path

MODULE = """
from prefill.analyzer import Analyzer
ANALYZER = Analyzer(name="mongoose", reads="Mongoose models", analyze=lambda app: ())
TWIN = Analyzer(name="components", reads="a name that is taken", analyze=lambda app: ())
NOTHING = 3
"""


def _distribution(folder: Path, rows: str) -> None:
    home = folder / "mongo_facts-1.0.dist-info"
    home.mkdir()
    (home / "entry_points.txt").write_text(
        f"[console_scripts]\nx = y:z\n\n[prefill.analyzers]\n{rows}\n[other]\na = b:c\n"
    )
    (folder / "mongo_facts.py").write_text(MODULE)


def test_an_entry_point_adds_an_analyzer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _distribution(tmp_path, "mongoose = mongo_facts:ANALYZER")
    monkeypatch.syspath_prepend(tmp_path)
    loaded, problems = registry.load()
    assert (loaded[-1][0].name, loaded[-1][1]) == ("mongoose", "mongo_facts-1.0")
    assert problems == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("broken = mongo_nowhere:ANALYZER", "the analyzer broken could not be loaded: ModuleNotFoundError"),
        ("nothing = mongo_facts:NOTHING", "the entry point nothing is not a prefill.analyzer.Analyzer"),
        ("twin = mongo_facts:TWIN", "a second analyzer is named components; it was left out"),
    ],
)
def test_one_that_cannot_be_used_is_a_problem(
    row: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _distribution(tmp_path, row)
    monkeypatch.syspath_prepend(tmp_path)
    loaded, problems = registry.load()
    assert all(origin == "prefill" for _, origin in loaded)
    assert len(problems) == 1
    assert problems[0].message.startswith(message)


def test_built_in_analyzers_have_names_of_their_own() -> None:
    names = [analyzer.name for analyzer, _ in registry.load()[0]]
    assert len(names) == len(set(names))
