"""A title is read ahead of its abstract, and what is found there goes back to the field it stands in."""

from kg.extract.passages import passages
from kg.model import Candidate, Field


def fields(*texts: str) -> list[Field]:
    return [Field(name, text, 1) for name, _, text in (each.partition("=") for each in texts)]


def name(start: int, end: int) -> Candidate:
    return Candidate(start, end, "method", 0.5, "x")


def test_a_title_is_the_first_sentence_of_its_abstract() -> None:
    assert [(p.text, p.parts, p.title) for p in passages(fields("title=On nuts", "abstract=Nuts."))] == [("On nuts. Nuts.", ((0, 0), (1, 9)), 7)]
    assert [p.text for p in passages(fields("abstract=Nuts.", "title=Why nuts?"))] == ["Why nuts? Nuts."]


def test_more_titles_and_abstracts_are_read_by_themselves() -> None:
    read = passages(fields("title=A", "abstract=B", "title=C", "abstract=D"))
    assert [(p.text, p.parts) for p in read] == [("A. B", ((0, 0), (1, 3))), ("C", ((2, 0),)), ("D", ((3, 0),))]
    assert [p.title for p in read] == [1, 1, 0]


def test_an_empty_title_is_not_ahead_of_anything() -> None:
    assert [p.text for p in passages(fields("title= ", "abstract=Nuts."))] == [" ", "Nuts."]


def test_a_title_alone_in_another_language_is_not_read() -> None:
    assert passages(fields("title=Die Sortierung der Nüsse")) == []
    assert [p.text for p in passages(fields("title=Die Nuss und der Baum", "abstract=Nuts."))] == ["Die Nuss und der Baum. Nuts."]


def test_what_is_found_goes_back_to_its_field() -> None:
    (read,) = passages(fields("title=On nuts", "abstract=Nuts and nuts."))
    found = [[name(3, 7)], [name(0, 4), name(9, 13)]]
    assert [read.text[c.start : c.end] for c in read.joined(found)] == ["nuts", "Nuts", "nuts"]
    assert read.parted(read.joined(found)) == list(enumerate(found))
    assert read.parted([name(3, 12)]) == [(0, []), (1, [])]
