"""Labels and headings with the places of their values: how far a value goes, in any way that templates write one.

All places are offsets into the text. Nothing here knows which part of a document is the section.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from prefill.lazy import regex
from prefill.records import dataclass, replace
from prefill.render.meanings import is_placeholder, label_meaning, normal
from prefill.render.outline import CORE, Field
from prefill.render.stamp import Stamp, checksum
from prefill.render.structure import Line, column, newline_of, references

_BULLET = regex(r"[ \t]*(?P<bullet>(?:[-*+•]|\d{1,3}[.)])(?:[ \t]+|$))?")
_MARKED = regex(
    r"(?P<mark>\*\*|__|\*|_)(?P<name>[^*_:\uff1a\n][^*:\uff1a\n]{0,100}?)(?P<inside>[ \t]*[:\uff1a])?[ \t]*(?P=mark)(?P<outside>[ \t]*[:\uff1a])?"
)
_PLAIN = regex(r"(?P<name>[^\W\d_][^:\uff1a\n`<>\[\]]{0,60}?)[ \t]*[:\uff1a](?=[ \t]|$)")
_DASH = regex(r"[ \t]+[-\u2013\u2014][ \t]+")
_CHECKBOX = regex(r"\[[ xX]\][ \t]")
_DECORATION = regex("[^\\w*_`\\[(<\\n]{1,8}[ \\t]+(?=[*_])")
_LEADING_COMMENT = regex(r"\s*<!--.*?-->", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the document."""

    number: int  # index of its first line
    after: int  # index of the line after it
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """What looks like a label; `meaning` is None for one that prefill does not know, `marked` is False without emphasis."""

    number: int
    name: str
    meaning: str | None
    indent: int
    bullet: bool
    marked: bool
    after: int  # offset after the label and its colon


