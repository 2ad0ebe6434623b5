"""`kg quality`: one screen on how far the identity of a graph can be trusted."""

import json
from pathlib import Path

import pytest

from kg.cli.quality import _screen
from kg.resolve.decisions import FILE
from tests.command import kg


def test_the_report_fits_on_a_screen(example_graph: Path) -> None:
    done = kg("quality", example_graph)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert len(lines) <= 40
    assert lines[0].split()[:3] == ["what", "members", "entities"]
    for told in ("people merged by: ", "Suspicious: ", "Alike, but not merged: ", "Names of several people: ", "Decisions of people: none"):
        assert any(line.startswith(told) for line in lines), told


def test_members_and_entities_of_the_small_corpus(small_graph: Path) -> None:
    found = json.loads(kg("quality", small_graph, "--json").out)
    counts = {row["kind"]: (row["members"], row["entities"]) for row in found["sizes"]}
    assert counts["paper"] == (7, 4)
    (papers,) = [row for row in found["estimates"] if row["kind"] == "paper"]
    assert papers["same"] >= 3
    assert 0.5 < papers["precision"] <= 1
    assert found["decisions"] == found["contradictions"] == []


def test_decisions_and_what_is_wrong_with_them_are_told(own_graph: Path) -> None:
    clusters = sorted({json.loads(row)["cluster"] for row in kg("identity", own_graph).out.splitlines()})
    (own_graph / FILE).write_text("kind,verdict,left,right\nnonsense,,,\n", encoding="utf-8")
    assert kg("merge", own_graph, clusters[0], clusters[1]).code == 0
    told = kg("quality", own_graph).out
    assert "of papers same" in told
    assert f"{FILE}:2: " in told


def test_no_list_is_longer_than_asked(example_graph: Path) -> None:
    found = json.loads(kg("quality", example_graph, "--json").out)
    few, many = ("\n".join(_screen(found, show)) for show in (0, 9))
    assert len(few.splitlines()) < len(many.splitlines())
    assert " ~ " not in few


def test_a_name_cannot_change_the_terminal(small_graph: Path) -> None:
    found = json.loads(kg("quality", small_graph, "--json").out)
    found["hubs"] = [{"kind": "person", "label": "Ada\x1b[2J", "entity": "person/a", "papers": 3, "why": ["x"]}]
    found["ambiguous"] = [{"name": "Ada\x1b[2J", "people": 2, "ambiguous": 0}]
    assert "\x1b" not in "\n".join(_screen(found, 4))


@pytest.mark.parametrize("place", ["nowhere", "."])
def test_where_no_graph_is_there_is_no_report(tmp_path: Path, place: str) -> None:
    done = kg("quality", tmp_path / place)
    assert done.code != 0
    assert "Traceback" not in done.err
