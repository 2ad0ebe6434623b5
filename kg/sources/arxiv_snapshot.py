"""Reader of arXiv's metadata snapshot: JSON Lines, one paper a line.

arXiv publishes it at https://www.kaggle.com/datasets/Cornell-University/arxiv; the keys of a paper are `id submitter
authors title comments journal-ref doi report-no categories license abstract versions update_date authors_parsed`.
`authors` is the line of authors as it was submitted, in LaTeX; `authors_parsed` has a list for each author: last name,
first names, suffix and, if any, affiliations. Extracts without some of the keys, and lists in one JSON array, are
read as well.
"""

from collections.abc import Iterator
from typing import Any, Final

from kg import ids
from kg.model import Document, Problem, Record
from kg.sources._arxiv import (
    accented,
    add_affiliation,
    add_author,
    add_categories,
    add_cut,
    add_date,
    add_dois,
    add_id,
    add_line_of_authors,
    natural,
    shown,
)
from kg.sources._entry import Entry, numbered
from kg.sources._json.lines import READ_AS_LINES
from kg.sources._json.value import Value
from kg.sources._json.values import head_objects, values
from kg.sources._parts import Part, rows_of
from kg.sources._provider_json import arxiv_number

_SURE: Final = 0.95
_LIKELY: Final = 0.9
_POSSIBLE: Final = 0.5
_OWN: Final = frozenset({"submitter", "report-no", "journal-ref", "authors_parsed", "update_date", "versions"})
"""Keys that together only this format has."""

_TEXTS: Final = {"title": "title", "comments": "comment", "journal-ref": "venue", "abstract": "abstract"}


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is arXiv's metadata snapshot or an extract of it.

    >>> sniff('{"id": "0704.0001", "categories": "hep-ph", "authors_parsed": [["Berger", "E. L.", ""]]}', "a.json")
    0.95
    >>> sniff('{"id": "W1", "title": "x"}', "a.json")
    0.0
    """
    found = head_objects(head)
    if not found:
        return 0.0
    if any(isinstance(paper.get("authors"), list) and "authors_parsed" not in paper for paper in found):
        return 0.0  # what somebody made of arXiv's API, which has a list of names where the snapshot has a line of them
    keys = frozenset.intersection(*(frozenset(paper) for paper in found))
    known = all(isinstance(paper.get("id"), str) and ids.arxiv_id(paper["id"]) for paper in found)
    if "authors_parsed" in keys and "categories" in keys:
        return _SURE
    if known and len(keys & _OWN) > 1:
        return _LIKELY
    return _POSSIBLE if known and (keys & _OWN or "categories" in keys) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each object, and a problem for each line that is none.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    # That they are lines is no fault: arXiv itself calls them so.
    found = (value for value in values(document) if not isinstance(value, Problem) or value.what != READ_AS_LINES)
    return numbered(document, found, _paper)


def _paper(document: Document, ordinal: int, value: Value) -> Iterator[Record | Problem]:
    """Return the record of an object and what was noted about it."""
    if not isinstance(value.data, dict):
        return iter((Problem(document.name, value.line, "no paper but another kind of value", "delete it"),))
    entry = Entry(document, ordinal, value.line, value.path)
    _add(entry, value)
    known = value.data.get("id")
    return rows_of(entry, f"paper {shown(known)}" if isinstance(known, str) else "a paper without id")


def _add(entry: Entry, value: Value) -> None:
    """Add all that a paper's object says; what is of another type than the format has it goes in as `other`."""
    data: dict[str, Any] = value.data
    used = {"id"}
    number = data.get("id")
    if known := _part_at(value, f"{value.path}.id", arxiv_number(number) if isinstance(number, float) else number):
        if add_id(entry, known) is None:
            entry.skip(f"no arXiv id: {shown(known.text)}", "correct it; the paper is kept without it", known.line)
            known.add_to(entry, "other")
    else:
        entry.add_rest(value, (), {"id": data.get("id")})
    for key, name in _TEXTS.items():
        if part := _part(value, key):
            used.add(key)
            part.saying(accented(part.text)).add_to(entry, name)
    used |= _authors(entry, value)
    if part := _part(value, "doi"):
        used.add("doi")
        add_dois(entry, part)
    if classes := _categories(value):
        used.add("categories")
        add_categories(entry, classes)
    used |= _versions(entry, value)
    entry.add_rest(value, used)


def _part(value: Value, key: str) -> Part | None:
    """Return the text of a key and where it stands; None where it is no text, or a blank one."""
    return _part_at(value, f"{value.path}.{key}", value.data.get(key))


def _part_at(value: Value, path: str, data: object) -> Part | None:
    """Return a text at a path; None where `data` is no text, or a blank one."""
    return Part(data, path, value.line_of(path)) if isinstance(data, str) and data.strip() else None


def _categories(value: Value) -> list[Part]:
    """Return the categories: words of a text, or of the texts of a list, as some extracts have them."""
    data, path = value.data.get("categories"), f"{value.path}.categories"
    texts = data if isinstance(data, list) and all(isinstance(text, str) for text in data) else [data]
    return [
        Part(word, path, value.line_of(path)) for text in texts if isinstance(text, str) for word in text.replace(",", " ").split()
    ]


def _authors(entry: Entry, value: Value) -> set[str]:
    """Add the authors, and return the keys that are used up.

    The lists of parts are preferred, the line is what there is otherwise. Only the line tells that the list is cut.
    """
    line, parsed = _part(value, "authors"), value.data.get("authors_parsed")
    if not (isinstance(parsed, list) and parsed and all(map(_is_name, parsed))):
        if line:
            add_line_of_authors(entry, line)
        return set()
    for number, parts in enumerate(parsed):
        path = f"{value.path}.authors_parsed[{number}]"
        last, first, suffix, *affiliations = [*parts, "", "", ""][: max(len(parts), 3)]
        place = add_author(entry, Part(natural(last, first, suffix), path, value.line_of(path)))
        for rank, affiliation in enumerate(affiliations, 3):
            if part := _part_at(value, f"{path}[{rank}]", affiliation):
                add_affiliation(entry, part, place)
    if line:
        add_cut(entry, line)
    return {"authors_parsed"}


def _is_name(parts: object) -> bool:
    """Tell whether a value is the list of an author's parts."""
    return isinstance(parts, list) and bool(parts) and all(isinstance(part, str) for part in parts)


def _versions(entry: Entry, value: Value) -> set[str]:
    """Add the date of the first version and the number of the last, and return the keys that are used up.

    All that is said of a version goes in as `other` too, where there are several.
    """
    data, path = value.data.get("versions"), f"{value.path}.versions"
    if not (isinstance(data, list) and data and all(isinstance(version, dict) for version in data)):
        return set()
    if part := _part_at(value, f"{path}[0].created", data[0].get("created")):
        add_date(entry, part)
    last = len(data) - 1
    if (part := _part_at(value, f"{path}[{last}].version", data[last].get("version"))) and not entry.has("version"):
        part.add_to(entry, "version")
    plain = set(data[0]) <= {"version", "created"} and entry.has("date") and last == 0
    return {"versions"} if plain else set()
