"""What Drizzle's functions mean: which modules hold them, and the SQL type that each column builder gives.

Data and small functions from options to SQL, per dialect, as https://orm.drizzle.team/docs/column-types/pg and its
siblings for the other dialects say them; the spelling is that of the builders' own `getSQLType()`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from prefill.lazy import regex
from prefill.records import dataclass, field
from prefill.typescript.values import Object, Value, js_string

CORE = regex(r"(?:^|/)(pg|mysql|sqlite|singlestore|gel|cockroach|mssql)-core(?:/|$)")
"""The modules of the builders; packages that carry Drizzle along keep these names (`…/drizzle/pg-core`)."""

DIALECTS = {
    "pg": "postgresql",
    "mysql": "mysql",
    "sqlite": "sqlite",
    "singlestore": "singlestore",
    "gel": "gel",
    "cockroach": "cockroach",
    "mssql": "mssql",
}

PREFIXES = ("pg", "mysql", "sqlite", "singlestore", "gel", "cockroach", "mssql")
TABLES = frozenset(f"{prefix}Table" for prefix in PREFIXES)
CREATORS = frozenset(f"{prefix}TableCreator" for prefix in PREFIXES)
SCHEMAS = frozenset(f"{prefix}{kind}" for prefix in PREFIXES for kind in ("Schema", "Database"))
CASINGS = {"snakeCase": "snake_case", "camelCase": "camelCase"}
"""From version 1 on, `snakeCase.table(…)` says a table's casing; the configuration no longer does."""
ENUMS = frozenset(("pgEnum", "cockroachEnum", "gelEnum"))
VIEWS = frozenset(
    (*(f"{prefix}View" for prefix in PREFIXES), "view", "pgMaterializedView", "cockroachMaterializedView")
)

Options = Mapping[str, Value]
TypeOf = Callable[[Options], str | None]
"""From a builder's options to its SQL type; None where the options do not say it."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column builder: its SQL type, and what is so without any method being called."""

    type: TypeOf
    not_null: bool | Callable[[Options], bool] = False
    default: str | None = None
    autoincrement: bool = False
    implied: Mapping[str, bool] = field(default_factory=dict)


def _plain(name: str) -> TypeOf:
    return lambda _: name


def _option(options: Options, name: str) -> str | None:
    """The text of an option; "" where it is not given, None where it is not known."""
    if name not in options:
        return ""
    value = options[name]
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return js_string(value)
    text = js_string(value)
    return "" if text == "undefined" else None


def _sized(name: str, option: str = "length", form: str = "{}({})") -> TypeOf:
    """`varchar(255)`, or the name alone."""

    def of(options: Options) -> str | None:
        size = _option(options, option)
        return None if size is None else form.format(name, size) if size else name

    return of


def _required(name: str, option: str) -> TypeOf:
    """`vector(1536)`: the option is always there."""

    def of(options: Options) -> str | None:
        size = _option(options, option)
        return f"{name}({size})" if size else None

    return of


def _precise(name: str, separator: str = ",", *, plain_at: str | None = None, one: str = "{0}({1})") -> TypeOf:
    """`numeric(10, 2)`, `numeric(10)` or `numeric`; MySQL's also `unsigned`."""

    def of(options: Options) -> str | None:
        precision, scale = _option(options, "precision"), _option(options, "scale")
        if precision is None or scale is None:
            return None
        out = name
        if precision:
            out = f"{name}({precision}{separator}{scale})" if scale else one.format(name, precision)
        if plain_at is not None and out in {f"{name}({plain_at},0)", f"{name}({plain_at})"}:
            out = name
        return _unsigned(out, options)

    return of


def _unsigned(name: str, options: Options) -> str | None:
    flag = options.get("unsigned")
    if flag is True:
        return name + " unsigned"
    return name if isinstance(flag, (bool, type(None))) or js_string(flag) == "undefined" else None


def _integer(name: str) -> TypeOf:
    return lambda options: _unsigned(name, options)


def _moment(name: str, gap: str = "") -> TypeOf:
    """`timestamp (3) with time zone`, `time(3)`: PostgreSQL's."""

    def of(options: Options) -> str | None:
        precision = _option(options, "precision")
        zone = options.get("withTimezone")
        if precision is None or not (isinstance(zone, (bool, type(None))) or js_string(zone) == "undefined"):
            return None
        spaced = gap if options.get("mode") != "string" else ""
        return name + (f"{spaced}({precision})" if precision else "") + (" with time zone" if zone is True else "")

    return of


