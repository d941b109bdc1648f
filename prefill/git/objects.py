"""Reads commits, trees and blobs from a repository's object folders, loose or packed.

The formats: https://git-scm.com/docs/gitformat-pack. Objects that a clone borrows are followed
(`objects/info/alternates`), though that may lead outside the repository: an object is only ever read by an id that the
repository or the user already names, so nothing can be learnt that way that was not known. At most five borrowed
folders deep, and only folders that look like an object store.
"""

from __future__ import annotations

import mmap
import os
import zlib
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from prefill.git.files import open_regular, read_regular
from prefill.git.pack import Pack, PackError
from prefill.model import Problem

if TYPE_CHECKING:
    from prefill.git.gitdir import GitDir

MAX_OBJECT_BYTES = 64 << 20
MAX_TREE_ENTRIES = 500_000
MAX_TREE_DEPTH = 200
_MAX_ALTERNATES = 32
_MAX_ALTERNATE_DEPTH = 5
_MAX_PACKS = 10_000
_MAX_CHAIN = 4096  # what git itself writes at most (pack.depth)
_MAX_PACK_CHANGES = 16  # git writes packs whose deltas stay inside; others may not go to and fro for ever
_CACHE_BYTES = 16 << 20

TREE, GITLINK, LINK = 0o040000, 0o160000, 0o120000


class ObjectError(ValueError):
    """An object is missing, damaged or too large; the message says which and names it."""


class MissingObjectError(ObjectError):
    """The object is in none of the repository's folders (as in a partial or shallow clone)."""


class Commit(NamedTuple):
    """A commit's tree and parents, as hexadecimal ids."""

    tree: str
    parents: tuple[str, ...]


class TreeEntry(NamedTuple):
    """A file, link or submodule in a tree: path below the tree's root, mode as `0o100644`, hexadecimal id."""

    path: str
    mode: int
    oid: str


