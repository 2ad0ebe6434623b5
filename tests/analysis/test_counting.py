"""Counting works or versions: the figures differ by exactly the versions."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import coauthorship
from kg.analysis.counting import VERSIONS, counted, results_of_versions
from kg.errors import UsageError
from kg.model import Graph
from tests.analysis.test_coauthorship import SMALL, graph_of


def versions_of(counts: dict[str, int]) -> pa.Table:
    rows = [{"id": f"{paper}-v{n}", "paper": paper, "year": 2030 + n if n > 1 else None} for paper, many in counts.items() for n in range(1, many + 1)]
    return pa.Table.from_pylist(rows, VERSIONS)


def papers_of(graph: Graph) -> dict[str, int]:
    return {row["id"]: row["papers"] for row in coauthorship.run(graph).people.to_pylist()}


def test_a_work_counts_once() -> None:
    graph = graph_of(SMALL)
    assert counted(graph, VERSIONS.empty_table(), "work") is graph


def test_a_version_has_the_year_of_its_own_if_it_has_one() -> None:
    graph = counted(graph_of(SMALL), versions_of(dict.fromkeys(SMALL, 1) | {"p1": 2}), "version")
    years = {row["id"]: row["year"] for row in graph.rows("nodes") if row["kind"] == "paper"}
    assert (years["p1-v1"], years["p1-v2"], years["p5-v1"]) == (2019, 2032, None)
    assert "p1" not in years


@given(st.lists(st.integers(1, 4), min_size=len(SMALL), max_size=len(SMALL)))
def test_figures_differ_by_exactly_the_versions(many: list[int]) -> None:
    counts = dict(zip(SMALL, many, strict=True))
    works = graph_of(SMALL)
    of_versions = counted(works, versions_of(counts), "version")
    extra = {person: sum(counts[p] - 1 for p, (_, _, listed) in SMALL.items() if person in listed) for person in papers_of(works)}
    assert papers_of(of_versions) == {person: papers + extra[person] for person, papers in papers_of(works).items()}
    once, often = (coauthorship.run(graph) for graph in (works, of_versions))
    shared = {(row["a"], row["b"]): row["paper_ids"] for row in once.pairs.to_pylist()}
    assert {(r["a"], r["b"]): r["papers"] for r in often.pairs.to_pylist()} == {
        pair: sum(counts[paper] for paper in papers) for pair, papers in shared.items()
    }
    assert often.summary["papers"] - once.summary["papers"] == sum(many) - len(many)
    assert of_versions.edges.num_rows == sum(counts[row["source"]] for row in works.rows("edges"))


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(UsageError, match="work, version"):
        counted(graph_of(SMALL), VERSIONS.empty_table(), "page")  # type: ignore[arg-type]


def test_a_result_counts_for_the_versions_that_state_it() -> None:
    facts = [{"subject": "paper/a", "predicate": "kg:hasResult", "object": "result/1"}, {"subject": "result/1", "predicate": "mls:hasValue", "object": "3"}]
    passages = [{"subject": "paper/a", "object": "result/1", "record": record} for record in ("x/0", "y/0", "z/0")]
    about, told = results_of_versions(facts, passages, {"x/0": "version/a1", "y/0": "version/a2", "z/0": "version/a2"})
    assert [(row["subject"], row["object"]) for row in about] == [("result/1", "3"), ("version/a1", "result/1"), ("version/a2", "result/1")]
    assert [row["subject"] for row in told] == ["version/a1", "version/a2", "version/a2"]
