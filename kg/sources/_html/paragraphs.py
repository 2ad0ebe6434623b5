"""Lists of papers on web pages whose parts stand in paragraphs of their own: a title, below it the names, below these venue and links.

Google Sites and lists of accepted papers are made so. What parts titles from names is how they look: bold, linked, a heading,
or plain above slanted names. What looks like a title and stands right above names, in a page on which that repeats, is one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from kg.sources._citation.parts import tidy
from kg.sources._citation.reading import cite, with_line_of_names
from kg.sources._html.cited import mark_of
from kg.sources._html.item import Item, Listing
from kg.sources._html.lines import HEADINGS, NO_TITLE, is_line_of_names
from kg.sources._html.page import Node, Web
from kg.sources._text.byline import people
from kg.sources._text.fields import Span, squeezed

_PARAGRAPHS: Final = frozenset({"p", "div", "blockquote", *HEADINGS})
_LOUD: Final = {"heading": 4, "bold": 3, "link": 2, "": 1, "italic": 0}
"""How much a paragraph stands out: titles do so more than the names below them."""

_FEWEST: Final = 2
_FEW_WORDS: Final = 2
_SHORTEST_TITLE: Final = 4
_LONGEST_TITLE: Final = 400
_MOST_BELOW: Final = 6
"""How many paragraphs a paper has."""


class _Row(NamedTuple):
    """A paragraph, where its text stands, and how it looks."""

    node: Node
    span: Span
    look: str


def by_paragraphs(web: Web) -> Listing:
    """Return the papers of a page on which titles and names stand in paragraphs of their own."""
    rows: dict[int, list[_Row]] = {}
    for node in web.nodes:
        if node.tag in _PARAGRAPHS and not any(below.tag in {*_PARAGRAPHS, "li", "tr"} for below in web.inside(node)):
            span = squeezed(web.text, node.start, node.end)
            if span[0] < span[1]:
                rows.setdefault(node.parent, []).append(_Row(node, span, _look(web, node, span)))
    read, missed = [], []
    for of_one in rows.values():
        items = list(_items(web, of_one))
        firsts = {item.first.index for item in items}
        look = next((row.look for row in of_one if row.node.index in firsts), "")
        alike = (row for row in of_one if look and row.look == look and row.node.index not in firsts and row.node.index > min(firsts))
        missed += [row.node for row in alike if web.text.count(" ", *row.span) >= _FEW_WORDS]
        read += items
    return Listing(read, missed)


def _look(web: Web, node: Node, span: Span) -> str:
    """Return what all the text of a paragraph is marked as; empty if it is not."""
    if node.tag in HEADINGS:
        return "heading"
    whole = (mark_of(below) for below in web.inside(node) if squeezed(web.text, below.start, below.end) == span)
    return next((kind for kind in whole if kind), "")


def _items(web: Web, rows: Sequence[_Row]) -> Iterator[Item]:
    """Yield the papers among the paragraphs of one element."""
    sure = [(above, below) for above, below in pairwise(rows) if _may_be_title(web, above) and is_line_of_names(web.text, below.span)]
    looks = Counter((above.look, below.look) for above, below in sure if _LOUD[above.look] > _LOUD[below.look])
    best = max(looks, key=lambda pair: looks[pair], default=None)
    if best is None or looks[best] < _FEWEST:
        return
    titles = [rank for rank, (above, below) in enumerate(pairwise(rows)) if (above.look, below.look) == best and _may_be_title(web, above) and _are_names(web, below)]
    words = sum(web.text.count(" ", *rows[rank].span) >= _FEW_WORDS for rank in titles)
    for rank, following in pairwise((*titles, len(rows))) if 2 * words > len(titles) else ():
        stop = next((at for at in range(rank + 2, min(following, rank + _MOST_BELOW)) if rows[at].look == "heading"), min(following, rank + _MOST_BELOW))
        first, last = rows[rank], rows[stop - 1]
        span = first.span[0], last.span[1]
        cited = cite(web.text, *span, [("title", tidy(web.text, *first.span), "")], hard=True)
        cited = cited if cited.people is not None else with_line_of_names(web.text, span, cited, hard=True)
        yield Item(first.node, (first.node.index, last.node.last), span, None, (), cited)


def _may_be_title(web: Web, row: _Row) -> bool:
    """Tell whether a paragraph can be a title: no names, no role of people, no sentence of several."""
    size = row.span[1] - row.span[0]
    said = web.text[slice(*row.span)]
    return _SHORTEST_TITLE <= size <= _LONGEST_TITLE and "\n" not in said and ". " not in said and not NO_TITLE.search(said) and not is_line_of_names(web.text, row.span)


def _are_names(web: Web, row: _Row) -> bool:
    """Tell whether a paragraph is nothing but names, be it a single one."""
    found = people(web.text, *row.span, hard=True)
    return is_line_of_names(web.text, row.span) or (found is not None and not web.text[found.end : row.span[1]].strip(" .*†‡;,"))
