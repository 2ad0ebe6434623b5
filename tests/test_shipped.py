"""What is committed under `exports/` is what a build of the same files gives today."""

import csv
import io
import json
from itertools import combinations
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest

from kg import api
from kg.analysis import coauthorship
from kg.cli._output import as_csv
from kg.export import exporters
from kg.pipeline.build import build
from kg.pipeline.opened import Opened, identity_rows, open_build
from kg.pipeline.options import Options
from tests.pages import unpacked

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "exports" / "example"
SEEDS = ROOT / "exports" / "seeds"
DOCUMENTS = ROOT.parent / "shared" / "seeds"
AGAIN = "write the committed outputs again with: python -m tests.make_exports"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The shipped example, built afresh."""
    folder = tmp_path_factory.mktemp("example")
    build([EXAMPLE / "papers"], folder)
    return open_build(folder)


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """The five documents, built afresh without their texts."""
    if not DOCUMENTS.is_dir():
        pytest.skip("../shared/seeds is not here")
    folder = tmp_path_factory.mktemp("seeds")
    build([DOCUMENTS], folder, Options(with_text=False))
    return open_build(folder)


def triples(text: bytes) -> set[tuple[str, str, str]]:
    """The triples of a Turtle file."""
    parsed = ox.parse(text, format=ox.RdfFormat.TURTLE)
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in parsed}


def compare(opened: Opened, folder: Path) -> None:
    """Compare the committed outputs in `folder` with a build, as graphs and tables."""
    graph = opened.graph()
    turtle, graphml = io.BytesIO(), io.BytesIO()
    exporters()["turtle"].write(graph, turtle)
    exporters()["graphml"].write(graph, graphml)
    fresh, committed = triples(turtle.getvalue()), triples((folder / "graph.ttl").read_bytes())
    assert fresh - committed == set(), AGAIN
    assert committed - fresh == set(), AGAIN
    now = nx.read_graphml(io.BytesIO(graphml.getvalue()))
    then = nx.read_graphml(folder / "graph.graphml")
    assert dict(now.nodes(data=True)) == dict(then.nodes(data=True)), AGAIN
    assert sorted(now.edges, key=str) == sorted(then.edges, key=str), AGAIN
    pairs = coauthorship.run(graph).pairs.to_pylist()
    table = as_csv(list(pairs[0]), ([row[name] for name in pairs[0]] for row in pairs))
    with (folder / "coauthors.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(io.StringIO(table))) == list(csv.reader(file)), AGAIN


def test_the_outputs_of_the_example_are_what_a_build_gives(example: Opened) -> None:
    compare(example, EXAMPLE)


def test_the_outputs_of_the_five_documents_are_what_a_build_gives(seeds: Opened) -> None:
    compare(seeds, SEEDS)


def test_the_page_of_the_example_is_what_a_build_gives(example: Opened) -> None:
    page = io.BytesIO()
    exporters()["html"].write(example.graph(), page)
    assert unpacked(page.getvalue()) == unpacked(EXAMPLE / "graph.html"), AGAIN


@pytest.mark.parametrize("folder", [EXAMPLE, SEEDS], ids=["example", "seeds"])
def test_the_pictures_are_there(folder: Path) -> None:
    for name in ("graph.png", "coauthors.png"):
        assert (folder / name).read_bytes().startswith(b"\x89PNG")


def test_the_graph_without_texts_holds_no_sentence_of_the_documents(seeds: Opened) -> None:
    abstracts = []
    for document in sorted(DOCUMENTS.glob("*.txt")):
        abstracts += [line for line in document.read_text(encoding="utf-8").splitlines() if len(line) > 200]
    written = "".join(unpacked(SEEDS / name) for name in ("graph.ttl", "graph.html", "graph.graphml"))
    for text in abstracts:
        words = text.split()
        runs = (" ".join(words[i : i + 9]) for i in range(len(words) - 9))
        assert not [run for run in runs if run in written]
    assert seeds.graph().with_text is False


def test_the_records_of_the_example_are_the_papers_that_they_are(example: Opened) -> None:
    truth = json.loads((ROOT / "tests" / "data" / "example_identity.json").read_text(encoding="utf-8"))
    paper = {tuple(record): n for n, cluster in enumerate(truth["clusters"]) for record in cluster["records"]}
    found = {(row["document"], row["ordinal"]): row["cluster"] for row in identity_rows(example, "paper")}
    assert found.keys() == paper.keys()
    for one, other in combinations(sorted(found), 2):
        assert (found[one] == found[other]) == (paper[one] == paper[other]), (one, other)
    people = {row["name"]: row["cluster"] for row in identity_rows(example, "person")}
    for one, other in truth["people_same"]:
        assert people[one] == people[other]
    assert people["Emmanuel Bengio"] != people["Yoshua Bengio"]


def test_every_shipped_question_of_facts_in_the_example_has_an_answer(example: Opened) -> None:
    graph = api.KnowledgeGraph(example)
    asked = {
        "papers", "several-texts", "code", "no-identifier", "citing", "authors-of", "spellings", "prolific-authors",
        "cut-author-lists", "tagged-institutions", "papers-on-topic", "topics-by-year", "leading-authors", "datasets",
        "dataset-names", "datasets-together", "introduced", "rise-and-fall", "coauthors", "bridges",
        "new-collaborations", "active-years", "evidence", "doubtful-mentions", "nodes",
    }  # fmt: skip
    assert {name for name in asked if not len(graph.query(name))} == set()
