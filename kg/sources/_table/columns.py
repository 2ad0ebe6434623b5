"""What becomes of the cells of a table of papers, each in a column whose name tells what it is; see `csv_table`."""

import re
from typing import Final

from kg.ids import arxiv_id, identifier
from kg.sources._citing import add_named_arxiv, whole_date
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._library import (
    add_arxiv,
    add_date,
    add_identifier,
    add_note,
    add_told_identifier,
    add_url,
    pieces,
    put,
)
from kg.sources._markup import plain
from kg.sources._own_id import listed_ids, own_id
from kg.sources._provider_json import arxiv_number
from kg.sources._table.cells import SEMICOLON, Cell, Table, take
from kg.sources._table.citations import add_bibtex, add_citation
from kg.sources._table.people import add_people
from kg.sources._text.names import Span, literal

_SCHEMES: Final = ("arxiv", "doi", "pmid", "pmcid", "openalex", "s2", "dblp", "acl", "openreview")
"""Fields that are identifiers of one scheme."""

_COMMA: Final = re.compile(r",")
_BLANK: Final = re.compile(r"[\s|]+")
_DOI_IN: Final = re.compile(r"doi(?:\.org/|:?\s*\[?)(10\.[0-9]{4,9}/[^\s,;\]]+)", re.IGNORECASE)
_ARXIV_CATEGORIES: Final = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?(?:\s+[a-z-]+\.[A-Za-z-]+)*")


def fill(entry: Entry, table: Table, cells: dict[int, Cell]) -> None:
    """Add all that the cells of a row say."""
    title = ""
    for cell in take(cells, table, "title"):
        title = cell.text
        _text(entry, "title", cell)
    add_people(entry, table, cells)
    for cell in take(cells, table, "abstract"):
        _text(entry, "other" if cell.text.strip().lower() == "[no abstract available]" else "abstract", cell)
    _dates(entry, table, cells)
    for scheme in _SCHEMES:
        for cell in take(cells, table, scheme):
            if scheme == "doi" and "://" in cell.text and not identifier(cell.text, "doi"):
                _urls(entry, cell)  # the address of the paper elsewhere
            elif not (scheme == "arxiv" and (add_arxiv(entry, cell.text, cell.place) or _add_number(entry, cell))):
                add_identifier(entry, scheme, cell.text, cell.place)
    for cell in take(cells, table, "identifier"):
        if not (add_told_identifier(entry, cell.text, cell.place) or (not _OF_ARXIV.isdisjoint(table.keys) and _add_number(entry, cell))):
            _own_id(entry, cell)
    for cell in take(cells, table, "own_id"):
        _own_id(entry, cell)
    for cell in take(cells, table, "venue"):
        _text(entry, "venue" if cell.text.strip() != "0" else "other", cell)
        if entry.has("venue"):
            add_named_arxiv(entry, cell.text, cell.place)
    for name in ("volume", "issue", "publisher", "type", "language", "version", "comment"):
        for cell in take(cells, table, name):
            put(entry, name if cell.text.strip() not in _ZERO else "other", cell.text, cell.place, last=_end(cell.text))
    _pages(entry, table, cells)
    for name in ("category", "keyword"):
        for cell in take(cells, table, name):
            _listed(entry, name, cell)
    for cell in take(cells, table, "extra"):
        add_note(entry, cell.text, cell.place)
    for cell in take(cells, table, "reference"):
        _references(entry, cell, numbered=table.numbered)
    for cell in take(cells, table, "url"):
        _urls(entry, cell)
    for cell in take(cells, table, "citation"):
        add_citation(entry, cell.text, cell.place)
    for cell in cells.values():
        if cell.key == "externalids":
            _external_ids(entry, cell)
        if cell.key == "bibtex":
            add_bibtex(entry, cell.text, cell.place, title)
        put(entry, "other", cell.text, cell.place)


_OF_ARXIV: Final = frozenset({"authorsparsed", "submitter"})
"""Columns that only arXiv's own records have."""

_NUMBER: Final = re.compile(r"\s*[0-9]{3,4}\.[0-9]{1,5}\s*")


def _add_number(entry: Entry, cell: Cell) -> bool:
    """Add the arXiv id that pandas or Excel took for a number; tell whether it is one."""
    known = arxiv_id(arxiv_number(float(cell.text))) if _NUMBER.fullmatch(cell.text) else None
    return known is not None and put(entry, "arxiv_id", cell.text, cell.place, known) is not None


