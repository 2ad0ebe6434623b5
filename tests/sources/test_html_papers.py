"""Pages that hold the text of a paper, saved from arXiv, journals and libraries: whose it is, and what it cites."""

import pytest

from kg.model import Problem
from tests.sources.test_html_lists import BELL, PAUSES, ROOMS, THIRD, records, rows, said, titles
from tests.sources.test_html_services import ABSTRACT, tags

HEAD = f"<h1>{ROOMS}</h1><div class=authors>Vera Rubin<br>University of Rest</div><div class=abstract><h6>Abstract</h6><p>{ABSTRACT}</p></div><h2>1 Introduction</h2><p>Rooms are studied.</p>"
FIRST = "Jocelyn Bell and Ann Ko. What Pauses Say to Us. <em>Journal of Rest</em>, 12:45-60, 2020."
SECOND = "Bo Li, Emmy Noether, and Ann Ko. Beds for Tired Engines. In <em>Proceedings of Rest</em>, 2021."


def cited(body: str, head: str = "") -> list[tuple[str, str | None]]:
    """Return what the only paper of a page cites."""
    record, = records(body, head)
    assert said(record, "title") == {"title": [ROOMS]}
    return [(field.text, field.value) for field in record.all("reference")]


def test_text_of_a_paper_at_ar5iv_is_that_paper_and_not_what_it_cites() -> None:
    creator = "<span class='ltx_creator ltx_role_author'><span class=ltx_personname>{}<span class=ltx_note><span class=ltx_note_outer>Now at the Navy</span></span><br>{}<br><span>{}</span></span></span>"
    entry = "<li id=bib.bib{} class=ltx_bibitem><span class='ltx_tag ltx_tag_bibitem'>{}</span> <span class=ltx_bibblock>{}</span></li>"
    body = (
        f"<h1 class='ltx_title ltx_title_document'>{ROOMS}</h1><div class=ltx_authors>{creator.format('Vera Rubin', 'University of Rest', 'vera@rest.example')}&nbsp;&nbsp;{creator.format('Emmy Noether', 'Institute of Naps', '')}</div>"
        f"<div class=ltx_abstract><h6>Abstract</h6><p>{ABSTRACT}</p></div><section><h2>1 Introduction</h2><p>Rooms, see <a href='#bib.bib1'>2020</a>.</p></section>"
        f"<section class=ltx_bibliography><h2>References</h2><ul>{entry.format(1, 'Bell and Ko [2020]', FIRST)}{entry.format(2, 'Li et al. [2021]', SECOND + ' URL <a href=https://arxiv.org/abs/2101.00001>https://arxiv.org/abs/2101.00001</a>.')}</ul></section>"
        "<section class=ltx_appendix><h2>Appendix A</h2><ul><li>The first house was on a hill, as A. Ko. Hills. Journal of Hills, 2019 says.</li></ul></section>"
    )
    warning, record = rows(body, f"<title>[2301.01234] {ROOMS}</title>")
    assert isinstance(warning, Problem)
    assert warning.what.startswith("a paper read by guess")
    assert not isinstance(record, Problem)
    assert said(record, "title", "author", "affiliation", "abstract", "arxiv_id") == {
        "title": [ROOMS], "author": ["Vera Rubin", "Emmy Noether"], "affiliation": ["University of Rest", "Institute of Naps"], "abstract": [ABSTRACT], "arxiv_id": ["2301.01234"],
    }  # fmt: skip
    assert [field.of for field in record.all("affiliation")] == [0, 1]
    assert [(field.text, field.value) for field in record.all("reference")] == [(PAUSES, None), (THIRD, "arxiv:2101.00001")]
    assert said(record, "date", "url", "venue", "other") == {"date": [], "url": [], "venue": [], "other": ["vera@rest.example"]}


def test_stamp_of_arxiv_on_the_text_tells_its_number() -> None:
    contents = "<nav><ol><li class=ltx_tocentry><a href='https://arxiv.org/html/2301.01234v2#S1'><span class=ltx_ref_title>1 Introduction</span></a></li></ol></nav>"
    names = "<div class=ltx_authors>Vera Rubin<sup>1</sup>, Emmy Noether<sup>2</sup><br><sup>1</sup>University of Rest, <sup>2</sup>Institute of Naps</div>"
    body = f"{contents}<div id=watermark-tr>arXiv:2301.01234v2 [cs.RO] 12 Mar 2023</div><h1>{ROOMS}</h1>{names}<div class=ltx_abstract><h6>Abstract</h6><p>{ABSTRACT}</p></div><h2>References</h2><ul><li>{FIRST}</li><li>{SECOND}</li></ul>"
    record, = records(body)
    assert said(record, "title", "author", "affiliation", "arxiv_id", "version", "category", "date") == {
        "title": [ROOMS], "author": ["Vera Rubin", "Emmy Noether"], "affiliation": ["University of Rest", "Institute of Naps"],
        "arxiv_id": ["2301.01234v2"], "version": ["v2"], "category": ["cs.RO"], "date": ["12 Mar 2023"],
    }  # fmt: skip
    assert [field.text for field in record.all("reference")] == [PAUSES, THIRD]


