"""What every exporter promises: same graph, same bytes; what is written can be read back."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BuildError, UsageError
from kg.export import exporters
from kg.export._attributes import attribute_text
from kg.export._spreadsheet import guard, unguard
from kg.model import Graph
from tests.export.graphs import ID, hostile_graph, toy_graph

FORMATS = sorted(exporters())
WITH_GRAPH_NAMES = {
    "jsonld": ox.RdfFormat.JSON_LD,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
}
WITHOUT_GRAPH_NAMES = {
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "turtle": ox.RdfFormat.TURTLE,
}
NAMESPACE = "https://w3id.org/kgp/ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

# What a paper list can hold and a syntax can trip over.
ODD_TEXTS = ['"', "\\", "a\nb\r\nc\td", "'''", '"""', "<b>&amp;</b>", "]]>", " blanks ", "图", "𝛽", "e\u0301", "{}[];.,@^#", ""]
ODD_IRIS = [
    f"{ID}text/ab/0/title#char=0,5", f"{ID}paper/10.1000/x(1)", f"{ID}a//b", f"{ID}../up", f"{ID}./here", f"{ID}",
    f"{ID}x:y", f"{ID}topic/cs.CV", f"{ID}ends.with.", f"{ID}q?a=b&c=d", f"{ID}é", f"{ID}%C3%A9", f"{ID}a;b",
    f"{ID}-x", f"{ID}1", f"{NAMESPACE}", f"{NAMESPACE}a.b", f"{NAMESPACE}a.", f"{NAMESPACE}1a", f"{NAMESPACE}a/b",
    "urn:isbn:1", "mailto:a@b.org", "http://purl.org/dc/terms/",
]  # fmt: skip
NUMBERS = ["0", "-7", "+7", "007", "2022", "12345678901234567890"]


def exported(name: str, graph: Graph) -> bytes:
    """The bytes that an exporter writes."""
    out = io.BytesIO()
    exporters()[name].write(graph, out)
    return out.getvalue()


def odd_graph(folder: Path) -> Graph:
    """The toy graph with RDF that has named graphs, datatypes, languages and awkward IRIs and texts."""
    said = ox.NamedNode(f"{NAMESPACE}says")
    subject = ox.NamedNode(f"{ID}paper/1")
    objects: list[ox.NamedNode | ox.Literal] = [ox.NamedNode(iri) for iri in ODD_IRIS]
    objects += [ox.Literal(text) for text in ODD_TEXTS]
    objects += [ox.Literal(text, language="en-GB") for text in ODD_TEXTS]
    objects += [ox.Literal(text, datatype=ox.NamedNode(f"{XSD}integer")) for text in NUMBERS]
    objects += [ox.Literal(text, datatype=ox.NamedNode(f"{XSD}boolean")) for text in ("true", "false", "1")]
    objects += [ox.Literal(text, datatype=ox.NamedNode(f"{XSD}double")) for text in ("0.95", "1.0e0", "1E-7", "INF", "7")]
    objects += [ox.Literal("0.5", datatype=ox.NamedNode(f"{XSD}decimal")), ox.Literal("2022-04-29", datatype=ox.NamedNode(f"{XSD}date"))]
    graphs: list[ox.NamedNode | ox.DefaultGraph] = [
        ox.DefaultGraph(), ox.NamedNode(f"{ID}graph/b"), ox.NamedNode(f"{ID}graph/a"),
    ]  # fmt: skip
    quads = [ox.Quad(subject, said, value, graph) for value in objects for graph in graphs]
    quads += [ox.Quad(ox.NamedNode(iri), said, subject, graphs[0]) for iri in ODD_IRIS]
    quads += [ox.Quad(subject, ox.NamedNode(f"http://example.org/{name}"), subject) for name in ("a-1.b", "_c")]
    path = folder / "odd.nq"
    path.write_text("".join(sorted(f"{quad} .\n" for quad in quads)), encoding="utf-8")
    return replace(toy_graph(folder), quads=path)


def quads_of(graph: Graph) -> set[ox.Quad]:
    """All quads of a graph."""
    return set(ox.parse(path=str(graph.quads), format=ox.RdfFormat.N_QUADS))


