"""What the words around a name say that it is: *the X dataset*, *X, a new benchmark*, *an algorithm called X*."""

import re
from typing import Final

from kg.extract.heads import APPOSITIONS
from kg.extract.tokens import first_key, keys
from kg.model.mentions import MentionType

_MARKS: Final = "\"“”’'`*_{}) "
_APPOSED: Final = re.compile(
    r"[\"”’'`*_})]{0,4}(?:\s\([^()]{1,40}\))?,?\s(?:which is |is )?(?:an?|the first|the)\s([^.;:()]{3,160})"
)
"""What follows a name and says what it is."""

_SCORES: Final = re.compile(r"\sscores\s(?:[a-z]+\s)?[0-9]")
"""The verb behind a name: *X scores 78.4%*, where *CIDEr scores* names a measure."""

_OF_DATA: Final = re.compile(r"(?:Bench|Eval|Corpus|Dataset|GLUE|Set)(?:-?[0-9A-Za-z]{0,4})$|[A-Za-z]{2}QA$")
"""Endings that authors give to the names of data sets."""

_CALLING: Final = frozenset({"call", "called", "named", "dubbed", "termed", "namely", ","})
_AFTER_NOUN: Final = frozenset({"that", "which", "for", "to", "of", "with", "where", "in", "based", "on", "by", ","})


def type_around(text: str, start: int, end: int) -> tuple[MentionType, bool]:
    """Return the type of the name `text[start:end]`, and whether the words around it say so.

    >>> text = "We introduce QuizWorld, a new benchmark for question answering."
    >>> type_around(text, 13, 22)
    ('dataset', True)
    """
    behind, gap = first_key(text[end : end + 60].lstrip(_MARKS[:-1]))
    if gap != "-" and behind in APPOSITIONS and _SCORES.match(text, end) is None:
        return APPOSITIONS[behind], True
    apposed = _APPOSED.match(text, end, end + 200)
    if apposed is not None:
        nouns = [key for key in _noun_phrase(apposed.group(1)) if key in APPOSITIONS]
        if nouns:
            return APPOSITIONS[nouns[-1]], True
    before = keys(text[max(0, start - 60) : start].rstrip(_MARKS + "("), 3)
    for key in reversed(before):
        if key in APPOSITIONS and (before[-1] == key or before[-1] in _CALLING):
            return APPOSITIONS[key], True
    if _OF_DATA.search(text, start, end):
        return "dataset", True
    if before[-1:] == ("on",) and text[start].isupper():
        return "dataset", False
    return "method", False


def _noun_phrase(phrase: str) -> list[str]:
    """Return the keys of a noun phrase up to its first preposition or relative pronoun."""
    nouns: list[str] = []
    for key in keys(phrase):
        if key in _AFTER_NOUN and nouns:
            break
        nouns.append(key)
    return nouns
