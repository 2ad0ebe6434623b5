"""RDF/XML: the resolved facts (the default graph), for tools that read nothing newer.

In goes the graph, out comes one `rdf:Description` per subject. Characters that XML 1.0 cannot hold become
U+FFFD, in this format only. A predicate must end in an XML name, as all of ours do.
"""

import re
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export._facts import RDF, XSD, Fact, Object, Subject, default_graph
from kg.export._xml import xml_text
from kg.model import Graph

suffix: Final = ".rdf"

_XML_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
"""The longest XML name that an IRI ends in; names beyond ASCII are not used by any vocabulary we emit."""

_PREFIX: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*")


def write(graph: Graph, out: BinaryIO) -> None:
    """Write the default graph as RDF/XML, as a stream.

    Raises:
        UsageError: If a predicate does not end in an XML name.
    """
    names = {iri: name for name, iri in sorted(graph.prefixes.items()) if _is_prefix(name)} | {RDF: "rdf"}
    declared = "".join(f'\n    xmlns:{name}="{xml_text(iri)}"' for iri, name in sorted(names.items()))
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{declared}>\n'.encode())
    for subject, facts in default_graph(graph):
        out.write(f"  <rdf:Description {_subject(subject)}>\n".encode())
        out.writelines(_property(fact, names).encode() for fact in facts)
        out.write(b"  </rdf:Description>\n")
    out.write(b"</rdf:RDF>\n")


def _is_prefix(name: str) -> bool:
    return _PREFIX.fullmatch(name) is not None and not name.lower().startswith("xml") and name != "rdf"


def _property(fact: Fact, names: dict[str, str]) -> str:
    """Return one fact as a property element."""
    match = _XML_NAME.search(fact.predicate)
    if match is None:
        raise UsageError(f"the predicate {fact.predicate} cannot be written as RDF/XML; export as turtle instead")
    namespace, local = fact.predicate[: match.start()], match[0]
    name = f"{names[namespace]}:{local}" if namespace in names else f"p:{local}"
    declared = "" if namespace in names else f' xmlns:p="{xml_text(namespace)}"'
    return f"    <{name}{declared}{_object(fact.object, name)}\n"


def _subject(term: Subject) -> str:
    if isinstance(term, ox.BlankNode):
        return f'rdf:nodeID="{term.value}"'
    return f'rdf:about="{xml_text(term.value)}"'


def _object(term: Object, name: str) -> str:
    """Return the rest of a property element, from its attributes on."""
    if isinstance(term, ox.NamedNode):
        return f' rdf:resource="{xml_text(term.value)}"/>'
    if isinstance(term, ox.BlankNode):
        return f' rdf:nodeID="{term.value}"/>'
    if term.language:
        kind = f' xml:lang="{term.language}"'
    else:
        kind = "" if term.datatype.value == f"{XSD}string" else f' rdf:datatype="{xml_text(term.datatype.value)}"'
    return f"{kind}>{xml_text(term.value, chr(0xFFFD))}</{name}>"
