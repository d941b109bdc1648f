"""The Frameworks & Versions label: what comes first, which version is said, and what the whole repository holds beside the app."""

from __future__ import annotations

from typing import Any

from prefill.model import (
    Command,
    Dependency,
    Evidence,
    Fact,
    Findings,
    PackageManager,
    Part,
    Project,
    Router,
    Runtime,
    SourceFiles,
    Technology,
)
from prefill.render.environment import label
from prefill.section.frameworks import build


def project(app: str = ".", manager: PackageManager | None = None, **more: Any) -> Project:
    return Project(commit=None, dirty=None, package_manager=manager, app=app, **more)


def technology(identifier: str, name: str, category: str, version: str | None = "1.0.0", **more: Any) -> Technology:
    values: dict[str, Any] = {
        "package": identifier,
        "in_use": True,
        "evidence": (Evidence("pnpm-lock.yaml", 7),),
        **more,
    }
    return Technology(id=identifier, name=name, category=category, version=version, **values)


def dependency(name: str, version: str | None = "1.0.0", workspace: str = ".", **more: Any) -> Dependency:
    values: dict[str, Any] = {
        "range": version or "^1.0.0",
        "source": "lockfile" if version else "range",
        "kind": "prod",
        **more,
    }
    evidence = (Evidence("package.json", 3),)
    return Dependency(workspace=workspace, name=name, version=version, evidence=evidence, **values)


NEXT = technology("nextjs", "Next.js", "meta-framework", "15.4.0-canary.47", package="next")
REACT = technology("react", "React", "ui-library", "19.1.0", superseded_by="nextjs")


def text(*facts: Fact, about: Project | None = None) -> str:
    return label(build(Findings(facts), about or project())).text


def test_the_framework_comes_first_then_the_interface_then_the_package_manager() -> None:
    about = project(manager=PackageManager("pnpm", "10.4.1"), package_manager_evidence=(Evidence("package.json", 2),))
    assert text(REACT, NEXT, dependency("next"), about=about) == "Next.js 15.4.0-canary.47, React 19.1.0; pnpm 10.4.1"


def test_routers_and_the_bundler_in_development_belong_to_next() -> None:
    routers = (Router(app=".", folder="app", kind="app"), Router(app=".", folder="pages", kind="pages"))
    run = Command(task="run", command="pnpm dev", source="package.json", script="next dev --turbopack")
    assert (
        text(NEXT, dependency("next"), *routers, run)
        == "Next.js 15.4.0-canary.47 (App Router, Pages Router, Turbopack in dev)"
    )


def test_another_apps_router_is_not_this_ones() -> None:
    assert (
        text(NEXT, dependency("next"), Router(app="apps/docs", folder="app", kind="app")) == "Next.js 15.4.0-canary.47"
    )


def test_from_sixteen_on_turbopack_is_the_default_unless_the_script_says_otherwise() -> None:
    sixteen = technology("nextjs", "Next.js", "meta-framework", "16.0.1", package="next")
    run = Command(task="run", command="npm run dev", source="package.json", script="next dev")
    assert text(sixteen, dependency("next"), run) == "Next.js 16.0.1 (Turbopack by default)"
    other = Command(task="run", command="npm run dev", source="package.json", script="next dev --webpack")
    assert text(sixteen, dependency("next"), other) == "Next.js 16.0.1 (webpack in dev)"


def test_a_range_is_said_to_be_one_and_why() -> None:
    ranged = technology("nextjs", "Next.js", "meta-framework", None, range="^15.0.0", package="next")
    assert text(ranged, dependency("next", None)) == "Next.js `^15.0.0` (range; no lockfile)"
    assert text(ranged, dependency("next", None), dependency("zod")) == "Next.js `^15.0.0` (range; not in the lockfile)"


def test_a_server_counts_where_production_needs_it_and_vite_where_nothing_brings_it() -> None:
    express = technology("express", "Express", "framework", "5.0.0")
    vite = technology("vite", "Vite", "build", "6.0.0")
    assert text(express, vite, dependency("express", "5.0.0")) == "Express 5.0.0, Vite 6.0.0"
    assert "Express" not in text(express, dependency("express", "5.0.0", kind="dev"))
    superseded = technology("vite", "Vite", "build", "6.0.0", superseded_by="astro")
    astro = technology("astro", "Astro", "meta-framework", "5.0.0")
    assert text(astro, superseded, dependency("astro")) == "Astro 5.0.0"


def test_libraries_of_other_labels_and_those_that_nothing_imports_are_left_out() -> None:
    facts = (
        technology("zod", "Zod", "validation", "4.0.0"),
        technology("yup", "Yup", "validation", "1.0.0", in_use=False),
        technology("drizzle", "Drizzle ORM", "orm", "0.44.0"),
        technology("trpc", "tRPC", "rpc", "11.0.0"),
    )
    assert text(NEXT, *facts, dependency("next")) == "Next.js 15.4.0-canary.47; with tRPC 11.0.0, Zod 4.0.0"


def test_of_one_kind_the_two_that_are_imported_most_are_said() -> None:
    facts = [technology(name.lower(), name, "ai", imports=count) for name, count in (("A", 1), ("B", 9), ("C", 4))]
    assert text(NEXT, *facts, dependency("next")) == "Next.js 15.4.0-canary.47; with B 1.0.0, C 1.0.0"


