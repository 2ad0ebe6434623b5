"""Reader of lists of nothing but titles: one a line, in plain text, perhaps with bullets, numbers or quotation marks.

Nothing but its words tells that a line is a title: of some length, no sentence, and with words that titles of research papers
have. So a text is taken for such a list only if nearly all of its lines are so, by no reader that knows more, and with the least
confidence: `CONFIDENCE` says how good the guess is, and a warning says it once a file.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Document, Field, Problem, Record
from kg.sources._text.bare_title import SHORTEST, are_titles, bare, may_be_title
from kg.sources._text.entries import HEADING
from kg.sources._text.fields import Page, Span, is_foreign, lines, squeezed

PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""

CONFIDENCE: Final = 0.4
"""How sure it is that a line is the title of a paper."""

_GUESS: Final = 0.05



def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is a list of titles.

    >>> titles = "Learning to rest with graphs\nA survey of quiet engines\nRobust detection of moss\nOn the dynamics of sand\n"
    >>> sniff(titles, "a.txt"), sniff("Wash the rice well\nBoil it for ten minutes\nServe it while it is hot\nDo it again soon\n", "a.txt")
    (0.05, 0.0)
    """
    rows = [] if is_foreign(head) else [span for span in _rows(head) if len(head[slice(*span)].split()) >= SHORTEST and not HEADING.fullmatch(head, *span)]
    return _GUESS if are_titles(head, rows) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each line that can be a title, and a problem for each that cannot."""
    page = Page.of(document)
    ordinal = 0
    for start, end in _rows(page.text):
        if HEADING.fullmatch(page.text, start, end) or not may_be_title(page.text, start, end):
            yield page.problem(start, f"no title of a paper: {page.quote(start, end)}", "delete it, or add authors, venue and year if it is a paper")
            continue
        if ordinal == 0:
            what = f"a list of titles, read by guess (confidence {CONFIDENCE})"
            yield page.problem(start, what, "add an identifier behind each title; BibTeX, RIS or CSV say it beyond doubt")
        yield page.record(ordinal, start, end, [_title(page, *bare(page.text, start, end))])
        ordinal += 1


_STRESS: Final = re.compile(r"\*\*|__|`")


def _title(page: Page, start: int, end: int) -> Field:
    """Return the title at a span, without the marks of Markdown within it, as in `**QuietNet**: Engines that rest`."""
    field = page.field("title", start, end)
    shown = _STRESS.sub("", field.text)
    return field if shown == field.text else field._replace(text=shown, start=None, end=None, path=f"line {field.line}")


def _rows(text: str) -> Iterator[Span]:
    """Yield the lines that are not blank."""
    for row in lines(text):
        start, end = squeezed(text, *row)
        if start < end:
            yield start, end
