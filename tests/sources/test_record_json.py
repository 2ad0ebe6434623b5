"""Records as `kg read` prints them."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Field, Record
from kg.sources import author_page
from kg.sources._entry import Entry
from kg.sources.record_json import as_json, profile_json

TEXT = (
    "Ada Example\nh-index1,117\n\nCVJun 12, 2023Code\nA Title\n\nGemma Team, Ada Example et al. · mila\n\n"
    "See https://github.com/ a/b, extending arXiv:1804.01118.\n"
)
DOCUMENT = Document.of_text(TEXT, "x.txt", "d")


def place(text: str) -> dict[str, object]:
    start = TEXT.rindex(text)
    return {"text": text, "start": start, "end": start + len(text)}


def test_paper() -> None:
    _, record = author_page.read(DOCUMENT)
    assert isinstance(record, Record)
    assert as_json(record, DOCUMENT) == {
        "document": "x.txt",
        "ordinal": 0,
        "start": TEXT.index("CV"),
        "end": len(TEXT) - 1,
        "title": place("A Title"),
        "abstract": place(TEXT[TEXT.index("See") : -1]),
        "date": place("Jun 12, 2023") | {"value": "2023-06-12"},
        "category": place("CV"),
        "comment": None,
        "arxiv_id": None,
        "authors": [place("Gemma Team") | {"collective": True}, place("Ada Example")],
        "authors_truncated": True,
        "affiliations": [place("mila")],
        "code_flag": True,
        "urls": [
            place("https://github.com/ a/b") | {"normalized": "https://github.com/a/b", "field": "abstract"}
        ],
        "cited_arxiv_ids": [place("1804.01118")],
        "categories": [place("CV")],
        **dict.fromkeys(("version", "venue", "volume", "issue", "pages", "publisher", "type", "language")),
        **{name: [] for name in ("identifiers", "author_ids", "affiliation_ids", "keywords", "references", "other")},
    }


def test_profile() -> None:
    record, _ = author_page.read(DOCUMENT)
    assert isinstance(record, Record)
    found = profile_json(record, DOCUMENT)
    assert found["name"] == {"text": "Ada Example", "start": 0, "end": 11, "value": "Ada Example"}
    assert found["h_index"] == place("1,117") | {"value": "1117"}
    assert found["novelty"] is None
    json.dumps(found)


def test_encoded_fields_have_no_span() -> None:
    fields = (
        Field("abstract", "See https://a.org", 3, path="$[0].abstract"),
        Field("url", "https://a.org", 3, path="$[0].abstract"),
        Field("url", "https://b.org", 4, path="$[0].url"),
    )
    found = as_json(Record("d", 0, "paper", 0, 9, 1, fields), DOCUMENT)
    assert found["abstract"] == {
        "text": "See https://a.org", "start": None, "end": None, "line": 3, "path": "$[0].abstract",
    }  # fmt: skip
    assert [url["field"] for url in found["urls"]] == ["abstract", None]


def test_what_structured_files_say() -> None:
    places: dict[str, Any] = {"start": None, "end": None, "line": 2, "path": "$.x"}
    entry = Entry(DOCUMENT, 0, 2, "$.x")
    for name, text, value, of in [
        ("title", "Gravel", None, None), ("title", "Kies", None, None), ("date", "May 2022", "2022-05", None), ("date", "2023", None, None),
        ("category", "cs.CV", None, None), ("category", "cs.RO", None, None), ("author", "Ada Example", None, None),
        ("author", "The Quarry", "group", None), ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 0),
        ("affiliation", "Mila", None, 1), ("affiliation", "Somewhere", None, None), ("affiliation_id", "05x", None, 0),
        ("identifier", "10.1/x", "doi:10.1/x", None), ("venue", "Stones", None, None), ("keyword", "gravel", None, None),
        ("keyword", "robots", None, None), ("reference", "Moss, 1999", None, None), ("reference", "W1", "openalex:W1", None),
        ("version", "v2", None, None), ("other", "7", None, None),
    ]:  # fmt: skip
        entry.add(name, text, value, of=of)
    (record,) = entry.rows()
    assert isinstance(record, Record)
    found = as_json(record, DOCUMENT)
    assert found["title"] == {"text": "Gravel"} | places
    assert found["date"] == {"text": "May 2022", "value": "2022-05"} | places
    assert found["category"] == found["categories"][0]
    assert [each["text"] for each in found["categories"]] == ["cs.CV", "cs.RO"]
    assert found["authors"] == [{"text": "Ada Example"} | places, {"text": "The Quarry", "collective": True} | places]
    assert found["author_ids"] == [
        {"text": "0000-0002-1825-0097", "value": "orcid:0000-0002-1825-0097", "author": 0} | places
    ]
    assert found["affiliations"] == [{"text": "Mila", "author": 1} | places, {"text": "Somewhere"} | places]
    assert found["affiliation_ids"] == [{"text": "05x", "value": None, "affiliation": 0} | places]
    assert found["identifiers"] == [{"text": "10.1/x", "value": "doi:10.1/x"} | places]
    assert (found["venue"]["text"], found["version"]["text"], found["volume"]) == ("Stones", "v2", None)
    assert [each["text"] for each in found["keywords"]] == ["gravel", "robots"]
    assert [each["value"] for each in found["references"]] == [None, "openalex:W1"]
    assert found["other"] == [
        {"text": "Kies", "path": "$.x", "name": "title", "value": None},
        {"text": "2023", "path": "$.x", "name": "date", "value": None},
        {"text": "7", "path": "$.x"},
    ]
    json.dumps(found)


def test_an_identifier_that_stands_verbatim_has_span_and_path() -> None:
    field = Field("identifier", "10.1/x", 3, 7, 13, "doi:10.1/x", "row 2, column DOI")
    (found,) = as_json(Record("d", 0, "paper", 0, 9, 1, (field,)), DOCUMENT)["identifiers"]
    assert found == {"text": "10.1/x", "start": 7, "end": 13, "value": "doi:10.1/x", "path": "row 2, column DOI"}


def every_text(value: object) -> list[str]:
    if isinstance(value, dict):
        return [value["text"]] if "text" in value else [text for each in value.values() for text in every_text(each)]
    return [text for each in value for text in every_text(each)] if isinstance(value, list) else []


NAMES = [
    "title", "abstract", "date", "category", "comment", "url", "author", "affiliation", "author_id", "affiliation_id",
    "arxiv_id", "identifier", "version", "venue", "volume", "issue", "pages", "publisher", "type", "keyword", "language",
    "reference", "cited_arxiv_id", "other", "something_new",
]  # fmt: skip


@given(st.lists(st.sampled_from(NAMES), min_size=1))
def test_no_field_is_lost(names: list[str]) -> None:
    entry = Entry(DOCUMENT, 0, 1)
    for number, name in enumerate(names):
        entry.add(name, f"text {number}")
    (record,) = entry.rows()
    assert isinstance(record, Record)
    assert set(every_text(as_json(record, DOCUMENT))) == {f"text {number}" for number in range(len(names))}
