"""The authors in a table of papers, their affiliations and identifiers, from the columns of many programs."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.sources._entry import Entry
from kg.sources._latex import decode
from kg.sources._library import Place, pieces, put, put_as
from kg.sources._markup import plain
from kg.sources._people import tidied, with_places
from kg.sources._table.cells import SAYS_NOTHING, SEMICOLON, Cell, Table, parted, take
from kg.sources._text.names import LONGEST_NAME, Span, natural, split_names
from kg.sources._text.placed import Placed
from kg.sources._wos_people import People, places
from kg.text import fold


def add_people(entry: Entry, table: Table, cells: dict[int, Cell]) -> None:
    """Add the authors, where they work, and their identifiers."""
    people = _authors(entry, table, cells)
    _places(entry, table, cells, people)
    _author_ids(entry, table, cells, people)


class _Slot(NamedTuple):
    """An author: position in the record, name in natural order, and as printed."""

    position: int
    name: str
    printed: str


def _authors(entry: Entry, table: Table, cells: dict[int, Cell]) -> list[_Slot]:
    """Add the authors; where a column has only the first one of each paper, its name says that there are more."""
    people: list[_Slot] = []
    for role in ("author", "group"):
        for cell in take(cells, table, role):
            people += _listed_people(entry, _bare(cell, table), group=role == "group", surnames=table.surnames)
    for cell in take(cells, table, "first_author") if not people else ():
        people += _listed_people(entry, _bare(cell, table))
        if not entry.has("et_al"):
            entry.add("et_al", table.names[table.roles["first_author"][0]], path=cell.place.path, line=cell.place.line)
    return people


def _listed_people(entry: Entry, cell: Cell, *, group: bool = False, surnames: bool = False) -> Iterator[_Slot]:
    """Add the authors in a cell, and that there are more."""
    text, gap = tidied(cell.text)  # each character in its place: spans and lines are those of the cell
    if placed := with_places(text):
        yield from _placed(entry, cell, placed)
        return
    names = split_names(text, surnames=surnames)
    for person in names.people:
        printed = cell.text[person.first : person.last]
        kind = "group" if person.group or group else None
        position = put_as(entry, "author", person.name, cell.text, cell.place, kind, first=person.first, last=person.last)
        if position is not None:
            yield _Slot(position, person.name, printed)
    if cut := gap or names.et_al:
        put(entry, "et_al", cell.text, cell.place, first=cut[0], last=cut[1])
    elif not names.people:
        put(entry, "other", cell.text, cell.place)


def _placed(entry: Entry, cell: Cell, placed: Placed) -> Iterator[_Slot]:
    """Add authors with the places that stand in parentheses behind their names."""
    slots: list[_Slot] = []
    for first, last in placed.people.names:
        printed = cell.text[first:last]
        name = natural(printed)
        position = put_as(entry, "author", name, cell.text, cell.place, first=first, last=last)
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
    text = decode(_ESCAPED.sub(r"\\", text)) if _LATEX.search(text) else text
    if {"itemtitle", "itemdoi"} <= set(table.keys):
        text = _GLUED.sub("; ", text)
    return cell if text == cell.text else Cell(text, Place(cell.place.path, cell.place.line), cell.key)


_LATEX: Final = re.compile(r"\\[\"'`^~=.]\{?\\?[A-Za-z]|\\[uvHckrbdt]\{|\\(?:ss|aa|ae|oe|o|l|i)\b|\{\\")
"""An accent as TeX has it, which arXiv's metadata have in names."""

_ESCAPED: Final = re.compile(r"\\\\(?=[\"'`^~=.A-Za-z])")
"""The backslash of TeX as programs write it into a text of theirs."""

_MARKUP: Final = re.compile(r"<[a-z/]|&#?\w+;")
_Placed = tuple[int | None, int, int]
"""An affiliation: position of its author, where it begins in the cell, where it ends."""


