"""Which author slots are one person.

Slots are compared by their names, never pair by pair: all slots with one full name are one unit, and units of one
block (surname and first initial) are compared when their names are compatible. Two people of one author list are
never one. What a name alone cannot tell is not forced: a pair without a shared co-author, page or paper stays
`unsure`, and bare initials are joined to a full name only where one name alone fits.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from kg.model import Judgement
from kg.names import Name, compatible, parse

SAME_NAME: Final = 0.8
"""Certainty that two slots with one full name and nothing else in common are one person."""

MERGE: Final = 0.75
"""From this certainty on, a pair is judged the same."""

BLOCK: Final = 200
"""In a block with more name forms than this only equal names are joined: initials mean nothing there."""


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
    """

    member: str
    paper: str
    document: str
    name: str
    group: bool
    rank: int = 0
    profile: bool = False


@dataclass(slots=True)
class Unit:
    """All slots with one name: what they have in common with other units."""

    name: Name
    slots: list[Slot]
    papers: set[str] = field(default_factory=set)
    coauthors: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)


def judge(slots: Iterable[Slot]) -> list[Judgement]:
    """Return the judgements on all slots, sorted."""
    ordered = sorted(slots, key=lambda slot: slot.member)
    signed: dict[str, set[str]] = defaultdict(set)
    pages = {slot.document for slot in ordered if slot.profile}
    for slot in ordered:
        if slot.paper and not slot.group:
            signed[slot.paper].add(parse(slot.name).folded)
    units: dict[tuple[str, int, bool], list[Slot]] = defaultdict(list)
    for slot in ordered:
        units[parse(slot.name).folded, slot.rank, slot.group].append(slot)
    found: list[Judgement] = []
    people: dict[str, list[Unit]] = defaultdict(list)
    for (_, _, group), members in sorted(units.items()):
        unit = _unit(members, signed, pages)
        found += _inside(unit, signed, pages)
        if not group:
            people[unit.name.block].append(unit)
    for block in people.values():
        if len(block) <= BLOCK:
            found += _across(block)
    return sorted(found, key=lambda j: (j.left, j.right, j.rule))


def _unit(slots: list[Slot], signed: dict[str, set[str]], pages: set[str]) -> Unit:
    name = parse(slots[0].name)
    papers = {slot.paper for slot in slots if slot.paper}
    coauthors = set().union(*(signed[paper] for paper in papers)) - {name.folded}
    return Unit(name, slots, papers, coauthors, {slot.document for slot in slots} & pages)


def _inside(unit: Unit, signed: dict[str, set[str]], pages: set[str]) -> list[Judgement]:
    """Judge the slots of one name against the first of them, which stands for all that were joined before."""
    first, *others = unit.slots
    joined, circle, homes = {first.paper}, signed[first.paper] - {unit.name.folded}, {first.document} & pages
    found = []
    for slot in others:
        around = signed[slot.paper] - {unit.name.folded}
        evidence: dict[str, float | str] = {"same-name": SAME_NAME if unit.name.full or slot.group else 0.3}
        if slot.paper in joined:
            evidence["same-paper"] = 0.19
        if around & circle:
            evidence["shared-coauthors"] = 0.15 if unit.name.full else 0.5
            evidence["coauthors"] = ", ".join(sorted(around & circle)[:3])
        if slot.document in homes:
            evidence["same-author-page"] = 0.1
        score = min(0.99, sum(value for value in evidence.values() if isinstance(value, float)))
        verdict = "same" if score >= MERGE else "unsure"
        rule = "same-name" if len(evidence) == 1 else "same-name+" + "+".join(
            key for key in sorted(evidence) if key not in {"same-name", "coauthors"}
        )  # fmt: skip
        found.append(_judgement(first.member, slot.member, verdict, score, rule, evidence))
        if verdict == "same":
            joined.add(slot.paper)
            circle |= around
            homes |= {slot.document} & pages
    return found


def _across(block: list[Unit]) -> list[Judgement]:
    """Judge the name forms of one block against each other."""
    found = []
    fits = {
        (i, k) for (i, one), (k, other) in combinations(enumerate(block), 2)
        if one.name.folded != other.name.folded and compatible(one.name, other.name)
    }  # fmt: skip
    for i, k in sorted(fits):
        one, other = block[i], block[k]
        left, right = one.slots[0].member, other.slots[0].member
        if one.papers & other.papers and not _one_slot_each(one, other):
            found.append(_judgement(left, right, "different", 1.0, "both-on-one-paper", {}))
            continue
        rivals = sum(1 for pair in fits if (i in pair or k in pair) and _distinct(pair, (i, k), block))
        evidence: dict[str, float | str] = {"compatible-names": 0.55 if one.name.full and other.name.full else 0.4}
        shared = one.coauthors & other.coauthors
        if shared:
            evidence["shared-coauthors"] = 0.35
            evidence["coauthors"] = ", ".join(sorted(shared)[:3])
        if one.papers & other.papers:
            evidence["same-paper"] = 0.4
        if one.pages & other.pages:
            evidence["same-author-page"] = 0.1
        if rivals:
            evidence["other-names-fit-too"] = -0.2
        score = max(0.0, min(0.99, sum(value for value in evidence.values() if isinstance(value, float))))
        rule = "+".join(key for key in sorted(evidence) if key not in {"coauthors", "other-names-fit-too"})
        found.append(_judgement(left, right, "same" if score >= MERGE else "unsure", score, rule, evidence))
    return found


def _distinct(pair: tuple[int, int], of: tuple[int, int], block: list[Unit]) -> bool:
    """Tell whether another fitting pair offers a name that the pair in question could not also be."""
    others = set(pair) - set(of)
    return bool(others) and not all(
        compatible(block[other].name, block[mine].name) for other in others for mine in of
    )


def _one_slot_each(one: Unit, other: Unit) -> bool:
    """Tell whether the papers that two name forms share list only one of them per record (two sources, one person)."""
    records = {slot.member.partition("#")[0] for slot in one.slots}
    return not records & {slot.member.partition("#")[0] for slot in other.slots}


def _judgement(
    left: str, right: str, verdict: str, score: float, rule: str, evidence: dict[str, float | str]
) -> Judgement:
    first, second = sorted((left, right))
    return Judgement("person", first, second, verdict, round(score, 4), rule, evidence)  # type: ignore[arg-type]
