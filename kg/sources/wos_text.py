r"""Reader of Web of Science's plain text (`savedrecs.txt`), records of lines with two-letter tags.

A record begins with `PT` and ends with `ER`, the file begins with `FN` and `VR` and ends with `EF`. The tags are those of
https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html; a line that begins with blanks goes on with the
tag above it, as a further author, address or cited work, or as more of a text. (The tab-delimited form, with the tags
as a header, is a table: see `csv_table`.)

Policy, where a field is not one to one:

- Authors are those of `AF`, in their order; where there is none, or fewer than in `AU`, those of `AU`, whose initials get
  their full stops. They are one a line, or, in records from MEDLINE, between semicolons. `CA` are collectives. Editors and
  authors of the book around a chapter are `other`.
- Addresses (`C1`) and ORCID iDs (`OI`) belong to the authors they name; an address without names to the only author, or
  else to none. `RP` is kept as it stands, and is an affiliation too where `C1` does not give its author that address.
- Lists have semicolons, or, as other programs write this format, an entry a line.
- The date is `PD`, with `PY` where it has no year of its own, else `PY`, else `EA`. The pages are `BP` and `EP`, else `PS`,
  else the number of the article, `AR`. The venue is `SO`, else `CT`. Both kinds of keywords (`DE`, `ID`) count.
- A cited work (`CR`) is known by its DOI, or else by the words it is cited with. `UT` and `RI` are `other`, since no
  scheme is known for them here; a `UT` from MEDLINE tells the PMID.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._citing import add_cited, add_doi, add_text, dotted, whole_date
from kg.sources._dates import printed_date
from kg.sources._entry import Entry, numbered
from kg.sources._library import Place, add_identifier, pieces, put
from kg.sources._parts import rows_of
from kg.sources._tagged import (
    SEMICOLON,
    Form,
    Gathered,
    Tagged,
    add_listed,
    add_name,
    add_pages,
    first_of,
    gathered,
)
from kg.sources._text.names import natural
from kg.sources._wos_people import People, places
from kg.sources._xml.fields import put_orcid

_TAG: Final = re.compile(r"\ufeff?([A-Z][A-Z0-9])(?: |(?=[\r\n]|\Z))")
_FIRST: Final = re.compile(r"\ufeff?\s*FN [^\r\n]*[\r\n]\s*(?:VR [^\r\n]*[\r\n]\s*)?PT [A-Z][ \t]*[\r\n]")
_NAMED: Final = re.compile(r"\ufeff?\s*FN [^\r\n]*(?:Web of (?:Science|Knowledge)|Clarivate|Thomson|ISI)\b", re.IGNORECASE)
_RECORD: Final = re.compile(r"^\ufeff?PT [A-Z][ \t]*(?:\r\n|\r|\n)(?:[A-Z][A-Z0-9] |   )", re.MULTILINE)
_FORM: Final = Form(_TAG, lambda tag, above, blank: tag == "PT", ends="ER", last="EF", aside=frozenset(["FN", "VR", "EF"]))  # noqa: ARG005


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is Web of Science's text: it begins with `FN` or with a record.

    >>> sniff("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nAU Smith, J\n", "x"), sniff("PT\tAU\tTI\nJ\t", "x")
    (1.0, 0.0)
    """
    if _FIRST.match(head) or _NAMED.match(head):
        return 1.0
    found = _RECORD.search(head)
    if found is None:
        return 0.0
    above = head[: found.start()].strip("\ufeff \t\r\n")
    return 0.9 if all(map(_TAG.match, above.splitlines())) else 0.3


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    return numbered(document, gathered(document, _FORM), _paper)


_AUTHORS: Final = frozenset(["AU", "AF", "CA"])
_LONG: Final = _AUTHORS | {"C1", "CR"}
"""Fields each line of which is a thing of its own."""

_SIMPLE: Final = {"SO": "venue", "VL": "volume", "IS": "issue", "PU": "publisher", "LA": "language", "AB": "abstract", "TI": "title"}
_LISTS: Final = {"DE": "keyword", "ID": "keyword", "WC": "category", "SC": "category", "DT": "type"}


