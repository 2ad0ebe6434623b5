"""What the elements of a page are by their classes and attributes, and the names of people in them."""

import re
from collections.abc import Iterator
from typing import Final

from kg.ids import identifier
from kg.sources import _arxiv
from kg.sources._html.facts import Fact
from kg.sources._html.page import Node, Web
from kg.sources._linked_id import FORUM
from kg.sources._text.byline import People, people
from kg.sources._text.fields import Span, squeezed
from kg.sources._text.placed import placed_people

_ROLES: Final = {
    "ptitle": "title", "papertitle": "title", "pubtitle": "title", "bibtitle": "title", "gsc_a_at": "title", "gs_rt": "title", "note_content_title": "title",
    "title": "title",
    "titre": "title", "titel": "title", "título": "title", "titulo": "title", "titolo": "title",
    "auteurs": "author", "auteur": "author", "autoren": "author", "autores": "author", "autori": "author", "autor": "author", "résumé": "abstract", "resumen": "abstract", "zusammenfassung": "abstract",
    "authors": "author", "author": "author", "bibauthor": "author", "gs_a": "scholar", "gs_gray": "gray", "authsearch": "author", "authorlist": "author", "byline": "author",
    "abstract": "abstract", "abstract-full": "abstract", "abstract-collapse": "abstract", "abstract-short": "", "abstr": "abstract",
    "venue": "venue", "journal": "venue", "conference": "venue", "booktitle": "venue", "periodical": "venue", "bibjournal": "venue", "pub-publication": "venue", "info": "venue",
    "year": "date", "date": "date", "gsc_a_h": "date", "gsc_a_hc": "date", "list-dateline": "date", "pubdate": "date",
    "subjects": "category", "list-subjects": "category", "list-comments": "comment", "comments": "comment", "list-journal-ref": "venue",
    "pages": "pages", "page": "pages", "page-number": "pages", "docsum-title": "title", "docsum-authors": "author", "short-authors": "", "full-journal-citation": "venue", "short-journal-citation": "", "docsum-pmid": "pmid",
    "toctitle": "title", "tocauthors": "author", "tocpages": "pages",
    "list-title": "title", "list-authors": "author", "list-identifier": "", "doi": "doi", "keywords": "keyword", "gsc_a_ac": "other",
}  # fmt: skip
"""What classes, or the last words of theirs, say of an element; empty where they mislead."""

_ENDINGS: Final = frozenset({"title", "authors", "author", "abstract", "venue", "journal", "conference", "booktitle", "year", "date", "subjects", "doi", "keywords"})
_NO_TITLE: Final = frozenset({
    "page", "site", "section", "sub", "book", "journal", "nav", "navbar", "widget", "panel", "modal", "menu", "sidebar", "main", "header", "footer", "conference", "venue", "short",
    "blog", "product", "dialog", "tooltip", "toc", "collection", "series", "volume", "session", "event", "post", "track", "column", "feed", "tab", "group", "name",
})  # fmt: skip
"""With these before it, a class that ends in `title` is not about a paper."""

_SUBJECT: Final = re.compile(r"(?:[a-z]{2,8}(?:-[a-z]{2,5})?\.[A-Z]{2}|[a-z]{2,8}\.[a-z]{2,4}-[a-z]{2,4}|gr-qc|hep-(?:th|ph|ex|lat)|nucl-(?:th|ex)|quant-ph|math-ph)")
"""A subject of arXiv's, as its search results show them on signs."""

_LABEL: Final = re.compile(r"(?:title|authors?|abstract|subjects?|comments?|journal[- ]ref|doi|submitted|originally announced|keywords|published in|venue)\s?:\s?", re.IGNORECASE)
PERSON: Final = re.compile(r"orcid\.org/|/profile\?id=~|/pid/")
SCHOLAR: Final = re.compile(r"\s[-–]\s")


def role_of(web: Web, node: Node) -> str:
    """Return what an element is by its class or attributes: the name of a field, empty if it does not say."""
    attributes = node.attributes
    if attributes.get("title", "").lower() == "paper title":
        return "title"
    if node.tag == "a":
        href = attributes.get("href", "")
        parent = web.nodes[node.parent].tag if node.parent >= 0 else ""
        if (parent == "strong" and "align-middle" in node.classes) or (FORUM.search(href) and parent in {"h2", "h3", "h4", "h5"}):
            return "title"
        if href.startswith("/people/") or "aclanthology.org/people/" in href:
            return "author"
        if href.startswith("/volumes/") or "aclanthology.org/volumes/" in href:
            return "venue"
    if node.tag == "p" and node.classes == ["mathjax"]:
        return "abstract"
    if any(_ROLES.get(name) == "" and name != "list-identifier" for name in node.classes):
        return ""
    if "tag" in node.classes and _SUBJECT.fullmatch(web.text, node.start, node.end):
        return "category"
    for name in node.classes:
        role = _ROLES.get(name)
        if role is None:
            words = re.split(r"[-_]+", name)
            role = _ROLES[words[-1]] if len(words) > 1 and words[-1] in _ENDINGS and not (words[-1] == "title" and _NO_TITLE & set(words[:-1])) else None
        if role is not None:
            # arXiv's search results call the line with the number `list-title`.
            return "" if name == "list-title" and node.tag == "p" else role
    return ""


