"""The linked packages of a repository are those that `@manypkg/get-packages` lists, whatever globs name them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prefill.testing import open_repository, write
from prefill.workspace import read_workspaces

Node = Callable[..., list[dict[str, Any]]]

FOLDERS = (
    "apps/web",
    "apps/web/test/y",
    "apps/docs",
    "packages/a",
    "packages/a/b",
    "packages/.hidden/x",
    "libs/ui/core",
    "libs/ui",
    "tools",
)
GLOBS = (
    ["packages/*"],
    ["./apps/*", "tools"],
    ["packages/**"],
    ["**", "!**/test/**"],
    ["**", "!packages"],
    ["{apps,libs}/**", "!libs/ui/core"],
    ["{apps/*,tools}"],
    ["apps/@(web|native)", "libs/u?"],
    ["packages/[ab]", "packages/.hidden/*"],
    ["*/*", "!apps/!(web)"],
    ["packages/a", "!packages/a"],
    ["*/**/core", "apps/(web|docs)"],
    ["nowhere/*"],
)
LOCKFILES = {"npm": "package-lock.json", "yarn": "yarn.lock", "bun": "bun.lock", "pnpm": "pnpm-lock.yaml"}


def repository(tool: str, globs: list[str]) -> dict[str, str]:
    manifest: dict[str, Any] = {"name": "root", "private": True}
    files = {LOCKFILES[tool]: ""}
    if tool == "pnpm":
        files["pnpm-workspace.yaml"] = "packages:\n" + "".join(f"  - {json.dumps(glob)}\n" for glob in globs)
    else:
        manifest["workspaces"] = globs
    files["package.json"] = json.dumps(manifest)
    return files | {
        f"{folder}/package.json": json.dumps({"name": folder.replace("/", "-").lower()}) for folder in FOLDERS
    }


def test_every_form_of_glob_names_the_packages_that_manypkg_names(node: Node, tmp_path: Path) -> None:
    cases = {}
    for at, globs in enumerate(GLOBS):
        for tool in LOCKFILES:
            folder = tmp_path / f"{tool}-{at}"
            write(folder, repository(tool, globs))
            cases[str(folder)] = (tool, globs)
    answers = node("workspaces.mjs", *cases)
    assert len(answers) == len(cases)
    for answer in answers:
        said = [package.path for package in read_workspaces(open_repository(answer["folder"])).linked]
        assert said == answer["packages"], cases[answer["folder"]]


def test_the_checkouts_have_the_packages_that_manypkg_lists(node: Node, checkouts: tuple[Path, ...]) -> None:
    whole = [path for path in checkouts if (path / "package.json").is_file()]
    answers = node("workspaces.mjs", *map(str, whole)) if whole else []
    for answer in (answer for answer in answers if "error" not in answer):
        found = read_workspaces(open_repository(answer["folder"]))
        root = next((root for root in found.roots if root.path == "."), None)
        said = sorted(root.members) if root is not None and root.installs else []
        assert [path for path in said if path != "."] == answer["packages"], answer["folder"]
