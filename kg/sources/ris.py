r"""Reader of RIS files, the tagged format of Research Information Systems (RefMan, 1990s; extended in 2011).

A record is a line for each piece of information: a tag of two characters, two blanks, a hyphen, a blank, the text
(`AU  - Lovelace, Ada`); it begins with `TY` and ends with `ER`. It is what EndNote, Zotero, Mendeley, Scopus, Web of
Science, IEEE Xplore, PubMed and the pages of publishers export, each with tags of its own liking; what each means
follows the two specifications and these exports. A line without a tag goes on with the field above it (with the next
keyword, as EndNote has it). Files with one blank before the hyphen are read too. The similar MEDLINE text of PubMed
(`PMID- 1`) is another format.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._citing import add_cited, add_doi, add_links, add_named_arxiv, add_text, whole_date
from kg.sources._dates import printed_date, valid_date
from kg.sources._entry import Entry, numbered
from kg.sources._library import Place, add_identifier, pieces, put
from kg.sources._ris_people import AUTHORS, add_address, add_orcids, people_of, stretches, whole
from kg.sources._tagged import (
    LONGEST,
    PMCID,
    PUBMED,
    RANGE,
    SEMICOLON,
    Gathered,
    Tagged,
    add_keywords,
    add_names,
    add_pages,
    first_of,
)

_TAG: Final = re.compile(r"\ufeff?([A-Z][A-Z0-9])(  (?=-)| (?=-(?:[ \t]|[\r\n]|\Z)))-")
_FIRST: Final = re.compile(r"\ufeff?\s*TY {1,2}- ")
_TY: Final = re.compile(r"^TY {1,2}- ?", re.MULTILINE)
_ER: Final = re.compile(r"^ER {1,2}- ?", re.MULTILINE)
_MEDLINE: Final = re.compile(r"^PMID- ?\d", re.MULTILINE)
_BEHIND: Final = "NL"
"""What Ovid writes behind ER: the short name of the journal."""

_FEW_LINES: Final = 20


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is RIS: it begins a record with `TY`, or has lines with such tags.

    >>> sniff("TY  - JOUR\nTI  - On X\nER  - ", "a.ris"), sniff("PMID- 1\nTI  - On X", "a.nbib")
    (1.0, 0.0)
    """
    if _FIRST.match(head):
        return 1.0
    begin = _TY.search(head) or _ER.search(head)
    if begin is None or _MEDLINE.search(head) or head.lstrip("\ufeff \t\r\n")[:1] in {"<", "{", "["}:
        return 0.0
    above = [line for line in head[: begin.start()].splitlines() if line.strip()]
    if len(above) >= _FEW_LINES:
        return 0.3
    return 0.9 if all(_TAG.match(line) or len(line) < 200 for line in above) else 0.5


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    return numbered(document, _gathered(document), _paper)


def _gathered(document: Document) -> Iterator[Gathered | Problem]:
    """Yield the records as they stand, and a problem for the lines with tags between two of them."""
    record: Gathered | None = None
    outside, count, number, blanks = 0, 0, 0, 0
    for line in document.lines():
        match = _TAG.match(line.text)
        if match and record and len(match[2]) < blanks:
            match = None  # "AI - a survey" in running text
        tag = match[1] if match else ""
        if record and record.closed and tag != _BEHIND:
            yield record
            record = None
        if match and tag == "TY":
            yield from _before(document, record, outside, count)
            number, outside, count, blanks = number + 1, 0, 0, len(match[2])
            record = Gathered(number, line)
        if record is None:
            outside, count = outside or line.number * bool(tag), count + bool(tag)
            continue
        if match is None and not line.text.strip():
            continue
        if match is None:
            record.go_on(line)
        else:
            record.begin(tag, line, match.end())
        record.closed = record.closed or tag == "ER"
        if record.size > LONGEST:
            yield record
            record = None
    yield from _before(document, record, outside, count)


def _before(document: Document, record: Gathered | None, outside: int, count: int) -> Iterator[Gathered | Problem]:
    """Yield what comes before the next record, or the end: a record that is not closed, or lines that are in none."""
    if record:
        yield record
    if outside:
        what = f"{count:,} line{'s' if count > 1 else ''} outside of any record, without a TY before"
        yield Problem(document.name, outside, what, "begin each record with TY, and end it with ER")


_TITLES: Final = ("TI", "T1", "CT")
_BOOKS: Final = frozenset(["BOOK", "EBOOK", "EDBOOK"])
"""Types whose title may be in BT, as the specification of 2001 has it."""

_ABSTRACTS: Final = ("AB", "N2")
_VENUES: Final = ("T2", "JF", "BT", "JO", "JA", "J1", "J2")
_NO_VENUE: Final = frozenset(["BOOK", "EBOOK", "EDBOOK", "THES", "RPRT"])
_OF_BOOKS: Final = frozenset(["T2", "BT"])
"""Of these types T2 is a series or a department, BT the title."""

