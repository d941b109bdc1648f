"""Coverage follows from the gate's matchers and the app's routes; traps from what looks like a gate and is none."""

from __future__ import annotations

from typing import Any

from prefill.derive.coverage import cover, unchecked
from prefill.derive.traps import gate_traps
from prefill.model import AuthCheck, Coverage, DeadGate, Evidence, Findings, Gate, Project, Route, Trap, Unchecked
from prefill.next.matcher import compile_matchers
from prefill.render.labels import render_traps

PROJECT = Project(commit=None, dirty=None, package_manager=None)


def route(pathname: str, kind: Any = "page", app: str = ".") -> Route:
    return Route(
        app=app,
        pathname=pathname,
        file=f"app{pathname}",
        kind=kind,
        router="app",
        evidence=(Evidence(f"app{pathname}"),),
    )


def gate(matcher: Any, **more: Any) -> Gate:
    return Gate(app=".", file="middleware.ts", kind="middleware", matchers=compile_matchers(matcher), **more)


def test_each_pathname_of_the_app_is_covered_uncovered_or_undetermined() -> None:
    rows = (
        route("/"),
        route("/api/x", "handler"),
        route("/[slug]"),
        route("/icon.png", "metadata"),
        route("/other", app="apps/b"),
    )
    (fact,) = cover(Findings((gate("/((?!api).*)"), *rows)), PROJECT)
    assert isinstance(fact, Coverage)
    assert (fact.covered, fact.uncovered, fact.undetermined) == (("/",), ("/api/x",), ("/[slug]",))
    assert fact.usually == ("/[slug]",)


def test_a_pathname_that_nobody_asks_for_gets_no_verdict() -> None:
    (fact,) = cover(Findings((gate("/a"), route("/a"), route("/(.)photo/[id]"))), PROJECT)
    assert isinstance(fact, Coverage)
    assert (fact.covered, fact.uncovered, fact.undetermined) == (("/a",), (), ())


def test_a_matcher_that_cannot_be_read_leaves_everything_undetermined() -> None:
    unread = Gate(app=".", file="proxy.ts", kind="proxy", matcher_known=False, runs="unknown")
    (fact,) = cover(Findings((unread, route("/a"), route("/b"))), PROJECT)
    assert isinstance(fact, Coverage)
    assert fact.undetermined == ("/a", "/b")


def test_without_a_gate_there_is_no_coverage() -> None:
    assert list(cover(Findings((Gate(app=".", file=None, kind=None), route("/a"))), PROJECT)) == []


def test_handlers_without_a_check_that_the_gate_does_not_run_for_are_named() -> None:
    rows = (route("/api/a", "handler"), route("/api/b", "handler"), route("/in", "handler"))
    checks = (
        AuthCheck(file="app/api/a", by=None),
        AuthCheck(file="app/api/b", by="getUser"),
        AuthCheck(file="app/in", by=None),
    )
    findings = Findings((gate("/((?!api).*)"), *rows, *checks))
    (fact,) = unchecked(findings.plus(cover(findings, PROJECT)), PROJECT)
    assert isinstance(fact, Unchecked)
    assert (fact.pathnames, fact.checked) == (("/api/a",), 1)


def test_a_handler_that_checks_a_signature_is_none_without_a_check() -> None:
    check = AuthCheck(file="app/api/a", by=None, other="constructEvent")
    (fact,) = unchecked(Findings((route("/api/a", "handler"), check)), PROJECT)
    assert isinstance(fact, Unchecked)
    assert (fact.pathnames, fact.checked) == ((), 1)


def test_where_no_check_was_looked_for_nothing_is_said_of_checks() -> None:
    assert list(unchecked(Findings((route("/api/a", "handler"),)), PROJECT)) == []


def test_a_dead_gate_and_two_gates_are_traps() -> None:
    dead = DeadGate(path="middleware.ts", reason="it is elsewhere")
    both = DeadGate(path="src/middleware.ts", reason="Next.js 16 refuses to build with both", beside=True)
    one = Gate(
        app=".",
        file="src/proxy.ts",
        kind="proxy",
        dead=(dead, both),
        evidence=(Evidence("src/proxy.ts", 1),),
        function="proxy",
    )
    traps = list(gate_traps(Findings((one,)), PROJECT))
    assert [(trap.name, trap.values["path"]) for trap in traps if isinstance(trap, Trap)] == [
        ("dead-gate", "middleware.ts"),
        ("two-gates", "src/middleware.ts"),
    ]


def test_a_gate_that_next_refuses_is_a_trap_with_the_line_that_says_why() -> None:
    line = (Evidence("proxy.ts", 5),)
    unread = Gate(
        app=".",
        file="proxy.ts",
        kind="proxy",
        matcher_known=False,
        matcher_evidence=line,
        function="proxy",
        runs="unknown",
    )
    mute = Gate(app="apps/b", file="apps/b/proxy.ts", kind="proxy", evidence=(Evidence("apps/b/proxy.ts"),), runs="all")
    fine = Gate(app="apps/c", file="apps/c/proxy.ts", kind="proxy", evidence=line, runs="all", function="default")
    traps = [trap for trap in gate_traps(Findings((unread, mute, fine)), PROJECT) if isinstance(trap, Trap)]
    assert [(trap.name, dict(trap.values)) for trap in traps] == [
        ("unread-matcher", {"path": "proxy.ts"}),
        ("gate-without-function", {"path": "apps/b/proxy.ts", "name": "proxy"}),
    ]
    assert traps[0].evidence == line
    assert [row["text"] for row in render_traps(Findings(traps))] == [
        "the `matcher` in `proxy.ts` is one that Next cannot read without running it, or refuses: the build fails",
        "`apps/b/proxy.ts` exports neither a default nor `proxy`: Next refuses it",
    ]
