"""Who is meant where Web of Science names an author again: before an address, before an ORCID iD.

`[Lovelace, Ada; Babbage, C] Univ Invented, London, England` is how its text, its tables and its spreadsheets say whose
an address is.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

from kg.names import parse
from kg.sources._text.names import LONGEST_NAME, natural

_ADDRESS: Final = re.compile(r"\[([^\[\]]*)\]\s*+([^\[\]]*[^\[\];.\s])")


class People:
    """The authors of a record, to be found by their names.

    Args:
        known: Name in natural order, and position, of each.

    Attributes:
        count: How many there are.
        placed: Who is known to be where: position and address, in lower case.
    """

    def __init__(self, known: Iterable[tuple[str, int]]) -> None:
        self._known = list(known)
        self.placed: set[tuple[int | None, str]] = set()
        self.count = len(self._known)
        self._whole = {name.casefold(): position for name, position in reversed(self._known)}

    def position(self, printed: str) -> int | None:
        """Return the position of the author with this name, surname first or last; None if it is none's or of several.

        Where nobody is called so, surname and first initial decide.
        """
        name = natural(printed.strip())
        found = self._whole.get(name.casefold())
        if found is not None or not name or len(name) > LONGEST_NAME:
            return found
        agreeing = self._short.get(parse(name).block, [])
        return agreeing[0] if len(agreeing) == 1 else None

    @cached_property
    def _short(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for name, position in self._known:
            if len(name) <= LONGEST_NAME:
                found.setdefault(parse(name).block, []).append(position)
        return found


def places(text: str, people: People) -> Iterator[tuple[int | None, int, int]]:
    """Yield each address behind names in brackets, once an author: the author's position, where it begins, where it ends."""
    for match in _ADDRESS.finditer(text):
        owners = [of for name in match[1].split(";") if (of := people.position(name)) is not None]
        for of in dict.fromkeys(owners) or [None]:
            yield of, *match.span(2)
