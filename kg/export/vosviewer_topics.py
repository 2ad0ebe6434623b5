"""The network of topics for VOSviewer and VOSviewer Online (https://app.vosviewer.com), as their JSON file.

In goes the graph, out come topics, tasks, methods, datasets, metrics and software, tied by the papers that name both:
what is called a co-occurrence network. The network of people is `vosviewer`.
"""

from typing import BinaryIO, Final

from kg.export import _vosviewer
from kg.model import Graph

suffix: Final = ".topics.vosviewer.json"

_MAP: Final = _vosviewer.Map(
    view="topics",
    kinds=("dataset", "method", "metric", "software", "task", "topic"),
    predicate=None,
    title="{}: topics",
    rule="Topics, tasks, methods, datasets, metrics and software, tied by the papers that name both.",
    terms={"item": "Topic", "items": "Topics", "link": "Co-occurrence", "links": "Co-occurrences", "link_strength": "Papers with both"},
)


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the network of topics."""
    _vosviewer.write(_MAP, graph, out)
