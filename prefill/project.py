"""What the document is about, in one value: commit, package manager, workspaces, the app and why it was chosen."""

from __future__ import annotations

from prefill.analyzer import App
from prefill.model import Project
from prefill.workspace import Choice


def describe(app: App, choice: Choice) -> Project:
    """The project that an app belongs to."""
    from prefill.git.head import head

    at = head(app.repository.root, app.repository.scan)
    for problem in at.problems:
        app.repository.report(problem.path, problem.line, problem.message)
    manager, evidence = app.versions.package_manager(app.package)
    return Project(
        commit=at.commit,
        dirty=at.dirty,
        package_manager=manager,
        package_manager_evidence=evidence,
        workspaces=tuple((package.name or "", package.path) for package in app.workspaces.linked),
        packages=tuple((package.name or "", package.path) for package in app.workspaces.independent),
        app=app.path,
        app_name=app.package.name,
        reason=choice.reason,
        candidates=choice.candidates,
        uses=tuple(package.path for package in app.packages[1:]),
    )
