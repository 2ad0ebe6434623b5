"""Reader of papers in Markdown: awesome lists' README.md, tables of papers, reading notes, with their links, and papers in full.

A paper is an item of a list, a row of a table, a paragraph or a heading that shows a title and something that speaks for its
being a paper: an address at which papers are found, names of authors, or venue and year. What is nested below it, or stands
below it in lines such as `Authors: ...` or `论文：address`, belongs to it; but an item whose own items are papers is only
their heading. In a table the names of the columns say what is what, as in `csv_table`. A year that only the heading above
has, as lists that are sorted by year or conference have it, is the date of a paper without one.

A text with title, abstract and introduction is one paper, and what it lists as references are works that it cites.

There is no convention for any of this, so what is read is a guess: a warning says it once a file, with `CONFIDENCE`. Items
and rows that stand among papers and cannot be read as one are counted and told; other text is no loss.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from kg.model import Document, Problem, Record
from kg.names import is_group
from kg.sources._citation.reading import LONGEST
from kg.sources._entry import Entry
from kg.sources._linked_id import linked_id
from kg.sources._markdown import full
from kg.sources._markdown.blocks import Block, Plain, blocks, plain
from kg.sources._markdown.paper import ENOUGH, Part, Reading, is_papers, is_whole, reading, sign
from kg.sources._markdown.row import row_of
from kg.sources._text.entries import begins, by_start
from kg.sources._text.fields import Page, Span, unwrapped
from kg.text import line_of

PLAIN_TEXT: Final = True
"""Typed or copied by hand: what looks wrong in it is warned about."""

CONFIDENCE: Final = 0.6
"""How sure it is that a field is what it is said to be."""

_GUESSED: Final = f"Markdown, read by guess (confidence {CONFIDENCE})"
_CHECK: Final = "check it with kg read; BibTeX, RIS or CSV say it beyond doubt"
_HEAD: Final = 65_536
"""So much of a text is looked at to tell whether it is a paper in full."""

_TABLE: Final = 0.93
"""More than a table with bars between its columns, which a file that begins with one looks like."""

_LIST: Final = 0.65
"""More than a piece of a web page, which such a file may begin with."""

_FOREIGN: Final = re.compile(
    r"[\s\ufeff]*(?:\{\s*[\"}]|\[\s*[\[{\"]|@[A-Za-z]+\s*[{(]|%PDF|TY  - |<\?xml|<!doctype|<html\b|<(?!!--|/?(?:p|div|h[1-6]|a|img|br|center|font|b|details|table|span|picture|sub)\b|https?:)[a-z])", re.IGNORECASE
)
_MARKS: Final = re.compile(r"\]\((?!(?:19|20)[0-9]{2}\))|\]\s\((?=https?:|www\.|[./#])|(?:\A|[\r\n])(?:#{1,6}[ \t]|[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\||[ \t]*[-*+] \[[ x]\] )|\*\*[^\s*]")
_SURE: Final = 4
"""The evidence from which a single paper in a longer text is one."""

_SHORT: Final = 1_000
_SHOWN: Final = 8
"""How many papers are looked at to tell whether they stand in a table."""

_DEEPEST: Final = 12
"""How deep items nest; what is deeper belongs to the item that it is in."""

_ABSTRACT: Final = re.compile(r"\W*(?:abstract|摘要)\W*", re.IGNORECASE)
_ABOUT: Final = re.compile(r"\W*(?:abstract|摘要|metadata|details|paper (?:details|info)|info(?:rmation)?|bibliographic (?:data|information)|基本信息)\W*", re.IGNORECASE)
"""Headings below the title of one paper, of its abstract or of what is told of it, as notes on papers have them."""

_LABELLED: Final = re.compile(r"[^\W\d_][\w /-]{1,24}[:：]")

_MOST: Final = 0.5
_LONG_TITLE: Final = 3


@dataclass
class _Unit:
    """What may be a paper: a block, what belongs to it, the year or conference of its heading, where that heading begins, and whether its abstract has been announced."""

    head: Block
    below: list[Block] = field(default_factory=list)
    dated: tuple[Part, ...] = ()
    heading: int = -1
    abstract: bool = False


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a text is Markdown about papers.

    >>> sniff("# Engines\n- [On small engines](https://arxiv.org/abs/2205.06175) (2022)\n", "a.md")
    0.65
    >>> sniff("# Engines\nWe wrote [a tool](https://github.com/a/b).\n", "a.md")
    0.0
    """
    if _FOREIGN.match(head) or not (_MARKS.search(head) or (head.startswith("---") and "<li" in head)):
        return 0.0
    if full.is_full(head):
        return _LIST
    papers = list(islice(((unit, found) for unit, found in _found(head) if found is not None), _SHOWN))
    if not papers or (len(papers) == 1 and papers[0][1].evidence < _SURE and len(head) > _SHORT):
        return 0.0  # a text that mentions something
    return _TABLE if any(unit.head.kind == "row" for unit, _ in papers) else _LIST


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a paper for each piece that looks like one, and a problem that counts those among them that do not."""
    page = Page.of(document)
    if full.is_full(page.text[:_HEAD]):
        yield page.problem(0, _GUESSED, _CHECK)
        yield full.record(page)
        return
    ordinal = 0
    runs: dict[int, list[tuple[_Unit, bool]]] = {}
    for unit, found in _found(page.text):
        if unit.head.kind in {"item", "row"}:
            runs.setdefault(unit.heading, []).append((unit, found is not None))
        if found is None:
            continue
        if ordinal == 0:
            yield page.problem(unit.head.start, _GUESSED, _CHECK)
        yield from _record(page, ordinal, unit, found)
        ordinal += 1
    missed = [unit for run in runs.values() if sum(good for _, good in run) >= _MOST * len(run) for unit, good in run if not good]
    if missed:
        first = missed[0].head
        what = f"{len(missed)} {'item' if len(missed) == 1 else 'items'} among the papers not read, the first: {page.quote(*first.text)}"
        yield page.problem(first.start, what, "if these are papers, add authors, venue and year, or a link to the paper")


def _found(text: str) -> Iterator[tuple[_Unit, Reading | None]]:
    """Yield the pieces that may be papers in order, each with its reading if it is one."""
    for unit in _units(text):
        for one, found in _papers(text, unit):
            yield one, None if found is not None and (_is_talk(text, one, found) or _is_note(found)) else found


_TALKS: Final = re.compile(
    r"\b(?:talks?(?: and \w+)?|presentations|seminars|lectures|teaching|service|grants|awards|honou?rs)\W*(?:h[1-6]>)?\s*\Z"
    r"|\A\W*(?:(?:work|professional|research|academic|industry|relevant|other)\s)?(?:experience|education|employment|appointments|positions|memberships)\W*(?:h[1-6]>)?\s*\Z", re.IGNORECASE,
)  # fmt: skip
"""How headings end of what people do besides writing papers, and what curricula vitae begin with."""


def _is_talk(text: str, unit: _Unit, found: Reading) -> bool:
    """Tell whether a piece without sure authors stands below a heading of talks and the like, with no address of a paper."""
    line = _LINE_END.search(text, unit.heading) if unit.heading >= 0 else None
    named = found.names_authors or any(part.name == "author" for part in found.parts)
    return line is not None and not named and not any(map(is_papers, found.plain.links)) and _TALKS.search(text[unit.heading : line.start()]) is not None


_NOTE: Final = re.compile(r"\W*(?:also\s|previously\s)?(?:presented at|covered (?:in|by)|featured (?:in|on)|circulated (?:as|under))\s", re.IGNORECASE)
"""How remarks on a paper begin."""


def _is_note(found: Reading) -> bool:
    """Tell whether what was read is a remark on a paper, or a slanted journal whose first words were taken for a name: `45 *J. Fin. Loans* 100 (2021)`."""
    people, title = found.cited.people, found.title
    if title is None or _NOTE.match(found.plain.text):
        return title is not None
    name = people.names[0] if people is not None else title
    return any(kind == "italic" and first <= name[0] and name[1] < last < title[1] and title[0] < last for kind, (first, last), _ in found.plain.marks)


def _units(text: str) -> Iterator[_Unit]:
    """Yield the pieces that may be papers: items with what is nested in them, rows, and paragraphs and headings with their details."""
    open_: _Unit | None = None
    dated: dict[int, tuple[tuple[Part, ...], int]] = {}
    for block in _parted(text):
        if open_ is not None and open_.head.kind != "item" and block.kind == "heading" and _ABOUT.fullmatch(text, *block.text):
            open_.abstract = _ABSTRACT.fullmatch(text, *block.text) is not None
            continue
        if open_ is not None and (_belongs(text, open_, block) or (open_.abstract and block.kind == "text")):
            open_.below.append(block)
            continue
        if open_ is not None:
            yield open_
            open_ = None
        if block.kind == "rule":
            continue
        if block.kind == "heading":
            shown = plain(text, block.text)
            parts = tuple(part for part in _years(shown.text) if part.name != "other")
            dated = {level: known for level, known in dated.items() if level < block.indent}
            dated[block.indent] = tuple(Part(part.name, shown.place(part.span), part.value) for part in parts), block.start
        known = next((parts for parts, _ in reversed(dated.values()) if parts), ())
        open_ = _Unit(block, [], known, next((heading for _, heading in reversed(dated.values())), -1))
        if block.kind == "row":
            yield open_
            open_ = None
    if open_ is not None:
        yield open_


def _parted(text: str) -> Iterator[Block]:
    """Yield the blocks of a text, those that are a citation a line as one each, whatever Markdown makes of them."""
    for block in blocks(text):
        first, last = block.text
        lines_ = by_start(text[first:last]) if block.kind == "text" and _LINE_END.search(text, first, last) else []
        if len(lines_) > 1 and all(begins(text, first + start) for start, _ in lines_):
            yield from (block._replace(start=first + start, text=(first + start, first + end)) for start, end in lines_)
        else:
            yield block


_LINE_END: Final = re.compile(r"[\r\n]")
_IN_BRACKETS: Final = re.compile(r"\[[^\[\]]*\]|\([^()]*\)|[^\w\s:]")
_YEAR: Final = re.compile(r"(?<![\w-])(?:19|20)[0-9]{2}(?![\w-])")


def _years(text: str) -> tuple[Part, ...]:
    """Return venue and year of a heading: `CVPR 2020`, `2020 and before`, `Papers of 2020`; nothing where it has several years."""
    years = _YEAR.findall(text)
    if len(years) != 1:
        return ()
    match = _YEAR.search(text)
    return sign(text, 0, len(text)) or ((Part("date", match.span(), match.group()),) if match else ())


def _belongs(text: str, unit: _Unit, block: Block) -> bool:
    """Tell whether a block belongs to the piece before it."""
    head = unit.head
    if head.kind == "row" or block.kind in {"heading", "rule", "row"}:
        return False
    if head.kind == "item":
        return block.indent > head.indent
    shown = plain(text, block.text)
    found = reading(shown)
    detail = found.title is None or not any(c.isalpha() for c in shown.text)
    if head.kind == "text" and block.kind == "item":
        own = plain(text, head.text)
        return detail and _is_title_line(own)
    if block.kind == "text":
        return detail and (head.kind == "heading" or _is_title_line(plain(text, head.text)))
    if head.kind != "heading" or len(text[slice(*head.text)].split()) < _LONG_TITLE:
        return False
    labelled = _LABELLED.match(shown.text) is not None
    nested = bool(unit.below) and unit.below[-1].kind == "item" and block.indent > min(one.indent for one in unit.below if one.kind == "item")
    return nested or (labelled if unit.below else detail)


def _is_title_line(shown: Plain) -> bool:
    """Tell whether a paragraph is nothing but a bold or linked title, and perhaps behind it where it appeared."""
    bare = shown.text.rstrip(" .")
    spans = [span for kind, span, _ in shown.marks if kind in {"bold", "link"}]
    return any(not any(map(str.isalnum, bare[:first])) and (not any(map(str.isalnum, bare[last:])) or bool(sign(bare, last + len(bare[last:]) - len(bare[last:].lstrip(" .,(")), len(bare)))) for first, last in spans if first < last)


def _papers(text: str, unit: _Unit, depth: int = 0) -> Iterator[tuple[_Unit, Reading | None]]:
    """Yield the papers of a piece: itself, or those nested in it; without a paper the piece alone."""
    if unit.head.kind == "row":
        yield unit, row_of(text, unit.head)
        return
    own = plain(text, unit.head.text)
    alone = reading(own)
    inner = list(_inner(unit)) if unit.head.kind == "item" and depth < _DEEPEST and not _is_sheet(text, unit) else []
    below = [pair for one in inner for pair in _papers(text, one, depth + 1) if pair[1] is not None]
    citing = [pair for pair in below if pair[1] is not None and pair[1].names_authors]
    if below and (len(citing) > 1 or (citing and not alone.is_paper) or not (alone.is_paper or citing)):
        yield from below
        return
    whole = _joined(text, unit)
    found = reading(whole)
    if len(citing) == 1 and not alone.names_authors and citing[0][1] is not None:
        # A name with links, and below it the citation.
        found = reading(_joined(text, _Unit(citing[0][0].head, [*citing[0][0].below, unit.head])))
    yield unit, found if found.is_paper and _may_be(unit, found) else None


def _may_be(unit: _Unit, found: Reading) -> bool:
    """Tell whether a paper may look so: a heading says more than a section's, a paragraph shows or labels its title, or cites."""
    if unit.head.kind == "heading":
        told = bool(unit.below) or bool(found.plain.links) or found.cited.date is not None
        return told and found.title is not None and len(found.plain.text[slice(*found.title)].split()) >= _LONG_TITLE
    people = found.cited.people
    quoted = found.title is not None and found.is_quoted and found.cited.date is not None and found.cited.venue is not None
    cites = found.title is not None and people is not None and (people.sure or quoted or is_whole(found.cited)) and people.names[0][0] < found.title[0] and found.cited.evidence > ENOUGH
    before = _IN_BRACKETS.sub("", found.plain.text[: found.title[0] if found.title else 0])
    return unit.head.kind == "item" or cites or (found.shows_title and before.strip().lower() in {"", "title:", "paper:", "论文:"})


