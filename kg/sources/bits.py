"""Reader of BITS, the tag set of books that goes with JATS: Springer's chapters, books of the NCBI Bookshelf.

The format is the Book Interchange Tag Suite (https://jats.nlm.nih.gov/extensions/bits/2.1/): a `book` with its parts, or one
`book-part-wrapper`. The chapters are the papers, read as articles are (see `jats`), with the title of the book as venue and
its publisher and date; a book without chapters is one itself. Parts that only group chapters are left out, as is the text.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._entry import Entry
from kg.sources._jats.references import add_references
from kg.sources._parts import none_found, rows_of
from kg.sources._xml.fields import iso_date, leaves, texts_in
from kg.sources._xml.stream import Located, local, located, root_of, text_of
from kg.sources.jats import ENTITIES, add_front

_ROOTS: Final = frozenset({"book", "book-part-wrapper", "book-app-wrapper"})
_TELLING: Final = re.compile(r"<(?:[\w.-]+:)?(?:book-meta|book-part-meta|book-part)[\s>]")
_GROUPING: Final = frozenset({"part", "section", "unit"})
_SHARED: Final = {"book-title": "venue", "publisher-name": "publisher", "book-volume-number": "volume"}
_HOLDERS: Final = frozenset({"book-title-group", "publisher"})


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is a book or chapter in BITS.

    >>> sniff("<book><book-meta><book-title-group>", "x"), sniff("<book><title>DocBook", "x")
    (1.0, 0.0)
    """
    return 1.0 if root_of(head) in _ROOTS and _TELLING.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the chapters in order, or the book that has none, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or defines entities of its own.
    """
    ordinal = chapters = 0
    book: Entry | None = None
    shared: Located | None = None
    chapter: Entry | None = None
    home = ""
    for found in located(document, "{*}book-meta", "{*}book-part-meta", "{*}back", doctype=True, entities=ENTITIES):
        name, parent = local(found.element), found.path.rpartition("/")[0]
        if name == "back":
            if entry := chapter if parent == home else None if chapters else book:
                add_references(entry, found)
            continue
        for row in _rows(chapter, shared):
            ordinal += isinstance(row, Record)
            yield row
        chapter = None
        entry = Entry(document, ordinal, int(found.element.sourceline), parent)
        if name == "book-meta":
            book, shared = entry, Located(found.path, deepcopy(found.element))
        elif found.element.getparent().get("book-part-type") in _GROUPING:
            continue
        else:
            chapter, home, chapters = entry, parent, chapters + 1
        add_front(entry, found)
    yield from _rows(chapter, shared) if chapters else _rows(book, None)
    if not chapters and book is None:
        yield none_found(document, "there is no chapter in it")


def _rows(entry: Entry | None, shared: Located | None) -> Iterator[Record | Problem]:
    """Yield the record of a chapter or a book, and what was noted about it."""
    if entry is None:
        return
    for part in leaves(shared, _HOLDERS) if shared else ():
        name, text = local(part.element), text_of(part.element)
        field = _SHARED.get(name, "")
        if field and not entry.has(field):
            entry.add(field, text, path=part.path)
        elif name == "pub-date" and not entry.has("date"):
            named = texts_in(part.element)
            value = iso_date(*(named.get(each, "") for each in ("year", "month", "day")))
            entry.add("date", " ".join(filter(None, (named.get(each) for each in ("day", "month", "year")))), value, path=part.path)
        else:
            entry.add("other", " ".join(" ".join(part.element.itertext()).split()), path=part.path)
    yield from rows_of(entry, f"a chapter ({entry.path})")
