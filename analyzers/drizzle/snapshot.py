"""The snapshot of a schema in drizzle-kit's version 7 shape, with the places that say each part of it.

https://orm.drizzle.team/docs/drizzle-kit-generate. The shape is PostgreSQL's whatever the dialect: a single primary key
is said by its column, `compositePrimaryKeys` hold keys of several columns. As in drizzle-kit, SQLite's unique constraints
are unique indexes before version 1 (MySQL's from then on), and tables of a MySQL schema are left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prefill.analyzers.drizzle.columns import Column, chain, core
from prefill.analyzers.drizzle.sql import is_sql, render
from prefill.analyzers.drizzle.tables import Enum, Table, Tables, View
from prefill.analyzers.drizzle.vocabulary import DIALECTS, KNOWN_ROLES, options_of
from prefill.records import dataclass
from prefill.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Closure,
    Member,
    Object,
    Reference,
    Undefined,
    Unknown,
    Value,
    js_string,
)

Place = tuple[str, int]

SCHEMATIC = frozenset(("pg", "gel", "cockroach"))
"""Prefixes of the dialects whose tables are keyed with their schema, `public` where none is said."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`value` is the snapshot, `places` maps JSON pointers into it to (path, line)."""

    value: dict[str, Any]
    places: dict[str, tuple[Place, ...]]


def pointer(*parts: str) -> str:
    """A JSON pointer. https://www.rfc-editor.org/rfc/rfc6901"""
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def build(
    reader: Tables, dialect: str, exported: Iterable[tuple[Value, Place | None]], only: tuple[str, ...] | None = None
) -> Snapshot:
    """The snapshot of exported values, each with the place of its declaration; `only` names the schemas to keep."""
    tables: dict[str, Any] = {}
    enums: dict[str, Any] = {}
    schemas: dict[str, str] = {}
    views: dict[str, Any] = {}
    places: dict[str, tuple[Place, ...]] = {}
    seen: set[int] = set()
    for value, declared in exported:
        table = reader.table(value)
        if table is not None:
            if id(table) in seen or DIALECTS.get(table.prefix) != dialect:
                continue
            seen.add(id(table))
            if only is not None and (table.schema or "public") not in only:
                continue
            if table.schema and table.prefix in {"mysql", "singlestore"}:
                continue
            key = key_of(table)
            tables[key] = _Writer(reader, table, key, places).write()
            places[pointer("tables", key)] = _unique_places(table.place, declared)
            continue
        enum = reader.enum(value)
        if enum is not None:
            _enum(enum, declared, enums, places, only)
            continue
        made = reader.schema(value)
        if made is not None and DIALECTS.get(made[0]) == dialect:
            schemas[made[1]] = made[1]
            continue
        view = reader.view(value)
        if view is not None and DIALECTS.get(view.prefix) == dialect and (only is None or view.schema in only):
            _view(view, reader, views, places)
    return Snapshot(
        {"version": "7", "dialect": dialect, "tables": tables, "enums": enums, "schemas": schemas, "views": views},
        places,
    )


def key_of(table: Table) -> str:
    """A table's key in the snapshot: with its schema where the dialect has schemas."""
    schema = table.schema or ("public" if table.prefix in SCHEMATIC else None)
    return f"{schema}.{table.name}" if schema else table.name


def _view(view: View, reader: Tables, views: dict[str, Any], places: dict[str, tuple[Place, ...]]) -> None:
    key = f"{view.schema}.{view.name}" if view.prefix in SCHEMATIC else view.name
    value: dict[str, Any] = {"name": view.name}
    if view.prefix in SCHEMATIC:
        value |= {"schema": view.schema, "materialized": view.materialized}
    value["isExisting"] = view.existing
    if view.query is not None and is_sql(view.query):
        value["definition"] = render(view.query, reader.dialect(view.prefix))
    views[key] = value
    places[pointer("views", key)] = (view.place,)


def _enum(
    enum: Enum,
    declared: Place | None,
    enums: dict[str, Any],
    places: dict[str, tuple[Place, ...]],
    only: tuple[str, ...] | None,
) -> None:
    schema = enum.schema or "public"
    if enum.values is None or (only is not None and schema not in only):
        return
    key = f"{schema}.{enum.name}"
    enums[key] = {"name": enum.name, "schema": schema, "values": list(enum.values)}
    places[pointer("enums", key)] = _unique_places(enum.place, declared)


def _unique_places(place: Place, declared: Place | None) -> tuple[Place, ...]:
    """The line of the name first; the declaration's too where it is elsewhere."""
    if declared is None or declared == place:
        return (place,)
    return (declared, place) if declared[0] != place[0] else (place,)


