"""Does a document still say what the repository says? Finds what went stale, what contradicts a fact, what was never filled.

Text in, remarks out; nothing is changed. It reads documents that prefill never wrote: what a person or an agent filled in
is compared with facts that can be told apart for certain (a version, the gate's file, a dialect), never with prose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Literal

from prefill.lazy import regex
from prefill.model import Evidence
from prefill.records import dataclass, field
from prefill.render.document import Value, outline_of
from prefill.render.meanings import examples
from prefill.render.outline import Field, NoSectionError
from prefill.render.stamp import checksum

Rule = Literal["stale", "contradiction", "example", "missing-path", "placeholder"]

RULES: dict[Rule, str] = {
    "stale": "a value that prefill wrote is no longer what the repository says",
    "contradiction": "a value contradicts the repository",
    "example": "a value is the template's own example",
    "missing-path": "a path that a value cites does not exist",
    "placeholder": "a placeholder was left standing",
}

_VERSION = r"[\s(:@^~>=-]{0,4}v?(?P<version>\d{1,4}(?:\.(?:\d{1,6}|x)){0,3})(?P<more>\+|\.x)?(?![\w.]*\d)"
_PATH = regex(r"`(?P<path>[^`\s*?{}<>|]{2,300})`")
_GATE = regex(r"(?P<path>(?:[\w.-]{1,80}/){0,6}(?:middleware|proxy)\.(?:[cm]?[jt]sx?))(?![\w.-])")
_E_G = regex(r"^[\[({\s]*(?:e\.?g\.?|for example|example)[,:\s]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Known:
    """A technology as a document may name it, with the version that is installed."""

    names: tuple[str, ...]
    version: str
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What a document is compared with. `values` are the labels' values as prefill would write them.

    `gate` is the file that Next runs, empty where there is none, None where that is unknown. `dialects` and `orms` are
    those in use, empty where unknown. `exists` tells whether the repository has a path; None leaves paths alone.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    technologies: tuple[Known, ...] = ()
    gate: str | None = None
    gate_evidence: Evidence | None = None
    dialects: frozenset[str] = frozenset()
    orms: frozenset[str] = frozenset()
    exists: Callable[[str], bool] | None = None


@dataclass(frozen=True, slots=True, order=True)
class Remark:
    """One thing that is wrong with a document, on a line of it. `truth` is what the repository says, where that is known."""

    line: int
    label: str
    rule: Rule
    message: str
    said: str = ""
    truth: str = ""
    evidence: Evidence | None = field(default=None, compare=False)


def check(text: str, truth: Truth, *, templates: Iterable[str] = (), path: str | None = None) -> tuple[Remark, ...]:
    """The remarks on a document, in the order of its lines. Raises NoSectionError when it has no section.

    `templates` are the texts of the repository's own task templates: their examples are nobody's facts.
    """
    outline = outline_of(text, path)
    stamps = [comment.stamp for comment in outline.comments if comment.stamp is not None]
    own_examples = {label: set(said) for label, said in examples().items()}
    for template in templates:
        _add_examples(own_examples, template)
    remarks: list[Remark] = []
    for slot in outline.fields:
        value = truth.values.get(slot.label)
        told = value.text if value is not None and value.known else ""
        own = any(stamp.sums.get(slot.key) == checksum(slot.text) for stamp in stamps)
        if slot.placeholder:
            remarks.append(
                Remark(slot.line, slot.label, "placeholder", f"{slot.label} was never filled", slot.text, told)
            )
        elif own:
            if value is not None and checksum(slot.text) != checksum(value.text):
                message = f"{slot.label} says “{_short(slot.text)}”; the repository says “{_short(value.text)}”"
                remarks.append(Remark(slot.line, slot.label, "stale", message, slot.text, value.text))
        else:
            remarks += _hand_written(text, slot, truth, own_examples, told)
    return tuple(sorted(remarks))


def _hand_written(text: str, slot: Field, truth: Truth, known: Mapping[str, set[str]], told: str) -> list[Remark]:
    remarks: list[Remark] = []
    if _plain(slot.text) in known.get(slot.label, ()):
        message = f"{slot.label} is the template's own example" + (
            f"; the repository says “{_short(told)}”" if told else ""
        )
        remarks.append(Remark(slot.line, slot.label, "example", message, slot.text, told))

    def say(at: int, said: str, true: str, evidence: Evidence | None, rule: Rule = "contradiction") -> None:
        line = text.count("\n", 0, slot.start + at) + 1 if "\n" in text else slot.line
        where = (
            "the repository" if evidence is None else f"`{evidence.path}{f':{evidence.line}' if evidence.line else ''}`"
        )
        message = (
            f"cites `{said}`, which does not exist" if rule == "missing-path" else f"says {said}; {where} says {true}"
        )
        remarks.append(Remark(line, slot.label, rule, message, said, true, evidence))

    for match, technology in _versions(slot.text, truth.technologies):
        if not agrees(match["version"], match["more"] or "", technology.version):
            said = " ".join(slot.text[match.start() : match.end()].split())
            say(match.start(), said, technology.version, technology.evidence)
    if slot.label == "Authentication" and truth.gate is not None:
        for match in _GATE.finditer(slot.text):
            if not _is_gate(match["path"], truth.gate) and not (
                truth.exists and "/" in match["path"] and truth.exists(match["path"])
            ):
                true = f"the live gate is `{truth.gate}`" if truth.gate else "there is no gate"
                say(match.start(), f"`{match['path']}`", true, truth.gate_evidence)
    if slot.label == "Database & ORM":
        for table, used in ((DIALECTS, truth.dialects), (ORMS, truth.orms)):
            at, named = _named(slot.text, table)
            if used and named and not named & used:
                say(at, " and ".join(sorted(named)), " and ".join(sorted(used)), None)
    if truth.exists is not None:
        for match in _PATH.finditer(slot.text):
            cited = _cited(match["path"])
            if cited and not truth.exists(cited):
                say(match.start(), match["path"], "", None, "missing-path")
    return remarks


DIALECTS: dict[str, tuple[str, ...]] = {
    "MongoDB": ("mongodb", "mongo"),
    "MySQL": ("mysql", "mariadb", "planetscale"),
    "PostgreSQL": ("postgresql", "postgres", "supabase", "neon"),
    "SQLite": ("sqlite", "libsql", "turso"),
}
ORMS: dict[str, tuple[str, ...]] = {
    "Drizzle": ("drizzle",),
    "Kysely": ("kysely",),
    "Mongoose": ("mongoose",),
    "Prisma": ("prisma",),
    "Sequelize": ("sequelize",),
    "TypeORM": ("typeorm",),
}


def agrees(said: str, more: str, true: str) -> bool:
    """Whether a version as people write it (`15`, `15.3`, `15.x`, `15+`) holds for an exact one."""
    numbers = [part for part in said.split(".") if part != "x"]
    exact = re.split(r"[.+-]", true)
    if more == "+":
        return [int(part) for part in numbers] <= [int(part) for part in exact[: len(numbers)] if part.isdigit()]
    return numbers == exact[: len(numbers)]


def sarif(remarks: Mapping[str, Collection[Remark]], version: str) -> dict[str, Any]:
    """The remarks by document as SARIF 2.1.0 for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "prefill",
                        "version": version,
                        "rules": [{"id": rule, "shortDescription": {"text": text}} for rule, text in RULES.items()],
                    }
                },
                "results": [_result(path, remark) for path, found in remarks.items() for remark in found],
            }
        ],
    }


