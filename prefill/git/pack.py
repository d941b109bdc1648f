"""Finds and unpacks the entries of one pack, by its index (version 2): https://git-scm.com/docs/gitformat-pack"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import mmap
    from collections.abc import Callable

_KINDS = {1: "commit", 2: "tree", 3: "blob", 4: "tag"}
_OFFSET_DELTA, _ID_DELTA = 6, 7


class PackError(ValueError):
    """A pack or its index is damaged, or an object in it exceeds its bound."""


class Entry(NamedTuple):
    """One entry as it is stored: whole, or a delta with the place or id of its base."""

    kind: str
    content: bytes
    base_offset: int | None = None
    base_oid: bytes | None = None


class Pack:
    """One pack. The data file is opened when the first object is read from it."""

    def __init__(self, index: mmap.mmap, open_data: Callable[[], mmap.mmap | None], hash_size: int) -> None:
        self._index = index
        self._open_data = open_data
        self._data: mmap.mmap | None = None
        self._hash_size = hash_size
        self._fanout: tuple[int, ...] = ()
        self._usable = self._read_fanout()

    def find(self, oid: bytes) -> int | None:
        """Where the object with this raw id begins in the data file, or None."""
        if not self._usable:
            return None
        low, high = self._range(oid[0])
        index, size = self._index, self._hash_size
        while low < high:
            middle = (low + high) >> 1
            place = 1032 + middle * size
            found = index[place : place + size]
            if found < oid:
                low = middle + 1
            elif found > oid:
                high = middle
            else:
                return self._offset(middle)
        return None

    def find_prefix(self, prefix: str, limit: int) -> list[bytes]:
        """The raw ids that begin with these hexadecimal digits (at least two), at most `limit`."""
        if not self._usable:
            return []
        size = self._hash_size
        low, high = self._range(int(prefix[:2], 16))
        first = bytes.fromhex(prefix.ljust(size * 2, "0"))
        end = high
        while low < high:
            middle = (low + high) >> 1
            if self._index[1032 + middle * size : 1032 + (middle + 1) * size] < first:
                low = middle + 1
            else:
                high = middle
        found: list[bytes] = []
        while low < end and len(found) < limit:
            oid = self._index[1032 + low * size : 1032 + (low + 1) * size]
            if not oid.hex().startswith(prefix):
                break
            found.append(oid)
            low += 1
        return found

    def read_entry(self, offset: int, limit: int) -> Entry:
        """The entry at this place of the data file; what it holds has at most `limit` bytes."""
        if self._data is None:
            self._data = self._open_data()
            if self._data is None or self._data[:4] != b"PACK":
                raise PackError("its pack cannot be read")
        data = self._data
        start = offset
        byte = data[offset]
        offset += 1
        number = (byte >> 4) & 7
        size, shift = byte & 15, 4
        while byte & 0x80:
            byte = data[offset]
            offset += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if shift > 64:
                raise PackError("its size is out of range")
        if size > limit:
            raise PackError(f"it has {size} bytes, more than {limit}")
        if number in _KINDS:
            return Entry(_KINDS[number], _inflate(data, offset, size))
        if number == _OFFSET_DELTA:
            byte = data[offset]
            offset += 1
            back = byte & 0x7F
            while byte & 0x80:
                byte = data[offset]
                offset += 1
                back = ((back + 1) << 7) | (byte & 0x7F)
                if back > start:
                    break
            if not 0 < back < start:
                raise PackError("its base lies outside the pack")
            return Entry("", _inflate(data, offset, size), base_offset=start - back)
        if number == _ID_DELTA:
            base = data[offset : offset + self._hash_size]
            return Entry("", _inflate(data, offset + self._hash_size, size), base_oid=base)
        raise PackError(f"it is of unknown kind {number}")

    @staticmethod
    def apply_delta(base: bytes, delta: bytes, limit: int) -> bytes:
        """The object that a delta makes of its base."""
        base_size, offset = _read_size(delta, 0)
        size, offset = _read_size(delta, offset)
        if base_size != len(base):
            raise PackError("a delta does not fit its base")
        if size > limit:
            raise PackError(f"it has {size} bytes, more than {limit}")
        out: list[bytes] = []
        written = 0
        end = len(delta)
        while offset < end:
            code = delta[offset]
            offset += 1
            if code & 0x80:
                place = length = 0
                for bit in range(4):
                    if code & (1 << bit):
                        place |= delta[offset] << (8 * bit)
                        offset += 1
                for bit in range(3):
                    if code & (16 << bit):
                        length |= delta[offset] << (8 * bit)
                        offset += 1
                length = length or 0x10000
                if place + length > base_size:
                    raise PackError("a delta copies beyond its base")
                out.append(base[place : place + length])
            elif code:
                length = code
                out.append(delta[offset : offset + length])
                offset += length
            else:
                raise PackError("a delta has an unknown instruction")
            written += length
            if written > size:
                break
        content = b"".join(out)
        if len(content) != size:
            raise PackError("a delta does not give the size that it says")
        return content

    def _read_fanout(self) -> bool:
        """Whether the index is of version 2 and as long as it says."""
        index = self._index
        if len(index) < 1032 or index[:8] != b"\xfftOc\0\0\0\2":
            return False
        self._fanout = struct.unpack(">256I", index[8:1032])
        self._count = self._fanout[-1]
        ordered = all(a <= b for a, b in zip(self._fanout, self._fanout[1:], strict=False))
        return ordered and len(index) >= 1032 + self._count * (self._hash_size + 8) + 2 * self._hash_size

    def _range(self, first: int) -> tuple[int, int]:
        return (self._fanout[first - 1] if first else 0), self._fanout[first]

    def _offset(self, position: int) -> int:
        place = 1032 + self._count * (self._hash_size + 4) + position * 4
        offset = int.from_bytes(self._index[place : place + 4], "big")
        if offset & 0x80000000:
            place = 1032 + self._count * (self._hash_size + 8) + (offset & 0x7FFFFFFF) * 8
            offset = int.from_bytes(self._index[place : place + 8], "big")
        return offset


def _inflate(data: mmap.mmap, offset: int, size: int) -> bytes:
    """The `size` bytes that the compressed stream at `offset` holds."""
    inflater = zlib.decompressobj()
    # Deflate never adds more than this; the window keeps a large pack from being copied.
    window = size + (size >> 10) + 128
    content = inflater.decompress(data[offset : offset + window], size + 1)
    if len(content) != size:
        raise PackError("its size is not what it says")
    return content


def _read_size(delta: bytes, offset: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = delta[offset]
        offset += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return value, offset
        if shift > 64:
            raise PackError("its size is out of range")
