"""Versions by `prefill.lockfiles` are those by the package managers' own readers: arborist, pnpm's, Yarn's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prefill.lockfiles import parse, yarn_catalogs

NAMES = ("package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock", "bun.lock")
FIXTURES = Path(__file__).parents[2] / "fixtures" / "lockfiles"

Node = Callable[..., list[dict[str, Any]]]
Find = Callable[..., list[Path]]


def differences(file: Path, workspaces: dict[str, Any]) -> list[str]:
    """What prefill says otherwise than the reader, one line each."""
    manifest = file.parent / "package.json"
    settings = file.parent / ".yarnrc.yml"
    resolutions = json.loads(manifest.read_text()).get("resolutions") if manifest.exists() else None
    catalogs = yarn_catalogs(settings.read_text()) if settings.exists() else None
    read = parse(file.name, file.read_text(), resolutions=resolutions, catalogs=catalogs)
    found = [f"{file}: {problem.message}" for problem in read.problems]
    for workspace, dependencies in workspaces.items():
        for name, theirs in dependencies.items():
            ours = read.resolve(workspace, name, theirs["specifier"] or "")
            said = (ours.version, ours.target) if ours else None
            # Yarn and Bun name no folder for a link: only a workspace's is compared there.
            if (
                ours is None
                or ours.version != theirs["version"]
                or (theirs["target"] and ours.target != theirs["target"])
            ):
                found.append(f"{file}: {workspace}: {name}: {theirs} is read as {said}")
    return found


def compare(node: Node, files: list[Path]) -> tuple[int, list[str]]:
    """(dependencies compared, differences); a lockfile that its own reader refuses is left out."""
    compared = 0
    found: list[str] = []
    for answer in node("lockfiles.mjs", *map(str, files)) if files else []:
        if "error" not in answer:
            compared += sum(map(len, answer["workspaces"].values()))
            found += differences(Path(answer["file"]), answer["workspaces"])
    return compared, found


def test_the_fixtures_resolve_as_their_package_managers_resolve_them(node: Node, find: Find) -> None:
    files = find(FIXTURES, *NAMES)
    answers = node("lockfiles.mjs", *map(str, files))
    assert [answer.get("error") for answer in answers] == [None] * len(files)
    for answer in answers:
        expected = json.loads((Path(answer["file"]).parent / "expected.json").read_text())
        for workspace, dependencies in answer["workspaces"].items():
            for name, theirs in dependencies.items():
                assert theirs["version"] == expected[workspace][name]["version"], (answer["file"], workspace, name)
    compared, found = compare(node, files)
    assert found == []
    assert compared >= len(files)


def test_the_checkouts_resolve_as_their_package_managers_resolve_them(
    node: Node, find: Find, checkouts: tuple[Path, ...]
) -> None:
    assert [line for root in checkouts for line in compare(node, find(root, *NAMES))[1]] == []
