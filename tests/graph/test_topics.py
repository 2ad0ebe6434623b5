"""Topics in the graph: printed and worked out are told apart, and what is worked out leads to its characters."""

import pyoxigraph as ox
import pytest

from kg.engine.local import LocalEngine
from kg.graph import rdf_rows
from kg.graph.statements import ID_SPACE, of_topics, printed_topics, topic
from kg.model.topics import PaperTopic, TopicPassage
from kg.ontology import KG, PREFIXES, load
from tests.graph.corpus import Made, make, record

TITLE = "Machine Translation of Labels on Tea"
PAPER = "paper/arxiv-2401.00007"
CATEGORY = record("ee", ("title", TITLE), ("category", "cs.CL"), ("arxiv_id", "2401.00007"))
PLAIN = record("ff", ("title", TITLE), ("abstract", "NLP and NLP:\nmachine translation in NLP."), ("arxiv_id", "2401.00007"))


@pytest.fixture(scope="module")
def made() -> Made:
    return make([CATEGORY, PLAIN], [])


def quads(made: Made) -> list[ox.Quad]:
    setting = made.build.setting
    with LocalEngine() as engine:
        passages = [row for batch in engine.sql(rdf_rows.TOPIC_PASSAGES, resolved=made.assembly.resolved) for row in batch.to_pylist()]
    lines = {line for row in made.rows("facts") for line in rdf_rows.of_fact(row, setting)}
    lines |= {line for row in passages for line in rdf_rows.of_topic_passage(row, setting)}
    return list(ox.parse("".join(lines), format=ox.RdfFormat.N_QUADS))


def test_what_one_source_prints_and_another_suggests_is_printed(made: Made) -> None:
    rows = [row for row in made.rows("resolved") if row["object"] == "topic/cs.CL"]
    assert {row["predicate"] for row in rows} == {"dcterms:subject"}
    assert {row["said"] for row in rows} == {"dcterms:subject", "kg:hasTopic"}, "who said what is kept"
    facts = made.facts(PAPER)
    assert facts["dcterms:subject"] == ["topic/cs.CL"]
    assert facts["kg:hasTopic"] == ["topic/machine-translation"]


def test_every_row_leads_to_its_characters_and_its_line(made: Made) -> None:
    texts = {(each.id, field.name): field for each in (CATEGORY, PLAIN) for field in each.fields}
    rows = [row for row in made.stated if row["predicate"] == "kg:hasTopic"]
    assert {row["line"] for row in rows if row["field"] == "abstract"} == {2, 3}
    for row in rows:
        field = texts[row["record"], row["field"]]
        assert field.text[row["field_start"] : row["field_end"]] == row["quote"]
        assert row["start"] - (field.start or 0) == row["field_start"]
        assert row["by"].startswith("topic:")


def test_an_edge_says_how_it_came_about(made: Made) -> None:
    edges = {(row["predicate"], row["target"]): row for row in made.rows("edges")}
    worked_out = edges["kg:hasTopic", "topic/machine-translation"]
    assert 0.5 <= worked_out["score"] < 1
    assert worked_out["support"] > 1
    assert edges["dcterms:subject", "topic/cs.CL"]["score"] == 1.0


def test_sparql_can_tell_printed_from_worked_out_and_has_the_score_and_the_passages(made: Made) -> None:
    store = ox.Store()
    store.extend(quads(made))
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

    def answers(query: str) -> set[tuple[str, ...]]:
        found = store.query(prefixes + query)
        assert isinstance(found, ox.QuerySolutions)
        return {tuple(str(getattr(value, "value", "")).removeprefix(ID_SPACE) for value in row) for row in found}

    assert answers("SELECT ?t { ?p schema:about ?t }") == {("topic/cs.CL",), ("topic/machine-translation",)}
    assert answers("SELECT ?t { ?p dcterms:subject ?t }") == {("topic/cs.CL",)}
    ((found, score),) = answers("SELECT ?t ?s { ?p kg:hasTopicAssignment ?a . ?a a kg:TopicAssignment ; kg:assignedTopic ?t ; kg:score ?s }")
    assert (found, 0.5 < float(score) < 1) == ("topic/machine-translation", True)
    passages = answers("SELECT ?w ?b ?e { ?a kg:evidence ?x . ?x nif:anchorOf ?w ; nif:beginIndex ?b ; nif:endIndex ?e }")
    assert {words.casefold() for words, _, _ in passages} == {"machine translation"}
    assert all(len(words) == int(end) - int(begin) for words, begin, end in passages)


def test_a_keyword_speaks_for_a_topic_but_is_no_text_of_its_own() -> None:
    made = make([record("gg", ("title", "On Tea"), ("keyword", "speech recognition"))], [])
    (row,) = [row for row in made.stated if row["predicate"] == "kg:hasTopic" and row["object"] == "topic/speech-recognition"]
    assert (row["field"], row["quote"], row["by"]) == ("keyword", "speech recognition", "topic:keyword")
    assert "evidence" not in {quad.predicate.value.removeprefix(KG) for quad in quads(made)}


@pytest.mark.parametrize(
    ("printed", "path"),
    [
        ("cs.CV", "cs.CV"), ("CV", "cs.CV"), ("cmp-lg", "cs.CL"), ("alg-geom", "math.AG"), ("bayes-an", "physics.data-an"), ("math-ph", "math-ph"),
        ("Computation and Language", "cs.CL"), ("machine learning", "cs.LG"), ("Systems and Control", "eess.SY"), ("cs.SY", "cs.SY"),
        ("Graph Neural Networks", "graph-neural-networks"), ("stat.TH", "stat.TH"), ("Beekeeping", "Beekeeping"), ("bee keeping", "bee-keeping"),
    ],
)  # fmt: skip
def test_a_printed_category_is_known_by_its_codes_and_its_name(printed: str, path: str) -> None:
    assert topic(printed) == f"topic/{path}"


def test_the_categories_of_a_record() -> None:
    assert printed_topics(CATEGORY) == {"topic/cs.CL"}
    assert printed_topics(PLAIN) == set()


def test_one_statement_a_passage() -> None:
    title = PLAIN.fields[0]
    found = PaperTopic("topic/x", 0.7, (TopicPassage(title, 0, 7, "topic:label"), TopicPassage(title, 8, 19, "topic:label:narrower")))
    rows = list(of_topics(PLAIN, [found]))
    assert [(row["quote"], row["by"], row["score"]) for row in rows] == [("Machine", "topic:label", 0.7), ("Translation", "topic:label:narrower", 0.7)]


def test_closed_archives_lead_to_categories_that_exist() -> None:
    codes = [code for concept in load().of_kind("topic") for code in concept.properties.get(f"{KG}formerCode", ())]
    assert len(codes) == len({*codes}) == 18
