"""dblp's XML: the dump, pages of people, answers of the search."""

import xml.etree.ElementTree as ET
from html.entities import name2codepoint

import pytest
from hypothesis import given, settings
from lxml import etree

from kg.errors import UnreadableError
from kg.sources import dblp_xml
from tests.sources.xml_samples import fields, mangled, of, rows, said, sample, survives, texts

DUMP = sample("dblp_xml/dump.xml")
PERSON = sample("dblp_xml/person.xml")
SEARCH = sample("dblp_xml/search.xml")


def one(inside: str, attributes: str = 'key="journals/x/Y1"') -> str:
    return f"<dblp><article {attributes}><title>T.</title>{inside}</article></dblp>"


def test_a_record_of_the_dump() -> None:
    (record, *_), _ = rows(dblp_xml, DUMP.encode("latin-1"))
    path = "/dblp/article[1]"
    assert (record.ordinal, record.line, record.start) == (0, 4, None)
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix(path), f.of) for f in record.fields] == [
        ("type", "article", None, 4, "", None),
        ("identifier", "journals/tinker/MullerW20", "dblp:journals/tinker/MullerW20", 4, "/@key", None),
        ("type", "survey", None, 4, "/@publtype", None),
        ("other", "2021-03-04", None, 4, "/@mdate", None),
        ("author", "Jürgen Müller", None, 5, "/author[1]", None),
        ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 5, "/author[1]/@orcid", 0),
        ("author", "Wei Wang", None, 6, "/author[2]", None),
        ("author_id", "Wei Wang 0001", None, 6, "/author[2]", 1),
        ("author", "Seán Ó Briain", None, 7, "/author[3]", None),
        ("title", "On H2O and n2 steps in slow looms", None, 8, "/title", None),
        ("pages", "1-12", None, 9, "/pages", None),
        ("date", "2020", "2020-07", 10, "/year", None),
        ("other", "July", None, 11, "/month", None),
        ("volume", "7", None, 12, "/volume", None),
        ("venue", "J. Tinkering", None, 13, "/journal", None),
        ("issue", "2", None, 14, "/number", None),
        ("identifier", "https://doi.org/10.1000/TINK.2020.7", "doi:10.1000/tink.2020.7", 15, "/ee[1]", None),
        ("other", "oa", None, 15, "/ee[1]/@type", None),
        ("arxiv_id", "https://arxiv.org/abs/2001.00042", "2001.00042", 16, "/ee[2]", None),
        ("url", "https://www.wikidata.org/entity/Q42", None, 17, "/ee[3]", None),
        ("reference", "journals/tinker/OldLoom99", "dblp:journals/tinker/OldLoom99", 18, "/cite[1]", None),
        ("url", "db/journals/tinker/tinker7.html#MullerW20", "https://dblp.org/db/journals/tinker/tinker7.html#MullerW20", 20, "/url", None),
        ("comment", "In memory of the first loom.", None, 21, "/note", None),
    ]  # fmt: skip


def test_the_other_records_of_the_dump_and_its_problems() -> None:
    records, problems = rows(dblp_xml, DUMP.encode("latin-1"))
    assert [(r.ordinal, texts(r, "type")[0], texts(r, "title"), r.line) for r in records] == [
        (0, "article", ["On H2O and n2 steps in slow looms"], 4), (1, "inproceedings", ["Is This a Loom?"], 22),
        (2, "proceedings", ["Proceedings of the 3rd Workshop on Looms & Yarn, LOOM 2021"], 37), (3, "phdthesis", [], 45),
        (4, "article", ["And so on..."], 49),
    ]  # fmt: skip
    assert fields(records[1], "identifier") == [
        ("conf/loom/0001A21", "dblp:conf/loom/0001A21"), ("https://openreview.net/forum?id=AbCd_12345", "openreview:AbCd_12345"),
        ("https://aclanthology.org/2021.acl-main.7", "acl:2021.acl-main.7"),
    ]  # fmt: skip
    assert fields(records[2], "author", "author_id") == []
    assert "Jürgen Müller" in texts(records[2], "other")
    assert fields(records[4], "date") == [("20xx", None)]
    assert [str(problem) for problem in problems] == [
        "x.xml:45: a record (phd/Wong90) has no title; add the title, or leave it out",
        "x.xml:50: '0000-0002-1825-0098' is no ORCID iD; correct it",
        "x.xml:52: no year: 20xx; correct it",
        "x.xml:31: 1 record of people or venues from here on, which are no papers; nothing: they are left out",
    ]
    assert [problem.severity for problem in problems] == ["error", "warning", "warning", "warning"]


