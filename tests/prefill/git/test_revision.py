"""A revision names the commit that git names for it, and one that cannot be resolved says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from prefill.git.gitdir import find_gitdir
from prefill.git.objects import Objects
from prefill.git.revision import RevisionError, resolve

if TYPE_CHECKING:
    from pathlib import Path

    from tests.prefill.git.conftest import Git, Write


def resolve_in(root: Path, revision: str) -> str:
    gitdir, _ = find_gitdir(str(root))
    assert gitdir is not None
    return resolve(gitdir, Objects(gitdir), revision)


@pytest.fixture
def merged(git: Git, write: Write) -> Git:
    """Five commits on two branches that meet, tags of both kinds, a remote branch."""
    write({"a.ts": "1"})
    git.commit("One")
    git("tag", "light")
    git("checkout", "-q", "-b", "feature/x")
    write({"b.ts": "2"})
    git.commit("Two")
    git("checkout", "-q", "main")
    write({"c.ts": "3"})
    git.commit("Three")
    git("merge", "-q", "--no-edit", "feature/x")
    git("tag", "-a", "-m", "Heavy", "v1.0")
    git("tag", "-a", "-m", "Of a tag", "v1.0-again", "v1.0")
    write({"d.ts": "4"})
    git.commit("Four")
    git("update-ref", "refs/remotes/origin/main", "HEAD~1")
    git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    return git


REVISIONS = [
    "HEAD", "@", "HEAD~1", "HEAD~", "HEAD^", "@~2", "HEAD~0", "HEAD^0", "HEAD~1^2", "HEAD~1^2~1", "HEAD^^", "HEAD^^2",
    "main", "feature/x", "refs/heads/main", "heads/main", "light", "v1.0", "v1.0-again", "tags/v1.0", "v1.0^{commit}",
    "v1.0^{}", "v1.0~1", "origin/main", "origin",
]  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_is_the_commit_that_git_says(merged: Git, revision: str, packed: bool) -> None:
    if packed:
        merged("gc", "-q")
    assert resolve_in(merged.root, revision) == merged.text("rev-parse", f"{revision}^{{commit}}")


@pytest.mark.parametrize("packed", [False, True])
def test_an_id_and_its_beginning_name_a_commit(merged: Git, packed: bool) -> None:
    if packed:
        merged("gc", "-q")
    commit = merged.text("rev-parse", "HEAD~1")
    for revision in (commit, commit.upper(), commit[:7], commit[:20], commit[:12].upper()):
        assert resolve_in(merged.root, revision) == commit


def test_an_annotated_tag_is_resolved_by_its_own_id(merged: Git) -> None:
    assert resolve_in(merged.root, merged.text("rev-parse", "v1.0")) == merged.text("rev-parse", "v1.0^{commit}")


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("nowhere", "'nowhere' is no branch, tag or commit of this repository"),
        ("", "'' is not supported"),
        ("HEAD@{1}", "'HEAD@{1}' is not supported"),
        ("main:a.ts", "'main:a.ts' is not supported"),
        ("HEAD~99", "'HEAD~99' asks commit"),
        ("HEAD^2", "'HEAD.2' asks commit [0-9a-f]{12} for parent 2, and it has 1"),
        ("HEAD~9999999999", "goes back too far"),
        ("HEAD~200000", "goes back further than 100000 commits"),
        ("HEAD^{tree}", "is not supported at"),
        ("../../etc/passwd", "is no branch, tag or commit"),
        ("refs/heads/../../HEAD", "is no branch, tag or commit"),
        ("a" * 40, "leads to a commit that is not in this clone"),
        ("abc", "is no branch, tag or commit"),
    ],
)
def test_a_revision_that_names_no_commit_says_why(merged: Git, revision: str, message: str) -> None:
    with pytest.raises(RevisionError, match=message.replace("{1}", r"\{1\}")):
        resolve_in(merged.root, revision)


def test_a_blob_is_no_commit(merged: Git) -> None:
    with pytest.raises(RevisionError, match="is a blob, not a commit"):
        resolve_in(merged.root, merged.text("rev-parse", "HEAD:a.ts"))


def test_a_shallow_clone_says_that_it_ends(merged: Git, tmp_path: Path) -> None:
    merged("clone", "-q", "--depth=1", f"file://{merged.root}", str(tmp_path / "shallow"))
    assert resolve_in(tmp_path / "shallow", "HEAD") == merged.text("rev-parse", "HEAD")
    with pytest.raises(RevisionError, match=r"leads to a commit that is not in this clone \(the clone is shallow\)"):
        resolve_in(tmp_path / "shallow", "HEAD~2")
