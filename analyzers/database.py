"""Reads databases that no schema of Drizzle or Prisma tells of: the modules that open one, models in code, services in configurations.

Sources are looked through as bytes, and only for packages that the app depends on; a module counts as a client where it imports the
package and calls what opens a connection.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import DatabaseClient, DatabaseService, DataModel, Evidence, Fact
from prefill.typescript.text import is_code, line_at

MAX_CLIENTS = 20  # of one package
MAX_MODELS = 500
HEAD = 16_000  # bytes at the beginning of a source, where its imports stand

_SOURCES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte", ".astro")
_ASIDE = regex(
    r"(?:^|/)(?:__tests__|__mocks__|tests?|fixtures?|e2e|examples?|templates?|node_modules|generated)/|\.(?:test|spec|stories|d)\.\w+$"
)

_PRISMA = "@prisma/client"

# Package -> what opens it.
_OPENS: dict[str, re.Pattern[bytes]] = {
    _PRISMA: regex(rb"\bnew\s{1,4}PrismaClient\b"),
    "mongoose": regex(rb"\bmongoose\s{0,4}\.(?:connect|createConnection)\(|(?<![.\w])connect\("),
    "mongodb": regex(rb"\bnew\s{1,4}MongoClient\(|\bMongoClient\.connect\("),
    "pg": regex(rb"\bnew\s{1,4}(?:pg\.)?(?:Pool|Client)\("),
    "postgres": regex(rb"(?<![.\w])postgres\("),
    "mysql2": regex(rb"\bcreate(?:Pool|Connection)\("),
    "better-sqlite3": regex(rb"\bnew\s{1,4}\w{0,20}(?:Database|[sS]qlite3?)\w{0,10}\("),
    "@libsql/client": regex(rb"\bcreateClient\("),
    "@neondatabase/serverless": regex(rb"(?<![.\w])neon\(|\bnew\s{1,4}(?:Pool|Client)\("),
    "@planetscale/database": regex(rb"(?<![.\w])connect\(|\bnew\s{1,4}Client\("),
    "@vercel/postgres": regex(rb"\bcreate(?:Pool|Client)\("),
    "@upstash/redis": regex(rb"\bnew\s{1,4}Redis\(|\bRedis\.fromEnv\("),
    "ioredis": regex(rb"\bnew\s{1,4}(?:IO)?Redis\("),
    "redis": regex(rb"\bcreate(?:Client|Cluster)\("),
    "kysely": regex(rb"\bnew\s{1,4}Kysely\b"),
    "knex": regex(rb"(?<![.\w])[kK]nex\("),
    "typeorm": regex(rb"\bnew\s{1,4}DataSource\("),
    "sequelize": regex(rb"\bnew\s{1,4}Sequelize\("),
}

_EXPORTS = regex(rb"^export\b|\bexports\b", re.MULTILINE)
_MONGOOSE = regex(rb"\bmodel\s{0,4}(?:<[^>(\n]{0,200}>{1,3})?\(\s{0,40}[\"'`]([\w.-]{1,80})[\"'`]\s{0,20},")
_ENTITY = regex(rb"@Entity\([^)]{0,300}\)")
_CLASS = regex(rb"\bclass\s{1,4}(\w{1,80})")

_IMAGE = regex(r"^[ \t]*image:[ \t]*[\"']?([^\s\"'#]{1,200})", re.MULTILINE)
_COMPOSE = regex(r"^(?:docker-)?compose(?:[.-](?:dev|development|local))?\.ya?ml$")
_WRANGLER = ("wrangler.toml", "wrangler.json", "wrangler.jsonc")
_BINDING = regex(r"^[ \t]*(?:\[\[(?:env\.\w+\.)?|\"?)(d1_databases|hyperdrive)\b", re.MULTILINE)
_BINDINGS = {"d1_databases": "Cloudflare D1", "hyperdrive": "Cloudflare Hyperdrive"}
_VERSION = regex(r"(?:pg|v)?(\d{1,4}(?:\.\d{1,4}){0,2})")

# The last part of an image's name, or all of it -> database.
_IMAGES = {
    "postgres": "PostgreSQL",
    "pgvector": "PostgreSQL with pgvector",
    "supabase/postgres": "PostgreSQL",
    "postgis": "PostgreSQL with PostGIS",
    "timescaledb": "TimescaleDB",
    "timescaledb-ha": "TimescaleDB",
    "mysql": "MySQL",
    "mysql-server": "MySQL",
    "mariadb": "MariaDB",
    "mongo": "MongoDB",
    "redis": "Redis",
    "redis-stack": "Redis",
    "redis-stack-server": "Redis",
    "valkey": "Valkey",
    "libsql-server": "libSQL",
    "cockroach": "CockroachDB",
    "clickhouse": "ClickHouse",
    "clickhouse-server": "ClickHouse",
    "serverless-redis-http": "Redis over HTTP",
    "planetscale-proxy": "PlanetScale proxy",
}


def analyze(app: App) -> Iterator[Fact]:
    """The clients, models and services of the app."""
    depended = {name for package in (*app.packages, *app.roots) for name in package.ranges()}
    wanted = {name: opens for name, opens in _OPENS.items() if name in depended}
    if "prisma" in depended:
        wanted[_PRISMA] = _OPENS[_PRISMA]
    if wanted:
        yield from _sources(app, wanted)
    if "convex" in depended:
        yield from _convex(app)
    yield from _services(app)


def _sources(app: App, wanted: dict[str, re.Pattern[bytes]]) -> Iterator[Fact]:
    """Clients and models. Whether a source names a package at all is asked first: it is a hundred times faster than to search it."""
    named = {name: _needles(name) for name in wanted}
    counts: dict[str, int] = {}
    models = 0
    for path in app.files:
        if not path.endswith(_SOURCES):
            continue
        data = app.repository.source(path)
        if not data:
            continue
        head = data[:HEAD]
        found = [name for name, (one, other) in named.items() if one in head or other in head]
        if not found or _ASIDE.search(app.relative(path)):
            continue
        for name in found:
            opens = wanted.get(name)
            if opens is None or counts.get(name, 0) >= MAX_CLIENTS:
                continue
            if name != _PRISMA and not imports(data, name):
                continue
            match = next((match for match in opens.finditer(data) if is_code(data, match.start())), None)
            if match is not None:
                counts[name] = counts.get(name, 0) + 1
                yield DatabaseClient(
                    file=path,
                    package=name,
                    exports=_EXPORTS.search(data) is not None,
                    evidence=(Evidence(path, line_at(data, match.start())),),
                )
        if models < MAX_MODELS:
            for model in _models(path, data, found):
                models += 1
                yield model


def _needles(package: str) -> tuple[bytes, bytes]:
    """What a source that opens the package holds: Prisma's client is generated anywhere, so its class counts."""
    name = package.encode()
    return (b"PrismaClient", b"PrismaClient") if package == _PRISMA else (b'"' + name, b"'" + name)


