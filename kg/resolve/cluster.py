"""From judgements to entities: components of `same` under the vetoes of `different`.

Merges are made in the order of their certainty; a merge that would put two members together that were judged
different is not made. So one wrong merge cannot cascade through a chain, and the result does not depend on the
order of the input. People's decisions come first and only people can veto them: what a rule says of a pair is
silent where a person has spoken.
"""

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Judgement


def components(members: Iterable[str], judgements: Iterable[Judgement]) -> list[list[str]]:
    """Return the members grouped into entities: sorted lists, in the order of their smallest member.

    >>> same = Judgement("paper", "a", "b", "same", 0.9, "text", {})
    >>> components(["c", "b", "a"], [same])
    [['a', 'b'], ['c']]
    """
    group = {member: member for member in members}
    inside = {member: [member] for member in group}
    foes: dict[str, set[str]] = defaultdict(set)
    known = [j for j in sorted(judgements, key=_rank) if j.left in group and j.right in group]
    people = [j for j in known if _by_people(j)]
    decided = {_pair(j) for j in people}
    rules = [j for j in known if not _by_people(j) and _pair(j) not in decided]
    for voices in (people, rules):
        for judgement in voices:
            if judgement.verdict == "different":
                foes[group[judgement.left]].add(judgement.right)
                foes[group[judgement.right]].add(judgement.left)
        for judgement in voices:
            if judgement.verdict == "same":
                _merge(group[judgement.left], group[judgement.right], group, inside, foes)
    return sorted(sorted(cluster) for cluster in inside.values())


def _merge(
    left: str, right: str, group: dict[str, str], inside: dict[str, list[str]], foes: dict[str, set[str]]
) -> None:
    """Make one entity of two, unless a member of one is a foe of the other; the smaller joins the larger."""
    keep, gone = (left, right) if len(inside[left]) >= len(inside[right]) else (right, left)
    if keep == gone or not foes[keep].isdisjoint(inside[gone]):
        return
    for member in inside[gone]:
        group[member] = keep
    inside[keep] += inside.pop(gone)
    foes[keep] |= foes.pop(gone, set())


def _by_people(judgement: Judgement) -> bool:
    return judgement.by != "kg"


def _pair(judgement: Judgement) -> tuple[str, str]:
    return min(judgement.left, judgement.right), max(judgement.left, judgement.right)


def _rank(judgement: Judgement) -> tuple[float, str, str, str]:
    """The surest first, ties by the smallest keys."""
    return -judgement.score, *_pair(judgement), judgement.rule
