"""Where papers are in JSON of people's own making: an object, its values, groups of groups, or columns.

A paper may be wrapped (`{"paper": {...}}`, `{"_source": {...}}`), and part of what is said of it may be in an object of
its own (`{"ids": {...}, "links": {...}}`): these are opened, so that a paper is one list of keys and values.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import chain
from typing import Any, Final, NamedTuple

from kg.sources._cells import says
from kg.sources._json.value import Value
from kg.sources._own_json.keys import CITATIONS, SPELLINGS, TITLES, bare, meaning
from kg.sources._venue_names import year_of

Held = tuple[str, str, Any]
"""A key, the path of what is under it, and what that is."""

TELLING: Final = frozenset({"title", "abstract", "doi", "arxiv", "pmid", "acl", "openreview", "dblp"})
"""What a paper is known by, any of it."""

_OWN: Final = TELLING - {"title"} | {"authors"}
"""What only papers have; a session, a topic or a reading list has a title too, and a date."""

_SIGNED: Final = _OWN - {"abstract"}
_STRONG: Final = _OWN | {"date", "venue"}
_WRAPPERS: Final = frozenset({
    "paper", "bib", "bibjson", "metadata", "content", "contents", "details", "detail", "original", "entrytags", "attributes", "info", "record",
    "article", "publication", "item", "work", "node", "properties", "identifiers", "externalids", "ids", "pids", "articleids", "links", "urls",
    "journalinfo", "openaccess", "bestoalocation", "extids",
    "download", "resource", "embeds", "frontmatter", "acf", "customfields", "indexterms", "row", "fields", "names", "coredata", "medlinecitation", "pubmeddata", "articleidlist",
})  # fmt: skip
_PRINTED: Final = frozenset({"volume", "pages", "date"})
"""What is said of what was printed: a `source` that has it is where a paper appeared, and else a database."""

_TYPED: Final = frozenset({"identifiers", "identifier", "externalids", "externalid", "articleids", "articleid", "ids", "pid", "pids", "links", "link", "urls", "url"})
"""Lists of objects that each say what they are: `{"type": "doi", "value": "10..."}`, `{"label": "PDF", "url": "https..."}`."""

_PLACES: Final = frozenset({"publicationinfo", "electronicversions"})
"""Lists of the places where a paper appeared: at INSPIRE, of which the first counts (others are errata), and in Pure."""

_OPENED: Final = _WRAPPERS | _TYPED | _PLACES | {"source", "published", "issue"}
_NESTED: Final = frozenset({dict, list})
_KINDS: Final = ("propertyid", "idtype", "externalidtype", "type", "scheme", "label", "name", "title", "rel", "text", "kind")
_VALUES: Final = ("value", "externalidvalue", "id", "identifier", "url", "href", "link", "uri", "text")
_ELSEWHERE: Final = frozenset({"references", "authors"})
_OTHERS: Final = frozenset({"citations", "citedby", "relatedpapers", "related", "recommendations", "similarpapers", "incitations"})
"""Lists of other papers that a paper has."""

_DEEPEST: Final = 8
_PLAIN: Final = frozenset({
    "papers", "acceptedpapers", "accepted", "publications", "articles", "results", "data", "items", "records", "works", "entries", "documents", "docs", "hits", "list",
    "result", "response", "collection", "graph", "message", "nodes", "topics", "sections", "years", "sota", "rows", "worksummary",
    "days", "tracks", "sessions", "talks", "presentations", "contributions", "posters", "submissions", "slots", "program", "schedule",
})  # fmt: skip
"""Keys of lists and groups that say nothing of what is in them."""


_LISTS: Final = frozenset({"papers", "publications", "articles", "worksummary"})
"""Keys of lists whose elements are papers, however little they say."""

_LITERAL: Final = frozenset({"uri", "literal", "typed-literal", "bnode"})
"""Types of what SPARQL's answers in JSON have as values: https://www.w3.org/TR/sparql11-results-json/"""


class Paper(NamedTuple):
    """A paper of a file.

    Attributes:
        line: Its line.
        path: Its path.
        cells: Key, path and value of all that is said of it.
        groups: What is said of the groups that it is in (a topic, a year, a session); the name of one has no key.
    """

    line: int
    path: str
    cells: list[Held]
    groups: list[Held]

    def names(self) -> set[str]:
        """Return what is known of the meaning of its keys that hold anything."""
        return _meanings([(key, held) for key, _, held in self.cells])