def triples_of(graph: Graph) -> set[ox.Triple]:
    """The triples of a graph's default graph."""
    return {quad.triple for quad in quads_of(graph) if isinstance(quad.graph_name, ox.DefaultGraph)}


GRAPHS: dict[str, Callable[[Path], Graph]] = {"toy": toy_graph, "odd": odd_graph}
some_graph = pytest.mark.parametrize("make", GRAPHS.values(), ids=GRAPHS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_exporter_writes_something_and_the_same_again(name: str, tmp_path: Path) -> None:
    graph = odd_graph(tmp_path)
    first = exported(name, graph)
    assert first
    assert exported(name, graph) == first
    assert exporters()[name].suffix.startswith(".")


@pytest.mark.parametrize("name", FORMATS)
def test_how_a_table_is_cut_into_chunks_does_not_show(name: str, tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    cut = replace(graph, nodes=pa.concat_tables([graph.nodes.slice(0, 5), graph.nodes.slice(5)]))
    assert cut.nodes["id"].num_chunks == 2
    assert exported(name, cut) == exported(name, graph)


@pytest.mark.parametrize("name", FORMATS)
def test_no_exporter_needs_to_seek(name: str, tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.written += bytes(data)
            return len(data)

    pipe = Pipe()
    exporters()[name].write(toy_graph(tmp_path), pipe)
    assert pipe.written


@pytest.mark.parametrize("name", FORMATS)
def test_no_exporter_trips_over_the_form_without_texts(name: str, tmp_path: Path) -> None:
    assert b"Clarity is measured" not in exported(name, toy_graph(tmp_path, with_text=False))


@some_graph
@pytest.mark.parametrize("name", WITH_GRAPH_NAMES)
def test_formats_with_graph_names_hold_all_quads(name: str, make: Callable[[Path], Graph], tmp_path: Path) -> None:
    graph = make(tmp_path)
    assert set(ox.parse(exported(name, graph), format=WITH_GRAPH_NAMES[name])) == quads_of(graph)


@some_graph
@pytest.mark.parametrize("name", WITHOUT_GRAPH_NAMES)
def test_formats_without_graph_names_hold_the_default_graph(
    name: str, make: Callable[[Path], Graph], tmp_path: Path
) -> None:
    graph = make(tmp_path)
    parsed = {quad.triple for quad in ox.parse(exported(name, graph), format=WITHOUT_GRAPH_NAMES[name])}
    assert parsed == triples_of(graph)


@some_graph
@pytest.mark.parametrize(("name", "known_as"), [("turtle", "turtle"), ("rdfxml", "xml"), ("ntriples", "nt")])
def test_rdflib_reads_the_same_triples(
    name: str, known_as: str, make: Callable[[Path], Graph], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Otherwise rdflib writes 007 as 7 and warns about what it cannot turn into a Python value.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    graph = make(tmp_path)
    ours = rdflib.Graph().parse(data=exported(name, graph), format=known_as)
    plain = rdflib.Graph().parse(data=exported("ntriples", graph), format="nt")
    assert set(ours) == set(plain)
    assert len(ours) == len(triples_of(graph))


@pytest.mark.parametrize("name", ["jsonld", "turtle", "trig", "rdfxml"])
def test_the_order_of_the_prefixes_does_not_show(name: str, tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    turned = replace(graph, prefixes=dict(reversed(graph.prefixes.items())))
    assert exported(name, turned) == exported(name, graph)


def test_turtle_reads_well(tmp_path: Path) -> None:
    text = exported("turtle", toy_graph(tmp_path)).decode()
    assert text.startswith(f"@base <{ID}> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n@prefix kg: ")
    assert (
        '\n<method/polite-net> a kg:Method ;\n    rdfs:label "Polite-Net" .\n' in text
    )
    assert "    dcterms:creator <person/orcid-0000-0002-1825-0097>, <person/sean-o-brien-1c2d> ;\n" in text


def test_trig_has_one_block_per_named_graph(tmp_path: Path) -> None:
    text = exported("trig", odd_graph(tmp_path)).decode()
    assert [line for line in text.splitlines() if line.endswith("{")] == ["<graph/a> {", "<graph/b> {"]


def test_jsonld_has_a_context_and_native_values(tmp_path: Path) -> None:
    found = json.loads(exported("jsonld", odd_graph(tmp_path)))
    assert found["@context"]["kg"] == NAMESPACE
    said = next(node for node in found["@graph"] if node["@id"] == f"{ID}paper/1")["kg:says"]
    assert 2022 in said
    assert True in said
    assert {"@value": "007", "@type": f"{XSD}integer"} in said


def test_rdfxml_replaces_what_xml_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "control.nq"
    path.write_text(f'<{ID}a> <{NAMESPACE}says> "a\\u0001b\\uFFFE" .\n', encoding="utf-8")
    out = exported("rdfxml", replace(toy_graph(tmp_path), quads=path))
    values = [quad.object.value for quad in ox.parse(out, format=ox.RdfFormat.RDF_XML)]
    assert values == ["a\ufffdb\ufffd"]


def test_rdfxml_says_which_predicate_it_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "digit.nq"
    path.write_text(f"<{ID}a> <http://example.org/1> <{ID}b> .\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"http://example\.org/1 .* turtle"):
        exported("rdfxml", replace(toy_graph(tmp_path), quads=path))


@pytest.mark.parametrize("name", [*WITH_GRAPH_NAMES, *WITHOUT_GRAPH_NAMES])
def test_missing_rdf_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"gone\.nq"):
        exported(name, replace(toy_graph(tmp_path), quads=tmp_path / "gone.nq"))


@pytest.mark.parametrize("name", ["jsonld", "turtle", "trig", "rdfxml", "ntriples"])
def test_damaged_rdf_is_named_with_its_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / "damaged.nq"
    path.write_text(f"<{ID}a> <{NAMESPACE}says> <{ID}b> .\n<{ID}a> <", encoding="utf-8")
    with pytest.raises(BuildError, match=r"damaged\.nq:2"):
        exported(name, replace(toy_graph(tmp_path), quads=path))


def attributes_of(row: dict[str, Any], leave_out: set[str]) -> dict[str, Any]:
    """A row as a graph library gives it back: lists joined, nulls left out."""
    return {
        name: attribute_text(value) if isinstance(value, list) else value
        for name, value in row.items()
        if name not in leave_out and attribute_text(value) is not None
    }


@pytest.mark.parametrize("two_ties", [False, True])
def test_graphml_reads_back(two_ties: bool, tmp_path: Path) -> None:
    graph = with_parallel_edge(toy_graph(tmp_path)) if two_ties else toy_graph(tmp_path)
    found = nx.read_graphml(io.BytesIO(exported("graphml", graph)))
    assert found.is_directed()
    assert found.is_multigraph() == two_ties
    nodes = graph.rows("nodes")
    colors = {node["id"]: graph.kinds[node["kind"]]["color"] for node in nodes}
    assert dict(found.nodes(data=True)) == {
        node["id"]: attributes_of(node, {"id"}) | {"color": colors[node["id"]]} for node in nodes
    }
    # A multigraph has the edge's id as its key, a plain graph as an attribute.
    edges = [(s, t, {k: v for k, v in data.items() if k != "id"}) for s, t, data in found.edges(data=True)]
    expected = [(e["source"], e["target"], attributes_of(e, {"id", "source", "target"})) for e in graph.rows("edges")]
    assert sorted(edges, key=ends_and_predicate) == sorted(expected, key=ends_and_predicate)


def ends_and_predicate(edge: tuple[str, str, dict[str, Any]]) -> tuple[str, str, str]:
    """A key to sort edges by."""
    return edge[0], edge[1], edge[2]["predicate"]


@pytest.mark.parametrize("two_ties", [False, True])
def test_gexf_reads_back(two_ties: bool, tmp_path: Path) -> None:
    graph = with_parallel_edge(toy_graph(tmp_path)) if two_ties else toy_graph(tmp_path)
    found = nx.read_gexf(io.BytesIO(exported("gexf", graph)))
    assert found.is_directed()
    for node in graph.rows("nodes"):
        data = found.nodes[node["id"]]
        expected = attributes_of(node, {"id"})
        assert {name: data[name] for name in expected} == expected
        assert data.get("start") == node["year"]
        red, green, blue = (data["viz"]["color"][name] for name in "rgb")
        assert f"#{red:02X}{green:02X}{blue:02X}" == graph.kinds[node["kind"]]["color"]
    expected_edges = Counter((e["source"], e["target"], e["predicate"]) for e in graph.rows("edges"))
    assert Counter((s, t, data["predicate"]) for s, t, data in found.edges(data=True)) == expected_edges


def test_gexf_edges_begin_when_both_ends_are_there(tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    found = nx.read_gexf(io.BytesIO(exported("gexf", graph)))
    starts = {data["start"] for _, target, data in found.edges(data=True) if target == f"{ID}topic/cs.HC"}
    assert starts == {2021.0, 2022.0}


def with_parallel_edge(graph: Graph) -> Graph:
    """The graph with a second edge between the ends of its first."""
    first = graph.edges.slice(0, 1).to_pylist()[0] | {"id": "second", "predicate": "kg:mentions"}
    return replace(graph, edges=pa.concat_tables([graph.edges, pa.Table.from_pylist([first], graph.edges.schema)]))


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_xml_survives_what_it_cannot_hold(name: str, tmp_path: Path) -> None:
    plain = ["]]><x/>", '"&<>', "图"]
    probes = [*plain, "a\x00\x0b\ufffeb", "a\rb"]
    graph = hostile_graph(tmp_path, plain)
    nodes = [row | {"aliases": probes} for row in graph.rows("nodes")]
    odd = replace(graph, nodes=pa.Table.from_pylist(nodes, graph.nodes.schema))
    read = nx.read_graphml if name == "graphml" else nx.read_gexf
    found = read(io.BytesIO(exported(name, odd)))
    assert {data["aliases"] for _, data in found.nodes(data=True)} == {" | ".join([*plain, "ab", "a\rb"])}


def csv_rows(data: bytes, name: str) -> list[dict[str, str]]:
    """The rows of one of the archive's CSV files, as text."""
    with ZipFile(io.BytesIO(data)) as archive, archive.open(f"{name}.csv") as file:
        return list(csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline="")))


@pytest.mark.parametrize("table", ["nodes", "edges", "evidence"])
def test_csv_reads_back(table: str, tmp_path: Path) -> None:
    graph = hostile_graph(tmp_path, ["=1+1", "'=x", "'t Hooft", "a\nb", "\tx", 'say "no"', "a,b", "＝1"])
    found = csv_rows(exported("csv", graph), table)
    expected = [{name: attribute_text(value) or "" for name, value in row.items()} for row in graph.rows(table)]
    assert [{name: unguard(cell) for name, cell in row.items()} for row in found] == expected


def test_no_cell_of_csv_is_a_formula(tmp_path: Path) -> None:
    graph = hostile_graph(tmp_path, ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
    with ZipFile(io.BytesIO(exported("csv", graph))) as archive:
        for name in archive.namelist():
            rows = csv.reader(io.StringIO(archive.read(name).decode(), newline=""))
            assert not [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))]


@given(text=st.text(alphabet="'=+-@\t\r\n＝ab", max_size=4))
def test_guarding_can_be_undone(text: str) -> None:
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("table", ["nodes", "edges", "evidence"])
def test_parquet_reads_back(table: str, tmp_path: Path) -> None:
    graph = toy_graph(tmp_path)
    with ZipFile(io.BytesIO(exported("parquet", graph))) as archive:
        found = pq.read_table(io.BytesIO(archive.read(f"{table}.parquet")))
    assert found.equals(getattr(graph, table))
    assert found.schema == getattr(graph, table).schema


@pytest.mark.parametrize("name", ["csv", "parquet"])
def test_archives_carry_no_clock_and_no_platform(name: str, tmp_path: Path) -> None:
    with ZipFile(io.BytesIO(exported(name, toy_graph(tmp_path)))) as archive:
        members = archive.infolist()
    assert [Path(member.filename).stem for member in members] == ["nodes", "edges", "evidence"]
    assert {(member.date_time, member.create_system) for member in members} == {((1980, 1, 1, 0, 0, 0), 3)}