def _inner(unit: _Unit) -> Iterator[_Unit]:
    """Yield the items nested in one, each with what is nested in it."""
    items = [block for block in unit.below if block.kind == "item"]
    if not items:
        return
    depth = min(block.indent for block in items)
    open_: _Unit | None = None
    for block in unit.below:
        if block.kind == "item" and block.indent <= depth:
            if open_ is not None:
                yield open_
            open_ = _Unit(block, [], unit.dated, unit.heading)
        elif open_ is not None:
            open_.below.append(block)
    if open_ is not None:
        yield open_


def _is_sheet(text: str, unit: _Unit) -> bool:
    """Tell whether most of the items nested in one are labelled, each as no other: `Authors: ...`, `Year: ...`."""
    items = [block for block in unit.below if block.kind == "item"]
    depth = min((block.indent for block in items), default=0)
    labels = [match.group() if (match := _LABELLED.match(plain(text, block.text).text)) else "" for block in items if block.indent == depth]
    told = [label for label in labels if label]
    return len(told) > 1 and 2 * len(told) > len(labels) and len(set(told)) == len(told)


def _joined(text: str, unit: _Unit) -> Plain:
    """Return the text of a piece and of what belongs to it, each on lines of its own."""
    whole = plain(text, unit.head.text)
    if unit.head.kind == "heading" and unit.below:
        whole.marks.append(("bold", (0, len(whole.text)), ""))
    for block in unit.below:
        more = plain(text, block.text)
        shift = len(whole.text) + 1
        whole.text += f"\n{more.text}"
        whole.places += [max(whole.places[-1:], default=block.start), *more.places]
        whole.marks += [(kind, (a + shift, b + shift), url) for kind, (a, b), url in more.marks]
        whole.links += [link._replace(shown=(link.shown[0] + shift, link.shown[1] + shift)) for link in more.links]
        if len(whole.text) > LONGEST:
            break  # no paper
    return whole


