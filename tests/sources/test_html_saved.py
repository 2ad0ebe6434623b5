"""Pages as people really save them: by Word, by jemdoc, by Jekyll before it serves them, programmes, and lists that a script holds."""

import pytest

from kg.errors import UnreadableError
from kg.model import Document, Problem, Record
from kg.sources import recognise
from kg.sources.html_page import read


def rows(page: str) -> list[Record | Problem]:
    return list(read(Document.of_text(page, "x.html")))


def records(body: str) -> list[Record]:
    return [row for row in rows(f"<!DOCTYPE html><html><head><title>Papers</title></head><body>{body}</body></html>") if isinstance(row, Record)]


def said(record: Record, *names: str) -> tuple[list[str], ...]:
    return tuple([field.text for field in record.all(name)] for name in names)


ROOMS, PAUSES, BEDS = "Quiet Rooms at Night", "What Pauses Say to Us: Structure and Sense", "Beds for Tired Engines"


def test_titles_in_capitals_are_no_names() -> None:
    body = (
        "<h3>Accepted papers</h3><table><tr><td>EFFECTS OF REST BETWEEN PAUSES AND PUNCHLINES IN QUIET HASHTAG GAMES<br>Vera Rubin and Emmy Noether</td></tr>"
        "<tr><td>A STUDY OF PAUSES IN LONG TALKS<br>Jocelyn Bell, Ann Ko and Bo Li</td></tr><tr><td>BEDS FOR TIRED ENGINES<br>Bo Li and Emmy Noether</td></tr></table>"
    )
    assert [said(record, "title", "author") for record in records(body)] == [
        (["EFFECTS OF REST BETWEEN PAUSES AND PUNCHLINES IN QUIET HASHTAG GAMES"], ["Vera Rubin", "Emmy Noether"]),
        (["A STUDY OF PAUSES IN LONG TALKS"], ["Jocelyn Bell", "Ann Ko", "Bo Li"]),
        (["BEDS FOR TIRED ENGINES"], ["Bo Li", "Emmy Noether"]),
    ]


def test_a_programme_with_times_and_names_above_the_titles_has_no_title_for_a_venue() -> None:
    body = (
        "<h1>Programme</h1><p><b>9:00 - 9:15</b> Welcome to all of you</p><p><b>10:15 - 10:45</b> Coffee break in the hall</p>"
        f"<p>10:45 - 11:10<br>Vera Rubin and Emmy Noether<br><b>{ROOMS}</b></p><p>11:10 - 11:35<br>Jocelyn Bell, Ann Ko and Bo Li<br><b>{PAUSES}</b></p>"
        f"<p>11:35 - 12:00<br>Ann Ko<br><b>{BEDS}</b></p>"
    )
    assert [said(record, "title", "author", "venue") for record in records(body)] == [
        ([ROOMS], ["Vera Rubin", "Emmy Noether"], []), ([PAUSES], ["Jocelyn Bell", "Ann Ko", "Bo Li"], []), ([BEDS], ["Ann Ko"], []),
    ]  # fmt: skip


BLOCK = '<div class="paper"><span>{0}</span><div><h5><strong>{1}</strong></h5><p>{2}</p></div></div>'


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Accepted Papers</h1>{ROOMS}<br><i>Vera Rubin and Emmy Noether</i><br><br>{PAUSES}<br><i>Jocelyn Bell</i><br><br>{BEDS}<br><i>Bo Li, Ann Ko and Vera Rubin</i><br><br>",
        f"<h2>Accepted Papers</h2>{BLOCK.format(1, ROOMS, 'Vera Rubin and Emmy Noether')}{BLOCK.format(2, PAUSES, 'Jocelyn Bell')}{BLOCK.format(3, BEDS, 'Bo Li, Ann Ko and Vera Rubin')}",
    ],
    ids=["between line breaks", "like blocks"],
)
def test_among_papers_one_with_a_single_author_is_a_paper(body: str) -> None:
    assert [said(record, "title", "author") for record in records(body)] == [
        ([ROOMS], ["Vera Rubin", "Emmy Noether"]), ([PAUSES], ["Jocelyn Bell"]), ([BEDS], ["Bo Li", "Ann Ko", "Vera Rubin"]),
    ]  # fmt: skip


def test_lists_of_one_item_each_are_one_list() -> None:
    def item(title: str, names: str, venue: str) -> str:
        return f'<ul><li><p><b>{title}</b> <a href="http://arxiv.org/abs/1310.67{len(title)}">[pdf]</a> <br />{names} <br />{venue}, 2014 <br /></p></li></ul><p><br /></p>'

    body = f'<table><tr><td><div class="menu-item"><a href="index.html">Home</a></div></td><td><h1>Publications</h1><h2>Papers</h2>{item(ROOMS, "Vera Rubin, Emmy Noether", "Journal of Rest")}{item(BEDS, "Bo Li, Ann Ko", "Journal of Rest")}</td></tr></table>'
    assert [said(record, "title", "author", "date") for record in records(body)] == [([ROOMS], ["Vera Rubin", "Emmy Noether"], ["2014"]), ([BEDS], ["Bo Li", "Ann Ko"], ["2014"])]


