"""Frameworks & Versions: the framework at its installed version, the UI library, the package manager, the libraries that matter.

Libraries of the database, of styling and of authentication are said in their own labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from prefill.lazy import regex
from prefill.model import (
    Command,
    Dependency,
    Evidence,
    Findings,
    Part,
    Project,
    Router,
    Runtime,
    SourceFiles,
    Technology,
)
from prefill.section.entry import Entry, LabelEntries

LOOKED_IN = (
    "package.json",
    "pyproject.toml",
    "go.mod",
    "Cargo.toml",
    "composer.json",
    "Gemfile",
    "pom.xml",
    "*.csproj",
)

LIBRARIES = 6  # libraries that are said
OF_A_KIND = 2  # of one category
APPS = 5  # other apps, likewise
SHARED = 4  # workspace packages that the app uses, likewise
PARTS = 2  # parts in other languages, likewise

_LIBRARIES = (
    "rpc",
    "graphql",
    "cms",
    "ai",
    "data-fetching",
    "state",
    "forms",
    "validation",
    "jobs",
    "queue",
    "payments",
    "email",
    "realtime",
    "i18n",
    "monitoring",
)
"""Categories that no other label is about, what shapes the code most first."""

_LEADERS = ("next", "@remix-run/react", "@react-router/dev", "@tanstack/react-start", "astro", "nuxt", "@sveltejs/kit", "@solidjs/start", "expo",
            "gatsby", "@docusaurus/core", "@angular/core", "hono", "express", "fastify", "elysia", "@nestjs/core", "vite", "react", "vue")  # fmt: skip
_TITLES = {
    "next": "Next.js", "@remix-run/react": "Remix", "@react-router/dev": "React Router", "@tanstack/react-start": "TanStack Start", "astro": "Astro",
    "nuxt": "Nuxt", "@sveltejs/kit": "SvelteKit", "@solidjs/start": "SolidStart", "expo": "Expo", "gatsby": "Gatsby", "@docusaurus/core": "Docusaurus",
    "@angular/core": "Angular", "hono": "Hono", "express": "Express", "fastify": "Fastify", "elysia": "Elysia", "@nestjs/core": "NestJS", "vite": "Vite",
    "react": "React", "vue": "Vue",
}  # fmt: skip


_SHARED = tuple(
    regex(pattern, re.IGNORECASE)
    for pattern in (
        r"^(?:db|database|prisma|drizzle|data)(?:$|[-_])",
        r"^(?:auth|identity|session)",
        r"^(?:api|trpc|rpc)(?:$|[-_])",
        r"^(?:ui|components|design|kit)(?:$|[-_])",
    )
)


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    script = tuple(_script(findings, project))
    parts = tuple(_parts(findings, lead=not script))
    entries = parts + script if _foreign(findings, project) else script + parts
    entries += tuple(_deployment(findings)) if entries else ()
    return LabelEntries(
        label="Frameworks & Versions",
        entries=entries,
        status="found" if entries else "unknown",
        looked_in=LOOKED_IN,
    )


def _foreign(findings: Findings, project: Project) -> bool:
    """Whether another language's sources at the app's own place outnumber its JavaScript and TypeScript."""
    own = sum(fact.files for fact in findings.of(SourceFiles) if fact.language in {"TypeScript", "JavaScript"})
    other = sum(part.files for part in findings.of(Part) if part.folder == project.app)
    return other > own


# JavaScript and TypeScript --------------------------------------------------------------------------------------------


def _script(findings: Findings, project: Project) -> Iterator[Entry]:
    if not any(fact.workspace == project.app for fact in findings.of(Dependency)):
        return
    near = {project.app, *project.uses, "."}
    known = [fact for fact in findings.of(Technology) if fact.package is not None and fact.workspace in near]
    locked = any(fact.source == "lockfile" for fact in findings.of(Dependency) if fact.workspace == project.app)
    yield from _lead(findings, project, {fact.id: fact for fact in known}, locked=locked)
    yield from _tools(findings, project, {fact.id: fact for fact in known}, locked=locked)
    yield from _shared(findings, project)
    yield from _libraries(known, locked=locked)
    yield from _apps(findings, project)


def _lead(findings: Findings, project: Project, known: dict[str, Technology], *, locked: bool) -> Iterator[Entry]:
    """Frameworks and the UI library, what an app is first of all in front."""
    own = {identifier: fact for identifier, fact in known.items() if fact.workspace == project.app and _dated(fact)}
    said: list[str] = []
    for identifier in _META:
        if (fact := own.get(identifier)) is not None:
            notes, evidence = _notes(findings, project, fact)
            yield _technology(fact, locked=locked, rank=0, before="; ", notes=notes, evidence=evidence)
            said.append(identifier)
    for identifier in _INTERFACE:
        # A framework's React may be declared by the root or by a package of shared components.
        found = known.get(identifier) if identifier == "react" and said else own.get(identifier)
        if found is not None and _dated(found):
            yield _technology(found, locked=locked, rank=0)
    prod = {fact.name for fact in findings.of(Dependency) if fact.workspace == project.app and fact.kind == "prod"}
    for fact in own.values():
        if fact.category == "framework" and fact.package in prod:
            yield _technology(fact, locked=locked, rank=1)
    for identifier in _BUILT_BY:
        found = own.get(identifier)
        if found is None and not said:
            found = known.get(identifier)
        if found is not None and found.superseded_by not in said and _dated(found):
            yield _technology(found, locked=locked, rank=2)
    for identifier in _AROUND:
        if (fact := own.get(identifier)) is not None:
            yield _technology(fact, locked=locked, rank=1)


def _dated(fact: Technology) -> bool:
    """Whether there is a version or a range to say."""
    return fact.version is not None or fact.range is not None


def _technology(
    fact: Technology,
    *,
    locked: bool,
    rank: int,
    before: str = ", ",
    notes: tuple[str, ...] = (),
    evidence: tuple[Evidence, ...] = (),
) -> Entry:
    return Entry(
        kind="technology",
        values={
            "name": fact.name,
            "version": fact.version,
            "range": fact.range,
            "locked": locked,
            "notes": notes,
            "package": None if fact.main else fact.package,
        },
        evidence=(*fact.evidence, *evidence),
        rank=rank,
        before=before,
    )


_META = (
    "nextjs",
    "remix",
    "react-router-framework",
    "tanstack-start",
    "astro",
    "nuxt",
    "sveltekit",
    "solid-start",
    "docusaurus",
    "expo",
)
"""What an app is first of all, in the order in which they are named."""
_INTERFACE = ("react-native", "react", "vue", "svelte", "solid", "preact", "angular")
_BUILT_BY = ("react-router", "tanstack-router", "vite", "react-scripts")
_AROUND = ("fumadocs", "starlight", "refine", "capacitor", "electron", "tauri")
"""What an app is built with beside its framework."""


def _notes(findings: Findings, project: Project, fact: Technology) -> tuple[tuple[str, ...], tuple[Evidence, ...]]:
    """What belongs to a framework's name: which router, and what builds it in development."""
    if fact.id == "react-router-framework":
        return ("framework mode",), ()
    if fact.id != "nextjs":
        return (), ()
    notes: list[str] = []
    evidence: list[Evidence] = []
    routers = {router.kind: router for router in findings.of(Router) if router.app == project.app}
    for kind, title in (("app", "App Router"), ("pages", "Pages Router")):
        if kind in routers:
            notes.append(title)
            evidence += routers[kind].evidence[:1]
    run = next((command for command in findings.of(Command) if command.task == "run"), None)
    script = run.script if run is not None else ""
    major = re.match(r"\d+", fact.version or "")
    if run is not None and re.search(r"\bnext dev\b", script):
        if re.search(r"--turbo(?:pack)?\b", script):
            notes.append("Turbopack in dev")
            evidence += run.evidence
        elif "--webpack" in script:
            notes.append("webpack in dev")
            evidence += run.evidence
        elif major and int(major.group()) >= 16:  # https://nextjs.org/docs/app/api-reference/turbopack
            notes.append("Turbopack by default")
            evidence += run.evidence
    return tuple(notes), tuple(evidence)


