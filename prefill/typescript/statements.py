"""Statements: functions of the repository are run, their effects kept to what they close over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefill.typescript.expressions import assign, choice, closure, copy, get, inner_value, key_of
from prefill.typescript.operators import MAX_ITEMS, binary
from prefill.typescript.parse import line_of
from prefill.typescript.scope import VARIABLES, Scope
from prefill.typescript.values import UNDEFINED, Array, Closure, Object, Unknown, Value, js_string, truthy

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.evaluate import Evaluator

MAX_DEPTH = 150
"""Nesting of expressions and calls; each level takes a few Python frames."""


class Stop(Exception):  # noqa: N818  # it is no error: it is how a statement leaves a function
    """How a statement leaves a function: `kind` is return, break, continue or throw."""

    def __init__(self, kind: str, value: Value = UNDEFINED) -> None:
        super().__init__(kind)
        self.kind = kind
        self.value = value


def declare(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """The value of a declaration of a function, enum, class or namespace."""
    if node.type in ("function_declaration", "function_expression", "arrow_function"):
        return closure(node, scope)
    if node.type == "enum_declaration":
        return enum(ev, node, scope)
    what = "a class" if "class" in node.type else "a namespace" if "module" in node.type else "a generator"
    return ev.unknown(node, scope, f"{what} is not evaluated")


def enum(ev: Evaluator, node: Node, scope: Scope) -> Value:
    """A TypeScript enum as the object that it compiles to. https://www.typescriptlang.org/docs/handbook/enums.html"""
    syntax = scope.module.syntax
    out = Object({}, scope.module.path, line_of(node))
    inner = Scope(scope.module, scope)
    body = node.child_by_field_name("body")
    next_number: Value = 0
    for child in body.named_children if body is not None else ():
        if child.type == "comment":
            continue
        name_node = child.child_by_field_name("name") if child.type == "enum_assignment" else child
        value_node = child.child_by_field_name("value") if child.type == "enum_assignment" else None
        if name_node is None:
            continue
        name = key_of(ev, name_node, scope)
        if not isinstance(name, str):
            continue
        value = ev.evaluate(value_node, inner) if value_node is not None else next_number
        out.props[name] = inner.names[name] = value
        out.places[name] = (syntax.path, line_of(child))
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            out.props[js_string(value) or ""] = name  # the reverse mapping of numeric enums
            next_number = value + 1
        else:
            next_number = ev.unknown(child, scope, "an enum member that follows one without a number")
    return out


def call_closure(ev: Evaluator, function: Closure, args: list[Value], this: Value = UNDEFINED) -> Value:
    """Runs a function's body with these arguments."""
    node = function.node
    if any(child.type == "*" for child in node.children[:4]):
        return Unknown(function.path, function.line, "a generator is not evaluated")
    body = node.child_by_field_name("body")
    if body is None:
        return Unknown(function.path, function.line, "has no body")
    if ev.depth >= MAX_DEPTH:
        return Unknown(function.path, function.line, "is nested too deeply")
    scope = Scope(function.scope.module, function.scope)
    if node.type != "arrow_function":
        scope.names["this"] = this
        if node.type == "function_expression" and function.name is not None:
            scope.names.setdefault(function.name, function)
    parameters = node.child_by_field_name("parameters")
    single = node.child_by_field_name("parameter")
    maybe, ev.maybe = ev.maybe, 0
    ev.depth += 2
    try:
        if single is not None:
            bind(ev, single, args[0] if args else UNDEFINED, scope)
        elif parameters is not None:
            _parameters(ev, parameters, args, scope)
        if body.type != "statement_block":
            return ev.evaluate(body, scope)
        return _body(ev, body, scope)
    finally:
        ev.depth -= 2
        ev.maybe = maybe


def _body(ev: Evaluator, body: Node, scope: Scope) -> Value:
    """What a function's block returns; several values where a condition is unknown."""
    early: list[Value] = []
    try:
        _block(ev, body, scope, early)
        result: Value = UNDEFINED
    except Stop as stop:
        result = ev.unknown(body, scope, "throws an error") if stop.kind == "throw" else stop.value
    if not early:
        return result
    return choice([*early, result], ev.unknown(body, scope, "a condition is not known"))


