"""JavaScript's regular expressions as languages: what a whole text must be to match.

Encodes https://tc39.es/ecma262/#sec-patterns without flags. Lookbehind, back references, word boundaries and Unicode
classes raise Unsupported; so does a lookahead that is repeated, unless it forbids one character.
"""

from __future__ import annotations

from typing import Literal

from prefill.next.language import Algebra, Node, Unsupported
from prefill.records import dataclass

MAX_LENGTH = 8192
MAX_DEPTH = 50
MAX_REPEAT = 100

DIGITS = frozenset("0123456789")
WORD = DIGITS | frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
SPACE = frozenset(
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
LINE_ENDS = frozenset("\n\r\u2028\u2029")

_CLASSES = {
    "d": (DIGITS, False),
    "D": (DIGITS, True),
    "w": (WORD, False),
    "W": (WORD, True),
    "s": (SPACE, False),
    "S": (SPACE, True),
}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "f": "\f", "0": "\0"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an expression: `set` (chars, negated), `seq`, `alt`, `repeat` (low, high; None without end), `ahead`, `start`, `end`."""

    kind: Literal["set", "seq", "alt", "repeat", "ahead", "start", "end"]
    parts: tuple[Part, ...] = ()
    chars: frozenset[str] = frozenset()
    negated: bool = False
    low: int = 0
    high: int | None = None

    @property
    def plain(self) -> bool:
        """Whether it consumes what it looks at: no lookahead, no anchor."""
        return self.kind not in ("ahead", "start", "end") and all(part.plain for part in self.parts)


def language(algebra: Algebra, source: str) -> Node:
    """The texts that an expression anchored at both ends (`^…$`) matches. Raises Unsupported."""
    if len(source) > MAX_LENGTH:
        raise Unsupported(f"the expression is longer than {MAX_LENGTH:,} characters")
    part = _Reader(source).whole()
    if part.kind != "seq" or not part.parts or part.parts[0].kind != "start":
        raise Unsupported("the expression is not anchored at its start")
    try:
        return _build(algebra, Part("seq", part.parts[1:]), algebra.everything)
    except RecursionError:
        raise Unsupported("the expression is nested too deeply") from None


def _build(algebra: Algebra, part: Part, rest: Node) -> Node:
    """What `part` and then `rest` match."""
    if part.kind == "set":
        return algebra.cat(algebra.chars(part.chars, negated=part.negated), rest)
    if part.kind == "seq":
        for one in reversed(_forbidding(part.parts)):
            rest = _build(algebra, one, rest)
        return rest
    if part.kind == "alt":
        return algebra.either(*(_build(algebra, one, rest) for one in part.parts))
    if part.kind == "end":
        return algebra.both(algebra.epsilon, rest)
    if part.kind == "start":
        raise Unsupported("a start inside the expression")
    if part.kind == "ahead":
        seen = _build(algebra, part.parts[0], algebra.everything)
        return algebra.both(algebra.complement(seen) if part.negated else seen, rest)
    return _repeat(algebra, part, rest)


def _repeat(algebra: Algebra, part: Part, rest: Node) -> Node:
    inner = part.parts[0]
    simple = _forbidding((inner,))[0] if inner.kind != "seq" else Part("seq", _forbidding(inner.parts))
    if part.high is None:
        if not simple.plain:
            raise Unsupported("a repeated lookahead")
        rest = algebra.cat(algebra.star(_build(algebra, simple, algebra.epsilon)), rest)
    else:
        for _ in range(part.high - part.low):
            rest = algebra.either(_build(algebra, simple, rest), rest) if simple.plain or part.high == 1 else _refuse()
    for _ in range(part.low):
        rest = _build(algebra, simple, rest)
    return rest


def _refuse() -> Node:
    raise Unsupported("a repeated lookahead")


def _forbidding(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """`(?!x)[^/]` as the one set `[^/x]`, which is how path-to-regexp keeps a parameter from its separator."""
    out: list[Part] = []
    for part in parts:
        before = out[-1] if out else None
        single = _single(before.parts[0]) if before is not None and before.kind == "ahead" and before.negated else None
        if part.kind == "set" and part.negated and single is not None and not single.negated:
            out[-1] = Part("set", chars=part.chars | single.chars, negated=True)
        else:
            out.append(part)
    return tuple(out)


def _single(part: Part) -> Part | None:
    while part.kind in ("seq", "alt") and len(part.parts) == 1:
        part = part.parts[0]
    return part if part.kind == "set" else None


class _Reader:
    """Reads one expression from left to right."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.depth = 0

    def whole(self) -> Part:
        part = self.alternatives()
        if self.at < len(self.source):
            raise Unsupported(f"unbalanced `)` at {self.at}")
        return part

    def peek(self, text: str) -> bool:
        return self.source.startswith(text, self.at)

    def take(self, text: str) -> bool:
        if self.peek(text):
            self.at += len(text)
            return True
        return False

    def alternatives(self) -> Part:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unsupported("the expression is nested too deeply")
        options = [self.sequence()]
        while self.take("|"):
            options.append(self.sequence())
        self.depth -= 1
        return options[0] if len(options) == 1 else Part("alt", tuple(options))

    def sequence(self) -> Part:
        parts: list[Part] = []
        while self.at < len(self.source) and not self.peek("|") and not self.peek(")"):
            part = self.atom()
            repeated = self.quantifier()
            if repeated is not None:
                part = Part("repeat", (part,), low=repeated[0], high=repeated[1])
            parts.append(part)
        return Part("seq", tuple(parts))

    def atom(self) -> Part:
        char = self.source[self.at]
        self.at += 1
        if char == "(":
            return self.group()
        if char == "[":
            return self.bracket()
        if char == "\\":
            return self.escape()
        if char == ".":
            return Part("set", chars=LINE_ENDS, negated=True)
        if char == "^":
            return Part("start")
        if char == "$":
            return Part("end")
        if char in "*+?":
            raise Unsupported(f"nothing to repeat at {self.at - 1}")
        return Part("set", chars=frozenset(char))

    def group(self) -> Part:
        kind = ""
        for mark in ("?:", "?=", "?!", "?<=", "?<!"):
            if self.take(mark):
                kind = mark
                break
        else:
            if self.take("?<"):
                end = self.source.find(">", self.at)
                if end < 0:
                    raise Unsupported("an unfinished group")
                self.at = end + 1
            elif self.peek("?"):
                raise Unsupported("a group with modifiers")
        if kind in ("?<=", "?<!"):
            raise Unsupported("lookbehind")
        inner = self.alternatives()
        if not self.take(")"):
            raise Unsupported("an unfinished group")
        return Part("ahead", (inner,), negated=kind == "?!") if kind in ("?=", "?!") else inner

    def escape(self) -> Part:
        if self.at >= len(self.source):
            raise Unsupported("an unfinished escape")
        char = self.source[self.at]
        if char in _CLASSES:
            self.at += 1
            chars, negated = _CLASSES[char]
            return Part("set", chars=chars, negated=negated)
        if char in "bBkpP" or char in "123456789":
            raise Unsupported(f"`\\{char}`")
        return Part("set", chars=frozenset(self.escaped()))

    def escaped(self) -> str:
        """The character that an escape stands for; `at` is behind the backslash."""
        char = self.source[self.at]
        self.at += 1
        if char in _CONTROLS:
            return _CONTROLS[char]
        size = {"x": 2, "u": 4}.get(char, 0)
        if size:
            digits = self.source[self.at : self.at + size]
            if len(digits) == size and all(digit in "0123456789abcdefABCDEF" for digit in digits):
                self.at += size
                return chr(int(digits, 16))
        if char == "c":
            raise Unsupported("a control escape")
        return char

    def bracket(self) -> Part:
        negated = self.take("^")
        chars: set[str] = set()
        while not self.take("]"):
            low = self.member(chars)
            if low is None or not self.peek("-") or self.peek("-]"):
                continue
            self.at += 1
            high = self.member(chars)
            if high is None:
                chars |= {low, "-"}
                continue
            if ord(high) < ord(low) or ord(high) - ord(low) > 2_000:
                raise Unsupported(f"the range {low}-{high}")
            chars.update(chr(code) for code in range(ord(low), ord(high) + 1))
        return Part("set", chars=frozenset(chars), negated=negated)

    def member(self, chars: set[str]) -> str | None:
        """One member of a class, added to `chars`; the character, None for a class such as `[0-9]` by its letter."""
        if self.at >= len(self.source):
            raise Unsupported("an unfinished class")
        char = self.source[self.at]
        self.at += 1
        if char == "\\":
            if self.at >= len(self.source):
                raise Unsupported("an unfinished escape")
            name = self.source[self.at]
            if name in _CLASSES:
                members, negated = _CLASSES[name]
                if negated:
                    raise Unsupported(f"`\\{name}` in a class")
                self.at += 1
                chars |= members
                return None
            if name == "b":
                self.at += 1
                char = "\b"
            elif name in "pP":
                raise Unsupported("a Unicode class")
            else:
                char = self.escaped()
        chars.add(char)
        return char

    def quantifier(self) -> tuple[int, int | None] | None:
        found: tuple[int, int | None] | None = None
        if self.take("*"):
            found = (0, None)
        elif self.take("+"):
            found = (1, None)
        elif self.take("?"):
            found = (0, 1)
        elif self.peek("{"):
            end = self.source.find("}", self.at)
            low, comma, high = self.source[self.at + 1 : max(end, self.at)].partition(",")
            if end < 0 or not low.isdecimal() or not (not high or high.isdecimal()) or len(low) + len(high) > 8:
                return None
            self.at = end + 1
            found = (int(low), int(high) if high else None if comma else int(low))
            if max(found[0], found[1] or 0) > MAX_REPEAT:
                raise Unsupported("too many repetitions")
        if found is not None:
            self.take("?")
        return found
