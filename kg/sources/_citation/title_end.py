"""Where the title of a citation ends that begins at a known place: at the end of its sentence, or before the venue, the year, the edition."""

import re
from collections.abc import Sequence
from typing import Final

from kg.sources._citation.parts import ASIDES, SERIES, VENUE_START, YEAR, Work, skip, tidy
from kg.sources._text.fields import Span

LONGEST_TITLE: Final = 400
SHORTEST_TITLE: Final = 6
DOUBLE: Final = '"“”'
"""Marks of quotation of which people mix the kinds: `"On Engines”`."""

KIND: Final = re.compile(r"\s?\[(?:[A-Z]|[A-Z]{1,2}/OL)\](?:\s?//|[.,:]|\s)|\s//\s")
"""What stands behind a title: its kind in the Chinese standard GB/T 7714 (`[J].`, `[C]//`), two strokes in the Russian GOST 7.1."""

_SHORTEST_CJK: Final = 4
_IN: Final = re.compile(r",\s+[Ii]n:\s")
"""What stands between title and venue in German."""

_LINE_OF_TITLE: Final = re.compile(r"(?:[^\s]+[^\S\n]+){2,}[^\s]*[\w)?!](?=[^\S\n]*\n)")
"""A title of several words up to the end of its line, behind which no colon or comma says that it goes on."""

_ABOUT_TITLE: Final = re.compile(rf"(?<=[\w)?!])\s{{1,9}}(?:{ASIDES})[\s.]*\Z|,\s{SERIES}", re.IGNORECASE)
"""What stands behind a title and is no part of it."""

_CUT_VENUE: Final = re.compile(r",\s(?=(?:[A-Z][A-Za-z]{0,7}\.\s){2,8}(?:[A-Z]\s)?(?:vol\.\s)?[0-9(])")
"""A comma before a journal whose words are cut: `..., Phys. Rev. Lett. 12`."""

_JOURNAL: Final = re.compile(r"J\.?\s[A-Z][a-z]+\.?\s(?:[A-Z][a-z]*\.?\s)*[0-9]")
"""A journal with a cut name, and its volume."""

_EDITION: Final = re.compile(r"(?:[0-9]{1,2}(?:st|nd|rd|th)|second|third|revised)\s(?:rev\.\s)?ed(?:ition|\.|n)", re.IGNORECASE)
_COMMA: Final = re.compile(r",\s+|\s(?=in\s(?:the\s)?(?:Proc|Advances))")
_TERMINATOR: Final = re.compile(r"(?<![.?!])[.?!]++[\"”’)*_]*+(?=\s|\Z)")
_ABBREVIATION: Final = re.compile(r"(?:\b(?:vs|e\.g|i\.e|i\.i\.d|cf|etc|St|Dr|No|al|resp|approx)|(?<![^\s(-])[A-Z]|[.:?]\s[IVX]{2,4})\Z")
_PART: Final = re.compile(r"[IVX]{1,4}[.:]\s+(?=[A-Z])")
"""Which part of several a paper is, within its title: `On Quiet Engines. II. Gears`."""

_SMALL_VENUE: Final = re.compile(r"(?:[a-z]{1,2}[A-Z]\w+|npj\s[^.,\d]{3,40})[.,]?\s\(?[0-9]")
"""A journal whose name begins small, like eLife and iScience, and its volume or year."""

NUMBERED: Final = re.compile(r"(?:vol(?:ume)?|issue|no|pp?|pages?|chapter|is[bs]n)\b[.:]?\s*[0-9]", re.IGNORECASE)
"""What stands behind a venue: its volume, issue, pages."""

_NUMBERED_VENUE: Final = re.compile(r"[A-Z][\w.]*(?:\s(?:[A-Z][\w.]*|of|the|and|&|in)){0,6},?\s(?:(?:(?:19|20)[0-9]{2}|[0-9]{1,4})[,;:]\s?[0-9]|[0-9]{1,4}\s?\([0-9])")
"""A journal with what numbers it: `J Rest 2001, 1:12`, `Rest 12(3)`."""


