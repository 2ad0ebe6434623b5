"""Reader of JSON that no provider made: a list, or lines, of objects whose keys say what they are.

People's own scrapes and exports look so, and the answers of many services: `title`, `authors`, `abstract`, `year`, `doi`
and their like, in any spelling (`Paper Title`, `paper_title`, `paperTitle`). It is the reader of last resort for JSON;
each provider's own one is surer. The papers may be

- the elements of a list, or the lines of JSON Lines,
- inside an answer's envelope (`results`, `papers`, `response.docs` ...), or wrapped one by one (`{"paper": {...}}`),
- the values of an object, whose keys are their ids, or the lists of one, whose keys are topics or years, in any depth,
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
from kg.sources._cells import Cell, says
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._inverted_index import words as indexed
from kg.sources._json import Value, head_objects, values
from kg.sources._json_keys import ASIDE, bare, meaning, rank
from kg.sources._json_places import TELLING, Held, Paper, papers
from kg.sources._latex import decode
from kg.sources._markup import plain
from kg.sources._names_split import natural, split_names
from kg.sources._people import person
from kg.sources._provider_json import arxiv_number, day_of

_ENVELOPES: Final = (
    "results", "papers", "data", "items", "records", "articles", "publications", "works", "entries", "documents", "docs", "collection",
    "response.docs", "data.papers", "data.items", "result.papers", "hits.hits", "resultList.result", "search-results.entry",
    "organic_results",
)  # fmt: skip
"""Where answers and exports have their list of papers."""

_LIKELY: Final = 0.3
_POSSIBLE: Final = 0.15
_UNSEEN: Final = 0.05
_WHOLE_HEAD: Final = 60_000
"""In a head of so many code points the first paper may end behind it, or have its title there."""

_JSON: Final = re.compile(r'\ufeff?\s*(?:\[\s*)?\{\s*"')


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text holds papers whose keys can be understood.

    >>> sniff('[{"title": "T", "authors": ["A"]}]', "a.json"), sniff('[{"name": "x"}]', "a.json")
    (0.3, 0.0)
    """
    try:
        names = [paper.names() for data in head_objects(head, *_ENVELOPES) for paper in papers(Value(data, "$", 1))]
    except RecursionError:
        return _UNSEEN
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
        try:
            for paper in papers(value):
                for row in _rows(document, value, paper, ordinal):
                    ordinal += isinstance(row, Record)
                    yield row
        except RecursionError:
            yield Problem(document.name, value.line, f"{value.path} is nested too deep", "flatten it, or delete it")


def _rows(document: Document, value: Value, paper: Paper, ordinal: int) -> Iterator[Record | Problem]:
    """Yield the record of a paper and what is wrong with it."""
    if not paper.names() & TELLING:
        what = f"{paper.path} has no title, abstract or identifier"
        yield Problem(document.name, paper.line, what, "name its keys title, abstract, doi, or leave it out")
        return
    entry = Entry(document, ordinal, paper.line, paper.path, line_of=value.line_of if value.text or value.parts else None)
    _fill(entry, paper)
    yield from entry.rows()


# What they say -----------------------------------------------------------------------------------------------------

