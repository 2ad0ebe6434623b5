"""Where sources say different things of one paper: what each says, where it says so, and in which words they differ.

Only papers that several records describe are looked at. What differs in capitals, accents and punctuation alone agrees, and
so do a year and a day in it, a full name and its initials, a cut author list and the whole one. Sources that describe
different versions of a paper may well differ, and both be right: such disagreements are marked.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, groupby
from operator import attrgetter
from typing import Any, Final, NamedTuple

from kg.engine.local import LocalEngine
from kg.graph.assemble import RESOLVED
from kg.graph.view import identifier_of
from kg.model.tables import IDENTITY
from kg.names import Name, compatible, parse
from kg.pipeline.opened import Opened
from kg.resolve.versions import venue_key
from kg.text import fold

Row = dict[str, Any]

ABOUT: Final = ("title", "authors", "date", "venue", "identifier", "abstract")
"""What sources can disagree about, in the order in which it is told."""


class Change(NamedTuple):
    """Words that two texts have in common (` `), or that only the first (`-`) or the second (`+`) has."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one record says.

    Attributes:
        value: What it says, as printed; the authors of a list one after the other.
        document: Name of the file.
        line: Where in it, from 1.
        record: Id of the record.
        version: Path of the version that the record describes.
        variant: Claims of one number agree; 1 is what most say.
        changes: How it differs, word by word, from the first claim of the disagreement; empty where it does not.
    """

    value: str
    document: str
    line: int
    record: str
    version: str
    variant: int = 1
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One thing about which sources disagree.

    Attributes:
        paper: Path of the paper.
        title: What the paper is called in the graph.
        about: One of `ABOUT`.
        kind: In which way: the scheme of an identifier, or whether author lists differ in number, order or names.
        across_versions: Whether only records of different versions disagree.
        claims: What is said, by variant, value and place.
    """

    paper: str
    title: str
    about: str
    kind: str
    across_versions: bool
    claims: tuple[Claim, ...]

    def as_row(self) -> Row:
        """Return it as plain values, for JSON."""
        claims = [asdict(claim) | {"changes": [change._asdict() for change in claim.changes]} for claim in self.claims]
        return asdict(self) | {"claims": claims}


def disagreements(opened: Opened, paper: str | None = None) -> list[Disagreement]:
    """Return where sources disagree, by paper.

    Args:
        opened: The build.
        paper: IRI of the only paper wanted; None for all.
    """
    found = [
        each for (path, about), rows in groupby(_told(opened, paper), key=lambda row: (row["paper"], row["about"]))
        if (each := _JUDGES[about](path, list(rows)))
    ]  # fmt: skip
    labels = _labels(opened, {opened.base + each.paper for each in found})
    order = sorted(found, key=lambda each: (each.paper, ABOUT.index(each.about), each.kind))
    return [replace(each, title=labels.get(opened.base + each.paper, each.paper)) for each in order]


def _labels(opened: Opened, wanted: set[str]) -> dict[str, str]:
    nodes = opened.table("nodes", ["id", "label"])
    return {iri: label for iri, label in zip(nodes["id"].to_pylist(), nodes["label"].to_pylist(), strict=True) if iri in wanted}


def _told(opened: Opened, paper: str | None) -> Iterator[Row]:
    """Yield what is said differently, at first sight, of papers with several records; by paper and what it is about."""
    path = opened.path(paper).replace("'", "''") if paper else ""
    with LocalEngine() as engine:
        tables = {name: engine.read([opened.file(name)], schema) for name, schema in (("statements", RESOLVED), ("identity", IDENTITY))}
        for batch in engine.sql(_TOLD.format(only=f"AND entity = '{path}'" if path else ""), **tables):
            for row in batch.to_pylist():
                yield row | {"document": opened.documents[row["document"]]}


