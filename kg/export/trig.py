"""TriG: the resolved facts first, then what each source said, one block per named graph.

In goes the graph, out comes Turtle with graph names. The facts of the named graphs are held in memory while
they are sorted; use `nquads` for a graph that is larger than memory.
"""

from typing import BinaryIO, Final

from kg.export._facts import default_graph, named_graphs
from kg.export._terms import shortener
from kg.model import Graph

suffix: Final = ".trig"


def write(graph: Graph, out: BinaryIO) -> None:
    """Write all graphs as TriG."""
    short = shortener(graph.prefixes)
    out.write(short.header().encode())
    out.writelines(f"\n{short.block(*facts)}".encode() for facts in default_graph(graph))
    for name, subjects in named_graphs(graph):
        out.write(f"\n{short.iri(name)} {{\n".encode())
        out.writelines(short.block(*facts, indent="    ").encode() for facts in subjects)
        out.write(b"}\n")
