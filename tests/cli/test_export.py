"""`kg export` and `kg coauthors` as a person sees them."""

import csv
import importlib
import io
import json
import os
import zipfile
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg.export import exporters
from kg.network import measures
from tests.command import kg, process, start
from tests.pages import unpacked

FORMATS = (
    "turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "graphml", "gexf", "cytoscape", "vosviewer", "vosviewer_topics", "csv",
    "parquet", "html", "pyvis",
)  # fmt: skip


def test_the_promised_formats_are_there() -> None:
    assert set(FORMATS) <= set(exporters())
    said = " ".join(kg("export", "--help").out.split())
    assert f"One of: {' '.join(exporters())}." in said


def test_the_examples_in_the_help_run_as_they_are_printed(small_graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "graph").symlink_to(small_graph)
    monkeypatch.chdir(tmp_path)
    examples = [line.split() for line in kg("export", "--help").out.splitlines() if line.startswith("    kg export ")]
    assert [kg(*words[1:]).code for words in examples] == [0, 0]
    assert all((tmp_path / words[-1]).stat().st_size for words in examples)


@pytest.mark.parametrize("form", sorted(exporters()))
def test_every_format_into_a_file_and_to_standard_output(form: str, small_graph: Path, tmp_path: Path) -> None:
    done = kg("export", small_graph, "--format", form, "-o", tmp_path / "out")
    assert (done.code, done.out, done.err) == (0, "", "")
    written = (tmp_path / "out").read_bytes()
    assert len(written) > 1000
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    again = kg("export", small_graph, "--format", form, "-o", tmp_path / "again")
    assert again.code == 0
    assert (tmp_path / "again").read_bytes() == written


@pytest.mark.parametrize(
    ("form", "kind"),
    [("turtle", ox.RdfFormat.TURTLE), ("ntriples", ox.RdfFormat.N_TRIPLES), ("nquads", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD), ("rdfxml", ox.RdfFormat.RDF_XML)],
)
def test_rdf_to_standard_output(form: str, kind: ox.RdfFormat, small_graph: Path) -> None:
    done = process("export", small_graph, "--format", form)
    assert (done.code, done.err) == (0, "")
    titles = {quad.object.value for quad in ox.parse(done.out.encode(), format=kind) if quad.predicate.value.endswith("/title")}
    assert "Cracks in Bells, Heard Early" in titles


def test_graphml_has_all_nodes(small_graph: Path, tmp_path: Path) -> None:
    kg("export", small_graph, "--format", "graphml", "-o", tmp_path / "graph.graphml")
    network = nx.read_graphml(tmp_path / "graph.graphml")
    counts = json.loads(kg("stats", small_graph, "--json").out)
    assert (network.number_of_nodes(), network.number_of_edges()) == (counts["nodes"], counts["edges"])


def test_csv_is_an_archive_of_tables(small_graph: Path, tmp_path: Path) -> None:
    kg("export", small_graph, "--format", "csv", "-o", tmp_path / "graph.zip")
    with zipfile.ZipFile(tmp_path / "graph.zip") as archive:
        assert {"nodes.csv", "edges.csv"} <= {Path(name).name for name in archive.namelist()}


def test_without_texts(small_graph: Path, tmp_path: Path) -> None:
    for form in ("turtle", "nquads", "html", "pyvis", "jsonld"):
        assert kg("export", small_graph, "--format", form, "--no-text", "-o", tmp_path / form).code == 0
        told = unpacked(tmp_path / form)
        assert "harmonic tables" not in told, form
        assert "Sorting Gravel" in told, form


def test_what_is_no_format(small_graph: Path, tmp_path: Path) -> None:
    done = kg("export", small_graph, "--format", "pdf", "-o", tmp_path / "out")
    assert done.code == 2
    assert "'pdf' is not one of 'csv', " in done.err
    assert not (tmp_path / "out").exists()


def test_where_nothing_can_be_written(small_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a", encoding="utf-8")
    done = kg("export", small_graph, "--format", "turtle", "-o", tmp_path / "file" / "out.ttl")
    assert done.code == 1
    assert str(tmp_path / "file") in done.err
    (tmp_path / "folder").mkdir()
    done = kg("export", small_graph, "--format", "turtle", "-o", tmp_path / "folder")
    assert (done.code, done.err) == (2, f"kg: {tmp_path / 'folder'}: is a folder; name a file to write\n")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["graph.html", "current/graph.ttl", "current/new", "decisions.csv", "cache/new"])
def test_files_of_the_graph_itself_are_not_written_over(name: str, small_graph: Path) -> None:
    done = kg("export", small_graph, "--format", "turtle", "-o", small_graph / name)
    assert (done.code, done.err) == (2, f"kg: {small_graph / name}: this file is the graph's own; name another\n")
    assert kg("verify", small_graph).code == 0


