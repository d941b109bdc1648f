"""Translates git's wildcards into a regular expression over bytes that never backtracks far.

The rules are those of git's `wildmatch` with `WM_PATHNAME` (https://git-scm.com/docs/gitignore#_pattern_format), which
works on bytes: `?` and `[…]` match one byte, never a slash. Between two stars the earliest match is as good as any
later one, so each stretch is an atomic group, and matching stays within pattern length times text length.
"""

from __future__ import annotations

_SLASH = 0x2F
_STAR = "star"  # any bytes of one path component
_DIRECTORIES = "directories"  # `**/`: any number of whole components
_ONE_OR_MORE = "one-or-more"  # `**\/`: at least one component (the escaped slash cannot be skipped)
_EVERYTHING = "everything"  # a last `**`

Token = int | frozenset[int] | str

_PUNCTUATION = frozenset(b"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_DIGIT = frozenset(b"0123456789")
_LOWER = frozenset(range(ord("a"), ord("z") + 1))
_UPPER = frozenset(range(ord("A"), ord("Z") + 1))
# As git's own ctype table has them: ASCII only, and a space is one of these four.
_CLASSES: dict[bytes, frozenset[int]] = {
    b"alnum": _DIGIT | _LOWER | _UPPER,
    b"alpha": _LOWER | _UPPER,
    b"blank": frozenset(b" \t"),
    b"cntrl": frozenset(range(32)) | {127},
    b"digit": _DIGIT,
    b"graph": frozenset(range(33, 127)),
    b"lower": _LOWER,
    b"print": frozenset(range(32, 127)),
    b"punct": _PUNCTUATION,
    b"space": frozenset(b" \t\n\r"),
    b"upper": _UPPER,
    b"xdigit": frozenset(b"0123456789abcdefABCDEF"),
}


def tokenize(pattern: bytes, fold: bool = False) -> list[Token] | None:
    """The pattern as tokens, or None when it can match nothing (an open bracket, a last backslash).

    A byte stands for itself, a frozenset for one byte out of it, a string for a kind of star. With `fold` the pattern
    is for text whose ASCII letters are in lower case.
    """
    tokens: list[Token] = []
    position, end = 0, len(pattern)
    while position < end:
        byte = pattern[position]
        if byte == 0x2A:  # *
            start = position
            while position < end and pattern[position] == 0x2A:
                position += 1
            bounded = start == 0 or pattern[start - 1] == _SLASH
            if position - start >= 2 and bounded and position == end:
                tokens.append(_EVERYTHING)
            elif position - start >= 2 and bounded and pattern[position] == _SLASH:
                tokens.append(_DIRECTORIES)
                position += 1
            elif position - start >= 2 and bounded and pattern[position : position + 2] == b"\\/":
                tokens.append(_ONE_OR_MORE)
                position += 2
            else:
                tokens.append(_STAR)
        elif byte == 0x3F:  # ?
            tokens.append(_ANY)
            position += 1
        elif byte == 0x5B:  # [
            bracket = _read_bracket(pattern, position, fold)
            if bracket is None:
                return None
            members, position = bracket
            tokens.append(members)
        else:
            if byte == 0x5C:  # \
                position += 1
                if position == end:
                    return None
                byte = pattern[position]  # git does not fold an escaped letter
            elif fold and 0x41 <= byte <= 0x5A:
                byte += 32
            tokens.append(byte)
            position += 1
    return tokens


_ANY = frozenset(range(1, 256)) - {_SLASH}


def _read_bracket(pattern: bytes, position: int, fold: bool) -> tuple[frozenset[int], int] | None:
    """The bytes that the bracket at `position` matches and where it ends, or None when it is malformed."""
    end = len(pattern)
    members: set[int] = set()
    position += 1
    negated = position < end and pattern[position] in b"!^"
    if negated:
        position += 1
    previous = 0
    first = True
    while True:
        if position >= end:
            return None
        byte = pattern[position]
        if byte == 0x5D and not first:
            break
        first = False
        if byte == 0x5C:
            position += 1
            if position >= end:
                return None
            byte = pattern[position]
            members.add(byte)
        elif byte == 0x2D and previous and position + 1 < end and pattern[position + 1] != 0x5D:
            position += 1
            byte = pattern[position]
            if byte == 0x5C:
                position += 1
                if position >= end:
                    return None
                byte = pattern[position]
            members.update(range(previous, byte + 1))
            if fold:  # a letter also counts by its capital, in a range only
                members.update(b + 32 for b in range(max(previous, 0x41), min(byte, 0x5A) + 1))
            byte = 0
        elif byte == 0x5B and pattern[position + 1 : position + 2] == b":":
            close = pattern.find(b"]", position + 2)
            if close < 0:
                return None
            if close - position - 3 >= 0 and pattern[close - 1] == 0x3A:
                members_of_class = _CLASSES.get(pattern[position + 2 : close - 1])
                if members_of_class is None:
                    return None
                members |= members_of_class
                if fold and members_of_class is _UPPER:
                    members |= _LOWER
                position = close
                byte = 0
            else:  # no ":]": the bracket is an ordinary member
                members.add(byte)
        else:
            members.add(byte)
        previous = byte
        position += 1
    result = _ANY - members if negated else _ANY & members
    return frozenset(result), position + 1


def translate(tokens: list[Token]) -> bytes:
    """A regular expression for `fullmatch` that accepts what the tokens match."""
    out: list[bytes] = []
    chunk: list[Token] = []
    opener = b""
    for token in tokens:
        if token in (_DIRECTORIES, _ONE_OR_MORE, _EVERYTHING):
            out.append(b"(?>" + opener + _translate_chunk(chunk) + b")")
            chunk = []
            if token == _EVERYTHING:
                opener = b"(?s:.*)"
            else:
                opener = (b"[^/]*+/" if token == _ONE_OR_MORE else b"") + b"(?:[^/]*+/)*?"
        else:
            chunk.append(token)
    out.append(opener + _translate_chunk(chunk))
    return b"".join(out)


def _translate_chunk(tokens: list[Token]) -> bytes:
    """One stretch without `**`: all but the last star are committed to their earliest match."""
    pieces: list[list[bytes]] = [[]]
    for token in tokens:
        if token == _STAR:
            pieces.append([])
        elif isinstance(token, int):
            pieces[-1].append(b"\\x%02x" % token)
        elif isinstance(token, frozenset):
            pieces[-1].append(_translate_set(token))
    out = b"".join(pieces[0])
    for piece in pieces[1:-1]:
        out += b"(?>[^/]*?" + b"".join(piece) + b")"
    if len(pieces) > 1:
        out += b"[^/]*" + b"".join(pieces[-1])
    return out


def _translate_set(members: frozenset[int]) -> bytes:
    if members is _ANY:
        return b"[^/]"
    if not members:
        return b"(?!)"
    return b"[" + b"".join(b"\\x%02x" % member for member in sorted(members)) + b"]"


def split_star(tokens: list[Token]) -> tuple[bytes, bytes | None] | None:
    """`(prefix, suffix)` for tokens with one star, `(text, None)` for none, and None when it is not that simple."""
    before, after = bytearray(), bytearray()
    current = before
    for token in tokens:
        if isinstance(token, int):
            current.append(token)
        elif (token == _STAR and current is before) or (token == _EVERYTHING and current is before and not before):
            current = after
        else:
            return None
    return bytes(before), (bytes(after) if current is after else None)
