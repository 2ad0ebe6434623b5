"""JSON of people's own making: keys in any spelling, authors in any shape, papers anywhere in the file."""

import json
import tracemalloc
from collections.abc import Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import decode, recognise
from kg.sources.json_records import read, sniff

SAMPLES = Path(__file__).parents[1] / "data" / "sources" / "json_records"
HOSTILE = Path(__file__).parents[2].parent / "shared" / "hostile"


def run(data: Any, name: str = "papers.json", indent: int | None = 1) -> tuple[list[Record], list[Problem]]:
    """Return what is read from a JSON value."""
    return split(Document.of_text(json.dumps(data, indent=indent), name))


def split(document: Document) -> tuple[list[Record], list[Problem]]:
    rows = list(read(document))
    return [row for row in rows if isinstance(row, Record)], [row for row in rows if isinstance(row, Problem)]


def one(**paper: Any) -> tuple[Record, list[Problem]]:
    (record,), problems = run([{"title": "T", **paper}])
    return record, problems


def sample(name: str) -> tuple[list[Record], list[Problem]]:
    document = decode((SAMPLES / name).read_bytes(), name)
    assert isinstance(document, Document)
    assert recognise(document) == "json_records"
    return split(document)


def facts(record: Record) -> list[tuple[Any, ...]]:
    return [(field.name, field.text, field.value, field.of, field.line, field.path) for field in record.fields]


def texts(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def whats(problems: list[Problem]) -> list[str]:
    return [f"{problem.line}: {problem.what}" for problem in problems]


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
        ("other", "5", None, None), ("date", "2022-02-30", None, None),
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
        ("answer.json", [(1, "$.results[0]", "Plums", [], None)]),
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
        ([{"author": {"name": "x"}}], []),
        (["", None, "Ada Lovelace"], ["Ada Lovelace"]),
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
    record, problems = one(abstract=["x"], authors=5, year=[2020], url="javascript:kg()", venue={"a": 1, "b": 2})
    assert sorted(texts(record, "other")) == sorted(['["x"]', "5", "[2020]", "javascript:kg()", '{"a": 1, "b": 2}'])
    assert sorted(problem.what.partition(":")[0] for problem in problems) == [
        "$[0].abstract is a list, not a text", "$[0].authors is a number, not a list of authors",
        "$[0].url is no web address", "$[0].venue is an object, not a text", "$[0].year is a list, not a date",
    ]  # fmt: skip


def test_three_thousand_authors() -> None:
    record, _ = one(authors=[f"Ada Love{i}lace" for i in range(3000)], affiliations=[f"X{i}" for i in range(3000)])
    assert [field.of for field in record.all("affiliation")] == list(range(3000))


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
def test_nothing_is_lost(paper: dict[str, Any]) -> None:
    records, _ = run([{**paper, "title": "T"}])
    paths = [field.path or "" for field in records[0].fields]
    for key, held in paper.items():
        if says(held):
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
