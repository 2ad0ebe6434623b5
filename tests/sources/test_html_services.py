"""Pages as services write them, saved from the browser: arXiv, Google Scholar, the ACL Anthology, ACM, PubMed, dblp, repositories, Wikipedia."""

import json

import pytest

from kg.errors import UnreadableError
from kg.model import Problem, Record
from tests.sources.test_html_lists import BELL, PAUSES, ROOMS, RUBIN, THIRD, records, rows, said, titles

ABSTRACT = "Rooms are loud. We show that rooms can be quiet at night, and we measure how quiet they are in twelve houses with a method that uses moss."


def tags(**more: str) -> str:
    """Return the head of a page of one paper."""
    told = {"citation_title": ROOMS, "citation_author": "Vera Rubin", **more}
    return "".join(f'<meta name="{name}" content="{text}">' for name, text in told.items())


def test_profile_of_google_scholar_whose_table_has_a_header() -> None:
    row = "<tr class=gsc_a_tr><td class=gsc_a_t><a class=gsc_a_at href=x>{}</a><div class=gs_gray>{}</div><div class=gs_gray>Journal of Rest 12 (3), 45-60<span class=gs_oph>, 2023</span></div></td><td><a class=gsc_a_ac>7</a></td><td><span class=gsc_a_h>2023</span></td></tr>"
    body = f"<table><thead><tr><th>Title</th><th>Cited by</th><th>Year</th></tr></thead><tbody>{row.format(ROOMS, 'V Rubin, E Noether')}{row.format(PAUSES, 'V Rubin, J Bell, ...')}</tbody></table>"
    first, second = records(body)
    assert said(first, "title", "author", "venue", "volume", "issue", "pages", "date") == {"title": [ROOMS], "author": ["V Rubin", "E Noether"], "venue": ["Journal of Rest"], "volume": ["12"], "issue": ["3"], "pages": ["45-60"], "date": ["2023"]}
    assert said(second, "title", "author", "et_al") == {"title": [PAUSES], "author": ["V Rubin", "J Bell"], "et_al": ["..."]}


def test_form_before_the_title_of_a_result_of_google_scholar() -> None:
    result = "<div class=gs_ri><h3 class=gs_rt><span><span>{0}</span><span>{1}</span></span> <a href=https://a.example.org>{2}</a></h3><div class=gs_a>V Rubin, E Noether - Journal of Rest, 2023 - example.org</div></div>"
    assert titles(result.format("[BOOK]", "[B]", ROOMS) + result.format("[PDF]", "[PDF]", PAUSES)) == [ROOMS, PAUSES]


def test_a_heading_belongs_to_the_papers_below_it() -> None:
    entry = "<p><span><strong><a class=align-middle href=/{1}/>{0}</a></strong><br><a href=/people/v/>Vera Rubin</a> | <a href=/people/w/>Wei Wang</a><br><a href=/volumes/x/>{2}</a></span></p>"
    body = f"<h4>2022</h4>{entry.format(ROOMS, '2022.rest-long.1', 'Proceedings of Rest')}<h4>2019</h4>{entry.format(PAUSES, 'W19-0001', 'Proceedings of the First Nap')}"
    assert [said(record, "title", "date", "venue") for record in records(body)] == [{"title": [ROOMS], "date": ["2022"], "venue": ["Proceedings of Rest"]}, {"title": [PAUSES], "date": ["2019"], "venue": ["Proceedings of the First Nap"]}]


def test_papers_of_a_volume_appeared_in_it_and_it_is_none() -> None:
    volume = "Proceedings of the 3rd Conference on Rest"
    entry = "<li class='issue-item'><h5 class=issue-item__title><a href=/doi/10.5555/{1}>{0}</a></h5><ul aria-label=authors class='rlist--inline loa'><li><a href=/profile/1><span>Vera Rubin</span></a>, </li><li><a href=/profile/2><span>Emmy Noether</span></a></li></ul><div><span>Pages 1{1}–1{1}9</span></div></li>"
    body = f"<h2>REST '23: {volume}</h2><ul>{entry.format(ROOMS, 1)}{entry.format(PAUSES, 2)}</ul>"
    assert [said(record, "title", "venue", "date", "pages") for record in records(body, "<title>REST '23</title>")] == [
        {"title": [ROOMS], "venue": [volume], "date": ["2023"], "pages": ["11–119"]}, {"title": [PAUSES], "venue": [volume], "date": ["2023"], "pages": ["12–129"]},
    ]  # fmt: skip
    front = "<p><strong><a class=align-middle href=/2022.rest-long.{1}/>{0}</a></strong><br><a href=/people/v/>Vera Rubin</a> | <a href=/people/w/>Wei Wang</a></p>"
    assert titles(f"<h2>{volume}</h2>{front.format(volume, 0)}{front.format(ROOMS, 1)}{front.format(PAUSES, 2)}") == [ROOMS, PAUSES]


