"""Which names of a sentence a number belongs to: the dataset it was measured on, the method that reached it.

In: the items of a sentence. Out: its numbers in series (*93.3% and 74.2%*), its names in lists, and which belongs to which.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from kg.extract.results.items import Item, ItemKind
from kg.extract.results.words import BREAKS, JOINING, PLACES, TRAINED

Row = Sequence[Item]

_ASIDE_REACH: Final = 3


class Series(NamedTuple):
    """Numbers that are joined to a list: the places of the first and the last item, and of the numbers."""

    first: int
    last: int
    values: tuple[int, ...]


def series_of(row: Row) -> list[Series]:
    """Return the numbers of a sentence, those joined by commas, *and*, *to* and slashes together."""
    found: list[list[int]] = []
    for place in (i for i, item in enumerate(row) if item.kind == "value"):
        if found and all(item.word in JOINING for item in row[found[-1][-1] + 1 : place]):
            found[-1].append(place)
        else:
            found.append([place])
    return [Series(each[0], each[-1], tuple(each)) for each in found]


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
    opened = opening(row, series.first)
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
    """Tell whether names in a list are data that something is measured on: not trained on, as in *ImageNet-pretrained*, not a kind of data set."""
    lead = [item.word.lower() for item in row[max(0, names[0] - 3) : names[0]]]
    behind = row[names[-1] + 1].word if names[-1] + 1 < len(row) else ""
    listed = len(names) > 1 or (lead and lead[-1] in JOINING)
    pretrained = "".join(item.word for item in row[names[-1] + 1 : names[-1] + 3]).lstrip("-").startswith(("pretrained", "pre-trained"))
    return not TRAINED & set(lead) and not pretrained and (listed or behind not in {"datasets", "benchmarks", "tasks"})


def opening(row: Row, place: int) -> int | None:
    """Return the place of the bracket that is open before `place`, None outside of brackets."""
    for back in range(place - 1, -1, -1):
        if row[back].word in {"(", ")"}:
            return back if row[back].word == "(" else None
    return None
