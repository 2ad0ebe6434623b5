"""When and where a cited paper appeared: date, venue, volume, issue and pages, which stand behind the title or around the authors."""

import re
from dataclasses import replace
from typing import Final

from kg.sources._citation_parts import VENUE_START, YEAR, Citation, Work, skip, tidy
from kg.sources._citation_title import EDITORS, KIND
from kg.sources._dates import printed_date
from kg.sources._fields import Span, iso_date

_YEAR_MONTH: Final = re.compile(r"(?<![\w./:–—-])20[0-9]{2}[./](?:0?[1-9]|1[0-2])(?:[./](?:0?[1-9]|[12][0-9]|3[01]))?(?![\w/–—-]|\.[0-9])")
_MONTH: Final = re.compile(
    r"(?:(?<![\w-])(?P<day>[0-9]{1,2})\s+)?(?<![^\W\d_])(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s+\Z", re.IGNORECASE,
)  # fmt: skip
_PAGES: Final = re.compile(r"(?:\b(?:pp?|[SС]|стр)\.?\s?|\bpages?\s|:\s?|(?<=[0-9)],)\s?)([A-Za-z]?[0-9]{1,6}\s?[-–—−]{1,2}\s?[A-Za-z]?[0-9]{1,6})(?![0-9-])", re.IGNORECASE)
_VOLUME: Final = re.compile(
    r"(?:\bvol(?:ume)?\.?\s?|(?<=[\s,;]))(?P<volume>[0-9]{1,4})\s?\((?!(?:19|20)[0-9]{2}\))(?P<issue>[0-9]{1,4}(?:[-–][0-9]{1,3})?)\)"
    r"|\b(?:vol(?:ume)?\.?|Bd\.|Jg\.|[TТV]\.)\s?(?P<said>[0-9]{1,4})\b|(?<=[\s,;])(?P<bare>[0-9]{1,3})(?:\s\((?:19|20)[0-9]{2}\)|:\s?[0-9]|,\s?[0-9]{1,6}\s?[-–—]|,\s?[0-9]{5,7}\b)",
    re.IGNORECASE,
)
_ISSUE_ONLY: Final = re.compile(r"(?:\b(?:no|nr|issue|number|heft)\b\.?|№|\bn[°º])\s*([0-9]{1,4})\b(?!\.[0-9])", re.IGNORECASE)
_MOST_LOWER: Final = 5


def with_rest(work: Work, start: int, found: Citation) -> Citation:
    """Add date, venue, volume, issue and pages, which stand behind the title or around the authors."""
    text = work.text
    title = found.title or (start, start)
    date = _date(work, start, found)
    behind = max(title[1], found.people.end if found.people and found.people.names[0][0] >= title[1] else 0)
    pages, volume = _PAGES.search(text, behind, work.end), _VOLUME.search(text, behind, work.end)
    issue = _ISSUE_ONLY.search(text, behind, work.end)
    return replace(
        found,
        date=date,
        venue=_venue(work, behind, date),
        pages=pages.span(1) if pages else None,
        volume=volume.span(next(name for name in ("volume", "said", "bare") if volume[name])) if volume else None,
        issue=volume.span("issue") if volume and volume["issue"] else issue.span(1) if issue else None,
    )


def _date(work: Work, start: int, found: Citation) -> tuple[Span, str] | None:
    """Return the date: the year right behind the authors, else the last one outside the title."""
    text = work.text
    title = found.title or (start, start)
    years = [
        match
        for match in YEAR.finditer(text, start, work.end)
        if not title[0] <= match.start() < title[1] and not work.masked(match.start())
    ]
    if not years:
        month = next((found for found in _YEAR_MONTH.finditer(text, start, work.end) if not title[0] <= found.start() < title[1] and not work.masked(found.start())), None)
        value = printed_date(month.group()) if month else None
        return (month.span(), value) if month and value else None
    between = [match for match in years if found.people and found.people.end <= match.start() < title[0]]
    year = (between or years)[0 if between else -1]
    first, last = year.span(1)
    if month := _MONTH.search(text, max(start, first - 24), first):
        day = month["day"]
        full = iso_date(year[1], month["month"], day or "1")
        if full:
            return (month.start(), last), full if day else full[:7]
    return (first, last), year[1]


