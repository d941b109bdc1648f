"""What the conformance tests share: the checkouts to compare on, and the way to start Node.

The checkouts are named by the environment (`REPO=PATH make conformance`, several with ``:`` between), never on pytest's
command line: pytest takes any path there for tests, and would run the `conftest.py` that a checkout holds.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent

Node = Callable[..., list[dict[str, Any]]]


@pytest.fixture(scope="session")
def node() -> Node:
    """Runs one of the scripts of this folder: (script, *arguments) → the JSON value of each line that it prints."""
    if not (HERE / "node_modules").is_dir():
        pytest.fail("the packages of tests/conformance are not installed: run `make conformance`")

    def run(script: str, *arguments: str) -> list[dict[str, Any]]:
        command = ["node", str(HERE / script), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return run


@pytest.fixture(scope="session")
def checkouts() -> tuple[Path, ...]:
    """The checkouts that REPO names; none is a valid answer, since the fixtures are compared on every run."""
    return tuple(Path(path).resolve() for path in os.environ.get("REPO", "").split(os.pathsep) if path)


@pytest.fixture(scope="session")
def find() -> Callable[..., list[Path]]:
    """(folder, *names) → the files of these names below it, sorted, without installed packages and version control."""
    return lambda root, *names: list(_find(root, *names))


def _find(root: Path, *names: str) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in {"node_modules", ".git"})
        yield from (Path(folder, name) for name in names if name in files)
