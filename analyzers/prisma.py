"""Reads Prisma schemas as Prisma does: which files make one, its models, enums and indexes, and the migrations beside it.

Names and types are those of Prisma's DMMF, the form in which its generators see a schema: ignored models and fields and those of
unsupported types are left out, views stand after models. https://www.prisma.io/docs/orm/prisma-schema/overview/location
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import (
    Evidence,
    Fact,
    Migrations,
    PrismaClient,
    PrismaEnum,
    PrismaField,
    PrismaIndex,
    PrismaModel,
    PrismaSchema,
    Problem,
)
from prefill.records import dataclass
from prefill.workspace import inside, join

if TYPE_CHECKING:
    from prefill.formats.prisma import Block, Field
    from prefill.typescript.values import Value

MAX_FILES = 2_000

_ASIDE = regex(
    r"(?:^|/)(?:__tests__|tests?|fixtures?|__fixtures__|e2e|templates?|examples?|node_modules)/", re.IGNORECASE
)
_HEAD = regex(r"^[ \t]*datasource[ \t]+\w+[ \t]*\{", re.MULTILINE)
_CONFIG = regex(r"(?:^|/)(?:prisma\.config|\.config/prisma)\.[cm]?[jt]s$")
_FLAG = regex(r"--schema(?:=|[ \t]{1,8})[\"']?([^\s\"';&|]{1,200})")
_LOCK = regex(r"^provider[ \t]*=[ \t]*\"([^\"\n]{1,40})\"", re.MULTILINE)
_GENERATED = regex(r"^\d{8,14}[_-]")


@dataclass(frozen=True, slots=True)
class _Named:
    """Where a configuration, a manifest or a script says that a schema and its migrations are: a file or a folder."""

    path: str
    place: Evidence
    migrations: str | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    head: str
    files: tuple[str, ...]
    named: _Named | None


def analyze(app: App) -> Iterator[Fact | Problem]:
    """One `PrismaSchema` for each datasource block among the files of the app, and its migrations."""
    files = _files(app)
    if not files:
        return
    for group in _groups(app, files):
        yield from _schema(app, group)


def _files(app: App) -> list[str]:
    """The schema files of the app, else those of the root that it builds on; what is there for tests and examples is left out."""
    found = [path for path in app.files if path.endswith(".prisma") and not _ASIDE.search(app.relative(path))]
    if not found and any(root.depends_on("prisma", "@prisma/client") for root in app.roots):
        listed = (path for path in app.repository.files if path.endswith(".prisma") and not _ASIDE.search(path))
        found = [path for path in listed if app.package_of(path).path == "."]
    return found[:MAX_FILES]


def _groups(app: App, files: list[str]) -> Iterator[_Group]:
    """The files of each schema: its datasource's, and others beside and below it where they are one schema."""
    texts = {path: app.text(path) or "" for path in files}
    heads = [path for path in files if _HEAD.search(texts[path])]
    if not heads:
        return
    named = _named(app)
    for head in heads:
        folders = [one for one in named if one.path != head and inside(head, one.path)]
        folder = max(folders, key=lambda one: len(one.path), default=None)
        exact = next((one for one in named if one.path == head), None)
        base = folder.path if folder is not None else posixpath.dirname(head) or "."
        others = [path for path in files if path not in heads and inside(path, base)]
        if folder is None and others and not _one_schema(head, texts, exact):
            others = []
        yield _Group(head, tuple(sorted({head, *others})), folder or exact)


def _one_schema(head: str, texts: dict[str, str], exact: _Named | None) -> bool:
    """Whether files below a datasource's are of its schema though nothing names the folder.

    Prisma reads a folder only when it is told to, and a lone `schema.prisma` otherwise. So they are where the file has another
    name or stands in a folder `schema`, or needs types that it does not define.
    """
    if exact is not None:
        return False
    if posixpath.basename(head) != "schema.prisma" or posixpath.basename(posixpath.dirname(head)) == "schema":
        return True
    if "prismaSchemaFolder" in texts[head]:
        return True
    from prefill.formats.prisma import SCALARS, parse

    blocks = parse(texts[head]).blocks
    known = {block.name for block in blocks} | SCALARS
    used = {field.type for block in blocks if block.kind != "enum" for field in block.fields if not field.unsupported}
    return bool(used - known)


