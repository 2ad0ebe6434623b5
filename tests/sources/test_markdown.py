"""Papers in Markdown: lists, tables, nested notes, headings, and what is no paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources._markdown import blocks, is_button, plain
from kg.sources.markdown import read, sniff
from tests.sources.test_contract import TEXTS, check
from tests.sources.told import said, sample


def rows(text: str) -> list[Record | Problem]:
    found = list(read(Document.of_text(text, "x.md", "0" * 16)))
    check(text, found)
    return found


def records(text: str) -> list[Record]:
    return [row for row in rows(text) if isinstance(row, Record)]


def text_of(name: str) -> str:
    return sample(f"markdown/{name}").text


def test_list_of_a_reading_group() -> None:
    assert [said(record, "title", "author") for record in records(text_of("reading.md"))] == [
        {"title": ["Small Motors for Large Rooms"], "author": ["Mae Jemison", "Katherine Johnson"]},
        {"title": ["Whispering Gears"], "author": ["Ruby Payne", "Vera Rubin"]},
        {"title": ["The Sound of Standing Still"], "author": ["Jocelyn Bell", "Cecilia Payne-Gaposchkin"]},
        {"title": ["Humming considered harmful"], "author": ["Barbara Liskov", "Edsger Dijkstra"]},
    ]


def test_awesome_list() -> None:
    text = text_of("awesome.md")
    assert [said(record, "title", "author", "venue", "date", "arxiv_id") for record in records(text)] == [
        {"title": ["Quiet Machines: A Survey"], "author": ["Mae Jemison", "Katherine Johnson", "Wei Wang"], "venue": ["QuietConf"], "date": ["2020"], "arxiv_id": ["2001.04567"]},
        {"title": ["Whispering Gears"], "author": ["Ruby Payne", "Vera Rubin"], "venue": ["ICML"], "date": ["2019"], "arxiv_id": ["1902.03040"]},
        {"title": ["Large Rooms for Small Motors"], "author": [], "venue": ["QUIET"], "date": ["2021"], "arxiv_id": []},
        {"title": ["Hush: Motors that Wait"], "author": ["Grace Hopper", "Ada Lovelace"], "venue": ["QuietConf"], "date": ["2021"], "arxiv_id": []},
        {"title": ["Silent Sorting of Loud Numbers"], "author": ["Barbara Liskov", "Edsger Dijkstra"], "venue": [], "date": ["2021"], "arxiv_id": ["2103.00022"]},
        {"title": ["Humming considered harmful"], "author": ["Barbara Liskov"], "venue": ["TQM"], "date": ["2019"], "arxiv_id": []},
        {"title": ["Gravel: Sorting by Sound"], "author": ["Jocelyn Bell", "Cecilia Payne-Gaposchkin"], "venue": ["arXiv"], "date": ["2022"], "arxiv_id": ["2201.00033"]},
        {"title": ["Rest as a resource"], "author": ["Payne, R.", "Rubin, V.", "Bell, J."], "venue": ["QUIET"], "date": ["2023"], "arxiv_id": []},
        {"title": ["A Grammar of Silence"], "author": [], "venue": [], "date": [], "arxiv_id": ["2204.00044"]},
        {"title": ["A Dictionary of Pauses"], "author": ["Emmy Noether", "Sofia Kovalevskaya"], "venue": [], "date": [], "arxiv_id": []},
    ]  # fmt: skip
    assert [record.first("et_al") is not None for record in records(text)] == [False] * 5 + [True, False, True, False, False]


def test_links_are_addresses_and_identifiers() -> None:
    hush = records(text_of("awesome.md"))[3]
    assert said(hush, "identifier", "url", "other") == {
        "identifier": ["openreview:B1ZtSq4tDH"], "url": ["https://openreview.net/pdf?id=B1ZtSq4tDH", "https://github.com/example/hush"], "other": ["They wait until nobody listens."],
    }  # fmt: skip


def test_what_is_said_stands_where_it_was_read() -> None:
    text = text_of("awesome.md")
    title, silent = records(text)[6].first("title"), records(text)[4].first("date")
    assert title is not None
    assert (title.start, title.path) == (None, "line 34"), "marks within the title"
    assert silent is not None
    assert silent.path == "heading on line 20"


def test_items_that_cannot_be_read_are_told() -> None:
    problems = [row for row in rows(text_of("awesome.md")) if isinstance(row, Problem)]
    assert [(row.line, row.severity) for row in problems] == [(15, "warning"), (27, "warning")]
    assert "1 item among the papers not read" in problems[1].what


@pytest.mark.parametrize(
    "item",
    [
        "- **On engines** (2017), A. Lovelace et al. [[pdf]](https://arxiv.org/pdf/1706.03762)",
        "- (MINDS 2017) *On engines that wait* [[paper](https://arxiv.org/abs/1706.03762)]",
        "* [2017.06] On engines [[paper](https://example.org/a.pdf)][[code](https://github.com/a/b)]",
        "1. <a href='https://arxiv.org/abs/1706.03762'>On engines</a>, MINDS 2017",
        "+ On engines [![arXiv](https://img.shields.io/badge/arXiv-1706.03762-red)](https://arxiv.org/abs/1706.03762) (MINDS'17)",
        "- On engines. [[Paper]] (https://arxiv.org/pdf/1706.03762)",
        "- On engines\n  - Paper: https://arxiv.org/abs/1706.03762",
        "## On small engines\n- MINDS 2017\n- 论文：https://arxiv.org/abs/1706.03762",
        "**On engines**  \n**[Paper](https://arxiv.org/abs/1706.03762)** | **[Project](https://example.org)**",
    ],
)
def test_styles_of_items(item: str) -> None:
    (record,) = records(f"# Papers\n\n{item}\n")
    title = record.first("title")
    assert title is not None
    assert title.text in {"On engines", "On engines that wait", "On small engines"}


@pytest.mark.parametrize(
    "text",
    [
        "# Tool\n\n- [docs](https://example.org)\n- **Fast** (2020): it is fast\n",
        "We released [our paper on gears](https://arxiv.org/abs/2205.06175) last week, **read** it.\n",
        "| name | size |\n|---|---|\n| a | 3 |\n",
        "* [Part one](#one)\n* [Part two](#two)\n",
        "```\n- [On engines](https://arxiv.org/abs/1706.03762)\n```\n",
        "<!-- - [On engines](https://arxiv.org/abs/1706.03762) -->\n# x\n",
    ],
)
def test_what_is_no_list_of_papers(text: str) -> None:
    assert sniff(text, "README.md") == 0.0
    assert not records(text)


def test_a_single_mention_in_a_longer_text_is_no_list() -> None:
    mention = "- [docs of the tool](https://example.org/docs/tool.pdf)\n"
    assert sniff(f"# Tool\n\n{mention}", "README.md") > 0
    assert sniff(f"# Tool\n\n{mention}\n{'It is fast. ' * 100}\n", "README.md") == 0.0


def test_a_heading_dates_only_what_is_below_it() -> None:
    text = "## 2020\n- [On engines](https://arxiv.org/abs/1706.03762)\n## Older\n- [On gears](https://arxiv.org/abs/1706.03763)\n## 2001-2010\n- [On rest](https://arxiv.org/abs/1706.03764)\n"
    assert [said(record, "date") for record in records(text)] == [{"date": ["2020"]}, {"date": []}, {"date": []}]


def test_marks_go_and_places_stay() -> None:
    text = r"__Bold__ and `code`, Yi Sun\*, a_b_c, [t *x*](http://e.org/(a)) &amp; *4 * 3*"
    found = plain(text, (0, len(text)))
    assert found.text == "Bold and code, Yi Sun*, a_b_c, t x & 4 * 3"
    assert all(text[place] == c or c == "&" for place, c in zip(found.places, found.text, strict=True))
    assert [link.url for link in found.links] == ["http://e.org/(a)"]


def test_blocks() -> None:
    text = "---\ntitle: x\n---\n# A #\npara\ngoes on\n\n- one\n  more\n    - two\n\n| a | `b|c` |\n|---|---|\n| 1 | 2 |\n***\n"
    assert [(block.kind, text[slice(*block.text)]) for block in blocks(text)] == [
        ("heading", "A"), ("text", "para\ngoes on"), ("item", "one\n  more"), ("item", "two"), ("row", "| 1 | 2 |"), ("rule", "***"),
    ]  # fmt: skip


@pytest.mark.parametrize(("text", "button"), [("Paper", True), ("[PDF]", True), ("Basic Demo", True), ("论文", True), ("World Models", False), ("Graph Attention Networks", False)])
def test_buttons(text: str, button: bool) -> None:
    assert is_button(text) is button


MARKED = st.lists(st.sampled_from(["# ", "- ", "  - ", "**", "*", "[", "](", ")", "https://arxiv.org/abs/2205.06175", "|", "|---|---|", "\n", "\n\n", "`", "```", "<br>", "<a href=x>", "</a>", "\\", "On small engines", "Ada Lovelace, Alan Turing", "CVPR 2020", "Title", "Authors: ", "![", "&amp;", "<!--"]), max_size=40).map("".join)


@settings(max_examples=200, deadline=None)
@given(text=TEXTS | MARKED)
def test_any_text_is_survived(text: str) -> None:
    assert 0.0 <= sniff(text, "x.md") <= 1.0
    assert rows(text) == rows(text)


def test_label_before_a_linked_title() -> None:
    text = "## 2023-05-12\n**Paper**: [Quiet Rooms at Night](https://arxiv.org/abs/1902.03040)\n**Presenter**: Zoë\n\n## 2023-05-19\n**Paper**: [What Pauses Say](https://arxiv.org/abs/1902.03041)\n**Presenter**: Bo\n"
    assert [said(record, "title", "arxiv_id") for record in records(text)] == [{"title": ["Quiet Rooms at Night"], "arxiv_id": ["1902.03040"]}, {"title": ["What Pauses Say"], "arxiv_id": ["1902.03041"]}]


def test_venue_in_brackets_before_a_title() -> None:
    text = "# 2023\n* [NeurIPS] Quiet Rooms, [[pdf](https://arxiv.org/pdf/2305.01234.pdf)]\n* [PyTorch] Loud Rooms, [[pdf](https://arxiv.org/pdf/2305.01235.pdf)]\n"
    assert [said(record, "venue")["venue"] for record in records(text)] == [["NeurIPS"], []]


def test_chinese_punctuation_and_titles_without_blanks() -> None:
    (record,) = records("# 论文\n- **安静房间的深度学习研究方法**，张三，李四，*安静学报*，2021\n")
    assert said(record, "title", "author", "venue", "date") == {"title": ["安静房间的深度学习研究方法"], "author": ["张三", "李四"], "venue": ["安静学报"], "date": ["2021"]}


def test_abstract_below_a_heading_of_its_own() -> None:
    abstract = "We rest in rooms that are quiet at night, and we show in three experiments that this is better than to rest in rooms that are loud by day, whatever the colour of their walls, the number of their doors and the age of those who rest in them."
    (record,) = records(f"# Quiet Rooms at Night\n\n**Authors:** Vera Rubin, Bo Li\n**Year:** 2020\n**DOI:** [10.5555/q.1](https://doi.org/10.5555/q.1)\n\n## Abstract\n{abstract}\n\n## Notes\n- good\n")
    assert said(record, "title", "abstract") == {"title": ["Quiet Rooms at Night"], "abstract": [abstract]}


def test_note_on_one_paper() -> None:
    abstract = "We rest in rooms that are quiet at night, and we show in three experiments that this is better than to rest in rooms that are loud by day, whatever the colour of their walls, the number of their doors and the age of those who rest in them."
    (record,) = records(f"# Quiet Rooms: A Study at Night\n\n## Abstract\n{abstract}\n\n## Metadata\n- **Published**: 2026-08-28\n- **Authors**: Vera Rubin, Bo Li\n- **Source**: [ArXiv Link](http://arxiv.org/abs/2308.28846v1)\n")
    assert said(record, "title", "author", "abstract", "date", "arxiv_id") == {"title": ["Quiet Rooms: A Study at Night"], "author": ["Vera Rubin", "Bo Li"], "abstract": [abstract], "date": ["2026-08-28"], "arxiv_id": ["2308.28846"]}


def test_headings_with_labelled_items() -> None:
    text = "#### Quiet Rooms: A Study at Night (2025)\n- **Authors**: Vera Rubin et al.\n- **Findings**:\n  - Rooms are quiet.\n\n#### On Pauses and Pulses (2024)\n- **Authors**: Ann Ko, Bo Li\n"
    assert [said(record, "title", "author", "date") for record in records(text)] == [
        {"title": ["Quiet Rooms: A Study at Night"], "author": ["Vera Rubin"], "date": ["2025"]}, {"title": ["On Pauses and Pulses"], "author": ["Ann Ko", "Bo Li"], "date": ["2024"]},
    ]  # fmt: skip


def test_escaped_quotes_are_quotes() -> None:
    text = '# Papers\n- Vera Rubin, Bo Li, \\"Quiet Rooms at Night\\", in *Proceedings of Rest*, 2021.\n'
    assert [said(record, "title", "author") for record in records(text)] == [{"title": ["Quiet Rooms at Night"], "author": ["Vera Rubin", "Bo Li"]}]
