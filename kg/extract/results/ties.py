"""What a number in a sentence belongs to: its metric, its dataset, the method that reached it.

In: the items of a sentence, and where in it a series of numbers stands (*93.3% and 74.2%*). Out: the item that the
series, or each number of it, is tied to, and the rule that tied them. Numbers that measure costs or count data are
told apart here, because both are tied by the same words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from kg.extract.results.items import Item, ItemKind
from kg.extract.results.words import (
    BEATING,
    BREAKS,
    CLAUSE_ENDS,
    COMPARATIVES,
    GAINS,
    HANDLING,
    JOINING,
    LEFT_TIGHT,
    LOSSES,
    OTHERS,
    PLACES,
    REACHING,
    RIGHT_SOFT,
    RIGHTLY,
    SHARES,
    SIZES,
    TRAINED,
    USED,
)
from kg.extract.words import is_barrier
from kg.model.results import Tied

Row = Sequence[Item]
How = Literal["of", "behind", "before", "joined", "gain", "share", "reached"]
"""*Accuracy of 93%*, *93% accuracy*, *accuracy ... 93%*, *93% ... 74%*, *better by 3%*, *in 3% of cases*, *achieves 93%*."""

_RIGHT_REACH: Final = 8
_TIGHT_REACH: Final = 9
_LOOSE_REACH: Final = 16
_GAIN_REACH: Final = 30
_JOINED_REACH: Final = 12
_COMPARED_REACH: Final = 24
_ASIDE_REACH: Final = 3
_GAINED_REACH: Final = 14

_BETTER: Final = (
    "better", "worse", "more accurate", "more often", "more successful", "higher than", "lower than", "higher compared", "lower compared"
)  # fmt: skip
"""What stands behind a number by which something is better or worse where no metric is named."""

_MARKS: Final = frozenset({")", "$", "\\", "}"})


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
    before, lead = _left_loose(row, series.first, since), row[series.first - 1].word
    if bare and goes_on and lead != "for":
        return earlier if before is None else Measured(before.tied, "before") if before.kind == "metric" else None
    if bare and (before is None or "." not in row[series.first].word or lead not in LEFT_TIGHT):
        if before is None and lead == "by" and _gains(row, series):
            return _gained(row, series.last)
        return Measured(None, "reached") if before is None and _scored(row, series) else None
    if before is not None:
        return Measured(before.tied, "before") if before.kind == "metric" else None
    aside = lead == "(" and since == series.first - 2
    alike = aside or (_scale(row[series.last]) == _scale(row[since]) and not _is_extent(row, series))
    if earlier is not None and goes_on and alike:
        return Measured(earlier.metric, "joined")
    if _gains(row, series) and not _of_costs(row, series.first):
        return _gained(row, series.last)
    return Measured(None, "reached") if _reached(row, series) else None


def _at_once(row: Row, series: Series, tight: Item | None) -> bool:
    """Tell whether the metric behind a number counts before the one in front: *6 F1 points*, *in terms of top-1*."""
    words = [item.word for item in row[series.last + 1 : series.last + 4]]
    if words == ["in", "terms", "of"]:
        return True
    return series.last + 1 < len(row) and row[series.last + 1].kind == "metric" and row[series.first - 1] is not tight


def _left_tight(row: Row, first: int) -> Item | None:
    """Return the metric or cost whose value the number is: *accuracy of about*, *error reduction of nearly*."""
    place, last = first - 1, first - 1 - _TIGHT_REACH
    while place > max(-1, last):
        if row[place].word == ")" and (opened := _opening(row, place)) is not None:
            last, place = last - (place - opened), opened - 1
            continue
        if row[place].kind in {"metric", "cost"}:
            return _whole(row, place)
        if row[place].word not in LEFT_TIGHT | GAINS | LOSSES | {"which", "that"}:
            return None
        place -= 1
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
        if item.kind == "metric":
            return item
        behind = row[place + 1].kind if place + 1 < len(row) else None
        if item.word == "(" and behind == "metric":
            place += 1
            continue
        if (place == last + 1 or row[last + 1].word == "of") and _is_counted(item):
            return item
        # *Smaller error*, *FEVER score*, *image classification accuracy*
        sized = behind == "metric" and (item.word in SIZES or item.mention is not None)
        if item.kind in {"cost", "data"} and not sized:
            return None if crossed else item
        if before in COMPARATIVES - {"more", "less"} and _is_quality(item):
            return Item("metric", item.start, item.end, item.word, Tied(item.word, None, item.start, item.end))
        soft = item.word in RIGHT_SOFT | _MARKS or sized
        if not soft and not _modifies(row, place):
            return None
        crossed |= item.word in {"on", "for"} or (item.word == "in" and before not in GAINS | LOSSES)
        before = item.word
        place += 1
    return None


def _modifies(row: Row, place: int) -> bool:
    """Tell whether a word is part of the name of the metric or cost behind it: the *angle* of *angle error*."""
    for item in row[place : place + 3]:
        if item.kind in {"metric", "cost", "data"}:
            return True
        if item.kind != "word" or not item.word.replace("-", "").isalpha() or is_barrier(item.word):
            return False
    return False


def _is_counted(item: Item) -> bool:
    """Tell whether the word right behind a number is what it counts, or is the share of: *10% anomalies*."""
    return item.kind == "word" and item.word.isalpha() and item.word.endswith("s") and item.word not in RIGHT_SOFT and not is_barrier(item.word)


def _is_extent(row: Row, series: Series) -> bool:
    """Tell whether physical numbers say how far or long something is: *a 60 mm stroke*."""
    if _scale(row[series.last]) != "physical":
        return False
    behind = row[series.last + 1] if series.last + 1 < len(row) else None
    return behind is not None and behind.kind == "word" and behind.word.isalpha() and not is_barrier(behind.word)


def _scale(item: Item) -> str:
    """Return what two values have in common where one metric may be said of both: scores, ratios or physical errors."""
    return "score" if item.unit in {None, "%", "points"} else "ratio" if item.unit == "x" else "physical"


def _is_quality(item: Item) -> bool:
    """Tell whether the noun behind *higher* or *better* may name a measure."""
    return item.kind == "word" and item.word.isalpha() and len(item.word) > 4 and item.word not in RIGHT_SOFT | {"results", "when", "using", "compared"}


def _left_loose(row: Row, first: int, since: int) -> Item | None:
    """Return the metric or cost said before a number in the same clause, behind the number before."""
    for place in range(first - 1, max(since, first - _LOOSE_REACH, -1), -1):
        item = row[place]
        if item.word in CLAUSE_ENDS or (item.word == "performance" and row[place - 1].kind != "metric"):
            return None
        if item.kind == "metric" or (item.kind == "cost" and first - place <= 5 and row[place - 1].word not in PLACES):
            return _whole(row, place)
    return None


def _joined(row: Row, since: int, first: int) -> bool:
    """Tell whether a number only goes on with what was said of the number before, or is compared with it."""
    between = {item.word for item in row[since + 1 : first]}
    beside = row[first - 1].word == "and" or between & (OTHERS | {"compared", "comparison", "versus"})
    reach = _COMPARED_REACH if beside else _JOINED_REACH
    return since >= 0 and first - since <= reach and not between & CLAUSE_ENDS


def _opening(row: Row, place: int) -> int | None:
    """Return the place of the bracket that is open before `place`, None outside of brackets."""
    for back in range(place - 1, -1, -1):
        if row[back].word in {"(", ")"}:
            return back if row[back].word == "(" else None
    return None


def _share(row: Row, series: Series) -> bool:
    """Tell whether a number says in how many cases a system does well: *in 64.7% of cases*, *66% of the time*."""
    words = [item.word for item in row[series.last + 1 : series.last + 12]]
    said = next((word for word in words[:5] if word not in {"of", "the", "all", "its"}), "")
    lead = {item.word for item in row[max(0, series.first - 3) : series.first]}
    handled = said in SHARES or not RIGHTLY.isdisjoint(words) or _is_handled(row, series.first)
    return words[:1] == ["of"] and handled and not lead & USED


def _is_handled(row: Row, first: int) -> bool:
    """Tell whether a number is how much of something is handled: the 92 of *detects more than 92% of the attacks*."""
    place = first - 1
    while place > 0 and row[place].word in LEFT_TIGHT:
        place -= 1
    return place >= 0 and HANDLING.fullmatch(row[place].word) is not None


def _gains(row: Row, series: Series) -> bool:
    """Tell whether the words around a number say that something got better by it."""
    behind = [item.word for item in row[series.last + 1 : series.last + 6]]
    behind = behind[next((i for i, word in enumerate(behind) if word not in _MARKS), len(behind)) :]
    soft = next((i for i, word in enumerate(behind) if word not in RIGHT_SOFT), len(behind))
    if GAINS & set(behind[: soft + 1]) or _is_loss(behind[: soft + 1]) or " ".join(behind[:2]).startswith(_BETTER):
        return True
    place = series.first - 1
    if row[place].word in {"using", "only", ">", "≥"}:
        return False
    while place > max(-1, series.first - _GAIN_REACH):
        word = row[place].word
        if word == ")" and (opened := _opening(row, place)) is not None:
            place = opened - 1
            continue
        if word in CLAUSE_ENDS or (row[place].kind == "value" and row[place].unit != "x"):
            return False
        if word in GAINS or BEATING.fullmatch(word) or (word == "performance" and _is_loss([item.word for item in row[max(0, place - 2) : place + 2]])):
            return True
        place -= 1
    return False


def _is_loss(words: Sequence[str]) -> bool:
    """Tell whether words speak of a loss of performance: *performance drop*, *drop in performance*."""
    return "performance" in words and not LOSSES.isdisjoint(words)


def _gained(row: Row, last: int) -> Measured:
    """Return in what something is better by the number before: *by 3% over all baselines in terms of accuracy*."""
    for place in range(last + 1, min(len(row) - 1, last + _GAINED_REACH)):
        if row[place].kind == "value" or row[place].word in BREAKS | {"."}:
            break
        if row[place].word in {"in", "of", "on"}:
            named = next((item for item in row[place + 1 :] if item.word not in RIGHT_SOFT), row[place])
            if named.kind == "metric":
                return Measured(named.tied, "gain")
    return Measured(None, "gain")


def _of_costs(row: Row, first: int) -> bool:
    """Tell whether a clause speaks of costs from the start: *in terms of runtime, we achieve*, *the speed of it is improved*."""
    done = max((i for i in range(1, first) if BEATING.fullmatch(row[i].word) and row[i - 1].word in {"is", "are", "was", "were"}), default=0)
    for place in range(first - 1, -1, -1):
        if row[place].word in CLAUSE_ENDS:
            return False
        subject = place < done and "," not in {item.word for item in row[place:done]}
        if row[place].kind == "cost" and (subject or [item.word for item in row[max(0, place - 2) : place]] == ["terms", "of"]):
            return True
    return False


def _reached(row: Row, series: Series) -> bool:
    """Tell whether a number is itself what is achieved: *we obtain 97.8% on X*, but not *obtain 54% of the frames*."""
    place = series.first - 1
    while place >= 0 and row[place].word in LEFT_TIGHT and not REACHING.fullmatch(row[place].word):
        place -= 1
    behind = row[series.last + 1].word if series.last + 1 < len(row) else "."
    return place >= 0 and REACHING.fullmatch(row[place].word) is not None and behind in {"on", "for", "in", ",", ".", "(", "at", "and"}


def _scored(row: Row, series: Series) -> bool:
    """Tell whether bare numbers are scores: *scores 91.3*, *achieves 92.1 / 85.3 on X / Y* of known data, not *achieves 3 of 4*."""
    behind = [item for item in row[series.last + 1 : series.last + 4] if item.word not in {"the", "both", ")"}]
    on_data = len(behind) > 1 and behind[0].word == "on" and behind[1].kind == "dataset"
    return (on_data or row[series.first - 1].word == "scores") and all("." in row[place].word for place in series.values) and _reached(row, series)


def groups(row: Row, kind: ItemKind) -> list[list[int]]:
    """Return the names of one kind in a sentence, those joined to a list together."""
    found: list[list[int]] = []
    for place in (i for i, item in enumerate(row) if item.kind == kind):
        between = row[found[-1][-1] + 1 : place] if found else ()
        if found and kind == "metric" and not between:
            continue  # the *scores* of *BLEU and METEOR scores*
        if found and all(item.word in JOINING | {"the", "both"} for item in between):
            found[-1].append(place)
        else:
            found.append([place])
    return found


def aligned(row: Row, every: Sequence[Series], lists: Iterable[list[int]]) -> dict[int, int]:
    """Return which name belongs to which number where as many names as numbers follow each other in one order.

    That is so where *respectively* says it, and where a list of names and a list of as many numbers stand side by side.
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
        elif following and len(following.values) == len(names) and not is_range(row, following):
            found |= dict(zip(following.values, names, strict=True))
    return found


