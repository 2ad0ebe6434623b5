"""The cells of a table of papers: what each says and where, and which of them count for a field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from kg.sources._library import Place, pieces
from kg.sources._text.names import Span, literal, split_names

SAYS_NOTHING: Final = frozenset({"nan", "none", "null", "n/a", "na", "nil", "not available", "#n/a"})
"""What programs and people write into a cell that says nothing."""

SEMICOLON: Final = re.compile(r"[;|\r\n]")
_PIPE: Final = re.compile(r"\|")


class Cell(NamedTuple):
    """A cell that says something, where it stands, and what its column is called in letters and digits only."""

    text: str
    place: Place
    key: str


@dataclass(frozen=True)
class Table:
    """What the columns of a table are.

    Attributes:
        names: Their names, as the header has them.
        keys: Their names in letters and digits only.
        roles: Of each field the ranks of its columns, the one that counts first.
        each: The fields that all their columns count for; of others the first that says something.
        labels: How the path of a cell of each column ends.
        surnames: Whether the authors are named by their surnames only.
        numbered: Whether a number alone is the id of a cited work, not how many there are.
    """

    names: tuple[str, ...]
    keys: tuple[str, ...]
    roles: Mapping[str, tuple[int, ...]]
    each: frozenset[str]
    labels: tuple[str, ...]
    surnames: bool = False
    numbered: bool = False


_OBJECT: Final = re.compile(r"\{\s*['\"]\w+['\"]\s*:")
"""How an object begins that pandas wrote into a cell."""

_NO_CELLS: Final[Sequence[Cell]] = ()


def take(cells: dict[int, Cell], table: Table, role: str) -> Sequence[Cell]:
    """Take out the cells that count for a field; what says that there is nothing stays."""
    known = table.roles.get(role)
    if known is None:
        return _NO_CELLS
    ranks = [rank for rank in known if rank in cells and cells[rank].text.strip().lower() not in SAYS_NOTHING and not (role == "venue" and _OBJECT.match(cells[rank].text))]
    several = role in table.each or (role == "author" and len({table.keys[rank] for rank in ranks}) == 1)
    if role == "author" and len(ranks) > 1 and not several:
        ranks.sort(key=lambda rank: _is_short(cells[rank].text))
    return [cells.pop(rank) for rank in (ranks if several else ranks[:1])]


def _is_short(text: str) -> bool:
    """Tell whether a text cites authors rather than listing them: `Lovelace et al.`, `Lovelace & Babbage`."""
    names = split_names(text)
    return names.et_al is not None or not any(" " in person.name for person in names.people)


def parted(text: str) -> list[Span]:
    """Return the stretches of a list, the empty ones too, since their rank may tell whose they are."""
    if not text.strip(" ;|\t\r\n"):
        return []
    if (listed := literal(text)) is not None:
        return listed
    found = list(pieces(text, _PIPE if "|" in text and ";" not in text else SEMICOLON))
    return found[:-1] if found and not text[slice(*found[-1])].strip() and text.rstrip().endswith(";") else found
