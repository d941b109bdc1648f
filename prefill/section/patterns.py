"""Key Architectural Patterns: routers and their routes, what renders where, Server Functions, and the libraries that shape the code.

A library is named only where sources import it; versions stand in Frameworks & Versions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from prefill.lazy import regex
from prefill.model import Evidence, Findings, NextSettings, Project, Route, Router, ServerAction, Technology
from prefill.section.entry import Entry, LabelEntries
from prefill.workspace import inside

LOOKED_IN = ("package.json", "app/", "pages/", "src/")

GROUPS = 4  # route groups that are listed
WRAPPERS = 3  # functions through which Server Functions go, likewise
LIBRARIES = 8  # libraries, likewise
OF_A_KIND = 2  # of one category

# What shapes the code most first, and the words that say what a library is for.
_CATEGORIES = {
    "rpc": "",
    "graphql": "",
    "data-fetching": "",
    "state": "state",
    "forms": "forms",
    "i18n": "i18n",
    "jobs": "jobs",
    "queue": "queues",
    "payments": "payments",
    "email": "e-mail",
    "ai": "AI",
    "realtime": "realtime",
    "storage": "storage",
    "feature-flags": "feature flags",
    "monitoring": "monitoring",
}
_PLAIN = frozenset({"axios", "ky", "node-fetch", "undici", "xior", "immer", "ws"})  # helpers that shape nothing
_ENVIRONMENT = "t3-env"
_CACHES = regex(r"cache|memo", re.IGNORECASE)  # they keep what a function gives, and check nothing
_WRAPS = regex(r"action|valid|auth|safe|protect|^with[A-Z]", re.IGNORECASE)


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    entries = (
        *_routers(findings, project),
        *_settings(findings, project),
        *_actions(findings, project),
        *_rendering(findings, project),
        *_libraries(findings),
    )
    return LabelEntries(
        label="Key Architectural Patterns",
        entries=entries,
        status="found" if entries else "unknown",
        looked_in=LOOKED_IN,
    )


def _routers(findings: Findings, project: Project) -> Iterator[Entry]:
    routes = [route for route in findings.of(Route) if route.app == project.app]
    for router in findings.of(Router):
        if router.app != project.app:
            continue
        own = [route for route in routes if route.router == router.kind]
        pages = [route for route in own if route.kind == "page"]
        handlers = sum(route.kind == "handler" for route in own)
        groups = Counter(group for route in pages for group in dict.fromkeys(route.groups))
        ranked = sorted(groups, key=lambda group: (-groups[group], group))
        yield Entry(
            kind="router",
            values={
                "kind": router.kind,
                "folder": router.folder + "/",
                "pages": len(pages),
                "handlers": handlers,
                "groups": ranked[:GROUPS],
                "more": max(0, len(ranked) - GROUPS),
            },
            evidence=tuple(
                dict.fromkeys(place for route in own if route.kind != "metadata" for place in route.evidence[:1])
            )[:6],
            rank=0,
        )
        client = [route for route in pages if route.client]
        if client:
            yield Entry(
                kind="client",
                values={"count": len(client), "total": len(pages)},
                evidence=tuple(Evidence(route.file) for route in client[:3]),
                rank=4,
                before=", ",
            )
        loaders = Counter(str(route.settings["loader"]) for route in pages if "loader" in route.settings)
        for name, count in sorted(loaders.items()):
            first = next(route for route in pages if route.settings.get("loader") == name)
            yield Entry(
                kind="loader",
                values={"name": name, "count": count},
                evidence=(Evidence(first.file),),
                rank=3,
                before=", ",
            )


def _settings(findings: Findings, project: Project) -> Iterator[Entry]:
    """Settings of `next.config` that change how the app renders."""
    for fact in findings.of(NextSettings):
        if fact.app != project.app:
            continue
        for name in (
            "cacheComponents",
            "experimental.cacheComponents",
            "experimental.ppr",
            "experimental.dynamicIO",
            "reactCompiler",
            "experimental.reactCompiler",
        ):
            value = fact.settings.get(name)
            if value is True or (name == "experimental.ppr" and value == "incremental"):
                values = {"name": name.rpartition(".")[2], "value": value}
                yield Entry(kind="setting", values=values, evidence=_place(fact, name), rank=2)
        output = fact.settings.get("output")
        if output in ("export", "standalone"):
            yield Entry(kind="output", values={"said": f"output: '{output}'"}, evidence=_place(fact, "output"), rank=4)
        base = fact.settings.get("basePath")
        if isinstance(base, str) and base:
            yield Entry(kind="base_path", values={"value": base}, evidence=_place(fact, "basePath"), rank=3)
        locales = fact.settings.get("i18n.locales")
        if isinstance(locales, list) and locales:
            values = {"count": len(locales), "default": fact.settings.get("i18n.defaultLocale")}
            yield Entry(kind="locales", values=values, evidence=_place(fact, "i18n.locales"), rank=3)


def _place(fact: NextSettings, name: str) -> tuple[Evidence, ...]:
    return (fact.places[name],) if name in fact.places else fact.evidence


def _actions(findings: Findings, project: Project) -> Iterator[Entry]:
    """Server Functions of the app and of the packages that it uses."""
    if not any(router.app == project.app for router in findings.of(Router)):
        return
    found = [action for action in findings.of(ServerAction) if _own(action.file, project)]
    exported = [action for action in found if not action.inline]
    inline = [action for action in found if action.inline]
    if not found:
        return
    wrappers = Counter(action.wrapper for action in exported if action.wrapper and not _CACHES.search(action.wrapper))
    wrappers = Counter({name: count for name, count in wrappers.items() if _WRAPS.search(name)})
    ranked = sorted(wrappers, key=lambda name: (-wrappers[name], name))
    yield Entry(
        kind="actions",
        values={
            "exported": len(exported),
            "files": len({action.file for action in exported}),
            "inline": len(inline),
            "wrappers": ranked[:WRAPPERS],
            "through": sum(wrappers.values()),
            "more": max(0, len(ranked) - WRAPPERS),
        },
        evidence=tuple(
            Evidence(action.file, action.line)
            for action in {action.file: action for action in reversed(exported or inline)}.values()
        )[::-1][:4],
        rank=1,
    )


def _own(path: str, project: Project) -> bool:
    """Whether a file belongs to the app or to a package that it uses, and to no other package inside of these."""
    folders = [folder for _, folder in (*project.workspaces, *project.packages) if inside(path, folder)]
    home = max((*folders, "."), key=len) if folders else "."
    return home in (project.app, *project.uses) or (home == "." and project.app == ".")


def _rendering(findings: Findings, project: Project) -> Iterator[Entry]:
    """Segment configuration that several routes share. https://nextjs.org/docs/app/api-reference/file-conventions/route-segment-config"""
    routes = [route for route in findings.of(Route) if route.app == project.app]
    for name, value in (("dynamic", "force-dynamic"), ("dynamic", "force-static"), ("runtime", "edge")):
        having = [route for route in routes if route.settings.get(name) == value]
        if having:
            yield Entry(
                kind="segment",
                values={"said": f"{name} = '{value}'", "count": len(having)},
                evidence=tuple(Evidence(route.file) for route in having[:2]),
                rank=5,
            )
    timed = [
        route
        for route in routes
        if isinstance(route.settings.get("revalidate"), int) and not isinstance(route.settings.get("revalidate"), bool)
    ]
    if timed:
        yield Entry(
            kind="revalidated",
            values={"count": len(timed)},
            evidence=tuple(Evidence(route.file) for route in timed[:2]),
            rank=5,
        )


