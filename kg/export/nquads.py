"""N-Quads: everything, one fact a line: the build's own sorted file, byte for byte.

In goes the graph, out comes the same file: resolved facts, what each source said, and the identity graph.
"""

from shutil import copyfileobj
from typing import BinaryIO, Final

from kg.errors import BuildError
from kg.model import Graph

suffix: Final = ".nq"


def write(graph: Graph, out: BinaryIO) -> None:
    """Write all graphs as N-Quads, as a stream."""
    try:
        with graph.quads.open("rb") as file:
            copyfileobj(file, out)
    except FileNotFoundError as error:
        raise BuildError(f"{graph.quads}: the graph's RDF is missing; build the graph anew") from error
