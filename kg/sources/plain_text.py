r"""Reader of plain text in unknown layout: one abstract, a list of references, or papers as sheets of lines.

Six layouts are told apart, each by evidence that ordinary prose, source code, logs and read-me files do not have:

- a paper in full: title, names, abstract, introduction, and the works that it cites (see `_text/full`);
- labelled sheets: lines `Title: ...`, `Authors: ...`, `Abstract: ...`, as arXiv's mails and many exports write them;
- a list: entries with a number or bullet, one a line, between blank lines, or with nothing between them but how they begin (as
  references are that were copied from a PDF, see `_text/entries`), most of which are citations with names of authors, a year, an
  identifier (`[1] A. Author and B. Author. Title. Venue, 2020.`, `- Title (Authors, 2020)`, `- [Title](address) - Authors, Venue
  2020`) or titles with the address of the paper;
- papers copied from a page: without blank lines a title, below it a line of names (or the paper's address), below that more;
- bare sheets: between blank lines a title, below it a line of authors, below that more;
- one abstract: a paragraph in the words of research papers, perhaps below its title and authors.

Words that hyphens part at the ends of lines are put together, in a field without offsets. A dash for the authors of the entry
above stands for these, a year on a line of its own is that of the papers below it. Where a field prints no titles, the record has none.

Nobody has laid down these layouts, so what is read is a guess: `CONFIDENCE` says how good, and a warning says it once a
file. No text is lost: each stretch that belongs to no paper is told.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.model import Document, Field, Problem, Record
from kg.sources._citation.parts import Citation
from kg.sources._citation.reading import SAME_AUTHORS, cite, with_line_of_names, without_marker
from kg.sources._text import full, sheet
from kg.sources._text.dates import date
from kg.sources._text.entries import are_whole, by_block, by_line, by_rule, by_start, paired, stacked
from kg.sources._text.fields import Page, Span, is_foreign, lines, passage, squeezed
from kg.sources._text.parting import HEAD, MOST, Split, cited, is_linked, is_paper, parting
from kg.sources._text.sheet_fields import is_labelled_abstract, labelled_abstract
from kg.text import line_of

PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""

CONFIDENCE: Final = 0.6
"""How sure it is that a field is what it is said to be."""

_LABELLED: Final = 0.87
"""More than a list of abstracts or an arXiv listing, which a sheet's lines `Abstract:` and `arXiv:` look like."""

_LIST: Final = 0.2
_ABSTRACT: Final = 0.1
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\r?\n[^\r\n]+:(?s:.){0,8000}?\n(?:---|\.\.\.)[ \t]*\r?\n")
"""How pages of Jekyll, Hugo and the like begin, which other readers know."""

_LONG_TAIL: Final = 40
_Parse = Callable[[Page, Span], list[Field]]


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is about papers: sure of labels, less of a list, least of one abstract.

    >>> sniff("[1] A. Lovelace and A. Turing. On engines. In Proc. of Mind, 1950.\n", "a.txt")
    0.2
    >>> sniff("It was late. We went home.", "a.txt")
    0.0
    """
    return _layout(head)[0]


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each entry that looks like one, and a problem for each stretch of text that belongs to none."""
    page = Page.of(document)
    sure, split, parse = _layout(page.text[:HEAD])
    covered = ordinal = 0
    above: list[Field] = []
    year: Field | None = None
    for start, end in split(page.text) if sure else []:
        fields = parse(page, (start, end))
        if not fields:
            continue
        told = _year_above(page, covered, start)
        year = told or (None if page.text[covered:start].strip() else year)
        begin = start if told is None or told.start is None else told.start
        yield from _outside(page, covered, begin)
        if year is not None and not any(field.name == "date" for field in fields):
            fields = [*fields, year if told else year._replace(line=line_of(page.starts, start), start=None, end=None, path=f"line {year.line}")]
        if ordinal == 0:
            what = f"read by guess, as the layout is not a known one (confidence {CONFIDENCE})"
            yield page.problem(start, what, "check it with kg read; BibTeX, RIS or CSV say it beyond doubt")
        dash = SAME_AUTHORS.match(page.text, without_marker(page.text, start, end), end)
        if dash and not any(field.name == "author" for field in fields):
            line = line_of(page.starts, start)
            fields = [*(field._replace(line=line, start=None, end=None, path=field.path or f"line {field.line}") for field in above), *fields]
        above = [field for field in fields if field.name in {"author", "et_al"}]
        yield page.record(ordinal, begin, end, fields)
        for field in fields:
            if field.name == "date" and date(field.text) is None:
                yield page.problem(field.start or start, f"no such date: {page.quote(field.start or start, field.end or end)}", "correct it")
        covered, ordinal = end, ordinal + 1
    yield from _outside(page, covered, len(page.text))


_YEAR: Final = re.compile(r"(?:\A|(?<=[\r\n]))[ \t#*=—–-]*(?P<year>(?:19|20)[0-9]{2})[ \t#*=:—–-]*\s*\Z")


