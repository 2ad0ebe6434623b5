"""Which way parts a list of papers in plain text into its entries: the one of whose entries most are citations; and an entry taken apart."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import ENOUGH, LONGEST, cite, hints
from kg.sources._linked_id import leads_to_papers
from kg.sources._text.entries import by_block, by_line, by_marker, by_number, by_start
from kg.sources._text.fields import Span

Split = Callable[[str], list[Span]]

HEAD: Final = 65_536
"""So much of a text is looked at to tell its layout."""

MOST: Final = 0.5
"""The share of citations from which a text is a list of them."""

_MOST_ENTRIES: Final = 60
"""How many entries are looked at to tell a layout."""

_MOST_LINES: Final = 0.75
_MANY: Final = 3
_MOST_COVERED: Final = 0.7
_MARKS_COUNT: Final = 1.25
"""How much more numbers and bullets tell of where entries begin than blank lines and names do."""

_FEW_WORDS: Final = 3
_LONGEST_LONE: Final = 600
"""A text longer than this is no single citation."""


class Parting(NamedTuple):
    """A way to part a text, the share of citations in what it gives, how many they are, and how many lines are citations."""

    split: Split
    share: float
    good: int
    lines: int


def parting(text: str) -> Parting:
    """Return the way that gives the most and purest citations."""
    shares = {split: _share(text, split(text)) for split in (by_marker, by_block, by_line, by_number, by_start)}
    marks = {by_marker, by_number}
    split = max(shares, key=lambda split: (shares[split][0] >= MOST, shares[split][0] * shares[split][1] * (_MARKS_COUNT if split in marks else 1)))
    marked = by_marker(text)
    if split is by_marker and marked and shares[by_number] >= shares[by_marker] and sum(end - start for start, end in marked) < _MOST_COVERED * (marked[-1][1] - marked[0][0]):
        split = by_number  # blank lines within the entries
    if shares[split][0] < MOST and (signed := _signed(text, by_line(text))) >= _MOST_LINES:
        return Parting(by_line, signed, _MANY, 0)
    return Parting(split, *shares[split], shares[by_line][1])


def _signed(text: str, entries: list[Span]) -> float:
    """Return which share of the lines is nothing but names and a title, as lists of accepted papers have them: `Ada Lovelace and Wei Wang. On Engines that Rest`; 0 if most have but one name."""
    found = [cited(text, span) for span in entries[:_MOST_ENTRIES]]
    good = [one.people for one, span in zip(found, entries, strict=False) if one.people and one.title and one.evidence and text.count(" ", *one.title) and not text[max(one.title[1], one.people.end) : span[1]].strip(" .*†‡")]
    return len(good) / len(found) if len(good) >= _MANY and 2 * sum(people.sure for people in good) > len(good) else 0.0


def _share(text: str, entries: list[Span]) -> tuple[float, int]:
    """Return which share of the entries, and of the text as far as they go, is citations, and how many are; one alone needs much evidence."""
    shown = entries[:_MOST_ENTRIES]
    # What the head cuts off is no entry.
    if len(text) == HEAD and len(shown) > 1 and len(shown) == len(entries):
        shown = shown[:-1]
    good = {span: found.evidence for span in shown if is_paper(found := cited(text, span)) and (found.evidence >= ENOUGH or is_linked(text, found))}
    if not good or (len(good) == 1 and (max(good.values()) <= ENOUGH or len(text.strip()) > _LONGEST_LONE)):
        return 0.0, 0
    if len(good) >= _MANY and len(good) >= _MOST_LINES * len(shown):
        return len(good) / len(shown), len(good)  # a list within other text, as in a curriculum vitae
    size = sum(len("".join(text[start:end].split())) for start, end in good)
    return min(len(good) / len(shown), size / len("".join(text[: shown[-1][1]].split()))), len(good)


def is_paper(found: Citation) -> bool:
    """Tell whether a citation says enough of a paper: its title, or, where titles are not printed, authors and venue."""
    return found.title is not None or (found.people is not None and found.venue is not None)


def is_linked(text: str, found: Citation) -> bool:
    """Tell whether an entry is a title with the address of a paper right behind it."""
    places = [span[0] for span, _ in found.identifiers] + [span[0] for span, url in found.urls if leads_to_papers(url)]
    if found.title is None or not places or len(text[slice(*found.title)].split()) < _FEW_WORDS:
        return False
    return _BETWEEN.fullmatch(text, found.title[1], max(found.title[1], min(places))) is not None


_BETWEEN: Final = re.compile(r"\W*(?:(?:https?://)?[\w.]*arxiv[\w.]*[:/]\s?(?:\w+/)?|doi\W*|https?:\S*|link\W*|url\W*|pdf\W*|paper\W*)?\W*", re.IGNORECASE)


def cited(text: str, span: Span) -> Citation:
    """Return an entry taken apart; what hangs is read as if its lines were not indented, and an address that a line end breaks as if it were whole."""
    if span[1] - span[0] > LONGEST:
        return Citation()
    cuts = _cuts(text, span)
    if not cuts:
        return cite(text, *span, list(hints(text, *span)))
    places: list[int] = []
    start = span[0]
    for first, last in cuts:
        places += range(start, first)
        start = last
    places += range(start, span[1])
    flat = "".join(text[place] for place in places)
    return cite(flat, 0, len(flat), list(hints(flat, 0, len(flat)))).at([*places, span[1]])


def _cuts(text: str, span: Span) -> list[Span]:
    """Return what is no part of an entry: blanks before its lines, line ends within addresses."""
    broken = [match.span("end") for match in _BROKEN.finditer(text, *span) if _GOES_ON.match(text, match.end("end"), span[1])]
    within = {last for _, last in broken}
    return sorted([*broken, *(indent.span() for indent in _INDENT.finditer(text, *span) if indent.end() not in within)])


_INDENT: Final = re.compile(r"(?<=[\r\n])[ \t]+(?=\S)")
_BROKEN: Final = re.compile(r"(?:https?:(?=\s{0,9}//)|(?<![\w./])10\.(?=[0-9]{4}|\s{1,9}[0-9]{4,9}/))\S{0,200}+(?<=[./_=?&:])(?P<end>[ \t]*(?:\r\n|\r|\n)[ \t]*)(?=\S)", re.IGNORECASE)
"""The end of a line that breaks an address, behind the signs at which TeX does; a hyphen there may be its own, or none of the address."""

_GOES_ON: Final = re.compile(r"(?!https?:|(?<!\.(?:19|20)[0-9]{2}\.\n)[0-9]{1,4}\s*(?:[\r\n]|\Z)|(?:19|20)[0-9]{2}[.,;)]*(?:\s|\Z))(?://|(?:[0-9a-z]|(?=\S*[0-9]))[\w()%-]*[./0-9_-])\S*")
"""How an address goes on: with digits or more signs of its kind, but as no year, and a number alone is that of a page, but for IEEE's `10.1109/CVPR.2016.` and below it `90`."""
