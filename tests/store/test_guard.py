"""What a query may contain before a parser sees it."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.ontology import PREFIXES
from kg.store import guard
from kg.store.questions import shipped

BASE = "https://w3id.org/kgp/id/"


@pytest.mark.parametrize("name", sorted(shipped()))
def test_the_shipped_questions_pass(name: str) -> None:
    guard.check(shipped()[name].sparql, BASE)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p 'SERVICE <http://example.org/> LOAD' }",
        'SELECT ?service ?load { ?service <https://example.org/insert> """delete { } ( [ """ }',
        "# SERVICE in a comment { { {\nASK { ?s ?p ?o }",
        "PREFIX drop: <https://example.org/clear#> ASK { ?s drop:create drop:add }",
        "ASK { GRAPH <https://example.org/other> { ?s ?p ?o } }",
        f"SELECT * FROM <{BASE}graph/00000000> WHERE {{ ?s ?p ?o }}",
        f"SELECT * FROM NAMED <{BASE}graph/identity> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT (1 < 2 AS ?x) { }",
        "ASK { ?s ?p '\\u007B' }",
        "\ufeffASK { }",
    ],
)
def test_harmless_queries_pass(query: str) -> None:
    guard.check(query, BASE)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:18099/> { ?s ?p ?o } }", "query:1: refused: SERVICE"),
        ("SELECT *\n{ service silent ?x { ?s ?p ?o } }", "query:2: refused: SERVICE"),
        ('SELECT * { ?s ?p """a" """ . SERVICE <http://127.0.0.1:18099/> { } # "\n }', "SERVICE"),
        (r"SELECT * { S\u0045RVICE <http://127.0.0.1:18099/> { ?s ?p ?o } }", "SERVICE"),
        (r"SELECT * { \U00000053ERVICE <http://127.0.0.1:18099/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { { SELECT * { OPTIONAL { SERVICE?x { ?s ?p ?o } } } } }", "SERVICE"),
        ("LOAD <file:///etc/passwd>", "LOAD would fetch"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "read-only"),
        ("DELETE WHERE { ?s ?p ?o }", "read-only"),
        ("CLEAR ALL", "read-only"),
        ("DROP GRAPH <a:b>", "read-only"),
        ("CREATE GRAPH <a:b>", "read-only"),
        ("COPY <a:b> TO <a:c>", "read-only"),
        ("MOVE <a:b> TO <a:c>", "read-only"),
        ("ADD <a:b> TO <a:c>", "read-only"),
        ("SELECT * FROM <http://127.0.0.1:18099/x> { ?s ?p ?o }", "is no graph of this store"),
        ("SELECT * FROM NAMED <file:///etc/passwd> { ?s ?p ?o }", "is no graph of this store"),
        ("SELECT * FROM\n# hidden\n<http://127.0.0.1:18099/x> { ?s ?p ?o }", "is no graph of this store"),
        ("", "is empty"),
        ("\ufeff \n", "is empty"),
        ("ASK { ?s ?p '\x00' }", "NUL"),
        ("ASK { # " + "x" * guard.MAX_LENGTH + "\n}", "characters long"),
    ],
)
def test_harmful_queries_are_refused(query: str, told: str) -> None:
    with pytest.raises(QueryError) as error:
        guard.check(query, BASE)
    assert told in str(error.value)


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 2300 + "}" * 2300,
        "ASK { FILTER(" + "(" * 4700 + "1" + ")" * 4700 + ") }",
        "ASK { ?s " + "(" * 500 + "a" + ")" * 500 + " ?o }",
        "ASK { " + "OPTIONAL { " * 2700 + "}" * 2700 + " }",
        "ASK { { } " + "UNION { } " * 300 + "}",
        "ASK { FILTER(1" + "+1" * 7000 + " > 0) }",
        "ASK { FILTER(" + "!" * 9400 + "true) }",
        "ASK { ?s a" + "/a" * 500 + " ?o }",
        "ASK { ?s " + "^" * 500 + "a ?o }",
        "ASK { FILTER(true" + " && true" * 500 + ") }",
        "ASK { FILTER(true" + " || true" * 500 + ") }",
        "SELECT * { " + "?s ?p ?o . " * 3000 + " }",
        "ASK { ?s ?p [ " + "a [ " * 200 + "] " * 201 + "}",
        "ASK " + "\\u007B" * 2300 + "}" * 2300,
        # A string that never ends: what follows must still be counted.
        "ASK { ?s ?p '" + "{" * 2300,
        'ASK { ?s ?p """' + "{" * 2300,
        "ASK { ?s ?p <" + "{" * 2300,
    ],
)
def test_what_would_break_the_parser_is_refused(query: str) -> None:
    with pytest.raises(QueryError, match=r"too deep or too long|characters long"):
        guard.check(query, BASE)


def test_the_depth_that_is_just_allowed() -> None:
    deep = "{" * guard.MAX_DEPTH + "}" * guard.MAX_DEPTH
    guard.check(f"ASK {deep}", BASE)
    with pytest.raises(QueryError, match="too deep"):
        guard.check(f"ASK {{{deep}}}", BASE)


@given(st.text(max_size=200))
def test_any_text_passes_or_is_refused(text: str) -> None:
    with suppress(QueryError):
        guard.check(text, BASE)


@given(st.text('{}()[]<>"\'\\u0 ?aS#\n', max_size=80))
def test_tokens_lie_in_order_and_do_not_overlap(text: str) -> None:
    spans = [match.span() for match in guard.tokens_of(text)]
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_the_prefixes_that_a_query_may_use_hold_no_refused_word_alone() -> None:
    assert not {"service", "load", "insert", "delete"} & set(PREFIXES)