def test_a_page_of_a_person() -> None:
    records, (problem,) = rows(dblp_xml, PERSON)
    assert [(record.line, texts(record, "title")) for record in records] == [(13, ["On slow looms"]), (21, ["Fast looms"])]
    assert of(records[0], "author_id") == [(0, "12/34", "dblp:12/34"), (1, "Wei Wang 0001", "dblp:35/7092-1")]
    assert records[1].fields[0].path == "/dblpperson/r[2]/inproceedings[1]"
    assert problem.what == "2 records of people or venues from here on, which are no papers"


def test_an_answer_of_the_search() -> None:
    (record,), problems = rows(dblp_xml, SEARCH)
    assert problems == []
    assert texts(record, "author") == ["Jürgen Müller", "Wei Wang"]
    assert of(record, "author_id") == [(0, "12/34", "dblp:12/34"), (1, "Wei Wang 0001", "dblp:35/7092-1")]
    assert fields(record, "title", "venue", "volume", "issue", "pages", "date", "type", "identifier", "url", "other") == [
        ("On slow looms", None), ("J. Tinkering", None), ("7", None), ("2", None), ("1-12", None), ("2020", "2020"),
        ("Journal Articles", None), ("open", None), ("journals/tinker/MullerW20", "dblp:journals/tinker/MullerW20"),
        ("10.1000/TINK.2020.7", "doi:10.1000/tink.2020.7"), ("https://doi.org/10.1000/TINK.2020.7", "doi:10.1000/tink.2020.7"),
        ("https://dblp.org/rec/journals/tinker/MullerW20", None),
    ]  # fmt: skip


def test_a_page_of_contents() -> None:
    data = (
        '<?xml version="1.0"?>\n<bht key="db/conf/loom/loom2021.bht" title="LOOM 2021">\n<h2>Slow looms</h2>\n<dblpcites><r style="ee">'
        '<inproceedings key="conf/loom/A21"><author pid="12/34">Ada B</author><title>One.</title></inproceedings></r>\n'
        '<r><inproceedings key="conf/loom/B21"><title>Two.</title></inproceedings></r></dblpcites></bht>'
    )
    assert dblp_xml.sniff(data, "x") == 1.0
    records, problems = rows(dblp_xml, data)
    assert [(record.line, texts(record, "title"), record.fields[0].path) for record in records] == [
        (4, ["One"], "/bht/dblpcites[1]/r[1]/inproceedings[1]"), (5, ["Two"], "/bht/dblpcites[1]/r[2]/inproceedings[1]"),
    ]  # fmt: skip
    assert problems == []


def test_an_answer_that_names_people_and_one_that_is_empty() -> None:
    person = "<hit><info><author>Ada B</author><url>https://dblp.org/pid/12/34</url></info></hit>"
    records, (problem,) = rows(dblp_xml, f"<result><hits>\n{person}{person}</hits></result>")
    assert records == []
    assert str(problem) == "x.xml:2: 2 records of people or venues from here on, which are no papers; nothing: they are left out"
    records, (problem,) = rows(dblp_xml, '<dblpperson name="A"><dblpkey>journals/x/Y1</dblpkey></dblpperson>')
    assert records == []
    assert (problem.what, problem.severity) == ("no papers found: there is no publication in it", "warning")


