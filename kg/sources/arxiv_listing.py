"""Reader of lists of abstracts that end in their arXiv id, with or without anything between two papers.

A paper is its abstract, perhaps a line of comment, and `arXiv:2310.16764`, perhaps with `Created:` and a
date on the next line. Where papers are glued together, the next abstract begins right behind the id; how
many digits an id has is known from its date, so that `2403.055303D ...` is an id and a text.

The reader looks for the marks that end a paper; what lies before a mark is its abstract and comment. An
`arXiv:` inside a sentence is a citation, no mark.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.ids import leading_arxiv_id
from kg.model import Document, Field, Problem, Record
from kg.sources._text.fields import (
    CATEGORY,
    Page,
    Span,
    abstract,
    is_blank,
    is_foreign,
    iso_date,
    lines,
    passage,
    squeezed,
)  # fmt: skip
from kg.text import LINE_END

_SURE, _LIKELY, _MAYBE = 0.9, 0.85, 0.7
_LABEL: Final = re.compile(r"arxiv:[ \t]?", re.IGNORECASE)
_CREATED: Final = re.compile(r"[ \t]*created:[ \t]*(?P<date>\S.*)", re.IGNORECASE)
_ISO: Final = re.compile(r"(?P<year>[0-9]{4,12})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_BRACKETED: Final = re.compile(rf"[ \t]*\[(?P<category>{CATEGORY})\]\s*")
_DIGITS: Final = re.compile(r"[0-9]+\s*")
_TOKEN: Final = re.compile(r"\S+\s*")
_ATTEMPT: Final = re.compile(r"[0-9]{4}\.(?:[0-9]{5}|[0-9]{4})(?:v[0-9]{1,2})?")
"""What is meant as an id, right or wrong, where other text follows."""

_CITED: Final = re.compile(r"[)\].,;:'\"\u2019\u201d]*(?:\s|$)")
"""How a sentence goes on behind a citation that happens to begin a line."""

_NEW_SENTENCE: Final = re.compile(r"[ \t]+[A-Z0-9\"$\\]")
_SENTENCE_ENDS: Final = ".!?%)\"'$}"

_CUE: Final = re.compile(
    r"(?:[0-9]+\+?[ \t]?(?:pages?|figures?|tables?|pp)|accepted|published|to appear|appear|in proceedings"
    r"|proceedings|presented|submitted|under review|preprint|code|project|website|webpage|comments?:|camera"
    r"|extended|supplement|technical report|v[0-9]|version)\b",
    re.IGNORECASE,
)
"""How a comment begins, of whatever length."""

_SHORT: Final = 200
"""Up to this length a last line apart from the abstract is a comment, whatever it says."""

_WRAPPED: Final = 120
"""Up to this length the lines of a text may be its own, broken to fit a page."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """The end of a paper: its id and date, what is wrong with them, and how sure it is a mark."""

    start: int
    end: int
    score: float
    fields: tuple[Field, ...]
    problems: tuple[Problem, ...]


PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is a list of abstracts with arXiv ids.

    >>> sniff("We train.\n\narXiv:2205.06175\nCreated: 2022-05-12", "a.txt")
    0.9
    >>> sniff("A text that cites arXiv:1804.01118.", "a.txt")
    0.0
    """
    if is_foreign(head):
        return 0.0
    return max((mark.score for mark in _marks(Page.of(Document.of_text(head)))), default=0.0)


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each mark, and a problem for each part that is missing or wrong."""
    page = Page.of(document)
    begin = ordinal = 0
    for mark in _marks(page):
        start, end = squeezed(page.text, begin, mark.start)
        body = _body(page, start, end)
        start = start if start < end else mark.start
        fields = [*body, *mark.fields]
        if _says_something(fields):
            yield page.record(ordinal, start, mark.end, fields)
            ordinal += 1
        yield from mark.problems
        if not any(field.name == "abstract" for field in body):
            yield page.problem(start, "a paper without abstract", "check whether the list was cut")
        begin = mark.end
    start, end = squeezed(page.text, begin, len(page.text))
    if start < end:
        body = _body(page, start, end)
        if _says_something(body):
            yield page.record(ordinal, start, end, body)
        yield page.problem(start, "text without an arXiv id behind it", "check whether the list was cut")


def _says_something(fields: list[Field]) -> bool:
    return any(field.name != "abstract_label" for field in fields)


def _marks(page: Page) -> Iterator[_Mark]:
    """Yield the marks of a page, in order."""
    text, rows, done = page.text, list(lines(page.text)), 0
    for index, row in enumerate(rows):
        if row[0] < done:
            continue
        for label in _LABEL.finditer(text, *row):
            if label.start() < done:
                continue
            if is_blank(text, row[0], label.start()):
                mark = _mark_on_line(page, rows, index, label)
            else:
                mark = _mark_in_line(page, rows, index, label)
            if mark is not None:
                yield mark
                done = mark.end
        if row[0] >= done and (created := _CREATED.fullmatch(text, *row)) and created["date"][0].isdigit():
            fields, problems, end = _date(page, created)
            missing = page.problem(row[0], "a paper without arXiv id", "add the line 'arXiv:' with the id")
            yield _Mark(squeezed(text, *row)[0], end, 0.0, fields, (missing, *problems))
            done = end


def _mark_on_line(page: Page, rows: list[Span], index: int, label: re.Match[str]) -> _Mark | None:
    """Return the mark that a line beginning with `arXiv:` is, or None if it is a citation."""
    text, stop = page.text, rows[index][1]
    found = leading_arxiv_id(text, label.end(), stop)
    created = _created(text, rows, index)
    if found is None:
        attempt = _ATTEMPT.match(text, label.end(), stop)
        if created or _TOKEN.fullmatch(text, label.end(), stop):
            return _refused(page, label, stop, created)
        return _refused(page, label, attempt.end(), None) if attempt else None
    rest = found[0]
    if is_blank(text, rest, stop):
        return _accepted(page, label, found, created, _LIKELY)
    if bracketed := _BRACKETED.fullmatch(text, rest, stop):
        mark = _accepted(page, label, found, created, _LIKELY)
        category = page.field("category", *bracketed.span("category"))
        return replace(
            mark, end=max(mark.end, bracketed.end("category") + 1), fields=(*mark.fields, category)
        )
    if created or _DIGITS.fullmatch(text, rest, stop):
        return _refused(page, label, stop, created)
    if _CITED.match(text, rest, stop):
        before = squeezed(text, 0 if index == 0 else rows[index - 1][0], label.start())[1]
        if not _NEW_SENTENCE.match(text, rest, stop) or text[before - 1] not in _SENTENCE_ENDS:
            return None
    return _accepted(page, label, found, None, _LIKELY)


def _mark_in_line(page: Page, rows: list[Span], index: int, label: re.Match[str]) -> _Mark | None:
    """Return the mark that an `arXiv:` glued to an abstract is; behind a blank it is a citation."""
    text, stop = page.text, rows[index][1]
    found = leading_arxiv_id(text, label.end(), stop)
    before = text[label.start() - 1]
    if found is None or not (before.isalnum() or before in _SENTENCE_ENDS):
        return None
    created = _created(text, rows, index) if is_blank(text, found[0], stop) else None
    return _accepted(page, label, found, created, _MAYBE if before in _SENTENCE_ENDS else 0.0)


def _created(text: str, rows: list[Span], index: int) -> re.Match[str] | None:
    """Return the line of date below a line, if the next line that is not blank is one."""
    below = (row for row in rows[index + 1 : index + 3] if not is_blank(text, *row))
    return next((_CREATED.fullmatch(text, *row) for row in below), None)


def _accepted(
    page: Page, label: re.Match[str], found: tuple[int, str], created: re.Match[str] | None, score: float
) -> _Mark:
    """Return the mark of an id that is right, with the date below it."""
    end, value = found
    known = page.field("arxiv_id", label.end(), end, value if value != page.text[label.end() : end] else None)
    if created is None:
        return _Mark(label.start(), end, score, (known,), ())
    fields, problems, end = _date(page, created)
    return _Mark(label.start(), end, _SURE, (known, *fields), problems)


def _refused(page: Page, label: re.Match[str], stop: int, created: re.Match[str] | None) -> _Mark:
    """Return the mark of an id that is wrong, with the date below it."""
    start, end = squeezed(page.text, label.end(), stop)
    what = f"no arXiv id: {page.quote(start, end)}"
    problem = page.problem(label.start(), what, "correct it; the paper is kept without an id")
    if created is None:
        return _Mark(label.start(), max(end, label.end()), 0.0, (), (problem,))
    fields, problems, end = _date(page, created)
    return _Mark(label.start(), end, _SURE, fields, (problem, *problems))


def _date(page: Page, created: re.Match[str]) -> tuple[tuple[Field, ...], tuple[Problem, ...], int]:
    """Return the field of a date, or the problem with it, and where its line ends."""
    start, end = squeezed(page.text, *created.span("date"))
    match = _ISO.fullmatch(page.text, start, end)
    iso = iso_date(match["year"], match["month"], match["day"]) if match else None
    if iso is not None:
        return (page.field("date", start, end, iso),), (), end
    what = f"no such day: {page.quote(start, end)}"
    return (), (page.problem(start, what, "correct it; the paper is kept without a date"),), end


def _body(page: Page, start: int, end: int) -> list[Field]:
    """Return the fields of what stands before a mark: the abstract and, in the last line, a comment."""
    cut = _comment_start(page.text, start, end)
    if cut is None:
        return abstract(page, start, end)
    return [*abstract(page, *squeezed(page.text, start, cut)), *passage(page, "comment", cut, end)]


def _comment_start(text: str, start: int, end: int) -> int | None:
    """Return where the last line begins if it is a comment: it says so, or is short and stands apart."""
    last = max(text.rfind("\n", start, end), text.rfind("\r", start, end)) + 1
    if last <= start:
        return None
    cut = squeezed(text, last, end)[0]
    above = squeezed(text, start, last)[1]
    row = max(text.rfind("\n", start, above), text.rfind("\r", start, above)) + 1
    says_so = _CUE.match(text, cut, end) is not None
    is_short = end - cut <= _SHORT
    if len(LINE_END.findall(text, above, cut)) > 1:
        return cut if says_so or is_short else None
    ends_sentence = text[above - 1] in _SENTENCE_ENDS
    wrapped = above - row <= _WRAPPED
    if says_so:
        return cut if ends_sentence or not wrapped else None
    return cut if is_short and ends_sentence and not (wrapped and row > start) else None
