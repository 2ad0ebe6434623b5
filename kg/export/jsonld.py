"""JSON-LD 1.1: all graphs, with a context of prefixes and one node a line.

In goes the graph, out comes one JSON object. Whole numbers and truth values are plain JSON where that reads
back as the same literal; other datatypes are written out. The facts of the named graphs are held in memory.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import pyoxigraph as ox

from kg.export._facts import TYPE, XSD, Fact, Object, Subject, default_graph, named_graphs
from kg.model import Graph

suffix: Final = ".jsonld"

_CANONICAL: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Whole numbers whose JSON form reads back as the same characters (JSON readers hold 53 bits)."""

_NAMESPACE_END: Final = re.compile(r".*[/#]", re.DOTALL)

Json = dict[str, Any]


def write(graph: Graph, out: BinaryIO) -> None:
    """Write all graphs as JSON-LD."""
    # A prefix in a context must end in a delimiter, or JSON-LD will not take it for one.
    context = {name: iri for name, iri in sorted(graph.prefixes.items()) if iri.endswith(("/", "#"))}
    names = {iri: name for name, iri in context.items()}
    out.write(f'{{"@context": {_dump(context)},\n"@graph": ['.encode())
    separator = "\n"
    for node in _nodes(graph, names):
        out.write(f"{separator}{_dump(node)}".encode())
        separator = ",\n"
    out.write(b"\n]}\n")


def _nodes(graph: Graph, names: dict[str, str]) -> Iterator[Json]:
    """Yield the default graph's nodes, then one object per named graph."""
    for subject, facts in default_graph(graph):
        yield _node(subject, facts, names)
    for name, subjects in named_graphs(graph):
        yield {"@id": name, "@graph": [_node(subject, facts, names) for subject, facts in subjects]}


def _node(subject: Subject, facts: list[Fact], names: dict[str, str]) -> Json:
    """Return a subject with its facts as a JSON-LD node object."""
    node: Json = {"@id": _reference(subject)}
    values: dict[str, list[Any]] = {}
    for fact in facts:
        if fact.predicate == TYPE and isinstance(fact.object, ox.NamedNode):
            values.setdefault("@type", []).append(_compact(fact.object.value, names))
        else:
            values.setdefault(_compact(fact.predicate, names), []).append(_value(fact.object, names))
    return node | {key: several[0] if len(several) == 1 else several for key, several in values.items()}


def _value(term: Object, names: dict[str, str]) -> Any:
    """Return an object as JSON-LD: a reference, a plain value or a value object."""
    if not isinstance(term, ox.Literal):
        return {"@id": _reference(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    kind = term.datatype.value
    if kind == f"{XSD}string":
        return term.value
    if kind == f"{XSD}integer" and _CANONICAL.fullmatch(term.value):
        return int(term.value)
    if kind == f"{XSD}boolean" and term.value in ("true", "false"):
        return term.value == "true"
    return {"@value": term.value, "@type": _compact(kind, names)}


def _reference(term: Subject) -> str:
    return term.value if isinstance(term, ox.NamedNode) else f"_:{term.value}"


def _compact(iri: str, names: dict[str, str]) -> str:
    """Return `prefix:rest` for an IRI in a declared namespace, else the IRI."""
    match = _NAMESPACE_END.match(iri)
    return f"{names[match[0]]}:{iri[match.end():]}" if match and match[0] in names else iri


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
