r"""Reader of RIS files, the tagged format of Research Information Systems (RefMan, 1990s; extended in 2011).

A record is a line for each piece of information: a tag of two characters, two blanks, a hyphen, a blank, the text
(`AU  - Lovelace, Ada`); it begins with `TY` and ends with `ER`. It is what EndNote, Zotero, Mendeley, Scopus, Web of
Science, IEEE Xplore, PubMed and the pages of publishers export, each with tags of its own liking; what each means
follows the two specifications and these exports. A line without a tag goes on with the field above it (with the next
keyword, as EndNote has it). Files with one blank before the hyphen are read too. The similar MEDLINE text of PubMed
(`PMID- 1`) is another format.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.model.documents import Line
from kg.sources._citing import add_author, add_doi, add_link, add_named_arxiv, add_text, in_order, whole_date
from kg.sources._dates import printed_date, valid_date
from kg.sources._entry import Entry
from kg.sources._library import Place, add_identifier, pieces, put

LONGEST: Final = 8 << 20
"""The longest record, in code points."""

_TAG: Final = re.compile(r"\ufeff?([A-Z][A-Z0-9])(  (?=-)| (?=-(?:[ \t]|[\r\n]|\Z)))-")
_FIRST: Final = re.compile(r"\ufeff?\s*TY {1,2}- ")
_TY: Final = re.compile(r"^TY {1,2}- ?", re.MULTILINE)
_ER: Final = re.compile(r"^ER {1,2}- ?", re.MULTILINE)
_MEDLINE: Final = re.compile(r"^PMID- ?\d", re.MULTILINE)
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


class Tagged(NamedTuple):
    """One field: its tag, its text, its place, and its lines where it has several."""

    tag: str
    text: str
    place: Place
    lines: list[tuple[str, Place]]

    def joined(self) -> "Tagged":
        """Return it with the text of all its lines; the place has an offset only where that is on one line."""
        filled = [line for line in self.lines if line[0]]
        if not filled:
            return self
        place = filled[0][1] if len(filled) == 1 else filled[0][1]._replace(start=None)
        return self._replace(text=" ".join(text for text, _ in filled), place=place)

    def each(self) -> list[tuple[str, Place]]:
        """Return its lines one by one."""
        return self.lines or [(self.text, self.place)]


@dataclass(slots=True)
class _Gathered:
    """A record as it stands: its rank in the file, first line, whether its tags have two blanks, its fields, its end."""

    number: int
    line: Line
    blanks: int
    fields: list[Tagged]
    end: int
    closed: bool = False
    size: int = 0

    def take(self, line: Line, match: re.Match[str] | None) -> None:
        """Take one line: a field, or more of the one above."""
        if match:
            path = f"record {self.number}, {match[1]}"
            self.fields.append(Tagged(match[1], *_stretch(line, match.end(), path), []))
        else:
            above = self.fields[-1]
            if not above.lines:
                above.lines.append((above.text, above.place))
            above.lines.append(_stretch(line, 0, above.place.path))
        self.end = line.start + len(line.text.rstrip())
        self.size += len(line.text)


def _stretch(line: Line, first: int, path: str) -> tuple[str, Place]:
    """Return the text of a line from a place on, without the white space around it."""
    text = line.text[first:]
    bare = text.strip()
    return bare, Place(path, line.number, line.start + first + len(text) - len(text.lstrip()))


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    ordinal = 0
    for found in _gathered(document):
        if isinstance(found, Problem):
            yield found
            continue
        for row in _paper(document, ordinal, found):
            ordinal += isinstance(row, Record)
            yield row


def _gathered(document: Document) -> Iterator[_Gathered | Problem]:
    """Yield the records as they stand, and a problem for the lines with tags between two of them."""
    record: _Gathered | None = None
    outside, count, number = 0, 0, 0
    for line in document.lines():
        match = _TAG.match(line.text)
        if match and record and len(match[2]) < record.blanks:
            match = None  # "AI - a survey" in running text
        tag = match[1] if match else ""
        if match and tag == "TY":
            yield from _before(document, record, outside, count)
            number, outside, count = number + 1, 0, 0
            record = _Gathered(number, line, len(match[2]), [], 0)
        if record is None:
            outside, count = outside or line.number * bool(tag), count + bool(tag)
            continue
        if match is None and not line.text.strip():
            continue
        record.take(line, match)
        if tag == "ER" or record.size > LONGEST:
            record.closed = tag == "ER"
            yield record
            record = None
    yield from _before(document, record, outside, count)


def _before(document: Document, record: _Gathered | None, outside: int, count: int) -> Iterator[_Gathered | Problem]:
    """Yield what comes before the next record, or the end: a record that is not closed, or lines that are in none."""
    if record:
        yield record
    if outside:
        what = f"{count:,} line{'s' if count > 1 else ''} outside of any record, without a TY before"
        yield Problem(document.name, outside, what, "begin each record with TY, and end it with ER")


_ADDRESS: Final = re.compile(r"[^\Wa-z\d_][^,]*(?:,[^,]+){2,}")
_GOES_ON: Final = re.compile(r"(?:[,&-]|\b(?:of|and|the|for|in|de|der|für|et))$")


def _whole(field: Tagged) -> list[Tagged]:
    """Return a field with its lines joined; those of EndNote's addresses that look like one are fields of their own."""
    if not field.lines:
        return [field]
    if field.tag != "AD":
        return [field.joined()]
    found: list[list[tuple[str, Place]]] = []
    for text, place in field.lines:
        if found and (not _ADDRESS.fullmatch(text) or _GOES_ON.search(found[-1][-1][0])):
            found[-1].append((text, place))
        else:
            found.append([(text, place)])
    return [field._replace(text=lines[0][0], place=lines[0][1], lines=lines).joined() for lines in found]


