"""Columns of BibTeX, and in tables without titles of whole citations: `Lovelace A. 1943. On engines. Minds 7(2), 1-9.`.

What a citation says is a guess, as in `kg.sources.plain_text`; so a column counts only if most of its first cells can be
taken apart, and what another column says counts more.
"""

from collections.abc import Iterable
from typing import Final

from kg.ids import identifier
from kg.sources._citation.adding import add_parts
from kg.sources._citation.reading import ENOUGH, cite
from kg.sources._dates import printed_date
from kg.sources._embedded import bibtex_fields, is_same_title
from kg.sources._entry import Entry
from kg.sources._latex import decode
from kg.sources._library import Place, put
from kg.sources._text.names import split_names

_LEAST: Final = 2
"""So many citations make a column of them."""

_MOST_LOOKED_AT: Final = 20


def are_citations(cells: Iterable[str]) -> bool:
    """Tell whether most of the first cells of a column are whole citations.

    >>> are_citations(["Lovelace A. 1943. On great engines. Minds 7(2), 1-9."] * 2), are_citations(["Lovelace 1943", "Babbage 1964"])
    (True, False)
    """
    shown = [cell for cell, _ in zip(filter(str.strip, cells), range(_MOST_LOOKED_AT), strict=False)]
    return len(shown) >= _LEAST and 2 * sum(map(_is_whole, shown)) > len(shown)


def _is_whole(text: str) -> bool:
    found = cite(text, 0, len(text))
    return found.title is not None and found.people is not None and found.evidence >= ENOUGH


def add_citation(entry: Entry, text: str, place: Place) -> None:
    """Add what a citation says and no other field does; the citation itself is `other`."""
    put(entry, "other", text, place)
    found = cite(text, 0, len(text))
    if found.title is None:
        entry.warn(f"a citation that cannot be taken apart: {text.strip()[:60]!r}", "give its title, authors and year columns of their own", place.line)
        return
    add_parts(entry, text, place, found)


_OF_BIBTEX: Final = {"journal": "venue", "booktitle": "venue", "volume": "volume", "number": "issue", "pages": "pages", "publisher": "publisher"}


def add_bibtex(entry: Entry, text: str, place: Place, title: str) -> None:
    """Add what only an entry of BibTeX in a cell says of a paper, if it has its title."""
    fields = {name: decode(told) for name, told in bibtex_fields(text).items()}
    if "title" not in fields or not is_same_title(title, fields["title"]):
        return
    if not entry.has("author") and (author := fields.get("author")):
        people, cut = split_names(author)
        for person in people:
            entry.add("author", person.name, "group" if person.group else None, path=place.path, line=place.line)
        entry.add("et_al", author[slice(*cut)] if cut else "", path=place.path, line=place.line)
    for name, ours in _OF_BIBTEX.items():
        if name in fields and not entry.has(ours):
            entry.add(ours, fields[name], path=place.path, line=place.line)
    if not entry.has("date") and (year := fields.get("year")):
        entry.add("date", year, printed_date(f"{fields.get('month', '')} {year}") or printed_date(year), path=place.path, line=place.line)
    if not entry.is_identified("doi") and (known := identifier(fields.get("doi", ""), "doi")):
        entry.identify(fields["doi"], known, path=place.path, line=place.line)
