"""Zotero RDF: authors in order, journals inside and by reference, what is no paper passed over."""

import tracemalloc
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import examine
from kg.sources import zotero_rdf as reader
from tests.sources.told import facts, sample

DATA = Path(__file__).parents[1] / "data" / "sources" / "zotero_rdf" / "library.rdf"
SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "z": "http://www.zotero.org/namespaces/export#",
    "dcterms": "http://purl.org/dc/terms/", "dc": "http://purl.org/dc/elements/1.1/", "bib": "http://purl.org/net/biblio#",
    "foaf": "http://xmlns.com/foaf/0.1/", "link": "http://purl.org/rss/1.0/modules/link/",
    "prism": "http://prismstandard.org/namespaces/1.2/basic/",
}  # fmt: skip
ROOT = "<rdf:RDF " + " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in SPACES.items()) + ">"


def rows(inside: str, root: str = ROOT) -> tuple[list[Record], list[Problem]]:
    found = list(reader.read(Document.of_text(f"{root}\n{inside}\n</rdf:RDF>", "x.rdf", "d")))
    return [row for row in found if isinstance(row, Record)], [row for row in found if isinstance(row, Problem)]


def test_library() -> None:
    found = list(reader.read(sample("zotero_rdf/library.rdf")))
    article, preprint, chapter = (row for row in found if isinstance(row, Record))
    assert facts(article, "title", "author", "abstract", "date", "venue", "volume", "issue", "pages", "type", "language") == [
        ("author", "Caroline Herschel", None),
        ("author", "Invented Comet Survey", "group"),
        ("title", "Eight comets & a nebula", None),
        ("abstract", "We sweep the sky.\n\nWe find eight comets.", None),
        ("date", "1797-08-14", "1797-08-14"),
        ("type", "journalArticle", None),
        ("volume", "87", None),
        ("venue", "Invented Transactions", None),
        ("issue", "2", None),
        ("language", "en", None),
        ("pages", "1-8", None),
    ]
    assert facts(article, "identifier", "keyword", "comment", "url") == [
        ("identifier", "10.5555/comet.1", "doi:10.5555/comet.1"),
        ("keyword", "comets", None),
        ("keyword", "Astronomy", None),
        ("identifier", "11452104", "pmid:11452104"),
        ("comment", "Seen by eye.", None),
        ("url", "https://doi.org/10.5555/comet.1", None),
    ]
    assert {"William Herschel", "#item_3", "#item_4", "ISSN 1234-5679", "Inv. Trans."} <= {f.text for f in article.all("other")}
    venue = article.first("venue")
    assert venue is not None
    assert (venue.path, venue.line) == ("/RDF/Journal[1]/title", 57)
    assert facts(preprint, "author", "arxiv_id", "publisher", "venue", "date") == [
        ("author", "Maria Mitchell", None), ("date", "2022-02-31", None), ("publisher", "arXiv", None),
        ("arxiv_id", "arXiv:2202.00456", "2202.00456"), ("venue", "Workshop on Invented Optics", None),
    ]  # fmt: skip
    assert facts(chapter, "title", "venue") == [("title", "Chapter of stars", None), ("venue", "A book of stars", None)]
    assert [(row.line, row.what) for row in found if isinstance(row, Problem)] == [(84, "no date: '2022-02-31'")]


def test_the_standard_library_sees_the_same() -> None:
    root = ET.parse(DATA).getroot()  # noqa: S314 - our own sample
    items = [e for e in root if e.findtext("z:itemType", "attachment", SPACES) != "attachment"]
    records = [row for row in reader.read(sample("zotero_rdf/library.rdf")) if isinstance(row, Record)]
    for item, record in zip(items, records, strict=True):
        title = record.first("title")
        assert title is not None
        assert title.path is not None
        assert root.find(f"{{*}}{title.path.split('/')[2]}") is item
        names = [
            " ".join(filter(None, (p.findtext("foaf:givenName", None, SPACES) or p.findtext("foaf:givenname", None, SPACES), p.findtext("foaf:surname", None, SPACES))))
            for p in item.iterfind("bib:authors/rdf:Seq/rdf:li/foaf:Person", SPACES)
        ]
        assert [f.text for f in record.all("author")] == names


def test_a_journal_before_its_article_and_one_that_is_nowhere() -> None:
    (first, second), problems = rows(
        '<bib:Journal rdf:about="urn:issn:1"><dc:title>J</dc:title></bib:Journal>'
        '<bib:Article><z:itemType>journalArticle</z:itemType><dc:title>T</dc:title><dcterms:isPartOf rdf:resource="urn:issn:1"/></bib:Article>'
        '<bib:Article><z:itemType>journalArticle</z:itemType><dc:title>U</dc:title><dcterms:isPartOf rdf:resource="urn:issn:2"/></bib:Article>'
    )
    assert problems == []
    assert facts(first, "title", "venue") == [("title", "T", None), ("venue", "J", None)]
    assert facts(second, "title", "other") == [("title", "U", None), ("other", "urn:issn:2", None)]


