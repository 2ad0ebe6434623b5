"""What people look at first: where nodes stand in pictures, the page, and the Turtle file of a small graph."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from kg.errors import BuildError
from kg.explorer import places
from kg.export import exporters
from kg.files import atomic_write
from kg.model import Graph
from kg.pipeline.options import Options
from kg.pipeline.version import DRAWN, QUADS, graph_of
from kg.store import folder as folders

PAGE_NODES: Final = 400_000
"""A graph of more nodes gets no `graph.html` by itself: its file would be large. `kg export` writes it on demand."""

TURTLE_QUADS: Final = 300_000
"""A graph of more quads gets no `graph.ttl` by itself."""

MANY: Final = 20_000
"""From so many nodes on, drawing takes longer than a process takes to start."""


def draw(place: Path, stood: pa.Table | None, options: Options) -> None:
    """Decide where nodes stand in pictures, and write the page.

    Args:
        place: The folder of the version; its tables are there.
        stood: Where nodes stood in the version before, so that the picture stays when papers are added. Only pictures know of it.
        options: What the build depends on.
    """
    graph = _graph(place, options)
    graph = replace(graph, **dict(zip(DRAWN, places.place(graph, stood), strict=True)))
    for name in DRAWN:
        with atomic_write(place / "tables" / f"{name}.parquet") as out:
            pq.write_table(getattr(graph, name), out, compression="zstd")
    if graph.nodes.num_rows <= PAGE_NODES:
        _export(graph, "html", place / "graph.html")


def export(quads: int, place: Path, options: Options) -> None:
    """Write the Turtle file of a graph of so many quads, unless they are too many; they are in the folder of the version already."""
    if quads <= TURTLE_QUADS:
        _export(_graph(place, options), "turtle", place / "graph.ttl")


def _graph(place: Path, options: Options) -> Graph:
    nodes, edges, evidence = (pq.read_table(place / "tables" / f"{name}.parquet") for name in ("nodes", "edges", "evidence"))
    return graph_of(nodes, edges, evidence, place / QUADS, place / "tables" / "facts.parquet", options.base, with_text=options.with_text)


def stood_before(out: Path) -> pa.Table | None:
    """Return where nodes stand in the current version; None without one, or where it does not say so."""
    try:
        return pq.read_table(folders.intact(folders.current(out), f"tables/{DRAWN[0]}.parquet"))
    except (BuildError, OSError, pa.ArrowException):
        return None


def _export(graph: Graph, form: str, path: Path) -> None:
    with atomic_write(path) as out:
        exporters()[form].write(graph, out)
