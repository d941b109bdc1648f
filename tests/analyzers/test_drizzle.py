"""Drizzle schemas: what drizzle-kit would say of the same files, and a located problem for what nobody can know."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prefill.analyzers.drizzle import ANALYZER
from prefill.analyzers.drizzle.vocabulary import cased
from prefill.model import DrizzleSchema
from prefill.testing import analyze, open_app, report, write

FIXTURES = Path(__file__).parents[2] / "fixtures" / "drizzle"

CONFIG = 'export default { dialect: "postgresql", schema: "./schema.ts" }'
PG = 'import * as p from "drizzle-orm/pg-core"; import { sql } from "drizzle-orm";\n'

Say = Callable[..., dict[str, Any]]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """The analyzer's report on a package with these files."""

    def ask(files: dict[str, str], version: str = "0.45.4", app: str | None = None) -> dict[str, Any]:
        manifest = json.dumps({"name": "shop", "dependencies": {"drizzle-orm": version}})
        write(tmp_path, {"package.json": manifest, **files})
        return report(ANALYZER, tmp_path, app)

    return ask


def schema(said: dict[str, Any]) -> dict[str, Any]:
    """The snapshot of the only schema, which has no problems."""
    assert said["problems"] == []
    assert len(said["schemas"]) == 1
    snapshot: dict[str, Any] = said["schemas"][0]["snapshot"]
    return snapshot


def columns(table: dict[str, Any]) -> dict[str, tuple[str, bool]]:
    return {name: (column["type"], column["notNull"]) for name, column in table["columns"].items()}


# what makes a table ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ('export const a = p.pgTable("a", { id: p.text() })', ["public.a"]),
        ('export const a = p.pgTable("a", (c) => ({ id: c.text() }))', ["public.a"]),
        ('export const a = p.pgTable("a", { id: p.text() }).enableRLS()', ["public.a"]),
        (
            'const make = p.pgTableCreator((n) => `x_${n}`); export const a = make("a", { id: p.text() })',
            ["public.x_a"],
        ),
        ('const s = p.pgSchema("s"); export const a = s.table("a", { id: p.text() })', ["s.a"]),
        ('export const a = p.pgTable("a", { id: p.text() }), b = a', ["public.a"]),
        ('const a = p.pgTable("a", { id: p.text() }); export { a as renamed }', ["public.a"]),
        (
            'const make = (n) => p.pgTable(n, { id: p.text() }); export const a = make("a"), b = make("b")',
            ["public.a", "public.b"],
        ),
        ('class X {} export const a = p.pgTable("a", { id: p.text() })', ["public.a"]),
    ],
)
def test_a_table_is_what_a_builder_makes(say: Say, source: str, names: list[str]) -> None:
    assert list(schema(say({"drizzle.config.ts": CONFIG, "schema.ts": PG + source}))["tables"]) == names


@pytest.mark.parametrize(
    "source",
    [
        'const a = p.pgTable("a", { id: p.text() })',
        '// export const a = p.pgTable("a", { id: p.text() })',
        'const text = `export const a = p.pgTable("a", {})`',
        'export const nested = { a: p.pgTable("a", { id: p.text() }) }',
        'import { myTable } from "elsewhere"; export const a = myTable("a", { id: p.text() })',
        'export type A = typeof import("./x")',
    ],
)
def test_what_is_not_an_exported_table_is_none(say: Say, source: str) -> None:
    assert say({"drizzle.config.ts": CONFIG, "schema.ts": PG + source}) == {"schemas": [], "problems": []}


def test_a_builder_that_a_package_carries_along_counts(say: Say) -> None:
    source = 'import { sqliteTable, text } from "@cms/db/drizzle/sqlite-core"; export const a = sqliteTable("a", { id: text() })'
    assert list(
        schema(say({"drizzle.config.ts": CONFIG.replace("postgresql", "sqlite"), "schema.ts": source}))["tables"]
    ) == ["a"]


# columns --------------------------------------------------------------------------------------------------------------


