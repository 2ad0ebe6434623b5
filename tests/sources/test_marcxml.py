"""Records of libraries in MARCXML: MARC 21 and UNIMARC."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import marcxml, oai_pmh, recognise
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

COLLECTION = sample("marcxml/collection.xml")
SEARCH = sample("marcxml/search.xml")


def field(tag: str, ind: str = "  ", **codes: str) -> str:
    inside = "".join(f'<subfield code="{code.removeprefix("_")}">{text}</subfield>' for code, text in codes.items())
    return f'<datafield tag="{tag}" ind1="{ind[0]}" ind2="{ind[1]}">{inside}</datafield>'


def one(*inside: str, title: str = "T") -> str:
    return f'<record xmlns="http://www.loc.gov/MARC21/slim">{field("245", a=title)}{"".join(inside)}</record>'


def test_a_book_of_a_library() -> None:
    (record, _), _ = rows(marcxml, COLLECTION)
    home = "/collection/record[1]/"
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix(home), f.of) for f in record.fields] == [
        ("other", "kettle-7", None, 5, "controlfield[1]", None),
        ("other", "9783161484100 :", None, 7, "datafield[1]", None),
        ("author", "Ida M. Teapot Jr.", None, 8, "datafield[2]", None),
        ("other", "1950-", None, 8, "datafield[2]", None),
        ("title", "The lid: a history", None, 9, "datafield[3]", None),
        ("other", "Ida M. Teapot.", None, 9, "datafield[3]", None),
        ("publisher", "Steam Press", None, 10, "datafield[4]", None),
        ("other", "Boilington", None, 10, "datafield[4]", None),
        ("abstract", "We lift lids.", None, 11, "datafield[5]", None),
        ("keyword", "Lids -- History", None, 12, "datafield[6]", None),
        ("type", "Essays", None, 14, "datafield[8]", None),
        ("other", "Fox, Eve, editor.", None, 15, "datafield[9]", None),
        ("other", "https://example.org/contents", None, 16, "datafield[10]", None),
        ("date", "c1993.", "1993", 10, "datafield[4]", None),
        ("language", "eng", None, 6, "controlfield[2]", None),
    ]


def test_a_paper_as_cern_has_it() -> None:
    (_, record), (problem,) = rows(marcxml, COLLECTION)
    assert [(f.name, f.text, f.value) for f in record.fields if f.name != "other"] == [
        ("identifier", "10.5555/Kettle.42", "doi:10.5555/kettle.42"), ("arxiv_id", "arXiv:1901.01234", "1901.01234"), ("category", "nucl-ex", None),
        ("language", "eng", None), ("author", "Lei Wang", None), ("affiliation", "Steam U.", None), ("affiliation", "Steam University, Boilington", None),
        ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097"), ("title", r"Kettles at $\sqrt{s}=5$ TeV", None), ("type", "thesis", None),
        ("category", "hep-ex", None), ("keyword", "steam", None), ("keyword", "song", None), ("author", "KETTLE Collaboration", "group"),
        ("venue", "J.Kettl.", None), ("volume", "D4", None), ("issue", "2", None), ("pages", "17-29", None), ("url", "https://doi.org/10.5555/Kettle.42", None),
        ("reference", "B. Brown, arXiv:hep-th/9711200, Lids,2,231", "arxiv:hep-th/9711200"), ("reference", "On steam", "doi:10.5555/steam"),
        ("date", "14 Jan 2019", "2019-01-14"),
    ]  # fmt: skip
    assert {"STEAM-2019-1", "PhD Steam U.", "Steam University. dgg", "0-0-2", "Fulltext"} <= {*texts(record, "other")}
    assert str(problem) == "x.xml:44: 1 record of people or venues from here on, which are no papers; nothing: they are left out"


def test_an_answer_in_unimarc() -> None:
    (record,), problems = rows(marcxml, SEARCH)
    assert problems == []
    assert [(f.name, f.text, f.value) for f in record.fields] == [
        ("other", "FR1", None), ("language", "fre", None), ("title", "Les lois de la vapeur: essai", None), ("other", "Texte imprimé", None),
        ("other", "Jean Bouilloire", None), ("publisher", "Vapeur", None), ("other", "Paris", None), ("abstract", "On fait bouillir.", None),
        ("venue", "Revue du thé", None), ("volume", "12", None), ("keyword", "Vapeur", None), ("other", "530", None), ("author", "Jean Bouilloire", None),
        ("other", "Pot Paul 080", None), ("date", "DL 2009", "2009"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("person", "author"),
    [
        (field("100", "1 ", a="Lovelace, Ada"), ["Ada Lovelace"]), (field("100", "0 ", a="Aristotle."), ["Aristotle"]), (field("700", a="King, M. L., Jr."), ["M. L. King Jr."]),
        (field("700", a="Fox, E.", _4="http://id.loc.gov/vocabulary/relators/aut"), ["E. Fox"]), (field("700", a="Fox, E.", e="Verfasser"), ["E. Fox"]),
        (field("700", a="Fox, E.", e="Betreuer", _4="oth"), []), (field("700", "12", a="Fox, E.", t="Another work"), []), (field("110", a="Steam Office.", b="Kettles."), ["Steam Office Kettles"]),
        (field("710", a="Lid Society", _4="aut"), ["Lid Society"]), (field("711", a="Meeting on Lids"), []), (field("100"), []),
    ],
)  # fmt: skip
def test_names(person: str, author: list[str]) -> None:
    assert texts(rows(marcxml, one(person))[0][0], "author") == author


@pytest.mark.parametrize(
    ("host", "told"),
    [
        ({"t": "Tea", "g": "Vol. 31, no. 2 (2010), p. 3-9"}, ["Tea", "31", "2", "3-9"]), ({"t": "Tea /", "q": "47:1&lt;9"}, ["Tea", "47", "1", "9"]),
        ({"t": "Tea", "g": "volume:5"}, ["Tea", "5"]), ({"g": "5"}, []), ({"t": "Tea", "q": "47"}, ["Tea", "47"]),
    ],
)  # fmt: skip
def test_what_a_work_is_in(host: dict[str, str], told: list[str]) -> None:
    (record,), _ = rows(marcxml, one(field("773", **host)))
    assert [f.text for f in record.fields if f.name in {"venue", "volume", "issue", "pages"}] == told


@pytest.mark.parametrize(
    ("fields_", "date"),
    [
        ([field("264", " 4", c="©2015"), field("264", " 1", c="[2014]")], ("[2014]", "2014")), ([field("260", c="1997-1999")], ("1997-1999", "1997")),
        ([field("773", t="X", y="2001"), field("502", d="2003")], ("2001", "2001")), ([field("260", c="n.d.")], None),
    ],
)  # fmt: skip
def test_dates(fields_: list[str], date: tuple[str, str] | None) -> None:
    (record,), _ = rows(marcxml, one(*fields_))
    assert fields(record, "date") == ([date] if date else [])


def test_a_publisher_beside_others() -> None:
    (record,), _ = rows(marcxml, one(field("260", a="[S.l.]", b="[Steam Press]"), field("260", a="Boilington", b="Lid House [et al.],")))
    assert (texts(record, "publisher"), texts(record, "other")) == (["Steam Press"], ["[S.l.]", "Lid House [et al.]", "Boilington"])


def test_ids_and_affiliations_of_authors() -> None:
    person = field("100", a="A, B", u="Lab, X.", _0="(orcid)0000-0002-1825-0097", _1="http://viaf.org/1")
    (record,), _ = rows(marcxml, one(person))
    assert of(record, "affiliation") == [(0, "Lab, X.", None)]
    assert of(record, "author_id") == [(0, "0000-0002-1825-0097", "orcid:0000-0002-1825-0097")]
    assert texts(record, "other") == ["http://viaf.org/1"]


def test_it_is_read_inside_an_answer_to_a_harvester() -> None:
    header = "<header><identifier>oai:x:1</identifier></header>"
    data = f'<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords><record>{header}<metadata>{one()}</metadata></record></ListRecords></OAI-PMH>'
    (record,), problems = rows(oai_pmh, data)
    assert (fields(record, "title", "other"), problems) == ([("T", None), ("oai:x:1", None)], [])
    assert recognise(Document.of_text(data, "x.xml")) == "oai_pmh"


def test_works_without_title_and_files_without_works() -> None:
    _, (problem,) = rows(marcxml, f"<collection><record>{field('100', a='A, B')}</record></collection>")
    assert problem.what == "a record (/collection/record[1]) has no title"
    _, (problem,) = rows(marcxml, "<collection/>")
    assert problem.what == "no papers found: there is no record in it"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(marcxml, f"<!DOCTYPE record [<!ENTITY f SYSTEM 'f'>]>{one()}")
    with pytest.raises(UnreadableError):
        rows(marcxml, COLLECTION[:900])


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (COLLECTION, 1.0), (SEARCH, 1.0), (one(), 1.0), ("<record><datafield tag='028A'>", 0.0), ("<OAI-PMH><record><datafield tag='245'>", 0.0),
        ("<collection><record><title/>", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert marcxml.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert {recognise(Document.of_text(text, "x.xml")) for text in (COLLECTION, SEARCH)} == {"marcxml"}


@given(mangled(COLLECTION) | mangled(SEARCH))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(marcxml, data)
