"""Reported results: *IS of 166.3 and FID of 9.6 on ImageNet at 128x128* as values with their metric, dataset, model.

A number with its unit is looked at in its sentence (`items`); what it measures, and on what, is told by the
words between it (`measuring`) and the names that the extractors have found (`ties`). A number that measures time, size or
another cost, or that counts data, is no result; nor is one of which the text does not say that it measures quality.

The values of an abstract are comparable only as far as their settings are, which abstracts rarely tell.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import Final

from kg.extract.results.items import SPREAD, Item, has_number, items
from kg.extract.results.measuring import How, Measured, measures
from kg.extract.results.ties import (
    Row,
    Series,
    aligned,
    elsewhere,
    groups,
    is_data_set,
    is_range,
    names_near,
    series_of,
)
from kg.extract.results.words import (
    BOUNDS,
    CLAUSE_ENDS,
    COMPARATIVES,
    GAINS,
    JOINING,
    LEFT_TIGHT,
    LOSSES,
    OTHERS,
    RIGHT_SOFT,
    SETTINGS,
    SIZES,
)
from kg.model import Field, Mention, Record
from kg.model.results import Bound, Result, ResultKind, Tied
from kg.text import sentence_around

FIELDS: Final = ("abstract",)
"""Fields that report results; a title that does repeats what its abstract says."""

_BOUNDS: Final = [(re.compile(rf"(?:\b|(?<=\s))(?:{words})[\s($]*$", re.IGNORECASE), name) for name, words in BOUNDS.items()]
_SETTING: Final = re.compile(r"\b(?:" + "|".join(SETTINGS) + r")\b", re.IGNORECASE)
_JOINT: Final = re.compile(r"\s?(?:/|,|&|,?\sand)\s?(?:the\s)?")
"""What joins two splits to a list."""

_DIGIT: Final = re.compile(r"[0-9]")
_TRAINED_ON: Final = re.compile(r"(?:train|tun|learn)(?:ed|ing)?\s(?:only\s)?(?:on|from|with)\s(?:the\s)?$", re.IGNORECASE)
"""What stands before data that nothing is measured on."""

_KIND_OF_DATA: Final = re.compile(r"\s(?:datasets|benchmarks|tasks)\b")
"""What follows a word for a kind of data sets: *five KGQA datasets*."""

_LISTED: Final = re.compile(r"(?:,|/|&|\band|\bor)\s?$")
"""What stands before the last name of a list: *MNIST and CIFAR-10 datasets* are two."""

_ON: Final = re.compile(r"\b(?:on|over|in|for)\s(?:[\w-]+\s){0,3}$", re.IGNORECASE)
"""What stands before data that a sentence measures something on."""

_OF_OTHER_DATA: Final = re.compile(
    r"\b(?:on|in|across|over|of)\s(?:an?|our|other|another|several|multiple|various|different|many|most|all|two|three|four|five|six|seven|"
    r"eight|nine|ten|[0-9]+)\s(?:[\w-]+\s){0,4}(?:datasets?|benchmarks?|corpus|corpora|domains|test\ssets?)\b",
    re.IGNORECASE,
)
"""Data without a name; what is measured there is not of the dataset that the abstract names before."""

_SIGN: Final = re.compile(r"[+↑]\s?$")
_BY: Final = re.compile(
    r"\b(?:by|margin of|within)(?: (?:an?|about|around|nearly|almost|approximately|roughly|up|to|more|than|over|at|least|most|as|"
    r"much|average|absolute|relative|additional|further|another|only|significant|substantial|of|margin|\$?\\sim\$?))*[\s~∼≈$(+]*$",
    re.IGNORECASE,
)
_FROM_TO: Final = re.compile(r"(?:(?<!\bup )\bto|(?<!\branging )(?<!\bvarying )\bfrom)(?: (?:about|around|nearly|almost|over|only|just))?[\s~∼≈$]*$")
"""What leads to a score that something had or reached: *improves accuracy to 92%*, but not *gains ranging from 3%*."""

_LISTING: Final = re.compile(r"(?:,|\b(?:and|or)|^[^,;().]{0,15}\()(?: (?:by|up to|about|around|nearly|almost|over|only))*[\s~∼≈$+]*$")
"""What leads to a number that is said as the one before it: *by 5% in F1 and 3% in recall*, *by 10% (14%)*."""

_SURE: Final[dict[str, float]] = {"of": 0.9, "behind": 0.85, "before": 0.6, "joined": 0.65, "gain": 0.6, "share": 0.6, "reached": 0.5}
"""How sure value and metric are, by the rule that tied them; set by hand on annotated and other abstracts."""

_SURE_OF_DATA: Final = {"here": 0.95, "several": 0.7, "carried": 0.5, "none": 0.9}
"""How sure the dataset is, by where it was found."""


def results_of(record: Record, mentions: Iterable[Mention]) -> list[Result]:
    """Return the results that a record's abstract reports, by place.

    Args:
        record: The record.
        mentions: The names found in it.
    """
    found = sorted(mentions, key=lambda mention: mention.field_start)
    titled = {m.canonical for m in found if m.field == "title"}
    return [
        result
        for field in record.fields
        if field.name in FIELDS and not field.position and has_number(field.text)
        for result in _of_field(record, field, [m for m in found if m.field == field.name], titled)
    ]


@dataclass(frozen=True)
class _Context:
    """What a field says as a whole: its text and names, the one dataset it works with, the method it introduces."""

    text: str
    mentions: Sequence[Mention]
    dataset: Mention | None
    method: Mention | None


@dataclass(frozen=True)
class _Value:
    """One number of a sentence and what it belongs to, with the rules that tied them."""

    item: Item
    unit: str | None
    kind: ResultKind
    bound: Bound | None
    metric: Tied | None
    how: How
    datasets: list[Tied | None]
    found: str
    model: Tied | None
    setting: str | None
    own: bool


def _of_field(record: Record, field: Field, mentions: Sequence[Mention], titled: set[str]) -> Iterator[Result]:
    """Yield the results of one field, one a value and dataset."""
    context = _Context(field.text, mentions, _only_dataset(field.text, mentions), _own_method(mentions, titled))
    for first, last in _sentences(field.text):
        for value in _of_sentence(context, first, last):
            start, end = value.item.start, value.item.end
            for dataset in value.datasets:
                yield Result(
                    record=record.id, field=field.name, field_start=start, field_end=end,
                    start=None if field.start is None else field.start + start,
                    end=None if field.start is None else field.start + end,
                    text=field.text[start:end], value=float(value.item.word.replace(",", "")), unit=value.unit,
                    kind=value.kind, bound=value.bound, metric=value.metric, dataset=dataset, model=value.model,
                    setting=value.setting, own=value.own,
                    score=round(_SURE[value.how] * _SURE_OF_DATA[value.found], 2), by=f"result:{value.how}+{value.found}",
                )  # fmt: skip


def _of_sentence(context: _Context, first: int, last: int) -> Iterator[_Value]:
    """Yield the values that one sentence reports."""
    row = items(context.text, first, last, context.mentions)
    led, since = False, first
    every = series_of(row)
    told = measures(row, every)
    data = [names for names in groups(row, "dataset") if is_data_set(row, names)]
    to_data, to_metric, to_method = (aligned(row, every, each) for each in (data, groups(row, "metric"), groups(row, "method")))
    numbers = [item for item in row if item.kind == "value"]
    kind: ResultKind = "absolute"
    own = True
    for index, (series, measured) in enumerate(zip(every, told, strict=True)):
        if measured is None or not _is_result(context.text, row, series, measured):
            continue
        before = context.text[since : row[series.first].start]
        led = _is_led(before, row, series) or (led and _LISTING.search(before) is not None)
        goes_on = measured.how == "joined" and kind == "difference"
        kind = "difference" if goes_on or led else _kind(before, row, series, measured)
        since = row[series.last].end
        listed = len(series.values) > 1 and not is_range(row, series)
        unknown = elsewhere(context.text, row, series.last)
        carried = None if unknown or _OF_OTHER_DATA.search(context.text, first, last) else _carried(context, first, row[series.first].start)
        near = [] if unknown else names_near(row, every, index, data)
        # As many values as datasets are aligned; of other numbers of both nobody can tell which is whose.
        near = near[:0] if listed and len(near) > 1 else near
        settings = {} if not to_data.keys().isdisjoint(series.values) else _settings(context.text, first, last, series)
        for place in series.values:
            bound = "above" if context.text.startswith("+", row[place].end) else _bound(context.text[first : row[place].start])
            others = _is_of_others(row, place) or (not own and _goes_on(row, place))
            kind = "absolute" if others else kind
            own = not others and (kind == "difference" or _is_own(row, series, place))
            datasets, found = _datasets(row, to_data.get(place), near, bound, carried, place)
            model = row[to_method[place]].tied if place in to_method else _model(row, place, context.method) if own else None
            setting = settings.get(place) or _setting(context.text, first, last, row[place], numbers)
            unit = row[place].unit or _shared_unit(row, series, place)
            metric = row[to_metric[place]].tied if place in to_metric else measured.metric
            yield _Value(row[place], unit, kind, bound, metric, measured.how, datasets, found, model, setting, own)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text that hold a digit, in order."""
    place = 0
    while digit := _DIGIT.search(text, place):
        first, last = sentence_around(text, *digit.span())
        yield max(first, place), last
        place = max(last, digit.end())


