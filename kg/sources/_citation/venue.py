"""When and where a cited paper appeared: date, venue, volume, issue and pages, which stand behind the title or around the authors."""

import re
from dataclasses import replace
from typing import Final

from kg.sources._citation.parts import ASIDES, SERIES, VENUE_START, YEAR, Citation, Work, skip, tidy
from kg.sources._citation.title import EDITORS
from kg.sources._citation.title_end import KIND
from kg.sources._dates import printed_date
from kg.sources._text.fields import Span, iso_date

_YEAR_MONTH: Final = re.compile(r"(?<![\w./:–—-])(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])|(?<![\w./:–—-])20[0-9]{2}[./](?:0?[1-9]|1[0-2])(?:[./](?:0?[1-9]|[12][0-9]|3[01]))?(?![\w/–—-]|\.[0-9])")
_MONTH_YEAR: Final = re.compile(r"(?<![\w/.])(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)[0-9]{2})(?![\w/])")
_MONTH: Final = re.compile(
    r"(?:(?<![\w-])(?P<day>[0-9]{1,2})\s+)?(?<![^\W\d_])(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?,?\s+\Z", re.IGNORECASE,
)  # fmt: skip
_PAGES: Final = re.compile(
    r"(?P<articled>\b[0-9]{1,4}:[0-9]{1,3}\s?[-–—]{1,2}\s?[0-9]{1,4}:[0-9]{1,3})\b"  # `4:1-4:23`
    r"|(?:\b(?:pp?|[SС]|стр)\.?\s?|\bpages?\s|:\s?|(?<=[0-9)][,;])\s?)(?P<range>[A-Za-z]?[0-9]{1,6}\s?[-–—−]{1,2}\s?[A-Za-z]?[0-9]{1,6})(?![0-9-]|\s(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"  # `pp. 1-9`, `12:1-9`, `2020, 1-9`; no days: `Rest: 3-5 May`
    r"|(?<=[a-z],)\s(?P<alone>[0-9]{1,5}[-–—−][0-9]{1,5})(?=\.?\Z|\.\s)"  # `Journal of Rest, 1-9.`
    r"|,\sArticle\s(?:No\.\s?)?(?P<articles>[A-Za-z]?[0-9]{1,7})\b"  # `12, 3, Article 45`
    r"|\)\s(?P<edited>[0-9]{1,5}[-–—−][0-9]{1,5})\s\("  # `(eds. Lovelace, A.) 1–9 (Springer, 2022)`
    r"|\bp\.\s?(?P<single>[A-Za-z]?[0-9]{1,7})\b(?!\s?[-–—−]\s?[0-9])"  # `p. 31`
    r"|\((?:19|20)[0-9]{2}\)\s(?P<dated>[A-Za-z]?[0-9]{1,7}(?:\s?[-–—−]\s?[0-9]{1,7})?)(?=[.,;]|\s|\Z)"  # `(2020) 123`, `(2020) 1-9`
    r"|(?<=[0-9)],)\s(?P<first>(?!(?:19|20)[0-9]{2}\b)[A-Za-z]?[0-9]{1,6})(?=,?\s?\((?:19|20)[0-9]{2}\)(?!,\s[0-9])|\.?\Z)"  # `12, 123 (2020)`, `12, 123.`
    r"|(?<=[0-9)]:)\s?(?P<number>[A-Za-z]?[0-9]{1,7}(?=[.;]|\Z)|[0-9]{3,7}(?=,))",  # `12:123.`
    re.IGNORECASE,
)  # fmt: skip
_VOLUME: Final = re.compile(
    r"(?:\bvol(?:ume)?\.?\s?|(?<=[\s,;]))(?P<volume>[0-9]{1,4})\s?\((?!(?:19|20)[0-9]{2}\))(?P<issue>[0-9]{1,5}(?:[-–][0-9]{1,3})?)\)"  # `vol. 12(3)`, ` 12 (3)`
    r"|(?<=[\s,;])(?P<listed>(?!(?:19|20)[0-9]{2},)[0-9]{1,4}),\s(?P<second>[0-9]{1,3}),\s[0-9]{1,6}\s?[-–—]"  # `12, 3, 1-9`
    r"|(?<=,\s)(?P<paged>(?!(?:19|20)[0-9]{2}\b)[0-9]{1,4}),\s(?:pp?\.|pages?)\s?[A-Za-z]?[0-9]"  # `, 12, pp. 1`
    r"|(?<=[\s,;])(?P<supplemented>[0-9]{1,4})\s?\(?(?:Suppl|Pt)\b"  # `3 Suppl 1`, `3(Suppl 1)`, `3(Pt 2)`
    r"|(?<=[\s,;])(?P<dated>(?!(?:19|20)[0-9]{2},)[0-9]{1,4}),\s(?P<fourth>[0-9]{1,3})\s\((?:[A-Z][a-z]{2,8}\.?\s)?(?:19|20)[0-9]{2}\),\s(?:Article\s)?[0-9]"  # `12, 3 (May 2020), 1-9`
    r"|(?<=[\s,;])(?P<articled>(?!(?:19|20)[0-9]{2},)[0-9]{1,4}),\s(?P<third>[0-9]{1,3}|(?-i:[A-Z]{2,8})[0-9]?),\sArticle\s[A-Za-z0-9]"  # `12, 3, Article 45`, `4, OOPSLA, Article 45`
    r"|\b(?:vol(?:ume)?\.?|Bd\.|Jg\.|[TТV]\.)\s?(?P<said>[0-9]{1,4})\b"  # `vol. 12`, `Bd. 12`
    r"|(?<=[\s,;])(?<!pp\.\s)(?<!pages\s)(?<!no\.\s)(?<!\b[0-9],\s)(?<!\b[0-9][0-9],\s)(?<!Article\s)(?P<bare>(?!(?:19|20)[0-9]{2}\b)[0-9]{1,4})(?:,\s[A-Za-z]?[0-9]{1,6},?\s?\((?:19|20)[0-9]{2}\)|,?\s\((?:(?-i:[A-Z])[a-z]{2,8}\.?\s)?(?:19|20)[0-9]{2}\)|,?\s(?:no|nr)\.\s?[0-9]|:\s?[A-Za-z]?[0-9]|,\s?[0-9]{1,6}\s?[-–—−]{1,2}\s?[0-9]|,\s?[0-9]{5,7}\b|,\s[A-Z]?[0-9]{1,6}\.?\Z)",  # ` 12, 123 (2020)`, ` 12 (2020)`, `12, no. 3`, `12: 1`, `12, 1-9`, `12, 20825`, `12, 3.`
    re.IGNORECASE,
)  # fmt: skip
_ISSUES: Final = ("issue", "second", "third", "fourth")
"""The groups of that expression that are the issue."""

