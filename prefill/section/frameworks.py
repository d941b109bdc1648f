"""Frameworks & Versions: which frameworks, at which versions."""

from __future__ import annotations

from prefill.model import Findings, Project
from prefill.section.entry import LabelEntries

LOOKED_IN = ("package.json",)


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    return LabelEntries(label="Frameworks & Versions", looked_in=LOOKED_IN)