def papers(value: Value) -> Iterator[Paper]:
    """Yield the papers in a value: itself, its values, those in its groups, or its columns; itself where there are none."""
    data: dict[str, Any] = value.data
    if data and all(isinstance(held, dict) and str(held.get("type")) in _LITERAL for held in data.values()):
        yield Paper(value.line, value.path, [(key, f"{value.path}.{key}.value", held.get("value")) for key, held in data.items()], [])
        return
    if columns := _columns(data):
        yield from (Paper(value.line_of(row[0][1]), row[0][1], row, []) for row in columns)
        return
    found = None if _is_own(data) or _is_wrapped(data) else _grouped(value, data, value.path, [], 0)
    first = next(found, None) if found else None
    if first is None:
        yield _paper(value, value.path, data, [])
    elif found:
        yield from chain([first], found)


def papers_beside(value: Value) -> Iterator[Paper]:
    """Yield the papers in what stands beside a list of papers: in other lists (`preprints`, `books`), if one there has authors or an identifier.

    The jobs and awards of a résumé have titles and summaries too.
    """
    for key, held in value.data.items():
        if isinstance(held, list) and any(isinstance(each, dict) and _is_signed(_names(each)) for each in held):
            yield from _grouped(value, {key: held}, value.path, [], 0)


def _is_signed(names: Collection[str]) -> bool:
    return "title" in names and not _SIGNED.isdisjoint(names)


_YEAR: Final = re.compile(r"\b(?:19|20)[0-9]{2}\b")
_SHORTEST_CITATION: Final = 40


def is_citation(text: Any) -> bool:
    """Tell whether a value may be the citation of a paper, with all that is said of it."""
    return isinstance(text, str) and len(text) > _SHORTEST_CITATION and _YEAR.search(text) is not None


def _meanings(held: Collection[tuple[str, Any]]) -> set[str]:
    """Return what is known of the meaning of keys that hold anything; the `name` of what has authors and the like is a title."""
    told = {meaning(key) or bare(key) for key, each in held if says(each)}
    names = told & SPELLINGS.keys()
    if "title" not in names and any(bare(key) in CITATIONS and is_citation(each) for key, each in held):
        return names | {"title", "authors"}
    return names | {"title"} if "title" not in names and names & _OWN and not told.isdisjoint(TITLES) else names


def _names(data: Mapping[str, Any]) -> set[str]:
    return _meanings(data.items())


def _is_own(data: Mapping[str, Any]) -> bool:
    """Tell whether an object says of itself what only papers have."""
    names = _names(data)
    return "title" in names and bool(names & _OWN)


def _is_paper(data: Any) -> bool:
    """Tell whether something within a group is a paper."""
    if not isinstance(data, dict):
        return False
    names = _names(data)
    if "title" in names:
        return bool(names & _STRONG)
    return len(names & TELLING) > 1 or _is_wrapped(data)


def _is_wrapped(data: Mapping[str, Any]) -> bool:
    """Tell whether a paper is in an object that is wrapped around it."""
    return any(_is_wrapper(key, held) and _is_paper(held) for key, held in data.items())


