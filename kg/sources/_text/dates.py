"""Dates as people write them in text."""

import re
from typing import Final

from kg.sources._text.fields import iso_date

_ISO: Final = re.compile(r"((?:1[6-9]|20)[0-9]{2})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?(?![0-9])")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})\.? ([A-Za-z]{3,9})\.?,? ((?:1[6-9]|20)[0-9]{2})")
_MONTH_FIRST: Final = re.compile(r"([A-Za-z]{3,9})\.? (?:([0-9]{1,2}), )?((?:1[6-9]|20)[0-9]{2})")
_MONTHS: Final = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})


def date(text: str) -> str | None:
    """Return the ISO form of a date as people write it; None if it is none, or impossible.

    >>> date("Thu, 12 May 2022 16:03:26 GMT"), date("May 2022"), date("2022-13-01")
    ('2022-05-12', '2022-05', None)
    """
    if match := _ISO.match(text.strip()):
        year, month, day = match.groups()
        found = iso_date(year, month or "1", day or "1") if int(month or 1) in range(1, 13) else None
        return found and (found if day else found[:7] if month else year)
    if (match := _DAY_FIRST.search(text)) and match[2][:3].lower() in _MONTHS:
        return iso_date(match[3], match[2], match[1])
    if (match := _MONTH_FIRST.search(text)) and match[1][:3].lower() in _MONTHS:
        found = iso_date(match[3], match[1], match[2] or "1")
        return found and (found if match[2] else found[:7])
    match = _ISO.search(text)
    return match[1] if match else None
