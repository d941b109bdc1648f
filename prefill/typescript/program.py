"""The TypeScript of one repository: syntax on demand, imports resolved, values evaluated; one of each for all analyzers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from prefill.typescript.modules import Modules
from prefill.typescript.parse import Syntax, parse

if TYPE_CHECKING:
    from prefill.typescript import Files
    from prefill.typescript.evaluate import Evaluator


KEPT = 300
"""Trees that are kept: all of a starter, and of a monorepo those that several analyzers look at one after the other.

A tree takes about fifteen times the memory of its source.
"""


class Program:
    """Syntax, modules and values of a repository. `workspaces` maps package names to folders."""

    def __init__(self, files: Files, workspaces: Mapping[str, str]) -> None:
        self.files = files
        self.modules = Modules(files, workspaces)
        self._syntax: OrderedDict[str, Syntax | None] = OrderedDict()

    def syntax(self, path: str) -> Syntax | None:
        """The syntax of a file; None where it is missing, unreadable, or no TypeScript or JavaScript by its extension."""
        if path in self._syntax:
            self._syntax.move_to_end(path)
            return self._syntax[path]
        source = self.files.source(path)
        try:
            syntax = None if source is None else parse(source, path)
        except ValueError:
            syntax = None
        self._syntax[path] = syntax
        if len(self._syntax) > KEPT:
            self._syntax.popitem(last=False)
        return syntax

    def resolve(self, specifier: str, importer: str) -> str | None:
        """The file of the repository that an import means; None for what is outside."""
        return self.modules.resolve(specifier, importer)

    @cached_property
    def evaluator(self) -> Evaluator:
        """What expressions are worth; see `prefill.typescript.evaluate`."""
        from prefill.typescript.evaluate import Evaluator

        return Evaluator(self.files, self.modules, self.syntax)
