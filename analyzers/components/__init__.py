"""React components that modules export, the modules that run in the browser, and Server Functions.

A component is what React takes for one: a function with a capital that returns elements, a class with `render`, or what a wrapper such as
`memo`, `forwardRef`, `lazy` or `styled` makes. Directives are those of https://react.dev/reference/rsc/directives.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from prefill.analyzer import Analyzer, App
from prefill.analyzers.components.actions import server_functions
from prefill.analyzers.components.elements import components
from prefill.analyzers.components.graph import MAX_SOURCE, MODULE, NAMED, Graph
from prefill.lazy import regex
from prefill.model import ClientFile, Component, Evidence, Fact, Problem, RefusedModule
from prefill.records import replace
from prefill.typescript.parse import Syntax, line_of, parse

_ASIDE = regex(
    r"(?:^|/)(?:__tests__|tests?|e2e|__mocks__|fixtures?|node_modules|\.next|\.storybook|dist|build|out)/"
    r"|\.(?:test|spec|stories|e2e|cy)\.[cm]?[jt]sx?$|\.d\.[cm]?ts$",
    re.IGNORECASE,
)
BARRELS = 3  # folders above a module whose barrel may hand it on
_SPECIFIER = regex(rb"""(?:from|import|import\()\s{0,4}["']([^"'\n]{1,300})["']""")
_LOADS = regex(
    rb"""^import\s[^;"'`]{0,4000}?\bfrom\s{0,4}["'][^"'\n]{1,300}["']|\b(?:import|require)\s{0,4}\(\s{0,100}["'`][^"'`\n]{1,300}["'`]\s{0,100}\)""",
    re.MULTILINE,
)
_LAST = regex(rb"""\A.*/|\.\w{1,4}\Z""", re.DOTALL)
_FENCE = regex(rb"^[ \t]*(```|~~~)[^\n]*\n(?:(?![ \t]*\1).*\n)*", re.MULTILINE)
_MDX = regex(r"""^import\s+([\w$*{][^;"']{0,2000}?)\s+from\s+["']([^"'\n]{1,300})["']""", re.MULTILINE)


def analyze(app: App) -> Iterable[Fact | Problem]:
    """Components, client modules and Server Functions of the app and of the workspace packages that it uses."""
    found: list[Component] = []
    refused: list[RefusedModule] = []
    others: list[str] = []
    graph = Graph(app)
    for path in app.files:
        if not (MODULE.search(path) or path.endswith(".mdx")) or _ASIDE.search(app.relative(path)):
            continue
        source = app.repository.source(path)
        if source is None or len(source) > MAX_SOURCE:
            continue
        directives = b"use client" in source or b"use server" in source
        jsx = _holds_jsx(path, source)
        if path.endswith(".mdx") or (not directives and not jsx):
            others.append(path)
            continue
        syntax = app.program.syntax(path)
        if syntax is None:
            continue
        module = syntax.directives if directives else ()
        client = "use client" in module
        if client:
            yield ClientFile(path=path, evidence=(Evidence(path, _directive_line(syntax, "use client")),))
        if directives:
            for fact in server_functions(syntax, module_wide="use server" in module):
                if isinstance(fact, RefusedModule):
                    refused.append(fact)
                else:
                    yield fact
        if jsx:
            found.extend(components(syntax, client=client))
        graph.add(syntax, client=client)
    if found or refused:
        wanted = {component.file for component in found} | {fact.path for fact in refused}
        stems = frozenset(stem.encode() for path in wanted for stem in _stems(path))
        for path in others:
            _add_other(app, graph, path, stems)
    for fact in refused:
        yield replace(fact, imported=fact.path in graph.modules)
    for component in found:
        yield replace(
            component,
            used_by=graph.importers(component.file, "default" if component.default else component.name),
            client_by_import=not component.client and component.file in graph.in_client,
        )


def _stems(path: str) -> Iterator[str]:
    """How the last part of a specifier may name a module: by its file, or by a folder above it that holds a barrel."""
    *folders, name = path.split("/")
    yield name.partition(".")[0]
    yield from folders[-BARRELS:]


def _add_other(app: App, graph: Graph, path: str, stems: frozenset[bytes]) -> None:
    """What a file without elements imports, if any of it may be one of the wanted modules.

    Of MDX the imports at its top level, outside of code fences. https://mdxjs.com/docs/what-is-mdx/#esm
    """
    source = app.repository.source(path) or b""
    if not any(_LAST.sub(b"", match[1]) in stems for match in _SPECIFIER.finditer(source)):
        return
    if not path.endswith(".mdx"):
        # Its statements that load something are enough, and a tenth of what parsing all of it costs.
        syntax = parse(b";\n".join(match[0] for match in _LOADS.finditer(source)), path)
        for one in (*syntax.imports, *syntax.dynamic_imports):
            if not one.type_only and one.kind != "effect":
                graph.add_import(path, one.specifier, (one.imported if one.kind in NAMED and one.imported else "*",))
        return
    text = _FENCE.sub(b"", source).decode("utf-8", "replace")
    for match in _MDX.finditer(text):
        graph.add_import(path, match[2], _imported(match[1]))


def _imported(clause: str) -> Iterator[str]:
    """The exports that `A, { B as C }` or `* as D` names."""
    before, brace, rest = clause.partition("{")
    for part in before.split(","):
        if part.strip():
            yield "*" if part.strip().startswith("*") else "default"
    for part in rest.partition("}")[0].split(",") if brace else ():
        if part.strip():
            yield part.split()[0]


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
