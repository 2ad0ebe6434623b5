"""What the parts of a sheet say: the fields of its title, names, places, dates and identifiers."""

import re
from collections.abc import Iterator
from typing import Final

from kg.ids import identifier
from kg.model import Field
from kg.sources import _arxiv
from kg.sources._text.byline import people
from kg.sources._text.dates import date
from kg.sources._text.fields import Page, Span, find_urls, passage, squeezed

IN_YEAR: Final = re.compile(r"\s*+([A-Z][^.;:\r\n]{1,120}?)[\s,('’]{1,3}((?:19|20)[0-9]{2})\)?[.,]?(?:\s*[(,–-]?\s*(?i:oral|spotlight|poster|highlight)\)?)?\s*")
_CODE: Final = re.compile(r"\(([a-z-]{2,8}(?:\.[A-Za-z-]{2,8})?)\)(?=\s*(?:;|\Z|[\r\n]))")
"""arXiv's code of a subject behind its name."""

_WIKI: Final = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]+)\]\]")
"""A link of Logseq's and Obsidian's."""

_ASIDE: Final = re.compile(r"\([^()\r\n]{1,200}\)")
_PLACES: Final = re.compile(r";|,?\s+(?=[0-9*†‡§¶]{1,3}\s?[A-Z])")
_PARTS: Final = {"keyword": re.compile(r"[,;·•]"), "category": re.compile(r"[;,]|\s(?=[a-z-]{2,8}\.[A-Za-z-]{2,8}(?:\s|$))")}
RUN_IN: Final = re.compile(r"\s*+(abstract[ \t]?(?:[-–—.]{1,3}|:))\s*+(?=\S)", re.IGNORECASE)
"""The label of an abstract that begins on its line."""

_LONGEST_LINE: Final = 12_000


def fields_of(page: Page, name: str, start: int, end: int) -> list[Field]:
    """Return the fields of one part of a sheet."""
    text = page.text[start:end]
    if name == "appeared" and (match := IN_YEAR.fullmatch(page.text, start, end)):
        return [page.field("venue", *match.span(1)), page.field("date", *match.span(2), match[2])]
    if name in {"author", "keyword", "venue"} and (linked := [squeezed(page.text, *match.span(1)) for match in _WIKI.finditer(page.text, start, end)]):
        return [page.field(name, *span) for span in linked]
    if name == "author":
        return _author_fields(page, start, end)
    if name == "abstract":
        return labelled_abstract(page, start, end)
    if name == "affiliation":
        places = [squeezed(page.text, first + _number(page.text[first:last]), last) for first, last in _pieces(page.text, start, end, _PLACES)]
        return [page.field(name, *place) for place in places if place[0] < place[1]]
    if name == "category" and (codes := [page.field(name, *match.span(1)) for match in _CODE.finditer(page.text, start, end)]):
        return codes
    if name in _PARTS:
        return [page.field(name, *piece) for piece in _pieces(page.text, start, end, _PARTS[name])]
    if name == "date":
        return [page.field("date", start, end, date(text))]
    if name == "identifier":
        return _identifier_fields(page, start, end)
    if name == "address":
        url = next(((start + a, start + b, value) for a, b, value in find_urls(text)), None)
        told = _identifier_fields(page, *(url[:2] if url else (start, end)))
        return [*([page.field("url", *url)] if url else []), *(field for field in told if field.name != "other" or not url)]
    if name in {"url", "other"}:
        urls = [page.field("url", start + a, start + b, value) for a, b, value in find_urls(text)]
        return urls or ([] if name == "url" and not text else [page.field("other" if name == "url" else name, start, end)])
    if name == "comment":
        return passage(page, name, start, end)
    return [page.field(name, start, end)]


def _number(place: str) -> int:
    """Return how long the number or sign is that an affiliation begins with."""
    return len(place) - len(place.lstrip("0123456789*†‡§¶^() \t"))