def _tools(findings: Findings, project: Project, of: dict[str, Technology], *, locked: bool) -> Iterator[Entry]:
    manager = project.package_manager
    if manager is not None:
        yield Entry(
            kind="manager",
            values={"name": manager.name, "version": manager.version},
            evidence=project.package_manager_evidence,
            rank=0,
            before="; ",
        )
    count = len(project.workspaces)
    tool = next((of[name] for name in ("turborepo", "nx", "lerna", "rush", "moon") if name in of), None)
    if count and tool is not None:
        yield Entry(
            kind="monorepo",
            values={"name": tool.name, "version": tool.version, "range": tool.range, "locked": locked, "count": count},
            evidence=tool.evidence,
            rank=1,
            before=", ",
        )
    elif count:
        yield Entry(kind="workspaces", values={"count": count}, evidence=_where(project), rank=1, before=", ")
    runtime = next(
        (
            fact
            for fact in findings.of(Runtime)
            if fact.name in {"Node.js", "Bun", "Deno"} and not fact.source.startswith(".github/")
        ),
        None,
    )
    if runtime is not None:
        yield Entry(
            kind="runtime",
            values={"name": runtime.name, "version": runtime.version, "source": runtime.source.partition(" in ")[0]},
            evidence=runtime.evidence,
            rank=3,
            before="; ",
        )


