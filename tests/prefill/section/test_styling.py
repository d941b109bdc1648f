"""The UI & Styling label: which entry is the app's, shadcn/ui, dark mode, other libraries."""

from __future__ import annotations

from typing import Any

import pytest

from prefill.model import (
    DeadConfig,
    Dependency,
    Evidence,
    Fact,
    Findings,
    Font,
    Project,
    Shadcn,
    StyleFiles,
    TailwindEntry,
    TailwindUse,
    Technology,
)
from prefill.render.environment import label
from prefill.section.styling import app_entry, build


def project(app: str = ".", **more: Any) -> Project:
    return Project(commit=None, dirty=None, package_manager=None, app=app, **more)


def entry(path: str = "app/globals.css", **more: Any) -> TailwindEntry:
    values: dict[str, Any] = {"version": "4.1.7", "style": "css", "variables": {}, "dark_mode": "media", **more}
    values.setdefault("evidence", (Evidence(path, 1),))
    return TailwindEntry(entry=path, **values)


def shadcn(**more: Any) -> Shadcn:
    values: dict[str, Any] = {
        "path": "components.json",
        "style": "new-york",
        "base_color": "zinc",
        "icon_library": "lucide",
        "css": "app/globals.css",
        "config": None,
        "css_variables": True,
        "rsc": True,
        "aliases": {},
        "ui_folder": "components/ui",
        "evidence": (Evidence("components.json", 3),),
        **more,
    }
    return Shadcn(**values)


def dependency(name: str, workspace: str = ".") -> Dependency:
    place = (Evidence("package.json", 5),)
    return Dependency(
        workspace=workspace, name=name, range="1.0.0", version="1.0.0", source="lockfile", kind="prod", evidence=place
    )


def technology(identifier: str, name: str, category: str = "components", **more: Any) -> Technology:
    values = {"version": "2.0.0", "evidence": (Evidence("package.json", 7),), **more}
    return Technology(id=identifier, name=name, category=category, **values)


def said(*facts: Fact, app: str = ".", **more: Any) -> str:
    return label(build(Findings(facts), project(app, **more))).text


def test_everything_that_a_plain_starter_says() -> None:
    text = said(
        entry(
            dark_mode="&:is(.dark *)",
            dark_selector=".dark",
            dark_values=(Evidence("app/globals.css", 9),),
            loaded_by=(Evidence("app/layout.tsx", 1),),
        ),
        shadcn(),
        dependency("radix-ui"),
        dependency("lucide-react"),
        Font(name="Manrope", by="next/font/google", evidence=(Evidence("app/layout.tsx", 2),)),
    )
    assert text == (
        "Tailwind CSS 4.1.7, CSS-first (`app/globals.css`); shadcn/ui (new-york, zinc) with `radix-ui`, `lucide-react`;"
        " light and dark values under `.dark`; fonts Manrope by `next/font/google`"
    )


def test_version_3_names_its_configuration_and_stylesheet() -> None:
    text = said(
        entry(
            "tailwind.config.ts",
            style="config",
            version=None,
            range="^3.4.0",
            stylesheets=("app/globals.css",),
            plugins=("a", "b", "c", "d", "e"),
        )
    )
    assert (
        text
        == "Tailwind CSS `^3.4.0` (range) (`tailwind.config.ts`, `app/globals.css`), plugins `a`, `b`, `c`, `d`, … and 1 more"
    )


def test_a_prefix_and_a_named_configuration_are_said() -> None:
    assert said(entry(prefix="tw", config="tailwind.config.js")) == (
        "Tailwind CSS 4.1.7, `app/globals.css` with `@config` `tailwind.config.js`, prefix `tw`"
    )


@pytest.mark.parametrize(
    ("mode", "switch", "expected"),
    [
        ("&:is(.dark *)", ".dark", "light and dark values under `.dark`"),
        (
            "&:where([data-theme=dark], [data-theme=dark] *)",
            "[data-theme=dark]",
            "light and dark values under `[data-theme=dark]`",
        ),
        ("media", "media", "light and dark by system preference"),
        (
            "media",
            ".dark",
            "dark values under `.dark`, while `dark:` utilities follow the system (`@custom-variant dark` not set)",
        ),
        (None, ".dark", "light and dark values under `.dark`"),
    ],
)
def test_dark_mode_says_which_switch_the_values_and_the_variant_follow(
    mode: str | None, switch: str, expected: str
) -> None:
    place = Evidence("app/globals.css", 9)
    text = said(entry(dark_mode=mode, dark_selector=switch, dark_values=(place,), places={"dark_mode": place}))
    assert text.endswith("; " + expected)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"dark_by": "provider"}, "light and dark by `.dark`, next-themes in `app/theme.tsx`"),
        ({"dark_by": "code"}, "light and dark by `.dark`, set in `app/theme.tsx`"),
        ({"dark_by": "always"}, "always dark: `app/theme.tsx` sets `.dark`"),
        ({"dark_setters": None}, "light and dark values under `.dark`, which no source of the app sets"),
    ],
)
def test_a_switch_is_claimed_only_where_something_sets_it(more: dict[str, Any], expected: str) -> None:
    place = Evidence("app/globals.css", 9)
    text = said(
        entry(
            **{
                "dark_mode": "&:is(.dark *)",
                "dark_selector": ".dark",
                "dark_values": (place,),
                "dark_setters": (Evidence("app/theme.tsx", 4),),
                **more,
            }
        )
    )
    assert text.endswith("; " + expected)


