r"""Reader of MEDLINE's tagged text: the `.nbib` files of PubMed, and what publishers call Medlars.

A record is a line for each piece of information: a tag of up to four characters, filled up with blanks to four, a hyphen,
a blank, the text (`FAU - Lovelace, Ada`); what is indented goes on with the line above. It begins with `PMID` and ends with
a blank line. The tags are those of https://www.nlm.nih.gov/bsd/mms/medlineelements.html.

What PubMed says both here and in XML becomes the same fields (see `pubmed`): MeSH headings are categories, their qualifiers
`other`; links to errata, retractions and comments are `other`, as are investigators and editors. Besides:

- `FAU` is an author. `AU` behind it is the same one in short, and `other`; without `FAU` it is the author, whose initials
  get their full stops. `CN` is a collective, in its place among the authors.
- `AD` and `AUID` belong to the author above them; an `AD` above all authors to the first one, as NLM had it until 2014.
- The date is `DP`, else `DEP`. The venue is `JT`, else `TA`; of a chapter the book (`BTI`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._citing import add_doi, add_link, add_text, dotted
from kg.sources._dates import valid_date
from kg.sources._entry import Entry, numbered
from kg.sources._library import Place, add_identifier, pieces, put
from kg.sources._parts import rows_of
from kg.sources._tagged import (
    Form,
    Gathered,
    Tagged,
    add_name,
    first_of,
    gathered,
)
from kg.sources._xml.fields import iso_date, put_orcid, without_stop

_TAG: Final = re.compile(r"\ufeff?(?=.{4}-(?:[ \t]|[\r\n]|\Z)|[0-9]{4} - )([A-Z][A-Z0-9]{1,3}|[0-9]{4}) *-")
_FIRST: Final = re.compile(r"\ufeff?\s*PMID- *[0-9]")
_TELLING: Final = re.compile(r"^(?:PMID|OWN |STAT|FAU |AUID|PHST|EDAT|CRDT|MHDA|DCOM)- \S", re.MULTILINE)
_RIS: Final = re.compile(r"^(?:TY|ER) {1,2}-", re.MULTILINE)
_FEW_LINES: Final = 20


def _begins(tag: str, above: Gathered | None, blank: bool) -> bool:  # noqa: ARG001
    """Tell whether a record begins: behind a blank line, or with a further PMID where that line is missing."""
    return above is None or (tag == "PMID" and tag in above.tags)


_FORM: Final = Form(_TAG, _begins, blank_ends=True)


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is MEDLINE's text: it begins with `PMID`, or with other lines of such a record.

    >>> sniff("PMID- 1\nTI  - On X", "a.nbib"), sniff("OWN - NLM\nFAU - Lovelace, Ada\n", "a.nbib"), sniff("TI  - X", "x")
    (1.0, 0.9, 0.0)
    """
    if _FIRST.match(head):
        return 1.0
    found = _TELLING.search(head)
    if found is None or _RIS.search(head) or head.lstrip("\ufeff \t\r\n")[:1] in {"<", "{", "["}:
        return 0.0
    above = [line for line in head[: found.start()].splitlines() if line.strip("\ufeff \t")]
    if all(_TAG.match(line) or line[:1].isspace() for line in above):
        return 0.9
    return 0.3 if len(above) < _FEW_LINES else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    return numbered(document, gathered(document, _FORM), _paper)


_TITLES: Final = ("TI", "TT", "BTI", "CTI")
_VENUES: Final = ("JT", "TA", "BTI", "CTI")
_DATES: Final = ("DP", "DEP")
_SIMPLE: Final = {"VI": "volume", "IP": "issue", "PG": "pages", "LA": "language", "PT": "type", "PB": "publisher"}
_LINKS: Final = frozenset(["4099", "4100", "URLF", "URLS"])
"""Medlars' addresses of a paper, and of its text."""

_KEYWORDS: Final = frozenset(["OT", "KW"])
"""Keywords as PubMed and ERIC, and as KoreaMed has them."""

_ONCE: Final = frozenset(["volume", "issue", "pages"])
_PEOPLE: Final = frozenset(["FAU", "AU", "CN", "AD", "AUID", "FED", "ED", "FIR", "IR"])
_AUTHORS: Final = frozenset(["FAU", "AU", "CN"])


def _paper(document: Document, ordinal: int, found: Gathered) -> Iterator[Record | Problem]:
    """Yield the record that a file's record is, and what looks wrong in it."""
    entry = found.entry(document, ordinal)
    fields = [given for field in found.fields if (given := field.joined()).text]
    by = {given.tag: given for given in reversed(fields)}
    title = first_of(by, _TITLES)
    venues = [by[tag] for tag in _VENUES if tag in by and by[tag] is not title]
    roles = {
        id(given): name
        for name, given in (("title", title), ("venue", next(iter(venues), None)), ("date", first_of(by, _DATES)), ("abstract", by.get("AB")))
        if given
    }  # fmt: skip
    people = _People(entry)
    told: set[str | None] = set()
    for given in fields:
        if given.tag in _PEOPLE:
            people.add(given)
        else:
            _add(entry, given, roles.get(id(given), ""), told)
    people.close()
    number = f"PMID {by['PMID'].text[:20]}" if "PMID" in by else f"record {found.number}"
    yield from rows_of(entry, number)


