"""The quality of reported results that is promised, measured on the annotated abstracts."""

from collections import Counter

import pytest

from tests.extract.results.scorer import ABSTRACTS, annotated, record_of, score

FLOORS = [
    ("dev", False, 0.93), ("test", False, 0.85), ("dev", True, 0.91), ("test", True, 0.84), ("fields", False, 0.89), ("venues", False, 0.74),
    ("more", False, 0.87), ("apart", False, 0.77),
]  # fmt: skip
"""Part, whether the annotated names are given, and the least F1 of value, metric and dataset all right."""


def test_the_annotation_holds_facts_and_no_texts() -> None:
    rows = annotated()
    assert Counter(row["part"] for row in rows) == {"dev": 50, "test": 50, "fields": 59, "venues": 64, "more": 60, "apart": 60}
    for row in rows:
        assert row.keys() - {"comparisons"} == {"id", "sha256", "part", "results"}
        for each in row["results"]:
            assert each["end"] - each["start"] <= len("100,000.00")


def test_each_value_is_what_stands_at_its_place() -> None:
    if not ABSTRACTS.is_dir():
        pytest.skip("the abstracts are not beside the project")
    for row in annotated():
        text = record_of(row).fields[1].text
        for each in row["results"]:
            assert float(text[each["start"] : each["end"]]) == each["value"]


@pytest.mark.parametrize(("part", "spans_given", "floor"), FLOORS)
def test_value_metric_and_dataset(part: str, spans_given: bool, floor: float) -> None:
    if not ABSTRACTS.is_dir():
        pytest.skip("the abstracts are not beside the project")
    measured = score(part, spans_given=spans_given)
    assert measured.f1(measured.all) >= floor, measured
