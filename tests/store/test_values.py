"""Values for the variables of a query: where they are put, and that none is passed over in silence."""

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, UsageError
from kg.store.questions import ask
from kg.store.values import bound
from tests.store.graphs import store_of

BASE = "https://w3id.org/kgp/id/"
ADA = f"{BASE}ada"


@pytest.fixture(scope="module")
def two() -> ox.Store:
    """A paper by two, with code, and another by one of them."""
    return store_of("id:p1 a kg:Paper ; dcterms:creator id:ada, id:bo ; kg:hasCode id:c . id:p2 a kg:Paper ; dcterms:creator id:bo .")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", "SELECT * { VALUES ?s { 1 } ?s ?p ?o }"),
        ("ASK { ?s ?p '{' }", "ASK { VALUES ?s { 1 } ?s ?p '{' }"),
        ("# {\nASK WHERE { $s ?p ?o }", "# {\nASK WHERE { VALUES ?s { 1 } $s ?p ?o }"),
        ("CONSTRUCT { ?s a [ a ?o ] } WHERE { ?s ?p ?o }", "CONSTRUCT { ?s a [ a ?o ] } WHERE { VALUES ?s { 1 } ?s ?p ?o }"),
        ("DESCRIBE ?s WHERE { ?s ?p ?o }", "DESCRIBE ?s WHERE { VALUES ?s { 1 } ?s ?p ?o }"),
        ("SELECT (EXISTS { ?s ?p 2 } AS ?x) { ?s ?p ?o }", "SELECT (EXISTS { ?s ?p 2 } AS ?x) { VALUES ?s { 1 } ?s ?p ?o }"),
        ("ASK { ?o ?p ?s. }", "ASK { VALUES ?s { 1 } ?o ?p ?s. }"),
        ("ASK { { SELECT ?s { ?s ?p ?o } } }", "ASK { VALUES ?s { 1 } { SELECT ?s { VALUES ?s { 1 } ?s ?p ?o } } }"),
        (
            "ASK { { SELECT ?s (COUNT(?o) AS ?n) { { SELECT * { ?s ?p ?o } } } GROUP BY ?s } }",
            "ASK { VALUES ?s { 1 } { SELECT ?s (COUNT(?o) AS ?n) { VALUES ?s { 1 } { SELECT * { VALUES ?s { 1 } ?s ?p ?o } } } GROUP BY ?s } }",
        ),
    ],
)  # fmt: skip
def test_where_values_are_put(query: str, expected: str) -> None:
    one = '"1"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert bound(query, {"s": "1"}) == expected.replace("{ 1 }", f"{{ {one} }}")


@pytest.mark.parametrize(
    "part",
    [
        "SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 1",
        "SELECT ?s { { SELECT ?s { ?s ?p ?o } LIMIT 2 } }",
        "SELECT (MIN(?y) AS ?s) { ?x ?p ?y }",
        "SELECT ?s { ?x ?p ?y BIND(STR(?y) AS ?s) }",
        "SELECT ?x { ?x ?p ?s { SELECT ?s { ?s ?p ?o } } }",
    ],
)
def test_a_subquery_that_a_value_would_change_has_none(part: str) -> None:
    assert bound(f"ASK {{ ?s ?p ?o {{ {part} }} }}", {"s": "1"}).count("VALUES") == 1


def test_where_no_value_can_be_put() -> None:
    with pytest.raises(UsageError, match="no variable 'nosuch'; its variables: o, p, s"):
        bound("SELECT * { ?s ?p ?o }", {"nosuch": "1"})
    with pytest.raises(QueryError, match="takes no values"):
        bound("CONSTRUCT WHERE { ?s ?p ?o }", {"s": "1"})
    with pytest.raises(QueryError, match="takes no values"):
        bound("DESCRIBE ?s", {"s": "1"})


QUERIES = {
    "with an EXISTS in front": ("SELECT ?p (EXISTS { ?p kg:hasCode ?c } AS ?has) { ?p a kg:Paper ; dcterms:creator ?who }", ((f"{BASE}p1", True),)),
    "in a subquery that selects it": ("SELECT ?n { { SELECT ?who (COUNT(?p) AS ?n) { ?p dcterms:creator ?who } GROUP BY ?who } }", ((1,),)),
    "in a subquery that selects all": ("SELECT ?p { { SELECT * { ?p dcterms:creator ?who } } }", ((f"{BASE}p1",),)),
    "beside a subquery": ("SELECT ?p { ?p dcterms:creator ?who { SELECT ?p { ?p a kg:Paper } } }", ((f"{BASE}p1",),)),
}  # fmt: skip


@pytest.mark.parametrize("place", QUERIES)
def test_a_value_is_obeyed_wherever_its_variable_stands(place: str, two: ox.Store) -> None:
    query, rows = QUERIES[place]
    assert ask(two, query, BASE, {"who": ADA}).rows == rows


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?n { { SELECT (COUNT(?p) AS ?n) { ?p dcterms:creator ?who } } }",
        "SELECT ?n { { SELECT ?n { { SELECT ?who (COUNT(?p) AS ?n) { ?p dcterms:creator ?who } GROUP BY ?who } } } }",
        "SELECT (COUNT(?p) AS ?who) { ?p a kg:Paper }",
        "SELECT (EXISTS { ?p dcterms:creator ?who } AS ?has) { ?p a kg:Paper }",
        "CONSTRUCT { ?p dcterms:creator ?who } WHERE { ?p a kg:Paper }",
    ],
)
def test_a_value_that_would_be_passed_over_is_refused(query: str) -> None:
    with pytest.raises(UsageError, match="the variable 'who' stands where no value reaches it; select it in its subquery"):
        bound(query, {"who": ADA})


@pytest.mark.parametrize("query", ["SELECT * {", "SELECT * { {", "ASK { ( ?s", "SELECT ?s } {", "{ SELECT", "CONSTRUCT {", "CONSTRUCT"])
def test_a_query_in_pieces_is_no_accident(query: str, two: ox.Store) -> None:
    with pytest.raises((QueryError, UsageError)):
        ask(two, query, BASE, {"s": "1"})
