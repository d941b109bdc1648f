"""Traps of configuration and of packages that were given up: when they are told, when not, and how they are dismissed."""

from __future__ import annotations

import os
import tomllib
from typing import Any

import pytest

from prefill import derive
from prefill.derive import deprecated
from prefill.derive.configuration import configuration_traps
from prefill.derive.deprecated import deprecated_traps, entries
from prefill.engine import analyze
from prefill.model import (
    CheckOff,
    CompilerOptions,
    DeadConfig,
    Dependency,
    Evidence,
    Fact,
    Findings,
    Project,
    Shadcn,
    SourceFiles,
    Technology,
    Trap,
)
from prefill.render.environment import macro
from prefill.render.labels import render, render_traps
from prefill.section import compose
from prefill.testing import write

SOURCES = SourceFiles(language="TypeScript", files=3)
WEB = Project(
    commit=None,
    dirty=None,
    package_manager=None,
    app="apps/web",
    workspaces=(("web", "apps/web"), ("docs", "apps/docs")),
)
ROOT = Project(commit=None, dirty=None, package_manager=None)


def said(*facts: Fact, project: Project = ROOT) -> list[str]:
    steps = (*configuration_traps(Findings(facts), project), *deprecated_traps(Findings(facts), project))
    return [macro("traps.md.j2", trap.name, trap.values) for trap in steps]


def options(path: str = "tsconfig.json", **more: Any) -> CompilerOptions:
    values: dict[str, Any] = {"extends": (), "options": {}, "evidence": (Evidence(path),), **more}
    return CompilerOptions(path=path, **values)


def dependency(name: str, version: str | None, workspace: str = ".", kind: Any = "prod") -> Dependency:
    place = (Evidence("package.json", 7),)
    return Dependency(
        workspace=workspace, name=name, range="*", version=version, source="lockfile", kind=kind, evidence=place
    )


# what is named and missing, or there and not loaded -------------------------------------------------------------------


def shadcn(path: str) -> Shadcn:
    return Shadcn(
        path=path,
        style=None,
        base_color=None,
        icon_library=None,
        css="a.css",
        config=None,
        css_variables=None,
        rsc=None,
        aliases={},
        ui_folder=None,
        missing=("a.css",),
    )


def test_what_is_named_and_missing_is_a_trap_of_the_app_alone() -> None:
    assert said(shadcn("components.json")) == ["`components.json` names `a.css`, which does not exist"]
    assert said(shadcn("apps/docs/components.json"), project=WEB) == []


def test_a_configuration_that_nothing_loads_is_a_trap_of_the_app_alone() -> None:
    dead = DeadConfig(path="tailwind.config.js", reason="the stylesheet names no configuration")
    assert said(dead) == ["`tailwind.config.js` is not loaded: the stylesheet names no configuration"]
    assert said(DeadConfig(path="apps/docs/tailwind.config.js", reason="x"), project=WEB) == []


def test_a_base_that_is_not_there_leaves_options_unknown_and_strictness_unsaid() -> None:
    config = options(unresolved_extends=("expo/tsconfig.base",), options={"strict": False})
    assert said(config, SOURCES, dependency("typescript", "5.9.2")) == [
        "`tsconfig.json` extends `expo/tsconfig.base`, which is not in the repository: options from there are unknown here"
    ]


# checks that are off --------------------------------------------------------------------------------------------------


def test_checks_that_the_build_leaves_out_are_one_trap_with_each_line() -> None:
    facts = [
        CheckOff(
            check="typescript",
            setting="typescript.ignoreBuildErrors",
            file="next.config.ts",
            evidence=(Evidence("next.config.ts", 4),),
        ),
        CheckOff(
            check="eslint",
            setting="eslint.ignoreDuringBuilds",
            file="next.config.ts",
            evidence=(Evidence("next.config.ts", 5),),
        ),
    ]
    (trap,) = configuration_traps(Findings(facts), ROOT)
    assert trap.evidence == (Evidence("next.config.ts", 4), Evidence("next.config.ts", 5))
    assert said(*facts) == [
        "`next.config.ts` sets `typescript.ignoreBuildErrors` and `eslint.ignoreDuringBuilds`: the build passes in spite of such errors"
    ]


# strictness -----------------------------------------------------------------------------------------------------------


def test_strictness_that_is_switched_off_is_cited_where_it_is() -> None:
    config = options(options={"strict": False}, origins={"strict": Evidence("base.json", 3)})
    (trap,) = configuration_traps(Findings([config, SOURCES]), ROOT)
    assert trap.evidence == (Evidence("base.json", 3),)
    assert said(config, SOURCES) == [
        "`tsconfig.json` sets `strict` to false: the compiler does not check types strictly"
    ]


def test_one_part_of_strictness_may_be_off() -> None:
    config = options(options={"strict": True, "strictNullChecks": False})
    assert said(config, SOURCES) == [
        "`tsconfig.json` sets `strictNullChecks` to false: the compiler lets null and undefined pass for any type"
    ]
    assert said(options(options={"strict": True, "noImplicitAny": False}), SOURCES) == []


