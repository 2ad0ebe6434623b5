"""What the readers of XML formats share: elements become fields, with their path and line."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

from kg.ids import find_arxiv_ids, identifier
from kg.sources._dates import month_number, valid_date
from kg.sources._entry import Entry
from kg.sources._parts import line_of
from kg.sources._xml.stream import Located, children, local, text_of

_YEAR: Final = re.compile(r"[12][0-9]{3}")
_DAY: Final = re.compile(r"0?[1-9]|[12][0-9]|3[01]")
_LONGEST: Final = 100
"""A text that is longer is neither a date nor an ORCID iD, and is not remembered."""

_PRINTED_DOI: Final = re.compile(r"(?<![\w./])(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/)?(10\.[0-9]{4,9}/[^\s,;\]<>\"]+)", re.IGNORECASE)
_BARE_ORCID: Final = re.compile(r"(?:.*/)?([0-9]{4})-?([0-9]{4})-?([0-9]{4})-?([0-9]{3}[0-9Xx])")


def put(entry: Entry, name: str, found: Located, value: str | None = None, of: int | None = None) -> int | None:
    """Add the text inside an element as a field; return its position, None where there is no text."""
    return say(entry, found, name, (_said if name == "other" else text_of)(found.element), value, of)


def say(entry: Entry, found: Located, name: str, text: str | None, value: str | None = None, of: int | None = None) -> int | None:
    """Add a text as a field that stands where an element does; return its position, None where there is no text."""
    return entry.add(name, text, value, path=found.path, line=found.element.sourceline, of=of)


def _said(element: etree._Element) -> str:
    """Return the text inside an element; where it only holds others, a blank parts what they say."""
    if len(element) and not (element.text or "").strip():
        return " ".join(" ".join(element.itertext()).split())
    return text_of(element)


def put_rest(entry: Entry, found: Located) -> None:
    """Add an element that no field is made for: its text and its attributes."""
    put(entry, "other", found)
    put_attributes(entry, found)


def put_attributes(entry: Entry, found: Located, *known: str) -> None:
    """Add the attributes of an element but for those that are known."""
    path, element = found
    for name, text in element.items():
        if name not in known:
            entry.add("other", text, path=f"{path}/@{name.rpartition('}')[2]}", line=element.sourceline)


def put_identifier(entry: Entry, found: Located, scheme: str, text: str = "") -> None:
    """Add an identifier of the paper, and report one that is none; the same one once only.

    Args:
        entry: The record.
        found: Where it stands.
        scheme: See `kg.ids.identifier`.
        text: The identifier, where it is not the text of the element.
    """
    text = text or text_of(found.element)
    if not text:
        return
    line = found.element.sourceline
    value = identifier(text, scheme)
    if value is None:
        say(entry, found, "other", text)
        entry.warn(f"{text[:80]!r} is no {_CALLED.get(scheme, scheme)}", "correct it", line)
    else:
        entry.identify(text, value, path=found.path, line=line)


_CALLED: Final = {"doi": "DOI", "arxiv": "arXiv id", "pmid": "PMID", "pmcid": "PMCID", "acl": "id of the ACL Anthology", "dblp": "dblp key"}


def cited_id(text: str) -> str | None:
    """Return what tells a work that is cited as printed: the one DOI in the text, else the one arXiv id; None where there is none.

    >>> cited_id("Ada L (2020) Tea. doi:10.1000/tea.1."), cited_id("A. L., Tea, arXiv:1706.03762v2 [cs.CL]"), cited_id("Tea (1900)")
    ('doi:10.1000/tea.1', 'arxiv:1706.03762', None)
    """
    if "10." in text:
        pieces = [piece[: piece.rindex(")")] if piece.count(")") > piece.count("(") else piece for piece in _PRINTED_DOI.findall(text)]
        known = {value for piece in pieces if (value := identifier(piece, "doi"))}
        if known:
            return known.pop() if len(known) == 1 else None
    if "rxiv" in text.lower():
        numbers = {number for _, _, number in find_arxiv_ids(text)}
        return f"arxiv:{numbers.pop()}" if len(numbers) == 1 else None
    return None


def leaves(found: Located, holders: Collection[str]) -> Iterator[Located]:
    """Yield what is said inside an element: its children, and in the place of those that only hold others their children."""
    for part in children(found.element, found.path):
        if local(part.element) in holders and len(part.element):
            yield from leaves(part, holders)
        else:
            yield part


def put_orcid(entry: Entry, text: str, path: str, line: int, of: int) -> None:
    """Add the ORCID iD of an author, whose hyphens some publishers leave out; report a wrong one."""
    if value := _orcid(text) if len(text) < _LONGEST else None:
        entry.add("author_id", text, value, path=path, line=line, of=of)
    elif text.strip():
        entry.add("other", text, path=path, line=line)
        entry.warn(f"{text[:80]!r} is no ORCID iD", "correct it", line)


@lru_cache(maxsize=1 << 16)  # a file names the same people again and again
def _orcid(text: str) -> str | None:
    match = _BARE_ORCID.fullmatch(text.strip())
    return identifier("-".join(match.groups()), "orcid") if match else None


def put_ror(entry: Entry, text: str, path: str, line: int, of: int) -> None:
    """Add the ROR id of an affiliation, and report a wrong one."""
    if value := identifier(text, "ror"):
        entry.add("affiliation_id", text, value, path=path, line=line, of=of)
    elif text.strip():
        entry.add("other", text, path=path, line=line)
        entry.warn(f"{text[:80]!r} is no ROR id", "correct it", line)


def put_date(entry: Entry, parts: Located, year: str, month: str, day: str) -> None:
    """Add a date in its parts; report one that the calendar does not have."""
    text = " ".join(part for part in (day, month, year) if part)
    value = iso_date(year, month, day)
    entry.add("date", text, value, path=parts.path, line=parts.element.sourceline)
    if value is None and text:
        entry.warn(f"no date: {text[:40]}", "correct it", parts.element.sourceline)


def put_earliest(entry: Entry, dated: list[tuple[str, Located, str]]) -> None:
    """Add the earliest of some dates, each given as ISO date, place and text; the others are `other`."""
    dated.sort(key=lambda found: f"{found[0]}~")  # a month comes before the year that it is in: it says more
    for rank, (value, part, text) in enumerate(dated):
        entry.add("other" if rank else "date", text, None if rank else value, path=part.path, line=line_of(part.element, entry))


def iso_date(year: str, month: str = "", day: str = "") -> str | None:
    """Return a date as ISO 8601 writes it, as precise as it is; None if the calendar does not have it.

    Months may be named; of a span of months the first counts. A season is no month.

    >>> iso_date("2020", "Jul", "7"), iso_date("2020", "July 5-10"), iso_date("2020", "Winter"), iso_date("2021", "2", "29")
    ('2020-07-07', '2020-07', '2020', None)
    """
    return _iso_date(year.strip(), month.strip(), day.strip()) if len(year) + len(month) + len(day) < _LONGEST else None


def _iso_date(year: str, month: str, day: str) -> str | None:
    if not _YEAR.fullmatch(year):
        return None
    number = month_number(month)
    if number is None:
        return None if month.isdigit() else year
    return valid_date(year, str(number), day) if not day or _DAY.fullmatch(day) else None


def without_stop(title: str) -> str:
    """Return a title without the full stop that some databases end every title with.

    >>> without_stop("Deep Learning."), without_stop("Is it true?"), without_stop("And so on...")
    ('Deep Learning', 'Is it true?', 'And so on...')
    """
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def texts_in(element: etree._Element) -> dict[str, str]:
    """Return the text of each child by its name."""
    return {local(each): text_of(each) for each in element}


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of a name, in whatever namespace."""
    return next(element.iterchildren(f"{{*}}{name}"), None)
