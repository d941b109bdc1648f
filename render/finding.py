"""Finds the project section of a document and the label values in it: headings and labels matched by meaning."""

from __future__ import annotations

from prefill.lazy import regex
from prefill.render.fields import Heading, Page, unique
from prefill.render.meanings import is_section, label_meaning, meanings, normal
from prefill.render.outline import CORE, Comment, Field, NoSectionError, Outline
from prefill.render.stamp import OPENING, parse
from prefill.render.structure import Line, newline_of, structure

_NUMBERED = regex(r"[ \t]{0,3}(\d{1,2})[.)][ \t]+\S")
_OURS = regex(r"\s{0,3}<!--\s?prefill(?![\w-])")


def find(text: str, path: str | None = None) -> Outline:
    """The outline of a document. Raises NoSectionError, with what was looked for, when there is no section to fill."""
    lines = structure(text)
    comments = tuple(_comments(text, lines))
    page = Page(text, lines, [comment.stamp for comment in comments if comment.stamp is not None])
    section = _section(page)
    if section is None:
        page.set_headings(_unmarked_headings(page))
        section = _section(page) or _bare_labels(page)
    if section is None:
        raise NoSectionError(_why_not(page, comments), path)
    first, last = section.number, page.end(section)
    fields = _fields(page, section.after if section.level else first, last)
    if not any(field.label == "Current State" for field in fields):
        fields += _current_state_beside(page, section, last)
    options = _options(page, first)
    keys: dict[str, int] = {}
    fields = [unique(field, keys) for field in sorted(fields, key=lambda f: f.start)]
    options = [unique(field, keys) for field in options]
    start = page.lines[first].start
    end = page.lines[last - 1].next if last > first else start
    return Outline(
        heading=section.title,
        line=first + 1,
        start=start,
        end=end,
        fields=tuple(fields),
        options=tuple(options),
        comments=comments,
        anchor=_anchor(page, section, fields),
        newline=newline_of(page.text),
    )


def _section(page: Page) -> Heading | None:
    """The outermost heading that names the section and has labels, else the one whose labels give it away."""
    named = [
        (heading, len(labels))
        for heading in page.headings
        if is_section(heading.title)
        and (labels := _understood(page, heading))
        # A document's own title names its topic; that it describes the stack is another matter.
        and (heading.level > 1 or len(labels & CORE) >= 3)
    ]
    outer: list[tuple[Heading, int]] = []
    for heading, count in named:
        # A document's own title spans everything: what is named below it is not a part of it.
        if not outer or outer[-1][0].level == 1 or heading.number >= page.end(outer[-1][0]):
            outer.append((heading, count))
    # A document's own title may sound like the section; it is taken when nothing below it does.
    below = [(heading, count) for heading, count in outer if heading.level > 1] or outer
    if below:
        return max(below, key=lambda pair: pair[1])[0]
    given_away = [
        (heading, len(labels))
        for heading in page.headings
        if len(labels := _understood(page, heading, leaf=True)) >= 3 and len(labels & CORE) >= 2
    ]
    if given_away:
        return max(given_away, key=lambda pair: pair[1])[0]
    return None


def _bare_labels(page: Page) -> Heading | None:
    """Labels with no heading at all over them."""
    if page.headings or len({label.meaning for label in page.labels.values()} & CORE) < 3:
        return None
    first = next(number for number, label in page.labels.items() if label.meaning in CORE)
    return Heading(first, first, 0, "")


def _understood(page: Page, heading: Heading, *, leaf: bool = False) -> set[str]:
    last = page.following(heading, len(page.lines)) if leaf else page.end(heading)
    silent = {*meanings().options, "Current State"}
    found = {page.labels[number].meaning for number in range(heading.after, last) if number in page.labels}
    found |= {label_meaning(inner.title) for inner in page.below(heading, last)}
    return {meaning for meaning in found if meaning is not None and meaning not in silent}


def _unmarked_headings(page: Page) -> list[Heading]:
    """Headings of a document whose Markdown marks were stripped: lines that are nothing but a name that prefill knows."""
    found: list[Heading] = []
    numbered: int | None = None
    for number, line in enumerate(page.lines):
        body = page.text[line.start : line.end].strip()
        if line.kind != "text" or len(body) > 80 or number in page.labels:
            continue
        name = normal(body)
        count = _NUMBERED.match(page.text, line.start, line.end)
        if name in meanings().sections:
            level = 3 if found and found[-1].level in (2, 3) and count is None else 2
            found.append(Heading(number, number + 1, level, body))
            numbered = int(count[1]) if count else numbered
        elif meanings().labels.get(name) == "Current State":
            found.append(Heading(number, number + 1, 3, body))
        elif found and count is not None and numbered is not None and int(count[1]) == numbered + 1:
            found.append(Heading(number, number + 1, 2, body))
            numbered += 1
    return sorted([*page.headings, *found], key=lambda h: h.number)