_ACCESSED: Final = re.compile(r"\b(?:accessed|retrieved|visited|cited|abgerufen|zugriff|consulté|consultado|acesso|дата обращения)\b(?:[^.\]()]|(?<=\b(?-i:[A-Z][a-z]{2}))\.)*\Z", re.IGNORECASE)
"""What stands before the day on which somebody looked at a page."""

_LONGEST_ACCESSED: Final = 40
_ISSUE_ONLY: Final = re.compile(r"(?:\b(?:no|nr|issue|number|heft)\b\.?|№|\bn[°º])\s*([0-9]{1,4})\b(?!\.[0-9])", re.IGNORECASE)
_MOST_LOWER: Final = 5
_NEAR: Final = 3


def with_rest(work: Work, start: int, found: Citation) -> Citation:
    """Add date, venue, volume, issue and pages, which stand behind the title or around the authors."""
    text = work.text
    title = found.title or (start, start)
    date = _date(work, start, found)
    behind = max(title[1], found.people.end if found.people and found.people.names[0][0] >= title[1] else 0)
    pages, volume = _PAGES.search(text, behind, work.end), _VOLUME.search(text, behind, work.end)
    line = text.find("\n", volume.end(), work.end) if work.hard and volume else -1
    issue = _ISSUE_ONLY.search(text, behind, line if line > 0 else work.end)
    venue = _venue(work, behind, date)
    published = venue is not None and _PUBLISHER.match(text, *venue) is not None
    return replace(
        found,
        date=date,
        venue=None if published else venue,
        publisher=venue if published else None,
        pages=pages.span(pages.lastgroup or 0) if pages else None,
        volume=volume.span(next(name for name in ("volume", "listed", "paged", "supplemented", "dated", "articled", "said", "bare") if volume[name])) if volume else None,
        issue=volume.span(next(name for name in _ISSUES if volume[name])) if volume and any(volume[name] for name in _ISSUES) else issue.span(1) if issue else None,
    )


