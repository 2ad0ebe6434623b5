"""Reader of TEI: what GROBID makes of PDFs, HAL's exports, and bibliographies in TEI.

The format is TEI P5 (https://tei-c.org/release/doc/tei-p5-doc/en/html/). Of a file of GROBID
(https://grobid.readthedocs.io/en/latest/Grobid-service/) the header is the paper, and `listBibl` behind the text its
references. HAL (https://api.archives-ouvertes.fr/docs) lists papers as `biblFull`, with the organisations that authors point
to behind them. A list of `biblStruct` alone is one paper each: the answers of GROBID for references, the TEI of Zotero.

The text itself is left out, as are places on pages and the description of the encoding. What is said twice, as titles and
authors are in the header and in the source's description, is one field. Editors are no authors: they are `other`.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dates import printed_date
from kg.sources._entry import Entry, numbered
from kg.sources._parts import rows_of, unless_none
from kg.sources._xml.fields import put, put_identifier, put_orcid, put_rest, put_ror, say
from kg.sources._xml.stream import Located, children, descendants, local, located, root_of, text_of

_ROOTS: Final = frozenset({"TEI", "tei", "teiCorpus", "listBibl", "biblStruct", "biblFull"})
_RECORDS: Final = ("{*}TEI", "{*}tei", "{*}biblStruct", "{*}biblFull")

_HOLDERS: Final = frozenset({
    "fileDesc", "titleStmt", "publicationStmt", "editionStmt", "edition", "notesStmt", "seriesStmt", "sourceDesc", "biblStruct",
    "analytic", "monogr", "imprint", "profileDesc", "textClass", "keywords", "langUsage",
})  # fmt: skip
"""Elements that only hold others."""

_LEFT: Final = frozenset({"encodingDesc", "revisionDesc", "availability"})
_TITLED: Final = ("analytic", "titleStmt", "monogr")
"""Where title and authors of a work stand, the most telling first."""

_DATED: Final = ("imprint", "monogr", "publicationStmt", "edition")
_LATE: Final = frozenset({"whenModified", "whenReleased", "whenEndEmbargoed", "accessed", "start", "end"})
_TEXTS: Final = {"publisher": "publisher", "term": "keyword"}
_SCOPES: Final = {"volume": "volume", "vol": "volume", "issue": "issue", "page": "pages", "pages": "pages", "pp": "pages"}
_SCHEMES: Final = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid", "pubmed": "pmid", "pmc": "pmcid", "pmcid": "pmcid"}
_CLASSES: Final = {"halDomain": "category", "halTypology": "type"}
_NOTES: Final = {"url": "url", "tag": "keyword", "abstract": "abstract"}
_PARTS_OF_NAME: Final = ("forename", "nameLink", "surname", "genName")
_CATEGORY: Final = re.compile(r"\s*\[[\w. -]*\]\s*$")
"""What arXiv prints behind an id in the margin."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is TEI that describes papers; of other TEI (poems, letters) it is less so.

    >>> sniff('<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><application ident="GROBID"/>', "x"), sniff("<tea/>", "x")
    (1.0, 0.0)
    """
    if root_of(head) not in _ROOTS:
        return 0.0
    if re.search(r"GROBID|<(?:[\w.-]+:)?(?:biblStruct|biblFull|listBibl)[\s>]", head):
        return 1.0
    return 0.5 if re.search(r"<(?:[\w.-]+:)?teiHeader[\s>]", head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the papers in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or defines entities.
    """
    found = (work for each in located(document, *_RECORDS, doctype=True) for work in _works(each))
    return unless_none(document, numbered(document, found, _paper), "no work is described in it")


class _Work(NamedTuple):
    """A work: the elements that describe it, its references, and the organisations that it may name."""

    place: Located
    described: list[Located]
    references: list[Located]
    organisations: dict[str, etree._Element]


def _paper(document: Document, ordinal: int, work: _Work) -> Iterator[Record | Problem]:
    """Return the record of a work and what was noted about it."""
    entry = Entry(document, ordinal, int(work.place.element.sourceline), work.place.path)
    _add_work(entry, work)
    return rows_of(entry, f"a work ({work.place.path})")


