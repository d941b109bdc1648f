"""Which lockfile rules a workspace, what is installed by it, and which package manager that is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.model import Evidence, PackageManager
from prefill.testing import open_repository, write
from prefill.versions import Installed, Versions, manifest_lines
from prefill.workspace import Package, read_workspaces

if TYPE_CHECKING:
    from pathlib import Path

PNPM = """\
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      next:
        specifier: 15.0.0
        version: 15.0.0(react@19.0.0)

  apps/web:
    dependencies:
      next:
        specifier: 'catalog:'
        version: 16.0.1(react@19.0.0)
      ui:
        specifier: workspace:*
        version: link:../../packages/ui

packages:

  next@15.0.0:
    resolution: {integrity: sha512-a}
"""


def npm(**packages: str) -> str:
    rows = {"": {"name": "x"}, **{f"node_modules/{name}": {"version": version} for name, version in packages.items()}}
    return json.dumps({"lockfileVersion": 3, "packages": rows}, indent=2)


def manifest(indent: int | None = 2, **keys: object) -> str:
    return json.dumps({"name": "x", **keys}, indent=indent)


def open_versions(folder: Path, files: dict[str, str]) -> Versions:
    write(folder, files)
    repository = open_repository(folder)
    return Versions(repository, read_workspaces(repository))


def package(versions: Versions, path: str = ".") -> Package:
    found = versions.workspaces.by_path(path)
    assert found is not None
    return found


def installed(versions: Versions, name: str, path: str = ".") -> Installed:
    found = versions.installed(package(versions, path), name)
    assert found is not None
    return found


MONOREPO = {
    "package.json": manifest(dependencies={"next": "15.0.0"}),
    "pnpm-workspace.yaml": "packages: ['apps/*', 'packages/*']\ncatalog:\n  next: ^16.0.0\n",
    "pnpm-lock.yaml": PNPM,
    "apps/web/package.json": manifest(dependencies={"next": "catalog:", "ui": "workspace:*"}),
    "packages/ui/package.json": json.dumps({"name": "ui"}),
}


def test_a_workspace_has_its_own_version_and_both_lines_that_say_so(tmp_path: Path) -> None:
    versions = open_versions(tmp_path, MONOREPO)
    found = installed(versions, "next", "apps/web")
    assert (found.range, found.version, found.source) == ("catalog:", "16.0.1", "lockfile")
    assert found.evidence == (Evidence("pnpm-lock.yaml", 15), Evidence("apps/web/package.json", 4))
    assert installed(versions, "next").version == "15.0.0"


def test_a_linked_workspace_has_a_folder_and_no_version(tmp_path: Path) -> None:
    versions = open_versions(tmp_path, MONOREPO)
    found = installed(versions, "ui", "apps/web")
    assert (found.version, found.target, found.source) == (None, "packages/ui", "lockfile")
    assert versions.links(package(versions, "apps/web")) == ("packages/ui",)


def test_the_root_that_links_a_package_rules_it_whatever_lies_in_its_folder(tmp_path: Path) -> None:
    versions = open_versions(tmp_path, {**MONOREPO, "apps/web/package-lock.json": npm(next="14.0.0")})
    assert installed(versions, "next", "apps/web").version == "16.0.1"


def test_a_member_that_the_roots_lockfile_does_not_list_is_ruled_by_its_own(tmp_path: Path) -> None:
    files = {**MONOREPO, "apps/docs/package.json": manifest(dependencies={"next": "14.0.0"})}
    files["apps/docs/pnpm-lock.yaml"] = PNPM.replace("15.0.0", "14.0.0")
    assert installed(open_versions(tmp_path, files), "next", "apps/docs").version == "14.0.0"


def test_a_lockfile_above_does_not_rule_a_package_that_it_does_not_list(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(),
        "package-lock.json": npm(next="15.0.0"),
        "docs/package.json": manifest(dependencies={"next": "^14.0.0"}),
    }
    found = installed(open_versions(tmp_path, files), "next", "docs")
    assert (found.version, found.source, found.evidence) == (None, "range", (Evidence("docs/package.json", 4),))


@pytest.mark.parametrize(
    ("wanted", "version", "source"),
    [
        ("15.0.0", "15.0.0", "pinned"),
        ("=15.0.0-rc.1", "15.0.0-rc.1", "pinned"),
        ("npm:@acme/next@15.0.0", "15.0.0", "pinned"),
        ("^15.0.0", None, "range"),
        ("15", None, "range"),
        ("latest", None, "range"),
        ("*", None, "range"),
        ("", None, "range"),
        ("github:vercel/next.js", None, "range"),
        ("catalog:", None, "range"),
    ],
)
def test_without_a_lockfile_an_exact_version_is_pinned_and_the_rest_are_ranges(
    tmp_path: Path, wanted: str, version: str | None, source: str
) -> None:
    found = installed(open_versions(tmp_path, {"package.json": manifest(dependencies={"next": wanted})}), "next")
    assert (found.range, found.version, found.source) == (wanted, version, source)


def test_without_a_lockfile_a_catalog_gives_the_range_behind_it(tmp_path: Path) -> None:
    versions = open_versions(
        tmp_path,
        {
            "package.json": manifest(),
            "pnpm-workspace.yaml": "packages: [web]\ncatalog:\n  next: 16.0.0\ncatalogs:\n  old:\n    react: ^18.0.0\n",
            "web/package.json": manifest(dependencies={"next": "catalog:", "react": "catalog:old"}),
        },
    )
    assert (installed(versions, "next", "web").version, installed(versions, "next", "web").asks) == ("16.0.0", "16.0.0")
    assert (installed(versions, "react", "web").version, installed(versions, "react", "web").asks) == (None, "^18.0.0")


def test_what_the_lockfile_does_not_hold_is_a_range_though_it_is_written_exactly(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(dependencies={"next": "15.0.0", "zod": "3.0.0"}),
        "package-lock.json": npm(next="15.0.0"),
    }
    found = installed(open_versions(tmp_path, files), "zod")
    assert (found.version, found.source) == (None, "range")


def test_a_name_in_two_tables_is_two_rows_of_one_installation(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(devDependencies={"react": "19.0.0"}, peerDependencies={"react": ">=18"}),
        "package-lock.json": npm(react="19.0.0"),
    }
    versions = open_versions(tmp_path, files)
    rows = [(row.name, row.range, row.version, row.kind) for row in versions.rows(package(versions))]
    assert rows == [("react", "19.0.0", "19.0.0", "dev"), ("react", ">=18", "19.0.0", "peer")]


# two lockfiles ---------------------------------------------------------------------------------------------------------

TWO = {
    "package.json": manifest(dependencies={"next": "15.0.0"}),
    "pnpm-lock.yaml": PNPM,
    "package-lock.json": npm(next="14.0.0", zod="3.0.0"),
}


@pytest.mark.parametrize(
    ("more", "rules"),
    [
        ({"package.json": manifest(dependencies={"next": "15.0.0"}, packageManager="npm@10.9.0")}, "package-lock.json"),
        ({"package.json": manifest(dependencies={"next": "15.0.0"}, packageManager="pnpm@9.1.0")}, "pnpm-lock.yaml"),
        ({"pnpm-workspace.yaml": "onlyBuiltDependencies: [sharp]\n"}, "pnpm-lock.yaml"),
        ({"package.json": manifest(dependencies={"next": "15.0.0", "zod": "3.0.0"})}, "package-lock.json"),
        ({}, "pnpm-lock.yaml"),
    ],
    ids=["field npm", "field pnpm", "pnpm's own file", "covers more", "agrees"],
)
def test_of_two_lockfiles_the_field_rules_then_the_tools_files_then_what_fits(
    tmp_path: Path, more: dict[str, str], rules: str
) -> None:
    versions = open_versions(tmp_path, {**TWO, **more})
    ruling = versions.ruling(package(versions))
    assert ruling is not None
    assert (ruling.path, ruling.others) == (rules, tuple({"package-lock.json", "pnpm-lock.yaml"} - {rules}))


def test_a_shrinkwrap_comes_before_a_lock(tmp_path: Path) -> None:
    files = {"package.json": manifest(), "package-lock.json": npm(), "npm-shrinkwrap.json": npm()}
    versions = open_versions(tmp_path, files)
    ruling = versions.ruling(package(versions))
    assert ruling is not None
    assert (ruling.path, ruling.others) == ("npm-shrinkwrap.json", ("package-lock.json",))


# out of step -----------------------------------------------------------------------------------------------------------


def test_a_lockfile_that_was_written_for_another_range_is_out_of_step(tmp_path: Path) -> None:
    files = {"package.json": manifest(dependencies={"next": "^15.0.0", "zod": "^3.0.0"}), "pnpm-lock.yaml": PNPM}
    versions = open_versions(tmp_path, files)
    drift = versions.drift(package(versions))
    assert drift is not None
    assert (drift.differs, drift.absent) == ((("next", "^15.0.0", "15.0.0"),), ("zod",))


def test_a_lockfile_in_step_has_no_drift_and_peers_do_not_count(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(dependencies={"next": "15.0.0"}, peerDependencies={"vue": "3"}),
        "pnpm-lock.yaml": PNPM,
    }
    versions = open_versions(tmp_path, files)
    assert versions.drift(package(versions)) is None


def test_a_lockfile_that_cannot_be_read_is_a_problem_and_not_out_of_step(tmp_path: Path) -> None:
    versions = open_versions(tmp_path, {"package.json": manifest(dependencies={"next": "1.0.0"}), "bun.lockb": "\0"})
    assert versions.drift(package(versions)) is None
    assert [problem.path for problem in versions.repository.problems] == ["bun.lockb"]


# the package manager ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "manager", "evidence"),
    [
        (
            {"package.json": manifest(packageManager="pnpm@9.1.0+sha512.ab")},
            ("pnpm", "9.1.0"),
            Evidence("package.json", 3),
        ),
        ({"package.json": manifest(packageManager="yarn@^4")}, ("yarn", None), Evidence("package.json", 3)),
        (
            {"package.json": manifest(devEngines={"packageManager": {"name": "npm", "version": "11.0.0"}})},
            ("npm", "11.0.0"),
            Evidence("package.json", 4),
        ),
        ({"package.json": manifest(volta={"yarn": "1.22.0"})}, ("yarn", "1.22.0"), Evidence("package.json", 4)),
        ({"package.json": manifest(), "package-lock.json": npm()}, ("npm", None), Evidence("package-lock.json")),
        ({"package.json": manifest(), "bun.lockb": "\0"}, ("bun", None), Evidence("bun.lockb")),
        (
            {
                "package.json": manifest(),
                "yarn.lock": "",
                ".yarnrc.yml": "nodeLinker: node-modules\nyarnPath: .yarn/releases/yarn-4.1.0.cjs\n",
            },
            ("yarn", "4.1.0"),
            Evidence(".yarnrc.yml", 2),
        ),
        ({"package.json": manifest(), "pnpm-workspace.yaml": ""}, ("pnpm", None), Evidence("pnpm-workspace.yaml")),
    ],
    ids=["field", "range", "devEngines", "volta", "lockfile", "binary", "release", "own file"],
)
def test_the_package_manager_is_what_a_file_names(
    tmp_path: Path, files: dict[str, str], manager: tuple[str, str | None], evidence: Evidence
) -> None:
    versions = open_versions(tmp_path, files)
    assert versions.package_manager() == (PackageManager(*manager), (evidence,))


def test_without_a_sign_there_is_no_package_manager(tmp_path: Path) -> None:
    versions = open_versions(tmp_path, {"package.json": manifest(packageManager=7), "pyproject.toml": "[project]\n"})
    assert versions.package_manager() == (None, ())


def test_the_field_of_the_root_holds_for_a_workspace(tmp_path: Path) -> None:
    files = {**MONOREPO, "package.json": manifest(packageManager="pnpm@10.0.0")}
    versions = open_versions(tmp_path, files)
    assert versions.package_manager(package(versions, "apps/web"))[0] == PackageManager("pnpm", "10.0.0")


def test_a_manifest_above_the_lockfile_speaks_of_another_project(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(packageManager="pnpm@10.0.0"),
        "app/package.json": manifest(),
        "app/package-lock.json": npm(),
    }
    versions = open_versions(tmp_path, files)
    assert versions.package_manager(package(versions, "app"))[0] == PackageManager("npm")


# lines of a manifest ---------------------------------------------------------------------------------------------------


def test_lines_are_found_in_any_layout() -> None:
    text = '{"a": [{"next": 1}],\n "files": ["next", "x"], "dependencies": {\n"next": "1", "b\\"c": "2",\n\n"d": {"next": 3}}, "e": 1}'
    assert manifest_lines(text) == {
        ("", "a"): 1,
        ("", "files"): 2,
        ("", "dependencies"): 2,
        ("dependencies", "next"): 3,
        ("dependencies", 'b"c'): 3,
        ("dependencies", "d"): 5,
        ("", "e"): 5,
    }


names = st.text('ab@/-."\\ é', min_size=1, max_size=8)


@given(
    st.dictionaries(names, st.dictionaries(names, st.text(max_size=5), max_size=4), max_size=4),
    st.sampled_from([None, 0, 2]),
)
def test_every_key_of_every_table_is_found_on_its_line(tables: dict[str, dict[str, str]], indent: int | None) -> None:
    text = json.dumps(tables, indent=indent)
    lines = text.splitlines()
    found = manifest_lines(text)
    for table, keys in tables.items():
        for key in keys:
            assert json.dumps(key) in lines[found[table, key] - 1]


@given(st.text('{}[]",:\\/*\n a', max_size=60))
def test_a_text_that_is_no_json_still_ends(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in manifest_lines(text).values())
