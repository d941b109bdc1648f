"""The effective configuration is what TypeScript's own parser makes of the same files."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.typescript.config import Config, Reader, effective, governing


class Files:
    def __init__(self, files: dict[str, str]) -> None:
        self.contents = files
        self.files = tuple(sorted(files))

    def exists(self, path: str) -> bool:
        return path in self.contents

    def text(self, path: str) -> str | None:
        return self.contents.get(path)

    def source(self, path: str) -> bytes | None:
        return self.contents[path].encode() if path in self.contents else None


def read(path: str = "tsconfig.json", **files: Any) -> Config:
    """`effective` of one file; names with `__` for folders, values as JSON unless they are text."""
    contents = {}
    for name, value in files.items():
        written = name.replace("__", "/") + ".json"
        contents[written] = value if isinstance(value, str) else json.dumps(value)
    return effective(Files(contents), path)


def options(**written: Any) -> dict[str, Any]:
    return {"compilerOptions": written}


def test_only_what_is_written_is_there_and_nothing_is_implied() -> None:
    assert read(tsconfig=options(strict=True)).options == {"strict": True}


@pytest.mark.parametrize(
    ("name", "written", "printed"),
    [
        ("target", "ES2022", "es2022"),
        ("target", "ES2015", "es6"),
        ("module", "NodeNext", "nodenext"),
        ("moduleResolution", "Node", "node10"),
        ("moduleResolution", "Bundler", "bundler"),
        ("jsx", "react-jsx", "react-jsx"),
        ("lib", ["ES2022", "DOM", "esnext.asynciterable", "ES2016"], ["es2022", "dom", "es2018.asynciterable", "es7"]),
        ("types", ["Node"], ["Node"]),
    ],
)
def test_enums_are_spelled_as_show_config_prints_them(name: str, written: Any, printed: Any) -> None:
    assert read(tsconfig=options(**{name: written})).options == {name: printed}


def test_own_options_win_over_those_of_a_base_and_null_unsets_them() -> None:
    config = read(
        tsconfig={"extends": "./base.json", **options(strict=False, jsx=None)},
        base=options(strict=True, jsx="react", noEmit=True),
    )
    assert config.options == {"strict": False, "noEmit": True}
    assert config.origins == {"strict": "tsconfig.json", "noEmit": "base.json"}


def test_of_several_bases_the_later_one_wins() -> None:
    config = read(
        tsconfig={"extends": ["./one", "./two"]}, one=options(strict=True, noEmit=True), two=options(strict=False)
    )
    assert config.options == {"strict": False, "noEmit": True}
    assert config.extends == ("one.json", "two.json")


def test_a_base_may_be_a_package_of_the_repository() -> None:
    config = read(
        "apps/web/tsconfig.json",
        apps__web__tsconfig={"extends": "@acme/ts/next"},
        tools__ts__package={"name": "@acme/ts"},
        tools__ts__next={"extends": "./base.json", **options(jsx="preserve")},
        tools__ts__base=options(strict=True),
    )
    assert config.extends == ("tools/ts/next.json",)
    assert config.chain == ("apps/web/tsconfig.json", "tools/ts/next.json", "tools/ts/base.json")
    assert config.options == {"strict": True, "jsx": "preserve"}


@pytest.mark.parametrize(
    ("manifest", "specifier", "found"),
    [
        ({"tsconfig": "strict.json"}, "@acme/ts", "tools/ts/strict.json"),
        ({}, "@acme/ts", "tools/ts/tsconfig.json"),
        ({}, "@acme/ts/strict.json", "tools/ts/strict.json"),
        ({"exports": {"./strict": "./strict.json"}}, "@acme/ts/strict", "tools/ts/strict.json"),
        ({"exports": {"./*": {"default": "./*.json"}}}, "@acme/ts/strict", "tools/ts/strict.json"),
    ],
)
def test_a_package_says_by_its_manifest_which_file_is_meant(
    manifest: dict[str, Any], specifier: str, found: str
) -> None:
    config = read(
        tsconfig={"extends": specifier},
        tools__ts__package={"name": "@acme/ts", **manifest},
        tools__ts__tsconfig=options(),
        tools__ts__strict=options(strict=True),
    )
    assert config.extends == (found,)


def test_exports_hide_what_they_do_not_name() -> None:
    config = read(
        tsconfig={"extends": "@acme/ts/strict.json"},
        tools__ts__package={"name": "@acme/ts", "exports": {".": "./index.js"}},
        tools__ts__strict=options(strict=True),
    )
    assert config.unresolved == ("@acme/ts/strict.json",)


@pytest.mark.parametrize(
    "specifier", ["@tsconfig/node22/tsconfig.json", "./gone", "../outside.json", "/etc/passwd", ""]
)
def test_a_base_that_the_repository_does_not_hold_is_unresolved(specifier: str) -> None:
    config = read(tsconfig={"extends": specifier, **options(strict=True)})
    assert config.unresolved == (specifier,)
    assert config.options == {"strict": True}


def test_paths_count_from_the_folder_of_the_file_that_says_them() -> None:
    config = read(
        "apps/web/tsconfig.json",
        apps__web__tsconfig={"extends": "../../base/tsconfig.json"},
        base__tsconfig=options(paths={"~/*": ["./src/*"]}, outDir="dist"),
    )
    assert config.paths == {"~/*": ("./src/*",)}
    assert config.base == "base"
    assert config.options["outDir"] == "../../base/dist"


def test_base_url_is_where_paths_count_from() -> None:
    config = read(tsconfig=options(baseUrl="src", paths={"@/*": ["*"]}))
    assert config.base == "src"
    assert config.options["baseUrl"] == "./src"


def test_config_dir_stands_for_the_folder_of_the_file_that_is_asked_about() -> None:
    config = read(
        "apps/web/tsconfig.json",
        apps__web__tsconfig={"extends": "../../base.json"},
        base={
            **options(outDir="${configDir}/dist", paths={"@/*": ["${configDir}/src/*"]}),
            "include": ["${configDir}/src"],
        },
    )
    assert config.options["outDir"] == "./dist"
    assert config.paths == {"@/*": ("/apps/web/src/*",)}
    assert config.include == ("./src",)


def test_files_and_globs_are_inherited_unless_written_and_re_based() -> None:
    config = read(
        "apps/web/tsconfig.json",
        apps__web__tsconfig={"extends": "../../base.json", "exclude": ["tmp"]},
        base={"include": ["src"], "exclude": ["dist"], "files": ["a.d.ts"]},
    )
    assert (config.include, config.exclude, config.files) == (("../../src",), ("tmp",), ("../../a.d.ts",))


def test_references_are_not_inherited_and_name_files() -> None:
    config = read(
        tsconfig={"extends": "./base.json", "references": [{"path": "./tsconfig.app.json"}, {"path": "packages/a"}]},
        base={"references": [{"path": "gone"}]},
    )
    assert config.references == ("tsconfig.app.json", "packages/a/tsconfig.json")


def test_a_jsconfig_says_what_its_name_says() -> None:
    config = read("jsconfig.json", jsconfig=options(strict=True, noEmit=False))
    assert config.options == {
        "allowJs": True,
        "maxNodeModuleJsDepth": 2,
        "allowSyntheticDefaultImports": True,
        "skipLibCheck": True,
        "noEmit": False,
        "strict": True,
    }


def test_comments_and_trailing_commas_are_read_and_lines_are_found() -> None:
    text = """{
  // the base
  "extends": "./base.json", /* why */
  "compilerOptions": {
    "strict": true, // "noEmit": true
    "paths": { "@/*": ["./*",], },
  },
}
"""
    config = read(tsconfig=text, base=options(noEmit=True))
    assert config.options == {"noEmit": True, "strict": True, "paths": {"@/*": ["./*"]}}
    assert config.lines == {"noEmit": ("base.json", 1), "strict": ("tsconfig.json", 5), "paths": ("tsconfig.json", 6)}
    assert config.line("extends") == 3


def test_an_empty_file_is_an_empty_configuration() -> None:
    assert read(tsconfig="").options == {}
    assert read(tsconfig="").problems == ()


@pytest.mark.parametrize("text", ["{", "[1, 2]", "nonsense", '{"compilerOptions": {"strict": tru}}', "[" * 100_000])
def test_what_is_not_a_configuration_is_a_located_problem(text: str) -> None:
    config = read(tsconfig=text)
    assert config.options == {}
    assert [problem[0] for problem in config.problems] == ["tsconfig.json"]


def test_a_value_of_the_wrong_type_is_a_problem_and_is_dropped() -> None:
    config = read(
        tsconfig='{\n"compilerOptions": {\n"strict": "yes",\n"target": "ES1999", "noEmit": true, "madeUp": 1}}'
    )
    assert config.options == {"noEmit": True}
    assert [problem[1] for problem in config.problems] == [3, 4]


def test_a_circle_ends_and_is_a_problem() -> None:
    config = read(
        tsconfig={"extends": "./a", **options(strict=True)}, a={"extends": "./tsconfig.json", **options(noEmit=True)}
    )
    assert config.options == {"noEmit": True, "strict": True}
    assert "circular" in config.problems[0][2]


def test_a_chain_is_bounded() -> None:
    files = {f"c{at}": {"extends": f"./c{at + 1}"} for at in range(200)}
    config = read("c0.json", **files)
    assert len(config.chain) <= 41
    assert any("more than" in problem[2] for problem in config.problems)


def test_the_nearest_configuration_governs_a_file() -> None:
    files = Files({"tsconfig.json": "{}", "apps/web/jsconfig.json": "{}", "apps/api/tsconfig.json": "{}"})
    assert governing(files, "apps/api/src/x.ts") == "apps/api/tsconfig.json"
    assert governing(files, "apps/web/x.js") == "tsconfig.json"
    assert governing(Files({}), "x.ts") is None


def test_one_reader_reads_a_shared_base_once() -> None:
    reads: list[str] = []

    class Counting(Files):
        def text(self, path: str) -> str | None:
            reads.append(path)
            return super().text(path)

    files = Counting({"a.json": '{"extends": "./base"}', "b.json": '{"extends": "./base"}', "base.json": "{}"})
    reader = Reader(files)
    for path in ("a.json", "b.json", "a.json"):
        effective(files, path, reader=reader)
    assert reads == ["a.json", "base.json", "b.json"]


_LEVELS = st.lists(
    st.dictionaries(st.sampled_from(["strict", "noEmit", "allowJs", "checkJs"]), st.booleans()), min_size=1, max_size=6
)


@given(_LEVELS)
def test_a_chain_is_its_levels_laid_over_each_other(levels: list[dict[str, bool]]) -> None:
    files = {}
    expected: dict[str, bool] = {}
    for at, level in enumerate(levels):  # the last is asked about
        files[f"c{at}"] = {**({"extends": f"./c{at - 1}"} if at else {}), "compilerOptions": level}
        expected.update(level)
    assert read(f"c{len(levels) - 1}.json", **files).options == expected
