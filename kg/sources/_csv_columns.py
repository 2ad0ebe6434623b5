"""What the columns of a table of papers are called, and what becomes of the cells in them; see `csv_table`."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
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
from kg.sources._wos_people import People, places

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title", "titles", "articletitle", "papertitle", "documenttitle", "itemtitle", "displayname", "worklabel", "papername", "paper", "papers",
              "titel", "título", "titulo", "titre", "titolo", "tytuł", "название", "标题", "题名", "题目", "论文题目", "论文标题", "论文名称", "論文名", "タイトル", "제목"),
    "author": ("authorfullnames", "authors", "author", "authornames", "authorsnames", "authorlist", "authorname", "creators", "creator", "researchers", "contributors",
               "authorshipsauthordisplayname", "autoren", "autor", "autorin", "verfasser", "autores", "auteurs", "auteur", "autori", "autore", "autorzy", "авторы", "автор",
               "作者", "著者", "저자"),
    "group": ("groupauthors", "groupauthor"),
    "author_id": ("orcids", "orcid", "authororcid", "authororcids", "authorshipsauthororcid", "authorids"),
    "openalex_author": ("authorshipsauthorid",),
    "affiliation": ("authorswithaffiliations", "authorsrawaffiliation", "addresses", "affiliations", "affiliation",
                    "authoraffiliations", "authoraffiliation", "institutions", "institution",
                    "authorshipsinstitutionsdisplayname", "researchorganizationsstandardized", "afiliaciones", "afiliações", "作者单位", "机构", "单位"),
    "abstract": ("abstract", "abstracts", "abstractnote", "abstracttext", "summary", "summaries", "zusammenfassung", "resumen", "resumo", "résumé", "riassunto", "streszczenie",
                 "аннотация", "摘要", "要旨", "초록"),
    "date": ("date", "publicationdate", "publishdate", "publisheddate", "datepublished", "pubdate", "published", "coverdate", "issued", "datum", "fecha", "日期", "发表时间", "发表日期"),
    "year": ("year", "years", "publicationyear", "pubyear", "publishedyear", "jahr", "erscheinungsjahr", "año", "ano", "année", "annee", "anno", "rok", "год", "年份", "年", "出版年", "연도"),
    "early": ("earlyaccessdate",),
    "arxiv": ("arxivid", "arxiv", "arxivnumber", "eprint"),
    "doi": ("doi", "itemdoi", "doiurl", "doilink"),
    "pmid": ("pmid", "pubmedid", "idspmid"),
    "pmcid": ("pmcid", "idspmcid"),
    "openalex": ("openalexid", "openalex"),
    "s2": ("s2id", "s2paperid", "semanticscholarid", "corpusid"),
    "dblp": ("dblpkey", "dblpid", "dblp"),
    "acl": ("aclid", "anthologyid", "aclanthologyid"),
    "openreview": ("openreviewid", "openreview", "forum"),
    "identifier": ("id", "paperid", "identifier"),
    "venue": ("sourcetitle", "publicationtitle", "journal", "journaltitle", "journalname", "journalbook", "journalconference", "venue", "conference", "pub",
              "conferencename", "booktitle", "proceedingstitle", "proceedings", "containertitle", "publication",
              "publicationname", "primarylocationsourcedisplayname", "anthologytitle", "journalref", "zeitschrift", "konferenz", "revista", "revue", "rivista", "czasopismo",
              "журнал", "期刊", "会议", "期刊名称", "刊名", "来源", "文献来源", "雑誌名", "저널"),
    "volume": ("volume", "vol", "bibliovolume", "journalvolume", "band", "volumen", "卷"),
    "issue": ("issue", "biblioissue", "issuenumber", "journalissue", "heft", "期"),
    "pages": ("pages", "pagination", "page", "pagerange", "seiten", "páginas", "页码"),
    "first_page": ("pagestart", "startpage", "firstpage", "bibliofirstpage"),
    "last_page": ("pageend", "endpage", "lastpage", "bibliolastpage"),
    "publisher": ("publisher", "verlag", "editorial", "出版社"),
    "type": ("itemtype", "documenttype", "publicationtype", "contenttype", "type"),
    "language": ("language", "languageoforiginaldocument", "sprache", "idioma"),
    "category": ("categories", "category", "subjects", "subject", "subjectareas", "subjectarea", "fieldsofstudy", "fields", "field",
                 "topics", "topic", "primaryarea", "woscategories", "researchareas", "primarytopicdisplayname",
                 "topicsdisplayname", "fieldsofresearchanzsrc2020", "terms"),
    "keyword": ("keywords", "keyword", "authorkeywords", "tags", "manualtags", "automatictags", "keywordsdisplayname", "ieeeterms", "meshterms", "schlagwörter", "schlagworte",
                "palabrasclave", "palavraschave", "motsclés", "parolechiave", "ключевыеслова", "关键词", "关键字", "キーワード", "키워드"),
    "comment": ("comments", "comment", "note", "tldr"),
    "extra": ("extra",),
    "reference": ("references", "citedreferences", "referencedworks"),
    "url": ("url", "link", "articleurl", "fulltexturl", "urls", "sourcelinkout", "primarylocationlandingpageurl", "pdf", "pdfurl", "pdflink", "code",
            "codeurl", "github", "website", "sourceurls", "externalurl", "paperurl", "paperlink", "repo", "project", "projectpage"),
}  # fmt: skip
"""What columns are called, in letters and digits only, the fuller ones first. Of some fields one column is enough."""

EACH: Final = frozenset(["category", "keyword", "url", "group", "comment", "identifier"])
"""Fields that every column counts for; of others the first column that says something."""

_SCHEMES: Final = ("arxiv", "doi", "pmid", "pmcid", "openalex", "s2", "dblp", "acl", "openreview")
"""Fields that are identifiers of one scheme."""

_TAGS: Final = {
    "TI": "articletitle", "AF": "authorfullnames", "AU": "authors", "CA": "groupauthors", "AB": "abstract", "SO": "sourcetitle",
    "LA": "language", "DT": "documenttype", "DE": "authorkeywords", "C1": "addresses", "OI": "orcids", "PM": "pubmedid",
    "PY": "publicationyear", "PD": "publicationdate", "EA": "earlyaccessdate", "VL": "volume", "IS": "issue", "BP": "startpage", "EP": "endpage",
    "DI": "doi", "PU": "publisher", "WC": "woscategories", "SC": "researchareas", "CR": "citedreferences",
}  # fmt: skip
"""Web of Science's field tags, and what its spreadsheets call them."""

