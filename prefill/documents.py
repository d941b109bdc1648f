"""From rendered labels to a document: which text to fill, what is written where, and what to tell the user."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prefill import __version__
from prefill.model import Project
from prefill.render.document import Kept, Merged, Value, decode, encode, merge, section_only, template
from prefill.render.file import read, write
from prefill.render.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prefill.render import RenderedLabel


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command line asks of a document. `output` is the file to write, None for standard output."""

    output: str | None = None
    section_only: bool = False
    title: str | None = None
    goal: str | None = None
    keep_placeholders: bool = False
    force: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Produced:
    """What goes to standard output (None for nothing), sentences for the user, and whether a file was or would be changed."""

    text: bytes | None
    messages: tuple[str, ...] = ()
    changed: bool = False


def produce(
    wanted: Wanted,
    project: Project,
    labels: Iterable[RenderedLabel],
    *,
    only: tuple[str, ...] = (),
    root: str | None = None,
) -> Produced:
    """Fill a document: the built-in template, or what `wanted.output` holds already. Raises PrefillError."""
    before = read(wanted.output, root) if wanted.output else None
    text = template() if before is None else decode(before, wanted.output)
    stamp = Stamp(__version__, project.commit, project.app)
    values = {label.label: Value(label.text, known=label.status != "unknown") for label in labels}
    merged = merge(
        text,
        values,
        stamp,
        force=wanted.force,
        keep_placeholders=wanted.keep_placeholders,
        only=only,
        title=wanted.title,
        goal=wanted.goal,
        path=wanted.output,
    )
    messages = (
        *merged.notes,
        *(_kept(wanted.output or "the document", kept) for kept in merged.kept if kept.why == "hand"),
    )
    if wanted.output is None:
        return Produced(encode(section_only(merged) if wanted.section_only else merged.text), messages)
    after = encode(merged.text)
    changed = after != before
    if wanted.dry_run:
        return Produced(
            _diff(wanted.output, before or b"", after),
            (*messages, _outcome(wanted.output, merged, before, dry=True)),
            changed,
        )
    if changed:
        write(wanted.output, after, expected=before, root=root)
    return Produced(None, (*messages, _outcome(wanted.output, merged, before, dry=False)), changed)


def _kept(path: str, kept: Kept) -> str:
    return f"{path}:{kept.line}: {kept.label} was written by hand and stays; prefill would say: {kept.offered.strip()} (--force replaces it)"


def _outcome(path: str, merged: Merged, before: bytes | None, *, dry: bool) -> str:
    verb = "would be " if dry else ""
    if before is None:
        return f"{path} {verb}created" if dry else f"{path} created"
    names = ", ".join(dict.fromkeys(written.label for written in merged.written))
    return f"{path} {verb}updated: {names}" if names else f"{path} is up to date"


def _diff(path: str, before: bytes, after: bytes) -> bytes:
    import difflib

    name = os.fsencode(path.replace("\n", " "))
    lines = difflib.diff_bytes(difflib.unified_diff, before.splitlines(True), after.splitlines(True), name, name, n=2)
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)
