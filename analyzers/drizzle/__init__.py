"""Reads Drizzle schemas as drizzle-kit does: configuration, tables, columns, keys, enums, driver and migrations.

The schema's modules are evaluated, not run (`prefill.typescript.evaluate`); what their calls mean is in `vocabulary`.
https://orm.drizzle.team/docs/sql-schema-declaration
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import DrizzleRelation, DrizzleSchema, Evidence, Fact, Migrations, Problem
from prefill.workspace import inside

if TYPE_CHECKING:
    from prefill.analyzers.drizzle.configuration import Configuration
    from prefill.analyzers.drizzle.migrations import Folder
    from prefill.analyzers.drizzle.snapshot import Snapshot
    from prefill.analyzers.drizzle.tables import Tables
    from prefill.typescript.values import Value

_BUILDERS = regex(rb"[\"'][^\"'\n]{0,80}(?:pg|mysql|sqlite|singlestore|gel|cockroach|mssql)-core[\"']")
_MAKES_TABLE = regex(rb"\b\w{0,60}[tT]able\w{0,60}\s{0,20}(?:<[^>\n]{0,200}>)?\(")
_CLIENT = regex(rb"[\"']drizzle-orm/([a-z0-9-]{1,40}(?:/[a-z0-9-]{1,40})?)[\"']")
_TYPESCRIPT = regex(r"\.[cm]?tsx?$")
_SCRIPT = regex(r"\.[cm]?[jt]sx?$")


def analyze(app: App) -> Iterator[Fact | Problem]:
    """One `DrizzleSchema` for each configuration, or for each package with tables where there is none."""
    from prefill.analyzers.drizzle import configuration

    repository, evaluator = app.repository, app.program.evaluator
    roots = tuple(path for path in repository.files if "/" not in path)
    candidates = tuple(dict.fromkeys((*app.files, *roots)))
    clients = _Clients(app)
    found = False
    said: dict[tuple[object, ...], tuple[Snapshot, tuple[DrizzleRelation, ...]]] = {}
    for path in configuration.find(repository, candidates, app.path):
        package = app.program.modules.home(path) or "."
        for config in configuration.read(repository, evaluator, path, package):
            yield from (Problem(*problem) for problem in config.problems)
            files, notes = _files(app, config, package)
            if not config.schema:
                where = Evidence(path, config.lines.get("schema", 1))
                yield from (_missing(where, entry) for entry in config.missing)
            if not any(app.own(file) for file in files):
                continue
            found = True
            yield from _schema(app, files, config, notes, package, clients, said)
    if not found:
        packages: dict[str, list[str]] = {}
        for path in _table_files(app):
            packages.setdefault(app.program.modules.home(path) or ".", []).append(path)
        for package, made in packages.items():
            yield from _schema(app, tuple(made), None, (), package, clients, said)
    yield from (Problem(*problem) for problem in evaluator.problems)


def _missing(where: Evidence, entry: str) -> Problem:
    return Problem(where.path, where.line, f"`{entry}` names no file of the repository")


def _files(app: App, config: Configuration, package: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of a configuration's schema; those that make tables where it names none that exist."""
    notes = tuple(f"{config.path} names `{entry}`, which does not exist" for entry in config.missing)
    if config.schema or config.problems:
        return config.schema, notes
    guessed = tuple(path for path in _table_files(app) if (app.program.modules.home(path) or ".") == package)
    return guessed, (*notes, "the schema's files are inferred from what makes tables") if guessed else notes


def _table_files(app: App) -> list[str]:
    """Files that import a builder of tables and call something named like one."""
    from prefill.analyzers.drizzle.configuration import is_example

    out = []
    for path in app.files:
        if not _TYPESCRIPT.search(path) or is_example(path, app.path):
            continue
        source = app.repository.source(path)
        if source and b"-core" in source and _BUILDERS.search(source) and _MAKES_TABLE.search(source):
            out.append(path)
    return out


