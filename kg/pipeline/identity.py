"""The ledger of identity of a corpus: judgements on papers, people and organisations, and the entities they make.

The id of a record is made of the file that it stands in. While it is found out who and what is the same, records have
keys made of what they say instead: so where nothing else tells which of two comes first, the answer does not depend on
how records are spread over files.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final

import numpy as np

from kg.graph.statements import ID_SPACE, organization_member, person_member
from kg.ids import preferred
from kg.model import Judgement, Problem
from kg.names import Name, parse
from kg.pipeline.traits import Traits
from kg.registry import Registry
from kg.resolve import entities, organizations, papers, people, versions
from kg.resolve.decisions import Decision
from kg.resolve.organizations import Affiliation
from kg.resolve.papers import Features
from kg.resolve.people import Slot
from kg.resolve.references import catalogue
from kg.resolve.settled import Renaming, names, settle
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
        renamed: Entity to the name that a person gave it.
        problems: What is wrong with people's decisions.
        former: Paths that entities had, or may have had, with other input or decisions: `entities.FORWARDS`.
    """

    judgements: list[Judgement]
    rows: list[Row]
    anchors: dict[str, str]
    printed: dict[str, str]
    renamed: Mapping[str, Renaming] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    former: Sequence[Row] = ()


def resolve(
    records: Iterable[Traits], decided: Iterable[Decision], registry: Registry | None = None, before: people.Before | None = None,
    *, beside: bool = False,
) -> Identity:  # fmt: skip
    """Judge all pairs that could be the same, and make entities of the judgements.

    Args:
        records: What identity looks at in each record.
        decided: What people decided.
        registry: Where names of organisations are looked up besides the ontology.
        before: What was judged of people before; it is brought up to date.
        beside: Whether another process may judge half of many people.
    """
    keyed = _by_content(records)
    under = [_under(key, record) for key, record in sorted(keyed.items())]
    return _restored(_resolved(under, decided, registry, before, beside=beside), keyed)


def _by_content(records: Iterable[Traits]) -> dict[str, Traits]:
    """Return records under keys made of what they say; those that say the very same are numbered."""
    seen: Counter[str] = Counter()
    found = {}
    for record in sorted(records, key=lambda record: record.record):
        seen[record.content] += 1
        found[f"{record.content}-{seen[record.content]}"] = record
    return found


def _under(key: str, record: Traits) -> Traits:
    return replace(record, record=key, paper=replace(record.paper, record=key) if record.paper else None)


def _restored(identity: Identity, keyed: Mapping[str, Traits]) -> Identity:
    """Return the identity with the ids of records in place of their keys, in the order of these ids."""
    def member(key: str) -> str:
        what, bar, rest = key.rpartition("|")
        record, hash_, place = rest.partition("#")
        return f"{what}{bar}{keyed[record].record}{hash_}{place}"

    def judgement(each: Judgement) -> Judgement:
        left, right = sorted((member(each.left), member(each.right)))
        return replace(each, left=left, right=right)

    judgements = sorted(map(judgement, identity.judgements), key=lambda j: (_ORDER.index(j.kind), j.by != "kg", j.left, j.right, j.rule))
    rows = [row if row["kind"] == "cited" else row | {"member": member(row["member"])} for row in identity.rows]
    # The authors of a list stay in their order.
    rows.sort(key=lambda row: (_ORDER.index(row["kind"]), row["member"].partition("#")[0] if row["kind"] == "authorship" else row["member"]))
    return replace(
        identity, judgements=judgements, rows=rows, anchors={member(key): anchor for key, anchor in identity.anchors.items()},
        printed={member(key): name for key, name in identity.printed.items()},
        renamed={path: replace(each, members=tuple(sorted(map(member, each.members)))) for path, each in identity.renamed.items()},
    )  # fmt: skip


_ORDER: Final = ("paper", "version", "person", "authorship", "organization", "cited")
"""The kinds of members, in the order in which they are told."""


