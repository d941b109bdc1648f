"""The catalog of technologies: npm package names, or globs with one star, to what they are, as data in `catalog/*.toml`.

A file is a category, a line an entry. Only the lines of names that occur are read beyond their key: parsing all of it as TOML costs
more than a small run, so the files keep to one form that a line can be cut out of (tests compare with a TOML parser).

    "drizzle-orm" = { id = "drizzle", name = "Drizzle ORM" }        the package that gives the technology its version
    "drizzle-kit" = { of = "drizzle" }                              another sign of it, with a version of its own
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from prefill.lazy import regex
from prefill.records import dataclass

_LINE = regex(r'^"([^"\n]+)" = (\{[^\n]*\})$', re.MULTILINE)
_PAIR = regex(r'(\w+) = ("(?:[^"\\\n]|\\.)*"|\[[^\]\n]*\]|\d+)')


@dataclass(frozen=True, slots=True)
class Entry:
    """What a package name stands for.

    `rank` orders the packages that give one technology its version, 0 first; None for a package that is only a sign of it. From major
    version `since` on it is called `then`.
    """

    package: str
    id: str
    name: str
    category: str
    rank: int | None
    supersedes: tuple[str, ...] = ()
    since: int | None = None
    then: str | None = None


class Catalog:
    """The entries of all categories, looked up by package name."""

    def __init__(self, texts: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, tuple[str, str]] = {}
        self._globs: list[tuple[str, str, str]] = []
        for category, text in texts:
            for key, body in _LINE.findall(text):
                self._exact[key] = (category, body)
                if "*" in key:
                    self._globs.append((*key.split("*", 1), key))
        self._globs.sort(key=lambda glob: -len(glob[0]) - len(glob[1]))
        self._names: dict[str, str] | None = None

    def keys(self) -> tuple[str, ...]:
        """Every package name and glob."""
        return tuple(self._exact)

    def find(self, package: str) -> Entry | None:
        """The entry of a package: by its exact name, else by the longest glob; None where the catalog does not know it."""
        key = package if package in self._exact else None
        if key is None:
            for before, after, glob in self._globs:
                if package.startswith(before) and package.endswith(after) and len(package) > len(before) + len(after):
                    key = glob
                    break
        if key is None:
            return None
        category, body = self._exact[key]
        said: dict[str, Any] = {name: json.loads(value) for name, value in _PAIR.findall(body)}
        if "of" in said:
            return Entry(package, said["of"], self._name(said["of"]), category, None)
        rank = None if "*" in key else said.get("rank", 0)
        since = said.get("since")
        return Entry(
            package,
            said["id"],
            said["name"],
            category,
            rank,
            tuple(said.get("supersedes", ())),
            since,
            said.get("then"),
        )

    def _name(self, identifier: str) -> str:
        if self._names is None:
            self._names = {}
            for _, body in self._exact.values():
                match = re.match(r'\{ id = "([^"]+)", name = ("(?:[^"\\]|\\.)*")', body)
                if match is not None:
                    self._names.setdefault(match.group(1), json.loads(match.group(2)))
        return self._names.get(identifier, identifier)


@cache
def catalog() -> Catalog:
    """The catalog that ships with prefill."""
    folder = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "catalog")
    return Catalog(_texts(folder))


def _texts(folder: str) -> Iterable[tuple[str, str]]:
    for name in sorted(os.listdir(folder)):
        if name.endswith(".toml"):
            with open(os.path.join(folder, name), encoding="utf-8") as file:
                yield name.removesuffix(".toml"), file.read()
