"""Notes of OpenReview in both versions of its API: whose profile is whose, what is a paper, and that nothing gets lost."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import decode
from kg.sources.openreview_notes import read, sniff

SAMPLES = Path(__file__).parents[1] / "data" / "sources" / "openreview_notes"


def run(data: Any, name: str = "notes.json", indent: int | None = 1) -> tuple[list[Record], list[Problem]]:
    """Return what is read from notes."""
    rows = list(read(Document.of_text(json.dumps(data, indent=indent), name)))
    return [row for row in rows if isinstance(row, Record)], [row for row in rows if isinstance(row, Problem)]


def note(**content: Any) -> dict[str, Any]:
    """Return a paper's note with `content` beside a title."""
    return {
        "id": "05T81ScPFb", "forum": "05T81ScPFb", "cdate": 1652400000000, "readers": ["everyone"], "signatures": ["X"],
        "content": {"title": "Kettles", **content},
    }  # fmt: skip


def one(**content: Any) -> tuple[Record, list[Problem]]:
    (record,), problems = run({"notes": [note(**content)]})
    return record, problems


def fields(record: Record, *names: str) -> list[tuple[str, str, str | None]]:
    return [(field.name, field.text, field.value) for field in record.fields if field.name in names]


def sample(name: str) -> tuple[list[Record], list[Problem]]:
    document = decode((SAMPLES / name).read_bytes(), name)
    assert isinstance(document, Document)
    rows = list(read(document))
    return [row for row in rows if isinstance(row, Record)], [row for row in rows if isinstance(row, Problem)]


def test_version_1() -> None:
    (record,), problems = sample("api1.json")
    assert [(field.name, field.text, field.value, field.of, field.line) for field in record.fields if field.name != "other"] == [
        ("title", "Searching for Quieter Kettles & Pots", None, None, 16),
        ("abstract", "We search for kettles with x2 less noise.", None, None, 17),
        ("author", "Ada Lovelace", None, None, 18),
        ("author_id", "~Ada_Lovelace1", "openreview:~Ada_Lovelace1", 0, 19),
        ("author", "Jean E. Sammet", None, None, 18),
        ("author", "Mary Shaw", None, None, 18),
        ("author_id", "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 2, 19),
        ("keyword", "kettles", None, None, 20),
        ("keyword", "architecture search", None, None, 20),
        ("venue", "ICLR 2018 Poster", None, None, 22),
        ("url", "/pdf/1234abcd.pdf", "https://openreview.net/pdf/1234abcd.pdf", None, 24),
        ("identifier", "SkBYYyZRZ", "openreview:SkBYYyZRZ", None, 4),
        ("date", "2018", "2018", None, 25),
    ]
    assert "jean@example.org" in [field.text for field in record.all("other")]
    assert {field.path for field in record.all("other")} >= {"$.notes[0].content.TL;DR", "$.notes[0].cdate", "$.notes[0].original"}
    assert [problem.line for problem in problems] == [28]
    assert "replies (reviews, decisions, comments)" in problems[0].what


def test_version_2() -> None:
    (record, blind), problems = sample("api2.jsonl")
    assert problems == []
    assert [(field.name, field.text, field.value, field.path) for field in record.fields if field.name not in {"other", "title"}] == [
        ("author", "Ada Lovelace", None, "$.content.authors.value[0]"),
        ("author_id", "~Ada_Lovelace1", "openreview:~Ada_Lovelace1", "$.content.authorids.value[0]"),
        ("author", "Jean E. Sammet", None, "$.content.authors.value[1]"),
        ("author_id", "~Jean_E._Sammet2", "openreview:~Jean_E._Sammet2", "$.content.authorids.value[1]"),
        ("keyword", "kettles", None, "$.content.keywords.value[0]"),
        ("keyword", "sound", None, "$.content.keywords.value[1]"),
        ("abstract", "They whistle when hot.", None, "$.content.abstract.value"),
        ("venue", "ICLR 2024 oral", None, "$.content.venue.value"),
        ("category", "applications to physical sciences", None, "$.content.primary_area.value"),
        ("url", "/pdf/77aa.pdf", "https://openreview.net/pdf/77aa.pdf", "$.content.pdf.value"),
        ("identifier", "05T81ScPFb", "openreview:05T81ScPFb", "$.id"),
        ("date", "1704067200000", "2024-01-01", "$.pdate"),
    ]
    assert fields(blind, "author", "author_id", "venue") == []
    assert {"Submitted to X 2025", '["Anonymous"]', '["X.cc/2025/Submission8/Authors"]'} <= {field.text for field in blind.all("other")}


def test_profiles_that_are_not_one_for_each_author() -> None:
    record, problems = one(authors=["Ada Lovelace", "Jean Sammet"], authorids=["~Ada_Lovelace1"])
    assert fields(record, "author", "author_id") == [("author", "Ada Lovelace", None), ("author", "Jean Sammet", None)]
    assert '["~Ada_Lovelace1"]' in [field.text for field in record.all("other")]
    assert [(problem.line, problem.what) for problem in problems] == [(15, "2 authors but 1 authorids, kept apart")]


def test_authors_with_their_institutions() -> None:
    people = [
        {"fullname": "Ada Lovelace", "username": "~Ada_Lovelace1", "institutions": [{"name": "Oxford", "domain": "ox.ac.uk", "country": "UK", "city": "Oxford"}]},
        {"fullname": "Gemma Team", "institutions": ["Google"]},
    ]
    record, _ = one(authors={"value": people})
    assert [(field.name, field.text, field.value, field.of) for field in record.fields if field.of is not None or field.name == "author"] == [
        ("author", "Ada Lovelace", None, None), ("author_id", "~Ada_Lovelace1", "openreview:~Ada_Lovelace1", 0),
        ("affiliation", "Oxford", None, 0), ("author", "Gemma Team", "group", None), ("affiliation", "Google", None, 1),
    ]  # fmt: skip
    assert [field.text for field in record.all("other")][:3] == ["ox.ac.uk", "UK", "Oxford"]


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [("a; b, c", ["a", "b, c"]), ("a, b", ["a", "b"]), (["a, b", "c"], ["a, b", "c"]), (["a", 5], [])],
)
def test_keywords(keywords: Any, expected: list[str]) -> None:
    assert [text for _, text, _ in fields(one(keywords=keywords)[0], "keyword")] == expected