@pytest.mark.parametrize(
    ("name", "author", "number"),
    [
        ("Wei Wang 0001", "Wei Wang", "Wei Wang 0001"), ("Wei Wang 1", "Wei Wang 1", None), ("Wei Wang0001", "Wei Wang0001", None),
        ("Agent 0007 0012", "Agent 0007", "Agent 0007 0012"), ("0001", "0001", None), ("Aäron van den Oord", "Aäron van den Oord", None),
        ("John Doe Jr. 0002", "John Doe Jr.", "John Doe Jr. 0002"), ("Wei Wang ٠٠٠١", "Wei Wang ٠٠٠١", None),
    ],
)  # fmt: skip
def test_homonym_numbers(name: str, author: str, number: str | None) -> None:
    (record,), _ = rows(dblp_xml, one(f"<author>{name}</author>"))
    assert texts(record, "author") == [author]
    assert of(record, "author_id") == ([(0, number, None)] if number else [])


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("A Title.", "A Title"), ("A Title", "A Title"), ("Why?", "Why?"), ("Etc...", "Etc..."), ("U.S.A..", "U.S.A.."),
        ("a <i>b</i> <sub>c<sup>d</sup></sub>&amp;<tt>e</tt>\n  f.", "a b cd&e f"), ("&Uuml;ber &alpha;-&beta;.", "Über α-β"), ("x &lt; y.", "x < y"),
    ],
)  # fmt: skip
def test_titles(title: str, read: str) -> None:
    (record,), _ = rows(dblp_xml, f'<dblp><book key="books/x/Y1"><title>{title}</title></book></dblp>')
    assert texts(record, "title") == [read]


@pytest.mark.parametrize(
    ("address", "name", "value"),
    [
        ("https://doi.org/10.48550/arXiv.2205.06175", "arxiv_id", "2205.06175"), ("http://arxiv.org/abs/2205.06175v2", "arxiv_id", "2205.06175"),
        ("https://dx.doi.org/10.1000/ABC", "identifier", "doi:10.1000/abc"), ("https://www.aclweb.org/anthology/P19-1001/", "identifier", "acl:P19-1001"),
        ("https://openreview.net/forum?id=rJXMpikCZ", "identifier", "openreview:rJXMpikCZ"), ("https://orcid.org/0000-0002-1825-0097", "url", None),
        ("https://openreview.net/profile?id=~Wei_Wang1", "url", None), ("http://proceedings.mlr.press/v80/x.html", "url", None), ("javascript:alert(1)", "url", None),
    ],
)  # fmt: skip
def test_electronic_editions(address: str, name: str, value: str | None) -> None:
    (record,), _ = rows(dblp_xml, one(f"<ee>{address}</ee>"))
    assert [(f.name, f.text, f.value) for f in record.fields if (f.path or "").endswith("/ee")] == [(name, address, value)]


@pytest.mark.parametrize(
    ("parts", "value", "warned"),
    [
        ("<year>1999</year>", "1999", 0), ("<year>1999</year><month>December</month>", "1999-12", 0), ("<month>May/June</month><year>1999</year>", "1999-05", 0),
        ("<year>1999</year><month>Winter</month>", "1999", 0), ("<year>1999</year><month>13</month>", "1999", 0), ("<year>99</year>", None, 1), ("<year/>", "", 0),
    ],
)  # fmt: skip
def test_years(parts: str, value: str | None, warned: int) -> None:
    (record,), problems = rows(dblp_xml, one(parts))
    assert [field.value for field in record.all("date")] == ([] if value == "" else [value])
    assert len(problems) == warned


def test_empty_and_missing_parts() -> None:
    (record,), problems = rows(dblp_xml, one("<author/><author> </author><author>A</author><ee/><cite/><note/><pages/><author orcid='x'/>", "mdate=''"))
    assert [(f.name, f.text) for f in record.fields] == [("type", "article"), ("title", "T"), ("author", "A")]
    assert problems == []
    assert [problem.what for problem in rows(dblp_xml, "<dblp></dblp>")[1]] == ["no papers found: there is no publication in it"]
    (record,), _ = rows(dblp_xml, one("", 'key="not a key"'))
    assert fields(record, "identifier") == [("not a key", None)]


