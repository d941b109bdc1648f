"""Reads the settings in a repository's `.git/config` that say how its data is stored; none is ever run or followed.

The syntax: https://git-scm.com/docs/git-config#_syntax
"""

from __future__ import annotations

_TRUE = frozenset({"", "true", "yes", "on", "1"})


def parse_config(content: bytes) -> dict[str, str]:
    """Each setting's last value by its name, as `core.ignorecase` or `filter.lfs.clean`.

    Section and variable are in lower case, a subsection is as written. A variable without `=` has the value "".
    Lines that are no setting are passed over; an `include` stays a setting and is not followed.
    """
    settings: dict[str, str] = {}
    section = ""
    lines = iter(content.decode("utf-8", "surrogateescape").removeprefix("\ufeff").split("\n"))
    for raw in lines:
        line = raw.strip()
        if line.startswith("["):
            section, line = _read_section(line)
        if not line or line[0] in "#;" or not section:
            continue
        name, equals, value = line.partition("=")
        if not equals:
            name = name.split("#", 1)[0].split(";", 1)[0]
        text, open_ended = _read_value(value.lstrip())
        while open_ended:
            more, open_ended = _read_value(next(lines, ""))
            text += more
        settings[f"{section}.{name.strip().lower()}"] = text
    return settings


def is_true(settings: dict[str, str], name: str, default: bool = False) -> bool:
    """A yes-or-no setting as git reads it."""
    value = settings.get(name)
    return default if value is None else value.lower() in _TRUE


def _read_section(line: str) -> tuple[str, str]:
    """The section's name with its subsection, and what stands behind the bracket on the same line."""
    head, quote, rest = line[1:].partition('"')
    if quote and "]" not in head:
        subsection: list[str] = []
        position = 0
        while position < len(rest) and rest[position] != '"':
            if rest[position] == "\\" and position + 1 < len(rest):
                position += 1
            subsection.append(rest[position])
            position += 1
        _, bracket, behind = rest[position + 1 :].partition("]")
        return (f"{head.strip().lower()}.{''.join(subsection)}" if bracket else ""), behind.strip()
    name, bracket, behind = line[1:].partition("]")
    return (name.strip().lower() if bracket else ""), behind.strip()


def _read_value(raw: str) -> tuple[str, bool]:
    """A value without quotes, escapes and comment; and whether a last backslash continues it on the next line."""
    out: list[str] = []
    quoted = False
    kept = 0  # the length up to which trailing space is part of the value
    raw = raw.rstrip("\r")
    position = 0
    while position < len(raw):
        char = raw[position]
        if char == "\\":
            position += 1
            if position == len(raw):
                return "".join(out), True
            out.append({"n": "\n", "t": "\t", "b": "\b"}.get(raw[position], raw[position]))
            kept = len(out)
        elif char == '"':
            quoted = not quoted
        elif char in "#;" and not quoted:
            break
        else:
            out.append(char)
            if quoted or not char.isspace():
                kept = len(out)
        position += 1
    return "".join(out[:kept]), False
