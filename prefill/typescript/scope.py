"""Names: block scopes of functions, and modules whose bindings are evaluated when something asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefill.records import dataclass, field
from prefill.typescript.parse import Import, Syntax, bound_names, walk

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.values import Value


@dataclass(slots=True, eq=False)
class Scope:
    """The names of one block or function, inside `parent`; the outermost has none and belongs to `module`."""

    module: Module
    parent: Scope | None = None
    names: dict[str, Value] = field(default_factory=dict)

    def holder(self, name: str) -> Scope | None:
        """The scope that declares a name, None for names of the module and globals."""
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope
            scope = scope.parent
        return None


@dataclass(slots=True, eq=False)
class Module:
    """One file's top level.

    `declared` maps a name to the import or the node that binds it. `touching` maps a name to the top-level statements
    that may change what it holds (`config.plugins.push(x)`); they run when the name is first asked for.
    """

    path: str
    syntax: Syntax
    declared: dict[str, Import | Node] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)
    running: set[str] = field(default_factory=set)
    touching: dict[str, list[Node]] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)
    scope: Scope = field(init=False)

    def __post_init__(self) -> None:
        self.scope = Scope(self)
        self.scope.names = self.values


VARIABLES = ("lexical_declaration", "variable_declaration")
NAMED = (
    "function_declaration",
    "generator_function_declaration",
    "class_declaration",
    "abstract_class_declaration",
    "enum_declaration",
    "internal_module",
)
_PLAIN = ("import_statement", "comment", "interface_declaration", "type_alias_declaration", "empty_statement", "module")
_MUTATORS = (b"push", b"unshift", b"splice", b"assign", b"sort", b"reverse", b"defineProperty", b"set", b"add")


def index(syntax: Syntax) -> Module:
    """The module of a file, with what its top level declares."""
    module = Module(syntax.path, syntax)
    declared = module.declared
    for binding in syntax.imports:
        if binding.local is not None:
            declared[binding.local] = binding
    for node in syntax.root.named_children:
        inner = node
        if node.type == "export_statement":
            inner = node.child_by_field_name("declaration") or node
        kind = inner.type
        if kind == "ambient_declaration":
            continue
        if kind in VARIABLES:
            for declarator in inner.named_children:
                name = declarator.child_by_field_name("name") if declarator.type == "variable_declarator" else None
                for bound in bound_names(name) if name is not None else ():
                    declared.setdefault(syntax.text(bound), declarator)
        elif kind in NAMED:
            name = inner.child_by_field_name("name")
            if name is not None:
                declared.setdefault(syntax.text(name), inner)
        elif (
            kind == "expression_statement"
            and inner.named_children
            and inner.named_children[0].type == "internal_module"
        ):
            name = inner.named_children[0].child_by_field_name("name")
            if name is not None:
                declared.setdefault(syntax.text(name), inner.named_children[0])
        elif kind not in _PLAIN and node.type != "export_statement":
            for name_touched in _touched(syntax, inner):
                module.touching.setdefault(name_touched, []).append(inner)
    return module


def _touched(syntax: Syntax, statement: Node) -> set[str]:
    """The names that a statement may assign to, or change what they hold."""
    out: set[str] = set()
    for node in walk(statement):
        target: Node | None = None
        if node.type in ("assignment_expression", "augmented_assignment_expression"):
            target = node.child_by_field_name("left")
        elif node.type == "update_expression":
            target = node.child_by_field_name("argument")
        elif node.type == "call_expression":
            callee = node.child_by_field_name("function")
            prop = callee.child_by_field_name("property") if callee is not None else None
            if callee is None or prop is None or prop.text not in _MUTATORS:
                continue
            target = callee.child_by_field_name("object")
            if prop.text in (b"assign", b"defineProperty"):
                arguments = node.child_by_field_name("arguments")
                target = next(iter(arguments.named_children), None) if arguments is not None else None
        while target is not None and target.type in (
            "member_expression",
            "subscript_expression",
            "non_null_expression",
        ):
            target = target.child_by_field_name("object") or next(iter(target.named_children), None)
        if target is not None and target.type == "identifier":
            out.add(syntax.text(target))
    return out
