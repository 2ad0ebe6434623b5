"""JSON of people's own making: keys in any spelling, authors in any shape, papers anywhere in the file."""

import json
import tracemalloc
from collections.abc import Iterator
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import decode, recognise
from kg.sources.json_records import read, sniff
from tests.growth import assert_linear
from tests.sources.own_json import one, run, said, split, texts, whats

SAMPLES = Path(__file__).parents[1] / "data" / "sources" / "json_records"
HOSTILE = Path(__file__).parents[2].parent / "shared" / "hostile"


def sample(name: str) -> tuple[list[Record], list[Problem]]:
    document = decode((SAMPLES / name).read_bytes(), name)
    assert isinstance(document, Document)
    assert recognise(document) == "json_records"
    return split(document)


def facts(record: Record) -> list[tuple[Any, ...]]:
    return [(field.name, field.text, field.value, field.of, field.line, field.path) for field in record.fields]


def test_scrape() -> None:
    (sheep, cats), problems = sample("scrape.json")
    assert facts(sheep) == [
        ("title", "Counting Sheep & Goats", None, None, 3, "$[0].Paper Title"),
        ("author", "Ada Lovelace", None, None, 4, "$[0].authors[0]"),
        ("author", "Jean E. Sammet", None, None, 4, "$[0].authors[1]"),
        ("author", "Shepherds Team", "group", None, 4, "$[0].authors[2]"),
        ("et_al", "et al.", None, None, 4, "$[0].authors[3]"),
        ("affiliation", "University of Oxford", None, 0, 5, "$[0].affiliations[0]"),
        ("affiliation", "CMU", None, 1, 5, "$[0].affiliations[1]"),
        ("affiliation", "IBM", None, 1, 5, "$[0].affiliations[1]"),
        ("abstract", "We count sheep if n < 3 and goats otherwise.", None, None, 6, "$[0].summary"),
        ("version", "v2", None, None, 9, "$[0].arxiv_id"),
        ("arxiv_id", "2205.06175v2", "2205.06175", None, 9, "$[0].arxiv_id"),
        ("identifier", "https://doi.org/10.1000/Sheep.1", "doi:10.1000/sheep.1", None, 10, "$[0].doi"),
        ("category", "cs.CV", None, None, 11, "$[0].categories"),
        ("category", "cs.LG", None, None, 11, "$[0].categories"),
        ("keyword", "sheep", None, None, 12, "$[0].tags"),
        ("keyword", "goats, counting", None, None, 12, "$[0].tags"),
        ("url", "https://arxiv.org/pdf/2205.06175v2", None, None, 13, "$[0].pdf_url"),
        ("venue", "Journal of Flocks", None, None, 14, "$[0].journal"),
        ("other", "7", None, None, 15, "$[0].citations"),
        ("date", "2022-05-12T14:20:16Z", "2022-05-12", None, 7, "$[0].published"),
        ("other", "2023", None, None, 8, "$[0].year"),
    ]
    assert [fact[:4] for fact in facts(cats)] == [
        ("title", "Herding Cats", None, None),
        ("author", "Ada Lovelace", None, None), ("author", "Jean Sammet", None, None), ("author", "Mary Shaw", None, None),
        ("affiliation", "Oxford", None, None), ("affiliation", "CMU", None, None),
        ("abstract", "Cats are not herded.", None, None), ("url", "www.cats.org/a", "https://www.cats.org/a", None),
        ("other", "11.1/x", None, None), ("reference", "Lovelace. Cats. 1843.", None, None),
        ("reference", "On Cats", "doi:10.1000/cats", None), ("other", '{"title": "On Cats", "doi": "10.1000/cats"}', None, None),
        ("cited_own_id", "5", None, None), ("date", "2022-02-30", None, None),
    ]  # fmt: skip
    assert whats(problems) == [
        "17: $[1] is no object, not a paper",
        "21: 2 affiliations of 3 authors, kept without their author",
        "25: $[2].doi is no DOI: '11.1/x'",
        "23: no date: 2022-02-30",
        "29: $[3] has no title, abstract or identifier",
    ]


def test_lines() -> None:
    (whales, otters), problems = sample("lines.jsonl")
    assert [fact[:4] for fact in facts(whales)] == [
        ("title", "Whales", None, None), ("author", "Ada Lovelace", None, None),
        ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 0),
        ("affiliation", "Oxford", None, 0), ("affiliation", "Sea Lab", None, 0), ("author", "Jean Sammet", None, None),
        ("affiliation", "CMU", None, 1), ("other", "US", None, None), ("other", "j@example.org", None, None),
        ("date", "2021", "2021", None),
    ]  # fmt: skip
    assert [fact[:3] + fact[4:5] for fact in facts(otters)] == [
        ("title", "Otters", None, 4), ("author", "Ada Lovelace", None, 4), ("et_al", "et al.", None, 4),
        ("arxiv_id", "arXiv:1706.03762", "1706.03762", 4), ("date", "2017", "2017", 4),
    ]  # fmt: skip
    assert whats(problems) == ["2: no JSON: expecting property name enclosed in double quotes (column 19)"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("frame.json", [(1, "$.title.0", "Apples", ["Ada Lovelace", "Jean Sammet"], "2019"), (1, "$.title.1", "Pears", [], "2020")]),
        ("by_id.json", [(2, "$.a1", "Apples", [], None), (3, "$.b2", "Pears", [], None)]),
        ("answer.json", [(1, "$.results[0]", "Plums", [], "2020")]),
    ],
)
def test_where_papers_are(name: str, expected: list[tuple[Any, ...]]) -> None:
    records, problems = sample(name)
    found = []
    for record in records:
        date, first = record.first("date"), record.fields[0]
        path = first.path if name == "frame.json" else (first.path or "").removesuffix(".title")
        found.append((record.line, path, texts(record, "title")[0], texts(record, "author"), date and date.text))
    assert found == expected
    assert problems == []


