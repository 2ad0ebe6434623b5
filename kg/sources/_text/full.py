"""A paper in full as plain text, as it is copied or taken out of a PDF file: its first lines, its abstract, and the works that it cites.

Its headings tell it: the abstract's with a title above, and the introduction's below. Of the text behind these nothing is kept.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from kg.ids import find_arxiv_ids
from kg.model import Field
from kg.sources import _arxiv
from kg.sources._text import sheet
from kg.sources._text.byline import people
from kg.sources._text.dates import date
from kg.sources._text.fields import Page, Span, lines, squeezed
from kg.sources._text.front import RAISED, front
from kg.sources._text.headings import ABSTRACT, INTRODUCTION, above_names
from kg.sources._text.placed import PLACE
from kg.sources._text.references import references

_MOST_ROWS: Final = 300
_MOST_ABOVE: Final = 60
"""So many lines are looked at, and so many may stand above the abstract."""

_SHORTEST_BODY: Final = 400
_LONGEST_HEADING: Final = 60
_DATE_WORDS: Final = 4
_RAISED: Final = re.compile(r"\$?\s?\^\s?\{?\s?([0-9a-z*†‡§,\s]{1,12}?)\s?\}?\s?\$")
"""How Markdown writes raised signs: `Ada Lovelace$^{1,2}$`."""


class _Front(NamedTuple):
    """The first lines of a paper that are not blank, which of them are the title, and which begin abstract and introduction."""

    rows: list[Span]
    title: tuple[int, int]
    abstract: int
    introduction: int


def is_full(text: str) -> bool:
    """Tell whether a text is a paper in full, or the beginning of one."""
    found = _front(text)
    return found is not None and len(text) - found.rows[found.introduction][1] >= _SHORTEST_BODY


def whole(text: str) -> list[Span]:
    """Return the text as one entry."""
    return [squeezed(text, 0, len(text))]


def fields(page: Page, span: Span) -> list[Field]:
    """Return what the paper says of itself, and the works that it cites; an entry of which neither title nor identifier is sure is `other`."""
    found = _front(page.text)
    if found is None:
        return []
    first, last = found.title
    title = page.whole("title", found.rows[first][0], found.rows[last - 1][1])
    abstract = sheet.fields(page, (found.rows[found.abstract][0], found.rows[found.introduction][0]))
    return [*_stamp(page, found.rows[found.introduction][0]), title, *_signed(page, found), *abstract, *_cited(page, found.rows[found.introduction][1], span[1])]


def _front(text: str) -> _Front | None:
    """Return how the first lines are divided; None if they are not a paper's."""
    rows = [span for start, end in islice(lines(text), _MOST_ROWS) if (span := squeezed(text, start, end))[0] < span[1]]
    said = [text[slice(*row)] for row in rows]
    abstract = next((rank for rank, line in enumerate(said[:_MOST_ABOVE]) if rank and (match := ABSTRACT.match(line)) and match.end()), None)
    introduction = next((rank for rank, line in enumerate(said) if abstract is not None and rank > abstract and len(line) <= _LONGEST_HEADING and INTRODUCTION.fullmatch(line)), None)
    if abstract is None or introduction is None:
        return None
    title = above_names(said[:abstract])
    if title[0] == title[1]:
        title = 0, next((rank for rank in range(1, abstract) if _is_one_name(said[rank]) and PLACE.search(said[rank + 1])), 1)
    return _Front(rows, title, abstract, introduction)


def _is_one_name(line: str) -> bool:
    found = people(line)
    return found is not None and not any(c.isalpha() for c in line[found.end :])


def _stamp(page: Page, end: int) -> list[Field]:
    """Return what arXiv prints at the edge of the first page."""
    stamp = _arxiv.STAMP.search(page.text, 0, end)
    number = next(find_arxiv_ids(stamp.group()), None) if stamp else None
    if stamp is None or number is None:
        return []
    own = page.field("arxiv_id", stamp.start() + number[0], stamp.start() + number[1], number[2])
    return [own, page.field("category", *stamp.span("category")), page.field("date", *stamp.span("date"), date(stamp["date"]))]


def _signed(page: Page, found: _Front) -> Iterator[Field]:
    """Yield the authors and their places, where they stand as they are printed."""
    rows = found.rows[found.title[1] : found.abstract]
    dated = [row for row in rows if len(page.text[slice(*row)].split()) <= _DATE_WORDS and date(page.text[slice(*row)])]
    yield from (page.field("date", *row, date(page.text[slice(*row)])) for row in dated[:1])
    told = front([_RAISED.sub(rf"{RAISED[0]}\1{RAISED[1]}", page.text[slice(*row)]) for row in rows if row not in dated])
    start, end = found.rows[found.title[1] - 1][1], found.rows[found.abstract][0]
    for rank, author in enumerate(told.authors):
        yield _said(page, "author", author.name, (start, end))
        for place in author.places:
            yield _said(page, "affiliation", place, (start, end))._replace(of=rank)
    for name, texts in (("et_al", [told.et_al] if told.et_al else []), ("affiliation", told.places), ("other", told.other)):
        for text in texts:
            yield _said(page, name, text, (start, end))


def _said(page: Page, name: str, text: str, within: Span) -> Field:
    """Return a field that stands somewhere in a stretch, without offsets if it does not stand there as it was read."""
    start = page.text.find(text, *within)
    told = page.field(name, *((start, start + len(text)) if start >= 0 else within))
    return told if start >= 0 else told._replace(text=text, start=None, end=None, path=f"line {told.line}")


def _cited(page: Page, start: int, end: int) -> Iterator[Field]:
    """Yield the works that are cited."""
    found = references(page.text[start:end])
    for work in found.works if found is not None else ():
        place = work.title or work.span
        name = "reference" if work.title is not None or work.value is not None else "other"
        yield page.whole(name, start + place[0], start + place[1], work.value)
