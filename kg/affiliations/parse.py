"""From a raw affiliation string to its organisations.

A string is cut at what joins several affiliations (`;`, `+`, footnote marks), each piece at its commas, brackets and
dashes into segments. A segment, or a run of words in one, is an organisation if the ontology lists it or if its words
say so; departments and laboratories around it are its units; places tell the country.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

from kg.affiliations.known import BEGINNING, TAG, Entry, is_short, known
from kg.affiliations.places import CITIES, FIRST_WORDS, LONGEST, PLACES, Place, is_code
from kg.affiliations.words import ABBREVIATIONS, FIELDS, GENERIC, LEGAL, TURNING, Word, key_of, singular, squeezed, words_of


class Part(NamedTuple):
    """One organisation that a string names; all offsets are in the string.

    Attributes:
        start: Where what belongs to it begins: its units, itself, its place.
        end: Where that ends.
        name_start: Where its name begins.
        name_end: Where its name ends.
        key: The words of its name that tell it from others.
        units: The departments, laboratories and groups of it that are named.
        country: Code of the country, empty if unknown.
        stated: Whether the country was named as such, or by one of its states or provinces; else it is known from a city.
        city: The city, folded, empty if unknown.
        known: IRI of the organisation if the ontology lists it, else empty.
        unit: IRI of the unit of it that is named, if the ontology lists that.
        sector: What sort of body it is, as far as its name tells.
        acronym: What it calls itself in brackets behind its name: `KAIST`.
        alone: Whether nothing else is in the string but places.
        weak: Whether nothing says that this names an organisation at all: it may be a department.
        named: Whether it has a word that is no place.
    """

    start: int
    end: int
    name_start: int
    name_end: int
    key: tuple[str, ...]
    units: tuple[str, ...]
    country: str
    stated: bool
    city: str
    known: str
    unit: str
    sector: str
    acronym: str
    alone: bool
    weak: bool
    named: bool = True


_ACCENT: Final = re.compile(r"(?<=[^\W\d]) ?[´¨˜¸] ?(?=[^\W\d])")
"""An accent that was torn off its letter, as in `Universit´e`; replaced by what keys leave out, so that offsets stay."""

_BLANK: Final = re.compile(r"(?:https?://|www\.)\S+|\S*[\w.}>]\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+|#[A-Z]{1,4}#|\\[a-z]+|[$^{}~*†‡§¶∗]|(?i:e-?mails?\s*:)")
_HARD: Final = re.compile(r"\s*[;|\n\r•·]+\s*|(?<!\+)\s*\+\s*(?!\+)|\s+/\s+|\s+//\s+")
_NOTE: Final = re.compile(r"(?:(?<=[\s,.)])|^)[\[(]?([1-9a-h])[\])]?[.:]?\s?(?=(?:the |[A-Z]))")
_FOOT: Final = re.compile(r"^\W*(?:[0-9]{1,2}|[a-h](?=[A-Z][a-z]))[\s,.:)\]]*(?=[^\W\d]{2})")
_CUT: Final = re.compile(r"[,:()\[\]–—|<>\"“”@]|\s-+|-+\s|//")
_STOP: Final = re.compile(r"\.\s+$")

_UNITS: Final = frozenset(
    "department school faculty laboratory group division chair team section program programme unit lehrstuhl area branch "
    "office subdivision cluster discipline graduate undergraduate campus dept ecole studio consortium network brain "
    "phd msc student professor researcher scientist fellow cnrs umr".split()
)
"""Words of what is a part of an organisation."""

_WORK: Final = frozenset(
    "institute center college laboratory school department faculty group division program initiative research unit team lab "
    "campus office graduate area branch cluster".split()
)

_HEADS: Final = {
    "university": 8, "polytechnic": 7, "academy": 6, "hospital": 5, "clinic": 5, "college": 5.5, "institute": 4, "foundation": 4,
    "agency": 4, "council": 4, "observatory": 4, "hochschule": 7, "fachhochschule": 7, "ecole": 5, "society": 4, "association": 3,
    "center": 3, "laboratory": 2, "organization": 3, "organisation": 3, "museum": 4, "bank": 4, "consulting": 4, "university-hospital": 5,
}  # fmt: skip
"""Key word to how surely it makes an organisation of the name that it is in."""

_COMPANY: Final = frozenset(
    "inc incorporated ltd limited llc gmbh ag corp corporation co company plc sas srl bv ab oy pvt pte pty kk technologies labs".split()
)
_HUGE: Final = 7
"""How surely a name with a company's legal form, or an institute of technology, is one."""

