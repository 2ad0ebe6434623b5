"""Where the stages run. An engine has five verbs, and a stage cannot tell one engine from another.

    read    tables from Parquet files
    map     a pure function over batches of rows
    sql     SELECT, JOIN, GROUP BY, WITH in portable SQL over named tables
    save    a table as a Parquet file
    scalar  one value of a query: the only thing that reaches the driver

`local` runs them on this machine: DuckDB for the joins, a pool of processes for the functions.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

Rows = Callable[[pa.RecordBatch], pa.RecordBatch]
"""A stage: a pure function from rows to rows. It is sent to other processes, so it is a module's function."""


class Engine(Protocol):
    """What every engine can do."""

    def read(self, paths: Sequence[Path], schema: pa.Schema) -> pa.Table:
        """Return the rows of Parquet files that `save` wrote, in the order of the paths."""

    def map(self, table: pa.Table, function: Rows, schema: pa.Schema, rows: int = 512) -> pa.Table:
        """Return `function` applied to the table's rows, in the table's order, as a table of `schema`.

        `rows` is how many travel to a process at a time.
        """

    def sql(self, query: str, **tables: pa.Table) -> pa.Table:
        """Return the answer of a query over the named tables."""

    def save(self, table: pa.Table, path: Path) -> None:
        """Write a table as a Parquet file, whole or not at all."""

    def scalar(self, query: str, **tables: pa.Table) -> Any:
        """Return the first value of a query's first row."""
