"""The Language label: what it says of compilers, strictness, aliases, and of repositories without TypeScript."""

from __future__ import annotations

from typing import Any

import pytest

from prefill.model import (
    CompilerOptions,
    Dependency,
    Evidence,
    Fact,
    Findings,
    Part,
    Problem,
    Project,
    PublishedBase,
    SourceFiles,
)
from prefill.render.environment import label
from prefill.section.language import build, governing


def project(app: str = ".", **more: Any) -> Project:
    return Project(commit=None, dirty=None, package_manager=None, app=app, **more)


def options(path: str = "tsconfig.json", **more: Any) -> CompilerOptions:
    values: dict[str, Any] = {"extends": (), "options": {}, **more}
    return CompilerOptions(path=path, **values)


def typescript(version: str | None = "5.8.3", wanted: str = "^5.8.0", workspace: str = ".") -> Dependency:
    place = (Evidence("package.json", 9),)
    return Dependency(
        workspace=workspace,
        name="typescript",
        range=wanted,
        version=version,
        source="lockfile",
        kind="dev",
        evidence=place,
    )


def files(language: str, count: int) -> SourceFiles:
    return SourceFiles(language=language, files=count, evidence=(Evidence(f"a.{language.lower()}"),))


def said(*facts: Fact, app: str = ".", problems: tuple[Problem, ...] = ()) -> str:
    return label(build(Findings(facts, problems), project(app))).text


def test_everything_that_a_plain_starter_says() -> None:
    origins = {
        name: Evidence("tsconfig.json", line)
        for line, name in enumerate(("strict", "paths", "target", "moduleResolution"), 3)
    }
    config = options(
        options={
            "strict": True,
            "paths": {"@/*": ["./*"]},
            "target": "esnext",
            "module": "esnext",
            "moduleResolution": "bundler",
        },
        origins=origins,
        base=".",
    )
    built = build(Findings((typescript(), config)), project())
    rendered = label(built)
    assert (
        rendered.text
        == "TypeScript 5.8.3, `strict`; `@/*` → `./*`; target ESNext, bundler resolution (`tsconfig.json`)"
    )
    assert rendered.evidence == (
        Evidence("package.json", 9),
        Evidence("tsconfig.json", 3),
        Evidence("tsconfig.json", 4),
        Evidence("tsconfig.json", 5),
        Evidence("tsconfig.json", 6),
        Evidence("tsconfig.json"),
    )


@pytest.mark.parametrize(
    ("version", "written", "expected"),
    [
        ("5.8.3", {"strict": True}, "`strict`"),
        ("5.8.3", {"strict": True, "noImplicitAny": False}, "`strict`, but without `noImplicitAny`"),
        ("5.8.3", {"strict": True, "noImplicitAny": True}, "`strict`"),
        ("5.8.3", {"strict": False}, "**not strict** (`strict: false`)"),
        (
            "5.8.3",
            {"strict": False, "strictNullChecks": True},
            "**not strict** (`strict: false`), but with `strictNullChecks`",
        ),
        ("5.8.3", {}, "**not strict** (`strict` not set)"),
        ("6.0.1", {}, "strict by default (TypeScript 6, not set)"),
        (
            "6.0.1",
            {"strictNullChecks": False},
            "strict by default (TypeScript 6, not set), but without `strictNullChecks`",
        ),
        ("6.0.1", {"strict": False}, "**not strict** (`strict: false`)"),
    ],
)
def test_strictness_goes_by_what_is_written_and_by_the_version(
    version: str, written: dict[str, bool], expected: str
) -> None:
    text = said(typescript(version), options(options=written))
    assert text == f"TypeScript {version}, {expected} (`tsconfig.json`)"


def test_an_inherited_strict_names_the_file_that_says_it() -> None:
    config = options(
        "apps/web/tsconfig.json", options={"strict": False}, origins={"strict": Evidence("packages/ts/base.json", 4)}
    )
    text = said(typescript(workspace="apps/web"), config, app="apps/web")
    assert "**not strict** (`strict: false` in `packages/ts/base.json`)" in text


def test_what_a_package_that_is_not_here_may_say_is_not_guessed() -> None:
    config = options(unresolved_extends=("astro/tsconfigs/strict",), origins={"extends": Evidence("tsconfig.json", 2)})
    rendered = label(build(Findings((typescript(), config)), project()))
    assert "`strict` not set in the repository (extends `astro/tsconfigs/strict`, which is not in it)" in rendered.text
    assert Evidence("tsconfig.json", 2) in rendered.evidence


@pytest.mark.parametrize(
    ("strict", "text"),
    [
        (True, "`strict` (from `astro/tsconfigs/strict`, `astro` 5.5.4)"),
        (False, "**not strict** (`strict: false` in `astro/tsconfigs/strict`, `astro` 5.5.4)"),
    ],
)
def test_what_an_installed_package_says_names_it_and_its_version(strict: bool, text: str) -> None:
    extends, locked = Evidence("tsconfig.json", 2), Evidence("pnpm-lock.yaml", 40)
    base = PublishedBase("astro/tsconfigs/strict", "astro", "5.5.4", ("strict", "target"), (extends, locked))
    config = options(
        options={"strict": strict, "target": "esnext"}, origins={"strict": extends, "target": extends}, bases=(base,)
    )
    rendered = label(build(Findings((typescript(), config)), project()))
    assert rendered.text == f"TypeScript 5.8.3, {text}; target ESNext (`tsconfig.json`)"
    assert {extends, locked} <= set(rendered.evidence)


