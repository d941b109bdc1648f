"""Tables, columns and enums in evaluated TypeScript: which calls of Drizzle's builders a schema is made of.

A builder is a chain of calls, `text("name").notNull().unique()`; what a chain says is read from its first call outwards.
https://orm.drizzle.team/docs/sql-schema-declaration
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from prefill.analyzers.drizzle.sql import Dialect, default_text, render
from prefill.analyzers.drizzle.vocabulary import (
    BUILDERS,
    CASINGS,
    CORE,
    CREATORS,
    ENUMS,
    KNOWN_TABLES,
    NOW,
    SCHEMAS,
    SQLITE_NOW,
    TABLES,
    VIEWS,
    cased,
    options_of,
)
from prefill.records import dataclass, field
from prefill.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Choice,
    Closure,
    Member,
    Object,
    Reference,
    Unknown,
    Value,
    js_string,
)

if TYPE_CHECKING:
    from prefill.typescript.evaluate import Evaluator

MAX_CHAIN = 60
"""Calls in one chain of a builder."""


@dataclass(slots=True)
class Column:
    """One column. `keyed` says that its name is the property's, so that `casing` applies to it.

    `type` is empty where it is not known; keys and indexes may name the column all the same.
    """

    key: str
    name: str
    keyed: bool
    type: str
    place: tuple[str, int]
    type_schema: str | None = None
    not_null: bool = False
    primary: bool = False
    unique: bool = False
    unique_name: str | None = None
    nulls_not_distinct: bool = False
    autoincrement: bool = False
    on_update: bool = False
    default: Any = None
    generated: dict[str, Any] | None = None
    identity: dict[str, Any] | None = None
    references: list[tuple[Value, Value]] = field(default_factory=list)


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


@dataclass(frozen=True, slots=True)
class _Maker:
    """What makes a table: the dialect's prefix, the schema, the table's name, and the casing that holds in it."""

    prefix: str
    schema: str | None
    name: Value
    casing: str | None
    rls: bool = False


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
    _named: dict[int, str] = field(default_factory=dict)
    _kept: list[Value] = field(default_factory=list)  # what `_tables`, `_enums` and `_named` know by identity

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
            self._kept.append(call)
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
            column = self.column(columns_value.props[key], key, place, maker)
            if column is None or not column.type:
                table.open = True
            if column is not None:
                table.columns[key] = column
        return table

    def _maker(self, call: Call) -> _Maker | None:
        """What makes a table in a call, None where nothing does."""
        first = call.args[0] if call.args else UNDEFINED
        callee = call.callee
        if isinstance(callee, Reference):
            prefix = core(callee)
            return _Maker(prefix, None, first, self.casing) if prefix and callee.name in TABLES else None
        if isinstance(callee, Member) and isinstance(callee.object, Reference):
            prefix = core(callee.object)
            if prefix and callee.name == "withRLS" and callee.object.name in TABLES:
                return _Maker(prefix, None, first, self.casing, rls=True)
            if prefix and callee.name == "table" and callee.object.name in CASINGS:
                return _Maker(prefix, None, first, CASINGS[callee.object.name])
        elif isinstance(callee, Member) and callee.name == "table":
            made = self._schema(callee.object)
            return _Maker(made[0], made[1], first, made[2]) if made is not None else None
        elif isinstance(callee, Call) and isinstance(callee.callee, Reference) and callee.callee.name in CREATORS:
            prefix = core(callee.callee)
            if prefix and callee.args:
                name = self.evaluator.apply(callee.args[0], [first])
                casing = callee.args[1] if len(callee.args) > 1 else self.casing
                return _Maker(prefix, None, name, casing if isinstance(casing, str) else None)
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
            self._kept.append(value)
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

    # columns

    def column(self, value: Value, key: str, place: tuple[str, int], maker: _Maker) -> Column | None:
        """The column that a builder's chain describes; None, with a problem, where not even its name is known."""
        steps, base = chain(value)
        if base is None:
            reason = reason_of(value)
            self.problem(*place, f"the column `{key}` of `{maker.name}` is not known: {reason}")
            return None
        found = self._base(base, key, place, maker.casing)
        if found is None or not found.type:
            self.problem(*place, f"the type of the column `{key}` of `{maker.name}` is not known")
        if found is None:
            return None
        for name, call in steps:
            found = self._step(found, name, call, maker.prefix)
        return found

    def _base(self, base: Call, key: str, place: tuple[str, int], casing: str | None) -> Column | None:
        callee = base.callee
        args = base.args
        named = bool(args) and isinstance(args[0], str) and bool(args[0])
        if args and isinstance(args[0], (Unknown, Choice)):
            return None
        name = str(args[0]) if named else self._key(base, key)
        name = name if named else cased(name, casing)
        second = args[1] if len(args) > 1 else UNDEFINED
        options_value = args[0] if args and isinstance(args[0], Object) else second
        options = options_of(options_value)
        column = Column(key, name, not named, "", place)
        enum = self.enum(callee) if isinstance(callee, Call) else None
        if enum is not None:
            column.type, column.type_schema = enum.name, enum.schema or "public"
            return column
        if isinstance(callee, Call):
            kind = self._custom(callee, options_value)
            column.type = kind or ""
            return column if kind is not None else None
        if not isinstance(callee, Reference):
            return None
        family = core(callee)
        if family is None:
            return None
        if callee.name in {"mysqlEnum", "singlestoreEnum"}:
            values = self.texts(args[0] if args and not isinstance(args[0], str) else second)
            if not values:
                return column
            column.type = "enum(" + ",".join("'" + value.replace("'", "''") + "'" for value in values) + ")"
            return column
        builder = BUILDERS.get(family, {}).get(callee.name)
        if builder is None:
            return None
        if isinstance(options_value, (Unknown, Choice)) or (isinstance(options_value, Object) and options_value.open):
            return column
        kind = builder.type(options)
        if kind is None:
            return column
        if self.modern and callee.name == "geometry":
            kind = f"geometry(point,{js_string(options['srid'])})" if "srid" in options else kind
        column.type = kind
        column.not_null = builder.not_null(options) if callable(builder.not_null) else builder.not_null
        column.not_null = column.not_null or (self.modern and callee.name == "bigserial")
        column.autoincrement = builder.autoincrement
        return column

    def _key(self, base: Call, key: str) -> str:
        """A builder without a name takes the first key that it stands under, and keeps it."""
        if id(base) not in self._named:
            self._kept.append(base)
            self._named[id(base)] = key
        return self._named[id(base)]

    def _custom(self, call: Call, options: Value) -> str | None:
        """The SQL type of `customType({ dataType: (config) => "…" })`. https://orm.drizzle.team/docs/custom-types"""
        if not (isinstance(call.callee, Reference) and core(call.callee) and call.callee.name == "customType"):
            return None
        params = call.args[0] if call.args else UNDEFINED
        maker = params.props.get("dataType") if isinstance(params, Object) else None
        if maker is None:
            return None
        result = self.evaluator.apply(maker, [options])
        return result if isinstance(result, str) else None

    def _step(self, column: Column, name: str, call: Call, prefix: str) -> Column:
        args = call.args
        first = args[0] if args else UNDEFINED
        if name == "notNull":
            column.not_null = True
        elif name == "primaryKey":
            column.primary = column.not_null = True
            column.autoincrement = column.autoincrement or options_of(first).get("autoIncrement") is True
        elif name == "unique":
            column.unique = True
            column.unique_name = first if isinstance(first, str) else None
            nulls = options_of(args[1] if len(args) > 1 else UNDEFINED).get("nulls")
            column.nulls_not_distinct = nulls == "not distinct"
        elif name == "references":
            column.references.append((first, args[1] if len(args) > 1 else UNDEFINED))
        elif name == "array" and self.modern:
            column.type = column.type and column.type.rstrip("[]") + (first if isinstance(first, str) else "[]")
        elif name == "array":
            size = js_string(first) if isinstance(first, int) else ""
            kind = f"{column.type}[{size}]" if column.type else ""
            # a new builder around this one: what was said before is said of the items
            column = Column(column.key, column.name, column.keyed, kind, column.place, column.type_schema)
        elif name == "default":
            column.default = default_text(first, column.type, prefix, self.dialect(prefix))
        elif name == "defaultNow":
            column.default = NOW.get(prefix, SQLITE_NOW)
        elif name == "defaultRandom":
            column.default = "gen_random_uuid()"
        elif name == "autoincrement":
            column.autoincrement = True
        elif name == "onUpdateNow":
            column.on_update = True
        elif name in {"generatedAlwaysAsIdentity", "generatedByDefaultAsIdentity"}:
            column.not_null = True
            column.identity = {"type": "always" if "Always" in name else "byDefault", **options_of(first)}
        elif name == "generatedAlwaysAs":
            if isinstance(first, Closure):
                first = self.evaluator.apply(first, [])
            text = first if isinstance(first, str) else render(first, self.dialect(prefix))
            mode = options_of(args[1] if len(args) > 1 else UNDEFINED).get("mode")
            kind = "stored" if prefix == "pg" else mode if isinstance(mode, str) else "virtual"
            text = f"({text})" if prefix == "sqlite" and text is not None else text
            column.generated = {"as": text, "type": kind}
        return column

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


