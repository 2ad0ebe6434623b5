"""What is resolved: places in author lists, with what their papers say."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.names import is_nobody
from kg.resolve.people.forms import Form, form

Topic = npt.NDArray[np.int8]

CROWD: Final = 100
"""A list with more names than this does not tell who works with whom."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One place in one author list (or the name at the head of an author page).

    Attributes:
        member: Its key.
        paper: The entity of the paper that it stands on; empty for a page head.
        document: The document that it stands in.
        name: The name as printed.
        group: Whether it is a collective.
        rank: How often the same name stands earlier in the same list.
        profile: Whether it is the head of an author page.
        cut: Whether its list goes on ("et al.").
        ids: The identifiers that sources give with it, as `scheme:id`: an ORCID iD, the key of a DBLP page ...
        affiliations: The affiliations that its source ties to it, as printed.
        organizations: The entities that these name.
        year: When the paper appeared, None if unknown.
        venue: Where, folded; empty if unknown.
        topic: What the paper is about: the direction of its text among texts (`kg.extract.gist`); None without a text.
    """

    member: str
    paper: str
    document: str
    name: str
    group: bool
    rank: int = 0
    profile: bool = False
    cut: bool = False
    ids: frozenset[str] = frozenset()
    affiliations: tuple[str, ...] = ()
    organizations: frozenset[str] = frozenset()
    year: int | None = None
    venue: str = ""
    topic: Topic | None = field(default=None, compare=False)

    @property
    def list(self) -> str:
        """The record whose author list it stands in."""
        return self.member.partition("#")[0]


class Signed:
    """Slots with what they have in common with others: the forms of their names, and who signed with them.

    Attributes:
        slots: The slots, by member.
    """

    def __init__(self, slots: Iterable[Slot], form_of: Callable[[str], Form] = form) -> None:
        self.slots = sorted(slots, key=lambda slot: slot.member)
        self.forms = {name: form_of(name) for name in {slot.name for slot in self.slots}}

    @cached_property
    def beside(self) -> dict[str, tuple[Form, ...]]:
        """Who signed each paper, in order; nobody where a crowd did."""
        signed: dict[str, set[Form]] = {}
        for slot in self.slots:
            if slot.paper and not slot.group and not is_nobody(slot.name):
                signed.setdefault(slot.paper, set()).add(self.forms[slot.name])
        return {paper: tuple(sorted(who)) if len(who) <= CROWD else () for paper, who in signed.items()}

    @cached_property
    def standing(self) -> dict[str, int]:
        """Whether a slot stands at the head (0), in the middle (1) or at the end (2) of its list.

        Nothing is said of who fills a list alone, and of lists that are cut: nobody ends them, so that they would tell less of
        everybody than whole lists do, from which the weights were learned.
        """
        lists: dict[str, list[tuple[int, str]]] = {}
        for slot in self.slots:
            if not slot.profile and not slot.cut:
                lists.setdefault(slot.list, []).append((int(slot.member.rpartition("/")[2]), slot.member))
        found: dict[str, int] = {}
        for places in lists.values():
            if len(places) > 1:
                found |= {member: 1 for _, member in places} | {min(places)[1]: 0, max(places)[1]: 2}
        return found

    @cached_property
    def pages(self) -> frozenset[str]:
        """The documents that are author pages."""
        return frozenset(slot.document for slot in self.slots if slot.profile)

    def of(self, slot: Slot) -> Form:
        """Return the form of a slot's name."""
        return self.forms[slot.name]
