"""Relevant Existing Components: the components that exist."""

from __future__ import annotations

from prefill.model import Findings, Project
from prefill.section.entry import LabelEntries

LOOKED_IN = ("components/", "app/", "src/")


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    return LabelEntries(label="Relevant Existing Components", looked_in=LOOKED_IN)
