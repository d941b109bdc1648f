"""Where the project section of a document stands, and the label values in it: headings and labels matched by meaning.

All places are offsets into the text. What is found never overlaps, and stands in the order of the document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from prefill.errors import PrefillError
from prefill.render.meanings import is_placeholder, is_section, label_meaning, meanings, normal
from prefill.render.stamp import OPENING, Stamp, checksum, parse
from prefill.render.structure import Line, column, references, structure

_BULLET = re.compile(r"[ \t]*(?P<bullet>(?:[-*+•]|\d{1,3}[.)])(?:[ \t]+|$))?")
_MARKED = re.compile(
    r"(?P<mark>\*\*|__|\*|_)(?P<name>[^*_:\uff1a\n][^*:\uff1a\n]{0,100}?)(?P<inside>[ \t]*[:\uff1a])?[ \t]*(?P=mark)(?P<outside>[ \t]*[:\uff1a])?"
)
_PLAIN = re.compile(r"(?P<name>[^\W\d_][^:\uff1a\n`<>\[\]]{0,60}?)[ \t]*[:\uff1a](?=[ \t]|$)")
_DASH = re.compile(r"[ \t]+[-\u2013\u2014][ \t]+")
_CHECKBOX = re.compile(r"\[[ xX]\][ \t]")
_DECORATION = re.compile("[^\\w*_`\\[(<\\n]{1,8}[ \\t]+(?=[*_])")
_LEADING_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)
_NUMBERED = re.compile(r"[ \t]{0,3}(\d{1,2})[.)][ \t]+\S")

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
    goes before a value that is written where there is none.
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


@dataclass(frozen=True, slots=True)
class _Heading:
    number: int  # index of its first line
    after: int  # index of the line after it
    level: int
    title: str


@dataclass(frozen=True, slots=True)
class _Label:
    number: int
    name: str
    meaning: str | None
    indent: int
    bullet: bool
    marked: bool
    after: int  # offset after the label and its colon


def find(text: str, path: str | None = None) -> Outline:
    """The outline of a document. Raises NoSectionError, with what was looked for, when there is no section to fill."""
    lines = structure(text)
    return _Reader(text, lines, path).outline()


class _Reader:
    """One pass over one document: the lines, and what was found in them."""

    def __init__(self, text: str, lines: list[Line], path: str | None) -> None:
        self.text = text
        self.lines = lines
        self.path = path
        self.references = references(text, lines)
        self.comments = tuple(self._comments())
        self.stamps = [comment.stamp for comment in self.comments if comment.stamp is not None]
        self.headings = [
            _Heading(number, self._after_heading(number), line.level, line.title)
            for number, line in enumerate(lines)
            if line.kind == "heading" and line.level
        ]
        self.labels = {number: label for number in range(len(lines)) if (label := self._label(number)) is not None}

    def outline(self) -> Outline:
        section = self._section()
        if section is None:
            self.headings = self._unmarked_headings()
            section = self._section() or self._bare_labels()
        if section is None:
            raise NoSectionError(self._why_not(), self.path)
        first, last = section.number, self._end(section)
        fields = self._fields(section.after if section.level else first, last)
        if not any(field.label == "Current State" for field in fields):
            fields += self._current_state_beside(section, last)
        options = self._options(first)
        keys: dict[str, int] = {}
        fields = [_unique(field, keys) for field in sorted(fields, key=lambda f: f.start)]
        options = [_unique(field, keys) for field in options]
        start = self.lines[first].start
        end = self.lines[last - 1].next if last > first else start
        return Outline(
            heading=section.title,
            line=first + 1,
            start=start,
            end=end,
            fields=tuple(fields),
            options=tuple(options),
            comments=self.comments,
            anchor=self._anchor(section, fields),
            newline=_newline(self.text),
        )

    # the section ------------------------------------------------------------------------------------------------------

    def _section(self) -> _Heading | None:
        """The outermost heading that names the section and has labels, else the one whose labels give it away."""
        named = [
            (heading, count)
            for heading in self.headings
            if is_section(heading.title) and (count := len(self._understood(heading))) > 0
        ]
        outer = [
            (heading, count)
            for heading, count in named
            if not any(
                o.number < heading.number < self._end(o) and (o.level > 1 or heading.level == 1) for o, _ in named
            )
        ]
        # A document's own title may sound like the section; it is taken when nothing below it does.
        below = [(heading, count) for heading, count in outer if heading.level > 1] or outer
        if below:
            return max(below, key=lambda pair: pair[1])[0]
        given_away = [
            (heading, len(labels))
            for heading in self.headings
            if len(labels := self._understood(heading, leaf=True)) >= 3 and len(labels & CORE) >= 2
        ]
        if given_away:
            return max(given_away, key=lambda pair: pair[1])[0]
        return None

    def _bare_labels(self) -> _Heading | None:
        """Labels with no heading at all over them."""
        if self.headings or len({label.meaning for label in self.labels.values()} & CORE) < 3:
            return None
        first = next(number for number, label in self.labels.items() if label.meaning in CORE)
        return _Heading(first, first, 0, "")

    def _understood(self, heading: _Heading, *, leaf: bool = False) -> set[str]:
        last = (
            next((h.number for h in self.headings if h.number > heading.number), len(self.lines))
            if leaf
            else self._end(heading)
        )
        silent = {*meanings().options, "Current State"}
        found = {self.labels[number].meaning for number in range(heading.after, last) if number in self.labels}
        found |= {label_meaning(inner.title) for inner in self.headings if heading.number < inner.number < last}
        return {meaning for meaning in found if meaning is not None and meaning not in silent}

    def _end(self, heading: _Heading) -> int:
        """The index of the line after a heading's span: the next heading of its level, less what separates the two."""
        last = next(
            (h.number for h in self.headings if h.number > heading.number and h.level <= heading.level), len(self.lines)
        )
        while last > heading.after and self.lines[last - 1].kind in ("blank", "rule"):
            last -= 1
        return last

    def _unmarked_headings(self) -> list[_Heading]:
        """Headings of a document whose Markdown marks were stripped: lines that are nothing but a name that prefill knows."""
        found: list[_Heading] = []
        numbered: int | None = None
        for number, line in enumerate(self.lines):
            body = self.text[line.start : line.end].strip()
            if line.kind != "text" or len(body) > 80 or number in self.labels:
                continue
            name = normal(body)
            count = _NUMBERED.match(self.text, line.start, line.end)
            if name in meanings().sections:
                level = 3 if found and found[-1].level in (2, 3) and count is None else 2
                found.append(_Heading(number, number + 1, level, body))
                numbered = int(count[1]) if count else numbered
            elif meanings().labels.get(name) == "Current State":
                found.append(_Heading(number, number + 1, 3, body))
            elif found and count is not None and numbered is not None and int(count[1]) == numbered + 1:
                found.append(_Heading(number, number + 1, 2, body))
                numbered += 1
        return sorted([*self.headings, *found], key=lambda h: h.number)

    def _why_not(self) -> str:
        named = next((h for h in self.headings if is_section(h.title)), None)
        torn = next((c for c in self.comments if c.stamp is None and c.end >= len(self.text)), None)
        if torn is not None:
            return f"the prefill comment on line {torn.line} is not closed and hides what follows; close it with `-->` or remove it"
        if named is not None:
            return f"“{named.title}” (line {named.number + 1}) holds no label that prefill knows, such as **Language:**"
        return "no section that describes the project, such as “Project Analysis & Current State” or “Technology Stack”, was found"

    def _anchor(self, section: _Heading, fields: list[Field]) -> int:
        """Where the comment goes: after the heading that stands over the first value, before the labels when none does."""
        first = fields[0].line - 1 if fields else section.number
        over = [h for h in self.headings if h.after <= first] or ([section] if section.level else [])
        if fields and any(h.number == first for h in self.headings):
            over = [h for h in self.headings if h.number == first]
        if over:
            return self.lines[over[-1].after - 1].next
        return self.lines[first].start

    # labels and their values ------------------------------------------------------------------------------------------

    def _label(self, number: int) -> _Label | None:
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
            return _Label(number, name, label_meaning(name), column(self.text, line), bullet, True, after)
        plain = _PLAIN.match(self.text, at, line.end)
        if plain is None or (meaning := label_meaning(plain["name"])) is None:
            return None
        return _Label(number, plain["name"].strip(), meaning, column(self.text, line), bullet, False, plain.end())

    def _fields(self, first: int, last: int) -> list[Field]:
        """The fields between two lines: labels with their values, and headings that are labels."""
        fields: list[Field] = []
        options = meanings().options
        number = first
        silent = -1  # the end of a Current State: what looks like a label in it is prose
        for heading in [h for h in self.headings if first <= h.number < last]:
            until = next((h.number for h in self.headings if h.number > heading.number), last)
            meaning = label_meaning(heading.title)
            if meaning is None or meaning in options:
                continue
            if meaning != "Current State" and any(self.labels.get(n) for n in range(heading.after, until)):
                continue
            field = self._body(meaning, heading, min(until, last))
            if field is not None:
                fields.append(field)
        states = [(f.line - 1, next((h.number for h in self.headings if h.number > f.line - 1), last)) for f in fields]
        while number < last:
            silent = next((end for start, end in states if start <= number < end), silent)
            label = self.labels.get(number)
            if label is None or number < silent:
                number += 1
                continue
            stop = self._stop(label, last)
            field = self._value(label, stop)
            if field is None:
                number += 1  # a group of labels, or a label that prefill does not know: what it holds may be labels
                continue
            if field.label not in options:
                fields.append(field)
            number = stop
        return fields

    def _stop(self, label: _Label, last: int) -> int:
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
            if label.bullet:
                if not deeper and (after_blank or other is not None or line.kind != "text" or self._is_item(number)):
                    break
                if not label.marked and not deeper:
                    break
            elif other is not None and not (deeper and listed):
                break
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

    def _value(self, label: _Label, stop: int) -> Field | None:
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

    def _body(self, meaning: str, heading: _Heading, last: int) -> Field | None:
        """The field of a heading: the first block under it, as many as prefill wrote, or all when a person wrote there."""
        while last > heading.after and self.lines[last - 1].kind in ("blank", "rule", "html"):
            last -= 1
        number = heading.number
        first = self._first_text(heading.after, last)
        if first is None:
            at = heading.after
            while at < last + 1 and at < len(self.lines) and self.lines[at].kind == "html":
                at += 1
            under = self.lines[at - 1]
            newline = _newline(self.text)
            lead = newline if under.next == under.end else ""
            trail = under.next
            return Field(
                meaning, heading.title, _key(heading.title), number + 1, trail, trail, "", True, lead, block=True
            )
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

    def _current_state_beside(self, section: _Heading, last: int) -> list[Field]:
        """A Current State under the next heading, when the section itself has none."""
        following = next((h for h in self.headings if h.number >= last), None)
        if following is None or following.level < section.level or label_meaning(following.title) != "Current State":
            return []
        until = next((h.number for h in self.headings if h.number > following.number), len(self.lines))
        field = self._body("Current State", following, until)
        return [field] if field is not None else []

    def _options(self, first: int) -> list[Field]:
        """Title and goal: the first label or heading that means them, before the section."""
        found: dict[str, Field] = {}
        options = meanings().options
        for number, label in self.labels.items():
            if label.meaning in options and label.meaning not in found and number < first:
                field = self._value(label, self._stop(label, len(self.lines)))
                if field is not None:
                    found[field.label] = field
        for heading in self.headings:
            meaning = label_meaning(heading.title)
            if meaning in options and meaning not in found and heading.number < first:
                until = next((h.number for h in self.headings if h.number > heading.number), len(self.lines))
                field = self._body(meaning, heading, until)
                if field is not None:
                    found[meaning] = field
        return sorted(found.values(), key=lambda f: f.start)

    # places -----------------------------------------------------------------------------------------------------------

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
        match = _BULLET.match(self.text, self.lines[number].start, self.lines[number].end)
        return match is not None and match["bullet"] is not None

    def _after_heading(self, number: int) -> int:
        after = number + 1
        while after < len(self.lines) and self.lines[after].kind == "heading" and not self.lines[after].level:
            after += 1
        return after

    def _comments(self) -> list[Comment]:
        found = []
        for number, line in enumerate(self.lines):
            if line.kind != "html":
                continue
            body = self.text[line.start : line.end]
            if not re.match(r"\s{0,3}<!--\s?prefill(?![\w-])", body):
                continue
            end = line.next
            if "-->" not in body:  # damaged: it goes on to wherever a comment ends
                closing = self.text.find("-->", line.start)
                end = len(self.text) if closing < 0 else closing + 3
            found.append(
                Comment(number + 1, line.start, end, parse(body) if body.strip().startswith(OPENING) else None)
            )
        return found


def _unique(field: Field, keys: dict[str, int]) -> Field:
    count = keys[field.key] = keys.get(field.key, 0) + 1
    return field if count == 1 else replace(field, key=f"{field.key}~{count}")


def _key(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", normal(name)).strip("-")
    return words[:100] or "value"


def _newline(text: str) -> str:
    """The line ending of a document: that of its first line."""
    match = re.search(r"\r\n?|\n", text)
    return match.group() if match else "\n"
