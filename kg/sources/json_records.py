"""Reader of JSON that no provider made: a list, or lines, of objects whose keys say what they are.

People's own scrapes and exports look so, and the answers of many services: `title`, `authors`, `abstract`, `year`, `doi`
and their like, in any spelling (`Paper Title`, `paper_title`, `paperTitle`). It is the reader of last resort for JSON;
each provider's own one is surer. The papers may be

- the elements of a list, or the lines of JSON Lines,
- inside an answer's envelope (`results`, `papers`, `response.docs` ...), or wrapped one by one (`{"paper": {...}}`),
- the values of an object, whose keys are their ids, or the lists of one, whose keys are topics or years, in any depth,
- columns: `{"title": {"0": ...}}` as pandas writes them, or `{"title": [...]}`; or rows with the names of their columns
  apart: `{"columns": ["title"], "data": [["On Gravel"]]}`, or in the first row: `[["title"], ["On Gravel"]]`.

Authors are a list of names, a list of objects, or one text. What only the paper's BibTeX or citation says is taken from
there. An id that says something in the file only (`"id": 17`) identifies nothing, but tells which paper a citation means
(`"cites": [17]`). A key that is not known becomes `other`, and so does a value of the wrong type, which is reported.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import PurePath
from typing import Any, Final, NamedTuple

from kg.model import Document, Problem, Record
from kg.sources._cells import Cell, says
from kg.sources._entry import Entry
from kg.sources._json.value import Value
from kg.sources._json.values import head_objects, outside, values
from kg.sources._own_json.affiliations import add_beside
from kg.sources._own_json.context import Context, Handler, digits_of
from kg.sources._own_json.dates import add_dates, date_of
from kg.sources._own_json.ids import (
    HREF,
    SCHEMES,
    add_addresses,
    add_id,
    add_known_ids,
    add_own_id,
    add_told,
    identifier_of,
)
from kg.sources._own_json.keys import CITATIONS, bare, meaning
from kg.sources._own_json.listed import together
from kg.sources._own_json.meant import understand
from kg.sources._own_json.people import add_authors, add_groups
from kg.sources._own_json.places import TELLING, Held, Paper, around_all, in_row, papers, papers_beside
from kg.sources._own_json.references import add_references
from kg.sources._own_json.tables import people_of
from kg.sources._own_json.texts import listed_words, passage, simple_text
from kg.sources._own_json.told import add_cited, add_embedded
from kg.sources._own_json.venue import add_of_group, add_of_venue
from kg.sources._own_json.wrapped import may_be_wrapped, pieces, unwrapped
from kg.sources._venue_names import Occasion, occasion

_ENVELOPES: Final = (
    "results", "papers", "data", "items", "records", "articles", "publications", "works", "entries", "documents", "docs", "collection",
    "response.docs", "data.papers", "data.items", "result.papers", "hits.hits", "resultList.result", "search-results.entry",
    "organic_results", "results.bindings", "result", "hits", "values",
)  # fmt: skip
"""Where answers and exports have their list of papers."""

_LIKELY: Final = 0.3
_POSSIBLE: Final = 0.15
_UNSEEN: Final = 0.05
_BEGINNING: Final = 1000
"""As many code points tell how a file begins."""

_WHOLE_HEAD: Final = 60_000
"""In a head of so many code points the first paper may end behind it, or have its title there."""

_JSON: Final = re.compile(r'\ufeff?\s*(?:\[\s*)?\{\s*"')
_SPLIT: Final = re.compile(r'\ufeff?\s*\{\s*"(?:columns|index)"\s*:\s*\[')
"""How a table begins that pandas wrote with its names apart; its `data` is no envelope."""

_TABLE: Final = re.compile(r'\ufeff?\s*(?:\{[^\[{]{0,200}"values"\s*:\s*)?\[\s*\[\s*("(?:[^"\\\n]|\\.)*"(?:\s*,\s*"(?:[^"\\\n]|\\.)*"){1,100})\s*\]\s*,\s*\[')
"""How a table begins that is a list of its rows, the names of its columns first; Google's Sheets have it in `values`."""

_NAMED: Final = re.compile(r'"(?:papers|publications|articles)"\s*:\s*\[\s*\{\s*"(?:name|label)"')
"""How a list of papers begins whose titles are called names."""


