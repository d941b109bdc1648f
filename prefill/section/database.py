"""Database & ORM: the database, the ORM and the schema."""

from __future__ import annotations

from prefill.model import Findings, Project
from prefill.section.entry import LabelEntries

LOOKED_IN = ("package.json", "drizzle.config.*", "prisma/schema.prisma", "supabase/")


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    return LabelEntries(label="Database & ORM", looked_in=LOOKED_IN)
