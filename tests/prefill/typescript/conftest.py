"""A repository in memory, and what its modules evaluate to in a form that can be compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from prefill.typescript.evaluate import Evaluator
from prefill.typescript.modules import Modules
from prefill.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Choice,
    Closure,
    Member,
    Namespace,
    Object,
    Reference,
    Regex,
    Undefined,
    Unknown,
)


class Memory:
    """Files by path; what is read is remembered."""

    def __init__(self, files: dict[str, str]) -> None:
        self.contents = files
        self.files = tuple(sorted(files))
        self.read: list[str] = []

    def exists(self, path: str) -> bool:
        return path in self.contents

    def text(self, path: str) -> str | None:
        self.read.append(path)
        return self.contents.get(path)

    def source(self, path: str) -> bytes | None:
        text = self.text(path)
        return None if text is None else text.encode()


def shown(value: Any) -> Any:
    """A value as Python data: symbols as text, unknowns as `?reason`, choices as sets of what they may be."""
    if isinstance(value, Object):
        out = {key: shown(item) for key, item in value.props.items()}
        return {**out, "…": value.open.reason} if value.open else out
    if isinstance(value, Array):
        items = [shown(item) for item in value.items]
        return [*items, f"…{value.open.reason}"] if value.open else items
    if isinstance(value, Call):
        args = ", ".join(repr(shown(arg)) for arg in value.args)
        return f"{'new ' if value.kind == 'new' else ''}{shown(value.callee)}({args})"
    if isinstance(value, Member):
        return f"{shown(value.object)}.{value.name}"
    if isinstance(value, Reference):
        return f"{value.module or 'global'}#{value.name}"
    if isinstance(value, Unknown):
        return f"?{value.reason}"
    if isinstance(value, Choice):
        return ("one of", *[shown(option) for option in value.options])
    if isinstance(value, Closure):
        return f"function {value.name}"
    if isinstance(value, Namespace):
        return f"module {value.path}"
    if isinstance(value, Regex):
        return f"/{value.pattern}/{value.flags}"
    if isinstance(value, Undefined):
        assert value is UNDEFINED
        return "undefined"
    return value


@pytest.fixture
def memory() -> Callable[[dict[str, str]], Memory]:
    return Memory


@pytest.fixture
def evaluator() -> Callable[..., Evaluator]:
    def make(files: dict[str, str], workspaces: dict[str, str] | None = None) -> Evaluator:
        repository = Memory(files)
        return Evaluator(repository, Modules(repository, workspaces))

    return make


@pytest.fixture
def value_of(evaluator: Callable[..., Evaluator]) -> Callable[..., Any]:
    """What `export const it = …` in `main.ts` is worth."""

    def ask(source: str, **others: str) -> Any:
        files = {"main.ts": source, **{path.replace("__", "/") + ".ts": text for path, text in others.items()}}
        return shown(evaluator(files).export("main.ts", "it"))

    return ask


@pytest.fixture
def show() -> Callable[[Any], Any]:
    return shown
