"""Calls: functions of the repository are run, JavaScript's own are known, a library's become symbols."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefill.typescript.builtin import call_method
from prefill.typescript.expressions import get, optional, pieces, spread
from prefill.typescript.globals import call_global, construct
from prefill.typescript.parse import line_of
from prefill.typescript.values import (
    SYMBOLS,
    UNDEFINED,
    Array,
    Call,
    Choice,
    Closure,
    Member,
    Namespace,
    Object,
    Reference,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.evaluate import Evaluator
    from prefill.typescript.scope import Scope


def call(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`f(...args)`, `o.f(...args)`, `f`…``, `require("…")` and `import("…")`."""
    callee = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if callee is None or arguments is None:
        return ev.unknown(node, scope, "is incomplete")
    while callee.type in ("parenthesized_expression", "non_null_expression"):
        inner = next((c for c in callee.named_children if c.type != "comment"), None)
        if inner is None:
            break
        callee = inner
    if callee.type == "import":
        return _dynamic_import(ev, node, arguments, scope)
    specifier = scope.module.syntax.required(node)
    if specifier is not None and scope.holder("require") is None:
        return ev.imported(scope.module.path, specifier, None, line_of(node))
    if callee.type == "member_expression" and arguments.type != "template_string":
        inner, prop = callee.child_by_field_name("object"), callee.child_by_field_name("property")
        if inner is None or prop is None:
            return ev.unknown(node, scope, "is incomplete")
        this = ev.evaluate(inner, scope)
        if (this is None or this is UNDEFINED) and optional(callee):
            return UNDEFINED
        return _method(ev, this, scope.module.syntax.text(prop), node, arguments, scope, line_of(prop))
    function = ev.evaluate(callee, scope)
    if (function is None or function is UNDEFINED) and optional(node):
        return UNDEFINED
    return _invoke(ev, function, UNDEFINED, node, arguments, scope, line_of(node))


def _dynamic_import(ev: Evaluator, node: Node, arguments: Node, scope: Scope) -> Value:
    first = next((c for c in arguments.named_children if c.type != "comment"), None)
    specifier = ev.evaluate(first, scope) if first is not None else UNDEFINED
    if isinstance(specifier, str):
        return ev.imported(scope.module.path, specifier, "*", line_of(node))
    return ev.unknown(node, scope, "imports a module that is not known")


def _method(ev: Evaluator, this: Value, name: str, node: Node, arguments: Node, scope: Scope, line: int) -> Value:
    if isinstance(this, Unknown):
        return this if this.name is None else ev.unknown(node, scope, this.reason)
    if isinstance(this, Choice):
        return ev.unknown(node, scope, this.reason.reason)
    if isinstance(this, Object) and name in this.props:
        return _invoke(ev, get(ev, this, name, node, scope), this, node, arguments, scope, line)
    if isinstance(this, Namespace):
        return _invoke(ev, get(ev, this, name, node, scope), UNDEFINED, node, arguments, scope, line)
    if isinstance(this, Object) and this.open is not None and name not in ("hasOwnProperty", "toString"):
        return ev.unknown(node, scope, this.open.reason)
    if isinstance(this, SYMBOLS):
        args, lines, reason = given(ev, arguments, scope)
        if isinstance(this, Reference) and this.module == "":
            known = call_global(ev, this.name, name, args, node, scope)
            if known is not None:
                return known[0]
        return Call(get(ev, this, name, node, scope, line), tuple(args), scope.module.path, line, lines, "call", reason)
    args, _, reason = given(ev, arguments, scope)
    if reason is not None:
        return ev.unknown(node, scope, reason.reason)
    return call_method(ev, this, name, args, node, scope)


def _invoke(ev: Evaluator, function: Value, this: Value, node: Node, arguments: Node, scope: Scope, line: int) -> Value:
    if isinstance(function, Unknown):
        return function if function.name is None else ev.unknown(node, scope, function.reason)
    if arguments.type == "template_string":
        return _tag(ev, function, node, arguments, scope)
    args, lines, reason = given(ev, arguments, scope)
    if isinstance(function, Closure):
        return ev.run(function, args, this)
    if isinstance(function, Reference) and function.module == "":
        known = call_global(ev, "", function.name, args, node, scope)
        if known is not None:
            return known[0]
    if isinstance(function, SYMBOLS):
        return Call(function, tuple(args), scope.module.path, line, lines, "call", reason)
    if isinstance(function, Choice):
        return ev.unknown(node, scope, function.reason.reason)
    return ev.unknown(node, scope, "calls what is not a function")


def _tag(ev: Evaluator, function: Value, node: Node, template: Node, scope: Scope) -> Value:
    strings = Array([], scope.module.path, line_of(template))
    args: list[Value] = [strings]
    for text, inner in pieces(template, scope):
        if inner is None:
            strings.items.append(text)
        else:
            args.append(ev.evaluate(inner, scope))
    if isinstance(function, Closure):
        return ev.run(function, args, UNDEFINED)
    raw = isinstance(function, Member) and isinstance(function.object, Reference) and function.object.name == "String"
    if raw and len(strings.items) == 1:
        return scope.module.syntax.text(template)[1:-1]
    if isinstance(function, SYMBOLS):
        return Call(function, tuple(args), scope.module.path, line_of(node), (line_of(template),) * len(args), "tag")
    return ev.unknown(node, scope, "is a template of an unknown tag")


def given(ev: Evaluator, node: Node, scope: Scope) -> tuple[list[Value], tuple[int, ...], Unknown | None]:
    """The arguments of a call, their lines, and why there may be more."""
    args: list[Value] = []
    lines: list[int] = []
    reason: Unknown | None = None
    for child in node.named_children:
        if child.type == "comment":
            continue
        if child.type == "spread_element":
            items, why = spread(ev, child, scope)
            args.extend(items)
            lines.extend([line_of(child)] * len(items))
            reason = reason or why
        else:
            args.append(ev.evaluate(child, scope))
            lines.append(child.start_point[0] + 1)
    return args, tuple(lines), reason


def new(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """`new C(...args)`."""
    callee, arguments = node.child_by_field_name("constructor"), node.child_by_field_name("arguments")
    if callee is None:
        return ev.unknown(node, scope, "is incomplete")
    function = ev.evaluate(callee, scope)
    args, lines, reason = given(ev, arguments, scope) if arguments is not None else ([], (), None)
    if isinstance(function, Reference) and function.module == "":
        known = construct(function.name, args, node, scope)
        if known is not None:
            return known
    if isinstance(function, SYMBOLS):
        return Call(function, tuple(args), scope.module.path, line_of(node), lines, "new", reason)
    return function if isinstance(function, Unknown) else ev.unknown(node, scope, "makes an instance of a class")