def test_rows_with_the_names_of_their_columns_apart() -> None:
    table = {"columns": ["title", "year", "authors"], "index": [0, 1], "data": [["Apples", 2019, ["Ada Lovelace"]], ["Pears", 2020, None]]}
    assert sniff(json.dumps(table), "x") == 0.3
    records, problems = run(table, indent=None)
    assert problems == []
    assert [[field.path for field in record.fields] for record in records] == [
        ["$.data[0][0]", "$.data[0][2][0]", "$.data[0][1]"], ["$.data[1][0]", "$.data[1][1]"],
    ]  # fmt: skip


def test_columns_as_lists() -> None:
    records, _ = run({"title": ["Apples", "Pears"], "year": [2019, 2020], "authors": [["Ada Lovelace"], None]}, indent=None)
    assert [[field.path for field in record.fields] for record in records] == [
        ["$.title[0]", "$.authors[0][0]", "$.year[0]"], ["$.title[1]", "$.year[1]"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Ada Lovelace; Sammet, Jean", ["Ada Lovelace", "Jean Sammet"]),
        ({"name": "Ada Lovelace"}, ["Ada Lovelace"]),
        ([{"given": "Aäron", "family": "van den Oord"}, "B. Bee"], ["Aäron van den Oord", "B. Bee"]),
        ([{"author": {"display_name": "Ada Lovelace"}, "position": "first"}], ["Ada Lovelace"]),
        (["", None, "Ada Lovelace"], ["Ada Lovelace"]),
        ({"authors": [{"full_name": "Ada Lovelace", "author_order": 1}]}, ["Ada Lovelace"]),
        ([{"first": "Ada", "middle": ["B.", "C."], "last": "Lovelace", "suffix": "Jr."}], ["Ada B. C. Lovelace Jr."]),
        ([{"fullName": "Lovelace A", "firstName": "Ada", "lastName": "Lovelace"}, {"collectiveName": "The Sheep Group"}], ["Ada Lovelace", "The Sheep Group"]),
        (["Lovelace A", "Sammet JE"], ["A Lovelace", "JE Sammet"]),
        (["Ada Lovelace*", "Jean Sammet1", "<b>Mary Shaw</b>†"], ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        ([["Lovelace", "Ada", ""], ["King", "Martin Luther", "Jr."]], ["Ada Lovelace", "Martin Luther King Jr."]),
        ([{"name": "Ada Lovelace"}, {"name": "et al."}], ["Ada Lovelace"]),
        ("Authors:Ada Lovelace, Jean Sammet", ["Ada Lovelace", "Jean Sammet"]),
        ("Lovelace, Ada [orcid:0000-0002-1825-0097 omid:ra/06]; Sammet, Jean [omid:ra/07]", ["Ada Lovelace", "Jean Sammet"]),
    ],
)
def test_authors(authors: Any, expected: list[str]) -> None:
    assert texts(one(authors=authors)[0], "author") == expected


def test_wrong_orcid_is_told_and_kept() -> None:
    record, problems = one(authors=[{"name": "Ada Lovelace", "orcid": "0000-0002-1825-0098"}])
    assert record.first("author_id") is None
    assert texts(record, "other") == ["0000-0002-1825-0098"]
    assert whats(problems) == ["7: $[0].authors[0].orcid is no ORCID iD: '0000-0002-1825-0098'"]


def test_wrong_types_are_told_and_kept() -> None:
    record, problems = one(abstract=[5], authors=5, year=[2020], url="https:/x y", venue={"a": 1, "b": 2})
    assert sorted(texts(record, "other")) == sorted(["[5]", "5", "[2020]", "https:/x y", '{"a": 1, "b": 2}'])
    assert sorted(problem.what.partition(":")[0] for problem in problems) == [
        "$[0].abstract is a list, not a text", "$[0].authors is a number, not a list of authors",
        "$[0].url is no web address", "$[0].venue is an object, not a text", "$[0].year is a list, not a date",
    ]  # fmt: skip


def test_what_stands_for_nothing_is_kept_and_not_told() -> None:
    record, problems = one(doi="N/A", arxiv_id="none", pdf="#", code="TODO", html="files/a.html", published=False, affiliation="-", authors=["A. Bee"])
    assert problems == []
    assert sorted(texts(record, "other")) == ["#", "-", "N/A", "TODO", "false", "files/a.html", "none"]


def test_three_thousand_authors() -> None:
    record, _ = one(authors=[f"Ada Love{i}lace" for i in range(3000)], affiliations=[f"X{i}" for i in range(3000)])
    assert [field.of for field in record.all("affiliation")] == list(range(3000))


LIST = {"title": "Sheep", "authors": ["Ada Lovelace"]}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"2021": [LIST], "2020": [{"title": "Goats", "venue": "KDD"}]}, [("$.2021[0]", "2021"), ("$.2020[0]", "2020")]),
        ({"topics": {"Farms": {"Small": [LIST]}, "Seas": [LIST]}}, [("$.topics.Farms.Small[0]", "Farms"), ("$.topics.Seas[0]", "Seas")]),
        ([{"title": "Session 1", "date": "2021-05-03", "papers": [LIST, LIST]}], [("$[0].papers[0]", "2021-05-03"), ("$[0].papers[1]", "2021-05-03")]),
        ({"nodes": {"a1": LIST}, "edges": [["a1", "b2", 0.5]]}, [("$.nodes.a1", "a1")]),
        ({"result": {"uids": ["7"], "7": LIST}}, [("$.result.7", "7")]),
        ({"@context": "https://schema.org", "@graph": [{"@type": "Article", "name": "Sheep", "author": {"name": "Ada Lovelace"}}]}, [("$.@graph[0]", "Article")]),
        ({"hits": {"hits": [{"_id": "1", "_source": LIST}]}}, [("$.hits.hits[0]", "1")]),
        ([{"paper": LIST, "votes": 3}], [("$[0]", "3")]),
        ([{"content": LIST, "forum": "1-01"}], [("$[0]", "1-01")]),
        ([{"fetch": LIST, "status": "ok"}], [("$[0]", "ok")]),
        ({"rows": [{"row_idx": 4, "row": LIST}]}, [("$.rows[0]", "4")]),
        ({"sessions": {"S1": {"name": "Session 1"}}, "papers": {"P1": {**LIST, "track": "Sheep"}}}, [("$.papers.P1", "Sheep")]),
        ({"NIPS2020": [{"paper_name": "Sheep", "paper_authors": ["Ada Lovelace"]}]}, [("$.NIPS2020[0]", "2020")]),
    ],
)
def test_groups_and_wrappers_are_opened(data: Any, expected: list[tuple[str, str]]) -> None:
    records, problems = run(data)
    assert problems == []
    for record, (path, around) in zip(records, expected, strict=True):
        assert (record.fields[0].path or "").startswith(path)
        assert around in texts(record, "own_id") + texts(record, "other") + texts(record, "date") + texts(record, "type")
    assert all(texts(record, "author") == ["Ada Lovelace"] or texts(record, "title") == ["Goats"] for record in records)


