"""Exporters: one file per output format, found by its name.

An exporter is a module with

    suffix: str                                     how such files end, e.g. ".ttl" or ".csv.zip"
    write(graph: Graph, out: BinaryIO) -> None      writes the graph; the same graph gives the same bytes

`out` is an open binary stream that need not seek. The name of the module is the name of the format. Formats
without graph names (`turtle ntriples rdfxml`) hold the default graph, which are the resolved facts;
`nquads trig jsonld` also hold what each source said, one named graph per source.
"""

from types import ModuleType

from kg.plugins import discover


def exporters() -> dict[str, ModuleType]:
    """Return all exporters by name.

    >>> exporters()["turtle"].suffix
    '.ttl'
    """
    return discover(__name__, "suffix", "write")