def _grouped(value: Value, data: Any, path: str, groups: list[Held], depth: int) -> Iterator[Paper]:
    """Yield the papers in an object or list that is none itself, with all that stands beside a paper in a list of them."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        listed = any(map(_is_paper, data)) or bare(path.rpartition(".")[2]) in _LISTS
        for i, each in enumerate(data):
            if listed and isinstance(each, dict) and not _has_papers(each):
                yield _paper(value, f"{path}[{i}]", each, groups)
            elif isinstance(each, dict | list):
                yield from _grouped(value, each, f"{path}[{i}]", groups, depth + 1)
        return
    titled = any(_is_title(key) and isinstance(held, str) for key, held in data.items())
    own = [(key, f"{path}.{key}", held) for key, held in data.items() if isinstance(held, str | int) and path != "$"]
    mapping = all(isinstance(held, dict) for held in data.values()) and any(_names(held) & TELLING for held in data.values())
    for key, held in data.items():
        at = f"{path}.{key}"
        around = [*groups, *own, *([] if bare(key) in _PLAIN else [("", at, key)])]
        if not isinstance(held, dict | list) or meaning(key) in _ELSEWHERE or bare(key) in _OTHERS or (titled and bare(key) not in _PLAIN):
            continue
        if isinstance(held, dict) and (mapping or _is_paper(held)):
            yield _paper(value, at, held, around)
        else:
            yield from _grouped(value, held, at, around, depth + 1)


_OCCASIONS: Final = frozenset({"event", "info", "meta", "metadata"})
_LONGEST_VENUE: Final = 300


def around_all(data: Mapping[str, Any], path: str = "$", *, named: bool = False) -> list[Held]:
    """Return what an object says of where and when all papers in it appeared: the first venue, and a year, which a venue may tell too.

    >>> around_all({"conference": {"name": "ICML", "year": 2020, "id": 7}, "total": 2})
    [('venue', '$.conference.name', 'ICML'), ('year', '$.conference.year', 2020)]
    """
    told: list[Held] = []
    for key, held in data.items():
        at, is_venue = f"{path}.{key}", meaning(key) == "venue" or (named and _is_title(key))
        if isinstance(held, dict) and path == "$" and (is_venue or bare(key) in _OCCASIONS):
            told += around_all(held, at, named=meaning(key) == "venue" or bare(key) == "event")
        elif isinstance(held, str) and is_venue and 0 < len(held.strip()) < _LONGEST_VENUE:
            told.append(("venue", at, held))
        elif bare(key).endswith("year") and _YEAR.fullmatch(str(held).strip()):
            told.append(("year", at, held))
    first = {key: (key, at, held) for key, at, held in reversed(told)}
    if path == "$" and "venue" in first and (year := year_of(first["venue"][2])):
        first.setdefault("year", ("year", first["venue"][1], year))
    return [*first.values()]


def _has_papers(data: Mapping[str, Any]) -> bool:
    """Tell whether an object is a session or the like: it has papers, and says of itself nothing that only they have."""
    inner = [held for key, held in data.items() if isinstance(held, list) and bare(key) in _PLAIN]
    return bool(inner) and not _is_own(data) and any(isinstance(each, dict) and _is_own(each) for held in inner for each in held)


def _is_title(key: str) -> bool:
    return meaning(key) == "title" or bare(key) in TITLES


def _paper(value: Value, path: str, data: dict[str, Any], groups: list[Held]) -> Paper:
    cells = _opened(data, path)
    if bare(path.rpartition(".")[2].partition("[")[0]) in _LISTS and not any(_is_title(key) and bare(key) not in TITLES for key, _, _ in cells):
        cells = [("title" if bare(key) in TITLES and isinstance(held, str) else key, at, held) for key, at, held in cells]
    if sum(meaning(key) == "venue" for key, _, _ in cells) > 1 and not any(_is_title(key) for key, _, _ in cells):
        cells = [("title" if bare(key) == "publication" and isinstance(held, str) else key, at, held) for key, at, held in cells]
    return Paper(value.line_of(path), path, cells, groups)


def _is_wrapper(key: str, held: Any) -> bool:
    """Tell whether what is under a key belongs to the paper around it."""
    if not isinstance(held, dict):
        return False
    name, _, rank = key.partition("[")
    if rank and bare(name) in _PLACES:
        return rank == "0]" or bare(name) == "electronicversions"
    if bare(key) in {"published", "issue"}:
        return not {"venue", "doi", "issue"}.isdisjoint(map(meaning, held))  # elsewhere it is a date, or a number
    return bare(key) in _WRAPPERS or key == "_source" or (key == "source" and not _PRINTED.isdisjoint(map(meaning, held)))


def _opened(data: Mapping[str, Any], path: str, depth: int = 0) -> list[Held]:
    """Return what an object says of a paper, with what is in its wrappers; what is said twice, once."""
    if all(type(held) not in _NESTED or bare(_last(key)) not in _OPENED for key, held in data.items()) and any(map(_is_title, data)):
        return [(key, f"{path}.{key}", held) for key, held in data.items()]
    data = dict(_spread(data))
    cells = [(key, f"{path}.{key}", held) for key, held in data.items() if not _is_wrapper(key, held)]
    wrapped = [(key, held) for key, held in data.items() if _is_wrapper(key, held)]
    if not any(_is_title(key) for key, _, _ in cells):
        titled = [each for each in cells if isinstance(each[2], dict) and _is_paper(each[2]) and meaning(each[0]) is None]
        if len(titled) == 1 and not wrapped:
            cells.remove(titled[0])
            wrapped = [(titled[0][0], titled[0][2])]
    for key, held in wrapped:
        inner = _opened(held, f"{path}.{key}", depth + 1) if depth < _DEEPEST else [(key, f"{path}.{key}", held)]
        known = {(name, str(value)) for name, _, value in cells}
        inner = [each for each in inner if (each[0], str(each[2])) not in known]
        days = {name for name, _, _ in inner if meaning(name) == "date"} if bare(key) == "paper" else set()
        cells = [*(each for each in cells if each[0] not in days), *inner, *(each for each in cells if each[0] in days)]
    return [part for each in cells for part in _typed(*each)]


def _spread(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the keys of an object and what is under them, of a list of places each of them alone: `publication_info[0]`."""
    for key, held in data.items():
        if isinstance(held, list) and bare(key) in _PLACES and all(isinstance(each, dict) for each in held):
            yield from ((f"{key}[{i}]", each) for i, each in enumerate(held))
        else:
            yield key, held


