"""Names that show by their shape or their place that they are names: `DiffSinger`, *we introduce Flamingo*.

Finds words with inner capitals or digits, names that are introduced (*we present X*, *called X*), names before the
colon of a title, and names before a noun that only data has (*the Penn Treebank dataset*). What the words around
say decides the type; a name in a list has the type of its neighbours; otherwise it is a method, which most new
names are.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from kg.extract import lexicon
from kg.extract.context import type_around
from kg.extract.shape import COMMON, is_name
from kg.extract.tokens import Tokens, tokens
from kg.extract.vocabulary import Fact
from kg.extract.words import is_barrier
from kg.model import Candidate
from kg.model.mentions import MentionType
from kg.text import word_set

kinds: tuple[MentionType, ...] = ("method", "dataset", "task", "metric", "software")

_RUN: Final = re.compile(r"[^\W_]+(?:[-–][^\W_]+|(?<=[0-9])\.(?=[0-9])[^\W_]+|\+{1,2}(?![^\W_]))*")
"""A word with what hyphens and version dots tie to it."""

_CAPITAL: Final = re.compile(r"[A-Z\x80-\U0010ffff]\S*")
"""A letter that may be a capital, and the rest of what blanks separate."""

_LOWER_LEAD: Final = re.compile(r"(?:[a-z]+[-–])+(?=[A-Z])")
_LOWER_TAIL: Final = re.compile(r"[-–][a-z]+$")
_HYPHEN: Final = re.compile(r"[-–]")

_INTRODUCING: Final = word_set(
    "introduce introduces introduced introducing present presents presented presenting propose proposes proposed proposing "
    "develop develops developed developing release releases released releasing contribute contributes contributed contributing "
    "create creates created creating construct constructs constructed constructing describe describes described describing "
    "build builds built building publish publishes published publishing"
)
_NAMING: Final = (
    "call", "called", "dub", "dubbed", "name", "named", "namely", "term", "termed", "coin", "coined", "known as", "denoted as",
    "denoted by", "denoted", "refer to it as", "refer to this as", "refer to them as", "referred to as",
)  # fmt: skip
_VERBS: Final = _INTRODUCING | {verb.capitalize() for verb in _INTRODUCING}
_CUE_WORDS: Final = _VERBS | {cue.partition(" ")[0] for cue in _NAMING}
"""First words of what `_CUE` finds: it is tried only where one of them stands, since to try it at every letter takes long."""

_CUES: Final = Fact(lambda word, _: word in _CUE_WORDS)
_CUE: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(_VERBS))}|(?P<named>{'|'.join(_NAMING)}))"
    r"(?:,?\s(?:it|this|the|our|an?|new|novel|method|approach|model|framework|dataset|benchmark|as|here)){0,6}[:,]?\s"
)
"""A verb of introduction, up to where the name begins."""

_NAME: Final = re.compile(
    r"[\"“‘'`*_{]{0,4}(?P<name>[A-Z][^\s,;:.()\[\]\"“”*]{0,30}(?:\s[A-Z0-9][^\s,;:.()\[\]\"“”*]{0,30}){0,5})"
)
_TITLE: Final = re.compile(r"([^\s:?!]{1,60}):\s")
_TITLE_LIMIT = 300
_NO_NAMES: Final = word_set(
    "The A An In We Our This These It To For On By With As At From Here However While When Such First Second "
    "Section Table Figure Theorem Lemma Algorithm Appendix Chinese English French German Japanese Korean Arabic "
    "Spanish Russian Hindi Bayesian Gaussian Markov"
)
"""Capitalised words that begin a sentence or an ordinary phrase."""

_NO_HEADED: Final = _NO_NAMES | COMMON
_DATA_NOUNS: Final = word_set("dataset benchmark corpus challenge treebank database leaderboard lexicon testbed")
_DATA: Final = Fact(lambda _, key: key in _DATA_NOUNS)
_LIST_GAP: Final = re.compile(r"(?:\s?\([^()]{1,40}\))?(?:,\s?|,?\s(?:and|or|&|vs\.?|versus)\s|/)")
"""What stands between the members of a list of names."""


def extract(text: str, names: lexicon.Lexicon = lexicon.SHIPPED) -> Iterator[Candidate]:
    """Yield the names in `text` that no list of names is needed for, by rule and in order."""
    yield from _listed(text, list(_shaped(text)), names)
    found = tokens(text)
    yield from _introduced(found)
    yield from _titled(text)
    yield from _headed(found)


def _shaped(text: str) -> Iterator[Candidate]:
    """Yield the words that have the shape of a name."""
    behind = 0
    for capital in _CAPITAL.finditer(text):
        # No run goes across a blank; the one with this letter begins behind the blank before it.
        begin = max(behind, text.rfind(" ", behind, capital.start()) + 1)
        behind = capital.end()
        for start, end in _names_in(text[begin:behind]):
            yield _typed(text, begin + start, begin + end, 0.55, "pattern:shape")


@lru_cache(maxsize=65_536)
def _names_in(piece: str) -> tuple[tuple[int, int], ...]:
    """Return where in a piece of text, mostly one word with its punctuation, the words in the shape of a name are."""
    found = ((match.start(), _name_in(match.group())) for match in _RUN.finditer(piece))
    return tuple((start + name[0], start + name[1]) for start, name in found if name is not None)


def _name_in(run: str) -> tuple[int, int] | None:
    """Return where in a run the name is, without the ordinary words tied to it, or None if there is none."""
    lead = _LOWER_LEAD.match(run)
    start = lead.end() if lead is not None else 0
    word = run[start:]
    while (tail := _LOWER_TAIL.search(word)) is not None and is_name(word[: tail.start()]):
        word = word[: tail.start()]
    parts = _HYPHEN.split(word)
    named = is_name(word) and "to" not in parts and (len(parts) == 1 or any(is_name(p) or p.isdigit() for p in parts))
    return (start, start + len(word)) if named else None


def _introduced(found: Tokens) -> Iterator[Candidate]:
    """Yield the names that the text says it introduces or calls so."""
    text = found.text
    for index in found.where(_CUES):
        cue = _CUE.match(text, found.starts[index])
        match = None if cue is None else _NAME.match(text, cue.end())
        name = _trimmed(match.group("name")) if match is not None else ""
        if cue is None or match is None or not name or name in COMMON or name.split()[0] in _NO_NAMES:
            continue
        start = match.start("name")
        sure = cue.group("named") is not None or " " not in name
        yield _typed(text, start, start + len(name), 0.85 if sure else 0.6, "pattern:introduced")


def _titled(text: str) -> Iterator[Candidate]:
    """Yield the name before the colon of a title."""
    match = _TITLE.match(text) if len(text) <= _TITLE_LIMIT else None
    if match is not None and not match.group(1).islower() and match.group(1) not in COMMON:
        yield _typed(text, *match.span(1), 0.85, "pattern:title")


def _headed(found: Tokens) -> Iterator[Candidate]:
    """Yield runs of capitalised words before a noun that only data has."""
    for index in found.where(_DATA):
        first = index
        while first > 0 and index - first < 5 and found.gaps[first] and _is_capital(found.words[first - 1]):
            first -= 1
        run = found.words[first:index]
        if run and found.gaps[first] != "-" and run[0] not in _NO_HEADED and not all(map(str.isdigit, run)):
            yield Candidate(found.starts[first], found.ends[index - 1], "dataset", 0.75, "pattern:headed")


def _listed(text: str, found: list[Candidate], names: lexicon.Lexicon) -> Iterator[Candidate]:
    """Yield the names, and of those whose type is open the ones in a list with known names as of their type."""
    known = lexicon.find(text, names) if found else ()
    begins = {candidate.start: candidate.type for candidate in known}
    stops = {candidate.end: candidate.type for candidate in known}
    for name in found:
        if name.score < 0.6:
            behind = _LIST_GAP.match(text, name.end)
            kind = _type_before(text, name.start, stops) or (begins.get(behind.end()) if behind is not None else None)
            if kind in {"method", "dataset", "metric"} and kind is not None:
                stops[name.end] = kind
                yield Candidate(name.start, name.end, kind, 0.62, "pattern:list")
                continue
        yield name


def _type_before(text: str, start: int, stops: dict[int, MentionType]) -> MentionType | None:
    """Return the type of the name that stands before `start` in the same list."""
    for back in range(start - 1, max(-1, start - 12), -1):
        if back in stops:
            return stops[back] if _LIST_GAP.fullmatch(text, back, start) else None
    return None


def _typed(text: str, start: int, end: int, score: float, by: str) -> Candidate:
    """Return a candidate whose type is what the words around the span say."""
    kind, sure = type_around(text, start, end)
    return Candidate(start, end, kind, score + 0.1 * sure, by)


def _trimmed(name: str) -> str:
    """Return a run of capitalised words without what does not belong to the name."""
    end = len(name.rstrip("\"”’'`*_}"))
    while end and name[:end].rpartition(" ")[2].rstrip("s") in COMMON:
        end = len(name[:end].rpartition(" ")[0].rstrip())
    return name[:end]


def _is_capital(word: str) -> bool:
    """Tell whether a word may be part of a proper name of several words."""
    return (word[0].isupper() or word.isdigit()) and not is_barrier(word.lower())
