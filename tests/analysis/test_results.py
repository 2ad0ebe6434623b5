"""Leaderboards of reported results."""

from typing import Any

import pytest

from kg.analysis.results import LEADERBOARD, leaderboard

BASE = "https://example.org/"


def facts(result: str, paper: str, value: str, **more: str) -> list[dict[str, Any]]:
    told = {
        "mls:hasValue": value, "mls:specifiedBy": "metric/accuracy", "kg:onDataset": "dataset/soar", "kg:resultKind": "absolute",
        "kg:ownResult": "true", "kg:score": "0.8500",
    } | {name.replace("_", ":", 1): text for name, text in more.items()}  # fmt: skip
    rows = [{"subject": f"result/{result}", "predicate": predicate, "object": text} for predicate, text in told.items()]
    return [*rows, {"subject": f"paper/{paper}", "predicate": "kg:hasResult", "object": f"result/{result}"}]


NODES: list[dict[str, Any]] = [
    {"id": f"{BASE}paper/a", "label": "A paper", "year": 2020},
    {"id": f"{BASE}metric/accuracy", "label": "accuracy", "year": None},
    {"id": f"{BASE}metric/word-error-rate", "label": "word error rate", "year": None},
    {"id": f"{BASE}dataset/soar", "label": "Soar", "year": None},
]


def passage(result: str, paper: str, document: str = "a.txt") -> dict[str, Any]:
    return {
        "subject": f"paper/{paper}", "object": f"result/{result}", "document": document, "line": 3, "record": "d/0", "field_start": 5,
        "before": "It has ", "quote": "93", "after": "%.",
    }  # fmt: skip


def board(*rows: list[dict[str, Any]], **options: Any) -> list[dict[str, Any]]:
    every: list[dict[str, Any]] = [row for some in rows for row in some]
    passages: list[dict[str, Any]] = [passage("1", "a"), passage("1", "a", "b.txt")]
    found: list[dict[str, Any]] = leaderboard(every, passages, NODES, BASE, **options).to_pylist()
    return found


def test_a_row_has_names_and_the_first_passage() -> None:
    (row,) = board(facts("1", "a", "93", kg_unit="%"))
    assert {name: row[name] for name in ("dataset", "metric", "value", "unit", "title", "year", "own")} == {
        "dataset": "Soar", "metric": "accuracy", "value": 93.0, "unit": "%", "title": "A paper", "year": 2020, "own": True,
    }  # fmt: skip
    assert (row["document"], row["line"], row["before"], row["quote"], row["after"]) == ("a.txt", 3, "It has ", "93", "%.")
    assert (row["paper"], row["result"]) == (f"{BASE}paper/a", f"{BASE}result/1")


def test_the_best_comes_first_whichever_way_the_metric_goes() -> None:
    assert [row["value"] for row in board(facts("1", "a", "90"), facts("2", "b", "95.5"), facts("3", "c", "9"))] == [95.5, 90, 9]
    errors = (facts(name, name, value, mls_specifiedBy="metric/word-error-rate") for name, value in (("1", "9"), ("2", "4.5")))
    assert [row["value"] for row in board(*errors)] == [4.5, 9]


@pytest.mark.parametrize(
    ("metric", "lower"),
    [
        ("negative log-likelihood", True), ("rFID", True), ("Learned Perceptual Image Patch Similarity", True), ("mean absolute error", True),
        ("translation edit rate", True), ("PA-MPJPE", True), ("zero-one loss", True), ("Brier score", True),
        ("log-likelihood", False), ("mean confidence", False), ("Visual Information Fidelity", False), ("CoNLL F1", False),
        ("signal-to-distortion ratio", False), ("lossless compression", False), ("accuracy", False),
    ],
)  # fmt: skip
def test_which_metrics_are_better_the_lower_they_are(metric: str, lower: bool) -> None:
    values = (facts(name, name, value, mls_specifiedBy=metric) for name, value in (("1", "9"), ("2", "4.5")))
    assert [row["value"] for row in board(*values)] == ([4.5, 9] if lower else [9, 4.5])


def test_only_what_is_asked_for() -> None:
    rows = (facts("1", "a", "90"), facts("2", "b", "3", kg_resultKind="difference"), facts("3", "c", "7", kg_onDataset="dataset/other"))
    assert len(board(*rows)) == 2
    assert [row["value"] for row in board(*rows, kind="difference")] == [3]
    assert len(board(*rows, kind=None)) == 3
    assert [row["value"] for row in board(*rows, dataset="dataset/other")] == [7]
    assert board(*rows, metric="metric/word-error-rate") == []


def test_what_two_sources_of_a_paper_say_alike_is_told_once() -> None:
    assert len(board(facts("1", "a", "90"), facts("2", "a", "90"))) == 1
    assert len(board(facts("1", "a", "90"), facts("2", "b", "90"))) == 2


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_the_facts_does_not_matter(turned: bool) -> None:
    rows = [*facts("1", "a", "90"), *facts("2", "b", "95"), *facts("3", "c", "95", kg_onDataset="dataset/other")]
    assert board(rows[::-1] if turned else rows) == board(rows)


def test_nothing_gives_an_empty_table() -> None:
    assert leaderboard([], [], [], BASE).schema == LEADERBOARD
