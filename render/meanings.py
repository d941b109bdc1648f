"""What headings, labels and placeholders mean: `meanings.toml`, read once, and the comparison that ignores how they are written."""

from __future__ import annotations

import os
import re
from functools import cache

from prefill.lazy import regex
from prefill.records import dataclass

# Pictographs, dingbats, arrows and joiners that decorate headings and labels.
_DECORATION = regex("[\u200d\u2190-\u27bf\u2b00-\u2bff\ufe0f\U0001f000-\U0001faff]+")
_NUMBERING = regex(
    r"(?:(?:section|step|phase|part)\s+)?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[ivx]{1,4}|[a-z])[.):]\s*", re.IGNORECASE
)
_MARKS = regex(r"[*_`~#:\uff1a]+")
_OTHER = regex(r"[\W_]+")
_PARENTHESES = regex(r"\([^()]{0,80}\)")


@dataclass(frozen=True, slots=True)
class Meanings:
    """The data, keyed by `normal` forms. `options` are the labels that only the command line fills."""

    sections: frozenset[str]
    labels: dict[str, str]
    options: frozenset[str]
    words: tuple[str, ...]
    starts: tuple[str, ...]
    exact: frozenset[str]
    brackets: tuple[str, ...]
    examples: dict[str, tuple[str, ...]]


@cache
def meanings() -> Meanings:
    """The data of `meanings.toml`."""
    import tomllib

    with open(os.path.join(os.path.dirname(__file__), "meanings.toml"), "rb") as file:
        data = tomllib.load(file)
    placeholders = data["placeholders"]
    return Meanings(
        sections=frozenset(normal(name) for name in data["headings"]["section"]),
        labels={normal(name): label["name"] for label in data["labels"] for name in (label["name"], *label["also"])},
        options=frozenset(label["name"] for label in data["labels"] if label.get("option")),
        words=tuple(placeholders["words"]),
        starts=tuple(placeholders["starts"]),
        exact=frozenset(placeholders["exact"]),
        brackets=tuple(placeholders["brackets"]),
        examples={
            label: tuple(" ".join(said.casefold().split()) for said in all_) for label, all_ in data["examples"].items()
        },
    )


def examples() -> dict[str, tuple[str, ...]]:
    """The examples that templates show, by label, in lower case."""
    return meanings().examples


def normal(name: str) -> str:
    """`name` without what does not change its meaning: `## 2️⃣ Project Analysis & Current State:` is `project analysis current state`."""
    text = _DECORATION.sub(" ", name[:200].replace("\u20e3", " "))
    text = _MARKS.sub(lambda match: ":" if ":" in match.group() else " ", text).strip()
    text = _NUMBERING.sub("", text, count=1) if _NUMBERING.match(text) else text
    text = re.sub(r"^\d{1,2}\s+(?=\D)", "", text)
    words = _OTHER.sub(" ", text.casefold()).split()
    return " ".join(word for word in words if word != "and")


def label_meaning(name: str) -> str | None:
    """The label that `name` means, or None: `Primary Framework` means `Frameworks & Versions`."""
    table = meanings().labels
    found = table.get(normal(name))
    if found is None and "(" in name:
        found = table.get(normal(_PARENTHESES.sub(" ", name)))
    return found


def is_section(heading: str) -> bool:
    """Whether a heading names the section: one of the names, alone or inside a longer heading."""
    padded = f" {normal(heading)} "
    return any(f" {name} " in padded for name in meanings().sections)


def is_placeholder(value: str, references: frozenset[str] = frozenset()) -> bool:
    """Whether `value` only stands for a value: `[e.g., …]`, `TODO: …`, an HTML comment alone, nothing at all.

    `references` are the link references that the document defines, in lower case: `[text]` may be a link.
    """
    data = meanings()
    text = re.sub(r"<!--.*?-->", " ", value, flags=re.DOTALL)
    lines = [bare for line in text.splitlines() if (bare := _bare(line))]
    return all(_stands_for_a_value(line, data, references) for line in lines) or (
        len(lines) > 1 and _stands_for_a_value(" ".join(lines), data, references)
    )


def _bare(line: str) -> str:
    """A line without its list marker and without emphasis around the whole."""
    text = line.strip()
    marker = re.match(r"(?:[-*+•]|\d{1,3}[.)])(?:\s+|$)", text)
    if marker is not None and (rest := text[marker.end() :].strip()):
        text = rest
    return text.strip("*_ \t") or text


def _stands_for_a_value(text: str, data: Meanings, references: frozenset[str]) -> bool:
    if text in data.exact:
        return True
    upper = text.lstrip("*_` ")
    for word in data.words:
        if upper.startswith(word) and not upper[len(word) : len(word) + 1].isalnum():
            return True
    if upper.casefold().startswith(data.starts):
        return True
    return _is_bracketed(text, data, references)


def _is_bracketed(text: str, data: Meanings, references: frozenset[str]) -> bool:
    """Whether all of `text` stands in brackets, but for separators and parentheses, and no bracket is a link or a checkbox."""
    pairs = {pair[0]: pair[1] for pair in data.brackets} | {"(": ")"}
    rest, found, position = "", False, 0
    while position < len(text):
        opening = text[position]
        if opening == "\\":
            return False
        closing = pairs.get(opening)
        end = _closing(text, position, opening, closing) if closing else -1
        if end < 0:
            rest += opening
            position += 1
            continue
        inner = text[position + 1 : end].strip()
        following = text[end + 1 : end + 2]
        if opening == "[" and (
            following in ("(", "[")
            or inner in ("", "x", "X")
            or inner.startswith("^")
            or inner.casefold() in references
        ):
            return False
        if opening == "<" and ("://" in inner or "@" in inner or not inner[:1].isalpha()):
            return False
        found = found or opening != "("
        position = end + 1
    return found and not re.sub(r"[\s,;:.+/&|·•*_`\u2013\u2014-]|\b(?:and|or|with|via)\b", "", rest)


def _closing(text: str, start: int, opening: str, closing: str) -> int:
    depth = 0
    for position in range(start, len(text)):
        if text[position] == opening:
            depth += 1
        elif text[position] == closing:
            depth -= 1
            if depth == 0:
                return position
    return -1
