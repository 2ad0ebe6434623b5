"""Reader of Elsevier's XML: full texts from its API, and from its service for text mining (ConSyn).

The formats are the answer of the article retrieval API (https://dev.elsevier.com/documentation/ArticleRetrievalAPI.wadl), with
or without the text, and the document of ConSyn; both hold an article in Elsevier's journal DTD 5
(https://www.elsevier.com/researcher/author/policies-and-guidelines/elsevier-xml-dtds-and-transport-schemas). What the article
says of itself comes first; what the frame says (Dublin Core, PRISM) counts where the article does not. The text itself,
figures and the mail of authors are left out; graphical abstracts and highlights are `other`.
"""

from collections.abc import Callable, Iterator
from typing import Final

from lxml import etree

from kg.ids import identifier
from kg.model import Document, Problem, Record
from kg.sources._dates import printed_date
from kg.sources._entry import Entry, from_to
from kg.sources._parts import works
from kg.sources._text.names import natural
from kg.sources._xml.fields import child, cited_id, put, put_identifier, put_orcid, put_rest, say
from kg.sources._xml.stream import Located, children, descendants, local, located, root_of, text_of

_ROOTS: Final = frozenset({"full-text-retrieval-response", "document"})
_TELLING: Final = ("elsevier.com/xml",)
_TEXT: Final = frozenset({"body", "floats"})
"""The text of the article: what it cites in passing is not told of it."""

_FRAMES: Final = frozenset({"coredata", "Description"})
_TEXTS: Final = {
    "publicationName": "venue", "volume": "volume", "number": "issue", "issueIdentifier": "issue", "publisher": "publisher", "pageRange": "pages", "articleNumber": "pages",
    "language": "language", "dochead": "type",
}  # fmt: skip
_LEFT: Final = frozenset({"endingPage", "link", "url", "author-group", "subtitle"})
"""Elements that are read with others, or say nothing of the work."""

