"""Reader of Zotero RDF, what Zotero exports its libraries as without loss.

It is RDF/XML as Zotero's translator "Zotero RDF" writes it (github.com/zotero/translators, `Zotero RDF.js`), with the
Bibliontology of old (`bib:`), Dublin Core, PRISM and FOAF; `z:itemType` marks what is an item. Authors are an `rdf:Seq`
of `foaf:Person`, of whom one without a given name is an institution, as Zotero's own import has it. A journal stands
inside its article, or elsewhere in the file and is referred to; the file is read twice for that, and memory holds the
journals, not the articles. Attachments and notes are no papers: what refers to them is `other`, they are passed over.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from kg.model import Document, Problem, Record
from kg.sources._entry import Entry, numbered
from kg.sources._library import (
    Place,
    add_arxiv,
    add_date,
    add_identifier,
    add_note,
    add_url,
    put,
)
from kg.sources._markup import plain
from kg.sources._xml.stream import Located, children, local, located, root_of, text_of
from kg.sources.zotero_json import AUTHORS, NO_PAPERS

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_BIB: Final = "{http://purl.org/net/biblio#}"
_DC: Final = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS: Final = "{http://purl.org/dc/terms/}"
_PRISM: Final = "{http://prismstandard.org/namespaces/1.2/basic/}"
_ZOTERO: Final = "{http://www.zotero.org/namespaces/export#}"

_PUBLICATIONS: Final = frozenset(
    [f"{_BIB}{name}" for name in ("Journal", "Periodical", "Newspaper", "Book", "CourtReporter")]
    + [f"{_ZOTERO}{name}" for name in ("Website", "Blog", "Forum")]
)
"""What an item is part of and published in."""

_PARTS: Final = (*sorted(_PUBLICATIONS), f"{_BIB}Series", f"{_BIB}Part")
_ITEMS: Final = (
    f"{_RDF}Description", *(f"{_BIB}{name}" for name in (
        "Article", "Book", "BookSection", "Thesis", "Letter", "Manuscript", "Interview", "MotionPicture", "Illustration",
        "Document", "Report", "Legislation", "Patent", "Image", "Recording", "ConferenceProceedings", "Data",
    )),
)  # fmt: skip


_TOP: Final = 2
"""How many slashes the path of an element has that stands in the root."""


class Fact(NamedTuple):
    """What an item is said to have: the property's tag, the text, and where it stands."""

    tag: str
    text: str
    place: Place


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is Zotero RDF.

    >>> sniff('<rdf:RDF xmlns:rdf="..." xmlns:z="http://www.zotero.org/namespaces/export#">', "a.rdf")
    1.0
    """
    return 1.0 if root_of(head) == "RDF" and _ZOTERO.strip("{}") in head else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a record for each item that is a paper.

    Raises:
        UnreadableError: If the file is no well-formed XML, or has a document type.
    """
    parts = dict(_referred(document))

    def paper(document: Document, ordinal: int, found: Located) -> Iterator[Record | Problem]:
        entry = Entry(document, ordinal, found.element.sourceline or 1, found.path)
        _fill(entry, found.element, found.path, parts)
        return entry.rows()

    return numbered(document, _items(document), paper)


def _items(document: Document) -> Iterator[Located | Problem]:
    """Yield the items that are papers, and a warning for each that says nothing."""
    for path, element in located(document, *_ITEMS, *_PARTS):
        kind = text_of(element.find(f"{_ZOTERO}itemType"))
        if not kind or kind in NO_PAPERS or path.count("/") > _TOP:
            continue
        if len(element) == 1 and "://" not in element.get(f"{_RDF}about", ""):
            yield Problem(document.name, element.sourceline or 1, f"an item that says nothing ({kind})", "delete it", "warning")
        else:
            yield Located(path, element)


def _referred(document: Document) -> Iterator[tuple[str, list[Fact]]]:
    """Yield the name of each publication that stands by itself, and what is said of it."""
    for path, element in located(document, *_PARTS):
        about = element.get(f"{_RDF}about")
        if about and path.count("/") == _TOP and element.find(f"{_ZOTERO}itemType") is None:
            yield about, list(_part(path, element))


def _part(path: str, element: Any) -> Iterator[Fact]:
    """Yield what is said of a publication, and of the series and sections around it."""
    waiting = [Located(path, element)]
    while waiting:
        place, part = waiting.pop()
        known = _OF_PUBLICATION if part.tag in _PUBLICATIONS else {}
        for below, child in children(part, place):
            if child.tag == f"{_DCTERMS}isPartOf" and len(child):
                waiting += children(child, below)
            else:
                yield _fact(child, below)._replace(tag=known.get(child.tag, "other"))


def _fact(child: Any, path: str) -> Fact:
    """Return what a property says: its text, or what it refers to."""
    text = " ".join(" ".join(child.itertext()).split()) if len(child) else child.text or ""
    return Fact(child.tag, text.strip() or child.get(f"{_RDF}resource") or "", Place(path, child.sourceline or 1))


_OF_PUBLICATION: Final = {
    f"{_DC}title": "venue", f"{_PRISM}volume": "volume", f"{_PRISM}number": "issue", f"{_DC}identifier": f"{_DC}identifier",
}  # fmt: skip
"""What is said of a publication and tells something of the item too."""

