"""MEDLINE text: its samples, names with what belongs to them, dates, and that PubMed's XML of the same paper says the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Record
from kg.sources import medline, pubmed
from kg.sources.medline import sniff
from tests.sources.tagged import owned, papers, problems, rows, sample, texts, values


def paper(*lines: str) -> Record:
    (found,) = papers(medline, "\n".join(["PMID- 1", "TI  - T", *lines, ""]))
    return found


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("PMID- 1\nTI  - T\n", 1.0), ("\ufeff\r\nPMID- 1\r\n", 1.0), ("PMID-123\nTI  - T", 1.0), ("OWN - NLM\nSTAT- X\nTI  - T\n", 0.9),
        ("TI  - T\nFAU - Doe, J\n", 0.9), ("OWN - ERIC\nTI  - T\nAU  - Doe, Jane\n", 0.9), ("TI  - T\nAU  - Doe J\n", 0.0), ("TY  - JOUR\nAN  - 1\nER  - \nFAU - x", 0.0), ("", 0.0),
        ("<pre>\nPMID- 1\n", 0.0), ("About\nPMID- 1\nTI  - T\n", 0.3), ("PMID- none\nTI  - T", 0.9), ("See PMID- 1\n", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_sample_of_pubmed() -> None:
    (loom, engine, chapter), faults = sample("medline/pubmed.nbib")
    assert texts(loom, "title") == ["Weaving of invented cloth with looms that learn: a study with a title that goes on in the next line"]
    assert texts(loom, "abstract") == [
        "BACKGROUND: Looms are slow. METHODS: We wove cloth in 12 towns. RESULTS: It took p < 0.05 of the time (AU - as one may say - was not yet known). CONCLUSIONS: Looms learn."
    ]
    assert [(f.text, f.value, f.line) for f in loom.all("author")] == [
        ("Ada Lovelace", "person", 21), ("Aäron van den Oord", "person", 26), ("Martin L King Jr", "person", 28),
        ("Invented Loom Consortium", "group", 33),
    ]  # fmt: skip
    assert owned(loom, "affiliation") == [
        ("Invented University, London, UK. ada@example.org.", 0), ("Engine Works, London, UK.", 0), ("Institute of Looms, Delft, Netherlands.", 2),
    ]  # fmt: skip
    assert [(f.value, f.of) for f in loom.all("author_id")] == [("orcid:0000-0002-1825-0097", 0), ("orcid:0000-0001-5109-3700", 2)]
    assert values(loom, "identifier") == ["pmid:31452104", "doi:10.1000/loom.2021", "pmcid:PMC8371605"]
    assert values(loom, "date") == ["2021-03-03"]
    assert [texts(loom, name) for name in ("venue", "volume", "issue", "pages", "language")] == [["Invented nature"], ["596"], ["7873"], ["583-589"], ["eng", "fre"]]
    assert texts(loom, "category") == ["Neural Networks, Computer", "Textiles", "Humans"]
    assert texts(loom, "keyword") == ["Looms", "weaving, mechanical"]
    others = texts(loom, "other")
    assert {"history", "methods", "Babbage, Charles", "10.1000/LOOM.2021 [doi]", "20210215"} <= set(others)
    assert sum("PMID: 3145210" in text for text in others) == 2, "comments and errata"
    path = [(f.path, f.line) for f in loom.all("other") if f.text.startswith("Invented Nat. 2021 Jun")]
    assert path == [("record 1, EIN", 64)]
    assert texts(engine, "author") == ["C. H. Babbage", "G. Hopper"]
    assert texts(engine, "et_al") == ["et al"]
    assert owned(engine, "affiliation") == [("Department of Engines, Bergen, Norway.", 0)]
    assert values(engine, "date") == ["1998-12"]
    assert "J Eng. 1999;3:4" in texts(engine, "other")
    assert (texts(chapter, "title"), texts(chapter, "venue"), texts(chapter, "publisher")) == (["A chapter"], ["A book of looms"], ["Invented Press"])
    assert not texts(chapter, "affiliation"), "it is the editor's"
    assert faults == [(90, "warning", "'0000-0002-1825-0098' is no ORCID iD")]


def test_sample_of_medlars() -> None:
    found, faults = sample("medline/medlars.txt")  # byte order mark and CR LF
    assert [texts(row, "title") for row in found] == [
        ["Nanoseconds of wire"], ["No number, and no line that begins the record"], [], ["Not parted by a blank line"], ["From the line above"],
    ]  # fmt: skip
    assert [row.line for row in found] == [1, 14, 18, 22, 24]
    assert texts(found[0], "url") == ["http://example.org/short", "http://example.org/full"]
    assert texts(found[0], "author") == ["Grace Hopper"]
    assert faults == [(16, "warning", "no date: 'forthcoming'"), (18, "error", "PMID 11000003 has no title")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("FAU - Lovelace, Ada", "Ada Lovelace"), ("AU  - Lovelace AB", "A. B. Lovelace"), ("AU  - van den Oord A", "A. van den Oord"),
        ("AU  - King ML Jr", "M. L. King Jr"), ("FAU - King, Martin L 3rd", "Martin L King 3rd"), ("AU  - Van Petrov IV", "I. V. Van Petrov"),
        ("FAU - Petrov, IV", "I. V. Petrov"), ("AU  - Plato", "Plato"), ("AU  - Müller Ä", "Ä. Müller"), ("AU  - Lovelace, Ada", "Ada Lovelace"),
        ("CN  - Group of Looms, Oslo", "Group of Looms, Oslo"),
    ],
)  # fmt: skip
def test_names(line: str, name: str) -> None:
    assert texts(paper(line), "author") == [name]


def test_short_names_are_authors_only_where_the_full_one_is_missing() -> None:
    mixed = paper("FAU - Lovelace, Ada", "AU  - Lovelace A", "AU  - Babbage C", "AD  - Works", "CN  - Loom Group", "FAU - Hopper, G", "AU  - Hopper G")
    assert texts(mixed, "author") == ["Ada Lovelace", "C. Babbage", "Loom Group", "G Hopper"]
    assert owned(mixed, "affiliation") == [("Works", 1)]
    apart = paper("FAU - Lovelace, Ada", "FAU - Babbage, Charles", "AU  - Lovelace A", "AU  - Babbage C")
    assert texts(apart, "author") == ["Ada Lovelace", "Charles Babbage"]
    assert texts(apart, "other") == ["Lovelace A", "Babbage C"]


def test_what_belongs_to_no_author_is_kept() -> None:
    found = paper("AD  - Above", "AUID- ORCID: 0000-0002-1825-0097", "AU  - et al", "FIR - Doe, J", "IR  - Doe J", "AD  - Elsewhere")
    assert owned(found, "affiliation") == [("Above", None)]
    assert texts(found, "other") == ["ORCID: 0000-0002-1825-0097", "Doe, J", "Doe J", "Elsewhere"]
    other = paper("FAU - Lovelace, Ada", "AUID- ISNI: 0000000121032683")
    assert texts(other, "other") == ["ISNI: 0000000121032683"]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        (["DP  - 2021 Mar 3"], "2021-03-03"), (["DP  - 2021 Mar"], "2021-03"), (["DP  - 2021"], "2021"), (["DP  - 2021 Mar-Apr"], "2021-03"),
        (["DP  - 2000 Nov 12-18"], "2000-11"), (["DP  - 1998 Dec-1999 Jan"], "1998-12"), (["DP  - 2021 Spring"], "2021"), (["DP  - 1999-2000"], "1999"),
        (["DEP - 20210215"], "2021-02-15"), (["DEP - 20210215", "DP  - 2021"], "2021"), (["DP  - Summer 1999"], "1999"),
    ],
)  # fmt: skip
def test_dates(lines: list[str], value: str) -> None:
    assert values(paper(*lines), "date") == [value]
    assert problems(medline, "\n".join(["PMID- 1", "TI  - T", *lines])) == []


@pytest.mark.parametrize("printed", ["2021 Feb 30", "20211301", "soon"])
def test_dates_that_are_none(printed: str) -> None:
    text = f"PMID- 1\nTI  - T\nDP  - {printed}\n"
    (found,) = papers(medline, text)
    assert [(f.text, f.value) for f in found.all("date")] == [(printed, None)]
    assert problems(medline, text) == [(3, "warning", f"no date: '{printed}'")]


def test_records_of_eric_and_koreamed() -> None:
    (found, other) = papers(medline, "OWN - ERIC\nTI  - T\nAU  - Lovelace, Ada\nLID - http://dx.doi.org/10.1000/abc\nDP  - 2012-00-00\n\nOWN - ERIC\nTI  - U\nKW  - looms\n")
    assert (texts(found, "author"), values(found, "date"), values(found, "identifier")) == (["Ada Lovelace"], ["2012"], ["doi:10.1000/abc"])
    assert texts(found, "url") == ["http://dx.doi.org/10.1000/abc"]
    assert texts(other, "keyword") == ["looms"]


def test_identifiers() -> None:
    found = paper("LID - 10.1000/a [doi]", "LID - S1-2 [pii]", "AID - 10.1000/A [doi]", "AID - 10.1000/b [doi]", "AID - NBK1 [bookaccession]", "AID - nothing [doi]")
    assert values(found, "identifier") == ["pmid:1", "doi:10.1000/a", "doi:10.1000/b"]
    assert texts(found, "other") == ["S1-2 [pii]", "10.1000/A [doi]", "NBK1 [bookaccession]", "nothing"]
    assert problems(medline, "PMID- x\nTI  - T\nPMC - 12\n") == [(1, "warning", "no PMID: 'x'"), (3, "warning", "no PMCID: '12'")]


@pytest.mark.parametrize(("lines", "title", "venue"), [
    (["TI  - A.", "JT  - J", "TA  - K"], "A", "J"), (["TT  - B.", "TA  - K"], "B", "K"), (["BTI - C", "CTI - D"], "C", "D"),
    (["TI  - And so on...", "CTI - D"], "And so on...", "D"),
])  # fmt: skip
def test_titles_and_venues(lines: list[str], title: str, venue: str) -> None:
    (found,) = papers(medline, "\n".join(["PMID- 1", *lines]))
    assert (texts(found, "title"), texts(found, "venue")) == ([title], [venue])


def test_nothing_is_lost() -> None:
    lines = ["TI  - again", "AB  - a", "AB  - b", "OAB - c", "VI  - 1", "VI  - 2", "XYZ - d", "RIN - e", "GR  - f", "JT  - J", "JT  - K"]
    assert texts(paper(*lines), "other") == ["again", "b", "c", "2", "d", "e", "f", "K"]


def test_a_broken_record_costs_itself_only() -> None:
    text = "PMID- 1\nTI  - A\n\nAB  - lost\nAU  - Doe J\n\n      astray\nPMID- 3\nTI  - C\n"
    assert [texts(row, "title") for row in papers(medline, text)] == [["A"], [], ["C"]]
    assert problems(medline, text) == [(4, "error", "record 2 has no title"), (7, "error", "1 line outside of any record")]


XML = """<?xml version="1.0"?><PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><Journal>
<JournalIssue><Volume>1</Volume><Issue>2</Issue><PubDate><Year>2021</Year><Month>Mar</Month><Day>3</Day></PubDate></JournalIssue>
<Title>Invented nature</Title></Journal><ArticleTitle>Looms that learn.</ArticleTitle><Pagination><MedlinePgn>1-9</MedlinePgn></Pagination>
<ELocationID EIdType="doi">10.1000/a</ELocationID><Abstract><AbstractText Label="AIM">We weave.</AbstractText><AbstractText Label="END">We wove.</AbstractText></Abstract>
<AuthorList><Author><LastName>King</LastName><ForeName>Martin L</ForeName><Suffix>Jr</Suffix><Identifier Source="ORCID">0000-0002-1825-0097</Identifier>
<AffiliationInfo><Affiliation>Works, Oslo.</Affiliation></AffiliationInfo></Author><Author><CollectiveName>Loom Group</CollectiveName></Author></AuthorList>
<Language>eng</Language><PublicationTypeList><PublicationType>Review</PublicationType></PublicationTypeList></Article>
<MeshHeadingList><MeshHeading><DescriptorName>Textiles</DescriptorName><QualifierName>history</QualifierName></MeshHeading></MeshHeadingList>
<KeywordList><Keyword>looms</Keyword></KeywordList></MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC8</ArticleId></ArticleIdList></PubmedData></PubmedArticle></PubmedArticleSet>
"""
NBIB = """PMID- 7
VI  - 1
IP  - 2
DP  - 2021 Mar 3
TI  - Looms that learn.
PG  - 1-9
LID - 10.1000/a [doi]
AB  - AIM: We weave. END:
      We wove.