class _Writer:
    """Writes one table."""

    def __init__(self, reader: Tables, table: Table, key: str, places: dict[str, tuple[Place, ...]]) -> None:
        self.reader = reader
        self.table = table
        self.key = key
        self.places = places
        self.out: dict[str, Any] = {
            "name": table.name,
            "schema": table.schema or "",
            "columns": {},
            "indexes": {},
            "foreignKeys": {},
            "compositePrimaryKeys": {},
            "uniqueConstraints": {},
            "policies": {},
            "checkConstraints": {},
            "isRLSEnabled": table.rls,
        }

    def write(self) -> dict[str, Any]:
        for column in self.table.columns.values():
            if column.type:
                self._column(column)
        for column in self.table.columns.values():
            for target, actions in column.references:
                self._reference(column, target, actions)
        for base, steps in self.reader.extras(self.table):
            self._extra(base, steps)
        return self.out

    def _put(self, group: str, name: str, value: dict[str, Any], place: Place) -> None:
        self.out[group][name] = value
        self.places[pointer("tables", self.key, group, name)] = (place,)

    def _column(self, column: Column) -> None:
        value: dict[str, Any] = {
            "name": column.name,
            "type": column.type,
            "primaryKey": column.primary,
            # SQLite's primary key may hold NULL; drizzle-kit says so from version 1 on
            "notNull": column.not_null
            and not (self.reader.modern and self.table.prefix == "sqlite" and column.primary),
        }
        if column.type_schema:
            value["typeSchema"] = column.type_schema
        if column.default is not None:
            value["default"] = column.default
        if column.autoincrement:
            value["autoincrement"] = True
        if column.on_update:
            value["onUpdate"] = True
        if column.generated is not None:
            value["generated"] = column.generated
        if column.identity is not None:
            value["identity"] = self._identity(column, column.identity)
        self._put("columns", column.name, value, column.place)
        if column.unique:
            name = column.unique_name or self._unique_name([column])
            self._unique(name, [column.name], column.nulls_not_distinct, column.place)

    def _identity(self, column: Column, said: dict[str, Any]) -> dict[str, Any]:
        """https://www.postgresql.org/docs/current/sql-createsequence.html: what is not said is PostgreSQL's default."""
        options = {key: text for key, value in said.items() if (text := js_string(value)) not in {None, "undefined"}}
        down = str(options.get("increment", "1")).startswith("-")
        limit = {"integer": 2**31, "bigint": 2**63}.get(column.type, 2**15)
        lowest = options.get("minValue", str(-limit) if down else "1")
        highest = options.get("maxValue", "-1" if down else str(limit - 1))
        return {
            "type": said["type"],
            "name": options.get("name", f"{self.table.name}_{column.name}_seq"),
            "schema": self.table.schema or "public",
            "increment": options.get("increment", "1"),
            "startWith": options.get("startWith", highest if down else lowest),
            "minValue": lowest,
            "maxValue": highest,
            "cache": options.get("cache", "1"),
            "cycle": said.get("cycle") is True,
        }

    def _unique_name(self, columns: list[Column]) -> str:
        """The default name, made of keys, not of cased names."""
        keys = [column.key if column.keyed else column.name for column in columns]
        table = [] if self.reader.modern and self.table.prefix == "mysql" else [self.table.name]
        return "_".join([*table, *keys, "unique"])

    def _unique(self, name: str, columns: list[str], nulls_not_distinct: bool, place: Place) -> None:
        if self.table.prefix == ("mysql" if self.reader.modern else "sqlite"):
            self._put("indexes", name, {"name": name, "columns": _indexed(columns), "isUnique": True}, place)
        else:
            value = {"name": name, "nullsNotDistinct": nulls_not_distinct, "columns": columns}
            self._put("uniqueConstraints", name, value, place)

    def _reference(self, column: Column, target: Value, actions: Value) -> None:
        value = self.reader.evaluator.apply(target, []) if isinstance(target, Closure) else target
        found = self.reader.reference(value)
        if found is None:
            reason = value.reason if isinstance(value, Unknown) else "is not a column of a known table"
            self.reader.problem(
                *column.place, f"what `{self.table.name}.{column.name}` references is not known: {reason}"
            )
            return
        rules = options_of(actions)
        self._foreign(
            [column.name], found[0], [found[1].name], None, rules.get("onDelete"), rules.get("onUpdate"), column.place
        )

    def _foreign(
        self,
        columns: list[str],
        to: Table,
        columns_to: list[str],
        name: str | None,
        on_delete: Value,
        on_update: Value,
        place: Place,
    ) -> None:
        name = name or "_".join([self.table.name, *columns, to.name, *columns_to]) + "_fk"
        value = {
            "name": name,
            "tableFrom": self.table.name,
            "tableTo": to.name,
            "columnsFrom": columns,
            "columnsTo": columns_to,
            "onDelete": on_delete if isinstance(on_delete, str) else "no action",
            "onUpdate": on_update if isinstance(on_update, str) else "no action",
        }
        if to.schema:
            value["schemaTo"] = to.schema
        self._put("foreignKeys", name, value, place)

    def _extra(self, base: Call, steps: list[tuple[str, Call]]) -> None:
        callee = base.callee
        if not isinstance(callee, Reference) or core(callee) is None:
            self.reader.problem(base.path, base.line, f"an index or key of `{self.table.name}` is not made by Drizzle")
            return
        place = (base.path, base.line)
        kind = callee.name
        if kind in {"index", "uniqueIndex"}:
            self._index(kind == "uniqueIndex", base, steps, place)
        elif kind == "unique":
            self._constraint(base, steps, place)
        elif kind == "primaryKey":
            self._primary(base, place)
        elif kind == "foreignKey":
            self._foreign_key(base, steps, place)
        elif kind == "check":
            name = base.args[0] if base.args else UNDEFINED
            text = render(base.args[1], self.reader.dialect(self.table.prefix)) if len(base.args) > 1 else None
            if isinstance(name, str):
                self._put("checkConstraints", name, {"name": name, "value": text}, place)
        elif kind == "pgPolicy":
            name = base.args[0] if base.args else UNDEFINED
            if isinstance(name, str):
                self._policy(name, base, place)

    def _policy(self, name: str, base: Call, place: Place) -> None:
        rules = options_of(base.args[1] if len(base.args) > 1 else UNDEFINED)
        value: dict[str, Any] = {"name": name}
        for key, default in (("as", "PERMISSIVE"), ("for", "ALL")):
            said = rules.get(key)
            value[key] = said.upper() if isinstance(said, str) else default
        to = rules.get("to", "public")
        roles = [self._role(one) for one in (to.items if isinstance(to, Array) else [to])]
        value["to"] = sorted(role for role in roles if role is not None)
        for key in ("using", "withCheck"):
            if key in rules:
                value[key] = render(rules[key], self.reader.dialect(self.table.prefix))
        self._put("policies", name, value, place)

    def _role(self, value: Value) -> str | None:
        """A role's name: a text, `pgRole("name")`, or one of those that Drizzle ships."""
        if isinstance(value, str):
            return value
        _, base = chain(value)
        if base is not None and isinstance(base.callee, Reference) and base.callee.name == "pgRole" and base.args:
            return base.args[0] if isinstance(base.args[0], str) else None
        return KNOWN_ROLES.get((value.module, value.name)) if isinstance(value, Reference) else None

    def _names(self, values: Iterable[Value], what: str, place: Place) -> list[Column] | None:
        """The columns that values name; None, with a problem, where one is not known."""
        out = []
        for value in values:
            found = self.reader.reference(value)
            if found is None:
                self.reader.problem(*place, f"a column of {what} of `{self.table.name}` is not known")
                return None
            out.append(found[1])
        return out

    def _constraint(self, base: Call, steps: list[tuple[str, Call]], place: Place) -> None:
        on = next((call for name, call in steps if name == "on"), None)
        first = base.args[0] if base.args else UNDEFINED
        if on is None or isinstance(first, Unknown):
            self.reader.problem(*place, f"a unique constraint of `{self.table.name}` is not known")
            return
        columns = self._names(on.args, "a unique constraint", place)
        if columns is None:
            return
        name = first if isinstance(first, str) else self._unique_name(columns)
        distinct = any(step == "nullsNotDistinct" for step, _ in steps)
        self._unique(name, [column.name for column in columns], distinct, place)

    def _primary(self, base: Call, place: Place) -> None:
        first = base.args[0] if base.args else UNDEFINED
        values: tuple[Value, ...] = base.args
        name: Value = UNDEFINED
        if isinstance(first, Object):
            listed = first.props.get("columns", UNDEFINED)
            if not isinstance(listed, Array) or listed.open is not None:
                self.reader.problem(*place, f"the primary key of `{self.table.name}` is not known")
                return
            values, name = tuple(listed.items), first.props.get("name", UNDEFINED)
        columns = self._names(values, "the primary key", place)
        if not columns:
            return
        written = self.out["columns"]
        for column in columns:
            implied = (
                self.table.prefix != "mysql" if self.reader.modern else self.table.prefix in {"mysql", "singlestore"}
            )
            if implied and column.name in written:
                written[column.name]["notNull"] = True
        if len(columns) == 1:
            if columns[0].name in written:
                written[columns[0].name]["primaryKey"] = True
            return
        names = [column.name for column in columns]
        called = name if isinstance(name, str) else f"{self.table.name}_{'_'.join(names)}_pk"
        self._put("compositePrimaryKeys", called, {"name": called, "columns": names}, place)

    def _foreign_key(self, base: Call, steps: list[tuple[str, Call]], place: Place) -> None:
        config = base.args[0] if base.args else UNDEFINED
        if isinstance(config, Closure):
            config = self.reader.evaluator.apply(config, [])
        options = options_of(config)
        own, other = options.get("columns"), options.get("foreignColumns")
        columns = self._names(own.items, "a foreign key", place) if isinstance(own, Array) else None
        targets = [self.reader.reference(value) for value in other.items] if isinstance(other, Array) else []
        known = [target for target in targets if target is not None]
        if not columns or not known or len(known) != len(targets):
            self.reader.problem(*place, f"a foreign key of `{self.table.name}` is not known")
            return
        actions = options_of(base.args[1] if len(base.args) > 1 else UNDEFINED)
        on_delete, on_update = actions.get("onDelete"), actions.get("onUpdate")
        for step, call in steps:
            said = call.args[0] if call.args else UNDEFINED
            if step == "onDelete":
                on_delete = said
            elif step == "onUpdate":
                on_update = said
        name = options.get("name")
        names_to = [target[1].name for target in known]
        called = name if isinstance(name, str) else None
        self._foreign([column.name for column in columns], known[0][0], names_to, called, on_delete, on_update, place)

    def _index(self, unique: bool, base: Call, steps: list[tuple[str, Call]], place: Place) -> None:
        on = next(
            ((name, call) for name, call in steps if name in {"on", "onOnly", "using"} and _lists(name, call)), None
        )
        first = base.args[0] if base.args else UNDEFINED
        if on is None or isinstance(first, Unknown) or on[1].open is not None:
            self.reader.problem(*place, f"an index of `{self.table.name}` is not known")
            return
        method = "btree"
        values = on[1].args
        if on[0] == "using":
            method, values = str(values[0]), values[1:]
        columns = [self._index_column(value) for value in values]
        if any(column["expression"] is None for column in columns):
            self.reader.problem(*place, f"a column of an index of `{self.table.name}` is not known")
        name = first if isinstance(first, str) and first else None
        if name is None:
            if any(column["isExpression"] or column["expression"] is None for column in columns):
                self.reader.problem(*place, f"an index of `{self.table.name}` has no name that is known")
                return
            name = "_".join([self.table.name, *(column["expression"] for column in columns), "index"])
        value: dict[str, Any] = {
            "name": name,
            "columns": columns,
            "isUnique": unique,
            "method": method,
        }
        where = next((call.args[0] for step, call in steps if step == "where" and call.args), None)
        using = next(
            (call.args[0] for step, call in steps if step == "using" and call is not on[1] and call.args), None
        )
        if isinstance(using, str):
            value["method"] = using
        if where is not None:
            value["where"] = render(where, self.reader.dialect(self.table.prefix))
        if any(step == "concurrently" for step, _ in steps):
            value["concurrently"] = True
        self._put("indexes", name, value, place)

    def _index_column(self, value: Value) -> dict[str, Any]:
        """One column of an index; `expression` is None where it is not known."""
        if is_sql(value):
            text = render(value, self.reader.dialect(self.table.prefix, bare=True))
            return {"expression": text, "isExpression": True, "asc": True, "nulls": "last"}
        found = self.reader.reference(value)
        out: dict[str, Any] = {"expression": None, "isExpression": False}
        if found is not None:
            out = _indexed([found[1].name])[0]
        while isinstance(value, Call) and isinstance(value.callee, Member):
            step = value.callee.name
            if step == "desc":
                out["asc"] = False
            elif step in {"nullsFirst", "nullsLast"}:
                out["nulls"] = "first" if step == "nullsFirst" else "last"
            elif step == "op" and value.args and isinstance(value.args[0], str):
                out["opclass"] = value.args[0]
            value = value.callee.object
        return out


def _lists(step: str, call: Call) -> bool:
    """Whether a step lists an index's columns: MySQL's `.using("btree")` does not."""
    return step != "using" or len(call.args) > 1 or isinstance(call.args[0] if call.args else UNDEFINED, Undefined)


def _indexed(columns: list[str]) -> list[dict[str, Any]]:
    return [{"expression": column, "isExpression": False, "asc": True, "nulls": "last"} for column in columns]