def test_places_that_authors_on_arxiv_refer_to_by_numbers() -> None:
    paper = "<dt><a href=/abs/2501.0000{0}>arXiv:2501.0000{0}</a></dt><dd><div class='list-title mathjax'>Title: {1}</div><div class=list-authors>{2}</div></dd>"
    body = "<dl>" + paper.format(1, ROOMS, "<a href=x>Vera Rubin</a> (1), <a href=x>Wei Wang</a> (2), <a href=x>Emmy Noether</a> (1) ((1) University of Rest, (2) Navy)") + paper.format(2, PAUSES, "<a href=x>Jocelyn Bell</a>") + "</dl>"
    first, second = records(body)
    assert said(first, "author", "affiliation") == {"author": ["Vera Rubin", "Wei Wang", "Emmy Noether"], "affiliation": ["University of Rest", "Navy", "University of Rest"]}
    assert [field.of for field in first.all("affiliation")] == [0, 1, 2]
    assert said(second, "title", "author") == {"title": [PAUSES], "author": ["Jocelyn Bell"]}


@pytest.mark.parametrize("cut", ["et al. ((1) University of Rest, (2) Navy)", "((1) University of Rest, (2) Navy), et al."])
def test_et_al_beside_numbered_places_says_that_the_list_is_cut(cut: str) -> None:
    paper = "<dt><a href=/abs/2501.00001>arXiv:2501.00001</a></dt><dd><div class='list-title mathjax'>Title: {}</div><div class=list-authors>Vera Rubin (1), Wei Wang (2), {}</div></dd>"
    record, = records(f"<dl>{paper.format(ROOMS, cut)}</dl>")
    assert said(record, "author", "affiliation", "et_al") == {"author": ["Vera Rubin", "Wei Wang"], "affiliation": ["University of Rest", "Navy"], "et_al": ["et al."]}


def test_what_a_search_on_arxiv_shows_besides() -> None:
    result = "<li class=arxiv-result><p class='list-title'><a href=https://arxiv.org/abs/2301.0123{0}>arXiv:2301.0123{0}</a></p><span class='tag is-small'>cs.RO</span> <span class='tag is-small'>doi</span><p class='title is-5'>{1}</p><p class=authors><span>Authors:</span> <a href=x>Vera Rubin</a>, <a href=x>Emmy Noether</a>, <a href=x>The Quiet Collaboration</a></p><p class='comments'><span>Journal ref:</span> Journal of Rest 12 (2023) 45-60</p></li>"
    first, _ = records(f"<ol>{result.format(4, ROOMS)}{result.format(5, PAUSES)}</ol>")
    assert said(first, "author", "category", "comment") == {"author": ["Vera Rubin", "Emmy Noether", "The Quiet Collaboration"], "category": ["cs.RO"], "comment": []}
    assert said(first, "venue", "volume", "pages") == {"venue": ["Journal of Rest"], "volume": ["12"], "pages": ["45-60"]}


def test_page_of_a_paper_shows_what_its_tags_leave_out() -> None:
    body = f"<h1>{ROOMS}</h1><h4>Abstract</h4><p>{ABSTRACT}</p><table><tr><td class='tablecell jref'>Journal of Rest 12 (2023) 45</td></tr><tr><td class='tablecell doi'><a href=x>https://doi.org/10.5555/12</a></td></tr></table><a href=http://arxiv.org/abs/2301.01234>arXiv</a><h2>12 References</h2><p class=doi>10.5555/99</p>"
    (record,) = records(body, tags())
    assert said(record, "abstract", "venue", "arxiv_id") == {"abstract": [ABSTRACT], "venue": ["Journal of Rest 12 (2023) 45"], "arxiv_id": ["2301.01234"]}
    assert [field.value for field in record.all("identifier")] == ["doi:10.5555/12"]


