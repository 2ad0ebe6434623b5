"""Reader of dblp's XML: the dump `dblp.xml`, single records, pages of people and answers of the search.

The dump (https://dblp.org/xml/, described at https://dblp.org/faq/16154937.html and in Michael Ley, "DBLP - Some
Lessons Learned", PVLDB 2(2), 2009) is one long list of BibTeX-like records. Its document type defines the entities of
ISO 8859-1; it is passed over and the entities are known here. The page of a person (https://dblp.org/pid/..xml) has each
publication inside `r`, and authors with their persistent ids. The search (https://dblp.org/faq/13501473.html) answers with
`hits`, each an `info`.

dblp tells namesakes apart by a number (`Wei Wang 0001`): the name is read without it, the whole is the author's id.
Records of people (`www` with a key `homepages/...`) are no papers: they are left out and counted in one warning a file.
Editors are no authors: they are `other`.
"""

from collections.abc import Iterator
from html.entities import name2codepoint
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dblp import add_author, add_link, add_page, left_out
from kg.sources._entry import Entry
from kg.sources._xml import Located, children, located, root_of, text_of
from kg.sources._xml_fields import (
    iso_date,
    put,
    put_attributes,
    put_identifier,
    put_orcid,
    put_rest,
    without_stop,
)

_RECORDS: Final = (
    "article", "inproceedings", "proceedings", "book", "incollection", "phdthesis", "mastersthesis", "www", "data", "person", "info",
)  # fmt: skip
_ENTITIES: Final = {name: chr(code) for name, code in name2codepoint.items()}
_TEXTS: Final = {
    "journal": "venue", "booktitle": "venue", "venue": "venue", "volume": "volume", "number": "issue", "pages": "pages",
    "publisher": "publisher", "type": "type", "note": "comment",
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
    if root in {"dblp", "dblpperson"}:
        return 1.0
    return 1.0 if root == "result" and "<hits" in head and "dblp" in head else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the publications in order, a problem for each without title, and one warning that people were left out.

    Raises:
        UnreadableError: If the file is not well-formed, or defines entities of its own.
    """
    ordinal = people = first = 0
    for path, element in located(document, *_RECORDS, doctype=True, entities=_ENTITIES):
        line = int(element.sourceline)
        if element.tag == "person" or element.get("key", "").startswith("homepages/"):
            people, first = people + 1, first or line
            continue
        entry = Entry(document, ordinal, line, path)
        _add_record(entry, Located(path, element))
        if not entry.has("title"):
            yield Problem(document.name, line, f"a record without title ({element.get('key') or element.tag})", "add the title, or delete it")
            continue
        for row in entry.rows():
            ordinal += isinstance(row, Record)
            yield row
    if people:
        yield left_out(document, first, people)


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
    name, line = element.tag, element.sourceline
    known: tuple[str, ...] = ()
    if name == "author":
        pid, orcid = element.get("pid", ""), element.get("orcid", "")
        known = tuple(key for key, text in (("pid", pid), ("orcid", orcid)) if text)
        of = add_author(entry, text_of(element), pid, path, line)
        if of is not None and orcid:
            put_orcid(entry, orcid, f"{path}/@orcid", line, of)
    elif name == "authors":
        for author in children(element, path):
            _add_part(entry, author) if author.element.tag == "author" else put_rest(entry, author)
    elif name == "title":
        entry.add("title", without_stop(text_of(element)), path=path, line=line)
    elif name == "ee":
        add_link(entry, text_of(element), path, line)
    elif name == "year":
        _add_date(entry, part)
    elif name == "url":
        add_page(entry, text_of(element), path, line)
    elif name == "cite":
        if (text := text_of(element)) != _NO_KEY:
            entry.add("reference", text, identifier(text, "dblp"), path=path, line=line)
    elif name in _SCHEMES:
        put_identifier(entry, part, _SCHEMES[name])
    else:
        put(entry, _TEXTS.get(name, "other"), part)
    if len(element.keys()) > len(known):
        put_attributes(entry, part, *known)


def _add_date(entry: Entry, year: Located) -> None:
    """Add the year of a publication, more precisely where a month is given too."""
    text, month = text_of(year.element), year.element.getparent().findtext("month") or ""
    value = iso_date(text, month) or iso_date(text)
    entry.add("date", text, value, path=year.path, line=year.element.sourceline)
    if value is None and text:
        entry.warn(f"no year: {text[:40]}", "correct it", year.element.sourceline)
