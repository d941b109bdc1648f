"""The effective compiler options of a tsconfig or jsconfig, as TypeScript's own parser sees them.

Encodes https://www.typescriptlang.org/tsconfig/ (`extends`, `paths`, `references`, `${configDir}`) with the rules of
`parseJsonConfigFileContent`: nothing is implied, an option is there because a file says so, and it is known which.
"""

from __future__ import annotations

import posixpath
from typing import Any

from prefill.formats.document import Document, FormatError
from prefill.formats.jsonc import locate, parse
from prefill.records import dataclass, field
from prefill.typescript import Files
from prefill.typescript.bases import Base, Installed
from prefill.typescript.extends import find, inside, of_package
from prefill.typescript.options import DEFAULTS_OF_JSCONFIG, ENUMS, KINDS, LIBRARIES
from prefill.typescript.packages import named

MAX_BYTES = 1_000_000
MAX_CHAIN = 40
"""How many files one `extends` chain may read."""

CONFIG_DIR = "${configdir}"


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration file with everything it inherits.

    `extends` are the files named by this file itself, `chain` all files that were read, this one first. `options` are
    `compilerOptions` spelled as `tsc --showConfig` prints them, paths relative to this file's folder. `origins` says
    which file sets an option. `bases` are those of published packages whose options are known though the repository does not hold
    them, `inherited` the options that stand as one of them says, whose origin is the file that extends it. `paths` are the aliases with their targets as written, relative to the folder `base`;
    `base` is None without `paths` and `baseUrl`, and where the aliases of one of `bases` lead into it. `files`, `include`, `exclude` are None where no file says them.
    `problems` are (path, line, message).
    """

    path: str
    extends: tuple[str, ...]
    chain: tuple[str, ...]
    options: dict[str, Any]
    origins: dict[str, str]
    unresolved: tuple[str, ...]
    paths: dict[str, tuple[str, ...]]
    base: str | None
    references: tuple[str, ...]
    files: tuple[str, ...] | None
    include: tuple[str, ...] | None
    exclude: tuple[str, ...] | None
    problems: tuple[tuple[str, int, str], ...]
    documents: dict[str, Document] = field(repr=False, compare=False)
    bases: tuple[Base, ...] = ()
    inherited: dict[str, Base] = field(default_factory=dict)

    @property
    def lines(self) -> dict[str, tuple[str, int]]:
        """Option → (path, line) of the key that says it; computed on demand, since few options are cited."""
        out = {}
        for name in self.origins:
            place = self.place(name)
            if place is not None:
                out[name] = place
        return out

    def place(self, option: str) -> tuple[str, int] | None:
        """(path, line) of the key that says an option, or of the `extends` that brings it from a published package."""
        path = self.origins.get(option)
        if path is None or path not in self.documents:
            return None
        base = self.inherited.get(option)
        line = self.documents[path].line("compilerOptions", option) if base is None else self.extending(base)
        return None if line is None else (path, line)

    def extending(self, base: Base) -> int | None:
        """The line on which a file extends one of the `bases`."""
        document = self.documents.get(base.path)
        if document is None:
            return None
        return document.line("extends") if base.index is None else document.line("extends", base.index)

    def line(self, *keys: str) -> int | None:
        """The line of a key path in this file itself, such as `"compilerOptions", "paths"`."""
        document = self.documents.get(self.path)
        return document.line(*keys) if document else None


@dataclass(frozen=True, slots=True)
class _Raw:
    """One file as it stands on disk."""

    path: str
    document: Document

    @property
    def value(self) -> dict[str, Any]:
        value: dict[str, Any] = self.document.value
        return value

    def line(self, *keys: str) -> int:
        return self.document.line(*keys) or 1


@dataclass(slots=True)
class Reader:
    """What reading many configurations of one repository shares; pass the same one to each call of `effective`.

    `installed` tells the versions of packages; without it no base of a published package is known.
    """

    files: Files
    packages: dict[str, str] | None = None
    installed: Installed | None = None
    raw: dict[str, _Raw | None] = field(default_factory=dict)
    done: dict[str, Config] = field(default_factory=dict)
    names: dict[str, str] | None = None

    def folder(self, package: str) -> str | None:
        """The folder of a package: a workspace, else any manifest of that name, which is looked for only once."""
        home = (self.packages or {}).get(package)
        if home is None:
            if self.names is None:
                self.names = named(self.files)
            home = self.names.get(package)
        return "" if home == "." else home


def effective(files: Files, path: str, packages: dict[str, str] | None = None, reader: Reader | None = None) -> Config:
    """The configuration at `path` with all that it inherits.

    `packages` maps workspace names to folders; a package that is named in `extends` and is not in it is looked up among
    the manifests of the repository. A base that the repository does not hold is in `bases` where the installed version
    of its package is known, and what that says, else in `unresolved`. Never raises: what cannot be read is in `problems`,
    and counts as empty.
    """
    reader = reader or Reader(files, packages)
    known = reader.done.get(path)
    if known is None:
        known = reader.done[path] = _effective(reader, path)
    return known


def governing(files: Files, path: str) -> str | None:
    """The tsconfig (else jsconfig) that governs a source file: the nearest one in its folder or above."""
    folder = posixpath.dirname(path)
    for name in ("tsconfig.json", "jsconfig.json"):
        at = folder
        while True:
            candidate = posixpath.join(at, name)
            if files.exists(candidate):
                return candidate
            if not at:
                break
            at = posixpath.dirname(at)
    return None


@dataclass(slots=True)
class _Level:
    """Options collected so far, path options still repository-relative."""

    options: dict[str, Any]
    origins: dict[str, str]
    base: str | None  # the folder of the file whose `paths` are in force
    inherited: dict[str, Base] = field(default_factory=dict)
    include: list[str] | None = None
    exclude: list[str] | None = None
    files: list[str] | None = None


def _effective(reader: Reader, path: str) -> Config:
    seen: list[str] = []
    unresolved: list[str] = []
    problems: list[tuple[str, int, str]] = []
    direct: list[str] = []
    bases: list[Base] = []
    level = _level(reader, path, (), seen, unresolved, problems, direct, bases)
    folder = posixpath.dirname(path)
    options: dict[str, Any] = {}
    paths: dict[str, tuple[str, ...]] = {}
    base: str | None = None
    for name, value in level.options.items():
        if value is None:  # `null` unsets what a parent says
            continue
        kind = KINDS[name]
        if kind == "path":
            options[name] = _relative(_configured(value, folder), folder)
        elif kind == "paths":
            options[name] = [_relative(_configured(v, folder), folder) for v in value]
        elif name == "paths":
            options[name] = {
                key: [_relative(_configured(v, folder), folder) if _templated(v) else v for v in targets]
                for key, targets in value.items()
            }
            paths = {
                key: tuple(posixpath.join("/", _configured(v, folder)) if _templated(v) else v for v in targets)
                for key, targets in value.items()
            }
        else:
            options[name] = value
    root = level.options.get("baseUrl")
    if root is not None:
        base = _configured(root, folder)
    elif (
        paths and "paths" in level.inherited
    ):  # they count from a folder of node_modules, but for those of `${configDir}`
        paths = {key: kept for key, targets in paths.items() if (kept := tuple(v for v in targets if v[:1] == "/"))}
        base = folder if paths else None
    elif paths:
        base = level.base
    raw = reader.raw.get(path)
    references = []
    written = raw.value.get("references") if raw else None
    for reference in written if isinstance(written, list) else []:
        to = reference.get("path") if isinstance(reference, dict) else None
        if isinstance(to, str):
            there = inside(folder, to)
            if there is not None:
                references.append(there if there.endswith(".json") else posixpath.join(there, "tsconfig.json"))
    return Config(
        path=path,
        extends=tuple(direct),
        chain=tuple(seen),
        options=options,
        origins={k: v for k, v in level.origins.items() if k in options},
        unresolved=tuple(dict.fromkeys(unresolved)),
        paths=paths,
        base=base,
        references=tuple(references),
        files=_tuple(level.files, folder),
        include=_tuple(level.include, folder),
        exclude=_tuple(level.exclude, folder),
        problems=tuple(problems),
        documents={p: r.document for p in seen if (r := reader.raw.get(p))},
        bases=tuple(bases),
        inherited={k: v for k, v in level.inherited.items() if k in options},
    )


def _tuple(values: list[str] | None, folder: str) -> tuple[str, ...] | None:
    if values is None:
        return None
    return tuple(_relative(_configured(v, folder), folder) if _templated(v) else v for v in values)


def _level(
    reader: Reader,
    path: str,
    stack: tuple[str, ...],
    seen: list[str],
    unresolved: list[str],
    problems: list[tuple[str, int, str]],
    direct: list[str] | None,
    known: list[Base],
) -> _Level:
    """`parseConfig`: own options over those of the bases, later bases over earlier ones."""
    raw = _read(reader, path, problems)
    if path not in seen:
        seen.append(path)
    if raw is None:
        return _Level({}, {}, None)
    folder = posixpath.dirname(path)
    own = _own(raw, problems)
    out = _Level({}, {}, None)
    bases = raw.value.get("extends")
    for index, specifier in enumerate(bases if isinstance(bases, list) else [bases] if bases is not None else []):
        if not isinstance(specifier, str):
            problems.append((path, raw.line("extends"), "`extends` is not a string"))
            continue
        to = find(reader.files, reader.folder, specifier, folder)
        if to is None:
            place = index if isinstance(bases, list) else None
            published = of_package(reader.installed, specifier, path, place)
            if published is None:
                unresolved.append(specifier)
            else:
                if published not in known:
                    known.append(published)
                out.options.update(published.options)
                out.origins.update(dict.fromkeys(published.options, path))
                out.inherited.update(dict.fromkeys(published.options, published))
            continue
        if direct is not None:
            direct.append(to)
        if to in stack or to == path:
            message = f"`extends` is circular: {' → '.join([*stack, path, to])}"
            problems.append((path, raw.line("extends"), message))
            continue
        if len(stack) >= MAX_CHAIN or len(seen) >= MAX_CHAIN:
            problems.append((path, raw.line("extends"), f"more than {MAX_CHAIN} files in `extends`"))
            continue
        base = _level(reader, to, (*stack, path), seen, unresolved, problems, None, known)
        out.options.update(base.options)
        out.origins.update(base.origins)
        _override(out, base.options)
        out.inherited.update(base.inherited)
        out.base = base.base if base.base is not None else out.base
        prefix = posixpath.relpath(posixpath.dirname(to) or ".", folder or ".")
        for name in ("include", "exclude", "files"):
            inherited = getattr(base, name)
            if inherited is not None and not raw.value.get(name):
                setattr(out, name, [v if _templated(v) or v.startswith("/") else _join(prefix, v) for v in inherited])
    for name in ("include", "exclude", "files"):
        value = raw.value.get(name)
        if isinstance(value, list):
            setattr(out, name, [v for v in value if isinstance(v, str)])
    out.options.update(own)
    out.origins.update(dict.fromkeys(own, path))
    _override(out, own)
    if own.get("paths") is not None:
        out.base = folder
    return out


def _override(level: _Level, options: dict[str, Any]) -> None:
    for name in options:
        level.inherited.pop(name, None)


def _join(prefix: str, value: str) -> str:
    return value if prefix == "." else posixpath.normpath(posixpath.join(prefix, value))


def _own(raw: _Raw, problems: list[tuple[str, int, str]]) -> dict[str, Any]:
    """This file's `compilerOptions`, checked and spelled as TypeScript does; path options repository-relative."""
    folder = posixpath.dirname(raw.path)
    out: dict[str, Any] = {}
    if posixpath.basename(raw.path) == "jsconfig.json":
        out.update(DEFAULTS_OF_JSCONFIG)
    written = raw.value.get("compilerOptions")
    if not isinstance(written, dict):
        return out
    for name, value in written.items():
        kind = KINDS.get(name)
        if kind is None:
            continue  # TypeScript reports and drops what it does not know
        if value is None:
            out[name] = None
            continue
        checked = _check(name, kind, value, folder)
        if checked is None:
            line = raw.line("compilerOptions", name)
            problems.append((raw.path, line, f"compiler option `{name}` has a value that TypeScript does not accept"))
        else:
            out[name] = checked
    return out


