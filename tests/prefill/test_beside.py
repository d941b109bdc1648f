"""Work beside the process: the same result, and none where the copy dies."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from prefill import beside, engine
from prefill.analyzer import Analyzer, App
from prefill.model import Component, Evidence, Fact, Problem, Statement
from prefill.records import pack, unpack
from prefill.testing import open_app, write


def test_the_result_of_the_work_comes_back() -> None:
    started = beside.start(lambda: {"process": os.getpid(), "long": "x" * 3_000_000})
    assert started is not None
    result = started.result()
    assert result["process"] != os.getpid()
    assert len(result["long"]) == 3_000_000


@pytest.mark.parametrize("end", [lambda: os._exit(3), lambda: os.kill(os.getpid(), 9), object])
def test_where_the_copy_dies_there_is_no_result(end: object, capfd: pytest.CaptureFixture[str]) -> None:
    started = beside.start(end)  # type: ignore[arg-type]  # None of them gives anything
    assert started is not None
    assert started.result() is None
    capfd.readouterr()


def test_beside_other_threads_nothing_is_copied() -> None:
    waiting = threading.Event()
    thread = threading.Thread(target=waiting.wait)
    thread.start()
    try:
        assert beside.start(lambda: 1) is None
    finally:
        waiting.set()
        thread.join()


def test_facts_are_the_same_after_packing() -> None:
    fact = Component(
        name="Button", file="a.tsx", line=3, client=True, props=("a", "b"), evidence=(Evidence("a.tsx", 3),)
    )
    said = engine.Said((fact,), (Problem("b", None, "broken"),), (Statement(label="Language", text="x"),))
    again = unpack(pack((said, [1, None, {"k": ("v",)}])))
    assert again == (said, [1, None, {"k": ("v",)}])
    assert hash(again[0].facts[0]) == hash(fact)


def test_a_heavy_analyzer_says_the_same_beside_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"package.json": "{}", "a.ts": "", "big.ts": "x" * 100})

    def heavy(app: App) -> Iterator[Fact | Problem]:
        yield Component(name="A", file="a.ts", line=1, client=False)
        assert app.repository.source("big.ts", limit=10) is None
        raise KeyError("late")

    def light(_: App) -> Iterator[Fact]:
        yield Component(name="B", file="b.ts", line=1, client=False)

    analyzers = [Analyzer("heavy", "", heavy, heavy=True), Analyzer("light", "", light)]
    here, there = open_app(tmp_path), open_app(tmp_path)
    first = engine.run(here, analyzers)
    monkeypatch.setattr(engine, "LARGE", 0)
    second = engine.run(there, analyzers)
    assert first.facts == second.facts
    assert [fact.name for fact in second.of(Component)] == ["A", "B"]
    assert first.problems == second.problems
    assert here.repository.problems == there.repository.problems