def _date(work: Work, start: int, found: Citation) -> tuple[Span, str] | None:
    """Return the date: the year right behind the authors, else the last one outside the title."""
    text = work.text
    title = found.title or (start, start)
    years = [
        match
        for match in YEAR.finditer(text, start, work.end)
        if not title[0] <= match.start() < title[1] and not work.masked(match.start()) and not _ACCESSED.search(text, max(start, match.start() - _LONGEST_ACCESSED), match.start())
    ]
    if not years:
        month = next((found for found in _YEAR_MONTH.finditer(text, start, work.end) if not title[0] <= found.start() < title[1] and not work.masked(found.start())), None)
        value = printed_date(month.group()) if month else None
        if not month and (month := next((found for found in _MONTH_YEAR.finditer(text, start, work.end) if not title[0] <= found.start() < title[1] and not work.masked(found.start())), None)):
            value = f"{month['year']}-{month['month']:0>2}"
        return (month.span(), value) if month and value else None
    between = [match for match in years if found.people and found.people.end <= match.start() < title[0]]
    if not between and found.people and (told := next((match for match in years if 0 <= match.start() - found.people.end <= _NEAR and not text[found.people.end : match.start()].strip(" ,.(")), None)):
        between = [told]
    elif work.hard and (behind := [match for match in years if match.start() >= max(title[1], found.people.end if found.people else 0) and not _STAMP.match(text, text.rfind("\n", 0, match.start()) + 1)]):
        line = text.find("\n", behind[0].start(), work.end)
        years = [match for match in behind if line < 0 or match.start() < line]  # below that stand prizes and links
    year = (between or years)[0 if between else -1]
    first, last = year.span(1)
    if month := _MONTH.search(text, max(start, first - 24), first):
        day = month["day"]
        full = iso_date(year[1], month["month"], day or "1")
        if full:
            return (month.start(), last), full if day else full[:7]
    return (first, last), year[1]


_VENUE_END: Final = re.compile(
    r"\.\s(?=(?-i:[A-Z(\[0-9]))"  # `. In the next sentence`
    r"|,\s+(?:edited by|eds?\.(?:\sby)?\s|hrsg\.|hg\.|(?:conditionally )?accepted|to appear|in press|forthcoming|submitted|under review)"  # `, edited by ...`, `, to appear`
    r"|[,;(\[]?\s{0,9}\b(?:vol|volume|v|no|nr?|h|heft|jg|bd|issue|pp?|s|pages?)\b[.°º]?\s?[0-9]"  # `, vol. 3`, ` no. 2`, `(pp. 1`
    r"|,\s+vol(?:ume|\.)\s(?-i:[IVXL])+\b"  # `, Vol. IV`
    r"|,\spp?\.\s"  # `, p. arXiv:...`
    r"|[,(\[]\s{0,9}[^,()\[\]]{0,12}\b(?:19|20)[0-9]{2}\b"  # `, 2020`, `(Oct. 2020`
    r"|[，。]"
    r"|\s[0-9]{1,4}[-–][0-9]{1,4}\s\("  # ` 12-34 (`
    r"|(?<!\bthe)\s(?:19|20)[0-9]{2}\b(?!(?-i:[ \t](?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Oral|Spotlight|Poster|Highlight)[A-Z][A-Za-z]))"  # ` 2020`, unless the name goes on: `ICML 2020 Workshop`, `the 2020 Conference`
    r"|[,\s]\s{0,9}[0-9]{1,4}\s?[(:,]"  # ` 12(3)`, `, 12: 3`
    r"|\s\["
    r"|;"
    r"|(?>\r\n|[\n\r])[ \t]*+[\n\r]"  # an empty line
    r"|,\s{0,9}[0-9]"  # `, 12`
    r"|,\s{1,9}(?-i:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s[0-9]"  # `, Aug. 28`
    r"|\s[-–—|]\s"  # ` - `, ` | `
    r"|\s\("
    r"|\*\*",
    re.IGNORECASE,
)  # fmt: skip


