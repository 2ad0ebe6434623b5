"""EndNote's tagged text and refer: their samples, where records begin, dates, venues, and RIS of the same paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Record
from kg.sources import endnote_tagged, ris
from kg.sources.endnote_tagged import sniff
from tests.sources.tagged import owned, papers, problems, rows, sample, texts, values


def paper(*lines: str) -> Record:
    (found,) = papers(endnote_tagged, "\n".join(["%0 Journal Article", "%T T", *lines, ""]))
    return found


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("%0 Journal Article\n%T T\n", 1.0), ("\ufeff\r\n%0 Book\r\n%A Doe, J\r\n", 1.0), ("%A Doe\n%T T\n%D 1974\n", 0.9), ("%T T\n", 0.0),
        ("% A comment\n% of TeX\n", 0.0), ("%!PS-Adobe-3.0\n%%Title: x\n", 0.0), ("%PDF-1.5\n%T x\n%A y\n", 0.0), ("%T T\n%% x\n", 0.0), ("", 0.0),
        ("%0 of them\nagree\n", 0.0), ("TY  - JOUR\nTI  - %T\n", 0.0), ("%YAML 1.2\n---\n", 0.0), ("%D x\nprose\n", 0.0), ("@article{a,\n}\n%0 Book\n%T T\n", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_sample_of_publishers() -> None:
    (loom, meeting, book, preprint, lost), faults = sample("endnote_tagged/publishers.enw")
    assert texts(loom, "title") == ["Looms that learn: a title that goes on in the next line"]
    assert [(f.text, f.value) for f in loom.all("author")] == [
        ("Ada Lovelace", "person"), ("Aäron van den Oord", "person"), ("Invented Loom Society", "group"), ("Martin Luther King Jr.", "person"),
    ]  # fmt: skip
    assert texts(loom, "abstract") == ["First paragraph. Second paragraph, 100% whole."]
    assert [(f.text, f.line) for f in loom.all("keyword")] == [("looms", 15), ("weaving, mechanical", 16), ("maps", 17), ("charts", 17)]
    assert owned(loom, "affiliation") == [("School of Looms, Invented University, London, UK", None), ("Engine Works, Delft, Netherlands", None)]
    assert values(loom, "identifier") == ["doi:10.5555/jir.2021.17", "pmid:31452104"]
    assert texts(loom, "url") == ["https://doi.org/10.5555/jir.2021.17", "https://example.org/a.html", "https://example.org/a.pdf"]
    assert [texts(loom, name) for name in ("type", "venue", "volume", "issue", "pages", "publisher", "language")] == [
        ["Journal Article"], ["Journal of Invented Results"], ["12"], ["3"], ["17-29"], ["Invented Press"], ["English"],
    ]  # fmt: skip
    assert values(loom, "date") == ["2021-05-04"]
    assert texts(loom, "other") == ["1234-5679", "A note.", "PubMed", "London", "Editor, Ed", "Looms", "loom-2021", "file:///home/ada/loom.pdf"]
    assert (texts(meeting, "venue"), texts(meeting, "et_al"), values(meeting, "date")) == (["Proceedings of the Invented Meeting"], ["et al."], ["2017-12-04"])
    assert "javascript:alert(1)" in texts(meeting, "other")
    assert (texts(book, "venue"), owned(book, "affiliation")) == ([], [("University of Wire, Department of Nanoseconds, Arlington, USA", 0)])
    assert {"Lecture Notes in Wire", "ABC/17"} <= set(texts(book, "other"))
    assert (texts(preprint, "author"), values(preprint, "arxiv_id")) == (["Emmy Noether", "Jane Doe"], [None])
    assert texts(preprint, "arxiv_id") == ["2102.00001"]
    assert (texts(lost, "title"), texts(lost, "author"), lost.line) == (["Its first line is lost"], ["Ann Lost"], 60)
    assert faults == [(58, "warning", "no date: '20215'")]


def test_sample_of_refer() -> None:
    (index, programs), faults = sample("endnote_tagged/refer.txt")
    assert (texts(index, "author"), texts(index, "venue"), values(index, "date")) == (["M. E. Lesk"], ["Comm. Invented"], ["1978-03"])
    assert [(f.path, f.line) for f in programs.all("author")] == [("record 2, A", 9)]
    assert faults == [(15, "error", "record 3 has no title")]


@pytest.mark.parametrize(
    ("lines", "printed", "value"),
    [
        (["%D 2021", "%8 May 4"], "May 4 2021", "2021-05-04"), (["%8 2021/05/04", "%D 2021"], "2021/05/04", "2021-05-04"), (["%8 May 4, 2021"], "May 4, 2021", "2021-05-04"),
        (["%D March 1978"], "March 1978", "1978-03"), (["%D 2021", "%8 2019-05-04"], "2021", "2021"), (["%D 2021", "%8 Spring"], "2021", "2021"), (["%D 1998/01/02"], "1998/01/02", "1998-01-02"),
    ],
)  # fmt: skip
def test_dates(lines: list[str], printed: str, value: str) -> None:
    found = paper(*lines)
    assert [(f.text, f.value) for f in found.all("date")] == [(printed, value)]
    said = " ".join(texts(found, "other") + texts(found, "date"))
    assert all(line[3:] in said for line in lines)


@pytest.mark.parametrize(
    ("lines", "venue"),
    [(["%B Conf", "%J J"], "J"), (["%S Series", "%B Conf"], "Conf"), (["%S Proceedings"], "Proceedings"), (["%I Press"], None)],
)
def test_venues(lines: list[str], venue: str | None) -> None:
    assert next(iter(texts(paper(*lines), "venue")), None) == venue


@pytest.mark.parametrize("kind", ["Book", "Thesis", "Report", "Edited Book"])
def test_the_department_of_a_thesis_is_no_venue(kind: str) -> None:
    (found,) = papers(endnote_tagged, f"%0 {kind}\n%T T\n%B Department of Looms\n")
    assert (texts(found, "venue"), texts(found, "other")) == ([], ["Department of Looms"])


def test_where_records_begin() -> None:
    assert [texts(row, "title") for row in papers(endnote_tagged, "%0 A\n%T a\n\n%X x\n\n%Z z\n%0 B\n%T b\n\n\n%0 C\n%T c\n")] == [["a"], ["b"], ["c"]]
    assert [texts(row, "title") for row in papers(endnote_tagged, "%T a\n%A A\n\n%T b\n%A B\n")] == [["a"], ["b"]]
    assert problems(endnote_tagged, "astray\n1.\n%0 A\n%T a\n") == [(1, "error", "1 line outside of any record")]


def test_the_type_may_stand_below_the_title() -> None:
    found = papers(endnote_tagged, "%T On looms\n%0 Journal Article\n%A Lovelace, Ada\n%X We weave.\n\n\n%T No type\n%D 2020\n\n\n%T More\n%0 Journal Article\n%P pp. 1-9\n%0 Book\n%T Next\n")
    assert [(texts(row, "title"), texts(row, "type")) for row in found] == [
        (["On looms"], ["Journal Article"]), (["No type"], []), (["More"], ["Journal Article"]), (["Next"], ["Book"]),
    ]  # fmt: skip
    assert texts(found[2], "pages") == ["1-9"]


def test_nothing_is_lost() -> None:
    tags = "!#$&()*+<=>?[]^~{}|\\123456CEFHLMOQSWYZ"
    found = paper(*(f"%{tag} text of {tag}" for tag in tags), "%T again", "%X a", "%X b", "%8 May", "%R R-1")
    assert sorted(texts(found, "other") + texts(found, "affiliation") + texts(found, "venue")) == sorted([*(f"text of {tag}" for tag in tags), "again", "b", "R-1"])
    assert texts(found, "date") == ["May"]


def test_addresses_between_semicolons() -> None:
    found = paper("%A 张三;李四;", "%+ 清华大学计算机系;北京大学;")
    assert texts(found, "author") == ["张三", "李四"]
    assert owned(found, "affiliation") == [("清华大学计算机系", None), ("北京大学", None)]


def test_numbers_of_pubmed_central() -> None:
    found = paper("%2 PMC4453943", "%2 something")
    assert values(found, "identifier") == ["pmcid:PMC4453943"]
    assert "something" in texts(found, "other")


def test_an_address_of_nobody() -> None:
    assert owned(paper("%A et al.", "%+ Univ X, Oslo, Norway"), "affiliation") == [("Univ X, Oslo, Norway", None)]
    assert owned(paper("%+ Univ X, Oslo, Norway", "%A Doe, J"), "affiliation") == [("Univ X, Oslo, Norway", 0)]
    assert owned(paper("%A Doe, J; Roe, R", "%+ Univ X, Oslo, Norway"), "affiliation") == [("Univ X, Oslo, Norway", None)]


def test_ris_of_the_same_paper_says_the_same() -> None:
    both = {
        "0": "TY", "T": "TI", "A": "AU", "J": "T2", "V": "VL", "N": "IS", "P": "SP", "D": "PY", "8": "DA", "K": "KW", "X": "AB", "R": "DO", "U": "UR", "G": "LA", "I": "PB",
        "+": "AD",
    }  # fmt: skip
    said = [
        ("0", "JOUR"), ("T", "Looms"), ("A", "Lovelace, Ada"), ("J", "Journal of Looms"), ("V", "1"), ("N", "2"), ("P", "3-4"), ("D", "2021"), ("8", "2021/05/04"),
        ("K", "a; b"), ("X", "We weave <i>it</i>."), ("R", "10.1000/X"), ("U", "https://doi.org/10.1000/x"), ("G", "en"), ("I", "Press"), ("+", "Univ X, Oslo, Norway"),
    ]  # fmt: skip

    def facts(record: Record) -> set[tuple[str, str, str | None, int | None]]:
        return {(f.name, f.text, f.value, f.of) for f in record.fields}

    (ours,) = papers(endnote_tagged, "\n".join(f"%{tag} {text}" for tag, text in said))
    lines = "\n".join(f"{both[tag]}  - {text}" for tag, text in said)
    (theirs,) = (row for row in ris.read(Document.of_text(f"{lines}\nER  - \n", "x", "0" * 16)) if isinstance(row, Record))
    assert facts(ours) == facts(theirs)


PIECES = st.sampled_from([
    "%0 Book\n", "%0\n", "%T ", "%A ", "%A a; b,\n", "%A ,\n", "%A et al.\n", "%+ X, Y, Z\n", "%K a;b\n", "%D 2021\n", "%8 May 40\n", "%R 10.1000/x\n", "%R x\n", "%U http://x.org\n",
    "%> file:x\n", "%J arXiv:2102.00001\n", "%M 12\n", "%~ PubMed\n", "%", "%%\n", "more\n", "\n", "\n\n", "\r", "\r\n", " ", ",", "\ufeff", "\u2028", "1.\n",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_is_survived(text: str) -> None:
    assert 0.0 <= sniff(text, "x") <= 1.0
    assert rows(endnote_tagged, text) == rows(endnote_tagged, text)