def _places(entry: Entry, table: Table, cells: dict[int, Cell], people: Sequence[_Slot]) -> None:
    """Add the affiliations from the column that tells most, and their identifiers."""
    added: list[int | None] = []
    for cell in take(cells, table, "affiliation"):
        form = _FORMS.get(cell.key)
        placed = form(cell.text, people) if form else None
        for of, first, last in placed or _any_places(cell, people):
            added.append(put(entry, "affiliation", cell.text, cell.place, first=first, last=last, of=of))
    owners = [position for position in added if position is not None]
    for cell in take(cells, table, "affiliation_id"):
        spans = parted(cell.text)
        if len(spans) != len(owners):  # each place once, as its name
            spans = sorted({cell.text[slice(*span)]: span for span in reversed(spans)}.values())
        for rank, (first, last) in enumerate(spans):
            known = identifier(cell.text[first:last])
            if known and known.startswith(("ror:", "openalex:I")) and len(spans) == len(owners):
                put(entry, "affiliation_id", cell.text, cell.place, known, first=first, last=last, of=owners[rank])
            else:
                put(entry, "other", cell.text, cell.place, first=first, last=last)


def _any_places(cell: Cell, people: Sequence[_Slot]) -> Iterator[_Placed]:
    """Yield affiliations that stand in a list, each with its author where that is plain."""
    spans = [span for span in parted(cell.text) if cell.text[slice(*span)].strip()]
    texts = [cell.text[slice(*span)].strip() for span in spans]
    parallel = len(set(texts)) < len(texts) or _NOBODY in texts or cell.key == "authoraffiliations"
    each = len(spans) == len(people) > 1 and parallel and cell.key not in _OF_THE_PAPER
    if each or len(people) == 1:
        for rank, span in enumerate(spans):
            if texts[rank].lower() not in SAYS_NOTHING and texts[rank] != _NOBODY:
                yield people[rank if each else 0].position, *span
        return
    for rank, span in enumerate(spans):
        if texts[rank] != _NOBODY and (texts[rank] not in texts[:rank] or len(texts) > _MOST_PLACES):
            yield None, *span


def _scopus_places(text: str, people: Sequence[_Slot]) -> list[_Placed]:
    """Read `Lovelace A., Dept. of X, London; ...`, one piece an author."""
    spans = [span for span in pieces(text, SEMICOLON) if text[slice(*span)].strip()]
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
        found += ((person.position, opened + 1 + a, opened + 1 + b) for a, b in pieces(text[opened + 1 : last], SEMICOLON))
    return found if len(spans) == len(people) else []


def _wos_places(text: str, people: Sequence[_Slot]) -> list[_Placed]:
    """Read `[Lovelace, Ada; Babbage, C] Univ X, London; [...] Univ Y`."""
    return list(places(text, People((person.name, person.position) for person in people)))


_NOBODY: Final = "-"
"""What ADS has for an author without affiliation."""

_OF_THE_PAPER: Final = frozenset(["authorshipsinstitutionsdisplayname", "researchorganizationsstandardized"])
"""Columns of affiliations in which an author may have several or none."""

_MOST_PLACES: Final = 2_000
_INITIALS_BEHIND: Final = re.compile(r"(?:\s+(?:-?[^\W\d_]\.\s?)+)$")
_PARENTHESIS_CLOSED: Final = re.compile(r"\)\s*;\s*")
_FORMS: Final[Mapping[str, Callable[[str, Sequence[_Slot]], list[_Placed]]]] = {
    "authorswithaffiliations": _scopus_places, "авторыорганизаций": _scopus_places, "带归属机构的作者": _scopus_places, "authorsrawaffiliation": _dimensions_places, "addresses": _wos_places,
}  # fmt: skip
"""Columns of affiliations that tell whose each is."""


def _author_ids(entry: Entry, table: Table, cells: dict[int, Cell], people: Sequence[_Slot]) -> None:
    """Add the authors' identifiers: one for each author in order, or behind their names (Web of Science)."""
    known = People((person.name, person.position) for person in people)
    for role, scheme in (("author_id", "orcid"), ("openalex_author", "openalex")):
        for cell in take(cells, table, role):
            spans = parted(cell.text)
            told = "openreview" if cell.key == "authorids" else scheme
            for rank, (first, last) in enumerate(spans):
                name, slash, _ = cell.text[first:last].rpartition("/")
                named = bool(slash) and not name.lower().endswith((".org", "authors", "/"))
                of = known.position(name) if named else None
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
