"""Current State: traps first, then how to run, test and migrate, then what exists and how much of it."""

from __future__ import annotations

from collections.abc import Iterator

from prefill.model import Command, Findings, Project, Trap
from prefill.section.entry import Entry, LabelEntries

LOOKED_IN = ("package.json",)
TRAPS = 6  # traps that are said before "… and N more"
TASKS = ("run", "build", "test", "lint", "typecheck", "format", "generate", "migrate", "seed")


def build(findings: Findings, _project: Project) -> LabelEntries:
    """The entries of this label."""
    entries = [*_traps(findings), *_commands(findings)]
    return LabelEntries(label="Current State", entries=tuple(entries), looked_in=LOOKED_IN)


def _traps(findings: Findings) -> Iterator[Entry]:
    traps = findings.of(Trap)
    for at, trap in enumerate(traps[:TRAPS]):
        yield Entry(
            kind="trap",
            values={"first": at == 0, "name": trap.name, "values": trap.values},
            evidence=trap.evidence,
            rank=0 if at < 3 else 1,
        )
    if len(traps) > TRAPS:
        yield Entry(
            kind="more_traps",
            values={"count": len(traps) - TRAPS},
            evidence=tuple(place for trap in traps[TRAPS:] for place in trap.evidence[:1]),
            rank=1,
        )


def _commands(findings: Findings) -> Iterator[Entry]:
    known = {command.task: command for command in findings.of(Command)}
    tasks = [task for task in TASKS if task in known]
    for at, task in enumerate(tasks):
        yield Entry(
            kind="command",
            values={"first": at == 0, "task": task, "command": known[task].command},
            evidence=known[task].evidence,
            rank=2,
            before=". " if at == 0 else ", ",
        )
