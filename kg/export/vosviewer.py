"""The co-authorship network for VOSviewer and VOSviewer Online (https://app.vosviewer.com), as their JSON file.

In goes the graph, out come people, tied by the papers that they wrote together. The size of a person says how many
papers, the strength of a link how many of both. The network of topics is `vosviewer_topics`.
"""

from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc

from kg.explorer.ties import AUTHORS
from kg.export import _vosviewer
from kg.model import Graph

suffix: Final = ".vosviewer.json"

_MAP: Final = _vosviewer.Map(
    view="coauthors",
    title="{}: co-authorship",
    rule="People, tied by the papers that they wrote together.",
    total=lambda graph: pc.sum(pc.is_in(graph.nodes["kind"], pa.array(AUTHORS)), min_count=0).as_py(),
    kept="those with the greatest total link strength (of equals, with the most papers)",
    terms={"item": "Person", "items": "People", "link": "Co-authorship", "links": "Co-authors", "link_strength": "Papers together"},
)


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the co-authorship network."""
    _vosviewer.write(_MAP, graph, out)
