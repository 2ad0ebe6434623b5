"""What is seen in a pair of records that could be one paper: numbers, each of which speaks for or against.

A measure that one of the records gives no ground for is left out, so that what is missing is silent, and what is in other
letters too.
"""

import math
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.names import parse
from kg.resolve.papers.features import TELLING, Features, own_title, title_key
from kg.resolve.papers.telling import CUT, Hashes, tells, told_by

_SUBMISSIONS: Final = frozenset(
    ["arxiv", "corr", "biorxiv", "medrxiv", "chemrxiv", "psyarxiv", "ssrn", "hal", "techrxiv", "openreview", "preprint",
     "preprints", "workshop", "workshops", "submitted", "unpublished", "manuscript", "iclr"]
)  # fmt: skip
"""Words of venues that list what was submitted or is printed elsewhere later. ICLR has published all its submissions on
OpenReview, with those it declined, since its first years; much of that appeared elsewhere, often under another title."""

_NUMBER: Final = re.compile(r"[0-9]+(?=d?$|[a-z]|$)")
_COUNTS: Final = {
    word: str(number)
    for number, words in enumerate(
        ("zero", "one single mono", "two dual double", "three triple", "four quad quadruple", "five", "six", "seven", "eight", "nine", "ten")
    )
    for word in words.split()
}


_AT_ONCE: Final = 1 << int(CUT)
"""So many texts are compared at once: the place of a pair takes the bits that hashes go without."""


def seen(left: Features, right: Features) -> dict[str, float]:
    """Return all that is seen in a pair but what its texts say, since that takes longest: see `seen_in_texts`."""
    found: dict[str, float] = {}
    titled = comparable(left.title, right.title)
    if titled:
        found |= _titles(left.title, right.title)
        if found.get("title", 0.0) < 1:
            found |= _venues(left, right)
    if left.authors and right.authors and comparable(" ".join(left.authors), " ".join(right.authors)):
        found |= _authors(left, right)
    if left.month is not None and right.month is not None:
        found["months"] = abs(left.month - right.month)
    elif left.year is not None and right.year is not None:
        # A preprint may be printed years later; a paper that has another title by then is mostly another paper.
        found["years" if found.get("title", 1.0) == 1 else "retitled-after"] = abs(left.year - right.year)
    if not titled:
        # Papers of one group introduce and name the same things; names identify where no title does.
        if left.names and right.names:
            found["introduced-name"] = float(not left.names.isdisjoint(right.names))
        if any(one.head and f" {one.head} " in other.running for one, other in ((left, right), (right, left))):
            found["title-names-it"] = 1.0
    return found


def comparable(one: str, other: str) -> bool:
    """Tell whether two folded texts can be compared: both are there, and in the same letters; a translation tells nothing.

    >>> comparable("on tides", "o prilivah"), comparable("on tides", "о приливах"), comparable("on tides", "")
    (True, False, False)
    """
    return bool(one and other) and ((one.isascii() and other.isascii()) or _is_latin(one) == _is_latin(other))


