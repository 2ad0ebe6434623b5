"""Which author slots are one person.

Slots meet in blocks (surname and first initial; blocks of surnames that can be one, as they are printed here, are one). Pairs whose names can be one person's are weighed by a learned model:
how common the name is, how many others in the block it fits, who else signed, where its bearers work, what they write
about, when and where (`evidence`, `model`). Then those are joined first that are most likely one (`linkage`), never two of
one author list, two names that exclude each other or two ORCID iDs. Identifiers speak before all else, and an
identifier joins names of different blocks (a changed name) as long as they share a word.

What a name cannot tell is not forced: pairs that may be one person stay `unsure`, and `ambiguous` names the slots that
are likelier one of several others than nobody known.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise
from typing import Final, Literal

import numpy as np

from kg import children
from kg.garbage import unsearched
from kg.model import Judgement
from kg.names import Name, group_key, is_nobody, parse
from kg.resolve.groups import Groups
from kg.resolve.people import linkage, model
from kg.resolve.people.evidence import Pairs, pairs
from kg.resolve.people.forms import Form, form_of, readings, relation
from kg.resolve.people.remembered import Before, content
from kg.resolve.people.slots import CROWD, Signed, Slot
from kg.text import fold

__all__ = ["MERGE", "UNSURE", "Before", "Slot", "judge"]

MERGE: Final = 0.6
"""From this likeness on, two clusters of slots are joined. Chosen on the development gold."""

UNSURE: Final = 0.25
"""From this likeness on, two clusters that were not joined are kept for people to look at."""

MANY: Final = 20_000
"""Slots from which on it takes longer to judge half of them than to send them to another process."""

RIVALLED: Final = 0.5
"""The most that a pair is worth which was not joined because of a rival."""

SAME_ID: Final = {"orcid": 9.0, "dblp": 6.0, "openreview": 6.0}
"""What one identifier on both sides says, in log-odds; that of any other provider says `_ANY_ID`."""

OTHER_ID: Final = {"dblp": -5.0, "openreview": -4.0}
"""What two different identifiers of one provider say; others split people more often, and say less."""

_ANY_ID: Final = 4.0
_ANY_OTHER_ID: Final = -1.5

SAME_PAPER: Final = 7.0
"""What it says that two lists of one paper print compatible names."""

PAGE_OWNER: Final = 5.0
"""What it says that one is the head of an author page and the other stands on it."""

SAME_PAGE: Final = 0.5
"""What it says that both stand on one author page."""


def judge(
    slots: Iterable[Slot], parsed: Callable[[str], Name] = parse, before: Before | None = None, *, beside: bool = False,
) -> list[Judgement]:  # fmt: skip
    """Return the judgements on all slots, sorted.

    Args:
        slots: The slots.
        parsed: What takes a name apart: `parse`, or one that remembers.
        before: What was judged of blocks before. It is changed to what is judged of those that are here now.
        beside: Whether another process may judge half of many.
    """
    signed = Signed(slots, lambda name: form_of(parsed(name)))
    found = [*_apart(signed), *_by_orcid(signed.slots), *_groups(signed.slots)]
    here = blocks(signed)
    if before is None:
        return _sorted(chain(found, *_judged(here, signed, beside=beside)))
    now = {content(block, signed): block for block in here}
    anew = {key: block for key, block in now.items() if key not in before}
    told = before | dict(zip(anew, _judged(list(anew.values()), signed, beside=beside), strict=True))
    before.clear()
    before.update((key, told[key]) for key in now)
    return _sorted(chain(found, *before.values()))


def _sorted(found: Iterable[Judgement]) -> list[Judgement]:
    return sorted(found, key=lambda j: (j.left, j.right, j.rule))


def judged(several: Iterable[Sequence[Slot]], signed: Signed) -> list[list[Judgement]]:
    """Return the judgements on each of several blocks."""
    with unsearched():
        return [list(judge_block(block, signed)) for block in several]


def _judged(several: Sequence[Sequence[Slot]], signed: Signed, *, beside: bool) -> list[list[Judgement]]:
    """Return the judgements on each of several blocks; of many, another process judges half if it may."""
    if not beside or sum(map(len, several)) <= MANY:
        return judged(several, signed)
    by_size = sorted(range(len(several)), key=lambda at: (-len(several[at]), at))
    mine, theirs = by_size[::2], by_size[1::2]
    with children.beside(judged, [several[at] for at in theirs], signed) as others:
        own = judged((several[at] for at in mine), signed)
        found = dict(chain(zip(mine, own, strict=True), zip(theirs, others(), strict=True)))
    return [found[at] for at in range(len(several))]


def blocks(signed: Signed) -> list[list[Slot]]:
    """Return the slots that have to be compared with each other: at least two with one surname and first initial.

    Who signs as "Anonymous" is compared with nobody.
    """
    of: dict[str, dict[Form, list[Slot]]] = defaultdict(lambda: defaultdict(list))
    for slot in signed.slots:
        if not slot.group and not is_nobody(slot.name):
            form = signed.of(slot)
            of[form.block][form].append(slot)
    several = ((form, read) for forms in of.values() for form in forms for read, _ in readings(form))
    one = Groups((form.block, read.block) for form, read in several if any(relation(form, other) for other in of.get(read.block, ())))
    found: dict[str, list[Slot]] = defaultdict(list)
    for key in sorted(of):
        found[one.top(key)] += chain.from_iterable(of[key].values())
    return [sorted(block, key=lambda slot: slot.member) for block in found.values() if len(block) > 1]


def judge_block(block: Sequence[Slot], signed: Signed, weights: model.Model | None = None) -> Iterator[Judgement]:
    """Yield what joins slots of one block, and what stays unsure between those that are not joined.

    Args:
        block: The slots.
        signed: All slots, for who signed with whom.
        weights: The model; the shipped one without.
    """
    weighed = _Weighed(block, signed, weights or model.load())
    if not len(weighed.pairs.left):
        return
    for part in linkage.apart(weighed.ties, len(block), UNSURE, linkage.LARGEST):
        places, likely = part.places, weighed.likely(part)
        made, clusters = linkage.joins(likely, MERGE)
        for join in made:
            yield weighed.told([places[i] for i in join.left], [places[i] for i in join.right], "same", join.likeness)
        for one, other, likeness in linkage.near(likely, clusters, UNSURE):
            # Of two that exclude each other at most one is right, however likely each is alone.
            yield weighed.told([places[i] for i in one], [places[i] for i in other], "unsure", min(likeness, RIVALLED))


class _Weighed:
    """A block with the evidence on its pairs."""

    def __init__(self, block: Sequence[Slot], signed: Signed, weights: model.Model) -> None:
        self._block, self._signed = block, signed
        self.pairs: Pairs = pairs(block, signed)
        self._told = model.contributions(weights, self.pairs) | self._facts()
        self._log_odds = np.sum([values.astype(float) for values in self._told.values()], axis=0)
        self._at = {pair: at for at, pair in enumerate(zip(self.pairs.left.tolist(), self.pairs.right.tolist(), strict=True))}

    @property
    def ties(self) -> linkage.Ties:
        """How likely each pair is one person; those that are none must not be joined."""
        sides = zip(self.pairs.left, self.pairs.right, strict=True)
        excluded = np.array([_exclude(self._block[i], self._block[k]) for i, k in sides], bool)
        likely = 1 / (1 + np.exp(-np.clip(self._log_odds, -30, 30)))
        return linkage.Ties(self.pairs.left, self.pairs.right, np.where(excluded, linkage.NEVER, likely))

    def likely(self, part: linkage.Part) -> linkage.Matrix:
        """Return how likely each two slots of a part are one person."""
        likely = np.where(self.pairs.possible.among(part.places), 0.0, linkage.NEVER)
        at = np.zeros(len(self._block), np.int64)
        at[part.places] = np.arange(len(part.places))
        left, right = at[part.ties.left], at[part.ties.right]
        likely[left, right] = likely[right, left] = part.ties.likely
        return likely

    def told(self, one: Sequence[int], other: Sequence[int], verdict: Literal["same", "unsure"], likeness: float) -> Judgement:
        """Return the judgement on two clusters: their likeliest pair, and what speaks for and against it."""
        crossing = (((i, k) if i < k else (k, i)) for i in one for k in other)
        pair = min((pair for pair in crossing if pair in self._at), key=lambda pair: (-self._log_odds[self._at[pair]], pair))
        at = self._at[pair]
        evidence: dict[str, float | str] = {name: round(float(values[at]), 2) for name, values in self._told.items()}
        evidence = {name: weight for name, weight in evidence.items() if weight}
        rule = "+".join(sorted((name for name, weight in evidence.items() if float(weight) > 0), key=lambda name: (-float(evidence[name]), name)))
        if shared := self.pairs.coauthors.get(pair):
            evidence["shared co-authors"] = ", ".join(sorted({" ".join((*form.given, form.surname)) for form, _ in shared})[:4])
        left, right = sorted(self._block[place].member for place in pair)
        return Judgement("person", left, right, verdict, round(likeness, 4), rule, evidence)

    def _facts(self) -> dict[str, linkage.Numbers]:
        """Return what is said by identifiers, papers and pages: facts that no model has to learn."""
        sides = [(self._block[i], self._block[k]) for i, k in zip(self.pairs.left, self.pairs.right, strict=True)]
        pages = self._signed.pages
        return {
            "identifiers": np.array([_identifiers(one, other) for one, other in sides], np.float32),
            "same-paper": np.array([SAME_PAPER if one.paper and one.paper == other.paper else 0 for one, other in sides], np.float32),
            "author-page": np.array([_page(one, other, pages) for one, other in sides], np.float32),
        }


def _identifiers(one: Slot, other: Slot) -> float:
    """Return what identifiers say of a pair, in log-odds: by each provider that both sides have, one of its ids is enough."""
    if not one.ids or not other.ids:
        return 0.0
    shared = {known.partition(":")[0] for known in one.ids & other.ids}
    both = {known.partition(":")[0] for known in one.ids} & {known.partition(":")[0] for known in other.ids}
    return sum(SAME_ID.get(scheme, _ANY_ID) if scheme in shared else OTHER_ID.get(scheme, _ANY_OTHER_ID) for scheme in sorted(both))


def _page(one: Slot, other: Slot, pages: frozenset[str]) -> float:
    """Return what an author page says of a pair: its owner signed everything on it; for others it means little."""
    if one.document != other.document or one.document not in pages:
        return 0.0
    return PAGE_OWNER if one.profile != other.profile else SAME_PAGE


def _exclude(one: Slot, other: Slot) -> bool:
    """Tell whether two slots cannot be one person: two ORCID iDs, or the first and second of one name on one paper."""
    if one.paper and one.paper == other.paper and one.rank != other.rank and fold(one.name) == fold(other.name):
        return True
    left, right = ({known for known in slot.ids if known.startswith("orcid:")} for slot in (one, other))
    return bool(left) and bool(right) and left.isdisjoint(right)


def _apart(signed: Signed) -> Iterator[Judgement]:
    """Tell namesakes of one list apart; of a crowd of them, each from the next, since their names tell nothing."""
    lists: dict[str, dict[str, list[Slot]]] = defaultdict(lambda: defaultdict(list))
    for slot in signed.slots:
        lists[slot.list][signed.of(slot).block].append(slot)
    for _, of in sorted(lists.items()):
        for namesakes in of.values():
            for one, other in combinations(namesakes, 2) if len(namesakes) <= CROWD else pairwise(namesakes):
                if one.group == other.group and (one.group or relation(signed.of(one), signed.of(other))):
                    yield Judgement("person", one.member, other.member, "different", 1.0, "both-in-one-list", {})


def _by_orcid(slots: Iterable[Slot]) -> Iterator[Judgement]:
    """Judge slots by their ORCID iDs: one iD is one person, two iDs under one name are two.

    Sources give one iD to a whole author list by mistake: under names without a word in common it is no proof.
    """
    holders: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        for orcid in sorted(known for known in slot.ids if known.startswith("orcid:")):
            holders[orcid].append(slot)
    namesakes: dict[str, list[Slot]] = defaultdict(list)
    for orcid, several in sorted(holders.items()):
        first = several[0]
        namesakes[fold(first.name)].append(first)
        holder: dict[str, Slot] = {}
        for slot in several:
            words = _words(slot.name)
            other = min((holder[word] for word in words & holder.keys()), key=lambda each: each.member, default=first)
            left, right = sorted((other.member, slot.member))
            evidence: dict[str, float | str] = {"orcid": orcid.removeprefix("orcid:")}
            if not words.isdisjoint(holder):
                yield Judgement("person", left, right, "same", 0.99, "same-orcid", evidence)
                continue
            holder |= dict.fromkeys(words, slot)
            if slot is not first:
                yield Judgement("person", left, right, "unsure", UNSURE, "same-orcid-other-name", evidence)
    for several in namesakes.values():
        for one, other in combinations(several, 2):
            if _exclude(one, other):
                left, right = sorted((one.member, other.member))
                yield Judgement("person", left, right, "different", 1.0, "different-orcids", {})


def _words(name: str) -> set[str]:
    """Return the name as a whole, and its words that are more than an initial."""
    folded = fold(name)
    return {folded, *(word for word in folded.replace("-", " ").replace(".", " ").split() if len(word) > 1)}


def _groups(slots: Iterable[Slot]) -> Iterator[Judgement]:
    """Judge collectives: one name is one collective."""
    first: dict[tuple[str, int], Slot] = {}
    for slot in slots:
        if slot.group:
            before = first.setdefault((group_key(slot.name), slot.rank), slot)
            if before is not slot:
                yield Judgement("person", before.member, slot.member, "same", 0.95, "same-name", {"name": slot.name})
