"""Objects are read whole from loose files, packs and borrowed folders, and damage or excess is an error that says so."""

from __future__ import annotations

import os
import shutil
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefill.git.gitdir import find_gitdir
from prefill.git.objects import MissingObjectError, ObjectError, Objects, TreeEntry
from prefill.git.pack import Pack, PackError

if TYPE_CHECKING:
    from pathlib import Path

    from tests.prefill.git.conftest import Git, Write


def objects_of(root: Path) -> Objects:
    gitdir, problems = find_gitdir(str(root))
    assert gitdir is not None
    assert problems == []
    return Objects(gitdir)


def all_objects(git: Git) -> dict[str, tuple[str, bytes]]:
    """Every object, as git reads it."""
    found = {}
    for line in git("cat-file", "--batch-check", "--batch-all-objects").decode().splitlines():
        oid, kind, _size = line.split()
        found[oid] = (kind, git("cat-file", kind, oid))
    return found


def history(git: Git, write: Write) -> None:
    """Commits of a file that grows, so that packs hold deltas."""
    lines = [f"line {number} of a file that is long enough to be worth a delta\n" for number in range(400)]
    for count in range(200, 400, 25):
        write({"big.ts": "".join(lines[:count]), f"lib/{count}.ts": str(count), "empty.ts": ""})
        git.commit(str(count))
    git("tag", "-a", "-m", "First", "v1")


def test_loose_objects_are_read(git: Git, write: Write) -> None:
    history(git, write)
    objects = objects_of(git.root)
    expected = all_objects(git)
    assert {oid: objects.read(oid) for oid in expected} == expected
    assert {kind for kind, _ in expected.values()} == {"commit", "tree", "blob", "tag"}


@pytest.mark.parametrize("offsets", ["true", "false"])
def test_packed_objects_are_read_through_deltas_by_offset_and_by_id(git: Git, write: Write, offsets: str) -> None:
    history(git, write)
    expected = all_objects(git)
    git("config", "repack.useDeltaBaseOffset", offsets)
    git("repack", "-q", "-a", "-d", "-f", "--depth=50")
    git("prune-packed")
    assert not list((git.root / ".git" / "objects").glob("??/*"))
    (index,) = (git.root / ".git" / "objects" / "pack").glob("*.idx")
    assert "chain length = 2" in git.text("verify-pack", "-v", str(index))
    objects = objects_of(git.root)
    assert {oid: objects.read(oid) for oid in expected} == expected


def test_packs_and_loose_objects_are_read_side_by_side(git: Git, write: Write) -> None:
    history(git, write)
    git("repack", "-q", "-d")
    write({"later.ts": "later"})
    git.commit("Later")
    git("repack", "-q", "-d")
    write({"last.ts": "last"})
    git.commit("Last")
    expected = all_objects(git)
    objects = objects_of(git.root)
    assert {oid: objects.read(oid) for oid in expected} == expected


def test_a_tree_lists_files_links_and_submodules_below_it(git: Git, write: Write, tmp_path: Path) -> None:
    write({"a.ts": "", "lib/deep/b.ts": "b", "lib.ts": "", "../other/c.ts": ""})
    (git.root / "link").symlink_to("a.ts")
    (git.root / "run.sh").write_text("")
    (git.root / "run.sh").chmod(0o755)
    other = type(git)(tmp_path / "other", git.home).init()
    sub = other.commit()
    git("submodule", "-q", "add", str(other.root), "sub")
    commit = git.commit()
    objects = objects_of(git.root)
    entries, problems = objects.list_tree(objects.read_commit(commit).tree)
    assert problems == []
    rows = []
    for row in git("ls-tree", "-rz", commit).decode().split("\0")[:-1]:
        meta, path = row.split("\t")
        rows.append(TreeEntry(path, int(meta.split()[0], 8), meta.split()[2]))
    assert entries == rows
    assert TreeEntry("sub", 0o160000, sub) in entries
    assert {entry.path: entry.mode for entry in entries}["run.sh"] == 0o100755


def test_names_that_could_not_be_checked_out_are_left_out_of_a_tree(git: Git) -> None:
    blob = git("hash-object", "-w", "--stdin", data=b"x").decode().strip()
    rows = b"".join(
        b"100644 %s\0" % name + bytes.fromhex(blob) for name in (b"..", b".GIT", b".git", b"a/b", b"fine", b"new\nline")
    )
    tree = git("hash-object", "-w", "-t", "tree", "--literally", "--stdin", data=rows).decode().strip()
    entries, problems = objects_of(git.root).list_tree(tree)
    assert [entry.path for entry in entries] == ["fine", "new\nline"]
    assert [problem.path for problem in problems] == ["..", ".GIT", ".git", "a/b"]