_AGAINST: Final = frozenset("university hospital medical clinic museum press academy college polytechnic foundation memorial church bank".split())
"""What makes another organisation of the one whose name stands before."""

_SECTORS: Final = {
    "university": "education", "polytechnic": "education", "college": "education", "hochschule": "education", "ecole": "education",
    "fachhochschule": "education", "hospital": "healthcare", "clinic": "healthcare", "ministry": "government", "agency": "government",
    "foundation": "nonprofit", "observatory": "facility",
}  # fmt: skip

_SYSTEMS: Final[dict[str, frozenset[str]]] = {
    key: frozenset(cities.split("|"))
    for key, cities in (
        row.split("=")
        for row in """universitycalifornia=
universitytexa=
universityillinoi=urbana|champaign|urbana champaign|
universitymichigan=ann arbor
universitywashington=seattle
universityminnesota=minneapolis|twin cities|st paul
universitymaryland=college park
universitynorthcarolina=chapel hill
universitywisconsin=madison
universitycolorado=boulder
universitymassachusett=amherst
universitymissouri=columbia
universitynebraska=lincoln
universityalabama=tuscaloosa
universitytennessee=knoxville
universityhouston=houston
universitypittsburgh=pittsburgh
universityarkansa=fayetteville
universitykansa=lawrence
universitynevada=
purdueuniversity=west lafayette
indianauniversity=bloomington
pennsylvaniastateuniversity=university park|state college
texaa&muniversity=college station
rutgeruniversity=new brunswick|piscataway
stateuniversitynewyork=
californiastateuniversity=
californiapolytechnicstateuniversity=san luis obispo
indianinstitutetechnology=
indianinstituteinformationtechnology=
internationalinstituteinformationtechnology=
nationalinstitutetechnology=
indianinstitutescienceeducationresearch=
nationaluniversityireland=
louisianastateuniversity=baton rouge
universityhawaii=honolulu|manoa
chineseuniversityhongkong=hong kong|shatin|sha tin|new territories
harbininstitutetechnology=harbin
universitysouthflorida=tampa
universitynottingham=nottingham
universityparis=
""".splitlines()
    )
}
"""Key of a university with several seats to the cities that mean the main one; another city makes another university."""


@dataclass(slots=True)
class _Segment:
    """A run of words between commas, brackets or dashes."""

    words: list[Word]
    first: int
    bracket: bool
    places: list[tuple[int, int, Place]] = field(default_factory=list)
    only_place: bool = False


@dataclass(slots=True)
class _Found:
    """A run of words `[first, last]` that names an organisation, and how sure that is."""

    first: int
    last: int
    key: tuple[str, ...]
    strength: float
    entry: Entry | None = None


@lru_cache(maxsize=1 << 17)
def parse(text: str) -> tuple[Part, ...]:
    """Return the organisations that an affiliation string names, in their order; at least one, unless it has no words.

    >>> [text[p.name_start : p.name_end] for text in ["Dept. of Hats, Polis Univ., Polis, Italy + Hats Inc."] for p in parse(text)]
    ['Polis Univ.', 'Hats Inc.']
    >>> parse("School of Hats, University of Polis, Italy")[0].units
    ('School of Hats',)
    """
    clean = _BLANK.sub(lambda match: " " * len(match.group()), _ACCENT.sub(lambda match: "." * len(match.group()), text))
    parts = [part for start, end in _pieces(clean) for part in _parts(clean, text, start, end)]
    if len(parts) > 1:
        parts = _gathered(parts, text)
    return tuple(parts)


