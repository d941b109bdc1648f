"""Which functions of a repository come to read the session: by name, through imports, re-exports and calls.

A function reaches a library if its body names something that does: an import of one of the library's reading functions, the end of
a member call (`supabase.auth.getUser(`), or another function of the repository that reaches it. Bodies are scanned as text, with comments
and strings left out, so a name that is only passed on counts too: what is found is "a check is seen", never how it is made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from prefill.auth.libraries import Library, library_of
from prefill.lazy import regex
from prefill.model import NOTHING
from prefill.records import dataclass, field, replace
from prefill.typescript.parse import Import, Syntax, bound_names, line_of
from prefill.typescript.program import Program

if TYPE_CHECKING:
    from tree_sitter import Node

MAX_DEPTH = 8
"""Re-exports from a name to what declares it."""
MAX_MODULES = 400
"""Modules that are opened to follow calls."""

_NAME = regex(rb"(?<![\w$.])[A-Za-z_$][\w$]*")
# Comments and strings, the unfinished ones to their end, so that no place is looked at twice.
_ASIDE = regex(rb"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?")


Target = tuple[str, str]
"""A function: (file, its name at the top level of it)."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A library that is reached: by which of its names, where that stands, and through which functions of the repository."""

    provider: Library
    name: str
    path: str
    line: int
    through: tuple[Target, ...] = ()


@dataclass(slots=True)
class Module:
    """What the names at the top level of one module stand for."""

    syntax: Syntax
    imports: dict[str, Import] = field(default_factory=dict)
    declared: dict[str, Node] = field(default_factory=dict)


class Calls:
    """Follows names through the modules of a program. `libraries` are those that the app may use; `only` names the files outside of which
    a library's names read something else than the session.
    """

    def __init__(
        self, program: Program, libraries: tuple[Library, ...], only: Mapping[str, frozenset[str]] = NOTHING
    ) -> None:
        self.program = program
        self.libraries = libraries
        self._only = only
        members = [(member, library) for library in libraries for member in library.members]
        self._members = [(_member(member), member, library) for member, library in members]
        self._needles = [member.rpartition(".")[2].encode() for member, _ in members]
        self._modules: dict[str, Module | None] = {}
        self._looked: dict[Target, Reached | tuple[Target, ...]] = {}
        self.full = False

    def module(self, path: str) -> Module | None:
        """The names of a module; None where it is no code, or where the bound is hit (then `full` is set)."""
        if path not in self._modules:
            if len(self._modules) >= MAX_MODULES:
                self.full = True
                return None
            syntax = self.program.syntax(path)
            self._modules[path] = None if syntax is None else _index(syntax)
        return self._modules[path]

    def declaration(self, path: str, name: str, depth: int = 0) -> Target | None:
        """(file, local name) of what a module exports under a name, through re-exports; None outside of the repository."""
        module = self.module(path)
        if module is None or depth > MAX_DEPTH:
            return None
        stars = []
        for export in module.syntax.exports:
            if export.type_only:
                continue
            if export.name == "*":
                stars.append(export.specifier)
            elif export.name == name:
                if export.specifier is not None:
                    to = self.program.resolve(export.specifier, path)
                    return None if to is None else self.declaration(to, export.imported or "default", depth + 1)
                if export.local is not None and export.local in module.imports:
                    return self._imported(path, module.imports[export.local], depth)
                return path, export.local or name
        for specifier in stars:
            to = self.program.resolve(specifier or "", path)
            found = None if to is None else self.declaration(to, name, depth + 1)
            if found is not None:
                return found
        return None

    def target(self, path: str, found: Import) -> Target | None:
        """What an import of a module names, None outside of the repository."""
        return self._imported(path, found, 0)

    def _imported(self, path: str, found: Import, depth: int) -> Target | None:
        to = self.program.resolve(found.specifier, path)
        if to is None or found.imported is None:
            return None
        return self.declaration(to, found.imported, depth + 1)

    def reached(self, path: str, node: Node) -> Reached | None:
        """The library that a piece of a module reaches, by the shortest way; None where none is seen."""
        return self._search(self._look(path, node, None))

    def reached_from(self, path: str, name: str) -> Reached | None:
        """The library that what a module exports under a name reaches."""
        target = self.declaration(path, name)
        return self._search((target,)) if target is not None else None

    def _search(self, start: Reached | tuple[Target, ...]) -> Reached | None:
        if isinstance(start, Reached):
            return start
        above: dict[Target, Target | None] = dict.fromkeys(start)
        todo = list(above)
        for target in todo:  # breadth first; it grows while it is walked
            found = self._look_at(target)
            if isinstance(found, Reached):
                way = [target]
                while (step := above[way[0]]) is not None:
                    way.insert(0, step)
                return replace(found, through=tuple(way))
            for one in found:
                if one not in above:
                    above[one] = target
                    todo.append(one)
        self._looked.update(dict.fromkeys(above, ()))  # nothing is reached from any of them
        return None

    def _counts(self, library: Library, path: str) -> bool:
        files = self._only.get(library.id)
        return files is None or path in files

    def _look_at(self, target: Target) -> Reached | tuple[Target, ...]:
        """What a function reaches itself, or the functions that it names."""
        if target not in self._looked:
            path, name = target
            module = self.module(path)
            node = module.declared.get(name) if module is not None else None
            if module is None or "use client" in module.syntax.directives:
                self._looked[target] = ()
            elif node is None:
                exports = (export for export in module.syntax.exports if export.name == name and export.local is None)
                export = next((export for export in exports if export.specifier is None), None)
                self._looked[target] = self._look(path, export.node, name) if export is not None else ()
            else:
                made = self._made(path, module, name, node)
                self._looked[target] = self._look(path, node, name) if made is None else made
        return self._looked[target]

    def _made(self, path: str, module: Module, name: str, node: Node) -> Reached | tuple[Target, ...] | None:
        """`const { auth, signIn } = NextAuth(…)`: what a library's own function made, of which some read the session; None for anything else."""
        value = node.child_by_field_name("value") if node.type == "variable_declarator" else None
        callee = (
            value.child_by_field_name("function") if value is not None and value.type == "call_expression" else None
        )
        found = (
            module.imports.get(module.syntax.text(callee))
            if callee is not None and callee.type == "identifier"
            else None
        )
        library = library_of(found.specifier) if found is not None else None
        if library is None or library not in self.libraries:
            return None
        pattern = node.child_by_field_name("name")
        for pair in pattern.named_children if pattern is not None else ():  # `{ auth: nextAuth }`
            key, to = pair.child_by_field_name("key"), pair.child_by_field_name("value")
            if key is not None and to is not None and module.syntax.text(to) == name:
                name = module.syntax.text(key)
        if pattern is None or pattern.type != "object_pattern":
            return None
        return Reached(library, name, path, line_of(node)) if name in library.reads else ()

    def _look(self, path: str, node: Node, own: str | None) -> Reached | tuple[Target, ...]:
        module = self.module(path)
        if module is None:
            return ()
        # What a module imports says nothing of what it does with it.
        parts = (
            [child for child in node.children if child.type != "import_statement"] if node.type == "program" else [node]
        )
        text = _ASIDE.sub(b" ", b"\n".join(module.syntax.source[part.start_byte : part.end_byte] for part in parts))
        names = [name.decode() for name in dict.fromkeys(_NAME.findall(text))]
        targets: list[Target] = []
        for name in names:
            found = module.imports.get(name)
            if found is None:
                if name != own and name in module.declared and not name[0].isupper():
                    targets.append((path, name))
                continue
            library = library_of(found.specifier)
            if library is not None:
                if library in self.libraries and found.imported in library.reads and self._counts(library, path):
                    return Reached(library, found.imported or name, path, _line(module.syntax, node, name.encode()))
            elif not name[0].isupper():  # a component shows what its own code reads, and is not asked
                target = self._imported(path, found, 0)
                if target is not None:
                    targets.append(target)
        for needle, (pattern, member, library) in zip(self._needles, self._members, strict=True):
            if needle in text and self._counts(library, path) and pattern.search(text):
                return Reached(library, member.lstrip("."), path, _line(module.syntax, node, needle))
        return tuple(targets)