def test_what_the_name_of_a_file_or_group_says_of_the_occasion() -> None:
    records, _ = run([LIST, {**LIST, "year": 2019, "venue": "KDD"}], "icml2020.json")
    assert [said(record, "date", "venue") for record in records] == [{"date": ["2020"], "venue": ["ICML"]}, {"date": ["2019"], "venue": ["KDD"]}]
    (record,), _ = run([LIST], "sheep2020.json")
    assert said(record, "date", "venue") == {"date": [], "venue": []}
    (record,), _ = run({"ICLR 2021": [LIST]})
    assert [(field.name, field.text, field.path) for field in record.fields[-2:]] == [("date", "2021", "$.ICLR 2021"), ("venue", "ICLR", "$.ICLR 2021")]


@pytest.mark.parametrize(
    ("before", "after", "venue", "date"),
    [
        ({"conference": "NeurIPS", "year": 2023, "count": 2}, {}, "NeurIPS", "2023"),
        ({}, {"venue": "CVPR 2023"}, "CVPR 2023", "2023"),
        ({"conference": {"id": 7, "name": "Flock Conference", "year": 2023}}, {}, "Flock Conference", "2023"),
        ({"Conference Name": "2023 Flock Conference", "Proceeding Name": "Proceedings of it", "Year": "2023"}, {}, "2023 Flock Conference", "2023"),
    ],
)
@pytest.mark.parametrize("key", ["papers", "accepted_papers", "Papers"])
def test_where_and_when_all_papers_of_a_file_appeared_stands_beside_them(key: str, before: dict[str, Any], after: dict[str, Any], venue: str, date: str) -> None:
    (first, second), problems = run({**before, key: [{"title": "On flocks", "authors": ["Ada Lovelace"]}, {"title": "On herds", "doi": "10.1000/1", "year": 2021, "venue": "Herds"}], **after})
    assert said(first, "venue", "date", "other") == {"venue": [venue], "date": [date], "other": []}
    assert said(second, "venue", "date", "other") == {"venue": ["Herds"], "date": ["2021"], "other": []}
    assert problems == []


def test_the_day_of_a_wrapped_paper_comes_before_that_of_its_listing() -> None:
    (record,), _ = run([{"paper": {"id": "2405.00001", "title": "T", "publishedAt": "2024-04-30T17:59:59.000Z"}, "publishedAt": "2024-05-01T10:00:00.000Z", "title": "T"}])
    assert [(field.path, field.value) for field in record.all("date")] == [("$[0].paper.publishedAt", "2024-04-30")]
    assert texts(record, "other") == ["2024-05-01T10:00:00.000Z"]


@pytest.mark.parametrize(
    ("group", "venue", "date"),
    [("ICML.cc/2023/Conference", ["ICML"], ["2023"]), ("ICML.cc/2023/Workshop/Flocks", [], []), ("Flocks.org/2023/Conference", [], ["2023"])],
)
def test_the_group_of_openreview_tells_the_conference(group: str, venue: list[str], date: list[str]) -> None:
    record, _ = one(name="T", abstract="We count.", sourceurl=f"https://openreview.net/group?id={group}")
    assert said(record, "venue", "date") == {"venue": venue, "date": date}


@pytest.mark.parametrize("known", ["papers", "publications"])
def test_other_lists_of_papers_beside_the_one_that_is_known(known: str) -> None:
    goats = {"title": "Goats", "authors": "Jean Sammet"}
    jobs = [{"title": "Shepherd", "summary": "I counted.", "date": "2001"}]
    for held in ({known: [LIST], "preprints": [goats], "jobs": jobs}, {"jobs": jobs, "preprints": [goats], known: [LIST]}):
        records, problems = run(held)
        assert [(texts(record, "title"), texts(record, "author"), record.fields[0].path) for record in records] == [
            ([LIST["title"]], ["Ada Lovelace"], f"$.{known}[0].title"), (["Goats"], ["Jean Sammet"], "$.preprints[0].title"),
        ]  # fmt: skip
        assert problems == []
    assert len({record.ordinal for record in records}) == 2


def test_a_day_or_a_name_beside_the_papers_is_not_theirs() -> None:
    (record,), _ = run({"date": "2024-05-01", "name": "My list", "query": {"year": 2020}, "papers": [{"title": "On flocks", "doi": "10.1000/1"}]})
    assert said(record, "venue", "date", "other") == {"venue": [], "date": [], "other": []}


