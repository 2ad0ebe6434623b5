"""From a raw affiliation string to its organisations.

A string is cut at what joins several affiliations (`;`, `+`, footnote marks), each piece at its commas, brackets and
dashes into segments. A segment, or a run of words in one, is an organisation if the ontology lists it or if its words
say so; departments and laboratories around it are its units; places tell the country.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from kg.affiliations.guessed import bare, guess, is_acronym, is_unit_like
from kg.affiliations.known import SHARED, is_short, known
from kg.affiliations.listed import Found, listed, whole_name, with_campus
from kg.affiliations.places import CITIES, PLACES
from kg.affiliations.segments import (
    Segment,
    countries_of,
    is_place,
    pieces,
    place_of,
    segments_of,
    words_between,
)
from kg.affiliations.vocabulary import COMPANY, FIELDS, GENERIC, SECTORS, SURE, UNITS, WORK
from kg.affiliations.words import ABBREVIATIONS, LEGAL, Word, key_of, squeezed
from kg.text import word_set


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


_LONE: Final = re.compile(r"(?<=[a-z] )[`´ˆ˜¨¸](?=[A-Z])|(?<=[a-z])[`´ˆ˜¨¸](?= [A-Z])|(?<=[a-su-z] )`(?=a\b)")
"""An accent that was torn off a new word, as in `of ¨Ulm`, or in `Qu´ebec `a Montr´eal`, where it is no end of `Universit `a`."""

_ACCENT: Final = re.compile(r"(?<=[^\W\d]) ?[`´ˆ˜¨¸] ?(?=[^\W\d])")
"""An accent that was torn off its letter, as in `Universit´e`; replaced by what keys leave out, so that offsets stay."""

_MARK: Final = re.compile(r"(?<![†‡§¶♭♮♯♠-♧⋆★☆])[†‡§¶♭♮♯♠-♧⋆★☆](?=[†‡§¶♭♮♯♠-♧⋆★☆\s]*+[^\W\d_])")
"""The first of the marks between two affiliations: `A‡B`. Nothing follows the one that ends the last."""

_BLANK: Final = re.compile(
    r"(?:https?://|www\.)\S+|\S{0,100}[\w.}>]\s?@\s?[\w-]+(?:\s?\.\s?[\w-]+)+|#[A-Z]{1,4}#|\\[a-z]+|[$^{}~*†‡§¶∗]|(?i:e-?mails?\s*:"
    r"|\bp\.?\s?o\.?\s?box\s+[\w-]+|\b(?:now|currently|presently|formerly|previously)\s+(?:at|with)\b)"
)
"""Addresses on the web, those of mail and boxes, marks of footnotes and of TeX, and what says when somebody was there."""

_NOWHERE: Final = re.compile(
    r"(?:an )?independent (?:researcher|scholar|scientist|consultant|author|research)s?|independent|self employed|freelance|freelancer|retired|unaffiliated|"
    r"none|n a|no affiliation|not available|unknown|corresponding author|equal contribution|"
    r"(?:(?:life|senior|student|graduate|associate) )*(?:member|fellow)(?: of)?(?: the)? (?:ieee|acm|aaai|siam|spie|osa|iet)|"
    r"(?:ieee|acm|aaai|siam|spie|osa|iet) (?:(?:life|senior|student|graduate|associate) )*(?:member|fellow)|"
    r"(?:(?:an?|full|assistant|associate|adjunct|visiting|senior|principal|lead|staff|research|doctoral|graduate|undergraduate|masters?|phd|ph d) )*"
    r"(?:professor|lecturer|researcher|scientist|engineer|fellow|post ?doc|candidate|student|intern)"
)
"""What stands where an affiliation is expected, and names none, folded and without places."""

_LONGEST: Final = 10_000
"""So many characters of a string are read: what is longer is no affiliation, but may be one to begin with."""


@lru_cache(maxsize=1 << 17)
def parse(text: str) -> tuple[Part, ...]:
    """Return the organisations that an affiliation string names, in their order; none if it says that there is none, or names but a department.

    >>> [text[p.name_start : p.name_end] for text in ["Dept. of Hats, Polis Univ., Polis, Italy + Hats Inc."] for p in parse(text)]
    ['Polis Univ.', 'Hats Inc.']
    >>> parse("School of Hats, University of Polis, Italy")[0].units
    ('School of Hats',)
    """
    clean = _ACCENT.sub(lambda match: "." * len(match.group()), _LONE.sub(" ", text[:_LONGEST]))
    clean = _BLANK.sub(lambda match: " " * len(match.group()), _MARK.sub(";", clean))
    parts = [part for start, end in pieces(clean) for part in _parts(clean, text, start, end)]
    if len(parts) > 1:
        parts = _gathered(parts, text)
    return tuple(part for part in parts if not _is_mere_unit(part))


def organizations(text: str, *, single: bool) -> tuple[Part, ...]:
    """Return the organisations that an affiliation string names.

    Args:
        text: The string.
        single: Whether its source says that it is one organisation, for instance by giving its identifier, however it is written.

    >>> len(organizations("Polis University + Hats Inc.", single=False)), len(organizations("Polis University + Hats Inc.", single=True))
    (2, 1)
    """
    parts = parse(text)
    return (parts or (_WORDLESS,))[:1] if single else parts


_WORDLESS: Final = Part(0, 0, 0, 0, (), (), "", False, "", "", "", "", "", True, True)
"""What is said of an organisation by a string without words."""


_DEPARTMENTS: Final = word_set("department school faculty division program section")
"""What every university has; centers and laboratories have names of their own more often."""


def _is_mere_unit(part: Part) -> bool:
    """Return whether a part is a department that every university has, and nothing says of which: who shares it shares nothing."""
    return part.weak and part.named and not part.known and (_DEPARTMENTS | FIELDS).issuperset(part.key)


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


def _parts(clean: str, text: str, start: int, end: int) -> Iterator[Part]:
    words = words_between(clean, start, end)
    if not words:
        return
    segments = segments_of(clean, words)
    if _NOWHERE.fullmatch(" ".join(word.folded for segment in segments if not segment.only_place for word in segment.words)):
        return
    of = [segment for segment in segments for _ in segment.words]
    found = _choose(clean, listed(clean, words, segments, of), segments, words)
    if not found:
        return
    country, stated, city = place_of(segments, {i for each in found for i in range(each.first, each.last + 1)})
    for place, each in enumerate(found):
        low = start if place == 0 else words[found[place - 1].last].end
        high = end if place == len(found) - 1 else words[each.last].end
        yield _part(text, words, segments, each, (low, high), (country, stated, city))


def _choose(text: str, listed: list[Found], segments: list[Segment], words: list[Word]) -> list[Found]:
    """Return what the piece is about: all organisations that are surely such, else the one that is most likely one."""
    for each in listed:
        with_campus(each, segments)
    taken = {i for each in listed for i in range(each.first, each.last + 1)}
    guessed = [each for segment in segments if not segment.only_place for each in guess(segment, words, taken)]
    for each in guessed:
        with_campus(each, segments)
        each.entry = each.entry or whole_name(each, segments)
    index = known()
    iris = {each.entry.iri for each in listed if each.entry}
    above = {index.units.get(iri) or index.above.get(iri) for iri in iris}
    sure = [
        each for each in listed
        if not (each.entry and each.entry.iri in above and any(index.is_below(iri, each.entry.iri) for iri in iris))
    ]  # fmt: skip
    sure = _once(sure)
    places = [each for each in sure if each.entry and each.entry.sector == "government" and each.entry.rank == SHARED]
    if places and len(places) < len(sure):
        sure = [each for each in sure if each not in places]
    sure += [each for each in guessed if each.strength >= SURE]
    if len(sure) > 1:
        sure = [each for each in sure if words[each.first].key != "department"]
    hosts = [each for each in sure if not (each.entry and each.entry.sector == "industry")]
    if hosts:
        # A laboratory of a university that a company pays for is called after it: it stands among other words.
        sure = [each for each in sure if each in hosts or _fills(each, segments) or any(_beside(text, words, segments, each, host) for host in hosts)]
    if sure:
        return sorted(sure, key=lambda each: each.first)
    acronyms = [s for s in segments if s.first not in taken and len(s.words) == 1 and not s.only_place and not s.bracket and is_acronym(s.words[0])]
    if guessed and acronyms and all(is_unit_like(each, words) for each in guessed):
        return [Found(acronyms[-1].first, acronyms[-1].first, (acronyms[-1].words[0].key or acronyms[-1].words[0].folded,), 1.0)]
    if guessed:
        strongest = max(each.strength for each in guessed)
        return [[each for each in guessed if each.strength == strongest][-1]]
    if all(segment.only_place for segment in segments):
        return [Found(0, len(words) - 1, key_of([w.key or w.folded for w in words]), 0.0)]
    return bare(segments, words)


def _fills(each: Found, segments: list[Segment]) -> bool:
    """Return whether an organisation's segment begins with it and does not go on about a center or laboratory of others."""
    host = next(s for s in segments if s.first <= each.first < s.first + len(s.words))
    rest = host.words[each.last + 1 - host.first :]
    if rest and rest[0].joined and rest[0].folded not in LEGAL and not is_place(host, each.last + 1):
        return False  # joined by a hyphen
    return each.first == host.first and not any(w.key in _OF_OTHERS or w.key == "university" for w in rest[:3])


