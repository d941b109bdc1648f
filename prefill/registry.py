"""Which analyzers run: the built-in ones, in their order, then those of other distributions, by name."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from prefill.analyzer import Analyzer
from prefill.model import Problem

GROUP = "prefill.analyzers"


def load() -> tuple[tuple[tuple[Analyzer, str], ...], tuple[Problem, ...]]:
    """((analyzer, where it comes from), …) and what could not be loaded."""
    from prefill.analyzers import BUILTIN

    found = [(analyzer, "prefill") for analyzer in BUILTIN]
    problems = []
    names = {analyzer.name for analyzer in BUILTIN}
    for name, value, origin in entry_points():
        try:
            analyzer = _load(value)
        except Exception as error:  # whatever another distribution raises while it is imported must not end the run
            problems.append(
                Problem(origin, None, f"the analyzer {name} could not be loaded: {type(error).__name__}: {error}")
            )
            continue
        if not isinstance(analyzer, Analyzer):
            problems.append(Problem(origin, None, f"the entry point {name} is not a prefill.analyzer.Analyzer"))
        elif analyzer.name in names:
            problems.append(Problem(origin, None, f"a second analyzer is named {analyzer.name}; it was left out"))
        else:
            names.add(analyzer.name)
            found.append((analyzer, origin))
    return tuple(found), tuple(problems)


def _load(value: str) -> object:
    from importlib import import_module

    module, _, attribute = value.partition(":")
    return getattr(import_module(module.strip()), attribute.strip() or "ANALYZER")


def entry_points() -> Iterator[tuple[str, str, str]]:
    """(name, value, distribution) of the entry-point group, sorted.

    Reads `entry_points.txt` of the installed distributions itself: importing importlib.metadata costs more than a small run
    (https://packaging.python.org/en/latest/specifications/entry-points/).
    """
    rows: set[tuple[str, str, str]] = set()
    for folder in sys.path:
        try:
            names = [name for name in os.listdir(folder or ".") if name.endswith((".dist-info", ".egg-info"))]
        except OSError:
            continue
        for name in names:
            try:
                with open(os.path.join(folder, name, "entry_points.txt"), encoding="utf-8") as file:
                    text = file.read()
            except (OSError, UnicodeDecodeError):
                continue
            if GROUP in text:
                rows.update((key, value, name.rsplit(".", 1)[0]) for key, value in _rows(text))
    yield from sorted(rows)


def _rows(text: str) -> Iterator[tuple[str, str]]:
    section = ""
    for written in text.splitlines():
        line = written.strip()
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line and not line.startswith(("#", ";")):
            key, _, value = line.partition("=")
            yield key.strip(), value.strip()
