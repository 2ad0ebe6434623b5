"""Lists of papers on web pages: how homepages, programmes and archives lay them out."""

import pytest

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import decode
from kg.sources.html_page import read


def rows(body: str, head: str = "") -> list[Record | Problem]:
    found = decode(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "x.html")
    assert isinstance(found, Document)
    return list(read(found))


def records(body: str, head: str = "") -> list[Record]:
    return [row for row in rows(body, head) if isinstance(row, Record)]


def said(record: Record, *names: str) -> dict[str, list[str]]:
    return {name: [field.text for field in record.all(name)] for name in names}


def titles(body: str) -> list[str]:
    return [field.text for record in records(body) for field in record.all("title")]


ROOMS = "Quiet Rooms at Night"
PAUSES = "What Pauses Say to Us"
THIRD = "Beds for Tired Engines"
RUBIN, BELL, LI = "Vera Rubin, Emmy Noether", "Jocelyn Bell, Ann Ko", "Bo Li, Emmy Noether"


def test_headings_of_sections_are_no_part_of_titles() -> None:
    def section(year: str, *entries: tuple[str, str]) -> str:
        return f"<section><h2>{year}</h2><p>Selected papers of this year</p>" + "".join(f'<div class="entry"><h4 class="title">{title}</h4><p class="authors">{names}</p></div>' for title, names in entries) + "</section>"

    body = section("2021", (ROOMS, RUBIN), (PAUSES, BELL)) + section("2020", (THIRD, LI), ("Naps and Laps of the Year", RUBIN))
    assert [said(record, "title", "author") for record in records(body)] == [
        {"title": [ROOMS], "author": RUBIN.split(", ")}, {"title": [PAUSES], "author": BELL.split(", ")}, {"title": [THIRD], "author": LI.split(", ")}, {"title": ["Naps and Laps of the Year"], "author": RUBIN.split(", ")},
    ]  # fmt: skip


def test_papers_with_authors_and_one_without_them() -> None:
    entries = [(ROOMS, f'<p class="authors">{RUBIN}</p><p class="venue">Journal of Rest, 2021</p>'), (PAUSES, f'<p class="authors">{BELL}</p><p class="venue">Journal of Rest, 2020</p>'), (THIRD, '<p class="venue">Journal of Rest, 2019</p>')]
    body = "".join(f'<div class="paper"><h3 class="title">{title}</h3>{rest}</div>' for title, rest in entries)
    assert titles(body) == [ROOMS, PAUSES, THIRD]


def test_title_of_the_page_does_not_hide_its_list() -> None:
    body = f'<h1 class="page-title-x title">Papers of the Lab</h1><ul><li>V. Rubin, E. Noether. {ROOMS}. Journal of Rest, 2021.</li><li>J. Bell, A. Ko. {PAUSES}. Journal of Rest, 2020.</li></ul>'
    assert titles(body) == [ROOMS, PAUSES]


@pytest.mark.parametrize(
    "body",
    [
        f'V. Rubin, E. Noether, "{ROOMS}," Journal of Rest, 2021.<br>J. Bell, A. Ko, "{PAUSES}," Journal of Rest, 2020.<br>B. Li, E. Noether, "{THIRD}," Journal of Rest, 2019.',
        f"<b>{ROOMS}</b><br>Vera Rubin, Emmy Noether<br>Journal of Rest, 2021<br><br><b>{PAUSES}</b><br>Jocelyn Bell, Ann Ko<br>Journal of Rest, 2020<br><br><b>{THIRD}</b><br>Bo Li, Emmy Noether<br>Journal of Rest, 2019",
    ],
)
def test_papers_between_line_breaks(body: str) -> None:
    found = records(f"<h2>Publications</h2><div>{body}</div>")
    assert [said(record, "title", "date") for record in found] == [{"title": [ROOMS], "date": ["2021"]}, {"title": [PAUSES], "date": ["2020"]}, {"title": [THIRD], "date": ["2019"]}]
    assert [len(said(record, "author")["author"]) for record in found] == [2, 2, 2]


