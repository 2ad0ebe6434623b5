"""A sentence as a row of items: numbers with their units, metrics, datasets, methods, costs, and the words between.

The rules that tie numbers to what they measure then speak of neighbours in a row, not of characters.

    >>> [item.kind for item in items("an accuracy of 93.3% on it", 0, 26, ())]
    ['word', 'metric', 'word', 'value', 'word', 'word']
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from kg.extract import lexicon
from kg.extract.acronyms import singular
from kg.extract.results.words import (
    AFTER_BARE,
    COSTS,
    DATA,
    JOINING,
    METRIC_WORDS,
    NO_METRIC_RATES,
    RATIOS,
    RIGHT_SOFT,
    SIZES,
    UNITS,
)
from kg.model import Mention
from kg.model.results import Tied
from kg.text import squeeze

ItemKind = Literal["value", "metric", "dataset", "method", "cost", "data", "word"]

_NUMBER: Final = re.compile(
    r"(?<![\w.@^}\\])(?:(?<=\bnear-)|(?<![A-Za-z)\]][-–/_:,'’]))(?<!_\{)(?<!\^\{)(?<!±)(?<!± )(?<!\\pm )(?<!\\pm)(?<!\\pm\$ )(?<!\\pm\$)"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
    r"(?![0-9]|\.[0-9]|,[0-9]{3}\b|-(?:[A-Za-z](?!old)))"
)
r"""A number that stands for itself: not the 101 of *ResNet-101*, not what follows a ±."""

_SIGNS: Final = re.compile(r"(?:(?:[+~∼≈$]|\\sim|\\approx)\s?)+$")
"""Marks before a number that are part of it: *+3.2% and +1.3%* are a list as *3.2% and 1.3%* are."""

SPREAD: Final = re.compile(r"\\?%?\s?\$?\s?(?:±|\\pm)\s?\$?\s?[0-9]+(?:\.[0-9]+)?")
"""What follows a number whose unit stands behind its spread: *84.2 ± 0.3%*."""

_UNIT: Final = re.compile(r"\+?[\s~]{0,2}\$?[\s-]?(?:" + "|".join(f"(?P<u{i}>{unit})" for i, unit in enumerate(UNITS)) + ")")
_UNIT_NAMES: Final = tuple(UNITS.values())
_MEASURING: Final = frozenset({"bits/dim", "bits/char"})
"""Units that are the metric too: *1.47 bits per dimension*."""

_METRIC: Final = re.compile(r"(?<![\w.-])\$?(?:" + "|".join(METRIC_WORDS) + r")(?![\w@])", re.IGNORECASE)
def has_number(text: str) -> bool:
    """Tell whether a number stands in a text."""
    return _NUMBER.search(text) is not None


_WORD: Final = re.compile(r"\\[A-Za-z]+|[^\W_]+(?:[-'’./+][^\W_]+)*|\S")
_SIZE: Final = re.compile(r"[0-9]+\s?(?:[x×]|\\times)\s?[0-9]+")
_SCALE: Final = re.compile(r"[\s-]point(?:\s\w+)?\sscale")
_NO_COST: Final = re.compile(r"[\s-](?:series|horizons?|windows?)\b")
"""What makes *time* and *duration* a kind of data: *time series forecasting*."""

_AS_BOUND: Final = re.compile(r"\sthan\s(?:about\s)?[0-9]")
"""What makes *smaller* a bound: *an error smaller than 5%*."""

_OVER: Final = re.compile(r"/[0-9]+(?![0-9.])")
_UNDER: Final = re.compile(r"(?<![0-9.])[0-9]+/$")
_P_VALUE: Final = re.compile(r"\b(?:p\s?=|[pP]\s?(?:<|≤|&lt;);?)[\s$]*$")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_TYPES: Final[dict[str, ItemKind]] = {"metric": "metric", "dataset": "dataset", "method": "method"}


class Item(NamedTuple):
    """One piece of a sentence.

    Attributes:
        kind: What it is.
        start: Offset in the field's text; of a value, that of its number.
        end: Offset behind it; of a value, behind its number.
        word: What it says, in lower case.
        tied: The metric, dataset or method that it names.
        unit: The unit of a value.
        mention: The mention that it is, if it is one.
    """

    kind: ItemKind
    start: int
    end: int
    word: str
    tied: Tied | None = None
    unit: str | None = None
    mention: Mention | None = None


def items(text: str, first: int, last: int, mentions: Sequence[Mention]) -> list[Item]:
    """Return the items of the sentence `text[first:last]`, in order.

    Args:
        text: The field's text.
        first: Where the sentence begins.
        last: Behind its last character.
        mentions: The mentions in the field.
    """
    named = [m for m in mentions if first <= m.field_start and m.field_end <= last]
    values = list(_values(text, first, last, named))
    # A name that begins with the unit of a number, *mm accuracy*, is cut wrongly.
    here = [m for m in named if not any(start < m.field_end and m.field_start < end for (start, end), _ in values)]
    found: list[tuple[int, Item]] = []
    taken: list[tuple[int, int]] = []
    for span, item in [*_metrics(text, first, last, here), *values, *map(_named, here)]:
        if not any(start < span[1] and span[0] < end for start, end in taken):
            taken.append(span)
            found.append((span[0], item))
    found += [(item.start, item) for item in _words(text, first, last, taken)]
    row = [item for _, item in sorted(found, key=lambda pair: pair[0])]
    for place in range(len(row) - 1, -1, -1):
        if _counts(text, row, place):
            row[place] = row[place]._replace(kind="data")
    return row


def _counts(text: str, row: Sequence[Item], place: int) -> bool:
    """Tell whether a number counts things, or is a year, a citation, a fraction, a point of a list, a p-value: *13 baselines*, *2013*, *[4]*, *(1)*.

    Of a range, *1-2 deviations*, the second number is told first.
    """
    item = row[place]
    if item.kind != "value" or item.unit:
        return False
    behind = row[place + 1] if place + 1 < len(row) else None
    spread = SPREAD.match(text, item.end) is not None
    noun = not spread and behind is not None and behind.kind != "metric" and behind.word[:1].isalpha() and behind.word not in AFTER_BARE | RIGHT_SOFT
    before, after = text[item.start - 1 : item.start], text[item.end : item.end + 1]
    joined = behind is not None and behind.word in JOINING and place + 2 < len(row)
    ranged = joined and row[place + 2].kind == "data" and row[place + 2].word[0].isdigit()
    marked = before == "[" or after == "]" or (after == ")" and before in {"(", " "} and len(item.word) == 1)
    fraction = "." not in item.word and (_OVER.match(text, item.end) is not None or _UNDER.search(text, max(0, item.start - 6), item.start) is not None)
    tested = _P_VALUE.search(text, max(0, item.start - 8), item.start) is not None
    return noun or ranged or marked or fraction or tested or _YEAR.fullmatch(item.word) is not None


def _named(mention: Mention) -> tuple[tuple[int, int], Item]:
    """Return a mention as an item; of a type that no result has a place for, it is a word; a measure of costs is a cost."""
    span = (mention.field_start, mention.field_end)
    tied = Tied(mention.canonical, mention.concept, *span)
    kind = _TYPES.get(mention.type, "word")
    words = re.split(r"[\s-]", mention.text.lower())
    if kind == "metric" and COSTS & set(words) and words[:2] != ["bits", "per"]:
        kind = "cost"
    return span, Item(kind, *span, mention.text.lower(), tied if kind in _TYPES.values() else None, None, mention)


def _metrics(text: str, first: int, last: int, mentions: Iterable[Mention]) -> Iterable[tuple[tuple[int, int], Item]]:
    """Yield measures by their bare names, where no mention of a metric says more or another mention says otherwise."""
    named = [m for m in mentions if m.type in {"metric", "dataset"}]
    longer = [m for m in mentions if m not in named]
    for match in _METRIC.finditer(text, first, last):
        start, end = match.start(), match.end()
        words = match.group().lower().split()
        if words[-1] in {"rate", "rates", "gap"} and words[0] in NO_METRIC_RATES:
            continue
        inside = any(m.field_start < end and start < m.field_end and (m.type == "metric" or m.field_end - m.field_start > end - start) for m in named)
        inside |= any(m.field_start <= start and end <= m.field_end and m.field_end - m.field_start > end - start for m in longer)
        short = len(match.group()) <= 2 and not match.group()[0].isupper()
        if not inside and not short:
            entry = lexicon.known(match.group())
            name = entry.concept.name if entry and entry.type == "metric" else singular(squeeze(match.group().strip("$")))
            concept = entry.concept.iri if entry and entry.type == "metric" else None
            yield (start, end), Item("metric", start, end, match.group().lower(), Tied(name, concept, start, end))


def _values(text: str, first: int, last: int, mentions: Sequence[Mention]) -> Iterable[tuple[tuple[int, int], Item]]:
    """Yield the numbers with the units behind them, except those that are part of a name, a size or a scale."""
    sizes = [match.span() for match in _SIZE.finditer(text, first, last)]
    metrics = {mention.field_start for mention in mentions if mention.type == "metric"}
    for match in _NUMBER.finditer(text, first, last):
        start, end = match.span("number")
        inside = any(a < end and start < b for a, b in [*sizes, *((m.field_start, m.field_end) for m in mentions)])
        if inside or _SCALE.match(text, end):
            continue
        spread = SPREAD.match(text, end, last)
        unit = _UNIT.match(text, spread.end() if spread else end, last) or _UNIT.match(text, end, last)
        name = _UNIT_NAMES[int(unit.lastgroup[1:])] if unit and unit.lastgroup else None
        if unit or not text[end : end + 1].isalpha():
            said = name in _MEASURING and not metrics.isdisjoint(range(end, unit.end() if unit else end))
            behind = max(unit.end() if unit and not said else end, spread.end() if spread else end)
            signs = _SIGNS.search(text, max(first, start - 12), start)
            closed = behind + (text.startswith("+", behind) or (signs is not None and text.startswith("$", behind)))
            yield (signs.start() if signs else start, closed), Item("value", start, end, match["number"], unit=name)


def _words(text: str, first: int, last: int, taken: Sequence[tuple[int, int]]) -> Iterable[Item]:
    """Yield the words and marks outside of all other items."""
    place = first
    for start, end in [*sorted(taken), (last, last)]:
        for match in _WORD.finditer(text, place, max(place, start)):
            word = match.group().lower()
            kind: ItemKind = "cost" if _costs(text, word, match.end()) else "data" if word in DATA else "word"
            yield Item(kind, match.start(), match.end(), word)
        place = max(place, end)


def _costs(text: str, word: str, end: int) -> bool:
    """Tell whether a word that ends at `end` is one for a cost: *time*, but not the one of *time series*."""
    if word in SIZES and _AS_BOUND.match(text, end):
        return False
    return (word in COSTS | RATIOS and _NO_COST.match(text, end) is None) or word.startswith("time-")
