"""Records as `kg read` prints them."""

import json

from kg.model import Document, Field, Record
from kg.sources import author_page
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
    assert found["abstract"] == {"text": "See https://a.org", "start": None, "end": None}
    assert [url["field"] for url in found["urls"]] == ["abstract", None]