def table_of(
    say: Say, columns_source: str, extra: str = "", before: str = "", version: str = "0.45.4"
) -> dict[str, Any]:
    source = f'{PG}{before}\nexport const a = p.pgTable("a", {{ {columns_source} }}{extra})'
    table: dict[str, Any] = schema(say({"drizzle.config.ts": CONFIG, "schema.ts": source}, version))["tables"][
        "public.a"
    ]
    return table


def test_what_is_said_before_array_is_said_of_the_items(say: Say) -> None:
    found = columns(
        table_of(say, "a: p.text().notNull().array(), b: p.text().array().notNull(), c: p.integer().array(2).array()")
    )
    assert found == {"a": ("text[]", False), "b": ("text[]", True), "c": ("integer[2][]", False)}


def test_version_one_keeps_what_is_said_before_array(say: Say) -> None:
    found = columns(table_of(say, 'a: p.text().notNull().array(), b: p.text().array("[][]")', version="1.0.0-rc.5"))
    assert found == {"a": ("text[]", True), "b": ("text[][]", False)}


def test_a_builder_without_a_name_keeps_the_first_key_that_it_stands_under(say: Say) -> None:
    assert list(
        table_of(say, "one: stamp, two: p.text('other')", before="const stamp = p.timestamp();")["columns"]
    ) == ["one", "other"]


@pytest.mark.parametrize(
    ("key", "snake", "camel"),
    [
        ("createdAt", "created_at", "createdAt"),
        ("userID", "user_id", "userID"),
        ("first_name", "first_name", "firstName"),
        ("HTMLBody2", "html_body2", "htmlBody2"),
        ("address1Line", "address1_line", "address1Line"),
    ],
)
def test_casing_is_drizzles(key: str, snake: str, camel: str) -> None:
    assert cased(key, "snake_case") == snake
    assert cased(key, "camelCase") == camel
    assert cased(key, None) == key


def test_casing_applies_to_columns_without_a_name_and_not_to_default_constraint_names(say: Say) -> None:
    source = (
        PG
        + 'export const a = p.pgTable("a", { firstName: p.text().unique(), lastName: p.text("Last") }, (t) => [p.index().on(t.firstName)])'
    )
    config = CONFIG.replace(" }", ', casing: "snake_case" }')
    table = schema(say({"drizzle.config.ts": config, "schema.ts": source}))["tables"]["public.a"]
    assert list(table["columns"]) == ["first_name", "Last"]
    assert table["uniqueConstraints"]["a_firstName_unique"]["columns"] == ["first_name"]
    assert list(table["indexes"]) == ["a_first_name_index"]


def test_the_clients_casing_holds_without_a_configuration_and_is_noted_beside_one(say: Say) -> None:
    files = {
        "schema.ts": PG + 'export const a = p.pgTable("a", { firstName: p.text() })',
        "db.ts": 'import { drizzle } from "drizzle-orm/node-postgres"; export const db = drizzle({ casing: "snake_case" })',
    }
    assert list(schema(say(files))["tables"]["public.a"]["columns"]) == ["first_name"]
    said = say({"drizzle.config.ts": CONFIG, **files})
    assert list(schema(said)["tables"]["public.a"]["columns"]) == ["firstName"]
    assert said["schemas"][0]["notes"] == ["casing differs: `snake_case` in `db.ts`, none in `drizzle.config.ts`"]


@pytest.mark.parametrize(
    ("column", "default"),
    [
        ('p.text().default("it\'s")', "'it''s'"),
        ("p.integer().default(-1)", -1),
        ("p.boolean().default(false)", False),
        ("p.timestamp().defaultNow()", "now()"),
        ("p.uuid().defaultRandom()", "gen_random_uuid()"),
        ("p.text().default(sql`upper('x')`)", "upper('x')"),
        ('p.jsonb().default({ a: [1, "x"] })', '\'{"a":[1,"x"]}\'::jsonb'),
        ('p.text().array().default(["a"])', "'{\"a\"}'"),
        ("p.text().$defaultFn(() => 'x')", None),
        ("p.text().default(process.env.X!)", None),
    ],
)
def test_defaults_are_the_databases_own(say: Say, column: str, default: Any) -> None:
    assert table_of(say, f"c: {column}")["columns"]["c"].get("default") == default


