"""Syntax of one TypeScript or JavaScript file: tree, located errors, directives, imports and exports.

The tree is tree-sitter's (https://github.com/tree-sitter/tree-sitter-typescript); a file with errors is still read as far
as it goes. Walks here never recurse, so that nesting has no bound to hit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from prefill.lazy import regex
from prefill.records import dataclass
from prefill.typescript.grammar import parser

if TYPE_CHECKING:
    from tree_sitter import Node, Tree

MAX_ERRORS = 20
"""How many syntax errors of one file are located."""


MAX_OPEN = 2_000
"""How many comments may open after the last one that closes; globs in strings look like them too."""

_LOADS = regex(rb"\b(?:import|require)\s{0,100}\(")


@dataclass(frozen=True, slots=True)
class Import:
    """One binding of an import, or an import for its effects.

    `kind` is `named` (`imported` is the exported name), `default`, `namespace`, `effect` (no `local`), `require`
    (`imported` is None for the whole module) or `dynamic` (`import("…")`, no `local`).
    """

    specifier: str
    kind: Literal["named", "default", "namespace", "effect", "require", "dynamic"]
    imported: str | None
    local: str | None
    type_only: bool
    line: int


@dataclass(frozen=True, slots=True)
class Export:
    """One exported name, or `export *` (`name` is `*`).

    `local` is the name in this module, None for an anonymous default and for re-exports; `specifier` and `imported` are
    set for re-exports (`imported` is `*` for `export * as name from`). `node` declares the thing: the function, class or
    variable declarator, the expression of `export default …`, or the specifier.
    """

    name: str
    local: str | None
    specifier: str | None
    imported: str | None
    type_only: bool
    line: int
    node: Node


class Syntax:
    """The syntax tree of one file. Lines count from 1."""

    def __init__(self, path: str, source: bytes, tree: Tree) -> None:
        self.path = path
        self.source = source
        self.tree = tree
        self.root: Node = tree.root_node

    def text(self, node: Node) -> str:
        """The source text of a node."""
        return self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def string(self, node: Node) -> str | None:
        """The value of a string literal, or of a template without substitutions; None for anything else."""
        if node.type == "string" or (node.type == "template_string" and not has(node, "template_substitution")):
            return unescape(self.text(node)[1:-1])
        return None

    @cached_property
    def errors(self) -> tuple[tuple[int, str], ...]:
        """(line, message) of the first syntax errors, in order."""
        out: list[tuple[int, str]] = []
        if not self.root.has_error:
            return ()
        todo = [self.root]
        while todo and len(out) < MAX_ERRORS:
            node = todo.pop()
            if node.is_missing:
                out.append((line_of(node), f"`{node.type}` is missing"))
            elif node.is_error:
                text = self.source[node.start_byte : node.start_byte + 40].decode("utf-8", "replace").split("\n")[0]
                out.append((line_of(node), f"unexpected `{text}`" if text else "unexpected end of the file"))
            else:
                todo.extend(child for child in reversed(node.children) if child.has_error or child.is_missing)
        return tuple(out)

    @cached_property
    def directives(self) -> tuple[str, ...]:
        """The directives of the module, such as `use client`."""
        return prologue(self, self.root)

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Static imports, `import x = require()`, and `require()` in declarations at the top level."""
        out: list[Import] = []
        for node in self.root.named_children:
            if node.type == "import_statement":
                out.extend(_imports(self, node))
            elif node.type in ("lexical_declaration", "variable_declaration"):
                for declarator in node.named_children:
                    if declarator.type == "variable_declarator":
                        out.extend(_requires(self, declarator))
        return tuple(out)

    @cached_property
    def dynamic_imports(self) -> tuple[Import, ...]:
        """Every `import("…")` with a literal specifier, and every `require("…")` that is not in `imports`."""
        known = {(found.line, found.specifier) for found in self.imports if found.kind == "require"}
        out: list[Import] = []
        for match in _LOADS.finditer(self.source):  # the tree then says whether it is a call, a comment or a string
            node = self.root.descendant_for_byte_range(match.start(), match.end())
            if node is None or node.type != "call_expression":
                continue
            specifier = self.required(node, "import") or self.required(node, "require")
            if specifier is not None and (line_of(node), specifier) not in known:
                out.append(Import(specifier, "dynamic", None, None, False, line_of(node)))
        return tuple(out)

    def required(self, node: Node, function: str = "require") -> str | None:
        """The literal specifier of `require("…")` (or of `import("…")`), None for any other node."""
        if node.type != "call_expression":
            return None
        callee = node.child_by_field_name("function")
        if callee is None or self.text(callee) != function:
            return None
        arguments = node.child_by_field_name("arguments")
        first = next((c for c in arguments.named_children if c.type != "comment"), None) if arguments else None
        return self.string(first) if first is not None else None

    @cached_property
    def exports(self) -> tuple[Export, ...]:
        """What the module exports, in order: ES modules, and `module.exports` / `exports.x` at the top level."""
        out: list[Export] = []
        for node in self.root.named_children:
            if node.type == "export_statement":
                out.extend(_exports(self, node))
            elif node.type == "expression_statement":
                out.extend(_commonjs(self, node))
        return tuple(out)


