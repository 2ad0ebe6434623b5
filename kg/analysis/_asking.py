"""Queries over the tables of a graph, as an analysis asks them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa

Row = dict[str, Any]

Ask = Callable[..., Iterator[pa.RecordBatch]]
"""Answers a query over named relations, `ask(sql, name=relation)`: an engine's `sql`."""


def rows(batches: Iterable[pa.RecordBatch]) -> list[Row]:
    """Return an answer as rows."""
    return [row for batch in batches for row in batch.to_pylist()]


def table(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> pa.Table:
    """Return an answer as a table, which an answer without rows is too."""
    return pa.Table.from_batches((batch.cast(schema) for batch in batches), schema)


def texts(*names: str) -> list[tuple[str, pa.DataType]]:
    """Return columns of text for a schema."""
    return [(name, pa.string()) for name in names]