def _libraries(findings: Findings) -> Iterator[Entry]:
    """The libraries that shape the code, the most imported first within a category."""
    order = list(_CATEGORIES)
    chosen: list[Technology] = []
    counted: Counter[str] = Counter()
    rows = [
        fact
        for fact in findings.of(Technology)
        if fact.imports and fact.id not in _PLAIN and (fact.category in _CATEGORIES or fact.id == _ENVIRONMENT)
    ]
    rows.sort(
        key=lambda fact: (
            order.index(fact.category) if fact.category in _CATEGORIES else len(order),
            -fact.imports,
            fact.id,
        )
    )
    for fact in rows:
        if counted[fact.category] < OF_A_KIND and len(chosen) < LIBRARIES:
            counted[fact.category] += 1
            chosen.append(fact)
    for at, fact in enumerate(chosen):
        purpose = "env validation" if fact.id == _ENVIRONMENT else _CATEGORIES[fact.category]
        yield Entry(
            kind="library",
            values={"name": fact.name, "purpose": purpose, "package": _through(fact)},
            evidence=fact.evidence,
            rank=3 + at // 3,
            before="; " if at == 0 else ", ",
        )


def _through(fact: Technology) -> str | None:
    """The package by which the code imports a technology, where that is hardly ever its own: i18next by `next-i18next`."""
    total = sum(fact.importers.values())
    most = max(fact.importers, key=lambda name: (fact.importers[name], name), default=None)
    if most is None or fact.package is None or most == fact.package or 2 * fact.importers[most] <= total:
        return None
    return most if 20 * fact.importers.get(fact.package, 0) <= total else None
