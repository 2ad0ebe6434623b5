"""Topics over the years, on graphs small enough to count by hand, and what holds for any graph."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis import analyses, topics
from kg.analysis.topics import TOPICS, YEARS, TopicTree, run
from kg.errors import UsageError
from kg.model import Graph
from kg.model.graph import EDGES, EVIDENCE, NODES

Paper = tuple[int | None, str, str, str]
"""Year, and one letter each: authors (lower case), topics that are printed, topics that are worked out (upper case)."""

SMALL: dict[str, Paper] = {
    "p1": (2018, "ab", "D", ""),
    "p2": (2019, "a", "D", "S"),
    "p3": (2021, "ac", "", "D"),
    "p4": (2022, "c", "S", ""),
    "p5": (2023, "ac", "L", ""),
    "p6": (None, "b", "L", ""),
    "p7": (2023, "b", "", ""),
}
TREE = TopicTree({"V": "Vision", "T": "All"}, {"D": ("V",), "S": ("V",), "V": ("T",), "L": ("T",)})


def graph_of(papers: Mapping[str, Paper], order: random.Random | None = None) -> Graph:
    """A graph of these papers; `order` shuffles its rows."""
    empty: dict[str, Any] = dict.fromkeys(NODES.names)
    nodes = [empty | {"id": paper, "kind": "paper", "label": paper, "year": year} for paper, (year, *_) in papers.items()]
    nodes += [empty | {"id": who, "kind": "person", "label": f"Name {who}"} for who in sorted({a for p in papers.values() for a in p[1]})]
    nodes += [empty | {"id": t, "kind": "topic", "label": f"Topic {t}"} for t in sorted({t for p in papers.values() for t in p[2] + p[3]})]
    edges = [
        {"id": f"{paper}{target}{predicate}", "source": paper, "target": target, "predicate": predicate}
        for paper, (_, *told) in papers.items()
        for predicate, targets in zip(("dcterms:creator", "dcterms:subject", "kg:hasTopic"), told, strict=True)
        for target in targets
    ]
    if order:
        order.shuffle(nodes)
        order.shuffle(edges)
    return Graph(
        pa.Table.from_pylist(nodes, NODES), pa.Table.from_pylist(edges, EDGES), EVIDENCE.empty_table(), Path("unused.nq")
    )  # fmt: skip


def rows(result: topics.TopicTrends) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in result.topics.to_pylist()}


def test_it_is_found_by_its_name() -> None:
    assert analyses()["topics"] is topics
    assert "topic_plot" not in analyses()


def test_a_paper_counts_for_what_is_above_its_topic_once() -> None:
    found = rows(run(graph_of(SMALL), tree=TREE))
    assert {topic: (row["papers"], row["direct"], row["printed"]) for topic, row in found.items()} == {
        "T": (6, 0, 0), "V": (4, 0, 0), "D": (3, 3, 2), "L": (2, 2, 2), "S": (2, 2, 1),
    }  # fmt: skip
    assert [*found] == ["T", "V", "D", "L", "S"], "the most papers first, then by IRI"
    assert (found["V"]["label"], found["D"]["label"]) == ("Vision", "Topic D")


def test_shares_are_of_the_papers_that_have_a_topic() -> None:
    result = run(graph_of(SMALL), tree=TREE)
    assert rows(result)["V"]["share"] == 4 / 6
    assert result.summary["papers"], result.summary["papers_with_topic"] == (7, 6)
    assert "6 of 7 papers have a topic, 5 of them printed by a source. Shares leave the other 1 out." in result.summary["note"]


def test_growth_compares_two_windows_of_years() -> None:
    found = rows(run(graph_of(SMALL), tree=TREE, window=3))
    assert (found["V"]["share_before"], found["V"]["share_last"], found["V"]["growth"]) == (1.0, 2 / 3, 2 / 3)
    assert (found["L"]["share_before"], found["L"]["growth"], found["L"]["new"]) == (0.0, None, True)
    assert not found["V"]["new"]
    assert "Growth compares 2021-2023 with 2018-2020." in run(graph_of(SMALL)).summary["note"]


def test_without_papers_before_there_is_neither_growth_nor_a_beginning() -> None:
    found = rows(run(graph_of({"p": (2020, "a", "D", "")})))
    assert (found["D"]["share_before"], found["D"]["growth"], found["D"]["new"]) == (None, None, False)


def test_the_leading_authors() -> None:
    found = rows(run(graph_of(SMALL), tree=TREE, authors=2))
    assert (found["V"]["authors"], found["V"]["author_papers"]) == (["Name a", "Name c"], [3, 2])
    assert found["L"]["author_ids"] == ["a", "b"]
    assert rows(run(graph_of(SMALL), authors=0))["D"]["authors"] == []


def test_years() -> None:
    result = run(graph_of(SMALL), tree=TREE)
    told = [(row["year"], row["papers"], row["of"], row["share"]) for row in result.years.to_pylist() if row["id"] == "V"]
    assert told == [(2018, 1, 1, 1.0), (2019, 1, 1, 1.0), (2021, 1, 1, 1.0), (2022, 1, 1, 1.0)]
    assert {row["id"] for row in result.years.to_pylist()} == {"T", "V", "D", "L", "S"}


def test_options() -> None:
    graph = graph_of(SMALL)
    assert [*rows(run(graph, tree=TREE, min_papers=3))] == ["T", "V", "D"]
    assert rows(run(graph, tree=TREE, since=2019, until=2022))["T"]["papers"] == 3
    assert len(run(graph, since=2030).topics) == 0
    wrong: list[dict[str, Any]] = [{"since": 2021, "until": 2020}, {"min_papers": 0}, {"window": 0}, {"authors": -1}]
    for options in wrong:
        with pytest.raises(UsageError, match=r"swap the two|give [01] or more"):
            run(graph, **options)


def test_an_answer_without_topics_says_how_many_papers_the_largest_has() -> None:
    note = run(graph_of(SMALL), tree=TREE, min_papers=9).summary["note"]
    assert note.endswith(" No topic has 9 papers; All has the most, 6.")
    assert "No topic" not in run(graph_of(SMALL), tree=TREE, min_papers=6).summary["note"]


def test_a_graph_without_topics() -> None:
    result = run(graph_of({"p": (2020, "a", "", "")}))
    assert (len(result.topics), len(result.years)) == (0, 0)
    assert result.summary["note"] == "0 of 1 papers have a topic. Shares leave the other 1 out."
    assert len(run(graph_of({})).topics) == 0


PAPERS = st.dictionaries(
    st.sampled_from([f"p{n}" for n in range(9)]),
    st.tuples(st.one_of(st.none(), st.integers(2015, 2024)), *(st.text(letters, max_size=4) for letters in ("abc", "DSL", "DSLV"))),
)


def once(letters: str) -> str:
    return "".join(sorted({*letters}))


@settings(max_examples=40)
@given(PAPERS, st.randoms(use_true_random=False))
def test_whatever_the_graph(papers: dict[str, Paper], order: random.Random) -> None:
    unique: dict[str, Paper] = {
        paper: (year, once(authors), once(printed), once(worked_out)) for paper, (year, authors, printed, worked_out) in papers.items()
    }
    result, again = run(graph_of(unique), tree=TREE), run(graph_of(unique, order), tree=TREE)
    assert (result.topics, result.years, result.summary) == (again.topics, again.years, again.summary)
    assert result.topics.schema == TOPICS
    assert result.years.schema == YEARS
    for row in result.topics.to_pylist():
        mine = {p for p, (_, _, said, out) in unique.items() if any(row["id"] in TREE.closure(t) for t in said + out)}
        assert row["papers"] == len(mine)
        assert row["direct"] <= row["papers"]
        assert row["printed"] <= row["direct"]
        assert 0 < row["share"] <= 1
        dated = [each["papers"] for each in result.years.to_pylist() if each["id"] == row["id"]]
        assert sum(dated) == len([p for p in mine if unique[p][0] is not None])
