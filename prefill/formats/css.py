"""CSS as a tree of rules with lines, read by tinycss2's tokenizer.

The grammar above the tokens is the one of https://www.w3.org/TR/css-syntax-3/ (rules, at-rules, declarations, in any
nesting), without a list of known at-rules, so that what Tailwind 4 adds (`@theme`, `@utility x-*`, `@source not`,
`--color-*: initial`) reads like any other. What makes no sense is passed over up to the next `;` or block, as browsers do.
"""

# tinycss2 has no types, and its nodes share no more than their base class.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from prefill.formats.document import FormatError, line_of
from prefill.lazy import regex
from prefill.records import dataclass, field

if TYPE_CHECKING:
    from tinycss2.ast import Node

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 100  # nested blocks; real files stay below 10

_PASSED = frozenset({"whitespace", "comment", "error"})
_LITERALS = frozenset({";", "<!--", "-->"})

_GAP = regex(r"""(?P<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?:\s|/\*(?:[^*]|\*(?!/))*\*/)+""", re.DOTALL)
_LINE_COMMENT = regex(
    r"""(?P<kept>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)\n]*\)|/\*(?:[^*]|\*(?!/))*\*/|:(?=//))|(?P<comment>//[^\n]*)"""
)


@dataclass(frozen=True, slots=True)
class Declaration:
    """`name: value`; the name unescaped and as written, the value without comments, its white space collapsed."""

    name: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class Import:
    """`@import "target" …` (or `@reference`); `modifiers` map what follows to its argument: `layer(base)` is `{"layer": "base"}`."""

    target: str
    modifiers: dict[str, str | None]
    line: int
    keyword: str = "import"


@dataclass(frozen=True, slots=True)
class Rule:
    """An at-rule (`name` is its keyword in lower case, without the @) or a style rule (`name` is empty).

    `prelude` is what stands before the block or the `;`: a selector, a media query, the parameters. `block` is False for
    an at-rule that ends in `;`. Its contents are read when they are asked for.
    """

    name: str
    prelude: str
    line: int
    block: bool
    _source: _Source = field(repr=False, compare=False)
    _prelude: Sequence[Node] = field(repr=False, compare=False, default=())
    _content: Sequence[Node] = field(repr=False, compare=False, default=())
    _end: int = field(repr=False, compare=False, default=0)

    @property
    def items(self) -> Iterator[Rule | Declaration]:
        """What stands in the block, in order."""
        return _items(self._source, self._content, self._end)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the block."""
        return tuple(item for item in self.items if isinstance(item, Rule))

    @property
    def declarations(self) -> tuple[Declaration, ...]:
        """The declarations that stand directly in the block."""
        return tuple(item for item in self.items if isinstance(item, Declaration))

    @property
    def string(self) -> str | None:
        """The value of the first string in the prelude: `@plugin "daisyui"` names daisyui."""
        return next((token.value for token in self._prelude if token.type == "string"), None)

    @property
    def imported(self) -> Import | None:
        """What an `@import` (or `@reference`) names; None for other rules and for one without a target."""
        if self.name not in {"import", "reference"}:
            return None
        target: str | None = None
        modifiers: dict[str, str | None] = {}
        for token in self._prelude:
            if target is None:
                target = _address(token)
            elif token.type == "ident":
                modifiers.setdefault(token.lower_value, None)
            elif token.type == "function":
                modifiers[token.lower_name] = _plain(token.arguments)
        return None if target is None else Import(target, modifiers, self.line, self.name)


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A parsed stylesheet: its rules at the top level, in order."""

    rules: tuple[Rule, ...]

    @property
    def imports(self) -> tuple[Import, ...]:
        """Every `@import` at the top level, in order."""
        found = (rule.imported for rule in self.rules if rule.name == "import")
        return tuple(one for one in found if one is not None)

    def walk(self) -> Iterator[tuple[tuple[Rule, ...], Rule]]:
        """Every rule in source order, each with the rules around it, outermost first."""
        todo: list[tuple[tuple[Rule, ...], Rule]] = [((), rule) for rule in reversed(self.rules)]
        while todo:
            around, rule = todo.pop()
            yield around, rule
            if rule.block:
                inner = (*around, rule)
                todo.extend((inner, child) for child in reversed(rule.rules))


