"""Values into a document, losing nothing: find its section, fill placeholders, refresh what prefill wrote, keep the rest.

Text in, text out. Bytes outside the values never change, and a second run changes nothing.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from functools import cache
from typing import Literal

from prefill.errors import PrefillError
from prefill.records import dataclass, replace
from prefill.render.environment import TEMPLATES
from prefill.render.outline import CORE, Comment, Field, NoSectionError, Outline
from prefill.render.stamp import Stamp, checksum

__all__ = [
    "Kept",
    "Merged",
    "NoSectionError",
    "Stamp",
    "Value",
    "Written",
    "decode",
    "encode",
    "merge",
    "section_only",
    "template",
]

LIMIT = 8 * 1024 * 1024  # bytes of a document


@dataclass(frozen=True, slots=True)
class Value:
    """What belongs after a label, in Markdown. `known` is False for "Not detected …", which `keep_placeholders` leaves out."""

    text: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Written:
    """A value that was put into the document; `before` is what stood there."""

    label: str
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A value that was left as it stands, and what prefill would have written.

    `why` is `hand` for what a person or an agent wrote or changed, `placeholder` for one that stays on request.
    """

    label: str
    line: int
    text: str
    offered: str
    why: Literal["hand", "placeholder"]


@dataclass(frozen=True, slots=True)
class Merged:
    """A document after a merge. `section` is the place of the section in `text`; `notes` are sentences for the user."""

    text: str
    section: tuple[int, int]
    written: tuple[Written, ...] = ()
    kept: tuple[Kept, ...] = ()
    notes: tuple[str, ...] = ()


@cache
def template() -> str:
    """The built-in task template, byte for byte as it was given to us."""
    with open(os.path.join(TEMPLATES, "task.md"), encoding="utf-8", newline="") as file:
        return file.read()


def decode(data: bytes, path: str | None = None) -> str:
    """A document's bytes as text from which `encode` makes the same bytes again, whatever they are."""
    if len(data) > LIMIT:
        raise PrefillError(
            f"a document may have {LIMIT // 1024 // 1024} MB; this has {len(data) / 1024 / 1024:.1f}", path
        )
    if b"\0" in data:
        raise PrefillError("this is not a text file; give a Markdown document in UTF-8", path)
    return data.decode("utf-8", "surrogateescape")


def encode(text: str) -> bytes:
    """The bytes of a document."""
    return text.encode("utf-8", "surrogateescape")


def merge(
    text: str,
    values: Mapping[str, Value],
    stamp: Stamp,
    *,
    force: bool = False,
    keep_placeholders: bool = False,
    only: Collection[str] = (),
    fill: bool = True,
    title: str | None = None,
    goal: str | None = None,
    path: str | None = None,
) -> Merged:
    """`text` with `values` (by label meaning) in it; raises NoSectionError when it has no section.

    Placeholders are filled, and values that prefill wrote and nobody changed are refreshed. What a person wrote is kept
    and reported, unless `force`. `only` names the labels to touch. Without
    `fill` placeholders stay, and only what prefill wrote before is refreshed. `stamp` says who writes: its `sums` are not read.
    """
    outline = outline_of(text, path)
    offered = dict(values)
    for name, said in (("Title", title), ("Goal", goal)):
        if said is not None:
            offered[name] = Value(" ".join(said.split()))
    stamps = [comment.stamp for comment in outline.comments if comment.stamp is not None]
    edits: list[tuple[int, int, str]] = []
    written: list[Written] = []
    kept: list[Kept] = []
    sums: dict[str, str] = {}
    for field in (*outline.options, *outline.fields):
        earlier = next((said.sums[field.key] for said in stamps if field.key in said.sums), None)
        own = any(said.sums.get(field.key) == checksum(field.text) for said in stamps) and not field.placeholder
        if earlier is not None:
            sums[field.key] = checksum(field.text) if own else earlier
        value = _offer(field, offered, only)
        if value is None:
            continue
        new = _shape(field, value.text, outline.newline)
        if not new:
            continue
        if field.placeholder and (not fill or (keep_placeholders and not value.known)):
            kept.append(Kept(field.label, field.line, field.text, new, "placeholder"))
        elif checksum(field.text) == checksum(new):
            sums[field.key] = checksum(new)  # as prefill would write it: its own, also where the comment was lost
        elif field.placeholder or own or force:
            edits.append((field.start, field.end, f"{field.lead}{new}{field.trail}"))
            sums[field.key] = checksum(new)
            written.append(Written(field.label, field.line, field.text, new))
        else:
            kept.append(Kept(field.label, field.line, field.text, new, "hand"))
    notes = _notes(outline, kept)
    for name, said in (("Title", title), ("Goal", goal)):
        if said is not None and not any(field.label == name for field in outline.options):
            notes += (f"the document has no place for the {name.lower()}, such as **{name}:** before the section",)
    edits += _stamp_edits(text, outline, stamps, sums, stamp, bool(written))
    return _apply(text, outline, edits, written, kept, notes)


def section_only(merged: Merged) -> str:
    """The section alone, from its heading to its last line."""
    start, end = merged.section
    return merged.text[start:end].rstrip() + "\n"


