"""JavaScript's operators on values; what is not known stays unknown."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Any

from prefill.typescript.values import (
    UNDEFINED,
    Array,
    Choice,
    Closure,
    Namespace,
    Object,
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
"""Items of one list, or properties of one object."""
MAX_TEXT = 1_000_000
"""Characters of a string that is put together."""


def binary(ev: Evaluator, operator: str, left: Value, right: Value, node: Node, scope: Scope) -> Value:
    """`left operator right`."""
    if operator in ("===", "!==", "==", "!="):
        equal = _loosely(left, right) if len(operator) == 2 else same(left, right)
        if equal is None:
            return _unknown(ev, left, right, node, scope)
        return equal == (operator[0] == "=")
    if operator == "in":
        if isinstance(right, Object) and right.open is None and isinstance(left, str):
            return left in right.props
        return _unknown(ev, left, right, node, scope)
    if operator == "+" and (isinstance(left, (str, Array, Object)) or isinstance(right, (str, Array, Object))):
        first, second = js_string(left), js_string(right)
        if first is None or second is None or len(first) + len(second) > MAX_TEXT:
            return _unknown(ev, left, right, node, scope)
        ev.steps += (len(first) + len(second)) // 64
        return first + second
    if operator in ("<", ">", "<=", ">=") and isinstance(left, str) and isinstance(right, str):
        return _compare(operator, left, right)
    first_number, second_number = number(left), number(right)
    if first_number is None or second_number is None or operator == "instanceof":
        return _unknown(ev, left, right, node, scope)
    if operator in ("<", ">", "<=", ">="):
        return _compare(operator, first_number, second_number)
    result = _arithmetic(operator, first_number, second_number)
    return _unknown(ev, left, right, node, scope) if result is None else result


def unary(ev: Evaluator, operator: str, value: Value, node: Node, scope: Scope) -> Value:
    """`operator value`."""
    if operator == "!":
        answer = truthy(value)
        if answer is not None:
            return not answer
    elif operator == "void":
        return UNDEFINED
    elif operator == "delete":
        return True
    elif operator == "typeof":
        kind = _type(value)
        if kind is not None:
            return kind
    else:
        plain = number(value)
        if plain is not None:
            if operator == "-":
                return -plain
            if operator == "+":
                return plain
            if operator == "~" and isinstance(plain, int):
                return ~plain
    return value if isinstance(value, Unknown) and value.name is None else ev.unknown(node, scope, _reason(value))


def number(value: Value) -> int | float | None:
    """The number that a plain value counts as; None where it has none, or that is not known."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    if value is None:
        return 0
    if isinstance(value, str):
        text = value.strip()
        try:
            return 0 if not text else int(text, 10) if text.lstrip("+-").isdigit() else float(text.replace("_", "x"))
        except ValueError:
            return float("nan")
    return None


def _arithmetic(operator: str, left: float, right: float) -> int | float | None:
    try:
        if operator == "+":
            out: float = left + right
        elif operator == "-":
            out = left - right
        elif operator == "*":
            out = left * right
        elif operator == "/":
            out = left / right
        elif operator == "%":
            out = abs(left) % abs(right) * (-1 if left < 0 else 1)
        elif operator == "**" and abs(right) <= 1024:
            out = left**right
        elif operator in ("|", "&", "^", "<<", ">>") and isinstance(left, int) and isinstance(right, int):
            return _bits(operator, left, right)
        else:
            return None
    except (ZeroDivisionError, OverflowError):
        return None
    if isinstance(out, complex):
        return None
    if isinstance(out, int):
        return out if abs(out) <= 2**53 else float(out)
    return int(out) if out.is_integer() and abs(out) <= 2**53 else out


def _bits(operator: str, left: int, right: int) -> int | None:
    if operator == "|":
        return left | right
    if operator == "&":
        return left & right
    if operator == "^":
        return left ^ right
    if not 0 <= right < 32:
        return None
    return left << right if operator == "<<" else left >> right


def _compare(operator: str, left: Any, right: Any) -> bool:
    """Both are texts, or both are numbers."""
    if operator == "<":
        return bool(left < right)
    if operator == ">":
        return bool(left > right)
    if operator == "<=":
        return bool(left <= right)
    return bool(left >= right)


def _loosely(left: Value, right: Value) -> bool | None:
    nothing = (isinstance(left, Undefined) or left is None, isinstance(right, Undefined) or right is None)
    if all(nothing):
        return True
    if any(nothing):
        other = right if nothing[0] else left
        return False if known(other) else None
    if known(left) and known(right) and type(left) is not type(right):
        first, second = number(left), number(right)
        return None if first is None or second is None else first == second
    return same(left, right)


def _type(value: Value) -> str | None:
    if isinstance(value, str):
        return "string"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, Undefined):
        return "undefined"
    if isinstance(value, Closure):
        return "function"
    if value is None or isinstance(value, (Array, Object, Namespace, Regex)):
        return "object"
    return None


def _reason(value: Value) -> str:
    if isinstance(value, Unknown):
        return value.reason
    if isinstance(value, Choice):
        return value.reason.reason
    return "depends on what a library makes"


def _unknown(ev: Evaluator, left: Value, right: Value, node: Node, scope: Scope) -> Unknown:
    for value in (left, right):
        if isinstance(value, Unknown):
            return value if value.name is None else ev.unknown(node, scope, value.reason)
    return ev.unknown(node, scope, _reason(left if not known(left) else right))


def integer(args: list[Value], at: int, default: int) -> int:
    """An argument as an integer, as the methods of strings and arrays take it."""
    value = args[at] if at < len(args) else UNDEFINED
    plain = number(value) if value is not UNDEFINED else default
    if plain is None or isnan(plain):
        return 0
    return int(max(-(2**31), min(2**31, plain)))


def span(length: int, args: list[Value]) -> tuple[int, int]:
    """The part that `slice(start, end)` takes."""
    first, last = integer(args, 0, 0), integer(args, 1, length)
    first = max(0, length + first) if first < 0 else min(first, length)
    last = max(0, length + last) if last < 0 else min(last, length)
    return first, last
