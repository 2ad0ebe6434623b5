"""Reader of dblp's XML: the dump `dblp.xml`, single records, pages of people and of contents, answers of the search.

The dump (https://dblp.org/xml/, described at https://dblp.org/faq/16154937.html and in Michael Ley, "DBLP - Some
Lessons Learned", PVLDB 2(2), 2009) is one long list of BibTeX-like records. Its document type defines the entities of
ISO 8859-1; it is passed over and the entities are known here. The page of a person (https://dblp.org/pid/..xml) and the
contents of a conference or journal (https://dblp.org/db/..xml, a `bht` with headings between) have each publication inside
`r`, and authors with their persistent ids. The search (https://dblp.org/faq/13501473.html) answers with `hits`, each an
`info`.

dblp tells namesakes apart by a number (`Wei Wang 0001`): the name is read without it, the whole is the author's id.
Records of people (`www` with a key `homepages/...`, hits of a search for authors) and of venues are no papers: they are left
out and counted in one warning a file. Editors are no authors: they are `other`.
"""

from collections.abc import Callable, Iterator
from html.entities import name2codepoint
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dblp import add_author, add_link, add_page, of_works
from kg.sources._entry import Entry
from kg.sources._parts import works
from kg.sources._xml.fields import (
    iso_date,
    put,
    put_attributes,
    put_identifier,
    put_orcid,
    put_rest,
    say,
    without_stop,
)
from kg.sources._xml.stream import Located, children, located, root_of, text_of

_RECORDS: Final = (
    "article", "inproceedings", "proceedings", "book", "incollection", "phdthesis", "mastersthesis", "www", "data", "person", "info",
)  # fmt: skip
_ENTITIES: Final = {name: chr(code) for name, code in name2codepoint.items()}
_TEXTS: Final = {
    "journal": "venue", "booktitle": "venue", "venue": "venue", "volume": "volume", "number": "issue", "pages": "pages",
    "publisher": "publisher", "school": "publisher", "type": "type", "note": "comment",
}  # fmt: skip
_SCHEMES: Final = {"doi": "doi", "key": "dblp"}
_NO_KEY: Final = "..."
"""What dblp writes in the place of a cited work that it does not have."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is dblp's XML.

    >>> sniff('<?xml version="1.0"?><dblp><article key="journals/x/Y1">', "x"), sniff("<feed/>", "x")
    (1.0, 0.0)
    """
    root = root_of(head)
    if root in {"dblp", "dblpperson", "bht"}:
        return 1.0
    return 1.0 if root == "result" and "<hits" in head and "dblp" in head else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the publications in order, a problem for each without title, and one warning that people were left out.

    Raises:
        UnreadableError: If the file is not well-formed, or defines entities of its own.
    """
    papers = of_works(document, located(document, *_RECORDS, doctype=True, entities=_ENTITIES), _is_other)
    return works(document, papers, _add_record, "a record", "there is no publication in it", known=lambda found: found.element.get("key"))


def _is_other(found: Located) -> bool:
    """Tell whether a record is of a person or a venue, which the search answers with too."""
    element = found.element
    if element.tag == "info":
        return element.find("title") is None
    return bool(element.tag == "person" or element.get("key", "").startswith("homepages/"))


def _add_record(entry: Entry, found: Located) -> None:
    """Add the fields of a publication."""
    path, element = found
    if element.tag != "info":
        entry.add("type", element.tag)
        if key := element.get("key"):
            entry.add("identifier", key, identifier(key, "dblp"), path=f"{path}/@key")
        entry.add("type", element.get("publtype"), path=f"{path}/@publtype")
        put_attributes(entry, found, "key", "publtype")
    for part in children(element, path):
        _add_part(entry, part)


def _add_part(entry: Entry, part: Located) -> None:
    """Add what one element of a publication says."""
    path, element = part
    name = element.tag
    if name in _TEXTS:
        entry.add(_TEXTS[name], text_of(element), path=path, line=element.sourceline)
    elif name == "author":
        _add_author(entry, part)
        return
    elif name in _READERS:
        _READERS[name](entry, part, text_of(element))
    else:
        put(entry, "other", part)
    if element.keys():
        put_attributes(entry, part)


def _add_author(entry: Entry, author: Located) -> None:
    """Add an author, with what tells the person."""
    path, element = author
    line, name = element.sourceline, text_of(element)
    if not element.keys():
        add_author(entry, name, "", path, line)
        return
    pid, orcid = element.get("pid", ""), element.get("orcid", "")
    of = add_author(entry, name, pid, path, line)
    if of is not None and orcid:
        put_orcid(entry, orcid, f"{path}/@orcid", line, of)
    put_attributes(entry, author, *(key for key, text in (("pid", pid), ("orcid", orcid)) if text))


def _add_authors(entry: Entry, part: Located, _: str) -> None:
    """Add the authors that the search lists."""
    for author in children(part.element, part.path):
        _add_author(entry, author) if author.element.tag == "author" else put_rest(entry, author)


def _add_title(entry: Entry, part: Located, text: str) -> None:
    """Add the title."""
    say(entry, part, "title", without_stop(text))


def _add_date(entry: Entry, part: Located, text: str) -> None:
    """Add the year of a publication, more precisely where a month is given too."""
    month = text_of(next(part.element.getparent().iterchildren("month"), None))
    value = iso_date(text, month) or iso_date(text)
    say(entry, part, "date", text, value)
    if value is None and text:
        entry.warn(f"no year: {text[:40]}", "correct it", part.element.sourceline)


def _add_link(entry: Entry, part: Located, text: str) -> None:
    """Add the address of an electronic edition."""
    add_link(entry, text, part.path, part.element.sourceline)


def _add_page(entry: Entry, part: Located, text: str) -> None:
    """Add the address of a page of dblp."""
    add_page(entry, text, part.path, part.element.sourceline)


def _add_reference(entry: Entry, part: Located, text: str) -> None:
    """Add a cited work."""
    if text != _NO_KEY:
        say(entry, part, "reference", text, identifier(text, "dblp"))


def _add_identifier(entry: Entry, part: Located, text: str) -> None:
    """Add what the search gives as elements of their own: DOI and key."""
    put_identifier(entry, part, _SCHEMES[part.element.tag], text)


_READERS: Final[dict[str, Callable[[Entry, Located, str], None]]] = {
    "authors": _add_authors, "title": _add_title, "year": _add_date, "ee": _add_link, "url": _add_page, "cite": _add_reference,
    "doi": _add_identifier, "key": _add_identifier,
}  # fmt: skip
"""What reads an element, given its text, that is more than a text."""
