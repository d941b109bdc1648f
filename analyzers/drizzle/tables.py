"""Tables, columns and enums in evaluated TypeScript: which calls of Drizzle's builders a schema is made of.

A builder is a chain of calls, `text("name").notNull().unique()`; what a chain says is read from its first call outwards.
https://orm.drizzle.team/docs/sql-schema-declaration
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prefill.analyzers.drizzle import columns
from prefill.analyzers.drizzle.columns import MAX_CHAIN, Column, Maker, chain, core, reason_of
from prefill.analyzers.drizzle.sql import Dialect
from prefill.analyzers.drizzle.vocabulary import (
    CASINGS,
    CREATORS,
    ENUMS,
    KNOWN_TABLES,
    SCHEMAS,
    TABLES,
    VIEWS,
)
from prefill.records import dataclass, field
from prefill.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Closure,
    Member,
    Object,
    Reference,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from prefill.typescript.evaluate import Evaluator


@dataclass(slots=True)
class Table:
    """One table. `open` says that columns may be missing; `call` is the call that made it."""

    name: str
    schema: str | None
    prefix: str
    call: Call
    columns: dict[str, Column]
    extra: Value
    place: tuple[str, int]
    rls: bool = False
    open: bool = False


@dataclass(slots=True)
class Enum:
    """An enumerated type of PostgreSQL; `values` is None where they are not known."""

    name: str
    schema: str | None
    values: list[str] | None
    place: tuple[str, int]


@dataclass(frozen=True, slots=True)
class View:
    """A view; `query` is what it is made of, None where it only exists in the database."""

    name: str
    schema: str
    prefix: str
    materialized: bool
    existing: bool
    query: Value
    place: tuple[str, int]


@dataclass(slots=True, eq=False)
class Tables:
    """Reads tables of one schema; the same call is one table, however often it is met. `modern` is version 1 of Drizzle.

    `problems` are (path, line, message): parts of a schema that cannot be known without running it.
    """

    evaluator: Evaluator
    casing: str | None = None
    modern: bool = False
    problems: dict[tuple[str, int, str], None] = field(default_factory=dict)
    _tables: dict[int, Table | None] = field(default_factory=dict)
    _enums: dict[int, Enum | None] = field(default_factory=dict)
    named: dict[int, str] = field(default_factory=dict)
    kept: list[Value] = field(default_factory=list)  # what `_tables`, `_enums` and `named` know by identity

    def problem(self, path: str, line: int, message: str) -> None:
        """Remember that a part of the schema is not known."""
        if len(self.problems) < 100:
            self.problems.setdefault((path, line, message))

    # tables

    def table(self, value: Value) -> Table | None:
        """The table that a value is, None for anything else."""
        call, rls = _made_by(value)
        if call is None:
            return None
        key = id(call)
        if key not in self._tables:
            self.kept.append(call)
            self._tables[key] = None  # a table that is asked for while it is read is in a circle
            self._tables[key] = self._table(call)
        table = self._tables[key]
        if table is not None and rls:
            table.rls = True
        return table

    def prefix(self, value: Value) -> str | None:
        """The dialect's prefix of the table that a value is, without reading the table."""
        call, _ = _made_by(value)
        maker = self._maker(call) if call is not None else None
        return maker.prefix if maker is not None else None

    def _table(self, call: Call) -> Table | None:
        maker = self._maker(call)
        if maker is None:
            return None
        prefix, name = maker.prefix, maker.name
        if not isinstance(name, str) or not name:
            reason = name.reason if isinstance(name, Unknown) else "is not a known text"
            self.problem(call.path, call.line, f"the name of a table is not known: {reason}")
            return None
        columns_value = call.args[1] if len(call.args) > 1 else UNDEFINED
        if isinstance(columns_value, Closure):
            columns_value = self.evaluator.apply(columns_value, [Reference(f"drizzle-orm/{prefix}-core", "*")])
        line = call.lines[0] if call.lines else call.line
        table = Table(
            name,
            maker.schema,
            prefix,
            call,
            {},
            call.args[2] if len(call.args) > 2 else UNDEFINED,
            (call.path, line),
            maker.rls,
        )
        if not isinstance(columns_value, Object):
            reason = columns_value.reason if isinstance(columns_value, Unknown) else "are not an object"
            self.problem(call.path, call.line, f"the columns of `{name}` are not known: {reason}")
            table.open = True
            return table
        if columns_value.open is not None:
            table.open = True
            self.problem(
                columns_value.open.path,
                columns_value.open.line,
                f"`{name}` has more columns: {columns_value.open.reason}",
            )
        for key in columns_value.ordered():
            place = columns_value.places.get(key, (columns_value.path, columns_value.line))
            column = columns.read(self, columns_value.props[key], key, place, maker)
            if column is None or not column.type:
                table.open = True
            if column is not None:
                table.columns[key] = column
        return table

    def _maker(self, call: Call) -> Maker | None:
        """What makes a table in a call, None where nothing does."""
        first = call.args[0] if call.args else UNDEFINED
        callee = call.callee
        if isinstance(callee, Reference):
            prefix = core(callee)
            return Maker(prefix, None, first, self.casing) if prefix and callee.name in TABLES else None
        if isinstance(callee, Member) and isinstance(callee.object, Reference):
            prefix = core(callee.object)
            if prefix and callee.name == "withRLS" and callee.object.name in TABLES:
                return Maker(prefix, None, first, self.casing, rls=True)
            if prefix and callee.name == "table" and callee.object.name in CASINGS:
                return Maker(prefix, None, first, CASINGS[callee.object.name])
        elif isinstance(callee, Member) and callee.name == "table":
            made = self._schema(callee.object)
            return Maker(made[0], made[1], first, made[2]) if made is not None else None
        elif isinstance(callee, Call) and isinstance(callee.callee, Reference) and callee.callee.name in CREATORS:
            prefix = core(callee.callee)
            if prefix and callee.args:
                name = self.evaluator.apply(callee.args[0], [first])
                casing = callee.args[1] if len(callee.args) > 1 else self.casing
                return Maker(prefix, None, name, casing if isinstance(casing, str) else None)
        return None

    def schema(self, value: Value) -> tuple[str, str] | None:
        """(prefix of the dialect, name) where a value is `pgSchema("…")`."""
        made = self._schema(value)
        return None if made is None else made[:2]

    def _schema(self, value: Value) -> tuple[str, str, str | None] | None:
        """The same with the casing that holds in it: `snakeCase.schema("…")` is of version 1."""
        if not isinstance(value, Call) or not value.args or not isinstance(value.args[0], str):
            return None
        callee = value.callee
        casing = self.casing
        if isinstance(callee, Member) and callee.name == "schema" and isinstance(callee.object, Reference):
            if callee.object.name not in CASINGS:
                return None
            casing, callee = CASINGS[callee.object.name], callee.object
        elif not isinstance(callee, Reference) or callee.name not in SCHEMAS:
            return None
        prefix = core(callee)
        return (prefix, value.args[0], casing) if prefix else None

    def view(self, value: Value) -> View | None:
        """The view that a value is, None for anything else. https://orm.drizzle.team/docs/views"""
        steps, base = chain(value)
        if base is None or not steps:
            return None
        callee = base.callee
        made = self.schema(callee.object) if isinstance(callee, Member) else None
        if isinstance(callee, Reference) and (prefix := core(callee)) and callee.name in VIEWS:
            schema, materialized = "public", "Materialized" in callee.name
        elif isinstance(callee, Member) and made is not None and callee.name in {"view", "materializedView"}:
            prefix, schema, materialized = *made, callee.name == "materializedView"
        else:
            return None
        name = base.args[0] if base.args else UNDEFINED
        if not isinstance(name, str):
            return None
        query = next((call.args[0] for step, call in steps if step == "as" and call.args), None)
        existing = any(step == "existing" for step, _ in steps)
        return View(name, schema, prefix, materialized, existing, query, (base.path, base.line))

    # enums

    def enum(self, value: Value) -> Enum | None:
        """The enum that a value is, None for anything else."""
        if not isinstance(value, Call) or value.kind != "call":
            return None
        key = id(value)
        if key not in self._enums:
            self.kept.append(value)
            self._enums[key] = self._enum(value)
        return self._enums[key]

    def _enum(self, call: Call) -> Enum | None:
        callee = call.callee
        schema: str | None = None
        if isinstance(callee, Reference) and core(callee) and callee.name in ENUMS:
            schema = None
        elif isinstance(callee, Member) and callee.name == "enum" and (made := self.schema(callee.object)):
            schema = made[1]
        else:
            return None
        name = call.args[0] if call.args else UNDEFINED
        values = self.texts(call.args[1] if len(call.args) > 1 else UNDEFINED)
        if not isinstance(name, str):
            self.problem(call.path, call.line, "the name of an enum is not known")
            return None
        if values is None:
            self.problem(call.path, call.line, f"the values of the enum `{name}` are not known")
        return Enum(name, schema, values, (call.path, call.lines[0] if call.lines else call.line))

    def texts(self, value: Value) -> list[str] | None:
        """The texts in a list, or the values of an object; None where one is not known."""
        if isinstance(value, Object) and value.open is None:
            items = [value.props[key] for key in value.ordered()]
        elif isinstance(value, Array) and value.open is None:
            items = list(value.items)
        else:
            return None
        texts = [item for item in items if isinstance(item, str)]
        return texts if len(texts) == len(items) else None

    def dialect(self, prefix: str, *, bare: bool = False) -> Dialect:
        """How SQL is written for a dialect; `bare` names columns without their table, as in an index."""
        return Dialect("`" if prefix in {"mysql", "singlestore"} else '"', self._sql_name, bare, prefix)

    def _sql_name(self, value: Value) -> tuple[tuple[str, ...], str | None] | None:
        """(schema and table, column) that a value names in SQL."""
        found = self.reference(value)
        table = found[0] if found is not None else self.table(value)
        if table is None:
            return None
        return (table.schema, table.name) if table.schema else (table.name,), found[1].name if found else None

    def reference(self, value: Value) -> tuple[Table, Column] | None:
        """The column that `table.key` names, in or out of a chain such as `.desc()`."""
        for _ in range(MAX_CHAIN):
            if not (isinstance(value, Call) and isinstance(value.callee, Member)):
                break
            value = value.callee.object
        if not isinstance(value, Member):
            return None
        table = self.table(value.object) or self._known(value.object)
        column = table.columns.get(value.name) if table is not None else None
        return (table, column) if table is not None and column is not None else None

    def _known(self, value: Value) -> Table | None:
        """A table that Drizzle ships, such as Supabase's `auth.users`."""
        if not isinstance(value, Reference) or (value.module, value.name) not in KNOWN_TABLES:
            return None
        schema, name, columns = KNOWN_TABLES[value.module, value.name]
        made = {key: Column(key, key, False, "", ("", 0)) for key in columns}
        return Table(name, schema, "pg", Call(value, (), "", 0), made, UNDEFINED, ("", 0))

    def extras(self, table: Table) -> Iterator[tuple[Call, list[tuple[str, Call]]]]:
        """What a table's third argument says: (first call, chain) of each index, key, check and policy."""
        value = table.extra
        if isinstance(value, Closure):
            value = self.evaluator.apply(value, [table.call])
        if value is UNDEFINED or value is None:
            return
        items: list[Value] = []
        if isinstance(value, Array):
            for item in value.items:
                items.extend(item.items if isinstance(item, Array) else [item])
            unknown = value.open
        elif isinstance(value, Object):
            items, unknown = [value.props[key] for key in value.ordered()], value.open
        else:
            unknown = Unknown(table.call.path, table.call.line, reason_of(value))
        if unknown is not None:
            self.problem(unknown.path, unknown.line, f"`{table.name}` has more indexes or keys: {unknown.reason}")
        for item in items:
            steps, base = chain(item)
            if base is not None:
                yield base, steps
            elif isinstance(item, Unknown):
                self.problem(item.path, item.line, f"an index or key of `{table.name}` is not known: {item.reason}")


def _made_by(value: Value) -> tuple[Call | None, bool]:
    """(the call that may make a table, whether `.enableRLS()` follows it)."""
    rls = False
    for _ in range(MAX_CHAIN):
        if not (isinstance(value, Call) and isinstance(value.callee, Member) and value.callee.name == "enableRLS"):
            break
        value, rls = value.callee.object, True
    return (value if isinstance(value, Call) and value.kind == "call" else None), rls
