"""Questions and their answers: shipped ones, files and SPARQL; forms; values for variables."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, UsageError
from kg.store import questions
from kg.store.questions import Question, answer_bytes, ask, is_graph_query, shipped, text_of
from tests.store.graphs import store_of

BASE = "https://w3id.org/kgp/id/"
GOOD = Path(__file__).parents[1] / "data" / "graphs" / "good.trig"

THIRTY = {
    "papers", "several-texts", "code", "no-identifier", "citing", "authors-of", "spellings", "coauthors", "bridges",
    "prolific-authors", "new-collaborations", "institutions", "industry-academia", "affiliations-over-time", "career-moves",
    "topics-by-year", "papers-on-topic", "leading-authors", "datasets", "dataset-names", "datasets-together", "introduced",
    "best-results", "evidence", "doubtful-mentions", "doubtful-merges", "disagreements", "cut-author-lists",
    "rise-and-fall", "active-years",
}  # fmt: skip
"""The questions that a graph of papers has to answer."""


@pytest.fixture(scope="module")
def good() -> ox.Store:
    if not GOOD.is_file():
        pytest.skip("the sample graph is not there")
    store = ox.Store()
    store.load(path=str(GOOD), format=ox.RdfFormat.TRIG)
    return store


@pytest.fixture
def tiny() -> ox.Store:
    store = ox.Store()
    store.load(
        b"""
        @prefix kg: <https://w3id.org/kgp/ns#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        @prefix dcterms: <http://purl.org/dc/terms/> . @prefix id: <https://w3id.org/kgp/id/> .
        id:p1 a kg:Paper ; dcterms:title "One" ; kg:year 2017 ; dcterms:creator id:ada, id:bo ; kg:score 0.5 ; kg:open true .
        id:p2 a kg:Paper ; dcterms:title "Two, or \\"2\\"" ; kg:year 2018 ; dcterms:creator id:ada .
        id:ada foaf:name "Ada" . id:bo foaf:name "Bo" .
        """,
        format=ox.RdfFormat.TURTLE,
    )
    return store


def test_thirty_questions_ship() -> None:
    assert set(shipped()) >= THIRTY


@pytest.mark.parametrize("name", sorted(shipped()))
def test_each_shipped_question_parses_and_says_what_it_asks(name: str) -> None:
    question = shipped()[name]
    first, *rest = question.help.split("\n")
    assert "?" in first
    assert len(first) > 20
    assert all(line.startswith("?") for line in rest)
    assert all(f"?{parameter}" in question.sparql.partition("SELECT")[2] for parameter in question.parameters)
    assert ask(ox.Store(), name, BASE).rows == ()


@pytest.mark.parametrize("name", sorted(THIRTY))
def test_each_of_the_thirty_has_an_answer_on_the_sample_graph(name: str, good: ox.Store) -> None:
    assert len(ask(good, name, BASE)) > 0


@pytest.mark.parametrize("name", sorted(n for n, q in shipped().items() if q.parameters))
def test_a_value_for_each_declared_variable_narrows_the_answer(name: str, good: ox.Store) -> None:
    question = shipped()[name]
    for parameter in question.parameters:
        everything = ask(good, name, BASE)
        nothing = ask(good, name, BASE, {parameter: f"{BASE}nobody/nothing"})
        assert len(everything) > 0
        assert len(nothing) == 0
        if parameter in everything.variables:
            place = everything.variables.index(parameter)
            value = str(everything.rows[0][place])
            some = ask(good, name, BASE, {parameter: value})
            assert set(some.rows) == {row for row in everything.rows if str(row[place]) == value}


def test_a_question_is_a_name_a_file_or_sparql(tmp_path: Path) -> None:
    file = tmp_path / "mine.rq"
    file.write_bytes(b"\xef\xbb\xbfASK { ?s ?p ?o }")
    assert text_of("papers") == shipped()["papers"].sparql
    assert text_of(str(file)) == "ASK { ?s ?p ?o }"
    assert text_of("DESCRIBE <https://w3id.org/kgp/id/p1>") == "DESCRIBE <https://w3id.org/kgp/id/p1>"


def test_what_is_no_question(tmp_path: Path) -> None:
    file = tmp_path / "latin.rq"
    file.write_bytes(b"ASK { ?s ?p 'caf\xe9' }")
    with pytest.raises(QueryError, match="not UTF-8 at byte 16"):
        text_of(str(file))
    with pytest.raises(UsageError, match="no such file"):
        text_of("missing.rq")
    with pytest.raises(UsageError, match=r"no shipped question, file or SPARQL; the shipped ones like it: papers$"):
        text_of("paprs")
    with pytest.raises(UsageError, match=r"; the shipped ones: active-years, .*versions$"):
        text_of("xyzzy")


def test_rows_are_python_values(tiny: ox.Store) -> None:
    answer = ask(tiny, "SELECT ?p ?t ?y ?s ?o ?n { ?p dcterms:title ?t ; kg:year ?y ; kg:score ?s ; kg:open ?o OPTIONAL { ?p foaf:name ?n } }", BASE)
    assert answer.variables == ("p", "t", "y", "s", "o", "n")
    assert answer.rows == ((f"{BASE}p1", "One", 2017, 0.5, True, None),)


def test_yes_or_no_and_graphs_are_rows_too(tiny: ox.Store) -> None:
    assert ask(tiny, "ASK { id:p1 kg:year 2017 }", BASE).rows == ((True,),)
    assert ask(tiny, "CONSTRUCT { ?p kg:year ?y } WHERE { ?p kg:year ?y ; dcterms:title 'One' }", BASE).rows == (
        (f"{BASE}p1", "https://w3id.org/kgp/ns#year", 2017),
    )


def test_a_data_frame(tiny: ox.Store) -> None:
    pytest.importorskip("pandas")
    frame = ask(tiny, "SELECT ?t ?y { ?p dcterms:title ?t ; kg:year ?y } ORDER BY ?y", BASE).frame()
    assert list(frame.columns) == ["t", "y"]
    assert frame["y"].tolist() == [2017, 2018]


def test_the_base_of_the_graph_is_what_id_means(tiny: ox.Store) -> None:
    assert ask(tiny, "ASK { id:p1 ?p ?o }", BASE).rows == ((True,),)
    assert ask(tiny, "ASK { id:p1 ?p ?o }", "https://example.org/").rows == ((False,),)
    assert ask(tiny, "ASK { paper:p1 ?p ?o }", BASE).rows == ((False,),)


@pytest.mark.parametrize(
    ("value", "names"),
    [(f"{BASE}ada", {"Ada"}), ("Ada", set()), (f"{BASE}nobody", set())],
)
def test_a_value_for_a_variable_that_is_not_selected(value: str, names: set[str], tiny: ox.Store) -> None:
    query = "SELECT ?name (COUNT(?paper) AS ?n) WHERE { ?paper dcterms:creator ?who . ?who foaf:name ?name } GROUP BY ?who ?name"
    assert {row[0] for row in ask(tiny, query, BASE, {"who": value}).rows} == names


def test_values_are_numbers_texts_or_iris(tiny: ox.Store) -> None:
    query = "SELECT ?p { ?p ?q ?value }"
    assert ask(tiny, query, BASE, {"value": "2018"}).rows == ((f"{BASE}p2",),)
    assert ask(tiny, query, BASE, {"value": '"2018"'}).rows == ()
    assert ask(tiny, query, BASE, {"value": '"One"'}).rows == ((f"{BASE}p1",),)
    assert ask(tiny, query, BASE, {"value": 'Two, or "2"'}).rows == ((f"{BASE}p2",),)


def test_a_value_cannot_change_the_query(tiny: ox.Store) -> None:
    for value in ("One' } #", '" } SERVICE <http://127.0.0.1:18099/> { ?s ?p "', "https://x.org/> } #", "a\\\n}"):
        assert ask(tiny, "SELECT ?p { ?p ?q ?value }", BASE, {"value": value}).rows == ()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT *\nWHERE {\n ?s ?p }", "query:3: not valid SPARQL 1.1: near '?s ?p }': this was not expected here; mend the query"),
        ("SELECT ?s { ?s nosuch:p ?o }", "near 'SELECT ?s { ?s nosuch:p': this prefix is not declared; begin the query with PREFIX name: <address>;"),
        ("SELECT ?s { ?s a <rel> }", "near 'SELECT ?s { ?s a <rel>': this is no whole IRI;"),
        ("SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }", "a selected variable is neither grouped by nor counted;"),
        ("SELEC * { ?s ?p ?o }", "query:1: not valid SPARQL 1.1: near 'SELEC *"),
    ],
)  # fmt: skip
def test_a_syntax_error_names_its_place_and_reason(query: str, told: str, tiny: ox.Store) -> None:
    with pytest.raises(QueryError) as error:
        ask(tiny, query, BASE)
    assert told in str(error.value)


@pytest.mark.parametrize("query", ["SELECT ?s { ?s nosuch:p ?o }", "SELECT (<https://example.org/f>(1) AS ?x) { }", "INSERT { } WHERE { }"])
def test_what_cannot_be_answered_is_an_error_in_words(query: str, tiny: ox.Store) -> None:
    with pytest.raises(QueryError) as error:
        answer_bytes(tiny, query, BASE, {}, "json")
    assert str(error.value)


def test_the_forms_of_a_table(tiny: ox.Store) -> None:
    query = "SELECT ?t ?y { ?p dcterms:title ?t ; kg:year ?y } ORDER BY ?y"
    assert answer_bytes(tiny, query, BASE, {}, "csv") == b't,y\r\nOne,2017\r\n"Two, or ""2""",2018\r\n'
    assert answer_bytes(tiny, query, BASE, {}, "tsv").splitlines()[0] == b"?t\t?y"
    rows = json.loads(answer_bytes(tiny, query, BASE, {}, "json"))["results"]["bindings"]
    assert [row["t"]["value"] for row in rows] == ["One", 'Two, or "2"']
    xml = ET.fromstring(answer_bytes(tiny, query, BASE, {}, "xml"))  # noqa: S314 - our own output
    assert len(xml.findall(".//{*}result")) == 2


