"""People's decisions: made, kept through rebuilds, and taken back to the byte."""

import csv
from pathlib import Path

import pytest

from kg.errors import BuildError, UsageError
from kg.pipeline import decide
from kg.pipeline.build import build
from kg.pipeline.opened import identity_rows, open_build
from kg.pipeline.why import passages
from kg.store.folder import damages
from kg.store.validate import validate
from tests.conftest import ABSTRACTS, BELLS

ADA, BRUNO, CHIARA = "Ada Beispiel", "Bruno M. Exempel", "Chiara Modello"


def quiet(_: str) -> None:
    pass


def quads(folder: Path) -> bytes:
    return (folder / "current" / "graph.nq").read_bytes()


def clusters(folder: Path, kind: str) -> dict[tuple[str, int, str], str]:
    rows = identity_rows(open_build(folder), kind)
    return {(row["document"], row["ordinal"], row.get("name", "")): row["cluster"] for row in rows}


def decisions(folder: Path) -> list[dict[str, str]]:
    with (folder / "decisions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_people_become_one_and_two_again(own_graph: Path) -> None:
    first = quads(own_graph)
    decide.merge(own_graph, [CHIARA, "Dorothea Muster"], "same web page", quiet)
    who = clusters(own_graph, "person")
    assert who["page.txt", 0, CHIARA] == who["page.txt", 1, "Dorothea Muster"]
    (line,) = decisions(own_graph)
    assert (line["kind"], line["verdict"], line["note"]) == ("person", "same", "same web page")
    assert b"person:must-link" in quads(own_graph)
    assert damages(own_graph) == []

    decide.undo(own_graph, quiet)
    assert quads(own_graph) == first
    assert not (own_graph / "decisions.csv").exists()


def test_two_papers_become_one(own_graph: Path) -> None:
    decide.merge(own_graph, ["arxiv-1706.01234", "Telling Mosses Apart from Above"], "", quiet)
    papers = clusters(own_graph, "paper")
    assert papers["listing.txt", 0, ""] == papers["page.txt", 1, ""] == papers["abstracts.txt", 1, ""]
    assert open_build(own_graph).run["counts"]["papers"] == 3


def test_a_record_is_taken_out_of_its_paper(own_graph: Path) -> None:
    before = clusters(own_graph, "paper")
    assert before["abstracts.txt", 0, ""] == before["listing.txt", 1, ""]
    opened = open_build(own_graph)
    anchor = next(a for a in decide.anchors_of(opened, "paper/arxiv-1911.04321") if "1911" not in a)
    decide.split(own_graph, "arxiv-1911.04321", [anchor], "another bay", quiet)
    after = clusters(own_graph, "paper")
    assert len(set(after.values())) == 5
    assert after["abstracts.txt", 0, ""] != after["listing.txt", 1, ""]
    decide.undo(own_graph, quiet)
    assert clusters(own_graph, "paper") == before


def test_a_spelling_is_taken_out_of_its_person(own_graph: Path) -> None:
    before = clusters(own_graph, "person")
    assert before["page.txt", 0, BRUNO] == before["page.txt", 2, "Bruno Exempel"]
    decide.split(own_graph, BRUNO, ["#bruno exempel"], "", quiet)
    after = clusters(own_graph, "person")
    assert after["page.txt", 0, BRUNO] != after["page.txt", 2, "Bruno Exempel"]


def test_a_decision_survives_new_input_and_new_names(own_graph: Path, papers: Path, tmp_path: Path) -> None:
    decide.merge(own_graph, [CHIARA, "Dorothea Muster"], "", quiet)
    (papers / "page.txt").rename(papers / "seite.txt")
    (papers / "more.txt").write_text(f"Abstract:{BELLS}\n", encoding="utf-8")
    (papers / "abstracts.txt").write_text(ABSTRACTS + "\nAbstract:Snow falls on cedars.\n", encoding="utf-8")
    build([papers], own_graph)
    who = clusters(own_graph, "person")
    assert who["seite.txt", 0, CHIARA] == who["seite.txt", 1, "Dorothea Muster"]

    decide.undo(own_graph, quiet)
    build([papers], tmp_path / "full")
    assert quads(own_graph) == quads(tmp_path / "full")


def test_decisions_are_taken_back_one_at_a_time(own_graph: Path) -> None:
    states = [quads(own_graph)]
    decide.merge(own_graph, [CHIARA, "Dorothea Muster"], "", quiet)
    states.append(quads(own_graph))
    decide.split(own_graph, BRUNO, ["#bruno exempel"], "", quiet)
    states.append(quads(own_graph))
    decide.merge(own_graph, ["arxiv-1706.01234", "Telling Mosses Apart from Above"], "", quiet)
    for state in reversed(states):
        decide.undo(own_graph, quiet)
        assert quads(own_graph) == state
    with pytest.raises(UsageError, match="nothing was decided yet"):
        decide.undo(own_graph, quiet)


def test_two_merges_of_one_person_are_two_decisions(own_graph: Path) -> None:
    decide.merge(own_graph, [CHIARA, "Dorothea Muster"], "", quiet)
    once = quads(own_graph)
    decide.merge(own_graph, [CHIARA, BRUNO], "", quiet)
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == once


def test_the_last_word_counts(own_graph: Path) -> None:
    first = clusters(own_graph, "person")
    decide.split(own_graph, BRUNO, ["#bruno exempel"], "", quiet)
    apart, who = quads(own_graph), clusters(own_graph, "person")
    decide.merge(own_graph, [who["page.txt", 0, BRUNO], who["page.txt", 2, "Bruno Exempel"]], "", quiet)
    assert clusters(own_graph, "person") == first
    assert [(line["verdict"], line["number"]) for line in decisions(own_graph)] == [("different", "1"), ("same", "2")]
    assert open_build(own_graph).table("problems").num_rows == 0
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == apart


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (ADA, ADA, "is one already"), (BRUNO, "Bruno Exempel", "is one already"),
        (ADA, "arxiv-1706.01234", "different kinds"), (ADA, "GravelNet", "different kinds"), (ADA, "Nobody", "not in this graph"),
        ("topic/cs.LG", "topic/cs.CV", "cannot be decided on"), (ADA, " ", "an empty text"),
    ],
)  # fmt: skip
def test_what_cannot_be_merged(one: str, other: str, told: str, own_graph: Path) -> None:
    with pytest.raises(UsageError, match=told):
        decide.merge(own_graph, [one, other], "", quiet)
    assert not (own_graph / "decisions.csv").exists()


