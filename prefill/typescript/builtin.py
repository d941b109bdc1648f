"""The methods of JavaScript's own arrays, and the door to those of strings, that configuration and schemas are written with.

https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects; a method that is not here gives an unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from prefill.typescript.globals import call_global
from prefill.typescript.operators import MAX_ITEMS, MAX_TEXT, integer, number, span
from prefill.typescript.strings import regex_method, string_method
from prefill.typescript.values import (
    SYMBOLS,
    UNDEFINED,
    Array,
    Call,
    Choice,
    Closure,
    Object,
    Reference,
    Regex,
    Unknown,
    Value,
    js_string,
    same,
    truthy,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.evaluate import Evaluator
    from prefill.typescript.scope import Scope


def call_method(ev: Evaluator, this: Value, name: str, args: list[Value], node: Node, scope: Scope) -> Value:
    """`this.name(...args)` where `this` is a plain value and has no such property of its own."""
    if any(isinstance(arg, Unknown) for arg in args) and isinstance(this, str):
        return next(arg for arg in args if isinstance(arg, Unknown))
    result: Value | None
    if isinstance(this, str):
        result = string_method(ev, this, name, args)
    elif isinstance(this, Array):
        ev.steps += len(this.items) // 4  # what is done without evaluating counts too
        result = _array(ev, this, name, args, node, scope)
    elif isinstance(this, Closure):
        result = _function(ev, this, name, args)
    elif isinstance(this, Regex):
        result = regex_method(this, name, args)
    elif isinstance(this, (int, float)) and name in ("toString", "toFixed", "toLocaleString"):
        if name == "toFixed":
            return f"{this:.{int(number(args[0]) or 0) if args else 0}f}"
        result = js_string(this) if not args else None
    elif isinstance(this, Object):
        result = _object(this, name, args)
    else:
        result = None
    if isinstance(result, str):
        ev.steps += len(result) // 64
    if result is None and not (isinstance(this, Array) and name in _MAY_BE_NULL):
        return ev.unknown(node, scope, f"the method `{name}` is not evaluated")
    return result


_MAY_BE_NULL = ("pop", "shift", "find", "at", "reduce", "findLast", "reduceRight")


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
            total = invoke(ev, first, [total, item, at, this], node, scope)
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
        depth = integer(args, 0, 1)
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
        start, end = span(len(items), args)
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
        at = integer(args, 0, 0)
        return items[at] if -len(items) <= at < len(items) else UNDEFINED
    if name in ("pop", "shift"):
        return (items.pop() if name == "pop" else items.pop(0)) if items else UNDEFINED
    if name == "splice":
        start, _ = span(len(items), args[:1])
        count = max(0, integer(args, 1, len(items)))
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


def invoke(ev: Evaluator, function: Value, args: list[Value], node: Node, scope: Scope) -> Value:
    """Calls what was given as a callback; a library's function and a global one get the first argument alone."""
    if isinstance(function, Closure):
        return ev.run(function, args)
    if isinstance(function, Reference) and function.module == "":
        known_result = call_global(ev, "", function.name, args[:1], node, scope)
        if known_result is not None:
            return known_result[0]
    if isinstance(function, Unknown):
        return function
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
        answer = invoke(ev, function, [item, at, this], node, scope)
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
