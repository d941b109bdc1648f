"""Runs the real git as the judge, on repositories made for one test, with nothing of the user's own configuration."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from prefill.git.listing import Scan

if TYPE_CHECKING:
    from pathlib import Path

# What stands in for the user's global excludes (see prefill.git.listing).
EXCLUDES = "node_modules/\n"


class Git:
    """The git command in one folder, without global or system configuration."""

    def __init__(self, root: Path, home: Path) -> None:
        self.root = root
        self.home = home
        home.mkdir(exist_ok=True)
        (home / "excludes").write_text(EXCLUDES)

    def __call__(self, *arguments: str, data: bytes | None = None, check: bool = True) -> bytes:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": "A",
            "GIT_AUTHOR_EMAIL": "a@example.test",
            "GIT_COMMITTER_NAME": "A",
            "GIT_COMMITTER_EMAIL": "a@example.test",
            "LC_ALL": "C.UTF-8",
        }
        settings = ["-c", "protocol.file.allow=always", "-c", f"core.excludesFile={self.home / 'excludes'}"]
        done = subprocess.run(
            ["git", *settings, *arguments],
            cwd=self.root,
            env=environment,
            input=data,
            capture_output=True,
            check=False,
        )
        if check and done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout

    def text(self, *arguments: str) -> str:
        return self(*arguments).decode().strip()

    def init(self, *arguments: str) -> Git:
        self("init", "-q", "-b", "main", *arguments)
        return self

    def commit(self, message: str = "One") -> str:
        """Commits everything that is not ignored; the commit's id."""
        self("add", "-A")
        self("commit", "-q", "--allow-empty", "-m", message)
        return self.text("rev-parse", "HEAD")

    def listed(self) -> list[str]:
        """What git lists as tracked or untracked, less folders (submodules, nested repositories) and what is gone."""
        out = self("ls-files", "-z", "-co", "--exclude-standard")
        names = {os.fsdecode(name) for name in out.split(b"\0") if name}
        return sorted(name for name in names if self._is_file(name))

    def is_dirty(self) -> bool:
        return bool(self("status", "--porcelain", "-uno"))

    def _is_file(self, name: str) -> bool:
        parts = name.split("/")
        above = ["/".join(parts[:count]) for count in range(1, len(parts))]
        if any((self.root / folder).is_symlink() for folder in above):
            return False  # it lies behind a link, so it is gone from the tree
        path = self.root / name
        return path.is_symlink() or path.is_file()


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """A new repository at `tmp_path/tree`."""
    root = tmp_path / "tree"
    root.mkdir()
    return Git(root, tmp_path / "home").init()


Write = Callable[[dict[str, str]], None]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes files below `tmp_path/tree` from their paths and texts."""

    def write_all(files: dict[str, str]) -> None:
        for name, text in files.items():
            path = tmp_path / "tree" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogateescape"))

    return write_all


def messages(scan: Scan) -> list[tuple[str, int | None, str]]:
    """The problems of a scan as plain tuples."""
    return [(problem.path, problem.line, problem.message) for problem in scan.problems]