@pytest.mark.parametrize(
    ("entity", "member", "told"),
    [
        (BRUNO, "nobody", "names 0 members of person/bruno-m-exempel"), (BRUNO, "exempel", "names 2 members"),
        (CHIARA, "chiara", "has no other member"), (CHIARA, "nobody", "has no other member"), ("GravelNet", "gravel", "has no other member"),
    ],
)  # fmt: skip
def test_what_cannot_be_split(entity: str, member: str, told: str, own_graph: Path) -> None:
    with pytest.raises(UsageError, match=told):
        decide.split(own_graph, entity, [member], "", quiet)
    assert not (own_graph / "decisions.csv").exists()


def test_inputs_that_have_gone_are_taken_from_the_cache(own_graph: Path, papers: Path) -> None:
    first = quads(own_graph)
    for path in papers.iterdir():
        path.unlink()
    decide.merge(own_graph, [CHIARA, "Dorothea Muster"], "", quiet)
    assert quads(own_graph) != first
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == first


def test_where_the_build_fails_nothing_is_decided(own_graph: Path, papers: Path) -> None:
    first = quads(own_graph)
    for path in [*papers.iterdir(), *(own_graph / "cache").rglob("*.parquet")]:
        path.unlink()
    with pytest.raises(BuildError, match="the input of this graph has gone"):
        decide.merge(own_graph, [CHIARA, "Dorothea Muster"], "", quiet)
    assert quads(own_graph) == first
    assert not (own_graph / "decisions.csv").exists()