def test_lines_of_titles_above_lines_of_names() -> None:
    body = "".join(f"<div><span>{title}</span></div><div><span>{names}</span></div>" for title, names in [(ROOMS, RUBIN), (PAUSES, BELL), (THIRD, LI)])
    assert [said(record, "title", "author") for record in records(body)] == [
        {"title": [ROOMS], "author": RUBIN.split(", ")}, {"title": [PAUSES], "author": BELL.split(", ")}, {"title": [THIRD], "author": LI.split(", ")},
    ]  # fmt: skip


def test_programme_with_names_beside_titles() -> None:
    body = "<table>" + "".join(f"<tr><td>{time}</td><td>{names}</td><td>{title}</td></tr>" for time, title, names in [("9:00", ROOMS, RUBIN), ("9:30", PAUSES, BELL), ("10:30", THIRD, LI)]) + "<tr><td>10:00</td><td>Coffee break</td><td></td></tr></table>"
    assert [said(record, "title", "author") for record in records(body)] == [
        {"title": [ROOMS], "author": RUBIN.split(", ")}, {"title": [PAUSES], "author": BELL.split(", ")}, {"title": [THIRD], "author": LI.split(", ")},
    ]  # fmt: skip


def test_table_of_members_is_no_programme() -> None:
    with pytest.raises(UnreadableError):
        rows("<table>" + "".join(f"<tr><td>{role}</td><td>{names}</td></tr>" for role, names in [("Advisors of the students", RUBIN), ("Members of the board", BELL), ("Chairs of the committee", LI)]) + "</table>")


def test_entries_of_several_types_are_one_list() -> None:
    body = "".join(f'<div class="{kind} entry">{names}. "{title}." Journal of Rest, 20{19 + i}.</div>' for i, (kind, names, title) in enumerate([("article", RUBIN, ROOMS), ("phdthesis", BELL, PAUSES), ("book", LI, THIRD)]))
    assert titles(body) == [ROOMS, PAUSES, THIRD]


def test_venue_that_begins_with_the_authors() -> None:
    body = "".join(f'<div><h3 class="title">{title}</h3><p class="authors">{names}</p><p class="venue">{names}. Journal of Rest, 2020</p></div>' for title, names in [(ROOMS, RUBIN), (PAUSES, BELL)])
    assert [field.text for record in records(body) for field in record.all("venue")] == ["Journal of Rest", "Journal of Rest"]


def test_venue_between_title_and_authors() -> None:
    body = "".join(f'<div><div class="pub-title"><a href="#">{title}</a></div><div class="pub-publication">Journal of Rest (JR)</div><div class="pub-authors">{names}</div></div>' for title, names in [(ROOMS, RUBIN), (PAUSES, BELL)])
    assert [said(record, "author", "venue") for record in records(body)] == [{"author": RUBIN.split(", "), "venue": ["Journal of Rest"]}, {"author": BELL.split(", "), "venue": ["Journal of Rest"]}]


def test_links_to_what_a_paper_answers_are_not_its_own() -> None:
    body = f'<ul><li>V. Rubin, E. Noether. <a href="https://doi.org/10.5555/1">{ROOMS}</a>. Journal of Rest, 2021. A reply to <a href="https://doi.org/10.5555/9">On the noise that all the rooms make</a>.</li><li>J. Bell, A. Ko. <a href="https://doi.org/10.5555/2">{PAUSES}</a>. Journal of Rest, 2020.</li></ul>'
    assert [[field.value for field in record.all("identifier")] for record in records(body)] == [["doi:10.5555/1"], ["doi:10.5555/2"]]