def parse(source: bytes, path: str) -> Syntax:
    """The syntax of a file; the extension of `path` chooses the grammar. Raises ValueError for other extensions."""
    found = parser(path)
    if found is None:
        raise ValueError(f"{path}: is neither TypeScript nor JavaScript by its extension")
    source = _closed(source)
    return Syntax(path, source, found.parse(source))


def _closed(source: bytes) -> bytes:
    """The source up to where comments open and never close, when that happens very often.

    tree-sitter looks for the end of each of them anew: 60 KB of nothing but `/*` take it seconds, and four times as many
    sixteen times as long.
    """
    start = source.find(b"/*", source.rfind(b"*/") + 1)
    return source[:start] if start >= 0 and source.count(b"/*", start) > MAX_OPEN else source


def line_of(node: Node) -> int:
    """The line (from 1) on which a node starts."""
    return node.start_point[0] + 1


def walk(node: Node) -> Iterator[Node]:
    """A node and everything in it, in source order, without recursion."""
    cursor = node.walk()
    depth = 0
    while True:
        here = cursor.node
        if here is not None:
            yield here
        if cursor.goto_first_child():
            depth += 1
            continue
        while not cursor.goto_next_sibling():
            if depth == 0 or not cursor.goto_parent():
                return
            depth -= 1


def has(node: Node, kind: str) -> bool:
    """Whether a direct child is of this kind, named or not."""
    for child in node.children:  # noqa: SIM110  # a generator takes twice as long, and this runs for every import
        if child.type == kind:
            return True
    return False


def prologue(syntax: Syntax, body: Node) -> tuple[str, ...]:
    """The directives at the start of a module or of a function's body, as written between the quotes.

    https://tc39.es/ecma262/#sec-directive-prologues-and-the-use-strict-directive: a directive is a whole statement that
    is one string literal, without parentheses, before any other statement.
    """
    out = []
    for node in body.named_children:
        if node.type in ("comment", "hash_bang_line", "html_comment"):
            continue
        if node.type != "expression_statement":
            break
        inner = [child for child in node.named_children if child.type != "comment"]
        if len(inner) != 1 or inner[0].type != "string":
            break
        out.append(syntax.text(inner[0])[1:-1])
    return tuple(out)


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


def unescape(raw: str) -> str:
    """The value of the inside of a string literal: JavaScript's escapes resolved."""
    if "\\" not in raw:
        return raw
    out: list[str] = []
    at = 0
    while at < len(raw):
        char = raw[at]
        if char != "\\" or at + 1 == len(raw):
            out.append(char)
            at += 1
            continue
        code = raw[at + 1]
        at += 2
        digits = ""
        if code == "x":
            digits = raw[at : at + 2]
            at += 2
        elif code == "u" and raw[at : at + 1] == "{":
            end = raw.find("}", at)
            digits = raw[at + 1 : end] if end > 0 else ""
            at = end + 1 if end > 0 else at
        elif code == "u":
            digits = raw[at : at + 4]
            at += 4
        else:
            out.append(_ESCAPES.get(code, code))
            continue
        try:
            out.append(chr(int(digits, 16)))
        except (ValueError, OverflowError):
            out.append("\ufffd")
    text = "".join(out)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\\u" in raw else text


