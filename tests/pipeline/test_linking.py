"""Names across the papers of a build: a person's own lists, what papers teach each other, who introduced what."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UsageError
from kg.extract.settings import Settings
from kg.model import Field, Record
from kg.model.tables import records_batch
from kg.pipeline.build import build
from kg.pipeline.decide import merge
from kg.pipeline.opened import Opened, open_build
from kg.pipeline.options import Options
from kg.pipeline.stages import extracting
from kg.pipeline.why import passages
from kg.store.validate import validate
from tests.command import kg

PAPERS = [
    {"title": "FumbleNet: Planning", "authors": ["Ann Poe"], "arxiv_id": "2101.00001", "abstract": (
        "We introduce the Fumbling Quiet Network (FQNet), a model. FQNet beats ResNet-1001 on ImageNet. "
        "We release QuizBarrel, a new benchmark."
    )},
    {"title": "On FQNets", "authors": ["Max Ode"], "abstract": "An FQNet is strong. We compare QuizBarrel with Hazel and the nut solver."},
    {"title": "Generative adversarial nets", "authors": ["Ian Goodfellow"], "arxiv_id": "1406.2661", "abstract": "Two nets play."},
    {"title": "Deep Residual Learning for Image Recognition.", "authors": ["Kaiming He"]},
    {"title": "RAFT: Floating Barrels Down a Stream", "authors": ["Ann Poe"], "abstract": "We introduce RAFT, a model of barrels."},
    {"title": "RAFT: recurrent all-pairs field transforms for optical flow", "authors": ["Zachary Teed"], "abstract": "We introduce RAFT, a network."},
    {"title": "CLIP: Paper Fasteners from Bent Wire", "authors": ["Max Ode"]},
    {"title": "BERT: A Review of Applications", "authors": ["Max Ode"]},
    {"title": "SimCLR: Does It Learn?", "authors": ["Max Ode"], "abstract": "We train SimCLR on shorter pictures."},
]  # fmt: skip
TABLE = "name,type,aliases,broader\nHazel,dataset,Hazel Corpus,ImageNet\n"
TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix kg: <https://w3id.org/kgp/ns#> .
<https://example.org/solver> a kg:Method ; skos:prefLabel "nut solver" ; skos:broader <https://example.org/tools> .
<https://example.org/tools> a kg:Method ; skos:prefLabel "nut tool" .
"""
BASE = "https://example.org/graph/"


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linking")
    (folder / "papers.json").write_text(json.dumps(PAPERS))
    (folder / "own.csv").write_text(TABLE)
    (folder / "own.ttl").write_text(TURTLE)
    return folder


def options(inputs: Path) -> Options:
    return Options(BASE, finding=Settings("fast", (str(inputs / "own.csv"), str(inputs / "own.ttl"))))


@pytest.fixture(scope="module")
def opened(inputs: Path) -> Opened:
    build([inputs / "papers.json"], inputs / "graph", options(inputs))
    return open_build(inputs / "graph")


def ask(opened: Opened, where: str) -> list[tuple[str, ...]]:
    """Return the rows of a query, IRIs without their base; the values of a row in alphabetical order."""
    found: Any = opened.store.query(
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX kg: <https://w3id.org/kgp/ns#> "
        f"PREFIX id: <{BASE}> SELECT * WHERE {{ {where} }}"
    )
    return sorted(tuple(sorted(value.value.removeprefix(BASE) for value in row)) for row in found)


def test_own_names_become_things_of_the_graph(opened: Opened) -> None:
    assert ask(opened, "id:dataset\\/hazel skos:altLabel|skos:prefLabel ?name") == [("Hazel",), ("Hazel Corpus",)]
    assert ask(opened, "id:dataset\\/hazel skos:broader ?above") == [("dataset/imagenet",)]
    assert ask(opened, "id:method\\/nut-solver skos:exactMatch ?own ; skos:broader ?above") == [("https://example.org/solver", "method/nut-tool")]
    assert ask(opened, "id:method\\/nut-tool skos:prefLabel ?name") == [("nut tool",)]


def test_an_introduced_name_has_its_type_in_other_papers(opened: Opened) -> None:
    assert len(ask(opened, "?paper kg:introduces id:dataset\\/quizbarrel")) == 1
    assert len(ask(opened, "?paper kg:usesDataset id:dataset\\/quizbarrel")) == 1
    assert ask(opened, "?x kg:usesMethod id:method\\/quizbarrel") == []


def test_an_abbreviation_is_one_node_with_its_long_form(opened: Opened) -> None:
    assert ask(opened, "id:method\\/fumbling-quiet-network skos:prefLabel ?name ; skos:altLabel ?short") == [("FQNet", "Fumbling Quiet Network")]
    assert len(ask(opened, "?paper kg:usesMethod|kg:introduces id:method\\/fumbling-quiet-network")) == 2
    assert ask(opened, "?x ?y id:method\\/fqnet") == []
    [judgement] = opened.judgements("method/fumbling-quiet-network")
    assert (judgement["left"], judgement["right"]) == ("method/fqnet", "method/fumbling-quiet-network")
    assert dict(judgement["evidence"])["papers that only use it"] == "1"


