r"""Reader of tables: CSV, TSV and their like (RFC 4180), with a header that tells what each column is.

The headers of these are known: Zotero's CSV, Scopus (also in Russian and Chinese), Web of Science and bibliometrix (field
tags, or the full names of its spreadsheet), Dimensions, Lens, IEEE Xplore, SpringerLink, PubMed, Rayyan, CNKI, DistillerSR,
Publish or Perish and Google Scholar, OpenAlex, OpenReview, and plain `title,authors,abstract,year`, also in other languages.
For any other, `document.columns` names the file's column for a field; several columns are joined by `|`. What is named so
is used first, the header decides on the rest, and every cell that nothing is made of is `other`.

Policy, where no standard says:

- The delimiter (comma, semicolon, tab, bar) is that with which most columns of the header are recognised. A first line
  `sep=;` (Excel) or `About the data: ...` (Dimensions) is passed over. The header is the first of some lines that names a
  column of titles and another; other text above it is told, but for remarks (`# by hand`). Words that say nothing (`Title of
  the paper`) are no hindrance.
- A row with another number of cells than the header is a problem and skipped, unless the cells too many are empty. If
  `;` or `|` separates the columns and the cells too many are names next to the authors, they are read as authors.
- A row with a NUL in it, or with quotes that do not match, is a problem and skipped. A quote that is never closed, a
  column name that occurs twice, more than 10,000 columns or no column of titles: the whole file is refused.
- Web of Science's field-tagged tables know no quotes: there a quote is a character as any other.
- Affiliations belong to the authors of the same rank if there are as many and one is repeated (a list of different
  places would not repeat one), or if there is one author; else it is not known whose they are. Scopus's, Dimensions' and
  Web of Science's columns tell.
- A cell may hold a list as Python or JSON writes it (`['a', 'b']`). A cell `nan`, `None` or `N/A` says nothing; it stays
  as `other`. IEEE Xplore gives each author a place; SpringerLink leaves out what separates authors.
- Names: see `kg.sources._text.names`. Of two columns for the same field the fuller one counts. A volume, issue or page 0
  (Publish or Perish) is none, `12.0` (pandas) is 12, and the number of an article without pages counts as its pages.
- Where a quarter of the first rows say the same of a paper as the row above, and name another author, the rows of a paper
  are one record.
- Works may be cited by the ids that rows have (`[3, 17]`, `a1; b2`). A number alone is how many there are, unless other cells
  of the column list several.
- A month in a column of its own is joined with the year; a date of another year is not the paper's. Where only first
  authors have a column, that there are more is said.
- If all authors in the first rows are single words with commas between them, of an odd number in one, they are surnames.
- Beside authors, `name`, `article` or `publication` is the title where no other column is.
- Without a column of titles one of whole citations is taken apart, which is a guess and told; see `kg.sources._table.citations`.
  A column of BibTeX tells what no other does.

Rows are numbered as a spreadsheet does, lines as an editor does: `row 17, column "Title"`. Where a cell stands verbatim
its fields have offsets.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources._dates import printed_date
from kg.sources._entry import Entry
from kg.sources._library import Place
from kg.sources._own_id import listed_ids
from kg.sources._table.cells import Cell, Table
from kg.sources._table.citations import are_citations
from kg.sources._table.columns import fill
from kg.sources._table.long import add_row, author_in, has_rows_of_authors, is_same_paper
from kg.sources._table.names import EACH, NAMES, keys_of, roles_of
from kg.sources._text.fields import looks_like_authors
from kg.sources._text.names import are_surnames
from kg.text import printable

if TYPE_CHECKING:
    from kg.model.documents import Line

MOST_COLUMNS: Final = 10_000
_LONGEST_CELL: Final = 16 << 20
_MOST_LEADING: Final = 10
_SHOWN: Final = 12
_HEAD: Final = 65_536
_DELIMITERS: Final = ",;\t|"
_ABOUT: Final = ("about the data", '"about the data')
_SEPARATOR_LINE: Final = re.compile(r"sep=([,;|:^~\t])\s*", re.IGNORECASE)
_TABLE_NAME: Final = re.compile(r"\.(?:csv|tsv|tab)(?:$|\.)", re.IGNORECASE)
_FOREIGN: Final = re.compile(r"[\s\ufeff]*(?:[\[{<@|%]|TY  - )")
_REMARK: Final = re.compile(r"[\s\ufeff]*#\s")
"""How a remark begins above a table, and a heading above a text."""


_SHOWN_ROWS: Final = 3


class Layout(NamedTuple):
    """How a table is written.

    Attributes:
        delimiter: What stands between cells.
        quoted: Whether quotes mean anything.
        spaced: Whether a blank behind a delimiter is no part of the cell.
        leading: How many lines stand above the header.
        names: The names of the columns, as far as the head of the file shows them.
    """

    delimiter: str
    quoted: bool
    spaced: bool
    leading: int
    names: tuple[str, ...]


class Row(NamedTuple):
    """One row: its number as in a spreadsheet, line, text with offset in the document, cells, and how many said something beyond the columns."""

    number: int
    line: int
    start: int
    text: str
    cells: list[str]
    beyond: int = 0


def sniff(head: str, path: str) -> float:
    r"""Return how sure it is that a text is a table of papers.

    >>> sniff("Title;Authors;Year\nOn X;Ada Lovelace;2020\n", "a.csv"), sniff("Dear Sir, I write you, as ever,", "a.txt")
    (0.9, 0.0)
    """
    named = bool(_TABLE_NAME.search(path))
    if not head.strip() or _FOREIGN.match(head) or (_REMARK.match(head) and not named):
        return 0.0
    layout = _layout(head, {})
    roles = set(roles_of(layout.names))
    below = head.splitlines()[layout.leading + 1 : layout.leading + 1 + _SHOWN_ROWS]
    if len(below) == _SHOWN_ROWS and not any(layout.delimiter in row for row in below):
        return 0.0  # a heading over something else, as that of a page copied from Google Scholar
    if "title" in roles:
        return 0.9 if len(roles) > 1 else 0.5 if named else 0.0
    if "citation" in roles and are_citations(_first_cells(head, layout, roles_of(layout.names)["citation"][0])):
        return 0.9 if named else 0.5
    if not named or len(layout.names) < 2:
        return 0.0
    return 0.7 if len(roles) > 2 else 0.1  # a table whose column of titles must be named; as text it would be read to no purpose


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a record for each row, and a problem for each row that cannot be read.

    Raises:
        UnreadableError: If the header tells no columns of papers, or a quote is not closed.
    """
    layout = _layout(document.head(_HEAD), document.columns)
    yield from _above(document, layout)
    rows = _rows(document, layout)
    header = next(rows, None)
    if not isinstance(header, Row):
        raise UnreadableError(header.what if header else "no header", _wanted(), header.line if header else 1)
    head = document.head(_HEAD)
    table = _table(header, document.columns)
    if "author" in table.roles:
        table = replace(table, surnames=are_surnames(_first_cells(head, layout, table.roles["author"][0])))
    if "reference" in table.roles:
        table = replace(table, numbered=any(len(listed_ids(cell)) > 1 for cell in _first_cells(head, layout, table.roles["reference"][0])))
    if "title" not in table.roles and not document.columns:
        if "citation" not in table.roles or not are_citations(_first_cells(head, layout, table.roles["citation"][0])):
            raise UnreadableError(f"no column of titles ({_shown(table.names)})", _wanted(), header.line)
        what = f"titles and authors are read by guess, from the citations in column {table.names[table.roles['citation'][0]]!r}"
        yield Problem(document.name, header.line, what, "give them columns of their own", "warning")
    ordinal = 0
    for paper in _papers(document, layout, table, rows, long=has_rows_of_authors(table, _first_rows(head, layout))):
        if isinstance(paper, Problem):
            yield paper
            continue
        row, last = paper[0], paper[-1]
        entry = Entry(document, ordinal, row.line, f"row {row.number}", start=row.start, end=last.start + len(last.text))
        if row.beyond:
            what = f"{len(table.names) + row.beyond} cells for {len(table.names)} columns: the authors are not in quotes"
            entry.warn(what, "put them in quotes, so that none is taken for something else")
        fill(entry, table, _cells(table, row, layout))
        for more in paper[1:]:
            add_row(entry, table, _cells(table, more, layout), row.cells)
        for found in entry.rows():
            ordinal += isinstance(found, Record)
            yield found