def _is_result(text: str, row: Row, series: Series, measured: Measured) -> bool:
    """Tell whether the unit of numbers lets them be results: without a named metric, only shares, points and scores do.

    A gain in nobody says what that has a spread, *the force rises by 8 ± 7%*, is one of something else than quality.
    """
    if measured.metric is not None:
        return True
    unit = row[series.last].unit or _shared_unit(row, series, series.last)
    gained = measured.how == "gain"
    if gained and SPREAD.match(text, row[series.last].end):
        return False
    said = measured.how == "reached" or (gained and row[max(0, series.first - 1)].word == "by")
    return unit in {"%", "points"} or (unit is None and said and "." in row[series.last].word)


def _shared_unit(row: Row, series: Series, place: int) -> str | None:
    """Return the unit of a list of numbers that stands behind a later one: *3.3 and 2.7 points*, *88 F1 points*."""
    units = [row[each].unit for each in series.values if each > place and row[each].unit]
    if units:
        return units[0]
    behind = {item.word for item in row[series.last + 1 : series.last + 3]}
    return "points" if behind & {"points", "point"} else None


def _bound(before: str) -> Bound | None:
    """Return on which side the truth lies, by the words right before the number."""
    return next((name for pattern, name in _BOUNDS if pattern.search(before)), None)


