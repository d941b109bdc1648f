"""Syntax: directives as ECMAScript reads them, imports and exports, errors with their lines, and bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.typescript.parse import Export, Import, Syntax, parse, unescape, walk


def read(source: str, path: str = "file.tsx") -> Syntax:
    return parse(source.encode(), path)


@pytest.mark.parametrize(
    ("source", "directives"),
    [
        ('"use client";', ("use client",)),
        ("'use client'\nimport a from 'a'", ("use client",)),
        ("// why\n/* and how */\n'use client'", ("use client",)),
        ('#!/usr/bin/env node\n"use server"', ("use server",)),
        ("'use strict'; 'use client'; foo()", ("use strict", "use client")),
        ('"use client" /* still one */;', ("use client",)),
        ("'use client' + ''", ()),
        ("('use client')", ()),
        ("'use client'.length", ()),
        ("'use client'\n(foo)", ()),
        ("`use client`", ()),
        ("import a from 'a'\n'use client'", ()),
        ("const a = 1; 'use client'", ()),
        ("'use\\x20client'", ("use\\x20client",)),
        ("", ()),
    ],
)
def test_directives_are_the_prologue_and_nothing_else(source: str, directives: tuple[str, ...]) -> None:
    assert read(source).directives == directives


def test_imports_say_what_is_bound_to_which_name() -> None:
    source = """import a, { b as c, type D, default as e } from "./x";
import * as n from "n";
import type { T } from "t";
import "effect";
import r = require("rr");
const { q, w: v } = require("cjs"), f = require("g").h, z = require("z");
"""
    assert read(source, "file.ts").imports == (
        Import("./x", "default", "default", "a", False, 1),
        Import("./x", "named", "b", "c", False, 1),
        Import("./x", "named", "D", "D", True, 1),
        Import("./x", "named", "default", "e", False, 1),
        Import("n", "namespace", "*", "n", False, 2),
        Import("t", "named", "T", "T", True, 3),
        Import("effect", "effect", None, None, False, 4),
        Import("rr", "require", None, "r", False, 5),
        Import("cjs", "require", "q", "q", False, 6),
        Import("cjs", "require", "w", "v", False, 6),
        Import("g", "require", "h", "f", False, 6),
        Import("z", "require", None, "z", False, 6),
    )


def test_dynamic_imports_are_found_wherever_they_stand() -> None:
    syntax = read(
        'const a = require("top");\nconst b = () => import("./lazy");\nif (x) { require("deep") }\nimport(`./${x}`)'
    )
    assert [(found.specifier, found.line) for found in syntax.dynamic_imports] == [("./lazy", 2), ("deep", 3)]


def brief(export: Export) -> tuple[str, str | None, str | None, str | None, bool]:
    return export.name, export.local, export.specifier, export.imported, export.type_only


@pytest.mark.parametrize(
    ("source", "exports"),
    [
        ("export const a = 1, { b, c: [d, ...e], f = 2 } = x", [("a",), ("b",), ("d",), ("e",), ("f",)]),
        ("export default function Page() {}", [("default", "Page")]),
        ("export default class extends X {}", [("default", None)]),
        ("const a = 1; export default a", [("default", "a")]),
        ("export default { a: 1 } satisfies X", [("default", None)]),
        ("export { a as b, c }", [("b", "a"), ("c", "c")]),
        ("export { a as b, default as c } from './x'", [("b", None, "./x", "a"), ("c", None, "./x", "default")]),
        ("export * from './x'", [("*", None, "./x", "*")]),
        ("export * as ns from './x'", [("ns", None, "./x", "*")]),
        ("export type { T } from './x'", [("T", None, "./x", "T", True)]),
        ("export interface I {}", [("I", "I", None, None, True)]),
        ("export enum E { A }", [("E", "E")]),
        ("export async function* g() {}", [("g", "g")]),
        ("export declare const x: number", [("x", "x")]),
        ("module.exports = { a: 1, b }", [("default", None), ("a", None), ("b", "b")]),
        ("exports.a = 1; module.exports.b = c", [("a", None), ("b", "c")]),
        ("export = thing", [("default", "thing")]),
        ("const notExported = 1", []),
    ],
)
def test_exports_say_what_is_given_under_which_name(source: str, exports: list[tuple[object, ...]]) -> None:
    found = [brief(export) for export in read(source, "file.ts").exports]
    assert [row[: len(want)] for row, want in zip(found, exports, strict=True)] == exports


@pytest.mark.parametrize("path", ["a.ts", "a.tsx", "a.js", "a.jsx", "a.mjs", "a.cjs", "a.mts", "a.cts"])
def test_every_extension_has_a_grammar(path: str) -> None:
    assert read("export const a = 1", path).exports[0].name == "a"


def test_the_grammar_goes_by_the_extension() -> None:
    assert read("const a = <T>b", "a.ts").errors == ()
    assert read("const a = <p>text</p>", "a.tsx").errors == ()
    assert read("const a = <p>text</p>", "a.jsx").errors == ()


def test_another_extension_is_refused() -> None:
    with pytest.raises(ValueError, match=r"style\.css"):
        read("", "style.css")


def test_errors_are_located_and_the_rest_is_still_read() -> None:
    syntax = read("export const a = 1\nexport const b = { x: , }\nexport const c = 3\n", "a.ts")
    assert [line for line, _ in syntax.errors] == [2]
    assert [export.name for export in syntax.exports] == ["a", "b", "c"]


def test_a_file_without_errors_has_none() -> None:
    assert read("export const a = 1").errors == ()


@pytest.mark.parametrize(
    "source", ["x=" + "[" * 100_000 + "]" * 100_000, "(" * 100_000, "{" * 100_000, "a=>" * 50_000 + "1"]
)
def test_nesting_has_no_bound_to_hit(source: str) -> None:
    syntax = read(source, "a.ts")
    assert syntax.exports == ()
    assert syntax.imports == ()
    assert len(syntax.errors) <= 20
    assert sum(1 for _ in walk(syntax.root)) > 100_000


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("plain", "plain"),
        (r"a\nb", "a\nb"),
        (r"\u{1F600}", "😀"),
        (r"\ud83d\ude00", "😀"),
        (r"\x41", "A"),
        (r"\'", "'"),
        ("\\", "\\"),
    ],
)
def test_escapes_are_javascripts(raw: str, text: str) -> None:
    assert unescape(raw) == text


@given(st.text(alphabet="\\ux{}0123456789abcdefn'\"", max_size=20))
def test_no_text_between_quotes_raises(raw: str) -> None:
    assert isinstance(unescape(raw), str)


@given(st.binary(max_size=200))
def test_no_bytes_raise(source: bytes) -> None:
    syntax = parse(source, "a.tsx")
    assert isinstance(syntax.errors, tuple)
    assert isinstance(syntax.imports, tuple)
    assert isinstance(syntax.exports, tuple)
    assert isinstance(syntax.directives, tuple)


@pytest.mark.parametrize("opened", [b"/* ", b"{/*", b"x /*\n"])
def test_comments_that_never_close_cost_no_more_than_their_length(opened: bytes) -> None:
    syntax = parse(b"export const a = 1;\n" + opened * 300_000, "a.tsx")
    assert [export.name for export in syntax.exports] == ["a"]


def test_globs_in_strings_are_no_comments() -> None:
    globs = b", ".join(b'"./src/**/*.ts"' for _ in range(500))
    syntax = parse(b"export const content = [" + globs + b"];\nexport const last = 1;\n", "a.ts")
    assert [export.name for export in syntax.exports] == ["content", "last"]
