"""What Relevant Existing Components says, and that it picks nothing arbitrarily."""

from __future__ import annotations

from prefill.model import ClientFile, Component, Evidence, Fact, Findings, Project, Shadcn
from prefill.render.environment import label
from prefill.section.components import build

PROJECT = Project(commit=None, dirty=None, package_manager=None)


def _component(name: str, file: str, uses: int, *, client: bool = False) -> Component:
    return Component(
        name=name,
        file=file,
        line=3,
        client=client,
        used_by=tuple(f"app/{number}.tsx" for number in range(uses)),
        evidence=(Evidence(file, 3),),
    )


def _shadcn(folder: str) -> Shadcn:
    return Shadcn(
        path="components.json",
        style="new-york",
        base_color="zinc",
        icon_library="lucide",
        css="app/globals.css",
        config=None,
        css_variables=True,
        rsc=True,
        aliases={},
        ui_folder=folder,
    )


def _said(*facts: Fact, project: Project = PROJECT) -> str:
    return label(build(Findings(facts), project)).text


def test_what_most_modules_import_comes_first_one_a_file() -> None:
    said = _said(
        _component("Row", "components/table.tsx", 4),
        _component("Table", "components/table.tsx", 3),
        _component("Chart", "components/chart.tsx", 9, client=True),
        ClientFile(path="components/chart.tsx"),
    )
    assert said == (
        "imported most: Chart in `components/chart.tsx` (by 9 modules, client), Row in `components/table.tsx` (by 4 modules); "
        '3 exported components in 2 files; 1 of the files has `"use client"`'
    )


def test_where_all_are_imported_once_nothing_is_called_most() -> None:
    said = _said(_component("Header", "components/header.tsx", 1))
    assert said == "Header in `components/header.tsx` (by 1 module); 1 exported component in 1 file"


def test_of_many_that_are_imported_equally_often_none_is_picked() -> None:
    many = [_component(f"Part{at}", f"components/part-{at}.tsx", 1) for at in range(20)]
    said = _said(_component("Button", "components/button.tsx", 5), *many)
    assert said.startswith("imported most: Button in `components/button.tsx` (by 5 modules); 21 exported components")


def test_the_ui_folder_of_shadcn_is_told_apart_from_the_rest() -> None:
    said = _said(
        _shadcn("components/ui"),
        _component("Button", "components/ui/button.tsx", 7),
        _component("Card", "components/ui/card/index.tsx", 2),
        _component("Login", "app/login.tsx", 2),
    )
    assert said.startswith(
        "`components/ui/` (the `ui` folder of shadcn/ui, 2 modules: button, card); "
        "outside it imported most: Login in `app/login.tsx` (by 2 modules)"
    )


def test_files_that_the_router_loads_are_nobodys_to_reuse() -> None:
    said = _said(_component("Page", "app/page.tsx", 3), _component("Root", "src/pages/_app.tsx", 3))
    assert said == "2 exported components in 2 files"


def test_packages_that_the_app_uses_are_counted_apart() -> None:
    project = Project(
        commit=None, dirty=None, package_manager=None, app="apps/web", uses=("packages/db", "packages/ui")
    )
    said = _said(_component("Button", "packages/ui/button.tsx", 2), project=project)
    assert said.endswith("1 exported component in 1 file of the app and 1 package that it uses")


def test_without_components_it_says_where_it_looked() -> None:
    assert _said() == "Not detected (looked in `components/`, `app/`, `src/`)"
