"""N-Triples: the resolved facts (the default graph), one a line, in the order of the build's own file.

In goes the graph, out comes a stream that any line tool can split, sort and compare.
"""

from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.export._facts import read_quads
from kg.model import Graph

suffix: Final = ".nt"


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the default graph as N-Triples, as a stream."""
    facts = (fact for name, fact in read_quads(graph.quads) if name is None)
    out.writelines(f"{fact.subject} {ox.NamedNode(fact.predicate)} {fact.object} .\n".encode() for fact in facts)