def is_range(row: Row, series: Series) -> bool:
    """Tell whether two numbers are the ends of one range, or the way from one to the other."""
    return len(series.values) == 2 and row[series.first + 1].word in {"to", "-", "–", "—", "−", "→"}


def _respectively(row: Row, place: int) -> bool:
    """Tell whether a list that ends at `place` is said to be in the order of another."""
    return any(item.word == "respectively" for item in row[place + 1 : place + 6])


def elsewhere(text: str, row: Row, last: int) -> bool:
    """Tell whether a number is said of something with a name that is no known data: *79.0% on Pubmed*, not *on Pub Med (PM)*."""
    behind = row[last + 1 : last + 10]
    said_in_full = any(a.word == "(" and b.kind == "dataset" for a, b in pairwise(behind))
    if said_in_full or not behind or behind[0].word not in PLACES - {"for"}:
        return False
    named = next((item for item in behind[1:4] if item.word not in {"the", "both"}), None)
    return named is not None and named.kind in {"word", "method"} and text[named.start].isupper()


def names_near(row: Row, every: Sequence[Series], index: int, lists: Sequence[list[int]]) -> list[int]:
    """Return the list of names that a series of numbers belongs to: behind it, else before it, else further behind."""
    series = every[index]
    since = every[index - 1].last if index else -1
    until = every[index + 1].first if index + 1 < len(every) else len(row)
    following = [names for names in lists if series.last < names[0] < until]
    behind = [names for names in following if not _begins_next(row, series, names, until)]
    before = [names for names in lists if names[-1] < series.first]
    near = [names for names in before if names[0] > since]
    later = [names for names in lists if names[0] > until and not following]
    opened = _opening(row, series.first)
    if near and row[series.first - 1].word == "(" and near[-1][-1] == series.first - 2:
        return near[-1][-1:]
    if opened is not None and index and opened - since <= _ASIDE_REACH and not near:
        return names_near(row, every, index - 1, lists)
    if behind and not (near and _parted(row, series.last, behind[0][0])):
        return behind[0]
    return near[-1] if near else before[-1] if before else later[0] if later else []


def _begins_next(row: Row, series: Series, names: Sequence[int], until: int) -> bool:
    """Tell whether names behind a number are those of the next one: the SVHN of *30 on MNIST, SVHN accuracy to 20*."""
    return until < len(row) and _parted(row, series.last, names[0]) and not _parted(row, names[-1], until)


def _parted(row: Row, place: int, other: int) -> bool:
    """Tell whether a comma or another break stands between two places."""
    return any(item.word in BREAKS for item in row[place + 1 : other])


def is_data_set(row: Row, names: Sequence[int]) -> bool:
    """Tell whether names in a list are data that something is measured on: not trained on, not a kind of data set."""
    lead = [item.word.lower() for item in row[max(0, names[0] - 3) : names[0]]]
    behind = row[names[-1] + 1].word if names[-1] + 1 < len(row) else ""
    listed = len(names) > 1 or (lead and lead[-1] in JOINING)
    return not TRAINED & set(lead) and (listed or behind not in {"datasets", "benchmarks", "tasks"})

