r"""Reader of AMiner's text dumps of papers with their citations: a line each, begun by `#` and what it says.

`#*` is the title, `#@` the authors, `#t` (or `#year`) the year, `#c` (or `#conf`) the venue, `#index` the paper's id in the
dump, `#%` the id of a work that it cites, one a line, and `#!` the abstract. Dumps with `#o`, the affiliations, begin a
paper with its id, all others with its title. The first line may be the number of papers.

Authors stand between semicolons, or else between commas; affiliations between semicolons in the order of the authors, `-`
for none. A year below 1000 is none.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._citing import add_author, add_text
from kg.sources._entry import Entry, numbered
from kg.sources._library import Place, pieces, put
from kg.sources._own_id import own_id
from kg.sources._parts import rows_of
from kg.sources._tagged import SEMICOLON, Form, Gathered, Tagged, gathered

_TAG: Final = re.compile(r"\ufeff?#(index|arnetid|conf|(?:t|year|citation)(?=\s*(?:-?[0-9]|\Z))|[*@co%!])")
_FIRST: Final = re.compile(r"\ufeff?\s*(?:[0-9]+\s+)?#(?:\*|index)[ \t]*\S")
_TITLE: Final = re.compile(r"^\ufeff?#\*[ \t]*\S", re.MULTILINE)
_ID: Final = re.compile(r"^\ufeff?#index[ \t]*\S", re.MULTILINE)
_MORE: Final = re.compile(r"^#(?:[@c]|(?:t|year)[ \t]*-?[0-9])", re.MULTILINE)
_COMMA: Final = re.compile(",")
_YEAR: Final = re.compile(r"[12][0-9]{3}")
_NOBODY: Final = frozenset({"", "-"})


def _begins(tag: str, above: Gathered | None, blank: bool) -> bool:  # noqa: ARG001 - abstracts may have blank lines
    """Tell whether a record begins: with its title or its id, of which each has one."""
    return tag in {"*", "index"} and (above is None or tag in above.tags)


_FORM: Final = Form(_TAG, _begins)


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file is a dump of AMiner's: it begins with a title or an id, and has both and more.

    >>> sniff("#*On X\n#@Ada Lovelace\n#t1843\n#index1\n", "a.txt"), sniff("#* On X\n#index\n", "a.txt")
    (1.0, 0.0)
    """
    return 1.0 if _FIRST.match(head) and _TITLE.search(head) and _ID.search(head) and _MORE.search(head) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each record, and a problem for each part that cannot be read.

    Raises:
        UnreadableError: If the file is not in its encoding.
    """
    return numbered(document, gathered(document, _FORM), _paper)


def _paper(document: Document, ordinal: int, found: Gathered) -> Iterator[Record | Problem]:
    """Yield the record that a record of the file is, and what looks wrong in it."""
    entry = found.entry(document, ordinal)
    fields = [field.joined() for field in found.fields]
    owners = [owner for field in fields if field.tag == "@" for owner in _authors(entry, field)]
    for field in fields:
        if field.tag == "o":
            _affiliations(entry, field, owners)
        elif field.tag != "@":
            _add(entry, field)
    yield from rows_of(entry, f"record {found.number}")


_SIMPLE: Final = {"c": "venue", "conf": "venue", "index": "own_id", "arnetid": "own_id", "%": "cited_own_id"}


def _add(entry: Entry, field: Tagged) -> None:
    """Add what a field says, but for people and their places."""
    name = _SIMPLE.get(field.tag, "other")
    if field.tag in {"*", "!"}:
        add_text(entry, "title" if field.tag == "*" else "abstract", field.text, field.place)
    elif field.tag in {"t", "year"} and _YEAR.fullmatch(field.text):
        put(entry, "date", field.text, field.place, field.text)
    elif name.endswith("own_id"):
        own = own_id(field.text)
        put(entry, name if own else "other", field.text, field.place, own and own[1])
    else:
        put(entry, name, field.text, field.place)


def _authors(entry: Entry, field: Tagged) -> Iterator[int | None]:
    """Add the authors, and yield the position of each."""
    for first, last in pieces(field.text, SEMICOLON if SEMICOLON.search(field.text) else _COMMA):
        name = field.text[first:last]
        yield add_author(entry, name.strip(), _at(field.place, first + len(name) - len(name.lstrip()))) if name.strip() not in _NOBODY else None


def _affiliations(entry: Entry, field: Tagged, owners: list[int | None]) -> None:
    """Add the affiliations, each of the author of its rank if there are as many."""
    spans = list(pieces(field.text, SEMICOLON))
    for rank, (first, last) in enumerate(spans):
        if field.text[first:last].strip() not in _NOBODY:
            put(entry, "affiliation", field.text, field.place, first=first, last=last, of=owners[rank] if len(spans) == len(owners) else None)


def _at(place: Place, first: int) -> Place:
    """Return the place of what begins so far behind a place."""
    return place if place.start is None else place._replace(start=place.start + first)
