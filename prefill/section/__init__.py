"""Facts to labels: which statements each label makes, in which order. No Markdown here: the partials in `render` hold the prose."""

from __future__ import annotations

from prefill.model import Findings, Label, Project
from prefill.records import replace
from prefill.section import (
    authentication,
    components,
    current_state,
    database,
    frameworks,
    language,
    patterns,
    styling,
)
from prefill.section.entry import Entry, LabelEntries

BUILDERS = {
    "Frameworks & Versions": frameworks.build,
    "Language": language.build,
    "Database & ORM": database.build,
    "UI & Styling": styling.build,
    "Authentication": authentication.build,
    "Key Architectural Patterns": patterns.build,
    "Relevant Existing Components": components.build,
    "Current State": current_state.build,
}


def compose(findings: Findings, project: Project, only: tuple[Label, ...] = ()) -> tuple[LabelEntries, ...]:
    """The entries of every label (or only of some), what analyzers of others stated last."""
    out = []
    for label, build in BUILDERS.items():
        if only and label not in only:
            continue
        built = build(findings, project)
        said = tuple(
            Entry(kind="statement", values={"text": statement.text}, evidence=statement.evidence, rank=3)
            for _, statement in findings.statements
            if statement.label == label
        )
        entries = (*built.entries, *said)
        status = "found" if entries and built.status == "unknown" else built.status
        out.append(replace(built, entries=entries, status=status))
    return tuple(out)
