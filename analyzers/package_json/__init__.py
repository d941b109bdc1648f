"""What the manifests say: dependencies as installed, technologies, commands, runtimes."""

from __future__ import annotations

from collections.abc import Iterable

from prefill.analyzer import Analyzer, App
from prefill.analyzers.package_json.dependencies import dependencies
from prefill.model import Fact, Problem


def analyze(app: App) -> Iterable[Fact | Problem]:
    """The facts of the manifests of an app and of its repository."""
    yield from dependencies(app)


ANALYZER = Analyzer(
    name="package_json",
    reads="package.json of every workspace, lockfiles, files that name a runtime, and the manifests of other languages",
    analyze=analyze,
)
