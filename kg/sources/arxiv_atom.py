"""Reader of the answers of the arXiv API: Atom 1.0 with elements of arXiv's own.

The format is that of https://info.arxiv.org/help/api/user-manual.html (Atom itself: RFC 4287): one `entry` a paper,
its id an address with version, authors with affiliations, categories with the primary one named, comment, journal
reference and DOI. arXiv's announcement feeds (https://info.arxiv.org/help/rss.html) in Atom are read too: they have
the authors on one line, and a date of announcement, not of submission. The API says what went wrong in an entry with
the title "Error": that is no paper. Feeds that are not arXiv's are refused.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from lxml import etree

from kg import ids
from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD
from kg.sources._arxiv import (
    ANNOUNCED,
    accented,
    add_affiliation,
    add_author,
    add_categories,
    add_date,
    add_dois,
    add_id,
    add_line_of_authors,
    shown,
)
from kg.sources._entry import Entry, numbered
from kg.sources._parts import Part, line_of, part_of, root_tag, rows_of, unless_none
from kg.sources._xml.stream import Located, children, located

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_NAME: Final = f"{_ATOM}name"
_ROOTS: Final = frozenset({f"{_ATOM}feed", f"{_ATOM}entry"})
_PREFIXES: Final = {
    "http://www.w3.org/2005/Atom": "", "http://arxiv.org/schemas/atom": "arxiv:", "http://purl.org/dc/elements/1.1/": "dc:",
}  # fmt: skip
_OTHER_ROOTS: Final = {"feed": 0.25, "rss": 0.2, "html": 0.02}
"""What people save in place of an arXiv answer. It is claimed weakly, to say what it is if no reader knows better."""

_ERRORS: Final = "arxiv.org/api/errors"
_TEXTS: Final = {
    "title": "title", "summary": "abstract", "arxiv:comment": "comment", "arxiv:journal_ref": "venue",
    "arxiv:journal_reference": "venue",
}  # fmt: skip
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is an answer of the arXiv API.

    >>> sniff('<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"/>', "x")
    1.0
    >>> sniff('<feed xmlns="http://www.w3.org/2005/Atom"><id>http://example.org/blog</id></feed>', "x")
    0.15
    """
    root = root_tag(head)
    if root in _ROOTS:
        return 1.0 if "arxiv.org" in head.lower() else 0.15
    return _OTHER_ROOTS.get(root.rpartition("}")[2].lower(), 0.0)


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each entry of arXiv, and a problem for each entry that is none.

    Raises:
        UnreadableError: If the file is no feed, or no entry in it is arXiv's, or it is not well-formed.
    """
    root = root_tag(document.head(HEAD))
    if root and root not in _ROOTS:
        raise UnreadableError(f"{_no_feed(root)}: the root element is {root}", "save the answer of the arXiv API again", 1)
    return unless_none(document, numbered(document, _entries(document, root), _paper), "the feed has no entry", "check what was asked for")


def _entries(document: Document, root: str) -> Iterator[Located | Problem]:
    """Yield the entries of papers of arXiv, and a problem for each that is none."""
    number = foreign = 0
    for found in located(document, f"{_ATOM}entry"):
        number += 1
        known, line = _id(found.element), found.element.sourceline or 1
        if "arxiv" not in known.lower() and ids.arxiv_id(known) is None:
            foreign += bool(known)
            what = f"an entry that is not arXiv's: id {shown(known)}" if known else "an entry without id"
            yield Problem(document.name, line, what, "delete it, or fetch it again")
        elif _ERRORS in known:
            said = " ".join((found.element.findtext(f"{_ATOM}summary") or "no reason given").split())
            yield Problem(document.name, line, f"the arXiv API answered with an error: {said}", "correct the request and repeat it")
        else:
            yield found
    if foreign and foreign == number:
        what = f"an Atom feed, but not arXiv's: no entry in {root} has an arXiv id"
        raise UnreadableError(what, "save the answer of the arXiv API", 1)


def _id(element: etree._Element) -> str:
    return (element.findtext(f"{_ATOM}id") or "").strip()


def _no_feed(root: str) -> str:
    """Return what a file with another root element is."""
    name = root.rpartition("}")[2].lower()
    return {"html": "an HTML page, not a feed", "rss": "RSS, not an Atom feed"}.get(name, "not an Atom feed")


@lru_cache(maxsize=1024)
def _label(tag: str) -> str:
    """Return the name of an element with the usual prefix of its namespace, none for Atom's own."""
    space, _, name = tag.removeprefix("{").rpartition("}")
    return f"{_PREFIXES.get(space, 'x:' if space else '')}{name}"


def _paper(document: Document, ordinal: int, found: Located) -> Iterator[Record | Problem]:
    """Return the record of an entry and what was noted about it."""
    path, element = found
    entry = Entry(document, ordinal, element.sourceline or 1, path)
    classes: list[Part] = []
    kind = element.find("{http://arxiv.org/schemas/atom}announce_type")
    for where, child in children(element, path):
        label = _label(child.tag)
        if label == "author":
            _author(entry, child, where)
        elif label == "arxiv:primary_category":
            classes.insert(0, _attribute(entry, child, "term", where))
        elif label == "category":
            classes.append(_attribute(entry, child, "term", where))
        elif label == "link":
            address = _attribute(entry, child, "href", where)
            address.add_to(entry, "url" if _WEB.match(address.text) else "other")
        else:
            _text(entry, label, part_of(child, where, entry), dated=kind is None or kind.text == "new")
    add_categories(entry, classes)
    return rows_of(entry, f"entry {shown(_id(element))}")


def _text(entry: Entry, label: str, part: Part, *, dated: bool) -> None:
    """Add what an element says as text.

    Args:
        entry: The record.
        label: The element's name.
        part: Its text.
        dated: Whether the date of publication is that of the first submission.
    """
    if label == "id":
        if add_id(entry, part) is None:
            entry.skip(f"no arXiv id: {shown(part.text)}", "correct it; the paper is kept without it", part.line)
            part.add_to(entry, "other")
    elif label in _TEXTS:
        name = _TEXTS[label]
        text = ANNOUNCED.sub("", part.text, count=1) if label == "summary" else part.text
        part.saying(accented(text)).add_to(entry, "other" if entry.has(name) and name != "venue" else name)
    elif label == "published" and dated:
        add_date(entry, part)
    elif label == "dc:creator":
        add_line_of_authors(entry, part)
    elif label in {"arxiv:doi", "arxiv:DOI"}:
        add_dois(entry, part)
    else:
        part.add_to(entry, "other")


def _attribute(entry: Entry, element: etree._Element, name: str, path: str) -> Part:
    """Return an attribute of an element, without the white space around it."""
    return Part((element.get(name) or "").strip(), f"{path}/@{name}", line_of(element, entry))


def _author(entry: Entry, element: etree._Element, path: str) -> None:
    """Add an author with affiliations; what else is said of the author goes in as `other`."""
    if len(element) == 1 and element[0].tag == _NAME:  # as nearly always
        add_author(entry, part_of(element[0], f"{path}/name", entry))
        return
    rest: list[tuple[str, Part]] = []
    place = None if len(element) else add_author(entry, part_of(element, path, entry))
    for where, child in children(element, path):
        label = _label(child.tag)
        said = part_of(child, where, entry)
        if label == "name":
            place = add_author(entry, said)
        else:
            rest.append((label, said))
    for label, said in rest:
        if label == "arxiv:affiliation":
            add_affiliation(entry, said, place)
        else:
            said.add_to(entry, "other")
