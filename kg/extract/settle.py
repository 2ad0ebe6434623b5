"""From the proposals of all extractors to flat mentions: of those that overlap one stays.

The longest span wins that names one entity. A phrase that only describes a method by its last noun gives way to a
known or defined name at its end (*Korean language models* to *language models*); ties go to the higher score, then to the earlier
rule in alphabetical order, so that the outcome never depends on the order of the proposals.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from kg.model import Candidate, Field

if TYPE_CHECKING:
    from kg.extract.trace import Teller
    from kg.model.mentions import MentionType

_FIRM: Final = ("lexicon", "acronym", "citation")
_KNOWN: Final = 0.5
"""By so much what the ontology knows counts more where a tagger's types of one name differ."""

_DESCRIBES: Final = "only describes what a known or defined name at its end names"


def settle(candidates: Iterable[Candidate], tell: "Teller | None" = None) -> list[Candidate]:
    """Return the candidates that stay, in the order of the text, none overlapping another.

    Args:
        candidates: All proposals for one text.
        tell: Is told of every proposal that goes, and why.
    """
    proposed = list(candidates)
    firm = {candidate.end for candidate in proposed if candidate.by.partition(":")[0] in _FIRM}
    kept: list[Candidate] = []
    starts: list[int] = []
    for candidate in sorted(proposed, key=_rank):
        describes = candidate.by == "phrase:method" and candidate.end in firm
        place = bisect_left(starts, candidate.start)
        if not describes and _is_free(kept, place, candidate):
            kept.insert(place, candidate)
            starts.insert(place, candidate.start)
        elif tell is not None:
            tell("dropped", candidate, _DESCRIBES if describes else _beaten(kept, candidate))
    return kept


def _is_free(kept: list[Candidate], place: int, candidate: Candidate) -> bool:
    """Tell whether a candidate that belongs at `place` overlaps none of those kept, which are in the order of the text."""
    before = place == 0 or kept[place - 1].end <= candidate.start
    return before and (place == len(kept) or kept[place].start >= candidate.end)


def _beaten(kept: list[Candidate], candidate: Candidate) -> str:
    """Say which of those kept overlaps a candidate, and by what it won."""
    winner = next(k for k in kept if k.start < candidate.end and candidate.start < k.end)
    length, other = winner.end - winner.start, candidate.end - candidate.start
    won = "is longer" if length > other else "scores higher" if winner.score > candidate.score else "comes first"
    return f"[{winner.start},{winner.end}) {winner.type} by {winner.by} {won}"


def _rank(candidate: Candidate) -> tuple[float, float, int, str, str, str]:
    length = candidate.end - candidate.start
    return (-length, -candidate.score, candidate.start, candidate.by, candidate.type, candidate.canonical or "")


def agree(names: Iterable[tuple[str, Candidate]]) -> dict[str, Candidate]:
    """Return for each name the candidate with the best evidence, of the type with the most evidence."""
    votes: dict[str, dict[MentionType, float]] = defaultdict(lambda: defaultdict(float))
    best: dict[str, Candidate] = {}
    for name, candidate in names:
        weight = 0.2 if candidate.score < 0.6 else candidate.score
        votes[name][candidate.type] += weight
        known = best.get(name)
        if known is None or (-candidate.score, candidate.by) < (-known.score, known.by):
            best[name] = candidate
    return {name: _of_type(candidate, _most(votes[name])) for name, candidate in best.items()}


def of_one_type(fields: Sequence[Field], found: Sequence[list[Candidate]]) -> list[list[Candidate]]:
    """Return what was found in the fields of a record, each name with capitals inside as one thing of the type with most evidence.

    A tagger reads each place by itself: it may take what a text calls *CSS* now for a method and now for a task.
    """
    named: dict[str, list[Candidate]] = defaultdict(list)
    for field, some in zip(fields, found, strict=True):
        for candidate in some:
            named[_name(field, candidate)].append(candidate)
    meant: dict[str, Candidate] = {}
    for name, several in named.items():
        if len({c.type for c in several}) > 1 and not name[1:].islower():
            votes: dict[MentionType, float] = defaultdict(float)
            for c in several:
                votes[c.type] += c.score + _KNOWN * (c.concept is not None)
            kind = _most(votes)
            meant[name] = max((c for c in several if c.type == kind), key=lambda c: (c.concept is not None, c.score, -c.start))
    return [[_meaning(c, meant.get(_name(field, c))) for c in some] for field, some in zip(fields, found, strict=True)]


def _name(field: Field, candidate: Candidate) -> str:
    """Return a name as written, an abbreviation without its plural."""
    name = field.text[candidate.start : candidate.end]
    return name[:-1] if name.endswith("s") and name[:-1].isupper() else name


def _meaning(candidate: Candidate, meant: Candidate | None) -> Candidate:
    if meant is None or meant.type == candidate.type:
        return candidate
    return candidate._replace(type=meant.type, canonical=meant.canonical, concept=meant.concept, broader=meant.broader)


def _most(votes: dict["MentionType", float]) -> "MentionType":
    """Return the type with the most evidence, of several the first in alphabetical order."""
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _of_type(candidate: Candidate, kind: "MentionType") -> Candidate:
    return candidate if candidate.type == kind else candidate._replace(type=kind)