def test_what_is_not_set_is_loose_before_typescript_6() -> None:
    assert said(options(), SOURCES, dependency("typescript", "5.9.2")) == [
        "`tsconfig.json` does not set `strict`: the compiler does not check types strictly"
    ]


@pytest.mark.parametrize(
    "facts",
    [
        (options(options={"strict": True}), SOURCES),
        (options(), SOURCES, dependency("typescript", "6.0.1")),
        (options(), SOURCES, dependency("typescript", None)),
        (options(), SOURCES),
        (options(options={"strictNullChecks": True}), SOURCES, dependency("typescript", "5.9.2")),
        (options(references=("tsconfig.app.json",)), SOURCES, dependency("typescript", "5.9.2")),
        (options("apps/other/tsconfig.json", options={"strict": False}), SOURCES),
        (options("tsconfig.build.json", options={"strict": False}),),
        (options(options={"strict": False}), SourceFiles(language="JavaScript", files=3)),
    ],
)
def test_what_is_strict_unknown_or_elsewhere_is_no_trap(facts: tuple[Fact, ...]) -> None:
    assert said(*facts) == []


# packages that were given up ------------------------------------------------------------------------------------------


def test_a_deprecated_package_is_a_trap_with_what_takes_its_place() -> None:
    assert said(dependency("@supabase/auth-helpers-nextjs", "0.10.0")) == [
        "`@supabase/auth-helpers-nextjs` 0.10.0 is deprecated; instead: `@supabase/ssr` (by prefill's own list)"
    ]


def test_one_that_no_longer_fits_is_a_trap_only_beside_the_other() -> None:
    old, fine = dependency("next-auth", "4.24.11"), dependency("next-auth", "4.24.12")
    assert said(old, dependency("next", "16.0.1")) == [
        "`next-auth` 4.24.11 has a peer range that ends at Next.js 15 (here `next` 16.0.1); instead: `next-auth@^4.24.12` (by prefill's own list)"
    ]
    assert said(old, dependency("next", "15.5.2")) == []
    assert said(old) == []
    assert said(fine, dependency("next", "16.0.1")) == []
    assert said(dependency("next-auth", None), dependency("next", "16.0.1")) == []


@pytest.mark.parametrize(
    "facts",
    [
        (dependency("lucia", "3.2.2", workspace="apps/docs"),),
        (dependency("lucia", "3.2.2", kind="peer"),),
        (
            dependency("lucia", "3.2.2"),
            Technology(id="lucia", name="Lucia", category="auth", package="lucia", in_use=False),
        ),
        (dependency("lucid", "1.0.0"),),
    ],
)
def test_what_is_elsewhere_unused_or_another_package_is_no_trap(facts: tuple[Fact, ...]) -> None:
    assert said(*facts) == []


def test_the_data_reads_as_toml_does_and_is_sorted() -> None:
    path = os.path.join(os.path.dirname(os.path.abspath(deprecated.__file__)), "deprecated.toml")
    with open(path, "rb") as file:
        parsed = tomllib.load(file)
    assert list(parsed) == sorted(parsed)
    assert {name: entry.why for name, entry in entries().items()} == {name: row["why"] for name, row in parsed.items()}
    for name, row in parsed.items():
        assert set(row) <= {"why", "instead", "below", "beside", "from"}, name
        assert ("beside" in row) == ("from" in row), name
        entry = entries()[name]
        assert (entry.instead, entry.below, entry.beside, entry.since) == (
            row.get("instead"),
            row.get("below"),
            row.get("beside"),
            row.get("from", 0),
        )


# dismissed by the owner -----------------------------------------------------------------------------------------------


def test_a_dismissed_trap_is_gone_and_the_others_stay() -> None:
    findings = Findings([shadcn("components.json"), options(options={"strict": False}), SOURCES])
    assert {trap.name for trap in derive.derive(findings, ROOT).of(Trap)} == {"missing-file", "loose-types"}
    assert {trap.name for trap in derive.derive(findings, ROOT, ("loose-types",)).of(Trap)} == {"missing-file"}
    assert {trap.name for trap in derive.derive(findings, ROOT, ("unknown",)).of(Trap)} == {
        "missing-file",
        "loose-types",
    }


def test_a_trap_that_the_settings_dismiss_is_said_nowhere(tmp_path: Any) -> None:
    write(
        tmp_path,
        {
            "package.json": '{ "name": "a", "dependencies": { "lucia": "3.2.2" } }',
            "tsconfig.json": '{ "compilerOptions": { "strict": false } }',
            "src/a.ts": 'import { Lucia } from "lucia";\nexport const a = Lucia;\n',
            "prefill.toml": 'dismiss = ["deprecated-package"]\n',
        },
    )
    analysis = analyze(str(tmp_path))
    assert [trap["name"] for trap in render_traps(analysis.findings)] == ["loose-types"]
    labels = render(compose(analysis.findings, analysis.project), pinned={}, source=None)
    assert "is deprecated" not in " ".join(label.text for label in labels)