def _named(app: App) -> list[_Named]:
    """The places of schemas that are named, those of `prisma.config` first."""
    found: list[_Named] = []
    roots = tuple(path for path in app.repository.files if "/" not in path)
    for path in dict.fromkeys((*app.files, *roots)):
        if "prisma" in path and _CONFIG.search(path) and not _ASIDE.search(app.relative(path)):
            found.extend(_configured(app, path))
    for package in (*app.packages, *app.roots, *(app.workspaces.packages if app.path == "." else ())):
        settings = package.manifest.get("prisma")
        wanted = settings.get("schema") if isinstance(settings, dict) else None
        if isinstance(wanted, str) and (at := _existing(app, wanted, package.path)) is not None:
            line = package.document.line("prisma", "schema") if package.document else None
            found.append(_Named(at, Evidence(package.manifest_path, line or 1)))
        scripts = package.manifest.get("scripts")
        for name, command in scripts.items() if isinstance(scripts, dict) else ():
            if isinstance(command, str) and "prisma" in command:
                for flag in _FLAG.findall(command):
                    if (at := _existing(app, flag, package.path)) is not None:
                        line = package.document.line("scripts", name) if package.document else None
                        found.append(_Named(at, Evidence(package.manifest_path, line or 1)))
    return found


def _configured(app: App, path: str) -> Iterator[_Named]:
    """What a `prisma.config.ts` names. https://www.prisma.io/docs/orm/reference/prisma-config-reference"""
    from prefill.next.config import unwrap
    from prefill.typescript.values import Object

    evaluator = app.program.evaluator
    config = unwrap(evaluator, evaluator.export(path, "default"))
    if config is None:
        return
    folder = posixpath.dirname(path) or "."
    bases = (folder.removesuffix("/.config").removesuffix(".config") or ".", folder, app.package_of(path).path, ".")
    wanted = _path(config.props.get("schema"))
    at = next((at for base in bases if wanted and (at := _existing(app, wanted, base))), None)
    settings = config.props.get("migrations")
    into = _path(settings.props.get("path")) if isinstance(settings, Object) else None
    migrations = _joined(bases[0], into) if into else None
    if at is not None:
        place = config.places.get("schema", (path, config.line))
        yield _Named(at, Evidence(*place), migrations)


def _path(value: Value | None) -> str | None:
    """A path that is written as a text, or made of texts by `path.join` and `path.resolve`."""
    from prefill.typescript.values import Call, Member, Reference

    if isinstance(value, str):
        return value
    if isinstance(value, Call) and isinstance(value.callee, (Member, Reference)):
        module = value.callee.object if isinstance(value.callee, Member) else value.callee
        named = isinstance(module, Reference) and module.module.removeprefix("node:") == "path"
        if named and value.callee.name in {"join", "resolve"}:
            rest = value.args if value.args and isinstance(value.args[0], str) else value.args[1:]
            parts = [part for part in rest if isinstance(part, str)]
            if parts and len(parts) == len(rest):
                return posixpath.join(*parts)
    return None


def _existing(app: App, wanted: str, base: str) -> str | None:
    """A file or folder of the repository that a path from `base` means."""
    at = _joined(base, wanted)
    return (
        at if at is not None and (app.repository.exists(at) or (at != "." and app.repository.is_folder(at))) else None
    )


def _joined(base: str, path: str) -> str | None:
    at = posixpath.normpath(posixpath.join("" if base == "." else base, path))
    return None if at.startswith(("..", "/")) else at


# one schema -----------------------------------------------------------------------------------------------------------


def _schema(app: App, group: _Group) -> Iterator[Fact | Problem]:
    from prefill.formats.prisma import SCALARS, parse, text, texts

    placed: list[tuple[str, Block]] = []
    for path in group.files:
        parsed = parse(app.text(path) or "")
        yield from (Problem(path, line, message) for line, message in parsed.problems)
        placed.extend((path, block) for block in parsed.blocks)
    seen: dict[str, tuple[str, Block]] = {}
    for path, block in placed:
        if block.kind in {"datasource", "generator"}:
            continue
        if block.name in seen:
            first, earlier = seen[block.name]
            where = f"line {earlier.line}" if first == path else f"{first}:{earlier.line}"
            yield Problem(path, block.line, f"`{block.name}` is defined again; it is at {where}")
        else:
            seen[block.name] = (path, block)
    for path, block in seen.values():
        for field in block.fields if block.kind != "enum" else ():
            if not field.unsupported and field.type not in SCALARS and field.type not in seen:
                yield Problem(path, field.line, f"`{field.type}` is no type of the schema")
    source = next(block for path, block in placed if block.kind == "datasource")
    provider, line = source.settings.get("provider", ("", source.line))
    package = app.package_of(group.head).path
    migrations = _migrations(app, group, package)
    if migrations is not None:
        yield migrations
    ignored = {name for name, (_, block) in seen.items() if block.attribute("ignore")}
    live = [(path, block) for path, block in seen.values() if block.name not in ignored]
    models = [one for one in live if one[1].kind == "model"] + [one for one in live if one[1].kind == "view"]
    clients = tuple(
        PrismaClient(name=block.name, output=_output(path, block))
        for path, block in placed
        if block.kind == "generator"
        and text(block.settings.get("provider", ("", 0))[0]) in {"prisma-client-js", "prisma-client"}
    )
    yield PrismaSchema(
        file=group.head,
        files=group.files,
        provider=text(provider) or (texts(provider)[:1] or (None,))[0] if not provider.startswith("env(") else None,
        models=tuple(_model(path, block, ignored) for path, block in models),
        enums=tuple(
            PrismaEnum(
                name=block.name,
                values=tuple(value.name for value in block.fields),
                evidence=(Evidence(path, block.line),),
            )
            for path, block in live
            if block.kind == "enum"
        ),
        indexes=tuple(index for path, block in models for index in _indexes(path, block, ignored)),
        types=tuple(_model(path, block, ignored) for path, block in live if block.kind == "type"),
        clients=clients,
        named_by=group.named.place if group.named else None,
        migrations=migrations,
        workspace=package,
        evidence=(Evidence(group.head, line),),
    )


