"""Papers on a page that lists nothing of them but their titles: each a link to the paper, as services that show what is new have them, or below a heading that says that these are accepted."""

import re
from collections.abc import Iterator
from typing import Final

from kg.sources._html.cited import cited_in
from kg.sources._html.item import Item, Listing
from kg.sources._html.lines import HEADINGS
from kg.sources._html.page import Node, Web
from kg.sources._linked_id import linked_id
from kg.sources._text.bare_title import are_titles, may_be_title
from kg.sources._text.fields import squeezed

_FEWEST: Final = 3
_FEWEST_WORDS: Final = 3
_LONGEST: Final = 300
_ACCEPTED: Final = re.compile(r"(?!.*\b(?:for|to|by|how)\b)(?:\S+\s){0,6}accepted\s(?:[\w-]+\s){0,2}(?:papers|posters|abstracts|contributions|submissions|articles|demos)\W*", re.IGNORECASE)
"""The heading of a list of accepted papers, not that of what their authors have to do."""


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


def by_heading(web: Web) -> Listing:
    """Return the items of the lists below headings of accepted papers that can be nothing but titles."""
    level = ""
    lists: dict[int, list[Node]] = {}
    for node in web.nodes:
        if node.tag in HEADINGS and (node.tag <= level or not level):
            level = node.tag if _ACCEPTED.fullmatch(web.said(node)) else ""
        elif level and node.tag == "li" and node.start < node.end:
            lists.setdefault(node.parent, []).append(node)
    items: list[Item] = []
    missed: list[Node] = []
    for found in lists.values():
        rows = [squeezed(web.text, node.start, node.end) for node in found]
        if are_titles(web.text, rows, headed=True):
            good = [may_be_title(web.text, *row) for row in rows]
            items += [_item(web, node) for node, sure in zip(found, good, strict=True) if sure]
            missed += [node for node, sure in zip(found, good, strict=True) if not sure]
    return Listing(items, missed)
