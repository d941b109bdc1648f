"""Traps in modules: what a framework refuses to build."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import Findings, Project, RefusedModule, Router, Trap


def module_traps(findings: Findings, project: Project) -> Iterator[Trap]:
    """Modules of a Next app that Next refuses."""
    if not any(router.app == project.app for router in findings.of(Router)):
        return
    for module in findings.of(RefusedModule):
        values = {"path": module.path, "name": module.name, "imported": module.imported}
        yield Trap(name="refused-module", values=values, evidence=module.evidence)
