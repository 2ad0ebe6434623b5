"""The Python API: what the command line does, for notebooks and scripts."""

import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pytest

import kg
from kg.api import KnowledgeGraph
from kg.errors import BuildError, InputError, KgError, UsageError


@pytest.fixture
def graph(small_graph: Path) -> KnowledgeGraph:
    return kg.open(small_graph)


def test_build_and_open(papers: Path, tmp_path: Path) -> None:
    summary = kg.build(papers, tmp_path / "graph")
    assert summary.counts["papers"] == 4
    assert kg.build([str(papers)], str(tmp_path / "graph")).unchanged
    opened = kg.open(str(tmp_path / "graph"))
    assert "4 papers" in repr(opened)


def test_options_of_a_build(papers: Path, tmp_path: Path) -> None:
    kg.build(papers, tmp_path / "graph", base_iri="https://example.org/", text=False, workers=2)
    opened = kg.open(tmp_path / "graph")
    assert not opened.graph.with_text
    assert opened.query("ASK { <https://example.org/paper/arxiv-1706.01234> a kg:Paper }").rows == ((True,),)
    (papers / "void.txt").write_text("", encoding="utf-8")
    with pytest.raises(KgError, match="--strict"):
        kg.build(papers, tmp_path / "graph", strict=True)


def test_errors_have_types(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        kg.build(tmp_path / "missing", tmp_path / "graph")
    with pytest.raises(BuildError):
        kg.open(tmp_path)
    (tmp_path / "latin.txt").write_bytes(b"Abstract:caf\xe9\n")
    with pytest.raises(InputError):
        kg.build(tmp_path / "latin.txt", tmp_path / "graph")


def test_query(graph: KnowledgeGraph) -> None:
    assert len(graph.query("papers")) == 4
    assert graph.query("SELECT (COUNT(*) AS ?n) { ?p a kg:Paper }").rows == ((4,),)
    one = graph.query("active-years", person="Dorothea Muster")
    assert one.rows == (("Dorothea Muster", 2018, 1, "https://w3id.org/kgp/id/person/dorothea-muster"),)
    assert graph.query("active-years", year="2018").variables == ("name", "year", "papers", "person")
    with pytest.raises(UsageError, match="is not in this graph"):
        graph.query("active-years", person="Nobody")


def test_results(graph: KnowledgeGraph) -> None:
    (row,) = graph.results("accuracy", "dataset/mossbase").to_pylist()
    assert (row["value"], row["unit"], row["quote"], row["document"]) == (91.0, "%", "91", "abstracts.txt")
    assert row in graph.results().to_pylist()
    assert "difference" not in graph.results(count="version")["kind"].to_pylist()
    assert set(graph.results(differences=True)["kind"].to_pylist()) <= {"difference"}
    with pytest.raises(UsageError, match="is not in this graph"):
        graph.results("no such metric")


def test_networkx(graph: KnowledgeGraph) -> None:
    network = graph.networkx()
    assert isinstance(network, nx.MultiDiGraph)
    assert network.number_of_nodes() == graph.graph.nodes.num_rows
    assert network.number_of_edges() == graph.graph.edges.num_rows
    paper = "https://w3id.org/kgp/id/paper/arxiv-1706.01234"
    assert network.nodes[paper]["label"] == "Sorting Gravel with a Small Robot"
    assert network.get_edge_data(paper, "https://w3id.org/kgp/id/method/gravelnet")["kg:introduces"]["support"] == 2


def test_rdflib(graph: KnowledgeGraph) -> None:
    dataset = graph.rdflib()
    assert len(set(dataset.quads())) == len(graph.graph.quads.read_bytes().splitlines())


def test_coauthors(graph: KnowledgeGraph) -> None:
    pairs = graph.coauthors().pairs.to_pylist()
    assert (pairs[0]["a_label"], pairs[0]["b_label"], pairs[0]["papers"]) == ("Ada Beispiel", "Bruno M. Exempel", 2)
    assert graph.coauthors(since=2018).summary["since"] == 2018


def test_why(graph: KnowledgeGraph) -> None:
    found = graph.why("1706.01234", "introduces", "GravelNet")
    assert {passage.quote for passage in found} == {"GravelNet"}
    assert len(graph.why("GravelNet")) == 2


def test_show(graph: KnowledgeGraph) -> None:
    assert graph.html().startswith("<!doctype html>")
    shown = graph.show(height=300)
    frame = shown._repr_html_()
    # Frames are taken out of notebooks that are not trusted: then the text in it is seen.
    assert re.fullmatch(r'<iframe srcdoc="[^"]*" width="100%" height="300" style="border:0">[\w ,]+ trust this notebook[\w ,]+\.</iframe>', frame)
    assert len(repr(shown)) < 100  # a notebook keeps it beside the page


def test_importing_is_cheap() -> None:
    code = "import sys, kg; print(sorted({'duckdb', 'pyarrow', 'pyoxigraph', 'rdflib', 'networkx', 'matplotlib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_names_that_are_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        kg.nothing  # noqa: B018
