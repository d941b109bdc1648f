"""What misleads about migrations: a schema ahead of them, files that the journal does not name, a folder made for another database."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import DrizzleSchema, Evidence, Findings, Migrations, PrismaSchema, Project, Trap

NAMED = 2  # tables, columns or entries that a trap names

# Dialects that one server answers to: a folder made for the one is good for the other.
_FAMILIES = {
    "pg": "postgresql",
    "turso": "sqlite",
    "libsql": "sqlite",
    "postgres": "postgresql",
    "cockroach": "cockroachdb",
    "mssql": "sqlserver",
}


def migration_traps(findings: Findings, project: Project) -> Iterator[Trap]:
    """Traps of the migrations of the app's schemas."""
    for schema in findings.of(DrizzleSchema):
        if schema.migrations is not None and _near(schema.workspace, project):
            if not schema.migrations.unlisted:  # else the snapshot is out of date by that alone
                yield from _drift(schema, schema.migrations)
            yield from _journal(schema.migrations, stale=bool(schema.drift))
            yield from _dialect(schema.migrations, schema.dialect, schema.config or schema.files[0], schema.evidence)
    for prisma in findings.of(PrismaSchema):
        if prisma.migrations is not None and prisma.provider is not None and _near(prisma.workspace, project):
            yield from _dialect(prisma.migrations, prisma.provider, prisma.file, prisma.evidence)


def _near(workspace: str, project: Project) -> bool:
    return project.app == "." or workspace in {project.app, *project.uses, "."}


def _drift(schema: DrizzleSchema, migrations: Migrations) -> Iterator[Trap]:
    """Tables and columns that only the schema or only the last snapshot has.

    No migration makes them only where that snapshot is the latest migration's.
    """
    extra = tuple(item[2:] for item in schema.drift if item.startswith("+ "))
    gone = tuple(item[2:] for item in schema.drift if item.startswith("- "))
    whole = bool(migrations.current)
    if extra:
        yield Trap(
            name="schema-ahead-of-migrations" if whole else "snapshot-behind-schema",
            values={
                "items": extra[:NAMED],
                "more": max(0, len(extra) - NAMED),
                "file": schema.files[0] if len(schema.files) == 1 else schema.config or schema.files[0],
                "snapshot": migrations.snapshot,
            },
            evidence=tuple(place for item in extra[:NAMED] for place in _place(schema, item)) or migrations.evidence,
        )
    if gone and migrations.snapshot is not None:
        yield Trap(
            name="snapshot-ahead-of-schema",
            values={
                "items": gone[:NAMED],
                "more": max(0, len(gone) - NAMED),
                "file": schema.files[0] if len(schema.files) == 1 else schema.config or schema.files[0],
                "snapshot": migrations.snapshot,
            },
            evidence=(Evidence(migrations.snapshot),),
        )


def _place(schema: DrizzleSchema, item: str) -> tuple[Evidence, ...]:
    """Where the schema says a table or a column: by its name, or with the name of its database schema before it."""
    for key, table in schema.snapshot.get("tables", {}).items():
        prefix = f"{table['schema']}." if table.get("schema") not in {None, "", "public"} else ""
        name = prefix + str(table["name"])
        if item == name:
            return schema.places.get(f"/tables/{_pointer(key)}", ())[:1]
        column = item.removeprefix(name + ".")
        if column != item and column in table.get("columns", {}):
            return schema.places.get(f"/tables/{_pointer(key)}/columns/{_pointer(column)}", ())[:1]
    return ()


def _pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _journal(migrations: Migrations, *, stale: bool) -> Iterator[Trap]:
    """Files and journal that do not agree: drizzle-kit applies what the journal names, and nothing else."""
    journal = f"{migrations.folder}/meta/_journal.json"
    if migrations.unlisted:
        yield Trap(
            name="migrations-not-in-journal",
            values={
                "folder": migrations.folder,
                "count": len(migrations.unlisted),
                "all": len(migrations.unlisted) == migrations.files,
                "journal": migrations.journal,
                "absent": migrations.absent[:1],
                "stale": stale,
            },
            evidence=(
                Evidence(journal),
                *(Evidence(f"{migrations.folder}/{name}") for name in migrations.unlisted[:NAMED]),
            ),
        )
    elif migrations.absent:
        yield Trap(
            name="migrations-missing",
            values={
                "journal": journal,
                "tags": migrations.absent[:NAMED],
                "more": max(0, len(migrations.absent) - NAMED),
            },
            evidence=(Evidence(journal),),
        )


def _dialect(migrations: Migrations, dialect: str, by: str, evidence: tuple[Evidence, ...]) -> Iterator[Trap]:
    made_for = migrations.dialect
    if made_for is not None and _family(made_for) != _family(dialect):
        yield Trap(
            name="migrations-of-another-dialect",
            values={
                "path": migrations.dialect_evidence[0].path if migrations.dialect_evidence else migrations.folder,
                "made_for": made_for,
                "dialect": dialect,
                "by": by,
            },
            evidence=(*migrations.dialect_evidence, *evidence[:1]),
        )


def _family(dialect: str) -> str:
    return _FAMILIES.get(dialect, dialect)
