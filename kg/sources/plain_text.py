r"""Reader of plain text in unknown layout: one abstract, a list of references, or papers as sheets of lines.

Five layouts are told apart, each by evidence that ordinary prose, source code, logs and read-me files do not have:

- labelled sheets: lines `Title: ...`, `Authors: ...`, `Abstract: ...`, as arXiv's mails and many exports write them;
- a list: entries with a number or bullet, one a line, or between blank lines, most of which are citations with names of
  authors, a year, an identifier (`[1] A. Author and B. Author. Title. Venue, 2020.`, `- Title (Authors, 2020)`,
  `- [Title](address) - Authors, Venue 2020`);
- papers copied from a page: without blank lines a title, below it a line of names (or the paper's address), below that more;
- bare sheets: between blank lines a title, below it a line of authors, below that more;
- one abstract: a paragraph in the words of research papers, perhaps below its title and authors.

Nobody has laid down these layouts, so what is read is a guess: `CONFIDENCE` says how good, and a warning says it once a
file. No text is lost: each stretch that belongs to no paper is told.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.model import Document, Field, Problem, Record
from kg.names import is_group
from kg.sources import _sheet
from kg.sources._citation import ENOUGH, LONGEST, cite, hints, is_marked, with_line_of_names
from kg.sources._citation_parts import Citation
from kg.sources._fields import Page, Span, blocks, is_blank, is_foreign, lines, passage, squeezed

PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""

CONFIDENCE: Final = 0.6
"""How sure it is that a field is what it is said to be."""

_LABELLED: Final = 0.87
"""More than a list of abstracts or an arXiv listing, which a sheet's lines `Abstract:` and `arXiv:` look like."""

_LIST: Final = 0.2
_ABSTRACT: Final = 0.1
_HEAD: Final = 65_536
_MOST_ENTRIES: Final = 60
"""How many entries are looked at to tell a layout."""

_MOST: Final = 0.5
_MOST_LINES: Final = 0.75
_SEVERAL: Final = 2
_MANY: Final = 3
_MOST_ROWS: Final = 8
"""How many lines a paper has that is copied from a page."""

_LONG_TAIL: Final = 40
_LONGEST_LONE: Final = 600
"""A text longer than this is no single citation."""

_HEADING: Final = re.compile(
    r"\W*(?:references|bibliography|works cited|literature cited|(?:selected )?publications|literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|références|bibliographie|bibliografía|referencias"
    r"|referências|bibliografia|список литературы|литература|参考文献)\W*", re.IGNORECASE,
)  # fmt: skip
"""What stands above a list of references."""

_Split = Callable[[str], list[Span]]
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
    sure, split, parse = _layout(page.text[:_HEAD])
    covered = ordinal = 0
    for start, end in split(page.text) if sure else []:
        fields = parse(page, (start, end))
        if not fields:
            continue
        yield from _outside(page, covered, start)
        if ordinal == 0:
            what = f"read by guess, as the layout is not a known one (confidence {CONFIDENCE})"
            yield page.problem(start, what, "check it with kg read; BibTeX, RIS or CSV say it beyond doubt")
        yield page.record(ordinal, start, end, fields)
        for field in fields:
            if field.name == "date" and _sheet.date(field.text) is None:
                yield page.problem(field.start or start, f"no such date: {page.quote(field.start or start, field.end or end)}", "correct it")
        covered, ordinal = end, ordinal + 1
    yield from _outside(page, covered, len(page.text))


def _outside(page: Page, start: int, end: int) -> Iterator[Problem]:
    """Yield a problem if there is text between two papers."""
    start, end = squeezed(page.text, start, end)
    if start < end:
        what = f"text that is no paper: {page.quote(start, end)}"
        yield page.problem(start, what, "delete it, or write the paper as the others are")


def _layout(head: str) -> tuple[float, _Split, _Parse]:
    """Return how sure it is of a layout, how entries are parted in it and how each is read; 0 for a text about no papers."""
    if not head.strip() or is_foreign(head):
        return 0.0, _by_line, _citation
    if _sheet.labelled(head):
        return _LABELLED, _sheet.labelled, _sheet.fields
    shares = [(*_share(head, split(head)), split) for split in (_by_marker, _by_block, _by_line)]
    share, count, split = max(shares, key=lambda found: found[0])
    stacks = _stacked(head)
    if len(stacks) > max(1, count if split is not _by_block else 0) and not _sheet.bare(head):
        return _LIST, _stacked, _stack
    if split is _by_block and _are_whole(head, shares[-1][1], count):
        split = _by_line
    if share >= _MOST:
        return _LIST, split, _citation
    if _sheet.bare(head):
        return _LIST, _by_block, _bare
    return (_ABSTRACT if _sheet.whole(head) else 0.0), _sheet.whole, _sheet.fields


def _bare(page: Page, span: Span) -> list[Field]:
    """Return the fields of a sheet without labels; none of a heading, which has no authors."""
    fields = _sheet.fields(page, span)
    return fields if any(field.name == "author" for field in fields) else []


def _by_marker(text: str) -> list[Span]:
    """Return the entries that begin with a number or bullet and go on to the next one or a blank line."""
    entries: list[Span] = []
    going = False
    depth = -1
    for start, end in lines(text):
        indent = squeezed(text, start, end)[0] - start
        if is_blank(text, start, end):
            going = False
        elif is_marked(text, start, end) and (depth < 0 or indent <= depth):
            depth = max(depth, indent)
            entries.append(squeezed(text, start, end))
            going = True
        elif going:
            entries[-1] = (entries[-1][0], squeezed(text, start, end)[1])
    return entries


