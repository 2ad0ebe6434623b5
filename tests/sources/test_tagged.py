"""What all formats of lines with tags keep: bytes, line ends, memory, time, and that each takes its own files only."""

import io
import tracemalloc

import pytest

from kg.model import Document, Problem, Record
from kg.sources import HEAD, decode, endnote_tagged, examine, medline, read, readers, recognise, ris, wos_text
from tests.growth import assert_linear
from tests.sources.tagged import document, papers, texts

FORMS = {
    "medline": "PMID- 1\nTI  - {title}\nFAU - Lovelace, Ada\nAU  - Lovelace A\nAD  - Univ X, Oslo.\nDP  - 2021 Mar 3\nAB  - {abstract}\n\n",
    "wos_text": "PT J\nAU Lovelace, A\nAF Lovelace, Ada\nTI {title}\nC1 [Lovelace, Ada] Univ X, Oslo.\nAB {abstract}\nCR X, 1999, Y\n   Z, 2000, W\nPY 2021\nER\n\n",
    "endnote_tagged": "%0 Journal Article\n%T {title}\n%A Lovelace, Ada\n%+ Univ X, Oslo, Norway\n%X {abstract}\n%D 2021\n\n",
    "ris": "TY  - JOUR\nTI  - {title}\nAU  - Lovelace, Ada\nAD  - Univ X, Oslo, Norway\nAB  - {abstract}\nPY  - 2021\nER  - \n\n",
}
READERS = {"medline": medline, "wos_text": wos_text, "endnote_tagged": endnote_tagged, "ris": ris}


def record(name: str, title: str = "Café of looms", abstract: str = "We weave.") -> str:
    return FORMS[name].format(title=title, abstract=abstract)


def whole(name: str, count: int = 1) -> str:
    return record(name) * count + ("EF\n" if name == "wos_text" else "")


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("path", ["x.txt", "x.ris", "x.nbib", "x.enw", "savedrecs.txt", "x.csv", "x.bib", "x"])
def test_each_takes_its_own_whatever_the_file_is_called(name: str, path: str) -> None:
    text = whole(name, 2)
    scores = {other: reader.sniff(text[:HEAD], path) for other, reader in readers().items()}
    own = scores.pop(name)
    assert own >= 0.9
    assert max(scores.values()) <= 0.3
    assert recognise(Document.of_text(text, path)) == name


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_change_nothing(name: str, line_end: str, mark: str) -> None:
    def facts(text: str) -> list[tuple[str, str, int, int | None]]:
        return [(f.name, f.text, f.line, f.of) for row in papers(READERS[name], text) for f in row.fields]

    assert facts(mark + whole(name, 2).replace("\n", line_end)) == facts(whole(name, 2))
    found = decode((mark + whole(name, 2).replace("\n", line_end)).encode(), "x")
    assert isinstance(found, Document)
    assert [texts(row, "title") for row in read(found) if isinstance(row, Record)] == [["Café of looms"]] * 2


@pytest.mark.parametrize("name", FORMS)
def test_latin_1_is_refused_unless_it_is_said(name: str) -> None:
    data = whole(name).encode("latin-1")
    bad = decode(data, "x")
    assert isinstance(bad, Document)
    (problem,) = read(bad)
    assert isinstance(problem, Problem)
    assert problem.line == whole(name)[: whole(name).index("é")].count("\n") + 1
    told = examine(lambda: io.BytesIO(data), "x", "latin-1")
    assert isinstance(told, Document)
    (found,) = read(told)
    assert isinstance(found, Record)
    assert texts(found, "title") == ["Café of looms"]


@pytest.mark.parametrize("name", FORMS)
def test_utf_16_is_refused_unless_it_is_said(name: str) -> None:
    data = whole(name).encode("utf-16")
    bad = decode(data, "x")
    problem = next(iter(read(bad))) if isinstance(bad, Document) else bad
    assert isinstance(problem, Problem)
    told = examine(lambda: io.BytesIO(data), "x", "utf-16")
    assert isinstance(told, Document)
    assert [texts(row, "title") for row in read(told) if isinstance(row, Record)] == [["Café of looms"]]