def test_highlights_are_no_abstract() -> None:
    body = f"<div class='abstract author-highlights'><h2>Highlights</h2><ul><li>{ABSTRACT}</li></ul></div><div class='abstract author'><h2>Abstract</h2><div>{ABSTRACT} And more.</div></div>"
    assert said(records(body, tags())[0], "abstract") == {"abstract": [f"{ABSTRACT} And more."]}


def test_address_of_a_paper_tells_its_identifier() -> None:
    (record,) = records("", tags(citation_pdf_url="https://openreview.net/pdf?id=aBcD3fGhIj", citation_firstpage="pp.45-60"))
    assert [field.value for field in record.all("identifier")] == ["openreview:aBcD3fGhIj"]
    assert said(record, "pages") == {"pages": ["45-60"]}
    (record,) = records("", tags(citation_pdf_url="https://arxiv.org/pdf/2301.01234v2", citation_arxiv_id="2301.01234"))
    assert said(record, "arxiv_id") == {"arxiv_id": ["2301.01234"]}


def test_volume_and_issue_beside_the_journal_at_dblp() -> None:
    part = '<span itemprop="isPartOf" itemscope itemtype="http://schema.org/{}"><span itemprop="{}">{}</span></span>'
    body = f'<li itemscope itemtype="http://schema.org/ScholarlyArticle"><a itemprop="url" href="https://openreview.net/forum?id=ZzYyXxWwVv"></a><span itemprop="author" itemscope itemtype="http://schema.org/Person"><span itemprop="name">Vera Rubin</span></span><span itemprop="name">{ROOMS}.</span>{part.format("Periodical", "name", "J. Rest")} {part.format("PublicationVolume", "volumeNumber", "12")}({part.format("PublicationIssue", "issueNumber", "3")})</li>'
    (record,) = records(body)
    assert said(record, "title", "venue", "volume", "issue") == {"title": [ROOMS], "venue": ["J. Rest"], "volume": ["12"], "issue": ["3"]}
    assert [field.value for field in record.all("identifier")] == ["openreview:ZzYyXxWwVv"]


def test_number_of_arxiv_in_coins_of_wikipedia() -> None:
    body = "".join(f'<li><cite>{title}</cite><span class="Z3988" title="rft.atitle={title}&amp;rft.jtitle=Rest&amp;rft_id=info%3Aarxiv%2F2301.0123{rank}&amp;rft.aulast=Rubin&amp;rft.aufirst=Vera"></span></li>' for rank, title in enumerate((ROOMS, PAUSES)))
    assert [said(record, "title", "arxiv_id") for record in records(f"<ol>{body}</ol>")] == [{"title": [ROOMS], "arxiv_id": ["arxiv:2301.01230"]}, {"title": [PAUSES], "arxiv_id": ["arxiv:2301.01231"]}]


def test_books_in_a_list_of_wikipedia() -> None:
    body = f"<ul><li>Vera Rubin: <i>{ROOMS}.</i> Ruheverlag, Berlin 1999, <a href=x>ISBN 3-00-000000-0</a>.</li><li>Emmy Noether (Hrsg.): <i>Pausen. Ein Handbuch.</i> Springer, Berlin 2010.</li><li>Jocelyn Bell, Ann Ko: <i>{THIRD}.</i> In: <i>Zeitschrift der Ruhe.</i> Band 3, Nr. 2, 2001, S. 12–19.</li></ul>"
    assert [said(record, "title", "author", "date") for record in records(body)] == [
        {"title": [ROOMS], "author": ["Vera Rubin"], "date": ["1999"]}, {"title": ["Pausen. Ein Handbuch"], "author": ["Emmy Noether"], "date": ["2010"]}, {"title": [THIRD], "author": BELL.split(", "), "date": ["2001"]},
    ]  # fmt: skip


def test_an_identifier_ends_with_its_element() -> None:
    result = "<article><a class=docsum-title href=/3000000{1}/>{0}</a><span class='docsum-authors full-authors'>Rubin V, Noether E.</span><span class='full-journal-citation'>J Rest. 2018;3 Suppl 1:S5-S9. doi: 10.5555/m.{1}.</span><span class='short-journal-citation'>J Rest. 2018.</span><span class=docsum-pmid>3000000{1}</span></article>"
    first, _ = records(result.format(ROOMS, 1) + result.format(PAUSES, 2))
    assert [field.value for field in first.all("identifier")] == ["pmid:30000001", "doi:10.5555/m.1"]
    assert said(first, "volume", "pages") == {"volume": ["3"], "pages": ["S5-S9"]}