_TITLES: Final = ("TI", "T1", "CT")
_ABSTRACTS: Final = ("AB", "N2")
_VENUES: Final = ("T2", "JF", "BT", "JO", "JA", "J1", "J2")
_NO_VENUE: Final = frozenset(["BOOK", "EBOOK", "EDBOOK", "THES", "RPRT"])
"""Types whose T2 is a series or a department."""

_AUTHORS: Final = frozenset(["AU", "A1"])
_DATES: Final = ("PY", "Y1", "DA")
_LINKS: Final = frozenset(["UR", "L1", "L2", "LK"])
_SIMPLE: Final = {"VL": "volume", "PB": "publisher", "LA": "language", "TY": "type"}
_ISSUES: Final = ("IS", "CP")
_DOI_PLACES: Final = frozenset(["M3", "L3", "N1"])
"""Where DOIs stood before 2011 gave them a tag."""

_NOTES: Final = frozenset(["N1", "M1", "AN", "C7", *_VENUES])
_PUBMED: Final = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
_PMCID: Final = re.compile(r"PMC[0-9]+")


def _paper(document: Document, ordinal: int, found: _Gathered) -> Iterator[Record | Problem]:
    """Yield the record that a file's record is, and what looks wrong in it."""
    line = found.line
    start = line.start + (line.text[:1] == "\ufeff")
    entry = Entry(document, ordinal, line.number, f"record {found.number}", start=start, end=found.end)
    if not found.closed:
        entry.warn("a record without ER", "end it with a line `ER  - `, if it is whole")
    fields = [field for given in found.fields for field in _whole(given) if field.text and field.tag != "ER"]
    if not any(field.tag != "TY" for field in fields):
        yield Problem(document.name, line.number, "a record that says nothing", "delete it", "warning")
        return
    by = {field.tag: field for field in reversed(fields)}
    type_ = by["TY"].text if "TY" in by else ""
    chosen = {
        "title": _first(by, _TITLES), "abstract": _first(by, _ABSTRACTS), "issue": _first(by, _ISSUES),
        "venue": _first(by, _VENUES[type_ in _NO_VENUE :]), "date": _best_date(by), "pages": by.get("SP"),
    }  # fmt: skip
    roles = {id(field): name for name, field in chosen.items() if field}
    owners = _owners(fields)
    for field in fields:
        if field.tag not in _LINKS:
            _add(entry, field, roles.get(id(field), ""), by, owners)
    for field in fields:
        if field.tag in _LINKS:
            _link(entry, field)
    yield from entry.rows()


def _first(by: Mapping[str, Tagged], tags: tuple[str, ...]) -> Tagged | None:
    """Return the first of some fields that there is."""
    return next((by[tag] for tag in tags if tag in by), None)


def _owners(fields: list[Tagged]) -> dict[int, int]:
    """Return to which author each address belongs, by the ids of fields: to the one above, or to the only one.

    Where all addresses stand below all authors, the file does not say.
    """
    authors = [rank for rank, field in enumerate(fields) if field.tag in _AUTHORS]
    places = [rank for rank, field in enumerate(fields) if field.tag == "AD"]
    mixed = bool(authors) and any(rank < authors[-1] for rank in places)
    found: dict[int, int] = {}
    for rank in places:
        above = bisect_left(authors, rank)
        if above and (mixed or len(authors) == 1):
            found[id(fields[rank])] = above - 1
    return found