def test_custom_types_are_asked_for_their_type(say: Say) -> None:
    before = "const v = p.customType<any>({ dataType(c) { return `vec(${c?.size ?? 3})` } });"
    assert columns(table_of(say, 'a: v("a", { size: 9 }), b: v()', before=before)) == {
        "a": ("vec(9)", False),
        "b": ("vec(3)", False),
    }


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ('["x", "y"]', ["x", "y"]),
        ("[...list, 'z'] as const", ["l", "z"]),
        ("Object.values(Kind)", ["one", "two"]),
        ("Kind", ["one", "two"]),
        ("Object.keys(record) as [string]", ["k"]),
        ("z.enum(['q']).options", ["q"]),
        ("list.map((x) => x.toUpperCase()) as [string]", ["L"]),
    ],
)
def test_enum_values_come_from_anywhere(say: Say, values: str, found: list[str]) -> None:
    before = 'import { z } from "zod"; const list = ["l"] as const; enum Kind { One = "one", Two = "two" } const record = { k: 1 };'
    source = f'{PG}{before}\nexport const e = p.pgEnum("e", {values}); export const a = p.pgTable("a", {{ e: e() }})'
    snapshot = schema(say({"drizzle.config.ts": CONFIG, "schema.ts": source}))
    assert snapshot["enums"] == {"public.e": {"name": "e", "schema": "public", "values": found}}
    assert snapshot["tables"]["public.a"]["columns"]["e"]["type"] == "e"


# keys and indexes -----------------------------------------------------------------------------------------------------


def test_a_foreign_key_may_lead_in_a_circle_through_other_files(say: Say) -> None:
    files = {
        "drizzle.config.ts": CONFIG.replace('"./schema.ts"', '["./a.ts", "./b.ts"]'),
        "a.ts": PG
        + 'import { b } from "./b"; export const a = p.pgTable("a", { id: p.text(), to: p.text().references(() => b.id) })',
        "b.ts": PG
        + 'import { a } from "./a"; export const b = p.pgTable("b", { id: p.text(), to: p.text().references(() => a.id), '
        "up: p.text().references((): p.AnyPgColumn => b.id) })",
    }
    tables = schema(say(files))["tables"]
    assert list(tables["public.a"]["foreignKeys"]) == ["a_to_b_id_fk"]
    assert list(tables["public.b"]["foreignKeys"]) == ["b_to_a_id_fk", "b_up_b_id_fk"]


def test_a_foreign_key_may_lead_to_a_table_that_drizzle_ships(say: Say) -> None:
    before = 'import { authUsers } from "drizzle-orm/supabase";'
    table = table_of(say, 'id: p.uuid("id").references(() => authUsers.id, { onDelete: "cascade" })', before=before)
    assert table["foreignKeys"]["a_id_users_id_fk"] == {
        "name": "a_id_users_id_fk",
        "tableFrom": "a",
        "tableTo": "users",
        "columnsFrom": ["id"],
        "columnsTo": ["id"],
        "onDelete": "cascade",
        "onUpdate": "no action",
        "schemaTo": "auth",
    }


def test_a_primary_key_of_one_column_is_said_by_the_column(say: Say) -> None:
    table = table_of(say, "x: p.text(), y: p.text()", ", (t) => [p.primaryKey({ columns: [t.x] })]")
    assert table["compositePrimaryKeys"] == {}
    assert [name for name, column in table["columns"].items() if column["primaryKey"]] == ["x"]


@pytest.mark.parametrize(
    "extra",
    [
        ', (t) => [p.index("i").on(t.x, t.y.desc())]',
        ', (t) => ({ i: p.index("i").on(t.x, t.y.desc()) })',
        ', ({ x, y }) => [[p.index("i").on(x, y.desc())]]',
        ", function (t) { return [indexed(t)] }",
    ],
)
def test_the_third_argument_may_give_a_list_or_an_object(say: Say, extra: str) -> None:
    before = 'function indexed(t) { return p.index("i").on(t.x, t.y.desc()) }'
    found = table_of(say, "x: p.text(), y: p.text()", extra, before)["indexes"]["i"]
    assert [(column["expression"], column["asc"]) for column in found["columns"]] == [("x", True), ("y", False)]


