"""Names by another convention of annotation than the project's: its head decides spans and types, and titles are read so too.

What a name stands for does not depend on the convention: where a rule knows the span, or the span without the nouns behind the
name that only say what it is ("ImageNet" of "ImageNet dataset"), the rule says what it is called, as in `kg.extract.merge`.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.extract.edges import whole
from kg.extract.merge import merge
from kg.extract.tagger import Tagger
from kg.extract.trace import Trace, tell_all, tell_changes, teller
from kg.model import Candidate, Field

_BEHIND: Final = re.compile(
    r"(?<!\s)(?:\s+(?:data\s?-?sets?|data|corpus|corpora|(?:test\s)?collections?|databases?|benchmarks?|repository|test\s?-?sets?))+$"
)
"""Nouns behind the name of a dataset; with a capital they are part of it."""


def by_convention(
    tagger: Tagger, fields: Sequence[Sequence[Field]], proposed: Sequence[list[list[Candidate]]], trace: Trace | None
) -> list[list[list[Candidate]]]:
    """Return for each field of each record what a tagger finds there, under the names that the rules know."""
    texts = [field.text for each in fields for field in each]
    told = iter(tagger.tag(texts, [hints for each in proposed for hints in each]))
    return [
        [_named(field, next(told), hints, trace) for field, hints in zip(each, some, strict=True)]
        for each, some in zip(fields, proposed, strict=True)
    ]


def _named(field: Field, told: list[Candidate], proposed: Iterable[Candidate], trace: Trace | None) -> list[Candidate]:
    found = whole(field.text, told)
    tell_all(teller(trace, "tag", field.name), "proposed", told)
    tell_changes(teller(trace, "tag", field.name), told, found, "without what is no part of the name")
    kinds = {candidate.type for candidate in found}
    known = [candidate for candidate in proposed if candidate.type in kinds]
    bare = [_without_noun(field.text, candidate) for candidate in found]
    named = [
        whole if whole != given else short._replace(start=given.start, end=given.end, canonical=short.canonical or name.canonical)
        for given, whole, name, short in zip(found, merge(found, known), bare, merge(bare, known), strict=True)
    ]
    tell_changes(teller(trace, "merge", field.name), found, named, "a rule knows what the name stands for")
    return named


def _without_noun(text: str, candidate: Candidate) -> Candidate:
    """Return a candidate without the nouns behind its name, and called so."""
    noun = _BEHIND.search(text, candidate.start, candidate.end)
    if noun is None:
        return candidate
    return candidate._replace(end=noun.start(), canonical=text[candidate.start : noun.start()])
