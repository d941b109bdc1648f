"""A `tailwind.config.*` as far as it is known without running it: presets merged in, plugins by name, dark mode, theme.

Encodes https://v3.tailwindcss.com/docs/configuration and https://v3.tailwindcss.com/docs/presets: a preset's `theme.extend` adds up,
its other keys yield to the configuration's own.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

from prefill.lazy import regex
from prefill.model import Evidence
from prefill.records import dataclass, field
from prefill.typescript.program import Program
from prefill.typescript.values import (
    Array,
    Call,
    Choice,
    Closure,
    Member,
    Namespace,
    Object,
    Reference,
    Unknown,
    Value,
)

NAME = regex(r"(?:^|/)tailwind(?:(?:\.[\w-]+){0,4}\.config|\.config(?:\.[\w-]+){0,4})\.[cm]?[jt]s$")
"""The names that a configuration goes by; `tailwind.config.ts` is the one that is found without being named."""

MAX_PRESETS = 60
"""How many presets are merged into one configuration, and how deep they nest."""


@dataclass(slots=True)
class Configuration:
    """What a configuration says.

    `unknown` are (path, line, reason) of parts that cannot be known; `wrapped` is a configuration that a function outside
    the repository gets, which may add to it. What is not said is the default only where neither holds.
    """

    path: str
    content: list[str] = field(default_factory=list)
    dark_mode: str | None = None
    extend: list[str] = field(default_factory=list)
    theme: list[str] = field(default_factory=list)
    plugins: list[str] = field(default_factory=list)
    presets: list[str] = field(default_factory=list)
    prefix: str | None = None
    places: dict[str, Evidence] = field(default_factory=dict)
    read: bool = False
    wrapped: bool = False
    unknown: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether what it does not say is Tailwind's default."""
        return self.read and not self.wrapped and not self.unknown


def read(program: Program, path: str) -> Configuration:
    """The configuration that a file exports by default."""
    out = Configuration(path)
    value = program.evaluator.export(path, "default")
    merged = [0]
    _merge(program, out, value, merged)
    if merged[0] > MAX_PRESETS:
        out.unknown.append((path, 1, f"more than {MAX_PRESETS} presets"))
    return out


def _merge(program: Program, out: Configuration, value: Value, merged: list[int]) -> None:
    first = merged[0] == 0
    merged[0] += 1
    if merged[0] > MAX_PRESETS:
        return
    found = _object(program, value)
    if found is None:
        if isinstance(value, Unknown):
            out.unknown.append((value.path or out.path, value.line, value.reason))
        return
    out.read = True
    out.wrapped = out.wrapped or isinstance(value, (Call, Choice)) or found.open is not None
    props = found.props
    presets = _items(props.get("presets"))
    if first:
        for name, (path, line) in found.places.items():
            out.places.setdefault(name, Evidence(path, line))
        out.content = list(_strings(_content(props.get("content"))))
        _add(out.presets, _names(out, presets))
    if out.dark_mode is None:
        out.dark_mode = _dark_mode(props.get("darkMode"))
    if out.prefix is None and isinstance(prefix := props.get("prefix"), str) and prefix:
        out.prefix = prefix
    theme = _object(program, props.get("theme"))
    if theme is not None:
        _add(out.theme, (key for key in theme.props if key != "extend"))
        extend = _object(program, theme.props.get("extend"))
        if extend is not None:
            _add(out.extend, extend.props)
    _add(out.plugins, _names(out, _items(props.get("plugins"))))
    if presets and any(_object(program, preset) is None for preset in presets):
        out.wrapped = True
    for preset in presets:
        _merge(program, out, preset, merged)


def _add(names: list[str], more: Iterable[str]) -> None:
    for name in more:
        if name not in names:
            names.append(name)


def _object(program: Program, value: Value | None) -> Object | None:
    """The object that a value is, through the wrappers that pass their argument on: `withUt({…})`, `createPreset()`."""
    for _ in range(8):
        if isinstance(value, Object):
            return value
        if isinstance(value, Namespace):
            return program.evaluator.namespace(value)
        if isinstance(value, Closure):
            value = program.evaluator.apply(value)
        elif isinstance(value, Call):
            value = next((arg for arg in value.args if isinstance(arg, (Object, Call))), None)
        elif isinstance(value, Choice):
            value = next((option for option in value.options if isinstance(option, (Object, Call))), None)
        else:
            return None
    return None


def _items(value: Value | None) -> list[Value]:
    return value.items if isinstance(value, Array) else []


def _content(value: Value | None) -> Value | None:
    return value.props.get("files") if isinstance(value, Object) else value


def _strings(value: Value | None) -> Iterator[str]:
    for item in _items(value):
        if isinstance(item, str):
            yield item


def _dark_mode(value: Value | None) -> str | None:
    """`class`, `media`, `selector`, or with its selector: `class [data-mode="dark"]`; None where nothing is said."""
    if isinstance(value, str):
        return value
    if value is False:
        return "media"
    strings = list(_strings(value))
    return " ".join(strings[:2]) if strings else None


def _names(out: Configuration, values: Iterable[Value]) -> Iterator[str]:
    """What plugins or presets are called; what is written in the configuration itself has no name."""
    for value in values:
        name = _name(value)
        if name is not None and name != out.path:
            yield name


def _name(value: Value) -> str | None:
    """The package that a value is imported from, or the file of the repository that makes it."""
    for _ in range(8):
        if isinstance(value, Reference):
            return value.module or value.name
        if isinstance(value, Member):
            value = value.object
        elif isinstance(value, Call):
            if isinstance(value.callee, Reference) and value.callee.module == "tailwindcss/plugin":
                return None  # written in place, without a name of its own
            value = value.callee
        elif isinstance(value, Namespace):
            return value.path
        elif isinstance(value, (Object, Closure)):
            return posixpath.normpath(value.path)
        elif isinstance(value, Choice):
            value = value.options[0]
        else:
            return None
    return None