_ONCE: Final = frozenset({"title", "date", "venue", "abstract", "volume", "issue", "pages"})


def _record(page: Page, ordinal: int, unit: _Unit, found: Reading) -> Iterator[Record | Problem]:
    """Yield the record of a paper."""
    start, end = unit.head.start, max(block.text[1] for block in (unit.head, *unit.below))
    entry = Entry(page.document, ordinal, line_of(page.starts, start), start=start, end=end)
    cited = found.cited
    parts = [Part("title", found.title or (0, 0))]
    told = {part.name for part in found.parts}
    if cited.people is not None and "author" not in told:
        parts += (Part("author", name) for name in cited.people.names)
        parts += [Part("et_al", cited.people.et_al)] if cited.people.et_al else []
    parts += found.parts
    parts += [Part("date", cited.date[0], cited.date[1])] if cited.date and "date" not in told else []
    parts += (Part(name, span) for name, span in (("venue", cited.venue), ("publisher", cited.publisher), ("volume", cited.volume), ("issue", cited.issue), ("pages", cited.pages)) if span and name not in told)
    for part in parts:
        _add(page, entry, found.plain, part)
    if not entry.has("date"):
        for part in unit.dated:
            if not entry.has(part.name):
                path = f"heading on line {line_of(page.starts, part.span[0])}"
                entry.add(part.name, page.text[slice(*part.span)], part.value or page.text[slice(*part.span)], path=path)
    _add_links(page, entry, found, (start, end))
    yield from entry.rows()


