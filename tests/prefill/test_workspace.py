"""Which folders are packages, who links them, what depends on what: by the rules of `@manypkg/get-packages`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.testing import open_repository, write
from prefill.workspace import Package, Workspaces, admits, closure, expand, read_workspaces

if TYPE_CHECKING:
    from pathlib import Path


def manifest(name: str = "x", **keys: object) -> str:
    return json.dumps({"name": name, **keys})


def workspaces(folder: Path, files: dict[str, str]) -> Workspaces:
    write(folder, files)
    return read_workspaces(open_repository(folder))


def paths(packages: tuple[Package, ...]) -> list[str]:
    return [package.path for package in packages]


MEMBERS = {
    "packages/a/package.json": manifest("a"),
    "packages/b/package.json": manifest("b"),
    "docs/package.json": manifest("docs"),
}


@pytest.mark.parametrize(
    ("root", "tool"),
    [
        ({"package.json": manifest(workspaces=["packages/*"]), "package-lock.json": "{}"}, "npm"),
        ({"package.json": manifest(workspaces={"packages": ["packages/*"]}), "yarn.lock": ""}, "yarn"),
        ({"package.json": manifest(workspaces=["packages/*"]), "bun.lock": "{}"}, "bun"),
        ({"package.json": manifest(), "pnpm-workspace.yaml": "packages:\n  - 'packages/*'\n"}, "pnpm"),
        ({"package.json": manifest(), "lerna.json": "{}"}, "lerna"),
        (
            {
                "rush.json": '// all of them\n{"projects": [{"projectFolder": "packages/a"}, {"projectFolder": "packages/b"}]}'
            },
            "rush",
        ),
    ],
    ids=["npm", "yarn", "bun", "pnpm", "lerna", "rush"],
)
def test_every_tool_links_the_packages_that_it_names(tmp_path: Path, root: dict[str, str], tool: str) -> None:
    found = workspaces(tmp_path, {**MEMBERS, **root})
    assert paths(found.linked) == ["packages/a", "packages/b"]
    assert paths(found.independent) == ["docs"]
    assert found.tool == tool


def test_globs_without_a_lockfile_link_nothing_but_still_mean_each_other(tmp_path: Path) -> None:
    files = {"package.json": manifest(workspaces=["packages/*"]), **MEMBERS}
    files["packages/a/package.json"] = manifest("a", dependencies={"b": "*"})
    found = workspaces(tmp_path, files)
    assert paths(found.linked) == []
    assert paths(found.independent) == ["docs", "packages/a", "packages/b"]
    package = found.by_path("packages/a")
    assert package is not None
    assert paths(closure(found, package)) == ["packages/b"]


def test_npm_takes_no_object_for_its_workspaces(tmp_path: Path) -> None:
    found = workspaces(
        tmp_path,
        {**MEMBERS, "package.json": manifest(workspaces={"packages": ["packages/*"]}), "package-lock.json": "{}"},
    )
    assert paths(found.linked) == []


def test_a_root_inside_a_member_links_its_own(tmp_path: Path) -> None:
    found = workspaces(
        tmp_path,
        {
            "package.json": manifest(workspaces=["apps/*"]),
            "yarn.lock": "",
            "apps/web/package.json": manifest("web", workspaces=["parts/*"]),
            "apps/web/yarn.lock": "",
            "apps/web/parts/one/package.json": manifest("one"),
        },
    )
    assert paths(found.linked) == ["apps/web", "apps/web/parts/one"]


def test_a_root_among_fixtures_or_templates_links_nothing_here(tmp_path: Path) -> None:
    found = workspaces(
        tmp_path,
        {
            "package.json": manifest(),
            "templates/mono/package.json": manifest(workspaces=["packages/*"]),
            "templates/mono/yarn.lock": "",
            "templates/mono/packages/ui/package.json": manifest("ui"),
        },
    )
    assert paths(found.linked) == []
    assert "templates/mono/packages/ui" in paths(found.independent)


def test_what_lies_in_node_modules_is_no_package(tmp_path: Path) -> None:
    found = workspaces(
        tmp_path,
        {"package.json": manifest(), "vendor/node_modules/x/package.json": manifest(), "a/package.json": manifest()},
    )
    assert paths(found.packages) == [".", "a"]


def test_a_manifest_that_is_no_json_is_a_package_without_dependencies_and_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": '{"name": "x",', "a/package.json": "[]"})
    repository = open_repository(tmp_path)
    found = read_workspaces(repository)
    assert [(package.path, package.name, package.rows()) for package in found.packages] == [
        (".", None, []),
        ("a", None, []),
    ]
    assert [problem.path for problem in repository.problems] == ["a/package.json", "package.json"]


FOLDERS = ["apps", "apps/web", "apps/web/test/y", "packages/a", "packages/a/b", "packages/.hidden/x", "tools"]


@pytest.mark.parametrize(
    ("globs", "expected"),
    [
        (["packages/*"], ["packages/a"]),
        (["./packages/*/"], ["packages/a"]),
        (["packages/**"], ["packages/a", "packages/a/b"]),
        (["apps/**"], ["apps", "apps/web", "apps/web/test/y"]),
        (["**", "!**/test/**"], ["apps", "apps/web", "packages/a", "packages/a/b", "tools"]),
        (["**", "!apps"], ["packages/a", "packages/a/b", "tools"]),
        (["!packages/a", "packages/**"], []),
        (["{apps,packages}/*"], ["apps/web", "packages/a"]),
        (["{apps/*,tools}"], ["apps/web", "tools"]),
        (["*/**/y"], ["apps/web/test/y"]),
        (["apps/@(web|native)", "tools"], ["apps/web", "tools"]),
        (["packages/[ab]"], ["packages/a"]),
        (["(apps|packages)/*"], ["apps/web", "packages/a"]),
        (["packages/!(b|c)"], ["packages/a"]),
        (["!(packages)"], ["apps", "tools"]),
        (["packages/.hidden/*"], ["packages/.hidden/x"]),
        (["/packages/*"], []),
        (["../elsewhere/*"], []),
        (["packages/[", "{"], []),
    ],
)
def test_globs_match_folders_as_tinyglobby_matches_them(globs: list[str], expected: list[str]) -> None:
    assert expand(globs, ".", FOLDERS) == expected


@pytest.mark.parametrize(
    "glob", ["/".join(["**", "a"] * 60), "*a" * 60, "{a,b}" * 40, "+(a|aa)" * 20, "{" * 200 + "a,b" + "}" * 200]
)
def test_a_hostile_glob_ends_at_once(glob: str) -> None:
    assert expand([glob, "!" + glob], ".", ["/".join(["a" * 60] * 60), "/".join("a" * 120)]) == []


def test_globs_are_relative_to_their_root() -> None:
    assert expand(["*"], "apps/web", ["apps/web", "apps/web/one", "apps/other"]) == ["apps/web/one"]


@given(st.lists(st.text("ab/*?{}[]()!@+|.,^-", max_size=12), max_size=4))
def test_any_glob_ends_and_names_only_packages(globs: list[str]) -> None:
    assert set(expand(globs, ".", FOLDERS)) <= set(FOLDERS)


@pytest.mark.parametrize(
    "text",
    [
        "packages:\n- apps/*\n- 'packages/*'\n",
        '# first\npackages:\n\n  - "apps/*"  # web\n  # between\n  - packages/*\ncatalog:\n  react: 19.0.0\n',
        "packages: ['apps/*', packages/*]\n",
        "{packages: [apps/*, packages/*]}\n",
        "packages:\n  - &a apps/*\n  - packages/*\n",
    ],
    ids=["plain", "comments", "flow", "whole flow", "anchor"],
)
def test_pnpm_workspace_files_are_read_however_they_are_written(tmp_path: Path, text: str) -> None:
    found = workspaces(
        tmp_path,
        {
            "package.json": manifest(),
            "pnpm-workspace.yaml": text,
            "apps/web/package.json": manifest("web"),
            "packages/ui/package.json": manifest("ui"),
        },
    )
    assert paths(found.linked) == ["apps/web", "packages/ui"]


@pytest.mark.parametrize(
    "text", ["", "packages:\n", "packages: {}\n", "packages: [\n", "onlyBuiltDependencies: [sharp]\n"]
)
def test_pnpm_settings_without_packages_make_no_workspace(tmp_path: Path, text: str) -> None:
    found = workspaces(
        tmp_path, {"package.json": manifest(), "pnpm-workspace.yaml": text, "a/package.json": manifest()}
    )
    assert paths(found.linked) == []


def test_the_closure_is_transitive_and_counts_dev_dependencies(tmp_path: Path) -> None:
    found = workspaces(
        tmp_path,
        {
            "package.json": manifest(workspaces=["*"]),
            "yarn.lock": "",
            "web/package.json": manifest("web", dependencies={"ui": "workspace:*"}, devDependencies={"config": "*"}),
            "ui/package.json": manifest("ui", dependencies={"tokens": "workspace:^"}, version="1.2.0"),
            "tokens/package.json": manifest("tokens", dependencies={"ui": "workspace:*"}),
            "config/package.json": manifest("config"),
            "alone/package.json": manifest("alone"),
        },
    )
    package = found.by_path("web")
    assert package is not None
    assert paths(closure(found, package)) == ["config", "tokens", "ui"]


def test_a_name_at_another_version_is_a_package_of_the_registry(tmp_path: Path) -> None:
    found = workspaces(
        tmp_path,
        {
            "package.json": manifest(workspaces=["*"]),
            "yarn.lock": "",
            "web/package.json": manifest("web", dependencies={"ui": "^1.0.0", "kit": "npm:other@2.0.0"}),
            "ui/package.json": manifest("ui", version="2.0.0"),
            "kit/package.json": manifest("kit", version="2.0.0"),
        },
    )
    package = found.by_path("web")
    assert package is not None
    assert paths(closure(found, package)) == []


def test_pnpm_from_nine_on_links_a_plain_range_only_where_it_is_told_to(tmp_path: Path) -> None:
    files = {
        "package.json": manifest(),
        "pnpm-workspace.yaml": "packages: ['*']\n",
        "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
        "web/package.json": manifest("web", dependencies={"ui": "1.0.0"}),
        "ui/package.json": manifest("ui", version="1.0.0"),
    }
    found = workspaces(tmp_path, files)
    package = found.by_path("web")
    assert package is not None
    assert paths(closure(found, package)) == []
    found = workspaces(tmp_path, {**files, "pnpm-workspace.yaml": "linkWorkspacePackages: true\npackages: ['*']\n"})
    assert paths(closure(found, package)) == ["ui"]


def test_file_and_link_paths_lead_to_independent_packages(tmp_path: Path) -> None:
    found = workspaces(
        tmp_path,
        {
            "web/package.json": manifest(
                "web", dependencies={"a": "file:../shared/a", "b": "link:../b", "c": "file:../../out"}
            ),
            "shared/a/package.json": manifest("a"),
            "b/package.json": manifest("b"),
        },
    )
    package = found.by_path("web")
    assert package is not None
    assert paths(closure(found, package)) == ["b", "shared/a"]


@pytest.mark.parametrize(
    ("wanted", "version", "links"),
    [
        ("*", "1.0.0", True),
        ("^1.2.0", "1.9.0", True),
        ("^1.2.0", "2.0.0", False),
        ("^0.3.0", "0.4.0", False),
        ("~1.2.0", "1.3.0", False),
        ("1.2.3", "1.2.3", True),
        ("1.2.3", "1.2.4", False),
        ("1.x", "1.8.0", True),
        ("^1.0.0", None, True),
        ("npm:ui@1.0.0", "1.0.0", False),
        ("github:owner/ui", "1.0.0", False),
    ],
)
def test_a_plain_range_means_a_workspace_whose_version_it_admits(wanted: str, version: str | None, links: bool) -> None:
    assert admits(wanted, version) is links
