"""What BibTeX and RIS files share: names whose parts are known, dates in pieces, and addresses of a paper's copies.

These are the two formats of citation export; Zotero's and CSL's JSON say the same with types (see `_library`).
"""

import html
import re
from collections.abc import Sequence
from typing import Final

from kg.ids import OLD_ARCHIVES, arxiv_id, find_arxiv_ids, identifier
from kg.names import is_collective, is_group
from kg.sources._dates import printed_date, valid_date
from kg.sources._entry import Entry
from kg.sources._library import Place, add_arxiv, add_told_identifier, add_url, is_misgiven, pieces, put
from kg.sources._markup import plain

_SUFFIX: Final = re.compile(r"(?:jr|sr|junior|senior|ii|iii)\.?", re.IGNORECASE)
_LETTERS: Final = re.compile(r"[^\W\d_]{1,4}")
_HOMONYM: Final = re.compile(r"\s[0-9]{4}\Z")
_PAGE_WORD: Final = re.compile(r"(?:pp?|pages?)(?:[.:]\s*|\s+)(?=\S)", re.IGNORECASE)
_PAGE: Final = re.compile(r"[0-9]|\b[ivxlc]+\b", re.IGNORECASE)
_NO_PAGES: Final = re.compile(r"arxiv:|10\.[0-9]{4,9}/", re.IGNORECASE)
"""How an identifier begins that stands where pages should, as with NASA's ADS."""

_ADDRESS: Final = re.compile(r"(?:https?|ftp)://\S|www\.\w", re.IGNORECASE)
_CORPUS: Final = re.compile(r"corpusid:[0-9]+\Z", re.IGNORECASE)
_NOT_IN_ADDRESS: Final = re.compile(r"\s")
_DIGITS: Final = re.compile(r"[0-9]{1,2}")


def in_order(parts: Sequence[str], suffix: int) -> str:
    """Return a name in natural order: first names, surname with its particles, suffix.

    Web of Science takes an initial V or I for a suffix (`Kovalev, G., V`), which it is far more seldom.

    Args:
        parts: What stands between its commas, the surname first.
        suffix: Which of three parts the suffix is where it does not look like one: 1 in BibTeX, 2 in RIS.

    >>> in_order(["de la Cruz", "María"], 1), in_order(["King", "Jr.", "Martin Luther"], 1), in_order(["Ada Lovelace"], 1)
    ('María de la Cruz', 'Martin Luther King Jr.', 'Ada Lovelace')
    >>> in_order(["Lovelace", "AB"], 1), in_order(["Silva", "JR"], 2), in_order(["LI", "BO"], 2)
    ('A. B. Lovelace', 'J. R. Silva', 'BO LI')
    >>> in_order(["Kovalev", "G.", "V"], 2)
    'G. V. Kovalev'
    """
    last, *others = parts
    if len(parts) == 3 and parts[2] in {"I", "V"}:
        others = [f"{parts[1]} {parts[2]}."]
    told = [part for part in others if _SUFFIX.fullmatch(part) and parts[1:] not in (["JR"], ["SR"])]
    if not told and len(others) > 1:
        told = [parts[suffix]]
    given = [part for part in others if part not in told]
    if not last.isupper() and not is_group(last):  # in a name all in capitals, nobody knows what is an initial; the CMS Collaboration has none
        given = [dotted(part) if len(part) > 1 else part for part in given]
    return " ".join(part for part in (*given, last, *told) if part)


def dotted(text: str) -> str:
    """Return initials that are written without full stops and blanks with them, anything else as it is.

    >>> dotted("AB"), dotted("Ada"), dotted("A. B.")
    ('A. B.', 'Ada', 'A. B.')
    """
    return " ".join(f"{letter}." for letter in text) if _LETTERS.fullmatch(text) and text.isupper() else text


def add_author(entry: Entry, text: str, place: Place, *, group: bool = False) -> int | None:
    """Add an author, given in natural order, and return the position; dblp's number of a namesake becomes an id."""
    number = _HOMONYM.search(text)
    kind = "group" if group or is_collective(text) else "person"
    position = put(entry, "author", text, place, kind, last=number.start() if number else None)
    if number and position is not None:
        entry.add("author_id", text, path=place.path, line=place.line, of=position)
    return position


def add_text(entry: Entry, name: str, text: str, place: Place) -> None:
    """Add a title or abstract; publishers leave HTML in them, Web of Science with a blank in its entities (`Schr & ouml;dinger`)."""
    shown = plain(_BROKEN.sub(_mended, text)) if "<" in text or "&" in text else text
    put(entry, name, shown, place if shown == text else place._replace(start=None))


_BROKEN: Final = re.compile(r"(\s?)& ([A-Za-z]{2,24};)")


def _mended(match: re.Match[str]) -> str:
    """Return an entity without the blank in it; an accented letter is part of the word before it."""
    letter = html.unescape(f"&{match[2]}")
    return letter if len(letter) == 1 and letter.isalpha() and letter < "\u0370" else f"{match[1]}&{match[2]}"


