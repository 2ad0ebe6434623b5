"""A judgement: two members are the same, are different, or may be the same; by what evidence, by whom."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One row of the ledger of identity. Entities are the components of `same` under the vetoes of `different`.

    Attributes:
        kind: `paper person organization ...`.
        left: Key of the smaller member (see `kg.resolve`).
        right: Key of the larger member.
        verdict: What was found.
        score: How sure, 0 to 1.
        rule: The rule or model that found it, e.g. `arxiv-id`, `text+names`, `person:must-link`.
        evidence: What the rule saw, feature by feature, e.g. `{"title": 1.0, "shingles": 0.82}`.
        by: `kg` or the name of the decisions file.
    """

    kind: str
    left: str
    right: str
    verdict: Verdict
    score: float
    rule: str
    evidence: dict[str, float | str]
    by: str = "kg"
