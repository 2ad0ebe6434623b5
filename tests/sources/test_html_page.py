"""Saved web pages: what they say for machines, what they list, what they look like."""

from contextlib import suppress
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import HEAD, decode, recognise
from kg.sources._html.page import page_of
from kg.sources.html_page import read, sniff
from tests.growth import assert_linear

DATA = Path(__file__).parents[1] / "data" / "sources" / "html_page"
SHARED = Path(__file__).parents[2].parent / "shared" / "hostile"


def document(data: bytes | str, name: str = "x.html") -> Document:
    found = decode(data.encode() if isinstance(data, str) else data, name)
    assert isinstance(found, Document)
    return found


def rows(data: bytes | str) -> list[Record | Problem]:
    return list(read(document(data)))


def records(data: bytes | str) -> list[Record]:
    return [row for row in rows(data) if isinstance(row, Record)]


def sample(name: str) -> list[Record]:
    return records((DATA / name).read_bytes())


def said(record: Record, *names: str) -> dict[str, list[str]]:
    return {name: [field.text for field in record.all(name)] for name in names}


def one(data: bytes | str) -> Record:
    (found,) = records(data)
    return found


def meta(**tags: str) -> str:
    return "<html><head>" + "".join(f'<meta name="{name}" content="{escape(text)}">\n' for name, text in tags.items()) + "</head></html>"


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        ("<!DOCTYPE html><html>", 1.0), ("\ufeff\n<!-- saved from url=(0031)https://example.org/ -->\n<HTML lang=en>", 1.0),
        ('<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html>', 1.0), ("<ul><li>x", 0.6), ("<div class=x>", 0.6),
        ("<feed>", 0.0), ("<!DOCTYPE dblp SYSTEM 'dblp.dtd'><dblp>", 0.0), ("<articles>", 0.0), ("a < b", 0.0), ("text with <html> in it", 0.0), ("", 0.0), ("<!--" * 5000, 0.0),
    ],
)  # fmt: skip
def test_what_is_a_page(head: str, sure: float) -> None:
    assert sniff(head, "x") == sure


def test_meta_tags_of_one_paper() -> None:
    (record,) = sample("paper.html")
    assert said(record, "title", "author", "affiliation", "venue", "volume", "issue", "pages", "publisher", "keyword", "comment", "category", "other") == {
        "title": ["Small Motors for Large Rooms: H2O & Oil"], "author": ["Jemison, Mae", "van den Berg, Aäron", "Motor Collaboration"],
        "affiliation": ["University of Examples", "Institute for Quiet Machines"], "venue": ["Journal of Patient Machines"], "volume": ["4"], "issue": ["2"],
        "pages": ["101-117"], "publisher": ["Example Press"], "keyword": ["motors", "rooms", "quiet"], "comment": ["12 pages, 3 figures"], "category": ["cs.RO", "cs.SD"],
        "other": ["0000-0002-1825-0098", "2021/06/07", "1234-5678"],
    }  # fmt: skip
    assert [(field.text, field.of, field.line, field.path) for field in record.all("affiliation")] == [
        ("University of Examples", 0, 9, 'meta[@name="citation_author_institution"]'), ("Institute for Quiet Machines", 0, 10, 'meta[@name="citation_author_institution"]'),
    ]  # fmt: skip
    assert [(field.value, field.of) for field in record.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]
    assert [(field.text, field.value) for field in record.all("date")] == [("2021/05/05", "2021-05-05")]
    assert [field.value for field in record.all("identifier")] == ["doi:10.1000/jpm.2021.101"]
    assert [(field.text, field.value) for field in record.all("reference")] == [("Whispering Gears", "doi:10.1000/quiet.2019.1")]
    assert [field.value for field in record.all("author")] == [None, None, "group"]
    abstract = record.first("abstract")
    assert abstract is not None
    assert (abstract.text[:12], abstract.line) == ("We study how", 35)
    assert [(row.line, row.severity, "ORCID" in row.what) for row in rows((DATA / "paper.html").read_bytes()) if isinstance(row, Problem)] == [(13, "warning", True)]


