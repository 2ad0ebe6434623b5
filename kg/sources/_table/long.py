"""Tables with a row for each author of a paper: title, year and the like are repeated, author and affiliation are not."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from kg.sources._entry import Entry
from kg.sources._library import put
from kg.sources._table.cells import Cell, Table
from kg.sources._table.people import add_people
from kg.sources._text.names import split_names

_OF_THE_PAPER: Final = ("title", "year", "date", "venue", "doi", "arxiv", "pmid", "identifier", "abstract")
"""Fields that are the same in all rows of a paper."""

_FEWEST: Final = 0.25
"""In so many of the first rows at least the paper of the row before goes on."""


def has_rows_of_authors(table: Table, rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether the first rows of a table are those of one author each, several of some papers."""
    ranks = table.roles.get("author", ())
    if len(ranks) != 1 or "title" not in table.roles:
        return False
    known = [cells for cells in rows if len(cells) == len(table.names)]
    goes_on = sum(is_same_paper(table, before, after) for before, after in pairwise(known))
    return goes_on > 0 and goes_on >= _FEWEST * len(known) and all(len(split_names(author_in(table, cells)).people) < 2 for cells in known)


def is_same_paper(table: Table, before: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether two rows say the same of a paper, and name another author of it."""
    ranks = [rank for role in _OF_THE_PAPER for rank in table.roles.get(role, ())]
    titled = any(before[rank].strip() for rank in table.roles["title"])
    return titled and author_in(table, before) != author_in(table, after) and all(before[rank] == after[rank] for rank in ranks)


def author_in(table: Table, cells: Sequence[str]) -> str:
    """Return the author in a row."""
    return cells[table.roles["author"][0]]


def add_row(entry: Entry, table: Table, cells: dict[int, Cell], first: Sequence[str]) -> None:
    """Add what a further row of a paper says that the first one does not: an author, and all in which it differs."""
    people = {rank for role in ("author", "affiliation", "affiliation_id", "author_id", "openalex_author") for rank in table.roles.get(role, ())}
    for rank in [rank for rank, cell in cells.items() if rank not in people and cell.text == first[rank]]:
        del cells[rank]
    add_people(entry, table, cells)
    for cell in cells.values():
        put(entry, "other", cell.text, cell.place)
