"""Reader of lists of abstracts: one paper a line, the label `Abstract:` and the text; no titles, no authors.

A line without the label continues the abstract above it (a hard-wrapped text). Text that no label belongs
to is reported and left out.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Document, Problem, Record
from kg.sources._text.fields import LABEL, Page, Span, abstract, blocks, is_blank, is_foreign, lines, squeezed

_SURE: Final = 0.8
_BARE: Final = re.compile(r"(?:\s*abstract[ \t]?:)+\s*", re.IGNORECASE)
"""Labels with nothing behind them."""


PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is a list of labelled abstracts.

    >>> sniff("Abstract:We train a model.\nAbstract:We test it.", "a.txt"), sniff("Some prose.", "a.txt")
    (0.8, 0.0)
    """
    if is_foreign(head):
        return 0.0
    found = blocks(head, lines(head))
    labelled = sum(1 for start, _ in found if LABEL.match(head, start))
    return _SURE if labelled and 2 * labelled >= len(found) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each labelled abstract, and a problem for each label or text that stands alone."""
    page = Page.of(document)
    ordinal = 0
    for start, end in _entries(page.text):
        fields = abstract(page, start, end) if LABEL.match(page.text, start, end) else []
        if any(field.name == "abstract" for field in fields):
            yield page.record(ordinal, start, end, fields)
            ordinal += 1
        elif fields:
            yield page.problem(
                start, "a label without an abstract", "add the text behind it, or delete the line"
            )
        else:
            what = f"text without the label 'Abstract:': {page.quote(start, end)}"
            yield page.problem(start, what, "put the label before it if it is an abstract")


def _entries(text: str) -> Iterator[Span]:
    """Yield the spans that begin at a label or behind a blank line; a bare label waits for its text."""
    start, end = -1, 0
    for row in lines(text):
        blank = is_blank(text, *row)
        closed = LABEL.match(text, *row) or (blank and not _BARE.fullmatch(text, start, end))
        if start >= 0 and closed:
            yield squeezed(text, start, end)
            start = -1
        if not blank:
            start, end = (row[0] if start < 0 else start), row[1]
    if start >= 0:
        yield squeezed(text, start, end)