class Metas(HTMLParser):
    """Python's own HTML parser, as a second opinion on meta tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and (values.get("name") or "").startswith("citation_"):
            self.found.append((values["name"] or "", values.get("content") or "", self.getpos()[0]))


def test_all_meta_tags_are_kept_with_their_lines() -> None:
    text = (DATA / "paper.html").read_text()
    oracle = Metas()
    oracle.feed(text)
    (record,) = records(text)
    told = {(field.path, field.line) for field in record.fields}
    lost = [name for name, _, line in oracle.found if (f'meta[@name="{name}"]', line) not in told]
    assert lost == ["citation_lastpage"]  # it is in the field of the first page


@pytest.mark.parametrize(
    ("page", "authors"),
    [
        (meta(citation_title="A title", citation_author="Ada Lovelace; Alan Turing; et al."), ["Ada Lovelace", "Alan Turing"]),
        (meta(citation_title="A title", citation_authors="Lovelace, Ada; Turing, Alan"), ["Lovelace, Ada", "Turing, Alan"]),
        (meta(citation_title="A title", citation_author="Ada Lovelace, Alan Turing and Wei Wang"), ["Ada Lovelace", "Alan Turing", "Wei Wang"]),
        (meta(citation_title="A title", citation_author="Lovelace, Ada"), ["Lovelace, Ada"]),
        (meta(bepress_citation_title="A title", bepress_citation_author="Ada Lovelace"), ["Ada Lovelace"]),
        (meta(**{"eprints.title": "A title", "eprints.creators_name": "Lovelace, Ada"}), ["Lovelace, Ada"]),
        (meta(**{"DC.Title": "A title", "DC.Creator": "Ada Lovelace", "DC.Date": "2020"}), ["Ada Lovelace"]),
        (meta(**{"dcterms:title": "A title", "dcterms:creator": "Ada Lovelace", "dcterms:issued": "2020"}), ["Ada Lovelace"]),
    ],
)
def test_families_of_meta_tags(page: str, authors: list[str]) -> None:
    record = one(page)
    assert said(record, "title", "author") == {"title": ["A title"], "author": authors}


def test_the_more_trusted_tag_counts_and_the_other_is_kept() -> None:
    record = one(meta(**{"dc.title": "Another title", "citation_title": "A title", "dc.creator": "Ada", "citation_publication_date": "2020/13/45", "dc.date": "2021"}))
    assert said(record, "title", "author", "date", "other") == {"title": ["A title"], "author": ["Ada"], "date": ["2020/13/45"], "other": ["Another title", "2021"]}
    (date,) = record.all("date")
    assert date.value is None


def test_many_authors() -> None:
    tags = "".join(f'<meta name="citation_author" content="Ada Number{i}">' for i in range(3000))
    record = one(f'<html><meta name="citation_title" content="A title">{tags}')
    assert sum(1 for _ in record.all("author")) == 3000


def test_linked_data() -> None:
    (record,) = sample("linked.html")
    assert said(record, "title", "author", "affiliation", "venue", "volume", "issue", "pages", "keyword", "publisher", "language", "other") == {
        "title": ["Whispering Gears"], "author": ["Ruby Payne", "Vera Rubin", "Gear Watch"], "affiliation": ["University of Examples"], "venue": ["Journal of Gears"],
        "volume": ["12"], "issue": ["7"], "pages": ["1-9"], "keyword": ["gears", "wood"], "publisher": ["Example Press"], "language": ["en"], "other": [],
    }  # fmt: skip
    assert [(field.value, field.of, field.path) for field in record.all("author_id")] == [("orcid:0000-0002-1825-0097", 0, "script[1]$.@graph[1].author[0].sameAs")]
    assert [(field.value, field.of) for field in record.all("affiliation_id")] == [("ror:05dxps055", 0)]
    assert [field.value for field in record.all("author")] == [None, None, "group"]
    assert [field.value for field in record.all("reference")] == ["doi:10.1000/ww"]
    assert [field.value for field in record.all("identifier")] == ["doi:10.1000/quiet.2019.1"]


def linked(data: str) -> str:
    return f'<html><script type="application/ld+json">{data}</script></html>'


@pytest.mark.parametrize(
    ("data", "titles"),
    [
        ('[{"@type": "ScholarlyArticle", "name": "One"}, {"@type": ["Article", "http://schema.org/ScholarlyArticle"], "headline": "Two"}]', ["One", "Two"]),
        ('{"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": {"@type": "ScholarlyArticle", "name": "One", "author": "Ada; Alan"}}]}', ["One"]),
        ('{"@type": "Article", "name": "One", "author": {"name": "Ada"}, "isPartOf": {"@type": "Periodical", "name": "J"}}', ["One"]),
        ('{"@type": "CreativeWork", "name": "One", "author": [{"name": "Ada"}], "sameAs": "https://doi.org/10.1000/x"}', ["One"]),
        ('{"@type": "WebPage", "mainEntity": {"@type": "ScholarlyArticle", "headline": "One", "author": [null, 7, {"name": ["Ada"]}, [["x"]]]}}', ["One"]),
        ('<!-- {"@type": "ScholarlyArticle", "headline": "One\nline"} -->', ["One line"]),
    ],
)  # fmt: skip
def test_shapes_of_linked_data(data: str, titles: list[str]) -> None:
    found = records(linked(data))
    assert [" ".join(field.text.split()) for record in found for field in record.all("title")] == titles


@pytest.mark.parametrize(
    "data",
    [
        '{"@type": "NewsArticle", "headline": "Ada wins", "author": {"name": "Alan"}}', '{"@type": "Article", "name": "A blog", "author": "Ada"}', '{"@type": "ScholarlyArticle"}',
        "{", "[" * 100_000, "null", '{"@type": 7, "name": {}}', '{"@graph": {"@graph": 1}}',
    ],
)  # fmt: skip
def test_linked_data_about_no_paper(data: str) -> None:
    with pytest.raises(UnreadableError, match="HTML page, not a feed"):
        rows(linked(data))


def test_microdata_of_dblp() -> None:
    first, second = sample("dblp.html")
    assert said(first, "title", "author", "venue", "pages", "date") == {
        "title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Wei Wang"], "venue": ["QuietConf"], "pages": ["101-117"], "date": ["2021"],
    }  # fmt: skip
    assert [(field.value, field.of) for field in first.all("author_id")] == [("orcid:0000-0002-1825-0097", 0), ("dblp:12/3456", 0), ("dblp:w/WeiWang1", 1)]
    assert [field.value for field in first.all("identifier")] == ["dblp:conf/quiet/JemisonW21", "doi:10.1000/quiet.2021.7"]
    assert said(second, "title", "author", "date") == {"title": ["Whispering Gears"], "author": ["Ruby Payne"], "date": ["2021"]}


def test_page_of_ieee_xplore() -> None:
    record = one(
        "<html><head><title>x</title></head><body><script>xplGlobal.document.metadata="
        '{"xploreDocumentType":"Journals","title":"On Engines","authors":[{"name":"Ada Lovelace","affiliation":["Univ. X; London"],"orcid":"0000-0002-1825-0097"},{"name":"Wei Wang"}],'
        '"doi":"10.1000/e.1","publicationTitle":"Engines","publicationYear":"2021","startPage":"1","endPage":"9","keywords":[{"type":"Author","kwd":["rest"]}]};</script></body></html>'
    )
    assert said(record, "title", "author", "affiliation", "venue", "date", "pages", "keyword") == {
        "title": ["On Engines"], "author": ["Ada Lovelace", "Wei Wang"], "affiliation": ["Univ. X; London"], "venue": ["Engines"], "date": ["2021"], "pages": ["1-9"], "keyword": ["rest"],
    }  # fmt: skip
    assert [(field.value, field.of) for field in record.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]


def test_what_another_way_says_of_the_same_authors_is_theirs() -> None:
    page = meta(citation_title="On Engines", citation_author="Lovelace, Ada").replace(
        "</head>",
        '<script type="application/ld+json">{"@type":"ScholarlyArticle","headline":"On Engines","author":[{"name":"Ada Lovelace","url":"http://orcid.org/0000-0002-1825-0097",'
        '"affiliation":{"name":"Univ. X"}}]}</script></head>',
    )
    record = one(page)
    assert said(record, "author", "affiliation", "other") == {"author": ["Lovelace, Ada"], "affiliation": ["Univ. X"], "other": []}
    assert [(field.value, field.of) for field in record.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]


def test_page_of_acm() -> None:
    page = (
        '<html><head><meta name="dc.Title" content="On Engines | Proceedings of Minds"><meta name="dc.Creator" content="Ada Lovelace"><meta name="dc.Date" content="2021-10-17">'
        '<meta name="citation_journal_title" content="Proceedings of Minds"></head><body><article vocab="http://schema.org/" typeof="ScholarlyArticle"><h1 property="name">On Engines</h1>'
        '<span property="author" typeof="Person"><span property="givenName">Ada</span> <span property="familyName">Lovelace</span>'
        '<span property="affiliation" typeof="Organization"><span property="name">Univ. X</span></span></span></article></body></html>'
    )
    assert said(one(page), "title", "author", "affiliation") == {"title": ["On Engines"], "author": ["Ada Lovelace"], "affiliation": ["Univ. X"]}


def test_page_of_sciencedirect() -> None:
    page = meta(citation_title="A grammar of silence", citation_doi="10.1000/s.1").replace(
        "</head>",
        '</head><body><span class="given-name">Emmy</span> <span class="text surname">Noether</span><sup>a</sup><h2>Keywords</h2><div class="keyword"><span>Silence</span></div></body>',
    )
    assert said(one(page), "author", "keyword") == {"author": ["Emmy Noether"], "keyword": ["Silence"]}


@pytest.mark.parametrize(
    "item",
    [
        # titles without a class, beside authors with one
        '<article><h3>{title}</h3><p class="authors">Ada Lovelace, <b>Wei Wang</b></p><p class="venue"><em>Minds 3 (2), 1-9</em> (2021)</p></article>',
        # a class of titles around title and authors, and a class of authors around a venue
        '<article><div class="title"><h2>{title}</h2><p>Ada Lovelace, Wei Wang <a href="c.html">[CITE]</a></p></div><a class="author" href="https://example.org">Minds 2021</a></article>',
        # the last name ends with its line
        '<tr><td><a href="https://example.org/p"><span class="papertitle">{title}</span></a><br><a href="https://a.org">Ada Lovelace</a>, <strong>Wei Wang</strong>*<br><em>Minds</em>, 2021 <b>(Oral)</b></td></tr>',
        # single quotation marks, and a link that is no title
        "<li>Lovelace, A. &amp; Wang, W. (2021), '{title}', Minds. <a href='https://example.org/v'>Volume 87</a>, 25 October 2021, Pages 12-25</li>",
        # BibTeX within the item
        '<div class="paper"><p class="title">{title}</p><p class="authors">Ada Lovelace, Wei Wang</p><pre>@inproceedings{{k, title={{x}}, booktitle={{Minds}}, year={{2021}}}}</pre></div>',
    ],
)  # fmt: skip
def test_layouts_of_lists(item: str) -> None:
    page = f"<html><body><table>{''.join(item.format(title=title) for title in ('On engines that wait', 'On gears and rest'))}</table></body></html>"
    found = records(page)
    assert [said(record, "title") for record in found] == [{"title": ["On engines that wait"]}, {"title": ["On gears and rest"]}]
    assert {len(list(record.all("author"))) for record in found} == {2}
    assert {field.value or field.text for record in found for field in record.all("date")} == {"2021"}
    assert all("Wang" in record.fields[2].text and "Minds" not in record.fields[2].text for record in found)


def test_bibtex_on_a_page_that_cannot_be_read_otherwise() -> None:
    page = "<html><body>[1]. Some text<br><pre>\n@article{a, title={On {SQL}}, author={Lovelace, Ada and Wang, Wei}, year={1970}}\n</pre><br>more</body></html>"
    found = rows(page)
    record = next(row for row in found if isinstance(row, Record))
    assert said(record, "title", "author") == {"title": ["On SQL"], "author": ["Ada Lovelace", "Wei Wang"]}
    assert any(isinstance(row, Problem) and "BibTeX" in row.what for row in found)


def test_the_year_of_a_list_is_that_of_its_heading() -> None:
    items = "".join(f'<li><a title="paper title" href="/p">{title}</a> <i>Ada Lovelace, Wei Wang</i></li>' for title in ("On engines that wait", "On gears and rest"))
    found = records(f"<html><body><h4>Minds 34 (Minds 2021)</h4><ul>{items}</ul></body></html>")
    assert [field.path for record in found for field in record.all("date")] == ["/html[1]/body[1]/h4[1]"] * 2


def test_listing_of_arxiv() -> None:
    first, second = sample("arxiv_list.html")
    assert said(first, "title", "author", "category", "comment", "abstract", "arxiv_id", "venue") == {
        "title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"], "category": ["cs.RO", "cs.SD"], "comment": ["12 pages"],
        "abstract": ["We study how small a motor may be before nobody in a large room hears it."], "arxiv_id": ["2105.01234"], "venue": [],
    }  # fmt: skip
    assert said(second, "title", "author", "arxiv_id") == {"title": ["Whispering Gears"], "author": ["Ruby Payne"], "arxiv_id": ["2105.05678"]}
    title = first.first("title")
    assert title is not None
    assert (first.line, title.line, title.path) == (6, 13, "/html[1]/body[1]/div[1]/dl[1]/dd[1]/div[1]/div[1]")


def test_volume_of_the_acl_anthology() -> None:
    first, second = sample("anthology.html")
    assert said(first, "title", "author", "venue") == {"title": ["Parsing Whispers with Trees"], "author": ["Mae Jemison", "Katherine Johnson"], "venue": ["Proceedings of QuietConf"]}
    assert [field.value for field in first.all("identifier")] == ["acl:2021.quiet-main.1"]
    assert [field.text for field in first.all("url")] == ["https://aclanthology.org/2021.quiet-main.1.pdf", "https://aclanthology.org/2021.quiet-main.1/"]
    abstract = first.first("abstract")
    assert abstract is not None
    assert abstract.text.startswith("We present a parser")
    assert said(second, "author", "abstract") == {"author": ["Wei Wang"], "abstract": []}


def test_proceedings_of_neurips() -> None:
    assert [said(record, "title", "author", "venue") for record in sample("proceedings.html")] == [
        {"title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Katherine Johnson"], "venue": []},
        {"title": ["On Attention, and How to Pay It"], "author": ["Ruby Payne", "Wei Wang", "Gear Team"], "venue": []},
    ]


def test_profile_of_google_scholar() -> None:
    first, second = sample("scholar.html")
    assert said(first, "title", "author", "et_al", "venue", "volume", "issue", "pages", "date", "other") == {
        "title": ["Small motors for large rooms"], "author": ["M Jemison", "K Johnson", "W Wang"], "et_al": ["..."], "venue": ["Journal of Patient Machines"],
        "volume": ["4"], "issue": ["2"], "pages": ["101-117"], "date": ["2021"], "other": ["1,234"],
    }  # fmt: skip
    assert said(second, "author", "venue", "date") == {"author": ["R Payne", "M Jemison"], "venue": ["QuietConf"], "date": ["2019"]}


def test_own_page_of_a_researcher() -> None:
    found = sample("own_page.html")
    assert [said(record, "title", "author", "venue", "date") for record in found] == [
        {"title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"], "venue": ["Journal of Patient Machines"], "date": ["2021"]},
        {"title": ["Whispering Gears"], "author": ["Ruby Payne", "Mae Jemison"], "venue": ["QuietConf"], "date": ["2019"]},
        {"title": ["The sound of standing still"], "author": ["A. van den Berg", "M. Jemison"], "venue": ["Annals of Rest"], "date": ["May 2018"]},
    ]  # fmt: skip
    assert [record.line for record in found] == [10, 11, 12]
    (guess,) = [row for row in rows((DATA / "own_page.html").read_bytes()) if isinstance(row, Problem)]
    assert (guess.line, guess.severity, "confidence 0.5" in guess.what) == (10, "warning", True)


def test_awesome_list() -> None:
    assert [said(record, "title", "author", "arxiv_id") for record in sample("awesome.html")] == [
        {"title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Katherine Johnson"], "arxiv_id": ["2105.01234"]},
        {"title": ["Whispering Gears"], "author": ["Ruby Payne", "Vera Rubin"], "arxiv_id": ["1902.03040"]},
        {"title": ["A Grammar of Silence"], "author": ["Wei Wang"], "arxiv_id": []},
    ]


def test_references_that_pandoc_wrote() -> None:
    first, second = sample("pandoc.html")
    assert said(first, "title", "author", "venue", "date") == {
        "title": ["Small motors for large rooms"], "author": ["M. Jemison", "K. Johnson"], "venue": ["QuietConf"], "date": ["2021"],
    }  # fmt: skip
    assert [field.value for field in first.all("identifier")] == ["doi:10.1000/quiet.17"]
    assert said(second, "title", "author") == {"title": ["GEAR-X: Whispering at scale"], "author": ["R. Payne", "A. van den Berg", "M. Jemison"]}
    assert [first.line, second.line] == [6, 11]


def test_blocks_with_buttons_between_title_and_names() -> None:
    found = rows((DATA / "blocks.html").read_bytes())
    assert [said(record, "title", "author", "venue", "date") for record in found if isinstance(record, Record)] == [
        {"title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"], "venue": ["The 4th Symposium on Patient Machines"], "date": ["2021"]},
        {"title": ["Whispering Gears, and Who Hears Them"], "author": ["Ruby Payne", "Mae Jemison"], "venue": ["Workshop on Silence"], "date": ["2019"]},
    ]
    _, unread = [row for row in found if isinstance(row, Problem)]
    assert (unread.line, unread.severity, "1 item of the list of papers not read, the first on line 17: We thank" in unread.what) == (17, "warning", True)


def test_signs_that_tell_the_venue_are_no_authors() -> None:
    assert [said(record, "title", "author", "et_al", "venue", "date") for record in sample("signs.html")] == [
        {"title": ["Small Motors: Turning Large Rooms Slowly"], "author": ["M. Jemison", "K. Johnson", "W. Wang"], "et_al": [], "venue": ["QUIET FINDINGS"], "date": ["2022"]},
        {"title": ["Whispering Gears and Who Hears Them"], "author": ["R. Payne"], "et_al": ["et al."], "venue": ["CVPR"], "date": ["2021"]},
        {"title": ["The Sound of Standing Still"], "author": ["A. Berg", "M. Jemison"], "et_al": [], "venue": ["Ann. Rest"], "date": []},
    ]


@pytest.mark.parametrize("block", ["<article class=card><h3>{}</h3><div>{}</div><div>{}</div></article>", "<section><a href='#'>{}</a><p>{}</p><p>{}</p></section>"])
def test_like_blocks_of_heading_and_names(block: str) -> None:
    titles = ["Small Motors Turn Slowly", "Whispering Gears Are Heard", "The Sound of Standing Still"]
    page = "<html><body><main>" + "".join(block.format(title, "Mae Jemison, Wei Wang", "QuietConf, 2021") for title in titles)
    assert [said(record, "title", "author", "date") for record in records(page)] == [{"title": [title], "author": ["Mae Jemison", "Wei Wang"], "date": ["2021"]} for title in titles]


def test_unread_items_are_told_once() -> None:
    page = "<html><body><ul>\n<li>M. Jemison, K. Johnson. Small motors for large rooms. QuietConf, 2021.\n<li>W. Wang, R. Payne. Whispering gears at night. QuietConf, 2019.\n"
    page += "<li>something else that is said here\n<li>and yet another thing that is said\n</ul>"
    warnings = [row for row in rows(page) if isinstance(row, Problem)]
    assert [(row.line, row.severity) for row in warnings] == [(2, "warning"), (4, "warning")]
    assert "2 items of the list of papers not read, the first on line 4: something else" in warnings[1].what


def test_list_of_arxiv_with_one_paper() -> None:
    page = (DATA / "arxiv_list.html").read_text()
    cut = page.index("<dt>\n  <a name='item2'>")
    record = one(page[:cut] + "</dl></body></html>")
    assert said(record, "title", "arxiv_id", "category") == {"title": ["Small Motors for Large Rooms"], "arxiv_id": ["2105.01234"], "category": ["cs.RO", "cs.SD"]}


@pytest.mark.parametrize(
    ("number", "value", "version"),
    [("[2105.01234v2]", "2105.01234", ["v2"]), ("[2105.01234]", "2105.01234", []), ("[hep-th/9901001v1]", "hep-th/9901001", ["v1"]), ("[2113.01234]", None, []), ("[17]", None, [])],
)
def test_number_in_the_title_of_a_page_of_arxiv(number: str, value: str | None, version: list[str]) -> None:
    record = one(f"<html><head><title>{number} Small Motors</title></head><body>\n<h1 class='title mathjax'><span>Title:</span>Small Motors</h1><div class=authors><a href=x>Mae Jemison</a>, <a href=y>Wei Wang</a></div>")
    assert [field.value or field.text for field in record.all("arxiv_id")] == ([value] if value else [])
    assert said(record, "title", "author", "version") == {"title": ["Small Motors"], "author": ["Mae Jemison", "Wei Wang"], "version": version}


PMLR = """<div class="paper"><p class="title">Small Motors</p><p class="details"><span class="authors">Mae&nbsp;Jemison, Wei&nbsp;Wang</span>;
<span class="info"><i>Proceedings of QuietConf</i>, PQLR 97:1-10</span></p><p class="links">[<a href="https://proceedings.example.org/j.html">abs</a>]</p></div>"""
CVF = """<dt class="ptitle"><br><a href="/content/J.html">Small Motors</a></dt><dd><form class="authsearch"><a href="#">Mae Jemison</a>,</form>
<form class="authsearch"><a href="#">Wei Wang</a></form></dd><dd>[<a href="/content/J.pdf">pdf</a>]</dd>"""
FORUM = """<li class="note"><h4><a href="/forum?id=aBcD1234eF">Small Motors</a> <a href="/pdf?id=aBcD1234eF"></a></h4>
<div class="note-authors"><a href="/profile?id=~Mae_Jemison1">Mae Jemison</a>, <a href="/profile?id=~Wei_Wang1">Wei Wang</a></div></li>"""
AL_FOLIO = """<li><div class="col"><div class="title">Small Motors</div><div class="author"><em>Mae Jemison</em>, and <a href="https://w.example.org">Wei Wang</a></div>
<div class="periodical"><em>In QuietConf</em>, 2021</div><div class="abstract hidden"><p>We study how small a motor may be before nobody hears it in a room.</p></div></div></li>"""
RESULT = """<li class="arxiv-result"><p class="list-title is-inline-block"><a href="https://arxiv.org/abs/2105.01234">arXiv:2105.01234</a></p>
<p class="title is-5 mathjax">Small Motors</p><p class="authors"><span>Authors:</span> <a href="/x">Mae Jemison</a>, <a href="/y">Wei Wang</a></p>
<p class="abstract mathjax"><span>Abstract</span>: <span class="abstract-short">We study how small &hellip; <a>&#9661; More</a></span>
<span class="abstract-full">We study how small a motor may be before nobody hears it in a room. <a>&#9651; Less</a></span></p></li>"""