def _schema(
    app: App,
    files: tuple[str, ...],
    config: Configuration | None,
    notes: tuple[str, ...],
    package: str,
    clients: _Clients,
    said: dict[tuple[object, ...], tuple[Snapshot, tuple[DrizzleRelation, ...]]],
) -> Iterator[Fact | Problem]:
    from prefill.analyzers.drizzle import migrations, relations
    from prefill.analyzers.drizzle.snapshot import build
    from prefill.analyzers.drizzle.tables import Tables

    evaluator = app.program.evaluator
    exported = []
    for file in files:
        for name, value in evaluator.exports(file).items():
            exported.append((value, evaluator.declared(file, name)))
        syntax = evaluator.syntax(file)
        yield from (Problem(file, line, message) for line, message in (syntax.errors if syntax else ()))
    family, why = _dialect(Tables(evaluator), [value for value, _ in exported], config)
    if family is None:
        return
    driver, driver_place, casing = clients.of(files, family)
    if config is not None:
        if casing not in (None, config.casing) and driver_place is not None:
            named = f"`{config.casing}`" if config.casing else "none"
            notes = (*notes, f"casing differs: `{casing}` in `{driver_place[0]}`, {named} in `{config.path}`")
        # drizzle-kit knows its own configuration alone, and names SingleStore's columns by their keys whatever it says
        casing = config.casing if family != "singlestore" else None
    modern = _modern(app, package)
    reader = Tables(evaluator, None if modern else casing, modern)
    only = config.schemas if config else None
    key = (files, family, casing, only)
    if key not in said:
        made_of = build(reader, family, exported, only)
        said[key] = made_of, relations.read(reader, [value for value, _ in exported])
        yield from (Problem(*problem) for problem in reader.problems)
    snapshot, joined = said[key]
    if not snapshot.value["tables"]:
        return
    places = {where: tuple(Evidence(*place) for place in found) for where, found in snapshot.places.items()}
    evidence = [Evidence(config.path, config.lines.get("dialect") or config.lines.get("driver") or 1)] if config else []
    if driver_place is not None:
        evidence.append(Evidence(*driver_place))
    made = None
    drift: tuple[str, ...] = ()
    if config is not None and config.out is not None:
        folder = migrations.read(app.repository, config.out)
        if folder is not None:
            yield from (Problem(*problem) for problem in folder.problems)
            made = Migrations(
                folder=folder.path,
                tool="drizzle-kit",
                files=folder.files,
                latest=folder.latest,
                journal=folder.journal,
                unlisted=folder.unlisted,
                absent=folder.absent,
                snapshot=folder.snapshot,
                current=folder.current,
                dialect=folder.dialect[0] if folder.dialect else None,
                dialect_evidence=(Evidence(*folder.dialect[1:]),) if folder.dialect else (),
                evidence=(*_latest(app, folder), Evidence(config.path, config.lines.get("out") or 1)),
            )
            yield made
            drift = migrations.drift(app.repository, folder, snapshot.value)
    yield DrizzleSchema(
        config=config.path if config else None,
        dialect=family,
        driver=driver,
        files=files,
        snapshot=snapshot.value,
        places=places,
        relations=joined,
        migrations=made,
        drift=drift,
        notes=(*notes, *why),
        workspace=package,
        evidence=tuple(evidence),
    )


def _latest(app: App, folder: Folder) -> Iterator[Evidence]:
    """The file of the latest migration, and the journal."""
    for path in (
        f"{folder.path}/{folder.latest}.sql",
        f"{folder.path}/{folder.latest}/migration.sql",
        f"{folder.path}/meta/_journal.json",
    ):
        if app.repository.exists(path):
            yield Evidence(path)


def _dialect(reader: Tables, values: list[Value], config: Configuration | None) -> tuple[str | None, tuple[str, ...]]:
    """(dialect, notes): what the configuration says if the tables bear it out, else what most tables are made with."""
    from prefill.analyzers.drizzle.vocabulary import DIALECTS

    votes: Counter[str] = Counter()
    for value in values:
        prefix = reader.prefix(value)
        if prefix is not None:
            votes[DIALECTS[prefix]] += 1
    families = [("sqlite" if one == "turso" else one) for one in (config.dialects if config else ())]
    if not votes:
        return (families[0] if len(families) == 1 else None), ()
    said = sorted((one for one in families if one in votes), key=lambda one: (-votes[one], families.index(one)))
    favoured = said[0] if said else votes.most_common(1)[0][0]
    if len(families) == 1 and said:
        return said[0], ()
    dialect = said[0] if len(said) == 1 else favoured
    if config is not None and config.chosen_by is not None:
        reason = f"the dialect depends on {config.chosen_by.reason}; the schema is written for {dialect}"
        return dialect, (reason,)
    return dialect, ()


