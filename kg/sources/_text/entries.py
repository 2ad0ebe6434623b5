"""A list of papers in plain text, parted into its entries in the ways that people part them: marks, blank lines, lines, or nothing but how an entry begins.

Each way takes a text and returns the spans of its entries in order; which of them fits is for the reader to say.
"""

import re
from itertools import pairwise
from typing import Final

from kg.sources._citation.parts import YEAR
from kg.sources._citation.reading import SAME_AUTHORS, is_marked, without_marker
from kg.sources._citation.title import KEYED
from kg.sources._citation.works import REFERENCES
from kg.sources._text import sheet
from kg.sources._text.byline import people
from kg.sources._text.fields import Span, blocks, is_blank, lines, squeezed

HEADING: Final = re.compile(
    r"\W*(?:(?:peer-reviewed|refereed|edited|selected|recent|other)\s)?(?:books?|monographs|(?:(?:journal|conference|book)\s)?(?:articles|papers|chapters)|proceedings|preprints|theses|dissertations)"
    r"(?:\s?(?:and|&|/)\s?(?:books?|(?:book\s)?chapters|articles|papers|essays|proceedings|reviews))?\W*"
    rf"|{REFERENCES}|\W*+(?:selected )?publications\W*", re.IGNORECASE,
)  # fmt: skip
"""What stands above a list of references, or a part of somebody's publications."""

_YEAR_ALONE: Final = re.compile(r"\W*(?:19|20)[0-9]{2}\W*|[A-Z][^\r\n.,]{1,50}:")
"""A year, or a heading that ends with a colon."""
_NUMBER: Final = re.compile(r"\[\s?(?P<bracketed>[0-9]{1,4})\s?\]|(?:\A|(?<=[\r\n]))[ \t]*+(?P<bare>[0-9]{1,4})[.)]?[ \t]+(?=\S)")
_MOST_GAP: Final = 30
"""How many numbers may lack between two entries."""

_SEVERAL: Final = 2
_MANY: Final = 3
_MOST_ROWS: Final = 8
"""How many lines a paper has that is copied from a page."""

_LONGEST_BYLINE: Final = 1_000
_LONGEST_WORD: Final = 300
_SHORTEST_TITLE: Final = 3
_ADDRESS: Final = re.compile(r"(?:https?://|doi\b|10\.[0-9]{4})", re.IGNORECASE)
_DATED_GROUP: Final = re.compile(r"[A-Z][^.,;\r\n]{1,60}\.?\s\(?(?:19|20)[0-9]{2}[a-z]?\)?[.,:]\s")
"""A collective that is an author, before the year."""

_DATED_NAME: Final = re.compile(r"\.?,?\s{0,3}(?P<bracket>\()?(?:19|20)[0-9]{2}[a-z]?\)?[.,:]?\s")


_QUOTED_NEXT: Final = re.compile(r"[.,]?\s?[\"“„«‘]")
_INVERTED: Final = re.compile(r"[A-Z][\w'’-]+,\s[A-Z][\w'’-]+(?:\s[A-Z]\.)?\.\s[A-Z][\w'’-]*[^.\r\n]")
"""One name with the surname first, before a title, as the MLA has it: `Noether, Emmy. Rings`."""

_SHORT_NAME: Final = re.compile(r"(?:[A-Z]{1,3}\s[A-Z][\w'’-]+|[A-Z][\w'’-]+\s[A-Z]{1,3})[*#†‡]*\.\s+[A-Z][\w'’-]*[^.]")
"""One name with initials, before a title."""

_APA: Final = re.compile(r"[A-Z][\w'’ -]{1,30},\s[A-Z]\.[^\r\n()]{0,400}\s\((?:19|20)[0-9]{2}[a-z]?\)\.")
"""How a citation in the style of the APA begins."""


def by_marker(text: str) -> list[Span]:
    """Return the entries that begin with a number or bullet and go on to the next one or a blank line."""
    entries: list[Span] = []
    going = False
    depth = -1
    for start, end in lines(text):
        indent = len(text[start : squeezed(text, start, end)[0]].expandtabs(8))
        if is_blank(text, start, end):
            going = False
        elif is_marked(text, start, end) and (depth < 0 or indent <= depth) and not (going and _goes_on(text, start, entries[-1])):
            depth = max(depth, indent)
            entries.append(squeezed(text, start, end))
            going = True
        elif going:
            entries[-1] = (entries[-1][0], squeezed(text, start, end)[1])
    return entries