def test_an_index_on_what_is_not_known_keeps_its_name_alone(say: Say) -> None:
    source = (
        PG
        + 'import { far } from "far"; export const a = p.pgTable("a", { x: p.text() }, (t) => [p.index("i").on(far(t))])'
    )
    said = say({"drizzle.config.ts": CONFIG, "schema.ts": source})
    assert said["schemas"][0]["snapshot"]["tables"]["public.a"]["indexes"]["i"]["columns"] == [
        {"expression": None, "isExpression": False}
    ]
    assert [problem["message"] for problem in said["problems"]] == ["a column of an index of `a` is not known"]


# configuration --------------------------------------------------------------------------------------------------------

TABLE = PG + 'export const a = p.pgTable("a", { id: p.text() })'


@pytest.mark.parametrize(
    "config",
    [
        CONFIG,
        'import { defineConfig } from "drizzle-kit"; export default defineConfig({ dialect: "postgresql", schema: "schema.ts" })',
        'const c: Config = { dialect: "postgresql", schema: ["./schema.ts"] }; export default c satisfies Config',
        'export default () => ({ dialect: "postgresql", schema: "./schema.ts" })',
        'export default async () => { return { dialect: "postgresql", schema: "./schema.ts" } }',
        'module.exports = { dialect: "postgresql", schema: "./schema.ts" }',
        'export default withEnv({ dialect: "postgresql", schema: "./schema.ts" })',
        'export default [{ dialect: "postgresql", schema: "./schema.ts" }]',
        'export default { driver: "pg", schema: "./schema.ts" }',
        'import { resolve } from "path"; export default { dialect: "postgresql", schema: resolve(__dirname, "schema.ts") }',
        (
            'import { fileURLToPath } from "url"; import { relative } from "path"; export default { dialect: "postgresql", '
            'schema: relative(process.cwd(), fileURLToPath(new URL("./schema.ts", import.meta.url))) }'
        ),
        (
            'import path from "path"; const here = path.dirname(fileURLToPath(import.meta.url)); '
            'export default { dialect: "postgresql", schema: `./schema.ts`, out: path.join(here, "out") }'
        ),
        'import path from "node:path"; export default { dialect: "postgresql", schema: path.join(process.cwd(), "./schema.ts") }',
        'export default { dialect: "postgresql", schema: "./*.ts" }',
        'export default { dialect: "postgresql", schema: "./{schema,other}.ts" }',
        'export default { dialect: process.env.D as "postgresql", schema: "./schema.ts" }',
        'if (!process.env.URL) throw new Error(); export default { dialect: "postgresql", schema: "./schema.ts" }',
        'export default { schema: "./schema.ts" }',
    ],
)
def test_configurations_are_written_in_many_ways(say: Say, config: str) -> None:
    said = say({"drizzle.config.ts": config, "schema.ts": TABLE})
    assert list(schema(said)["tables"]) == ["public.a"]
    assert (said["schemas"][0]["config"], said["schemas"][0]["dialect"]) == ("drizzle.config.ts", "postgresql")


def test_a_configuration_may_be_json_or_named_otherwise(say: Say) -> None:
    plain = '{"dialect": "postgresql", "schema": "./schema.ts"}'
    said = say({"drizzle.config.json": plain, "db.config.ts": 'import "drizzle-kit"; ' + CONFIG, "schema.ts": TABLE})
    assert [found["config"] for found in said["schemas"]] == ["db.config.ts", "drizzle.config.json"]


def test_a_folder_is_read_one_level_deep(say: Say) -> None:
    files = {"db/a.ts": TABLE, "db/deep/b.ts": TABLE.replace('"a"', '"b"'), "db/notes.md": "", "db/types.d.ts": ""}
    said = say({"drizzle.config.ts": CONFIG.replace("./schema.ts", "./db"), **files})
    assert said["schemas"][0]["files"] == ["db/a.ts"]


