"""JSON, and JSON with comments and trailing commas as `tsconfig.json` and many others hold it.

The standard parser reads strict JSON; only what it refuses goes to pyjson5. https://code.visualstudio.com/docs/languages/json
"""

from __future__ import annotations

import json
import re

from prefill.formats.document import Document, FormatError, Key, line_of
from prefill.lazy import regex

MAX_DEPTH = 500  # nested brackets; real files stay below 20


def parse(text: str) -> Document:
    """The document in a JSON text, with comments and trailing commas allowed. Raises FormatError."""
    text = text.removeprefix("\ufeff")
    try:
        return Document(json.loads(text), text, locate)
    except RecursionError:
        raise FormatError(f"is nested deeper than {MAX_DEPTH} brackets") from None
    except ValueError as error:
        first = error
    _check_depth(text)
    import pyjson5

    try:
        return Document(pyjson5.decode(text, maxdepth=MAX_DEPTH), text, locate)
    except (pyjson5.Json5Exception, ValueError, RecursionError):
        line = getattr(first, "lineno", None)
        raise FormatError(f"is not valid JSON: {getattr(first, 'msg', first)}", line) from None


def _check_depth(text: str) -> None:
    depth = 0
    for match in re.finditer(r"[\[{\]}]", text):
        depth += 1 if match.group() in "[{" else -1
        if depth > MAX_DEPTH * 4:
            raise FormatError(f"is nested deeper than {MAX_DEPTH} brackets", line_of(text, match.start()))


_TOKEN = regex(
    r"""
    (?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
  | (?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)
  | (?P<mark>[{}\[\]:,])
  | (?P<word>[^\s{}\[\]:,"'/]+)
    """,
    re.VERBOSE | re.DOTALL,
)


def locate(text: str, keys: tuple[Key, ...]) -> int | None:
    """The line of a key path: of the key for an object's member, of the value for a list's item."""
    if not keys:
        return 1
    path: list[list[Key | None]] = []  # per open bracket: [kind, current key]
    pending: str | None = None
    start = 0
    depth_matched = 0
    found: int | None = None  # of keys that are written twice the last one counts
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "comment":
            continue
        token = match.group()
        if kind == "mark" and token == ":" and path and path[-1][0] == "{":
            path[-1][1] = pending
            if depth_matched == len(path) - 1 and len(path) <= len(keys) and pending == keys[len(path) - 1]:
                depth_matched = len(path)
                if depth_matched == len(keys):
                    found = line_of(text, start)
            continue
        if kind == "mark" and token == ",":
            if path:
                depth_matched = min(depth_matched, len(path) - 1)
                if path[-1][0] == "[":
                    index = path[-1][1]
                    path[-1][1] = index + 1 if isinstance(index, int) else 0
            continue
        if kind == "mark" and token in "}]":
            if path:
                path.pop()
                depth_matched = min(depth_matched, len(path))
            if found is not None and len(path) < len(keys):
                return found
            continue
        # the start of a value, or of a key
        if (
            path
            and path[-1][0] == "["
            and depth_matched == len(path) - 1
            and len(path) <= len(keys)
            and path[-1][1] == keys[len(path) - 1]
        ):
            depth_matched = len(path)
            if depth_matched == len(keys):
                return line_of(text, match.start())
        if kind == "mark" and token in "{[":
            path.append([token, 0 if token == "[" else None])
            if len(path) > MAX_DEPTH * 4:
                return None
            continue
        start = match.start()
        pending = _unquote(token)
    return found


def _unquote(token: str) -> str:
    if token[0] == '"' and "\\" in token:
        try:
            return str(json.loads(token))
        except ValueError:
            return token[1:-1]
    return token[1:-1] if token[0] in "'\"" else token
