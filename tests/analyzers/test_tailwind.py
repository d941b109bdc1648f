"""What the tailwind analyzer says beyond the fixtures: who loads what, which version decides, bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from prefill.analyzers.tailwind import ANALYZER
from prefill.model import DeadConfig, Evidence, Font, Shadcn, StyleFiles, TailwindEntry, TailwindUse
from prefill.tailwind.stylesheet import dark_selector
from prefill.testing import analyze, write

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "export default function Page() {\n  return null;\n}\n"


def app(version: str = "4.1.7") -> dict[str, str]:
    """A Next.js app that depends on a version of Tailwind."""
    package = f'{{"name": "app", "private": true, "dependencies": {{"next": "15.5.2", "tailwindcss": "{version}"}}}}'
    return {"package.json": package, "app/page.tsx": PAGE}


def entry(folder: Path) -> TailwindEntry:
    found = analyze(ANALYZER, folder).of(TailwindEntry)
    assert len(found) == 1
    return found[0]


def test_variables_come_from_every_import_in_order(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = '@import "tailwindcss";\n@import "./a.css";\n@theme { --color-x: 2 }\n'
    files["app/a.css"] = '@import "./b.css" layer(theme);\n@theme { --color-y: 1; --color-x: 1 }\n'
    files["app/b.css"] = "@layer theme { @theme static { --color-z: 1 } }\n"
    write(tmp_path, files)
    assert entry(tmp_path).variables == {"--color-z": "1", "--color-y": "1", "--color-x": "2"}


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("@theme { --a: 1; --a: 2 }", {"--a": "2"}),
        ("@theme { --a: 1; --a: initial }", {}),
        ("@theme { --a: 1; --*: initial; --b: 1 }", {"--b": "1"}),
        ("@theme { --font-sans: x; --font-weight-bold: 1 } @theme { --font-*: initial }", {"--font-weight-bold": "1"}),
        ("@theme default { --a: 1 }", {}),
        ("@theme { --a: 1 } @theme default { --a: 2 }", {"--a": "1"}),
        ("@theme { color: red; --a: 1 }", {"--a": "1"}),
        ("@media print { @theme { --a: 1 } }", {"--a": "1"}),
        ("/* @theme { --a: 1 } */ .theme { --b: 1 }", {}),
        ("@theme;", {}),
    ],
)
def test_a_theme_holds_what_tailwind_keeps(text: str, variables: dict[str, str], tmp_path: Path) -> None:
    write(
        tmp_path,
        app() | {"app/globals.css": '@import "tailwindcss";' + text},
    )
    assert analyze(ANALYZER, tmp_path).of(TailwindEntry)[0].variables == variables


def test_a_stylesheet_that_only_refers_to_an_entry_is_none(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = '@import "tailwindcss";\n'
    files["app/card.module.css"] = '@reference "./globals.css";\n.card { @apply flex; }\n'
    write(tmp_path, files)
    assert entry(tmp_path).entry == "app/globals.css"


def test_imports_of_version_3_are_no_entry_of_version_4(tmp_path: Path) -> None:
    files = app("3.4.4")
    files["styles/main.css"] = (
        '@import "tailwindcss/base";\n@import "tailwindcss/components";\n@import "tailwindcss/utilities";\n'
    )
    files["tailwind.config.cjs"] = "module.exports = { content: [], theme: { extend: { colors: {} } } };\n"
    write(tmp_path, files)
    said = entry(tmp_path)
    assert (said.entry, said.style, said.stylesheets) == ("tailwind.config.cjs", "config", ("styles/main.css",))


def test_version_4_never_loads_a_configuration_that_nothing_names(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = '@import "tailwindcss";\n'
    files["tailwind.config.ts"] = "export default { darkMode: 'class' };\n"
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path)
    assert [fact.path for fact in said.of(DeadConfig)] == ["tailwind.config.ts"]
    assert said.of(TailwindEntry)[0].dark_mode == "media"


def test_a_configuration_that_a_module_imports_is_not_dead(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = '@import "tailwindcss";\n'
    files["emails/tailwind.config.ts"] = "export default { theme: {} };\n"
    files["emails/welcome.tsx"] = 'import config from "./tailwind.config";\nexport const used = config;\n'
    write(tmp_path, files)
    assert analyze(ANALYZER, tmp_path).of(DeadConfig) == ()


def test_a_configuration_that_another_stylesheet_names_is_not_dead(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = '@import "@acme/design/tailwind.css";\n@config "../tailwind.config.ts";\n'
    files["tailwind.config.ts"] = "export default { darkMode: 'class' };\n"
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path)
    assert said.of(DeadConfig) == ()
    assert said.of(TailwindEntry) == ()


def test_version_4_without_a_stylesheet_still_loads_no_configuration(tmp_path: Path) -> None:
    write(tmp_path, app("^4.0.0") | {"tailwind.config.ts": "export default {};\n"})
    said = analyze(ANALYZER, tmp_path)
    assert [fact.path for fact in said.of(DeadConfig)] == ["tailwind.config.ts"]
    assert said.of(TailwindEntry) == ()


def test_a_folder_of_tests_holds_no_entry(tmp_path: Path) -> None:
    files = app()
    files["tests/page.css"] = '@import "tailwindcss";\n'
    files["e2e/tailwind.config.js"] = "module.exports = {};\n"
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path)
    assert said.of(TailwindEntry) == ()
    assert said.of(DeadConfig) == ()


def test_dark_values_under_a_class_do_not_make_the_variant_follow_it(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = (
        '@import "tailwindcss";\n.dark {\n  --paper: black;\n}\n.dark .card {\n  color: red;\n}\n'
    )
    write(tmp_path, files)
    said = entry(tmp_path)
    assert (said.dark_mode, said.dark_selector, said.dark_values) == (
        "media",
        ".dark",
        (Evidence("app/globals.css", 2),),
    )


@pytest.mark.parametrize(
    ("selector", "switch"),
    [
        (".dark", ".dark"),
        (":root.dark", ".dark"),
        (":root:where(.dark, .dark *)", ".dark"),
        ("html[data-theme=dark]", "[data-theme=dark]"),
        ("[data-theme='deep-dark'], .night, [data-theme='dark']", "[data-theme='dark']"),
        ("[data-theme='deep-dark']", "[data-theme='deep-dark']"),
        (".darker", None),
        (".a .dark", None),
        ('[data-contrast="true"]:is([data-theme="dark"], a)', None),
    ],
)
def test_what_switches_dark_mode_on(selector: str, switch: str | None) -> None:
    assert dark_selector(selector) == switch


def test_what_a_wrapped_configuration_does_not_say_is_not_known(tmp_path: Path) -> None:
    files = app("3.4.4")
    files["tailwind.config.js"] = 'const wrap = require("@acme/preset");\nmodule.exports = wrap({ content: [] });\n'
    write(tmp_path, files)
    assert entry(tmp_path).dark_mode is None


def test_presets_that_double_at_every_step_are_cut(tmp_path: Path) -> None:
    files = app("3.4.4")
    files["tailwind.config.js"] = 'module.exports = { presets: [require("./p0"), require("./p0")] };\n'
    for n in range(30):
        files[f"p{n}.js"] = f'module.exports = {{ presets: [require("./p{n + 1}"), require("./p{n + 1}")] }};\n'
    files["p30.js"] = 'module.exports = { darkMode: "class" };\n'
    write(tmp_path, files)
    assert entry(tmp_path).dark_mode == "class"


def test_presets_that_name_each_other_end(tmp_path: Path) -> None:
    files = app("3.4.4")
    files["tailwind.config.js"] = 'module.exports = { prefix: "a", presets: [require("./preset")] };\n'
    files["preset.js"] = 'module.exports = { darkMode: "class", presets: [require("./tailwind.config")] };\n'
    write(tmp_path, files)
    said = entry(tmp_path)
    assert (said.prefix, said.dark_mode) == ("a", "class")


def test_a_stylesheet_that_gets_tailwind_from_a_package_is_a_use_of_it(tmp_path: Path) -> None:
    files = app()
    files["app/layout.tsx"] = 'import "./globals.css";\n' + PAGE
    files["app/globals.css"] = '@import "@acme/design/tailwind.css";\n'
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path)
    assert said.of(TailwindEntry) == ()
    assert [(fact.path, fact.through) for fact in said.of(TailwindUse)] == [
        ("app/globals.css", ("@acme/design/tailwind.css",))
    ]


def test_an_import_that_leads_out_of_the_repository_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"outside.css": "@theme { --color-secret: red }"})
    inner = tmp_path / "inner"
    files = app()
    files["app/globals.css"] = '@import "tailwindcss";\n@import "../../outside.css";\n@import "/etc/hosts";\n'
    write(inner, files)
    said = entry(inner)
    assert said.variables == {}
    assert said.missing == ("../../outside.css", "/etc/hosts")


def test_stylesheets_that_import_each_other_end(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = '@import "tailwindcss";\n@import "./a.css";\n@theme { --x: 1 }\n'
    files["app/a.css"] = '@import "./globals.css";\n@import "./a.css";\n@theme { --y: 1 }\n'
    write(tmp_path, files)
    assert entry(tmp_path).variables == {"--y": "1", "--x": "1"}


def test_imports_that_double_at_every_step_are_cut_with_a_problem(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = '@import "tailwindcss";\n@import "./s0.css";\n'
    for n in range(25):
        files[f"app/s{n}.css"] = f'@import "./s{n + 1}.css";\n@import "./s{n + 1}.css";\n'
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path)
    assert said.of(TailwindEntry)[0].entry == "app/globals.css"
    assert any("stylesheets are imported" in problem.message for problem in said.problems)


def test_a_stylesheet_beyond_the_bounds_is_a_problem_and_the_rest_goes_on(tmp_path: Path) -> None:
    files = app()
    files["app/globals.css"] = '@import "tailwindcss";\n@import "./deep.css";\n@theme { --x: 1 }\n'
    files["app/deep.css"] = "a {" * 100_000
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path)
    assert said.of(TailwindEntry)[0].variables == {"--x": "1"}
    assert [(problem.path, "nested" in problem.message) for problem in said.problems] == [("app/deep.css", True)]


def test_a_components_json_that_is_not_shadcns_is_left_alone(tmp_path: Path) -> None:
    files = app() | {"components.json": '{"components": ["a"], "style": 3}'}
    write(tmp_path, files)
    assert analyze(ANALYZER, tmp_path).of(Shadcn) == ()


def test_values_of_the_wrong_type_in_components_json_are_nothing(tmp_path: Path) -> None:
    text = '{"$schema": "https://ui.shadcn.com/schema.json", "style": [], "rsc": "yes", "tailwind": 3, "aliases": {"ui": 1}}'
    write(tmp_path, app() | {"components.json": text})
    said = analyze(ANALYZER, tmp_path).one(Shadcn)
    assert said is not None
    assert (said.style, said.rsc, said.aliases, said.missing, said.ui_folder) == (None, None, {}, (), None)


@pytest.mark.parametrize(
    ("schema", "library"),
    [
        ("https://ui.shadcn.com/schema.json", "shadcn/ui"),
        ("https://shadcn-vue.com/schema.json", "shadcn-vue"),
        ("https://next.shadcn-svelte.com/schema.json", "shadcn-svelte"),
    ],
)
def test_the_schema_tells_which_port_it_is(schema: str, library: str, tmp_path: Path) -> None:
    write(tmp_path, app() | {"components.json": f'{{"$schema": "{schema}", "tailwind": {{}}}}'})
    said = analyze(ANALYZER, tmp_path).one(Shadcn)
    assert said is not None
    assert said.port == library


def test_an_alias_that_leads_out_of_the_repository_is_no_folder(tmp_path: Path) -> None:
    text = '{"$schema": "https://ui.shadcn.com/schema.json", "tailwind": {}, "aliases": {"ui": "@/ui"}}'
    files = app() | {"components.json": text, "tsconfig.json": '{"compilerOptions": {"paths": {"@/*": ["../../*"]}}}'}
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path).one(Shadcn)
    assert said is not None
    assert said.ui_folder is None


def test_style_files_are_counted_by_kind(tmp_path: Path) -> None:
    names = ["app/a.module.css", "app/b.css", "app/c.module.scss", "app/d.less", "app/e.css.ts"]
    write(tmp_path, app() | dict.fromkeys(names, ""))
    said = analyze(ANALYZER, tmp_path).of(StyleFiles)
    assert {fact.kind: fact.files for fact in said} == {
        "CSS": 1,
        "CSS modules": 2,
        "Less": 1,
        "Sass": 1,
        "vanilla-extract": 1,
    }


def test_fonts_are_those_that_a_root_module_imports(tmp_path: Path) -> None:
    files = app()
    files["app/layout.tsx"] = (
        'import { Roboto_Mono as Mono } from "next/font/google";\nimport "@fontsource/inter";\n' + PAGE
    )
    files["app/other.tsx"] = 'import { Lora } from "next/font/google";\n' + PAGE
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path).of(Font)
    assert [(fact.name, fact.by) for fact in said] == [
        ("Roboto Mono", "next/font/google"),
        ("inter", "@fontsource/inter"),
    ]


# who sets dark mode ----------------------------------------------------------------------------------------------------

DARK = '@import "tailwindcss";\n@custom-variant dark (&:is(.dark *));\n.dark {\n  --background: black;\n}\n'


@pytest.mark.parametrize(
    ("file", "text", "by"),
    [
        ("app/theme.tsx", 'import { ThemeProvider } from "next-themes";\n', "provider"),
        ("app/theme.tsx", "document.documentElement.classList.toggle('dark', on);\n", "code"),
        ("app/theme.tsx", 'document.body.className = on ? "dark" : "light";\n', "code"),
        ("app/layout.tsx", '<html lang="en" className="h-full dark">\n', "always"),
        ("index.html", '<body class="dark">\n', "always"),
    ],
)
def test_dark_mode_is_set_by_a_provider_by_code_or_always(file: str, text: str, by: str, tmp_path: Path) -> None:
    write(tmp_path, {**app(), "app/globals.css": DARK, file: text})
    found = entry(tmp_path)
    assert (found.dark_by, found.dark_setters) == (by, (Evidence(file, 1),))


@pytest.mark.parametrize(
    ("text", "setters"),
    [
        ('const shade = "dark";\n', ()),
        ('import { useTheme } from "next-themes";\n', None),
        ('export const logo = <b className="dark:text-white text-dark-500" />;\n', None),
        ("document.documentElement.className = saved;\n", ()),
    ],
)
def test_that_nothing_sets_dark_mode_is_said_only_where_no_source_could(
    text: str, setters: tuple[Evidence, ...] | None, tmp_path: Path
) -> None:
    write(tmp_path, {**app(), "app/globals.css": DARK, "app/some.tsx": text})
    found = entry(tmp_path)
    assert (found.dark_by, found.dark_setters) == (None, setters)


def test_only_files_that_stand_as_the_command_line_writes_them_are_of_the_registry(tmp_path: Path) -> None:
    components = '{"style": "default", "tailwind": {"css": "app/globals.css"}, "aliases": {"components": "components"}}'
    files = ("button.tsx", "dropdown-menu.tsx", "Card.tsx", "Input/Input.tsx", "price-table.tsx", "toast/index.tsx")
    write(
        tmp_path,
        {**app(), "components.json": components, **{f"components/ui/{file}": "export {};\n" for file in files}},
    )
    (found,) = analyze(ANALYZER, tmp_path).of(Shadcn)
    assert found.registry == ("button", "dropdown-menu")
    assert found.components == ("Card", "Input", "button", "dropdown-menu", "price-table", "toast")


def test_fonts_that_a_stylesheet_imports_from_google_are_known_by_family(tmp_path: Path) -> None:
    imports = (
        "@import url('https://fonts.googleapis.com/css2?family=Space+Grotesk:wght@400;700&family=Archivo&display=swap');\n"
        "@import url(https://example.test/css2?family=Other);\n"
    )
    write(tmp_path, {**app(), "app/globals.css": imports + '@import "tailwindcss";\n'})
    found = analyze(ANALYZER, tmp_path).of(Font)
    place = (Evidence("app/globals.css", 1),)
    assert {(font.name, font.by, font.evidence) for font in found} == {
        ("Space Grotesk", "fonts.googleapis.com", place),
        ("Archivo", "fonts.googleapis.com", place),
    }


def test_an_attribute_that_the_variant_waits_for_is_looked_for_and_never_said_to_be_unset(tmp_path: Path) -> None:
    sheet = '@import "tailwindcss";\n@custom-variant dark (&:is([data-theme="dark"] *));\n'
    write(tmp_path, {**app(), "app/globals.css": sheet})
    assert (entry(tmp_path).dark_by, entry(tmp_path).dark_setters) == (None, ())
    write(tmp_path, {"app/theme.ts": "document.body.setAttribute('data-theme', name);\n"})
    assert (entry(tmp_path).dark_by, entry(tmp_path).dark_setters) == ("code", (Evidence("app/theme.ts", 1),))