@pytest.mark.parametrize(
    "section",
    [
        "<h2>References</h2><ul><li>{0}</li><li>{1}</li></ul>",
        "<h2>5. References</h2><p>[1] {0}</p><p>[2] {1}</p>",
        "<p><b>Bibliography</b></p><dl><dd>{0}</dd><dd>{1}</dd></dl>",
        "<h3>Literatur</h3><p>{0}<br>{1}</p>",
        "<section><h2>References</h2></section><div role=list><div role=listitem><div class=label>[1]</div><div>{0}</div></div><div role=listitem><div class=label>[2]</div><div>{1}</div></div></div>",
        "<h2>References</h2><div class=refs><div class=csl-entry>{0}</div><div class=csl-entry>{1}</div></div>",
        "<div><div><a href=x><h2>References</h2></a></div><div><ol><li id=b1><span class=order>1.</span>{0}<ul><li><a>View Article</a></li></ul></li><li>{1}</li></ol></div></div>",
        "<h2>References</h2><aside><ul><li>{1}</li></ul></aside><ul><li>{0}</li><li>{1}</li></ul>",
        "<nav><h2>References</h2><ul><li>{1}</li></ul></nav><h2>References</h2><ul><li>{0}</li><li>{1}</li></ul><h2>Similar papers</h2><ul><li>{1}</li></ul>",
    ],
)  # fmt: skip
def test_where_the_works_cited_stand(section: str) -> None:
    assert cited(HEAD + section.format(FIRST, SECOND)) == [(PAUSES, None), (THIRD, None)]
    assert cited(section.format(FIRST, SECOND), tags()) == [(PAUSES, None), (THIRD, None)]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (
            ("<span class=label>1.</span><cite>Bell J, Ko A. What Pauses Say to Us. J Rest. 2020;12(3):45–60. doi: 10.1000/pauses.</cite> [<a href=https://doi.org/10.1000/pauses>DOI</a>] [<a href=/articles/PMC1234567/>PMC free article</a>]"
            " [<a href=https://pubmed.ncbi.nlm.nih.gov/12345678/>PubMed</a>] [<a href='https://scholar.google.com/scholar_lookup?title=x'>Google Scholar</a>]"), (PAUSES, "doi:10.1000/pauses"),
        ),
        ("<p>Bell, J. &amp; Ko, A. What Pauses Say to Us. <i>J. Rest</i> <b>12</b>, 45–60 (2020).</p><p><a href=https://doi.org/10.1000%2Fpauses>Article</a> <a href=https://scholar.google.com/x>Google Scholar</a></p>", (PAUSES, "doi:10.1000/pauses")),
        ("Bell, J.; Ko, A. What Pauses Say to Us. <span>J. Rest</span> <b>2020</b>, <span>12</span>, 45–60. [<a href=https://scholar.google.com/x>Google Scholar</a>] [<a href=https://pubmed.ncbi.nlm.nih.gov/12345678/>PubMed</a>]", (PAUSES, "pmid:12345678")),
        ("K. Moss, <em>Quiet Plants: A Handbook</em>. Green Press, 1950.", ("Quiet Plants: A Handbook", None)),
        ("J. Bell, personal communication", ("J. Bell, personal communication", None)),
    ],
)  # fmt: skip
def test_forms_of_cited_works(entry: str, expected: tuple[str, str | None]) -> None:
    assert cited(f"<h2>References</h2><ol><li>{entry}</li><li>{SECOND}</li><li>Ann Ko and Kate Moss. Doors That Close Softly. In <em>Proceedings of Rest</em>, 2019.</li></ol>", tags()) == [expected, (THIRD, None), ("Doors That Close Softly", None)]


def test_works_told_to_machines_are_not_told_again() -> None:
    assert cited(f"<h2>References</h2><ul><li>{FIRST}</li><li>{SECOND}</li></ul>", tags(citation_reference=f"citation_title={PAUSES};citation_doi=10.1000/pauses")) == [(PAUSES, "doi:10.1000/pauses")]


@pytest.mark.parametrize("section", ["<h3>References</h3><ul><li><a href=x>Download citation</a></li><li><a href=y>Export to your library</a></li></ul>", "<h2>References</h2>", f"<h2>References</h2><ul><li>{FIRST}</li><li>Ask us for references.</li></ul>", "<h2>References</h2><p>Ask us for our references, we send all.</p>"])
def test_what_is_called_references_and_cites_nothing(section: str) -> None:
    assert cited(section, tags()) == []


def test_list_of_references_without_a_paper_above_is_a_list_of_papers() -> None:
    assert titles(f"<h1>References</h1><p>Jump to <a href='#c'>the end</a>.</p><ul><li id=a>{FIRST}</li><li>{SECOND}</li></ul>") == [PAUSES, THIRD]


