"""Co-authorship on graphs small enough to count by hand, and what holds for any graph."""

import math
import os
import random
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis import analyses, coauthorship
from kg.analysis.coauthorship import PAIRS, PEOPLE, run
from kg.errors import UsageError
from kg.model import Graph
from kg.model.graph import EDGES, EVIDENCE, NODES
from kg.network import measures

Paper = tuple[int | None, bool | None, str]
"""Year, whether the list is whole, and one letter per author: small for a person, capital for a group."""

SMALL: dict[str, Paper] = {
    "p1": (2019, True, "abc"),
    "p2": (2020, True, "ab"),
    "p3": (2021, False, "ad"),
    "p4": (2021, True, "e"),
    "p5": (None, True, "fg"),
    "p6": (2022, None, ""),
    "p7": (2022, True, "aX"),
}


def graph_of(papers: Mapping[str, Paper], order: random.Random | None = None) -> Graph:
    """A graph of these papers and their authors; `order` shuffles its rows."""
    empty: dict[str, Any] = dict.fromkeys(NODES.names)
    nodes = [
        empty | {"id": paper, "kind": "paper", "label": paper, "year": year, "authors_complete": whole}
        for paper, (year, whole, _) in papers.items()
    ]
    authors = {author for _, _, listed in papers.values() for author in listed}
    nodes += [
        empty | {"id": author, "kind": "group" if author.isupper() else "person", "label": f"Name {author}"}
        for author in sorted(authors)
    ]
    edges = [
        {"id": f"{paper}{author}", "source": paper, "target": author, "predicate": "dcterms:creator", "position": i}
        for paper, (_, _, listed) in papers.items()
        for i, author in enumerate(listed, 1)
    ]
    edges += [{"id": f"{p}t", "source": p, "target": "a", "predicate": "kg:mentions"} for p in papers if "a" in authors]
    if order:
        order.shuffle(nodes)
        order.shuffle(edges)
    return Graph(
        pa.Table.from_pylist(nodes, NODES),
        pa.Table.from_pylist(edges, EDGES),
        pa.Table.from_pylist([], EVIDENCE),
        Path("unused.nq"),
    )


def pairs_of(result: coauthorship.Coauthorship) -> dict[str, dict[str, Any]]:
    """The pairs by their two letters."""
    return {row["a"] + row["b"]: row for row in result.pairs.to_pylist()}


def people_of(result: coauthorship.Coauthorship) -> dict[str, dict[str, Any]]:
    """The people by letter."""
    return {row["id"]: row for row in result.people.to_pylist()}


def test_it_is_found_by_its_name() -> None:
    assert analyses()["coauthorship"] is coauthorship
    assert "coauthor_plot" not in analyses()


def test_pairs_are_counted_and_weighted() -> None:
    pairs = pairs_of(run(graph_of(SMALL)))
    assert list(pairs) == ["ab", "ad", "fg", "ac", "bc"]
    assert pairs["ab"] == {
        "a": "a", "a_label": "Name a", "b": "b", "b_label": "Name b", "papers": 2, "weight": 1.5,
        "first_year": 2019, "last_year": 2020, "lower_bound": True, "ambiguous": False, "paper_ids": ["p1", "p2"],
    }  # fmt: skip
    assert pairs["ac"]["weight"] == 0.5
    assert (pairs["fg"]["first_year"], pairs["fg"]["last_year"]) == (None, None)


def test_a_pair_is_exact_only_where_both_are_seen_on_every_cut_list() -> None:
    pairs = pairs_of(run(graph_of(SMALL)))
    assert {name: row["lower_bound"] for name, row in pairs.items()} == {
        "ab": True, "ac": True, "ad": False, "bc": True, "fg": True,
    }  # fmt: skip


def test_people_are_measured() -> None:
    people = people_of(run(graph_of(SMALL)))
    assert list(people) == ["a", "b", "c", "d", "f", "g", "e"]
    a, d = people["a"], people["d"]
    assert (a["papers"], a["degree"], a["weight"]) == (4, 3, 3.0)
    assert (a["first_year"], a["last_year"]) == (2019, 2022)
    assert a["papers_with_cut_list"] == 1
    assert a["degree_centrality"] == pytest.approx(3 / 6)
    assert a["betweenness"] == pytest.approx(2 / 15)
    assert a["closeness"] == pytest.approx(3 / 3 * 3 / 6)
    assert d["closeness"] == pytest.approx(3 / 5 * 3 / 6)
    assert math.fsum(row["pagerank"] for row in people.values()) == pytest.approx(1)
    assert people["f"]["pagerank"] == people["g"]["pagerank"]
    assert {name: (row["component"], row["component_size"]) for name, row in people.items()} == {
        "a": (1, 4), "b": (1, 4), "c": (1, 4), "d": (1, 4), "f": (2, 2), "g": (2, 2), "e": (3, 1),
    }  # fmt: skip
    assert all(row["lower_bound"] for row in people.values())


