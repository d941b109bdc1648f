"""The constants that Next itself reads from a module: only what stands there as a literal.

Next looks at `export const config = …`, `runtime`, `dynamic` and the like in the syntax tree and evaluates nothing: no name,
no spread, no template with a substitution, no shorthand property
(https://nextjs.org/docs/messages/invalid-page-config). What it cannot read, it refuses to build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from prefill.records import dataclass
from prefill.typescript.parse import Syntax, line_of, walk

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_DEPTH = 30


class NotLiteralError(Exception):
    """An expression that Next does not read; `args[0]` is its line."""


@dataclass(frozen=True, slots=True)
class Constant:
    """An exported constant as Next reads it: `known` is False where it is there and is not a literal."""

    value: Any
    line: int
    known: bool = True


def exported_constant(syntax: Syntax, name: str, *, assertions: bool = True) -> Constant | None:
    """`export const name = literal`; None where there is no such declaration (a list of exports does not count).

    `assertions` says whether `as` is read over, as Next does from version 16; `satisfies` is in every one.
    """
    for node in syntax.root.named_children:
        if node.type != "export_statement":
            continue
        declaration = node.child_by_field_name("declaration")
        if (
            declaration is None
            or declaration.type != "lexical_declaration"
            or not syntax.text(declaration).startswith("const")
        ):
            continue
        for declarator in declaration.named_children:
            if declarator.type != "variable_declarator":
                continue
            target, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
            if target is None or value is None or syntax.text(target) != name:
                continue
            asserted = None if assertions else _assertion(value)
            if asserted is not None:
                return Constant(None, line_of(asserted), known=False)
            try:
                return Constant(literal(syntax, value), line_of(declarator))
            except NotLiteralError as error:
                return Constant(None, error.args[0], known=False)
    return None


def literal(syntax: Syntax, node: Node, depth: int = 0) -> Any:
    """The value of a literal: strings, numbers, booleans, null, arrays, objects, type assertions. Raises NotLiteralError."""
    kind = node.type
    if depth > MAX_DEPTH:
        raise NotLiteralError(line_of(node))
    if kind in ("string", "template_string"):
        text = syntax.string(node)
        if text is not None:
            return text
    elif kind == "number":
        return _number(syntax.text(node), node)
    elif kind in ("true", "false"):
        return kind == "true"
    elif kind in ("null", "undefined") or (kind == "identifier" and syntax.text(node) == "undefined"):
        return None
    elif kind == "array":
        return [literal(syntax, child, depth + 1) for child in node.named_children if child.type != "comment"]
    elif kind == "object":
        return dict(_pair(syntax, child, depth) for child in node.named_children if child.type != "comment")
    elif kind in ("as_expression", "satisfies_expression", "parenthesized_expression"):
        inner = [child for child in node.named_children if child.type != "comment"]
        if inner:
            return literal(syntax, inner[0], depth + 1)
    raise NotLiteralError(line_of(node))


def _assertion(node: Node) -> Node | None:
    return next((one for one in walk(node) if one.type == "as_expression"), None)


def _pair(syntax: Syntax, node: Node, depth: int) -> tuple[str, Any]:
    key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
    if node.type != "pair" or key is None or value is None:
        raise NotLiteralError(line_of(node))
    if key.type == "property_identifier":
        return syntax.text(key), literal(syntax, value, depth + 1)
    name = syntax.string(key)
    if name is None:
        raise NotLiteralError(line_of(node))
    return name, literal(syntax, value, depth + 1)


def _number(text: str, node: Node) -> int | float:
    try:
        return int(text.replace("_", ""), 0)
    except ValueError:
        try:
            return float(text.replace("_", ""))
        except ValueError:
            raise NotLiteralError(line_of(node)) from None