def _parameters(ev: Evaluator, parameters: Node, args: list[Value], scope: Scope) -> None:
    at = 0
    for child in parameters.named_children:
        if child.type in ("comment", "decorator"):
            continue
        pattern, default = child, None
        if child.type in ("required_parameter", "optional_parameter"):
            inner = child.child_by_field_name("pattern")
            if inner is None or inner.type == "this":
                continue
            pattern, default = inner, child.child_by_field_name("value")
        if pattern.type == "rest_pattern":
            rest = Array(args[at:], scope.module.path, line_of(child))
            bind(ev, pattern.named_children[0], rest, scope)
            return
        value = args[at] if at < len(args) else UNDEFINED
        at += 1
        if value is UNDEFINED and default is not None:
            value = ev.evaluate(default, scope)
        bind(ev, pattern, value, scope)


def bind(ev: Evaluator, pattern: Node, value: Value, scope: Scope, declares: bool = True) -> None:
    """Binds the names of a pattern to the parts of a value."""
    kind = pattern.type
    syntax = scope.module.syntax
    if kind in ("identifier", "shorthand_property_identifier_pattern"):
        if declares:
            name = syntax.text(pattern)
            if isinstance(value, Closure) and value.name is None:
                value.name = name
            scope.names[name] = value
        else:
            assign(ev, pattern, value, scope)
    elif kind in ("assignment_pattern", "object_assignment_pattern"):
        left, right = pattern.child_by_field_name("left"), pattern.child_by_field_name("right")
        if left is not None and right is not None:
            if value is UNDEFINED:
                value = ev.evaluate(right, scope)
            elif isinstance(value, Unknown) and value.name is not None:
                value = choice([value, ev.evaluate(right, scope)], value)  # a variable that may not be set
            bind(ev, left, value, scope, declares)
    elif kind == "object_pattern":
        used: list[str] = []
        for child in pattern.named_children:
            if child.type == "pair_pattern":
                key_node, to = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key_node is None or to is None:
                    continue
                key = key_of(ev, key_node, scope)
                part = get(ev, value, key, child, scope) if isinstance(key, str) else key
                used.append(key if isinstance(key, str) else "")
                bind(ev, to, part, scope, declares)
            elif child.type == "rest_pattern":
                rest = Object({}, scope.module.path, line_of(child))
                copy(ev, rest, value, child, scope)
                for key_used in used:
                    rest.props.pop(key_used, None)
                bind(ev, child.named_children[0], rest, scope, declares)
            elif child.type in ("shorthand_property_identifier_pattern", "object_assignment_pattern"):
                name_node = child.child_by_field_name("left") or child
                name = syntax.text(name_node)
                used.append(name)
                bind(ev, child, get(ev, value, name, child, scope), scope, declares)
    elif kind == "array_pattern":
        at = 0
        for child in pattern.children:
            if child.type == ",":
                at += 1
            elif child.type == "rest_pattern":
                items = Array([], scope.module.path, line_of(child))
                if isinstance(value, Array):
                    items.items, items.open = value.items[at:], value.open
                else:
                    items.open = ev.unknown(child, scope, "the rest of something that is not a known list")
                bind(ev, child.named_children[0], items, scope, declares)
            elif child.is_named and child.type != "comment":
                bind(ev, child, get(ev, value, str(at), child, scope), scope, declares)
    elif kind in ("member_expression", "subscript_expression"):
        assign(ev, pattern, value, scope)


def declarator(ev: Evaluator, node: Node, scope: Scope) -> None:
    """Binds what one `name = value` of a declaration declares."""
    name, value_node = node.child_by_field_name("name"), node.child_by_field_name("value")
    if name is None:
        return
    value = ev.evaluate(value_node, scope) if value_node is not None else UNDEFINED
    bind(ev, name, value, scope)


