"""What a gate does, as far as its code says it plainly: which redirects and rewrites follow under which conditions.

Walks the exported function, the function that it hands to a wrapper (`auth((req) => …)`, `clerkMiddleware(async (auth, req) => …)`) and the
functions of the repository that it returns. A branch that leaves early is a condition of everything after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from prefill.lazy import regex
from prefill.next.conditions import Names, Test, bare, bind, conjuncts, constant
from prefill.records import dataclass, field
from prefill.typescript.program import Program

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.auth.calls import Calls

MAX_FUNCTIONS = 12
MAX_STEPS = 60
"""Redirects that are reported of one gate."""

SIGN_IN = "NextAuth.js's sign-in page"

_FUNCTIONS = ("arrow_function", "function_expression", "function_declaration", "generator_function")
_RESPONSE = regex(r"^(?:NextResponse|Response)\.(redirect|rewrite|json)$")
_REFUSED = regex(r"\bstatus\s{0,4}:\s{0,4}(401|403)\b")
_ORIGIN = regex(r"^\$\{[\w$.]{0,80}(?:origin|[Uu]rl|URL|ORIGIN)\}(?=/)")
_TEMPLATE = regex(r"\$\{[^{}]{0,200}\}")


@dataclass(frozen=True, slots=True)
class Step:
    """One redirect, rewrite or refusal (`answer`, with its status). `unless`: an earlier branch whose condition is not plain may answer first."""

    kind: Literal["redirect", "rewrite", "answer"]
    to: str
    tests: tuple[Test, ...]
    unless: bool
    path: str
    line: int


@dataclass(slots=True)
class _Walk:
    program: Program
    calls: Calls
    refused: str | None = None  # where `return false` of Auth.js's `authorized` leads
    steps: list[Step] = field(default_factory=list)
    seen: set[tuple[str, int]] = field(default_factory=set)


def steps(program: Program, calls: Calls, path: str, name: str) -> tuple[Step, ...]:
    """The redirects and rewrites of the function that a module exports under a name."""
    walk = _Walk(program, calls)
    target = calls.declaration(path, name)
    if target is not None:
        try:
            _follow(walk, target, (), False)
        except RecursionError:  # branches in branches, deeper than anybody writes
            return ()
    return tuple(walk.steps)


def _follow(walk: _Walk, target: tuple[str, str], tests: tuple[Test, ...], unless: bool) -> None:
    module = walk.calls.module(target[0])
    if module is None:
        return
    node = module.declared.get(target[1])
    if node is None:
        export = next((one for one in module.syntax.exports if one.name == target[1] and one.specifier is None), None)
        node = export.node if export is not None else None
    if node is None:
        return
    names = Names(module.syntax, walk.program)
    for declared in dict.fromkeys(module.declared.values()):
        if declared.type == "variable_declarator":
            bind(names, declared)
    value = node.child_by_field_name("value") if node.type == "variable_declarator" else node
    if value is not None and not _authjs(walk, names, bare(value), tests):
        _function(walk, names, bare(value), tests, unless)


def _function(walk: _Walk, names: Names, node: Node, tests: tuple[Test, ...], unless: bool) -> None:
    """A function, or a call that is given one."""
    key = (names.syntax.path, node.start_byte)
    if key in walk.seen or len(walk.seen) >= MAX_FUNCTIONS:
        return
    walk.seen.add(key)
    if node.type in _FUNCTIONS:
        body = node.child_by_field_name("body")
        if body is not None and body.type == "statement_block":
            _block(walk, names.inner(), body, tests, unless)
        elif body is not None:
            _answer(walk, names, body, tests, unless)
    elif node.type == "identifier":
        _named(walk, names, names.syntax.text(node), tests, unless)
    else:
        if node.type == "call_expression":
            _with_auth(walk, names, node, tests)
        for inner in _handed(node):
            _function(walk, names, inner, tests, unless)


def _authjs(walk: _Walk, names: Names, node: Node, tests: tuple[Test, ...]) -> bool:
    """`NextAuth(config)` or `NextAuth(config).auth`: its `authorized` callback decides, and False leads to the sign-in page.

    https://authjs.dev/reference/nextjs#authorized
    """
    from prefill.typescript.values import Closure, Object

    if node.type == "member_expression":
        inner = node.child_by_field_name("object")
        node = bare(inner) if inner is not None else node
    callee = node.child_by_field_name("function") if node.type == "call_expression" else None
    name = names.syntax.text(callee) if callee is not None else ""
    if not any(
        one.local == name and one.specifier == "next-auth" and one.imported == "default" for one in names.syntax.imports
    ):
        return False
    arguments = node.child_by_field_name("arguments")
    first = (
        next((child for child in arguments.named_children if child.type != "comment"), None)
        if arguments is not None
        else None
    )
    config = walk.program.evaluator.expression(names.syntax.path, first) if first is not None else None
    callbacks = config.props.get("callbacks") if isinstance(config, Object) else None
    authorized = callbacks.props.get("authorized") if isinstance(callbacks, Object) else None
    pages = config.props.get("pages") if isinstance(config, Object) else None
    sign_in = pages.props.get("signIn") if isinstance(pages, Object) else None
    module = walk.calls.module(authorized.path) if isinstance(authorized, Closure) else None
    body = authorized.node.child_by_field_name("body") if isinstance(authorized, Closure) else None
    if module is None or body is None:
        return True
    walk.refused = sign_in if isinstance(sign_in, str) else "Auth.js's sign-in page"
    scope = Names(module.syntax, walk.program, sessions=frozenset({"auth"}))
    if body.type == "statement_block":
        _block(walk, scope, body, tests, False)
    else:
        _answer(walk, scope, body, tests, False)
    walk.refused = None
    return True


def _with_auth(walk: _Walk, names: Names, node: Node, tests: tuple[Test, ...]) -> None:
    """NextAuth.js 4's `withAuth(…, { pages, callbacks })`, which without a callback of its own wants a token.

    https://next-auth.js.org/configuration/nextjs#middleware
    """
    callee, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    name = names.syntax.text(callee) if callee is not None else ""
    found = next(
        (one for one in names.syntax.imports if one.local == name and one.specifier == "next-auth/middleware"), None
    )
    if found is None or arguments is None:
        return
    options = next((child for child in reversed(arguments.named_children) if child.type == "object"), None)
    text = " ".join(names.syntax.text(options).split()) if options is not None else ""
    if (
        "authorized" in text
        and re.search(r"authorized\s?:\s?(?:async\s)?\(\{ ?token ?\}\) => !!token\b(?! ?[&|?.])", text) is None
    ):
        return
    page = re.search(r"signIn\s?:\s?['\"](/[\w/-]{0,80})['\"]", text)
    wanted = Test("session", ("withAuth()",), False)
    walk.steps.append(
        Step(
            "redirect",
            page[1] if page else SIGN_IN,
            (*tests, wanted),
            False,
            names.syntax.path,
            node.start_point[0] + 1,
        )
    )


def _handed(node: Node) -> Iterator[Node]:
    """The functions that a call is given, `wrap(fn)(request)` included."""
    while node.type == "call_expression":
        arguments = node.child_by_field_name("arguments")
        for argument in arguments.named_children if arguments is not None else ():
            if argument.type in _FUNCTIONS:
                yield argument
        callee = node.child_by_field_name("function")
        if callee is None:
            return
        node = bare(callee)


def _named(walk: _Walk, names: Names, name: str, tests: tuple[Test, ...], unless: bool) -> None:
    module = walk.calls.module(names.syntax.path)
    if module is None:
        return
    found = module.imports.get(name)
    target = (
        walk.calls.target(names.syntax.path, found)
        if found is not None
        else (names.syntax.path, name)
        if name in module.declared
        else None
    )
    if target is not None:
        _follow(walk, target, tests, unless)


def _block(
    walk: _Walk, names: Names, block: Node, tests: tuple[Test, ...], unless: bool
) -> tuple[bool, tuple[Test, ...], bool]:
    """Walks statements in order; (whether they always leave, the tests that hold behind them, whether something unclear may have left)."""
    for statement in block.named_children:
        kind = statement.type
        if kind in ("lexical_declaration", "variable_declaration"):
            for declarator in statement.named_children:
                if declarator.type == "variable_declarator":
                    bind(names, declarator)
                    _protect(walk, names, declarator.child_by_field_name("value"), tests, unless)
        elif kind == "expression_statement" and statement.named_children:
            _assigned(names, statement.named_children[0])
            _protect(walk, names, statement.named_children[0], tests, unless)
        elif kind == "if_statement":
            left, tests, unless = _if(walk, names, statement, tests, unless)
            if left:
                return True, tests, unless
        elif kind == "return_statement":
            if statement.named_children:
                _answer(walk, names, statement.named_children[0], tests, unless)
            return True, tests, unless
        elif kind == "throw_statement":
            return True, tests, unless
        elif kind == "statement_block":
            left, tests, unless = _block(walk, names.inner(), statement, tests, unless)
            if left:
                return True, tests, unless
        elif kind == "try_statement":
            body, handler = statement.child_by_field_name("body"), statement.child_by_field_name("handler")
            left = False
            if body is not None:
                left, tests, unless = _block(walk, names, body, tests, unless)
            if handler is not None and handler.child_by_field_name("body") is not None:
                inner = handler.child_by_field_name("body")
                if inner is not None:
                    _block(walk, names.inner(), inner, (*tests, Test("code", ("an error is thrown",))), unless)
            if left:
                return True, tests, unless
        elif kind in ("switch_statement", "for_statement", "for_in_statement", "while_statement"):
            unless = unless or b"return" in names.syntax.source[statement.start_byte : statement.end_byte]
    return False, tests, unless


def _if(
    walk: _Walk, names: Names, statement: Node, tests: tuple[Test, ...], unless: bool
) -> tuple[bool, tuple[Test, ...], bool]:
    condition, then, other = (
        statement.child_by_field_name(name) for name in ("condition", "consequence", "alternative")
    )
    if condition is None or then is None:
        return False, tests, unless
    yes = tuple(conjuncts(names, condition, True))
    left, _, unclear = _branch(walk, names, then, (*tests, *yes), unless)
    otherwise = other.named_children[0] if other is not None and other.named_children else None
    left_else, unclear_else = False, False
    no = tuple(conjuncts(names, condition, False))
    if otherwise is not None:
        left_else, _, unclear_else = _branch(walk, names, otherwise, (*tests, *no), unless)
    if left and left_else:
        return True, tests, unless
    if left:
        if len(no) == 1 and no[0].kind != "code":
            return False, (*tests, *no), unless
        return False, tests, True
    if left_else:
        return False, (*tests, *yes), unless
    return False, tests, unless or unclear or unclear_else


def _branch(
    walk: _Walk, names: Names, node: Node, tests: tuple[Test, ...], unless: bool
) -> tuple[bool, tuple[Test, ...], bool]:
    if node.type == "statement_block":
        return _block(walk, names.inner(), node, tests, unless)
    if node.type == "return_statement":
        if node.named_children:
            _answer(walk, names, node.named_children[0], tests, unless)
        return True, tests, unless
    if node.type == "if_statement":
        return _if(walk, names, node, tests, unless)
    return node.type == "throw_statement", tests, unless


def _answer(walk: _Walk, names: Names, node: Node, tests: tuple[Test, ...], unless: bool) -> None:
    """What is returned: a redirect, a rewrite, or what another function answers."""
    node = bare(node)
    if walk.refused is not None and node.type not in ("call_expression", "ternary_expression", "true"):
        wanted = () if node.type == "false" else tuple(conjuncts(names, node, False))
        if not any(test.kind == "code" for test in wanted):
            walk.steps.append(
                Step("redirect", walk.refused, (*tests, *wanted), unless, names.syntax.path, node.start_point[0] + 1)
            )
        return
    if node.type == "identifier":
        name = names.syntax.text(node)
        bound = names.bound.get(name)
        if bound is not None and bound[1] is None:
            tests = tuple(test for test in tests if test != Test("code", (name,)))  # `if (answer) return answer`
            node = bare(bound[0])
    if node.type == "ternary_expression":
        condition, yes, no = (node.child_by_field_name(name) for name in ("condition", "consequence", "alternative"))
        if condition is not None and yes is not None and no is not None:
            _answer(walk, names, yes, (*tests, *conjuncts(names, condition, True)), unless)
            _answer(walk, names, no, (*tests, *conjuncts(names, condition, False)), unless)
        return
    if node.type == "new_expression" and re.match(r"new\s+(?:Next)?Response\b", names.syntax.text(node)):
        _refuse(walk, names, node, tests, unless)
        return
    if node.type != "call_expression":
        return
    callee, arguments = node.child_by_field_name("function"), node.child_by_field_name("arguments")
    if callee is None or arguments is None:
        return
    text = " ".join(names.syntax.text(callee).split())
    match = _RESPONSE.search(text)
    if match is not None and match[1] == "json":
        _refuse(walk, names, node, tests, unless)
        return
    if match is not None:
        first = next((child for child in arguments.named_children if child.type != "comment"), None)
        to = location(names, first) if first is not None else None
        if to is not None and len(walk.steps) < MAX_STEPS:
            kind: Literal["redirect", "rewrite"] = "redirect" if match[1] == "redirect" else "rewrite"
            walk.steps.append(Step(kind, to, tests, unless, names.syntax.path, node.start_point[0] + 1))
        return
    handed = list(_handed(node))
    for inner in handed:
        _function(walk, names, inner, tests, unless)
    if not handed and callee.type == "identifier":
        _named(walk, names, text, tests, unless)


def _refuse(walk: _Walk, names: Names, node: Node, tests: tuple[Test, ...], unless: bool) -> None:
    """An answer with the status 401 or 403."""
    arguments = node.child_by_field_name("arguments")
    rows = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    match = _REFUSED.search(names.syntax.text(rows[1])) if len(rows) > 1 and rows[1].type == "object" else None
    if match is not None and len(walk.steps) < MAX_STEPS:
        walk.steps.append(Step("answer", match[1], tests, unless, names.syntax.path, node.start_point[0] + 1))


def _protect(walk: _Walk, names: Names, node: Node | None, tests: tuple[Test, ...], unless: bool) -> None:
    """Clerk's `auth.protect()`: https://clerk.com/docs/references/nextjs/clerk-middleware"""
    node = bare(node) if node is not None else None
    callee = node.child_by_field_name("function") if node is not None and node.type == "call_expression" else None
    if node is None or callee is None or not re.fullmatch(r"auth(?:\(\))?\.protect", names.syntax.text(callee)):
        return
    arguments = node.child_by_field_name("arguments")
    first = arguments.named_children[0] if arguments is not None and arguments.named_children else None
    to = None
    for pair in first.named_children if first is not None and first.type == "object" else ():
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if key is not None and value is not None and names.syntax.text(key) == "unauthenticatedUrl":
            to = location(names, value)
    if len(walk.steps) < MAX_STEPS:
        signed = Test("session", ("auth.protect()",), False)
        walk.steps.append(
            Step(
                "redirect",
                to or "Clerk's sign-in page",
                (*tests, signed),
                unless,
                names.syntax.path,
                node.start_point[0] + 1,
            )
        )