@pytest.mark.parametrize(
    ("address", "value"),
    [
        ("https://onlinelibrary.wiley.com/doi/abs/10.5555/x.1", "doi:10.5555/x.1"), ("https://www.tandfonline.com/doi/full/10.5555/x.1", "doi:10.5555/x.1"),
        ("https://link.springer.com/chapter/10.1007/978-3-030-1_2", "doi:10.1007/978-3-030-1_2"), ("https://www.nature.com/articles/s41586-019-1234-5", "doi:10.1038/s41586-019-1234-5"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001", "doi:10.1371/journal.pone.0000001"), ("https://www.biorxiv.org/content/10.1101/2020.01.02.123456v2.full", "doi:10.1101/2020.01.02.123456"),
    ],
)  # fmt: skip
def test_doi_in_the_address_at_a_publisher(address: str, value: str) -> None:
    body = "<ul>" + "".join(f'<li>{names}. <a href="{href}">{title}</a>. Journal of Rest, 2021.</li>' for names, title, href in [("V. Rubin, E. Noether", ROOMS, address), ("J. Bell, A. Ko", PAUSES, "https://doi.org/10.5555/2")]) + "</ul>"
    assert [field.value for field in records(body)[0].all("identifier")] == [value]


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ("<b>Quiet Rooms at Night</b>, V. Rubin and E. Noether, <i>Proc. 34th Int. Conf. on Rest</i>, August 28, 2019", {"venue": ["Proc. 34th Int. Conf. on Rest"], "date": ["2019"]}),
        ('Vera Rubin, Emmy Noether. "Quiet Rooms at Night”. Journal of Rest 15, 24, 20825–20842, 2019', {"title": [ROOMS], "venue": ["Journal of Rest"], "volume": ["15"], "issue": ["24"], "pages": ["20825–20842"]}),
        ("Rubin V, Noether E. Quiet rooms at night. J Rest. 2020;135-149.", {"title": ["Quiet rooms at night"], "venue": ["J Rest"], "pages": ["135-149"]}),
        ("[REST-2019] <b>Quiet Rooms at Night</b>, Vera Rubin, Emmy Noether", {"title": [ROOMS], "date": ["2019"]}),
        ("<b>Quiet Rooms at Night</b> (10/2019) | Rubin, V.; Noether, E. | <i>Journal of Rest</i>, 40, 87-103", {"title": [ROOMS], "date": ["10/2019"], "volume": ["40"], "pages": ["87-103"]}),
        ("Vera Rubin, Emmy Noether (under review at the Journal of Rest). Quiet Rooms at Night. <a href='https://arxiv.org/abs/1902.03040'>arXiv</a>", {"title": [ROOMS], "author": ["Vera Rubin", "Emmy Noether"]}),
        ("“Quiet Rooms at Night” (together with Emmy Noether and Bo Li), <i>Journal of Rest</i>, 2019", {"title": [ROOMS], "author": ["Emmy Noether", "Bo Li"]}),
        ("“Quiet Rooms at Night,” V. Rubin and E. Noether, in <i>Rooms and their Uses</i>, Vol. I, edited by J. Bell (Academic Press, 2004), pp. 24-81.", {"title": [ROOMS], "venue": ["Rooms and their Uses"], "pages": ["24-81"]}),
    ],
)  # fmt: skip
def test_forms_of_entries(item: str, expected: dict[str, list[str]]) -> None:
    body = f"<ul><li>{item}</li><li>J. Bell, A. Ko. <a href='https://doi.org/10.5555/2'>{PAUSES}</a>. Journal of Rest, 2020.</li></ul>"
    assert said(records(body)[0], *expected) == expected


def test_paragraph_with_a_quoted_title_that_is_not_read_is_told() -> None:
    entries = [f'"{ROOMS}," V. Rubin and E. Noether, <em>J. Rest</em> 4, 12 (2019).', f'"{PAUSES}," J. Bell and A. Ko, <em>J. Rest</em> 5, 13 (2020).', f'"{THIRD}," in <em>Uses of Rooms, </em>B. L. Li, (Academic, 2005).']
    *_, last = rows("".join(f"<p>{entry}</p>" for entry in entries))
    assert isinstance(last, Problem)
    assert THIRD in str(last)


def test_breaks_in_links() -> None:
    body = "".join(f'<li><b>{title}</b>. {names}. Journal of Rest, 2019. <a href="https://arxiv.org/abs/\n1902.0304{i}">arXiv</a></li>' for i, (title, names) in enumerate([(ROOMS, RUBIN), (PAUSES, BELL)]))
    assert [field.text for record in records(f"<ul>{body}</ul>") for field in record.all("url") if "\n" in field.text] == []


def test_orcids_beside_the_names_of_a_landing_page() -> None:
    head = "".join(f'<meta name="{name}" content="{text}">' for name, text in [("citation_title", ROOMS), ("citation_author", "Vera Rubin"), ("citation_author", "Emmy Noether"), ("citation_journal_title", "Journal of Rest")])
    body = f'<h1>{ROOMS}</h1><ul><li>Vera Rubin <a href="https://orcid.org/0000-0002-1825-0097">id</a></li><li>Emmy Noether</li></ul><h2>Abstract</h2><p>Rooms are loud at night, and so people do not sleep. We make them quiet.</p><p>Keywords: rooms</p>'
    (record,) = records(body, head)
    assert [(field.value, field.of) for field in record.all("author_id")] == [("orcid:0000-0002-1825-0097", 0)]


