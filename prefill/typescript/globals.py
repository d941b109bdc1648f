"""JavaScript's global functions and objects: `Object.keys`, `Array.from`, `Math.max`, `JSON.stringify`, `new Set` …

https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects; what is not here stays a symbol.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from prefill.typescript.operators import MAX_ITEMS, MAX_TEXT, integer, number
from prefill.typescript.values import (
    UNDEFINED,
    Array,
    Closure,
    Namespace,
    Object,
    Undefined,
    Unknown,
    Value,
    js_string,
    known,
    truthy,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.evaluate import Evaluator
    from prefill.typescript.scope import Scope


def call_global(
    ev: Evaluator, owner: str, name: str, args: list[Value], node: Node, scope: Scope
) -> tuple[Value] | None:
    """A global function (`owner` empty) or a method of a global object; None where it is not evaluated."""
    first = args[0] if args else UNDEFINED
    path, line = scope.module.path, node.start_point[0] + 1
    if owner == "Object":
        return _object_global(ev, name, args, node, scope)
    if owner == "Array":
        if name == "isArray":
            return (isinstance(first, Array),) if known(first) else None
        if name == "of":
            return (Array(list(args), path, line),)
        if name == "from":
            return _array_from(ev, args, node, scope)
    elif owner == "Math":
        numbers = [number(arg) for arg in args]
        plain = [value for value in numbers if value is not None and not math.isnan(value)]
        if len(plain) == len(numbers) and plain and name in _MATH:
            try:
                return (_MATH[name](*plain),)
            except (TypeError, ValueError, OverflowError):
                return None
    elif owner == "JSON":
        if name == "stringify" and len(args) == 1:
            plain_value = to_python(first)
            if plain_value is not _FAILED:
                return (json.dumps(plain_value, separators=(",", ":"), ensure_ascii=False),)
        if name == "parse" and isinstance(first, str) and len(first) < MAX_TEXT:
            from prefill.typescript.expressions import from_json

            try:
                return (from_json(json.loads(first), path),)
            except (ValueError, RecursionError):
                return None
    elif owner == "String" and name == "fromCharCode":
        codes = [number(arg) for arg in args]
        if all(isinstance(code, int) and 0 <= code < 65536 for code in codes):
            return ("".join(chr(int(code or 0)) for code in codes),)
    elif owner == "Number" and name in ("isInteger", "isFinite", "isNaN") and known(first):
        if name == "isInteger":
            return (isinstance(first, (int, float)) and not isinstance(first, bool) and float(first).is_integer(),)
    elif owner == "Promise" and name in ("resolve", "all"):
        return (first,)
    elif not owner:
        return _plain_global(name, first, args)
    return None


def _plain_global(name: str, first: Value, args: list[Value]) -> tuple[Value] | None:
    if name == "String" and known(first):
        text = "" if not args else js_string(first)
        return None if text is None else (text,)
    if name == "Boolean":
        answer = truthy(first)
        return None if answer is None else (answer,)
    if name in ("Number", "parseFloat", "parseInt") and known(first):
        if name == "parseInt" and isinstance(first, str):
            match = re.match(r"\s{0,20}[+-]?\d{1,30}", first)
            return (int(match[0]),) if match and len(args) < 2 else None
        value = number(first) if first is not UNDEFINED else float("nan")
        return None if value is None else (value,)
    if name == "structuredClone":
        return (first,)
    if name in ("encodeURIComponent", "encodeURI") and isinstance(first, str):
        from urllib.parse import quote

        return (quote(first, safe="!'()*-._~" if name == "encodeURIComponent" else "!#$&'()*+,/:;=?@-._~"),)
    return None


_MATH: dict[str, Callable[..., Any]] = {
    "max": max,
    "min": min,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": lambda value: math.floor(value + 0.5),
    "trunc": math.trunc,
    "sqrt": math.sqrt,
}


def _array_from(ev: Evaluator, args: list[Value], node: Node, scope: Scope) -> tuple[Value] | None:
    first = args[0] if args else UNDEFINED
    out = Array([], scope.module.path, node.start_point[0] + 1)
    if isinstance(first, Array):
        out.items, out.open = list(first.items), first.open
    elif isinstance(first, str):
        out.items = list(first[:MAX_ITEMS])
    elif isinstance(first, Object) and isinstance(first.props.get("length"), int):
        out.items = [UNDEFINED] * min(MAX_ITEMS, max(0, integer([first.props["length"]], 0, 0)))
    else:
        return None
    if len(args) > 1:
        out.items = [ev.call(args[1], [item, at], node, scope) for at, item in enumerate(out.items)]
    return (out,)


def _object_global(ev: Evaluator, name: str, args: list[Value], node: Node, scope: Scope) -> tuple[Value] | None:
    first = args[0] if args else UNDEFINED
    path, line = scope.module.path, node.start_point[0] + 1
    if name in ("freeze", "seal", "preventExtensions"):
        return (first,)
    if name in ("keys", "values", "entries", "getOwnPropertyNames"):
        if isinstance(first, Namespace):
            first = ev.namespace(first)
        if isinstance(first, Array):
            named = Object({str(at): item for at, item in enumerate(first.items)}, path, line, open=first.open)
            first = named
        if isinstance(first, Unknown):
            return (first,)
        if not isinstance(first, Object):
            return None
        items: list[Value] = []
        for key in first.ordered():
            if name in ("keys", "getOwnPropertyNames"):
                items.append(key)
            else:
                value = ev.get(first, key, node, scope)
                items.append(value if name == "values" else Array([key, value], path, line))
        return (Array(items, path, line, first.open),)
    if name == "assign" and isinstance(first, Object):
        for arg in args[1:]:
            if ev.maybe:
                first.open = first.open or ev.unknown(node, scope, "a condition is not known")
            else:
                ev.copy(first, arg, node, scope)
        return (first,)
    if name == "fromEntries" and isinstance(first, Array):
        out = Object({}, path, line, open=first.open)
        for entry in first.items:
            name_of = js_string(entry.items[0]) if isinstance(entry, Array) and len(entry.items) > 1 else None
            if name_of is None or not isinstance(entry, Array):
                out.open = out.open or ev.unknown(node, scope, "an entry that is not known")
            else:
                out.props[name_of] = entry.items[1]
        return (out,)
    if (
        name == "hasOwn"
        and isinstance(first, Object)
        and len(args) > 1
        and isinstance(args[1], str)
        and first.open is None
    ):
        return (args[1] in first.props,)
    return None


def construct(name: str, args: list[Value], node: Node, scope: Scope) -> Value | None:
    """`new Set([…])` and `new Array(n)`; None for any other global class."""
    first = args[0] if args else UNDEFINED
    path, line = scope.module.path, node.start_point[0] + 1
    if name == "Set":
        if first is UNDEFINED or isinstance(first, (Array, str)):
            items: list[Value] = list(first.items) if isinstance(first, Array) else []
            if isinstance(first, str):
                items.extend(first)
            out = Array([], path, line, first.open if isinstance(first, Array) else None, unique=True)
            plain: set[tuple[type, Value]] = set()
            for item in items:
                if isinstance(item, (str, int, float, bool)) or item is None:
                    if (type(item), item) not in plain:
                        plain.add((type(item), item))
                        out.items.append(item)
                elif not any(item is other for other in out.items):
                    out.items.append(item)
            return out
    elif name == "Array" and isinstance(first, int) and len(args) == 1 and 0 <= first <= MAX_ITEMS:
        return Array([UNDEFINED] * first, path, line)
    elif name == "Array" and len(args) != 1:
        return Array(list(args), path, line)
    return None


_FAILED = object()


def to_python(value: Value, depth: int = 0) -> Any:
    """A plain value as JSON has it; `_FAILED` where it holds anything that is not plain."""
    if isinstance(value, bool) or value is None or isinstance(value, (str, int, float)):
        return value
    if depth > 50:
        return _FAILED
    if isinstance(value, Array) and value.open is None:
        items = [to_python(item, depth + 1) for item in value.items]
        return _FAILED if _FAILED in items else items
    if isinstance(value, Object) and value.open is None:
        out = {}
        for key in value.ordered():
            item = value.props[key]
            if isinstance(item, (Undefined, Closure)):
                continue
            plain = to_python(item, depth + 1)
            if plain is _FAILED:
                return _FAILED
            out[key] = plain
        return out
    return _FAILED