def _works(found: Located) -> Iterator[_Work]:
    """Yield the works that an element describes: those that a file lists, or the one of its header."""
    path, element = found
    if local(element) not in {"TEI", "tei"}:
        yield _Work(found, [found], [], {})
        return
    header = next((part for part in children(element, path) if local(part.element) == "teiHeader"), None)
    listed = list(descendants(found, "biblFull"))
    organisations = {f"#{name}": each for each in element.iter("{*}org") if (name := _id(each))} if listed else {}
    if listed:
        yield from (_Work(each, [each], [], organisations) for each in listed)
        return
    cited = [each for part in children(element, path) if local(part.element) == "text" for each in descendants(part, "biblStruct")]
    titled = header is not None and any(text_of(each) for each in header.element.iter("{*}title", "{*}persName", "{*}abstract"))
    if header is not None and (titled or not cited):
        yield _Work(found, [header], cited, {})
    else:
        yield from (_Work(each, [each], [], {}) for each in cited)


def _id(element: etree._Element) -> str:
    return str(element.get("{http://www.w3.org/XML/1998/namespace}id", ""))


def _leaves(found: Located) -> Iterator[tuple[str, Located]]:
    """Yield what is said inside an element, each with the name of the element around it."""
    inside = local(found.element)
    for part in children(found.element, found.path):
        name = local(part.element)
        if name in _HOLDERS and len(part.element):
            yield from _leaves(part)
        elif name not in _LEFT:
            yield inside, part


def add_tei(entry: Entry, found: Located) -> None:
    """Add all that is said of the first work that an element describes."""
    for work in list(_works(found))[:1]:
        _add_work(entry, work)


def _add_work(entry: Entry, work: _Work) -> None:
    """Add all that is said of a work."""
    for name, field in (("type", "type"), ("corresp", "url")):
        entry.add(field, work.place.element.get(name), path=f"{work.place.path}/@{name}")
    said = [leaf for part in work.described for leaf in _leaves(part)]
    chosen: dict[str, list[tuple[str, Located]]] = {"title": [], "author": [], "date": []}
    for leaf in said:
        if local(leaf[1].element) in chosen:
            chosen[local(leaf[1].element)].append(leaf)
    _add_titles(entry, chosen["title"])
    _add_authors(entry, chosen["author"], work.organisations)
    _add_dates(entry, chosen["date"])
    for inside, part in said:
        name = local(part.element)
        if name in _READERS:
            _READERS[name](entry, part)
        elif name == "language" and not entry.has("language"):
            say(entry, part, "language", part.element.get("ident") or text_of(part.element))
        elif name not in chosen:
            _add_text(entry, inside, part)
    if not entry.has("language"):
        for part in work.described:
            entry.add("language", part.element.get("{http://www.w3.org/XML/1998/namespace}lang"), path=f"{part.path}/@lang")
    for part in work.references:
        _add_reference(entry, part)


def _add_text(entry: Entry, inside: str, part: Located) -> None:
    """Add what is a text: once where it is said of the edition and of its source."""
    name = local(part.element)
    field = _TEXTS.get(name, "keyword" if name == "keywords" and inside == "textClass" else "other")
    if field == "keyword":
        for word in re.split(r"[;•]", text_of(part.element)):
            say(entry, part, field, word)
    elif field == "other":
        put_rest(entry, part)
    elif not entry.has(field):
        put(entry, field, part)


def _by_place(leaves: list[tuple[str, Located]], places: tuple[str, ...]) -> list[tuple[str, Located]]:
    """Return what is said, the most telling place first; what is said elsewhere comes last."""
    return sorted(leaves, key=lambda leaf: places.index(leaf[0]) if leaf[0] in places else len(places))