def test_date_within_an_element_that_is_called_so_too() -> None:
    item = "<div class=item><h4 class=artifact-title><a href=/handle/1/{1}>{0}</a>\ufeff</h4><span class=author>Rubin, Vera; Noether, Emmy</span> <span class=publisher-date>(<span class=publisher>University of Rest</span>, <span class=date>2019-05-03</span>)</span></div>"
    assert [said(record, "title", "date") for record in records(item.format(ROOMS, 1) + item.format(PAUSES, 2))] == [{"title": [ROOMS], "date": ["2019-05-03"]}, {"title": [PAUSES], "date": ["2019-05-03"]}]


def test_google_leads_to_papers_by_a_page_of_its_own() -> None:
    item = "<li>{}. <a href='https://www.google.com/url?q=https%3A%2F%2Farxiv.org%2Fabs%2F2301.0123{}&amp;sa=D'>{}</a>. Journal of Rest, 2023.</li>"
    first, _ = records(f"<ul>{item.format(RUBIN, 4, ROOMS)}{item.format(BELL, 5, PAUSES)}</ul>")
    assert said(first, "arxiv_id", "url") == {"arxiv_id": ["2301.01234"], "url": ["https://arxiv.org/abs/2301.01234"]}


def test_items_with_a_class_of_their_own_are_one_list() -> None:
    session = "<article><h2 class='node-title{2}'><a href=x>{0}</a></h2><div class=people-text><p>{1}</p></div></article>"
    body = f"<h1>Technical sessions</h1><h2>Wednesday</h2>{session.format(ROOMS, 'Vera Rubin, <em>University of Rest;</em> Emmy Noether, <em>Nap College</em>', ' first')}{session.format(PAUSES, 'Jocelyn Bell, Ann Ko, and Bo Li, <em>University of Rest</em>', '')}"
    first, second = records(body)
    assert said(first, "title", "author", "affiliation") == {"title": [ROOMS], "author": RUBIN.split(", "), "affiliation": ["University of Rest", "Nap College"]}
    assert said(second, "title", "author") == {"title": [PAUSES], "author": ["Jocelyn Bell", "Ann Ko", "Bo Li"]}


def test_a_page_of_sections_is_no_paper() -> None:
    body = f"<h1>Technical sessions of the year</h1><p>Welcome to all.</p><h2>Wednesday</h2><h2>{ROOMS}</h2><p>{ABSTRACT} Our experiments show that our method outperforms baselines.</p>"
    with pytest.raises(UnreadableError):
        records(body)


ACM_ITEM = (
    "<li class='search__item issue-item-container'><div class=issue-item__citation><div class=issue-heading>article</div></div><h3 class=issue-item__title><span class=hlFld-Title><a href=/doi/10.1145/{0}>{1}</a></span></h3>"
    "<ul class='rlist--inline loa truncate-list' aria-label=authors>{2}</ul><div class=issue-item__detail><a href=/x><span class=epub-section__title>{3}</span></a> <span class=dot-separator><span>May 2023, </span><span>{4}</span></span>"
    "<span class=issue-item__doi><a href=https://doi.org/10.1145/{0} class='issue-item__doi dot-separator'>https://doi.org/10.1145/{0}</a></span></div></li>"
)


def test_results_of_a_search_at_acm() -> None:
    two = "<li><a href=/profile/1><span>Vera Rubin</span></a><span>, </span></li><li><a href=/profile/2><span>Emmy Noether</span></a></li>"
    more = two.replace("</a></li>", "</a><span>, </span></li>") + "<li class=count-list><button aria-label='3 more authors'>+ 3</button></li>"
    journal, conference = records(f"<ul>{ACM_ITEM.format('1.2', ROOMS, two, 'ACM Transactions on Rest', 'Article No.: 7, pp 45–60')}{ACM_ITEM.format('1.3', PAUSES, more, 'REST: Proceedings of the 3rd Conference on Rest', 'pp 15–18')}</ul><footer><ul><li><a href=/about>About the library</a></li></ul></footer>")
    assert said(journal, "title", "author", "et_al", "venue", "date", "pages") == {"title": [ROOMS], "author": RUBIN.split(", "), "et_al": [], "venue": ["ACM Transactions on Rest"], "date": ["May 2023"], "pages": ["45–60"]}
    assert [field.value for field in journal.all("identifier")] == ["doi:10.1145/1.2"]
    assert said(conference, "author", "et_al", "venue", "pages") == {"author": RUBIN.split(", "), "et_al": ["+ 3"], "venue": ["REST: Proceedings of the 3rd Conference on Rest"], "pages": ["15–18"]}


