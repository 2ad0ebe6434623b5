"""The engine of one machine: DuckDB joins relations, a pool of processes maps functions over their rows."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb
import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq

from kg.children import end_told, follow_parent, interrupts_held
from kg.engine import BATCH_ROWS, Rows, Stored
from kg.files import atomic_write
from kg.garbage import leave_loaded_alone
from kg.model.tables import Relation

AHEAD: Final = 4
"""How many batches a process is given ahead of what has been taken from it: enough to keep it busy, no more in memory."""

FEW: Final = 2
"""As many batches are done here rather than by processes, which take a second to start."""

_ROW_GROUP: Final = 16_384
_MEMORY: Final = "1GB"
"""What DuckDB may hold before it puts rows into its temporary folder."""


class LocalEngine:
    """Processes and DuckDB. Use it as a context manager: the pool ends with the block.

    Args:
        workers: How many processes map functions; 1 maps in this process.
        scratch: Folder for what does not fit into memory; without it, everything must.
    """

    def __init__(self, workers: int = 1, scratch: Path | None = None) -> None:
        self._workers = workers
        self._pool: ProcessPoolExecutor | None = None
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": max(workers, 1), "enable_external_access": False, "preserve_insertion_order": False,
            "temp_directory": str(scratch) if scratch else "",
        }  # fmt: skip
        if scratch:
            config["memory_limit"] = _MEMORY
        self._duck = duckdb.connect(config=config)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the pool and close the database."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        self._duck.close()

    def read(self, paths: Sequence[Path], schema: pa.Schema) -> Stored:
        """Return the rows of Parquet files that `save` wrote, in the order of the paths."""
        return Stored(tuple(paths), schema)

    def map(self, rows: Relation, function: Rows, size: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
        """Yield `function` applied to the rows, in their order; `size` of them travel to a process at a time."""
        batches = iter(rows.to_batches(max_chunksize=size))
        first = list(islice(batches, FEW + 1)) if self._workers > 1 else []
        if len(first) <= FEW:
            yield from map(function, chain(first, batches))
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._workers, get_context("spawn"), initializer=follow_parent)
        waiting: deque[Future[pa.RecordBatch]] = deque()
        for batch in chain(first, batches):
            with interrupts_held(), end_told():  # a process may be started here
                waiting.append(self._pool.submit(_in_child, function, batch))
            if len(waiting) >= self._workers * AHEAD:
                yield _answer(waiting.popleft())
        while waiting:
            yield _answer(waiting.popleft())

    def sql(self, query: str, **relations: Relation) -> Iterator[pa.RecordBatch]:
        """Yield the answer of a query over the named relations."""
        with ExitStack() as stack:
            cursor = self._duck.cursor()
            stack.callback(cursor.close)
            for name, relation in relations.items():
                cursor.register(name, _seen_by_duckdb(relation))
            yield from cursor.sql(query).to_arrow_reader(_ROW_GROUP)

    def save(self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, path: Path) -> Stored:
        """Write rows as a Parquet file, whole or not at all, and return what reads them back."""
        with atomic_write(path) as out, pq.ParquetWriter(out, schema, compression="zstd") as writer:
            for batch in _groups(batches, schema):
                writer.write_table(batch)
        return Stored((path,), schema)

    def scalar(self, query: str, **relations: Relation) -> Any:
        """Return the first value of a query's first row."""
        return next(batch for batch in self.sql(query, **relations) if batch.num_rows).column(0)[0].as_py()


def _answer(waiting: Future[pa.RecordBatch]) -> pa.RecordBatch:
    with end_told():
        return waiting.result()


def _in_child(function: Rows, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Apply a function in a process of the pool."""
    made = function(batch)
    leave_loaded_alone()
    return made


def _seen_by_duckdb(relation: Relation) -> Any:
    """Return what DuckDB reads a relation from: a table as it is, files as a data set of which it takes what it needs."""
    if not isinstance(relation, Stored):
        return relation
    if not relation.paths:
        return relation.schema.empty_table()
    return pyarrow.dataset.dataset([str(path) for path in relation.paths], schema=relation.schema, format="parquet")


def _groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """Yield rows in groups of a size that depends on the rows only, so that the same rows give the same bytes."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch.cast(schema))
        count += batch.num_rows
        while count >= _ROW_GROUP:
            table = pa.Table.from_batches(held, schema)
            yield table.slice(0, _ROW_GROUP).combine_chunks()
            held, count = table.slice(_ROW_GROUP).to_batches(), count - _ROW_GROUP
    if count:
        yield pa.Table.from_batches(held, schema).combine_chunks()