def _models(path: str, data: bytes, found: list[str]) -> Iterator[DataModel]:
    if "mongoose" in found and imports(data, "mongoose"):
        for match in _MONGOOSE.finditer(data):
            if is_code(data, match.start()):
                place = Evidence(path, line_at(data, match.start(1)))
                yield DataModel(tool="mongoose", name=match.group(1).decode(), file=path, evidence=(place,))
    if "typeorm" in found and imports(data, "typeorm"):
        for match in _ENTITY.finditer(data):
            named = _CLASS.search(data, match.end(), match.end() + 1_000)
            if named is not None and is_code(data, match.start()):
                place = Evidence(path, line_at(data, named.start(1)))
                yield DataModel(tool="typeorm", name=named.group(1).decode(), file=path, evidence=(place,))


def imports(data: bytes, package: str) -> bool:
    """Whether a source imports or requires a package or a module of it, as its text has it."""
    return _import(package).search(data) is not None


@cache
def _import(package: str) -> re.Pattern[bytes]:
    name = re.escape(package).encode()
    return re.compile(rb"(?:from|import|require)\s{0,4}\(?\s{0,4}[\"']" + name + rb"(?:/[\w./-]{0,100})?[\"']")


def _convex(app: App) -> Iterator[DataModel]:
    """The tables of `defineSchema({…})` in `convex/schema.ts`. https://docs.convex.dev/database/schemas"""
    from prefill.typescript.values import Call, Object

    for path in app.repository.named("schema.ts", "schema.js"):
        if posixpath.basename(posixpath.dirname(path)) != "convex" or not app.own(path):
            continue
        if _ASIDE.search(app.relative(path)):
            continue
        value = app.program.evaluator.export(path, "default")
        while isinstance(value, Call) and not value.args:
            value = getattr(value.callee, "object", None)
        tables = value.args[0] if isinstance(value, Call) else None
        if isinstance(tables, Object):
            for name in tables.ordered():
                place = tables.places.get(name, (path, tables.line))
                yield DataModel(tool="convex", name=name, file=path, evidence=(Evidence(*place),))


def _services(app: App) -> Iterator[DatabaseService]:
    """Databases that Docker Compose starts and Cloudflare binds, for the app, its packages and the root."""
    folders = dict.fromkeys((app.path, ".", *(package.path for package in app.packages)))
    places = [*folders, *(f"{folder}/docker" if folder != "." else "docker" for folder in folders)]
    for folder in places:
        for name in app.repository.folder(folder)[1]:
            path = name if folder == "." else f"{folder}/{name}"
            if _COMPOSE.match(name):
                yield from _images(path, app.text(path) or "")
            elif name in _WRANGLER:
                text = app.text(path) or ""
                for match in _BINDING.finditer(text):
                    place = Evidence(path, text.count("\n", 0, match.start(1)) + 1)
                    yield DatabaseService(name=_BINDINGS[match.group(1)], version=None, file=path, evidence=(place,))


def _images(path: str, text: str) -> Iterator[DatabaseService]:
    for match in _IMAGE.finditer(text):
        image, _, tag = match.group(1).partition("@")[0].partition(":")
        parts = image.lower().split("/")
        name = _IMAGES.get("/".join(parts[-2:])) or _IMAGES.get(parts[-1])
        if name is not None:
            version = _VERSION.match(tag)
            place = Evidence(path, text.count("\n", 0, match.start(1)) + 1)
            yield DatabaseService(
                name=name, version=version.group(1) if version else None, file=path, evidence=(place,)
            )


ANALYZER = Analyzer(
    name="database",
    reads="what opens databases in sources, models of Mongoose, TypeORM and Convex, compose.yaml, wrangler.*",
    analyze=analyze,
)
