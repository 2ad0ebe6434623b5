"""Wide gaps in the lines of a page, which part what stands side by side: the names of authors, or columns of them.

pypdf tells a wide gap and the blank between two words as one blank. How wide a gap is follows from the operators that move
the pen (ISO 32000, 9.4) and the widths of letters; where it is wide, a sign is put into the text that is shown behind it.
"""

import math
from typing import Any, Final, NamedTuple

from kg.sources._text.front import GAP

_WIDE: Final = 0.9
"""So many times the size of letters is a gap that is wide; a blank between words is a third of it."""

_USUAL: Final = 0.5
"""How wide a letter is, where its font does not say."""

_MOST_LETTERS: Final = 1 << 16
"""So many widths of a font are looked at."""

_MOST_FONTS: Final = 64
"""So many fonts of a page are looked at."""


_MOST_KEPT: Final = 64
"""So many matrices of a page are kept."""

_WHERE_IT_IS: Final = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0]
"""The matrix that leaves all where it is."""


class _Font(NamedTuple):
    """The widths of a font's letters by code, as a multiple of their size, that of all others, and how many bytes a code has."""

    widths: dict[int, float]
    usual: float
    size: int


_UNTOLD: Final = _Font({}, _USUAL, 1)


class Gaps:
    """Follows the operators of a page and marks wide gaps in what they show.

    Args:
        fonts: The page's fonts, by name.
    """

    def __init__(self, fonts: Any) -> None:
        self._fonts = fonts if isinstance(fonts, dict) else {}
        self._known: dict[str, _Font] = {}
        self._font = _UNTOLD
        self._size = 0.0
        self._behind = 0.0  # how far right of the pen what was shown ends
        self._up = math.inf  # how far above that the pen is
        self._matrix = _WHERE_IT_IS  # of the line
        self._begun = False  # a text that has no line of its own yet
        self._around, self._shown_in = _WHERE_IT_IS, _WHERE_IT_IS  # the matrix of the page, and that of what was shown last
        self._kept: list[list[float]] = []

    def mark(self, operator: bytes, operands: list[Any]) -> None:
        """Follow one operator; put a sign into its operands, where a gap is wide."""
        if operator == b"TJ" and operands and isinstance(operands[0], list):
            self._show(operands[0])
        elif operator == b"Tj" and operands:
            self._show([operands[0]])
        elif operator == b"Tf" and len(operands) > 1:
            self._font, self._size = self._named(str(operands[0])), abs(float(operands[1]))
        elif operator in {b"Td", b"TD"} and len(operands) > 1 and not self._begun:
            right, up = float(operands[0]), float(operands[1])
            self._matrix = _within([1.0, 0.0, 0.0, 1.0, right, up], self._matrix)
            self._move(right, up)
        elif operator in {b"Td", b"TD"} and len(operands) > 1:
            self._set([1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1])])
        elif operator == b"Tm" and len(operands) == len(self._matrix):
            self._set([float(value) for value in operands])
        elif operator == b"T*":
            self._move(0.0, math.inf)
        elif operator == b"BT":
            self._begun = True
        else:
            self._follow(operator, operands)

    def _follow(self, operator: bytes, operands: list[Any]) -> None:
        """Follow the matrix of the page."""
        if operator == b"cm" and len(operands) == len(self._around):
            self._around = _within([float(value) for value in operands], self._around)
        elif operator == b"q" and len(self._kept) < _MOST_KEPT:
            self._kept.append(self._around)
        elif operator == b"Q" and self._kept:
            self._around = self._kept.pop()

    def _set(self, matrix: list[float]) -> None:
        """Put the pen where a matrix says."""
        a, b, c, d, x, y = self._matrix
        is_alike = matrix[:4] == [a, b, c, d] and b == c == 0 and a and d
        self._move((matrix[4] - x) / a if is_alike else 0.0, (matrix[5] - y) / d if is_alike else math.inf)
        self._matrix, self._begun = matrix, False

    def _move(self, right: float, up: float) -> None:
        self._behind -= right
        self._up += up

    def _show(self, shown: list[Any]) -> None:
        """Advance by letters and the gaps between them."""
        if self._begun:
            self._set(_WHERE_IT_IS)
        wide = [0] if self._around == self._shown_in and abs(self._up) < self._size / 2 and -self._behind > _WIDE * self._size else []
        self._shown_in = self._around
        self._behind = self._up = 0.0
        for rank, piece in enumerate(shown):
            if isinstance(piece, (str, bytes)):
                self._behind += self._width(piece) * self._size
            else:
                self._behind -= float(piece) / 1000 * self._size
                wide += [rank] if -float(piece) / 1000 > _WIDE and rank else []
        for rank in reversed(wide):
            shown[rank:rank] = [GAP, 1000 * _USUAL]  # the pen goes back by what pypdf takes the sign to be wide

    def _width(self, piece: str | bytes) -> float:
        """Return how wide letters are, as a multiple of their size."""
        letters = getattr(piece, "original_bytes", piece)
        letters = letters.encode("latin-1", "replace") if isinstance(letters, str) else letters
        widths, usual, size = self._font
        return sum(widths.get(int.from_bytes(letters[at : at + size], "big"), usual) for at in range(0, len(letters), size))

    def _named(self, name: str) -> _Font:
        if name not in self._known and len(self._known) < _MOST_FONTS:
            self._known[name] = _UNTOLD  # of a damaged one no more is known, however often it is named
            font = self._fonts.get(name)
            self._known[name] = _font(font.get_object() if font is not None else {})
        return self._known.get(name, _UNTOLD)


def _within(matrix: list[float], around: list[float]) -> list[float]:
    """Return a matrix that is in another one."""
    (a, b, c, d, e, f), (g, h, i, j, x, y) = matrix, around
    return [a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + x, e * h + f * j + y]


def _font(font: Any) -> _Font:
    """Return how wide the letters of a font are."""
    if font.get("/Subtype") == "/Type0":
        parts = font["/DescendantFonts"][0].get_object()
        return _Font(_listed([value.get_object() for value in parts.get("/W", [])]), float(parts.get("/DW", 1000)) / 1000, 2)
    scale, first = float(font.get("/FontMatrix", [0.001])[0]), int(font.get("/FirstChar", 0))
    return _Font({first + rank: float(width) * scale for rank, width in enumerate(font.get("/Widths", []))}, _USUAL, 1)


def _listed(entries: list[Any]) -> dict[int, float]:
    """Return the widths of a composite font: entries are `first [width ...]` or `first last width`."""
    widths: dict[int, float] = {}
    at, left = 0, _MOST_LETTERS  # entries may tell the same letters again and again
    while at + 1 < len(entries) and left > 0:
        first, second = int(entries[at]), entries[at + 1]
        if isinstance(second, list):
            told = [float(width) / 1000 for width in second[:left]]
        else:
            told = [float(entries[at + 2]) / 1000] * min(int(second) - first + 1, left)
        widths.update(enumerate(told, first))
        at, left = at + (2 if isinstance(second, list) else 3), left - len(told) - 1
    return widths