FAU - King, Martin L Jr
AU  - King ML Jr
AUID- ORCID: 0000-0002-1825-0097
AD  - Works, Oslo.
CN  - Loom Group
LA  - eng
PT  - Review
JT  - Invented nature
MH  - Textiles/history
OT  - looms
PMC - PMC8
"""


def test_the_xml_of_the_same_paper_says_the_same() -> None:
    def facts(record: Record) -> set[tuple[str, str | None, int | None]]:
        told = ("author", "date")  # a person is none in XML, dates are in parts
        return {
            (f.name, ("group" if f.value == "group" else f.text) if f.name == told[0] else f.value if f.name == told[1] else f.text, f.of)
            for f in record.fields
            if f.name != "other"
        }  # fmt: skip

    (theirs,) = (row for row in pubmed.read(Document.of_text(XML, "x.xml", "0" * 16)) if isinstance(row, Record))
    (ours,) = papers(medline, NBIB)
    assert facts(ours) == facts(theirs)
    assert texts(ours, "author") == texts(theirs, "author")


WORDS = st.text(st.sampled_from("abcXYZ éß王-.()0"), min_size=1, max_size=15).map(lambda text: " ".join(text.split())).filter(lambda text: bool(text.strip(". ")))
NAME = st.text(st.sampled_from("ABCDEabcdefé"), min_size=2, max_size=6).filter(lambda text: text[0].isupper() and text[1].islower())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.lists(WORDS, min_size=1, max_size=3), st.lists(st.tuples(NAME, NAME, st.lists(WORDS, max_size=2)), max_size=3)), max_size=3),
    st.sampled_from(["\n", "\r\n", "\r"]),
)  # fmt: skip
def test_what_is_printed_is_read_back(records: list[tuple[list[str], list[tuple[str, str, list[str]]]]], line_end: str) -> None:
    lines = []
    for number, (words, people) in enumerate(records, 1):
        lines += [f"PMID- {number}", f"TI  - {words[0]}", *(f"      {more}" for more in words[1:])]
        for last, first, places in people:
            lines += [f"FAU - {last}, {first}", f"AU  - {last} {first[0]}", *(f"AD  - {place}" for place in places)]
        lines.append("")
    found = papers(medline, line_end.join(lines))
    for row, (words, people) in zip(found, records, strict=True):
        title = " ".join(words)
        assert texts(row, "title") == [title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title]
        assert texts(row, "author") == [f"{first} {last}" for last, first, _ in people]
        assert owned(row, "affiliation") == [(place, rank) for rank, (_, _, places) in enumerate(people) for place in places]


PIECES = st.sampled_from([
    "PMID- 1\n", "PMID- ", "TI  - ", "FAU - ", "FAU - ,\n", "FAU - Doe, J\n", "AU  - ", "AU  - Doe J\n", "AU  - et al\n", "AD  - x\n", "AUID- ORCID: 0000-0002-1825-0097\n",
    "AUID- ORCID: x\n", "CN  - ", "FED - x\n", "DP  - 2021 Feb 30\n", "LID - 10.1000/x [doi]\n", "AID - [doi]\n", "MH  - */*/a\n", "OT  - *\n", "4099 - http://x.org\n",
    "      more\n", "\n", "\n\n", "\r", "\r\n", " ", ",", "\ufeff", "\u2028", "1.\n",
])  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_is_survived(text: str) -> None:
    assert 0.0 <= sniff(text, "x") <= 1.0
    assert rows(medline, text) == rows(medline, text)
