"""From bytes to records: decoding, recognising, and what happens when neither is possible."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import decode, read, recognise


def decoded(data: bytes) -> Document:
    found = decode(data, "x.txt")
    assert isinstance(found, Document)
    return found


def refused(data: bytes) -> Problem:
    found = decode(data, "x.txt")
    problem = next(iter(read(found))) if isinstance(found, Document) else found
    assert isinstance(problem, Problem)
    found = problem
    assert found.document == "x.txt"
    assert found.severity == "error"
    return found


def test_document_is_known_by_its_bytes() -> None:
    data = "é\r\nb".encode()
    found = decoded(data)
    assert found.text == "é\r\nb"
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    assert (found.id, found.size, found.name) == (found.sha256[:16], 5, "x.txt")


def test_byte_order_mark_is_no_text() -> None:
    assert decoded(b"\xef\xbb\xbfAbstract:x").text == "Abstract:x"


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"caf\xe9", 1, "not UTF-8 at byte 3"),
        (b"a\r\nb\rc\n\xc3", 4, "not UTF-8 at byte 7"),
        (b"\xef\xbb\xbfa\xff", 1, "not UTF-8 at byte 4"),
        (b"a\xed\xa0\x80b", 1, "not UTF-8 at byte 1"),
        (b"a\xc0\xafb", 1, "not UTF-8 at byte 1"),
        ("Abstract".encode("utf-16"), 1, "not UTF-8 at byte 0 (looks like UTF-16)"),
        ("Abstract".encode("utf-16-be"), 1, "not UTF-8 at byte 0 (looks like UTF-16)"),
        (b"\x89PNG\r\n\x1a\n123", 1, "binary, not text (PNG image)"),
        (b"PK\x03\x04abc", 1, "binary, not text (ZIP archive or office document)"),
        (b"ab\x00\x00\x00\x00cd", 1, "binary, not text (many NUL bytes)"),
        (bytes(range(1, 256)), 1, "binary, not text (many control characters)"),
        ("Käse ".encode("latin-1") * 20 + b"\x0c", 1, "not UTF-8 at byte 1"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, line: int, what: str) -> None:
    found = refused(data)
    assert (found.line, found.what) == (line, what)


def test_a_picture_is_not_to_be_saved_as_text() -> None:
    for head in (b"\xff\xd8\xff\xe0\x00\x10JFIF", b"II*\x00", bytes(range(1, 256))):
        assert "leave it out: pictures" in refused(head).todo


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data: bytes) -> None:
    found = decode(data, "x.txt")
    if isinstance(found, Document) and not found.flaw:
        assert found.text.encode() in {data, data.removeprefix(b"\xef\xbb\xbf")}


@pytest.mark.parametrize("data", [b"", b" \n\t\n", "\u3000\n".encode()])
def test_empty_file_is_a_warning(data: bytes) -> None:
    (problem,) = read(decoded(data))
    assert isinstance(problem, Problem)
    assert problem.severity == "warning"
    assert "no papers found" in problem.what


def test_unknown_shape_is_an_error() -> None:
    document = decoded(b"Just a sentence.\n")
    assert recognise(document) is None
    (problem,) = read(document)
    assert isinstance(problem, Problem)
    assert problem.severity == "error"


def test_control_characters_are_counted_and_kept() -> None:
    problem, record = read(decoded(b"Abstract:We use\x00 it\x1b.\n"))
    assert isinstance(problem, Problem)
    assert isinstance(record, Record)
    assert (problem.line, problem.severity) == (1, "warning")
    assert problem.what.startswith("2 control characters")
    assert record.fields[-1].text == "We use\x00 it\x1b."


def test_lists_of_two_shapes_in_one_file_are_reported() -> None:
    text = "CLJul 31, 2024\nA Title\n\nAda Example\n\nWe train.\n\nAbstract:We test.\nAbstract:We run.\n"
    record, problem = read(decoded(text.encode()))
    assert isinstance(record, Record)
    assert isinstance(problem, Problem)
    assert (problem.line, problem.severity) == (8, "warning")


@pytest.mark.parametrize(
    ("ending", "cut"),
    [("and the rest is gone whi", True), ("and all is told.", False), ("see https://example.org/a/b", False), ("is $3\\times 3$", False)],
)
def test_a_file_that_ends_in_the_middle_of_a_sentence_is_reported(ending: str, cut: bool) -> None:
    found = list(read(decoded(f"Abstract:We test a thing.\nAbstract:We test another, {ending}\n".encode())))
    assert [type(item) for item in found] == [Record, Record] + [Problem] * cut
    if isinstance(found[-1], Problem):
        assert (found[-1].line, found[-1].severity) == (2, "warning")
        assert "whi" in found[-1].what
