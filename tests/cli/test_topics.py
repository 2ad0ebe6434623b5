"""`kg topics`, and `--scheme` of `kg build`, as a person sees them."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from kg import api
from kg.model.graph import EDGES, NODES
from kg.pipeline.build import rebuild
from tests.command import Done, kg
from tests.processes import by_processes

TEA = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/t/tea> a skos:Concept ; skos:prefLabel "tea studies"@en .
<https://example.org/t/storage> a skos:Concept ; skos:prefLabel "tea storage"@en ; skos:broader <https://example.org/t/tea> .
"""
PAPERS = [
    {"title": "Tea Storage for Everyone", "authors": ["Ada Beispiel"], "year": 2020, "abstract": "We study tea storage in tins."},
    {"title": "Object Detection on Tea", "authors": ["Ada Beispiel"], "year": 2023, "abstract": "Object detection finds tea leaves in images."},
]


@pytest.fixture(scope="module")
def teas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with papers, a scheme, and the graph of both."""
    folder = tmp_path_factory.mktemp("teas")
    (folder / "tea.ttl").write_text(TEA, encoding="utf-8")
    (folder / "papers.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS), encoding="utf-8")
    assert build(folder, "tea.ttl").code == 0
    return folder


def build(folder: Path, scheme: str) -> Done:
    return kg("build", folder / "papers.jsonl", "--out", folder / "graph", "--workers", "1", "--extract", "fast", "--scheme", folder / scheme)


def test_topics(small_graph: Path) -> None:
    done = kg("topics", small_graph)
    assert done.code == 0
    assert done.out.splitlines()[0].split() == ["label", "papers", "share", "first_year", "last_year", "growth", "authors"]
    assert "papers have a topic" in done.err
    rows = [json.loads(line) for line in kg("topics", small_graph, "--json").out.splitlines()]
    science = next(row for row in rows if row["id"].endswith("topic/cs"))
    assert science["papers"] >= 3
    assert science["label"] == "Computer Science"
    listed = list(csv.DictReader(io.StringIO(kg("topics", small_graph, "--years", "--csv").out)))
    assert {"label", "year", "papers", "of", "share"} <= {*listed[0]}
    assert len(kg("topics", small_graph, "--limit", "1", "--json").out.splitlines()) == 1
    assert kg("topics", small_graph, "--from", "2020", "--to", "2019").code == 2


@pytest.mark.parametrize("command", ["topics", "coauthors"])
def test_no_paper_of_those_years_is_no_result(command: str, small_graph: Path) -> None:
    done = kg(command, small_graph, "--from", "2199", "--csv")
    assert done.code == 1
    assert len(done.out.splitlines()) == 1
    assert " whole" not in done.err


def test_a_picture(small_graph: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="plots are an extra")
    assert kg("topics", small_graph, "--plot", tmp_path / "x.png").code == 0
    assert (tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    done = kg("topics", small_graph, "--plot", tmp_path / "x.gif")
    assert (done.code, (tmp_path / "x.gif").exists()) == (2, False)
    assert "the formats are pdf, png, svg" in done.err


def test_leading_authors_who_may_be_several_are_told(small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Several people" not in kg("topics", small_graph).err
    found = api.open(small_graph).topics()
    rows = found.topics.to_pylist()
    rows[0] |= {"authors": ["Wei Wang", "Ada Beispiel"], "author_ids": ["https://w3id.org/kgp/id/ambiguous/wei-wang", "https://w3id.org/kgp/id/person/ada"]}
    several = replace(found, topics=pa.Table.from_pylist([rows[0], rows[0]], found.topics.schema))
    monkeypatch.setattr(api.KnowledgeGraph, "topics", lambda *_, **__: several)
    assert kg("topics", small_graph).err.endswith("Several people may bear these authors' names, and the papers be of several: Wei Wang\n")
    assert "Several people" not in kg("topics", small_graph, "--years").err


def test_only_the_columns_that_are_needed_are_read(small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}
    graph = api.open(small_graph)
    table = type(graph._opened).table
    monkeypatch.setattr(type(graph._opened), "table", lambda self, name, columns=None: asked.setdefault(name, columns) and table(self, name, columns))
    assert len(graph.topics().topics)
    assert asked.keys() == {"nodes", "edges"}
    assert set(asked["nodes"]) < {*NODES.names}  # type: ignore[call-overload]
    assert set(asked["edges"]) < {*EDGES.names}  # type: ignore[call-overload]


def test_a_scheme_of_ones_own(teas: Path) -> None:
    out = teas / "graph"
    found = {row["id"].rpartition("/")[2]: row for row in map(json.loads, kg("topics", out, "--json").out.splitlines())}
    assert found["tea-storage"]["papers"] == found["tea-studies"]["papers"] == 1
    assert "object-detection" in found
    why = kg("why", out, "Tea Storage for Everyone", "hasTopic", "tea storage")
    assert "«Tea Storage» for Everyone" in why.out
    assert "by topic:label" in why.out
    same = kg("query", out, "SELECT ?t { ?t skos:exactMatch <https://example.org/t/storage> ; skos:broader/skos:exactMatch <https://example.org/t/tea> }")
    assert same.out.count("topic/tea-storage") == 1
    assert kg("validate", out).code == 0


def test_a_scheme_gives_the_same_graph_in_several_processes(teas: Path, tmp_path: Path) -> None:
    with by_processes():
        done = kg("build", teas / "papers.jsonl", "--out", tmp_path / "graph", "--workers", "2", "--extract", "fast", "--scheme", teas / "tea.ttl")
    assert done.code == 0
    assert (tmp_path / "graph" / "current" / "graph.nq").read_bytes() == (teas / "graph" / "current" / "graph.nq").read_bytes()


def test_a_rebuild_knows_the_scheme(teas: Path) -> None:
    quads = (teas / "graph" / "current" / "graph.nq").read_bytes()
    assert b"topic/tea-storage" in quads
    rebuild(teas / "graph")
    assert (teas / "graph" / "current" / "graph.nq").read_bytes() == quads


def test_another_scheme_is_matched_anew(teas: Path) -> None:
    before = (teas / "graph" / "current").resolve()
    (teas / "other.ttl").write_text(TEA.replace("tea storage", "storage for everyone"), encoding="utf-8")
    assert build(teas, "other.ttl").code == 0
    quads = (teas / "graph" / "current" / "graph.nq").read_bytes()
    assert (b"topic/storage-for-everyone" in quads, b"topic/tea-storage" in quads) == (True, False)
    assert (teas / "graph" / "current").resolve() != before


@pytest.mark.parametrize(
    ("text", "told"),
    [("@prefix a: <http://a/> .\na:b a:c", "tea.ttl:2: not valid Turtle"), ("", "tea.ttl: no topics in it"), (None, "does not exist")],
)
def test_a_scheme_that_is_none(text: str | None, told: str, tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text(json.dumps(PAPERS[0]), encoding="utf-8")
    if text is not None:
        (tmp_path / "tea.ttl").write_text(text, encoding="utf-8")
    done = build(tmp_path, "tea.ttl")
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert not (tmp_path / "graph" / "current").exists()