@pytest.mark.parametrize("item", [PMLR, CVF, FORUM, AL_FOLIO, RESULT], ids=["pmlr", "cvf", "openreview", "al-folio", "arxiv-search"])
@pytest.mark.parametrize("count", [1, 3])
def test_sites(item: str, count: int) -> None:
    titles = ["Small Motors", "Large Rooms", "Quiet Machines"][:count]
    page = f"<html><body><h1>Papers</h1><div>{''.join(item.replace('Small Motors', title) for title in titles)}</div></body></html>"
    assert [said(record, "title", "author") for record in records(page)] == [{"title": [title], "author": ["Mae Jemison", "Wei Wang"]} for title in titles]


def test_what_sites_say_besides() -> None:
    wrap = "<html><body>{}</body></html>"
    forum = one(wrap.format(FORUM))
    assert [(field.value, field.of) for field in forum.all("author_id")] == [("openreview:~Mae_Jemison1", 0), ("openreview:~Wei_Wang1", 1)]
    assert [field.value for field in forum.all("identifier")] == ["openreview:aBcD1234eF"]
    own = one(wrap.format(AL_FOLIO))
    assert said(own, "venue", "date", "abstract") == {"venue": ["QuietConf"], "date": ["2021"], "abstract": ["We study how small a motor may be before nobody hears it in a room."]}
    result = one(wrap.format(RESULT))
    assert said(result, "arxiv_id", "abstract") == {"arxiv_id": ["2105.01234"], "abstract": ["We study how small a motor may be before nobody hears it in a room."]}
    volume = one(wrap.format(PMLR))
    assert said(volume, "venue", "pages") == {"venue": ["Proceedings of QuietConf, PQLR"], "pages": ["1-10"]}


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><title>503 Backend fetch failed</title></head></html>", "<html></html>", "<html><body><p>Please log in.</p><ul><li>Home<li>About</ul></body></html>",
        "<html><meta property='og:title' content='News'><meta property='og:type' content='article'><body><h1>News</h1><p>It rained in 2020.</p></body></html>",
        "<html><body><h1 class=title>Cookies</h1><ul><li class=title>Milk and sugar</li><li class=title>Eggs and flour</li></ul></body></html>",
    ],
)  # fmt: skip
def test_page_without_papers(page: str) -> None:
    with pytest.raises(UnreadableError, match="HTML page, not a feed") as error:
        rows(page)
    assert error.value.line == 1