def test_a_monorepo_names_its_tool_its_size_and_the_other_apps_where_they_differ() -> None:
    about = project(
        "apps/web",
        PackageManager("pnpm"),
        workspaces=(("web", "apps/web"), ("admin", "apps/admin"), ("api", "apps/api")),
        candidates=("apps/web", "apps/admin", "apps/api", "apps/site"),
    )
    facts = (
        technology("nextjs", "Next.js", "meta-framework", "16.0.0", package="next", workspace="apps/web"),
        technology("turborepo", "Turborepo", "monorepo", "2.5.0"),
        dependency("next", "16.0.0", "apps/web"),
        dependency("next", "16.0.0", "apps/admin"),
        dependency("hono", "4.9.0", "apps/api"),
        dependency("astro", None, "apps/site"),
    )
    assert text(*facts, about=about) == (
        "Next.js 16.0.0; pnpm, Turborepo 2.5.0 over 3 workspaces; the app is `apps/web`; other apps: `apps/admin` (Next.js), `apps/api` (Hono 4.9.0), "
        "`apps/site` (Astro `^1.0.0`, range)"
    )


def test_a_react_app_on_vite_is_called_vite_though_it_has_a_server_too() -> None:
    about = project("web", candidates=("web", "panel"))
    facts = (
        dependency("next", workspace="web"),
        *(dependency(name, workspace="panel") for name in ("express", "vite", "react")),
    )
    assert "`panel` (Vite 1.0.0)" in text(NEXT, *facts, about=about)


def test_a_runtime_that_a_file_asks_for_is_said_but_not_one_of_a_workflow() -> None:
    workflow = Runtime(name="Node.js", version="20", source=".github/workflows/ci.yml")
    assert text(NEXT, dependency("next"), workflow) == "Next.js 15.4.0-canary.47"
    engines = Runtime(name="Node.js", version=">=22", source="engines in package.json")
    assert text(NEXT, dependency("next"), workflow, engines) == "Next.js 15.4.0-canary.47; Node.js `>=22` (`engines`)"


def part(language: str, folder: str, files: int, version: str | None = None) -> Part:
    return Part(
        language=language, folder=folder, files=files, version=version, manifest="x", evidence=(Evidence("x", 1),)
    )


def test_a_repository_without_javascript_leads_with_what_it_is() -> None:
    framework = technology("axum", "Axum", "framework", "0.7.9", package=None)
    assert text(part("Rust", ".", 89, "1.85"), framework) == "Rust `1.85` (89 files, Axum 0.7.9)"


def test_a_mixed_repository_says_which_part_is_which() -> None:
    said = text(
        NEXT, dependency("next"), SourceFiles(language="TypeScript", files=90), part("Go", "services/api", 40, "1.23")
    )
    assert said == "Next.js 15.4.0-canary.47; beside it Go `1.23` in `services/api` (40 files)"


def test_the_language_that_most_sources_are_in_leads_though_a_manifest_of_javascript_is_there() -> None:
    prettier = dependency("prettier", kind="dev")
    said = text(prettier, SourceFiles(language="JavaScript", files=2), part("Python", ".", 200, ">=3.12"))
    assert said.startswith("Python `>=3.12` (200 files)")


def test_without_any_manifest_it_says_where_it_looked() -> None:
    assert text().startswith("Not detected (looked in `package.json`, ")


def test_strings_of_the_repository_stay_in_their_code_spans() -> None:
    hostile = technology("nextjs", "Next.js", "meta-framework", None, range="^1`<!-- x", package="next")
    said = text(hostile, dependency("next", None))
    assert "<!--" not in said
    assert said.startswith("Next.js ``^1`")


def test_platforms_that_are_configured_come_last() -> None:
    docker = technology("docker", "Docker", "deployment", None, package=None, evidence=(Evidence("Dockerfile"),))
    assert text(NEXT, docker, dependency("next")) == "Next.js 15.4.0-canary.47; deployment files: Docker"
    assert text(docker).startswith("Not detected")


def test_the_app_of_a_monorepo_is_named_with_the_shared_packages_data_first() -> None:
    paths = ("packages/config", "packages/db", "packages/logger", "packages/ui", "packages/utils")
    about = project("web", uses=paths, workspaces=tuple((f"@x/{path[9:]}", path) for path in paths))
    facts = (dependency("next", workspace="web"), dependency("@x/utils", None, "web"), dependency("@x/ui", None, "web"))
    assert text(*facts, about=about) == (
        "5 workspaces; the app is `web`, built on `packages/db`, `packages/ui`, `packages/utils`, `packages/logger`, … and 1 more"
    )


def test_a_version_of_another_package_than_the_one_of_the_name_says_which() -> None:
    mail = technology(
        "react-email", "React Email", "email", "1.0.12", package="@react-email/components", main=False, imports=3
    )
    assert text(NEXT, mail, dependency("next")).endswith("; with React Email (`@react-email/components` 1.0.12)")


def test_parts_that_are_left_out_say_their_languages() -> None:
    parts = [part("Go", f"services/{name}", files) for name, files in (("a", 9), ("b", 8), ("c", 7), ("d", 6))]
    assert text(NEXT, dependency("next"), *parts).endswith("; 2 more parts in Go")
    assert text(NEXT, dependency("next"), *parts[:3], part("Rust", "x", 1)).endswith("; 2 more parts in Go, Rust")


def test_apps_beside_a_root_that_is_none_are_not_called_other_apps() -> None:
    about = project(".", candidates=("www",))
    said = text(dependency("typescript"), dependency("astro", workspace="www"), about=about)
    assert "apps: `www` (Astro 1.0.0)" in said
    assert "other apps" not in said
