"""What the ci analyzer says beyond the fixtures: what a command plainly does, and when a check is off."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.analyzers.ci import ANALYZER, ORDER, tasks
from prefill.model import CheckOff, Trap, Workflow
from prefill.testing import analyze, write

if TYPE_CHECKING:
    from pathlib import Path

SCRIPTS = {
    "test:code": "eslint .",
    "test:all": "npm run test:code && npm run unit",
    "unit": "vitest",
    "loop": "npm run loop",
    "verify": "tsc && prettier --check .",
}


@pytest.mark.parametrize(
    ("command", "does"),
    [
        ("npm test", {"test"}),
        ("pnpm --filter web test", {"test"}),
        ("pnpm -r run lint", {"lint"}),
        ("yarn workspace web build", {"build"}),
        ("CI=1 npx playwright test", {"e2e"}),
        ("bun test --coverage", {"test"}),
        ("bun run test:e2e", {"e2e"}),
        ("turbo run lint build --filter=web test", {"lint", "build", "test"}),
        ("pnpm turbo --filter=web build", {"build"}),
        ("npx nx run-many --target=lint,test", {"lint", "test"}),
        ("uv run pytest -x", {"test"}),
        ("cargo fmt --all -- --check", {"format"}),
        ("npx tsc --noEmit", {"typecheck"}),
        ("npx drizzle-kit migrate", {"migrate"}),
        ("npm run test:code", {"lint"}),
        ("npm run test:all", {"lint", "test"}),
        ("npm run verify", {"typecheck", "format"}),
        ("pnpm --filter web test:code", {"test"}),
        ("npm run loop", set()),
        ('echo "npm test"', set()),
        ("# npm test", set()),
        ("npm ci", set()),
        ("npm run", set()),
        ("pnpm --filter", set()),
        ("", set()),
    ],
)
def test_a_command_does_what_it_plainly_says(command: str, does: set[str]) -> None:
    assert set(tasks(command, SCRIPTS)) == does


@given(
    st.lists(
        st.sampled_from(
            ["npm", "pnpm", "run", "exec", "turbo", "nx", "--filter", "-r", "test", "lint", "=", "uv", "--", "X=1"]
        ),
        max_size=8,
    )
)
def test_any_command_gives_known_tasks(words: list[str]) -> None:
    assert set(tasks(" ".join(words), SCRIPTS)) <= set(ORDER)


def test_another_folder_has_other_scripts(tmp_path: Path) -> None:
    workflow = """
on: push
jobs:
  here: {steps: [{run: npm run check}]}
  there: {steps: [{run: cd sub && npm run check}]}
  elsewhere: {steps: [{run: npm run check, working-directory: sub}]}
