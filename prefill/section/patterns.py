"""Key Architectural Patterns: routers, rendering, actions and what else shapes the code."""

from __future__ import annotations

from prefill.model import Findings, Project
from prefill.section.entry import LabelEntries

LOOKED_IN = ("package.json", "app/", "pages/", "src/")


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    return LabelEntries(label="Key Architectural Patterns", looked_in=LOOKED_IN)
