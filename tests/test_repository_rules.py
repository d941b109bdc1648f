"""What no tracked file may hold: a package registry's host, a path of somebody's machine, unfinished work."""

from __future__ import annotations

import os
import re
import subprocess

import pytest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# Each pattern is put together from pieces, so that this file does not hold what it forbids.
HOSTS = {
    "the npm registry": r"registry\." + r"(npmjs|yarnpkg|npmmirror)\.",
    "any registry host": r"\bregistry\." + r"[a-z]+\.(org|com|io|net)\b",
    "the Python index": r"\bpypi\." + r"(org|io|python)|files\." + r"pythonhosted\.",
    "the crates index": r"\bcrates\." + r"io\b",
    "Debian's mirror": r"\b(deb|security)\." + r"debian\.org",
    "a module proxy": r"\bproxy\." + r"golang\.",
}
PLACES = {
    "a temporary folder": r"(?<![\w.$}>])/" + r"tmp/",
    "a work folder": r"(?<![\w.$})>-])/" + r"work/",
    "root's home": r"(?<![\w.$})>-])/" + r"root/",
    "a user's home": r"(?<![\w.$})>-])/" + r"(home|Users)/(?!(user|me|alice|bob)\b)[a-z]",
}
LEFTOVERS = {
    "a note to do later": r"#.*\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b",
    "a stub": r"raise Not" + r"ImplementedError",
    "a debugger": r"\b(break" + r"point\(\)|import p" + r"db\b)",
    "a skipped test": r"pytest\.(mark\.)?(sk" + r"ip|xf" + r"ail)",
    "a merge marker": r"^(<<<" + r"<<<<|>>>" + r">>>>) ",
}
CODE = ("analyzers/", "bench/", "prefill/", "render/", "tests/")


def tracked() -> list[str]:
    """The tracked files, or in an unpacked source distribution every file that is not made by running the tests."""
    if os.path.exists(os.path.join(ROOT, ".git")):
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        return sorted(name for name in os.fsdecode(listed).split("\0") if name)
    found: list[str] = []
    for folder, folders, names in os.walk(ROOT):
        made = ("__pycache__", "build", "dist", "prefill.egg-info")
        folders[:] = [name for name in folders if name not in made and name[0] != "."]
        found.extend(os.path.relpath(os.path.join(folder, name), ROOT).replace(os.sep, "/") for name in names)
    return sorted(found)


def text(path: str) -> str:
    """The file's text; nothing for a link, a file deleted in the working tree, and one that holds a NUL (as git tells binary files)."""
    full = os.path.join(ROOT, path)
    if os.path.islink(full) or not os.path.isfile(full):
        return ""
    with open(full, "rb") as file:
        raw = file.read()
    return "" if b"\0" in raw else raw.decode("utf-8", "replace")


def places(patterns: dict[str, str], paths: list[str]) -> list[str]:
    """`path:line: what` for every line of `paths` that holds one of the patterns."""
    compiled = [(what, re.compile(pattern)) for what, pattern in patterns.items()]
    return [
        f"{path}:{number}: {what}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(text(path).splitlines(), 1)
        for what, pattern in compiled
        if pattern.search(line)
    ]


def test_no_tracked_file_names_a_package_registry() -> None:
    """The fixtures' lockfiles resolve from `registry.example.test`."""
    assert places(HOSTS, tracked()) == []


def test_no_tracked_file_names_a_path_of_a_machine() -> None:
    assert places(PLACES, tracked()) == []


def test_no_code_holds_unfinished_work() -> None:
    """Fixtures may: what a repository left to do is among the things that are read."""
    assert places(LEFTOVERS, [path for path in tracked() if path.endswith(".py") and path.startswith(CODE)]) == []


def test_every_ignored_type_error_says_which_and_why() -> None:
    """`# type: ignore[code]  # why`, as in the lint configuration."""
    bare = {
        "an unexplained ignore": r"#\s*type:\s*ig" + r"nore(?!\[[\w, -]+\]\s+#\s*\S)",
        "a bare one": r"#\s*pyright:\s*ig" + r"nore(?!\[)",
    }
    assert places(bare, [path for path in tracked() if path.endswith(".py") and path.startswith(CODE)]) == []


def test_no_file_is_an_accident() -> None:
    """Build results, caches, editors' copies, and lockfiles of tools that the project does not use."""
    accident = re.compile(
        r"(^|/)(__pycache__|\.DS_Store|node_modules)(/|$)|\.(pyc|orig|rej|swp|whl)$|~$|^uv\.lock$|\.egg-info/"
    )
    assert [path for path in tracked() if accident.search(path)] == []


@pytest.mark.parametrize(
    ("patterns", "line"),
    [
        (HOSTS, '"resolved": "https://registry.' + 'npmjs.org/next/-/next-15.0.0.tgz"'),
        (HOSTS, "index-url = https://pypi." + "org/simple"),
        (PLACES, "open('/" + "tmp/x')"),
        (PLACES, "see /" + "work/main"),
        (LEFTOVERS, "# TO" + "DO: later"),
    ],
)
def test_the_patterns_find_what_they_are_for(patterns: dict[str, str], line: str) -> None:
    assert any(re.search(pattern, line) for pattern in patterns.values())


@pytest.mark.parametrize(
    ("patterns", "line"),
    [
        (HOSTS, '"resolved": "https://registry.example.test/next/-/next-15.0.0.tgz"'),
        (HOSTS, "from prefill.registry import builtin"),
        (PLACES, "apps/" + "work/page.tsx"),
        (PLACES, "${GITHUB_WORKSPACE}/" + "work/x"),
        (LEFTOVERS, "if value.startswith('TO" + "DO:'):  # the starter's placeholder"),
    ],
)
def test_the_patterns_leave_innocent_lines_alone(patterns: dict[str, str], line: str) -> None:
    assert not any(re.search(pattern, line) for pattern in patterns.values())