def _add(entry: Entry, field: Tagged, role: str, by: Mapping[str, Tagged], owners: Mapping[int, int]) -> None:
    """Add what a field says."""
    text, place, tag = field.text, field.place, field.tag
    if role in {"title", "abstract"}:
        add_text(entry, role, text, place)
    elif role == "date":
        _add_date(entry, text, place, by)
    elif role == "pages":
        _add_pages(entry, field, by.get("EP"))
    elif role:
        put(entry, role, text, place)
    elif tag in _AUTHORS:
        _author(entry, text, place)
    elif tag == "KW":
        for keyword, where in field.each():
            for first, last in pieces(keyword, _SEMICOLON):
                put(entry, "keyword", keyword, where, first=first, last=last)
    elif tag == "AD":
        put(entry, "affiliation", text, place, of=owners.get(id(field)))
    elif tag == "DO" or (tag in _DOI_PLACES and "DO" not in by and identifier(text, "doi")):
        add_doi(entry, text, place)
    elif tag == "C2" and _PMCID.fullmatch(text):
        add_identifier(entry, "pmcid", text, place)
    elif tag == "AN" and text.isdigit() and any(_PUBMED.search(by[base].text) for base in ("DB", "DP") if base in by):
        add_identifier(entry, "pmid", text, place)
    elif tag != "EP" or not _is_last_page(by, field):
        put(entry, _SIMPLE.get(tag, "other"), text, place)
    if tag in _NOTES:
        add_named_arxiv(entry, text, place)


_SEMICOLON: Final = re.compile(";")
_ET_AL: Final = re.compile(r"(?:and\s+)?(?:et\.?\s+al\.?|others)", re.IGNORECASE)


def _author(entry: Entry, text: str, place: Place) -> None:
    """Add an author, `Last, First, Suffix`; a name that ends in a comma is a collective's, as EndNote has it."""
    if ";" in text:
        for name in text.split(";"):
            if name.strip():
                _author(entry, name.strip(), place._replace(start=None))
        return
    if _ET_AL.fullmatch(text):
        put(entry, "et_al", text, place)
        return
    parts = [part.strip() for part in text.split(",")]
    named = [part for part in parts if part]
    if len(named) < 2:
        before = len(text) - len(text.lstrip(", "))
        start = None if place.start is None else place.start + before
        add_author(entry, text.strip(", "), place._replace(start=start), group=len(parts) > 1)
    else:
        add_author(entry, in_order(named, suffix=2), place._replace(start=None))


_IN_PARTS: Final = re.compile(r"([0-9]{4})(?:[/-]([0-9]{0,2})(?:[/-]([0-9]{0,2}))?)?(?:/.*)?")


def _known_date(text: str) -> str | None:
    """Return the ISO date of `2024/03/05/Spring`, of which parts may be missing, or of one in words."""
    match = _IN_PARTS.fullmatch(text)
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
    given = _first(by, _DATES[:2])
    known = _known_date(given.text) if given else None
    whole = whole_date(known[:4], text) if known else None
    return whole if whole and len(whole) > 4 else None


_YEAR: Final = re.compile(r"[0-9]{4}(?=/)")


def _add_date(entry: Entry, text: str, place: Place, by: Mapping[str, Tagged]) -> None:
    value = _value(text, by)
    if value is None or (_YEAR.match(text) and _known_date(text) is None):
        entry.warn(f"no date: {text[:40]!r}", "write it as 2022/05/12/, 2022/05// or 2022", place.line)
    put(entry, "date", text, place, value)


def _is_last_page(by: Mapping[str, Tagged], field: Tagged) -> bool:
    """Tell whether a field is what `_add_pages` has added."""
    return by.get("EP") is field and "SP" in by and not _RANGE.search(by["SP"].text)


_RANGE: Final = re.compile(r"[-–]")


def _add_pages(entry: Entry, first: Tagged, last: Tagged | None) -> None:
    """Add the pages: the first, and the last behind a hyphen."""
    if last is None or last.text == first.text or _RANGE.search(first.text):
        put(entry, "pages", first.text, first.place)
    else:
        put(entry, "pages", f"{first.text}-{last.text}", first.place._replace(start=None))


_BETWEEN_LINKS: Final = re.compile(r"[;,]?\s+(?=https?:)|;(?=https?:)")


def _link(entry: Entry, field: Tagged) -> None:
    """Add the addresses of a field, which may be several."""
    for text, place in field.each():
        for first, last in pieces(text, _BETWEEN_LINKS):
            shown = text[first:last]
            start = None if place.start is None else place.start + first
            add_link(entry, shown, place._replace(start=start))
