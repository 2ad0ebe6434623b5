"""What becomes of the cells of a table of papers, each in a column whose name tells what it is; see `csv_table`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.names import is_group
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._latex import decode
from kg.sources._library import (
    Place,
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
from kg.sources._names_split import LONGEST_NAME, Span, literal, natural, split_names
from kg.sources._placed import Placed, placed_people
from kg.sources._wos_people import People, places
from kg.text import fold

_SCHEMES: Final = ("arxiv", "doi", "pmid", "pmcid", "openalex", "s2", "dblp", "acl", "openreview")
"""Fields that are identifiers of one scheme."""


SAYS_NOTHING: Final = frozenset({"nan", "none", "null", "n/a", "na", "nil", "not available", "#n/a"})
"""What programs and people write into a cell that says nothing."""

_SEMICOLON: Final = re.compile(r"[;|\r\n]")
_COMMA: Final = re.compile(r",")
_PIPE: Final = re.compile(r"\|")
_BLANK: Final = re.compile(r"[\s|]+")
_DOI_IN: Final = re.compile(r"doi(?:\.org/|:?\s*\[?)(10\.[0-9]{4,9}/[^\s,;\]]+)", re.IGNORECASE)
_ARXIV_CATEGORIES: Final = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?(?:\s+[a-z-]+\.[A-Za-z-]+)*")


class Cell(NamedTuple):
    """A cell that says something, where it stands, and what its column is called in letters and digits only."""

    text: str
    place: Place
    key: str


@dataclass(frozen=True)
class Table:
    """What the columns of a table are.

    Attributes:
        names: Their names, as the header has them.
        keys: Their names in letters and digits only.
        roles: Of each field the ranks of its columns, the one that counts first.
        each: The fields that all their columns count for; of others the first that says something.
        labels: How the path of a cell of each column ends.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    roles: Mapping[str, tuple[int, ...]]
    each: frozenset[str]
    labels: tuple[str, ...]


_OBJECT: Final = re.compile(r"\{\s*['\"]\w+['\"]\s*:")
"""How an object begins that pandas wrote into a cell."""

_NO_CELLS: Final[Sequence[Cell]] = ()


def _take(cells: dict[int, Cell], table: Table, role: str) -> Sequence[Cell]:
    """Take out the cells that count for a field; what says that there is nothing stays."""
    known = table.roles.get(role)
    if known is None:
        return _NO_CELLS
    ranks = [rank for rank in known if rank in cells and cells[rank].text.strip().lower() not in SAYS_NOTHING and not (role == "venue" and _OBJECT.match(cells[rank].text))]
    several = role in table.each or (role == "author" and len({table.keys[rank] for rank in ranks}) == 1)
    return [cells.pop(rank) for rank in (ranks if several else ranks[:1])]


def fill(entry: Entry, table: Table, cells: dict[int, Cell]) -> None:
    """Add all that the cells of a row say."""
    for cell in _take(cells, table, "title"):
        _text(entry, "title", cell)
    people = _authors(entry, table, cells)
    _places(entry, table, cells, people)
    _author_ids(entry, table, cells, people)
    for cell in _take(cells, table, "abstract"):
        _text(entry, "other" if cell.text.strip().lower() == "[no abstract available]" else "abstract", cell)
    _dates(entry, table, cells)
    for scheme in _SCHEMES:
        for cell in _take(cells, table, scheme):
            if not (scheme == "arxiv" and add_arxiv(entry, cell.text, cell.place)):
                add_identifier(entry, scheme, cell.text, cell.place)
    for cell in _take(cells, table, "identifier"):
        if not add_told_identifier(entry, cell.text, cell.place):
            put(entry, "other", cell.text, cell.place)
    for name in ("venue", "volume", "issue", "publisher", "type", "language", "version", "comment"):
        for cell in _take(cells, table, name):
            put(entry, name if cell.text.strip() != "0" else "other", cell.text, cell.place)
    _pages(entry, table, cells)
    for name in ("category", "keyword"):
        for cell in _take(cells, table, name):
            _listed(entry, name, cell)
    for cell in _take(cells, table, "extra"):
        add_note(entry, cell.text, cell.place)
    for cell in _take(cells, table, "reference"):
        _references(entry, cell)
    for cell in _take(cells, table, "url"):
        _urls(entry, cell)
    for cell in cells.values():
        if cell.key == "externalids":
            _external_ids(entry, cell)
        put(entry, "other", cell.text, cell.place)


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
    """Add a title or abstract, without the markup that some exports leave in it."""
    text = plain(cell.text)
    if text == cell.text.strip():
        put(entry, name, cell.text, cell.place)
    else:
        entry.add(name, text, path=cell.place.path, line=cell.place.line)


