"""The date of a paper in people's own JSON: of several keys the one that says most, as text, number or object."""

from functools import lru_cache
from typing import Any, Final

from kg.sources._dates import printed_date
from kg.sources._own_json.context import Context, digits_of, inner_text, line_at
from kg.sources._own_json.keys import bare, rank
from kg.sources._provider_json import day_of

_MILLISECONDS: Final = 10**11
_SECONDS: Final = 10**8
_MOST_SECONDS: Final = 10**10


def add_dates(context: Context) -> None:
    """Add the date of publication: of several the one whose key says most, the others as `other`.

    A plain `date` of another year than the year is that of something else: of tagging, of the import.
    """
    dated = [(bare(key), cell, date_of(cell.value)) for key, cell in context.cells.get("date", [])]
    years = {value[:4] for key, _, value in dated if value and "year" in key}
    dated.sort(key=lambda each: (each[2] is None, each[0] == "date" and bool(years) and str(each[2])[:4] not in years, rank(each[0])))
    for place, (_, cell, value) in enumerate(dated):
        if place == 0 and value:
            context.entry.add("date", _printed(cell.value), _with_month(value, context), path=cell.path)
        elif place == 0 and isinstance(cell.value, str) and any(map(str.isdigit, cell.value)):
            context.entry.add("date", cell.value, path=cell.path)
            context.entry.warn(f"no date: {cell.value[:40]}", "correct it", line_at(cell))
        else:
            if value is None and not isinstance(cell.value, str | bool):
                cell.reject("a date")
            cell.add("other", cell.value)


def date_of(value: Any) -> str | None:
    """Return the ISO date that a value is: a text, a year, a time since 1970 as pandas writes it, or year, month and day.

    >>> date_of("2025 Mar 10"), date_of(2019.0), date_of(1652400000000), date_of({"year": 2020, "month": "5"}), date_of(True)
    ('2025-03-10', '2019', '2022-05-13', '2020-05', None)
    """
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        value = value[0]
    if isinstance(value, dict):
        parts = {bare(key): held.get("value") if isinstance(held, dict) else held for key, held in value.items()}
        if isinstance(parts.get("value"), str):
            return _day(parts["value"])
        return printed_date(str(parts.get("medlinedate") or "-".join(str(parts[key]) for key in ("year", "month", "day") if parts.get(key))))
    return None if isinstance(value, bool) or not isinstance(value, str | int | float) else _day(value)


@lru_cache(1 << 14, typed=True)
def _day(value: str | float) -> str | None:
    """Return the ISO date that a text or a number is."""
    if not isinstance(value, str) and value > _MILLISECONDS:
        return day_of(int(value))
    if not isinstance(value, str) and _SECONDS < value < _MOST_SECONDS:
        return day_of(int(value) * 1000)
    return printed_date(digits_of(value).rstrip("/"))


def _printed(value: Any) -> Any:
    """Return a date as it stands there; one in an object of its own without what is around it."""
    own = value[0] if isinstance(value, list) else value
    return inner_text(own, ("value",)) or own if isinstance(own, dict) else digits_of(own)


def _with_month(value: str, context: Context) -> str:
    """Return a year with the month and day that stand under keys of their own."""
    parts = [cell.value for name in ("month", "day") for _, cell in context.cells.get(name, [])[:1]]
    told = " ".join(digits_of(part) for part in reversed(parts) if isinstance(part, str | int | float))
    if len(value) != len("2022") or "month" not in context.cells:
        return value
    both = printed_date(f"{value}-{'-'.join(map(digits_of, parts))}") if told.replace(" ", "").isdecimal() else printed_date(f"{told} {value}")
    return both or value