_DATES: Final = ("PY", "Y1", "DA")
_LINKS: Final = frozenset(["UR", "L1", "L2", "LK"])
_SIMPLE: Final = {"VL": "volume", "PB": "publisher", "LA": "language", "TY": "type"}
_ISSUES: Final = ("IS", "CP")
_LONGEST_ISSUE: Final = 20
"""A CP that is longer is the conference, as Web of Science has it."""

_DOI_PLACES: Final = frozenset(["M3", "L3", "N1", "ID"])
"""Where DOIs stood before 2011 gave them a tag, and stand with some publishers."""

_MISSING: Final = "NA"
"""What R, in which systematic reviews are made, writes where there is nothing; it is a word, and New Astronomy, too."""

_MAY_BE_NA: Final = frozenset(["KW", "JA", "JO", "J1", "J2"])
_NOTES: Final = frozenset(["N1", "M1", "AN", "C7", *_VENUES])
_SHORTEST_PMID: Final = 6
"""A C2 with fewer digits is a year or the like."""

_OF_OVID: Final = re.compile(r"ovid\.com\S*[?&]D=(?:med|prem|pmnm|ppez|yrovft)", re.IGNORECASE)
"""Ovid's address of a record in one of its parts of MEDLINE."""

_OF_COCHRANE: Final = re.compile(r"PUBMED ([0-9]{1,9})(?:,|\Z)")
"""Where else the Cochrane Library found a trial: `PUBMED 12345678,EMBASE 2003123456`."""

_CITATION: Final = re.compile(r"[^()]{3,200}\((?:1[5-9]|20)[0-9]{2}[a-z]?\)[.,]?\s*\S")
"""A cited work as PsycINFO has them in M1, each in a field of its own."""

_CITED: Final = re.compile(r"(?:\A|;\s*)References:\s*", re.IGNORECASE)
"""What stands before the cited works in an N1 of Scopus."""


def _paper(document: Document, ordinal: int, found: Gathered) -> Iterator[Record | Problem]:
    """Yield the record that a file's record is, and what looks wrong in it."""
    entry = found.entry(document, ordinal)
    if not found.closed:
        entry.warn("a record without ER", "end it with a line `ER  - `, if it is whole")
    fields = [given for given in found.fields if given.tag != "ER"]
    if not any(given.joined().text for given in fields if given.tag != "TY"):
        yield Problem(document.name, found.line.number, "a record that says nothing", "delete it", "warning")
        return
    add_fields(entry, fields)
    yield from entry.rows()


def add_fields(entry: Entry, found: Iterable[Tagged]) -> None:
    """Add what the fields of a record say, by their tags."""
    fields = [field for given in found for field in whole(given) if field.text and (field.text != _MISSING or given.tag in _MAY_BE_NA)]
    by = {field.tag: field for field in reversed(fields)}
    type_ = by["TY"].text if "TY" in by else ""
    issue = first_of(by, _ISSUES)
    chosen = {
        "title": first_of(by, (*_TITLES, "BT") if type_ in _BOOKS else _TITLES), "abstract": first_of(by, _ABSTRACTS),
        "issue": issue if issue and len(issue.text) <= _LONGEST_ISSUE else None,
        "venue": first_of(by, [tag for tag in _VENUES if type_ not in _NO_VENUE or tag not in _OF_BOOKS]), "date": _best_date(by), "pages": by.get("SP") or _article_number(by),
    }  # fmt: skip
    roles = {id(field): name for name, field in chosen.items() if field}
    people = people_of(fields)
    places = stretches(fields, people)
    cited = sum(bool(_CITATION.match(field.text)) for field in fields if field.tag == "M1") > 1
    for field in fields:
        if id(field) in places:
            add_address(entry, field, places[id(field)])
        elif field.tag == "AI":
            add_orcids(entry, field, people)
        elif cited and field.tag == "M1":
            add_cited(entry, field.text, field.place)
        elif field.tag not in _LINKS:
            _add(entry, field, roles.get(id(field), ""), by)
    for field in fields:
        if field.tag in _LINKS:
            for line in field.each():
                add_links(entry, *line)


def _add(entry: Entry, field: Tagged, role: str, by: Mapping[str, Tagged]) -> None:
    """Add what a field says."""
    text, place, tag = field.text, field.place, field.tag
    if role in {"title", "abstract"}:
        add_text(entry, role, text, place)
    elif role == "date":
        _add_date(entry, text, place, by)
    elif role == "pages":
        add_pages(entry, field, by.get("EP"))
    elif role:
        put(entry, role, text, place)
    elif tag in AUTHORS:
        add_names(entry, text, place)
    elif tag == "KW":
        add_keywords(entry, field)
    elif tag == "DO" or (tag in _DOI_PLACES and "DO" not in by and identifier(text, "doi")):
        first, *more = [line for line in field.each() if line[0]]
        add_doi(entry, *first)
        for line in more:  # no DOI is wrapped: it is another one, or a note behind a tag that RIS does not have
            if identifier(line[0], "doi"):
                add_doi(entry, *line)
            else:
                put(entry, "other", *line)
    elif tag == "C2" and PMCID.fullmatch(text):
        add_identifier(entry, "pmcid", text, place)
    elif _is_pmid(tag, text, by):
        add_identifier(entry, "pmid", text, place)
    elif tag == "C3" and (number := _OF_COCHRANE.match(text)):
        add_identifier(entry, "pmid", text, place, first=number.start(1), last=number.end(1))
        put(entry, "other", text, place, first=number.end())
    elif tag == "N1" and (found := _CITED.search(field.each()[0][0])):
        put(entry, "other", text, place, last=found.start())
        _add_cited(entry, field, found.end())
    elif tag != "EP" or not _is_last_page(by, field):
        name = _SIMPLE.get(tag, "other")
        put(entry, "other" if name == "publisher" and entry.has(name) else name, text, place)  # Ovid's second one is a country
    if tag in _NOTES:
        add_named_arxiv(entry, text, place)


