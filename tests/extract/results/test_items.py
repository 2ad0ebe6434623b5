"""A sentence as a row of items."""

from itertools import pairwise

import pytest

from kg.extract.results.items import has_number, items


def row(text: str) -> list[tuple[str, str, str | None]]:
    return [(item.kind, item.word, item.unit) for item in items(text, 0, len(text), ()) if item.kind != "word"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("93.3% of it", [("value", "93.3", "%")]),
        ("93.3\\% better", [("value", "93.3", "%")]),
        ("2.3 percentage points", [("value", "2.3", "points")]),
        ("15%-25%", [("value", "15", "%"), ("value", "25", "%")]),
        ("3.1x, 2$\\times$ and 5-fold", [("value", "3.1", "x"), ("value", "2", "x"), ("value", "5", "x")]),
        ("4° and 1 cm", [("value", "4", "°"), ("value", "1", "cm")]),
        ("1.63 ± 0.29 µm", [("value", "1.63", "µm")]),
        ("ResNet-101, x2 and 8B", []),
        ("13 baselines in 2019 [4]", [("data", "13", None), ("data", "2019", None), ("data", "4", None)]),
        ("a top-1 accuracy", [("metric", "top-1 accuracy", None)]),
        ("a fooling rate, not a learning rate", [("metric", "fooling rate", None)]),
        ("the F$_1$ score", [("metric", "f$_1$ score", None)]),
        ("memory and images", [("cost", "memory", None), ("data", "images", None)]),
        ("time-to-accuracy", [("cost", "time-to-accuracy", None)]),
    ],
)  # fmt: skip
def test_kinds_and_units(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert row(text) == expected


def test_items_do_not_overlap() -> None:
    found = items("An accuracy of 93.3% (top-1) and F1 of 88.", 0, 42, ())
    assert all(left.end <= right.start for left, right in pairwise(found))


def test_a_text_without_numbers_is_told_at_once() -> None:
    assert has_number("at 93%")
    assert not has_number("ResNet-101 and WMT16")