def by_number(text: str) -> list[Span]:
    """Return the entries that numbers count, wherever in a line these stand: `[1] ... [2] ...` runs on where a PDF was copied; none if they do not count.

    >>> text = "References[1] A. B, C.[2] D. E, F. [3] G. H, I."
    >>> [text[slice(*span)] for span in by_number(text)]
    ['[1] A. B, C.', '[2] D. E, F.', '[3] G. H, I.']
    """
    starts: list[int] = []
    last = -1
    for match in _NUMBER.finditer(text):
        number = int(match["bracketed"] or match["bare"])
        again = number == 1 and last > 1 and text[match.start() - 1] in "\r\n"  # another list in the same file
        if (number in {0, 1} and not starts) or again or (starts and last < number <= last + _MOST_GAP):
            starts.append(match.start())
            last = number
    if len(starts) < _MANY:
        return []
    return [squeezed(text, start, stop) for start, stop in pairwise([*starts, len(text)])]


def by_block(text: str) -> list[Span]:
    """Return the stretches between blank lines, without a heading on the first line."""
    found = []
    for start, end in blocks(text, lines(text)):
        line = next(stop for _, stop in lines(text[start:end])) + start
        below = squeezed(text, line, end) if HEADING.fullmatch(text, *squeezed(text, start, line)) else (start, end)
        found += [below] if below[0] < below[1] else [(start, end)]
    return found


def by_rule(text: str) -> list[Span]:
    r"""Return the stretches between lines that are drawn: `----`; none if there are no such lines. A line that is drawn belongs to what is below it.

    >>> [("a\n---\nb\n====\nc"[slice(*span)]) for span in by_rule("a\n---\nb\n====\nc")]
    ['a', '---\nb', '====\nc']
    """
    starts = [start for start, end in lines(text) if _RULE.fullmatch(text, *squeezed(text, start, end))]
    if not starts:
        return []
    spans = (squeezed(text, start, stop) for start, stop in pairwise([0, *starts, len(text)]))
    return [(start, end) for start, end in spans if any(c.isalnum() for c in text[start:end])]


_RULE: Final = re.compile(r"[-=*_~#+]{3,}")


def by_line(text: str) -> list[Span]:
    """Return the lines; an indented one goes on with the line above it."""
    entries: list[Span] = []
    for start, end in lines(text):
        first, last = squeezed(text, start, end)
        if first == last:
            continue
        if first > start and entries and (_goes_on(text, first, entries[-1]) or not (is_marked(text, start, end) or begins(text, first, ended=_ended(text, *entries[-1])))):
            entries[-1] = (entries[-1][0], last)
        else:
            entries.append((first, last))
    return entries


def _ended(text: str, start: int, end: int) -> bool:
    """Tell whether a stretch ends as sentences, pages and addresses do."""
    return text[end - 1] in '.)]"”»' or text[end - 1].isdigit() or "/" in text[max(start, end - _LONGEST_WORD) : end].rsplit(maxsplit=1)[-1]


def by_start(text: str) -> list[Span]:
    r"""Return the entries that begin with names where the line above has ended, as wrapped references do between which nothing stands.

    >>> text = "Lovelace, A. (1950). On engines and\nmotors. Minds.\nhttps://doi.org/10.1000/x\nTuring, A. and Hopper, G. (1951). On gears. Minds.\n"
    >>> [text[slice(*span)].count("\n") for span in by_start(text)]
    [2, 0]
    """
    entries: list[Span] = []
    going = ended = False
    for start, end in lines(text):
        first, last = squeezed(text, start, end)
        if first == last:
            going = False
            continue
        alone = HEADING.fullmatch(text, first, last) or ((ended or not going) and _YEAR_ALONE.fullmatch(text, first, last))
        goes_on = going and _goes_on(text, first, entries[-1])
        behind = without_marker(text, first, last) if ended and not goes_on and is_marked(text, first, last) else first
        if alone or not going or behind > first or (not goes_on and begins(text, first, ended=ended)):
            entries.append((first, last))
        else:
            entries[-1] = (entries[-1][0], last)
        going = not alone
        ended = _ended(text, first, last)
    return entries


_YEAR_FIRST: Final = re.compile(r"(?:19|20)[0-9]{2}[a-z]?\.\s")
_HALF_NAME: Final = re.compile(r"[\s,.;]*(?:(?:and|&)\s)?(?:[A-Z]\.[\s-]?)*")