def as_json(remarks: Mapping[str, Collection[Remark]]) -> dict[str, Any]:
    """The remarks by document for `--format json`."""
    return {
        "schema": "prefill-check/1",
        "documents": [
            {
                "path": path,
                "remarks": [
                    {
                        "line": remark.line,
                        "label": remark.label,
                        "rule": remark.rule,
                        "message": remark.message,
                        "said": remark.said,
                        "truth": remark.truth,
                        "evidence": [{"path": remark.evidence.path, "line": remark.evidence.line}]
                        if remark.evidence
                        else [],
                    }
                    for remark in found
                ],
            }
            for path, found in remarks.items()
        ],
    }


def _result(path: str, remark: Remark) -> dict[str, Any]:
    place = {"artifactLocation": {"uri": path}, "region": {"startLine": remark.line}}
    return {
        "ruleId": remark.rule,
        "level": "note" if remark.rule == "placeholder" else "warning",
        "message": {"text": remark.message},
        "locations": [{"physicalLocation": place}],
    }


def _versions(text: str, technologies: Iterable[Known]) -> Iterable[tuple[re.Match[str], Known]]:
    for technology in technologies:
        names = "|".join(re.escape(name) for name in sorted(technology.names, key=len, reverse=True))
        # Not inside a longer name: `React` is not in `React Query 5`, and `Next` not in `next-auth 4`.
        for match in re.finditer(rf"(?<![\w@/.-])(?:{names}){_VERSION}", text, re.IGNORECASE):
            yield match, technology


def _is_gate(said: str, gate: str) -> bool:
    """`middleware.ts` may stand for `src/middleware.ts`; `lib/auth/middleware.ts` is another file."""
    return bool(gate) and (said == gate or gate.endswith(f"/{said}"))


def _named(text: str, table: Mapping[str, tuple[str, ...]]) -> tuple[int, set[str]]:
    found, first = set(), len(text)
    for name, words in table.items():
        match = re.search(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", text, re.IGNORECASE)
        if match is not None:
            found.add(name)
            first = min(first, match.start())
    return first, found


def _cited(code: str) -> str | None:
    """The path that a code span names, or None for what is no path: a call, a package, an alias, a route."""
    path = code.rstrip("/").removeprefix("./")
    if (
        "/" not in path
        or path.startswith(("@", "/", "~", "#", "http"))
        or "(" in path.split("/")[-1]
        or "[" in path.split("/")[-1]
    ):
        return None
    if not code.endswith("/") and not re.search(r"\.[a-z]{1,5}$", path):
        return None
    return path if ".." not in path.split("/") else None


def _add_examples(known: dict[str, set[str]], template: str) -> None:
    try:
        outline = outline_of(template, None)
    except NoSectionError:
        return
    for slot in outline.fields:
        if slot.placeholder and (example := _plain(slot.text)):
            known.setdefault(slot.label, set()).add(example)


def _plain(text: str) -> str:
    """A value without the marks that make it an example, to compare."""
    inner = _E_G.sub("", text.strip()).strip().strip("[]").strip()
    return " ".join(_E_G.sub("", inner).casefold().split())


def _short(text: str, limit: int = 160) -> str:
    one = " ".join(text.split())
    return one if len(one) <= limit else one[: limit - 1] + "…"