def test_fragment_with_head_and_body_is_a_page() -> None:
    found = decode(f"<head><title>Papers</title></head>\n<body><ul><li>V. Rubin, E. Noether. {ROOMS}. Journal of Rest, 2021.</li><li>J. Bell, A. Ko. {PAUSES}. Journal of Rest, 2020.</li></ul></body>".encode(), "x.html")
    assert isinstance(found, Document)
    assert [field.text for row in read(found) if isinstance(row, Record) for field in row.all("title")] == [ROOMS, PAUSES]


def test_menu_beside_papers_is_none() -> None:
    body = "<p class=links><a href='i.html'>Top page</a> | <a href='r.html'>Research Projects</a> | <a href='p.html'>Publications and Working Papers</a></p>"
    body += f'<p class=paper>Rubin, Vera. 2020. "{ROOMS}." <i>Journal of Rest</i>, 1–19.</p><p class=paper>Rubin, Vera, and Emmy Noether. 2019. "{PAUSES}." In <i>Rooms and Uses</i>, edited by Ann Ko. Oxford: Example University Press, 585-606.</p>'
    assert [said(record, "title", "pages") for record in records(body)] == [{"title": [ROOMS], "pages": ["1–19"]}, {"title": [PAUSES], "pages": ["585-606"]}]


def test_titles_and_names_in_paragraphs_of_their_own_are_told() -> None:
    body = f"<div class=list><p class=w><a href='1.pdf'>{ROOMS}</a>, {RUBIN}, 10 pages. In 40th International Conference on Rest (ICR’18), acceptance rate: 20%.</p><p class=w><a href='2.pdf'>{PAUSES}</a>. J. Bell, A. Ko, B. Li, V. Noether. Research of Rest.</p><p class=w><a href='https://arxiv.org/abs/1902.03040'>{THIRD} and Rooms</a></p><p>by {LI}.</p></div>"
    _, first, second, missed = rows(body)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert said(first, "author", "venue") == {"author": RUBIN.split(", "), "venue": ["40th International Conference on Rest"]}
    assert said(second, "author", "affiliation") == {"author": ["J. Bell", "A. Ko", "B. Li", "V. Noether"], "affiliation": []}
    assert THIRD in str(missed)


def test_entries_of_astronomers() -> None:
    entries = [
        f"<a href='a'>{ROOMS}</a><br>Rubin, Vera, Barrios Noether, Emmy, &amp; Bell, Jocelyn S. 2020, arXiv e-prints, p. arXiv:2007.05218, accepted to R20", f"{PAUSES}<br>Rubin, V., &amp; Noether, E. 2020, Journal of Rest: Rooms, 1623, p. 012021, 14th Int. Conf. on Rooms 1-5 July 2019, Paris",
        f"<a href='c'>{THIRD}</a><br>Rubin, V. 2013, in Numerical Rooms of Rest, ed. Bell, J., &amp; Ko, A., 498, p. 70–78",
    ]  # fmt: skip
    assert [said(record, "title", "author", "date", "venue", "volume", "pages") for record in records("<table>" + "".join(f"<tr><td>{entry}</td></tr>" for entry in entries) + "</table>")] == [
        {"title": [ROOMS], "author": ["Rubin, Vera", "Barrios Noether, Emmy", "Bell, Jocelyn S."], "date": ["2020"], "venue": ["arXiv e-prints"], "volume": [], "pages": []},
        {"title": [PAUSES], "author": ["Rubin, V.", "Noether, E."], "date": ["2020"], "venue": ["Journal of Rest: Rooms"], "volume": ["1623"], "pages": ["012021"]},
        {"title": [THIRD], "author": ["Rubin, V."], "date": ["2013"], "venue": ["Numerical Rooms of Rest"], "volume": ["498"], "pages": ["70–78"]},
    ]  # fmt: skip