def _goes_on(text: str, start: int, above: Span) -> bool:
    r"""Tell whether a line goes on with an entry of which there are only names yet: with their year, which a number before an entry looks like, or with more names.

    >>> text = "Ada Lovelace, Alan Turing, and C.\nBabbage.\n1843. Engines."
    >>> _goes_on(text, 34, (0, 33)), _goes_on(text, 43, (0, 42)), _goes_on("Ada Lovelace. Engines. 1843.\n2. A", 29, (0, 28))
    (True, True, False)
    """
    found = people(text, *above) if above[1] - above[0] <= _LONGEST_BYLINE else None
    if found is None or YEAR.search(text, *above) is not None:
        return False
    return _YEAR_FIRST.match(text, start) is not None or (len(found.names) > 1 and _HALF_NAME.fullmatch(text, found.end, above[1]) is not None)


def begins(text: str, start: int, *, ended: bool = True) -> bool:
    """Tell whether a citation in which authors come first can begin at a place: names beyond doubt, or one name or collective and a year.

    Args:
        text: The text.
        start: The place.
        ended: Whether what is above has ended, as sentences and addresses do; if not, names must have their year behind them in parentheses.
    """
    stop = min(len(text), start + _LONGEST_BYLINE)
    if _ADDRESS.match(text, start):
        return False
    found = people(text, start, stop)
    if _APA.match(text, start, stop) or KEYED.match(text, start, stop):
        return True
    if ended and (_SHORT_NAME.match(text, start, stop) or _INVERTED.match(text, start, stop) or SAME_AUTHORS.match(text, start, stop)):
        return True
    if found is None:
        return ended and _DATED_GROUP.match(text, start, stop) is not None
    dated = _DATED_NAME.match(text, found.end, stop)
    if not ended:
        return found.sure and dated is not None and dated["bracket"] is not None
    return found.sure or dated is not None or _QUOTED_NEXT.match(text, found.end, stop) is not None


def are_whole(text: str, good: int, blocks_: int) -> bool:
    """Tell whether the lines are entries of their own, without blank lines between: more are citations than blocks are, and each ends as a sentence does.

    Args:
        text: The text.
        good: How many lines are citations.
        blocks_: How many stretches between blank lines are.
    """
    rows = [text[slice(*span)] for span in by_line(text) if not HEADING.fullmatch(text, *span)]
    ended = sum(row.endswith((".", ")", "]")) or "/" in row.split()[-1] for row in rows)
    return good > blocks_ and 4 * ended >= 3 * len(rows) and 2 * good >= len(rows)


def stacked(text: str) -> list[Span]:
    """Return the papers that are stacked without blank lines between their parts, each a title above a line of names, as they are copied from a page; none if there is one only."""
    rows = [span for start, end in lines(text) if (span := squeezed(text, start, end))[0] < span[1]]
    starts: list[int] = []
    for above, below in pairwise(rows):
        if sheet.signs(text, *below) and sheet.titles(text, *above) and text[above[0]] != "(" and (not starts or above[0] > starts[-1]):
            starts.append(above[0])
    if len(starts) < _SEVERAL or sum(span[0] >= starts[0] for span in rows) > _MOST_ROWS * len(starts):
        return []
    return [squeezed(text, start, stop) for start, stop in pairwise([*starts, len(text)])]


def paired(text: str) -> list[Span]:
    """Return the stretches between blank lines that are a title above a line of names, be it a single one, as lists of accepted papers have them; none if there is one only."""
    found = []
    for start, end in blocks(text, lines(text)):
        rows = [squeezed(text, start + a, start + b) for a, b in lines(text[start:end])]
        if len(rows) > 1 and not is_marked(text, *rows[0]) and _may_be_title(text, *rows[0]) and (sheet.signs(text, *rows[1]) or _is_name(text, *rows[1])):
            found.append((start, end))
    return found if len(found) >= _SEVERAL else []


def _may_be_title(text: str, start: int, end: int) -> bool:
    """Tell whether a line above names can be a title, also of one word."""
    return sheet.titles(text, start, end) or (end - start > _SHORTEST_TITLE and text[start:end].isalpha() and not HEADING.fullmatch(text, start, end))


def _is_name(text: str, start: int, end: int) -> bool:
    """Tell whether a line is one name, perhaps with its place in parentheses, and nothing else."""
    found = people(text, start, end)
    return found is not None and re.fullmatch(r"[\s*†‡0-9,]*(?:\([^()]{2,200}\))?[\s*†‡.;]*", text[found.end : end]) is not None
