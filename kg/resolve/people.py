"""Which author slots are one person.

First equal names: a name that is spelt out is one person's unless two of them stand in one list; bare initials are
one person's only where a co-author or the paper is shared. Then the name forms of one block (surname and first
initial) are compared where they are compatible. What a name alone cannot tell is not forced: a pair without a shared
co-author, page or paper stays `unsure` at best, and so does one that a third name rivals. Two people of one author list are
never one, nor are two names that exclude each other.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations, groupby
from sys import intern
from typing import Final, NamedTuple

from kg.model import Judgement
from kg.names import Name, compatible, parse
from kg.resolve import cluster

MERGE: Final = 0.75
"""From this certainty on, a pair is judged the same."""

UNSURE: Final = 0.4
"""From this certainty on, a pair is kept for people to look at."""

BLOCK: Final = 200
"""In a block with more units than this only equal names are joined: initials mean nothing there."""

CROWD: Final = 200
"""A list with more keys of names than this does not tell who works with whom."""

SHARED: Final = 2
"""How many keys of co-authors are shared by those who work together: one full name, or two initials."""

SPELT_OUT: Final = {"same-name": 0.8, "same-paper": 0.19, "shared-coauthors": 0.15, "same-author-page": 0.1}
"""What speaks for two slots with one full name (or one collective's), and how much."""

INITIALS: Final = {"same-name": 0.3, "same-paper": 0.6, "shared-coauthors": 0.5, "same-author-page": 0.1}
"""What speaks for two slots with one name that has only initials."""

BOTH_FULL: Final = {
    "compatible-names": 0.55, "same-paper": 0.4, "page-owner": 0.4, "shared-coauthors": 0.35,
    "same-author-page": 0.1, "other-names-fit-too": -0.2,
}  # fmt: skip
"""What speaks for two compatible names that are both spelt out."""

ONE_BARE: Final = BOTH_FULL | {"compatible-names": 0.4}
"""What speaks for two compatible names of which at least one has only initials."""


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
        orcid: The ORCID iD that the source gives with it, empty without.
    """

    member: str
    paper: str
    document: str
    name: str
    group: bool
    rank: int = 0
    profile: bool = False
    orcid: str = ""

    @property
    def list(self) -> str:
        """The record whose author list it stands in."""
        return self.member.partition("#")[0]


class _Keyed(NamedTuple):
    """A name and its keys, which a `Name` makes anew each time, while a name stands in many places."""

    name: Name
    block: str
    folded: str
    full: bool

    @classmethod
    def of(cls, name: Name) -> "_Keyed":
        return cls(name, intern(name.block), intern(name.folded), name.full)


@dataclass(frozen=True, slots=True)
class Unit:
    """Slots with one name that are one person: what they have in common with other units.

    Attributes:
        member: The slot that stands for them.
        name: Their name.
        lists: The author lists that they stand in.
        papers: The papers.
        circle: Who else signed these papers, as keys (see `_circles`).
        pages: The author pages that they stand on.
        heads: The author pages that they stand at the head of.
    """

    member: str
    name: _Keyed
    lists: frozenset[str]
    papers: frozenset[str]
    circle: frozenset[str]
    pages: frozenset[str]
    heads: frozenset[str]


def judge(slots: Iterable[Slot], parsed: Callable[[str], Name] = parse) -> list[Judgement]:
    """Return the judgements on all slots, sorted.

    Args:
        slots: The slots.
        parsed: What takes a name apart: `parse`, or one that remembers.
    """
    ordered = sorted(slots, key=lambda slot: slot.member)
    names = {name: _Keyed.of(parsed(name)) for name in {slot.name for slot in ordered}}
    pages = frozenset(slot.document for slot in ordered if slot.profile)
    circles = _circles(ordered, names)
    alike: dict[tuple[str, int, bool], list[Slot]] = defaultdict(list)
    for slot in ordered:
        alike[names[slot.name].folded, slot.rank, slot.group].append(slot)
    found = [*_apart(ordered, names), *_by_orcid(ordered, names)]
    for key in sorted(key for key, equals in alike.items() if len(equals) > 1):
        found += _equal(alike[key], names[alike[key][0].name], circles, pages)
    for block in list(_blocks(ordered, found, names)):
        found += _across([_unit(own, names[own[0].name], circles, pages) for own in block])
    return sorted((j for j in found if j.score >= UNSURE), key=lambda j: (j.left, j.right, j.rule))


def _circles(slots: Iterable[Slot], names: Mapping[str, _Keyed]) -> dict[str, frozenset[str]]:
    """Return who signed each paper, as keys: surname and initial, and a name that is spelt out once more in full.

    Lists print names differently, so initials are compared; `SHARED` keys make them worth as much as one full name.
    """
    signed: dict[str, set[str]] = defaultdict(set)
    for slot in slots:
        name = names[slot.name]
        if slot.paper and not slot.group:
            signed[slot.paper] |= {name.block, name.folded} if name.full else {name.block}
    return {paper: frozenset(who) if len(who) <= CROWD else frozenset() for paper, who in signed.items()}


def _apart(slots: Iterable[Slot], names: Mapping[str, _Keyed]) -> Iterator[Judgement]:
    """Judge names that could be one person's to be different people where they stand in one list."""
    for _, listed in groupby(slots, key=lambda slot: slot.list):
        blocks: dict[str, list[Slot]] = defaultdict(list)
        for slot in listed:
            if not slot.group:
                blocks[names[slot.name].block].append(slot)
        for namesakes in blocks.values():
            if len(namesakes) > BLOCK:
                continue  # so many initials alike mean nothing, and nothing but equal names in other lists is joined to them
            for one, other in combinations(namesakes, 2):
                if _fit(names[one.name], names[other.name]):
                    yield Judgement("person", one.member, other.member, "different", 1.0, "both-in-one-list", {})


def _by_orcid(slots: Iterable[Slot], names: Mapping[str, _Keyed]) -> Iterator[Judgement]:
    """Judge slots by the ORCID iDs that sources give: one iD is one person, two iDs under one name are two.

    Sources give one iD to a whole author list by mistake: under names without a word in common it is no proof.
    """
    holders: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        if slot.orcid:
            holders[slot.orcid].append(slot)
    namesakes: dict[str, list[Slot]] = defaultdict(list)
    for orcid, (first, *others) in sorted(holders.items()):
        namesakes[names[first.name].folded].append(first)
        own = _words(names[first.name])
        for other in others:
            left, right = sorted((first.member, other.member))
            if own & _words(names[other.name]):
                yield Judgement("person", left, right, "same", 0.99, "same-orcid", {"orcid": orcid})
            else:
                yield Judgement("person", left, right, "unsure", UNSURE, "same-orcid-other-name", {"orcid": orcid})
    for several in namesakes.values():
        for one, other in combinations(several[:BLOCK], 2):
            left, right = sorted((one.member, other.member))
            yield Judgement("person", left, right, "different", 1.0, "different-orcids", {})


def _words(name: _Keyed) -> set[str]:
    """Return the words of a name that are more than an initial."""
    return {word for word in name.folded.split() if len(word) > 1}


def _equal(
    slots: Sequence[Slot], name: _Keyed, circles: Mapping[str, frozenset[str]], pages: frozenset[str]
) -> Iterator[Judgement]:
    """Judge slots of one name: full names against the first, initials against those they share something with."""
    first, sure = slots[0], name.full or slots[0].group
    seen: dict[tuple[str, str], Slot] = {}
    for slot in slots:
        around = {("shared-coauthors", key) for key in circles.get(slot.paper, frozenset()) - _own(name)}
        around |= {("same-paper", slot.paper)} if slot.paper else set()
        around |= {("same-author-page", slot.document)} if slot.document in pages else set()
        shared = around & seen.keys()
        partners = {first} if sure or not shared else {seen[key] for key in shared}
        for partner in sorted(partners - {slot}, key=lambda partner: partner.member):
            common = shared if sure else {key for key in shared if seen[key] == partner}
            yield _weigh(
                partner.member, slot.member, SPELT_OUT if sure else INITIALS,
                {"same-name", *(feature for feature, _ in common if feature != "shared-coauthors")},
                {key for feature, key in common if feature == "shared-coauthors"},
            )  # fmt: skip
        for key in around:
            seen.setdefault(key, slot)


def _blocks(
    slots: Sequence[Slot], found: Iterable[Judgement], names: Mapping[str, _Keyed]
) -> Iterator[list[list[Slot]]]:
    """Yield the slots of each block, as far as equal names put them together, where there is something to compare."""
    by_member = {slot.member: slot for slot in slots if not slot.group}
    blocks: dict[str, list[list[Slot]]] = defaultdict(list)
    for members in cluster.components(by_member, found):
        blocks[names[by_member[members[0]].name].block].append([by_member[member] for member in members])
    return (block for block in blocks.values() if 1 < len(block) <= BLOCK)


def _unit(own: Sequence[Slot], name: _Keyed, circles: Mapping[str, frozenset[str]], pages: frozenset[str]) -> Unit:
    """Return slots with one name as a unit."""
    papers = frozenset(slot.paper for slot in own if slot.paper)
    return Unit(
        member=own[0].member, name=name, lists=frozenset(slot.list for slot in own), papers=papers,
        circle=frozenset().union(*(circles[paper] for paper in papers)) - _own(name),
        pages=frozenset(slot.document for slot in own) & pages,
        heads=frozenset(slot.document for slot in own if slot.profile),
    )  # fmt: skip


def _across(block: Sequence[Unit]) -> Iterator[Judgement]:
    """Judge the name forms of one block against each other.

    A rival of a pair is a third unit that could be one of the two but not the other. Where a pair is the same all the
    same, its rivals are told apart from the one they do not fit: no chain of names can join what excludes itself.
    """
    fits: dict[int, set[int]] = defaultdict(set)
    for i, k in combinations(range(len(block)), 2):
        if _fit(block[i].name, block[k].name) and block[i].lists.isdisjoint(block[k].lists):
            fits[i].add(k)
            fits[k].add(i)
    for i, k in combinations(sorted(fits), 2):
        one, other = block[i], block[k]
        if k not in fits[i] or one.name.folded == other.name.folded:
            continue
        rivals = (fits[i] ^ fits[k]) - {i, k}
        judgement = _weigh(
            one.member, other.member, BOTH_FULL if one.name.full and other.name.full else ONE_BARE,
            set(_common(one, other)) | ({"other-names-fit-too"} if rivals else set()), one.circle & other.circle,
        )  # fmt: skip
        yield judgement
        for rival in sorted(rivals) if judgement.verdict == "same" else ():
            left, right = sorted((block[rival].member, block[k if rival in fits[i] else i].member))
            yield Judgement("person", left, right, "different", 1.0, "names-exclude-each-other", {})


def _own(name: _Keyed) -> set[str]:
    """Return the keys under which a name itself stands in a circle."""
    return {name.block, name.folded}


def _fit(one: _Keyed, other: _Keyed) -> bool:
    """Tell whether two names can be one person's."""
    return one.folded == other.folded or compatible(one.name, other.name)


def _common(one: Unit, other: Unit) -> Iterator[str]:
    """Yield what two units with compatible names have in common."""
    yield "compatible-names"
    if one.papers & other.papers:
        yield "same-paper"
    # The owner of a page signed everything on it; for others, standing on one page means little.
    if (one.heads & other.pages) | (one.pages & other.heads):
        yield "page-owner"
    elif one.pages & other.pages:
        yield "same-author-page"


def _weigh(
    left: str, right: str, weights: Mapping[str, float], features: set[str], coauthors: AbstractSet[str]
) -> Judgement:
    """Add up what speaks for and against a pair."""
    if len(coauthors) >= SHARED:
        features = features | {"shared-coauthors"}
    evidence: dict[str, float | str] = {name: weights[name] for name in weights if name in features}
    score = max(0.0, min(0.99, sum(weights[name] for name in evidence)))
    rule = "+".join(name for name in evidence if weights[name] > 0)
    if coauthors:
        evidence["coauthors"] = ", ".join(sorted(coauthors)[:3])
    first, second = sorted((left, right))
    return Judgement("person", first, second, "same" if score >= MERGE else "unsure", round(score, 4), rule, evidence)
