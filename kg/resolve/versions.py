"""Which records of a paper describe the same version of it: the preprint and its revisions, the conference paper, the article.

A record describes one version. `form` reads from the record alone which kind that is; `group` puts the records of one paper
together. Two records of one kind are one version unless they are at odds in both venue and year and share no identifier:
venues and years are printed in too many ways for one of them to tell two versions apart. Revisions of a preprint are
versions of their own where a source gives their number. A record that does not say what it describes joins the version that
it agrees with (identifier, venue and year, text, date), the surest first, or any that it does not contradict; if its text
or year contradicts them all, it is a version of which the kind is not specified.

What a record only points to (the journal reference in an arXiv listing) is no version: no record describes it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count
from typing import Final, NamedTuple

import numpy as np

from kg.ids import OF_WORKS, of_preprint
from kg.model import Judgement, Record
from kg.model.versions import KINDS, version_member
from kg.resolve.papers import TELLING, Features
from kg.resolve.papers.form import JOURNAL, WORKSHOP, form, plain

__all__ = ["Copy", "Edition", "Named", "Version", "edition", "form", "group", "named", "rows", "venue_key"]

_SAME_MEETING: Final = (
    ("neurips", re.compile(r"\b(?:nips|neurips)\b|neural information processing systems")),
    ("icml", re.compile(r"\bicml\b|international conference on machine learning$|international conference on machine learning\b(?! and)")),
    ("iclr", re.compile(r"\biclr\b|conference on learning representations")),
    ("wacv", re.compile(r"\bwacv\b|winter conference on applications of computer vision")),
    ("cvpr", re.compile(r"\bcvpr\b|computer vision and pattern recognition")),
    ("eccv", re.compile(r"\beccv\b|european conference on computer vision")),
    ("iccv", re.compile(r"\biccv\b|international conference on computer vision\b(?! theory| systems)")),
    ("naacl", re.compile(r"\bnaacl\b|north american chapter of the association for computational")),
    ("emnlp", re.compile(r"\bemnlp\b|empirical methods in natural language")),
    ("aaai", re.compile(r"\baaai\b")),
    ("ijcai", re.compile(r"\bijcai\b|international joint conferences? on artificial intelligence")),
    ("aistats", re.compile(r"\baistats\b|artificial intelligence and statistics")),
    ("icra", re.compile(r"\bicra\b|conference on robotics and automation")),
    ("iros", re.compile(r"\biros\b|conference on intelligent robots and systems")),
    ("kdd", re.compile(r"\bsigkdd\b|\bkdd\b|knowledge discovery (?:and|&) data mining$")),
    ("acl", re.compile(r"\bacl\b|meeting of the association for computational linguistics")),
)  # fmt: skip
"""Conferences that sources name in several ways."""

_NO_NAME: Final = re.compile(r"(?:[0-9]+(?:st|nd|rd|th)?|first|second|third|annual|proceedings|proc|of|the|in|on|and|for|a|ieee|acm|ieee cvf|vol|volume|pp)")
_ORDER: Final = {kind: place for place, kind in enumerate(KINDS)}
_UNKNOWN_YEAR: Final = 9999
_SAME_SHARE: Final = 0.9
"""Abstracts that share this much of their runs of four words are one text: a sentence more or less makes another."""


@lru_cache(maxsize=1 << 14)
def venue_key(text: str) -> str:
    """Return a key under which spellings of a venue meet.

    >>> venue_key("NIPS 2017"), venue_key("Advances in Neural Information Processing Systems 30")
    ('neurips', 'neurips')
    >>> venue_key("Proceedings of the 5th Symposium on Tea")
    'symposium tea'
    """
    name = plain(text)
    if not WORKSHOP.search(name) and not JOURNAL.search(name):
        for key, pattern in _SAME_MEETING:
            if pattern.search(name):
                return key
    return " ".join(word for word in name.split() if not _NO_NAME.fullmatch(word)) or name


class Edition(NamedTuple):
    """What the grouping looks at in one record, besides its features: kind and number of its form, venue's key, year, ISO date."""

    kind: str
    number: int | None
    venue: str
    year: int | None
    date: str


def edition(record: Record) -> Edition:
    """Return what the grouping looks at in one record."""
    told = form(record)
    venue = record.first("venue")
    date = next((field.value for field in record.all("date") if field.value), "")
    return Edition(told.kind, told.number, venue_key(venue.text) if venue else "", int(date[:4]) if date else None, date)


