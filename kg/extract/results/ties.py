"""What a number in a sentence belongs to: its metric, its dataset, the method that reached it.

In: the items of a sentence, and where in it a series of numbers stands (*93.3% and 74.2%*). Out: the item that the
series, or each number of it, is tied to, and the rule that tied them. Numbers that measure costs or count data are
told apart here, because both are tied by the same words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from kg.extract.results.items import Item, ItemKind
from kg.extract.results.words import (
    BEATING,
    CLAUSE_ENDS,
    COMPARATIVES,
    GAINS,
    JOINING,
    LEFT_TIGHT,
    LOSSES,
    PLACES,
    REACHING,
    RIGHT_SOFT,
    SHARES,
    TRAINED,
    USED,
)
from kg.model.results import Tied

Row = Sequence[Item]
How = Literal["of", "behind", "before", "joined", "gain", "share", "reached"]
"""*Accuracy of 93%*, *93% accuracy*, *accuracy ... 93%*, *93% ... 74%*, *better by 3%*, *in 3% of cases*, *achieves 93%*."""

_RIGHT_REACH: Final = 8
_TIGHT_REACH: Final = 9
_LOOSE_REACH: Final = 14
_GAIN_REACH: Final = 16


class Series(NamedTuple):
    """Numbers that are joined to a list: the places of the first and the last item, and of the numbers."""

    first: int
    last: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a series measures.

    Attributes:
        metric: The metric, None where the text only says that something got better.
        how: The rule that tied it.
    """

    metric: Tied | None
    how: How


def series_of(row: Row) -> list[Series]:
    """Return the numbers of a sentence, those joined by commas, *and*, *to* and slashes together."""
    found: list[list[int]] = []
    for place in (i for i, item in enumerate(row) if item.kind == "value"):
        if found and all(item.word in JOINING for item in row[found[-1][-1] + 1 : place]):
            found[-1].append(place)
        else:
            found.append([place])
    return [Series(each[0], each[-1], tuple(each)) for each in found]


def measures(row: Row, every: Sequence[Series]) -> list[Measured | None]:
    """Return for each series of a sentence what it measures, None for one that is no result."""
    found: list[Measured | None] = []
    for index, series in enumerate(every):
        earlier = found[-1] if index else None
        since = every[index - 1].last if index else -1
        found.append(_measured(row, series, since, earlier))
    return found


def _measured(row: Row, series: Series, since: int, earlier: Measured | None) -> Measured | None:
    """Return what one series measures, given the place of the number before it and what that measures."""
    if _share(row, series):
        return Measured(None, "share")
    tight, behind = _left_tight(row, series.first), _right(row, series.last)
    if behind is not None and behind.kind == "metric" and _at_once(row, series, tight):
        return Measured(behind.tied, "behind")
    if tight is not None:
        return Measured(tight.tied, "of") if tight.kind == "metric" else None
    if behind is not None:
        return Measured(behind.tied, "behind") if behind.kind == "metric" else None
    goes_on = earlier is not None and _joined(row, since, series.first)
    bare = all(row[place].unit is None for place in series.values)
    if goes_on and bare:
        return earlier
    before = _left_loose(row, series.first, since)
    if bare and (before is None or "." not in row[series.first].word or row[series.first - 1].word not in LEFT_TIGHT):
        return None
    if before is not None:
        return Measured(before.tied, "before") if before.kind == "metric" else None
    if goes_on and earlier is not None:
        return Measured(earlier.metric, "joined")
    if _gains(row, series):
        return Measured(None, "gain")
    return Measured(None, "reached") if _reached(row, series) else None


def _at_once(row: Row, series: Series, tight: Item | None) -> bool:
    """Tell whether the metric behind a number counts before the one in front: *6 F1 points*, *in terms of top-1*."""
    words = [item.word for item in row[series.last + 1 : series.last + 4]]
    if words == ["in", "terms", "of"]:
        return True
    return series.last + 1 < len(row) and row[series.last + 1].kind == "metric" and row[series.first - 1] is not tight


