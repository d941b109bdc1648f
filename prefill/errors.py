"""The errors that end a run, each one sentence that says what is wrong and what to do."""

from __future__ import annotations


class PrefillError(Exception):
    """A usage or input error: the command prints the sentence and exits with 2."""

    def __init__(self, message: str, path: str | None = None, line: int | None = None) -> None:
        place = "" if path is None else f"{path}: " if line is None else f"{path}:{line}: "
        super().__init__(f"{place}{message}")
        self.path = path
        self.line = line
