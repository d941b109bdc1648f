"""Lists the routes of every Next.js app of the repository as Next discovers them, and what their files say of themselves.

Pathnames come from file names alone (`prefill.next.conventions`). A file is opened for its directive, its methods and its
segment configuration, and parsed only where its bytes hold one of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from prefill.analyzer import Analyzer, App
from prefill.lazy import regex
from prefill.model import Evidence, Fact, NextSettings, Problem, Route, Router
from prefill.next.apps import CONFIGS, NextApp, find_apps
from prefill.next.conventions import Found, app_routes, pages_routes
from prefill.next.values import exported_constant
from prefill.typescript.parse import Syntax

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH")
"""https://nextjs.org/docs/app/api-reference/file-conventions/route#http-methods"""

SETTINGS = ("runtime", "dynamic", "revalidate", "fetchCache", "dynamicParams", "maxDuration", "experimental_ppr")
"""https://nextjs.org/docs/app/api-reference/file-conventions/route-segment-config"""

CODE = (".ts", ".tsx", ".js", ".jsx", ".mts", ".cts", ".mjs", ".cjs")

_SEVERAL = regex(rb"\bgenerate(?:ImageMetadata|Sitemaps)\b")
_CLIENT = regex(rb"['\"]use client['\"]")
_SETTING = regex(rb"export\s+const\s+(?:%s|config)\b" % "|".join(SETTINGS).encode())
_EXPORT = regex(rb"^[ \t]*export\b", re.MULTILINE)
_PLAIN = regex(
    rb"^export (?:async )?function ([A-Za-z_$][\w$]*)\(|^export const ([A-Za-z_$][\w$]*)(?: =|: )|^export (?:type|interface) ",
    re.MULTILINE,
)
_LITERAL = regex(rb"^export const (\w+) = (\"[\w-]+\"|'[\w-]+'|[1-9]\d{0,8}|0|true|false);?\r?$", re.MULTILINE)
_TEXT = regex(rb"/\*(?:[^*]|\*(?!/))*+(?:\*/)?|`[^`]*+`?")
_LOADERS = ("getServerSideProps", "getStaticProps", "getInitialProps")


def analyze(app: App) -> Iterator[Fact | Problem]:
    """A `Router` for each router directory and a `Route` for each route of each app."""
    for one in find_apps(app):
        if one.folder == app.path and one.config.path is not None:
            yield NextSettings(
                app=one.folder,
                settings={name: value for name, value in one.config.settings.items() if not _is_value(name)},
                places={name: place for name, place in one.config.places.items() if not _is_value(name)},
                evidence=(Evidence(one.config.path),),
            )
        if one.apart:
            yield Problem(
                one.app or one.folder, None, f"Next refuses `{one.app}` and `{one.pages}`: they must lie in one folder"
            )
            continue
        rows: dict[tuple[str, str], tuple[Found, str]] = {}
        if one.app is not None:
            found = app_routes(one.app, app.repository.folder, one.extensions, lambda path: _makes_several(app, path))
            rows.update({(row.pathname, row.kind): (row, "app") for row in found})
        if one.pages is not None:
            for row in pages_routes(one.pages, app.repository.folder, one.extensions):
                rows.setdefault((row.pathname, row.kind), (row, "pages"))
        counts = {kind: sum(router == kind for _, router in rows.values()) for kind in ("app", "pages")}
        for kind, folder in (("app", one.app), ("pages", one.pages)):
            if folder is not None and counts[kind]:
                first = next(row.file for row, router in rows.values() if router == kind)
                yield Router(
                    app=one.folder, folder=folder, kind="app" if kind == "app" else "pages", evidence=(Evidence(first),)
                )
        for row, router in sorted(rows.values(), key=lambda item: (item[0].pathname, item[0].kind)):
            yield _route(app, one, row, router)


def _is_value(name: str) -> bool:
    """Whether a setting is a value of the environment, which may be a secret: nothing of it is reported."""
    return name == "env" or name.startswith(("env.", "publicRuntimeConfig", "serverRuntimeConfig"))


