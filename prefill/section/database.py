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

LOOKED_IN = ("package.json", "drizzle.config.*", "*.prisma", "supabase/", "compose.yaml", "wrangler.*")
TABLES = 8  # names that are listed, the most referenced ones of more
SCHEMAS = 3  # the first in full, the others in short
FILES = 2
SERVICES = 3
TECHNOLOGIES = 3

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

# Services that a driver of Drizzle means.
_BY_DRIVER = {
    "@neondatabase/serverless": "Neon",
    "@planetscale/database": "PlanetScale",
    "@vercel/postgres": "Vercel Postgres",
    "@libsql/client": "libSQL",
    "d1": "Cloudflare D1",
}

# Beginnings of names in an example environment that are a service's own.
_VARIABLES = {
    "TURSO_": "Turso",
    "UPSTASH_REDIS_": "Upstash Redis",
    "CLOUDFLARE_D1_": "Cloudflare D1",
    "NEON_": "Neon",
    "PLANETSCALE_": "PlanetScale",
    "CONVEX_": "Convex",
}

# Folders and names of what runs beside the app: a client there is not the one that the app imports.
_SCRIPTS = (
    "scripts/",
    "script/",
    "seed",
    "migrat",
    "reset",
    "playwright/",
    "integration/",
    "testcontainers/",
    "bench",
    "__mocks__/",
)