def test_sections_presenters_and_cut_lists() -> None:
    (record,), _ = rows(
        "<bib:ConferenceProceedings><z:itemType>presentation</z:itemType><dc:title>T</dc:title>"
        "<dcterms:isPartOf><bib:Part><dcterms:isPartOf><bib:Periodical><dc:title>P</dc:title></bib:Periodical></dcterms:isPartOf>"
        "<dc:title>Section</dc:title></bib:Part></dcterms:isPartOf>"
        "<z:presenters><rdf:Seq><rdf:li><foaf:Person><foaf:surname>L</foaf:surname><foaf:givenName>A.</foaf:givenName></foaf:Person></rdf:li>"
        "<rdf:li><foaf:Person><foaf:surname>others</foaf:surname></foaf:Person></rdf:li><rdf:li/></rdf:Seq></z:presenters>"
        "<dc:subject><dcterms:LCC><rdf:value>QA76</rdf:value></dcterms:LCC></dc:subject></bib:ConferenceProceedings>"
    )
    assert facts(record, "author", "et_al", "venue", "other") == [
        ("author", "A. L", None), ("et_al", "others", None), ("other", "Section", None), ("venue", "P", None), ("other", "QA76", None),
    ]  # fmt: skip


def test_many_authors_and_wrong_identifiers() -> None:
    people = "".join(f"<rdf:li><foaf:Person><foaf:surname>L{i}</foaf:surname><foaf:givenName>F</foaf:givenName></foaf:Person></rdf:li>" for i in range(3000))
    (record,), problems = rows(
        f"<bib:Article><z:itemType>x</z:itemType>\n<dc:identifier>DOI 11.1/x</dc:identifier><bib:authors><rdf:Seq>{people}</rdf:Seq></bib:authors></bib:Article>"
    )
    assert facts(record, "author")[2999] == ("author", "F L2999", None)
    assert facts(record, "other") == [("other", "11.1/x", None)]
    assert [(p.line, p.what) for p in problems] == [(3, "no DOI: '11.1/x'")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (f"{ROOT}\n<bib:Article><z:itemType>x</z:itemType>", 2),
        (f'<!DOCTYPE rdf:RDF [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n{ROOT}<bib:Article><dc:title>&e;</dc:title></bib:Article></rdf:RDF>', 1),
        (f"{ROOT}\n<bib:Article><dc:title>T</dc:date></bib:Article></rdf:RDF>", 2),
    ],
)
def test_damaged_files_are_refused(text: str, line: int) -> None:
    with pytest.raises(UnreadableError) as error:
        list(reader.read(Document.of_text(text, "x.rdf")))
    assert error.value.line == line


@pytest.mark.parametrize(
    ("head", "score"),
    [
        (ROOT, 1.0),
        (f'<?xml version="1.0"?>\n<!-- x -->\n{ROOT}', 1.0),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">', 0.0),
        ("<feed>http://www.zotero.org/namespaces/export#</feed>", 0.0),
        ("http://www.zotero.org/namespaces/export#", 0.0),
    ],
)
def test_sniff(head: str, score: float) -> None:
    assert reader.sniff(head, "x.rdf") == score


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    article = f"<bib:Article><z:itemType>x</z:itemType><dc:title>T</dc:title><dcterms:abstract>{'word ' * 400}</dcterms:abstract></bib:Article>\n"

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.rdf"
        path.write_text(f"{ROOT}\n{article * count}</rdf:RDF>")
        document = examine(lambda: path.open("rb"), path.name)
        assert isinstance(document, Document)
        tracemalloc.start()
        assert sum(1 for _ in reader.read(document)) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(800) < peak(200) + 200_000


def test_items_that_say_nothing_and_names_with_a_comma_left_in_them() -> None:
    person = "<rdf:li><foaf:Person><foaf:surname>Caroline</foaf:surname><foaf:givenName>Herschel,</foaf:givenName></foaf:Person></rdf:li>"
    paper = f"<bib:Article><z:itemType>x</z:itemType><bib:authors><rdf:Seq>{person}</rdf:Seq></bib:authors><dc:title>T</dc:title></bib:Article>"
    (record,), (problem,) = rows('<rdf:Description rdf:about="#item_1"><z:itemType>document</z:itemType></rdf:Description>' + paper)
    assert (record.ordinal, facts(record, "author")) == (0, [("author", "Caroline Herschel", None)])
    assert (problem.severity, problem.what) == ("warning", "an item that says nothing (document)")


TAGS = st.sampled_from(["bib:Article", "rdf:Description", "z:itemType", "dc:title", "dc:identifier", "dcterms:isPartOf", "bib:Journal", "bib:authors", "rdf:Seq", "rdf:li", "foaf:Person", "foaf:surname", "dc:subject", "dc:publisher", "dc:date", "prism:number", "dc:description", "bib:presentedAt"])
TREES = st.recursive(
    st.text("ab1 :/.é", max_size=6),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=3)).map(lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(trees=st.lists(TREES, max_size=4))
def test_any_tree_is_survived(trees: list[str]) -> None:
    records, _ = rows("<bib:Article><z:itemType>x</z:itemType><dc:title>T</dc:title>" + "".join(trees) + "</bib:Article>" + "".join(trees))
    assert records[0].fields
    for record in records:
        assert all(f.text and f.text == f.text.strip() and f.path for f in record.fields)
