"""Partials escape what they print, fail on what they were not given, and say the same compiled as by Jinja2."""

from __future__ import annotations

import os
import subprocess
import sys
from binascii import crc32
from typing import Any

import jinja2
import pytest

from prefill.model import LABELS, Evidence
from prefill.render import compiled, runtime
from prefill.render.compiling import compile_partials
from prefill.render.environment import (
    TEMPLATES,
    environment,
    label,
    live,
    macro,
    not_detected,
    partial,
    statement,
    templates,
)
from prefill.section.entry import Entry, LabelEntries

SNIPPETS = [
    ("{{ a }}", {"a": "x*y <b>"}),
    ("{{ a|code }} {{ a }}", {"a": "`x`"}),
    ("{{ a|codes }}, {{ a|join(' + ') }}", {"a": ["a_b", "*c*"]}),
    (
        "{% for x in a %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% else %}none{% endfor %}",
        {"a": [1, 2]},
    ),
    ("{% for x in a %}{{ x }}{% else %}none{% endfor %}", {"a": []}),
    (
        "{% for k, v in a.items() %}{{ k }}={{ v|code }}{% if loop.first %};{% endif %}{% endfor %}",
        {"a": {"x": 1, "y": 2}},
    ),
    ("{{ a.name }} {{ a['name'] }} {{ a.missing|default('-') }}", {"a": {"name": "n"}}),
    ("{% if a is none %}none{% elif a is string %}text{% else %}{{ a|length }}{% endif %}", {"a": None}),
    ("{% if a is none %}none{% elif a is string %}text{% else %}{{ a|length }}{% endif %}", {"a": ["x"]}),
    ("{{ 'yes' if a }}.", {"a": False}),
    ("{{ a ~ '-' ~ 1 }}", {"a": "x"}),
    ("{% set b = a|sort %}{{ b|first }}{{ b|last }}{{ a|unique|list|length }}", {"a": ["b", "a", "b"]}),
    (
        "{{ a|selectattr('on')|map(attribute='name')|join(', ') }}",
        {"a": [{"on": True, "name": "x"}, {"on": False, "name": "y"}]},
    ),
    ("{% if 'x' in a and a[0] == 'x' and a|select|list %}{{ a[1:]|join }}{% endif %}", {"a": ["x", "y", ""]}),
    ("{{ a|replace('-', '_')|upper }}", {"a": "b-c"}),
    ("{% set n = namespace(i=0) %}{% for x in a %}{% set n.i = n.i + x %}{% endfor %}{{ n.i }}", {"a": [1, 2]}),
]


def render_compiled(source: str, values: dict[str, Any]) -> str:
    """A macro around `source`, compiled by Jinja2 and run on the module that compiled partials run on."""
    made = (
        environment()
        .compile(source, raw=True)
        .replace("from jinja2.runtime import", "from prefill.render.runtime import")
    )
    made = made.replace("import LoopContext", "import ENVIRONMENT as environment, LoopContext")
    names: dict[str, Any] = {}
    exec(made, names)
    return str(runtime.module(names["root"])["m"](**values))


@pytest.mark.parametrize(("body", "values"), SNIPPETS)
def test_compiled_and_live_templates_say_the_same(body: str, values: dict[str, Any]) -> None:
    source = f"{{% macro m(a) %}}{body}{{% endmacro %}}"
    template: Any = environment().from_string(source).module
    assert render_compiled(source, values) == str(template.m(**values))


def test_every_value_is_escaped_and_macros_are_not_escaped_twice() -> None:
    source = "{% macro one(a) %}*{{ a }}*{% endmacro %}{% macro m(a) %}{{ one(a) }} {{ a }}{% endmacro %}"
    assert render_compiled(source, {"a": "<b>*"}) == "*\\<b>\\** \\<b>\\*"


@pytest.mark.parametrize(
    "body", ["{{ b }}", "{{ a.b }}", "{% if b %}{% endif %}", "{% for x in b %}{% endfor %}", "{{ a }}"]
)
def test_a_missing_name_is_an_error_in_both(body: str) -> None:
    source = f"{{% macro m(a) %}}{body}{{% endmacro %}}"
    values: dict[str, Any] = {} if body == "{{ a }}" else {"a": {}}
    with pytest.raises(runtime.UndefinedError):
        render_compiled(source, values)
    template: Any = environment().from_string(source).module
    with pytest.raises(jinja2.UndefinedError):
        template.m(**values)


def test_a_macro_takes_what_it_names_and_no_more() -> None:
    with pytest.raises(TypeError, match="takes no keyword argument 'b'"):
        render_compiled("{% macro m(a) %}{{ a }}{% endmacro %}", {"a": 1, "b": 2})


def test_the_compiled_partials_are_fresh() -> None:
    stale = []
    for name in templates():
        with open(os.path.join(TEMPLATES, name), "rb") as file:
            if compiled.SUMS.get(name) != crc32(file.read()):
                stale.append(name)
    assert not stale, "run `python -m prefill.render.compiling`"
    assert sorted(compiled.SUMS) == list(templates())


def test_compiling_gives_the_macros_of_the_live_partials() -> None:
    names: dict[str, Any] = {}
    exec(compile_partials(), names)
    for name in templates():
        macros = runtime.module(names["ROOTS"][name])
        assert {key for key in macros if isinstance(macros[key], runtime.Macro) and key[0] != "_"} == {
            key for key, value in live(name).items() if type(value).__name__ == "Macro"
        }


def test_rendering_imports_no_jinja() -> None:
    program = (
        "import sys; from prefill.render.environment import macro; "
        "macro('labels/shared.md.j2', 'statement', {'text': 'x'}); sys.exit('jinja2' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_every_label_has_a_partial() -> None:
    assert {partial(name) for name in LABELS} <= set(templates())


def test_a_kind_without_a_macro_is_an_error_that_names_it() -> None:
    with pytest.raises(LookupError, match="has no macro `nothing_like_it`"):
        statement("Language", Entry(kind="nothing_like_it"))


def test_a_label_joins_what_its_entries_say() -> None:
    place = Evidence("package.json", 3)
    entries = (
        Entry(kind="statement", values={"text": "# one"}, evidence=(place,)),
        Entry(kind="statement", values={"text": "*two*"}, before=", "),
    )
    rendered = label(LabelEntries(label="Language", entries=entries, status="found"))
    assert rendered.text == "\\# one, \\*two\\*"
    assert rendered.evidence == (place,)


def test_unknown_is_not_none() -> None:
    assert label(LabelEntries(label="Language", status="none")).text == "None"
    assert (
        label(LabelEntries(label="Language", looked_in=("a.json", "b`c"))).text
        == "Not detected (looked in `a.json`, ``b`c``)"
    )
    assert not_detected(()) == "Not detected"


def test_a_statement_stays_on_its_line() -> None:
    assert macro("labels/shared.md.j2", "statement", {"text": "a\n\n## b"}) == "a ## b"


def test_a_macro_of_another_template_is_called_by_a_name_that_is_a_value() -> None:
    said = label(
        LabelEntries(
            label="Current State",
            entries=(
                Entry(
                    kind="trap",
                    values={
                        "first": True,
                        "name": "dead-tailwind-config",
                        "values": {"path": "tailwind.config.js", "reason": "nothing names it"},
                    },
                ),
            ),
        )
    )
    assert said.text == "Traps: `tailwind.config.js` is not loaded: nothing names it"
