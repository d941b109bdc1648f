"""Finds the file that Next runs before a request (`middleware`, or `proxy` from version 16), why it is that one, and its matcher."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prefill.analyzer import Analyzer, App
from prefill.model import Evidence, Fact, Gate, Problem
from prefill.next.apps import CONFIGS, NextApp, depends, gate_files, read_app
from prefill.next.matcher import MatcherError, compile_matchers
from prefill.next.values import exported_constant
from prefill.typescript.parse import Syntax


def analyze(app: App) -> Iterator[Fact | Problem]:
    """The `Gate` of the chosen app, with `file` None where Next runs none."""
    one = read_app(app, app.path)
    if one is None or not (depends(app.package) or one.config.path):
        return
    files = gate_files(app, one)
    gate = Gate(app=one.folder, file=files.file, kind=files.kind, dead=files.dead)
    syntax = app.program.syntax(files.file) if files.file else None
    if files.file is None:
        yield gate
    elif syntax is None:
        yield replace(gate, matcher_known=False, runs="unknown", evidence=(Evidence(files.file),))
    else:
        yield from _read(gate, files.file, one, syntax)


def _read(gate: Gate, file: str, one: NextApp, syntax: Syntax) -> Iterator[Fact | Problem]:
    """The gate with what its file says: where its function is, and what its matcher is."""
    names = ("default", gate.kind)
    function = next((export for export in syntax.exports if export.name in names and not export.type_only), None)
    gate = replace(
        gate,
        evidence=(Evidence(file, function.line if function else None),),
        base_path=one.config.base_path,
        locale=one.config.locale if one.config.locales else None,
    )
    constant = exported_constant(syntax, "config")
    if constant is None:
        yield replace(gate, runs="all")
        return
    place = Evidence(file, constant.line)
    if not constant.known:
        yield Problem(file, constant.line, "Next reads `config` only as a literal, and refuses this one")
        yield replace(gate, matcher_known=False, runs="unknown", matcher_evidence=(place,))
        return
    matcher = constant.value.get("matcher") if isinstance(constant.value, dict) else None
    if not matcher:
        yield replace(gate, runs="all", matcher_evidence=(place,))
        return
    try:
        matchers = compile_matchers(matcher, base_path=one.config.base_path, i18n=bool(one.config.locales))
    except MatcherError as error:
        yield Problem(file, constant.line, f"Next refuses this matcher: {error}")
        yield replace(gate, matcher_known=False, runs="unknown", matcher_evidence=(place,))
        return
    yield replace(gate, matchers=matchers, matcher_evidence=(place,))


ANALYZER = Analyzer(
    name="middleware",
    reads="`middleware` and `proxy` files of the app, where Next looks for them",
    analyze=analyze,
    packages=("next",),
    files=tuple(f"**/{name}" for name in CONFIGS),
)
