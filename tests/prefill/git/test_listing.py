"""The listing of a working tree is the one that git gives, and no tree can make it leave the root, hang or crash."""

from __future__ import annotations

import os
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from prefill.git import listing
from prefill.git.listing import scan

if TYPE_CHECKING:
    from tests.prefill.git.conftest import Git, Write


def test_untracked_files_are_listed_unless_an_ignore_file_names_them(git: Git, write: Write) -> None:
    write({".gitignore": "*.log\n!keep.log\n/build/\n", "a.ts": "", "x.log": "", "keep.log": "", "build/out.js": ""})
    assert scan(str(git.root)).files == (".gitignore", "a.ts", "keep.log")
    assert git.listed() == [".gitignore", "a.ts", "keep.log"]


def test_a_tracked_file_is_listed_though_it_is_ignored_and_its_untracked_neighbour_is_not(
    git: Git, write: Write
) -> None:
    write({"dist/kept.js": "", "dist/deep/kept.js": ""})
    git.commit()
    write({".gitignore": "dist\n", "dist/other.js": "", "dist/deep/other.js": "", "dist/more/other.js": ""})
    assert scan(str(git.root)).files == (".gitignore", "dist/deep/kept.js", "dist/kept.js")
    assert git.listed() == [".gitignore", "dist/deep/kept.js", "dist/kept.js"]


def test_a_file_below_an_ignored_folder_cannot_be_brought_back(git: Git, write: Write) -> None:
    write({".gitignore": "out/\n!out/keep.txt\n", "out/keep.txt": "", "out/.gitignore": "!*\n"})
    assert scan(str(git.root)).files == (".gitignore",)
    assert git.listed() == [".gitignore"]


def test_a_nested_ignore_file_outranks_those_above_it(git: Git, write: Write) -> None:
    write({".gitignore": "*.md\n", "docs/.gitignore": "!*.md\n", "docs/a.md": "", "docs/deep/b.md": "", "c.md": ""})
    assert scan(str(git.root)).files == (".gitignore", "docs/.gitignore", "docs/a.md", "docs/deep/b.md")
    assert git.listed() == [".gitignore", "docs/.gitignore", "docs/a.md", "docs/deep/b.md"]


def test_the_repositorys_own_exclude_file_counts_and_ignore_files_outrank_it(git: Git, write: Write) -> None:
    write({".git/info/exclude": "*.tmp\n*.bak\n", ".gitignore": "!*.bak\n", "a.tmp": "", "a.bak": ""})
    assert scan(str(git.root)).files == (".gitignore", "a.bak")
    assert git.listed() == [".gitignore", "a.bak"]


def test_the_users_global_excludes_never_count(git: Git, write: Write) -> None:
    write({"global": "*.ts\n", "a.ts": ""})
    git("config", "core.excludesFile", str(git.root / "global"))
    assert scan(str(git.root)).files == ("a.ts", "global")


def test_a_deleted_tracked_file_is_not_listed(git: Git, write: Write) -> None:
    write({"a.ts": "", "b/c.ts": "", "d/e.ts": ""})
    git.commit()
    (git.root / "a.ts").unlink()
    (git.root / "b" / "c.ts").unlink()
    (git.root / "b").rmdir()
    assert scan(str(git.root)).files == ("d/e.ts",)


def test_node_modules_is_left_out_unless_an_ignore_file_brings_it_back_or_its_files_are_tracked(
    git: Git, write: Write
) -> None:
    write(
        {
            "node_modules/a/index.js": "",
            "x/node_modules/b.js": "",
            "y/node_modules/c.js": "",
            "y/.gitignore": "!node_modules\n",
        }
    )
    git("add", "-f", "x/node_modules/b.js")
    write({"x/node_modules/untracked.js": ""})
    expected = ["x/node_modules/b.js", "y/.gitignore", "y/node_modules/c.js"]
    assert list(scan(str(git.root)).files) == expected
    assert git.listed() == expected


def test_without_git_the_same_rules_come_from_the_ignore_files(tmp_path: Path, write: Write) -> None:
    write({".gitignore": "*.log\n", "a.log": "", "b.ts": "", "c/.gitignore": "/d\n", "c/d/e.ts": "", "c/f.ts": ""})
    seen = scan(str(tmp_path / "tree"))
    assert seen.files == (".gitignore", "b.ts", "c/.gitignore", "c/f.ts")
    assert seen.gitdir is None
    assert seen.problems == ()