_NO_VENUE: Final = re.compile(
    r"©|copyright\b|(?:abstract|summary|key\s?words|tl;dr|notes?|links?|authors?|published|date|year|url|code|pdf|doi|arxiv(?: id)?)\s*[:：]|abstract\s+(?=[A-Z])|(?:we|this|our|these|here|in this|the authors?)\s"
    r"|(?:submitted|under review|in preparation|in submission|accessed|retrieved)\b|(?:pdf|paper|code|slides|poster|video|tool|talk|link|doi|bibtex|arxiv|demo|dataset|data|website|project(?: page)?|to appear|spotlight|oral|best paper(?: award)?)(?=\s*(?:[·•|/\n]|\Z))", re.IGNORECASE,
)  # fmt: skip
"""Labels of what else stands behind a title, and words of buttons."""

STATUS: Final = re.compile(r"\(?(?:submitted|under (?:review|revision)|in (?:preparation|prep\.?|submission|press|revision)|forthcoming|to appear|accepted|work in progress)[\s.)]*", re.IGNORECASE)
"""What stands where the venue is told of a paper that has none yet."""

_SHORT_NAME: Final = re.compile(r"[\s.,;:”\"]*\[[A-Z][A-Za-z&/+ -]{1,20}[\s'’-]{0,2}(?:(?:19|20)?[0-9]{2})?\][ \t]+(?=(?:The\s)?[A-Z0-9])")
"""What a venue is called for short, in brackets before its name."""

_STAMP: Final = re.compile(
    r"(?:(?:published|submitted|posted|(?:last )?modified)\s*:?\s*)?[0-9]{1,2}\s[A-Z][a-z]{2,8}\s(?:19|20)[0-9]{2}(?:\s\(modified:[^()\n]{0,40}\))?(?:,\s(?:last modified|everyone|revised)[^\n]{0,60})?(?=\s*\n)",
    re.IGNORECASE,
)  # fmt: skip
"""When an entry was put where it is, as OpenReview says it on a line before the venue."""

_PUBLISHER: Final = re.compile(
    r"(?:[^:]{2,40}:\s)?(?:[A-Z][\w&.'’-]*\s){0,5}(?:press|verlag|publish(?:ers|ing)|books|routledge|springer|elsevier|wiley|sage|mcgraw[ -]hill|pearson|addison[ -]wesley|kaufmann|o'reilly|oup|who)\b(?:,(?-i:\s[A-Z][\w.-]+){1,2}){0,2}[\s,.;]*\Z"
    r"|[^:]{2,40}:\s.*\b(?:press|verlag|publish(?:ers|ing)|world health organization)\b", re.IGNORECASE,
)  # fmt: skip
"""Who made a book, which stands where others have a venue: `Chicago: University of Chicago Press`."""

_LABEL_BEHIND: Final = re.compile(r"\s(?:doi|url|pmid|link|available)\Z", re.IGNORECASE)
_EDITED: Final = re.compile(r"in\s*:?\s+(?=[A-Z])", re.IGNORECASE)
_ABBREVIATED: Final = re.compile(
    r"(?:Ph\.\s?D\.\s)?(?>(?:(?:(?:[A-Z][a-z]{0,4}|Intell|Comput|Commun|Technol|Process|Electron)\.|[A-Z][a-z]{1,9}(?=\s[A-Z][a-z]{0,9}\.)|[A-Z]{2,6}(?=\s(?:[A-Z]{2,6}\s)?[A-Z][a-z]{0,9}\.)|[0-9]{1,3}(?:st|nd|rd|th)(?=\s[A-Z][a-z]{0,9}\.)|(?<=\s)(?:of|and|&)(?=\s[A-Z][a-z]{0,5}\.))"
    r"(?:\s(?=[A-Z]|(?:of|and|&)\s[A-Z][a-z]{0,5}\.|[0-9]{1,3}(?:st|nd|rd|th)\b)|-(?=[A-Z][a-z]{0,6}\.)|(?=\s[0-9])))*)"
)
"""The beginning of a venue whose words are cut: `Nat. Mach. Intell.`, `Proc. ACM Hum.-Comput. Interact.`."""