@dataclass(frozen=True, slots=True)
class Copy:
    """One record of a paper: what identity looks at in it, and which version it says to be."""

    features: Features
    edition: Edition

    @property
    def record(self) -> str:
        """Its id."""
        return self.features.record

    @property
    def identifiers(self) -> frozenset[str]:
        """The identifiers that are of its version, as far as its form tells."""
        ours = (each for each in self.features.identifiers if each.partition(":")[0] not in OF_WORKS)
        if self.edition.kind == "unspecified":
            return frozenset(ours)
        return frozenset(each for each in ours if of_preprint(each) == (self.edition.kind == "preprint"))


@dataclass(slots=True)
class Version:
    """Records that describe one version.

    Attributes:
        kind: One of `KINDS`.
        number: Of a numbered preprint.
        copies: The records.
        why: Record to how it came to the others, rule and score; of the first that made the version there is nothing to say.
    """

    kind: str
    number: int | None
    copies: list[Copy]
    why: dict[str, tuple[str, float]]

    @property
    def year(self) -> int:
        """The first year that its records give, `_UNKNOWN_YEAR` without one."""
        return min((c.edition.year for c in self.copies if c.edition.year), default=_UNKNOWN_YEAR)


def group(copies: Iterable[Copy]) -> list[Version]:
    """Put the records of one paper together into its versions, in the order of kind, number and year.

    The result does not depend on the order of the records: who describes a version well makes it, in the order of ids; the
    rest is compared with what these have made, never with each other's company.
    """
    ordered = sorted(copies, key=lambda copy: copy.record)
    if len(ordered) == 1:
        return [_alone(ordered[0])]
    numbered = [c for c in ordered if c.edition.number]
    loose = [c for c in ordered if c.edition.kind == "preprint" and not c.edition.number]
    made = [_joined([c for c in numbered if c.edition.number == n], "version-number") for n in sorted({c.edition.number or 0 for c in numbered})]
    if loose and not numbered:
        made.append(_joined(loose, "same-kind"))
        loose = []
    for kind in KINDS:
        if kind not in {"preprint", "publication", "unspecified"}:
            made += _apart([c for c in ordered if c.edition.kind == kind])
    # A preprint without number stands for the last version, unless it agrees with another.
    _attach(loose, [v for v in reversed(made) if v.kind == "preprint"], made)
    _attach([c for c in ordered if c.edition.kind == "publication"], [v for v in made if v.kind != "preprint"], made)
    _attach([c for c in ordered if c.edition.kind == "unspecified"], list(made), made)
    return sorted(made, key=lambda v: (_ORDER[v.kind], v.number or 0, v.year, min(copy.record for copy in v.copies)))


def _alone(copy: Copy) -> Version:
    return Version(copy.edition.kind, copy.edition.number, [copy], {})


def _joined(copies: Sequence[Copy], rule: str) -> Version:
    first, *others = copies
    return Version(first.edition.kind, first.edition.number, list(copies), {other.record: (rule, 0.95) for other in others})


def _apart(copies: Sequence[Copy]) -> list[Version]:
    """Return the versions of records of one kind: those that share something are one, and so are those that nothing tells apart."""
    found: list[list[Copy]] = []
    for copy in copies:
        near = [part for part in found if any(_share(copy, other) for other in part)]
        found = [part for part in found if part not in near] + [[copy, *(c for part in near for c in part)]]
    parts = sorted((sorted(part, key=lambda c: c.record) for part in found), key=lambda part: part[0].record)
    made: list[Version] = []
    for part in parts:
        home = next((v for v in made if not _at_odds(v.copies, part)), None)
        if home is None:
            made.append(_joined(part, "same-kind"))
        else:
            home.copies += part
            home.why |= {copy.record: ("same-kind", 0.8) for copy in part}
    return made


def _share(one: Copy, other: Copy) -> bool:
    """Tell whether two records of one kind share an identifier, venue or year."""
    a, b = one.edition, other.edition
    return not one.identifiers.isdisjoint(other.identifiers) or (a.venue == b.venue != "") or (a.year == b.year is not None)


def _at_odds(one: Sequence[Copy], other: Sequence[Copy]) -> bool:
    """Tell whether two groups that share nothing both say where and when."""
    return all(any(getattr(c.edition, name) for c in part) for name in ("venue", "year") for part in (one, other))