def test_a_dialect_that_depends_on_the_environment_is_the_one_that_the_schema_is_written_for(say: Say) -> None:
    config = 'export default { dialect: process.env.URL!.startsWith("file:") ? "sqlite" : "postgresql", schema: "./schema.ts" }'
    said = say({"drizzle.config.ts": config, "schema.ts": TABLE})
    assert said["schemas"][0]["dialect"] == "postgresql"
    assert said["schemas"][0]["notes"] == [
        "the dialect depends on the environment variable URL; the schema is written for postgresql"
    ]


def test_several_configurations_are_several_schemas(say: Say) -> None:
    lite = (
        'import { sqliteTable, text } from "drizzle-orm/sqlite-core"; export const b = sqliteTable("b", { id: text() })'
    )
    config = 'export default { dialect: "turso", schema: "./lite.ts" }'
    said = say({"drizzle.config.ts": CONFIG, "drizzle.lite.config.ts": config, "schema.ts": TABLE, "lite.ts": lite})
    assert [(found["dialect"], list(found["snapshot"]["tables"])) for found in said["schemas"]] == [
        ("postgresql", ["public.a"]),
        ("sqlite", ["b"]),
    ]


def test_a_stale_path_is_noted_and_the_files_are_inferred(say: Say) -> None:
    said = say({"drizzle.config.ts": CONFIG.replace("./schema.ts", "./gone.ts"), "src/tables.ts": TABLE})
    assert said["schemas"][0]["files"] == ["src/tables.ts"]
    assert said["schemas"][0]["notes"] == [
        "drizzle.config.ts names `./gone.ts`, which does not exist",
        "the schema's files are inferred from what makes tables",
    ]
    assert [problem["message"] for problem in said["problems"]] == ["`./gone.ts` names no file of the repository"]


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/*.ts", "../**/*.ts"])
def test_a_schema_outside_the_repository_is_not_read(say: Say, path: str) -> None:
    said = say({"drizzle.config.ts": CONFIG.replace("./schema.ts", path)})
    assert said["schemas"] == []
    assert [problem["line"] for problem in said["problems"]] == [1]


def test_what_is_there_for_tests_and_examples_is_left_out(say: Say) -> None:
    files = {
        "tests/drizzle.config.ts": CONFIG,
        "tests/schema.ts": TABLE,
        "examples/a/tables.ts": TABLE,
        "src/a.test.ts": TABLE,
    }
    assert say(files) == {"schemas": [], "problems": []}


def test_the_driver_is_what_the_client_imports(say: Say) -> None:
    files = {
        "scripts/seed.ts": 'import { drizzle } from "drizzle-orm/node-postgres"',
        "src/db.ts": 'import { drizzle as connect } from "drizzle-orm/neon-http"; export const db = connect(x)',
        "src/types.ts": 'import type { PostgresJsDatabase } from "drizzle-orm/postgres-js"',
    }
    said = say({"drizzle.config.ts": CONFIG, "schema.ts": TABLE, **files})
    assert said["schemas"][0]["driver"] == "@neondatabase/serverless"
    assert {"path": "src/db.ts", "line": 1} in said["schemas"][0]["sources"]


def test_a_driver_of_another_database_is_not_the_schemas(say: Say) -> None:
    files = {"db.ts": 'import { drizzle } from "drizzle-orm/better-sqlite3"; export const db = drizzle("x.db")'}
    assert say({"drizzle.config.ts": CONFIG, "schema.ts": TABLE, **files})["schemas"][0]["driver"] is None


# migrations -----------------------------------------------------------------------------------------------------------


def journal(*tags: str) -> str:
    return json.dumps({"entries": [{"idx": at, "tag": tag} for at, tag in enumerate(tags)]})


def snapshot_of(**tables: list[str]) -> str:
    return json.dumps(
        {"tables": {name: {"name": name, "columns": {c: {"name": c} for c in cs}} for name, cs in tables.items()}}
    )


def drizzle(tmp_path: Path, files: dict[str, str]) -> DrizzleSchema:
    write(tmp_path, {"package.json": '{"dependencies": {"drizzle-orm": "0.45.4"}}', "schema.ts": TABLE, **files})
    found = analyze(ANALYZER, tmp_path).of(DrizzleSchema)
    assert len(found) == 1
    return found[0]