class Objects:
    """The objects of one repository. Ids are hexadecimal, whole, in lower case."""

    def __init__(self, gitdir: GitDir) -> None:
        self.hash_size = gitdir.hash_size
        self.folders = _list_folders(os.path.join(gitdir.common, "objects"))
        self._packs: list[Pack] | None = None
        self._cache: dict[tuple[int, int], tuple[str, bytes]] = {}
        self._cached = 0

    def read(self, oid: str, limit: int = MAX_OBJECT_BYTES) -> tuple[str, bytes]:
        """The kind (`commit`, `tree`, `blob`, `tag`) and content of an object of at most `limit` bytes."""
        return self._read(oid, limit, 0)

    def _read(self, oid: str, limit: int, depth: int) -> tuple[str, bytes]:
        if depth > _MAX_PACK_CHANGES:
            raise ObjectError(f"object {oid} is damaged: its chain of deltas does not end")
        raw = bytes.fromhex(oid)
        for number, pack in enumerate(self._list_packs()):
            try:
                offset = pack.find(raw)
                if offset is not None:
                    return self._read_packed(number, pack, offset, limit, depth)
            except (PackError, zlib.error, IndexError) as error:
                raise ObjectError(f"object {oid} is damaged: {error}") from error
        for folder in self.folders:
            try:
                content = read_regular(os.path.join(folder, oid[:2], oid[2:]), limit + 4096)
            except FileNotFoundError:
                continue
            except OSError as error:
                raise ObjectError(f"object {oid} cannot be read: {error.strerror or error}") from error
            return _open_loose(oid, content, limit)
        raise MissingObjectError(f"object {oid} is not in this clone")

    def read_kind(self, oid: str, kind: str, limit: int = MAX_OBJECT_BYTES) -> bytes:
        """The content of an object that must be of this kind."""
        found, content = self.read(oid, limit)
        if found != kind:
            raise ObjectError(f"object {oid} is a {found}, not a {kind}")
        return content

    def read_commit(self, oid: str) -> Commit:
        """The tree and parents of a commit."""
        content = self.read_kind(oid, "commit", 1 << 20)
        head = content.split(b"\n\n", 1)[0].split(b"\n")
        tree = b""
        parents: list[str] = []
        for line in head:
            if line.startswith(b"tree ") and not tree:
                tree = line[5:]
            elif line.startswith(b"parent "):
                parents.append(self._check_id(oid, line[7:]))
        return Commit(self._check_id(oid, tree), tuple(parents))

    def read_tag(self, oid: str) -> str:
        """The id of the object that an annotated tag names."""
        content = self.read_kind(oid, "tag", 1 << 20)
        return self._check_id(oid, content.split(b"\n", 1)[0].removeprefix(b"object "))

    def read_tree(self, oid: str) -> list[tuple[bytes, int, bytes]]:
        """`(name, mode, raw id)` of each entry directly in a tree."""
        content = self.read_kind(oid, "tree")
        entries: list[tuple[bytes, int, bytes]] = []
        offset, size = 0, self.hash_size
        try:
            while offset < len(content):
                space = content.index(b" ", offset, offset + 8)
                stop = content.index(b"\0", space)
                if stop + 1 + size > len(content):
                    raise ObjectError(f"tree {oid} is cut short")
                entries.append(
                    (content[space + 1 : stop], int(content[offset:space], 8), content[stop + 1 : stop + 1 + size])
                )
                offset = stop + 1 + size
        except ValueError as error:
            raise ObjectError(f"tree {oid} is damaged") from error
        return entries

    def list_tree(self, oid: str) -> tuple[list[TreeEntry], list[Problem]]:
        """Every file, link and submodule below a tree, in git's order, and what was left out.

        Names that could not be checked out (`..`, `.git`, with a slash) are left out. Raises `ObjectError` for a tree
        that is missing or damaged.
        """
        entries: list[TreeEntry] = []
        problems: list[Problem] = []
        stack: list[tuple[bytes, int, bytes, int]] = [(b"", TREE, bytes.fromhex(oid), 0)]
        while stack:
            path, mode, raw, depth = stack.pop()
            if mode != TREE:
                entries.append(TreeEntry(os.fsdecode(path), mode, raw.hex()))
                if len(entries) >= MAX_TREE_ENTRIES:
                    problems.append(Problem(".", None, f"has more than {MAX_TREE_ENTRIES} files; the rest is left out"))
                    break
                continue
            if depth > MAX_TREE_DEPTH:
                message = f"lies deeper than {MAX_TREE_DEPTH} folders and is left out"
                problems.append(Problem(os.fsdecode(path), None, message))
                continue
            inside: list[tuple[bytes, int, bytes, int]] = []
            for name, inner_mode, inner in self.read_tree(raw.hex()):
                inner_path = path + b"/" + name if path else name
                if name in (b"", b".", b"..") or name.lower() == b".git" or b"/" in name:
                    problems.append(Problem(os.fsdecode(inner_path), None, "is a name that git refuses; left out"))
                else:
                    inside.append((inner_path, canonical_mode(inner_mode), inner, depth + 1))
            stack.extend(reversed(inside))
        return entries, problems

    def find_prefix(self, prefix: str, limit: int = 64) -> list[str]:
        """The whole ids that begin with these hexadecimal digits (at least four), at most `limit`, sorted."""
        found: set[str] = set()
        for pack in self._list_packs():
            found.update(raw.hex() for raw in pack.find_prefix(prefix, limit))
        for folder in self.folders:
            try:
                names = os.listdir(os.path.join(folder, prefix[:2]))
            except OSError:
                continue
            length = self.hash_size * 2 - 2
            found.update(prefix[:2] + n for n in names if n.startswith(prefix[2:]) and len(n) == length)
        return sorted(found)[:limit]

    def _check_id(self, oid: str, text: bytes) -> str:
        if len(text) != self.hash_size * 2 or any(byte not in b"0123456789abcdef" for byte in text):
            raise ObjectError(f"object {oid} is damaged: it names no whole id")
        return text.decode()

    def _list_packs(self) -> list[Pack]:
        if self._packs is None:
            self._packs = []
            for folder in self.folders:
                place = os.path.join(folder, "pack")
                try:
                    names = sorted(name for name in os.listdir(place) if name.endswith(".idx"))
                except OSError:
                    continue
                for name in names[:_MAX_PACKS]:
                    index = _map(os.path.join(place, name))
                    if index is not None:
                        data = os.path.join(place, name[:-4] + ".pack")
                        self._packs.append(Pack(index, partial(_map, data), self.hash_size))
        return self._packs

    def _read_packed(self, number: int, pack: Pack, offset: int, limit: int, depth: int) -> tuple[str, bytes]:
        """Follows a chain of deltas down to its base and lays them on again."""
        deltas: list[tuple[int, bytes]] = []
        held = 0
        at = offset
        while True:
            cached = self._cache.get((number, at))
            if cached is not None:
                kind, content = cached
                break
            entry = pack.read_entry(at, limit)
            if entry.base_offset is not None:
                deltas.append((at, entry.content))
                at = entry.base_offset
            elif entry.base_oid is not None:
                deltas.append((at, entry.content))
                base = pack.find(entry.base_oid)
                if base is None:
                    kind, content = self._read(entry.base_oid.hex(), limit, depth + 1)
                    break
                at = base
            else:
                kind, content = entry.kind, entry.content
                self._remember((number, at), kind, content)
                break
            held += len(entry.content)
            if len(deltas) > _MAX_CHAIN or held > 2 * limit:
                raise PackError("its chain of deltas does not end")
        for place, delta in reversed(deltas):
            content = pack.apply_delta(content, delta, limit)
            self._remember((number, place), kind, content)
        return kind, content

    def _remember(self, key: tuple[int, int], kind: str, content: bytes) -> None:
        """Keeps small trees and commits, which are the bases of others."""
        if len(content) > 1 << 20:
            return
        if self._cached > _CACHE_BYTES:
            self._cache.clear()
            self._cached = 0
        self._cache[key] = (kind, content)
        self._cached += len(content)


