"""The ontology's SHACL shapes, asked of the store as SPARQL.

Each constraint of a shape becomes one query for the nodes that break it, so that a graph of any size is checked by
the store's own joins. In: a store (its default graph). Out: violations, the worst first.

The subset of SHACL that the ontology uses is translated; any other SHACL term in it is an error, never skipped.
A node is of a class if the graph says so: superclasses are written out in our graphs, nothing is inferred.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

import pyoxigraph as ox

from kg.errors import BuildError
from kg.ontology import turtle_files

Severity = Literal["error", "warning", "info"]
Node = ox.NamedNode | ox.BlankNode | ox.Literal

_SH: Final = "http://www.w3.org/ns/shacl#"
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"

_SEVERITIES: Final[dict[str, Severity]] = {"Violation": "error", "Warning": "warning", "Info": "info"}
RANK: Final[dict[Severity, int]] = {"error": 0, "warning": 1, "info": 2}
"""Order of the severities, the worst first."""

_DATATYPES: Final = frozenset({"string", "boolean", "integer", "decimal", "double", "date", "dateTime", "gYear", "gYearMonth"})
_KEPT_AS_INTEGER: Final = {"nonNegativeInteger": 0, "positiveInteger": 1}
"""Datatypes that Oxigraph turns into xsd:integer when it loads them, with the smallest number of each."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One node that breaks one constraint.

    Attributes:
        severity: How bad it is.
        focus: IRI of the node.
        path: IRI of the property, if the constraint is about one.
        value: The value that is wrong, if it is one value.
        message: What is wrong, in plain words.
    """

    severity: Severity
    focus: str
    path: str | None
    value: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """One constraint, as the query for what breaks it: `?this`, and perhaps `?value` and `?path`."""

    severity: Severity
    path: str | None
    message: str
    select: str


def violations(store: ox.Store, checks: tuple[Check, ...] | None = None) -> list[Violation]:
    """Return all nodes that break a check, by default of the ontology's shapes; the worst first, then by message."""
    found = {v for check in (shipped() if checks is None else checks) for v in _broken(store, check)}
    return sorted(found, key=lambda v: (RANK[v.severity], v.message, v.focus, v.path or "", v.value or ""))


@cache
def shipped() -> tuple[Check, ...]:
    """Return the checks of the ontology's Turtle files."""
    return compile_shapes(*turtle_files())


def compile_shapes(*files: Path) -> tuple[Check, ...]:
    """Return the shapes of Turtle files as checks.

    Raises:
        BuildError: If a shape uses a term of SHACL that is not supported here, or is never applied to anything.
    """
    store = ox.Store()
    for path in files:
        store.load(path=str(path), format=ox.RdfFormat.TURTLE)
    return tuple(_Shapes(store).checks())


def _broken(store: ox.Store, check: Check) -> Iterator[Violation]:
    solutions = store.query(check.select)
    if not isinstance(solutions, ox.QuerySolutions):
        raise BuildError(f"the check {check.message!r} is no SELECT query; mend the ontology")
    names = {variable.value for variable in solutions.variables}
    for row in solutions:
        path, value = (row[name] if name in names else None for name in ("path", "value"))
        yield Violation(
            check.severity, row["this"].value, path.value if path else check.path,
            value.value if value else None, check.message,
        )  # fmt: skip


