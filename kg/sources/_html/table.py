"""Papers in the tables of a web page whose own words say what is what: columns with headers, and rows of label and value.

A table with a header is read as a CSV file is, by the names of its columns; a table or list of definitions in which labels
stand before values (Zotero's reports, the pages of repositories) as one paper, below its heading if no label tells a title.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from kg.sources._entry import Entry
from kg.sources._html.page import Node, Web
from kg.sources._library import Place
from kg.sources._linked_id import linked_id
from kg.sources._table.cells import Cell, Table
from kg.sources._table.columns import fill
from kg.sources._table.names import COLUMNS, EACH, keys_of, roles_of

_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4"})
_MOST_ROWS_ABOVE: Final = 3
_LONGEST_NAME: Final = 60
_LONGEST_CELL: Final = 20_000
_PLURAL: Final = EACH | {"author"}
"""Fields that each of several rows with the same label says."""


class Told(NamedTuple):
    """A paper in a table: the element that it is, what is in it by column or label, and the heading that is its title, if no cell is."""

    node: Node
    table: Table
    cells: Mapping[int, Node]
    title: Node | None = None


def told(web: Web) -> tuple[list[Told], list[Node]]:
    """Return the papers of the tables of a page, and the rows among them that have other cells than the header names."""
    rows = list(_columns(web))
    papers = [row for row in rows if isinstance(row, Told)]
    return (papers, [row for row in rows if isinstance(row, Node)]) if papers else (list(_labelled(web)), [])


def fill_told(web: Web, one: Told, entry: Entry) -> None:
    """Put what a paper's cells say into a record, and where its links lead."""
    if one.title is not None:
        entry.add("title", web.said(one.title), path=web.path(one.title), line=max(one.title.line, entry.line))
    cells = {}
    listed = {*one.table.roles.get("author", ()), *one.table.roles.get("keyword", ())}
    for rank, node in one.cells.items():
        rows = web.text[node.start : node.end].split("\n") if rank in listed else [web.said(node)]
        if text := "\n".join(filter(None, map(str.strip, rows)))[:_LONGEST_CELL]:
            cells[rank] = Cell(text, Place(web.path(node), max(node.line, entry.line)), one.table.keys[rank])
    fill(entry, one.table, cells)
    for node in (below for cell in one.cells.values() for below in web.inside(cell) if below.tag == "a"):
        href = node.attributes.get("href", "")
        known = linked_id(href)
        scheme, _, number = (known or "").partition(":")
        name = "arxiv_id" if scheme == "arxiv" else "identifier"
        path, line = f"{web.path(node)}/@href", max(node.line, entry.line)
        if known and not entry.has(name):
            entry.add(name, number if scheme == "arxiv" else href, None if scheme == "arxiv" else known, path=path, line=line)
        elif href.startswith(("http://", "https://")) and known is None and href != web.said(node):
            entry.add("url", href, path=path, line=line)
    for node in web.inside(one.node):
        if node.tag == "li" and web.nodes[node.parent].classes == ["tags"]:
            entry.add("keyword", web.said(node), path=web.path(node), line=max(node.line, entry.line))


def _columns(web: Web) -> Iterator[Told | Node]:
    """Yield the rows of the tables whose header names a column of titles, and something else; those that do not fit as they are."""
    for table in (node for node in web.nodes if node.tag == "table"):
        rows = [_cells(web, row) for row in _rows(web, table)]
        for rank, header in enumerate(rows[:_MOST_ROWS_ABOVE]):
            names = tuple(web.said(cell)[:_LONGEST_NAME] for cell in header)
            roles = roles_of(names)
            if "title" in roles and len(roles) > 1:
                what = Table(names, keys_of(names), roles, EACH, ("",) * len(names))
                at = roles["title"][0]
                for cells in rows[rank + 1 :]:
                    if len(cells) != len(header):
                        yield from (web.nodes[cell.parent] for cell in cells[:1] if len(cells) > 1)  # a single cell is a heading
                    elif (title := web.said(cells[at])) and title != names[at]:
                        yield Told(web.nodes[cells[0].parent], what, dict(enumerate(cells)))
                loose = _loose(web, table)
                for place in range(0, len(loose) - len(header) + 1, len(header)):
                    yield Told(loose[place + at], what, dict(enumerate(loose[place : place + len(header)])))
                break


def _loose(web: Web, table: Node) -> list[Node]:
    """Return the cells of a table that are in no row, as the start tag of theirs is lacking."""
    bodies = {table.index, *(node.index for node in web.inside(table) if node.tag == "tbody" and node.parent == table.index)}
    return [node for node in web.inside(table) if node.tag == "td" and node.parent in bodies]


def _rows(web: Web, table: Node) -> Iterator[Node]:
    """Yield the rows of a table, not those of tables in it."""
    for node in web.inside(table):
        if node.tag == "tr" and next((above for above in web.above(node) if above.tag == "table"), None) is table:
            yield node


def _cells(web: Web, row: Node) -> list[Node]:
    return [node for node in web.inside(row) if node.tag in {"td", "th"} and node.parent == row.index]


def _labelled(web: Web) -> Iterator[Told]:
    """Yield the tables and lists of definitions that tell one paper by labels."""
    for holder in (node for node in web.nodes if node.tag in {"table", "dl"}):
        pairs = list(_pairs(web, holder))
        names = [web.said(label)[:_LONGEST_NAME].strip(" :：") for label, _ in pairs]
        keys = keys_of(names)
        ranked: dict[str, tuple[int, ...]] = {}
        for role, known in COLUMNS.items():
            ranks = sorted((rank for rank, key in enumerate(keys) if key in known), key=lambda rank, known=known: known.index(keys[rank]))  # type: ignore[misc]
            if ranks:
                ranked[role] = tuple(ranks)
        title = None if "title" in ranked else _heading(web, holder)
        if ("title" in ranked or title is not None) and "author" in ranked and len(ranked) > 2:
            what = Table(tuple(names), keys, ranked, _PLURAL, ("",) * len(names))
            around = web.nodes[holder.parent] if holder.parent >= 0 and title is not None else holder
            yield Told(around, what, {rank: value for rank, (_, value) in enumerate(pairs)}, title)


def _pairs(web: Web, holder: Node) -> Iterator[tuple[Node, Node]]:
    """Yield labels with their values."""
    if holder.tag == "table":
        for row in _rows(web, holder):
            cells = _cells(web, row)
            if len(cells) == 2:
                yield cells[0], cells[1]
        return
    label: Node | None = None
    for node in web.inside(holder):
        if node.tag == "dt":
            label = node
        elif node.tag == "dd" and label is not None:
            yield label, node


def _heading(web: Web, holder: Node) -> Node | None:
    """Return the heading before a table in the same element."""
    before: Sequence[Node] = web.nodes[max(holder.parent, 0) + 1 : holder.index]
    headings = [node for node in before if node.tag in _HEADINGS and node.parent == holder.parent]
    return headings[-1] if headings and 2 < len(web.said(headings[-1])) <= 400 else None
