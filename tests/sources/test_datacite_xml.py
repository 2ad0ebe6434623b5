"""DataCite's XML, and that of OpenAIRE."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import datacite_xml, oai_pmh, recognise
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

DATASET = sample("datacite_xml/dataset.xml")
OPENAIRE = sample("datacite_xml/openaire.xml")


def one(inside: str) -> str:
    return f'<resource xmlns="http://datacite.org/schema/kernel-3"><titles><title>T</title></titles>{inside}</resource>'


def test_a_dataset() -> None:
    (record,), problems = rows(datacite_xml, DATASET)
    assert problems == []
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix("/resource/"), f.of) for f in record.fields] == [
        ("identifier", "10.5072/KETTLE-1", "doi:10.5072/kettle-1", 3, "identifier", None),
        ("author", "Ida M. Teapot", None, 5, "creators/creator[1]", None),
        ("author_id", "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 9, "creators/creator[1]/nameIdentifier", 0),
        ("affiliation", "Steam University", None, 10, "creators/creator[1]/affiliation", 0),
        ("affiliation_id", "https://ror.org/05dxps055", "ror:05dxps055", 10, "creators/creator[1]/affiliation/@affiliationIdentifier", 0),
        ("author", "Institute of Lids, Bern", "group", 12, "creators/creator[2]", None),
        ("other", "0000 0001", None, 14, "creators/creator[2]/nameIdentifier", None),
        ("other", "ISNI", None, 14, "creators/creator[2]/nameIdentifier/@nameIdentifierScheme", None),
        ("author", "Bo Pot", None, 16, "creators/creator[3]", None),
        ("affiliation", "Leaf College", None, 18, "creators/creator[3]/affiliation", 2),
        ("other", "Singende Kessel", None, 22, "titles/title[1]", None),
        ("other", "TranslatedTitle", None, 22, "titles/title[1]/@titleType", None),
        ("other", "de", None, 22, "titles/title[1]/@lang", None),
        ("title", "Singing kettles: recordings", None, 23, "titles/title[2]", None),
        ("publisher", "Steam Archive", None, 26, "publisher", None),
        ("type", "Dataset", None, 28, "resourceType/@resourceTypeGeneral", None),
        ("other", "Sound", None, 28, "resourceType", None),
        ("category", "Sound (cs.SD)", "cs.SD", 30, "subjects/subject[1]", None),
        ("keyword", "kettle", None, 31, "subjects/subject[2]", None),
        ("other", "Fox, Eve (ContactPerson)", None, 34, "contributors/contributor", None),
        ("language", "en", None, 40, "language", None),
        ("arxiv_id", "arXiv:2101.00001", "2101.00001", 42, "alternateIdentifiers/alternateIdentifier[1]", None),
        ("url", "https://example.org/kettles", None, 43, "alternateIdentifiers/alternateIdentifier[2]", None),
        ("reference", "10.5555/steam", "doi:10.5555/steam", 46, "relatedIdentifiers/relatedIdentifier[1]", None),
        ("other", "10.5072/KETTLE-0", None, 47, "relatedIdentifiers/relatedIdentifier[2]", None),
        ("other", "DOI", None, 47, "relatedIdentifiers/relatedIdentifier[2]/@relatedIdentifierType", None),
        ("other", "IsVersionOf", None, 47, "relatedIdentifiers/relatedIdentifier[2]/@relationType", None),
        ("venue", "Journal of Kettles", None, 50, "relatedItems/relatedItem[1]", None),
        ("volume", "4", None, 50, "relatedItems/relatedItem[1]/volume", None),
        ("issue", "2", None, 50, "relatedItems/relatedItem[1]/issue", None),
        ("pages", "17-29", None, 50, "relatedItems/relatedItem[1]", None),
        ("reference", "The lid", None, 57, "relatedItems/relatedItem[2]", None),
        ("version", "1.2", None, 59, "version", None),
        ("other", "Free as steam", None, 60, "rightsList/rights", None),
        ("other", "https://example.org/free", None, 60, "rightsList/rights/@rightsURI", None),
        ("other", "A microphone.", None, 62, "descriptions/description[1]", None),
        ("abstract", "We record kettles. All sing.", None, 63, "descriptions/description[2]", None),
        ("other", "2021", None, 27, "publicationYear", None),
        ("other", "2019-05-01/2020-01-01", None, 37, "dates/date[1]", None),
        ("date", "2021-04-05", "2021-04-05", 38, "dates/date[2]", None),
    ]


def test_an_article_of_openaire() -> None:
    (record,), (problem,) = rows(datacite_xml, OPENAIRE)
    assert fields(record, "title", "author", "date", "type", "venue", "volume", "issue", "pages", "publisher", "language", "keyword", "abstract", "url") == [
        ("A chaleira", None), ("João Bule", None), ("por", None), ("Vapor", None), ("literature", None), ("Fervemos a água.", None),
        ("http://hdl.handle.net/1/2", None), ("chá", None), ("Revista do Vapor", None), ("9", None), ("1", None), ("5-8", None), ("2018-03", "2018-03"),
    ]  # fmt: skip
    assert of(record, "affiliation") == [(0, "Universidade do Vapor", None)]
    assert problem.what == "'0000-0002-1825-0098' is no ORCID iD"


def test_it_is_read_inside_an_answer_to_a_harvester() -> None:
    inside = f"<oai_datacite><schemaVersion>4</schemaVersion><payload>{one('')}</payload></oai_datacite>"
    header = "<header><identifier>oai:x:1</identifier></header>"
    data = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record>{header}<metadata>{inside}</metadata></record></ListRecords></OAI-PMH>'
    (record,), problems = rows(oai_pmh, data)
    assert (fields(record, "title", "other"), problems) == ([("T", None), ("oai:x:1", None)], [])
    assert recognise(Document.of_text(data, "x.xml")) == "oai_pmh"


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("<creatorName>Shaevitz, SS</creatorName>", ("SS Shaevitz", None)), ("<creatorName>Gemma Team</creatorName>", ("Gemma Team", "group")),
        ("<creatorName nameType='Personal'>Li</creatorName>", ("Li", None)), ("<givenName>A</givenName><familyName>B</familyName>", ("A B", None)),
        ("<creatorName>University of Bern, Faculty of Tea</creatorName>", ("University of Bern, Faculty of Tea", "group")),
    ],
)  # fmt: skip
def test_names(name: str, author: tuple[str, str | None]) -> None:
    (record,), _ = rows(datacite_xml, one(f"<creators><creator>{name}</creator></creators>"))
    assert fields(record, "author") == [author]


@pytest.mark.parametrize(
    ("inside", "date"),
    [
        ("<publicationYear>2020</publicationYear>", ("2020", "2020")), ("<publicationYear>soon</publicationYear>", ("soon", None)),
        ("<publicationYear>2020</publicationYear><dates><date dateType='Issued'>2019-01-01</date></dates>", ("2020", "2020")),
        ("<dates><date dateType='Created'>2019-01</date><date dateType='Issued'>2020-02</date></dates>", ("2020-02", "2020-02")),
    ],
)  # fmt: skip
def test_dates(inside: str, date: tuple[str, str | None]) -> None:
    (record,), _ = rows(datacite_xml, one(inside))
    assert fields(record, "date") == [date]


def test_works_without_title_and_files_without_works() -> None:
    _, (problem,) = rows(datacite_xml, "<resource xmlns='http://datacite.org/schema/kernel-4'><publisher>x</publisher></resource>")
    assert problem.what == "a work (/resource) has no title"
    (record,), _ = rows(datacite_xml, "<resource><titles><title titleType='AlternativeTitle'>Only</title></titles></resource>")
    assert texts(record, "title") == ["Only"]
    _, (problem,) = rows(datacite_xml, "<resources/>")
    assert problem.what == "no papers found: no work is described in it"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(datacite_xml, f"<!DOCTYPE resource [<!ENTITY f SYSTEM 'f'>]>{one('')}")
    with pytest.raises(UnreadableError):
        rows(datacite_xml, DATASET[:900])


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (DATASET, 1.0), (OPENAIRE, 1.0), (one(""), 1.0), ("<resource><creators><creator><creatorName>", 0.9), ("<resource><title/>", 0.0),
        ("<OAI-PMH><resource xmlns='http://datacite.org/schema/kernel-4'>", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert datacite_xml.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert {recognise(Document.of_text(text, "x.xml")) for text in (DATASET, OPENAIRE)} == {"datacite_xml"}


@given(mangled(DATASET) | mangled(OPENAIRE))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(datacite_xml, data)
