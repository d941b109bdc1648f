"""The one hidden comment in a document that says what prefill wrote there: version, commit, app, a checksum per label.

`<!-- prefill 0.1.0 commit=1a2b3c4 app=apps/web frameworks-versions=5f0c9e21 language=… -->`
"""

from __future__ import annotations

import re
from binascii import crc32
from collections.abc import Mapping

from prefill.records import dataclass, field

_SAFE = r"[^A-Za-z0-9._/@()\[\]+-]|--+"
_WHOLE = r"<!-- prefill (?P<version>\S{1,40}) commit=(?P<commit>\S{1,80}) app=(?P<app>\S{1,2000})(?P<sums>(?: \S{1,200}){0,200}) -->"
_SUM = r"(?P<key>[^\s=]{1,180})=(?P<sum>[0-9a-f]{8})"
_QUOTED = r"(?:%[0-9A-F]{2}){1,8000}"
OPENING = "<!-- prefill"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one comment says. `commit` is None outside git; `sums` maps a label's key to the checksum of its value."""

    version: str
    commit: str | None
    app: str
    sums: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        words = [OPENING, _quote(self.version), f"commit={_quote(self.commit or '-')}", f"app={_quote(self.app)}"]
        return " ".join((*words, *(f"{key}={value}" for key, value in self.sums.items()), "-->"))


def parse(comment: str) -> Stamp | None:
    """The stamp that `comment` is, or None for a damaged one."""
    match = re.fullmatch(_WHOLE, comment.strip())
    if match is None:
        return None
    sums = {}
    for word in match["sums"].split():
        entry = re.fullmatch(_SUM, word)
        if entry is None:
            return None
        sums[entry["key"]] = entry["sum"]
    commit = _unquote(match["commit"])
    return Stamp(_unquote(match["version"]), None if commit == "-" else commit, _unquote(match["app"]), sums)


def checksum(value: str) -> str:
    """Eight hexadecimal digits that notice a hand edit; line ends and trailing spaces are not edits.

    It guards against oversight, not against forgery: who can edit the value can edit the comment.
    """
    lines = [line.rstrip() for line in re.split(r"\r\n?|\n", value.strip())]
    return f"{crc32(chr(10).join(lines).encode('utf-8', 'surrogatepass')):08x}"


def _quote(text: str) -> str:
    return re.sub(
        _SAFE, lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace")), text
    )


def _unquote(text: str) -> str:
    def decode(match: re.Match[str]) -> str:
        return bytes.fromhex(match.group().replace("%", "")).decode("utf-8", "replace")

    return re.sub(_QUOTED, decode, text)
