"""A stretch of a web page taken apart as a citation, with what its markup shows: what is bold, linked, slanted, on lines of its own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import cite, with_line_of_names
from kg.sources._html.page import Node, Web
from kg.sources._html.roles import PERSON, title_span
from kg.sources._text.fields import Span, squeezed

MARKS: Final = {
    "a": "link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic", **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
}  # fmt: skip
"""What the text of an element is marked as."""

_BOLD: Final = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC: Final = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_SHORTEST_TITLE: Final = 6
_LONGEST_TITLE: Final = 400
_BUTTONS: Final = re.compile(r"\[[^\[\]\n]{0,40}\]")
_SIGN: Final = re.compile(r"(?P<venue>[^\n,;:()\[\]\"“]{2,40}?)[\s'’,-]{0,3}(?P<year>(?:19|20)[0-9]{2})?")
_TAGS: Final = frozenset({"tag", "badge", "label", "pill", "chip", "venue", "conf", "conference", "journal"})
"""Words of the classes of a small sign before an entry that tells where it appeared."""


def cited_in(web: Web, nodes: tuple[int, int], span: Span, title: Node | None) -> Citation:
    """Return a stretch of the page taken apart as a citation, with what its markup shows."""
    start, end = squeezed(web.text, *span)
    marked = []
    sign = _sign(web, nodes, (start, end)) if title is None else None
    if sign is not None:
        start = squeezed(web.text, sign.end(), end)[0]
    if title is not None:
        marked.append(("title", title_span(web, title), ""))
    else:
        for index in range(nodes[0], nodes[1] + 1):
            node = web.nodes[index]
            kind = mark_of(node)
            if kind and start <= node.start < node.end <= end:
                marked.append((kind, (node.start, node.end), node.attributes.get("href", "")))
    cited = cite(web.text, start, end, marked, hard=True)
    if title is None:
        cited = _in_lines(web.text, (start, end), cited, marked)
    return cited if sign is None or cited.title is None else _with_sign(sign, cited)


def mark_of(node: Node) -> str:
    """Return what an element's text is marked as, by its tag or, as Google's documents have it, its style; empty if it is not."""
    style = node.attributes.get("style", "") if node.tag == "span" else ""
    return MARKS.get(node.tag, "") or ("bold" if _BOLD.search(style) else "italic" if _ITALIC.search(style) else "")


def _sign(web: Web, nodes: tuple[int, int], span: Span) -> re.Match[str] | None:
    """Return venue and year of the small element that an entry begins with, if its class says that it tells these."""
    for index in range(nodes[0] + 1, nodes[1] + 1):
        node = web.nodes[index]
        if node.start > span[0]:
            return None
        if node.tag in {"span", "b", "strong", "em", "i", "small", "label"} and node.start < node.end < span[1]:
            match = _SIGN.fullmatch(web.text, *squeezed(web.text, node.start, node.end))
            words = {word for name in node.classes for word in re.split(r"[-_]+", name)}
            if match and words & _TAGS:
                return match
    return None


def _with_sign(sign: re.Match[str], cited: Citation) -> Citation:
    """Return a citation with venue and year from the sign before it."""
    date = (sign.span("year"), sign["year"]) if sign["year"] else cited.date
    more = (date is not None and cited.date is None) + (cited.venue is None and cited.people is not None)
    return replace(cited, venue=sign.span("venue"), date=date, evidence=cited.evidence + more)


def _in_lines(text: str, span: Span, cited: Citation, marked: Sequence[tuple[str, Span, str]]) -> Citation:
    """Return a citation with the authors from a line of their own, if there is one, and the title from the first, if it is marked."""
    unsigned = cited.people is None or (span[0], cited.people.end) in {squeezed(text, *mark[1]) for mark in marked}  # or the first line was taken for a name
    first = next((mark for mark in marked if (mark[0] in {"link", "heading"} or unsigned) and squeezed(text, *mark[1])[0] == span[0]), None)
    if first is not None and not PERSON.search(first[2]):
        title = squeezed(text, *first[1])
        stop = text.find("\n", title[1], span[1])
        alone = stop > 0 and not _BUTTONS.sub("", text[title[1] : stop]).strip(" .,")
        if alone and text.count(" ", *title) and _SHORTEST_TITLE <= title[1] - title[0] <= _LONGEST_TITLE:
            title = title[0], title[0] + len(text[slice(*title)].rstrip(".,; "))
            bare = Citation(title=title, identifiers=cited.identifiers, urls=cited.urls, evidence=2 * bool(cited.identifiers))
            found = with_line_of_names(text, span, bare, hard=True)
            if found.people is not None and (found.people.sure or len(found.people.names) > 1 or unsigned):
                return found
    if cited.title is not None and cited.people is not None and cited.people.sure and cited.title[0] == span[0] and "\n" in text[cited.title[1] : cited.people.names[0][0]]:
        return replace(cited, evidence=cited.evidence + 1)  # a title, and a line of names below
    if cited.title is not None and cited.people is not None and cited.people.end <= cited.title[0] and any(first < cited.title[1] <= last and not text[last : span[1]].strip(' ."”') for _, (first, last), _ in marked):
        return replace(cited, evidence=cited.evidence + 1)  # names, and to the end a marked title
    return with_line_of_names(text, span, cited, hard=True) if cited.title is not None and cited.people is None else cited