def test_faults_in_the_decisions_file_are_problems(own_graph: Path, papers: Path) -> None:
    (own_graph / "decisions.csv").write_text("kind,verdict,left,right,note\nperson,perhaps,a,b,\n", encoding="utf-8")
    (problem,) = build([papers], own_graph).problems
    assert (problem.document, problem.line, problem.what) == ("decisions.csv", 2, "not a decision")
    (own_graph / "decisions.csv").write_bytes(b"kind,verdict,left,right,note\nperson,same,caf\xe9,b,\n")
    with pytest.raises(UsageError, match=r"decisions\.csv: not UTF-8 at byte 44"):
        build([papers], own_graph)


def test_lines_written_by_hand_are_taken_back_one_by_one(own_graph: Path, papers: Path) -> None:
    anchors = open_build(own_graph).table("members")["anchor"].to_pylist()
    chiara, muster, bruno = (next(a for a in anchors if a.endswith(f"#{n}")) for n in ("chiara modello", "dorothea muster", "bruno exempel"))
    lines = [f"person,same,{chiara},{muster},", f"person,same,{bruno},{muster},"]
    (own_graph / "decisions.csv").write_text("\n".join(["kind,verdict,left,right,note", *lines, ""]), encoding="utf-8")
    build([papers], own_graph)
    assert len(set(clusters(own_graph, "person").values())) == 2
    decide.undo(own_graph, quiet)
    assert len(set(clusters(own_graph, "person").values())) == 3


def test_somebody_is_renamed_and_called_as_before(own_graph: Path) -> None:
    first = quads(own_graph)
    decide.rename(own_graph, CHIARA, "Chiara Esempio", "since her wedding", quiet)
    opened = open_build(own_graph)
    (node,) = [row for row in opened.table("nodes").to_pylist() if row["label"] == "Chiara Esempio"]
    assert node["aliases"] == [CHIARA]
    assert opened.find(CHIARA) == opened.find("Chiara Esempio") == node["id"]
    assert validate(opened.store).conforms
    (passage,) = passages(opened, node["id"], "kg:preferredName")
    assert (passage.document, passage.line, passage.quote) == ("decisions.csv", 2, "Chiara Esempio")
    renamed = quads(own_graph)
    # A decision on something else changes nothing here, nor do its place in the file and new input.
    decide.merge(own_graph, ["arxiv-1706.01234", "Telling Mosses Apart from Above"], "", quiet)
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == renamed
    decide.rename(own_graph, "Chiara Esempio", "Chiara E.", "", quiet)
    assert open_build(own_graph).find("Chiara E.") == open_build(own_graph).find(CHIARA)
    decide.undo(own_graph, quiet, 1)
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == first


def test_a_paper_is_given_to_another_person(own_graph: Path) -> None:
    first = quads(own_graph)
    before = clusters(own_graph, "person")
    assert before["page.txt", 0, BRUNO] == before["page.txt", 2, "Bruno Exempel"]
    decide.assign(own_graph, "Cracks in Bells, Heard Early", "B. Exempel", "Dorothea Muster", "another Bruno", quiet)
    after = clusters(own_graph, "person")
    assert after["page.txt", 2, "Bruno Exempel"] == after["page.txt", 1, "Dorothea Muster"] != after["page.txt", 0, BRUNO]
    with pytest.raises(UsageError, match="already"):
        decide.assign(own_graph, "Cracks in Bells, Heard Early", "Bruno Exempel", "Dorothea Muster", "", quiet)
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == first
    for arguments, told in [
        (("Cracks in Bells, Heard Early", "Zoe", ADA), "not an author of"), ((ADA, "Zoe", ADA), "not a paper and a person"),
    ]:
        with pytest.raises(UsageError, match=told):
            decide.assign(own_graph, *arguments, "", quiet)