# The keys leave out what is no difference to anybody; what else is none is decided on the few rows that are left.
_TOLD: Final = r"""
WITH papers AS (
  SELECT entity FROM identity WHERE kind = 'paper' {only} GROUP BY entity HAVING count(*) > 1
), records AS (
  SELECT i.member AS record, i.entity AS paper, v.entity AS version
  FROM identity i JOIN papers p ON p.entity = i.entity
  LEFT JOIN identity v ON v.kind = 'version' AND v.member = 'version|' || i.member
  WHERE i.kind = 'paper'
), plain AS (
  SELECT r.paper, r.version, s.record, s.document, s.line,
         CASE s.predicate WHEN 'dcterms:title' THEN 'title' WHEN 'dcterms:abstract' THEN 'abstract' WHEN 'kg:venue' THEN 'venue'
                          WHEN 'kg:hasIdentifier' THEN 'identifier' ELSE 'date' END AS about,
         CASE s.predicate WHEN 'kg:hasIdentifier' THEN split_part(substr(s.object, 12), '-', 1) ELSE '' END AS kind,
         s.object AS value, 0 AS position, '' AS slot, false AS cut
  FROM statements s JOIN records r ON r.record = s.record AND r.paper = s.subject
  WHERE s.predicate IN ('dcterms:title', 'dcterms:abstract', 'kg:venue', 'kg:hasIdentifier', 'dcterms:issued', 'kg:year')
    AND s."by" <> 'year-of-arxiv-id'
), lists AS (
  SELECT s.record, bool_or(s.object = 'false') AS cut FROM statements s WHERE s.predicate = 'kg:authorListComplete' GROUP BY s.record
), authors AS (
  SELECT r.paper, r.version, s.record, s.document, s.line, 'authors' AS about, '' AS kind, s.quote AS value,
         CAST(s.object AS INTEGER) AS position, s.subject AS slot, coalesce(l.cut, false) AS cut
  FROM statements s JOIN records r ON r.record = s.record LEFT JOIN lists l ON l.record = s.record
  WHERE s.predicate = 'kg:position'
), told AS (SELECT * FROM plain UNION ALL SELECT * FROM authors),
whole AS (
  SELECT paper, about, kind, record,
         string_agg(regexp_replace(lower(strip_accents(value)), '[^\p{{L}}\p{{N}}]+', '', 'g'), ' ' ORDER BY position, value) AS said
  FROM told GROUP BY paper, about, kind, record
), several AS (
  SELECT paper, about, kind FROM whole GROUP BY paper, about, kind HAVING count(DISTINCT said) > 1
)
SELECT t.* FROM told t JOIN several USING (paper, about, kind)
ORDER BY t.paper, t.about, t.kind, t.record, t.position, t.line, t.value
"""


def _single(about: str, same: Callable[[str, str], bool], *, words: bool = False) -> Callable[[str, list[Row]], Disagreement | None]:
    """Return what judges the claims on something that has one value a record."""
    def judge(paper: str, rows: list[Row]) -> Disagreement | None:
        return _disagreement(paper, about, "", [_claim(row) for row in rows], same, words=words)

    return judge


def _dates(paper: str, rows: list[Row]) -> Disagreement | None:
    """Judge dates: of a record that says the day, the year is not looked at."""
    days = {row["record"] for row in rows if len(row["value"]) > len("2022")}
    kept = [row for row in rows if len(row["value"]) > len("2022") or row["record"] not in days]
    return _disagreement(paper, "date", "", [_claim(row) for row in kept], _same_date)


def _identifiers(paper: str, rows: list[Row]) -> Disagreement | None:
    """Judge identifiers scheme by scheme; records that share one do not disagree."""
    for scheme, some in groupby(rows, key=lambda row: str(row["kind"])):
        claims = [replace(_claim(row), value=_bare(row["value"])) for row in some]
        of_record = {record: {c.value for c in claims if c.record == record} for record in {c.record for c in claims}}
        if any(one.isdisjoint(other) for one, other in combinations(of_record.values(), 2)):
            return _disagreement(paper, "identifier", scheme, claims, str.__eq__)
    return None


def _bare(path: str) -> str:
    return identifier_of(path) or path


def _authors(paper: str, rows: list[Row]) -> Disagreement | None:
    """Judge author lists."""
    lists = {record: list(some) for record, some in groupby(rows, key=lambda row: str(row["record"]))}
    claims: list[Claim] = []
    told: dict[str, list[Row]] = {}
    for some in lists.values():
        value = ", ".join(row["value"] for row in some) + (" et al." if some[0]["cut"] else "")
        claims.append(replace(_claim(some[0]), value=value))
        told.setdefault(value, some)
    found = _disagreement(paper, "authors", "", claims, lambda one, other: _same_list(told[one], told[other]))
    if found is None:
        return None
    first, *others = dict.fromkeys(claim.value for claim in found.claims)
    differing = next(other for other in others if not _same_list(told[first], told[other]))
    return replace(found, kind=_list_kind(told[first], told[differing]))


