"""The methods of JavaScript's own strings, arrays and objects that configuration and schemas are written with.

https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects; a method that is not here gives an unknown.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from prefill.typescript.operators import MAX_TEXT, number
from prefill.typescript.values import (
    UNDEFINED,
    Array,
    Choice,
    Closure,
    Namespace,
    Object,
    Reference,
    Regex,
    Undefined,
    Unknown,
    Value,
    js_string,
    known,
    same,
    truthy,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.evaluate import Evaluator
    from prefill.typescript.scope import Scope

MAX_ITEMS = 20_000


def call_method(ev: Evaluator, this: Value, name: str, args: list[Value], node: Node, scope: Scope) -> Value:
    """`this.name(...args)` where `this` is a plain value and has no such property of its own."""
    if any(isinstance(arg, Unknown) for arg in args) and isinstance(this, str):
        return next(arg for arg in args if isinstance(arg, Unknown))
    result: Value | None
    if isinstance(this, str):
        result = _string(ev, this, name, args)
    elif isinstance(this, Array):
        result = _array(ev, this, name, args, node, scope)
    elif isinstance(this, Closure):
        result = _function(ev, this, name, args)
    elif isinstance(this, Regex):
        result = _regex(this, name, args)
    elif isinstance(this, (int, float)) and name in ("toString", "toFixed", "toLocaleString"):
        if name == "toFixed":
            return f"{this:.{int(number(args[0]) or 0) if args else 0}f}"
        result = js_string(this) if not args else None
    elif isinstance(this, Object):
        result = _object(this, name, args)
    else:
        result = None
    if result is None and not (isinstance(this, Array) and name in _MAY_BE_NULL):
        return ev.unknown(node, scope, f"the method `{name}` is not evaluated")
    return result


_MAY_BE_NULL = ("pop", "shift", "find", "at", "reduce", "findLast", "reduceRight")


def _integer(args: list[Value], at: int, default: int) -> int:
    value = args[at] if at < len(args) else UNDEFINED
    plain = number(value) if value is not UNDEFINED else default
    if plain is None or math.isnan(plain):
        return 0
    return int(max(-(2**31), min(2**31, plain)))


def _slice(length: int, args: list[Value]) -> tuple[int, int]:
    first, last = _integer(args, 0, 0), _integer(args, 1, length)
    first = max(0, length + first) if first < 0 else min(first, length)
    last = max(0, length + last) if last < 0 else min(last, length)
    return first, last


def _string(ev: Evaluator, this: str, name: str, args: list[Value]) -> Value | None:
    first = args[0] if args else UNDEFINED
    simple: dict[str, Callable[[str], str]] = {
        "toLowerCase": str.lower,
        "toUpperCase": str.upper,
        "toLocaleLowerCase": str.lower,
        "toLocaleUpperCase": str.upper,
        "trim": str.strip,
        "trimStart": str.lstrip,
        "trimEnd": str.rstrip,
        "toString": str,
        "valueOf": str,
        "normalize": str,
    }
    if name in simple:
        return simple[name](this)
    if name in ("startsWith", "endsWith", "includes", "indexOf", "lastIndexOf") and isinstance(first, str):
        if name == "startsWith":
            return this.startswith(first)
        if name == "endsWith":
            return this.endswith(first)
        if name == "includes":
            return first in this
        return this.find(first) if name == "indexOf" else this.rfind(first)
    if name == "slice":
        start, end = _slice(len(this), args)
        return this[start:end]
    if name == "substring":
        low, high = sorted(max(0, min(len(this), _integer(args, i, d))) for i, d in ((0, 0), (1, len(this))))
        return this[low:high]
    if name == "substr":
        start, _ = _slice(len(this), args[:1])
        return this[start : start + max(0, _integer(args, 1, len(this)))]
    if name in ("charAt", "at"):
        at = _integer(args, 0, 0)
        at = at + len(this) if at < 0 and name == "at" else at
        return this[at] if 0 <= at < len(this) else "" if name == "charAt" else UNDEFINED
    if name in ("charCodeAt", "codePointAt"):
        at = _integer(args, 0, 0)
        return ord(this[at]) if 0 <= at < len(this) else UNDEFINED
    if name == "repeat":
        times = _integer(args, 0, 0)
        return this * times if 0 <= times * len(this) <= MAX_TEXT and times >= 0 else None
    if name in ("padStart", "padEnd"):
        width, filler = _integer(args, 0, 0), js_string(args[1]) if len(args) > 1 else " "
        if width > MAX_TEXT or not filler:
            return None if width > MAX_TEXT else this
        pad = (filler * (max(0, width - len(this)) // len(filler) + 1))[: max(0, width - len(this))]
        return pad + this if name == "padStart" else this + pad
    if name == "concat":
        parts = [js_string(arg) for arg in args]
        return None if None in parts else this + "".join(part or "" for part in parts)
    if name == "split":
        return _split(this, args)
    if name in ("replace", "replaceAll"):
        return _replace(ev, this, name, args)
    if name == "match" and isinstance(first, Regex):
        return None
    return None


def _split(this: str, args: list[Value]) -> Value | None:
    separator = args[0] if args else UNDEFINED
    if separator is UNDEFINED:
        parts: list[Value] = [this]
    elif separator == "":
        parts = list(this[:MAX_ITEMS])
    elif isinstance(separator, str):
        parts = list(this.split(separator))
    elif isinstance(separator, Regex):
        pattern = compiled(separator)
        if pattern is None:
            return None
        parts = [part for part in pattern.split(this) if part is not None]
    else:
        return None
    limit = _integer(args, 1, len(parts))
    return Array(parts[:limit], "", 0)


_SAFE = re.compile(r"(?:[^\\()*+?{}|]|\\[dDwWsS./\-_[\]^$@])(?:[+*?])?")


def compiled(value: Regex) -> re.Pattern[str] | None:
    """A JavaScript pattern as Python's, None where the two may differ or matching may take long.

    Only sequences of single characters and classes, each repeated at most once, and plain groups of them are taken.
    """
    pattern = value.pattern
    if len(pattern) > 200:
        return None
    flat = re.sub(r"\[(?:[^\]\\]|\\.){1,100}\]", "x", pattern).replace("(", "").replace(")", "")
    if re.search(r"\)[*+{]", pattern) or "(?" in pattern:
        return None
    at = 0
    repeats = 0
    while at < len(flat):
        match = _SAFE.match(flat, at)
        if match is None:
            return None
        repeats += match[0][-1] in "*+"
        at = match.end()
    if repeats > 2:
        return None
    flags = re.ASCII
    for flag in value.flags:
        if flag == "i":
            flags |= re.IGNORECASE
        elif flag == "m":
            flags |= re.MULTILINE
        elif flag not in "gu":
            return None
    try:
        return re.compile(pattern, flags)
    except re.error:
        return None


def _replace(ev: Evaluator, this: str, name: str, args: list[Value]) -> Value | None:
    if len(args) < 2 or len(this) > 10_000:
        return None
    what, by = args[0], args[1]
    if isinstance(what, str):
        pattern, count = re.compile(re.escape(what)), 0 if name == "replaceAll" else 1
    elif isinstance(what, Regex):
        found = compiled(what)
        if found is None:
            return None
        pattern, count = found, 0 if "g" in what.flags else 1
    else:
        return None
    if isinstance(by, str):
        text = by

        def put(match: re.Match[str]) -> str:
            return re.sub(r"\$([$&]|\d)", lambda m: _group(match, m[1]), text)

        return pattern.sub(put, this, count)
    if isinstance(by, Closure):
        failed = False

        def ask(match: re.Match[str]) -> str:
            nonlocal failed
            given: list[Value] = [
                match[0],
                *(UNDEFINED if g is None else g for g in match.groups()),
                match.start(),
                this,
            ]
            answer = js_string(ev.apply(by, given))
            failed = failed or answer is None
            return answer or ""

        result = pattern.sub(ask, this, count)
        return None if failed else result
    return None


def _group(match: re.Match[str], code: str) -> str:
    if code == "$":
        return "$"
    if code == "&":
        return match[0]
    at = int(code)
    return (match[at] or "") if 0 < at <= len(match.groups()) else "$" + code


def _regex(this: Regex, name: str, args: list[Value]) -> Value | None:
    pattern = compiled(this) if name == "test" and args and isinstance(args[0], str) else None
    return None if pattern is None else pattern.search(str(args[0])) is not None


def _function(ev: Evaluator, this: Closure, name: str, args: list[Value]) -> Value | None:
    if name == "call":
        return ev.apply(this, args[1:], args[0] if args else UNDEFINED)
    if name == "apply" and len(args) > 1 and isinstance(args[1], Array):
        return ev.apply(this, args[1].items, args[0])
    if name == "bind" and len(args) <= 1:
        return this
    return None


def _object(this: Object, name: str, args: list[Value]) -> Value | None:
    if name == "hasOwnProperty" and args and isinstance(args[0], str) and this.open is None:
        return args[0] in this.props
    return None


def _array(ev: Evaluator, this: Array, name: str, args: list[Value], node: Node, scope: Scope) -> Value | None:
    """Methods of arrays (and of sets, which are arrays without repeated items)."""
    items = this.items
    first = args[0] if args else UNDEFINED
    path, line = scope.module.path, node.start_point[0] + 1

    def made(values: list[Value]) -> Array:
        return Array(values[:MAX_ITEMS], path, line, this.open)

    if name in ("map", "flatMap", "filter", "forEach", "find", "findIndex", "findLast", "some", "every"):
        return _each(ev, this, name, first, made, node, scope)
    if name in ("reduce", "reduceRight"):
        if this.open is not None:
            return this.open
        values = list(items if name == "reduce" else reversed(items))
        total = args[1] if len(args) > 1 else values.pop(0) if values else UNDEFINED
        for at, item in enumerate(values):
            total = _invoke(ev, first, [total, item, at, this], node, scope)
        return total
    if name == "concat":
        joined = list(items)
        reason = this.open
        for arg in args:
            if isinstance(arg, Array):
                joined.extend(arg.items)
                reason = reason or arg.open
            elif isinstance(arg, (Unknown, Choice)):
                reason = reason or (arg if isinstance(arg, Unknown) else arg.reason)
            else:
                joined.append(arg)
        return Array(joined[:MAX_ITEMS], path, line, reason)
    if name in ("push", "unshift", "add"):
        reason = None
        if ev.maybe:
            this.open = this.open or ev.unknown(node, scope, "a condition is not known")
            return len(items)
        if len(items) + len(args) > MAX_ITEMS:
            this.open = this.open or ev.unknown(node, scope, f"more than {MAX_ITEMS:,} items")
        elif name == "push":
            items.extend(args)
        elif name == "unshift":
            items[:0] = args
        elif not any(same(first, item) for item in items):
            items.append(first)
        return this if name == "add" else len(items)
    if name == "flat":
        depth = _integer(args, 0, 1)
        return made(_flat(items, min(depth, 20)))
    if name in ("values", "toArray"):
        return made(list(items))
    if name in ("keys", "entries"):
        pairs: list[Value] = [i if name == "keys" else Array([i, item], path, line) for i, item in enumerate(items)]
        return made(pairs)
    if name in ("includes", "has", "indexOf"):
        answers = [same(first, item) for item in items]
        if True in answers:
            return True if name != "indexOf" else answers.index(True)
        if None in answers or this.open is not None:
            return ev.unknown(node, scope, "whether a list holds something that is not known")
        return False if name != "indexOf" else -1
    if this.open is not None:
        return this.open
    if name == "slice":
        start, end = _slice(len(items), args)
        return made(items[start:end])
    if name == "join":
        parts = ["" if item is None or item is UNDEFINED else js_string(item) for item in items]
        separator = "," if first is UNDEFINED else js_string(first)
        return None if None in parts or separator is None else separator.join(part or "" for part in parts)[:MAX_TEXT]
    if name in ("reverse", "toReversed"):
        if name == "reverse":
            items.reverse()
            return this
        return made(list(reversed(items)))
    if name in ("sort", "toSorted"):
        if first is not UNDEFINED or not all(isinstance(item, str) for item in items):
            return None
        ordered: list[Value] = [*sorted(str(item) for item in items)]
        if name == "sort":
            this.items = ordered
            return this
        return made(ordered)
    if name == "at":
        at = _integer(args, 0, 0)
        return items[at] if -len(items) <= at < len(items) else UNDEFINED
    if name in ("pop", "shift"):
        return (items.pop() if name == "pop" else items.pop(0)) if items else UNDEFINED
    if name == "splice":
        start, _ = _slice(len(items), args[:1])
        count = max(0, _integer(args, 1, len(items)))
        removed = items[start : start + count]
        items[start : start + count] = args[2:]
        return made(removed)
    if name == "fill":
        this.items = [first] * len(items)
        return this
    return None


def _flat(items: list[Value], depth: int) -> list[Value]:
    out: list[Value] = []
    for item in items:
        if isinstance(item, Array) and depth > 0:
            out.extend(_flat(item.items, depth - 1))
        else:
            out.append(item)
        if len(out) > MAX_ITEMS:
            break
    return out


def _invoke(ev: Evaluator, function: Value, args: list[Value], node: Node, scope: Scope) -> Value:
    if isinstance(function, Closure):
        return ev.run(function, args)
    if isinstance(function, Reference) and function.module == "":
        known_result = call_global(ev, "", function.name, args[:1], node, scope)
        if known_result is not None:
            return known_result[0]
    if isinstance(function, Unknown):
        return function
    from prefill.typescript.values import SYMBOLS, Call

    if isinstance(function, SYMBOLS):
        return Call(function, tuple(args[:1]), scope.module.path, node.start_point[0] + 1)
    return ev.unknown(node, scope, "calls what is not a function of the repository")


def _each(
    ev: Evaluator,
    this: Array,
    name: str,
    function: Value,
    made: Callable[[list[Value]], Array],
    node: Node,
    scope: Scope,
) -> Value | None:
    out: list[Value] = []
    unsure: Unknown | None = None
    for at, item in enumerate(list(this.items)):
        answer = _invoke(ev, function, [item, at, this], node, scope)
        if name == "map":
            out.append(answer)
        elif name == "flatMap":
            out.extend(answer.items if isinstance(answer, Array) else [answer])
        elif name != "forEach":
            yes = truthy(answer)
            if yes is None:
                unsure = unsure or ev.unknown(node, scope, "a condition is not known")
                if name in ("find", "findIndex", "findLast"):
                    return unsure
            elif name == "filter" and yes:
                out.append(item)
            elif name == "find" and yes:
                return item
            elif name == "findIndex" and yes:
                return at
            elif name == "findLast" and yes:
                out = [item]
            elif name == "some" and yes:
                return True
            elif name == "every" and not yes:
                return False
    if name in ("map", "flatMap", "filter"):
        result = made(out)
        result.open = result.open or unsure
        return result
    if name == "forEach":
        return UNDEFINED
    reason = unsure or this.open
    if reason is not None:
        return reason
    if name == "findLast":
        return out[0] if out else UNDEFINED
    nothing: dict[str, Value] = {"find": UNDEFINED, "findIndex": -1, "some": False, "every": True}
    return nothing[name]


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
        out.items = [UNDEFINED] * min(MAX_ITEMS, max(0, _integer([first.props["length"]], 0, 0)))
    else:
        return None
    if len(args) > 1:
        out.items = [_invoke(ev, args[1], [item, at], node, scope) for at, item in enumerate(out.items)]
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
