"""Database & ORM: the database, the ORM and driver at their versions, the schema's tables, the migrations."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import Dependency, DrizzleSchema, Evidence, Findings, Project, Technology
from prefill.section.entry import Entry, LabelEntries
from prefill.section.lookup import dependency, places

LOOKED_IN = ("package.json", "drizzle.config.*", "prisma/schema.prisma", "supabase/")
TABLES = 12  # names that are listed
FILES = 3

_DATABASES = {
    "postgresql": "PostgreSQL",
    "mysql": "MySQL",
    "sqlite": "SQLite",
    "turso": "Turso (libSQL, SQLite)",
    "singlestore": "SingleStore",
    "gel": "Gel",
    "cockroach": "CockroachDB",
    "mssql": "SQL Server",
}

# Categories of the catalog that belong to this label, in the order in which they are said.
_CATEGORIES = ("orm", "driver", "database-service")


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    schemas = [
        schema for schema in findings.of(DrizzleSchema) if schema.workspace in places(project) or project.app == "."
    ]
    entries: list[Entry] = []
    for schema in schemas:
        entries.extend(_drizzle(findings, project, schema))
    entries.extend(_technologies(findings, project, bool(schemas)))
    return LabelEntries(label="Database & ORM", entries=tuple(entries), looked_in=LOOKED_IN)


def _drizzle(findings: Findings, project: Project, schema: DrizzleSchema) -> Iterator[Entry]:
    orm = dependency(findings, project, "drizzle-orm")
    driver = dependency(findings, project, schema.driver) if schema.driver else None
    yield Entry(
        kind="drizzle",
        values={
            "database": _DATABASES.get(schema.dialect, schema.dialect),
            "version": _version(orm),
            "range": _range(orm),
            "driver": schema.driver,
            "driver_version": _version(driver),
            "config": schema.config,
        },
        evidence=(*schema.evidence, *(orm.evidence if orm else ()), *(driver.evidence if driver else ())),
        rank=0,
    )
    tables = [str(table["name"]) for table in schema.snapshot.get("tables", {}).values()]
    if tables:
        found = [
            schema.places.get(f"/tables/{_pointer(key)}", ())[:1] for key in list(schema.snapshot["tables"])[:TABLES]
        ]
        yield Entry(
            kind="schema",
            values={
                "files": schema.files[:FILES],
                "more_files": max(0, len(schema.files) - FILES),
                "count": len(tables),
                "names": tuple(tables[:TABLES]),
                "more": max(0, len(tables) - TABLES),
            },
            evidence=tuple(place for places_ in found for place in places_)
            or tuple(Evidence(file) for file in schema.files[:FILES]),
            rank=2,
        )
    if schema.migrations is not None:
        yield Entry(
            kind="migrations",
            values={
                "count": schema.migrations.files,
                "folder": schema.migrations.folder,
                "latest": schema.migrations.latest,
            },
            evidence=schema.migrations.evidence,
            rank=3,
        )
    for note in schema.notes:
        yield Entry(kind="note", values={"text": note}, evidence=schema.evidence, rank=3)


def _technologies(findings: Findings, project: Project, drizzle: bool) -> Iterator[Entry]:
    near = places(project)
    drivers = {schema.driver for schema in findings.of(DrizzleSchema)}
    for category in _CATEGORIES:
        for fact in findings.of(Technology):
            if fact.category != category or fact.workspace not in near:
                continue
            if drizzle and (fact.package in drivers or (fact.package or "").startswith("drizzle")):
                continue
            yield Entry(
                kind="technology",
                values={"name": fact.name, "version": fact.version, "range": fact.range, "in_use": fact.in_use},
                evidence=fact.evidence,
                rank=2,
            )


def _pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _version(fact: Dependency | None) -> str | None:
    return fact.version if fact else None


def _range(fact: Dependency | None) -> str | None:
    return fact.range if fact and fact.version is None else None