def test_a_tree_that_holds_itself_is_bounded_by_depth(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = git("hash-object", "-w", "--stdin", data=b"x").decode().strip()
    tree = git("mktree", data=f"100644 blob {blob}\tend\n".encode()).decode().strip()
    for _ in range(5):
        tree = git("mktree", data=f"040000 tree {tree}\tin\n".encode()).decode().strip()
    monkeypatch.setattr("prefill.git.objects.MAX_TREE_DEPTH", 3)
    entries, problems = objects_of(git.root).list_tree(tree)
    assert entries == []
    assert [(p.path, p.message) for p in problems] == [("in/in/in/in", "lies deeper than 3 folders and is left out")]


def test_a_tree_bomb_is_cut_at_the_bound(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = git("hash-object", "-w", "--stdin", data=b"x").decode().strip()
    tree = git("mktree", data=f"100644 blob {blob}\tend\n".encode()).decode().strip()
    for _ in range(20):  # a million files in twenty objects
        tree = git("mktree", data="".join(f"040000 tree {tree}\t{n}\n" for n in "ab").encode()).decode().strip()
    monkeypatch.setattr("prefill.git.objects.MAX_TREE_ENTRIES", 1000)
    entries, problems = objects_of(git.root).list_tree(tree)
    assert len(entries) == 1000
    assert [p.message for p in problems] == ["has more than 1000 files; the rest is left out"]


def test_a_missing_object_is_an_error_that_names_it(git: Git) -> None:
    with pytest.raises(MissingObjectError, match=f"object {'a' * 40} is not in this clone"):
        objects_of(git.root).read("a" * 40)


def test_an_object_of_another_kind_is_an_error(git: Git, write: Write) -> None:
    write({"a.ts": ""})
    commit = git.commit()
    objects = objects_of(git.root)
    with pytest.raises(ObjectError, match=f"object {commit} is a commit, not a tree"):
        objects.read_tree(commit)


@pytest.mark.parametrize("packed", [False, True])
def test_an_object_beyond_the_bound_is_an_error(git: Git, write: Write, packed: bool) -> None:
    write({"zeros": "0" * 1_000_000})
    git.commit()
    oid = git.text("rev-parse", "HEAD:zeros")
    if packed:
        git("repack", "-q", "-a", "-d")
    objects = objects_of(git.root)
    with pytest.raises(ObjectError, match="1000000 bytes, more than 1000"):
        objects.read(oid, limit=1000)
    assert len(objects.read(oid)[1]) == 1_000_000


def test_a_loose_object_that_lies_about_its_size_is_not_inflated_beyond_the_bound(git: Git) -> None:
    path = git.root / ".git" / "objects" / "aa" / ("a" * 38)
    path.parent.mkdir(parents=True)
    path.write_bytes(zlib.compress(b"blob 10\0" + b"0" * 50_000_000))
    with pytest.raises(ObjectError, match="its size is not what it says"):
        objects_of(git.root).read("a" * 40, limit=100_000)


@pytest.mark.parametrize("content", [b"", b"not deflated", zlib.compress(b"no header"), zlib.compress(b"odd 1\0a")])
def test_a_damaged_loose_object_is_an_error(git: Git, content: bytes) -> None:
    path = git.root / ".git" / "objects" / "aa" / ("a" * 38)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(ObjectError, match=f"object {'a' * 40} is damaged"):
        objects_of(git.root).read("a" * 40)


def test_an_object_that_is_a_fifo_or_a_link_is_not_opened(git: Git, tmp_path: Path) -> None:
    folder = git.root / ".git" / "objects" / "aa"
    folder.mkdir(parents=True)
    os.mkfifo(folder / ("a" * 38))
    (folder / ("b" * 38)).symlink_to(tmp_path / "elsewhere")
    objects = objects_of(git.root)
    with pytest.raises(ObjectError, match="cannot be read: it is not a regular file"):
        objects.read("a" * 40)
    with pytest.raises(ObjectError, match="cannot be read: it is a symbolic link"):
        objects.read("aa" + "b" * 38)


def test_a_chain_of_borrowed_folders_is_followed_five_deep(git: Git, write: Write, tmp_path: Path) -> None:
    write({"a.ts": "a"})
    commit = git.commit()
    before = git.root
    for number in range(6):
        clone = tmp_path / f"clone{number}"
        git("clone", "-q", "--shared", "--no-checkout", str(before), str(clone))
        alternates = clone / ".git" / "objects" / "info" / "alternates"
        alternates.write_text(f"# a comment\n{before}/.git/objects\n")
        before = clone
    assert objects_of(tmp_path / "clone4").read(commit)[0] == "commit"
    with pytest.raises(MissingObjectError):
        objects_of(tmp_path / "clone5").read(commit)


def test_borrowed_folders_in_a_circle_end_and_relative_ones_are_followed(
    git: Git, write: Write, tmp_path: Path
) -> None:
    write({"a.ts": "a"})
    commit = git.commit()
    other = type(git)(tmp_path / "other", git.home)
    other.root.mkdir()
    other.init()
    for one, target in ((git.root, "other"), (other.root, "tree")):
        path = one / ".git" / "objects" / "info" / "alternates"
        path.write_text(f"../../../{target}/.git/objects\n")
    assert objects_of(other.root).read(commit)[0] == "commit"
    with pytest.raises(MissingObjectError):
        objects_of(git.root).read("a" * 40)


def test_a_borrowed_folder_must_look_like_an_object_store(git: Git, tmp_path: Path) -> None:
    secret = tmp_path / "home" / "aa"
    secret.mkdir()
    (secret / ("a" * 38)).write_bytes(zlib.compress(b"blob 1\0x"))
    (git.root / ".git" / "objects" / "info").mkdir(exist_ok=True)
    (git.root / ".git" / "objects" / "info" / "alternates").write_text(f"{tmp_path / 'home'}\n")
    with pytest.raises(MissingObjectError):
        objects_of(git.root).read("a" * 40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_pack_is_an_error_and_no_crash(git: Git, write: Write, data: st.DataObject) -> None:
    store = git.root / ".git" / "objects"
    kept = git.home / "kept"
    if not kept.exists():
        history(git, write)
        git("repack", "-q", "-a", "-d", "-f")
        shutil.copytree(store / "pack", kept)
        (kept / "oids").write_text("\n".join(all_objects(git)))
    suffix = data.draw(st.sampled_from(["idx", "pack"]))
    for path in (store / "pack").iterdir():
        path.unlink()
    for path in kept.glob("pack-*"):
        content = bytearray(path.read_bytes())
        if path.suffix == f".{suffix}":
            for _ in range(data.draw(st.integers(1, 5))):
                content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
            del content[data.draw(st.integers(len(content) // 2, len(content))) :]
        (store / "pack" / path.name).write_bytes(content)
    objects = objects_of(git.root)
    for oid in (kept / "oids").read_text().split():
        try:
            kind, content_read = objects.read(oid)
        except ObjectError:
            continue
        assert kind in ("commit", "tree", "blob", "tag")
        assert isinstance(content_read, bytes)


@pytest.mark.parametrize(
    "delta",
    [
        b"\x05\x03\x90\x03",
        b"\x03\x05\x90\x04",
        b"\x03\x03\x91\x01\x03",
        b"\x03\x03\x00",
        b"\x03\x7f\x01a",
        b"\x03\xff\xff\xff\x7f\x90\x03",
    ],
)
def test_a_delta_that_does_not_fit_is_an_error(delta: bytes) -> None:
    with pytest.raises(PackError):
        Pack.apply_delta(b"abc", delta, 1000)


def test_a_delta_copies_and_inserts() -> None:
    assert Pack.apply_delta(b"abcdef", b"\x06\x05\x91\x02\x03\x02xy", 1000) == b"cdexy"


def write_pack(folder: Path, name: str, oid: bytes, base: bytes) -> None:
    """A pack of one object that is a delta of another, with its index."""
    delta = zlib.compress(b"\x01\x01\x90\x01")
    entry = bytes([7 << 4 | 4]) + base + delta
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"pack-{name}.pack").write_bytes(b"PACK" + struct.pack(">II", 2, 1) + entry + bytes(20))
    fanout = struct.pack(">256I", *[int(number >= oid[0]) for number in range(256)])
    tail = oid + bytes(4) + struct.pack(">I", 12) + bytes(40)
    (folder / f"pack-{name}.idx").write_bytes(b"\xfftOc" + struct.pack(">I", 2) + fanout + tail)


def test_a_delta_of_itself_ends(git: Git) -> None:
    oid = b"\xaa" * 20
    write_pack(git.root / ".git" / "objects" / "pack", "a", oid, oid)
    with pytest.raises(ObjectError, match="its chain of deltas does not end"):
        objects_of(git.root).read(oid.hex())


def test_deltas_of_each_other_in_two_packs_end(git: Git) -> None:
    one, other = b"\xaa" * 20, b"\xbb" * 20
    write_pack(git.root / ".git" / "objects" / "pack", "a", one, other)
    write_pack(git.root / ".git" / "objects" / "pack", "b", other, one)
    with pytest.raises(ObjectError, match="its chain of deltas does not end"):
        objects_of(git.root).read(one.hex())
