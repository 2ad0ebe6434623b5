"""From judgements to entities: components of `same` under the vetoes of `different`.

Merges are made in the order of their certainty, people's decisions first; a merge that would put two members
together that were judged different is not made. So one wrong merge cannot cascade through a chain, and the
result does not depend on the order of the input.
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
    inside: dict[str, list[str]] = {member: [member] for member in group}
    ordered = sorted(judgements, key=_rank)
    decided = {_pair(j) for j in ordered if j.by != "kg"}
    vetoes: dict[str, set[str]] = defaultdict(set)
    for judgement in ordered:
        if judgement.verdict == "different" and (judgement.by != "kg" or _pair(judgement) not in decided):
            vetoes[judgement.left].add(judgement.right)
            vetoes[judgement.right].add(judgement.left)
    for judgement in ordered:
        if judgement.verdict != "same" or judgement.left not in group or judgement.right not in group:
            continue
        left, right = group[judgement.left], group[judgement.right]
        if left == right or any(other in vetoes[m] for m in inside[left] for other in inside[right] if vetoes[m]):
            continue
        keep, gone = (left, right) if len(inside[left]) >= len(inside[right]) else (right, left)
        for member in inside[gone]:
            group[member] = keep
        inside[keep] += inside.pop(gone)
    return sorted(sorted(cluster) for cluster in inside.values())


def _pair(judgement: Judgement) -> tuple[str, str]:
    return judgement.left, judgement.right


def _rank(judgement: Judgement) -> tuple[bool, float, str, str, str]:
    """People first, then the surest, ties by the smallest keys."""
    return judgement.by == "kg", -judgement.score, judgement.left, judgement.right, judgement.rule
