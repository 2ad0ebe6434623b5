"""A zip file with the same bytes for the same content: no clock, no platform, fixed order.

In go names and either bytes or pieces of bytes; the stream that it is written to need not seek.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can name."""

_UNIX: Final = 3
_READABLE: Final = 0o644 << 16


@contextmanager
def archive(out: BinaryIO) -> Iterator[ZipFile]:
    """Open `out` as a new zip file."""
    with ZipFile(out, "w") as file:
        yield file


def add(file: ZipFile, name: str, pieces: Iterable[bytes], *, packed: bool = False) -> None:
    """Add one member; `packed` says that its bytes are compressed already."""
    member = ZipInfo(name, _EPOCH)
    member.create_system = _UNIX
    member.external_attr = _READABLE
    member.compress_type = ZIP_STORED if packed else ZIP_DEFLATED
    with file.open(member, "w", force_zip64=True) as entry:
        for piece in pieces:
            entry.write(piece)
