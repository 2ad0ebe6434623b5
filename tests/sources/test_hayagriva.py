"""Hayagriva's YAML: entries, what they appeared in, names in their forms, what is no entry."""

import pytest

from kg.model import Document, Problem, Record
from kg.sources import hayagriva, read
from kg.sources.hayagriva import sniff
from tests.sources.told import facts, not_told, said, sample

FILE = "hayagriva/works.yml"


def papers(text: str) -> list[Record]:
    return [row for row in hayagriva.read(Document.of_text(text, "x.yml", "0" * 16)) if isinstance(row, Record)]


@pytest.mark.parametrize(
    ("head", "score"),
    [
        ("a:\n  type: article\n  title: T\n  parent: {title: J}\n", 1.0), ("a:\n  type: Web\n  serial-number: 7\n", 1.0), ("a:\n  type: article\n  title: T\n", 0.0),
        ("a:\n  title: T\n  parent: {type: proceedings, title: P}\n", 1.0), ("a:\n  title: T\n  parent:\n  - {type: blog, title: B}\n", 1.0), ("a:\n  title: T\n  parent: {title: P}\n", 0.0),
        ("- type: article\n  parent: x\n", 0.0), ("type: article\nparent: {title: x}\n", 0.0), ("a:\n  type: Looms\n  parent: x\n", 0.0), ("", 0.0),
    ],
)  # fmt: skip
def test_sniff(head: str, score: float) -> None:
    assert sniff(head, "x") == score


def test_sample() -> None:
    found = list(read(sample(FILE)))
    looms, education, thesis = (row for row in found if isinstance(row, Record))
    assert facts(looms, "title", "author", "date", "pages", "volume", "venue", "identifier", "type") == [
        ("title", "Looms that learn", None), ("author", "Ada Lovelace", "person"), ("author", "Martin King Jr.", "person"), ("author", "Aäron van den Oord", "person"),
        ("pages", "17-29", None), ("type", "Article", None), ("volume", "12", None), ("date", "2021-05-04", "2021-05-04"),
        ("identifier", "10.5555/jir.2021.17", "doi:10.5555/jir.2021.17"), ("venue", "Journal of Invented Results", None),
    ]  # fmt: skip
    assert [(field.line, field.path) for field in looms.all("venue")] == [(18, "$.looms.parent.title")]
    assert said(education, "author", "venue", "publisher", "date", "url", "comment") == {
        "author": ["Grace Hopper"], "venue": ["Engines, gathered"], "publisher": ["Loom Press"], "date": ["1952"], "url": ["https://example.org/loom"], "comment": ["Read twice."],
    }  # fmt: skip
    assert said(thesis, "publisher", "identifier") == {"publisher": ["Example University"], "identifier": ["doi:10.5555/thread"]}
    assert [(row.line, row.what) for row in found if isinstance(row, Problem)] == [(42, "'nothing' is no entry"), (43, "the entry 'untitled' has no title")]


def test_nothing_is_lost() -> None:
    document = sample(FILE)
    assert not_told(document.text, papers(document.text)) == ["web"]  # the entry without a title


def test_what_an_entry_says_itself_comes_before_its_parents() -> None:
    (found,) = papers("a:\n  type: article\n  title: T\n  volume: 1\n  date: 2020\n  parent:\n  - {title: J, volume: 2, date: 1999, doi: 10.1000/j}\n  - {title: K, issue: 4}\n")
    assert said(found, "volume", "issue", "date", "venue", "identifier") == {"volume": ["1"], "issue": ["4"], "date": ["2020"], "venue": ["J"], "identifier": []}
    assert {"2", "1999", "K", "10.1000/j"} <= set(said(found, "other")["other"])