def _block(ev: Evaluator, block: Node, scope: Scope, early: list[Value]) -> None:
    for child in block.named_children:
        if child.type == "function_declaration":  # hoisted
            name = child.child_by_field_name("name")
            if name is not None:
                scope.names[scope.module.syntax.text(name)] = closure(child, scope)
    for child in block.named_children:
        run(ev, child, scope, early)


def run(ev: Evaluator, node: Node, scope: Scope, early: list[Value] | None = None) -> None:
    """Runs one statement. Raises Stop where it leaves; `early` collects what may be returned."""
    early = [] if early is None else early
    kind = node.type
    if kind == "return_statement":
        inner = next((c for c in node.named_children if c.type != "comment"), None)
        raise Stop("return", ev.evaluate(inner, scope) if inner is not None else UNDEFINED)
    if kind == "expression_statement":
        inner_value(ev, node, scope)
    elif kind in VARIABLES:
        for child in node.named_children:
            if child.type == "variable_declarator":
                declarator(ev, child, scope)
    elif kind == "if_statement":
        _if(ev, node, scope, early)
    elif kind == "statement_block":
        _block(ev, node, Scope(scope.module, scope), early)
    elif kind in (
        "enum_declaration",
        "class_declaration",
        "abstract_class_declaration",
        "generator_function_declaration",
    ):
        name = node.child_by_field_name("name")
        if name is not None:
            scope.names[scope.module.syntax.text(name)] = declare(ev, node, scope)
    elif kind == "for_in_statement":
        _for_in(ev, node, scope, early)
    elif kind in ("for_statement", "while_statement", "do_statement"):
        _loop(ev, node, scope, early)
    elif kind == "switch_statement":
        _switch(ev, node, scope, early)
    elif kind == "try_statement":
        _try(ev, node, scope, early)
    elif kind == "throw_statement":
        raise Stop("throw")
    elif kind in ("break_statement", "continue_statement"):
        raise Stop(kind.partition("_")[0])
    elif kind == "labeled_statement":
        body = node.child_by_field_name("body")
        if body is not None:
            run(ev, body, scope, early)
    elif kind == "export_statement":
        declaration = node.child_by_field_name("declaration")
        if declaration is not None and declaration.type in VARIABLES:
            run(ev, declaration, scope, early)


def _if(ev: Evaluator, node: Node, scope: Scope, early: list[Value]) -> None:
    test, yes, no = (node.child_by_field_name(n) for n in ("condition", "consequence", "alternative"))
    if test is None or yes is None:
        return
    if no is not None and no.type == "else_clause":
        no = next((c for c in no.named_children if c.type != "comment"), None)
    answer = truthy(ev.evaluate(test, scope))
    if answer is not None:
        branch = yes if answer else no
        if branch is not None:
            run(ev, branch, scope, early)
        return
    stops = [_perhaps(ev, branch, scope, early) for branch in (yes, no) if branch is not None]
    if len(stops) == 2 and all(stop is not None for stop in stops):  # neither branch goes on
        last = stops[1]
        early.extend(stop.value for stop in stops[:1] if stop is not None and stop.kind == "return")
        if last is not None:
            raise last
    early.extend(stop.value for stop in stops if stop is not None and stop.kind == "return")


def _perhaps(ev: Evaluator, node: Node, scope: Scope, early: list[Value]) -> Stop | None:
    """Runs a statement that may not be run; what it assigns becomes a choice."""
    ev.maybe += 1
    try:
        run(ev, node, scope, early)
    except Stop as stop:
        return stop
    finally:
        ev.maybe -= 1
    return None