def test_contents_of_proceedings_at_acm() -> None:
    item = "<div class=issue-item-container><h5 class=issue-item__title><a href=/doi/10.1145/{0}>{1}</a></h5><ul aria-label=authors class='rlist--inline loa'><li><a href=/profile/1><span>Vera Rubin</span></a></li></ul><div class=issue-item__detail><span>Article No.: {0}</span>, <span>Pages 1–14</span></div></div>"
    body = f"<h2>REST '23: Proceedings of the 3rd Conference on Rest</h2>{item.format('1.1', ROOMS)}{item.format('1.2', PAUSES)}"
    for record in records(body, "<title>Proceedings of the 3rd Conference on Rest | ACM Conferences</title>"):
        assert said(record, "venue", "pages", "date") == {"venue": ["Proceedings of the 3rd Conference on Rest"], "pages": ["1–14"], "date": ["2023"]}


OJS = "<li><div class=obj_article_summary><h3 class=title><a href=https://a.example.org/article/view/{0}>{1}</a></h3><div class=meta><div class=authors>{2}</div><div class=pages>{3}</div></div><ul class=galleys_links><li><a class='obj_galley_link pdf' href=x>PDF</a></li></ul></div></li>"
OJS_OLD = "<table class=tocArticle><tr><td class=tocArticleTitleAuthors><div class=tocTitle><a href=https://a.example.org/article/view/{0}>{1}</a></div><div class=tocAuthors>{2}</div></td><td><div class=tocGalleys><a href=x class=file>PDF</a></div><div class=tocPages>{3}</div></td></tr></table>"
OJS_PLAIN = "<div class='article-summary media'><div class=media-body><h3 class=media-heading><a href=https://a.example.org/article/view/{0}>{1}</a></h3><div class=meta><div class=authors>{2}</div></div><p class=pages>{3}</p><div class=btn-group><a class='galley-link btn pdf' href=x>PDF</a></div></div></div>"


@pytest.mark.parametrize("item", [OJS, OJS_OLD, OJS_PLAIN])
def test_contents_of_an_issue_of_a_journal_in_ojs(item: str) -> None:
    menu = "<nav><ul><li><a href=x>Current</a></li><li><a href=y>About the journal and its editorial team</a></li></ul></nav>"
    first, second = records(f"{menu}<h1>Vol. 12 No. 3 (2020): Rest</h1><h2>Articles</h2><ul>{item.format(1, ROOMS, RUBIN, '1-14')}{item.format(2, PAUSES, 'Jocelyn Bell', '15-30')}</ul>", "<title>Vol. 12 No. 3 (2020): Rest | Journal of Rest</title>")
    issue = {"venue": ["Journal of Rest"], "volume": ["12"], "issue": ["3"], "date": ["2020"]}
    assert said(first, "title", "author", "pages", *issue) == {"title": [ROOMS], "author": RUBIN.split(", "), "pages": ["1-14"], **issue}
    assert said(second, "title", "author", "pages", *issue) == {"title": [PAUSES], "author": ["Jocelyn Bell"], "pages": ["15-30"], **issue}


def test_roles_behind_names_in_ojs_are_no_places() -> None:
    first, _ = records(f"<ul>{OJS.format(1, ROOMS, 'Vera Rubin (Author); Emmy Noether (Author)', '1-14')}{OJS.format(2, PAUSES, 'Jocelyn Bell (Author)', '15-30')}</ul>")
    assert said(first, "author", "affiliation") == {"author": RUBIN.split(", "), "affiliation": []}


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("JMLR Volume 24", "JMLR Volume 24", {"venue": ["JMLR"], "volume": ["24"], "issue": []}),
        ("dblp: Journal of Rest, Volume 12", "Volume 12, Number 3", {"venue": ["Journal of Rest"], "volume": ["12"], "issue": ["3"]}),
        ("Sonno - v. 7, n. 2 (2019)", "Atual", {"venue": ["Sonno"], "volume": ["7"], "issue": ["2"]}),
        ("Journal of Rest, Volume 12", "Journal of Rest, Volume 13", {"venue": [], "volume": [], "issue": []}),
        ("Papers on volume 3 models", "Our papers", {"venue": [], "volume": [], "issue": []}),
    ],
)
def test_issue_that_title_and_headings_name(title: str, heading: str, expected: dict[str, list[str]]) -> None:
    item = "<dl><dt>{}</dt><dd><b><i>{}</i></b>; (1):1−14, 2023.<br>[<a href=x>abs</a>][<a href=y>pdf</a>]</dd></dl>"
    first, second = records(f"<h1>{heading}</h1>{item.format(ROOMS, RUBIN)}{item.format(PAUSES, 'Jocelyn Bell, Ann Ko')}", f"<title>{title}</title>")
    assert said(first, *expected) == said(second, *expected) == expected


