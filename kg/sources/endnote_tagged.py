r"""Reader of EndNote's tagged text (`.enw`): lines of a per cent sign, one character, a blank and the text.

The tags are those of Unix's `refer` (M. E. Lesk, 1978), to which EndNote added: `%0` is the type of reference and begins a
record, `%A` an author, `%T` the title. What has no tag goes on with the line above. Google Scholar, the ACM, the ACL
Anthology and many publishers export it. Without `%0`, as in `refer`, a blank line ends a record.

Policy: the venue is `%J`, else `%B`, else `%S`, but not where `%B` is the series of a book or the department of a thesis.
The date is `%D`, with the month or day of `%8`. `%R` is a DOI if it looks like one. Of several names in one `%A`
(`Lovelace, Ada; Babbage, C`) each is an author. Editors and all that EndNote keeps for itself are `other`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._citing import add_doi, add_links, add_named_arxiv, add_page_range, add_text, whole_date
from kg.sources._dates import printed_date
from kg.sources._entry import Entry, numbered
from kg.sources._library import add_identifier, put
from kg.sources._parts import rows_of
from kg.sources._tagged import (
    PMCID,
    PUBMED,
    Form,
    Gathered,
    Tagged,
    add_keywords,
    add_names,
    addresses,
    author_names,
    first_of,
    gathered,
)

_TAG: Final = re.compile(r"\ufeff?%([0-9A-Z@!#$&()*+<=>?\[\]^~{}|\\])(?:[ \t]|(?=[\r\n]|\Z))")
_FIRST: Final = re.compile(r"\ufeff?\s*%0 [^\r\n]*[\r\n]\s*%[0-9A-Z@!#$&()*+<=>?\[\]^~] ")
_REFER: Final = re.compile(r"\ufeff?\s*%[A-Z] \S")
_TITLE: Final = re.compile(r"^%T \S", re.MULTILINE)
_PEOPLE: Final = re.compile(r"^%[ADEJB] \S", re.MULTILINE)
_NEW: Final = frozenset(["A", "T"])


def _begins(tag: str, above: Gathered | None, blank: bool) -> bool:
    """Tell whether a record begins.

    Abstracts have blank lines in them, so that one ends a record with `%0` only if what follows is the beginning of another.
    Digital Commons writes `%0` below the title.
    """
    if above is None or (tag == "0" and (blank or tag in above.tags)):
        return True
    return blank and (above.fields[0].tag != "0" or (tag in _NEW and "T" in above.tags))


_FORM: Final = Form(_TAG, _begins)


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is EndNote's text: it begins with `%0`, or has a title and more, as `refer` has.

    >>> sniff("%0 Journal Article\n%T On X\n", "a.enw"), sniff("%A Lovelace\n%T On X\n", "x"), sniff("% A comment\n", "x.tex")
    (1.0, 0.9, 0.0)
    """
    if _FIRST.match(head):
        return 1.0
    return 0.9 if _REFER.match(head) and _TITLE.search(head) and _PEOPLE.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    return numbered(document, gathered(document, _FORM), _paper)


_VENUES: Final = ("J", "B", "S")
_NO_VENUE: Final = frozenset(["book", "edited book", "electronic book", "thesis", "report", "government document"])
"""Types whose `%B` is a series or a department."""

_SIMPLE: Final = {"0": "type", "V": "volume", "N": "issue", "I": "publisher", "G": "language"}
_LINKS: Final = frozenset(["U", ">"])
_NOTES: Final = frozenset(["J", "B", "Z", "1", "M", "O"])


def _paper(document: Document, ordinal: int, found: Gathered) -> Iterator[Record | Problem]:
    """Yield the record that a file's record is, and what looks wrong in it."""
    entry = found.entry(document, ordinal)
    add_fields(entry, found.fields)
    yield from rows_of(entry, f"record {found.number}")


def add_fields(entry: Entry, found: Iterable[Tagged]) -> None:
    """Add what the fields of a reference of EndNote say, by their tags of one character; of other tags the text is `other`."""
    fields = [given for field in found for given in _whole(field) if given.text]
    by = {given.tag: given for given in reversed(fields)}
    type_ = by["0"].text.casefold() if "0" in by else ""
    venue = first_of(by, _VENUES[: 1 if type_ in _NO_VENUE else 3])
    chosen = {"title": by.get("T"), "abstract": by.get("X"), "venue": venue}
    roles = {id(given): name for name, given in chosen.items() if given}
    dates = _add_date(entry, by)
    roles |= dict.fromkeys(map(id, dates), "date")
    people = [given for given in fields if given.tag == "A"]
    for given in people:
        add_names(entry, given.text, given.place)
    count = sum(len(author_names(given.text)) for given in people)
    for given in fields:
        if given.tag not in _LINKS:
            _add(entry, given, roles.get(id(given), ""), by, count)
    for given in fields:
        if given.tag in _LINKS:
            for line in given.each():
                add_links(entry, *line)


def _whole(field: Tagged) -> list[Tagged]:
    """Return a field with its lines joined, or one for each address."""
    return addresses(field) if field.tag == "+" else [field.joined()]


def _add(entry: Entry, given: Tagged, role: str, by: Mapping[str, Tagged], people: int) -> None:
    """Add what a field says, but for authors, date and links."""
    tag, text, place = given.tag, given.text, given.place
    if role in {"title", "abstract"}:
        add_text(entry, role, text, place)
    elif role and role != "date":
        put(entry, role, text, place)
    elif tag == "K":
        add_keywords(entry, given)
    elif tag == "+":
        put(entry, "affiliation", text, place, of=0 if people == 1 else None)
    elif tag == "R" and identifier(text, "doi"):
        add_doi(entry, text, place)
    elif tag == "2" and PMCID.fullmatch(text):
        add_identifier(entry, "pmcid", text, place)
    elif tag == "M" and text.isdigit() and any(PUBMED.search(by[base].text) for base in "~W" if base in by):
        add_identifier(entry, "pmid", text, place)
    elif tag == "P":
        add_page_range(entry, text, place)
    elif tag != "A" and role != "date":
        put(entry, _SIMPLE.get(tag, "other"), text, place)
    if tag in _NOTES:
        add_named_arxiv(entry, text, place)


def _add_date(entry: Entry, by: Mapping[str, Tagged]) -> tuple[Tagged, ...]:
    """Add the date: `%8` where it is a whole one of the year in `%D`, or both together, or one; return what was used."""
    year, day = by.get("D"), by.get("8")
    given = year or day
    if given is None:
        return ()
    value = printed_date(given.text)
    if year and day and value:
        if (whole := printed_date(day.text)) and whole.startswith(value):
            put(entry, "date", day.text, day.place, whole)
            return (day,)
        if (whole := whole_date(value[:4], day.text) or "").startswith(value) and len(whole) > len(value):
            put(entry, "date", f"{day.text} {year.text}", year.place._replace(start=None), whole)
            return year, day
    if value is None:
        entry.warn(f"no date: {given.text[:40]!r}", "write the year into %D", given.place.line)
    put(entry, "date", given.text, given.place, value)
    return (given,)