def _for_in(ev: Evaluator, node: Node, scope: Scope, early: list[Value]) -> None:
    left, right, body = (node.child_by_field_name(n) for n in ("left", "right", "body"))
    operator = node.child_by_field_name("operator")
    if left is None or right is None or body is None:
        return
    value = ev.evaluate(right, scope)
    items: list[Value]
    if operator is not None and operator.type == "in":
        items = list(value.ordered()) if isinstance(value, Object) else []
    else:
        items = list(value.items) if isinstance(value, Array) else list(value) if isinstance(value, str) else []
    if not isinstance(value, (Array, Object, str)) or (isinstance(value, (Array, Object)) and value.open is not None):
        inner = Scope(scope.module, scope)
        bind(ev, left, ev.unknown(right, scope, "an item of something that is not known"), inner)
        stop = _perhaps(ev, body, inner, early)
        if stop is not None and stop.kind == "return":
            early.append(stop.value)
    declares = node.child_by_field_name("kind") is not None
    for item in items:
        ev.steps += 1
        inner = Scope(scope.module, scope)
        bind(ev, left, item, inner, declares)
        try:
            run(ev, body, inner, early)
        except Stop as stop:
            if stop.kind == "break":
                break
            if stop.kind != "continue":
                raise
        if ev.exhausted():
            break


def _loop(ev: Evaluator, node: Node, scope: Scope, early: list[Value]) -> None:
    inner = Scope(scope.module, scope)
    start = node.child_by_field_name("initializer")
    test, step, body = (node.child_by_field_name(n) for n in ("condition", "increment", "body"))
    if start is not None:
        run(ev, start, inner, early)
    if body is None:
        return
    if test is not None and test.type == "expression_statement":
        test = next(iter(test.named_children), None)
    for _ in range(MAX_ITEMS):
        ev.steps += 1
        if node.type != "do_statement" or _ > 0:
            answer = truthy(ev.evaluate(test, inner)) if test is not None and test.type != ";" else True
            if answer is None:
                _perhaps(ev, body, inner, early)
                return
            if not answer:
                return
        try:
            run(ev, body, inner, early)
        except Stop as stop:
            if stop.kind == "break":
                return
            if stop.kind != "continue":
                raise
        if step is not None:
            ev.evaluate(step, inner)
        if ev.exhausted():
            return


def _switch(ev: Evaluator, node: Node, scope: Scope, early: list[Value]) -> None:
    test, body = node.child_by_field_name("value"), node.child_by_field_name("body")
    if test is None or body is None:
        return
    value = ev.evaluate(test, scope)
    inner = Scope(scope.module, scope)
    cases = [child for child in body.named_children if child.type in ("switch_case", "switch_default")]
    answers = [
        binary(ev, "===", value, ev.evaluate(label, scope), case, scope) if label is not None else False
        for case in cases
        for label in [case.child_by_field_name("value")]
    ]
    if not all(isinstance(answer, bool) for answer in answers):
        for case in cases:
            for child in case.named_children:
                if child.is_named and child != case.child_by_field_name("value") and child.type != "comment":
                    stop = _perhaps(ev, child, inner, early)
                    if stop is not None:
                        if stop.kind == "return":
                            early.append(stop.value)
                        break
        return
    first = next((i for i, answer in enumerate(answers) if answer is True), None)
    if first is None:
        first = next((i for i, case in enumerate(cases) if case.type == "switch_default"), len(cases))
    for case in cases[first:]:
        label = case.child_by_field_name("value")
        for child in case.named_children:
            if child == label or child.type == "comment":
                continue
            try:
                run(ev, child, inner, early)
            except Stop as stop:
                if stop.kind == "break":
                    return
                raise


def _try(ev: Evaluator, node: Node, scope: Scope, early: list[Value]) -> None:
    body, handler, last = (node.child_by_field_name(n) for n in ("body", "handler", "finalizer"))
    try:
        if body is not None:
            run(ev, body, scope, early)
    except Stop as stop:
        if stop.kind != "throw" or handler is None:
            raise
        inner = Scope(scope.module, scope)
        parameter, block = handler.child_by_field_name("parameter"), handler.child_by_field_name("body")
        if parameter is not None:
            bind(ev, parameter, ev.unknown(handler, scope, "an error"), inner)
        if block is not None:
            run(ev, block, inner, early)
    finally:
        inner_block = last.child_by_field_name("body") if last is not None else None
        if inner_block is not None:
            run(ev, inner_block, scope, early)