def _assigned(names: Names, node: Node) -> None:
    """`url.pathname = "/login"`: where a cloned URL will lead."""
    if node.type == "assignment_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is not None and right is not None and left.type == "member_expression":
            receiver, prop = left.child_by_field_name("object"), left.child_by_field_name("property")
            if receiver is not None and prop is not None and names.syntax.text(prop) == "pathname":
                names.bound[f"{names.syntax.text(receiver)}.pathname ="] = (right, None)


def location(names: Names, node: Node, depth: int = 0) -> str | None:
    """The path that a URL leads to, with `…` for what is not known; None where it is not said plainly."""
    node = bare(node)
    text = names.syntax.text(node)
    if depth > 6:
        return None
    assigned = names.bound.get(f"{text}.pathname =")
    if assigned is not None:
        return location(names, assigned[0], depth + 1)
    if node.type == "new_expression":
        arguments = node.child_by_field_name("arguments")
        first = (
            next((child for child in arguments.named_children if child.type != "comment"), None)
            if arguments is not None
            else None
        )
        return location(names, first, depth + 1) if first is not None else None
    if node.type == "call_expression":
        callee = node.child_by_field_name("function")
        if (
            callee is not None
            and callee.type == "member_expression"
            and names.syntax.text(callee).endswith((".toString", ".clone"))
        ):
            receiver = callee.child_by_field_name("object")
            return location(names, receiver, depth + 1) if receiver is not None and callee.type else None
        name = " ".join(names.syntax.text(callee).split()) if callee is not None else ""
        return f"{name}(…)" if depth and re.fullmatch(r"[A-Za-z_$][\w$]{0,60}", name) else None
    value = constant(names, node)
    if isinstance(value, str):
        return value if value.startswith(("/", "http://", "https://")) else None
    if node.type == "template_string":
        shown = _TEMPLATE.sub("…", _ORIGIN.sub("", text[1:-1]))
        head, more, _ = shown.partition("${")
        shown = head + ("…" if more else "")
        return shown if re.search(r"/\w", shown) and len(shown) <= 120 else None
    if node.type == "identifier" and text in names.bound and names.bound[text][1] is None:
        return location(names, names.bound[text][0], depth + 1)
    return None