def _is_led(before: str, row: Row, series: Series) -> bool:
    """Tell whether the words before a list of numbers, behind the number before it, say that scores differ by them."""
    if _BY.search(before) or _SIGN.search(before):
        return True
    if _is_change(before, row, series):
        return False
    lead = [item.word for item in takewhile(lambda item: item.kind != "value", reversed(row[max(0, series.first - 8) : series.first]))]
    changes = GAINS | LOSSES
    named = changes & set(lead[:6]) or (changes & set(lead) and {"of", "("} & set(lead[:5]))
    return bool(named) and ("gap" in lead or not _FROM_TO.search(before))


def _is_change(before: str, row: Row, series: Series) -> bool:
    """Tell whether numbers are the scores before and after: *from 61% to 72%*, *61% → 72%*."""
    between = {item.word for item in row[series.first : series.last]}
    return "→" in between or ("to" in between and _FROM_TO.search(before) is not None)


def _kind(before: str, row: Row, series: Series, measured: Measured) -> ResultKind:
    """Tell scores from what scores differ by, by the words behind a list of numbers and what it measures."""
    if _is_change(before, row, series):
        return "absolute"
    over = "over" in (item.word for item in takewhile(lambda item: item.word not in {",", "averaged"}, row[series.last + 1 : series.last + 4]))
    if over or row[series.last].unit in {"points", "x"} or _changes(row, series.last):
        return "difference"
    return "difference" if measured.how == "gain" and not _FROM_TO.search(before) else "absolute"


def _changes(row: Row, last: int) -> bool:
    """Tell whether the words behind a number speak of a change: *2% better accuracy*, *2% accuracy gain*."""
    for item in row[last + 1 : last + 8]:
        if item.word in GAINS | LOSSES | COMPARATIVES | SIZES:
            return True
        if item.kind not in {"metric", "dataset"} and item.word not in RIGHT_SOFT | {"$"}:
            return False
    return False


def _datasets(
    row: Row, told: int | None, near: Sequence[int], bound: Bound | None, only: Mention | None, place: int
) -> tuple[list[Tied | None], str]:
    """Return the datasets of one value (None alone where the text names none), and where they were found."""
    if told is not None or len(near) == 1:
        return [row[near[0] if told is None else told].tied], "here"
    if near:
        # A value said of several is that of each only where it does not summarise them.
        each = len(near) == 2 and bound != "up to" and not _averages(row, place)
        return [row[name].tied for name in near] if each else [None], "several"
    if only is not None and only.field_start < row[place].start:
        return [Tied(only.canonical, only.concept, only.field_start, only.field_end)], "carried"
    return [None], "none"


def _carried(context: _Context, first: int, place: int) -> Mention | None:
    """Return the one dataset of an abstract where a sentence that names none goes on with it.

    It does if the paper introduces the dataset, or the sentence before is *on* it.
    """
    only = context.dataset
    if only is None or only.role == "introduces":
        return only
    named = [m for m in context.mentions if m.canonical == only.canonical and m.type == "dataset" and m.field_start < place]
    if not named or named[-1].field_start >= first:
        return only
    before, _ = sentence_around(context.text, first - 1, first)
    lead = context.text[max(0, named[-1].field_start - 60) : named[-1].field_start]
    return only if named[-1].field_start >= before and _ON.search(lead) else None


def _averages(row: Row, place: int) -> bool:
    """Tell whether a value is said to be an average: *by an average margin of 4%*, *4% on average*."""
    return not {"average", "averaged", "averaging"}.isdisjoint(item.word for item in row[max(0, place - 6) : place + 4])


