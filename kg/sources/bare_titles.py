"""Reader of lists of nothing but titles: one a line, in plain text, perhaps with bullets, numbers or quotation marks.

Nothing but its words tells that a line is a title: of some length, no sentence, and with words that titles of research papers
have. So a text is taken for such a list only if nearly all of its lines are so, by no reader that knows more, and with the least
confidence: `CONFIDENCE` says how good the guess is, and a warning says it once a file.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.model import Document, Field, Problem, Record
from kg.sources._citation.reading import without_marker
from kg.sources._text.entries import HEADING
from kg.sources._text.fields import Page, Span, is_foreign, lines, squeezed

PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""

CONFIDENCE: Final = 0.4
"""How sure it is that a line is the title of a paper."""

_GUESS: Final = 0.05
_FEWEST: Final = 4
_MOST: Final = 0.8
_SHORTEST: Final = 3
_LONGEST: Final = 25
_LONGEST_LINE: Final = 250
_RESEARCH: Final = re.compile(
    r"\b(?:(?:deep|machine|reinforcement|supervised|representation|transfer|federated|few-shot) learning|learning|(?:neural )?networks?|models?|modell?ing|algorithms?|analys[ei]s|approach(?:es)?|frameworks?|methods?"
    r"|surveys?|review|stud(?:y|ies)|effects?|evidence|estimation|detection|recognition|classification|segmentation|prediction|forecasting|optimi[sz]ation|generation|representations?|embeddings?|attention"
    r"|transformers?|adversarial|bayesian|stochastic|graphs?|translation|retrieval|quer(?:y|ies)|indexing|databases?|distributed|parallel|datasets?|benchmark(?:ing|s)?|evaluation|empirical|theor(?:y|em|ems)"
    r"|processing|dynamics|proteins?|genes?|genom\w+|patients?|trial|clinical|cancer|disease|quantum|inference|regression|clustering|diffusion|multi-?\w+|self-\w+|via|using|towards?|based|-based|novel|efficient|scalable"
    r"|robust(?:ness)?|adaptive|automatic|improv(?:ing|ed)|understanding|exploring|investigating|rethinking|characteri[sz]ation|synthesis|simulations?|measurements?|mechanisms?|role|impact|influence|comparison)\b", re.IGNORECASE,
)  # fmt: skip
"""Words that titles of papers have, and other lines of lists seldom."""

_NO_TITLE: Final = re.compile(r"[.;,:{}=<>|\\]\s*\Z|https?://|www\.|@|\b(?:todo|fixme|click|buy|please|i|my|you|your|don't|i'm)\b|^\W*(?:add|fix|update|remove|install|run|make|create|use|check|implement|test)\s", re.IGNORECASE)
_WRAPPING: Final = " \t\"'“”‘’*_`#,"


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is a list of titles.

    >>> titles = "Learning to rest with graphs\nA survey of quiet engines\nRobust detection of moss\nOn the dynamics of sand\n"
    >>> sniff(titles, "a.txt"), sniff("Wash the rice well\nBoil it for ten minutes\nServe it while it is hot\nDo it again soon\n", "a.txt")
    (0.05, 0.0)
    """
    rows = [] if is_foreign(head) else [span for span in _rows(head) if len(head[slice(*span)].split()) >= _SHORTEST and not HEADING.fullmatch(head, *span)]
    good = [len(_RESEARCH.findall(head, *span)) for span in rows if _may_be(head, *span)]
    telling = sum(count > 0 for count in good)
    sure = sum(count > 1 for count in good) + sum(":" in head[slice(*span)] for span in rows)
    return _GUESS if len(rows) >= _FEWEST and len(good) >= _MOST * len(rows) and 4 * telling >= 3 * len(rows) and 4 * sure >= len(rows) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each line that can be a title, and a problem for each that cannot."""
    page = Page.of(document)
    ordinal = 0
    for start, end in _rows(page.text):
        if HEADING.fullmatch(page.text, start, end) or not _may_be(page.text, start, end):
            yield page.problem(start, f"no title of a paper: {page.quote(start, end)}", "delete it, or add authors, venue and year if it is a paper")
            continue
        if ordinal == 0:
            what = f"a list of titles, read by guess (confidence {CONFIDENCE})"
            yield page.problem(start, what, "add an identifier behind each title; BibTeX, RIS or CSV say it beyond doubt")
        yield page.record(ordinal, start, end, [_title(page, *_bare(page.text, start, end))])
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


def _bare(text: str, start: int, end: int) -> Span:
    """Return a line without bullet, number and what stands around a title."""
    start = without_marker(text, start, end)
    while start < end and text[start] in _WRAPPING:
        start += 1
    while end > start and text[end - 1] in _WRAPPING:
        end -= 1
    return start, end


def _may_be(text: str, start: int, end: int) -> bool:
    """Tell whether a line can be a title."""
    first, last = _bare(text, start, end)
    words = text[first:last].split()
    return _SHORTEST <= len(words) <= _LONGEST and last - first <= _LONGEST_LINE and not text[first].islower() and not _NO_TITLE.search(text[start:end])
