"""TOML, read by tomli. https://toml.io/en/v1.0.0"""

from __future__ import annotations

import re

from prefill.formats.document import Document, FormatError, Key, line_of

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


_HEADER = re.compile(r"^[ \t]*\[\[?[ \t]*([^\]\n]+?)[ \t]*\]", re.MULTILINE)
_PART = re.compile(r"""[ \t]*("[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*\.?""")


def locate(text: str, keys: tuple[Key, ...]) -> int | None:
    """The line of a key path: of the key in its table, else of the table's header."""
    names = [str(key) for key in keys if isinstance(key, str)]
    best: int | None = None
    table: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        header = _HEADER.match(line)
        if header:
            table = _names(header.group(1))
            if names[: len(table)] == table and (len(table) == len(names) or best is None):
                best = number
                if len(table) == len(names):
                    return number
            continue
        if names[: len(table)] != table or len(table) >= len(names) or "=" not in line:
            continue
        here = table + _names(line.split("=", 1)[0])
        if names == here:
            return number
        if names[: len(here)] == here:
            best = number
    return best


def _names(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(dotted)]
