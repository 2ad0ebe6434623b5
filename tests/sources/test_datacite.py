"""DataCite: answers of its API, its data file, and what is wrong in them."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources import datacite
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

PAGE = sample("datacite/page.json")


def test_page() -> None:
    (full,), problems = read(datacite, PAGE)
    check_lines(PAGE, full)
    assert said(full, "arxiv_id") == [("10.48550/arxiv.2205.06175", "2205.06175"), ("2205.06175", None)]
    assert list(full.all("identifier")) == []
    assert texts(full, "title") == ["Sorting Gravel of H2O & Slate: A Robot's View"]
    assert texts(full, "abstract") == ["Gravel is sorted by size. Slate is left."]
    assert said(full, "date") == [("2022-05", "2022-05")], "the most telling one of the year of publication"
    for name, text in {"type": "Preprint", "publisher": "arXiv", "language": "en", "url": "https://arxiv.org/abs/2205.06175", "version": "1"}.items():
        assert texts(full, name) == [text], name
    assert said(full, "author") == [("Ada van den Beispiel", None), ("Bruno Exempel", None), ("GravelBench, a Consortium", "group")]
    assert [(f.value, f.of) for f in full.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]
    assert [(f.text, f.of) for f in full.all("affiliation")] == [
        ("Université de la Mousse", 0), ("Stone Works Ltd.", 1), ("Institute of Tides", 1),
    ]  # fmt: skip
    assert [(f.value, f.of) for f in full.all("affiliation_id")] == [("ror:0466fzc37", 0)]
    assert said(full, "category") == [("Robotics (cs.RO)", "cs.RO")]
    assert texts(full, "keyword") == ["FOS: Computer and information sciences", "gravel"]
    assert said(full, "reference") == [("10.5555/MOSS.1", "doi:10.5555/moss.1"), ("arXiv:1706.01234", "arxiv:1706.01234")]
    others = rest(full, "$.data[0]")
    assert others["attributes.relatedIdentifiers"][2]["relatedIdentifier"] == "10.5555/gravel.2023.7"
    assert others["attributes.titles"][0]["title"] == "Gravier trié"
    assert others["relationships"]["client"]["data"]["id"] == "arxiv.content"
    assert [(p.line, p.what) for p in problems] == [(63, "clients are no papers: 1 passed over, the first here")]


def test_page_single_and_lines_say_the_same() -> None:
    resource = json.loads(PAGE)["data"][0]
    (first,), _ = read(datacite, PAGE)
    (single,), _ = read(datacite, json.dumps({"data": resource}, indent=2))
    (bare,), _ = read(datacite, json.dumps(resource))
    (lone, _), _ = read(datacite, (json.dumps(resource) + "\n") * 2, "x.jsonl")
    assert fields(first, "$.data[0]") == fields(single, "$.data") == fields(bare, "$") == fields(lone, "$")
    (alone,), _ = read(datacite, json.dumps(resource["attributes"]))
    assert [f[:3] for f in fields(alone, "$")] == [f[:3] for f in fields(bare, "$")[:-1]]


def test_single() -> None:
    text = sample("datacite/doi.json")
    (photos,), problems = read(datacite, text)
    assert said(photos, "date") == [("2019-03-01", "2019-03-01")]
    assert (texts(photos, "venue"), texts(photos, "volume"), texts(photos, "pages")) == (["Roofs"], ["2"], ["5-9"])
    assert texts(photos, "author") == ["Dorothea Muster"]
    assert [(p.line, p.severity, p.what.partition(" ")[2]) for p in problems] == [(7, "warning", "is no ORCID iD: 0000-0002-1825-0098")]


def test_lines_and_attributes() -> None:
    (tides, stones), problems = read(datacite, sample("datacite/dois.jsonl"), "dois.jsonl")
    assert said(tides, "date") == [("1998", "1998")]
    assert texts(tides, "author") == ["E. Probe"]
    assert [(f.name, f.value) for f in stones.fields] == [("identifier", "doi:10.5072/stones")]
    (bells,), _ = read(datacite, sample("datacite/attributes.json"))
    assert said(bells, "identifier") == [("10.5072/BELLS", "doi:10.5072/bells")]
    assert not problems


def resource(**attributes: Any) -> dict[str, Any]:
    return {"id": "10.5072/x", "type": "dois", "attributes": {"doi": "10.5072/x", "titles": [{"title": "T"}]} | attributes}


@pytest.mark.parametrize(
    ("creator", "name"),
    [
        ({"name": "Lovelace, Ada"}, ("Ada Lovelace", None)),
        ({"name": "Lovelace, Ada", "nameType": "Personal", "givenName": "Ada K.", "familyName": "Lovelace"}, ("Ada K. Lovelace", None)),
        ({"name": "King, Martin, Jr."}, ("King, Martin, Jr.", None)),
        ({"familyName": "Lovelace"}, ("Lovelace", None)),
        ({"name": "Moss, Stone and Co.", "nameType": "Organizational"}, ("Moss, Stone and Co.", "group")),
        ({"name": "M&uuml;ller, <i>Eva</i>"}, ("Eva Müller", None)),
        ({"name": "van den Oord, Aäron"}, ("Aäron van den Oord", None)),
    ],
)
def test_names(creator: dict[str, Any], name: tuple[str, str | None]) -> None:
    record, problems = one(datacite, resource(creators=[creator]))
    assert said(record, "author") == [name]
    assert not problems


@pytest.mark.parametrize(
    ("attributes", "date"),
    [
        ({"publicationYear": 2020, "dates": [{"date": "2021-01-01", "dateType": "Available"}]}, [("2020", "2020")]),
        ({"publicationYear": 2020, "dates": [{"date": "2020-02-03", "dateType": "Created"}, {"date": "2020-04-05", "dateType": "Issued"}]}, [("2020-04-05", "2020-04-05")]),
        ({"dates": [{"date": "2020", "dateType": "Issued"}]}, [("2020", "2020")]),
        ({"dates": [{"date": "2020-02-30", "dateType": "Issued"}]}, []),
        ({"dates": [{"date": 2020, "dateType": ["Issued"]}]}, []),
        ({"publicationYear": ":unav"}, [(":unav", None)]),
        ({}, []),
    ],
)
def test_dates(attributes: dict[str, Any], date: list[tuple[str, str | None]]) -> None:
    record, _ = one(datacite, resource(**attributes))
    assert said(record, "date") == date


@pytest.mark.parametrize(
    ("attributes", "what"),
    [
        ({"doi": "10.x/y"}, "$.attributes.doi is no DOI: 10.x/y"),
        ({"creators": [{}]}, "$.attributes.creators[0] has no creator's name"),
        ({"creators": [None]}, "$.attributes.creators[0] is null, not an object"),
        ({"creators": "Ada"}, "$.attributes.creators is a text, not a list"),
        ({"creators": [{"name": "Ada", "affiliation": [{"name": "X"}, 7]}]}, "$.attributes.creators[0].affiliation[1] is a number, not an object"),
        ({"publisher": ["P"]}, "$.attributes.publisher is a list, not a text"),
        ({"identifiers": [{"identifier": "2213.1", "identifierType": "arXiv"}]}, "$.attributes.identifiers[0].identifier is no arXiv id: 2213.1"),
    ],
)
def test_what_is_wrong_is_said(attributes: dict[str, Any], what: str) -> None:
    _, problems = one(datacite, resource(**attributes))
    assert problems == [what]


def test_one_alone_that_is_in_no_list() -> None:
    record, problems = one(datacite, resource(titles={"title": "Gravel"}, creators={"name": "Beispiel, Ada"}, dates={"date": "2016-03-10", "dateType": "Issued"}))
    assert [*texts(record, "title"), *texts(record, "author"), *texts(record, "date")] == ["Gravel", "Ada Beispiel", "2016-03-10"]
    assert not problems


def test_three_thousand_creators() -> None:
    record, problems = one(datacite, resource(creators=[{"name": f"Beispiel, Ada {i}"} for i in range(3_000)]))
    assert texts(record, "author") == [f"Ada {i} Beispiel" for i in range(3_000)]
    assert not problems


@pytest.mark.parametrize("root", [("page", "data", 0), ("doi", "data"), ("attributes",)])
def test_nothing_is_lost(root: tuple[str | int, ...]) -> None:
    check_nothing_lost(datacite, f"datacite/{root[0]}.json", *root[1:])


@settings(max_examples=80)
@given(data=damaged("datacite/page.json") | damaged("datacite/doi.json"))
def test_damaged_dois_are_survived(data: Any) -> None:
    text = json.dumps(data)
    assert 0.0 <= datacite.sniff(text, "x.json") <= 1.0
    if isinstance(data, dict | list):
        read(datacite, text)


@settings(max_examples=50)
@given(found=st.lists(ANY_JSON, max_size=3))
def test_anything_in_a_page_is_survived(found: list[Any]) -> None:
    read(datacite, json.dumps({"data": found}))


def test_what_is_registered_may_be_called_otherwise() -> None:
    text = '{"data": {"type": "datasets", "attributes": {"titles": [{"title": "Gravel"}], "creators": [{"name": "Beispiel, Ada"}]}}}'
    (record,), problems = read(datacite, text)
    assert ([field.text for field in record.fields][:2], problems) == (["Gravel", "Ada Beispiel"], [])


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ('{"data": [{"id": "10.5072/x", "type": "dois", "attributes": {"titles": [{"title": "cut o', 1.0),
        ('{"data": {"id": "10.5072/x", "type": "dois", "attributes": {}}}', 1.0),
        ('{"creators": [], "titles": [], "publicationYear": 2020}', 0.9),
        ('{"data": [{"paperId": "x"}]}', 0.0),
        ('{"id": "x", "type": "article", "title": "T"}', 0.0),
        ('{"data": {"type": "datasets", "attributes": {"titles": [{"title": "T"}], "creators": []}}}', 0.9),
    ],
)
def test_sniff(text: str, score: float) -> None:
    assert datacite.sniff(text, "x.json") == score
