"""A client imports its package and opens something; models are named by the syntax; services by a line of a configuration."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from prefill.analyzers.database import ANALYZER, imports
from prefill.model import DatabaseClient, DatabaseService, DataModel, Evidence
from prefill.testing import analyze, write


def clients(folder: Path, package: str, source: str, path: str = "src/db.ts") -> list[tuple[str, int | None, bool]]:
    manifest = f'{{ "name": "x", "dependencies": {{ "{package}": "1.0.0" }} }}'
    write(folder, {"package.json": manifest, path: source})
    found = analyze(ANALYZER, folder).of(DatabaseClient)
    return [(fact.package, fact.evidence[0].line, fact.exports) for fact in found]


@pytest.mark.parametrize(
    ("package", "source"),
    [
        (
            "@prisma/client",
            'import { PrismaClient } from "../generated/client";\nexport const db = new PrismaClient({});',
        ),
        ("mongoose", 'import mongoose from "mongoose";\nexport default () => mongoose.connect(url);'),
        ("mongodb", 'import { MongoClient } from "mongodb";\nexport const c = new MongoClient(url);'),
        ("pg", 'import { Pool } from "pg";\nexport const pool = new Pool();'),
        ("postgres", 'import postgres from "postgres";\nexport const sql = postgres(url);'),
        ("mysql2", 'import mysql from "mysql2/promise";\nexport const pool = mysql.createPool(url);'),
        ("better-sqlite3", 'import Database from "better-sqlite3";\nexport const db = new Database("a.db");'),
        (
            "@libsql/client",
            'import { createClient } from "@libsql/client/web";\nexport const db = createClient({ url });',
        ),
        ("@neondatabase/serverless", 'import { neon } from "@neondatabase/serverless";\nexport const sql = neon(url);'),
        ("kysely", 'import { Kysely } from "kysely";\nexport const db = new Kysely<DB>({});'),
        ("knex", 'const knex = require("knex");\nmodule.exports = knex(config);'),
        ("ioredis", 'import Redis from "ioredis";\nexport const redis = new Redis(url);'),
    ],
)
def test_a_client_is_found_by_its_import_and_its_constructor(tmp_path: Path, package: str, source: str) -> None:
    assert clients(tmp_path, package, source) == [(package, 2, True)]


@pytest.mark.parametrize(
    "source",
    [
        "new Pool();",
        'import { Pool } from "generic-pool";\nnew Pool();',
        'import { Pool } from "pg";\n// new Pool();',
        'import { Pool } from "pg";\nconst text = `new Pool()`;',
        'import type { Pool } from "pg";',
    ],
)
def test_what_only_looks_like_a_client_is_none(tmp_path: Path, source: str) -> None:
    assert clients(tmp_path, "pg", source) == []


def test_a_package_that_the_app_does_not_depend_on_is_not_looked_for(tmp_path: Path) -> None:
    assert clients(tmp_path, "express", 'import { Pool } from "pg";\nnew Pool();') == []


def test_a_program_that_exports_nothing_is_known_as_such(tmp_path: Path) -> None:
    assert clients(tmp_path, "pg", 'import { Client } from "pg";\nnew Client();') == [("pg", 2, False)]


def test_an_import_is_of_the_package_or_of_a_module_in_it() -> None:
    sources = [b'from "pg"', b"require('pg')", b'import("pg/lib")', b'from "pg-native"', b'from "./pg"']
    assert [imports(source, "pg") for source in sources] == [True, True, True, False, False]


def test_mongoose_s_models_are_those_with_a_name_and_a_schema(tmp_path: Path) -> None:
    source = (
        'import { model } from "mongoose";\nmodel("A", s);\nmodel<IB, Model<IB>>(\n  "B",\n  s,\n);\nmodel("Found");\n// model("C", s)\n'
        "model(NAME, s);\n"
    )
    write(tmp_path, {"package.json": '{ "name": "x", "dependencies": { "mongoose": "8.0.0" } }', "src/m.ts": source})
    found = [(fact.name, fact.evidence) for fact in analyze(ANALYZER, tmp_path).of(DataModel)]
    assert found == [("A", (Evidence("src/m.ts", 2),)), ("B", (Evidence("src/m.ts", 4),))]


@pytest.mark.parametrize(
    ("image", "name", "version"),
    [
        ("postgres", "PostgreSQL", None),
        ("postgres:17-alpine", "PostgreSQL", "17"),
        ('"docker.io/library/mysql:8.0.36"', "MySQL", "8.0.36"),
        ("ghcr.io/tursodatabase/libsql-server:latest", "libSQL", None),
        ("pgvector/pgvector:pg16@sha256:00", "PostgreSQL with pgvector", "16"),
        ("mongo:${MONGO_VERSION}", "MongoDB", None),
    ],
)
def test_an_image_of_compose_is_a_database_at_its_tag(
    tmp_path: Path, image: str, name: str, version: str | None
) -> None:
    write(tmp_path, {"package.json": "{}", "docker-compose.yml": f"services:\n  db:\n    image: {image}\n"})
    found = analyze(ANALYZER, tmp_path).of(DatabaseService)
    assert [(fact.name, fact.version, fact.evidence) for fact in found] == [
        (name, version, (Evidence("docker-compose.yml", 3),))
    ]


@pytest.mark.parametrize("path", ["docker-compose.test.yml", "fixtures/compose.yaml", "compose.yaml.bak"])
def test_compose_files_of_tests_are_not_what_the_app_runs_on(tmp_path: Path, path: str) -> None:
    write(tmp_path, {"package.json": "{}", path: "services:\n  db:\n    image: postgres\n"})
    assert list(analyze(ANALYZER, tmp_path)) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("wrangler.toml", '[[env.production.d1_databases]]\nbinding = "DB"\n'),
        ("wrangler.jsonc", '{\n  "d1_databases": []\n}\n'),
    ],
)
def test_a_binding_of_cloudflare_is_a_service(tmp_path: Path, path: str, text: str) -> None:
    write(tmp_path, {"package.json": "{}", path: text})
    assert [fact.name for fact in analyze(ANALYZER, tmp_path).of(DatabaseService)] == ["Cloudflare D1"]


def test_hostile_sources_cost_no_more_than_their_length(tmp_path: Path) -> None:
    manifest = '{ "name": "x", "dependencies": { "mongoose": "8.0.0", "typeorm": "0.3.0", "pg": "8.0.0" } }'
    deep = (
        'from "mongoose"; from "typeorm"; from "pg"; new Pool'
        + "model(" * 100_000
        + "@Entity(" * 100_000
        + "`" * 100_000
    )
    write(tmp_path, {"package.json": manifest, "src/a.ts": deep, "compose.yaml": "image: " * 100_000})
    start = time.perf_counter()
    found = analyze(ANALYZER, tmp_path)
    assert time.perf_counter() - start < 5
    assert found.of(DataModel) == ()
