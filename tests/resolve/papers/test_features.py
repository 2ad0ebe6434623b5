"""What is looked at in one record."""

import pytest

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
