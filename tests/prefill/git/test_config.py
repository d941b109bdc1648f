"""Settings are read as git reads them, and no text of a configuration can crash the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prefill.git.config import is_true, parse_config

if TYPE_CHECKING:
    from tests.prefill.git.conftest import Git

TEXT = r"""
# a comment
[core]
	ignoreCase = TRUE ; said so
	filemode
	worktree = "../a b" # with a space
	pager = less \
  -R
	editor = a\tb\"c\" ; x
	bare = false
	autocrlf=input
[Remote "Origin.x \"y\""] url = https://example.test/#here
	fetch = "a#b;c"  d
[branch.Old]
	merge = one
	merge = two
"""


def test_settings_are_as_git_lists_them(git: Git) -> None:
    path = git.home / "config"
    path.write_text(TEXT)
    expected = {}
    for row in git("config", "-z", "--list", "--no-includes", "-f", str(path)).decode().split("\0")[:-1]:
        key, _, value = row.partition("\n")
        expected[key] = value
    assert parse_config(TEXT.encode()) == expected
    assert expected["core.worktree"] == "../a b"
    assert expected['remote.Origin.x "y".fetch'] == "a#b;c  d"
    assert expected["branch.old.merge"] == "two"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", True), ("yes", True), ("ON", True), ("1", True), ("false", False), ("0", False), ("no", False)],
)
def test_a_switch_is_read_in_each_spelling(value: str, expected: bool) -> None:
    assert is_true(parse_config(f"[core]\nbare = {value}\n".encode()), "core.bare") is expected


def test_a_switch_without_a_value_is_on_and_one_that_is_missing_has_its_default() -> None:
    settings = parse_config(b"[core]\nbare\n")
    assert is_true(settings, "core.bare")
    assert not is_true(settings, "core.filemode")
    assert is_true(settings, "core.filemode", default=True)


@given(st.text(alphabet='[]"\\=#; \n\tab.\r'))
def test_no_text_crashes_the_reader(text: str) -> None:
    assert isinstance(parse_config(text.encode()), dict)
