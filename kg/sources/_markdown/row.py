"""A row of a Markdown table taken apart as a paper: the names of the columns say what is what, as in `csv_table`."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.ids import identifier
from kg.sources._citation.reading import behind_names
from kg.sources._dates import printed_date
from kg.sources._markdown.blocks import Block, Plain, plain
from kg.sources._markdown.paper import Part, Reading, is_papers, reading, sign
from kg.sources._table.names import roles_of
from kg.sources._text.fields import Span
from kg.sources._text.names import split_names

_LONG: Final = 3
"""How many words a cell has that is a title rather than a name."""

_roles: Final = lru_cache(maxsize=16)(roles_of)
"""What the columns of a table are, kept for its rows."""


def row_of(text: str, row: Block) -> Reading | None:
    """Return the paper of a row of a table."""
    names = tuple(plain(text, cell).text.strip() for cell in row.header)
    roles = _roles(names)
    if any(name.lower() in _PRESENTERS for name in names):
        roles = {role: ranks for role, ranks in roles.items() if role != "date"}  # when somebody speaks of it
    titles = [rank for rank in roles.get("title", ()) if rank < len(row.cells)]
    titles += [rank for rank, name in enumerate(names) if name.lower() in {"name", "method", "model", "work", "dataset"} and rank < len(row.cells)] if titles else []
    for rank in titles:
        whole = plain(text, row.cells[rank])
        shown = reading(whole)
        signed = any(row.cells[at][0] < row.cells[at][1] for at in roles.get("author", ()) if at < len(row.cells))
        if shown.title is None and len(whole.text.split()) >= (1 if signed else 2):
            shown = Reading(whole, (0, len(whole.text)), shown.cited, tuple(part for part in shown.parts if part.name != "other"), shown.evidence)
        if shown.title is not None and (rank == titles[0] or len(whole.text[slice(*shown.title)].split()) >= _LONG):
            break
    else:
        return None
    if shown.title is None:
        return None
    parts = list(shown.parts)
    for other, cell in enumerate(row.cells):
        if other != rank and cell[0] < cell[1]:
            parts += _cell(text, cell, next((role for role, ranks in roles.items() if other in ranks), ""), whole)
    evidence = shown.evidence + len({part.name for part in parts} & {"author", "date", "venue"}) + 2 * any(map(is_papers, whole.links))
    return Reading(whole, shown.title, shown.cited, tuple(parts), evidence) if evidence else None


_PRESENTERS: Final = frozenset({"presenter", "presenters", "speaker", "speakers", "presented by", "discussant", "leader"})
"""The columns of a reading group's table that have the date of a meeting beside them."""

_FIELDS: Final = frozenset({"venue", "abstract", "keyword", "category", "comment", "volume", "issue", "pages", "publisher", "affiliation"})


def _cell(text: str, cell: Span, role: str, whole: Plain) -> Iterator[Part]:
    """Yield what a cell beside the title says; its text goes behind that of the title."""
    more = plain(text, cell)
    shift = len(whole.text) + 1
    whole.text += f"\n{more.text}"
    whole.places += [cell[0], *more.places]
    whole.links += [link._replace(shown=(link.shown[0] + shift, link.shown[1] + shift)) for link in more.links]
    shown = more.text.strip()
    if not shown or not any(c.isalnum() for c in shown) or shown.lower() in {"null", "none", "n/a", "na", "todo", "link", "coming soon"}:
        return
    start = shift + more.text.index(shown)
    span = (start, start + len(shown))
    if role == "author":
        names = split_names(shown)
        for person in names.people:
            yield Part("author", (start + person.first, start + person.last))
        if names.et_al:
            yield Part("et_al", (start + names.et_al[0], start + names.et_al[1]))
    elif role in {"date", "year"}:
        value = printed_date(shown)
        yield from (Part("date", span, value),) if value else sign(whole.text, *span) or (Part("other", span),)
    elif role == "venue":
        yield from sign(whole.text, *span) or _numbered(whole.text, span)
    elif (known := identifier(shown)) is not None:
        scheme, _, number = known.partition(":")
        yield Part("arxiv_id", span, number) if scheme == "arxiv" else Part("identifier", span, known)
    elif role in {"keyword", "category"}:
        for piece in re.finditer(r"[^,;，、；\n]+", shown):
            yield Part(role, (start + piece.start() + len(piece.group()) - len(piece.group().lstrip()), start + piece.start() + len(piece.group().rstrip())))
    elif any(c.isalnum() and not any(a <= place < b for _, _, (a, b) in more.links) for place, c in enumerate(more.text)):
        yield Part(role if role in _FIELDS else "other", span)


def _numbered(text: str, span: Span) -> Iterator[Part]:
    """Yield the venue of a cell, without the volume, pages and year behind it."""
    found = behind_names(text, *span)
    if found.venue is None or found.venue[0] != span[0] or (found.volume or found.pages) is None:
        yield Part("venue", span)
        return
    told = [Part(name, part) for name, part in (("venue", found.venue), ("volume", found.volume), ("issue", found.issue), ("pages", found.pages)) if part]
    told += [Part("date", *found.date)] if found.date is not None else []
    yield from told
    rest = max(part.span[1] for part in told), span[1]
    if any(map(str.isalnum, text[slice(*rest)])):
        yield Part("other", rest)
