"""Reader of Zotero's own items as JSON: Better BibTeX's JSON export and the answers of Zotero's Web API.

Better BibTeX writes `{"config": {"label": "BetterBibTeX JSON"}, "items": [...]}` (retorque.re/zotero-better-bibtex); the
Web API, version 3 (zotero.org/support/dev/web_api/v3), a list of `{"key", "version", "data": {...}}`. Both hold items of
Zotero's schema: an `itemType`, `creators` with their role, `tags`, the lines of `extra`. A creator with a single name is
an institution, as Zotero's manual has it. Attachments, notes and annotations are no papers and are passed over;
creators who are no authors (editors, translators) are `other`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.model import Document, Problem, Record
from kg.sources._dates import printed_date
from kg.sources._entry import Entry, numbered
from kg.sources._json.value import Value
from kg.sources._json.values import head_objects, values
from kg.sources._library import (
    Item,
    Place,
    add_arxiv,
    add_date,
    add_identifier,
    add_note,
    add_url,
    first_text,
    objects,
    put,
    scalars,
    strange,
)
from kg.sources._markup import plain
from kg.sources._text.names import natural

NO_PAPERS: Final = frozenset(["attachment", "note", "annotation"])
"""Types of items that belong to a paper and are none."""

AUTHORS: Final = frozenset(["author", "presenter", "programmer", "inventor"])
"""Roles of those who made the work itself, by type of item."""

_LABEL: Final = re.compile(r'"label"\s*:\s*"BetterBibTeX JSON"')
_ITEM_KEYS: Final = frozenset(["creators", "itemKey", "itemID", "key", "title", "tags", "citationKey", "dateAdded"])


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file holds items of Zotero.

    >>> sniff('[{"key": "AB12", "data": {"itemType": "preprint", "title": "On X", "creators": []}}]', "a.json")
    0.9
    >>> sniff('[{"itemType": "x"}]', "a.json")
    0.0
    """
    if head.lstrip("\ufeff \t\r\n").startswith("{") and _LABEL.search(head):
        return 1.0
    for data in head_objects(head, "items"):
        inner = _inner(data)
        if isinstance(inner.get("itemType"), str) and _ITEM_KEYS & set(inner):
            return 0.9
    return 0.0