@lru_cache(maxsize=1 << 16)
def _is_latin(text: str) -> bool:
    """Tell whether a folded text is mostly in Latin letters."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum(letter.isascii() for letter in letters) * 2 > len(letters)


def _titles(left: str, right: str) -> dict[str, float]:
    """Compare two titles: how much of what their words tell both have, and how much of the shorter one the other has."""
    if title_key(left) == title_key(right):
        return {"title": 1.0} if own_title(left) else {"generic-title": 1.0}
    (one, told), (other, also) = _title_words(left), _title_words(right)
    shared = told_by(one & other)
    found = {"title": min(shared / max(told + also - shared, 1e-9), 0.99), "title-contained": min(shared / max(min(told, also), 1e-9), 1.0)}
    numbers, others = _numbers(left), _numbers(right)
    if numbers and others and numbers != others:
        found["title-numbers"] = 1.0
    return found


@lru_cache(maxsize=1 << 16)
def _title_words(title: str) -> tuple[frozenset[str], float]:
    """Return the words of a title, and how much they tell."""
    found = frozenset(title.split())
    return found, told_by(found)


@lru_cache(maxsize=1 << 16)
def _numbers(title: str) -> frozenset[str]:
    """Return the numbers in a title, counts in words among them.

    >>> sorted(_numbers("cooperative control of two snake robots in 3d"))
    ['2', '3']
    """
    found = (_COUNTS.get(word) or ((match := _NUMBER.match(word)) and match[0]) for word in title.split())
    return frozenset(number for number in found if number)


def _venues(left: Features, right: Features) -> dict[str, float]:
    """Compare where two papers with different titles were printed: a venue prints a paper once, and a submission list does not count."""
    one, other = _submissions(left), _submissions(right)
    if left.venue and right.venue and _same_series(left.venue, right.venue):
        same_year = left.year is None or right.year is None or left.year == right.year
        return {"one-issue" if same_year else "one-series": 1.0}
    if one != other or (one and other):
        return {"submission": 1.0}
    return {"two-venues": 1.0} if left.venue and right.venue else {}


def _submissions(paper: Features) -> bool:
    """Tell whether a record stands in a list of preprints or submissions."""
    return bool(paper.arxiv) or not _SUBMISSIONS.isdisjoint(paper.venue.split())


@lru_cache(maxsize=1 << 16)
def _same_series(left: str, right: str) -> bool:
    """Tell whether two venues are one series: the same words, or the initials of one in the other.

    >>> _same_series("icml", "international conference machine learning"), _same_series("icml", "icra")
    (True, False)
    """
    if left == right:
        return True
    short, long = sorted((left.split(), right.split()), key=len)
    return len(short) == 1 and len(short[0]) > 2 and "".join(word[0] for word in long).endswith(short[0])


def _authors(left: Features, right: Features) -> dict[str, float]:
    """Compare author lists by surname and initial, since lists print names differently, and cut lists short."""
    one = {author_key(name) for name in left.authors}
    other = {author_key(name) for name in right.authors}
    shared = len(one & other)
    found = {"authors-contained": shared / min(len(one), len(other)), "author-count": float(shared)}
    return found if left.cut or right.cut else found | {"authors": shared / len(one | other)}


@lru_cache(maxsize=1 << 20)
def author_key(name: str) -> str:
    """Return surname and initial of a name; a paper is compared with many others, and its names are taken apart once."""
    return parse(name).block


def seen_in_texts(pairs: Sequence[tuple[Features, Features]]) -> list[dict[str, float]]:
    """Compare the abstracts of pairs: the words that both have, by what they tell, and the runs of words of the shorter that the other has.

    What is seen in a pair does not depend on the others; many are compared at once because that is many times faster.
    """
    return [found for at in range(0, len(pairs), _AT_ONCE) for found in _batch(pairs[at : at + _AT_ONCE])]


def _batch(pairs: Sequence[tuple[Features, Features]]) -> list[dict[str, float]]:
    words, at = _shared([(left.words, right.words) for left, right in pairs])
    shared = np.bincount(at, np.square(tells(words)), len(pairs)).tolist()
    _, at = _shared([(left.shingles, right.shingles) for left, right in pairs])
    runs = np.bincount(at, minlength=len(pairs)).tolist()
    found = []
    for (left, right), told, both in zip(pairs, shared, runs, strict=True):
        cosine = told / max(math.sqrt(left.told * right.told), 1e-9)
        smaller = min(len(left.shingles), len(right.shingles))
        share = both / smaller if smaller else 0.0
        short = min(len(left.words), len(right.words)) < TELLING
        found.append({"short-text": min(cosine, share) if smaller else cosine} if short else {"text": cosine, "runs": share})
    return found


def _shared(pairs: Sequence[tuple[Hashes, Hashes]]) -> tuple[Hashes, npt.NDArray[np.int64]]:
    """Return what the two sides of each pair have in common, cut to its first bits, and the place of its pair."""
    sides = [side for pair in pairs for side in pair]
    places = np.repeat(np.repeat(np.arange(len(pairs), dtype=np.uint64), 2), [len(side) for side in sides])
    packed = (np.concatenate(sides) >> CUT << CUT) | places
    packed.sort()
    both = packed[1:][packed[1:] == packed[:-1]]
    return both >> CUT, (both & np.uint64(_AT_ONCE - 1)).astype(np.int64)