def _papers(document: Document, layout: Layout, table: Table, rows: Iterable[Row | Problem], *, long: bool) -> Iterator[list[Row] | Problem]:
    """Yield the rows of each paper, which is one unless each of its authors has a row, and the problems."""
    paper: list[Row] = []
    authors: set[str] = set()
    for row in rows:
        fitted = _fitted(document, layout, table, row) if isinstance(row, Row) else row
        if isinstance(fitted, Problem):
            yield fitted
        elif fitted is not None and not long:
            yield [fitted]
        elif fitted is not None:
            author = author_in(table, fitted.cells)
            if paper and (author in authors or not is_same_paper(table, paper[-1].cells, fitted.cells)):
                yield paper
                paper, authors = [], set()
            paper.append(fitted)
            authors.add(author)
    if paper:
        yield paper


def _first_cells(head: str, layout: Layout, rank: int) -> Iterator[str]:
    """Yield the cells of a column in the first rows."""
    return (row[rank] for row in _first_rows(head, layout) if len(row) > rank)


def _first_rows(head: str, layout: Layout) -> Iterator[list[str]]:
    """Yield the first rows below the header, as far as the head of the file shows them."""
    lines = list(_physical(head.removeprefix("\ufeff")))[layout.leading + 1 : -1 if len(head) == _HEAD else None]
    with suppress(csv.Error):
        yield from _reader(lines, layout.delimiter, quoted=layout.quoted, spaced=layout.spaced, strict=False)


