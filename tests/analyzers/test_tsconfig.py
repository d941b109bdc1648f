"""What the tsconfig analyzer says beyond the fixtures: bounds, and which files it takes for sources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from prefill.analyzers.tsconfig import ANALYZER, LANGUAGES
from prefill.model import CompilerOptions, Evidence, SourceFiles
from prefill.testing import analyze, write

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = '{ "name": "app", "private": true, "dependencies": { "next": "15.5.2" } }'
PAGE = "export default function Page() {\n  return null;\n}\n"


def test_an_option_is_cited_where_the_file_says_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": PACKAGE,
            "app/page.tsx": PAGE,
            "config/base.json": '{\n"compilerOptions": {\n"strict": true,\n"target": "es2022"\n}\n}',
            "tsconfig.json": '{\n"extends": "./config/base.json",\n"compilerOptions": {\n"target": "esnext"\n}\n}',
        },
    )
    said = analyze(ANALYZER, tmp_path).one(CompilerOptions)
    assert said is not None
    assert said.options == {"strict": True, "target": "esnext"}
    assert said.origins == {
        "strict": Evidence("config/base.json", 3),
        "target": Evidence("tsconfig.json", 4),
        "extends": Evidence("tsconfig.json", 2),
    }


def test_what_a_jsconfig_says_by_its_name_alone_has_no_line(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "app/page.jsx": PAGE, "jsconfig.json": "{}"})
    said = analyze(ANALYZER, tmp_path).one(CompilerOptions)
    assert said is not None
    assert said.options["allowJs"] is True
    assert said.origins == {}


def test_a_chain_that_ends_in_itself_is_a_problem_and_ends(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "app/page.tsx": PAGE, "tsconfig.json": '{"extends": "./tsconfig.json"}'})
    said = analyze(ANALYZER, tmp_path)
    assert [fact.path for fact in said.of(CompilerOptions)] == ["tsconfig.json"]
    assert [(p.path, p.line) for p in said.problems] == [("tsconfig.json", 1)]


def test_a_chain_that_does_not_end_is_cut(tmp_path: Path) -> None:
    files = {f"base{n}.json": f'{{"extends": "./base{n + 1}.json"}}' for n in range(200)}
    write(
        tmp_path,
        {"package.json": PACKAGE, "app/page.tsx": PAGE, "tsconfig.json": '{"extends": "./base0.json"}', **files},
    )
    said = analyze(ANALYZER, tmp_path)
    assert any("more than" in problem.message for problem in said.problems)


def test_nested_brackets_without_end_are_a_problem(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "app/page.tsx": PAGE, "tsconfig.json": '{"paths":' + "[" * 100_000})
    said = analyze(ANALYZER, tmp_path)
    assert said.of(CompilerOptions) == ()
    assert [(p.path, "nested" in p.message) for p in said.problems] == [("tsconfig.json", True)]


def test_a_base_outside_the_repository_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, {"outside.json": '{"compilerOptions": {"strict": true}}'})
    inner = tmp_path / "inner"
    write(inner, {"package.json": PACKAGE, "app/page.tsx": PAGE, "tsconfig.json": '{"extends": "../outside.json"}'})
    said = analyze(ANALYZER, inner).one(CompilerOptions)
    assert said is not None
    assert said.options == {}
    assert said.unresolved_extends == ("../outside.json",)


@pytest.mark.parametrize(
    ("wanted", "locked", "known"),
    [
        ("5.3.0", None, True),
        ("^5.3.0", None, False),
        ("^5.2.0", "5.3.0", True),
        ("^5.2.0", "5.3.0-beta.1", False),
        ("*", "9999.0.0", False),
        ("npm:other@5.3.0", "npm:other@5.3.0", False),
    ],
)
def test_a_base_of_a_package_counts_at_an_exact_version_alone(
    tmp_path: Path, wanted: str, locked: str | None, known: bool
) -> None:
    files = {
        "package.json": json.dumps({"name": "app", "devDependencies": {"gts": wanted}}),
        "src/index.ts": "export {};",
        "tsconfig.json": '{\n"extends": "gts/tsconfig-google.json"\n}',
    }
    if locked is not None:
        version = locked.rpartition("@")[2]
        name = {"name": "other"} if "@" in locked else {}
        rows = {"": {"devDependencies": {"gts": wanted}}, "node_modules/gts": {**name, "version": version}}
        files["package-lock.json"] = json.dumps({"lockfileVersion": 3, "packages": rows})
    write(tmp_path, files)
    said = analyze(ANALYZER, tmp_path).one(CompilerOptions)
    assert said is not None
    assert said.options.get("strict") is (True if known else None)
    assert said.unresolved_extends == (() if known else ("gts/tsconfig-google.json",))
    assert [(base.package, base.version) for base in said.bases] == ([("gts", "5.3.0")] if known else [])
    assert said.origins.get("strict") == (Evidence("tsconfig.json", 2) if known else None)


def test_a_base_is_that_of_the_nearest_manifest_which_depends_on_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": '{ "name": "root", "workspaces": ["apps/*"], "devDependencies": { "@tsconfig/node20": "1.0.0" } }',
            "apps/a/package.json": '{ "name": "a", "devDependencies": { "@tsconfig/node20": "1.0.2" } }',
            "apps/a/test/tsconfig.json": '{ "extends": "@tsconfig/node20" }',
            "apps/b/package.json": '{ "name": "b" }',
            "apps/b/tsconfig.json": '{ "extends": "@tsconfig/node20" }',
        },
    )
    said = analyze(ANALYZER, tmp_path, "apps/a").of(CompilerOptions)
    found = {fact.path: [(base.version, base.evidence) for base in fact.bases] for fact in said}
    assert found == {
        "apps/a/test/tsconfig.json": [
            ("1.0.2", (Evidence("apps/a/test/tsconfig.json", 1), Evidence("apps/a/package.json", 1)))
        ],
        "apps/b/tsconfig.json": [("1.0.0", (Evidence("apps/b/tsconfig.json", 1), Evidence("package.json", 1)))],
    }


def test_installed_packages_are_left_alone(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": PACKAGE,
            "app/page.tsx": PAGE,
            "node_modules/x/tsconfig.json": '{"compilerOptions": {"strict": true}}',
        },
    )
    assert analyze(ANALYZER, tmp_path).of(CompilerOptions) == ()


def test_sources_are_counted_by_language_and_declarations_are_none(tmp_path: Path) -> None:
    names = ["app/page.tsx", "a.ts", "b.mts", "next-env.d.ts", "c.d.mts", "d.cjs", "e.py", "f.md", "g.test.ts"]
    write(tmp_path, {"package.json": PACKAGE, **dict.fromkeys(names, "x")})
    said = analyze(ANALYZER, tmp_path).of(SourceFiles)
    assert [(fact.language, fact.files) for fact in said] == [("TypeScript", 4), ("JavaScript", 1), ("Python", 1)]


def test_no_extension_belongs_to_two_languages() -> None:
    extensions = [extension for listed in LANGUAGES.values() for extension in listed]
    assert len(extensions) == len(set(extensions))
