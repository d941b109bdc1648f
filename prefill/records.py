"""Frozen dataclasses that cost next to nothing to define: the part of `dataclasses` that prefill uses, without generated code.

The standard decorator writes the source of six methods for each class and compiles it: a third of a millisecond a class, and
prefill has some two hundred, in a run that may take a hundred milliseconds. Here the methods are shared and look at the names of
the fields. Semantics are those of https://docs.python.org/3/library/dataclasses.html; `slots` is taken and has no effect.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar, dataclass_transform, overload

T = TypeVar("T")

_MISSING: Any = object()
_NAMES = "__record_fields__"


class Field:
    """How one field is treated: its default, and whether it is compared, shown, and an argument."""

    __slots__ = ("compare", "default", "factory", "init", "name", "repr")

    def __init__(
        self,
        default: Any,
        factory: Callable[[], Any] | None,
        *,
        init: bool,
        repr: bool,  # noqa: A002  # the standard name
        compare: bool,
    ) -> None:
        self.name = ""
        self.default = default
        self.factory = factory
        self.init = init
        self.repr = repr
        self.compare = compare


def field(
    *,
    default: Any = _MISSING,
    default_factory: Callable[[], Any] | None = None,
    init: bool = True,
    repr: bool = True,  # noqa: A002  # the standard name
    compare: bool = True,
) -> Any:
    """A field with a default that is made anew, or that is not compared or shown."""
    return Field(default, default_factory, init=init, repr=repr, compare=compare)


@overload
@dataclass_transform(field_specifiers=(field,))
def dataclass(cls: type[T], /) -> type[T]: ...


@overload
@dataclass_transform(field_specifiers=(field,))
def dataclass(
    *, frozen: bool = False, slots: bool = False, kw_only: bool = False, eq: bool = True, order: bool = False
) -> Callable[[type[T]], type[T]]: ...


def dataclass(
    cls: type[T] | None = None,
    /,
    *,
    frozen: bool = False,
    slots: bool = False,  # noqa: ARG001  # taken, so that a class reads as with the standard decorator
    kw_only: bool = False,
    eq: bool = True,
    order: bool = False,
) -> type[T] | Callable[[type[T]], type[T]]:
    """The class with `__init__`, `__repr__`, `__eq__` and, by the arguments, a hash, an order, and no way to assign."""

    def make(cls: type[T]) -> type[T]:
        return _make(cls, frozen=frozen, kw_only=kw_only, eq=eq, order=order)

    return make if cls is None else make(cls)


def _make(cls: type[T], *, frozen: bool, kw_only: bool, eq: bool, order: bool) -> type[T]:
    found: dict[str, tuple[Field, bool]] = {}
    for base in reversed(cls.__mro__[1:]):
        found.update(base.__dict__.get(_NAMES, {}))
    for name, hint in cls.__dict__.get("__annotations__", {}).items():  # noqa: RUF063  # inspect costs what this module saves
        if "ClassVar" in str(hint):
            continue
        default = cls.__dict__.get(name, _MISSING)
        made = default if isinstance(default, Field) else Field(default, None, init=True, repr=True, compare=True)
        made.name = name
        if isinstance(default, Field):
            if made.default is _MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, made.default)
        found[name] = (made, kw_only)
    made_fields = [made for made, _ in found.values()]
    positional = tuple(made.name for made, keyword in found.values() if made.init and not keyword)
    methods: dict[str, Any] = {
        _NAMES: found,
        "__init__": _initializer(cls.__name__, made_fields, positional, getattr(cls, "__post_init__", None)),
        "__match_args__": positional,
    }
    own = cls.__dict__
    if "__repr__" not in own:
        methods["__repr__"] = _repr
    if eq and "__eq__" not in own:
        methods |= _comparison(tuple(made.name for made in made_fields if made.compare), frozen=frozen, order=order)
    if frozen:
        methods |= {"__setattr__": _refuse, "__delattr__": _refuse}
    for name, method in methods.items():
        setattr(cls, name, method)
    return cls


def _initializer(
    owner: str, made: list[Field], positional: tuple[str, ...], after: Callable[[Any], None] | None
) -> Callable[..., None]:
    count = len(made)
    allowed = frozenset(one.name for one in made if one.init)
    defaults = tuple((one.name, one.default, one.factory) for one in made)
    tails: dict[int, dict[str, Any] | None] = {}

    def tail_of(given: int) -> dict[str, Any] | None:
        """The defaults of the fields after so many positional arguments; None where it takes more than them."""
        left = [one for one in made if one.name not in positional[:given]]
        plain = after is None and all(one.default is not _MISSING and one.factory is None for one in left)
        return {one.name: one.default for one in left} if plain and given <= len(positional) else None

    def initialize(self: Any, *args: Any, **kwargs: Any) -> None:
        values = self.__dict__
        if not kwargs:
            given = len(args)
            tail = tails[given] if given in tails else tails.setdefault(given, tail_of(given))
            if tail is not None:
                values.update(zip(positional, args, strict=False), **tail)
                return
        if args:
            if len(args) > len(positional):
                raise TypeError(f"{owner}() takes {len(positional)} positional arguments but {len(args)} were given")
            values.update(zip(positional, args, strict=False))
            twice = next((name for name in kwargs if name in values), None)
            if twice is not None:
                raise TypeError(f"{owner}() got multiple values for argument '{twice}'")
        if kwargs:
            if not allowed.issuperset(kwargs):
                unknown = next(name for name in kwargs if name not in allowed)
                raise TypeError(f"{owner}() got an unexpected keyword argument '{unknown}'")
            values.update(kwargs)
        if len(values) != count:
            for name, default, factory in defaults:
                if name not in values:
                    if factory is not None:
                        values[name] = factory()
                    elif default is not _MISSING:
                        values[name] = default
                    elif name in allowed:
                        raise TypeError(f"{owner}() missing a required argument: '{name}'")
        if after is not None:
            after(self)

    return initialize


def _comparison(names: tuple[str, ...], *, frozen: bool, order: bool) -> dict[str, Any]:
    def key(self: Any) -> tuple[Any, ...]:
        values = self.__dict__
        return tuple([values[name] for name in names])

    def equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return self is other or key(self) == key(other)

    methods: dict[str, Any] = {"__eq__": equal, "__hash__": (lambda self: hash(key(self))) if frozen else None}
    if order:
        methods |= {
            "__lt__": lambda self, other: key(self) < key(other),
            "__le__": lambda self, other: key(self) <= key(other),
            "__gt__": lambda self, other: key(self) > key(other),
            "__ge__": lambda self, other: key(self) >= key(other),
        }
    return methods


def _repr(self: Any) -> str:
    shown = (one for one, _ in getattr(self, _NAMES).values() if one.repr)
    return f"{type(self).__qualname__}({', '.join(f'{one.name}={getattr(self, one.name)!r}' for one in shown)})"


class FrozenError(AttributeError):
    """A frozen instance was assigned to."""


def _refuse(_self: Any, name: str, *_: Any) -> None:
    raise FrozenError(f"cannot assign to or delete field {name!r}")


def fields(kind: Any) -> tuple[Field, ...]:
    """The fields of a dataclass or of an instance of one, in order. Raises TypeError for anything else."""
    found = getattr(kind, _NAMES, None)
    if found is None:
        raise TypeError(f"{kind!r} is no dataclass, nor an instance of one")
    return tuple(made for made, _ in found.values())


def is_dataclass(kind: object) -> bool:
    """Whether this is a dataclass, or an instance of one."""
    return hasattr(kind, _NAMES)


def pack(value: Any) -> Any:
    """A value as plain data that `unpack` makes the same value of: records, tuples, lists and mappings are told apart."""
    kind = type(value)
    if value is None or kind in _PLAIN:
        return value
    if kind is tuple:
        return ("t", [pack(item) for item in value])
    if kind is list:
        return ("l", [pack(item) for item in value])
    found = getattr(kind, _NAMES, None)
    if found is not None:
        values = value.__dict__
        return ("r", kind.__module__, kind.__qualname__, [pack(values[name]) for name in found])
    return ("m", [(pack(key), pack(item)) for key, item in value.items()])


def unpack(data: Any) -> Any:
    """The value that `pack` made this of."""
    if type(data) is not tuple:
        return data
    tag = data[0]
    if tag == "t":
        return tuple([unpack(item) for item in data[1]])
    if tag == "l":
        return [unpack(item) for item in data[1]]
    if tag == "r":
        kind = getattr(sys.modules[data[1]], data[2])
        made = object.__new__(kind)
        made.__dict__.update(zip(getattr(kind, _NAMES), map(unpack, data[3]), strict=True))
        return made
    return {unpack(key): unpack(item) for key, item in data[1]}


_PLAIN = frozenset({str, int, bool, float, bytes})


def replace(instance: T, /, **changes: Any) -> T:
    """A copy with other values in some fields."""
    values = {one.name: getattr(instance, one.name) for one in fields(instance) if one.init}
    return type(instance)(**(values | changes))
