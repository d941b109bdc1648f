"""Parses git's index, the list of tracked files (https://git-scm.com/docs/index-format)."""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING

from prefill.git.files import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_INDEX_BYTES = 512 << 20
MAX_ENTRIES = 2_000_000

ASSUME_VALID = 0x8000
EXTENDED = 0x4000
STAGE = 0x3000
# The second flag word, moved above the first.
SKIP_WORKTREE = 0x4000 << 16
INTENT_TO_ADD = 0x2000 << 16

_GITLINK = 0xE0  # the high byte of mode 160000
_DIRECTORY = 0x40  # of mode 040000: a folder that a sparse index does not list


class UnreadableIndexError(ValueError):
    """The index is cut short, damaged, or of a kind that is not supported; the message says which."""


class CacheTree:
    """One node of the cache-tree extension: `count` is -1 where it is out of date, and `oid` then None."""

    __slots__ = ("children", "count", "oid")

    def __init__(self, count: int, oid: bytes | None) -> None:
        self.count = count
        self.oid = oid
        self.children: dict[bytes, CacheTree] = {}


class Index:
    """The entries of an index, in its order: parallel lists of names, flags, and places of the stat data."""

    __slots__ = (
        "data",
        "flags",
        "gitlinks",
        "hash_size",
        "mtime",
        "names",
        "offsets",
        "sparse_directories",
        "tree_extension",
        "version",
    )

    def __init__(self, data: bytes, version: int, hash_size: int) -> None:
        self.data = data
        self.version = version
        self.hash_size = hash_size
        self.names: list[bytes] = []
        self.flags: list[int] = []
        self.offsets: list[int] = []
        self.gitlinks: list[bytes] = []
        self.sparse_directories: dict[bytes, bytes] = {}
        self.tree_extension = b""
        self.mtime: tuple[int, int] = (0, 0)

    @property
    def root_tree(self) -> bytes | None:
        """The id (raw bytes) of the tree that all entries make, or None where git does not have it at hand."""
        if not self.tree_extension[1:2].isdigit():  # the root stands first; a count of -1 is out of date
            return None
        start = self.tree_extension.find(b"\n") + 1
        oid = self.tree_extension[start : start + self.hash_size]
        return oid if len(oid) == self.hash_size else None

    def read_cache_tree(self) -> CacheTree | None:
        """The trees that the entries make, folder by folder, as far as git has them at hand."""
        return _read_cache_tree(self.tree_extension, self.hash_size)

    def oid(self, position: int) -> bytes:
        """The object id (raw bytes) of the entry at `position`."""
        offset = self.offsets[position]
        return self.data[offset + 40 : offset + 40 + self.hash_size]

    def mode(self, position: int) -> int:
        """The mode of the entry at `position`, as `0o100644`."""
        offset = self.offsets[position]
        return int.from_bytes(self.data[offset + 24 : offset + 28], "big")


def read_index(path: str, hash_size: int = 20) -> Index:
    """The index at `path`; `hash_size` is 20, or 32 in a SHA-256 repository.

    Raises `FileNotFoundError` (a repository without an index tracks nothing), `OSError` and `UnreadableIndexError`.
    """
    data = read_regular(path, MAX_INDEX_BYTES)
    status = os.lstat(path)
    try:
        index, link = _parse(data, hash_size)
        if link is not None:
            index = _merge_shared(index, link, os.path.dirname(path))
    except (IndexError, struct.error, ValueError) as error:
        if isinstance(error, UnreadableIndexError):
            raise
        raise UnreadableIndexError("the index is cut short or damaged") from error
    index.mtime = divmod(status.st_mtime_ns, 1_000_000_000)
    return index