def test_list_of_a_single_paper_with_a_button() -> None:
    body = f"<ul><li><a href='https://doi.org/10.5555/1'><b>{ROOMS}</b></a> [<a href='r.pdf'>pdf</a>]. {RUBIN}. <i>International Conference on Rest (<b>ICR</b>) 2019 Workshop</i></li></ul>"
    (record,) = records(body)
    assert said(record, "title", "author", "venue", "date") == {"title": [ROOMS], "author": RUBIN.split(", "), "venue": ["International Conference on Rest"], "date": ["2019"]}


SHORT = "Gears"
"""A title of one word."""


@pytest.mark.parametrize(
    ("title", "names"),
    [("<p><strong>{}</strong></p>", "<p>{}</p>"), ("<p>{}</p>", "<p><em>{}</em></p>"), ("<p class=x><span style='font-weight: 700'>{}</span></p>", "<p class=x><span>{}</span></p>"), ("<h3>{}</h3>", "<div>{}</div>")],
)
def test_titles_and_names_in_paragraphs_of_their_own(title: str, names: str) -> None:
    body = "".join(title.format(one) + names.format(by) for one, by in ((ROOMS, RUBIN), (PAUSES, "Bo Li"), (THIRD, LI), (SHORT, BELL)))
    assert [said(record, "title", "author") for record in records(f"<h1>Accepted papers</h1><p>We had 12 submissions. Congratulations to all authors!</p>{body}")] == [
        {"title": [ROOMS], "author": RUBIN.split(", ")}, {"title": [PAUSES], "author": ["Bo Li"]}, {"title": [THIRD], "author": LI.split(", ")}, {"title": [SHORT], "author": BELL.split(", ")},
    ]  # fmt: skip


def test_venue_and_links_in_further_paragraphs() -> None:
    paper = "<p><b>{}</b></p><p>{}</p><p><i>Journal of Rest</i> ({}) <a href=https://arxiv.org/abs/1902.0304{}>[arXiv]</a></p>"
    body = f"<div>{paper.format(ROOMS, RUBIN, 2021, 0)}<p></p>{paper.format(PAUSES, BELL, 2020, 1)}<p><b>{THIRD} of the Year</b></p><p>to appear soon</p></div>"
    first, second, missed = rows(body)[1:]
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert said(first, "title", "venue", "date", "arxiv_id") == {"title": [ROOMS], "venue": ["Journal of Rest"], "date": ["2021"], "arxiv_id": ["1902.03040"]}
    assert said(second, "title", "venue", "date", "arxiv_id") == {"title": [PAUSES], "venue": ["Journal of Rest"], "date": ["2020"], "arxiv_id": ["1902.03041"]}
    assert THIRD in str(missed)


def test_people_in_paragraphs_are_no_papers() -> None:
    body = "".join(f"<div><p><b>{role}</b></p><p>{name}</p></div>" for role, name in (("Principal investigators of the lab", RUBIN), ("Doctoral students of the lab", BELL), ("Members of the board", LI)))
    with pytest.raises(UnreadableError):
        records(body)


def test_short_list_beside_a_longer_one_is_read_or_told() -> None:
    entry = "<li><strong>{}</strong><br>{}<br><em>Journal of Rest</em>{}</li>"
    body = f"<h3>2023</h3><ul>{entry.format(ROOMS, RUBIN, ', 2023')}{entry.format(PAUSES, BELL, ', 2023')}</ul><h3>2022</h3><ul>{entry.format(THIRD, LI, ' 3(2):5-9')}<li><strong>{SHORT}</strong><br>Vera Rubin<br>at the University of Rest</li></ul><h2>Students</h2><ul><li>Ann Ko (PhD, 2021-)</li><li>Bo Li (MSc, 2020-2021), now at Rest Inc.</li></ul>"
    assert titles(body) == [ROOMS, PAUSES, THIRD]
    assert SHORT in str(rows(body)[-1])
    assert "1 item " in str(rows(body)[-1])


