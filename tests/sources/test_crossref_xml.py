"""Crossref's XML: deposits of journals and books, answers for a DOI."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import crossref_xml, recognise
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

DEPOSIT = sample("crossref_xml/deposit.xml")
ANSWER = sample("crossref_xml/answer.xml")


def one(inside: str) -> str:
    return f"<doi_batch><body><posted_content type='preprint'><titles><title>T</title></titles>{inside}<doi_data/></posted_content></body></doi_batch>"


def test_an_article_of_a_deposit() -> None:
    (record, *_), problems = rows(crossref_xml, DEPOSIT)
    journal = "/doi_batch/body[1]/journal[1]"
    assert problems == []
    assert record.line == 19
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix(journal), f.of) for f in record.fields] == [
        ("type", "journal_article", None, 19, "/journal_article[1]", None),
        ("other", "full_text", None, 19, "/journal_article[1]/@publication_type", None),
        ("title", "Why H2O sings: a study", None, 21, "/journal_article[1]/titles/title", None),
        ("author", "Ida M. Teapot Jr.", None, 25, "/journal_article[1]/contributors/person_name[1]", None),
        ("affiliation", "Department of Tea, Steam University, Boilington", None, 30, "/journal_article[1]/contributors/person_name[1]/affiliations/institution", 0),
        ("affiliation_id", "https://ror.org/05dxps055", "ror:05dxps055", 30, "/journal_article[1]/contributors/person_name[1]/affiliations/institution", 0),
        ("author_id", "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 37, "/journal_article[1]/contributors/person_name[1]/ORCID", 0),
        ("author", "Kettle Consortium", "group", 39, "/journal_article[1]/contributors/organization", None),
        ("author", "Li", None, 40, "/journal_article[1]/contributors/person_name[2]", None),
        ("affiliation", "Leaf College, Assam", None, 40, "/journal_article[1]/contributors/person_name[2]/affiliation", 2),
        ("other", "Eve Fox (editor)", None, 41, "/journal_article[1]/contributors/person_name[3]", None),
        ("abstract", "We boil water.", None, 43, "/journal_article[1]/abstract[1]", None),
        ("other", "Wir kochen Wasser.", None, 44, "/journal_article[1]/abstract[2]", None),
        ("pages", "e17", None, 46, "/journal_article[1]/publisher_item/item_number", None),
        ("other", "https://example.org/free", None, 47, "/journal_article[1]/program", None),
        ("identifier", "10.5555/Kettle.17", "doi:10.5555/kettle.17", 49, "/journal_article[1]/doi_data/doi", None),
        ("url", "https://example.org/kettles/17", None, 51, "/journal_article[1]/doi_data/resource", None),
        ("reference", "On lids", "doi:10.5555/lids", 55, "/journal_article[1]/citation_list/citation[1]", None),
        ("reference", "A. Green, Leaves, arXiv:1706.03762 (2017).", "arxiv:1706.03762", 56, "/journal_article[1]/citation_list/citation[2]", None),
        ("reference", "Gray, 1950, Spouts, 3", None, 57, "/journal_article[1]/citation_list/citation[3]", None),
        ("date", "03 02 2021", "2021-02-03", 45, "/journal_article[1]/publication_date", None),
        ("other", "2021", None, 19, "/journal_issue[1]/publication_date", None),
        ("venue", "Journal of Kettles", None, 19, "/journal_metadata[1]/full_title", None),
        ("other", "J. Kettl.", None, 19, "/journal_metadata[1]/abbrev_title", None),
        ("other", "1234-5679", None, 19, "/journal_metadata[1]/issn", None),
        ("language", "en", None, 19, "/journal_metadata[1]/@language", None),
        ("volume", "4", None, 19, "/journal_issue[1]/journal_volume/volume", None),
        ("issue", "2", None, 19, "/journal_issue[1]/issue", None),
    ]


def test_a_chapter_has_the_authors_of_its_book_and_a_book_without_chapters_is_a_work() -> None:
    (_, chapter, book), _ = rows(crossref_xml, DEPOSIT)
    assert fields(chapter, "title", "author", "venue", "pages", "date", "publisher", "identifier") == [
        ("Handles", None), ("1-9", None), ("10.5555/lid.1", "doi:10.5555/lid.1"), ("2001", "2001"), ("Ada Kettle", None), ("The lid", None), ("Steam Press", None),
    ]  # fmt: skip
    assert {"9783161484100", "10.5555/lid"} <= {*texts(chapter, "other")}
    assert fields(book, "type", "title", "volume", "date", "identifier") == [
        ("book", None), ("The spout", None), ("7", None), ("10.5555/spout", "doi:10.5555/spout"), ("2002", "2002"),
    ]  # fmt: skip
    assert texts(book, "other") == ["Pots and pans"]


def test_an_answer_for_two_dois() -> None:
    (record,), (problem,) = rows(crossref_xml, ANSWER)
    assert fields(record, "title", "author", "venue", "publisher", "date", "pages", "language") == [
        ("en", None), ("Bo Pot", None), ("Weaving & steam", None), ("15-17, 20", None), ("3 2011", "2011-03"), ("Proceedings of the 2nd Meeting on Looms", None),
        ("Steam Press", None),
    ]  # fmt: skip
    assert str(problem) == "x.xml:30: Crossref answered: doi:10.5555/nothing not found in Crossref; check the DOI, and ask again"


def test_a_preprint_and_what_is_odd_in_it() -> None:
    inside = (
        "<contributors><anonymous contributor_role='author'/><person_name contributor_role='author'><surname>L</surname><ORCID>0000-0002-1825-0098</ORCID></person_name></contributors>"
        "<group_title>Tea</group_title><posted_date><month>02</month><day>30</day><year>2021</year></posted_date><institution><institution_name>Steam</institution_name></institution>"
        "<citation_list><citation><doi>no</doi></citation></citation_list>"
    )
    (record,), problems = rows(crossref_xml, one(inside))
    assert fields(record, "type", "author", "category", "publisher", "date", "reference") == [
        ("posted_content", None), ("preprint", None), ("Anonymous", None), ("L", None), ("Tea", None), ("Steam", None), ("no", None), ("30 02 2021", "2021"),
    ]  # fmt: skip
    assert of(record, "author_id") == []
    assert [problem.what for problem in problems] == ["'0000-0002-1825-0098' is no ORCID iD"]


def test_works_without_title_and_files_without_works() -> None:
    _, (problem,) = rows(crossref_xml, "<doi_batch><body><dissertation><degree>x</degree></dissertation></body></doi_batch>")
    assert problem.what == "a work (/doi_batch/body[1]/dissertation[1]) has no title"
    _, (problem,) = rows(crossref_xml, "<doi_batch><body/></doi_batch>")
    assert problem.what == "no papers found: no work is described in it"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(crossref_xml, f"<!DOCTYPE doi_batch [<!ENTITY f SYSTEM 'f'>]>{one('')}")
    with pytest.raises(UnreadableError):
        rows(crossref_xml, DEPOSIT[:2000])


@pytest.mark.parametrize(
    ("head", "sure"), [(DEPOSIT, 1.0), (ANSWER, 1.0), (one(""), 1.0), ("<crossref><page/></crossref>", 0.0), ("<doi_batch/>", 0.0), ("<doi_data>", 0.0), ("", 0.0)]
)
def test_sniff(head: str, sure: float) -> None:
    assert crossref_xml.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert {recognise(Document.of_text(text, "x.xml")) for text in (DEPOSIT, ANSWER)} == {"crossref_xml"}


@given(mangled(DEPOSIT) | mangled(ANSWER))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(crossref_xml, data)