# How the module that opens the database is called, where more than one does.
_CLIENTS = frozenset({
    "client", "connection", "data-source", "database", "datasource", "db", "dbconnection", "drizzle", "index", "mongo", "mongodb", "mongoose",
    "pool", "prisma", "redis", "sql",
})  # fmt: skip


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    drizzle = [fact for fact in findings.of(DrizzleSchema) if _near(fact.workspace, project)]
    prisma = [fact for fact in findings.of(PrismaSchema) if _near(fact.workspace, project)]
    schemas = _sorted([*drizzle, *prisma], project)
    entries: list[Entry] = []
    for number, schema in enumerate(schemas[:SCHEMAS]):
        if number:
            entries.append(_another(findings, project, schema))
        elif isinstance(schema, DrizzleSchema):
            entries.extend(_drizzle(findings, project, schema))
        else:
            entries.extend(_prisma(findings, project, schema))
    entries.extend(_models(findings, project))
    supabase = list(_supabase(findings, project, bool(drizzle or prisma)))
    entries.extend(supabase)
    said = {name for schema in drizzle for name in (schema.driver,) if name} | ({"@prisma/client"} if prisma else set())
    if supabase:
        said.add("@supabase/supabase-js")
    entries.extend(_technologies(findings, project, bool(schemas), said)[: TECHNOLOGIES - len(schemas) // 2])
    entries.extend(_services(findings, bool(schemas[1:])))
    entries.extend(_variables(findings, project))
    return LabelEntries(label="Database & ORM", entries=tuple(entries), looked_in=LOOKED_IN)


def _near(workspace: str, project: Project) -> bool:
    return project.app == "." or workspace in places(project)


def _sorted(schemas: list[DrizzleSchema | PrismaSchema], project: Project) -> list[DrizzleSchema | PrismaSchema]:
    """The app's own first, then the largest; one that two configurations name is there once."""
    order = {place: number for number, place in enumerate((project.app, *project.uses))}
    unique: dict[tuple[str, ...], DrizzleSchema | PrismaSchema] = {}
    for schema in sorted(
        schemas, key=lambda one: (one.workspace != project.app, one.workspace not in order, -_size(one))
    ):
        unique.setdefault(schema.files, schema)
    return list(unique.values())


def _size(schema: DrizzleSchema | PrismaSchema) -> int:
    return len(schema.models) if isinstance(schema, PrismaSchema) else len(schema.snapshot.get("tables", {}))


# Drizzle --------------------------------------------------------------------------------------------------------------


def _drizzle(findings: Findings, project: Project, schema: DrizzleSchema) -> Iterator[Entry]:
    orm = dependency(findings, project, "drizzle-orm")
    driver = dependency(findings, project, schema.driver) if schema.driver else None
    client = _client(findings, schema.driver, schema.workspace, schema.evidence[1:]) if schema.driver else None
    yield Entry(
        kind="drizzle",
        values={
            "database": _DATABASES.get(schema.dialect, schema.dialect),
            "service": _BY_DRIVER.get(schema.driver or ""),
            "version": _version(orm),
            "range": _range(orm),
            "driver": schema.driver,
            "driver_version": _version(driver),
            "module": client.path if client else None,
            "config": schema.config,
        },
        evidence=(
            *schema.evidence[: 1 if client else None],
            *((client,) if client else ()),
            *(orm.evidence if orm else ()),
            *(driver.evidence if driver else ()),
        ),
        rank=0,
    )
    tables = schema.snapshot.get("tables", {})
    if tables:
        references = [key["tableTo"] for table in tables.values() for key in table.get("foreignKeys", {}).values()]
        shown = _most({key: str(table["name"]) for key, table in tables.items()}, references, TABLES)
        found = [schema.places.get(f"/tables/{_pointer(key)}", ())[:1] for key in shown]
        yield Entry(
            kind="schema",
            values={
                "files": schema.files if len(schema.files) <= FILES else (_folder(schema.files),),
                "among": len(schema.files) if len(schema.files) > FILES else 0,
                "count": len(tables),
                "names": tuple(str(tables[key]["name"]) for key in shown),
                "more": len(tables) - len(shown),
            },
            evidence=tuple(place for places_ in found for place in places_)
            or tuple(Evidence(file) for file in schema.files[:FILES]),
            rank=1,
        )
    if schema.migrations is not None:
        yield _migrations(schema.migrations)
    for note in schema.notes[:1]:
        yield Entry(kind="note", values={"parts": _parts(note)}, evidence=schema.evidence, rank=4)


def _most(names: dict[str, str], references: list[str], limit: int) -> list[str]:
    """Keys of at most `limit` tables: all in their order, or of more those that most references name, the most named first."""
    if len(names) <= limit:
        return list(names)
    count = Counter(references)
    return sorted(names, key=lambda key: -count[names[key]])[:limit]


def _parts(note: str) -> tuple[tuple[str, bool, bool], ...]:
    """The pieces of a note that marks code with back quotes: (text, whether it is code, whether a space stands before it)."""
    pieces = note.split("`")
    spaced = [
        bool(number) and (pieces[number - 1][-1:] == " " or piece[:1] == " ") for number, piece in enumerate(pieces)
    ]
    return tuple(
        (piece.strip(), number % 2 == 1, spaced[number]) for number, piece in enumerate(pieces) if piece.strip()
    )


def _folder(files: tuple[str, ...]) -> str:
    """The folder that holds all of the files."""
    folder = files[0].rpartition("/")[0]
    while folder and not all(file.startswith(folder + "/") for file in files):
        folder = folder.rpartition("/")[0]
    return folder + "/" if folder else "."


def _another(findings: Findings, project: Project, schema: DrizzleSchema | PrismaSchema) -> Entry:
    prisma = isinstance(schema, PrismaSchema)
    names = ("@prisma/client", "prisma") if prisma else ("drizzle-orm",)
    orm = dependency(findings, project, *names)
    dialect = schema.provider if isinstance(schema, PrismaSchema) else schema.dialect
    file = schema.file if isinstance(schema, PrismaSchema) else schema.config or schema.files[0]
    return Entry(
        kind="another",
        values={
            "database": _DATABASES.get(dialect or "", dialect),
            "tool": "Prisma" if prisma else "Drizzle ORM",
            "version": _version(orm),
            "file": file,
            "count": _size(schema),
            "what": "model" if prisma else "table",
        },
        evidence=(*(schema.evidence or (Evidence(file),)), *(orm.evidence if orm else ())),
        rank=2,
    )


# Prisma ---------------------------------------------------------------------------------------------------------------


def _prisma(findings: Findings, project: Project, schema: PrismaSchema) -> Iterator[Entry]:
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
        shown = [by_name[name] for name in _most({name: name for name in by_name}, references, TABLES)]
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
            rank=1,
            before=": ",
        )
    client = _client(findings, "@prisma/client", schema.workspace)
    output = next((one.output for one in schema.clients if one.output is not None), None)
    if client is not None:
        yield Entry(kind="client", values={"file": client.path}, evidence=(client,), rank=2)
    if output is not None:
        yield Entry(
            kind="generated",
            values={"folder": output},
            evidence=schema.evidence,
            rank=3,
            before=", " if client else "; ",
        )
    if schema.migrations is not None:
        yield _migrations(schema.migrations)


def _migrations(fact: Migrations) -> Entry:
    return Entry(
        kind="migrations",
        values={"count": fact.files, "folder": fact.folder, "latest": fact.latest},
        evidence=fact.evidence,
        rank=2,
    )


def _client(findings: Findings, package: str, workspace: str, also: tuple[Evidence, ...] = ()) -> Evidence | None:
    """Where the database is opened for the app: the one module that does, or of several the one that is called so; else nothing is said.

    `also` are further places that open it.
    """
    places_ = [fact.evidence[0] for fact in findings.of(DatabaseClient) if fact.package == package and fact.exports]
    places_ += [place for place in also if place.path not in {one.path for one in places_}]
    found = [place for place in places_ if not any(word in place.path for word in _SCRIPTS)]
    own = [place for place in found if workspace == "." or place.path.startswith(workspace + "/")]
    candidates = own or found
    if len(candidates) > 1:
        candidates = [place for place in candidates if _stem(place.path) in _CLIENTS]
    order = sorted(candidates, key=lambda place: (place.path.count("/"), _stem(place.path) != "index", place.path))
    return order[0] if order else None


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0].lower()


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
                "queried": "database" in uses,
            },
            evidence=(*package.evidence, *(places_ or uses["auth"].evidence[:1])),
            rank=1,
        )
    tables = sorted(findings.of(SupabaseTables), key=lambda fact: fact.kind != "types")
    named = uses["database"].names if "database" in uses else ()
    if not schema and ("database" in uses or not uses):
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
        if not uses and project.owns(fact.path):
            values = {"name": "Supabase project", "file": fact.path}
            yield Entry(kind="binding", values=values, evidence=fact.evidence, rank=1)
        if fact.migrations is not None and (project.owns(fact.path) or "database" in uses):
            yield _migrations(fact.migrations)


