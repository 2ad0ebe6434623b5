"""Reader of OpenCitations: pairs of a work that cites and a work that is cited, in CSV (COCI, the Index) or JSON (their API).

`citing` and `cited` are each a DOI, or several identifiers of one work with their schemes (`omid:br/061 doi:10.1000/1`). Pairs that
stand below each other and have one citing work are one record, which has its identifiers and no title: other sources tell
the rest. `creation` is when the citing work appeared. The other columns stay as `other`.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import groupby
from typing import Final, NamedTuple

from kg.ids import identifier, preferred
from kg.model import Document, Problem, Record
from kg.sources._entry import Entry, numbered
from kg.sources._json.values import head_objects, values
from kg.sources._library import Place, add_told_identifier, begin_of, pieces, put

_HEADER: Final = re.compile(r'\ufeff?(?=[^\r\n]*\bciting\b"?,)(?=[^\r\n]*\bcited\b"?(?:,|[\r\n]))[\w",]+\r?\n')
_JSON: Final = re.compile(r"\ufeff?\s*[\[{]")
_BLANK: Final = re.compile(r"\s+")


class _Cell(NamedTuple):
    text: str
    place: Place


class _Pair(NamedTuple):
    """One citation: its cells by their names, its line, and where it stands verbatim."""

    cells: dict[str, _Cell]
    line: int
    path: str
    start: int | None = None
    end: int | None = None


def sniff(head: str, path: str) -> float:  # noqa: ARG001 - what is in a file tells its format, not its name
    r"""Return how sure it is that a file has pairs of works: columns or keys `citing` and `cited`, and no title.

    >>> sniff("oci,citing,cited,creation\n1-2,10.1000/a,10.1000/b,2001\n", "a.csv"), sniff('[{"citing": "10.1000/a", "cited": "10.1000/b"}]', "a")
    (1.0, 1.0)
    """
    if _HEADER.match(head):
        return 1.0
    if not _JSON.match(head):
        return 0.0
    return 1.0 if any({"citing", "cited"} <= data.keys() and "title" not in data for data in head_objects(head)) else 0.0


def read(document: Document) -> Iterator[Record | Problem]:
    """Yield a record for each citing work, and a problem for each pair that cannot be read.

    Raises:
        UnreadableError: If the file is no JSON, or not in its encoding.
    """
    found = _of_json(document) if _JSON.match(document.head(100)) else _of_table(document)
    return numbered(document, _works(document, found), _work)


def _of_table(document: Document) -> Iterator[_Pair | Problem]:
    """Yield the rows of a table."""
    names: list[str] = []
    for line in document.lines():
        cells = []
        with suppress(csv.Error):
            cells = next(csv.reader([line.text.removeprefix("\ufeff")]), [])
        if not names or cells == names:
            names = cells
        elif not line.text.strip():
            continue
        elif len(cells) != len(names):
            yield Problem(document.name, line.number, f"a row of {len(cells)} cells, the header has {len(names)}", "complete it, or delete it")
        else:
            found, at = {}, 0
            for name, cell in zip(names, cells, strict=True):
                at = max(line.text.find(cell, at), 0)
                place = Place(f'line {line.number}, column "{name}"', line.number, line.start + at if line.text.startswith(cell, at) else None)
                found[name] = _Cell(cell, place)
                at += len(cell)
            yield _Pair(found, line.number, f"line {line.number}", line.start, line.start + len(line.text.rstrip()))


def _of_json(document: Document) -> Iterator[_Pair | Problem]:
    """Yield the objects of a list."""
    for value in values(document):
        if isinstance(value, Problem):
            yield value
        elif not isinstance(value.data, dict) or not all(isinstance(held, str | None) for held in value.data.values()):
            yield Problem(document.name, value.line, f"{value.path} is no object of texts", "delete it")
        else:
            cells = {key: _Cell(held or "", Place(f"{value.path}.{key}", value.line_of(f"{value.path}.{key}"))) for key, held in value.data.items()}
            yield _Pair(cells, value.line, value.path)


def _works(document: Document, found: Iterable[_Pair | Problem]) -> Iterator[list[_Pair] | Problem]:
    """Yield the pairs of each citing work, and the problems; a pair that lacks one of both is none."""
    def checked() -> Iterator[_Pair | Problem]:
        for pair in found:
            if isinstance(pair, Problem):
                yield pair
                continue
            missing = next((name for name in ("citing", "cited") if name not in pair.cells or not _known(pair.cells[name].text)), None)
            if missing:
                text = pair.cells[missing].text if missing in pair.cells else ""
                yield Problem(document.name, pair.line, f"no identifier of the {missing} work: {text[:60]!r}", "correct it, or delete it")
            else:
                yield pair

    def work(pair: _Pair | Problem) -> str:
        return "" if isinstance(pair, Problem) else pair.cells["citing"].text

    for citing, group in groupby(checked(), work):
        if citing:
            yield [pair for pair in group if isinstance(pair, _Pair)]
        else:
            yield from (each for each in group if isinstance(each, Problem))


def _known(text: str) -> str | None:
    """Return the identifier that names best the work that a text identifies."""
    return preferred(filter(None, map(identifier, text.split())))


def _work(document: Document, ordinal: int, pairs: list[_Pair]) -> Iterator[Record | Problem]:
    """Yield the record of a citing work."""
    first = pairs[0]
    entry = Entry(document, ordinal, first.line, first.path, start=first.start, end=pairs[-1].end)
    citing = first.cells["citing"]
    for begin, end in pieces(citing.text, _BLANK):
        if not add_told_identifier(entry, citing.text, citing.place, first=begin, last=end):
            put(entry, "other", citing.text, citing.place, first=begin, last=end)
    for pair in pairs:
        cited = pair.cells["cited"]
        known = _known(cited.text)
        for begin, end in pieces(cited.text, _BLANK):
            is_named = identifier(cited.text[begin:end]) == known
            put(entry, "reference" if is_named else "other", cited.text, cited.place, known if is_named else None, first=begin, last=end)
        for name, cell in pair.cells.items():
            if name == "creation" and not entry.has("date"):
                put(entry, "date", cell.text, cell.place, begin_of(cell.text))
            elif name not in {"citing", "cited"} and not (name == "creation" and cell.text == first.cells[name].text):
                put(entry, "other", cell.text, cell.place)
    yield from entry.rows()
