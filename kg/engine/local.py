"""The engine of one machine: DuckDB joins tables, a pool of processes maps functions over their rows."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from kg.children import follow_parent
from kg.engine import Rows
from kg.files import atomic_write

BATCH_ROWS: Final = 512
"""Rows that travel to a process at a time: a few hundred abstracts, well above the cost of the trip."""


class LocalEngine:
    """Processes and DuckDB. Use it as a context manager: the pool ends with the block.

    Args:
        workers: How many processes map functions; 1 maps in this process.
    """

    def __init__(self, workers: int = 1) -> None:
        spawn = get_context("spawn")
        self._pool = ProcessPoolExecutor(workers, spawn, initializer=follow_parent) if workers > 1 else None
        self._duck = duckdb.connect(config={"threads": max(workers, 1), "enable_external_access": False})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End the pool and close the database."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        self._duck.close()

    def read(self, paths: Sequence[Path], schema: pa.Schema) -> pa.Table:
        """Return the rows of Parquet files that `save` wrote, in the order of the paths."""
        tables = [pq.read_table(path, schema=schema) for path in paths]
        return pa.concat_tables(tables) if tables else schema.empty_table()

    def map(self, table: pa.Table, function: Rows, schema: pa.Schema, rows: int = BATCH_ROWS) -> pa.Table:
        """Return `function` applied to the table's rows, in the table's order, as a table of `schema`."""
        batches = table.to_batches(max_chunksize=rows)
        mapped = self._pool.map(function, batches) if self._pool and len(batches) > 1 else map(function, batches)
        return pa.Table.from_batches(list(mapped), schema=schema)

    def sql(self, query: str, **tables: pa.Table) -> pa.Table:
        """Return the answer of a query over the named tables."""
        for name, table in tables.items():
            self._duck.register(name, table)
        try:
            return self._duck.sql(query).to_arrow_table()
        finally:
            for name in tables:
                self._duck.unregister(name)

    def save(self, table: pa.Table, path: Path) -> None:
        """Write a table as a Parquet file, whole or not at all."""
        with atomic_write(path) as out:
            pq.write_table(table, out, compression="zstd")

    def scalar(self, query: str, **tables: pa.Table) -> Any:
        """Return the first value of a query's first row."""
        return self.sql(query, **tables).column(0)[0].as_py()
