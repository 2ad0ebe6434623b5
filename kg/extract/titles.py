"""Titles in the case of a sentence: in *Learning Robust Graph Networks* capitals say nothing of names.

What is read in lower case keeps its length, so that places in it are places in the title as printed.
"""

import re
from collections.abc import Collection, Sequence
from typing import Final

from kg.extract import lexicon
from kg.extract.lexicon import Lexicon
from kg.model import Field
from kg.text import word_set

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][a-z]+)?")
_NAME_AHEAD: Final = re.compile(r"\s*[^\s:]+(?=\s*:)")
"""A word before the colon of a title: a name, whatever its letters."""

_NOTICE: Final = re.compile(
    r"\W{0,3}(?:retracted|withdrawn|retraction|erratum|errata|corrigendum|correction|addendum)(?: (?:article|notice))?(?: to)?\s?[:\])]+",
    re.IGNORECASE,
)
"""What is said of a paper ahead of its title."""

_HEADING: Final = re.compile(r"\A\s*(?:Abstract|ABSTRACT|Summary|SUMMARY)\s(?=\s*[A-Z][^\s()]*,?\s[a-z])")
"""The heading of an abstract without a stop behind it, before a sentence; *Abstract Visual Reasoning* is a name."""

_RIGHTS: Final = re.compile(
    r"(?<=[.!?;)\]])\s{0,3}(?:(?:Crown\s)?Copyright\s?(?:©|\([Cc]\))?|©|\([Cc]\))\s?,?\s?(?:19|20)[0-9]{2}\b.{0,250}\Z", re.DOTALL
)
"""Who holds the rights, at the end of an abstract."""

_INSIDE: Final = re.compile(r"(?<=[a-z0-9,;)] )[A-Z][a-z]+\b")
"""A word with a capital inside a sentence."""

_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}\b")
_PROPER: Final = frozenset({"dataset", "software", "institution", "person"})
"""Types of things whose names have capitals wherever they stand."""

_ENGLISH: Final = word_set("the of for and in with on to a an by from via is are at as using under between through toward towards into over")
_FOREIGN: Final = word_set("""
der die das des dem den und für von im zur zum ein eine einer auf mit bei nach über aus als
le la les du et pour dans sur une un aux par avec chez
el los las del y para en con por una il lo gli della delle dei di e per nel nella sul su
o os da do das dos na no em uma het een van voor naar op och för av med på til af
""")
"""Function words by which a title is told to be in English or in another language with its letters."""

_FEWEST: Final = 3
"""Words from which on a title can be told to be in title case."""

_MOSTLY: Final = 0.6
"""So many words of a title in title case begin with a capital: all but prepositions, articles and conjunctions."""

_SHORT: Final = 5
"""Letters of the longest word in capitals that is an abbreviation where all words are in capitals."""


def as_sentences(fields: Sequence[Field], names: Lexicon) -> list[Field]:
    """Return the fields of a record with its titles in the case of a sentence, and blanks for what is not said by its authors.

    That is a notice or a heading ahead of a field, and who holds the rights behind an abstract.

    Args:
        fields: Its titles and abstracts.
        names: What is known to have capitals.
    """
    abstract = " ".join(field.text for field in fields if field.name == "abstract")
    return [
        field._replace(text=in_sentence_case(_NOTICE.sub(_blanks, field.text, count=1), abstract, names))
        if field.name == "title"
        else field._replace(text=_RIGHTS.sub(_blank, _HEADING.sub(_blanks, field.text, count=1), count=1))
        for field in fields
    ]


def is_foreign(title: str) -> bool:
    """Tell whether a title is in another language than English, as far as its function words say.

    >>> is_foreign("Die Entwicklung des Bildungswesens in Deutschland"), is_foreign("A survey of the state of the art")
    (True, False)
    """
    words = title.lower().split()
    return sum(word in _FOREIGN for word in words) > sum(word in _ENGLISH for word in words)


def in_sentence_case(title: str, abstract: str = "", names: Lexicon = lexicon.SHIPPED) -> str:
    """Return a title with its words in lower case, where they have capitals only because it is a title.

    Args:
        title: The title as printed.
        abstract: What follows it: words that have capitals inside its sentences keep them.
        names: Known names keep theirs.

    >>> in_sentence_case("Learning Robust Graph Networks on ImageNet with BERT")
    'learning robust graph networks on ImageNet with BERT'
    >>> in_sentence_case("DEEP CNN FEATURES FOR PLACES")
    'deep CNN features for places'
    >>> in_sentence_case("On the role of Bayesian priors")
    'On the role of Bayesian priors'
    """
    words = list(_WORD.finditer(title))
    if is_foreign(title) or len(words) < _FEWEST or sum(word.group()[0].isupper() for word in words) < _MOSTLY * len(words):
        return title
    loud = all(word.group().isupper() for word in words)
    kept = _abbreviated(title, abstract, names) if loud else _proper(title, names)
    written = set() if loud else set(_INSIDE.findall(abstract))
    letters = list(title)
    for word in words:
        text = word.group()
        if (loud or text[1:].islower()) and text not in written and not _within(word.start(), kept):
            lower = text.lower()
            if len(lower) == len(text):  # İ has no lower case of one letter
                letters[word.start() : word.end()] = lower
    return "".join(letters)


def _blanks(ahead: re.Match[str]) -> str:
    return ahead.group() if ahead.start() else _blank(ahead)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _proper(title: str, names: Lexicon) -> list[tuple[int, int]]:
    """Return where in a title in title case the words stand that have capitals of their own."""
    ahead = _NAME_AHEAD.match(title)
    known = [(c.start, c.end) for c in lexicon.find(title, names) if c.type in _PROPER]
    return known if ahead is None else [ahead.span(), *known]


def _abbreviated(title: str, abstract: str, names: Lexicon) -> list[tuple[int, int]]:
    """Return where in a title in capitals the words stand that have capitals elsewhere too."""
    written = set(_CAPITALS.findall(abstract))
    here = [word.span() for word in _WORD.finditer(title) if word.group() in written]
    known = [(c.start, c.end) for c in lexicon.find(title, names) if c.end - c.start <= _SHORT]
    return [*here, *known]


def _within(place: int, spans: Collection[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
