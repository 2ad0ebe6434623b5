"""Reader of Hayagriva's YAML, the bibliographies of Typst.

A file maps keys to entries (github.com/typst/hayagriva, docs/file-format.md). What an entry appeared in is its `parent`, which
has title, volume and publisher of its own, and perhaps a parent again: the nearest one that says something counts. Names
are `Family, Given`, or objects of their parts.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.model import Document, Problem, Record
from kg.sources import HEAD
from kg.sources._citing import add_author, add_page_range, in_order
from kg.sources._entry import Entry, numbered
from kg.sources._json.values import head_objects, values
from kg.sources._library import Item, Place, add_date, add_identifier, add_url, first_text, objects, put
from kg.sources._parts import rows_of
from kg.sources._yaml import as_json, head_as_json, mapped

_TYPES: Final = frozenset([
    "article", "chapter", "entry", "anthos", "report", "thesis", "web", "scene", "artwork", "patent", "case", "newspaper", "legislation", "manuscript",
    "original", "post", "misc", "performance", "periodical", "proceedings", "book", "blog", "reference", "conference", "anthology", "repository",
    "thread", "video", "audio", "exhibition",
])  # fmt: skip
_TELLING: Final = frozenset(["parent", "serial-number", "page-range", "page-total"])
"""Keys that no other format has."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is Hayagriva's: an entry of one of its types has a key that only its entries have.

    >>> sniff("looms:\n  type: article\n  title: On X\n  page-range: 1-9\n", "a.yml"), sniff("looms:\n  title: On X\n", "a.yml")
    (1.0, 0.0)
    """
    for data in head_objects(head_as_json(head, HEAD), most=1):
        if any(_is_entry(entry) and not _TELLING.isdisjoint(entry) for entry in data.values()):
            return 1.0
    return 0.0


def _is_entry(data: Any) -> bool:
    """Tell whether this is an entry: it has a type, or what it appeared in has one."""
    return isinstance(data, Mapping) and (_is_typed(data) or any(map(_is_typed, (parent for _, parent in objects(data.get("parent") or [])))))


def _is_typed(data: Any) -> bool:
    return isinstance(data, Mapping) and first_text(data.get("type")).lower() in _TYPES


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each entry, and a problem for each that is none or has no title.

    Raises:
        UnreadableError: If the file is no YAML, or made to exhaust whoever reads it.
    """
    made, lines = as_json(document)
    yield from mapped(numbered(made, _entries(made), _paper), lines)


def _entries(document: Document) -> Iterator[tuple[str, Item] | Problem]:
    """Yield the entries in the JSON of a file with their keys, and a problem for what is none."""
    for value in values(document):
        if isinstance(value, Problem) or not isinstance(value.data, dict):
            continue
        shared = {repr(data.get("parent")) for data in value.data.values() if isinstance(data, dict)}
        for key, data in value.data.items():
            if repr(data) in shared:
                continue  # an anchor for those that appeared in it
            path = f"{value.path}.{key}"
            if isinstance(data, dict):
                yield key, Item(value, data, path)
            else:
                yield Problem(document.name, value.line_of(path), f"{key[:60]!r} is no entry", "give it a type and a title")


def _paper(document: Document, ordinal: int, found: tuple[str, Item]) -> Iterator[Record | Problem]:
    """Return the record that an entry is."""
    key, item = found
    entry = Entry(document, ordinal, item.value.line_of(item.path), item.path)
    put(entry, "other", key, Place(item.path, entry.line))
    _fill(entry, item)
    return rows_of(entry, f"the entry {key[:60]!r}")


_SIMPLE: Final = (("abstract", "abstract"), ("type", "type"), ("issue", "issue"), ("volume", "volume"), ("language", "language"), ("comment", "note"))
_OF_PARENT: Final = frozenset(["volume", "issue", "publisher", "date", "venue"])
"""What an entry has from what it appeared in, where it does not say it itself."""

