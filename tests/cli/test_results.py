"""`kg results` and `kg extract --results`: what papers report, and the way back to the characters that say it."""

import csv
import io
import json
from pathlib import Path

from tests.command import kg
from tests.conftest import MOSS


def test_a_leaderboard_leads_to_the_passages(small_graph: Path) -> None:
    done = kg("results", small_graph)
    assert done.code == 0
    assert "MossBase" in done.out
    assert "not comparable across settings" in done.err
    (row,) = [row for row in map(json.loads, kg("results", small_graph, "--json").out.splitlines()) if row["dataset"] == "MossBase"]
    assert (row["metric"], row["value"], row["unit"], row["quote"], row["kind"]) == ("accuracy", 91.0, "%", "91", "absolute")
    assert row["before"] + row["quote"] + row["after"] in MOSS
    why = kg("why", small_graph, row["result"])
    assert "reaches an accuracy of «91»% on MossBase" in why.out
    assert "reaches an «accuracy» of 91% on MossBase" in why.out
    assert "mls:hasValue 91" in why.out


def test_only_a_metric_or_dataset(small_graph: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kg("results", small_graph, "--metric", "accuracy", "--dataset", "MossBase", "--csv").out)))
    assert [row["value"] for row in rows] == ["91.0"]
    none = kg("results", small_graph, "--metric", "accuracy", "--dataset", "BayWave")
    assert (none.code, none.out) == (1, "")
    assert "no such result" in none.err
    unknown = kg("results", small_graph, "--metric", "no such metric")
    assert unknown.code == 2
    assert "is not in this graph" in unknown.err


def test_the_graph_holds_each_result_once_though_two_files_say_it(small_graph: Path) -> None:
    ask = "SELECT ?result { ?paper kg:hasResult ?result . ?result kg:onDataset dataset:mossbase ; mls:hasValue 91.0 }"
    assert len(kg("query", small_graph, ask, "--format", "csv").out.splitlines()) == 2


def test_results_of_a_text() -> None:
    text = "It reaches an IS of 166.3 and FID of 9.6 on ImageNet at 128x128."
    done = kg("extract", "--results", "--extract", "fast", "--text", text)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [(row["value"], row["metric"]["name"], row["dataset"]["name"], row["split"]) for row in rows] == [
        (166.3, "Inception Score", "ImageNet", "128x128"), (9.6, "Fréchet Inception Distance", "ImageNet", "128x128"),
    ]  # fmt: skip
    for row in rows:
        assert text[row["start"] : row["end"]] == row["text"]


def test_results_are_not_explained() -> None:
    done = kg("extract", "--results", "--explain", "--text", "x")
    assert done.code == 2
    assert "--explain" in done.err