def test_title_of_a_page_is_safe_to_print() -> None:
    with pytest.raises(UnreadableError) as error:
        rows("<html><title>a\x1b[0mb\u202e</title></html>")
    assert str(error.value).isprintable()


def test_heading_and_abstract() -> None:
    record = one("<html><body><h1>On Gears</h1><script>x()</script>We present gears. Our results show that they turn.</body></html>")
    assert said(record, "title", "abstract") == {"title": ["On Gears"], "abstract": ["We present gears. Our results show that they turn."]}


@pytest.mark.parametrize(
    ("data", "author"),
    [
        (b"<html><meta charset='utf-8'>{}", "Éva Šimek"),
        (b"<html><meta charset=windows-1250>{}", "Éva Šimek"),
        (b'<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">{}', "Éva Simek"),
        (b"<html><meta charset=gb2312>{}", "王伟"),
        (b"<html><meta charset=Shift_JIS>{}", "高橋"),
    ],
)
def test_encodings_that_pages_declare(data: bytes, author: str) -> None:
    body = f'<meta name="citation_title" content="A title"><meta name="citation_author" content="{author}">'
    codec = {b"1250": "cp1250", b"8859": "latin-1", b"gb23": "gbk", b"Shif": "shift_jis"}.get(next((mark for mark in (b"1250", b"8859", b"gb23", b"Shif") if mark in data), b""), "utf-8")
    assert said(one(data.replace(b"{}", body.encode(codec))), "author") == {"author": [author]}
    assert said(one(("\ufeff" + data.decode().replace("{}", body)).encode("utf-16-le")), "author") == {"author": [author]}