def test_answers_of_sparql() -> None:
    row = {"itemLabel": {"type": "literal", "xml:lang": "en", "value": "Sheep"}, "doi": {"type": "literal", "value": "10.1000/1"}, "x": {"type": "uri", "value": "http://x.org/Q1"}}
    (record,), problems = run({"head": {"vars": []}, "results": {"bindings": [row]}})
    assert problems == []
    assert [(field.name, field.text, field.path) for field in record.fields] == [
        ("title", "Sheep", "$.results.bindings[0].itemLabel.value"), ("identifier", "10.1000/1", "$.results.bindings[0].doi.value"),
        ("other", "http://x.org/Q1", "$.results.bindings[0].x.value"),
    ]  # fmt: skip


def test_works_of_orcid() -> None:
    def kept(kind: str, value: str, relation: str) -> dict[str, Any]:
        return {"external-id-type": kind, "external-id-value": value, "external-id-url": {"value": f"https://doi.org/{value}"}, "external-id-relationship": relation}

    work = {
        "title": {"title": {"value": "Sheep"}, "subtitle": None}, "external-ids": {"external-id": [kept("doi", "10.1000/1", "self"), kept("doi", "10.1000/2", "part-of")]},
        "url": {"value": "https://doi.org/10.1000/1"}, "publication-date": {"year": {"value": "2019"}, "month": {"value": "06"}, "day": None},
        "journal-title": {"value": "Flocks"},
    }  # fmt: skip
    (sheep, goats), problems = run({"group": [{"work-summary": [work]}, {"work-summary": [{"title": {"title": {"value": "Goats"}}, "type": "book"}]}]})
    assert problems == []
    assert said(sheep, "title", "venue", "url") == {"title": ["Sheep"], "venue": ["Flocks"], "url": ["https://doi.org/10.1000/1"]}
    assert [field.value for name in ("identifier", "date") for field in sheep.all(name)] == ["doi:10.1000/1", "2019-06"]
    assert said(goats, "title", "type") == {"title": ["Goats"], "type": ["book"]}


def test_year_of_a_group_is_the_date_of_what_has_none() -> None:
    records, _ = run({"2021": [LIST, {**LIST, "date": "2020-12-30"}]})
    assert [[(field.text, field.value, field.path) for field in record.all("date")] for record in records] == [
        [("2021", "2021", "$.2021")], [("2020-12-30", "2020-12-30", "$.2021[1].date")],
    ]  # fmt: skip


def test_a_list_of_links_or_ids_says_what_each_is() -> None:
    record, problems = one(
        links=[{"label": "Paper", "url": "https://arxiv.org/abs/2205.06175v2"}, {"label": "Code", "url": "https://github.com/a/b"}, {"label": "PDF", "url": "#"}],
        external_ids=[{"type": "doi", "value": "10.1000/Sheep.1"}, {"type": "eissn", "value": "1234-5678"}],
        ids={"pmid": 123.0, "mag": "77"},
    )
    assert problems == []
    assert texts(record, "url") == ["https://arxiv.org/abs/2205.06175v2", "https://github.com/a/b"]
    assert [field.value for field in record.all("identifier")] == ["doi:10.1000/sheep.1", "pmid:123"]
    assert [(field.value, field.path) for field in record.all("arxiv_id")] == [("2205.06175", "$[0].links[0].url")]
    assert sorted(texts(record, "other")) == ["#", "1234-5678", "77", "Paper", "eissn"]


@pytest.mark.parametrize(
    ("url", "also", "value"),
    [
        ({"ee": {"@type": "oa", "#text": "https://doi.org/10.1000/1"}}, {}, "doi:10.1000/1"),
        ({"link": "https://link.springer.com/article/10.1007%2Fs00000-020-00001-2"}, {}, "doi:10.1007/s00000-020-00001-2"),
        ({"link": "https://journals.aps.org/prb/abstract/10.1103/PhysRevB.1.1"}, {}, "doi:10.1103/physrevb.1.1"),
        ({"doi": "https://iopscience.iop.org/article/10.1088/1/2/3/meta"}, {}, "doi:10.1088/1/2/3"),
        ({"hyperlink": "https://doi.org/10.1000/1"}, {"arxivlink": "https://arxiv.org/abs/2205.06175"}, "doi:10.1000/1"),
        ({"action_html": '<a href="https://doi.org/10.1000/1" class="x">See</a>'}, {}, "doi:10.1000/1"),
        ({"ids": {"url": ["https://doi.org/10.1000/1"]}}, {}, "doi:10.1000/1"),
        ({"forum": "B1e9Y2NYvS"}, {}, "openreview:B1e9Y2NYvS"),
        ({"key": "conf/farm/Lovelace43"}, {}, "dblp:conf/farm/Lovelace43"),
        ({"pubmed_id": "30000000\n29999999"}, {}, "pmid:30000000"),
        ({"identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/1"}}, {}, "doi:10.1000/1"),
        ({"dc:identifier": [{"@type": "cir:DOI", "@value": "10.1000/1"}, {"@type": "cir:NAID", "@value": "11"}]}, {}, "doi:10.1000/1"),
    ],
)
def test_identifiers_wherever_they_are(url: dict[str, Any], also: dict[str, Any], value: str) -> None:
    record, problems = one(**url, **also)
    assert problems == []
    assert [field.value for field in record.all("identifier")] == [value]
    assert bool(also) == (record.first("arxiv_id") is not None)


@pytest.mark.parametrize("several", [False, True])
def test_citations_of_schema_org_are_the_works_that_are_cited(several: bool) -> None:
    works = [{"@type": "CreativeWork", "@id": "https://doi.org/10.1000/7"}, {"@type": "ScholarlyArticle", "name": "Goats of Herdland"}]
    record, problems = one(**{"@type": "Dataset", "citation": works if several else works[0]})
    expected = [("10.1000/7", "doi:10.1000/7"), ("Goats of Herdland", None)]
    assert [(field.text, field.value) for field in record.all("reference")] == expected[: 1 + several]
    assert problems == []


