"""The commit is the one that git names, and `dirty` is what `git status --porcelain -uno` says, or unknown."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefill.git import status
from prefill.git.head import head

if TYPE_CHECKING:
    from tests.prefill.git.conftest import Git, Write

FILES = {"a.ts": "one\n", "lib/b.ts": "two\n", "lib/deep/c.ts": "three\n"}


def test_a_branch_names_its_commit(git: Git, write: Write) -> None:
    write(FILES)
    commit = git.commit()
    found = head(str(git.root))
    assert (found.commit, found.branch, found.dirty, found.shallow, found.problems) == (
        commit,
        "main",
        False,
        False,
        (),
    )


def test_a_packed_branch_names_its_commit(git: Git, write: Write) -> None:
    write(FILES)
    commit = git.commit()
    git("branch", "other/main")
    git("tag", "-a", "-m", "x", "main")
    git("pack-refs", "--all")
    assert not (git.root / ".git" / "refs" / "heads" / "main").exists()
    assert head(str(git.root)).commit == commit


def test_a_loose_branch_outranks_the_packed_one(git: Git, write: Write) -> None:
    write(FILES)
    git.commit()
    git("pack-refs", "--all")
    write({"d.ts": ""})
    commit = git.commit("Two")
    assert head(str(git.root)).commit == commit


def test_a_detached_head_has_no_branch(git: Git, write: Write) -> None:
    write(FILES)
    commit = git.commit()
    git("checkout", "-q", "--detach")
    found = head(str(git.root))
    assert (found.commit, found.branch, found.dirty) == (commit, None, False)


def test_before_the_first_commit_there_is_none(git: Git, write: Write) -> None:
    found = head(str(git.root))
    assert (found.commit, found.branch, found.dirty) == (None, "main", False)
    write(FILES)
    assert head(str(git.root)).dirty is False, "untracked files are no change"
    git("add", "-A")
    assert head(str(git.root)).dirty is True
    assert git.is_dirty()


def test_without_git_nothing_is_known(tmp_path: Path) -> None:
    found = head(str(tmp_path))
    assert (found.commit, found.branch, found.dirty, found.problems) == (None, None, None, ())


def test_a_bare_repository_has_a_commit_and_no_state(git: Git, write: Write, tmp_path: Path) -> None:
    write(FILES)
    commit = git.commit()
    git("clone", "-q", "--bare", str(git.root), str(tmp_path / "bare.git"))
    found = head(str(tmp_path / "bare.git"))
    assert (found.commit, found.branch, found.dirty) == (commit, "main", None)


def test_a_shallow_clone_is_said_to_be_one(git: Git, write: Write, tmp_path: Path) -> None:
    write(FILES)
    git.commit()
    commit = git.commit("Two")
    git("clone", "-q", "--depth=1", f"file://{git.root}", str(tmp_path / "shallow"))
    found = head(str(tmp_path / "shallow"))
    assert (found.commit, found.shallow, found.dirty) == (commit, True, False)


def test_a_clone_that_borrows_its_objects_is_compared_with_them(git: Git, write: Write, tmp_path: Path) -> None:
    write(FILES)
    commit = git.commit()
    git("clone", "-q", "--shared", str(git.root), str(tmp_path / "borrower"))
    found = head(str(tmp_path / "borrower"))
    assert (found.commit, found.dirty) == (commit, False)
    shutil.rmtree(git.root / ".git" / "objects")
    found = head(str(tmp_path / "borrower"))
    assert (found.commit, found.dirty) == (commit, None), "what cannot be compared is unknown"


def test_a_worktree_is_at_its_own_commit(git: Git, write: Write, tmp_path: Path) -> None:
    write(FILES)
    git.commit()
    git("worktree", "add", "-q", "-b", "side", "../second")
    second = type(git)(tmp_path / "second", git.home)
    (second.root / "more.ts").write_text("")
    commit = second.commit("On the side")
    found = head(str(second.root))
    assert (found.commit, found.branch, found.dirty) == (commit, "side", False)
    (second.root / "more.ts").write_text("changed")
    assert head(str(second.root)).dirty is True
    assert head(str(git.root)).commit != commit


def _edit(git: Git) -> None:
    (git.root / "a.ts").write_text("two\n")


def _edit_unnoticed(git: Git) -> None:
    """Same size, same times as far as the index tells: only the content differs."""
    path = git.root / "a.ts"
    before = path.stat()
    path.write_text("eno\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _delete(git: Git) -> None:
    (git.root / "lib" / "b.ts").unlink()


def _stage(git: Git) -> None:
    (git.root / "lib" / "b.ts").write_text("staged\n")
    git("add", "-A")


def _stage_and_take_back(git: Git) -> None:
    _stage(git)
    (git.root / "lib" / "b.ts").write_text("two\n")


def _stage_deletion(git: Git) -> None:
    git("rm", "-q", "--cached", "lib/deep/c.ts")


def _stage_new(git: Git) -> None:
    (git.root / "new.ts").write_text("")
    git("add", "new.ts")


def _intend(git: Git) -> None:
    (git.root / "new.ts").write_text("")
    git("add", "-N", "new.ts")


def _make_executable(git: Git) -> None:
    (git.root / "a.ts").chmod(0o755)


def _replace_by_link(git: Git) -> None:
    (git.root / "a.ts").unlink()
    (git.root / "a.ts").symlink_to("lib/b.ts")


def _replace_by_folder(git: Git) -> None:
    (git.root / "a.ts").unlink()
    (git.root / "a.ts").mkdir()


def _replace_by_fifo(git: Git) -> None:
    (git.root / "a.ts").unlink()
    os.mkfifo(git.root / "a.ts")


def _touch(git: Git) -> None:
    os.utime(git.root / "a.ts", (1, 1))


def _rewrite(git: Git) -> None:
    (git.root / "a.ts").unlink()
    (git.root / "a.ts").write_text("one\n")


def _add_untracked(git: Git) -> None:
    (git.root / "untracked.ts").write_text("")


def _stage_and_unstage(git: Git) -> None:
    _stage(git)
    (git.root / "lib" / "b.ts").write_text("two\n")
    git("add", "-A")


def _assume_unchanged(git: Git) -> None:
    git("update-index", "--assume-unchanged", "a.ts")
    _edit(git)


def _skip(git: Git) -> None:
    git("update-index", "--skip-worktree", "a.ts")
    (git.root / "a.ts").unlink()


CHANGED = [
    _edit,
    _edit_unnoticed,
    _delete,
    _stage,
    _stage_and_take_back,
    _stage_deletion,
    _stage_new,
    _intend,
    _make_executable,
    _replace_by_link,
    _replace_by_folder,
    _replace_by_fifo,
]
UNCHANGED = [_touch, _rewrite, _add_untracked, _stage_and_unstage, _assume_unchanged, _skip]


@pytest.mark.parametrize("change", CHANGED)
def test_a_change_to_a_tracked_file_is_seen(git: Git, write: Write, change: object) -> None:
    write(FILES)
    git.commit()
    assert callable(change)
    change(git)
    assert head(str(git.root)).dirty is True
    assert git.is_dirty()


@pytest.mark.parametrize("change", UNCHANGED)
def test_what_is_no_change_to_a_tracked_file_is_none(git: Git, write: Write, change: object) -> None:
    write(FILES)
    git.commit()
    assert callable(change)
    change(git)
    assert head(str(git.root)).dirty is False
    assert not git.is_dirty()


def test_an_unmerged_file_is_a_change(git: Git, write: Write) -> None:
    write(FILES)
    git.commit()
    git("checkout", "-q", "-b", "side")
    write({"a.ts": "side\n"})
    git.commit("Side")
    git("checkout", "-q", "main")
    write({"a.ts": "main\n"})
    git.commit("Main")
    git("merge", "side", check=False)
    assert head(str(git.root)).dirty is True
    assert git.is_dirty()


def test_a_sparse_checkout_is_clean_until_a_file_in_it_changes(git: Git, write: Write) -> None:
    write({"a.ts": "", "in/b.ts": "", "out/c.ts": "c", "out/deep/d.ts": ""})
    git.commit()
    git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
    assert head(str(git.root)).dirty is False
    write({"in/new.ts": ""})
    git("add", "in/new.ts")
    git("commit", "-q", "-m", "Two")
    assert head(str(git.root)).dirty is False
    write({"in/b.ts": "changed"})
    assert head(str(git.root)).dirty is True


def test_a_submodule_is_changed_by_another_commit_or_a_change_inside(git: Git, write: Write, tmp_path: Path) -> None:
    write({"a.ts": "", "../other/b.ts": ""})
    other = type(git)(tmp_path / "other", git.home).init()
    other.commit()
    git("submodule", "-q", "add", str(other.root), "libs/other")
    git.commit()
    assert head(str(git.root)).dirty is git.is_dirty() is False
    inner = type(git)(git.root / "libs" / "other", git.home)
    found = head(str(inner.root))
    assert found.commit == inner.text("rev-parse", "HEAD"), "a submodule's own git file points back, so it is followed"
    (inner.root / "b.ts").write_text("changed")
    assert head(str(git.root)).dirty is git.is_dirty() is True
    inner.commit("Two")
    assert head(str(git.root)).dirty is git.is_dirty() is True


def test_a_submodule_that_was_never_checked_out_is_no_change(git: Git, write: Write, tmp_path: Path) -> None:
    write({"a.ts": "", "../other/b.ts": ""})
    other = type(git)(tmp_path / "other", git.home).init()
    other.commit()
    git("submodule", "-q", "add", str(other.root), "libs/other")
    git.commit()
    git("clone", "-q", str(git.root), str(tmp_path / "clone"))
    assert head(str(tmp_path / "clone")).dirty is False
    (tmp_path / "clone" / "libs" / "other").rmdir()
    clone = type(git)(tmp_path / "clone", git.home)
    assert head(str(clone.root)).dirty is clone.is_dirty() is True


@pytest.mark.parametrize(
    ("attributes", "autocrlf", "content", "expected"),
    [
        ("", "false", "one\r\n", True),
        ("", "true", "one\r\n", False),
        ("", None, "one\r\n", None),  # the user's own setting decides, which is not read
        ("", None, "two\r\n", True),
        ("* text=auto\n", None, "one\r\n", False),
        ("* text\n", None, "one\r\n", False),
        ("*.ts eol=crlf\n", None, "one\r\n", False),
        ("*.ts -text\n", None, "one\r\n", True),
        ("*.ts binary\n", None, "one\r\n", True),
        ("*.md text\n/lib/*.ts text\n", "false", "one\r\n", True),
        ("*.ts filter=lfs\n", None, "two\n", None),
        ("*.ts filter=lfs\n*.ts -filter\n", None, "two\n", True),
        ("*.ts ident\n", None, "two\n", None),
        ("[attr]mine -text\n*.ts mine\n", None, "two\n", None),
    ],
)
def test_line_endings_and_filters_that_git_converts_are_weighed(
    git: Git, write: Write, attributes: str, autocrlf: str | None, content: str, expected: bool | None
) -> None:
    write({"a.ts": "one\n", ".gitattributes": attributes})
    git.commit()
    if autocrlf is not None:
        git("config", "core.autocrlf", autocrlf)
    write({"a.ts": content})
    os.utime(git.root / "a.ts", (1, 1))
    assert head(str(git.root)).dirty is expected
    if expected is not None:
        assert bool(git("diff-files", "-p", "--", "a.ts")) is expected


def test_more_content_than_is_worth_comparing_leaves_it_unknown(
    git: Git, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(FILES)
    git.commit()
    os.utime(git.root / "a.ts", (1, 1))
    monkeypatch.setattr(status, "MAX_HASHED_BYTES", 3)
    assert head(str(git.root)).dirty is None


def test_a_head_that_is_a_fifo_does_not_hang(git: Git, write: Write) -> None:
    write(FILES)
    git.commit()
    (git.root / ".git" / "HEAD").unlink()
    os.mkfifo(git.root / ".git" / "HEAD")
    found = head(str(git.root))
    assert found.commit is None
    assert found.dirty is None
    assert [(p.path, p.message) for p in found.problems] == [(".git/HEAD", "cannot be read: it is not a regular file")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("ref: refs/../../../secret\n", "reference 'refs/../../../secret' is not a name that git allows"),
        ("ref: ../secret\n", "reference '../secret' is not a name that git allows"),
        ("ref: HEAD\n", "reference HEAD leads in a circle"),
        ("nonsense\n", "reference HEAD holds neither an id nor a name"),
        ("", "reference HEAD holds neither an id nor a name"),
    ],
)
def test_a_head_that_is_damaged_is_a_problem(git: Git, write: Write, content: str, message: str) -> None:
    write({**FILES, ".git/HEAD": content})
    found = head(str(git.root))
    assert found.commit is None
    assert [(p.path, p.message) for p in found.problems] == [(".git/HEAD", message)]


def test_a_branch_that_is_a_link_out_of_the_repository_is_not_read(git: Git, write: Write, tmp_path: Path) -> None:
    write(FILES)
    git.commit()
    (tmp_path / "secret").write_text("0123456789" * 4)
    branch = git.root / ".git" / "refs" / "heads" / "main"
    branch.unlink()
    branch.symlink_to(tmp_path / "secret")
    assert head(str(git.root)).commit is None


def test_references_in_a_format_that_is_not_supported_are_said_to_be(git: Git, write: Write) -> None:
    write({**FILES, ".git/config": "[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n"})
    found = head(str(git.root))
    assert found.commit is None
    assert [p.message for p in found.problems] == [
        "references are kept as reftable, which is not supported: the commit is unknown"
    ]


NAMES = ["a", "b", "d/a", "d/b", "d/e/a", "f/a"]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["write", "delete", "add", "add", "commit", "reset", "chmod", "touch", "rm", "link"]),
        st.sampled_from(NAMES),
        st.sampled_from(["", "x\n", "y\n"]),
    ),
    max_size=10,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_after_any_steps_the_state_is_what_git_says(git: Git, steps: list[tuple[str, str, str]]) -> None:
    with tempfile.TemporaryDirectory(dir=git.home) as folder:
        judge = type(git)(Path(folder), git.home).init()
        for name in NAMES:
            path = judge.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("x\n")
        judge.commit()
        for action, name, text in steps:
            path = judge.root / name
            if action == "write":
                path.unlink(missing_ok=True)
                path.write_text(text)
            elif action == "delete":
                path.unlink(missing_ok=True)
            elif action == "link":
                path.unlink(missing_ok=True)
                path.symlink_to(text or "a")
            elif action == "add":
                judge("add", "-A", path.parent.name if "/" in name else name, check=False)
            elif action == "commit":
                judge("commit", "-q", "--allow-empty", "-m", "More")
            elif action == "reset":
                judge("reset", "-q", "--mixed")
            elif action == "rm":
                judge("rm", "-q", "--cached", name, check=False)
            elif path.is_file() and not path.is_symlink():
                path.chmod(0o755) if action == "chmod" else os.utime(path, (1, 1))
        found = head(str(judge.root))
        assert found.commit == judge.text("rev-parse", "HEAD")
        # Read only, so that git does not refresh the index that the next step starts from.
        assert found.dirty is bool(judge("--no-optional-locks", "status", "--porcelain", "-uno"))
