"""YAML, read by PyYAML's safe loader, with aliases and depth bounded. https://yaml.org/spec/1.2.2/"""

from __future__ import annotations

import re
from typing import Any

from prefill.formats.document import Document, FormatError, Key
from prefill.lazy import regex

MAX_DEPTH = 200  # nested collections
MAX_ALIASES = 2_000  # uses of an alias: each shares the value, but what reads it may walk it again
MAX_MERGES = 100  # mappings that one `<<` may lead to
_ALIAS = regex(r"(?:^|[\s\[{,:-])\*[A-Za-z0-9_]", re.MULTILINE)


def parse(text: str) -> Document:
    """The first document in a YAML text. Raises FormatError."""
    import yaml

    if len(_ALIAS.findall(text)) > MAX_ALIASES:
        raise FormatError(f"uses more than {MAX_ALIASES:,} aliases")
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth = 0
        aliases = False
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.AliasEvent):
                aliases = True
            elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                if depth > MAX_DEPTH:
                    mark = event.start_mark
                    raise FormatError(f"is nested deeper than {MAX_DEPTH}", mark.line + 1 if mark else None)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
        value = next(iter(yaml.load_all(text, Loader=loader)), None)
        if aliases and _size(value, 200_000) >= 200_000:
            raise FormatError("expands through its aliases beyond 200,000 values")
        return Document(value, text, locate)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        message = getattr(error, "problem", None) or str(error)
        raise FormatError(f"is not valid YAML: {message}", mark.line + 1 if mark else None) from None
    except (RecursionError, ValueError) as error:
        raise FormatError(f"is not valid YAML: {error}") from None


def _size(value: Any, limit: int) -> int:
    count = 0
    rest = [value]
    while rest and count < limit:
        at = rest.pop()
        count += 1
        if isinstance(at, dict):
            rest.extend(at.values())
        elif isinstance(at, list):
            rest.extend(at)
        if len(rest) > limit:
            return limit
    return count


def locate(text: str, keys: tuple[Key, ...]) -> int | None:
    """The line of a key path: of the key for a mapping's member, of the item for a sequence's."""
    import yaml

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = next(iter(yaml.compose_all(text, Loader=loader)), None)
    except yaml.YAMLError:
        return None
    line: int | None = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = _pair(node, str(key))
            if pair is None:
                return None
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and 0 <= key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            return None
    return line


def _pair(node: Any, key: str) -> tuple[Any, Any] | None:
    """The (key, value) nodes of a mapping's member: its own, of which the last counts, else one merged in by `<<`."""
    rest = [node]
    for _ in range(MAX_MERGES):
        if not rest:
            break
        mapping = rest.pop(0)
        found: tuple[Any, Any] | None = None
        for name, value in mapping.value:
            if name.tag == "tag:yaml.org,2002:merge":
                merged = value.value if value.id == "sequence" else [value]
                rest.extend(one for one in merged if one.id == "mapping")
            elif name.value == key:
                found = (name, value)
        if found is not None:
            return found
    return None
