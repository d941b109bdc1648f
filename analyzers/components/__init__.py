"""React components that modules export, the modules that run in the browser, and Server Functions.

A component is what React takes for one: a function with a capital that returns elements, a class with `render`, or what a wrapper such as
`memo`, `forwardRef`, `lazy` or `styled` makes. Directives are those of https://react.dev/reference/rsc/directives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from prefill.analyzer import Analyzer, App
from prefill.analyzers.components.actions import server_functions
from prefill.analyzers.components.elements import components
from prefill.analyzers.components.graph import MAX_SOURCE, MODULE, Graph
from prefill.lazy import regex
from prefill.model import ClientFile, Component, Evidence, Fact, Problem
from prefill.records import replace
from prefill.typescript.parse import Syntax, line_of

_ASIDE = regex(
    r"(?:^|/)(?:__tests__|tests?|e2e|__mocks__|fixtures?|node_modules|\.next|dist|build|out)/"
    r"|\.(?:test|spec|stories|e2e|cy)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$",
    re.IGNORECASE,
)


def analyze(app: App) -> Iterable[Fact | Problem]:
    """Components, client modules and Server Functions of the app and of the workspace packages that it uses."""
    found: list[Component] = []
    graph = Graph(app)
    for path in app.files:
        if not MODULE.search(path) or _ASIDE.search(app.relative(path)):
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


def _holds_jsx(path: str, source: bytes) -> bool:
    if path.endswith("x"):
        return b"export" in source
    return path.endswith("js") and b"export" in source and (b"/>" in source or b"</" in source)


def _directive_line(syntax: Syntax, directive: str) -> int | None:
    for node in syntax.root.named_children:
        if node.type == "expression_statement" and directive in syntax.text(node):
            return line_of(node)
    return None


ANALYZER = Analyzer(
    name="components",
    reads="exported React components, client modules, Server Functions",
    analyze=analyze,
    files=("**/*.{tsx,jsx,ts,js,mts,mjs,cts,cjs}",),
    heavy=True,
)
