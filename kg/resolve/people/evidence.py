"""What two slots have in common, in numbers: the features that the model weighs.

Only pairs of one block whose names can be one person's are looked at. Nothing here depends on papers outside the
block but for who signed with whom, so that new papers change only the blocks that their authors are in.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt

from kg.resolve.people.forms import Form, Relation, rarity, relation
from kg.resolve.people.meeting import meeting
from kg.resolve.people.places import UNKNOWN, shared_place
from kg.resolve.people.slots import Signed, Slot, Topic

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

RELATIONS: Final[tuple[Relation, ...]] = ("equal", "equal-initials", "fuller", "initial", "initials", "variant")

MOST: Final = 300_000
"""In a block with more pairs than this only those are compared that share a co-author: there, names mean nothing."""

WINDOW: Final = 64
"""Of more slots than this that share a co-author, each is compared with the next eighth as many only."""

BY_INITIALS: Final = 0.7
"""How much an equal co-author counts whose equality rests on an initial, of one whose name is spelt out on both sides."""


class Possible(NamedTuple):
    """Which slots of a block can be one person by their names and lists; a crowd of namesakes needs no table of all pairs.

    Attributes:
        fit: Whether two forms can be one person's, shape (forms, forms).
        forms: The number of each slot's form.
        lists: The number of each slot's list.
        barred: Slot to the numbers of forms that are somebody else beside it.
    """

    fit: npt.NDArray[np.bool_]
    forms: Places
    lists: Places
    barred: Mapping[int, frozenset[int]]

    def allows(self, one: int, other: int) -> bool:
        """Tell whether two slots can be one person."""
        left, right = int(self.forms[one]), int(self.forms[other])
        apart = self.lists[one] == self.lists[other] or right in self.barred.get(one, ()) or left in self.barred.get(other, ())
        return bool(self.fit[left, right]) and not apart

    def among(self, places: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Tell the same of each two of some slots, shape (places, places)."""
        forms, lists = self.forms[places], self.lists[places]
        possible: npt.NDArray[np.bool_] = self.fit[np.ix_(forms, forms)] & (lists[:, None] != lists[None, :])
        for at, place in enumerate(places):
            if place in self.barred:
                others = np.isin(forms, list(self.barred[place]))
                possible[at, others] = possible[others, at] = False
        return possible


class Pairs(NamedTuple):
    """Pairs of slots of one block, and what each has in common.

    Attributes:
        left: Place of the one in the block, shape (n,).
        right: Place of the other, larger than `left`.
        relation: How the names are related, as a place in `RELATIONS`.
        possible: Which slots can be one person by their names and lists.
        features: Name of each feature to its values, shape (n,).
        coauthors: Pair (left, right) to the co-authors that both have, each as the form on the one side and on the other.
    """

    left: Places
    right: Places
    relation: Places
    possible: Possible
    features: dict[str, Numbers]
    coauthors: dict[tuple[int, int], list[tuple[Form, Form]]]


