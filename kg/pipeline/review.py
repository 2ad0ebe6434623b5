"""What a person should look at: pairs about which the rules are unsure, those on which most hangs first.

A question is a judgement that is neither clearly yes nor clearly no: an `unsure` one between two entities, or a merge of
little certainty on which alone two parts of an entity hang together. Its effect is how many edges of the graph change
their end with the answer (those of the smaller side), times how unsure the rules are.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import pyarrow.compute as pc

from kg.graph.rdf import REVIEW
from kg.graph.statements import ID_SPACE
from kg.model import Record
from kg.model.members import Place, place_of
from kg.model.tables import rows_of
from kg.ontology import load
from kg.pipeline.opened import Opened, one_of
from kg.pipeline.why import Evidence, evidence
from kg.resolve.decisions import FILE, Decision, decision
from kg.resolve.groups import Groups
from kg.text import fold

Row = dict[str, Any]

KINDS: Final = ("paper", "person", "organization", "thing")
"""What people decide about."""

SHOWN: Final = 12
"""So many papers, co-authors, affiliations and topics of a side are told; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whether two sides are one.

    Attributes:
        kind: `paper person organization thing`.
        verdict: What the rules do now: `unsure` leaves the sides apart, `same` has put them together.
        score: How sure they are that the sides are one, 0 to 1.
        rule: The rule or model that judged.
        effect: What hangs on the answer; see the module.
        pairs: How many pairs of members are in doubt between the two.
        left: The member of the first side that was judged.
        right: That of the second.
        sides: The members of both sides.
        evidence: What the judgement rests on.
    """

    kind: str
    verdict: str
    score: float
    rule: str
    effect: float
    pairs: int
    left: str
    right: str
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of a side: title, year, venue, its other authors, and the affiliations of the one in question."""

    path: str
    title: str
    year: int | None
    venue: str
    others: tuple[str, ...]
    affiliations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A name with the number of papers that it stands on, and whether it stands on both sides."""

    name: str
    papers: int
    shared: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question.

    Attributes:
        entity: Path of the entity that it is, or is part of.
        label: What that is called.
        names: How the side's members are printed, the most frequent first.
        papers: Its papers, the latest first; at most `SHOWN`.
        paper_count: How many there are.
        years: First and last year, empty if unknown.
        people: Co-authors, or authors of a paper; at most `SHOWN`.
        affiliations: Affiliations; at most `SHOWN`.
        topics: Topics of its papers; at most `SHOWN`.
    """

    entity: str
    label: str
    names: tuple[str, ...]
    papers: tuple[Paper, ...]
    paper_count: int
    years: tuple[int, ...]
    people: tuple[Listed, ...]
    affiliations: tuple[Listed, ...]
    topics: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A question with both sides told, and the decision that each answer makes."""

    question: Question
    left: Side
    right: Side
    same: Decision
    different: Decision

    def row(self) -> Row:
        """Return it as a row of plain values."""
        q = self.question
        return {
            "kind": q.kind, "verdict": q.verdict, "score": q.score, "effect": round(q.effect, 2), "pairs": q.pairs, "rule": q.rule,
            "evidence": asdict(q.evidence), "left": asdict(self.left), "right": asdict(self.right),
            "left_member": self.same.left, "right_member": self.same.right,
        }  # fmt: skip


def questions(opened: Opened, kind: str | None = None) -> list[Question]:
    """Return what is in doubt in a build, by effect.

    Args:
        opened: The build.
        kind: `paper person organization thing`; None for all.
    """
    entity = {row["member"]: row["entity"] for row in rows_of(opened.table("identity")) if row["kind"] != "cited"}
    members: dict[str, list[str]] = defaultdict(list)
    for member, path in entity.items():
        members[path].append(member)
    edges = _edges(opened)
    judged = opened.rows("judgements", one_of("kind", [kind] if kind else KINDS))
    found = [*_unsure(judged, entity, members), *_weak(judged, entity, members)]
    return sorted((_question(*each, entity, members, edges) for each in found), key=lambda q: (-q.effect, q.kind, q.left, q.right))


def _unsure(judged: Iterable[Row], entity: Mapping[str, str], members: Mapping[str, list[str]]) -> Iterator[tuple[Row, int, Any]]:
    """Yield the surest judgement in doubt between each two entities that nothing tells apart or joins, with its sides."""
    apart: set[tuple[str, str]] = set()
    doubts: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in judged:
        one, other = (_entity(row, side, entity) for side in ("left", "right"))
        between = (min(one, other), max(one, other))
        if row["verdict"] == "different":
            apart.add(between)
        elif row["verdict"] == "unsure" and one != other:
            doubts[between].append(row)
    for between, rows in doubts.items():
        if between not in apart:
            best = max(rows, key=lambda row: (row["score"], row["left"], row["right"]))
            sides = tuple(tuple(sorted(members.get(_entity(best, side, entity), [best[side]]))) for side in ("left", "right"))
            yield best, len(rows), sides


def _weak(judged: Iterable[Row], entity: Mapping[str, str], members: Mapping[str, list[str]]) -> Iterator[tuple[Row, int, Any]]:
    """Yield the merges of little certainty without which an entity would fall apart, with the two parts."""
    same = [row for row in judged if row["verdict"] == "same" and entity.get(row["left"]) == entity.get(row["right"]) is not None]
    doubtful = {entity[row["left"]] for row in same if row["score"] < REVIEW and row["by"] != FILE}
    inside: dict[str, list[Row]] = defaultdict(list)
    for row in same:
        if entity[row["left"]] in doubtful:
            inside[entity[row["left"]]].append(row)
    for path, rows in inside.items():
        tree = _surest_links(rows)
        for row in tree:
            if row["score"] < REVIEW and row["by"] != FILE:
                left = _reached(row["left"], [link for link in tree if link is not row])
                parts = (tuple(sorted(left)), tuple(sorted(set(members[path]) - left)))
                yield row, 1, parts


def _surest_links(rows: Iterable[Row]) -> list[Row]:
    """Return the merges that were needed, the surest first (Kruskal's algorithm): others joined what was one already."""
    groups = Groups()
    ordered = sorted(rows, key=lambda row: (row["by"] != FILE, -row["score"], row["left"], row["right"]))
    return [row for row in ordered if groups.tie(row["left"], row["right"])]


def _reached(start: str, links: Iterable[Row]) -> set[str]:
    """Return the members that links lead to from one."""
    beside: dict[str, list[str]] = defaultdict(list)
    for row in links:
        beside[row["left"]].append(row["right"])
        beside[row["right"]].append(row["left"])
    found, waiting = {start}, [start]
    while waiting:
        more = set(beside[waiting.pop()]) - found
        found |= more
        waiting += more
    return found


def _question(
    row: Row, pairs: int, sides: tuple[tuple[str, ...], tuple[str, ...]], entity: Mapping[str, str],
    members: Mapping[str, list[str]], edges: Mapping[str, int],
) -> Question:  # fmt: skip
    hanging = []
    for side, name in zip(sides, ("left", "right"), strict=True):
        path = _entity(row, name, entity)
        hanging.append(edges.get(path, 0) * len(side) / max(1, len(members.get(path, side))))
    unsure = 1 - abs(2 * row["score"] - 1)
    return Question(
        row["kind"], row["verdict"], row["score"], row["rule"], max(1.0, min(hanging)) * unsure, pairs, row["left"], row["right"],
        sides, evidence(row),
    )  # fmt: skip


def _entity(row: Row, side: str, entity: Mapping[str, str]) -> str:
    """Return the entity of one side of a judgement; a thing that was not merged is its own."""
    return entity.get(row[side], row[side])


def _edges(opened: Opened) -> Counter[str]:
    """Return how many edges each node has, by its path."""
    table = opened.table("edges", ["source", "target"])
    found: Counter[str] = Counter()
    for name in ("source", "target"):
        for counted in pc.value_counts(table[name].combine_chunks()).to_pylist():
            found[counted["values"].removeprefix(opened.base)] += counted["counts"]
    return found


def tell(opened: Opened, asked: Sequence[Question]) -> list[Told]:
    """Return questions with both sides told, with one look at each table for all of them."""
    everybody = sorted({member for each in asked for side in each.sides for member in side})
    anchors = opened.anchors(sorted({member for each in asked for member in (each.left, each.right)}))
    of = {row["member"]: row["entity"] for row in opened.rows("identity", one_of("member", everybody))}
    facts = _Facts(opened, everybody, of)
    found = []
    for each in asked:
        left, right = (facts.side(each, members) for members in each.sides)
        one, other = anchors.get(each.left, each.left), anchors.get(each.right, each.right)
        found.append(Told(
            each, _marked(left, right), _marked(right, left), decision(each.kind, "same", one, other), decision(each.kind, "different", one, other),
        ))  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class _Full:
    """A side with all that is known of it."""

    side: Side
    people: Counter[str]
    affiliations: Counter[str]
    topics: Counter[str]


def _marked(own: _Full, other: _Full) -> Side:
    """Return a side with what it shares with the other marked, and told first."""
    def listed(mine: Counter[str], theirs: Collection[str]) -> tuple[Listed, ...]:
        known = {fold(name) for name in theirs}
        every = [Listed(name, count, fold(name) in known) for name, count in mine.items()]
        return tuple(sorted(every, key=lambda each: (not each.shared, -each.papers, each.name))[:SHOWN])

    return Side(**{
        **{name: getattr(own.side, name) for name in Side.__slots__},
        "people": listed(own.people, other.people), "affiliations": listed(own.affiliations, other.affiliations),
        "topics": listed(own.topics, other.topics),
    })  # fmt: skip


class _Facts:
    """What is known of the members of some questions and their papers."""

    def __init__(self, opened: Opened, members: Sequence[str], entity: Mapping[str, str]) -> None:
        self._base, self._entity = opened.base, entity
        self._records = opened.records(sorted({place_of(member).record for member in members}))
        works = opened.rows("identity", one_of("member", sorted(self._records)) & (pc.field("kind") == "paper"))
        self._work: dict[str, str] = {row["member"]: row["entity"] for row in works}
        paths = sorted(set(self._work.values()) | set(entity.values()) | set(members))
        iris = [self._base + path for path in paths]
        ties = opened.rows("edges", one_of("source", iris) | one_of("target", iris))
        ends = sorted({*iris, *(row[end] for row in ties for end in ("source", "target"))})
        self._nodes = {row["id"].removeprefix(self._base): row for row in opened.rows("nodes", one_of("id", ends))}
        self._from: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._to: dict[str, list[str]] = defaultdict(list)
        for row in ties:
            source, target = (row[end].removeprefix(self._base) for end in ("source", "target"))
            self._from[source].append((row["predicate"], target))
            self._to[target].append(source)

    def side(self, question: Question, members: Sequence[str]) -> _Full:
        """Return what is known of one side of a question."""
        path = self._entity.get(members[0], members[0])
        names: Counter[str] = Counter()
        papers: dict[str, Paper] = {}
        for member in members:
            place = place_of(member)
            record = self._records.get(place.record)
            names[self._printed(member, place, record)] += 1
            if record is not None and record.kind == "paper":
                paper = self._paper(record, place.position if question.kind == "person" else None)
                papers.setdefault(paper.path if question.kind != "paper" else record.id, paper)
        if question.kind == "thing" and not papers:
            papers = {source: self._named(source) for source in sorted(set(self._to[path]))}
        people = Counter(name for paper in papers.values() for name in paper.others)
        affiliations = Counter(name for paper in papers.values() for name in paper.affiliations)
        topics = Counter(self._label(topic) for work in sorted({p.path for p in papers.values()}) for topic in self._topics(work))
        order = sorted(papers.values(), key=lambda paper: (-(paper.year or 0), paper.title, paper.path))
        years = sorted({paper.year for paper in order if paper.year})
        return _Full(
            Side(
                path, self._label(path), tuple(name for name, _ in sorted(names.items(), key=lambda n: (-n[1], n[0]))), tuple(order[:SHOWN]),
                len(order), tuple(dict.fromkeys((years[0], years[-1]))) if years else (), (), (), (),
            ), people, affiliations, topics,
        )  # fmt: skip

    def _printed(self, member: str, place: Place, record: Record | None) -> str:
        """Return how a member is printed: the text of its field, the title of a paper, the label of a thing."""
        if record is None:
            return self._label(member)
        if field := place.field(record):
            return " ".join(field.text.split())
        return self._label(place.within) if place.within else _first(record, "title") or self._label(self._work.get(member, member))

    def _paper(self, record: Record, position: int | None) -> Paper:
        """Return the paper of a record; given the position of the author in question, without that author."""
        path = self._work.get(record.id) or record.id
        node = self._nodes.get(path, {})
        return Paper(
            path, _first(record, "title") or str(node.get("label", "")), _year(record) or node.get("year"), _first(record, "venue"),
            tuple(dict.fromkeys(field.text for field in record.all("author") if field.position != position)),
            tuple(dict.fromkeys(field.text for field in record.all("affiliation") if position is None or field.of in {None, position})),
        )  # fmt: skip

    def _named(self, path: str) -> Paper:
        """Return a paper of which only the node is looked at."""
        node = self._nodes.get(path, {})
        authors = tuple(self._label(target) for predicate, target in self._from[path] if predicate == "dcterms:creator")
        return Paper(path, node.get("label", path), node.get("year"), "", authors, ())

    def _topics(self, work: str) -> Iterator[str]:
        return (target for predicate, target in self._from[work] if predicate in {"dcterms:subject", "kg:hasTopic"})

    def _label(self, path: str) -> str:
        if path in self._nodes:
            return str(self._nodes[path]["label"])
        concept = load().concepts.get(ID_SPACE + path)
        return concept.name if concept else path.partition("/")[2] or path


def _first(record: Record, name: str) -> str:
    """Return the text of a record's first field of one name, on one line; empty without one."""
    field = record.first(name)
    return " ".join(field.text.split()) if field else ""


def _year(record: Record) -> int | None:
    date = next((field.value for field in record.all("date") if field.value), "")
    return int(date[:4]) if date[:4].isdigit() else None


Answer = Callable[[Told, int, int], str]
"""Asks a person: the question, its 0-based number and how many there are; gives one of `s d l u q`."""


def walk(opened: Opened, asked: Sequence[Question], answer: Answer, at_a_time: int = 20) -> tuple[list[Decision], bool]:
    """Walk through questions with a person.

    Args:
        opened: The build.
        asked: The questions.
        answer: Asks the person: `s` same, `d` different, `l` later, `u` undo the last answer, `q` quit.
        at_a_time: How many questions are looked up together.

    Returns:
        What was decided, and whether the person was stopped (Ctrl-C, a terminal that is closed) before the end.
    """
    told: dict[int, Told] = {}
    answers: list[Decision | None] = []
    stopped = False
    try:
        while len(answers) < len(asked):
            place = len(answers)
            if place not in told:
                some = asked[place : place + at_a_time]
                told |= dict(enumerate(tell(opened, some), place))
            said = answer(told[place], place, len(asked))
            if said == "q":
                break
            if said == "u":
                if answers:
                    answers.pop()
            else:
                answers.append({"s": told[place].same, "d": told[place].different}.get(said))
    except KeyboardInterrupt:
        stopped = True
    return [each for each in answers if each], stopped
