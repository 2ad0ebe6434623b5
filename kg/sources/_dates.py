"""Dates as sources print them: which day, month or year they are, if the calendar has it."""

import datetime as dt
import re
from functools import lru_cache
from typing import Final

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""How the names of months begin in English."""

_YEAR: Final = r"(?P<year>1[4-9][0-9]{2}|20[0-9]{2})"
_ORDERED: Final = re.compile(_YEAR + r"(?:[-/.](?P<month>[0-9]{1,2})(?:[-/.](?P<day>[0-9]{1,2}))?)?(?:[T ].*|\.0|Z)?")
_DIGITS: Final = re.compile(_YEAR + r"(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])")
_MONTH_YEAR: Final = re.compile(r"(?P<month>[0-9]{1,2})[-/.]" + _YEAR)
_TURNED: Final = re.compile(r"(?P<a>[0-9]{1,2})(?P<mark>[-/.])\s?(?P<b>[0-9]{1,2})[-/.]\s?" + _YEAR)
_YEARS: Final = re.compile(r"(?<![0-9])" + _YEAR + r"(?![0-9])")
_MONTH: Final = re.compile(r"(?<![^\W_])(" + "|".join(MONTHS) + r")[a-z]*", re.IGNORECASE)
_FIRST_MONTH: Final = re.compile(r"(?:[^A-Za-z]*\b)(?:(" + "|".join(MONTHS) + r")[a-z]*)|(0?[1-9]|1[0-2])(?![0-9])", re.IGNORECASE)
_DAY: Final = re.compile(r"(?<![0-9])([0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9])", re.IGNORECASE)
_CLOCK: Final = re.compile(r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?(?:\s*(?:[+-][0-9]{4}|[A-Z]{3}))?")
_LONGEST: Final = 60


def valid_date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """Return year, month and day, given in digits, as an ISO date as precise as they are; None if there is no such day.

    A month or day 0 is one that is not known.

    >>> valid_date("2022", "5", "1"), valid_date("2022", "0"), valid_date("2022", "13")
    ('2022-05-01', '2022', None)
    """
    return _valid(year, month or "0", day or "0")


@lru_cache(maxsize=1 << 14)  # a file has far fewer days than records
def _valid(year: str, month: str, day: str) -> str | None:
    numbers = [int(year), int(month), int(day)]
    known = numbers[: numbers.index(0)] if 0 in numbers else numbers
    try:
        whole = dt.date(*(*known, 1, 1)[:3]) if known else None
    except (ValueError, OverflowError):
        return None
    return whole.isoformat()[: (0, 4, 7, 10)[len(known)]] if whole else None


def month_number(text: str) -> int | None:
    """Return the month that a text names first, 1 to 12; None if it names none.

    >>> month_number("5-10 July"), month_number("Sept."), month_number("07"), month_number("Spring"), month_number("13")
    (7, 9, 7, None, None)
    """
    match = _FIRST_MONTH.match(text.strip())
    if not match:
        return None
    return int(match[2]) if match[2] else MONTHS.index(match[1].lower()) + 1


def printed_date(text: str) -> str | None:
    """Return the ISO date that a text is, as precise as it is; None where it is none, or no possible one.

    Of 03/04/2021 only the year is known, since some write the day first and some the month.

    >>> printed_date("2022-05-12T10:00:00Z"), printed_date("12 May 2022"), printed_date("05/2022"), printed_date("2022-05-00")
    ('2022-05-12', '2022-05-12', '2022-05', '2022-05')
    >>> printed_date("Thu, 12 May 2022 16:03:26 GMT"), printed_date("Spring 2021"), printed_date("03/04/2021"), printed_date("2022-02-30")
    ('2022-05-12', '2021', '2021', None)
    >>> printed_date("2025 Mar 10"), printed_date("2025 May-Jun"), printed_date("20250310")
    ('2025-03-10', '2025-05', '2025-03-10')
    """
    bare = text.strip()
    if len(bare) > _LONGEST:
        return None
    if (match := _ORDERED.fullmatch(bare)) and (match["month"] or not _MONTH.search(bare)):
        return valid_date(match["year"], match["month"], match["day"])
    if match := _DIGITS.fullmatch(bare):
        return valid_date(match["year"], match["month"], match["day"])
    if match := _MONTH_YEAR.fullmatch(bare):
        return valid_date(match["year"], match["month"])
    if match := _TURNED.fullmatch(bare):
        return _turned(match)
    bare = _CLOCK.sub(" ", bare)
    years = _YEARS.findall(bare)
    if len(years) != 1:
        return None
    month = _MONTH.search(bare)
    if month is None:
        return str(years[0])
    day = _DAY.search(_YEARS.sub(" ", bare))
    return valid_date(years[0], str(MONTHS.index(month[1].lower()) + 1), day[1] if day else None)


def _turned(match: re.Match[str]) -> str | None:
    """Return the date of which the year comes last."""
    one, other, year = match["a"], match["b"], match["year"]
    if match["mark"] == "." or int(one) > 12:
        return valid_date(year, other, one)
    if int(other) > 12:
        return valid_date(year, one, other)
    return str(year) if int(one) and int(other) else None
