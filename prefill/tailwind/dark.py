"""Where the code switches dark mode on by hand: the class or the attribute that the dark values of a stylesheet wait for.

https://tailwindcss.com/docs/dark-mode#toggling-dark-mode-manually
"""

from __future__ import annotations

import re
from typing import Literal

from prefill.analyzer import App
from prefill.lazy import regex
from prefill.model import Evidence
from prefill.records import dataclass
from prefill.workspace import inside

By = Literal["provider", "code", "always"]

_SOURCES = (".tsx", ".ts", ".jsx", ".js", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte", ".astro", ".mdx", ".html")
_ASIDE = regex(
    r"(?:^|/)(?:\.[^/]+|__tests__|tests?|e2e|stories)/|(?:^|/)tailwind\.config\.|\.(?:test|spec|stories|d)\.[^/]+$",
    re.IGNORECASE,
)
_NAMED = regex(rb"(?<![\w-])dark(?![\w:-])", re.IGNORECASE)
_BY_CLASS = regex(
    rb"""classList\s{0,4}\??\.\s{0,4}(?:add|toggle)\([^()\n]{0,60}["'`]dark["'`]"""
    rb"""|<(?:html|body)\b[^<>]{0,300}\bclass(?:Name)?=\{[^<>]{0,200}["'`\s]dark["'`\s]"""
    rb"""|(?:documentElement|document\.body)\.className\s{0,4}=[^;\n]{0,100}["'`\s]dark["'`\s]"""
)
_BY_ATTRIBUTE = regex(rb"""setAttribute\(\s{0,20}["'`]data-[\w-]{1,30}["'`]|\.dataset\.\w{1,30}\s{0,4}=(?!=)""")
_ALWAYS = regex(
    rb"""<(?:html|body)\b[^<>{}]{0,300}\bclass(?:Name)?=["'](?:[^"'\n]{0,200}\s)?dark(?:\s[^"'\n]{0,200})?["']"""
)
_PROVIDER = regex(
    rb"""import\s{0,4}\{[^{}]{0,200}\bThemeProvider\b[^{}]{0,200}\}\s{0,4}from\s{0,4}["']next-themes["']"""
    rb"""|import\s{1,4}\*\s{1,4}as\s{1,4}\w{1,40}\s{1,4}from\s{1,4}["']next-themes["']"""
)
_INDIRECT = (b"documentElement", b"document.body")
MAX_PLACES = 2


@dataclass(frozen=True, slots=True)
class Switch:
    """Places that set what dark values wait for, in part; None where certainly no source sets it. `by` is how the first does."""

    places: tuple[Evidence, ...] | None
    by: By | None = None


def switch(app: App, selector: str) -> Switch:
    """Who sets what a selector such as `.dark` asks for.

    That nobody does is said of the sources of the app and of the workspace packages that it uses, and only of the class `dark`:
    none of them holds the word, and none reaches for the root element in another way.
    """
    attribute = re.match(r"\[([\w-]+)", selector)
    forms = _forms(attribute.group(1)) if attribute is not None else ()
    found: dict[By, list[Evidence]] = {"provider": [], "code": [], "always": []}
    possible = selector != ".dark"
    for path in app.near:
        if not path.endswith(_SOURCES) or _ASIDE.search(path):
            continue
        data = app.repository.source(path)
        if not data:
            continue
        if b"next-themes" in data and (match := _PROVIDER.search(data)):
            found["provider"].append(_place(path, data, match))
        if not possible:
            possible = (b"ark" in data and _NAMED.search(data) is not None) or any(word in data for word in _INDIRECT)
        if selector == ".dark" and b"dark" in data:
            if match := _BY_CLASS.search(data):
                found["code"].append(_place(path, data, match))
            if match := _ALWAYS.search(data):
                found["always"].append(_place(path, data, match))
        elif forms and (b"setAttribute" in data or b".dataset." in data):
            for match in _BY_ATTRIBUTE.finditer(data):
                if any(form in match.group() for form in forms):
                    found["code"].append(_place(path, data, match))
                    break
    for by, places in found.items():
        if places:
            return Switch(tuple(sorted(places, key=lambda place: _nearness(app, place))[:MAX_PLACES]), by)
    return Switch(() if possible else None)


def _nearness(app: App, place: Evidence) -> tuple[object, ...]:
    """The app's own modules with markup first, the outermost before others: what makes text of code comes last."""
    return not inside(place.path, app.path), place.path.endswith("ts"), place.path.count("/"), place.path


def _place(path: str, data: bytes, match: re.Match[bytes]) -> Evidence:
    return Evidence(path, data.count(b"\n", 0, match.end()) + 1)


def _forms(attribute: str) -> tuple[bytes, ...]:
    """An attribute as a call of `setAttribute` quotes it, and as a property of `dataset`."""
    head, *rest = attribute.removeprefix("data-").split("-")
    name = f".dataset.{head}{''.join(part.capitalize() for part in rest)}".encode()
    return *(quote + attribute.encode() + quote for quote in (b'"', b"'", b"`")), name + b" ", name + b"="
