"""Ovid's texts: tagged and with names of fields, the source, whose the addresses are, what stands behind names."""

import pytest

from kg.model import Record
from kg.sources import ovid
from kg.sources.ovid import sniff
from tests.sources.tagged import owned, papers, problems, sample
from tests.sources.told import facts, said


def tagged(*lines: str) -> Record:
    (found,) = papers(ovid, "\n".join(["<1. >", "TI  - On X.", *lines]))
    return found


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("\ufeff<1. >\r\nDB  - Embase\r\n", 1.0), ("\n<12>\nTitle\n  On X\n", 1.0), ("<1>\nauthors\n  X\n", 0.0), ("<1>\nTitle\nOn X\n", 0.0), ("<p>\nTI  - X\n", 0.0),
        ("TI  - X\n", 0.0), ("<1>\n", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_tagged() -> None:
    (looms, threads, ring), faults = sample("ovid/tagged.ovd")
    assert faults == []
    assert facts(looms, "title", "author", "venue", "volume", "issue", "pages", "date", "publisher", "identifier", "category", "type", "language") == [
        ("category", "adult", None), ("category", "weaving", None), ("author", "A. Lovelace", "person"), ("author", "C.H. Babbage", "person"), ("author", "B. Li", "person"),
        ("author", "C. Li", "person"), ("identifier", "91000001", "pmid:91000001"), ("title", "Looms that learn: A comparison", None),
        ("venue", "Journal of Invented Results", None), ("volume", "12", None), ("issue", "Supplement 3", None), ("pages", "17-29", None), ("publisher", "Loom Press", None),
        ("identifier", "http://dx.doi.org/10.5555/jir.2021.17", "doi:10.5555/jir.2021.17"), ("language", "English", None), ("type", "Conference Abstract", None),
        ("date", "2021", "2021"),
    ]  # fmt: skip
    department = "Department of Looms, Example University, Oslo, Norway"
    assert sorted(owned(looms, "affiliation"), key=str) == [
        ("(Li, Li) Institute of Threads, Sampleton, United Kingdom", None), (department, 0), (department, 1), ("Invented Hospital, Paris, France", 1),
    ]  # fmt: skip
    assert {"Conference: 2nd Loom Conference. Oslo Norway", "Date of Publication: 15 Mar 2021.", "Norway", "1234-5679"} <= set(said(looms, "other")["other"])
    assert said(looms, "url") == {"url": []}  # the library's own link
    assert said(threads, "title", "author", "date", "identifier", "pages", "category") == {
        "title": ["On threads"], "author": ["Grace Hopper"], "date": ["2021-03-15"], "identifier": ["pmid:91000002", "doi:10.5555/jlr.2021.30", "pmcid:PMC9100002"],
        "pages": ["30-31"], "category": ["Looms"],
    }  # fmt: skip
    assert owned(threads, "affiliation") == [("Department of Engines, Example University, UK.", 0)]
    assert {"hi [History]", "S1234-5679(21)00030-1", "Hopper G"} <= set(said(threads, "other")["other"])
    assert said(ring, "author", "venue", "pages", "publisher", "date") == {
        "author": ["Alan M. Turing", "Emmy Noether"], "venue": ["Methods in weaving"], "pages": ["371-397"], "publisher": ["Loom Press, Example Street 3, Oslo, Norway"], "date": ["2004"],
    }  # fmt: skip
    told = {"Author, Reprint Author; E-mail: alan@example.org", "Weaver, Wanda [Editor], Prony, G. [Editor].", "Series Information: Principles of Looms."}
    assert told <= set(said(ring, "other")["other"])


def test_labelled() -> None:
    (ward, threads), faults = sample("ovid/labelled.txt")
    assert faults == []
    names = ("title", "author", "venue", "volume", "issue", "pages", "date", "abstract", "keyword", "language", "type", "identifier")
    assert said(ward, *names) == {
        "title": ["Looms in the ward"], "author": ["Ada Lovelace", "Charles Babbage", "Max van der Weber"], "venue": ["Journal of Loom Medicine"], "volume": ["30"], "issue": ["3"],
        "pages": ["e20-e28"], "date": ["2016-03"], "abstract": ["Looms were put in wards. They remembered patterns."], "keyword": ["looms", "wards", "patterns"],
        "language": ["English"], "type": ["Original Article."], "identifier": ["doi:10.5555/jlm.2016.20"],
    }  # fmt: skip
    department = "Department of Looms, Example University, Oslo, Norway"
    assert owned(ward, "affiliation") == [(department, 0), (department, 1), ("Invented Hospital, Paris, France.", 1)]
    assert {"MD", "MD, PhD", "[Article]", "00000001-900000000-99999."} <= set(said(ward, "other")["other"])
    assert said(threads, "title", "venue", "other") == {
        "title": ["Threads, unpublished"], "venue": ["Thread Letters"], "other": ["Publish Ahead of Print, 18 August 2014"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("J X. 201(2-3):327-334, November 15, 2004.", ("J X", "201", "2-3", "327-334", "2004-11-15")), ("J X. 12:e7, 2004.", ("J X", "12", "", "e7", "2004")),
        ("J X. 12 (3) (no pagination), 2004. Article Number: 7.", ("J X", "12", "3", "", "2004")), ("J X. Vol.12(3), Mar 2004, pp. 17-29.", ("J X", "12", "3", "17-29", "2004-03")),
        ("J X; 2004. 12(3):1-9. 20 ref.", ("J X; 2004", "", "", "", "2004")), ("J X.", ("J X", "", "", "", "2004")), ("J X. 12(3):1-9, 2003 Dec.", ("J X", "12", "3", "1-9", "2004")),
    ],
)  # fmt: skip
def test_source(source: str, told: tuple[str, ...]) -> None:
    found = said(tagged(f"SO  - {source}", "YR  - 2004"), "venue", "volume", "issue", "pages", "date")
    assert tuple(" ".join(found[name]) for name in found) == told


def test_the_date_of_publication_and_the_name_of_the_journal_come_before_the_source() -> None:
    found = tagged("SO  - J Abbr. 1:2, 2004 Mar 15.", "DP  - 2004 Apr", "JN  - Journal in Full")
    assert said(found, "venue", "date") == {"venue": ["Journal in Full"], "date": ["2004-04"]}
    found = tagged("SO  - J Abbr. 1:2, 2004 Mar 15.")
    assert said(found, "date") == {"date": ["2004-03-15"]}


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Lovelace, Ada 1,2", "Ada Lovelace"), ("MD, Ada", "Ada MD"), ("Ma, MS", "M. S. Ma"), ("Example Study Group", "Example Study Group"), ("[Author]", ""), ("et al", ""),
        ("Lovelace, Ada Ph.D., MPH", "Ada Lovelace"), ("x" * 300, "x" * 300),
    ],
)  # fmt: skip
def test_names(name: str, printed: str) -> None:
    assert " ".join(said(tagged(f"AU  - {name}"), "author")["author"]) == printed