def test_the_forms_of_a_graph(tiny: ox.Store) -> None:
    query = "CONSTRUCT { ?p kg:year ?y ; dcterms:title ?t } WHERE { ?p kg:year ?y ; dcterms:title ?t }"
    formats = {"turtle": ox.RdfFormat.TURTLE, "ntriples": ox.RdfFormat.N_TRIPLES, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}
    for form, kind in formats.items():
        content = answer_bytes(tiny, query, BASE, {}, form)
        assert len(list(ox.parse(content, format=kind))) == 4, form
        assert content == answer_bytes(tiny, query, BASE, {}, form)
    turtle = answer_bytes(tiny, query, BASE, {}, "turtle").decode()
    declared = [line.split()[1] for line in turtle.splitlines() if line.startswith("@prefix")]
    assert declared == ["dcterms:", "id:", "kg:"]


@pytest.mark.parametrize(
    ("query", "form"), [("SELECT ?s { %s }", form) for form in ("csv", "tsv", "json", "xml")] + [("CONSTRUCT { ?s ?p ?o } { %s }", "ntriples")]
)
def test_an_answer_that_is_too_large_ends_before_it_fills_the_memory(query: str, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "_LIMIT_RESULT", 10_000)
    store = ox.Store()
    for number in range(300):
        store.add(ox.Quad(ox.NamedNode(f"http://a/{number}"), ox.NamedNode("http://p"), ox.Literal("x" * 20)))
    with pytest.raises(QueryError) as told:
        answer_bytes(store, query % "?s ?p ?o . ?a ?b ?c . ?d ?e ?f", "http://base/", {}, form)
    assert str(told.value) == "the answer is larger than 256 MB; add a LIMIT"


