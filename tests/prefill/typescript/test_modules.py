"""An import leads to the file that a bundler would take, or to nothing outside the repository."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from prefill.typescript.modules import Modules
from prefill.typescript.packages import named, target

Make = Callable[[dict[str, str]], Any]


@pytest.mark.parametrize(
    ("specifier", "found"),
    [
        ("./a", "src/a.ts"),
        ("./a.js", "src/a.ts"),
        ("./view.jsx", "src/view.tsx"),
        ("./folder", "src/folder/index.tsx"),
        (".", "src/index.ts"),
        ("../top", "top.mjs"),
        ("./data.json", "src/data.json"),
        ("./both", "src/both.ts"),
        ("./types", None),
        ("./gone", None),
        ("../../outside", None),
        ("/src/a", None),
        ("node:fs", None),
        ("react", None),
        ("", None),
    ],
)
def test_relative_imports(memory: Make, specifier: str, found: str | None) -> None:
    files = ["src/a.ts", "src/view.tsx", "src/folder/index.tsx", "src/index.ts", "top.mjs", "src/data.json"]
    files += ["src/both.ts", "src/both.js", "src/types.d.ts", "src/main.ts"]
    assert Modules(memory(dict.fromkeys(files, ""))).resolve(specifier, "src/main.ts") == found


def test_aliases_of_the_governing_configuration(memory: Make) -> None:
    files = {
        "tsconfig.json": json.dumps(
            {"compilerOptions": {"paths": {"@/*": ["./src/*", "./lib/*"], "exact": ["./src/one"]}}}
        ),
        "apps/web/tsconfig.json": json.dumps({"compilerOptions": {"baseUrl": ".", "paths": {"@/ui/*": ["ui/*"]}}}),
        **dict.fromkeys(["src/one.ts", "lib/two.ts", "apps/web/ui/three.tsx", "apps/web/plain.ts"], ""),
    }
    modules = Modules(memory(files))
    assert modules.resolve("@/one", "x.ts") == "src/one.ts"
    assert modules.resolve("@/two", "x.ts") == "lib/two.ts"
    assert modules.resolve("exact", "x.ts") == "src/one.ts"
    assert modules.resolve("@/ui/three", "apps/web/x.ts") == "apps/web/ui/three.tsx"
    assert modules.resolve("plain", "apps/web/x.ts") == "apps/web/plain.ts"
    assert modules.resolve("@/one", "apps/web/x.ts") is None


def test_the_longest_pattern_wins(memory: Make) -> None:
    files = {
        "tsconfig.json": json.dumps({"compilerOptions": {"paths": {"@/*": ["a/*"], "@/b/*": ["c/*"]}}}),
        **dict.fromkeys(["a/b/x.ts", "c/x.ts"], ""),
    }
    assert Modules(memory(files)).resolve("@/b/x", "main.ts") == "c/x.ts"


def test_aliases_of_a_referenced_configuration(memory: Make) -> None:
    files = {
        "tsconfig.json": json.dumps({"files": [], "references": [{"path": "./tsconfig.app.json"}]}),
        "tsconfig.app.json": json.dumps({"compilerOptions": {"paths": {"@/*": ["./src/*"]}}}),
        "src/a.ts": "",
    }
    assert Modules(memory(files)).resolve("@/a", "src/main.ts") == "src/a.ts"


def test_imports_of_the_own_package(memory: Make) -> None:
    files = {
        "pkg/package.json": json.dumps({"imports": {"#db": "./dist/db.js", "#lib/*": {"default": "./src/lib/*.ts"}}}),
        **dict.fromkeys(["pkg/src/db.ts", "pkg/src/lib/x.ts"], ""),
    }
    modules = Modules(memory(files))
    assert modules.resolve("#db", "pkg/src/main.ts") == "pkg/src/db.ts"
    assert modules.resolve("#lib/x", "pkg/src/main.ts") == "pkg/src/lib/x.ts"
    assert modules.resolve("#gone", "pkg/src/main.ts") is None


@pytest.mark.parametrize(
    ("manifest", "specifier", "found"),
    [
        ({"main": "./dist/index.js"}, "@acme/db", "packages/db/src/index.ts"),
        ({"types": "./src/other.ts", "main": "./dist/index.js"}, "@acme/db", "packages/db/src/other.ts"),
        ({"exports": "./src/other.ts"}, "@acme/db", "packages/db/src/other.ts"),
        (
            {"exports": {".": {"types": "./dist/other.d.ts", "import": "./dist/other.mjs"}}},
            "@acme/db",
            "packages/db/src/other.ts",
        ),
        ({"exports": {"./*": "./src/*.ts"}}, "@acme/db/other", "packages/db/src/other.ts"),
        ({"exports": {"./schema": ["./nowhere.js", "./src/other.ts"]}}, "@acme/db/schema", "packages/db/src/other.ts"),
        ({}, "@acme/db", "packages/db/src/index.ts"),
        ({}, "@acme/db/other", "packages/db/src/other.ts"),
        ({}, "@acme/db/gone", None),
        ({"main": "../../../etc/passwd"}, "@acme/db", "packages/db/src/index.ts"),
    ],
)
def test_workspace_packages_lead_to_their_sources(
    memory: Make, manifest: dict[str, Any], specifier: str, found: str | None
) -> None:
    files = {
        "packages/db/package.json": json.dumps({"name": "@acme/db", **manifest}),
        **dict.fromkeys(["packages/db/src/index.ts", "packages/db/src/other.ts"], ""),
    }
    assert Modules(memory(files), {"@acme/db": "packages/db"}).resolve(specifier, "apps/web/x.ts") == found
    assert Modules(memory(files)).resolve(specifier, "apps/web/x.ts") == found


def test_a_package_that_is_no_workspace_is_found_by_its_manifest(memory: Make) -> None:
    files = memory(
        {"a/package.json": '{"name": "a"}', "examples/a/package.json": '{"name": "a"}', "bad/package.json": "{"}
    )
    assert named(files) == {"a": "a"}


@pytest.mark.parametrize(
    ("entries", "key", "found"),
    [
        ("./a.js", ".", ["./a.js"]),
        ({"import": "./a.mjs", "require": "./a.cjs"}, ".", ["./a.mjs"]),
        ({".": {"browser": "./b.js", "default": "./a.js"}}, ".", ["./a.js"]),
        ({"./a/*": "./x/*.js", "./a/b/*": "./y/*.js"}, "./a/b/c", ["./y/c.js"]),
        ({"./a/": "./x/"}, "./a/b.js", ["./x/b.js"]),
        ({"./a": None}, "./a", []),
        ({"./a": "./a.js"}, "./b", []),
        (17, ".", []),
    ],
)
def test_targets_follow_conditions_and_patterns(entries: Any, key: str, found: list[str]) -> None:
    assert target(entries, key, ("import", "types")) == found