def _imports(syntax: Syntax, node: Node) -> Iterator[Import]:
    line = line_of(node)
    clause = None
    type_only = has(node, "type") or has(node, "typeof")
    source = node.child_by_field_name("source")
    for child in node.named_children:
        if child.type == "import_clause":
            clause = child
        elif child.type == "import_require_clause":
            source = child.child_by_field_name("source")
            name = next((c for c in child.named_children if c.type == "identifier"), None)
            specifier = syntax.string(source) if source is not None else None
            if specifier is not None and name is not None:
                yield Import(specifier, "require", None, syntax.text(name), type_only, line)
            return
    specifier = syntax.string(source) if source is not None else None
    if specifier is None:
        return
    if clause is None:
        yield Import(specifier, "effect", None, None, type_only, line)
        return
    for child in clause.named_children:
        if child.type == "identifier":
            yield Import(specifier, "default", "default", syntax.text(child), type_only, line_of(child))
        elif child.type == "namespace_import":
            name = next((c for c in child.named_children if c.type == "identifier"), None)
            if name is not None:
                yield Import(specifier, "namespace", "*", syntax.text(name), type_only, line_of(child))
        elif child.type == "named_imports":
            for one in child.named_children:
                if one.type != "import_specifier":
                    continue
                name = one.child_by_field_name("name")
                alias = one.child_by_field_name("alias") or name
                if name is not None and alias is not None:
                    only = type_only or has(one, "type") or has(one, "typeof")
                    yield Import(specifier, "named", _name(syntax, name), syntax.text(alias), only, line_of(one))


def _requires(syntax: Syntax, declarator: Node) -> Iterator[Import]:
    value = declarator.child_by_field_name("value")
    name = declarator.child_by_field_name("name")
    if value is None or name is None:
        return
    imported = None
    if value.type == "member_expression":  # require("x").y
        inner, prop = value.child_by_field_name("object"), value.child_by_field_name("property")
        if inner is None or prop is None:
            return
        value, imported = inner, syntax.text(prop)
    specifier = syntax.required(value)
    if specifier is None:
        return
    line = line_of(declarator)
    if name.type == "identifier":
        yield Import(specifier, "require", imported, syntax.text(name), False, line)
    elif name.type == "object_pattern" and imported is None:
        for child in name.named_children:
            if child.type == "shorthand_property_identifier_pattern":
                text = syntax.text(child)
                yield Import(specifier, "require", text, text, False, line_of(child))
            elif child.type == "pair_pattern":
                key, to = child.child_by_field_name("key"), child.child_by_field_name("value")
                if key is not None and to is not None and to.type == "identifier":
                    yield Import(specifier, "require", _name(syntax, key), syntax.text(to), False, line_of(child))


def _name(syntax: Syntax, node: Node) -> str:
    """A name that may be written as a string: `export { x as "a-b" }`."""
    return syntax.string(node) or syntax.text(node)


DECLARATIONS = {
    "function_declaration",
    "generator_function_declaration",
    "class_declaration",
    "abstract_class_declaration",
    "enum_declaration",
    "internal_module",
    "module",
    "function_signature",
}
TYPES = {"interface_declaration", "type_alias_declaration"}


