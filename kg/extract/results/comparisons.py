"""Comparisons: *outperforms BigGAN-deep*, *compared with A, B and C*, *a gain of 3 points over the vanilla Transformer*.

Words of doing better, or of comparing, lead to the named methods right behind them; what the paper introduces is its
own. A comparison whose clause speaks of a gain is one that the paper claims to win.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.extract.results.words import COMPARING, LESSER, OUTDOING
from kg.model import Field, Mention, Record
from kg.model.results import MethodRelation, MethodRelationKind, Tied
from kg.ontology import load
from kg.text import sentence_around

FIELDS: Final = ("abstract",)

_LEAD: Final = re.compile(
    r"[\s(]*+(?>(?:(?:the|a|an|all|other|both|its|our|their|several|some|many|various|two|three|four|five|strong|recent|existing|previous|"
    r"prior|current|popular|leading|well-known|advanced|powerful|more|larger|expensive|widely|used|standard|vanilla|plain|original|"
    r"state-of-the-art|SOTA|industry-leading|competitive|counterpart|open-source|closed-source|proprietary|baselines?|methods?|models?|"
    r"approach(?:es)?|algorithms?|techniques?|frameworks?|systems?|competitors?|alternatives?|ones|of|including|like|such|as|namely|"
    r"e\.g\.,?|i\.e\.,?|[0-9]+(?:[-.,×x][0-9A-Za-z]+)*|times?|larger|than|DL|LLMs?|[a-z]+ly|[a-z]+-based|[a-z]+-to-[a-z]+)[\s,:(]+)*)$",
    re.IGNORECASE,
)
"""What may stand between the word of comparison and the first name behind it; without a way back, so that time is linear."""

_BETWEEN: Final = re.compile(
    r"(?:\s?\([^()]{0,60}\))?(?:'s|’s)?[\s,]*(?:(?:and|or|as well as|&|the|models?|methods?|baselines?|variants?|approach(?:es)?)[\s,]+)*",
    re.IGNORECASE,
)
"""What may stand between the names of a list."""

_PASSIVE: Final = re.compile(r"\b(?:is|are|was|were|be|been)\s(?:\w+\s)?out-?performed\sby\s*$", re.IGNORECASE)
_PLAIN: Final = re.compile(r"\b(?:vanilla|plain|original|standard)\s$", re.IGNORECASE)

_EQUAL: Final = re.compile(r"against|rival|match|comparable|on par|competitive", re.IGNORECASE)
"""Words of comparing that claim no win, whatever else the sentence says."""

_SCORES: Final[dict[MethodRelationKind, float]] = {"outperforms": 0.85, "compared": 0.7}


def comparisons_of(record: Record, mentions: Iterable[Mention]) -> list[MethodRelation]:
    """Return the named methods that a record's abstract compares its own with, each once, by place.

    Args:
        record: The record.
        mentions: The names found in it.
    """
    found = sorted(mentions, key=lambda mention: mention.field_start)
    own = {m.canonical for m in found if m.type == "method" and m.role == "introduces"}
    best: dict[str, MethodRelation] = {}
    for field in record.fields:
        if field.name not in FIELDS or field.position:
            continue
        others = [m for m in found if m.field == field.name and m.canonical not in own and is_one(field.text, m)]
        for each in _of_field(record, field, others):
            before = best.get(each.method.name)
            if before is None or (before.kind == "compared" and each.kind == "outperforms"):
                best[each.method.name] = each
    return sorted(best.values(), key=lambda each: (each.field, each.field_start))


def is_one(text: str, mention: Mention) -> bool:
    """Tell whether a mention names one method (*GPT-4*, *the vanilla Transformer*), not a family (*word embeddings*)."""
    if mention.type not in {"method", "software"}:
        return False
    if _PLAIN.search(text, max(0, mention.field_start - 12), mention.field_start):
        return True
    concept = load().concepts.get(mention.concept or "")
    return not concept.family if concept else any(c.isupper() or c.isdigit() for c in mention.text)


def _of_field(record: Record, field: Field, others: Sequence[Mention]) -> Iterator[MethodRelation]:
    """Yield every comparison of one field, one a name and place."""
    for pattern, claimed in ((OUTDOING, True), (COMPARING, False)):
        for cue in pattern.finditer(field.text):
            first, last = sentence_around(field.text, *cue.span())
            better = claimed or LESSER.search(field.text, first, cue.start()) is not None
            if _PASSIVE.search(field.text[first : cue.end() + 4]):
                continue
            kind: MethodRelationKind = "outperforms" if better and not _EQUAL.match(cue.group()) else "compared"
            for mention in named(field.text, cue.end(), last, others):
                yield relation(record, field, mention, kind, _SCORES[kind], f"comparison:{cue.group().lower().split()[0]}")


def named(text: str, place: int, last: int, others: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the names of a list that begins behind `place`."""
    behind = [m for m in others if place <= m.field_start and m.field_end <= last]
    if not behind or not _LEAD.match(text[place : behind[0].field_start]):
        return
    for mention in behind:
        if mention is not behind[0] and not _BETWEEN.fullmatch(text[place : mention.field_start]):
            return
        yield mention
        place = mention.field_end


def relation(record: Record, field: Field, mention: Mention, kind: MethodRelationKind, sure: float, by: str) -> MethodRelation:
    """Return what a mention is to the paper's own method, as sure as the words that say it and the name are together."""
    return MethodRelation(
        record=record.id, field=field.name, field_start=mention.field_start, field_end=mention.field_end,
        start=mention.start, end=mention.end, text=mention.text,
        method=Tied(mention.canonical, mention.concept, mention.field_start, mention.field_end),
        kind=kind, score=round(sure * mention.score, 4), by=by,
    )  # fmt: skip
