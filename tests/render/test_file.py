"""A document on disk is the old one or the new one, never a part, and nothing outside the repository is touched."""

from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from prefill.errors import PrefillError
from prefill.render.file import LIMIT, read, write

if TYPE_CHECKING:
    from pathlib import Path


def leftovers(folder: Path) -> list[str]:
    return sorted(name for name in os.listdir(folder) if name.endswith(".tmp"))


def test_a_document_is_read_whole_and_a_missing_one_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xef\xbb\xbfa\r\n")
    assert read(str(tmp_path / "a.md")) == b"\xef\xbb\xbfa\r\n"
    assert read(str(tmp_path / "none.md")) is None


def test_what_cannot_be_read_is_an_error_and_not_a_missing_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(PrefillError, match=r"a\.md: no permission to read it"):
        read(str(tmp_path / "a.md"))


def test_only_regular_files_of_a_bounded_size_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    (tmp_path / "big.md").write_bytes(b"x" * (LIMIT + 1))
    (tmp_path / "circle.md").symlink_to("circle.md")
    with pytest.raises(PrefillError, match="not a regular file"):
        read(str(tmp_path / "pipe.md"))
    with pytest.raises(PrefillError, match="not a regular file"):
        read(str(tmp_path))
    with pytest.raises(PrefillError, match="may have 8 MB"):
        read(str(tmp_path / "big.md"))
    with pytest.raises(PrefillError, match="links lead in a circle"):
        read(str(tmp_path / "circle.md"))


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(str(tmp_path / "a.md"), b"new", expected=None)
    finally:
        os.umask(before)
    assert (tmp_path / "a.md").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a.md").stat().st_mode) == 0o640
    assert not leftovers(tmp_path)


def test_an_existing_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    path.chmod(0o604)
    write(str(path), b"new", expected=b"old")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o604


def test_what_another_run_wrote_meanwhile_is_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"theirs")
    with pytest.raises(PrefillError, match="has changed while prefill ran"):
        write(str(path), b"ours", expected=b"old")
    with pytest.raises(PrefillError, match="has changed while prefill ran"):
        write(str(path), b"ours", expected=None)
    assert path.read_bytes() == b"theirs"
    assert not leftovers(tmp_path)


def test_a_link_inside_the_repository_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_bytes(b"old")
    (tmp_path / "link.md").symlink_to("real.md")
    write(str(tmp_path / "link.md"), b"new", expected=b"old", root=str(tmp_path))
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["link.md", "folder/a.md", "folder/new.md"])
def test_no_link_leads_out_of_the_repository(tmp_path: Path, name: str) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "a.md").write_bytes(b"theirs")
    (root / "link.md").symlink_to(outside / "a.md")
    (root / "folder").symlink_to(outside)
    with pytest.raises(PrefillError, match="a link leads out of the repository"):
        read(str(root / name), str(root))
    with pytest.raises(PrefillError, match="a link leads out of the repository"):
        write(str(root / name), b"x", expected=b"theirs", root=str(root))
    assert os.listdir(outside) == ["a.md"]
    assert (outside / "a.md").read_bytes() == b"theirs"


def test_a_file_that_the_user_named_outside_is_written(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    write(str(tmp_path / "out.md"), b"x", expected=None, root=str(tmp_path / "root"))
    assert (tmp_path / "out.md").read_bytes() == b"x"


@pytest.mark.parametrize(
    ("call", "number", "sentence"),
    [
        ("write", errno.ENOSPC, "the disk is full; the document is as it was"),
        ("fsync", errno.ENOSPC, "the disk is full; the document is as it was"),
        ("write", errno.EDQUOT, "the disk quota is used up"),
        ("replace", errno.EACCES, "no permission to write it"),
        ("open", errno.EROFS, "the file system is read-only"),
        ("write", errno.EIO, "cannot write it: Input/output error"),
    ],
)
def test_a_failing_disk_is_one_sentence_and_the_old_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, sentence: str
) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    real = getattr(os, call)

    def fail(*args: object, **kwargs: object) -> object:
        if call == "open" and not (isinstance(args[1], int) and args[1] & os.O_CREAT):
            return real(*args, **kwargs)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(PrefillError, match=sentence) as caught:
        write(str(path), b"new", expected=b"old")
    monkeypatch.undo()
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == b"old"
    assert not leftovers(tmp_path)


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    for name in (".a.md.123-0123abcd.tmp", ".a.md.124-0123abcd.tmp", ".b.md.123-0123abcd.tmp", ".a.md.notes.tmp"):
        (tmp_path / name).write_bytes(b"x")
        if "124" not in name:
            os.utime(tmp_path / name, (1, 1))
    write(str(tmp_path / "a.md"), b"x", expected=None)
    assert leftovers(tmp_path) == [".a.md.124-0123abcd.tmp", ".a.md.notes.tmp", ".b.md.123-0123abcd.tmp"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(PrefillError, match="its folder does not exist"):
        write(str(tmp_path / "none" / "a.md"), b"x", expected=None)


def test_a_folder_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(PrefillError, match="not a regular file"):
        write(str(tmp_path), b"x", expected=None)


def test_a_killed_write_leaves_the_old_document_or_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    old, new = b"old\n" * 20_000, b"new\n" * 30_000
    path.write_bytes(old)
    program = (
        "import sys; from prefill.render.file import read, write; p = sys.argv[1]; old, new = b'old\\n' * 20000, b'new\\n' * 30000\n"
        "print('ready', flush=True)\n"
        "while True: now = read(p); write(p, old if now == new else new, expected=now)"
    )
    for turn in range(8):
        process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.003 * turn)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        assert path.read_bytes() in (old, new)