def _above(document: Document, layout: Layout) -> Iterator[Problem]:
    """Yield a warning if there is text above the header that says nothing of how the table is written."""
    above = islice(document.lines(), layout.leading)
    said = [
        line for line in above
        if line.text.strip(' ,;\t|"\r\n\ufeff') and not _SEPARATOR_LINE.fullmatch(line.text) and not _REMARK.match(line.text)
        and not line.text.lstrip("\ufeff").lower().startswith(_ABOUT)
    ]  # fmt: skip
    if said:
        what = f"{len(said)} {'line' if len(said) == 1 else 'lines'} above the header passed over: {printable(said[0].text.strip()[:60])!r}"
        yield Problem(document.name, said[0].number, what, "delete what is no row of the table", "warning")


def _layout(head: str, columns: Mapping[str, str]) -> Layout:
    """Return how a table is written, as its header tells."""
    lines = list(_physical(head.removeprefix("\ufeff")))
    leading, told = 0, ""
    while leading < min(len(lines) - 1, _MOST_LEADING):
        line = lines[leading]
        if separator := _SEPARATOR_LINE.fullmatch(line):
            told = separator[1]
        elif line.strip() and not line.lower().startswith(_ABOUT):
            break
        leading += 1
    first = _laid_out(lines, leading, told, columns)
    below = range(leading + 1, min(len(lines) - 1, leading + _MOST_LEADING)) if not _is_header(first, columns) else ()
    return next((found for at in below if _is_header(found := _laid_out(lines, at, told, columns), columns)), first)


def _is_header(layout: Layout, columns: Mapping[str, str]) -> bool:
    """Tell whether the names of columns are those of a table of papers."""
    roles = roles_of(layout.names)
    return bool(columns) or (("title" in roles or "citation" in roles) and len(roles) > 1)


def _laid_out(lines: Sequence[str], leading: int, told: str, columns: Mapping[str, str]) -> Layout:
    """Return how a table is written whose header is below some lines."""
    best: tuple[tuple[int, int, int], Layout] | None = None
    for delimiter in told or _DELIMITERS:
        for quoted in (True, False):
            spaced = quoted and bool(lines) and f"{delimiter} " in lines[min(leading, len(lines) - 1)] and delimiter != "\t"
            names = _first_row(lines[leading:], delimiter, quoted=quoted, spaced=spaced)
            if not quoted and not {"PT", "TI"} <= set(names):
                continue
            layout = Layout(delimiter, quoted, spaced, leading, names)
            mapped = sum(_found(names, part.strip()) is not None for name in columns.values() for part in (name, *name.split("|")))
            score = (mapped, len(roles_of(names)), len(names))
            if best is None or score > best[0] or (score == best[0] and not quoted):
                best = score, layout
    return best[1] if best else Layout(",", quoted=True, spaced=False, leading=0, names=())


