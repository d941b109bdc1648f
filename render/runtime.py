"""What the partials need while they render: filters, tests, and the few names that Jinja2's compiled templates ask for.

Importing Jinja2 and compiling the partials takes about 50 ms, more than everything else that a small repository costs. So
`python -m prefill.render.compiling` compiles them ahead, with Jinja2's own compiler, into `compiled.py`, which runs on
this module alone. A live environment (`environment.py`) renders the same from the same filters; the tests compare.
https://jinja.palletsprojects.com/en/stable/api/#the-high-level-api
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, Self

from prefill.render.markdown import code
from prefill.render.markdown import escape as escape_prose

missing: Any = type("Missing", (), {"__slots__": (), "__repr__": lambda _: "missing"})()


class Markdown(str):
    """Finished Markdown, which needs no escape any more. Jinja2 and MarkupSafe know such text by its `__html__`."""

    __slots__ = ()

    def __html__(self) -> Self:
        return self


Markup = Markdown


class TemplateRuntimeError(Exception):
    """A template asked for something that is not there."""


class UndefinedError(TemplateRuntimeError):
    """A template used a name that it was not given."""


def finalize(value: Any) -> Any:
    """Every value that a template prints: escaped, unless a macro or `code` made it."""
    return value if hasattr(value, "__html__") else Markdown(escape_prose(value, opens=False))


def absent(value: Any) -> bool:
    """Whether a value is undefined, by this module or by a live Jinja2."""
    return any(kind.__name__ == "Undefined" for kind in type(value).__mro__)


# filters --------------------------------------------------------------------------------------------------------------


def _codes(values: Iterable[Any], separator: str = ", ") -> Markdown:
    return Markdown(separator.join(code(value) for value in values))


def _join(values: Iterable[Any], separator: str = "", attribute: str | None = None) -> Markdown:
    picked = values if attribute is None else _map(values, attribute=attribute)
    return Markdown(separator.join(str(finalize(value)) for value in picked))


def _map(
    values: Iterable[Any], name: str | None = None, *, attribute: str | None = None, default: Any = missing
) -> list[Any]:
    if attribute is None:
        return [FILTERS[str(name)](value) for value in values]
    found = (ENVIRONMENT.getattr(value, attribute) for value in values)
    return [default if absent(value) and default is not missing else value for value in found]


def _select(values: Iterable[Any], test: str | None = None, *args: Any) -> list[Any]:
    return [value for value in values if (TESTS[test](value, *args) if test else value)]


def _reject(values: Iterable[Any], test: str | None = None, *args: Any) -> list[Any]:
    return [value for value in values if not (TESTS[test](value, *args) if test else value)]


def _selectattr(values: Iterable[Any], name: str, test: str | None = None, *args: Any) -> list[Any]:
    return [value for value in values if _passes(value, name, test, args)]


def _rejectattr(values: Iterable[Any], name: str, test: str | None = None, *args: Any) -> list[Any]:
    return [value for value in values if not _passes(value, name, test, args)]


def _passes(value: Any, name: str, test: str | None, args: tuple[Any, ...]) -> bool:
    attribute = ENVIRONMENT.getattr(value, name)
    return bool(TESTS[test](attribute, *args) if test else attribute)


def _default(value: Any, other: Any = "", boolean: bool = False) -> Any:
    return other if absent(value) or (boolean and not value) else value


def _sort(values: Iterable[Any], reverse: bool = False, attribute: str | None = None) -> list[Any]:
    key = None if attribute is None else lambda value: ENVIRONMENT.getattr(value, attribute)
    return sorted(values, key=key, reverse=reverse)


def _unique(values: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(values))


def _first(values: Iterable[Any]) -> Any:
    return next(iter(values), StrictUndefined("the sequence is empty"))


def _last(values: Sequence[Any]) -> Any:
    return values[-1] if values else StrictUndefined("the sequence is empty")


def _replace(text: str, old: str, new: str) -> str:
    return str(text).replace(old, new)


FILTERS: dict[str, Callable[..., Any]] = {
    "code": lambda value: Markdown(code(value)),
    "codes": _codes,
    "count": len,
    "d": _default,
    "default": _default,
    "first": _first,
    "int": int,
    "join": _join,
    "last": _last,
    "length": len,
    "list": list,
    "lower": lambda text: str(text).lower(),
    "map": _map,
    "max": max,
    "min": min,
    "reject": _reject,
    "rejectattr": _rejectattr,
    "replace": _replace,
    "select": _select,
    "selectattr": _selectattr,
    "sort": _sort,
    "string": str,
    "sum": sum,
    "trim": lambda text: str(text).strip(),
    "unique": _unique,
    "upper": lambda text: str(text).upper(),
}

TESTS: dict[str | None, Callable[..., Any]] = {
    "boolean": lambda value: value is True or value is False,
    "defined": lambda value: not absent(value),
    "divisibleby": lambda value, number: value % number == 0,
    "endingwith": lambda text, end: text.endswith(end),
    "eq": lambda a, b: a == b,
    "equalto": lambda a, b: a == b,
    "false": lambda value: value is False,
    "ge": lambda a, b: a >= b,
    "gt": lambda a, b: a > b,
    "in": lambda value, values: value in values,
    "le": lambda a, b: a <= b,
    "lt": lambda a, b: a < b,
    "mapping": lambda value: isinstance(value, Mapping),
    "ne": lambda a, b: a != b,
    "none": lambda value: value is None,
    "number": lambda value: isinstance(value, (int, float)),
    "sameas": lambda a, b: a is b,
    "sequence": lambda value: isinstance(value, Sequence),
    "startingwith": lambda text, start: text.startswith(start),
    "string": lambda value: isinstance(value, str),
    "true": lambda value: value is True,
    "undefined": absent,
}


# what compiled templates ask for --------------------------------------------------------------------------------------


class Undefined:
    """What an inline `if` without `else` gives: nothing, printed as nothing."""

    __slots__ = ("_message",)

    def __init__(self, hint: str | None = None, obj: Any = missing, name: Any = None) -> None:
        self._message = hint or (
            f"{name!r} is undefined" if obj is missing else f"{type(obj).__name__} has no {name!r}"
        )

    def __str__(self) -> str:
        return ""

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())


class StrictUndefined(Undefined):
    """A name that the template was not given: an error as soon as it is used."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # it stands for nothing, so it equals nothing

    def _fail(self, *_: Any, **__: Any) -> NoReturn:
        raise UndefinedError(self._message)

    __str__ = __bool__ = __iter__ = __len__ = __eq__ = __ne__ = __call__ = __getitem__ = __contains__ = _fail
    __add__ = __radd__ = __sub__ = __rsub__ = __lt__ = __le__ = __gt__ = __ge__ = _fail


