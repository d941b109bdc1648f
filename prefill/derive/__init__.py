"""Facts from facts: what needs several analyzers. Pure functions in a written order; each sees what the ones before it derived."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from prefill.derive.configuration import configuration_traps
from prefill.derive.coverage import cover, unchecked
from prefill.derive.deprecated import deprecated_traps
from prefill.derive.migrations import migration_traps
from prefill.derive.modules import module_traps
from prefill.derive.packages import package_traps
from prefill.derive.traps import gate_traps
from prefill.model import Fact, Findings, Project, Trap

STEPS: tuple[Callable[[Findings, Project], Iterable[Fact]], ...] = (
    cover,
    unchecked,
    gate_traps,
    module_traps,
    configuration_traps,
    migration_traps,
    package_traps,
    deprecated_traps,
)


def derive(findings: Findings, project: Project, dismissed: Collection[str] = ()) -> Findings:
    """The findings with everything that follows from them, less the traps that the owner dismissed by their names."""
    for step in STEPS:
        findings = findings.plus(step(findings, project))
    if not any(trap.name in dismissed for trap in findings.of(Trap)):
        return findings
    kept = (fact for fact in findings if not (isinstance(fact, Trap) and fact.name in dismissed))
    return Findings(kept, findings.problems, findings.statements)
