"""Traps in configuration: what is named and missing, what is there and not loaded, what is switched off."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import CompilerOptions, DeadConfig, Evidence, Findings, Project, Shadcn, Trap


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


def _governs(path: str, app: str) -> bool:
    folder = path.rpartition("/")[0] or "."
    return folder == app
