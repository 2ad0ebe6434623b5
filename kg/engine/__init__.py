"""Where the stages run. An engine has five verbs, and a stage cannot tell one engine from another.

    read    rows that `save` wrote
    map     a pure function over batches of rows
    sql     SELECT, JOIN, GROUP BY, WITH in portable SQL over named relations
    save    rows onto the disk; what it returns reads them back
    scalar  one value of a query: the only thing that reaches the driver

Rows flow in batches; none of the verbs holds a whole relation in memory. `local` runs them on this machine: DuckDB for
the joins, a pool of processes for the functions.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from kg.model.tables import Relation

Rows = Callable[[pa.RecordBatch], pa.RecordBatch]
"""A stage: a pure function from rows to rows. It is sent to other processes, so it is a module's function."""

BATCH_ROWS = 512
"""Rows that travel to a process at a time: a few hundred abstracts, well above the cost of the trip."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Rows in Parquet files, read in the order of the paths.

    Attributes:
        paths: The files.
        schema: What the rows hold.
    """

    paths: tuple[Path, ...]
    schema: pa.Schema

    @property
    def num_rows(self) -> int:
        """How many rows there are."""
        return sum(pq.read_metadata(path).num_rows for path in self.paths)

    def to_batches(self, max_chunksize: int | None = None) -> Iterator[pa.RecordBatch]:
        """Yield the rows in order, in batches of at most `max_chunksize` rows; those of small files together."""
        most = max_chunksize or 4096
        held: list[pa.RecordBatch] = []
        for path in self.paths:
            with pq.ParquetFile(path) as file:
                for batch in file.iter_batches(most, columns=self.schema.names):
                    if held and sum(each.num_rows for each in held) + batch.num_rows > most:
                        yield _joined(held)
                        held = []
                    held.append(batch)
        if held:
            yield _joined(held)

    def table(self) -> pa.Table:
        """Return all rows at once: for relations that are known to be small."""
        return pa.Table.from_batches(self.to_batches(65_536), schema=self.schema)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    """Return the rows of some batches as one."""
    if len(batches) == 1:
        return batches[0]
    return next(iter(pa.Table.from_batches(batches).combine_chunks().to_batches()), batches[0])


class Engine(Protocol):
    """What every engine can do."""

    def read(self, paths: Sequence[Path], schema: pa.Schema) -> Stored:
        """Return the rows of Parquet files that `save` wrote, in the order of the paths."""

    def map(self, rows: Relation, function: Rows, size: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """Yield `function` applied to the rows, in their order; `size` of them travel to a process at a time."""

    def sql(self, query: str, **relations: Relation) -> Iterator[pa.RecordBatch]:
        """Yield the answer of a query over the named relations."""

    def save(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> Stored:
        """Write rows as a Parquet file, whole or not at all, and return what reads them back."""

    def scalar(self, query: str, **relations: Relation) -> Any:
        """Return the first value of a query's first row."""
