"""The packages of a repository by name, and what their `exports` and `imports` lead to.

Encodes https://nodejs.org/api/packages.html; nothing of node_modules is read.
"""

from __future__ import annotations

import json
import posixpath
import re
from typing import Any

from prefill.lazy import regex
from prefill.typescript import Files

MAX_TARGETS = 200
"""How many targets one entry of `exports` may hold."""

_EXAMPLE = regex(r"(^|/)(examples?|fixtures?|__fixtures__|templates?|tests?|__tests__|demos?)/", re.IGNORECASE)


def named(files: Files) -> dict[str, str]:
    """Package name → folder (`.` for the root), for every manifest of the repository.

    Where two share a name, folders that are neither the root nor an example win, then the first in sorted order.
    """
    strong: dict[str, str] = {}
    weak: dict[str, str] = {}
    for path in files.files:
        if path.endswith("package.json") and posixpath.basename(path) == "package.json":
            text = files.text(path)
            if not text or "node_modules/" in path:
                continue
            try:
                value = json.loads(text.lstrip("\ufeff"))
            except (ValueError, RecursionError):
                continue
            name = value.get("name") if isinstance(value, dict) else None
            if isinstance(name, str) and name:
                folder = posixpath.dirname(path) or "."
                (weak if folder == "." or _EXAMPLE.search(folder + "/") else strong).setdefault(name, folder)
    return {**weak, **strong}


def split(specifier: str) -> tuple[str, str]:
    """A bare specifier as (package name, path inside it): `@acme/ts/base.json` → (`@acme/ts`, `base.json`)."""
    parts = specifier.split("/")
    count = 2 if specifier.startswith("@") else 1
    return "/".join(parts[:count]), "/".join(parts[count:])


def target(entries: Any, key: str, conditions: tuple[str, ...]) -> list[str]:
    """The paths that `key` (`.`, `./sub`, `#alias`) leads to in an `exports` or `imports` value, best first.

    Conditions are tried in the order in which the package writes them, as Node does; `default` always holds. An empty
    list means that the package does not offer the key.
    """
    if isinstance(entries, (str, list)) or (isinstance(entries, dict) and not any(k[:1] in ".#" for k in entries)):
        entries = {".": entries}
    if not isinstance(entries, dict):
        return []
    if key in entries and "*" not in key:
        return _leaves(entries[key], "", conditions)
    best, star = "", ""
    for pattern in entries:
        head, sep, tail = pattern.partition("*")
        if not sep or "*" in tail:
            if pattern.endswith("/") and key.startswith(pattern) and len(pattern) > len(best):
                best, star = pattern, key[len(pattern) :]
            continue
        fits = key.startswith(head) and key.endswith(tail) and len(key) >= len(head) + len(tail)
        if fits and (not best or len(head) > len(best.partition("*")[0])):
            best, star = pattern, key[len(head) : len(key) - len(tail)]
    if not best:
        return []
    leaves = _leaves(entries[best], star, conditions)
    return [leaf + star for leaf in leaves] if best.endswith("/") else leaves


def _leaves(value: Any, star: str, conditions: tuple[str, ...]) -> list[str]:
    """Every string that the conditions allow, best first, without recursion."""
    out: list[str] = []
    todo = [value]
    while todo and len(out) < MAX_TARGETS:
        at = todo.pop()
        if isinstance(at, str):
            out.append(at.replace("*", star) if star else at)
        elif isinstance(at, list):
            todo.extend(reversed(at))
        elif isinstance(at, dict):
            todo.extend(v for k, v in reversed(at.items()) if k == "default" or k in conditions)
    return out
