"""How packed bytes are opened: part of a file as a stream of what it unpacks to, in constant memory.

A file may be packed as a whole (gzip, bzip2, xz, Zstandard), or be a member of an archive: then it is a stretch of the
archive's bytes, which a ZIP packs by a method of its own. Whatever is wrong with the bytes on the disk comes out of
these streams as one error, `UnreadableError`. Real bytes are counted, not those that a header promises: a file that
unpacks to a thousand times its size is refused while it is read.
"""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, Protocol

import zstandard

from kg.errors import UnreadableError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MOST_TIMES: Final = 1_000
"""Bytes that one packed byte may become. Exports of papers stay below a hundred; gzip cannot go beyond 1,032."""

FREE_BYTES: Final = 10_000_000
"""Unpacked bytes up to which nobody asks how small they were packed: that many hurt no machine."""

MOST_BYTES: Final = 64 << 30
"""Bytes that one file may unpack to."""

_MOST_MEMORY: Final = 1 << 28
"""Memory that unpacking may take: four times what the highest level of `xz` asks for, twice that of `zstd`."""

_PIECE: Final = 1 << 16
_ZSTD_PIECE: Final = 1 << 10  # four bytes can become 128 KiB, and zstandard has no limit on what it gives at once


@dataclass(frozen=True, slots=True)
class Packing:
    """Where in a file bytes stand, and how they are packed. Plain values: it travels between processes.

    Attributes:
        offset: Where the bytes begin in the file.
        size: How many they are, packed; None for all to the file's end.
        method: How a ZIP has packed them: `deflate bz2 lzma xz zst`; empty where they are stored.
        length: How many bytes a ZIP promises behind `method`.
        crc: The CRC-32 that a ZIP promises; None outside of one.
        codec: How the file itself is packed: `gz bz2 xz zst`, or empty.
    """

    offset: int = 0
    size: int | None = None
    method: str = ""
    length: int = 0
    crc: int | None = None
    codec: str = ""


AS_IT_IS: Final = Packing()
"""A whole file that is not packed."""


def open_packed(path: Path, packing: Packing) -> BinaryIO:
    """Return the unpacked bytes as a stream, from the start; it can only be read on.

    Raises:
        UnreadableError: If the file cannot be opened; from the stream's reads, if it is damaged, cut short, or grows
            beyond all measure.
    """
    part = _Part(path, packing.offset, packing.size)
    stream: io.RawIOBase = part
    if packing.method:
        stream = _Unpacked(stream, packing.method, part)
    if packing.crc is not None:
        stream = _Checked(stream, packing.length, packing.crc)
    if packing.codec:
        stream = _Unpacked(stream, packing.codec, part)
    return io.BufferedReader(stream, _PIECE)


def too_much(unpacked: int, packed: int) -> bool:
    """Tell whether that many bytes cannot come from that few, but to fill a machine."""
    return unpacked > MOST_BYTES or unpacked > max(FREE_BYTES, MOST_TIMES * packed)


def cannot_open(error: OSError) -> UnreadableError:
    """Return what to tell of a file that the system does not let us read."""
    return UnreadableError(f"cannot be opened: {error.strerror or error}", "check the path and its permissions")


class _Part(io.RawIOBase):
    """A stretch of a file.

    Attributes:
        taken: How many of its bytes have been read.
    """

    def __init__(self, path: Path, offset: int, size: int | None) -> None:
        self.taken = 0
        self._size = size
        try:
            self._file = path.open("rb", buffering=0)
            if offset:
                self._file.seek(offset)
        except OSError as error:
            raise cannot_open(error) from error

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        if self._size is not None:
            view = view[: self._size - self.taken]
        try:
            count = self._file.readinto(view) or 0
        except OSError as error:
            raise cannot_open(error) from error
        if not count and self._size is not None and self.taken < self._size:
            raise UnreadableError("truncated: the archive ends inside of it", "save or download the archive again")
        self.taken += count
        return count

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class _Checked(io.RawIOBase):
    """A member of a ZIP, compared at its end with the length and checksum that the ZIP promises."""

    def __init__(self, inner: io.RawIOBase, length: int, crc: int) -> None:
        self._inner, self._length, self._crc = inner, length, crc
        self._seen, self._sum = 0, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        count = self._inner.readinto(buffer) or 0
        self._seen += count
        self._sum = zlib.crc32(memoryview(buffer)[:count], self._sum)
        if self._seen > self._length or not (count or self._seen == self._length):
            what = f"damaged: the archive promises {self._length:,} bytes, it has {'more' if count else f'{self._seen:,}'}"
            raise UnreadableError(what, "save or download the archive again")
        if not count and self._sum != self._crc:
            raise UnreadableError("damaged: its checksum is wrong", "save or download the archive again")
        return count

    def close(self) -> None:
        self._inner.close()
        super().close()