def _technologies(findings: Findings, project: Project, schema: bool, said: set[str]) -> list[Entry]:
    """Other libraries and services, by the catalog. Beside a schema, a driver is said only where a module opens something with it."""
    near = places(project)
    opened = {fact.package for fact in findings.of(DatabaseClient)}
    told = {fact.tool for fact in findings.of(DataModel)}
    entries: list[Entry] = []
    for category in _CATEGORIES:
        for fact in findings.of(Technology):
            package = fact.package or ""
            if fact.category != category or not (fact.workspace in near or project.app == "."):
                continue
            if fact.id in told or package in said or (schema and package.startswith("drizzle")):
                continue
            if fact.id in {"supabase", "prisma"} and any(fact.id in name for name in said):
                continue
            if category == "cache" and (fact.id not in _STORES or package not in opened):
                continue
            if fact.version is None and fact.range is None and category != "database-service":
                continue  # only a sign of it: a plugin, or another library of the same family
            if fact.in_use is None and not fact.imports and package not in opened:
                continue  # whether anything uses it is not known
            if schema and category == "driver" and package not in opened and fact.in_use is not False:
                continue
            client = _client(findings, package, fact.workspace) if package in opened else None
            entries.append(
                Entry(
                    kind="technology",
                    values={
                        "name": fact.name,
                        "version": fact.version,
                        "range": fact.range,
                        "in_use": fact.in_use,
                        "file": client.path if client else None,
                    },
                    evidence=(*fact.evidence, *((client,) if client else ())),
                    rank=(1 if not schema else 3) if not entries else 3,
                )
            )
    return entries


def _services(findings: Findings, brief: bool) -> Iterator[Entry]:
    """Cloudflare's bindings one by one; the databases of one Compose file together."""
    by_file: dict[str, list[DatabaseService]] = {}
    for fact in findings.of(DatabaseService):
        if fact.name.startswith("Cloudflare"):
            yield Entry(
                kind="binding", values={"name": fact.name, "file": fact.file}, evidence=fact.evidence[:1], rank=1
            )
        else:
            by_file.setdefault(fact.file, []).append(fact)
    for file, facts in list(by_file.items())[: 0 if brief else 1]:
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
    found: dict[str, list[tuple[bool, str, Evidence]]] = {}
    for fact in findings.of(VariableDocumented):
        name = next((service for prefix, service in _VARIABLES.items() if fact.name.startswith(prefix)), None)
        place = next((place for place in fact.evidence if project.owns(place.path)), None)
        if name is not None and place is not None and not any(name in other for other in known):
            found.setdefault(name, []).append((not fact.name.endswith("_URL"), fact.name, place))
    for name, rows in found.items():
        _, variable, place = min(rows)
        yield Entry(
            kind="variable",
            values={"name": name, "variable": variable, "file": place.path},
            evidence=(place,),
            rank=3,
        )


def _pointer(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _version(fact: Dependency | None) -> str | None:
    return fact.version if fact else None


def _range(fact: Dependency | None) -> str | None:
    return fact.range if fact and fact.version is None else None
