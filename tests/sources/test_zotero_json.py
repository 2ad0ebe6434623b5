"""Zotero's items as JSON: Better BibTeX's export and the Web API."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD
from kg.sources import zotero_json as reader
from tests.sources.told import facts, sample

DATA = Path(__file__).parents[1] / "data" / "sources" / "zotero_json"


def rows(data: Any) -> tuple[list[Record], list[Problem]]:
    found = list(reader.read(Document.of_text(data if isinstance(data, str) else json.dumps(data), "x.json", "d")))
    return [row for row in found if isinstance(row, Record)], [row for row in found if isinstance(row, Problem)]


def read_sample(name: str) -> tuple[list[Record], list[Problem]]:
    document = sample(f"zotero_json/{name}")
    return rows(document.text)


def test_better_bibtex() -> None:
    (preprint, talk), problems = read_sample("betterbibtex.json")
    assert facts(preprint, "title", "author", "abstract", "date", "publisher", "type", "keyword", "url", "comment") == [
        ("title", "Steam and attention", None),
        ("author", "Mary Somerville", None),
        ("author", "Royal Invented Society", "group"),
        ("abstract", "We heat a transformer until it attends.", None),
        ("date", "2022-03-01", "2022-03-01"),
        ("publisher", "arXiv", None),
        ("type", "preprint", None),
        ("keyword", "steam", None),
        ("keyword", "Computer Science - Computation and Language", None),
        ("comment", "9 pages, 2 figures", None),
        ("url", "http://arxiv.org/abs/2203.00123", None),
    ]
    assert facts(preprint, "arxiv_id", "category", "identifier") == [
        ("arxiv_id", "10.48550/arXiv.2203.00123", "2203.00123"),
        ("arxiv_id", "arXiv:2203.00123", "2203.00123"),
        ("arxiv_id", "2203.00123", None),
        ("category", "cs.CL", None),
        ("category", "stat.ML", None),
    ]
    others = {f.path: f.text for f in preprint.all("other")}
    assert others["$.items[0].citationKey"] == "somerville2022"
    assert json.loads(others["$.items[0].creators[2]"])["lastName"] == "Lovelace"
    assert "$.items[0].attachments" in others
    title, author = preprint.first("title"), preprint.first("author")
    assert title is not None
    assert author is not None
    assert [(title.path, title.line), (author.path, author.line)] == [
        ("$.items[0].title", 8), ("$.items[0].creators[0]", 10),
    ]  # fmt: skip
    assert facts(talk, "author", "date", "venue") == [
        ("author", "Suharto", None), ("author", "Card Guild", "group"), ("date", "May 1999", "1999-05"),
        ("venue", "Proceedings of CARDS", None),
    ]  # fmt: skip
    assert [record.ordinal for record in (preprint, talk)] == [0, 1], "the attachment between them is no paper"
    assert [(p.line, p.what) for p in problems] == [(43, "no DOI: 'not a doi'")]


def test_web_api() -> None:
    (record,), problems = read_sample("webapi.json")
    assert problems == []
    assert facts(record, "title", "author", "date", "venue", "identifier") == [
        ("title", "Cracked pots", None),
        ("author", "Josiah Carberry", None),
        ("date", "août 2001", "2001-08"),
        ("venue", "Annals of Psychoceramics", None),
        ("identifier", "10.5555/pots", "doi:10.5555/pots"),
        ("identifier", "11452104", "pmid:11452104"),
    ]
    title = record.first("title")
    assert title is not None
    assert (title.path, title.line) == ("$[0].data.title", 11)
    assert {f.path: f.line for f in record.all("other")}["$[0].data.journalAbbreviation"] == 15


@pytest.mark.parametrize("creator", ["presenter", "programmer", "inventor", "author"])
def test_who_made_the_work_is_its_author(creator: str) -> None:
    (record,), _ = rows([{"itemType": "x", "title": "T", "creators": [{"creatorType": creator, "lastName": "L", "firstName": "F"}]}])
    assert facts(record, "author") == [("author", "F L", None)]


def test_creators_who_are_texts_or_more_than_are_named() -> None:
    creators = ["Lovelace, Ada", {"creatorType": "author", "firstName": "Bo", "lastName": "Pot"}, {"creatorType": "author", "name": "others"}]
    (record,), problems = rows([{"itemType": "x", "title": "T", "creators": creators, "archiveID": "arXiv:2401.01234", "number": "7"}])
    assert problems == []
    assert facts(record, "author", "et_al", "arxiv_id") == [
        ("author", "Ada Lovelace", None), ("author", "Bo Pot", None), ("et_al", "others", None), ("arxiv_id", "arXiv:2401.01234", "2401.01234"),
    ]  # fmt: skip


def test_wrong_types_and_empty_creators() -> None:
    (record,), problems = rows([{
        "itemType": "book", "title": ["T"], "creators": [7, {"creatorType": "author"}, {"creatorType": "author", "lastName": [1, {}]}],
        "date": {"a": 1}, "tags": [5, {"tag": None}, "k"], "DOI": 3, "extra": ["PMID: 1"],
    }])  # fmt: skip
    assert facts(record, "title", "author", "keyword", "identifier") == [
        ("title", "T", None), ("keyword", "k", None), ("identifier", "1", "pmid:1"),
    ]  # fmt: skip
    assert {"[7]", "[1, {}]", '{"a": 1}', "[5]", "3"} <= {f.text for f in record.all("other")}
    assert [p.severity for p in problems] == ["warning"] * 3


def test_what_is_no_item_is_reported() -> None:
    records, problems = rows('[\n{"itemType": "book", "title": "T"},\n17,\n{"title": "no type"},\n{"itemType": "note", "note": "n"}\n]')
    assert len(records) == 1
    assert [(p.line, p.what) for p in problems] == [(3, "no Zotero item at $[1]"), (4, "no Zotero item at $[2]")]
    assert rows({"config": {"label": "BetterBibTeX JSON"}, "items": []}) == ([], [])
    with pytest.raises(UnreadableError) as error:
        rows('[{"itemType": "book",\n"title": "T"')
    assert error.value.line == 2


def test_many_authors() -> None:
    creators = [{"creatorType": "author", "lastName": f"L{i}", "firstName": "A."} for i in range(3000)]
    (record,), _ = rows([{"itemType": "book", "creators": creators}])
    assert facts(record, "author")[2999] == ("author", "A. L2999", None)


@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("2014-12-31/2015-01-01", "2014-12-31"), ("2011-05-25~/2012-06-26~", "2011-05-25"), ("2014-12-31/", "2014-12-31"), ("2011-05~", "2011-05"),
        ("2017-24~", "2017"), ("1998/03/05", "1998-03-05"), ("printemps 1985", "1985"), ("1998/2000", "1998"),
    ],
)  # fmt: skip
def test_periods_and_unsure_dates(date: str, value: str) -> None:
    (record,), problems = rows([{"itemType": "book", "title": "T", "date": date}])
    assert (facts(record, "date"), problems) == ([("date", date, value)], [])


@pytest.mark.parametrize(
    ("data", "score"),
    [
        ({"config": {"label": "BetterBibTeX JSON"}, "items": []}, 1.0),
        ([{"key": "A", "data": {"itemType": "book", "title": "T"}}], 0.9),
        ([{"itemType": "book", "title": "T"}], 0.9),
        ([{"itemType": 3, "title": "T"}], 0.0),
        ([{"type": "book", "title": "T"}], 0.0),
        ([{"text": '"label": "BetterBibTeX JSON"'}], 0.0),
        ("x", 0.0),
    ],
)
def test_sniff(data: Any, score: float) -> None:
    assert reader.sniff(json.dumps(data), "x.json") == score


def test_every_key_is_somewhere() -> None:
    for name, inner in (("betterbibtex.json", "items"), ("webapi.json", "")):
        data = json.loads((DATA / name).read_text())
        records, _ = read_sample(name)
        items = [item for item in (data[inner] if inner else [each["data"] for each in data]) if item["itemType"] not in {"attachment", "note"}]
        assert len(items) == len(records)
        for item, record in zip(items, records, strict=True):
            said = " ".join(f.path or "" for f in record.fields)
            assert [key for key, value in item.items() if value not in ("", [], {}) and f".{key}" not in said] == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["creatorType", "lastName", "name", "tag"]) | st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip
KEYS = st.sampled_from(["title", "creators", "date", "DOI", "url", "extra", "tags", "publicationTitle", "archiveID", "meta", "data", "x"])


@settings(max_examples=80, deadline=None)
@given(items=st.lists(st.dictionaries(KEYS, JSON, max_size=6), max_size=3), wrapped=st.booleans())
def test_any_object_is_survived(items: list[dict[str, Any]], wrapped: bool) -> None:
    data = [{"data": item | {"itemType": "book"}} if wrapped else item | {"itemType": "book"} for item in items]
    text = json.dumps(data)
    assert 0.0 <= reader.sniff(text[:HEAD], "x.json") <= 1.0
    records, _ = rows(text)
    assert len(records) == len(items)
    for record in records:
        assert all(f.of is None and f.path and f.path.startswith("$[") for f in record.fields)
