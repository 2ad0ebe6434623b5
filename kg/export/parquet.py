"""Parquet: a zip of `nodes.parquet`, `edges.parquet` and `evidence.parquet`, with their types.

In goes the graph, out come its three tables unchanged, readable by pandas, Polars, DuckDB, Spark and R.
"""

from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from kg.export._archive import add, archive
from kg.model import Graph

suffix: Final = ".parquet.zip"


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the three tables as Parquet files in a zip."""
    with archive(out) as file:
        for name in ("nodes", "edges", "evidence"):
            sink = pa.BufferOutputStream()
            # One chunk per column: how a table was put together must not show in the bytes.
            pq.write_table(getattr(graph, name).combine_chunks(), sink, compression="zstd")
            add(file, f"{name}.parquet", [sink.getvalue().to_pybytes()], packed=True)
