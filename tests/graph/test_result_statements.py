"""What a record states about the values it reports, and the methods it compares with."""

from dataclasses import replace
from typing import Any

from kg.graph.result_statements import of_relations, of_results
from kg.model import Field, Mention, Record
from kg.model.mentions import MentionType
from kg.model.results import MethodRelation, Result, Tied

TEXT = "We present Kestrel. It has an accuracy of 93.30% on Soar-10, better than Ppo."


def place(name: str) -> tuple[int, int]:
    return TEXT.index(name), TEXT.index(name) + len(name)


def named(kind: MentionType, name: str) -> Mention:
    start, end = place(name)
    return Mention("dd/0", "abstract", start, end, start + 10, end + 10, name, kind, name, None, "uses", 0.9, "x")


MENTIONS = [named("method", "Kestrel"), named("metric", "accuracy"), named("dataset", "Soar-10"), named("method", "Ppo")]
RECORD = Record("dd", 0, "paper", 0, 100, 1, (Field("abstract", TEXT, 1, 10, 10 + len(TEXT)),))
START, END = place("93.30")
RESULT = Result(
    record="dd/0", field="abstract", field_start=START, field_end=END, start=START + 10, end=END + 10, text="93.30", value=93.3,
    unit="%", kind="absolute", bound=None, metric=Tied("accuracy", None, *place("accuracy")),
    dataset=Tied("Soar-10", None, *place("Soar-10")), model=Tied("Kestrel", None, *place("Kestrel")), setting=None, own=True,
    score=0.85, by="result:of+here",
)  # fmt: skip


def rows(*results: Result, mentions: list[Mention] = MENTIONS) -> list[dict[str, Any]]:
    return list(of_results(RECORD, mentions, results))


def test_a_result_is_a_node_with_all_that_is_said_of_it() -> None:
    found = rows(RESULT)
    (node,) = {row["object"] for row in found if row["predicate"] == "kg:hasResult"}
    assert node.startswith("result/")
    said = {(row["predicate"], row["object"], row["datatype"]) for row in found if row["subject"] == node}
    assert said == {
        ("rdf:type", "kg:Result", "iri"), ("rdf:type", "mls:ModelEvaluation", "iri"),
        ("mls:hasValue", "93.30", "xsd:decimal"), ("kg:unit", "%", "xsd:string"), ("kg:resultKind", "absolute", "xsd:string"),
        ("kg:ownResult", "true", "xsd:boolean"), ("kg:score", "0.8500", "xsd:double"),
        ("mls:specifiedBy", "metric/accuracy", "entity"), ("kg:onDataset", "dataset/soar-10", "entity"),
        ("kg:model", "method/kestrel", "entity"), ("kg:statedIn", f"text/dd/0/abstract#char={START},{END}", "entity"),
    }  # fmt: skip


def test_each_statement_quotes_what_it_was_read_from() -> None:
    for row in rows(RESULT):
        quoted = TEXT[row["field_start"] : row["field_end"]]
        assert row["quote"] == quoted
        assert (row["start"], row["end"]) == (row["field_start"] + 10, row["field_end"] + 10)
        expected = {"mls:specifiedBy": "accuracy", "kg:onDataset": "Soar-10", "kg:model": "Kestrel"}
        assert quoted == expected.get(row["predicate"], "93.30")


def test_a_result_without_a_metric_that_is_named_is_left_out() -> None:
    assert rows(replace(RESULT, metric=None)) == []
    assert rows(RESULT, mentions=[m for m in MENTIONS if m.type != "metric"]) == []


def test_a_dataset_that_is_not_named_is_left_out() -> None:
    found = rows(RESULT, mentions=[m for m in MENTIONS if m.type != "dataset"])
    assert {"kg:hasResult", "mls:specifiedBy"} <= {row["predicate"] for row in found}
    assert "kg:onDataset" not in {row["predicate"] for row in found}


def test_the_same_sentence_is_the_same_result_and_another_dataset_another() -> None:
    def node(record: Record, result: Result, mentions: list[Mention]) -> str:
        return str(next(row["object"] for row in of_results(record, mentions, [result]) if row["predicate"] == "kg:hasResult"))

    first = node(RECORD, RESULT, MENTIONS)
    elsewhere = replace(RECORD, document="ee", ordinal=7)
    assert node(elsewhere, RESULT, MENTIONS) == first
    assert node(RECORD, replace(RESULT, dataset=None), MENTIONS) != first


def test_a_relation_to_another_method_is_an_edge_from_the_paper() -> None:
    start, end = place("Ppo")
    other = MethodRelation("dd/0", "abstract", start, end, start + 10, end + 10, "Ppo", Tied("Ppo", None, start, end), "outperforms", 0.8, "x")
    (row,) = of_relations(RECORD, MENTIONS, [other])
    assert (row["subject"], row["predicate"], row["object"], row["quote"]) == ("dd/0", "kg:outperforms", "method/ppo", "Ppo")
    (row,) = of_relations(RECORD, MENTIONS, [replace(other, kind="compared")])
    assert row["predicate"] == "kg:comparedWith"
    (row,) = of_relations(RECORD, MENTIONS, [replace(other, kind="extends")])
    assert row["predicate"] == "kg:extends"
    assert list(of_relations(RECORD, [], [other])) == []
