"""TEI: files of GROBID, exports of HAL, bibliographies."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import oai_pmh, recognise, tei
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

GROBID = sample("tei/grobid.tei.xml")
HAL = sample("tei/hal.xml")
LIST = sample("tei/bibliography.xml")


def one(analytic: str = "", monogr: str = "", rest: str = "") -> str:
    inside = f"<analytic><title>T</title>{analytic}</analytic><monogr>{monogr}</monogr>{rest}"
    return f'<listBibl xmlns="http://www.tei-c.org/ns/1.0"><biblStruct>{inside}</biblStruct></listBibl>'


def test_a_file_of_grobid() -> None:
    (record,), problems = rows(tei, GROBID)
    source = "/TEI/teiHeader/fileDesc/sourceDesc/biblStruct"
    assert problems == []
    assert (record.ordinal, record.line, record.start) == (0, 3, None)
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix(source), f.of) for f in record.fields] == [
        ("title", "Why kettles sing", None, 43, "/analytic/title", None),
        ("venue", "Kettle Science", None, 46, "/monogr/title[1]", None),
        ("other", "Kettle Sci", None, 47, "/monogr/title[2]", None),
        ("author", "Ida M Teapot Jr", None, 19, "/analytic/author[1]/persName", None),
        ("other", "ida@example.org", None, 20, "/analytic/author[1]/email", None),
        ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 21, "/analytic/author[1]/idno", 0),
        ("affiliation", "Lab of Lids, Steam University, Boilington, UK.", None, 22, "/analytic/author[1]/affiliation", 0),
        ("other", "Dr", None, 19, "/analytic/author[1]/persName/roleName", None),
        ("author", "Lei Wang", None, 28, "/analytic/author[2]/persName", None),
        ("affiliation", "Department of Tea, Leaf College, Leaf Street 4, 72076, Assam, India", None, 29, "/analytic/author[2]/affiliation", 1),
        ("affiliation", "Institute of Nobody", None, 41, "/analytic/author[3]/affiliation", None),
        ("date", "2021-02-03", "2021-02-03", 54, "/monogr/imprint/date", None),
        ("other", "Steam Foundation", None, 8, "/TEI/teiHeader/fileDesc/titleStmt/funder", None),
        ("other", "#_k1", None, 8, "/TEI/teiHeader/fileDesc/titleStmt/funder/@ref", None),
        ("publisher", "Steam Press", None, 11, "/TEI/teiHeader/fileDesc/publicationStmt/publisher", None),
        ("other", "2345-6789", None, 48, "/monogr/idno", None),
        ("other", "eISSN", None, 48, "/monogr/idno/@type", None),
        ("volume", "4", None, 51, "/monogr/imprint/biblScope[1]", None),
        ("issue", "2", None, 52, "/monogr/imprint/biblScope[2]", None),
        ("pages", "17-29", None, 53, "/monogr/imprint/biblScope[3]", None),
        ("other", "00FF00FF", None, 57, "/idno[1]", None),
        ("other", "MD5", None, 57, "/idno[1]/@type", None),
        ("identifier", "10.1000/Kettle.42", "doi:10.1000/kettle.42", 58, "/idno[2]", None),
        ("arxiv_id", "arXiv:2001.00042v2", "2001.00042", 59, "/idno[3]", None),
        ("other", "Received: 1 January 2020", None, 60, "/note", None),
        ("other", "submission", None, 60, "/note/@type", None),
        ("keyword", "kettle", None, 74, "/TEI/teiHeader/profileDesc/textClass/keywords/term[1]", None),
        ("keyword", "steam & song", None, 75, "/TEI/teiHeader/profileDesc/textClass/keywords/term[2]", None),
        ("abstract", "Aim: We boil water [1]. It sings.", None, 78, "/TEI/teiHeader/profileDesc/abstract", None),
        ("language", "en", None, 3, "/TEI/teiHeader/@lang", None),
        ("reference", "On steam", "doi:10.1000/steam", 89, "/TEI/text/back/div/listBibl/biblStruct[1]", None),
        ("reference", "Anonymous, private note.", None, 98, "/TEI/text/back/div/listBibl/biblStruct[2]", None),
    ]


def test_an_export_of_hal() -> None:
    (first, second), problems = rows(tei, HAL)
    assert problems == []
    assert fields(first, "title", "author", "venue", "date", "pages", "identifier", "category", "type", "language", "abstract") == [
        ("Weaving bits", None), ("Anne Tisserand", None), ("2017-06", "2017-06"), ("Loom Days 2017", None), ("1-10", None),
        ("10.5555/loom.1", "doi:10.5555/loom.1"), ("en", None), ("Computer Science [cs]", None), ("Conference papers", None), ("We weave.", None),
    ]  # fmt: skip
    assert of(first, "affiliation") == [(0, "Laboratoire de tissage", None)]
    assert of(first, "author_id") == [(0, "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097")]
    assert texts(first, "url") == ["https://hal.example.org/hal-00000042/document", "https://hal.example.org/hal-00000042"]
    others = texts(first, "other")
    assert {"Tisser les bits", "Nous tissons.", "#struct-8", "Dan Depot", "Loom Days 2017 2017-06-01 Lyon France", "hal-00000042"} <= {*others}
    assert fields(second, "title", "author", "date") == [("Une thèse", None), ("Bo Fil", None), ("2015", "2015")]


def test_a_bibliography() -> None:
    (article, chapter, book), problems = rows(tei, LIST)
    assert problems == []
    assert [record.line for record in (article, chapter, book)] == [3, 4, 5]
    assert fields(article, "type", "title", "author", "venue", "date", "url", "keyword") == [
        ("journalArticle", None), ("http://zotero.org/users/1/items/ABC", None), ("On weaving", None), ("Journal of Weaving", None),
        ("Jane Doe", None), ("Weavers Group", "group"), ("2012-05", "2012-05"), ("http://example.org/w", None), ("weave", None), ("loom", None),
    ]  # fmt: skip
    assert fields(chapter, "title", "author", "venue", "publisher", "other") == [
        ("A chapter", None), ("The Book", None), ("Ann Bell", None), ("Cole", None), ("Eve Fox", None), ("Bern", None), ("Press", None),
    ]  # fmt: skip
    assert texts(chapter, "author") == ["Ann Bell"]
    assert fields(book, "title", "author", "date", "venue") == [("Whole Book: A Story", None), ("Plain Name", None), ("1850", "1850")]


def test_references_without_a_paper() -> None:
    back = LIST.partition("?>")[2]
    data = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><back>{back}</back></text></TEI>'
    assert [texts(record, "title") for record in rows(tei, data)[0]] == [["On weaving"], ["A chapter"], ["Whole Book: A Story"]]


@pytest.mark.parametrize(
    ("author", "name", "value"),
    [
        ("<persName><surname>Dyk</surname><forename>Ada</forename><nameLink>van</nameLink></persName>", "Ada van Dyk", None), ("<orgName>WHO</orgName>", "WHO", "group"),
        ("Jane Doe", "Jane Doe", None), ("<persName>Cher</persName>", "Cher", None), ("<name type='org'>CERN</name>", "CERN", "group"),
    ],
)  # fmt: skip
def test_names(author: str, name: str, value: str | None) -> None:
    (record,), _ = rows(tei, one(f"<author>{author}</author>"))
    assert fields(record, "author") == [(name, value)]


def test_affiliations() -> None:
    inside = "<affiliation>Lab of Lids</affiliation><affiliation><orgName>U</orgName><idno type='ROR'>https://ror.org/05dxps055</idno></affiliation><affiliation/>"
    (record,), _ = rows(tei, one(f"<author><persName>A</persName>{inside}</author>"))
    assert of(record, "affiliation") == [(0, "Lab of Lids", None), (0, "U", None)]
    assert of(record, "affiliation_id") == [(1, "https://ror.org/05dxps055", "ror:05dxps055")]


def test_dates_and_ids_that_are_none() -> None:
    (record,), problems = rows(tei, one("<idno type='DOI'>no</idno>", "<imprint><date type='accessed'>2020</date><date>soon</date></imprint>"))
    assert fields(record, "date", "identifier") == []
    assert {"2020", "soon", "no"} <= {*texts(record, "other")}
    assert [problem.what for problem in problems] == ["'no' is no DOI"]


def test_keywords_in_one_text() -> None:
    data = "<TEI><teiHeader><fileDesc><titleStmt><title>T</title></titleStmt></fileDesc><profileDesc><textClass><keywords>a; b, c</keywords></textClass></profileDesc></teiHeader></TEI>"
    assert texts(rows(tei, data)[0][0], "keyword") == ["a", "b, c"]


def test_works_without_title_and_files_without_works() -> None:
    _, (problem,) = rows(tei, '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title/></titleStmt></fileDesc></teiHeader></TEI>')
    assert str(problem) == "x.xml:1: a work (/TEI) has no title; add the title, or leave it out"
    _, (problem,) = rows(tei, "<listBibl/>")
    assert (problem.what, problem.severity) == ("no papers found: no work is described in it", "warning")


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="definitions of its own"):
        rows(tei, f"<!DOCTYPE TEI [<!ENTITY f SYSTEM 'f'>]>{one()}")
    with pytest.raises(UnreadableError):
        rows(tei, GROBID[:3000])


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (GROBID, 1.0), (HAL, 1.0), (LIST, 1.0), (GROBID[:400], 0.5), ("<tei:TEI xmlns:tei='http://www.tei-c.org/ns/1.0'><tei:teiHeader>", 0.5),
        ("<TEI>", 0.0), ("<html><biblStruct>", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert tei.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert {recognise(Document.of_text(text, "paper.xml")) for text in (GROBID, HAL, LIST)} == {"tei"}


@given(mangled(GROBID) | mangled(HAL) | mangled(LIST))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(tei, data)


def test_a_work_of_hal_in_an_answer_to_a_harvester() -> None:
    work = "<listBibl><biblFull><titleStmt><title>Tea</title><author><persName><forename>A</forename><surname>B</surname></persName></author></titleStmt></biblFull></listBibl>"
    tei_ = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body>{work}</body></text></TEI>'
    header = "<header><identifier>oai:HAL:1</identifier></header>"
    data = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record>{header}<metadata>{tei_}</metadata></record></ListRecords></OAI-PMH>'
    (record,), problems = rows(oai_pmh, data)
    assert (fields(record, "title", "author", "other"), problems) == ([("Tea", None), ("A B", None), ("oai:HAL:1", None)], [])
