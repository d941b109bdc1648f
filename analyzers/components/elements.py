"""Which exports are components: what returns an element, or what a wrapper makes of such a function."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prefill.analyzers.components.declarations import (
    CLASSES,
    FUNCTIONS,
    MAX_DEPTH,
    TRANSPARENT,
    declarations,
    function_name,
    inner_node,
)
from prefill.analyzers.components.props import props_of
from prefill.model import Component, Evidence
from prefill.typescript.parse import Syntax, line_of

if TYPE_CHECKING:
    from tree_sitter import Node

_JSX = frozenset({"jsx_element", "jsx_self_closing_element", "jsx_fragment"})
_MAKES_ELEMENT = frozenset({"createElement", "cloneElement", "createPortal", "jsx", "jsxs", "useRender"})
_MAKES_COMPONENT = frozenset({"forwardRef", "memo", "lazy", "dynamic", "observer"})
_BLOCKS = (
    "_statement",
    "_block",
    "_clause",
    "_case",
    "_default",
    "_body",
)  # what may hold a statement of the same function
_NOT_COMPONENT = frozenset({"createContext", "cva", "tv"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def components(syntax: Syntax, *, client: bool) -> Iterator[Component]:
    """The components that a module exports itself; re-exports are those of the module that they come from."""
    declared: dict[str, Node] | None = None
    for export in syntax.exports:
        if export.type_only or export.specifier is not None or export.name == "*" or export.name in _METHODS:
            continue
        default = export.name == "default"
        if not default and not export.name[:1].isupper():
            continue
        declared = declared if declared is not None else declarations(syntax)
        node = declared.get(export.local) if export.local is not None else None
        if node is None:
            node = export.node
        if node.type == "export_specifier" or not _is_component(syntax, node, declared, 0):
            continue
        line = line_of(node)
        yield Component(
            name=(export.local or _wrapped_name(syntax, node)) if default else export.name,
            file=syntax.path,
            line=line,
            client=client,
            default=default,
            props=props_of(syntax, node, declared),
            evidence=(Evidence(syntax.path, line),),
        )


def _wrapped_name(syntax: Syntax, node: Node) -> str:
    """The name of what a default export wraps: `memo(Card)`, `forwardRef(function Card() {…})`; empty where it has none."""
    for _ in range(MAX_DEPTH):
        if node.type in TRANSPARENT:
            inner = inner_node(node)
        elif node.type == "call_expression":
            arguments = node.child_by_field_name("arguments")
            inner = inner_node(arguments) if arguments is not None else None
        else:
            break
        if inner is None:
            return ""
        node = inner
    name = node if node.type == "identifier" else node.child_by_field_name("name")
    text = syntax.text(name) if name is not None else ""
    return text if text[:1].isupper() else ""


def _is_component(syntax: Syntax, node: Node | None, declared: dict[str, Node], depth: int) -> bool:
    """Whether a declaration or an expression is a component."""
    if node is None or depth > MAX_DEPTH:
        return False
    kind = node.type
    if kind == "variable_declarator":
        return _is_component(syntax, node.child_by_field_name("value"), declared, depth + 1)
    if kind in TRANSPARENT:
        return _is_component(syntax, inner_node(node), declared, depth + 1)
    if kind in FUNCTIONS:
        return _returns_element(syntax, node, declared, depth + 1)
    if kind in CLASSES:
        return _is_class_component(syntax, node)
    if kind == "identifier":
        target = declared.get(syntax.text(node))
        return target is not None and target is not node and _is_component(syntax, target, declared, depth + 1)
    if kind == "call_expression":
        return _makes_component(syntax, node, declared, depth + 1)
    if kind == "binary_expression":  # styled.div<Props>`…`, which the grammar takes for two comparisons
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        first = left.child_by_field_name("left") if left is not None else None
        return right is not None and right.type == "template_string" and first is not None and _is_styled(syntax, first)
    if kind == "member_expression":  # const Dialog = DialogPrimitive.Root
        name = syntax.text(node)
        return name.count(".") == 1 and all(part[:1].isupper() for part in name.split(".")) and "Primitive" in name
    return False


def _makes_component(syntax: Syntax, node: Node, declared: dict[str, Node], depth: int) -> bool:
    callee = node.child_by_field_name("function")
    arguments = node.child_by_field_name("arguments")
    if callee is None or arguments is None:
        return False
    if arguments.type == "template_string":  # styled.div`…`, styled(Button)`…`
        return _is_styled(syntax, callee)
    if callee.type == "call_expression" and _is_styled(syntax, callee):  # styled(Button)({ … })
        return True
    name = syntax.text(callee).rpartition(".")[2].partition("<")[0]
    if name in _NOT_COMPONENT:
        return False
    if name in _MAKES_COMPONENT and callee.type in {"identifier", "member_expression"}:
        return True
    # Object.assign(Card, { Header }) makes a component, items.map(() => <li />) does not.
    if callee.type == "member_expression" and syntax.text(callee) != "Object.assign" and name[:4] != "with":
        return False
    if name == "assign":
        return _is_component(syntax, inner_node(arguments), declared, depth)
    return any(
        (argument.type in FUNCTIONS or argument.type in CLASSES or argument.type in {"identifier", "call_expression"})
        and _is_component(syntax, argument, declared, depth)
        for argument in arguments.named_children
    )


def _is_styled(syntax: Syntax, node: Node) -> bool:
    """Whether an expression begins with `styled`. https://styled-components.com/docs/api#styled https://emotion.sh/docs/styled"""
    for _ in range(MAX_DEPTH):
        inner = node.child_by_field_name("object") or node.child_by_field_name("function")
        if node.type in {"non_null_expression", "instantiation_expression"}:
            inner = inner_node(node)
        if inner is None:
            break
        node = inner
    return node.type == "identifier" and syntax.text(node) == "styled"


