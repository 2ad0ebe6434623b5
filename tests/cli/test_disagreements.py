"""`kg disagreements`: what sources say differently of one paper, where, and in which words."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from kg import api
from kg.pipeline.disagreements import ABOUT, differences
from tests.command import kg
from tests.conftest import GRAVEL, WORKS


def rows(folder: Path, *options: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in kg("disagreements", folder, "--json", *options).out.splitlines()]


@pytest.fixture(scope="module")
def found(works_graph: Path) -> dict[str, dict[str, Any]]:
    return {row["about"]: row for row in rows(works_graph)}


def values(row: dict[str, Any]) -> list[set[str]]:
    """Return the values by variant."""
    return [{c["value"] for c in row["claims"] if c["variant"] == n} for n in sorted({c["variant"] for c in row["claims"]})]


def test_what_only_looks_different_is_none(found: dict[str, dict[str, Any]]) -> None:
    assert set(found) == {"authors", "date", "venue", "identifier", "abstract"}, "titles differ in capitals and a full stop only"


def test_each_claim_leads_to_its_line(found: dict[str, dict[str, Any]]) -> None:
    for row in found.values():
        for claim in row["claims"]:
            text = WORKS[claim["document"]].splitlines()[claim["line"] - 1]
            needle = {"authors": "Exempel", "identifier": claim["value"].removeprefix("doi:"), "abstract": "Gravel of many sizes"}.get(row["about"], claim["value"])
            assert needle in text


def test_authors_differ_in_order_but_not_in_initials(found: dict[str, dict[str, Any]]) -> None:
    assert found["authors"]["kind"] == "order"
    assert values(found["authors"]) == [
        {"A. Beispiel, B. Exempel, C. Modello", "Ada Beispiel, Bruno Exempel, Chiara Modello", "Ada Beispiel, Bruno M. Exempel, Chiara Modello"},
        {"Ada Beispiel, Chiara Modello, Bruno M. Exempel"},
    ]  # fmt: skip


def test_a_year_and_a_day_in_it_agree_and_so_do_two_names_of_a_conference(found: dict[str, dict[str, Any]]) -> None:
    assert values(found["date"]) == [{"2017", "2017-06-05"}, {"2019"}]
    assert values(found["venue"]) == [{"Advances in Neural Information Processing Systems 30", "NeurIPS"}, {"Journal of Gravel Research"}]


def test_other_versions_may_differ(works_graph: Path, found: dict[str, dict[str, Any]]) -> None:
    assert {about for about, row in found.items() if row["across_versions"]} == {"authors", "date", "venue", "identifier"}
    assert [row["about"] for row in rows(works_graph, "--within")] == ["abstract"]


def test_abstracts_are_kept_and_their_differences_shown(works_graph: Path, found: dict[str, dict[str, Any]]) -> None:
    first, other = found["abstract"]["claims"]
    changed = [(change["mark"], change["words"]) for change in other["changes"] if change["mark"] != " "]
    assert changed == [("-", "small"), ("+", "tiny"), ("-", "a hundred"), ("+", "ninety")]
    assert {first["value"], other["value"]} >= {GRAVEL}
    kept = api.open(works_graph).query("SELECT ?words { ?t kg:textOf paper:arxiv-1706.01234 ; kg:fieldName 'abstract' ; nif:isString ?words }")
    assert {words for (words,) in kept.rows} == {first["value"], other["value"]}
    told = kg("disagreements", works_graph, "arxiv-1706.01234", "--about", "abstract").out
    assert "sorted by a [-small-] {+tiny+} robot" in told
    assert "abstracts.txt:1" in told


def test_one_paper(works_graph: Path) -> None:
    none = kg("disagreements", works_graph, "arxiv-1911.04321")
    assert (none.code, none.out) == (1, "")
    assert "no such disagreement" in none.err
    assert kg("disagreements", works_graph, "nobody").code == 2
    other = kg("disagreements", works_graph, "Ada Beispiel")
    assert (other.code, "is not a paper" in other.err) == (2, True)


def test_csv_has_one_row_a_claim(works_graph: Path, found: dict[str, dict[str, Any]]) -> None:
    table = list(csv.DictReader(io.StringIO(kg("disagreements", works_graph, "--csv").out)))
    assert len(table) == sum(len(row["claims"]) for row in found.values())
    assert {row["about"] for row in table} == set(found) <= set(ABOUT)


def test_limit(works_graph: Path) -> None:
    assert len(rows(works_graph, "--limit", "2")) == 2


def test_differences_give_both_texts_back() -> None:
    one, other = "we sort the gravel by size", "they sort gravel of any size well"
    found = differences(one, other)
    assert " ".join(change.words for change in found if change.mark in " -") == one
    assert " ".join(change.words for change in found if change.mark in " +") == other


def test_the_python_api(works_graph: Path) -> None:
    assert [each.about for each in api.open(works_graph).disagreements("arxiv-1706.01234")] == ["authors", "date", "venue", "identifier", "abstract"]


def test_texts_that_are_too_long_are_not_compared_word_by_word() -> None:
    """Their time would grow with the square of their lengths."""
    long = " ".join(map(str, range(50_000)))
    assert differences(long, f"{long} end") == (("-", long), ("+", f"{long} end"))