_SIMPLE: Final = {
    "venue": "venue", "volume": "volume", "issue": "issue", f"{_DC}title": "title", f"{_ZOTERO}itemType": "type", f"{_ZOTERO}language": "language",
    f"{_DC}language": "language", f"{_BIB}pages": "pages", f"{_PRISM}volume": "volume",
}  # fmt: skip
_AUTHORS: Final = frozenset([f"{_BIB}authors", *(f"{_ZOTERO}{role}s" for role in AUTHORS)])
_NUMBERS: Final = (f"{_ZOTERO}archiveID", f"{_ZOTERO}number", f"{_PRISM}number", f"{_ZOTERO}archiveLocation")


def _fill(entry: Entry, element: Any, path: str, parts: Mapping[str, list[Fact]]) -> None:
    """Add all that is said of an item."""
    late: list[Fact] = []
    facts = list(_item(entry, element, path, parts, late))
    for tag in (f"{_DC}title", f"{_DCTERMS}abstract", f"{_DC}date"):
        for fact in facts:
            if fact.tag == tag:
                _add(entry, fact)
    for fact in facts:
        if fact.tag not in (f"{_DC}title", f"{_DCTERMS}abstract", f"{_DC}date"):
            _add(entry, fact)
    about = element.get(f"{_RDF}about", "")
    if about.startswith("urn:") or ("://" in about and not any(fact.tag == "url" for fact in late)):
        late.append(Fact("url" if "://" in about else "other", about, Place(f"{path}/@about", entry.line)))
    for fact in late:
        if fact.tag == "url":
            add_url(entry, fact.text, fact.place)
        else:
            put(entry, "other" if entry.has("venue") else fact.tag, fact.text, fact.place)


def _item(
    entry: Entry, element: Any, path: str, parts: Mapping[str, list[Fact]], late: list[Fact]
) -> Iterator[Fact]:
    """Yield what is said of an item in plain properties; add its authors, and put off what comes last."""
    for below, child in children(element, path):
        if child.tag == f"{_DCTERMS}isPartOf":
            referred = parts.get(child.get(f"{_RDF}resource", ""))
            if referred is not None:
                yield from referred
            elif len(child):
                for place, part in children(child, below):
                    yield from _part(place, part)
            else:
                yield _fact(child, below)
        elif child.find(f"{_RDF}Seq") is not None:
            _people(entry, "author" if child.tag in _AUTHORS else "other", child, below)
        elif child.tag == f"{_DC}identifier" and len(child):
            late.append(Fact("url", text_of(child), Place(below, child.sourceline or 1)))
        elif child.tag == f"{_BIB}presentedAt":
            late.append(_fact(child, below)._replace(tag="venue"))
        elif child.tag in {f"{_DC}publisher", f"{_ZOTERO}repository"}:
            yield from _publisher(child, below)
        elif child.tag == f"{_DC}subject" and any(local(inner) == "LCC" for inner in child):
            yield _fact(child, below)._replace(tag="other")
        else:
            yield _fact(child, below)


def _publisher(child: Any, path: str) -> Iterator[Fact]:
    """Yield the name of a publisher, and its address as something else."""
    if not len(child):
        yield _fact(child, path)._replace(tag="publisher")
    for below, organisation in children(child, path):
        for place, inner in children(organisation, below):
            tag = "publisher" if local(inner) == "name" else "other"
            yield Fact(tag, text_of(inner), Place(place, inner.sourceline or 1))


def _add(entry: Entry, fact: Fact) -> None:
    """Add one property."""
    tag, text, place = fact
    if tag in {f"{_DC}title", "venue", f"{_DCTERMS}abstract"}:
        name = "abstract" if tag == f"{_DCTERMS}abstract" else _SIMPLE[tag]
        put(entry, name if name == "abstract" or not entry.has(name) else "other", plain(text), place)
    elif tag in _SIMPLE:
        put(entry, _SIMPLE[tag], text, place)
    elif tag == f"{_DC}date":
        add_date(entry, text, place)
    elif tag == f"{_DC}subject":
        put(entry, "keyword", text, place)
    elif tag == "publisher":
        put(entry, "publisher", text, place)
    elif tag == f"{_DC}description":
        add_note(entry, text, place)
    elif tag == f"{_DC}identifier" and text[:4].upper() in {"DOI ", "DOI:"}:
        add_identifier(entry, "doi", text[4:].strip(), place)
    elif not (tag in _NUMBERS and "arxiv" in text.lower() and add_arxiv(entry, text, place)):
        put(entry, "other", text, place)


def _people(entry: Entry, name: str, element: Any, path: str) -> None:
    """Add the people of an ordered list."""
    for below, sequence in children(element, path):
        for place, member in children(sequence, below):
            for where, person in children(member, place):
                _person(entry, name, person, Place(where, person.sourceline or 1))


def _person(entry: Entry, name: str, person: Any, place: Place) -> None:
    """Add a person; without a given name it is an institution."""
    said = {local(part).lower(): text_of(part) for part in person}
    given = said.pop("givenname", "") or said.pop("firstname", "")
    surname = said.pop("surname", "") or said.pop("name", "")
    if given.endswith(",") and surname:
        given, surname = surname, given.rstrip(", ")  # a name in natural order that was typed as one with its surname first
    printed = " ".join(part for part in (given, surname.strip("{} ")) if part)
    if printed.lower().rstrip(".") in {"others", "et al", "and others"}:
        put(entry, "et_al", printed, place)
        return
    put(entry, name, printed, place, None if given or name == "other" else "group")
    for text in said.values():
        put(entry, "other", text, place)