_PUBLISHERS: Final = ("publisher", "organization")
_NUMBERS: Final = ("doi", "pmid", "pmcid", "arxiv")
_KNOWN: Final = frozenset(["title", "parent", *_PUBLISHERS, "date", "page-range", "serial-number", "url", *(key for _, key in _SIMPLE)])
_MOST_PARENTS: Final = 4


def _fill(entry: Entry, item: Item) -> None:
    """Add all that an entry says, then what is said of what it appeared in."""
    put(entry, "title", *_said(entry, item, "title"))
    for person, place in _people(item):
        if isinstance(person, str):
            add_author(entry, in_order([part.strip() for part in person.split(",")], suffix=1), place)
        else:
            add_author(entry, " ".join(filter(None, (first_text(person.get(key)) for key in ("given-name", "prefix", "name", "suffix")))), place)
    for text, place in item.texts(entry, "page-range"):
        add_page_range(entry, text, place)
    _common(entry, item, known=_KNOWN | {"author", "doi"})
    for parent in _parents(item):
        put(entry, "other" if entry.has("venue") else "venue", *_said(entry, parent, "title"))
        _common(entry, parent, known=_KNOWN - {"page-range"}, only=_OF_PARENT)


def _said(entry: Entry, item: Item, key: str) -> tuple[str, Place]:
    """Return the text under a key; it may be an object, of which all else is `other`."""
    held, place = item.data.get(key), item.place(key)
    if not isinstance(held, Mapping):
        return first_text(held), place
    Item(item.value, held, place.path).rest(entry, {"value", "name"})
    return first_text(held.get("value", held.get("name"))), place


def _people(item: Item) -> Iterator[tuple[Mapping[str, Any] | str, Place]]:
    """Yield the authors with their places."""
    held = item.data.get("author")
    for index, person in objects(held or []):
        path = f"{item.path}.author" + (f"[{index}]" if isinstance(held, list) else "")
        yield person, Place(path, item.value.line_of(path))


def _parents(item: Item, depth: int = 0) -> Iterator[Item]:
    """Yield what an entry appeared in, and what that appeared in."""
    held = item.data.get("parent")
    for index, data in objects(held or []):
        if isinstance(data, Mapping) and depth < _MOST_PARENTS:
            parent = Item(item.value, data, f"{item.path}.parent" + (f"[{index}]" if isinstance(held, list) else ""))
            yield parent
            yield from _parents(parent, depth + 1)


def _common(entry: Entry, item: Item, *, known: frozenset[str], only: frozenset[str] = frozenset()) -> None:
    """Add what entries and their parents say alike.

    Args:
        entry: The record.
        item: The entry, or a parent.
        known: Keys that are not for `other`.
        only: Of a parent, the fields that an entry without them has from it; all else it says is `other`.
    """

    def name(wanted: str) -> str:
        return wanted if not only or (wanted in only and not entry.has(wanted)) else "other"

    for wanted, key in _SIMPLE:
        for text, place in item.texts(entry, key):
            put(entry, name(wanted), text, place)
    for key in _PUBLISHERS:
        put(entry, "other" if entry.has("publisher") else name("publisher"), *_said(entry, item, key))
    text, place = _said(entry, item, "date")
    if text and name("date") == "date":
        add_date(entry, text, place)
    else:
        put(entry, "other", text, place)
    _numbers(entry, item, own=not only)
    address, place = _said(entry, item, "url")
    if address and not only:
        add_url(entry, address, place)
    else:
        put(entry, "other", address, place)
    item.rest(entry, known)


def _numbers(entry: Entry, item: Item, *, own: bool) -> None:
    """Add the identifiers among the serial numbers, of old a DOI beside them; those of a journal or volume are `other`."""
    for text, where in item.texts(entry, "doi") if own else ():
        add_identifier(entry, "doi", text, where)
    held, place = item.data.get("serial-number"), item.place("serial-number")
    if not isinstance(held, Mapping):
        put(entry, "other", first_text(held), place)
        return
    inner = Item(item.value, held, place.path)
    for scheme in _NUMBERS if own else ():
        for text, where in inner.texts(entry, scheme):
            add_identifier(entry, scheme, text, where)
    inner.rest(entry, _NUMBERS if own else ())