def test_three_thousand_authors() -> None:
    (record,), _ = rows(dblp_xml, one("".join(f"<author>A. Uthor {n:04}</author>" for n in range(3000))))
    assert sum(1 for _ in record.all("author")) == 3000
    assert of(record, "author_id")[2999] == (2999, "A. Uthor 2999", None)
    assert record.fields[-1].path == "/dblp/article[1]/author[3000]"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="refused"):
        rows(dblp_xml, '<!DOCTYPE dblp [<!ENTITY x SYSTEM "file:///etc/passwd">]><dblp><article><title>&x;</title></article></dblp>')
    with pytest.raises(UnreadableError, match="Entity 'x' not defined") as caught:
        rows(dblp_xml, '<!DOCTYPE dblp SYSTEM "dblp.dtd">\n<dblp>\n<article><title>&x;</title></article></dblp>')
    assert caught.value.line == 3
    with pytest.raises(UnreadableError) as caught:
        rows(dblp_xml, DUMP.encode("latin-1")[:900])
    assert caught.value.line > 10


@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_line_ends_and_byte_order_mark(line_end: str) -> None:
    data = DUMP.replace("ISO-8859-1", "UTF-8").replace("\n", line_end)
    assert [r.fields for r in rows(dblp_xml, data.encode("utf-8-sig"))[0]] == [r.fields for r in rows(dblp_xml, DUMP.encode("latin-1"))[0]]


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (DUMP, 1.0), (PERSON, 1.0), (SEARCH, 1.0), ("<result><hits></hits></result>", 0.0), ("<result><query>dblp</query></result>", 0.0),
        ("<html><body>dblp</body></html>", 0.0), ("", 0.0), ('{"result": {"hits": "dblp"}}', 0.0), ("<article/>", 0.0), ("<!-- <dblp> -->", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert dblp_xml.sniff(head, "x") == sure


def test_elementtree_reads_the_same() -> None:
    plain = DUMP
    for name, code in name2codepoint.items():
        if name not in {"amp", "lt", "gt", "quot"}:
            plain = plain.replace(f"&{name};", chr(code))
    root = ET.fromstring(plain.partition("?>")[2].replace('<!DOCTYPE dblp SYSTEM "dblp.dtd">', ""))  # noqa: S314 - our own sample
    there = [each for each in root if not each.get("key", "").startswith("homepages/")]
    records, _ = rows(dblp_xml, DUMP.encode("latin-1"))
    assert len(records) == len(there)
    for record, element in zip(records, there, strict=True):
        assert texts(record, "author") == ["".join(e.itertext()).removesuffix(" 0001") for e in element.iter("author")]
        assert all(title in "".join(element.find("title").itertext()) for title in texts(record, "title"))  # type: ignore[union-attr]
        assert bool(texts(record, "title")) == (element.find("title") is not None)
        for name, field in (("pages", "pages"), ("year", "date"), ("volume", "volume"), ("number", "issue"), ("publisher", "publisher")):
            assert texts(record, field) == [e.text for e in element.iter(name)]


@pytest.mark.parametrize("text", [DUMP.replace("&uuml;", "ü"), PERSON, SEARCH])
def test_nothing_is_lost(text: str) -> None:
    root = etree.fromstring(text.replace('<!DOCTYPE dblp SYSTEM "dblp.dtd">', "").encode("latin-1" if "ISO" in text else "utf-8"))
    records, _ = rows(dblp_xml, text.encode("latin-1") if "ISO" in text else text)
    read = " ".join(f"{field.text} {field.value}" for record in records for field in record.fields)
    for element in root.iter(*dblp_xml._RECORDS):
        if element.tag == "person" or element.get("key", "").startswith("homepages/") or element.find("title") is None:
            continue
        assert all(value in read for each in element.iter() for value in each.attrib.values())
        for piece in said(element):
            assert piece == "..." or piece.removesuffix(".").strip() in read


@settings(max_examples=150, deadline=None)
@given(data=mangled(DUMP.replace("&uuml;", "ü").partition("?>")[2]) | mangled(PERSON.partition("?>")[2]) | mangled(SEARCH.partition("?>")[2]))
def test_any_dump_is_survived(data: bytes) -> None:
    survives(dblp_xml, data)