@pytest.mark.parametrize(
    ("data", "what"),
    [(b"<html><p>\xe9", "not UTF-8 at byte 9"), (b"<html><meta charset=utf-7><p>\n\xe9", "not UTF-8"), (b"<html><meta charset=euc-jp><p>\n\xff\xff", "not euc-jp, which it says it is, at byte 31")],
)  # fmt: skip
def test_bytes_in_no_declared_encoding(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableError, match=what):
        rows(data)


def test_lines_are_right_behind_the_line_where_libxml2_stops_counting() -> None:
    item = "<li>\n<p\nclass=title>Small Motor {}</p>\n<p class=authors>Mae Jemison, Wei Wang</p>\n</li>\n"
    page = "<html>\n<body>\n<ul>\n" + "\n" * 65_000 + "".join(item.format(i) for i in range(400)) + "</ul>"
    found = records(page)
    assert [record.line for record in found] == [65_004 + 5 * i for i in range(400)]
    title = found[-1].first("title")
    assert title is not None
    assert title.line == 65_004 + 5 * 399 + 2


def test_line_ends_and_nul_bytes() -> None:
    page = (DATA / "arxiv_list.html").read_text()
    expected = [(record.line, [field.text for field in record.fields]) for record in records(page)]
    for line_end in ("\r\n", "\r"):
        assert [(record.line, [field.text for field in record.fields]) for record in records(page.replace("\n", line_end))] == expected
    assert said(one("<html><h1>A\x00b title</h1>We show our results: accuracy of an algorithm."), "title") == {"title": ["A\ufffdb title"]}