def test_pagerank_of_two_is_a_half_each_and_of_a_star_is_as_computed_by_hand() -> None:
    # The middle of a star of three satisfies m = 0.05 + 0.85 * 2s and s = 0.05 + 0.85 * m / 2.
    people = people_of(run(graph_of({"p": (2020, True, "ab"), "q": (2020, True, "ac")})))
    middle = (0.05 + 1.7 * 0.05) / (1 - 0.85**2)
    assert people["a"]["pagerank"] == pytest.approx(middle)
    assert people["b"]["pagerank"] == pytest.approx((1 - middle) / 2)


def test_eigenvector_of_a_triangle_is_even_and_of_no_pairs_is_null() -> None:
    triangle = people_of(run(graph_of({"p": (2020, True, "abc")})))
    assert [row["eigenvector"] for row in triangle.values()] == pytest.approx([3**-0.5] * 3)
    assert people_of(run(graph_of({"p": (2020, True, "a")})))["a"]["eigenvector"] is None


def test_summary_counts_what_is_there_and_what_is_not() -> None:
    summary = run(graph_of(SMALL)).summary
    assert {name: summary[name] for name in ("papers", "papers_with_authors", "papers_with_cut_list")} == {
        "papers": 7, "papers_with_authors": 6, "papers_with_cut_list": 1,
    }  # fmt: skip
    assert (summary["people"], summary["groups"], summary["pairs"]) == (7, 0, 5)
    assert (summary["components"], summary["largest_component"]) == (3, 4)
    assert summary["largest_component_share"] == pytest.approx(4 / 7)
    assert summary["density"] == pytest.approx(10 / 42)
    assert summary["average_clustering"] == pytest.approx((1 / 3 + 1 + 1) / 7)
    assert summary["lower_bound"] is True
    assert summary["note"].startswith("Figures are lower bounds: the author list of 1 of 6 papers is cut")


def test_whole_lists_give_exact_figures() -> None:
    whole = {name: (year, True, listed) for name, (year, _, listed) in SMALL.items()}
    result = run(graph_of(whole))
    assert not result.summary["lower_bound"]
    assert "lower" not in result.summary["note"]
    assert not any(row["lower_bound"] for table in (result.pairs, result.people) for row in table.to_pylist())


def test_a_list_not_known_to_be_whole_counts_as_cut() -> None:
    assert run(graph_of({"p": (2020, None, "ab")})).summary["papers_with_cut_list"] == 1


def test_a_cut_list_that_names_only_a_group_makes_lower_bounds() -> None:
    result = run(graph_of({"p": (2020, True, "ab"), "q": (2020, False, "X")}))
    assert pairs_of(result)["ab"]["lower_bound"]


def test_papers_without_authors_cut_nothing() -> None:
    assert not run(graph_of({"p": (2020, True, "ab"), "q": (2020, None, "")})).summary["lower_bound"]


def test_groups_stay_out_unless_asked_for() -> None:
    with_groups = run(graph_of(SMALL), include_groups=True)
    assert pairs_of(with_groups)["Xa"]["papers"] == 1
    assert with_groups.summary["groups"] == 1
    assert people_of(with_groups)["X"]["kind"] == "group"


def test_years_choose_papers_and_an_unknown_year_is_said() -> None:
    result = run(graph_of(SMALL), since=2020, until=2021)
    assert set(pairs_of(result)) == {"ab", "ad"}
    assert pairs_of(result)["ab"]["paper_ids"] == ["p2"]
    assert result.summary["papers"] == 3
    assert result.summary["papers_without_year_left_out"] == 1
    assert "1 without a year left out" in result.summary["note"]
    none = run(graph_of(SMALL), since=2999)
    assert (none.pairs.num_rows, none.people.num_rows) == (0, 0)
    assert none.summary["note"] == "No paper has an author list here. 1 without a year left out."


def test_an_answer_without_people_says_how_many_papers_anybody_has() -> None:
    most = max(row["papers"] for row in run(graph_of(SMALL)).people.to_pylist())
    assert run(graph_of(SMALL), min_papers=most + 1).summary["note"].endswith(f" Nobody has {most + 1} papers; the most are {most}.")
    assert "Nobody" not in run(graph_of(SMALL), min_papers=most).summary["note"]


