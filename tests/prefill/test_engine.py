"""The engine runs analyzers and contains their failures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from prefill import engine
from prefill.analyzer import Analyzer, App
from prefill.model import Component, Evidence, Fact, Findings, Problem, Statement
from prefill.testing import open_app, write

if TYPE_CHECKING:
    from pathlib import Path


def _component(name: str, *lines: int) -> Component:
    return Component(
        name=name, file="a.tsx", line=1, client=False, evidence=tuple(Evidence("a.tsx", line) for line in lines)
    )


def test_an_analyzer_that_raises_becomes_a_problem_and_the_others_go_on(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}"})

    def broken(_: App) -> Iterator[Fact]:
        yield _component("First", 1)
        raise KeyError("no such key")

    def sound(_: App) -> Iterator[Fact]:
        yield _component("Second", 2)

    findings = engine.run(
        open_app(tmp_path), [Analyzer("broken", "nothing", broken), Analyzer("sound", "nothing", sound)]
    )
    assert [fact.name for fact in findings.of(Component)] == ["First", "Second"]
    assert len(findings.problems) == 1
    assert findings.problems[0].message.startswith("the analyzer broken failed with KeyError: 'no such key'")


def test_what_is_neither_a_fact_nor_a_problem_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}"})
    wrong = Analyzer("wrong", "nothing", lambda _: cast("list[Fact | Problem]", ["a string"]))
    findings = engine.run(open_app(tmp_path), [wrong])
    assert findings.problems == (Problem(".", None, "the analyzer wrong yielded str, not a fact or a problem"),)


def test_an_analyzer_runs_when_its_package_or_its_file_is_there(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": '{"dependencies": {"mongoose": "8"}}', "a.vue": ""})
    app = open_app(tmp_path)

    def nothing(_: App) -> Iterator[Fact]:
        yield from ()

    assert Analyzer("m", "", nothing, packages=("mongoose",)).enabled(app)
    assert Analyzer("v", "", nothing, files=("**/*.vue",)).enabled(app)
    assert Analyzer("always", "", nothing).enabled(app)
    assert not Analyzer("p", "", nothing, packages=("prisma",), files=("**/*.prisma",)).enabled(app)


def test_facts_about_one_subject_merge_and_their_evidence_adds_up() -> None:
    findings = Findings([_component("Button", 1), _component("Button", 1, 7), _component("Card", 2)])
    assert [fact.name for fact in findings.of(Component)] == ["Button", "Card"]
    assert findings.of(Component)[0].evidence == (Evidence("a.tsx", 1), Evidence("a.tsx", 7))


def test_findings_do_not_change_when_facts_are_added() -> None:
    before = Findings([_component("Button", 1)])
    after = before.plus([_component("Card", 2)])
    assert [fact.name for fact in before.of(Component)] == ["Button"]
    assert [fact.name for fact in after.of(Component)] == ["Button", "Card"]


def test_the_statement_of_an_analyzer_keeps_its_name(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": "{}"})
    said = Statement(label="Database & ORM", text="2 Mongoose models", evidence=(Evidence("models/user.ts", 3),))
    findings = engine.run(open_app(tmp_path), [Analyzer("mongoose", "models", lambda _: [said])])
    assert findings.statements == (("mongoose", said),)


def test_the_same_tree_gives_the_same_analysis(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": '{"name": "x"}', "tsconfig.json": "{}", "a.tsx": "export const A = () => <p />;"})
    first, second = (engine.analyze(str(tmp_path)) for _ in range(2))
    assert first.findings.facts == second.findings.facts
    assert first.project == second.project