def _add(entry: Entry, given: Tagged, role: str, told: set[str | None]) -> None:
    """Add what a field says that is not about people; `told` are the DOIs that the record has."""
    tag, text, place = given.tag, given.text, given.place
    name = _SIMPLE.get(tag, "")
    if role == "title":
        add_text(entry, role, without_stop(text), place)
    elif role == "abstract":
        add_text(entry, role, text, place)
    elif role == "date":
        add_printed_date(entry, text, place)
    elif role or (name and not (name in _ONCE and entry.has(name))):
        put(entry, role or name, text, place)
    elif tag in _KEYWORDS:
        put(entry, "keyword", text, place, first=text.startswith("*"))
    elif tag == "MH":
        _add_heading(entry, text, place)
    elif tag == "PMID":
        add_identifier(entry, "pmid", text, place)
    elif tag == "PMC":
        add_identifier(entry, "pmcid", text, place)
    elif tag in _LINKS or (tag == "LID" and text.startswith("http")):
        add_link(entry, text.split()[0], place)
    elif tag in {"LID", "AID"}:
        _add_number(entry, text, place, told)
    else:
        put(entry, "other", text, place)


_DOI: Final = "[doi]"


def _add_number(entry: Entry, text: str, place: Place, told: set[str | None]) -> None:
    """Add an identifier that says of which kind it is: a DOI, the same one once only; those of publishers are `other`."""
    bare = text[: -len(_DOI)].rstrip() if text.lower().endswith(_DOI) else ""
    known = identifier(bare, "doi")
    if not bare or (known and known in told):
        put(entry, "other", text, place)
    else:
        told.add(known)
        add_doi(entry, bare, place)


def _add_heading(entry: Entry, text: str, place: Place) -> None:
    """Add a MeSH heading, and its qualifiers; a star only says that it matters."""
    for rank, (first, last) in enumerate(pieces(text, _SLASH)):
        put(entry, "other" if rank else "category", text, place, first=first + text.startswith("*", first), last=last)


_SLASH: Final = re.compile("/")
_DATE: Final = re.compile(r"([12][0-9]{3})\b(?:[\s/-]+([A-Za-z]{3,9}|[0-9]{1,2})\b(?:[\s/-]+([0-9]{1,2})\s*\Z)?)?")
_DIGITS: Final = re.compile(r"([12][0-9]{3})(?:([0-9]{2})([0-9]{2})|-00-00)")


def add_printed_date(entry: Entry, text: str, place: Place) -> None:
    """Add the date: `2021 Mar 3`, `1998 Dec-1999 Jan`, of which the first month counts, or `20210303`."""
    if match := _DIGITS.fullmatch(text):
        value = valid_date(match[1], match[2], match[3])
    elif match := _DATE.search(text):
        value = iso_date(match[1], match[2] or "", match[3] or "")
    else:
        value = None
    if value is None:
        entry.warn(f"no date: {text[:40]!r}", "write it as 2022 May 12, 2022 May or 2022", place.line)
    put(entry, "date", text, place, value)


_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|I{2,3}|IV|2nd|3rd|[4-9]th)", re.IGNORECASE)
_ORCID: Final = re.compile(r"ORCID\s*:?\s*", re.IGNORECASE)


@dataclass(slots=True)
class _People:
    """Adds the authors of a record, as their lines come.

    Attributes:
        entry: The record.
        owner: Position of the author that an address belongs to now; None where it is nobody's.
        early: Addresses above all authors.
        waiting: How many full names have not had their short one.
        others: Whether the last name was no author's.
    """

    entry: Entry
    owner: int | None = None
    early: list[Tagged] = field(default_factory=list)
    waiting: int = 0
    others: bool = False

    def add(self, given: Tagged) -> None:
        """Add a name, or an address or id of the one above."""
        tag, text, place = given.tag, given.text, given.place
        if tag == "AU" and self.waiting:
            self.waiting -= 1
            put(self.entry, "other", text, place)
        elif tag in _AUTHORS:
            self.owner = add_person(self.entry, tag, text, place)
            self.waiting += tag == "FAU"
            self.others = False
            if self.owner is not None:
                self.close()
        elif tag == "AD" and not self.others:
            if self.entry.has("author"):
                put(self.entry, "affiliation", text, place, of=self.owner)
            else:
                self.early.append(given)
        elif tag == "AUID" and self.owner is not None and not self.others and (mark := _ORCID.match(text)):
            put_orcid(self.entry, text[mark.end() :], place.path, place.line, self.owner)
        else:
            put(self.entry, "other", text, place)
            self.others = self.others or tag not in {"AD", "AUID"}

    def close(self) -> None:
        """Add the addresses that have waited for the first author."""
        for given in self.early:
            put(self.entry, "affiliation", given.text, given.place, of=self.owner)
        self.early.clear()


def add_person(entry: Entry, tag: str, text: str, place: Place) -> int | None:
    """Add an author: `Lovelace, Ada Jr` (FAU), `Lovelace AB Jr` (AU), or a collective (CN); return the position."""
    if tag == "CN":
        return add_name(entry, text, place, group=True)
    words = text.split()
    before = words[-2] if len(words) > 2 else ""
    may_end = before[-1:] != "," and (tag == "FAU" or dotted(before) != before)
    suffix = words.pop() if before and may_end and _SUFFIX.fullmatch(words[-1]) else ""
    bare = " ".join(words)
    if tag == "AU" and "," not in bare and len(words) > 1 and (given := dotted(words[-1])) != words[-1]:
        bare = f"{' '.join(words[:-1])}, {given}"
    return add_name(entry, bare, place if bare == text else place._replace(start=None), suffix=suffix)