_ARCHIVE: Final = re.compile(r"(?:[a-z-]+(?:\.[A-Za-z-]+)?\s+)*[a-z-]+\.[A-Z]{2}(?:\s+[a-z-]+(?:\.[A-Za-z-]+)?)*")
_ADDRESS: Final = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d{1,5})?(?:[/?#]\S*)?", re.IGNORECASE)
_BROKEN: Final = re.compile(r"\s*https?:", re.IGNORECASE)
_PUBLISHED_AT: Final = re.compile(r"https?://[^\s?#]+/doi/(?:abs/|full/|e?pdf/|epub/)?(10\.\d{4,9}/[^\s?#]+)", re.IGNORECASE)
"""The address of an article at its publisher, by DOI: ACM, Wiley, SAGE, Taylor & Francis, Science."""

_TELLING_HOST: Final = re.compile("arxiv|doi|openreview|acl|pubmed|ncbi|huggingface", re.IGNORECASE)
_ARXIV_AT: Final = re.compile(r"https?://(?:huggingface\.co/papers|(?:www\.)?alphaxiv\.org/abs)/(\d{4}\.\d{4,5})", re.IGNORECASE)
_LABEL: Final = re.compile(r"\s*(title|abstract|authors?)\s*:\s*", re.IGNORECASE)
_NOTHING: Final = re.compile(r"\W*(?:n/?a|nan|none|null|nil|no doi|unknown|tb[ad]|todo|n\.d\.|not (?:available|found|applicable))?\W*", re.IGNORECASE)
"""What people and programs write where there is nothing."""

_LONGEST_NOTHING: Final = 20
_LONGEST_NAME: Final = 200
"""A name so long is none, and not worth to be remembered."""

_WHOLE: Final = (
    "name", "fullname", "displayname", "authorname", "authname", "literal", "author", "creator", "rawname", "rawauthorname", "formatted",
    "audisplayname", "value", "text", "label",
)  # fmt: skip
_FIRST: Final = ("first", "firstname", "given", "givenname", "givennames", "forename", "initials")
_MIDDLE: Final = ("middle", "middlename", "middlenames")
_LAST: Final = ("last", "lastname", "family", "familyname", "surname")
_SUFFIX: Final = ("suffix",)
_GROUP: Final = ("collective", "collectivename", "consortium", "groupname")
_PLACES: Final = (
    "affiliation", "affiliations", "aff", "affs", "affil", "affils", "institution", "institutions", "organization", "org", "school", "rawaffiliations",
    "rawaffiliationstrings", "university", "authoraffiliationdetailslist",
)  # fmt: skip
_PLACE: Final = ("name", "displayname", "institution", "affiliation", "affilname", "organization", "rawaffiliation", "raw", "value", "text", "label")
_TEXT: Final = ("value", "text", "title", "name", "displayname", "content", "raw", "full", "html")
_WORD: Final = ("name", "displayname", "value", "keyword", "term", "label", "text", "title", "category", "subject", "topic", "descriptorname")
_REFERENCE: Final = ("title", "articletitle", "unstructured", "raw", "citation", "text", "name", "reference")
_BRACKETED: Final = re.compile(r" ?\[[a-z0-9]+:[^\]\s]+(?: [a-z0-9]+:[^\]\s]+)*\]")
"""Identifiers behind a name, as OpenCitations writes them: `Springer [crossref:297 omid:ra/1]`."""

_INITIALS: Final = re.compile(r".*[^\W\d_][a-z][^.,]*\s[A-Z]{1,3}")
_MILLISECONDS: Final = 10**11
_SECONDS: Final = 10**8
_MOST_SECONDS: Final = 10**10


def _is_nothing(text: str) -> bool:
    """Tell whether a text says that there is nothing.

    >>> _is_nothing("N/A"), _is_nothing("-"), _is_nothing("NA Sea Lab")
    (True, True, False)
    """
    return len(text) < _LONGEST_NOTHING and _NOTHING.fullmatch(text) is not None


_SINGLE: Final = ("title", "abstract", "authors")
"""What a paper has one of: of several keys that mean it, the others are `other`."""


class _Context(NamedTuple):
    """What is known of a paper while its keys are gone through.

    Attributes:
        entry: Where its fields go.
        cells: By meaning, what is under its keys.
        taken: What was added and shall not be added again: identifiers' schemes, categories.
    """

    entry: Entry
    cells: Mapping[str, list[tuple[str, Cell]]]
    taken: set[str]

    def best(self, name: str) -> Cell | None:
        """Return the value whose key says most surely that it is this; of authors the one that says most."""
        found = self.cells.get(name, ())
        if len(found) > 1:
            return min(found, key=_richness if name == "authors" else lambda each: rank(each[0]))[1]
        return found[0][1] if found else None


def _fill(entry: Entry, paper: Paper) -> None:
    """Add all that a paper says."""
    held = [(key, Cell(entry, path, value)) for key, path, value in paper.cells if says(value)]
    cells: dict[str, list[tuple[str, Cell]]] = {}
    for key, cell in held:
        cells.setdefault(meaning(key) or "", []).append((key, cell))
    _understood(cells)
    context = _Context(entry, cells, {"bibtex"} if any(bare(key) == "entrytype" for key, _ in held) else set())
    aside = {id(cell) for name in _SINGLE for _, cell in cells.get(name, ()) if cell is not context.best(name)}
    told = {id(cell): name for name, found in cells.items() for _, cell in found}
    for key, cell in held:
        handler = None if id(cell) in aside else _HANDLERS.get(told[id(cell)])
        if handler is None or not handler(cell, key, context):
            cell.add("other", cell.value)
    if "date" in cells:
        _dates(context)
    if not cells.keys().isdisjoint({"first_page", "last_page"}):
        _pages(context)
    if "url" in cells:
        _told_by_addresses(context)
    _groups(context, paper.groups)


def _understood(cells: dict[str, list[tuple[str, Cell]]]) -> None:
    """Find out what keys mean whose meaning hangs on what is beside them, and move them there."""
    if cells.keys().isdisjoint({"title", "authors", "abstract", "doi", "arxiv"}):
        return
    for each in list(cells.get("", ())):
        key, value = bare(each[0]), each[1].value
        if key in {"name", "paper"} and isinstance(value, str) and "title" not in cells:
            name = "title"
        elif key in {"description", "dcdescription"} and "abstract" not in cells and not cells.keys().isdisjoint({"authors", "doi", "arxiv"}):
            name = "abstract"
        elif key == "number" and "volume" in cells:
            name = "issue"
        elif key == "source" and isinstance(value, dict) and "venue" not in cells and _inner(value, _TEXT):
            name = "venue"
        else:
            continue
        cells[""].remove(each)
        cells[name] = [each]


def _richness(each: tuple[str, Cell]) -> tuple[int, int]:
    """Return how much authors say, the least number where it is most: objects, then names, then one text."""
    value = each[1].value
    is_list = isinstance(value, list) and bool(value)
    return (0 if is_list and isinstance(value[0], dict) else 1 if is_list or isinstance(value, dict) else 2, rank(each[0]))


def _inner(value: Any, spellings: tuple[str, ...]) -> str:
    """Return the text that a value is, or that an object has under the first key of these spellings; else an empty one."""
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return ""
    found = {bare(key): held for key, held in value.items() if isinstance(held, str) and held.strip()}
    return next((found[spelling] for spelling in spellings if spelling in found), "")


def _texts(cell: Cell, spellings: tuple[str, ...]) -> list[tuple[str, str]] | None:
    """Return place and text of each part of a list of texts or of objects with one; None where that is not all there is."""
    if isinstance(cell.value, dict) and len(cell.value) == 1 and isinstance(inner := next(iter(cell.value.values())), list):
        below = _texts(cell.below(f".{next(iter(cell.value))}", inner), spellings)
        return below and [(f".{next(iter(cell.value))}{at}", text) for at, text in below]
    parts = list(enumerate(cell.value)) if isinstance(cell.value, list) else [(-1, cell.value)]
    found = [("" if i < 0 else f"[{i}]", _inner(part, spellings)) for i, part in parts]
    return found if all(text or part is None or part == "" for (_, text), (_, part) in zip(found, parts, strict=True)) else None


def _passage(name: str) -> Callable[[Cell, str, _Context], bool]:
    """Return what adds a title or an abstract, in one piece or several."""

    def handle(cell: Cell, key: str, context: _Context) -> bool:
        found = [cell.value] if isinstance(cell.value, str) else [text for _, text in _texts(cell, _TEXT) or _paragraphs(cell)]
        if not found:
            return cell.reject("a text")
        several = name == "abstract" and bare(key) != "abstracts"  # paragraphs; else one text in several languages
        text = _decoded("\n".join(found) if several else found[0], context)
        if (label := _LABEL.match(text)) and label[1].lower() == name:
            text = text[label.end() :]
        if len(found) > 1 and not several:
            cell.add("other", cell.value)
        else:
            _keep(cell)
        return cell.add(name, " ".join(text.split()) if name == "title" else text) is not None

    return handle


def _keep(cell: Cell) -> None:
    """Keep as `other` the objects of which one text was taken, if they say more."""
    if any(isinstance(each, dict) and len(each) > 1 for each in _as_list(cell.value)):
        cell.add("other", cell.value)


def _paragraphs(cell: Cell) -> list[tuple[str, str]]:
    """Return the texts of an abstract whose words are in an index, or whose sections have a key each; none where it is neither."""
    data = cell.value if isinstance(cell.value, dict) else {}
    inner = data.get("InvertedIndex", data)
    if data and all(isinstance(held, str) for held in data.values()):
        return [(f".{key}", text) for key, text in data.items() if text.strip().lower() != "abstract"]
    try:
        return [("", " ".join(filter(None, indexed(inner))))] if isinstance(inner, dict) else []
    except ValueError:
        return []


def _decoded(text: str, context: _Context) -> str:
    """Return a text without markup, and without LaTeX where it is from BibTeX."""
    return decode(text) if "bibtex" in context.taken else plain(text)


def _simple(name: str) -> Callable[[Cell, str, _Context], bool]:
    """Return what adds a text or number as a field; more that an object says besides is kept."""

    def handle(cell: Cell, key: str, context: _Context) -> bool:  # noqa: ARG001 - like all that look at a cell
        held = cell.value
        if isinstance(held, str):
            return cell.add(name, _BRACKETED.sub("", _decoded(held, context))) is not None
        if isinstance(held, int | float) and not isinstance(held, bool):
            return cell.add(name, _digits(held)) is not None
        found = _texts(cell, _TEXT)
        made = [cell.add(name, text, at=at) for at, text in found or []]
        if not any(position is not None for position in made):
            return cell.reject("a text")
        if isinstance(held, dict) and len(held) > 1:
            _beside_name(cell, context)
        else:
            _keep(cell)
        return True

    return handle


def _beside_name(cell: Cell, context: _Context) -> None:
    """Add what an object says beside its name: volume, issue, pages and publisher of a journal."""
    name = _inner(cell.value, _TEXT)
    for key, held in cell.value.items():
        part = cell.below(f".{key}", held)
        known = "issue" if bare(key) == "number" else meaning(key) or ""
        if held != name and says(held) and not (known in {"volume", "issue", "pages", "publisher", "language"} and _HANDLERS[known](part, key, context)):
            part.add("other", held)


def _listed(name: str) -> Callable[[Cell, str, _Context], bool]:
    """Return what adds keywords or categories, each once."""

    def handle(cell: Cell, key: str, context: _Context) -> bool:  # noqa: ARG001 - like all that look at a cell
        found = _texts(cell, _WORD)
        if found is None:
            return False
        made = 0
        for at, text in found:
            parts = text.split() if name == "category" and _ARCHIVE.fullmatch(text.strip()) else cell.parts(text, commas=not at)
            for part in parts:
                known = f"{name}:{part.strip()}"
                if known not in context.taken:
                    context.taken.add(known)
                    cell.add(name, part, at=at)
                made += bool(part.strip())
        _keep(cell)
        return made > 0

    return handle


def _identifier(scheme: str) -> Callable[[Cell, str, _Context], bool]:
    """Return what adds an identifier; a wrong one is kept, and reported."""

    def handle(cell: Cell, key: str, context: _Context) -> bool:
        if isinstance(cell.value, str) and scheme not in context.taken and (known := ids.identifier(cell.value.strip(), scheme)):
            return _known(cell, cell.value, known, context)
        number = arxiv_number if scheme == "arxiv" else _digits
        held = [number(each) if isinstance(each, float) else _digits(each) if isinstance(each, int) else each for each in _as_list(cell.value)]
        found = _texts(cell._replace(value=held), (*_TEXT, "id"))
        made = 0
        for at, text in found or []:
            known = ids.identifier(text.strip(), scheme) or (ids.identifier(f"PMC{text}", scheme) if scheme == "pmcid" else None)
            place = at if isinstance(cell.value, list) else ""
            if known and scheme in context.taken and "://" in text:
                _addresses(cell.below(place, text), key, context)
            elif known:
                _known(cell, text, known, context, at=place)
            elif _is_nothing(text):
                cell.add("other", text, at=place)
            elif not _ADDRESS.fullmatch(text.strip()) or "/" not in text or not _addresses(cell.below(place, text), key, context):
                cell.entry.warn(f"{cell.path}{place} is no {_SCHEMES.get(scheme, scheme)}: {text[:80]!r}", "correct it", _line(cell))
                cell.add("other", text, at=place)
            made += 1
        if made:
            _keep(cell)
        return made > 0 or cell.reject("a text")

    return handle


_SCHEMES: Final = {
    "doi": "DOI", "arxiv": "arXiv id", "pmid": "PubMed id", "pmcid": "PubMed Central id", "acl": "ACL id", "s2": "Semantic Scholar id",
    "openalex": "OpenAlex id", "dblp": "dblp key", "openreview": "OpenReview id",
}  # fmt: skip


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _known(cell: Cell, text: str, known: str, context: _Context, *, at: str = "") -> bool:
    """Add an identifier that is valid; the arXiv id of a paper is a field of its own."""
    if known in context.taken:
        return cell.add("other", text, at=at) is not None
    context.taken.update((known, known.partition(":")[0]))
    if not known.startswith("arxiv:"):
        return cell.add("identifier", text, known, at=at) is not None
    if version := re.search(r"v[1-9]\d?(?=(?:\.pdf)?$)", text.strip()):
        cell.add("version", version[0], at=at)
    return cell.add("arxiv_id", text, known.removeprefix("arxiv:"), at=at) is not None


def _own_id(cell: Cell, key: str, context: _Context) -> bool:
    """Add ids that are known everywhere, as arXiv's are, alone or several in a list or a text (`doi:10.1000/1 pmid:12`)."""
    made = 0
    found = cell.texts() or []
    for at, text in found:
        for word in text.split() or [text]:
            scheme, colon, rest = word.partition(":")
            known = ids.identifier(word) or (ids.identifier(rest, scheme) if colon and scheme in _SCHEMES else None)
            if known is None and bare(key) == "paperid" and len(word) == _SHA:
                known = ids.identifier(word, "s2")
            if known and known.partition(":")[0] in _SCHEMES:
                made += _known(cell, word, known, context, at=at)
    if made and made < sum(len(text.split()) for _, text in found):
        cell.add("other", cell.value)
    return made > 0


_SHA: Final = 40
"""Digits of an id of Semantic Scholar."""


def _addresses(cell: Cell, key: str, context: _Context) -> bool:
    """Add addresses, whatever they are in; what is none stays, and is told where it was meant to be one."""
    if isinstance(cell.value, dict | list):
        parts = [(f".{name}", each) for name, each in cell.value.items()] if isinstance(cell.value, dict) else [
            (f"[{i}]", each) for i, each in enumerate(cell.value)
        ]  # fmt: skip
        for at, each in parts:
            part = cell.below(at, each)
            if says(each) and not (isinstance(each, str | dict | list) and _addresses(part, key, context)):
                part.add("other", each)
        return bool(parts)
    pieces = cell.value.split() if isinstance(cell.value, str) else []
    if not pieces or not all(_ADDRESS.fullmatch(piece.rstrip(",;")) for piece in pieces):
        if isinstance(cell.value, str) and _BROKEN.match(cell.value):
            cell.entry.warn(f"{cell.path} is no web address: {cell.value[:80]!r}", "correct it", _line(cell))
        return False
    for piece in pieces:
        address = piece.rstrip(",;")
        cell.add("url", address, None if "://" in address else f"https://{address}")
        if bare(key) not in ASIDE and (known := _told(address)):
            context.taken.add(f"at {known}")
    return True


def _told(address: str) -> str | None:
    """Return the identifier of the paper that an address leads to.

    >>> _told("https://arxiv.org/pdf/1706.03762v5"), _told("https://dl.acm.org/doi/abs/10.1145/3292500"), _told("https://x.org")
    ('arxiv:1706.03762', 'doi:10.1145/3292500', None)
    """
    if not _TELLING_HOST.search(address):
        return None
    if match := _PUBLISHED_AT.fullmatch(address):
        return ids.identifier(match[1], "doi")
    if match := _ARXIV_AT.match(address):
        return ids.identifier(match[1], "arxiv")
    return ids.identifier(address)


def _told_by_addresses(context: _Context) -> None:
    """Add the identifiers that the addresses of a paper tell, where all tell the same one and it has no other."""
    told = [known.removeprefix("at ") for known in context.taken if known.startswith("at ")]
    for scheme in ("arxiv", "doi", "pmid", "acl", "openreview") if told else ():
        found = [known for known in told if known.startswith(f"{scheme}:")]
        if len(found) == 1 and scheme not in context.taken:
            cell = next(cell for _, cell in context.cells["url"] if found[0] in map(_told, re.findall(r"\S+", str(cell.value))))
            _known(cell, str(cell.value), found[0], context)


def _authors(cell: Cell, key: str, context: _Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add the authors, with the affiliations that the paper lists for them."""
    of: list[int | None] = []
    value = cell.value
    if isinstance(value, dict) and len(value) == 1 and isinstance(only := next(iter(value.values())), list):
        cell, value = cell.below(f".{next(iter(value))}", only), only
    if isinstance(value, dict) and _name(value)[0]:
        of = [_author(cell, {})]
    elif isinstance(value, str):
        text = _BRACKETED.sub("", value if "bibtex" in context.taken else plain(value))
        if label := _LABEL.match(text):
            text = text[label.end() :]
        people, cut = split_names(text)
        people = [found._replace(name=_decoded(found.name, context)) for found in people]
        of = [_add_person(cell, found.name, group=found.group) for found in people]
        if cut:
            cell.add("et_al", text[slice(*cut)])
    elif isinstance(value, list):
        turned = _turned(value)
        of = [_author(cell.below(f"[{i}]", author), turned) for i, author in enumerate(value)]
    else:
        cell.reject("a list of authors")
    if not _have_places(value):
        _affiliations(context.best("affiliations"), of)
    return cell.entry.has("author") or cell.entry.has("et_al")


def _turned(authors: list[Any]) -> Mapping[str, str]:
    """Return the names in natural order if all are as PubMed has them (`Lovelace A`); none where not, or there is one alone."""
    names: list[str] = []
    for author in authors:
        name = _name(author)[0] if isinstance(author, dict) else author
        if not isinstance(name, str) or not name[-1:].isupper() or len(name) > _LONGEST_NAME or not _INITIALS.fullmatch(name):
            return {}
        names.append(name)
    people, _ = split_names("; ".join(names) if len(names) > 1 else "")
    return dict(zip(names, (found.name for found in people), strict=True)) if len(people) == len(names) else {}


_CUT: Final = re.compile(r"(?:and )?(?:et\.? al\.?|others)|\.\.\.|…", re.IGNORECASE)


@lru_cache(1 << 16)
def _cleaned(printed: str) -> tuple[str, str | None]:
    """Return a name without markup and footnote marks, and `group` for a collective, or `et_al` where it says that there are more."""
    name = " ".join(plain(printed).split())
    if _CUT.fullmatch(name):
        return name, "et_al"
    found = person(natural(name) if "," in name else name)
    return found.name or name, found.kind


def _add_person(cell: Cell, printed: str, *, group: bool = False) -> int | None:
    """Add an author, or that there are more; return the position, None if it is no author."""
    name, kind = _cleaned(printed) if len(printed) < _LONGEST_NAME else (" ".join(printed.split()), None)
    if kind == "et_al":
        cell.add("et_al", name)
        return None
    return cell.add("author", name, "group" if group else kind)


def _author(cell: Cell, turned: Mapping[str, str]) -> int | None:
    """Add an author and what is said of them; return the position, None if it is no author."""
    if isinstance(cell.value, str):
        return _add_person(cell, turned.get(cell.value, cell.value))
    if isinstance(cell.value, list) and cell.value and all(isinstance(part, str) for part in cell.value):
        last, *others = cell.value  # as arXiv's `authors_parsed`: last name, first names, suffix
        return _add_person(cell, " ".join([*others[:1], last, *others[1:]]))
    if not isinstance(cell.value, dict):
        cell.reject("an author")
        cell.add("other", cell.value)
        return None
    data = cell.value
    for wrapped in _shape(tuple(data)).inner:
        if isinstance(data[wrapped], dict):
            inner = {f"{wrapped}.{key}": held for key, held in data[wrapped].items()}
            data = {**inner, **{key: held for key, held in data.items() if key != wrapped}}
    shape = _shape(tuple(data))
    name, used = _name(data)
    group = None if name else _filled(data, shape.group)
    if group:
        name, used = _joined(data[group]), {group}
    of = _add_person(cell, turned.get(name, name), group=bool(group)) if name else None
    for key, held in data.items():
        if key in used or not says(held):
            continue
        part = cell.below(f".{key}", held)
        if key in shape.places:
            _places(part, of)
        elif of is None or not _author_ids(part, of):
            part.add("other", held)
    return of


def _author_ids(cell: Cell, of: int) -> bool:
    """Add what identifies an author: a text, or objects that name its kind; tell whether that is all there is."""
    if isinstance(cell.value, str):
        return _author_id(cell, cell.path.rpartition(".")[2], of)
    parts = [(f"[{i}]", each) for i, each in enumerate(cell.value)] if isinstance(cell.value, list) else [("", cell.value)]
    told = [(at, each, _inner(each, ("type", "schema", "scheme")), _inner(each, ("value", "id"))) for at, each in parts]
    if not all(isinstance(each, dict) and kind and text for _, each, kind, text in told):
        return False
    made = [_author_id(cell.below(at, text), kind, of) for at, _, kind, text in told]
    return all(made)


class _Shape(NamedTuple):
    """Which keys of an author are what, those of one kind the surest first.

    Attributes:
        whole: A name in one.
        first: First names.
        middle: Middle names.
        last: Last names.
        suffix: What stands behind a name.
        group: The name of a collective.
        places: Affiliations.
        inner: An object with the author's name in it.
    """

    whole: list[str]
    first: list[str]
    middle: list[str]
    last: list[str]
    suffix: list[str]
    group: list[str]
    places: list[str]
    inner: list[str]


@lru_cache(1 << 10)
def _shape(keys: tuple[str, ...]) -> _Shape:
    """Return what the keys of an author are; those of a file have the same ones."""
    found = {bare(key.rpartition(".")[2]): key for key in reversed(keys)}
    roles = (_WHOLE, _FIRST, _MIDDLE, _LAST, _SUFFIX, _GROUP, _PLACES, ("author", "person"))
    return _Shape(*([found[spelling] for spelling in role if spelling in found] for role in roles))


def _filled(data: Mapping[str, Any], keys: list[str]) -> str | None:
    """Return the first of these keys that holds a text, or a list of texts."""
    for key in keys:
        if _joined(data[key]):
            return key
    return None


def _joined(held: Any) -> str:
    """Return a text, or texts joined by blanks; empty where it is neither."""
    if isinstance(held, str):
        return held.strip()
    return " ".join(part.strip() for part in held).strip() if isinstance(held, list) and all(isinstance(part, str) for part in held) else ""


def _name(data: Mapping[str, Any]) -> tuple[str, set[str]]:
    """Return an author's name and the keys that it is in: of its parts where there are first and last names, else in one."""
    shape = _shape(tuple(data))
    last, whole, first = _filled(data, shape.last), _filled(data, shape.whole), _filled(data, shape.first)
    if whole and (last is None or first is None):
        return _joined(data[whole]), {whole}
    keys = [key for key in (first, _filled(data, shape.middle), last, _filled(data, shape.suffix)) if key] if last else []
    return " ".join(_joined(data[key]) for key in keys), set(keys)


def _author_id(cell: Cell, kind: str, of: int) -> bool:
    """Add what identifies an author, if it does; an ORCID iD with a wrong check digit is reported."""
    scheme = "orcid" if "orcid" in kind.lower() else ""
    known = ids.identifier(cell.value, scheme)
    if known is None or known.partition(":")[0] not in {"orcid", "openalex", "openreview", "s2", "dblp"}:
        if scheme and not _is_nothing(cell.value):
            cell.entry.warn(f"{cell.path} is no ORCID iD: {cell.value[:80]!r}", "correct it", _line(cell))
        return False
    return cell.add("author_id", cell.value, known, of=of) is not None


def _places(cell: Cell, of: int | None) -> None:
    """Add the affiliations of an author: a text, a list of texts, or objects with names."""
    while isinstance(cell.value, dict) and len(cell.value) == 1 and isinstance(only := next(iter(cell.value.values())), dict | list):
        cell = cell.below(f".{next(iter(cell.value))}", only)
    several = cell.value if isinstance(cell.value, list) else [cell.value]
    for i, place in enumerate(several):
        part = cell.below(f"[{i}]", place) if isinstance(cell.value, list) else cell
        name = _inner(place, _PLACE)
        if isinstance(place, dict) and name:
            at = part.add("affiliation", name, at=f".{next(key for key, held in place.items() if held == name)}", of=of)
            for key, held in place.items():
                known = ids.identifier(held) if isinstance(held, str) else None
                if known and known.startswith(("ror:", "openalex:I")):
                    part.add("affiliation_id", held, known, at=f".{key}", of=at)
                elif held != name:
                    part.add("other", held or None, at=f".{key}")
        elif isinstance(place, str):
            for text in re.split(r"\s*;\s*", place):
                part.add("other" if _is_nothing(text) else "affiliation", text, of=None if _is_nothing(text) else of)
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
            nothing = text and _is_nothing(text)
            cell.add("other" if nothing else "affiliation", text, at=f"[{i}]" if is_list else "", of=owner if parallel and not nothing else None)


def _slots(value: Any) -> list[Any] | None:
    """Return the affiliations of a paper, one or a list of them for each slot."""
    if isinstance(value, str):
        return [" ".join(slot.split()) for slot in value.split(";")]
    if not isinstance(value, list):
        return None
    slots = [slot if isinstance(slot, list) else [slot] for slot in value]
    return value if all(text is None or isinstance(text, str) for slot in slots for text in slot) else None


def _beside(cell: Cell, key: str, context: _Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Tell whether the affiliations were added with the authors; without authors add them."""
    if _slots(cell.value) is None or context.best("affiliations") is not cell:
        return False
    authors = context.best("authors")
    if authors is None:
        _affiliations(cell, [])
    return not (authors and _have_places(authors.value)) and any(says(slot) for slot in _slots(cell.value) or [])


def _have_places(authors: Any) -> bool:
    """Tell whether authors are objects that have their affiliations themselves."""
    listed = [each for each in authors if isinstance(each, dict)] if isinstance(authors, list) else []
    return any(says(each[key]) for each in listed for key in _shape(tuple(each)).places)


def _references(cell: Cell, key: str, context: _Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    """Add the works that a paper cites: titles, citations or ids; objects by their title, text or DOI."""
    if isinstance(cell.value, dict) and all(isinstance(work, dict) for work in cell.value.values()):
        works = [(f".{name}", work) for name, work in cell.value.items()]
    elif isinstance(cell.value, list):
        works = [(f"[{i}]", work) for i, work in enumerate(cell.value)]
    else:
        return False
    for at, work in works:
        part = cell.below(at, work)
        if isinstance(work, dict):
            known = next(
                (known for name, held in work.items() if isinstance(held, str) and (known := ids.identifier(held, _scheme(name)))), None
            )
            text = _inner(work, _REFERENCE) or (known or "").partition(":")[2]
            part.add("reference", text, known)
            if not text or len(work) > 1:
                part.add("other", work)
        elif isinstance(work, str) and (len(work.split()) > 1 or ids.identifier(work)):
            part.add("reference", work, ids.identifier(work))
        else:
            part.add("other", work)
    return True


def _pages(context: _Context) -> None:
    """Add the pages of which first and last stand under keys of their own."""
    ends = [cell for name in ("first_page", "last_page") for _, cell in context.cells.get(name, [])[:1]]
    texts = [_digits(cell.value) for cell in ends if isinstance(cell.value, str | int)]
    if texts and not context.entry.has("pages"):
        context.entry.add("pages", "-".join(dict.fromkeys(texts)), path=ends[0].path)


def _scheme(key: str) -> str:
    """Return the scheme of identifiers that a key names."""
    name = meaning(key)
    return name if name in _SCHEMES else "doi"


# When it appeared --------------------------------------------------------------------------------------------------


def _dates(context: _Context) -> None:
    """Add the date of publication: of several the one whose key says most, the others as `other`."""
    dated = [(rank(key), cell, _date(cell.value)) for key, cell in context.cells.get("date", [])]
    dated.sort(key=lambda each: (each[2] is None, each[0]))
    for place, (_, cell, value) in enumerate(dated):
        if place == 0 and value:
            context.entry.add("date", _printed(cell.value), _with_month(value, context), path=cell.path)
        elif place == 0 and isinstance(cell.value, str) and any(map(str.isdigit, cell.value)):
            context.entry.add("date", cell.value, path=cell.path)
            context.entry.warn(f"no date: {cell.value[:40]}", "correct it", _line(cell))
        else:
            if value is None and not isinstance(cell.value, str | bool):
                cell.reject("a date")
            cell.add("other", cell.value)


def _date(value: Any) -> str | None:
    """Return the ISO date that a value is: a text, a year, a time since 1970 as pandas writes it, or year, month and day.

    >>> _date("2025 Mar 10"), _date(2019.0), _date(1652400000000), _date({"year": 2020, "month": "5"}), _date(True)
    ('2025-03-10', '2019', '2022-05-13', '2020-05', None)
    """
    if isinstance(value, dict):
        parts = {bare(key): held for key, held in value.items()}
        return printed_date("-".join(str(parts[key]) for key in ("year", "month", "day") if parts.get(key)))
    return None if isinstance(value, bool) or not isinstance(value, str | int | float) else _day(value)


@lru_cache(1 << 14, typed=True)
def _day(value: str | float) -> str | None:
    """Return the ISO date that a text or a number is."""
    if not isinstance(value, str) and value > _MILLISECONDS:
        return day_of(int(value))
    if not isinstance(value, str) and _SECONDS < value < _MOST_SECONDS:
        return day_of(int(value) * 1000)
    return printed_date(_digits(value))


def _printed(value: Any) -> Any:
    return value if isinstance(value, dict) else _digits(value)


def _with_month(value: str, context: _Context) -> str:
    """Return a year with the month and day that stand under keys of their own."""
    parts = [cell.value for name in ("month", "day") for _, cell in context.cells.get(name, [])[:1]]
    told = " ".join(_digits(part) for part in reversed(parts) if isinstance(part, str | int | float))
    if len(value) != len("2022") or "month" not in context.cells:
        return value
    both = printed_date(f"{value}-{'-'.join(map(_digits, parts))}") if told.replace(" ", "").isdecimal() else printed_date(f"{told} {value}")
    return both or value


def _digits(value: Any) -> str:
    """Return a date as text; pandas writes years as floats."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _groups(context: _Context, groups: list[Held]) -> None:
    """Add what is said of the groups that a paper is in: year and venue as its own where it has none, all else as `other`."""
    for key, path, held in groups:
        cell = Cell(context.entry, path, held)
        name = meaning(key) if key else "date" if re.fullmatch(r"(?:19|20)\d\d", held) else "id"
        if name == "date" and not context.entry.has("date") and (value := _date(held)):
            cell.add("date", _digits(held), value)
        elif name == "venue" and not context.entry.has("venue"):
            cell.add("venue", held)
        elif not (name == "id" and not key and _own_id(cell, "id", context)):
            cell.add("other", held)


def _line(cell: Cell) -> int:
    return cell.entry.line_at(cell.path)


def _end(cell: Cell, key: str, context: _Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    return "pages" not in context.cells and isinstance(cell.value, str | int)


def _later(cell: Cell, key: str, context: _Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    return True


_HANDLERS: Final[Mapping[str, Callable[[Cell, str, _Context], bool]]] = {
    "title": _passage("title"), "abstract": _passage("abstract"), "authors": _authors, "affiliations": _beside, "date": _later,
    "keywords": _listed("keyword"), "categories": _listed("category"), "url": _addresses, "id": _own_id, "references": _references,
    "first_page": _end, "last_page": _end,
    **{name: _simple(name) for name in ("venue", "volume", "issue", "pages", "publisher", "language", "type", "comment")},
    **{scheme: _identifier(scheme) for scheme in _SCHEMES},
}  # fmt: skip
"""What is done with a key by its meaning. What makes no field, and each key without meaning, becomes `other`."""