@pytest.mark.parametrize("venue", ["Submitted to ICLR 2025", "ICLR 2025 Conference Withdrawn Submission", "X 2024 Desk Rejected"])
def test_where_a_paper_did_not_appear_is_no_venue(venue: str) -> None:
    record, _ = one(venue=venue, _bibtex="@misc{x, year={2025}, title={Kettles}}")
    assert record.first("venue") is None
    assert venue in [field.text for field in record.all("other")]


def test_embedded_bibtex_gives_venue_and_identifier() -> None:
    record, _ = one(_bibtex="@article{x, journal={Trans. of {ML}}, year={2023}, doi={10.1000/X}, title={Kettles}}")
    assert fields(record, "venue", "identifier", "date") == [
        ("venue", "Trans. of ML", None), ("identifier", "10.1000/X", "doi:10.1000/x"),
        ("identifier", "05T81ScPFb", "openreview:05T81ScPFb"), ("date", "2023", "2023"),
    ]  # fmt: skip


def test_times() -> None:
    (record,), _ = run([{**note(), "cdate": 951782400000}])
    day = datetime.fromtimestamp(951782400, UTC).date().isoformat()
    assert fields(record, "date") == [("date", "951782400000", day)]
    (record,), problems = run([{**note(), "cdate": 10**20}])
    assert fields(record, "date") == [("date", "100000000000000000000", None)]
    assert [problem.what for problem in problems] == ["no time: 100000000000000000000"]


def test_what_is_no_paper() -> None:
    notes = [note(), {**note(), "replyto": "x"}, {**note(), "forum": "y"}, {**note(), "ddate": 5}, {**note(), "content": {"x": 1}}, 7, {}]
    records, problems = run({"notes": notes})
    assert len(records) == 1
    parts = ["$.notes[5] is a number", "$.notes[6] is empty", "replies", "notes that were deleted", "notes without a title"]
    assert len(problems) == len(parts)
    assert all(part in problem.what for part, problem in zip(parts, problems, strict=True))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["~A_B1", "/pdf/x", "Anonymous", "a;b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["value", "name", "fullname", "username", "institutions"]), inner, max_size=3),
    max_leaves=6,
)
CONTENT = st.dictionaries(
    st.sampled_from(["title", "authors", "authorids", "abstract", "keywords", "venue", "pdf", "_bibtex", "primary_area", "x"]), JSON, max_size=8
)


@settings(max_examples=150, deadline=None)
@given(content=CONTENT, outer=st.dictionaries(st.sampled_from(["id", "forum", "cdate", "pdate", "x"]), JSON, max_size=4))
def test_any_note_is_survived_and_nothing_lost(content: dict[str, Any], outer: dict[str, Any]) -> None:
    records, _ = run([{**outer, "replyto": None, "ddate": None, "content": content}])
    if not records:
        return
    paths = [field.path or "" for field in records[0].fields]
    for key, held in content.items():
        if held not in (None, "", [], {}) and says(held):
            assert any(path.startswith(f"$[0].content.{key}") for path in paths), key


def says(value: Any) -> bool:
    """Tell whether there is any text or number in a value."""
    if isinstance(value, dict | list):
        return any(says(each) for each in (value.values() if isinstance(value, dict) else value))
    return value is not None and (not isinstance(value, str) or bool(value.strip())) and value is not False and value != 0


def test_notes_without_what_stands_beside_their_content() -> None:
    bare = [{"id": "05T81ScPFb", "forum": "05T81ScPFb", "content": {key: {"value": "x"} for key in ("title", "venue")}}]
    assert sniff(json.dumps({"notes": bare}), "x.json") == sniff(json.dumps(bare), "x.json") == 0.9


def test_sniff_knows_other_json() -> None:
    assert sniff('[{"title": "T", "authors": ["A"]}]', "x.json") == 0.0
    assert sniff('[{"content": {"title": "T"}, "id": "x"}]', "x.json") == sniff("", "x") == 0.0
    for path in SAMPLES.iterdir():
        assert sniff(path.read_text(), path.name) == 0.9
