"""Turtle: the resolved facts, for reading by people and by every RDF tool.

In goes the graph, out comes one statement per subject, sorted, `a` first, IRIs short. Turtle has no graph
names, so this is the default graph; `trig` also holds what each source said.
"""

from typing import BinaryIO, Final

from kg.export._facts import default_graph
from kg.export._terms import shortener
from kg.model import Graph

suffix: Final = ".ttl"


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the default graph as Turtle, as a stream."""
    short = shortener(graph.prefixes)
    out.write(short.header().encode())
    out.writelines(f"\n{short.block(*facts)}".encode() for facts in default_graph(graph))