def test_a_triple_that_is_found_again_and_again_makes_no_answer_larger(monkeypatch: pytest.MonkeyPatch, tiny: ox.Store) -> None:
    monkeypatch.setattr(questions, "_LIMIT_RESULT", 100)
    assert answer_bytes(tiny, "CONSTRUCT { <http://a> <http://b> 1 } { ?s ?p ?o . ?a ?b ?c }", "http://base/", {}, "ntriples").count(b"\n") == 1


def test_a_form_that_an_answer_has_not(tiny: ox.Store) -> None:
    with pytest.raises(QueryError, match="is a table and has no form turtle; use --format table"):
        answer_bytes(tiny, "SELECT * { ?s ?p ?o }", BASE, {}, "turtle")
    with pytest.raises(QueryError, match="is a graph and has no form csv; use --format turtle"):
        answer_bytes(tiny, "CONSTRUCT WHERE { ?s ?p ?o }", BASE, {}, "csv")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("CONSTRUCT WHERE { ?s ?p ?o }", True), ("describe <a:b>", True), ("SELECT * { ?s ?p 'construct' }", False),
        ("# construct\nASK { }", False), ("PREFIX construct: <https://describe.org/> SELECT * { }", False),
    ],
)  # fmt: skip
def test_which_queries_ask_for_a_graph(query: str, expected: bool) -> None:
    assert is_graph_query(query) is expected