def test_contents_of_proceedings_at_dblp() -> None:
    entry = "<li class='entry {0}' id='{1}' itemscope itemtype='http://schema.org/{2}'><cite class='data tts-content' itemprop=headline><span itemprop=author itemscope itemtype='http://schema.org/Person'><span itemprop=name>{3}</span></span>:<br> <span class=title itemprop=name>{4}.</span> {5}</cite></li>"
    volume = entry.format("editor toc", "conf/rest/2023", "Book", "Ann Ko", "Proceedings of the 3rd Conference on Rest, REST 2023, Polis", "<span itemprop=publisher>ACM</span>")
    paper = entry.format("inproceedings", "conf/rest/Rubin23", "ScholarlyArticle", "Vera Rubin", ROOMS, "<span itemprop=pagination>1-14</span><meta itemprop=datePublished content=2023>")
    thesis = entry.format("book", "phd/Bell20", "ScholarlyArticle", "Jocelyn Bell", PAUSES, "<meta itemprop=datePublished content=2020>")
    first, second = records(f"<ul class=publ-list>{volume}{paper}{thesis}</ul>")
    assert said(first, "title", "author", "venue", "pages", "date") == {"title": [ROOMS], "author": ["Vera Rubin"], "venue": ["Proceedings of the 3rd Conference on Rest, REST 2023, Polis"], "pages": ["1-14"], "date": ["2023"]}
    assert said(second, "title", "author", "venue") == {"title": [PAUSES], "author": ["Jocelyn Bell"], "venue": []}


def test_contents_of_an_issue_at_dblp_whose_papers_name_no_journal() -> None:
    entry = "<li class='entry article' id='journals/rest/{0}' itemscope itemtype='http://schema.org/ScholarlyArticle'><cite class=data><span itemprop=author>{1}</span>: <span class=title itemprop=name>{2}.</span></cite></li>"
    for record in records(f"<h1>Journal of Rest, Volume 12</h1><h2>Volume 12, Number 3, 2020</h2><ul>\n{entry.format('R20', 'Vera Rubin', ROOMS)}{entry.format('B20', 'Jocelyn Bell', PAUSES)}</ul>"):
        assert said(record, "venue", "volume", "issue") == {"venue": ["Journal of Rest"], "volume": ["12"], "issue": ["3"]}
        assert {record.line, *(field.line for field in record.fields)} == {2}


def test_what_entries_of_a_list_link_to_and_say_in_bibtex() -> None:
    linked = f"<a href=https://orcid.org/0000-0002-1825-0097>Vera Rubin</a>, Emmy Noether. <b>{ROOMS}</b>. CoRR, abs/2301.01234, 2023."
    told = f"{BELL}. <b>{PAUSES}</b>. Journal of Rest, 2020. https://arxiv.org/ abs/2301.01235<pre>@article{{x, journal={{Journal of Rest}}, volume={{7}}, doi={{10.1000/x}} }}</pre>"
    first, second = records(f"<ul><li>{linked}</li><li>{told}</li></ul>")
    assert [(field.value, field.of) for field in first.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]
    assert said(first, "author", "venue", "arxiv_id") == {"author": RUBIN.split(", "), "venue": ["CoRR"], "arxiv_id": ["2301.01234"]}
    assert said(second, "venue", "volume", "identifier", "arxiv_id") == {"venue": ["Journal of Rest"], "volume": ["7"], "identifier": ["10.1000/x"], "arxiv_id": ["2301.01235"]}


