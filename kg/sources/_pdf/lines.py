"""The lines of a PDF file's pages, with the size of their letters and where they begin; as much as a page of text needs, so that no file takes long.

PDF (ISO 32000) says where letters stand, not what they are: fonts without a table of characters leave ligatures as codes,
accents are letters of their own that TeX puts above others, and a manuscript for review has a number at the edge of each line.
"""

import logging
import math
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby, islice, pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources._pdf.gaps import Gaps
from kg.sources._text.fields import unwrapped
from kg.sources._text.front import GAP, RAISED
from kg.text import printable

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_FIRST_PAGES: Final = 2
_MOST_LATER: Final = 60
"""So many pages are read behind the first, in longer files the last ones: the works cited stand near the end."""

_LARGEST: Final = 256 << 20
_MOST_CONTENT: Final = 1 << 20
"""How many bytes the unpacked content of a page, and its fonts' tables, may have."""

_MOST_LATER_CONTENT: Final = 4 << 20
"""How many the pages behind the first may have in all."""

_MOST_PACKED: Final = 256 << 10
"""How many bytes content may have that is packed in another way than by Flate alone, whose unpacking can be stopped."""

_MOST_OPERATORS: Final = 100_000
_MOST_OBJECTS: Final = 64
_RAISED: Final = 0.85
"""Signs that are raised are smaller than this part of the letters beside them."""

