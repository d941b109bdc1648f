"""The migrations of a schema: their folder, how many, the latest, and what the last snapshot holds.

Both layouts of drizzle-kit: `0000_name.sql` beside `meta/_journal.json`, and from version 1 on a folder for each
migration with `migration.sql` and `snapshot.json`. https://orm.drizzle.team/docs/drizzle-kit-generate
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from prefill.formats.document import FormatError
from prefill.formats.jsonc import parse
from prefill.lazy import regex
from prefill.records import dataclass

if TYPE_CHECKING:
    from prefill.repository import Repository

_FOLDER = regex(r"^\d{14}_[^/]+$")


@dataclass(frozen=True, slots=True)
class Folder:
    """A migrations folder. `journal` counts the journal's entries, None without one; `snapshot` is the last one's path, and `current`
    says whether it is the latest migration's.

    `unlisted` are files that the journal does not name, `absent` are entries without a file; `dialect` is the journal's, with its place.
    """

    path: str
    files: int
    latest: str | None
    journal: int | None
    snapshot: str | None
    problems: tuple[tuple[str, int, str], ...] = ()
    unlisted: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    dialect: tuple[str, str, int] | None = None  # (dialect, path, line)
    current: bool | None = None


def read(repository: Repository, folder: str) -> Folder | None:
    """The migrations in a folder, None where there are none."""
    names, files = repository.folder(folder)
    migrations = [name for name in files if name.endswith(".sql")]
    newer = [name for name in names if _FOLDER.match(name) and repository.exists(f"{folder}/{name}/migration.sql")]
    journal_path = posixpath.join(folder, "meta/_journal.json")
    problems: list[tuple[str, int, str]] = []
    if newer and not repository.exists(journal_path):
        last = newer[-1]
        snapshot = f"{folder}/{last}/snapshot.json"
        known = repository.exists(snapshot)
        return Folder(folder, len(newer), last, None, snapshot if known else None, current=True if known else None)
    entries: list[Any] | None = None
    dialect: tuple[str, str, int] | None = None
    if repository.exists(journal_path):
        value = _json(repository, journal_path, problems)
        listed = value.get("entries") if isinstance(value, dict) else None
        entries = listed if isinstance(listed, list) else None
        said = value.get("dialect") if isinstance(value, dict) else None
        if isinstance(said, str):
            dialect = (said, journal_path, _line_of_dialect(repository.text(journal_path) or ""))
    if not migrations and entries is None:
        return None
    last_tag = _latest(entries)
    tags = [entry["tag"] for entry in entries or () if isinstance(entry, dict) and isinstance(entry.get("tag"), str)]
    snapshots = [
        name for name in repository.folder(posixpath.join(folder, "meta"))[1] if name.endswith("_snapshot.json")
    ]
    wanted = last_tag.partition("_")[0] + "_snapshot.json" if last_tag else None
    chosen = wanted if wanted in snapshots else snapshots[-1] if snapshots else None
    return Folder(
        path=folder,
        files=len(migrations),
        latest=_last(migrations, last_tag),
        journal=len(entries) if entries is not None else None,
        snapshot=posixpath.join(folder, "meta", chosen) if chosen else None,
        problems=tuple(problems),
        unlisted=tuple(name for name in migrations if name.removesuffix(".sql") not in tags) if entries else (),
        absent=tuple(tag for tag in tags if f"{tag}.sql" not in migrations),
        dialect=dialect,
        current=chosen == wanted if chosen else None,
    )


def _last(migrations: list[str], tag: str | None) -> str | None:
    """The latest migration of those that have a file: the journal's last, or the last by name that it does not know of."""
    names = [name.removesuffix(".sql") for name in migrations]
    if tag in names and names[names.index(tag or "") + 1 :] == []:
        return tag
    return names[-1] if names else None


def _line_of_dialect(text: str) -> int:
    at = text.find('"dialect"')
    return text.count("\n", 0, max(at, 0)) + 1


def _latest(entries: list[Any] | None) -> str | None:
    tags = [
        (entry["idx"], entry["tag"])
        for entry in entries or ()
        if isinstance(entry, dict) and isinstance(entry.get("idx"), int) and isinstance(entry.get("tag"), str)
    ]
    return max(tags)[1] if tags else None


def _json(repository: Repository, path: str, problems: list[tuple[str, int, str]]) -> Any:
    text = repository.text(path)
    try:
        return parse(text).value if text is not None else None
    except FormatError as error:
        problems.append((path, error.line or 1, error.message))
        return None


def drift(repository: Repository, folder: Folder, snapshot: dict[str, Any]) -> tuple[str, ...]:
    """What the schema has and the last snapshot has not: `+ table`, `+ table.column`, and `-` the other way round.

    Only tables and columns are compared, by name. Empty without a snapshot that can be read.
    """
    if folder.snapshot is None:
        return ()
    value = _json(repository, folder.snapshot, [])
    committed = _tables(value)
    if committed is None:
        return ()
    current = _tables(snapshot) or {}
    out: list[str] = []
    for sign, here, there in (("+", current, committed), ("-", committed, current)):
        for table, columns in here.items():
            if table not in there:
                out.append(f"{sign} {table}")
            else:
                out.extend(f"{sign} {table}.{column}" for column in columns if column not in there[table])
    return tuple(sorted(out))


def _tables(value: Any) -> dict[str, set[str]] | None:
    """Table → columns of a snapshot, by names that any version of the format gives alike."""
    if not isinstance(value, dict):
        return None
    out: dict[str, set[str]] = {}
    rows = value.get("ddl", value.get("entities"))
    if isinstance(rows, list):
        for row in rows:
            if not isinstance(row, dict) or not isinstance(row.get("name"), str):
                continue
            schema = row.get("schema")
            prefix = f"{schema}." if isinstance(schema, str) and schema not in {"", "public"} else ""
            if row.get("entityType") == "tables":
                out.setdefault(prefix + row["name"], set())
            elif row.get("entityType") == "columns" and isinstance(row.get("table"), str):
                out.setdefault(prefix + row["table"], set()).add(row["name"])
        return out
    tables = value.get("tables")
    if not isinstance(tables, dict):
        return None
    for table in tables.values():
        if not isinstance(table, dict) or not isinstance(table.get("name"), str):
            continue
        schema = table.get("schema")
        prefix = f"{schema}." if isinstance(schema, str) and schema not in {"", "public"} else ""
        columns = table.get("columns")
        names = columns.values() if isinstance(columns, dict) else ()
        out[prefix + table["name"]] = {
            c["name"] for c in names if isinstance(c, dict) and isinstance(c.get("name"), str)
        }
    return out
