"""Reads what of Supabase an app uses: which parts its sources call, the tables that are generated or created, the migrations.

Supabase is a database, an auth provider and a storage at once, and is often used for one of them only: what counts is what is called on
a client (`.from("table")`, `.storage`, `.channel()`). https://supabase.com/docs/reference/javascript
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Literal

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import Evidence, Fact, Migrations, SupabaseProject, SupabaseTables, SupabaseUse
from prefill.typescript.text import commented, crosses_tick, line_at
from prefill.workspace import join

Part = Literal["database", "storage", "realtime", "functions", "auth"]

PACKAGES = ("@supabase/supabase-js", "@supabase/ssr", "@supabase/auth-helpers-nextjs", "supabase")
MAX_NAMES = 200
MAX_PLACES = 3

_SOURCES = (".ts", ".tsx", ".js", ".jsx", ".mjs", ".cjs", ".mts", ".vue", ".svelte", ".astro")
_ASIDE = regex(
    r"(?:^|/)(?:__tests__|__mocks__|tests?|fixtures?|e2e|examples?|templates?|node_modules)/|\.(?:test|spec|stories)\.\w+$"
)
# A client: a name that says so, or a variable that a function which makes clients gives.
_MADE = regex(
    rb"(?:const|let|var)\s{1,4}(\w{1,60})\s{0,4}=\s{0,4}(?:await\s{1,4})?"
    rb"(?:create(?:Server|Browser|Service|ServiceRole|Admin|Middleware)?Client|\w{0,40}[sS]upabase\w{0,40})\s{0,4}[<(]"
)
_CALL = regex(rb"\.(from|rpc|storage|channel|functions|auth|schema)\b(?:\s{0,4}\(\s{0,80}[\"'`]([\w.-]{1,80})[\"'`])?")
_OBJECT = regex(rb"(\w{1,60})(?:\(\s{0,4}\))?[!?]?\s{0,80}\Z")
_BUCKET = regex(rb"\s{0,80}\.from\(\s{0,80}[\"'`]([\w./-]{1,80})[\"'`]")
_TABLE = regex(rb"\(\s{0,80}[\"'`]?\w{0,80}[\"'`]?\s{0,4}\)\s{0,80}\.from\(\s{0,80}[\"'`]([\w.-]{1,80})[\"'`]")
_PARTS: dict[bytes, Part] = {
    b"from": "database",
    b"rpc": "database",
    b"schema": "database",
    b"storage": "storage",
    b"channel": "realtime",
    b"functions": "functions",
    b"auth": "auth",
}
_ORDER: tuple[Part, ...] = ("database", "storage", "realtime", "functions", "auth")

_CREATE = regex(
    r"[ \t]{0,8}create[ \t]+table[ \t]+(?:if[ \t]+not[ \t]+exists[ \t]+)?((?:\"[^\"]{1,80}\"|\w{1,80})(?:\.(?:\"[^\"]{1,80}\"|\w{1,80}))?)",
    re.IGNORECASE,
)
_DROP = regex(
    r"[ \t]{0,8}drop[ \t]+table[ \t]+(?:if[ \t]+exists[ \t]+)?((?:\"[^\"]{1,80}\"|\w{1,80})(?:\.(?:\"[^\"]{1,80}\"|\w{1,80}))?)",
    re.IGNORECASE,
)
_RENAME = regex(
    r"[ \t]{0,8}alter[ \t]+table[ \t]+(?:if[ \t]+exists[ \t]+)?(?:only[ \t]+)?((?:\"[^\"]{1,80}\"|\w{1,80})(?:\.(?:\"[^\"]{1,80}\"|\w{1,80}))?)"
    r"[ \t]+rename[ \t]+to[ \t]+(\"[^\"]{1,80}\"|\w{1,80})",
    re.IGNORECASE,
)
_MARK = regex(
    r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|//[^\n]*|[{}]|(?:\b\w+\b)(?=\s{0,4}:\s{0,4}\{)|"[^"\n]*"(?=\s{0,4}:)'
)
_MAX_MARKS = 400_000


def analyze(app: App) -> Iterator[Fact]:
    """The projects of Supabase's command line, the tables, and the parts that are called."""
    if any(package.depends_on(*PACKAGES) for package in (*app.packages, *app.roots)):
        yield from _uses(app)
        yield from _types(app)
    for path in app.repository.named("config.toml"):
        if posixpath.basename(posixpath.dirname(path)) == "supabase" and _counts(app, path):
            yield from _project(app, path)


def _counts(app: App, path: str) -> bool:
    if _ASIDE.search(app.relative(path)):
        return False
    return path == "supabase/config.toml" or (app.own(path) and app.package_of(path) in app.packages)


# what the sources call ------------------------------------------------------------------------------------------------


def _uses(app: App) -> Iterator[SupabaseUse]:
    files: dict[Part, set[str]] = {}
    names: dict[Part, dict[str, None]] = {}
    places: dict[Part, list[Evidence]] = {}
    for path in app.files:
        if not path.endswith(_SOURCES) or "supabase/functions/" in path:
            continue
        data = app.repository.source(path)
        if not data or b"upabase" not in data or _ASIDE.search(app.relative(path)):
            continue
        for part, name, offset in _calls(data):
            if path not in files.setdefault(part, set()):
                files[part].add(path)
                found = places.setdefault(part, [])
                if len(found) < MAX_PLACES:
                    found.append(Evidence(path, line_at(data, offset)))
            if name and len(names.setdefault(part, {})) < MAX_NAMES:
                names[part][name] = None
    for part in _ORDER:
        if part in files:
            yield SupabaseUse(
                part=part,
                files=len(files[part]),
                names=tuple(sorted(names.get(part, ()))),
                evidence=tuple(places[part]),
            )


