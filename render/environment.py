"""The Jinja2 environment of the built-in partials: every value is escaped into Markdown unless `code` made it a code span.

A label's prose is the partial `templates/labels/<label>.md.j2`, one macro per kind of entry. The macro takes the entry's
values as keyword arguments, so a name that is missing is an error and never an empty string.
https://jinja.palletsprojects.com/en/stable/templates/#macros
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from prefill.model import LABEL_ROOMS, Label
from prefill.render import RenderedEntry, RenderedLabel
from prefill.render.markdown import code, escape, opening

if TYPE_CHECKING:
    from jinja2 import Environment, Template

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
        finalize=_markdown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=False,
    )
    made.filters["code"] = _code
    made.filters["codes"] = _codes
    made.filters["join"] = _join
    return made


def partial(label: Label) -> str:
    """The template that holds a label's prose: `Database & ORM` is in `labels/database.md.j2`."""
    return f"labels/{LABEL_ROOMS[label]}.md.j2"


def statement(label: Label, entry: Entry) -> str:
    """One entry as Markdown, by the macro of its kind in the label's partial. Raises LookupError where there is none."""
    return macro(partial(label), entry.kind, entry.values)


def macro(template: str, name: str, values: Any) -> str:
    """What the macro `name` of a package template makes of `values`, on one line."""
    call = getattr(_module(template), name.replace("-", "_"), None)
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


@cache
def _module(name: str) -> Any:
    template: Template = environment().get_template(name)
    return template.module


def _markdown(value: Any) -> Any:
    # Undefined raises when it is turned into text; Markup is what a macro or `code` already made.
    return value if hasattr(value, "__html__") else _made(escape(value, opens=False))


def _code(value: Any) -> Any:
    return _made(code(value))


def _codes(values: Iterable[Any], separator: str = ", ") -> Any:
    return _made(separator.join(code(value) for value in values))


def _join(values: Iterable[Any], separator: str = "", attribute: str | None = None) -> Any:
    if attribute is not None:
        values = [environment().getitem(value, attribute) for value in values]
    return _made(separator.join(str(_markdown(value)) for value in values))


def _made(text: str) -> Any:
    """Finished Markdown: Jinja2's mark for what needs no escape any more."""
    from markupsafe import Markup

    return Markup(text)  # noqa: S704  # the escape that was applied is Markdown's, not HTML's
