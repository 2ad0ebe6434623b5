"""Abstracts that end in their arXiv id, apart or glued together."""

import pytest

from kg.model import Document, Problem, Record
from kg.sources.arxiv_listing import read, sniff

Row = tuple[str | None, str | None, str | None, str | None]


def rows(text: str) -> tuple[list[Record], list[Problem]]:
    found = list(read(Document.of_text(text, "x.txt", "d")))
    return [row for row in found if isinstance(row, Record)], [
        row for row in found if isinstance(row, Problem)
    ]


def facts(text: str) -> list[Row]:
    def of(record: Record, name: str) -> str | None:
        field = record.first(name)
        return None if field is None else field.value or field.text

    return [
        (of(record, "abstract"), of(record, "comment"), of(record, "arxiv_id"), of(record, "date"))
        for record in rows(text)[0]
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A b.\n\narXiv:2205.06175\nCreated: 2022-05-12\n", [("A b.", None, "2205.06175", "2022-05-12")]),
        ("A b.\n\n9 pages\n\narXiv:2205.06175\nCreated: 2022-05-12", [("A b.", "9 pages", "2205.06175", "2022-05-12")]),
        (
            "A b.\n\narXiv:2205.06175\nCreated: 2022-05-12\n\nC d.\n\narXiv:hep-th/9901001\nCreated: 1999-01-01\n",
            [("A b.", None, "2205.06175", "2022-05-12"), ("C d.", None, "hep-th/9901001", "1999-01-01")],
        ),
        ("Abstract: A b.\n\narXiv: 2205.06175v2\n\nCreated: 2022-05-12", [("A b.", None, "2205.06175", "2022-05-12")]),
        ("A b.\narXiv:2403.05530C d.\narXiv:1412.6980", [("A b.", None, "2403.05530", None), ("C d.", None, "1412.6980", None)]),
        ("A b.\nICLR 2023\narXiv:2403.055303D d.\narXiv:1412.69802D", [
            ("A b.", "ICLR 2023", "2403.05530", None), ("3D d.", None, "1412.6980", None), ("2D", None, None, None)]),
        ("A b.arXiv:2403.05530.c dearXiv:2403.05531\n", [("A b.", None, "2403.05530", None), (".c de", None, "2403.05531", None)]),
        ("A b.\n\narXiv:2205.06175\n\nC d.\n\narXiv:2205.06176\n", [("A b.", None, "2205.06175", None), ("C d.", None, "2205.06176", None)]),
        ("A\nwrapped, see\narXiv:1804.01118. Then\nmore.\n\narXiv:2205.06175\n", [
            ("A\nwrapped, see\narXiv:1804.01118. Then\nmore.", None, "2205.06175", None)]),
        ("A b (arXiv:1804.01118).\narXiv:2205.06175 C d.\narXiv:2205.06176", [
            ("A b (arXiv:1804.01118).", None, "2205.06175", None), ("C d.", None, "2205.06176", None)]),
    ],
)  # fmt: skip
def test_papers(text: str, expected: list[Row]) -> None:
    assert facts(text) == expected
    assert sniff(text, "x.txt") > 0.5


def test_spans_of_both_shapes() -> None:
    (apart, *_), _ = rows("A b.\n\narXiv:2205.06175\nCreated: 2022-05-12\n")
    assert (apart.start, apart.end) == (0, 42)
    (glued, second), _ = rows("A b.\narXiv:2403.055303D d.\narXiv:1412.6980\n")
    assert (glued.start, glued.end, second.start, second.end) == (0, 21, 21, 42)


def test_id_in_the_text_is_cited_never_the_papers_own() -> None:
    (record,), problems = rows(
        "A b (extending arXiv:1804.01118).\n\nv2; see arXiv:1804.01119\n\narXiv:2205.06175\n"
    )
    assert [field.text for field in record.all("cited_arxiv_id")] == ["1804.01118", "1804.01119"]
    assert [field.text for field in record.all("arxiv_id")] == ["2205.06175"]
    assert problems == []


