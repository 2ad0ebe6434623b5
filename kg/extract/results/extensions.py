"""Methods that a paper builds its own on: *GravelNet extends BERT*, *a variant of PPO*, *we extend Mask R-CNN to video*.

The words count where it is the paper's own that does so: a method that it introduces and names right before them, *our
method* or *this paper*, or what it says that it proposes. *We extend X* counts where X is none of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.extract.results.comparisons import FIELDS, is_one, named, relation
from kg.model import Field, Mention, Record
from kg.model.results import MethodRelation
from kg.text import sentence_around

_ON: Final = r"\s(?:directly\s)?(?:up)?on(?:\stop\sof)?\b"
_WE: Final = re.compile(rf"\b[Ww]e\s(?:(?!further)[a-z]+\s)?(?:extend\b|generali[sz]e\b|build{_ON})")
_DOES: Final = re.compile(rf"\b(?:extend(?:s|ing)|generali[sz](?:es|ing)|build(?:s|ing){_ON}|(?:is\s)?(?:built|based){_ON})")
_BEING: Final = re.compile(r"\b(?:extension|generali[sz]ation|variant|version|modification|adaptation)s?\s(?:of|to)\b")

_THIS: Final = (
    r"\b(?:our|this|the\s(?:proposed|presented|new|resulting))\s(?:(?!(?:and|of|over|than|to|with)\s)[\w-]+\s){0,3}?(?:method|approach|model|framework|algorithm|architecture|"
    r"network|system|technique|solution|work|paper|version)s?"
)
_SELF: Final = re.compile(rf"{_THIS}(?:,\s[^,;.]{{1,80}},)?[\s,]*(?:which\s|that\s)?(?:[a-z]+ly\s)?$", re.IGNORECASE)
"""What stands before *extends* where no name does."""

_PROPOSING: Final = re.compile(
    r"\b(?:propos|introduc|present|develop|design|devis|describ|deriv)(?:e|es|ed|ing|s)?\s(?:an?|the|two|several|our)\s(?:[\w-]+\s){0,5}$", re.IGNORECASE
)
"""What stands before *variant of* where no name does."""

_NAMED: Final = re.compile(
    r"(?:\s?\([^()]{1,40}\))?(?:\s(?:method|approach|model|framework|algorithm|architecture|network|system|technique|solution)s?)?[\s,:]*"
    r"(?:(?:which|that)\s)?(?:[a-z]+ly\s)?(?:(?:(?:is|are|as|can\sbe\s(?:seen|viewed)\sas)\s)?(?:an?|the)\s(?:[\w-]+\s){0,4})?"
)
"""What may stand between the name of the paper's own and the words."""

_SCORES: Final = {_WE: 0.8, _DOES: 0.85, _BEING: 0.85}


def extensions_of(record: Record, mentions: Iterable[Mention]) -> list[MethodRelation]:
    """Return the named methods that a record's abstract says its own is built on, each once, by place.

    Args:
        record: The record.
        mentions: The names found in it.
    """
    methods = sorted((m for m in mentions if m.type == "method"), key=lambda mention: mention.field_start)
    new = {m.canonical for m in methods if m.role == "introduces"}
    first: dict[str, MethodRelation] = {}
    for field in record.fields:
        if field.name in FIELDS and not field.position:
            here = [m for m in methods if m.field == field.name]
            own, others = [m for m in here if m.canonical in new], [m for m in here if m.canonical not in new and is_one(field.text, m)]
            for each in _of_field(record, field, own, others):
                first.setdefault(each.method.name, each)
    return sorted(first.values(), key=lambda each: (each.field, each.field_start))


def _of_field(record: Record, field: Field, own: Sequence[Mention], others: Sequence[Mention]) -> Iterator[MethodRelation]:
    """Yield every method of one field that the paper's own is said to be built on."""
    for pattern, sure in _SCORES.items():
        for cue in pattern.finditer(field.text):
            begin, last = sentence_around(field.text, *cue.span())
            if pattern is _WE or _is_own(field.text, begin, cue.start(), own, being=pattern is _BEING):
                for mention in named(field.text, cue.end(), last, others):
                    yield relation(record, field, mention, "extends", sure, f"extension:{cue.group().lower().split()[0]}")


def _is_own(text: str, first: int, place: int, own: Sequence[Mention], *, being: bool) -> bool:
    """Tell whether what stands before the words is the paper's own: named, *our method*, or what it proposes."""
    before = text[first:place]
    if (_PROPOSING if being else _SELF).search(before):
        return True
    return any(_NAMED.fullmatch(text[m.field_end : place]) for m in own if first <= m.field_start and m.field_end <= place)