def _zoned(name: str) -> TypeOf:
    """`timestamptz(3)`: CockroachDB's."""

    def of(options: Options) -> str | None:
        precision, zone = _option(options, "precision"), options.get("withTimezone")
        if precision is None or not (isinstance(zone, (bool, type(None))) or js_string(zone) == "undefined"):
            return None
        return name + ("tz" if zone is True else "") + (f"({precision})" if precision else "")

    return of


def _interval(options: Options) -> str | None:
    fields, precision = _option(options, "fields"), _option(options, "precision")
    if fields is None or precision is None:
        return None
    return "interval" + (f" {fields}" if fields else "") + (f"({precision})" if precision and precision != "0" else "")


def _serial(name: str) -> Column:
    return Column(_plain(name), not_null=True)


def _vector(options: Options) -> str | None:
    size, kind = _option(options, "dimensions"), _option(options, "elementType")
    return f"vector({size}, {kind or 'F32'})" if size and kind is not None else None


_PLAIN_PG = (
    *("boolean", "cidr", "date", "inet", "json", "jsonb", "line", "macaddr", "macaddr8", "point", "real", "text"),
    *("uuid", "integer", "smallint", "bigint"),
)

POSTGRES: dict[str, Column] = {
    **{name: Column(_plain(name)) for name in _PLAIN_PG},
    "bytea": Column(_plain("bytea")),
    "bigserial": Column(_plain("bigserial"), not_null=lambda options: options.get("mode") == "number"),
    "bit": Column(_required("bit", "dimensions")),
    "char": Column(_sized("char")),
    "decimal": Column(_precise("numeric", ", ")),
    "doublePrecision": Column(_plain("double precision")),
    "geometry": Column(_plain("geometry(point)")),
    "halfvec": Column(_required("halfvec", "dimensions")),
    "interval": Column(_interval),
    "numeric": Column(_precise("numeric", ", ")),
    "serial": _serial("serial"),
    "smallserial": _serial("smallserial"),
    "sparsevec": Column(_required("sparsevec", "dimensions")),
    "time": Column(_moment("time")),
    "timestamp": Column(_moment("timestamp", " ")),
    "varchar": Column(_sized("varchar")),
    "vector": Column(_required("vector", "dimensions")),
}

MYSQL: dict[str, Column] = {
    **{
        name: Column(_plain(name))
        for name in (
            *("boolean", "date", "json", "text", "tinytext", "mediumtext", "longtext", "year"),
            *("blob", "tinyblob", "mediumblob", "longblob"),
        )
    },
    **{name: Column(_integer(name)) for name in ("bigint", "int", "mediumint", "smallint", "tinyint")},
    "binary": Column(_sized("binary")),
    "char": Column(_sized("char")),
    "datetime": Column(_sized("datetime", "fsp")),
    "decimal": Column(_precise("decimal", plain_at="10")),
    "double": Column(_precise("double")),
    "float": Column(_precise("float")),
    "real": Column(_precise("real", ", ")),
    "serial": Column(_plain("serial"), autoincrement=True),
    "time": Column(_sized("time", "fsp")),
    "timestamp": Column(_sized("timestamp", "fsp")),
    "varbinary": Column(_sized("varbinary")),
    "varchar": Column(_sized("varchar")),
}

SINGLESTORE: dict[str, Column] = {
    **MYSQL,
    "datetime": Column(_plain("datetime")),
    "float": Column(_precise("float", one="{0}({1},0)")),
    "time": Column(_plain("time")),
    "timestamp": Column(_plain("timestamp")),
    "vector": Column(_vector),
}


def _sqlite_text(options: Options) -> str | None:
    return "text" if options.get("mode") == "json" else _sized("text")(options)


SQLITE: dict[str, Column] = {
    "blob": Column(_plain("blob")),
    "int": Column(_plain("integer")),
    "integer": Column(_plain("integer")),
    "numeric": Column(_plain("numeric")),
    "real": Column(_plain("real")),
    "text": Column(_sqlite_text),
}

