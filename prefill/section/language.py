"""Language: the language and how strictly it is checked."""

from __future__ import annotations

from prefill.model import Findings, Project
from prefill.section.entry import LabelEntries

LOOKED_IN = ("tsconfig.json", "jsconfig.json")


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    return LabelEntries(label="Language", looked_in=LOOKED_IN)