def test_addresses_that_only_programs_ask_are_kept_apart() -> None:
    record, _ = one(links={"html": "https://zenodo.org/records/7", "access": "https://zenodo.org/api/records/7/access"})
    assert said(record, "url", "other") == {"url": ["https://zenodo.org/records/7"], "other": ["https://zenodo.org/api/records/7/access"]}


def test_addresses_under_keys_of_other_meaning() -> None:
    record, problems = one(abs="https://arxiv.org/abs/2205.06175", summary="We count.", paper="https://x.org/a.pdf", virtualsite_url="https://x.org/v", paper_code="https://arxiv.org/abs/1706.03762")
    assert problems == []
    assert texts(record, "abstract") == ["We count."]
    assert texts(record, "url") == ["https://arxiv.org/abs/2205.06175", "https://x.org/a.pdf", "https://x.org/v", "https://arxiv.org/abs/1706.03762"]
    assert [field.value for field in record.all("arxiv_id")] == ["2205.06175"]


def test_arxiv_id_that_became_a_number() -> None:
    record, problems = one(arxiv_id=2205.0617)
    assert [field.text for field in record.all("arxiv_id")] == ["2205.06170"]
    assert problems == []


@pytest.mark.parametrize(
    ("given", "known"),
    [({"url": "10.1000/loom.7"}, ["doi:10.1000/loom.7"]), ({"link": "10.1000/loom.7", "doi": "10.1000/loom.7"}, ["doi:10.1000/loom.7"]), ({"url": "10.5 wide"}, []),
     ({"code_url": "10.1000/loom.7"}, [])],
)  # fmt: skip
def test_a_doi_may_stand_where_an_address_should(given: dict[str, str], known: list[str]) -> None:
    record, problems = one(**given)
    assert ([f.value for f in record.all("identifier")], texts(record, "url"), problems) == (known, [], [])


def test_addresses_of_two_papers_tell_no_identifier() -> None:
    record, _ = one(url="https://arxiv.org/abs/2205.06175", pdf="https://arxiv.org/pdf/1706.03762", code="https://doi.org/10.5281/zenodo.1")
    assert record.first("arxiv_id") is None
    assert record.first("identifier") is None


@pytest.mark.parametrize(
    ("paper", "value"),
    [
        ({"published": 1652400000000, "year": 2022.0}, "2022-05-13"),
        ({"pubdate": "2025 Mar 10"}, "2025-03-10"),
        ({"year": 2024, "month": "feb", "day": 11}, "2024-02-11"),
        ({"published": {"year": "2020", "month": "5"}}, "2020-05"),
        ({"date": "2020-01-02", "published": "10.1000/x"}, "2020-01-02"),
        ({"date": "2020-01-02 10:00:00", "year": "2009"}, "2009"),
        ({"date": "2009-01-02", "year": "2009"}, "2009-01-02"),
        ({"publicationdate": [{"value": "2009-01", "lang": "en"}]}, "2009-01"),
        ({"published": {"$date": "2009-01-02T00:00:00Z"}}, "2009-01-02"),
        ({"PubDate": {"MedlineDate": "2009 Mar-Apr"}}, "2009-03"),
        ({"year": "2009/03/01/"}, "2009-03-01"),
        ({"arxiv_id": "0901.0001", "created": "2009-01-02"}, "2009-01-02"),
        ({"versions": [{"version": "v1", "created": "Wed, 12 May 2021 18:00:00 GMT"}]}, "2021-05-12"),
    ],
)
def test_dates(paper: dict[str, Any], value: str) -> None:
    record, problems = one(**paper)
    assert [field.value for field in record.all("date")] == [value]
    assert problems == []


@pytest.mark.parametrize(("seconds", "value"), [(1_652_400_000, "2022-05-13"), (99_999_999, None)])
def test_seconds_since_1970(seconds: int, value: str | None) -> None:
    record, _ = one(published_at=seconds)
    assert [field.value for field in record.all("date")] == ([value] if value else [])


def test_of_several_keys_the_one_that_says_most_counts() -> None:
    record, _ = one(
        title_zh="x", authors=["Ada Lovelace"], authorships=[{"name": "Ada Lovelace", "institutions": [{"display_name": "Oxford", "ror": "https://ror.org/052gg0110"}]}],
        summary="Long ago.", abstract="We count.",
    )  # fmt: skip
    assert texts(record, "author") == ["Ada Lovelace"]
    assert [(field.text, field.of) for field in record.all("affiliation")] == [("Oxford", 0)]
    assert [field.value for field in record.all("affiliation_id")] == ["ror:052gg0110"]
    assert texts(record, "abstract") == ["We count."]
    assert sorted(texts(record, "other")) == ["Long ago.", '["Ada Lovelace"]', "x"]