def _route(app: App, one: NextApp, found: Found, router: str) -> Route:
    said = _said(app, found, router) if found.kind != "metadata" and found.file.endswith(CODE) else {}
    runtime = said.get("runtime")
    return Route(
        app=one.folder,
        pathname=found.pathname,
        file=found.file,
        kind=found.kind,
        router="app" if router == "app" else "pages",
        methods=said.pop("methods", ()),
        client=said.pop("client", False),
        runtime=runtime if isinstance(runtime, str) else None,
        groups=found.groups,
        settings=said,
        evidence=(Evidence(found.file, said.pop("line", None)),),
    )


def _said(app: App, found: Found, router: str) -> dict[str, Any]:
    """What a route's file says of itself: `client`, `methods`, the settings that Next can read, `loader` in the Pages Router."""
    source = app.repository.source(found.file) or b""
    out: dict[str, Any] = {}
    handler = found.kind == "handler" and router == "app"
    loaders = router == "pages" and found.kind == "page"
    client = _CLIENT.search(source) is not None
    if handler and not client and (plain := _plain(source)) is not None:
        return plain
    if not (
        handler or client or _SETTING.search(source) or (loaders and any(name.encode() in source for name in _LOADERS))
    ):
        return out
    syntax = app.program.syntax(found.file)
    if syntax is None:
        return out
    if client and "use client" in syntax.directives:
        out["client"] = True
    exports = {export.name: export for export in syntax.exports if not export.type_only}
    if handler:
        methods = tuple(method for method in METHODS if method in exports)
        out["methods"] = methods
        if methods:
            out["line"] = min(exports[method].line for method in methods)
    if loaders:
        loader = next((name for name in _LOADERS if name in exports), None)
        if loader:
            out["loader"] = loader
    out.update(_settings(syntax, exports.keys() & {*SETTINGS, "config"}))
    return out


def _plain(source: bytes) -> dict[str, Any] | None:
    """What a handler says whose exports all stand at the start of a line in the usual form; None where that is in doubt.

    An application may have hundreds of handlers, which nobody else parses. A line is in doubt in a comment or a template, and so is
    any other form of export, and any setting that is no plain literal.
    """
    exports = len(_EXPORT.findall(source))
    plain = list(_PLAIN.finditer(source))
    if (
        exports != len(plain)
        or b"exports." in source
        or (exports and len(_EXPORT.findall(_TEXT.sub(b"", source))) != exports)
    ):
        return None
    names = {(match[1] or match[2] or b"").decode(): match.start() for match in plain}
    methods = tuple(method for method in METHODS if method in names)
    if not methods:
        return None
    out: dict[str, Any] = {
        "methods": methods,
        "line": source.count(b"\n", 0, min(names[method] for method in methods)) + 1,
    }
    literals = {match[1].decode(): match for match in _LITERAL.finditer(source)}
    for name in names.keys() & {*SETTINGS, "config"}:
        match = literals.get(name)
        if match is None:
            return None
        text = match[2].decode("utf-8", "replace")
        out[name] = int(text) if text.isdecimal() else text == "true" if text in {"true", "false"} else text[1:-1]
    return out


def _settings(syntax: Syntax, names: set[str]) -> dict[str, Any]:
    """The segment configuration; in the Pages Router it stands in `config`."""
    out: dict[str, Any] = {}
    for name in sorted(names):
        constant = exported_constant(syntax, name)
        if constant is None or not constant.known:
            continue
        if name == "config":
            if isinstance(constant.value, dict) and isinstance(constant.value.get("runtime"), str):
                out["runtime"] = constant.value["runtime"]
        else:
            out[name] = constant.value
    return out


def _makes_several(app: App, path: str) -> bool:
    """Whether a metadata file exports a function that makes several images or sitemaps."""
    if not path.endswith(CODE) or _SEVERAL.search(app.repository.source(path) or b"") is None:
        return False
    syntax = app.program.syntax(path)
    return syntax is not None and any(
        export.name in ("generateImageMetadata", "generateSitemaps") for export in syntax.exports
    )


ANALYZER = Analyzer(
    name="routes",
    reads="the `app` and `pages` directories of Next.js apps",
    analyze=analyze,
    packages=("next",),
    files=tuple(f"**/{name}" for name in CONFIGS),
)