def _same_list(one: Sequence[Row], other: Sequence[Row]) -> bool:
    """Tell whether two author lists are the same people in the same order, as far as both go."""
    if len(one) != len(other) and not (one[0]["cut"] or other[0]["cut"]):
        return False
    if (len(one) > len(other) and not other[0]["cut"]) or (len(other) > len(one) and not one[0]["cut"]):
        return False
    return all(compatible(_parsed(a["value"]), _parsed(b["value"])) for a, b in zip(one, other, strict=False))


@lru_cache(maxsize=1 << 16)
def _parsed(name: str) -> Name:
    return parse(name)


def _list_kind(one: Sequence[Row], other: Sequence[Row]) -> str:
    if sorted(row["slot"] for row in one) == sorted(row["slot"] for row in other):
        same = [row["slot"] for row in one] == [row["slot"] for row in other]
        return "names" if same else "order"
    return "number" if len(one) != len(other) and not (one[0]["cut"] or other[0]["cut"]) else "names"


def _claim(row: Row) -> Claim:
    return Claim(row["value"], row["document"], row["line"], row["record"], row["version"] or "")


def _disagreement(
    paper: str, about: str, kind: str, claims: Iterable[Claim], same: Callable[[str, str], bool], *, words: bool = False
) -> Disagreement | None:  # fmt: skip
    """Return the disagreement of claims, if two of different records are not the same."""
    told = sorted(claims, key=attrgetter("value", "document", "line", "record"))
    variants: list[list[Claim]] = []
    for value, some in groupby(told, key=attrgetter("value")):
        home = next((v for v in variants if all(same(value, c.value) for c in v)), None)
        if home is None:
            variants.append(list(some))
        else:
            home += some
    records = [{claim.record for claim in variant} for variant in variants]
    if not any(one - other and other - one for one, other in combinations(records, 2)):
        return None
    order = sorted(variants, key=lambda variant: (-len(variant), variant[0].value))
    versions = [{claim.version for claim in variant} for variant in variants]
    apart = all(one.isdisjoint(other) for one, other in combinations(versions, 2))
    first = order[0][0].value
    listed = [replace(claim, variant=number) for number, variant in enumerate(order, 1) for claim in variant]
    if words:
        differing = {claim.value: differences(first, claim.value) for variant in order[1:] for claim in variant}
        listed = [replace(claim, changes=differing.get(claim.value, ())) for claim in listed]
    return Disagreement(paper, "", about, kind, apart, tuple(listed))


_WORD: Final = re.compile(r"\S+")
_LONGEST: Final = 5_000
"""Words of the longest text that is compared word by word: the time grows with their square."""


def differences(one: str, other: str) -> tuple[Change, ...]:
    """Return how a text becomes another, word by word.

    >>> differences("the cat sat", "the big cat sat down")
    (Change(mark=' ', words='the'), Change(mark='+', words='big'), Change(mark=' ', words='cat sat'), Change(mark='+', words='down'))
    """
    left, right = _WORD.findall(one), _WORD.findall(other)
    if max(len(left), len(right)) > _LONGEST:
        return tuple(Change(mark, " ".join(part)) for mark, part in (("-", left), ("+", right)) if part)
    found: list[Change] = []
    for op, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Change(" ", " ".join(left[a:b])))
            continue
        found += [Change(mark, " ".join(part)) for mark, part in (("-", left[a:b]), ("+", right[c:d])) if part]
    return tuple(found)


def _same_words(one: str, other: str) -> bool:
    """Tell whether texts are the same but for capitals, accents, punctuation and blanks."""
    return _key(one) == _key(other)


@lru_cache(maxsize=1 << 12)
def _key(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())


def _same_date(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _same_venue(one: str, other: str) -> bool:
    return _key(one) == _key(other) or (venue_key(one) == venue_key(other) != "")


_JUDGES: Final[dict[str, Callable[[str, list[Row]], Disagreement | None]]] = {
    "title": _single("title", _same_words, words=True), "authors": _authors, "date": _dates,
    "venue": _single("venue", _same_venue), "identifier": _identifiers, "abstract": _single("abstract", _same_words, words=True),
}  # fmt: skip
"""What judges the claims on each thing of `ABOUT`."""
