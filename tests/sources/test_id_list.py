"""Lists of identifiers."""

import pytest

from kg.model import Document, Problem, Record
from kg.sources.id_list import read, sniff
from tests.sources.told import said, sample


def rows(text: str) -> list[Record | Problem]:
    return list(read(Document.of_text(text, "x.txt", "0" * 16)))


def test_identifiers_in_their_forms() -> None:
    found = list(read(sample("id_list/dois.txt")))
    records = [row for row in found if isinstance(row, Record)]
    assert [[field.value or field.text for field in record.fields] for record in records] == [
        ["doi:10.1000/jpm.2020.117"], ["doi:10.1000/jpm.2021.101", "the one on motors"], ["2105.01234"], ["2003.01234"], ["1902.03040"], ["doi:10.5555/quiet.1"], ["doi:10.5555/quiet.2"], ["pmid:30673547"],
    ]  # fmt: skip
    assert [record.line for record in records] == [2, 3, 4, 5, 6, 7, 7, 8]
    assert [row.line for row in found if isinstance(row, Problem)] == [1, 9]


def test_a_remark_is_kept() -> None:
    (record,) = [row for row in rows("10.1000/a (read this first)\n") if isinstance(row, Record)]
    assert said(record, "identifier", "other") == {"identifier": ["doi:10.1000/a"], "other": ["read this first)"]}


def test_what_is_commented_out_is_told_and_no_paper() -> None:
    record, problem = sorted(rows("10.1000/a\n# 10.1000/b\n"), key=lambda row: isinstance(row, Problem))
    assert isinstance(record, Record)
    assert said(record, "identifier") == {"identifier": ["doi:10.1000/a"]}
    assert isinstance(problem, Problem)
    assert (problem.line, problem.what) == (2, 'a comment, passed over: "# 10.1000/b"')


def test_identifiers_of_several_kinds_on_a_line_are_one_paper() -> None:
    (record,) = [row for row in rows("2105.01234 10.1000/a\n") if isinstance(row, Record)]
    assert said(record, "arxiv_id", "identifier") == {"arxiv_id": ["2105.01234"], "identifier": ["doi:10.1000/a"]}


@pytest.mark.parametrize(
    "text",
    [
        "10.5 kg of gravel\n12 apples\n", "30673547\n30673548\n", "https://github.com/a/b\nhttps://example.org\n", "0000-0002-1825-0097\n",
        "Whispering Gears in Large Rooms\nhttps://arxiv.org/abs/1902.03040\nPulses and Pauses of Engines\nhttps://doi.org/10.5555/pulse.1\n",
        "We studied how gears behave, see 10.1000/a for more.\n",
    ],
)  # fmt: skip
def test_what_is_no_list_of_identifiers(text: str) -> None:
    assert sniff(text, "x.txt") == 0.0
