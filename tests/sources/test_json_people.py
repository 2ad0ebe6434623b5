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
        (["K. Abe et al. (Sheep Collaboration)"], ["K. Abe", "Sheep Collaboration"]),
        ("Ada Lovelace, Jean Sammet ... Mary Shaw", ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        ("Ada Lovelace, Jean Sammet et al. (10 authors)", ["Ada Lovelace", "Jean Sammet"]),
        (["Wei Liu (刘伟)", "Flock (Team)"], ["Wei Liu (刘伟)", "Flock (Team)"]),
        ({"0": "Ada Lovelace", "1": "Jean Sammet"}, ["Ada Lovelace", "Jean Sammet"]),
        (["Ada Lovelace", "and Jean Sammet."], ["Ada Lovelace", "Jean Sammet"]),
        (["Ada Lovelace", "John Bee Jr."], ["Ada Lovelace", "John Bee Jr."]),
        ([{"name": "Ada Lovelace, Jean Sammet, Mary Shaw"}], ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        (["Ada Lovelace", "Jean Sammet and Mary Shaw"], ["Ada Lovelace", "Jean Sammet", "Mary Shaw"]),
        (["Ada Lovelace; Jean Sammet"], ["Ada Lovelace", "Jean Sammet"]),
        (["García Márquez, Gabriel José"], ["Gabriel José García Márquez"]),
        (["Bee, William A., Jr.", "Sheep and Goat Working Group"], ["William A. Bee Jr.", "Sheep and Goat Working Group"]),
        (["Department of Flocks, University of Leeds, UK"], ["Department of Flocks, University of Leeds, UK"]),
        ([{"creditName": {"value": "Ada Lovelace"}}], ["Ada Lovelace"]),
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


@pytest.mark.parametrize("authors", ["Ada Lovelace ... Mary Shaw", ["K. Abe et al."], "Ada Lovelace et al. (10 authors)", ["Ada Lovelace", "..."]])
def test_a_list_that_is_cut_says_so(authors: Any) -> None:
    assert one(authors=authors)[0].first("et_al") is not None


@pytest.mark.parametrize(
    ("author", "value"),
    [
        ({"orcid": ["0000-0002-1825-0097"]}, "orcid:0000-0002-1825-0097"),
        ({"pid": {"id": {"scheme": "orcid", "value": "0000-0002-1825-0097"}, "provenance": None}}, "orcid:0000-0002-1825-0097"),
        ({"contributorOrcid": {"uri": "https://orcid.org/0000-0002-1825-0097", "path": "0000-0002-1825-0097", "host": "orcid.org"}}, "orcid:0000-0002-1825-0097"),
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
        ({"Author full names": "Bee, Ada (5719); Dee, C. (5720)", "Authors": "Bee A.; Dee C.", "Affiliations": "Oxford; MIT", "Authors with affiliations": "Bee A., Oxford, MIT; Dee C., MIT"},
         [("Oxford", None), ("MIT", None)]),
    ],
)  # fmt: skip
def test_affiliations(paper: dict[str, Any], expected: list[tuple[str, int | None]]) -> None:
    record, problems = one(**paper)
    assert problems == []
    assert [(field.text, field.of) for field in record.all("affiliation")] == expected


def test_orcid_behind_a_name() -> None:
    record, _ = one(authors=["Lovelace, Ada [Univ. of London] (ORCID:0000000218250097)"])
    assert said(record, "author", "author_id") == {"author": ["Ada Lovelace"], "author_id": ["0000-0002-1825-0097"]}


def test_ror_of_an_affiliation_in_a_list() -> None:
    record, _ = one(authors=[{"name": "A. Bee", "affiliations": [{"name": "Oxford", "ids": [{"type": "ror", "value": "052gg0110"}]}]}])
    assert [(field.value, field.of) for field in record.all("affiliation_id")] == [("ror:052gg0110", 0)]
