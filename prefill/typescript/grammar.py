"""The tree-sitter grammars, loaded without what importing their packages costs.

`tree_sitter_typescript/__init__.py` imports `importlib.resources` for its query files, which prefill does not use: 7 ms
of a run that may take 100. The compiled module beside it is what gives the grammar; where it cannot be loaded alone, the
package is imported as usual.
"""

from __future__ import annotations

import sys
from functools import lru_cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

    from tree_sitter import Parser

GRAMMARS = {
    "ts": ("tree_sitter_typescript", "language_typescript"),
    "mts": ("tree_sitter_typescript", "language_typescript"),
    "cts": ("tree_sitter_typescript", "language_typescript"),
    "tsx": ("tree_sitter_typescript", "language_tsx"),
    "js": ("tree_sitter_javascript", "language"),
    "jsx": ("tree_sitter_javascript", "language"),
    "mjs": ("tree_sitter_javascript", "language"),
    "cjs": ("tree_sitter_javascript", "language"),
}
"""File extension → (package, function that gives the grammar). Type assertions in angle brackets are JSX in tsx."""


def parser(path: str) -> Parser | None:
    """The parser for a file by its extension, None where it is no TypeScript or JavaScript."""
    grammar = GRAMMARS.get(path.rpartition(".")[2])
    return None if grammar is None else _parser(*grammar)


@lru_cache(maxsize=4)
def _parser(package: str, function: str) -> Parser:
    from tree_sitter import Language, Parser

    return Parser(Language(getattr(_binding(package), function)()))


def _binding(package: str) -> ModuleType:
    name = f"{package}._binding"
    if name in sys.modules:
        return sys.modules[name]
    try:
        home = PathFinder.find_spec(package)
        spec = PathFinder.find_spec(name, home.submodule_search_locations) if home else None
        if spec is None or spec.loader is None:
            return import_module(package)
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
    except ImportError:
        return import_module(package)
    sys.modules[name] = module
    return module
