"""What misleads whoever does not know it, from the facts."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import Evidence, Fact, Findings, Gate, Project, Trap


def gate_traps(findings: Findings, _project: Project) -> Iterator[Fact]:
    """A file that is named like the gate and never runs, two gates at once, a gate that Next refuses."""
    for gate in findings.of(Gate):
        for dead in gate.dead:
            yield Trap(
                name="two-gates" if dead.beside else "dead-gate",
                values={"path": dead.path, "reason": dead.reason, "live": gate.file},
                evidence=(Evidence(dead.path), *gate.evidence[:1]),
            )
        if gate.file is not None and not gate.matcher_known and gate.matcher_evidence:
            yield Trap(name="unread-matcher", values={"path": gate.file}, evidence=gate.matcher_evidence)
        if gate.file is not None and gate.function is None and gate.evidence and gate.runs != "unknown":
            values = {"path": gate.file, "name": gate.kind}
            yield Trap(name="gate-without-function", values=values, evidence=gate.evidence)
