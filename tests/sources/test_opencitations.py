"""OpenCitations: their samples, which works cite which, and what is no pair."""

import pytest

from kg.sources import opencitations, recognise
from kg.sources.opencitations import sniff
from tests.growth import assert_linear
from tests.sources.tagged import document, papers, problems, sample, texts, values


@pytest.mark.parametrize(("head", "score"), [
    ("oci,citing,cited,creation\n", 1.0), ('\ufeff"id","citing","cited"\r\n', 1.0), ("title,citing,cited papers\n", 0.0), ("citing,title\n", 0.0), ("", 0.0),
    ('[{"citing": "10.1000/a", "cited": "10.1000/b"}]', 1.0), ('{"citing": "10.1000/a", "cited": "10.1000/b"}\n', 1.0), ('[{"title": "T", "citing": 1, "cited": 2}]', 0.0),
])  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_sample_of_a_table() -> None:
    (looms, wool), faults = sample("opencitations/coci.csv")
    assert [(f.name, f.text, f.value, f.line, f.path) for f in looms.fields if f.name != "other"] == [
        ("identifier", "10.5555/looms.1", "doi:10.5555/looms.1", 2, 'line 2, column "citing"'),
        ("reference", "10.5555/threads.2", "doi:10.5555/threads.2", 2, 'line 2, column "cited"'),
        ("date", "2011-03", "2011-03", 2, 'line 2, column "creation"'),
        ("reference", "10.5555/KNOTS.3", "doi:10.5555/knots.3", 3, 'line 3, column "cited"'),
    ]  # fmt: skip
    assert texts(looms, "other") == ["0200101-0200102", "P2Y", "no", "no", "0200101-0200103", "P10Y1M", "yes", "no"]
    assert (values(wool, "identifier"), values(wool, "reference"), wool.line) == (["doi:10.5555/wool.4"], ["doi:10.5555/looms.1"], 4)
    assert faults == [(5, "error", "no identifier of the citing work: 'threads'"), (6, "error", "a row of 2 cells, the header has 7")]


def test_sample_of_the_index() -> None:
    (looms,), faults = sample("opencitations/index.json")
    assert values(looms, "identifier") == ["doi:10.5555/looms.1", "pmid:31452104"]
    assert [(f.text, f.value, f.line) for f in looms.all("reference")] == [("doi:10.5555/threads.2", "doi:10.5555/threads.2", 5)]
    assert texts(looms, "other") == ["omid:br/06101", "omid:br/06102", "pmid:31452105", "06101-06102", "P2Y", "no", "no"]
    assert faults == [(11, "error", "no identifier of the cited work: 'omid:br/06103'")]


def test_pairs_are_not_taken_for_a_list_of_identifiers() -> None:
    assert recognise(document("citing,cited\n10.1000/a,10.1000/b\n10.1000/a,10.1000/c\n")) == "opencitations"


def test_works_that_cite_again_further_below_are_records_of_their_own() -> None:
    found = papers(opencitations, "citing,cited\n10.1000/a,10.1000/b\n10.1000/c,10.1000/b\n10.1000/a,10.1000/c\n")
    assert [values(record, "identifier") + values(record, "reference") for record in found] == [
        ["doi:10.1000/a", "doi:10.1000/b"], ["doi:10.1000/c", "doi:10.1000/b"], ["doi:10.1000/a", "doi:10.1000/c"],
    ]  # fmt: skip


def test_an_element_that_is_no_pair_is_told() -> None:
    text = '[{"citing": "10.1000/a", "cited": "10.1000/b"},\n{"citing": 7, "cited": "10.1000/b"},\n"x"]'
    assert problems(opencitations, text) == [(2, "error", "$[1] is no object of texts"), (3, "error", "$[2] is no object of texts")]


@pytest.mark.parametrize("row", ["10.1000/a,10.1000/b\n", "10.1000/a\n", ",\n"])
def test_many_pairs_take_no_time(row: str) -> None:
    assert_linear(lambda made: list(opencitations.read(made)), lambda times: document(f"citing,cited\n{row * times}"), 8_000)