def _why_not(page: Page, comments: tuple[Comment, ...]) -> str:
    named = next((h for h in page.headings if is_section(h.title)), None)
    torn = next((c for c in comments if c.stamp is None and c.end >= len(page.text)), None)
    if torn is not None:
        return f"the prefill comment on line {torn.line} is not closed and hides what follows; close it with `-->` or remove it"
    if named is not None:
        return f"“{named.title}” (line {named.number + 1}) holds no label that prefill knows, such as **Language:**"
    return "no section that describes the project, such as “Project Analysis & Current State” or “Technology Stack”, was found"


def _anchor(page: Page, section: Heading, fields: list[Field]) -> int:
    """Where the comment goes: after the heading that stands over the first value, at the top when no real one does.

    Anywhere else it could split a paragraph or a list, and make something else of what follows.
    """
    first = fields[0].line - 1 if fields else section.number
    over = [h for h in page.headings if h.after <= first] or ([section] if section.level else [])
    if fields and any(h.number == first for h in page.headings):
        over = [h for h in page.headings if h.number == first]
    if over and page.lines[over[-1].number].kind == "heading":
        return page.lines[over[-1].after - 1].next
    matter = [line.next for line in page.lines if line.kind == "matter"]
    return matter[-1] if matter else len(page.text) - len(page.text.removeprefix("\ufeff"))


def _fields(page: Page, first: int, last: int) -> list[Field]:
    """The fields between two lines: labels with their values, and headings that are labels."""
    fields: list[Field] = []
    options = meanings().options
    number = first
    for heading in [h for h in page.headings if first <= h.number < last]:
        until = page.following(heading, last)
        meaning = label_meaning(heading.title)
        if meaning is None or meaning in options:
            continue
        if any(number in page.labels for number in range(heading.after, until)):
            continue
        field = page.body(meaning, heading, until)
        if field is not None:
            fields.append(field)
    while number < last:
        label = page.labels.get(number)
        if label is None:
            number += 1
            continue
        stop = page.stop(label, last)
        field = page.value(label, stop)
        if field is None:
            number += 1  # a group of labels, or a label that prefill does not know: what it holds may be labels
            continue
        if field.label not in options:
            fields.append(field)
        number = stop
    return fields


def _current_state_beside(page: Page, section: Heading, last: int) -> list[Field]:
    """A Current State under the next heading, when the section itself has none."""
    following = next((h for h in page.headings if h.number >= last), None)
    if following is None or following.level < section.level or label_meaning(following.title) != "Current State":
        return []
    field = page.body("Current State", following, page.following(following, len(page.lines)))
    return [field] if field is not None else []


def _options(page: Page, first: int) -> list[Field]:
    """Title and goal: the first label or heading that means them, before the section."""
    found: dict[str, Field] = {}
    options = meanings().options
    for number, label in page.labels.items():
        if label.meaning in options and label.meaning not in found and number < first:
            field = page.value(label, page.stop(label, len(page.lines)))
            if field is not None:
                found[field.label] = field
    for heading in page.headings:
        meaning = label_meaning(heading.title)
        if meaning in options and meaning not in found and heading.number < first:
            field = page.body(meaning, heading, page.following(heading, len(page.lines)))
            if field is not None:
                found[meaning] = field
    return sorted(found.values(), key=lambda f: f.start)


def _comments(text: str, lines: list[Line]) -> list[Comment]:
    found: list[Comment] = []
    for number, line in enumerate(lines):
        if line.kind != "html" or (found and line.start < found[-1].end):
            continue
        body = text[line.start : line.end]
        if not _OURS.match(body):
            continue
        end = line.next
        if "-->" not in body:  # damaged: it goes on to wherever a comment ends
            closing = text.find("-->", line.start)
            end = len(text) if closing < 0 else closing + 3
        found.append(Comment(number + 1, line.start, end, parse(body) if body.strip().startswith(OPENING) else None))
    return found
