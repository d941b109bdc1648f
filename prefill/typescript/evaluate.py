"""Partial evaluation of TypeScript: what a program's values are, as far as that is known without running it.

Literals, objects, functions of the repository and their closures are followed across modules; what a library makes stays a
symbol (`values.Call`); everything else is `Unknown` with its place and the reason. Evaluation is lazy per top-level name,
remembers what it found, and is bounded in steps and depth; cycles end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from prefill.typescript import builtin, expressions, statements
from prefill.typescript.handlers import HANDLERS
from prefill.typescript.parse import Import, Syntax, bound_names, line_of, parse
from prefill.typescript.scope import NAMED, Module, Scope, index
from prefill.typescript.values import UNDEFINED, Closure, Namespace, Object, Reference, Unknown, Value

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript import Files
    from prefill.typescript.modules import Modules

MAX_STEPS = 200_000
"""Syntax nodes evaluated for one question; a schema of 130 tables takes 15,000 in all."""
MAX_TOTAL = 2_000_000
"""Syntax nodes evaluated by one evaluator."""
MAX_DEPTH = 150
"""Nesting of expressions and calls; each level takes a few Python frames."""
MAX_MODULES = 3_000
MAX_HOPS = 50
"""Re-exports from one module to the next."""


class Evaluator:
    """Evaluates the modules of one repository. `problems` are (path, line, message): bounds that were hit."""

    def __init__(self, files: Files, modules: Modules, syntax: Callable[[str], Syntax | None] | None = None) -> None:
        self.files = files
        self.resolver = modules
        self._parse = syntax or self._read
        self.problems: list[tuple[str, int, str]] = []
        self.steps = 0
        self.limit = MAX_STEPS
        self.depth = 0
        self.maybe = 0  # above 0 inside branches that may not be taken
        self._modules: dict[str, Module | None] = {}
        self._exporting: set[tuple[str, str]] = set()
        self._surfaces: dict[str, dict[str, str]] = {}

    def syntax(self, path: str) -> Syntax | None:
        """The syntax of a file, None where it cannot be read."""
        module = self.module(path)
        return module.syntax if module else None

    def module(self, path: str) -> Module | None:
        """The module of a file, None for files that are missing or no TypeScript or JavaScript."""
        if path not in self._modules:
            if len(self._modules) >= MAX_MODULES:
                self.report(path, 1, f"more than {MAX_MODULES:,} modules")
                return None
            syntax = self._parse(path)
            self._modules[path] = index(syntax) if syntax is not None else None
        return self._modules[path]

    def _read(self, path: str) -> Syntax | None:
        source = self.files.source(path)
        try:
            return parse(source, path) if source is not None else None
        except ValueError:
            return None

    def export(self, path: str, name: str) -> Value:
        """What a module exports under a name (`default`, or a name), through re-exports."""
        key = (path, name)
        if key in self._exporting:
            return Unknown(path, 1, f"`{name}` is exported in a circle")
        self._exporting.add(key)
        try:
            return self._export(path, name)
        except RecursionError:
            return Unknown(path, 1, "is nested too deeply")
        finally:
            self._exporting.discard(key)

    def exports(self, path: str) -> dict[str, Value]:
        """Everything that a module exports, in order, with `export *` followed."""
        return {name: self.export(path, name) for name in self.names(path)}

    def names(self, path: str) -> tuple[str, ...]:
        """The names of the values that a module exports, in order; `export *` passes on all but `default`."""
        return tuple(self._surface(path))

    def offers(self, path: str, name: str) -> bool:
        """Whether a module exports a name; a JSON file offers any."""
        return path.endswith(".json") or name in self._surface(path)

    def value(self, path: str, name: str) -> Value:
        """The value of a top-level name of a module, exported or not."""
        module = self.module(path)
        if module is None:
            return Unknown(path, 1, "cannot be read")
        try:
            return self.top(module, name)
        except RecursionError:
            return Unknown(path, 1, "is nested too deeply")

    def expression(self, path: str, node: Node) -> Value:
        """The value of an expression at the top level of a module."""
        module = self.module(path)
        if module is None:
            return Unknown(path, 1, "cannot be read")
        try:
            return self.evaluate(node, module.scope)
        except RecursionError:
            return Unknown(path, line_of(node), "is nested too deeply")

    def apply(self, function: Value, args: Iterable[Value] = (), this: Value = UNDEFINED) -> Value:
        """What a function of the repository returns for these arguments; Unknown for anything else."""
        if not isinstance(function, Closure):
            return function if isinstance(function, Unknown) else Unknown("", 0, "is not a function of the repository")
        if self.depth == 0:
            self.limit = min(self.steps + MAX_STEPS, MAX_TOTAL)
        try:
            return statements.call_closure(self, function, list(args), this)
        except RecursionError:
            return Unknown(function.path, function.line, "is nested too deeply")

    def declared(self, path: str, name: str) -> tuple[str, int] | None:
        """Where the thing that a module exports under a name is declared, through re-exports and imports."""
        for _ in range(MAX_HOPS):
            home = self._surface(path).get(name)
            module = self.module(home) if home is not None else None
            if home is None or module is None:
                return None
            found = next(e for e in module.syntax.exports if e.name == name and not e.type_only)
            if found.specifier is None:
                binding = module.declared.get(found.local or "")
                if not isinstance(binding, Import):
                    if found.node.type == "export_specifier" and binding is not None:
                        return home, self._line_of_name(module, binding, found.local or "")
                    return home, found.line
                specifier, wanted, at = binding.specifier, binding.imported, binding.line
            else:
                specifier, wanted, at = found.specifier, found.imported, found.line
            to = self.resolver.resolve(specifier, home)
            if to is None or wanted in (None, "*"):
                return home, at
            path, name = to, wanted or "default"
        return None

    def _line_of_name(self, module: Module, binding: Node, name: str) -> int:
        pattern = binding.child_by_field_name("name")
        for bound in bound_names(pattern) if pattern is not None else ():
            if module.syntax.text(bound) == name:
                return line_of(bound)
        return line_of(binding)

    def _surface(self, path: str) -> dict[str, str]:
        """What a module exports: name → the module that says so, which is another one for `export *`."""
        if path in self._surfaces:
            return self._surfaces[path]
        out: dict[str, str] = {}
        seen: set[str] = set()
        todo = [path]
        while todo and len(seen) < MAX_MODULES:
            at = todo.pop(0)
            module = self.module(at) if at not in seen and not at.endswith(".json") else None
            seen.add(at)
            for export in module.syntax.exports if module else ():
                if export.type_only:
                    continue
                if export.name == "*":
                    to = self.resolver.resolve(export.specifier or "", at)
                    if to is not None:
                        todo.append(to)
                elif at == path or export.name != "default":
                    out.setdefault(export.name, at)
        self._surfaces[path] = out
        return out

    def _export(self, path: str, name: str) -> Value:
        if path.endswith(".json"):
            return self._json(path, name)
        home = self._surface(path).get(name)
        module = self.module(home or path)
        if module is None:
            return Unknown(path, 1, "cannot be read")
        if home is None:
            return self._outside(module, name)
        if home != path:
            return self.export(home, name)
        for export in module.syntax.exports:
            if export.name == name and not export.type_only:
                if export.specifier is not None:
                    return self.imported(path, export.specifier, export.imported or "default", export.line)
                if export.local is not None and (export.local in module.declared or export.local in module.values):
                    return self.top(module, export.local)
                return self._anonymous(module, export.name, export.node)
        return Unknown(path, 1, f"does not export `{name}`")

    def _outside(self, module: Module, name: str) -> Value:
        """A name that `export * from "package"` may pass on."""
        for export in module.syntax.exports if name != "default" else ():
            if export.name == "*" and export.specifier and self.resolver.resolve(export.specifier, module.path) is None:
                return Reference(export.specifier, name)
        return Unknown(module.path, 1, f"does not export `{name}`")

    def _anonymous(self, module: Module, name: str, node: Node) -> Value:
        """`export default <expression>`, remembered under a name that no program can write."""
        key = f"export {name}"
        if key in module.values:
            return module.values[key]
        if key in module.running:
            return Unknown(module.path, line_of(node), "depends on itself")
        module.running.add(key)
        try:
            if node.type in NAMED:
                value = statements.declare(self, node, module.scope)
            else:
                value = self.evaluate(node, module.scope)
        finally:
            module.running.discard(key)
        module.values[key] = value
        return value

    def _json(self, path: str, name: str) -> Value:
        from prefill.formats.document import FormatError
        from prefill.formats.jsonc import parse as parse_json

        text = self.files.text(path)
        try:
            value = expressions.from_json(parse_json(text).value, path) if text is not None else None
        except (FormatError, RecursionError):
            return Unknown(path, 1, "cannot be read")
        if name == "default":
            return value
        return value.props.get(name, UNDEFINED) if isinstance(value, Object) else UNDEFINED

    def imported(self, importer: str, specifier: str, name: str | None, line: int) -> Value:
        """What an import gives: `name` None is all of a CommonJS module, `*` a namespace."""
        to = self.resolver.resolve(specifier, importer)
        if to is None:
            if specifier.startswith("."):
                return Unknown(importer, line, f"`{specifier}` is not in the repository")
            return Reference(specifier, name or "*")
        if name == "*":
            return Namespace(to)
        if name is None:
            return (
                self.export(to, "default") if "default" in self._surface(to) or to.endswith(".json") else Namespace(to)
            )
        if name == "default" and not to.endswith(".json") and "default" not in self._surface(to):
            return Namespace(to)
        return self.export(to, name)

    def lookup(self, name: str, scope: Scope) -> Value:
        """The value of an identifier."""
        at: Scope | None = scope
        while at is not None:
            if name in at.names and (at.parent is not None or name not in at.module.running):
                return at.names[name]
            at = at.parent
        module = scope.module
        if name in module.declared:
            return self.top(module, name)
        if name == "undefined":
            return UNDEFINED
        if name == "NaN":
            return float("nan")
        if name == "Infinity":
            return float("inf")
        return Reference("", name)

    def top(self, module: Module, name: str) -> Value:
        if name in module.values:
            return module.values[name]
        binding = module.declared.get(name)
        if binding is None:
            return Unknown(module.path, 1, f"`{name}` is not declared")
        if name in module.running:
            line = binding.line if isinstance(binding, Import) else line_of(binding)
            return Unknown(module.path, line, f"`{name}` depends on itself")
        module.running.add(name)
        try:
            if isinstance(binding, Import):
                module.values[name] = self.imported(module.path, binding.specifier, binding.imported, binding.line)
            elif binding.type == "variable_declarator":
                statements.declarator(self, binding, module.scope)
            else:
                module.values[name] = statements.declare(self, binding, module.scope)
        finally:
            module.running.discard(name)
        for statement in module.touching.get(name, ()):
            if statement.start_byte not in module.done:
                module.done.add(statement.start_byte)
                try:
                    statements.run(self, statement, module.scope)
                except statements.Stop:
                    break
        return module.values.get(name, UNDEFINED)

    def evaluate(self, node: Node, scope: Scope) -> Value:
        """The value of an expression in a scope."""
        self.steps += 1
        if self.depth == 0:
            self.limit = min(self.steps + MAX_STEPS, MAX_TOTAL)
        if self.steps > self.limit:
            self.report(scope.module.path, line_of(node), "takes too many steps to evaluate")
            return self.unknown(node, scope, "too many steps")
        handler = HANDLERS.get(node.type)
        if handler is None:
            return self.unknown(node, scope, f"{node.type.replace('_', ' ')} is not evaluated")
        if self.depth >= MAX_DEPTH:
            self.report(scope.module.path, line_of(node), "is nested too deeply")
            return self.unknown(node, scope, "is nested too deeply")
        self.depth += 1
        try:
            return handler(self, node, scope)
        finally:
            self.depth -= 1

    def namespace(self, value: Namespace) -> Object:
        """A module as an object, every export evaluated."""
        out = Object({}, value.path, 1)
        for name in self.names(value.path):
            out.props[name] = self.export(value.path, name)
        return out

    def exhausted(self) -> bool:
        """Whether no steps are left."""
        return self.steps > self.limit

    def run(self, function: Closure, args: list[Value], this: Value = UNDEFINED) -> Value:
        """As `apply`, from within an evaluation."""
        return statements.call_closure(self, function, args, this)

    def call(self, function: Value, args: list[Value], node: Node, scope: Scope) -> Value:
        """Calls what was given as a callback."""
        return builtin.invoke(self, function, args, node, scope)

    def bind(self, pattern: Node, value: Value, scope: Scope, declares: bool = True) -> None:
        """Binds the names of a pattern to the parts of a value."""
        statements.bind(self, pattern, value, scope, declares)

    def get(self, value: Value, key: str, node: Node, scope: Scope) -> Value:
        """The property `key` of a value, asked for at a node."""
        return expressions.get(self, value, key, node, scope)

    def copy(self, out: Object, value: Value, node: Node, scope: Scope) -> None:
        """`Object.assign(out, value)`."""
        expressions.copy(self, out, value, node, scope)

    def unknown(self, node: Node, scope: Scope, reason: str) -> Unknown:
        """An unknown at a node's place."""
        return Unknown(scope.module.path, line_of(node), reason)

    def report(self, path: str, line: int, message: str) -> None:
        """Remember that a bound was hit."""
        if (path, line, message) not in self.problems and len(self.problems) < 50:
            self.problems.append((path, line, message))