class _Source:
    """The text that the tokens came from, to be asked for slices of it."""

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def offset(self, token: Node) -> int:
        return int(self.starts[token.source_line - 1] + token.source_column - 1)

    def line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def between(self, start: int, end: int) -> str:
        return _GAP.sub(lambda match: match["string"] or " ", self.text[start:end]).strip()


def parse(text: str, *, scss: bool = False) -> Stylesheet:
    """The rules of a stylesheet; with `scss`, comments to the end of the line are none. Raises FormatError for a bound."""
    import tinycss2

    if len(text) > MAX_CHARACTERS:
        raise FormatError(f"has more than {MAX_CHARACTERS:,} characters")
    text = (
        text.removeprefix("\ufeff")
        .replace("\0", "\ufffd")
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\f", "\n")
    )
    if scss:
        text = _LINE_COMMENT.sub(lambda match: match["kept"] or " " * len(match["comment"]), text)
    _check_depth(text)
    tokens = tinycss2.parse_component_value_list(text)
    source = _Source(text)
    return Stylesheet(tuple(item for item in _items(source, tokens, len(text)) if isinstance(item, Rule)))


def _check_depth(text: str) -> None:
    depth = 0
    for match in re.finditer(r"[{}()\[\]]", text):
        depth = depth + 1 if match.group() in "{([" else max(0, depth - 1)
        if depth > MAX_DEPTH:
            raise FormatError(f"is nested deeper than {MAX_DEPTH} brackets", line_of(text, match.start()))


def _items(source: _Source, tokens: Sequence[Node], end: int) -> Iterator[Rule | Declaration]:
    """The rules and declarations of one block, whose text ends at the offset `end`."""
    at, count = 0, len(tokens)
    while at < count:
        token = tokens[at]
        if token.type in _PASSED or (token.type == "literal" and token.value in _LITERALS):
            at += 1
            continue
        start = at
        colon = _colon(tokens, start)
        custom = colon is not None and token.value.startswith("--")
        stop = start
        while stop < count and tokens[stop] != ";" and (custom or tokens[stop].type != "{} block"):
            stop += 1
        block = tokens[stop] if stop < count and tokens[stop].type == "{} block" else None
        over = source.offset(tokens[stop]) if stop < count else end
        at = stop + 1
        if token.type == "at-keyword":
            inside = [t for t in tokens[start + 1 : stop] if t.type not in {"whitespace", "comment"}]
            prelude = source.between(source.offset(token) + 1 + len(token.value), over)
            yield _rule(source, token.lower_value, prelude, token, inside, block, tokens, stop, end)
        elif block is not None:
            prelude = source.between(source.offset(token), over)
            yield _rule(source, "", prelude, token, (), block, tokens, stop, end)
        elif colon is not None:
            name = token.value + ("*" if tokens[start + 1] == "*" else "")
            value = source.between(source.offset(tokens[colon]) + 1, over)
            yield Declaration(name, value, token.source_line)


def _rule(
    source: _Source,
    name: str,
    prelude: str,
    token: Node,
    inside: Sequence[Node],
    block: Node | None,
    tokens: Sequence[Node],
    stop: int,
    end: int,
) -> Rule:
    if block is None:
        return Rule(name, prelude, token.source_line, block=False, _source=source, _prelude=inside)
    close = source.offset(tokens[stop + 1]) if stop + 1 < len(tokens) else end
    if source.text[close - 1 : close] == "}":
        close -= 1
    return Rule(
        name,
        prelude,
        token.source_line,
        block=True,
        _source=source,
        _prelude=inside,
        _content=block.content,
        _end=close,
    )


def _colon(tokens: Sequence[Node], start: int) -> int | None:
    """Where the colon of a declaration is that starts here (`--namespace-*:` is Tailwind's), or None."""
    if tokens[start].type != "ident":
        return None
    at = start + 1
    if at < len(tokens) and tokens[at] == "*" and tokens[start].value.endswith("-"):
        at += 1
    while at < len(tokens) and tokens[at].type in {"whitespace", "comment"}:
        at += 1
    return at if at < len(tokens) and tokens[at] == ":" else None


def _address(token: Node) -> str | None:
    if token.type in {"string", "url"}:
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return next((str(inner.value) for inner in token.arguments if inner.type == "string"), None)
    return None


def _plain(tokens: Sequence[Any]) -> str:
    import tinycss2

    return str(tinycss2.serialize([t for t in tokens if t.type != "comment"])).strip()
