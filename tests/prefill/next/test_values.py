"""Constants are read as Next reads them: only what stands there as a literal, by the version of Next."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from prefill.analyzers.middleware import ANALYZER as MIDDLEWARE
from prefill.analyzers.routes import ANALYZER as ROUTES
from prefill.model import Gate, NextSettings, Route
from prefill.testing import analyze, write

PAGE = "export default function Page() {\n  return null;\n}\n"
GATE = "export function middleware() {}\nexport const config = { matcher: ['/a'] %s };\n"


def app(folder: Path, version: str, files: dict[str, str]) -> Path:
    manifest = json.dumps({"name": "app", "dependencies": {"next": version}})
    write(folder, {"package.json": manifest, "app/page.tsx": PAGE, **files})
    return folder


@pytest.mark.parametrize(
    ("version", "assertion", "known"),
    [("15.5.2", "as const", False), ("16.0.1", "as const", True), ("15.5.2", "satisfies string[]", True)],
)
def test_an_assertion_is_read_over_from_version_16_on(
    tmp_path: Path, version: str, assertion: str, known: bool
) -> None:
    findings = analyze(MIDDLEWARE, app(tmp_path, version, {"middleware.ts": GATE % assertion}))
    (gate,) = findings.of(Gate)
    assert gate.matcher_known is known
    assert [matcher.source for matcher in gate.matchers] == (["/a"] if known else [])
    assert bool(findings.problems) is not known


@pytest.mark.parametrize(("version", "built"), [("15.5.2", ["/", "/old"]), ("16.0.1", []), ("14.2.3", [])])
def test_routers_that_lie_apart_are_built_by_version_15_alone(tmp_path: Path, version: str, built: list[str]) -> None:
    findings = analyze(ROUTES, app(tmp_path, version, {"src/pages/old.tsx": PAGE}))
    assert [route.pathname for route in findings.of(Route)] == built
    assert bool(findings.problems) is not bool(built)


def test_values_that_the_configuration_puts_into_the_environment_are_not_reported(tmp_path: Path) -> None:
    config = (
        "module.exports = { reactStrictMode: true, env: { API_KEY: 'hush' }, serverRuntimeConfig: { key: 'hush' } };\n"
    )
    findings = analyze(ROUTES, app(tmp_path, "15.5.2", {"next.config.js": config}))
    (fact,) = findings.of(NextSettings)
    assert dict(fact.settings) == {"reactStrictMode": True}
    assert list(fact.places) == ["reactStrictMode"]