def test_min_papers_leaves_out_people_but_not_their_share_of_a_paper() -> None:
    result = run(graph_of(SMALL), min_papers=2)
    assert set(people_of(result)) == {"a", "b"}
    assert pairs_of(result)["ab"]["weight"] == 1.5


def test_long_lists_make_no_pairs_and_are_counted() -> None:
    result = run(graph_of(SMALL), max_authors=2)
    assert set(pairs_of(result)) == {"ab", "ad", "fg"}
    assert people_of(result)["c"]["papers"] == 1
    assert result.summary["papers_over_max_authors"] == 1
    assert "1 paper with more than 2 authors" in result.summary["note"]


def test_more_pairs_than_can_be_held_are_refused_with_the_lists_that_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = graph_of({"p1": (2020, True, "abcde"), "p2": (2020, True, "abc"), "p3": (2020, True, "abcd"), "p4": (2021, True, "a")})
    monkeypatch.setattr(coauthorship, "MOST", 19)
    assert run(graph).pairs.num_rows == 10, "10 + 6 + 3 joint papers of pairs"
    monkeypatch.setattr(coauthorship, "MOST", 18)
    with pytest.raises(UsageError) as told:
        run(graph)
    assert str(told.value) == "the author lists make 19 pairs, and 18 can be held; give a max_authors of 4 or less (it is 100)"
    assert run(graph, max_authors=4).pairs.num_rows == 6
    monkeypatch.setattr(coauthorship, "MOST", 2)
    with pytest.raises(UsageError, match=r"19 pairs, and 2 can be held; choose fewer years or a higher min_papers$"):
        run(graph)


def test_names_of_several_people_are_told_in_pairs_people_summary_and_note() -> None:
    graph = graph_of({"p1": (2020, True, "ab"), "p2": (2021, True, "bc"), "p3": (2021, True, "cd")})
    whole = run(graph)
    assert whole.summary["ambiguous"] == 0
    assert "ambiguous" not in whole.summary["note"]
    assert not any(row["ambiguous"] for row in whole.pairs.to_pylist())
    for names, told in (("b", "1 of the 4 people is a name"), ("bd", "2 of the 4 people are names")):
        kinds = pa.array(["ambiguous" if node in names else kind for node, kind in zip(*(graph.nodes[c].to_pylist() for c in ("id", "kind")), strict=True)])
        found = run(replace(graph, nodes=graph.nodes.set_column(graph.nodes.schema.get_field_index("kind"), "kind", kinds)))
        assert {pair: row["ambiguous"] for pair, row in pairs_of(found).items()} == {"ab": True, "bc": True, "cd": "d" in names}
        assert sorted(person for person, row in people_of(found).items() if row["kind"] == "ambiguous") == list(names)
        assert found.summary["ambiguous"] == len(names)
        assert f"{told} that several people may bear (ambiguous)" in found.summary["note"]


def test_communities_of_two_cliques_joined_by_one_pair() -> None:
    cliques: dict[str, Paper] = {f"p{i}": (2020, True, "abcd") for i in range(9)}
    cliques |= {f"q{i}": (2020, True, "vwxyz") for i in range(9)} | {"r": (2020, True, "av")}
    people = people_of(run(graph_of(cliques)))
    assert {name: row["community"] for name, row in people.items()} == dict.fromkeys("vwxyz", 1) | dict.fromkeys("abcd", 2)