def _add(page: Page, entry: Entry, shown: Plain, part: Part) -> None:
    """Add a field: with offsets where it stands verbatim in the file."""
    first, last = part.span
    while first < last and shown.text[first].isspace():
        first += 1
    while last > first and shown.text[last - 1].isspace():
        last -= 1
    text = shown.text[first:last]
    if not text:
        return
    name = "other" if part.name in _ONCE and entry.has(part.name) else part.name
    value = ("group" if is_group(text) else "person") if name == "author" else part.value
    start, end = shown.place((first, last))
    line = line_of(page.starts, start)
    whole = unwrapped(text) if name in {"title", "author", "venue"} else text
    if page.text[start:end] == whole:
        entry.add(name, text, value, line=line, start=start, end=end)
    else:
        entry.add(name, " ".join(whole.split()), value, path=f"line {line}", line=line)


def _add_links(page: Page, entry: Entry, found: Reading, span: Span) -> None:
    """Add the identifiers and addresses that a paper's links lead to, and the identifiers in its text: without offsets what stands elsewhere in the file."""

    def add(name: str, value: str | None, first: int, last: int) -> None:
        line = line_of(page.starts, first)
        if span[0] <= first < span[1]:
            entry.add(name, page.text[first:last], value, line=line, start=first, end=last)
        else:
            entry.add(name, page.text[first:last], value, path=f"line {line}", line=line)

    seen = {f"arxiv:{part.value}" if part.name == "arxiv_id" else part.value or "" for part in found.parts if part.name in {"arxiv_id", "identifier"}}
    title = found.title or (0, 0)
    ordered = sorted(found.plain.links, key=lambda link: not title[0] <= link.shown[0] < title[1])
    told = [(linked_id(link.url), link.place) for link in ordered]
    told += [(value, found.plain.place(span)) for span, value in found.cited.identifiers if span[0] < span[1]]
    for value, (start, end) in told:
        if value is None or value in seen:
            continue
        seen.add(value)
        scheme, _, number = value.partition(":")
        name = "arxiv_id" if scheme == "arxiv" else "identifier"
        known = number if scheme == "arxiv" else value
        at = page.text.find(number, start, end) if scheme == "arxiv" else -1
        first, last = (at, at + len(number)) if at >= 0 else (start, end)
        name = "cited_arxiv_id" if name == "arxiv_id" and entry.has("arxiv_id") else name
        add(name, known if known != page.text[first:last] or name == "identifier" else None, first, last)
    for link in ordered:
        if link.url.startswith(("http://", "https://")) and link.url not in seen:
            seen.add(link.url)
            add("url", link.url, *link.place)
