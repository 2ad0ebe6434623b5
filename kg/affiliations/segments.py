"""Strings cut into pieces, pieces into segments, and the places in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.affiliations.places import CITIES, FIRST_WORDS, LONGEST, PLACES, Place, is_code
from kg.affiliations.vocabulary import HEADS
from kg.affiliations.words import ABBREVIATIONS, LEGAL, Word, words_of

_HARD: Final = re.compile(r"\s*[;|\n\r•·]+\s*|(?<!\+)\s*\+\s*(?!\+)|\s+/\s+|\s+//\s+")
_NOTE: Final = re.compile(r"(?:(?<=[\s,.)])|^)[\[(]?([1-9a-h])[\])]?[.:]?\s?(?=(?:the |[A-Z]))")
_FOOT: Final = re.compile(r"^\W*(?:[0-9]{1,2}|[a-h](?=[A-Z][a-z]))[\s,.:)\]]*(?=[^\W\d]{2})")
_CUT: Final = re.compile(r"[,:()\[\]–—|<>\"“”@]|\s-+|-+\s|//")
_STOP: Final = re.compile(r"\.\s+$")


_ENDING_FOLLOWS: Final = frozenset({"und", "oder"})
"""Behind these a hyphen stands for what two German words have in common: `Warenforschung und -prüfung`."""


@dataclass(slots=True)
class Segment:
    """A run of words between commas, brackets or dashes."""

    words: list[Word]
    first: int
    bracket: bool
    places: list[tuple[int, int, Place]] = field(default_factory=list)
    only_place: bool = False


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of affiliations that something joins: `A + B`, `A; B`, `1 A 2 B`."""
    at = 0
    for match in [*_HARD.finditer(text), None]:
        end = match.start() if match else len(text)
        yield from _noted(text, at, end)
        at = match.end() if match else end


def _noted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces of a span that footnote marks begin, if these count up from 1 or a."""
    marks = [match for match in _NOTE.finditer(text, start, end) if match.start() == start or not match[1].isalpha()]
    counted = [mark for place, mark in enumerate(marks) if mark[1] == ("abcdefgh" if marks[0][1].isalpha() else "123456789")[min(place, 7)]]
    if len(counted) > 1 and len(counted) == len(marks) and not text[start : counted[0].start()].strip():
        ends = [mark.start() for mark in counted[1:]] + [end]
        for mark, stop in zip(counted, ends, strict=True):
            yield mark.end(), stop
        return
    foot = _FOOT.match(text, start, end)
    yield foot.end() if foot and _NAMELY.search(text, foot.end(), end) else start, end


_NAMELY: Final = re.compile(r"(?i)univ|inst|dep|school|lab|facul|colle|center|centre|,")


def words_between(text: str, start: int, end: int) -> list[Word]:
    """Return the words of a piece, with their places in the string."""
    words = [w._replace(start=w.start + start, end=w.end + start) for w in words_of(text[start:end])]
    return [_without_mark(word, text) for word in words]


def _without_mark(word: Word, text: str) -> Word:
    """Take a footnote's number off the end of a word: `University1`."""
    if len(word.folded) > 4 and word.folded[-1].isdigit() and word.folded[:-1].isalpha() and text[word.start : word.end][-2].islower():
        (bare,) = words_of(word.folded[:-1]) or [word]
        return Word(word.start, word.end - 1, bare.folded, bare.key, word.capital)
    return word


def segments_of(text: str, words: list[Word]) -> list[Segment]:
    """Return the segments of a piece."""
    segments = [Segment([words[0]], 0, bracket=False)]
    depth = 0
    for place in range(1, len(words)):
        before, word = words[place - 1], words[place]
        gap = text[before.end : word.start]
        depth = max(0, depth + gap.count("(") - gap.count(")"))
        stop = _STOP.search(gap) is not None and len(before.folded) > 3 and before.folded not in ABBREVIATIONS
        slash = gap == "/" and text[before.end - 1].islower() and text[word.start].isupper() and any(w.key in HEADS for w in segments[-1].words)
        ending = gap == " -" and before.folded in _ENDING_FOLLOWS
        if (_CUT.search(gap) and not ending) or stop or slash:
            segments.append(Segment([word], place, depth > 0))
        else:
            segments[-1].words.append(word)
    for segment in segments:
        _find_places(segment, text, alone=len(segments) == 1)
    return segments


def _find_places(segment: Segment, text: str, *, alone: bool) -> None:
    """Find the places in a segment, and whether it is nothing else."""
    folded = [word.folded for word in segment.words]
    at, rest = 0, 0
    while at < len(folded):
        count, place = _place_at(segment.words, folded, at, text)
        if place:
            segment.places.append((segment.first + at, segment.first + at + count - 1, place))
        elif not (is_code(folded[at]) or folded[at] in {"the", "of", "and", "p", "r", "d", "c", "sar", "city", "province", "cedex", "o"}):
            rest += 1
        at += max(count, 1)
    segment.only_place = (not rest or all(word.folded in LEGAL for word in segment.words)) and not (alone and not segment.places)


def _place_at(words: list[Word], folded: list[str], at: int, text: str) -> tuple[int, Place | None]:
    for count in range(min(LONGEST, len(folded) - at), 0, -1) if folded[at] in FIRST_WORDS else ():
        place = PLACES.get(" ".join(folded[at : at + count]))
        if place and not (count == 1 and len(folded[at]) < 4 and not text[words[at].start : words[at].end].isupper()):
            return count, place
    return 0, None


def place_of(segments: list[Segment], taken: set[int]) -> tuple[str, bool, str]:
    """Return country, whether it was stated, and city: what stands last counts, and a country before a city."""
    countries: list[str] = []
    regions: list[tuple[str, str]] = []
    cities: list[tuple[str, str]] = []
    for segment in segments:
        for first, last, place in segment.places:
            if first in taken or not (segment.only_place or last == segment.first + len(segment.words) - 1):
                continue
            name = " ".join(w.folded for w in segment.words[first - segment.first : last - segment.first + 1])
            if place.level == "country":
                countries.append(place.country)
            elif place.level == "region" and (len(name) > 3 or len(segments) > 1):
                regions.append((name, place.country))
            if place.level == "city" or (name in CITIES and len(name) > 3):
                cities.append((name, place.country if place.level == "city" else ""))
    city = cities[-1][0] if cities else ""
    for special in ("HK", "MO", "TW"):
        if special in countries and all(place in {special, "CN"} for place in countries) and not (special == "HK" and any(place == "CN" for _, place in regions)):
            return special, True, city
    if countries:
        return countries[-1], True, city
    if regions:
        code, country = regions[-1]
        abroad = code.upper() in {place for _, place in (*cities, *regions)}  # Calgary, AB, CA is in Canada
        return code.upper() if abroad else country, True, city
    return next((country for _, country in reversed(cities) if country), ""), False, city


def countries_of(segments: list[Segment]) -> set[str]:
    """Return all countries that are named as such."""
    return {place.country for segment in segments for _, _, place in segment.places if place.level == "country"}


def is_place(segment: Segment, at: int) -> bool:
    """Return whether a word of a segment is one of a place's name."""
    return any(first <= at <= last for first, last, _ in segment.places)
