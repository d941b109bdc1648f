"""A pattern matches what git says it matches, in time that no pattern can blow up."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefill.git.ignore import parse

if TYPE_CHECKING:
    from tests.prefill.git.conftest import Git


def ignores(text: str, path: str, fold: bool = False) -> bool:
    """Whether an ignore file at the root ignores a path itself; a last slash makes it a folder."""
    rules, problems = parse(text.encode(), 0, fold)
    assert problems == []
    name = path.rstrip("/").encode()
    rule = rules.match(name[name.rfind(b"/") + 1 :], name, path.endswith("/")) if rules is not None else None
    return rule is not None and not rule.negative


CASES = [
    # names, at any depth
    ("foo", ["foo", "foo/", "a/foo", "a/b/foo"], ["foobar", "barfoo", "a/food"]),
    ("*.log", ["a.log", ".log", "x/y.log"], ["a.logs", "log"]),
    ("a*", ["a", "ab", "x/ab"], ["ba"]),
    ("a*z", ["az", "abz"], ["a", "zaz"]),
    ("aa*aa", ["aaaa", "aaxaa"], ["aaa", "aa"]),
    ("*a*b*", ["ab", "xaxbx"], ["ba"]),
    ("?oo", ["foo", "a/boo"], ["oo", "fooo"]),
    ("??", ["é", "ab"], ["a"]),  # a wildcard is one byte
    ("a**b", ["ab", "axb"], ["a"]),
    # folders
    ("dist/", ["dist/", "a/dist/"], ["dist", "a/dist"]),
    # paths
    ("/foo", ["foo"], ["a/foo"]),
    ("a/b", ["a/b"], ["x/a/b", "a/b/c"]),
    ("a/*", ["a/b"], ["a/b/c", "a"]),
    ("a/*/c", ["a/b/c"], ["a/c", "a/b/x/c"]),
    ("/*.ts", ["a.ts"], ["x/a.ts"]),
    ("/*", ["a", "b/"], ["a/b"]),
    # two stars
    ("**/foo", ["foo", "a/foo", "a/b/foo"], ["afoo"]),
    ("**/a/b", ["a/b", "x/a/b", "x/y/a/b"], ["xa/b"]),
    ("a/**", ["a/b", "a/b/c"], ["a", "b/a/c"]),
    ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb"]),
    ("a/**/b/**/c", ["a/b/c", "a/x/b/y/z/c"], ["a/c", "a/b"]),
    ("**", ["a", "a/b"], []),
    ("/**", ["a", "a/b"], []),
    ("**/*.ts", ["a.ts", "b/a.ts"], ["a.js"]),
    ("a/**b", ["a/xb", "a/b"], ["a/x/b"]),
    # brackets
    ("[ab]c", ["ac", "bc"], ["cc", "c"]),
    ("[!ab]c", ["cc"], ["ac"]),
    ("[^ab]c", ["cc"], ["ac"]),
    ("[a-c]", ["b"], ["d", "-"]),
    ("[]a]", ["]", "a"], ["b"]),
    ("[!]a]", ["b"], ["]", "a"]),
    ("[a-]", ["a", "-"], ["b"]),
    ("[\\]]", ["]"], ["\\"]),
    ("[[:digit:][:upper:]]", ["1", "A"], ["a"]),
    ("[[:nonsense:]]", [], [":", "n", "["]),
    ("[[:]", ["[", ":"], ["]"]),
    ("a[/]b", [], ["a/b", "a[/]b"]),
    ("[ab", [], ["a", "[ab"]),
    # escapes and spaces
    ("\\#a", ["#a"], ["\\#a"]),
    ("\\!a", ["!a"], ["a"]),
    ("\\*", ["*"], ["a"]),
    ("a\\", [], ["a", "a\\"]),
    ("a  ", ["a"], ["a  "]),
    ("a\\ ", ["a "], ["a"]),
    ("a\\  ", ["a "], ["a", "a  "]),
    ("a\\\\ ", ["a\\"], ["a\\ "]),
    ("a\t", ["a\t"], ["a"]),
    (" a", [" a"], ["a"]),
    # lines
    ("a\r\nb\r\n", ["a", "b"], ["a\r"]),
    ("\ufeffa", ["a"], ["\ufeffa"]),
    ("# a\n\n#b", [], ["a", "#b", "# a"]),
    ("!", [], ["!"]),
    ("/", [], ["a"]),
    ("a/\n!a", [], ["a/"]),
    ("*\n!a\n!b/", ["c", "b"], ["a", "b/"]),
]


@pytest.mark.parametrize(("text", "matched", "others"), CASES, ids=[repr(text) for text, _, _ in CASES])
def test_a_pattern_matches(git: Git, text: str, matched: list[str], others: list[str]) -> None:
    assert [path for path in matched + others if ignores(text, path)] == matched
    questions = []
    for number, path in enumerate(matched + others):  # the cases themselves are as git has them, each in its own folder
        folder = git.root / str(number)
        place = folder / path.rstrip("/")
        place.parent.mkdir(parents=True)
        (folder / ".gitignore").write_bytes(text.encode())
        if path.endswith("/"):
            place.mkdir()
        elif path != "/":
            place.touch()
        questions.append(f"{number}/{path.rstrip('/')}\0".encode())
    answers = git(
        "check-ignore", "-z", "-v", "-n", "--no-index", "--stdin", data=b"".join(questions), check=False
    ).split(b"\0")
    for number, path in enumerate(matched + others):
        pattern = answers[number * 4 + 2]
        # git answers for the folders above as well; a pattern that takes one of those says nothing of the path
        above = any(ignores(text, path[: end + 1]) for end, char in enumerate(path[:-1]) if char == "/")
        assert (pattern != b"" and not pattern.startswith(b"!")) is (path in matched) or above


def test_case_is_folded_when_asked() -> None:
    text = "Build/\n*.LOG\n/Docs/*.MD\n[A-C]x\nReadme\n"
    for path in ("build/", "BUILD/", "a.log", "A.Log", "docs/a.md", "bX", "README"):
        assert ignores(text, path, fold=True)
        assert path == "BUILD/" or not ignores(text, path)


def test_text_behind_a_zero_byte_is_no_part_of_a_pattern() -> None:
    assert ignores("a\0b", "a")
    assert not ignores("a\0b", "ab")


def test_a_pattern_beyond_the_bound_is_left_out_and_named() -> None:
    rules, problems = parse(b"a\n" + b"b" * 2000 + b"\nc\n")
    assert rules is not None
    assert [rule.line for rule in rules.rules] == [3, 1]
    assert problems == [(2, "a pattern of 2000 bytes is left out")]


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("*a" * 100 + "b", "a" * 250),
        ("**/a*/" * 50 + "b", "a/" * 1000 + "c"),
        ("x/" + "**/*a*/" * 50 + "b", "x/" + "aaaa/" * 500 + "c"),
        ("**\\/" * 100 + "x", "a/" * 1000 + "c"),
        ("[a-z]*" * 100 + "0", "a" * 250),
    ],
)
def test_no_pattern_takes_long(pattern: str, path: str) -> None:
    start = time.process_time()
    assert not ignores(pattern, path)
    assert time.process_time() - start < 1


PATHS = [
    "a",
    "b",
    "ab",
    "aab",
    "ba",
    "a/b",
    "a/a",
    "b/a",
    "a/b/a",
    "a/b/b",
    "a/a/b",
    "b/a/b/a",
    "A",
    "a/B",
    "]",
    "a-",
    "-",
    "é",
]
PIECES = [
    "a", "b", "A", "/", "/", "*", "**", "**/", "/**", "/**/", "?", "[ab]", "[!a]", "[a-b]", "[", "]", "\\", "\\a", "\\/",
    "[[:alpha:]]", "[]-a]", "[a-", "-", " ", "!", "é",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    patterns=st.lists(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join), min_size=1, max_size=3)
)
def test_any_patterns_match_as_in_git(git: Git, patterns: list[str]) -> None:
    """Each path alone in a tree, so that no folder's verdict hides a file's: git's `check-ignore -v` names the rule."""
    with tempfile.TemporaryDirectory(dir=git.home) as folder:
        judge = type(git)(Path(folder), git.home).init()
        text = "\n".join(patterns)
        (judge.root / ".gitignore").write_text(text)
        data = "\0".join(PATHS).encode() + b"\0"
        fields = judge(
            "check-ignore", "-z", "-v", "--non-matching", "--no-index", "--stdin", data=data, check=False
        ).split(b"\0")[:-1]
        rules, _ = parse(text.encode())
        for number, path in enumerate(PATHS):
            expected = int(fields[number * 4 + 1] or 0) if fields[number * 4] == b".gitignore" else 0
            assert (path, _deciding_line(rules, path.encode())) == (path, expected)


def _deciding_line(rules: object, path: bytes) -> int:
    """The line that decides about a path as git goes about it: the folders above first, and an ignored one ends it."""
    if rules is None:
        return 0
    line = 0
    ends = [place for place, byte in enumerate(path) if byte == 0x2F] + [len(path)]
    for end in ends:
        part = path[:end]
        rule = rules.match(part[part.rfind(b"/") + 1 :], part, end != len(path))  # type: ignore[attr-defined] # Rules
        line = rule.line if rule is not None else 0
        if rule is not None and not rule.negative:
            break
    return line
