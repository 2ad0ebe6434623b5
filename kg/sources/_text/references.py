"""The works that a text cites: the entries below its heading `References`, in whatever way they are parted, each with what tells it.

Nothing but the look of the lines tells where the section ends: appendices have a heading too. A section of which less than half
reads like citations cites nothing.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import without_marker
from kg.sources._citation.works import HEADING, printed_ids, sure_title, work_id
from kg.sources._text.fields import Span, lines, squeezed
from kg.sources._text.parting import cited, parting

_MOST_HEADINGS: Final = 4
_LONGEST_HEADING: Final = 60
_LONGEST: Final = 1 << 18
"""So many code points of a section are looked at."""

_LONGEST_ENTRY: Final = 2_000
_SHORTEST_ENTRY: Final = 12
_FEWEST: Final = 2

_BEHIND: Final = re.compile(
    r"[\W_]*(?:(?:[A-Z]|[0-9]{1,2}|[IVX]{1,5})[.:]?\s+)?(?:append(?:ix|ices)\b|supplement(?:ary|al)\b|supporting information\b|acknowledge?ments?\b|author (?:contributions|biograph|information)|about the authors?\b"
    r"|biograph(?:y|ies)\b|data availability|conflicts? of interest|(?:\w+ )?(?:paper|reproducibility|responsible nlp) checklist\b|checklist\W*\Z|anhang\b|annexe?\b|ap[eé]ndice\b).*", re.IGNORECASE,
)  # fmt: skip
"""What stands behind the works cited and is none of them."""

_LETTERED: Final = re.compile(r"\W*[A-H](?:\.[0-9]{1,2})?\.?\s+[A-Z][a-z]+(?:[\s-](?:[A-Z][\w-]*|and|of|for|the|in|on|with|to|a|an|vs)){0,9}\W*")
"""The heading of an appendix: `A Proofs`, `B.1 More Results`."""


class Work(NamedTuple):
    """A cited work: where its entry stands, its title if it is sure, and its identifier."""

    span: Span
    title: Span | None
    value: str | None


class References(NamedTuple):
    """The section of the works cited: where its heading begins, and what is cited."""

    start: int
    works: list[Work]


def references(text: str) -> References | None:
    """Return the works that a text cites; None if it has no such section."""
    headings = ((start, end) for start, end in lines(text) if end - start <= _LONGEST_HEADING and HEADING.fullmatch(text, start, end))
    for start, end in islice(headings, _MOST_HEADINGS):
        found = works(text, (end, _end(text, end)))
        if found:
            return References(start, found)
    return None


def works(text: str, section: Span) -> list[Work]:
    """Return the works that are cited in a stretch of text; none if it is no list of citations."""
    part = text[slice(*section)]
    spans = ((start + section[0], end + section[0]) for start, end in parting(part).split(part))
    read = [(span, cited(text, span)) for span in spans if _SHORTEST_ENTRY <= span[1] - span[0] <= _LONGEST_ENTRY]
    ahead = [order for _, citation in read if (order := _names_ahead(citation)) is not None]
    usual = 2 * sum(ahead) >= len(ahead)
    found = [_work(text, span, citation, is_usual=_names_ahead(citation) is usual) for span, citation in read]
    told = sum(work.title is not None or work.value is not None for work in found)
    return found if told >= _FEWEST and 2 * told > len(found) else []


def _names_ahead(citation: Citation) -> bool | None:
    """Tell whether names stand before the title; None without either. An entry in which it is otherwise than in most of its list is misread."""
    return citation.people.names[0][0] < citation.title[0] if citation.people is not None and citation.title is not None else None


def _work(text: str, span: Span, citation: Citation, *, is_usual: bool) -> Work:
    start = squeezed(text, without_marker(text, *span), span[1])[0]
    return Work((start, span[1]), sure_title(citation) if is_usual else None, work_id(printed_ids(text[slice(*span)], citation)))


def is_behind(line: str) -> bool:
    """Tell whether a line is the heading of what stands behind the works cited, if the line above has ended.

    >>> is_behind("Appendix"), is_behind("B.1 More Results"), is_behind("A. Lovelace. On engines.")
    (True, True, False)
    """
    return len(line) <= _LONGEST_HEADING and (_BEHIND.fullmatch(line) or _LETTERED.fullmatch(line)) is not None


def has_ended(line: str) -> bool:
    """Tell whether a line ends as entries do."""
    return line.endswith((".", ")", "]", '"', "”", "»")) or line[-1:].isdigit() or "/" in line[line.rfind(" ") + 1 :]


def _end(text: str, start: int) -> int:
    """Return where a section ends: before the next heading."""
    ended = True
    for first, last in _rows(text, start):
        line = text[first:last]
        if ended and is_behind(line):
            return first
        ended = has_ended(line)
    return min(len(text), start + _LONGEST)


def _rows(text: str, start: int) -> Iterator[Span]:
    """Yield the lines behind a place that are not blank."""
    for first, last in lines(text[start : start + _LONGEST]):
        row = squeezed(text, start + first, start + last)
        if row[0] < row[1]:
            yield row