def _gathered(parts: list[Part], text: str) -> list[Part]:
    """Give what names no organisation to the one that follows: "Department of Hats + Polis University"."""
    found: list[Part] = []
    waiting: list[str] = []
    for part in parts:
        if part.weak:
            waiting += [text[part.name_start : part.name_end]] if part.named else []
            continue
        found.append(part._replace(units=(*waiting, *part.units)))
        waiting = []
    if found and waiting:
        found[-1] = found[-1]._replace(units=(*found[-1].units, *waiting))
    return found or [part for part in parts if part.named] or parts[:1]


def _pieces(text: str) -> Iterator[tuple[int, int]]:
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


def _parts(clean: str, text: str, start: int, end: int) -> Iterator[Part]:
    words = [w._replace(start=w.start + start, end=w.end + start) for w in words_of(clean[start:end])]
    words = [_without_mark(word, text) for word in words]
    if not words:
        return
    segments = _segments(clean, words)
    of = [segment for segment in segments for _ in segment.words]
    found = _choose(_listed(clean, words, segments, of), segments, words)
    if not found:
        return
    country, stated, city = _place(segments, {i for each in found for i in range(each.first, each.last + 1)})
    for place, each in enumerate(found):
        low = start if place == 0 else words[found[place - 1].last].end
        high = end if place == len(found) - 1 else words[each.last].end
        yield _part(text, words, segments, each, (low, high), (country, stated, city))


def _without_mark(word: Word, text: str) -> Word:
    """Take a footnote's number off the end of a word: `University1`."""
    if len(word.folded) > 4 and word.folded[-1].isdigit() and word.folded[:-1].isalpha() and text[word.start : word.end][-2].islower():
        (bare,) = words_of(word.folded[:-1]) or [word]
        return Word(word.start, word.end - 1, bare.folded, bare.key, word.capital)
    return word


def _segments(text: str, words: list[Word]) -> list[_Segment]:
    segments = [_Segment([words[0]], 0, bracket=False)]
    depth = 0
    for place in range(1, len(words)):
        before, word = words[place - 1], words[place]
        gap = text[before.end : word.start]
        depth = max(0, depth + gap.count("(") - gap.count(")"))
        stop = _STOP.search(gap) is not None and len(before.folded) > 3 and before.folded not in ABBREVIATIONS
        if _CUT.search(gap) or stop:
            segments.append(_Segment([word], place, depth > 0))
        else:
            segments[-1].words.append(word)
    for segment in segments:
        _find_places(segment, text, alone=len(segments) == 1)
    return segments


def _find_places(segment: _Segment, text: str, *, alone: bool) -> None:
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


def _place(segments: list[_Segment], taken: set[int]) -> tuple[str, bool, str]:
    """Return country, whether it was stated, and city: what stands last counts, and a country before a city."""
    countries: list[str] = []
    regions: list[str] = []
    cities: list[tuple[str, str]] = []
    for segment in segments:
        for first, last, place in segment.places:
            if first in taken or not (segment.only_place or last == segment.first + len(segment.words) - 1):
                continue
            name = " ".join(w.folded for w in segment.words[first - segment.first : last - segment.first + 1])
            if place.level == "country":
                countries.append(place.country)
            elif place.level == "region" and (len(name) > 3 or len(segments) > 1):
                regions.append(place.country)
            if place.level == "city" or (name in CITIES and len(name) > 3):
                cities.append((name, place.country if place.level == "city" else ""))
    city = cities[-1][0] if cities else ""
    for special in ("HK", "MO", "TW"):
        if special in countries and all(place in {special, "CN"} for place in countries) and not ("CN" in regions and special == "HK"):
            return special, True, city
    if countries:
        return countries[-1], True, city
    if regions:
        return regions[-1], True, city
    return next((country for _, country in reversed(cities) if country), ""), False, city