"""
    write(
        tmp_path,
        {"package.json": '{ "name": "a", "scripts": { "check": "tsc" } }', ".github/workflows/a.yml": workflow},
    )
    (said,) = analyze(ANALYZER, tmp_path).of(Workflow)
    assert [(job.id, job.does) for job in said.jobs] == [("here", ("typecheck",)), ("there", ()), ("elsewhere", ())]


def test_only_the_workflows_of_the_root_count(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": '{ "name": "a" }',
            "apps/web/.github/workflows/a.yml": "on: push\njobs:\n  a:\n    steps: []\n",
            ".github/workflows/nested/b.yml": "on: push\njobs:\n  a:\n    steps: []\n",
            ".gitlab-ci.yml": "test:\n  script: npm test\n",
        },
    )
    assert [(fact.service, fact.file) for fact in analyze(ANALYZER, tmp_path).of(Workflow)] == [
        ("GitLab CI", ".gitlab-ci.yml")
    ]


def test_an_alias_bomb_is_a_problem(tmp_path: Path) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(8)
    )
    write(tmp_path, {"package.json": '{ "name": "a" }', ".github/workflows/a.yml": bomb + "jobs: {}\n"})
    said = analyze(ANALYZER, tmp_path)
    assert said.of(Workflow) == ()
    assert [problem.path for problem in said.problems] == [".github/workflows/a.yml"]


def _off(folder: Path, version: str, config: str) -> list[str]:
    package = f'{{ "name": "a", "dependencies": {{ "next": "{version}" }} }}'
    write(folder, {"package.json": package, "app/page.tsx": "export default () => null;", "next.config.mjs": config})
    return [fact.setting for fact in analyze(ANALYZER, folder).of(CheckOff)]


BOTH = "export default { typescript: { ignoreBuildErrors: true }, eslint: { ignoreDuringBuilds: true } };"


def test_checks_that_the_build_leaves_out_are_named(tmp_path: Path) -> None:
    assert _off(tmp_path, "15.5.2", BOTH) == ["typescript.ignoreBuildErrors", "eslint.ignoreDuringBuilds"]


def test_next_16_lints_in_no_build(tmp_path: Path) -> None:
    assert _off(tmp_path, "16.0.1", BOTH) == ["typescript.ignoreBuildErrors"]


@pytest.mark.parametrize(
    "config",
    [
        "export default { typescript: { ignoreBuildErrors: false } };",
        "export default { typescript: { ignoreBuildErrors: process.env.CI } };",
        "// typescript: { ignoreBuildErrors: true }\nexport default {};",
        "export default { experimental: { ignoreBuildErrors: true } };",
        "export default {",
    ],
)
def test_what_is_not_plainly_off_is_not_said_to_be(tmp_path: Path, config: str) -> None:
    assert _off(tmp_path, "15.5.2", config) == []


@pytest.mark.parametrize(
    ("on", "gates"),
    [
        ("push", True),
        ("[push, workflow_dispatch]", True),
        ("{ pull_request: { branches: [main] } }", True),
        ("{ push: { branches: [main] } }", False),
        ("{ pull_request: { types: [closed] } }", False),
        ("{ pull_request: { types: [opened, synchronize] } }", True),
        ("{ push: { tags: ['v*'] } }", False),
        ("{ push: { paths: [src] } }", True),
        ("schedule", False),
        ("3", False),
    ],
)
def test_a_workflow_gates_where_each_change_runs_it(tmp_path: Path, on: str, gates: bool) -> None:
    text = f"on: {on}\njobs:\n  a:\n    steps:\n      - run: npm test\n"
    write(tmp_path, {"package.json": "{}", ".github/workflows/a.yml": text})
    (found,) = analyze(ANALYZER, tmp_path).of(Workflow)
    assert found.gates is gates


def test_a_dry_run_does_nothing() -> None:
    assert list(tasks("turbo build --affected --dry-run=json")) == []
    assert list(tasks("turbo build --filter=web")) == ["build"]


@pytest.mark.parametrize(
    ("step", "absent"),
    [
        ("- run: npm run typegen", "npm run typegen"),
        ("- run: pnpm typegen", "pnpm typegen"),
        ("- run: pnpm tsc", None),
        ("- run: pnpm test", None),
        ("- run: pnpm -F web run typegen", None),
        ("- run: cd web && npm run typegen", None),
        ("- run: npm run typegen\n        working-directory: web", None),
        ("- run: npm run ${{ matrix.task }}", None),
        ("- uses: actions/checkout@v5\n        with:\n          repository: a/b\n      - run: npm run typegen", None),
    ],
)
def test_a_script_that_a_workflow_runs_and_nobody_wrote_is_a_trap(
    tmp_path: Path, step: str, absent: str | None
) -> None:
    text = f"on: push\njobs:\n  a:\n    steps:\n      {step}\n"
    manifest = '{ "scripts": { "test": "vitest", "cf-typegen": "wrangler types" } }'
    write(tmp_path, {"package.json": manifest, ".github/workflows/a.yml": text})
    found = analyze(ANALYZER, tmp_path).of(Trap)
    assert [trap.values["command"] for trap in found] == ([absent] if absent else [])


def test_a_job_does_what_the_workflow_does_that_it_calls(tmp_path: Path) -> None:
    files = {
        "package.json": "{}",
        ".github/workflows/a.yml": "on: pull_request\njobs:\n  lint:\n    uses: ./.github/workflows/b.yml\n  x:\n    uses: a/b/.github/workflows/c.yml@v1\n",
        ".github/workflows/b.yml": "on: workflow_call\njobs:\n  b:\n    steps:\n      - run: npx eslint .\n  a:\n    uses: ./.github/workflows/b.yml\n",
    }
    write(tmp_path, files)
    first, _ = analyze(ANALYZER, tmp_path).of(Workflow)
    assert [(job.id, job.does) for job in first.jobs] == [("lint", ("lint",)), ("x", ())]