def _is_class_component(syntax: Syntax, node: Node) -> bool:
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    base = syntax.text(heritage) if heritage is not None else ""
    if re.search(r"\b(?:React\.)?(?:Pure)?Component\b", base):
        return True
    body = node.child_by_field_name("body")
    for member in body.named_children if body is not None else ():
        name = member.child_by_field_name("name")
        if member.type == "method_definition" and name is not None and syntax.text(name) == "render":
            return heritage is not None
    return False


def _returns_element(syntax: Syntax, function: Node, declared: dict[str, Node], depth: int) -> bool:
    body = function.child_by_field_name("body")
    if body is None or depth > MAX_DEPTH:
        return False
    if body.type != "statement_block":
        return _is_element(syntax, body, function, declared, depth)
    return any(_is_element(syntax, value, function, declared, depth) for value in _returned(body))


def _returned(body: Node) -> Iterator[Node]:
    """What the `return` statements of a function give, not those of functions inside it."""
    todo = [body]
    while todo:
        node = todo.pop()
        if node.type == "return_statement":
            value = inner_node(node)
            if value is not None:
                yield value
            continue
        todo.extend(child for child in reversed(node.named_children) if child.type.endswith(_BLOCKS))


def _is_element(syntax: Syntax, node: Node, function: Node, declared: dict[str, Node], depth: int) -> bool:
    """Whether an expression gives a React element, or the children that a component was given."""
    if depth > MAX_DEPTH:
        return False
    kind = node.type
    if kind in _JSX:
        return True
    if kind in TRANSPARENT:
        inner = inner_node(node)
        return inner is not None and _is_element(syntax, inner, function, declared, depth + 1)
    if kind == "ternary_expression":
        branches = (node.child_by_field_name("consequence"), node.child_by_field_name("alternative"))
        return any(
            branch is not None and _is_element(syntax, branch, function, declared, depth + 1) for branch in branches
        )
    if kind == "binary_expression":
        sides = (node.child_by_field_name("right"), node.child_by_field_name("left"))
        return any(side is not None and _is_element(syntax, side, function, declared, depth + 1) for side in sides)
    if kind == "sequence_expression":
        return bool(node.named_children) and _is_element(syntax, node.named_children[-1], function, declared, depth + 1)
    if kind == "null":
        return _named_like_component(syntax, function)
    if kind == "identifier":
        name = syntax.text(node)
        if name == "children":
            return _named_like_component(syntax, function)
        value = _local_value(syntax, function, name)
        return (
            value is not None
            and value.type != "identifier"
            and _is_element(syntax, value, function, declared, depth + 1)
        )
    if kind == "member_expression":
        return syntax.text(node) == "props.children" and _named_like_component(syntax, function)
    if kind == "call_expression":
        callee = node.child_by_field_name("function")
        if callee is None:
            return False
        name = syntax.text(callee).rpartition(".")[2]
        if name in _MAKES_ELEMENT:
            return True
        if callee.type == "identifier":
            target = declared.get(name)
            if target is not None and target.type == "variable_declarator":
                target = target.child_by_field_name("value")
            if target is None:
                target = _local_value(syntax, function, name)
            return (
                target is not None
                and target.type in FUNCTIONS
                and _returns_element(syntax, target, declared, depth + 4)
            )
        if callee.type == "member_expression" and name == "map":
            arguments = node.child_by_field_name("arguments")
            first = inner_node(arguments) if arguments is not None else None
            return (
                first is not None and first.type in FUNCTIONS and _returns_element(syntax, first, declared, depth + 4)
            )
    return False


def _named_like_component(syntax: Syntax, function: Node) -> bool:
    name = function_name(syntax, function)
    return name is None or name[:1].isupper()


def _local_value(syntax: Syntax, function: Node, name: str) -> Node | None:
    """What a variable or function of this name in a function's own body is, by its declaration or its last assignment."""
    body = function.child_by_field_name("body")
    if body is None:
        return None
    found: Node | None = None
    todo = list(reversed(body.named_children))
    steps = 0
    while todo and steps < 5_000:
        steps += 1
        node = todo.pop()
        kind = node.type
        if kind in {"lexical_declaration", "variable_declaration"}:
            for declarator in node.named_children:
                declared = declarator.child_by_field_name("name")
                value = declarator.child_by_field_name("value")
                if declared is not None and value is not None and syntax.text(declared) == name:
                    found = value
        elif kind == "function_declaration":
            declared = node.child_by_field_name("name")
            if declared is not None and syntax.text(declared) == name:
                found = node
        elif kind == "expression_statement":
            inner = next(iter(node.named_children), None)
            if inner is not None and inner.type == "assignment_expression":
                left, right = inner.child_by_field_name("left"), inner.child_by_field_name("right")
                if left is not None and right is not None and syntax.text(left) == name:
                    found = right
        elif kind.endswith(_BLOCKS):
            todo.extend(reversed(node.named_children))
    return found
