"""TOML, read by tomli. https://toml.io/en/v1.0.0"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from prefill.formats.document import Document, FormatError, Key, line_of
from prefill.lazy import regex

MAX_DEPTH = 200  # nested brackets


def parse(text: str) -> Document:
    """The document in a TOML text. Raises FormatError."""
    import tomli

    depth = 0
    for match in re.finditer(r"[\[{\]}]", text):
        depth = max(0, depth + (1 if match.group() in "[{" else -1))
        if depth > MAX_DEPTH:
            raise FormatError(f"is nested deeper than {MAX_DEPTH} brackets", line_of(text, match.start()))
    try:
        return Document(tomli.loads(text), text, locate)
    except tomli.TOMLDecodeError as error:
        raise FormatError(f"is not valid TOML: {error.msg}", error.lineno) from None
    except RecursionError:
        raise FormatError("is nested too deeply") from None


_PART = regex(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*(\.?)""")
_STRING = regex(
    r'"""(?:[^"\\]|\\.|"(?!""))*"{3,5}'
    r"|'''(?:[^']|'(?!''))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)


def locate(text: str, keys: tuple[Key, ...]) -> int | None:
    """The line of a key path: of the key, or of the header that makes its table; an integer counts in an array of tables.

    A path inside an inline table or array has the line of the key that holds it.
    """
    if not keys:
        return 1
    below: int | None = None
    above: int | None = None
    arrays: dict[tuple[Key, ...], int] = {}
    table: tuple[Key, ...] = ()
    for path, line, header in _statements(text, arrays):
        if header:
            table = path
        here = path if header else table + path
        if here == keys:
            return line
        if here[: len(keys)] == keys and below is None:
            below = line
        elif not header and keys[: len(here)] == here:
            above = line
    return below if below is not None else above


def _statements(text: str, arrays: dict[tuple[Key, ...], int]) -> Iterator[tuple[tuple[Key, ...], int, bool]]:
    """(path, line, whether it is a header) of every header and every key; a key's path is relative to its table."""
    at, size, line = 0, len(text), 1
    while at < size:
        end = text.find("\n", at)
        end = size if end < 0 else end
        stripped = text[at:end].lstrip(" \t")
        if stripped[:1] == "[":
            double = stripped.startswith("[[")
            names, _ = _names(stripped, 2 if double else 1)
            yield _table(names, arrays, double=double), line, True
        elif stripped and stripped[0] not in "#\r":
            names, after = _names(stripped, 0)
            yield names, line, False
            end = _value_end(text, end - len(stripped) + after, size)
        line += text.count("\n", at, min(end + 1, size))
        at = end + 1


def _table(names: tuple[Key, ...], arrays: dict[tuple[Key, ...], int], *, double: bool) -> tuple[Key, ...]:
    """The path of a header with the indices of the arrays of tables that it stands in."""
    path: tuple[Key, ...] = ()
    for number, name in enumerate(names, 1):
        path = (*path, name)
        if double and number == len(names):
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path


def _names(text: str, at: int) -> tuple[tuple[Key, ...], int]:
    """The dotted key at an offset, and where it ends."""
    names: list[Key] = []
    while (match := _PART.match(text, at)) is not None:
        part, at = match[1], match.end()
        names.append(_unquote(part))
        if not match[2]:
            break
    return tuple(names), at


def _unquote(part: str) -> str:
    if part[0] == "'":
        return part[1:-1]
    if part[0] != '"':
        return part
    try:
        return str(json.loads(part))
    except ValueError:
        return part[1:-1]


def _value_end(text: str, at: int, size: int) -> int:
    """Where the line ends on which the value ends that starts after an offset: strings and arrays may span lines."""
    depth = 0
    while at < size:
        char = text[at]
        if char in "\"'" and (match := _STRING.match(text, at)) is not None:
            at = match.end()
            continue
        if char == "#":
            found = text.find("\n", at)
            at = size if found < 0 else found
            continue
        if char in "[{":
            depth += 1
        elif char in "]}":
            depth -= 1
        elif char == "\n" and depth <= 0:
            return at
        at += 1
    return size
