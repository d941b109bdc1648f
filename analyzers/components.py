"""React components that modules export, the modules that run in the browser, and Server Functions.

A component is what React takes for one: a function with a capital that returns elements, a class with `render`, or what a wrapper such as
`memo`, `forwardRef`, `lazy` or `styled` makes. Directives are those of https://react.dev/reference/rsc/directives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from prefill.analyzer import Analyzer, App
from prefill.model import ClientFile, Component, Evidence, Fact, Problem, RefusedModule, ServerAction
from prefill.records import replace
from prefill.typescript.parse import Syntax, line_of, prologue, walk

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_SOURCE = 400_000  # bytes; larger modules are generated
MAX_DEPTH = 40  # nested expressions that are followed to find out what a function returns

_MODULE = re.compile(r"\.[cm]?[jt]sx?$")
_ASIDE = re.compile(
    r"(?:^|/)(?:__tests__|tests?|e2e|__mocks__|fixtures?|node_modules|\.next|dist|build|out)/"
    r"|\.(?:test|spec|stories|e2e|cy)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$",
    re.IGNORECASE,
)
_REEXPORT = re.compile(rb"export\s*(?:\*|\{[^{}]{0,20000}\})\s*(?:as\s+[\w$]+\s*)?from\b")
_FUNCTIONS = frozenset(
    {
        "function_declaration",
        "function_expression",
        "arrow_function",
        "generator_function_declaration",
        "generator_function",
    }
)
_CLASSES = frozenset({"class_declaration", "class", "abstract_class_declaration"})
_JSX = frozenset({"jsx_element", "jsx_self_closing_element", "jsx_fragment"})
_TRANSPARENT = frozenset(
    {"parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "await_expression"}
)
_MAKES_ELEMENT = frozenset({"createElement", "cloneElement", "createPortal", "jsx", "jsxs", "useRender"})
_MAKES_COMPONENT = frozenset({"forwardRef", "memo", "lazy", "dynamic", "observer"})
_LITERALS = frozenset(
    {"object", "array", "string", "template_string", "number", "true", "false", "null", "enum_declaration"}
)
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


def analyze(app: App) -> Iterable[Fact | Problem]:
    """Components, client modules and Server Functions of the app and of the workspace packages that it uses."""
    found: list[Component] = []
    graph = Graph(app)
    for path in app.files:
        if not _MODULE.search(path) or _ASIDE.search(app.relative(path)):
            continue
        source = app.repository.source(path)
        if source is None or len(source) > MAX_SOURCE:
            continue
        directives = b"use client" in source or b"use server" in source
        jsx = _holds_jsx(path, source)
        if not directives and not jsx:
            continue
        syntax = app.program.syntax(path)
        if syntax is None:
            continue
        module = syntax.directives if directives else ()
        client = "use client" in module
        if client:
            yield ClientFile(path=path, evidence=(Evidence(path, _directive_line(syntax, "use client")),))
        if directives:
            yield from server_functions(syntax, module_wide="use server" in module)
        if jsx:
            found.extend(components(syntax, client=client))
        graph.add(syntax, client=client)
    for component in found:
        yield replace(
            component,
            used_by=graph.importers(component.file, "default" if component.default else component.name),
            client_by_import=not component.client and component.file in graph.in_client,
        )


class Graph:
    """Which module imports which export, through barrels; only modules that were added import anything."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._imports: dict[str, list[tuple[str, str]]] = {}  # importer -> (imported module, name or * for all)
        self._client: list[str] = []
        self._tables: dict[str, dict[str, tuple[str, str]]] = {}

    def add(self, syntax: Syntax, *, client: bool) -> None:
        """Take in what a module imports for use at run time."""
        if client:
            self._client.append(syntax.path)
        rows = self._imports.setdefault(syntax.path, [])
        for found in (*syntax.imports, *syntax.dynamic_imports):
            if found.type_only or found.kind == "effect":
                continue
            target = self.app.program.resolve(found.specifier, syntax.path)
            if target is not None and _MODULE.search(target):
                rows.append((target, found.imported if found.kind in {"named", "default"} and found.imported else "*"))

    @cached_property
    def _users(self) -> dict[tuple[str, str], set[str]]:
        users: dict[tuple[str, str], set[str]] = {}
        for importer, rows in self._imports.items():
            for target, name in rows:
                for origin in self.origins(target, name):
                    if origin[0] != importer:
                        users.setdefault(origin, set()).add(importer)
        return users

    def importers(self, path: str, name: str) -> tuple[str, ...]:
        """The modules that import an export, or everything from its module; sorted."""
        return tuple(sorted(self._users.get((path, name), set()) | self._users.get((path, "*"), set())))

    @cached_property
    def in_client(self) -> frozenset[str]:
        """The modules that a client module pulls into the browser, as far as the imports of the added modules lead."""
        seen: set[str] = set()
        todo = list(self._client)
        while todo:
            for target, name in self._imports.get(todo.pop(), ()):
                for origin, _ in self.origins(target, name):
                    if origin not in seen:
                        seen.add(origin)
                        todo.append(origin)
        return frozenset(seen)

    def origins(self, path: str, name: str) -> tuple[tuple[str, str], ...]:
        """(module, name) that an export comes from, through re-exports; the module itself where it declares it."""
        table = self._table(path)
        if name == "*":
            return ((path, "*"), *dict.fromkeys(table.values()))
        return (table.get(name, (path, name)),)

    def _table(self, path: str, depth: int = 0) -> dict[str, tuple[str, str]]:
        """What a barrel re-exports: its name to (module, name) that it comes from."""
        found = self._tables.get(path)
        if found is not None:
            return found
        table = self._tables[path] = {}  # also the answer in a circle
        source = self.app.repository.source(path)
        if depth > MAX_DEPTH or source is None or len(source) > MAX_SOURCE or not _REEXPORT.search(source):
            return table
        syntax = self.app.program.syntax(path)
        starred: dict[str, tuple[str, str]] = {}
        for export in syntax.exports if syntax is not None else ():
            if export.specifier is None or export.type_only:
                continue
            target = self.app.program.resolve(export.specifier, path)
            if target is None or not _MODULE.search(target):
                continue
            if export.name == "*":
                for name in self._names(target):
                    if name != "default":
                        starred.setdefault(name, self._table(target, depth + 1).get(name, (target, name)))
            elif export.imported == "*" or export.imported is None:
                table[export.name] = (target, "*")
            else:
                table[export.name] = self._table(target, depth + 1).get(export.imported, (target, export.imported))
        for name, origin in starred.items():
            table.setdefault(name, origin)
        return table

    def _names(self, path: str) -> tuple[str, ...]:
        syntax = self.app.program.syntax(path)
        own = tuple(export.name for export in syntax.exports if export.name != "*") if syntax is not None else ()
        return (*own, *self._table(path))


