"""Crossref: answers of its API, its data files, and what is wrong in them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources import crossref
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

PAGE = sample("crossref/page.json")


def test_page() -> None:
    (full, bare), problems = read(crossref, PAGE)
    check_lines(PAGE, full)
    assert said(full, "identifier") == [("10.5555/GRAVEL.2023.7", "doi:10.5555/gravel.2023.7")]
    assert texts(full, "title") == ["Sorting Gravel & Slate of pH2: A Small Robot's View"]
    assert texts(full, "abstract") == ["Gravel is sorted by size < 3 cm. Slate is left."]
    assert said(full, "date") == [("2023-06", "2023-06")]
    for name, shown in {
        "type": ["journal-article"], "publisher": ["Quarry Press"], "language": ["en"], "venue": ["Journal of Small Robots & Tools"],
        "volume": ["12"], "issue": ["3"], "pages": ["101-118"], "category": ["Robotics", "Geology"],
        "url": ["https://doi.org/10.5555/gravel.2023.7", "https://example.org/gravel"], "et_al": ["et al."],
    }.items():  # fmt: skip
        assert texts(full, name) == shown, name
    assert said(full, "author") == [("Ada van den Beispiel", None), ("Bruno Exempel Jr.", None), ("The GravelBench Consortium", "group")]
    assert [(f.value, f.of) for f in full.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]
    assert [(f.text, f.of) for f in full.all("affiliation")] == [("Université de la Mousse", 0), ("Stone Works Ltd.", 1)]
    assert [(f.value, f.of) for f in full.all("affiliation_id")] == [("ror:0466fzc37", 0)]
    assert said(full, "reference") == [
        ("Moss from Above", "doi:10.5555/moss.1"),
        ("10.5555/bells.5", "doi:10.5555/bells.5"),
        ("A. Beispiel. Tides in bays. arXiv:1706.01234, 2017.", "arxiv:1706.01234"),
        ("Probe, 1998, Harbour Letters, 4, 7", None),
        ("Stones Seen Once", None),
    ]
    others = rest(full, "$.message.items[0]")
    assert {"ISSN", "relation", "assertion", "funder", "indexed"} <= others.keys()
    assert others["reference"][5] == {"key": "ref6"}
    assert said(bare, "date") == [("2020-13-01", None)]
    assert [(p.line, p.what, p.severity) for p in problems] == [
        (42, "no DOI in $.message.items[0].reference: not a doi", "warning"), (68, "no date: 2020-13-01", "warning"),
    ]  # fmt: skip


def test_page_single_work_data_file_and_lines_say_the_same() -> None:
    works = json.loads(PAGE)["message"]["items"]
    (first, second), _ = read(crossref, PAGE)
    message = {"status": "ok", "message-type": "work", "message": works[0]}
    (single,), _ = read(crossref, json.dumps(message, indent=2))
    assert fields(first, "$.message.items[0]") == fields(single, "$.message")[:-1]
    (bare,), _ = read(crossref, json.dumps(works[0]))
    (lone, other), _ = read(crossref, "".join(json.dumps(work) + "\n" for work in works), "x.jsonl")
    (item, _), _ = read(crossref, json.dumps({"items": works}))
    assert fields(first, "$.message.items[0]") == fields(bare, "$") == fields(lone, "$") == fields(item, "$.items[0]")
    assert fields(second, "$.message.items[1]") == fields(other, "$")


def test_single_work() -> None:
    text = sample("crossref/work.json")
    (work,), problems = read(crossref, text)
    assert texts(work, "title") == ["Moss from Above"]
    assert texts(work, "author") == ["Dorothea Müster"]
    assert next((f.line, f.path, f.text) for f in work.all("other")) == (4, "$.message.title[1]", "Mousse vue du ciel")
    assert not problems


def test_lines() -> None:
    (bells, tides), problems = read(crossref, sample("crossref/works.jsonl"), "works.jsonl")
    assert said(bells, "date") == [("2011", "2011")]
    assert said(tides, "identifier") == [("https://doi.org/10.5555/tides.2", "doi:10.5555/tides.2")]
    assert said(tides, "date") == [("2001-02", "2001-02")], "the date of issue is not known, that of print is"
    assert [(p.line, p.what) for p in problems] == [(1, "$.author[0].ORCID is no ORCID iD: http://orcid.org/0000-0002-1825-0098")]


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({"issued": {"date-parts": [[2020, 1, 2]]}, "created": {"date-parts": [[2019]]}}, [("2020-01-02", "2020-01-02")]),
        ({"created": {"date-parts": [[2019, 12]]}}, [("2019-12", "2019-12")]),
        ({"issued": {"date-parts": [[None]]}}, []),
        ({"issued": {"date-parts": []}}, []),
        ({"issued": {"date-parts": [[]]}}, []),
        ({"issued": {"date-parts": None}}, []),
        ({"issued": {"date-parts": [["2020"]]}, "posted": {"date-parts": [[2021]]}}, [("2021", "2021")]),
        ({"issued": {"date-parts": [[20200, 1]]}}, [("20200-01", None)]),
        ({"issued": {"date-parts": [[2020, 2, 30]]}}, [("2020-02-30", None)]),
        ({"issued": {"date-parts": [[-5]]}}, [("-005", None)]),
    ],
)
def test_dates(dates: dict[str, Any], found: list[tuple[str, str | None]]) -> None:
    record, _ = one(crossref, {"DOI": "10.5555/x", "title": ["T"]} | dates)
    assert said(record, "date") == found


@pytest.mark.parametrize(
    ("titles", "found"),
    [
        ({"title": ["Gravel"], "subtitle": ["How to sort it"]}, ["Gravel: How to sort it"]),
        ({"title": ["Why Gravel?"], "subtitle": ["It is there"]}, ["Why Gravel? It is there"]),
        ({"title": ["Gravel: how to sort it"], "subtitle": ["How to Sort it"]}, ["Gravel: how to sort it"]),
        ({"title": "Gravel as a text"}, ["Gravel as a text"]),
        ({"title": []}, []),
        ({"title": [""]}, []),
        ({"title": None, "subtitle": ["Only below"]}, ["Only below"]),
        ({"title": ["<i>E. coli</i> at 3&#8201;&deg;C"]}, ["E. coli at 3\u2009°C"]),
    ],
)
def test_titles(titles: dict[str, Any], found: list[str]) -> None:
    record, problems = one(crossref, {"DOI": "10.5555/x"} | titles)
    assert texts(record, "title") == found
    assert not problems


@pytest.mark.parametrize(
    ("work", "what"),
    [
        ({"DOI": "10.x/y"}, "$.DOI is no DOI: 10.x/y"),
        ({"author": [{}]}, "$.author[0] has no author's name"),
        ({"author": [None, {"family": "Probe"}]}, "$.author[0] is null, not an object"),
        ({"author": "Probe"}, "$.author is a text, not a list"),
        ({"title": [["T"]]}, "$.title[0] is a list, not a text"),
        ({"issued": "2020"}, "$.issued is a text, not an object"),
        ({"issued": {"date-parts": [[2020, "x"]]}}, "$.issued.date-parts is no date"),
        ({"volume": [1]}, "$.volume is a list, not a text"),
        ({"reference": [{"DOI": "x"}, {"DOI": "y"}]}, "no DOI in $.reference: x and 1 more"),
    ],
)
def test_what_is_wrong_is_said(work: dict[str, Any], what: str) -> None:
    _, problems = one(crossref, {"DOI": "10.5555/x", "title": ["T"]} | work)
    assert problems == [what]


def test_three_thousand_authors() -> None:
    authors = [{"given": f"Ada {i}", "family": "Beispiel", "sequence": "additional"} for i in range(3_000)]
    record, problems = one(crossref, {"DOI": "10.5555/x", "author": authors})
    assert texts(record, "author") == [f"Ada {i} Beispiel" for i in range(3_000)]
    assert not problems


def test_answers_and_works_as_people_save_them() -> None:
    work = {"DOI": "10.5555/1", "title": ["On Gravel"], "reference-count": 0, "member": "1"}
    answer = {"status": "ok", "message-type": "work-list", "message": {"items": [work, {**work, "DOI": "10.5555/2"}], "total-results": 2}}
    for data, paths in (
        ([answer, answer], ["$[0].message.items[0]", "$[0].message.items[1]", "$[1].message.items[0]", "$[1].message.items[1]"]),
        ([{"status": "ok", "message-type": "work", "message": work}], ["$[0].message"]),
        ({"10.5555/1": work, "10.5555/2": work}, ["$.10.5555/1", "$.10.5555/2"]),
    ):
        assert crossref.sniff(json.dumps(data), "x.json") >= 0.95
        records, problems = read(crossref, json.dumps(data))
        assert problems == []
        assert [field.path for record in records for field in record.all("title")] == [f"{path}.title[0]" for path in paths]


def test_server_of_a_preprint_is_its_venue() -> None:
    record, _ = one(crossref, {"DOI": "10.5555/1", "title": ["T"], "type": "posted-content", "subtype": "preprint", "institution": [{"name": "gravelRxiv"}]})
    assert texts(record, "venue") == ["gravelRxiv"]
    record, _ = one(crossref, {"DOI": "10.5555/1", "title": ["T"], "type": "dissertation", "institution": [{"name": "Ulm University"}]})
    assert texts(record, "venue") == []


def test_a_notice_names_the_papers_that_it_takes_back_and_they_name_the_notice() -> None:
    updates = [{"DOI": "10.5555/Old", "type": "retraction"}, {"DOI": "10.5555/gone", "type": "removal"}, {"DOI": "10.5555/typo", "type": "correction"}]
    notice, problems = one(crossref, {"DOI": "10.5555/note", "update-to": updates})
    assert (said(notice, "retracts"), said(notice, "withdraws"), problems) == ([("10.5555/Old", "doi:10.5555/old")], [("10.5555/gone", "doi:10.5555/gone")], [])
    assert rest(notice, "$") == {"update-to": [{"type": "retraction"}, {"type": "removal"}, {"DOI": "10.5555/typo", "type": "correction"}]}
    paper, _ = one(crossref, {"DOI": "10.5555/old", "title": ["T"], "updated-by": [{"DOI": "10.5555/note", "type": "Retraction"}, {"type": "erratum"}]})
    assert [(f.text, f.value, f.path) for f in paper.all("status")] == [("Retraction", "retracted", "$.updated-by[0].type")]
    _, problems = one(crossref, {"DOI": "10.5555/note", "update-to": [{"DOI": "old", "type": "retraction"}]})
    assert problems == ["$.update-to[0].DOI is no DOI: old"]


def test_journals_and_members_are_no_works() -> None:
    records, problems = read(crossref, json.dumps({"message": {"items": [{"primary-name": "Quarry Press", "prefixes": []}, {"DOI": "10.5555/x"}]}}))
    assert len(records) == 1
    assert [problem.what for problem in problems] == ["entries without DOI, title and author are no papers: 1 passed over, the first here"]


@pytest.mark.parametrize("root", [("page", "message", "items", 0), ("page", "message", "items", 1), ("work", "message"), ("datafile", "items", 0)])
def test_nothing_is_lost(root: tuple[str | int, ...]) -> None:
    check_nothing_lost(crossref, f"crossref/{root[0]}.json", *root[1:])


@settings(max_examples=80)
@given(data=damaged("crossref/page.json") | damaged("crossref/work.json"))
def test_damaged_works_are_survived(data: Any) -> None:
    text = json.dumps(data)
    assert 0.0 <= crossref.sniff(text, "x.json") <= 1.0
    if isinstance(data, dict | list):
        read(crossref, text)


@settings(max_examples=50)
@given(found=st.lists(ANY_JSON, max_size=3))
def test_anything_in_a_page_is_survived(found: list[Any]) -> None:
    read(crossref, json.dumps({"message": {"items": found}}))


@pytest.mark.parametrize(
    ("text", "score"),
    [
        (PAGE[:900], 0.95),
        ('{"status": "ok", "message-type": "work", "message": {"title": ["a title that is cut o', 1.0),
        ('{"DOI": "10.5555/x", "title": "A text as in CSL", "prefix": "10.5555", "member": "1"}', 0.95),
        ('[{"DOI": "10.5555/x", "title": "T", "type": "article-journal", "issued": {"date-parts": [[2020]]}}]', 0.0),
        ('{"message": {"items": [{"primary-name": "Quarry Press"}]}}', 0.0),
        ('{"items": [{"title": "T"}]}', 0.0),
    ],
)
def test_sniff(text: str, score: float) -> None:
    assert crossref.sniff(text, "x.json") == score
