"""What is looked at in one record."""

import pytest

from kg.resolve.papers import own_title
from tests.resolve.papers.records import ABSTRACT, seen


def test_the_year_is_that_of_the_month() -> None:
    assert seen("a", date="2022-12-31").year == seen("a", date="2022").year == seen("a", arxiv="2212.06175").year == 2022
    assert seen("a").year is None


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("[From Oral 4A] Joint Filtering of Air", "joint filtering of air"),
        ("Poster: Joint Filtering of Air", "joint filtering of air"),
        ("Joint Filtering of Air (Extended Abstract)", "joint filtering of air"),
        ("{Joint Filtering of Air}.", "joint filtering of air"),
        ("Oral History of Gliding", "oral history of gliding"),
        ("Talking Heads: Gliders Speak", "talking heads gliders speak"),
        ("Air (Gliders)", "air gliders"),
        ("RETRACTED ARTICLE: Joint Filtering of Air", "joint filtering of air"),
        ("β-Filtering of Air", "beta filtering of air"),
        ("О планёрах, часть 2", "о планерах часть 2"),
        ("滑翔机", "滑翔 翔机"),
    ],
)
def test_a_title_is_kept_without_what_lists_add(printed: str, title: str) -> None:
    assert seen("a", title=printed).title == title


def test_the_name_before_a_colon_is_not_that_of_the_session() -> None:
    assert seen("a", title="Poster: Kestrel: Planning to Soar").head == "kestrel"


def test_hyphens_of_printed_lines_are_taken_out() -> None:
    broken = ABSTRACT.replace("pressure", "pres(cid:173) sure")
    assert seen("a", abstract=broken).words.tolist() == seen("b", abstract=ABSTRACT).words.tolist()


def test_a_label_does_not_change_what_a_record_is_named_after() -> None:
    assert seen("a", title="Poster: Joint Filtering").anchor != seen("a", title="Joint Filtering").anchor


def test_papers_by_the_same_people_have_names_of_their_own_in_whatever_letters_their_titles_are() -> None:
    titles = ["滑翔机如何寻找上升气流", "夏季茶叶的保存", "О планёрах", "О чае", "Editorial"]
    assert len({seen("a", title=title, authors=["王伟"]).anchor for title in titles}) == len(titles)


def test_an_editorial_is_named_after_its_issue_too() -> None:
    first = {"title": "Editorial", "authors": ["Jane Doe"], "date": "2019", "venue": "Journal of Gliding"}
    assert seen("a", **first).anchor == seen("b", **first).anchor
    for other in ({"date": "2020"}, {"venue": "Journal of Tea"}):
        assert seen("a", **first | other).anchor != seen("b", **first).anchor
    telling = first | {"title": "How Gliders Find Air"}
    assert seen("a", **telling | {"date": "2020"}).anchor == seen("b", **telling).anchor


@pytest.mark.parametrize("title", ["message from the general chairs", "guest editors introduction to the special issue", "list of reviewers 2019", "gliders", "滑翔"])
def test_a_title_that_every_issue_has_or_of_a_word_or_two_is_nobodys_own(title: str) -> None:
    assert not own_title(title)


@pytest.mark.parametrize("title", ["introduction to gliding", "a review of gliders", "workshop on tea", "how gliders find air"])
def test_a_title_with_a_word_of_its_own_is_one_papers(title: str) -> None:
    assert own_title(title)