def _output(path: str, block: Block) -> str | None:
    """The folder that a generator writes the client to; None for the package `@prisma/client`."""
    from prefill.formats.prisma import text

    wanted = text(block.settings.get("output", ("", 0))[0])
    return _joined(posixpath.dirname(path) or ".", wanted) if wanted else None


def _shown(block: Block, ignored: set[str]) -> list[Field]:
    """The fields that Prisma's client has."""
    return [
        field
        for field in block.fields
        if not field.unsupported and field.type not in ignored and field.attribute("ignore") is None
    ]


def _model(path: str, block: Block, ignored: set[str]) -> PrismaModel:
    alone: dict[str, set[str]] = {"id": set(), "unique": set()}
    for attribute in block.attributes:
        if attribute.name in alone and len(names := attribute.names()) == 1:
            alone[attribute.name].add(names[0])
    mapped = block.attribute("map")
    return PrismaModel(
        name=block.name,
        table=(mapped.text() if mapped else None) or block.name,
        kind="view" if block.kind == "view" else "type" if block.kind == "type" else "model",
        fields=tuple(
            PrismaField(
                name=field.name,
                type=field.type,
                list=field.arity == "list",
                required=field.arity != "optional",
                id=field.attribute("id") is not None or field.name in alone["id"],
                unique=field.attribute("unique") is not None or field.name in alone["unique"],
            )
            for field in _shown(block, ignored)
        ),
        evidence=(Evidence(path, block.line),),
    )


_INDEX: dict[str, Literal["id", "unique", "normal", "fulltext"]] = {
    "id": "id",
    "unique": "unique",
    "index": "normal",
    "fulltext": "fulltext",
}


def _indexes(path: str, block: Block, ignored: set[str]) -> Iterator[PrismaIndex]:
    for field in _shown(block, ignored):
        for attribute in field.attributes:
            if attribute.name in {"id", "unique"}:
                kind = _INDEX[attribute.name]
                yield PrismaIndex(
                    model=block.name, type=kind, fields=(field.name,), evidence=(Evidence(path, field.line),)
                )
    for attribute in block.attributes:
        if attribute.name in _INDEX and (fields := attribute.names()):
            kind = _INDEX[attribute.name]
            yield PrismaIndex(model=block.name, type=kind, fields=fields, evidence=(Evidence(path, attribute.line),))


# migrations -----------------------------------------------------------------------------------------------------------


def _migrations(app: App, group: _Group, package: str) -> Migrations | None:
    """The folders with a `migration.sql`: in the folder that is configured, else beside the schema, else in its package."""
    beside = join(posixpath.dirname(group.head) or ".", "migrations")
    places = [group.named.migrations if group.named else None, beside]
    if group.named is not None and app.repository.is_folder(group.named.path):
        places.append(join(posixpath.dirname(group.named.path) or ".", "migrations"))
    made: dict[str, list[str]] = {}
    for path in app.repository.named("migration.sql"):
        if path.count("/") >= 2 and inside(path, package):
            folder, name, _ = path.rsplit("/", 2)
            made.setdefault(folder, []).append(name)
    found = next((place for place in places if place in made), None)
    if found is None:
        near = [
            folder
            for folder, names in made.items()
            if app.package_of(folder + "/_").path == package
            and not _ASIDE.search(app.relative(folder + "/"))
            and all(_GENERATED.match(name) or name.startswith("0") for name in names)
        ]
        found = max(near, key=lambda folder: len(made[folder]), default=None)
    if found is None:
        return None
    latest = max(made[found])
    lock = f"{found}/migration_lock.toml"
    locked = _LOCK.search(app.text(lock) or "")
    return Migrations(
        folder=found,
        tool="prisma",
        files=len(made[found]),
        latest=latest,
        evidence=(Evidence(f"{found}/{latest}/migration.sql"),),
        dialect=locked.group(1) if locked else None,
        dialect_evidence=(Evidence(lock, locked.string.count("\n", 0, locked.start(1)) + 1),) if locked else (),
    )


ANALYZER = Analyzer(
    name="prisma",
    reads="*.prisma, prisma.config.*, package.json",
    analyze=analyze,
)