def test_answers_of_services() -> None:
    record, problems = one(**{
        "title": None, "dc:title": "Sheep", "prism:publicationName": "J. Flocks", "prism:issueIdentifier": "2", "authFullName_s": ["Ada Lovelace"],
        "dc:description": "We count.", "journal": {"title": "Flocks", "volume": "3", "number": "4"}, "pubTypeList": {"pubType": ["Review"]},
        "page_start": "1", "page_end": "9", "keywords": [{"value": "sheep", "schema": "X"}], "indexed_abstract": None,
    })  # fmt: skip
    assert problems == []
    found = {name: texts(record, name) for name in ("title", "venue", "volume", "issue", "author", "abstract", "type", "pages", "keyword")}
    assert found == {
        "title": ["Sheep"], "venue": ["J. Flocks", "Flocks"], "volume": ["3"], "issue": ["2", "4"], "author": ["Ada Lovelace"], "abstract": ["We count."],
        "type": ["Review"], "pages": ["1-9"], "keyword": ["sheep"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said_so", "expected"),
    [
        ({"speakers/authors": "Ada Lovelace, Jean Sammet"}, {"author": ["Ada Lovelace", "Jean Sammet"]}),
        ({"Autoren": ["Lovelace, Ada"], "Zeitschrift": "Herden", "Jahr": 2019, "Schlagwörter": "Schaf; Ziege"}, {
            "author": ["Ada Lovelace"], "venue": ["Herden"], "date": ["2019"], "keyword": ["Schaf", "Ziege"]}),
        ({"作者": ["张三"], "摘要": "羊。", "期刊": "羊学报"}, {"author": ["张三"], "abstract": ["羊。"], "venue": ["羊学报"]}),
        ({"año": "2019", "résumé": "Des moutons."}, {"date": ["2019"], "abstract": ["Des moutons."]}),
        ({"FAU": ["Lovelace, Ada"], "AU": ["Lovelace A"], "DP": "2019 Mar", "JT": "Flocks", "SO": "Flocks. 2019;1(2):3.", "AID": ["10.1000/1 [doi]"]}, {
            "author": ["Ada Lovelace"], "date": ["2019 Mar"], "venue": ["Flocks"], "identifier": ["10.1000/1"]}),
        ({"dccreator": ["Lovelace, Ada"], "dcyear": 2019}, {"author": ["Ada Lovelace"], "date": ["2019"]}),
        ({"dc.contributor.author": [{"value": "Lovelace, Ada", "place": 0}], "dc.date.issued": [{"value": "2019", "place": 0}]}, {"author": ["Ada Lovelace"], "date": ["2019"]}),
        ({"arxiv_comment": "5 pages", "arxiv_primary_category": {"term": "cs.CL"}, "tags": [{"term": "cs.CL"}, {"term": "sheep"}]}, {
            "comment": ["5 pages"], "category": ["cs.CL"], "keyword": ["sheep"]}),
        ({"container": {"name": "Flocks", "vol": "3", "iss": "4"}, "language": {"code": "eng", "label": "English"}}, {
            "venue": ["Flocks"], "volume": ["3"], "issue": ["4"], "language": ["English"]}),
        ({"Journal": {"Title": "Flocks", "JournalIssue": {"Volume": "3", "Issue": "4", "PubDate": {"Year": "2019"}}}, "Pagination": {"MedlinePgn": "1-9"}}, {
            "venue": ["Flocks"], "volume": ["3"], "issue": ["4"], "date": ['{"Year": "2019"}'], "pages": ["1-9"]}),
        ({"isPartOf": {"issueNumber": "4", "isPartOf": {"volumeNumber": "3", "isPartOf": {"@type": "Periodical", "name": "Flocks"}}}}, {
            "venue": ["Flocks"], "volume": ["3"], "issue": ["4"]}),
        ({"pages": {"first": "1", "last": "9"}, "volume": 0, "issue": 0, "startpage": 0}, {"pages": ["1-9"], "volume": [], "issue": []}),
        ({"source": "Flocks", "publisher": "Farm"}, {"venue": ["Flocks"]}),
        ({"source": "Scopus"}, {"venue": []}),
        ({"subtitle": "A Study"}, {"title": ["T: A Study"]}),
        ({"title": None, "chapterTitle": "Goats", "bookTitle": "Herds"}, {"title": ["Goats"], "venue": ["Herds"]}),
        ({"subjects": [{"subject": {"scheme": "FOS", "value": "Sheep"}}]}, {"category": ["Sheep"]}),
        ({"document_type": {"code": "j"}, "language": {"languages": ["English"]}}, {"type": [], "language": ["English"]}),
        ({"volume": 1, "issue": 2, "number": 3}, {"volume": ["1"], "issue": ["2"]}),
        ({"published": {"journal": "Flocks", "doi": "10.1000/1"}, "year": 2019}, {"venue": ["Flocks"], "identifier": ["10.1000/1"], "date": ["2019"]}),
        ({"venue": "European Flock Conference (EFC), ", "year": 2019}, {"venue": ["European Flock Conference (EFC)"]}),
        ({"published": {"year": 2019, "month": 3}}, {"date": ['{"year": 2019, "month": 3}']}),
        ({"issue": {"issue": {"pubYear": 2019, "volume": "3", "number": "4", "journal": {"title": "Flocks"}}}}, {"date": ["2019"], "volume": ["3"], "issue": ["4"], "venue": ["Flocks"]}),
    ],
)  # fmt: skip
def test_other_ways_to_say_it(said_so: dict[str, Any], expected: dict[str, list[str]]) -> None:
    record, problems = one(**said_so)
    assert problems == []
    assert said(record, *expected) == expected


@pytest.mark.parametrize(
    ("abstract", "text"),
    [
        ({"IndexLength": 3, "InvertedIndex": {"We": [0], "sheep.": [2], "count": [1]}}, "We count sheep."),
        ([{"text": "We count.", "section": "Abstract"}, {"text": "Sheep."}], "We count.\nSheep."),
        ({"h1": "Abstract", "p": "We count."}, "We count."),
        ("\n  Abstract:We count.\n", "We count."),
        ("\n  Abstract\n  We count.\n", "We count."),
        ({"AbstractText": ["We count.", "Sheep."], "CopyrightInformation": "(c)"}, "We count.\nSheep."),
    ],
)
def test_abstracts_in_parts(abstract: Any, text: str) -> None:
    record, problems = one(abstract=abstract)
    assert texts(record, "abstract") == [text]
    assert problems == []


@pytest.mark.parametrize(
    ("venue", "expected"),
    [
        ("Proceedings of the 39th Flock Conference, pp. 853–867.", {"venue": ["Proceedings of the 39th Flock Conference"], "volume": [], "pages": ["853–867"], "other": []}),
        ("Proceedings of the Herd Symposium, pp. 4–9, Loom Press Cham.", {"venue": ["Proceedings of the Herd Symposium"], "volume": [], "pages": ["4–9"], "other": ["Loom Press Cham"]}),
        ("Flock Practice, vol. 105, Loom.", {"venue": ["Flock Practice"], "volume": ["105"], "pages": [], "other": ["Loom"]}),
        ("Flocks, vol. 105(5), pp. 19–37, Loom.", {"venue": ["Flocks"], "volume": ["105"], "pages": ["19–37"], "other": ["Loom"]}),
        ("In: Bee A, Dee C (eds) Herds, Loom, pp 33-49", {"venue": ["In: Bee A, Dee C (eds) Herds, Loom, pp 33-49"], "volume": [], "pages": [], "other": []}),
    ],
)  # fmt: skip
def test_volume_or_pages_and_a_publisher_behind_the_venue(venue: str, expected: dict[str, list[str]]) -> None:
    record, problems = one(venue=venue)
    assert problems == []
    assert said(record, *expected) == expected


def test_a_publication_beside_a_venue_is_the_title_where_none_is_told() -> None:
    (untitled, titled), _ = run([{"publication": "Goats", "venue": "Herds", "year": 2019}, {"title": "Goats", "publication": "Herds", "year": 2019}])
    assert said(untitled, "title", "venue") == said(titled, "title", "venue") == {"title": ["Goats"], "venue": ["Herds"]}


def test_bibtex_as_json_is_decoded() -> None:
    (record,), _ = run([{"entryType": "book", "citationKey": "g31", "entryTags": {"title": r"{S}heep of {G\'o}del", "author": r"G{\'o}del, Kurt and others"}}])
    assert (texts(record, "title"), texts(record, "author"), texts(record, "et_al")) == (["Sheep of Gódel"], ["Kurt Gódel"], ["and others"])


def test_what_objects_say_besides_is_kept() -> None:
    record, problems = one(abstract=[{"text": "We count.", "section": "1"}], arxiv_eprints=[{"value": "2205.06175", "categories": ["cs.CV"]}])
    assert sorted(texts(record, "other")) == ['[{"text": "We count.", "section": "1"}]', '[{"value": "2205.06175", "categories": ["cs.CV"]}]']
    assert (texts(record, "abstract"), texts(record, "arxiv_id"), problems) == (["We count."], ["2205.06175"], [])


@pytest.mark.parametrize(("before", "piece", "times", "behind"), [("[a:b", ":a", 50_000, ""), ("", " ", 100_000, "["), ("", "Ab ", 50_000, "A"), ("", "|", 50_000, "")])
def test_long_texts_take_no_time(before: str, piece: str, times: int, behind: str) -> None:
    assert_linear(
        lambda text: one(authors=[text, text], venue=text, doi=text, url=text, journal={"name": text}), lambda size: before + piece * size + behind, times
    )


@pytest.mark.parametrize("key", ["paper", "links", "url", "authors", "x"])
def test_what_is_nested_deep_is_told_or_kept(key: str) -> None:
    deep = f'{{"{key}": ' * 900 + "1" + "}" * 900
    records, problems = split(Document.of_text(f'[{{"title": "T", "{key}": {deep}}}, {{"title": "Sheep"}}]', "x.json"))
    assert texts(records[-1], "title") == ["Sheep"]
    assert len(records) == 2 or problems
    sniff(deep, "x.json")


def owned(record: Record, name: str) -> list[tuple[str, str | None]]:
    return [(field.text, field.value) for field in record.all(name)]


def test_works_cited_by_ids_of_the_file_are_told_apart_from_titles_and_identifiers() -> None:
    works = ["53e99784b7602d9701f3e3f6", 7, "A. Bee. On Sheep. 1843.", {"unstructured": "On Goats, 1844."}, "10.1000/goats", {"id": 8.0, "year": 1844}, True]
    record, _ = one(references=works)
    assert owned(record, "reference") == [("A. Bee. On Sheep. 1843.", None), ("On Goats, 1844.", None), ("10.1000/goats", "doi:10.1000/goats")]
    assert owned(record, "cited_own_id") == [("53e99784b7602d9701f3e3f6", "hex:53e99784b7602d9701f3e3f6"), ("7", None), ("8", None)]
    assert texts(record, "other") == ['{"id": 8.0, "year": 1844}', "true"]


@pytest.mark.parametrize(("paper", "own", "cited"), [
    ({"_id": {"$oid": "53e99784b7602d9701f3e3f7"}, "references": []}, [("53e99784b7602d9701f3e3f7", "hex:53e99784b7602d9701f3e3f7")], []),
    ({"id": 0, "cites": [17]}, [("0", None)], [("17", None)]),
    ({"id": 3, "cites": 17}, [("3", None)], []),
    ({"bibcode": "1843Loom...12..345B", "reference": ["1832Loom...10..100D"]}, [("1843Loom...12..345B", "bibcode:1843Loom...12..345B")], [("1832Loom...10..100D", "bibcode:1832Loom...10..100D")]),
    ({"lens_id": "100-004-910-081-14X", "references": [{"lens_id": "048-742-036-842-219"}]}, [("100-004-910-081-14X", "lens:100-004-910-081-14X")], [("048-742-036-842-219", "lens:048-742-036-842-219")]),
    ({"id": "pub.1100000001", "reference_ids": ["pub.1100000002"]}, [("pub.1100000001", "dimensions:pub.1100000001")], [("pub.1100000002", "dimensions:pub.1100000002")]),
    ({"eid": "2-s2.0-85000000001"}, [("2-s2.0-85000000001", "scopus:2-s2.0-85000000001")], []),
    ({"paper_id": "77", "outbound_citations": ["78"], "inbound_citations": ["79"]}, [("77", None)], [("78", None)]),
    ({"id": "10.1000/wool", "elocationID": "e12"}, [], []),
    ({"id": "see the list"}, [], []),
    ({"id": ["a", "b"]}, [], []),
])  # fmt: skip
def test_own_ids_of_services_and_people(paper: dict[str, Any], own: list[tuple[str, str | None]], cited: list[tuple[str, str | None]]) -> None:
    record, problems = one(**paper)
    assert (owned(record, "own_id"), owned(record, "cited_own_id"), problems) == (own, cited, [])


def test_the_key_of_a_paper_is_its_own_id_and_that_of_a_group_is_none() -> None:
    records, _ = run({"weaving": {"bee1843": {"title": "On Sheep", "authors": ["A. Bee"]}, "cow1832": {"title": "On Goats", "authors": ["B. Cow"], "cites": ["bee1843"]}}})
    assert [(owned(record, "own_id"), owned(record, "cited_own_id")) for record in records] == [([("bee1843", None)], []), ([("cow1832", None)], [("bee1843", None)])]


class Endless(RawIOBase):
    """Lines of JSON up to a size, made as they are read."""

    def __init__(self, size: int) -> None:
        self.left, self.pieces = size, self.lines()

    def lines(self) -> Iterator[bytes]:
        rank = 0
        while self.left > 0:
            rank += 1
            line = json.dumps({"title": f"T{rank}", "authors": ["Ada Lovelace"], "abstract": "We count. " * 900}).encode() + b"\n"
            self.left -= len(line)
            yield line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = next(self.pieces, b"")
        buffer[: len(piece)] = piece
        return len(piece)


def test_memory_does_not_grow_with_the_file() -> None:
    def opened() -> BinaryIO:
        return cast("BinaryIO", BufferedReader(Endless(30_000_000), 1 << 16))

    document = Document("0" * 16, "x.jsonl", "", 20_000_000, opened)
    tracemalloc.start()
    count = sum(isinstance(row, Record) for row in read(document))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count > 2000
    assert peak < 16_000_000


def test_what_stands_beside_the_papers_is_found_in_little_memory() -> None:
    paper = json.dumps({"title": "T", "authors": ["ada"], "abstract": "We count. " * 300})
    papers = ",\n".join([paper] * 4_000)
    text = f'{{"papers": [{papers}], "people": [{{"id": "ada", "name": "Ada Lovelace"}}], "venue": "Flocks 2020"}}'.encode()
    document = Document("0" * 16, "x.json", "", len(text), lambda: BytesIO(text))
    tracemalloc.start()
    told = {tuple(field.text for field in row.fields if field.name in {"author", "venue", "date"}) for row in read(document) if isinstance(row, Record)}
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert told == {("Ada Lovelace", "Flocks 2020", "2020")}
    assert peak < len(text) / 2


LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(
    ["A, B and C", "2020-01-01", "10.1/x", "cs.CV cs.LG", "et al.", "https://x.org", "0000-0002-1825-0097", "\ud800"]
)
KEYS = st.sampled_from(["title", "authors", "abstract", "date", "year", "doi", "id", "url", "name", "affiliations", "tags", "references", "venue", "x"])
ANY = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8)