def _parse(data: bytes, hash_size: int) -> tuple[Index, bytes | None]:
    """The entries and extensions of one index file, and its `link` extension if it is a split one."""
    if len(data) < 12 + hash_size or not data.startswith(b"DIRC"):
        raise UnreadableIndexError("this is not an index")
    version, count = struct.Struct(">II").unpack_from(data, 4)
    if version not in (2, 3, 4):
        raise UnreadableIndexError(f"index version {version} is not supported")
    end = len(data) - hash_size
    if count > MAX_ENTRIES or count * (hash_size + 42) > end:
        raise UnreadableIndexError(f"it says it has {count} entries, which it cannot hold")
    index = Index(data, version, hash_size)
    offset = _read_entries(index, count, end)
    link: bytes | None = None
    while offset + 8 <= end:
        signature = data[offset : offset + 4]
        size = int.from_bytes(data[offset + 4 : offset + 8], "big")
        offset += 8
        if offset + size > end:
            raise UnreadableIndexError("an extension is cut short")
        if signature == b"TREE":
            index.tree_extension = data[offset : offset + size]
        elif signature == b"link":
            link = data[offset : offset + size]
        elif not 0x41 <= signature[0] <= 0x5A and signature != b"sdir":
            raise UnreadableIndexError(f"extension {signature!r} is not supported")
        offset += size
    return index, link


def _read_entries(index: Index, count: int, end: int) -> int:
    """Fills the lists of `index`; the offset behind the last entry."""
    data = index.data
    fixed = index.hash_size + 42
    read_flags = struct.Struct(">H").unpack_from
    prefixed = index.version == 4
    name = b""
    offset = 12
    names, flag_list, offsets = index.names, index.flags, index.offsets
    for _ in range(count):
        (flags,) = read_flags(data, offset + fixed - 2)
        start = offset + fixed
        length = flags & 0xFFF
        if flags & EXTENDED:
            (extended,) = read_flags(data, start)
            flags |= extended << 16
            start += 2
        if prefixed:
            strip, start = _read_varint(data, start)
            stop = data.index(0, start)
            if strip > len(name):
                raise UnreadableIndexError("an entry shortens a name by more than it has")
            name = name[: len(name) - strip] + data[start:stop]
            following = stop + 1
        else:
            stop = start + length if length < 0xFFF else data.index(0, start)
            name = data[start:stop]
            following = offset + ((stop - offset + 8) & ~7)
        if following > end:
            raise UnreadableIndexError("an entry is cut short")
        kind = data[offset + 26]
        if kind == _GITLINK:
            index.gitlinks.append(name)
        elif kind == _DIRECTORY:
            index.sparse_directories[name] = data[offset + 40 : offset + 40 + index.hash_size]
        names.append(name)
        flag_list.append(flags)
        offsets.append(offset)
        offset = following
    return offset


def _read_varint(data: bytes, offset: int) -> tuple[int, int]:
    """Git's offset encoding: seven bits a byte, plus one for each continuation."""
    byte = data[offset]
    offset += 1
    value = byte & 0x7F
    while byte & 0x80:
        byte = data[offset]
        offset += 1
        value = ((value + 1) << 7) | (byte & 0x7F)
        if value > MAX_INDEX_BYTES:
            raise UnreadableIndexError("a length is out of range")
    return value, offset


def _read_cache_tree(data: bytes, hash_size: int) -> CacheTree | None:
    """The `TREE` extension, written in depth-first order; None when it is damaged (it is only a cache)."""
    root: CacheTree | None = None
    offset, end = 0, len(data)
    stack: list[tuple[CacheTree, list[int]]] = []  # nodes, and how many of their children are still to come
    while offset < end:
        stop = data.find(0, offset, end)
        newline = data.find(b"\n", stop, end)
        if stop < 0 or newline < 0:
            return None
        numbers = data[stop + 1 : newline].split(b" ")
        try:
            count, children = int(numbers[0]), int(numbers[1])
        except (IndexError, ValueError):
            return None
        name = data[offset:stop]
        offset = newline + 1
        oid = None
        if count >= 0:
            oid = data[offset : offset + hash_size]
            offset += hash_size
        node = CacheTree(count, oid)
        while stack and not stack[-1][1][0]:
            stack.pop()
        if stack:
            parent, left = stack[-1]
            parent.children[name] = node
            left[0] -= 1
        elif root is None:
            root = node
        else:
            return None
        stack.append((node, [children]))
    return root


