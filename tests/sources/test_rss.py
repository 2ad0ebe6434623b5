"""Feeds of papers: of arXiv, journals, preprint servers and PubMed."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import recognise, rss
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

ARXIV = sample("rss/arxiv.xml")
JOURNAL = sample("rss/journal.rdf")
LONG = "We tell of lids and kettles for so long that nobody will take this for a note: it is the abstract of a paper."


def one(inside: str) -> str:
    return f'<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>T</title>{inside}</item></channel></rss>'


def test_announcements_of_arxiv() -> None:
    (new, replaced), problems = rows(rss, ARXIV)
    item = "/rss/channel[1]/item[1]"
    assert problems == []
    assert (new.ordinal, new.line, replaced.line) == (0, 7, 22)
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix(item), f.of) for f in new.fields] == [
        ("title", "Boiling Kettles Faster & Better", None, 8, "/title", None),
        ("identifier", "10.5555/steam.17", "doi:10.5555/steam.17", 18, "/DOI", None),
        ("arxiv_id", "oai:arXiv.org:2402.00017v1", "2402.00017", 12, "/guid", None),
        ("version", "v1", None, 12, "/guid", None),
        ("abstract", "We boil with $a<b$ by Schrödinger.", None, 10, "/description", None),
        ("author", "Ada Kettle", None, 20, "/creator", None),
        ("affiliation", "Delft", None, 20, "/creator", 0),
        ("author", "Bo Lid", None, 20, "/creator", None),
        ("date", "Fri, 02 Feb 2024 00:00:00 -0500", "2024-02-02", 15, "/pubDate", None),
        ("category", "cs.CV", None, 13, "/category[1]", None),
        ("category", "cs.LG", None, 14, "/category[2]", None),
        ("other", "new", None, 16, "/announce_type", None),
        ("other", "http://creativecommons.org/licenses/by/4.0/", None, 17, "/rights", None),
        ("venue", "J. Steam 12 (2024)", None, 19, "/journal_reference", None),
    ]
    assert fields(replaced, "date", "arxiv_id", "abstract") == [("oai:arXiv.org:2001.00042v3", "2001.00042"), ("Old.", None)]


def test_a_journal() -> None:
    (record,), problems = rows(rss, JOURNAL)
    assert problems == []
    assert [(f.name, f.text, f.value, (f.path or "").removeprefix("/RDF/item[1]")) for f in record.fields] == [
        ("title", "Why kettles sing", None, "/title[1]"), ("identifier", "10.1000/Kettle.42", "doi:10.1000/kettle.42", "/doi"), ("url", "https://example.org/k42", None, "/@about"),
        ("abstract", "We listen to kettles for a very long time and tell, at the length that an abstract has, what it is that they sing.", None, "/encoded"),
        ("author", "Ida Teapot", None, "/creator[1]"), ("author", "Lei Wang", None, "/creator[2]"), ("date", "2021-02-03", "2021-02-03", "/date"), ("pages", "17-29", None, "/startingPage"),
        ("other", "Kettle Science, Published online: 2021-02-03; | doi:10.1000/Kettle.42", None, "/source"), ("venue", "Kettle Science", None, "/publicationName"),
        ("volume", "4", None, "/volume"), ("issue", "2", None, "/number"),
    ]  # fmt: skip


def test_what_arxiv_had_behind_its_titles() -> None:
    inside = (
        '<item rdf:about="http://arxiv.org/abs/1805.00017"><title>On lids. (arXiv:1805.00017v2 [hep-ex] UPDATED)</title><link>http://arxiv.org/abs/1805.00017</link>'
        "<description>&lt;p&gt;We boil $a&amp;lt;b$.\n&lt;/p&gt;</description><dc:creator>&lt;a href='http://arxiv.org/x'&gt;Ada Kettle&lt;/a&gt; (for the KETTLE Collaboration), Bo Lid</dc:creator></item>"
    )
    spaces = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    (record,), _ = rows(rss, f"<rdf:RDF {spaces}>{inside}</rdf:RDF>")
    assert fields(record, "title", "arxiv_id", "version", "category", "abstract", "author", "affiliation") == [
        ("On lids", None), ("arXiv:1805.00017v2", "1805.00017"), ("v2", None), ("hep-ex", None), ("We boil $a<b$.", None),
        ("Ada Kettle", None), ("the KETTLE Collaboration", "group"), ("Bo Lid", None),
    ]  # fmt: skip


def test_a_search_in_pubmed() -> None:
    frame = f"<![CDATA[<p>Tea. 2024 Jul 5. doi: 10.1000/t.</p><p><b>ABSTRACT</b></p><p>{LONG} More.</p><p>PMID:<a href='x'>123</a> | DOI:<a href='y'>10.1000/t</a></p>]]>"
    inside = (
        f"<link>https://pubmed.ncbi.nlm.nih.gov/123/</link><description>{LONG}</description><encoded>{frame}</encoded><guid>pubmed:123</guid><pubDate>Fri, 05 Jul 2024 06:00:00 -0400</pubDate>"
        "<dc:creator>Ida Teapot</dc:creator><dc:creator>Lei Wang</dc:creator><dc:date>2024-07-04</dc:date><dc:source>Tea and lids</dc:source><dc:identifier>pmid:123</dc:identifier><dc:identifier>doi:10.1000/t</dc:identifier>"
    )
    (record,), _ = rows(rss, one(inside))
    assert texts(record, "abstract") == [f"{LONG} More."]
    assert fields(record, "identifier", "date", "venue", "url") == [
        ("pmid:123", "pmid:123"), ("doi:10.1000/t", "doi:10.1000/t"), ("2024-07-04", "2024-07-04"), ("Tea and lids", None),
    ]  # fmt: skip
    assert texts(record, "author") == ["Ida Teapot", "Lei Wang"]


def test_what_sciencedirect_says_in_a_description() -> None:
    description = "&lt;p&gt;Publication date: August 2024&lt;/p&gt;&lt;p&gt;&lt;b&gt;Source:&lt;/b&gt; Kettle Science, Volume 249&lt;/p&gt;&lt;p&gt;Author(s): Ida Teapot, Lei Wang&lt;/p&gt;"
    (record,), _ = rows(rss, one(f"<description>{description}</description>"))
    assert fields(record, "date", "venue", "author", "abstract") == [("Kettle Science", None), ("Ida Teapot", None), ("Lei Wang", None), ("August 2024", "2024-08")]


@pytest.mark.parametrize(
    ("creator", "names"),
    [
        ("<dc:creator>Teapot, I., Wang, L.</dc:creator>", ["I. Teapot", "L. Wang"]), ("<authors>Ida Teapot; Lei Wang</authors>", ["Ida Teapot", "Lei Wang"]),
        ("<author>ed@example.org (Ida Teapot)</author>", ["Ida Teapot"]), ("<author><name>Ida Teapot</name></author><author><name>Wang, Lei</name></author>", ["Ida Teapot", "Lei Wang"]),
        ("<dc:creator/>", []),
    ],
)  # fmt: skip
def test_authors(creator: str, names: list[str]) -> None:
    assert texts(rows(rss, one(creator))[0][0], "author") == names


@pytest.mark.parametrize(
    ("places", "identifiers", "urls"),
    [
        ("<link>https://example.org/doi/10.1000/tea?af=R</link>", ["doi:10.1000/tea"], []), ("<link>https://www.biorxiv.org/content/10.1101/2024.01.01.1v2?rss=1</link>", ["doi:10.1101/2024.01.01.1"], []),
        ("<link>https://example.org/doi/abs/10.1000/tea</link><doi>10.1000/lid</doi>", ["doi:10.1000/lid"], ["https://example.org/doi/abs/10.1000/tea"]),
        ("<link>https://example.org/a</link><guid>https://example.org/a</guid><guid>7</guid>", [], ["https://example.org/a"]), ("<link href='https://doi.org/10.1000/x'/>", ["doi:10.1000/x"], []),
    ],
)  # fmt: skip
def test_identifiers_and_addresses(places: str, identifiers: list[str], urls: list[str]) -> None:
    (record,), _ = rows(rss, one(places))
    assert [value for _, _, value in of(record, "identifier")] == identifiers
    assert texts(record, "url") == urls


def test_a_short_description_is_no_abstract() -> None:
    (record,), _ = rows(rss, one("<description>Volume 4, Issue 2</description>"))
    assert fields(record, "abstract", "other") == [("Volume 4, Issue 2", None)]
    assert record.first("abstract") is None


def test_feeds_and_items_without_papers() -> None:
    _, (problem,) = rows(rss, "<rss><channel/></rss>")
    assert (problem.what, problem.severity) == ("no papers found: the feed has no item", "warning")
    records, (problem,) = rows(rss, "<rss><channel><item><link>https://example.org</link></item></channel></rss>")
    assert records == []
    assert problem.what == "an item (/rss/channel[1]/item[1]) has no title"


@pytest.mark.parametrize("text", [" " * 200_000 + "x", "@" * 200_000, "(arXiv:" * 30_000, "/10.1000/" * 20_000 + " x", "PMID:1 | " * 20_000])
def test_texts_made_to_be_slow(text: str) -> None:
    rows(rss, one(f"<description>{text}</description><author>{text}</author><link>{text}</link>").replace("<title>T<", f"<title>{text}<"))


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError):
        rows(rss, ARXIV[:900])
    with pytest.raises(UnreadableError, match="DTD"):
        rows(rss, f"<!DOCTYPE rss [<!ENTITY f SYSTEM 'f'>]>{one('')}")


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (ARXIV, 0.95), (JOURNAL, 0.95), ("<rss><channel><item><title>x</title>", 0.0), ("<rss><item><link>https://doi.org/10.1000/x", 0.95),
        ('<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>https://doi.org/10.1000/x', 0.95), ('<feed xmlns="http://www.w3.org/2005/Atom"><id>http://arxiv.org/api', 0.0),
        ('<rdf:RDF xmlns:rdf="x"><item>doi:10.1000/x', 0.0), ("<html>arxiv.org", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert rss.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert {recognise(Document.of_text(text, "feed.xml")) for text in (ARXIV, JOURNAL)} == {"rss"}


@given(mangled(ARXIV) | mangled(JOURNAL))
@settings(max_examples=60, deadline=None)
def test_any_feed_is_survived(data: bytes) -> None:
    survives(rss, data)


def test_what_mdpi_prints_before_title_and_abstract() -> None:
    before = "&lt;p&gt;Tea, Vol. 1: T&lt;/p&gt;\n&lt;p&gt;Tea doi: 10.1000/x&lt;/p&gt;\n&lt;p&gt;Authors:\nAda Kettle\nBo Lid&lt;/p&gt;"
    item = f"<item><title>Tea, Vol. 1: T</title><description>{before}&lt;p&gt;{LONG}&lt;/p&gt;</description><dc:title>T</dc:title><dc:creator>Ada Kettle</dc:creator></item>"
    (record,), _ = rows(rss, f'<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>{item}</channel></rss>')
    assert fields(record, "title", "abstract", "author") == [("T", None), (LONG, None), ("Ada Kettle", None)]


def test_an_answer_of_j_stage_in_two_languages() -> None:
    entry = (
        "<entry><article_title><en>Tea</en><ja>茶</ja></article_title><author><en><name>Taro YAMADA</name><name>Hanako SATO</name></en><ja><name>山田太郎</name></ja></author>"
        "<material_title><en>J. Tea</en><ja>茶誌</ja></material_title><pubyear>2019</pubyear><prism:doi>10.1000/x</prism:doi><title>Tea</title></entry>"
    )
    data = f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">{entry}</feed>'
    (record,), problems = rows(rss, data)
    assert problems == []
    assert fields(record, "title", "author", "venue", "date", "other") == [
        ("Tea", None), ("Taro YAMADA", None), ("Hanako SATO", None), ("2019", "2019"), ("Tea", None), ("茶", None), ("山田太郎", None), ("J. Tea", None), ("茶誌", None),
    ]  # fmt: skip
    assert recognise(Document.of_text(data, "x.xml")) == "rss"


def test_feeds_of_publishers_are_known_by_their_site_and_headings_are_no_part_of_an_abstract() -> None:
    item = f"<item><title>T</title><link>https://www.sciencedirect.com/science/article/pii/S1</link><description>&lt;h2&gt;Abstract&lt;/h2&gt;&lt;p&gt;{LONG}&lt;/p&gt;</description></item>"
    data = f"<rss><channel>{item}</channel></rss>"
    assert rss.sniff(data, "x") == 0.95
    (record,), _ = rows(rss, data)
    assert texts(record, "abstract") == [LONG]
