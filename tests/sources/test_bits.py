"""Books and chapters in BITS."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import bits, recognise
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

CHAPTER = sample("bits/chapter.xml")


def test_chapters() -> None:
    (first, second), problems = rows(bits, CHAPTER)
    assert problems == []
    assert (first.line, second.line) == (16, 32)
    assert [(f.name, f.text, f.value, f.line) for f in first.fields] == [
        ("identifier", "10.5555/book_1", "doi:10.5555/book_1", 17), ("title", "Why kettles sing: a study", None, 18), ("pages", "3-14", None, 24),
        ("abstract", "We boil.", None, 26), ("other", "Keywords", None, 27), ("keyword", "kettle", None, 27), ("author", "Ida Teapot", None, 20),
        ("affiliation", "Steam University, UK", None, 21), ("affiliation_id", "https://ror.org/05dxps055", "ror:05dxps055", 21), ("date", "28 12 2020", "2020-12-28", 23),
        ("reference", "On lids. doi:10.5555/lids", "doi:10.5555/lids", 29), ("other", "10.5555/book", None, 16),
        ("venue", "Proceedings of the Meeting on Kettles", None, 16), ("other", "Fox Eve", None, 16), ("other", "2020", None, 16),
        ("other", "978-3-16-148410-0", None, 16), ("publisher", "Steam Press", None, 16), ("other", "Boilington", None, 16),
    ]  # fmt: skip
    assert of(first, "affiliation") == [(0, "Steam University, UK", None)]
    assert fields(second, "title", "date", "venue") == [("Lids", None), ("Proceedings of the Meeting on Kettles", None), ("2020", "2020")]


def test_a_book_without_chapters() -> None:
    meta = "<book-meta><book-title-group><book-title>The lid</book-title></book-title-group><contrib-group><contrib><name><surname>A</surname></name></contrib></contrib-group></book-meta>"
    (record,), problems = rows(bits, f"<book>{meta}<book-body/><back><ref-list><ref><mixed-citation>Steam</mixed-citation></ref></ref-list></back></book>")
    assert problems == []
    assert fields(record, "title", "author", "reference") == [("The lid", None), ("A", None), ("Steam", None)]


def test_chapters_without_title_and_files_without_chapters() -> None:
    _, (problem,) = rows(bits, "<book><book-part><book-part-meta><fpage>1</fpage></book-part-meta></book-part></book>")
    assert problem.what == "a chapter (/book/book-part[1]) has no title"
    _, (problem,) = rows(bits, "<book/>")
    assert problem.what == "no papers found: there is no chapter in it"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(bits, "<!DOCTYPE book [<!ENTITY f SYSTEM 'f'>]><book><book-meta/></book>")
    with pytest.raises(UnreadableError):
        rows(bits, CHAPTER[:900])


@pytest.mark.parametrize(("head", "sure"), [(CHAPTER, 1.0), ("<book><book-part id='x'>", 1.0), ("<book><title>", 0.0), ("<article><book-meta>", 0.0), ("", 0.0)])
def test_sniff(head: str, sure: float) -> None:
    assert bits.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert recognise(Document.of_text(CHAPTER, "x.xml")) == "bits"
    assert texts(rows(bits, CHAPTER)[0][1], "other") == ["10.5555/book", "Fox Eve", "978-3-16-148410-0", "Boilington"]


@given(mangled(CHAPTER.replace(CHAPTER.split("\n")[1] + "\n", "")))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(bits, data)