def core(reference: Reference) -> str | None:
    """The dialect's prefix (`pg`, `mysql` …) where a reference is into one of Drizzle's builder modules."""
    found = CORE.search(reference.module)
    return found[1] if found else None


def chain(value: Value) -> tuple[list[tuple[str, Call]], Call | None]:
    """A builder's chain as (method, call) in the order of the calls, and its first call; no call, no chain."""
    steps: list[tuple[str, Call]] = []
    for _ in range(MAX_CHAIN):
        if not isinstance(value, Call):
            return [], None
        callee = value.callee
        if not (isinstance(callee, Member) and isinstance(callee.object, Call)) or _makes(callee):
            return steps[::-1], value
        steps.append((callee.name, value))
        value = callee.object
    return [], None


def _makes(callee: Member) -> bool:
    """Whether a member is a maker of its own, as `pgSchema("x").table`, not a step of a chain."""
    inner = callee.object
    maker = inner.callee if isinstance(inner, Call) else None
    if isinstance(maker, Member):
        return maker.name == "schema" and isinstance(maker.object, Reference) and maker.object.name in CASINGS
    return isinstance(maker, Reference) and maker.name in SCHEMAS


def reason_of(value: Value) -> str:
    """Why a value is not known."""
    if isinstance(value, Unknown):
        return value.reason
    if isinstance(value, Choice):
        return value.reason.reason
    return "is not made by a builder of Drizzle"
