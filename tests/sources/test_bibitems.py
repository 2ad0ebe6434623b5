"""Lists of references in LaTeX: what `\\newblock` and `\\emph` part is read as such, and no command ends up in a title or a name."""

from pathlib import Path

from kg.model import Document, Problem, Record
from kg.sources import read, recognise

SAMPLE = Path(__file__).parents[1] / "data" / "sources" / "bibitems" / "gravel.bbl"


def rows(text: str) -> list[Record | Problem]:
    return list(read(Document.of_text(text, "refs.bbl")))


def papers(text: str) -> list[Record]:
    return [row for row in rows(text) if isinstance(row, Record)]


def said(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def test_the_list_that_bibtex_writes_is_read_and_told_to_be_a_guess() -> None:
    text = SAMPLE.read_text()
    assert recognise(Document.of_text(text, "x.tex")) == "bibitems"
    told, *_ = rows(text)
    assert isinstance(told, Problem)
    assert (told.line, told.what) == (4, "references in LaTeX, read by guess (confidence 0.7)")
    assert [(said(one, "title"), said(one, "author"), said(one, "date")) for one in papers(text)] == [
        (["Sorting gravel with little light"], ["A. Beispiel", "J. Muster", "K. Pröbe"], ["2019"]),
        (["Reading maps by touch alone"], ["Karin Pröbe", "Otto Zufall"], ["2017"]),
        (["Bridges over shallow rivers"], ["J. Muster", "O. Zufall"], ["2020"]),
        (["Lamps in narrow streets"], ["M. Vierte", "O. Zufall"], ["2018"]),
        (["Doors with two keys"], ["M. Vierte", "A. Beispiel"], ["2021"]),
    ]


def test_venues_identifiers_and_keys_are_told() -> None:
    found = papers(SAMPLE.read_text())
    assert [said(one, "venue") for one in found] == [
        ["Journal of Minerals"], ["Proceedings of the Conference on Maps"], ["arXiv preprint"], ["Advances in Street Lighting"], ["Journal of Locks"],
    ]  # fmt: skip
    assert [field.value for one in found for field in one.all("identifier")] == ["doi:10.5555/maps.17", "doi:10.5555/doors.21"]
    assert said(found[2], "arxiv_id") == ["2001.01234"]
    assert [said(one, "own_id") for one in found] == [["beispiel19"], ["proebe17"], ["muster20"], ["lamps"], ["vierte21"]]
    assert [one.line for one in found] == [4, 9, 16, 21, 24]
    assert said(found[0], "other") == ["A. Beispiel, J. Muster, and K. Pröbe. Sorting gravel with little light. Journal of Minerals, 12(3):45–60, 2019."]


def test_what_is_no_paper_is_told_with_its_line() -> None:
    *_, last = rows(SAMPLE.read_text())
    assert isinstance(last, Problem)
    assert (last.line, last.what) == (28, r"an entry that is no paper: '\\url{https://shop.example.org/keys}'")


def test_a_list_without_blocks_is_read_as_citations() -> None:
    text = "\\bibitem{a} A.~Beispiel, J.~Muster, On quiet engines, J. Engines 12 (2010) 1--20.\n\\bibitem{b} No paper at all"
    assert [said(one, "title") for one in papers(text)] == [["On quiet engines"]]


def test_a_text_that_mentions_the_command_is_none() -> None:
    assert recognise(Document.of_text("We write \\bibitem{k} for each.\n", "x.txt")) is None


def test_the_references_of_a_paper_are_not_what_it_is_about() -> None:
    text = SAMPLE.read_text()
    assert recognise(Document.of_text(f"\\begin{{abstract}}We sort gravel.\\end{{abstract}}\n{text}", "x.tex")) != "bibitems"
    assert recognise(Document.of_text(f"As before \\citep[p. 3]{{ode}}.\n{text}", "x.tex")) != "bibitems"
