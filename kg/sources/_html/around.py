"""What stands around an item says of it: the other items of a list where its title is, the head of a table whether its rows are papers."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from kg.sources._html.cited import cited_in, mark_of
from kg.sources._html.item import Item
from kg.sources._html.page import Node, Web
from kg.sources._table.names import roles_of
from kg.sources._text.fields import Span, squeezed

_FEWEST: Final = 2
_SHORTEST: Final = 24
_LONGEST: Final = 4_000
_MOST_CELLS: Final = 100
"""How many elements of a table's head are looked at for each of its rows."""

_OF_PAPERS: Final = re.compile(r"paper|talk|speaker|present|publication|article|work|topic|reference|citation|session|contribution|event|description|thes[ie]s", re.IGNORECASE)
"""What the columns of tables of papers are called, besides those of titles and authors."""



def turned_items(web: Web, items: Sequence[Item]) -> Iterator[Item]:
    """Yield anew the items that have a single name, which looks like a title, where in most others the names stand before the element of the title.

    `<b>Ada Lovelace</b><br><i>Engines</i>` is read so among `<b>Ada Lovelace and Wei Wang</b><br><i>Engines</i>`.
    """
    behind = {item.nodes: _title_behind(web, item) for item in items}
    tags = Counter(node.tag for node in behind.values() if node is not None)
    tag, count = tags.most_common(1)[0] if tags else ("", 0)
    if count < _FEWEST or 2 * count < len(items):
        return
    for item in items:
        marked = [node for node in _marked(web, item) if node.tag == tag]
        if behind[item.nodes] is None and len(marked) == 1:
            cited = cited_in(web, item.nodes, item.span, marked[0])
            if cited.people is not None and cited.title is not None and cited.people.end <= cited.title[0]:
                yield item._replace(title=marked[0], cited=cited)


def _title_behind(web: Web, item: Item) -> Node | None:
    """Return the marked element that is the title of an item and stands behind its authors."""
    people, title = item.cited.people, item.cited.title
    if people is None or title is None or people.end > title[0]:
        return None
    return next((node for node in _marked(web, item) if people.end <= node.start <= title[0] < title[1] <= node.end), None)


def _marked(web: Web, item: Item) -> Iterator[Node]:
    """Yield the elements of an item that are bold, slanted or linked."""
    return (node for node in web.nodes[item.nodes[0] : item.nodes[1] + 1] if mark_of(node) and node.start < node.end)


def is_in_one_cell(web: Web, row: Node, title: Span) -> bool:
    """Tell whether a title stands in one cell, if it is in a row of a table; what goes over several is a date, a place."""
    cells = (below for below in web.inside(row) if row.tag == "tr" and below.tag in {"td", "th"})
    return not any(title[0] < squeezed(web.text, cell.start, cell.end)[1] < title[1] for cell in cells if title[0] >= cell.start)


def is_of_others(web: Web, row: Node) -> bool:
    """Tell whether the head of the table that a row is in names columns, and none for papers: `Year`, `Host`, `Proceedings`."""
    table = next((above for above in web.above(row) if above.tag == "table"), None)
    first = next((below for below in web.inside(table) if below.tag == "tr"), None) if table is not None else None
    names = [web.said(cell) for cell in islice(web.inside(first), _MOST_CELLS) if cell.tag == "th" and cell.parent == first.index and cell.start < cell.end] if first is not None else []
    roles = roles_of(names) if len(names) >= _FEWEST else {}
    return bool(roles) and not (roles.get("title") or roles.get("author") or any(map(_OF_PAPERS.search, names)))


def holds_papers(web: Web, row: Node) -> bool:
    """Tell whether a row is but the frame of a list: several of its paragraphs are papers."""
    if row.end - row.start > _LONGEST:
        return False  # none is so long
    paragraphs = [below for below in web.inside(row) if below.tag == "p" and below.end - below.start >= _SHORTEST]
    read = (cited_in(web, (one.index, one.last), (one.start, one.end), None) for one in (paragraphs if len(paragraphs) > 1 else ()))
    return sum(one.title is not None and one.people is not None and one.people.sure and one.date is not None for one in read) > 1