def _listed(text: str, words: list[Word], segments: list[_Segment], of: list[_Segment]) -> list[_Found]:
    """Return the organisations of the ontology that are named, without overlaps, longer names first."""
    index = known()
    found: list[_Found] = []
    at = 0
    while at < len(words):
        best = None
        if words[at].key:
            best = _longest(text, words, segments, of, at, index.names, index.beginnings)
        if best:
            found.append(best)
            at = best.last
        at += 1
    return found


_MOST_WORDS: Final = 12
"""Words of the longest name that is looked for."""


def _longest(
    text: str, words: list[Word], segments: list[_Segment], of: list[_Segment], at: int,
    names: "dict[str, tuple[Entry, ...]] | object", beginnings: frozenset[str],
) -> _Found | None:  # fmt: skip
    """Return the longest listed name that begins with a word and stands there as a name."""
    index = known().names
    parts: list[str] = []
    best: _Found | None = None
    for last in range(at, min(len(words), at + _MOST_WORDS)):
        if not words[last].key:
            continue
        parts.append(words[last].key)
        run = "".join(parts)
        key = tuple(parts)
        if len(parts) <= 3:
            if not TURNING.isdisjoint(parts):
                key = key_of(parts)
                run = squeezed(key)
        elif run[:BEGINNING] not in beginnings:
            break
        entries = index.get(run)
        if not entries:
            continue
        whole = at == 0 and last == len(words) - 1
        alone = len(of[at].words) == last - at + 1 and last - at < 1 and text[words[at].start].isupper() and len(run) > 3
        fitting = [e for e in entries if whole or (e.rank != TAG and (not e.short or alone or _capital(text, words, at, last)))]
        run_text = text[words[at].start : words[last].end]
        fitting = [e for e in fitting if e.name == run_text] or fitting if fitting and fitting[0].short else fitting
        if fitting and _stands(text, words, of, at, last, fitting[0]):
            best = _Found(at, last, key, 9.0, fitting[0])
            if len({e.iri for e in fitting}) > 1:
                best.entry = _by_country(fitting, segments, set(range(at, last + 1)))
                if best.entry is None:
                    best = None
    return best


def _by_country(entries: Sequence[Entry], segments: list[_Segment], taken: set[int]) -> Entry | None:
    """Return which of several organisations of one name is meant: the one in the country named, else the best known."""
    country, _, _ = _place(segments, taken)
    here = [e for e in entries if e.country == country] if country else list(entries)
    best = [e for e in here if e.rank == here[0].rank]
    return best[0] if best and len({e.iri for e in best}) == 1 else None


def _capital(text: str, words: list[Word], first: int, last: int) -> bool:
    run = text[words[first].start : words[last].end]
    return sum(c.isupper() for c in run) * 2 > sum(c.isalpha() for c in run)


def _stands(text: str, words: list[Word], of: list[_Segment], first: int, last: int, entry: Entry) -> bool:
    """Return whether a run of words is a name of its own there, rather than the beginning or end of another name."""
    if all(_is_place(of[i], i) for i in range(first, last + 1)) and (first > 0 or last < len(words) - 1):
        return False
    if any(low < first <= high or low <= last < high for segment in {id(of[first]): of[first], id(of[last]): of[last]}.values() for low, high, _ in segment.places):
        return False  # the York of New York
    if first == last and text[words[last].end : words[last].end + 2] == ". " and last < len(words) - 1 and of[last + 1] is of[last]:
        return False
    company = entry.sector in {"industry", ""}
    crossing = of[first] is not of[last]
    before, after = first - 1, last + 1
    left_open = before >= 0 and of[before] is of[first]
    right_open = after < len(words) and of[after] is of[last]
    if crossing and (right_open and not _is_place(of[last], after)):
        return False
    if crossing and left_open and words[before].key and words[before].key not in _UNITS | FIELDS:
        return False
    if left_open and "&" in text[words[before].end : words[first].start]:
        left_open = False
    if right_open and "&" in text[words[last].end : words[after].start]:
        right_open = False
    if left_open:
        word = words[before]
        bound = not word.key and word.folded not in {"and"}
        if not (bound or is_short(text[word.start : word.end]) or word.key in _UNITS | _WORK | FIELDS or _is_place(of[first], before) or is_code(word.folded) or not word.key):
            return False
        if not company and word.key in FIELDS and not any(w.key in _UNITS | _WORK | FIELDS for w in of[first].words[: before - of[first].first]) and word.key in {"medical", "agricultural", "technology", "science"} and before == of[first].first:
            return False
    if right_open:
        word = words[after]
        if word.folded in {"of", "for", "de", "di", "der", "des", "fur"}:
            return company and word.folded != "of"
        if word.key in _AGAINST:
            of_unit = word.key == "college" and after + 1 < len(words) and words[after + 1].folded == "of"
            return of_unit or (entry.short and word.key == "university" and entry.sector == "education")
        if not company and word.key and not is_short(text[word.start : word.end]) and word.key not in _UNITS | _WORK | FIELDS and not _is_place(of[last], after) and not is_code(word.folded):
            return entry.sector == "" or (not word.folded[0].isalpha()) or not text[word.start].isupper()
    return True