def _check(name: str, kind: str, value: Any, folder: str) -> Any:
    """The value in TypeScript's spelling, or None where it is not of the option's type."""
    if kind == "boolean":
        return value if isinstance(value, bool) else None
    if kind == "number":
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
    if kind == "string":
        return value if isinstance(value, str) else None
    if kind == "enum":
        return ENUMS[name].get(value.lower()) if isinstance(value, str) else None
    if kind == "path":
        return _rooted(value, folder) if isinstance(value, str) else None
    if kind == "object":  # `paths` alone
        if not isinstance(value, dict):
            return None
        return {k: [x for x in v if isinstance(x, str)] for k, v in value.items() if isinstance(v, list)}
    if not isinstance(value, list):
        return None
    if kind == "libraries":
        return [LIBRARIES.get(v.lower(), v.lower()) for v in value if isinstance(v, str)]
    if kind == "paths":
        return [_rooted(v, folder) for v in value if isinstance(v, str)]
    if kind == "strings":
        return [v for v in value if isinstance(v, str)]
    return list(value)


def _templated(value: str) -> bool:
    return value[: len(CONFIG_DIR)].lower() == CONFIG_DIR


def _rooted(value: str, folder: str) -> str:
    """A path option as a repository-relative path; `${configDir}` waits for the file that is asked about."""
    if _templated(value):
        return value
    return posixpath.normpath(posixpath.join(folder, value.replace("\\", "/")))


