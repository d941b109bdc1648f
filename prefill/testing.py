"""Helpers for tests of analyzers, ours and other people's: a repository from a dictionary, an app, facts, the report.

A test writes the files of a miniature repository with `write` and compares what `analyze` or `report` give.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from prefill import engine
from prefill.analyzer import Analyzer, App
from prefill.git.listing import scan
from prefill.model import Findings
from prefill.repository import Repository

Folder = str | os.PathLike[str]


def write(folder: Folder, files: Mapping[str, str | bytes]) -> None:
    """Make files in a folder, by their path in it."""
    for path, content in files.items():
        full = os.path.join(folder, *path.split("/"))
        os.makedirs(os.path.dirname(full), exist_ok=True)
        data = content if isinstance(content, bytes) else content.encode()
        with open(full, "wb") as file:
            file.write(data)


def open_repository(folder: Folder) -> Repository:
    """The view of a folder as a repository of its own, whatever lies above it."""
    root = os.path.abspath(folder)
    return Repository(root, scan(root))


def open_app(folder: Folder, path: str | None = None) -> App:
    """The app of a folder: the one at `path`, else the one that prefill chooses."""
    return engine.open_app(open_repository(folder), path)[0]


def analyze(analyzer: Analyzer, folder: Folder, path: str | None = None) -> Findings:
    """What one analyzer says of a folder; the problems of the view are added to its own."""
    app = open_app(folder, path)
    findings = engine.run(app, [analyzer])
    return Findings(findings.facts, (*app.repository.problems, *findings.problems), findings.statements)


def report(analyzer: Analyzer, folder: Folder, path: str | None = None) -> dict[str, Any]:
    """The same as the JSON report has it: the analyzer's object, and `problems`."""
    from prefill.report import analyzers, plain

    findings = analyze(analyzer, folder, path)
    return {**analyzers(findings).get(analyzer.name, {}), "problems": plain(sorted(findings.problems))}
