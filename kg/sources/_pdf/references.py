"""The works that a PDF file cites: the lines below its heading `References`, over columns and pages, as a text that is parted as others are.

Where a line begins to the right of the first of its entry, it is indented in that text; numbers and heads of pages are left out,
and letters that are larger than those of the entries are the next heading.
"""

from bisect import bisect_right
from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple

from kg.sources._citation.works import HEADING
from kg.sources._pdf.lines import Line
from kg.sources._text.fields import unwrapped
from kg.sources._text.references import Work, has_ended, is_behind, works

_LONGEST: Final = 12_000
"""So many lines may a section have."""

_LARGER: Final = 0.6
_COLUMN: Final = 60
_INDENT: Final = 4
"""How far right of its column's edge, in points, a line begins that goes on, and how far away a line of the same column can begin."""


class Cited(NamedTuple):
    """A cited work: its title, else what is printed; its identifier; whether title or identifier tell it; and its page."""

    text: str
    value: str | None
    is_told: bool
    page: int


def references(lines: Iterable[Line]) -> list[Cited]:
    """Return the works that are cited below the first heading that says so and has citations below it; lines are taken up to their end."""
    section: list[Line] | None = None
    for line in lines:
        if not line.upright:
            continue
        if section is not None and (len(section) >= _LONGEST or _ends(section, line)):
            if found := _read(section):
                return found
            section = None
        if section is not None:
            section.append(line)
        elif HEADING.fullmatch(line.text):
            section = []
    return _read(section) if section else []


def _ends(section: list[Line], line: Line) -> bool:
    """Tell whether a line is the next heading; a page's number or head may be larger than its entries."""
    if not section:
        return False
    is_new = line.page != section[-1].page
    return has_ended(section[-1].text) and (is_behind(line.text) or (not is_new and line.size > section[0].size + _LARGER and any(c.isalpha() for c in line.text)))


def _read(section: list[Line]) -> list[Cited]:
    text, starts, pages = "", [], []
    for line, is_indented in _indented(_without_heads(section)):
        starts.append(len(text))
        pages.append(line.page)
        text += f"{'  ' if is_indented else ''}{line.text}\n"
    return [_cited(text, work, pages[bisect_right(starts, work.span[0]) - 1]) for work in works(text, (0, len(text)))]


def _cited(text: str, work: Work, page: int) -> Cited:
    said = " ".join(unwrapped(text[slice(*(work.title or work.span))]).split())
    return Cited(said, work.value, work.title is not None or work.value is not None, page)


def _without_heads(section: list[Line]) -> list[Line]:
    """Return the lines without those at the edges of pages that are a number, or that several pages have."""
    pages = [list(page) for _, page in groupby(section, lambda line: line.page)]
    edges = [{_bare(line.text) for line in (page[0], page[-1])} for page in pages]
    kept: list[Line] = []
    for rank, page in enumerate(pages):
        others = {"", *(edge for other in (*edges[:rank], *edges[rank + 1 :]) for edge in other)}
        first, last = (1 if _bare(page[0].text) in others else 0), (1 if _bare(page[-1].text) in others else 0)
        kept += page[first : len(page) - last]
    return kept


def _bare(text: str) -> str:
    """Return a line without its numbers and signs."""
    return "".join(c for c in text if c.isalpha())


def _indented(section: list[Line]) -> Iterable[tuple[Line, bool]]:
    """Yield each line, and whether it begins to the right of the edge of its column."""
    for _, group in groupby(section, lambda line: line.page):
        page = list(group)
        lefts = sorted({line.left for line in page})
        for line in page:
            edge = lefts[bisect_right(lefts, line.left - _COLUMN)]
            yield line, line.left - edge > _INDENT
