"""Authentication: who authenticates, by what the code imports; which gate runs, what it does, and for which routes it does not run.

Says what is seen in the code and never that something is protected or not: "no check seen" is no "unprotected".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from prefill.model import (
    AuthHelper,
    AuthProvider,
    Coverage,
    Evidence,
    Findings,
    Gate,
    Project,
    Redirect,
    Route,
    Router,
    Session,
    Unchecked,
)
from prefill.section.entry import Entry, LabelEntries

LOOKED_IN = ("package.json", "middleware.*", "proxy.*")

METHODS = 5  # ways to sign in that are listed
HELPERS = 2  # functions that read the session, likewise
REDIRECTS = 2
PATHS = 3
UNUSED = 2

_HELPER = re.compile(
    r"^(?:auth|require|current|verify|validate|check|ensure|assert|protect|with|is)(?:[A-Z]|$)"
    r"|^(?:get|use|read|load|fetch|cached|server)\w{0,24}(?:User|Session|Auth|Viewer|Identity|Token)(?:Id|Data|Info|Context|OrThrow|OrRedirect)?$"
)


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    entries = (
        *_libraries(findings),
        *_sessions(findings),
        *_helpers(findings),
        *(entry for gate in findings.of(Gate) if gate.app == project.app for entry in _gate(findings, gate)),
        *_unused(findings),
    )
    return LabelEntries(
        label="Authentication", entries=entries, status="found" if entries else "unknown", looked_in=LOOKED_IN
    )


def _libraries(findings: Findings) -> Iterator[Entry]:
    used = [fact for fact in findings.of(AuthProvider) if fact.in_use]
    main = [fact for fact in used if fact.role == "auth"]
    main.sort(key=lambda fact: -fact.files)
    for fact in main:
        methods = list(fact.methods)
        yield Entry(
            kind="library",
            values={
                "name": fact.name,
                "version": fact.version,
                "package": fact.package if fact.id in ("supabase", "firebase") else None,
                "setup": fact.setup,
                "methods": methods[:METHODS],
                "more": max(0, len(methods) - METHODS),
                "strategy": fact.strategy,
                "adapter": fact.adapter,
            },
            evidence=fact.evidence,
            rank=0 if fact is main[0] else 2,
        )
    for fact in used:
        if fact.role in ("oauth", "passkey", "password"):
            yield Entry(
                kind=fact.role,
                values={"name": fact.package or fact.name, "methods": list(fact.methods)[:METHODS]},
                evidence=fact.evidence[:1],
                rank=3,
            )


def _sessions(findings: Findings) -> Iterator[Entry]:
    for at, session in enumerate(findings.of(Session)[:2]):
        yield Entry(
            kind="session",
            values={"cookie": session.cookie, "by": session.by, "strategy": session.strategy, "file": session.file},
            evidence=session.evidence,
            rank=at,
        )


def _helpers(findings: Findings) -> Iterator[Entry]:
    """The functions by which the most handlers read the session, if they are named like it."""
    named = [helper for helper in findings.of(AuthHelper) if _HELPER.search(helper.name)]
    named.sort(key=lambda helper: (-helper.callers, helper.file, helper.name))
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
        kind="gate",
        values={"file": gate.file, "providers": list(gate.providers)},
        evidence=gate.evidence,
        rank=0,
        before=". ",
    )
    asking = [redirect for redirect in gate.redirects if redirect.signed_in is False and not _only_errors(redirect)]
    for at, redirect in enumerate(asking[:REDIRECTS]):
        yield Entry(
            kind="redirect",
            values={
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
            rank=1 + at,
            before=": " if at == 0 else "; ",
        )
    if not asking:
        yield Entry(
            kind="unread", values={"providers": list(gate.providers)}, evidence=gate.evidence, rank=2, before=", "
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
    api = [path for path in coverage.uncovered if path == "/api" or path.startswith("/api/")]
    others = [path for path in coverage.uncovered if path not in api]
    reached = any(path == "/api" or path.startswith("/api/") for path in (*coverage.covered, *coverage.undetermined))
    handlers = sum(kinds.get(path) == "handler" for path in coverage.uncovered)
    if not coverage.uncovered:
        yield Entry(
            kind="covers_all",
            values={"total": total, "undetermined": len(coverage.undetermined)},
            evidence=place,
            rank=1,
            before=". ",
        )
        return
    whole = bool(api) and not reached
    yield Entry(
        kind="not_covered",
        values={
            "api": whole,
            "paths": others[:PATHS] if whole else list(coverage.uncovered)[:PATHS],
            "more": max(0, (len(others) if whole else len(coverage.uncovered)) - PATHS),
            "handlers": handlers,
            "pages": len(coverage.uncovered) - handlers,
            "undetermined": len(coverage.undetermined),
        },
        evidence=place,
        rank=1,
        before=". ",
    )
    yield from _unchecked(findings, gate, coverage)


def _unchecked(findings: Findings, gate: Gate, coverage: Coverage | None) -> Iterator[Entry]:
    """How many of the handlers that the gate does not run for are not seen to read the session."""
    fact = next((one for one in findings.of(Unchecked) if one.app == gate.app), None)
    if fact is None or not (fact.pathnames or fact.checked):
        return
    yield Entry(
        kind="unchecked",
        values={
            "count": len(fact.pathnames),
            "total": len(fact.pathnames) + fact.checked,
            "paths": list(fact.pathnames)[:PATHS],
            "more": max(0, len(fact.pathnames) - PATHS),
            "gate": coverage is not None,
        },
        evidence=fact.evidence,
        rank=2,
        before=", ",
    )


def _unused(findings: Findings) -> Iterator[Entry]:
    unused = [fact for fact in findings.of(AuthProvider) if not fact.in_use and fact.role in ("auth", "session")]
    for fact in unused[:UNUSED]:
        yield Entry(kind="unused", values={"package": fact.package or fact.name}, evidence=fact.evidence, rank=2)
