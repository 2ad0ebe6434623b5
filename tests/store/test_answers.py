"""Shipped questions on a graph that was built from files: each answer worked out by hand from what the files say."""

import json
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.analysis.results import LOWER_SHORT, LOWER_WORDS
from kg.api import KnowledgeGraph
from kg.store.questions import shipped

WORK, AUTHOR, PLACE = "https://openalex.org/W400000000", "https://openalex.org/A500000000", "https://openalex.org/I600000000"

TORONTO = ("1", "University of Toronto", "https://ror.org/03dbr7087", "CA", "education")
OXFORD = ("2", "University of Oxford", "https://ror.org/052gg0110", "GB", "education")
DEEPMIND = ("3", "DeepMind", None, "GB", "company")
GOOGLE = ("4", "Google", None, "US", "company")

ADA, BRUNO, CHIARA, DORA = ("1", "Ada Beispiel"), ("2", "Bruno M. Exempel"), ("3", "Chiara Modello"), ("4", "Dora Muster")


def work(number: str, title: str, year: int, authors: list[tuple[Any, list[Any]]], cites: str = "", **more: Any) -> dict[str, Any]:
    return {
        "id": WORK + number, "doi": f"https://doi.org/10.1234/{number}", "title": title, "publication_year": year, "type": "article",
        "referenced_works": [WORK + each for each in cites], **more,
        "authorships": [
            {
                "author": {"id": AUTHOR + key, "display_name": name}, "raw_affiliation_strings": [place[1] for place in places],
                "institutions": [
                    {"id": PLACE + place, "display_name": called, "ror": ror, "country_code": country, "type": kind}
                    for place, called, ror, country, kind in places
                ],
            }
            for (key, name), places in authors
        ],
    }  # fmt: skip


WORKS = [
    work("1", "Stones before Robots", 2015, [(BRUNO, [OXFORD])]),
    work("2", "Sorting Gravel with a Small Robot", 2019, [(ADA, [TORONTO]), (BRUNO, [DEEPMIND, OXFORD]), (CHIARA, [])], cites="1", publication_date="2019-05-06"),
    work("3", "Robots after Stones", 2022, [(ADA, [GOOGLE]), (DORA, [TORONTO, GOOGLE])], cites="2"),
]  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("answers")
    (folder / "works.jsonl").write_text("".join(json.dumps(each) + "\n" for each in WORKS), encoding="utf-8")
    kg.build(folder / "works.jsonl", folder / "graph", extract="fast", registry=False)
    return kg.open(folder / "graph")


def test_papers_newest_first_with_their_year_where_no_day_is_known(graph: KnowledgeGraph) -> None:
    rows = graph.query("papers").rows
    assert [(row[1], row[2], row[4]) for row in rows] == [
        ("Robots after Stones", "2022", "10.1234/3"), ("Sorting Gravel with a Small Robot", "2019-05-06", "10.1234/2"),
        ("Stones before Robots", "2015", "10.1234/1"),
    ]  # fmt: skip


def test_where_people_were_and_when(graph: KnowledgeGraph) -> None:
    rows = graph.query("affiliations-over-time", person="Bruno M. Exempel").rows
    assert [row[1:] for row in rows] == [("University of Oxford", 2015, 2019), ("DeepMind", 2019, 2019)]


def test_two_affiliations_in_one_year_are_no_move(graph: KnowledgeGraph) -> None:
    assert tuple(row[:-1] for row in graph.query("career-moves").rows) == (
        ("Ada Beispiel", "University of Toronto", "Google", 2022),
        ("Bruno M. Exempel", "University of Oxford", "DeepMind", 2019),
    )
    assert [row[0] for row in graph.query("career-moves", person="Ada Beispiel").rows] == ["Ada Beispiel"]


def test_a_paper_is_shared_among_its_authors_and_their_affiliations(graph: KnowledgeGraph) -> None:
    shares = dict(graph.query("institutions").rows)
    assert shares == pytest.approx({
        "University of Oxford": 1 + 1 / 6, "DeepMind": 1 / 6, "University of Toronto": 1 / 3 + 1 / 4, "Google": 1 / 2 + 1 / 4,
    })  # fmt: skip


def test_first_and_last_authors(graph: KnowledgeGraph) -> None:
    assert {row[:-1] for row in graph.query("prolific-authors").rows} == {
        ("Ada Beispiel", 2, 2, 0), ("Bruno M. Exempel", 2, 1, 0), ("Chiara Modello", 1, 0, 1), ("Dora Muster", 1, 0, 1),
    }  # fmt: skip