def test_only_methods_and_datasets_rise_and_fall() -> None:
    store = store_of("""
        paper:1 kg:year 2015 ; kg:introduces method:a, id:task ; kg:usesDataset id:data . paper:3 kg:usesMethod method:a . paper:2 kg:year 2018 ; kg:usesMethod method:a ; kg:addressesTask id:task .
        method:a a kg:Method ; skos:prefLabel "A" . id:data a kg:Dataset ; skos:prefLabel "D" . id:task a kg:Task ; skos:prefLabel "T" .
    """)
    assert ask(store, "rise-and-fall", BASE).rows == (("A", 2015, 2018, 3, 1), ("D", 2015, 2015, 1, 0))


UNDATED = """
    PREFIX person: <https://w3id.org/kgp/id/person/>
    paper:1 kg:year 2015 ; dcterms:creator person:a, person:b ; kg:hasAuthorship id:s1 . paper:2 dcterms:creator person:a, person:b .
    paper:3 dcterms:creator person:b, person:c ; kg:hasAuthorship id:s2 . paper:4 kg:year 2018 ; dcterms:creator person:b, person:d .
    person:a foaf:name "A" . person:b foaf:name "B" . person:c foaf:name "Wei Lin" . person:d foaf:name "Wei Lin" .
    id:s1 pro:isHeldBy person:a ; kg:affiliation id:org . id:s2 pro:isHeldBy person:c ; kg:affiliation id:org .
    id:org a kg:Organization ; skos:prefLabel "Polis" .
"""
"""Papers with and without a year, one person who ties three, and two of one name."""


def test_a_paper_without_a_year_counts_and_hides_no_year() -> None:
    assert [row[:5] for row in ask(store_of(UNDATED), "coauthors", BASE).rows] == [
        ("A", "B", 2, 2015, 2015), ("B", "Wei Lin", 1, None, None), ("B", "Wei Lin", 1, 2018, 2018),
    ]  # fmt: skip
    assert ask(store_of(UNDATED), "affiliations-over-time", BASE).rows == (
        (f"{BASE}person/a", "Polis", 2015, 2015), (f"{BASE}person/c", "Polis", None, None),
    )  # fmt: skip


def test_bridges_tell_people_of_one_name_apart() -> None:
    found = ask(store_of(UNDATED), "bridges", BASE)
    assert [tuple(row[3 + i].removeprefix(f"{BASE}person/") for i in range(3)) for row in found.rows] == [
        ("a", "b", "c"), ("a", "b", "d"), ("c", "b", "a"), ("d", "b", "a"), ("c", "b", "d"), ("d", "b", "c"),
    ]  # fmt: skip
    assert found.variables == ("one", "bridge", "other", "a", "m", "b")


def test_a_question_is_a_record() -> None:
    question = shipped()["evidence"]
    assert question == Question("evidence", question.help, ("paper", "thing"), question.sparql)