def test_parts_of_a_paper_in_several_definitions() -> None:
    paper = "<dt><dl><dt><b>{}</b></dt><dd>{}</dd><dd><i>Journal of Rest</i>, {}</dd></dl></dt>"
    assert [said(record, "title", "author", "venue", "date") for record in records(f"<dl>{paper.format(ROOMS, 'Bo Li, Ann Ko', 2021)}{paper.format(PAUSES, 'Bo Li, Ann Ko', 2020)}</dl>")] == [
        {"title": [ROOMS], "author": ["Bo Li", "Ann Ko"], "venue": ["Journal of Rest"], "date": ["2021"]}, {"title": [PAUSES], "author": ["Bo Li", "Ann Ko"], "venue": ["Journal of Rest"], "date": ["2020"]},
    ]  # fmt: skip


def test_terms_of_one_word_and_papers_of_ones_own_among_definitions() -> None:
    body = f"<dl><dt>{ROOMS}<dd>with Bo Li. <i>Journal of Rest</i> 12, 2021.<dt>{PAUSES}<dd>with Ann Ko. <i>Journal of Rest</i> 11, 2020.<dt>{SHORT}<dd><i>Journal of Machines</i> 1, 2017.</dl>"
    assert [said(record, "title", "author", "date") for record in records(body)] == [{"title": [ROOMS], "author": ["Bo Li"], "date": ["2021"]}, {"title": [PAUSES], "author": ["Ann Ko"], "date": ["2020"]}, {"title": [SHORT], "author": [], "date": ["2017"]}]


@pytest.mark.parametrize(
    "entry",
    [f"V. Rubin, “{SHORT},” in <i>Proc. of Rest</i>, Jun. 2017.", f"Vera Rubin.\n <em>{SHORT}</em>.\n PhD thesis, University of Rest, 2017.", f"Vera Rubin, Emmy Noether (2017). <a href=/gears/>{SHORT}</a>. <em>Rest 2017</em>.", f"V. Rubin. <b>{SHORT}</b>. PhD thesis, University of Rest, 2017."],
)
def test_titles_of_one_word_behind_names(entry: str) -> None:
    body = f"<ul><li>V. Rubin, E. Noether. {ROOMS}. Journal of Rest, 2021.</li><li>J. Bell, A. Ko. {PAUSES}. Journal of Rest, 2020.</li><li>{entry}</li></ul>"
    assert titles(body) == [ROOMS, PAUSES, SHORT]


def test_note_on_shares_stands_between_names_and_venue() -> None:
    entry = "<li><strong>{}</strong><br>{} (*equal contribution)<br><em>Conference on Rest (CR)</em>, 2023</li>"
    assert [said(record, "venue") for record in records(f"<ul>{entry.format(ROOMS, 'Vera Rubin*, Emmy Noether*')}{entry.format(PAUSES, 'Jocelyn Bell*, Ann Ko*')}</ul>")] == [{"venue": ["Conference on Rest"]}] * 2


def test_offices_are_no_papers() -> None:
    row = "<tr><td><a href=x>{}</a><br>{}<br><em>{}</em>, 2021</td></tr>"
    body = f"<table>{row.format(ROOMS, RUBIN, 'Rest')}{row.format(PAUSES, BELL, 'Rest')}</table><table><tr><td><a href=x>Area Chair, REST 2024</a><br><a href=x>Area Chair, NAPS 2023</a></td></tr></table>"
    assert titles(body) == [ROOMS, PAUSES]


def test_title_of_one_word_with_a_single_author_among_papers() -> None:
    item = "<li><a title='paper title' href=x>{}</a> <i>{}</i></li>"
    assert titles(f"<ul>{item.format(ROOMS, RUBIN)}{item.format(PAUSES, BELL)}{item.format(SHORT, 'Bo Li')}</ul>") == [ROOMS, PAUSES, SHORT]


@pytest.mark.parametrize("entry", ["<li>{}. <a href=x>{}</a>. <i>Journal of Rest</i>, 2023. <blockquote>{}</blockquote></li>", "<p>{}. <a href=x>{}</a>. <i>Journal of Rest</i>, 2023.</p> <blockquote><p>{}</p></blockquote>"])
def test_abstract_that_is_quoted_below_an_entry(entry: str) -> None:
    abstract = "Rooms are loud. We propose quiet ones, and our experiments show that sleepers like them."
    first, second, third = records(entry.format(RUBIN, ROOMS, abstract) + entry.format(BELL, PAUSES, "Best paper of the year, said the committee, and we propose to read it and read it again.") + entry.format(LI, THIRD, abstract))
    assert [said(record, "title", "abstract") for record in (first, second, third)] == [
        {"title": [ROOMS], "abstract": [abstract]}, {"title": [PAUSES], "abstract": []}, {"title": [THIRD], "abstract": [abstract]},
    ]  # fmt: skip