_VENUE_END: Final = re.compile(
    r"\.\s(?=(?-i:[A-Z(\[0-9]))|,\s+(?:edited by|ed\. by|hrsg\.|hg\.)|[,;(\[]?\s{0,9}\b(?:vol|volume|v|no|nr?|h|heft|jg|bd|issue|pp?|s|pages?)\b[.°º]?\s?[0-9]|[,(\[]\s{0,9}[^,()\[\]]{0,12}\b(?:19|20)[0-9]{2}\b"
    r"|[，。]|\s(?:19|20)[0-9]{2}\b(?!(?-i:[ \t](?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[A-Z][A-Za-z]))|[,\s]\s{0,9}[0-9]{1,4}\s?[(:,]|\s\[|;|(?>\r\n|[\n\r])[ \t]*+[\n\r]|,\s{0,9}[0-9]|\s[-–—|]\s|\s\(|\*\*", re.IGNORECASE,
)  # fmt: skip


_NO_VENUE: Final = re.compile(r"(?:abstract|summary|key\s?words|tl;dr|notes?|links?|authors?)\s*[:：]|abstract\s+(?=[A-Z])", re.IGNORECASE)
"""Labels of what else stands behind a title."""

_STAMP: Final = re.compile(
    r"(?:(?:published|submitted|posted|(?:last )?modified)\s*:?\s*)?[0-9]{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)[0-9]{2}(?:\s\(modified:[^()\n]{0,40}\))?(?:,\s(?:last modified|everyone|revised)[^\n]{0,60})?(?=\s*\n)",
    re.IGNORECASE,
)  # fmt: skip
"""When an entry was put where it is, as OpenReview says it on a line before the venue."""

_EDITED: Final = re.compile(r"in\s*:?\s+(?=[A-Z])", re.IGNORECASE)
_ABBREVIATED: Final = re.compile(r"(?:(?:(?:[A-Z][a-z]{0,4}|Intell|Comput|Commun|Technol|Process|Electron)\.|[A-Z][a-z]{1,9}(?=\s[A-Z][a-z]{0,9}\.)|[A-Z]{2,6}(?=\s(?:[A-Z]{2,6}\s)?[A-Z][a-z]{0,9}\.))(?:\s(?=[A-Z])|(?=\s[0-9])))*+")
"""The beginning of a venue whose words are cut: `Nat. Mach. Intell.`."""


def _venue(work: Work, start: int, date: tuple[Span, str] | None) -> Span | None:
    """Return where it appeared: what stands behind the title and is neither year nor pages."""
    text = work.text
    at = _behind_link(text, start, work.end)
    for _ in range(3):
        if kind := KIND.match(text, at, work.end):
            at = kind.end()
        at = skip(text, at, work.end, ".,，。、:：;*_\"”’'»)]}-–—|/([ \n\r?!")
        if date is not None and date[0][0] <= at < date[0][1]:
            at = date[0][1]
        elif stamp := _STAMP.match(text, at, work.end):
            at = stamp.end()
        elif (lead := _EDITED.match(text, at, work.end)) and (editors := work.people(lead.end(), work.end)) and (told := EDITORS.match(text, editors.end, work.end)):
            at = told.end()
        elif lead := re.compile(r"in\s*[:.]?\s+(?=\S)|appeared in\s+|to appear in\s+|accepted (?:at|to|by)\s+|published in\s+|presented at\s+", re.IGNORECASE).match(text, at, work.end):
            at = lead.end()
        else:
            break
    if _NO_VENUE.match(text, at, work.end):
        return None
    stop = work.stop(at)
    if date is not None and at < date[0][0] < stop and date[0][1] - date[0][0] > 4:
        stop = date[0][0]  # with its month
    cut = _ABBREVIATED.match(text, at, stop)
    ends = _VENUE_END.search(text, cut.end() if cut else at, stop)
    first, last = tidy(text, at, ends.start() if ends else stop)
    while last > first and text[last - 1] in "([{\"“'*_, ":
        last -= 1
    name = text[first:last]
    words = name.split()
    if len(words) > _MOST_LOWER and 2 * sum(word[0].islower() for word in words) > len(words) and not VENUE_START.match(name):
        return None  # a sentence
    if last - first < 2 or last - first > 250 or not any(c.isupper() or (c.isalpha() and c.lower() == c.upper()) for c in name) or (name.lower() in {"arxiv", "doi", "url", "available", "pdf"} and last == stop):
        return None
    return first, last


def _behind_link(text: str, at: int, end: int) -> int:
    """Return where text goes on behind a Markdown link's address."""
    if text.startswith("](", at) and (close := text.find(")", at, end)) > 0:
        return close + 1
    return at