class _Slot(NamedTuple):
    """An author: position in the record, name in natural order, and as printed."""

    position: int
    name: str
    printed: str


def _authors(entry: Entry, table: Table, cells: dict[int, Cell]) -> list[_Slot]:
    """Add the authors, and that there are more."""
    people: list[_Slot] = []
    for role in ("author", "group"):
        for cell in _take(cells, table, role):
            cell = _bare(cell, table)  # noqa: PLW2901 - the same cell without markup
            if placed := placed_people(cell.text, 0, len(cell.text)):
                people += _placed(entry, cell, placed)
                continue
            names = split_names(cell.text)
            for person in names.people:
                printed = cell.text[person.first : person.last]
                group = "group" if person.group or role == "group" else None
                if person.name == printed:
                    position = put(entry, "author", cell.text, cell.place, group, first=person.first, last=person.last)
                else:
                    line = cell.place.line_at(cell.text, person.first)
                    position = entry.add("author", person.name, group, path=cell.place.path, line=line)
                if position is not None:
                    people.append(_Slot(position, person.name, printed))
            if names.et_al:
                put(entry, "et_al", cell.text, cell.place, first=names.et_al[0], last=names.et_al[1])
            elif not names.people:
                put(entry, "other", cell.text, cell.place)
    return people


def _placed(entry: Entry, cell: Cell, placed: Placed) -> Iterator[_Slot]:
    """Add authors with the places that stand in parentheses behind their names."""
    slots: list[_Slot] = []
    for first, last in placed.people.names:
        printed = cell.text[first:last]
        name = natural(printed)
        if name == printed:
            position = put(entry, "author", cell.text, cell.place, "group" if is_group(name) else None, first=first, last=last)
        else:
            position = entry.add("author", name, path=cell.place.path, line=cell.place.line_at(cell.text, first))
        slots.append(_Slot(position if position is not None else -1, name, printed))
    for rank, (first, last) in placed.places:
        put(entry, "affiliation", cell.text, cell.place, first=first, last=last, of=slots[rank].position)
    if placed.people.et_al:
        put(entry, "et_al", cell.text, cell.place, first=placed.people.et_al[0], last=placed.people.et_al[1])
    yield from slots


_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ.])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLa)(?<!\bLe)(?<!\bVan)(?=[A-ZÀ-Þ][^\s.]*\.?(?:\s|-))")
"""Where SpringerLink's tables leave the separator between two names out: `Mae JemisonWei Wang`."""


def _bare(cell: Cell, table: Table) -> Cell:
    """Return a cell of authors without tags and entities, and with a separator where SpringerLink has none."""
    text = plain(cell.text) if _MARKUP.search(cell.text) else cell.text
    text = decode(text) if _LATEX.search(text) else text
    if {"itemtitle", "itemdoi"} <= set(table.keys):
        text = _GLUED.sub("; ", text)
    return cell if text == cell.text else Cell(text, Place(cell.place.path, cell.place.line), cell.key)


_LATEX: Final = re.compile(r"\\[\"'`^~=.]\{?\\?[A-Za-z]|\\[uvHckrbdt]\{|\\(?:ss|aa|ae|oe|o|l|i)\b|\{\\")
"""An accent as TeX has it, which arXiv's metadata have in names."""

_MARKUP: Final = re.compile(r"<[a-z/]|&#?\w+;")
_Placed = tuple[int | None, int, int]
"""An affiliation: position of its author, where it begins in the cell, where it ends."""


def _places(entry: Entry, table: Table, cells: dict[int, Cell], people: Sequence[_Slot]) -> None:
    """Add the affiliations from the column that tells most, and their identifiers."""
    owners = 0
    for cell in _take(cells, table, "affiliation"):
        form = _FORMS.get(cell.key)
        placed = form(cell.text, people) if form else None
        for of, first, last in placed or _any_places(cell, people):
            added = put(entry, "affiliation", cell.text, cell.place, first=first, last=last, of=of)
            owners += added is not None
    for cell in _take(cells, table, "affiliation_id"):
        spans = _spans(cell.text)
        for rank, (first, last) in enumerate(spans):
            known = identifier(cell.text[first:last])
            if known and known.startswith(("ror:", "openalex:I")) and len(spans) == owners:
                put(entry, "affiliation_id", cell.text, cell.place, known, first=first, last=last, of=rank)
            else:
                put(entry, "other", cell.text, cell.place, first=first, last=last)