def _by_block(text: str) -> list[Span]:
    """Return the stretches between blank lines."""
    return blocks(text, lines(text))


def _by_line(text: str) -> list[Span]:
    """Return the lines; an indented one goes on with the line above it."""
    entries: list[Span] = []
    for start, end in lines(text):
        first, last = squeezed(text, start, end)
        if first == last:
            continue
        if first > start and entries and not is_marked(text, start, end):
            entries[-1] = (entries[-1][0], last)
        else:
            entries.append((first, last))
    return entries


def _are_whole(text: str, good: int, blocks_: int) -> bool:
    """Tell whether the lines are entries of their own, without blank lines between: more are citations than blocks are, and each ends as a sentence does."""
    rows = [text[slice(*span)] for span in _by_line(text) if not _HEADING.fullmatch(text, *span)]
    ended = sum(row.endswith((".", ")", "]")) or "/" in row.split()[-1] for row in rows)
    return good > blocks_ and ended >= _MOST_LINES * len(rows) and 2 * good >= len(rows)


def _stacked(text: str) -> list[Span]:
    """Return the papers that are stacked without blank lines between their parts, each a title above a line of names, as they are copied from a page; none if there is one only."""
    rows = [span for start, end in lines(text) if (span := squeezed(text, start, end))[0] < span[1]]
    starts: list[int] = []
    for above, below in pairwise(rows):
        if _sheet.signs(text, *below) and _sheet.titles(text, *above) and (not starts or above[0] > starts[-1]):
            starts.append(above[0])
    if len(starts) < _SEVERAL or sum(span[0] >= starts[0] for span in rows) > _MOST_ROWS * len(starts):
        return []
    return [squeezed(text, start, stop) for start, stop in pairwise([*starts, len(text)])]


_KIND: Final = re.compile(r"(?:\[[A-Z]{1,8}\]\s+)+")
"""What Google Scholar puts before a title: `[PDF]`, `[HTML]`."""


def _stack(page: Page, span: Span) -> list[Field]:
    """Return the fields of a title above a line of names, and of what stands below."""
    end = next(stop for _, stop in lines(page.text[slice(*span)])) + span[0]
    kind = _KIND.match(page.text, span[0], end)
    title = squeezed(page.text, kind.end() if kind else span[0], end)
    found = cite(page.text, *span, [("title", title, "")], hard=True)
    return _parts(page, span, with_line_of_names(page.text, span, replace(found, evidence=1)) if found.people is None else found)


def _share(text: str, entries: list[Span]) -> tuple[float, int]:
    """Return which share of the entries, and of the text as far as they go, is citations, and how many are; one alone needs much evidence."""
    shown = entries[:_MOST_ENTRIES]
    # What the head cuts off is no entry.
    if len(text) == _HEAD and len(shown) > 1 and len(shown) == len(entries):
        shown = shown[:-1]
    good = {span: found.evidence for span in shown if (found := _cited(text, span)).title and found.evidence >= ENOUGH}
    if not good or (len(good) == 1 and (max(good.values()) <= ENOUGH or len(text.strip()) > _LONGEST_LONE)):
        return 0.0, 0
    if len(good) >= _MANY and len(good) >= _MOST_LINES * len(shown):
        return len(good) / len(shown), len(good)  # a list within other text, as in a curriculum vitae
    size = sum(len("".join(text[start:end].split())) for start, end in good)
    return min(len(good) / len(shown), size / len("".join(text[: shown[-1][1]].split()))), len(good)


def _cited(text: str, span: Span) -> Citation:
    return cite(text, *span, list(hints(text, *span))) if span[1] - span[0] <= LONGEST else Citation()


def _citation(page: Page, span: Span) -> list[Field]:
    """Return the fields of an entry; none if hardly anything speaks for its being a paper."""
    return _parts(page, span, _cited(page.text, span))


def _parts(page: Page, span: Span, found: Citation) -> list[Field]:
    if found.title is None or not found.evidence:
        return []
    fields = [page.field("title", *found.title)]
    if found.people is not None:
        fields += _authors(page, found.people.names, found.people.et_al)
        fields += (page.field("affiliation", *place)._replace(of=rank) for rank, place in found.places)
    if found.date is not None:
        fields.append(page.field("date", *found.date[0], found.date[1]))
    parts = {"venue": found.venue, "volume": found.volume, "issue": found.issue, "pages": found.pages}
    fields += (page.field(name, *part) for name, part in parts.items() if part is not None)
    for part, value in found.identifiers:
        scheme, _, number = value.partition(":")
        name, shown = ("arxiv_id", number) if scheme == "arxiv" else ("identifier", value)
        if part[0] < part[1]:
            fields.append(page.field(name, *part, shown))
    fields += (page.field("url", *part, value) for part, value in found.urls)
    return fields + _tail(page, max(field.end or 0 for field in fields), span[1])


def _authors(page: Page, names: Iterable[Span], et_al: Span | None) -> list[Field]:
    fields = [page.field("author", *name, "group" if is_group(page.text[slice(*name)]) else "person") for name in names]
    return [*fields, page.field("et_al", *et_al)] if et_al else fields


def _tail(page: Page, start: int, end: int) -> list[Field]:
    """Return what stands behind all that was recognised: an abstract if it is long, else something other."""
    while start < end and not page.text[start].isalnum() and page.text[start] not in "([{“\"'":
        start += 1
    start, end = squeezed(page.text, start, end)
    words = page.text[start:end].split()
    if not any(c.isalpha() for c in page.text[start:end]):
        return []
    if len(words) >= _LONG_TAIL:
        return _sheet.labelled_abstract(page, start, end)
    return passage(page, "other", start, end)
