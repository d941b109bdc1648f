"""UI & Styling: the styling system, its entry and the UI library."""

from __future__ import annotations

from prefill.model import Findings, Project
from prefill.section.entry import LabelEntries

LOOKED_IN = ("package.json", "components.json", "tailwind.config.*", "*.css")


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    return LabelEntries(label="UI & Styling", looked_in=LOOKED_IN)
