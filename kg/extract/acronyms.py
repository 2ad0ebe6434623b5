"""Abbreviations and what they stand for: `long form (SHORT)` and `SHORT (long form)`.

Which words are the long form is decided in `kg.extract.alignment`. Both forms and every later use of the short form are
mentions of one entity, named by the long form. Its type is that of the known name among the two, else what the text calls
it, else what the last noun of the long form says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.extract import lexicon
from kg.extract.alignment import aligned
from kg.extract.heads import APPOSITIONS, type_of
from kg.extract.latex import plain
from kg.extract.role_words import introduces
from kg.extract.shape import COMMON
from kg.extract.tokens import first_key, key, keys, occurrences, tokens
from kg.extract.words import is_barrier
from kg.model import Candidate
from kg.model.mentions import MentionType
from kg.text import word_set

kinds: tuple[MentionType, ...] = ("method", "dataset", "task", "metric", "software", "institution")

_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{2,90})[)\]]")
_SHORT: Final = re.compile(r"[^\W_][^\s,;:()\[\]]{1,14}")
_STOP: Final = re.compile(r"[.;:,!?()\[\]]")
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
        what = entity(plain(long) if "\\" in long or "$" in long else long, stem, names)
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
    for behind in (text[definition.long[1] : definition.short[0]], text[end : end + 40]):
        following, gap = first_key(behind)
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
            long = aligned(first.group(), clause)
            if long is not None:
                from_ = end - len(clause)
                yield Definition((from_ + long[0], from_ + long[1]), (start, start + first.end()))
            continue
        name = _SHORT.fullmatch(before[before.rfind(" ") + 1 :]) if before else None
        if name is not None and _is_short(name.group()) and " " in inside:
            words = inside.strip("\"“”'‘’ ")
            long = aligned(name.group(), words) if _STOP.search(words) is None else None
            if long is not None and long[0] == 0:
                begin = start + inside.index(words)
                yield Definition((begin, begin + long[1]), (end - len(name.group()), end))


def entity(
    long: str, short: str, names: lexicon.Lexicon = lexicon.SHIPPED
) -> tuple[MentionType, str, str | None, float] | None:
    """Return type, canonical name, concept and score of what a long and a short form name together."""
    entry = lexicon.known(long, names)
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
    """Return a name without the plural of its last word; an S in a word of capitals is none, nor that of a science or of *Bayes*.

    What there are several of, as *of* says, stays several.

    >>> singular("Graph Neural Networks"), singular("deep policies"), singular("ETHICS"), singular("inverse kinematics"), singular("naive Bayes")
    ('Graph Neural Network', 'deep policy', 'ETHICS', 'inverse kinematics', 'naive Bayes')
    >>> singular("auto-encoders"), singular("k-means"), singular("Bag of Words"), singular("least squares")
    ('auto-encoder', 'k-means', 'Bag of Words', 'least squares')
    """
    head, blank, last = name.rpartition(" ")
    if (last.isupper() and not blank) or " of " in head + blank:
        return name
    if compound := _COMPOUND.fullmatch(last):
        return f"{head}{blank}{compound[1]}{singular(compound[2])}"
    lower, stem = last.lower(), key(last)
    if _ENDS_IN_S.search(lower) and stem not in _IN_IC:
        return name
    if lower.endswith("ies") and stem.endswith("y"):
        return f"{name[:-3]}y"
    return f"{head}{blank}{last[: len(stem)]}" if lower in {f"{stem}s", f"{stem}es"} else name


_COMPOUND: Final = re.compile(r"([A-Za-z]?[a-z]{2,}-)([a-z]{3,})")
"""A word of two, of which the first is more than a letter."""

_ENDS_IN_S: Final = re.compile(r"(?:ics|series|species|^(?:alias|atlas|bayes|bias|canvas|chaos|gas|gibbs|lens|odds|potts|squares|stokes))$")
"""Words that end in s as they are."""

_IN_IC: Final = word_set("characteristic classic clinic critic diagnostic fabric geodesic graphic harmonic heuristic logic metric mosaic quadric statistic topic")
"""Words that have a plural in *ics*, unlike the sciences."""


def _is_short(word: str) -> bool:
    """Tell whether a word looks like an abbreviation: at most fifteen characters, one of them a capital."""
    return 2 <= len(word) <= 15 and any(c.isupper() for c in word) and any(c.isalpha() for c in word)


def _last_stop(text: str) -> int:
    """Return the offset behind the last punctuation mark of `text`."""
    last = 0
    for match in _STOP.finditer(text):
        last = match.end()
    return last