def _paper(document: Document, ordinal: int, found: Gathered) -> Iterator[Record | Problem]:
    """Yield the record that a file's record is, and what looks wrong in it."""
    entry = found.entry(document, ordinal)
    if not found.closed:
        entry.warn("a record without ER", "it may have been cut short: export it again")
    fields = [field if field.tag in _LONG else whole for field in found.fields if field.tag != "ER" and (whole := field.joined()).text]
    by = {given.tag: given for given in reversed(fields)}
    pages = first_of(by, ("BP", "PS", "AR"))
    people = _add_authors(entry, *(_names(fields, tag) for tag in ("AU", "AF", "CA")))
    dates = _add_date(entry, by)
    used = {id(given) for given in dates}
    for given in fields:
        if id(given) not in used:
            _add(entry, given, by, people, pages)
    number = by["UT"].text[:40] if "UT" in by else f"record {found.number}"
    yield from rows_of(entry, number)


def _add(entry: Entry, given: Tagged, by: Mapping[str, Tagged], people: People, pages: Tagged | None) -> None:
    """Add what a field says, but for authors and date; `pages` is the field that tells the pages."""
    tag, text, place = given.tag, given.text, given.place
    first = by[tag] is given
    if tag in _SPECIAL:
        _SPECIAL[tag](entry, given, people)
    elif tag in _LISTS:
        for each in [given] if ";" in text or tag == "DT" else given.apart():
            add_listed(entry, _LISTS[tag], each)
    elif tag in {"TI", "AB"} and first:
        add_text(entry, _SIMPLE[tag], text, place)
    elif first and (tag in _SIMPLE or (tag == "CT" and "SO" not in by)):
        put(entry, _SIMPLE.get(tag, "venue"), text, place)
    elif given is pages:
        add_pages(entry, given, by.get("EP") if tag == "BP" else None)
    elif tag == "UT" and "PM" not in by and (number := _OF_MEDLINE.fullmatch(text)):
        add_identifier(entry, "pmid", text, place, first=number.start(1))
    elif tag not in _AUTHORS and not (tag == "EP" and first and "BP" in by):
        put(entry, "other", text, place)


_OF_MEDLINE: Final = re.compile(r"MEDLINE:([0-9]+)")


# Authors


def _names(fields: Sequence[Tagged], tag: str) -> list[tuple[str, Place]]:
    """Return the names in all fields with a tag: one a line, or several between semicolons."""
    found: list[tuple[str, Place]] = []
    for given in fields:
        for text, place in given.each() if given.tag == tag else ():
            for begin, end in pieces(text, SEMICOLON):
                name = text[begin:end].lstrip()
                start = None if place.start is None else place.start + end - len(name)
                found += [(name.rstrip(), place._replace(start=start))] if name else []
    return found


def _add_authors(
    entry: Entry, short: Sequence[tuple[str, Place]], full: Sequence[tuple[str, Place]], groups: Sequence[tuple[str, Place]]
) -> People:
    """Add the authors, by their full names if all are given, then the collectives; return how they are called."""
    whole = bool(full) and len(full) >= len(short)
    if full and not whole:
        entry.warn(f"{len(full)} of {len(short)} authors have a full name", "export it again", full[0][1].line)
    known: list[tuple[str, int]] = []
    for rank, (text, place) in enumerate(full if whole else short):
        name = _initials(text) if rank < len(short) and text == short[rank][0] else text
        if text.startswith("[Anonymous"):
            put(entry, "other", text, place)
        elif (of := add_name(entry, name, place if name == text else place._replace(start=None))) is not None:
            known.append((natural(name), of))
    if spare := short if whole else full:
        place = spare[0][1]
        put(entry, "other", "; ".join([text for text, _ in spare]), place if len(spare) == 1 else place._replace(start=None))
    for text, place in groups:
        add_name(entry, text, place, group=True)
    return People(known)


def _initials(text: str) -> str:
    """Return `Lovelace, AB` with full stops behind the initials."""
    surname, comma, rest = text.partition(",")
    given, *more = rest.split(",")
    return f"{surname}, {dotted(given.strip())}{''.join(f',{part}' for part in more)}" if comma else text