def title_at(work: Work, start: int, *, comma: bool, shortest: int = SHORTEST_TITLE) -> Span | None:
    """Return the title that begins here and goes on to the end of the sentence, or to a comma before the venue."""
    stop = min(work.stop(start), start + LONGEST_TITLE)
    text = work.text
    if kind := KIND.search(text, start, stop):  # the title is all before it
        return tidy(text, start, kind.start()) if kind.start() - start >= _SHORTEST_CJK else None
    end = sentence_end(text, start, stop, work.slanted)
    end = next((first - 2 for first, last in work.italics if text.startswith(", ", first - 2, end) and first - 2 > start + shortest and _is_venue(work, first, last)), end)
    if work.hard and (line := _LINE_OF_TITLE.match(text, start, end)):
        end = line.end()
    if cut := _CUT_VENUE.search(text, start, stop):
        return tidy(text, start, min(end, cut.start()))
    if container := _IN.search(text, start, end):
        end = container.start()
    elif comma or end == stop:
        end = _before_venue(work, start, end)
    if aside := _ABOUT_TITLE.search(text, start, end):
        end = aside.start()
    first, last = tidy(text, start, before_paren_year(text, start, end))
    if text[start - 1 : start] in {'"', "“"} and any(mark in text[first:last] for mark in DOUBLE):
        first = start - 1
    if last - first + uncased(text, first, last) < shortest or not any(c.isalpha() for c in text[first:last]):
        return None
    return first, last


def _is_venue(work: Work, first: int, last: int) -> bool:
    """Tell whether text in italics begins as venues do, or has a volume or pages behind it."""
    return VENUE_START.match(work.text, first, last) is not None or NUMBERED.match(work.text, skip(work.text, last, work.end, ",.")) is not None


def uncased(text: str, start: int, end: int) -> int:
    """Return how many letters are of scripts without capitals, in which each is a syllable or word."""
    return sum(c.isalpha() and c.lower() == c.upper() for c in text[start:end])


def _before_venue(work: Work, start: int, end: int) -> int:
    """Return where a title ends that commas part from the venue: before a venue's word, or at the last comma before the year."""
    text, commas = work.text, []
    for match in _COMMA.finditer(text, start, end):
        if VENUE_START.match(text, match.end(), work.end) or _JOURNAL.match(text, match.end(), work.end):
            return match.start()
        if _EDITION.match(text, match.end(), work.end):
            return match.start()
        commas += [match.start()] if text[match.end()].isalpha() else []
        if YEAR.match(text, match.end(), work.end):
            return commas[-1] if commas else match.start()
    year = YEAR.search(text, start, work.end)
    if year is not None and any(end <= first and last <= year.start() for first, last in work.masks):
        return end  # the year of the line behind an address
    last = next((comma for comma in reversed(commas) if year is not None and comma < year.start()), start)
    return last if last - start >= SHORTEST_TITLE else end


def before_paren_year(text: str, start: int, end: int) -> int:
    """Return where a title ends before `(2020)` or `, 2020`; not within it, as in `A replication of Lovelace (1843) with machines`."""
    match = re.compile(r"[\s,]{0,9}[(\[][^()\[\]]{0,80}\b(?:19|20)[0-9]{2}[a-z]?[)\]](?!\s[a-z])|,\s{0,9}(?:19|20)[0-9]{2}\Z").search(text, start, end)
    return match.start() if match and match.start() > start else end


def sentence_end(text: str, start: int, stop: int, slanted: Sequence[int] = ()) -> int:
    """Return where a sentence ends, at the latest before something in italics behind a question."""
    for match in _TERMINATOR.finditer(text, start, stop):
        if match.group().startswith(".."):
            continue
        if match.group()[0] == "." and _ABBREVIATION.search(text, max(start, match.start() - 12), match.start()):
            continue
        behind = skip(text, match.end(), stop, "")
        following = text[behind : behind + 1]
        if _PART.match(text, behind, stop):
            continue
        if following.islower() and match.group()[0] == "." and not VENUE_START.match(text, behind) and not _SMALL_VENUE.match(text, behind):
            continue
        if match.group()[0] != "." and following.isalpha() and behind not in slanted and not VENUE_START.match(text, behind) and not _NUMBERED_VENUE.match(text, behind):
            continue  # `Where To Start? Transferring Simple Skills`
        return match.start() + (0 if match.group()[0] == "." else len(match.group().rstrip('"”’)*_')))
    return stop
