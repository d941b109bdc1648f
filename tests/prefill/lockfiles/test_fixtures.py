"""Every direct dependency of every manifest in `fixtures/lockfiles` resolves as its `expected.json` says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from prefill.lockfiles import TOOLS, Lockfile, parse, yarn_catalogs

CASES = sorted(Path(__file__).parents[3].joinpath("fixtures", "lockfiles").iterdir())
FIELDS = ("dependencies", "devDependencies", "optionalDependencies", "peerDependencies")


def manifest(case: Path, workspace: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((case / workspace / "package.json").read_text())
    return value


def lockfile(case: Path) -> tuple[Lockfile, str]:
    name = next(name for name in TOOLS if (case / name).exists())
    text = (case / name).read_text()
    settings = case / ".yarnrc.yml"
    catalogs = yarn_catalogs(settings.read_text()) if settings.exists() else None
    return parse(name, text, resolutions=manifest(case, ".").get("resolutions"), catalogs=catalogs), text


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_declared_dependency_resolves_as_expected(case: Path) -> None:
    read, text = lockfile(case)
    assert read.problems == ()
    lines = text.split("\n")
    for workspace, expected in json.loads((case / "expected.json").read_text()).items():
        value = manifest(case, workspace)
        declared = {name: said for field in FIELDS for name, said in value.get(field, {}).items()}
        assert sorted(declared) == sorted(expected)
        for name, specifier in declared.items():
            found = read.resolve(workspace, name, specifier)
            if expected[name] is None:
                assert found is None
                continue
            assert found is not None, name
            want = {"source": "registry", "target": None, "alias_of": None} | expected[name]
            got = {field: getattr(found, field) for field in want}
            assert got == want, name
            if found.line is not None:
                assert (found.version or name) in lines[found.line - 1]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_windows_line_breaks_change_nothing(case: Path) -> None:
    name = next(name for name in TOOLS if (case / name).exists())
    text = (case / name).read_text()
    resolutions = manifest(case, ".").get("resolutions")
    unix, windows = (parse(name, said, resolutions=resolutions) for said in (text, text.replace("\n", "\r\n")))
    assert (windows.version, windows.problems, windows.workspaces()) == (unix.version, unix.problems, unix.workspaces())
    for workspace in json.loads((case / "expected.json").read_text()):
        value = manifest(case, workspace)
        for field in FIELDS:
            for package, specifier in value.get(field, {}).items():
                assert windows.resolve(workspace, package, specifier) == unix.resolve(workspace, package, specifier)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_lockfile_cut_at_any_place_never_says_another_version(case: Path) -> None:
    """A shorter file may know less, never something else, and says that it is not whole where that shows."""
    name = next(name for name in TOOLS if (case / name).exists())
    whole, text = lockfile(case)
    settings = case / ".yarnrc.yml"
    catalogs = yarn_catalogs(settings.read_text()) if settings.exists() else None
    wanted = [
        (workspace, package, specifier)
        for workspace in json.loads((case / "expected.json").read_text())
        for field in FIELDS
        for package, specifier in manifest(case, workspace).get(field, {}).items()
    ]
    truth = {key: whole.resolve(*key) for key in wanted}
    for end in range(0, len(text), 61):
        cut = parse(name, text[:end], resolutions=manifest(case, ".").get("resolutions"), catalogs=catalogs)
        for key in wanted:
            found, right = cut.resolve(*key), truth[key]
            if found is not None and found.version is not None:
                assert right is not None
                assert found.version == right.version, (end, key)
