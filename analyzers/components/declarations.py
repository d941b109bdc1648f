"""What a module declares at its top level, and the kinds of node that a component or an action can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefill.typescript.parse import Syntax

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_DEPTH = 40  # nested expressions that are followed to find out what a function returns

FUNCTIONS = frozenset(
    {
        "function_declaration",
        "function_expression",
        "arrow_function",
        "generator_function_declaration",
        "generator_function",
    }
)
CLASSES = frozenset({"class_declaration", "class", "abstract_class_declaration"})
TRANSPARENT = frozenset(
    {"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "await_expression"}
)


def declarations(syntax: Syntax) -> dict[str, Node]:
    """Top-level names to the function, class or variable declarator that declares them."""
    found: dict[str, Node] = {}
    for statement in syntax.root.named_children:
        node = statement
        if statement.type == "export_statement":
            inner = statement.child_by_field_name("declaration") or statement.child_by_field_name("value")
            if inner is None:
                continue
            node = inner
        if node.type in FUNCTIONS or node.type in CLASSES:
            name = node.child_by_field_name("name")
            if name is not None:
                found[syntax.text(name)] = node
        elif node.type in {"lexical_declaration", "variable_declaration"}:
            for declarator in node.named_children:
                name = declarator.child_by_field_name("name") if declarator.type == "variable_declarator" else None
                if name is not None and name.type == "identifier":
                    found[syntax.text(name)] = declarator
        elif node.type in {"interface_declaration", "type_alias_declaration"}:
            name = node.child_by_field_name("name")
            if name is not None:
                found.setdefault("type " + syntax.text(name), node)
    return found


def function_name(syntax: Syntax, node: Node) -> str | None:
    """The name of a function: its own, or that of the variable, property or method that holds it."""
    name = node.child_by_field_name("name")
    if name is None and node.parent is not None:
        name = node.parent.child_by_field_name("name") or node.parent.child_by_field_name("key")
    return syntax.text(name) if name is not None else None


def inner_node(node: Node) -> Node | None:
    """The first part of a node that is not a comment."""
    return next((child for child in node.named_children if child.type != "comment"), None)