def test_a_library_of_components_may_set_what_no_source_sets() -> None:
    place = Evidence("app/globals.css", 9)
    dark = entry(dark_mode="class", dark_selector=".dark", dark_values=(place,), dark_setters=None)
    assert said(dark, dependency("theme-change")).endswith("; light and dark values under `.dark`")


def test_a_dark_variant_without_dark_values_is_only_that() -> None:
    place = Evidence("tailwind.config.ts", 3)
    text = said(
        entry("tailwind.config.ts", style="config", version="3.4.4", dark_mode="class", places={"dark_mode": place})
    )
    assert text == "Tailwind CSS 3.4.4 (`tailwind.config.ts`); `dark:` by `.dark`"


def test_no_dark_values_and_no_variant_say_nothing() -> None:
    assert said(entry()) == "Tailwind CSS 4.1.7, CSS-first (`app/globals.css`)"


def test_a_dead_configuration_and_missing_files_are_said_once_among_the_traps() -> None:
    text = said(
        entry(),
        DeadConfig(path="tailwind.config.js", reason="", evidence=(Evidence("tailwind.config.js"),)),
        shadcn(missing=("a.ts", "b.css")),
    )
    assert text == "Tailwind CSS 4.1.7, CSS-first (`app/globals.css`); shadcn/ui (new-york, zinc)"


def test_what_is_no_dependency_is_not_said_to_be_used() -> None:
    assert said(shadcn()) == "shadcn/ui (new-york, zinc)"
    assert (
        said(shadcn(style=None, base_color=None), dependency("@radix-ui/react-slot"))
        == "shadcn/ui with `@radix-ui/react-*`"
    )


def test_a_port_of_shadcn_goes_by_its_own_name() -> None:
    assert said(shadcn(port="shadcn-vue")) == "shadcn-vue (new-york, zinc)"


def test_the_entry_that_the_apps_own_modules_load_is_the_apps() -> None:
    left_over = entry("apps/web/src/old.css", workspace="apps/web")
    shared = entry(
        "packages/ui/src/globals.css", workspace="packages/ui", loaded_by=(Evidence("apps/web/src/layout.tsx", 1),)
    )
    findings = Findings((left_over, shared))
    assert app_entry(findings, project("apps/web", uses=("packages/ui",))) is shared
    own = entry("apps/web/src/app/globals.css", loaded_by=(Evidence("apps/web/src/app/layout.tsx", 1),))
    assert app_entry(Findings((left_over, shared, own)), project("apps/web", uses=("packages/ui",))) is own


def test_the_entries_of_packages_below_a_root_app_are_not_its_own() -> None:
    nested = entry("examples/shop/app/globals.css")
    assert app_entry(Findings((nested,)), project(packages=(("shop", "examples/shop"),))) is None
    assert app_entry(Findings((nested,)), project()) is nested


def test_a_stylesheet_that_gets_tailwind_from_elsewhere_names_it() -> None:
    use = TailwindUse(
        path="app/globals.css",
        style="css",
        through=("@acme/ui/tailwind.css",),
        version="4.1.7",
        evidence=(Evidence("app/globals.css", 1),),
    )
    assert said(use) == "Tailwind CSS 4.1.7 (`app/globals.css`, through `@acme/ui/tailwind.css`)"
    preset = TailwindUse(
        path="tailwind.config.ts", style="config", through=("packages/ui/tailwind.config.ts",), version="3.4.4"
    )
    assert said(preset) == "Tailwind CSS 3.4.4 (`tailwind.config.ts`, preset `packages/ui/tailwind.config.ts`)"


def test_tailwind_that_nothing_loads_is_said_to_be_only_a_dependency() -> None:
    text = said(dependency("tailwindcss"))
    assert text == "Tailwind CSS 1.0.0 is a dependency; no stylesheet or configuration that loads it was found"


def test_other_libraries_are_said_when_they_are_in_use() -> None:
    text = said(
        technology("chakra-ui", "Chakra UI"),
        technology("emotion", "Emotion", "styling"),
        technology("mantine", "Mantine", in_use=False),
        technology("antd", "Ant Design", workspace="packages/other"),
        technology("react-icons", "react-icons", "icons"),
        StyleFiles(kind="CSS modules", files=2, evidence=(Evidence("a.module.css"),)),
    )
    assert text == "Chakra UI 2.0.0; icons react-icons; CSS modules (2 files)"


def test_a_helper_of_a_library_is_not_the_library() -> None:
    assert said(technology("react-aria", "React Aria", version=None, package="@internationalized/date")).startswith(
        "Not detected"
    )


def test_emotion_alone_is_a_system_of_its_own() -> None:
    assert said(technology("emotion", "Emotion", "styling")) == "Emotion 2.0.0"


def test_plain_css_counts_only_where_nothing_else_is_known() -> None:
    plain = StyleFiles(kind="CSS", files=3, evidence=(Evidence("a.css"),))
    assert said(plain, dependency("react")) == "CSS (3 files)"
    assert said(plain, entry()) == "Tailwind CSS 4.1.7, CSS-first (`app/globals.css`)"


def test_nothing_known_is_not_none() -> None:
    built = build(Findings((StyleFiles(kind="CSS", files=1),)), project())
    assert built.status == "unknown"
    assert label(built).text.startswith("Not detected (looked in `package.json`")
