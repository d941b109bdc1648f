"""Globs over folders, as tinyglobby matches directories: `a/**` is also `a` itself, `*` skips names that begin with a dot.

Braces are written out first, then a path is matched component by component, so that no pattern takes more than its length times
the path's. https://github.com/SuperchupuDev/tinyglobby
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from prefill.lazy import regex

MAX_LENGTH = 300  # characters of a glob; a longer one names nothing
MAX_BRACES = 100  # globs that one with braces may stand for
MAX_STARS = 3  # wildcards in one component; more would let a hostile one backtrack for long

Part = re.Pattern[str] | None  # None is `**`


def expand(patterns: Sequence[str], folder: str, packages: Iterable[str]) -> list[str]:
    """The package folders that the globs of a root name, sorted; a `!` glob takes away a folder with all that is below it."""
    wanted: list[tuple[Part, ...]] = []
    unwanted: list[tuple[Part, ...]] = [_parts("**/node_modules", dot=True)]
    at_root = False
    for pattern in patterns:
        negated = pattern.startswith("!") and not pattern.startswith("!(")
        for one in _braces(_clean(pattern[1:] if negated else pattern)):
            at_root |= one == "." and not negated and pattern != ""
            (unwanted if negated else wanted).append(_parts(one, dot=negated))
    prefix = "" if folder == "." else folder + "/"
    found = []
    for path in sorted(packages):
        if path == folder:
            if at_root:
                found.append(path)
        elif path.startswith(prefix) and path != ".":
            names = path[len(prefix) :].split("/")
            if any(_match(parts, names, dot=False) for parts in wanted) and not _taken_away(names, unwanted):
                found.append(path)
    return found


def _clean(pattern: str) -> str:
    while pattern.startswith("./"):
        pattern = pattern[2:]
    return pattern.rstrip("/") or "."


def _taken_away(names: Sequence[str], globs: Iterable[tuple[Part, ...]]) -> bool:
    return any(_match(parts, names[:count], dot=True) for parts in globs for count in range(1, len(names) + 1))


def _match(parts: Sequence[Part], names: Sequence[str], *, dot: bool) -> bool:
    """Whether the parts match all the names: step by step, how many of them the parts so far can have taken."""
    reached = {0}
    for part in parts:
        if part is not None:
            reached = {count + 1 for count in reached if count < len(names) and part.match(names[count])}
            continue
        for count, name in enumerate(names):
            if count in reached and (dot or not name.startswith(".")):
                reached.add(count + 1)
    return len(names) in reached


def _braces(pattern: str) -> list[str]:
    """Every glob that one with braces stands for: `{a,b}/*` is `a/*` and `b/*`."""
    if len(pattern) > MAX_LENGTH:
        return []
    done: list[str] = []
    todo = [pattern]
    while todo and len(todo) + len(done) <= MAX_BRACES:
        at = todo.pop(0)
        match = re.search(r"\{([^{}]*,[^{}]*)\}", at)  # the innermost
        if match is None:
            done.append(at)
        else:
            todo += [at[: match.start()] + option + at[match.end() :] for option in match.group(1).split(",")]
    return done


@lru_cache(maxsize=256)
def _parts(pattern: str, *, dot: bool) -> tuple[Part, ...]:
    parts: list[Part] = []
    for segment in pattern.split("/"):
        if segment != "**":
            parts.append(_segment(segment, dot=dot))
        elif not parts or parts[-1] is not None:
            parts.append(None)
    return tuple(parts)


_NOTHING = regex(r"(?!)")
_GROUPS = {
    "@": ("(?:", ")"),
    "?": ("(?:", ")?"),
    "+": ("(?:", "){1,4}"),
    "*": ("(?:", "){0,4}"),
    "!": ("(?!(?:", r")\Z)[^/]*"),
}


def _segment(text: str, *, dot: bool) -> re.Pattern[str]:
    """One component of a glob: `*`, `?`, `[…]`, `(a|b)`, `@(a|b)`, `?(a)`, `+(a)`, `!(a)`."""
    if sum(text.count(char) for char in "*+") > MAX_STARS:
        return _NOTHING
    out: list[str] = []
    closing: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if char in _GROUPS and text.startswith("(", at + 1) and ")" in text[at:]:
            opened, closed = _GROUPS[char]
            out.append(opened)
            closing.append(closed)
            at += 1
        elif char == "(" and ")" in text[at:]:
            out.append("(?:")
            closing.append(")")
        elif char == "*":
            if not text.startswith("*", at + 1):
                out.append("[^/]*")
        elif char == "?":
            out.append("[^/]")
        elif char == ")" and closing:
            out.append(closing.pop())
        elif char == "|" and closing:
            out.append("|")
        elif char == "[" and (end := text.find("]", at + 2)) > 0:
            inner = text[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            out.append("[" + ("^" + inner[1:] if inner.startswith(("!", "^")) else inner) + "]")
            at = end
        else:
            out.append(re.escape(char))
        at += 1
    hidden = "" if dot or text[:1] not in {"*", "?", "[", "!"} else r"(?!\.)"
    try:
        return re.compile(f"{hidden}(?:{''.join(out)}{''.join(reversed(closing))})\\Z", re.DOTALL)
    except re.error:
        return re.compile(f"{re.escape(text)}\\Z")
