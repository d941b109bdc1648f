"""Relations of a schema: which tables Drizzle's relational queries join, and by which columns.

`relations(table, ({ one, many }) => …)` of https://orm.drizzle.team/docs/relations, and from version 1 on
`defineRelations(schema, (r) => …)` of https://orm.drizzle.team/docs/relations-v2. They say nothing of foreign keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from prefill.analyzers.drizzle.columns import Column
from prefill.analyzers.drizzle.snapshot import key_of
from prefill.analyzers.drizzle.tables import Table, Tables
from prefill.analyzers.drizzle.vocabulary import options_of
from prefill.model import DrizzleRelation, Evidence
from prefill.typescript.values import (
    UNDEFINED,
    Array,
    Call,
    Closure,
    Member,
    Namespace,
    Object,
    Reference,
    Value,
)

MODULE = "drizzle-orm/relations"
_HELPERS = Reference(MODULE, "r")
"""What version 1 hands to the callback: `r.many.posts()`, `r.users.id`."""

End = tuple[Table, Column]


def read(reader: Tables, values: Iterable[Value]) -> tuple[DrizzleRelation, ...]:
    """The relations that exported values define, one for each name of a table."""
    found: dict[tuple[str, str], DrizzleRelation] = {}
    for value in values:
        if not isinstance(value, Call) or not isinstance(value.callee, Reference) or len(value.args) < 2:
            continue
        name, module = value.callee.name, value.callee.module
        if module not in {"drizzle-orm", MODULE, "drizzle-orm/_relations"}:
            continue
        if name == "relations":
            made = _of_table(reader, value)
        elif name in {"defineRelations", "defineRelationsPart"}:
            made = _of_schema(reader, value)
        else:
            continue
        for relation in made:
            found.setdefault((relation.table, relation.name), relation)
    return tuple(found.values())


def _of_table(reader: Tables, call: Call) -> Iterator[DrizzleRelation]:
    table = reader.table(call.args[0])
    helpers = {name: Reference(MODULE, name) for name in ("one", "many")}
    said = reader.evaluator.apply(call.args[1], [Object(dict(helpers), call.path, call.line)])
    if table is None or not isinstance(said, Object):
        reader.problem(call.path, call.line, "the relations of a table are not known")
        return
    if said.open is not None:
        reader.problem(said.open.path, said.open.line, f"`{table.name}` has more relations: {said.open.reason}")
    for name in said.ordered():
        value = said.props[name]
        kind = value.callee.name if isinstance(value, Call) and isinstance(value.callee, Reference) else ""
        target = reader.table(value.args[0]) if isinstance(value, Call) and value.args else None
        if not isinstance(value, Call) or kind not in {"one", "many"} or target is None:
            reader.problem(call.path, call.line, f"the relation `{name}` of `{table.name}` is not known")
            continue
        options = options_of(value.args[1] if len(value.args) > 1 else UNDEFINED)
        called = options.get("relationName")
        yield DrizzleRelation(
            table=key_of(table),
            name=name,
            kind=_kind(kind),
            target=key_of(target),
            columns=_columns(reader.reference(one) for one in _listed(options.get("fields", UNDEFINED))),
            references=_columns(reader.reference(one) for one in _listed(options.get("references", UNDEFINED))),
            relation_name=called if isinstance(called, str) else None,
            evidence=(_place(said, name),),
        )


def _of_schema(reader: Tables, call: Call) -> Iterator[DrizzleRelation]:
    schema = _Schema(reader, call.args[0])
    said = call.args[1]
    if isinstance(said, Closure):
        said = reader.evaluator.apply(said, [_HELPERS])
    if not isinstance(said, Object):
        reader.problem(call.path, call.line, "the relations of the schema are not known")
        return
    for key in said.ordered():
        table, config = schema.table(key), said.props[key]
        if table is None or not isinstance(config, Object):
            reader.problem(call.path, call.line, f"the relations of `{key}` are not known")
            continue
        for name in config.ordered():
            relation = schema.relation(table, name, config)
            if relation is None:
                place = _place(config, name)
                reader.problem(place.path, place.line or 1, f"the relation `{name}` of `{table.name}` is not known")
            else:
                yield relation


class _Schema:
    """The schema that `defineRelations` is given: tables by the names that `r` has for them."""

    def __init__(self, reader: Tables, value: Value) -> None:
        self.reader = reader
        self.value = value

    def table(self, key: str) -> Table | None:
        """The table that `r.<key>` stands for."""
        if isinstance(self.value, Namespace):
            return self.reader.table(self.reader.evaluator.export(self.value.path, key))
        found = self.value.props.get(key) if isinstance(self.value, Object) else None
        return self.reader.table(found) if found is not None else None

    def relation(self, table: Table, name: str, config: Object) -> DrizzleRelation | None:
        """`r.one.users({ from, to, alias })`; None where its table is not known."""
        value = config.props[name]
        path = _path(value.callee) if isinstance(value, Call) else None
        if not isinstance(value, Call) or path is None or len(path) != 2 or path[0] not in {"one", "many"}:
            return None
        target = self.table(path[1])
        if target is None:
            return None
        options = options_of(value.args[0] if value.args else UNDEFINED)
        own = [self.end(one) for one in _listed(options.get("from", UNDEFINED))]
        other = [self.end(one) for one in _listed(options.get("to", UNDEFINED))]
        between = {key_of(one[1][0]) for one in (*own, *other) if one is not None and one[1] is not None}
        alias = options.get("alias")
        return DrizzleRelation(
            table=key_of(table),
            name=name,
            kind=_kind(path[0]),
            target=key_of(target),
            columns=_columns(one[0] if one is not None else None for one in own),
            references=_columns(one[0] if one is not None else None for one in other),
            through=between.pop() if len(between) == 1 else None,
            relation_name=alias if isinstance(alias, str) else None,
            evidence=(_place(config, name),),
        )

    def end(self, value: Value) -> tuple[End, End | None] | None:
        """(column, column of the table between) of `r.users.id.through(r.members.userId)`."""
        through = None
        if isinstance(value, Call) and isinstance(value.callee, Member) and value.callee.name == "through":
            through = self.column(value.args[0]) if value.args else None
            value = value.callee.object
        found = self.column(value)
        return (found, through) if found is not None else None

    def column(self, value: Value) -> End | None:
        """The column of `r.users.id`."""
        path = _path(value)
        table = self.table(path[0]) if path is not None and len(path) == 2 else None
        column = table.columns.get(path[1]) if table is not None and path is not None else None
        return (table, column) if table is not None and column is not None else None


def _path(value: Value) -> tuple[str, ...] | None:
    """The names after `r.`, at most two."""
    if not isinstance(value, Member):
        return None
    if value.object is _HELPERS:
        return (value.name,)
    inner = value.object
    if isinstance(inner, Member) and inner.object is _HELPERS:
        return (inner.name, value.name)
    return None


def _listed(value: Value) -> list[Value]:
    if isinstance(value, Array):
        return value.items
    return [] if value is UNDEFINED else [value]


def _columns(ends: Iterable[End | None]) -> tuple[str, ...]:
    """The names of the columns; none where one of them is not known."""
    known = list(ends)
    found = tuple(end[1].name for end in known if end is not None)
    return found if len(found) == len(known) else ()


def _kind(name: str) -> Literal["one", "many"]:
    return "one" if name == "one" else "many"


def _place(value: Object, key: str) -> Evidence:
    return Evidence(*value.places.get(key, (value.path, value.line)))