def _add_titles(entry: Entry, leaves: list[tuple[str, Located]]) -> None:
    """Add the title with its subtitle, and the journal or book that the work is in; titles in other languages are `other`."""
    told: set[str] = set()
    for inside, part in _by_place(leaves, _TITLED):
        text, level = text_of(part.element), part.element.get("level", "")
        if not text or text.lower() in told:
            continue
        told.add(text.lower())
        of_journal = level in {"j", "s"} or (inside == "monogr" and entry.has("title"))
        if of_journal:
            put(entry, "venue" if not entry.has("venue") and level != "s" else "other", part)
        elif entry.has("title") or part.element.get("type") == "sub":
            put(entry, "other", part)
        else:
            sub = next((each for each in part.element.itersiblings("{*}title") if each.get("type") == "sub"), None)
            told.add(text_of(sub).lower())
            say(entry, part, "title", ": ".join(filter(None, (text, text_of(sub)))))


def _add_authors(entry: Entry, leaves: list[tuple[str, Located]], organisations: dict[str, etree._Element]) -> None:
    """Add the authors, of the most telling place that has any; those of the book around a chapter are `other`."""
    first = ""
    for inside, part in _by_place(leaves, _TITLED):
        if inside in {first or inside, "analytic"}:
            _add_author(entry, part, organisations)
            first = inside
        elif inside == "monogr":
            put_rest(entry, part)


def _add_author(entry: Entry, author: Located, organisations: dict[str, etree._Element]) -> None:
    """Add an author with identifiers and affiliations; without a name the affiliations are those of nobody in particular."""
    path, element = author
    parts = children(element, path)
    named = next((part for part in parts if local(part.element) in {"persName", "name", "orgName"}), None)
    holder = element if named is None else named.element
    text = _name(holder)
    group = local(holder) == "orgName" or holder.get("type") == "org"
    of = entry.add("author", text, "group" if group else None, path=path if named is None else named.path, line=holder.sourceline)
    for part in parts:
        name, kind = local(part.element), part.element.get("type", "").lower()
        if name == "affiliation":
            _add_affiliation(entry, part, of, organisations)
        elif name == "idno" and kind == "orcid" and of is not None:
            put_orcid(entry, text_of(part.element), part.path, part.element.sourceline, of)
        elif part is not named and name not in _PARTS_OF_NAME:
            put(entry, "other", part)
    for each in children(named.element, named.path) if named else ():
        if local(each.element) == "roleName":
            put(entry, "other", each)


def _name(holder: etree._Element) -> str:
    """Return a name in the order in which it is spoken: of its parts, or as printed."""
    pieces = [text_of(each) for name in _PARTS_OF_NAME for each in holder.iterchildren(f"{{*}}{name}")]
    if pieces:
        return " ".join(filter(None, pieces))
    return "" if len(holder) and local(holder) == "author" else text_of(holder)


def _add_affiliation(entry: Entry, part: Located, of: int | None, organisations: dict[str, etree._Element]) -> None:
    """Add an affiliation as printed, else of its parts, or that of the organisation which it points to."""
    path, element = part
    pointed = organisations.get(element.get("ref", ""))
    if pointed is not None:
        names = [each for each in pointed.iterchildren("{*}orgName") if each.get("type") != "acronym"][:1]
        entry.add("affiliation", " ".join(map(text_of, names)), path=path, line=element.sourceline, of=of)
        return
    raw = next((each for each in element.iterchildren("{*}note") if each.get("type") == "raw_affiliation"), None)
    text = _without_label(raw) if raw is not None else ""
    pieces = [text_of(each) for each in element.iter("{*}*") if not len(each) and local(each) not in {"note", "label", "idno", "affiliation"}]
    text = text or ", ".join(filter(None, pieces)) or text_of(element)
    if not text:
        entry.add("other", element.get("ref"), path=f"{path}/@ref", line=element.sourceline)
    place = entry.add("affiliation", text, path=path, line=element.sourceline, of=of)
    for each in element.iterchildren("{*}idno") if place is not None else ():
        if each.get("type", "").lower() == "ror":
            put_ror(entry, text_of(each), path, each.sourceline, place or 0)


def _without_label(note: etree._Element) -> str:
    """Return the text of a note without the mark in front of it."""
    labels = " ".join(text_of(each) for each in note.iterchildren("{*}label"))
    return text_of(note).removeprefix(labels).strip()