def _member(member: str) -> re.Pattern[bytes]:
    """`auth.getUser` as it may be written before its arguments: over lines, with `?.`."""
    dot = rb"\s{0,40}\??\.\s{0,40}"
    head, *rest = (re.escape(part.encode()) for part in member.split("."))
    start = rb"(?<![\w$])" + head if head else b""
    return re.compile(start + b"".join(dot + part for part in rest) + rb"\s{0,20}\(")


def _line(syntax: Syntax, node: Node, needle: bytes) -> int:
    """The line of the first place in a node where a name stands."""
    match = re.search(
        rb"(?<![\w$])" + re.escape(needle) + rb"(?![\w$])", syntax.source[node.start_byte : node.end_byte]
    )
    return line_of(node) + (
        syntax.source.count(b"\n", node.start_byte, node.start_byte + match.start()) if match else 0
    )


def _index(syntax: Syntax) -> Module:
    out = Module(syntax)
    for found in syntax.imports:
        if found.local is not None and not found.type_only:
            out.imports[found.local] = found
    for statement in syntax.root.named_children:
        node = statement
        if statement.type == "export_statement":
            declaration = statement.child_by_field_name("declaration")
            if declaration is None:
                continue
            node = declaration
        if node.type in ("lexical_declaration", "variable_declaration"):
            for declarator in node.named_children:
                pattern = declarator.child_by_field_name("name") if declarator.type == "variable_declarator" else None
                for bound in bound_names(pattern) if pattern is not None else ():
                    out.declared[syntax.text(bound)] = declarator
        else:
            name = node.child_by_field_name("name")
            if name is not None and node.type in (
                "function_declaration",
                "generator_function_declaration",
                "class_declaration",
            ):
                out.declared[syntax.text(name)] = node
    return out
