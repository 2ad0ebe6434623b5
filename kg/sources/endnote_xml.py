"""Reader of EndNote's XML, which Mendeley, Zotero, Bookends and programs for systematic reviews write too.

Its root is `xml`, with `records` inside; a `record` holds a reference as EndNote keeps it. Of a text that is in `style` elements
only the text counts; a carriage return parts addresses and keywords. The elements are EndNote's fields under longer names, and
mean what they mean in its tagged text (see `endnote_tagged`): `titles/secondary-title` is `%B`, `electronic-resource-num` `%R`.
What has no tag there is `other`.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._entry import Entry, numbered
from kg.sources._library import Place
from kg.sources._parts import rows_of
from kg.sources._tagged import Tagged
from kg.sources._xml.stream import Located, children, local, located, root_of
from kg.sources.endnote_tagged import add_fields

_ROOTS: Final = frozenset(["xml", "records"])
_TELLING: Final = re.compile(r"<(?:ref-type|rec-number|source-app|contributors)[\s/>]")

_TAGS: Final = {
    "contributors/authors/author": "A", "auth-address": "+", "titles/title": "T", "titles/secondary-title": "B",
    "titles/tertiary-title": "S", "periodical/full-title": "J", "volume": "V", "number": "N", "issue": "N", "pages": "P", "dates/year": "D",
    "dates/pub-dates/date": "8", "keywords/keyword": "K", "abstract": "X", "publisher": "I", "language": "G",
    "electronic-resource-num": "R", "accession-num": "M", "remote-database-name": "~", "remote-database-provider": "W",
    "custom2": "2", "notes": "Z", "urls/related-urls/url": "U", "urls/web-urls/url": "U", "urls/pdf-urls/url": ">",
    "urls/text-urls/url": ">", "ref-type/@name": "0",
}  # fmt: skip
"""The tags that EndNote's tagged text has for these elements."""

_STYLE: Final = "style"
_ADDRESSES: Final = "auth-address"
"""The field whose lines some programs part with line feeds; in all others these come from indentation."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is EndNote's XML.

    >>> sniff('<xml><records><record><ref-type name="Book">6</ref-type>', "a.xml"), sniff("<xml><a/></xml>", "a.xml")
    (1.0, 0.0)
    """
    return 1.0 if root_of(head) in _ROOTS and "<record>" in head and _TELLING.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for each without title.

    Raises:
        UnreadableError: If the file is no well-formed XML, or has a document type.
    """
    return numbered(document, enumerate(located(document, "record"), 1), _paper)


def _paper(document: Document, ordinal: int, record: tuple[int, Located]) -> Iterator[Record | Problem]:
    """Return the record that one of EndNote's is."""
    number, found = record
    entry = Entry(document, ordinal, found.element.sourceline or 1, found.path)
    add_fields(entry, _fields(found, ""))
    return rows_of(entry, f"record {number}")


def _fields(found: Located, name: str) -> Iterator[Tagged]:
    """Yield the texts inside an element, and its attributes, with their tags; `name` is its path in the record."""
    inside = children(found.element, found.path)
    if any(local(part.element) != _STYLE for part in inside):
        for part in inside:
            yield from _fields(part, f"{name}/{local(part.element)}".lstrip("/"))
        return
    place = Place(found.path, found.element.sourceline or 1)
    rows = re.split("[\r\n]" if name == _ADDRESSES else "\r", "".join(found.element.itertext()))
    lines = [(text, place) for row in rows if (text := " ".join(row.split()))]
    if lines:
        yield Tagged(_TAGS.get(name, ""), lines[0][0], place, lines if len(lines) > 1 else [])
    for key, text in found.element.items():
        yield Tagged(_TAGS.get(f"{name}/@{key}", ""), text, place._replace(path=f"{found.path}/@{key}"), [])
