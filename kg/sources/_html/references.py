"""The works that a paper's own page cites: the entries below its heading `References`, as journals, PubMed Central and LaTeXML have them.

Each is a title where the entry can be taken apart, else what is printed, with the identifier that it prints or links to. A section
of which less than half reads like citations cites nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final, NamedTuple

from kg.sources._citation.reading import ENOUGH
from kg.sources._citation.works import HEADING, printed_ids, sure_title, work_id
from kg.sources._html.cited import cited_in
from kg.sources._html.facts import Fact
from kg.sources._html.lines import HEADINGS
from kg.sources._html.page import Node, Web
from kg.sources._linked_id import linked_id
from kg.sources._text.fields import Span, squeezed

_HEADINGS: Final = HEADINGS | {"b", "strong", "summary"}
_KINDS: Final = (frozenset({"li"}), frozenset({"dd", "tr"}), frozenset({"p"}), frozenset({"div"}))
"""Elements that entries are, those that say so most first."""

_NO_TEXT: Final = frozenset({"nav", "footer", "aside", "form"})
_BUTTON: Final = re.compile(
    r"\W*(?:google scholar|cross\s?ref|pubmed(?: central)?(?:/ncbi)?|pmc(?: free article)?|(?:view )?article|view(?: in)?|full text|doi|cas|math(?:scinet)?|ads|nasa ads|web of science(?:®)?|isi|scopus|digital library"
    r"|open url|find in worldcat|search ads|medline|chemport|export citation|abstract|free full text|download|open in a new tab)\W*", re.IGNORECASE,
)  # fmt: skip
"""What stands behind an entry: links to services that have the work."""

_LABELS: Final = frozenset({"label", "tag", "order", "number", "num", "refnum", "counter", "marker"})
"""Words of the classes of the number or name by which the text refers to an entry."""

_LINE: Final = re.compile(r"[^\n]+")
_SHORTEST: Final = 12
_LONGEST: Final = 4_000
_LONGEST_HEADING: Final = 60
_MOST_HEADINGS: Final = 8
_NEAR: Final = 6
"""How many headings are looked at, and how far around one its entries may be."""


class References(NamedTuple):
    """The section of the works cited: its heading, and what its entries say."""

    heading: Node
    facts: Sequence[Fact]


def references(web: Web) -> References | None:
    """Return the works that a page cites; None if it has no such section."""
    headings = (node for node in web.nodes if node.tag in _HEADINGS and node.end - node.start <= _LONGEST_HEADING and HEADING.fullmatch(web.said(node)))
    for heading in islice((node for node in headings if not any(above.tag in _NO_TEXT for above in web.above(node))), _MOST_HEADINGS):
        read = [_read(web, entry) for entry in _entries(web, heading)]
        if 2 * sum(sure for _, sure in read) > len(read):
            return References(heading, [fact for fact, _ in read])
    return None


def _entries(web: Web, heading: Node) -> list[Node]:
    """Return the entries in the smallest element around a heading that has some behind it, up to the next heading of its rank."""
    for around in islice(web.above(heading), _NEAR):
        below = list(_section(web, heading, around))
        for kind in _KINDS:
            found: list[Node] = []
            for node in below:
                said = node.tag in kind or (node.attributes.get("role") == "listitem" and "li" in kind)
                if said and (not found or node.index > found[-1].last):
                    found.append(node)
            if len(found) == 1 and not kind & {"li", "tr"}:
                found = _lines(web, found[0])
            if found := [node for node in found if _SHORTEST <= node.end - node.start <= _LONGEST]:
                return found
    return []


def _lines(web: Web, around: Node) -> list[Node]:
    """Return an element as the lines of its text."""
    return [replace(around, start=around.start + line.start(), end=around.start + line.end()) for line in _LINE.finditer(web.text[around.start : around.end])]


def _section(web: Web, heading: Node, around: Node) -> Iterator[Node]:
    """Yield the elements of an element that stand behind a heading in it, without menus and the like."""
    index = heading.last + 1
    while index <= around.last:
        node = web.nodes[index]
        if node.tag in HEADINGS and heading.tag in HEADINGS and node.tag <= heading.tag:
            return
        index = node.last + 1 if node.tag in _NO_TEXT else index + 1
        if node.tag not in _NO_TEXT:
            yield node


def _read(web: Web, entry: Node) -> tuple[Fact, bool]:
    """Return what an entry cites, and whether it reads like a citation."""
    span = _printed(web, entry)
    cited = cited_in(web, (entry.index, entry.last), span, None)
    known = [value for below in web.inside(entry) if below.tag == "a" and entry.start <= below.start <= below.end <= entry.end and (value := linked_id(below.attributes.get("href", "")))]
    value = work_id([*known, *printed_ids(web.text[slice(*span)], cited)])
    title = sure_title(cited)
    text = " ".join(web.text[slice(*(title or span))].split())
    return Fact("reference", text, entry.line, web.path(entry), value), cited.evidence >= ENOUGH or value is not None


def _printed(web: Web, entry: Node) -> Span:
    """Return where an entry stands, without the label before it and the buttons behind."""
    start, end = squeezed(web.text, entry.start, entry.end)
    for node in web.inside(entry):
        words = {word for name in node.classes for word in re.split(r"[-_]+", name)}
        if node.start <= start < node.end < end and words & _LABELS:
            start = squeezed(web.text, node.end, end)[0]
        elif node.tag == "a" and start < node.start < end and _BUTTON.fullmatch(web.said(node)):
            end = node.start
            break
    return start, start + len(web.text[start:end].rstrip(" \n[(|,;"))