def _is_place(segment: _Segment, at: int) -> bool:
    return any(first <= at <= last for first, last, _ in segment.places)


def _choose(listed: list[_Found], segments: list[_Segment], words: list[Word]) -> list[_Found]:
    """Return what the piece is about: all organisations that are surely such, else the one that is most likely one."""
    for each in listed:
        _with_campus(each, segments, words)
    taken = {i for each in listed for i in range(each.first, each.last + 1)}
    guessed = [each for segment in segments if not segment.only_place for each in _guess(segment, words, taken)]
    for each in guessed:
        _with_campus(each, segments, words)
    index = known()
    iris = {each.entry.iri for each in listed if each.entry}
    above = {index.units.get(iri) or index.above.get(iri) for iri in iris}
    sure = [
        each for each in listed
        if not (each.entry and each.entry.iri in above and any(index.is_below(iri, each.entry.iri) for iri in iris))
    ]  # fmt: skip
    sure = _once(sure)
    places = [each for each in sure if each.entry and each.entry.sector == "government" and each.entry.rank == 2]
    if places and len(places) < len(sure):
        sure = [each for each in sure if each not in places]
    sure += [each for each in guessed if each.strength >= _HUGE]
    hosts = [each for each in sure if not (each.entry and each.entry.sector == "industry")]
    if hosts:
        # A laboratory of a university that a company pays for is called after it: it stands among other words.
        sure = [each for each in sure if each in hosts or _fills(each, segments)]
    if sure:
        return sorted(sure, key=lambda each: each.first)
    acronyms = [s for s in segments if s.first not in taken and len(s.words) == 1 and not s.only_place and not s.bracket and _is_acronym(s.words[0])]
    if guessed and acronyms and all(_is_unit_like(each, words) for each in guessed):
        return [_Found(acronyms[-1].first, acronyms[-1].first, (acronyms[-1].words[0].key or acronyms[-1].words[0].folded,), 1.0)]
    if guessed:
        strongest = max(each.strength for each in guessed)
        return [[each for each in guessed if each.strength == strongest][-1]]
    if all(segment.only_place for segment in segments):
        return [_Found(0, len(words) - 1, key_of([w.key or w.folded for w in words]), 0.0)]
    return _bare(segments, words)


def _is_acronym(word: Word) -> bool:
    return 2 < len(word.folded) < 7 and word.key not in FIELDS and word.key not in _UNITS and not word.folded.isdigit() and word.capital


def _is_unit_like(each: _Found, words: list[Word]) -> bool:
    """Return whether a name is of the form of Institute of Hats, which is a part of what is named behind it."""
    return each.strength < _HUGE and words[each.first].key in _UNITS | _WORK and each.last > each.first and not words[each.first + 1].key


def _fills(each: _Found, segments: list[_Segment]) -> bool:
    """Return whether an organisation's segment begins with it and does not go on about a center or laboratory of others."""
    host = next(s for s in segments if s.first <= each.first < s.first + len(s.words))
    rest = host.words[each.last + 1 - host.first :]
    if rest and rest[0].joined and rest[0].folded not in LEGAL and not _is_place(host, each.last + 1):
        return False  # joined by a hyphen
    return each.first == host.first and not any(w.key in {"center", "laboratory", "chair"} or w.key == "university" for w in rest[:3])