def _left_tight(row: Row, first: int) -> Item | None:
    """Return the metric or cost whose value the number is: *accuracy of about*, *error reduction of nearly*."""
    for place in range(first - 1, max(-1, first - 1 - _TIGHT_REACH), -1):
        if row[place].kind in {"metric", "cost"}:
            return _whole(row, place)
        if row[place].word not in LEFT_TIGHT | GAINS | LOSSES:
            return None
    return None


def _whole(row: Row, place: int) -> Item:
    """Return the metric that a metric adds nothing to: the recall of *recall score*."""
    while place and row[place].kind == row[place - 1].kind == "metric":
        place -= 1
    return row[place]


def _right(row: Row, last: int) -> Item | None:
    """Return the metric, cost or data behind a number: *% better accuracy*, *% of the images*."""
    place, before, crossed = last + 1, "", False
    while place < len(row) and place <= last + _RIGHT_REACH:
        item = row[place]
        if item.word == "(" and place + 1 < len(row) and row[place + 1].word.rstrip(".") in {"vs", "versus", "compared", "against"}:
            place = _closing(row, place) + 1
            continue
        if item.kind == "metric":
            return item
        if item.kind in {"cost", "data"}:
            return None if crossed else item
        if before in COMPARATIVES and _is_quality(item):
            return Item("metric", item.start, item.end, item.word, Tied(item.word, None, item.start, item.end))
        if item.kind != "word" or item.word not in RIGHT_SOFT | {")", "$", "\\"}:
            return None
        crossed |= item.word in {"on", "for", "in"}
        before = item.word
        place += 1
    return None


def _is_quality(item: Item) -> bool:
    """Tell whether the noun behind *higher* or *better* may name a measure."""
    return item.kind == "word" and item.word.isalpha() and len(item.word) > 4 and item.word not in RIGHT_SOFT | {"results", "when", "using", "compared"}


def _closing(row: Row, place: int) -> int:
    """Return the place of the bracket that closes the one at `place`, or that place itself."""
    return next((i for i in range(place, len(row)) if row[i].word == ")"), place)


def _left_loose(row: Row, first: int, since: int) -> Item | None:
    """Return the metric or cost said before a number in the same clause, behind the number before."""
    for place in range(first - 1, max(since, first - _LOOSE_REACH, -1), -1):
        item = row[place]
        if item.word in CLAUSE_ENDS:
            return None
        if item.kind == "metric" or (item.kind == "cost" and first - place <= 5):
            return _whole(row, place)
    return None


def _joined(row: Row, since: int, first: int) -> bool:
    """Tell whether a number only goes on with what was said of the number before."""
    return since >= 0 and first - since <= 12 and not any(item.word in CLAUSE_ENDS for item in row[since + 1 : first])


def _share(row: Row, series: Series) -> bool:
    """Tell whether a number says in how many cases a system does well: *in 64.7% of cases*, *66% of the time*."""
    words = [item.word for item in row[series.last + 1 : series.last + 6]]
    said = next((word for word in words if word not in {"of", "the", "all", "its"}), "")
    lead = {item.word for item in row[max(0, series.first - 3) : series.first]}
    return words[:1] == ["of"] and said in SHARES and not lead & USED


def _gains(row: Row, series: Series) -> bool:
    """Tell whether the words around a number say that something got better by it."""
    behind = [item.word for item in row[series.last + 1 : series.last + 6]]
    soft = next((i for i, word in enumerate(behind) if word not in RIGHT_SOFT | {")"}), len(behind))
    if GAINS & set(behind[: soft + 1]) or (behind and behind[0] in {"better", "worse"}):
        return True
    for place in range(series.first - 1, max(-1, series.first - _GAIN_REACH), -1):
        word = row[place].word
        if word in CLAUSE_ENDS or row[place].kind == "value":
            return False
        if word in GAINS or BEATING.fullmatch(word):
            return True
    return False