def test_text_is_what_a_reader_sees() -> None:
    web = page_of(document("<html><head><title>T</title></head><body><ul><li>A <b>b</b>  c<br>d</li><li>x&lt;y</li></ul><script>z</script><p>q<!-- r -->s</body></html>"))
    assert web.text == "A b c\nd\nx<y\nqs\n"
    assert {web.path(node): web.said(node) for node in web.nodes if node.tag == "li"} == {"/html[1]/body[1]/ul[1]/li[1]": "A b c d", "/html[1]/body[1]/ul[1]/li[2]": "x<y"}


PIECES = st.sampled_from([
    "<ul>", "<li>", "</li>", "<p class=title>", "</p>", "<div class='authors'>", "</div>", "<a href='/abs/2105.01234'>", "</a>", "Mae Jemison, Wei Wang", "Small Motors", ", 2021.", "(2020)", "<b>", "</b>",
    "<dt>", "<dd>", "<meta name=citation_title content='A title'>", "<meta name=citation_author content='Ada; et al.'>", "<meta name=citation_author_institution content=U>", "<meta name=citation_date content=soon>",
    "<meta name=citation_doi content=10.1000/x>", "<script type='application/ld+json'>", '{"@type": "ScholarlyArticle", "name": [1, {"name": {}}], "author": [[], {"name": null}]}', "</script>", "<h1>", "We show our results.",
    "<span itemscope itemtype='http://schema.org/ScholarlyArticle'>", "<i itemprop='name author isPartOf'>", "<tr>", "<td>", "&lt;", "&#0;", "<", "\n", "<!--", "-->", "<meta charset=latin-1>", "é",
])  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(pieces=st.lists(PIECES | st.text(max_size=6), max_size=40), codec=st.sampled_from(["utf-8", "latin-1", "utf-16"]))
def test_any_page_is_survived(pieces: list[str], codec: str) -> None:
    found = decode(f"<html>{''.join(pieces)}".encode(codec, "replace"), "x.html")
    if isinstance(found, Problem):
        return
    shown: list[Record | Problem] = []
    with suppress(UnreadableError):
        shown = list(read(found))
    if not shown:
        return
    papers = [row for row in shown if isinstance(row, Record)]
    assert [record.ordinal for record in papers] == list(range(len(papers)))
    for record in papers:
        assert record.first("title")
        for field in record.fields:
            assert field.path
            assert field.line >= record.line >= 1
            assert field.text == field.text.strip() != ""
            assert field.of is None or field.of < sum(1 for _ in record.all("affiliation" if field.name == "affiliation_id" else "author"))
    assert shown == list(read(found))


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_survived(data: bytes) -> None:
    found = decode(b"<html>" + data, "x.html")
    if isinstance(found, Document):
        assert sniff(found.head(HEAD), "x") == 1.0 or b"\x00" in data
        with suppress(UnreadableError):
            list(read(found))


@pytest.mark.parametrize(
    "piece",
    [
        "<div>", "<li>", "<p class=title>Ab Cd Ef", "<ul><li>", "<table><tr><td>x", "<b class=title>", "<div class=title>Ab Cd Ef</div><div class=author>Ab Cd</div>", "<span itemscope itemprop=author>",
        "<li>Ab Cd. Efg hij klm. Nop, 2020.", "<meta name=citation_author content='Ab Cd'>", "<a href='/abs/2105.01234'>", "<!--", "<h1>", "<", "<dl><dt><dd>", "<script type='application/ld+json'>",
        "<b>References</b><p>Ab Cd and Ef Gh. Efg hij klm. Nop, 2020.</p>", "<h1>Vol. 12 No. 3 (2020) | Journal</h1><p>Ab Cd and Ef Gh. <b>Efg hij klm</b>. Nop, 2020.</p>",
    ],
)  # fmt: skip
def test_a_repetitive_page_takes_no_more_than_its_time(piece: str) -> None:
    def read_or_refused(page: str) -> None:
        with suppress(UnreadableError):
            rows(page)

    assert_linear(read_or_refused, lambda times: "<html><body>" + piece * times, 1_200)


def test_hundred_thousand_nested_elements() -> None:
    with pytest.raises(UnreadableError):
        rows("<html><body>" + "<div>" * 100_000 + "x")


@pytest.mark.skipif(not SHARED.exists(), reason="no ../shared/hostile here")
def test_hostile_pages() -> None:
    page = document((SHARED / "text" / "html_scrape.txt").read_bytes(), "html_scrape.txt")
    assert recognise(page) == "html_page"
    (record,) = [row for row in read(page) if isinstance(row, Record)]
    assert said(record, "title") == {"title": ["Title"]}
    with pytest.raises(UnreadableError, match="HTML page, not a feed"):
        list(read(document((SHARED / "atom" / "html_error_page.xml").read_bytes(), "html_error_page.xml")))


