"""XML of people's own making."""

import tracemalloc
from io import BytesIO

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document, Record
from kg.sources import recognise, xml_records
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

PAPERS = sample("xml_records/papers.xml")


def test_a_list_of_papers() -> None:
    (first, second), problems = rows(xml_records, PAPERS)
    assert problems == []
    assert (first.line, second.line) == (4, 17)
    assert {(f.name, f.text, f.value, f.line, f.path) for f in first.fields if f.name not in {"other", "reference"}} == {
        ("title", "Why kettles sing", None, 5, "$[0].title"), ("author", "Ida Teapot", None, 7, "$[0].authors[0]"), ("author", "Bo Pot", None, 8, "$[0].authors[1]"),
        ("affiliation", "Steam University", None, 7, "$[0].authors[0].affiliation"),
        ("author_id", "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 7, "$[0].authors[0].orcid"),
        ("abstract", "We boil water.", None, 10, "$[0].abstract"), ("identifier", "10.5555/Kettle.42", "doi:10.5555/kettle.42", 11, "$[0].doi"),
        ("keyword", "kettle", None, 13, "$[0].keywords[0]"), ("date", "2021-02-03", "2021-02-03", 14, "$[0].published"),
    }  # fmt: skip
    assert {"en", "1"} <= {*texts(first, "other")}
    assert fields(second, "title", "author", "date", "arxiv_id") == [
        ("Lids", None), ("Eve Fox", None), ("Bo Pot", None), ("2022", "2022"), ("https://arxiv.org/abs/2101.00001", "2101.00001"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("paper", "told"),
    [
        ("<p><title>T</title><authors>Ada Lovelace and Bo Pot</authors></p>", ["Ada Lovelace", "Bo Pot"]),
        ("<p><title>T</title><authorList><author><fullName>Ada Lovelace</fullName></author></authorList></p>", ["Ada Lovelace"]),
        ("<p><title>T</title><authors><a>Ada Lovelace</a><a>Bo Pot</a></authors></p>", ["Ada Lovelace", "Bo Pot"]),
    ],
)  # fmt: skip
def test_ways_to_write_authors(paper: str, told: list[str]) -> None:
    assert texts(rows(xml_records, f"<l>{paper}</l>")[0][0], "author") == told


def test_what_pure_writes() -> None:
    status = '<publicationStatuses><publicationStatus current="true"><publicationDate><year>2020</year><month>5</month><day>6</day></publicationDate></publicationStatus></publicationStatuses>'
    unit = '<organisationalUnits><organisationalUnit uuid="o"><name><text locale="en_GB">Tea Department</text></name></organisationalUnit></organisationalUnits>'
    person = f"<personAssociations><personAssociation><person uuid='p'/><name><firstName>Bo</firstName><lastName>Pot</lastName></name>{unit}</personAssociation></personAssociations>"
    rest = '<abstract formatted="true"><text locale="en_GB">We steep.</text></abstract><electronicVersions><electronicVersion><doi>https://doi.org/10.1000/tea.1</doi></electronicVersion></electronicVersions>'
    (record,), problems = rows(xml_records, f'<result><count>1</count><items><contributionToJournal uuid="1"><title>Tea</title>{status}{person}{rest}</contributionToJournal></items></result>')
    assert problems == []
    assert [(f.name, f.value or f.text, f.of) for f in record.fields if f.name in {"author", "affiliation", "abstract", "date", "identifier"}] == [
        ("author", "Bo Pot", None), ("affiliation", "Tea Department", 0), ("abstract", "We steep.", None), ("identifier", "doi:10.1000/tea.1", None), ("date", "2020-05-06", None),
    ]  # fmt: skip


def test_affiliations_that_authors_point_to() -> None:
    authors = "<authors><author><name>Ada Lovelace</name><affiliationId>1</affiliationId></author><author><name>Bo Pot</name><affiliationId>2</affiliationId></author></authors>"
    places = "<affiliationsList><affiliationName affiliationId='1'>Steam U</affiliationName><affiliationName affiliationId='2'>Leaf College</affiliationName></affiliationsList>"
    (record,), _ = rows(xml_records, f"<records><record><title>T</title>{authors}{places}</record></records>")
    assert of(record, "affiliation") == [(0, "Steam U", None), (1, "Leaf College", None)]


def test_the_year_that_papers_stand_under() -> None:
    paper = "<paper id='a'><title>T</title><author>Bo Pot</author></paper>"
    dated = "<paper><title>T</title><author>Bo Pot</author><year>2019</year></paper>"
    (first, second), problems = rows(xml_records, f"<!DOCTYPE papers [<!ELEMENT papers (group*)>]><papers v='1'><group id='2010'>{paper}{dated}</group></papers>")
    assert problems == []
    assert (texts(first, "date"), texts(second, "date")) == (["2010"], ["2019"])


def test_records_of_several_names() -> None:
    data = "<file><entry><article><title>A</title><author>B, C and D, E</author></article></entry><entry><book><title>F</title><author>G, H</author><year>2001</year></book></entry></file>"
    records, problems = rows(xml_records, data)
    assert problems == []
    assert [texts(record, "title") + texts(record, "author") for record in records] == [["A", "C B", "E D"], ["F", "H G"]]


def test_files_without_records() -> None:
    _, (problem,) = rows(xml_records, "<x/>")
    assert problem.what == "no papers found: there is no record in it"


def test_memory_does_not_grow_with_the_file() -> None:
    paper = f"<paper>\n<title>T</title><authors><author>Ada Lovelace</author><author>Wei Wang</author></authors>\n<abstract>{'We count. ' * 300}</abstract>\n</paper>\n"
    data = f"<papers>\n{paper * 4_000}</papers>".encode()
    document = Document("0" * 16, "x.xml", "", len(data), lambda: BytesIO(data))
    tracemalloc.start()
    lines = [row.line for row in xml_records.read(document) if isinstance(row, Record)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert lines == [*range(2, 2 + 4 * 4_000, 4)]
    assert peak < len(data) / 2


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(xml_records, PAPERS.replace("<journal>", "<!DOCTYPE journal [<!ENTITY f SYSTEM 'f'>]><journal>", 1))
    with pytest.raises(UnreadableError):
        rows(xml_records, PAPERS[:900])
    deep = "<a>" * 60 + "x" + "</a>" * 60
    with pytest.raises(UnreadableError, match="nested"):
        rows(xml_records, f"<l><p><title>T</title><author>A</author>{deep}</p></l>")


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (PAPERS, 0.27), ("<paper><title>T</title><doi>10.1/x</doi></paper>", 0.27), ("<l><p><title>T</title><author>A</author><abs", 0.27),
        ("<html><head><title>T</title></head><author/></html>", 0.0), ("<l><p><title>T</title><year>1</year></p></l>", 0.0), ("<project><name/></project>", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert xml_records.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert recognise(Document.of_text(PAPERS, "x.xml")) == "xml_records"


@given(mangled(PAPERS))
@settings(max_examples=80, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(xml_records, data)