def _is_pmid(tag: str, text: str, by: Mapping[str, Tagged]) -> bool:
    """Tell whether a field is a number of PubMed: its export and EndNote have it in AN, Embase in C5, Web of Science in PM, others in C2."""
    if tag == "ID" and text.isdigit():
        return any(_OF_OVID.search(by[name].text) and f"AN={text}" in by[name].text for name in ("L2", "UR") if name in by)
    if tag not in {"AN", "PM", "C2", "C5"} or not text.isdigit():
        return tag in {"AN", "C2"} and text.startswith("PMID:")
    base = " ".join(by[name].text for name in ("DB", "DP") if name in by)
    if tag in {"C2", "C5"}:
        return len(text) >= _SHORTEST_PMID and (tag == "C2" or base.startswith("Embase"))
    return tag == "PM" or bool(PUBMED.search(base))


def _add_cited(entry: Entry, field: Tagged, begin: int) -> None:
    """Add the works that Scopus lists as cited, each on a line of its own or behind a semicolon, from `begin` on."""
    (text, place), *more = field.each()
    lines = [(text[begin:], place._replace(start=None if place.start is None else place.start + begin)), *more]
    for text, place in lines:
        for first, last in [(0, len(text.rstrip("; ")))] if more else pieces(text, SEMICOLON):
            start = None if place.start is None else place.start + first
            add_cited(entry, text[first:last], place._replace(start=start))


_IN_PARTS: Final = re.compile(r"([0-9]{4})(?:[/-]([0-9]{0,2})(?:[/-]([0-9]{0,2})(?:/.*)?)?)?")
_IN_DIGITS: Final = re.compile(r"(?:[A-Za-z ]+:\s*)?([12][0-9]{3})([0-9]{2})([0-9]{2})")


def _known_date(text: str) -> str | None:
    """Return the ISO date of `2024/03/05/Spring`, of which parts may be missing, or of one in words."""
    match = _IN_PARTS.fullmatch(text) or _IN_DIGITS.fullmatch(text)
    return valid_date(match[1], match[2], match[3]) if match else printed_date(text)


def _best_date(by: Mapping[str, Tagged]) -> Tagged | None:
    """Return the field that tells the date best: the most precise one of the year that PY or Y1 gives."""
    fields = [by[tag] for tag in _DATES if tag in by]
    values = {id(field): _value(field.text, by) for field in fields}
    year = next((value[:4] for field in fields if (value := values[id(field)])), "")
    fitting = [field for field in fields if (values[id(field)] or "").startswith(year or "-")]
    return max(fitting or fields[:1], key=lambda field: len(values[id(field)] or ""), default=None)


def _value(text: str, by: Mapping[str, Tagged]) -> str | None:
    """Return the ISO date of a field; a month without year is of the year of the record."""
    if value := _known_date(text):
        return value
    year = _YEAR.match(text)
    if year:
        return valid_date(year[0])
    given = first_of(by, _DATES[:2])
    known = _known_date(given.text) if given else None
    whole = whole_date(known[:4], text) if known else None
    return whole if whole and len(whole) > 4 else None


def _article_number(by: Mapping[str, Tagged]) -> Tagged | None:
    """Return the number of an article that has no pages, which Scopus, Web of Science and EndNote have in C7."""
    number = by.get("C7")
    return number if number and _NUMBER.fullmatch(number.text) and not identifier(number.text, "arxiv") else None


_NUMBER: Final = re.compile(r"[A-Za-z]{0,8}[ .-]?[0-9][\w.-]{0,20}")
_YEAR: Final = re.compile(r"[0-9]{4}(?=/)")


def _add_date(entry: Entry, text: str, place: Place, by: Mapping[str, Tagged]) -> None:
    value = _value(text, by)
    if value is None or (_YEAR.match(text) and _known_date(text) is None):
        entry.warn(f"no date: {text[:40]!r}", "write it as 2022/05/12/, 2022/05// or 2022", place.line)
    put(entry, "date", text, place, value)


def _is_last_page(by: Mapping[str, Tagged], field: Tagged) -> bool:
    """Tell whether a field is what `add_pages` has added."""
    return by.get("EP") is field and "SP" in by and not RANGE.search(by["SP"].text)