def test_who_is_no_author_counts_for_nothing() -> None:
    found = tagged("AU  - et al", "AU  - Lovelace A.; Babbage C.", "AU  - Hopper G.", "IN  - (Hopper) U of X", "IN  - (Turing) U of Y", "IN  - U of Z")
    assert sorted(owned(found, "affiliation"), key=str) == [("(Turing) U of Y", None), ("U of X", 2), ("U of Z", None)]


def test_a_number_is_of_pubmed_only_where_the_database_is() -> None:
    assert said(tagged("UI  - 1234567"), "identifier") == {"identifier": []}
    assert said(tagged("UI  - 1234567", "DB  - MEDLINE"), "identifier") == {"identifier": ["pmid:1234567"]}


def test_text_that_is_in_no_field_is_told() -> None:
    assert problems(ovid, "Search: looms\nSaved today\n<1. >\nTI  - On X\n") == [(1, "warning", "text above the first record")]
    (found,) = papers(ovid, "<1. >\nTI  - On X\n<2. >\n")
    assert problems(ovid, "<1. >\nTI  - On X\n<2. >\n") == [(3, "error", "record 2 has no title")]
    assert said(found, "title") == {"title": ["On X"]}


def test_a_line_that_is_no_name_of_a_field_goes_on_with_the_one_above() -> None:
    (found,) = papers(ovid, "<1>\n\n  strays\nTitle\n  On looms,\n1 to 9\nand on\n")
    assert said(found, "title") == {"title": ["On looms, 1 to 9 and on"]}


def test_a_record_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ovid, "LONGEST", 40)
    rows = papers(ovid, "<1. >\nTI  - On X\nAB  - " + "x" * 40 + "\nAB  - more\n<2. >\nTI  - On Y\n")
    assert [said(row, "title", "abstract")["title"] for row in rows] == [["On X"], ["On Y"]]


@pytest.mark.parametrize("text", ["[Editor" * 30_000, " " * 100_000 + "x", "(" * 100_000, "a. 1" * 40_000, "a;" * 8_000, "1," * 50_000, "A " * 50_000])
def test_long_texts_take_no_time(text: str) -> None:
    assert tagged(*(f"{tag}  - {text}" for tag in ("SO", "AU", "IN", "TI", "MH", "ID", "KW", "DB")))
    assert papers(ovid, f"<1>\nTitle\n  On X\nAuthors\n  {text}\nInstitution\n  {text}\n")
