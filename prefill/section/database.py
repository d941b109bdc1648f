"""Database & ORM: the database, the ORM and driver at their versions, the schema's tables or models, the client, the migrations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from prefill.model import (
    DatabaseClient,
    DatabaseService,
    DataModel,
    Dependency,
    DrizzleSchema,
    Evidence,
    Findings,
    Migrations,
    PrismaSchema,
    Project,
    SupabaseProject,
    SupabaseTables,
    SupabaseUse,
    Technology,
    VariableDocumented,
)
from prefill.section.entry import Entry, LabelEntries
from prefill.section.lookup import dependency, places

LOOKED_IN = ("package.json", "drizzle.config.*", "*.prisma", "supabase/", "compose.yaml", "wrangler.*", "sources")
TABLES = 8  # names that are listed, the most referenced ones of more
FEWER = 5  # the same, where more than one schema is said
SCHEMAS = 2  # that are said in full
FILES = 3
SERVICES = 3
DRIVERS = 3

_DATABASES = {
    "postgresql": "PostgreSQL",
    "postgres": "PostgreSQL",
    "mysql": "MySQL",
    "sqlite": "SQLite",
    "turso": "Turso (libSQL, SQLite)",
    "singlestore": "SingleStore",
    "gel": "Gel",
    "cockroach": "CockroachDB",
    "cockroachdb": "CockroachDB",
    "mssql": "SQL Server",
    "sqlserver": "SQL Server",
    "mongodb": "MongoDB",
}

# Categories of the catalog that belong to this label, in the order in which they are said; caches only where they are stores of data.
_CATEGORIES = ("orm", "driver", "database-service", "cache")
_STORES = frozenset({"upstash-redis", "ioredis", "node-redis", "vercel-kv"})

# Names in an example environment that only one service gives, where no package tells of it.
_VARIABLES = {
    "TURSO_DATABASE_URL": "Turso",
    "TURSO_AUTH_TOKEN": "Turso",
    "UPSTASH_REDIS_REST_URL": "Upstash Redis",
    "CLOUDFLARE_D1_TOKEN": "Cloudflare D1",
    "CLOUDFLARE_D1_DATABASE_ID": "Cloudflare D1",
    "NEON_DATABASE_URL": "Neon",
    "PLANETSCALE_DATABASE_URL": "PlanetScale",
    "CONVEX_DEPLOYMENT": "Convex",
}

# Folders and names of what runs beside the app: a client there is not the one that the app imports.
_SCRIPTS = ("scripts/", "script/", "seed", "migrat", "reset", "playwright/", "integration/", "testcontainers/", "bench")


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    drizzle = _sorted([fact for fact in findings.of(DrizzleSchema) if _near(fact.workspace, project)], project)
    prisma = _sorted([fact for fact in findings.of(PrismaSchema) if _near(fact.workspace, project)], project)
    listed = FEWER if len(drizzle) + len(prisma) > 1 else TABLES
    entries: list[Entry] = []
    for number, schema in enumerate(drizzle):
        entries.extend(_drizzle(findings, project, schema, listed) if number < SCHEMAS else _another(schema))
    for number, one in enumerate(prisma):
        entries.extend(_prisma(findings, project, one, listed) if number < SCHEMAS else _another_prisma(one))
    entries.extend(_models(findings, project))
    supabase = list(_supabase(findings, project, bool(drizzle or prisma)))
    entries.extend(supabase)
    said = {name for schema in drizzle for name in (schema.driver,) if name} | ({"@prisma/client"} if prisma else set())
    if supabase:
        said.add("@supabase/supabase-js")
    entries.extend(_technologies(findings, project, bool(drizzle), said))
    entries.extend(_services(findings))
    entries.extend(_variables(findings, project))
    return LabelEntries(label="Database & ORM", entries=tuple(entries), looked_in=LOOKED_IN)


def _near(workspace: str, project: Project) -> bool:
    return project.app == "." or workspace in places(project)


def _sorted(schemas: list, project: Project) -> list:  # type: ignore[type-arg]  # of either kind, by their workspace
    """The app's own first, then those of the packages that it uses; within one the order in which they were found."""
    order = {place: number for number, place in enumerate(places(project))}
    return sorted(schemas, key=lambda schema: order.get(schema.workspace, len(order)))


# Drizzle --------------------------------------------------------------------------------------------------------------


