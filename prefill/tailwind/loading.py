"""What an app loads its styles by: the modules from which it starts, the stylesheets and fonts that they import.

https://nextjs.org/docs/app/getting-started/css and https://nextjs.org/docs/app/api-reference/components/font
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from prefill.analyzer import App
from prefill.lazy import regex
from prefill.model import Evidence, Font, StyleFiles
from prefill.tailwind.stylesheet import Stylesheets
from prefill.workspace import inside

if TYPE_CHECKING:
    from prefill.typescript.parse import Import

_ROOT_MODULE = regex(
    r"(?:^|/)(?:layout|_app|_document|root|main|(?<=src/)index|(?<=app/)index|app|entry[\w.-]{0,20}|preview|__root|globals?|global-error|styles?)\.[cm]?[jt]sx?$",
    re.IGNORECASE,
)
_SPECIFIERS = (b".css", b".scss", b".pcss", b"next/font", b"geist/font", b"@fontsource")
FONTS = ("next/font/google", "next/font/local", "geist/font", "@next/font/google", "@next/font/local")

GOOGLE = b"fonts.googleapis.com"
_GOOGLE_IMPORT = regex(
    rb"""@import\s{1,4}(?:url\(\s{0,4})?["']?https://fonts\.googleapis\.com/css2?\?([^"')\n]{1,1000})"""
)
_FAMILY = regex(rb"(?:^|[?&])family=([A-Za-z0-9+%-]{1,60})")

_STYLES = {
    ".css": "CSS",
    ".pcss": "CSS",
    ".postcss": "CSS",
    ".scss": "Sass",
    ".sass": "Sass",
    ".less": "Less",
    ".styl": "Stylus",
}


def roots(app: App, files: list[str]) -> Iterator[tuple[str, Import]]:
    """What the modules from which an app starts import: stylesheets and fonts, with the module."""
    for path in files:
        if not _ROOT_MODULE.search(path):
            continue
        source = app.repository.source(path)
        if source is None or not any(word in source for word in _SPECIFIERS):
            continue
        syntax = app.program.syntax(path)
        for one in syntax.imports if syntax is not None else ():
            if not one.type_only:
                yield path, one


def loaders(app: App, sheets: Stylesheets, found_roots: list[tuple[str, Import]]) -> dict[str, tuple[Evidence, ...]]:
    """Stylesheet → where modules and stylesheets load it, the modules nearest to the app's root first."""
    out: dict[str, list[Evidence]] = {}
    for path, one in sorted(found_roots, key=lambda row: (not inside(row[0], app.path), row[0].count("/"), row[0])):
        found = sheets.find(one.specifier, path)
        if found is not None:
            out.setdefault(found, []).append(Evidence(path, one.line))
    todo = list(out)
    while todo:
        path = todo.pop()
        source = app.repository.source(path)
        sheet = sheets.sheet(path) if source is not None and b"@import" in source else None
        for imported in sheet.imports if sheet is not None else ():
            found = sheets.find(imported.target, path)
            if found is not None and found != path:
                if found not in out:
                    todo.append(found)
                place = Evidence(path, imported.line)
                if place not in out.setdefault(found, []):
                    out[found].append(place)
    return {path: tuple(places[:4]) for path, places in out.items()}


def fonts(found_roots: list[tuple[str, Import]]) -> Iterator[Font]:
    """The fonts that root modules import."""
    for path, one in found_roots:
        place = (Evidence(path, one.line),)
        by = next((font for font in FONTS if one.specifier == font or one.specifier.startswith(font + "/")), None)
        if by is not None and one.kind == "named" and one.imported:
            yield Font(name=one.imported.replace("_", " "), by=by, evidence=place)
        elif by is not None and by.endswith("local"):
            yield Font(name="local", by=by, evidence=place)
        elif one.specifier.startswith(("@fontsource/", "@fontsource-variable/")):
            package = "/".join(one.specifier.split("/")[:2])
            yield Font(name=package.split("/")[1], by=package, evidence=place)


def fonts_of_styles(app: App, sheets: Iterable[str]) -> Iterator[Font]:
    """The fonts that stylesheets import from Google Fonts. https://developers.google.com/fonts/docs/css2"""
    for path in dict.fromkeys(sheets):
        source = app.repository.source(path)
        if source is None or GOOGLE not in source:
            continue
        for found in _GOOGLE_IMPORT.finditer(source):
            place = Evidence(path, source.count(b"\n", 0, found.start()) + 1)
            for family in _FAMILY.findall(found.group(1)):
                name = family.decode("ascii", "replace").replace("+", " ").replace("%20", " ")
                yield Font(name=name, by=GOOGLE.decode(), evidence=(place,))


def style_files(app: App) -> Iterator[StyleFiles]:
    """How many style files of each kind there are; a CSS module in Sass counts as both. A root has no packages' files."""
    found: dict[str, list[str]] = {}
    apart = tuple(p.path + "/" for p in app.workspaces.packages if p.path != ".") if app.path == "." else ()
    for path in app.files:
        if path.startswith(apart):
            continue
        stem, extension = posixpath.splitext(path)
        kind = _STYLES.get(extension)
        if stem.endswith(".css") and extension in {".ts", ".js"}:
            found.setdefault("vanilla-extract", []).append(path)
        elif kind is not None:
            if stem.endswith(".module"):
                found.setdefault("CSS modules", []).append(path)
            if kind != "CSS" or not stem.endswith(".module"):
                found.setdefault(kind, []).append(path)
    for kind, paths in sorted(found.items()):
        yield StyleFiles(kind=kind, files=len(paths), evidence=(Evidence(paths[0]),))