def test_several_are_merged_and_several_taken_out_together(own_graph: Path) -> None:
    first = quads(own_graph)
    decide.merge(own_graph, [CHIARA, "Dorothea Muster", BRUNO], "", quiet)
    assert len(set(clusters(own_graph, "person").values())) == 2
    decide.split(own_graph, CHIARA, ["#chiara", "#dorothea"], "", quiet)
    who = clusters(own_graph, "person")
    assert who["page.txt", 0, CHIARA] == who["page.txt", 1, "Dorothea Muster"] != who["page.txt", 0, BRUNO]
    assert who["page.txt", 0, BRUNO] == who["page.txt", 2, "Bruno Exempel"]
    assert open_build(own_graph).table("problems").num_rows == 0
    decide.undo(own_graph, quiet)
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == first


def test_lines_by_hand_name_things_as_people_do(own_graph: Path, papers: Path) -> None:
    lines = [
        "# what Ada told us", "person,same,Chiara Modello,person/nobody,", "person,same,arxiv:1706.01234#chiara modello,Dorothea Muster,",
        "paper,same,Telling Mosses Apart from Above,arXiv:1706.01234,", "person,renamed,Ada Beispiel,Ada B.,",
    ]
    text = "\n".join(["kind,verdict,left,right,note", *lines, ""])
    (own_graph / "decisions.csv").write_text(text, encoding="utf-8")
    (problem,) = build([papers], own_graph).problems
    assert str(problem).startswith("decisions.csv:3: names no person that is here: 'person/nobody'; ")
    who = clusters(own_graph, "person")
    assert who["page.txt", 0, CHIARA] == who["page.txt", 1, "Dorothea Muster"]
    assert open_build(own_graph).run["counts"]["papers"] == 3
    assert open_build(own_graph).find("Ada B.").endswith(who["page.txt", 0, ADA])
    decide.undo(own_graph, quiet)
    assert (own_graph / "decisions.csv").read_text(encoding="utf-8") == text.replace("person,renamed,Ada Beispiel,Ada B.,\n", "")


def test_decisions_of_another_file_are_added(own_graph: Path) -> None:
    first = quads(own_graph)
    decide.add(own_graph, f"kind,verdict,left,right\nperson,same,{CHIARA},Dorothea Muster\nperson,renamed,{ADA},Ada B.\n", "page.csv", quiet)
    assert [line["number"] for line in decisions(own_graph)] == ["1", "2"]
    assert len(set(clusters(own_graph, "person").values())) == 3
    decide.undo(own_graph, quiet, 1)
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == first
    with pytest.raises(UsageError, match=r"page\.csv:2: not a decision"):
        decide.add(own_graph, "kind,verdict,left,right\nperson,maybe,a,b\n", "page.csv", quiet)


@pytest.mark.parametrize("kind", ["method", "organization"])
def test_things_and_organizations_become_one_and_two_again(kind: str, own_graph: Path) -> None:
    first = quads(own_graph)
    before = open_build(own_graph).table("nodes").to_pylist()
    decide.merge(own_graph, [row["id"] for row in before if row["kind"] == kind][:2], "as they told us", quiet)
    opened = open_build(own_graph)
    assert opened.table("nodes").num_rows == len(before) - 1
    assert opened.table("problems").num_rows == 0
    assert decisions(own_graph)[0]["kind"] == ("thing" if kind == "method" else kind)
    decide.undo(own_graph, quiet)
    assert quads(own_graph) == first


@pytest.mark.parametrize(("gone", "stays"), [("k-means", "random forest"), ("ImageNet", "MossBase")])
def test_a_listed_thing_that_became_another_is_found_by_its_names(gone: str, stays: str, own_graph: Path) -> None:
    opened = open_build(own_graph)
    rows = {row["label"]: row for row in opened.table("nodes").to_pylist()}
    decide.merge(own_graph, [rows[stays]["id"], rows[gone]["id"]], "one", quiet)
    opened = open_build(own_graph)
    assert {opened.find(name) for name in (gone, *rows[gone]["aliases"])} == {opened.find(stays)}
    assert validate(opened.store).conforms
