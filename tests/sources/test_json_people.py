"""Authors and affiliations in people's own JSON, in whatever shape they come."""

from typing import Any

import pytest

from tests.sources.own_json import one, said, texts


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ([{"name": "Ada", "surname": "Lovelace"}], ["Ada Lovelace"]),
        ([{"fullName": "Lovelace, Ada", "name": "Ada", "surname": "Lovelace"}], ["Ada Lovelace"]),
        ([{"name": {"firstName": "Ada", "lastName": "Lovelace"}}], ["Ada Lovelace"]),
        ([{"ce:given-name": "Ada", "ce:surname": "Lovelace", "@seq": "1"}], ["Ada Lovelace"]),
        ([{"full": "Ada Lovelace", "id": "ada-lovelace"}], ["Ada Lovelace"]),
        ([{"@_fa": "true", "$": "Lovelace, Ada"}], ["Ada Lovelace"]),
        ({"authors": [{"name": "Lovelace, Ada"}], "editors": []}, ["Ada Lovelace"]),
        ({"@CompleteYN": "Y", "Author": {"LastName": "Lovelace", "ForeName": "Ada"}}, ["Ada Lovelace"]),
        ({"value": ["Ada Lovelace", "Jean Sammet"]}, ["Ada Lovelace", "Jean Sammet"]),
        ([["Lin Chen 0009", "13/3479-9"], ["Ada Lovelace", "University of Oxford"]], ["Lin Chen", "Ada Lovelace"]),
        ("Ada Lovelace. . .Mary Shaw", ["Ada Lovelace", "Mary Shaw"]),
        ("^Pot, B., #Fox, E., and Shaw, M.J.*", ["B. Pot", "E. Fox", "M.J. Shaw"]),
        ("Lovelace, Sammet, Shaw.", ["Lovelace", "Sammet", "Shaw"]),
        ("*Ada Lovelace, †Jean Sammet and Mary Shaw.", ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        ("A. Lovelace, J. Sammet, M. Shaw,\n B. Pot,\n E. Fox", ["A. Lovelace", "J. Sammet", "M. Shaw", "B. Pot", "E. Fox"]),
        (["K. Abe et al. (Sheep Collaboration)"], ["K. Abe", "Sheep Collaboration"]),
        ("Ada Lovelace, Jean Sammet ... Mary Shaw", ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        ("Ada Lovelace, Jean Sammet et al. (10 authors)", ["Ada Lovelace", "Jean Sammet"]),
        (["Wei Liu (刘伟)", "Flock (Team)"], ["Wei Liu (刘伟)", "Flock (Team)"]),
        ({"0": "Ada Lovelace", "1": "Jean Sammet"}, ["Ada Lovelace", "Jean Sammet"]),
        (["Ada Lovelace", "and Jean Sammet."], ["Ada Lovelace", "Jean Sammet"]),
        (["Ada Lovelace", "and Jean Sammet"], ["Ada Lovelace", "Jean Sammet"]),
        (["Ada Lovelace", "John Bee Jr."], ["Ada Lovelace", "John Bee Jr."]),
        ([{"name": "Ada Lovelace, Jean Sammet, Mary Shaw"}], ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        (["Ada Lovelace", "Jean Sammet and Mary Shaw"], ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        (["Ada Lovelace; Jean Sammet"], ["Ada Lovelace", "Jean Sammet"]),
        (["García Márquez, Gabriel José"], ["Gabriel José García Márquez"]),
        (["Bee, William A., Jr.", "Sheep and Goat Working Group"], ["William A. Bee Jr.", "Sheep and Goat Working Group"]),
        (["Department of Flocks, University of Leeds, UK"], ["Department of Flocks, University of Leeds, UK"]),
        ([{"creditName": {"value": "Ada Lovelace"}}], ["Ada Lovelace"]),
        # an object for each author, under keys that count
        ({"author1": {"name": "Ada Lovelace"}, "author2": {"name": "Jean Sammet"}}, ["Ada Lovelace", "Jean Sammet"]),
        ({"author2": "Jean Sammet", "author10": "Mary Shaw", "author1": "Ada Lovelace"}, ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        ({"1": {"name": "Ada Lovelace"}, "2": {"name": "Jean Sammet"}}, ["Ada Lovelace", "Jean Sammet"]),
        ({"second": {"name": "Jean Sammet"}, "first": {"name": "Ada Lovelace"}}, ["Ada Lovelace", "Jean Sammet"]),
        ({"co_authors": "Jean Sammet, Mary Shaw", "first_author": "Ada Lovelace"}, ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        ({"list": [{"name": "Ada Lovelace"}], "count": 1}, ["Ada Lovelace"]),
        ([{"name": "Lovelace A"}, {"name": "Sammet JE"}], ["A Lovelace", "JE Sammet"]),
        ({"ada": {"name": "Ada Lovelace"}, "jean": {"name": "Jean Sammet"}}, ["Ada Lovelace", "Jean Sammet"]),
        ([{"author1": {"name": "Ada Lovelace"}}, {"author2": {"name": "Jean Sammet"}}], ["Ada Lovelace", "Jean Sammet"]),
        ({"author": [{"author": {"name": {"first": "Ada", "last": "Lovelace"}}, "position": 1}]}, ["Ada Lovelace"]),
        ([{"person": {"name": {"full": "Ada Lovelace"}}}], ["Ada Lovelace"]),
        ([{"name": "Ada Lovelace", "role": "Author"}, {"name": "Jean Sammet", "role": {"term": {"en_GB": "Editor"}}}, {"name": "Mary Shaw", "inspire_roles": ["supervisor"]}],
         ["Ada Lovelace"]),
    ],
)  # fmt: skip
def test_names(authors: Any, expected: list[str]) -> None:
    record, problems = one(authors=authors)
    assert problems == []
    assert texts(record, "author") == expected


@pytest.mark.parametrize(
    "authors",
    [["Ada Lovelace", "12 others"], "Ada Lovelace, +3 more", "Ada Lovelace; and 7 others", "Ada Lovelace and 4 other authors", "Ada Lovelace;…"],
)
def test_others_who_are_counted_are_no_author(authors: Any) -> None:
    record, problems = one(authors=authors)
    assert problems == []
    assert texts(record, "author") == ["Ada Lovelace"]
    assert record.first("et_al") is not None


@pytest.mark.parametrize("authors", ["Ada Lovelace ... Mary Shaw", "Ada Lovelace…Mary Shaw", "A. Bee. . .C. Dee", ["K. Abe et al."], "Ada Lovelace et al. (10 authors)", ["Ada Lovelace", "..."]])
def test_a_list_that_is_cut_says_so(authors: Any) -> None:
    assert one(authors=authors)[0].first("et_al") is not None


@pytest.mark.parametrize(
    ("paper", "expected", "rest"),
    [
        ({"author_1": "Ada Lovelace", "author_2": {"name": "Jean Sammet"}}, ["Ada Lovelace", "Jean Sammet"], []),
        ({"first_author": "Ada Lovelace", "coauthors": ["Jean Sammet", "Mary Shaw"]}, ["Ada Lovelace", "Jean Sammet", "Mary Shaw"], []),
        ({"first_author": "Ada Lovelace", "authors": ["Ada Lovelace", "Jean Sammet"]}, ["Ada Lovelace", "Jean Sammet"], ["Ada Lovelace"]),
        ({"author_count": 2, "authors": ["Ada Lovelace"]}, ["Ada Lovelace"], ["2"]),
    ],
)
def test_authors_under_keys_of_their_own(paper: dict[str, Any], expected: list[str], rest: list[str]) -> None:
    record, problems = one(**paper)
    assert problems == []
    assert said(record, "author", "et_al", "other") == {"author": expected, "et_al": [], "other": rest}


@pytest.mark.parametrize("paper", [{"first_author": "Ada Lovelace"}, {"authors": {"firstAuthor": "Ada Lovelace"}}])
def test_where_only_the_first_author_is_told_there_may_be_more(paper: dict[str, Any]) -> None:
    record, _ = one(**paper)
    assert texts(record, "author") == ["Ada Lovelace"]
    assert record.first("et_al") is not None


@pytest.mark.parametrize(
    "authors",
    [
        {"Ada Lovelace": "Oxford", "Sammet, Jean": ["MIT", "CMU"], "Mary Shaw": {"affiliation": "CMU", "orcid": "0000-0002-1825-0097"}},
        [{"Ada Lovelace": "Oxford"}, {"Sammet, Jean": ["MIT", "CMU"]}, {"Mary Shaw": {"affiliation": "CMU", "orcid": "0000-0002-1825-0097"}}],
    ],
)
def test_names_as_keys_of_what_is_said_of_them(authors: Any) -> None:
    record, problems = one(authors=authors)
    assert problems == []
    assert texts(record, "author") == ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]
    assert [(field.text, field.of) for field in record.all("affiliation")] == [("Oxford", 0), ("MIT", 1), ("CMU", 1), ("CMU", 2)]
    assert [(field.value, field.of) for field in record.all("author_id")] == [("orcid:0000-0002-1825-0097", 2)]


def test_an_author_without_name_is_told_and_kept() -> None:
    record, problems = one(authors=[{"name": "Ada Lovelace"}, {"age": 36}])
    assert [problem.what for problem in problems] == ["$[0].authors[1] has no author's name"]
    assert said(record, "author", "other") == {"author": ["Ada Lovelace"], "other": ["36"]}


def test_collaborations_sign_behind_the_authors() -> None:
    record, problems = one(collaborations=[{"value": "SHEEP", "record": 7}], corporate_author=["Flock Office"], consortium={"size": 7}, authors=["Ada Lovelace"])
    assert problems == []
    assert [(field.text, field.value) for field in record.all("author")] == [("Ada Lovelace", None), ("SHEEP", "group"), ("Flock Office", "group")]
    assert '{"size": 7}' in texts(record, "other")


def test_orcids_in_lists_beside_the_authors() -> None:
    ids = ["-", "0000-0002-1825-0097"]
    record, problems = one(author=["Lovelace, Ada", "Sammet, Jean"], orcid_pub=ids, orcid_user=ids, orcid_other=["-", "-"], aff=["Oxford; MIT", "-"])
    assert problems == []
    assert [(field.value, field.of, field.path) for field in record.all("author_id")] == [("orcid:0000-0002-1825-0097", 1, "$[0].orcid_pub[1]")]
    assert [(field.text, field.of) for field in record.all("affiliation")] == [("Oxford", 0), ("MIT", 0)]


@pytest.mark.parametrize(
    ("author", "value"),
    [
        ({"orcid": ["0000-0002-1825-0097"]}, "orcid:0000-0002-1825-0097"),
        ({"pid": {"id": {"scheme": "orcid", "value": "0000-0002-1825-0097"}, "provenance": None}}, "orcid:0000-0002-1825-0097"),
        ({"contributorOrcid": {"uri": "https://orcid.org/0000-0002-1825-0097", "path": "0000-0002-1825-0097", "host": "orcid.org"}}, "orcid:0000-0002-1825-0097"),
        ({"person_or_org": {"family_name": "Lovelace", "identifiers": [{"scheme": "orcid", "identifier": "0000-0002-1825-0097"}]}}, "orcid:0000-0002-1825-0097"),
        ({"ids": [{"schema": "ORCID", "value": "0000-0002-1825-0097"}, {"schema": "INSPIRE BAI", "value": "A.L.1"}]}, "orcid:0000-0002-1825-0097"),
        ({"openreview_id": "~Ada_Lovelace1"}, "openreview:~Ada_Lovelace1"),
        ({"au_id": "https://openalex.org/A5048491430", "institution_id": "https://openalex.org/I4200000001"}, "openalex:A5048491430"),
    ],
)
def test_ids_of_authors(author: dict[str, Any], value: str) -> None:
    record, problems = one(authors=[{"name": "Ada Lovelace", **author}])
    assert problems == []
    assert [(field.value, field.of) for field in record.all("author_id")] == [(value, 0)]


def test_number_of_a_namesake_in_dblp() -> None:
    record, _ = one(authors=["Lin Chen 0009", "Ada Lovelace"])
    assert texts(record, "author") == ["Lin Chen", "Ada Lovelace"]
    assert [(field.text, field.value, field.of) for field in record.all("author_id")] == [("Lin Chen 0009", None, 0)]


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        ({"authors": ["Lovelace, Ada [Univ. of London (UK)] (ORCID:0000000218250097)", "Jean Sammet (IBM)"]}, [("Univ. of London (UK)", 0), ("IBM", 1)]),
        ({"authors": "Ada Lovelace (University of London), Jean Sammet (IBM), Mary Shaw (University of London)"},
         [("University of London", 0), ("IBM", 1), ("University of London", 2)]),
        ({"authors": "Shaw, Mary (May), Pot, Bo (Bob)"}, []),
        ({"authors": [{"name": "A. Bee", "affiliations": [], "raw_affiliation": ["Oxford"]}]}, [("Oxford", 0)]),
        ({"authors": [{"name": "A. Bee", "affiliations": [{"name": "Oxford"}], "raw_affiliation": ["Univ. Oxford, UK"]}]}, [("Oxford", 0)]),
        ({"authors": [{"name": "A. Bee", "affiliation_ids": [1, 2]}, {"name": "C. Dee", "affiliation_ids": [2]}],
          "affiliations": [{"id": 1, "institution": "Oxford"}, {"id": 2, "institution": "MIT"}]}, [("Oxford", 0), ("MIT", 0), ("MIT", 1)]),
        ({"authors": [{"name": "A. Bee", "affiliations": ["a"]}, {"name": "C. Dee", "affiliations": "b"}], "affiliations": {"a": "Oxford", "b": "MIT"}}, [("Oxford", 0), ("MIT", 1)]),
        ({"authors": [{"name": "A. Bee", "affiliations": "1,2"}, {"name": "C. Dee", "affiliations": "2"}],
          "affiliations": [{"numeration": "1", "name": "Oxford"}, {"numeration": "2", "name": "MIT"}]}, [("Oxford", 0), ("MIT", 0), ("MIT", 1)]),
        ({"authors": [{"name": "A. Bee", "affiliation": {"@id": "6"}}], "affiliation": [{"@id": "6", "affilname": "Oxford"}]}, [("Oxford", 0)]),
        ({"authors": ["A. Bee", "C. Dee"], "affiliations": [{"name": "Oxford", "country": "UK"}]}, [("Oxford", None)]),
        ({"authors": ["A. Bee", "C. Dee"], "affiliation": "Oxford"}, [("Oxford", None)]),
        ({"authors": [["A. Bee", "7 Mill Lane"], ["C. Dee", "MIT", "c@mit.edu"]]}, [("MIT", 1)]),
        ({"authors": {"author1": {"name": "A. Bee", "affiliation": "a, b"}, "author2": {"name": "C. Dee", "affiliation": 1}}, "affiliations": [{"id": 1, "name": "MIT"}]},
         [("a, b", 0), ("MIT", 1)]),
        ({"authors": [{"name": "A. Bee", "affiliation": 7}], "affiliation": "Oxford"}, []),
        ({"authors": [{"name": "A. Bee", "affiliations": {"affiliation": [{"name": "Oxford"}, "MIT", "n/a"]}}]}, [("Oxford", 0), ("MIT", 0)]),
        ({"authors": ["A. Bee", "C. Dee"], "affiliations": {"a": "Oxford", "b": "MIT"}}, []),
        ({"affiliations": ["Oxford", "MIT"], "doi": "10.1000/1"}, [("Oxford", None), ("MIT", None)]),
        ({"authors": [{"name": "A. Bee", "affiliations": [{"id": 3, "name": {"value": "Oxford"}}]}]}, [("Oxford", 0)]),
        ({"authors": [{"name": "A. Bee", "affiliations": [{"name": {"text": [{"locale": "en", "value": "Oxford"}]}}]}]}, [("Oxford", 0)]),
        ({"Author full names": "Bee, Ada (5719); Dee, C. (5720)", "Authors": "Bee A.; Dee C.", "Affiliations": "Oxford; MIT", "Authors with affiliations": "Bee A., Oxford, MIT; Dee C., MIT"},
         [("Oxford", None), ("MIT", None)]),
    ],
)  # fmt: skip
def test_affiliations(paper: dict[str, Any], expected: list[tuple[str, int | None]]) -> None:
    record, problems = one(**paper)
    assert problems == []
    assert [(field.text, field.of) for field in record.all("affiliation")] == expected


def test_key_of_dblp_behind_a_name() -> None:
    record, _ = one(authors=[["Lin Chen 0009", "13/3479-9", "7"]])
    assert [(field.name, field.text, field.value, field.of) for field in record.fields if field.name in {"author_id", "other"}] == [
        ("author_id", "Lin Chen 0009", None, 0), ("author_id", "13/3479-9", "dblp:13/3479-9", 0), ("other", "7", None, 0),
    ]  # fmt: skip


def test_orcid_behind_a_name() -> None:
    record, _ = one(authors=["Lovelace, Ada [Univ. of London] (ORCID:0000000218250097)"])
    assert said(record, "author", "author_id") == {"author": ["Ada Lovelace"], "author_id": ["0000-0002-1825-0097"]}


def test_ror_of_an_affiliation_in_a_list() -> None:
    record, _ = one(authors=[{"name": "A. Bee", "affiliations": [{"name": "Oxford", "ids": [{"type": "ror", "value": "052gg0110"}]}]}])
    assert [(field.value, field.of) for field in record.all("affiliation_id")] == [("ror:052gg0110", 0)]


@pytest.mark.parametrize(("authors", "names"), [
    (["Lovelace A", "Invented Loom Group", "Babbage CB"], ["A Lovelace", "Invented Loom Group", "CB Babbage"]),
    ([{"name": "Lovelace A", "authtype": "Author"}, {"name": "Threads of Oslo", "authtype": "CollectiveName"}], ["A Lovelace", "Threads of Oslo"]),
    ([{"name": "Lovelace A", "authtype": "Author"}], ["A Lovelace"]),
    (["Malcolm X"], ["Malcolm X"]), ([{"name": "Malcolm X"}, {"name": "Invented Loom Group"}], ["Malcolm X", "Invented Loom Group"]),
])  # fmt: skip
def test_names_as_pubmed_has_them_beside_collectives_and_alone(authors: list[Any], names: list[str]) -> None:
    record, problems = one(authors=authors)
    assert (texts(record, "author"), problems) == (names, [])
    assert [field.text for field in record.all("author") if field.value == "group"] == [name for name in names if name in {"Invented Loom Group", "Threads of Oslo"}]
