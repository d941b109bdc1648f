"""Where the code switches dark mode on by hand: the class or the attribute that the dark values of a stylesheet wait for.

https://tailwindcss.com/docs/dark-mode#toggling-dark-mode-manually
"""

from __future__ import annotations

import re

from prefill.analyzer import App
from prefill.lazy import regex
from prefill.model import Evidence

_SOURCES = (".tsx", ".ts", ".jsx", ".js", ".mjs", ".cjs", ".mts", ".cts", ".vue", ".svelte", ".astro", ".mdx", ".html")
_ASIDE = regex(
    r"(?:^|/)(?:\.[^/]+|__tests__|tests?|e2e|stories)/|(?:^|/)tailwind\.config\.|\.(?:test|spec|stories|d)\.[^/]+$",
    re.IGNORECASE,
)
_NAMED = regex(rb"(?<![\w-])dark(?![\w:-])", re.IGNORECASE)
_BY_CLASS = regex(
    rb"""classList\s{0,4}\??\.\s{0,4}(?:add|toggle)\([^()\n]{0,60}["'`]dark["'`]"""
    rb"""|<(?:html|body)\b[^<>]{0,300}\bclass(?:Name)?=[^<>]{0,200}(?<![\w:-])dark(?![\w:-])"""
    rb"""|documentElement\.className\s{0,4}=[^;\n]{0,100}["'`\s]dark["'`\s]"""
)
_BY_ATTRIBUTE = regex(
    rb"""setAttribute\(\s{0,20}["'`]data-[\w-]{1,30}["'`]|\.dataset\.\w{1,30}\s{0,4}=(?!=)|<(?:html|body)\b[^<>]{0,300}\bdata-[\w-]{1,30}="""
)
_INDIRECT = (b"documentElement", b"document.body")
MAX_PLACES = 2


def setters(app: App, selector: str) -> tuple[Evidence, ...] | None:
    """The places that set what a selector such as `.dark` asks for, in part; None for a class that no source can be setting.

    None is certain of the sources of the app and of the workspace packages that it uses: none holds the word, and none reaches for
    the root element in another way.
    """
    by_class = selector.startswith(".")
    pattern = _BY_CLASS if by_class else _BY_ATTRIBUTE
    attribute = re.match(r"\[([\w-]+)", selector)
    wanted = _forms(attribute.group(1)) if attribute is not None else ()
    found: list[Evidence] = []
    possible = not by_class or selector.casefold() != ".dark"
    for path in app.near:
        if not path.endswith(_SOURCES) or _ASIDE.search(path):
            continue
        data = app.repository.source(path)
        if not data:
            continue
        possible = (
            possible or any(word in data for word in _INDIRECT) or (b"ark" in data and _NAMED.search(data) is not None)
        )
        if by_class and (selector != ".dark" or b"dark" not in data):
            continue
        for match in pattern.finditer(data):
            if by_class or any(form in match.group() for form in wanted):
                found.append(Evidence(path, data.count(b"\n", 0, match.end()) + 1))
                break
        if len(found) >= MAX_PLACES:
            break
    return tuple(found) if found or possible else None


def _forms(attribute: str) -> tuple[bytes, ...]:
    """An attribute as HTML writes it, and as a property of `dataset`."""
    head, *rest = attribute.removeprefix("data-").split("-")
    return attribute.encode(), f".dataset.{head}{''.join(part.capitalize() for part in rest)}".encode()