def test_text_of_arxiv_without_abstract_is_a_paper_and_an_encyclopedia_is_none() -> None:
    text = f"<article class=ltx_document><h1>{ROOMS}</h1><p class=authors>{BELL}</p><h2>Start</h2><p>Rooms <a href='#b1'>[1]</a>.</p><h2>References</h2><ul><li id=b1>{FIRST}</li><li>{SECOND}</li></ul></article>"
    assert cited(text) == [(PAUSES, None), (THIRD, None)]
    assert titles(text.replace("ltx_document", "wiki")) == [PAUSES, THIRD]


def test_list_with_abstracts_above_another_list_is_no_paper() -> None:
    item = "<div class=paper><h3 class=title>{}</h3><div class=authors>{}</div><div class=abstract>{}</div></div>"
    body = f"<h1>Vera Rubin</h1><h2>Preprints</h2>{item.format(ROOMS, 'Vera Rubin, Emmy Noether', ABSTRACT)}{item.format(THIRD, BELL, ABSTRACT)}<h2>Bibliography</h2><ul><li>{FIRST}</li><li>{SECOND}</li></ul>"
    assert titles(body)[:2] == [ROOMS, THIRD]


def test_each_author_in_an_element_of_its_own_or_on_lines_below_the_title() -> None:
    text = f"<h2>Abstract</h2><p>{ABSTRACT} Our experiments show that our method outperforms baselines.</p>"
    alone, = records(f"<h1>{ROOMS}</h1><span class=author>Vera Rubin</span> <span class=author>Emmy Noether</span>{text}")
    assert said(alone, "author") == {"author": ["Vera Rubin", "Emmy Noether"]}
    plain, = records(f"<h1>{ROOMS}</h1><p>Vera Rubin<sup>1</sup> and Emmy Noether<sup>2</sup></p><p><sup>1</sup>University of Rest <sup>2</sup>Institute of Naps</p><p><a href=x>Paper</a> <a href=y>Code</a></p>{text}")
    assert said(plain, "author", "affiliation") == {"author": ["Vera Rubin", "Emmy Noether"], "affiliation": ["University of Rest", "Institute of Naps"]}


def test_names_that_nothing_but_links_part() -> None:
    text = f"<h1>{ROOMS}</h1><div class=authors><a href=a>Vera Rubin</a> <a href=b>Emmy Noether</a></div><h2>Abstract</h2><p>{ABSTRACT} Our experiments show that our method outperforms baselines.</p>"
    record, = records(text)
    assert said(record, "author") == {"author": ["Vera Rubin", "Emmy Noether"]}
    whole, = records(f"{text}<h2>References</h2><ul><li>{FIRST}</li><li>{SECOND}</li></ul>")
    assert said(whole, "author", "reference") == {"author": ["Vera Rubin", "Emmy Noether"], "reference": [PAUSES, THIRD]}


def test_doi_below_the_title() -> None:
    record, = records(f"<h1>{ROOMS}</h1><p>Vera Rubin, Emmy Noether</p><p><a href=/about>About</a> <a href=https://doi.org/10.1000/rooms>DOI</a></p><h2>Abstract</h2><p>{ABSTRACT}</p><p><a href=https://doi.org/10.1000/next>Next</a></p>")
    assert said(record, "author", "identifier") == {"author": ["Vera Rubin", "Emmy Noether"], "identifier": ["https://doi.org/10.1000/rooms"]}


def test_orcid_and_further_places_below_the_title() -> None:
    names = "<div class=authors>Vera Rubin [0000-0002-1825-0097], Emmy Noether et al.<br>University of Rest, Polis, Utopia</div>"
    record, = records(f"<h1>{ROOMS}</h1>{names}<div class=abstract>{ABSTRACT}</div><h2>References</h2><ul><li>{FIRST}</li><li>{SECOND}</li></ul>")
    assert said(record, "author", "et_al", "affiliation") == {"author": ["Vera Rubin", "Emmy Noether"], "et_al": ["et al."], "affiliation": ["University of Rest, Polis, Utopia"]}
    assert [(field.value, field.of) for field in record.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]


def test_abstract_of_another_paper_below_the_references_is_not_the_papers() -> None:
    text = f"<article class=ltx_document><h1>{ROOMS}</h1><p class=authors>Vera Rubin, Emmy Noether</p><h2>Start</h2><p>Rooms.</p><h2>References</h2><ul><li>{FIRST}</li><li>{SECOND}</li></ul></article><h2>Related</h2><div class=abstract>{ABSTRACT}</div>"
    record, = records(text)
    assert said(record, "author", "abstract", "reference") == {"author": ["Vera Rubin", "Emmy Noether"], "abstract": [], "reference": [PAUSES, THIRD]}


def test_heading_that_is_the_title_of_the_page_is_the_papers() -> None:
    record, = records(f"<h1>Laboratory of Rest</h1><h2>{ROOMS}</h2><p>Vera Rubin, Emmy Noether</p><h3>Abstract</h3><p>{ABSTRACT}</p>", f"<title>{ROOMS}</title>")
    assert said(record, "title", "author", "abstract") == {"title": [ROOMS], "author": ["Vera Rubin", "Emmy Noether"], "abstract": [ABSTRACT]}
