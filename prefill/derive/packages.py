"""What misleads about packages: two lockfiles, one that is out of step with its manifest, two versions of one library."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import Dependency, Evidence, Fact, Findings, LockfileState, Project, Trap

NAMED = 3  # packages that a trap names

# Libraries of which two copies in one program break at run time, whatever the distance of their versions …
_ONE_COPY = ("react", "react-dom", "graphql", "drizzle-orm", "effect")
# … and those of which two major versions are two interfaces.
_ONE_MAJOR = (
    "next",
    "zod",
    "tailwindcss",
    "@prisma/client",
    "@tanstack/react-query",
    "ai",
    "better-auth",
    "@trpc/server",
    "stripe",
    "typescript",
)


def package_traps(findings: Findings, project: Project) -> Iterator[Fact]:
    """Traps of lockfiles and versions, for the app and the workspace packages that it uses."""
    for state in findings.of(LockfileState):
        if state.others:
            yield Trap(
                name="two-lockfiles",
                values={"path": state.path, "others": state.others},
                evidence=(Evidence(state.path), *(Evidence(path) for path in state.others)),
            )
        manager = project.package_manager
        if state.workspace == project.app and manager is not None and manager.name not in {state.tool, "deno"}:
            yield Trap(
                name="foreign-lockfile",
                values={"path": state.path, "tool": state.tool, "manager": manager.name},
                evidence=(Evidence(state.path), *project.package_manager_evidence),
            )
        if state.differs or state.absent:
            names = tuple(name for name, _, _ in state.differs) + state.absent
            yield Trap(
                name="stale-lockfile",
                values={
                    "path": state.path,
                    "manifest": "package.json" if state.workspace == "." else f"{state.workspace}/package.json",
                    "differs": state.differs[:NAMED],
                    "absent": state.absent[: max(0, NAMED - len(state.differs))],
                    "more": max(0, len(names) - NAMED),
                },
                evidence=state.evidence,
            )
    yield from _two_versions(findings, project)


def _two_versions(findings: Findings, project: Project) -> Iterator[Trap]:
    near = (project.app, *project.uses)
    found: dict[str, dict[str, Dependency]] = {}
    for fact in findings.of(Dependency):
        if (
            fact.workspace in near
            and fact.version is not None
            and fact.kind != "peer"
            and fact.name in {*_ONE_COPY, *_ONE_MAJOR}
        ):
            found.setdefault(fact.name, {}).setdefault(fact.workspace, fact)
    for name in (*_ONE_COPY, *_ONE_MAJOR):
        rows = found.get(name, {})
        own = rows.get(project.app)
        if own is None or own.version is None or name == "react-dom":
            continue
        others = [
            row
            for place, row in sorted(rows.items())
            if place != project.app and row.version and _apart(name, own.version, row.version)
        ]
        if others:
            yield Trap(
                name="two-versions",
                values={
                    "name": name,
                    "app": project.app,
                    "version": own.version,
                    "others": tuple((row.workspace, row.version) for row in others[:NAMED]),
                    "more": max(0, len(others) - NAMED),
                },
                evidence=(*own.evidence, *(place for row in others[:NAMED] for place in row.evidence)),
            )


def _apart(name: str, one: str, other: str) -> bool:
    return one != other if name in _ONE_COPY else one.partition(".")[0] != other.partition(".")[0]
