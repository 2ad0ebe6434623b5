"""Abbreviations and what they stand for: `long form (SHORT)` and `SHORT (long form)`.

The algorithm is that of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text", Pacific Symposium on Biocomputing 8 (2003), 451-462: going backwards, every letter
of the short form has to be found in the long form, the first one at the beginning of a word. Both forms and every
later use of the short form are mentions of one entity, named by the long form. Its type is that of the known name
among the two, else what the last noun of the long form says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract import lexicon
from kg.extract.heads import APPOSITIONS, type_of
from kg.extract.role_words import introduces
from kg.extract.shape import COMMON
from kg.extract.tokens import first_key, key, keys, occurrences, tokens
from kg.extract.words import is_barrier
from kg.model import Candidate
from kg.model.mentions import MentionType

kinds: tuple[MentionType, ...] = ("method", "dataset", "task", "metric", "software", "institution")

_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{2,90})[)\]]")
_SHORT: Final = re.compile(r"[^\W_][^\s,;:()\[\]]{1,14}")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STOP: Final = re.compile(r"[.;:,!?()\[\]]")
_SKIPPED: Final = frozenset({"of", "and", "the", "for", "in", "to", "with", "on", "a", "an", "by", "via"})
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Definition:
    """A short form and its long form, as spans of the text."""

    long: tuple[int, int]
    short: tuple[int, int]


def extract(text: str, names: lexicon.Lexicon = lexicon.SHIPPED) -> Iterator[Candidate]:
    """Yield both forms of each abbreviation defined in `text`, and the later uses of the short form."""
    named: dict[str, tuple[MentionType, str, str | None, float]] = {}
    for definition in definitions(text):
        long, short = text[slice(*definition.long)], text[slice(*definition.short)]
        stem = short[:-1] if len(short) > 2 and short[-1] == "s" and short[-2].isupper() else short
        what = entity(long, stem, names)
        if what is None or stem in named:
            continue
        if what[2] is None:
            what = (_kind(text, definition, what[0]), *what[1:])
        named[stem] = what
        kind, canonical, concept, score = what
        yield Candidate(*definition.long, kind, score, "acronym:long", canonical, concept)
        yield Candidate(*definition.short, kind, score + 0.01, "acronym", canonical, concept)
    if not named:
        return
    found = tokens(text)
    for stem, first, last in occurrences(found, named):
        kind, canonical, concept, score = named[stem]
        yield Candidate(found.starts[first], found.ends[last - 1], kind, score + 0.01, "acronym", canonical, concept)


def _kind(text: str, definition: Definition, kind: MentionType) -> MentionType:
    """Return the type of what is defined: what the text calls it counts more than its own last noun.

    *The X (Y) dataset* is data, whatever X ends with, and what a paper proposes under a task's name is a method.
    """
    end = max(definition.long[1], definition.short[1]) + 1
    following, gap = first_key(text[end : end + 40])
    if gap and following in APPOSITIONS:
        return APPOSITIONS[following]
    start = min(definition.long[0], definition.short[0])
    if kind == "task" and introduces(text, start):
        return "method"
    return kind


def definitions(text: str) -> Iterator[Definition]:
    """Yield the abbreviations that `text` defines.

    >>> text = "a generative adversarial network (GAN)"
    >>> [(text[slice(*d.long)], text[slice(*d.short)]) for d in definitions(text)]
    [('generative adversarial network', 'GAN')]
    """
    for bracket in _BRACKET.finditer(text):
        start, inside = bracket.start(1), bracket.group(1)
        before = text[max(0, bracket.start() - _LONGEST) : bracket.start()]
        end = bracket.start() - len(before) + len(before.rstrip())
        before = before.rstrip()
        first = _SHORT.match(inside)
        if first is not None and _is_short(first.group()) and inside[first.end() :][:1] in {"", ",", ";"}:
            clause = before[_last_stop(before) :]
            offset = _long_form(first.group(), clause)
            if offset is not None and before:
                yield Definition((end - len(clause) + offset, end), (start, start + first.end()))
            continue
        name = _SHORT.fullmatch(before[before.rfind(" ") + 1 :]) if before else None
        if name is not None and _is_short(name.group()) and " " in inside:
            long = inside.strip("\"“”'‘’ ")
            if _STOP.search(long) is None and _long_form(name.group(), long) == 0:
                begin = start + inside.index(long)
                yield Definition((begin, begin + len(long)), (end - len(name.group()), end))


def entity(
    long: str, short: str, names: lexicon.Lexicon = lexicon.SHIPPED
) -> tuple[MentionType, str, str | None, float] | None:
    """Return type, canonical name, concept and score of what a long and a short form name together."""
    entry = lexicon.known(long, names)
    if entry is None:
        shorter = lexicon.known(short, names)
        if shorter is not None and any(key_of(long) == key_of(label.text) for label in shorter.concept.labels):
            entry = shorter
    if entry is not None:
        return entry.type, entry.concept.name, entry.concept.iri, 0.97
    parts = keys(long)
    if not parts or is_barrier(parts[0]):
        return None
    kind = type_of(parts[-1])
    if kind is not None:
        return kind, singular(long), None, 0.9
    return ("method", singular(long), None, 0.7) if short not in COMMON else None


def key_of(name: str) -> str:
    """Return a name for comparison, whatever its case, number, spelling and hyphens."""
    return " ".join(keys(name))


def singular(name: str) -> str:
    """Return a name without the plural of its last word.

    >>> singular("Graph Neural Networks")
    'Graph Neural Network'
    """
    head, blank, last = name.rpartition(" ")
    stem = key(last)
    return f"{head}{blank}{last[: len(stem)]}" if last.lower() == stem + "s" or last.lower() == stem + "es" else name


def _is_short(word: str) -> bool:
    """Tell whether a word looks like an abbreviation: at most fifteen characters, one of them a capital."""
    return 2 <= len(word) <= 15 and any(c.isupper() for c in word) and any(c.isalpha() for c in word)


def _last_stop(text: str) -> int:
    """Return the offset behind the last punctuation mark of `text`."""
    last = 0
    for match in _STOP.finditer(text):
        last = match.end()
    return last


def _long_form(short: str, clause: str) -> int | None:
    """Return where the long form of `short` begins in `clause`, or None if there is none."""
    letters = [c.lower() for c in short if c.isalnum()]
    if len(letters) > 2 and short[-1] == "s" and short[-2].isupper():
        letters.pop()
    lower = clause.lower()
    starts = [match.start() for match in _WORD.finditer(clause)]
    if len(starts) < 2 or len(lower) != len(clause):
        return None
    at = _initials(letters, lower, starts)
    if at is None:
        at = _scattered(letters, lower)
        limit = min(len(letters) + 5, 2 * len(letters))
        if at not in starts or sum(start >= at for start in starts) > limit:
            return None
    while at > 1 and lower[at - 1] == "-" and max((s for s in starts if s < at), default=-1) == _compound(lower, at):
        at = _compound(lower, at)  # "multi-modal", not "modal"
        if lower[at] == letters[0]:
            break
    return at if " " in clause[at:].strip() or "-" in clause[at:] else None


def _compound(text: str, at: int) -> int:
    """Return where the part of a compound before the hyphen at `at - 1` begins."""
    first = at - 1
    while first > 0 and text[first - 1].isalnum():
        first -= 1
    return first


def _initials(letters: list[str], text: str, starts: list[int]) -> int | None:
    """Return where words begin whose initials are `letters`, function words apart; None if they are not."""
    words = [start for start in starts if text[start : start + 4].split(maxsplit=1)[0] not in _SKIPPED]
    first = words[-len(letters)] if len(words) >= len(letters) else None
    if first is None or [text[start] for start in words[-len(letters) :]] != letters:
        return None
    return first


def _scattered(letters: list[str], text: str) -> int | None:
    """Return where the long form begins by the rule of Schwartz and Hearst."""
    at = len(text)
    for rank in range(len(letters) - 1, -1, -1):
        at = text.rfind(letters[rank], 0, at)
        while rank == 0 and at > 0 and text[at - 1].isalnum():
            at = text.rfind(letters[0], 0, at)
        if at < 0:
            return None
    return at
