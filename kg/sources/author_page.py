"""Reader of the pages that list one author's papers: a head with figures, then a record for each paper.

A record begins with a line of subject code, date and, where there is code, the flag `Code`, all glued
together (`CVJun 12, 2023Code`). The title follows on the next line; the line of authors, with "et al."
and affiliations behind a middle dot, and the abstract are blocks between blank lines.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.model import Document, Field, Problem, Record
from kg.sources._text.fields import (
    CATEGORY,
    Page,
    Span,
    abstract,
    authors,
    blocks,
    is_blank,
    is_foreign,
    iso_date,
    lines,
    looks_like_authors,
    looks_like_prose,
    squeezed,
)  # fmt: skip

_SURE, _LIKELY = 0.95, 0.6
_SEVERAL: Final = 2
"""So many figures make a head."""

_MONTH: Final = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_OPENING: Final = re.compile(
    rf"[ \t]*(?P<category>{CATEGORY})[ \t]?(?P<date>(?P<month>{_MONTH})\.?[ \t]?(?P<day>[0-9]{{1,2}}),"
    r"[ \t]?(?P<year>[0-9]{4,12}))[ \t]?(?P<code_flag>Code)?\s*"
)
"""The line that opens a record; the whole line must match."""

_FACTS: Final = {
    "h_index": re.compile(r"\s*h-index[ \t]?(?P<value>\S{1,40})\s*"),
    "paper_count": re.compile(r"\s*(?P<value>[^\sA-Za-z]{1,40})[ \t]?papers?\s*"),
    "citation_count": re.compile(r"\s*(?P<value>[^\sA-Za-z]{1,40})[ \t]?citations?\s*"),
    "novelty": re.compile(r"\s*Novelty[ \t]?(?P<value>[^\s%]{1,40})%?\s*"),
    "ai_score": re.compile(r"\s*AI Score[ \t]?(?P<value>\S{1,40})\s*"),
    "listed_count": re.compile(r"\s*(?P<value>[^\sA-Za-z]{1,40})[ \t]?Papers?\s*"),
}
"""The figures of the head, each on a line of its own."""

_FIELD_CODE: Final = re.compile(rf"\s*(?P<value>{CATEGORY})\s*")
_NUMBER: Final = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}")


PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is an author's page.

    >>> sniff("CVJun 12, 2023Code\nA title", "a.txt"), sniff("On Jun 12, 2023 it rained.", "a.txt")
    (0.95, 0.0)
    """
    if is_foreign(head):
        return 0.0
    rows = list(lines(head))
    if any(_OPENING.fullmatch(head, *row) for row in rows):
        return _SURE
    facts = {name for row in rows for name, pattern in _FACTS.items() if pattern.fullmatch(head, *row)}
    return _LIKELY if len(facts) >= _SEVERAL else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield the head as a profile, then the papers, and a problem for each part that is missing or wrong.

    Below the papers another page may follow, with a head of its own.
    """
    page = Page.of(document)
    rows = list(lines(page.text))
    openings = [index for index, row in enumerate(rows) if _OPENING.fullmatch(page.text, *row)]
    profiles = 0
    heads = [(rows[: openings[0]] if openings else rows)]
    for ordinal, (first, last) in enumerate(pairwise([*openings, len(rows)])):
        for profile in _head(page, profiles, heads.pop()):
            profiles += isinstance(profile, Record)
            yield profile
        section = rows[first:last]
        cut = _head_start(page.text, section)
        yield from _paper(page, ordinal, section[:cut])
        heads.append(section[cut:])
    yield from _head(page, profiles, heads.pop())
    if not openings:
        yield page.problem(0, "no papers found below the head of the page", "save the whole page")


def _head_start(text: str, rows: list[Span]) -> int:
    """Return where the head of a next page begins in the lines of a paper; their number if none does."""
    facts = [index for index, row in enumerate(rows) if any(p.fullmatch(text, *row) for p in _FACTS.values())]
    if len(facts) < _SEVERAL:
        return len(rows)
    start = facts[0]
    above = [index for index in range(start - 1, 0, -1) if not is_blank(text, *rows[index])]
    if above and _FIELD_CODE.fullmatch(text, *rows[above[0]]):
        start = above.pop(0)
    if above and is_blank(text, *rows[above[0] - 1]) and not looks_like_prose(text[slice(*rows[above[0]])]):
        start = above[0]
    return start


def _head(page: Page, ordinal: int, rows: list[Span]) -> Iterator[Record | Problem]:
    """Yield the profile that the lines above the first paper hold, if there is a figure among them."""
    fields: dict[str, Field] = {}
    problems: list[Problem] = []
    strange: list[list[Span]] = []
    rows = [squeezed(page.text, *row) for row in rows if not is_blank(page.text, *row)]
    understood, apart = 0, False
    for row in rows:
        name, match = _fact(page.text, row)
        if match is None or name in fields:
            if not apart:
                strange.append([])
            strange[-1].append(row)
            apart = True
            continue
        apart = False
        understood += 1
        printed = match["value"]
        if name != "research_field" and not _NUMBER.fullmatch(printed):
            what = f"{name.replace('_', ' ')} is no plain number: {page.quote(*row)}"
            problems.append(page.problem(row[0], what, "correct it; the figure is left out"))
            continue
        value = None if name == "research_field" else str(int(printed.replace(",", "")))
        fields[name] = page.field(name, *match.span("value"), value)
    if understood and strange and strange[0][0] == rows[0]:
        fields["name"] = page.field("name", *strange[0].pop(0))
    for run in filter(None, strange):
        what = (
            f"text above the first paper that belongs to no known part: {page.quote(run[0][0], run[-1][1])}"
        )
        problems.append(
            page.problem(run[0][0], what, "delete it, or add the line of code and date if it is a paper")
        )
    if fields:
        yield page.record(ordinal, rows[0][0], rows[-1][1], fields.values(), "profile")
    yield from problems


def _fact(text: str, row: Span) -> tuple[str, re.Match[str] | None]:
    """Return the name and match of the fact that a line of the head states."""
    for name, pattern in _FACTS.items():
        if match := pattern.fullmatch(text, *row):
            return name, match
    return "research_field", _FIELD_CODE.fullmatch(text, *row)


def _paper(page: Page, ordinal: int, rows: list[Span]) -> Iterator[Record | Problem]:
    """Yield the paper that begins with the first of `rows`, and what is missing or wrong in it."""
    fields, start = [], rows[0][0]
    opening = _OPENING.fullmatch(page.text, *rows[0])
    if opening is not None:
        fields += [
            page.field(name, *opening.span(name)) for name in ("category", "code_flag") if opening[name]
        ]
        start = opening.start("category")
        iso = iso_date(opening["year"], opening["month"], opening["day"])
        if iso:
            fields.append(page.field("date", *opening.span("date"), iso))
        else:
            what = f"no such day: {page.quote(*opening.span('date'))}"
            yield page.problem(start, what, "correct it; the paper is kept without a date")
    parts = blocks(page.text, rows[1:])
    fields += _parts(page, parts)
    end = parts[-1][1] if parts else squeezed(page.text, *rows[0])[1]
    yield page.record(ordinal, start, end, fields)
    found = {field.name for field in fields}
    missing = [word for word, name in _EXPECTED if name not in found]
    if missing:
        yield page.problem(
            start, f"a paper without {' and '.join(missing)}", "check whether the page was cut"
        )


_EXPECTED: Final = (("title", "title"), ("authors", "author"), ("abstract", "abstract"))


def _parts(page: Page, parts: list[Span]) -> list[Field]:
    """Return the fields in the blocks below an opening line; each of the three may be missing."""
    if not parts:
        return []
    fields = [page.field("title", *parts[0])]
    body = parts[1:]
    line = page.text[slice(*body[0])] if body else ""
    if looks_like_authors(line) or (len(body) > 1 and not looks_like_prose(line)):
        fields += authors(page, *body[0])
        body = body[1:]
    return fields + (abstract(page, body[0][0], body[-1][1]) if body else [])