def test_category_in_brackets() -> None:
    (record,), problems = rows("A b.\n\narXiv:2205.06175 [cs.AI]\nCreated: 2022-05-12\n")
    assert [field.name for field in record.fields] == ["abstract", "arxiv_id", "category", "date"]
    assert problems == []


@pytest.mark.parametrize(
    "bad", ["9999.99999v99", "2205.06175> . <http://evil/s>", "1412.12345", "none", "２２０５.０６１７５"]
)
def test_wrong_id_is_reported_and_the_paper_kept(bad: str) -> None:
    text = f"A b.\n\narXiv:{bad}\nCreated: 2022-05-12\n\nC d.\n\narXiv:2205.06175\nCreated: 2022-05-12\n"
    _, problems = rows(text)
    assert facts(text) == [("A b.", None, None, "2022-05-12"), ("C d.", None, "2205.06175", "2022-05-12")]
    assert [(problem.line, problem.severity) for problem in problems] == [(3, "warning")]


def test_wrong_id_in_glued_text_still_ends_the_paper() -> None:
    text = "A b.\narXiv:2413.05530Many c.\narXiv:2205.06175"
    assert facts(text) == [("A b.", None, None, None), ("Many c.", None, "2205.06175", None)]
    assert [problem.line for problem in rows(text)[1]] == [2]


@pytest.mark.parametrize("bad", ["2022-02-30", "0000-13-45", "99999999999-01-01", "٢٠٢٢-٠٥-١٢", "yesterday"])
def test_wrong_date_is_reported_and_the_paper_kept(bad: str) -> None:
    text = f"A b.\n\narXiv:2205.06175\nCreated: {bad}\n"
    assert facts(text) == [("A b.", None, "2205.06175", None)]
    assert [problem.line for problem in rows(text)[1]] == [4]


@pytest.mark.parametrize(
    ("text", "expected", "lines"),
    [
        ("A b.\n\narXiv:2205.06175\nCreated: 2022-05-12\n\nC d is cut", 2, [6]),
        ("arXiv:2205.06175\nCreated: 2022-05-12\n", 1, [1]),
        ("A b.\n\nCreated: 2022-05-12\n\nC d.\n\narXiv:2205.06175\nCreated: 2022-05-12\n", 2, [3]),
    ],
)
def test_parts_that_are_missing_are_reported(text: str, expected: int, lines: list[int]) -> None:
    records, problems = rows(text)
    assert len(records) == expected
    assert [problem.line for problem in problems] == lines


def test_comment_stands_apart_from_a_wrapped_abstract() -> None:
    wrapped = "We train a model\non data. It works\nas hoped.\nIt is small."
    assert facts(f"{wrapped}\n\nTo appear in X\n\narXiv:2205.06175") == [
        (wrapped, "To appear in X", "2205.06175", None)
    ]
    assert facts(f"{wrapped}\narXiv:2205.06175") == [(wrapped, None, "2205.06175", None)]


def test_last_paragraph_of_an_abstract_is_no_comment() -> None:
    last = "In the second part we " + "say much more " * 20 + "about it."
    assert facts(f"A b.\n\n{last}\n\narXiv:2205.06175") == [(f"A b.\n\n{last}", None, "2205.06175", None)]


@pytest.mark.parametrize(
    "text", ["We extend arXiv:1804.01118 here.", "Created: 2022-05-12\n\nA note.", "(arXiv:1804.01118)"]
)
def test_prose_with_an_id_is_not_claimed(text: str) -> None:
    assert sniff(text, "x.txt") == 0.0


def test_wrapped_line_that_begins_like_a_comment_is_none() -> None:
    text = "We train a model and release the\ncode with it."
    assert facts(f"{text}\narXiv:2205.06175") == [(text, None, "2205.06175", None)]


def test_a_line_that_was_refused_whole_has_no_second_mark_in_it() -> None:
    records, problems = rows("We count.\n\narXiv:2413.99999arXiv:2205.06175")
    assert [(record.start, record.end) for record in records] == [(0, 43)]
    assert [problem.what for problem in problems] == ['no arXiv id: "2413.99999arXiv:2205.06175"']
