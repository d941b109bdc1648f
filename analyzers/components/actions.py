"""Server Functions: the exports of a `"use server"` module, and functions with a directive of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prefill.analyzers.components.declarations import (
    CLASSES,
    FUNCTIONS,
    TRANSPARENT,
    declarations,
    function_name,
    inner_node,
)
from prefill.model import Evidence, RefusedModule, ServerAction
from prefill.typescript.parse import Syntax, line_of, prologue, walk

if TYPE_CHECKING:
    from tree_sitter import Node

_LITERALS = frozenset(
    {"object", "array", "string", "template_string", "number", "true", "false", "null", "enum_declaration"}
)


def server_functions(syntax: Syntax, *, module_wide: bool) -> Iterator[ServerAction | RefusedModule]:
    """The exports of a `"use server"` module, and functions with a directive of their own."""
    if module_wide:
        declared = declarations(syntax)
        exports = [
            (
                export,
                declared.get(export.local or "", export.node)
                if export.node.type == "export_specifier"
                else export.node,
            )
            for export in syntax.exports
            if not export.type_only and export.name != "*"
        ]
        refused = next((export for export, node in exports if _is_refused(node)), None)
        if refused is not None:
            yield RefusedModule(path=syntax.path, name=refused.name, evidence=(Evidence(syntax.path, refused.line),))
            return
        for export, node in exports:
            yield ServerAction(
                name=export.name,
                file=syntax.path,
                line=export.line,
                wrapper=_wrapper(syntax, node),
                evidence=(Evidence(syntax.path, export.line),),
            )
        return
    if b"use server" not in syntax.source:
        return
    for node in walk(syntax.root):
        if node.type not in FUNCTIONS and node.type != "method_definition":
            continue
        body = node.child_by_field_name("body")
        if body is None or body.type != "statement_block" or "use server" not in prologue(syntax, body):
            continue
        line = line_of(node)
        name = function_name(syntax, node)
        yield ServerAction(
            name=name or "", file=syntax.path, line=line, inline=True, evidence=(Evidence(syntax.path, line),)
        )


def _is_refused(node: Node) -> bool:
    """Whether Next refuses a module for exporting this: plainly no async function.

    https://nextjs.org/docs/messages/invalid-use-server-value
    """
    value = node.child_by_field_name("value") if node.type == "variable_declarator" else node
    while value is not None and value.type in TRANSPARENT:
        value = inner_node(value)
    if value is None:
        return False
    if value.type in FUNCTIONS:
        return not any(child.type == "async" for child in value.children)
    return value.type in CLASSES or value.type in _LITERALS


def _wrapper(syntax: Syntax, node: Node) -> str | None:
    """The function that makes an action: `signedInAction(schema, async () => …)`, `client.schema(…).action(…)`."""
    value = node.child_by_field_name("value") if node.type == "variable_declarator" else node
    if value is None or value.type != "call_expression":
        return None
    root = value
    while root.type in {"call_expression", "member_expression"}:
        inner = root.child_by_field_name("function") or root.child_by_field_name("object")
        if inner is None:
            return None
        root = inner
    return syntax.text(root) if root.type == "identifier" else None