class _Around(NamedTuple):
    """What is around all papers of a file: what its name says, where and when they appeared, and its people by their ids."""

    named: Occasion
    told: Callable[[], Sequence[Held]]
    people: Callable[[], Mapping[str, Any]]


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a text holds papers whose keys can be understood.

    >>> sniff('[{"title": "T", "authors": ["A"]}]', "a.json"), sniff('[{"name": "x"}]', "a.json")
    (0.3, 0.0)
    """
    if table := _TABLE.match(head):
        told = {meaning(name) for name in json.loads(f"[{table[1]}]")}
        return _LIKELY if "title" in told and len(told) > 1 else 0.0
    try:
        names = [paper.names() for data in head_objects(head, *_envelopes(head)) for paper in papers(Value(data, _path_of(head), 1))]
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
    ordinal, head = 0, document.head(_BEGINNING)
    around = _around(document, head)
    for found in _found(document, head):
        for row in [found] if isinstance(found, Problem) else _rows(document, *found, ordinal, around):
            ordinal += isinstance(row, Record)
            yield row


def _found(document: Document, head: str) -> Iterator[tuple[Value, Paper] | Problem]:
    """Yield the papers of a file that begins so, each with the value it is in, and a problem for what is none."""
    names: list[str] | None = [] if _TABLE.match(head) else None
    beside: list[Value] = []
    for value in values(document, *_envelopes(head), beside=beside):
        if isinstance(value, Problem):
            yield value
        elif names is not None and isinstance(value.data, list):
            if names:
                yield value, in_row(value, names)
            names = names or [str(each) for each in value.data]
        elif not isinstance(value.data, dict) or not value.data:
            kind = "an empty object" if value.data == {} else "no object"
            yield Problem(document.name, value.line, f"{value.path} is {kind}, not a paper", "delete it")
        else:
            yield from _within(document, value, papers(value))
    for value in beside:
        yield from _within(document, value, papers_beside(value))


def _within(document: Document, value: Value, found: Iterator[Paper]) -> Iterator[tuple[Value, Paper] | Problem]:
    """Yield the papers found in a value, and a problem where it is nested too deep."""
    try:
        for paper in found:
            yield value, paper
    except RecursionError:
        yield Problem(document.name, value.line, f"{value.path} is nested too deep", "flatten it, or delete it")


def _around(document: Document, head: str) -> _Around:
    """Return what is around the papers of a file that begins so; the file is read through for it when a paper needs it."""
    is_object = head.lstrip("\ufeff \t\r\n").startswith("{")
    beside = partial(outside, document, *_envelopes(head)) if is_object else dict
    return _Around(occasion(PurePath(document.name).name.partition(".")[0]), cache(lambda: around_all(beside())), cache(lambda: people_of(beside())))


def _path_of(head: str) -> str:
    """Return where the papers of a file that begins so are, as far as it matters to what their keys mean."""
    return "$.papers[0]" if _NAMED.search(head) else "$"


def _envelopes(head: str) -> tuple[str, ...]:
    """Return where a file that begins so may have its list of papers."""
    return () if _SPLIT.match(head) else _ENVELOPES


def _rows(document: Document, value: Value, paper: Paper, ordinal: int, around: _Around) -> Iterator[Record | Problem]:
    """Yield the record of a paper and what is wrong with it."""
    if not paper.names() & TELLING:
        if all(isinstance(held, str) and held.isdecimal() for _, _, held in paper.cells):
            return  # Springer Nature counts its answers in a list beside them
        what = f"{paper.path} has no title, abstract or identifier"
        yield Problem(document.name, paper.line, what, "name its keys title, abstract, doi, or leave it out")
        return
    def line_of(path: str) -> int:
        return max(paper.line, value.line_of(path))  # a group that it is in begins before it

    entry = Entry(document, ordinal, paper.line, paper.path, line_of=line_of if value.text or value.parts else None)
    _fill(entry, paper, around)
    if around.named.venue and around.named.year:
        _at(around.named, entry, "(file name)")
    yield from entry.rows()


_SINGLE: Final = ("title", "abstract", "authors")
"""What a paper has one of: of several keys that mean it, the others are `other`."""


def _fill(entry: Entry, paper: Paper, around: _Around) -> None:
    """Add all that a paper says, and of what is around it what it does not say itself."""
    held: list[tuple[str, Cell]] = []
    for name, path, value in paper.cells:
        if not may_be_wrapped(value):
            held += [(name, Cell(entry, path, value))] if says(value) else []
            continue
        for key, at, part in pieces(name, value) if says(value) else ():
            inner = unwrapped(part)
            held += [(key, Cell(entry, path + at + inner.at, inner.value))] if says(inner.value) else []
            held += [] if inner.rest is None else [("", Cell(entry, path + at, inner.rest))]
    held = together(held)
    cells: dict[str, list[tuple[str, Cell]]] = {}
    for key, cell in held:
        cells.setdefault(meaning(key) or "", []).append((key, cell))
    understand(cells)
    context = Context(entry, cells, {"bibtex"} if any(bare(key) == "entrytype" for key, _ in held) else set(), {}, around.people)
    aside = {id(cell) for name in _SINGLE for _, cell in cells.get(name, ()) if cell is not context.best(name)}
    told = {id(cell): name for name, found in cells.items() for _, cell in found}
    for key, cell in held:
        handler = None if id(cell) in aside else _HANDLERS.get(told[id(cell)])
        if handler is None or not handler(cell, key, context):
            cell.add("other", cell.value)
            if isinstance(cell.value, str) and "href=" in cell.value:
                for address in HREF.findall(cell.value):
                    add_addresses(cell.below("", address), key, context)
    if "bibtex" in cells:
        add_embedded(context, _HANDLERS)
    for key, cell in cells.get("", ()):
        if bare(key) in CITATIONS and isinstance(cell.value, str):
            add_cited(cell, context)
    if "group" in cells:
        add_groups(context)
    if "date" in cells:
        add_dates(context)
    if not cells.keys().isdisjoint({"first_page", "last_page"}):
        _pages(context)
    if context.told:
        add_told(context)
    _groups(context, paper.groups)
    add_of_venue(context)
    add_of_group(context)
    if paper.path != "$" and not (entry.has("date") and entry.has("venue")):
        _groups(context, [held for held in around.told() if not entry.has(meaning(held[0]) or "")])


def _pages(context: Context) -> None:
    """Add the pages of which first and last stand under keys of their own."""
    ends = [cell for name in ("first_page", "last_page") for _, cell in context.cells.get(name, [])[:1]]
    texts = [digits_of(cell.value) for cell in ends if isinstance(cell.value, str | int) and cell.value != 0]
    if texts and not context.entry.has("pages"):
        context.entry.add("pages", "-".join(dict.fromkeys(texts)), path=ends[0].path)


def _groups(context: Context, groups: list[Held]) -> None:
    """Add what is said of the groups that a paper is in: year and venue as its own where it has none, all else as `other`."""
    for key, path, held in groups:
        cell = Cell(context.entry, path, held)
        name = meaning(key) if key else "date" if re.fullmatch(r"(?:19|20)\d\d", held) else "id"
        if name == "date" and not context.entry.has("date") and (value := date_of(held)):
            cell.add("date", digits_of(held), value)
        elif name == "venue" and not context.entry.has("venue"):
            cell.add("venue", held)
        elif not key and (told := occasion(held)).venue:
            _at(told, context.entry, path)
        elif not (name == "id" and not key and (add_id if path == context.entry.path else add_known_ids)(cell, "id", context)):
            cell.add("other", held)


def _at(told: Occasion, entry: Entry, path: str) -> None:
    """Add year and venue that the name of a group or of the file says, where the paper itself says none."""
    if not entry.has("date"):
        entry.add("date", told.year, told.year, path=path)
    if not entry.has("venue"):
        entry.add("venue", told.venue, path=path)


def _end(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    return "pages" not in context.cells and isinstance(cell.value, str | int)


def _later(cell: Cell, key: str, context: Context) -> bool:  # noqa: ARG001 - like all that look at a cell
    return True


_HANDLERS: Final[Mapping[str, Handler]] = {
    "title": passage("title"), "abstract": passage("abstract"), "authors": add_authors, "affiliations": add_beside, "date": _later, "group": _later,
    "keywords": listed_words("keyword"), "categories": listed_words("category"), "url": add_addresses, "id": add_id, "own_id": add_own_id, "references": add_references,
    "first_page": _end, "last_page": _end,
    **{name: simple_text(name) for name in ("venue", "volume", "issue", "pages", "publisher", "language", "type", "comment")},
    **{scheme: identifier_of(scheme) for scheme in SCHEMES},
}  # fmt: skip
"""What is done with a key by its meaning. What makes no field, and each key without meaning, becomes `other`."""
