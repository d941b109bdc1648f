"""What published packages say in the configurations that others extend, as data in `bases/<package>.toml`.

A base that lies in `node_modules` is not in the repository. What it says is known here for the versions that were looked at: the
file of a package names the last of them (`until`), and for each name that `extends` may give it the versions from which it says
something else. `python bench/tsconfig_bases.py` writes these files from the packages themselves, by what TypeScript makes of them.
https://www.typescriptlang.org/tsconfig/#extends
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any

from prefill.lazy import regex
from prefill.records import dataclass

Installed = Callable[[str, str], str | None]
"""(folder, package) → the exact version of the package that a file of the folder gets, None where that is not known."""

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bases")
_PACKAGE = regex(r"(?:@[a-z0-9][a-z0-9._-]{0,100}/)?[a-z0-9][a-z0-9._-]{0,100}")
_STABLE = regex(r"(\d{1,9})\.(\d{1,9})\.(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Base:
    """A base of a published package: `specifier` as the file `path` writes it, as its `index`-th one where it writes a list.

    `options` are spelled as `tsc --showConfig` prints them, without those that point into the package.
    """

    specifier: str
    package: str
    version: str
    path: str
    index: int | None
    options: dict[str, Any]


def said(package: str, name: str, version: str) -> dict[str, Any] | None:
    """The options that a name within a package stands for at a version; None where it is not known to exist or to be as it was.

    A prerelease, and a version after the last one that was looked at, are not known.
    """
    wanted = numbers(version)
    data = _data(package) if wanted is not None else None
    if wanted is None or data is None or wanted > (numbers(data["until"]) or ()):
        return None
    for base in data["base"]:
        if name in base["names"]:
            return _at(base["change"], wanted)
    return None


def _at(changes: list[dict[str, Any]], wanted: tuple[int, ...]) -> dict[str, Any] | None:
    """What holds after those changes that a version has. One says what is set otherwise, `without` what is set no longer."""
    options: dict[str, Any] | None = None
    for change in changes:
        since = numbers(change["since"])
        if since is None or since > wanted:
            break
        if change.get("gone"):
            options = None
            continue
        options = {name: value for name, value in (options or {}).items() if name not in change.get("without", ())}
        options.update(change.get("options", {}))
    return options


def numbers(version: str) -> tuple[int, ...] | None:
    """`5.10.0` as (5, 10, 0); None for a prerelease and for what is no version."""
    match = _STABLE.fullmatch(version)
    return tuple(map(int, match.groups())) if match else None


@cache
def _data(package: str) -> dict[str, Any] | None:
    if not _PACKAGE.fullmatch(package):
        return None
    path = os.path.join(_FOLDER, *f"{package}.toml".split("/"))
    if not os.path.isfile(path):
        return None
    from prefill.formats import toml

    with open(path, encoding="utf-8") as file:
        value: dict[str, Any] = toml.parse(file.read()).value
    return value
