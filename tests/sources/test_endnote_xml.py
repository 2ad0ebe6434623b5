"""EndNote's XML: its sample, the tagged text of the same paper, styles and lines, damaged files."""

import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Record
from kg.sources import endnote_tagged, endnote_xml, examine
from kg.sources.endnote_xml import sniff
from tests.sources.tagged import document, owned, papers, problems, rows, sample, texts, values


def paper(inside: str, kind: str = "Journal Article") -> Record:
    (found,) = papers(endnote_xml, f'<xml><records><record><ref-type name="{kind}">17</ref-type>{inside}</record></records></xml>')
    return found


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ('<?xml version="1.0"?><xml><records><record><source-app name="EndNote">', 1.0), ("\ufeff<xml>\n<records>\n <record>\n  <contributors>", 1.0),
        ('<records><record><ref-type name="Book">6</ref-type>', 1.0), ("<records><record><header/>", 0.0), ("<xml><a/></xml>", 0.0),
        ("<rss><record><ref-type>", 0.0), ("<xml><records></records></xml>", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_sample() -> None:
    (loom, wire), faults = sample("endnote_xml/library.xml")
    assert [(f.text, f.value) for f in loom.all("author")] == [
        ("Ada Lovelace", "person"), ("A. B. van den Oord", "person"), ("Invented Loom Society", "group"),
    ]  # fmt: skip
    assert [texts(loom, name) for name in ("title", "venue", "volume", "issue", "pages", "publisher", "language", "type", "abstract", "keyword")] == [
        ["Looms that weave CO2 & learn"], ["Journal of Invented Results"], ["12"], ["3"], ["17-29"], ["Invented Press"], ["English"],
        ["Journal Article"], ["We weave. We learn."], ["looms", "weaving, mechanical"],
    ]  # fmt: skip
    assert owned(loom, "affiliation") == [("School of Looms, Invented University, London, UK", None), ("Engine Works, Dept Steam, Delft, Netherlands", None)]
    assert values(loom, "identifier") == ["pmid:31452104", "pmcid:PMC6712345", "doi:10.5555/jir.2021.17"]
    assert [(f.text, f.value, f.line) for f in loom.all("date")] == [("May 4 2021", "2021-05-04", 8)]
    assert texts(loom, "url") == ["https://example.org/a.html"]
    assert {"Editor, Ed", "J Inv Res", "1234-5679", "A note.", "internal-pdf://loom.pdf", "20.2", "/home/ada/Looms.enl", "17", "x0f"} <= set(texts(loom, "other"))
    assert [f.path for f in loom.all("title")] == ["/xml/records[1]/record[1]/titles/title"]
    assert [texts(wire, name) for name in ("author", "title", "keyword", "publisher", "venue")] == [
        ["Grace Brewster Hopper"], ["Nanoseconds of wire"], ["long wires"], ["University of Wire"], [],
    ]  # fmt: skip
    assert faults == [(33, "error", "record 3 has no title")]


def test_the_issue_in_its_own_element_as_mendeley_has_it() -> None:
    assert texts(paper("<titles><title>T</title></titles><issue>3</issue>"), "issue") == ["3"]


def test_the_tagged_text_of_the_same_paper_says_the_same() -> None:
    (loom, _), _ = sample("endnote_xml/library.xml")
    lines = [
        "%0 Journal Article", "%A Lovelace, Ada", "%A van den Oord, AB", "%A Invented Loom Society,", "%+ School of Looms, Invented University, London, UK",
        "Engine Works, Dept Steam, Delft, Netherlands", "%T Looms that weave CO2 & learn", "%J Journal of Invented Results", "%P 17-29", "%V 12", "%N 3",
        "%K looms", "weaving, mechanical", "%D 2021", "%8 May 4", "%I Invented Press", "%M 31452104", "%X We weave.", "We learn.", "%U https://example.org/a.html",
        "%2 PMC6712345", "%R 10.5555/jir.2021.17", "%~ PubMed", "%G English",
    ]  # fmt: skip
    (tagged,) = papers(endnote_tagged, "\n".join(lines))

    def facts(record: Record) -> set[tuple[str, str, str | None, int | None]]:
        return {(f.name, f.text, f.value, f.of) for f in record.fields if f.name != "other"}

    assert facts(loom) == facts(tagged)


def test_addresses_belong_to_the_only_author() -> None:
    found = paper("<contributors><authors><author>Roe, R</author></authors></contributors><auth-address>Univ X, Oslo, Norway\nUniv Y, Bergen, Norway</auth-address>")
    assert owned(found, "affiliation") == [("Univ X, Oslo, Norway", 0), ("Univ Y, Bergen, Norway", 0)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<xml><records><record><titles><title>T</title></titles>\n", 2), ("<xml><records>\n<record></titles></record></records></xml>", 2),
        ('<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<xml><records><record><titles>&e;</titles></record></records></xml>', 1),
    ],
)
def test_damaged_files_are_refused(text: str, line: int) -> None:
    with pytest.raises(UnreadableError) as error:
        list(endnote_xml.read(document(text)))
    assert error.value.line == line


def test_a_date_that_is_none() -> None:
    text = "<xml><records><record><titles><title>T</title></titles>\n<dates><year>soon</year></dates></record></records></xml>"
    assert problems(endnote_xml, text) == [(2, "warning", "no date: 'soon'")]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    record = f"<record><titles><title>T</title></titles><abstract>{'word ' * 400}</abstract></record>\n"

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.xml"
        path.write_text(f"<xml><records>{record * count}</records></xml>")
        found = examine(lambda: path.open("rb"), path.name)
        assert isinstance(found, Document)
        tracemalloc.start()
        assert sum(1 for _ in endnote_xml.read(found)) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(800) < peak(200) + 200_000


TAGS = st.sampled_from(["titles", "title", "style", "contributors", "authors", "author", "dates", "year", "pub-dates", "date", "keywords", "keyword", "auth-address", "urls", "url", "periodical", "ref-type", "notes"])
TREES = st.recursive(
    st.text("ab1 :/.é,;\r\n", max_size=6).map(lambda text: text.replace("\r", "&#xD;")),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=3)).map(lambda node: f"<{node[0]}>{''.join(node[1])}</{node[0]}>"),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(trees=st.lists(TREES, max_size=4))
def test_any_tree_is_survived(trees: list[str]) -> None:
    text = f"<xml><records><record><titles><title>T</title></titles>{''.join(trees)}</record></records></xml>"
    found = rows(endnote_xml, text)
    assert found == rows(endnote_xml, text)
    assert any(isinstance(row, Record) for row in found)
