"""The technologies of an app by its dependencies and the catalog: what each is, at which version, and whether anything uses it."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.analyzer import App
from prefill.analyzers.package_json.catalog import Entry, catalog
from prefill.analyzers.package_json.usage import Usage
from prefill.model import Technology
from prefill.versions import Installed
from prefill.workspace import Package

# Categories whose packages do nothing until a source imports them.
_BY_IMPORT = frozenset({
    "ai", "analytics", "animation", "auth", "cache", "charts", "components", "data-fetching", "dates", "diagram", "documents", "drag-and-drop",
    "editor", "email", "feature-flags", "forms", "icons", "jobs", "maps", "orm", "payments", "queue", "realtime", "router", "rpc", "search",
    "state", "storage", "table", "validation",
})  # fmt: skip


_Row = tuple[int, int, str, Entry, Package, Installed]  # place, rank, package, entry, where declared, as installed


def technologies(app: App) -> Iterator[Technology]:
    """One fact per technology: as the app has it, else a workspace package that it uses, else the root."""
    usage = Usage(app)
    known = catalog()
    rows: dict[str, list[_Row]] = {}
    for place, package in enumerate((*app.packages, *app.roots)):
        for name in package.ranges():
            entry = known.find(name)
            if entry is None:
                continue
            installed = app.versions.installed(package, name)
            if installed is not None and installed.target is None:
                rank = 99 if entry.rank is None else entry.rank
                rows.setdefault(entry.id, []).append((place, rank, name, entry, package, installed))
    above: dict[str, str] = {}
    for identifier, found in rows.items():
        for below in {name for row in found for name in row[3].supersedes}:
            above.setdefault(below, identifier)
    for identifier in sorted(rows, key=lambda key: min((row[3].category, key) for row in rows[key])):
        yield _technology(identifier, rows[identifier], usage, above.get(identifier))


def _technology(identifier: str, rows: list[_Row], usage: Usage, above: str | None) -> Technology:
    by_import = rows[0][3].category in _BY_IMPORT

    # The package that gives the version, wherever it is declared, tells more than a plugin in the app itself; of several, one
    # that the code imports tells more than one that only brings a command.
    def order(row: _Row) -> tuple[object, ...]:
        unused = by_import and not usage.imports.get(row[2], 0)
        return (row[1] == 99, unused, row[0], row[1], row[2])

    _, _, name, entry, package, installed = min(rows, key=order)
    titled = entry.name
    major = (installed.version or installed.range.lstrip("^~>=v ")).split(".")[0]
    if entry.since is not None and entry.then and major.isdigit() and int(major) >= entry.since:
        titled = entry.then
    main = entry.rank is not None
    in_use: bool | None = any(usage.in_use(row[2]) for row in rows)
    if not in_use and (not by_import or not usage.sees_all_of({row[4].path for row in rows})):
        in_use = None
    return Technology(
        id=identifier,
        name=titled,
        category=entry.category,
        version=installed.version if main else None,
        range=(installed.asks or installed.range) if main and installed.version is None else None,
        in_use=in_use,
        superseded_by=above,
        imports=sum(usage.imports.get(row[2], 0) for row in rows),
        workspace=package.path,
        package=name,
        main=not entry.rank,
        importers={row[2]: usage.imports.get(row[2], 0) for row in rows},
        evidence=installed.evidence,
    )