@pytest.mark.parametrize("name", FORMS)
def test_memory_does_not_grow_with_the_file(name: str) -> None:
    data = (record(name, abstract="words and " * 400) * 1_000).encode()
    found = examine(lambda: io.BytesIO(data), "big")
    assert isinstance(found, Document)
    tracemalloc.start()
    count = sum(isinstance(row, Record) for row in read(found))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1_000
    assert peak < 1_500_000 < len(data)


@pytest.mark.parametrize("name", FORMS)
def test_a_record_without_end_is_cut(name: str) -> None:
    more = {"medline": "      ", "wos_text": "   ", "endnote_tagged": "", "ris": ""}[name] + "more " * 20_000 + "\n"
    head, _, tail = record(name).partition("We weave.\n")
    found = list(READERS[name].read(document(f"{head}We weave.\n{more * 100}{tail}{whole(name)}")))
    assert any(isinstance(row, Problem) and "more than 8 MB" in row.what for row in found)
    assert texts([row for row in found if isinstance(row, Record)][-1], "title") == ["Café of looms"]


@pytest.mark.parametrize(
    ("name", "before", "piece", "times", "behind"),
    [
        ("medline", "", "      more\n", 50_000, ""), ("medline", "", "FAU - Doe, J\nAD  - x\n", 10_000, ""), ("medline", "MH  - ", "a/", 50_000, ""), ("medline", "LID - ", " ", 100_000, "x"),
        ("medline", "DP  - ", "2021 ", 20_000, "x"), ("medline", "", "PMID- 1\n", 8_000, ""), ("medline", "AU  - ", "A ", 50_000, ""), ("medline", "", "AD  - x\n\n", 10_000, ""),
        ("wos_text", "AU ", "Doe, J\n   ", 8_000, ""), ("wos_text", "C1 ", "[", 100_000, ""), ("wos_text", "C1 ", "[Doe, J] ", 20_000, ""),
        ("wos_text", "C1 [", "Doe, J; ", 20_000, "] Univ X"), ("wos_text", "C1 [Doe, J] Univ X", ".", 50_000, ""), ("wos_text", "C1 [Doe, J] Univ X.\n", "   [Doe, J] Univ Y.\n", 10_000, ""),
        ("wos_text", "RP ", "Doe, J (corresponding author), X. ", 5_000, ""), ("wos_text", "RP ", "a. ", 50_000, ""), ("wos_text", "RP a. ", "b", 100_000, ""), ("wos_text", "OI ", "Doe, J/x; ", 20_000, ""),
        ("wos_text", "CR ", "X, DOI DOI [", 20_000, ""), ("wos_text", "DE ", "a\n   ", 20_000, ""), ("wos_text", "", "AU Doe, J\n", 8_000, ""),
        ("endnote_tagged", "", "more\n", 50_000, ""), ("endnote_tagged", "", "%A x\n\n", 8_000, ""), ("endnote_tagged", "", "\n%X x\n", 20_000, ""), ("endnote_tagged", "%K ", "a;", 50_000, ""),
        ("endnote_tagged", "%U ", "https:;", 30_000, ""), ("endnote_tagged", "%A ", "a;", 20_000, ""), ("endnote_tagged", "%+ x\n", "y, z, w\n", 10_000, ""),
    ],
    ids=ascii,
)  # fmt: skip
def test_time_is_linear(name: str, before: str, piece: str, times: int, behind: str) -> None:
    start = record(name).rstrip().removesuffix("ER") + "\n" + before
    assert_linear(lambda text: list(READERS[name].read(document(text))), lambda size: f"{start}{piece * size}{behind}\n", times)


@pytest.mark.parametrize(
    ("before", "piece", "behind"),
    [("", "\n", ""), ("FN x\n", "\n", ""), ("%0 x\n", "\n", ""), ("", "FN ", ""), ("", "PMID- ", ""), ("", "%T x\n", ""), ("", "PT J\n", ""), ("", "a\n", "PMID- 1\n")],
)
def test_sniffing_is_fast(before: str, piece: str, behind: str) -> None:
    assert_linear(
        lambda head: [reader.sniff(head, "x") for reader in READERS.values()], lambda size: before + piece * (size // len(piece)) + behind, HEAD
    )
