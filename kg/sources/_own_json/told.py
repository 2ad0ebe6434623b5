"""What only a text in another format says of a paper of people's own JSON: its BibTeX, or its citation."""

from collections.abc import Mapping
from typing import Final

from kg.sources._cells import Cell
from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import LONGEST, QUOTED, cite
from kg.sources._dates import printed_date
from kg.sources._embedded import bibtex_fields, is_same_title
from kg.sources._latex import decode, verbatim
from kg.sources._markup import plain
from kg.sources._own_json.context import Context, Handler, line_at
from kg.sources._own_json.people import add_person
from kg.sources._text.names import split_names

_FROM_BIBTEX: Final = {
    "author": "authors", "year": "date", "booktitle": "venue", "journal": "venue", "volume": "volume", "number": "issue", "pages": "pages",
    "publisher": "publisher", "doi": "doi", "abstract": "abstract",
}  # fmt: skip
"""What is taken from an embedded entry of BibTeX, and which keys say the same."""


def add_embedded(context: Context, handlers: Mapping[str, Handler]) -> None:
    """Add what only an embedded entry of BibTeX says of a paper.

    Args:
        context: The paper.
        handlers: What is done with a value by its meaning.
    """
    _, cell = context.cells["bibtex"][0]
    fields = bibtex_fields(cell.value) if isinstance(cell.value, str) else {}
    title = context.best("title")
    if not fields or (title and "title" in fields and not is_same_title(str(title.value), decode(fields["title"]))):
        return
    context.taken.add("bibtex")
    inner = context._replace(cells={})
    for name, ours in _FROM_BIBTEX.items():
        if name in fields and ours not in context.cells and not (ours in {"venue", "doi"} and context.entry.has({"doi": "identifier"}.get(ours, ours))):
            text = cell.below("", verbatim(fields[name]) if ours == "doi" else fields[name])
            if ours == "date":
                month = fields.get("month", "")
                cell.add("date", fields[name], printed_date(f"{month} {fields[name]}") or printed_date(fields[name]))
            else:
                handlers[ours](text, name, inner)


def add_cited(cell: Cell, context: Context) -> None:
    """Add what only the citation of a paper says of it: all of it with its title, or where it appeared without."""
    shown = " ".join(plain(cell.value).split())
    title = context.best("title")
    whole = title is None or (isinstance(title.value, str) and title.value.casefold().rstrip(".") in shown.casefold())
    text = shown
    found = cite(text, 0, len(text)) if len(text) < LONGEST else Citation()
    if not whole and not (found.people and found.venue):  # `Journal of Flocks 3: 1-9`
        text = f"{QUOTED}{shown}"
        found = cite(text, 0, len(text), signed=False) if len(text) < LONGEST else Citation()
    entry = context.entry
    if title is None and not entry.has("title"):
        if found.title is None:
            entry.warn(f"no title found in {shown[:60]!r}", "give the title a key of its own", line_at(cell))
            return
        entry.add("title", text[slice(*found.title)], path=cell.path)
    if found.people and whole and not entry.has("author"):
        for author in split_names("; ".join(text[slice(*name)] for name in found.people.names)).people:
            add_person(cell, author.name, group=author.group)
        if found.people.et_al:
            cell.add("et_al", text[slice(*found.people.et_al)])
    for field, span in (("venue", found.venue), ("volume", found.volume), ("issue", found.issue), ("pages", found.pages)):
        if span and not entry.has(field) and field not in context.cells:
            cell.add(field, text[slice(*span)])
    if found.date and "date" not in context.cells:
        cell.add("date", text[slice(*found.date[0])], found.date[1])
