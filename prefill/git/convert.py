"""Decides whether a changed-looking file would be the same once git has converted line endings or run a filter.

Filters are programs and are never run: where one would, the answer is unknown. The rules:
https://git-scm.com/docs/gitattributes
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from prefill.git.config import is_true
from prefill.git.files import read_regular
from prefill.git.ignore import Rules, read_rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from prefill.git.listing import Scan

_MAX_ATTRIBUTES_BYTES = 1 << 20


class Conversion(NamedTuple):
    """What may happen to a file on its way into git.

    `text` is True, False, `auto` or None (not said); `autocrlf` is the setting or None when the repository does not
    say, so that the user's own decides; `opaque` means a filter, an encoding or keywords.
    """

    text: bool | str | None = None
    autocrlf: bool | None = None
    opaque: bool = False


def is_same_content(content: bytes, equals: Callable[[bytes], bool], conversion: Conversion) -> bool | None:
    """Whether content becomes what the index names (`equals` says so); None when only git could tell."""
    if conversion.opaque:
        return None
    plain = equals(content)
    if b"\r\n" not in content or conversion.text is False:
        return plain
    converted = equals(content.replace(b"\r\n", b"\n"))
    if conversion.text is True:
        return converted
    if plain:
        return True  # what is in git with such line endings is not converted unasked
    if not converted or b"\0" in content[:8000]:
        return False
    if conversion.text == "auto":
        return True
    return conversion.autocrlf if conversion.autocrlf is not None else None


class Conversions:
    """The attributes of a working tree that matter here, read once."""

    def __init__(self, root: str, seen: Scan) -> None:
        settings = seen.gitdir.settings if seen.gitdir is not None else {}
        value = settings.get("core.autocrlf")
        self._autocrlf = None if value is None else value.lower() == "input" or is_true(settings, "core.autocrlf")
        self._lines: list[tuple[bytes, Rules, list[bytes]]] = []  # the last one that matches decides
        fold = settings.get("core.ignorecase", "").lower() == "true"
        # Deeper files outrank those above them, and the repository's own outranks all.
        places = sorted(
            (path for path in seen.files if path.rpartition("/")[2] == ".gitattributes" and path not in seen.links),
            key=lambda path: path.count("/"),
        )
        sources = [(os.path.join(root, place), os.fsencode(place[:-14])) for place in places]
        if seen.gitdir is not None:
            sources.append((os.path.join(seen.gitdir.common, "info", "attributes"), b""))
        self._unreadable = False
        for path, folder in sources:
            self._read(path, folder, fold)

    def find(self, name: bytes) -> Conversion:
        """What applies to a path."""
        text: bool | str | None = None
        with_eol = False
        opaque = self._unreadable
        last = name[name.rfind(b"/") + 1 :]
        for folder, rules, attributes in self._lines:
            if not name.startswith(folder) or rules.match(last, name, is_directory=False) is None:
                continue
            for attribute in attributes:
                key, _, value = attribute.lstrip(b"-!").partition(b"=")
                off = attribute[:1] in b"-!"
                if key in (b"text", b"crlf"):
                    text = (
                        None if attribute.startswith(b"!") else False if off else "auto" if value == b"auto" else True
                    )
                elif key == b"binary" and not off:
                    text = False
                elif key == b"eol":
                    with_eol = bool(value)
                elif key in (b"filter", b"working-tree-encoding", b"ident"):
                    opaque = not off or self._unreadable
        if text is None and with_eol:
            text = True
        return Conversion(text, self._autocrlf, opaque)

    def _read(self, path: str, folder: bytes, fold: bool) -> None:
        try:
            content = read_regular(path, _MAX_ATTRIBUTES_BYTES)
        except FileNotFoundError:
            return
        except OSError:
            self._unreadable = True
            return
        for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
            words = line.split()
            if len(words) < 2 or words[0].startswith((b"#", b"!")):
                continue
            if words[0].startswith((b'"', b"[attr]")):
                self._unreadable = True  # quoted patterns and macros: rare enough to say that it is not known
                continue
            rule = read_rule(words[0], number, fold)
            if rule is not None:
                self._lines.append((folder, Rules([rule], len(folder), fold), words[1:]))
