"""A build read back: what a person means by a name, who was taken for the same, and damage that is noticed."""

import io
from pathlib import Path

import pytest

from kg.errors import BuildError, UsageError
from kg.export import exporters
from kg.extract.settings import Settings
from kg.pipeline.build import build
from kg.pipeline.opened import identity_rows, open_build
from kg.pipeline.options import Options
from kg.pipeline.why import passages

BASE = "https://w3id.org/kgp/id/"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("https://w3id.org/kgp/id/method/gravelnet", "method/gravelnet"), ("<https://w3id.org/kgp/id/method/gravelnet>", "method/gravelnet"),
        ("method/gravelnet", "method/gravelnet"), ("GravelNet", "method/gravelnet"), (" gravelnet ", "method/gravelnet"),
        ("1706.01234", "paper/arxiv-1706.01234"), ("arXiv:1706.01234", "paper/arxiv-1706.01234"),
        ("arxiv:1706.01234", "paper/arxiv-1706.01234"), ("arxiv-1706.01234", "paper/arxiv-1706.01234"),
        ("https://arxiv.org/abs/1706.01234", "paper/arxiv-1706.01234"), ("http://arxiv.org/abs/1706.01234", "paper/arxiv-1706.01234"),
        ("http://w3id.org/kgp/id/method/gravelnet", "method/gravelnet"), ("method:gravelnet", "method/gravelnet"),
        ("id:method/gravelnet", "method/gravelnet"), ("Method/GravelNet", "method/gravelnet"), ("Modello, Chiara", "person/chiara-modello"),
        ("Sorting Gravel with a Small Robot", "paper/arxiv-1706.01234"), ("sorting gravel", "paper/arxiv-1706.01234"),
        ("Modello", "person/chiara-modello"), ("topic/cs", "topic/cs"), ("topic/cs.CV", "topic/cs.CV"),
    ],
)  # fmt: skip
def test_what_a_text_means(text: str, path: str, small_graph: Path) -> None:
    assert open_build(small_graph).find(text).startswith(BASE + path)


def test_what_means_several_things_is_asked_back(small_graph: Path) -> None:
    opened = open_build(small_graph)
    with pytest.raises(UsageError, match=r"'network' means [0-9]+ things in this graph; name one of them:\n  method/"):
        opened.find("network")
    with pytest.raises(UsageError, match=r"'Nobody' is not in this graph; look with: kg query .* nodes"):
        opened.find("Nobody")
    for misspelt in ("Gravelnt", "methods/gravelnet"):
        with pytest.raises(UsageError, match=r"is not in this graph; near to it:\n  method/gravelnet  GravelNet$"):
            opened.find(misspelt)
    assert opened.find("Vision Transformer") == f"{BASE}method/vision-transformer"


def test_what_is_known_by_an_identifier_is_found_by_its_address(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(
        "@article{a, title={Gravel in Bells}, author={Beispiel, Ada}, doi={10.5555/bells.1}, year=2020}\n"
        "@article{b, title={Bells in Gravel, a Reply}, author={Beispiel, Ada}, doi={10.5555/bells.2}, year=2021}\n", encoding="utf-8",
    )  # fmt: skip
    build([tmp_path / "a.bib"], tmp_path / "graph", Options(finding=Settings("fast")))
    opened = open_build(tmp_path / "graph")
    for text in ("https://doi.org/10.5555/bells.2", "http://dx.doi.org/10.5555/BELLS.2", "doi:10.5555/bells.2"):
        assert opened.find(text) == f"{BASE}paper/doi-10.5555/bells.2"
    with pytest.raises(UsageError, match="is not in this graph"):
        opened.find("https://doi.org/10.5555/bells.3")
    with pytest.raises(UsageError) as told:
        opened.find("bells")
    assert [line.split()[0] for line in str(told.value).splitlines()[1:]] == ["paper/doi-10.5555/bells.1", "paper/doi-10.5555/bells.2"]


def test_namesakes_are_told_with_a_paper_each(tmp_path: Path) -> None:
    (tmp_path / "a.bib").write_text(
        "@article{a, title={Gravel in Bells}, author={Muster, Ada and Esempio, Carlo}, year=2020}\n"
        "@article{b, title={Enzymes of Moss}, author={Muster, Ada and Exempel, Bruno}, year=2021}\n", encoding="utf-8",
    )  # fmt: skip
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "decisions.csv").write_text(
        "kind,verdict,left,right,note\nperson,different,Gravel in Bells#Ada Muster,Enzymes of Moss#Ada Muster,\n", encoding="utf-8"
    )
    build([tmp_path / "a.bib"], tmp_path / "graph", Options(finding=Settings("fast")))
    opened = open_build(tmp_path / "graph")
    with pytest.raises(UsageError, match="'Ada Muster' means 2 things") as told:
        opened.find("Ada Muster")
    listed = sorted(line.partition("  Ada Muster")[2] for line in str(told.value).splitlines()[1:])
    assert listed == [", 1 paper, such as: Enzymes of Moss", ", 1 paper, such as: Gravel in Bells"]
    (only,) = passages(opened, opened.find("Enzymes of Moss"), "creator", "Ada Muster")
    assert (only.line, only.quote) == (2, "Ada Muster")  # the edge tells which of them is meant


