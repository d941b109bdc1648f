"""What `parse` makes of lockfiles that are hostile, broken, or out of step with their manifests."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.lockfiles import TOOLS, Installed, Locked, LockfileProblem, Resolution, parse

PNPM = """lockfileVersion: '9.0'

overrides:
  zod: 3.25.76

importers:

  .:
    dependencies:
      react:
        specifier: ^19.0.0
        version: 19.1.0
      zod:
        specifier: 3.25.76
        version: 3.25.76

packages:

  react@18.3.1:
    resolution: {integrity: sha512-AA==}

  react@19.1.0:
    resolution: {integrity: sha512-AA==}

  zod@3.25.76:
    resolution: {integrity: sha512-AA==}
"""

NPM = json.dumps(
    {
        "lockfileVersion": 3,
        "packages": {
            "": {"dependencies": {"react": "^19.0.0"}},
            "apps/web": {"devDependencies": {"react": "^18.0.0"}},
            "node_modules/react": {"version": "19.1.0"},
            "apps/web/node_modules/react": {"version": "18.3.1"},
        },
    },
    indent=2,
)

CLASSIC = (
    '# yarn lockfile v1\n\n\nreact@^18.0.0, react@^18.2.0:\n  version "18.3.1"\n\nreact@^19.0.0:\n  version "19.1.0"\n'
)


def test_a_name_that_is_no_lockfile_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        parse("composer.lock", "{}")


def test_buns_binary_lockfile_is_said_to_be_binary_and_answers_nothing() -> None:
    for name in ("bun.lockb", "bun.lock"):
        read = parse(name, "#!/usr/bin/env bun\nbun-lockfile-format-v0\n\x00\x01")
        assert read.tool == "bun"
        assert read.resolve(".", "react", "*") is None
        assert read.installed("react") == ()
        assert read.workspaces() == ()
        (problem,) = read.problems
        assert "binary" in problem.message


@pytest.mark.parametrize("name", [name for name in TOOLS if name != "bun.lockb"])
@pytest.mark.parametrize("text", ["", "\x00", "[]", "null", "what is this?\n", "{", "- a\n- b\n", '"a'])
def test_a_file_that_is_something_else_is_a_problem(name: str, text: str) -> None:
    read = parse(name, text)
    assert read.resolve(".", "react", "^19.0.0") is None
    assert bool(read.problems) == (text != "" or name != "yarn.lock")  # which is how a project of its own is marked


@pytest.mark.parametrize("name", [name for name in TOOLS if name != "bun.lockb"])
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"packages":' * 100_000,
        '{"packages": ' + "[" * 100_000 + "]" * 100_000 + "}",
        "importers:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 1_500)),
        '"' * 200_000,
        ", ]" * 100_000,
        "{\n" + '"a, ]' * 100_000,
        "'" * 200_000 + ":",
        "lockfileVersion: '9.0'\nimporters:\n  .:\n" + "    '" * 50_000,
        "lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      react:\n        version: 1.0.0"
        + "()" * 100_000,
        "react@" * 100_000 + ":\n  version 1\n",
        "\n" * 300_000,
        "<<<<<<< a\n" * 50_000,
        ("__metadata:\n  version: 8\n\n" + '"' + "a@b, " * 100_000 + '":\n'),
        '{"lockfileVersion": ' + "9" * 100_000 + "}",
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_bounded(name: str, text: str) -> None:
    start = time.process_time()
    read = parse(name, text)
    read.resolve(".", "react", "^19.0.0")
    read.installed("react")
    read.workspaces()
    assert time.process_time() - start < 2


@given(st.sampled_from([name for name in TOOLS if name != "bun.lockb"]), st.text(max_size=400))
def test_any_text_gives_a_lockfile(name: str, text: str) -> None:
    read = parse(name, text)
    read.resolve(".", "a", "catalog:")
    read.agrees(".", "a", "1")
    read.direct(".")
    read.installed("a")


JSONISH = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["", "a", "node_modules/a", "version", "resolved", "link", "name", "dependencies", "packages"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(
    st.sampled_from(["package-lock.json", "bun.lock"]),
    st.dictionaries(
        st.sampled_from(
            ["packages", "dependencies", "workspaces", "lockfileVersion", "overrides", "patchedDependencies"]
        ),
        JSONISH,
    ),
)
def test_any_shape_of_json_gives_a_lockfile(name: str, value: object) -> None:
    read = parse(name, json.dumps(value))
    found = read.resolve(".", "a", "1")
    assert found is None or found.version is None or isinstance(found.version, str)
    read.agrees(".", "a", "1")
    read.direct(".")
    read.installed("a")
    read.workspaces()


def test_brackets_nested_too_deep_are_a_problem_with_a_line() -> None:
    (problem,) = parse("package-lock.json", "{\n" + '"a":{' * 100_000).problems
    assert problem.message == "is nested deeper than 500 brackets"
    assert problem.line == 2


def test_a_pnpm_lockfile_cut_in_its_importers_gives_what_was_read_and_says_so() -> None:
    cut = PNPM[: PNPM.index("      zod:") + 40]
    read = parse("pnpm-lock.yaml", cut)
    assert read.resolve(".", "react", "^19.0.0") == Resolution("19.1.0", 12, specifier="^19.0.0")
    assert read.resolve(".", "zod", "^3") is None
    assert read.problems == (
        LockfileProblem(15, "ends in the middle of a line: it was cut off, and its end is missing"),
    )


def test_a_pnpm_lockfile_cut_after_a_line_is_noticed_by_the_packages_that_are_missing() -> None:
    read = parse("pnpm-lock.yaml", PNPM[: PNPM.index("packages:")])
    assert [problem.message for problem in read.problems] == [
        "names packages but does not list them: it was cut off, and its end is missing"
    ]


def test_a_package_lock_cut_in_half_gives_the_root_and_no_copy_that_may_stand_nearer() -> None:
    cut = NPM[: NPM.index('"apps/web/node_modules')]
    read = parse("package-lock.json", cut)
    assert read.resolve(".", "react", "^19.0.0") == Resolution("19.1.0", 15, specifier="^19.0.0")
    assert read.resolve("apps/web", "react", "^18.0.0") is None
    (problem,) = read.problems
    assert problem.message.startswith("is not valid JSON")
    assert problem.line == NPM[: NPM.index('"apps/web/node_modules')].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "pnpm-lock.yaml",
            PNPM.replace("version: 19.1.0", "version: 19.1.0\n=======\n        version: 19.2.0\n>>>>>>> b"),
        ),
        ("yarn.lock", CLASSIC.replace('"19.1.0"', '"19.1.0"\n=======\n  version "19.2.0"\n>>>>>>> b')),
    ],
)
def test_between_conflict_markers_nothing_is_read(name: str, text: str) -> None:
    marked = text.replace("        version: 19.1.0", "<<<<<<< a\n        version: 19.1.0")
    marked = marked.replace('  version "19.1.0"', '<<<<<<< a\n  version "19.1.0"')
    read = parse(name, marked)
    assert read.resolve(".", "react", "^19.0.0") is None
    assert read.problems[0].message == "holds a merge conflict; what differs between its sides was left out"
    assert read.problems[0].line == marked.split("\n").index("<<<<<<< a") + 1


def test_pnpm_11_puts_a_document_about_itself_before_the_projects() -> None:
    own = "---\nlockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      react:\n        version: 1.0.0\n"
    read = parse("pnpm-lock.yaml", f"{own}---\n{PNPM}")
    assert read.resolve(".", "react", "^19.0.0") == Resolution("19.1.0", 22, specifier="^19.0.0")


def test_pnpm_text_that_a_formatter_rewrote_is_read_alike() -> None:
    pretty = (
        PNPM.replace("'9.0'", '"9.0"').replace("      react:", '      "react":').replace("^19.0.0", '"^19.0.0" # why')
    )
    found = parse("pnpm-lock.yaml", pretty).resolve(".", "react", "^19.0.0")
    assert found == Resolution("19.1.0", 12, specifier="^19.0.0")


def test_a_changed_manifest_disagrees_and_an_overridden_range_is_not_held_against_it() -> None:
    read = parse("pnpm-lock.yaml", PNPM)
    assert read.agrees(".", "react", "^19.0.0") is True
    assert read.agrees(".", "react", "^20.0.0") is False
    assert read.agrees(".", "vue", "^3.0.0") is False
    assert read.agrees(".", "zod", "^3.0.0") is None
    assert read.agrees("apps/gone", "react", "^19.0.0") is None


def test_npm_agrees_by_the_copy_of_the_manifest_that_it_keeps() -> None:
    read = parse("package-lock.json", NPM)
    assert read.agrees("apps/web", "react", "^18.0.0") is True
    assert read.agrees("apps/web", "react", "^19.0.0") is False
    assert read.agrees("apps/gone", "react", "^19.0.0") is None


def test_yarn_1_disagrees_only_where_it_knows_the_package_by_another_range() -> None:
    read = parse("yarn.lock", CLASSIC)
    assert read.agrees(".", "react", "^18.2.0") is True
    assert read.agrees(".", "react", "^20.0.0") is False
    assert read.agrees(".", "some-workspace", "^1.0.0") is None
    assert parse("yarn.lock", CLASSIC, resolutions={"react": "18.3.1"}).agrees(".", "react", "^20.0.0") is None


def test_all_versions_of_a_package_are_listed_once_each_with_their_lines() -> None:
    assert parse("pnpm-lock.yaml", PNPM).installed("react") == (Installed("18.3.1", 19), Installed("19.1.0", 22))
    assert parse("package-lock.json", NPM).installed("react") == (Installed("19.1.0", 15), Installed("18.3.1", 18))
    assert parse("yarn.lock", CLASSIC).installed("react") == (Installed("18.3.1", 5), Installed("19.1.0", 8))
    assert parse("pnpm-lock.yaml", PNPM).installed("vue") == ()


def test_what_the_lockfile_lists_for_a_workspace_is_known_without_its_manifest() -> None:
    assert parse("package-lock.json", NPM).direct("apps/web") == (Locked("react", "^18.0.0", "dev"),)
    assert parse("package-lock.json", NPM).workspaces() == (".", "apps/web")
    assert [entry.name for entry in parse("pnpm-lock.yaml", PNPM).direct(".")] == ["react", "zod"]
    assert parse("yarn.lock", CLASSIC).direct(".") == ()


def test_lines_are_right_in_a_package_lock_that_is_indented_otherwise_or_not_at_all() -> None:
    value = json.loads(NPM)
    for text in (json.dumps(value, indent=4), json.dumps(value, indent="\t"), json.dumps(value, indent=1)):
        found = parse("package-lock.json", text).resolve("apps/web", "react", "^18.0.0")
        assert found == Resolution("18.3.1", 18, specifier="^18.0.0")
    found = parse("package-lock.json", json.dumps(value)).resolve("apps/web", "react", "^18.0.0")
    assert found == Resolution("18.3.1", 1, specifier="^18.0.0")


def test_a_bun_lockfile_with_comments_is_read() -> None:
    text = '{\n  // ours\n  "workspaces": {"": {"dependencies": {"a": "^1"}}},\n  "packages": {\n    "a": ["a@1.2.0"],\n  },\n}\n'
    read = parse("bun.lock", text)
    assert read.problems == ()
    assert read.resolve(".", "a", "^1") == Resolution("1.2.0", 5, specifier="^1")


def test_without_its_catalog_a_yarn_dependency_is_resolved_only_when_one_version_exists() -> None:
    head = '__metadata:\n  version: 8\n\n"app@workspace:.":\n  resolution: "app@workspace:."\n  dependencies:\n    a: "catalog:"\n\n'
    one = head + '"a@npm:^1.0.0":\n  version: 1.2.0\n  resolution: "a@npm:1.2.0"\n\n'
    two = one + '"a@npm:^2.0.0":\n  version: 2.0.1\n  resolution: "a@npm:2.0.1"\n'
    assert parse("yarn.lock", one).resolve(".", "a", "catalog:") == Resolution("1.2.0", 10, specifier="catalog:")
    assert parse("yarn.lock", two).resolve(".", "a", "catalog:") is None
    known = parse("yarn.lock", two, catalogs={"default": {"a": "^2.0.0"}}).resolve(".", "a", "catalog:")
    assert known == Resolution("2.0.1", 14, specifier="catalog:")


def test_a_large_pnpm_lockfile_is_read_in_a_small_part_of_a_second() -> None:
    """A parser for the whole of it takes half a second; the bound leaves room for a machine that is busy."""
    packages = "".join(f"\n  package-{n}@1.0.{n}:\n    resolution: {{integrity: sha512-AA==}}\n" for n in range(15_000))
    text = PNPM + packages
    assert text.count("\n") > 40_000
    best = 1.0
    for _ in range(3):
        start = time.process_time()
        assert parse("pnpm-lock.yaml", text).resolve(".", "react", "^19.0.0") is not None
        best = min(best, time.process_time() - start)
    assert best < 0.1