class _Unpacked(io.RawIOBase):
    """What a packed stream unpacks to. Several packed streams in a row are one, as for the tools that pack them."""

    def __init__(self, inner: io.RawIOBase, codec: str, part: _Part) -> None:
        self._inner, self._codec, self._part = inner, codec, part
        self._machine = _MACHINES[codec]()
        self._alone = codec in _METHODS_ONLY
        self._given = 0
        self._ready = memoryview(b"")
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        while not self._ready and not self._ended:
            self._ready = memoryview(self._step(view.nbytes))
            self._count()
        count = min(view.nbytes, self._ready.nbytes)
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count

    def _step(self, most: int) -> bytes:
        """Return what comes next, perhaps nothing yet; note the end."""
        data = b""
        if self._machine.eof:
            data = self._next_stream()
            if self._ended:
                return b""
        elif self._machine.needs_input:
            data = self._inner.read(_PIECE) or b""
        asked = self._machine.needs_input
        try:
            found = self._machine.decompress(data, most)
        except _DAMAGE as error:
            raise self._damaged(error) from error
        if asked and not (data or found or self._machine.eof):
            if self._codec != "lzma":  # which may have no mark at its end: the ZIP's own length tells
                what = f"truncated: its {_NAMES[self._codec]} data break off"
                raise UnreadableError(what, "save or download it again")
            self._ended = True
        return found

    def _damaged(self, error: Exception) -> UnreadableError:
        if "memory" in str(error).lower():
            return UnreadableError(f"needs more than {_MOST_MEMORY >> 20} MB of memory to unpack", "unpack it first")
        reason = str(error).rpartition(": ")[2]
        return UnreadableError(f"damaged {_NAMES[self._codec]} data ({reason})", "save or download it again")

    def _next_stream(self) -> bytes:
        """Return the first bytes of the stream behind the one that has ended; without one, note the end.

        Zeros between and behind streams are padding.
        """
        data = self._machine.unused_data.lstrip(b"\0")
        while not data and (more := self._inner.read(_PIECE)):
            data = more.lstrip(b"\0")
        if data and self._alone:
            raise UnreadableError("damaged: there is more than it needs", "save or download the archive again")
        self._ended = not data
        self._machine = _MACHINES[self._codec]()
        return data

    def _count(self) -> None:
        self._given += self._ready.nbytes
        if too_much(self._given, self._part.taken):
            what = f"it unpacks to more than {MOST_TIMES:,} times its size, or {MOST_BYTES >> 30} GB"
            raise UnreadableError(what, "if you trust it, unpack it first")

    def close(self) -> None:
        self._inner.close()
        super().close()


class _Machine(Protocol):
    """What unpacks one packed stream, as `bz2.BZ2Decompressor` and `lzma.LZMADecompressor` do it."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, most: int, /) -> bytes: ...


class _Zlib:
    """zlib and gzip in that shape; it checks gzip's checksum and length."""

    def __init__(self, bits: int) -> None:
        self._machine = zlib.decompressobj(bits)

    @property
    def eof(self) -> bool:
        return self._machine.eof

    @property
    def needs_input(self) -> bool:
        return not self._machine.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data

    def decompress(self, data: bytes, most: int, /) -> bytes:
        return self._machine.decompress(self._machine.unconsumed_tail + data, most)


class _Zstd:
    """Zstandard in that shape: fed little by little, since it gives all that it can at once."""

    def __init__(self) -> None:
        self._machine = zstandard.ZstdDecompressor(max_window_size=_MOST_MEMORY).decompressobj()
        self._data, self._place = b"", 0

    @property
    def eof(self) -> bool:
        return self._machine.eof

    @property
    def needs_input(self) -> bool:
        return self._place >= len(self._data)

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data + self._data[self._place :]

    def decompress(self, data: bytes, most: int, /) -> bytes:
        if data:
            self._data, self._place = data, 0
        found: list[bytes] = []
        size = 0
        while size < most and self._place < len(self._data) and not self._machine.eof:
            piece = self._data[self._place : self._place + _ZSTD_PIECE]
            self._place += len(piece)
            found.append(self._machine.decompress(piece))
            size += len(found[-1])
        return b"".join(found)


class _Lzma:
    """The LZMA of a ZIP in that shape: the old `.lzma` format with another head."""

    def __init__(self) -> None:
        self._machine = lzma.LZMADecompressor(lzma.FORMAT_ALONE, memlimit=_MOST_MEMORY)
        self._begun = False

    @property
    def eof(self) -> bool:
        return self._machine.eof

    @property
    def needs_input(self) -> bool:
        return self._machine.needs_input

    @property
    def unused_data(self) -> bytes:
        return self._machine.unused_data

    def decompress(self, data: bytes, most: int, /) -> bytes:
        if data and not self._begun:
            self._begun = True
            if data[2:4] != b"\x05\x00" or len(data) < 9:
                raise EOFError("a wrong head")
            # Two bytes of version, two of size, five of properties; then `.lzma` wants a length, here unknown.
            data = data[4:9] + b"\xff" * 8 + data[9:]
        return self._machine.decompress(data, most)


_MACHINES: Final[dict[str, Callable[[], _Machine]]] = {
    "gz": lambda: _Zlib(16 + zlib.MAX_WBITS),
    "deflate": lambda: _Zlib(-zlib.MAX_WBITS),
    "bz2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MOST_MEMORY),
    "lzma": _Lzma,
    "zst": _Zstd,
}
_METHODS_ONLY: Final = {"deflate", "lzma"}
_NAMES: Final = {
    "gz": "gzip", "deflate": "Deflate", "bz2": "bzip2", "xz": "xz", "lzma": "LZMA", "zst": "Zstandard",
}  # fmt: skip
_DAMAGE: Final = (zlib.error, lzma.LZMAError, zstandard.ZstdError, EOFError, OSError, ValueError)
"""What unpacking raises for bytes that are wrong."""
