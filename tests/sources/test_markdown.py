"""Papers in Markdown: lists, tables, nested notes, headings, and what is no paper."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources._markdown.blocks import blocks, is_button, plain
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


def test_names_in_bold_above_a_title_in_italics() -> None:
    text = "## 2021 (2 publications)\n\n**Rubin, Vera and García Noether, Emmy**\n*Pauses of quiet engines*\nRest Rev. D (2021)\n[arXiv:2105.01234](https://arxiv.org/abs/2105.01234)\n•\n[DOI](https://doi.org/10.1000/a)\n\n**Rubin, Vera**\n*Rest and effective rooms in engines*\n(2021)\n"
    assert [said(record, "title", "author", "arxiv_id") for record in records(text)] == [
        {"title": ["Pauses of quiet engines"], "author": ["Rubin, Vera", "García Noether, Emmy"], "arxiv_id": ["2105.01234"]},
        {"title": ["Rest and effective rooms in engines"], "author": ["Rubin, Vera"], "arxiv_id": []},
    ]  # fmt: skip


def test_authors_behind_with() -> None:
    text = "- __Rest and its engines__ [[pdf]](a/rest.pdf)   \n(with Emmy A. Noether and Vera Rubin)  \nRest Theory 36(7), 2015\n\n- __Pauses in rooms__ [[pdf]](a/p.pdf)   \n(with Vera Rubin)   \n_Rest Letters_, 14, 68-81, 2018\n"
    assert [said(record, "title", "author", "venue", "volume") for record in records(text)] == [
        {"title": ["Rest and its engines"], "author": ["Emmy A. Noether", "Vera Rubin"], "venue": ["Rest Theory"], "volume": ["36"]},
        {"title": ["Pauses in rooms"], "author": ["Vera Rubin"], "venue": ["Rest Letters"], "volume": ["14"]},
    ]  # fmt: skip


def test_items_of_html_below_front_matter() -> None:
    text = '---\ntitle: Publications\n---\n<h3>Papers</h3>\n<ul>\n<li style="margin: 1px"> Vera Rubin, Emmy Noether, <i>Rest for all the engines</i>, 3D Rest 2026, September 2026, Polis (<a href="https://doi.org/10.1000/a">Link</a>) </li>\n<li>Jocelyn Bell and Ruby Payne, <i>Pulses of the small rooms</i>, Rest Workshop 2025, pp. 1-8.</li>\n</ul>\n'
    assert [said(record, "title", "author") for record in records(text)] == [
        {"title": ["Rest for all the engines"], "author": ["Vera Rubin", "Emmy Noether"]}, {"title": ["Pulses of the small rooms"], "author": ["Jocelyn Bell", "Ruby Payne"]},
    ]  # fmt: skip


def test_a_citation_a_line_below_a_heading() -> None:
    text = "# Papers\n\nV Rubin#, E Noether*. Rest in deep engines. Annals of Rest. 2024, 9(1):281.\nE Noether*. Pauses of rooms: A view. Annals of Rest. 2023, 8(2):12.\nJ Bell, V Rubin*. Pulses of gears. eRest. 2022, 7(1):e3.\n"
    assert [said(record, "title", "author", "venue") for record in records(text)] == [
        {"title": ["Rest in deep engines"], "author": ["V Rubin", "E Noether"], "venue": ["Annals of Rest"]}, {"title": ["Pauses of rooms: A view"], "author": ["E Noether"], "venue": ["Annals of Rest"]},
        {"title": ["Pulses of gears"], "author": ["J Bell", "V Rubin"], "venue": ["eRest"]},
    ]  # fmt: skip


def test_paragraphs_with_a_quoted_title() -> None:
    text = '# Rest\n\n[@Rubin:2000]\n\nEmmy C. Noether, "Rest, Order and Engines," *Rest Science Review* 96 (December 2002): 697-712.\n\nTechnology and rest\n\nVera Rubin. “Choice and Rest,” *Annals of Rest* 85 (1995): 1-24.\n'
    assert [said(record, "title", "author", "venue") for record in records(text)] == [
        {"title": ["Rest, Order and Engines"], "author": ["Emmy C. Noether"], "venue": ["Rest Science Review"]}, {"title": ["Choice and Rest"], "author": ["Vera Rubin"], "venue": ["Annals of Rest"]},
    ]  # fmt: skip


def test_italics_behind_names_and_year() -> None:
    text = "* Rubin VE, Noether K (2017) _How to rest in rooms_ Rest Preprints 5:3139 [[link]](https://doi.org/10.1000/a)\n* Bell J, Payne R (2016) _Pulses by gears_ RestRxiv doi: https://doi.org/10.1000/b [[link]](http://example.org/b) [[rest analysis]](http://example.org/c)\n"
    assert [said(record, "title", "author", "venue") for record in records(text)] == [
        {"title": ["How to rest in rooms"], "author": ["Rubin VE", "Noether K"], "venue": ["Rest Preprints"]}, {"title": ["Pulses by gears"], "author": ["Bell J", "Payne R"], "venue": ["RestRxiv"]},
    ]  # fmt: skip


def test_a_date_before_a_title_and_a_labelled_doi() -> None:
    text = "- [2017.03.22 Rest for Engines that Wait](https://arxiv.org/abs/1703.01161)\n     We introduce Rest Networks (ReNs): an engine that waits.\n- V. Rubin and E. Noether.  \n  **Guided Rest for Rooms.**  \n  *Proceedings of Rest*, 17(5):12–15, 2024.  \n  DOI: 10.1000/rest.3\n\n## A. Core Rest, Engines, and Rooms\n\n- Be on time.\n"
    assert [said(record, "title", "date", "identifier") for record in records(text)] == [
        {"title": ["Rest for Engines that Wait"], "date": ["2017-03-22"], "identifier": []}, {"title": ["Guided Rest for Rooms"], "date": ["2024"], "identifier": ["doi:10.1000/rest.3"]},
    ]  # fmt: skip


def test_remarks_in_another_script_are_neither_names_nor_venue() -> None:
    text = "[1] **Rest Layers for Debuggable Engines**\n\n    最后一层用于可解释性！\n\n    https://arxiv.org/pdf/2105.01234.pdf\n\n[2] **Refining engines with pauses**\n\n    复合解释，挺有意思的\n\n    https://arxiv.org/abs/2103.01234.pdf\n"
    assert [said(record, "title", "author", "venue", "other") for record in records(text)] == [
        {"title": ["Rest Layers for Debuggable Engines"], "author": [], "venue": [], "other": ["最后一层用于可解释性！"]}, {"title": ["Refining engines with pauses"], "author": [], "venue": [], "other": ["复合解释，挺有意思的"]},
    ]  # fmt: skip


def test_venue_and_year_before_a_dash() -> None:
    text = '[1] QREST 2021 - Engines that Augment Rest\n\n    https://arxiv.org/abs/2105.01234\n\n[2] KRD 2016 - "Why Should I Rest?" Explaining the pauses of any engine\n\n    https://arxiv.org/pdf/1602.01234\n'
    assert [said(record, "title", "venue", "date") for record in records(text)] == [
        {"title": ["Engines that Augment Rest"], "venue": ["QREST"], "date": ["2021"]}, {"title": ['"Why Should I Rest?" Explaining the pauses of any engine'], "venue": ["KRD"], "date": ["2016"]},
    ]  # fmt: skip


def test_venue_behind_a_title_with_a_colon() -> None:
    text = "# References\n\nHopper, G., Wang, W., & Payne, R. (2022). Motors: A benchmark. In *Proceedings of Rest* (pp. 1–9).\n\nPayne, R., & Rubin, V. (2019). Whispering gears. *Journal of Rest*, *12*(3), 45–60.\n"
    assert [said(record, "title", "venue", "pages") for record in records(text)] == [{"title": ["Motors: A benchmark"], "venue": ["Proceedings of Rest"], "pages": ["1–9"]}, {"title": ["Whispering gears"], "venue": ["Journal of Rest"], "pages": ["45–60"]}]


def test_two_surnames_are_two_authors() -> None:
    text = "1. [ ] Payne & Rubin, *Whispering Gears in Rooms*, 2023\n2. [x] Hopper et al., *Motors: A Benchmark*, ICML 2022\n"
    assert [said(record, "author") for record in records(text)] == [{"author": ["Payne", "Rubin"]}, {"author": ["Hopper"]}]


def test_title_of_one_word_in_a_table_with_authors() -> None:
    text = "| Year | Paper | Authors | Link |\n|---|---|---|---|\n| 2023 | Whispering Gears | Ruby Payne, Vera Rubin | [arXiv](https://arxiv.org/abs/2301.01234) |\n| 2022 | Motors | Grace Hopper, Wei Wang | |\n"
    assert [said(record, "title", "author", "other") for record in records(text)] == [{"title": ["Whispering Gears"], "author": ["Ruby Payne", "Vera Rubin"], "other": []}, {"title": ["Motors"], "author": ["Grace Hopper", "Wei Wang"], "other": []}]


def test_talks_are_no_papers() -> None:
    text = '## Papers\n\n* R. Payne, V. Rubin. **Whispering Gears**. _Journal of Rest_, 2023.\n* R. Payne. **Motors**. PhD thesis, University of Rest, 2017.\n\n## Invited talks\n\n* "Quiet motors", University of Rest, May 2023\n'
    assert [said(record, "title") for record in records(text)] == [{"title": ["Whispering Gears"]}, {"title": ["Motors"]}]


def test_what_the_columns_of_a_table_say() -> None:
    rows_ = "| Quiet Rooms at Night | V. Rubin, E. Noether, et al. | Journal of Rest | 2023 | moss, sleep | n/a |\n| What Pauses Say to Us | Jocelyn Bell | NapConf 2020 | soon | speech | see below |\n"
    first, second = records(f"| Title | Authors | Venue | Year | Keywords | Notes |\n|---|---|---|---|---|---|\n{rows_}")
    names = "author", "et_al", "venue", "date", "keyword", "comment", "other"
    assert said(first, *names) == {"author": ["V. Rubin", "E. Noether"], "et_al": ["et al."], "venue": ["Journal of Rest"], "date": ["2023"], "keyword": ["moss", "sleep"], "comment": [], "other": []}
    assert said(second, *names) == {"author": ["Jocelyn Bell"], "et_al": [], "venue": ["NapConf"], "date": ["2020"], "keyword": ["speech"], "comment": ["see below"], "other": ["soon"]}


def test_what_labelled_items_say() -> None:
    first = "## Quiet Rooms at Night\n\n- **Authors:** Vera Rubin, Emmy Noether, et al.\n- **Venue:** Journal of Rest\n- **Date:** May 2023\n- **Keywords:** moss, sleep\n- **Affiliation:** University of Rest; Institute of Naps\n- **Link:** 2301.01234\n"
    second = "## What Pauses Say to Us\n\n- **Authors:** bell, ko\n- **Venue:** NapConf 2020\n- **DOI:** 10.1000/x\n- **Link:** on the shelf\n"
    rooms, pauses = records(f"# Notes\n\n{first}\n{second}")
    assert said(rooms, "author", "et_al", "venue", "date", "keyword", "affiliation", "arxiv_id") == {
        "author": ["Vera Rubin", "Emmy Noether"], "et_al": ["et al."], "venue": ["Journal of Rest"], "date": ["2023-05"], "keyword": ["moss", "sleep"], "affiliation": ["University of Rest", "Institute of Naps"], "arxiv_id": ["2301.01234"],
    }  # fmt: skip
    assert said(pauses, "author", "venue", "date", "identifier", "other") == {"author": ["bell", "ko"], "venue": ["NapConf"], "date": ["2020"], "identifier": ["doi:10.1000/x"], "other": ["on the shelf"]}


def test_links_whose_addresses_stand_at_the_end() -> None:
    text = "# Papers\n\n* [Quiet *Rooms* at Night][14], V. Rubin, E. Noether, *Journal of Rest* (2021)\n* [What Pauses Say to Us][], J. Bell, A. Ko, *Journal of Rest* (2020) [[pdf]][Here]\n* Beds for [Tired][nowhere] Engines, B. Li, A. Ko, *Journal of Rest* (2019)\n\n[14]: https://doi.org/10.1000/rest.14\n[what pauses say to us]: <https://arxiv.org/abs/2001.01234>\n[here]: https://example.org/a.pdf 'The paper'\n"
    first, second, third = records(text)
    assert said(first, "title", "author", "identifier", "url") == {"title": ["Quiet Rooms at Night"], "author": ["V. Rubin", "E. Noether"], "identifier": ["doi:10.1000/rest.14"], "url": ["https://doi.org/10.1000/rest.14"]}
    assert said(second, "title", "arxiv_id", "url") == {"title": ["What Pauses Say to Us"], "arxiv_id": ["2001.01234"], "url": ["https://arxiv.org/abs/2001.01234", "https://example.org/a.pdf"]}
    assert said(third, "title", "url") == {"title": ["Beds for [Tired][nowhere] Engines"], "url": []}


def test_marks_end_where_the_text_does_that_a_button_took_back() -> None:
    found = plain("`On small engines (`[pdf](https://a.org/b.pdf)", (0, 46))
    assert (found.text, found.marks) == ("On small engines \n", [("code", (0, 17), "")])
    assert records("`On small engines<a href=x># `") == []


FULL = """# **Counting Doors with Two Cats**

