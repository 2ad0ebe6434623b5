"""Semantic Scholar: answers of its API, its bulk datasets, and what is wrong in them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Problem
from kg.sources import semantic_scholar
from tests.sources.provider_json import (
    ANY_JSON,
    check_lines,
    check_nothing_lost,
    damaged,
    fields,
    one,
    read,
    rest,
    said,
    sample,
    texts,
)

SEARCH = sample("semantic_scholar/search.json")
SHA = "0123456789abcdef0123456789abcdef01234567"


def test_search() -> None:
    (full, bare), problems = read(semantic_scholar, SEARCH)
    check_lines(SEARCH, full)
    assert [f.value for f in full.all("identifier")] == [
        f"s2:{SHA}", "s2:210000001", "doi:10.5555/gravel.2023.7", "acl:2023.rob-main.4", "dblp:conf/rss/BeispielE23", "pmid:31000001",
        "pmcid:PMC7000001", "s2:210000001",
    ]  # fmt: skip
    assert texts(full, "arxiv_id") == ["2205.06175"]
    assert texts(full, "title") == ["Sorting Gravel with a Small Robot"]
    assert texts(full, "abstract") == ["Gravel is sorted by size.\nSlate is left."]
    assert said(full, "date") == [("2023-06-12", "2023-06-12")]
    assert texts(full, "venue") == ["Robotics: Small and Sorted"]
    assert (texts(full, "volume"), texts(full, "pages")) == (["12"], ["101-118"])
    assert texts(full, "type") == ["JournalArticle", "Conference"]
    assert texts(full, "url") == [f"https://www.semanticscholar.org/paper/{SHA}", "https://example.org/gravel.pdf"]
    assert texts(full, "author") == ["Ada van den Beispiel", "Bruno Exempel"]
    assert [(f.value, f.of) for f in full.all("author_id")] == [("s2:1700001", 0), ("orcid:0000-0002-1825-0097", 0)]
    assert [(f.text, f.of) for f in full.all("affiliation")] == [("Université de la Mousse", 0), ("Institute of Tides", 0)]
    assert texts(full, "category") == ["Computer Science", "Geology"], "each once, whichever list names it"
    assert said(full, "reference") == [
        ("Moss from Above", "doi:10.5555/moss.1"),
        ("Stones Seen Once", "s2:ffffffff0123456789abcdef0123456789abcdef"),
        ("A Book without Id", None),
    ]
    others = rest(full, "$.data[0]")
    assert others["tldr"] == {"model": "tldr@v2.0.0", "text": "A robot sorts gravel."}
    assert others["citations"][0]["title"] == "Later Gravel"
    assert others["externalIds"] == {"MAG": "2900000001"}
    assert [(f.name, f.text) for f in bare.fields] == [
        ("identifier", "1123456789abcdef0123456789abcdef01234567"), ("title", "Tides in Narrow Bays"), ("date", "1998"), ("venue", "Harbour Letters"),
    ]  # fmt: skip
    assert problems == [Problem("x.json", 37, "$.data[1] is null, not a paper", "delete it", "warning")]


def test_search_batch_single_and_lines_say_the_same() -> None:
    papers = [paper for paper in json.loads(SEARCH)["data"] if paper]
    (first, second), _ = read(semantic_scholar, SEARCH)
    (single,), _ = read(semantic_scholar, json.dumps(papers[0], indent=2))
    (_, last), problems = read(semantic_scholar, json.dumps([papers[0], None, papers[1]]))
    assert [problem.what for problem in problems] == ["$[1] is null, not a paper"]
    (lone, _), _ = read(semantic_scholar, "".join(json.dumps(paper) + "\n" for paper in papers), "x.jsonl")
    assert fields(first, "$.data[0]") == fields(single, "$") == fields(lone, "$")
    assert fields(second, "$.data[2]") == fields(last, "$[2]")


def test_doi_of_arxiv_is_an_arxiv_id() -> None:
    (paper,), _ = read(semantic_scholar, sample("semantic_scholar/paper.json"))
    assert said(paper, "arxiv_id") == [("10.48550/arXiv.1706.01234", "1706.01234")]
    assert [f.value for f in paper.all("identifier")] == ["s2:2123456789abcdef0123456789abcdef01234567"]


def test_papers_that_a_paper_cites() -> None:
    text = sample("semantic_scholar/references.json")
    (cited,), problems = read(semantic_scholar, text)
    check_lines(text, cited)
    assert texts(cited, "title") == ["Telling Mosses Apart"]
    assert texts(cited, "author") == ["Dorothea Muster"]
    assert rest(cited, "$.data[0]").keys() == {"contexts", "intents", "isInfluential"}
    assert not problems


ONE = {"paperId": SHA, "title": "On Gravel", "externalIds": {"CorpusId": 7}}
OTHERS = [{"paperId": None, "externalIds": {"DOI": "10.5555/moss"}, "title": "On Moss"}, {"paperId": SHA[::-1], "title": "On Slate"}]


def test_the_paper_whose_references_are_listed_cites_them() -> None:
    text = json.dumps({"offset": 0, "data": [{"intents": [], "citedPaper": work} for work in OTHERS], "citingPaperInfo": ONE})
    (*cited, citing), problems = read(semantic_scholar, text)
    assert [texts(each, "title") for each in cited] == [["On Moss"], ["On Slate"]]
    assert said(citing, "identifier") == [(SHA, f"s2:{SHA}"), ("7", "s2:7")]
    assert [(f.text, f.value, f.path) for f in citing.all("reference")] == [
        ("On Moss", "doi:10.5555/moss", "$.data[0].citedPaper.title"), ("On Slate", f"s2:{SHA[::-1]}", "$.data[1].citedPaper.title"),
    ]  # fmt: skip
    assert not problems


def test_all_papers_in_a_list_of_citations_cite_the_one() -> None:
    text = json.dumps({"offset": 0, "citedPaperInfo": ONE, "data": [{"contexts": [], "citingPaper": work} for work in OTHERS]})
    records, problems = read(semantic_scholar, text)
    assert [texts(each, "title") for each in records] == [["On Moss"], ["On Slate"]]
    assert [[(f.text, f.value, f.path) for f in each.all("reference")] for each in records] == [[("On Gravel", f"s2:{SHA}", "$.citedPaperInfo.title")]] * 2
    assert not problems


def test_bulk_datasets() -> None:
    text = sample("semantic_scholar/papers.jsonl")
    (paper, abstract, citation, tldr), problems = read(semantic_scholar, text, "papers.jsonl")
    assert {f.value for record in (paper, abstract, citation, tldr) for f in record.all("identifier")} == {
        "s2:210000002", "doi:10.5555/tides.2",
    }  # fmt: skip
    assert texts(paper, "category") == ["Geology"]
    assert (texts(paper, "venue"), texts(paper, "pages"), texts(paper, "date")) == (["Harbour Letters"], ["7 - 9"], ["2001-02-03"])
    assert texts(abstract, "abstract") == ["Three gauges foretell the tide."]
    assert said(citation, "reference") == [("200000005", "s2:200000005")]
    assert rest(tldr)["text"] == "Gauges tell the tide."
    assert [(p.line, p.what) for p in problems] == [(5, "authors are no papers: 1 passed over, the first here")]


def test_old_corpus() -> None:
    (paper,), problems = read(semantic_scholar, sample("semantic_scholar/corpus.jsonl"), "corpus.jsonl")
    assert [f.value for f in paper.all("identifier")] == ["s2:5123456789abcdef0123456789abcdef01234567", "doi:10.5555/bells.5"]
    assert texts(paper, "abstract") == ["Forty towers are heard."]
    assert [(f.value, f.of) for f in paper.all("author_id")] == [("s2:1700001", 0), ("s2:1700009", 0)]
    assert [f.value for f in paper.all("reference")] == ["s2:7123456789abcdef0123456789abcdef01234567"]
    assert rest(paper).keys() == {"inCitations", "sources"}
    assert (texts(paper, "venue"), texts(paper, "volume"), texts(paper, "pages")) == (["Tower Notes"], ["3"], ["1-4"])
    assert not problems


def test_authors_with_papers_give_the_papers() -> None:
    author = {"authorId": "1", "name": "Ada", "papers": [{"paperId": SHA, "title": "T"}]}
    (paper,), _ = read(semantic_scholar, json.dumps(author))
    assert texts(paper, "title") == ["T"]
    records, problems = read(semantic_scholar, json.dumps([author, {"authorId": "2", "name": "Bruno"}]))
    assert [field.path for record in records for field in record.all("title")] == ["$[0].papers[0].title"]
    assert [problem.what for problem in problems] == ["authors are no papers: 1 passed over, the first here"]


@pytest.mark.parametrize(
    ("paper", "what"),
    [
        ({"authors": [{"name": "Ada", "externalIds": {"ORCID": "0000-0002-1825-0098"}}]}, "$.authors[0].externalIds.ORCID is no ORCID iD: 0000-0002-1825-0098"),
        ({"externalIds": {"DOI": "10.x/y"}}, "$.externalIds.DOI is no DOI: 10.x/y"),
        ({"externalIds": {"ArXiv": "2213.12345"}}, "$.externalIds.ArXiv is no arXiv id: 2213.12345"),
        ({"publicationDate": "2020-02-30"}, "no date: 2020-02-30"),
        ({"authors": [{"name": None}]}, "$.authors[0] has no author's name"),
        ({"authors": [None]}, "$.authors[0] is null, not an object"),
        ({"authors": "Ada"}, "$.authors is a text, not a list"),
        ({"abstract": ["A"]}, "$.abstract is a list, not a text"),
        ({"externalIds": []}, "$.externalIds is a list, not an object"),
        ({"fieldsOfStudy": [None, "Physics"]}, "$.fieldsOfStudy[0] is null, not a text"),
        ({"references": [7]}, "$.references[0] is a number, not an object"),
    ],
)
def test_what_is_wrong_is_said(paper: dict[str, Any], what: str) -> None:
    record, problems = one(semantic_scholar, {"paperId": SHA, "title": "T"} | paper)
    assert problems == [what]
    assert texts(record, "title") == ["T"]


def test_missing_title_and_three_thousand_authors() -> None:
    record, problems = one(semantic_scholar, {"paperId": SHA, "title": None, "authors": [{"authorId": None, "name": f"Ada {i}"} for i in range(3_000)]})
    assert texts(record, "author") == [f"Ada {i}" for i in range(3_000)]
    assert list(record.all("title")) == []
    assert not problems


@pytest.mark.parametrize("root", [("search", "data", 0), ("search", "data", 2), ("paper",), ("references", "data", 0)])
def test_nothing_is_lost(root: tuple[str | int, ...]) -> None:
    check_nothing_lost(semantic_scholar, f"semantic_scholar/{root[0]}.json", *root[1:])


def test_paper_of_a_snippet_has_its_authors_as_names() -> None:
    text = '{"data": [{"snippet": {"text": "x"}, "paper": {"corpusId": "7", "title": "Gravel", "authors": ["Ada Beispiel", "B. Probe"]}}]}'
    (record,), problems = read(semantic_scholar, text)
    assert (texts(record, "title"), texts(record, "author"), problems) == (["Gravel"], ["Ada Beispiel", "B. Probe"], [])


def test_first_version_of_the_api_has_ids_beside_the_title_of_a_reference() -> None:
    text = json.dumps({"paperId": SHA, "title": "Gravel", "references": [{"paperId": SHA[::-1], "doi": "10.5555/Slate", "title": "Slate"}]})
    (record,), _ = read(semantic_scholar, text)
    assert said(record, "reference") == [("Slate", "doi:10.5555/slate")]


def test_full_text_of_s2orc() -> None:
    body = "Sorting Gravel\n\nAda Beispiel\nUni X\n\nGravel is sorted.\n\nB. Probe. Slate is left. 1999."

    def spans(*passages: str, **attributes: Any) -> str:
        return json.dumps([{"start": body.index(each), "end": body.index(each) + len(each), "attributes": attributes} for each in passages])

    marks = {
        "title": spans("Sorting Gravel"), "abstract": spans("Gravel is sorted."), "author": spans("Ada Beispiel\nUni X"), "authorfirstname": spans("Ada"),
        "authorlastname": spans("Beispiel"), "bibentry": spans("B. Probe. Slate is left. 1999.", matched_paper_id=7), "bibtitle": spans("Slate is left"),
        "venue": None, "figure": "[{]", "paragraph": [{"start": 5, "end": 10**9}],
    }  # fmt: skip
    paper = {"corpusid": 8, "externalids": {"arxiv": None, "doi": "10.5555/gravel", "pubmedcentral": "77"}, "content": {"text": body, "annotations": marks}}
    (record,), problems = read(semantic_scholar, json.dumps(paper))
    assert problems == []
    assert [f.value for f in record.all("identifier")] == ["s2:8", "doi:10.5555/gravel", "pmcid:PMC77"]
    assert {name: texts(record, name) for name in ("title", "abstract", "author")} == {
        "title": ["Sorting Gravel"], "abstract": ["Gravel is sorted."], "author": ["Ada Beispiel"],
    }  # fmt: skip
    assert said(record, "reference") == [("Slate is left", "s2:7")]


@settings(max_examples=80)
@given(data=damaged("semantic_scholar/search.json") | damaged("semantic_scholar/references.json"))
def test_damaged_papers_are_survived(data: Any) -> None:
    text = json.dumps(data)
    assert 0.0 <= semantic_scholar.sniff(text, "x.json") <= 1.0
    if isinstance(data, dict | list):
        read(semantic_scholar, text)


@settings(max_examples=50)
@given(found=st.lists(ANY_JSON, max_size=3))
def test_anything_in_a_page_is_survived(found: list[Any]) -> None:
    read(semantic_scholar, json.dumps({"data": found}))


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (f'{{"data": [{{"paperId": "{SHA}", "title": "T"}}]}}', 0.9),
        (f'{{"recommendedPapers": [{{"paperId": "{SHA}"}}]}}', 0.9),
        (f'[null, {{"paperId": "{SHA}"}}]', 0.9),
        ('{"corpusid": 7, "abstract": "A"}\n{"corpusid": 8, "abstract": "B"}\n', 0.9),
        ('{"citingcorpusid": 7, "citedcorpusid": 8}', 0.9),
        ('{"paperId": "12", "title": "T"}', 0.0),
        ('{"data": [{"id": "x", "type": "dois"}]}', 0.0),
        ('{"title": "T", "abstract": "A", "authors": []}', 0.0),
        (f'[{{"paperId": "{SHA}", "title": "T", "authors": ["A. Bee"], "year": 2020}}]', 0.0),
        ('{"data": [{"snippet": {"text": "x"}, "paper": {"corpusId": "7", "title": "T", "authors": ["A. Bee"], "openAccessInfo": {}}}]}', 0.9),
    ],
)
def test_sniff(text: str, score: float) -> None:
    assert semantic_scholar.sniff(text, "x.json") == score
