"""Articles in Elsevier's XML."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import elsevier_xml, recognise
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

ANSWER = sample("elsevier_xml/answer.xml")
DOCUMENT = sample("elsevier_xml/document.xml")


def test_an_answer_with_the_text() -> None:
    (record,), problems = rows(elsevier_xml, ANSWER)
    assert problems == []
    assert [(f.name, f.text, f.value, f.line, f.of) for f in record.fields if f.name != "other"] == [
        ("language", "en", None, 2, None), ("identifier", "10.5555/j.kettle.2021.42", "doi:10.5555/j.kettle.2021.42", 24, None),
        ("author", "Ida M. Teapot", None, 29, None), ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 29, 0),
        ("affiliation", "Steam University, Boilington", None, 33, 0), ("author", "Li", None, 30, None), ("affiliation", "Leaf College, Assam", None, 34, 1),
        ("author", "Kettle Consortium", "group", 32, None), ("author", "Bo Pot", None, 38, None), ("affiliation", "Lid Institute", None, 39, 3),
        ("type", "Short note", None, 26, None), ("title", "Why kettles sing", None, 27, None), ("abstract", "Aim: We boil water. Results: It sings.", None, 42, None),
        ("keyword", "kettle", None, 43, None), ("keyword", "song", None, 43, None), ("venue", "Journal of Kettles", None, 9, None), ("volume", "4", None, 10, None),
        ("pages", "17-29", None, 11, None), ("date", "2021-02-28", "2021-02-28", 13, None), ("publisher", "Steam B.V.", None, 15, None),
        ("reference", "On lids", "doi:10.5555/lids", 50, None), ("reference", "A. Green, Leaves.", "arxiv:1706.03762", 53, None),
    ]  # fmt: skip
    assert texts(record, "other") == [
        "KETTLE", "S1", "Corresponding author.", "It sings.", "1-s2.0-S1", "February 2021", "We boil water.",
    ]  # fmt: skip
    assert next(record.all("author")).path == "/full-text-retrieval-response/originalText/doc/serial-item/article/head/author-group[1]/author[1]"


def test_what_a_document_without_text_says() -> None:
    (record,), problems = rows(elsevier_xml, DOCUMENT)
    assert problems == []
    assert [(f.name, f.text, f.value) for f in record.fields] == [
        ("title", "The lid", None), ("author", "Ada Kettle", None), ("keyword", "lid", None), ("keyword", "pot", None),
        ("other", "Lids 9 (2023). doi:10.5555/j.lid.2023.e1", None), ("venue", "Lids", None), ("publisher", "Steam Ltd", None), ("volume", "9", None),
        ("issue", "1", None), ("date", "January 2023", "2023-01"), ("identifier", "10.5555/j.lid.2023.e1", "doi:10.5555/j.lid.2023.e1"), ("pages", "e1", None),
    ]  # fmt: skip


def test_an_abstract_without_sections_and_an_author_without_name() -> None:
    head = "<author-group><author><given-name/></author></author-group><title>T</title><abstract>We boil.</abstract>"
    (record,), _ = rows(elsevier_xml, f"<document xmlns='http://www.elsevier.com/xml/x'><article><head>{head}</head></article></document>")
    assert fields(record, "title", "abstract", "author") == [("T", None), ("We boil.", None)]
    assert of(record, "affiliation") == []


def test_works_without_title_and_files_without_works() -> None:
    _, (problem,) = rows(elsevier_xml, "<document xmlns='http://www.elsevier.com/xml/x'/>")
    assert problem.what == "an article (/document) has no title"
    _, (problem,) = rows(elsevier_xml, "<x/>")
    assert problem.what == "no papers found: there is no article in it"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(elsevier_xml, DOCUMENT.replace("<doc:document", "<!DOCTYPE x [<!ENTITY f SYSTEM 'f'>]><doc:document", 1))
    with pytest.raises(UnreadableError):
        rows(elsevier_xml, ANSWER[:900])


@pytest.mark.parametrize(("head", "sure"), [(ANSWER, 1.0), (DOCUMENT, 1.0), ("<document><title/>", 0.0), ("<article xmlns='http://www.elsevier.com/xml/ja'>", 0.0), ("", 0.0)])
def test_sniff(head: str, sure: float) -> None:
    assert elsevier_xml.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert {recognise(Document.of_text(text, "x.xml")) for text in (ANSWER, DOCUMENT)} == {"elsevier_xml"}


@given(mangled(ANSWER) | mangled(DOCUMENT))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(elsevier_xml, data)