def _once(found: Iterable[_Found]) -> list[_Found]:
    """Return each organisation once: the mention that says most of it, a unit."""
    index, kept = known(), {}
    for each in found:
        name = index.top(each.entry.iri) if each.entry else squeezed(each.key)
        if name not in kept or (each.entry and each.entry.iri in index.units and kept[name].entry.iri not in index.units):
            kept[name] = each
    return list(kept.values())


def _with_campus(each: _Found, segments: list[_Segment], words: list[Word]) -> None:
    """Make another university of one with several seats, if a seat is named that is not the main one."""
    if not each.entry:
        for count in range(2, len(each.key)):
            homes = _SYSTEMS.get(squeezed(each.key[:count]))
            if homes and " ".join(each.key[count:]) in homes:
                each.key = each.key[:count]
                return
    homes = _SYSTEMS.get(squeezed(each.key))
    if homes is None:
        return
    cities = [
        " ".join(w.folded for w in segment.words[first - segment.first : last - segment.first + 1])
        for segment in segments for first, last, place in segment.places if first > each.last
    ]  # fmt: skip
    cities = [city for city in cities if city in CITIES]
    if cities and cities[0] not in homes:
        each.key = (*each.key, *(singular(word) for word in cities[0].split()))
        entries = known().names.get(squeezed(each.key), ())
        each.entry = entries[0] if entries else None
        each.strength = 8.0


def _guess(segment: _Segment, words: list[Word], taken: set[int]) -> Iterator[_Found]:
    """Yield the runs of words of a segment that their own words make organisations."""
    run: list[int] = []
    for at in [*range(segment.first, segment.first + len(segment.words)), -1]:
        if at >= 0 and at not in taken:
            run.append(at)
            continue
        if run:
            yield from _guess_run(segment, words, run)
        run = []


def _guess_run(segment: _Segment, words: list[Word], run: list[int]) -> Iterator[_Found]:
    first, last = run[0], run[-1]
    whole = len(run) == len(segment.words)
    keys = [words[i].key for i in run]
    for place, key in enumerate(keys):
        if key == "university" and not (place + 1 < len(keys) and keys[place + 1] in {"hospital", "press"}):
            found = _university(segment, words, run, place)
            if found:
                yield found
            return
    if not whole:
        return
    first = _behind_unit(segment, words, first, last)
    last = _trimmed(segment, words, first, last, 0)
    told = [key for key in (words[i].key for i in range(first, last + 1)) if key]
    if not told:
        return
    strength = max((float(_HEADS.get(key, 0)) for key in told), default=0.0)
    technical = {"institute", "technology"} <= set(told) and told.index("technology") > 0 and ("of" in [words[i].folded for i in range(first, last + 1)])
    if technical and told[0] != "institute" or told[-1] in _COMPANY or any(w.folded in _COMPANY for w in segment.words[1:]):
        strength = _HUGE
    if told[0] in _UNITS or (told[0] in {"college", "center", "laboratory"} and len(run) > 1 and words[run[1]].key == ""):
        strength = min(strength, 0.5 + strength / 10)
    elif not _telling(told, words, first, last):
        strength = min(strength, 1.0 + strength / 10)
    elif segment.bracket:
        strength = min(strength, 1.0)
    if strength:
        # What a department is called after is no name, and neither is a laboratory's if a bare name stands beside it.
        yield _Found(first, last, key_of(told), strength)


