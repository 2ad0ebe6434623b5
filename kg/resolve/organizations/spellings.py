"""The spellings of organisations in a corpus: each string once, with who prints it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kg.affiliations import Part, organizations
from kg.text import fold


class Affiliation(NamedTuple):
    """One affiliation string: its key, its text, and the ROR id that the source gives with it (empty without)."""

    member: str
    text: str
    ror: str = ""


class Spelling(NamedTuple):
    """One organisation as one string names it, in all places where that is printed.

    Attributes:
        member: The smallest of its members.
        anchor: The name that a decisions file gives them.
        text: The string.
        part: What it says of the organisation.
        ror: The ROR id that the source gives, empty without.
        members: All members, sorted.
    """

    member: str
    anchor: str
    text: str
    part: Part
    ror: str
    members: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name as printed."""
        return self.text[self.part.name_start : self.part.name_end]


def part_member(member: str, number: int) -> str:
    """Return the key of an organisation of a string, counted from 0.

    >>> part_member("doc/3#affiliation/2", 0), part_member("doc/3#affiliation/2", 1)
    ('doc/3#affiliation/2', 'doc/3#affiliation/2/1')
    """
    return f"{member}/{number}" if number else member


def spellings(strings: Iterable[Affiliation]) -> list[Spelling]:
    """Return the spellings of organisations, sorted by their smallest members."""
    printed: dict[tuple[str, str], list[str]] = defaultdict(list)
    for each in strings:
        printed[each.text, each.ror].append(each.member)
    found = []
    for (text, ror), members in printed.items():
        members.sort()
        anchor = f"affiliation:{fold(text)}" + (f" ror:{ror}" if ror else "")
        for number, part in enumerate(organizations(text, single=bool(ror))):
            named = tuple(part_member(member, number) for member in members)
            found.append(Spelling(named[0], part_member(anchor, number), text, part, ror, named))
    return sorted(found, key=lambda spelling: spelling.member)