@pytest.mark.parametrize(
    "options", [{"since": 2021, "until": 2020}, {"min_papers": 0}, {"max_authors": 1}], ids=lambda o: next(iter(o))
)
def test_options_that_make_no_sense_are_refused(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        run(graph_of(SMALL), **options)


def test_a_graph_without_papers_gives_empty_tables() -> None:
    result = run(graph_of({}))
    assert (result.pairs.num_rows, result.people.num_rows) == (0, 0)
    assert result.pairs.schema == PAIRS
    assert result.people.schema == PEOPLE
    assert result.summary["density"] == 0


def test_an_author_listed_twice_counts_once() -> None:
    assert run(graph_of({"p": (2020, True, "aab")})).pairs.to_pylist()[0]["weight"] == 1.0


LISTS = st.text(alphabet="abcdefghijX", max_size=6)
PAPERS = st.lists(
    st.tuples(st.one_of(st.none(), st.integers(2015, 2025)), st.booleans(), LISTS), max_size=12
).map(lambda rows: {f"p{i:02}": row for i, row in enumerate(rows)})


@given(papers=PAPERS, seed=st.integers(0, 2**16))
def test_the_order_of_the_rows_changes_nothing(papers: dict[str, Paper], seed: int) -> None:
    plain, shuffled = run(graph_of(papers)), run(graph_of(papers, random.Random(seed)))  # noqa: S311
    assert plain.pairs.equals(shuffled.pairs)
    assert plain.people.equals(shuffled.people)
    assert plain.summary == shuffled.summary


@given(papers=PAPERS)
def test_weights_add_up_to_the_papers_written_with_others(papers: dict[str, Paper]) -> None:
    people = run(graph_of(papers)).people.to_pylist()
    for row in people:
        shared = [listed for _, _, listed in papers.values() if row["id"] in listed and len(set(listed) - {"X"}) > 1]
        assert row["weight"] == pytest.approx(len(shared))


@given(papers=PAPERS)
def test_uncovering_a_cut_list_never_lowers_a_figure_and_leaves_the_exact_ones(papers: dict[str, Paper]) -> None:
    before = pairs_of(run(graph_of(papers)))
    uncovered = {
        name: (year, True, listed if whole or not listed else "".join(sorted(set(listed) | set("abcj"))))
        for name, (year, whole, listed) in papers.items()
    }
    after = pairs_of(run(graph_of(uncovered)))
    for name, row in before.items():
        if row["lower_bound"]:
            assert after[name]["papers"] >= row["papers"]
        else:
            assert after[name]["papers"] == row["papers"]


def test_small_networks_are_measured_exactly_and_say_so() -> None:
    result = run(graph_of(SMALL))
    assert result.summary["betweenness"] == result.summary["closeness"] == "exact"
    assert not any(row["estimated"] for row in result.people.to_pylist())


def test_estimates_say_so_with_their_method_and_pivots(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measures, "STEPS", 0)
    monkeypatch.setattr(measures, "PIVOTS", 3)
    result = run(graph_of(SMALL))
    assert result.summary["betweenness"] == (
        "estimated for 4 people from the shortest paths of 3 of them, chosen at random with a fixed seed "
        "(pivots of Brandes and Pich 2007, with the linear scaling of Geisberger et al. 2008)"
    )
    assert result.summary["closeness"].endswith("(Eppstein and Wang 2004)")
    assert {name for name, row in people_of(result).items() if row["estimated"]} == set("abcd")


def test_a_long_table_is_put_together_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(graph_of(SMALL)).pairs
    monkeypatch.setattr(coauthorship, "_ROWS", 2)
    assert run(graph_of(SMALL)).pairs.equals(whole)


def test_thousands_of_papers_are_counted_as_one_by_one() -> None:
    dice = random.Random(4)  # noqa: S311
    letters = [chr(0x4E00 + number) for number in range(300)]
    papers: dict[str, Paper] = {
        f"p{i:04}": (dice.choice([None, 2019, 2020, 2021]), dice.random() < 0.9, "".join(dice.sample(letters, dice.randint(0, 7))))
        for i in range(2000)
    }
    expected: dict[tuple[str, str], list[str]] = {}
    for paper, (_, _, listed) in papers.items():
        for pair in combinations(sorted(listed), 2):
            expected.setdefault(pair, []).append(paper)
    found = {(row["a"], row["b"]): row for row in run(graph_of(papers)).pairs.to_pylist()}
    assert {pair: row["paper_ids"] for pair, row in found.items()} == expected
    for pair, shared in expected.items():
        years = [papers[paper][0] for paper in shared if papers[paper][0]]
        row = found[pair]
        assert (row["first_year"], row["last_year"]) == (min(years, default=None), max(years, default=None))  # type: ignore[type-var]
        assert row["weight"] == math.fsum(1 / (len(papers[paper][2]) - 1) for paper in shared)


def test_a_new_process_with_another_hash_seed_finds_the_same() -> None:
    script = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from test_coauthorship import graph_of, run\n"
        "import random\n"
        "dice = random.Random(3)\n"
        "papers = {f'p{i:03}': (2020, True, ''.join(dice.sample('abcdefghijklmnopqrstuvwxyz', 3))) for i in range(40)}\n"
        "result = run(graph_of(papers))\n"
        "print(result.people.to_pylist(), result.pairs.to_pylist(), result.summary)\n"
    )
    here = Path(__file__).parent
    printed = {
        subprocess.run(
            [sys.executable, "-c", script, str(here), str(here.parents[1])],
            env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(printed) == 1
