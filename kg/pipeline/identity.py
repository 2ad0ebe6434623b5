"""The ledger of identity of a corpus: judgements on papers, people and organisations, and the entities they make."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg.graph.statements import ID_SPACE, organization_member, person_member
from kg.model import Judgement, Mention, Problem, Record
from kg.names import parse
from kg.resolve import decisions as people_decide
from kg.resolve import entities, organizations, papers, people
from kg.resolve.decisions import Decision
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
    """

    judgements: list[Judgement]
    rows: list[Row]
    anchors: dict[str, str]


def resolve(records: list[Record], mentions: Mapping[str, list[Mention]], decided: Iterable[Decision]) -> Identity:
    """Judge all pairs that could be the same, and make entities of the judgements."""
    written = [record for record in records if record.kind == "paper"]
    features = [papers.features(record, mentions.get(record.id, ())) for record in written]
    anchors = {f.record: f.anchor for f in features}
    anchors |= {r.id: f"profile-{fold(_name(r))}" for r in records if r.kind == "profile"}
    named = anchors | dict(_named(records, anchors))
    by_anchor: dict[str, list[str]] = defaultdict(list)
    for member, anchor in sorted(named.items()):
        by_anchor[anchor].append(member)
    decided_pairs = people_decide.judgements(decided, by_anchor)

    of_papers = papers.judge(features) + [j for j in decided_pairs if j.kind == "paper"]
    rows = entities.papers(features, of_papers)
    works = {row["member"]: row["entity"] for row in rows}

    slots = _slots(records, works)
    of_people = people.judge(slots) + [j for j in decided_pairs if j.kind == "person"]
    rows += entities.people(slots, of_people, anchors)
    rows += entities.authorships(slots, {row["member"]: row["entity"] for row in rows})

    strings = [
        (organization_member(r.id, f.position), f.text) for r in written for f in r.fields if f.name == "affiliation"
    ]
    of_organizations = organizations.judge(strings)
    rows += entities.organizations_of(strings, ID_SPACE)
    return Identity([*of_papers, *of_people, *of_organizations], rows, named)


def conflicts(judgements: Iterable[Judgement], records: Mapping[str, Record], names: Mapping[str, str]) -> list[Problem]:
    """Return what looks wrong with merges that were made all the same: one identifier over unlike texts.

    Args:
        judgements: The ledger.
        records: Record id to record.
        names: Document id to name.
    """
    found = []
    for judgement in judgements:
        weights = {name: value for name, value in judgement.evidence.items() if isinstance(value, float)}
        if judgement.verdict != "same" or weights.get("arxiv-id", 0) <= 0:
            continue
        left, right = records[judgement.left], records[judgement.right]
        if min(weights.get("text", 0), weights.get("title", 0)) < 0:
            what = f"has the arXiv id of {names[left.document]}:{left.line}, but another text or title"
            found.append(Problem(names[right.document], right.line, what, "if these are two papers, use kg split", "warning"))
    return found


def _name(record: Record) -> str:
    name = record.first("name")
    return name.text if name else record.id


def _named(records: Iterable[Record], anchors: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """Yield author slots with the name that a decisions file gives them: the record's content, and the printed name."""
    for record in records:
        for field in record.fields:
            if field.name in {"author", "name"}:
                yield person_member(record.id, field.position, field.name), f"{anchors[record.id]}#{fold(field.text)}"


def _slots(records: Iterable[Record], works: Mapping[str, str]) -> list[Slot]:
    """Return all author slots and page heads."""
    slots = []
    for record in records:
        seen: Counter[str] = Counter()
        for field in record.fields:
            if field.name not in {"author", "name"}:
                continue
            key = parse(field.text).folded
            slots.append(
                Slot(
                    member=person_member(record.id, field.position, field.name),
                    paper=works.get(record.id, ""),
                    document=record.document,
                    name=field.text,
                    group=field.value == "group",
                    rank=seen[key],
                    profile=record.kind == "profile",
                )
            )
            seen[key] += 1
    return slots
