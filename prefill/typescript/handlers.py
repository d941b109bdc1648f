"""Which function evaluates which kind of syntax; the names are the grammar's."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from prefill.typescript import calls, expressions
from prefill.typescript.values import UNDEFINED, Reference, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.evaluate import Evaluator
    from prefill.typescript.scope import Scope

HANDLERS: dict[str, Callable[[Evaluator, Node, Scope], Value]] = {
    "identifier": expressions.identifier,
    "string": expressions.string,
    "number": expressions.number_literal,
    "template_string": expressions.template,
    "true": lambda _ev, _node, _scope: True,
    "false": lambda _ev, _node, _scope: False,
    "null": lambda _ev, _node, _scope: None,
    "undefined": lambda _ev, _node, _scope: UNDEFINED,
    "array": expressions.array_literal,
    "object": expressions.object_literal,
    "member_expression": expressions.member_access,
    "subscript_expression": expressions.subscript,
    "call_expression": calls.call,
    "new_expression": calls.new,
    "parenthesized_expression": expressions.inner_value,
    "as_expression": expressions.inner_value,
    "satisfies_expression": expressions.inner_value,
    "non_null_expression": expressions.inner_value,
    "await_expression": expressions.inner_value,
    "instantiation_expression": expressions.inner_value,
    "type_assertion": expressions.assertion,
    "arrow_function": expressions.function_literal,
    "function_expression": expressions.function_literal,
    "ternary_expression": expressions.ternary,
    "binary_expression": expressions.binary_expression,
    "unary_expression": expressions.unary_expression,
    "update_expression": expressions.update,
    "assignment_expression": expressions.assignment,
    "augmented_assignment_expression": expressions.assignment,
    "sequence_expression": expressions.sequence,
    "regex": expressions.regex,
    "this": expressions.this_value,
    "meta_property": lambda _ev, _node, _scope: Reference("", "import.meta"),
}