def outline_of(text: str, path: str | None = None) -> Outline:
    """The outline of a document, without a parser for the built-in template. Raises NoSectionError."""
    if text == template():
        return built_in()
    from prefill.render.finding import find

    return find(text, path)


@cache
def built_in() -> Outline:
    """The outline of the built-in template, without a Markdown parser: a test compares it with what `find` says."""
    text = template()
    fields = {}
    for name in ("Title", "Goal", *(label for label in template_labels() if label != "Current State")):
        after = text.index(f"**{name}:** ") + len(f"**{name}:** ")
        fields[name] = _field(text, name, after)
    state = text.index("### Current State\n")
    fields["Current State"] = replace(
        _field(text, "Current State", text.index("\n[", state) + 1), line=text.count("\n", 0, state) + 1, block=True
    )
    start = text.index("## 2. ")
    anchor = text.index("\n", text.index("### Technology & Architecture")) + 1
    return Outline(
        heading=text[start + 3 : text.index("\n", start)],
        line=text.count("\n", 0, start) + 1,
        start=start,
        end=text.index("\n\n---", start) + 1,
        fields=tuple(field for name, field in fields.items() if name not in ("Title", "Goal")),
        options=(fields["Title"], fields["Goal"]),
        comments=(),
        anchor=anchor,
        newline="\n",
    )


def template_labels() -> tuple[str, ...]:
    """The labels of the built-in template, in its order."""
    from prefill.model import LABELS

    return LABELS


def _field(text: str, name: str, start: int) -> Field:
    end = text.index("\n", start)
    value = text[start:end].rstrip()
    key = "-".join(word for word in name.lower().split() if word != "&")
    return Field(name, name, key, text.count("\n", 0, start) + 1, start, start + len(value), value, placeholder=True)


def _offer(field: Field, offered: Mapping[str, Value], only: Collection[str]) -> Value | None:
    if only and field.label not in only and field.label not in ("Title", "Goal"):
        return None
    return offered.get(field.label)


def _shape(field: Field, text: str, newline: str) -> str:
    """The value as it stands in the document: a label's on one line, a heading's with the document's line endings."""
    if not field.block:
        return " ".join(line.strip() for line in text.splitlines()).strip()
    return newline.join(line.rstrip() for line in text.strip().splitlines())


def _stamp_edits(
    text: str, outline: Outline, stamps: list[Stamp], sums: dict[str, str], stamp: Stamp, changed: bool
) -> list[tuple[int, int, str]]:
    """The comment's own edits: added when prefill owns something, rewritten when a value changed, one of several kept."""
    comments = outline.comments
    if not sums and not comments:
        return []
    first = stamps[0] if stamps else None
    same = first is not None and dict(first.sums) == sums
    new = replace(stamp if first is None or changed else first, sums=sums)
    if same and not changed and len(comments) == 1:
        return []
    if not sums and not changed:
        return []
    edits = []
    place = next((comment for comment in comments if comment.stamp is not None), comments[0] if comments else None)
    for comment in comments:
        if comment is place:
            edits.append((comment.start, comment.end, _line(text, comment, str(new))))
        else:
            edits.append((comment.start, comment.end, ""))
    if place is None:
        before = "" if outline.anchor == 0 or text[outline.anchor - 1] in "\r\n\ufeff" else outline.newline
        edits.append((outline.anchor, outline.anchor, f"{before}{new}{outline.newline}"))
    return edits


def _line(text: str, comment: Comment, new: str) -> str:
    """The comment's line with new text: its indentation and line ending stay."""
    old = text[comment.start : comment.end]
    ending = old[len(old.rstrip("\r\n")) :]
    return f"{old[: len(old) - len(old.lstrip(' '))]}{new}{ending}"


def _notes(outline: Outline, kept: list[Kept]) -> tuple[str, ...]:
    notes = []
    damaged = [comment for comment in outline.comments if comment.stamp is None]
    sound = [comment for comment in outline.comments if comment.stamp is not None]
    if damaged:
        notes.append(
            f"the prefill comment on line {damaged[0].line} is damaged: what prefill wrote counts as written by hand"
        )
    if len(sound) > 1:
        lines = ", ".join(str(comment.line) for comment in sound)
        notes.append(f"the prefill comment stands {len(sound)} times (lines {lines}); the first is kept")
    if not outline.comments and any(item.why == "hand" and item.label in CORE for item in kept):
        notes.append(
            "the document has no prefill comment: values in it count as written by hand; --force replaces them"
        )
    return tuple(notes)


def _apply(
    text: str,
    outline: Outline,
    edits: list[tuple[int, int, str]],
    written: list[Written],
    kept: list[Kept],
    notes: tuple[str, ...],
) -> Merged:
    start, end = outline.start, outline.end
    out = []
    position = 0
    shift_start = shift_end = 0
    for first, last, new in sorted(edits, key=lambda edit: (edit[0], edit[1])):
        out += [text[position:first], new]
        position = last
        grown = len(new) - (last - first)
        shift_start += grown if first < start else 0
        shift_end += grown if first <= end else 0
    out.append(text[position:])
    return Merged("".join(out), (start + shift_start, end + shift_end), tuple(written), tuple(kept), notes)
