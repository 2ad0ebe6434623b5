"""What one record states, and where each statement was read."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.statements import arxiv_year, of_mentions, of_record, predicate_of, thing_path, topic
from kg.model import Field, Record
from kg.model.mentions import MENTION_TYPES
from kg.ontology import load
from tests.graph.corpus import ABSTRACT, ALONE, COMPLETE, CUT, fields, mention, record


def stated(of: Record) -> set[tuple[str, str, str, str]]:
    return {(row["subject"], row["predicate"], row["object"], row["datatype"]) for row in of_record(of, "reader:x")}


def objects(of: Record, predicate: str) -> list[str]:
    return [row["object"] for row in of_record(of, "reader:x") if row["predicate"] == predicate]


def test_a_record_states_its_fields() -> None:
    assert stated(ALONE) == {
        ("cc/0", "rdf:type", "kg:Paper", "iri"),
        ("cc/0", "dcterms:title", "On Tea and Its Storage", "xsd:string"),
        ("cc/0", "fabio:hasArXivId", "2401.00001", "xsd:string"),
        ("cc/0", "kg:hasIdentifier", "identifier/arxiv-2401.00001", "entity"),
        ("cc/0", "kg:year", "2024", "xsd:integer"),
        ("cc/0", "cito:cites", "paper/arxiv-2205.06175", "entity"),
        ("cc/0", "dcterms:creator", "cc/0#author/0", "entity"),
        ("cc/0", "kg:hasAuthorship", "authorship|cc/0#author/0", "entity"),
        ("cc/0", "kg:authorListComplete", "true", "xsd:boolean"),
        ("cc/0#author/0", "foaf:name", "Max Ode", "xsd:string"),
        ("authorship|cc/0#author/0", "pro:isHeldBy", "cc/0#author/0", "entity"),
        ("authorship|cc/0#author/0", "pro:relatesToDocument", "cc/0", "entity"),
        ("authorship|cc/0#author/0", "kg:rawName", "Max Ode", "xsd:string"),
        ("authorship|cc/0#author/0", "kg:position", "1", "xsd:integer"),
    }


def test_a_record_without_fields_is_still_a_paper() -> None:
    assert stated(Record("d", 0, "paper", 0, 0, 1, ())) == {("d/0", "rdf:type", "kg:Paper", "iri")}


def test_a_date_gives_date_and_year_and_is_surer_than_an_identifier() -> None:
    assert (objects(COMPLETE, "dcterms:issued"), objects(COMPLETE, "kg:year")) == (["2022-05-12"], ["2022"])
    (row,) = [row for row in of_record(ALONE, "x") if row["predicate"] == "kg:year"]
    assert (row["score"], row["by"], row["quote"]) == (0.9, "year-of-arxiv-id", "2401.00001")


@pytest.mark.parametrize(
    ("value", "issued"),
    [("2022-05-12", [("2022-05-12", "xsd:date", 1.0)]), ("2022-05", [("2022-05", "xsd:gYearMonth", 0.9)]), ("2022", [])],
)
def test_a_date_is_as_precise_as_it_is_printed_and_a_month_below_a_day(value: str, issued: list[tuple[str, str, float]]) -> None:
    of = record("d", ("date", "May 2022", value))
    rows = [row for row in of_record(of, "x") if row["predicate"] == "dcterms:issued"]
    assert ([(row["object"], row["datatype"], row["score"]) for row in rows], objects(of, "kg:year")) == (issued, ["2022"])


@pytest.mark.parametrize(
    ("printed", "tags"),
    [("English", ["en"]), ("eng", ["en"]), ("ngerman", ["de"]), ("pt_br", ["pt-BR"]), ("fre; ENG", ["fr", "en"]), ("Old High Tongue", ["Old High Tongue"])],
)
def test_languages_are_tags_where_they_are_known(printed: str, tags: list[str]) -> None:
    assert objects(record("d", ("language", printed)), "schema:inLanguage") == tags


def test_a_retraction_is_said_with_its_words_and_a_notice_is_tied_to_the_paper() -> None:
    notice = record("d", ("title", "Retracted: Tea"), ("retracts", "10.1234/Old", "doi:10.1234/old"))
    rows = [row for row in of_record(notice, "x") if row["predicate"] in _OF_RETRACTIONS]
    assert [(row["subject"], row["predicate"], row["object"], row["datatype"], row["quote"]) for row in rows] == [
        ("d/0", "schema:creativeWorkStatus", "retracted", "xsd:string", "Retracted:"),
        ("paper/doi-10.1234/old", "schema:creativeWorkStatus", "retracted", "xsd:string", "10.1234/Old"),
        ("d/0", "cito:retracts", "paper/doi-10.1234/old", "entity", "10.1234/Old"),
        ("d/0", "cito:cites", "paper/doi-10.1234/old", "entity", "10.1234/Old"),
    ]


_OF_RETRACTIONS = {"schema:creativeWorkStatus", "cito:retracts", "cito:cites"}


def test_what_is_no_arxiv_id_identifies_nothing() -> None:
    of = record("d", ("arxiv_id", "2205.06175> <http://evil/"), ("cited_arxiv_id", "9999.99999"))
    assert stated(of) == {("d/0", "rdf:type", "kg:Paper", "iri")}


def test_a_cut_list_is_not_complete() -> None:
    assert objects(CUT, "kg:authorListComplete") == ["false"]
    assert objects(COMPLETE, "kg:authorListComplete") == ["true"]


def test_an_authors_slot_is_of_the_authors_position() -> None:
    slots = {row["subject"]: row["object"] for row in of_record(COMPLETE, "x") if row["predicate"] == "kg:position"}
    assert slots == {f"authorship|bb/0#author/{i}": str(i + 1) for i in range(4)}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://github.com/Jane/Kestrel.git", ["https://github.com/Jane/Kestrel"]),
        ("http://www.gitlab.com/a/b/tree/main", ["http://www.gitlab.com/a/b"]),
        ("https://github.com/Jane", []),
        ("https://evil.org/github.com/a/b", []),
        ('https://github.com/a/b"><x', ["https://github.com/a/b"]),
    ],
)
def test_code(url: str, expected: list[str]) -> None:
    assert objects(record("d", ("url", url)), "kg:hasCode") == expected


def test_the_head_of_a_page_tells_of_its_person() -> None:
    head = Record("d", 0, "profile", 0, 9, 1, fields(("name", "Jane\nDoe"), ("h_index", "h-index12", "12")))
    assert stated(head) == {
        ("d/profile0#name/0", "foaf:name", "Jane Doe", "xsd:string"),
        ("d/profile0#name/0", "kg:hIndex", "12", "xsd:integer"),
    }
    assert stated(Record("d", 0, "profile", 0, 9, 1, fields(("h_index", "h-index12", "12")))) == set()


def rows_with_place(of: Record) -> list[dict[str, Any]]:
    return [row for row in of_record(of, "reader:x") if row["field"]]


def test_every_statement_says_where_it_was_read() -> None:
    for row in rows_with_place(COMPLETE):
        (field,) = [f for f in COMPLETE.fields if f.name == row["field"] and f.start == row["start"]]
        assert (row["line"], row["end"], row["record"], row["document"]) == (field.line, field.end, "bb/0", "bb")
        assert (row["field_start"], row["field_end"]) == (0, len(field.text))
        assert row["quote"] == (None if field.name == "abstract" else field.text)


def test_a_mention_is_stated_with_its_passage() -> None:
    said = mention(COMPLETE, "Kestrel", "introduces")
    (row,) = of_mentions(COMPLETE, [said])
    abstract = COMPLETE.first("abstract")
    assert abstract is not None
    assert (row["subject"], row["predicate"], row["object"]) == ("bb/0", "kg:introduces", "method/kestrel")
    assert ABSTRACT[row["field_start"] : row["field_end"]] == row["quote"] == "Kestrel"
    assert (row["start"], row["end"]) == (said.start, said.end)
    assert (row["line"], row["score"], row["by"]) == (abstract.line + 1, 0.9, "acronym")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_line_of_a_passage_counts_every_kind_of_line_end(end: str) -> None:
    of = Record("d", 0, "paper", 0, 9, 7, (Field("abstract", f"One.{end}Two.{end}Kestrel.", 7, 0, 20),))
    (row,) = of_mentions(of, [mention(of, "Kestrel", "uses")])
    assert row["line"] == 9


def test_the_line_of_a_passage_in_an_encoded_field_is_the_fields() -> None:
    plain = Record("d", 0, "paper", 0, 9, 7, (Field("abstract", "One.\nTwo.\nKestrel.", 7, 0, 18),))
    of = replace(plain, fields=(Field("abstract", "One.\nTwo.\nKestrel.", 7, path="$[0].abstract"),))
    (row,) = of_mentions(of, [replace(mention(plain, "Kestrel", "uses"), start=None, end=None)])
    assert row["line"] == 7


def test_people_in_texts_are_no_edges() -> None:
    assert list(of_mentions(COMPLETE, [mention(COMPLETE, "Kestrel", "mentions", "person")])) == []


def test_every_type_of_mention_but_people_has_a_kind() -> None:
    roles = {t: {r: predicate_of(kind, r) for r in ("uses", "introduces", "mentions")}
             for t in MENTION_TYPES if (kind := load().kind_of_mention(t))}  # fmt: skip
    assert set(roles) == set(MENTION_TYPES) - {"person"}
    assert roles["dataset"] == {"uses": "kg:usesDataset", "introduces": "kg:introduces", "mentions": "kg:mentions"}


@given(st.text(), st.text())
def test_paths_can_stand_in_an_iri(code: str, name: str) -> None:
    for path in (topic(code), thing_path("method", name)):
        assert path.isascii()
        assert not set(path) & set(' <>"{}|^`\\#?%')
        assert path.partition("/")[2]


@pytest.mark.parametrize(("code", "path"), [("cs.CV", "topic/cs.CV"), ("LG", "topic/cs.LG"), ("hep-th", "topic/hep-th"),
                                            ("xy.ZZ", "topic/xy.ZZ"), ("a b<c>", "topic/a-b-c")])  # fmt: skip
def test_topics(code: str, path: str) -> None:
    assert topic(code) == path


@pytest.mark.parametrize(("number", "year"), [("0704.0001", 2007), ("2401.00001", 2024), ("math/0309136", 2003), ("hep-th/9901001", 1999)])
def test_years_of_arxiv_ids(number: str, year: int) -> None:
    assert arxiv_year(number) == year
