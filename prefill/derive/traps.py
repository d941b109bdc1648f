"""What misleads whoever does not know it, from the facts."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import Evidence, Fact, Findings, Gate, Project, Trap


def gate_traps(findings: Findings, _project: Project) -> Iterator[Fact]:
    """A file that is named like the gate and never runs; two gates of which Next 16 refuses to have both."""
    for gate in findings.of(Gate):
        for dead in gate.dead:
            yield Trap(
                name="two-gates" if dead.beside else "dead-gate",
                values={"path": dead.path, "reason": dead.reason, "live": gate.file},
                evidence=(Evidence(dead.path), *gate.evidence[:1]),
            )
