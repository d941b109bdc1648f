"""Finds the file that Next runs before a request (`middleware`, or `proxy` from version 16), why it is that one, and its matcher."""

from __future__ import annotations

import re
from collections.abc import Iterator

from prefill.analyzer import Analyzer, App
from prefill.auth.calls import Calls
from prefill.auth.flow import SIGN_IN, Step, steps
from prefill.auth.libraries import BY_PACKAGE, Library, library_of
from prefill.lazy import regex
from prefill.model import Evidence, Fact, Gate, Problem, Redirect
from prefill.next.apps import CONFIGS, PROXY, NextApp, depends, gate_files, read_app
from prefill.next.matcher import MatcherError, compile_matchers
from prefill.next.values import exported_constant
from prefill.records import replace
from prefill.typescript.parse import Export, Syntax

_COMMENT = regex(rb"//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?")
_ASKS = regex(rb"cookie|session|token|auth|user(?!-agent)|login|sign-?in", re.IGNORECASE)

MAX_CODE = 2
"""Conditions that are quoted as they are written; a redirect under more of them is left out,"""
MAX_QUOTE = 70
"""and so is one whose condition is longer than this,"""
MAX_BESIDES = 8
"""or that makes more exceptions."""


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
        yield from _read(_followed(app, gate, files.file, syntax), files.file, one, syntax)


def _followed(app: App, gate: Gate, file: str, syntax: Syntax) -> Gate:
    """The gate with the library that it comes to ask, and the redirects that its code says plainly."""
    function = _function(gate, syntax)
    if function is None:
        return gate
    libraries = {
        BY_PACKAGE[name].id: BY_PACKAGE[name]
        for package in (*app.packages, *app.roots)
        for name in package.ranges()
        if name in BY_PACKAGE
    }
    calls = Calls(app.program, tuple(libraries.values()))
    found = calls.reached_from(file, function.name)
    if function.specifier == "next-auth/middleware":  # `export { default } from "next-auth/middleware"`
        place = Evidence(file, function.line)
        bare = Redirect(
            when="without a token", to=SIGN_IN, signed_in=False, session="next-auth/middleware", evidence=(place,)
        )
        return replace(gate, asks=True, providers=("Auth.js",), redirects=(bare,))
    library = found.provider if found is not None else _own_import(syntax)
    said: dict[Redirect, None] = {}
    for step in steps(app.program, calls, file, function.name):
        redirect = _redirect(step)
        if redirect is not None:
            said.setdefault(redirect)
    asks = _ASKS.search(_COMMENT.sub(b"", syntax.source)) is not None
    return replace(gate, asks=asks, providers=(library.name,) if library else (), redirects=tuple(said))


def _own_import(syntax: Syntax) -> Library | None:
    """The authentication library that the gate's own file imports."""
    libraries = (library_of(one.specifier) for one in syntax.imports if not one.type_only)
    return next((library for library in libraries if library is not None and library.role in {"auth", "session"}), None)


def _function(gate: Gate, syntax: Syntax) -> Export | None:
    """The export that Next calls: the one named like the file, else the default one."""
    exports = {export.name: export for export in syntax.exports if not export.type_only}
    return exports.get("default") or exports.get(gate.kind or "")


def _redirect(step: Step) -> Redirect | None:
    """A redirect in the facts' terms; None where its condition would take more words than it is worth."""
    paths: tuple[str, ...] | None = None
    besides: list[str] = []
    signed_in: bool | None = None
    cookie = session = None
    code: list[str] = []
    for test in step.tests:
        if test.kind == "path" and test.holds:
            paths = test.names if paths is None else tuple(name for name in paths if name in test.names) or test.names
        elif test.kind == "path":
            besides.extend(name for name in test.names if name not in besides)
        elif test.kind == "code":
            said = test.names[0] if test.holds else f"!({test.names[0]})"
            code.append(said)
        elif signed_in is None:
            signed_in = test.holds
            cookie, session = (test.names[0], None) if test.kind == "cookie" else (None, test.names[0])
        elif signed_in is not test.holds or test.names[0] not in (cookie, session):
            code.append(f"{'' if test.holds else '!'}{test.names[0]}")
    code = list(dict.fromkeys(code))
    if len(code) > MAX_CODE or any(len(one) > MAX_QUOTE for one in code) or len(besides) > MAX_BESIDES:
        return None
    words = [
        *(
            [
                f"{'a' if signed_in else 'no'} {cookie} cookie"
                if cookie
                else f"{'with' if signed_in else 'without'} {session}"
            ]
            if signed_in is not None
            else ()
        ),
        *([f"on {', '.join(paths)}"] if paths else ()),
        *([f"not on {', '.join(besides)}"] if besides else ()),
        *(f"if {one}" for one in code),
        *(["unless an earlier branch answers"] if step.unless else ()),
    ]
    return Redirect(
        when=", ".join(words) or "always",
        to=step.to,
        kind=step.kind,
        paths=paths or (),
        besides=tuple(besides),
        signed_in=signed_in,
        cookie=cookie,
        session=session,
        code=tuple(code),
        unless=step.unless,
        evidence=(Evidence(step.path, step.line),),
    )


def _read(gate: Gate, file: str, one: NextApp, syntax: Syntax) -> Iterator[Fact | Problem]:
    """The gate with what its file says: where its function is, and what its matcher is."""
    function = _function(gate, syntax)
    unsure = bool(syntax.errors) or any(export.name == "*" for export in syntax.exports)
    gate = replace(
        gate,
        function=function.name if function else "*" if unsure else None,
        evidence=(Evidence(file, function.line if function else None),),
        base_path=one.config.base_path,
        locale=one.config.locale if one.config.locales else None,
    )
    constant = exported_constant(syntax, "config", assertions=one.major is None or one.major >= PROXY)
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
