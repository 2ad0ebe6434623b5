"""Articles in JATS."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import jats, oai_pmh, recognise
from tests.sources.xml_samples import fields, mangled, of, rows, sample, survives, texts

ARTICLE = sample("jats/article.xml")
SET = sample("jats/articleset.xml")


def one(meta: str = "", back: str = "", title: str = "T") -> str:
    return (
        '<article article-type="x" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"><front><article-meta>'
        f"<title-group><article-title>{title}</article-title></title-group>{meta}</article-meta></front><back>{back}</back></article>"
    )


def test_an_article() -> None:
    (record,), problems = rows(jats, ARTICLE)
    meta = "/article/front/article-meta"
    assert problems == []
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix(meta), f.of) for f in record.fields] == [
        ("type", "research-article", None, 3, "/article/@article-type", None),
        ("language", "en", None, 3, "/article/@lang", None),
        ("other", "Kettle Sci", None, 6, "/article/front/journal-meta/journal-id", None),
        ("venue", "Kettle Science", None, 7, "/article/front/journal-meta/journal-title-group/journal-title", None),
        ("other", "2345-6789", None, 8, "/article/front/journal-meta/issn", None),
        ("publisher", "Steam Press", None, 9, "/article/front/journal-meta/publisher/publisher-name", None),
        ("identifier", "34560001", "pmid:34560001", 12, "/article-id[1]", None),
        ("identifier", "PMC8123456", "pmcid:PMC8123456", 13, "/article-id[2]", None),
        ("identifier", "10.1000/Kettle.42", "doi:10.1000/kettle.42", 14, "/article-id[3]", None),
        ("other", "kettle-42", None, 15, "/article-id[4]", None),
        ("other", "publisher-id", None, 15, "/article-id[4]/@pub-id-type", None),
        ("type", "Research Article", None, 17, "/article-categories/subj-group[1]/subject", None),
        ("category", "Thermodynamics", None, 18, "/article-categories/subj-group[2]/subject", None),
        ("title", "Why kettles sing at 100 °C: a study", None, 21, "/title-group/article-title", None),
        ("volume", "4", None, 46, "/volume", None),
        ("issue", "2", None, 47, "/issue", None),
        ("pages", "17-29", None, 48, "/fpage", None),
        ("other", "e42", None, 49, "/elocation-id", None),
        ("url", "https://example.org/kettle42.pdf", None, 50, "/self-uri", None),
        ("other", "Free as steam.", None, 51, "/permissions", None),
        ("abstract", "Aim: We boil water where $T^2$ matters. Results: It sings. Twice.", None, 52, "/abstract[1]", None),
        ("other", "A picture of a kettle.", None, 57, "/abstract[2]", None),
        ("other", "graphical", None, 57, "/abstract[2]/@abstract-type", None),
        ("other", "Keywords", None, 58, "/kwd-group/title", None),
        ("keyword", "kettle", None, 58, "/kwd-group/kwd[1]", None),
        ("keyword", "steam & song", None, 58, "/kwd-group/kwd[2]", None),
        ("author", "Ida M. O’Teapot III", None, 27, "/contrib-group/contrib[1]", None),
        ("author_id", "https://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097", 26, "/contrib-group/contrib[1]/contrib-id", 0),
        ("affiliation", "Steam University, Boilington, UK", None, 39, "/contrib-group/aff[1]", 0),
        ("affiliation_id", "https://ror.org/05dxps055", "ror:05dxps055", 39, "/contrib-group/aff[1]", 0),
        ("affiliation", "Department of Tea, Leaf College, Assam, India", None, 40, "/contrib-group/aff[2]", 0),
        ("other", "ida@example.org", None, 29, "/contrib-group/contrib[1]/email", None),
        ("author", "Lěi Wáng", None, 32, "/contrib-group/contrib[2]", None),
        ("affiliation", "Department of Tea, Leaf College, Assam, India", None, 40, "/contrib-group/aff[2]", 1),
        ("author", "Kettle Consortium", "group", 36, "/contrib-group/contrib[3]", None),
        ("other", "Member A", None, 36, "/contrib-group/contrib[3]/collab/contrib-group", None),
        ("other", "Editor Eve", None, 38, "/contrib-group/contrib[4]", None),
        ("other", "editor", None, 38, "/contrib-group/contrib[4]/@contrib-type", None),
        ("other", "Nobody works here", None, 42, "/aff", None),
        ("other", "1 1 2020", None, 45, "/pub-date[3]", None),
        ("date", "3 2 2021", "2021-02-03", 44, "/pub-date[2]", None),
        ("other", "2021", None, 43, "/pub-date[1]", None),
        ("reference", "On steam", "doi:10.1000/steam", 65, "/article/back/ref-list/ref[1]/element-citation", None),
        ("reference", "Brown B. A letter about lids. link", "doi:10.1000/lids", 66, "/article/back/ref-list/ref[2]/mixed-citation", None),
        ("reference", "Anonymous, private note.", None, 67, "/article/back/ref-list/ref[3]/mixed-citation", None),
    ]
    assert "This text is no field" not in "".join(field.text for field in record.fields)


def test_a_set_of_articles() -> None:
    records, problems = rows(jats, SET)
    assert [(r.ordinal, r.line, texts(r, "title")) for r in records] == [(0, 4, ["Spoons"]), (1, 25, ["A Word"])]
    assert texts(records[0], "author") == ["Mary Spoon", "Tim Fork"]
    assert of(records[0], "affiliation") == [(0, "Cutlery Lab", None), (1, "Cutlery Lab", None)]
    assert fields(records[0], "date", "pages", "identifier") == [("PMC99", "pmcid:PMC99"), ("e7", None), ("Spring 2020", "2020")]
    assert [str(problem) for problem in problems] == [
        "x.xml:15: no date: 13 2020; correct it", "x.xml:23: 'not a doi' is no DOI; correct it",
        "x.xml:22: an article (/pmc-articleset/article[2]) has no title; add the title, or leave it out",
        "x.xml:26: 'nor this' is no DOI; correct it",
    ]  # fmt: skip
    assert records[1].first("type").path == "/pmc-articleset/article[3]/@article-type"  # type: ignore[union-attr]


def test_an_article_in_an_answer_of_oai_pmh() -> None:
    data = (
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><header/><metadata>'
        '<article xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/" xml:lang="de"><front><article-meta><article-id pub-id-type="pmcid">PMC5</article-id>'
        "<title-group><article-title>T<xref>1</xref></article-title></title-group><contrib-group><contrib><name><surname>S</surname></name>"
        "<aff><institution>I</institution></aff></contrib></contrib-group></article-meta></front></article></metadata></record></GetRecord></OAI-PMH>"
    )
    (record,), _ = rows(oai_pmh, data)
    assert [(f.name, f.text, f.of) for f in record.fields] == [
        ("language", "de", None), ("identifier", "PMC5", None), ("title", "T", None), ("author", "S", None), ("affiliation", "I", 0),
    ]  # fmt: skip
    assert record.fields[1].path == "/OAI-PMH/GetRecord[1]/record[1]/metadata/article/front/article-meta/article-id"
    assert recognise(Document.of_text(data, "x.xml")) == "oai_pmh", "the frame is that of another reader, which asks this one"


@pytest.mark.parametrize(
    ("aff", "read"),
    [
        ("<label>a</label>Lab X, Y", "Lab X, Y"), ("<institution>U</institution><city>C</city><country>D</country>", "U, C, D"),
        ("<institution content-type='dept'>Dept</institution>, <institution>U</institution>, <country>D</country>.", "Dept, U, D"),
        ("<institution-wrap><institution-id>x</institution-id><institution>U</institution></institution-wrap>; <country>D</country>", "U; D"),
        ("<sup>1</sup> <italic>Lab</italic> of <bold>X</bold> (<country>UK</country>)", "Lab of X (UK)"), ("<label>1</label>", None),
        ("<named-content content-type='x'>A <b>B</b></named-content> <email>a@b</email>", "A B"), ("\n  Lab\n  X  ", "Lab X"),
        ("From the <institution>U</institution> in <city>C</city> <state>S</state>", "From the U in C, S"), ("<institution>A <sub>2</sub></institution>\n<country>D</country>", "A 2, D"),
        ("<addr-line><named-content>U</named-content>, <city>C</city></addr-line>, <country>D</country>", "U, C, D"),
        ("<institution-wrap><institution>Dept X, </institution><institution>U , </institution></institution-wrap>12 C, D", "Dept X, U, 12 C, D"),
        ("<institution>U</institution> <country>D</country> <institution content-type='original'>U, in C, D; a@b</institution>", "U, D"),
        ("<institution content-type='normalized'>U</institution><institution content-type='original'>U, in C</institution>", "U"),
    ],
)  # fmt: skip
def test_affiliations(aff: str, read: str | None) -> None:
    (record,), _ = rows(jats, one(f'<contrib-group><contrib><name><surname>S</surname></name><xref rid="a"/></contrib></contrib-group><aff id="a">{aff}</aff>'))
    assert of(record, "affiliation") == ([(0, read, None)] if read else [])


def test_affiliations_that_nobody_points_to() -> None:
    two = "<contrib><name><surname>A</surname></name></contrib><contrib><name><surname>B</surname></name></contrib>"
    group = f"<contrib-group>{two}<aff>One</aff></contrib-group><contrib-group><contrib><name><surname>C</surname></name></contrib></contrib-group>"
    (record,), _ = rows(jats, one(group))
    assert of(record, "affiliation") == [(0, "One", None), (1, "One", None)]
    (record,), _ = rows(jats, one(f"<contrib-group>{two}</contrib-group><aff>One</aff><aff>Two</aff>"))
    assert fields(record, "affiliation", "other") == [("One", None), ("Two", None)]  # whose they are is not said
    assert record.first("affiliation") is None
    (record,), _ = rows(jats, one(f'<contrib-group>{two}</contrib-group><aff-alternatives id="z"><aff>One</aff><aff xml:lang="ru">Один</aff></aff-alternatives>'))
    assert of(record, "affiliation") == [(0, "One", None), (1, "One", None)]


def test_affiliations_in_other_groups_beside_an_editors_and_of_no_author() -> None:
    author = '<contrib contrib-type="Author"><name><surname>A</surname></name></contrib>'
    pointing = '<contrib><name><surname>A</surname></name><xref rid="b"/></contrib>'
    editor = '<contrib contrib-type="editor"><name><surname>E</surname></name></contrib>'
    first, second = '<aff id="a">One</aff>', '<aff id="b">Two</aff>'
    (record,), _ = rows(jats, one(f"<contrib-group>{pointing}{first}</contrib-group><contrib-group>{pointing}{second}</contrib-group>"))
    assert of(record, "affiliation") == [(0, "Two", None), (1, "Two", None)]
    assert texts(record, "other") == ["One"]
    (record,), _ = rows(jats, one(f"<contrib-group>{author}</contrib-group><contrib-group>{editor}</contrib-group>{first}"))
    assert of(record, "affiliation") == [(0, "One", None)]
    (record,), _ = rows(jats, one(f"<contrib-group>{pointing}{first}{second}</contrib-group>"))
    assert fields(record, "affiliation", "other") == [("Two", None), ("One", None)]


def test_orcid_ids_as_links_and_what_else_is_said_of_an_author() -> None:
    links = (
        '<uri xlink:href="http://orcid.org/0000-0002-1825-0097"/>', '<ext-link ext-link-type="orcid" xlink:href="0000-0002-1825-0097"/>',
        '<uri content-type="orcid">0000-0002-1825-0097</uri>', '<contrib-id contrib-id-type="ORCID">0000-0002-1825-0097</contrib-id>',
    )  # fmt: skip
    for link in links:
        (record,), _ = rows(jats, one(f"<contrib-group><contrib><name><surname>A</surname></name>{link}</contrib></contrib-group>"))
        assert [value for _, _, value in of(record, "author_id")] == ["orcid:0000-0002-1825-0097"], link
    rest = '<uri xlink:href="https://example.org/a"/><collab>for the X Group</collab>'
    (record,), _ = rows(jats, one(f"<contrib-group><contrib><name><surname>A</surname></name>{rest}</contrib></contrib-group>"))
    assert texts(record, "other") == ["https://example.org/a", "for the X Group"]
    (record,), _ = rows(jats, one("<contrib-group><contrib><collab>X<contrib-group><contrib><name><surname>M</surname></name></contrib></contrib-group></collab></contrib></contrib-group>"))
    assert fields(record, "author", "other") == [("X", "group"), ("M", None)]
    member = "<contrib contrib-type='author'><name><surname>M</surname></name></contrib>"
    (record,), _ = rows(jats, one(f"<contrib-group><contrib><collab>X<contrib-group>{member}</contrib-group></collab></contrib></contrib-group>"))
    assert texts(record, "author") == ["X", "M"], "nobody else signs"


def test_an_xref_can_point_to_several_and_to_nothing() -> None:
    group = '<contrib-group><contrib><name><surname>A</surname></name><xref ref-type="aff" rid="a b c"/><xref ref-type="fn" rid="n"/></contrib></contrib-group>'
    (record,), _ = rows(jats, one(f'{group}<aff id="a">One</aff><aff id="b">Two</aff>'))
    assert of(record, "affiliation") == [(0, "One", None), (0, "Two", None)]


@pytest.mark.parametrize(
    ("contrib", "name", "value"),
    [
        ("<name><surname>van Dyk</surname><given-names>Ada B.</given-names></name>", "Ada B. van Dyk", None), ("<name><surname>Plato</surname></name>", "Plato", None),
        ("<name><given-names>Cher</given-names></name>", "Cher", None), ("<string-name><given-names>A</given-names> <surname>B</surname></string-name>", "A B", None),
        ("<collab>The X Team</collab>", "The X Team", "group"), ("<collab><institution>WHO</institution><xref>1</xref></collab>", "WHO", "group"), ("<anonymous/>", "Anonymous", None),
        ("<collab-alternatives><collab>A</collab><collab>Б</collab></collab-alternatives>", "A", "group"),
        ("<name><prefix>Dr</prefix><surname>No</surname><given-names>J</given-names><suffix>Jr</suffix></name>", "J No Jr", None),
    ],
)  # fmt: skip
def test_names(contrib: str, name: str, value: str | None) -> None:
    (record,), _ = rows(jats, one(f'<contrib-group><contrib contrib-type="author">{contrib}</contrib></contrib-group>'))
    assert fields(record, "author") == [(name, value)]


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        ("<pub-date pub-type='ppub'><month>5</month><year>2020</year></pub-date><pub-date pub-type='epub'><day>2</day><month>Apr</month><year>2020</year></pub-date>", ("2 Apr 2020", "2020-04-02")),
        ("<pub-date><year>2020</year></pub-date><pub-date><month>12</month><year>2020</year></pub-date>", ("12 2020", "2020-12")),
        ("<pub-date iso-8601-date='2019-03-04'/>", None), ("<pub-date><year>2021</year><month>2</month><day>30</day></pub-date>", ("30 2 2021", None)),
        ("<pub-date pub-type='pmc-release'><year>2021</year></pub-date>", None), ("<pub-date iso-8601-date='2019-03-04'><string-date>4 March 2019</string-date></pub-date>", ("4 March 2019", "2019-03-04")),
    ],
)  # fmt: skip
def test_dates(dates: str, read: tuple[str, str | None] | None) -> None:
    (record,), _ = rows(jats, one(dates))
    assert fields(record, "date") == ([read] if read else [])


@pytest.mark.parametrize(
    ("abstract", "read"),
    [
        ("<p>One.</p><p>Two.</p>", "One. Two."), ("<title>ABSTRACT</title><p>One.</p>", "One."), ("<sec><title>Aim.</title><p>One.</p></sec>", "Aim: One."),
        ("<sec><title>A</title><sec><title>B</title><p>One.</p></sec></sec>", "B: One."), ("<p>a <list><list-item><p>b</p></list-item></list> c</p>", "a b c"),
        ("<p>x<sub>1</sub> &#x2264; <mml:math><mml:mi>y</mml:mi><mml:mn>2</mml:mn></mml:math></p>", "x1 ≤ y2"), ("Bare <i>text</i>.", "Bare text."),
        ("<p><alternatives><mml:math><mml:mi>y</mml:mi></mml:math><tex-math>$y$</tex-math></alternatives></p>", "y"),
        ("<p><tex-math>\\documentclass[12pt]{minimal} \\usepackage{x} \\begin{document}$$y$$\\end{document}</tex-math></p>", "$$y$$"), ("", None),
    ],
)  # fmt: skip
def test_abstracts(abstract: str, read: str | None) -> None:
    (record,), _ = rows(jats, one(f"<abstract>{abstract}</abstract>"))
    assert texts(record, "abstract") == ([read] if read else [])


def test_other_abstracts() -> None:
    (record,), _ = rows(jats, one("<abstract abstract-type='teaser'><p>Buy!</p></abstract><abstract><p>One.</p></abstract><trans-abstract xml:lang='de'><p>Eins.</p></trans-abstract>"))
    assert texts(record, "abstract") == ["One."]
    assert texts(record, "other") == ["Buy!", "teaser", "Eins."]
    (record,), _ = rows(jats, one("<abstract abstract-type='graphical'><p>Look</p></abstract><abstract abstract-type='summary'><p>One.</p></abstract>"))
    assert texts(record, "abstract") == ["One."], "there is no other"


def test_what_is_no_keyword_no_address_and_no_citation() -> None:
    meta = "<self-uri xlink:href='a.pdf'/><self-uri xlink:href='https://example.org/a'/><kwd-group kwd-group-type='abbreviations'><kwd>ABC</kwd></kwd-group><kwd-group><title>Abbreviations</title><kwd>D</kwd></kwd-group><kwd-group><kwd>E</kwd></kwd-group>"
    (record,), _ = rows(jats, one(meta, "<sec><ref-list><ref><note><p>See there.</p></note></ref><ref><mixed-citation>F</mixed-citation></ref></ref-list></sec>"))
    assert fields(record, "url", "keyword", "reference", "other") == [
        ("a.pdf", None), ("https://example.org/a", None), ("ABC", None), ("Abbreviations D", None), ("E", None), ("See there.", None), ("F", None),
    ]  # fmt: skip
    assert texts(record, "other") == ["a.pdf", "ABC", "Abbreviations D", "See there."]


def test_a_file_of_articles_and_one_without() -> None:
    data = f"<articles>{one(title='A')}{one(title='B')}</articles>"
    assert jats.sniff(data, "x") == 1.0
    assert [texts(record, "title") for record in rows(jats, data)[0]] == [["A"], ["B"]]
    assert [problem.what for problem in rows(jats, "<pmc-articleset><Reply error='none'/></pmc-articleset>")[1]] == ["no papers found: there is no article in it"]


@pytest.mark.parametrize(
    ("reference", "text", "value"),
    [
        ("<element-citation><article-title>A <i>b</i></article-title><pub-id pub-id-type='doi'>10.1000/X</pub-id></element-citation>", "A b", "doi:10.1000/x"),
        ("<mixed-citation>Knuth. Art.<pub-id pub-id-type='pmid'>12</pub-id></mixed-citation>", "Knuth. Art.", "pmid:12"),
        ("<nlm-citation><source>A Book</source><year>1999</year></nlm-citation>", "A Book", None), ("<citation><pub-id pub-id-type='pmid'>12</pub-id></citation>", "12", "pmid:12"),
        ("<element-citation><article-title>A</article-title><pub-id pub-id-type='doi'>no</pub-id><pub-id pub-id-type='pmcid'>PMC3</pub-id></element-citation>", "A", "pmcid:PMC3"),
        ("<mixed-citation>B <ext-link xlink:href='https://doi.org/10.48550/arXiv.2205.06175'/></mixed-citation>", "B", "arxiv:2205.06175"),
        ("<label>1</label><citation-alternatives><mixed-citation>C</mixed-citation></citation-alternatives>", "C", None),
        ("<citation-alternatives><element-citation><article-title>A</article-title></element-citation><mixed-citation>B. A</mixed-citation></citation-alternatives>", "A", None),
    ],
)  # fmt: skip
def test_references(reference: str, text: str, value: str | None) -> None:
    (record,), _ = rows(jats, one(back=f"<ref-list><ref-list><ref>{reference}</ref></ref-list></ref-list>"))
    assert fields(record, "reference") == [(text, value)]


def test_what_is_an_article_itself_is_left_out() -> None:
    reply = f"<response response-type='reply'>{one(title='Reply')}</response>"
    records, _ = rows(jats, one().replace("</article>", f"{reply}</article>"))
    assert [texts(record, "title") for record in records] == [["T"]]


def test_titles_and_characters_of_the_document_type() -> None:
    data = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "x.dtd">' + one(title="&Ccaron;&nbsp;&alpha; &lt;x&gt; <mml:math><mml:mi>x</mml:mi></mml:math><fn><p>n</p></fn>")
    assert texts(rows(jats, data)[0][0], "title") == ["Č α <x> x"]


def test_three_thousand_authors() -> None:
    people = "".join(f"<contrib><name><surname>S{n}</surname></name><xref rid='a'/></contrib>" for n in range(3000))
    (record,), _ = rows(jats, one(f"<contrib-group>{people}</contrib-group><aff id='a'>Lab</aff>"))
    assert of(record, "affiliation")[-1] == (2999, "Lab", None)


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="definitions of its own"):
        rows(jats, f"<!DOCTYPE article PUBLIC '-//NLM//DTD JATS' 'x.dtd' [<!ENTITY f SYSTEM 'fig.xml'>]>{one()}")
    with pytest.raises(UnreadableError) as caught:
        rows(jats, ARTICLE[:3000])
    assert caught.value.line == ARTICLE[:3000].count("\n") + 1


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (ARTICLE, 1.0), (SET, 1.0), (one(), 1.0), ("<article><title>DocBook</title>", 0.0), ('<article key="journals/x/y"><author>', 0.0), ("", 0.0), ("{}", 0.0),
        ("<OAI-PMH><ListRecords><record><metadata><article><front><article-meta>", 0.0), ('<html><article article-type="x">', 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, sure: float) -> None:
    assert jats.sniff(head, "x") == sure


def test_elementtree_reads_the_same() -> None:
    for text, count in ((ARTICLE, 1), (SET, 2)):
        plain = text[text.index(">", text.index("<!DOCTYPE")) + 1 :].replace("&nbsp;", "\u00a0")
        root = ET.fromstring(plain)  # noqa: S314 - our own sample
        there = [each for each in root.iter("article") if each.find("front/article-meta/title-group") is not None]
        records, _ = rows(jats, text)
        assert len(records) == len(there) == count
        for record, article in zip(records, there, strict=True):
            meta = article.find("front/article-meta")
            assert meta is not None
            assert texts(record, "keyword") == [each.text for each in meta.iter("kwd")]
            assert texts(record, "venue") == [each.text for each in article.iter("journal-title")]
            assert len(texts(record, "reference")) == len(article.findall("back/ref-list/ref"))
            people = [each for each in meta.findall("contrib-group/contrib") if each.get("contrib-type", "author") == "author"]
            assert len(texts(record, "author")) == len(people)


@settings(max_examples=100, deadline=None)
@given(data=mangled(one(ARTICLE[ARTICLE.index("<article-id") : ARTICLE.index("</article-meta>")].replace("&nbsp;", " "))) | mangled(SET[SET.index("<pmc") :]))
def test_any_article_is_survived(data: bytes) -> None:
    survives(jats, data)


def test_what_parts_and_labels_in_lists_of_authors_say_nothing() -> None:
    aff = "<aff id='a'>Lab, City e-mail: <email>b@x.org</email></aff>"
    names = "<contrib><contrib-id>http://orcid.org/0000-0002-1825-0097</contrib-id><string-name><given-names>B</given-names> <surname>A</surname></string-name><xref rid='a'/><x>, </x></contrib>"
    (record,), problems = rows(jats, one(f"<contrib-group>{names}<x>, and </x><contrib><name><surname>for the Tea Consortium</surname></name></contrib>{aff}</contrib-group>"))
    assert problems == []
    assert fields(record, "author", "affiliation", "author_id", "other") == [
        ("B A", None), ("http://orcid.org/0000-0002-1825-0097", "orcid:0000-0002-1825-0097"), ("Lab, City", None), ("for the Tea Consortium", "group"),
    ]  # fmt: skip


@pytest.mark.parametrize(("language", "name", "said"), [("en", "Taro Kubo", "久保 太郎"), ("ja", "太郎 久保", "Kubo Taro"), ("fr", "太郎 久保", "Kubo Taro")])
def test_a_name_in_several_languages_is_the_one_of_the_article(language: str, name: str, said: str) -> None:
    names = (
        '<name name-style="eastern" xml:lang="ja"><surname>久保</surname><given-names>太郎</given-names></name>'
        '<name name-style="western" xml:lang="en"><surname>Kubo</surname><given-names>Taro</given-names></name>'
    )
    contrib = f'<contrib-group><contrib contrib-type="author"><name-alternatives>{names}</name-alternatives></contrib></contrib-group>'
    (record,), _ = rows(jats, one(contrib).replace("<article", f'<article xml:lang="{language}"', 1))
    assert (texts(record, "author"), texts(record, "other")) == ([name], [said])


def test_what_an_article_is_related_to_is_kept() -> None:
    related = '<related-article related-article-type="retracted-article" ext-link-type="doi" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="10.1000/old"/>'
    (record,), _ = rows(jats, one(related))
    assert texts(record, "other") == ["retracted-article", "doi", "10.1000/old"]


def test_the_heading_beside_what_is_displayed_is_a_subject() -> None:
    heading = '<subj-group subj-group-type="heading"><subject>Gravel</subject></subj-group>'
    shown = '<subj-group subj-group-type="display-channel"><subject>Research Article</subject></subj-group>'
    (record,), _ = rows(jats, one(f"<article-categories>{shown}{heading}</article-categories>"))
    assert (texts(record, "type"), texts(record, "category")) == (["x", "Research Article"], ["Gravel"])
    (record,), _ = rows(jats, one(f"<article-categories>{heading}</article-categories>"))
    assert (texts(record, "type"), texts(record, "category")) == (["x", "Gravel"], [])


def test_subjects_in_parts() -> None:
    part = "<compound-subject><compound-subject-part content-type='code'>neuro</compound-subject-part><compound-subject-part>Neuroscience</compound-subject-part></compound-subject>"
    (record,), _ = rows(jats, one(f"<article-categories><subj-group>{part}</subj-group></article-categories>"))
    assert texts(record, "category") == ["Neuroscience"]


@pytest.mark.parametrize(
    ("citation", "known"),
    [
        ("K. He. Deep. doi:10.1000/deep.1. 2016.", "doi:10.1000/deep.1"), ("V. A., arXiv:1706.03762v2", "arxiv:1706.03762"), ("doi:10.1000/a and doi:10.1000/b", None),
        ("A, <ext-link ext-link-type='doi' xlink:href='10.1000/x'>link</ext-link>", "doi:10.1000/x"), ("A (doi:10.1000/x(98)1).", "doi:10.1000/x(98)1"),
        ("A, <uri xlink:href='https://arxiv.org/abs/1706.03762'>here</uri>", "arxiv:1706.03762"),
    ],
)  # fmt: skip
def test_what_tells_a_work_cited_as_printed(citation: str, known: str | None) -> None:
    (record,), _ = rows(jats, one(back=f"<ref-list><ref><mixed-citation>{citation}</mixed-citation></ref></ref-list>"))
    assert [field.value for field in record.all("reference")] == [known]
