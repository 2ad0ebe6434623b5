"""Wide gaps in the lines of PDF pages: widths of fonts are read once, and no more of them than a font has letters."""

from typing import Any

import pytest

from kg.sources._pdf.gaps import Gaps
from kg.sources._text.front import GAP


class Told(dict[str, Any]):
    """A dictionary of a PDF file, which counts how often it is followed."""

    followed = 0

    def get_object(self) -> "Told":
        self.followed += 1
        return self


class Number(int):
    """A number of a PDF file."""

    def get_object(self) -> "Number":
        return self


def composite(*widths: int) -> Told:
    return Told({"/Subtype": "/Type0", "/DescendantFonts": [Told({"/W": [Number(width) for width in widths]})]})


def shown(font: Told, by: float) -> list[Any]:
    """Return what is shown of two letters, the second so far right of the beginning of the first."""
    gaps, second = Gaps({"/F": font}), [b"\x00\x02"]
    gaps.mark(b"Tf", ["/F", 10])
    gaps.mark(b"TJ", [[b"\x00\x01"]])
    gaps.mark(b"Td", [by, 0])
    gaps.mark(b"TJ", [second])
    return second


def test_a_gap_is_wide_where_the_letter_before_it_is_not() -> None:
    assert shown(composite(1, 2, 500), 16)[0] == GAP
    assert shown(composite(1, 2, 1000), 16) == [b"\x00\x02"]


def test_widths_that_are_told_again_and_again_are_not_followed() -> None:
    again = [width for size in (1000, 500) for _ in range(1_000) for width in (0, 60_000, size)]
    assert shown(composite(*again), 16) == [b"\x00\x02"]  # what would say 500 comes too late to be looked at


def test_a_damaged_font_is_read_once() -> None:
    font = Told({"/Subtype": "/Type0"})
    gaps = Gaps({"/F": font})
    with pytest.raises(KeyError):
        gaps.mark(b"Tf", ["/F", 10])
    for _ in range(10):
        gaps.mark(b"Tf", ["/F", 10])
    assert font.followed == 1


def test_of_a_page_with_hundreds_of_fonts_the_first_are_read() -> None:
    fonts = {f"/F{number}": Told({"/FirstChar": 1, "/Widths": []}) for number in range(300)}
    gaps = Gaps(fonts)
    for name in fonts:
        gaps.mark(b"Tf", [name, 10])
    assert sum(font.followed for font in fonts.values()) == 64
