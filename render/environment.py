"""The Jinja2 environment of the built-in partials: every value is escaped into Markdown unless `code` made it a code span.

A label's prose is the partial `templates/labels/<label>.md.j2`, one macro per kind of entry. The macro takes the entry's
values as keyword arguments, so a name that is missing is an error and never an empty string.
https://jinja.palletsprojects.com/en/stable/templates/#macros
"""

from __future__ import annotations

import os
from binascii import crc32
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from prefill.model import LABEL_ROOMS, Label
from prefill.render import RenderedEntry, RenderedLabel
from prefill.render.markdown import code, opening
from prefill.render.runtime import FILTERS, TESTS, finalize, module

if TYPE_CHECKING:
    from jinja2 import Environment

    from prefill.section.entry import Entry, LabelEntries

SHARED = "labels/shared.md.j2"
SHARED_KINDS = frozenset({"statement"})  # kinds that any label may hold
TEMPLATES = os.path.join(os.path.dirname(__file__), "templates")


@cache
def environment() -> Environment:
    """The environment: package templates, strict about undefined names, Markdown instead of HTML as its escape."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )
    # What templates may use is what compiled ones have: a filter that is not there fails in both.
    made.filters.clear()
    made.filters.update(FILTERS)
    made.tests.clear()
    made.tests.update({str(name): test for name, test in TESTS.items()})
    return made


def partial(label: Label) -> str:
    """The template that holds a label's prose: `Database & ORM` is in `labels/database.md.j2`."""
    return f"labels/{LABEL_ROOMS[label]}.md.j2"


def statement(label: Label, entry: Entry) -> str:
    """One entry as Markdown, by the macro of its kind in the label's partial. Raises LookupError where there is none."""
    return macro(partial(label), entry.kind, entry.values)


def macro(template: str, name: str, values: Any) -> str:
    """What the macro `name` of a package template makes of `values`, on one line."""
    call = _macros(template).get(name.replace("-", "_"))
    if call is None:
        raise LookupError(f"render/templates/{template} has no macro `{name}`")
    return " ".join(str(call(**values)).split())


def label(entries: LabelEntries, cut: int = 0) -> RenderedLabel:
    """A label's value: its statements in order, or that there is none, or where prefill looked in vain.

    `cut` says how many statements a budget left out; the text ends in that count.
    """
    said = []
    for entry in entries.entries:
        template, name = (SHARED, entry.kind) if entry.kind in SHARED_KINDS else (partial(entries.label), entry.kind)
        if text := macro(template, name, entry.values):
            said.append(RenderedEntry(text=text, evidence=entry.evidence, before=entry.before, rank=entry.rank))
    value = "".join(one.text if at == 0 else one.before + one.text for at, one in enumerate(said))
    if cut:
        value += f" ({cut} more left out)"
    if not value:
        value = "None" if entries.status == "none" else not_detected(entries.looked_in)
    return RenderedLabel(
        label=entries.label,
        status=entries.status,
        text=opening(value.strip()),
        evidence=tuple(dict.fromkeys(e for one in said for e in one.evidence)),
        entries=tuple(said),
        looked_in=entries.looked_in,
    )


def not_detected(looked_in: Iterable[str]) -> str:
    """The value of a label of which nothing is known: unknown is not none, and an example left standing gets copied."""
    places = ", ".join(code(place) for place in looked_in)
    return f"Not detected (looked in {places})" if places else "Not detected"


def templates() -> tuple[str, ...]:
    """The names of all partials."""
    return tuple(
        sorted(
            os.path.relpath(os.path.join(folder, name), TEMPLATES).replace(os.sep, "/")
            for folder, _, names in os.walk(TEMPLATES)
            for name in names
            if name.endswith(".j2")
        )
    )


@cache
def _macros(name: str) -> Mapping[str, Any]:
    """The macros of a template by name: compiled ahead where that is fresh, else by Jinja2, which gives the same."""
    roots = _roots()
    return module(roots[name]) if roots else live(name)


@cache
def _roots() -> Mapping[str, Any]:
    """The compiled templates; none when any template is not the one that was compiled: they import each other."""
    from prefill.render.compiled import ROOTS, SUMS

    for name in templates():
        with open(os.path.join(TEMPLATES, name), "rb") as file:
            if SUMS.get(name) != crc32(file.read()):
                return {}
    return ROOTS


def live(name: str) -> Mapping[str, Any]:
    """The macros of a template by name, by Jinja2 itself."""
    return vars(environment().get_template(name).module)