_ABSTRACTS: Final = frozenset({"", "author", "abstract"})
_KEYWORDS: Final = frozenset({"", "keyword"})


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    """Return how sure it is that a file is an article in Elsevier's XML.

    >>> sniff('<full-text-retrieval-response xmlns="http://www.elsevier.com/xml/svapi/article/dtd">', "x"), sniff("<document/>", "x")
    (1.0, 0.0)
    """
    return 1.0 if root_of(head) in _ROOTS and any(mark in head for mark in _TELLING) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the article of a file, and a problem if it has no title.

    Raises:
        UnreadableError: If the file is not well-formed, or defines entities.
    """
    return works(document, located(document, *(f"{{*}}{name}" for name in sorted(_ROOTS)), doctype=True), _add_article, "an article", "there is no article in it")


def _add_article(entry: Entry, found: Located) -> None:
    """Add what the article says, then what its frame says."""
    head = next(descendants(found, "head", _TEXT), None)
    if head:
        entry.add("language", next((text for key, text in head.element.getparent().items() if key.endswith("}lang")), None), path=head.path)
        for info in list(descendants(found, "item-info", _TEXT)):
            _add_parts(entry, info)
        _add_authors(entry, [part for part in children(*reversed(head)) if local(part.element) == "author-group"])
        _add_parts(entry, head)
    for name in sorted(_FRAMES):
        for frame in descendants(found, name, _TEXT):
            _add_parts(entry, frame)
    for cited in descendants(found, "bib-reference", _TEXT):
        _add_references(entry, cited)


def _add_parts(entry: Entry, found: Located) -> None:
    """Add what the elements inside one say, as far as it has not been said."""
    for part in children(*reversed(found)):
        name = local(part.element)
        if name in _READERS:
            _READERS[name](entry, part)
        elif name not in _LEFT:
            field = _TEXTS.get(name, "other")
            put(entry, "other" if entry.has(field) else field, part)


def _add_title(entry: Entry, part: Located) -> None:
    """Add the title with its subtitle, once."""
    subtitle = text_of(child(part.element.getparent(), "subtitle"))
    if not entry.has("title"):
        say(entry, part, "title", ": ".join(filter(None, (text_of(part.element), subtitle))))


def _add_authors(entry: Entry, groups: list[Located]) -> None:
    """Add the authors with identifiers and affiliations; without pointers, all affiliations of a group are those of its authors."""
    inside = [children(*reversed(group)) for group in groups]
    affiliations = {part.element.get("id", part.path): part for parts in inside for part in parts if local(part.element) == "affiliation"}
    for parts in inside:
        own = [part for part in parts if local(part.element) == "affiliation"]
        for part in parts:
            name = local(part.element)
            if name == "author":
                pointed = [affiliations[ref] for ref in _references_of(part.element) if ref in affiliations]
                _add_author(entry, part, pointed or own)
            elif name == "collaboration":
                text = text_of(child(part.element, "text")) or text_of(part.element)
                say(entry, part, "author", text, "group")
            elif name not in {"affiliation", "text"}:
                put(entry, "other", part)


def _references_of(author: etree._Element) -> list[str]:
    """Return the ids of what an author points to."""
    return [ref for each in author.iterchildren("{*}cross-ref", "{*}cross-refs") for ref in (each.get("refid") or "").split()]


def _add_author(entry: Entry, part: Located, affiliations: list[Located]) -> None:
    """Add an author."""
    element = part.element
    pieces = (text_of(child(element, name)) for name in ("given-name", "surname", "suffix"))
    of = entry.add("author", " ".join(filter(None, pieces)), path=part.path, line=element.sourceline)
    if of is None:
        put_rest(entry, part)
        return
    if number := element.get("orcid"):
        put_orcid(entry, number, f"{part.path}/@orcid", element.sourceline, of)
    for place in affiliations:
        printed = child(place.element, "textfn")
        parts = [text_of(each) for each in place.element.iter("{*}organization", "{*}address-line", "{*}city", "{*}state", "{*}country")]
        text = text_of(printed) if printed is not None else ", ".join(parts)
        say(entry, place, "affiliation", text, of=of)


def _add_creator(entry: Entry, part: Located) -> None:
    """Add an author whom only the frame names."""
    if next(part.element.getroottree().getroot().iter("{*}author-group"), None) is None:
        say(entry, part, "author", natural(text_of(part.element)))


def _add_abstract(entry: Entry, part: Located) -> None:
    """Add the abstract in one, each section with its title; graphical ones and highlights are `other`."""
    pieces, label = [], ""
    for each in part.element.iter("{*}section-title", "{*}simple-para", "{*}list-item"):
        text = text_of(each)
        if local(each) == "section-title":
            label = text if each.getparent() is not part.element else ""
        elif text and not any(local(above) in {"simple-para", "list-item"} for above in each.iterancestors()):
            pieces.append(f"{label.rstrip(':.')}: {text}" if label else text)
            label = ""
    is_abstract = part.element.get("class", "") in _ABSTRACTS and not entry.has("abstract")
    say(entry, part, "abstract" if is_abstract else "other", " ".join(pieces) or text_of(part.element))


def _add_description(entry: Entry, part: Located) -> None:
    """Add the abstract that an answer without the text gives."""
    is_abstract = local(part.element.getparent()) == "coredata" and not entry.has("abstract")
    text = text_of(part.element).removeprefix("Abstract").strip()
    say(entry, part, "abstract" if is_abstract else "other", text)


def _add_keywords(entry: Entry, part: Located) -> None:
    """Add the keywords of a group; abbreviations and classifications are `other`."""
    field = "keyword" if part.element.get("class", "") in _KEYWORDS else "other"
    for each in children(*reversed(part)):
        if local(each.element) == "keyword":
            say(entry, each, field, text_of(child(each.element, "text")) or text_of(each.element))


def _add_subject(entry: Entry, part: Located) -> None:
    """Add the subjects that the frame names, where the article has no keywords."""
    head = next(part.element.getroottree().getroot().iter("{*}keywords"), None)
    for text in [] if head is not None else [text_of(each) for each in part.element.iter("{*}li")] or [text_of(part.element)]:
        say(entry, part, "keyword", text)


def _add_doi(entry: Entry, part: Located) -> None:
    """Add the DOI, once."""
    if not entry.has("identifier") and not entry.has("arxiv_id"):
        put_identifier(entry, part, "doi")


def _add_identifier(entry: Entry, part: Located) -> None:
    """Add what the frame calls the article, if that is no DOI: it is known by then."""
    if identifier(text_of(part.element), "doi") is None:
        put(entry, "other", part)


def _add_date(entry: Entry, part: Located) -> None:
    """Add the date of the issue; what is printed on it counts where there is no other."""
    is_other = entry.has("date") or (local(part.element) == "coverDisplayDate" and child(part.element.getparent(), "coverDate") is not None)
    text = text_of(part.element)
    say(entry, part, "other" if is_other else "date", text, None if is_other else printed_date(text))


def _add_pages(entry: Entry, part: Located) -> None:
    """Add the pages: from the first to the last."""
    last = text_of(child(part.element.getparent(), "endingPage"))
    if not entry.has("pages"):
        say(entry, part, "pages", from_to(text_of(part.element), last))


def _add_references(entry: Entry, cited: Located) -> None:
    """Add the works cited under one number: their titles, else as printed, with what tells them."""
    for part in children(*reversed(cited)):
        if local(part.element) not in {"reference", "other-ref"}:
            continue
        titles = [text_of(each) for name in ("contribution", "host") for holder in part.element.iterchildren(f"{{*}}{name}") for each in holder.iter("{*}maintitle")]
        printed = text_of(child(part.element, "source-text")) or text_of(child(part.element, "textref")) or text_of(part.element)
        known = identifier(text_of(next(part.element.iter("{*}doi"), None)), "doi")
        links = " ".join(text for each in part.element.iter("{*}inter-ref") for key, text in each.items() if key.endswith("href"))
        say(entry, part, "reference", next(filter(None, titles), printed), known or cited_id(f"{printed} {links}"))


_READERS: Final[dict[str, Callable[[Entry, Located], None]]] = {
    "title": _add_title, "abstract": _add_abstract, "description": _add_description, "keywords": _add_keywords, "subject": _add_subject, "doi": _add_doi,
    "identifier": _add_identifier, "coverDate": _add_date, "coverDisplayDate": _add_date, "creator": _add_creator, "startingPage": _add_pages,
}  # fmt: skip
"""What reads an element that is more than a text."""