_LEAD: Final = re.compile(
    r"(?-i:En|Em|Dans)\s?:?\s+(?=(?-i:[A-ZÀ-Þ]))"
    r"|in\s*[:.]?\s+(?!(?:silico|situ|vitro|vivo)\b)(?=\S)"
    r"|(?:to )?appear(?:s|ed)? in\s+(?:the\s+)?"
    r"|accepted (?:at|to|by)\s+"
    r"|published in\s+"
    r"|(?:spotlight|oral|highlight|best paper)(?:\s(?:presentation|paper|talk|award))?(?:\s\([^()]{1,30}\))?[.:]\s+(?=(?-i:[A-Z]))"
    r"|presented at\s+"
    r"|preprint at\s*"
    r"|available (?:at|from)\s*:?\s*"
    r"|[0-9]{1,3}\spages[.,;]\s+"
    r"|(?:journal|venue|conference|source)\s*:\s*",
    re.IGNORECASE,
)  # fmt: skip
"""What leads to a venue: `In Proceedings`, `to appear in`, `10 pages. `."""


_NOTE: Final = re.compile(r"[\s,;.*†‡§∗⋆]*\(\s*[*†‡§∗⋆]*[^()\n]{0,24}(?:equal|contribut|correspond|first authors?|alphabetical)[^()\n]{0,60}\)", re.IGNORECASE)
"""What stands behind names of their parts in the work: `(* equal contribution)`."""


_ABOUT: Final = re.compile(rf"[\s,;.*_]{{0,9}}(?:{ASIDES}|{SERIES}|[0-9]{{1,2}}(?:st|nd|rd|th)\.?\s(?:rev\.\s)?ed(?:ition|n)?\b\.?(?=[\s,]))", re.IGNORECASE)
"""Edition, kind, or what leads to the series, before venue or publisher."""


def _venue(work: Work, start: int, date: tuple[Span, str] | None) -> Span | None:
    """Return where it appeared: what stands behind the title and is neither year nor pages."""
    text = work.text
    at, led = _behind_link(text, start, work.end), False
    for known in (_NOTE, _ABOUT):
        if aside := known.match(text, at, work.end):
            at = aside.end()
    for _ in range(3):
        if kind := KIND.match(text, at, work.end) or _SHORT_NAME.match(text, at, work.end):
            at = kind.end()
        at = skip(text, at, work.end, ".,，。、:：;*_\"”’'»」』》)]}-–—|/([ \n\r?!")
        if date is not None and date[0][0] <= at < date[0][1]:
            at = date[0][1]
        elif (mask := next((last for first, last in work.masks if first <= at < last), None)) and text[mask : mask + 1] in {"\n", "\r"}:
            at = mask
        elif stamp := _STAMP.match(text, at, work.end):
            at = stamp.end()
        elif (lead := _EDITED.match(text, at, work.end)) and (editors := work.people(lead.end(), work.end)) and (told := EDITORS.match(text, editors.end, work.end)):
            at, led = told.end(), True
        elif lead := _LEAD.match(text, at, work.end):
            at, led = lead.end(), lead.group()[:2].lower() == "in"
        else:
            break
    if _NO_VENUE.match(text, at, work.end):
        return None
    stop = work.stop(at)
    if work.hard and (line := text.find("\n", at, stop)) > 0:
        stop = line
    if date is not None and at < date[0][0] < stop and date[0][1] - date[0][0] > 4:
        stop = date[0][0]  # with its month
    cut = _ABBREVIATED.match(text, at, stop)
    ends = _VENUE_END.search(text, cut.end() if cut else at, stop)
    first, last = tidy(text, at, ends.start() if ends else stop)
    if label := _LABEL_BEHIND.search(text, first, last):
        last = label.start()
    while last > first and text[last - 1] in "([{\"“'*_, ":
        last -= 1
    name = text[first:last]
    words = name.split()
    if not led and len(words) > _MOST_LOWER and 2 * sum(word[0].islower() for word in words) > len(words) and not VENUE_START.match(name):
        return None  # a sentence

    if last - first < 2 or last - first > 250 or not any(c.isupper() or (c.isalpha() and c.lower() == c.upper()) for c in name) or name.lower() in {"doi", "url", "available", "pdf", "online", "accessed"} or (name.lower() == "arxiv" and last == stop):
        return None
    return first, last


def _behind_link(text: str, at: int, end: int) -> int:
    """Return where text goes on behind a Markdown link's address."""
    if text.startswith("](", at) and (close := text.find(")", at, end)) > 0:
        return close + 1
    return at
