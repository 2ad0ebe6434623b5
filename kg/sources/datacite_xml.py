"""Reader of DataCite's XML: what repositories register for a DOI, and the guidelines of OpenAIRE that build on it.

The format is the DataCite Metadata Schema 2 to 4 (https://schema.datacite.org), one `resource` a work; Zenodo, Dryad,
Figshare and institutions export it. OpenAIRE's (https://openaire-guidelines-for-literature-repository-managers.readthedocs.io)
has the same elements, beside Dublin Core and the journal that an article is in. Works that are cited are references, with
their identifiers; others that are related, contributors who are no creators, funding and licences are `other`.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.names import is_group
from kg.sources._dates import printed_date
from kg.sources._dblp import add_link
from kg.sources._dublin_core import spoken
from kg.sources._entry import Entry, from_to
from kg.sources._markup import plain
from kg.sources._parts import works
from kg.sources._xml.fields import child, leaves, put, put_identifier, put_orcid, put_rest, put_ror, say
from kg.sources._xml.stream import Located, children, local, located, root_of, text_of
from kg.sources.datacite import ARXIV_CODE, CITING, SCHEMES

_SPACE: Final = re.compile(r"datacite\.org/schema/kernel|namespace\.openaire\.eu/schema")
_BARE: Final = re.compile(r"<creators>.*<creatorName", re.DOTALL)
_RESOURCE: Final = re.compile(r"<(?:[\w.-]+:)?resource[\s>]")

_DATES: Final = ("Issued", "Available", "Submitted", "Created", "Accepted")
"""Kinds of date, the most telling first."""

_HOLDERS: Final = frozenset({
    "creators", "titles", "subjects", "contributors", "dates", "alternateIdentifiers", "relatedIdentifiers", "descriptions", "rightsList",
    "sizes", "formats", "geoLocations", "fundingReferences", "relatedItems",
})  # fmt: skip
"""Elements that only hold others."""

_TEXTS: Final = {
    "publisher": "publisher", "language": "language", "version": "version", "citationTitle": "venue", "citationVolume": "volume",
    "citationIssue": "issue",
}  # fmt: skip


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is DataCite's XML.

    >>> sniff('<resource xmlns="http://datacite.org/schema/kernel-4"><identifier>', "x"), sniff("<resource><title/>", "x")
    (1.0, 0.0)
    """
    root = root_of(head)
    if root == "OAI-PMH" or not _RESOURCE.search(head):
        return 0.0
    if _SPACE.search(head):
        return 1.0
    return 0.9 if root == "resource" and _BARE.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the works in order, and a problem for each without title.

    Raises:
        UnreadableError: If the file is not well-formed, or has a document type.
    """
    return works(document, located(document, "{*}resource"), add_resource, "a work", "no work is described in it")


def add_resource(entry: Entry, found: Located) -> None:
    """Add all that is said of a work."""
    parts = list(leaves(found, _HOLDERS))
    for part in parts:
        name = local(part.element)
        if name in _READERS:
            _READERS[name](entry, part)
        elif name not in _LEFT:
            field = _TEXTS.get(name, "other")
            if field == "other":
                put_rest(entry, part)
            else:
                put(entry, "other" if entry.has(field) else field, part)
    _add_dates(entry, [part for part in parts if local(part.element) in {"date", "publicationYear"}])


def _add_title(entry: Entry, part: Located) -> None:
    """Add the first title that is no other kind of title, with its subtitle; the others are `other`."""
    siblings = list(part.element.itersiblings("{*}title"))
    kinds = [each.get("titleType") for each in (part.element, *siblings, *part.element.itersiblings("{*}title", preceding=True))]
    if entry.has("title") or (kinds[0] and not all(kinds)):
        if kinds[0] != "Subtitle" or not entry.has("title"):
            put_rest(entry, part)
        return
    subtitle = next((each for each in siblings if each.get("titleType") == "Subtitle"), None)
    text = ": ".join(filter(None, (plain(text_of(part.element)), plain(text_of(subtitle)))))
    say(entry, part, "title", text)


def _add_creator(entry: Entry, creator: Located) -> None:
    """Add an author, whose name is written family name first, with ORCID iD and affiliations."""
    path, element = creator
    printed = child(element, "creatorName")
    given, family = (text_of(child(element, name)) for name in ("givenName", "familyName"))
    name = plain(text_of(printed))
    kind = "" if printed is None else printed.get("nameType", "")
    group = kind == "Organizational" or (not given and is_group(name))
    if not group:
        name = f"{given} {family}" if given and family else name if kind == "Organizational" else spoken(name)[0]
    of = entry.add("author", name or family or given, "group" if group else None, path=path, line=element.sourceline)
    place: int | None
    for each in children(element, path) if of is not None else ():
        kind, text, line = local(each.element), text_of(each.element), each.element.sourceline
        scheme = (each.element.get("nameIdentifierScheme") or each.element.get("affiliationIdentifierScheme") or "").upper()
        if kind == "nameIdentifier" and (scheme == "ORCID" or "orcid.org/" in text):
            put_orcid(entry, text, each.path, line, of or 0)
        elif kind == "affiliation":
            place = entry.add("affiliation", plain(text), path=each.path, line=line, of=of)
            if scheme == "ROR" and place is not None:
                put_ror(entry, each.element.get("affiliationIdentifier", ""), f"{each.path}/@affiliationIdentifier", line, place)
        elif kind not in {"creatorName", "givenName", "familyName"}:
            put_rest(entry, each)


def _add_contributor(entry: Entry, part: Located) -> None:
    """Add somebody who contributed and is no creator."""
    kind = part.element.get("contributorType", "")
    text = " ".join(" ".join(part.element.itertext()).split())
    say(entry, part, "other", f"{text} ({kind})" if kind else text)


def _add_identifier(entry: Entry, part: Located) -> None:
    """Add an identifier or an address of the work; those that only a repository knows are `other`."""
    element, text = part.element, text_of(part.element)
    kind = (element.get("identifierType") or element.get("alternateIdentifierType") or element.get("landingPageURI") or "").lower()
    if kind in SCHEMES and identifier(text, SCHEMES[kind]):
        put_identifier(entry, part, SCHEMES[kind])
    elif text.startswith(("http://", "https://")):
        add_link(entry, text, part.path, element.sourceline)
    else:
        put_rest(entry, part)


def _add_description(entry: Entry, part: Located) -> None:
    """Add the first abstract; abstracts in other languages and other descriptions are `other`."""
    is_abstract = part.element.get("descriptionType", "Abstract") == "Abstract" and not entry.has("abstract")
    text = plain(" ".join(" ".join(part.element.itertext()).split()))
    say(entry, part, "abstract" if is_abstract else "other", text)


def _add_subject(entry: Entry, part: Located) -> None:
    """Add a subject: arXiv's category as such, all others as keywords."""
    text = text_of(part.element)
    code = ARXIV_CODE.fullmatch(text) if part.element.get("subjectScheme") == "arXiv" else None
    say(entry, part, "category" if code else "keyword", text, code[1] if code else None)


