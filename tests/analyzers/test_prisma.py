"""Prisma's schemas are found where Prisma finds them, and hold what its client sees."""

from __future__ import annotations

from pathlib import Path

import pytest

from prefill.analyzers.prisma import ANALYZER
from prefill.model import Evidence, PrismaSchema
from prefill.testing import analyze, write

HEAD = 'datasource db {\n  provider = "postgresql"\n}\n'
PACKAGE = '{ "name": "x", "dependencies": { "@prisma/client": "6.0.0" } }'


def schemas(folder: Path, files: dict[str, str], app: str | None = None) -> tuple[PrismaSchema, ...]:
    write(folder, {"package.json": PACKAGE, **files})
    return analyze(ANALYZER, folder, app).of(PrismaSchema)


def model(name: str, *fields: str) -> str:
    return f"model {name} {{\n  id Int @id\n" + "".join(f"  {field}\n" for field in fields) + "}\n"


def test_a_lone_schema_leaves_files_beside_it_alone(tmp_path: Path) -> None:
    (one,) = schemas(tmp_path, {"prisma/schema.prisma": HEAD + model("A"), "prisma/old.prisma": model("Old")})
    assert one.files == ("prisma/schema.prisma",)
    assert [m.name for m in one.models] == ["A"]


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": '{ "name": "x", "prisma": { "schema": "./prisma" } }'},
        {"package.json": '{ "name": "x", "scripts": { "generate": "prisma generate --schema=./prisma" } }'},
        {
            "package.json": '{ "name": "x", "scripts": { "generate": "prisma generate --schema prisma/ && next build" } }'
        },
        {"prisma.config.ts": 'export default { schema: "prisma" };'},
        {
            "prisma.config.mjs": 'import path from "node:path";\nexport default { schema: path.resolve(import.meta.dirname, "prisma") };'
        },
        {
            ".config/prisma.ts": 'import { defineConfig } from "prisma/config";\nexport default defineConfig({ schema: "./prisma" });'
        },
    ],
    ids=["package.json", "script", "script with a space", "configuration", "path.resolve", ".config"],
)
def test_a_folder_that_is_named_is_one_schema(tmp_path: Path, files: dict[str, str]) -> None:
    (one,) = schemas(
        tmp_path, {"prisma/schema.prisma": HEAD + model("A"), "prisma/models/b.prisma": model("B"), **files}
    )
    assert one.files == ("prisma/models/b.prisma", "prisma/schema.prisma")
    assert [m.name for m in one.models] == ["B", "A"]
    assert one.named_by is not None
    assert one.named_by.path in files


def test_types_that_only_other_files_define_make_them_one_schema(tmp_path: Path) -> None:
    (one,) = schemas(tmp_path, {"prisma/schema.prisma": HEAD + model("A", "b B[]"), "prisma/b.prisma": model("B")})
    assert one.files == ("prisma/b.prisma", "prisma/schema.prisma")


def test_each_datasource_is_a_schema_of_its_own(tmp_path: Path) -> None:
    both = schemas(tmp_path, {"one/schema.prisma": HEAD + model("A"), "two/schema.prisma": HEAD + model("B")})
    assert [(one.file, [m.name for m in one.models]) for one in both] == [
        ("one/schema.prisma", ["A"]),
        ("two/schema.prisma", ["B"]),
    ]


def test_schemas_of_tests_templates_and_examples_are_not_the_app_s(tmp_path: Path) -> None:
    folders = ("tests", "fixtures/x", "cli/template", "examples/a", "e2e")
    assert schemas(tmp_path, {f"{folder}/schema.prisma": HEAD + model("A") for folder in folders}) == ()


def test_fragments_without_a_datasource_are_no_schema(tmp_path: Path) -> None:
    assert schemas(tmp_path, {"prisma/models.prisma": model("A")}) == ()


