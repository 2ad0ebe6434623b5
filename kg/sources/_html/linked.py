"""Papers on a page that lists nothing of them but their titles, each a link to the paper, as services that show what is new have them."""

from collections.abc import Iterator
from typing import Final

from kg.sources._html.cited import cited_in
from kg.sources._html.item import Item, Listing
from kg.sources._html.page import Node, Web
from kg.sources._linked_id import linked_id

_FEWEST: Final = 3
_FEWEST_WORDS: Final = 3
_LONGEST: Final = 300


def by_links(web: Web) -> Listing:
    """Return the papers of the links that are alone where they stand and of one kind, each leading to a paper of its own; none if there are few."""
    kinds: dict[tuple[str, str, str], dict[str, Node]] = {}
    for kind, known, link in _links(web):
        kinds.setdefault(kind, {}).setdefault(known, link)
    best = max(kinds.values(), key=len, default={})
    return Listing([_item(web, link) for link in best.values()] if len(best) >= _FEWEST else [], [])


def _links(web: Web) -> Iterator[tuple[tuple[str, str, str], str, Node]]:
    """Yield the links whose text can be a title and is all that the element around it says, with what they have in common and what they identify."""
    for node in web.nodes:
        if node.tag != "a" or node.parent < 0 or not 0 < node.end - node.start <= _LONGEST:
            continue
        known, around = linked_id(node.attributes.get("href", "")), web.nodes[node.parent]
        if known is not None and web.said(node) == web.said(around) and len(web.said(node).split()) >= _FEWEST_WORDS:
            yield (around.tag, next(iter(around.classes), ""), next(iter(node.classes), "")), known, node


def _item(web: Web, link: Node) -> Item:
    nodes, span = (link.index, link.last), (link.start, link.end)
    return Item(link, nodes, span, link, (), cited_in(web, nodes, span, link))