def _behind_unit(segment: _Segment, words: list[Word], first: int, last: int) -> int:
    """Return where the organisation begins in `Department of X at the Institute of Y`, and before a technical institute."""
    if words[first].key not in _UNITS | _WORK:
        return first
    for at in range(last - 1, first, -1):
        bound = words[at].folded in {"at", "within"} or (words[at].folded == "the" and words[at - 1].folded == "of")
        told = [w for w in words[at + 1 : last + 1] if w.key]
        if bound and any(w.key in _HEADS for w in told) and _telling([w.key for w in told], words, at, last):
            return at + 1
        if words[at].key == "institute" and at + 2 <= last and not words[at + 1].key and words[at + 2].key in {"technology", "science"}:
            start = at
            while start > first and words[start - 1].key and words[start - 1].key not in FIELDS | _UNITS | _WORK:
                start -= 1
            if start < at:
                return start
    return first


def _telling(told: Iterable[str], words: list[Word], first: int, last: int) -> bool:
    """Return whether a name has a word that tells it from others of its sort: no place, no general word."""
    return any(key not in GENERIC and key not in FIELDS and not key.isdigit() and len(key) > 1 for key in told)


_OF: Final = frozenset("of de di degli du des del della da do dos fur at van zu la".split())


def _university(segment: _Segment, words: list[Word], run: list[int], place: int) -> _Found | None:
    """Return the university whose name has this word in it."""
    head = run[place]
    first = head
    cue = any(words[i].key in _UNITS | _WORK for i in run[:place])
    while first > run[0]:
        word = words[first - 1]
        if word.folded in {"of", "at", "from", "in", "for", "by", "with", "de", "within", "on"} and (cue or word.folded not in {"de"}):
            break
        if not word.key and word.folded in {"and"} and cue:
            break
        first -= 1
    if cue or first > run[0]:
        while first < head and (not words[first].key or (words[first].key in (FIELDS | _UNITS | _WORK) - {"medical", "agricultural"})):
            first += 1
    while first < head and (not words[first].key or is_code(words[first].folded)):
        first += 1
    if cue and head + 1 <= run[-1] and words[head + 1].folded in _OF:
        while first < head and len(words[first].folded) <= 5 and words[first].key not in GENERIC and not _is_place(segment, first):
            first += 1
    named = any(w.key and (w.key not in GENERIC or _is_place(segment, i)) for i, w in enumerate(words[first:head], first))
    last = head
    following = words[head + 1] if head + 1 <= run[-1] else None
    if following and (following.folded in _OF or not named or (first == head)):
        last = run[-1]
        for at in range(head + 1, run[-1] + 1):
            if is_code(words[at].folded) and not words[at].folded.isalpha():
                last = at - 1
                break
            if words[at].key in _UNITS | {"college", "campus"} and words[at - 1].folded not in _OF and not (at == head + 1 == first + 1):
                last = at - 1
                break
    while last > head and not words[last].key:
        last -= 1
    last = _trimmed(segment, words, first, last, head)
    told = [words[i].key for i in range(first, last + 1) if words[i].key]
    if told == ["university"]:
        return None
    found = _Found(first, last, key_of(told), 8.0 if len(told) > 1 else 0.5)
    if words[run[-1]].key == "hospital" or any(words[i].key == "hospital" for i in range(last + 1, min(last + 2, run[-1] + 1))):
        return _Found(first, run[-1], key_of([words[i].key for i in range(first, run[-1] + 1)]), 5.0)
    return found


def _trimmed(segment: _Segment, words: list[Word], first: int, last: int, head: int) -> int:
    """Return the last word of a name without the place behind it, unless the name would tell nothing without it."""
    while last > max(first, head):
        if is_code(words[last].folded) and not words[last].folded.isalpha():
            last -= 1
            continue
        place = next((p for p in segment.places if p[1] == last and p[0] > first), None)
        before = place[0] - 1 if place else -1
        if place and before > max(first, head) and words[before].folded == "in":
            before -= 1
        if place is None or before < max(first, head) or not words[before].key or words[before + 1].joined:
            return last
        told = [words[i].key for i in range(first, before + 1) if words[i].key]
        placed = any(_is_place(segment, i) for i in range(first, before + 1))
        if len(told) == 1 and len(told[0]) < 6 and place[2].level != "country" and words[before].capital:
            return last  # IIT Bombay, LMU Munich
        if not (_telling(told, words, first, before) or placed) or squeezed(tuple(told)) in _SYSTEMS:
            return last
        last = before
    return last