def canonical_mode(mode: int) -> int:
    """The mode as git writes it today: old trees hold others, such as 100664."""
    kind = mode & 0o170000
    if kind == 0o100000:
        return 0o100755 if mode & 0o100 else 0o100644
    return kind


def _open_loose(oid: str, content: bytes, limit: int) -> tuple[str, bytes]:
    inflater = zlib.decompressobj()
    try:
        plain = inflater.decompress(content, limit + 64)
    except zlib.error as error:
        raise ObjectError(f"object {oid} is damaged: {error}") from error
    header, zero, body = plain.partition(b"\0")
    kind, _, size = header.partition(b" ")
    if not zero or kind not in (b"commit", b"tree", b"blob", b"tag") or not size.isdigit() or len(size) > 12:
        raise ObjectError(f"object {oid} is damaged: it has no header")
    if int(size) > limit:
        raise ObjectError(f"object {oid} has {int(size)} bytes, more than {limit}")
    if len(body) != int(size):
        raise ObjectError(f"object {oid} is damaged: its size is not what it says")
    return kind.decode(), body


def _list_folders(first: str) -> list[str]:
    """The repository's object folder and those it borrows from, in git's order of search."""
    folders = [first]
    queue = [(first, 0)]
    while queue:
        folder, depth = queue.pop(0)
        if depth >= _MAX_ALTERNATE_DEPTH:
            continue
        try:
            text = read_regular(os.path.join(folder, "info", "alternates"), 1 << 16)
        except OSError:
            continue
        for line in text.split(b"\n"):
            if not line or line.startswith((b"#", b'"')) or len(folders) >= _MAX_ALTERNATES:
                continue
            target = os.path.normpath(os.path.join(folder, os.fsdecode(line)))
            if target not in folders and (
                os.path.isdir(os.path.join(target, "pack")) or os.path.isdir(os.path.join(target, "info"))
            ):
                folders.append(target)
                queue.append((target, depth + 1))
    return folders


def _map(path: str) -> mmap.mmap | None:
    """A file mapped into memory, or None when it cannot be: what is not there is a missing object later."""
    try:
        descriptor, status = open_regular(path, 1 << 40)
    except OSError:
        return None
    try:
        return mmap.mmap(descriptor, status.st_size, access=mmap.ACCESS_READ) if status.st_size else None
    except (OSError, ValueError):
        return None
    finally:
        os.close(descriptor)
