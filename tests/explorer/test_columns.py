"""Arrays as bytes: what is unpacked by the plain reading of the format is what was packed."""

import gzip
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.explorer.columns import Array, as_text, fitting, lines, pack, squeezed
from tests.pages import bytes_of

HIGHEST = {"u1": 0xFF, "u2": 0xFFFF, "u4": 0xFFFFFFFF, "i4": 0x7FFFFFFF}


def unpacked(data: bytes) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Read the format as its description says it, number by number."""
    size = int.from_bytes(data[:4], "little")
    told = json.loads(data[4 : 4 + size])
    at, found = 4 + size, {}
    for name, (kind, steps, width, length) in told["arrays"].items():
        planes = [data[at + part * length : at + (part + 1) * length] for part in range(width)]
        numbers = [sum(plane[i] << 8 * part for part, plane in enumerate(planes)) for i in range(length)]
        if steps or kind == "i4":
            numbers = [(number >> 1) ^ -(number & 1) for number in numbers]
        if steps:
            numbers = np.cumsum(numbers).tolist()
        found[name] = numbers
        at += width * length
    assert at == len(data)
    return told, found


@st.composite
def arrays(draw: st.DrawFn) -> Array:
    name = draw(st.sampled_from(sorted(HIGHEST)))
    dtype, high = np.dtype(name), HIGHEST[name]
    low = -high if dtype == np.int32 else 0
    some = st.integers(low, high) if draw(st.booleans()) else st.integers(max(low, -300), min(high, 300))
    return np.array(draw(st.lists(some, max_size=30)), dtype)


@given(st.lists(arrays(), max_size=4), st.lists(arrays(), max_size=4))
def test_what_is_packed_is_there_again(plain: list[Array], steps: list[Array]) -> None:
    # A step of a number of four bytes takes 33 bits.
    steps = [np.array(each // 2, each.dtype) for each in steps]
    one, two = ({f"{name}{i}": each for i, each in enumerate(of)} for name, of in (("a", plain), ("b", steps)))
    told, found = unpacked(pack({"title": "x"}, one, two))
    assert told["title"] == "x"
    assert found == {name: each.tolist() for name, each in (one | two).items()}


def test_an_array_of_another_type_is_refused() -> None:
    with pytest.raises(ValueError, match="array 'x': float64 is not one of u1, u2, u4, i4"):
        pack({}, {"x": np.zeros(2)})


def test_numbers_take_as_few_bytes_as_the_largest_needs() -> None:
    small, large = (len(pack({}, {"x": np.full(1000, value, np.uint32)})) for value in (255, 256))
    assert large == small + 1000
    assert [fitting(np.array([value])).dtype.itemsize for value in (255, 256, 65_536)] == [1, 2, 4]


@given(st.binary(max_size=60))
def test_bytes_as_text_are_there_again(data: bytes) -> None:
    text = as_text(data)
    assert bytes_of(text) == data
    assert all("!" <= letter <= "~" and letter not in '"&<' for letter in text)
    assert len(text) == -(-16 * len(data) // 13)


def test_lines_and_gzip() -> None:
    assert bytes(lines(["a", "", "ü"])) == b"a\n\n\xc3\xbc"
    assert gzip.decompress(squeezed(b"abc")) == b"abc"
    assert squeezed(b"abc")[4:8] == bytes(4), "no time in it"
    assert squeezed(b"abc")[9] == 255, "nor what each Python says of the system"
