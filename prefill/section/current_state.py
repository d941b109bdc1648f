"""Current State: traps first, then what exists."""

from __future__ import annotations

from prefill.model import Findings, Project
from prefill.section.entry import LabelEntries

LOOKED_IN = ("the repository",)


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    return LabelEntries(label="Current State", looked_in=LOOKED_IN)
