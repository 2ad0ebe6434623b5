"""Lists of conference papers: whose affiliation is whose, what is wrong in them, and that nothing gets lost."""

import gzip
import json
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Problem, Record
from kg.sources import examine, recognise
from kg.sources._conference_file import letters
from kg.sources.conference_json import read, sniff

CONFERENCES = Path(__file__).parents[2].parent / "shared" / "corpora" / "conferences"
FILES = sorted(CONFERENCES.glob("*.json.gz"))
PAPERS = 50_178

def run(papers: Any, name: str = "papers.json", indent: int | None = 1) -> tuple[list[Record], list[Problem]]:
    """Return what is read from a list of papers."""
    rows = list(read(Document.of_text(json.dumps(papers, ensure_ascii=False, indent=indent), name)))
    return [row for row in rows if isinstance(row, Record)], [row for row in rows if isinstance(row, Problem)]


def one(name: str = "papers.json", **paper: Any) -> tuple[Record, list[Problem]]:
    (record,), problems = run([paper], name)
    return record, problems


def texts(record: Record, name: str) -> list[str]:
    return [field.text for field in record.all(name)]


def people(record: Record) -> list[tuple[str, list[str]]]:
    """Return each author with the affiliations that are theirs."""
    return [
        (author.text, [field.text for field in record.all("affiliation") if field.of == author.position])
        for author in record.all("author")
    ]


def whats(problems: list[Problem]) -> list[str]:
    return [f"{problem.line}: {problem.what}" for problem in problems]


# Whose affiliation it is


def test_authors_and_affiliations_are_parallel() -> None:
    record, problems = one(title="T", author="Ada Lovelace; Jean Sammet;Mary Shaw", aff="Oxford+Google;; CMU ")
    assert people(record) == [("Ada Lovelace", ["Oxford", "Google"]), ("Jean Sammet", []), ("Mary Shaw", ["CMU"])]
    assert problems == []


def test_an_empty_slot_shifts_no_affiliation() -> None:
    record, problems = one(title="T", author="Ada Lovelace;;Mary Shaw", aff="Oxford;MIT;CMU")
    assert people(record) == [("Ada Lovelace", ["Oxford"]), ("Mary Shaw", ["CMU"])]
    assert [(field.text, field.of) for field in record.all("affiliation")][1] == ("MIT", None)
    assert whats(problems) == ["2: an author without a name (A;;B)"]


def test_doubled_list_of_authors_is_read_once() -> None:
    papers = [{"title": f"T{i}", "author": "A. Bee;C. Dee;A. Bee;C. Dee", "aff": "X, USA; Y", "author_num": 4} for i in range(9)]
    records, problems = run(papers)
    assert {tuple(map(str, people(record))) for record in records} == {
        ("('A. Bee', ['X, USA'])", "('C. Dee', ['Y'])"),
    }
    assert whats(problems) == ["2: all authors named twice (A;B;A;B), read once: 9 times, first here"]


def test_people_of_one_name_stay_two() -> None:
    record, problems = one(title="T", author="Xi Chen;Xi Chen;Bo Tang", aff="X;Y;Z")
    assert people(record) == [("Xi Chen", ["X"]), ("Xi Chen", ["Y"]), ("Bo Tang", ["Z"])]
    assert whats(problems) == ["2: an author named twice"]


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("Ada Lovelace, Jean Sammet", ["Ada Lovelace", "Jean Sammet"]),
        ("Kerry A. Seitz, Jr., John D. Owens", ["Kerry A. Seitz Jr.", "John D. Owens"]),
        ("Ada Lovelace,, Jean Sammet,", ["Ada Lovelace", "Jean Sammet"]),
        ("Rodriguez, S.;Xinyu Tang", ["S. Rodriguez", "Xinyu Tang"]),
        ("Lovelace, Ada", ["Ada Lovelace"]),
        ("Nathan H. Brown; Jr.", ["Nathan H. Brown Jr."]),
        ("Ada Lovelace, Jean Sammet and Mary Shaw", ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("A. Bee;C. Dee and E. Eff", ["A. Bee", "C. Dee", "E. Eff"]),
        ("A. Bee;and C. Dee", ["A. Bee", "C. Dee"]),
        ("A. Bee;University of Arts and Crafts", ["A. Bee", "University of Arts and Crafts"]),
    ],
)
def test_lists_of_authors(author: str, expected: list[str]) -> None:
    assert texts(one(title="T", author=author)[0], "author") == expected


def test_comma_joined_authors_are_told_once_a_file() -> None:
    _, problems = run([{"title": f"T{i}", "author": "A Bee, C Dee", "track": "main"} for i in range(5)])
    assert whats(problems) == ["2: authors joined by commas or `and`, read as a list: 5 times, first here"]


