"""Facts from facts: what needs several analyzers. Pure functions in a written order; each sees what the ones before it derived."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from prefill.derive.configuration import configuration_traps
from prefill.derive.coverage import cover, unchecked
from prefill.derive.modules import module_traps
from prefill.derive.packages import package_traps
from prefill.derive.traps import gate_traps
from prefill.model import Fact, Findings, Project

STEPS: tuple[Callable[[Findings, Project], Iterable[Fact]], ...] = (
    cover,
    unchecked,
    gate_traps,
    module_traps,
    configuration_traps,
    package_traps,
)


def derive(findings: Findings, project: Project) -> Findings:
    """The findings with everything that follows from them."""
    for step in STEPS:
        findings = findings.plus(step(findings, project))
    return findings