def _only_dataset(text: str, mentions: Sequence[Mention]) -> Mention | None:
    """Return the first mention of the dataset of an abstract that works with one dataset only."""
    named = [
        m for m in mentions
        if m.type == "dataset" and m.role != "mentions"
        and (not _KIND_OF_DATA.match(text, m.field_end) or _LISTED.search(text, max(0, m.field_start - 6), m.field_start))
        and not _TRAINED_ON.search(text[max(0, m.field_start - 40) : m.field_start])
    ]  # fmt: skip
    return named[0] if len({m.canonical for m in named}) == 1 else None


def _own_method(mentions: Sequence[Mention], titled: set[str]) -> Mention | None:
    """Return the first mention of the method that an abstract introduces: the one in the title, or the most frequent."""
    new = [m for m in mentions if m.type == "method" and m.role == "introduces"]
    names = [m.canonical for m in new]
    return max(new, key=lambda m: (m.canonical in titled, names.count(m.canonical), -m.field_start), default=None)


def _model(row: Row, place: int, own: Mention | None) -> Tied | None:
    """Return the method that reached a value: the new one that its sentence names, else the paper's."""
    new = [item for item in row if item.kind == "method" and item.mention and item.mention.role == "introduces"]
    chosen = [item for item in new if own and item.mention and item.mention.canonical == own.canonical] or new
    before = [item for item in chosen if item.start < row[place].start]
    if chosen:
        return (before[-1] if before else chosen[0]).tied
    return Tied(own.canonical, own.concept, own.field_start, own.field_end) if own else None


def _is_own(row: Row, series: Series, place: int) -> bool:
    """Tell whether a score is the paper's own, rather than one that it compares with.

    Others' are the first of *from 57% to 82%*, those in brackets of comparison, and those behind *while existing
    methods* or *compared to*.
    """
    words = [item.word.rstrip(".") for item in row]
    if place == series.first < series.last and (words[place - 1 : place] == ["from"] or words[place + 1] == "→"):
        return False
    opened = max((i for i in range(max(0, place - 6), place) if words[i] in {"(", ")"}), default=0)
    if words[opened] == "(":
        closed = next((i for i in range(place, len(words)) if words[i] == ")"), place)
        if OTHERS & set(words[opened:closed]):
            return False
    turned = max((i for i in range(place) if words[i] in CLAUSE_ENDS | {"compared", "versus"}), default=None)
    since = max((i for i in range(place) if row[i].kind == "value" and i < series.first), default=0)
    if turned is None or turned < since or "," in words[turned:place]:
        return True
    return not (OTHERS & set(words[turned:place]) or words[turned] == "compared")


def _is_of_others(row: Row, place: int) -> bool:
    """Tell whether the words before a value say that it was there before: *over the previous best IS of 52.5*."""
    before = place - 1
    while before > 0 and (row[before].word in LEFT_TIGHT - {"by"} | {"best", "result", "results"} or row[before].kind == "metric"):
        before -= 1
    if row[before].word not in OTHERS:
        return False
    lead = before
    while lead > 0 and row[lead].word in OTHERS | {"the", "best", "all"}:
        lead -= 1
    compared = row[lead].word == "to" and row[lead - 1].word in {"compared", "comparison"}
    return compared or row[lead].word in {"over", "than", "from", "against"}


def _goes_on(row: Row, place: int) -> bool:
    """Tell whether a value is joined to the one before it: the second of *an IS of 52.5 and FID of 18.6*."""
    before = place - 1
    while before > 0 and (row[before].word in (LEFT_TIGHT | JOINING) - {"by", "to", "→", ")"} or row[before].kind == "metric"):
        before -= 1
    return before >= 0 and row[before].kind == "value"


def _settings(text: str, first: int, last: int, series: Series) -> dict[int, str]:
    """Return the words for a split that each of a list of values has, where as many are listed: *3% / 6% on test-clean / test-other*."""
    found = list(_SETTING.finditer(text, first, last))
    for some in zip(*(found[place:] for place in range(len(series.values))), strict=False):
        if len(some) > 1 and all(_JOINT.fullmatch(text, one.end(), other.start()) for one, other in pairwise(some)):
            return dict(zip(series.values, (match.group() for match in some), strict=True))
    return {}


def _setting(text: str, first: int, last: int, value: Item, values: Sequence[Item]) -> str | None:
    """Return the words for split or condition of a value: those that stand nearer to it than to any other, else the nearest."""
    found = [match for match in _SETTING.finditer(text, first, last) if not match.start() <= value.start < match.end()]
    def distance(match: re.Match[str], item: Item) -> tuple[int, int]:
        return max(match.start() - item.end, item.start - match.end()), match.start()

    own = [match for match in found if min(values, key=lambda item: distance(match, item)) is value]
    return min(own or found, key=lambda match: distance(match, value)).group() if found else None