def add_page_range(entry: Entry, text: str, place: Place) -> None:
    """Add pages without the word before them (`pp. 1-9`); what numbers none (`No Pagination Specified`), or an identifier, is `other`."""
    word = _PAGE_WORD.match(text)
    is_range = _PAGE.search(text) and not _NO_PAGES.match(text)
    put(entry, "pages" if is_range else "other", text, place, first=word.end() if word and is_range else 0)


def add_link(entry: Entry, text: str, place: Place) -> None:
    """Add an address and what it identifies; one that no browser should follow (a file, a script) is kept as `other`."""
    if not _ADDRESS.match(text):
        put(entry, "other", text, place)
        return
    if corpus := _CORPUS.search(text):
        put(entry, "url", text, place)
        add_told_identifier(entry, text, place, first=corpus.start())
        return
    bare = _NOT_IN_ADDRESS.sub("", text)
    if bare != text:
        put(entry, "url", text, place, bare)
    else:
        add_url(entry, text, place)


_BETWEEN_LINKS: Final = re.compile(r"(?:[;,]|\s+and)?\s+(?=https?:)|;(?=https?:)")


def add_links(entry: Entry, text: str, place: Place) -> None:
    """Add the addresses in a text, which may be several; comes behind all identifiers."""
    for first, last in pieces(text, _BETWEEN_LINKS):
        start = None if place.start is None else place.start + first
        add_link(entry, text[first:last], place._replace(start=start))


def add_doi(entry: Entry, text: str, place: Place) -> None:
    """Add a DOI, or several; what is none is kept as `other`, with a warning. arXiv's own DOIs tell its id."""
    parts = text.split()
    for piece in parts if len(parts) > 1 and all("10." in part for part in parts) else [text]:
        where = place if piece == text else place._replace(start=None)
        if is_misgiven(entry, piece, where):
            continue
        known = identifier(piece, "doi")
        if known is None:
            entry.warn(f"no DOI: {piece[:60]!r}", "correct it, or leave it out", place.line)
            put(entry, "other", piece, where)
        elif not known.startswith("arxiv:"):
            put(entry, "identifier", piece, where, known)
        elif entry.has("arxiv_id") or not add_arxiv(entry, piece, where):
            put(entry, "other", piece, where)


_CITED_DOI: Final = re.compile(r"(?:\bDOI:?\s*\[?|(?=https?:))(?:https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/[^\s,\]]+)", re.IGNORECASE)
_CITED_ARXIV: Final = re.compile(r"\bARXIV([0-9]{4})([0-9]{4,5})(?![0-9])")


def add_cited(entry: Entry, text: str, place: Place) -> None:
    """Add a cited work as Web of Science and Scopus print it, with the DOI behind the word (`V1, P1, DOI 10.1000/x`) or as address.

    Without one an arXiv id tells it: `arXiv preprint arXiv:1706.03762`, which Web of Science also writes as `ARXIV170603762`.
    """
    found = _CITED_DOI.search(text)
    known = identifier(found[1], "doi") if found else None
    if known is None and "arxiv" in text.lower():
        printed = _CITED_ARXIV.search(text)
        number = f"{printed[1]}.{printed[2]}" if printed else next((name for _, _, name in find_arxiv_ids(text)), "")
        known = identifier(number, "arxiv")
    put(entry, "reference", text, place, known)


_UNNAMED: Final = re.compile(rf"(?:(?:submitted|preprint|e-?print|in press|to appear)[\s,;:]*)?((?:{'|'.join(sorted(OLD_ARCHIVES))})(?:\.[A-Z]{{2}})?/[0-9]{{7}}(?:v[0-9]+)?)(?![0-9])", re.IGNORECASE)
"""An old id of arXiv's, which its archive tells: `hep-th/9901001`."""

_NAMED: Final = re.compile(r"(?:arxiv(?:\s+(?:preprint|e-prints?))?[\s:,]*)+(?:abs/)?([a-z.-]*/?[0-9.]+(?:v[0-9]+)?)", re.IGNORECASE)


def add_named_arxiv(entry: Entry, text: str, place: Place) -> None:
    """Add the arXiv id that a venue, volume or note gives (`arXiv preprint arXiv:1706.03762`), unless one is known."""
    if entry.has("arxiv_id"):
        return
    match = _NAMED.match(text) or _UNNAMED.match(text) or re.match(r"abs/(\S+)", text)
    if match and arxiv_id(match[1]):
        add_arxiv(entry, text, place, first=match.start(1), last=match.end(1))


def whole_date(year: str, month: str, day: str = "") -> str | None:
    """Return the ISO date that year, month and day make, as precise as it is possible; None without a year.

    >>> whole_date("2020", "March", ""), whole_date("2020", "7", "12"), whole_date("2020", "13"), whole_date("soon", "1")
    ('2020-03', '2020-07-12', '2020', None)
    """
    known = printed_date(year)
    if known is None or len(known) != 4 or not month:
        return known
    if _DIGITS.fullmatch(month):
        days = day if _DIGITS.fullmatch(day) else ""
        return valid_date(known, month, days) or valid_date(known, month) or known
    return printed_date(f"{day} {month} {known}") or printed_date(f"{month} {known}") or known
