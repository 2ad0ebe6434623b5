"""The ACL Anthology's XML."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from lxml import etree

from kg.errors import UnreadableError
from kg.sources import acl_anthology
from tests.sources.xml_samples import fields, mangled, of, rows, said, sample, survives, texts

NEW = sample("acl_anthology/2020.acl.xml")
OLD = sample("acl_anthology/W18.xml")


def collection(papers: str, meta: str = "", collection: str = "2020.acl", volume: str = "main") -> str:
    return f'<collection id="{collection}"><volume id="{volume}"><meta>{meta}</meta>{papers}</volume></collection>'


def test_a_paper() -> None:
    (record, *_), _ = rows(acl_anthology, NEW)
    paper, meta = "/collection/volume[1]/paper[1]", "/collection/volume[1]/meta[1]"
    assert record.line == 16
    assert [(f.name, f.text, f.value, f.line, f.path, f.of) for f in record.fields] == [
        ("identifier", "2020.acl-main.1", "acl:2020.acl-main.1", 16, f"{paper}/@id", None),
        ("title", "Word counts in O(n^2) time", None, 17, f"{paper}/title", None),
        ("author", "Wei Wang", None, 18, f"{paper}/author[1]", None),
        ("author_id", "wei-wang-leaf", None, 18, f"{paper}/author[1]/@id", 0),
        ("author_id", "0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 18, f"{paper}/author[1]/@orcid", 0),
        ("affiliation", "Leaf College", None, 18, f"{paper}/author[1]/affiliation[1]", 0),
        ("affiliation", "Root & Branch", None, 18, f"{paper}/author[1]/affiliation[2]", 0),
        ("other", "伟 王", None, 18, f"{paper}/author[1]/variant", None),
        ("author", "Suharto", None, 19, f"{paper}/author[2]", None),
        ("author", "Ana de los Santos", None, 20, f"{paper}/author[3]", None),
        ("pages", "1–9", None, 21, f"{paper}/pages", None),
        ("abstract", "We count all words.", None, 22, f"{paper}/abstract", None),
        ("url", "2020.acl-main.1", "https://aclanthology.org/2020.acl-main.1/", 23, f"{paper}/url", None),
        ("identifier", "10.18653/v1/2020.acl-main.1", "doi:10.18653/v1/2020.acl-main.1", 24, f"{paper}/doi", None),
        ("other", "wang-etal-2020-word", None, 25, f"{paper}/bibkey", None),
        ("other", "https://example.org/1", None, 26, f"{paper}/video/@href", None),
        ("venue", "Proceedings of the Meeting on Counting Words", None, 16, f"{meta}/booktitle", None),
        ("publisher", "Word Counters", None, 16, f"{meta}/publisher", None),
        ("date", "5-10 July 2020", "2020-07", 16, f"{meta}/year", None),
    ]


def test_the_other_papers_and_the_problem() -> None:
    records, (problem,) = rows(acl_anthology, NEW)
    assert [(r.ordinal, texts(r, "identifier")[0], texts(r, "venue"), fields(r, "date")) for r in records[1:]] == [
        (1, "2020.acl-main.2", ["Proceedings of the Meeting on Counting Words"], [("September 2020", "2020-09")]),
        (2, "2020.acl-main.3", ["Proceedings of the Meeting on Counting Words"], [("5-10 July 2020", "2020-07")]),
        (3, "2020.acl-srw.1", ["Student Session"], [("2020", "2020")]),
    ]
    assert fields(records[1], "url", "language") == [("http://example.org/letters.pdf", None), ("fra", None)]
    assert str(problem) == "x.xml:35: a paper (/collection/volume[1]/paper[3]) has no title; add the title, or leave it out"


def test_a_volume_of_a_journal() -> None:
    (record,), problems = rows(acl_anthology, OLD)
    assert problems == []
    assert fields(record, "identifier", "venue", "volume", "date", "url") == [
        ("W18-6301", "acl:W18-6301"), ("W18-6301", "https://aclanthology.org/W18-6301/"), ("Transactions of Counting", None), ("6", None),
        ("October 2018", "2018-10"),
    ]  # fmt: skip


def test_a_file_of_the_form_until_2019() -> None:
    data = (
        '<?xml version="1.0"?>\n<volume id="C98">\n<paper id="1000">\n<title>Volume 1: Counting</title><year>1998</year></paper>\n'
        '<paper id="1001"><title>One</title><author>Aarti B.</author><author><first>Ada</first><last>C</last></author></paper>\n'
        '<paper id="2001"><title>Two</title></paper></volume>'
    )
    assert acl_anthology.sniff(data, "x") == 1.0
    (first, second), problems = rows(acl_anthology, data)
    assert [(f.name, f.text, f.value, f.line, f.path) for f in first.fields] == [
        ("identifier", "C98-1001", "acl:C98-1001", 5, "/volume/paper[2]/@id"), ("title", "One", None, 5, "/volume/paper[2]/title"),
        ("author", "Aarti B.", None, 5, "/volume/paper[2]/author[1]"), ("author", "Ada C", None, 5, "/volume/paper[2]/author[2]"),
        ("venue", "Volume 1: Counting", None, 5, "/volume/paper[1]/title"), ("date", "1998", "1998", 5, "/volume/paper[1]/year"),
    ]  # fmt: skip
    assert fields(second, "identifier", "venue", "date") == [("C98-2001", "acl:C98-2001"), ("C98", "1998")]
    assert problems == []
    (record,), _ = rows(acl_anthology, '<volume id="W05"><paper id="0100"><title>F</title></paper><paper id="0107"><title>T</title></paper></volume>')
    assert fields(record, "identifier", "venue", "date") == [("W05-0107", "acl:W05-0107"), ("F", None), ("W05", "2005")]


def test_the_journal_of_an_issue() -> None:
    meta = "<booktitle>Counting, Volume 15, Number 1, March 1989</booktitle><journal-volume>15</journal-volume>"
    (record,), _ = rows(acl_anthology, collection('<paper id="1"><title>T</title></paper>', meta, "J89", "1"))
    assert fields(record, "venue", "volume", "other") == [("Counting", None), ("Counting, Volume 15, Number 1, March 1989", None), ("15", None)]
    (record,), _ = rows(acl_anthology, collection('<paper id="1"><title>T</title></paper>', meta.partition("<journal")[0]))
    assert texts(record, "venue") == ["Counting, Volume 15, Number 1, March 1989"], "no journal, but perhaps the second of several books"


def test_what_a_formula_escapes() -> None:
    (record,), _ = rows(acl_anthology, collection("<paper id='1'><title>At <tex-math>95\\%</tex-math></title><abstract>We count <tex-math>x_{1}\\_\\alpha</tex-math>, not 5\\%.</abstract></paper>"))
    assert fields(record, "title", "abstract") == [("At 95%", None), ("We count x_{1}\\_\\alpha, not 5\\%.", None)]


def test_volumes_without_papers() -> None:
    records, (problem,) = rows(acl_anthology, collection("", "<booktitle>B</booktitle>"))
    assert records == []
    assert (problem.what, problem.severity) == ("no papers found: there is no paper in it", "warning")


@pytest.mark.parametrize(
    ("above", "volume", "paper", "known"),
    [
        ("P19", "1", "1", "P19-1001"), ("P19", "2", "12", "P19-2012"), ("W18", "63", "1", "W18-6301"), ("W05", "1", "7", "W05-0107"),
        ("C69", "1", "1", "C69-0101"), ("C70", "1", "1", "C70-1001"), ("D19", "1", "1", "D19-1001"), ("D19", "57", "2", "D19-5702"),
        ("2020.acl", "main", "1", "2020.acl-main.1"), ("2021.naacl", "srw", "10", "2021.naacl-srw.10"),
    ],
)  # fmt: skip
def test_ids(above: str, volume: str, paper: str, known: str) -> None:
    (record,), _ = rows(acl_anthology, collection(f'<paper id="{paper}"><title>T</title></paper>', "", above, volume))
    assert fields(record, "identifier") == [(known, f"acl:{known}")]


@pytest.mark.parametrize(("above", "volume", "paper"), [("P19", "x", "1"), ("P19", "1", "x"), ("P19", "1", ""), ("", "1", "1"), ("P19", "", "1")])
def test_no_ids(above: str, volume: str, paper: str) -> None:
    (record,), _ = rows(acl_anthology, collection(f'<paper id="{paper}"><title>T</title></paper>', "", above, volume))
    assert fields(record, "identifier") == []


def test_what_the_paper_says_goes_before_what_its_volume_says() -> None:
    papers = '<paper id="1"><title>T</title><booktitle>Own</booktitle><year>2019</year><pages/></paper><paper id="2"><title>T</title></paper>'
    first, second = rows(acl_anthology, collection(papers, "<booktitle>Shared</booktitle><year>2020</year><month>May</month>"))[0]
    assert fields(first, "venue", "date") == [("Own", None), ("May 2019", "2019-05")]
    assert fields(second, "venue", "date") == [("Shared", None), ("May 2020", "2020-05")]


def test_a_volume_without_meta_takes_nothing_from_the_one_before() -> None:
    data = (
        '<collection id="2020.x"><volume id="1"><meta><booktitle>One</booktitle></meta></volume>'
        '<volume id="2"><paper id="1"><title>T</title></paper></volume></collection>'
    )
    assert fields(rows(acl_anthology, data)[0][0], "venue") == []


def test_many_papers_beyond_the_lines_that_libxml2_counts() -> None:
    papers = "".join(f'<paper id="{n}">\n<title>T{n}</title>\n</paper>\n' for n in range(1, 30_001))
    found, _ = rows(acl_anthology, collection(f"\n{papers}", "<booktitle>B</booktitle>"))
    assert len(found) == 30_000
    assert (found[-1].line, texts(found[-1], "venue"), texts(found[-1], "identifier")) == (89_999, ["B"], ["2020.acl-main.30000"])


def test_odd_parts() -> None:
    author = '<author id="" orcid="0000-0002-1825-0098"><first> Ada </first><last>de  la Torre</last><affiliation/></author><author/><editor><first>E</first><last>F</last></editor>'
    (record,), problems = rows(acl_anthology, collection(f'<paper id="1"><title>&lt;T&gt;</title>{author}<doi>no</doi><year>MMXX</year><abstract> </abstract></paper>'))
    assert [(f.name, f.text, f.value) for f in record.fields] == [
        ("identifier", "2020.acl-main.1", "acl:2020.acl-main.1"), ("title", "<T>", None), ("author", "Ada de la Torre", None),
        ("other", "0000-0002-1825-0098", None), ("other", "E F", None), ("other", "no", None), ("date", "MMXX", None),
    ]  # fmt: skip
    assert [problem.what for problem in problems] == ["'0000-0002-1825-0098' is no ORCID iD", "'no' is no DOI", "no year: MMXX"]


def test_three_thousand_authors() -> None:
    people = "".join(f"<author><first>A</first><last>B{n}</last><affiliation>C</affiliation></author>" for n in range(3000))
    (record,), _ = rows(acl_anthology, collection(f'<paper id="1"><title>T</title>{people}</paper>'))
    assert of(record, "affiliation")[-1] == (2999, "C", None)


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD") as caught:
        rows(acl_anthology, '<?xml version="1.0"?>\n<!DOCTYPE collection SYSTEM "x.dtd">\n' + NEW.partition("?>")[2])
    assert caught.value.line == 2
    with pytest.raises(UnreadableError, match="column"):
        rows(acl_anthology, NEW[:900])


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (NEW, 1.0), (OLD, 1.0), ("<collection id='P19'><volume", 1.0), ("<collection><volume>", 0.0), ('<collection id="mine"><volume id="1">', 0.0),
        ('<volume id="P19">', 0.0), ("", 0.0), ("<html><collection id='P19'><volume>", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert acl_anthology.sniff(head, "x") == sure


def test_elementtree_reads_the_same() -> None:
    for text in (NEW, OLD):
        root = ET.fromstring(text.partition("?>")[2])  # noqa: S314 - our own sample
        for record, paper in zip(rows(acl_anthology, text)[0], root.iter("paper"), strict=True):
            assert texts(record, "title") == ["".join(title.itertext()) for title in paper.findall("title")]
            assert texts(record, "author") == [
                " ".join(filter(None, (a.findtext("first"), a.findtext("last")))) for a in paper.findall("author")
            ]
            assert texts(record, "affiliation") == [e.text for e in paper.iter("affiliation")]
            assert texts(record, "pages") == [e.text for e in paper.iter("pages")]


@pytest.mark.parametrize("text", [NEW, OLD])
def test_nothing_is_lost(text: str) -> None:
    records, _ = rows(acl_anthology, text)
    read = " ".join(field.text for record in records for field in record.fields)
    for paper in etree.fromstring(text.encode()).iter("paper"):
        if paper.find("title") is not None:
            assert all(piece in read for piece in said(paper))


@settings(max_examples=100, deadline=None)
@given(data=mangled(NEW.partition("?>")[2]) | mangled(OLD.partition("?>")[2]))
def test_any_collection_is_survived(data: bytes) -> None:
    survives(acl_anthology, data)