def page(body: str, title: str = "Papers") -> str:
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"


def placed(record: Record) -> list[tuple[str, int | None]]:
    return [(field.text, field.of) for field in record.all("affiliation")]


def test_ones_own_name_in_bold_is_no_title() -> None:
    body = "<p>Rubin, V. A., <b>Noether, E.</b>, &amp; van Dijk, P. (2021). Rest and its enemies: A study. <em>Journal of Rest</em>, <em>14</em>(3), 214&ndash;240.</p><p>Bell, J. ; <b>NOETHER, E.</b> . Pauses and pulses. Journal of Rest, 2019.</p>"
    assert [said(record, "title", "author") for record in records(page(body))] == [
        {"title": ["Rest and its enemies: A study"], "author": ["Rubin, V. A.", "Noether, E.", "van Dijk, P."]}, {"title": ["Pauses and pulses"], "author": ["Bell, J.", "NOETHER, E."]},
    ]  # fmt: skip


def test_affiliations_among_names() -> None:
    body = "".join(f"<p><b>{title}</b><br><i>{names}</i></p>" for title, names in [("Quiet Rooms at Night", "Vera Rubin (University of Rest); Emmy Noether (Naps, and Sons)"), ("What Pauses Say", "Jocelyn Bell (MIT)*; Bo Li (KAIST)")])
    first, second = records(page(body))
    assert said(first, "author") == {"author": ["Vera Rubin", "Emmy Noether"]}
    assert (placed(first), placed(second)) == ([("University of Rest", 0), ("Naps, and Sons", 1)], [("MIT", 0), ("KAIST", 1)])


def test_affiliations_behind_names() -> None:
    body = "".join(f'<article><h2 class="node-title"><a href="/p/{i}">{title}</a></h2><div class="people-text"><p>{names}</p></div></article>' for i, (title, names) in enumerate([("Quiet Rooms at Night", "Vera Rubin and Emmy Noether, <em>University of Rest;</em> Bo Li, <em>Nap Lab</em>"), ("What Pauses Say", "Jocelyn Bell, <em>Nap Institute</em>")]))
    first, second = records(page(body))
    assert said(first, "author") == {"author": ["Vera Rubin", "Emmy Noether", "Bo Li"]}
    assert placed(first) == [("University of Rest", 0), ("University of Rest", 1), ("Nap Lab", 2)]
    assert (said(second, "author"), placed(second)) == ({"author": ["Jocelyn Bell"]}, [("Nap Institute", 0)])


def test_table_with_a_header() -> None:
    body = "<table><tr><th>S.No</th><th>Title of the paper</th><th>Name of the author(s)</th><th>Name of journal</th><th>Year of publication</th></tr><tr><td>1</td><td>Quiet rooms</td><td>V. Rubin, E. Noether</td><td>Journal of Rest</td><td>2019</td></tr><tr><td>2</td><td><a href='https://arxiv.org/abs/1902.03040'>Pauses</a></td><td>J. Bell</td><td>Naps</td><td>2018</td></tr></table>"
    assert [said(record, "title", "author", "venue", "date", "arxiv_id") for record in records(page(body))] == [
        {"title": ["Quiet rooms"], "author": ["V. Rubin", "E. Noether"], "venue": ["Journal of Rest"], "date": ["2019"], "arxiv_id": []},
        {"title": ["Pauses"], "author": ["J. Bell"], "venue": ["Naps"], "date": ["2018"], "arxiv_id": ["1902.03040"]},
    ]  # fmt: skip


def test_rows_with_other_cells_than_the_header_are_told() -> None:
    found = rows(page("<table><tr><th>Title</th><th>Authors</th></tr><tr><td>Quiet rooms</td><td>V. Rubin</td></tr><tr><td colspan=2>2019</td></tr><tr><td>Pauses</td><td>J. Bell</td><td>Naps</td></tr></table>"))
    assert [said(row, "title") for row in found if isinstance(row, Record)] == [{"title": ["Quiet rooms"]}]
    assert [row.what for row in found if isinstance(row, Problem)][-1].startswith("1 item of the list of papers not read")


def test_report_of_zotero() -> None:
    item = '<li class="item journalArticle"><h2>{}</h2><table><tr><th>Item Type</th><td>Journal Article</td></tr><tr><th class="author">Author</th><td>Vera Rubin</td></tr><tr><th class="author">Author</th><td>{}</td></tr><tr><th>Date</th><td>2020-05-01</td></tr><tr><th>Publication</th><td>Journal of Rest</td></tr></table><ul class="tags"><li>rest</li></ul></li>'
    first, second = records(page(f'<ul class="report">{item.format("Quiet rooms", "Emmy Noether")}{item.format("Pauses", "Bo Li")}</ul>'))
    assert said(first, "title", "author", "date", "venue", "keyword") == {"title": ["Quiet rooms"], "author": ["Vera Rubin", "Emmy Noether"], "date": ["2020-05-01"], "venue": ["Journal of Rest"], "keyword": ["rest"]}
    assert said(second, "title", "author") == {"title": ["Pauses"], "author": ["Vera Rubin", "Bo Li"]}


def test_labelled_rows_of_a_repository() -> None:
    body = "<table><tr><td>Title:&nbsp;</td><td>Quiet rooms</td></tr><tr><td>Authors:</td><td><a>Rubin, Vera</a><br><a>Noether, Emmy</a></td></tr><tr><td>Issue Date:</td><td>May-2020</td></tr><tr><td>Abstract:</td><td>We rest.</td></tr></table>"
    assert said(one(page(body)), "title", "author", "date", "abstract") == {"title": ["Quiet rooms"], "author": ["Vera Rubin", "Emmy Noether"], "date": ["May-2020"], "abstract": ["We rest."]}


def test_coins() -> None:
    span = '<p>[1] A note. <span class="Z3988" title="ctx_ver=Z39.88-2004&amp;rft.genre=article&amp;rft.atitle=Quiet+rooms&amp;rft.jtitle=Journal+of+Rest&amp;rft.aulast=Rubin&amp;rft.aufirst=Vera&amp;rft.au=Emmy+Noether&amp;rft.date=2020-05&amp;rft.spage=1&amp;rft.epage=9&amp;rft_id=info%3Adoi%2F10.5555%2Fquiet.1"></span></p>'
    found = one(page(span))
    assert said(found, "title", "author", "venue", "date", "pages") == {"title": ["Quiet rooms"], "author": ["Vera Rubin", "Emmy Noether"], "venue": ["Journal of Rest"], "date": ["2020-05"], "pages": ["1-9"]}
    assert [field.value for field in found.all("identifier")] == ["doi:10.5555/quiet.1"]


