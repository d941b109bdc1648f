"""The Key Architectural Patterns label: routers, what renders where, Server Actions, and libraries that sources import."""

from __future__ import annotations

from typing import Any

from prefill.model import Evidence, Fact, Findings, NextSettings, Project, Route, Router, ServerAction, Technology
from prefill.render.environment import label
from prefill.section.patterns import build

APP = Router(app=".", folder="app", kind="app", evidence=(Evidence("app/page.tsx"),))


def project(**more: Any) -> Project:
    return Project(commit=None, dirty=None, package_manager=None, **more)


def route(pathname: str, kind: Any = "page", **more: Any) -> Route:
    values: dict[str, Any] = {"app": ".", "router": "app", **more}
    return Route(
        pathname=pathname, file=f"app{pathname}.tsx", kind=kind, evidence=(Evidence(f"app{pathname}.tsx"),), **values
    )


def action(name: str, file: str = "app/actions.ts", line: int = 3, **more: Any) -> ServerAction:
    return ServerAction(name=name, file=file, line=line, evidence=(Evidence(file, line),), **more)


def library(name: str, category: str, imports: int = 1, **more: Any) -> Technology:
    return Technology(
        id=name.lower(), name=name, category=category, imports=imports, evidence=(Evidence("package.json", 5),), **more
    )


def text(*facts: Fact, about: Project | None = None) -> str:
    return label(build(Findings(facts), about or project())).text


def test_a_router_counts_its_pages_its_handlers_and_its_groups() -> None:
    said = text(
        APP,
        route("/a", groups=("(shop)",)),
        route("/b", client=True),
        route("/api", "handler"),
        route("/icon", "metadata"),
    )
    assert said == 'App Router (`app/`): 2 pages (groups `(shop)`), 1 route handler, 1 of the pages is `"use client"`'


def test_the_pages_router_says_api_routes_and_how_data_is_loaded() -> None:
    pages = Router(app=".", folder="src/pages", kind="pages")
    rows = [
        route("/a", router="pages", settings={"loader": "getServerSideProps"}),
        route("/api/x", "handler", router="pages"),
    ]
    assert text(pages, *rows) == "Pages Router (`src/pages/`): 1 page, 1 API route, 1 page with `getServerSideProps`"


def test_routes_of_another_app_are_not_counted() -> None:
    other = Router(app="apps/docs", folder="apps/docs/app", kind="app")
    assert text(APP, other, route("/a"), route("/b", app="apps/docs")) == "App Router (`app/`): 1 page"


def test_server_actions_say_their_files_and_what_they_go_through() -> None:
    rows = [
        action("save", wrapper="validatedAction"),
        action("drop", wrapper="validatedAction"),
        action("load", "app/more.ts", wrapper="cache"),
        action("", "app/page.tsx", 9, inline=True),
    ]
    assert text(APP, route("/a"), *rows).endswith(
        '; 3 Server Actions in 2 `"use server"` files, 2 of them through `validatedAction`, 1 inline'
    )


def test_server_actions_of_other_packages_and_without_a_router_are_left_out() -> None:
    about = project(workspaces=(("ui", "packages/ui"), ("kit", "packages/kit")), uses=("packages/ui",))
    rows = (action("a", "packages/kit/a.ts"), action("b", "packages/ui/b.ts"))
    assert text(APP, route("/a"), *rows, about=about).endswith('; 1 Server Action in 1 `"use server"` file')
    assert text(action("a")) == "Not detected (looked in `package.json`, `app/`, `pages/`, `src/`)"


def test_settings_of_the_configuration_are_said_where_they_are_known() -> None:
    settings = NextSettings(
        app=".",
        settings={
            "cacheComponents": True,
            "experimental.ppr": "incremental",
            "output": "standalone",
            "basePath": "/shop",
            "reactCompiler": False,
        },
        evidence=(Evidence("next.config.ts"),),
    )
    assert text(settings) == "`cacheComponents` on; `ppr` incremental; `output: 'standalone'`; base path `/shop`"


def test_segment_settings_are_counted() -> None:
    rows = [
        route("/a", settings={"dynamic": "force-dynamic"}),
        route("/b", settings={"revalidate": 60}),
        route("/c", settings={"revalidate": False}),
    ]
    assert text(APP, *rows).endswith("; `dynamic = 'force-dynamic'` in 1 route; timed `revalidate` in 1 route")


def test_libraries_come_by_what_they_shape_and_only_when_imported() -> None:
    said = text(
        library("Stripe", "payments", 4),
        library("tRPC", "rpc", 9),
        library("SWR", "data-fetching", 0),
        library("Zod", "validation", 30),
        library("Jotai", "state"),
    )
    assert said == "tRPC, Jotai (state), Stripe (payments)"


def test_a_library_that_the_code_imports_by_another_package_is_named_with_it() -> None:
    said = library("i18next", "i18n", 104, package="i18next", importers={"i18next": 1, "next-i18next": 103})
    assert text(said) == "i18next by `next-i18next` (i18n)"
    both = library("i18next", "i18n", 30, package="i18next", importers={"i18next": 10, "react-i18next": 20})
    assert text(both) == "i18next (i18n)"