def test_case_counts_unless_the_repository_says_that_it_does_not(git: Git, write: Write) -> None:
    write({".gitignore": "Build/\n/DOCS/*.MD\n[A-C]x\n", "build/a": "", "docs/a.md": "", "bx": ""})
    assert scan(str(git.root)).files == (".gitignore", "build/a", "bx", "docs/a.md")
    git("config", "core.ignorecase", "true")
    assert list(scan(str(git.root)).files) == git.listed()
    assert scan(str(git.root)).files == (".gitignore",)


def test_links_are_listed_as_links_and_never_followed(git: Git, write: Write, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.ts").write_text("")
    write({"src/a.ts": ""})
    (git.root / "away").symlink_to(outside)
    (git.root / "file.ts").symlink_to(outside / "secret.ts")
    (git.root / "src" / "loop").symlink_to("..")
    (git.root / "gone").symlink_to("nowhere")
    seen = scan(str(git.root))
    assert seen.files == ("away", "file.ts", "gone", "src/a.ts", "src/loop")
    assert seen.links == {"away", "file.ts", "gone", "src/loop"}
    assert list(seen.files) == git.listed()


def test_a_tracked_folder_that_became_a_link_lists_the_link_alone(git: Git, write: Write, tmp_path: Path) -> None:
    write({"lib/a.ts": ""})
    git.commit()
    (git.root / "lib").rename(tmp_path / "moved")
    (git.root / "lib").symlink_to(tmp_path / "moved")
    assert scan(str(git.root)).files == ("lib",)
    assert git.listed() == ["lib"]


def test_a_linked_ignore_file_has_no_rules(git: Git, write: Write, tmp_path: Path) -> None:
    (tmp_path / "rules").write_text("*.ts\n")
    write({"a.ts": ""})
    (git.root / ".gitignore").symlink_to(tmp_path / "rules")
    assert scan(str(git.root)).files == (".gitignore", "a.ts")
    assert git.listed() == [".gitignore", "a.ts"]


def test_special_files_are_named_apart_and_never_opened(git: Git, write: Write) -> None:
    write({"a.ts": ""})
    os.mkfifo(git.root / "pipe")
    os.mkfifo(git.root / "package.json")
    (git.root / "sub").mkdir()
    os.mkfifo(git.root / "sub" / ".gitignore")
    with socket.socket(socket.AF_UNIX) as listener:
        before = Path.cwd()
        os.chdir(git.root)  # the name of a socket has a short bound
        try:
            listener.bind("talk")
        finally:
            os.chdir(before)
    seen = scan(str(git.root))
    assert seen.files == ("a.ts",)
    assert seen.special == ("package.json", "pipe", "sub/.gitignore", "talk")


def test_a_nested_repository_is_named_and_not_entered(git: Git, write: Write) -> None:
    write({"a.ts": "", "vendor/lib/b.ts": ""})
    git("init", "-q", "vendor/lib")
    seen = scan(str(git.root))
    assert seen.files == ("a.ts",)
    assert seen.nested == ("vendor/lib",)
    assert seen.submodules == ()


def test_a_folder_with_an_empty_git_folder_is_no_repository(git: Git, write: Write) -> None:
    write({"lib/a.ts": ""})
    (git.root / "lib" / ".git").mkdir()
    assert scan(str(git.root)).files == ("lib/a.ts",)
    assert git.listed() == ["lib/a.ts"]


def test_a_submodule_is_named_and_not_entered(git: Git, write: Write, tmp_path: Path) -> None:
    write({"a.ts": "", "../other/b.ts": ""})
    other = type(git)(tmp_path / "other", git.home).init()
    other.commit()
    git("submodule", "-q", "add", str(other.root), "libs/other")
    seen = scan(str(git.root))
    assert seen.files == (".gitmodules", "a.ts")
    assert seen.nested == seen.submodules == ("libs/other",)


def test_a_worktree_has_its_own_index_and_the_common_exclude_file(git: Git, write: Write, tmp_path: Path) -> None:
    write({"a.log": "", ".git/info/exclude": "*.log\n"})
    git("add", "-f", "a.log")
    git.commit()
    git("worktree", "add", "-q", "../second")
    second = type(git)(tmp_path / "second", git.home)
    (second.root / "b.log").write_text("")
    (second.root / "c.ts").write_text("")
    seen = scan(str(second.root))
    assert seen.files == ("a.log", "c.ts")
    assert list(seen.files) == second.listed()


def test_a_git_file_that_names_a_folder_which_does_not_point_back_is_not_followed(
    git: Git, write: Write, tmp_path: Path
) -> None:
    write({"secret.ts": "", "../thief/a.ts": "", "../thief/.git": f"gitdir: {git.root}/.git\n"})
    git.commit()
    seen = scan(str(tmp_path / "thief"))
    assert seen.files == ("a.ts",)
    assert seen.index is None
    assert [(p.path, p.line, p.message) for p in seen.problems] == [
        (".git", 1, "names a folder that does not point back here, and is not followed")
    ]


def test_a_git_folder_that_is_a_link_is_not_followed(git: Git, write: Write, tmp_path: Path) -> None:
    write({"secret.ts": "", "../thief/a.ts": ""})
    git.commit()
    (tmp_path / "thief" / ".git").symlink_to(git.root / ".git")
    seen = scan(str(tmp_path / "thief"))
    assert seen.files == ("a.ts",)
    assert [(p.path, p.message) for p in seen.problems] == [(".git", "is a symbolic link and is not followed")]


def test_a_bare_repository_has_no_files(tmp_path: Path, git: Git) -> None:
    git("init", "-q", "--bare", str(tmp_path / "bare.git"))
    seen = scan(str(tmp_path / "bare.git"))
    assert seen.files == ()
    assert [p.message for p in seen.problems] == ["is a bare repository: it has no working tree"]


def test_configuration_that_names_programs_runs_none(git: Git, write: Write, tmp_path: Path) -> None:
    write({"a.ts": ""})
    git.commit()
    flag = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {flag}\n")
    program.chmod(0o755)
    for name in (
        "core.fsmonitor",
        "core.hooksPath",
        "core.sshCommand",
        "filter.x.clean",
        "diff.external",
        "core.pager",
    ):
        git("config", name, str(program))
    write({".gitattributes": "* filter=x diff=x\n", "a.ts": "changed"})
    assert not flag.exists()
    assert scan(str(git.root)).files == (".gitattributes", "a.ts")
    assert not flag.exists()
    git("status", check=False)
    assert flag.exists(), "the trap works: git itself does run them"


NAMES = [
    "bad\udcff.ts",
    "new\nline.ts",
    "bell\x07.ts",
    "\u202eabc.ts",
    "été.ts",
    " space ",
    "tab\t",
    "back\\slash",
    "-",
]


def test_names_of_any_bytes_are_kept(git: Git, write: Write) -> None:
    write(dict.fromkeys(NAMES, ""))
    git("add", NAMES[0], NAMES[1])
    assert sorted(scan(str(git.root)).files) == git.listed() == sorted(NAMES)


def test_a_tree_beyond_the_bound_is_cut_and_said_to_be(git: Git, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({f"{number}.ts": "" for number in range(20)})
    monkeypatch.setattr(listing, "MAX_FILES", 10)
    seen = scan(str(git.root))
    assert not seen.complete
    assert [(p.path, p.message) for p in seen.problems] == [(".", "has more than 10 files; the rest is left out")]


def test_folders_beyond_the_bound_of_depth_are_left_out_and_named(
    git: Git, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write({"a/b/c/d.ts": "", "a/b/e.ts": ""})
    monkeypatch.setattr(listing, "MAX_DEPTH", 2)
    seen = scan(str(git.root))
    assert seen.files == ("a/b/e.ts",)
    assert [(p.path, p.message) for p in seen.problems] == [("a/b/c", "lies deeper than 2 folders and is left out")]


def test_an_ignore_file_beyond_the_bound_is_a_problem(git: Git, write: Write) -> None:
    write({".gitignore": "a.ts\n" * 300_000, "a.ts": ""})
    seen = scan(str(git.root))
    assert seen.files == (".gitignore", "a.ts")
    assert [(p.path, p.message) for p in seen.problems] == [
        (".gitignore", "cannot be read: it has 1500000 bytes, more than 1048576")
    ]


def test_ignore_files_that_cost_too_much_end_the_walk(git: Git, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({".gitignore": "*a*b*\n" * 100, **{f"{number}/aaaaaaaaaa": "" for number in range(50)}})
    monkeypatch.setattr(listing, "MAX_STEPS", 1000)
    seen = scan(str(git.root))
    assert not seen.complete
    assert seen.problems[0].message == "matching the ignore files took too many steps; the rest is left out"


def test_a_folder_that_cannot_be_listed_is_a_problem(git: Git, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"a.ts": "", "closed/b.ts": ""})
    real = os.scandir

    def refuse(path: bytes) -> object:  # as for anybody but root, who runs the tests in containers
        if path.endswith(b"closed/"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    seen = scan(str(git.root))
    assert seen.files == ("a.ts",)
    assert not seen.complete
    assert [(p.path, p.message) for p in seen.problems] == [("closed", "cannot be listed: Permission denied")]


@pytest.mark.parametrize("damage", [b"", b"DIRC", b"DIRC\0\0\0\2\xff\xff\xff\xff" + bytes(40), b"x" * 100])
def test_a_damaged_index_is_a_problem_and_the_files_are_listed_by_the_ignore_rules(
    git: Git, write: Write, damage: bytes
) -> None:
    write({"a.ts": "", ".gitignore": "b.ts\n", "b.ts": ""})
    (git.root / ".git" / "index").write_bytes(damage)
    seen = scan(str(git.root))
    assert seen.files == (".gitignore", "a.ts")
    assert [p.path for p in seen.problems] == [".git/index"]


# Small alphabets, so that patterns and names meet.
_LETTERS = st.text(alphabet="abAé.-", min_size=1, max_size=3).filter(lambda name: name not in (".", ".."))
_PIECES = st.sampled_from(
    [
        "a",
        "b",
        "A",
        "é",
        ".",
        "*",
        "?",
        "**",
        "[ab]",
        "[!a]",
        "[^a-b]",
        "[]a]",
        "[[:alpha:]]",
        "\\a",
        "\\*",
        "[",
        "\\",
        " ",
        "\\ ",
    ]
)
_SEGMENTS = st.lists(_PIECES, min_size=1, max_size=3).map("".join)


@st.composite
def _patterns(draw: st.DrawFn) -> str:
    segments = draw(st.lists(st.one_of(_SEGMENTS, st.just("**"), _LETTERS), min_size=1, max_size=3))
    text = draw(st.sampled_from(["", "", "/", "!", "!/", "**/"])) + "/".join(segments)
    return text + draw(st.sampled_from(["", "", "", "/", "/**", " ", "\r", "/*"]))


_TREES = st.dictionaries(
    st.lists(_LETTERS, min_size=1, max_size=3).map("/".join),
    st.booleans(),  # whether it is tracked
    min_size=1,
    max_size=8,
)
_RULES = st.lists(_patterns(), max_size=4).map("\n".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=_TREES, rules=st.dictionaries(st.sampled_from(["", "a/", "b/", "a/b/", "exclude"]), _RULES, max_size=3))
@example(tree={"a/b": False, "b": False}, rules={"": "a**/b"})
def test_any_tree_with_any_ignore_files_is_listed_as_git_lists_it(
    git: Git, tree: dict[str, bool], rules: dict[str, str]
) -> None:
    with tempfile.TemporaryDirectory(dir=git.home) as folder:
        root = Path(folder)
        judge = type(git)(root, git.home).init()
        for name in tree:
            _write_if_free(root / name, "")
        tracked = [name for name, is_tracked in tree.items() if is_tracked and (root / name).is_file()]
        if tracked:
            judge("add", "-f", "--", *[":(literal)" + name for name in tracked])
        for name, text in rules.items():
            _write_if_free(root / (".git/info/exclude" if name == "exclude" else f"{name}.gitignore"), text)
        seen = scan(str(root))
        assert list(seen.files) == judge.listed()
        assert seen.problems == ()


def _write_if_free(path: Path, text: str) -> None:
    """Writes a file, unless a file stands where its folder should, or a folder where it should."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    except (FileExistsError, NotADirectoryError, IsADirectoryError):
        pass
