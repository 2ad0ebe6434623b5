"""Reader of the ACL Anthology's own XML: the files `data/xml/*.xml` of https://github.com/acl-org/acl-anthology.

A `collection` (`2020.acl`, `P19`) holds volumes, a volume its `meta` and then its papers; the schema is `data/xml/schema.rnc`
there. The id of a paper is made of those of its collection, volume and rank, as
https://aclanthology.org/info/ids describes: `2020.acl-main.1`, `P19-1001`. What the volume says for all its papers (its
title, year and month, publisher) stands in each record, with the path of where it was read, unless the paper says it
itself. Front matter, the editors of volumes, names of events and check sums of files are left out.

Until 2019 a file was one `volume` (`C00`) with papers of four digits, the first of them the front matter: it says what
`meta` says today. Where a file says no year at all, that in its id counts.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Final, NamedTuple

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._entry import Entry, numbered
from kg.sources._parts import rows_of, unless_none
from kg.sources._xml.fields import (
    iso_date,
    put,
    put_attributes,
    put_identifier,
    put_orcid,
    put_rest,
    say,
    texts_in,
)
from kg.sources._xml.stream import Located, children, located, root_of, text_of

_SITE: Final = "https://aclanthology.org/"
_TEXTS: Final = {
    "title": "title", "abstract": "abstract", "pages": "pages", "language": "language", "issue": "issue",
    "volume": "volume", "publisher": "publisher", "journal": "venue", "booktitle": "venue", "keyword": "keyword",
}  # fmt: skip
_OF_VOLUME: Final = {
    "journal-title": "venue", "booktitle": "venue", "publisher": "publisher", "journal-volume": "volume", "journal-issue": "issue",
}  # fmt: skip
"""What a volume says for its papers, by the field that it becomes."""

_OLD: Final = re.compile(r"[A-Z]([0-9]{2})")
_FIRST: Final = 60
"""The Anthology begins in the sixties: a lower year in an old id is of this century."""

_ISSUE: Final = re.compile(r",\s+(?:Volume|Vol\.|Number|Issue)\s")
"""What parts the name of a journal from the number of an issue."""

_ROOTS: Final = {
    "collection": (re.compile(r"<collection\s+id=[\"'](?:[A-Z][0-9]{2}|[0-9]{4}\.\w+)[\"']"), "<volume"),
    "volume": (re.compile(r"<volume\s+id=[\"'][A-Z][0-9]{2}[\"']"), "<paper"),
}
"""How the root elements are written, and what is inside them."""

_LATER: Final = 5
"""The volume of D19 from which on workshops were numbered with two digits."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is one of the ACL Anthology.

    >>> sniff('<collection id="2020.acl"><volume id="main">', "x"), sniff('<collection><record>', "x")
    (1.0, 0.0)
    """
    root = _ROOTS.get(root_of(head))
    return 1.0 if root and root[0].search(head) and root[1] in head else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or has a document type.
    """
    none, todo = "there is no paper in it", "nothing, or leave it out: the Anthology lists volumes without their papers too"
    return unless_none(document, numbered(document, _papers(document), _paper), none, todo)


class _Found(NamedTuple):
    """A paper, what its volume says by the names of the elements, the ids of volume and collection, and its number in the volume."""

    paper: Located
    shared: dict[str, Located]
    above: tuple[str, ...]
    rank: str


def _papers(document: Document) -> Iterator[_Found]:
    """Yield the papers, each with what is said of its volume."""
    volume: tuple[str, ...] = ()
    shared: dict[str, Located] = {}
    for found in located(document, "meta", "paper"):
        above = tuple(each.get("id", "") for each in found.element.iterancestors())
        if found.element.tag == "meta":
            if found.element.getparent().tag == "volume":
                volume, shared = above, _copied(found)
            continue
        rank = found.element.get("id", "")
        if len(above) == 1:
            above, rank = _taken_apart(above[0], rank)
            if rank and not rank.strip("0"):
                volume, shared = above, _copied(found)
                continue
        yield _Found(found, shared if above == volume else {}, above, rank)


def _taken_apart(collection: str, paper: str) -> tuple[tuple[str, ...], str]:
    """Return the ids of volume and collection, and the rank in the volume, of a paper in a file of the old form.

    >>> _taken_apart("P97", "1012"), _taken_apart("W05", "0100")
    ((('1', 'P97'), '012'), (('01', 'W05'), '00'))
    """
    digits = 2 if _is_short(collection) else 1
    return (paper[:digits], collection), paper[digits:]


def _copied(found: Located) -> dict[str, Located]:
    """Return what a volume says for its papers; a copy, since the element is emptied when the next one is read."""
    parts = {part.element.tag: Located(part.path, deepcopy(part.element)) for part in children(found.element, found.path)}
    return parts if found.element.tag == "meta" or "title" not in parts else {**parts, "booktitle": parts["title"]}


