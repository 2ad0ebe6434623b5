"""How evidence is told in a terminal: features with their weights, the sum, and what it comes to."""

from collections.abc import Iterator
from typing import Final

from kg.pipeline.why import Evidence
from kg.resolve import people
from kg.resolve.papers import decision
from kg.text import printable

_SAME_FROM: Final = {"paper": decision.SAME, "person": people.MERGE}
"""From which certainty on two members are taken for one."""

_PRIOR: Final = 0.05
"""Log-odds that are none."""


def told(evidence: Evidence, kind: str, score: float) -> Iterator[str]:
    """Yield the lines that tell why a judgement is as it is."""
    for name, weight in evidence.weights:
        yield f"{weight:+7.2f}  {printable(name)}"
    if evidence.total is not None:
        start = f", starting from {evidence.prior:+.2f}" if evidence.prior is not None and abs(evidence.prior) >= _PRIOR else ""
        limit = f" (taken for one from {_SAME_FROM[kind]:.2f} on)" if kind in _SAME_FROM else ""
        yield f"{evidence.total:+7.2f}  in all, in log-odds{start}: probability {score:.2f}{limit}"
    for name, fact in evidence.facts:
        yield f"{printable(name)}: {printable(fact)}"