class LoopContext:
    """The `loop` of a `for`: https://jinja.palletsprojects.com/en/stable/templates/#for."""

    def __init__(self, iterable: Iterable[Any], undefined: Any) -> None:
        self._items = list(iterable)
        self._undefined = undefined
        self.index0 = -1

    def __iter__(self) -> Iterator[tuple[Any, LoopContext]]:
        for number, item in enumerate(self._items):
            self.index0 = number
            yield item, self

    @property
    def index(self) -> int:
        return self.index0 + 1

    @property
    def length(self) -> int:
        return len(self._items)

    @property
    def first(self) -> bool:
        return self.index0 == 0

    @property
    def last(self) -> bool:
        return self.index0 == len(self._items) - 1

    @property
    def previtem(self) -> Any:
        return self._undefined("there is no previous item") if self.first else self._items[self.index0 - 1]

    @property
    def nextitem(self) -> Any:
        return self._undefined("there is no next item") if self.last else self._items[self.index0 + 1]


class Macro:
    """A macro: what it makes is finished Markdown. Variable arguments and `call` blocks are not supported."""

    def __init__(
        self,
        _environment: Any,
        function: Callable[..., str],
        name: str,
        arguments: Sequence[str],
        *unsupported: bool,
    ) -> None:
        if any(unsupported[:3]):
            raise TemplateRuntimeError(f"macro {name!r} uses varargs, kwargs or caller, which compiled partials lack")
        self._function = function
        self._name = name
        self._arguments = tuple(arguments)

    def __call__(self, *args: Any, **kwargs: Any) -> Markdown:
        if len(args) > len(self._arguments):
            raise TypeError(f"macro {self._name!r} takes not more than {len(self._arguments)} argument(s)")
        values = [*args, *(kwargs.pop(name, missing) for name in self._arguments[len(args) :])]
        if kwargs:
            raise TypeError(f"macro {self._name!r} takes no keyword argument {next(iter(kwargs))!r}")
        return Markdown(self._function(*values))


