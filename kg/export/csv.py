"""CSV: a zip of `nodes.csv`, `edges.csv` and `evidence.csv`, UTF-8, with a header line each.

In goes the graph; the files have the columns of `kg.model.graph`. Lists are joined by " | ", truth values are
`true` and `false`, an unknown value is an empty cell. A text that a spreadsheet would take for a formula
(it begins with = + - @, their full-width forms, a tab or a line break) gets an apostrophe in front;
`kg.export._spreadsheet.unguard` takes it off again, and nothing else is changed.
"""

import csv
import io
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyarrow as pa

from kg.export._archive import add, archive
from kg.export._spreadsheet import guard
from kg.model import Graph

suffix: Final = ".csv.zip"

_TABLES: Final = ("nodes", "edges", "evidence")
_ROWS: Final = 10_000
"""Rows turned into text at a time."""


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the three tables as CSV files in a zip."""
    with archive(out) as file:
        for name in _TABLES:
            add(file, f"{name}.csv", _pieces(getattr(graph, name)))


def _pieces(table: pa.Table) -> Iterator[bytes]:
    """Yield the table as CSV text, some rows at a time."""
    yield _lines([table.column_names])
    for batch in table.to_batches(max_chunksize=_ROWS):
        columns = [column.to_pylist() for column in batch.columns]
        yield _lines([[_cell(value) for value in row] for row in zip(*columns, strict=True)])


def _lines(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _cell(value: Any) -> str:
    """Return one value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return guard(" | ".join(value))
    return guard(value) if isinstance(value, str) else repr(value)
