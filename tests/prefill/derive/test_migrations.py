"""Traps of migrations say no more than the journal, the snapshot and the schema do."""

from __future__ import annotations

from typing import Any

import pytest

from prefill.derive.migrations import migration_traps
from prefill.model import DrizzleSchema, Evidence, Fact, Findings, Migrations, PrismaSchema, Project
from prefill.render.environment import macro

ROOT = Project(commit=None, dirty=None, package_manager=None)
WEB = Project(commit=None, dirty=None, package_manager=None, app="apps/web")


def said(*facts: Fact, project: Project = ROOT) -> dict[str, str]:
    traps = migration_traps(Findings(facts), project)
    return {trap.name: macro("traps.md.j2", trap.name, trap.values) for trap in traps}


def migrations(**more: Any) -> Migrations:
    values: dict[str, Any] = {
        "files": 2,
        "latest": "0001_b",
        "journal": 2,
        "snapshot": "drizzle/meta/0001_snapshot.json",
        "current": True,
        "dialect": "postgresql",
        "dialect_evidence": (Evidence("drizzle/meta/_journal.json", 3),),
        "evidence": (Evidence("drizzle.config.ts", 5),),
        **more,
    }
    return Migrations(folder="drizzle", tool="drizzle-kit", **values)


def schema(made: Migrations, *drift: str, **more: Any) -> DrizzleSchema:
    table = {"name": "users", "schema": "", "columns": {"a/b": {"name": "a/b"}}}
    values: dict[str, Any] = {
        "config": "drizzle.config.ts",
        "dialect": "postgresql",
        "driver": None,
        "files": ("src/schema.ts",),
        "snapshot": {"tables": {"public.users": table}},
        "places": {
            "/tables/public.users": (Evidence("src/schema.ts", 7),),
            "/tables/public.users/columns/a~1b": (Evidence("src/schema.ts", 9),),
        },
        "migrations": made,
        "drift": drift,
        "evidence": (Evidence("drizzle.config.ts", 4),),
        **more,
    }
    return DrizzleSchema(**values)


def test_a_schema_is_ahead_where_no_migration_makes_what_it_has() -> None:
    assert said(schema(migrations(), "+ users", "+ users.a/b")) == {
        "schema-ahead-of-migrations": "`src/schema.ts` is ahead of its migrations: none makes `users`, `users.a/b` "
        "(not in `drizzle/meta/0001_snapshot.json`)"
    }


def test_the_places_of_tables_and_columns_are_the_evidence() -> None:
    (trap,) = migration_traps(Findings([schema(migrations(), "+ users", "+ users.a/b")]), ROOT)
    assert trap.evidence == (Evidence("src/schema.ts", 7), Evidence("src/schema.ts", 9))


def test_where_the_snapshot_is_an_older_one_only_that_is_behind() -> None:
    assert said(schema(migrations(current=False), "+ users")) == {
        "snapshot-behind-schema": "`drizzle/meta/0001_snapshot.json` lacks `users` of `src/schema.ts`: drizzle-kit would generate them anew"
    }


def test_sql_by_hand_and_the_snapshot_that_it_leaves_behind_are_one_trap() -> None:
    assert said(schema(migrations(files=3, unlisted=("0002_hand.sql",)), "+ users", "- old")) == {
        "migrations-not-in-journal": "1 of the SQL files in `drizzle` is not in its journal: drizzle-kit does not apply it, and its last "
        "snapshot is older than the schema"
    }


def test_what_the_schema_no_longer_has_would_be_dropped() -> None:
    assert said(schema(migrations(), "- old", "- users.x")) == {
        "snapshot-ahead-of-schema": "`drizzle/meta/0001_snapshot.json` has `old`, `users.x` that `src/schema.ts` lacks: drizzle-kit would "
        "generate drops"
    }


def test_files_that_the_journal_does_not_name_are_counted_and_named() -> None:
    names = tuple(f"000{n}_x.sql" for n in range(5))
    assert said(schema(migrations(files=5, unlisted=names, absent=("0000_a",)))) == {
        "migrations-not-in-journal": "5 SQL files in `drizzle` are not in its journal, whose `0000_a` has no file: drizzle-kit does not "
        "apply them"
    }


def test_entries_without_a_file_are_missing_migrations() -> None:
    assert said(schema(migrations(absent=("0000_a",)))) == {
        "migrations-missing": "`drizzle/meta/_journal.json` names `0000_a`, without an SQL file"
    }


@pytest.mark.parametrize(
    ("made_for", "dialect", "trap"),
    [
        ("mysql", "postgresql", True),
        ("sqlite", "turso", False),
        ("pg", "postgresql", False),
        ("postgresql", "postgresql", False),
        (None, "mysql", False),
    ],
)
def test_a_journal_of_another_dialect_is_a_trap(made_for: str | None, dialect: str, trap: bool) -> None:
    found = said(schema(migrations(dialect=made_for), dialect=dialect))
    assert ("migrations-of-another-dialect" in found) is trap


def test_prisma_s_lock_is_held_against_its_provider() -> None:
    made = Migrations(
        folder="prisma/migrations",
        tool="prisma",
        files=1,
        latest="1_a",
        dialect="sqlite",
        dialect_evidence=(Evidence("prisma/migrations/migration_lock.toml", 3),),
    )
    one = PrismaSchema(
        file="prisma/schema.prisma",
        files=("prisma/schema.prisma",),
        provider="postgresql",
        models=(),
        enums=(),
        indexes=(),
        migrations=made,
    )
    assert said(one) == {
        "migrations-of-another-dialect": "`prisma/migrations/migration_lock.toml` is made for `sqlite`, but `prisma/schema.prisma` says "
        "`postgresql`: those migrations do not fit"
    }


def test_schemas_of_packages_that_the_app_does_not_use_are_left_out() -> None:
    assert said(schema(migrations(absent=("0000_a",)), workspace="apps/other"), project=WEB) == {}


def test_a_schema_and_migrations_that_agree_are_no_trap() -> None:
    assert said(schema(migrations())) == {}