def _calls(data: bytes) -> Iterator[tuple[Part, str | None, int]]:
    """(part, table or bucket that is named, offset) of the calls on a client in one source."""
    made = {match.group(1) for match in _MADE.finditer(data)}
    shown, counted = False, 0  # whether the offset `counted` is in a template literal: code that is shown, not run
    for match in _CALL.finditer(data):
        member, named = match.groups()
        client = _OBJECT.search(data[max(0, match.start() - 150) : match.start()])
        if client is None or (client.group(1) not in made and b"supabase" not in client.group(1).lower()):
            continue
        shown, counted = shown != crosses_tick(data, counted, match.start()), match.start()
        if shown or commented(data, match.start()):
            continue
        at = match.start(1)
        if member == b"storage":
            bucket = _BUCKET.match(data, match.end())
            named = bucket.group(1) if bucket else None
        elif member == b"schema":
            table = _TABLE.match(data, match.end(1))
            named = table.group(1) if table else None
        elif member in {b"auth", b"rpc", b"channel"}:
            named = None
        elif member == b"from" and not data.startswith(b"(", match.end(1)):
            continue
        yield _PARTS[member], named.decode("ascii", "replace") if named else None, at


# what is generated and created ----------------------------------------------------------------------------------------


def _types(app: App) -> Iterator[SupabaseTables]:
    """The tables of the schema `public` in types that `supabase gen types` wrote."""
    for path in app.files:
        name = path[path.rfind("/") + 1 :].lower()
        if not name.endswith(".ts") or not any(part in name for part in ("types", "database", "supabase")):
            continue
        data = app.repository.source(path)
        if not data or _ASIDE.search(app.relative(path)):
            continue
        if data[:2] not in {b"\xff\xfe", b"\xfe\xff"} and not (b"Tables: {" in data and b"Row: {" in data):
            continue
        found = tables_of(app.text(path) or "")
        if found:
            yield SupabaseTables(
                source=path, kind="types", tables=tuple(found), evidence=(Evidence(path, next(iter(found.values()))),)
            )


def tables_of(text: str) -> dict[str, int]:
    """Table → line in the generated type `Database`: the keys in `public: { Tables: { … } }`."""
    if "Tables: {" not in text or "Row: {" not in text:
        return {}
    path: list[str] = []
    found: dict[str, int] = {}
    key = ""
    line, counted = 1, 0
    for number, match in enumerate(_MARK.finditer(text)):
        if number > _MAX_MARKS:
            break
        mark = match.group()
        if mark == "{":
            path.append(key)
            if len(path) >= 4 and path[-3:-1] == ["public", "Tables"] and path[-1]:
                line += text.count("\n", counted, match.start())
                counted = match.start()
                found.setdefault(path[-1], line)
            key = ""
        elif mark == "}":
            if path:
                path.pop()
            key = ""
        elif not mark.startswith("//"):
            key = mark.strip("\"'")
    return found


def _project(app: App, path: str) -> Iterator[Fact]:
    folder = join(posixpath.dirname(path), "migrations")
    files = sorted(name for name in app.repository.folder(folder)[1] if name.endswith(".sql"))
    made = None
    if files:
        made = Migrations(
            folder=folder,
            tool="supabase",
            files=len(files),
            latest=files[-1].removesuffix(".sql"),
            evidence=(Evidence(f"{folder}/{files[-1]}"),),
        )
        yield made
        tables: dict[str, Evidence] = {}
        for name in files:
            _follow(f"{folder}/{name}", app.text(f"{folder}/{name}") or "", tables)
        if tables:
            yield SupabaseTables(
                source=folder,
                kind="migrations",
                tables=tuple(tables),
                evidence=tuple(tables.values())[:MAX_PLACES],
            )
    yield SupabaseProject(path=path, migrations=made, evidence=(Evidence(path),))


def _follow(path: str, text: str, tables: dict[str, Evidence]) -> None:
    """Adds the tables of `public` that one migration creates and takes away those that it drops. Bodies of functions are left out."""
    quoted = False
    for number, line in enumerate(text.split("\n"), 1):
        toggles = line.count("$$") % 2 == 1
        if not quoted:
            if (match := _CREATE.match(line)) is not None and (name := _public(match.group(1))):
                tables.setdefault(name, Evidence(path, number))
            elif (match := _DROP.match(line)) is not None and (name := _public(match.group(1))):
                tables.pop(name, None)
            elif (match := _RENAME.match(line)) is not None and (name := _public(match.group(1))) in tables:
                del tables[name]
                tables[match.group(2).strip('"')] = Evidence(path, number)
        if toggles:
            quoted = not quoted


def _public(written: str) -> str | None:
    """The name of a table as it is written, None for one of another schema than `public`."""
    schema, dot, name = written.rpartition(".")
    if dot and schema.strip('"').lower() != "public":
        return None
    return name.strip('"') if name.startswith('"') else name.lower()


ANALYZER = Analyzer(
    name="supabase",
    reads="supabase/config.toml, supabase/migrations, generated types, calls on Supabase clients",
    analyze=analyze,
    packages=PACKAGES,
    files=("**/config.toml",),
)
