"""Lists of title, authors and abstract, known by the line of authors."""

import pytest

from kg.model import Document, Problem, Record
from kg.sources.title_list import read, sniff


def rows(text: str) -> tuple[list[list[tuple[str, str]]], list[int]]:
    found = list(read(Document.of_text(text, "x.txt", "d")))
    records = [[(f.name, f.text) for f in row.fields] for row in found if isinstance(row, Record)]
    return records, [row.line for row in found if isinstance(row, Problem)]


def test_papers() -> None:
    records, problems = rows(
        "One\n\nAda Example, Bo Other\n\nWe train.\n\nWe test.\n\nTwo Words\n\nA B\n\nThey train.\n"
    )
    assert records == [
        [
            ("title", "One"),
            ("author", "Ada Example"),
            ("author", "Bo Other"),
            ("abstract", "We train.\n\nWe test."),
        ],
        [("title", "Two Words"), ("author", "A B"), ("abstract", "They train.")],
    ]
    assert problems == []


def test_missing_parts_are_reported() -> None:
    records, problems = rows("My list\n\nOne thing\n\nAda Example\n\nTwo things\n\nBo Other\n\nThey train.\n")
    assert [record[0][1] for record in records] == ["One thing", "Two things"]
    assert problems == [1, 3]


@pytest.mark.parametrize(
    "text",
    [
        "Chapter One\n\nThe Beginning\n\nIt was late.\n",
        "It was late.\n\nShe went home.\n\nNobody knew.\n",
        "A Title\n\nAda Example\n",
        "A Title\n\nAda Example\n\nWe train.\n\nSome more prose here.\n\nAnd even more of it.\n\nThe end.\n",
        "A Title\nAda Example\nWe train.\n",
    ],
)
def test_prose_is_not_claimed(text: str) -> None:
    assert sniff(text, "x.txt") == 0.0
