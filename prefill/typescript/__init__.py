"""TypeScript read without running it: configuration, syntax, modules and partial evaluation.

Import what you need from the rooms (`config`, `parse`, `modules`, `evaluate`); this one holds only what they ask of a
repository, so that it costs nothing to import.
"""

from __future__ import annotations

from typing import Protocol


class Files(Protocol):
    """What these modules need from a repository; all paths are repository-relative POSIX."""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file of the scan, sorted."""
        ...

    def exists(self, path: str) -> bool:
        """Whether `path` is a regular file of the scan."""
        ...

    def text(self, path: str) -> str | None:
        """The decoded file, or None where it is missing or unreadable."""

    def source(self, path: str) -> bytes | None:
        """The bytes of the file, or None where it is missing or unreadable."""
