"""Several sources of one paper: identifiers join them, citations lead to papers or to light nodes, lists do not mix."""

import gzip
import json
from pathlib import Path

import pytest

from kg.pipeline.build import build
from kg.pipeline.opened import Opened, open_build
from kg.store.folder import damages

BIBTEX = """@inproceedings{beispiel2021,
  title = {Moss Clocks: Telling Time by Growth},
  author = {Beispiel, Ada and Muster, Dora},
  booktitle = {Proceedings of the Quiet Workshop},
  year = {2021},
  doi = {10.5555/MOSS.1},
}
"""

CROSSREF = {
    "status": "ok", "message-type": "work-list", "message": {"total-results": 2, "items": [
        {
            "DOI": "10.5555/moss.1", "title": ["Moss clocks: telling time by growth"], "type": "proceedings-article",
            "container-title": ["Proceedings of the Quiet Workshop"], "issued": {"date-parts": [[2021, 4, 2]]},
            "author": [
                {"given": "A.", "family": "Beispiel", "sequence": "first", "ORCID": "https://orcid.org/0000-0002-1825-0097",
                 "affiliation": [{"name": "Moss Institute"}]},
                {"given": "D.", "family": "Muster", "sequence": "additional", "affiliation": []},
            ],
        },
        {
            "DOI": "10.5555/bells.2", "title": ["Bells That Hear Themselves"], "type": "journal-article",
            "issued": {"date-parts": [[2023]]}, "container-title": ["Annals of Ringing"],
            "author": [{"given": "Max", "family": "Ode", "sequence": "first", "affiliation": []}],
            "reference": [
                {"key": "a", "DOI": "10.5555/moss.1", "article-title": "Moss clocks"},
                {"key": "b", "DOI": "10.5555/gone.9", "article-title": "A Work Nobody Sent Us"},
                {"key": "c", "unstructured": "Anonymous. On silence. 1901."},
            ],
        },
    ]},
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    place = tmp_path_factory.mktemp("together")
    (place / "library.bib").write_text(BIBTEX, encoding="utf-8")
    (place / "works.json.gz").write_bytes(gzip.compress(json.dumps(CROSSREF).encode()))
    build([place / "library.bib", place / "works.json.gz"], place / "graph")
    assert damages(place / "graph") == []
    return open_build(place / "graph")


def asked(opened: Opened, query: str) -> list[tuple[str, ...]]:
    prefixes = "PREFIX cito: <http://purl.org/spar/cito/> PREFIX kg: <https://w3id.org/kgp/ns#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX dcterms: <http://purl.org/dc/terms/> "
    return sorted(
        tuple(value.value.rpartition("/id/")[2] for value in row) for row in opened.store.query(prefixes + query)  # type: ignore[union-attr]
    )


def test_one_doi_is_one_paper(opened: Opened) -> None:
    assert asked(opened, "SELECT ?p { ?p a kg:Paper }") == [("paper/doi-10.5555/bells.2",), ("paper/doi-10.5555/moss.1",)]
    assert asked(opened, "SELECT ?d { ?p a kg:Paper ; dcterms:issued ?d }") == [("2021-04-02",)]


def test_a_complete_list_is_taken_from_one_source(opened: Opened) -> None:
    authors = asked(opened, "SELECT ?n { <https://w3id.org/kgp/id/paper/doi-10.5555/moss.1> dcterms:creator ?a . ?a rdfs:label ?n }")
    assert authors == [("Ada Beispiel",), ("Dora Muster",)]


def test_an_orcid_belongs_to_its_author(opened: Opened) -> None:
    assert asked(opened, "SELECT ?n ?o { ?a kg:orcid ?o ; rdfs:label ?n }") == [("Ada Beispiel", "0000-0002-1825-0097")]


def test_citations_lead_to_papers_and_to_light_nodes(opened: Opened) -> None:
    cited = asked(opened, "SELECT ?o ?label { ?p cito:cites ?o . ?o rdfs:label ?label }")
    assert [label for _, label in cited if label.startswith("Moss")] == ["Moss Clocks: Telling Time by Growth"]
    light = asked(opened, "SELECT ?label { ?o a kg:CitedWork ; rdfs:label ?label }")
    assert light == [("A Work Nobody Sent Us",), ("Anonymous. On silence. 1901.",)]
    kinds = {row["label"]: row["kind"] for row in opened.table("nodes").to_pylist()}
    assert kinds["A Work Nobody Sent Us"] == "cited"


def test_the_order_of_the_sources_does_not_matter(opened: Opened, tmp_path: Path) -> None:
    folder = opened.folder.parent
    build([folder / "works.json.gz", folder / "library.bib"], tmp_path / "graph")
    one, other = (open_build(place).version / "graph.nq" for place in (opened.folder, tmp_path / "graph"))
    assert one.read_bytes() == other.read_bytes()


def test_a_work_cited_by_its_own_id_is_found_when_its_file_comes_later(tmp_path: Path) -> None:
    citing, cited = tmp_path / "citing.jsonl", tmp_path / "cited.jsonl"
    citing.write_text('{"id": "53e99784b7602d9701f3e3f6", "title": "Moss on Bells", "authors": ["Ada Beispiel"], "references": ["53e99784b7602d9701f3e3f7"]}\n')
    cited.write_text('{"id": "53e99784b7602d9701f3e3f7", "title": "Bells in Moss", "authors": ["Dora Muster"]}\n')
    build([citing], tmp_path / "graph")
    assert asked(open_build(tmp_path / "graph"), "SELECT ?o { ?p cito:cites ?o }") == []
    build([citing, cited], tmp_path / "graph")
    assert asked(open_build(tmp_path / "graph"), "SELECT ?t { ?p cito:cites/dcterms:title ?t }") == [("Bells in Moss",)]
    (edge,) = (row for row in open_build(tmp_path / "graph").table("evidence").to_pylist() if row["field"] == "cited_own_id")
    assert (edge["document"], edge["line"], edge["quote"], edge["by"]) == ("citing.jsonl", 1, "53e99784b7602d9701f3e3f7", "reader:json_records")


def test_what_every_volume_of_a_journal_prints_anew_is_a_paper_each_time(tmp_path: Path) -> None:
    entry = "@article{{r{0}, title = {{Review of Glider Data}}, author = {{Doe, Jane}}, journal = {{Annals of Soaring}}, volume = {{{0}}}, pages = {{{0}01--{0}09}}}}\n"
    (tmp_path / "reviews.bib").write_text("".join(entry.format(volume) for volume in (1, 2, 3)), encoding="utf-8")
    build([tmp_path / "reviews.bib"], tmp_path / "graph")
    assert open_build(tmp_path / "graph").run["counts"]["papers"] == 3
