"""Packages that their authors have given up, or that no longer fit another one, as data in `deprecated.toml`.

Parsing TOML costs more than a small run; the file keeps to one form of line that a pattern reads (a test compares with a parser).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cache

from prefill.lazy import regex
from prefill.model import Dependency, Evidence, Findings, Project, Technology, Trap
from prefill.records import dataclass

_LINE = regex(r'^"([^"\n]+)" = \{ ([^\n]*) \}$', re.MULTILINE)
_PAIR = regex(r'(\w+) = (?:"([^"\n]*)"|(\d+))')


@dataclass(frozen=True, slots=True)
class Entry:
    """Why a package is a trap. It holds below the version `below`, and where `beside` is at the major version `since` or later."""

    why: str
    instead: str | None = None
    below: str | None = None
    beside: str | None = None
    since: int = 0


def deprecated_traps(findings: Findings, project: Project) -> Iterator[Trap]:
    """One trap per deprecated package of the app or of a workspace package that it uses, unless nothing imports it."""
    known = entries()
    unused = {fact.package for fact in findings.of(Technology) if fact.in_use is False}
    rows = [
        row for row in findings.of(Dependency) if row.workspace in {project.app, *project.uses} and row.kind != "peer"
    ]
    said: set[str] = set()
    for row in rows:
        entry = known.get(row.name)
        if entry is None or row.name in said or row.name in unused:
            continue
        beside = next((one for one in rows if one.name == entry.beside and one.version), None) if entry.beside else None
        if entry.beside and (beside is None or _numbers(beside.version)[:1] < (entry.since,)):
            continue
        if entry.below and not (row.version and _numbers(row.version) < _numbers(entry.below)):
            continue
        said.add(row.name)
        evidence: tuple[Evidence, ...] = row.evidence + (beside.evidence if beside else ())
        yield Trap(
            name="deprecated-package",
            values={
                "name": row.name,
                "version": row.version,
                "why": entry.why,
                "instead": entry.instead,
                "beside": (beside.name, beside.version) if beside else None,
            },
            evidence=evidence,
        )


@cache
def entries() -> Mapping[str, Entry]:
    """The data, by package name."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "deprecated.toml")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    out = {}
    for name, body in _LINE.findall(text):
        pairs = {key: words or number for key, words, number in _PAIR.findall(body)}
        out[name] = Entry(
            why=pairs["why"],
            instead=pairs.get("instead"),
            below=pairs.get("below"),
            beside=pairs.get("beside"),
            since=int(pairs.get("from", 0)),
        )
    return out


def _numbers(version: str | None) -> tuple[int, ...]:
    """`4.24.11-beta.1` as (4, 24, 11)."""
    return tuple(int(part) for part in re.findall(r"\d+", re.split(r"[-+]", version or "", maxsplit=1)[0])[:3])