@pytest.mark.parametrize("author", ["Ada Lovelace; Jean Sammet; et al.", "Ada Lovelace, Jean Sammet et al."])
def test_a_cut_list_says_so(author: str) -> None:
    record, _ = one(title="T", author=author, aff="X;Y")
    assert people(record) == [("Ada Lovelace", ["X"]), ("Jean Sammet", ["Y"])]
    assert texts(record, "et_al") == ["et al."]


def test_affiliations_of_a_single_author_are_theirs() -> None:
    record, problems = one(title="T", author="Ada Lovelace", aff="Oxford; Google")
    assert people(record) == [("Ada Lovelace", ["Oxford", "Google"])]
    assert problems == []


def test_affiliations_that_fit_no_author_keep_none() -> None:
    record, problems = one(title="T", author="A Bee;C Dee;E Eff", aff="X;X;Y;Z")
    assert [(field.text, field.of) for field in record.all("affiliation")] == [("X", None), ("Y", None), ("Z", None)]
    assert [problem.line for problem in problems] == [5]


def test_the_name_of_an_author_is_no_affiliation_of_his() -> None:
    record, problems = one(title="T", author="A Bee;C Dee;E Eff", aff="X;C Dee;A Bee+E Eff")
    assert people(record) == [("A Bee", ["X"]), ("C Dee", []), ("E Eff", ["A Bee"])]
    assert [field.text for field in record.all("other")] == ["C Dee", "E Eff"]
    assert whats(problems) == ["5: an author's own name in place of the affiliation, not read as one"] * 2


def test_the_same_affiliations_for_each_author() -> None:
    record, problems = one(title="T", author="A Bee;C Dee", aff="INSA ; LAAS, Toulouse; INSA ; LAAS, Toulouse")
    assert people(record) == [("A Bee", ["INSA", "LAAS, Toulouse"]), ("C Dee", ["INSA", "LAAS, Toulouse"])]
    assert problems == []


def test_entities_in_affiliations_are_no_separators() -> None:
    record, _ = one(title="T", author="A Bee;C Dee", aff="AT&amp;T; Texas A&M; ")
    assert people(record) == [("A Bee", ["AT&T"]), ("C Dee", ["Texas A&M"])]


def test_lists_that_name_each_affiliation_once_are_not_parallel() -> None:
    papers = [{"title": f"T{i}", "author": "A Bee;C Dee;E Eff", "aff": f"X{i};Y;Z"} for i in range(12)]
    records, problems = run(papers)
    assert all(field.of is None for record in records for field in record.all("affiliation"))
    assert len(problems) == 1
    blank = [{**paper, "aff": " ; ; "} for paper in papers]
    _, problems = run(blank)
    assert problems == []
    records, problems = run([*papers, *({**paper, "aff": "X;Y;X"} for paper in papers)])
    assert all(field.of is not None for record in records for field in record.all("affiliation"))
    assert problems == []


def test_what_is_no_person() -> None:
    author = "Mingliang Zhang1; Peking University; x@y.org x@y.org; Mufan (Bill) Li; Ze Liu(†); Gemma Team; Cl\\con Bee"
    record, problems = one(title="T", author=author)
    assert [(field.text, field.value) for field in record.all("author")] == [
        ("Mingliang Zhang", None), ("Peking University", "group"), ("Mufan (Bill) Li", None), ("Ze Liu", None),
        ("Gemma Team", "group"), ("Cl\\con Bee", None),
    ]  # fmt: skip
    assert texts(record, "other") == ["x@y.org x@y.org"]
    assert sorted(whats(problems)) == [
        "2: LaTeX in an author's name",
        "2: a footnote mark behind a name, left out",
        "2: a footnote mark behind a name, left out",
        "2: an institution among the authors",
        "2: no name but something else among the authors, not taken for one",
    ]


def test_authors_come_from_the_site_if_need_be() -> None:
    record, _ = one(title="T", author="", author_site="Ada Lovelace, Jean Sammet", aff="X;Y")
    assert people(record) == [("Ada Lovelace", ["X"]), ("Jean Sammet", ["Y"])]
    assert record.fields[1].path == "$[0].author_site"


# Abstracts


def mixed_up() -> list[dict[str, Any]]:
    birds = "The songs of birds in mangrove forests are recognised by separable convolutions and a fusion of features."
    return [
        {"title": "Preface", "abstract": "n/a", "track": "main", "status": "Poster"},
        {"title": "Recognising mangrove birds by fusing convolutions", "abstract": birds},
        {"title": "Attention for matching texts to images", "abstract": birds, "author": "A B"},
        {"title": "Mangrove birds by fusing convolutions", "abstract": "Short."},
    ]