def test_names_and_a_slanted_title_in_the_sections_of_a_programme() -> None:
    def part(heading: str, *entries: tuple[str, str]) -> str:
        return f"<div class=part><h2>{heading}</h2><ul>" + "".join(f"<li><span>{names}. <em>{title}</em></span></li>" for names, title in entries) + "</ul></div>"

    body = part("Full papers", (RUBIN, ROOMS), ("Bo Li", THIRD), (LI, "Moss and its Clocks")) + part("Short papers", (BELL, PAUSES), (LI, "Clocks and their Moss"))
    assert [said(record, "title", "author") for record in records(body)] == [
        {"title": [ROOMS], "author": RUBIN.split(", ")}, {"title": [THIRD], "author": ["Bo Li"]}, {"title": ["Moss and its Clocks"], "author": LI.split(", ")},
        {"title": [PAUSES], "author": BELL.split(", ")}, {"title": ["Clocks and their Moss"], "author": LI.split(", ")},
    ]  # fmt: skip


def test_heading_above_a_list_is_no_title_of_what_the_list_says() -> None:
    part = "<div class=part><h2>{}</h2><ul><li>{}. {}</li></ul></div>"
    with pytest.raises(UnreadableError):
        rows(part.format("Full papers", RUBIN, ROOMS) + part.format("Short papers", BELL, PAUSES))


@pytest.mark.parametrize("item", ["<p><em>{}</em><br><strong>{}</strong></p>", "<li><strong>{}</strong><br>{}</li>"])
def test_marked_title_above_a_single_name_or_one_that_looks_like_a_name(item: str) -> None:
    body = item.format(ROOMS, RUBIN) + item.format(THIRD, "Bo Li") + item.format("Metadata-Driven Nap Detection", "Ann Ko (University of Rest); Vera Rubin (University of Rest)") + item.format(PAUSES, BELL)
    assert [said(record, "title", "author") for record in records(body)] == [
        {"title": [ROOMS], "author": RUBIN.split(", ")}, {"title": [THIRD], "author": ["Bo Li"]},
        {"title": ["Metadata-Driven Nap Detection"], "author": ["Ann Ko", "Vera Rubin"]}, {"title": [PAUSES], "author": BELL.split(", ")},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        f"<div><br>Title: {ROOMS}<br>Authors: Vera Rubin (Rest, Inc.); Sai Deep Noether, Ann Ko (University of Naps)<br><br>Title: {PAUSES}<br>Authors: Bo Li<br></div>",
        f"<ul><li>Name: Vera Rubin (Rest, Inc.); Sai Deep Noether, Ann Ko (University of Naps)<br>Title: {ROOMS}<br><li>Name: Bo Li<br>Title: {PAUSES}</ul>",
    ],
)
def test_lines_with_labels_are_taken_at_their_word(body: str) -> None:
    assert [said(record, "title", "author", "affiliation", "venue") for record in records(body)] == [
        {"title": [ROOMS], "author": ["Vera Rubin", "Sai Deep Noether", "Ann Ko"], "affiliation": ["Rest, Inc.", "University of Naps", "University of Naps"], "venue": []},
        {"title": [PAUSES], "author": ["Bo Li"], "affiliation": [], "venue": []},
    ]


def test_label_without_its_other_half_is_told() -> None:
    body = f"<p>Title: {ROOMS}<br>Authors: {RUBIN}</p><p>Title: {PAUSES}</p><p>Title: {THIRD}<br>Authors: {LI}</p>"
    assert titles(body) == [ROOMS, THIRD]
    (problem,) = [row for row in rows(body) if isinstance(row, Problem) and "not read" in row.what]
    assert f"Title: {PAUSES}" in problem.what


