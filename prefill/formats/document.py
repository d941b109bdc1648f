"""What every format gives: a parsed value, and the line of a key path, looked up only when it is cited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from prefill.records import dataclass, field

Key = str | int


class FormatError(Exception):
    """A text is not what its format says: the message, and the line (from 1) where that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed value with the text that it came from."""

    value: Any
    text: str = field(repr=False)
    locate: Callable[[str, tuple[Key, ...]], int | None] = field(repr=False)

    def line(self, *keys: Key) -> int | None:
        """The line (from 1) on which the value at this key path is named; None where the text has no such path."""
        return self.locate(self.text, keys)

    def get(self, *keys: Key) -> Any:
        """The value at a key path; None where there is none."""
        value = self.value
        for key in keys:
            named = isinstance(value, dict) and key in value
            if not named and not (isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value)):
                return None
            value = value[key]  # pyright: ignore[reportCallIssue, reportArgumentType]  # the check above, as one condition
        return value


def line_of(text: str, offset: int) -> int:
    """The line (from 1) that holds a character offset."""
    return text.count("\n", 0, offset) + 1
