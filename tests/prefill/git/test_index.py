"""Every form of index that git writes is read as git reads it, and none that is damaged can crash the reader."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prefill.git.index import ASSUME_VALID, INTENT_TO_ADD, SKIP_WORKTREE, UnreadableIndexError, read_index
from prefill.git.listing import scan

if TYPE_CHECKING:
    from pathlib import Path

    from prefill.git.index import Index
    from tests.prefill.git.conftest import Git, Write

FILES = {"a.ts": "a", "lib/b.ts": "b", "lib/c.ts": "c", "lib/deep/ü.ts": "d", "z" * 200 + ".ts": "e"}


def staged(git: Git) -> list[tuple[bytes, int, str]]:
    """Name, mode and id of each entry, as git says."""
    rows = []
    for row in git("ls-files", "-sz").split(b"\0")[:-1]:
        meta, name = row.split(b"\t", 1)
        mode, oid, _stage = meta.split(b" ")
        rows.append((name, int(mode, 8), oid.decode()))
    return rows


def entries(index: Index) -> list[tuple[bytes, int, str]]:
    return [(name, index.mode(number), index.oid(number).hex()) for number, name in enumerate(index.names)]


def index_of(git: Git) -> Index:
    return read_index(str(git.root / ".git" / "index"))


@pytest.mark.parametrize("version", [2, 3, 4])
def test_each_version_gives_names_modes_and_ids(git: Git, write: Write, version: int) -> None:
    write(FILES)
    (git.root / "link").symlink_to("a.ts")
    (git.root / "run.sh").write_text("#!/bin/sh\n")
    (git.root / "run.sh").chmod(0o755)
    git.commit()
    if version == 3:  # git chooses it when an entry needs the second word of flags
        git("update-index", "--skip-worktree", "a.ts")
    else:
        git("update-index", "--index-version", str(version))
    index = index_of(git)
    assert index.version == version
    assert entries(index) == staged(git)
    assert {mode for _, mode, _ in entries(index)} == {0o100644, 0o100755, 0o120000}


def test_names_longer_than_the_length_field_are_whole(git: Git, write: Write) -> None:
    name = "/".join(["d" * 200] * 19) + "/" + "n" * 200  # 4,019 bytes, just below the longest path
    oid = git("hash-object", "-w", "--stdin", data=b"x").decode().strip()
    git("update-index", "--index-info", data=f"100644 {oid}\t{name}{'m' * 200}\n100644 {oid}\tz\n".encode())
    index = index_of(git)
    assert index.names == [name.encode() + b"m" * 200, b"z"]


def test_flags_tell_assumed_skipped_and_intended_entries(git: Git, write: Write) -> None:
    write(FILES)
    git.commit()
    git("update-index", "--assume-unchanged", "a.ts")
    git("update-index", "--skip-worktree", "lib/b.ts")
    write({"new.ts": ""})
    git("add", "-N", "new.ts")
    index = index_of(git)
    flags = dict(zip(index.names, index.flags, strict=True))
    assert flags[b"a.ts"] & ASSUME_VALID
    assert flags[b"lib/b.ts"] & SKIP_WORKTREE
    assert flags[b"new.ts"] & INTENT_TO_ADD
    assert not flags[b"lib/c.ts"] & (ASSUME_VALID | SKIP_WORKTREE | INTENT_TO_ADD)


@pytest.mark.parametrize("version", [2, 4])
def test_a_split_index_is_laid_over_the_one_it_shares(git: Git, write: Write, version: int) -> None:
    write({f"{number:03}.ts": str(number) for number in range(150)})
    for path in git.root.glob("*.ts"):
        os.utime(path, (1_600_000_000, 1_600_000_000))  # as old files, they need no entry of their own again
    git.commit()
    git("update-index", "--index-version", str(version))
    git("config", "splitIndex.maxPercentChange", "100")
    git("update-index", "--split-index")
    git("rm", "-q", "--cached", "003.ts", "064.ts", "149.ts")
    write({"001.ts": "changed", "070.ts": "changed", "new.ts": "", "000a.ts": ""})
    git("add", "001.ts", "070.ts", "new.ts", "000a.ts")
    assert list((git.root / ".git").glob("sharedindex.*"))
    assert len((git.root / ".git" / "index").read_bytes()) < 2000, "the index is split"
    assert entries(index_of(git)) == staged(git)
    assert list(scan(str(git.root)).files) == git.listed()


def test_a_split_index_without_its_shared_one_says_so(git: Git, write: Write) -> None:
    write(FILES)
    git.commit()
    git("update-index", "--split-index")
    for shared in (git.root / ".git").glob("sharedindex.*"):
        shared.unlink()
    with pytest.raises(UnreadableIndexError, match="shared index that a split index names cannot be read"):
        index_of(git)


def test_a_sparse_index_lists_what_is_present(git: Git, write: Write) -> None:
    write({"a.ts": "", "in/b.ts": "", "out/c.ts": "", "out/deep/d.ts": "", "off/e.ts": ""})
    git.commit()
    git("sparse-checkout", "set", "--cone", "--sparse-index", "in")
    index = index_of(git)
    assert sorted(index.sparse_directories) == [b"off/", b"out/"]
    assert scan(str(git.root)).files == ("a.ts", "in/b.ts")
    write({"out/deep/d.ts": "", ".gitignore": "d.ts\n", "off/.gitignore": "*\n", "off/more.ts": "", "off/e.ts": ""})
    seen = scan(str(git.root))
    assert list(seen.files) == git.listed()
    assert seen.files == (".gitignore", "a.ts", "in/b.ts", "off/e.ts", "out/deep/d.ts")


def test_an_ignore_file_that_a_sparse_checkout_left_out_still_counts(git: Git, write: Write) -> None:
    write({".gitignore": "*.log\n", "lib/.gitignore": "*.tmp\n", "lib/a.ts": ""})
    git.commit()
    git("update-index", "--skip-worktree", ".gitignore", "lib/.gitignore")
    (git.root / ".gitignore").unlink()
    (git.root / "lib" / ".gitignore").unlink()
    write({"b.log": "", "lib/c.tmp": "", "lib/d.ts": ""})
    assert scan(str(git.root)).files == ("lib/a.ts", "lib/d.ts")
    assert git.listed() == ["lib/a.ts", "lib/d.ts"]


def test_a_repository_of_sha256_ids_is_read(git: Git, write: Write, tmp_path: Path) -> None:
    root = tmp_path / "long"
    root.mkdir()
    long = type(git)(root, git.home).init("--object-format=sha256")
    (root / "a.ts").write_text("a")
    long.commit()
    index = read_index(str(root / ".git" / "index"), 32)
    assert entries(index) == staged(long)
    assert scan(str(root)).files == ("a.ts",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_crashes_the_reader(git: Git, write: Write, data: st.DataObject) -> None:
    path = git.root / ".git" / "whole"
    if not path.exists():
        write(FILES)
        git.commit()
        git("update-index", "--index-version", "4")
        (git.root / ".git" / "index").rename(path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    damaged = path.with_name("damaged")
    damaged.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        index = read_index(str(damaged))
    except UnreadableIndexError:
        return
    assert len(index.names) == len(index.flags) == len(index.offsets)
