"""From clusters of members to named entities: rows of the identity table.

An entity is named after an identifier where one of its members has one, else after its name where that is its alone,
else a hash of its content is added, so that the same input always gives the same names. A path is what follows the base
IRI: `paper/arxiv-2204.14198`, `person/oriol-vinyals`, `person/wei-zhang-5c0f3a1e`, `organization/google-deepmind`.

Names follow from the members, never from earlier builds. So paths can change when papers or decisions are added; all
that a member may have been called before leads to its entity (`FORWARDS`).
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import permutations
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

from kg.ids import as_step, preferred
from kg.model import Judgement
from kg.names import fullest
from kg.ontology import load
from kg.registry import path_of
from kg.resolve import cluster
from kg.resolve.organizations import Spelling, Target
from kg.resolve.papers import Features, own_title
from kg.resolve.people import Slot
from kg.text import distinct_slug, fold, slug, title_step

Row = dict[str, Any]

FORWARDS: Final = pa.schema([("former", pa.string()), ("entity", pa.string())])
"""A path that an entity had, or may have had, with other input or decisions; where it was split, there are several rows."""


def papers(features: Sequence[Features], judgements: Iterable[Judgement]) -> list[Row]:
    """Return the identity rows of paper records."""
    by_id = {paper.record: paper for paper in features}
    rows: list[Row] = []
    taken: dict[str, int] = {}
    clusters = cluster.components(by_id, judgements)
    for members in sorted(clusters, key=lambda members: (-len(members), min(by_id[m].anchor for m in members))):
        known = preferred(identifier for member in members for identifier in by_id[member].identifiers)
        path = f"paper/{as_step(known)}" if known else ""
        if not path or path in taken:
            # Two papers claim one identifier: the one with more records has it, the other is named after its content.
            path = f"paper/{min(by_id[member].anchor for member in members)}"
        path = _free(path, taken)
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


def former_papers(features: Iterable[Features], rows: Iterable[Row]) -> list[Row]:
    """Return the paths that papers had without some of their records: `FORWARDS`."""
    entity = {row["member"]: row["entity"] for row in rows if row["kind"] == "paper"}
    named = set(entity.values())
    found: set[tuple[str, str]] = set()
    for paper in features:
        former = {f"paper/{paper.anchor}", *(f"paper/{as_step(known)}" for known in paper.identifiers)}
        found |= {(old, entity[paper.record]) for old in former - named}
    return [{"former": old, "entity": path} for old, path in sorted(found)]


def _free(path: str, taken: dict[str, int]) -> str:
    """Return a path that no other entity has, and take it: two that nothing tells apart (two empty records) get numbers.

    Args:
        path: The path to have.
        taken: The paths that are taken, each with the last number that was put behind it.
    """
    free, number = path, taken.get(path, 0)
    while free in taken:
        number += 1
        free = f"{path}-{number}"
    taken[free] = 1
    taken[path] = max(number, 1)
    return free


def people(
    slots: Sequence[Slot], judgements: Iterable[Judgement], anchors: Mapping[str, str], folded: Callable[[str], str] = fold,
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> list[Row]:  # fmt: skip
    """Return the identity rows of author slots.

    A person is named after an ORCID iD, else after the name, if nobody else here has it, so that the name of the node
    stays when papers are added; else a hash of the earliest paper is added. What cannot be told apart is `ambiguous`.

    Args:
        slots: All author slots and page heads.
        judgements: The judgements on them.
        anchors: Record id to the hash of its content.
        folded: What makes a key of a name: `fold`, or one that remembers.
        renamed: Member to the name that people gave its bearer.
    """
    named = _named_people(slots, judgements, anchors, folded, renamed)
    rows = [{"kind": "person", "member": slot.member, "entity": path} for path, of in named for slot in of]
    return sorted(rows, key=lambda row: row["member"])


def former_people(
    slots: Iterable[Slot], rows: Iterable[Row], anchors: Mapping[str, str], folded: Callable[[str], str] = fold
) -> list[Row]:
    """Return the paths that people had, or may have had, with fewer papers or other decisions: `FORWARDS`.

    Which they are follows from the members alone: each spelling of a name, and each with the hash of each paper.

    Args:
        slots: All author slots and page heads.
        rows: The identity rows of people; others are passed over.
        anchors: Record id to the hash of its content.
        folded: What makes a key of a name.
    """
    entity = {row["member"]: row["entity"] for row in rows if row["kind"] == "person"}
    named = set(entity.values())
    stems = {path.rpartition("-")[0] for path in named if _HASHED.search(path)}
    found: set[tuple[str, str]] = set()
    for slot in slots:
        path = entity[slot.member]
        kind, stem = "group" if slot.group else "person", slug(slot.name) or "unnamed"
        former = {f"{kind}/{stem}"}
        if f"{kind}/{stem}" in stems or path.startswith("ambiguous/"):
            former.add(f"{kind}/{stem}-{_hash_of(slot, anchors, folded)}")
        if path.startswith("ambiguous/") or f"ambiguous/{stem}" in stems:
            former.add(f"ambiguous/{stem}-{_hash_of(slot, anchors, folded)}")
        found |= {(old, path) for old in former - named}
    return [{"former": old, "entity": path} for old, path in sorted(found)]


_HASHED: Final = re.compile(r"-[0-9a-f]{8}$")


def _named_people(
    slots: Sequence[Slot], judgements: Iterable[Judgement], anchors: Mapping[str, str], folded: Callable[[str], str],
    renamed: Mapping[str, str],
) -> list[tuple[str, list[Slot]]]:  # fmt: skip
    """Return the clusters of slots, each under a path of its own, in the order of the paths."""
    judged = list(judgements)
    by_member = {slot.member: slot for slot in slots}
    clusters = [[by_member[member] for member in members] for members in cluster.components(by_member, judged)]
    unclear = ambiguous(clusters, judged)
    stems = [_stem(of, renamed, unclear=at in unclear) for at, of in enumerate(clusters)]
    # Whoever was printed under a name has a claim to it: it names nobody alone then.
    bearers = Counter(stem for at, of in enumerate(clusters) for stem in {stems[at], *(_stem([slot], {}, unclear=False) for slot in of)})
    orcids = [sorted({known for slot in of for known in slot.ids if known.startswith("orcid:")}) for of in clusters]
    holders = Counter(known for of in orcids for known in of)
    first = [min((slot.year or 9999, _anchor(slot, anchors, folded)) for slot in of)[1] for of in clusters]
    found: dict[str, list[Slot]] = {}
    taken: dict[str, int] = {}
    for at in sorted(range(len(clusters)), key=lambda at: first[at]):
        if len(orcids[at]) == 1 and holders[orcids[at][0]] == 1:
            path = f"person/{as_step(orcids[at][0])}"
        elif bearers[stems[at]] == 1 and _is_readable(stems[at]):
            path = stems[at]
        else:
            path = f"{stems[at]}-{hashlib.sha256(first[at].encode()).hexdigest()[:8]}"
        found[_free(path, taken)] = clusters[at]
    return sorted(found.items())


def _stem(of: Sequence[Slot], renamed: Mapping[str, str], *, unclear: bool) -> str:
    """Return the path of a person, group or unclear name, as far as the name gives it."""
    kind = "ambiguous" if unclear else "group" if all(slot.group for slot in of) else "person"
    several = {renamed[slot.member] for slot in of if slot.member in renamed} or {slot.name for slot in of}
    return f"{kind}/{slug(fullest(several) if len(several) > 1 else next(iter(several))) or 'unnamed'}"


def _is_readable(stem: str) -> bool:
    """Tell whether a path names one name: not where letters were left out of it, nor where nothing is resolved."""
    kind, _, name = stem.partition("/")
    return kind != "ambiguous" and name != "unnamed"


def _anchor(slot: Slot, anchors: Mapping[str, str], folded: Callable[[str], str]) -> str:
    return f"{anchors[slot.list]}#{folded(slot.name)}/{slot.rank}"


def _hash_of(slot: Slot, anchors: Mapping[str, str], folded: Callable[[str], str]) -> str:
    return hashlib.sha256(_anchor(slot, anchors, folded).encode()).hexdigest()[:8]


def ambiguous(clusters: Sequence[Sequence[Slot]], judgements: Iterable[Judgement]) -> set[int]:
    """Return which clusters are names rather than people: on one paper, and likelier one of several others than a new one.

    Args:
        clusters: The clusters of slots.
        judgements: The judgements on them; the scores of those that stayed unsure are taken as probabilities.
    """
    at = {slot.member: place for place, of in enumerate(clusters) for slot in of}
    papers_of = [len({slot.paper for slot in of}) for of in clusters]
    others: dict[int, dict[int, float]] = defaultdict(dict)
    for judgement in judgements:
        if judgement.kind == "person" and judgement.verdict == "unsure" and judgement.left in at and judgement.right in at:
            for one, other in permutations((at[judgement.left], at[judgement.right])):
                if one != other and papers_of[one] == 1:
                    others[one][other] = max(judgement.score, others[one].get(other, 0.0))
    return {one for one, chances in others.items() if len(chances) > 1 and sum(chances.values()) >= _LIKELIER}


_LIKELIER: Final = 0.5
"""What the chances of being somebody known add up to, from which on a name is more likely that than somebody new."""


def organizations_of(
    found: Sequence[Spelling], taken: Mapping[str, Target], judgements: Iterable[Judgement], base: str, *, every: bool = True
) -> list[Row]:
    """Return the identity rows of organisations in affiliation strings.

    Args:
        found: The spellings of organisations.
        taken: Smallest member of a spelling to what it is taken for.
        judgements: The judgements on the smallest members.
        base: The id space of the ontology's concepts, which is taken off their IRIs.
        every: Whether all members of a spelling get a row, or the smallest alone.
    """
    by_member = {each.member: each for each in found}
    clusters = []
    for members in cluster.components(by_member, judgements):
        weights: Counter[str] = Counter()
        for member in members:
            weights[taken[member].key] += len(by_member[member].members)
        # What a list knows names the cluster before what is only words.
        key = min(weights, key=lambda key: (_LISTED.index(key.partition(":")[0]), -weights[key], key))
        named = [by_member[member] for member in members if taken[member].key == key]
        clusters.append((-weights[key], min(each.anchor for each in named), members, _organization_path(key, named, base)))
    rows: list[Row] = []
    paths: dict[str, int] = {}
    for _, _, members, path in sorted(clusters):
        # A person may have split what has one name: the larger part keeps it.
        free = _free(path, paths)
        rows += [
            {"kind": "organization", "member": member, "entity": free}
            for first in members for member in (by_member[first].members if every else (first,))
        ]  # fmt: skip
    return sorted(rows, key=lambda row: row["member"])


def former_organizations(found: Iterable[Spelling], taken: Mapping[str, Target], rows: Iterable[Row], base: str) -> list[Row]:
    """Return the paths that organisations had, or may have had, when one of their spellings stood alone: `FORWARDS`.

    Args:
        found: The spellings of organisations.
        taken: Smallest member of a spelling to what it is taken for.
        rows: The identity rows of organisations.
        base: The id space of the ontology's concepts, which is taken off their IRIs.
    """
    alone = ((each.member, _organization_path(taken[each.member].key, [each], base)) for each in found)
    return _former(alone, rows)


def former_things(rows: Sequence[Row]) -> list[Row]:
    """Return the paths that things had, or may have had, when one of their names stood alone: `FORWARDS`.

    Args:
        rows: The identity rows of things. A member is the path of a name, but for a name that is that of several things.
    """
    return _former(((row["member"], row["member"]) for row in rows if "#" not in row["member"]), rows)


def _former(alone: Iterable[tuple[str, str]], rows: Iterable[Row]) -> list[Row]:
    """Return where paths lead that members would have alone, and that no entity has."""
    entity = {row["member"]: row["entity"] for row in rows}
    named = set(entity.values())
    found = {(path, entity[member]) for member, path in alone if path not in named}
    return [{"former": old, "entity": path} for old, path in sorted(found)]


_LISTED: Final = ("iri", "ror", "key", "text")


def _organization_path(key: str, named: Sequence[Spelling], base: str) -> str:
    """Return the path of an organisation: the one of the ontology, its ROR id, or its most frequent name."""
    kind, _, rest = key.partition(":")
    if kind == "iri":
        return rest.removeprefix(base)
    if kind == "ror":
        return path_of(rest)
    names: Counter[str] = Counter()
    for each in named:
        names[distinct_slug(each.text[each.part.start : each.part.end] if kind == "text" else each.name) or "unnamed"] += len(each.members)
    name = min(names, key=lambda name: (-names[name], -len(name), name))
    apart = slug(rest.rpartition("|")[2]) if kind == "key" else ""
    path = f"organization/{name}{'-' + apart if apart else ''}"
    # What has the name of a listed one without being it is not to take its path.
    return f"{path}-{hashlib.sha256(key.encode()).hexdigest()[:8]}" if base + path in load().concepts else path


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