NAMES: Final = (
    "title", "author", "abstract", "date", "year", "doi", "arxiv_id", "identifier", "url", "venue", "volume", "issue", "pages",
    "publisher", "type", "language", "category", "keyword", "comment", "affiliation", "author_id", "affiliation_id", "version",
    "reference", "other",
)  # fmt: skip
"""The fields that a person may name a column for."""


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


def is_tagged(names: Sequence[str]) -> bool:
    """Tell whether columns are called by Web of Science's tags, as its own tables and those of bibliometrix are."""
    return "TI" in names and ("PT" in names or ("AU" in names and ("SO" in names or "PY" in names)))


def keys_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names of columns in letters and digits only, with Web of Science's tags spelt out."""
    if is_tagged(names):
        return tuple(_TAGS.get(name, f"tag{name.lower()}") for name in names)
    return tuple("".join(c for c in name.casefold() if c.isalnum()) for name in names)


def roles_of(names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the columns that the header tells, by field."""
    keys = keys_of(names)
    ranks = {key: rank for rank, key in reversed(list(enumerate(keys))) if key}
    found = {role: tuple(ranks[key] for key in known if key in ranks) for role, known in COLUMNS.items()}
    if "source" in ranks and {"cites", "gsrank"} & set(ranks) and not found["venue"]:
        found["venue"] = (ranks["source"],)  # Publish or Perish
    elif "source" in ranks and found["title"] and not found["venue"] and not {"eid", "id"} & set(ranks):
        found["venue"] = (ranks["source"],)  # a reading list; elsewhere the source is the database
    if "number" in ranks and "publication" in ranks and not found["issue"]:
        found["issue"] = (ranks["number"],)  # Google Scholar; elsewhere that of a report
    return {role: columns for role, columns in found.items() if columns}


_NO_CELLS: Final[Sequence[Cell]] = ()


def _take(cells: dict[int, Cell], table: Table, role: str) -> Sequence[Cell]:
    """Take out the cells that count for a field; what says that there is nothing stays."""
    known = table.roles.get(role)
    if known is None:
        return _NO_CELLS
    ranks = [rank for rank in known if rank in cells and cells[rank].text.strip().lower() not in SAYS_NOTHING]
    return [cells.pop(rank) for rank in (ranks if role in table.each else ranks[:1])]


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
        put(entry, "other", cell.text, cell.place)


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


_GLUED: Final = re.compile(r"(?<=[a-zß-ÿ.])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bLa)(?<!\bLe)(?<!\bVan)(?=[A-ZÀ-Þ][^\s.]*\.?(?:\s|-))")
"""Where SpringerLink's tables leave the separator between two names out: `Mae JemisonWei Wang`."""


def _bare(cell: Cell, table: Table) -> Cell:
    """Return a cell of authors without tags and entities, and with a separator where SpringerLink has none."""
    text = plain(cell.text) if _MARKUP.search(cell.text) else cell.text
    if {"itemtitle", "itemdoi"} <= set(table.keys):
        text = _GLUED.sub("; ", text)
    return cell if text == cell.text else Cell(text, Place(cell.place.path, cell.place.line), cell.key)


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
        comma = text.find(",", start + len(surname) + 1, last)
        if not text[start:last].casefold().startswith(surname.casefold()):
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
