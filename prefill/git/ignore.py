"""Decides what git ignores: the patterns of one ignore file, compiled so that most names cost one look-up.

The rules: https://git-scm.com/docs/gitignore. Everything is bytes, as in git.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from prefill.git.wildmatch import split_star, tokenize, translate

if TYPE_CHECKING:
    import re

_GLOB_SPECIAL = b"*?[\\"
_LONGEST_PATTERN = 1024

# How a rule is tried; the cheap ones cover nearly every pattern that people write.
_NAME, _NAME_AFFIXES, _NAME_REGEX, _PATH, _PATH_UNDER, _PATH_TAIL, _PATH_REGEX = range(7)


class Rule:
    """One pattern: how it is tried, and what a match means."""

    __slots__ = ("directories_only", "expression", "kind", "line", "negative", "prefix", "regex", "suffix")

    def __init__(self, line: int, negative: bool, directories_only: bool) -> None:
        self.line = line
        self.negative = negative
        self.directories_only = directories_only
        self.kind = _NAME
        self.prefix = b""
        self.suffix = b""
        self.expression = b""
        self.regex: re.Pattern[bytes] | None = None

    def matches(self, name: bytes, path: bytes) -> bool:
        """Whether the last component `name` or the path relative to the ignore file's folder matches."""
        kind = self.kind
        if kind == _NAME:
            return name == self.prefix
        if kind == _NAME_AFFIXES:
            return (
                len(name) >= len(self.prefix) + len(self.suffix)
                and name.startswith(self.prefix)
                and name.endswith(self.suffix)
            )
        if kind == _PATH:
            return path == self.prefix
        if kind == _PATH_UNDER:
            return path.startswith(self.prefix)
        if kind == _PATH_TAIL:
            return path.endswith(self.suffix) and (len(path) == len(self.suffix) or path[-len(self.suffix) - 1] == 0x2F)
        if self.regex is None:
            import re

            self.regex = re.compile(self.expression)
        return self.regex.fullmatch(name if kind == _NAME_REGEX else path) is not None