def test_authors_are_told_by_the_class_that_most_items_have_them_in() -> None:
    item = '<div class="card"><p class="title"><a href="/{0}.pdf">{1}</a></p><p class="detail">{2}</p><p class="detail links">[<a href="/{0}.pdf">PDF</a>]</p></div>'
    body = "".join(item.format(*row) for row in [(1, "Quiet Rooms at Night", "Vera Rubin, Emmy Noether"), (2, "Pauses", "Jocelyn Bell")])
    assert [said(record, "title", "author") for record in records(page(body))] == [{"title": ["Quiet Rooms at Night"], "author": ["Vera Rubin", "Emmy Noether"]}, {"title": ["Pauses"], "author": ["Jocelyn Bell"]}]


def test_names_end_where_their_line_does() -> None:
    body = "".join(f'<div class="issue"><h5 class="issue-item__title"><a href="/doi/10.5555/{i}">{title}</a></h5><ul class="loa"><li>Vera Rubin</li><li>, Emmy Noether</li></ul><div>Pages {i}–9</div></div>' for i, title in enumerate(["Quiet Rooms at Night", "What Pauses Say"], 1))
    assert [said(record, "author") for record in records(page(body))] == [{"author": ["Vera Rubin", "Emmy Noether"]}] * 2


def test_terms_are_titles_of_their_definitions() -> None:
    body = "".join(f"<dl><dt>{title}</dt><dd><b><i>{names}</i></b>; (1):1&minus;24, 2020.<br>[<a href='/a.pdf'>pdf</a>]</dd></dl>" for title, names in [("A Low Room with Silence", "Vera Rubin, Emmy Noether"), ("A Statistical Pause", "Jocelyn Bell")])
    assert [said(record, "title", "author", "pages") for record in records(page(body))] == [
        {"title": ["A Low Room with Silence"], "author": ["Vera Rubin", "Emmy Noether"], "pages": ["1−24"]}, {"title": ["A Statistical Pause"], "author": ["Jocelyn Bell"], "pages": ["1−24"]},
    ]  # fmt: skip


def test_year_of_the_nearest_heading() -> None:
    body = "<h2>2021</h2><ul><li>V. Rubin, E. Noether. Quiet rooms. Journal of Rest.</li><li>V. Rubin, J. Bell. Loud rooms. Journal of Rest.</li></ul><h2>2019</h2><ul><li>V. Rubin, B. Li. Empty rooms. Journal of Rest.</li><li>E. Noether, J. Bell. Pauses and pulses. Journal of Rest.</li></ul>"
    assert [said(record, "date")["date"] for record in records(page(body))] == [["2021"], ["2021"], ["2019"], ["2019"]]


def test_page_of_a_project() -> None:
    abstract = "Rooms are loud. We make them quiet with a learned curtain that sees noises before they are heard. On three data sets it is better than all others."
    body = f'<h1 class="publication-title">Quiet Rooms at Night</h1><div class="publication-authors"><span>Vera Rubin<sup>1</sup>,</span> <span>Emmy Noether<sup>2</sup></span></div><a href="https://arxiv.org/abs/1902.03040">arXiv</a><h2>Abstract</h2><p>{abstract}</p><h2>BibTeX</h2><pre>@article{{r, title={{Quiet Rooms}}, journal={{Journal of Rest}}, year={{2019}}}}</pre>'
    assert said(one(page(body)), "title", "author", "abstract", "venue", "date") == {"title": ["Quiet Rooms at Night"], "author": ["Vera Rubin", "Emmy Noether"], "abstract": [abstract], "venue": ["Journal of Rest"], "date": ["2019"]}


def test_coauthors_of_the_one_whose_page_it_is() -> None:
    body = "<p><a href='https://doi.org/10.5555/1'>The Premium on Pauses</a>, with Emmy Noether, <span style='font-style:italic'>American Rest Review</span>, 2019.</p><p><a href='https://doi.org/10.5555/2'>Rooms as Money</a>, <i>Restometrica</i>, 2018.</p>"
    first, second = records(page(body))
    assert said(first, "author", "et_al", "venue") == {"author": ["Emmy Noether"], "et_al": ["with"], "venue": ["American Rest Review"]}
    assert said(second, "author", "venue") == {"author": [], "venue": ["Restometrica"]}


def test_labels_within_items() -> None:
    body = "".join(f"<div><h3>{title}</h3><ul><li>Authors: {names}</li><li>Abstract: We rest in rooms that are quiet at night.</li></ul></div>" for title, names in [("Quiet Rooms at Night", "Vera Rubin, Emmy Noether"), ("What Pauses Say", "Jocelyn Bell")])
    assert [said(record, "title", "author", "abstract") for record in records(page(body))] == [
        {"title": ["Quiet Rooms at Night"], "author": ["Vera Rubin", "Emmy Noether"], "abstract": ["We rest in rooms that are quiet at night."]},
        {"title": ["What Pauses Say"], "author": ["Jocelyn Bell"], "abstract": ["We rest in rooms that are quiet at night."]},
    ]  # fmt: skip


def test_coauthors_with_their_places() -> None:
    body = "".join(f"<li><a href='{i}.pdf'><b>{title}</b></a><span> — with Emmy Noether (Nap Lab) and Bo Li (KAIST)</span><br><small>Working Paper n° 10.5555/w{i}, 2020</small></li>" for i, title in enumerate(["Answering the Rooms: Rest and Crises", "Pauses in the Market for Beds"]))
    first, _ = records(page(f"<ul>{body}</ul>"))
    assert said(first, "author", "et_al", "issue") == {"author": ["Emmy Noether", "Bo Li"], "et_al": ["with"], "issue": []}
    assert placed(first) == [("Nap Lab", 0), ("KAIST", 1)]


def test_page_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.sources._html.page.LARGEST", 1 << 20)
    assert one(f"<html><h1>On Gears</h1>We present gears. Our results show that they turn.<!-- {'x' * 1_000_000} -->").line == 1
    with pytest.raises(UnreadableError, match="a web page of more than 1 MB"):
        rows(f"<html><!-- {'x' * (1 << 20)} -->")
