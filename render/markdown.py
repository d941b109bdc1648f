"""Strings from a repository into Markdown that they cannot break out of: one escape for prose, code spans and comments."""

from __future__ import annotations

import re

from prefill.lazy import regex

PROSE_LIMIT = 600  # characters of one repository string in prose; what is longer ends in an ellipsis
CODE_LIMIT = 240  # the same in a code span: longer than any path or name that a reader could use

# Characters that are not seen, or that change how others are seen: controls, zero-width, bidirectional marks and
# overrides (https://trojansource.codes), separators, annotation, variation selectors and tags, lone surrogates.
_HIDDEN = regex(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)
_WHITESPACE = frozenset("\t\n\v\f\r \x85\xa0\u2028\u2029")
# Backslash escapes work on ASCII punctuation (https://spec.commonmark.org/0.31.2/#backslash-escapes).
_ALWAYS = regex(r"[\\`*\[\]<|~$]")
_UNDERSCORE = regex(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word an underscore is only an underscore
_ENTITY = regex(r"&(?=#?\w{1,32};)")
_COMMENT_END = regex(r"(?<=-)>|(?<=-!)>")
_AUTOLINK = regex(r":(?=//)|(?<=www)\.|@", re.IGNORECASE)
_NUMBER = regex(r"\d{1,9}[.)]")


def escape(text: object, limit: int = PROSE_LIMIT, *, opens: bool = True) -> str:
    r"""`text` as Markdown prose on one line that shows what `text` says and is nothing but prose.

    No heading, list, quote, link, image, code, HTML, entity or comment end can come out of it; characters that nobody
    sees are written as `\u202e` and the like; what is beyond `limit` characters is cut and ends in an ellipsis.
    `opens` is False for a string that stands inside a line, where `1.2` is no list.
    """
    plain = _one_line(str(text), limit)
    out = _ALWAYS.sub(r"\\\g<0>", plain)
    out = _UNDERSCORE.sub(r"\\_", out)
    out = _ENTITY.sub(r"\\&", out)
    out = _COMMENT_END.sub(r"\\>", out)
    out = _AUTOLINK.sub(r"\\\g<0>", out)
    return opening(out) if opens else out


def opening(text: str) -> str:
    """Markdown that may open a line: what would make a heading, quote, list or rule of it is escaped."""
    if text[:1] in ("#", ">", "+", "=", "-", ":"):
        return "\\" + text
    if (number := _NUMBER.match(text)) is not None:
        return f"{text[: number.end() - 1]}\\{text[number.end() - 1 :]}"
    return text


def code(text: object, limit: int = CODE_LIMIT) -> str:
    """`text` as a code span that it cannot end (https://spec.commonmark.org/0.31.2/#code-spans)."""
    plain = _visible(_cut(str(text), limit), spaces=False)
    # Nothing can be escaped in a code span, and a comment ends at the first mark wherever that stands.
    plain = plain.replace("-->", "--\\u003e").replace("--!>", "--!\\u003e").replace("<!--", "\\u003c!--")
    runs = {len(run) for run in re.findall("`+", plain)}
    fence = "`"
    while len(fence) in runs:
        fence += "`"
    pad = " " if not plain or plain[0] == "`" or plain[-1] == "`" or (plain[0] == plain[-1] == " ") else ""
    return f"{fence}{pad}{plain}{pad}{fence}" if plain else "` `"


def comment(text: object) -> str:
    """`text` inside a hidden comment: it cannot close the comment or open another."""
    plain = _one_line(str(text), PROSE_LIMIT)
    return plain.replace("-->", "--\\u003e").replace("--!>", "--!\\u003e").replace("<!--", "\\u003c!--")


def _one_line(text: str, limit: int) -> str:
    return " ".join(_visible(_cut(text, limit), spaces=True).split())


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _visible(text: str, *, spaces: bool) -> str:
    def show(match: re.Match[str]) -> str:
        character = match.group()
        if spaces and character in _WHITESPACE:
            return " "
        number = ord(character)
        return (
            f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\u{{{number:x}}}"
        )

    return _HIDDEN.sub(show, text)
