"""What is found in a document: the section, its labels with the places of their values, prefill's own comments.

All places are offsets into the text. What is found never overlaps, and stands in the order of the document. Data alone:
`finding.py` and `fields.py` do the reading, and are imported where there is a document to read.
"""

from __future__ import annotations

from prefill.errors import PrefillError
from prefill.records import dataclass
from prefill.render.stamp import Stamp

# The labels of the built-in template that describe the stack: two of them under one heading give a section away.
CORE = frozenset(
    {
        "Frameworks & Versions",
        "Language",
        "Database & ORM",
        "UI & Styling",
        "Authentication",
        "Key Architectural Patterns",
        "Relevant Existing Components",
    }
)


class NoSectionError(PrefillError):
    """A document that has no section to fill."""


@dataclass(frozen=True, slots=True)
class Field:
    """A label, or a heading, with the place of its value.

    `label` is its meaning, `name` is as written, `key` is unique in the document; `start` to `end` is the value, `lead`
    and `trail` go around a value that is written where there is none.
    """

    label: str
    name: str
    key: str
    line: int
    start: int
    end: int
    text: str
    placeholder: bool
    lead: str = ""
    trail: str = ""
    block: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A prefill comment in the document, with its lines; `stamp` is None for a damaged one."""

    line: int
    start: int
    end: int
    stamp: Stamp | None


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document holds of interest: the section (`start` to `end`), its fields, those of section 1, the comments."""

    heading: str
    line: int
    start: int
    end: int
    fields: tuple[Field, ...]
    options: tuple[Field, ...]
    comments: tuple[Comment, ...]
    anchor: int
    newline: str