def test_migrations_count_files_and_journal_apart(tmp_path: Path) -> None:
    files = {
        "drizzle.config.ts": CONFIG,
        "drizzle/0000_a.sql": "",
        "drizzle/0001_b.sql": "",
        "drizzle/0002_by_hand.sql": "",
        "drizzle/meta/_journal.json": journal("0000_a", "0001_b"),
        "drizzle/meta/0000_snapshot.json": snapshot_of(a=[]),
        "drizzle/meta/0001_snapshot.json": snapshot_of(a=["id", "old"], gone=["id"]),
    }
    found = drizzle(tmp_path, files)
    assert found.migrations is not None
    assert (found.migrations.folder, found.migrations.files, found.migrations.journal) == ("drizzle", 3, 2)
    assert found.migrations.latest == "0002_by_hand"
    assert found.drift == ("- a.old", "- gone")


def test_the_newer_layout_has_a_folder_for_each_migration(tmp_path: Path) -> None:
    rows = [{"entityType": "tables", "name": "a", "schema": "public"}]
    files = {
        "drizzle.config.ts": CONFIG.replace(" }", ', out: "./db/out" }'),
        "db/out/20260101000000_first/migration.sql": "",
        "db/out/20260101000000_first/snapshot.json": json.dumps({"ddl": rows}),
        "db/out/20260202000000_second/migration.sql": "",
        "db/out/20260202000000_second/snapshot.json": json.dumps({"ddl": rows}),
    }
    found = drizzle(tmp_path, files)
    assert found.migrations is not None
    assert (found.migrations.files, found.migrations.latest, found.migrations.journal) == (
        2,
        "20260202000000_second",
        None,
    )
    assert found.drift == ("+ a.id",)


def test_a_schema_that_its_last_snapshot_holds_has_not_moved_on(tmp_path: Path) -> None:
    files = {
        "drizzle/0000_a.sql": "",
        "drizzle/meta/_journal.json": journal("0000_a"),
        "drizzle/meta/0000_snapshot.json": snapshot_of(a=["id"]),
    }
    assert drizzle(tmp_path, {"drizzle.config.ts": CONFIG, **files}).drift == ()


def test_without_migrations_there_are_none(tmp_path: Path) -> None:
    assert drizzle(tmp_path, {"drizzle.config.ts": CONFIG}).migrations is None


def test_a_broken_journal_is_a_problem(say: Say) -> None:
    said = say(
        {"drizzle.config.ts": CONFIG, "schema.ts": TABLE, "drizzle/0000_a.sql": "", "drizzle/meta/_journal.json": "{"}
    )
    assert [problem["path"] for problem in said["problems"]] == ["drizzle/meta/_journal.json"]
    assert said["schemas"][0]["migrations"]["latest"] == "0000_a"


# evidence and bounds --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", sorted(path.name for path in FIXTURES.iterdir() if not path.name.startswith("bad_")))
def test_every_part_of_a_snapshot_has_a_place_that_holds_its_name(case: str) -> None:
    app = open_app(FIXTURES / case)
    for found in analyze(ANALYZER, FIXTURES / case).of(DrizzleSchema):
        tables = [f"/tables/{key}" for key in found.snapshot["tables"]]
        assert set(tables) <= set(found.places)
        for pointer, places in found.places.items():
            at: Any = found.snapshot
            for part in pointer[1:].split("/"):
                at = at[part.replace("~1", "/").replace("~0", "~")]
            for place in places:
                text = app.repository.text(place.path)
                assert text is not None
                assert place.line is not None
                line = text.splitlines()[place.line - 1]
                if case == "postgres_every_builder" and "/columns/" in pointer:
                    assert at["name"] in line
                if case == "postgres_every_builder" and pointer.count("/") == 2:
                    assert f'"{at["name"]}"' in line


def test_a_large_schema_takes_few_steps(tmp_path: Path) -> None:
    tables = "\n".join(
        f'export const t{at} = p.pgTable("t{at}", {{ id: p.uuid().primaryKey(), '
        + ", ".join(f'c{c}: p.varchar("c{c}", {{ length: 255 }}).notNull()' for c in range(20))
        + f", up: p.uuid().references(() => t{max(0, at - 1)}.id) }}, (t) => [p.index().on(t.c1)])"
        for at in range(130)
    )
    write(
        tmp_path,
        {
            "package.json": '{"dependencies": {"drizzle-orm": "1"}}',
            "drizzle.config.ts": CONFIG,
            "schema.ts": PG + tables,
        },
    )
    app = open_app(tmp_path)
    found = [fact for fact in ANALYZER.analyze(app) if isinstance(fact, DrizzleSchema)]
    assert len(found[0].snapshot["tables"]) == 130
    assert app.program.evaluator.steps < 50_000