def _holds_jsx(path: str, source: bytes) -> bool:
    if path.endswith("x"):
        return b"export" in source
    return path.endswith("js") and b"export" in source and (b"/>" in source or b"</" in source)


def _directive_line(syntax: Syntax, directive: str) -> int | None:
    for node in syntax.root.named_children:
        if node.type == "expression_statement" and directive in syntax.text(node):
            return line_of(node)
    return None


# server functions -----------------------------------------------------------------------------------------------------


def server_functions(syntax: Syntax, *, module_wide: bool) -> Iterator[ServerAction | RefusedModule]:
    """The exports of a `"use server"` module, and functions with a directive of their own."""
    if module_wide:
        declared = _declarations(syntax)
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
        if node.type not in _FUNCTIONS and node.type != "method_definition":
            continue
        body = node.child_by_field_name("body")
        if body is None or body.type != "statement_block" or "use server" not in prologue(syntax, body):
            continue
        line = line_of(node)
        name = _function_name(syntax, node)
        yield ServerAction(
            name=name or "", file=syntax.path, line=line, inline=True, evidence=(Evidence(syntax.path, line),)
        )


def _is_refused(node: Node) -> bool:
    """Whether Next refuses a module for exporting this: plainly no async function.

    https://nextjs.org/docs/messages/invalid-use-server-value
    """
    value = node.child_by_field_name("value") if node.type == "variable_declarator" else node
    while value is not None and value.type in _TRANSPARENT:
        value = _inner(value)
    if value is None:
        return False
    if value.type in _FUNCTIONS:
        return not any(child.type == "async" for child in value.children)
    return value.type in _CLASSES or value.type in _LITERALS


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


def _function_name(syntax: Syntax, node: Node) -> str | None:
    name = node.child_by_field_name("name")
    if name is None and node.parent is not None:
        name = node.parent.child_by_field_name("name") or node.parent.child_by_field_name("key")
    return syntax.text(name) if name is not None else None


# components -----------------------------------------------------------------------------------------------------------