class Namespace(dict[str, Any]):
    """`namespace()`: values that a loop may set for after it."""


class Context:
    """The names of one template."""

    class eval_ctx:  # noqa: N801  # the name that compiled templates use
        """The escape is always on."""

        autoescape = True
        volatile = False

    def __init__(self) -> None:
        self.vars: dict[str, Any] = {}
        self.exported_vars: set[str] = set()
        self.blocks: dict[str, Any] = {}

    def resolve_or_missing(self, name: str) -> Any:
        return self.vars.get(name, GLOBALS.get(name, missing))

    @staticmethod
    def call(function: Any, *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)


class Imported:
    """A template that another one imports: its macros as attributes."""

    def __init__(self, macros: Mapping[str, Any]) -> None:
        self.__dict__.update(macros)

    def _get_default_module(self, _context: Context | None = None) -> Self:
        return self


_MISSING = object()


class Environment:
    """The part of Jinja2's environment that compiled templates use. `roots` are the compiled templates by name."""

    roots: Mapping[str, Callable[[Context], Iterator[str]]] = {}

    undefined = StrictUndefined
    filters = FILTERS
    tests = TESTS
    finalize = staticmethod(finalize)
    concat = "".join

    def get_template(self, name: str, _parent: str | None = None) -> Imported:
        """The template that another one imports."""
        return Imported(module(self.roots[name]))

    def getattr(self, obj: Any, name: str) -> Any:
        """`obj.name` in a template: the attribute, else the item."""
        try:
            return getattr(obj, name)
        except AttributeError:
            return self.getitem(obj, name)

    def getitem(self, obj: Any, key: Any) -> Any:
        """`obj[key]` in a template: the item, else the attribute of that name."""
        try:
            return obj[key]
        except (AttributeError, TypeError, LookupError):
            found = getattr(obj, key, _MISSING) if isinstance(key, str) else _MISSING
            return self.undefined(obj=obj, name=key) if found is _MISSING else found


GLOBALS: dict[str, Any] = {"range": range, "dict": dict, "namespace": Namespace}
ENVIRONMENT = Environment()


def escape(value: Any) -> Any:
    """What `finalize` has done already."""
    return value


def identity(value: Any) -> Any:
    """The value."""
    return value


def internalcode(function: Any) -> Any:
    """Jinja2's mark for functions that tracebacks leave out."""
    return function


def markup_join(values: Iterable[Any]) -> Markdown:
    """`a ~ b` in a template."""
    return Markdown("".join(str(finalize(value)) for value in values))


str_join = markup_join


class TemplateReference:
    """`self` in a template: partials have no blocks."""


class TemplateNotFound(TemplateRuntimeError):  # noqa: N818  # the name that compiled templates use
    """A template that another one names."""


def module(root: Callable[[Context], Iterator[str]]) -> Mapping[str, Any]:
    """The macros of a compiled template."""
    context = Context()
    for _ in root(context):
        pass
    return context.vars
