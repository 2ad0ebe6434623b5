"""Records in MODS: of libraries, the ACL Anthology, Zotero."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import mods, recognise
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

ANTHOLOGY = sample("mods/anthology.xml")
LIBRARY = sample("mods/library.xml")


def one(inside: str) -> str:
    return f'<mods xmlns="http://www.loc.gov/mods/v3"><titleInfo><title>T</title></titleInfo>{inside}</mods>'


def test_a_paper_of_the_acl_anthology() -> None:
    (record,), problems = rows(mods, ANTHOLOGY)
    work = "/modsCollection/mods[1]"
    assert problems == []
    assert record.line == 3
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix(work), f.of) for f in record.fields] == [
        ("date", "2020-07", "2020-07", 23, "/originInfo/dateIssued", None),
        ("other", "2020-07", None, 52, "/part/date", None),
        ("title", "Why Kettles Sing", None, 4, "/titleInfo", None),
        ("author", "Ida M. Teapot", None, 7, "/name[1]", None),
        ("author", "Lei Wang", None, 15, "/name[2]", None),
        ("other", "text", None, 25, "/typeOfResource", None),
        ("abstract", "We listen to kettles.", None, 45, "/abstract", None),
        ("other", "teapot-wang-2020-kettles", None, 46, "/identifier[1]", None),
        ("other", "citekey", None, 46, "/identifier[1]/@type", None),
        ("identifier", "10.1000/Kettle.42", "doi:10.1000/kettle.42", 47, "/identifier[2]", None),
        ("url", "https://example.org/kettle.42/", None, 49, "/location/url", None),
        ("pages", "17-29", None, 53, "/part/extent", None),
        ("venue", "Proceedings of the Meeting on Kettles", None, 27, "/relatedItem/titleInfo", None),
        ("other", "Eve Fox editor", None, 30, "/relatedItem/name", None),
        ("other", "personal", None, 30, "/relatedItem/name/@type", None),
        ("publisher", "Steam Press", None, 38, "/relatedItem/originInfo/publisher", None),
        ("other", "Online", None, 39, "/relatedItem/originInfo/place", None),
        ("other", "conference publication", None, 43, "/relatedItem/genre", None),
        ("other", "marcgt", None, 43, "/relatedItem/genre/@authority", None),
    ]


def test_a_record_of_a_library() -> None:
    (record,), problems = rows(mods, LIBRARY)
    assert problems == []
    assert fields(record, "title", "venue", "date", "volume", "issue", "publisher", "type", "language", "keyword", "identifier") == [
        ("c1998", "1998"), ("The lid: a history", None), ("thesis", None), ("Steam Press", None), ("eng", None), ("Lids", None), ("History", None),
        ("https://doi.org/10.5555/lid.1", "doi:10.5555/lid.1"), ("Journal of Lids", None), ("4", None), ("2", None),
    ]  # fmt: skip
    assert fields(record, "author") == [("Ada Kettle", None), ("Bo Pot Jr.", None), ("Steam Society", "group")]
    assert of(record, "affiliation") == [(1, "Steam University", None)]
    assert of(record, "author_id") == [(1, "0000-0002-1825-0097", "orcid:0000-0002-1825-0097")]
    assert {"Lid hist.", "1931-", "Thesis, Tom thesis advisor", "Delft", "Includes an index.", "Lids and lids", "9783161484100", "1999"} <= {*texts(record, "other")}


@pytest.mark.parametrize(
    ("name", "author"),
    [
        ("<name><namePart>Ada Kettle</namePart></name>", ["Ada Kettle"]), ("<name type='conference'><namePart>LOOM</namePart></name>", []),
        ("<name><displayForm>Kettle, Ada</displayForm></name>", ["Ada Kettle"]), ("<name><namePart>K</namePart><role><roleTerm>Author.</roleTerm></role></name>", ["K"]),
        ("<name><namePart>E</namePart><role><roleTerm type='code'>edt</roleTerm></role></name>", []),
    ],
)  # fmt: skip
def test_names(name: str, author: list[str]) -> None:
    assert texts(rows(mods, one(name))[0][0], "author") == author


def test_years_of_life_and_orcid_ids_as_addresses() -> None:
    name = "<name type='personal' valueURI='https://orcid.org/0000-0002-1825-0097'><namePart>Doe, Jane, 1980-</namePart></name>"
    (record,), _ = rows(mods, one(name))
    assert fields(record, "author", "author_id", "other") == [("Jane Doe", None), ("1980-", None), ("https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097")]
    (record,), _ = rows(mods, "<mods xmlns='http://www.loc.gov/mods/v3'><titleInfo><nonSort>L'</nonSort><title>eau</title></titleInfo></mods>")
    assert texts(record, "title") == ["L'eau"]


def test_identifiers_and_dates() -> None:
    inside = "<identifier type='doi'>no</identifier><identifier type='doi' invalid='yes'>10.1000/x</identifier><location><url>https://aclanthology.org/P97-1001</url></location>"
    (record,), (problem,) = rows(mods, one(f"{inside}<originInfo><dateCreated>soon</dateCreated><copyrightDate>2001</copyrightDate></originInfo>"))
    assert fields(record, "identifier", "date") == [("2001", "2001"), ("https://aclanthology.org/P97-1001", "acl:P97-1001")]
    assert {"soon", "no", "10.1000/x"} <= {*texts(record, "other")}
    assert problem.what == "'no' is no DOI"


def test_works_without_title_and_files_without_works() -> None:
    _, (problem,) = rows(mods, "<mods xmlns='http://www.loc.gov/mods/v3'><note>x</note></mods>")
    assert problem.what == "a work (/mods) has no title"
    _, (problem,) = rows(mods, "<modsCollection/>")
    assert problem.what == "no papers found: no work is described in it"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(mods, f"<!DOCTYPE mods [<!ENTITY f SYSTEM 'f'>]>{one('')}")
    with pytest.raises(UnreadableError):
        rows(mods, ANTHOLOGY[:900])


@pytest.mark.parametrize(("head", "sure"), [(ANTHOLOGY, 1.0), (LIBRARY, 1.0), ("<mods><titleInfo>", 1.0), ("<searchRetrieveResponse><recordData><mods xmlns='http://www.loc.gov/mods/v3'>", 1.0), ("<mods><mod name='x'/>", 0.0), ("<oai/>", 0.0), ("", 0.0)])
def test_sniff(head: str, sure: float) -> None:
    assert mods.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert {recognise(Document.of_text(text, "x.xml")) for text in (ANTHOLOGY, LIBRARY)} == {"mods"}


@given(mangled(ANTHOLOGY) | mangled(LIBRARY))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(mods, data)
