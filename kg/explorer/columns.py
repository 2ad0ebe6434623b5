"""Typed columns as one text that a script of the page turns back into arrays, without parsing.

The text is base64 of gzip of: the length of a header (uint32, little-endian), the header (JSON, UTF-8), and one array
after the other, each at a multiple of eight bytes. The header's `arrays` tells of each its type, first byte and length.
Base64 holds no `<`, so no data can end the element that it stands in.
"""

import gzip
import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt

_TYPES: Final = {"u1": np.uint8, "u2": np.uint16, "u4": np.uint32, "i2": np.int16, "f4": np.float32}

_ALIGNED: Final = 8


def pack(told: Mapping[str, Any], arrays: Mapping[str, npt.NDArray[Any]]) -> bytes:
    """Return facts and arrays in the binary form above, not yet compressed.

    Raises:
        ValueError: If an array has a type that the page does not know.
    """
    body, listed, at = [], {}, 0
    for name, array in arrays.items():
        kind = next((known for known, dtype in _TYPES.items() if array.dtype == dtype), None)
        if kind is None:
            raise ValueError(f"array {name!r}: {array.dtype} is not one of {', '.join(_TYPES)}")
        listed[name] = [kind, at, len(array)]
        data = _padded(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
        body.append(data)
        at += len(data)
    header = json.dumps(dict(told) | {"arrays": listed}, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
    # Four bytes of length stand before the header: with them it ends at a multiple of eight.
    header += b" " * (-(len(header) + 4) % _ALIGNED)
    return b"".join([len(header).to_bytes(4, "little"), header, *body])


def lines(texts: list[str]) -> npt.NDArray[np.uint8]:
    """Return texts, none with a line end, as the bytes of lines."""
    return np.frombuffer("\n".join(texts).encode("utf-8", "replace"), np.uint8)


def squeezed(data: bytes) -> bytes:
    """Return data as gzip; the same data gives the same bytes."""
    return gzip.compress(data, 9, mtime=0)


def as_base64(data: bytes) -> str:
    """Return data as text without `<`, `>` and `&`."""
    return b64encode(data).decode("ascii")


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _ALIGNED)
