"""Authentication: who authenticates, and which gate runs for which routes."""

from __future__ import annotations

from prefill.model import Findings, Project
from prefill.section.entry import LabelEntries

LOOKED_IN = ("package.json", "middleware.*", "proxy.*")


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    return LabelEntries(label="Authentication", looked_in=LOOKED_IN)
