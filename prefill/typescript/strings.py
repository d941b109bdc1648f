"""Methods of JavaScript's strings and regular expressions.

https://developer.mozilla.org/docs/Web/JavaScript/Reference/Global_Objects/String; a method that is not here gives None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from prefill.lazy import regex
from prefill.typescript.operators import MAX_ITEMS, MAX_TEXT, integer, span
from prefill.typescript.values import UNDEFINED, Array, Closure, Regex, Value, js_string

if TYPE_CHECKING:
    from prefill.typescript.evaluate import Evaluator

MAX_MATCHED = 300
"""Characters that a pattern with repetition is tried on: what it may cost grows with their third power."""


def string_method(ev: Evaluator, this: str, name: str, args: list[Value]) -> Value | None:
    """`this.name(...args)` of a string."""
    first = args[0] if args else UNDEFINED
    simple: dict[str, Callable[[str], str]] = {
        "toLowerCase": str.lower,
        "toUpperCase": str.upper,
        "toLocaleLowerCase": str.lower,
        "toLocaleUpperCase": str.upper,
        "trim": str.strip,
        "trimStart": str.lstrip,
        "trimEnd": str.rstrip,
        "toString": str,
        "valueOf": str,
        "normalize": str,
    }
    if name in simple:
        return simple[name](this)
    if name in ("startsWith", "endsWith", "includes", "indexOf", "lastIndexOf") and isinstance(first, str):
        if name == "startsWith":
            return this.startswith(first)
        if name == "endsWith":
            return this.endswith(first)
        if name == "includes":
            return first in this
        return this.find(first) if name == "indexOf" else this.rfind(first)
    if name == "slice":
        start, end = span(len(this), args)
        return this[start:end]
    if name == "substring":
        low, high = sorted(max(0, min(len(this), integer(args, i, d))) for i, d in ((0, 0), (1, len(this))))
        return this[low:high]
    if name == "substr":
        start, _ = span(len(this), args[:1])
        return this[start : start + max(0, integer(args, 1, len(this)))]
    if name in ("charAt", "at"):
        at = integer(args, 0, 0)
        at = at + len(this) if at < 0 and name == "at" else at
        return this[at] if 0 <= at < len(this) else "" if name == "charAt" else UNDEFINED
    if name in ("charCodeAt", "codePointAt"):
        at = integer(args, 0, 0)
        return ord(this[at]) if 0 <= at < len(this) else UNDEFINED
    if name == "repeat":
        times = integer(args, 0, 0)
        return this * times if 0 <= times * len(this) <= MAX_TEXT and times >= 0 else None
    if name in ("padStart", "padEnd"):
        width, filler = integer(args, 0, 0), js_string(args[1]) if len(args) > 1 else " "
        if width > MAX_TEXT or not filler:
            return None if width > MAX_TEXT else this
        pad = (filler * (max(0, width - len(this)) // len(filler) + 1))[: max(0, width - len(this))]
        return pad + this if name == "padStart" else this + pad
    if name == "concat":
        parts = [js_string(arg) for arg in args]
        return None if None in parts else this + "".join(part or "" for part in parts)
    if name == "split":
        return _split(this, args)
    if name in ("replace", "replaceAll"):
        return _replace(ev, this, name, args)
    if name == "match" and isinstance(first, Regex):
        return None
    return None


def _split(this: str, args: list[Value]) -> Value | None:
    separator = args[0] if args else UNDEFINED
    if separator is UNDEFINED:
        parts: list[Value] = [this]
    elif separator == "":
        parts = list(this[:MAX_ITEMS])
    elif isinstance(separator, str):
        parts = list(this.split(separator))
    elif isinstance(separator, Regex):
        pattern = compiled(separator, this)
        if pattern is None:
            return None
        parts = [part for part in pattern.split(this) if part is not None]
    else:
        return None
    limit = integer(args, 1, len(parts))
    return Array(parts[:limit], "", 0)


_SAFE = regex(r"(?:[^\\()*+?{}|]|\\[dDwWsS./\-_[\]^$@])(?:[+*?])?")


def compiled(value: Regex, text: str) -> re.Pattern[str] | None:
    """A JavaScript pattern as Python's, None where the two may differ or matching it on this text may take long.

    Only sequences of single characters and classes, each repeated at most once, and plain groups of them are taken.
    """
    pattern = value.pattern
    if len(pattern) > 200:
        return None
    flat = re.sub(r"\[(?:[^\]\\]|\\.){1,100}\]", "x", pattern).replace("(", "").replace(")", "")
    if re.search(r"\)[*+{]", pattern) or "(?" in pattern:
        return None
    at = 0
    repeats = 0
    while at < len(flat):
        match = _SAFE.match(flat, at)
        if match is None:
            return None
        repeats += match[0][-1] in "*+"
        at = match.end()
    if repeats > 2 or (repeats and len(text) > MAX_MATCHED):
        return None
    flags = re.ASCII
    for flag in value.flags:
        if flag == "i":
            flags |= re.IGNORECASE
        elif flag == "m":
            flags |= re.MULTILINE
        elif flag not in "gu":
            return None
    try:
        return re.compile(pattern, flags)
    except re.error:
        return None


def _replace(ev: Evaluator, this: str, name: str, args: list[Value]) -> Value | None:
    if len(args) < 2 or len(this) > 10_000:
        return None
    what, by = args[0], args[1]
    if isinstance(what, str):
        pattern, count = re.compile(re.escape(what)), 0 if name == "replaceAll" else 1
    elif isinstance(what, Regex):
        found = compiled(what, this)
        if found is None:
            return None
        pattern, count = found, 0 if "g" in what.flags else 1
    else:
        return None
    if isinstance(by, str):
        text = by

        def put(match: re.Match[str]) -> str:
            return re.sub(r"\$([$&]|\d)", lambda m: _group(match, m[1]), text)

        return pattern.sub(put, this, count)
    if isinstance(by, Closure):
        failed = False

        def ask(match: re.Match[str]) -> str:
            nonlocal failed
            given: list[Value] = [
                match[0],
                *(UNDEFINED if g is None else g for g in match.groups()),
                match.start(),
                this,
            ]
            answer = js_string(ev.apply(by, given))
            failed = failed or answer is None
            return answer or ""

        result = pattern.sub(ask, this, count)
        return None if failed else result
    return None


def _group(match: re.Match[str], code: str) -> str:
    if code == "$":
        return "$"
    if code == "&":
        return match[0]
    at = int(code)
    return (match[at] or "") if 0 < at <= len(match.groups()) else "$" + code


def regex_method(this: Regex, name: str, args: list[Value]) -> Value | None:
    """`/pattern/.test(text)`."""
    first = args[0] if args else UNDEFINED
    if name != "test" or not isinstance(first, str):
        return None
    pattern = compiled(this, first)
    return None if pattern is None else pattern.search(first) is not None
