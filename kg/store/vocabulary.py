"""The lint of terms: every property and class that a graph uses must be declared in the ontology's files.

Our own terms are declared with their kind or in `core.ttl`, those of other vocabularies in `external.ttl` (which
the tests hold against the published lists). A misspelt term, like `fabio:hasArXivID`, is in neither. In: a store,
all its graphs. Out: the unknown terms, each with where it is used.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast

import pyoxigraph as ox

from kg.ontology import turtle_files

TermRole = Literal["property", "class"]

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OWL: Final = "http://www.w3.org/2002/07/owl#"
_TYPE: Final = ox.NamedNode(_RDF + "type")

_DECLARED_BY: Final[dict[str, TermRole]] = {
    _OWL + "Class": "class",
    _OWL + "ObjectProperty": "property",
    _OWL + "DatatypeProperty": "property",
    _OWL + "AnnotationProperty": "property",
    _RDF + "Property": "property",
}

_USES: Final[dict[TermRole, str]] = {"property": "?example {term} ?object", "class": f"?example {_TYPE} {{term}}"}
"""Role of a term to the pattern of a statement that uses it."""

_ANYWHERE: Final = "{{ {pattern} }} UNION {{ GRAPH ?graph {{ {pattern} }} }}"


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A term that is used but declared nowhere.

    Attributes:
        iri: The term.
        role: Whether it is used as a property or as a class.
        count: In how many statements.
        example: The first subject, in alphabetical order, that it is said of.
    """

    iri: str
    role: TermRole
    count: int
    example: str


def unknown_terms(store: ox.Store) -> list[UnknownTerm]:
    """Return the properties and classes in any graph of the store that the ontology does not declare, by IRI."""
    unknown = [(term, role) for role in _USES for term in _used(store, role) if (term.value, role) not in declared()]
    return sorted((_place(store, term, role) for term, role in unknown), key=lambda t: (t.iri, t.role))


@cache
def declared() -> frozenset[tuple[str, TermRole]]:
    """Return the terms that the ontology's files declare, each with its role."""
    return declarations(*turtle_files())


def declarations(*files: Path) -> frozenset[tuple[str, TermRole]]:
    """Return the terms that Turtle files declare as class or property."""
    return frozenset(
        (quad.subject.value, _DECLARED_BY[quad.object.value])
        for path in files
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if quad.predicate == _TYPE
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value in _DECLARED_BY
    )


def _used(store: ox.Store, role: TermRole) -> list[ox.NamedNode]:
    return [row["term"] for row in _rows(store, f"SELECT DISTINCT ?term WHERE {{ {_anywhere(role, '?term')} }}")]


def _place(store: ox.Store, term: ox.NamedNode, role: TermRole) -> UnknownTerm:
    uses = _anywhere(role, str(term))
    [row] = _rows(store, f"SELECT (COUNT(*) AS ?count) (MIN(STR(?example)) AS ?first) WHERE {{ {uses} }}")
    return UnknownTerm(term.value, role, int(row["count"].value), row["first"].value)


def _rows(store: ox.Store, select: str) -> list[ox.QuerySolution]:
    return list(cast("ox.QuerySolutions", store.query(select)))


def _anywhere(role: TermRole, term: str) -> str:
    return _ANYWHERE.format(pattern=_USES[role].format(term=term))