def pairs(block: Sequence[Slot], signed: Signed) -> Pairs:
    """Return the pairs of a block whose names can be one person's, with their features; two of one list are no pair."""
    forms = [signed.of(slot) for slot in block]
    places: dict[Form, list[int]] = defaultdict(list)
    for place, form in enumerate(forms):
        places[form].append(place)
    shared = _shared_coauthors(block, forms, signed)
    tied = {(one, other): related for one, other, related in _related(places)}
    bearers = _bearers(tied)
    chosen = _pairs_of(places, tied) if sum(len(places[a]) * len(places[b]) for a, b in tied) <= MOST else iter(sorted(shared))
    shares = _shares(places, tied)
    left, right, kinds, rare, rivals, share = [], [], [], [], [], []
    possible = _possible(block, forms, tied)
    for i, k in chosen:
        if not possible.allows(i, k):
            continue
        one, other = forms[i], forms[k]
        related = tied.get((one, other)) or tied[other, one]
        left.append(i)
        right.append(k)
        kinds.append(RELATIONS.index(related))
        rare.append(rarity(one, other))
        rivals.append(max(bearers[one], bearers[other]))
        share.append(shares[one, other] if (one, other) in shares else shares[other, one])
    at = list(zip(left, right, strict=True))
    features = {
        "name": np.array(rare, np.float32),
        "namesakes": np.array(rivals, np.float32),
        "share": np.array(share, np.float32),
        "middle-names": np.array([_middle(forms[i], forms[k]) for i, k in at], np.float32),
        "coauthors": np.array([_weight(shared.get(pair, ())) for pair in at], np.float32),
        "list": np.array([min(len(signed.beside.get(block[i].paper, ())), len(signed.beside.get(block[k].paper, ()))) for i, k in at], np.float32),
        "standing": np.array([_standing(signed.standing.get(block[i].member), signed.standing.get(block[k].member)) for i, k in at], np.float32),
        "affiliation": np.array([shared_place(block[i], block[k]) for i, k in at], np.float32),
        "topic": _topics([slot.topic for slot in block], at),
        "years": np.array([_years(block[i], block[k]) for i, k in at], np.float32),
        "venue": np.array([_venue(block[i], block[k]) for i, k in at], np.float32),
    }
    return Pairs(np.array(left, np.int64), np.array(right, np.int64), np.array(kinds, np.int64), possible, features, shared)


def _possible(block: Sequence[Slot], forms: Sequence[Form], tied: Mapping[tuple[Form, Form], Relation]) -> Possible:
    """Tell which two slots can be one person: their names fit, they stand in different lists, and none beside one is it by name.

    Where J. Wang and Jing Wang sign together, another list's Jing Wang is not the former.
    """
    number = {form: at for at, form in enumerate(dict.fromkeys(forms))}
    fit = np.zeros((len(number), len(number)), bool)
    equal: dict[Form, set[int]] = defaultdict(set)
    for (one, other), related in tied.items():
        fit[number[one], number[other]] = fit[number[other], number[one]] = True
        if related == "equal":
            equal[one].add(number[other])
            equal[other].add(number[one])
    lists: dict[str, list[int]] = defaultdict(list)
    for place, slot in enumerate(block):
        lists[slot.list].append(place)
    list_of = np.zeros(len(block), np.int64)
    barred: dict[int, frozenset[int]] = {}
    for at, same in enumerate(lists.values()):
        list_of[same] = at
        if spelt := frozenset[int]().union(*(equal[forms[place]] for place in same if forms[place].full)):
            barred |= {place: spelt for place in same if not forms[place].full}
    return Possible(fit, np.array([number[form] for form in forms]), list_of, barred)


def _pairs_of(places: Mapping[Form, Sequence[int]], tied: Iterable[tuple[Form, Form]]) -> Iterator[tuple[int, int]]:
    """Yield the places of slots whose forms are tied, the smaller first."""
    for one, other in tied:
        if one is other:
            yield from combinations(places[one], 2)
        else:
            yield from ((min(i, k), max(i, k)) for i in places[one] for k in places[other])


def _related(places: dict[Form, list[int]]) -> Iterator[tuple[Form, Form, Relation]]:
    """Yield the forms of a block that can be one person's, and how."""
    for form in places:
        if related := relation(form, form):
            yield form, form, related
    forms = list(places)
    for i, k in meeting(forms):
        if related := relation(forms[i], forms[k]):
            yield forms[i], forms[k], related


def _bearers(tied: Iterable[tuple[Form, Form]]) -> dict[Form, int]:
    """Return for each form how many different spelt-out names of the block it can stand for."""
    found: dict[Form, set[str]] = defaultdict(set)
    for one, other in tied:
        found[one] |= {other.key} if other.full else set()
        found[other] |= {one.key} if one.full else set()
    return {form: len(keys) for form, keys in found.items()}


