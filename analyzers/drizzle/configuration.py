"""drizzle-kit's configurations: where they are, and what each says about dialect, files and casing.

https://orm.drizzle.team/docs/drizzle-config-file. Paths count from where drizzle-kit is run: the package's folder, else
the configuration's, else the root, whichever holds what the configuration names.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from prefill.analyzers.drizzle.vocabulary import CONFIG_DIALECTS
from prefill.lazy import regex
from prefill.records import dataclass, field
from prefill.typescript.values import Array, Call, Choice, Closure, Member, Namespace, Object, Reference, Unknown, Value

if TYPE_CHECKING:
    from prefill.repository import Repository
    from prefill.typescript.evaluate import Evaluator

NAMED = regex(r"(?:^|/)(?:drizzle[^/]*\.config|drizzle\.config[^/]*)\.(?:[cm]?[jt]s|json)$")
SOURCE = regex(r"\.[cm]?[jt]sx?$")
DECLARATION = regex(r"\.d\.[cm]?ts$")
EXAMPLE = regex(
    r"(?:^|/)(?:__tests__|tests?|fixtures?|e2e|examples?|templates?)/|\.(?:test|spec)\.[cm]?tsx?$", re.IGNORECASE
)
"""What is there to test or to show, and no part of the app."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """One configuration. `schema` are the files that it names and that exist, `missing` the entries that name none.

    `dialects` are those that it may say, more than one where that depends on the environment; `chosen_by` says on what.
    `folder` is where the paths count from. `out` is the folder of the migrations. `lines` says where each key stands.
    """

    path: str
    dialects: tuple[str, ...]
    driver: str | None
    schema: tuple[str, ...]
    missing: tuple[str, ...]
    out: str | None
    casing: str | None
    schemas: tuple[str, ...] | None
    folder: str
    chosen_by: Unknown | None = None
    problems: tuple[tuple[str, int, str], ...] = ()
    lines: dict[str, int] = field(default_factory=dict)


def find(repository: Repository, files: tuple[str, ...], folder: str) -> list[str]:
    """The configurations among `files`; what is there for tests and examples is left out."""
    out = []
    for path in files:
        name = path[path.rfind("/") + 1 :]
        if "config" not in name.lower() or "node_modules/" in path or is_example(path, folder):
            continue
        if NAMED.search(path) or (SOURCE.search(name) and b"drizzle-kit" in (repository.source(path) or b"")):
            out.append(path)
    return out


def is_example(path: str, folder: str) -> bool:
    """Whether a file is there to test or to show, seen from the folder of the app."""
    seen = path[len(folder) + 1 :] if folder != "." and path.startswith(folder + "/") else path
    return bool(EXAMPLE.search(seen))


def read(repository: Repository, evaluator: Evaluator, path: str, package: str) -> Iterator[Configuration]:
    """What a configuration says: one, or several where it exports a list. `package` is the folder of its package."""
    value = evaluator.export(path, "default")
    if isinstance(value, Unknown):
        names = evaluator.names(path)
        others = [evaluator.export(path, name) for name in names]
        value = next((other for other in others if _config(other, evaluator) is not None), value)
    items = value.items if isinstance(value, Array) else [value]
    for item in items:
        config = _config(item, evaluator)
        if config is None:
            reason = item.reason if isinstance(item, Unknown) else "is not an object that can be read"
            line = item.line if isinstance(item, Unknown) and item.path == path else 1
            problem = (path, line, f"the configuration of drizzle-kit is not known: {reason}")
            yield Configuration(path, (), None, (), (), None, None, None, package, problems=(problem,))
        else:
            yield _read(repository, path, package, config)


def _config(value: Value, evaluator: Evaluator, depth: int = 0) -> Object | None:
    """The object in `defineConfig({…})`, in a function that returns it, or in a wrapper that takes it."""
    if depth > 5:
        return None
    if isinstance(value, Object):
        return value if {"schema", "dialect", "driver", "out"} & set(value.props) else None
    if isinstance(value, Closure):
        return _config(evaluator.apply(value, []), evaluator, depth + 1)
    if isinstance(value, Namespace):
        return _config(evaluator.export(value.path, "default"), evaluator, depth + 1)
    if isinstance(value, Call):
        found = (_config(arg, evaluator, depth + 1) for arg in value.args)
        return next((config for config in found if config is not None), None)
    if isinstance(value, Choice):
        found = (_config(option, evaluator, depth + 1) for option in value.options)
        return next((config for config in found if config is not None), None)
    return None


def _read(repository: Repository, path: str, package: str, config: Object) -> Configuration:
    props = config.props
    lines = {key: line for key, (where, line) in config.places.items() if where == path}
    problems: list[tuple[str, int, str]] = []
    own = posixpath.dirname(path) or "."
    entries, unknown = _entries(props.get("schema"), own, package)
    problems.extend((path, lines.get("schema", 1), f"a `schema` is not known: {reason}") for reason in unknown)
    folder = package
    files: list[str] = []
    missing: list[str] = []
    for base in dict.fromkeys((package, own, ".")):
        files, missing = expand(repository, entries, base)
        if files:
            folder = base
            break
    dialects, chosen_by = _dialects(props)
    driver = props.get("driver")
    out = _text(props.get("out"), own, folder)
    casing = props.get("casing")
    schemas = props.get("schemaFilter")
    return Configuration(
        path=path,
        dialects=dialects,
        driver=driver if isinstance(driver, str) else None,
        schema=tuple(files),
        missing=tuple(missing),
        out=_inside(folder, out if out is not None else "drizzle")
        if not isinstance(props.get("out"), Unknown)
        else None,
        casing=casing if isinstance(casing, str) else None,
        schemas=_texts(schemas),
        folder=folder,
        chosen_by=chosen_by,
        problems=tuple(problems),
        lines=lines,
    )


def _texts(value: Value | None) -> tuple[str, ...] | None:
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Array):
        texts = tuple(item for item in value.items if isinstance(item, str))
        return texts if len(texts) == len(value.items) and value.open is None else None
    return None


def _dialects(props: dict[str, Value]) -> tuple[tuple[str, ...], Unknown | None]:
    for key in ("dialect", "driver"):
        value = props.get(key)
        if isinstance(value, str) and value in CONFIG_DIALECTS:
            return (CONFIG_DIALECTS[value],), None
        if isinstance(value, Choice):
            texts = [CONFIG_DIALECTS[one] for one in value.options if isinstance(one, str) and one in CONFIG_DIALECTS]
            return tuple(dict.fromkeys(texts)), value.reason
        if isinstance(value, Unknown):
            return (), value
    return (), None


def _entries(value: Value | None, own: str, package: str) -> tuple[list[str], list[str]]:
    """(paths and globs, reasons why there may be more) in `schema`; every branch of a choice counts."""
    if value is None:
        return [], []
    if isinstance(value, Array):
        texts: list[str] = []
        reasons = [value.open.reason] if value.open is not None else []
        for item in value.items:
            more, why = _entries(item, own, package)
            texts.extend(more)
            reasons.extend(why)
        return texts, reasons
    if isinstance(value, Choice):
        texts, reasons = [], []
        for option in value.options:
            more, _ = _entries(option, own, package)
            texts.extend(more)
        return list(dict.fromkeys(texts)), [] if texts else [value.reason.reason]
    text = _text(value, own, package)
    if text is not None:
        return [text], []
    return [], [value.reason if isinstance(value, Unknown) else "is not a known text"]


def _text(value: Value | None, own: str, package: str, depth: int = 0) -> str | None:
    """A path: a text, or `path.join(__dirname, "…")` and its like; one that starts with `/` counts from the root."""
    if isinstance(value, str):
        return value.removeprefix("file://")
    if value is None or depth > 8:
        return None
    here = "/" + ("" if own == "." else own)
    if isinstance(value, Reference) and value.module == "":
        return {"__dirname": here, "__filename": posixpath.join(here, "config")}.get(value.name)
    if isinstance(value, Member):
        if isinstance(value.object, Reference) and value.object.name == "import.meta":
            places = {
                "dirname": here,
                "url": posixpath.join(here, "config"),
                "filename": posixpath.join(here, "config"),
            }
            return places.get(value.name)
        return _text(value.object, own, package, depth + 1) if value.name in {"pathname", "href"} else None
    if not isinstance(value, Call) or not isinstance(value.callee, (Member, Reference)):
        return None
    name = value.callee.name
    if name == "cwd":
        return "/" + ("" if package == "." else package)
    parts = [_text(arg, own, package, depth + 1) for arg in value.args]
    known = [part for part in parts if part is not None]
    if len(known) != len(parts) or not known:
        return None
    if name in {"join", "resolve"}:
        return posixpath.normpath(posixpath.join(*known))
    if name == "dirname":
        return posixpath.dirname(known[0])
    if name == "relative":
        return known[-1]
    if name == "URL" and len(known) == 2:
        return posixpath.normpath(posixpath.join(posixpath.dirname(known[1]), known[0]))
    return known[0] if name in {"fileURLToPath", "normalize", "toString"} else None


def expand(repository: Repository, entries: list[str], base: str) -> tuple[list[str], list[str]]:
    """(files, entries that name none), as drizzle-kit takes them: files, globs, and folders one level deep."""
    files: dict[str, None] = {}
    missing: list[str] = []
    for entry in entries:
        hits: list[str] = []
        path = _inside(base, entry)
        if path is None:
            missing.append(entry)
            continue
        if repository.exists(path):
            hits = [path]
        elif repository.is_folder(path):
            hits = _in_folder(repository, path)
        elif any(char in path for char in "*?[{("):
            # a glob may match folders too, which are read one level deep
            hits = [*repository.find(path), *repository.find(path.rstrip("/") + "/*")]
        kept = [
            hit for hit in hits if SOURCE.search(hit) and not DECLARATION.search(hit) and "node_modules/" not in hit
        ]
        if not kept:
            missing.append(entry)
        files.update(dict.fromkeys(kept))
    return sorted(files), missing


def _in_folder(repository: Repository, folder: str) -> list[str]:
    _, names = repository.folder(folder)
    return [name if folder == "." else f"{folder}/{name}" for name in names]


def _inside(base: str, path: str) -> str | None:
    """A path as the configuration has it, from the root; None where it leads out of the repository."""
    joined = path.lstrip("/") if path.startswith("/") else posixpath.join("" if base == "." else base, path)
    out = posixpath.normpath(joined or ".")
    return None if out == ".." or out.startswith("../") else out
