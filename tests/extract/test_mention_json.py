"""The JSON of a mention has the keys of the contract."""

from kg.extract import extract_record
from kg.extract.mention_json import as_json, source_id
from kg.model import Field, Record


def record(*more: Field) -> Record:
    return Record("d", 7, "paper", 100, 200, 1, (*more, Field("abstract", "We use GANs.", 3, 110, 122)))


def test_all_keys_of_the_contract() -> None:
    paper = record(Field("arxiv_id", "2204.14198", 1))
    rows = [as_json(mention, paper, "papers.txt") for mention in extract_record(paper)]
    assert len(rows) == 1
    score = rows[0].pop("score")
    assert 0 < score <= 1
    assert rows[0] == {
        "document": "papers.txt", "ordinal": 7, "record": "2204.14198", "field": "abstract", "field_start": 7,
        "field_end": 11, "start": 117, "end": 121, "text": "GANs", "type": "method",
        "canonical": rows[0]["canonical"], "role": "uses", "by": "tagger 2, lexicon",
    }  # fmt: skip
    assert rows[0]["canonical"].lower().startswith("generative adversarial network")


def test_the_source_calls_a_record_by_its_arxiv_id_else_its_own_id() -> None:
    assert source_id(record(Field("other", "icml#1", 1, path="$[0].id"))) == "icml#1"
    assert source_id(record(Field("other", "icml#1", 1, path="$[0].id"), Field("arxiv_id", "2204.14198", 1))) == "2204.14198"
    assert source_id(record()) is None