def _any_places(cell: Cell, people: Sequence[_Slot]) -> Iterator[_Placed]:
    """Yield affiliations that stand in a list, each with its author where that is plain."""
    spans = [span for span in _spans(cell.text) if cell.text[slice(*span)].strip()]
    texts = [cell.text[slice(*span)].strip() for span in spans]
    each = len(spans) == len(people) > 1 and (len(set(texts)) < len(texts) or cell.key == "authoraffiliations") and cell.key not in _OF_THE_PAPER
    if each or len(people) == 1:
        for rank, span in enumerate(spans):
            if texts[rank].lower() not in SAYS_NOTHING:
                yield people[rank if each else 0].position, *span
        return
    for rank, span in enumerate(spans):
        if texts[rank] not in texts[:rank] or len(texts) > _MOST_PLACES:
            yield None, *span


def _scopus_places(text: str, people: Sequence[_Slot]) -> list[_Placed]:
    """Read `Lovelace A., Dept. of X, London; ...`, one piece an author."""
    spans = [span for span in pieces(text, _SEMICOLON) if text[slice(*span)].strip()]
    found: list[_Placed] = []
    for person, (first, last) in zip(people, spans, strict=False):
        start = first + len(text[first:last]) - len(text[first:last].lstrip())
        surname = _INITIALS_BEHIND.sub("", person.printed[:LONGEST_NAME].split(",")[0])
        start_, same = fold(text[start:last].replace("’", "'")), fold(surname.replace("’", "'"))
        comma = text.find(",", start + len(surname) + 1, last)
        if not start_.startswith(same):
            return []
        if comma >= 0:
            found.append((person.position, comma + 1, last))
    return found if len(spans) == len(people) else []


def _dimensions_places(text: str, people: Sequence[_Slot]) -> list[_Placed]:
    """Read `Lovelace, Ada (University X, London; Y); ...`, one piece an author."""
    spans = list(pieces(text.rstrip().removesuffix(")"), _PARENTHESIS_CLOSED))
    found: list[_Placed] = []
    for person, (first, last) in zip(people, spans, strict=False):
        opened = text.find("(", first, last)
        if opened < 0 or natural(text[first:opened].strip()) != person.name:
            return []
        found += ((person.position, opened + 1 + a, opened + 1 + b) for a, b in pieces(text[opened + 1 : last], _SEMICOLON))
    return found if len(spans) == len(people) else []


def _wos_places(text: str, people: Sequence[_Slot]) -> list[_Placed]:
    """Read `[Lovelace, Ada; Babbage, C] Univ X, London; [...] Univ Y`."""
    return list(places(text, People((person.name, person.position) for person in people)))


_OF_THE_PAPER: Final = frozenset(["authorshipsinstitutionsdisplayname", "researchorganizationsstandardized"])
"""Columns of affiliations in which an author may have several or none."""

_MOST_PLACES: Final = 2_000
_INITIALS_BEHIND: Final = re.compile(r"(?:\s+(?:-?[^\W\d_]\.\s?)+)$")
_PARENTHESIS_CLOSED: Final = re.compile(r"\)\s*;\s*")
_FORMS: Final[Mapping[str, Callable[[str, Sequence[_Slot]], list[_Placed]]]] = {
    "authorswithaffiliations": _scopus_places, "authorsrawaffiliation": _dimensions_places, "addresses": _wos_places,
}  # fmt: skip
"""Columns of affiliations that tell whose each is."""


def _author_ids(entry: Entry, table: Table, cells: dict[int, Cell], people: Sequence[_Slot]) -> None:
    """Add the authors' identifiers: one for each author in order, or behind their names (Web of Science)."""
    positions = {person.name.casefold(): person.position for person in people}
    for role, scheme in (("author_id", "orcid"), ("openalex_author", "openalex")):
        for cell in _take(cells, table, role):
            spans = _spans(cell.text)
            told = "openreview" if cell.key == "authorids" else scheme
            for rank, (first, last) in enumerate(spans):
                name, slash, _ = cell.text[first:last].rpartition("/")
                named = bool(slash) and not name.lower().endswith((".org", "authors", "/"))
                of = positions.get(natural(name.strip()).casefold()) if named else None
                if not named and len(spans) == len(people):
                    of = people[rank].position
                begin = first + len(name) + 1 if named else first
                _author_id(entry, told, cell, (begin, last), first, of)


_OF_AUTHORS: Final = ("orcid:", "openalex:A", "dblp:", "s2:", "openreview:~")
"""How identifiers of people begin."""


