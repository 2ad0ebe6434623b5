"""CITATION.cff: the work, the paper to be cited for it, the works that it refers to; people, dates, what is wrong."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import citation_cff, read
from kg.sources.citation_cff import sniff
from tests.sources.test_contract import check
from tests.sources.told import facts, not_told, said, sample

FILE = "citation_cff/CITATION.cff"


def rows(text: str) -> list[Record | Problem]:
    return list(citation_cff.read(Document.of_text(text, "CITATION.cff", "0" * 16)))


def one(text: str) -> Record:
    (found,) = (row for row in rows(f"cff-version: 1.2.0\ntitle: Loom\n{text}\n") if isinstance(row, Record))
    return found


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("# x\n\ncff-version: 1.1.0\n", 1.0), ('title: x\n"cff-version": 1.2.0\n', 1.0), ("  cff-version: 1\n", 0.0), ('{"cff-version": 1}', 0.0), ("version: 1\n", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "CITATION.cff") == score


def test_sample() -> None:
    found = list(read(sample(FILE)))
    work, paper, cited, _ = (row for row in found if isinstance(row, Record))
    assert facts(work, "title", "author", "author_id", "type", "version", "keyword", "date", "identifier", "url", "reference") == [
        ("title", "Loomkit: looms in your browser", None), ("author", "Ada Lovelace", "person"),
        ("author_id", "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"), ("author", "Aäron van den Oord Jr.", "person"),
        ("author", "Loom Team", "group"), ("author", "weaver7", "person"), ("type", "software", None), ("version", "2.10", None),
        ("keyword", "looms", None), ("keyword", "weaving, remote", None), ("date", "2021-05-04", "2021-05-04"),
        ("identifier", "10.5555/loomkit.1", "doi:10.5555/loomkit.1"), ("url", "https://example.org/loomkit", None), ("url", "https://github.com/example/loomkit", None),
        ("reference", "The education of a loom", None),
    ]  # fmt: skip
    assert [(field.text, field.of, field.line, field.path) for field in work.all("affiliation")] == [("Example University", 0, 11, "$.authors[0].affiliation")]
    assert said(paper, "title", "venue", "date", "volume", "issue", "pages", "identifier") == {
        "title": ["Looms without thread"], "venue": ["Journal of Invented Results"], "date": ["2020-07"], "volume": ["12"], "issue": ["3"], "pages": ["17-29"],
        "identifier": ["doi:10.5555/jir.2020.17"],
    }  # fmt: skip
    assert said(cited, "venue", "publisher", "date", "arxiv_id") == {"venue": ["LoomConf"], "publisher": ["Loom Press"], "date": ["1952-05-03"], "arxiv_id": ["https://arxiv.org/abs/2101.00017"]}
    assert [(row.line, row.what) for row in found if isinstance(row, Problem)] == [(56, "the work under references has no title")]


def test_nothing_is_lost() -> None:
    document = sample(FILE)
    assert not_told(document.text, [row for row in rows(document.text) if isinstance(row, Record)]) == ["doi", "url"]  # the kinds of identifiers


@pytest.mark.parametrize(
    ("text", "value"),
    [("year: 2020", "2020"), ("year: 2020\nmonth: 7", "2020-07"), ("year: 2020\ndate-released: 2021-05-04", "2021-05-04"), ("date-published: 2020-02", "2020-02"), ("year: soon", None)],
)
def test_dates(text: str, value: str | None) -> None:
    assert [field.value for field in one(text).all("date")] == [value]


def test_a_repository_is_an_address() -> None:
    assert said(one("authors: [{name: A}]\nrepository: https://example.org/loom"), "venue", "url") == {"venue": [], "url": ["https://example.org/loom"]}


def test_a_doi_among_the_identifiers() -> None:
    found = one("identifiers:\n- {type: doi, value: 10.5555/a}\n- {type: doi, value: 10.5555/b}\n- {type: other, value: 'arXiv:2101.00017'}")
    assert said(found, "identifier", "other")["identifier"] == ["doi:10.5555/a"]
    assert {"10.5555/b", "arXiv:2101.00017"} <= set(said(found, "other")["other"])


def test_an_author_without_a_name_is_told() -> None:
    (problem,) = [row for row in rows("cff-version: 1.2.0\ntitle: Loom\nauthors:\n- email: a@example.org\n- Ada Lovelace\n") if isinstance(row, Problem)]
    assert (problem.line, problem.what) == (4, "an author without a name")


PIECES = st.sampled_from([
    "title: T\n", "authors:\n", "- family-names: L\n", "  given-names: [A]\n", "- 7\n", "  orcid: x\n", "doi: x\n", "identifiers: [x, {type: url, value: y}, 3]\n", "year: 20\n",
    "month: 13\n", "references:\n", "- title: X\n", "- authors: {name: B}\n", "preferred-citation: {title: [a, b]}\n", "journal: {name: J}\n", "start: {}\n", "abstract: [x, y]\n", "date-released: 7\n",
])  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_text_is_survived(text: str) -> None:
    whole = "cff-version: 1.2.0\n" + text
    try:
        found = rows(whole)
    except UnreadableError:
        return
    check(whole, found)
