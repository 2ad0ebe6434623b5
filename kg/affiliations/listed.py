"""The names of listed organisations in a string."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kg.affiliations.known import BEGINNING, SHARED, TAG, Entry, is_short, known
from kg.affiliations.places import CITIES, is_code
from kg.affiliations.segments import Segment, is_place, place_of
from kg.affiliations.vocabulary import AGAINST, FIELDS, SYSTEMS, UNITS, WORK
from kg.affiliations.words import LEGAL, TURNING, Word, key_of, key_of_name, singular, squeezed, words_of
from kg.text import word_set


@dataclass(slots=True)
class Found:
    """A run of words `[first, last]` that names an organisation, and how sure that is; its seat ends at `seat` if that is part of the name."""

    first: int
    last: int
    key: tuple[str, ...]
    strength: float
    entry: Entry | None = None
    seat: int = 0


def listed(text: str, words: list[Word], segments: list[Segment], of: list[Segment]) -> list[Found]:
    """Return the organisations of the ontology that are named, without overlaps, longer names first."""
    found: list[Found] = []
    at = 0
    while at < len(words):
        best = None
        if words[at].key:
            best = _longest(text, words, segments, of, at)
        if best:
            found.append(best)
            at = best.last
        at += 1
    return found


_MOST_WORDS: Final = 12
"""Words of the longest name that is looked for."""

_PART: Final = 2
"""An acronym of so few letters that hyphens tie to another word is a part of that."""

_ENDS: Final = LEGAL | {"tech"}
"""What makes the key of a long name another one at its end: `Hatton University of Science and Tech.`, `Hats of the World Inc.`"""


def _longest(text: str, words: list[Word], segments: list[Segment], of: list[Segment], at: int) -> Found | None:
    """Return the longest listed name that begins with a word and stands there as a name."""
    index = known()
    parts: list[str] = []
    best: Found | None = None
    for last in range(at, min(len(words), at + _MOST_WORDS)):
        if not words[last].key:
            continue
        parts.append(words[last].key)
        run = "".join(parts)
        key = tuple(parts)
        if len(parts) <= 3 or (parts[-1] in _ENDS and not is_place(of[last], last)):
            if not TURNING.isdisjoint(parts):
                key = key_of(parts)
                run = squeezed(key)
        elif run[:BEGINNING] not in index.beginnings:
            break
        entries = index.names.get(run)
        if not entries:
            continue
        whole = at == 0 and last == len(words) - 1
        alone = len(of[at].words) == last - at + 1 and last - at < 1 and text[words[at].start].isupper() and len(run) > 3
        legal = last > at and words[last].folded in LEGAL and not is_place(of[last], last)
        fitting = [
            e for e in entries
            if whole or (e.rank != TAG and (not e.short or alone or (legal and e.sector in _COMPANIES) or _capital(text, words, at, last)))
        ]  # fmt: skip
        run_text = text[words[at].start : words[last].end]
        fitting = [e for e in fitting if e.name == run_text] or fitting if fitting and fitting[0].short else fitting
        if fitting and _stands(text, words, of, at, last, fitting[0]):
            best = Found(at, last, key, 9.0, fitting[0])
            if len({e.iri for e in fitting}) > 1:
                best.entry = _by_country(fitting, segments, set(range(at, last + 1)))
                if best.entry is None:
                    best = None
    return best


def _by_country(entries: Sequence[Entry], segments: list[Segment], taken: set[int]) -> Entry | None:
    """Return which of several organisations of one name is meant: the one in the country named, else the best known."""
    country, _, _ = place_of(segments, taken)
    here = [e for e in entries if e.country == country] if country else list(entries)
    best = [e for e in here if e.rank == here[0].rank]
    return best[0] if best and len({e.iri for e in best}) == 1 else None


def whole_name(each: Found, segments: list[Segment]) -> Entry | None:
    """Return the organisation that has what was taken for a name as a whole for one of its own: no acronym, and no name that others may have too."""
    entries = [e for e in known().names.get(squeezed(each.key), ()) if not e.short and e.rank < SHARED]
    return _by_country(entries, segments, set(range(each.first, each.last + 1))) if entries else None


def _capital(text: str, words: list[Word], first: int, last: int) -> bool:
    run = text[words[first].start : words[last].end]
    return sum(c.isupper() for c in run) * 2 > sum(c.isalpha() for c in run)


def _stands(text: str, words: list[Word], of: list[Segment], first: int, last: int, entry: Entry) -> bool:
    """Return whether a run of words is a name of its own there, rather than the beginning or end of another name."""
    places = all(is_place(of[i], i) for i in range(first, last + 1)) and not _of_two_places(of[first], first, last)
    if places and (first > 0 or last < len(words) - 1):
        return False
    if any(low < first <= high or low <= last < high for segment in {id(of[first]): of[first], id(of[last]): of[last]}.values() for low, high, _ in segment.places):
        return False  # the York of New York
    if first == last and text[words[last].end : words[last].end + 2] == ". " and last < len(words) - 1 and of[last + 1] is of[last]:
        return False
    if last - first < 1 and len(words[first].folded) <= _PART and (words[first].joined or (last + 1 < len(words) and words[last + 1].joined)):
        return False  # the HP of AP-HP
    crossing = of[first] is not of[last]
    before, after = first - 1, last + 1
    left_open = before >= 0 and of[before] is of[first]
    right_open = after < len(words) and of[after] is of[last]
    if crossing and (right_open and not is_place(of[last], after)):
        return False
    if words[first].key == "department" and (left_open or right_open):
        return False  # the Department of Energy of Department of Energy Engineering
    if crossing and words[first].key in FIELDS and words[first].key != words_of(entry.name)[0].key:
        return False  # the Technology, Polis University of School of Hat Technology, Polis University
    if crossing and left_open and words[before].key and words[before].key not in UNITS | FIELDS:
        return False
    if left_open and "&" in text[words[before].end : words[first].start]:
        left_open = False
    if right_open and "&" in text[words[last].end : words[after].start]:
        right_open = False
    acronym = left_open and is_short(text[words[before].start : words[before].end])
    if left_open and words[first].key == "university" and words[before].key and words[first + 1].key and words[before].key not in UNITS and not acronym:
        return False  # the University Jilin of Agricultural University Jilin
    return (not left_open or _ends(text, words[before], of[first])) and (not right_open or _begins(text, words, of[last], after, entry))


def _of_two_places(segment: Segment, first: int, last: int) -> bool:
    """Return whether a name fills its segment and is made of several places, as no place is: UT Austin."""
    return len(segment.places) > 1 and (segment.first, len(segment.words)) == (first, last - first + 1)


def _ends(text: str, word: Word, segment: Segment) -> bool:
    """Return whether a name can begin behind a word of its segment: behind a preposition, unit, field of work, acronym or place."""
    if not word.key:
        return True
    if segment.words[0] is word and word.key in _OF_NAMES:
        return False
    place = segment.first + next(at for at, other in enumerate(segment.words) if other is word)
    return is_short(text[word.start : word.end]) or word.key in UNITS | WORK | FIELDS or is_place(segment, place) or is_code(word.folded)


_OF_NAMES: Final = word_set("medical agricultural technology science")
"""Fields of work that are the beginning of a name where they begin a segment: Medical University."""


def _begins(text: str, words: list[Word], segment: Segment, after: int, entry: Entry) -> bool:
    """Return whether a listed name can end before a word of its segment."""
    word, company = words[after], entry.sector in _COMPANIES
    if word.folded in _GOES_ON:
        return company and word.folded != "of"
    if word.folded == "at" and key_of_name(entry.name) in SYSTEMS:
        return False
    if entry.country == "FR" and (_ROMAN.fullmatch(word.folded) or word.folded.isdigit()):
        return False  # the Université Paris of Université Paris VI
    rest = segment.words[after - segment.first :]
    if word.key in AGAINST:
        following = rest[1] if len(rest) > 1 else None
        of_unit = following and ((word.key == "college" and following.folded == "of") or (word.key == "medical" and following.key in _SCHOOLS))
        return bool(of_unit) or (entry.short and word.key == "university" and entry.sector == "education")
    if company:
        return word.folded == "and" or not any(w.key in AGAINST for w in rest)
    usual = not word.key or is_short(text[word.start : word.end]) or word.key in UNITS | WORK | FIELDS
    if usual or is_place(segment, after) or is_code(word.folded) or not text[word.start].isupper():
        return True
    if word.joined or " " not in entry.name or entry.rank >= SHARED or entry.sector != "education":
        return False  # the University of Polis of University of Polis-Hatton
    telling = next((w.key for w in rest if w.key in UNITS | WORK | AGAINST), "")
    if telling:
        return telling not in AGAINST  # Polis University Hatter School, but not Polis University Eye Hospital
    own = {w.key for w in words_of(entry.name)} & CITIES.keys()
    return entry.country != "FR" and any(w.key in own for w in words[after:])  # a street there, but Université Polis Capitole


_COMPANIES: Final = frozenset({"industry", ""})
_SCHOOLS: Final = frozenset({"school", "faculty", "department"})
_ROMAN: Final = re.compile(r"[ivx]{1,4}")
_GOES_ON: Final = word_set("of for de di der des fur")


def with_campus(each: Found, segments: list[Segment]) -> None:
    """Make another university of one with several seats, if a seat is named that is not the main one."""
    if not each.entry:
        for count in range(2, len(each.key)):
            homes = SYSTEMS.get(squeezed(each.key[:count]))
            if homes and " ".join(each.key[count:]) in homes:
                each.key = each.key[:count]
                each.entry = next(iter(known().names.get(squeezed(each.key), ())), None)
                return
    homes = SYSTEMS.get(squeezed(each.key))
    if homes is None:
        return
    named = (
        (first, last, " ".join(w.folded for w in segment.words[first - segment.first : last - segment.first + 1]))
        for segment in segments for first, last, _ in segment.places if first > each.last
    )  # fmt: skip
    first, last, city = next((place for place in named if place[2] in CITIES), (0, 0, ""))
    if city and city not in homes:
        each.key = (*each.key, *(singular(word) for word in city.split()))
        entries = known().names.get(squeezed(each.key), ())
        each.entry = entries[0] if entries else None
        each.strength = 8.0
        each.seat = last if first == each.last + 1 else 0
