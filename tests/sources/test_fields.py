"""The facts in a piece of text: addresses, dates, names, lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document
from kg.sources._text import fields
from kg.text import line_starts


@pytest.mark.parametrize(
    ("text", "printed", "value"),
    [
        ("see https://a.org/b.", "https://a.org/b", "https://a.org/b"),
        ("(https://a.org/b_(c))", "https://a.org/b_(c)", "https://a.org/b_(c)"),
        ("\\url{https://a.org/b}", "https://a.org/b", "https://a.org/b"),
        ("<https://a.org/b>", "https://a.org/b", "https://a.org/b"),
        ("at www.a.org, and", "www.a.org", "www.a.org"),
        ("at github.com/a/b.", "github.com/a/b", "github.com/a/b"),
        ("HTTPS://A.org/?q=1&r=2!", "HTTPS://A.org/?q=1&r=2", "HTTPS://A.org/?q=1&r=2"),
        (
            "on https://github.com/a/ b-c/tree/main",
            "https://github.com/a/ b-c/tree/main",
            "https://github.com/a/b-c/tree/main",
        ),
        ("on https://github.com/ a/b.", "https://github.com/ a/b", "https://github.com/a/b"),
        ("on https:// github.com/a/b", "https:// github.com/a/b", "https://github.com/a/b"),
        ("on https://a.org/ and/or elsewhere", "https://a.org/", "https://a.org/"),
        ("on https://a.org/ for all", "https://a.org/", "https://a.org/"),
    ],
)
def test_find_urls(text: str, printed: str, value: str) -> None:
    ((start, end, found),) = fields.find_urls(text)
    assert (text[start:end], found) == (printed, value)


@pytest.mark.parametrize(
    "text", ["javascript:kgxss()", "a.b.c", "e.g./i.e.", "me@github.com/x", "1.5/2.5", "http://"]
)
def test_no_urls(text: str) -> None:
    assert list(fields.find_urls(text)) == []


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        ("2024", "February", "29", "2024-02-29"),
        ("2024", "Sept", "1", "2024-09-01"),
        ("2024", "12", "31", "2024-12-31"),
        ("2023", "Feb", "29", None),
        ("2024", "13", "01", None),
        ("2024", "0", "01", None),
        ("0000", "01", "01", None),
        ("99999999999", "01", "01", None),
    ],
)
def test_iso_date(year: str, month: str, day: str, expected: str | None) -> None:
    assert fields.iso_date(year, month, day) == expected


def named(line: str) -> list[tuple[str, str, str | None]]:
    page = fields.Page.of(Document.of_text(line, "x.txt"))
    return [
        (field.name, field.text, field.value) for field in fields.numbered(fields.authors(page, 0, len(line)))
    ]


def people(line: str) -> list[str]:
    return [text for name, text, _ in named(line) if name == "author"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Oriol Vinyals", ["Oriol Vinyals"]),
        (
            "Ada B. Example, Aäron van den Oord, Diego de las Casas",
            ["Ada B. Example", "Aäron van den Oord", "Diego de las Casas"],
        ),
        ("A. B. Example and C. D. Person", ["A. B. Example", "C. D. Person"]),
        ("A Example, B Person, and C Other", ["A Example", "B Person", "C Other"]),
        ("A Example & B Person", ["A Example", "B Person"]),
        ("Example, A.; Person, B.", ["Example, A.", "Person, B."]),
        ("Guy Example, Jr., B Person", ["Guy Example, Jr.", "B Person"]),
        ("Alexander Anderson, Andrew Sandberg", ["Alexander Anderson", "Andrew Sandberg"]),
        ("A Example, , B Person,", ["A Example", "B Person"]),
        ("Almut Etal, B Person", ["Almut Etal", "B Person"]),
    ],
)
def test_authors_are_split_as_printed(line: str, expected: list[str]) -> None:
    assert people(line) == expected


def test_author_line_with_everything() -> None:
    assert named("Gemma Team, Ada Example et al. · deepmind, mila · eth") == [
        ("author", "Gemma Team", "group"), ("author", "Ada Example", "person"), ("et_al", "et al.", None),
        ("affiliation", "deepmind", None), ("affiliation", "mila", None), ("affiliation", "eth", None),
    ]  # fmt: skip


@pytest.mark.parametrize("end", ["et al.", "et al", ", et al.", "and others"])
def test_cut_lists_are_marked(end: str) -> None:
    found = named(f"Ada Example {end}")
    assert [name for name, *_ in found] == ["author", "et_al"]
    assert found[0][1] == "Ada Example"


@pytest.mark.parametrize(
    "line", ["The ATLAS Collaboration", "A. B. Example", "Ada Example et al.", "X · deepmind", "李 明"]
)
def test_author_lines_are_known(line: str) -> None:
    assert fields.looks_like_authors(line)


@pytest.mark.parametrize(
    "line",
    ["", "We train a model.", "The End", "Copyright (c) 2020 Ada Example", "ICLR", "The team won the game"],
)
def test_other_lines_are_not_authors(line: str) -> None:
    assert not fields.looks_like_authors(line)


@given(st.lists(st.sampled_from(["a", " ", "\r", "\n", "\r\n", "\u2028", "\x85", "\x0b"])).map("".join))
def test_lines_agree_with_line_starts(text: str) -> None:
    spans = list(fields.lines(text))
    starts = line_starts(text)
    assert [start for start, _ in spans] == (starts if starts[-1] < len(text) else starts[:-1])
    covered = "".join(text[start:end] for start, end in spans)
    assert covered == text.replace("\r", "").replace("\n", "")
    for start, end in fields.blocks(text, spans):
        assert text[start:end] == text[start:end].strip() != ""


def test_message_is_short_and_safe() -> None:
    page = fields.Page.of(Document.of_text("a\x1b[0m" + "b" * 90, "x.txt"))
    quote = page.quote(0, 90)
    assert "\x1b" not in quote
    assert quote.endswith(' ..."')
    assert len(quote) < 80