class Page:
    """One document as it is read: its lines, its headings, what looks like a label, and what prefill said it wrote."""

    def __init__(self, text: str, lines: list[Line], stamps: list[Stamp]) -> None:
        self.text = text
        self.lines = lines
        self.stamps = stamps
        self.references = references(text, lines)
        self.set_headings(
            [
                Heading(number, self._after_heading(number), line.level, line.title)
                for number, line in enumerate(lines)
                if line.kind == "heading" and line.level
            ]
        )
        self.labels = {number: label for number in range(len(lines)) if (label := self._label(number)) is not None}
        self._silence()

    def set_headings(self, headings: list[Heading]) -> None:
        """Take these as the document's headings, in order, and work out how far each one spans."""
        self.headings = headings
        self._starts = [heading.number for heading in headings]
        self._ends: dict[int, int] = {}
        above: list[Heading] = []
        for heading in headings:
            while above and above[-1].level >= heading.level:
                self._ends[above.pop().number] = heading.number
            above.append(heading)

    def following(self, heading: Heading, last: int) -> int:
        """The index of the next heading of any level, `last` at most."""
        at = bisect_right(self._starts, heading.number)
        return min(last, self._starts[at]) if at < len(self._starts) else last

    def below(self, heading: Heading, last: int) -> list[Heading]:
        """The headings between a heading and a line."""
        return self.headings[bisect_right(self._starts, heading.number) : bisect_left(self._starts, last)]

    def end(self, heading: Heading) -> int:
        """The index of the line after a heading's span: the next heading of its level, less what separates the two."""
        last = self._ends.get(heading.number, len(self.lines))
        while last > heading.after and self.lines[last - 1].kind in ("blank", "rule"):
            last -= 1
        return last

    def stop(self, label: Label, last: int) -> int:
        """The index of the line after a label's value."""
        number = label.number + 1
        empty = not self._strip_comments(label.after, self.lines[label.number].end)
        listed = False  # inside a list that is the value of a label without a bullet
        seen = label.number + 1
        while number < last:
            line = self.lines[number]
            if line.kind in ("heading", "rule", "matter"):
                break
            if line.kind == "blank":
                number += 1
                continue
            after_blank = self.lines[number - 1].kind == "blank"
            other = self.labels.get(number)
            deeper = column(self.text, line) > label.indent
            if line.kind in ("code", "quote", "html") and self.lines[number - 1].kind == line.kind and seen == number:
                pass  # a fence, a quote or a comment is never cut in two
            elif line.kind in ("code", "quote") and not label.bullet and not (listed and deeper):
                break
            elif label.bullet:
                if not deeper and (after_blank or other is not None or line.kind != "text" or self._is_item(number)):
                    break
                if not label.marked and not deeper:
                    break
            elif other is not None and not (deeper and listed):
                if not (empty and other.bullet):
                    break
                listed = True  # `**Stack:**` over a list of labels is a group
            elif line.kind == "html":
                if not empty:
                    break
            elif self._is_item(number):
                if not empty and not (listed and deeper):
                    break
                listed = True
            elif not (listed and deeper) and (
                not label.marked or (after_blank and not (empty and seen == label.number + 1))
            ):
                break
            number += 1
            seen = number
        return seen

    def value(self, label: Label, stop: int) -> Field | None:
        """The field of a label whose lines end before `stop`; None for one that prefill does not know, or for a group."""
        if label.meaning is None:
            return None
        line = self.lines[label.number]
        inline = self._strip_comments(label.after, line.end)
        if inline:
            return self._field(label.meaning, label.name, label.number, inline[0], self._tail(inline[0], stop))
        nested = [self.labels[n] for n in range(label.number + 1, stop) if n in self.labels]
        if any(inner.meaning for inner in nested):
            return None
        body = self._first_text(label.number + 1, stop)
        if body is not None:
            start = self._content(body)
            end = self._tail(start, stop)
            if end > start:
                return self._field(label.meaning, label.name, label.number, start, end)
        return self._empty(label.meaning, label.name, label.number, label.after, line.end)

    def body(self, meaning: str, heading: Heading, last: int) -> Field | None:
        """The field of a heading: the first block under it, as many as prefill wrote, or all when a person wrote there."""
        number = heading.number
        first = self._first_text(heading.after, last)
        if first is None:
            below = self.headings[bisect_right(self._starts, number) :][:1]
            if below and below[0].level > heading.level:
                return None  # its text stands under headings of its own
            return self._empty_body(meaning, heading, last)
        start = self._content(first, keep_bullet=True)
        ends = self._block_ends(first, last)
        key = _key(heading.title)
        for end in reversed(ends):
            if any(stamp.sums.get(key) == checksum(self.text[start:end]) for stamp in self.stamps):
                return self._field(meaning, heading.title, number, start, end, block=True)
        for end in ends[:1]:
            if is_placeholder(self.text[start:end], self.references):
                return self._field(meaning, heading.title, number, start, end, block=True)
        return self._field(meaning, heading.title, number, start, ends[-1], block=True)

    def _silence(self) -> None:
        """What looks like a label in a Current State is prose, unless the stack is described there."""
        for heading in self.headings:
            if label_meaning(heading.title) == "Current State":
                span = [n for n in range(heading.after, self.following(heading, len(self.lines))) if n in self.labels]
                if len({self.labels[number].meaning for number in span} & CORE) < 2:
                    for number in span:
                        del self.labels[number]

    def _label(self, number: int) -> Label | None:
        line = self.lines[number]
        if line.kind != "text":
            return None
        opening = _BULLET.match(self.text, line.start, line.end)
        at = opening.end() if opening else line.start
        bullet = opening is not None and opening["bullet"] is not None
        if at >= line.end or _CHECKBOX.match(self.text, at, line.end):
            return None
        decoration = _DECORATION.match(self.text, at, line.end)
        marked = _MARKED.match(self.text, decoration.end() if decoration else at, line.end)
        if marked is not None:
            after = marked.end()
            if not (marked["inside"] or marked["outside"]):
                dash = _DASH.match(self.text, after, line.end)
                if dash is None or label_meaning(marked["name"]) is None:
                    return None
                after = dash.end() - 1
            elif len(marked["mark"]) == 1 and label_meaning(marked["name"]) is None:
                return None
            name = marked["name"].strip()
            return Label(number, name, label_meaning(name), column(self.text, line), bullet, True, after)
        plain = _PLAIN.match(self.text, at, line.end)
        if plain is None or (meaning := label_meaning(plain["name"])) is None:
            return None
        return Label(number, plain["name"].strip(), meaning, column(self.text, line), bullet, False, plain.end())

    def _field(self, meaning: str, name: str, number: int, start: int, end: int, *, block: bool = False) -> Field:
        text = self.text[start:end]
        return Field(
            meaning, name, _key(name), number + 1, start, end, text, is_placeholder(text, self.references), block=block
        )

    def _empty(self, meaning: str, name: str, number: int, after: int, end: int) -> Field:
        """A field without a value: after its comments, and before the two spaces that break the line."""
        comments = _LEADING_COMMENT.match(self.text, after, end)
        while comments is not None:
            after = comments.end()
            comments = _LEADING_COMMENT.match(self.text, after, end)
        lead = "" if self.text[after:end] in (" ", "\t") else " "
        at = after if lead else end
        return Field(meaning, name, _key(name), number + 1, at, at, "", True, lead)

    def _empty_body(self, meaning: str, heading: Heading, last: int) -> Field | None:
        """Where a value goes under a heading that has none: below its comments, and apart from what follows."""
        under = heading.after - 1
        for number in range(heading.after, last):
            under = number if self.lines[number].kind == "html" else under
        newline = newline_of(self.text)
        line = self.lines[under]
        lead = newline if line.next == line.end else ""
        if line.kind == "html" and "-->" not in self.text[line.start : line.end]:
            if "<!--" in self.text[self.lines[heading.after - 1].next : line.end]:
                return None  # a comment that is not closed would hide the value
            lead += newline  # other HTML goes on until a blank line
        apart = under + 1 < len(self.lines) and self.lines[under + 1].kind != "blank"
        return Field(
            label=meaning,
            name=heading.title,
            key=_key(heading.title),
            line=heading.number + 1,
            start=line.next,
            end=line.next,
            text="",
            placeholder=True,
            lead=lead,
            trail=newline * 2 if apart else newline,
            block=True,
        )

    def _strip_comments(self, start: int, end: int) -> tuple[int, int] | None:
        """The value on a label's own line, without comments around it."""
        comment = _LEADING_COMMENT.match(self.text, start, end)
        while comment is not None:
            start = comment.end()
            comment = _LEADING_COMMENT.match(self.text, start, end)
        body = self.text[start:end]
        start += len(body) - len(body.lstrip())
        return (start, end) if start < end and body.strip() else None

    def _tail(self, start: int, stop: int) -> int:
        """Where a value ends that started at `start` and has lines up to `stop`: trailing blanks and comments are not part of it."""
        number = stop - 1
        while self.lines[number].start > start and self.lines[number].kind in ("blank", "html"):
            number -= 1
        body = self.text[start : self.lines[number].end].rstrip()
        while body.endswith("-->") and "<!--" in body:
            body = body[: body.rindex("<!--")].rstrip()
        return start + len(body)

    def _first_text(self, first: int, last: int) -> int | None:
        for number in range(first, last):
            if self.lines[number].kind not in ("blank", "html"):
                return number
        return None

    def _content(self, number: int, *, keep_bullet: bool = False) -> int:
        """Where the text of a line starts, after its list marker."""
        line = self.lines[number]
        body = self.text[line.start : line.end]
        start = line.start + len(body) - len(body.lstrip())
        match = _BULLET.match(self.text, line.start, line.end)
        if match is None or match["bullet"] is None or keep_bullet or match.end() >= line.end:
            return start
        return match.end()

    def _block_ends(self, first: int, last: int) -> list[int]:
        """Where each of the blocks of text that follow each other ends; a block is what no blank line divides."""
        ends = []
        for number in range(first, last):
            following = self.lines[number + 1].kind if number + 1 < last else "blank"
            if self.lines[number].kind not in ("blank", "html") and following in ("blank", "html"):
                line = self.lines[number]
                ends.append(line.start + len(self.text[line.start : line.end].rstrip()))
        return ends

    def _is_item(self, number: int) -> bool:
        line = self.lines[number]
        match = _BULLET.match(self.text, line.start, line.end) if line.kind == "text" else None
        return match is not None and match["bullet"] is not None

    def _after_heading(self, number: int) -> int:
        after = number + 1
        while after < len(self.lines) and self.lines[after].kind == "heading" and not self.lines[after].level:
            after += 1
        return after


def unique(field: Field, keys: dict[str, int]) -> Field:
    """`field` with a key that none before it has; `keys` counts them."""
    count = keys[field.key] = keys.get(field.key, 0) + 1
    return field if count == 1 else replace(field, key=f"{field.key}~{count}")


def _key(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", normal(name)).strip("-")
    return words[:100] or "value"
