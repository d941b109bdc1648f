"""Which package is the app, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from prefill.errors import PrefillError
from prefill.testing import open_repository, write
from prefill.workspace import Choice, choose_app, read_workspaces

if TYPE_CHECKING:
    from pathlib import Path

NEXT = {"dependencies": {"next": "15.0.0"}}


def package(name: str, **keys: object) -> str:
    return json.dumps({"name": name, "private": True, **keys})


def pages(folder: str, count: int) -> dict[str, str]:
    return {f"{folder}/app/layout.tsx": "", **{f"{folder}/app/p{index}/page.tsx": "" for index in range(count)}}


def choose(folder: Path, files: dict[str, str], wanted: str | None = None, asked: str = ".") -> Choice:
    write(folder, files)
    repository = open_repository(folder)
    return choose_app(repository, read_workspaces(repository), wanted, asked)


MONOREPO = {
    "package.json": package("root"),
    "pnpm-workspace.yaml": "packages:\n  - apps/*\n  - packages/*\n",
    "apps/web/package.json": package("@acme/web", **NEXT),
    "apps/docs/package.json": package("@acme/docs", **NEXT),
    "packages/ui/package.json": package("@acme/ui"),
    **pages("apps/web", 5),
    **pages("apps/docs", 40),
}


def test_a_single_package_is_the_app(tmp_path: Path) -> None:
    choice = choose(tmp_path, {"package.json": package("x", **NEXT), "app/page.tsx": "", "app/layout.tsx": ""})
    assert choice.package.path == "."
    assert choice.reason == "the only app: Next.js, 2 source files"


def test_a_site_of_documentation_is_not_the_app_however_large(tmp_path: Path) -> None:
    choice = choose(tmp_path, MONOREPO)
    assert choice.package.path == "apps/web"
    assert choice.candidates == ("apps/web", "apps/docs")
    assert choice.reason == "of 2 apps the likeliest: Next.js, 6 source files"


def test_the_app_can_be_named_by_folder_or_by_name(tmp_path: Path) -> None:
    assert choose(tmp_path, MONOREPO, wanted="./apps/docs/").package.path == "apps/docs"
    assert choose(tmp_path, MONOREPO, wanted="@acme/docs").package.path == "apps/docs"
    assert choose(tmp_path, MONOREPO, wanted=".").package.path == "."


def test_an_app_that_is_not_there_is_an_error_that_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(PrefillError, match="the apps of this repository: apps/web, apps/docs"):
        choose(tmp_path, MONOREPO, wanted="apps/nowhere")


def test_the_folder_that_was_asked_for_decides(tmp_path: Path) -> None:
    choice = choose(tmp_path, MONOREPO, asked="apps/docs/app/p1")
    assert choice.package.path == "apps/docs"
    assert choice.reason == "the folder that was asked for"


@pytest.mark.parametrize(
    "folder", ["templates/starter", "examples/with-next", "packages/cli/test/fixtures/app", "vendor/app"]
)
def test_templates_examples_and_fixtures_are_never_the_app(tmp_path: Path, folder: str) -> None:
    files = {"package.json": package("root"), f"{folder}/package.json": package("x", **NEXT), **pages(folder, 9)}
    choice = choose(tmp_path, files)
    assert choice.package.path == "."
    assert choice.candidates == ()
    assert choice.reason == "no app was recognised, so the whole repository"


def test_a_lone_site_of_documentation_leaves_the_whole_repository(tmp_path: Path) -> None:
    files = {
        "package.json": package("root"),
        "docs/package.json": package("docs", dependencies={"astro": "5.0.0"}),
        "docs/src/pages/index.astro": "",
        "cli/package.json": package("cli"),
    }
    assert choose(tmp_path, files).package.path == "."


def test_a_lone_website_is_the_app_unless_it_is_that_of_a_library(tmp_path: Path) -> None:
    files = {"package.json": package("root"), "website/package.json": package("site", **NEXT), **pages("website", 3)}
    assert choose(tmp_path, files).package.path == "website"
    library = json.dumps({"name": "kit", "bin": "./cli.js"})
    assert choose(tmp_path, {**files, "packages/kit/package.json": library}).package.path == "."


def test_of_two_apps_the_one_with_a_gate_counts_double(tmp_path: Path) -> None:
    files = {
        "package.json": package("root", workspaces=["apps/*"]),
        "yarn.lock": "",
        "apps/one/package.json": package("one", **NEXT),
        "apps/two/package.json": package("two", **NEXT),
        "apps/two/src/middleware.ts": "",
        **pages("apps/one", 20),
        **pages("apps/two", 16),
    }
    choice = choose(tmp_path, files)
    assert choice.package.path == "apps/two"
    assert choice.reason == "of 2 apps the likeliest: Next.js with a gate, 18 source files"


def test_a_page_that_somebody_left_is_not_the_app_beside_a_real_one(tmp_path: Path) -> None:
    files = {
        "package.json": package("root", workspaces=["apps/*"]),
        "yarn.lock": "",
        "apps/a/package.json": package("a", **NEXT),
        "apps/a/app/page.tsx": "",
        "apps/b/package.json": package("b", **NEXT),
        **pages("apps/b", 4),
    }
    assert choose(tmp_path, files).package.path == "apps/b"


def test_a_server_that_offers_its_types_is_an_app_unless_it_can_be_published(tmp_path: Path) -> None:
    server = {"name": "api", "exports": "./a.ts", "scripts": {"dev": "x"}, "dependencies": {"hono": "4.0.0"}}
    files = {"package.json": json.dumps(server), "a.ts": ""}
    assert choose(tmp_path, files).candidates == (".",)
    assert choose(tmp_path, {**files, "package.json": json.dumps({**server, "version": "1.0.0"})}).candidates == ()


def test_a_library_that_builds_with_a_framework_is_not_an_app(tmp_path: Path) -> None:
    files = {
        "package.json": json.dumps({"name": "kit", "exports": "./src/index.ts", "devDependencies": {"next": "15.0.0"}}),
        "app/page.tsx": "",
    }
    assert choose(tmp_path, files).candidates == ()


def test_a_vite_app_may_have_its_vite_in_the_root(tmp_path: Path) -> None:
    files = {
        "package.json": package("root", workspaces=["site"], devDependencies={"vite": "6.0.0"}),
        "yarn.lock": "",
        "site/package.json": package("site", dependencies={"react": "19.0.0"}),
        "site/vite.config.ts": "",
        "site/index.html": "",
    }
    assert choose(tmp_path, files).package.path == "site"


def test_a_server_is_an_app_where_nothing_has_pages(tmp_path: Path) -> None:
    files = {
        "package.json": package("api", dependencies={"hono": "4.0.0"}, scripts={"dev": "tsx watch src"}),
        "src/index.ts": "",
    }
    choice = choose(tmp_path, files)
    assert choice.reason == "the only app: a hono server, 1 source file"


def test_a_repository_without_packages_is_taken_whole(tmp_path: Path) -> None:
    choice = choose(tmp_path, {"main.go": "", "go.mod": "module x\n"})
    assert (choice.package.path, choice.candidates) == (".", ())