def _typed(key: str, path: str, held: Any) -> Iterator[Held]:
    """Yield the parts of a list whose elements say what they are, each under its own name; all else as it is."""
    alone = isinstance(held, dict) and "propertyid" in map(bare, held)  # schema.org's PropertyValue
    parts = [("", held)] if alone else [(f"[{i}]", each) for i, each in enumerate(held)] if isinstance(held, list) else []
    if bare(_last(key)) not in _TYPED or not parts or not all(isinstance(each, dict) for _, each in parts):
        yield key, path, held
        return
    for at, each in parts:
        names = {bare(name): name for name, text in each.items() if isinstance(text, str) and text.strip()}
        kind = next((names[name] for name in _KINDS if name in names), None)
        value = next((names[name] for name in _VALUES if name in names), None)
        if value is None or kind == value or "part-of" in each.values():
            yield key if value is None or kind == value else "", f"{path}{at}", each
            continue
        told = _last(each[kind]) if kind and meaning(_last(each[kind])) else value if meaning(value) == "url" else key
        yield told, f"{path}{at}.{value}", each[value]
        rest = [name for name in each if name != value and (name != kind or told != each[kind])]
        yield from (("", f"{path}{at}.{name}", each[name]) for name in rest)


def _last(name: str) -> str:
    """Return a name without its namespace (`cir:DOI`)."""
    return name.rpartition(":")[2]


def in_row(value: Value, names: list[str]) -> Paper:
    """Return the paper in a row of a table of which the columns are called so."""
    return Paper(value.line, value.path, [(name, f"{value.path}[{i}]", held) for i, (name, held) in enumerate(zip(names, value.data, strict=False))], [])


def _columns(data: Mapping[str, Any]) -> list[list[Held]]:
    """Return the rows of an object that holds columns, with the place of each value in its column."""
    title = next((held for key, held in data.items() if meaning(key) == "title"), None)
    if isinstance(title, dict) and title and all(isinstance(held, dict) for held in data.values()):
        return [[(key, f"$.{key}.{row}", held.get(row)) for key, held in data.items()] for row in title]
    names, place = data.get("columns"), "rows" if "rows" in data else "data"
    rows = data.get(place)
    if isinstance(names, list) and isinstance(rows, list) and all(isinstance(row, list) and len(row) == len(names) for row in rows):
        return [[(str(name), f"$.{place}[{i}][{j}]", row[j]) for j, name in enumerate(names)] for i, row in enumerate(rows)]
    if not isinstance(title, list) or len(title) < 2:
        return []
    if all(isinstance(held, list) and len(held) == len(title) for held in data.values()):
        return [[(key, f"$.{key}[{row}]", held[row]) for key, held in data.items()] for row in range(len(title))]
    return []