def _author_id(entry: Entry, scheme: str, cell: Cell, span: Span, first: int, of: int | None) -> None:
    """Add one identifier of an author; without an author, or wrong, it is `other`."""
    text = cell.text[slice(*span)].strip()
    known = identifier(text, scheme) or identifier(text) or ""
    right = known.startswith(_OF_AUTHORS)
    if text and not right and scheme == "orcid":
        entry.warn(f"no ORCID iD: {text[:40]!r}", "correct it (its last character is a check digit)", cell.place.line)
    if not right or of is None:
        put(entry, "other", cell.text, cell.place, first=first, last=span[1])
    else:
        put(entry, "author_id", cell.text, cell.place, known, first=span[0], last=span[1], of=of)


def _spans(text: str) -> list[Span]:
    """Return the stretches of a list, the empty ones too, since their rank may tell whose they are."""
    if not text.strip(" ;|\t\r\n"):
        return []
    if (listed := literal(text)) is not None:
        return listed
    found = list(pieces(text, _PIPE if "|" in text and ";" not in text else _SEMICOLON))
    return found[:-1] if found and not text[slice(*found[-1])].strip() and text.rstrip().endswith(";") else found


def _dates(entry: Entry, table: Table, cells: dict[int, Cell]) -> None:
    """Add the date from the column that tells one; a month and day without year (`MAY 12`) are joined with the year."""
    ranks = [rank for rank in table.roles.get("date", ()) if rank in cells]
    for rank in ranks:
        if printed_date(cells[rank].text):
            cell = cells.pop(rank)
            return add_date(entry, cell.text, cell.place)
    for year in _take(cells, table, "year"):
        for rank in ranks:
            both = f"{cells[rank].text.strip()} {year.text.strip()}"
            if (known := printed_date(both)) and "-" in known:
                entry.add("date", both, known, path=cells.pop(rank).place.path, line=year.place.line)
                return None
        return add_date(entry, year.text, year.place)
    for early in _take(cells, table, "early"):
        return add_date(entry, early.text, early.place)
    if ranks:
        cell = cells.pop(ranks[0])
        add_date(entry, cell.text, cell.place)
    return None


def _pages(entry: Entry, table: Table, cells: dict[int, Cell]) -> None:
    """Add the pages, from one column or from two."""
    if pages := _take(cells, table, "pages"):
        for cell in pages:
            put(entry, "pages", cell.text, cell.place)
        return
    ends = [*_take(cells, table, "first_page"), *_take(cells, table, "last_page")]
    if len(ends) > 1 and ends[0].text.strip() != ends[1].text.strip():
        first, last = ends
        entry.add("pages", f"{first.text.strip()}-{last.text.strip()}", path=first.place.path, line=first.place.line)
    elif ends:
        put(entry, "pages" if ends[0].text.strip() != "0" else "other", ends[0].text, ends[0].place)


_SEMICOLONS_ONLY: Final = frozenset([
    "woscategories", "researchareas", "manualtags", "automatictags", "authorkeywords", "fieldsofresearchanzsrc2020",
])  # fmt: skip
"""Columns whose entries may have a comma in them."""


def _listed(entry: Entry, name: str, cell: Cell) -> None:
    """Add categories or keywords, which `;` or `|` separates, else commas; arXiv writes its categories with blanks."""
    if cell.text.strip() == "[]":
        put(entry, "other", cell.text, cell.place)
        return
    separator = _SEMICOLON
    if name == "category" and _ARXIV_CATEGORIES.fullmatch(cell.text.strip()) and "." in cell.text:
        separator = _BLANK
    elif not _SEMICOLON.search(cell.text) and cell.key not in _SEMICOLONS_ONLY:
        separator = _COMMA
    for first, last in literal(cell.text) or pieces(cell.text, separator):
        put(entry, name, cell.text, cell.place, first=first, last=last)


def _references(entry: Entry, cell: Cell) -> None:
    """Add the works that a paper cites, with the identifier that stands in each."""
    for first, last in pieces(cell.text, _SEMICOLON):
        text = cell.text[first:last].strip()
        doi = _DOI_IN.search(text)
        put(entry, "reference", cell.text, cell.place, identifier(doi[1] if doi else text), first=first, last=last)


def _urls(entry: Entry, cell: Cell) -> None:
    """Add the addresses in a cell; what is none is `other`."""
    for first, last in literal(cell.text) or pieces(cell.text, _BLANK):
        if "://" in cell.text[first:last] or cell.text.startswith("www.", first):
            add_url(entry, cell.text, cell.place, first=first, last=last)
        elif first < last and not add_told_identifier(entry, cell.text, cell.place, first=first, last=last):
            put(entry, "other", cell.text, cell.place, first=first, last=last)
