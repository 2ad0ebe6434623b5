"""Dublin Core on its own: lists, RDF, items of DSpace."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import dublin_core, oai_pmh, recognise
from tests.sources.xml_samples import fields, mangled, rows, sample, survives

LIST = sample("dublin_core/list.xml")
ITEM = sample("dublin_core/item.xml")
WORKS = sample("dublin_core/works.rdf")


def test_a_list() -> None:
    records, problems = rows(dublin_core, LIST)
    assert problems == []
    assert [[(f.name, f.text, f.value, f.line, (f.path or "").removeprefix("/metadata/record")) for f in record.fields] for record in records] == [
        [
            ("author", "Ida M. Teapot", None, 4, "[1]/creator"), ("title", "Why kettles sing", None, 5, "[1]/title"),
            ("reference", "https://doi.org/10.5555/steam", "doi:10.5555/steam", 8, "[1]/references"), ("keyword", "kettle", None, 10, "[1]/subject"),
            ("keyword", "song", None, 10, "[1]/subject"), ("other", "Journal of Kettles", None, 11, "[1]/isPartOf"),
            ("abstract", "We boil water.", None, 6, "[1]/abstract"), ("date", "2021-02-03", "2021-02-03", 7, "[1]/issued"),
            ("identifier", "https://doi.org/10.5555/Kettle.42", "doi:10.5555/kettle.42", 9, "[1]/identifier"),
        ],
        [("title", "The lid", None, 14, "[2]/title"), ("other", "Fox, Eve", None, 15, "[2]/contributor")],
    ]  # fmt: skip


def test_an_item_of_dspace() -> None:
    (record,), problems = rows(dublin_core, ITEM)
    assert problems == []
    assert [(f.name, f.text, f.value) for f in record.fields] == [
        ("author", "Ida M. Teapot", None), ("other", "Fox, Eve", None), ("other", "2022-01-01T00:00:00Z", None), ("other", "Teapot, 2021", None),
        ("language", "en", None), ("title", "The lid", None), ("keyword", "lid", None), ("type", "Thesis", None), ("abstract", "We lift lids.", None),
        ("date", "2021", "2021"), ("url", "http://hdl.handle.net/1/2", None),
    ]  # fmt: skip


def test_rdf_in_which_a_journal_is_no_work() -> None:
    (record,), problems = rows(dublin_core, WORKS)
    assert problems == []
    assert [(f.name, f.text, f.value, f.line) for f in record.fields] == [
        ("title", "Why kettles sing", None, 4), ("author", "Ida M. Teapot", None, 7), ("author", "Lei Wang", None, 8), ("date", "2021", "2021", 12),
        ("identifier", "https://doi.org/10.5555/Kettle.42", "doi:10.5555/kettle.42", 11),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "inside",
    [
        '<d:dim xmlns:d="http://www.dspace.org/xmlns/dspace/dim"><d:field mdschema="dc" element="title">T</d:field><d:field mdschema="x" element="title">other</d:field></d:dim>',
        '<b:dc xmlns:b="http://oai.base-search.net/base_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><b:year>other</b:year></b:dc>',
        '<m:mets xmlns:m="m"><m:xmlData><dc xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T</dc:title><dc:format>other</dc:format></dc></m:xmlData></m:mets>',
    ],
)  # fmt: skip
def test_forms_of_it_in_an_answer_to_a_harvester(inside: str) -> None:
    data = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record><header/><metadata>{inside}</metadata></record></ListRecords></OAI-PMH>'
    (record,), problems = rows(oai_pmh, data)
    assert (fields(record, "title", "other"), problems) == ([("T", None), ("other", None)], [])


def test_an_author_with_affiliation_as_an_element() -> None:
    creator = "<dc:creator><dc:name>Fox, Eve</dc:name><dc:affiliation>Steam U</dc:affiliation></dc:creator>"
    (record,), _ = rows(dublin_core, f"<record xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>T</dc:title>{creator}</record>")
    assert fields(record, "author", "affiliation") == [("Eve Fox", None), ("Steam U", None)]


def test_a_date_as_people_print_it() -> None:
    data = "<record xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>T</dc:title><dc:date>May 2021</dc:date><dc:date>3 March 2022</dc:date></record>"
    (record,), problems = rows(dublin_core, data)
    assert (fields(record, "date"), problems) == ([("May 2021", "2021-05")], [])


def test_works_without_title_and_files_without_works() -> None:
    _, (problem,) = rows(dublin_core, "<records xmlns:dc='http://purl.org/dc/terms/'><r><dc:title/><dc:creator>A, B</dc:creator></r></records>")
    assert problem.what == "a record (/records/r[1]) has no title"
    _, (problem,) = rows(dublin_core, "<records/>")
    assert problem.what == "no papers found: no work is described in it"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(dublin_core, LIST.replace("<metadata", "<!DOCTYPE metadata [<!ENTITY f SYSTEM 'f'>]><metadata", 1))
    with pytest.raises(UnreadableError):
        rows(dublin_core, LIST[:500])


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (LIST, 0.6), (ITEM, 0.6), (WORKS, 0.6), ("<svg xmlns:dc='http://purl.org/dc/elements/1.1/'><a><dc:title>", 0.0), ("<records><title>", 0.0),
        ("<record><!-- <dc:title> --></record>", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert dublin_core.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert {recognise(Document.of_text(text, "x.xml")) for text in (LIST, ITEM, WORKS)} == {"dublin_core"}


@given(mangled(LIST) | mangled(ITEM) | mangled(WORKS))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(dublin_core, data)
