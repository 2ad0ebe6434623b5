"""`kg review`, `kg decisions`, `kg rename`, `kg assign`, `kg undo`: a person decides at the command line."""

import csv
import io
import json
import signal
import subprocess
from pathlib import Path

import pytest

from kg.store.folder import locked
from tests.command import kg, start
from tests.doubts import CHIARA_DOROTHEA, GRAVEL_MOSS, put


@pytest.fixture
def doubtful(own_graph: Path) -> Path:
    put(own_graph, CHIARA_DOROTHEA, GRAVEL_MOSS)
    return own_graph


def quads(folder: Path) -> bytes:
    return (folder / "current" / "graph.nq").read_bytes()


def test_a_walk_is_answered_from_standard_input_and_built_once(doubtful: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "110")  # titles are wrapped to the terminal, which the processes of pytest-xdist may have
    first = quads(doubtful)
    done = kg("review", doubtful, stdin=b"x\nl\ns\n")
    assert done.code == 0
    assert "1 of 2  paper, left apart, 0.45 sure that they are one" in done.out
    assert "2 of 2  person, left apart, 0.62 sure that they are one" in done.out
    assert "Sorting Gravel with a Small Robot (2017)" in done.out
    assert "*Ada Beispiel" in done.out
    assert "  +1.20  names" in done.out
    assert "+0.60  in all, in log-odds, starting from -0.11: probability 0.62" in done.out
    assert "please answer with one of" in done.err
    assert "3 people" in done.err
    assert done.err.count("graph: ") == 1
    listed = [json.loads(line) for line in kg("decisions", doubtful, "--json").out.splitlines()]
    assert [(row["number"], row["verdict"], row["line"]) for row in listed] == [(1, "same", 2)]
    assert {row["left_name"].partition(" [")[0] for row in listed} <= {"Chiara Modello", "Dorothea Muster"}
    assert kg("undo", doubtful, 7).code == 2
    assert kg("undo", doubtful, 1).code == 0
    assert quads(doubtful) == first