def _shared(findings: Findings, project: Project) -> Iterator[Entry]:
    """Which workspace is the app, and which shared packages it is built on: what holds data, interface and identity first."""
    if project.app == ".":
        return
    names = {path: name for name, path in (*project.workspaces, *project.packages)}
    direct = {fact.name: fact for fact in findings.of(Dependency) if fact.workspace == project.app}

    def order(path: str) -> tuple[int, bool, str]:
        folder = path.rpartition("/")[2]
        weight = next((at for at, pattern in enumerate(_SHARED) if pattern.search(folder)), len(_SHARED))
        return weight + ("config" in folder or "lint" in folder), names.get(path) not in direct, path

    uses = sorted(project.uses, key=order)[:SHARED]
    evidence = tuple(place for path in uses if (fact := direct.get(names.get(path, ""))) for place in fact.evidence)
    yield Entry(
        kind="shared",
        values={"app": project.app, "uses": tuple(uses), "more": len(project.uses) - len(uses)},
        evidence=evidence or (Evidence(f"{project.app}/package.json"),),
        rank=1,
        before="; ",
    )


def _where(project: Project) -> tuple[Evidence, ...]:
    return tuple(Evidence(f"{path}/package.json") for _, path in project.workspaces[:1])


def _libraries(known: Iterable[Technology], *, locked: bool) -> Iterator[Entry]:
    order = {category: index for index, category in enumerate(_LIBRARIES)}
    libraries = [fact for fact in known if fact.category in order and fact.in_use and _dated(fact)]
    libraries.sort(key=lambda fact: (order[fact.category], -fact.imports, fact.id))
    chosen: list[Technology] = []
    for fact in libraries:
        if sum(other.category == fact.category for other in chosen) < OF_A_KIND:
            chosen.append(fact)
    for at, fact in enumerate(chosen[:LIBRARIES]):
        yield _technology(fact, locked=locked, rank=4, before="; with " if at == 0 else ", ")


# other apps -----------------------------------------------------------------------------------------------------------


def _apps(findings: Findings, project: Project) -> Iterator[Entry]:
    others = [path for path in project.candidates if path != project.app]
    table: dict[tuple[str, str], Dependency] = {}
    for fact in findings.of(Dependency):
        table.setdefault((fact.workspace, fact.name), fact)
    said = 0
    for path in others[:APPS]:
        built_for_browsers = any((path, name) in table for name in ("react", "vue", "svelte", "solid-js", "preact"))
        leaders = (
            ("vite", *_LEADERS)
            if built_for_browsers and (path, "vite") in table and not any((path, m) in table for m in _LEADERS[:12])
            else _LEADERS
        )
        name = next((name for name in leaders if (path, name) in table), None)
        if name is None:
            continue
        fact = table[path, name]
        own = table.get((project.app, name))
        same = own is not None and own.version == fact.version and own.version is not None
        yield Entry(
            kind="app",
            values={
                "first": said == 0,
                "other": project.app in project.candidates,
                "path": path,
                "name": _TITLES[name],
                "version": None if same else fact.version,
                "range": None if same or fact.version else fact.range,
            },
            evidence=fact.evidence,
            rank=2,
            before="; " if said == 0 else ", ",
        )
        said += 1
    if said and len(others) > APPS:
        yield Entry(
            kind="more_apps",
            values={"count": len(others) - APPS},
            evidence=tuple(Evidence(f"{path}/package.json") for path in others[APPS : APPS + 3]),
            rank=2,
            before=", ",
        )


# where it runs --------------------------------------------------------------------------------------------------------


def _deployment(findings: Findings) -> Iterator[Entry]:
    found = [fact for fact in findings.of(Technology) if fact.category == "deployment" and fact.package is None]
    if found:
        yield Entry(
            kind="deployment",
            values={"names": tuple(fact.name for fact in found)},
            evidence=tuple(place for fact in found for place in fact.evidence),
            rank=4,
        )


# other languages ------------------------------------------------------------------------------------------------------


def _parts(findings: Findings, *, lead: bool) -> Iterator[Entry]:
    parts = sorted(findings.of(Part), key=lambda part: (part.folder != ".", -part.files, part.folder))
    for at, part in enumerate(parts[:PARTS]):
        frameworks = [
            fact
            for fact in findings.of(Technology)
            if fact.package is None and fact.workspace == part.folder and fact.category == "framework"
        ]
        yield Entry(
            kind="part",
            values={
                "first": at == 0 and not lead,
                "language": part.language,
                "version": part.version,
                "folder": part.folder,
                "files": part.files,
                "frameworks": tuple((fact.name, fact.version, fact.range) for fact in frameworks[:3]),
            },
            evidence=(*part.evidence, *(place for fact in frameworks[:3] for place in fact.evidence)),
            rank=0 if lead else 2,
            before="; ",
        )
    if len(parts) > PARTS:
        languages = tuple(dict.fromkeys(part.language for part in parts[PARTS:]))
        yield Entry(
            kind="more_parts",
            values={"count": len(parts) - PARTS, "languages": languages},
            evidence=tuple(place for part in parts[PARTS : PARTS + 3] for place in part.evidence),
            rank=3,
            before="; ",
        )
