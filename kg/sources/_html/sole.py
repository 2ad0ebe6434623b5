"""The paper that a page is about where nothing is told to machines: its heading, names and places below it, its abstract, what it cites.

So look the papers' texts of arXiv and ar5iv, reports, and the pages of projects.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.ids import find_arxiv_ids, identifier
from kg.model import Document
from kg.sources import _arxiv
from kg.sources._entry import Entry
from kg.sources._html import roles
from kg.sources._html.beside import headed_abstract
from kg.sources._html.page import Node, Web
from kg.sources._html.references import References
from kg.sources._linked_id import linked_id
from kg.sources._text import sheet
from kg.sources._text.dates import date
from kg.sources._text.fields import Span
from kg.sources._text.front import RAISED, front

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_SECTION: Final = re.compile(r"\W*(?:(?:selected|recent|all|my|our|list of|peer-reviewed|journal|conference)\s+)*(?:publications?|papers?|research|articles?|projects?|bibliography|preprints?|news|home|about|contents|welcome)(?:\s+(?:of|by|from|since|in)\b.*)?\W*", re.IGNORECASE)
"""What is the heading of a section, and not a title."""

_NUMBERED: Final = re.compile(r"\[(?P<id>[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})(?P<version>v[0-9]{1,3})?\]")
_BUTTONS: Final = re.compile(r"(?:\W*\b(?:paper|pdf|arxiv|code|github|video|demo|data(?:set)?|supplement(?:ary|al)?|material|poster|slides|project|page|website|bibtex|models?|blog|hugging\s?face|openreview|doi)\b)+\W*", re.IGNORECASE)
"""A line of links to the paper and what belongs to it."""

_LABEL: Final = re.compile(r"^abstract\b\s*[.:—-]?\s*", re.IGNORECASE)
_LONGEST_TITLE: Final = 300
_LONGEST_PAGE: Final = 6_000
_SHORTEST_TEXT: Final = 8
_SHORTEST_ABSTRACT: Final = 120


def holds_text(web: Web, cited: References) -> bool:
    """Tell whether a page is the text of the paper that cites these works: one abstract stands before them, or LaTeXML made it of a paper."""
    before = web.nodes[: cited.heading.index]
    if any("ltx_document" in node.classes for node in before):
        return True
    abstracts = [node for node in before if _is_abstract(web, node)]
    if abstracts:
        return all(node.index <= abstracts[0].last for node in abstracts)  # several are those of a list
    _, heading = headed_abstract(web)
    return heading is not None and heading.index < cited.heading.index


def sole_paper(document: Document, web: Web, cited: References | None = None) -> Entry | None:
    """Return the paper that a page is about, None if it has no heading and abstract; of the page of its text the abstract may be missing."""
    last = cited.heading.index if cited is not None else len(web.nodes)
    heading = _title(web, web.nodes[:last])
    if heading is None:
        return None
    body, node = _abstract(web, heading)
    if node is not None and node.index >= last:
        node = None
    if node is None and cited is None:
        return None
    entry = Entry(document, 0, heading.line, web.path(heading))
    entry.add("title", web.said(heading))
    stop = node if node is not None and node.index > heading.last else next((one for one in web.nodes[heading.last + 1 : last] if one.tag in _HEADINGS), None)
    _add_front(web, heading, stop, entry)
    if node is not None:
        entry.add("abstract", body, path=web.path(node), line=max(node.line, heading.line))
        _add_doi(web, web.nodes[heading.last + 1 : node.index], entry)
    if cited is not None:
        add_arxiv(web, web.text[: heading.start if stop is None else stop.start], entry)
        for fact in cited.facts:
            entry.add(fact.name, fact.text, fact.value, path=fact.path, line=max(fact.line, heading.line))
    return entry


def _title(web: Web, nodes: Sequence[Node]) -> Node | None:
    """Return the heading that is the page's title, or else its first."""
    headings = [node for node in nodes if node.tag in _HEADINGS and 2 < len(web.said(node)) <= _LONGEST_TITLE]
    found = next((node for node in headings if web.said(node) == web.title), None) or next((node for node in headings if node.tag in {"h1", "h2"}), None)
    return None if found is None or _SECTION.fullmatch(web.said(found)) else found