def _year_above(page: Page, start: int, end: int) -> Field | None:
    """Return the year that stands alone above a paper, as in lists that are sorted by year: it is the date of those below it."""
    match = _YEAR.search(page.text, start, end)
    return page.field("date", *match.span("year"), match["year"]) if match else None


def _outside(page: Page, start: int, end: int) -> Iterator[Problem]:
    """Yield a problem if there is text between two papers."""
    start, end = squeezed(page.text, start, end)
    if start < end:
        what = f"text that is no paper: {page.quote(start, end)}"
        yield page.problem(start, what, "delete it, or write the paper as the others are")


def _layout(head: str) -> tuple[float, Split, _Parse]:
    """Return how sure it is of a layout, how entries are parted in it and how each is read; 0 for a text about no papers."""
    if not head.strip() or is_foreign(head) or _FRONT_MATTER.match(head):
        return 0.0, by_line, _citation
    if sheet.labelled(head):
        return _LABELLED, sheet.labelled, sheet.fields
    if full.is_full(head):
        return _LIST, full.whole, full.fields
    if sheet.bare(head, by_rule(head)):
        return _LIST, by_rule, _bare
    found = parting(head)
    split, share = found.split, found.share
    count = found.good if share >= MOST else 0
    stacks, pairs = stacked(head), paired(head)
    count -= split in {by_block, by_start}  # what shows its lines is surer
    if len(pairs) > max(1, count) and len(pairs) >= len(stacks) and not sheet.bare(head):
        return _LIST, paired, _stack
    if len(stacks) > max(1, count) and not sheet.bare(head):
        return _LIST, stacked, _stack
    if split is by_block and are_whole(head, found.lines, found.good):
        split = by_line
    if share >= MOST:
        return _LIST, split, _citation
    if sheet.bare(head):
        return _LIST, by_block, _bare
    return (_ABSTRACT if sheet.whole(head) else 0.0), sheet.whole, sheet.fields


def _bare(page: Page, span: Span) -> list[Field]:
    """Return the fields of a sheet without labels; none of a heading, which has no authors."""
    fields = sheet.fields(page, span)
    return fields if any(field.name == "author" for field in fields) else []


_KIND: Final = re.compile(r"(?:\[[A-Z]{1,8}\]\s+)+")
"""What Google Scholar puts before a title: `[PDF]`, `[HTML]`."""


def _stack(page: Page, span: Span) -> list[Field]:
    """Return the fields of a title above a line of names, and of what stands below."""
    end = next(stop for _, stop in lines(page.text[slice(*span)])) + span[0]
    kind = _KIND.match(page.text, span[0], end)
    title = squeezed(page.text, kind.end() if kind else span[0], end)
    found = cite(page.text, *span, [("title", title, "")], hard=True)
    return _parts(page, span, with_line_of_names(page.text, span, replace(found, evidence=1)) if found.people is None else found)


def _citation(page: Page, span: Span) -> list[Field]:
    """Return the fields of an entry; none if hardly anything speaks for its being a paper."""
    return _parts(page, span, cited(page.text, span))


def _parts(page: Page, span: Span, found: Citation) -> list[Field]:
    if not is_paper(found) or not (found.evidence or is_linked(page.text, found)):
        return []
    fields = [page.whole("title", *found.title)] if found.title else []
    if found.people is not None:
        fields += _authors(page, found.people.names, found.people.et_al)
        fields += (page.field("affiliation", *place)._replace(of=rank) for rank, place in found.places)
    if found.date is not None:
        fields.append(page.field("date", *found.date[0], found.date[1]))
    parts = {"venue": found.venue, "publisher": found.publisher, "volume": found.volume, "issue": found.issue, "pages": found.pages}
    fields += (page.whole(name, *part) for name, part in parts.items() if part is not None)
    for part, value in found.identifiers:
        scheme, _, number = value.partition(":")
        name, shown = ("arxiv_id", number) if scheme == "arxiv" else ("identifier", value)
        if part[0] < part[1]:
            fields.append(page.field(name, *part, shown))
    fields += (page.field("url", *part, value) for part, value in found.urls)
    people = [*found.people.names, found.people.et_al] if found.people else []
    behind = [part[1] for part in (found.title, *people, *parts.values()) if part]
    return fields + _tail(page, max([*behind, *(field.end or 0 for field in fields)]), span[1])


def _authors(page: Page, names: Iterable[Span], et_al: Span | None) -> list[Field]:
    fields = [page.whole("author", *name) for name in names]
    return [*fields, page.field("et_al", *et_al)] if et_al else fields


def _tail(page: Page, start: int, end: int) -> list[Field]:
    """Return what stands behind all that was recognised: an abstract if it is long, else something other."""
    while start < end and not page.text[start].isalnum() and page.text[start] not in "([{“\"'":
        start += 1
    start, end = squeezed(page.text, start, end)
    words = page.text[start:end].split()
    if not any(c.isalpha() for c in page.text[start:end]):
        return []
    if len(words) >= _LONG_TAIL or is_labelled_abstract(page.text, start, end):
        return labelled_abstract(page, start, end)
    return passage(page, "other", start, end)
