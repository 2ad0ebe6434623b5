"""One name that several papers gave to different things: which things there are, and which one a paper means.

A paper *claims* a name where its title begins with it (*FooNet: Learning to ...*) or its abstract introduces it. Two
papers that claim one name mean one thing where they share an author, where one cites the other, or where both spell the
name out alike; else two. The first sense of a name is nobody's by right: each gets a name with what tells it apart in
brackets, and the bare name remains for papers that do not say which they mean.

What a paper means that only uses the name, its surroundings say: how it spells the name out, who wrote it, what it cites,
what else it names, and its words. The weights are in log-odds, as in `kg.resolve.papers`.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Final

from kg.model import Judgement
from kg.resolve import cluster
from kg.text import distinct_slug, words

MANY: Final = 60
"""A name that more papers claim is a common notion rather than that of so many things."""

MEANT: Final = 0.9
"""From these log-odds on, a paper is taken to mean one sense, if the next is no nearer than `AHEAD`."""

AHEAD: Final = 0.8

UNLIKE: Final = 0.08
"""Texts with less in common are about different things."""

SHARED: Final = 0.3
"""Titles that share no more of the words of the shorter one are those of papers on different things."""

_QUALIFIER: Final = 48
"""So many characters tell one sense from another at most."""

LOOSE: Final = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "through", "to", "towards", "using", "via", "with"})
"""Words that neither begin nor end what a name is short for."""

_SPELT, _CITED, _WRITTEN, _CASE, _NEAR, _WORDS = 6.0, 5.0, 3.0, 0.4, 2.5, 14.0
_PRIOR: Final = -1.5


@dataclass(frozen=True, slots=True)
class Use:
    """One name in one record.

    Attributes:
        record: The record.
        work: The paper that it is.
        anchor: Hash of the record's content.
        path: Path of the bare name.
        name: How the record writes it, its most telling form.
        claims: Whether the record introduces a thing by this name.
        heads: Whether its title begins with the name and a colon or dash.
        study: Whether such a title is that of a study of something known.
        title: Its title, of one that begins with the name the rest.
        meant: What the record says the name is short for, or an empty string.
        people: Its authors, as entities.
        cites: The papers that it cites.
        near: Paths of the other things that it names.
        words: The words of its title and abstract.
    """

    record: str
    work: str
    anchor: str
    path: str
    name: str
    claims: bool
    heads: bool
    study: bool
    title: str
    meant: str
    people: frozenset[str] = frozenset()
    cites: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sense:
    """One of the things that bear a name.

    Attributes:
        name: The name with what tells this thing from its namesakes in brackets; of an abbreviation, what it is short for.
        claims: Some of the records that introduce or define it, in the order of their contents.
        known: Its path, if it has one already.
    """

    name: str
    claims: tuple[Use, ...] = field(repr=False)
    known: str = ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a record means by a name: the place of the sense among those of its path, and why."""

    use: Use
    sense: int
    score: float
    rule: str
    evidence: dict[str, float | str]


