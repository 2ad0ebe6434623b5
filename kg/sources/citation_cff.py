"""Reader of CITATION.cff, which says how software and data sets want to be cited.

It is YAML after the schema of the Citation File Format, 1.2.0 (citation-file-format.github.io), older versions too. The
work itself is a record, and so are the paper that should be cited for it (`preferred-citation`) and each work under
`references`, which the work itself cites. People are taken in the order given, name, particle, surname, suffix; an entity
is a collective. Keys that the schema has but no field is made for, and those it does not have, are `other`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dates import printed_date, valid_date
from kg.sources._entry import Entry, from_to, numbered
from kg.sources._json.value import Value
from kg.sources._json.values import values
from kg.sources._library import (
    Item,
    Place,
    add_identifier,
    add_told_identifier,
    add_url,
    first_text,
    objects,
    put,
)
from kg.sources._parts import rows_of
from kg.sources._xml.fields import put_orcid
from kg.sources._yaml import as_json, mapped

_VERSION: Final = re.compile(r"^[\"']?cff-version[\"']?\s*:", re.MULTILINE)
_OTHERS: Final = ("preferred-citation", "references")


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is a CITATION.cff: it says which version of the format it has.

    >>> sniff("cff-version: 1.2.0\ntitle: Loom\n", "CITATION.cff"), sniff("version: 1.2.0\ntitle: Loom\n", "x.cff")
    (1.0, 0.0)
    """
    return 1.0 if _VERSION.search(head) and head.lstrip("\ufeff \t\r\n")[:1] not in {"<", "{", "["} else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the work, the paper to be cited for it, and the works that it refers to.

    Raises:
        UnreadableError: If the file is no YAML, or made to exhaust whoever reads it.
    """
    made, lines = as_json(document)
    yield from mapped(_works(made), lines)


def _works(document: Document) -> Iterator[Record | Problem]:
    """Return what the JSON of a file holds."""
    held = (value for value in values(document) if not isinstance(value, Problem) and isinstance(value.data, dict))
    return numbered(document, (item for value in held for item in _items(value)), _paper)


def _paper(document: Document, ordinal: int, work: tuple[Item, str]) -> Iterator[Record | Problem]:
    """Return the record that a work is."""
    item, called = work
    entry = Entry(document, ordinal, item.value.line_of(item.path), item.path)
    _fill(entry, item)
    return rows_of(entry, called)


def _items(value: Value) -> Iterator[tuple[Item, str]]:
    """Yield the works of a file, and how people call each."""
    yield Item(value, value.data, value.path), "the work"
    for key in _OTHERS:
        held = value.data.get(key)
        for index, data in objects(held):
            if isinstance(data, Mapping):
                yield Item(value, data, f"{value.path}.{key}" + (f"[{index}]" if isinstance(held, list) else "")), f"the work under {key}"


_SIMPLE: Final = (
    ("abstract", "abstract"), ("type", "type"), ("version", "version"), ("keyword", "keywords"), ("volume", "volume"), ("issue", "issue"),
    ("comment", "notes"), ("language", "languages"),
)  # fmt: skip
_VENUES: Final = ("journal", "collection-title", "conference", "database")
_PUBLISHERS: Final = ("publisher", "institution")
_ADDRESSES: Final = ("url", "repository", "repository-code", "repository-artifact")
_DATES: Final = ("date-published", "date-released", "issue-date")
_KNOWN: Final = frozenset([
    "title", "authors", "doi", "pmcid", "identifiers", "year", "month", "start", "end", *(key for _, key in _SIMPLE), *_VENUES, *_PUBLISHERS,
    *_ADDRESSES, *_DATES, *_OTHERS,
])  # fmt: skip


def _fill(entry: Entry, item: Item) -> None:
    """Add all that is said of a work."""
    item.add(entry, "title", "title")
    for place, person in _people(item):
        _author(entry, item.value, person, place)
    for name, *keys in _SIMPLE:
        item.add(entry, name, *keys)
    _date(entry, item)
    _named(entry, item, "venue", _VENUES)
    _named(entry, item, "publisher", _PUBLISHERS)
    _pages(entry, item)
    for text, place in item.texts(entry, "doi"):
        add_identifier(entry, "doi", text, place)
    for text, place in item.texts(entry, "pmcid"):
        add_identifier(entry, "pmcid", text, place)
    _identifiers(entry, item)
    for key in _ADDRESSES:
        for text, place in item.texts(entry, key):
            add_url(entry, text, place)
    _cited(entry, item)
    item.rest(entry, _KNOWN)


def _people(item: Item) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yield the authors, each with its place."""
    held = item.data.get("authors")
    for index, person in objects(held or []):
        path = f"{item.path}.authors" + (f"[{index}]" if isinstance(held, list) else "")
        yield Place(path, item.value.line_of(path)), person if isinstance(person, Mapping) else {"name": person}