def test_a_version_lies_below_what_it_is_a_version_of(opened: Opened) -> None:
    assert ask(opened, "id:method\\/resnet-1001 skos:broader ?above . ?above skos:prefLabel ?name") == [("ResNet", "method/resnet")]


def told_by_the_ontology(opened: Opened, paper: str, thing: str) -> list[str]:
    """Return what the ontology says, where it says that a paper introduced a thing."""
    found = [each for each in passages(opened, BASE + paper, "kg:introduces", BASE + thing) if each.document.startswith("ontology/")]
    for each in found:
        text = (Path(__file__).parents[2] / each.document).read_text(encoding="utf-8")
        assert text[each.start : each.end] == each.quote
    return [each.quote for each in found]


def test_the_ontology_says_which_paper_introduced_a_thing(opened: Opened) -> None:
    gan, paper = "method/generative-adversarial-network", "paper/arxiv-1406.2661"
    assert ask(opened, f"?paper kg:introduces <{BASE}{gan}>") == [(paper,)]
    assert told_by_the_ontology(opened, paper, gan) == [
        'kg:introducedIn "arxiv:1406.2661"', 'kg:introductionTitle "Generative Adversarial Nets", "Generative Adversarial Networks"',
    ]  # fmt: skip
    edge = next(row for row in opened.table("edges").to_pylist() if row["source"] == BASE + paper and row["target"] == BASE + gan)
    assert (edge["predicate"], edge["support"]) == ("kg:introduces", 3)


def test_a_paper_without_identifiers_is_known_by_its_title(opened: Opened) -> None:
    [(paper,)] = ask(opened, "?paper kg:introduces id:method\\/resnet")
    assert told_by_the_ontology(opened, paper, "method/resnet") == ['kg:introductionTitle "Deep Residual Learning for Image Recognition"']


def test_a_new_thing_under_the_name_of_a_listed_one_is_another(opened: Opened) -> None:
    titles = {row["id"]: row["label"] for row in opened.table("nodes").to_pylist()}
    barrels, flow = (next(iri for iri, title in titles.items() if title.startswith(start)) for start in ("RAFT: Floating", "RAFT: recurrent"))
    introduced = {row["source"]: titles[row["target"]] for row in opened.table("edges").to_pylist() if row["predicate"] == "kg:introduces"}
    assert (introduced[flow], introduced[barrels]) == ("RAFT", "RAFT (Floating Barrels Down a Stream)")
    assert "CLIP (Paper Fasteners from Bent Wire)" in introduced.values()


def test_a_study_of_a_listed_thing_is_about_that(opened: Opened) -> None:
    named = [row["label"] for row in opened.table("nodes").to_pylist() if row["label"].startswith(("BERT", "SimCLR"))]
    assert sorted(named) == ["BERT", "BERT: A Review of Applications", "SimCLR", "SimCLR: Does It Learn?"]


def test_the_graph_is_sound(opened: Opened) -> None:
    report = validate(opened.store)
    assert report.conforms, str(report)


def test_own_names_travel_to_other_processes(inputs: Path) -> None:
    text = "We compare with the nut solver."
    record = Record("d", 0, "paper", 0, len(text), 1, (Field("abstract", text, 1, 0, len(text)),))
    stage = pickle.loads(pickle.dumps(extracting(options(inputs).finding)))  # noqa: S301 - made in this line
    rows = stage(records_batch([record], "reader:hand")).to_pylist()
    assert [(row["text"], row["by"]) for row in rows] == [("nut solver", "lexicon:own.ttl")]


def test_a_decision_builds_again_with_the_same_lists(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "papers.json").write_text(json.dumps(PAPERS))
    (tmp_path / "own.csv").write_text(TABLE)
    monkeypatch.chdir(tmp_path)
    build(["papers.json"], "graph", Options(finding=Settings("fast", ("own.csv",))))
    monkeypatch.chdir(inputs)
    merge(tmp_path / "graph", ["Ann Poe", "Max Ode"], "", lambda _: None)
    assert "dataset/hazel" in (tmp_path / "graph" / "current" / "graph.nq").read_text()
    (tmp_path / "own.csv").unlink()
    with pytest.raises(UsageError, match=r"own\.csv: this file of names cannot be read: No such file"):
        merge(tmp_path / "graph", ["Ann Poe", "Ian Goodfellow"], "", lambda _: None)


def test_a_faulty_list_is_told_before_anything_is_done(inputs: Path, tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("name,type\nHazel,nut\n")
    for command in ("extract", "build"):
        target = ["--out", str(tmp_path / "graph")] if command == "build" else []
        done = kg(command, inputs / "papers.json", *target, "--extract", "fast", "--lexicon", tmp_path / "own.csv")
        assert done.code == 2
        assert "own.csv:2: 'nut' is no type of name; the types: " in done.err
        assert "Traceback" not in done.err
    assert not (tmp_path / "graph" / "current").exists()


def test_own_names_on_the_command_line(inputs: Path) -> None:
    done = kg("extract", inputs / "papers.json", "--extract", "fast", "--lexicon", inputs / "own.csv")
    found = [row for row in map(json.loads, done.out.splitlines()) if row["text"] == "Hazel"]
    assert [(row["type"], row["canonical"], row["by"]) for row in found] == [("dataset", "Hazel", "lexicon:own.csv")]