def _configured(value: str, folder: str) -> str:
    if _templated(value):
        rest = value[len(CONFIG_DIR) :].lstrip("/")
        return posixpath.normpath(posixpath.join(folder, rest)) if rest else folder or "."
    return value


def _relative(value: str, folder: str) -> str:
    """As `tsc --showConfig` writes a path: relative to the file, with `./` in front."""
    if value.startswith("/"):
        return value
    out = posixpath.relpath(value or ".", folder or ".")
    return "./" if out == "." else out if out.startswith("../") or out == ".." else "./" + out


def _read(reader: Reader, path: str, problems: list[tuple[str, int, str]]) -> _Raw | None:
    if path in reader.raw:
        known = reader.raw[path]
        if known is None:
            problems.append((path, 1, "cannot be read"))
        return known
    text = reader.files.text(path)
    raw: _Raw | None = None
    problem: tuple[str, int, str] | None = (path, 1, "cannot be read")
    if text is not None and len(text) <= MAX_BYTES:
        try:
            document = parse(text) if text.strip() else Document({}, text, locate)
        except FormatError as error:
            problem = (path, error.line or 1, error.message)
        else:
            problem = (path, 1, "is not an object")
            if isinstance(document.value, dict):
                raw, problem = _Raw(path, document), None
    elif text is not None:
        problem = (path, 1, f"is larger than {MAX_BYTES:,} characters")
    if problem is not None:
        problems.append(problem)
    reader.raw[path] = raw
    return raw