def test_places_in_an_element_of_authors() -> None:
    item = "<div class=paper><h3 class=title>{}</h3><div class=authors>{}</div></div>"
    first, second = records(item.format(ROOMS, "Vera Rubin (University of Rest), Emmy Noether (Institute of Naps)") + item.format(PAUSES, "Jocelyn Bell (University of Rest)"))
    assert [(field.text, field.of) for field in first.all("affiliation")] == [("University of Rest", 0), ("Institute of Naps", 1)]
    assert said(second, "author", "affiliation") == {"author": ["Jocelyn Bell"], "affiliation": ["University of Rest"]}


def test_tags_that_are_wrong_or_said_twice_are_kept_and_told() -> None:
    *problems, record = sorted(rows("", tags(citation_doi="soon", citation_author_orcid="0000-0002-1825-0098") + '<meta name=citation_title content="Rooms"><meta name=keywords content="moss, sleep">'), key=lambda row: not isinstance(row, Problem))
    assert [problem.what for problem in problems if isinstance(problem, Problem)] == ["no ORCID iD: '0000-0002-1825-0098'"]
    assert isinstance(record, Record)
    assert said(record, "title", "identifier", "author_id", "keyword", "other") == {"title": [ROOMS], "identifier": [], "author_id": [], "keyword": ["moss", "sleep"], "other": ["soon", "0000-0002-1825-0098", "Rooms"]}


def test_parts_of_linked_data() -> None:
    person = {"@type": "Person", "givenName": "Vera", "familyName": "Rubin", "affiliation": [{"name": "University of Rest", "@id": "https://ror.org/05a28rw58"}, {"@type": "Organization"}], "identifier": {"value": "https://orcid.org/0000-0002-1825-0097"}}
    issue = {"@type": "PublicationIssue", "issueNumber": 3, "isPartOf": {"@type": "PublicationVolume", "volumeNumber": 12, "isPartOf": {"@type": "Periodical", "name": "Journal of Rest"}}}
    paper = {"@type": "ScholarlyArticle", "name": ROOMS, "author": [person, {"@type": "Person"}, {"@type": "Organization", "name": "Rest Makers"}], "isPartOf": issue, "pageStart": 1, "pageEnd": 9, "wordCount": 120, "isAccessibleForFree": True}
    record, = records("", f'<script type="application/ld+json">{json.dumps(paper)}</script>')
    assert said(record, "author", "affiliation", "venue", "volume", "issue", "pages", "other") == {
        "author": ["Vera Rubin", "Rest Makers"], "affiliation": ["University of Rest"], "venue": ["Journal of Rest"], "volume": ["12"], "issue": ["3"], "pages": ["1-9"], "other": ["120"],
    }  # fmt: skip
    assert [(field.value, field.of) for name in ("author_id", "affiliation_id") for field in record.all(name)] == [("orcid:0000-0002-1825-0097", 0), ("ror:05a28rw58", 0)]
    assert [field.value for field in record.all("author")] == [None, "group"]


def test_each_author_of_an_entry_in_an_element_of_its_own_has_the_place_in_it() -> None:
    item = "<div class=paper><h3 class=title>{}</h3><span class=author>{} (University of Rest)</span> <span class=author>Emmy Noether (Institute of Naps)</span></div>"
    for record in records(item.format(ROOMS, "Vera Rubin") + item.format(PAUSES, "Jocelyn Bell")):
        assert [(field.text, field.of) for field in record.all("affiliation")] == [("University of Rest", 0), ("Institute of Naps", 1)]


def test_an_abstract_at_openreview_ends_at_the_next_label_and_is_not_its_summary_in_a_sentence() -> None:
    field = "<div><strong>{}:</strong> <span>{}</span></div>"
    body = f"<h2>{ROOMS}</h2>{field.format('TL;DR', 'Rooms can be quiet at night, as moss tells whoever cares to measure it in houses.')}{field.format('Abstract', ABSTRACT)}{field.format('Submission Number', '4321')}"
    assert said(records(body, tags())[0], "abstract") == {"abstract": [ABSTRACT]}


def test_a_bold_line_below_an_abstract_ends_it_and_a_bold_part_does_not() -> None:
    body = f"<div>{ROOMS}</div><font><br><b>Abstract</b></font><br><div><b>Methods:</b> {ABSTRACT}</div><font><br><b>Related Material</b></font><br>[<a href=x>pdf</a>]"
    assert said(records(body, tags())[0], "abstract") == {"abstract": [f"Methods: {ABSTRACT}"]}