def _modern(app: App, package: str) -> bool:
    """Whether the package is on version 1 of drizzle-orm, whose builders and snapshots differ in a few points."""
    for home in (app.workspaces.by_path(package), *app.packages, *app.roots):
        found = app.versions.installed(home, "drizzle-orm") if home is not None else None
        if found is not None:
            return (found.version or found.range).lstrip("^~>=v ").startswith("1.")
    return False


class _Clients:
    """The `drizzle()` clients of an app: looked for in the schema's package first, then where drizzle-orm is a dependency."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._found: dict[str, list[tuple[bool, str, int, str]]] = {}

    def of(self, files: Iterable[str], dialect: str) -> tuple[str | None, tuple[str, int] | None, str | None]:
        """(driver's package, place, casing) for the schema in these files, by a client that speaks its dialect."""
        from prefill.analyzers.drizzle.vocabulary import DRIVER_DIALECTS, DRIVERS

        speaks = DRIVER_DIALECTS.get(dialect, set())

        modules = self.app.program.modules
        homes = sorted({modules.home(file) or "." for file in files})
        others = [package.path for package in self.app.packages if package.depends_on("drizzle-orm")]
        for group in (homes, [other for other in others if other not in homes]):
            found = sorted(client for home in group for client in self._in(home) if client[3] in speaks)
            if found:
                _, path, line, name = found[0]
                return DRIVERS[name], (path, line), _casing(self.app, path)
        return None, None, None

    def _in(self, home: str) -> list[tuple[bool, str, int, str]]:
        """(whether it is a script, path, line, module) of each client in a package."""
        if home not in self._found:
            self._found[home] = [
                client
                for path in self.app.repository.files
                if inside(path, home) and _SCRIPT.search(path) and (self.app.program.modules.home(path) or ".") == home
                for client in self._client(path)
            ]
        return self._found[home]

    def _client(self, path: str) -> Iterator[tuple[bool, str, int, str]]:
        from prefill.analyzers.drizzle.configuration import is_example
        from prefill.analyzers.drizzle.vocabulary import DRIVERS

        source = self.app.repository.source(path)
        if not source or b"drizzle-orm/" not in source or is_example(path, self.app.path):
            return
        if not any(match[1].decode() in DRIVERS for match in _CLIENT.finditer(source)):
            return
        syntax = self.app.program.syntax(path)
        parts = path.split("/")
        script = bool({"scripts", "seed", "seeds", "bin"} & set(parts)) or "seed" in parts[-1] or "migrate" in parts[-1]
        for one in syntax.imports if syntax else ():
            name = one.specifier.removeprefix("drizzle-orm/")
            if name != one.specifier and name in DRIVERS and one.imported == "drizzle" and not one.type_only:
                yield script, path, one.line, name


def _casing(app: App, path: str) -> str | None:
    """`casing` of `drizzle({ casing: "snake_case" })`. https://orm.drizzle.team/docs/sql-schema-declaration"""
    from prefill.typescript.parse import walk

    if b"casing" not in (app.repository.source(path) or b""):
        return None
    syntax = app.program.syntax(path)
    for node in walk(syntax.root) if syntax else ():
        if syntax and node.type == "pair":
            key, value = node.child_by_field_name("key"), node.child_by_field_name("value")
            if key is not None and value is not None and syntax.text(key) == "casing":
                return syntax.string(value)
    return None


ANALYZER = Analyzer(
    name="drizzle",
    reads="drizzle-kit's configuration, the schema that it names, the client and the migrations",
    analyze=analyze,
    packages=("drizzle-orm", "drizzle-kit"),
    files=("**/drizzle.config.*",),
)
