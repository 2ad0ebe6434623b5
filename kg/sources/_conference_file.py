"""What has to be known of a whole list of conference papers before its records are read: whose an abstract is, and how its lists are made."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from kg.model import Document, Problem
from kg.sources._embedded import stems
from kg.sources._json.value import Value
from kg.sources._tally import Tally
from kg.sources._venue_names import occasion


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a whole file.

    Attributes:
        tally: What looks wrong in many of its records.
        borrowed: Line and path of the records with another paper's abstract, and the line of that paper.
        one_each: Whether its lists of affiliations name each only once, so that they are not parallel to authors.
        year: The year in its name.
        venue: The conference that its name says.
    """

    tally: Tally = field(default_factory=Tally)
    borrowed: dict[tuple[int, str], int] = field(default_factory=dict)
    one_each: bool = False
    year: str | None = None
    venue: str | None = None


_SHORTEST_SHARED: Final = 100
"""Abstracts that are shorter may be alike by chance (`Preface`)."""

_FITS_BETTER: Final = 0.25
"""By how much more of one title's words must be in an abstract than of the other's, to say whose it is."""

_FEWEST_LISTS: Final = 10
_FEWEST_REPEATS: Final = 0.1
"""Where a tenth of the lists of affiliations name one twice, the lists are parallel to the authors."""


def looked_over(document: Document, rows: Callable[[], Iterable[Value | Problem]]) -> File:
    """Return what has to be known of a file before its records are read."""
    year, venue = occasion(PurePath(document.name).name.partition(".")[0])
    first: dict[int, tuple[int, str]] = {}
    shared: dict[int, list[tuple[int, str]]] = {}
    lists = repeats = 0
    for value in rows():
        if isinstance(value, Problem) or not isinstance(value.data, dict):
            continue
        abstract, places = value.data.get("abstract"), value.data.get("aff")
        if isinstance(abstract, str) and len(abstract) >= _SHORTEST_SHARED:
            key = hash(letters(abstract))
            here = value.line, value.path
            if first.setdefault(key, here) != here:
                shared.setdefault(key, [first[key]]).append(here)
        if isinstance(places, str) and places.count(";") >= 2:
            slots = [slot for slot in map(str.strip, places.split(";")) if slot]
            lists += len(slots) > 2
            repeats += len(set(slots)) < len(slots)
    one_each = lists >= _FEWEST_LISTS and repeats < lists * _FEWEST_REPEATS
    tally = Tally()
    borrowed = _borrowed(rows(), shared, tally) if shared else {}
    return File(tally, borrowed, one_each, year, venue)


def letters(abstract: str) -> str:
    """Return an abstract without blanks and hyphens, soft ones too, which differ where it was copied from print."""
    if "(cid:173)" in abstract:
        abstract = abstract.replace("(cid:173)", "")
    if abstract.isascii():
        return abstract.translate(_NO_LETTERS)  # five times as fast as to split
    return "".join(abstract.replace("-", "").split())


_NO_LETTERS: Final = str.maketrans("", "", "".join(filter(str.isspace, map(chr, range(128)))) + "-")


def _borrowed(
    rows: Iterable[Value | Problem], shared: dict[int, list[tuple[int, str]]], tally: Tally
) -> dict[tuple[int, str], int]:
    """Return which of the records that share an abstract it does not belong to, and the line of the one it does."""
    told = {place: place == same[0] for same in shared.values() for place in same}
    papers = {
        place: (_words(value.data.get("title")), _words(value.data["abstract"]) if told[place] else set())
        for value in rows
        if isinstance(value, Value) and (place := (value.line, value.path)) in told
    }
    found: dict[tuple[int, str], int] = {}
    for same in shared.values():
        titles = {place: papers[place][0] for place in same}
        if len({frozenset(words) for words in titles.values()}) == 1:
            continue  # the paper is there twice
        words = papers[same[0]][1]
        fits = {place: len(title & words) / max(len(title), 1) for place, title in titles.items()}
        best = max(same, key=lambda place: fits[place])
        for place in same:
            if fits[best] - fits[place] >= _FITS_BETTER:
                found[place] = best[0]
            elif titles[place] != titles[best]:
                what = f"the same abstract as that of the paper in line {best[0]}, and it could be of either"
                tally.note(place[0], what, "look it up and correct one of them")
    return found


def _words(text: Any) -> set[str]:
    """Return the words by which a title and its abstract are compared; none where it is no text."""
    return stems(text) if isinstance(text, str) else set()
