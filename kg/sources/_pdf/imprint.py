"""Where and when a paper appeared, as lines on its first page say it: running heads, notes at the foot, dates below the authors."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from kg.sources._pdf.lines import paragraph

_YEAR: Final = r"(?:19|20)[0-9]{2}"
_MONTH: Final = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
_DATE: Final = rf"[0-9]{{1,2}}\.?\s(?:de\s)?[^\W\d_]{{3,10}}\.?\s(?:de\s)?{_YEAR}|(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\.?\s)?{_MONTH}(?:\s[0-9]{{1,2}}(?:st|nd|rd|th)?)?,?\s{_YEAR}|{_YEAR}-[0-9]{{2}}-[0-9]{{2}}"
_DATE_LINE: Final = re.compile(rf"\(?(?:(?:dated|date|version of|draft of|this version|submitted|revised)\s?:?\s|[A-Z][\w-]+,\s)?(?P<date>{_DATE})\)?\.?", re.IGNORECASE)
"""A line that is a date, or a town and a date, as below the authors and on title pages."""

_ANNOUNCED: Final = re.compile(
    r"(?:published|accepted|presented|to appear|appeared|appears)\s(?:as an? [\w ]{0,30}?paper )?(?:for (?:publication|presentation) )?(?:at|in|by|to) (?:the )?(?:proceedings of (?:the )?)?"
    rf"(?P<venue>[^\W\d_][^;:.]{{2,150}}?)[\s,('’]+(?:[0-9]{{1,2}}/)?(?P<year>{_YEAR})\b(?P<more>\s[^;:.,(]{{0,60}}(?:workshop|conference|symposium|track)\b[^;:.,(]{{0,100}})?", re.IGNORECASE,
)  # fmt: skip
"""`Published as a conference paper at ICLR 2024`, `Accepted at the Conference on Rain (CR), 2022`."""

_ORDINAL: Final = re.compile(
    rf"(?:in )?(?P<venue>proceedings of [^.]{{5,200}}?|[0-9]{{1,2}}(?:st|nd|rd|th) [^.,]{{0,120}}?(?:conference|workshop|symposium)[^.,]{{0,120}}?)(?:\s\([A-Za-z&-]+ ?(?P<acronym>{_YEAR})\)|,|\.|\s\(|\Z)", re.IGNORECASE,
)  # fmt: skip
"""`37th Conference on Rain (CR 2023), Polis.`, `Proceedings of the 61st Annual Meeting of the Society for Rain, pages 1-9`."""

_NUMBERED: Final = re.compile(
    rf"(?:[0-9]{{1,5}}\s)?(?P<venue>(?!version\b|draft\b|revision\b|{_MONTH}\s)[^\W\d_][^;:()0-9]{{4,120}}?),?\s"
    rf"(?:vol(?:\.|ume)\s?(?P<volume>[0-9]{{1,4}})\b.{{0,80}}?(?P<year>{_YEAR})\b|(?P<bare>[0-9]{{1,4}})\s?(?:\([0-9]{{1,3}}\)\s?)?(?:[:,]\s?[\w–-]{{1,20}}\s?)?\((?P<behind>{_YEAR})\))", re.IGNORECASE,
)  # fmt: skip
"""`IEEE Transactions on Rain, Vol. 14, No. 8, August 2021`, `Journal of Rain 22 (2021) 1-34`."""

_YEAR_FIRST: Final = re.compile(rf"(?P<venue>[^\W\d_][^;:()0-9]{{4,120}}?)(?:,\s(?P<year>{_YEAR}),|\s\((?P<other>{_YEAR})\))\s(?:(?P<volume>[0-9]{{1,4}})\s?[:(,]|[0-9]{{1,4}}\s?[-–])")
"""`Journal of Rain (2021) 33:1201-1219`, `Journal of Rain, 2021, 1-9`."""

_HISTORY: Final = re.compile(rf"\b(?:published(?: online)?|publication date|accepted|date)\s?:?\s(?:on )?(?P<date>{_DATE}|{_YEAR}\s{_MONTH}\s[0-9]{{1,2}})", re.IGNORECASE)
_COPYRIGHT: Final = re.compile(rf"(?:©|copyright(?: ©| \(c\))?|\(c\))\s?(?P<year>{_YEAR})\b", re.IGNORECASE)
_TOP: Final = 3
"""So many lines may a head have."""


class Imprint(NamedTuple):
    """Venue, volume and date as printed; empty where nothing says so."""

    venue: str = ""
    volume: str = ""
    date: str = ""


def is_date(line: str) -> bool:
    """Tell whether a line is a date and no more.

    >>> is_date("(Dated: March 3, 2020)"), is_date("Polis, June 2018"), is_date("May 2020 was wet")
    (True, True, False)
    """
    return _DATE_LINE.fullmatch(line.strip()) is not None


def begins_with_date(text: str) -> bool:
    """Tell whether a text begins with a date.

    >>> begins_with_date(" March 3, 2021 1 / 15")
    True
    """
    return re.match(rf"\s*(?:{_DATE})", text, re.IGNORECASE) is not None


def is_imprint(line: str) -> bool:
    """Tell whether a line says where a paper appeared, as those at the foot of a page do."""
    return any(pattern.match(line) for pattern in (_ANNOUNCED, _ORDINAL, _COPYRIGHT))


def imprint(lines: Sequence[str]) -> Imprint:
    """Return what the lines of a page say: announced, at its foot, in its head, else the year of the copyright.

    >>> imprint(["Published as a conference paper at ICLR 2024", "On Rain"])
    Imprint(venue='ICLR', volume='', date='2024')
    >>> imprint(["On Rain", "Proceedings of the 4th Workshop on Rain,", "Polis, 2019."])
    Imprint(venue='Proceedings of the 4th Workshop on Rain', volume='', date='2019')
    """
    for rank, line in enumerate(lines):
        if match := _ANNOUNCED.match(line):
            return Imprint(line[match.start("venue") : match.end("more")].strip() if match["more"] else match["venue"], "", match["year"])
        together = paragraph(lines[rank : rank + _TOP])
        if (match := _ORDINAL.match(together)) and match.start() < len(line):
            year = match["acronym"] or next(iter(re.findall(rf"\b{_YEAR}\b", together[match.end() :])), "")
            return Imprint(match["venue"], "", year)
    for line in lines[:_TOP]:
        if match := _NUMBERED.match(line):
            return Imprint(match["venue"], match["volume"] or match["bare"], match["year"] or match["behind"])
        if match := _YEAR_FIRST.match(line):
            return Imprint(match["venue"], match["volume"] or "", match["year"] or match["other"])
    said = next((match["date"] for line in lines if (match := _HISTORY.search(line))), "")
    year = next((match["year"] for line in lines if (match := _COPYRIGHT.search(line))), "")
    return Imprint("", "", said or year)
