"""Authentication: who authenticates, by what the code imports; which gate runs, what it does, and for which routes it does not run.

Says what is seen in the code and never that something is protected or not: "no check seen" is no "unprotected".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from prefill.lazy import regex
from prefill.model import (
    AuthCheck,
    AuthHelper,
    AuthProvider,
    Coverage,
    Evidence,
    Findings,
    Gate,
    NextSettings,
    Project,
    Redirect,
    Route,
    Router,
    Session,
)
from prefill.section.entry import Entry, LabelEntries
from prefill.workspace import inside

LOOKED_IN = ("package.json", "middleware.*", "proxy.*")

METHODS = 5  # ways to sign in that are listed
HELPERS = 2  # functions that read the session, likewise
REDIRECTS = 2
PATHS = 3
EXCEPTIONS = 2  # handlers below `/api` that the gate runs for all the same
UNUSED = 2

_CONFIGURED = frozenset({"auth-js", "better-auth", "lucia", "remix-auth"})
"""Libraries that do nothing until a module of the repository sets them up."""

_HELPER = regex(
    r"^(?:auth|require|current|verify|validate|check|ensure|assert|protect|with|is)(?:[A-Z]|$)"
    r"|^(?:get|use|read|load|fetch|cached|server)(?:(?!For)\w){0,24}?(?:User|Session|Auth|Viewer|Identity)(?:Id|Data|Info|Context|OrThrow|OrRedirect)?$"
)

_LOW = regex(r"^(?:verify|validate|check|with|is)")  # they come after those that give the user


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    entries = (
        *_libraries(findings, project),
        *_sessions(findings),
        *_parts(findings),
        *_helpers(findings),
        *(entry for gate in findings.of(Gate) if gate.app == project.app for entry in _gate(findings, gate)),
        *_unused(findings),
    )
    return LabelEntries(
        label="Authentication", entries=entries, status="found" if entries else "unknown", looked_in=LOOKED_IN
    )


def _libraries(findings: Findings, project: Project) -> Iterator[Entry]:
    used = [fact for fact in findings.of(AuthProvider) if fact.in_use]
    main = [fact for fact in used if fact.role == "auth"]
    main.sort(key=lambda fact: -fact.files)
    for fact in main:
        methods = sorted(fact.methods, key=lambda name: name in fact.conditional)
        yield Entry(
            kind="library",
            values={
                "name": fact.name,
                "version": fact.version,
                "package": fact.package if fact.id in ("supabase", "firebase") else None,
                "setup": fact.setup,
                "methods": [name for name in methods[:METHODS] if name not in fact.conditional],
                "more": max(0, len(methods) - METHODS),
                "strategy": fact.strategy,
                "adapter": fact.adapter,
                "conditional": [name for name in methods[:METHODS] if name in fact.conditional],
                "unset": fact.setup is None and fact.id in _CONFIGURED,
                "reachable": fact.reachable,
                "own": fact.setup is None or inside(fact.setup, project.app),
            },
            evidence=fact.evidence,
            rank=0 if fact is main[0] else 2,
        )


def _parts(findings: Findings) -> Iterator[Entry]:
    for fact in findings.of(AuthProvider):
        if fact.in_use and fact.role in ("oauth", "passkey", "password"):
            yield Entry(
                kind=fact.role,
                values={"name": fact.package or fact.name, "methods": list(fact.methods)[:METHODS]},
                evidence=fact.evidence[:1],
                rank=3,
            )


def _sessions(findings: Findings) -> Iterator[Entry]:
    kept = [session for session in findings.of(Session) if session.strategy != "bearer"]
    others = any(
        fact.in_use and fact.role != "jwt" and (fact.setup or fact.id not in _CONFIGURED)
        for fact in findings.of(AuthProvider)
    )
    for at, session in enumerate(kept[:2] or (() if others else findings.of(Session)[:1])):
        yield Entry(
            kind="session",
            values={"cookie": session.cookie, "by": session.by, "strategy": session.strategy, "file": session.file},
            evidence=session.evidence,
            rank=at,
        )


def _helpers(findings: Findings) -> Iterator[Entry]:
    """The functions by which the most handlers read the session, if they are named like it."""
    named = [helper for helper in findings.of(AuthHelper) if _HELPER.search(helper.name)]
    named.sort(key=lambda helper: (_LOW.search(helper.name) is not None, -helper.callers, helper.file, helper.name))
    for at, helper in enumerate(named[:HELPERS]):
        yield Entry(
            kind="helper",
            values={"name": helper.name, "file": helper.file, "first": at == 0},
            evidence=helper.evidence,
            rank=3 + at,
            before="; " if at == 0 else ", ",
        )


def _gate(findings: Findings, gate: Gate) -> Iterator[Entry]:
    if gate.file is None:
        first = next((router for router in findings.of(Router) if router.app == gate.app), None)
        if gate.dead:
            dead = gate.dead[0]
            yield Entry(
                kind="dead",
                values={"path": dead.path, "reason": dead.reason},
                evidence=(Evidence(dead.path),),
                rank=0,
                before=". ",
            )
        elif first is not None:
            yield Entry(
                kind="no_gate", values={"router": first.folder + "/"}, evidence=first.evidence[:1], rank=0, before=". "
            )
        yield from _unchecked(findings, gate, None)
        return
    yield Entry(
        kind="gate" if gate.providers or gate.asks or gate.redirects else "other_gate",
        values={"file": gate.file, "providers": list(gate.providers)},
        evidence=gate.evidence,
        rank=0,
        before=". ",
    )
    asking = [redirect for redirect in gate.redirects if redirect.signed_in is not None and not _only_errors(redirect)]
    asking.sort(key=lambda redirect: (bool(redirect.signed_in), len(redirect.code), redirect.unless))
    if any(redirect.signed_in is False for redirect in asking):
        asking = [redirect for redirect in asking if redirect.signed_in is False]
    for at, redirect in enumerate(asking[:REDIRECTS]):
        yield Entry(
            kind="redirect",
            values={
                "signed_in": bool(redirect.signed_in),
                "cookie": redirect.cookie,
                "session": redirect.session,
                "paths": list(redirect.paths)[:6],
                "besides": list(redirect.besides)[:6],
                "more": max(0, len(redirect.besides) - 6),
                "code": list(redirect.code),
                "unless": redirect.unless,
                "kind": redirect.kind,
                "to": redirect.to,
            },
            evidence=redirect.evidence,
            rank=1 + 2 * at,
            before=": " if at == 0 else "; ",
        )
    if not asking and gate.providers:
        yield Entry(
            kind="unread", values={"providers": list(gate.providers)}, evidence=gate.evidence, rank=2, before=": "
        )
    coverage = next((fact for fact in findings.of(Coverage) if fact.app == gate.app), None)
    if coverage is not None:
        yield from _coverage(findings, gate, coverage)
    for dead in gate.dead[:1]:
        yield Entry(
            kind="dead_beside",
            values={"path": dead.path, "reason": dead.reason},
            evidence=(Evidence(dead.path),),
            rank=1,
        )


def _only_errors(redirect: Redirect) -> bool:
    return "an error is thrown" in redirect.code


def _coverage(findings: Findings, gate: Gate, coverage: Coverage) -> Iterator[Entry]:
    place = gate.matcher_evidence or gate.evidence
    total = len(coverage.covered) + len(coverage.uncovered) + len(coverage.undetermined)
    if not gate.matcher_known:
        yield Entry(kind="matcher_unknown", evidence=place, rank=1, before=". ")
        return
    kinds = {route.pathname: route.kind for route in findings.of(Route) if route.app == gate.app}
    uncovered, depends = coverage.uncovered, [path for path in coverage.undetermined if path not in coverage.usually]
    if not uncovered:
        values: dict[str, Any] = {
            "total": total - len(depends),
            "usually": len(coverage.usually),
            "depends": len(depends),
        }
        yield Entry(kind="covers", values=values, evidence=place, rank=1, before=". ")
        return
    below = [path for path in kinds if path == "/api" or path.startswith("/api/")]
    api = [path for path in uncovered if path in below]
    exceptions = [path for path in below if path not in api]
    whole = bool(api) and len(exceptions) <= EXCEPTIONS
    listed = [path for path in uncovered if path not in api] if whole else list(uncovered)
    handlers = sum(kinds.get(path) == "handler" for path in uncovered)
    prefix = _locale_lines(findings, gate, uncovered)
    if listed and len(coverage.covered) < len(uncovered) and not coverage.usually:
        covered = coverage.covered
        only_api = bool(covered) and set(covered) == set(below)
        values = {
            "api": only_api,
            "paths": [] if only_api else list(covered)[:PATHS],
            "more": 0 if only_api else max(0, len(covered) - PATHS),
            "count": len(covered),
            "total": total,
            "depends": len(depends),
        }
        yield Entry(kind="covers_only", values=values, evidence=place, rank=1, before=". ")
        yield from _unchecked(findings, gate, coverage)
        return
    yield Entry(
        kind="not_covered",
        values={
            "api": whole,
            "exceptions": exceptions if whole else [],
            "paths": listed[:PATHS],
            "more": max(0, len(listed) - PATHS),
            "handlers": handlers,
            "pages": len(uncovered) - handlers,
            "depends": len(depends),
            "locale": bool(prefix),
        },
        evidence=(*place, *prefix),
        rank=1,
        before=". ",
    )
    yield from _unchecked(findings, gate, coverage)


def _locale_lines(findings: Findings, gate: Gate, uncovered: tuple[str, ...]) -> tuple[Evidence, ...]:
    """Where `i18n` is set, if that alone is why the matcher does not hold for `/`: Next matches the path with its locale."""
    from prefill.next.matcher import compile_matchers, verdicts

    settings = next((fact for fact in findings.of(NextSettings) if fact.app == gate.app), None)
    if gate.locale is None or "/" not in uncovered or settings is None or "i18n.locales" not in settings.places:
        return ()
    plain = compile_matchers([matcher.source for matcher in gate.matchers], base_path=gate.base_path)
    covered = verdicts(plain, ["/"], base_path=gate.base_path)["/"] == "covered"
    return (settings.places["i18n.locales"],) if covered else ()


def _unchecked(findings: Findings, gate: Gate, coverage: Coverage | None) -> Iterator[Entry]:
    """In how many of the handlers that the gate does not run for no check is seen."""
    checks = {check.file: check for check in findings.of(AuthCheck)}
    handlers = [
        route
        for route in findings.of(Route)
        if route.app == gate.app
        and route.kind == "handler"
        and route.file in checks
        and (coverage is None or route.pathname in coverage.uncovered)
    ]
    without = [route for route in handlers if not (checks[route.file].by or checks[route.file].other)]
    otherwise = sum(bool(checks[route.file].other) for route in handlers)
    if not handlers:
        return
    uncovered = [
        route
        for route in findings.of(Route)
        if route.app == gate.app
        and route.kind == "handler"
        and (coverage is None or route.pathname in coverage.uncovered)
    ]
    yield Entry(
        kind="unchecked",
        values={
            "count": len(without),
            "total": len(handlers),
            "paths": [route.pathname for route in without[:PATHS]],
            "more": max(0, len(without) - PATHS),
            "others": len(uncovered) > len(handlers),
            "otherwise": otherwise,
            "gate": coverage is not None,
        },
        evidence=tuple(place for route in (without or handlers)[:PATHS] for place in route.evidence[:1]),
        rank=2,
        before="; " if coverage is None else ", ",
    )


def _unused(findings: Findings) -> Iterator[Entry]:
    unused = [fact for fact in findings.of(AuthProvider) if not fact.in_use and fact.role in ("auth", "session")]
    for fact in unused[:UNUSED]:
        yield Entry(kind="unused", values={"package": fact.package or fact.name}, evidence=fact.evidence, rank=2)