class Rules:
    """The patterns of one ignore file.

    `base` is the length of its folder's path with the slash, 0 at the root. `steps` counts what matching has cost, in
    a list of one so that all files of a tree count together.
    """

    __slots__ = (
        "_always",
        "_names",
        "_path_prefixes",
        "_path_suffixes",
        "_prefixes",
        "_suffixes",
        "base",
        "cost",
        "fold",
        "rules",
        "steps",
    )

    def __init__(self, rules: list[Rule], base: int, fold: bool, steps: list[int] | None = None) -> None:
        self.base = base
        self.fold = fold
        self.rules = tuple(rules[::-1])  # the last one that matches decides
        self.cost = sum(1 + len(rule.expression) // 16 for rule in rules)
        self.steps = [0] if steps is None else steps
        # A name that passes none of these filters matches no rule.
        self._names = frozenset(r.prefix for r in rules if r.kind == _NAME)
        prefixes: set[bytes] = set()
        suffixes: set[bytes] = set()
        path_prefixes: set[bytes] = set()
        path_suffixes: set[bytes] = set()
        always: list[Rule] = []
        for rule in rules:
            if rule.kind in (_PATH, _PATH_UNDER):
                path_prefixes.add(rule.prefix)
            elif rule.kind == _PATH_TAIL:
                path_suffixes.add(rule.suffix)
            elif rule.kind == _PATH_REGEX and rule.prefix:
                path_prefixes.add(rule.prefix)
            elif rule.kind != _NAME:
                if rule.prefix:
                    prefixes.add(rule.prefix)
                elif rule.suffix:
                    suffixes.add(rule.suffix)
                else:
                    always.append(rule)
        self._always = tuple(always[::-1])  # no filter can tell, so these are always tried
        self._prefixes = tuple(prefixes)
        self._suffixes = tuple(suffixes)
        self._path_prefixes = tuple(path_prefixes)
        self._path_suffixes = tuple(path_suffixes)

    def at(self, base: int) -> Rules:
        """The same patterns in another folder."""
        other = copy(self)
        other.base = base
        return other

    def match(self, name: bytes, path: bytes, is_directory: bool) -> Rule | None:
        """The rule that decides about `path` (relative to the root, ending in `name`), or None when none matches."""
        if self.base:
            path = path[self.base :]
        if self.fold:
            name, path = name.lower(), path.lower()
        if not (
            name in self._names
            or name.endswith(self._suffixes)
            or name.startswith(self._prefixes)
            or path.startswith(self._path_prefixes)
            or path.endswith(self._path_suffixes)
        ):
            if not self._always:
                return None
            rules = self._always
        else:
            rules = self.rules
        self.steps[0] += self.cost * (1 + len(path) // 64)
        for rule in rules:
            if (is_directory or not rule.directories_only) and rule.matches(name, path):
                return rule
        return None


def parse(
    content: bytes, base: int = 0, fold: bool = False, steps: list[int] | None = None
) -> tuple[Rules | None, list[tuple[int, str]]]:
    """The rules of an ignore file (None when it has none) and `(line, message)` for each pattern that is too long.

    `base` is the length of the folder's path, slash included; `fold` is git's `core.ignoreCase`.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    rules: list[Rule] = []
    problems: list[tuple[int, str]] = []
    for number, raw in enumerate(content.split(b"\n"), start=1):
        if not raw or raw.startswith(b"#"):
            continue
        line = _trim_trailing_spaces(raw.removesuffix(b"\r").split(b"\0", 1)[0])
        if len(line) > _LONGEST_PATTERN:
            problems.append((number, f"a pattern of {len(line)} bytes is left out"))
            continue
        rule = read_rule(line, number, fold)
        if rule is not None:
            rules.append(rule)
    return (Rules(rules, base, fold, steps) if rules else None), problems


def _trim_trailing_spaces(line: bytes) -> bytes:
    """Without the spaces at the end, unless a backslash quotes them."""
    if not line.endswith(b" "):
        return line
    stripped = line.rstrip(b" ")
    backslashes = len(stripped) - len(stripped.rstrip(b"\\"))
    return stripped + b" " if backslashes % 2 else stripped


def read_rule(line: bytes, number: int, fold: bool) -> Rule | None:
    """The rule that a line of an ignore file states, or None when it can never match."""
    negative = line.startswith(b"!")
    pattern = line[1:] if negative else line
    directories_only = pattern.endswith(b"/")
    if directories_only:
        pattern = pattern[:-1]
    if not pattern:
        return None
    rule = Rule(number, negative, directories_only)
    if b"/" not in pattern:
        return _compile_name(rule, pattern, fold)
    return _compile_path(rule, pattern.removeprefix(b"/"), fold)


def _compile_name(rule: Rule, pattern: bytes, fold: bool) -> Rule | None:
    """A pattern without a slash: tried on the last component, at any depth."""
    tokens = tokenize(pattern, fold)
    if tokens is None:
        return None
    simple = split_star(tokens)
    if simple is None:
        rule.kind = _NAME_REGEX
        rule.prefix, rule.suffix = _literal_ends(tokens)
        rule.expression = translate(tokens)
    elif simple[1] is None:
        rule.prefix = pattern.lower() if fold and not _is_special(pattern) else simple[0]
    else:
        rule.kind = _NAME_AFFIXES
        rule.prefix, rule.suffix = simple[0], simple[1]
    return rule


def _compile_path(rule: Rule, pattern: bytes, fold: bool) -> Rule | None:
    """A pattern with a slash: tried on the path below the ignore file's folder.

    git compares the text before the first wildcard by itself and starts the wildcard match behind it, so that `a**/b`
    has its `**` at the start of a pattern; the same is done here.
    """
    cut = next((i for i, byte in enumerate(pattern) if byte in _GLOB_SPECIAL), len(pattern))
    literal = pattern[:cut].lower() if fold else pattern[:cut]
    wild = pattern[cut:]
    if not wild:
        rule.kind, rule.prefix = _PATH, literal
        return rule if literal else None
    if wild == b"**" and literal.endswith(b"/"):
        rule.kind, rule.prefix = _PATH_UNDER, literal
        return rule
    if not literal and wild.startswith(b"**/"):
        rest = wild[3:]
        if rest and b"/" not in rest:  # `**/name` is `name`
            return _compile_name(rule, rest, fold)
        if rest and not _is_special(rest) and not rest.startswith(b"/"):
            rule.kind, rule.suffix = _PATH_TAIL, rest.lower() if fold else rest
            return rule
    tokens = tokenize(wild, fold)
    if tokens is None:
        return None
    rule.kind = _PATH_REGEX
    rule.prefix = literal
    if not literal:
        rule.suffix = b""
    rule.expression = b"".join(b"\\x%02x" % byte for byte in literal) + translate(tokens)
    return rule


def _is_special(pattern: bytes) -> bool:
    return any(byte in _GLOB_SPECIAL for byte in pattern)


def _literal_ends(tokens: list[int | frozenset[int] | str]) -> tuple[bytes, bytes]:
    """The bytes that every match starts and ends with, for the filter; the end only where there is no start."""
    prefix, suffix = bytearray(), bytearray()
    for token in tokens:
        if not isinstance(token, int):
            break
        prefix.append(token)
    for token in reversed(tokens):
        if not isinstance(token, int):
            break
        suffix.append(token)
    return bytes(prefix), bytes(suffix[::-1])