@settings(max_examples=150, deadline=None)
@given(data=ANY | st.lists(st.dictionaries(KEYS, ANY, max_size=6), max_size=3))
def test_any_json_is_survived(data: Any) -> None:
    text = json.dumps(data)
    assert 0.0 <= sniff(text, "x.json") <= 0.3
    if isinstance(data, dict | list):
        records, _ = run(data)
        assert all(field.text for record in records for field in record.fields)


@settings(max_examples=150, deadline=None)
@given(paper=st.dictionaries(KEYS, ANY, max_size=8))
@example(paper={"authors": {"id": False}})  # which looks like what is said in Indonesian
def test_nothing_is_lost(paper: dict[str, Any]) -> None:
    records, _ = run([{**paper, "title": "T"}])
    paths = [field.path or "" for field in records[0].fields]
    for key, held in paper.items():
        if says(held) and str(held).strip():
            assert any(path.startswith(f"$[0].{key}") for path in paths), key


def says(value: Any) -> bool:
    """Tell whether there is a text or number anywhere in a value."""
    if isinstance(value, dict | list):
        return any(says(each) for each in (value.values() if isinstance(value, dict) else value))
    return value is not None and (not isinstance(value, str) or bool(value.strip(" \t\r\n,;|")))


def test_sniff() -> None:
    assert sniff('[{"title": "T"}]', "x") == sniff('{"abstract": "x"}\n{"abstract": "y"}', "x") == 0.15
    assert sniff('{"@context": "x", "@id": "y"}', "x") == sniff("[]", "x") == sniff("Title, authors", "x") == 0.0
    assert sniff('{"' + "x" * 70_000, "x") == 0.05
    assert sniff("[" * 70_000, "x") == 0.0


@pytest.mark.skipif(not HOSTILE.exists(), reason="no ../shared/hostile here")
@pytest.mark.parametrize(
    ("name", "papers"),
    [
        ("json/null_record.json", 2), ("json/missing_title.json", 1), ("json/key_proto.json", 1), ("json/huge_int.json", 1),
        ("jsonl/bad_middle_line.jsonl", 2), ("jsonl/blank_lines.jsonl", 2), ("jsonl/truncated_last.jsonl", 1),
        ("jsonl/crlf.jsonl", 2), ("jsonl/bom.jsonl", 2), ("jsonl/u2028_in_string.jsonl", 1),
        ("jsonl/invalid_utf8_line2.jsonl", 2), ("jsonl/array_per_line.jsonl", 2), ("jsonl/line_10k_fields.jsonl", 1),
    ],
)  # fmt: skip
def test_hostile_json(name: str, papers: int) -> None:
    document = decode((HOSTILE / name).read_bytes(), name)
    assert isinstance(document, Document)
    assert recognise(document) == "json_records"
    assert len(split(document)[0]) == papers
