"""Retracted and withdrawn papers: by which words sources say so, and what only looks like it."""

import pytest

from kg.graph.standing import signs
from kg.model import Field, Record
from tests.graph.corpus import record


def found(name: str, text: str, path: str | None = None) -> list[tuple[str, str, str]]:
    of = Record("d", 0, "paper", None, None, 1, (Field(name, text, 1, path=path),))
    return [(text[sign.start : sign.end], sign.status, sign.of) for sign in signs(of)]


@pytest.mark.parametrize(
    ("name", "text", "words", "status"),
    [
        ("title", "RETRACTED: On Tea", "RETRACTED:", "retracted"),
        ("title", "Retracted Article: On Tea", "Retracted Article:", "retracted"),
        ("title", "[RETRACTED] On Tea", "[RETRACTED]", "retracted"),
        ("title", "WITHDRAWN: On Tea", "WITHDRAWN:", "withdrawn"),
        ("title", "On Tea (Retracted article. See vol. 3, 2015)", "On Tea (Retracted article. See vol. 3, 2015)", "retracted"),
        ("type", "Retracted Publication", "Retracted Publication", "retracted"),
        ("venue", "Tea 2024 Conference Withdrawn Submission", "Tea 2024 Conference Withdrawn Submission", "withdrawn"),
        ("comment", "This paper has been withdrawn by the author", "This paper has been withdrawn", "withdrawn"),
        ("comment", "Withdrawn", "Withdrawn", "withdrawn"),
        ("abstract", "The article was retracted. Tea is ...", "The article was retracted", "retracted"),
    ],
)
def test_words_that_say_so(name: str, text: str, words: str, status: str) -> None:
    assert found(name, text) == [(words, status, "")]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", "Retracted Papers and Who Cites Them"), ("title", "Retraction Note: On Tea"), ("title", "The Withdrawn Child"),
        ("title", "Why Papers Are Retracted: A Survey"), ("type", "Retraction of Publication"), ("comment", "withdrawn from TEA 2019"),
        ("comment", "This paper was withdrawn from TEA 2019 and accepted at MUD"), ("abstract", "Cups were withdrawn. This paper has been read."),
    ],
)  # fmt: skip
def test_words_that_only_look_like_it(name: str, text: str) -> None:
    assert found(name, text) == []


@pytest.mark.parametrize("path", ["$[3].is_retracted", "tea.retracted", 'row 2, column "Retracted"', "$.isRetracted"])
def test_a_column_that_is_called_so(path: str) -> None:
    assert found("other", "TRUE", path) == [("TRUE", "retracted", "")]
    assert found("other", "FALSE", path) == []


def test_what_readers_have_fields_for() -> None:
    of = Record("d", 0, "paper", None, None, 1, (
        Field("status", "removal", 1, value="withdrawn"), Field("retracts", "10.1234/Old", 1, value="doi:10.1234/old"), Field("withdraws", "10.1234/x", 1, value="doi:10.1234/x"),
    ))  # fmt: skip
    assert [(sign.field.text[sign.start : sign.end], sign.status, sign.of) for sign in signs(of)] == [
        ("removal", "withdrawn", ""), ("10.1234/Old", "retracted", "doi:10.1234/old"), ("10.1234/x", "withdrawn", "doi:10.1234/x"),
    ]  # fmt: skip


def test_each_field_that_says_so_is_a_sign() -> None:
    of = record("d", ("title", "Retracted: Tea"), ("type", "Retracted Publication"), ("author", "Jane Doe"))
    assert [(sign.field.name, sign.status) for sign in signs(of)] == [("title", "retracted"), ("type", "retracted")]