def test_aliases_that_lead_into_an_installed_package_are_left_out() -> None:
    place = Evidence("tsconfig.json", 2)
    base = PublishedBase("@docusaurus/tsconfig", "@docusaurus/tsconfig", "3.6.2", ("paths",), (place,))
    config = options(options={"paths": {"@site/*": ["./*"]}}, origins={"paths": place}, bases=(base,))
    assert "@site" not in said(typescript(), config)
    assert "`@site/*` → `./*`" in said(
        typescript(), options(options=dict(config.options), origins=dict(config.origins), bases=(base,), base=".")
    )


def test_without_a_version_nothing_is_said_of_a_default() -> None:
    text = said(options(), files("TypeScript", 3))
    assert text == "TypeScript, `strict` not set (`tsconfig.json`)"


@pytest.mark.parametrize(
    ("wanted", "text"), [("^5", "TypeScript `^5` (range)"), ("catalog:", "TypeScript"), ("latest", "TypeScript")]
)
def test_a_range_is_said_to_be_one(wanted: str, text: str) -> None:
    assert said(typescript(None, wanted), options(options={"strict": True})).startswith(f"{text}, `strict`")


def test_aliases_are_seen_from_the_folder_of_the_configuration() -> None:
    config = options(
        "apps/web/tsconfig.json",
        options={"strict": True, "paths": {"~/*": ["src/*"], "@ui/*": ["packages/ui/*"]}},
        base="apps/web",
    )
    assert "`~/*` → `src/*`, `@ui/*` → `packages/ui/*`" in said(
        config, typescript(workspace="apps/web"), app="apps/web"
    )
    inherited = options(
        "apps/web/tsconfig.json", options={"strict": True, "paths": {"@ui/*": ["packages/ui/*"]}}, base="."
    )
    assert "`@ui/*` → `../../packages/ui/*`" in said(inherited, typescript(workspace="apps/web"), app="apps/web")


def test_the_alias_of_all_sources_comes_first() -> None:
    paths = {"@a/*": ["./a/*"], "@b/*": ["./b/*"], "@c/*": ["./c/*"], "~/*": ["./*"]}
    text = said(typescript(), options(options={"strict": True, "paths": paths}, base="."))
    assert "`~/*` → `./*`, `@a/*` → `./a/*`, `@b/*` → `./b/*`, … and 1 more alias (" in text


def test_many_aliases_are_counted() -> None:
    config = options(options={"strict": True, "paths": {f"@{n}/*": [f"./{n}/*"] for n in range(9)}}, base=".")
    assert "`@2/*` → `./2/*`, … and 6 more aliases" in said(typescript(), config)


def test_the_nearest_configuration_governs() -> None:
    root, app, other = options("tsconfig.json"), options("apps/web/jsconfig.json"), options("apps/api/tsconfig.json")
    assert governing(Findings((root, app, other)), "apps/web") is app
    assert governing(Findings((root, other)), "apps/web") is root
    assert governing(Findings((other,)), "apps/web") is None


def test_a_configuration_of_references_gives_way_to_the_one_for_the_sources() -> None:
    root = options(references=("tsconfig.node.json", "tsconfig.app.json"))
    tools, sources = options("tsconfig.node.json"), options("tsconfig.app.json", options={"strict": True})
    assert governing(Findings((root, tools, sources)), ".") is sources


def test_javascript_alone_is_said_with_its_jsconfig() -> None:
    config = options("jsconfig.json", options={"allowJs": True, "checkJs": True})
    assert said(config, files("JavaScript", 12)) == "JavaScript (12 files); `checkJs` (`jsconfig.json`)"


def test_javascript_without_any_configuration() -> None:
    dependency = Dependency(
        workspace=".", name="next", range="15.0.0", version="15.0.0", source="lockfile", kind="prod"
    )
    assert said(dependency, files("JavaScript", 12)) == "JavaScript (12 files); no `tsconfig.json`"


def test_much_javascript_beside_typescript_is_said() -> None:
    text = said(typescript(), options(options={"strict": True}), files("TypeScript", 10), files("JavaScript", 90))
    assert text.startswith("TypeScript 5.8.3, 90 of 100 sources are JavaScript, `strict`")


def test_a_configuration_that_cannot_be_read_is_said_to_be_so() -> None:
    problem = Problem("tsconfig.json", 3, "is not valid JSON: Expecting value")
    built = build(Findings((typescript(), files("TypeScript", 3)), (problem,)), project())
    assert label(built).text == "TypeScript 5.8.3; `tsconfig.json` is not valid JSON: Expecting value"
    assert Evidence("tsconfig.json", 3) in label(built).evidence


def test_another_language_is_said_with_its_manifest() -> None:
    part = Part(
        language="Python",
        folder=".",
        files=23,
        version=">=3.9",
        manifest="pyproject.toml",
        evidence=(Evidence("pyproject.toml", 9),),
    )
    assert (
        said(part, files("Python", 60), files("Rust", 30)) == "Python `>=3.9` (`pyproject.toml`); also Rust (30 files)"
    )
    assert said(files("Rust", 1)) == "Rust (1 file)"


def test_nothing_known_is_not_none() -> None:
    built = build(Findings(()), project())
    assert built.status == "unknown"
    assert label(built).text == "Not detected (looked in `tsconfig.json`, `jsconfig.json`, `package.json`)"


def test_hostile_names_stay_in_their_code_spans() -> None:
    config = options(options={"strict": True, "paths": {"`@/*` <!-- -->": ["](x) `\n# y"]}}, base=".")
    text = said(typescript(), config)
    assert "\n" not in text
    assert "-->" not in text
