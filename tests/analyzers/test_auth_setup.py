"""Which file sets a library up, where more than one calls its function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prefill.analyzers.auth import ANALYZER
from prefill.model import AuthProvider
from prefill.testing import analyze, write

if TYPE_CHECKING:
    from pathlib import Path

SETUP = 'import NextAuth from "next-auth";\n\nexport default NextAuth({ providers: [] });\n'


def _setup(folder: Path, *paths: str) -> tuple[str | None, bool]:
    files: dict[str, str | bytes] = dict.fromkeys(paths, SETUP)
    write(folder, {"package.json": '{"dependencies": {"next": "13.3.2", "next-auth": "4.22.1"}}', **files})
    found = analyze(ANALYZER, folder).one(AuthProvider)
    assert found is not None
    return found.setup, found.reachable


def test_a_leftover_gives_way_to_the_setup_that_the_router_loads(tmp_path: Path) -> None:
    live = "pages/api/auth/[...nextauth].ts"
    assert _setup(tmp_path, "app/api/auth/[...nextauth]/_route.ts", live) == (live, True)


def test_one_that_nothing_loads_is_named_as_such_where_there_is_no_other(tmp_path: Path) -> None:
    assert _setup(tmp_path, "lib/old-auth.ts") == ("lib/old-auth.ts", False)
