"""Whose the addresses and ORCID iDs in RIS files are.

Where all addresses stand below all authors the file does not say; where they stand between the authors, each is that of the
one above. Some databases name the authors with the address: Embase in brackets before it (`(Lovelace A.; Babbage C.,
c@x.org) Univ X, Oslo, Norway`, in M1 or AD) or without (`A. Lovelace, Univ X, Oslo`), Ovid in full (`Lovelace, Ada. Univ X`, in
AD or M2), EBSCO by numbers in N1 (`Lovelace, Ada 1,2; Babbage, C 2; Affiliations: 1: Univ X; 2: Univ Y; Issue Info: ...`). Ovid has ORCID iDs in AI: `Lovelace, Ada; ORCID: http://orcid.org/0000-0002-1825-0097, Babbage, C; ORCID: ...`.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from kg.sources._entry import Entry
from kg.sources._library import put
from kg.sources._tagged import Tagged, addresses, author_names
from kg.sources._text.names import natural
from kg.sources._wos_people import People
from kg.sources._xml.fields import put_orcid

AUTHORS: Final = frozenset(["AU", "A1"])
_PLACES: Final = frozenset(["AD", "M1", "M2", "N1"])

_GLUED: Final = re.compile(r"(?<=\S)([A-Z][A-Z0-9])  - ")


class Stretch(NamedTuple):
    """Part of an address field: the author's position, if it is known, and where the address begins and ends."""

    of: int | None
    first: int
    last: int


def whole(field: Tagged) -> list[Tagged]:
    """Return a field with its lines joined; those of EndNote's addresses that look like one are fields of their own."""
    if field.tag != "AD":
        return [field.joined()]
    return [part for address in addresses(field) for part in _apart(address)]


def _apart(address: Tagged) -> list[Tagged]:
    """Return an address, and the field that Web of Science puts on its line without a line end: `Oslo, NorwayPU  - Press`."""
    match = _GLUED.search(address.text)
    if match is None:
        return [address]
    start = None if address.place.start is None else address.place.start + match.end()
    behind = Tagged(match[1], address.text[match.end() :].strip(), address.place._replace(start=start), [])
    return [address._replace(text=address.text[: match.start()]), behind]


def people_of(fields: Iterable[Tagged]) -> People:
    """Return the authors that some fields give, to be found by their names."""
    names = (name for field in fields if field.tag in AUTHORS for name in author_names(field.text))
    return People((natural(name), position) for position, name in enumerate(names))


def stretches(fields: Sequence[Tagged], people: People) -> dict[int, list[Stretch]]:
    """Return the addresses that fields hold, by the ids of fields: once for each author who is known to be there."""
    authors = [rank for rank, field in enumerate(fields) if field.tag in AUTHORS and author_names(field.text)]
    counts = [len(author_names(fields[rank].text)) for rank in authors]
    positions = [0, *accumulate(counts)]
    places = [rank for rank, field in enumerate(fields) if field.tag in _PLACES]
    below = [rank for rank in places if fields[rank].tag == "AD"]
    mixed = bool(authors) and any(rank < authors[-1] for rank in below)
    found: dict[int, list[Stretch]] = {}
    for rank in places:
        field = fields[rank]
        end = len(field.text)
        if named := list((_numbered if field.tag == "N1" else _named)(field.text, people)):
            found[id(field)] = named
        elif field.tag == "AD":
            above = bisect_left(authors, rank)
            known = above and counts[above - 1] == 1 and (mixed or len(authors) == 1)
            found[id(field)] = [Stretch(positions[above - 1] if known else None, 0, end)]
    return found


_BRACKETS: Final = re.compile(r"\(([^()]*)\)\s+(?=\S)")
_MAIL: Final = re.compile(r"(?:[.,;]?\s*(?:electronic address|e-?mail(?: address)?):)?,?\s*[^\s@,;]{1,100}@[^\s@,;]{1,100}\Z", re.IGNORECASE)
_BEHIND_NAME: Final = re.compile(r"[:.,]+\s+")
_MOST_PARTS: Final = 3
_LONGEST_NAME: Final = 120


def _named(text: str, people: People) -> Iterator[Stretch]:
    """Yield an address for each author who is named before it; none where none is."""
    brackets = _BRACKETS.match(text)
    if brackets:
        names = [name for name in brackets[1].split(";") if len(name) < _LONGEST_NAME]
        for of in _known([_MAIL.sub("", name) for name in names], people):
            yield Stretch(of, brackets.end(), len(text))
        return
    for rank, mark in enumerate(_BEHIND_NAME.finditer(text, 0, _LONGEST_NAME)):
        for of in _known([text[: mark.start()]], people):
            mail = _MAIL.search(text, max(mark.end(), len(text) - _LONGEST_NAME))
            yield Stretch(of, mark.end(), mail.start() if mail and mail.start() > mark.end() else len(text))
            return
        if rank == _MOST_PARTS:
            return


_AFFILIATIONS: Final = re.compile(r"(?:\A|;\s*)Affiliations:\s*(?=1:)")
_WITH_NUMBERS: Final = re.compile(r"(?:\A|;)\s*([^;:]{3,120}?)\s+([0-9]{1,3}(?:,[0-9]{1,3})*)(?=;)")
_NUMBERED: Final = re.compile(r"([0-9]{1,3}):\s*([^;]*[^;.\s])[.\s]*(?:;\s*|\Z)")


def _numbered(text: str, people: People) -> Iterator[Stretch]:
    """Yield the addresses of EBSCO, for each author who has the number of one."""
    begin = _AFFILIATIONS.search(text)
    if begin is None:
        return
    owners: dict[str, list[int]] = {}
    for name in _WITH_NUMBERS.finditer(text, 0, begin.start() + 1):
        for of in _known([name[1]], people):
            for number in name[2].split(","):
                owners.setdefault(number, []).append(of)
    at = begin.end()
    while place := _NUMBERED.match(text, at):
        for owner in owners.get(place[1], [None]):
            yield Stretch(owner, *place.span(2))
        at = place.end()


def _known(names: Collection[str], people: People) -> list[int]:
    """Return the positions of those who are authors, each once."""
    return list(dict.fromkeys(of for name in names if (of := people.position(name)) is not None))


def add_address(entry: Entry, field: Tagged, places: Iterable[Stretch]) -> None:
    """Add the addresses that a field holds; a note, or a field with an e-mail address that is in none of them, is `other` too."""
    told = [place for place in places if not _MAIL.fullmatch(field.text, place.first, place.last)]
    for of, first, last in told:
        put(entry, "affiliation", field.text, field.place, first=first, last=last, of=of)
    if field.tag == "N1" or ("@" in field.text and all("@" not in field.text[first:last] for _, first, last in told)):
        put(entry, "other", field.text, field.place)


_ORCID: Final = re.compile(r"([^;,/]{1,99},[^;,/]{1,99});\s*ORCID:?\s*((?:https?://orcid\.org/)?[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X])")


def add_orcids(entry: Entry, field: Tagged, people: People) -> None:
    """Add the ORCID iDs that a field gives; the field itself is `other`, since Ovid writes more into it."""
    put(entry, "other", field.text, field.place)
    for match in _ORCID.finditer(field.text):
        if (of := people.position(match[1])) is not None:
            put_orcid(entry, match[2], field.place.path, field.place.line, of)