def test_titles_that_link_to_their_papers_are_a_list_of_papers() -> None:
    paper = '<article><a href="/papers/2501.0123{0}"><img src="x.png"></a><div><a href="/vera"><span>vera</span></a></div><h3 class="mb-1 font-semibold"><a href="/papers/2501.0123{0}" class="line-clamp-3">{1}</a></h3><a href="/papers/2501.0123{0}#community">3</a></article>'
    body = "".join(paper.format(rank, title) for rank, title in enumerate((ROOMS, PAUSES, THIRD, ROOMS)))
    assert [said(record, "title", "arxiv_id") for record in records(body)] == [
        {"title": [title], "arxiv_id": [f"2501.0123{rank}"]} for rank, title in enumerate((ROOMS, PAUSES, THIRD, ROOMS))
    ]  # fmt: skip


@pytest.mark.parametrize("link", ["<p>Read <a href=/papers/2501.0123{0}>{1}</a> first.</p>", "<h3><a href=/blog/2501.0123{0}>{1}</a></h3>", "<h3><a href=/papers/2501.01234>{1}</a></h3>", "<h3><a href=/papers/2501.0123{0}>Paper {0}</a></h3>"])
def test_links_that_are_no_list_of_papers(link: str) -> None:
    with pytest.raises(UnreadableError):
        rows("".join(link.format(rank, title) for rank, title in enumerate((ROOMS, PAUSES, THIRD))))


def test_places_below_the_names_of_authors_at_ssrn() -> None:
    person = '<h2><a href="https://papers.ssrn.com/AbsByAuth.cfm?per_id={0}">{1}</a></h2><p>{2}</p>'
    shown = person.format(1, "Vera Rubin", "University of Rest - Department of Quiet") + person.format(2, "Ada Ko", "") + person.format(3, "Emmy Noether", "University of Rings; Institute of Naps")
    head = tags(citation_author="Rubin, Vera") + '<meta name="citation_author" content="Ko, Ada"><meta name="citation_author" content="Noether, Emmy">'
    (record,) = records(f'<h1>{ROOMS}</h1><div class="authors authors-full-width">{shown}</div><h3>Abstract</h3><p>{ABSTRACT}</p>', head)
    assert said(record, "author", "other") == {"author": ["Rubin, Vera", "Ko, Ada", "Noether, Emmy"], "other": []}
    assert [(field.text, field.of) for field in record.all("affiliation")] == [("University of Rest - Department of Quiet", 0), ("University of Rings; Institute of Naps", 2)]
    assert said(records(f'<div class="authors">{person.format(1, "Vera Rubin", "Navy")}</div>', head)[0], "affiliation") == {"affiliation": []}, "of others nothing is shown"


@pytest.mark.parametrize(("shown", "venue"), [("ICLR 2024 poster", ["ICLR 2024 poster"]), ("NeurIPS 2023 Datasets and Benchmarks Poster", ["NeurIPS 2023 Datasets and Benchmarks Poster"]), ("Submitted to ICLR 2024", []), ("Everyone", [])])
def test_where_a_paper_on_openreview_appeared(shown: str, venue: list[str]) -> None:
    body = f'<h2>{ROOMS}</h2><div class="forum-meta"><span class="date item">Published: 16 Jan 2024</span><span class="item"><i></i>{shown}</span></div><p>{ABSTRACT}</p>'
    assert said(records(body, tags())[0], "venue") == {"venue": venue}


def test_a_cited_work_is_told_by_the_addresses_that_its_entry_prints() -> None:
    entries = ["Vera Rubin and Emmy Noether. 2019. Quiet Pauses of Rest. https://aclanthology.org/P19-1001/", "Jocelyn Bell and Ann Ko. 2020. Loud Pauses of Rest. https://openreview.net/forum?id=aBcD3fGhIj", "Bell J, Ko A. Pauses of the heart. J Rest. 2001;3:1-9. PMID: 12345678"]
    (record,) = records(f"<h1>{ROOMS}</h1><h2>References</h2><ul>{''.join(f'<li>{entry}</li>' for entry in entries)}</ul>", tags())
    assert [(field.text, field.value) for field in record.all("reference")] == [("Quiet Pauses of Rest", "acl:P19-1001"), ("Loud Pauses of Rest", "openreview:aBcD3fGhIj"), ("Pauses of the heart", "pmid:12345678")]