class _Shapes:
    """The shapes of one store; remembers which nodes were read, so that none is left out in silence."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._read: set[Node] = set()

    def checks(self) -> Iterator[Check]:
        """Yield the checks of all shapes that have a target."""
        targets = self._store.quads_for_pattern(None, ox.NamedNode(_SH + "targetClass"), None)
        shapes = {q.subject for q in targets if not isinstance(q.subject, ox.Triple)}
        for shape in sorted(shapes, key=str):
            yield from self._node_shape(shape)
        self._refuse_unread()

    def _node_shape(self, shape: Node) -> Iterator[Check]:
        facts = self._facts(shape, {"targetClass", "property", "sparql", "severity", "message"})
        for target in facts["targetClass"]:
            for part in facts.get("property", []):
                yield from self._property_shape(part, str(target), facts)
            for part in facts.get("sparql", []):
                yield self._sparql(part, str(target), facts)

    def _property_shape(self, shape: Node, target: str, above: dict[str, list[Node]]) -> Iterator[Check]:
        facts = self._facts(shape, {"path", "severity", "message", *_CONSTRAINTS})
        path = _one(facts, "path", shape)
        if not isinstance(path, ox.NamedNode):
            raise BuildError(f"{_name(shape)}: sh:path must be one property; a path of several is not supported")
        severity, message = _severity(facts, above), _one(facts, "message", shape).value
        for term in sorted(facts.keys() & _CONSTRAINTS):
            for argument in facts[term]:
                terms = self._list(argument) if term in {"in", "or"} else [argument]
                if term == "or":
                    terms = [_one(self._facts(each, {"datatype"}), "datatype", each) for each in terms]
                body = _CONSTRAINTS[term](str(path), terms)
                yield Check(severity, path.value, message, body.replace("$target", target))

    def _sparql(self, constraint: Node, target: str, above: dict[str, list[Node]]) -> Check:
        facts = self._facts(constraint, {"select", "message", "prefixes"})
        prefixes = "".join(p for holder in facts.get("prefixes", []) for p in self._prefixes(holder))
        select = _one(facts, "select", constraint).value
        query = f"{prefixes}SELECT * WHERE {{ {{ {select} }} ?this a {target} }}"
        return Check(_severity({}, above), None, _one(facts, "message", constraint).value, query)

    def _prefixes(self, holder: Node) -> Iterator[str]:
        for declaration in self._facts(holder, {"declare"}).get("declare", []):
            facts = self._facts(declaration, {"prefix", "namespace"})
            name, space = (_one(facts, term, declaration).value for term in ("prefix", "namespace"))
            yield f"PREFIX {name}: <{space}>\n"

    def _facts(self, node: Node, allowed: set[str]) -> dict[str, list[Node]]:
        """Return what is said of a node in terms of SHACL.

        Raises:
            BuildError: If it is said in a term that is not allowed there.
        """
        self._read.add(node)
        facts: dict[str, list[Node]] = {}
        for predicate, value in self._said(node):
            if predicate.startswith(_SH):
                term = predicate.removeprefix(_SH)
                if term not in allowed:
                    raise BuildError(f"{_name(node)}: sh:{term} is not supported here; say it otherwise or in sh:sparql")
                facts.setdefault(term, []).append(value)
        return {term: sorted(values, key=str) for term, values in facts.items()}

    def _list(self, head: Node) -> list[Node]:
        """Return the members of an RDF list."""
        members: list[Node] = []
        while head.value != _RDF + "nil":
            link = dict(self._said(head))
            members.append(link[_RDF + "first"])
            head = link[_RDF + "rest"]
        return members

    def _said(self, node: Node) -> list[tuple[str, Node]]:
        """Return what is said of a node: properties and values."""
        if isinstance(node, ox.Literal):
            raise BuildError(f"{_name(node)}: a text stands where a shape or constraint belongs")
        quads = self._store.quads_for_pattern(node, None, None)
        return [(q.predicate.value, q.object) for q in quads if not isinstance(q.object, ox.Triple)]

    def _refuse_unread(self) -> None:
        for quad in self._store:
            if quad.predicate.value.startswith(_SH) and quad.subject not in self._read:
                raise BuildError(f"{_name(quad.subject)}: a shape without sh:targetClass that no other shape uses")


def _name(node: object) -> str:
    return f"the ontology's shape {node}"


def _one(facts: dict[str, list[Node]], term: str, node: Node) -> Node:
    if len(facts.get(term, [])) != 1:
        raise BuildError(f"{_name(node)}: needs exactly one sh:{term}")
    return facts[term][0]


def _severity(*levels: dict[str, list[Node]]) -> Severity:
    """Return the severity of the innermost shape that has one; a violation by default."""
    said = [facts["severity"][0].value for facts in levels if "severity" in facts]
    return _SEVERITIES[said[0].removeprefix(_SH)] if said else "error"


def _count(operator: str) -> Callable[[str, list[Node]], str]:
    """Return the maker of a query for nodes that have too few or too many values."""

    def query(path: str, arguments: list[Node]) -> str:
        return (
            f"SELECT ?this WHERE {{ ?this a $target OPTIONAL {{ ?this {path} ?each }} }} "
            f"GROUP BY ?this HAVING (COUNT(?each) {operator} {arguments[0].value})"
        )

    return query


def _each(good: Callable[[list[Node]], str]) -> Callable[[str, list[Node]], str]:
    """Return the maker of a query for values that are not good; an error while judging one is not good either."""

    def query(path: str, arguments: list[Node]) -> str:
        return (
            f"SELECT ?this ?value WHERE {{ ?this a $target ; {path} ?value "
            f"FILTER (!COALESCE({good(arguments)}, false)) }}"
        )

    return query


def _datatype(arguments: list[Node]) -> str:
    """Return the test that a value has a datatype and that its text is one of that datatype."""
    iri = arguments[0].value
    name = iri.removeprefix(_XSD)
    if name in _KEPT_AS_INTEGER:
        return f"DATATYPE(?value) = <{_XSD}integer> && ?value >= {_KEPT_AS_INTEGER[name]}"
    if name not in _DATATYPES:
        raise BuildError(f"the ontology's shapes: sh:datatype <{iri}> is not supported; use one of {sorted(_DATATYPES)}")
    return f"DATATYPE(?value) = <{iri}> && isLiteral(<{iri}>(STR(?value)))"


def _node_kind(arguments: list[Node]) -> str:
    kinds = {"IRI": "isIRI(?value)", "Literal": "isLiteral(?value)"}
    kind = arguments[0].value.removeprefix(_SH)
    if kind not in kinds:
        raise BuildError(f"the ontology's shapes: sh:nodeKind sh:{kind} is not supported; use one of {sorted(kinds)}")
    return kinds[kind]


def _not_after(path: str, arguments: list[Node]) -> str:
    return (
        f"SELECT ?this ?value WHERE {{ ?this a $target ; {path} ?value ; {arguments[0]} ?bound "
        f"FILTER (!COALESCE(?value <= ?bound, false)) }}"
    )


_CONSTRAINTS: Final[dict[str, Callable[[str, list[Node]], str]]] = {
    "minCount": _count("<"),
    "maxCount": _count(">"),
    "datatype": _each(_datatype),
    "or": _each(lambda a: " || ".join(f"({_datatype([each])})" for each in a)),
    "nodeKind": _each(_node_kind),
    "class": _each(lambda a: f"EXISTS {{ ?value a {a[0]} }}"),
    "pattern": _each(lambda a: f"!isBlank(?value) && REGEX(STR(?value), {a[0]})"),
    "in": _each(lambda a: " || ".join(f"sameTerm(?value, {member})" for member in a)),
    "minInclusive": _each(lambda a: f"?value >= {a[0]}"),
    "maxInclusive": _each(lambda a: f"?value <= {a[0]}"),
    "lessThanOrEquals": _not_after,
}
"""Constraint of a property to the query for what breaks it; `$target` stands for the class that is checked. `sh:or` lists datatypes."""
