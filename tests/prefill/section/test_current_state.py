"""The Current State label: traps first and the worst before the rest, then commands, tests, CI, variables, pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from prefill.model import (
    Command,
    CountedTests,
    Evidence,
    Fact,
    Findings,
    Job,
    Project,
    Route,
    Runner,
    SourceFiles,
    Trap,
    Undocumented,
    VariableRead,
    Workflow,
)
from prefill.render.environment import label
from prefill.section.current_state import ORDER, build

HERE = (Evidence("package.json", 3),)
PROJECT = Project(commit=None, dirty=None, package_manager=None)
PATTERNS = ("*.test.*", "*.spec.*")


def text(*facts: Fact) -> str:
    return label(build(Findings(facts), PROJECT)).text


def trap(name: str, **values: Any) -> Trap:
    return Trap(name=name, values=values, evidence=HERE)


def command(task: str, run: str) -> Command:
    return Command(task=task, command=run, source="package.json", evidence=HERE)


def counted(files: int, undetermined: int = 0) -> CountedTests:
    return CountedTests(files=files, own=files, undetermined=undetermined, patterns=PATTERNS, evidence=HERE)


def runner(name: str, files: int, **more: Any) -> Runner:
    values: dict[str, Any] = {"id": name, "name": name, "kind": "unit", "own": files, "evidence": HERE, **more}
    return Runner(files=files, **values)


def page(pathname: str) -> Route:
    return Route(
        app=".",
        pathname=pathname,
        file=f"app{pathname}/page.tsx",
        kind="page",
        router="app",
        evidence=(Evidence("app/page.tsx"),),
    )


def test_nothing_known_says_nothing_and_where_was_looked() -> None:
    built = build(Findings(), PROJECT)
    assert built.entries == ()
    assert built.looked_in == ("package.json", ".github/workflows/", ".env.example")


def test_every_statement_has_evidence() -> None:
    built = build(
        Findings(
            [
                trap("loose-types", path="tsconfig.json", off=("strict",), written=True),
                command("run", "pnpm dev"),
                counted(3, 1),
                runner("Vitest", 2, folders=("src/",)),
                Workflow(service="GitHub Actions", file=".github/workflows/a.yml", evidence=HERE),
                Undocumented(names=("A",), examples=()),
                VariableRead(name="A", files=1, evidence=HERE),
                page("/a/b"),
                page("/a/c"),
            ]
        ),
        PROJECT,
    )
    assert [entry.kind for entry in built.entries if not entry.evidence] == []
    assert len({entry.kind for entry in built.entries}) == 7


def test_the_worst_trap_comes_first_and_the_rest_is_counted() -> None:
    said = text(
        trap("two-lockfiles", path="pnpm-lock.yaml", others=("package-lock.json",)),
        *(trap("missing-file", path=f"{n}.css", by="components.json") for n in range(4)),
        trap("loose-types", path="tsconfig.json", off=("strict",), written=True),
        trap("dead-gate", path="proxy.ts", reason="it stands elsewhere", live=None),
    )
    assert said.startswith("Traps: `proxy.ts` never runs: it stands elsewhere; `tsconfig.json` sets `strict` to false")
    assert said.endswith("… and 3 more traps (`prefill --format json`)")
    assert "package-lock.json" not in said


def test_every_name_in_the_order_of_traps_has_its_sentence() -> None:
    template = (Path(__file__).parents[3] / "render/templates/traps.md.j2").read_text()
    sentences = {name.replace("_", "-") for name in re.findall(r"macro (\w+)\(", template)}
    assert set(ORDER) - {""} <= sentences
    assert len(ORDER) == len(set(ORDER))


def test_commands_are_exact_and_in_the_order_of_the_work() -> None:
    assert text(command("migrate", "pnpm db:migrate"), command("push", "pnpm db:push"), command("run", "pnpm dev")) == (
        "Commands: run `pnpm dev`, apply migrations `pnpm db:migrate`"
    )
    assert text(command("push", "pnpm db:push"), command("check", "pnpm check")) == (
        "Commands: check `pnpm check`, push the schema `pnpm db:push`"
    )


def test_commands_of_several_manifests_are_said_with_the_folder_to_run_them_in() -> None:
    def of(task: str, source: str) -> Command:
        return Command(task=task, command=f"pnpm {task}", source=source, evidence=HERE)

    facts = (of("run", "apps/web/package.json"), of("lint", "package.json"), of("build", "apps/web/package.json"))
    web = Project(commit=None, dirty=None, package_manager=None, app="apps/web")
    assert label(build(Findings([*facts, of("migrate", "packages/db/package.json")]), web)).text == (
        "Commands in `apps/web`: run `pnpm run`, build `pnpm build`; at the root: lint `pnpm lint`; in `packages/db`: apply migrations "
        "`pnpm migrate`"
    )


def test_a_command_that_does_more_than_its_name_says_is_marked() -> None:
    def of(task: str, script: str) -> Command:
        return Command(task=task, command=f"npm run {task}", source="package.json", script=script, evidence=HERE)

    assert text(of("build", "prisma generate && prisma db push && next build"), of("lint", "eslint . --fix")) == (
        "Commands: build `npm run build` (changes the database too), lint `npm run lint` (rewrites files)"
    )
    assert text(of("build", "prisma generate && next build"), of("lint", "eslint . --fix-dry-run")) == (
        "Commands: build `npm run build`, lint `npm run lint`"
    )


def test_runners_are_said_with_their_files_and_folders_the_fullest_first() -> None:
    assert text(
        counted(16, undetermined=1),
        runner("Playwright", 1, folders=("e2e/",)),
        runner("Vitest", 14, own=9, folders=("apps/web/", "packages/a/", "packages/b/")),
    ) == (
        "Tests: Vitest 14 files (9 of the app) in `apps/web/`, `packages/a/` …, Playwright 1 file in `e2e/`, 1 file of a runner that is"
        " not clear"
    )


def test_a_runner_without_files_says_what_speaks_for_it() -> None:
    assert text(counted(0), runner("Vitest", 0, config="vitest.config.ts")) == (
        "Tests: Vitest (`vitest.config.ts`), no files of its own seen"
    )
    assert text(counted(0), runner("Jest", 0, script="test")) == "Tests: Jest by a script, no files of its own seen"


def test_no_tests_are_said_only_of_an_app_whose_tests_would_have_these_names() -> None:
    assert text(counted(0), SourceFiles(language="TypeScript", files=4)) == (
        "No tests (looked for `*.test.*`, `*.spec.*`)"
    )
    assert build(Findings([counted(0), SourceFiles(language="Rust", files=4)]), PROJECT).entries == ()
    assert build(Findings([SourceFiles(language="TypeScript", files=4)]), PROJECT).entries == ()


def workflow(name: str, *jobs: Job, triggers: tuple[str, ...] = ("push",), gates: bool = False) -> Workflow:
    return Workflow(
        service="GitHub Actions",
        file=f".github/workflows/{name}.yml",
        triggers=triggers,
        jobs=jobs,
        gates=gates,
        evidence=HERE,
    )


def test_the_workflow_that_checks_on_a_change_comes_first() -> None:
    assert text(
        workflow("nightly", Job("all", None, ("test", "lint", "e2e")), triggers=("schedule",)),
        workflow("label", Job("label", None)),
        workflow("check", Job("setup", None), Job("unit", None, ("test", "build")), Job("a", None), Job("b", None)),
    ) == (
        "CI: `.github/workflows/check.yml` (jobs `unit`, `setup`, `a`, … 1 more; test among the steps), … and 2 more workflows"
    )


def test_workflows_that_gate_a_change_are_all_there_is_to_name() -> None:
    release = workflow("a", Job("all", None, ("test", "lint", "typecheck")))
    check = workflow("check", Job("check", None, ("lint",)), gates=True)
    label_ = workflow("label", Job("label", None), gates=True)
    assert text(release, check, label_) == (
        "CI on each change: `.github/workflows/check.yml` (job `check`; lint among the steps), … and 2 more workflows"
    )


def test_another_service_is_named() -> None:
    assert (
        text(Workflow(service="GitLab CI", file=".gitlab-ci.yml", evidence=HERE)) == "CI: `.gitlab-ci.yml` (GitLab CI)"
    )


def read(*names: str) -> list[VariableRead]:
    return [VariableRead(name=name, files=9 - at, evidence=HERE) for at, name in enumerate(names)]


def test_variables_that_the_example_lacks_are_named_up_to_four() -> None:
    names = ("F", "E", "D", "C", "B", "A")
    assert text(*read(*names), Undocumented(names=names, examples=(".env.example",))) == (
        "Environment: `.env.example` lacks `F`, `E`, `D`, `C`, … and 2 more, read without a fallback"
    )


def test_without_an_example_file_that_is_said_and_what_was_not_opened() -> None:
    assert text(*read("A"), Undocumented(names=("A",), examples=(), unread=(".env",))) == (
        "Environment: read without a fallback: `A` (`.env` in the repository, not read)"
    )
    assert text(*read("A"), Undocumented(names=("A",), examples=())) == (
        "Environment: no `.env.example`; read without a fallback: `A`"
    )


def test_when_all_is_documented_nothing_is_said() -> None:
    assert build(Findings([*read("A"), Undocumented(names=(), examples=(".env.example",))]), PROJECT).entries == ()


def test_pages_are_grouped_by_the_first_part_that_says_something() -> None:
    names = ("/", "/[locale]/shop/a", "/[locale]/shop/b", "/[locale]/shop/[id]", "/about", "/docs/a", "/docs/b")
    assert text(*(page(name) for name in names)) == "7 pages by path: `/[locale]` 3, `/docs` 2, `/` 1, 1 elsewhere"
    localized = ("/", *(f"/[locale]{name}" for name in ("", "/shop/a", "/shop/b", "/[slug]", "/[slug]/x", "/[slug]/y")))
    assert text(*(page(name) for name in localized)) == (
        "7 pages, 6 under `/[locale]`: `/[slug]` 3, `/shop` 2, `/` 1, 1 elsewhere"
    )
    errors = ("/404", "/500", "/a/b", "/a/c")
    assert text(*(page(name) for name in errors)) == "4 pages by path: `/a` 2, 2 elsewhere"
    assert build(Findings([page("/"), page("/about"), page("/[slug]")]), PROJECT).entries == ()
    assert build(Findings([page("/a/b"), page("/a/(.)c")]), PROJECT).entries == ()


def test_what_a_name_holds_cannot_leave_its_code_span() -> None:
    said = text(*read("A`"), Undocumented(names=("A`",), examples=("x`y\n# z",)))
    assert "\n" not in said
    assert "`` A` ``" in said