def _resolved(
    records: Sequence[Traits], decided: Iterable[Decision], registry: Registry | None, before: people.Before | None, *, beside: bool
) -> Identity:
    """Judge records in the order of their keys: see `resolve`."""
    parsed, folded = cache(parse), cache(fold)
    features = [record.paper for record in records if record.paper]
    anchors = {f.record: f.anchor for f in features}
    anchors |= {r.record: f"profile-{fold(_name(r))}" for r in records if not r.paper}
    named = anchors | dict(_slot_anchors(records, anchors, folded))
    decided = list(decided)

    of_papers = papers.judge(features)
    called = catalogue("paper", ((f.record, f.anchor) for f in features), _names_of_papers(features))
    on_papers = settle(decided, "paper", called, lambda said: entities.papers(features, [*of_papers, *said]))
    of_papers += on_papers.judgements
    rows = entities.papers(features, of_papers)
    called = called.over(rows)
    works = {row["member"]: row["entity"] for row in rows}
    cited = entities.cited(features, rows)

    of_versions, judged_versions = versions.rows(_copies(records, works))
    rows += of_versions

    strings = [
        Affiliation(organization_member(r.record, each.position), each.text, each.ror)
        for r in records if r.paper for each in r.belongings
    ]  # fmt: skip
    spelled = organizations.spellings(strings)
    taken = organizations.targets(spelled, registry)
    of_organizations = organizations.judge(spelled, taken)
    # A decision is made on spellings: one member stands for all places where one is printed.
    bodies = catalogue("organization", ((s.member, s.anchor) for s in spelled), ((s.member, n) for s in spelled for n in {s.name, s.text}))
    on_organizations = settle(
        decided, "organization", bodies,
        lambda said: entities.organizations_of(spelled, taken, [*of_organizations, *said], ID_SPACE, every=False),
    )  # fmt: skip
    of_organizations += on_organizations.judgements
    rows_of_organizations = entities.organizations_of(spelled, taken, of_organizations, ID_SPACE)
    named |= {member: each.anchor for each in spelled for member in each.members}

    slots = _slots(records, works, _places(rows_of_organizations), parsed)
    of_people = people.judge(slots, parsed, before, beside=beside)
    bearers = catalogue("person", ((slot.member, named[slot.member]) for slot in slots), ((slot.member, slot.name) for slot in slots), called)
    on_people = settle(decided, "person", bearers, lambda said: entities.people(slots, [*of_people, *said], anchors, folded))
    of_people += on_people.judgements
    called_anew = {member: each.name for each in on_people.renamings for member in each.members}
    rows += entities.people(slots, of_people, anchors, folded, called_anew)
    rows += entities.authorships(slots, {row["member"]: row["entity"] for row in rows})
    rows += rows_of_organizations
    printed = {slot.member: slot.name for slot in slots} | {each.member: each.name or each.text for each in spelled}
    renamed, faults = names([*on_people.renamings, *on_organizations.renamings], {row["member"]: row["entity"] for row in rows})
    return Identity(
        [*of_papers, *judged_versions, *of_people, *of_organizations], [*rows, *cited], named, printed, renamed,
        [*on_papers.problems, *on_people.problems, *on_organizations.problems, *faults],
        [
            *entities.former_papers(features, rows), *entities.former_people(slots, rows, anchors, folded),
            *entities.former_organizations(spelled, taken, rows_of_organizations, ID_SPACE),
        ],
    )  # fmt: skip