def _add_type(entry: Entry, part: Located) -> None:
    """Add the type of the work, and what its repository calls it."""
    general = part.element.get("resourceTypeGeneral", "")
    entry.add("type", general, path=f"{part.path}/@resourceTypeGeneral", line=part.element.sourceline)
    put(entry, "other" if general else "type", part)


def _add_related(entry: Entry, part: Located) -> None:
    """Add a work that is cited, or the journal that the work is in; what else is related is `other`."""
    element = part.element
    relation = element.get("relationType", "")
    number = child(element, "relatedItemIdentifier") if len(element) else element
    kind = "" if number is None else (number.get("relatedIdentifierType") or number.get("relatedItemIdentifierType") or "").lower()
    known, title = text_of(number), plain(text_of(next(element.iter("{*}title"), None)))
    value = identifier(known, SCHEMES[kind]) if kind in SCHEMES else None
    if relation in CITING and (value or title):
        entry.add("reference", title or known, value, path=part.path, line=element.sourceline)
    elif relation == "IsPublishedIn" and title and not entry.has("venue"):
        entry.add("venue", title, path=part.path, line=element.sourceline)
        for name in ("volume", "issue"):
            entry.add(name, text_of(child(element, name)), path=f"{part.path}/{name}", line=element.sourceline)
        ends = filter(None, (text_of(child(element, name)) for name in ("firstPage", "lastPage")))
        entry.add("pages", "-".join(dict.fromkeys(ends)), path=part.path, line=element.sourceline)
    else:
        put_rest(entry, part)


def _add_pages(entry: Entry, part: Located) -> None:
    """Add the pages: from the first to the last."""
    last = text_of(child(part.element.getparent(), "citationEndPage"))
    say(entry, part, "pages", from_to(text_of(part.element), last))


def _add_dates(entry: Entry, parts: list[Located]) -> None:
    """Add the most telling date in the year of publication, or else that year; the others are `other`."""
    year = next((text_of(part.element) for part in parts if local(part.element) == "publicationYear"), "")
    dated = [part for part in parts if part.element.get("dateType", "Issued") in _DATES and local(part.element) == "date"]
    dated.sort(key=lambda part: _DATES.index(part.element.get("dateType", "Issued")))
    found = [(part, printed_date(text_of(part.element).partition("/")[0])) for part in dated]
    chosen = next((part for part, value in found if value and value.startswith(year) and (len(value) > len(year) or not year)), None)
    chosen = chosen or next((part for part in parts if local(part.element) == "publicationYear"), None)
    for part in parts:
        text = text_of(part.element)
        value = printed_date(text.partition("/")[0]) if part is chosen else None
        say(entry, part, "date" if part is chosen else "other", text, value)
        if part is chosen and value is None and text:
            entry.warn(f"no date: {text[:40]}", "correct it", part.element.sourceline)


_LEFT: Final = frozenset({"date", "publicationYear", "citationEndPage"})
"""What is read with something else."""

_READERS: Final[dict[str, Callable[[Entry, Located], None]]] = {
    "identifier": _add_identifier, "alternateIdentifier": _add_identifier, "creator": _add_creator, "title": _add_title, "subject": _add_subject,
    "contributor": _add_contributor, "resourceType": _add_type, "relatedIdentifier": _add_related, "relatedItem": _add_related,
    "description": _add_description, "citationStartPage": _add_pages,
}  # fmt: skip
"""What reads an element that is more than a text."""
