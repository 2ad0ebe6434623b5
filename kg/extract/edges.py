"""Where a name ends that a tagger has found: half a pair of brackets, half of LaTeX's markup and joining words are no part of it."""

import re
from collections.abc import Iterable
from typing import Final

from kg.model import Candidate

_LEAD: Final = re.compile(r"\{?\\(?:it|bf|sf|tt|sc|em|itshape|bfseries|sffamily)\s+|\\(?:emph|text(?:it|bf|tt|sc|sf|rm))(?=[A-Za-z])")
"""Markup whose braces are elsewhere, or lost."""

_TAIL: Final = re.compile(
    r"(?:\s+\\(?:[hm]box|emph|text[a-z]{2}|it|bf|sf|tt|em)|[-–\s,;:(\[{~”“]|\s(?:and|or|of|for|in|on|with|to|by|from|via|using|as|the|an?))$"
)
"""What leads from a name to the next words."""

_PAIRS: Final = ("()", "[]", "{}")


def whole(text: str, found: Iterable[Candidate]) -> list[Candidate]:
    """Return the names found in a text without what is no part of them; a name of which nothing is left goes.

    >>> text = "maximum entropy (MaxEnt) games and"
    >>> [text[c.start : c.end] for c in whole(text, [Candidate(17, 30, "method", 0.5, ""), Candidate(25, 34, "task", 0.5, "")])]
    ['MaxEnt', 'games']
    """
    spans = ((candidate, _inside(text, candidate.start, candidate.end)) for candidate in found)
    return [candidate._replace(start=start, end=end) for candidate, (start, end) in spans if start < end]


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where in `text[start:end]` the name is."""
    lead = _LEAD.match(text, start, end)
    if lead is not None:
        start = lead.end()
    for opening, closing in _PAIRS:
        name = text[start:end]
        more = name.count(opening) - name.count(closing)
        if more == 1 and opening == "{" and text[end : end + 1] == closing:
            end += 1
        elif more > 0:
            end = start + name.rindex(opening)
        elif more < 0:
            end = start + name.index(closing)
    while tail := _TAIL.search(text[start:end]):
        end = start + tail.start()
    return start, end