Vera Holm<sup>1</sup>, Otto Brandt<sup>2</sup>

<sup>1</sup> University of Northfield

<sup>2</sup> Institute of Baking Science

## Abstract

Nobody has counted doors. We let two cats do it, and find *many*.

## 1 Introduction

Doors have been counted before [1, 2], though never by cats and never in houses that have more doors than rooms, of which
there are more than one would think. Marlow and Quint (2014) count those that close by themselves; others fold paper, and have
found that no door can be folded. We take up where they stopped, and let the cats decide which doors they want to be open, and
when, which is the only thing about a door on which cats are known to have views.

## References

- <span id="page-9-0"></span>[1] Tessa Marlow and Oren Quint. Slow hinges: a study of doors. *Journal of Domestic Mechanics*, 12(3):101–119, 2014.
- [2] Lior Abernathy and Rei Tanaka. Learning to fold **paper** without creases. In *Proceedings of Paper Machines*, pages 221–230, 2019. doi: 10.5555/pm.2019.221.
- [3] The door that nobody opens, in a house by the sea.

## A Proofs

- Tessa Marlow and Oren Quint. Fast hinges: a study of windows. *Journal of Domestic Mechanics*, 13(1):1–9, 2015.
"""


def test_a_paper_in_full_is_one_paper_that_cites_others() -> None:
    (record,) = records(FULL)
    said = [(field.name, field.text, field.value) for field in record.fields if field.name != "abstract_label"]
    assert said == [
        ("title", "Counting Doors with Two Cats", None),
        ("author", "Vera Holm", "person"),
        ("author", "Otto Brandt", "person"),
        ("affiliation", "University of Northfield", None),
        ("affiliation", "Institute of Baking Science", None),
        ("abstract", "Nobody has counted doors. We let two cats do it, and find many.", None),
        ("reference", "Slow hinges: a study of doors", None),
        ("reference", "Learning to fold paper without creases", "doi:10.5555/pm.2019.221"),
        ("other", "The door that nobody opens, in a house by the sea.", None),
    ]
    assert [field.of for field in record.all("affiliation")] == [0, 1]
    assert all(FULL[field.start : field.end] == field.text for field in record.fields if field.start is not None)
    assert {field.name for field in record.fields if field.start is None} == {"abstract", "reference"}, "there are marks in them"


def test_labelled_items_are_what_is_said_of_the_paper_above_them() -> None:
    text = """## Surveys