def _bare(segments: list[_Segment], words: list[Word]) -> list[_Found]:
    """Return the segment that most likely is the name, where no word says so: no place, no unit; else the first one."""
    names = [segment for segment in segments if not segment.only_place and not segment.bracket]
    names = names or [segment for segment in segments if not segment.only_place]
    plain = [s for s in names if not any(w.key in _UNITS or w.key in _WORK for w in s.words) and not _of_fields(s)]
    if plain:
        chosen, strength = next((s for s in reversed(plain) if len(s.words) == 1 and _is_acronym(s.words[0])), plain[0]), 1.0
    else:
        chosen, strength = names[0], 0.0
    last = chosen.first + len(chosen.words) - 1
    if strength:
        last = _trimmed(chosen, words, chosen.first, last, chosen.first)
    told = [words[i].key or "" for i in range(chosen.first, last + 1)]
    key = key_of(told) or tuple(words[i].folded for i in range(chosen.first, last + 1))
    return [_Found(chosen.first, last, key, strength)]


def _of_fields(segment: _Segment) -> bool:
    return all(not w.key or w.key in FIELDS for w in segment.words)


def _part(
    text: str, words: list[Word], segments: list[_Segment], each: _Found, span: tuple[int, int], place: tuple[str, bool, str]
) -> Part:
    index = known()
    country, stated, city = place
    iri = each.entry.iri if each.entry else ""
    unit = iri if iri in index.units else ""
    iri = index.top(iri)
    if iri and each.entry and _elsewhere(each, country, stated=stated):
        iri = unit = ""
    inside = [s for s in segments if span[0] <= s.words[0].start and s.words[-1].end <= span[1]]
    units = tuple(
        text[s.words[0].start : s.words[-1].end] for s in inside
        if not s.only_place and not s.bracket and not s.first <= each.first <= s.first + len(s.words) - 1
        and any(w.key in _UNITS | _WORK for w in s.words)
    )  # fmt: skip
    host = next(s for s in segments if s.first <= each.first < s.first + len(s.words))
    if each.first > host.first and any(w.key in _UNITS | _WORK for w in host.words[: each.first - host.first]):
        units = (*units, text[host.words[0].start : _before(words, each.first)])
    if unit:
        units = (*units, text[words[each.first].start : words[each.last].end])
    told = [w.key for w in words[each.first : each.last + 1]]
    sector = each.entry.sector if each.entry and iri else next((_SECTORS[k] for k in told if k in _SECTORS), "")
    if not sector and (any(w.folded in _COMPANY for w in host.words[1:])):
        sector = "industry"
    after = next((s for s in segments if s.first == host.first + len(host.words)), None)
    acronym = ""
    if after and after.bracket and len(after.words) == 1 and is_short(name := text[after.words[0].start : after.words[0].end]):
        acronym = name if each.last == host.first + len(host.words) - 1 else ""
    alone = all(s is host or s.only_place or s.bracket for s in segments) and each.first == host.first
    start, end = words[each.first].start, words[each.last].end
    end += text[end : end + 1] == "." and words[each.last].folded in ABBREVIATIONS | _COMPANY
    return Part(*span, start, end, each.key, units, country, stated, city, iri, unit, sector, acronym, alone, each.strength < 1, not all(s.only_place for s in segments))


def _before(words: list[Word], at: int) -> int:
    """Return the end of what stands before a word, without what binds it."""
    while at > 0 and not words[at - 1].key:
        at -= 1
    return words[max(at - 1, 0)].end


def _elsewhere(each: _Found, country: str, *, stated: bool) -> bool:
    """Return whether a university of another country is meant, whose name is the same: one that is called after a place or a direction."""
    entry = each.entry
    if not (entry and stated and country and entry.country and country != entry.country and entry.sector == "education"):
        return False
    if {country, entry.country} <= {"CN", "HK", "MO", "TW"}:
        return False
    return not any(key not in GENERIC and key not in CITIES and key not in PLACES for key in each.key)
