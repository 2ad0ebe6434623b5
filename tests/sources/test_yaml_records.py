"""YAML lists of papers: items of the Citation Style Language, and lists of people's own making."""

import pytest

from kg.model import Document, Problem, Record
from kg.sources import read, yaml_records
from kg.sources.yaml_records import sniff
from tests.sources.told import facts, said, sample


def papers(path: str) -> list[Record]:
    found = list(read(sample(path)))
    assert not [row for row in found if isinstance(row, Problem)]
    return [row for row in found if isinstance(row, Record)]


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("- title: On X\n  authors: [A B]\n  year: 2020\n", 0.9), ("2023:\n- {title: On X, authors: A B, doi: 10.1/x}\n", 0.9), ("---\nreferences:\n- {type: article-journal, title: X, issued: 2020, id: a, author: [{family: B}]}\n---\n", 0.9),
        ("title: On X\nauthors: A B\nyear: 2020\n", 0.0), ("- name: x\n  steps: [a]\n", 0.0), ('[{"title": "X", "authors": ["A"], "year": 1}]', 0.0), ("We weave: a lot.\n\nAnd learn.", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x.yml") == score


def test_references_of_pandoc() -> None:
    looms, education = papers("yaml_records/references.yaml")
    assert facts(looms, "title", "author", "date", "venue", "volume", "issue", "identifier", "arxiv_id", "category", "language", "abstract") == [
        ("title", "Looms that learn: weaving maps with thread", None), ("author", "Ada Lovelace", None), ("author", "Aäron van den Oord", None), ("author", "Loom Team", "group"),
        ("abstract", "We weave maps.\nWe learn.", None), ("date", "2021-05-04", "2021-05-04"), ("venue", "Journal of Invented Results", None), ("volume", "12", None), ("issue", "3", None),
        ("language", "no", None), ("identifier", "10.5555/jir.2021.17", "doi:10.5555/jir.2021.17"), ("arxiv_id", "2101.00017", None), ("category", "cs.LG", None),
    ]  # fmt: skip
    assert [(field.line, field.path) for field in looms.all("author")] == [(7, "$.references[0].author[0]"), (10, "$.references[0].author[1]"), (13, "$.references[0].author[2]")]
    assert (education.line, said(education, "date")) == (32, {"date": ["1952-05"]})


def test_publications_of_a_page() -> None:
    assert [said(record, "title", "author", "venue", "date", "identifier", "arxiv_id") for record in papers("yaml_records/publications.yml")] == [
        {"title": ["Quiet Machines: a survey"], "author": ["Mae Jemison", "Katherine Johnson"], "venue": ["QuietConf 2023"], "date": ["2023"], "identifier": [], "arxiv_id": ["https://arxiv.org/abs/2301.01234"]},
        {"title": ["Whispering gears"], "author": ["Ruby Payne", "Vera Rubin"], "venue": ["ICML"], "date": ["2022"], "identifier": ["doi:10.5555/gears.2"], "arxiv_id": []},
    ]  # fmt: skip


def test_publications_by_year() -> None:
    text = "2023:\n  - {title: Quiet Machines, authors: Mae Jemison}\n2022:\n  - title: Whispering gears\n    authors: [Ruby Payne]\n2021: []\n"
    found = [row for row in yaml_records.read(Document.of_text(text, "x.yml")) if isinstance(row, Record)]
    assert [(record.line, said(record, "title", "date")) for record in found] == [
        (2, {"title": ["Quiet Machines"], "date": ["2023"]}), (4, {"title": ["Whispering gears"], "date": ["2022"]}),
    ]  # fmt: skip


def test_problems_have_the_line_of_the_yaml() -> None:
    (problem,) = (row for row in yaml_records.read(Document.of_text("# x\n- title: T\n  doi: 10.1000/x\n\n- doi: looms\n  title: U\n", "x.yml")) if isinstance(row, Problem))
    assert problem.line == 5
