"""JSON lockfiles as text: parsed, or as much of them as is whole, and the lines of their entries found in one pass."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from prefill.lazy import regex
from prefill.lockfiles.base import Kind, Locked, LockfileProblem

_TOKEN = regex(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]')
_DEPTH = 500
_LINED_LIMIT = 8 * 1024 * 1024  # characters; the pass below costs about 40 ms and 15 MB for each million


def load(text: str) -> tuple[dict[str, Any], tuple[LockfileProblem, ...], bool]:
    """(object, problems, whether it is whole): a text that breaks off gives what was complete before the break."""
    try:
        value = json.loads(text)
    except RecursionError:
        return {}, (LockfileProblem(_deep(text), f"is nested deeper than {_DEPTH} brackets"),), False
    except json.JSONDecodeError as error:
        problem = LockfileProblem(error.lineno, f"is not valid JSON: {error.msg}")
        return _salvage(text[: error.pos]), (problem,), False
    except ValueError as error:  # a number of thousands of digits
        return {}, (LockfileProblem(None, f"is not valid JSON: {error}"),), False
    if not isinstance(value, dict):
        return {}, (LockfileProblem(1, "holds no JSON object"),), False
    return value, (), True


def _deep(text: str) -> int | None:
    depth = 0
    for match in _TOKEN.finditer(text):
        depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(match.group(), 0)
        if depth > _DEPTH:
            return text.count("\n", 0, match.start()) + 1
    return None


def _salvage(text: str) -> dict[str, Any]:
    """The members of the outer two levels that are complete in the beginning of a JSON text."""
    closers: list[str] = []
    end, rest = 0, ""
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "{[":
            closers.append("}" if token == "{" else "]")
            if len(closers) > _DEPTH:
                return {}
        elif token in "}]":
            if not closers or closers.pop() != token:
                break
            if 1 <= len(closers) <= 2:
                end, rest = match.end(), "".join(reversed(closers))
    try:
        value = json.loads(text[:end] + rest) if end else {}
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def table(value: object, key: str) -> Mapping[str, Any]:
    """The object at a key of an object; empty where there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def direct(manifest: Mapping[str, Any], fields: Iterable[tuple[str, Kind]]) -> tuple[Locked, ...]:
    """The dependencies in a copy of a manifest that a lockfile keeps, each name once, the first field wins."""
    found: dict[str, Locked] = {}
    for field, kind in fields:
        for name, said in table(manifest, field).items():
            if isinstance(said, str):
                found.setdefault(name, Locked(name, said, kind))
    return tuple(found.values())


class Places:
    """Where the members of a JSON object stand: offsets of keys, as a tree. Of a key that stands twice, the last counts."""

    __slots__ = ("children", "offset")

    def __init__(self, offset: int = 0) -> None:
        self.offset = offset
        self.children: dict[str, Places] = {}

    def at(self, *path: str) -> Places | None:
        """The member at a path of keys."""
        found: Places | None = self
        for key in path:
            found = found.children.get(key) if found else None
        return found


def places(text: str) -> Places:
    """The tree of keys of a JSON text that `load` could read. Lists are skipped; beyond 8 MB there are no places."""
    root = Places()
    if len(text) > _LINED_LIMIT:
        return root
    stack: list[Places | None] = [root]  # the object or list (None) around each open bracket
    current = root
    key: tuple[str, int] | None = None
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token == ":" and key is not None and stack[-1] is not None:
            current = Places(key[1])
            name = key[0][1:-1]
            stack[-1].children[str(json.loads(key[0])) if "\\" in name else name] = current
        elif token == "{":
            stack.append(current)
        elif token == "[":
            stack.append(None)
        elif token in "}]" and token:
            if len(stack) > 1:
                stack.pop()
        elif token[0] == '"':
            key = (token, match.start())
    return root


def keyed(text: str, section: str, indent: str, opening: str) -> dict[str, int]:
    """The members of a top-level object in a text that the tool itself laid out: key → offset of its line.

    Quick, since it looks at the beginnings of lines alone; empty where the text is laid out in another way.
    """
    head = f'\n{indent}"{section}": {{'
    start = text.find(head)
    if start < 0 or text.find(head, start + 1) >= 0:
        return {}
    end = text.find(f"\n{indent}}}", start)
    pattern = re.compile(rf'\n{indent * 2}"([^"\\\n]+)": {re.escape(opening)}')
    return {
        match.group(1): match.start() + 1 for match in pattern.finditer(text, start, end if end >= 0 else len(text))
    }
