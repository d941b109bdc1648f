"""Who imports what for use at run time, through barrels, and what a client module pulls into the browser."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from prefill.analyzer import App
from prefill.analyzers.components.declarations import MAX_DEPTH
from prefill.lazy import regex
from prefill.typescript.parse import Syntax

MAX_SOURCE = 400_000  # bytes; larger modules are generated
MODULE = regex(r"\.[cm]?[jt]sx?$")
_REEXPORT = regex(rb"export\s*(?:\*|\{[^{}]{0,20000}\})\s*(?:as\s+[\w$]+\s*)?from\b")


# An export without its node, which would keep the whole tree in memory: name, specifier, imported name, whether it is a type.
_Export = tuple[str, str | None, str | None, bool]


NAMED = frozenset({"named", "default"})  # kinds of import that take one export


class Graph:
    """Which module imports which export, through barrels; only modules that were added import anything."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._imports: dict[str, list[tuple[str, str]]] = {}  # importer -> (imported module, name or * for all)
        self._client: list[str] = []
        self._tables: dict[str, dict[str, tuple[str, str]]] = {}
        self._exports: dict[str, tuple[_Export, ...]] = {}

    def add(self, syntax: Syntax, *, client: bool) -> None:
        """Take in what a module imports for use at run time."""
        if client:
            self._client.append(syntax.path)
        self._exports[syntax.path] = _exports(syntax)
        rows = self._imports.setdefault(syntax.path, [])
        for found in (*syntax.imports, *syntax.dynamic_imports):
            if found.type_only or found.kind == "effect":
                continue
            target = self.app.program.resolve(found.specifier, syntax.path)
            if target is not None and MODULE.search(target):
                rows.append((target, found.imported if found.kind in NAMED and found.imported else "*"))

    def add_import(self, importer: str, specifier: str, names: Iterable[str]) -> None:
        """Take in one import of a file that is no module, such as MDX: names as exported, `*` for all."""
        target = self.app.program.resolve(specifier, importer)
        if target is not None and MODULE.search(target):
            self._imports.setdefault(importer, []).extend((target, name) for name in names)

    @cached_property
    def modules(self) -> frozenset[str]:
        """The modules that something imports, by barrels too."""
        rows = {row for imported in self._imports.values() for row in imported}
        return frozenset(path for target, name in rows for path, _ in ((target, ""), *self.origins(target, name)))

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
        starred: dict[str, tuple[str, str]] = {}
        for exported, specifier, imported, type_only in self._exported(path):
            if specifier is None or type_only:
                continue
            target = self.app.program.resolve(specifier, path)
            if target is None or not MODULE.search(target):
                continue
            if exported == "*":
                for name in self._names(target):
                    if name != "default":
                        starred.setdefault(name, self._table(target, depth + 1).get(name, (target, name)))
            elif imported == "*" or imported is None:
                table[exported] = (target, "*")
            else:
                table[exported] = self._table(target, depth + 1).get(imported, (target, imported))
        for name, origin in starred.items():
            table.setdefault(name, origin)
        return table

    def _names(self, path: str) -> tuple[str, ...]:
        return (*(export[0] for export in self._exported(path) if export[0] != "*"), *self._table(path))

    def _exported(self, path: str) -> tuple[_Export, ...]:
        if path not in self._exports:
            syntax = self.app.program.syntax(path)
            self._exports[path] = _exports(syntax) if syntax is not None else ()
        return self._exports[path]


def _exports(syntax: Syntax) -> tuple[_Export, ...]:
    return tuple((export.name, export.specifier, export.imported, export.type_only) for export in syntax.exports)