def _add_addresses(entry: Entry, given: Tagged, people: People) -> None:
    """Add each address, for each of the authors that are named before it."""
    alone = 0 if people.count == 1 else None
    for text, place in _addresses(given.each()):
        found = list(places(text, people))
        for of, first, last in found:
            put(entry, "affiliation", text, place, first=first, last=last, of=of)
            people.placed.add((of, text[first:last].casefold()))
        if not found:
            last = len(text.rstrip(" .;"))
            put(entry, "affiliation", text, place, last=last, of=alone)
            people.placed.add((alone, text[:last].casefold()))


def _addresses(lines: Sequence[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """Return the addresses in some lines: Web of Science ends each with a full stop, its imitators do not."""
    found: list[tuple[str, Place]] = []
    stops = any(text.endswith(".") for text, _ in lines)
    for text, place in lines:
        if stops and found and text and text[0] != "[" and not found[-1][0].endswith((".", ";")):
            found[-1] = f"{found[-1][0]} {text}", found[-1][1]._replace(start=None)
        elif text:
            found.append((text, place))
    return found


_REPRINT: Final = re.compile(r"\((?:corresponding|reprint) author\),?", re.IGNORECASE)
_NEXT_REPRINT: Final = re.compile(r"(?<=\.);?\s++(?=[^.(]++\((?:corresponding|reprint) author\))", re.IGNORECASE)


def _add_reprint(entry: Entry, given: Tagged, people: People) -> None:
    """Add whom to write to, and the address where the author is not known to be there."""
    put(entry, "other", given.text, given.place)
    for first, last in pieces(given.text, _NEXT_REPRINT):
        mark = _REPRINT.search(given.text, first, last)
        if mark is None:
            continue
        end = first + len(given.text[first:last].rstrip(" .;"))
        address = given.text[mark.end() : end].strip().casefold()
        for name in given.text[first : mark.start()].split(";"):
            of = people.position(name)
            if of is not None and (of, address) not in people.placed:
                put(entry, "affiliation", given.text, given.place, first=mark.end(), last=end, of=of)


def _add_orcids(entry: Entry, given: Tagged, people: People) -> None:
    """Add `Lovelace, Ada/0000-0002-1825-0097; ...`."""
    for first, last in pieces(given.text, SEMICOLON):
        name, _, number = given.text[first:last].rpartition("/")
        of = people.position(name)
        if of is None:
            put(entry, "other", given.text, given.place, first=first, last=last)
        else:
            put_orcid(entry, number.strip(), given.place.path, given.place.line, of)


def _add_references(entry: Entry, given: Tagged, people: People) -> None:  # noqa: ARG001
    """Add a cited work for each line."""
    for text, place in given.each():
        add_cited(entry, text, place)


_SPECIAL: Final[Mapping[str, Callable[[Entry, Tagged, People], None]]] = {
    "C1": _add_addresses, "RP": _add_reprint, "OI": _add_orcids, "CR": _add_references,
    "DI": lambda entry, given, people: add_doi(entry, given.text, given.place),  # noqa: ARG005
    "PM": lambda entry, given, people: add_identifier(entry, "pmid", given.text, given.place),  # noqa: ARG005
}  # fmt: skip
"""What becomes of fields that are more than a text."""


def _add_date(entry: Entry, by: Mapping[str, Tagged]) -> tuple[Tagged, ...]:
    """Add the date, the day or month with the year; return the fields that it was made of."""
    year, day = by.get("PY"), by.get("PD")
    if year and day and (whole := printed_date(day.text) or "").startswith(f"{year.text}-"):
        put(entry, "date", day.text, day.place, whole)
        return year, day
    if year and day and (value := whole_date(year.text, day.text) or "").startswith(f"{year.text}-"):
        put(entry, "date", f"{day.text} {year.text}", day.place._replace(start=None), value)
        return year, day
    given = first_of(by, ("PY", "EA", "PD"))
    if given is None:
        return ()
    value = printed_date(given.text) or ""
    if not value:
        entry.warn(f"no date: {given.text[:40]!r}", "write the year into PY", given.place.line)
    put(entry, "date", given.text, given.place, value or None)
    return (given,)