def _drizzle(findings: Findings, project: Project, schema: DrizzleSchema, listed: int) -> Iterator[Entry]:
    orm = dependency(findings, project, "drizzle-orm")
    driver = dependency(findings, project, schema.driver) if schema.driver else None
    client = _client(findings, schema.driver, schema.workspace) if schema.driver else None
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
    tables = schema.snapshot.get("tables", {})
    if tables:
        references = [key["tableTo"] for table in tables.values() for key in table.get("foreignKeys", {}).values()]
        shown = _most({key: str(table["name"]) for key, table in tables.items()}, references, listed)
        found = [schema.places.get(f"/tables/{_pointer(key)}", ())[:1] for key in shown]
        yield Entry(
            kind="schema",
            values={
                "files": schema.files[:FILES],
                "more_files": max(0, len(schema.files) - FILES),
                "count": len(tables),
                "names": tuple(str(tables[key]["name"]) for key in shown),
                "more": len(tables) - len(shown),
            },
            evidence=tuple(place for places_ in found for place in places_)
            or tuple(Evidence(file) for file in schema.files[:FILES]),
            rank=2,
        )
    if client is not None:
        yield Entry(kind="client", values={"file": client.file}, evidence=client.evidence, rank=2)
    if schema.migrations is not None:
        yield _migrations(schema.migrations)
    for note in schema.notes:
        yield Entry(kind="note", values={"text": note}, evidence=schema.evidence, rank=4)


def _most(names: dict[str, str], references: list[str], limit: int) -> list[str]:
    """Keys of at most `limit` tables: all in their order, or of more those that most references name, the most named first."""
    if len(names) <= limit:
        return list(names)
    count = Counter(references)
    return sorted(names, key=lambda key: -count[names[key]])[:limit]


def _another(schema: DrizzleSchema) -> Iterator[Entry]:
    yield Entry(
        kind="another",
        values={
            "tool": "Drizzle",
            "file": schema.config or schema.files[0],
            "count": len(schema.snapshot.get("tables", {})),
            "what": "table",
        },
        evidence=schema.evidence or (Evidence(schema.files[0]),),
        rank=3,
    )


# Prisma ---------------------------------------------------------------------------------------------------------------


def _prisma(findings: Findings, project: Project, schema: PrismaSchema, listed: int) -> Iterator[Entry]:
    orm = dependency(findings, project, "@prisma/client", "prisma")
    folder = schema.file.rpartition("/")[0]
    yield Entry(
        kind="prisma",
        values={
            "database": _DATABASES.get(schema.provider or "", schema.provider),
            "version": _version(orm),
            "range": _range(orm),
            "file": schema.file if len(schema.files) == 1 or not folder else folder + "/",
            "files": len(schema.files),
        },
        evidence=(*schema.evidence, *(orm.evidence if orm else ())),
        rank=0,
    )
    if schema.models:
        references = [field.type for model in schema.models for field in model.fields]
        by_name = {model.name: model for model in schema.models}
        shown = [by_name[name] for name in _most({name: name for name in by_name}, references, listed)]
        yield Entry(
            kind="models",
            values={
                "what": "model",
                "count": len(schema.models),
                "names": tuple(model.name for model in shown),
                "more": len(schema.models) - len(shown),
                "enums": len(schema.enums),
                "file": None,
            },
            evidence=tuple(model.evidence[0] for model in shown),
            rank=2,
            before=": ",
        )
    client = _client(findings, "@prisma/client", schema.workspace)
    output = next((folder for _, folder in schema.clients if folder is not None), None)
    if client is not None:
        yield Entry(kind="client", values={"file": client.file}, evidence=client.evidence, rank=2)
    if output is not None:
        yield Entry(kind="generated", values={"folder": output}, evidence=schema.evidence, rank=3, before=", ")
    if schema.migrations is not None:
        yield _migrations(schema.migrations)


def _another_prisma(schema: PrismaSchema) -> Iterator[Entry]:
    yield Entry(
        kind="another",
        values={"tool": "Prisma", "file": schema.file, "count": len(schema.models), "what": "model"},
        evidence=schema.evidence,
        rank=3,
    )


def _migrations(fact: Migrations) -> Entry:
    return Entry(
        kind="migrations",
        values={"count": fact.files, "folder": fact.folder, "latest": fact.latest},
        evidence=fact.evidence,
        rank=3,
    )


def _client(findings: Findings, package: str, workspace: str) -> DatabaseClient | None:
    """The module that opens the database for the app: not a script's, of the schema's own package where there are several."""
    found = [
        fact
        for fact in findings.of(DatabaseClient)
        if fact.package == package and fact.exports and not any(word in fact.file for word in _SCRIPTS)
    ]
    own = [fact for fact in found if workspace != "." and fact.file.startswith(workspace + "/")]
    return min(
        own or found, key=lambda fact: (fact.file.count("/"), "/index." not in fact.file, fact.file), default=None
    )


# other means ----------------------------------------------------------------------------------------------------------


_TOOLS = {"mongoose": ("Mongoose", "model"), "typeorm": ("TypeORM", "entity"), "convex": ("Convex", "table")}


def _models(findings: Findings, project: Project) -> Iterator[Entry]:
    for tool, (name, what) in _TOOLS.items():
        models = [fact for fact in findings.of(DataModel) if fact.tool == tool]
        if not models:
            continue
        package = dependency(findings, project, tool)
        files = {fact.file for fact in models}
        yield Entry(
            kind="tool",
            values={"name": name, "version": _version(package), "range": _range(package)},
            evidence=package.evidence if package else models[0].evidence,
            rank=0,
        )
        yield Entry(
            kind="models",
            values={
                "what": what,
                "count": len(models),
                "names": tuple(fact.name for fact in models[:TABLES]),
                "more": max(0, len(models) - TABLES),
                "enums": 0,
                "file": models[0].file if len(files) == 1 else None,
            },
            evidence=tuple(fact.evidence[0] for fact in models[:TABLES]),
            rank=2,
            before=", ",
        )