def components(syntax: Syntax, *, client: bool) -> Iterator[Component]:
    """The components that a module exports itself; re-exports are those of the module that they come from."""
    declared: dict[str, Node] | None = None
    for export in syntax.exports:
        if export.type_only or export.specifier is not None or export.name == "*" or export.name in _METHODS:
            continue
        default = export.name == "default"
        if not default and not export.name[:1].isupper():
            continue
        declared = declared if declared is not None else _declarations(syntax)
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
            props=_props(syntax, node, declared),
            evidence=(Evidence(syntax.path, line),),
        )


def _wrapped_name(syntax: Syntax, node: Node) -> str:
    """The name of what a default export wraps: `memo(Card)`, `forwardRef(function Card() {…})`; empty where it has none."""
    for _ in range(MAX_DEPTH):
        if node.type in _TRANSPARENT:
            inner = _inner(node)
        elif node.type == "call_expression":
            arguments = node.child_by_field_name("arguments")
            inner = _inner(arguments) if arguments is not None else None
        else:
            break
        if inner is None:
            return ""
        node = inner
    name = node if node.type == "identifier" else node.child_by_field_name("name")
    text = syntax.text(name) if name is not None else ""
    return text if text[:1].isupper() else ""


def _declarations(syntax: Syntax) -> dict[str, Node]:
    """Top-level names to the function, class or variable declarator that declares them."""
    found: dict[str, Node] = {}
    for statement in syntax.root.named_children:
        node = statement
        if statement.type == "export_statement":
            inner = statement.child_by_field_name("declaration") or statement.child_by_field_name("value")
            if inner is None:
                continue
            node = inner
        if node.type in _FUNCTIONS or node.type in _CLASSES:
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


def _is_component(syntax: Syntax, node: Node | None, declared: dict[str, Node], depth: int) -> bool:
    """Whether a declaration or an expression is a component."""
    if node is None or depth > MAX_DEPTH:
        return False
    kind = node.type
    if kind == "variable_declarator":
        return _is_component(syntax, node.child_by_field_name("value"), declared, depth + 1)
    if kind in _TRANSPARENT:
        return _is_component(syntax, _inner(node), declared, depth + 1)
    if kind in _FUNCTIONS:
        return _returns_element(syntax, node, declared, depth + 1)
    if kind in _CLASSES:
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
        return _is_component(syntax, _inner(arguments), declared, depth)
    return any(
        (argument.type in _FUNCTIONS or argument.type in _CLASSES or argument.type in {"identifier", "call_expression"})
        and _is_component(syntax, argument, declared, depth)
        for argument in arguments.named_children
    )


def _is_styled(syntax: Syntax, node: Node) -> bool:
    """Whether an expression begins with `styled`. https://styled-components.com/docs/api#styled https://emotion.sh/docs/styled"""
    for _ in range(MAX_DEPTH):
        inner = node.child_by_field_name("object") or node.child_by_field_name("function")
        if node.type in {"non_null_expression", "instantiation_expression"}:
            inner = _inner(node)
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
            value = _inner(node)
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
    if kind in _TRANSPARENT:
        inner = _inner(node)
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
                and target.type in _FUNCTIONS
                and _returns_element(syntax, target, declared, depth + 4)
            )
        if callee.type == "member_expression" and name == "map":
            arguments = node.child_by_field_name("arguments")
            first = _inner(arguments) if arguments is not None else None
            return (
                first is not None and first.type in _FUNCTIONS and _returns_element(syntax, first, declared, depth + 4)
            )
    return False


def _inner(node: Node) -> Node | None:
    """The first part of a node that is not a comment."""
    return next((child for child in node.named_children if child.type != "comment"), None)


def _named_like_component(syntax: Syntax, function: Node) -> bool:
    name = _function_name(syntax, function)
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


# props ----------------------------------------------------------------------------------------------------------------


def _props(syntax: Syntax, node: Node, declared: dict[str, Node]) -> tuple[str, ...]:
    """The names of the props that are written in this module: in the type of the first parameter, else in its pattern."""
    function = _function_of(syntax, node, declared, 0)
    parameters = function.child_by_field_name("parameters") if function is not None else None
    first = _inner(parameters) if parameters is not None else None
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
    if node.type in _FUNCTIONS:
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


ANALYZER = Analyzer(
    name="components",
    reads="exported React components, client modules, Server Functions",
    analyze=analyze,
    files=("**/*.{tsx,jsx,ts,js,mts,mjs,cts,cjs}",),
)
