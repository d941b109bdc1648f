"""The view of a repository: what exists, what is read, and what is never read."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from prefill import repository as room
from prefill.errors import PrefillError
from prefill.repository import find_root, is_secret, matches, open_repository
from prefill.testing import open_repository as view
from prefill.testing import write

if TYPE_CHECKING:
    from pathlib import Path


def test_files_are_found_by_glob_relative_to_a_folder(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"apps/web/app/page.tsx": "", "apps/web/app/(x)/page.tsx": "", "apps/docs/page.mdx": "", "page.tsx": ""},
    )
    files = view(tmp_path)
    assert files.find("**/page.tsx") == ("apps/web/app/(x)/page.tsx", "apps/web/app/page.tsx", "page.tsx")
    assert files.find("app/*.{ts,tsx}", under="apps/web") == ("apps/web/app/page.tsx",)
    assert files.find("page.tsx") == ("page.tsx",)
    assert files.find("apps/**/*.mdx") == ("apps/docs/page.mdx",)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("packages/*", "packages/ui", True),
        ("packages/*", "packages/ui/src/index.ts", True),
        ("packages/**/db", "packages/a/b/db", True),
        ("[ab]?.ts", "a1.ts", True),
        ("[!ab]?.ts", "a1.ts", False),
        ("src/*.ts", "src/deep/x.ts", False),
        ("[", "[", True),
        ("{a,b}/x", "b/x", True),
    ],
)
def test_a_glob_matches_a_path_or_the_folder_that_it_lies_in(pattern: str, path: str, expected: bool) -> None:
    assert matches(path, pattern) is expected


def test_folders_list_what_is_directly_in_them(tmp_path: Path) -> None:
    write(tmp_path, {"a/b/c.ts": "", "a/d.ts": "", "e.ts": ""})
    files = view(tmp_path)
    assert files.folder(".") == (["a"], ["e.ts"])
    assert files.folder("a") == (["b"], ["d.ts"])
    assert files.folder("nowhere") == ([], [])
    assert files.is_folder("a/b")
    assert not files.is_folder("a/d.ts")


def test_a_missing_file_is_no_problem_and_an_unreadable_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.ts": "text"})
    files = view(tmp_path)
    assert files.text("b.ts") is None
    assert not files.problems

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    assert files.text("a.ts") is None
    assert [(problem.path, problem.message) for problem in files.problems] == [
        ("a.ts", "cannot be opened: Permission denied")
    ]


def test_a_file_is_read_once_however_often_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.ts": "\ufefftext"})
    files = view(tmp_path)
    assert files.text("a.ts") == "text"
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("opened again"))
    assert files.text("a.ts") == "text"
    assert files.reads == ("a.ts",)


def test_bytes_that_are_no_text_are_replaced_and_utf_16_is_read(tmp_path: Path) -> None:
    write(tmp_path, {"a.ts": b"a\xffb", "b.ts": "Zürich".encode("utf-16")})
    files = view(tmp_path)
    assert files.text("a.ts") == "a\ufffdb"
    assert files.text("b.ts") == "Zürich"


def test_a_link_that_leads_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"outside/secret.ts": "secret", "repository/a.ts": "a"})
    (tmp_path / "repository/out.ts").symlink_to(tmp_path / "outside/secret.ts")
    (tmp_path / "repository/in.ts").symlink_to("a.ts")
    files = view(tmp_path / "repository")
    assert files.text("in.ts") == "a"
    assert files.text("out.ts") is None
    assert [problem.path for problem in files.problems] == ["out.ts"]


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    write(tmp_path, {"outside/secret.ts": "secret", "repository/a.ts": "a"})
    (tmp_path / "repository/out").symlink_to(tmp_path / "outside")
    (tmp_path / "repository/loop").symlink_to(".")
    assert [path for path in view(tmp_path / "repository").files if path.endswith(".ts")] == ["a.ts"]


def test_a_link_to_a_secret_file_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {".env": "KEY=secret", "a.ts": "a"})
    (tmp_path / "plain.txt").symlink_to(".env")
    files = view(tmp_path)
    assert files.text("plain.txt") is None


def test_special_files_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.ts": "a"})
    os.mkfifo(tmp_path / "pipe.ts")
    with socket.socket(socket.AF_UNIX) as listener:
        monkeypatch.chdir(tmp_path)  # the name of a socket is short
        listener.bind("socket.ts")
        files = view(tmp_path)
        assert files.files == ("a.ts",)
        assert files.text("pipe.ts") is None


def test_a_file_that_becomes_a_pipe_after_the_scan_does_not_hang(tmp_path: Path) -> None:
    write(tmp_path, {"a.ts": "a"})
    files = view(tmp_path)
    (tmp_path / "a.ts").unlink()
    os.mkfifo(tmp_path / "a.ts")
    assert files.text("a.ts") is None
    assert [problem.message for problem in files.problems] == ["is not a regular file"]


def test_a_file_that_becomes_a_link_after_the_scan_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"outside.ts": "secret", "repository/a.ts": "a"})
    files = view(tmp_path / "repository")
    (tmp_path / "repository/a.ts").unlink()
    (tmp_path / "repository/a.ts").symlink_to(tmp_path / "outside.ts")
    assert files.text("a.ts") is None


@pytest.mark.parametrize(
    "name", [".env", ".env.local", ".env.production", "prod.env", ".npmrc", "server.pem", "id_rsa", ".dev.vars"]
)
def test_a_file_that_may_hold_secrets_is_never_opened(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {name: "KEY=secret"})
    files = view(tmp_path)
    opened: list[str] = []
    real = os.open

    def note(path: str, *rest: int) -> int:
        opened.append(path)
        return real(path, *rest)

    monkeypatch.setattr(os, "open", note)
    assert files.text(name) is None
    assert opened == []


@pytest.mark.parametrize(
    "name", [".env.example", ".env.sample", ".env.local.example", "example.env", "keys.ts", "environment.ts"]
)
def test_an_example_of_such_a_file_may_be_read(name: str) -> None:
    assert not is_secret(name)


def test_a_file_beyond_the_limit_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SOURCE_LIMIT", 10)
    write(tmp_path, {"package.json": " " * 11})
    files = view(tmp_path)
    assert files.source("package.json", limit=10) is None
    assert [problem.message for problem in files.problems] == ["is larger than 10 bytes and was not read"]


def test_what_a_run_reads_in_all_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "TOTAL_LIMIT", 10)
    write(tmp_path, {"a.ts": "12345678", "b.ts": "12345678"})
    files = view(tmp_path)
    assert files.text("a.ts") == "12345678"
    assert files.text("b.ts") is None
    assert [problem.path for problem in files.problems] == ["b.ts"]


def test_the_repository_of_a_folder_in_it_is_found(tmp_path: Path) -> None:
    write(tmp_path, {".git/HEAD": "ref: refs/heads/main", "apps/web/a.ts": ""})
    assert find_root(str(tmp_path / "apps/web")) == str(tmp_path)
    files, asked = open_repository(str(tmp_path / "apps/web"))
    assert files.root == str(tmp_path)
    assert asked == "apps/web"


def test_a_path_that_is_no_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    write(tmp_path, {"a.ts": ""})
    with pytest.raises(PrefillError, match="is a file; name a repository"):
        open_repository(str(tmp_path / "a.ts"))
    with pytest.raises(PrefillError, match="there is no such folder"):
        open_repository(str(tmp_path / "nowhere"))


def test_excluded_globs_take_files_out_of_the_view(tmp_path: Path) -> None:
    write(tmp_path, {"a.ts": "", "legacy/b.ts": "", "x/generated.ts": ""})
    assert view(tmp_path).without(("legacy", "**/generated.ts")).files == ("a.ts",)
