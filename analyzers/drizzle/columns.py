"""Columns in evaluated TypeScript: what a chain of a builder's calls, `text("name").notNull().unique()`, says of one column.

https://orm.drizzle.team/docs/column-types/pg and its siblings; the types themselves are in `vocabulary`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from prefill.analyzers.drizzle.sql import Dialect, default_text, render
from prefill.analyzers.drizzle.vocabulary import BUILDERS, CASINGS, CORE, NOW, SCHEMAS, SQLITE_NOW, cased, options_of
from prefill.records import dataclass, field
from prefill.typescript.values import (
    UNDEFINED,
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


class Reader(Protocol):
    """What reading a column asks of the reader of its schema; see `tables.Tables`."""

    evaluator: Evaluator
    modern: bool
    named: dict[int, str]
    kept: list[Value]

    def problem(self, path: str, line: int, message: str) -> None:
        """Remember that a part of the schema is not known."""

    def enum(self, value: Value) -> Any:
        """The enum that a value is, None for anything else."""

    def texts(self, value: Value) -> Any:
        """The texts that a value lists, None for anything else."""

    def dialect(self, prefix: str) -> Dialect:
        """How SQL is written for a family of builders."""
        ...


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


@dataclass(frozen=True, slots=True)
class Maker:
    """What makes a table: the dialect's prefix, the schema, the table's name, and the casing that holds in it."""

    prefix: str
    schema: str | None
    name: Value
    casing: str | None
    rls: bool = False


def read(reader: Reader, value: Value, key: str, place: tuple[str, int], maker: Maker) -> Column | None:
    """The column that a builder's chain describes; None, with a problem, where not even its name is known."""
    steps, base = chain(value)
    if base is None:
        reason = reason_of(value)
        reader.problem(*place, f"the column `{key}` of `{maker.name}` is not known: {reason}")
        return None
    found = _base(reader, base, key, place, maker.casing)
    if found is None or not found.type:
        reader.problem(*place, f"the type of the column `{key}` of `{maker.name}` is not known")
    if found is None:
        return None
    for name, call in steps:
        found = _step(reader, found, name, call, maker.prefix)
    return found


def _base(reader: Reader, base: Call, key: str, place: tuple[str, int], casing: str | None) -> Column | None:
    callee = base.callee
    args = base.args
    named = bool(args) and isinstance(args[0], str) and bool(args[0])
    if args and isinstance(args[0], (Unknown, Choice)):
        return None
    name = str(args[0]) if named else _key(reader, base, key)
    name = name if named else cased(name, casing)
    second = args[1] if len(args) > 1 else UNDEFINED
    options_value = args[0] if args and isinstance(args[0], Object) else second
    options = options_of(options_value)
    column = Column(key, name, not named, "", place)
    enum = reader.enum(callee) if isinstance(callee, Call) else None
    if enum is not None:
        column.type, column.type_schema = enum.name, enum.schema or "public"
        return column
    if isinstance(callee, Call):
        kind = _custom(reader, callee, options_value)
        column.type = kind or ""
        return column if kind is not None else None
    if not isinstance(callee, Reference):
        return None
    family = core(callee)
    if family is None:
        return None
    if callee.name in {"mysqlEnum", "singlestoreEnum"}:
        values = reader.texts(args[0] if args and not isinstance(args[0], str) else second)
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
    if reader.modern and callee.name == "geometry":
        kind = f"geometry(point,{js_string(options['srid'])})" if "srid" in options else kind
    column.type = kind
    column.not_null = builder.not_null(options) if callable(builder.not_null) else builder.not_null
    column.not_null = column.not_null or (reader.modern and callee.name == "bigserial")
    column.autoincrement = builder.autoincrement
    return column


def _key(reader: Reader, base: Call, key: str) -> str:
    """A builder without a name takes the first key that it stands under, and keeps it."""
    if id(base) not in reader.named:
        reader.kept.append(base)
        reader.named[id(base)] = key
    return reader.named[id(base)]


def _custom(reader: Reader, call: Call, options: Value) -> str | None:
    """The SQL type of `customType({ dataType: (config) => "…" })`. https://orm.drizzle.team/docs/custom-types"""
    if not (isinstance(call.callee, Reference) and core(call.callee) and call.callee.name == "customType"):
        return None
    params = call.args[0] if call.args else UNDEFINED
    maker = params.props.get("dataType") if isinstance(params, Object) else None
    if maker is None:
        return None
    result = reader.evaluator.apply(maker, [options])
    return result if isinstance(result, str) else None


def _step(reader: Reader, column: Column, name: str, call: Call, prefix: str) -> Column:
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
    elif name == "array" and reader.modern:
        column.type = column.type and column.type.rstrip("[]") + (first if isinstance(first, str) else "[]")
    elif name == "array":
        size = js_string(first) if isinstance(first, int) else ""
        kind = f"{column.type}[{size}]" if column.type else ""
        # a new builder around this one: what was said before is said of the items
        column = Column(column.key, column.name, column.keyed, kind, column.place, column.type_schema)
    elif name == "default":
        column.default = default_text(first, column.type, prefix, reader.dialect(prefix))
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
            first = reader.evaluator.apply(first, [])
        text = first if isinstance(first, str) else render(first, reader.dialect(prefix))
        mode = options_of(args[1] if len(args) > 1 else UNDEFINED).get("mode")
        kind = "stored" if prefix == "pg" else mode if isinstance(mode, str) else "virtual"
        text = f"({text})" if prefix == "sqlite" and text is not None else text
        column.generated = {"as": text, "type": kind}
    return column


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
