"""The conditions of a gate's branches in its own terms: which paths, who is signed in, and what else, quoted.

Reads what is plainly written: `pathname.startsWith("/app")`, a constant list, `createRouteMatcher([…])`, a cookie or a session that is
there or not, and constants and one-line functions of the module that hold these. Anything else stays the code that it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from prefill.lazy import regex
from prefill.records import dataclass, field
from prefill.typescript.parse import Syntax
from prefill.typescript.program import Program

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_DEPTH = 12
MAX_PATHS = 40

_PATH = regex(r"(?:^|[.\s])pathname$")
_SESSION = regex(r"session|user|auth|token|claims", re.IGNORECASE)
_READS = regex(
    r"(?:^|\.)(?:auth|(?:get|has|fetch|load|read|current|verify|validate|update|check|decode|decrypt|unseal)\w{0,60})$"
)


@dataclass(frozen=True, slots=True)
class Test:
    """One test. `path`: `names` are patterns, any of which holds; `cookie` and `session`: it is there; `code`: as it is written."""

    kind: Literal["path", "cookie", "session", "code"]
    names: tuple[str, ...]
    holds: bool = True


@dataclass(slots=True)
class Names:
    """What the names in reach stand for: the expression that each was bound to, with the property that was taken out of it.

    `sessions` are parameters that hold the session, such as Auth.js's `auth` in `authorized({ auth, request })`.
    """

    syntax: Syntax
    program: Program
    bound: dict[str, tuple[Node, str | None]] = field(default_factory=dict)
    sessions: frozenset[str] = frozenset()

    def inner(self) -> Names:
        """The same names, to which a block adds its own."""
        return Names(self.syntax, self.program, dict(self.bound), self.sessions)


def bind(names: Names, declarator: Node) -> None:
    """Remember what `const x = …` and `const { a, b: c } = …` bind."""
    target, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
    if target is None or value is None:
        return
    text = names.syntax.text
    todo = [target]
    while todo:
        node = todo.pop()
        if node.type == "identifier":
            names.bound[text(node)] = (value, None)
        elif node.type == "shorthand_property_identifier_pattern":
            names.bound[text(node)] = (value, text(node))
        elif node.type == "pair_pattern":
            key, to = node.child_by_field_name("key"), node.child_by_field_name("value")
            if to is not None and to.type == "identifier":
                names.bound[text(to)] = (value, text(key) if key is not None else None)
            elif to is not None:
                todo.append(to)
        elif node.type == "object_pattern":
            todo.extend(node.named_children)


def conjuncts(names: Names, node: Node, holds: bool, depth: int = 0) -> list[Test]:
    """The tests that must all hold for an expression to be true (or false, with `holds` False)."""
    node = bare(node)
    text = names.syntax.text(node)
    if depth > MAX_DEPTH:
        return [_quote(text, holds)]
    if node.type == "unary_expression" and text.startswith("!"):
        argument = node.child_by_field_name("argument")
        return conjuncts(names, argument, not holds, depth + 1) if argument is not None else [_quote(text, holds)]
    if node.type == "binary_expression":
        return _binary(names, node, holds, depth)
    path = _path_test(names, node, depth)
    if path is not None:
        return [Test("path", path, holds)]
    found = _signed_in(names, node, depth)
    if found is not None:
        return [Test(found.kind, found.names, holds)]
    if node.type == "identifier" and text in names.bound:
        value, prop = names.bound[text]
        if prop is None and bare(value).type in (
            "unary_expression",
            "binary_expression",
            "call_expression",
            "identifier",
        ):
            said = conjuncts(names, value, holds, depth + 1)
            if all(test.kind != "code" for test in said):
                return said
    if node.type == "call_expression":
        callee, arguments = node.child_by_field_name("function"), _arguments(node)
        if callee is not None and names.syntax.text(callee) == "Boolean" and arguments:
            return conjuncts(names, arguments[0], holds, depth + 1)
    return [_quote(text, holds)]


def _quote(text: str, holds: bool) -> Test:
    return Test("code", (" ".join(text.split()),), holds)


def _binary(names: Names, node: Node, holds: bool, depth: int) -> list[Test]:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    operator = node.child_by_field_name("operator")
    sign = names.syntax.text(operator) if operator is not None else ""
    text = names.syntax.text(node)
    if left is None or right is None:
        return [_quote(text, holds)]
    if sign in ("&&", "||"):
        first, second = conjuncts(names, left, holds, depth + 1), conjuncts(names, right, holds, depth + 1)
        if (sign == "&&") is holds:
            return first + second
        if (
            len(first) == len(second) == 1
            and first[0].kind == second[0].kind == "path"
            and first[0].holds == second[0].holds == holds
            and holds
        ):
            return [Test("path", tuple(dict.fromkeys(first[0].names + second[0].names))[:MAX_PATHS])]
        return [_quote(text, holds)]
    if sign in ("===", "==", "!==", "!="):
        same = holds is (sign in ("===", "=="))
        for one, other in ((left, right), (right, left)):
            if _is_path(names, one, depth):
                value = constant(names, other)
                if isinstance(value, str):
                    return [Test("path", (value,), same)]
            if names.syntax.text(bare(other)) in ("null", "undefined", "false"):
                return conjuncts(names, one, not same, depth + 1)
            if names.syntax.text(bare(other)) == "true":
                return conjuncts(names, one, same, depth + 1)
    return [_quote(text, holds)]


def _path_test(names: Names, node: Node, depth: int) -> tuple[str, ...] | None:
    """The patterns that a call tests the path for; None where it is no such test."""
    if node.type != "call_expression":
        return None
    callee, arguments = node.child_by_field_name("function"), _arguments(node)
    if callee is not None and callee.type == "identifier" and not arguments:
        return _asked(names, names.syntax.text(callee), depth)
    if callee is None or not arguments:
        return None
    if callee.type == "identifier":
        return _own(names, names.syntax.text(callee), arguments, depth)
    if callee.type != "member_expression":
        return None
    receiver, prop = callee.child_by_field_name("object"), callee.child_by_field_name("property")
    if receiver is None or prop is None:
        return None
    method = names.syntax.text(prop)
    if _is_path(names, receiver, depth) and method in ("startsWith", "endsWith", "includes"):
        value = constant(names, arguments[0])
        return (_pattern(method, value),) if isinstance(value, str) else None
    if method == "test" and _is_path(names, arguments[0], depth):
        pattern = bare(receiver)
        if pattern.type == "identifier" and names.syntax.text(pattern) in names.bound:
            pattern = bare(names.bound[names.syntax.text(pattern)][0])
        return (names.syntax.text(pattern),) if pattern.type == "regex" else None
    if method in ("includes", "has") and _is_path(names, arguments[0], depth):
        return _list(names, receiver)
    if method == "some":
        return _some(names, receiver, arguments[0], depth)
    return None


def _asked(names: Names, function: str, depth: int) -> tuple[str, ...] | None:
    """`const isPublic = () => publicRoutes.includes(pathname)`: a function without parameters that tests the path."""
    if function not in names.bound or depth > MAX_DEPTH:
        return None
    value = bare(names.bound[function][0])
    parameters, body = value.child_by_field_name("parameters"), value.child_by_field_name("body")
    if value.type != "arrow_function" or body is None or (parameters is not None and parameters.named_children):
        return None
    if body.type == "statement_block":
        statements = [child for child in body.named_children if child.type != "comment"]
        if len(statements) != 1 or statements[0].type != "return_statement" or not statements[0].named_children:
            return None
        body = statements[0].named_children[0]
    said = conjuncts(names, body, True, depth + 1)
    return said[0].names if len(said) == 1 and said[0].kind == "path" and said[0].holds else None


def _pattern(method: str, value: str) -> str:
    return f"{value}*" if method == "startsWith" else f"*{value}" if method == "endsWith" else f"*{value}*"


def _some(names: Names, receiver: Node, function: Node, depth: int) -> tuple[str, ...] | None:
    """`routes.some((route) => pathname.startsWith(route))`"""
    rows = _list(names, receiver)
    parameter, body = _one_line(names, function)
    if rows is None or parameter is None or body is None or body.type != "call_expression":
        return None
    callee, arguments = body.child_by_field_name("function"), _arguments(body)
    if callee is None or callee.type != "member_expression" or len(arguments) != 1:
        return None
    target, prop = callee.child_by_field_name("object"), callee.child_by_field_name("property")
    if (
        target is None
        or prop is None
        or names.syntax.text(arguments[0]) != parameter
        or not _is_path(names, target, depth)
    ):
        return None
    method = names.syntax.text(prop)
    return tuple(_pattern(method, row) for row in rows) if method in ("startsWith", "endsWith", "includes") else None


def _own(names: Names, function: str, arguments: list[Node], depth: int) -> tuple[str, ...] | None:
    """A function of the module: what `createRouteMatcher` made, or one line that tests its argument."""
    if function not in names.bound:
        node = _declared(names, function)
        if node is None:
            return None
        value = node
    else:
        value = bare(names.bound[function][0])
    if value.type == "call_expression":
        callee = value.child_by_field_name("function")
        found = next(
            (one for one in names.syntax.imports if callee is not None and one.local == names.syntax.text(callee)), None
        )
        if found is not None and found.imported == "createRouteMatcher" and found.specifier.startswith("@clerk/"):
            inner = _arguments(value)
            return _list(names, inner[0]) if inner else None
        return None
    parameter, body = _one_line(names, value)
    if parameter is None or body is None or depth > MAX_DEPTH or not _is_path(names, arguments[0], depth):
        return None
    scope = names.inner()
    given = names.syntax.text(bare(arguments[0]))
    scope.bound[parameter] = names.bound.get(given, (arguments[0], None))  # the parameter may have the argument's name
    said = conjuncts(scope, body, True, depth + 1)
    return said[0].names if len(said) == 1 and said[0].kind == "path" and said[0].holds else None


def _declared(names: Names, function: str) -> Node | None:
    for statement in names.syntax.root.named_children:
        node = statement.child_by_field_name("declaration") if statement.type == "export_statement" else statement
        if node is not None and node.type == "function_declaration":
            name = node.child_by_field_name("name")
            if name is not None and names.syntax.text(name) == function:
                return node
    return None


def _one_line(names: Names, node: Node) -> tuple[str | None, Node | None]:
    """(parameter, expression) of a function of one parameter that only returns."""
    node = bare(node)
    if node.type not in ("arrow_function", "function_expression", "function_declaration"):
        return None, None
    single, many, body = (node.child_by_field_name(name) for name in ("parameter", "parameters", "body"))
    named: list[Node] = (
        [single]
        if single is not None
        else [child for child in many.named_children if child.type != "comment"]
        if many is not None
        else []
    )
    if len(named) != 1 or body is None:
        return None, None
    parameter = named[0].child_by_field_name("pattern") or named[0]
    if body.type == "statement_block":
        statements = [child for child in body.named_children if child.type != "comment"]
        if len(statements) != 1 or statements[0].type != "return_statement" or not statements[0].named_children:
            return None, None
        body = statements[0].named_children[0]
    return names.syntax.text(parameter), bare(body)


def _list(names: Names, node: Node) -> tuple[str, ...] | None:
    """The strings of a constant list."""
    value = constant(names, node)
    if isinstance(value, str):
        return (value,)
    return tuple(value) if isinstance(value, list) and value and len(value) <= MAX_PATHS else None


def constant(names: Names, node: Node) -> str | list[str] | None:
    """A string or a list of strings that is known without running anything."""
    from prefill.typescript.values import Array

    node = bare(node)
    if node.type == "identifier" and names.syntax.text(node) in names.bound:
        node = bare(names.bound[names.syntax.text(node)][0])
    value = names.program.evaluator.expression(names.syntax.path, node)
    if isinstance(value, str):
        return value
    if isinstance(value, Array) and value.open is None:
        rows = [item for item in value.items if isinstance(item, str)]
        return rows if len(rows) == len(value.items) else None
    return None


def _is_path(names: Names, node: Node, depth: int) -> bool:
    """Whether an expression is the path of the request."""
    node = bare(node)
    text = " ".join(names.syntax.text(node).split())
    if node.type == "identifier" and text in names.bound and depth < MAX_DEPTH:
        value, prop = names.bound[text]
        return prop == "pathname" or (prop is None and _is_path(names, value, depth + 1))
    return node.type == "member_expression" and _PATH.search(text) is not None


def _signed_in(names: Names, node: Node, depth: int) -> Test | None:
    """A cookie or a session, where the expression is one."""
    node = bare(node)
    text = " ".join(names.syntax.text(node).split())
    if re.sub(r"\??\.user$", "", text) in names.sessions:
        return Test("session", (text.replace("?", ""),))
    if node.type == "identifier" and text in names.bound and depth < MAX_DEPTH:
        value, prop = names.bound[text]
        found = _signed_in(names, value, depth + 1)
        if found is not None and (prop is None or found.kind == "session"):
            return found
        called = bare(value)
        if called.type == "call_expression" and re.search(r"res(?:ponse|ult)?$", text, re.IGNORECASE) is None:
            callee = called.child_by_field_name("function")
            name = " ".join(names.syntax.text(callee).split()) if callee is not None else ""
            plain = re.fullmatch(r"[\w$.]{1,60}", name) is not None and _READS.search(name) is not None
            if plain and _SESSION.search(f"{name} {prop or text}"):
                return Test("session", (name + "()",))
        return None
    if node.type == "member_expression":
        receiver, member = node.child_by_field_name("object"), node.child_by_field_name("property")
        if re.fullmatch(r"(?:req|request)\.auth(?:\??\.user)?", text):
            return Test("session", (text.replace("?", ""),))
        if (
            receiver is not None
            and member is not None
            and names.syntax.text(member) in ("value", "user", "userId", "length")
        ):
            return _signed_in(names, receiver, depth + 1)
        return None
    if node.type == "call_expression":
        callee, arguments = node.child_by_field_name("function"), _arguments(node)
        name = " ".join(names.syntax.text(callee).split()) if callee is not None else ""
        if re.search(r"(?:^|\.)cookies(?:\(\))?\??\.(?:get|has)$", name) and arguments:
            cookie = constant(names, arguments[0])
            return Test("cookie", (cookie,)) if isinstance(cookie, str) else None
        if re.fullmatch(r"[\w$.]{1,60}", name) and _READS.search(name) and _SESSION.search(name):
            return Test("session", (name + "()",))
    return None


def bare(node: Node) -> Node:
    """An expression without parentheses, `await`, type assertions and `!` behind it."""
    while node.type in (
        "parenthesized_expression",
        "await_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
    ):
        inner = next((child for child in node.named_children if child.type != "comment"), None)
        if inner is None:
            break
        node = inner
    return node


def _arguments(call: Node) -> list[Node]:
    arguments = call.child_by_field_name("arguments")
    return [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
