"""What a library's configuration says of itself: how people sign in, how the session is kept, which cookies are set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prefill.auth.libraries import Library, title
from prefill.lazy import regex
from prefill.records import dataclass
from prefill.typescript.parse import Syntax, line_of, walk
from prefill.typescript.program import Program

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.values import Value

MAX_COOKIES = 20

PLUGINS = {
    "magicLink": "magic link",
    "emailOTP": "one-time code by e-mail",
    "passkey": "passkeys",
    "phoneNumber": "phone number",
    "username": "user name",
    "anonymous": "anonymous",
    "oneTap": "Google One Tap",
    "sso": "SSO",
    "siwe": "Ethereum",
}
"""Plugins of Better Auth that are a way to sign in. https://www.better-auth.com/docs/concepts/plugins"""

_ADAPTER = regex(
    r"^(?:@auth/([\w-]+)-adapter|@next-auth/([\w-]+)-adapter|better-auth/adapters/([\w-]+)|@lucia-auth/adapter-([\w-]+))$"
)


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that code sets, by its name."""

    name: str
    line: int


def calls_of(syntax: Syntax, name: str) -> Iterator[Node]:
    """The calls of a function of a name in a module."""
    for node in walk(syntax.root):
        if node.type == "call_expression":
            callee = node.child_by_field_name("function")
            if callee is not None and syntax.text(callee) == name:
                yield node


def configuration(program: Program, syntax: Syntax, library: Library) -> Value:
    """The first argument of the library's function of configuration; None where it is not called in this module."""
    locals_ = [one.local for one in syntax.imports if one.imported in library.setup and one.local and not one.type_only]
    for name in locals_:
        for node in calls_of(syntax, name):
            arguments = node.child_by_field_name("arguments")
            first = (
                next((child for child in arguments.named_children if child.type != "comment"), None)
                if arguments
                else None
            )
            if first is not None:
                return program.evaluator.expression(syntax.path, first)
    return None


def methods_of(program: Program, syntax: Syntax, library: Library) -> Iterator[str]:
    """How people sign in, by the configuration of Better Auth."""
    from prefill.typescript.values import Array, Call, Object, Reference

    value = configuration(program, syntax, library)
    if library.id != "better-auth" or not isinstance(value, Object):
        return
    password = value.props.get("emailAndPassword")
    if isinstance(password, Object) and password.props.get("enabled") is True:
        yield "e-mail and password"
    social = value.props.get("socialProviders")
    if isinstance(social, Object):
        yield from (title(name) for name in social.props)
    plugins = value.props.get("plugins")
    for plugin in plugins.items if isinstance(plugins, Array) else ():
        if isinstance(plugin, Call) and isinstance(plugin.callee, Reference) and plugin.callee.name in PLUGINS:
            yield PLUGINS[plugin.callee.name]


def strategy_of(program: Program, syntax: Syntax, library: Library) -> str | None:
    """`jwt` or `database`, where the configuration of Auth.js says it. https://authjs.dev/concepts/session-strategies"""
    from prefill.typescript.values import Object

    if library.id != "auth-js":
        return None
    value = configuration(program, syntax, library)
    session = value.props.get("session") if isinstance(value, Object) else None
    strategy = session.props.get("strategy") if isinstance(session, Object) else None
    return strategy if isinstance(strategy, str) else None


def adapter_of(syntax: Syntax) -> str | None:
    """The database adapter that a module imports: `@auth/drizzle-adapter` → Drizzle."""
    for found in syntax.imports:
        match = _ADAPTER.match(found.specifier)
        if match and not found.type_only:
            return title(next(group for group in match.groups() if group))
    return None


def cookies_in(program: Program, syntax: Syntax) -> list[Cookie]:
    """The cookies that a module sets with a value, `cookies().set("session", …)`, where the name is known."""
    out: list[Cookie] = []
    if b"cookie" not in syntax.source.lower():
        return out
    stores = _stores(syntax)
    for node in walk(syntax.root):
        if node.type != "call_expression" or len(out) >= MAX_COOKIES:
            continue
        callee = node.child_by_field_name("function")
        if callee is None or callee.type != "member_expression":
            continue
        receiver, method = callee.child_by_field_name("object"), callee.child_by_field_name("property")
        if receiver is None or method is None or syntax.text(method) != "set":
            continue
        text = syntax.text(receiver)
        if text not in stores and not re.search(r"(?:^|\W)cookies(?:\(\)\)?)?$", text):
            continue
        name = _name(program, syntax, node)
        if name:
            out.append(Cookie(name, line_of(node)))
    return out


def _stores(syntax: Syntax) -> set[str]:
    """Names that hold what `cookies()` gave."""
    return {
        match.decode()
        for match in re.findall(rb"\b(?:const|let|var)\s+([\w$]{1,80})\s*=\s*(?:await\s+)?cookies\(\)", syntax.source)
    }


def _name(program: Program, syntax: Syntax, call: Node) -> str | None:
    from prefill.typescript.values import Object

    arguments = call.child_by_field_name("arguments")
    rows = [child for child in arguments.named_children if child.type != "comment"] if arguments is not None else []
    if not rows:
        return None
    value = program.evaluator.expression(syntax.path, rows[0])
    if isinstance(value, Object):
        value = value.props.get("name")
    return value if isinstance(value, str) and value else None
