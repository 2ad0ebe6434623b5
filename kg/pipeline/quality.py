"""The quality report of a build: its tables, asked by the engine."""

from typing import Any, Final

import pyarrow.parquet as pq

from kg.analysis import quality
from kg.engine.local import LocalEngine
from kg.pipeline.opened import Opened
from kg.resolve import decisions

_TABLES: Final = ("identity", "judgements", "nodes", "facts")


def report(opened: Opened, workers: int = 1) -> dict[str, Any]:
    """Return how far the identity of a build can be trusted.

    Args:
        opened: The build.
        workers: How many threads may work at it.

    Returns:
        The lists of `kg.analysis.quality.report`, and `contradictions`: what is wrong with people's decisions, as problems.
    """
    paths = {name: opened.file(name) for name in _TABLES}
    with LocalEngine(workers) as engine:
        tables = {name: engine.read([path], pq.read_schema(path)) for name, path in paths.items()}
        found = quality.report(tables, opened.base, engine.sql)
    problems = opened.table("problems").to_pylist()
    return found | {"contradictions": [row for row in problems if row["document"] == decisions.FILE]}