def test_citations_of_citations(graph: KnowledgeGraph) -> None:
    cited = graph.query("citing", cited="Stones before Robots").rows
    assert sorted((row[0].rpartition("/")[2], row[3]) for row in cited) == [("2", "Stones before Robots"), ("3", "Stones before Robots")]


LISTED = """
@article{a, author = {Wei Lin and Ada Beispiel}, orcid-numbers = {Wei Lin/0000-0002-1825-0097}, title = {Kites on Strings}, year = 2020,
  eprint = {2001.01234}, archiveprefix = {arXiv}, journal = {arXiv preprint arXiv:2001.01234}}
@inproceedings{b, author = {Wei Lin and Ada Beispiel}, orcid-numbers = {Wei Lin/0000-0002-1825-0097}, title = {Kites on Strings}, year = 2021, month = jun,
  eprint = {2001.01234}, archiveprefix = {arXiv}, booktitle = {Proceedings of Kites}}
@inproceedings{c, author = {Wei Lin and Bruno Exempel and others}, orcid-numbers = {Wei Lin/0000-0001-5109-3700}, title = {Retracted: Mud in Rivers}, year = 2020,
  booktitle = {Proceedings of Mud}}
"""


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    """A paper in two forms, and one with a cut list by somebody else of the first author's name."""
    folder = tmp_path_factory.mktemp("listed")
    (folder / "papers.bib").write_text(LISTED, encoding="utf-8")
    kg.build(folder / "papers.bib", folder / "graph", extract="fast", registry=False)
    return kg.open(folder / "graph")


def test_people_of_one_name_are_told_apart_and_two_forms_are_one_paper(listed: KnowledgeGraph) -> None:
    kites, mud = "0000-0002-1825-0097", "0000-0001-5109-3700"
    assert [(*row[:-1], row[-1][-19:]) for row in listed.query("prolific-authors").rows if row[0] == "Wei Lin"] == [
        ("Wei Lin", 1, 1, 0, mud), ("Wei Lin", 1, 1, 0, kites),
    ]  # fmt: skip
    assert {(*row[:-1], row[-1][-19:]) for row in listed.query("active-years").rows if row[0] == "Wei Lin"} == {
        ("Wei Lin", 2021, 1, kites), ("Wei Lin", 2020, 1, mud),
    }  # fmt: skip
    assert {(frozenset(row[:2]), *row[2:5]) for row in listed.query("coauthors").rows} == {
        (frozenset({"Wei Lin", "Ada Beispiel"}), 1, 2021, 2021), (frozenset({"Wei Lin", "Bruno Exempel"}), 1, 2020, 2020),
    }  # fmt: skip


def test_a_cut_list_has_no_last_author(listed: KnowledgeGraph) -> None:
    assert {row[0]: row[3] for row in listed.query("prolific-authors").rows} == {"Wei Lin": 0, "Ada Beispiel": 1, "Bruno Exempel": 0}
    assert [row[1:] for row in listed.query("cut-author-lists").rows] == [("Retracted: Mud in Rivers", 2)]


def test_new_collaborations_of_a_year(listed: KnowledgeGraph) -> None:
    assert [set(row[1:3]) for row in listed.query("new-collaborations", year="2021").rows] == [{"Wei Lin", "Ada Beispiel"}]


def test_what_was_retracted_and_months(listed: KnowledgeGraph) -> None:
    assert [row[1:] for row in listed.query("retracted").rows] == [("Retracted: Mud in Rivers", "retracted", None, None)]
    assert [row[2] for row in listed.query("papers").rows] == ["2021-06", "2020"]


def test_topics_count_what_is_below_them_as_the_analysis_does(example_graph: Path) -> None:
    opened = kg.open(example_graph)
    years = opened.topics().years.to_pylist()
    assert {(row["id"], row["year"], row["papers"]) for row in years} == {(row[0], *row[2:]) for row in opened.query("topics-by-year").rows}


def test_metrics_that_are_better_the_lower_they_are_are_the_same_in_the_question_and_the_analysis() -> None:
    assert f'"{LOWER_WORDS}", "i"' in shipped()["best-results"].sparql
    assert f'"{LOWER_SHORT}"' in shipped()["best-results"].sparql
