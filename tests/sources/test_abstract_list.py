"""Lists of labelled abstracts, one a line."""

import pytest

from kg.model import Document, Problem, Record
from kg.sources.abstract_list import read, sniff


def document(text: str) -> Document:
    return Document.of_text(text, "x.txt", "d")


def abstracts(text: str) -> list[str | None]:
    rows = [row for row in read(document(text)) if isinstance(row, Record)]
    return [field.text if (field := row.first("abstract")) else None for row in rows]


def problems(text: str) -> list[tuple[int, str]]:
    return [(row.line, row.what) for row in read(document(text)) if isinstance(row, Problem)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Abstract:We train.\nAbstract:We test.", ["We train.", "We test."]),
        ("Abstract:Abstract:Abstract:We train.\n", ["We train."]),
        ("ABSTRACT: We train.\n\nabstract : We test.\n", ["We train.", "We test."]),
        ("Abstract:We train\non two lines.\nAbstract:We test.", ["We train\non two lines.", "We test."]),
        ("Abstract:\n\nWe train.\n", ["We train."]),
        ("Abstract:We train.\u2028Abstract: is a word here.", ["We train.\u2028Abstract: is a word here."]),
        ("Abstract:the abstract: a word", ["the abstract: a word"]),
    ],
)
def test_abstracts(text: str, expected: list[str]) -> None:
    assert abstracts(text) == expected
    assert problems(text) == []
    assert sniff(text, "x.txt") > 0


def test_record_begins_at_its_label() -> None:
    first, second = read(document("Abstract: a b \r\n  Abstract:c"))
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert [(row.start, row.end, row.line, row.ordinal) for row in (first, second)] == [
        (0, 13, 1, 0),
        (18, 28, 2, 1),
    ]


def test_labels_without_a_text_are_reported_by_line() -> None:
    text = "Abstract:\nAbstract: \nAbstract:\u200b\n"
    assert abstracts(text) == []
    assert problems(text) == [(line, "a label without an abstract") for line in (1, 2, 3)]


def test_text_without_a_label_is_reported() -> None:
    text = "Papers of 2020\n\nAbstract:We train.\n\nPage 1\nof 2\n"
    assert abstracts(text) == ["We train."]
    assert [line for line, _ in problems(text)] == [1, 5]


def test_prose_with_a_labelled_paragraph_is_not_claimed() -> None:
    assert (
        sniff("A Title\n\nSome Names\n\nAbstract: We train.\n\nIntroduction\n\nLong text.\n", "x.txt") == 0.0
    )
