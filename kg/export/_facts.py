"""The graph's RDF as the exporters want it: facts of one subject together, `rdf:type` first.

In goes the build's sorted N-Quads file. Out come groups: one subject with its facts, subject by subject, for
the default graph (read as a stream) and for each named graph (held in memory, since the file interleaves them).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

import pyoxigraph as ox

from kg.errors import BuildError
from kg.model import Graph

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
TYPE: Final = f"{RDF}type"

Subject = ox.NamedNode | ox.BlankNode
Object = ox.NamedNode | ox.BlankNode | ox.Literal


class Fact(NamedTuple):
    """One triple, in terms of the RDF model; the predicate is an IRI as text."""

    subject: Subject
    predicate: str
    object: Object


def read_quads(path: Path) -> Iterator[tuple[str | None, Fact]]:
    """Yield the name of the graph (None for the default graph) and the fact, in the order of the file.

    Raises:
        BuildError: If the file is missing or no N-Quads.
    """
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.N_QUADS):
            subject, said, graph = quad.subject, quad.object, quad.graph_name
            if isinstance(subject, ox.Triple) or isinstance(said, ox.Triple):
                raise BuildError(f"{path}: a triple within a triple cannot be exported; build the graph anew")
            name = None if isinstance(graph, ox.DefaultGraph) else graph.value
            yield name, Fact(subject, quad.predicate.value, said)
    except SyntaxError as error:
        raise BuildError(f"{path}:{error.lineno}: not N-Quads: {error.msg}; build the graph anew") from error
    except FileNotFoundError as error:
        raise BuildError(f"{path}: the graph's RDF is missing; build the graph anew") from error


def by_subject(facts: Iterable[Fact]) -> Iterator[tuple[Subject, list[Fact]]]:
    """Yield each subject with its facts: `rdf:type` first, then by predicate and object; each fact once."""
    for _, group in groupby(facts, key=lambda fact: str(fact.subject)):
        chosen = {_order(fact): fact for fact in group}
        ordered = [fact for _, fact in sorted(chosen.items())]
        yield ordered[0].subject, ordered


def default_graph(graph: Graph) -> Iterator[tuple[Subject, list[Fact]]]:
    """Yield the subjects of the default graph with their facts."""
    return by_subject(fact for name, fact in read_quads(graph.quads) if name is None)


def named_graphs(graph: Graph) -> Iterator[tuple[str, Iterator[tuple[Subject, list[Fact]]]]]:
    """Yield each named graph, by name, as its IRI and its subjects with their facts."""
    found: dict[str, list[Fact]] = defaultdict(list)
    for name, fact in read_quads(graph.quads):
        if name is not None:
            found[name].append(fact)
    for name in sorted(found):
        yield name, by_subject(found.pop(name))


def _order(fact: Fact) -> tuple[bool, str, str]:
    return fact.predicate != TYPE, fact.predicate, str(fact.object)
