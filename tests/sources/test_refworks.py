"""RefWorks' tagged text: its sample, RIS of the same paper, where records begin."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Record
from kg.sources import refworks, ris
from kg.sources.refworks import sniff
from tests.sources.tagged import owned, papers, problems, rows, sample, texts, values


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("RT Journal Article\nSR 1\nA1 Doe,J\n", 1.0), ("\ufeff\r\nRT Book, Whole\r\nID 1\r\n", 1.0), ("RT Dissertation/Thesis\nSR Print(0)\n", 1.0),
        ("RT Journal Article\nand more\n", 0.0), ("PT J\nAU Doe, J\n", 0.0), ("RT  - JOUR\nTI  - T\n", 0.0), ("Notes\nRT Journal Article\nSR 1\n", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_sample() -> None:
    (loom, chinese), faults = sample("refworks/export.txt")
    assert texts(loom, "author") == ["Ada Lovelace", "C. H. Babbage"]
    assert texts(loom, "title") == ["Looms that learn: a title that goes on"]
    assert [texts(loom, name) for name in ("venue", "volume", "issue", "pages", "language", "type", "keyword", "url")] == [
        ["Journal of Invented Results"], ["12"], ["3"], ["17-29"], ["English"], ["Journal Article"], ["looms", "maps"], ["https://example.org/a.html"],
    ]  # fmt: skip
    assert texts(loom, "abstract") == ["We weave. AI is not meant."]
    assert [(f.text, f.value, f.line) for f in loom.all("date")] == [("May 4", "2021-05-04", 12)]
    assert values(loom, "identifier") == ["doi:10.5555/jir.2021.17", "pmid:31452104"]
    assert {"Editor,Ed", "J Inv Res", "Electronic(1)", "2", "2021", "1234-5679"} <= set(texts(loom, "other"))
    assert (texts(chinese, "author"), texts(chinese, "pages"), texts(chinese, "keyword")) == (["织机", "花边"], ["401-421"], ["织机", "地图"])
    assert owned(chinese, "affiliation") == [("甲大学", None), ("乙大学", None)]
    assert faults == [(37, "error", "record 3 has no title")]


def test_ris_of_the_same_paper_says_the_same() -> None:
    (loom, _), _ = sample("refworks/export.txt")
    lines = [
        "TY  - Journal Article", "AU  - Lovelace, Ada", "AU  - Babbage, C. H.", "TI  - Looms that learn: a title", "that goes on", "JF  - Journal of Invented Results",
        "PY  - 2021", "DA  - May 4", "VL  - 12", "IS  - 3", "SP  - 17", "EP  - 29", "KW  - looms", "KW  - maps", "AB  - We weave.", "AI is not meant.",
        "DO  - 10.5555/jir.2021.17", "PM  - 31452104", "LA  - English", "UR  - https://example.org/a.html", "ER  - ",
    ]  # fmt: skip
    (same,) = papers(ris, "\n".join(lines))

    def facts(record: Record) -> set[tuple[str, str, str | None, int | None]]:
        return {(f.name, f.text, f.value, f.of) for f in record.fields if f.name != "other"}

    assert facts(loom) == facts(same)


def test_what_stands_before_the_first_record_is_told() -> None:
    assert problems(refworks, "A1 Doe,J\nRT Book, Whole\nT1 T\n") == [(1, "error", "1 line outside of any record")]


PIECES = st.sampled_from(["RT Journal Article\n", "RT ", "SR 1\n", "A1 ", "A1 Doe,J\n", "A1 a;b\n", "T1 ", "YR 2020\n", "FD May 4\n", "OP 1-2\n", "SP 1\n", "K1 a;b\n", "PMID x\n", "DO 10.1/x\n", "more\n", "\n", "\r", " ", ";", "\ufeff"])


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_is_survived(text: str) -> None:
    assert 0.0 <= sniff(text, "x") <= 1.0
    assert rows(refworks, text) == rows(refworks, text)
