"""The graph as nodes, edges and evidence: every edge leads back to the exact characters."""

import pyarrow as pa
import pytest

from kg.graph import view
from kg.model import Record
from kg.model.graph import EDGES, EVIDENCE, NODES
from kg.ontology import load
from tests.graph.corpus import ABSTRACT, RECORDS, Made, make, mention, record

BASE = "https://example.org/graph/"
BY_ID = {record.id: record for record in RECORDS}
NAMES = {"aa": "aa.txt", "bb": "bb.txt", "cc": "cc.txt"}


@pytest.fixture(scope="module")
def made() -> Made:
    return make(base=BASE)


def nodes(made: Made, *, with_text: bool = True) -> dict[str, dict[str, object]]:
    table = pa.Table.from_batches(view.nodes(made.assembly, made.build.names, made.build.known, BASE, with_text=with_text), NODES)
    ids = table["id"].to_pylist()
    assert ids == sorted(set(ids))
    return {row["id"].removeprefix(BASE): row for row in table.to_pylist()}


def test_a_paper_is_a_node_with_all_that_is_known(made: Made) -> None:
    assert nodes(made)["paper/arxiv-2205.06175"] == {
        "id": f"{BASE}paper/arxiv-2205.06175", "kind": "paper", "label": "Kestrel: Planning to Soar", "aliases": [], "year": 2022,
        "date": "2022-05-12", "url": "https://arxiv.org/abs/2205.06175", "text": ABSTRACT, "authors_complete": True, "papers": 1,
    }  # fmt: skip


def test_a_node_of_another_kind_counts_its_papers(made: Made) -> None:
    found = {node["label"]: node for node in nodes(made).values()}
    assert (found["Max Ode"]["papers"], found["Max Ode"]["year"], found["Max Ode"]["kind"]) == (2, 2022, "person")
    assert (found["Ann Poe"]["aliases"], found["Ann Poe"]["papers"]) == (["A. Poe"], 1)
    assert found["Hill Team"]["kind"] == "group"
    assert found["Google DeepMind" if "Google DeepMind" in found else "DeepMind"]["kind"] == "organization"
    assert found["Kestrel"]["kind"] == "method"
    assert {node["kind"] for node in found.values()} <= set(load().kinds)


def test_a_cited_work_is_told_apart_and_linked(made: Made) -> None:
    cited = nodes(made)["paper/arxiv-hep-th-9901001"]
    assert (cited["kind"], cited["label"], cited["url"]) == (
        "cited", "arXiv:hep-th/9901001", "https://arxiv.org/abs/hep-th/9901001",
    )  # fmt: skip


def test_every_edge_is_between_nodes(made: Made) -> None:
    table = pa.Table.from_batches(view.edges(made.assembly, BASE), EDGES)
    ids = {BASE + path for path in nodes(made)}
    assert all({edge["source"], edge["target"]} <= ids and edge["label"] for edge in table.to_pylist())


def test_without_texts_there_are_none(made: Made) -> None:
    assert all(node["text"] is None for node in nodes(made, with_text=False).values())


def test_every_edge_has_evidence_and_every_quote_stands_where_it_says(made: Made) -> None:
    table = made.evidence()
    assert table.schema == EVIDENCE
    rows = table.to_pylist()
    assert {row["edge"] for row in rows} == {row["id"] for row in made.rows("edges")}
    support = {row["id"]: row["support"] for row in made.rows("edges")}
    assert all(len([r for r in rows if r["edge"] == edge]) == count for edge, count in support.items())
    for row in rows:
        field = next(f for f in BY_ID[row["record"]].all(row["field"]) if f.start <= row["start"] and row["end"] <= f.end)
        start = row["start"] - field.start
        assert field.text[start : start + len(row["quote"])] == row["quote"]
        assert row["document"] == NAMES[row["record"][:2]]
        if row["field"] == "abstract":
            assert row["before"] + row["quote"] + row["after"] in field.text


def test_the_sentence_around_a_quote(made: Made) -> None:
    rows = made.evidence().to_pylist()
    row, again = [row for row in rows if row["quote"] == "PPO" and row["record"] == "aa/0"]
    assert (again["before"], again["after"]) == (row["before"], row["after"])
    assert (row["before"], row["after"]) == ("Kestrel is compared with ", " on hills.")


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        (record("dd", ("title", "A  Title\nin two lines")), "A Title in two lines"),
        (record("dd", ("arxiv_id", "2205.06175")), "arXiv:2205.06175 [untitled]"),
        (record("dd", ("title", "x" * 200)), "x" * 159 + "…"),
        (record("dd", ("title", "a\x07b\u202ec")), "abc"),
    ],
)
def test_what_a_paper_is_called(of: Record, expected: str) -> None:
    made = make([of], [])
    (node,) = nodes(made).values()
    assert node["label"] == expected


def test_a_paper_without_title_is_called_after_what_it_introduces() -> None:
    of = record("dd", ("abstract", ABSTRACT))
    made = make([of], [mention(of, "Kestrel", "introduces")])
    assert "Kestrel [untitled]" in {node["label"] for node in nodes(made).values()}


def test_the_most_frequent_name_of_a_thing_is_shown() -> None:
    pairs = [("method/x", "X-net", 1), ("method/x", "X-Net", 1), ("method/x", "X-net", 1), ("method/y", "Y", 1)]
    assert view.thing_names(pairs) == {"method/x": ["X-net", "X-Net"], "method/y": ["Y"]}
