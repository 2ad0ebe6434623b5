"""Pages that list one author's papers."""

import pytest

from kg.model import Document, Problem, Record
from kg.sources.author_page import read, sniff

HEAD = "Ada Example\n\nLG\nh-index117\n114papers\n216,183citations\nNovelty61%\nAI Score47\n\n114 Papers\n\n"
PAPER = "CVJun 12, 2023Code\nA Title\n\nGemma Team, Ada Example et al. · deepmind, mila\n\nWe train.\n"


def rows(text: str) -> tuple[list[Record], list[Problem]]:
    found = list(read(Document.of_text(text, "x.txt", "d")))
    return [row for row in found if isinstance(row, Record)], [
        row for row in found if isinstance(row, Problem)
    ]


def values(record: Record) -> list[tuple[str, str]]:
    return [(field.name, field.value or field.text) for field in record.fields]


def test_page_with_everything() -> None:
    (profile, paper), problems = rows(HEAD + PAPER)
    assert problems == []
    assert (profile.kind, profile.start, profile.end) == ("profile", 0, len(HEAD) - 2)
    assert values(profile) == [
        ("name", "Ada Example"), ("research_field", "LG"), ("h_index", "117"), ("paper_count", "114"),
        ("citation_count", "216183"), ("novelty", "61"), ("ai_score", "47"), ("listed_count", "114"),
    ]  # fmt: skip
    assert profile.fields[4].text == "216,183"
    assert (paper.kind, paper.ordinal, paper.start, paper.end) == (
        "paper",
        0,
        len(HEAD),
        len(HEAD + PAPER) - 1,
    )
    assert values(paper) == [
        ("category", "CV"), ("date", "2023-06-12"), ("code_flag", "Code"), ("title", "A Title"),
        ("author", "group"), ("author", "person"), ("et_al", "et al."), ("affiliation", "deepmind"),
        ("affiliation", "mila"), ("abstract", "We train."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "category", "date"),
    [
        ("CLJul 31, 2024", "CL", "2024-07-31"),
        ("cs.CVDecember 1, 2015", "cs.CV", "2015-12-01"),
        ("hep-exJul 4, 2012Code", "hep-ex", "2012-07-04"),
        ("cond-mat.mtrl-sciMay 9, 2001", "cond-mat.mtrl-sci", "2001-05-09"),
    ],
)
def test_opening_lines(line: str, category: str, date: str) -> None:
    (paper,), _ = rows(f"{line}\nA Title\n\nAda Example\n\nWe train.\n")
    assert values(paper)[:2] == [("category", category), ("date", date)]


@pytest.mark.parametrize(
    "line",
    [
        "cLJul 31, 2024",
        "CLJul 31, 24",
        "CLJux 31, 2024",
        "CLJul 31 2024",
        "CLJul 31, 2024 was",
        "On Jul 31, 2024",
        "CL",
        "onMay 3, 2020",
    ],
)
def test_other_lines_open_no_record(line: str) -> None:
    assert sniff(f"{line}\nA Title\n", "x.txt") == 0.0
    (paper,), _ = rows(f"CLJul 31, 2024\nA Title\n\nAda Example\n\nWe train.\n{line}\n")
    assert paper.fields[-1].text == f"We train.\n{line}"


@pytest.mark.parametrize(
    "day", ["Feb 30, 2024", "Feb 29, 2023", "Jun 31, 2020", "Jan 0, 2020", "Jan 1, 99999", "Jan 1, 0000"]
)
def test_impossible_date_is_reported_and_the_paper_kept(day: str) -> None:
    (paper,), problems = rows(f"\nCL{day}\nA Title\n\nAda Example\n\nWe train.\n")
    assert [field.name for field in paper.fields] == ["category", "title", "author", "abstract"]
    assert [(problem.line, problem.severity) for problem in problems] == [(2, "warning")]


@pytest.mark.parametrize(
    "line",
    ["h-indexNaN", "h-index1e3", "h-index1,23", "h-index-5", "h-index١٢", "h-index9,999,999,999,999,999,999", "1,2,3citations",
     "-5citations", "Novelty1e999%", "AI Scoreinf", "+3 Papers"],
)  # fmt: skip
def test_figures_that_are_no_numbers_are_reported(line: str) -> None:
    (profile, _), problems = rows(f"Ada Example\n\n7papers\n{line}\n\n{PAPER}")
    assert values(profile) == [("name", "Ada Example"), ("paper_count", "7")]
    assert [problem.line for problem in problems] == [4]


def test_strange_line_in_the_head_is_reported() -> None:
    (profile, _), problems = rows(f"Ada Example\nh-index7\nFollow me\n\n{PAPER}")
    assert values(profile) == [("name", "Ada Example"), ("h_index", "7")]
    assert [problem.line for problem in problems] == [3]


def test_line_above_papers_alone_is_no_profile() -> None:
    (paper,), problems = rows(f"My papers\n\n{PAPER}")
    assert paper.kind == "paper"
    assert [problem.line for problem in problems] == [1]


@pytest.mark.parametrize(
    ("below", "names", "missing"),
    [
        ("", [], "title and authors and abstract"),
        ("\nA Title", ["title"], "authors and abstract"),
        ("\nA Title\n\nAda Example, Bo Other", ["title", "author", "author"], "abstract"),
        ("\nA Title\n\nWe train a large model here.", ["title", "abstract"], "authors"),
        ("\nA Title\n\nAda Example\n\nAbstract:", ["title", "author", "abstract_label"], "abstract"),
    ],
)
def test_cut_page_keeps_what_it_has(below: str, names: list[str], missing: str) -> None:
    (_, paper), problems = rows(f"{PAPER}\nLGMay 1, 2020{below}")
    assert [field.name for field in paper.fields] == ["category", "date", *names]
    assert [(problem.line, problem.what) for problem in problems] == [(8, f"a paper without {missing}")]


@pytest.mark.parametrize(
    "line", ["The ATLAS Collaboration", "danah boyd", "Plato", "<b>x</b>, Bo Other et al. · x", "李 明"]
)
def test_unusual_authors_are_authors(line: str) -> None:
    (paper,), problems = rows(f"CLJul 31, 2024\nA Title\n\n{line}\n\nWe train.\n")
    assert problems == []
    assert paper.first("author") is not None


def test_abstract_of_several_paragraphs_is_one() -> None:
    (paper,), _ = rows("CLJul 31, 2024\nA Title\n\nAda Example\n\nWe train.\n\nWe test.\n")
    assert paper.fields[-1].text == "We train.\n\nWe test."


def test_head_without_papers_is_reported() -> None:
    (profile,), problems = rows(HEAD)
    assert profile.kind == "profile"
    assert [problem.what for problem in problems] == ["no papers found below the head of the page"]
    assert sniff(HEAD, "x.txt") > 0


def test_page_may_follow_page() -> None:
    second = "Bo Other\n\nCL\nh-index3\n2papers\n\n"
    found, problems = rows(HEAD + PAPER + "\n" + second + PAPER)
    assert [(row.kind, row.ordinal) for row in found] == [
        ("profile", 0),
        ("paper", 0),
        ("profile", 1),
        ("paper", 1),
    ]
    assert values(found[1])[-1] == ("abstract", "We train.")
    assert values(found[2]) == [
        ("name", "Bo Other"),
        ("research_field", "CL"),
        ("h_index", "3"),
        ("paper_count", "2"),
    ]
    assert problems == []


def test_long_text_above_the_papers_is_one_problem() -> None:
    _, problems = rows("Some line\n" * 1000 + PAPER)
    assert [problem.line for problem in problems] == [1]