def test_only_packages_that_the_app_uses_count(tmp_path: Path) -> None:
    files = {
        "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
        "apps/web/package.json": '{ "name": "web", "dependencies": { "db": "workspace:*", "next": "15.0.0" } }',
        "apps/web/app/page.tsx": "export default () => null;",
        "apps/other/package.json": '{ "name": "other" }',
        "apps/other/prisma/schema.prisma": HEAD + model("Other"),
        "packages/db/package.json": '{ "name": "db", "dependencies": { "@prisma/client": "6.0.0" } }',
        "packages/db/prisma/schema.prisma": HEAD + model("A"),
    }
    (one,) = schemas(tmp_path, files, "apps/web")
    assert (one.file, one.workspace) == ("packages/db/prisma/schema.prisma", "packages/db")


def test_the_root_s_schema_stands_for_an_app_that_has_none(tmp_path: Path) -> None:
    files = {
        "package.json": '{ "name": "r", "workspaces": ["apps/*"], "devDependencies": { "prisma": "6.0.0" } }',
        "apps/web/package.json": '{ "name": "web", "dependencies": { "next": "15.0.0" } }',
        "prisma/schema.prisma": HEAD + model("A"),
    }
    (one,) = schemas(tmp_path, files, "apps/web")
    assert (one.file, one.workspace) == ("prisma/schema.prisma", ".")


@pytest.mark.parametrize(
    ("written", "said"),
    [('"mysql"', "mysql"), ('["postgresql", "sqlite"]', "postgresql"), ('env("PROVIDER")', None), ("", None)],
)
def test_the_provider_is_what_the_datasource_says(tmp_path: Path, written: str, said: str | None) -> None:
    line = f"  provider = {written}\n" if written else ""
    (one,) = schemas(tmp_path, {"prisma/schema.prisma": f"datasource db {{\n{line}}}\n" + model("A")})
    assert one.provider == said


def test_migrations_are_counted_where_they_are(tmp_path: Path) -> None:
    made = {f"prisma/migrations/2024010100000{n}_m/migration.sql": "SELECT 1;" for n in range(3)}
    (one,) = schemas(
        tmp_path, {"prisma/schema.prisma": HEAD + model("A"), **made, "prisma/migrations/migration_lock.toml": ""}
    )
    assert one.migrations is not None
    assert (one.migrations.folder, one.migrations.files, one.migrations.latest) == (
        "prisma/migrations",
        3,
        "20240101000002_m",
    )
    assert one.migrations.evidence == (Evidence("prisma/migrations/20240101000002_m/migration.sql"),)


def test_migrations_of_a_folder_beside_a_folder_of_schemas_belong_to_it(tmp_path: Path) -> None:
    files = {
        "package.json": '{ "name": "x", "prisma": { "schema": "prisma/schema" } }',
        "prisma/schema/main.prisma": HEAD + model("A"),
        "prisma/migrations/0_init/migration.sql": "",
    }
    (one,) = schemas(tmp_path, files)
    assert one.migrations is not None
    assert one.migrations.folder == "prisma/migrations"


def test_without_migrations_none_are_said(tmp_path: Path) -> None:
    (one,) = schemas(tmp_path, {"prisma/schema.prisma": HEAD + model("A")})
    assert one.migrations is None


def test_a_schema_that_leads_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    files = {"package.json": '{ "name": "x", "prisma": { "schema": "../../etc" } }', "schema.prisma": HEAD + model("A")}
    (one,) = schemas(tmp_path, files)
    assert (one.file, one.named_by) == ("schema.prisma", None)


def test_a_schema_of_noise_does_not_fail(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": PACKAGE,
            "prisma/schema.prisma": b"datasource db {\n\xff\xfe\x00 {{{{ model\n" + b"(" * 100_000,
        },
    )
    found = analyze(ANALYZER, tmp_path)
    assert [(one.provider, one.models) for one in found.of(PrismaSchema)] == [(None, ())]
    assert [(problem.line, problem.message) for problem in found.problems] == [
        (2, "is no setting of a block"),
        (3, "is no setting of a block"),
        (1, "the block of db is not closed"),
    ]
