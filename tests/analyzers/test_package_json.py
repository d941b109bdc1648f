"""Technologies, commands, runtimes and other languages, case by case; whole repositories stand in `fixtures/package_json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from prefill.analyzers.package_json import ANALYZER
from prefill.analyzers.package_json.commands import invocation
from prefill.model import (
    Command,
    Evidence,
    Findings,
    LeftoverDependency,
    LockfileState,
    Part,
    Runtime,
    Technology,
    Trap,
)
from prefill.testing import analyze, write

if TYPE_CHECKING:
    from pathlib import Path


def manifest(**keys: object) -> str:
    return json.dumps({"name": "x", **keys}, indent=2)


def findings(folder: Path, files: dict[str, str], app: str | None = None) -> Findings:
    write(folder, files)
    return analyze(ANALYZER, folder, app)


def technologies(found: Findings) -> dict[str, Technology]:
    return {fact.id: fact for fact in found.of(Technology)}


# technologies ----------------------------------------------------------------------------------------------------------


def test_the_package_that_gives_the_version_names_the_technology(tmp_path: Path) -> None:
    files = {"package.json": manifest(dependencies={"drizzle-kit": "0.31.0", "drizzle-orm": "0.44.0"})}
    found = technologies(findings(tmp_path, files))["drizzle"]
    assert (found.name, found.category, found.version, found.package) == ("Drizzle ORM", "orm", "0.44.0", "drizzle-orm")


def test_a_sign_of_a_technology_has_a_version_of_its_own_that_is_not_said(tmp_path: Path) -> None:
    files = {"package.json": manifest(dependencies={"@auth/drizzle-adapter": "1.10.0"})}
    found = technologies(findings(tmp_path, files))["authjs"]
    assert (found.name, found.version, found.range) == ("NextAuth.js", None, None)


@pytest.mark.parametrize(
    ("version", "name"), [("4.24.0", "NextAuth.js"), ("5.0.0-beta.28", "Auth.js"), ("^5.0.0-beta", "Auth.js")]
)
def test_a_technology_is_called_as_its_version_is_called(tmp_path: Path, version: str, name: str) -> None:
    files = {"package.json": manifest(dependencies={"next-auth": version})}
    assert technologies(findings(tmp_path, files))["authjs"].name == name


def test_a_range_without_a_lockfile_stays_a_range(tmp_path: Path) -> None:
    found = technologies(findings(tmp_path, {"package.json": manifest(dependencies={"zod": "^4.0.0"})}))["zod"]
    assert (found.version, found.range) == (None, "^4.0.0")


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ('import { z } from "zod";', True),
        ("import z from 'zod/v4'", True),
        ('import "zod";', True),
        ('const z = await import("zod")', True),
        ("const z = require('zod')", True),
        ('export { z } from "zod"', True),
        ('import { z } from "./zod"', False),
        ('import { z } from "zod-like"', False),
        ('const text = "zod"', False),
    ],
)
def test_in_use_is_told_from_installed_by_what_the_sources_import(tmp_path: Path, source: str, used: bool) -> None:
    files = {"package.json": manifest(dependencies={"zod": "4.0.0"}), "src/a.ts": source}
    assert technologies(findings(tmp_path, files))["zod"].in_use is used


def test_a_name_with_a_dot_is_a_package_too(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(dependencies={"socket.io-client": "4.0.0"}),
        "a.js": 'import io from "socket.io-client"',
    }
    assert technologies(findings(tmp_path, files))["socket-io"].in_use is True


@pytest.mark.parametrize(
    "more",
    [
        {"package.json": manifest(devDependencies={"@biomejs/biome": "2.0.0"}, scripts={"lint": "biome check ."})},
        {"package.json": manifest(devDependencies={"prettier-plugin-tailwindcss": "1.0.0"}), ".prettierrc": '{"plugins": ["prettier-plugin-tailwindcss"]}'},
        {"package.json": manifest(devDependencies={"tailwindcss": "4.0.0"}), "src/app.css": '@import "tailwindcss";'},
        {"package.json": manifest(devDependencies={"postcss": "8.0.0"}, postcss={"plugins": ["postcss"]})},
    ],
    ids=["script", "configuration", "style sheet", "manifest"],
)  # fmt: skip
def test_a_script_a_configuration_and_a_style_sheet_use_what_they_name(tmp_path: Path, more: dict[str, str]) -> None:
    (found,) = technologies(findings(tmp_path, more)).values()
    assert found.in_use is True


def test_a_tool_that_nothing_names_may_still_be_in_use(tmp_path: Path) -> None:
    files = {"package.json": manifest(devDependencies={"typescript": "5.9.0"}), "src/a.ts": ""}
    assert technologies(findings(tmp_path, files))["typescript"].in_use is None


def test_what_only_the_root_of_a_monorepo_declares_may_be_used_anywhere(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(workspaces=["apps/*"], dependencies={"zod": "4.0.0"}),
        "yarn.lock": "",
        "apps/web/package.json": manifest(),
    }
    assert technologies(findings(tmp_path, files, "apps/web"))["zod"].in_use is None


def test_the_apps_own_version_comes_before_that_of_a_package_that_it_uses(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(workspaces=["*"]),
        "yarn.lock": "",
        "web/package.json": manifest(dependencies={"ui": "workspace:*", "react": "19.0.0"}),
        "ui/package.json": json.dumps({"name": "ui", "dependencies": {"react": "18.0.0"}}),
    }
    assert technologies(findings(tmp_path, files, "web"))["react"].workspace == "web"


# commands --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("manager", "script", "typed"),
    [
        ("npm", "dev", "npm run dev"),
        ("npm", "test", "npm test"),
        ("npm", "start", "npm start"),
        ("pnpm", "dev", "pnpm dev"),
        ("pnpm", "deploy", "pnpm run deploy"),
        ("pnpm", "setup", "pnpm run setup"),
        ("yarn", "lint", "yarn lint"),
        ("yarn", "up", "yarn run up"),
        ("bun", "build", "bun run build"),
        ("bun", "test", "bun run test"),
        ("deno", "dev", "deno task dev"),
    ],
)
def test_a_script_is_run_as_a_person_types_it(manager: str, script: str, typed: str) -> None:
    assert invocation(manager, script) == typed


def test_each_task_is_the_apps_own_script_else_the_roots(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(packageManager="pnpm@10.0.0", scripts={"dev": "turbo dev", "lint": "turbo lint"}),
        "pnpm-workspace.yaml": "packages: [web]\n",
        "web/package.json": manifest(scripts={"dev": "next dev --turbopack", "type-check": "tsc --noEmit"}),
    }
    found = {fact.task: fact for fact in findings(tmp_path, files, "web").of(Command)}
    assert {task: (fact.command, fact.source) for task, fact in found.items()} == {
        "run": ("pnpm dev", "web/package.json"),
        "lint": ("pnpm lint", "package.json"),
        "typecheck": ("pnpm type-check", "web/package.json"),
    }
    assert found["run"].script == "next dev --turbopack"
    assert [(place.path, place.line) for place in found["lint"].evidence] == [("package.json", 6)]


@pytest.mark.parametrize(
    "scripts", [{"test": 'echo "Error: no test specified" && exit 1'}, {"test": ""}, {"test": 1}, [], None]
)
def test_scripts_that_do_nothing_are_no_commands(tmp_path: Path, scripts: object) -> None:
    assert findings(tmp_path, {"package.json": manifest(scripts=scripts)}).of(Command) == ()


# runtimes --------------------------------------------------------------------------------------------------------------


def test_every_file_that_names_a_runtime_is_heard(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(engines={"node": ">=22", "npm": ">=10"}, volta={"node": "22.4.0"}),
        ".nvmrc": "v22.3.0\n",
        ".node-version": "22.2\n",
        ".tool-versions": "# tools\nnodejs 22.1.0\nterraform 1.9.0\nbun 1.2.0\n",
        "Dockerfile": "FROM --platform=$BUILDPLATFORM node:22-alpine AS base\nFROM alpine:3\n",
        ".github/workflows/ci.yml": "jobs:\n  a:\n    with:\n      node-version: '20'\n  b:\n    with:\n      node-version: ${{ x }}\n",
    }
    rows = [
        (fact.name, fact.version, fact.source, fact.evidence[0].line) for fact in findings(tmp_path, files).of(Runtime)
    ]
    assert rows == [
        ("Node.js", ">=22", "engines in package.json", 4),
        ("Node.js", "22.4.0", "volta in package.json", 8),
        ("Node.js", "22.3.0", ".nvmrc", 1),
        ("Node.js", "22.2", ".node-version", 1),
        ("Node.js", "22.1.0", ".tool-versions", 2),
        ("Bun", "1.2.0", ".tool-versions", 4),
        ("Node.js", "22", "Dockerfile", 1),
        ("Node.js", "20", ".github/workflows/ci.yml", 4),
    ]


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "${NODE}\n"])
def test_a_version_file_without_a_version_says_nothing(tmp_path: Path, text: str) -> None:
    assert findings(tmp_path, {"package.json": "{}", ".nvmrc": text}).of(Runtime) == ()


# lockfiles -------------------------------------------------------------------------------------------------------------


def test_what_only_the_lockfile_still_lists_is_a_leftover(tmp_path: Path) -> None:
    lock = "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      zod:\n        specifier: ^4.0.0\n        version: 4.0.1\n"
    lock += "packages:\n  zod@4.0.1:\n    resolution: {integrity: sha512-a}\n"
    found = findings(tmp_path, {"package.json": manifest(), "pnpm-lock.yaml": lock})
    (fact,) = found.of(LeftoverDependency)
    assert (fact.workspace, fact.name, fact.range, fact.version) == (".", "zod", "^4.0.0", "4.0.1")
    assert found.of(Technology) == ()


def test_a_second_lockfile_is_told(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(),
        "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
        "yarn.lock": "# yarn lockfile v1\n",
    }
    (fact,) = findings(tmp_path, files).of(LockfileState)
    assert {fact.path, *fact.others} == {"pnpm-lock.yaml", "yarn.lock"}


# other languages -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "part", "frameworks"),
    [
        (
            {
                "pyproject.toml": '[project]\nrequires-python = ">=3.12"\ndependencies = ["FastAPI[standard]>=0.115", "x"]\n',
                "uv.lock": '[[package]]\nname = "fastapi"\nversion = "0.115.6"\n',
                "app/main.py": "",
            },
            ("Python", ".", 1, ">=3.12", 2),
            [("FastAPI", "0.115.6", None)],
        ),
        (
            {"requirements.txt": "# web\nDjango==5.1.2 ; python_version > '3'\n-r more.txt\n", "manage.py": ""},
            ("Python", ".", 1, None, None),
            [("Django", "5.1.2", None)],
        ),
        (
            {
                "api/go.mod": "module x\n\ngo 1.23.1\n\nrequire (\n\tgithub.com/labstack/echo/v4 v4.12.0\n)\n",
                "api/main.go": "",
            },
            ("Go", "api", 1, "1.23.1", 3),
            [("Echo", "4.12.0", None)],
        ),
        (
            {
                "Cargo.toml": '[package]\nname = "x"\nedition = "2021"\n\n[dependencies]\naxum = { version = "0.7" }\n',
                "Cargo.lock": '[[package]]\nname = "axum"\nversion = "0.7.9"\n',
                "src/main.rs": "",
            },
            ("Rust", ".", 1, "edition 2021", 3),
            [("Axum", "0.7.9", None)],
        ),
        (
            {"composer.json": '{"require": {"php": "^8.3", "laravel/framework": "^11.0"}}', "app/a.php": ""},
            ("PHP", ".", 1, "^8.3", 1),
            [("Laravel", None, "^11.0")],
        ),
        (
            {
                "Gemfile": 'ruby "3.3.0"\ngem "rails", "~> 7.1"\n',
                "Gemfile.lock": "GEM\n  specs:\n    rails (7.1.3)\n",
                "a.rb": "",
            },
            ("Ruby", ".", 1, "3.3.0", 1),
            [("Ruby on Rails", "7.1.3", None)],
        ),
        (
            {"build.gradle.kts": 'plugins {\n  id("org.springframework.boot") version "3.3.1"\n}\n', "src/A.kt": ""},
            ("Java or Kotlin", ".", 1, None, None),
            [("Spring Boot", "3.3.1", None)],
        ),
        (
            {
                "Web.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web">\n<TargetFramework>net8.0</TargetFramework>\n</Project>',
                "A.cs": "",
            },
            (".NET", ".", 1, "net8.0", 2),
            [("ASP.NET Core", None, None)],
        ),
    ],
    ids=["uv", "requirements", "go", "cargo", "composer", "bundler", "gradle", "dotnet"],
)
def test_a_manifest_of_another_language_makes_a_part_with_its_framework(
    tmp_path: Path,
    files: dict[str, str],
    part: tuple[str, str, int, str | None, int | None],
    frameworks: list[tuple[str, str | None, str | None]],
) -> None:
    found = findings(tmp_path, files)
    (fact,) = found.of(Part)
    assert (fact.language, fact.folder, fact.files, fact.version, fact.evidence[0].line) == part
    assert [(fact.name, fact.version, fact.range) for fact in found.of(Technology)] == frameworks


def test_a_manifest_without_sources_is_a_leftover_and_no_part(tmp_path: Path) -> None:
    files = {"package.json": "{}", "pyproject.toml": "[tool.ruff]\n", "go.mod": "module x\n", "examples/a.py": ""}
    assert findings(tmp_path, files).of(Part) == ()


def test_members_of_a_part_are_not_parts_of_their_own(tmp_path: Path) -> None:
    files = {"Cargo.toml": "[workspace]\n", "crates/a/Cargo.toml": "[package]\n", "crates/a/src/lib.rs": ""}
    (fact,) = findings(tmp_path, files).of(Part)
    assert (fact.folder, fact.files) == (".", 1)


def test_manifests_that_cannot_be_read_are_problems_and_nothing_else_is_lost(tmp_path: Path) -> None:
    files = {
        "package.json": '{"dependencies": ["x"]}',
        "Cargo.toml": "[package\n",
        "a.rs": "",
        "go.mod": "module x\ngo 1.23\n",
        "a.go": "",
    }
    found = findings(tmp_path, files)
    assert [problem.path for problem in found.problems] == ["Cargo.toml"]
    assert {(fact.language, fact.version) for fact in found.of(Part)} == {("Rust", None), ("Go", "1.23")}


def test_a_version_is_that_of_the_package_that_the_code_imports(tmp_path: Path) -> None:
    dependencies = {"react-email": "6.1.1", "@react-email/components": "1.0.12"}
    files = {
        "package.json": manifest(dependencies=dependencies, scripts={"mail": "email dev"}),
        "mail/welcome.tsx": 'import { Html } from "@react-email/components";\n',
    }
    (fact,) = [fact for fact in findings(tmp_path, files).of(Technology) if fact.id == "react-email"]
    assert (fact.package, fact.version, fact.main) == ("@react-email/components", "1.0.12", False)
    assert dict(fact.importers) == {"react-email": 0, "@react-email/components": 1}


def test_rust_says_its_edition_and_the_oldest_compiler_and_counts_tests_too(tmp_path: Path) -> None:
    cargo = '[workspace.package]\nrust-version = "1.96"\nedition = "2024"\n'
    files = {"Cargo.toml": cargo, "src/main.rs": "", "tests/all.rs": "", "vendor/x/src/lib.rs": ""}
    (part,) = findings(tmp_path, files).of(Part)
    assert (part.version, part.files, part.evidence) == ("edition 2024, at least 1.96", 2, (Evidence("Cargo.toml", 2),))


# where it runs ---------------------------------------------------------------------------------------------------------


def test_a_platform_is_known_by_its_own_file_the_apps_before_the_roots(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(workspaces=["web"]),
        "yarn.lock": "",
        "Dockerfile": "FROM scratch\nCOPY web web\n",
        "Procfile": "web: node other\n",
        "compose.yaml": "services:\n  db:\n    image: postgres\n  web:\n    image: web\n",
        "vercel.json": "{}",
        "web/package.json": manifest(),
        "web/vercel.json": "{}",
        "web/netlify.toml.example": "",
    }
    found = [fact for fact in findings(tmp_path, files, "web").of(Technology) if fact.category == "deployment"]
    assert [(fact.name, fact.evidence[0].path, fact.package) for fact in found] == [
        ("Docker", "Dockerfile", None),
        ("Vercel", "web/vercel.json", None),
    ]


def command_of(task: str, found: Findings) -> tuple[str, str] | None:
    return next(((fact.command, fact.source) for fact in found.of(Command) if fact.task == task), None)


def test_next_lint_is_no_command_where_next_has_it_no_more(tmp_path: Path) -> None:
    text = manifest(dependencies={"next": "16.0.1"}, scripts={"lint": "next lint"})
    found = findings(tmp_path, {"package.json": text, ".eslintrc.json": "{}"})
    assert command_of("lint", found) is None
    (trap,) = found.of(Trap)
    assert trap.values == {"path": "package.json", "script": "lint", "runs": "next lint", "by": "Next.js 16"}


@pytest.mark.parametrize(
    ("file", "said"), [(".eslintrc.json", True), ("eslint.config.mjs", True), ("eslint.md", False)]
)
def test_next_lint_without_a_configuration_would_ask_for_one(tmp_path: Path, file: str, said: bool) -> None:
    text = manifest(dependencies={"next": "15.5.2"}, scripts={"lint": "next lint"})
    found = findings(tmp_path, {"package.json": text, file: "{}"})
    assert (command_of("lint", found) is not None) is said
    assert found.of(Trap) == ()


def test_a_lint_script_that_only_looks_is_said_before_one_that_rewrites(tmp_path: Path) -> None:
    scripts = {"lint": "eslint . --fix", "lint:check": "eslint ."}
    assert command_of("lint", findings(tmp_path, {"package.json": manifest(scripts=scripts)})) == (
        "npm run lint:check",
        "package.json",
    )


@pytest.mark.parametrize(
    ("scripts", "task", "said"),
    [
        ({"dk:gen": "drizzle-kit generate"}, "generate", "npm run dk:gen"),
        ({"supabase:push": "supabase db push"}, "migrate", "npm run supabase:push"),
        ({"build": "prisma migrate deploy && next build"}, "migrate", None),
        ({"db:migrate:prod": "wrangler d1 migrations apply x --remote"}, "migrate", None),
        ({"generate": "graphql-codegen"}, "generate", None),
        ({"db:generate": "prisma generate"}, "generate", None),
        ({"push": "git push"}, "push", None),
        ({"db:migrate": "turbo run db:migrate"}, "migrate", "npm run db:migrate"),
        ({"db:migrate": "tsx src/migrate.ts"}, "migrate", "npm run db:migrate"),
    ],
)
def test_a_command_of_the_database_is_known_by_what_it_runs(
    tmp_path: Path, scripts: dict[str, str], task: str, said: str | None
) -> None:
    found = command_of(task, findings(tmp_path, {"package.json": manifest(scripts=scripts)}))
    assert found == ((said, "package.json") if said else None)


def test_the_migrations_of_a_package_are_run_there(tmp_path: Path) -> None:
    files = {
        "package.json": '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
        "apps/web/package.json": manifest(dependencies={"@a/db": "*"}),
        "packages/db/package.json": '{ "name": "@a/db", "scripts": { "generate": "drizzle-kit generate", "lint": "eslint" } }',
    }
    found = findings(tmp_path, files, "apps/web")
    assert command_of("generate", found) == ("npm run generate", "packages/db/package.json")
    assert command_of("lint", found) is None
