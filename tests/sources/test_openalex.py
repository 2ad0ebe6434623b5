"""OpenAlex: the shapes of its works, what is wrong in them, and abstracts put together again."""

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import openalex
from tests.conftest import SHARED
from tests.sources.provider_json import (
    ANY_JSON,
    check_lines,
    check_nothing_lost,
    damaged,
    document,
    fields,
    one,
    read,
    rest,
    said,
    sample,
    texts,
)

PAGE = sample("openalex/page.json")
HOSTILE = SHARED / "hostile" / "json"


def test_page() -> None:
    (full, bare), problems = read(openalex, PAGE)
    check_lines(PAGE, full)
    assert said(full, "identifier") == [
        ("https://openalex.org/W4400000001", "openalex:W4400000001"),
        ("https://doi.org/10.5555/GRAVEL.2023.7", "doi:10.5555/gravel.2023.7"),
        ("https://pubmed.ncbi.nlm.nih.gov/31000001", "pmid:31000001"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/7000001", "pmcid:PMC7000001"),
    ]
    assert said(full, "arxiv_id") == [("http://arxiv.org/abs/2205.06175", "2205.06175")]
    assert texts(full, "title") == ["Sorting Gravel of CO2-Rich Rock & Slate"]
    assert texts(full, "abstract") == ["Gravel is sorted by size. Slate is left where p < 3."]
    assert said(full, "date") == [("2023-06-12", "2023-06-12")]
    for name, text in {
        "type": "article", "language": "en", "venue": "Journal of Small Robots", "publisher": "Quarry Press", "volume": "12",
        "issue": "3", "pages": "101-118", "url": "https://doi.org/10.5555/gravel.2023.7", "et_al": "et al.",
    }.items():  # fmt: skip
        assert texts(full, name) == [text], name
    assert texts(full, "author") == ["Ada van den Beispiel", "Bruno Exempel"]
    assert [(f.value, f.of) for f in full.all("author_id")] == [
        ("openalex:A5000000001", 0), ("orcid:0000-0002-1825-0097", 0), ("openalex:A5000000002", 1),
    ]  # fmt: skip
    assert [(f.text, f.of) for f in full.all("affiliation")] == [
        ("Université de la Mousse", 0), ("Institute of Tides", 0), ("Stone Works Ltd., Harbour Town", 1),
    ]  # fmt: skip
    assert [(f.value, f.of) for f in full.all("affiliation_id")] == [
        ("ror:0466fzc37", 0), ("openalex:I4200000001", 0), ("openalex:I4200000002", 1),
    ]  # fmt: skip
    assert texts(full, "category") == ["Robotics of Loose Matter", "Sorting Machines"]
    assert texts(full, "keyword") == ["Gravel", "Robot", "Computer science"]
    assert [f.value for f in full.all("reference")] == ["openalex:W2100000001", "openalex:W2100000002"]
    assert [(f.text, f.value, f.path) for f in full.all("status")] == [("true", "retracted", "$.results[0].is_retracted")]
    others = rest(full, "$.results[0]")
    assert "is_retracted" not in others
    assert others["authorships"][0]["is_corresponding"] is True
    assert others["authorships"][1]["author"] == {"orcid": "https://orcid.org/0000-0002-1825-0098"}
    assert "primary_topic" not in others
    assert [(f.name, f.text) for f in bare.fields] == [("identifier", "https://openalex.org/W4400000002"), ("date", "1998")]
    assert [(p.line, p.what, p.severity) for p in problems] == [
        (55, "$.results[0].authorships[0].institutions[1].ror is no ROR id: https://ror.org/00tyz8j61", "warning"),
        (74, "$.results[0].authorships[1].author.orcid is no ORCID iD: https://orcid.org/0000-0002-1825-0098", "warning"),
        (132, "authors are no papers: 1 passed over, the first here", "error"),
    ]


def test_page_single_work_and_lines_say_the_same() -> None:
    works = json.loads(PAGE)["results"][:2]
    (first, second), _ = read(openalex, PAGE)
    (single,), _ = read(openalex, json.dumps(works[0], indent=1))
    (lone, other), _ = read(openalex, "".join(json.dumps(work) + "\n" for work in works), "works.jsonl")
    assert fields(first, "$.results[0]") == fields(single, "$") == fields(lone, "$")
    assert fields(second, "$.results[1]") == fields(other, "$")
    assert (lone.line, other.line, lone.ordinal, other.ordinal) == (1, 2, 0, 1)


def test_single_preprint() -> None:
    text = sample("openalex/work.json")
    (work,), problems = read(openalex, text)
    check_lines(text, work)
    assert [f.value for f in work.all("arxiv_id")] == ["2205.06175", "2205.06175"]
    assert list(work.all("publisher")) == []
    assert texts(work, "venue") == ["arXiv (Cornell University)"]
    assert texts(work, "abstract") == ["One sorter suffices."]
    assert texts(work, "author") == ["GravelBench Team"]
    assert [(p.line, p.what) for p in problems] == [(17, "$.authorships[1] has no author's name")]


def test_old_dump() -> None:
    (old, odd), problems = read(openalex, sample("openalex/works.jsonl"), "works.jsonl")
    assert texts(old, "venue") == ["Annals of Roofs"]
    assert texts(old, "publisher") == ["Drone House"]
    assert [(f.text, f.of) for f in old.all("affiliation")] == [("Botanical Garden, Roofton", 0)]
    assert said(odd, "date") == [("2020-02-30", None)]
    assert [(p.line, p.severity) for p in problems] == [(2, "warning"), (3, "error")]


def index(words: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        found.setdefault(word, []).append(place)
    return found


def work(**more: Any) -> dict[str, Any]:
    return {"id": "https://openalex.org/W4400000001", "title": "T"} | more


@given(words=st.lists(st.text("abcdeé,.-", min_size=1, max_size=5), min_size=1, max_size=30))
def test_abstract_comes_back(words: list[str]) -> None:
    record, problems = one(openalex, work(abstract_inverted_index=index(words)))
    assert texts(record, "abstract") == [" ".join(words)]
    assert not problems


@pytest.mark.parametrize(
    ("inverted", "what"),
    [
        ({"x": [0, 2_000_000_000], "y": [1]}, "2000000000 is no place of a word"),
        ({"x": [-1], "y": [0]}, "-1 is no place of a word"),
        ({"x": [0], "y": ["a"]}, "a place is no number"),
        ({"x": [0], "y": [True]}, "a place is no number"),
        ({"x": [0], "y": [1.5]}, "a place is no number"),
        ({"x": [0], "y": None}, "a word has no list of places"),
        ({"x": [0], "y": 7}, "a word has no list of places"),
        ({"x": [0], "y": "12"}, "a place is no number"),
        ({"x": [0], "y": {"1": 2}}, "a place is no number"),
        ({"x": [0, 1], "y": [1]}, "two words are in one place"),
        ({"x": []}, "a place is no number"),
    ],
)
def test_bad_abstract_is_reported_and_kept(inverted: dict[str, Any], what: str) -> None:
    record, problems = one(openalex, work(abstract_inverted_index=inverted))
    assert list(record.all("abstract")) == []
    assert problems == [f"$.abstract_inverted_index is no inverted index: {what}"]
    assert rest(record) == {"abstract_inverted_index": inverted}


def test_missing_words_are_reported() -> None:
    record, problems = one(openalex, work(abstract_inverted_index={"Gravel": [0], "sorted": [2]}))
    assert texts(record, "abstract") == ["Gravel sorted"]
    assert problems == ["$.abstract_inverted_index: no word at place 1"]


@pytest.mark.parametrize("places", [[99_999], [100_000], [2**62], [10**300]])
def test_far_places_take_no_memory(places: list[int]) -> None:
    tracemalloc.start()
    one(openalex, work(abstract_inverted_index={"a": [0], "b": places}))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000


def test_authors() -> None:
    record, problems = one(
        openalex,
        work(authorships=[
            {"author": {"display_name": "Ada"}, "raw_author_name": "Ada"}, None, {"author": None, "raw_author_name": "B. Exempel"},
            {"author": {"display_name": None}, "institutions": [{"display_name": "Tower School"}]}, "Chiara",
            {"author": {"display_name": "Dora"}, "institutions": [{"display_name": None, "ror": "https://ror.org/0466fzc37"}],
             "raw_affiliation_strings": ["Tower School", ""]},
            {"author": {"display_name": "Eve"}, "institutions": None, "affiliations": [{"raw_affiliation_string": "Quarry", "institution_ids": []}]},
        ]),
    )  # fmt: skip
    assert texts(record, "author") == ["Ada", "B. Exempel", "Dora", "Eve"]
    assert [(f.text, f.of) for f in record.all("affiliation")] == [("Tower School", 2), ("Quarry", 3)]
    assert problems == [
        "$.authorships[1] is null, not an object, like 1 more",
        "$.authorships[3] has no author's name",
    ]
    assert rest(record)["authorships"] == [
        {}, None, {}, {"institutions": [{"display_name": "Tower School"}]}, "Chiara",
        {"institutions": [{"ror": "https://ror.org/0466fzc37"}]}, {"affiliations": [{"institution_ids": []}]},
    ]  # fmt: skip


def test_three_thousand_authors() -> None:
    authorships = [
        {"author": {"id": f"https://openalex.org/A{5_000_000_000 + i}", "display_name": f"Ada {i}"}} for i in range(3_000)
    ]
    record, problems = one(openalex, work(authorships=authorships))
    assert texts(record, "author") == [f"Ada {i}" for i in range(3_000)]
    assert [f.of for f in record.all("author_id")] == list(range(3_000))
    assert not problems


def test_as_many_authors_as_a_list_gives_may_be_more() -> None:
    hundred = work(authorships=[{"author": {"display_name": f"Ada {i}"}} for i in range(100)])
    _, problems = read(openalex, json.dumps({"meta": {}, "results": [hundred]}))
    assert [p.severity for p in problems] == ["warning"]
    assert not read(openalex, json.dumps(hundred))[1], "alone a work has all its authors"
    assert not read(openalex, json.dumps({"results": [hundred | {"is_authors_truncated": False}]}))[1]


@pytest.mark.parametrize(
    ("place", "shown"), [({}, []), ({"ids": {"doi": "10.5555/B"}}, ["doi:10.5555/b"]), ({"doi": "10.5555/A"}, ["doi:10.5555/a"])]
)
def test_dois(place: dict[str, Any], shown: list[str]) -> None:
    record, _ = one(openalex, work(**place))
    assert [f.value for f in record.all("identifier")] == ["openalex:W4400000001", *shown]


def test_wrong_identifiers_stay_and_are_reported() -> None:
    record, problems = one(openalex, {"id": "https://openalex.org/W1", "doi": "doi.org/x", "title": "T", "ids": {"pmid": 31000001}})
    assert list(record.all("identifier")) == []
    assert rest(record) == {"ids": {"pmid": 31000001}, "id": "https://openalex.org/W1", "doi": "doi.org/x"}
    assert [problem.partition(":")[0] for problem in problems] == ["$.id is no OpenAlex id", "$.doi is no DOI", "$.ids.pmid is no PubMed id"]


@pytest.mark.parametrize("odd", [2**70, "a\ud800b", [[1], [2.5, {"x": None}]]])
def test_what_is_left_is_kept_whatever_it_is(odd: Any) -> None:
    text = json.dumps(work(fwci=1e300, strange=odd))
    (record,), _ = read(openalex, text)
    told = {(f.path or "").removeprefix("$."): f.text for f in record.all("other")}
    if isinstance(odd, list):
        assert json.loads(told["$"]) == {"fwci": 1e300, "strange": odd}
    else:
        assert told == {"fwci": "1e+300", "strange": str(odd).replace("\ud800", "\ufffd")}


def test_concepts_that_only_stand_above_others_are_no_keywords() -> None:
    concepts = [{"display_name": "Looms", "level": 2, "score": 0.4}, {"display_name": "Physics", "level": 0, "score": 0.0}, {"display_name": "Wool"}]
    (record,), problems = read(openalex, json.dumps(work(concepts=concepts)))
    assert (texts(record, "keyword"), problems) == (["Looms", "Wool"], [])
    assert rest(record, "$")["concepts"][1]["display_name"] == "Physics"


def test_other_entities_are_counted() -> None:
    lines = [{"id": f"https://openalex.org/{letter}123456", "display_name": "X"} for letter in "AAISCPFTV"]
    lines += [{"id": "https://openalex.org/keywords/gravel", "display_name": "Gravel"}, work()]
    records, problems = read(openalex, "".join(json.dumps(each) + "\n" for each in lines), "x.jsonl")
    assert [(record.ordinal, record.line) for record in records] == [(0, 11)]
    assert problems[0] == Problem("x.jsonl", 1, "authors are no papers: 2 passed over, the first here", "leave them out")
    assert len(problems) == 9


def test_records_that_are_none() -> None:
    records, problems = read(openalex, json.dumps({"results": [None, 7, "x", [], {}, work()]}))
    assert len(records) == 1
    assert [(p.what, p.severity) for p in problems] == [
        ("$.results[0] is null, not a work", "warning"), ("$.results[1] is a number, not a work", "error"),
        ("$.results[2] is a text, not a work", "error"), ("$.results[3] is a list, not a work", "error"),
        ("$.results[4] is empty, not a work", "warning"),
    ]  # fmt: skip


def test_nested_nearly_too_deep() -> None:
    for depth in (200, 900, 980, 990):
        text = json.dumps(work())[:-1] + ', "x": ' + "[" * depth + "]" * depth + "}\n" + json.dumps(work()) + "\n"
        rows = list(openalex.read(document(text, "x.jsonl")))
        assert [type(row) for row in rows].count(Record) >= 1
        assert len(rows) == 2


@pytest.mark.skipif(not HOSTILE.exists(), reason="no ../shared/hostile here")
@pytest.mark.parametrize("name", ["openalex_inverted_index_bomb.json", "openalex_inverted_negative.json"])
def test_hostile(name: str) -> None:
    text = (HOSTILE / name).read_text()
    assert openalex.sniff(text, name) == 1.0
    (record,), problems = read(openalex, text, name)
    assert texts(record, "title") == ["T"]
    assert any("no inverted index" in problem.what and problem.severity == "error" for problem in problems)


@pytest.mark.parametrize("root", [("page", "results", 0), ("page", "results", 1), ("work",)])
def test_nothing_is_lost(root: tuple[str | int, ...]) -> None:
    check_nothing_lost(openalex, f"openalex/{root[0]}.json", *root[1:])


@settings(max_examples=80)
@given(data=damaged("openalex/page.json") | damaged("openalex/work.json"))
def test_damaged_works_are_survived(data: Any) -> None:
    for text in (json.dumps(data), json.dumps(data, indent=1)):
        assert 0.0 <= openalex.sniff(text, "x.json") <= 1.0
        if isinstance(data, dict | list):
            read(openalex, text)


@settings(max_examples=50)
@given(results=st.lists(ANY_JSON, max_size=3))
def test_anything_in_a_page_is_survived(results: list[Any]) -> None:
    read(openalex, json.dumps({"results": results}))


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ('{"results": [{"authorships": [], "topics": [], "primary_location": null}]}', 0.9),
        ('{"meta": {}, "results": [{"id": "https://openalex.org/W4400000001", "title": "a title that is cut o', 1.0),
        ('[{"id": "https://api.openalex.org/works/W4400000001"}]', 1.0),
        ('{"id": "https://example.org/W1", "title": "T", "abstract": "A"}', 0.0),
        ('{"results": [{"title": "T", "open_access": true}]}', 0.0),
        ("openalex.org", 0.0),
        ('[{"id": "https://openalex.org/W1", "title": "T", "authors": ["A. Bee"], "year": 2020}]', 0.0),
        ('[{"id": "https://openalex.org/W1", "title": "T", "authorships": [{"name": "A. Bee"}], "open_access": true}]', 0.0),
        ('[{"id": "https://openalex.org/W1", "authorships": [{"author": {"display_name": "A. Bee"}}], "year": 2020}]', 1.0),
    ],
)
def test_sniff(text: str, score: float) -> None:
    assert openalex.sniff(text, "x.json") == score


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "works.jsonl"
    line = json.dumps(work(abstract_inverted_index=index(["word"] * 50 + ["gravel"] * 50))) + "\n"
    path.write_text(line * 20_000)
    found = Document("0" * 16, path.name, "", path.stat().st_size, lambda: path.open("rb"))
    rows = openalex.read(found)
    assert sum(1 for _ in (next(rows) for _ in range(1000))) == 1000
    tracemalloc.start()
    count = sum(1 for _ in (next(rows) for _ in range(1000)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1000
    assert most < 2_000_000 < path.stat().st_size


def test_a_work_of_an_answer_to_a_choice_of_fields() -> None:
    record, problems = one(openalex, {"id": "https://openalex.org/works/W4400000001", "title": "T", "primary_topic": {"display_name": "Tea"}, "primary_location": {"raw_source_name": "J Tea"}})
    assert problems == []
    assert {name: texts(record, name) for name in ("identifier", "category", "venue")} == {"identifier": ["https://openalex.org/works/W4400000001"], "category": ["Tea"], "venue": ["J Tea"]}