@pytest.mark.parametrize("command", [["query", "prolific-authors", "--html"], ["review", "--html"]])
def test_decisions_are_not_written_over_by_a_page(command: list[str], small_graph: Path) -> None:
    name, *rest = command
    done = kg(name, small_graph, *rest, small_graph / "decisions.csv")
    assert (done.code, f"kg: {small_graph / 'decisions.csv'}: this file is the graph's own; name another\n" in done.err) == (2, True)
    assert not (small_graph / "decisions.csv").exists()


@pytest.mark.parametrize("command", ["topics", "coauthors"])
def test_a_picture_is_refused_before_anything_is_computed(command: str, small_graph: Path, tmp_path: Path) -> None:
    done = kg(command, small_graph, "--plot", tmp_path / "x.gif")
    assert (done.code, done.out, list(tmp_path.iterdir())) == (2, "", [])
    assert "a plot cannot be written as gif; the formats are pdf, png, svg" in done.err
    assert "this file is the graph's own; name another" in kg(command, small_graph, "--plot", small_graph / "current" / "x.png").err


@pytest.mark.parametrize(("suffix", "form"), [("ttl", "turtle"), ("nt", "ntriples"), ("nq", "nquads")])
def test_rdf_goes_by_the_suffixes_of_its_files_too(suffix: str, form: str, small_graph: Path) -> None:
    assert kg("export", small_graph, "--format", suffix).out == kg("export", small_graph, "--format", form).out != ""


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal")
def test_archives_are_not_written_to_a_terminal(small_graph: Path) -> None:
    terminal, end = os.openpty()
    child = start("export", small_graph, "--format", "csv", stdout=end)
    told = child.communicate(timeout=60)[1].decode()
    assert (child.returncode, told) == (2, "kg: csv is no text for a terminal; name a file with -o, for instance graph.csv.zip\n")
    os.close(end)
    os.close(terminal)


def test_coauthors(small_graph: Path) -> None:
    done = kg("coauthors", small_graph)
    assert done.code == 0
    assert done.out.splitlines()[1].split() == ["Ada", "Beispiel", "Bruno", "M.", "Exempel", "2", "2017", "2019", "True"]
    rows = [json.loads(line) for line in kg("coauthors", small_graph, "--json").out.splitlines()]
    assert rows[0]["papers"] == 2
    people = list(csv.DictReader(io.StringIO(kg("coauthors", small_graph, "--people", "--csv").out)))
    assert people[0]["label"] == "Ada Beispiel"
    assert len(kg("coauthors", small_graph, "--limit", "1", "--json").out.splitlines()) == 1
    assert kg("coauthors", small_graph, "--from", "2020", "--to", "2019").code == 2


def test_a_table_of_very_many_pairs_is_cut_and_says_so_while_csv_and_json_have_all(small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = kg("coauthors", small_graph, "--csv").out
    assert len(whole.splitlines()) == 5
    monkeypatch.setattr(importlib.import_module("kg.cli.coauthors"), "_LINES", 2)
    told = kg("coauthors", small_graph)
    assert len(told.out.splitlines()) == 3
    assert "The first 2 of 4 rows; --limit shows more, --csv and --json give all.\n" in told.err
    assert kg("coauthors", small_graph, "--csv").out == whole, "put together in parts"
    assert len(kg("coauthors", small_graph, "--json").out.splitlines()) == 4
    asked = kg("coauthors", small_graph, "--limit", "3")
    assert (len(asked.out.splitlines()), "rows" in asked.err) == (4, False)
    assert kg("coauthors", small_graph, "--from", "1800", "--to", "1801", "--csv").out == whole.splitlines()[0] + "\n"


def test_coauthors_says_which_column_is_an_estimate(small_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "estimated" not in kg("coauthors", small_graph, "--people").err
    monkeypatch.setattr(measures, "STEPS", 0)
    monkeypatch.setattr(measures, "PIVOTS", 2)
    told = kg("coauthors", small_graph, "--people")
    assert "The column betweenness is estimated for 4 people from the shortest paths of 2 of them" in told.err
    assert "closeness" not in told.err, "it is not shown"
    assert "The column closeness is estimated" in kg("coauthors", small_graph, "--people", "--json").err
    assert "estimated" not in kg("coauthors", small_graph).err


def test_coauthors_drawn(small_graph: Path, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert kg("coauthors", small_graph, "--plot", tmp_path / "net.svg").code == 0
    assert b"<svg" in (tmp_path / "net.svg").read_bytes()
    done = kg("coauthors", small_graph, "--plot", tmp_path / "net.pdf")
    assert done.code in {0, 2}