_EXCEL: Final = re.compile(r"[0-9]{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-[0-9]{2}")
"""What Excel makes of the pages 1-7, or of 12-21."""

_LOST_DASH: Final = re.compile(r"(?<=[0-9])\?(?=[0-9])")
"""What becomes of a dash where a program writes it in an encoding that has none."""

_ZERO: Final = frozenset(["0", "0.0"])
_FLOAT: Final = re.compile(r"\s*[0-9]+(?=\.0\s*\Z)")


def _end(text: str) -> int:
    """Return where the text of a cell ends: a whole number that pandas made a float, `12.0`, is that number."""
    number = _FLOAT.match(text)
    return number.end() if number else len(text)


_EXTERNAL: Final = re.compile(r"['\"](?P<scheme>DOI|ArXiv|PubMed|PubMedCentral|ACL|DBLP|CorpusId)['\"]\s*:\s*['\"]?(?P<number>[^'\"},\s]+)")
_EXTERNAL_SCHEMES: Final = {"DOI": "doi", "ArXiv": "arxiv", "PubMed": "pmid", "PubMedCentral": "pmcid", "ACL": "acl", "DBLP": "dblp", "CorpusId": "s2"}


def _external_ids(entry: Entry, cell: Cell) -> None:
    """Add the identifiers in a cell of Semantic Scholar's, which pandas writes as Python does."""
    told = {"doi": entry.has("identifier"), "arxiv": entry.has("arxiv_id")}
    for match in _EXTERNAL.finditer(cell.text):
        scheme = _EXTERNAL_SCHEMES[match["scheme"]]
        if not told.get(scheme):
            add_identifier(entry, scheme, cell.text, cell.place, first=match.start("number"), last=match.end("number"))


def _text(entry: Entry, name: str, cell: Cell) -> None:
    """Add a title, abstract or venue, without the markup that some exports leave in it."""
    text = plain(cell.text).replace(r"\&", "&")
    text = text.removeprefix("; ") if name == "abstract" else text  # what parts the paragraphs of Lens
    if text == cell.text.strip():
        put(entry, name, cell.text, cell.place)
    else:
        entry.add(name, text, path=cell.place.path, line=cell.place.line)


def _dates(entry: Entry, table: Table, cells: dict[int, Cell]) -> None:
    """Add the date from the column that tells one; a month, or month and day without year (`MAY 12`), are joined with the year.

    A date of another year than the year is that of something else: of printing ahead, or a year that a spreadsheet made up.
    """
    years = {known[:4] for rank in table.roles.get("year", ()) if rank in cells and (known := printed_date(cells[rank].text))}
    dates = {rank: printed_date(cells[rank].text) for rank in table.roles.get("date", ()) if rank in cells}
    for rank, known in dates.items():
        if known and (not years or known[:4] in years):
            cell = cells.pop(rank)
            return add_date(entry, cell.text, cell.place)
    for year in take(cells, table, "year"):
        for rank in (rank for rank, known in dates.items() if not known):
            both = f"{cells[rank].text.strip()} {year.text.strip()}"
            if (known := printed_date(both)) and "-" in known:
                entry.add("date", both, known, path=cells.pop(rank).place.path, line=year.place.line)
                return None
        for month in take(cells, table, "month"):
            put(entry, "other", month.text, month.place)
            if known := whole_date(year.text, month.text.strip()):
                put(entry, "date", year.text, year.place, known)
                return None
        return add_date(entry, year.text, year.place)
    for early in take(cells, table, "early"):
        return add_date(entry, early.text, early.place)
    if dates:
        cell = cells.pop(next(iter(dates)))
        add_date(entry, cell.text, cell.place)
    return None


def _pages(entry: Entry, table: Table, cells: dict[int, Cell]) -> None:
    """Add the pages, from one column or from two; the number of an article without pages counts as them."""
    if pages := take(cells, table, "pages"):
        for cell in pages:
            if _LOST_DASH.search(cell.text):
                entry.add("pages", _LOST_DASH.sub("-", cell.text), path=cell.place.path, line=cell.place.line)
                continue
            put(entry, "other" if _EXCEL.fullmatch(cell.text.strip()) else "pages", cell.text, cell.place, last=_end(cell.text))
    ends = () if pages else [*take(cells, table, "first_page"), *take(cells, table, "last_page")]
    numbers = [end.text[: _end(end.text)].strip() for end in ends]
    if len(ends) > 1 and numbers[0] != numbers[1]:
        entry.add("pages", "-".join(numbers), path=ends[0].place.path, line=ends[0].place.line)
    elif ends:
        put(entry, "pages" if numbers[0] != "0" else "other", ends[0].text, ends[0].place, last=_end(ends[0].text))
    for cell in take(cells, table, "article_number"):
        put(entry, "other" if entry.has("pages") else "pages", cell.text, cell.place, last=_end(cell.text))