def _inner(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the item itself, without the Web API's envelope."""
    inside = data.get("data")
    return inside if isinstance(inside, dict) and "itemType" in inside else data


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a record for each item that is a paper, and a problem for each value that is no item.

    Raises:
        UnreadableError: If the file is no JSON.
    """
    return numbered(document, values(document, "items"), _paper)


def _paper(document: Document, ordinal: int, value: Value) -> Iterator[Record | Problem]:
    """Yield the record that an item is, if it is a paper."""
    if not isinstance(value.data, dict) or not isinstance(_inner(value.data).get("itemType"), str):
        yield Problem(document.name, value.line, f"no Zotero item at {value.path}", "give it an itemType, or leave it out")
    elif _inner(value.data)["itemType"] not in NO_PAPERS:
        entry = Entry(document, ordinal, value.line, value.path)
        _fill(entry, value)
        yield from entry.rows()


_SIMPLE: Final = (
    ("venue", "publicationTitle", "proceedingsTitle", "bookTitle", "encyclopediaTitle", "dictionaryTitle",
     "conferenceName", "meetingName"),
    ("volume", "volume"), ("issue", "issue"), ("pages", "pages"),
    ("publisher", "publisher", "university", "institution", "repository", "company"),
    ("type", "itemType"), ("language", "language"),
)  # fmt: skip
"""Fields and the keys that hold them; of several keys the first that says anything."""

_KNOWN: Final = frozenset([
    "title", "creators", "date", "abstractNote", "DOI", "PMID", "PMCID", "url", "extra", "tags", "archiveID", "number",
    *(key for _, *keys in _SIMPLE for key in keys),
])  # fmt: skip


def _fill(entry: Entry, value: Value) -> None:
    """Add all that an item says."""
    data = _inner(value.data)
    wrapped = data is not value.data
    item = Item(value, data, f"{value.path}.data" if wrapped else value.path)
    for text, place in item.texts(entry, "title"):
        put(entry, "title", plain(text), place)
    _creators(entry, item)
    for text, place in item.texts(entry, "abstractNote"):
        put(entry, "abstract", plain(text), place)
    _date(entry, item)
    for name, *keys in _SIMPLE:
        item.add(entry, name, *keys)
    _tags(entry, item)
    _identifiers(entry, item)
    for text, place in item.texts(entry, "extra"):
        add_note(entry, text, place)
    for text, place in item.texts(entry, "url"):
        add_url(entry, text, place)
    item.rest(entry, _KNOWN)
    if wrapped:
        Item(value, value.data, value.path).rest(entry, {"data"})


def _date(entry: Entry, item: Item) -> None:
    """Add the date as typed, with the value that the Web API found in it where that tells more."""
    meta = item.value.data.get("meta")
    parsed = first_text(meta.get("parsedDate")) if isinstance(meta, Mapping) else ""
    for text, place in item.texts(entry, "date"):
        known, better = printed_date(text) or "", printed_date(parsed) or ""
        if len(better) > len(known) and better.startswith(known):
            put(entry, "date", text, place, better)
        else:
            add_date(entry, text, place)


def _creators(entry: Entry, item: Item) -> None:
    """Add the authors; who made something else goes to `other`."""
    creators, base = item.data.get("creators"), item.place("creators")
    for index, creator in objects(creators):
        path = f"{base.path}[{index}]" if isinstance(creators, list) else base.path
        place = Place(path, item.value.line_of(path))
        if isinstance(creator, str):
            put(entry, "author", natural(creator), place)
        elif first_text(creator.get("creatorType", "author")) in AUTHORS:
            _author(entry, item.value, creator, place)
        elif any(scalars(creator.get(key)) for key in ("name", "lastName", "firstName")):
            entry.add("other", dict(creator), path=path, line=place.line)
    if rest := strange(creators):
        entry.warn("a creator is no name", "make it {creatorType, lastName, firstName}", base.line)
        entry.add("other", rest, path=base.path, line=base.line)


def _author(entry: Entry, value: Value, creator: Mapping[str, Any], place: Place) -> None:
    """Add one author."""
    parts = {key: first_text(creator.get(key)) for key in ("name", "firstName", "lastName")}
    person = " ".join(parts[key] for key in ("firstName", "lastName") if parts[key])
    group = bool(parts["name"] and not person) or creator.get("fieldMode") == 1
    printed = (person or parts["name"]).strip("{} ")
    if printed.lower().rstrip(".") in {"others", "et al", "and others"}:
        put(entry, "et_al", printed, place)
        return
    put(entry, "author", printed, place, "group" if group else None)
    said = {key for key, text in parts.items() if text}
    Item(value, creator, place.path).rest(entry, {"creatorType", "fieldMode"} | said)


def _tags(entry: Entry, item: Item) -> None:
    """Add the tags as keywords, those that Zotero found by itself too."""
    tags, base = item.data.get("tags"), item.place("tags")
    for index, tag in objects(tags):
        path = f"{base.path}[{index}]" if isinstance(tags, list) else base.path
        text = tag if isinstance(tag, str) else first_text(tag.get("tag"))
        entry.add("keyword", text, path=path, line=item.value.line_of(path))
    entry.add("other", strange(tags), path=base.path, line=base.line)


def _identifiers(entry: Entry, item: Item) -> None:
    """Add DOI, PMID, PMCID and the arXiv id that is the number of a preprint."""
    for key in ("DOI", "PMID", "PMCID"):
        for text, place in item.texts(entry, key):
            add_identifier(entry, key.lower(), text, place)
    in_arxiv = any("arxiv" in text.lower() for key in ("repository", "publisher", "libraryCatalog") for text in scalars(item.data.get(key)) or [])
    for key in ("archiveID", "number"):
        for text, place in item.texts(entry, key):
            if not ((in_arxiv or "arxiv" in text.lower()) and add_arxiv(entry, text, place)):
                put(entry, "other", text, place)
