"""`kg why`, `kg merge`, `kg split`: what is behind a node, an edge, a merge, and how to take it back."""

import json
import shlex
from pathlib import Path

import pytest

from tests.command import kg


def test_why_a_node(small_graph: Path) -> None:
    done = kg("why", small_graph, "GravelNet")
    assert done.code == 0
    assert "paper/arxiv-1706.01234 kg:introduces method/gravelnet" in done.out
    assert "listing.txt:1 [" in done.out
    assert "We introduce «GravelNet», a convolutional network" in done.out
    assert "(kg 0.1.0), score 0." in done.out


@pytest.mark.parametrize(
    ("predicate", "value"),
    [
        ("introduces", "GravelNet"), ("kg:introduces", "method/gravelnet"),
        ("https://w3id.org/kgp/ns#introduces", "https://w3id.org/kgp/id/method/gravelnet"), ("kg:introduces", ""),
    ],
)  # fmt: skip
def test_why_an_edge(predicate: str, value: str, small_graph: Path) -> None:
    done = kg("why", small_graph, "Sorting Gravel with a Small Robot", predicate, *filter(None, [value]))
    assert done.code == 0
    assert done.out.count("«GravelNet»") == 2


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("Sorting Gravel with a Small Robot", "usesDataset", "BayWave"), "usesDataset of paper/arxiv-1706.01234 is: dataset/imagenet"),
        (("GravelNet", "usesDatset"), "what leads to method/gravelnet from others: kg:introduces"),
    ],
)
def test_an_edge_that_is_not_there_is_answered_by_those_that_are(asked: tuple[str, ...], told: str, small_graph: Path) -> None:
    done = kg("why", small_graph, *asked)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith(f"nothing in this graph carries that; {told}")


def test_commands_that_are_named_can_be_typed(small_graph: Path, tmp_path: Path) -> None:
    graph = tmp_path / "Ann's graph"
    graph.symlink_to(small_graph)
    told = kg("why", graph, "Nobody at all").err
    assert shlex.split(told.strip().partition("look with: ")[2]) == ["kg", "query", str(graph), "nodes"]


def test_why_a_literal(small_graph: Path) -> None:
    done = kg("why", small_graph, "1706.01234", "dcterms:issued")
    assert done.code == 0
    assert "dcterms:issued 2017-06-05" in done.out
    assert "listing.txt:6 " in done.out


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("dcterms:issued", "2017-06-05"), "dcterms:issued 2017-06-05"), (("TITLE", "sorting gravel with a small robot"), "dcterms:title Sorting"),
        (("kg:Introduces", "method:gravelnet"), "kg:introduces method/gravelnet"),
    ],
)  # fmt: skip
def test_the_object_of_an_edge_is_looked_for_among_those_that_it_has(asked: tuple[str, ...], told: str, small_graph: Path) -> None:
    done = kg("why", small_graph, "1706.01234", *asked)
    assert (done.code, told in done.out) == (0, True), done.err


def test_a_literal_that_is_another_is_answered_by_the_one_that_is(small_graph: Path) -> None:
    done = kg("why", small_graph, "1706.01234", "issued", "2018")
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("nothing in this graph carries that; issued of paper/arxiv-1706.01234 is: 2017-06-05")


def test_why_as_json_lines(small_graph: Path) -> None:
    rows = [json.loads(line) for line in kg("why", small_graph, "GravelNet", "--json").out.splitlines()]
    assert {row["quote"] for row in rows} == {"GravelNet"}
    assert {"subject", "predicate", "value", "document", "line", "record", "field", "start", "end", "quote", "by", "score"} <= set(rows[0])


def test_how_two_members_came_together_is_asked_of_the_whole_and_not_of_an_edge(small_graph: Path) -> None:
    done = kg("why", small_graph, "Bruno M. Exempel", "creator", "--member", "a", "--member", "b")
    assert (done.code, done.out) == (2, "")
    assert done.err == "kg: --member asks how SUBJECT came to be one; leave PREDICATE and OBJECT out\n"


def test_why_nothing(small_graph: Path) -> None:
    assert kg("why", small_graph, "GravelNet", "kg:usesDataset").code == 1
    mistyped = kg("why", small_graph, "1706.01234", "usesDatset", "ImageNet")
    assert mistyped.code == 1
    assert "what is said of paper/arxiv-1706.01234: " in mistyped.err
    assert " kg:usesDataset" in mistyped.err
    assert kg("why", small_graph, "Nothing at All").code == 2
    assert kg("why", small_graph, "network").code == 2


@pytest.mark.parametrize("subject", ["Bruno M. Exempel", "arxiv-1706.01234", "arxiv-1911.04321", "Telling Mosses Apart from Above"])
def test_a_merge_is_explained_and_its_undo_command_works(subject: str, own_graph: Path) -> None:
    first = (own_graph / "current" / "graph.nq").read_bytes()
    done = kg("why", own_graph, subject)
    assert "2 members were taken for one:" in done.out
    assert "same 0." in done.out or "same 1." in done.out
    (line,) = (line for line in done.out.splitlines() if line.startswith("undo a merge with: "))
    _, command, *arguments = shlex.split(line.removeprefix("undo a merge with: "))
    split = kg(command, *arguments)
    assert split.code == 0, split.err
    assert (own_graph / "current" / "graph.nq").read_bytes() != first
    assert "told apart:" in kg("why", own_graph, subject).out
    assert kg("merge", own_graph, "--undo").code == 0
    assert (own_graph / "current" / "graph.nq").read_bytes() == first


def test_merge_and_undo(own_graph: Path) -> None:
    first = (own_graph / "current" / "graph.nq").read_bytes()
    done = kg("merge", own_graph, "Chiara Modello", "Dorothea Muster", "--note", "married")
    assert (done.code, done.out) == (0, "")
    assert "3 people" in done.err
    decided = json.loads(kg("decisions", own_graph, "--json").out)
    one, other = decided["left_name"], decided["right_name"]
    assert (one.split(" [")[0], other.split(" [")[0]) == ("Chiara Modello", "Dorothea Muster")
    assert done.err.endswith(f"decided that {one} and {other} are one (now person/dorothea-muster)\ntake it back with: kg undo {own_graph} 1\n")
    assert "decided by people (decisions.csv)\n      note: married" in kg("why", own_graph, "Chiara Modello").out
    assert kg("merge", own_graph, "Chiara Modello", "Dorothea Muster").code == 2
    back = kg("merge", own_graph, "--undo")
    assert (back.code, back.err.splitlines()[-1]) == (0, f"taken back that {one} and {other} are one (now person/chiara-modello, person/dorothea-muster)")
    assert (own_graph / "current" / "graph.nq").read_bytes() == first
    assert kg("merge", own_graph, "--undo").code == 2
    assert kg("merge", own_graph, "Chiara Modello").code == 2


def test_split(own_graph: Path) -> None:
    done = kg("split", own_graph, "Bruno M. Exempel", "nobody")
    assert done.code == 2
    assert "names 0 members of person/bruno-m-exempel" in done.err
    assert "#bruno exempel" in done.err
    assert kg("split", own_graph, "Bruno M. Exempel", "#bruno exempel").code == 0
    assert len({json.loads(row)["cluster"] for row in kg("identity", own_graph, "--kind", "person").out.splitlines()}) == 5
