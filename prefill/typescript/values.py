"""What partial evaluation gives: values that are known, symbols that stand for a library's, and unknowns with a reason.

Strings, numbers, booleans and None (JavaScript's `null`) are Python's own. A call of a library's function is not
executed: it is a `Call` whose callee is a `Reference` (what was imported from where) or a `Member` of another symbol, so
that an analyzer describes a library's vocabulary: `varchar("name").notNull()` is a call of the member `notNull` of a call
of the reference `varchar` of `drizzle-orm/pg-core`.
"""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING, Final, TypeAlias

from prefill.records import dataclass, field

if TYPE_CHECKING:
    from tree_sitter import Node

    from prefill.typescript.scope import Scope


class Undefined:
    """JavaScript's `undefined`; there is one, `UNDEFINED`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined()


@dataclass(slots=True, eq=False)
class Unknown:
    """A value that cannot be known without running the program; `name` is the environment variable, if it is one."""

    path: str
    line: int
    reason: str
    name: str | None = None


@dataclass(slots=True, eq=False)
class Choice:
    """One of several values, depending on something unknown."""

    options: tuple[Value, ...]
    reason: Unknown


@dataclass(slots=True, eq=False)
class Array:
    """A list. `open` says why there may be more items than are known; `unique` makes it a `Set`."""

    items: list[Value]
    path: str
    line: int
    open: Unknown | None = None
    unique: bool = False


@dataclass(slots=True, eq=False)
class Object:
    """An object: values, and the place of each key. `open` says why there may be more keys than are known."""

    props: dict[str, Value]
    path: str
    line: int
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    open: Unknown | None = None
    getters: set[str] | None = None

    def ordered(self) -> list[str]:
        """The keys in JavaScript's order: array indices first, ascending."""
        names = list(self.props)
        indices = [name for name in names if name.isdigit() and (name == "0" or name[0] != "0")]
        if not indices:
            return names
        ordered = sorted(indices, key=int)
        return ordered + [name for name in names if name not in set(indices)]


@dataclass(slots=True, eq=False)
class Closure:
    """A function of the repository with what it closes over. `method` is the object that it was read from."""

    node: Node
    scope: Scope
    path: str
    line: int
    name: str | None = None
    this: Value = UNDEFINED


@dataclass(slots=True, eq=False)
class Namespace:
    """A module of the repository as an object: `import * as schema`."""

    path: str


@dataclass(slots=True, eq=False)
class Reference:
    """What a package outside the repository exports under `name`: `default`, `*` for all of it, or a name.

    A global such as `process` has the empty module.
    """

    module: str
    name: str


@dataclass(slots=True, eq=False)
class Member:
    """A property of a symbol."""

    object: Value
    name: str
    path: str
    line: int


@dataclass(slots=True, eq=False)
class Call:
    """A call that was not executed, with the lines of its arguments.

    `kind` is `call`, `new`, or `tag` for a tagged template, whose first argument is the list of its strings. `open` says
    why there may be more arguments than are known.
    """

    callee: Value
    args: tuple[Value, ...]
    path: str
    line: int
    lines: tuple[int, ...] = ()
    kind: str = "call"
    open: Unknown | None = None


@dataclass(slots=True, eq=False)
class Regex:
    """A regular expression literal."""

    pattern: str
    flags: str


class BigInt(int):
    """An integer written with `n`."""

    __slots__ = ()


Value: TypeAlias = """
    str | int | float | bool | Undefined | Unknown | Choice | Array | Object | Closure | Namespace | Reference | Member
    | Call | Regex | None
"""

SYMBOLS = (Reference, Member, Call)
"""What stands for a library's value."""


def known(value: Value) -> bool:
    """Whether a value is a plain JavaScript value, not a symbol, a choice or an unknown."""
    return not isinstance(value, (Unknown, Choice, Reference, Member, Call))


def truthy(value: Value) -> bool | None:
    """Whether a value counts as true; None where that is not known."""
    if isinstance(value, (Unknown, Choice, Member)):
        return None
    if isinstance(value, Reference):
        return None if not value.module else True
    if isinstance(value, Call):
        return True if value.kind == "new" else None
    if isinstance(value, (Array, Object, Closure, Namespace, Regex)):
        return True
    if isinstance(value, float) and isnan(value):
        return False
    return bool(value)


def same(left: Value, right: Value) -> bool | None:
    """`left === right`; None where that is not known."""
    if left is right and not isinstance(left, (Unknown, Choice)):
        return not (isinstance(left, float) and isnan(left))
    if not known(left) or not known(right):
        return None
    if isinstance(left, bool) or isinstance(right, bool):
        return isinstance(left, bool) and isinstance(right, bool) and left == right
    if isinstance(left, (str, int, float)) and isinstance(right, (str, int, float)):
        return isinstance(left, str) == isinstance(right, str) and left == right
    return False


def js_string(value: Value) -> str | None:
    """What JavaScript's `String(value)` gives for plain values; None for what has no known text."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return js_number(value)
    if isinstance(value, Undefined):
        return "undefined"
    if isinstance(value, Array) and value.open is None:
        parts = ["" if item is None or item is UNDEFINED else js_string(item) for item in value.items]
        return None if None in parts else ",".join(part or "" for part in parts)
    if isinstance(value, Regex):
        return f"/{value.pattern}/{value.flags}"
    return "[object Object]" if isinstance(value, Object) else None


def js_number(value: float) -> str:
    """A number as JavaScript prints it."""
    if isnan(value):
        return "NaN"
    if value in (float("inf"), float("-inf")):
        return "Infinity" if value > 0 else "-Infinity"
    if value.is_integer() and abs(value) < 1e21:
        return str(int(value))
    text = repr(value)
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        power = int(exponent)
        if -7 < power < 0:
            return f"{value:.{len(mantissa.replace('.', '').lstrip('-')) - power - 1}f}"
        return f"{mantissa.removesuffix('.0')}e{power:+d}"
    return text
