"""Relevant Existing Components: shadcn/ui's folder first, then what the rest of the code uses most."""

from __future__ import annotations

import posixpath

from prefill.lazy import regex
from prefill.model import ClientFile, Component, Evidence, Findings, Project, Shadcn
from prefill.section.entry import Entry, LabelEntries

LOOKED_IN = ("components/", "app/", "src/")
PRIMITIVES = 8  # names of shadcn/ui modules that are listed
MOST_USED = 7  # components that are listed

# Files that a router loads by their name: nobody reuses them.
_ROUTE_FILE = regex(
    r"(?:^|/)(?:page|layout|template|default|loading|error|global-error|not-found|forbidden|unauthorized|route|opengraph-image|twitter-image|icon|apple-icon)\.[jt]sx?$"
    r"|(?:^|/)pages/|(?:^|/)routes/|(?:^|/)(?:root|entry\.(?:client|server)|_app|_document)\.[jt]sx?$"
)


def build(findings: Findings, project: Project) -> LabelEntries:
    """The entries of this label."""
    found = findings.of(Component)
    entries: list[Entry] = []
    folders = []
    for shadcn in findings.of(Shadcn):
        folder = shadcn.ui_folder
        if folder is None or folder in folders:
            continue
        inside = [component for component in found if component.file.startswith(folder + "/")]
        if not inside:
            continue
        folders.append(folder)
        files = sorted({component.file for component in inside})
        used = dict.fromkeys(files, 0)
        for component in inside:
            used[component.file] = max(used[component.file], len(component.used_by))
        files.sort(key=lambda file: (-used[file], file))
        entries.append(
            Entry(
                kind="primitives",
                values={
                    "folder": folder + "/",
                    "count": len(files),
                    "names": tuple(_stem(file) for file in files[:PRIMITIVES]),
                    "more": max(0, len(files) - PRIMITIVES),
                },
                evidence=(*shadcn.evidence[:1], *(Evidence(file) for file in files[:PRIMITIVES])),
                rank=2,
            )
        )
    others = [
        component
        for component in found
        if not _ROUTE_FILE.search(component.file)
        and not any(component.file.startswith(folder + "/") for folder in folders)
    ]
    others.sort(key=lambda component: (-len(component.used_by), component.file, component.line))
    listed = _most_used(others)
    for at, component in enumerate(listed):
        entries.append(
            Entry(
                kind="component",
                values={
                    "first": at == 0,
                    "apart": bool(folders),
                    "ranked": len(listed[0].used_by) > 1,
                    "name": component.name,
                    "file": component.file,
                    "uses": len(component.used_by),
                    "client": component.client,
                },
                evidence=component.evidence,
                rank=3 + at,
                before="; " if at == 0 else ", ",
            )
        )
    if found:
        client = {fact.path for fact in findings.of(ClientFile)}
        files_with = {component.file for component in found}
        entries.append(
            Entry(
                kind="total",
                values={
                    "count": len(found),
                    "files": len(files_with),
                    "client": len(files_with & client),
                    "packages": len(
                        {folder for folder in project.uses if any(f.startswith(folder + "/") for f in files_with)}
                    ),
                },
                evidence=tuple(Evidence(file) for file in sorted(files_with)[:1]),
                rank=4,
            )
        )
    return LabelEntries(label="Relevant Existing Components", entries=tuple(entries), looked_in=LOOKED_IN)


def _most_used(components: list[Component]) -> list[Component]:
    """Those that most modules import, one a file; where many are imported equally often, none of them is picked."""
    first_of: dict[str, Component] = {}
    for component in components:
        if component.name and component.used_by:
            first_of.setdefault(component.file, component)
    ranked = list(first_of.values())
    if len(ranked) <= MOST_USED:
        return ranked
    next_best = len(ranked[MOST_USED].used_by)
    return [component for component in ranked[:MOST_USED] if len(component.used_by) > next_best or next_best > 1]


def _stem(path: str) -> str:
    name = posixpath.basename(path).rpartition(".")[0]
    return posixpath.basename(posixpath.dirname(path)) if name == "index" else name
