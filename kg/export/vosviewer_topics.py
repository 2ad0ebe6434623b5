"""The network of topics for VOSviewer and VOSviewer Online (https://app.vosviewer.com), as their JSON file.

In goes the graph, out come topics, tasks, methods, datasets and so on, tied by the papers that name both:
what is called a co-occurrence network. The network of people is `vosviewer`.
"""

from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.ties import NO_THINGS
from kg.export import _vosviewer
from kg.model import Graph

suffix: Final = ".topics.vosviewer.json"

_MAP: Final = _vosviewer.Map(
    view="topics",
    title="{}: topics",
    rule="Topics, tasks, methods, datasets and so on, tied by the papers that name both.",
    total=lambda graph: pc.sum(pc.invert(pc.is_in(graph.nodes["kind"], pa.array(NO_THINGS))), min_count=0).as_py(),
    kept="those in the most papers",
    terms={"item": "Topic", "items": "Topics", "link": "Co-occurrence", "links": "Co-occurrences", "link_strength": "Papers with both"},
)


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the network of topics."""
    _vosviewer.write(_MAP, graph, out)
