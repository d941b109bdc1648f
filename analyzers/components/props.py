"""The props of a component, as far as its own module writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prefill.analyzers.components.declarations import FUNCTIONS, inner_node
from prefill.typescript.parse import Syntax

if TYPE_CHECKING:
    from tree_sitter import Node


def props_of(syntax: Syntax, node: Node, declared: dict[str, Node]) -> tuple[str, ...]:
    """The names of the props that are written in this module: in the type of the first parameter, else in its pattern."""
    function = _function_of(syntax, node, declared, 0)
    parameters = function.child_by_field_name("parameters") if function is not None else None
    first = inner_node(parameters) if parameters is not None else None
    if first is None:
        return ()
    names: dict[str, None] = {}
    annotation = first.child_by_field_name("type")
    if annotation is not None:
        names.update(dict.fromkeys(_members(syntax, next(iter(annotation.named_children), None), declared, 0)))
    pattern = first.child_by_field_name("pattern") or first
    if not names and pattern.type == "object_pattern":
        for child in pattern.named_children:
            key = child.child_by_field_name("key") or child.child_by_field_name("left") or child
            if key.type in {"shorthand_property_identifier_pattern", "property_identifier"}:
                names[syntax.text(key)] = None
    return tuple(names)


def _function_of(syntax: Syntax, node: Node | None, declared: dict[str, Node], depth: int) -> Node | None:
    if node is None or depth > 8:
        return None
    if node.type in FUNCTIONS:
        return node
    if node.type == "variable_declarator":
        return _function_of(syntax, node.child_by_field_name("value"), declared, depth + 1)
    if node.type == "identifier":
        return _function_of(syntax, declared.get(syntax.text(node)), declared, depth + 1)
    if node.type == "call_expression":
        arguments = node.child_by_field_name("arguments")
        for argument in arguments.named_children if arguments is not None else ():
            found = _function_of(syntax, argument, declared, depth + 1)
            if found is not None:
                return found
    return None


def _members(syntax: Syntax, node: Node | None, declared: dict[str, Node], depth: int) -> Iterator[str]:
    if node is None or depth > 8:
        return
    if node.type in {"object_type", "interface_body"}:
        for member in node.named_children:
            name = member.child_by_field_name("name")
            if member.type in {"property_signature", "method_signature"} and name is not None:
                yield syntax.string(name) or syntax.text(name)
    elif node.type in {"intersection_type", "parenthesized_type"}:
        for child in node.named_children:
            yield from _members(syntax, child, declared, depth + 1)
    elif node.type == "generic_type" and syntax.text(node).startswith(
        ("Readonly<", "React.PropsWithChildren<", "PropsWithChildren<")
    ):
        arguments = node.child_by_field_name("type_arguments")
        for child in arguments.named_children if arguments is not None else ():
            yield from _members(syntax, child, declared, depth + 1)
    elif node.type == "type_identifier":
        target = declared.get("type " + syntax.text(node))
        if target is not None:
            body = target.child_by_field_name("body") or target.child_by_field_name("value")
            yield from _members(syntax, body, declared, depth + 1)
