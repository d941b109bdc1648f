"""Traps in configuration: what is named and missing, what is there and not loaded, what is switched off."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import (
    CheckOff,
    CompilerOptions,
    DeadConfig,
    Dependency,
    Evidence,
    Findings,
    Project,
    Shadcn,
    SourceFiles,
    Trap,
)

# Options that `strict` switches on and that a file may switch off again. https://www.typescriptlang.org/tsconfig/#strict
_STRICT = ("strictNullChecks", "noImplicitAny", "strictFunctionTypes", "strictPropertyInitialization")
_TELLING = "strictNullChecks"  # the one without which the types mislead: the others are the Language label's
STRICT_BY_DEFAULT = 6  # major version of TypeScript


def configuration_traps(findings: Findings, project: Project) -> Iterator[Trap]:
    """Configuration that misleads whoever reads it."""
    for dead in findings.of(DeadConfig):
        if not project.owns(dead.path):
            continue
        yield Trap(
            name="dead-tailwind-config",
            values={"path": dead.path, "reason": dead.reason},
            evidence=dead.evidence or (Evidence(dead.path),),
        )
    for shadcn in findings.of(Shadcn):
        if not project.owns(shadcn.path):
            continue
        for path in shadcn.missing:
            yield Trap(
                name="missing-file",
                values={"path": path, "by": shadcn.path},
                evidence=shadcn.evidence or (Evidence(shadcn.path),),
            )
    for config in findings.of(CompilerOptions):
        if config.unresolved_extends and _governs(config.path, project.app):
            yield Trap(
                name="unresolved-extends",
                values={"path": config.path, "extends": config.unresolved_extends},
                evidence=config.evidence or (Evidence(config.path),),
            )
    yield from _checks_off(findings)
    yield from _loose_types(findings, project)


def _checks_off(findings: Findings) -> Iterator[Trap]:
    """A build that passes whatever the compiler or the linter would say."""
    off = findings.of(CheckOff)
    if off:
        yield Trap(
            name="build-ignores-errors",
            values={"path": off[0].file, "settings": tuple(check.setting for check in off)},
            evidence=tuple(place for check in off for place in check.evidence),
        )


def _loose_types(findings: Findings, project: Project) -> Iterator[Trap]:
    """The compiler of the app's TypeScript does not run strictly, by what is written or, before version 6, by what is not."""
    if not any(source.language == "TypeScript" for source in findings.of(SourceFiles)):
        return
    for config in findings.of(CompilerOptions):
        if not config.path.endswith("tsconfig.json") or not _governs(config.path, project.app):
            continue
        if config.references or config.unresolved_extends:
            continue  # the options that count are in other files
        strict = config.options.get("strict")
        off = (_TELLING,) if config.options.get(_TELLING) is False else ()
        written = "strict" in config.options
        if (strict is True and not off) or (not written and not _loose_by_default(findings, project, config)):
            continue
        names = off if strict is True else ("strict",)
        places = tuple(config.origins[name] for name in names if name in config.origins)
        yield Trap(
            name="loose-types",
            values={"path": config.path, "off": names, "written": written},
            evidence=places or config.evidence or (Evidence(config.path),),
        )


def _loose_by_default(findings: Findings, project: Project, config: CompilerOptions) -> bool:
    """Whether nothing is said of strictness and the installed TypeScript is known not to be strict then."""
    if any(config.options.get(name) is True for name in _STRICT):
        return False
    versions = {
        row.version
        for row in findings.of(Dependency)
        if row.name == "typescript" and row.workspace in {project.app, "."} and row.version
    }
    majors = {version.partition(".")[0] for version in versions}
    return bool(majors) and all(major.isdigit() and int(major) < STRICT_BY_DEFAULT for major in majors)


def _governs(path: str, app: str) -> bool:
    folder = path.rpartition("/")[0] or "."
    return folder == app
