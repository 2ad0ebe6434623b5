"""Org mode and reStructuredText: their links, stress and line blocks are read, their directives and keywords are no text of papers."""

from pathlib import Path

import pytest

from kg.model import Document, Problem, Record
from kg.sources import light_markup, read, recognise
from tests.growth import assert_linear

DATA = Path(__file__).parents[1] / "data" / "sources" / "light_markup"


def papers(text: str, name: str = "x.txt") -> list[Record]:
    return [row for row in read(Document.of_text(text, name)) if isinstance(row, Record)]


def said(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def facts(record: Record) -> tuple[list[str], list[str], list[str], list[str]]:
    return said(record, "title"), said(record, "author"), said(record, "venue"), said(record, "date")


def test_a_list_in_org_mode_is_read_without_its_marks() -> None:
    text = (DATA / "publications.org").read_text()
    assert recognise(Document.of_text(text, "x.txt")) == "light_markup"
    told = next(row for row in read(Document.of_text(text, "x.org")) if isinstance(row, Problem))
    assert (told.line, told.what) == (9, "Org, read by guess (confidence 0.6)")
    assert [facts(one) for one in papers(text)] == [
        (["Sorting gravel with little light"], ["Beispiel, Ada", "Jan Muster", "Karin Probe"], ["Journal of Minerals"], ["2019"]),
        (["Reading maps by touch alone"], ["Probe, Karin L.", "Ada K. Beispiel"], ["Maps and People"], ["2018"]),
        (["Bridges over shallow rivers"], ["Jan Muster", "Ada Beispiel"], ["Workshop on Rivers"], ["2017"]),
    ]
    assert [field.value for one in papers(text) for field in one.all("identifier")] == ["doi:10.5555/jm.12.45", "doi:10.5555/mp.3.1"]
    assert [one.line for one in papers(text)] == [9, 12, 15]


def test_a_list_in_restructuredtext_is_read_without_its_marks() -> None:
    text = (DATA / "publications.rst").read_text()
    assert recognise(Document.of_text(text, "x.txt")) == "light_markup"
    assert [facts(one) for one in papers(text)] == [
        (["Sorting gravel with little light"], ["Ada Beispiel", "Jan Muster"], ["Journal of Minerals"], ["2019"]),
        (["Reading maps by touch alone"], ["Karin Probe", "Otto Zufall", "Jan Muster"], ["Proceedings of the Conference on Maps"], ["2017"]),
        (["Lamps in narrow streets"], ["Probe, K.", "Vierte, M."], ["Technical Report, Institute of Roads"], ["2016"]),
    ]


def test_what_stands_verbatim_keeps_its_place_and_the_rest_its_line() -> None:
    text = (DATA / "publications.rst").read_text()
    first, second, _ = papers(text)
    title, other = next(first.all("title")), next(second.all("title"))
    assert title.start is not None
    assert text[title.start : title.end] == "Sorting gravel with little light"
    assert (other.start, other.line, other.path) == (None, 24, "line 24")


def test_line_blocks_are_papers_and_roles_are_their_titles() -> None:
    text = "Main papers\n-----------\n\n.. _main:\n\n\t| :t:`Sorting Gravel with Little Light`.\n\t| Ada Beispiel, Jan Muster.\n\t| PLDI 2019. [`full version <https://arxiv.org/abs/1901.01234>`_]\n"
    assert [(facts(one), said(one, "arxiv_id")) for one in papers(text)] == [((["Sorting Gravel with Little Light"], ["Ada Beispiel", "Jan Muster"], ["PLDI"], ["2019"]), ["1901.01234"])]


def test_remarks_and_slanted_journals_make_no_people() -> None:
    text = (
        "* Banks and Their Loans\n45 /J. Fin. Loans/ 100857 (2021)\\\\\nwith Ada Beispiel, Jan Muster, and Karin Probe ([[https://doi.org/10.5555/loans][DOI]])\n\n"
        "- Presented at Rice University (2012*), Loans Workshop\n  (2020), Banks and Economics Faculty Seminar (2021).\n"
    )
    assert [row for row in light_markup.read(Document.of_text(text, "x.org")) if isinstance(row, Record)] == []


def test_a_section_of_a_manual_is_no_paper_but_what_it_cites_is_one() -> None:
    text = (
        "Gravel Box dataset\n------------------\n\nThe set was made of the 1998 gravel evaluation (described on the `set's\nhomepage <https://gravel.example.org/data.html>`_) with a box.\n\n"
        ".. [2] K. Probe, A. Beispiel, and J. Muster. Sorting gravel\n       with little light. In Proceedings of the Conference on Gravel, pages 320-324. 2000.\n"
    )
    assert [(facts(one), one.ordinal) for one in papers(text)] == [((["Sorting gravel with little light"], ["K. Probe", "A. Beispiel", "J. Muster"], ["Proceedings of the Conference on Gravel"], ["2000"]), 0)]


def test_markdown_stays_with_its_reader() -> None:
    text = "# Papers\n\n- [On Small Engines](https://arxiv.org/abs/2205.06175), Ada Beispiel and Jan Muster, 2022. See `docs <https://x.org>`_.\n"
    assert recognise(Document.of_text(text, "x.md")) == "markdown"


@pytest.mark.parametrize("piece", [":PROPERTIES:\n", ".. note::\n\n   ", "`a <", "* /a"])
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    head = "#+TITLE: x\n- [[https://arxiv.org/abs/2205.06175][On small engines]] (2022)\n" if piece[0] in ":*" else ".. _x:\n\n- `On small engines <https://arxiv.org/abs/2205.06175>`_ (2022)\n"
    assert_linear(lambda text: list(read(Document.of_text(text, "x.txt"))), lambda size: head + piece * size, 1_500)