def test_a_list_that_word_has_saved() -> None:
    def item(number: int, names: str, rest: str, venue: str) -> str:
        return (
            f"<p class=Normal-Journal style='margin-left:18.0pt'><![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>{number}.<span style='font:7.0pt'>\n  </span></span></span><![endif]>"
            f"<span lang=EN-US>{names}, <b>Rubin, V.C.</b>, {rest}, <b><i><span style='color:#C00000'>{venue}</span></i></b>, Vol. 37, No. 5, pp. 105<span class=x>-</span>117.</span></p>"
        )

    items = item(1, "Gu, L., Zeng, D.", f"2019, {ROOMS} and Days", "IEEE Journal on Selected Areas of Rest") + item(2, "Wang, K., Xu, C.", "2019, Robust Beds for Tired Engines", "IEEE Transactions on Big Beds")
    for body in (items, f"<table><tr><td>{items}</td></tr></table>"):
        assert [said(record, "title", "author", "venue", "date", "volume") for record in records(body)] == [
            ([f"{ROOMS} and Days"], ["Gu, L.", "Zeng, D.", "Rubin, V.C."], ["IEEE Journal on Selected Areas of Rest"], ["2019"], ["37"]),
            (["Robust Beds for Tired Engines"], ["Wang, K.", "Xu, C.", "Rubin, V.C."], ["IEEE Transactions on Big Beds"], ["2019"], ["37"]),
        ]


def test_rows_of_a_table_that_lack_their_start_tag_are_not_lost() -> None:
    body = f"<table><tr><th>Paper ID</th><th>Title</th></tr><tr><td>25</td><td>{ROOMS}</td></tr>\n<td>26</td><td>{PAUSES}</td></tr>\n<td>28</td><td>{BEDS}</td></tr></table>"
    assert [(said(record, "title", "own_id"), record.line) for record in records(body)] == [(([ROOMS], ["25"]), 1), (([PAUSES], ["26"]), 2), (([BEDS], ["28"]), 3)]


SCRIPT = """<!DOCTYPE html><html><head><title>Papers</title></head>
<body><h1>Publications</h1><div id="list"></div>
<script>
const PAPERS = [
  { title: "Quiet Rooms at Night", authors: "Vera Rubin, Emmy Noether", year: 2024, venue: "Journal of Rest" },
  { title: 'Beds for Tired Engines', authors: 'Bo Li', year: 2021, venue: 'Journal of Beds' },
];
list.innerHTML = PAPERS.map(p => `<p>${p.title}</p>`).join('');
</script></body></html>
"""
NEXT = '<!DOCTYPE html><html><body><h1>Accepted</h1>\n<script id="__NEXT_DATA__" type="application/json">{"props":{"papers":[{"title":"Quiet Rooms at Night","authors":[{"name":"Vera Rubin"},{"name":"Emmy Noether"}]},{"title":"Beds for Tired Engines","authors":[{"name":"Bo Li"},{"name":"Ann Ko"}]}]}}</script></body></html>'


@pytest.mark.parametrize(("page", "lines", "names"), [(SCRIPT, [5, 6], ["Bo Li"]), (NEXT, [2, 2], ["Bo Li", "Ann Ko"])])
def test_papers_that_a_script_of_the_page_holds_are_read_by_guess(page: str, lines: list[int], names: list[str]) -> None:
    told, *found = rows(page)
    assert isinstance(told, Problem)
    assert (told.line, told.what) == (lines[0], "papers in a script read by guess (confidence 0.5), as the page does not say for machines what it is about")
    papers = [row for row in found if isinstance(row, Record)]
    assert [said(record, "title", "author") for record in papers] == [([ROOMS], ["Vera Rubin", "Emmy Noether"]), ([BEDS], names)]
    assert [(record.ordinal, record.line) for record in papers] == list(enumerate(lines))


def test_posts_and_menus_in_a_script_are_no_papers() -> None:
    posts = '{"posts":[{"title":"My Garden in the Spring","author":"Vera Rubin","date":"2020-01-01"},{"title":"Ten Ways to Rest","author":"Bo Li","date":"2020-02-01"}],"menu":[{"title":"Home","url":"/"},{"title":"About","url":"/a"}]}'
    with pytest.raises(UnreadableError, match="not a feed or list of papers"):
        rows(f'<!DOCTYPE html><html><body><h1>Blog</h1><script type="application/json">{posts}</script></body></html>')


FRONT = "---\ntitle: Rest 2019\n---\n\n<style>\ntable { border: 0 }\n</style>\n"


def test_front_matter_above_a_page_is_no_text_of_it() -> None:
    table = "<table><tr><th>ID</th><th>Authors</th><th>Title</th></tr>\n" + "".join(f"<tr><td>4</td><td>{names}</td><td>{title}</td></tr>\n" for title, names in ((ROOMS, "Vera Rubin and Emmy Noether"), (BEDS, "Bo Li"))) + "</table>"
    page = f"{FRONT}<div><h3>Accepted Papers</h3>{table}</div>"
    assert recognise(Document.of_text(page, "accepted.html")) == "html_page"
    found = [row for row in rows(page) if isinstance(row, Record)]
    assert [(said(record, "title", "author"), record.line) for record in found] == [(([ROOMS], ["Vera Rubin", "Emmy Noether"]), 9), (([BEDS], ["Bo Li"]), 10)]


def test_a_template_is_no_page() -> None:
    assert recognise(Document.of_text(FRONT + "<ul>{% for paper in site.papers %}<li>{{ paper.title }}</li>{% endfor %}</ul>", "accepted.html")) is None
