"""Packages, workspaces, and which of them is the app.

A package is a folder with a `package.json`. The workspaces of a repository are the packages that its package manager links,
as `@manypkg/get-packages` lists them; other packages are independent. The app is the package that the document is about.
"""

from __future__ import annotations

from prefill.workspace.choice import Choice, choose_app
from prefill.workspace.globs import expand
from prefill.workspace.members import read_workspaces
from prefill.workspace.package import (
    DEPENDENCY_KINDS,
    Kind,
    Package,
    Root,
    Workspaces,
    admits,
    closure,
    inside,
    join,
)

__all__ = [
    "DEPENDENCY_KINDS",
    "Choice",
    "Kind",
    "Package",
    "Root",
    "Workspaces",
    "admits",
    "choose_app",
    "closure",
    "expand",
    "inside",
    "join",
    "read_workspaces",
]
