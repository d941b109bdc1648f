"""The JSON report: its published schema, its order, its text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from prefill import model, report
from prefill.engine import analyze
from prefill.model import Findings
from prefill.render.labels import render, render_traps
from prefill.schema import schema
from prefill.section import compose

HOME = Path(__file__).parents[2]
REPOSITORIES = sorted(path for path in (HOME / "fixtures/repositories").iterdir() if path.is_dir())


def _report(folder: Path) -> dict[str, Any]:
    analysis = analyze(str(folder))
    labels = render(compose(analysis.findings, analysis.project), pinned={}, source=None)
    return report.report(analysis, labels, render_traps(analysis.findings))


@pytest.fixture(params=REPOSITORIES, ids=lambda path: path.name)
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A fixture as a repository of its own."""
    return Path(shutil.copytree(request.param, tmp_path / request.param.name))


def test_the_published_schema_is_the_one_that_the_model_makes() -> None:
    published = json.loads((HOME / "docs/schema/prefill-1.json").read_text())
    assert published == schema(), "run: python -m prefill.schema > docs/schema/prefill-1.json"


def test_the_schema_is_a_valid_one() -> None:
    Draft202012Validator.check_schema(schema())


def test_a_report_keeps_to_the_schema(repository: Path) -> None:
    errors = Draft202012Validator(schema()).iter_errors(json.loads(report.dumps(_report(repository))))
    assert [(list(error.absolute_path), error.message) for error in errors] == []


def test_the_same_tree_gives_the_same_report(repository: Path, tmp_path: Path) -> None:
    twin = Path(shutil.copytree(repository, tmp_path / "elsewhere" / repository.name))
    assert report.dumps(_report(repository)) == report.dumps(_report(twin))


def test_every_place_that_is_cited_exists(repository: Path) -> None:
    def places(node: object) -> list[dict[str, Any]]:
        if isinstance(node, dict):
            if set(node) == {"path", "line"}:
                return [node]
            return [place for value in node.values() for place in places(value)]
        return [place for value in node for place in places(value)] if isinstance(node, list) else []

    for place in places(_report(repository)["analyzers"]):
        lines = (repository / place["path"]).read_text().splitlines()
        assert place["line"] is None or 1 <= place["line"] <= len(lines), place


def test_every_kind_of_fact_has_a_place_in_the_report() -> None:
    kinds = {
        kind
        for kind in vars(model).values()
        if isinstance(kind, type) and issubclass(kind, model.Fact) and kind is not model.Fact
    }
    # A trap is rendered, a statement goes under its analyzer's name.
    assert kinds - {model.Trap, model.Statement} == set(report.KINDS)


def test_lists_are_there_when_nothing_is_in_them() -> None:
    empty = report.analyzers(Findings())
    assert empty["drizzle"] == {"schemas": []}
    assert empty["middleware"]["file"] is None
    assert empty["middleware"]["routes"] == {"covered": [], "uncovered": [], "undetermined": []}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(_JSON)
def test_what_is_written_reads_back_the_same(value: object) -> None:
    text = report.dumps(value)
    assert json.loads(text) == value
    assert text.endswith("\n")
    assert text.isascii()


def test_names_are_written_in_camel_case() -> None:
    assert report.camel("client_by_import") == "clientByImport"
    assert report.camel("path") == "path"