def _merge_shared(own: Index, link: bytes, folder: str) -> Index:
    """A split index laid over the shared one that it names (`link` extension)."""
    shared_oid = link[: own.hash_size]
    if not any(shared_oid):
        return own
    path = os.path.join(folder, "sharedindex." + shared_oid.hex())
    try:
        shared, nested = _parse(read_regular(path, MAX_INDEX_BYTES), own.hash_size)
    except OSError as error:
        raise UnreadableIndexError("the shared index that a split index names cannot be read") from error
    if nested is not None:
        raise UnreadableIndexError("a shared index is itself split")
    deleted: set[int] = set()
    replaced: list[int] = []
    if len(link) > own.hash_size:
        positions, offset = _read_ewah(link, own.hash_size, len(shared.names))
        deleted.update(positions)
        positions, _ = _read_ewah(link, offset, len(shared.names))
        replaced.extend(positions)
    # Replacements come first, in order, without a name; what follows is added.
    base = len(shared.data)
    rows: dict[tuple[bytes, int], tuple[int, int]] = {}
    replacement = {position: number for number, position in enumerate(replaced)}
    for position, name in enumerate(shared.names):
        if position in deleted:
            continue
        number = replacement.get(position)
        if number is None:
            flags, offset = shared.flags[position], shared.offsets[position]
        else:
            flags, offset = own.flags[number], own.offsets[number] + base
        rows[name, flags & STAGE] = (flags, offset)
    for number in range(len(replaced), len(own.names)):
        rows[own.names[number], own.flags[number] & STAGE] = (own.flags[number], own.offsets[number] + base)
    merged = Index(shared.data + own.data, own.version, own.hash_size)
    merged.tree_extension = own.tree_extension
    for (name, _), (flags, offset) in sorted(rows.items()):
        merged.names.append(name)
        merged.flags.append(flags)
        merged.offsets.append(offset)
        kind = merged.data[offset + 26]
        if kind == _GITLINK:
            merged.gitlinks.append(name)
        elif kind == _DIRECTORY:
            merged.sparse_directories[name] = merged.data[offset + 40 : offset + 40 + own.hash_size]
    return merged


def _read_ewah(data: bytes, offset: int, limit: int) -> tuple[list[int], int]:
    """The set bits below `limit` of an EWAH bitmap, and the offset behind it.

    The format: https://git-scm.com/docs/bitmap-format#_appendix_a_serialization_format_for_an_ewah_bitmap
    """
    _bits, words = struct.Struct(">II").unpack_from(data, offset)
    offset += 8
    stop = offset + words * 8
    if stop + 4 > len(data):
        raise UnreadableIndexError("a bitmap is cut short")
    result: list[int] = []
    position = 0
    while offset < stop:
        header = int.from_bytes(data[offset : offset + 8], "big")
        offset += 8
        run = ((header >> 1) & 0xFFFFFFFF) * 64
        if header & 1:
            result.extend(range(position, min(position + run, limit)))
        position += run
        for word in _words(data, offset, header >> 33, stop):
            left = word
            while left:
                bit = position + (left & -left).bit_length() - 1
                if bit < limit:
                    result.append(bit)
                left &= left - 1
            position += 64
        offset += (header >> 33) * 8
    return result, stop + 4


def _words(data: bytes, offset: int, count: int, stop: int) -> Iterator[int]:
    if offset + count * 8 > stop:
        raise UnreadableIndexError("a bitmap is cut short")
    for place in range(offset, offset + count * 8, 8):
        yield int.from_bytes(data[place : place + 8], "big")