GEL: dict[str, Column] = {
    "bigint": Column(_plain("bigint")),
    "bigintT": Column(_plain("edgedbt.bigint_t")),
    "boolean": Column(_plain("boolean")),
    "bytes": Column(_plain("bytea")),
    "dateDuration": Column(_plain("dateDuration")),
    "decimal": Column(_plain("numeric")),
    "doublePrecision": Column(_plain("double precision")),
    "duration": Column(_plain("duration")),
    "integer": Column(_plain("integer")),
    "json": Column(_plain("json")),
    "localDate": Column(_plain("cal::local_date")),
    "localTime": Column(_plain("cal::local_time")),
    "real": Column(_plain("real")),
    "relDuration": Column(_plain("edgedbt.relative_duration_t")),
    "smallint": Column(_plain("smallint")),
    "text": Column(_plain("text")),
    "timestamp": Column(_plain("cal::local_datetime")),
    "timestamptz": Column(_plain("datetime")),
    "uuid": Column(_plain("uuid")),
}

COCKROACH: dict[str, Column] = {
    **{
        name: Column(_plain(name))
        for name in ("bool", "date", "float", "inet", "jsonb", "real", "uuid", "int2", "int4", "int8")
    },
    "bigint": Column(_plain("int8")),
    "bit": Column(_sized("bit")),
    "boolean": Column(_plain("bool")),
    "char": Column(_sized("char")),
    "decimal": Column(_precise("decimal")),
    "doublePrecision": Column(_plain("float")),
    "geometry": Column(_plain("geometry(point)")),
    "interval": Column(_interval),
    "numeric": Column(_precise("decimal")),
    "smallint": Column(_plain("int2")),
    "string": Column(_sized("string")),
    "text": Column(_sized("string")),
    "time": Column(_zoned("time")),
    "timestamp": Column(_zoned("timestamp")),
    "varbit": Column(_sized("varbit")),
    "varchar": Column(_sized("varchar")),
    "vector": Column(_required("vector", "dimensions")),
}

MSSQL: dict[str, Column] = {
    **{
        name: Column(_plain(name))
        for name in ("bigint", "bit", "date", "datetime", "int", "ntext", "real", "smallint", "text", "tinyint")
    },
    **{name: Column(_sized(name)) for name in ("binary", "nvarchar", "varbinary", "varchar")},
    **{name: Column(_sized(name, "precision")) for name in ("datetime2", "datetimeoffset", "float", "time")},
    "char": Column(lambda options: _sized("char")(options) if "length" in options else "char(1)"),
    "decimal": Column(_precise("decimal")),
    "numeric": Column(_precise("numeric")),
}

BUILDERS: dict[str, dict[str, Column]] = {
    "pg": POSTGRES,
    "mysql": MYSQL,
    "sqlite": SQLITE,
    "singlestore": SINGLESTORE,
    "gel": GEL,
    "cockroach": COCKROACH,
    "mssql": MSSQL,
}

NOW = {"pg": "now()", "mysql": "(now())", "singlestore": "CURRENT_TIMESTAMP", "gel": "now()"}
"""`defaultNow()`; SQLite's stands for milliseconds."""
SQLITE_NOW = "(cast((julianday('now') - 2440587.5)*86400000 as integer))"

KNOWN_TABLES: dict[tuple[str, str], tuple[str, str, tuple[str, ...]]] = {
    ("drizzle-orm/supabase", "authUsers"): ("auth", "users", ("id", "email", "phone")),
    ("drizzle-orm/supabase", "realtimeMessages"): ("realtime", "messages", ("id", "topic", "extension", "payload")),
    ("drizzle-orm/neon", "usersSync"): ("neon_auth", "users_sync", ("id", "name", "email")),
}
"""Tables that Drizzle itself ships for services: (module, name) → schema, table, columns."""

KNOWN_ROLES: dict[tuple[str, str], str] = {
    ("drizzle-orm/supabase", "anonRole"): "anon",
    ("drizzle-orm/supabase", "authenticatedRole"): "authenticated",
    ("drizzle-orm/supabase", "postgresRole"): "postgres_role",
    ("drizzle-orm/supabase", "serviceRole"): "service_role",
    ("drizzle-orm/supabase", "supabaseAuthAdminRole"): "supabase_auth_admin",
    ("drizzle-orm/neon", "anonymousRole"): "anonymous",
    ("drizzle-orm/neon", "authenticatedRole"): "authenticated",
}
"""Roles that Drizzle itself ships: (module, name) → role."""

