"""From rendered labels to documents: which text to fill, how much of it, what is written where, what no longer holds."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from prefill import __version__
from prefill.errors import PrefillError
from prefill.model import Dependency, DrizzleSchema, Gate, Label, Technology
from prefill.records import dataclass, field
from prefill.render.document import Kept, Merged, Value, decode, encode, merge, outline_of, section_only, template
from prefill.render.file import read, write
from prefill.render.outline import NoSectionError
from prefill.render.stamp import Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prefill.engine import Analysis
    from prefill.render import RenderedLabel
    from prefill.render.check import Remark, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the command line asks of a document.

    `output` is the file to write, None for standard output; `refresh` leaves placeholders and touches only what prefill wrote.
    """

    output: str | None = None
    template: str | None = None
    section_only: bool = False
    title: str | None = None
    goal: str | None = None
    budget: int | None = None
    keep_placeholders: bool = False
    force: bool = False
    refresh: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Produced:
    """What goes to standard output (None for nothing), sentences for the user, and whether a file was or would be changed."""

    text: bytes | None
    messages: tuple[str, ...] = ()
    changed: bool = False


def produce(
    wanted: Wanted,
    analysis: Analysis,
    labels: Sequence[RenderedLabel],
    *,
    only: tuple[Label, ...] = (),
    root: str | None = None,
) -> Produced:
    """Fill a document: what `wanted.output` holds already, else a template. Raises PrefillError."""
    before = read(wanted.output, root) if wanted.output else None
    notes: tuple[str, ...] = ()
    if before is None:
        text, notes = _template(wanted.template, analysis)
    else:
        text = decode(before, wanted.output)
    merged = _fill(text, wanted, analysis, labels, only)
    messages = (
        *notes,
        *merged.notes,
        *(_kept(wanted.output or "the document", kept) for kept in merged.kept if kept.why == "hand"),
    )
    if wanted.output is None:
        return Produced(encode(section_only(merged) if wanted.section_only else merged.text), messages)
    after = encode(merged.text)
    changed = after != before
    outcome = _outcome(wanted.output, merged, before, dry=wanted.dry_run)
    if wanted.dry_run:
        return Produced(_diff(wanted.output, before or b"", after), (*messages, outcome), changed)
    if changed:
        write(wanted.output, after, expected=before, root=root)
    return Produced(None, (*messages, outcome), changed)


def _template(path: str | None, analysis: Analysis) -> tuple[str, tuple[str, ...]]:
    """The text to start from, and which it is: the named one, the repository's own, else the built-in."""
    if path is not None:
        if path.endswith(".j2"):
            raise PrefillError("is a Jinja2 template; prefill fills Markdown templates, no markers needed", path)
        data = read(path)
        if data is None:
            raise PrefillError("there is no such template", path)
        return decode(data, path), ()
    for own, text in own_templates(analysis):
        try:
            outline_of(text, own)
        except NoSectionError:
            continue
        return text, (f"from the repository's own template {own} (--template names another)",)
    return template(), ()


def own_templates(analysis: Analysis) -> list[tuple[str, str]]:
    """The repository's own task templates, (path, text), the most likely first."""
    from prefill.render.naming import template_candidates

    found = []
    for path in template_candidates(analysis.repository.files):
        data = analysis.repository.source(path)
        if data is not None and b"\0" not in data:
            found.append((path, decode(data, path)))
    return found


def _fill(
    text: str, wanted: Wanted, analysis: Analysis, labels: Sequence[RenderedLabel], only: tuple[Label, ...]
) -> Merged:
    """The text with the labels in it, and as many of their statements as the budget has room for."""
    from prefill.render.budget import DEFAULT, fit, tokens

    def merged(labels: Sequence[RenderedLabel]) -> Merged:
        return merge(
            text,
            {label.label: Value(label.text, known=label.status != "unknown") for label in labels},
            Stamp(__version__, analysis.project.commit, analysis.project.app),
            force=wanted.force,
            keep_placeholders=wanted.keep_placeholders,
            fill=not wanted.refresh,
            only=only,
            title=wanted.title,
            goal=wanted.goal,
            path=wanted.output or wanted.template,
        )

    limit = DEFAULT if wanted.budget is None else wanted.budget
    whole = merged(labels)
    section = section_only(whole)
    if tokens(section) <= limit:
        return whole
    said = {label.label: label for label in labels}
    put = [said[name] for name in dict.fromkeys(w.label for w in whole.written) if name in said]
    fixed = len(section) - sum(len(label.text) for label in put)
    if wanted.budget is None and fixed + sum(len("Not detected") for _ in put) > limit * 4:
        return whole  # what others wrote leaves no room; nobody asked for a budget
    cut = {label.label: label for label in fit(put, limit, fixed)}
    return merged([cut.get(label.label, label) for label in labels])


# documents that exist -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Sources:
    """The analyses that documents are compared with: by repository and app, each made once."""

    repo: str | None
    app: str | None
    budget: int | None
    tell: Callable[[str], None]
    made: dict[tuple[str, str | None], tuple[Analysis, tuple[RenderedLabel, ...]]] = field(default_factory=dict)

    def of(self, path: str, app: str | None) -> tuple[Analysis, tuple[RenderedLabel, ...]]:
        """The analysis of the repository that a document is in, for the app that its comment names."""
        from prefill.engine import analyze
        from prefill.render.labels import render
        from prefill.repository import find_root
        from prefill.section import compose

        folder = os.path.dirname(os.path.abspath(path))
        key = (self.repo or find_root(folder), self.app or app)
        if key not in self.made:
            analysis = analyze(key[0], app=key[1], progress=self.tell)
            section = compose(analysis.findings, analysis.project)
            self.made[key] = (analysis, render(section, pinned=analysis.config.pin, source=analysis.config.path))
        return self.made[key]


