"""Drizzle's `sql` templates, operators and defaults as the SQL text that drizzle-kit writes.

https://orm.drizzle.team/docs/sql; what is not known gives None, never a guess.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from prefill.records import dataclass
from prefill.typescript.globals import to_python
from prefill.typescript.values import UNDEFINED, Array, Call, Member, Object, Reference, Value, js_string

MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Dialect:
    """How names are quoted, how a value names a table or column, and whether columns stand without their table."""

    quote: str
    name: Callable[[Value], tuple[tuple[str, ...], str | None] | None]
    bare: bool = False
    prefix: str = "pg"

    def quoted(self, name: str) -> str:
        return f"{self.quote}{name}{self.quote}"


_BETWEEN = {"eq": "=", "ne": "<>", "gt": ">", "gte": ">=", "lt": "<", "lte": "<=", "like": "like", "ilike": "ilike"}
_AFTER = {"isNull": "is null", "isNotNull": "is not null", "asc": "asc", "desc": "desc"}


def is_sql(value: Value) -> bool:
    """Whether a value is SQL: a template, `sql.raw()`, or one of Drizzle's operators."""
    if not isinstance(value, Call):
        return False
    callee = value.callee
    if isinstance(callee, Member):
        inner = callee.object
        if isinstance(inner, Reference):
            return _of_drizzle(inner) and inner.name == "sql"
        return is_sql(inner)  # `sql`…`.as("x")`, `.mapWith()`, `.inlineParams()`
    return (
        isinstance(callee, Reference)
        and _of_drizzle(callee)
        and (
            callee.name == "sql"
            or callee.name in _BETWEEN
            or callee.name in _AFTER
            or callee.name in {"and", "or", "not"}
        )
    )


def _of_drizzle(reference: Reference) -> bool:
    return reference.module.startswith("drizzle-orm") or "/drizzle" in reference.module


def render(value: Value, dialect: Dialect) -> str | None:
    """The SQL text of a value, its parameters as placeholders; None where a part is not known."""
    return _render(value, dialect, [0], 0)


def _render(value: Value, dialect: Dialect, count: list[int], depth: int) -> str | None:
    if depth > MAX_DEPTH:
        return None
    named = dialect.name(value)
    if named is not None and not (isinstance(value, Call) and is_sql(value)):
        table, column = named
        if column is not None and dialect.bare:
            return dialect.quoted(column)
        return ".".join(map(dialect.quoted, table if column is None else (*table, column)))
    if isinstance(value, (str, int, float)):
        count[0] += 1
        return f"${count[0]}" if dialect.prefix == "pg" else "?"
    if not isinstance(value, Call) or not is_sql(value):
        return None
    callee = value.callee
    if isinstance(callee, Member):
        if not isinstance(callee.object, Reference):
            return _render(callee.object, dialect, count, depth + 1)
        first = value.args[0] if value.args else UNDEFINED
        if callee.name == "raw":
            return js_string(first)
        return dialect.quoted(first) if callee.name == "identifier" and isinstance(first, str) else None
    if value.kind == "tag":
        return _template(value, dialect, count, depth)
    name = callee.name if isinstance(callee, Reference) else ""
    parts = [_render(arg, dialect, count, depth + 1) for arg in value.args]
    if any(part is None for part in parts):
        return None
    texts = [part or "" for part in parts]
    if name in _BETWEEN and len(texts) == 2:
        return f"{texts[0]} {_BETWEEN[name]} {texts[1]}"
    if name in _AFTER and len(texts) == 1:
        return f"{texts[0]} {_AFTER[name]}"
    if name in {"and", "or"} and texts:
        return texts[0] if len(texts) == 1 else "(" + f" {name} ".join(texts) + ")"
    return f"not {texts[0]}" if name == "not" and texts else None


def _template(value: Call, dialect: Dialect, count: list[int], depth: int) -> str | None:
    strings = value.args[0]
    if not isinstance(strings, Array):
        return None
    out = []
    for at, text in enumerate(strings.items):
        out.append(str(text))
        if at + 1 < len(value.args):
            part = _render(value.args[at + 1], dialect, count, depth + 1)
            if part is None:
                return None
            out.append(part)
    return "".join(out)


_IN_PARENTHESES = {"blob", "text", "json"}
"""MySQL's types whose defaults must be expressions. https://dev.mysql.com/doc/refman/8.4/en/data-type-defaults.html"""


def default_text(value: Value, kind: str, prefix: str, dialect: Dialect) -> Any:
    """A column's default as it stands in drizzle-kit's snapshot; None where it is not known."""
    if is_sql(value):
        return render(value, dialect)
    if isinstance(value, str):
        # drizzle-kit escapes nothing in SingleStore's texts
        text = "'" + (value if prefix == "singlestore" else value.replace("'", "''")) + "'"
        return f"({text})" if prefix == "mysql" and kind in _IN_PARENTHESES else text
    if isinstance(value, (bool, int, float)) or value is None:
        return value
    if not isinstance(value, (Array, Object)):
        return None
    plain = to_python(value)
    if not isinstance(plain, (list, dict)):
        return None
    if kind.endswith("]") and isinstance(plain, list):
        return "'" + _array(plain) + "'"
    text = "'" + json.dumps(plain, separators=(",", ":"), ensure_ascii=False) + "'"
    if prefix == "pg" and kind in {"json", "jsonb"}:
        return f"{text}::{kind}"
    return f"({text})" if prefix == "mysql" and kind in _IN_PARENTHESES else text


def _array(items: list[Any]) -> str:
    """A list in PostgreSQL's notation. https://www.postgresql.org/docs/current/arrays.html#ARRAYS-INPUT"""
    parts = []
    for item in items:
        if isinstance(item, list):
            parts.append(_array(item))
        elif isinstance(item, str):
            parts.append(f'"{item}"')
        elif isinstance(item, bool):
            parts.append("true" if item else "false")
        else:
            parts.append(str(item))
    return "{" + ",".join(parts) + "}"