@pytest.mark.parametrize(
    "source",
    [
        "export const a = " + "[" * 100_000,
        "export * from './schema'",
        "export const a = a(); function a() { return a() }",
        PG + 'export const a = p.pgTable("a", a.x)',
        PG + "export const a = p.pgTable()",
        PG + "export const a = p.pgTable('a', { id: p.text()" + ".notNull()" * 5_000 + " })",
        PG + "export const a = p.pgTable('a', { id: p.text() }, (t) => t)",
        PG
        + "export const e = p.pgEnum(); export const a = p.pgTable('a', { e: e(), f: p.vector(), g: p.customType()() })",
        PG
        + "export const a = p.pgTable('a', { x: p.text() }, (t) => [p.foreignKey(), p.primaryKey(), p.unique(), p.index(), p.check()])",
        "\x00\xff" * 1_000,
    ],
)
def test_hostile_schemas_end_without_a_crash(say: Say, source: str) -> None:
    said = say({"drizzle.config.ts": CONFIG, "schema.ts": source})
    assert set(said) == {"schemas", "problems"}


# dialects of version 1 ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "builder", "kind"),
    [
        ("mssql", "char()", "char(1)"),
        ("mssql", "char({ length: 3 })", "char(3)"),
        ("mssql", "nvarchar({ length: 'max' })", "nvarchar(max)"),
        ("mssql", "datetime2({ precision: 6 })", "datetime2(6)"),
        ("mssql", "datetimeoffset()", "datetimeoffset"),
        ("mssql", "float({ precision: 6 })", "float(6)"),
        ("mssql", "numeric({ precision: 6, scale: 2 })", "numeric(6,2)"),
        ("mssql", "bit()", "bit"),
        ("cockroach", "text({ length: 5 })", "string(5)"),
        ("cockroach", "timestamp({ withTimezone: true, precision: 3 })", "timestamptz(3)"),
        ("cockroach", "time({ precision: 6 })", "time(6)"),
        ("cockroach", "bigint({ mode: 'number' })", "int8"),
        ("cockroach", "doublePrecision()", "float"),
    ],
)
def test_a_builder_of_version_one_gives_its_type(say: Say, dialect: str, builder: str, kind: str) -> None:
    source = (
        f'import * as d from "drizzle-orm/{dialect}-core"; export const a = d.{dialect}Table("a", {{ b: d.{builder} }})'
    )
    said = say({"drizzle.config.ts": CONFIG.replace("postgresql", dialect), "schema.ts": source}, "1.0.0-rc.5")
    assert [columns(table) for table in schema(said)["tables"].values()] == [{"b": (kind, False)}]


def test_the_length_of_a_type_that_is_not_known_is_a_problem(say: Say) -> None:
    source = 'import * as d from "drizzle-orm/mssql-core"; import { size } from "elsewhere"; export const a = d.mssqlTable("a", { b: d.char({ length: size }) })'
    said = say({"drizzle.config.ts": CONFIG.replace("postgresql", "mssql"), "schema.ts": source}, "1.0.0-rc.5")
    assert [problem["message"] for problem in said["problems"]] == ["the type of the column `b` of `a` is not known"]


def test_a_table_of_an_mssql_schema_is_keyed_with_it(say: Say) -> None:
    source = 'import * as d from "drizzle-orm/mssql-core"; const s = d.mssqlSchema("s"); export const a = s.table("a", { b: d.int() }), c = d.mssqlTable("a", { b: d.int() })'
    said = say({"drizzle.config.ts": CONFIG.replace("postgresql", "mssql"), "schema.ts": source}, "1.0.0-rc.5")
    assert list(schema(said)["tables"]) == ["s.a", "a"]