def _existing(path: str) -> tuple[str, str | None]:
    """The text of a document that must exist, and the app that prefill's comment in it names."""
    data = read(path)
    if data is None:
        raise PrefillError("there is no such document", path)
    text = decode(data, path)
    stamps = (comment.stamp for comment in outline_of(text, path).comments)
    return text, next((stamp.app for stamp in stamps if stamp is not None), None)


def refresh(path: str, sources: Sources, *, force: bool, dry_run: bool) -> Produced:
    """Bring what prefill wrote in a document up to date. Raises PrefillError."""
    _, app = _existing(path)
    analysis, labels = sources.of(path, app)
    root = analysis.repository.root
    inside = os.path.abspath(path).startswith(os.path.join(root, ""))
    wanted = Wanted(output=path, budget=sources.budget, force=force, refresh=not force, dry_run=dry_run)
    return produce(wanted, analysis, labels, root=root if inside else None)


def remarks_on(path: str, sources: Sources) -> tuple[Remark, ...]:
    """What no longer holds in a document. Raises PrefillError."""
    from prefill.render.check import check

    text, app = _existing(path)
    analysis, labels = sources.of(path, app)
    # Under a budget prefill wrote less than it knows: compare with what it would write into this document now.
    filled = _fill(text, Wanted(output=path, budget=sources.budget, force=True), analysis, labels, ())
    values = {label.label: Value(label.text, known=label.status != "unknown") for label in labels}
    values |= {
        w.label: Value(w.after.strip(), known=values[w.label].known) for w in filled.written if w.label in values
    }
    templates = [text for _, text in own_templates(analysis)]
    return check(text, _truth(analysis, values), templates=templates, path=path)


def _truth(analysis: Analysis, values: dict[str, Value]) -> Truth:
    """What a hand-written document is compared with."""
    from prefill.render.check import DIALECTS, ORMS, Known, Truth

    findings, project = analysis.findings, analysis.project
    near = (project.app, *project.uses, ".")
    known: dict[str, Known] = {}
    for fact in findings.of(Technology):
        if fact.version is not None and fact.workspace in near:
            names = tuple(dict.fromkeys(name for name in (fact.name, fact.package) if name))
            known.setdefault(fact.id, Known(names, fact.version, next(iter(fact.evidence), None)))
    for dependency in findings.of(Dependency):
        if dependency.name == "typescript" and dependency.version is not None and dependency.workspace in near:
            evidence = next(iter(dependency.evidence), None)
            known.setdefault("typescript", Known(("TypeScript",), dependency.version, evidence))
    gate = next((fact for fact in findings.of(Gate) if fact.app == project.app), None)
    dialects = {schema.dialect for schema in findings.of(DrizzleSchema)}
    said = {
        name
        for name, words in DIALECTS.items()
        for dialect in dialects
        if any(word in dialect.casefold() or dialect.casefold() in word for word in words)
    }
    installed = {dependency.name.casefold() for dependency in findings.of(Dependency)}
    orms = {name for name, words in ORMS.items() if any(word in package for word in words for package in installed)}
    files = analysis.repository
    return Truth(
        values=values,
        technologies=tuple(known.values()),
        gate=None if gate is None else gate.file or "",
        gate_evidence=next(iter(gate.evidence), None) if gate is not None else None,
        dialects=frozenset(said),
        orms=frozenset(orms) if said or orms else frozenset(),
        exists=lambda path: files.exists(path) or files.is_folder(path),
    )


def next_document(analysis: Analysis, title: str, folder: str | None) -> str:
    """The path of the next task document, relative to the repository's root. Raises PrefillError where no folder is in use."""
    from prefill.render.naming import next_name, task_folder

    files = analysis.repository
    home = folder.strip("/") if folder else task_folder(files.files)
    if home is None:
        raise PrefillError(
            "the repository has no folder of task documents; name one with --folder, such as ai_docs/tasks"
        )
    if posixpath.isabs(home) or ".." in home.split("/"):
        raise PrefillError(f"--folder {home}: name a folder of the repository, relative to its root")
    return posixpath.join(home, next_name(files.folder(home)[1], title))


def _kept(path: str, kept: Kept) -> str:
    return f"{path}:{kept.line}: {kept.label} was written by hand and stays; prefill would say: {kept.offered.strip()} (--force replaces it)"


def _outcome(path: str, merged: Merged, before: bytes | None, *, dry: bool) -> str:
    verb = "would be " if dry else ""
    if before is None:
        return f"{path} {verb}created" if dry else f"{path} created"
    names = ", ".join(dict.fromkeys(written.label for written in merged.written))
    return f"{path} {verb}updated: {names}" if names else f"{path} is up to date"


def _diff(path: str, before: bytes, after: bytes) -> bytes:
    import difflib

    name = os.fsencode(path.replace("\n", " "))
    lines = difflib.diff_bytes(difflib.unified_diff, before.splitlines(True), after.splitlines(True), name, name, n=2)
    return b"".join(line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines)
