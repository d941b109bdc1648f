"""Prisma's schema language: its blocks, their fields and attributes, each with its line.

The language is one of lines: a block opens with `model User {` on a line of its own and closes with `}`, and each field or attribute
between stands on one line. What Prisma would refuse becomes a problem; the lines around it are still read.
https://www.prisma.io/docs/orm/prisma-schema/overview
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal, cast

from prefill.lazy import regex
from prefill.records import dataclass, field

Kind = Literal["model", "view", "type", "enum", "datasource", "generator"]

SCALARS = frozenset({"String", "Boolean", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes"})
MAX_PROBLEMS = 5  # of one file; a file of another language has one on every line

_BLOCK = regex(r"(model|view|type|enum|datasource|generator)[ \t]+([^\s{]+)[ \t]*\{$")
_FIELD = regex(r"([A-Za-z][\w-]*)[ \t]+([A-Za-z][\w-]*)[ \t]*(\[\]|\?)?[ \t]*(?=@|$)")
_UNSUPPORTED = regex(r'([A-Za-z]\w*)[ \t]+Unsupported\([ \t]*"(?:[^"\\]|\\.)*"[ \t]*\)[ \t]*(\[\]|\?)?[ \t]*(?=@|$)')
_VALUE = regex(r"([A-Za-z0-9][\w-]*)[ \t]*(?=@|$)")
_SETTING = regex(r"([A-Za-z]\w*)[ \t]*=[ \t]*(.+)$")
_ATTRIBUTE = regex(r"(@@?)[ \t]*([A-Za-z][\w.]*)[ \t]*")
_STRING = regex(r'"((?:[^"\\]|\\.)*)"')
_MARKS = regex(r'"(?:[^"\\]|\\.)*"|[()\[\],]')
_NAMED = regex(r"([A-Za-z]\w*)[ \t]*:[ \t]*")
_PATH = regex(r"[A-Za-z][\w.-]*")
_ESCAPE = regex(r"\\(.)")
_COMMENT = regex(r'"(?:[^"\\]|\\.)*"|//|/\*')


@dataclass(frozen=True, slots=True)
class Attribute:
    """`@id`, `@db.VarChar(20)` or, of a block, `@@map("users")`: its name without the marks, and what stands in its parentheses."""

    name: str
    arguments: str
    line: int

    def text(self, name: str = "name") -> str | None:
        """The string that is given as the argument of this name, or first without one."""
        for key, value in arguments(self.arguments):
            if key in {None, name}:
                return text(value)
        return None

    def names(self, name: str = "fields") -> tuple[str, ...]:
        """The fields in the list that is given as the argument of this name, or first without one.

        `a` of `[a(sort: Desc)]`; a lone field needs no brackets.
        """
        for key, value in arguments(self.arguments):
            if key in {None, name}:
                inner = value.strip()
                listed = inner.startswith("[") and inner.endswith("]")
                found = (_PATH.match(part.strip()) for part in _split(inner[1:-1] if listed else inner))
                return tuple(match.group() for match in found if match is not None)
        return ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a model, view or type, or a value of an enum (which has no type). `unsupported` has no type that Prisma knows."""

    name: str
    type: str
    arity: Literal["one", "optional", "list"]
    attributes: tuple[Attribute, ...]
    line: int
    unsupported: bool = False

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of this name, without its mark."""
        return next((one for one in self.attributes if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Block:
    """A block; `settings` are those of a datasource or generator, as they are written."""

    kind: Kind
    name: str
    line: int
    fields: tuple[Field, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    settings: Mapping[str, tuple[str, int]] = field(default_factory=lambda: MappingProxyType({}))

    def attribute(self, name: str) -> Attribute | None:
        """The first block attribute of this name, without its marks."""
        return next((one for one in self.attributes if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """The blocks of one file in their order, and (line, message) for what is not the language."""

    blocks: tuple[Block, ...]
    problems: tuple[tuple[int, str], ...]


def parse(source: str) -> Schema:
    """The schema that a file holds. Time is linear in its length, whatever it holds."""
    blocks: list[Block] = []
    problems: list[tuple[int, str]] = []
    opened: tuple[Kind, str, int] | None = None
    fields: list[Field] = []
    attributes: list[Attribute] = []
    settings: dict[str, tuple[str, int]] = {}

    def close() -> None:
        if opened is not None:
            kind, name, line = opened
            blocks.append(Block(kind, name, line, tuple(fields), tuple(attributes), MappingProxyType(dict(settings))))
        fields.clear()
        attributes.clear()
        settings.clear()

    for number, line in _lines(source):
        if (match := _BLOCK.match(line)) is not None:
            if opened is not None:
                problems.append((opened[2], f"the block of {opened[1]} is not closed"))
                close()
            opened = (cast("Kind", match.group(1)), match.group(2), number)
        elif opened is None:
            problems.append((number, "is no part of a Prisma schema"))
        elif line == "}":
            close()
            opened = None
        elif line.startswith("@@"):
            found = _attributes(line, number, "@@")
            if found is None or len(found) != 1:
                problems.append((number, "an attribute is not written as Prisma writes one"))
            else:
                attributes.extend(found)
        elif opened[0] in {"datasource", "generator"}:
            setting = _SETTING.match(line)
            if setting is not None:
                settings.setdefault(setting.group(1), (setting.group(2), number))
            else:
                problems.append((number, "is no setting of a block"))
        else:
            one = _field(line, number, opened[0] == "enum")
            if one is None:
                problems.append((number, "is no field of a Prisma schema"))
            else:
                fields.append(one)
    if opened is not None:
        problems.append((opened[2], f"the block of {opened[1]} is not closed"))
        close()
    return Schema(tuple(blocks), tuple(problems[:MAX_PROBLEMS]))


def arguments(inside: str) -> Iterator[tuple[str | None, str]]:
    """The arguments in parentheses: (name, None without one; the value as it is written)."""
    for part in _split(inside):
        trimmed = part.strip()
        if trimmed:
            named = _NAMED.match(trimmed)
            yield (named.group(1), trimmed[named.end() :]) if named is not None else (None, trimmed)


def text(value: str) -> str | None:
    """The string that a value is; None for what is no plain string."""
    match = _STRING.fullmatch(value.strip())
    return _ESCAPE.sub(r"\1", match.group(1)) if match is not None else None


def texts(value: str) -> tuple[str, ...]:
    """The strings in a value that is a string or a list of them."""
    return tuple(_ESCAPE.sub(r"\1", one) for one in _STRING.findall(value))


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """(number, text) of the lines that hold something, without comments and the space around."""
    commented = False
    for number, raw in enumerate(source.split("\n"), 1):
        line = raw.strip()
        if commented or "//" in line or "/*" in line:
            line, commented = _uncommented(line, commented)
        if line:
            yield number, line


def _uncommented(line: str, commented: bool) -> tuple[str, bool]:
    """(the line without its comments, whether a comment goes on after it)."""
    kept: list[str] = []
    start = at = 0
    while True:
        if commented:
            end = line.find("*/", at)
            if end < 0:
                return " ".join(kept).strip(), True
            start = at = end + 2
            commented = False
        mark = _COMMENT.search(line, at)
        if mark is None:
            kept.append(line[start:])
            return " ".join(kept).strip(), False
        at = mark.end()
        if mark.group() == "//":
            kept.append(line[start : mark.start()])
            return " ".join(kept).strip(), False
        if mark.group() == "/*":
            kept.append(line[start : mark.start()])
            commented = True


def _field(line: str, number: int, enum: bool) -> Field | None:
    arity: Literal["one", "optional", "list"]
    match = _VALUE.match(line) if enum else _FIELD.match(line)
    unsupported = False
    if match is None and not enum:
        match = _UNSUPPORTED.match(line)
        unsupported = True
    if match is None:
        return None
    attributes = _attributes(line[match.end() :], number)
    if attributes is None:
        return None
    if enum:
        return Field(match.group(1), "", "one", attributes, number)
    mark = match.group(2 if unsupported else 3)
    arity = "list" if mark == "[]" else "optional" if mark == "?" else "one"
    return Field(match.group(1), "" if unsupported else match.group(2), arity, attributes, number, unsupported)


def _attributes(rest: str, number: int, mark: str = "@") -> tuple[Attribute, ...] | None:
    """The attributes with this mark on the rest of a line; None where something else stands there, or a parenthesis is not closed."""
    out: list[Attribute] = []
    at = 0
    while at < len(rest):
        match = _ATTRIBUTE.match(rest, at)
        if match is None or match.group(1) != mark:
            return None
        at = match.end()
        inside = ""
        if rest.startswith("(", at):
            end = _closing(rest, at)
            if end is None:
                return None
            inside, at = rest[at + 1 : end], end + 1
        out.append(Attribute(match.group(2), inside, number))
        while at < len(rest) and rest[at] in " \t":
            at += 1
    return tuple(out)


def _closing(line: str, start: int) -> int | None:
    depth = 0
    for mark in _MARKS.finditer(line, start):
        if mark.group() in "([":
            depth += 1
        elif mark.group() in ")]":
            depth -= 1
            if not depth:
                return mark.start()
    return None


def _split(inside: str) -> Iterator[str]:
    """The parts between the commas that stand in no bracket and no string."""
    depth = start = 0
    for mark in _MARKS.finditer(inside):
        if mark.group() in "([":
            depth += 1
        elif mark.group() in ")]":
            depth -= 1
        elif mark.group() == "," and depth <= 0:
            yield inside[start : mark.start()]
            start = mark.end()
    yield inside[start:]