def test_the_abstract_of_another_paper_is_set_aside() -> None:
    records, problems = run(mixed_up())
    assert [texts(record, "abstract") for record in records] == [[], [mixed_up()[1]["abstract"]], [], ["Short."]]
    assert texts(records[2], "other") == [mixed_up()[1]["abstract"]]
    assert whats(problems) == [
        "14: the abstract of another paper, the one in line 8; set aside",
        "4: 'n/a' where the abstract should be, set aside",
        "19: an abstract of a few words",
    ]
    records, _ = run([mixed_up()[2], mixed_up()[1]])
    assert [texts(record, "abstract") for record in records] == [[], [mixed_up()[1]["abstract"]]]
    records, _ = run(mixed_up(), indent=None)  # all on one line: the path tells them apart
    assert [len(texts(record, "abstract")) for record in records] == [0, 1, 0, 1]


def test_an_abstract_that_could_be_of_either_stays_with_both() -> None:
    papers = [{"title": title, "abstract": "We prove that " * 20} for title in ("On apples", "On oranges")]
    records, problems = run(papers)
    assert all(record.first("abstract") for record in records)
    assert whats(problems) == ["6: the same abstract as that of the paper in line 2, and it could be of either"]


def test_a_paper_that_is_there_twice_is_no_mistake() -> None:
    papers = [{"title": title, "abstract": "We prove that " * 20} for title in ("On apples", "On Apples.")]
    records, problems = run(papers)
    assert all(record.first("abstract") for record in records)
    assert problems == []


def test_broken_characters_are_repaired() -> None:
    record, problems = one(title="A robotâ\x80\x99s arm", author="StÃ©phane Caron", aff="Polit#x00E9;cnico", abstract="It\x92s.")
    assert [field.text for field in record.fields if field.path != "(file name)"] == [
        "A robot’s arm", "Stéphane Caron", "Politécnico", "It’s.",
    ]  # fmt: skip
    assert whats(problems)[0] == "2: characters of UTF-8 that was read as Latin-1, repaired: 4 times, first here"


def test_markup_and_line_ends_in_titles() -> None:
    record, _ = one(title="Deep\r H<sub>2</sub>O &amp; more\n for all ", abstract="a < b, <i>so</i> c > d")
    assert texts(record, "title") == ["Deep H2O & more for all"]
    assert texts(record, "abstract") == ["a < b, so c > d"]


# Identifiers, addresses, dates


def test_identifiers() -> None:
    record, problems = one(
        title="T", track="main", doi="https://link.springer.com/chapter/10.1007/978-3-031-19836-6 _31", arxiv="1803.09722v2",
        site="https://openreview.net/forum?id=05T81ScPFb", github="github.com/a/b; https://github.com/c/d",
        project="javascript:kg()", pdf="https://x.org/a b.pdf",
    )  # fmt: skip
    found = {(field.name, field.text, field.value) for field in record.fields}
    assert found >= {
        ("identifier", "https://link.springer.com/chapter/10.1007/978-3-031-19836-6 _31", "doi:10.1007/978-3-031-19836-6_31"),
        ("identifier", "https://openreview.net/forum?id=05T81ScPFb", "openreview:05T81ScPFb"),
        ("arxiv_id", "1803.09722v2", "1803.09722"), ("version", "v2", None),
        ("url", "github.com/a/b", "https://github.com/a/b"), ("url", "https://github.com/c/d", None),
        ("other", "javascript:kg()", None), ("other", "https://x.org/a b.pdf", None),
    }  # fmt: skip
    assert sorted(whats(problems)) == [
        "10: a web address with a blank in it, not used as one",
        "5: a DOI with a blank in it, repaired",
    ]


@pytest.mark.parametrize(
    ("key", "text", "what"),
    [("doi", "11.1/x", "no DOI"), ("arxiv", "9999.99999", "no arXiv id"), ("year", "20 24", "no year")],
)
def test_what_is_no_identifier_is_kept_and_told(key: str, text: str, what: str) -> None:
    record, problems = one(title="T", **{key: text})
    assert texts(record, "other") == [text]
    assert whats(problems) == [f"4: {what}: {text!r}"]


BIBTEX = """@inproceedings{lovelace2019note,
  title = {A Note on the {E}ngine},
  author = {Lovelace, Ada and Sammet, Jean},
  booktitle = "Proceedings of the {EMNLP} \\& friends",
  year = {2020},
  volume = 7, pages = {1--9}, publisher = {PMLR},
  doi = {10.1000/xyz}, abstract = {We note.}
}"""


