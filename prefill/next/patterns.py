"""Path patterns to regular expressions, as the path-to-regexp 6 that Next ships does it, to the character.

Encodes https://github.com/pillarjs/path-to-regexp/tree/v6.3.0 (`parse` and `tokensToRegexp` with their defaults) and the
source text that JavaScript gives such an expression, in which every slash outside a class is escaped.
"""

from __future__ import annotations

from prefill.lazy import regex
from prefill.records import dataclass

MAX_LENGTH = 4096
"""Characters of one pattern, as Next bounds it too."""

_SPECIAL = regex(r"[.+*?=^!:${}()\[\]|/\\]")
_NAME = regex(r"[0-9A-Za-z_]+")
_DELIMITER = "/#?"
_PREFIXES = "./"


class PatternError(ValueError):
    """A pattern that path-to-regexp refuses; the message is its own."""


@dataclass(frozen=True, slots=True)
class Key:
    """A parameter, or a group in braces (without a `pattern`)."""

    name: str
    prefix: str
    suffix: str
    pattern: str
    modifier: str


def regexp_of(pattern: str) -> str:
    r"""The `source` of the regular expression for a whole path: `/blog/:slug` → `^\/blog(?:\/([^\/#\?]+?))[\/#\?]?$`."""
    if len(pattern) > MAX_LENGTH:
        raise PatternError(f"Pattern is longer than {MAX_LENGTH} characters")
    out = ["^"]
    for token in parse(pattern):
        if isinstance(token, str):
            out.append(_escape(token))
            continue
        prefix, suffix = _escape(token.prefix), _escape(token.suffix)
        repeats = token.modifier in ("+", "*") and token.modifier != ""
        if not token.pattern:
            out.append(f"(?:{prefix}{suffix}){token.modifier}")
        elif not (prefix or suffix):
            if repeats:
                raise PatternError(f'Can not repeat "{token.name}" without a prefix and suffix')
            out.append(f"({token.pattern}){token.modifier}")
        elif repeats:
            optional = "?" if token.modifier == "*" else ""
            again = f"(?:{token.pattern})(?:{suffix}{prefix}(?:{token.pattern}))*"
            out.append(f"(?:{prefix}({again}){suffix}){optional}")
        else:
            out.append(f"(?:{prefix}({token.pattern}){suffix}){token.modifier}")
    out.append(r"[\/#\?]?$")
    return javascript_source("".join(out))


def parse(pattern: str) -> list[str | Key]:
    """The tokens of a pattern. Raises PatternError."""
    tokens = _lex(pattern)
    result: list[str | Key] = []
    at = 0
    unnamed = 0
    path = ""

    def take(kind: str) -> str | None:
        nonlocal at
        if tokens[at][0] == kind:
            at += 1
            return tokens[at - 1][2]
        return None

    def text() -> str:
        out = ""
        while (value := take("CHAR") or take("ESCAPED_CHAR")) is not None:
            out += value
        return out

    def safe(prefix: str) -> str:
        before = result[-1] if result else None
        start = prefix or (before if isinstance(before, str) else "")
        if isinstance(before, Key) and not start:
            raise PatternError(f'Must have text between two parameters, missing text after "{before.name}"')
        if not start or any(char in start for char in _DELIMITER):
            return f"[^{_escape(_DELIMITER)}]+?"
        return f"(?:(?!{_escape(start)})[^{_escape(_DELIMITER)}])+?"

    while at < len(tokens):
        char = take("CHAR")
        name = take("NAME")
        inner = take("PATTERN")
        if name or inner:
            prefix = char or ""
            if prefix not in _PREFIXES:
                path += prefix
                prefix = ""
            if path:
                result.append(path)
                path = ""
            label = name
            if not label:
                label, unnamed = str(unnamed), unnamed + 1
            result.append(Key(label, prefix, "", inner or safe(prefix), take("MODIFIER") or ""))
            continue
        plain = char or take("ESCAPED_CHAR")
        if plain:
            path += plain
            continue
        if path:
            result.append(path)
            path = ""
        if take("OPEN") is not None:
            prefix = text()
            name = take("NAME") or ""
            inner = take("PATTERN") or ""
            suffix = text()
            if take("CLOSE") is None:
                kind, index, _ = tokens[at]
                raise PatternError(f"Unexpected {kind} at {index}, expected CLOSE")
            label = name
            if not name and inner:
                label, unnamed = str(unnamed), unnamed + 1
            chosen = safe(prefix) if name and not inner else inner
            result.append(Key(label, prefix, suffix, chosen, take("MODIFIER") or ""))
            continue
        if take("END") is None:
            kind, index, _ = tokens[at]
            raise PatternError(f"Unexpected {kind} at {index}, expected END")
    return result


def _lex(pattern: str) -> list[tuple[str, int, str]]:
    tokens: list[tuple[str, int, str]] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char in "*+?":
            tokens.append(("MODIFIER", at, char))
        elif char == "\\":
            if at + 1 == len(pattern):
                raise PatternError(f"Unexpected end after an escape at {at}")
            tokens.append(("ESCAPED_CHAR", at, pattern[at + 1]))
            at += 1
        elif char in "{}":
            tokens.append(("OPEN" if char == "{" else "CLOSE", at, char))
        elif char == ":":
            match = _NAME.match(pattern, at + 1)
            if match is None:
                raise PatternError(f"Missing parameter name at {at}")
            tokens.append(("NAME", at, match[0]))
            at = match.end() - 1
        elif char == "(":
            inner, end = _group(pattern, at)
            tokens.append(("PATTERN", at, inner))
            at = end - 1
        else:
            tokens.append(("CHAR", at, char))
        at += 1
    tokens.append(("END", at, ""))
    return tokens


def _group(pattern: str, start: int) -> tuple[str, int]:
    """(what stands between the parentheses, where they end)."""
    at = start + 1
    if pattern[at : at + 1] == "?":
        raise PatternError(f'Pattern cannot start with "?" at {at}')
    depth = 1
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            at += 2
            continue
        if char == ")":
            depth -= 1
            if depth == 0:
                break
        elif char == "(":
            depth += 1
            if pattern[at + 1 : at + 2] != "?":
                raise PatternError(f"Capturing groups are not allowed at {at}")
        at += 1
    if depth or at >= len(pattern):
        raise PatternError(f"Unbalanced pattern at {start}")
    inner = pattern[start + 1 : at]
    if not inner:
        raise PatternError(f"Missing pattern at {start}")
    return inner, at + 1


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def javascript_source(pattern: str) -> str:
    """What `new RegExp(pattern).source` gives: slashes escaped outside of classes, line ends written out.

    https://tc39.es/ecma262/#sec-escaperegexppattern
    """
    out: list[str] = []
    in_class = False
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\" and at + 1 < len(pattern):
            out.append(pattern[at : at + 2])
            at += 2
            continue
        if char == "[":
            in_class = True
        elif char == "]":
            in_class = False
        out.append("\\/" if char == "/" and not in_class else "\\n" if char == "\n" else char)
        at += 1
    return "".join(out)
