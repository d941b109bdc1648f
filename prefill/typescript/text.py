"""Sources looked at as bytes: whether an offset is in a comment or a template literal, which is code that is shown and not run.

A filter for what is found by regular expressions, not a parser: what it takes for text by mistake is missed, never invented.
"""

from __future__ import annotations

import re

from prefill.lazy import regex

_TICK = regex(rb"\\.|`", re.DOTALL)


def commented(data: bytes, offset: int) -> bool:
    """Whether the line of an offset is a comment up to there."""
    before = data[data.rfind(b"\n", 0, offset) + 1 : offset].lstrip()
    return before.startswith((b"//", b"*", b"/*")) or b" // " in before


def crosses_tick(data: bytes, start: int, end: int) -> bool:
    """Whether an odd number of back quotes stands between two offsets: the one is in a template literal if the other is not."""
    return sum(tick.group() == b"`" for tick in _TICK.finditer(data, start, end)) % 2 == 1


def is_code(data: bytes, offset: int) -> bool:
    """Whether an offset is in no comment and no template literal."""
    return not commented(data, offset) and not (b"`" in data and crosses_tick(data, 0, offset))


def line_at(data: bytes, offset: int) -> int:
    """The line (from 1) of an offset."""
    return data.count(b"\n", 0, offset) + 1