def test_embedded_bibtex_gives_what_the_record_lacks() -> None:
    record, problems = one("emnlp2019.json", title="A Note on the Engine", author="Ada Lovelace;Jean Sammet", bibtex=BIBTEX)
    assert {(field.name, field.text, field.value) for field in record.fields if field.path == "$[0].bibtex"} == {
        ("other", BIBTEX, None), ("venue", "Proceedings of the EMNLP & friends", None), ("date", "2020", "2020"),
        ("volume", "7", None), ("pages", "1–9", None), ("publisher", "PMLR", None), ("abstract", "We note.", None),
        ("identifier", "10.1000/xyz", "doi:10.1000/xyz"),
    }  # fmt: skip
    assert problems == []


def test_embedded_bibtex_gives_nothing_that_the_record_has() -> None:
    record, _ = one(title="A Note on the Engine", author="A", abstract="Ours is long.", year=2019, doi="10.1000/abc", bibtex=BIBTEX)
    assert [texts(record, name) for name in ("abstract", "date", "identifier")] == [["Ours is long."], ["2019"], ["10.1000/abc"]]


def test_embedded_bibtex_of_another_paper() -> None:
    record, problems = one(title="Cooking with several kinds of pasta", author="Ada Lovelace", bibtex=BIBTEX.replace("on the", "concerning analytical"))
    assert record.first("venue") is None
    assert whats(problems) == ["5: the embedded BibTeX is that of another paper: 'A Note concerning analytical Engine'"]


def test_embedded_bibtex_names_the_authors_that_the_record_lacks() -> None:
    names = "Ada Lovelace and Sammet, Jean E. and {Erd{\\H o}s}, Paul and {Kettle Team}"
    record, problems = one(title="A Note on the Engine", author="Ada Lovelace", bibtex=BIBTEX.replace("Lovelace, Ada and Sammet, Jean", names))
    assert [(field.text, field.value, field.path) for field in record.all("author")] == [
        ("Ada Lovelace", None, "$[0].author"), ("Jean E. Sammet", None, "$[0].bibtex"), ("Paul Erdős", None, "$[0].bibtex"),
        ("Kettle Team", "group", "$[0].bibtex"),
    ]  # fmt: skip
    assert whats(problems) == ["5: only the first author, the others taken from the embedded BibTeX"]


@pytest.mark.parametrize("author", ["Jean Sammet;Ada Lovelace", "Jean Sammet", "Ada Lovelace;Jean Sammet;Mary Shaw"])
def test_embedded_bibtex_with_other_authors(author: str) -> None:
    _, problems = one(title="A Note on the Engine", author=author, bibtex=BIBTEX)
    assert whats(problems) == ["5: authors other than in the embedded BibTeX, or in another order"]


@pytest.mark.parametrize(
    ("name", "year", "venue"),
    [
        ("icra2007.json.gz", "2007", "ICRA"), ("a/b/siggraph-asia_2020.json", "2020", "SIGGRAPH Asia"),
        ("3dv2025.json", "2025", "3DV"), ("papers2024.json", "2024", None), ("scrape_20240512.json", None, None),
        ("nips.json", None, "NIPS"),
    ],
)  # fmt: skip
def test_year_and_venue_come_from_the_name_of_the_file(name: str, year: str | None, venue: str | None) -> None:
    record, _ = one(name, title="T", track="main")
    date, place = record.first("date"), record.first("venue")
    assert (date and date.text, place and place.text) == (year, venue)
    assert all(field.path == "(file name)" and field.line == record.line for field in (date, place) if field)


# Shape


def test_lines_and_paths() -> None:
    text = '[\n{\n"title": "T",\n"author": "A Bee;C Dee",\n"keywords":\n "x;y；z" },\n{"title": "U"}]'
    records = [row for row in read(Document.of_text(text, "a.json")) if isinstance(row, Record)]
    assert [(record.line, record.ordinal) for record in records] == [(2, 0), (7, 1)]
    assert [(field.name, field.text, field.line, field.path) for field in records[0].fields] == [
        ("title", "T", 3, "$[0].title"), ("author", "A Bee", 4, "$[0].author"), ("author", "C Dee", 4, "$[0].author"),
        ("keyword", "x", 6, "$[0].keywords"), ("keyword", "y", 6, "$[0].keywords"), ("keyword", "z", 6, "$[0].keywords"),
    ]  # fmt: skip