def _slot_anchors(records: Iterable[Traits], anchors: Mapping[str, str], folded: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield author slots and page heads with their anchors; the second of one name in a list is numbered."""
    for record in records:
        seen: Counter[str] = Counter()
        for each in record.signatures:
            name = folded(each.name)
            seen[name] += 1
            number = f"/{seen[name]}" if seen[name] > 1 else ""
            yield person_member(record.record, each.position, each.field), f"{anchors[record.record]}#{name}{number}"


def _names_of_papers(features: Iterable[Features]) -> Iterator[tuple[str, str]]:
    """Yield paper records with what a person may call them: title and identifiers."""
    for paper in features:
        yield from ((paper.record, name) for name in (paper.title, *sorted(paper.identifiers)) if name)


_UNLIKE: Final = {"title": 0.0, "text": -1.0, "short-text": -0.5}
"""Below which weight a title or text is another one; an abstract in other words, as sources shorten it, is not."""


def conflicts(judgements: Iterable[Judgement], records: Iterable[Traits], names: Mapping[str, str]) -> list[Problem]:
    """Return what looks wrong: one identifier over unlike texts, merged or kept apart, and one abstract over two papers.

    Args:
        judgements: The ledger.
        records: The records that were judged.
        names: Document id to name.
    """
    seen = {record.record: record for record in records if record.paper}
    found = []
    for judgement in (each for each in judgements if each.kind == "paper"):
        weights = {name: value for name, value in judgement.evidence.items() if isinstance(value, float)}
        shared = max(weights.get("arxiv-id", 0), weights.get("identifier", 0)) > 0
        unlike = any(weights.get(name, 0) < least for name, least in _UNLIKE.items())
        if judgement.verdict == "same" and shared and unlike:
            what, todo = "{known} of {place}, but another text or title", "if these are two papers, use kg split"
        elif judgement.verdict == "different" and shared:
            what = f"{{known}} of {{place}}, but {_APART.get(judgement.rule, 'another version in its name')}: kept apart"
            todo = "correct the identifier; if these are one paper, use kg merge"
        elif judgement.rule == papers.ONE_ABSTRACT:
            what, todo = "the abstract of {place}, but another title and other authors", "give it its own abstract; if these are one paper, use kg merge"
        elif judgement.rule == papers.DOUBTFUL and shared:
            what, todo = "{known} of {place}, but nothing else alike: not merged", "correct the identifier; if these are one paper, use kg merge"
        else:
            continue
        left, right = seen[judgement.left], seen[judgement.right]
        what = what.format(known=_shared(left, right), place=f"{names[left.document]}:{left.line}")
        found.append(Problem(names[right.document], right.line, f"has {what}", todo, "warning"))
    return found


def _shared(left: Traits, right: Traits) -> str:
    """Return what to call the identifier that two records of papers share."""
    known = sorted(left.paper.identifiers & right.paper.identifiers) if left.paper and right.paper else []
    scheme, _, number = (preferred(known) or "").partition(":")
    return f"the {_SCHEMES.get(scheme, scheme)} {number}" if number else "an identifier"


_APART: Final = {
    papers.CONTESTED: "another title and other authors", papers.NOTICE: "is a notice about it", "different-arxiv-ids": "another arXiv id",
}  # fmt: skip
_SCHEMES: Final = {"arxiv": "arXiv id", "doi": "DOI", "pmid": "PubMed id"}


def _name(record: Traits) -> str:
    return next((each.name for each in record.signatures if each.field == "name"), record.record)


def _copies(records: Iterable[Traits], works: Mapping[str, str]) -> list[tuple[str, list[versions.Copy]]]:
    """Return the records of each paper, by the path of the paper."""
    found: dict[str, list[versions.Copy]] = {}
    for record in records:
        if record.paper and record.edition:
            found.setdefault(works[record.record], []).append(versions.Copy(record.paper, record.edition))
    return sorted(found.items())


def _places(rows: Iterable[Row]) -> dict[tuple[str, int], frozenset[str]]:
    """Return the organisations that each affiliation of each record names, by record and position."""
    found: dict[tuple[str, int], frozenset[str]] = {}
    for row in rows:
        record, _, place = row["member"].partition("#affiliation/")
        at = record, int(place.partition("/")[0])
        found[at] = found.get(at, frozenset()) | {row["entity"]}
    return found


def _slots(
    records: Iterable[Traits], works: Mapping[str, str], organizations_at: Mapping[tuple[str, int], frozenset[str]],
    parsed: Callable[[str], Name],
) -> list[Slot]:  # fmt: skip
    """Return all author slots and page heads."""
    slots = []
    venue = cache(fold)
    for record in records:
        seen: Counter[str] = Counter()
        texts = {each.position: each.text for each in record.belongings}
        about = np.frombuffer(record.gist, np.int8) if record.gist else None
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
                    cut=record.paper is not None and record.paper.cut,
                    ids=frozenset(each.ids),
                    affiliations=tuple(texts[place] for place in each.places if place in texts),
                    organizations=frozenset[str]().union(*(organizations_at.get((record.record, place), ()) for place in each.places)),
                    year=record.edition.year if record.edition else None,
                    venue=venue(record.edition.venue) if record.edition and record.edition.venue else "",
                    topic=about,
                )
            )
            seen[key] += 1
    return slots