def names_in(web: Web, node: Node) -> Iterator[Fact]:
    """Yield the names in an element, with the ids that they are linked to."""
    start, end = unlabelled(web, node)
    text, path = web.text, web.path(node)
    if _arxiv.NUMBERED_PLACES.search(text, start, end):
        yield from _numbered(text[start:end], node.line, path)
        return
    if any(role == "scholar" for role in (role_of(web, node),)) and (cut := SCHOLAR.search(text, start, end)):
        end = cut.start()
    placed = placed_people(text, start, end, hard=True)
    found = placed.people if placed else people(text, start, end, hard=True)
    if not placed and found is not None and text[found.end : end].strip(" ,;.\n*†‡…0123456789") and node.tag != "a":
        found = over_lines(text, start, end)
    linked = [below for below in web.inside(node) if below.tag == "a" and below.end - below.start > 2]
    more = found is not None and not placed and len(linked) > len(found.names)
    if found is None or (more and all(_could_be_name(web.said(below)) for below in linked)):
        spans = [squeezed(text, below.start, below.end) for below in linked] or [squeezed(text, start, end)]
        if not all(_could_be_name(text[slice(*span)]) for span in spans):
            return
        found_names, et_al = spans, None
    else:
        found_names, et_al = list(found.names), found.et_al
    for rank, span in enumerate(found_names):
        name = " ".join(text[slice(*span)].split())
        yield Fact("author", name, node.line, path)
        yield from (fact._replace(of=rank) for fact in _person_ids(web, node, span))
    for rank, place in placed.places if placed else ():
        yield Fact("affiliation", " ".join(text[slice(*place)].split()), node.line, path, of=rank)
    if et_al is not None:
        yield Fact("et_al", text[slice(*et_al)], node.line, path)


def _numbered(said: str, line: int, path: str) -> Iterator[Fact]:
    """Yield names and their places, which stand behind all names with the numbers that these have."""
    for rank, author in enumerate(_arxiv.people(said)):
        yield Fact("author", author.name, line, path)
        yield from (Fact("affiliation", place, line, path, of=rank) for place in author.affiliations)
    if cut := _arxiv.CUT.search(said):
        yield Fact("et_al", cut.group(), line, path)


def over_lines(text: str, start: int, end: int) -> People | None:
    """Return names that stand on lines of their own."""
    joined = people(text[start:end].replace("\n", ","), 0)
    if joined is None or text[start + joined.end : end].strip(" ,;.\n*†‡0123456789"):
        return people(text, start, end)
    shifted = tuple((start + first, start + last) for first, last in joined.names)
    et_al = (start + joined.et_al[0], start + joined.et_al[1]) if joined.et_al else None
    return joined._replace(names=shifted, et_al=et_al, end=start + joined.end)


def _could_be_name(text: str) -> bool:
    return 1 < len(text) < 60 and len(text.split()) < 7 and not any(c in "()[]{}<>/@:?!0123456789" for c in text) and any(c.isalpha() for c in text)


def _person_ids(web: Web, node: Node, span: Span) -> Iterator[Fact]:
    """Yield the ids of a person that a name, or a sign behind it, links to."""
    for below in web.inside(node):
        href = below.attributes.get("href", "")
        if below.start < span[1] and below.end >= span[0] and below.end - below.start < 80 and PERSON.search(href) and span[0] <= below.start <= span[1]:
            scheme = "orcid" if "orcid.org" in href else "openreview" if "profile?id=" in href else "dblp"
            if value := identifier(href.removesuffix(".html") if scheme != "openreview" else f"https://openreview.net/{href.lstrip('/')}" if href.startswith("/") else href, scheme):
                yield Fact("author_id", href, below.line, web.path(below), value)


_FORM: Final = re.compile(r"(?:\[[A-Z]{1,8}\]\s*)+(?=\S)")
"""What Google Scholar puts before a title: `[PDF][PDF]`, `[CITATION][C]`."""

_SIGNS: Final = frozenset({"badge", "label", "tag", "pill", "chip", "btn", "button"})


def title_span(web: Web, node: Node) -> Span:
    """Return the span of a title's text without a label before it, and without buttons and badges behind it."""
    start, end = unlabelled(web, node)
    if form := _FORM.match(web.text, start, end):
        start = form.end()
    sign = next((below for below in web.inside(node) if start < below.start < below.end and (below.tag == "button" or _SIGNS & set(below.classes))), None)
    return squeezed(web.text, start, sign.start) if sign is not None else (start, end)


def unlabelled(web: Web, node: Node) -> Span:
    """Return the span of an element's text without a label such as `Authors:` before it."""
    start, end = squeezed(web.text, node.start, node.end)
    match = _LABEL.match(web.text, start, end)
    return squeezed(web.text, match.end(), end) if match else (start, end)
