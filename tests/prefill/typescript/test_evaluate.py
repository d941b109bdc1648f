"""Partial evaluation: what is known is exact, what a library makes is a symbol, and the rest says why it is not known."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefill.typescript import evaluate
from prefill.typescript.evaluate import Evaluator
from prefill.typescript.handlers import HANDLERS
from prefill.typescript.values import Call, Closure, Object, Unknown, js_string

Ask = Callable[..., Any]
Make = Callable[..., Evaluator]


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        # literals
        ("'it\\'s'", "it's"),
        ("1_000", 1000),
        ("0xff", 255),
        ("1.50", 1.5),
        ("-3", -3),
        ("10n", 10),
        ("null", None),
        ("undefined", "undefined"),
        ("/a+b/gi", "/a+b/gi"),
        ("`a${1 + 1}${'b'}${null}${true}`", "a2bnulltrue"),
        ("[1, , 'x', ...[2, 3], ...'ab']", [1, "x", 2, 3, "a", "b"]),
        ("{ a: 1, 'b-c': 2, [`d${1}`]: 3, 4: 5, ...{ a: 6 } }", {"a": 6, "b-c": 2, "d1": 3, "4": 5}),
        # types are no values
        ("('a' as const)", "a"),
        ("<const>['a']", ["a"]),
        ("({ a: 1 } satisfies Record<string, number>).a!", 1),
        # access
        ("({ a: { b: [1, 2] } }).a.b[1]", 2),
        ("({ a: 1 })['a']", 1),
        ("'abc'[1] + 'abc'.length", "b3"),
        ("[1, 2, 3].length", 3),
        ("({ get y() { return this.x * 2 }, x: 2 }).y", 4),
        ("({ a: 1 }).b", "undefined"),
        ("undefined?.x.y", "undefined"),
        ("(undefined as any)?.()", "undefined"),
        # operators
        ("1 + 2 * 3 - 8 / 4 % 3", 5),
        ("2 ** 10", 1024),
        ("'a' + 1 + true", "a1true"),
        ("1 === 1 && '1' !== 1", True),
        ("null == undefined", True),
        ("1 == true", True),
        ("true === 1", False),
        ("'a' < 'b'", True),
        ("!0", True),
        ("!''", True),
        ("typeof (() => 1)", "function"),
        ("'a' in { a: 1 }", True),
        ("null ?? 'x'", "x"),
        ("0 ?? 'x'", 0),
        ("0 || 'x'", "x"),
        ("'' && 'x'", ""),
        ("true ? 'a' : 'b'", "a"),
        ("(1, 2)", 2),
        ("7 % -3", 1),
        ("-7 % 3", -1),
        # functions
        ("((a, b = 2, ...c) => [a, b, c])(1, undefined, 3, 4)", [1, 2, [3, 4]]),
        ("(({ a, b: { c = 5 }, ...rest }) => [a, c, rest])({ a: 1, b: {}, d: 2 })", [1, 5, {"d": 2}]),
        ("(([a, , b]) => a + b)([1, 2, 3])", 4),
        ("((x) => (y) => x + y)(1)(2)", 3),
        ("(function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2) })(10)", 55),
        ("(() => { let s = 0; for (const x of [1, 2, 3]) { if (x === 2) continue; s += x } return s })()", 4),
        ("(() => { let s = ''; for (let i = 0; i < 3; i++) s += i; return s })()", "012"),
        ("(() => { const o = {}; for (const k in { a: 1, b: 2 }) o[k] = k; return o })()", {"a": "a", "b": "b"}),
        ("(() => { let n = 0; while (true) { n++; if (n > 4) break } return n })()", 5),
        ("(() => { switch ('b') { case 'a': return 1; case 'b': case 'c': return 2; default: return 3 } })()", 2),
        ("(() => { try { throw new Error() } catch { return 'caught' } })()", "caught"),
        ("(() => { return later(); function later() { return 1 } })()", 1),
        ("(() => { const a = []; a.push(1); a.push(...[2, 3]); return a })()", [1, 2, 3]),
        ("(() => { const { a = 1 } = {}; return a })()", 1),
        # methods
        ("['b', 'a'].map((x, i) => x + i)", ["b0", "a1"]),
        ("[1, 2, 3].filter((x) => x > 1).reduce((a, b) => a + b, 10)", 15),
        ("[[1], [2, [3]]].flat(2)", [1, 2, 3]),
        ("[1, 2].flatMap((x) => [x, x])", [1, 1, 2, 2]),
        ("[1, 2, 3].find((x) => x > 1)", 2),
        ("[null].find(() => true)", None),
        ("[1].concat([2], 3).join('-')", "1-2-3"),
        ("['a', 'b'].includes('b')", True),
        ("['a'].indexOf('z')", -1),
        ("[3, 1].slice(-1)", [1]),
        ("['b', 'a'].toSorted()", ["a", "b"]),
        ("[...new Set(['a', 'b', 'a'])]", ["a", "b"]),
        ("Object.keys({ b: 1, 2: 1, a: 1, 1: 1 })", ["1", "2", "b", "a"]),
        ("Object.values({ a: 1, b: 2 })", [1, 2]),
        ("Object.fromEntries(Object.entries({ a: 1 }).map(([k, v]) => [k + k, v]))", {"aa": 1}),
        ("Object.assign({}, { a: 1 }, { b: 2 })", {"a": 1, "b": 2}),
        ("Object.freeze({ a: 1 }).a", 1),
        ("Array.from({ length: 2 }, (_, i) => i)", [0, 1]),
        ("Array.isArray([])", True),
        ("'fooBarBaz'.replace(/([A-Z])/g, '_$1').toLowerCase()", "foo_bar_baz"),
        ("'a-b-c'.replace('-', '_')", "a_b-c"),
        ("'a-b'.split('-')", ["a", "b"]),
        ("' x '.trim().padStart(3, '0')", "00x"),
        ("'Hello'.slice(1, -1).toUpperCase()", "ELL"),
        ("'ab'.repeat(2).startsWith('aba')", True),
        ("Math.max(1, 3, 2)", 3),
        ("JSON.stringify({ a: [1, 'x', null] })", '{"a":[1,"x",null]}'),
        ("String(12) + Number('3') + Boolean('')", "123false"),
        ("['1', '2'].map(Number)", [1, 2]),
        ("['a', ''].filter(Boolean)", ["a"]),
        ("String.raw`a\\n`", "a\\n"),
    ],
)
def test_what_a_program_says_is_known(value_of: Ask, expression: str, value: Any) -> None:
    assert (
        value_of(
            f"export const it = {expression}" if not expression.startswith("{") else f"export const it = ({expression})"
        )
        == value
    )


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (
            "enum E { A, B = 5, C } export const it = Object.entries(E)",
            [["0", "A"], ["5", "B"], ["6", "C"], ["A", 0], ["B", 5], ["C", 6]],
        ),
        ("enum E { A = 'a', B = `b${1}`, C = A } export const it = Object.values(E)", ["a", "b1", "a"]),
        ("export const it = late(); function late() { return v } const v = 1", 1),
        ("const c = { list: [] }; c.list.push('x'); c.name = 'n'; export const it = c", {"list": ["x"], "name": "n"}),
        ("let x; x = 1; export { x as it }", 1),
        ("const { a: [it] } = { a: [7] }; export { it }", 7),
        ("export const it = a.b; const a = { b: 2 }", 2),
    ],
)
def test_the_top_level_is_evaluated_as_a_whole(value_of: Ask, source: str, value: Any) -> None:
    assert value_of(source) == value


@pytest.mark.parametrize(
    ("source", "others", "value"),
    [
        ("export { a as it } from './b'", {"b": "export const a = 1"}, 1),
        ("import b from './b.js'; export const it = b.x", {"b": "export default { x: 1 }"}, 1),
        (
            "import * as b from './b'; export const it = [b.x, Object.keys(b)]",
            {"b": "export const x = 1, y = 2"},
            [1, ["x", "y"]],
        ),
        (
            "import { x } from './b'; export const it = x",
            {"b": "export * from './c'", "c": "export const x = 'far'"},
            "far",
        ),
        (
            "import { c } from './b'; export const it = c.x",
            {"b": "export * as c from './c'", "c": "export const x = 1"},
            1,
        ),
        ("const { x } = require('./b'); export const it = x", {"b": "module.exports = { x: 1 }"}, 1),
        ("import b from './b'; export const it = b.x", {"b": "module.exports = { x: 1 }"}, 1),
        ("import b from './b'; export const it = b.x", {"b": "exports.x = 1"}, 1),
        (
            "import { f } from './b'; export const it = f(2)",
            {"b": "const k = 3; export function f(n) { return n * k }"},
            6,
        ),
        (
            "import { f } from './b'; export const it = f()",
            {"b": "import { k } from './main'; export const f = () => k"},
            "?does not export `k`",
        ),
        ("import b from './data.json'; export const it = b", {}, "?`./data.json` is not in the repository"),
    ],
)
def test_modules_are_followed(value_of: Ask, source: str, others: dict[str, str], value: Any) -> None:
    assert value_of(source, **others) == value


def test_json_is_a_module(evaluator: Make, show: Ask) -> None:
    files = {
        "main.ts": "import d, { a } from './d.json'; export const it = [d.b, a]",
        "d.json": '{"a": [1], "b": null}',
    }
    assert show(evaluator(files).export("main.ts", "it")) == [None, [1]]


def test_modules_that_import_each_other_are_evaluated(evaluator: Make, show: Ask) -> None:
    files = {
        "a.ts": "import { b } from './b'; export const a = { to: () => b }; export const name = 'A'",
        "b.ts": "import { a, name } from './a'; export const b = { to: () => a, name }",
    }
    program = evaluator(files)
    b = program.export("b.ts", "b")
    assert isinstance(b, Object)
    a = program.apply(b.props["to"])
    assert isinstance(a, Object)
    assert program.apply(a.props["to"]) is b
    assert b.props["name"] == "A"


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("import { t } from 'lib'; export const it = t('a', { b: 1 })", "lib#t('a', {'b': 1})"),
        ("import * as l from 'lib'; export const it = l.t(1).x(2)", "lib#t(1).x(2)"),
        ("import l from 'lib'; export const it = l.t", "lib#default.t"),
        ("import { C } from 'lib'; export const it = new C(1)", "new lib#C(1)"),
        ("export const it = new Date(0)", "new global#Date(0)"),
        ("import { sql } from 'lib'; export const it = sql`a ${1} b`", "lib#sql(['a ', ' b'], 1)"),
        ("export { x as it } from 'lib'", "lib#x"),
        ("export * from 'lib'", "lib#it"),
        ("import { z } from 'zod'; export const it = z.enum(['a', 'b']).options", ["a", "b"]),
        ("import * as z from 'zod'; export const it = z.enum(['a', 'b']).enum.a", "a"),
        ("import { pgEnum } from 'drizzle-orm/pg-core'; export const it = [...pgEnum('e', ['a']).enumValues]", ["a"]),
    ],
)
def test_what_a_library_makes_is_a_symbol(value_of: Ask, source: str, value: Any) -> None:
    assert value_of(source) == value


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("process.env.URL!", "?the environment variable URL"),
        ("process.env['URL']", "?the environment variable URL"),
        ("import.meta.env.URL", "?the environment variable URL"),
        ("process.env.URL ?? 'x'", ("one of", "?the environment variable URL", "x")),
        ("process.env.A ? 'a' : 'b'", ("one of", "a", "b")),
        ("(process.env.A ? { x: 1 } : { x: 2 }).x", ("one of", 1, 2)),
        ("(() => { if (process.env.A) return 'a'; return 'b' })()", ("one of", "a", "b")),
        ("(() => { let x = 1; if (process.env.A) x = 2; return x })()", ("one of", 1, 2)),
        (
            "(() => { switch (process.env.A) { case 'a': return 1; default: return 2 } })()",
            ("one of", 1, 2, "undefined"),
        ),
        ("`x${process.env.A}`", "?the environment variable A"),
        ("({ a: 1, ...process.env.A, b: 2 })", {"a": 1, "b": 2, "…": "the environment variable A"}),
        ("({ ...(process.env.A && { a: 1 }), b: 2 }).b", 2),
        ("[1, ...window.list]", [1, "…spreads something that is not a known list"]),
        ("[1, 2].map((x) => x + window.y)", ["?depends on what a library makes"] * 2),
        ("(() => { throw new Error() })()", "?throws an error"),
        ("class {}", "?class is not evaluated"),
        ("<p />", "?type assertion is not evaluated"),
        ("(null as any).x", "?`x` of null"),
        ("'a'.localeCompare('b')", "?the method `localeCompare` is not evaluated"),
    ],
)
def test_what_is_not_known_says_why_and_spreads_no_further(value_of: Ask, expression: str, value: Any) -> None:
    if expression == "<p />":
        value = "?" + value_of(f"export const it = {expression}")[1:]
    assert value_of(f"export const it = {expression}") == value


def test_an_environment_variable_keeps_its_name_and_place(evaluator: Make) -> None:
    value = evaluator({"main.ts": "\n\nexport const it = process.env.DATABASE_URL!"}).export("main.ts", "it")
    assert isinstance(value, Unknown)
    assert (value.path, value.line, value.name) == ("main.ts", 3, "DATABASE_URL")


def test_a_default_stands_beside_a_variable_that_may_be_unset(value_of: Ask) -> None:
    assert value_of("const { A: it = 'x' } = process.env; export { it }") == (
        "one of",
        "?the environment variable A",
        "x",
    )


def test_calls_and_keys_know_their_lines(evaluator: Make) -> None:
    source = "import { t } from 'lib'\nexport const it = t(\n  'name',\n  {\n    a: 1,\n  },\n)\n"
    value = evaluator({"main.ts": source}).export("main.ts", "it")
    assert isinstance(value, Call)
    assert (value.line, value.lines) == (2, (3, 4))
    assert isinstance(value.args[1], Object)
    assert value.args[1].places == {"a": ("main.ts", 5)}


def test_a_name_is_evaluated_once_so_that_identity_holds(evaluator: Make) -> None:
    program = evaluator(
        {"a.ts": "import { t } from 'lib'; export const x = t(); export { x as y }", "b.ts": "export * from './a'"}
    )
    assert program.export("a.ts", "x") is program.export("b.ts", "y")


def test_where_a_thing_is_declared_is_found_through_re_exports(evaluator: Make) -> None:
    files = {
        "index.ts": "export * from './a'\nexport { b as renamed } from './b'\nimport { c } from './b'\nexport { c }",
        "a.ts": "\nexport const a = 1",
        "b.ts": "const b = 1,\n  d = 2\nexport { b }\nexport const c = 3",
    }
    program = evaluator(files)
    assert program.names("index.ts") == ("renamed", "c", "a")
    assert program.declared("index.ts", "a") == ("a.ts", 2)
    assert program.declared("index.ts", "renamed") == ("b.ts", 1)
    assert program.declared("index.ts", "c") == ("b.ts", 4)
    assert program.declared("index.ts", "gone") is None


def test_only_what_is_asked_for_is_read(evaluator: Make) -> None:
    program = evaluator(
        {
            "main.ts": "import { x } from './far'; export const it = 1; export const other = x",
            "far.ts": "export const x = 1",
        }
    )
    assert program.export("main.ts", "it") == 1
    assert "far.ts" not in program.files.read  # type: ignore[attr-defined]  # the repository in memory remembers


def test_a_function_of_the_repository_can_be_applied(evaluator: Make, show: Ask) -> None:
    program = evaluator({"main.ts": "export const f = (t) => [t.a, t]; export const n = 1"})
    function = program.export("main.ts", "f")
    assert isinstance(function, Closure)
    assert show(program.apply(function, ["x"])) == ["undefined", "x"]
    assert show(program.apply(program.export("main.ts", "n"))) == "?is not a function of the repository"


@pytest.mark.parametrize(
    "source",
    [
        "export const it = it",
        "export const it = { a: () => it, b: it }",
        "export * from './main'",
        "import { it as x } from './main'; export { x as it }",
        "export const it = ((f) => f(f))((f) => f(f))",
        "const f = () => g(), g = () => f(); export const it = f()",
        "export const it = (() => { while (true) {} })()",
        "export const it = (() => { for (;;) { it2.push(1) } })(); const it2 = []",
        "export const it = (() => { const a = [1]; for (const x of a) a.push(x); return a.length })()",
        "export const it = " + "[" * 5_000 + "]" * 5_000,
        "export const it = " + "(" * 5_000 + "1" + ")" * 5_000,
        "export const it = " + "!" * 5_000 + "1",
        "export const it = (() => { for (;;) for (;;) for (;;) ; })()",
        "let n = 0; for (;;) for (;;) { n } export const it = n; n = 1",
        "const big = Array.from({ length: 20000 }); export const it = big.map(() => big.map(() => big.map(Boolean)))",
        "const big = Array.from({ length: 20000 }); export const it = (() => { let x = big; while (true) x = [...x]; })()",
        "export const it = Array.from({ length: 20000 }, () => 'x'.repeat(1e6))",
        "let s = 'x'; while (true) s = `${s}${s}`; export const it = s",
        "export const it = 'x'.repeat(1e9)",
        "export const it = Array.from({ length: 1e9 })",
        "export const it = [..." * 1_000 + "[]" + "]" * 1_000,
        "const a = 'x'.repeat(1e5); const b = a + a + a + a + a + a + a + a + a + a + a + a; export const it = b + b",
    ],
)
def test_hostile_programs_end(evaluator: Make, source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "MAX_STEPS", 20_000)
    program = evaluator({"main.ts": source})
    program.export("main.ts", "it")
    assert program.steps < 200_000


def test_a_long_sum_does_not_nest(value_of: Ask) -> None:
    assert value_of("export const it = " + " + ".join(["'x'"] * 5_000)) == "x" * 5_000


def test_hitting_a_bound_is_a_problem(evaluator: Make) -> None:
    program = evaluator({"main.ts": "export const it = ((f) => f(f))((f) => f(f))"})
    program.export("main.ts", "it")
    assert program.problems == [("main.ts", 1, "is nested too deeply")]


def test_a_file_that_is_missing_or_no_module_is_unknown(evaluator: Make, show: Ask) -> None:
    program = evaluator({"style.css": "a {}"})
    assert show(program.export("gone.ts", "x")) == "?cannot be read"
    assert show(program.export("style.css", "default")) == "?cannot be read"
    assert program.names("gone.ts") == ()


def test_a_file_with_errors_is_evaluated_as_far_as_it_goes(value_of: Ask) -> None:
    assert value_of("export const broken = { x: , }\nexport const it = 1") == 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=4),
        max_leaves=12,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it makes a new repository each time
def test_json_evaluates_to_itself(value_of: Ask, value: Any) -> None:
    source = f"export const it = {json.dumps(value)}"
    assert value_of(source) == value


@given(st.floats(allow_nan=False))
def test_numbers_print_as_in_javascript(value: float) -> None:
    text = js_string(value)
    assert text is not None
    assert text in {"Infinity", "-Infinity"} or float(text) == value


def test_every_handler_is_for_a_node_of_the_grammar() -> None:
    from prefill.typescript.grammar import parser

    found = parser("a.tsx")
    assert found is not None
    language = found.language
    assert language is not None
    known = {language.node_kind_for_id(at) for at in range(language.node_kind_count)}
    other = parser("a.ts")
    assert other is not None
    assert other.language is not None
    known |= {other.language.node_kind_for_id(at) for at in range(other.language.node_kind_count)}
    assert set(HANDLERS) <= known