def _paper(document: Document, ordinal: int, found: _Found) -> Iterator[Record | Problem]:
    """Return the record of a paper, with what its volume says and it does not say itself, and what was noted about it."""
    paper, shared, above, rank = found
    entry = Entry(document, ordinal, int(paper.element.sourceline), paper.path)
    known = _paper_id(above, rank)
    if known:
        entry.add("identifier", known, identifier(known, "acl"), path=f"{paper.path}/@id")
    parts = list(children(paper.element, paper.path))
    own = {part.element.tag: part for part in parts}
    for part in parts:
        _add(entry, part)
    for name, field in _OF_VOLUME.items():
        if name in shared and not entry.has(field):
            text = text_of(shared[name].element)
            title = _ISSUE.split(text, 1)[0] if "journal-volume" in shared else text
            entry.add(field, title, path=shared[name].path)
            if text != title:
                entry.add("other", text, path=shared[name].path)
    year = own.get("year") or shared.get("year")
    if year:
        month = own.get("month") or shared.get("month")
        text, named = text_of(year.element), text_of(month.element) if month else ""
        value = iso_date(text, named) or iso_date(text)
        entry.add("date", " ".join(filter(None, (named, text))), value, path=year.path)
        if value is None and text:
            entry.warn(f"no year: {text[:40]}", "correct it")
    elif old := _OLD.fullmatch(above[-1] if above else ""):
        entry.add("date", above[-1], f"{19 if int(old[1]) >= _FIRST else 20}{old[1]}", path=f"/{paper.path.split('/')[1]}/@id")
    put_attributes(entry, paper, "id")
    return rows_of(entry, f"a paper ({paper.path})")


_ESCAPED: Final = re.compile(r"\\([%&#$])")
"""A character that TeX would take for its own: `<tex-math>95\\%</tex-math>`."""


def _add(entry: Entry, part: Located) -> None:
    """Add what one element of a paper says."""
    path, element = part
    name = element.tag
    if name == "author":
        _add_author(entry, part)
    elif name == "doi":
        put_identifier(entry, part, "doi")
    elif name == "url":
        text = text_of(element)
        entry.add("url", text, None if "://" in text else f"{_SITE}{text}/", path=path, line=element.sourceline)
    elif name in _TEXTS:
        for formula in element.iter("tex-math"):
            formula.text = _ESCAPED.sub(r"\1", formula.text or "")
        put(entry, _TEXTS[name], part)
    elif name not in {"year", "month"}:
        put_rest(entry, part)


def _add_author(entry: Entry, author: Located) -> None:
    """Add an author: first and last name, affiliations, and the Anthology's id for people of the same name."""
    path, element = author
    named = texts_in(element)
    name = " ".join(filter(None, (named.get("first"), named.get("last")))) if named else text_of(element)
    line = element.sourceline
    of = entry.add("author", name, path=path, line=line)
    if of is None:
        put_rest(entry, author)
        return
    if element.keys():
        entry.add("author_id", element.get("id"), path=f"{path}/@id", line=line, of=of)
        if orcid := element.get("orcid"):
            put_orcid(entry, orcid, f"{path}/@orcid", line, of)
        put_attributes(entry, author, "id", "orcid")
    for part in children(element, path) if len(element) > 2 else ():
        if part.element.tag == "affiliation":
            put(entry, "affiliation", part, of=of)
        elif part.element.tag not in {"first", "last"}:
            names = [text_of(each) for each in part.element] or [text_of(part.element)]
            say(entry, part, "other", " ".join(names))


def _paper_id(above: tuple[str, ...], paper: str) -> str:
    """Return the id of a paper, given its own number and the ids of its volume and collection; empty if one is missing.

    >>> _paper_id(("main", "2020.acl"), "1"), _paper_id(("1", "P19"), "1"), _paper_id(("63", "W18"), "1")
    ('2020.acl-main.1', 'P19-1001', 'W18-6301')
    """
    volume, collection = (*above, "", "")[:2]
    if not (paper and volume and collection):
        return ""
    if not _OLD.fullmatch(collection):
        return f"{collection}-{volume}.{paper}"
    if not (paper.isdecimal() and volume.isdecimal()):
        return ""
    short = _is_short(collection) or (collection == "D19" and int(volume) >= _LATER)
    return f"{collection}-{int(volume):02}{int(paper):02}" if short else f"{collection}-{int(volume)}{int(paper):03}"


def _is_short(collection: str) -> bool:
    """Tell whether the volumes of a collection have numbers of two digits, and their papers too."""
    return collection[:1] == "W" or collection == "C69"
