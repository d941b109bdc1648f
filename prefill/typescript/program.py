"""The TypeScript of one repository: syntax on demand, imports resolved, values evaluated; one of each for all analyzers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from prefill.typescript.modules import Modules
from prefill.typescript.parse import Syntax, parse

if TYPE_CHECKING:
    from prefill.typescript import Files
    from prefill.typescript.evaluate import Evaluator


class Program:
    """Syntax, modules and values of a repository. `workspaces` maps package names to folders."""

    def __init__(self, files: Files, workspaces: Mapping[str, str]) -> None:
        self.files = files
        self.modules = Modules(files, workspaces)
        self._syntax: dict[str, Syntax | None] = {}

    def syntax(self, path: str) -> Syntax | None:
        """The syntax of a file; None where it is missing, unreadable, or no TypeScript or JavaScript by its extension."""
        if path not in self._syntax:
            source = self.files.source(path)
            try:
                self._syntax[path] = None if source is None else parse(source, path)
            except ValueError:
                self._syntax[path] = None
        return self._syntax[path]

    def resolve(self, specifier: str, importer: str) -> str | None:
        """The file of the repository that an import means; None for what is outside."""
        return self.modules.resolve(specifier, importer)

    @cached_property
    def evaluator(self) -> Evaluator:
        """What expressions are worth; see `prefill.typescript.evaluate`."""
        from prefill.typescript.evaluate import Evaluator

        return Evaluator(self.files, self.modules, self.syntax)
