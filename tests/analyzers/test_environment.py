"""What the environment analyzer says beyond the fixtures: what is never opened, whose files count, bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.analyzers.environment import (
    ANALYZER,
    GIVEN,
    READ,
    documented_names,
    given_by,
    is_example,
    plain_reads,
    reads,
)
from prefill.model import Undocumented, VariableDocumented, VariableRead
from prefill.testing import analyze, open_app, report, write
from prefill.typescript.parse import parse

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = '{ "name": "app", "private": true, "dependencies": { "next": "15.5.2" } }'


def test_a_file_with_real_values_is_never_opened_and_documents_nothing(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"package.json": PACKAGE, ".env": "SECRET=1\n", ".env.local": "OTHER=2\n", "a.ts": "process.env.SECRET"},
    )
    app = open_app(tmp_path)
    findings = analyze(ANALYZER, tmp_path)
    assert findings.of(VariableDocumented) == ()
    undocumented = findings.one(Undocumented)
    assert undocumented is not None
    assert undocumented.names == ("SECRET",)
    assert undocumented.unread == (".env", ".env.local")
    assert app.text(".env") is None


def test_a_link_in_the_place_of_a_file_with_values_is_not_named(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "a.ts": "process.env.SECRET"})
    (tmp_path / ".env").symlink_to("nowhere/.env")
    undocumented = analyze(ANALYZER, tmp_path).one(Undocumented)
    assert undocumented is not None
    assert undocumented.unread == ()


def test_a_variable_that_only_a_readme_names_is_not_documented(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "README.md": "TOKEN=abc\n", "a.ts": "process.env.TOKEN"})
    undocumented = analyze(ANALYZER, tmp_path).one(Undocumented)
    assert undocumented is not None
    assert (undocumented.names, undocumented.examples) == (("TOKEN",), ())


def test_a_workspace_that_the_app_does_not_use_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": '{ "name": "root", "private": true, "workspaces": ["apps/*", "packages/*"] }',
            "apps/web/package.json": PACKAGE.replace("15.5.2", '15.5.2", "used": "*').replace('"app"', '"web"'),
            "apps/web/app/page.tsx": "export default () => process.env.IN_THE_APP;",
            "packages/used/package.json": '{ "name": "used", "version": "1.0.0" }',
            "packages/used/index.ts": "export const a = process.env.IN_A_USED_PACKAGE;",
            "packages/apart/package.json": '{ "name": "apart", "version": "1.0.0" }',
            "packages/apart/index.ts": "export const a = process.env.APART;",
            "packages/apart/.env.example": "IN_THE_APP=1",
        },
    )
    findings = analyze(ANALYZER, tmp_path, "apps/web")
    assert [fact.name for fact in findings.of(VariableRead)] == ["IN_A_USED_PACKAGE", "IN_THE_APP"]
    assert findings.of(VariableDocumented) == ()


def test_tests_and_stories_read_nothing_for_the_app(tmp_path: Path) -> None:
    names = [
        "a.test.ts",
        "b.spec.tsx",
        "c.stories.tsx",
        "e2e/d.ts",
        "playwright.config.ts",
        "dist/e.js",
        "examples/f.ts",
    ]
    write(tmp_path, {"package.json": PACKAGE, **dict.fromkeys(names, "export const x = process.env.X;")})
    assert analyze(ANALYZER, tmp_path).of(VariableRead) == ()


def test_files_are_counted_and_the_first_places_cited(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"package.json": PACKAGE, **{f"lib/{n}.ts": "\n\nexport const x = process.env.KEY;" for n in range(5)}},
    )
    (fact,) = analyze(ANALYZER, tmp_path).of(VariableRead)
    assert fact.files == 5
    assert [(place.path, place.line) for place in fact.evidence] == [("lib/0.ts", 3), ("lib/1.ts", 3), ("lib/2.ts", 3)]


def test_code_inside_another_language_is_read_where_it_is_plain(tmp_path: Path) -> None:
    page = "---\nconst url = import.meta.env.PUBLIC_URL;\nconst text = 'import.meta.env.IN_TEXT';\n---\n<p>{url}</p>\n"
    write(
        tmp_path,
        {
            "package.json": PACKAGE,
            "src/page.astro": page,
            "src/load.ts": 'import { TOKEN, OTHER as other } from "$env/static/private";\nexport { TOKEN, other };\n',
        },
    )
    assert [fact.name for fact in analyze(ANALYZER, tmp_path).of(VariableRead)] == ["OTHER", "PUBLIC_URL", "TOKEN"]


def test_nested_brackets_without_end_are_survived(tmp_path: Path) -> None:
    write(tmp_path, {"package.json": PACKAGE, "a.ts": "const { A } = process.env;" + "[" * 100_000})
    assert [fact.name for fact in analyze(ANALYZER, tmp_path).of(VariableRead)] == ["A"]


@pytest.mark.parametrize(
    "name",
    [
        ".env.example",
        ".env.sample",
        ".env.template",
        "env.example",
        "example.env",
        ".env.local.example",
        ".dev.vars.example",
    ],
)
def test_an_example_file_is_known_by_its_name(name: str) -> None:
    assert is_example(f"apps/web/{name}")


@pytest.mark.parametrize(
    "name", [".env", ".env.local", ".env.production", ".envrc", "env.ts", "env.example.ts", "example.md", "environment"]
)
def test_another_file_is_no_example(name: str) -> None:
    assert not is_example(name)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A=1\nB=\n export C = x\n", [("A", 1), ("B", 2), ("C", 3)]),
        ("# A=1\n# see b=2\n#C=3", [("A", 1), ("C", 3)]),
        ('A="x\nB=inside\n"\nC=1', [("A", 1), ("C", 4)]),
        ('A="never closed\nB=1', [("A", 1), ("B", 2)]),
        ("A='it''s'\nB=\"x\"\n", [("A", 1), ("B", 2)]),
        ("=1\n1A=2\nA-B=3\n", []),
    ],
)
def test_names_are_read_and_values_left_alone(text: str, names: list[tuple[str, int]]) -> None:
    assert list(documented_names(text)) == names


@pytest.mark.parametrize(
    "code",
    [
        "// process.env.A",
        "/* \n process.env.A */",
        " * process.env.A",
        'const a = "process.env.A";',
        "const a = `process.env.A`;",
        "process.env.A = 1;",
        "process.env.A ??= 1;",
        "delete process.env.A;",
        "const { A } = process.env;",
        "globalThis.process.env.A;",
        "f(process.env);",
    ],
)
def test_what_is_not_a_plain_read_is_left_to_the_syntax(code: str) -> None:
    source = code.encode()
    assert plain_reads(source, list(READ.finditer(source))) is None


_PARTS = st.sampled_from(
    [
        "process.env.A",
        'process.env["B"]',
        "process.env?.C",
        '"',
        "'",
        "`",
        "//",
        "/*",
        "*/",
        "\n",
        " ",
        ";",
        " = 1",
        "x",
        "(",
        ")",
        "{",
        "}",
    ]
)


@given(st.lists(_PARTS, max_size=12))
def test_what_is_plain_is_what_the_syntax_says_of_code_without_errors(parts: list[str]) -> None:
    source = "".join(parts).encode()
    syntax = parse(source, "a.ts")
    plain = plain_reads(source, list(READ.finditer(source)))
    if plain is not None and not syntax.errors:
        assert {name for name, _, _ in plain} == {name for name, _, _ in reads(syntax)}


def test_what_a_platform_gives_is_told_from_what_a_person_sets() -> None:
    assert given_by("NODE_ENV") == "Node.js"
    assert given_by("NEXT_PUBLIC_VERCEL_URL") == "Vercel"
    assert given_by("npm_package_version") == "the package manager"
    assert given_by("GITHUB_TOKEN") is None
    assert given_by("DATABASE_URL") is None
    assert len(GIVEN) == len(set(GIVEN))


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("const a = process.env.KEY!;\n", True),
        ("f(process.env.KEY);\n", True),
        ("if (!process.env.KEY) {\n  throw new Error();\n}\nf(process.env.KEY);\n", True),
        ("const { KEY } = process.env;\n", True),
        ("const s = z.object({\n  KEY: z\n    .string()\n    .min(1),\n  B: z.string().optional(),\n});\ns.parse(process.env);\n", True),
        ("const a = process.env.KEY ?? 'x';\n", False),
        ("const a =\n  process.env.KEY ||\n  'x';\n", False),
        ("const a = b || process.env.KEY || c;\n", False),
        ("const a = process.env.KEY === 'on';\n", False),
        ("const a = process.env.KEY?.toLowerCase() === 'on';\n", True),
        ("const a = process.env['KEY'] ?? 1;\n", False),
        ("const a = !process.env.KEY && b;\n", False),
        ("if (process.env.KEY) {\n  f(process.env.KEY);\n}\n", False),
        ("const { KEY = 'x' } = process.env;\n", False),
        ("const s = z.object({\n  KEY: OptionalInt,\n  B: z.string(),\n});\ns.parse(process.env);\n", False),
        ("const s = z.object({\n  KEY: z\n    .string()\n    .refine(\n      f,\n    )\n    .optional(),\n});\ns.parse(process.env);\n", False),
        ("const key = process.env.KEY;\nconst a = key ? 1 : 2;\n", False),
        ("const key = process.env.KEY;\nif (!key) {\n  throw new Error();\n}\n", True),
        ("const key = process.env.KEY;\nf(key);\n", True),
        ("const a = 'KEY' in process.env;\n", False),
        ("const s = z.object({\n  KEY: z\n    .string()\n    .optional(),\n  B: z.string(),\n});\ns.parse(process.env);\n", False),
        (
            "import { createEnv } from '@t3-oss/env-nextjs';\ncreateEnv({\n  server: { KEY: z.string().optional() },\n  runtimeEnv: {\n    KEY: process.env.KEY,\n  },\n});\n",
            False,
        ),
    ],
)  # fmt: skip
def test_what_falls_back_on_something_is_not_needed(tmp_path: Path, source: str, needed: bool) -> None:
    write(tmp_path, {"package.json": "{}", "src/a.ts": source})
    said = report(ANALYZER, tmp_path)
    assert "KEY" in [row["name"] for row in said["read"]]
    assert ("KEY" in said["undocumented"]) is needed


@pytest.mark.parametrize(
    "path", ["scripts/a.ts", "src/seed.ts", "src/discord.mock.ts", "src/mock.ts", "db/backfill_prices.ts"]
)
def test_what_only_runs_beside_the_app_needs_nothing(tmp_path: Path, path: str) -> None:
    write(tmp_path, {"package.json": "{}", path: "f(process.env.KEY);\n", "src/seedling.ts": "f(process.env.OTHER);\n"})
    assert report(ANALYZER, tmp_path)["undocumented"] == ["OTHER"]


def test_what_a_shared_package_reads_may_be_documented_by_another_app(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "package.json": '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
            "apps/web/package.json": '{ "name": "web", "dependencies": { "next": "15.5.2", "@a/db": "*" } }',
            "apps/web/a.ts": "f(process.env.OWN);\n",
            "apps/web/next.config.js": "",
            "apps/admin/package.json": '{ "name": "admin" }',
            "apps/admin/.env.example": "SHARED=\nOWN=\n",
            "packages/db/package.json": '{ "name": "@a/db" }',
            "packages/db/a.ts": "f(process.env.SHARED, process.env.NOWHERE);\n",
        },
    )
    assert report(ANALYZER, tmp_path, "apps/web")["undocumented"] == ["NOWHERE", "OWN"]
