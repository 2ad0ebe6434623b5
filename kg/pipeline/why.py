"""Why a node or an edge is in the graph: the passages that carry it, and the merges behind it."""

import heapq
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow.compute as pc

from kg.errors import UsageError
from kg.model.members import place_of
from kg.ontology import PREFIXES
from kg.pipeline.opened import Opened
from kg.text import fold


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something was read.

    Attributes:
        subject: Path of the subject, below the base IRI.
        predicate: Compact IRI.
        value: Path of the object, or a literal's text.
        document: Name of the file.
        line: 1-based line.
        record: Id of the record.
        field: Name of the field.
        start: Offset in the document's text, in code points; None where the file encodes the field.
        end: Offset behind the last code point.
        quote: The exact characters.
        before: What stands before it in its sentence.
        after: What stands behind it in its sentence.
        by: The rule or reader that found it.
        score: How sure, 0 to 1.
    """

    subject: str
    predicate: str
    value: str
    document: str
    line: int
    record: str
    field: str
    start: int | None
    end: int | None
    quote: str
    before: str
    after: str
    by: str
    score: float


def passages(opened: Opened, subject: str, predicate: str | None = None, value: str | None = None) -> list[Passage]:
    """Return the passages behind a node (statements about it or that lead to it) or an edge.

    Args:
        opened: The build.
        subject: IRI of a node.
        predicate: Compact or full IRI, or its name without prefix, such as `cites`, in any case; None for all.
        value: What the object is called: a literal as it is, or a node in any way that `Opened.meant` knows; None for all.

    Raises:
        UsageError: If the value names several nodes here, and the edges do not tell which is meant.
    """
    found = _told(opened, opened.path(subject), predicate)
    return found if value is None else _leading_to(opened, found, value)


def _leading_to(opened: Opened, found: list[Passage], text: str) -> list[Passage]:
    """Return the passages whose object is a literal like the text, or one of the nodes that the text can mean."""
    literal = [passage for passage in found if fold(passage.value) == fold(text)]
    if literal or not found:
        return literal
    try:
        meant = {opened.path(iri) for iri in opened.meant(text)}
    except UsageError:
        return []  # what is called like nothing here is no object either
    led = [passage for passage in found if passage.value in meant]
    if len(meant) > 1 and len({passage.value for passage in led}) != 1:
        opened.find(text)  # tells which there are
    return led


def _told(opened: Opened, path: str, predicate: str | None) -> list[Passage]:
    """Return the passages behind a node, or behind what a predicate says of it."""
    wanted = compact(predicate).lower() if predicate else None
    about = pc.field("subject") == path
    if predicate is None:
        about |= pc.field("object") == path
    rows = [
        row for row in opened.rows("statements", about)
        if wanted is None or wanted in _names(row["predicate"]) | _names(row["said"])
    ]  # fmt: skip
    found = [_passage(row, opened) for row in rows]
    return sorted(found, key=lambda p: (p.predicate, p.value, p.document, p.start or 0, p.record))


def compact(predicate: str) -> str:
    """Return a predicate as compact IRI, or as it is where it has neither namespace nor prefix.

    >>> compact("http://purl.org/dc/terms/title"), compact("<kg:usesDataset>"), compact("usesDataset")
    ('dcterms:title', 'kg:usesDataset', 'usesDataset')
    """
    plain = predicate.strip("<>")
    for prefix, namespace in PREFIXES.items():
        if plain.startswith(namespace):
            return f"{prefix}:{plain.removeprefix(namespace)}"
    return plain


def _names(predicate: str) -> set[str]:
    """Return what a person may call a predicate: its compact IRI, and its name alone, in small letters."""
    plain = predicate.lower()
    return {plain, plain.partition(":")[2]}


def _passage(row: dict[str, Any], opened: Opened) -> Passage:
    return Passage(
        subject=row["subject"], predicate=row["predicate"], value=row["object"], document=opened.documents[row["document"]],
        line=row["line"], record=row["record"], field=row["field"] or "record", start=row["start"], end=row["end"],
        quote=row["quote"] or "", before=row["before"] or "", after=row["after"] or "", by=f"{row['by']} (kg {opened.run['kg']})", score=row["score"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a judgement rests on.

    Attributes:
        weights: Features and how much each speaks for (above 0) or against (below 0), the strongest first. Models weigh in
            log-odds (natural logarithm): the sum is how much more likely the evidence makes it that both are one.
        facts: What else the rule tells, for instance which co-authors are shared, or a person's note.
        total: The sum of the weights, None without any.
        prior: The log-odds that the rule started from, as far as the score tells it: those of the score less the sum.
    """

    weights: tuple[tuple[str, float], ...]
    facts: tuple[tuple[str, str], ...]
    total: float | None
    prior: float | None