def _physical(text: str) -> Iterator[str]:
    """Yield the lines of a text with their ends, as an editor counts them."""
    return (match.group() for match in re.finditer(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", text))


def _first_row(lines: Sequence[str], delimiter: str, *, quoted: bool, spaced: bool) -> tuple[str, ...]:
    """Return the names in the header; none where it cannot be parsed."""
    try:
        cells = next(_reader(lines, delimiter, quoted=quoted, spaced=spaced, strict=False), [])
    except csv.Error:
        return ()
    return tuple(cell.strip() for cell in cells)


def _reader(lines: Iterable[str], delimiter: str, *, quoted: bool, spaced: bool, strict: bool) -> Iterator[list[str]]:
    """Return the standard library's reader of tables."""
    return csv.reader(
        lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE, skipinitialspace=spaced, strict=strict
    )


def _rows(document: Document, layout: Layout) -> Iterator[Row | Problem]:
    """Yield the rows that are not blank, the header first, and a problem for each that cannot be parsed.

    Raises:
        UnreadableError: If a quote is not closed, or a cell is too long to be one.
    """
    taken: list[Line] = []

    def fed() -> Iterator[str]:
        for line in document.lines():
            if line.number > layout.leading:
                taken.append(line)
                yield line.text.removeprefix("\ufeff") if line.number == 1 else line.text

    reader = _reader(fed(), layout.delimiter, quoted=layout.quoted, spaced=layout.spaced, strict=True)
    number = layout.leading
    while True:
        taken.clear()
        number += 1
        try:
            cells = _next(reader)
        except csv.Error as error:
            line = taken[0].number if taken else 1
            if str(error).startswith(("unexpected end", "field larger")):
                raise UnreadableError("a quote in this row is never closed", 'close it; a " within a cell is written ""', line) from error
            yield Problem(document.name, line, f"row {number} has quotes that do not match ({error})", 'write a " within a cell as ""')
            continue
        if cells is None:
            return
        text, start = "".join(line.text for line in taken), taken[0].start if taken else 0
        if text.startswith("\ufeff") and start == 0:
            text, start = text[1:], 1
        if "\0" in text:
            yield Problem(document.name, taken[0].number, f"row {number} has a NUL character", "delete it, or export the table again")
        elif any(map(str.strip, cells)) or number == layout.leading + 1:
            yield Row(number, taken[0].number, start, text.rstrip("\r\n"), cells)


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row, None behind the last; a cell may be longer than the standard library has it."""
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _table(header: Row, columns: Mapping[str, str]) -> Table:
    """Return what the columns are.

    Raises:
        UnreadableError: If they are too many, without names, or named twice.
    """
    if len(header.cells) > MOST_COLUMNS:
        raise UnreadableError(f"{len(header.cells)} columns, more than {MOST_COLUMNS:,}", "leave out the columns that say nothing", header.line)
    names = tuple(name.strip() for name in header.cells)
    if not any(names):
        raise UnreadableError("a header without names", _wanted(), header.line)
    twice = next((name for name, count in Counter(filter(None, names)).items() if count > 1), None)
    if twice is not None:
        raise UnreadableError(f"two columns are called {twice[:40]!r}", "give each column a name of its own", header.line)
    mapped = _mapped(names, columns, header.line)
    roles = dict(mapped)
    used = {rank for ranks in mapped.values() for rank in ranks}
    dated = _DATES & set(mapped)
    for role, ranks in roles_of(names).items():
        if role not in mapped and not (dated and role in _DATES):
            roles[role] = tuple(rank for rank in ranks if rank not in used)
    labels = tuple(f', column "{" ".join(name.split())}"' if name else f", column {rank}" for rank, name in enumerate(names, 1))
    return Table(names, keys_of(names), roles, EACH | set(mapped), labels)


_DATES: Final = frozenset(["date", "year"])
_FIELDS: Final = {"arxiv_id": "arxiv"}
"""Fields that go by another name here."""


def _wanted() -> str:
    return "name the columns in the first line (title, authors, abstract, year, doi), or say which is which with --columns title=NAME"


def _shown(names: Sequence[str]) -> str:
    """Return the columns there are, for a message."""
    quoted = ", ".join(repr(name[:40]) for name in names[:_SHOWN])
    return f"the columns are {quoted}{', ...' if len(names) > _SHOWN else ''}"


def _mapped(names: tuple[str, ...], columns: Mapping[str, str], line: int) -> dict[str, tuple[int, ...]]:
    """Return the columns that the person named.

    Raises:
        UnreadableError: If there is no such field or no such column.
    """
    roles: dict[str, tuple[int, ...]] = {}
    for field, column in columns.items():
        if field not in NAMES:
            raise UnreadableError(f"no field is called {field[:40]!r}", f"the fields are {', '.join(NAMES)}", line)
        parts = [column] if _found(names, column) is not None else column.split("|")
        ranks = [_found(names, part.strip()) for part in parts]
        for part, rank in zip(parts, ranks, strict=True):
            if rank is None:
                raise UnreadableError(f"no column is called {part.strip()[:40]!r}", _shown(names), line)
        roles[_FIELDS.get(field, field)] = tuple(rank for rank in ranks if rank is not None)
    return roles


def _found(names: Sequence[str], name: str) -> int | None:
    """Return the rank of the column with this name; upper and lower case are the same if nothing else fits."""
    if name in names:
        return names.index(name)
    lower = [other.casefold() for other in names]
    return lower.index(name.casefold()) if name and name.casefold() in lower else None


def _fitted(document: Document, layout: Layout, table: Table, row: Row) -> Row | Problem | None:
    """Return a row with as many cells as there are columns; None where it repeats the header."""
    width, many = len(table.names), len(row.cells)
    if many == width:
        return None if tuple(map(str.strip, row.cells)) == table.names else row
    if not any(map(str.strip, row.cells[width:])) and (many > width or not any(table.names[many:])):
        return row._replace(cells=[*row.cells, *[""] * (width - many)][:width])
    if many > width and layout.delimiter in ";|" and (joined := _joined(table, layout, row)):
        return joined
    what = f"row {row.number} has {many} cell{'s' if many != 1 else ''}, the header {width}"
    return Problem(document.name, row.line, what, "put cells with the delimiter or a line end in them in quotes")


def _joined(table: Table, layout: Layout, row: Row) -> Row | None:
    """Return a row whose authors were not quoted, so that each has a cell, with the authors in one; None if it is none."""
    more = len(row.cells) - len(table.names)
    authors = table.roles.get("author", ())
    if len(authors) != 1 or '"' in row.text:
        return None
    first = authors[0]
    names = row.cells[first : first + more + 1]
    cells = [*row.cells[:first], layout.delimiter.join(names), *row.cells[first + more + 1 :]]
    dates = [cells[rank] for role in ("year", "date") for rank in table.roles.get(role, ())]
    if all(map(looks_like_authors, names)) and all(map(printed_date, filter(str.strip, dates))):
        return row._replace(cells=cells, beyond=more)
    return None


def _cells(table: Table, row: Row, layout: Layout) -> dict[int, Cell]:
    """Return the cells that say something, by the rank of their column, each with its place."""
    found: dict[int, Cell] = {}
    at, text = 0, row.text
    path, many_lines = f"row {row.number}", "\n" in text or "\r" in text
    for rank, cell in enumerate(row.cells):
        while layout.spaced and text.startswith(" ", at):
            at += 1
        quote = layout.quoted and text.startswith('"', at)
        inside = at + quote
        if cell and not cell.isspace():
            verbatim = text.startswith(cell, inside) and not (quote and '"' in cell)
            line = row.line + _line_ends(text, inside) if many_lines else row.line
            broken = many_lines and ("\n" in cell or "\r" in cell)
            place = Place(path + table.labels[rank], line, row.start + inside if verbatim else None, broken)
            found[rank] = Cell(cell, place, table.keys[rank])
        at = inside + len(cell) + (cell.count('"') + 1 if quote else 0) + 1
    return found


def _line_ends(text: str, stop: int) -> int:
    """Return how many lines end before `stop`."""
    return text.count("\n", 0, stop) + text.count("\r", 0, stop) - text.count("\r\n", 0, stop)
