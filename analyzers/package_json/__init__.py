"""What the manifests say: dependencies as installed, technologies, commands, runtimes."""

from __future__ import annotations

from collections.abc import Iterable

from prefill.analyzer import Analyzer, App
from prefill.analyzers.package_json.commands import commands
from prefill.analyzers.package_json.dependencies import dependencies, leftovers, lockfiles
from prefill.analyzers.package_json.deployment import deployments
from prefill.analyzers.package_json.languages import languages
from prefill.analyzers.package_json.runtime import runtimes
from prefill.analyzers.package_json.technologies import technologies
from prefill.model import Fact, Problem


def analyze(app: App) -> Iterable[Fact | Problem]:
    """The facts of the manifests of an app and of its repository."""
    yield from dependencies(app)
    yield from leftovers(app)
    yield from lockfiles(app)
    yield from technologies(app)
    yield from commands(app)
    yield from runtimes(app)
    yield from languages(app)
    yield from deployments(app)


ANALYZER = Analyzer(
    name="package_json",
    reads="package.json of every workspace, lockfiles, files that name a runtime, and the manifests of other languages",
    analyze=analyze,
)
