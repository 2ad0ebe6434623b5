"""Word's lists of sources."""

import pytest
from hypothesis import given, settings

from kg.errors import UnreadableError
from kg.model import Document
from kg.sources import recognise, word_sources
from tests.sources.xml_samples import fields, mangled, rows, sample, survives, texts

SOURCES = sample("word_sources/Sources.xml")


def test_an_article() -> None:
    (record, *_), problems = rows(word_sources, SOURCES)
    assert problems == []
    assert [(f.name, f.text, f.value, f.line, (f.path or "").removeprefix("/Sources/Source[1]/")) for f in record.fields] == [
        ("other", "Tea21", None, 4, "Tag"), ("type", "JournalArticle", None, 5, "SourceType"), ("other", "{6E5C1C2A}", None, 6, "Guid"),
        ("author", "Ida M. Teapot", None, 9, "Author/Author/NameList/Person[1]"), ("author", "Bo van den Kettle", None, 10, "Author/Author/NameList/Person[2]"),
        ("other", "Fox Eve", None, 12, "Author/Editor"), ("title", "Why kettles sing", None, 14, "Title"), ("venue", "Journal of Kettles", None, 15, "JournalName"),
        ("date", "3 February 2021", "2021-02-03", 16, "Year"), ("pages", "17-29", None, 19, "Pages"), ("volume", "4", None, 20, "Volume"), ("issue", "2", None, 21, "Issue"),
        ("identifier", "10.5555/Kettle.42", "doi:10.5555/kettle.42", 22, "DOI"), ("arxiv_id", "https://arxiv.org/abs/2101.00001", "2101.00001", 23, "URL"),
        ("keyword", "kettle", None, 24, "BIBTEX_KeyWords"), ("keyword", "song", None, 24, "BIBTEX_KeyWords"), ("other", "1", None, 25, "RefOrder"),
    ]  # fmt: skip


def test_a_corporate_author_and_names_in_one_field() -> None:
    (_, report, paper), _ = rows(word_sources, SOURCES)
    assert fields(report, "author", "publisher", "date") == [("Steam Office", "group"), ("2019", "2019"), ("Steam University", None)]
    assert texts(report, "other") == ["Ste19", "Boilington", "978-3-16-148410-0"]
    assert fields(paper, "author", "venue", "date") == [("Ada Pot", None), ("Lei Wang", None), ("Grace Lid", None), ("Meeting on Spouts", None), ("soon", None)]


def person(**parts: str) -> str:
    return "<Person>" + "".join(f"<{name}>{text}</{name}>" for name, text in parts.items()) + "</Person>"


@pytest.mark.parametrize(
    ("people", "names"),
    [
        (person(Last="Pot", First="A., Kettle, B., Lid, G."), ["A. Pot", "B. Kettle", "G. Lid"]), (person(Last="Kettle B.", First="Lid G."), ["B. Kettle", "G. Lid"]),
        (person(Last="Pot", First="Ada", Middle="M."), ["Ada M. Pot"]), (person(Last="Pot", First="A.") + person(Last="van den Kettle", First="Bo"), ["A. Pot", "Bo van den Kettle"]),
    ],
)  # fmt: skip
def test_a_list_typed_into_one_person(people: str, names: list[str]) -> None:
    (record,), _ = rows(word_sources, f"<Sources><Source><Title>T</Title><Author><Author><NameList>{people}</NameList></Author></Author></Source></Sources>")
    assert texts(record, "author") == names


def test_works_without_title_and_files_without_works() -> None:
    _, (problem,) = rows(word_sources, "<Sources><Source><Tag>X1</Tag><SourceType>Misc</SourceType></Source></Sources>")
    assert problem.what == "a source (X1) has no title"
    _, (problem,) = rows(word_sources, "<Sources/>")
    assert problem.what == "no papers found: there is no source in it"


def test_what_is_refused() -> None:
    with pytest.raises(UnreadableError, match="DTD"):
        rows(word_sources, "<!DOCTYPE Sources [<!ENTITY f SYSTEM 'f'>]><Sources><Source/></Sources>")
    with pytest.raises(UnreadableError):
        rows(word_sources, SOURCES[:900])


@pytest.mark.parametrize(("head", "sure"), [(SOURCES, 1.0), ("<Sources><Source><SourceType>Book", 1.0), ("<Sources><source/>", 0.0), ("", 0.0)])
def test_sniff(head: str, sure: float) -> None:
    assert word_sources.sniff(head, "x") == sure


def test_its_files_are_known_by_what_is_in_them() -> None:
    assert recognise(Document.of_text(SOURCES, "x.xml")) == "word_sources"


@given(mangled(SOURCES))
@settings(max_examples=60, deadline=None)
def test_any_file_is_survived(data: bytes) -> None:
    survives(word_sources, data)