DRIVERS = {
    "aws-data-api/pg": "@aws-sdk/client-rds-data",
    "better-sqlite3": "better-sqlite3",
    "bun-sql": "bun",
    "bun-sqlite": "bun:sqlite",
    "d1": "d1",
    "durable-sqlite": "durable-sqlite",
    "expo-sqlite": "expo-sqlite",
    "gel": "gel",
    "libsql": "@libsql/client",
    "libsql/http": "@libsql/client",
    "libsql/node": "@libsql/client",
    "libsql/sqlite3": "@libsql/client",
    "libsql/wasm": "@libsql/client",
    "libsql/web": "@libsql/client",
    "libsql/ws": "@libsql/client",
    "mysql2": "mysql2",
    "neon-http": "@neondatabase/serverless",
    "neon-serverless": "@neondatabase/serverless",
    "netlify-db": "@netlify/db",
    "node-postgres": "pg",
    "op-sqlite": "@op-engineering/op-sqlite",
    "pglite": "@electric-sql/pglite",
    "planetscale-serverless": "@planetscale/database",
    "postgres-js": "postgres",
    "singlestore": "mysql2",
    "sql-js": "sql.js",
    "sqlite-cloud": "@sqlitecloud/drivers",
    "tidb-serverless": "@tidbcloud/serverless",
    "tursodatabase/database": "@tursodatabase/database",
    "vercel-postgres": "@vercel/postgres",
    "xata-http": "@xata.io/client",
}
"""`drizzle-orm/<this>` holds `drizzle()` → the package that speaks to the database. https://orm.drizzle.team/docs/connect-overview"""

DRIVER_DIALECTS = {
    "postgresql": {
        *("aws-data-api/pg", "bun-sql", "neon-http", "neon-serverless", "netlify-db", "node-postgres", "pglite"),
        *("postgres-js", "vercel-postgres", "xata-http"),
    },
    "mysql": {"mysql2", "planetscale-serverless", "tidb-serverless"},
    "sqlite": {
        *("better-sqlite3", "bun-sqlite", "d1", "durable-sqlite", "expo-sqlite", "op-sqlite", "sql-js", "sqlite-cloud"),
        *("tursodatabase/database", "libsql", "libsql/http", "libsql/node", "libsql/sqlite3", "libsql/wasm"),
        *("libsql/web", "libsql/ws"),
    },
    "singlestore": {"singlestore"},
    "gel": {"gel"},
}

CONFIG_DIALECTS = {
    "postgresql": "postgresql",
    "postgres": "postgresql",
    "pg": "postgresql",
    "mysql": "mysql",
    "mysql2": "mysql",
    "sqlite": "sqlite",
    "turso": "turso",
    "libsql": "sqlite",
    "better-sqlite": "sqlite",
    "d1": "sqlite",
    "d1-http": "sqlite",
    "expo": "sqlite",
    "durable-sqlite": "sqlite",
    "aws-data-api": "postgresql",
    "pglite": "postgresql",
    "singlestore": "singlestore",
    "gel": "gel",
    "cockroach": "cockroach",
    "mssql": "mssql",
}
"""`dialect` or, before drizzle-kit 0.22, `driver` of the configuration → the dialect."""


def options_of(value: Value) -> Options:
    """The options of a builder, {} where none are given."""
    return value.props if isinstance(value, Object) else {}


_WORD = regex(r"[\da-z]+|[A-Z]+(?![a-z])|[A-Z][\da-z]+")


def cased(key: str, casing: str | None) -> str:
    """A column's name from its key, as `casing` says. https://orm.drizzle.team/docs/sql-schema-declaration#camel-and-snake-casing"""
    if casing not in {"snake_case", "camelCase"}:
        return key
    words = _WORD.findall(re.sub(r"['\u2019]", "", key))
    if casing == "snake_case":
        return "_".join(word.lower() for word in words)
    return "".join(word.lower() if at == 0 else word[0].upper() + word[1:] for at, word in enumerate(words))