def _author_fields(page: Page, start: int, end: int) -> list[Field]:
    if (numbered := _numbered_people(page, start, end)) is not None:
        return numbered
    found = people(page.text, start, end)
    shown = without_asides(page.text, start, end)
    if shown != page.text and (bare := people(shown, start, end)) is not None and not any(c.isalpha() for c in shown[bare.end : end]):
        named = [page.field("author", *name) for name in bare.names]
        asides = (squeezed(page.text, aside.start() + 1, aside.end() - 1) for aside in _ASIDE.finditer(page.text, start, end))
        return named + ([page.field("et_al", *bare.et_al)] if bare.et_al else []) + [page.field("affiliation", *aside) for aside in asides if any(c.isalpha() for c in page.text[slice(*aside)]) and aside[1] - aside[0] > 1]
    if found is None or 2 * (end - found.end) > end - start:
        # A label says so, whatever the names look like.
        pieces = _pieces(page.text, start, end, re.compile(r";" if ";" in page.text[start:end] else r",|(?<=\s)and(?=\s)"))
        return [page.field("author", *piece) for piece in pieces]
    named = [page.field("author", *name) for name in found.names]
    if found.et_al:
        named.append(page.field("et_al", *found.et_al))
    rest = squeezed(page.text, found.end, end)
    while rest[0] < rest[1] and not page.text[rest[0]].isalnum():
        rest = (rest[0] + 1, rest[1])
    return named + ([page.field("other", *rest)] if any(c.isalpha() for c in page.text[slice(*rest)]) else [])


def _numbered_people(page: Page, start: int, end: int) -> list[Field] | None:
    """Return names and the places behind all of them to which they refer by numbers, as arXiv prints both; None if they are printed otherwise."""
    if _arxiv.NUMBERED_PLACES.search(page.text, start, end) is None:
        return None
    told = _arxiv.people(page.text[start:end])
    names: list[Span] = []
    for author in told:
        name = _find(page.text, author.name, names[-1][1] if names else start, end)
        if name is None:
            return None
        names.append(name)
    after = names[-1][1] if names else end
    cut = _arxiv.CUT.search(page.text, start, end)
    placed = ((rank, _find(page.text, place, after, end)) for rank, author in enumerate(told) for place in author.affiliations)
    return [
        *(page.field("author", *name) for name in names),
        *([page.field("et_al", *cut.span())] if cut else []),
        *(page.field("affiliation", *place)._replace(of=rank) for rank, place in placed if place is not None),
    ]


def _find(text: str, said: str, start: int, end: int) -> Span | None:
    """Return where words stand in a stretch of text, whatever blanks and ends of lines are between them."""
    found = re.compile(r"\s+".join(map(re.escape, said.split()))).search(text, start, end)
    return found and found.span()


def _identifier_fields(page: Page, start: int, end: int) -> list[Field]:
    text = page.text[start:end]
    value = identifier(text) or identifier(text.split()[0])
    if value is None:
        return [page.field("other", start, end)]
    scheme, _, number = value.partition(":")
    last = end if identifier(text) else start + len(text.split()[0])
    told = page.field("arxiv_id", start, last, number) if scheme == "arxiv" else page.field("identifier", start, last, value)
    rest = squeezed(page.text, last, end)
    return [told, page.field("other", *rest)] if any(c.isalnum() for c in page.text[slice(*rest)]) else [told]


def _pieces(text: str, start: int, end: int, separator: re.Pattern[str]) -> Iterator[Span]:
    """Yield the spans between separators."""
    for match in [*separator.finditer(text, start, end), None]:
        first, last = squeezed(text, start, match.start() if match else end)
        if first < last:
            yield first, last
        start = match.end() if match else end


def without_asides(text: str, start: int, end: int) -> str:
    """Return a text with blanks where a line has parentheses, as lists of accepted papers put the places of authors in them."""
    if end - start > _LONGEST_LINE or "(" not in text[start:end]:
        return text
    return text[:start] + _ASIDE.sub(lambda aside: " " * len(aside.group()), text[start:end]) + text[end:]


def is_labelled_abstract(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch begins with the label of an abstract."""
    return RUN_IN.match(text, start, end) is not None


def labelled_abstract(page: Page, start: int, end: int) -> list[Field]:
    """Return the fields of an abstract, with its label where it has one."""
    match = RUN_IN.match(page.text, start, end)
    if match is None:
        return passage(page, "abstract", start, end)
    return [page.field("abstract_label", *match.span(1)), *passage(page, "abstract", match.end(), end)]
