"""The fields of one record: what goes in, what comes out, and what is said about it."""

import json
from typing import Any

import pytest
from hypothesis import given

from kg.model import Document, Field, Problem, Record
from kg.sources._entry import Entry
from kg.sources._json.value import Value
from tests.sources.provider_json import ANY_JSON

DOCUMENT = Document.of_text("x", "x.json", "0" * 16)


def entry(**more: Any) -> Entry:
    return Entry(DOCUMENT, 3, 7, "$[3]", **more)


def rows(made: Entry) -> tuple[Record, list[Problem]]:
    found = made.rows()
    record = next(found)
    assert isinstance(record, Record)
    return record, [row for row in found if isinstance(row, Problem)]


def test_fields_are_numbered_by_name() -> None:
    made = entry()
    assert [made.add("author", "Ada"), made.add("title", "T"), made.add("author", "Bruno"), made.add("author", " ")] == [0, 0, 1, None]
    assert made.add("affiliation", "Quarry", of=1, path="$[3].at") == 0
    record, problems = rows(made)
    assert record.fields == (
        Field("author", "Ada", 7, path="$[3]"), Field("title", "T", 7, path="$[3]"), Field("author", "Bruno", 7, path="$[3]", position=1),
        Field("affiliation", "Quarry", 7, path="$[3].at", of=1),
    )  # fmt: skip
    assert (record.ordinal, record.line, record.document, record.kind) == (3, 7, "0" * 16, "paper")
    assert problems == []
    assert made.has("author")
    assert not made.has("date")


def test_an_author_whose_name_says_so_is_a_group() -> None:
    made = entry()
    for name, value in [("ATLAS Collaboration", None), ("Gravel Contributors", None), ("Ada Team", "person"), ("Quarry", "group"), ("Ada", None)]:
        made.add("author", name, value)
    record, _ = rows(made)
    assert [field.value for field in record.fields] == ["group", "group", "person", "group", None]


def test_without_fields_there_is_no_record() -> None:
    made = entry()
    assert made.add("title", None) is None
    assert made.add("title", " \n") is None
    made.warn("odd", "look")
    made.skip("broken", "repair", 9)
    assert list(made.rows()) == [
        Problem("x.json", 7, "odd", "look", "warning"), Problem("x.json", 9, "broken", "repair", "error"),
    ]  # fmt: skip


def test_white_space_goes_unless_the_field_stands_verbatim() -> None:
    made = entry(start=0, end=9)
    made.add("title", " T\n")
    made.add("other", " T ", start=2, end=5)
    record, _ = rows(made)
    assert [(f.text, f.start, f.end) for f in record.fields] == [("T", None, None), (" T ", 2, 5)]
    assert (record.start, record.end) == (0, 9)


@pytest.mark.parametrize(
    ("name", "text", "value", "kept"),
    [
        ("title", "T", "T", None), ("author", "Team", "group", "group"), ("arxiv_id", "2205.06175", "2205.06175", None),
        ("title", "T", "", None), ("date", "2022-05-12", "2022-05-12", "2022-05-12"), ("date", "2022-02-30", None, None),
        ("identifier", "doi:10.5555/x", "doi:10.5555/x", "doi:10.5555/x"), ("reference", "s2:7", "s2:7", "s2:7"),
        ("author_id", "orcid:0", "", None),
    ],
)  # fmt: skip
def test_a_value_is_kept_where_it_says_more_than_the_text(name: str, text: str, value: str | None, kept: str | None) -> None:
    made = entry()
    made.add(name, text, value)
    assert rows(made)[0].fields[0].value == kept


@given(data=ANY_JSON)
def test_any_value_is_written_as_json_writes_it(data: Any) -> None:
    made = entry()
    position = made.add("other", data)
    if isinstance(data, str) or data is None:
        assert (position is None) == (not (data or "").strip())
        return
    (field,), problems = rows(made)[0].fields, rows(made)[1]
    assert field.text == json.dumps(data, ensure_ascii=False)
    assert problems == []


def test_half_characters_are_replaced_and_told() -> None:
    made = entry()
    made.add("title", "a\ud800b", start=0, end=3)
    record, problems = rows(made)
    assert (record.fields[0].text, record.fields[0].start) == ("a\ufffdb", None)
    assert [(p.what, p.severity) for p in problems] == [("half a character (a lone surrogate) in the title", "warning")]


def test_too_deep_a_value_is_reported() -> None:
    deep: list[Any] = []
    for _ in range(200_000):
        deep = [deep]
    made = entry()
    assert made.add("other", deep) is None
    assert list(made.rows()) == [Problem("x.json", 7, "nested too deep to be kept as other", "flatten it")]
    while deep:
        deep = deep.pop()


def test_lines_are_those_of_the_paths() -> None:
    value = Value({"title": "T", "tags": ["a"]}, "$[3]", 7, '{\n"title":\n"T", "tags": [\n"a"]}')
    made = entry(line_of=value.line_of)
    made.add("title", "T", path="$[3].title")
    made.add("keyword", "a", path="$[3].tags[0]")
    made.add("other", "x")
    made.add("other", "y", path="$[3].title", line=99)
    record, _ = rows(made)
    assert [field.line for field in record.fields] == [9, 10, 7, 99]
    assert made.line_at("$[3].tags[0]") == 10
    assert entry().line_at("$[3].title") == 7


def test_the_rest_of_an_object() -> None:
    value = Value({"title": "T", "a": 0, "b": None, "c": "", "d": [], "e": {}, "f": False, "g": [1]}, "$[3]", 7)
    made = entry()
    made.add_rest(value, {"title"})
    assert [(f.path, f.text) for f in rows(made)[0].fields] == [("$[3].a", "0"), ("$[3].f", "false"), ("$[3].g", "[1]")]