def _add_dates(entry: Entry, leaves: list[tuple[str, Located]]) -> None:
    """Add the date of publication, else of the work; the others are `other`."""
    told: set[str] = set()
    for _, part in _by_place(leaves, _DATED):
        path, element = part
        text = element.get("when") or text_of(element)
        value = printed_date(text)
        if text in told or (value or "") in told:
            continue
        told |= {text, value or text}
        usable = value is not None and not entry.has("date") and element.get("type") not in _LATE
        entry.add("date" if usable else "other", text, value if usable else None, path=path, line=element.sourceline)


def _add_abstract(entry: Entry, part: Located) -> None:
    """Add the abstract in one, each section with its head; those in other languages are `other`."""
    label, pieces = "", []
    for each in part.element.iter("{*}head", "{*}p"):
        if local(each) == "head":
            label = text_of(each)
        elif text := text_of(each):
            pieces.append(f"{label.rstrip(':.')}: {text}" if label else text)
            label = ""
    text = " ".join(pieces) or text_of(part.element)
    say(entry, part, "other" if entry.has("abstract") else "abstract", text)


def _add_identifier(entry: Entry, part: Located) -> None:
    """Add an identifier of the work; those that only a repository knows are `other`."""
    element = part.element
    scheme, text = _SCHEMES.get(element.get("type", "").lower()), text_of(element)
    if scheme == "arxiv":
        text = _CATEGORY.sub("", text)
    if scheme:
        put_identifier(entry, part, scheme, text)
    elif text.startswith(("http://", "https://")):
        put(entry, "url", part)
    else:
        put_rest(entry, part)


def _add_scope(entry: Entry, part: Located) -> None:
    """Add volume, issue or pages."""
    element = part.element
    text = text_of(element) or "-".join(filter(None, (element.get("from"), element.get("to"))))
    field = _SCOPES.get((element.get("unit") or element.get("type") or "").lower(), "other")
    entry.add(field, text, path=part.path, line=element.sourceline)


def _add_note(entry: Entry, part: Located) -> None:
    """Add a note; Zotero gives address, abstract and tags as notes."""
    field = _NOTES.get(part.element.get("type", ""), "other")
    if field == "other" and len(part.element) and local(part.element[0]) == "note":
        for each in children(part.element, part.path):
            _add_note(entry, each)
    elif field == "other":
        put_rest(entry, part)
    else:
        put(entry, field, part)


def _add_meeting(entry: Entry, part: Located) -> None:
    """Add the meeting that the work was given at, as the venue where there is no journal or book."""
    title = next((each for each in children(part.element, part.path) if local(each.element) == "title"), None)
    if not entry.has("venue") and (title is not None or not len(part.element)):
        put(entry, "venue", title or part)
    if len(part.element) or not entry.has("venue"):
        put(entry, "other", part)


def _add_class(entry: Entry, part: Located) -> None:
    """Add a class that the work is in."""
    put(entry, _CLASSES.get(part.element.get("scheme", ""), "other"), part)


def _add_link(entry: Entry, part: Located) -> None:
    """Add what the work links to."""
    target = part.element.get("target", "")
    say(entry, part, "url" if "://" in target else "other", target or text_of(part.element))


def _add_reference(entry: Entry, part: Located) -> None:
    """Add a cited work: as printed, else its title, with what tells it."""
    path, element = part
    told = {each.get("type", "").lower(): text_of(each) for each in reversed(list(element.iter("{*}idno")))}
    known = (identifier(_CATEGORY.sub("", told[kind]), scheme) for kind, scheme in _SCHEMES.items() if kind in told)
    raw = next((text_of(each) for each in element.iter("{*}note") if each.get("type") == "raw_reference"), "")
    title = next((text for each in element.iter("{*}title") if (text := text_of(each))), "")
    text = title or raw or next(iter(told.values()), "")
    entry.add("reference", text, next(filter(None, known), None), path=path, line=element.sourceline)


_READERS: Final = {
    "abstract": _add_abstract, "idno": _add_identifier, "biblScope": _add_scope, "note": _add_note, "classCode": _add_class,
    "ref": _add_link, "ptr": _add_link, "meeting": _add_meeting,
}  # fmt: skip
"""What reads an element that is more than a text."""