def _attach(copies: Sequence[Copy], among: Sequence[Version], made: list[Version]) -> None:
    """Put each record to the version that it agrees with best; those that agree with none make versions of their own."""
    seeds = [(version, list(version.copies)) for version in among]
    left: list[Copy] = []
    for copy in copies:
        found = [_agreement(copy, members) for _, members in seeds]
        score, rule = max(found, default=(0.0, ""), key=lambda each: each[0])
        if score:
            home = seeds[found.index((score, rule))][0]
            home.copies.append(copy)
            home.why[copy.record] = (rule, score)
        else:
            left.append(copy)
    while left:
        # What contradicts all others: the first makes a version, to which the others are compared in their turn.
        first, *rest = left
        version = _alone(first)
        made.append(version)
        left = []
        for copy in rest:
            score, rule = _agreement(copy, [first])
            if score:
                version.copies.append(copy)
                version.why[copy.record] = (rule, score)
            else:
                left.append(copy)


def _agreement(copy: Copy, members: Sequence[Copy]) -> tuple[float, str]:
    """Return how sure it is that a record describes the version that others do, and why; 0 where it contradicts them."""
    return max(_likeness(copy, other) for other in members)


def _likeness(one: Copy, other: Copy) -> tuple[float, str]:
    a, b = one.edition, other.edition
    # The revisions of a preprint share its identifier and its server.
    whole = a.number is None and b.number is None
    if whole and not one.identifiers.isdisjoint(other.identifiers):
        return 0.95, "same-identifier"
    years = a.year is not None and b.year is not None
    venues = bool(whole and a.venue and b.venue)
    if venues and a.venue == b.venue and a.year == b.year:
        return 0.9, "same-venue-and-year"
    texts = _same_text(one.features, other.features)
    if texts:
        return 0.9, "same-text"
    if a.date and a.date == b.date and len(a.date) > len("2022"):
        return 0.85, "same-date"
    months = one.features.month is not None and one.features.month == other.features.month
    if months:
        return 0.75, "same-month"
    if years and a.year != b.year:
        return 0.0, "another-year"
    if texts is False:
        return 0.0, "another-text"
    if venues and a.venue == b.venue:
        return 0.7, "same-venue"
    if years and not venues:
        return 0.6, "same-year"
    return (0.0, "another-venue") if venues else (0.5, "nothing-apart")


def _same_text(left: Features, right: Features) -> bool | None:
    """Tell whether two abstracts are one, up to a tenth of their runs of four words; None where one is missing."""
    if min(len(left.words), len(right.words)) < TELLING:
        return None
    if np.array_equal(left.words, right.words):
        return True
    both = len(np.intersect1d(left.shingles, right.shingles, assume_unique=True))
    every = len(left.shingles) + len(right.shingles) - both
    return both >= _SAME_SHARE * every



class Named(NamedTuple):
    """A version with the path that it has in the graph."""

    path: str
    version: Version


def named(paper: str, versions: Sequence[Version]) -> Iterator[Named]:
    """Yield the versions of a paper with their paths, which are readable and, but for several of a kind, told by the kind alone.

    Args:
        paper: Path of the paper.
        versions: Its versions, as `group` orders them.
    """
    step = paper.partition("/")[2]
    taken: set[str] = set()
    for version in versions:
        plain = f"version/{step}v{version.number}" if version.number else f"version/{step}-{version.kind}"
        dated = [f"{plain}-{version.year}"] if version.year != _UNKNOWN_YEAR else []
        path = next(each for each in chain([plain], dated, (f"{plain}-{n}" for n in count(2))) if each not in taken)
        taken.add(path)
        yield Named(path, version)


def rows(papers: Iterable[tuple[str, Sequence[Copy]]]) -> tuple[list[dict[str, str]], list[Judgement]]:
    """Return the identity rows of the versions of papers, and the judgements behind those that several records describe.

    Args:
        papers: Path of each paper, and its records.
    """
    found: list[dict[str, str]] = []
    judged: list[Judgement] = []
    for paper, copies in papers:
        for path, version in named(paper, group(copies)):
            found += [{"kind": "version", "member": version_member(copy.record), "entity": path} for copy in version.copies]
            judged += _judgements(version)
    return sorted(found, key=lambda row: row["member"]), sorted(judged, key=lambda j: (j.left, j.right))


def _judgements(version: Version) -> Iterator[Judgement]:
    """Yield how the records of a version came together: each with the first of those that made it."""
    first = next(copy.record for copy in version.copies if copy.record not in version.why)
    for record, (rule, score) in sorted(version.why.items()):
        left, right = sorted((version_member(first), version_member(record)))
        yield Judgement("version", left, right, "same", score, rule, {"form": KINDS[version.kind][0]})
