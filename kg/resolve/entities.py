"""From clusters of members to named entities: rows of the identity table.

An entity is named after an identifier where one of its members has one, else after its name and a hash of its
content, so that the same input always gives the same names. A path is what follows the base IRI:
`paper/arxiv-2204.14198`, `person/oriol-vinyals-5c0f3a1e`, `organization/google-deepmind`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kg.ids import as_step, preferred
from kg.model import Judgement
from kg.names import fullest
from kg.resolve import cluster, organizations
from kg.resolve.organizations import Affiliation
from kg.resolve.papers import Features, own_title
from kg.resolve.people import Slot
from kg.text import fold, slug, title_step

Row = dict[str, Any]


def papers(features: Sequence[Features], judgements: Iterable[Judgement]) -> list[Row]:
    """Return the identity rows of paper records."""
    by_id = {paper.record: paper for paper in features}
    rows: list[Row] = []
    taken: set[str] = set()
    clusters = cluster.components(by_id, judgements)
    for members in sorted(clusters, key=lambda members: min(by_id[m].anchor for m in members)):
        known = preferred(identifier for member in members for identifier in by_id[member].identifiers)
        path = f"paper/{as_step(known)}" if known else ""
        if not path or path in taken:
            # Two papers claim one identifier only where a person split them: the second is named after its content.
            path = _free(f"paper/{min(by_id[member].anchor for member in members)}", taken)
        taken.add(path)
        rows += [{"kind": "paper", "member": member, "entity": path} for member in members]
    return sorted(rows, key=lambda row: row["member"])


def cited(features: Iterable[Features], rows: Iterable[Row]) -> list[Row]:
    """Return the identity rows under which papers are cited: their other identifiers, and titles that are theirs only."""
    entity = {row["member"]: row["entity"] for row in rows}
    claims: dict[str, set[str]] = defaultdict(set)
    for paper in features:
        steps = [as_step(known) for known in paper.identifiers]
        if own_title(paper.title):
            steps.append(title_step(paper.title))
        for step in steps:
            claims[f"paper/{step}"].add(entity[paper.record])
    named = set(entity.values())
    return [
        {"kind": "cited", "member": path, "entity": next(iter(owners))}
        for path, owners in sorted(claims.items())
        if len(owners) == 1 and path not in named
    ]


def _free(path: str, taken: set[str]) -> str:
    """Return a path that no other entity has: two that nothing tells apart (two empty records) get numbers."""
    number = 1
    while (numbered := path if number == 1 else f"{path}-{number}") in taken:
        number += 1
    return numbered


def people(
    slots: Sequence[Slot], judgements: Iterable[Judgement], anchors: Mapping[str, str], folded: Callable[[str], str] = fold
) -> list[Row]:
    """Return the identity rows of author slots.

    Args:
        slots: All author slots and page heads.
        judgements: The judgements on them.
        anchors: Record id to the hash of its content.
        folded: What makes a key of a name: `fold`, or one that remembers.
    """
    by_member = {slot.member: slot for slot in slots}
    rows: list[Row] = []
    taken: set[str] = set()
    for members in cluster.components(by_member, judgements):
        named = [by_member[member] for member in members]
        several = {slot.name for slot in named}
        name = fullest(several) if len(several) > 1 else named[0].name
        kind = "group" if all(slot.group for slot in named) else "person"
        anchor = min(f"{anchors[slot.list]}#{folded(slot.name)}/{slot.rank}" for slot in named)
        path = _free(f"{kind}/{slug(name) or 'unnamed'}-{hashlib.sha256(anchor.encode()).hexdigest()[:8]}", taken)
        taken.add(path)
        rows += [{"kind": "person", "member": member, "entity": path} for member in members]
    return sorted(rows, key=lambda row: row["member"])


def organizations_of(strings: Iterable[Affiliation], base: str) -> list[Row]:
    """Return the identity rows of affiliation strings.

    Args:
        strings: The affiliations.
        base: The id space of the ontology's concepts, which is taken off their IRIs.
    """
    return [
        {"kind": "organization", "member": each.member, "entity": organizations.entity(each.text, each.ror).removeprefix(base)}
        for each in sorted(strings)
    ]


def authorships(slots: Sequence[Slot], identity: Mapping[str, str]) -> list[Row]:
    """Return the identity rows of authorships: one for each paper and person, however many sources list it.

    Args:
        slots: All author slots.
        identity: Member to entity, for papers and people.
    """
    rows = []
    for slot in slots:
        if slot.profile:
            continue
        pair = f"{slot.paper} {identity[slot.member]}"
        path = f"authorship/{hashlib.sha256(pair.encode()).hexdigest()[:16]}"
        rows.append({"kind": "authorship", "member": f"authorship|{slot.member}", "entity": path})
    return rows

