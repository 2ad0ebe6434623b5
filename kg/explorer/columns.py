"""Typed columns as one block of bytes that a script of the page turns back into arrays, without parsing.

A block is gzip of: the length of a header (uint32, little-endian), the header (JSON, UTF-8), and one array after the other.
The header's `arrays` tells of each `[type, steps, width, length]`. Numbers stand in as few bytes as the largest needs, with
all lowest bytes first, then the next higher: like bytes lie together, which gzip makes use of. Arrays of steps hold the
difference of each number from the one before, the first from 0. Signed numbers stand as 0 -1 1 -2 2 ... = 0 1 2 3 4 ...

In a file, a block stands as text: two characters hold 13 bits (91 * 91 >= 2 ** 13), the lowest first. That is 8 % shorter than
base64. Of the 94 printable characters of ASCII, `<`, `&` and `"` are left out: no data can end the element that it stands in.
"""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_TYPES: Final = {np.dtype(each): name for each, name in ((np.uint8, "u1"), (np.uint16, "u2"), (np.uint32, "u4"), (np.int32, "i4"))}


def pack(told: Mapping[str, Any], plain: Mapping[str, Array], steps: Mapping[str, Array] | None = None) -> bytes:
    """Return facts and arrays in the binary form above, not yet compressed.

    Args:
        told: What the header says besides, as JSON can say it.
        plain: Arrays by name; their types are those that they have in the page.
        steps: Arrays by name whose neighbours are alike; stored as differences.

    Raises:
        ValueError: If an array has a type that the page does not know.
    """
    listed: dict[str, list[Any]] = {}
    body: list[bytes] = []
    for stepped, arrays in enumerate((plain, steps or {})):
        for name, array in arrays.items():
            if array.dtype not in _TYPES:
                raise ValueError(f"array {name!r}: {array.dtype} is not one of {', '.join(_TYPES.values())}")
            numbers = np.diff(array.astype(np.int64), prepend=0) if stepped else array
            stored = numbers if numbers.dtype.kind == "u" else np.where(numbers < 0, -2 * numbers.astype(np.int64) - 1, 2 * numbers.astype(np.int64))
            width = max((int(stored.max(initial=0)).bit_length() + 7) // 8, 1)
            body += [((stored >> (8 * each)) & 0xFF).astype(np.uint8).tobytes() for each in range(width)]
            listed[name] = [_TYPES[array.dtype], stepped, width, len(array)]
    header = json.dumps({**told, "arrays": listed}, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return b"".join([len(header).to_bytes(4, "little"), header, *body])


def fitting(array: Array) -> Array:
    """Return whole numbers from 0 in the smallest type that holds them."""
    return array.astype(np.min_scalar_type(int(array.max(initial=0))))


def lines(texts: Sequence[str]) -> npt.NDArray[np.uint8]:
    """Return texts, none with a line end, as the bytes of lines."""
    return np.frombuffer("\n".join(texts).encode(), np.uint8)


_SYSTEM: Final = 9
"""The byte of a gzip header that says on which system it was made (RFC 1952, 2.3)."""

_UNKNOWN: Final = b"\xff"


def squeezed(data: bytes) -> bytes:
    """Return data as gzip; the same data gives the same bytes, whichever Python writes them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP, _MEMORY)
    packed = packer.compress(data) + packer.flush()
    return packed[:_SYSTEM] + _UNKNOWN + packed[_SYSTEM + 1 :]


_GZIP: Final = 31
"""A window of 15 bits, and a header of gzip without a time."""

_MEMORY: Final = 6
"""Blocks are shorter than usual, so that each column has codes of its own: data come out 1 to 3 % smaller."""


def as_text(data: bytes) -> str:
    """Return data as text without `<`, `&` and `"`; `loader.js` reads it.

    >>> as_text(bytes(3)), as_text(bytes([255, 31]))
    ('!!!!', '#~!')
    """
    bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")
    groups = np.pad(bits, (0, -len(bits) % _BITS)).reshape(-1, _BITS)
    numbers = np.packbits(np.pad(groups, ((0, 0), (0, 16 - _BITS))), bitorder="little").view("<u2")
    text: str = _PAIRS[numbers].tobytes().decode("ascii")
    # Up to 6 bits that are left stand in one character: so the length of the text tells how many bytes it holds.
    return text[:-1] if 0 < len(bits) % _BITS <= _BITS // 2 else text


_BITS: Final = 13
_DIGITS: Final = np.array([code for code in range(0x21, 0x7F) if chr(code) not in '"&<'], np.uint8)
_PAIRS: Final = _DIGITS[np.stack(np.divmod(np.arange(1 << _BITS), len(_DIGITS))[::-1], axis=1)].view("<u2").ravel()
