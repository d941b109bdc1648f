"""The few members of library values that are plain data: what `z.enum([…]).options` and `pgEnum(…).enumValues` hold.

Schemas take their enum values from them (https://zod.dev/api#enums, https://orm.drizzle.team/docs/column-types/pg#enum).
"""

from __future__ import annotations

from prefill.typescript.values import UNDEFINED, Array, Call, Member, Object, Reference, Value

MEMBERS = frozenset(("options", "enum", "Enum", "Values", "enumValues", "enumName"))
"""The properties that are looked at."""


def member(value: Value, key: str) -> Value | None:
    """The plain value of a property of a library's value; None where it is not one of those."""
    if key not in MEMBERS or not isinstance(value, Call):
        return None
    callee = value.callee
    if key in {"enumValues", "enumName"}:
        maker = callee.name if isinstance(callee, (Reference, Member)) else ""
        if maker not in {"pgEnum", "cockroachEnum", "enum"}:
            return None
        if key == "enumName":
            return value.args[0] if value.args else None
        return _values(value.args[1], value) if len(value.args) > 1 else None
    if not _of_zod(callee) or not value.args:
        return None
    first = value.args[0]
    if key == "options":
        return _values(first, value)
    if isinstance(first, Array) and all(isinstance(item, str) for item in first.items):
        return Object({str(item): item for item in first.items}, value.path, value.line, open=first.open)
    return first if isinstance(first, Object) else None


def _of_zod(callee: Value) -> bool:
    if not isinstance(callee, (Reference, Member)) or callee.name not in {"enum", "nativeEnum"}:
        return False
    module = callee.object if isinstance(callee, Member) else callee
    return isinstance(module, Reference) and module.module.partition("/")[0] == "zod"


def _values(value: Value, call: Call) -> Value | None:
    """A list as it is; of an object its values, without the reverse mapping of a numeric enum."""
    if isinstance(value, Array):
        return Array(list(value.items), call.path, call.line, value.open)
    if isinstance(value, Object):
        items = [value.props.get(key, UNDEFINED) for key in value.ordered() if not key.isdigit()]
        return Array(items, call.path, call.line, value.open)
    return None