def _supabase(findings: Findings, project: Project, schema: bool) -> Iterator[Entry]:
    """What of Supabase is called; the authentication is another label's, but "only for that" is said here."""
    uses = {fact.part: fact for fact in findings.of(SupabaseUse)}
    package = dependency(findings, project, "@supabase/supabase-js", "@supabase/ssr")
    if package is not None and uses:
        parts = tuple(
            (part, uses[part].files) for part in ("database", "storage", "realtime", "functions") if part in uses
        )
        places_ = tuple(place for part, _ in parts for place in uses[part].evidence[:1])
        yield Entry(
            kind="supabase",
            values={
                "version": _version(package),
                "range": _range(package),
                "parts": parts,
                "schema": schema,
            },
            evidence=(*package.evidence, *(places_ or uses["auth"].evidence[:1])),
            rank=1,
        )
    tables = sorted(findings.of(SupabaseTables), key=lambda fact: fact.kind != "types")
    named = uses["database"].names if "database" in uses else ()
    if "database" in uses or (not schema and not uses):
        listed = tables[0].tables if tables else named
        if listed:
            yield Entry(
                kind="tables",
                values={
                    "source": tables[0].source if tables else None,
                    "count": len(listed),
                    "names": listed[:TABLES],
                    "more": max(0, len(listed) - TABLES),
                },
                evidence=tables[0].evidence if tables else uses["database"].evidence,
                rank=2,
            )
    for fact in findings.of(SupabaseProject):
        if fact.migrations is not None and (project.owns(fact.path) or "database" in uses):
            yield _migrations(fact.migrations)


def _technologies(findings: Findings, project: Project, drizzle: bool, said: set[str]) -> Iterator[Entry]:
    near = places(project)
    clients = {fact.package: fact for fact in reversed(findings.of(DatabaseClient))}
    told = {fact.tool for fact in findings.of(DataModel)}
    count = 0
    for category in _CATEGORIES:
        for fact in findings.of(Technology):
            if fact.category != category or not (fact.workspace in near or project.app == "."):
                continue
            package = fact.package or ""
            if (category == "cache" and fact.id not in _STORES) or fact.id in told or package in said:
                continue
            if fact.id in {"supabase", "prisma"} and any(fact.id in name for name in said):
                continue
            if drizzle and package.startswith("drizzle"):
                continue
            if category == "cache" and fact.in_use is False:
                continue
            count += 1
            client = _client(findings, package, fact.workspace) if package in clients else None
            yield Entry(
                kind="technology",
                values={
                    "name": fact.name,
                    "version": fact.version,
                    "range": fact.range,
                    "in_use": fact.in_use,
                    "file": client.file if client else None,
                },
                evidence=(*fact.evidence, *(client.evidence if client else ())),
                rank=2 if count <= DRIVERS else 4,
            )


def _services(findings: Findings) -> Iterator[Entry]:
    """Cloudflare's bindings one by one; the databases of one Compose file together."""
    by_file: dict[str, list[DatabaseService]] = {}
    for fact in findings.of(DatabaseService):
        if fact.name.startswith("Cloudflare"):
            yield Entry(
                kind="binding", values={"name": fact.name, "file": fact.file}, evidence=fact.evidence[:1], rank=1
            )
        else:
            by_file.setdefault(fact.file, []).append(fact)
    for file, facts in list(by_file.items())[:1]:
        yield Entry(
            kind="compose",
            values={
                "file": file,
                "names": tuple(
                    f"{fact.name} {fact.version}" if fact.version else fact.name for fact in facts[:SERVICES]
                ),
            },
            evidence=tuple(place for fact in facts[:SERVICES] for place in fact.evidence[:1]),
            rank=4,
        )


def _variables(findings: Findings, project: Project) -> Iterator[Entry]:
    """Services that only the names in an example environment tell of, said to be that."""
    known = {fact.name for fact in findings.of(Technology)}
    done: set[str] = set()
    for fact in findings.of(VariableDocumented):
        name = _VARIABLES.get(fact.name)
        place = next((place for place in fact.evidence if project.owns(place.path)), None)
        if name is None or place is None or name in done or any(name in other for other in known):
            continue
        done.add(name)
        yield Entry(
            kind="variable",
            values={"name": name, "variable": fact.name, "file": place.path},
            evidence=(place,),
            rank=3,
        )


def _pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _version(fact: Dependency | None) -> str | None:
    return fact.version if fact else None


def _range(fact: Dependency | None) -> str | None:
    return fact.range if fact and fact.version is None else None
