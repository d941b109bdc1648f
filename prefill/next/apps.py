"""Which folders are Next.js apps, which router directories they have, and which file is their gate.

Encodes where Next looks: `app` and `pages` at the root of the app before those in `src`, both under one folder; the gate
beside them (https://nextjs.org/docs/app/api-reference/file-conventions/src-folder), `middleware` and, from version 16 on,
`proxy` (https://nextjs.org/docs/app/api-reference/file-conventions/proxy).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Literal
from weakref import WeakKeyDictionary

from prefill.analyzer import App
from prefill.lazy import regex
from prefill.model import DeadGate, Evidence
from prefill.next.config import Config, read_config
from prefill.next.conventions import EXTENSIONS
from prefill.records import dataclass, field
from prefill.workspace import Package, join

CONFIGS = ("next.config.js", "next.config.mjs", "next.config.ts", "next.config.cjs", "next.config.mts")
PROXY = 16
"""The version in which `middleware` became `proxy`. https://nextjs.org/docs/messages/middleware-to-proxy"""
WITHOUT_CHECK = 15
"""The version that builds routers that lie in two folders (15.5.29 was tried); the ones around it refuse them."""

_ASIDE = regex(r"(?:^|/)(?:__tests__|tests?|fixtures?|__fixtures__|e2e|templates?)(?:/|$)", re.IGNORECASE)
_MAJOR = regex(r"\d+")
_CODE = ("ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "cts")


@dataclass(frozen=True, slots=True)
class NextApp:
    """A folder that `next build` would build.

    `app` and `pages` are its router directories, None where there is none; `base` is the folder that holds them, beside which
    the gate must stand. `version` is the installed one, `major` None where nothing says which (`latest` without a lockfile).
    `apart` says that the two directories lie in different folders, which Next refuses.
    """

    folder: str
    app: str | None
    pages: str | None
    base: str
    version: str | None = None
    major: int | None = None
    config: Config = field(default_factory=Config)
    apart: bool = False
    evidence: tuple[Evidence, ...] = ()

    @property
    def extensions(self) -> tuple[str, ...]:
        """`pageExtensions`, https://nextjs.org/docs/app/api-reference/config/next-config-js/pageExtensions"""
        return self.config.extensions or EXTENSIONS


@dataclass(frozen=True, slots=True)
class GateFiles:
    """The file that Next runs before a request, and those that are named so and never run, each with the reason."""

    file: str | None
    kind: Literal["middleware", "proxy"] | None
    dead: tuple[DeadGate, ...] = ()


def find_apps(app: App) -> tuple[NextApp, ...]:
    """Every Next app of the repository, by folder; tests, fixtures and templates left out."""
    repository = app.repository
    folders = {package.path for package in app.workspaces.packages if depends(package)}
    folders.update(posixpath.dirname(path) or "." for path in repository.named(*CONFIGS))
    if depends(app.package):
        folders.add(app.path)
    found = []
    for folder in sorted(folders):
        if _ASIDE.search(folder) and folder != app.path:
            continue
        one = read_app(app, folder)
        if one is not None:
            found.append(one)
    return tuple(found)


def depends(package: Package) -> bool:
    """Whether a package installs Next: a peer dependency does not."""
    return any(
        "next" in table
        for kind in ("dependencies", "devDependencies")
        if isinstance(table := package.manifest.get(kind), dict)
    )


_READ: WeakKeyDictionary[App, dict[str, NextApp | None]] = WeakKeyDictionary()


def read_app(app: App, folder: str) -> NextApp | None:
    """The app in a folder; None where there is no router directory. What was read is remembered for each view."""
    known = _READ.setdefault(app, {})
    if folder not in known:
        known[folder] = _read(app, folder)
    return known[folder]


def _read(app: App, folder: str) -> NextApp | None:
    repository = app.repository

    def directory(name: str) -> str | None:
        for path in (join(folder, name), join(folder, f"src/{name}")):
            if repository.is_folder(path):
                return path
        return None

    routers = directory("app"), directory("pages")
    present = [path for path in routers if path is not None]
    if not present:
        return None
    version, major, evidence = _version(app, folder)
    config = read_config(app, next((path for name in CONFIGS if repository.exists(path := join(folder, name))), None))
    base = posixpath.dirname(present[-1]) or "."  # of the pages directory, if there is one
    apart = len({posixpath.dirname(path) for path in present}) > 1 and major != WITHOUT_CHECK
    return NextApp(folder, routers[0], routers[1], base, version, major, config, apart, evidence)


def _version(app: App, folder: str) -> tuple[str | None, int | None, tuple[Evidence, ...]]:
    """(installed version, major, where it stands) by the nearest package at or above the folder that depends on Next."""
    at = folder
    while True:
        package = app.workspaces.by_path(at)
        if package is not None and depends(package):
            installed = app.versions.installed(package, "next")
            if installed is None:
                return None, None, ()
            match = _MAJOR.search(installed.version or installed.range)
            return installed.version, int(match[0]) if match else None, installed.evidence
        if at == ".":
            return None, None, ()
        at = posixpath.dirname(at) or "."


def gate_files(app: App, one: NextApp) -> GateFiles:
    """The gate of an app, and what looks like one."""
    middleware, proxy = _beside(app, one, "middleware"), _beside(app, one, "proxy")
    dead: list[DeadGate] = []
    if proxy is not None and one.major is not None and one.major < PROXY:
        dead.append(
            DeadGate(path=proxy, reason=f"Next.js {one.major} knows no proxy file; it came with version {PROXY}")
        )
        proxy = None
    if proxy is not None and middleware is not None:
        dead.append(
            DeadGate(
                path=middleware,
                reason="Next.js 16 refuses to build with both",
                beside=True,
            )
        )
        middleware = None
    file = proxy or middleware
    dead.extend(_misplaced(app, one, {file, *(gate.path for gate in dead)}))
    return GateFiles(file, None if file is None else "proxy" if proxy else "middleware", tuple(dead))


def _beside(app: App, one: NextApp, kind: str) -> str | None:
    """The file of this name beside the router directory, with one of the page extensions."""
    for extension in one.extensions:
        path = join(one.base, f"{kind}.{extension}")
        if app.repository.exists(path):
            return path
    return None


def _misplaced(app: App, one: NextApp, known: set[str | None]) -> Iterator[DeadGate]:
    """Files that are named like a gate and that Next never loads, where a person would put them."""
    routers = [path for path in (one.app, one.pages) if path is not None]
    for folder in dict.fromkeys((one.folder, join(one.folder, "src"), *routers)):
        _, names = app.repository.folder(folder)
        for name in names:
            stem, _, extension = name.partition(".")
            path = join(folder, name)
            if stem not in ("middleware", "proxy") or path in known or extension not in (*one.extensions, *_CODE):
                continue
            if folder == one.pages and extension in one.extensions:
                continue  # a page of that name
            if folder == one.base:
                yield DeadGate(path=path, reason=f"{extension} is not one of the page extensions")
            elif stem == "middleware" or one.major is None or one.major >= PROXY:
                yield DeadGate(path=path, reason=f"it does not stand beside the router directory {routers[-1]}")