_WEIGHT: Final = re.compile(r"[+-][0-9]+\.[0-9]{2}")
"""A weight as the table of judgements holds it, told from a fact."""


def evidence(row: Mapping[str, Any]) -> Evidence:
    """Return the evidence of a row of the table of judgements."""
    weights = [(name, float(value)) for name, value in row["evidence"] if _WEIGHT.fullmatch(value)]
    facts = tuple((name, value) for name, value in row["evidence"] if not _WEIGHT.fullmatch(value))
    total = round(sum(value for _, value in weights), 2) if weights else None
    inner = 0 < row["score"] < 1
    prior = round(math.log(row["score"] / (1 - row["score"])) - total, 2) if inner and total is not None else None
    return Evidence(tuple(sorted(weights, key=lambda each: (-abs(each[1]), each[0]))), facts, total, prior)


@dataclass(frozen=True, slots=True)
class Member:
    """What was taken for an entity, or for part of it.

    Attributes:
        key: Its key in the tables.
        anchor: What a decisions file calls it, and `kg split`.
        place: Where it was read, as `file:line`; empty for a thing, which is read in many places.
        name: How it is printed there.
    """

    key: str
    anchor: str
    place: str
    name: str


def members(opened: Opened, keys: Sequence[str]) -> dict[str, Member]:
    """Return members by their keys."""
    places = {key: place_of(key) for key in keys}
    records = opened.records(sorted({place.record for place in places.values()}))
    anchors = opened.anchors(list(keys))
    found = {}
    for key, place in places.items():
        record = records.get(place.record)
        if record is None:
            found[key] = Member(key, anchors.get(key, key), "", key)
            continue
        field = place.field(record) if place.within else None
        line, named = field.line if field else record.line, field if place.within else record.first("title")
        name = " ".join(named.text.split()) if named else place.within
        found[key] = Member(key, anchors.get(key, key), f"{opened.documents[record.document]}:{line}", name)
    return found


def chain(rows: list[dict[str, Any]], start: str, end: str) -> list[dict[str, Any]]:
    """Return the judgements on the strongest way from one member to another: the one with the highest product of scores.

    Args:
        rows: Rows of the table of judgements; those that say `same` count.
        start: Key of a member.
        end: Key of another.

    Returns:
        The judgements along the way (Dijkstra's algorithm on the negative logarithms of their scores); empty without one.
    """
    beside: dict[str, list[tuple[str, dict[str, Any]]]] = defaultdict(list)
    for row in rows:
        if row["verdict"] == "same":
            beside[row["left"]].append((row["right"], row))
            beside[row["right"]].append((row["left"], row))
    came: dict[str, tuple[str, dict[str, Any]] | None] = {}
    number = 0
    waiting: list[tuple[float, int, str, tuple[str, dict[str, Any]] | None]] = [(0.0, 0, start, None)]
    while waiting and end not in came:
        cost, _, member, step = heapq.heappop(waiting)
        if member in came:
            continue
        came[member] = step
        for other, row in sorted(beside[member], key=lambda way: (-way[1]["score"], way[0])):
            number += 1
            heapq.heappush(waiting, (cost - math.log(max(row["score"], 1e-9)), number, other, (member, row)))
    way = []
    while step := came.get(end):
        way.append(step[1])
        end = step[0]
    return way[::-1]