def test_honours_and_what_is_only_submitted_are_no_venue() -> None:
    entry = "<div class=entry><h3 class=title>{}</h3><p class=authors>{}</p><p class=venue>{}</p></div>"
    first, second = records(entry.format(ROOMS, RUBIN, "Spotlight Presentation (Top 4%). <i>Conference on Rest</i> (CR 2020)") + entry.format(PAUSES, BELL, "Submitted"))
    assert said(first, "venue", "date") == {"venue": ["Conference on Rest"], "date": ["2020"]}
    assert said(second, "venue", "comment") == {"venue": [], "comment": ["Submitted"]}


def test_a_single_name_stands_where_the_names_of_the_other_papers_do() -> None:
    entries = [("Vera Rubin and Emmy Noether", ROOMS), ("Jocelyn Bell and Ann Ko", PAUSES), ("Bo Li", THIRD), ("Ann Ko", "Naps Dreams and Beds"), ("Vera Rubin and Bo Li", "Naps and Laps of the Year")]
    body = "<ul>" + "".join(f"<li><b>{names}</b><br><i>{title}</i></li><br>" for names, title in entries) + "</ul>"
    assert [said(record, "title", "author") for record in records(body)] == [{"title": [title], "author": names.split(" and ")} for names, title in entries]


@pytest.mark.parametrize(("head", "volume"), [("<tr><th>Year</th><th>Host</th><th>Proceedings</th><th>Files</th></tr>", "EPiC REST"), ("", "EPiC REST{}")])
def test_rows_of_years_and_places_are_no_papers(head: str, volume: str) -> None:
    places = ((2025, "Online"), (2024, "Porto, Portugal"), (2023, "Oslo, Norway"))
    years = "".join(f'<tr><td>{year}</td><td>{place} &middot; June 4</td><td><a href="https://example.org/{year}">{volume.format(year - 2000)}</a></td><td><a href="https://example.org/r{year}">{year}</a></td></tr>' for year, place in places)
    with pytest.raises(UnreadableError):
        records(f"<h2>Past Editions</h2><table>{head}{years}</table>")


def test_titles_below_the_heading_of_accepted_papers() -> None:
    listed = ["Learning to Rest in Rooms without Doors", "Guess Who Sleeps: Detection of Pauses", "Clouds above Beds for Tired Engines", "A Kernel of Truth in Every Nap"]
    items = "".join(f"<li><b>{title}</b></li>" for title in listed)
    menu = "<ul><li><a href='a.html'>Home</a></li><li><a href='b.html'>Important Dates and Deadlines of Rest</a></li></ul>"
    assert titles(f"{menu}<h1>REST 2025 Accepted Papers</h1><ul>{items}<li>TBA</li></ul><h1>Venue and how to reach it</h1><ul>{items}</ul>") == listed
    for heading in ("Call for Papers", "Instructions for Accepted Papers", "Topics"):
        with pytest.raises(UnreadableError):
            records(f"{menu}<h1>{heading}</h1><ul>{items}</ul>")


def test_the_foot_of_a_page_is_no_venue() -> None:
    entries = "".join(f"<tr><b>{title}</b></tr><tr><p>{names}</tr>" for title, names in ((ROOMS, "Vera Rubin (MIT); Emmy Noether (ETH)"), (PAUSES, "Jocelyn Bell (CERN)*"), (THIRD, "Bo Li (MIT); Ann Ko (ETH)")))
    found = records(f"<h3>Accepted Papers:</h3><table>{entries}</table><div><p><span>&copy; 2023 <a href='x.html'>Rest Conference</a></span></p></div>")
    assert [said(record, "title", "venue") for record in found] == [{"title": [title], "venue": []} for title in (ROOMS, PAUSES, THIRD)]


def test_places_that_have_short_names_in_parentheses() -> None:
    names = "Vera Rubin (University of Rest), Emmy Noether (University of Naps (UN) and School of Beds (SB), Porto), and Bo Li (University of Rest)"
    first, _ = records(f"<ul><li><b>{ROOMS}</b> by <i>{names}</i></li><li><b>{PAUSES}</b> by <i>Jocelyn Bell (MIT) and Ann Ko (ETH)</i></li></ul>")
    assert said(first, "author", "affiliation", "venue") == {
        "author": ["Vera Rubin", "Emmy Noether", "Bo Li"], "affiliation": ["University of Rest", "University of Naps (UN) and School of Beds (SB), Porto", "University of Rest"], "venue": [],
    }  # fmt: skip