_MARK: Final = re.compile(r"\s*(?:[0-9]{1,2}|[a-z]|[*†‡§¶∗⋆#✉,;♠♣♡♢♥♦★☆]|\s|\[[0-9]{4}(?:[-–−][0-9]{3}[0-9X]){3}\])+\s*")
_GLYPHS: Final = {
    "\x0b": "ff", "\x0c": "fi", "\x0d": "fl", "\x0e": "ffi", "\x0f": "ffl",
    "\x10": "“", "\x11": "”", "\x15": "–", "\x16": "—", "\x1b": "ff", "\x1c": "fi", "\x1d": "fl", "\x1e": "ffi", "\x1f": "ffl", "\x84": "†", "\x85": "‡",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
"""Ligatures, and what stands at the places of TeX's fonts (OT1, T1, TS1) that a font without a table of characters leaves as codes."""

_LETTERS: Final = str.maketrans({**{chr(code): "" for code in (*range(9), *range(0x0E, 0x20)) if chr(code) != GAP}, **_GLYPHS})
_ACCENTS: Final = {
    "´": "\u0301", "ˋ": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "˜": "\u0303", "ˇ": "\u030c", "˘": "\u0306", "¯": "\u0304", "˚": "\u030a", "¸": "\u0327", "˙": "\u0307", "˝": "\u030b",
}  # fmt: skip
_TORN: Final = re.compile(rf"(?:(?<=[-‐]) |(?<=[a-zß-ÿ]) (?=. ?[a-zıȷ]))?([{''.join(_ACCENTS)}]) ?([^\W\d_])")
_BEHIND: Final = re.compile(r"([A-Za-z])¸")
"""An accent before its letter, as TeX prints both, and a cedilla behind it."""

_AT_START: Final = re.compile(r"\A\s*([0-9]{1,4})(?:\s+|\Z)")
_AT_END: Final = re.compile(r"(?:\A|(?<=\s)|(?<=\x02))\s*([0-9]{1,4})\s*\Z")
_FEWEST_NUMBERED: Final = 8
"""So many lines with a number at their edge, one after the other, are numbered."""


class _EnoughError(BaseException):
    """Stops pypdf in the middle of a page; no `Exception`, since pypdf goes on after those."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, the same with signs around what is raised, the size of its letters, whether it stands upright, its page, and where on it it begins."""

    text: str
    raised: str
    size: float
    upright: bool
    page: int
    left: float


class _Piece(NamedTuple):
    """Letters of one size in a line, whether they stand upright, and where they begin."""

    text: str
    size: float
    upright: bool
    left: float


class Pages:
    """An open PDF file.

    Args:
        reader: What reads it.
    """

    def __init__(self, reader: "PdfReader") -> None:
        self._reader = reader

    def first(self) -> list[Line]:
        """Return the lines of the first pages.

        Raises:
            UnreadableError: If they hold too much, or no text.
        """
        lines: list[Line] = []
        for number, page in enumerate(islice(self._reader.pages, _FIRST_PAGES)):
            if _weight(page) is not None:
                lines += _lines(page, number)
            elif not number:
                raise UnreadableError("page 1 holds too much (a drawing, or a file made to harm)", "save its first page alone", 1)
        if not any(c.isalpha() for line in lines for c in line.text):
            raise UnreadableError("a PDF without text (scanned?)", "run OCR on it, or take the paper's BibTeX", 1)
        return lines

    def later(self) -> Iterator[Line]:
        """Yield the lines of the pages behind the first, as they are asked for; nothing from where the file is damaged, or holds too much in all."""
        left = _MOST_LATER_CONTENT
        with suppress(Exception):  # pypdf lets many kinds out where a file is damaged
            count = len(self._reader.pages)
            for number in range(max(_FIRST_PAGES, count - _MOST_LATER), count):
                page = self._reader.pages[number]
                weight = _weight(page)
                if weight is None:
                    continue
                left -= weight
                if left < 0:
                    return
                yield from _lines(page, number)

    def information(self) -> dict[str, str]:
        """Return the document information: title, author, keywords, a DOI if a publisher put one in."""
        found: dict[str, str] = {}
        for key, value in (self._reader.metadata or {}).items():
            text = " ".join(str(value).replace("\x00", "").split())
            if text:
                found[str(key).lstrip("/").lower()] = text[:2_000]
        return found


@contextmanager
def opened(document: Document) -> Iterator[Pages]:
    """Open a PDF file.

    Raises:
        UnreadableError: If pypdf is not there, or the file is damaged, encrypted or too large.
    """
    try:
        import pypdf  # noqa: PLC0415 - an extra, which only who reads PDF files needs
    except ImportError as error:
        raise UnreadableError("a PDF, which pypdf is needed for", "pip install 'kg[pdf]'", 1) from error
    if document.size > _LARGEST:
        raise UnreadableError(f"a PDF of more than {_LARGEST >> 20} MB", "save its first pages", 1)
    with document.open() as raw, _silent():
        try:
            yield Pages(_opened(pypdf.PdfReader(BytesIO(raw.read()))))
        except UnreadableError:
            raise
        except Exception as error:  # pypdf lets many kinds out where a file is damaged
            what = f"a damaged PDF ({printable(str(error))[:80] or type(error).__name__})"
            raise UnreadableError(what, "fetch it again, or print it to a new PDF", 1) from error


def _opened(reader: "PdfReader") -> "PdfReader":
    """Return a reader of a file that needs no password; some are encrypted with an empty one."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableError("an encrypted PDF", "save it without a password", 1)
    return reader


@contextmanager
def _silent() -> Iterator[None]:
    """Keep pypdf from writing to the terminal what it finds wrong."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _lines(page: "PageObject", number: int) -> list[Line]:
    """Return the lines of a page with their sizes, as far as it is no longer than pages of text are."""
    rows: list[list[_Piece]] = [[]]
    gaps = Gaps(_value(_value(page, "/Resources"), "/Font"))
    operators = 0

    def count(operator: Any, operands: Any, _matrix: Any, _text_matrix: Any) -> None:
        nonlocal operators
        operators += 1
        if operators > _MOST_OPERATORS:
            raise _EnoughError
        with suppress(TypeError, ValueError, ArithmeticError, AttributeError, LookupError):  # damaged, as pypdf will find
            gaps.mark(operator, operands)

    def take(text: str, matrix: Any, text_matrix: Any, _font: Any, size: Any) -> None:
        height = abs(float(size or 0)) * _scale(text_matrix) * _scale(matrix)
        for i, part in enumerate(text.split("\n")):
            if i:
                rows.append([])
            if part.strip(" "):
                rows[-1].append(_Piece(part.translate(_LETTERS), height, not _is_turned(text_matrix, matrix), _left(text_matrix, matrix)))

    with suppress(_EnoughError):  # what was read by then is more than a page of text
        page.extract_text(orientations=(0, 90, 270), visitor_operand_before=count, visitor_text=take)
    lines = [line for row in _without_numbers(rows) for line in _joined(row, number + 1)]
    upright = sum(len(line.text) * (1 if line.upright else -1) for line in lines) >= 0
    return lines if upright else [replace(line, upright=not line.upright) for line in lines]  # a page that lies on its side


def _without_numbers(rows: list[list[_Piece]]) -> list[list[_Piece]]:
    """Return rows without the numbers that a manuscript for review has at the edge of each line."""
    rows = [row for row in rows if row]
    for edge, pattern in ((0, _AT_START), (-1, _AT_END)):
        numbers = {rank: int(match[1]) for rank, row in enumerate(rows) if (match := pattern.search(row[edge].text))}
        run = {rank for pair in pairwise(numbers) if numbers[pair[1]] == numbers[pair[0]] + 1 for rank in pair}
        if len(run) < _FEWEST_NUMBERED or 2 * len(run) < len(rows):
            continue
        for rank in run:
            piece = rows[rank][edge]
            rows[rank][edge] = piece._replace(text=pattern.sub("", piece.text))
    return [[piece for piece in row if piece.text.strip()] for row in rows]


def _is_turned(text_matrix: Any, matrix: Any) -> bool:
    """Tell whether letters stand on their side."""
    (a, b), (c, d, e, f) = map(float, text_matrix[:2]), map(float, matrix[:4])
    return abs(a * d + b * f) > abs(a * c + b * e)


def _left(text_matrix: Any, matrix: Any) -> float:
    """Return how far right letters begin."""
    (x, y), (a, _, c, _, e, _) = map(float, text_matrix[4:6]), map(float, matrix[:6])
    return x * a + y * c + e


def _scale(matrix: Any) -> float:
    """Return how much larger a matrix makes a letter."""
    a, b, c, d = (float(value) for value in matrix[:4])
    return math.sqrt(abs(a * d - b * c))


def _joined(pieces: Sequence[_Piece], page: int) -> Iterator[Line]:
    """Yield the line that pieces make, with the size that most of its letters have."""
    text = _composed("".join(piece.text for piece in pieces).replace(GAP, " "))
    if text:
        sizes: dict[float, int] = {}
        for piece in pieces:
            letters = sum(map(str.isalpha, piece.text))
            sizes[round(piece.size, 1)] = sizes.get(round(piece.size, 1), 0) + (letters or not sizes)
        size = max(sizes, key=lambda size: (sizes[size], size))
        runs = (("".join(piece.text for piece in run), small) for small, run in groupby(pieces, lambda piece: piece.size < _RAISED * size))
        raised = "".join(f"{RAISED[0]}{run}{RAISED[1]}" if small and _MARK.fullmatch(run) else run for run, small in runs)
        yield Line(text, _composed(raised), size, pieces[0].upright, page, pieces[0].left)


def paragraph(parts: Sequence[str]) -> str:
    """Return lines as one, with the words that hyphens parted at their ends put together.

    >>> paragraph(["A robust meth-", "od of state-of-the-", "art make"])
    'A robust method of state-of-the-art make'
    """
    return " ".join(unwrapped("\n".join(parts)).split())


def _composed(text: str) -> str:
    """Return a text with single blanks, and with its letters under the accents that stand beside them.

    >>> _composed("H. Garc´ıa-M¨uller  and F. ˚Asen"), _composed("Franc¸ois")
    ('H. García-Müller and F. Åsen', 'François')
    """
    text = " ".join(text.split())
    return _BEHIND.sub(_accented, _TORN.sub(_accented, text)) if any(accent in text for accent in _ACCENTS) else text


def _accented(match: re.Match[str]) -> str:
    """Return an accent and its letter as one; as they are where there is no such letter."""
    accent, letter = match.groups() if match.re is _TORN else ("¸", match[1])
    bare = {"ı": "i", "ȷ": "j"}.get(letter, letter)
    one = unicodedata.normalize("NFC", bare + _ACCENTS[accent])
    return one if len(one) == 1 else match[0]


def _weight(page: "PageObject") -> int | None:
    """Return how much must be unpacked to read a page's text; None if it is too much. Forms and fonts' tables that are too much are left out."""
    contents = _value(page, "/Contents")
    streams = [part.get_object() for part in contents[:_MOST_OBJECTS]] if isinstance(contents, list) else [contents]
    content = sum(_unpacked(stream) for stream in streams)
    if content > _MOST_CONTENT:
        return None
    waiting = [_value(page, "/Resources")]
    left, seen = _MOST_CONTENT, 0
    while waiting:
        resources = waiting.pop()
        forms, fonts = _value(resources, "/XObject"), _value(resources, "/Font")
        holders = [(forms, name) for name in list(forms)] if isinstance(forms, dict) else []
        holders += [(_value(fonts, name), "/ToUnicode") for name in list(fonts)] if isinstance(fonts, dict) else []
        for holder, name in holders:
            stream = _value(holder, name)
            if stream is None:
                continue
            seen += 1
            is_image = _value(stream, "/Subtype") == "/Image"
            size = 0 if is_image else _unpacked(stream)
            if is_image or size > left or seen > _MOST_OBJECTS:
                del holder[name]
            else:
                left -= size
                waiting.append(_value(stream, "/Resources"))
    return content + _MOST_CONTENT - left


def _value(holder: Any, name: str) -> Any:
    """Return what a dictionary of a PDF file has under a name, references followed."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return value.get_object() if value is not None else None


def _unpacked(stream: Any) -> int:
    """Return how long a stream is when unpacked; more than is allowed, without unpacking it all, where it is too long."""
    packed = getattr(stream, "_data", b"")
    if not isinstance(packed, bytes):
        return 0
    filters = _value(stream, "/Filter")
    names = [str(name) for name in filters] if isinstance(filters, list) else [str(filters)] if filters is not None else []
    if not names:
        return len(packed)
    if names in (["/FlateDecode"], ["/Fl"]):
        try:
            return len(zlib.decompressobj().decompress(packed, _MOST_CONTENT + 1))
        except zlib.error:
            return len(packed)
    return len(stream.get_data()) if len(packed) <= _MOST_PACKED else _MOST_CONTENT + 1
