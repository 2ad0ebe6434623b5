"""PubMed's XML."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from lxml import etree

from kg.errors import UnreadableError
from kg.sources import pubmed
from tests.sources.xml_samples import fields, mangled, of, rows, said, sample, survives, texts

EFETCH = sample("pubmed/efetch.xml")
BARE = EFETCH[EFETCH.index("<PubmedArticleSet>") :]


def one(article: str, data: str = "") -> str:
    return (
        f"<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>7</PMID><Article><ArticleTitle>T.</ArticleTitle>{article}</Article>"
        f"</MedlineCitation><PubmedData>{data}</PubmedData></PubmedArticle></PubmedArticleSet>"
    )


def test_an_article() -> None:
    (record, *_), _ = rows(pubmed, EFETCH)
    path = "/PubmedArticleSet/PubmedArticle[1]"
    assert (record.ordinal, record.line) == (0, 5)
    told = [(f.name, f.text, f.value, f.line, (f.path or "").rpartition("/")[2], f.of) for f in record.fields]
    assert told == [
        ("identifier", "12345678", "pmid:12345678", 7, "PMID", None),
        ("other", "2021 01 02", None, 8, "DateRevised", None),
        ("other", "1234-5678", None, 11, "ISSN", None),
        ("volume", "12", None, 13, "Volume", None),
        ("issue", "3", None, 14, "Issue", None),
        ("date", "7 Jul 2020", "2020-07-07", 15, "PubDate", None),
        ("venue", "Journal of careful knots", None, 17, "Title", None),
        ("other", "J Caref Knots", None, 18, "ISOAbbreviation", None),
        ("title", "Effect of CO2 on Nodus knots & bows", None, 20, "ArticleTitle", None),
        ("pages", "101-10", None, 21, "Pagination", None),
        ("identifier", "10.1000/knots.2020.12", "doi:10.1000/knots.2020.12", 22, "ELocationID[1]", None),
        ("other", "S0000-12", None, 23, "ELocationID[2]", None),
        ("other", "The Knot Society.", None, 28, "CopyrightInformation", None),
        ("abstract", "BACKGROUND: Knots come loose. RESULTS: They did so at 103 Pa and above.", None, 24, "Abstract", None),
        ("author", "Bea C van der Knoop Jr", None, 31, "Author[1]", None),
        ("author_id", "https://orcid.org/0000000218250097", "orcid:0000-0002-1825-0097", 33, "Identifier", 0),
        ("affiliation", "Institute of Knots, Yarnton, UK.", None, 35, "Affiliation", 0),
        ("affiliation_id", "https://ror.org/05dxps055", "ror:05dxps055", 36, "Identifier", 0),
        ("affiliation", "School of Rope, Hempstead, USA.", None, 38, "Affiliation", 0),
        ("author", "X Li", None, 40, "Author[2]", None),
        ("other", "0000-0002-1825-0098", None, 42, "Identifier", None),
        ("other", "Knop Bea", None, 44, "Author[3]", None),
        ("other", "N", None, 44, "@ValidYN", None),
        ("author", "Knot Study Group", "group", 45, "Author[4]", None),
        ("et_al", "et al.", None, 30, "@CompleteYN", None),
        ("language", "eng", None, 47, "Language", None),
        ("other", "R01 Rope Fund", None, 49, "Grant", None),
        ("type", "Journal Article", None, 52, "PublicationType", None),
        ("other", "2020 06 30", None, 54, "ArticleDate", None),
        ("category", "Rope", None, 58, "DescriptorName", None),
        ("other", "methods", None, 59, "QualifierName", None),
        ("keyword", "knots", None, 62, "Keyword[1]", None),
        ("keyword", "bows", None, 62, "Keyword[2]", None),
        ("reference", "Knot Rev. 1999;1:1-2", "pmid:999", 64, "CommentsCorrections[1]", None),
        ("other", "Knots. 2021;2:1", None, 65, "CommentsCorrections[2]", None),
        ("other", "ErratumIn", None, 65, "@RefType", None),
        ("other", "2020 1 2", None, 69, "History", None),
        ("identifier", "PMC765432", "pmcid:PMC765432", 73, "ArticleId[3]", None),
        ("other", "References", None, 76, "Title", None),
        ("reference", "Loop A. On loops. Knot Rev. 2001.", "doi:10.1000/loops", 77, "Reference[1]", None),
        ("reference", "A book on bows, 1877.", None, 81, "Reference[2]", None),
    ]
    assert all((f.path or "").startswith(path) for f in record.fields)
    assert record.fields[17].path == f"{path}/MedlineCitation/Article/AuthorList/Author[1]/AffiliationInfo[1]/Identifier"


def test_the_other_records_and_the_problems() -> None:
    records, problems = rows(pubmed, EFETCH)
    assert [(r.ordinal, r.line, texts(r, "identifier")[0], texts(r, "title")) for r in records[1:]] == [
        (1, 85, "23456789", ["Über den Knoten"]), (2, 105, "45678901", ["Bows"]),
    ]  # fmt: skip
    assert fields(records[1], "date", "venue", "et_al") == [("1998 Dec-1999 Jan", "1998-12"), ("Knots", None)]
    assert fields(records[2], "author", "venue", "date", "publisher", "abstract") == [
        ("Knot House", None), ("All About Knots", None), ("Winter 2019", "2019"), ("Clara Bow", None), ("A bow is a knot.", None),
    ]  # fmt: skip
    assert [(str(problem), problem.severity) for problem in problems] == [
        ("x.xml:42: '0000-0002-1825-0098' is no ORCID iD; correct it", "warning"),
        ("x.xml:99: a record (PMID 34567890) has no title; add the title, or leave it out", "error"),
        ("x.xml:121: 2 deleted records are named, which may be in other files; nothing: the list is left out", "warning"),
    ]


@pytest.mark.parametrize(
    ("printed", "text", "value", "warned"),
    [
        ("<Year>2020</Year>", "2020", "2020", 0), ("<Year>2020</Year><Month>02</Month>", "02 2020", "2020-02", 0),
        ("<Year>2020</Year><Month>Feb</Month><Day>29</Day>", "29 Feb 2020", "2020-02-29", 0), ("<Year>2021</Year><Month>Feb</Month><Day>29</Day>", "29 Feb 2021", None, 1),
        ("<Year>2021</Year><Month>13</Month>", "13 2021", None, 1), ("<Year>2021</Year><Season>Fall</Season>", "Fall 2021", "2021", 0),
        ("<MedlineDate>2000 Spring-Summer</MedlineDate>", "2000 Spring-Summer", "2000", 0), ("<MedlineDate>1983-1984</MedlineDate>", "1983-1984", "1983", 0),
        ("<MedlineDate>2008 Nov 15-30</MedlineDate>", "2008 Nov 15-30", "2008-11", 0), ("<MedlineDate>Fall 2009</MedlineDate>", "Fall 2009", "2009", 0),
        ("<MedlineDate>undated</MedlineDate>", "undated", None, 0), ("<Year>0</Year>", "0", None, 1), ("<Year>2021</Year><Month>May</Month><Day>x</Day>", "x May 2021", None, 1),
    ],
)  # fmt: skip
def test_dates(printed: str, text: str, value: str | None, warned: int) -> None:
    (record,), problems = rows(pubmed, one(f"<Journal><JournalIssue><PubDate>{printed}</PubDate></JournalIssue></Journal>"))
    assert fields(record, "date") == [(text, value)]
    assert len(problems) == warned


def test_the_electronic_date_where_the_issue_has_none() -> None:
    (record,), _ = rows(pubmed, one("<ArticleDate><Year>2020</Year><Month>06</Month><Day>30</Day></ArticleDate>"))
    assert fields(record, "date") == [("30 06 2020", "2020-06-30")]


@pytest.mark.parametrize(
    ("abstract", "read"),
    [
        ("<AbstractText>One.</AbstractText>", ["One."]), ("<AbstractText Label='UNLABELLED'>One.</AbstractText>", ["One."]),
        ("<AbstractText Label='A'/><AbstractText Label='B'>x &lt; y</AbstractText>", ["B: x < y"]), ("", []),
        ("<AbstractText>a <b>b <i>c</i></b>\n\n<sub>d</sub></AbstractText>", ["a b c d"]),
    ],
)  # fmt: skip
def test_abstracts(abstract: str, read: list[str]) -> None:
    (record,), _ = rows(pubmed, one(f"<Abstract>{abstract}</Abstract>"))
    assert texts(record, "abstract") == read


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("<LastName>Li</LastName><ForeName>Xin</ForeName><Initials>X</Initials>", "Xin Li"), ("<LastName>Li</LastName><Initials>XY</Initials>", "XY Li"),
        ("<LastName>Aristotle</LastName>", "Aristotle"), ("<LastName>King</LastName><FirstName>M</FirstName><Suffix>Jr</Suffix>", "M King Jr"),
        ("<CollectiveName>The <i>X</i> Group</CollectiveName>", "The X Group"),
    ],
)  # fmt: skip
def test_names(author: str, name: str) -> None:
    (record,), _ = rows(pubmed, one(f"<AuthorList><Author>{author}</Author></AuthorList>"))
    assert fields(record, "author") == [(name, "group" if "Group" in name else None)]
    assert not record.first("et_al")


def test_a_nameless_author_is_kept_apart() -> None:
    (record,), _ = rows(pubmed, one("<AuthorList><Author><Identifier Source='X'>a</Identifier><AffiliationInfo><Affiliation>b</Affiliation></AffiliationInfo></Author></AuthorList>"))
    assert fields(record, "author", "affiliation", "other") == [("a b", None)]


def test_affiliations_of_older_files() -> None:
    (record,), _ = rows(pubmed, one("<AuthorList><Author><LastName>L</LastName><Affiliation>Old Lab</Affiliation></Author></AuthorList>"))
    assert of(record, "affiliation") == [(0, "Old Lab", None)]


def test_identifiers() -> None:
    ids = '<ArticleIdList><ArticleId IdType="doi">10.1000/a</ArticleId><ArticleId IdType="pmc">12</ArticleId><ArticleId IdType="doi">no</ArticleId></ArticleIdList>'
    (record,), (problem,) = rows(pubmed, one('<ELocationID EIdType="doi" ValidYN="N">10.1000/b</ELocationID>', ids))
    assert fields(record, "identifier") == [("7", "pmid:7"), ("10.1000/a", "doi:10.1000/a"), ("PMC12", "pmcid:PMC12")]
    assert fields(record, "other") == [("10.1000/b", None), ("no", None)]
    assert problem.what == "'no' is no DOI"


def test_references_inside_references() -> None:
    inner = "<ReferenceList><Reference><ArticleIdList><ArticleId IdType='pubmed'>5</ArticleId></ArticleIdList></Reference></ReferenceList>"
    (record,), _ = rows(pubmed, one("", f"<ReferenceList><Title>Refs</Title>{inner}</ReferenceList>"))
    assert fields(record, "reference", "venue") == [("5", "pmid:5")]


def test_a_title_that_is_not_available() -> None:
    title = "<ArticleTitle>[Not Available].</ArticleTitle>"
    (record,), _ = rows(pubmed, one("<VernacularTitle>Des bouilloires.</VernacularTitle>").replace("<ArticleTitle>T.</ArticleTitle>", title))
    assert texts(record, "title") == ["Des bouilloires"]
    assert "[Not Available]." in texts(record, "other")
    (problem,) = rows(pubmed, one("").replace("<ArticleTitle>T.</ArticleTitle>", title))[1]
    assert problem.what == "a record (PMID 7) has no title"


def test_what_publishers_send() -> None:
    data = (
        "<ArticleSet><Article><Journal><JournalTitle>Kettle J</JournalTitle></Journal><ArticleTitle>On lids.</ArticleTitle><FirstPage>12</FirstPage><LastPage>19</LastPage>"
        '<ELocationID EIdType="doi">10.5555/lid.1</ELocationID><AuthorList><Author><FirstName>Ida</FirstName><MiddleName>M</MiddleName><LastName>Pot</LastName></Author></AuthorList>'
        '<ArticleIdList><ArticleId IdType="doi">10.5555/lid.1</ArticleId></ArticleIdList><Abstract>Lids boil.</Abstract>'
        '<ObjectList><Object Type="keyword"><Param Name="value">lid</Param></Object><Object Type="grant"><Param>7</Param></Object></ObjectList></Article></ArticleSet>'
    )
    assert pubmed.sniff(data, "x") == 1.0
    (record,), problems = rows(pubmed, data)
    assert [(f.name, f.text, f.value) for f in record.fields] == [
        ("venue", "Kettle J", None), ("title", "On lids", None), ("pages", "12-19", None), ("identifier", "10.5555/lid.1", "doi:10.5555/lid.1"),
        ("author", "Ida M Pot", None), ("abstract", "Lids boil.", None), ("keyword", "lid", None), ("other", "7", None),
    ]  # fmt: skip
    assert problems == []


def test_a_set_without_articles() -> None:
    assert [problem.what for problem in rows(pubmed, "<PubmedArticleSet/>")[1]] == ["no papers found: there is no article in it"]


def test_older_sets_and_single_records() -> None:
    citation = "<MedlineCitation><PMID>7</PMID><Article><ArticleTitle>[A translated title].</ArticleTitle></Article></MedlineCitation>"
    for data in (f"<MedlineCitationSet>{citation}{citation}</MedlineCitationSet>", citation, f"<PubmedArticle>{citation}</PubmedArticle>"):
        assert {text for record in rows(pubmed, data)[0] for text in texts(record, "title")} == {"[A translated title]"}


def test_three_thousand_authors() -> None:
    people = "".join(f"<Author><LastName>L{n}</LastName><AffiliationInfo><Affiliation>A</Affiliation></AffiliationInfo></Author>" for n in range(3000))
    (record,), _ = rows(pubmed, one(f"<AuthorList>{people}</AuthorList>"))
    assert of(record, "affiliation")[-1] == (2999, "A", None)


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD") as caught:
        rows(pubmed, f"<?xml version='1.0'?>\n<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>{BARE}")
    assert caught.value.line == 2
    with pytest.raises(UnreadableError) as caught:
        rows(pubmed, EFETCH[:3000])
    assert caught.value.line == EFETCH[:3000].count("\n") + 1


@pytest.mark.parametrize(("head", "sure"), [(EFETCH, 1.0), (BARE, 1.0), ("<MedlineCitationSet>", 1.0), ("<article>", 0.0), ("", 0.0), ("PubmedArticleSet", 0.0)])
def test_sniff(head: str, sure: float) -> None:
    assert pubmed.sniff(head, "x") == sure


def test_elementtree_reads_the_same() -> None:
    root = ET.fromstring(BARE)  # noqa: S314 - our own sample
    records, _ = rows(pubmed, EFETCH)
    there = [e for e in root if e.tag != "DeleteCitation" and e.findtext(".//PMID") != "34567890"]
    for record, element in zip(records, there, strict=True):
        assert texts(record, "identifier")[0] == element.findtext(".//PMID")
        for name, field in (("Keyword", "keyword"), ("DescriptorName", "category"), ("Language", "language"), ("PublicationType", "type")):
            assert texts(record, field) == [e.text for e in element.iter(name)]
        assert texts(record, "affiliation") == [e.text for e in element.iter("Affiliation")]
        surnames = [e.text or "" for a in element.findall(".//AuthorList[@CompleteYN]/Author[@ValidYN='Y']") for e in a.findall("LastName")]
        assert [name for name in surnames if name != "Editor"] == [
            name for text in texts(record, "author") for name in surnames if text.removesuffix(" Jr").endswith(f" {name}")
        ]


def test_nothing_is_lost() -> None:
    read = " ".join(f"{field.text} {field.value}" for record in rows(pubmed, EFETCH)[0] for field in record.fields)
    read += "10.1000/KNOTS.2020.12"  # the DOI in the list of ids, which is that of the article in other case
    for element in etree.fromstring(BARE.encode()):
        if element.tag == "DeleteCitation" or element.findtext(".//PMID") == "34567890":
            continue
        said_otherwise = {"101", "110", "BC", "1111"}  # in the pages, in the given names, by the DOI
        assert {piece for piece in said(element) if piece.removesuffix(".") not in read} <= said_otherwise


@settings(max_examples=100, deadline=None)
@given(data=mangled(BARE))
def test_any_set_is_survived(data: bytes) -> None:
    survives(pubmed, data)


def test_a_work_cited_as_printed_is_told_by_the_doi_in_it() -> None:
    cited = "<PubmedData><ReferenceList><Reference><Citation>Foo A. Bar. 2010. doi: 10.1000/ref.1.</Citation></Reference></ReferenceList></PubmedData>"
    article = f"<MedlineCitation><PMID>1</PMID><Article><ArticleTitle>T</ArticleTitle></Article></MedlineCitation>{cited}"
    (record,), _ = rows(pubmed, f"<PubmedArticleSet><PubmedArticle>{article}</PubmedArticle></PubmedArticleSet>")
    assert fields(record, "reference") == [("Foo A. Bar. 2010. doi: 10.1000/ref.1.", "doi:10.1000/ref.1")]


def test_a_record_without_title_is_kept_for_what_else_it_says() -> None:
    authors = "<AuthorList><Author><LastName>Bow</LastName><ForeName>Clara</ForeName></Author></AuthorList>"
    (record,), (problem,) = rows(pubmed, one(authors).replace("<ArticleTitle>T.</ArticleTitle>", ""))
    assert (texts(record, "title"), texts(record, "author")) == ([], ["Clara Bow"])
    assert problem.what == "a record (PMID 7) has no title"
