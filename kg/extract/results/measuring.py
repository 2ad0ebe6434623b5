"""What the numbers of a sentence measure: the metric that a series of them is tied to, and the rule that tied it.

Numbers that measure costs or count data are told apart here, because both are tied by the same words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final, Literal

from kg.extract.results.items import Item
from kg.extract.results.ties import Row, Series, opening
from kg.extract.results.words import (
    AFTER_BARE,
    BEATING,
    BREAKS,
    CLAUSE_ENDS,
    COMPARATIVES,
    DECLINING,
    GAINS,
    HANDLING,
    LEFT_TIGHT,
    LOSSES,
    OTHERS,
    PLACES,
    REACHING,
    RIGHT_SOFT,
    RIGHTLY,
    SHARES,
    SIZES,
    USED,
)
from kg.extract.words import is_barrier
from kg.model.results import Tied

How = Literal["of", "behind", "before", "joined", "gain", "share", "reached"]
"""*Accuracy of 93%*, *93% accuracy*, *accuracy ... 93%*, *93% ... 74%*, *better by 3%*, *in 3% of cases*, *achieves 93%*."""

_RIGHT_REACH: Final = 8
_TIGHT_REACH: Final = 9
_LOOSE_REACH: Final = 16
_GAIN_REACH: Final = 30
_JOINED_REACH: Final = 12
_COMPARED_REACH: Final = 24
_EXTENT_REACH: Final = 6
_GAINED_REACH: Final = 14

_BETTER: Final = ("better", "worse", "more accurate", "more often", "more successful", "higher than", "lower than")
"""What stands behind a number by which something is better or worse where no metric is named."""

_MARKS: Final = frozenset({")", "$", "\\", "}"})

_SCORES: Final = frozenset({"performance", "performances", "result", "results"})
"""What a system reaches where the measure has no name: *results at 71%*, *85% performance*."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a series measures.

    Attributes:
        metric: The metric, None where the text only says that something got better.
        how: The rule that tied it.
    """

    metric: Tied | None
    how: How


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
    if behind is not None and behind.kind == "cost" and behind is row[series.last + 1]:
        return None
    if behind is not None and behind.kind == "metric" and _at_once(row, series, tight):
        return Measured(behind.tied, "behind")
    if tight is not None:
        return Measured(tight.tied, "of") if tight.kind == "metric" else None
    goes_on = earlier is not None and _joined(row, since, series.first)
    if behind is not None and behind.kind == "metric":
        return Measured(behind.tied, "behind")
    # An accuracy of 88% in runtime and 97% in power is one of predicting costs.
    predicted = earlier is not None and earlier.how in {"of", "joined"} and goes_on
    if behind is not None and not (behind.kind == "cost" and predicted and row[series.last + 1].word == "in"):
        return None
    if _is_condition(row, series):
        return None
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
        if row[place].word == ")" and (opened := opening(row, place)) is not None:
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
            # *By 10% in the first test and by 9% in the second*, *on the larger ones*
            return None if crossed and (item.kind == "data" or item.word in SIZES | {"second"}) else item
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
    return item.kind == "word" and item.word.isalpha() and item.word.endswith("s") and item.word not in RIGHT_SOFT | _SCORES and not is_barrier(item.word)


def _is_extent(row: Row, series: Series) -> bool:
    """Tell whether physical numbers say how far or long something is: *a 60 mm stroke*."""
    if _scale(row[series.last]) != "physical":
        return False
    behind = row[series.last + 1] if series.last + 1 < len(row) else None
    return behind is not None and behind.kind == "word" and behind.word.isalpha() and not is_barrier(behind.word)


def _is_condition(row: Row, series: Series) -> bool:
    """Tell whether physical numbers are those of a setting: *between 40° and 140°*, *at 2 m*, *with a side of 4 m*."""
    lead = [item.word for item in row[max(0, series.first - _EXTENT_REACH) : series.first]]
    given = lead[-1:] in (["between"], ["at"]) or (lead[-1:] == ["of"] and "with" in lead)
    return given and _scale(row[series.last]) == "physical"


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


def _share(row: Row, series: Series) -> bool:
    """Tell whether a number says in how many cases a system does well: *in 64.7% of cases*, or how well: *98% of its performance*."""
    words = [item.word for item in row[series.last + 1 : series.last + 12]]
    said = next((word for word in words[:5] if word not in {"of", "the", "all", "its"}), "")
    lead = {item.word for item in row[max(0, series.first - 3) : series.first]}
    whole = [item.word for item in takewhile(_is_whole, row[series.last + 2 : series.last + 11])]
    handled = said in SHARES or "performance" in whole or not RIGHTLY.isdisjoint(words) or _is_handled(row, series.first)
    return words[:1] == ["of"] and handled and not lead & USED


def _is_whole(item: Item) -> bool:
    """Tell whether an item may stand in the name of what a number is the share of: *of the full model's performance*."""
    return item.kind not in {"cost", "data"} and item.word not in PLACES | CLAUSE_ENDS | {"with", "without", ","}


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
    if (COMPARATIVES & set(behind[:1]) and "performance" in behind) or _declines(row, series.first):
        return True
    place = series.first - 1
    if row[place].word in {"using", "only", ">", "≥"}:
        return False
    while place > max(-1, series.first - _GAIN_REACH):
        word = row[place].word
        if word == ")" and (opened := opening(row, place)) is not None:
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


def _declines(row: Row, first: int) -> bool:
    """Tell whether it is performance that is said to fall by a number: *the performance of it drops by 4%*."""
    place = first - 1
    while place > 0 and row[place].word in LEFT_TIGHT - {"decreased"}:
        place -= 1
    clause = takewhile(lambda item: item.word not in CLAUSE_ENDS, reversed(row[max(0, place - _TIGHT_REACH) : place]))
    return place < first - 1 and DECLINING.fullmatch(row[place].word) is not None and "performance" in (item.word for item in clause)


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
    """Tell whether a number is itself what is achieved: *we obtain 97.8% on X*, *a result of 97.8%*, but not *obtain 54% of the frames*."""
    place = series.first - 1
    while place >= 0 and row[place].word in LEFT_TIGHT and not REACHING.fullmatch(row[place].word):
        place -= 1
    behind, further = [*(item.word for item in row[series.last + 1 : series.last + 3]), ".", "."][:2]
    if behind in _SCORES:
        return row[series.last].unit == "%" and further in AFTER_BARE | {".", ","}
    if place < 0 or behind not in {"on", "for", "in", ",", ".", "(", "at", "and"}:
        return False
    return REACHING.fullmatch(row[place].word) is not None or (place < series.first - 1 and row[place].word in _SCORES)


def _scored(row: Row, series: Series) -> bool:
    """Tell whether bare numbers are scores: *scores 91.3*, *achieves 92.1 / 85.3 on X / Y* of known data, not *achieves 3 of 4*."""
    behind = [item for item in row[series.last + 1 : series.last + 4] if item.word not in {"the", "both", ")"}]
    on_data = len(behind) > 1 and behind[0].word == "on" and behind[1].kind == "dataset"
    return (on_data or row[series.first - 1].word == "scores") and all("." in row[place].word for place in series.values) and _reached(row, series)