def test_answers_can_be_noted_down_for_later(doubtful: Path) -> None:
    first = quads(doubtful)
    done = kg("review", doubtful, "--no-build", "--kind", "person", stdin=b"d\n")
    assert (done.code, quads(doubtful)) == (0, first)
    assert "1 decision noted" in done.err
    assert "person,different," in (doubtful / "decisions.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_answers_outlive_being_stopped(name: str, doubtful: Path) -> None:
    if not hasattr(signal, name):
        pytest.skip(f"no {name} here")
    first = quads(doubtful)
    child = start("review", doubtful, stdin=subprocess.PIPE)
    assert child.stdin
    assert child.stdout
    child.stdin.write(b"d\n")
    child.stdin.flush()
    while not child.stdout.readline().startswith(b"2 of 2"):
        pass
    child.send_signal(getattr(signal, name))
    told = child.communicate(timeout=60)[1].decode()
    assert child.returncode == 130
    assert "1 decision noted in" in told
    assert told.endswith("kg: stopped; the graph is as it was before\n")
    assert quads(doubtful) == first
    assert "paper,different," in (doubtful / "decisions.csv").read_text(encoding="utf-8")


def test_answers_outlive_a_build_that_cannot_be(doubtful: Path) -> None:
    with locked(doubtful):
        done = kg("review", doubtful, stdin=b"d\nl\n")
    assert (done.code, "another build is at work" in done.err, "1 decision noted in" in done.err) == (1, True, True)
    assert "paper,different," in (doubtful / "decisions.csv").read_text(encoding="utf-8")


def test_leaving_decides_nothing(doubtful: Path) -> None:
    for answers in (b"q\n", b"", b"l\nl\n"):
        done = kg("review", doubtful, stdin=answers)
        assert (done.code, "nothing was decided" in done.err) == (0, True)
    assert not (doubtful / "decisions.csv").exists()


def test_pairs_are_listed(doubtful: Path) -> None:
    rows = [json.loads(line) for line in kg("review", doubtful, "--json").out.splitlines()]
    assert [row["kind"] for row in rows] == ["paper", "person"]
    assert {"left", "right", "evidence", "effect", "score", "verdict", "left_member", "right_member"} <= rows[0].keys()
    (only,) = csv.DictReader(io.StringIO(kg("review", doubtful, "--csv", "--limit", 1).out))
    assert (only["kind"], only["now"]) == ("paper", "two")
    assert "Dorothea Muster (1)" in kg("review", doubtful, "--list").out
    assert kg("review", doubtful, "--format", "table").out == kg("review", doubtful, "--list").out


def test_nothing_in_doubt(own_graph: Path) -> None:
    put(own_graph)
    for listing in ([], ["--list"], ["--csv"], ["--json"]):
        done = kg("review", own_graph, *listing)
        assert (done.code, done.err) == (0, "nothing is in doubt\n")
    assert kg("review", own_graph, "--csv").out.startswith("kind,effect,score,now,left,right,left_member,right_member")


def test_the_page_of_a_build_and_its_decisions(doubtful: Path, tmp_path: Path) -> None:
    done = kg("review", doubtful, "--html", tmp_path / "review.html", "--limit", 1)
    assert (done.code, "1 of 2 pairs" in done.err) == (0, True)
    assert (tmp_path / "review.html").read_bytes().startswith(b"<!doctype html>")
    saved = 'kind,verdict,left,right,note,number\nperson,same,Chiara Modello,Dorothea Muster,"told us, twice",\n'
    assert kg("decisions", doubtful, "--add", "-", stdin=saved.encode()).code == 0
    assert "told us, twice" in kg("decisions", doubtful).out
    assert kg("decisions", doubtful, "--add", tmp_path / "nothing.csv").code != 0


def test_the_page_of_the_folder_one_stands_in_has_its_name(doubtful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(doubtful)
    assert kg("review", ".", "--html", tmp_path / "review.html").code == 0
    assert f"<title>Review · {doubtful.name}</title>" in (tmp_path / "review.html").read_text(encoding="utf-8")


def test_without_decisions_the_columns_are_the_same(own_graph: Path) -> None:
    none = kg("decisions", own_graph, "--csv")
    assert (none.code, none.err) == (0, "nothing was decided yet\n")
    assert kg("rename", own_graph, "Chiara Modello", "Chiara Esempio").code == 0
    assert kg("decisions", own_graph, "--csv").out.splitlines()[0] == none.out.strip()


def test_undo_says_where_no_graph_is(tmp_path: Path) -> None:
    for done in (kg("undo", tmp_path), kg("merge", tmp_path, "--undo")):
        assert (done.code, done.err.count("\n")) == (1, 1)
        assert "there is no graph here" in done.err


def test_undo_and_names_contradict_each_other(small_graph: Path) -> None:
    done = kg("merge", small_graph, "Ada Beispiel", "Bruno Exempel", "--undo")
    assert (done.code, "--undo stands alone" in done.err) == (2, True)


def test_rename_and_assign(own_graph: Path) -> None:
    first = quads(own_graph)
    assert kg("rename", own_graph, "Chiara Modello", "Chiara Esempio", "--note", "wedding").code == 0
    assert "Chiara Esempio" in kg("why", own_graph, "Chiara Esempio").out
    assert kg("rename", own_graph, "GravelNet", "StoneNet").code == 2
    assert kg("rename", own_graph, "Chiara Esempio", " ").code == 2
    assert kg("assign", own_graph, "Cracks in Bells, Heard Early", "Bruno Exempel", "Dorothea Muster").code == 0
    shown = kg("decisions", own_graph).out
    assert "renamed" in shown
    assert "assign" in shown
    assert kg("undo", own_graph).code == kg("undo", own_graph).code == 0
    assert quads(own_graph) == first
    assert kg("undo", own_graph).code == 2


def test_why_tells_how_two_members_came_together(own_graph: Path) -> None:
    kg("merge", own_graph, "Chiara Modello", "Dorothea Muster", "Bruno Exempel")
    done = kg("why", own_graph, "Chiara Modello", "--member", "#chiara", "--member", "#bruno exempel")
    assert done.code == 0
    assert "judgements tie them, " in done.out
    assert done.out.count("decided by people (decisions.csv)") == 2
    rows = [json.loads(line) for line in kg("why", own_graph, "Chiara Modello", "--member", "#chiara", "--member", "#bruno exempel", "--json").out.splitlines()]
    assert [row["judgement"]["rule"] for row in rows if row["judgement"]["by"] != "kg"] == ["person:must-link"] * 2
    assert kg("why", own_graph, "Chiara Modello", "--member", "#chiara").code == 2
    assert kg("why", own_graph, "Chiara Modello", "--member", "#chiara", "--member", "nobody").code == 2