def test_what_a_value_for_a_question_means(small_graph: Path) -> None:
    opened = open_build(small_graph)
    assert opened.term("2017") == "2017"
    assert opened.term('"2017"') == '"2017"'
    assert opened.term("GravelNet") == f"{BASE}method/gravelnet"


def test_identity_of_papers(small_graph: Path) -> None:
    rows = list(identity_rows(open_build(small_graph), "paper"))
    assert len(rows) == 7
    assert all(list(row) == ["cluster", "document", "ordinal", "record", "start", "end"] for row in rows)
    same = [row for row in rows if row["cluster"] == "paper/arxiv-1706.01234"]
    assert [(row["document"], row["ordinal"], row["record"]) for row in same] == [("listing.txt", 0, "1706.01234"), ("page.txt", 0, None)]
    text = (small_graph.parent / "papers" / "listing.txt").read_text(encoding="utf-8")
    assert text[same[0]["start"] : same[0]["end"]].startswith("Gravel of many sizes")


def test_identity_of_people(small_graph: Path) -> None:
    rows = list(identity_rows(open_build(small_graph), "person"))
    assert all(set(row) == {"cluster", "name", "document", "ordinal", "record", "position"} for row in rows)
    assert [(row["ordinal"], row["position"], row["name"]) for row in rows] == [
        (0, 1, "Ada Beispiel"), (0, 2, "Bruno M. Exempel"), (0, 3, "Chiara Modello"),
        (1, 1, "Ada Beispiel"), (1, 2, "Dorothea Muster"), (2, 1, "Bruno Exempel"), (2, 2, "Ada Beispiel"),
    ]  # fmt: skip
    assert rows[1]["cluster"] == rows[5]["cluster"]
    assert rows == list(identity_rows(open_build(small_graph), "group"))


def test_identity_of_organizations(small_graph: Path) -> None:
    rows = list(identity_rows(open_build(small_graph), "organization"))
    assert all(set(row) == {"cluster", "name", "document", "ordinal", "record", "position", "text"} for row in rows)
    assert [(row["text"], row["cluster"]) for row in rows] == [
        ("google-brain", "organization/google"), ("toronto", "organization/university-of-toronto"),
    ]  # fmt: skip
    assert [row["name"] for row in rows] == ["Google", "University of Toronto"]


def test_nothing_else_is_resolved(small_graph: Path) -> None:
    with pytest.raises(UsageError, match="nothing of the kind 'dataset' is resolved; choose one of ambiguous, group, organization"):
        list(identity_rows(open_build(small_graph), "dataset"))


def test_members_and_judgements_of_an_entity(small_graph: Path) -> None:
    opened = open_build(small_graph)
    assert len(opened.members("paper/arxiv-1706.01234")) == 2
    (merge,) = opened.judgements("paper/arxiv-1706.01234")
    assert merge["verdict"] == "same"
    assert opened.judgements("method/gravelnet") == []


def test_the_form_without_texts_has_no_texts_and_all_else(small_graph: Path, tmp_path: Path) -> None:
    opened = open_build(small_graph)
    full, bare = opened.graph(), opened.graph(with_text=False, scratch=tmp_path)
    assert (full.with_text, bare.with_text) == (True, False)
    assert bare.nodes["text"].null_count == bare.nodes.num_rows
    assert bare.evidence["before"].null_count == bare.evidence["after"].null_count == bare.evidence.num_rows
    assert bare.evidence["quote"] == full.evidence["quote"]
    lost = set(full.quads.read_bytes().splitlines()) - set(bare.quads.read_bytes().splitlines())
    assert {line.split()[1] for line in lost} == {
        b"<http://purl.org/dc/terms/abstract>", b"<http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString>",
    }  # fmt: skip
    out = io.BytesIO()
    exporters()["turtle"].write(bare, out)
    assert b"harmonic tables" not in out.getvalue()


def test_a_graph_that_is_read_outlives_the_next_build(own_graph: Path, papers: Path) -> None:
    opened = open_build(own_graph)
    (papers / "page.txt").unlink()
    build([papers], own_graph)
    assert opened.run["counts"]["records"] == 7
    assert opened.table("nodes").num_rows > 20
    assert len(opened.store) > 100
    assert open_build(own_graph).run["counts"]["records"] == 4
    old = opened.version
    del opened
    build([papers], own_graph)
    assert not old.exists()


@pytest.mark.parametrize("name", ["run.json", "tables/nodes.parquet", "graph.nq", "store/CURRENT"])
@pytest.mark.parametrize("how", ["empty", "half", "flip", "delete"])
def test_damage_is_noticed_before_an_answer(name: str, how: str, own_graph: Path) -> None:
    file = own_graph / "current" / name
    content = file.read_bytes()
    middle = len(content) // 2
    changed = {"empty": b"", "half": content[:middle], "flip": content[:middle] + bytes([content[middle] ^ 0x55]) + content[middle + 1 :]}
    file.write_bytes(changed[how]) if how in changed else file.unlink()
    with pytest.raises(BuildError, match=rf"{file.name}: .*kg build --force"):
        open_build(own_graph).graph()


def test_without_texts_from_the_start(papers: Path, tmp_path: Path) -> None:
    build([papers], tmp_path / "graph", Options(with_text=False))
    assert not open_build(tmp_path / "graph").graph().with_text