def _abstract(web: Web, heading: Node) -> tuple[str, Node | None]:
    """Return the abstract and where it is: what its class says is one, what reads like one right below the title, or what has such a heading."""
    told = next((node for node in web.nodes if _is_abstract(web, node)), None)
    if told is not None:
        return _LABEL.sub("", web.said(told)), told
    around = web.nodes[heading.parent] if heading.parent >= 0 else heading
    stop = next((node.start for node in web.nodes[heading.last + 1 :] if node.tag in {"h1", "h2", "h3"} and node.start > heading.end), web.nodes[0].end)
    below = web.text[heading.end : stop]
    if len(below) <= _LONGEST_PAGE and sheet.sounds_like_abstract(below) and len(below.split()) >= _SHORTEST_TEXT:
        return " ".join(below.split()), around
    body, node = headed_abstract(web)
    return (body, node) if node is not None and node.start >= heading.end else ("", None)


def _is_abstract(web: Web, node: Node) -> bool:
    return roles.role_of(web, node) == "abstract" and len(web.said(node)) >= _SHORTEST_ABSTRACT


def _add_front(web: Web, heading: Node, stop: Node | None, entry: Entry) -> None:
    """Add the authors with their places: of the elements that are authors by their class, else of the lines between title and abstract."""
    if stop is None:
        return
    nodes = web.nodes[heading.last + 1 : stop.index]
    shown: list[Node] = []
    for node in nodes:
        if roles.role_of(web, node) == "author" and (not shown or node.index > shown[-1].last):
            shown.append(node)
    spans = [(node.start, node.end) for node in shown] or [(heading.end, stop.start)]
    found = front([line for span in spans for line in _lines(web, nodes, span)])
    linked = {web.said(below) for node in shown for below in web.inside(node) if below.tag == "a"}
    named = [fact for node in shown for fact in roles.names_in(web, node)]
    if not found.authors or sum(fact.name == "author" and fact.text in linked for fact in named) > len(found.authors):
        for fact in named:
            entry.add(fact.name, fact.text, fact.value, path=fact.path, line=max(fact.line, heading.line), of=fact.of)
        return
    around = next(iter(shown or nodes))
    path, line = web.path(around), max(around.line, heading.line)
    for author in found.authors:
        position = entry.add("author", author.name, path=path, line=line)
        if author.orcid:
            entry.add("author_id", *author.orcid, path=path, line=line, of=position)
        for place in author.places:
            entry.add("affiliation", place, path=path, line=line, of=position)
    entry.add("et_al", found.et_al, path=path, line=line)
    for name, texts in (("affiliation", found.places), ("other", found.other)):
        for text in texts:
            entry.add(name, text, path=path, line=line)


def _lines(web: Web, nodes: Sequence[Node], span: Span) -> Iterator[str]:
    """Yield the lines of a stretch of the page, raised signs marked as such, without the footnotes that LaTeXML hides in it."""
    pieces, (at, end) = [], span
    for node in nodes:
        if not at <= node.start < node.end <= end:
            continue
        if "ltx_note_outer" in node.classes:
            pieces.append(web.text[at : node.start])
            at = node.end
        elif node.tag in {"sup", "math"}:
            pieces += (web.text[at : node.start], RAISED[0], web.said(node), RAISED[1])
            at = node.end
    pieces.append(web.text[at:end])
    return (" ".join(line.split()) for line in "".join(pieces).split("\n") if line.strip() and not _BUTTONS.fullmatch(line))


def _add_doi(web: Web, nodes: Sequence[Node], entry: Entry) -> None:
    """Add the first DOI that a link between title and abstract leads to."""
    for node in nodes:
        href = node.attributes.get("href", "") if node.tag == "a" else ""
        if (value := linked_id(href)) and value.startswith("doi:"):
            entry.add("identifier", href, value, path=f"{web.path(node)}/@href", line=max(node.line, entry.line))
            return


def add_arxiv(web: Web, text: str, entry: Entry) -> None:
    """Add the number that arXiv puts before the title of the page of a paper (`[2105.01234v2] Small Motors`), or on the margin of its text."""
    if (match := _NUMBERED.match(web.title)) and (value := identifier(match["id"], "arxiv")):
        node = next((node for node in web.nodes if node.tag == "title"), web.nodes[0])
        path, line = web.path(node), max(node.line, entry.line)
        entry.add("arxiv_id", f"{match['id']}{match['version'] or ''}", value.removeprefix("arxiv:"), path=path, line=line)
        entry.add("version", match["version"] or "", path=path, line=line)
    elif (stamp := _arxiv.STAMP.search(text)) and (number := next(find_arxiv_ids(stamp.group()), None)):
        entry.add("arxiv_id", stamp.group()[number[0] : number[1]], number[2])
        entry.add("version", stamp["version"] or "")
        entry.add("category", stamp["category"])
        entry.add("date", stamp["date"], date(stamp["date"]))
