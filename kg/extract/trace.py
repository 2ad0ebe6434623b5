"""What the stages of the search for names did, step by step, for the one who asks why.

A stage that is given a trace tells each step; one that is given none pays for a comparison with `None`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from kg.model import Candidate
from kg.model.mentions import MentionType

Stage = Literal["propose", "tag", "merge", "doubt", "elsewhere", "agree", "settle", "role"]
Action = Literal["proposed", "added", "changed", "dropped", "kept"]

STAGES: Final[tuple[Stage, ...]] = ("propose", "tag", "merge", "doubt", "elsewhere", "agree", "settle", "role")
"""The stages in their order."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one stage did to one span.

    Attributes:
        stage: The stage.
        action: What it did.
        field: Name of the field that the span stands in (`title`, `abstract`).
        start: Offset of its first code point in the field's text.
        end: Offset behind its last.
        type: What kind of thing is named, after the step.
        by: The rule or tagger that found it.
        score: How likely it is right, 0 to 1.
        reason: Why, for people; empty where the action says all.
    """

    stage: Stage
    action: Action
    field: str
    start: int
    end: int
    type: MentionType
    by: str
    score: float
    reason: str = ""


Trace = Callable[[Step], None]
"""Takes the steps as they are made."""

Teller = Callable[[Action, Candidate, str], None]
"""Takes what one stage did to a candidate of one field, and why."""


def teller(trace: Trace | None, stage: Stage, field: str) -> Teller | None:
    """Return what a stage tells its steps in one field to; None where nobody listens."""
    if trace is None:
        return None

    def tell(action: Action, candidate: Candidate, reason: str) -> None:
        trace(Step(
            stage, action, field, candidate.start, candidate.end, candidate.type, candidate.by, candidate.score, reason,
        ))  # fmt: skip

    return tell


def tell_all(tell: Teller | None, action: Action, candidates: Iterable[Candidate], reason: str = "") -> None:
    """Tell the same of many candidates."""
    if tell is not None:
        for candidate in candidates:
            tell(action, candidate, reason)


def tell_changes(tell: Teller | None, before: Iterable[Candidate], after: Iterable[Candidate], why: str) -> None:
    """Tell what a stage made of candidates that it takes and gives: what it added, changed and dropped.

    Args:
        tell: Who is told.
        before: What the stage was given.
        after: What it gave.
        why: What the stage does, as the reason of what it added.
    """
    if tell is None:
        return
    given, made = list(before), set(after)
    known, gone = set(given), [candidate for candidate in given if candidate not in made]
    places = {(candidate.start, candidate.end): candidate for candidate in reversed(gone)}
    for candidate in sorted(made - known, key=_place):
        earlier = places.get((candidate.start, candidate.end))
        if earlier is None:
            tell("added", candidate, why)
        elif difference := _difference(earlier, candidate):
            tell("changed", candidate, f"{why}: {difference}")
    stay = {(candidate.start, candidate.end) for candidate in made}
    for candidate in gone:
        if (candidate.start, candidate.end) not in stay:
            tell("dropped", candidate, why)


def _place(candidate: Candidate) -> tuple[int, int, str, str]:
    return candidate.start, candidate.end, candidate.type, candidate.by


def _difference(before: Candidate, after: Candidate) -> str:
    """Say what of a candidate has changed; that a name is now told which was read off the text before is no change."""
    pairs = [
        ("type", before.type, after.type),
        ("rule", before.by, after.by),
        ("score", f"{before.score:.2f}", f"{after.score:.2f}"),
        ("name", before.canonical or after.canonical, after.canonical),
        ("concept", before.concept or "none", after.concept or "none"),
    ]
    return ", ".join(f"{what} {old} -> {new}" for what, old, new in pairs if old != new)