_AND: Final = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?", re.IGNORECASE)
_OF_OTHERS: Final = word_set("center laboratory chair")


def _beside(text: str, words: list[Word], segments: list[Segment], one: Found, other: Found) -> bool:
    """Return whether two organisations stand side by side, and what follows is no laboratory of both."""
    before, behind = sorted((one, other), key=lambda each: each.first)
    segment = next(s for s in segments if s.first <= behind.last < s.first + len(s.words))
    joined = _AND.fullmatch(text, words[before.last].end, words[behind.first].start) is not None
    return joined and not any(word.key in _OF_OTHERS for word in segment.words[behind.last + 1 - segment.first :])


def _once(found: Iterable[Found]) -> list[Found]:
    """Return each organisation once: the mention that says most of it, a unit."""
    index = known()
    kept: dict[str, Found] = {}
    for each in found:
        name = index.top(each.entry.iri) if each.entry else squeezed(each.key)
        first = kept.get(name)
        units = [one.entry is not None and one.entry.iri in index.units for one in (first, each) if one]
        if first is None or units == [False, True]:
            kept[name] = each
    return list(kept.values())


def _part(
    text: str, words: list[Word], segments: list[Segment], each: Found, span: tuple[int, int], place: tuple[str, bool, str]
) -> Part:
    index = known()
    country, stated, city = place
    iri = each.entry.iri if each.entry else ""
    unit = iri if iri in index.units else ""
    iri = index.top(iri)
    if iri and stated and each.entry and each.entry.country not in countries_of(segments) and _elsewhere(each, country):
        iri = unit = ""
    inside = [s for s in segments if span[0] <= s.words[0].start and s.words[-1].end <= span[1]]
    units = tuple(
        text[s.words[0].start : s.words[-1].end] for s in inside
        if not s.only_place and not s.bracket and not s.first <= each.first <= s.first + len(s.words) - 1
        and any(w.key in UNITS | WORK for w in s.words)
    )  # fmt: skip
    host = next(s for s in segments if s.first <= each.first < s.first + len(s.words))
    lead = [w for w in host.words[: max(each.first - host.first, 0)] if w.start >= span[0]]
    if any(w.key in UNITS | WORK for w in lead):
        units = (*units, text[lead[0].start : _before(words, each.first)])
    if unit:
        units = (*units, text[words[each.first].start : words[each.last].end])
    told = [w.key for w in words[each.first : each.last + 1]]
    sector = each.entry.sector if each.entry and iri else next((SECTORS[k] for k in told if k in SECTORS), "")
    if not sector and (any(w.folded in COMPANY for w in host.words[1:])):
        sector = "industry"
    after = next((s for s in segments if s.first == host.first + len(host.words)), None)
    acronym = ""
    if after and after.bracket and len(after.words) == 1 and is_short(name := text[after.words[0].start : after.words[0].end]):
        acronym = name if each.last == host.first + len(host.words) - 1 else ""
    alone = all(s is host or s.only_place or s.bracket for s in segments) and each.first == host.first
    ending = words[each.seat or each.last]
    start, end = words[each.first].start, ending.end
    end += text[end : end + 1] == ")" and "(" in text[start:end]
    end += text[end : end + 1] == "." and ending.folded in ABBREVIATIONS | COMPANY
    return Part(*span, start, end, each.key, units, country, stated, city, iri, unit, sector, acronym, alone, each.strength < 1, not all(s.only_place for s in segments))


def _before(words: list[Word], at: int) -> int:
    """Return the end of what stands before a word, without what binds it."""
    while at > 0 and not words[at - 1].key:
        at -= 1
    return words[max(at - 1, 0)].end


def _elsewhere(each: Found, country: str) -> bool:
    """Return whether a university of another country is meant, whose name is the same: one that is called after a direction, or a place of several countries."""
    entry = each.entry
    if not (entry and country and entry.country and country != entry.country):
        return False
    if entry.sector != "education":
        return entry.sector == "government" and entry.rank == SHARED  # many countries have a Department of Energy
    if {country, entry.country} <= {"CN", "HK", "MO", "TW"}:
        return False
    return all(key in GENERIC or ((place := CITIES.get(key) or PLACES.get(key)) and place.country != entry.country) for key in each.key)