_PARTS: Final = ("given-names", "name-particle", "family-names", "name-suffix")
_PERSON: Final = frozenset([*_PARTS, "name", "orcid", "affiliation"])


def _author(entry: Entry, value: Value, person: Mapping[str, Any], place: Place) -> None:
    """Add an author with ORCID iD and affiliation; an alias is a name where there is no other."""
    parts = {key: first_text(person.get(key)) for key in (*_PARTS, "name", "alias")}
    printed = " ".join(parts[key] for key in _PARTS if parts[key])
    group = not printed and bool(parts["name"])
    position = put(entry, "author", printed or parts["name"] or parts["alias"], place, "group" if group else "person")
    if position is None:
        entry.warn("an author without a name", "give family-names and given-names, or a name", place.line)
        entry.add("other", dict(person) or None, path=place.path, line=place.line)
        return
    line = value.line_of(f"{place.path}.orcid")
    put_orcid(entry, first_text(person.get("orcid")), f"{place.path}.orcid", line, position)
    line = value.line_of(f"{place.path}.affiliation")
    entry.add("affiliation", first_text(person.get("affiliation")), path=f"{place.path}.affiliation", line=line, of=position)
    Item(value, person, place.path).rest(entry, _PERSON if printed or group else _PERSON | {"alias"})


def _date(entry: Entry, item: Item) -> None:
    """Add the date: a whole one if there is any, else year and month."""
    for key in _DATES:
        for text, place in item.texts(entry, key):
            value = printed_date(text)
            if value is None:
                entry.warn(f"no date: {text[:40]!r}", "write it as 2022-05-12", place.line)
            put(entry, "other" if entry.has("date") else "date", text, place, value)
    year, month = (first_text(item.data.get(key)) for key in ("year", "month"))
    if not year or entry.has("date"):
        put(entry, "other", f"{year} {month}".strip(), item.place("year"))
    else:
        digits = year.isdecimal() and year.isascii() and len(year) == 4
        value = valid_date(year, month if month.isdecimal() and month.isascii() and len(month) < 3 else None) if digits else None
        put(entry, "date", f"{year}-{month.zfill(2)}" if month else year, item.place("year"), value)


def _named(entry: Entry, item: Item, name: str, keys: tuple[str, ...]) -> None:
    """Add the first of some entities that has a name, or is one; all others are `other`."""
    for key in keys:
        held = item.data.get(key)
        text = first_text(held.get("name")) if isinstance(held, Mapping) else first_text(held)
        place = item.place(key)
        put(entry, "other" if entry.has(name) else name, text, place)
        if isinstance(held, Mapping):
            Item(item.value, held, place.path).rest(entry, {"name"})


def _pages(entry: Entry, item: Item) -> None:
    """Add the first and the last page; `pages` is how many there are."""
    first, last = (first_text(item.data.get(key)) for key in ("start", "end"))
    put(entry, "pages" if first else "other", from_to(first, last), item.place("start" if first else "end"))


def _identifiers(entry: Entry, item: Item) -> None:
    """Add what is listed as identifier; a DOI that is told already is `other`, and often another version's."""
    held = item.data.get("identifiers")
    for index, each in objects(held or []):
        path = f"{item.path}.identifiers" + (f"[{index}]" if isinstance(held, list) else "")
        place = Place(path, item.value.line_of(path))
        text = each if isinstance(each, str) else first_text(each.get("value"))
        kind = "" if isinstance(each, str) else first_text(each.get("type")).lower()
        if kind == "url":
            add_url(entry, text, place)
        elif entry.has("identifier") or entry.has("arxiv_id") or not add_told_identifier(entry, text, place):
            put(entry, "other", text, place)
        if isinstance(each, Mapping):
            Item(item.value, each, path).rest(entry, {"type", "value"})


def _cited(entry: Entry, item: Item) -> None:
    """Add the works under `references` as cited, by their titles."""
    for index, work in objects(item.data.get("references") or []):
        path = f"{item.path}.references[{index}]"
        title = work if isinstance(work, str) else first_text(work.get("title"))
        doi = "" if isinstance(work, str) else first_text(work.get("doi"))
        entry.add("reference", title or doi, identifier(doi, "doi"), path=path, line=item.value.line_of(path))
