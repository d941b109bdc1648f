"""Bases of published packages count as TypeScript would inherit them, at versions that were looked at, and no others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import prefill.typescript.bases as room
from prefill.formats import toml
from prefill.typescript.bases import numbers, said
from prefill.typescript.config import Config, Reader, effective
from prefill.typescript.options import ENUMS, KINDS

DATA = Path(room.__file__).parent / "bases"
FILES = sorted(DATA.rglob("*.toml"))
NAMED = [path.relative_to(DATA).as_posix().removesuffix(".toml") for path in FILES]


class Files:
    def __init__(self, files: Mapping[str, Any]) -> None:
        self.contents = {path: json.dumps(value, indent=1) for path, value in files.items()}
        self.files = tuple(sorted(files))

    def exists(self, path: str) -> bool:
        return path in self.contents

    def text(self, path: str) -> str | None:
        return self.contents.get(path)

    def source(self, path: str) -> bytes | None:
        return self.contents[path].encode() if path in self.contents else None


def read(files: Mapping[str, Any], installed: Mapping[tuple[str, str], str], path: str = "tsconfig.json") -> Config:
    view = Files(files)
    return effective(view, path, reader=Reader(view, installed=lambda folder, name: installed.get((folder, name))))


# the data


@pytest.mark.parametrize("path", FILES, ids=NAMED)
def test_each_file_of_the_data_is_whole(path: Path) -> None:
    """Sorted, versions that rise up to the last one that was looked at, options that TypeScript has with values of their kind."""
    data = toml.parse(path.read_text(encoding="utf-8")).value
    assert data["package"] == path.relative_to(DATA).as_posix().removesuffix(".toml")
    until = numbers(data["until"])
    assert until is not None
    names = [name for base in data["base"] for name in base["names"]]
    assert len(names) == len(set(names))
    assert [base["names"] for base in data["base"]] == sorted(sorted(base["names"]) for base in data["base"])
    for base in data["base"]:
        versions = [numbers(change["since"]) or () for change in base["change"]]
        assert versions == sorted(set(versions))
        assert versions[-1] <= until
        assert versions[0] != ()
        before: dict[str, Any] = {}
        for change in base["change"]:
            assert set(change) <= {"since", "options", "without"} or set(change) == {"since", "gone"}
            assert set(change.get("without", ())) <= set(before)
            options = said(data["package"], base["names"][0], change["since"])
            assert (options is None) == ("gone" in change)
            assert options != before
            before = options or {}
            assert [name for name, value in before.items() if not fits(name, value)] == []


def fits(name: str, value: Any) -> bool:
    kind = KINDS[name]
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "enum":
        return value in ENUMS[name].values()
    if kind == "path":
        return isinstance(value, str) and value.startswith("${configDir}")
    if kind == "object":
        return all(isinstance(target, str) for targets in value.values() for target in targets)
    if kind in {"libraries", "strings"}:
        return all(isinstance(item, str) for item in value)
    if kind == "paths":
        return all(item.startswith("${configDir}") for item in value)
    return isinstance(value, {"number": int, "string": str, "list": list}[kind])


def test_the_widely_used_ones_are_there() -> None:
    wanted = {
        "astro",
        "expo",
        "gts",
        "@docusaurus/tsconfig",
        "@tsconfig/node22",
        "@tsconfig/strictest",
        "@vue/tsconfig",
    }
    assert wanted <= set(NAMED)


# what is said of a version


@pytest.mark.parametrize(
    ("version", "resolution"), [("1.0.2", "node16"), ("1.0.1", "node10"), ("1.0.0", "node10"), ("20.1.0", "node16")]
)
def test_a_version_says_what_it_said_since_the_last_change(version: str, resolution: str) -> None:
    options = said("@tsconfig/node20", "tsconfig.json", version)
    assert options is not None
    assert options["moduleResolution"] == resolution


@pytest.mark.parametrize(
    ("package", "name", "version"),
    [
        ("@tsconfig/node20", "tsconfig.json", "9999.0.0"),
        ("@tsconfig/node20", "tsconfig.json", "20.1.0-beta.1"),
        ("@tsconfig/node20", "tsconfig.json", "0.0.1"),
        ("@tsconfig/node20", "tsconfig.json", "^20.1.0"),
        ("@tsconfig/node20", "other.json", "20.1.0"),
        ("unheard-of", "tsconfig.json", "1.0.0"),
        ("../bases/astro", "tsconfigs/strict", "5.0.0"),
        ("@../tsconfig/node20", "tsconfig.json", "20.1.0"),
        ("", "", ""),
    ],
)
def test_nothing_is_said_of_what_was_not_looked_at(package: str, name: str, version: str) -> None:
    assert said(package, name, version) is None


@given(st.text(), st.text(), st.text())
def test_any_names_and_versions_are_survived(package: str, name: str, version: str) -> None:
    assert said(package, name, version) is None


def test_what_was_said_can_be_changed_by_who_asked() -> None:
    first = said("gts", "tsconfig-google.json", "5.3.0")
    assert first is not None
    first.clear()
    again = said("gts", "tsconfig-google.json", "5.3.0")
    assert again is not None
    assert again["strict"] is True


# in a configuration


def test_options_of_a_published_base_are_inherited_from_the_line_that_extends_it() -> None:
    config = read(
        {"tsconfig.json": {"extends": "gts/tsconfig-google.json", "compilerOptions": {"target": "ES2023"}}},
        {("", "gts"): "5.3.0"},
    )
    assert config.unresolved == ()
    assert config.extends == ()
    assert config.options["strict"] is True
    assert config.options["target"] == "es2023"
    assert config.place("strict") == ("tsconfig.json", 2)
    assert config.place("target") == ("tsconfig.json", 4)
    assert [(base.specifier, base.package, base.version) for base in config.bases] == [
        ("gts/tsconfig-google.json", "gts", "5.3.0")
    ]
    assert "strict" in config.inherited
    assert "target" not in config.inherited


def test_of_several_bases_the_later_one_counts_and_is_cited() -> None:
    config = read(
        {
            "tsconfig.json": {"extends": ["@tsconfig/node20", "./base.json", "@tsconfig/strictest/tsconfig.json"]},
            "base.json": {"compilerOptions": {"strict": False, "module": "esnext"}},
        },
        {("", "@tsconfig/node20"): "1.0.2", ("", "@tsconfig/strictest"): "2.0.5"},
    )
    assert config.options["strict"] is True
    assert config.inherited["strict"].package == "@tsconfig/strictest"
    assert config.options["module"] == "esnext"
    assert config.place("module") == ("base.json", 4)
    assert config.place("target") == ("tsconfig.json", 3)
    assert config.place("strict") == ("tsconfig.json", 5)


def test_a_base_of_a_base_is_looked_for_from_its_own_folder() -> None:
    files = {
        "apps/web/tsconfig.json": {"extends": "../../config/base.json"},
        "config/base.json": {"extends": "@tsconfig/strictest/tsconfig.json", "compilerOptions": {"noEmit": True}},
    }
    config = read(files, {("config", "@tsconfig/strictest"): "2.0.5"}, "apps/web/tsconfig.json")
    assert config.options["noUncheckedIndexedAccess"] is True
    assert config.place("strict") == ("config/base.json", 2)
    assert read(files, {("apps/web", "@tsconfig/strictest"): "2.0.5"}, "apps/web/tsconfig.json").unresolved != ()


@pytest.mark.parametrize(
    ("specifier", "folder"),
    [
        ("./node_modules/gts/tsconfig-google.json", "apps/web"),
        ("./node_modules/gts/tsconfig-google", "apps/web"),
        ("../../node_modules/gts/tsconfig-google.json", ""),
        (".\\node_modules\\gts\\tsconfig-google.json", "apps/web"),
    ],
)
def test_a_path_into_node_modules_names_a_package(specifier: str, folder: str) -> None:
    config = read(
        {"apps/web/tsconfig.json": {"extends": specifier}}, {(folder, "gts"): "5.3.0"}, "apps/web/tsconfig.json"
    )
    assert config.options["strict"] is True
    assert config.unresolved == ()


@pytest.mark.parametrize(
    "specifier",
    [
        "gts/gone.json",
        "./node_modules/gts/node_modules/gts/tsconfig-google.json",
        "./node_modules/gts",
        "../node_modules/gts/tsconfig-google.json",
        "./modules/gts/tsconfig-google.json",
        "/node_modules/gts/tsconfig-google.json",
        "",
    ],
)
def test_what_leads_to_no_known_base_stays_unresolved(specifier: str) -> None:
    config = read({"tsconfig.json": {"extends": specifier}}, {("", "gts"): "5.3.0"})
    assert config.unresolved == (specifier,)
    assert config.options == {}


def test_without_an_installed_version_nothing_is_known() -> None:
    assert read({"tsconfig.json": {"extends": "gts"}}, {}).unresolved == ("gts",)


def test_aliases_of_a_base_count_from_the_base_url_of_the_repository() -> None:
    docs = {"extends": "@docusaurus/tsconfig", "compilerOptions": {"baseUrl": "."}}
    config = read({"tsconfig.json": docs}, {("", "@docusaurus/tsconfig"): "3.6.2"})
    assert config.options["paths"] == {"@site/*": ["./*"]}
    assert config.paths == {"@site/*": ("./*",)}
    assert config.base == "."


def test_aliases_that_lead_into_the_package_resolve_nothing() -> None:
    config = read({"tsconfig.json": {"extends": "@docusaurus/tsconfig"}}, {("", "@docusaurus/tsconfig"): "3.6.2"})
    assert config.options["paths"] == {"@site/*": ["./*"]}
    assert config.paths == {}
    assert config.base is None


def test_a_file_that_the_repository_holds_wins_over_what_is_published() -> None:
    config = read(
        {
            "tsconfig.json": {"extends": "gts/tsconfig-google.json"},
            "packages/gts/package.json": {"name": "gts"},
            "packages/gts/tsconfig-google.json": {"compilerOptions": {"strict": False}},
        },
        {("", "gts"): "5.3.0"},
    )
    assert config.options == {"strict": False}
    assert config.bases == ()