def _shares(places: Mapping[Form, Sequence[int]], tied: Mapping[tuple[Form, Form], Relation]) -> dict[tuple[Form, Form], float]:
    """Return for tied forms how likely they are one person's if nothing is known but how often the block has each name.

    Initials are somebody's in proportion to how many slots a spelt-out name has that they fit, and one more for a name that
    the block does not have; spelt-out names and initials that fit none are told apart by nothing (1).
    """
    fits: dict[Form, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for pair in tied:
        for short, long in (pair, pair[::-1]):
            if long.full and not short.full:
                fits[short][long.joined] += len(places[long])
    found = {}
    for one, other in tied:
        bare = [fits[form] for form in (one, other) if not form.full and form in fits]
        if not bare:
            found[one, other] = 1.0
            continue
        bearers = min(bare, key=lambda of: (len(of), sorted(of.items())))
        total = sum(bearers.values()) + 1
        spelt = next((form.joined for form in (one, other) if form.full), None)
        found[one, other] = bearers[spelt] / total if spelt else sum((count / total) ** 2 for count in bearers.values())
    return found


def _shared_coauthors(block: Sequence[Slot], forms: Sequence[Form], signed: Signed) -> dict[tuple[int, int], list[tuple[Form, Form]]]:
    """Return which co-authors pairs of slots have in common: forms that can be one person's, at most one pair each."""
    signers: dict[str, list[tuple[int, Form]]] = defaultdict(list)
    for place, slot in enumerate(block):
        for form in signed.beside.get(slot.paper, ()):
            # One word in Latin letters is hardly a name; in Han it is a whole one.
            if form.block != forms[place].block and (form.given or not form.surname.isascii()):
                signers[form.block].append((place, form))
    found: dict[tuple[int, int], list[tuple[Form, Form]]] = defaultdict(list)
    for of in signers.values():
        near = combinations(of, 2) if len(of) <= WINDOW else (pair for step in range(1, WINDOW // 8 + 1) for pair in zip(of, of[step:], strict=False))
        for (i, one), (k, other) in near:
            if i != k and (one == other or _known(one, other)):
                found[min(i, k), max(i, k)].append((one, other))
    return found


@cache
def _known(one: Form, other: Form) -> bool:
    return relation(one, other) is not None


def _weight(shared: Sequence[tuple[Form, Form]]) -> float:
    """Return how unlikely it is that two lists share these co-authors by chance."""
    return sum(rarity(one, other) * (1.0 if one.full and other.full else BY_INITIALS) for one, other in shared)


def _middle(one: Form, other: Form) -> float:
    """Return 1 where second given names agree, -1 where both sides have one and they do not, 0 else."""
    if min(len(one.given), len(other.given)) < 2:
        return 0.0
    return 1.0 if one.given[1][0] == other.given[1][0] else -1.0


def _topics(of: Sequence[Topic | None], at: Sequence[tuple[int, int]]) -> Numbers:
    """Return the cosines of the topics of pairs.

    The components are whole numbers below 128, so that sums of products are exact in single precision, in any order.
    """
    if not at:
        return np.zeros(0, np.float32)
    some = next((len(topic) for topic in of if topic is not None), 1)
    matrix = np.stack([np.zeros(some, np.int8) if topic is None else topic for topic in of]).astype(np.float32)
    length = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))
    left, right = (np.array(side) for side in zip(*at, strict=True))
    products = np.einsum("ij,ij->i", matrix[left], matrix[right])
    both = length[left] * length[right]
    return cast("Numbers", np.where(both > 0, products / np.where(both > 0, both, 1), UNKNOWN).astype(np.float32))


def _standing(one: int | None, other: int | None) -> float:
    """Return where two slots stand in their lists, as one number whichever comes first; `UNKNOWN` where `Signed.standing` has none."""
    return UNKNOWN if one is None or other is None else float(3 * min(one, other) + max(one, other))


def _years(one: Slot, other: Slot) -> float:
    return UNKNOWN if one.year is None or other.year is None else float(abs(one.year - other.year))


def _venue(one: Slot, other: Slot) -> float:
    return UNKNOWN if not one.venue or not other.venue else float(one.venue == other.venue)
