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


@pytest.mark.parametrize(
    "more", [{"current": False}, {"unlisted": ("0002_hand.sql",)}], ids=["older snapshot", "SQL by hand"]
)
def test_where_sql_may_do_it_only_the_snapshot_is_behind(more: dict[str, Any]) -> None:
    found = said(schema(migrations(**more), "+ users"))
    assert "schema-ahead-of-migrations" not in found
    assert found["snapshot-behind-schema"].startswith(
        "`drizzle/meta/0001_snapshot.json`, drizzle-kit's last snapshot, lacks `users` of `src/schema.ts`"
    )


def test_what_the_schema_no_longer_has_would_be_dropped() -> None:
    assert said(schema(migrations(), "- old", "- users.x")) == {
        "snapshot-ahead-of-schema": "`drizzle/meta/0001_snapshot.json`, drizzle-kit's last snapshot, has `old`, `users.x`, which "
        "`src/schema.ts` has not: what it generates next would drop them"
    }


def test_files_that_the_journal_does_not_name_are_counted_and_named() -> None:
    names = tuple(f"000{n}_x.sql" for n in range(5))
    assert said(schema(migrations(unlisted=names))) == {
        "migrations-not-in-journal": "5 SQL files in `drizzle` are not in its journal (2 entries), so drizzle-kit does not apply them: "
        "`0000_x.sql`, `0001_x.sql`, `0002_x.sql`, … and 2 more"
    }


def test_entries_without_a_file_are_missing_migrations() -> None:
    assert said(schema(migrations(absent=("0000_a",)))) == {
        "migrations-missing": "`drizzle/meta/_journal.json` names `0000_a`, of which there is no SQL file"
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