+ **A Survey of Quiet Engines: Problems and Naps**
  + **Authors:** Ada Lovelace, Vera Rubin, et al.
  + **Affiliation:** University of Rest
  + **Publisher:** Rest Press
  + **Year of Publication:** 2018
  + **Download:** [PDF](https://arxiv.org/pdf/1801.00007.pdf)
  + **Keywords:** Naps, Gears
  + **Highlights:** This paper
    + counts the naps of engines.
+ **Gears that Whisper at Night**
  + **Authors:** Emmy Noether
  + **Year of Publication:** 2019
  + **Download:** [PDF](https://example.org/b.pdf)

## People
+ Ada Lovelace
  + Assistant Professor
  + University of Rest
  + Email: ada@example.org
"""
    assert [said(record, "title", "author", "publisher", "date", "arxiv_id", "keyword") for record in records(text)] == [
        {"title": ["A Survey of Quiet Engines: Problems and Naps"], "author": ["Ada Lovelace", "Vera Rubin"], "publisher": ["Rest Press"], "date": ["2018"], "arxiv_id": ["1801.00007"], "keyword": ["Naps", "Gears"]},
        {"title": ["Gears that Whisper at Night"], "author": ["Emmy Noether"], "publisher": [], "date": ["2019"], "arxiv_id": [], "keyword": []},
    ]  # fmt: skip


def test_papers_nested_below_a_subject_are_papers_though_each_has_a_label() -> None:
    text = "- Engines\n  - Paper: [Quiet Engines at Night](https://arxiv.org/abs/2101.00001)\n  - Paper: [Loud Engines at Noon](https://arxiv.org/abs/2101.00002)\n"
    assert [field.text for record in records(text) for field in record.all("title")] == ["Quiet Engines at Night", "Loud Engines at Noon"]


def test_curriculum_vitae_gives_no_papers_but_its_publications() -> None:
    text = """# Dr. Ada Lovelace
## Experience
- **Assistant Professor**, University of Rest, 2021–present
- **Postdoc**, EPFL, Lausanne, 2019–2021
## Publications
1. **A. Lovelace**, V. Rubin (2021). *Engines that rest at night*. Journal of Rest 14(3), 201–219.
## Invited talks
- "Sand, seen from above", Summer School on Rivers, Porto, July 2022
<h4>Talks and conferences</h4>
<ul>
<li><i>Sand in the brain: rivers of many orders</i> - IGC Biomedical Genomics section meeting, Dec 2021.</li>
</ul>
"""
    assert [said(record, "title", "author") for record in records(text)] == [{"title": ["Engines that rest at night"], "author": ["A. Lovelace", "V. Rubin"]}]


def test_title_in_bold_ends_with_its_line_and_theses_have_no_persons_for_universities() -> None:
    text = """- __Rest and Fractal Beds__ [[pdf]](a/b.pdf)  
Doctoral Dissertation, Universit&auml;t Heidelberg, 2004

- __Quiet Measures and Naps__ [[pdf]](a/c.pdf)  
Logic Colloquium 06, Nijmegen  
Cambridge University Press, 2009
"""  # noqa: W291 - two blanks end a line
    assert [said(record, "title", "author") for record in records(text)] == [{"title": ["Rest and Fractal Beds"], "author": []}, {"title": ["Quiet Measures and Naps"], "author": []}]


def test_bold_title_with_venue_above_badges_and_its_abstract() -> None:
    badge = '<a href="http://arxiv.org/abs/{0}"><img alt="link" src="https://img.example.org/badge/-{0}-b31b1b"/></a>'
    text = f"""### Engines

**Gravel Networks: adaptive beds and memory**. ICML19.

{badge.format("1904.00019")} <a href="https://github.com/rest/gravel"><img alt="Github" src="https://img.example.org/code"/></a>

> We present *gravel networks* (GN), which sort engines by the sound that they make at night. In experiments on many beds our method outperforms all baselines, and the results show that it needs no data, no doors, no lamps, and hardly any rest between its naps and laps, as nobody has expected.

<br>

**Deep Naps Infomax**. ICLR'20

{badge.format("2001.00020")}
"""
    assert [said(record, "title", "venue", "date", "arxiv_id") for record in records(text)] == [
        {"title": ["Gravel Networks: adaptive beds and memory"], "venue": ["ICML"], "date": ["2019"], "arxiv_id": ["1904.00019"]},
        {"title": ["Deep Naps Infomax"], "venue": ["ICLR"], "date": ["2020"], "arxiv_id": ["2001.00020"]},
    ]


def test_signs_of_arxiv_before_titles() -> None:
    text = "- (Arxiv 2024) Quiet Engines at Night [[Paper]](https://arxiv.org/pdf/2401.00001)\n- (ICLR 2024) Loud Engines at Noon [[Paper]](https://arxiv.org/pdf/2401.00002)\n"
    assert [said(record, "title", "venue", "date") for record in records(text)] == [{"title": ["Quiet Engines at Night"], "venue": ["Arxiv"], "date": ["2024"]}, {"title": ["Loud Engines at Noon"], "venue": ["ICLR"], "date": ["2024"]}]


def test_day_on_which_a_reading_group_meets_is_no_date_of_its_paper() -> None:
    text = """| Date | Presenter | Paper | Link |
|---|---|---|---|
| 2023-03-01 | Ada | Engines That Rest (Rubin et al., REST 2017) | [arXiv](https://arxiv.org/abs/1706.00062) |
| 2023-03-15 | -- | no meeting | |
| 2023-03-22 | Li | Small Beds for Large Engines | [arXiv](https://arxiv.org/abs/1810.00005) |
"""
    assert [said(record, "title", "date") for record in records(text)] == [{"title": ["Engines That Rest"], "date": ["2017"]}, {"title": ["Small Beds for Large Engines"], "date": []}]


def test_authors_by_nothing_but_their_surnames_are_no_title() -> None:
    found = records("* Rubin, Noether, Bell (2017). Quiet rooms at night: a catalogue of nearly 800. `arXiv:1707.07366 <https://arxiv.org/abs/1707.07366>`_\n* Rubin, Noether, Ko (2015). Beds for tired engines. Rest Conference Series, 495, 327\n")
    assert [([field.text for field in one.all("title")], [field.text for field in one.all("author")]) for one in found] == [
        (["Quiet rooms at night: a catalogue of nearly 800"], ["Rubin", "Noether", "Bell"]), (["Beds for tired engines"], ["Rubin", "Noether", "Ko"]),
    ]  # fmt: skip


def test_a_cell_that_is_a_doi_is_one_and_a_journal_ends_before_its_volume() -> None:
    text = (
        "| # | Title | Authors | Venue | DOI / URL | Citations |\n|---|---|---|---|---|---|\n"
        "| 1 | Quiet Rooms at Night | Rubin VC, Noether E | *Nature* 615(7952):517–525, 2023 | 10.5555/s41586-1 | 148 |\n"
        "| 2 | Beds for Tired Engines | Li B | *Journal of Beds* pp. 23–47, 2026 [book chapter] | — | — |\n"
    )
    first, second = records(text)
    shown = [(field.name, field.text, field.value) for field in first.fields if field.name not in {"title", "author", "other"}]
    assert shown == [("venue", "Nature", None), ("volume", "615", None), ("issue", "7952", None), ("pages", "517–525", None), ("date", "2023", "2023"), ("identifier", "10.5555/s41586-1", "doi:10.5555/s41586-1")]
    assert [(field.name, field.text) for field in second.fields if field.name in {"venue", "pages", "date", "other"}] == [
        ("other", "2"), ("venue", "Journal of Beds"), ("pages", "23–47"), ("date", "2026"), ("other", "[book chapter]"),
    ]  # fmt: skip


def test_a_topic_of_several_words_before_a_title_is_no_part_of_it() -> None:
    text = (
        "## Papers\n\n- [Neural Networks] Sorting Gravel with Little Light. Ada Beispiel, Jan Muster. ICML 2019. [[paper](https://arxiv.org/abs/1901.01234)]\n"
        "- [Maps] Reading Maps by Touch Alone. Karin Probe, Otto Zufall. NeurIPS 2017. [[paper](https://arxiv.org/abs/1701.01234)]\n"
        "- [Roads, Rivers] Bridges over Shallow Rivers. Jan Muster, Karin Probe. KDD 2020.\n"
    )
    assert [said(one, "title", "author") for one in records(text)] == [
        {"title": ["Sorting Gravel with Little Light"], "author": ["Ada Beispiel", "Jan Muster"]},
        {"title": ["Reading Maps by Touch Alone"], "author": ["Karin Probe", "Otto Zufall"]},
        {"title": ["Bridges over Shallow Rivers"], "author": ["Jan Muster", "Karin Probe"]},
    ]
