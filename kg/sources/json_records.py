"""Reader of JSON that no provider made: a list, or lines, of objects whose keys say what they are.

People's own scrapes and exports look so: `title`, `authors`, `abstract`, `year`, `doi` and their like, in any spelling
(`Paper Title`, `paper_title`, `paperTitle`). It is the reader of last resort for JSON; each provider's own one is surer.
The papers may be

- the elements of a list, or the lines of JSON Lines,
- inside an answer's envelope (`results`, `papers`, `response.docs` ...),
- the values of an object, whose keys are their ids,
- columns: `{"title": {"0": ...}}` as pandas writes them, or `{"title": [...]}`.

Authors are a list of names, a list of objects, or one text. A key that is not known becomes `other`, and so does a value
of the wrong type, which is reported.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import zip_longest
from typing import Any, Final, NamedTuple

from kg import ids
from kg.model import Document, Problem, Record
from kg.names import is_group
from kg.sources._cells import Cell, says
from kg.sources._entry import Entry
from kg.sources._json import Value, head_objects, values
from kg.sources._markup import plain
from kg.sources._names_split import natural, split_names
from kg.sources._provider_json import add_date, iso

_ENVELOPES: Final = (
    "results", "papers", "data", "items", "records", "articles", "publications", "works", "entries", "documents", "docs",
    "response.docs", "data.papers", "data.items", "result.papers",
)  # fmt: skip
"""Where answers and exports have their list of papers."""

_SPELLINGS: Final = {
    "title": ("title", "papertitle", "articletitle", "doctitle", "headline"),
    "abstract": ("abstract", "summary", "abstracttext", "paperabstract"),
    "authors": ("authors", "author", "authorlist", "authornames", "creators", "creator"),
    "affiliations": ("affiliations", "affiliation", "aff", "affs", "institutions", "institution", "organizations"),
    "date": (
        "date", "published", "publicationdate", "publisheddate", "datepublished", "pubdate", "publishdate", "publishedat",
        "submitted", "submissiondate", "year", "publicationyear", "pubyear", "publishedyear",
    ),
    "keywords": ("keywords", "keyword", "tags", "topics"),
    "categories": ("categories", "category", "subjects", "subject", "fields", "fieldofstudy", "fieldsofstudy", "primaryarea"),
    "venue": ("venue", "journal", "conference", "booktitle", "containertitle", "journaltitle", "proceedings", "publicationvenue"),
    "volume": ("volume",), "issue": ("issue",), "pages": ("pages",), "publisher": ("publisher",), "language": ("language", "lang"),
    "type": ("type", "publicationtype", "documenttype"), "comment": ("comment", "comments"),
    "doi": ("doi",), "arxiv": ("arxiv", "arxivid"), "pmid": ("pmid", "pubmedid"), "pmcid": ("pmcid",),
    "dblp": ("dblp", "dblpkey"), "acl": ("aclid", "anthologyid"), "openreview": ("openreview", "openreviewid"),
    "id": ("id", "paperid", "entryid", "uid", "key"),
    "url": (
        "url", "urls", "link", "links", "pdf", "pdfurl", "pdflink", "urlpdf", "urlabs", "paperurl", "paperlink", "code", "codeurl",
        "codelink", "github", "githuburl", "repository", "website", "homepage", "project", "projectpage", "site", "oa",
    ),
    "references": ("references", "citedpapers", "bibliography"),
}  # fmt: skip
"""What keys are called, in small letters and digits only."""

_NAMES: Final = {spelling: name for name, spellings in _SPELLINGS.items() for spelling in spellings}
_NO_LETTER: Final = re.compile(r"[^a-z0-9]")
_LIKELY: Final = 0.3
_POSSIBLE: Final = 0.15
_UNSEEN: Final = 0.05
_WHOLE_HEAD: Final = 60_000
"""In a head of so many code points the first paper may end behind it, or have its title there."""

_JSON: Final = re.compile(r'\ufeff?\s*(?:\[\s*)?\{\s*"')


@lru_cache(1 << 12)
def _bare(key: str) -> str:
    """Return a key in small letters and digits only."""
    return _NO_LETTER.sub("", key.lower())


def _name(key: str) -> str | None:
    """Return what a key means, None if that is not known.

    >>> _name("Paper-Title"), _name("arxiv_id"), _name("x")
    ('title', 'arxiv', None)
    """
    return _NAMES.get(_bare(key))


class _Paper(NamedTuple):
    """A paper of a file.

    Attributes:
        line: Its line.
        path: Its path.
        cells: Path and value under each of its keys.
    """

    line: int
    path: str
    cells: Mapping[str, tuple[str, Any]]

    def names(self) -> set[str]:
        """Return what is known of the meaning of its keys that hold anything."""
        return {name for key, (_, held) in self.cells.items() if says(held) and (name := _name(key))}


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text holds papers whose keys can be understood.

    >>> sniff('[{"title": "T", "authors": ["A"]}]', "a.json"), sniff('[{"name": "x"}]', "a.json")
    (0.3, 0.0)
    """
    names = [paper.names() for data in head_objects(head, *_ENVELOPES) for paper in _papers(Value(data, "$", 1))]
    if any("title" in known and len(known) > 1 for known in names):
        return _LIKELY
    if any(known & {"title", "abstract"} for known in names):
        return _POSSIBLE
    return _UNSEEN if len(head) >= _WHOLE_HEAD and _JSON.match(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    ordinal = 0
    for value in values(document, *_ENVELOPES):
        if isinstance(value, Problem):
            yield value
            continue
        if not isinstance(value.data, dict) or not value.data:
            kind = "an empty object" if value.data == {} else "no object"
            yield Problem(document.name, value.line, f"{value.path} is {kind}, not a paper", "delete it")
            continue
        line_of = value.line_of if value.text or value.parts else None
        for paper in _papers(value):
            if not paper.names() & _TELLING:
                what = f"{paper.path} has no title, abstract or identifier"
                yield Problem(document.name, paper.line, what, "name its keys title, abstract, doi, or leave it out")
                continue
            entry = Entry(document, ordinal, paper.line, paper.path, line_of=line_of)
            _fill(entry, paper)
            for row in entry.rows():
                ordinal += isinstance(row, Record)
                yield row


_TELLING: Final = frozenset({"title", "abstract", "doi", "arxiv", "pmid", "acl", "openreview", "dblp"})


# Where papers are --------------------------------------------------------------------------------------------------


def _papers(value: Value) -> Iterator[_Paper]:
    """Yield the papers in a value: itself, its values, or its columns."""
    data: dict[str, Any] = value.data
    if columns := _columns(data):
        for row in columns:
            cells = {key: (f"$.{key}{at}", held) for key, (at, held) in row.items()}
            first = next(iter(cells.values()))[0]
            yield _Paper(value.line_of(first), first, cells)
    elif _is_mapping(data):
        for key, paper in data.items():
            path = f"{value.path}.{key}"
            yield _Paper(value.line_of(path), path, {name: (f"{path}.{name}", held) for name, held in paper.items()})
    else:
        path = value.path
        yield _Paper(value.line, path, {name: (f"{path}.{name}", held) for name, held in data.items()})


def _is_mapping(data: Mapping[str, Any]) -> bool:
    """Tell whether an object holds papers as its values."""
    return all(isinstance(held, dict) for held in data.values()) and any(
        _name(key) in _TELLING for held in data.values() for key in held
    )


def _columns(data: Mapping[str, Any]) -> list[dict[str, tuple[str, Any]]]:
    """Return the rows of an object that holds columns, with the place of each value in its column."""
    title = next((held for key, held in data.items() if _name(key) == "title"), None)
    if isinstance(title, dict) and title and all(isinstance(held, dict) for held in data.values()):
        return [{key: (f".{row}", held.get(row)) for key, held in data.items()} for row in title]
    if not isinstance(title, list) or len(title) < 2:
        return []
    if all(isinstance(held, list) and len(held) == len(title) for held in data.values()):
        return [{key: (f"[{row}]", held[row]) for key, held in data.items()} for row in range(len(title))]
    return []


# What they say -----------------------------------------------------------------------------------------------------

_ARCHIVE: Final = re.compile(r"(?:[a-z-]+(?:\.[A-Za-z-]+)?\s+)*[a-z-]+\.[A-Z]{2}(?:\s+[a-z-]+(?:\.[A-Za-z-]+)?)*")
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_FIRST: Final = ("first", "firstname", "given", "givenname", "givennames", "forename")
_LAST: Final = ("last", "lastname", "family", "familyname", "surname")
_WHOLE: Final = ("name", "fullname", "displayname", "authorname", "literal", "author")
_PLACES: Final = ("affiliation", "affiliations", "aff", "institution", "institutions", "organization", "org", "school")
_DATE_RANK: Final = {spelling: rank for rank, spelling in enumerate(_SPELLINGS["date"])}


def _fill(entry: Entry, paper: _Paper) -> None:
    """Add all that a paper says."""
    cells = {key: Cell(entry, path, held) for key, (path, held) in paper.cells.items() if says(held)}
    by_name: dict[str, Cell] = {}
    for key, cell in cells.items():
        by_name.setdefault(_name(key) or "", cell)
    for key, cell in cells.items():
        handler = _HANDLERS.get(_name(key) or "")
        if handler is None or not handler(cell, by_name):
            cell.add("other", cell.value)
    _dates(entry, cells)


_Cells = Mapping[str, Cell]


def _plain(name: str) -> Callable[[Cell, _Cells], bool]:
    """Return what adds a text as a field; the second one of its name is kept as `other`."""

    def handle(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
        if not isinstance(cell.value, str):
            return cell.reject("a text")
        text = plain(cell.value)
        return not cell.entry.has(name) and cell.add(name, " ".join(text.split()) if name == "title" else text) is not None

    return handle


def _simple(name: str) -> Callable[[Cell, _Cells], bool]:
    """Return what adds a text or number as a field."""

    def handle(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
        held = cell.value.get("name") if isinstance(cell.value, dict) and len(cell.value) == 1 else cell.value
        if isinstance(held, str | int) and not isinstance(held, bool):
            return cell.add(name, held) is not None
        return cell.add_each(name, commas=False) or cell.reject("a text")

    return handle


def _keywords(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    return cell.add_each("keyword")


def _categories(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    if isinstance(cell.value, str) and _ARCHIVE.fullmatch(cell.value.strip()):
        return sum(cell.add("category", part) is not None for part in cell.value.split()) > 0
    return cell.add_each("category")


def _identifier(scheme: str) -> Callable[[Cell, _Cells], bool]:
    """Return what adds an identifier; a wrong one is kept, and reported."""

    def handle(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
        text = str(cell.value) if isinstance(cell.value, str | int) else ""
        known = ids.identifier(text, scheme)
        if known is None:
            cell.entry.warn(f"{cell.path} is no {_SCHEMES.get(scheme, scheme)}: {text[:80]!r}", "correct it", _line(cell))
            return False
        return _known(cell, text, known)

    return handle


_SCHEMES: Final = {"doi": "DOI", "arxiv": "arXiv id", "pmid": "PubMed id", "pmcid": "PubMed Central id", "acl": "ACL id"}


def _known(cell: Cell, text: str, known: str) -> bool:
    """Add an identifier that is valid; the arXiv id of a paper is a field of its own."""
    if not known.startswith("arxiv:"):
        return cell.add("identifier", text, known) is not None
    if version := re.search(r"v[1-9]\d?(?=(?:\.pdf)?$)", text.strip()):
        cell.add("version", version[0])
    return cell.add("arxiv_id", text, known.removeprefix("arxiv:")) is not None


def _own_id(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add an id if it is one that is known everywhere, as arXiv's are."""
    known = ids.identifier(cell.value) if isinstance(cell.value, str) else None
    return known is not None and _known(cell, cell.value, known)


def _addresses(cell: Cell, cells: _Cells) -> bool:
    """Add addresses; that of a paper where arXiv or a DOI is says its identifier too."""
    made = 0
    for at, text in cell.texts() or []:
        for part in text.split():
            if _ADDRESS.fullmatch(part):
                made += cell.add("url", part, None if "://" in part else f"https://{part}", at=at) is not None
            else:
                cell.entry.warn(f"{cell.path}{at} is no web address: {text[:80]!r}", "correct it", _line(cell))
                return False
    if made and isinstance(cell.value, str) and "arxiv.org/" in cell.value and "arxiv" not in cells:
        known = ids.identifier(cell.value.strip(), "arxiv")
        if known and not cell.entry.has("arxiv_id"):
            _known(cell, cell.value, known)
    return made > 0


def _authors(cell: Cell, cells: _Cells) -> bool:
    """Add the authors, with the affiliations that the paper lists for them."""
    of: list[int | None] = []
    if isinstance(cell.value, dict) and (_parts(cell.value, _WHOLE) or _parts(cell.value, _LAST)):
        of = [_author(cell)]
    elif isinstance(cell.value, str):
        people, cut = split_names(plain(cell.value))
        of = [cell.add("author", found.name, "group" if found.group else None) for found in people]
        if cut:
            cell.add("et_al", plain(cell.value)[slice(*cut)])
    elif isinstance(cell.value, list):
        of = [_author(cell.below(f"[{i}]", author)) for i, author in enumerate(cell.value)]
    else:
        cell.reject("a list of authors")
    _affiliations(cells.get("affiliations"), of)
    return cell.entry.has("author") or cell.entry.has("et_al")


def _author(cell: Cell) -> int | None:
    """Add an author and what is said of them; return the position, None if it is no author."""
    if isinstance(cell.value, str):
        name = " ".join(cell.value.split())
        if re.fullmatch(r"(?:and )?(?:et\.? al\.?|others)|\.\.\.|…", name):
            cell.add("et_al", name)
            return None
        return cell.add("author", natural(name) if "," in name else name, "group" if is_group(name) else None)
    if not isinstance(cell.value, dict):
        cell.reject("an author")
        cell.add("other", cell.value)
        return None
    data = cell.value
    whole, first, last = _parts(data, _WHOLE), _parts(data, _FIRST), _parts(data, _LAST)
    printed = str(data[whole]) if whole else f"{data[first] if first else ''} {data[last] if last else ''}"
    name = " ".join(printed.split())
    of = cell.add("author", natural(name) if "," in name else name, "group" if is_group(name) else None)
    for key, held in data.items():
        part = cell.below(f".{key}", held)
        if key in {whole, *(() if whole else (first, last))} or not says(held):
            continue
        if _bare(key) in _PLACES:
            _places(part, of)
        elif not (isinstance(held, str) and of is not None and _author_id(part, of)):
            part.add("other", held)
    return of


def _parts(data: Mapping[str, Any], spellings: tuple[str, ...]) -> str | None:
    """Return the first key of an author that is spelt so and holds a text."""
    found = {_bare(key): key for key, held in data.items() if isinstance(held, str) and held.strip()}
    return next((found[spelling] for spelling in spellings if spelling in found), None)


def _author_id(cell: Cell, of: int) -> bool:
    """Add what identifies an author, if it does; an ORCID iD with a wrong check digit is reported."""
    scheme = "orcid" if cell.path.lower().endswith("orcid") else ""
    known = ids.identifier(cell.value, scheme)
    if known is None or known.partition(":")[0] not in {"orcid", "openalex", "openreview", "s2", "dblp"}:
        if scheme:
            cell.entry.warn(f"{cell.path} is no ORCID iD: {cell.value[:80]!r}", "correct it", _line(cell))
        return False
    return cell.add("author_id", cell.value, known, of=of) is not None


def _places(cell: Cell, of: int | None) -> None:
    """Add the affiliations of an author: a text, a list of texts, or objects with names."""
    several = cell.value if isinstance(cell.value, list) else [cell.value]
    for i, place in enumerate(several):
        part = cell.below(f"[{i}]", place) if isinstance(cell.value, list) else cell
        if isinstance(place, dict) and isinstance(place.get("name"), str):
            part.add("affiliation", place["name"], at=".name", of=of)
            for key in place.keys() - {"name"}:
                part.add("other", place[key] or None, at=f".{key}")
        elif isinstance(place, str):
            for text in re.split(r"\s*;\s*", place):
                part.add("affiliation", text, of=of)
        else:
            part.add("other", place)


def _affiliations(cell: Cell | None, owners: list[int | None]) -> None:
    """Add affiliations that stand beside the authors: one for each, or nobody knows whose."""
    slots = _slots(cell.value) if cell else None
    if cell is None or slots is None:
        return
    parallel = len(slots) == len(owners) or len(owners) == 1
    if not parallel and owners:
        what = f"{len(slots)} affiliations of {len(owners)} authors, kept without their author"
        cell.entry.warn(what, "give each author one, or leave it so", _line(cell))
    is_list = isinstance(cell.value, list)
    for i, (slot, of) in enumerate(zip_longest(slots, owners if parallel else [], fillvalue=None)):
        owner = owners[0] if len(owners) == 1 else of
        for text in slot if isinstance(slot, list) else [slot]:
            cell.add("affiliation", text, at=f"[{i}]" if is_list else "", of=owner if parallel else None)


def _slots(value: Any) -> list[Any] | None:
    """Return the affiliations of a paper, one or a list of them for each slot."""
    if isinstance(value, str):
        return [" ".join(slot.split()) for slot in value.split(";")]
    if not isinstance(value, list):
        return None
    slots = [slot if isinstance(slot, list) else [slot] for slot in value]
    return value if all(text is None or isinstance(text, str) for slot in slots for text in slot) else None


def _beside(cell: Cell, cells: _Cells) -> bool:
    """Tell whether the affiliations were added with the authors; without authors add them."""
    if _slots(cell.value) is None or cells.get("affiliations") is not cell:
        return False
    if "authors" not in cells:
        _affiliations(cell, [])
    return any(says(slot) for slot in _slots(cell.value) or [])


def _references(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add the works that a paper cites: titles, citations or ids; objects by their title or DOI."""
    if not isinstance(cell.value, list):
        return False
    for i, work in enumerate(cell.value):
        part = cell.below(f"[{i}]", work)
        if isinstance(work, dict):
            title = next((held for key, held in work.items() if _name(key) == "title" and isinstance(held, str)), None)
            known = next(
                (known for key, held in work.items() if isinstance(held, str) and (known := ids.identifier(held, _scheme(key)))), None
            )
            text = title or (known or "").partition(":")[2]
            part.add("reference", text, known)
            if not text or len(work) > 1:
                part.add("other", work)
        elif isinstance(work, str) and (any(map(str.isalpha, work)) or ids.identifier(work)):
            part.add("reference", work, ids.identifier(work))
        else:
            part.add("other", work)
    return True


def _scheme(key: str) -> str:
    """Return the scheme of identifiers that a key names."""
    name = _name(key)
    return name if name in {"doi", "arxiv", "pmid", "acl", "dblp", "openreview"} else "doi"


def _dates(entry: Entry, cells: Mapping[str, Cell]) -> None:
    """Add the date of publication: of several the one whose key says most, the others as `other`."""
    dated = {key: cell for key, cell in cells.items() if _name(key) == "date"}
    ranked = sorted(dated, key=lambda key: (iso(_digits(dated[key].value)) is None, _DATE_RANK[_bare(key)]))
    for rank, key in enumerate(ranked):
        cell = dated[key]
        if not isinstance(cell.value, str | int | float) or isinstance(cell.value, bool):
            cell.reject("a date")
            cell.add("other", cell.value)
        elif rank == 0:
            add_date(entry, _digits(cell.value), cell.path)
        else:
            cell.add("other", cell.value)


def _digits(value: Any) -> str:
    """Return a date as text; pandas writes years as floats."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _line(cell: Cell) -> int:
    return cell.entry.line_at(cell.path)


def _later(cell: Cell, cells: _Cells) -> bool:  # noqa: ARG001 - like all that look at a cell
    return True


_HANDLERS: Final[Mapping[str, Callable[[Cell, _Cells], bool]]] = {
    "title": _plain("title"), "abstract": _plain("abstract"), "authors": _authors, "affiliations": _beside, "date": _later,
    "keywords": _keywords, "categories": _categories, "url": _addresses, "id": _own_id, "references": _references,
    **{name: _simple(name) for name in ("venue", "volume", "issue", "pages", "publisher", "language", "type", "comment")},
    **{scheme: _identifier(scheme) for scheme in ("doi", "arxiv", "pmid", "pmcid", "dblp", "acl", "openreview")},
}  # fmt: skip
"""What is done with a key by its meaning. What makes no field, and each key without meaning, becomes `other`."""
