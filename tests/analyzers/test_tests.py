"""What the tests analyzer says beyond the fixtures: what it takes to be a runner, and what is not clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefill.analyzers.tests import ANALYZER, PATTERNS
from prefill.model import CountedTests, Evidence, Findings, Runner
from prefill.testing import analyze, write

if TYPE_CHECKING:
    from pathlib import Path


def _said(folder: Path, development: str = "", scripts: str = "", **files: str) -> Findings:
    manifest = f'{{ "name": "app", "dependencies": {{ "next": "15.5.2" }}, "devDependencies": {{ {development} }}, "scripts": {{ {scripts} }} }}'
    write(folder, {"package.json": manifest, "app/page.tsx": "export default () => null;", **files})
    return analyze(ANALYZER, folder)


def test_a_dependency_alone_is_no_runner(tmp_path: Path) -> None:
    said = _said(tmp_path, '"vitest": "3.2.4"')
    assert said.of(Runner) == ()
    assert said.of(CountedTests) == (
        CountedTests(files=0, own=0, undetermined=0, patterns=PATTERNS, evidence=(Evidence("package.json"),)),
    )


def test_a_dependency_and_a_script_are_a_runner_without_files(tmp_path: Path) -> None:
    (runner,) = _said(tmp_path, '"vitest": "3.2.4"', '"test": "vitest run"').of(Runner)
    assert (runner.id, runner.files, runner.script, runner.config) == ("vitest", 0, "test", None)


def test_a_file_that_imports_what_nobody_installs_is_not_clear(tmp_path: Path) -> None:
    said = _said(tmp_path, **{"a.test.ts": 'import { test } from "vitest";'})
    assert said.of(Runner) == ()
    counted = said.one(CountedTests)
    assert counted is not None
    assert (counted.files, counted.undetermined) == (1, 1)


def test_of_two_runners_with_globals_none_is_chosen(tmp_path: Path) -> None:
    said = _said(
        tmp_path,
        '"vitest": "3.2.4", "jest": "30.1.3"',
        '"test": "vitest run", "test:old": "jest"',
        **{"a.test.ts": "test('a', () => {});"},
    )
    assert [(runner.id, runner.files) for runner in said.of(Runner)] == [("vitest", 0), ("jest", 0)]
    counted = said.one(CountedTests)
    assert counted is not None
    assert counted.undetermined == 1


def test_what_comes_with_the_runtime_needs_no_dependency(tmp_path: Path) -> None:
    files = {"a.test.ts": 'import { test } from "bun:test";', "b.test.mjs": "import test from 'node:test';"}
    said = _said(tmp_path, **files)
    assert {runner.id: (runner.files, runner.folders) for runner in said.of(Runner)} == {
        "node": (1, (".",)),
        "bun": (1, (".",)),
    }


def test_deno_is_known_by_its_script_and_its_library(tmp_path: Path) -> None:
    said = _said(
        tmp_path, "", '"test": "deno test -A"', **{"lib/a.test.ts": 'import { test } from "jsr:@std/testing@1/bdd";'}
    )
    assert [(runner.id, runner.files, runner.script) for runner in said.of(Runner)] == [("deno", 1, "test")]


def test_cypress_has_its_own_folder_and_suffix(tmp_path: Path) -> None:
    said = _said(
        tmp_path,
        '"cypress": "15.0.0"',
        **{
            "cypress.config.ts": "export default {};",
            "cypress/e2e/login.spec.ts": "it('signs in', () => {});",
            "src/button.cy.tsx": "it('clicks', () => {});",
        },
    )
    (runner,) = said.of(Runner)
    assert (runner.name, runner.kind, runner.files, runner.folders) == ("Cypress", "e2e", 2, ("cypress/e2e/", "src/"))


def test_what_jest_takes_for_a_test_in_its_folder_vitest_does_not(tmp_path: Path) -> None:
    helper = {"src/__tests__/add.ts": "export const one = 1;"}
    (jest,) = _said(tmp_path / "jest", '"jest": "30.1.3"', '"test": "jest"', **helper).of(Runner)
    (vitest,) = _said(tmp_path / "vitest", '"vitest": "3.2.4"', '"test": "vitest"', **helper).of(Runner)
    assert (jest.files, vitest.files) == (1, 0)


def test_python_tests_are_pytests_where_something_asks_for_it(tmp_path: Path) -> None:
    write(tmp_path / "with", {"pyproject.toml": "[tool.pytest.ini_options]\n", "tests/test_a.py": "def test_a(): ..."})
    write(tmp_path / "without", {"pyproject.toml": "[project]\n", "tests/test_a.py": "def test_a(): ..."})
    assert [(runner.id, runner.files) for runner in analyze(ANALYZER, tmp_path / "with").of(Runner)] == [("pytest", 1)]
    assert analyze(ANALYZER, tmp_path / "without").of(Runner) == ()


def test_a_configuration_that_leads_outside_names_no_folder(tmp_path: Path) -> None:
    said = _said(
        tmp_path,
        '"@playwright/test": "1.55.0"',
        **{
            "playwright.config.ts": 'export default { testDir: "../../outside" };',
            "a.spec.ts": "import { test } from './fixtures';",
        },
    )
    assert [(runner.id, runner.files) for runner in said.of(Runner)] == [("playwright", 0)]
    counted = said.one(CountedTests)
    assert counted is not None
    assert counted.undetermined == 1