def _reached(row: Row, series: Series) -> bool:
    """Tell whether a number is itself what is achieved: *we obtain 97.8% on X*, but not *obtain 54% of the frames*."""
    place = series.first - 1
    while place >= 0 and row[place].word in LEFT_TIGHT:
        place -= 1
    behind = row[series.last + 1].word if series.last + 1 < len(row) else "."
    return place >= 0 and REACHING.fullmatch(row[place].word) is not None and behind in {"on", "for", "in", ",", ".", "(", "at", "and"}


def groups(row: Row, kind: ItemKind) -> list[list[int]]:
    """Return the names of one kind in a sentence, those joined to a list together."""
    found: list[list[int]] = []
    for place in (i for i, item in enumerate(row) if item.kind == kind):
        between = row[found[-1][-1] + 1 : place] if found else ()
        if found and all(item.word in JOINING | {"the", "both"} for item in between):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def aligned(row: Row, every: Sequence[Series], lists: Iterable[list[int]]) -> dict[int, int]:
    """Return which name belongs to which number where as many names as numbers follow each other in one order.

    That is so where *respectively* says it, and where a list of names follows a list of as many numbers at once.
    """
    found: dict[int, int] = {}
    for names in lists:
        if len(names) < 2:
            continue
        before = [place for series in every for place in series.values if place < names[0]]
        last = next((series for series in reversed(every) if series.last < names[0]), None)
        following = next((series for series in every if series.first > names[-1]), None)
        if _respectively(row, names[-1]) and len(before) >= len(names):
            found |= dict(zip(before[-len(names) :], names, strict=True))
        elif last is not None and len(last.values) == len(names) and not is_range(row, last):
            found |= dict(zip(last.values, names, strict=True))
        elif following and len(following.values) == len(names) and _respectively(row, following.last):
            found |= dict(zip(following.values, names, strict=True))
    return found


def is_range(row: Row, series: Series) -> bool:
    """Tell whether two numbers are the ends of one range, or the way from one to the other."""
    return len(series.values) == 2 and row[series.first + 1].word in {"to", "-", "–", "—", "→"}


def _respectively(row: Row, place: int) -> bool:
    """Tell whether a list that ends at `place` is said to be in the order of another."""
    return any(item.word == "respectively" for item in row[place + 1 : place + 6])


def elsewhere(text: str, row: Row, last: int) -> bool:
    """Tell whether a number is said of something with a name that is no known data: *79.0% on Pubmed*."""
    behind = row[last + 1 : last + 4]
    if not behind or behind[0].word not in PLACES:
        return False
    named = next((item for item in behind[1:] if item.word not in {"the", "both"}), None)
    return named is not None and named.kind in {"word", "method"} and text[named.start].isupper()


def names_near(row: Row, every: Sequence[Series], index: int, lists: Sequence[list[int]]) -> list[int]:
    """Return the list of names that a series of numbers belongs to: behind it, else before it, else further behind."""
    series = every[index]
    since = every[index - 1].last if index else -1
    until = every[index + 1].first if index + 1 < len(every) else len(row)
    behind = [names for names in lists if series.last < names[0] < until]
    before = [names for names in lists if names[-1] < series.first]
    near = [names for names in before if names[0] > since]
    later = [names for names in lists if names[0] > until]
    if near and row[series.first - 1].word == "(" and near[-1][-1] == series.first - 2:
        return near[-1][-1:]
    if behind:
        return behind[0]
    return near[-1] if near else before[-1] if before else later[0] if later else []


def is_data_set(row: Row, names: Sequence[int]) -> bool:
    """Tell whether names in a list are data that something is measured on: not trained on, not a kind of data set."""
    lead = [item.word.lower() for item in row[max(0, names[0] - 3) : names[0]]]
    behind = row[names[-1] + 1].word if names[-1] + 1 < len(row) else ""
    listed = len(names) > 1 or (lead and lead[-1] in JOINING)
    return not TRAINED & set(lead) and (listed or behind not in {"datasets", "benchmarks", "tasks"})

