"""The ledger of identity of a corpus: judgements on papers, people and organisations, and the entities they make."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.graph.statements import ID_SPACE, organization_member, person_member
from kg.model import Judgement, Problem
from kg.names import Name, parse
from kg.pipeline.traits import Traits
from kg.resolve import decisions as people_decide
from kg.resolve import entities, organizations, papers, people
from kg.resolve.decisions import Decision
from kg.resolve.organizations import Affiliation
from kg.resolve.people import Slot
from kg.text import fold

Row = dict[str, Any]


@dataclass(frozen=True)
class Identity:
    """Who and what is the same.

    Attributes:
        judgements: The ledger: all judgements, people's decisions included.
        rows: Rows of the identity table.
        anchors: Member to the name that a decisions file gives it.
        printed: Author slot or affiliation string to the name as printed.
    """

    judgements: list[Judgement]
    rows: list[Row]
    anchors: dict[str, str]
    printed: dict[str, str]


def resolve(records: Iterable[Traits], decided: Iterable[Decision]) -> Identity:
    """Judge all pairs that could be the same, and make entities of the judgements."""
    records = sorted(records, key=lambda record: record.record)
    parsed, folded = cache(parse), cache(fold)
    features = [record.paper for record in records if record.paper]
    anchors = {f.record: f.anchor for f in features}
    anchors |= {r.record: f"profile-{fold(_name(r))}" for r in records if not r.paper}
    named = anchors | {
        person_member(r.record, s.position, s.field): f"{anchors[r.record]}#{folded(s.name)}" for r in records for s in r.signatures
    }
    decided = list(decided)
    by_anchor: dict[str, list[str]] = {anchor: [] for each in decided for anchor in (each.left, each.right)}
    for member, anchor in named.items():
        if anchor in by_anchor:
            by_anchor[anchor].append(member)
    decided_pairs = people_decide.judgements(decided, {anchor: sorted(members) for anchor, members in by_anchor.items()})

    of_papers = papers.judge(features) + [j for j in decided_pairs if j.kind == "paper"]
    rows = entities.papers(features, of_papers)
    works = {row["member"]: row["entity"] for row in rows}
    cited = entities.cited(features, rows)

    slots = _slots(records, works, parsed)
    of_people = people.judge(slots, parsed) + [j for j in decided_pairs if j.kind == "person"]
    rows += entities.people(slots, of_people, anchors, folded)
    rows += entities.authorships(slots, {row["member"]: row["entity"] for row in rows})

    strings = [
        Affiliation(organization_member(r.record, each.position), each.text, each.ror)
        for r in records if r.paper for each in r.belongings
    ]  # fmt: skip
    of_organizations = organizations.judge(strings)
    rows += entities.organizations_of(strings, ID_SPACE)
    printed = {slot.member: slot.name for slot in slots} | {each.member: each.text for each in strings}
    return Identity([*of_papers, *of_people, *of_organizations], [*rows, *cited], named, printed)


def conflicts(judgements: Iterable[Judgement], records: Iterable[Traits], names: Mapping[str, str]) -> list[Problem]:
    """Return what looks wrong with merges that were made all the same: one identifier over unlike texts.

    Args:
        judgements: The ledger.
        records: The records that were judged.
        names: Document id to name.
    """
    places = {record.record: (names[record.document], record.line) for record in records}
    found = []
    for judgement in judgements:
        weights = {name: value for name, value in judgement.evidence.items() if isinstance(value, float)}
        shared = max(weights.get("arxiv-id", 0), weights.get("identifier", 0)) > 0
        if judgement.verdict == "same" and shared and min(weights.get("text", 0), weights.get("title", 0)) < 0:
            (left, line), (right, other) = places[judgement.left], places[judgement.right]
            number = "the arXiv id" if weights.get("arxiv-id", 0) > 0 else "an identifier"
            what = f"has {number} of {left}:{line}, but another text or title"
            found.append(Problem(right, other, what, "if these are two papers, use kg split", "warning"))
    return found


def _name(record: Traits) -> str:
    return next((each.name for each in record.signatures if each.field == "name"), record.record)


def _slots(records: Iterable[Traits], works: Mapping[str, str], parsed: Callable[[str], Name]) -> list[Slot]:
    """Return all author slots and page heads."""
    slots = []
    for record in records:
        seen: Counter[str] = Counter()
        for each in record.signatures:
            key = parsed(each.name).folded
            slots.append(
                Slot(
                    member=person_member(record.record, each.position, each.field),
                    paper=works.get(record.record, ""),
                    document=record.document,
                    name=each.name,
                    group=each.group,
                    rank=seen[key],
                    profile=record.paper is None,
                    orcid=each.orcid,
                )
            )
            seen[key] += 1
    return slots