def _exports(syntax: Syntax, node: Node) -> Iterator[Export]:
    source = node.child_by_field_name("source")
    specifier = syntax.string(source) if source is not None else None
    type_only = any(child.type == "type" for child in node.children)
    declaration = node.child_by_field_name("declaration")
    if has(node, "default"):
        what = declaration or node.child_by_field_name("value")
        if what is None:  # `export default interface X {}`
            what = next((c for c in node.named_children if c.type not in ("comment", "decorator")), None)
        if what is not None:
            name = what.child_by_field_name("name") if what.type in DECLARATIONS | TYPES else None
            local = syntax.text(name) if name is not None else syntax.text(what) if what.type == "identifier" else None
            yield Export("default", local, None, None, what.type in TYPES, line_of(what), what)
        return
    if declaration is not None:
        yield from _declared(syntax, declaration)
        return
    for child in node.named_children:
        if child.type == "export_clause":
            for one in child.named_children:
                name = one.child_by_field_name("name") if one.type == "export_specifier" else None
                if name is None:
                    continue
                alias = one.child_by_field_name("alias") or name
                only = type_only or has(one, "type")
                local = _name(syntax, name)
                if specifier is None:
                    yield Export(_name(syntax, alias), local, None, None, only, line_of(one), one)
                else:
                    yield Export(_name(syntax, alias), None, specifier, local, only, line_of(one), one)
            return
        if child.type == "namespace_export" and specifier is not None:
            name = next((c for c in child.named_children if c.type != "comment"), None)
            if name is not None:
                yield Export(_name(syntax, name), None, specifier, "*", type_only, line_of(child), child)
            return
    if specifier is not None and has(node, "*"):
        yield Export("*", None, specifier, "*", type_only, line_of(node), node)
    elif has(node, "="):  # `export = value`
        value = next((c for c in node.named_children if c.type != "comment"), None)
        if value is not None:
            local = syntax.text(value) if value.type == "identifier" else None
            yield Export("default", local, None, None, False, line_of(value), value)


def _declared(syntax: Syntax, declaration: Node) -> Iterator[Export]:
    kind = declaration.type
    if kind == "ambient_declaration":
        for child in declaration.named_children:
            if child.type in DECLARATIONS | TYPES | {"lexical_declaration", "variable_declaration"}:
                yield from _declared(syntax, child)
    elif kind in DECLARATIONS | TYPES:
        name = declaration.child_by_field_name("name")
        if name is not None:
            text = syntax.text(name)
            yield Export(text, text, None, None, kind in TYPES, line_of(declaration), declaration)
    elif kind in ("lexical_declaration", "variable_declaration"):
        for declarator in declaration.named_children:
            name = declarator.child_by_field_name("name") if declarator.type == "variable_declarator" else None
            if name is None:
                continue
            for bound in bound_names(name):
                text = syntax.text(bound)
                yield Export(text, text, None, None, False, line_of(bound), declarator)


def bound_names(pattern: Node) -> Iterator[Node]:
    """The identifiers that a binding pattern declares: `{ a, b: [c], ...d }` → a, c, d."""
    todo = [pattern]
    while todo:
        node = todo.pop()
        kind = node.type
        if kind in ("identifier", "shorthand_property_identifier_pattern"):
            yield node
        elif kind in ("object_pattern", "array_pattern", "rest_pattern"):
            todo.extend(reversed(node.named_children))
        elif kind == "pair_pattern":
            value = node.child_by_field_name("value")
            todo.extend([value] if value is not None else [])
        elif kind in ("assignment_pattern", "object_assignment_pattern"):
            left = node.child_by_field_name("left")
            todo.extend([left] if left is not None else [])


def _commonjs(syntax: Syntax, node: Node) -> Iterator[Export]:
    """`module.exports = value`, `module.exports.x = value`, `exports.x = value`."""
    assignment = next(iter(node.named_children), None)
    if assignment is None or assignment.type != "assignment_expression":
        return
    left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
    if left is None or right is None or left.type != "member_expression":
        return
    target = syntax.text(left)
    local = syntax.text(right) if right.type == "identifier" else None
    if target == "module.exports":
        yield Export("default", local, None, None, False, line_of(node), right)
        if right.type == "object":
            for child in right.named_children:
                if child.type == "shorthand_property_identifier":
                    text = syntax.text(child)
                    yield Export(text, text, None, None, False, line_of(child), child)
                elif child.type == "pair":
                    key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
                    if key is not None and value is not None and key.type in ("property_identifier", "string"):
                        yield Export(_name(syntax, key), None, None, None, False, line_of(child), value)
        return
    head, _, name = target.rpartition(".")
    if head in ("exports", "module.exports") and name.isidentifier() and name != "__esModule":
        yield Export(name, local, None, None, False, line_of(node), right)
