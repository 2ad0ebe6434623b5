"""Pages as services write them, saved from the browser: arXiv, Google Scholar, the ACL Anthology, ACM, PubMed, dblp, repositories, Wikipedia."""

import pytest

from kg.errors import UnreadableError
from tests.sources.test_html_lists import BELL, PAUSES, ROOMS, RUBIN, THIRD, records, said, titles

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