def test_wrong_types_are_kept_and_told() -> None:
    papers: list[Any] = [None, {"title": 5, "author": {"a": 1}, "aff": ["X", "Y"], "track": "main"}, 7, "x", [], {"author": ["A Bee", "C Dee"], "aff": ["X", "Y"]}, {}]
    records, problems = run(papers)
    assert [record.ordinal for record in records] == [0, 1]
    assert texts(records[0], "other") == ["5", '{"a": 1}', "main"]
    assert people(records[1]) == [("A Bee", ["X"]), ("C Dee", ["Y"])]
    assert [problem.what for problem in problems if problem.severity == "error"] == [
        "no paper but null", "$[1].title is a number, not a text", "$[1].author is an object, not a text",
        "no paper but a number", "no paper but a text", "no paper but a list",
    ]  # fmt: skip


def test_three_thousand_authors() -> None:
    names = [f"Ada{'abcdefghij'[i % 10]} Love{i:04}lace" for i in range(3000)]
    record, _ = one(title="T", author=";".join(names), aff=";".join(f"X{i}+Y" for i in range(3000)))
    assert texts(record, "author") == names
    assert [(field.text, field.of) for field in record.all("affiliation")][-2:] == [("X2999", 2999), ("Y", 2999)]


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(
    [";", "A;B;A;B", "A;;B", ", ", "+;+", "{", "x = {{}", "10.1/x", "\ud800", "@a{b, year = 2020}", "é\x80", "&amp;;"]
)
NESTED = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3), max_leaves=5)
KEYS = st.sampled_from(["title", "author", "aff", "affs", "abstract", "bibtex", "doi", "arxiv", "year", "site", "github", "keywords", "x"])


@settings(max_examples=150, deadline=None)
@given(papers=st.lists(st.dictionaries(KEYS, NESTED, max_size=8) | NESTED, max_size=4))
def test_any_values_are_survived_and_none_is_lost(papers: list[Any]) -> None:
    text = json.dumps(papers).replace("NaN", "1").replace("-Infinity", "2").replace("Infinity", "3")
    papers = json.loads(text)
    assert 0.0 <= sniff(text, "x.json") <= 1.0
    records = [row for row in read(Document.of_text(text, "x2020.json")) if isinstance(row, Record)]
    kept = [paper for paper in enumerate(papers) if isinstance(paper[1], dict)]
    lost = [loss for record, (i, paper) in zip(records, kept, strict=True) for loss in lost_keys(record, i, paper)]
    assert lost == []


def lost_keys(record: Record, rank: int, paper: dict[str, Any]) -> list[str]:
    """Return the keys with something in them that no field of the record comes from."""
    paths = {field.path for field in record.fields}
    return [
        f"$[{rank}].{key}"
        for key, content in paper.items()
        if content not in (None, "", [], {})
        and (not isinstance(content, str) or content.strip())
        and f"$[{rank}].{key}" not in paths
    ]


def test_sniff_knows_other_json() -> None:
    assert sniff('[{"title": "T", "authors": ["A"], "abstract": "x"}]', "x.json") == 0.0
    assert sniff('[{"title": "T", "author": [{"family": "A"}], "status": "x", "track": 1}]', "x.json") == 0.0
    assert sniff("[1, 2]", "x.json") == sniff("", "x.json") == 0.0
    assert sniff('[{"status": "Poster", "aff": "X", "track": "main"}]', "x.json") == 0.9


# The corpus


def unzipped(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path))


@pytest.mark.skipif(not FILES, reason="no ../shared/corpora/conferences here")
def test_every_record_of_the_corpus_is_read_and_no_field_lost() -> None:
    papers = traps = 0
    for path in FILES:
        document = examine(partial(unzipped, path), path.name)
        assert isinstance(document, Document)
        assert recognise(document) == "conference_json"
        with gzip.open(path) as stream:
            listed = json.load(stream)
        rank = 0
        for row in read(document):
            if isinstance(row, Record):
                assert row.ordinal == rank
                assert lost_keys(row, rank, listed[rank]) == []
                assert row.first("date")
                rank += 1
            else:
                assert row.severity == "warning", row
                traps += "abstract of another paper" in row.what
        assert rank == len(listed)
        papers += rank
    if len(FILES) == 128:
        assert papers == PAPERS
        assert traps == 10


def test_a_large_file_that_is_read_again_gives_what_a_small_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    held = run(mixed_up())
    monkeypatch.setattr("kg.sources.conference_json._SMALL", 0)
    assert run(mixed_up()) == held


def test_abstracts_are_compared_without_blanks_and_hyphens() -> None:
    assert {letters(text) for text in ("An ab(cid:173)stract", "An ab-\nstract\x1c", "An\u00a0abstract\u2003")} == {"Anabstract"}
