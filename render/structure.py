"""A Markdown document as lines, each with what CommonMark says it is: only text can hold a label, only headings can head.

markdown-it-py decides (https://markdown-it-py.readthedocs.io): lists, quotes, comments and fences nest in ways that a scan
by hand gets wrong. It is imported on use, and reads blocks alone: 2.5 ms for a task document, 2 s for 5 MB.
"""

from __future__ import annotations

import re
from typing import Literal

from prefill.lazy import regex
from prefill.records import dataclass

Kind = Literal["blank", "text", "heading", "rule", "code", "html", "quote", "matter"]

_ENDING = regex(r"\r\n?|\n")
_REFERENCE = regex(r" {0,3}\[([^\[\]\n]{1,200})\]:")


@dataclass(slots=True)
class Line:
    """One line: `start` to `end` without its line ending, `next` is where the following line starts. `level` of a heading."""

    start: int
    end: int
    next: int
    kind: Kind = "text"
    level: int = 0
    title: str = ""


def lines_of(text: str) -> list[Line]:
    """The lines of `text`, by the line endings that CommonMark knows: LF, CR LF, CR. A byte-order mark is before the first."""
    lines = []
    position = 1 if text.startswith("\ufeff") else 0
    while position < len(text):
        ending = _ENDING.search(text, position)
        end, following = ending.span() if ending else (len(text), len(text))
        lines.append(Line(position, end, following, "text" if text[position:end].strip(" \t\f\v") else "blank"))
        position = following
    return lines


def structure(text: str) -> list[Line]:
    """The lines of `text` with their kinds. A heading that stands in a list or a quote heads nothing, and is no heading."""
    from markdown_it import MarkdownIt

    lines = lines_of(text)
    matter = _front_matter(text, lines)
    for line in lines[:matter]:
        line.kind = "matter"
    # The parser sees the same line numbers: front matter would read as a heading.
    source = "\n" * matter + "\n".join(text[line.start : line.end] for line in lines[matter:])
    parser = MarkdownIt("commonmark")
    parser.core.ruler.enableOnly(["normalize", "block"])
    quotes = []
    for token in parser.parse(source):
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "heading_open":
            if token.level == 0:
                _mark(lines, first, last, "heading")
                lines[first].level = int(token.tag[1:])
        elif token.type == "inline" and lines[first].kind == "heading":
            lines[first].title = token.content
        elif token.type in ("fence", "code_block"):
            _mark(lines, first, last, "code")
        elif token.type == "html_block":
            _mark(lines, first, last, "html")
        elif token.type == "hr":
            _mark(lines, first, last, "rule")
        elif token.type == "blockquote_open":
            quotes.append((first, last))
    for first, last in quotes:
        _mark(lines, first, last, "quote")
    _mark_comments(text, lines)
    return lines


def references(text: str, lines: list[Line]) -> frozenset[str]:
    """The link references that the document defines, in lower case."""
    return frozenset(
        match[1].casefold().strip()
        for line in lines
        if line.kind == "text" and (match := _REFERENCE.match(text, line.start, line.end)) is not None
    )


def column(text: str, line: Line) -> int:
    """How far a line is indented, in columns; a tab goes to the next multiple of four."""
    width = 0
    for character in text[line.start : line.end]:
        if character == " ":
            width += 1
        elif character == "\t":
            width += 4 - width % 4
        else:
            break
    return width


def newline_of(text: str) -> str:
    """The line ending of a document: that of its first line."""
    match = _ENDING.search(text)
    return match.group() if match else "\n"


def _mark(lines: list[Line], first: int, last: int, kind: Kind) -> None:
    for line in lines[first:last]:
        if line.kind != "blank" or kind == "code":
            line.kind = kind


def _front_matter(text: str, lines: list[Line]) -> int:
    """How many lines are YAML front matter (`---` on the first line to the next `---`)."""
    if not lines or text[lines[0].start : lines[0].end].rstrip() != "---":
        return 0
    for number, line in enumerate(lines[1:200], 1):
        body = text[line.start : line.end].rstrip()
        if body in ("---", "..."):
            return number + 1
        if not body or (body[0] not in " #-\t" and ":" not in body):
            return 0  # a rule and then prose, not a mapping
    return 0


def _mark_comments(text: str, lines: list[Line]) -> None:
    """A comment that opens inside a paragraph hides the paragraph's following lines up to its end."""
    inside = False
    for line in lines:
        if line.kind != "text":
            inside = False
            continue
        body = text[line.start : line.end]
        if inside:
            line.kind = "html"
            if "-->" in body:
                inside = False
                body = body.split("-->", 1)[1]
            else:
                continue
        body = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", body)
        opening = body.rfind("<!--")
        inside = opening >= 0 and "-->" not in body[opening:]