_SEMICOLONS_ONLY: Final = frozenset([
    "woscategories", "researchareas", "manualtags", "automatictags", "authorkeywords", "fieldsofresearchanzsrc2020",
])  # fmt: skip
"""Columns whose entries may have a comma in them."""


def _listed(entry: Entry, name: str, cell: Cell) -> None:
    """Add categories or keywords, which `;` or `|` separates, else commas; arXiv writes its categories with blanks."""
    if cell.text.strip() == "[]":
        put(entry, "other", cell.text, cell.place)
        return
    separator = SEMICOLON
    if name == "category" and _ARXIV_CATEGORIES.fullmatch(cell.text.strip()) and "." in cell.text:
        separator = _BLANK
    elif not SEMICOLON.search(cell.text) and cell.key not in _SEMICOLONS_ONLY:
        separator = _COMMA
    for first, last in literal(cell.text) or pieces(cell.text, separator):
        put(entry, name, cell.text, cell.place, first=first, last=last)


_COUNT: Final = re.compile(r"[0-9]+(?:\.0)?|[0-9]{1,3}(?:,[0-9]{3})+")
"""How many works a paper cites, or how often it is cited, where a column has no more of them."""

_BRACKETS: Final = re.compile(r"(?<=\])\s*;\s*(?=\[)")
_DOI_AMONG: Final = re.compile(r"\|\s*(10\.[0-9]{4,9}/[^|\]]+)")
"""What separates works that Dimensions has in brackets, and their DOI: `[Jar, D||Jars|J. Jars|2018|3||4-5|10.1000/1|pub.1|2]`."""


def _references(entry: Entry, cell: Cell, *, numbered: bool) -> None:
    """Add the works that a paper cites, with the identifier that stands in each, or by their ids in the source."""
    if not numbered and _COUNT.fullmatch(cell.text.strip()):
        put(entry, "other", cell.text, cell.place)
        return
    listed = cell.text.startswith("[") and "|" in cell.text
    ids = listed_ids(cell.text)
    for first, last in ids or pieces(cell.text, _BRACKETS if listed else SEMICOLON):
        text = cell.text[first:last].strip()
        doi = (_DOI_AMONG if listed else _DOI_IN).search(text)
        known = identifier(doi[1] if doi else text)
        own = own_id(text) if ids and known is None else None
        if own:
            put(entry, "cited_own_id", cell.text, cell.place, own[1], first=first, last=first + _end(text))
        else:
            put(entry, "reference", cell.text, cell.place, known, first=first, last=last)


def _own_id(entry: Entry, cell: Cell) -> None:
    """Add the id that a paper has in its source only."""
    own = own_id(cell.text)
    put(entry, "own_id" if own else "other", cell.text, cell.place, own and own[1], last=_end(cell.text))


def _urls(entry: Entry, cell: Cell) -> None:
    """Add the addresses in a cell; what is none is `other`."""
    if cell.text.startswith("<"):  # HTML, or `<Go to ISI>://WOS:000012345600001`
        if address := _ADDRESS.search(cell.text):
            add_url(entry, cell.text, cell.place, first=address.start(), last=address.end())
        else:
            put(entry, "other", cell.text, cell.place)
        return
    for first, last in literal(cell.text) or (_unlabelled(cell.text, *span) for span in pieces(cell.text, _BLANK)):
        if "://" in cell.text[first:last] or cell.text.startswith("www.", first):
            add_url(entry, cell.text, cell.place, first=first, last=last)
        elif first < last and not add_told_identifier(entry, cell.text, cell.place, first=first, last=last):
            put(entry, "other", cell.text, cell.place, first=first, last=last)


_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>]+")
_LABEL: Final = re.compile(r"[A-Za-z]{2,12}:(?=https?://)")


def _unlabelled(text: str, first: int, last: int) -> Span:
    """Return an address without what Europe PMC's lists have around it: `pdf:https://...;`."""
    label = _LABEL.match(text, first, last)
    return label.end() if label else first, first + len(text[first:last].rstrip(";,"))