class Rarity:
    """How telling words and things are, by how many records have them.

    Args:
        sets: The words, or the things, of each record.
    """

    def __init__(self, sets: Iterable[frozenset[str]]) -> None:
        every = list(sets)
        counts = Counter(word for each in every for word in each)
        self._weights = {word: math.log((1 + len(every)) / count) ** 2 for word, count in counts.items()}
        self._norms: dict[frozenset[str], float] = {}

    def likeness(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Return the cosine of two sets weighted by rarity, 0 to 1."""
        shared = self._sum(one & other)
        return shared / math.sqrt(self._norm(one) * self._norm(other)) if shared else 0.0

    def _norm(self, of: frozenset[str]) -> float:
        if of not in self._norms:
            self._norms[of] = self._sum(of)
        return self._norms[of]

    def _sum(self, of: frozenset[str]) -> float:
        # An exact sum, because the order of a set is another in each process.
        return math.fsum(map(self._weights.__getitem__, of))


def senses(uses: Sequence[Use], rarity: Rarity, defined: Sequence[Sense] = (), *, listed: bool = False) -> list[Sense]:
    """Return the things that bear one name, if they are several; an empty list where there is one or none.

    Args:
        uses: All records that claim the name, or only use it.
        rarity: How telling words are.
        defined: What papers define the name to be short for.
        listed: Whether the bare name is that of something else already.
    """
    claims = sorted((use for use in uses if use.claims), key=lambda use: (use.anchor, use.record))
    works = defaultdict(list)
    for use in claims:
        works[use.work].append(use)
    if len(works) > MANY:
        return []
    judged = [_judged(left, right, works, rarity) for left, right in combinations(sorted(works), 2)]
    groups = cluster.components(works, judged)
    grouped = [tuple(use for use in claims if use.work in group) for group in groups]
    # Who claims an abbreviation by what others define it to be means the same.
    grouped = [group for group in grouped if not any(_alike(use.meant, each.name) for use in group if use.meant for each in defined)]
    if len(grouped) + len(defined) < (1 if listed else 2):
        return []
    grouped.sort(key=lambda group: (group[0].anchor, group[0].record))
    name = Counter(use.name for use in claims)
    called = [Counter(use.name for use in group) for group in grouped]
    best = [min(counts, key=lambda n, counts=counts: (-counts[n], -name[n], n)) for counts in called]  # type: ignore[misc]
    told = [_qualifier(group) for group in grouped]
    keys = Counter(map(distinct_slug, told))
    named = [
        Sense(f"{bare} ({q if q and keys[distinct_slug(q)] == 1 else f'{q} {group[0].anchor[:8]}'.strip()})", group)
        for group, bare, q in zip(grouped, best, told, strict=True)
    ]  # fmt: skip
    return [*named, *defined]


def _judged(left: str, right: str, works: Mapping[str, Sequence[Use]], rarity: Rarity) -> Judgement:
    """Judge whether two papers that claim one name mean one thing by it."""
    ones, others = works[left], works[right]
    shared = _one(use.people for use in ones) & _one(use.people for use in others)
    cited = right in _one(use.cites for use in ones) or left in _one(use.cites for use in others)
    spelt, spelt_too = ({use.meant for use in uses} - {""} for uses in (ones, others))
    if shared or cited or any(_alike(one, other) for one in spelt for other in spelt_too):
        return Judgement("thing", left, right, "same", 0.9, "claims", {})
    heads = any(use.heads for use in (*ones, *others))
    if heads or (spelt and spelt_too):
        return Judgement("thing", left, right, "different", 0.9, "claims", {})
    alike = max(rarity.likeness(one.words, other.words) for one in ones for other in others)
    return Judgement("thing", left, right, "different" if alike < UNLIKE else "same", 0.6, "claims", {})


_PLURAL: Final = re.compile(r"(?<=s)es\Z|s\Z")


@lru_cache(maxsize=1 << 14)
def _alike(one: str, other: str) -> bool:
    """Tell whether two long forms are one: most words of the shorter are in the other, or they differ in blanks only.

    >>> _alike("polynomial-time schemes", "deterministic polynomial time scheme"), _alike("sparse auto-encoder", "Sparse Autoencoders")
    (True, True)
    >>> _alike("least squares GAN", "Least Squares Generative Adversarial Nets"), _alike("Bayesian network", "binary network")
    (True, False)
    """
    left, right = ([_PLURAL.sub("", word) for word in words(text)] for text in (one, other))
    if not left or not right or "".join(left) == "".join(right):
        return bool(left and right)
    share = len({*left} & {*right}) / min(len({*left}), len({*right}))
    return share >= 0.75 or (left[0] == right[0] and share >= 0.5)


def _one(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)


def _qualifier(claims: Sequence[Use]) -> str:
    """Return what tells one sense from its namesakes: what the name is short for, else the title of who introduces it."""
    text = next((use.meant for use in claims if use.meant), "") or next((use.title for use in claims if use.title), "")
    # Brackets within brackets would be read as the end.
    parts = text.replace("(", " ").replace(")", " ").split()
    while len(parts) > 1 and len(" ".join(parts)) > _QUALIFIER:
        parts.pop()
    while len(parts) > 1 and parts[-1].lower() in LOOSE:
        parts.pop()
    return " ".join(parts)[:_QUALIFIER].strip(" ,;:.-")


def is_other(use: Use, labels: Iterable[str], introductions: Iterable[str] = ()) -> bool:
    """Tell whether a record introduces something else than what a list has under the name.

    It does where both spell the name out, and otherwise; and where its title begins with the name but has little in common
    with those of the papers that brought the listed thing, unless it is that of a study.

    Args:
        use: How the record uses the name.
        labels: The names of the listed thing.
        introductions: The titles of the papers that brought it, as far as they are known.
    """
    if not use.claims:
        return False
    long = [label for label in labels if " " in label]
    if use.meant and long:
        return not any(_alike(use.meant, label) for label in long)
    titles = [_told(title) for title in introductions]
    own = _told(use.title)
    return use.heads and not use.study and bool(own and titles) and not any(len(own & told) > SHARED * min(len(own), len(told)) for told in titles)


def _told(title: str) -> frozenset[str]:
    """Return the words of a title that tell what it is about, without plural endings."""
    return frozenset(_PLURAL.sub("", word) for word in words(title)) - LOOSE


def meanings(uses: Iterable[Use], found: Sequence[Sense], rarity: Rarity, telling: Rarity) -> list[Meaning]:
    """Return what each record means by a name that several things bear; what nothing speaks for is left out.

    Args:
        uses: All records with the name.
        found: The things that bear it: `senses`.
        rarity: How telling words are.
        telling: How telling things are.
    """
    own = {use.work: place for place, sense in enumerate(found) if not sense.known for use in sense.claims}
    result = []
    for use in sorted(uses, key=lambda use: use.record):
        if use.work in own:
            rule = "introduced-here" if use.claims else "same-paper"
            result.append(Meaning(use, own[use.work], 0.97, rule, {"name": use.name}))
            continue
        if use.name.islower():
            continue  # an ordinary word
        weighed = [(_weigh(use, sense, found, rarity, telling), -place) for place, sense in enumerate(found)]
        weighed.sort(key=_sum, reverse=True)
        best, place = weighed[0]
        odds, second = sum(best.values()), _sum(weighed[1])[0] if len(weighed) > 1 else -math.inf
        if odds >= MEANT and odds - second >= AHEAD:
            result.append(Meaning(use, -place, 1 / (1 + math.exp(-odds)), "context", dict(best)))
    return result


def _sum(weighed: tuple[Mapping[str, float], int]) -> tuple[float, int]:
    return sum(weighed[0].values()), weighed[1]


def _weigh(use: Use, sense: Sense, found: Sequence[Sense], rarity: Rarity, telling: Rarity) -> dict[str, float]:
    """Return what speaks for a record meaning one sense, in log-odds."""
    claims = sense.claims
    spelt = {sense.name} if sense.known else {claim.meant for claim in claims} - {""}
    cases = [{claim.name for claim in each.claims} for each in found]
    weights = {
        "spelled out alike": (_SPELT if any(_alike(use.meant, long) for long in spelt) else -_SPELT) if use.meant and spelt else 0.0,
        "cited": _CITED if use.cites & {claim.work for claim in claims} else 0.0,
        "shared authors": _WRITTEN if any(use.people & claim.people for claim in claims) else 0.0,
        "written alike": _CASE if use.name in {claim.name for claim in claims} and sum(use.name in names for names in cases) == 1 else 0.0,
        "things named by both": _NEAR * max(telling.likeness(use.near, claim.near) for claim in claims),
        "words": _WORDS * max(rarity.likeness(use.words, claim.words) for claim in claims),
    }  # fmt: skip
    return {"prior": _PRIOR} | {name: weight for name, weight in weights.items() if weight}


def text_words(*texts: str) -> frozenset[str]:
    """Return the words of texts that may tell what they are about: all but the shortest."""
    return frozenset(word for text in texts for word in words(text) if len(word) > 2)
