"""What is seen in a pair, and that what is missing is silent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.resolve.papers import Features
from kg.resolve.papers import comparison as comparing
from tests.resolve.papers.records import ABSTRACT, OTHER, REWORDED, TEXTS, seen


def texts(one: Features, other: Features) -> dict[str, float]:
    return comparing.seen_in_texts([(one, other)])[0]


def test_nothing_is_seen_in_records_without_anything() -> None:
    assert comparing.seen(seen("a"), seen("b")) == {}


def test_authors_are_compared_by_surname_and_initial() -> None:
    one = seen("a", authors=["Jane Doe", "van den Oord, Aäron"])
    found = comparing.seen(one, seen("b", authors=["A. van den Oord", "J. Doe", "Max Ode"]))
    assert found["authors-contained"] == 1
    assert found["authors"] == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("ICML 2018", "Proceedings of the 35th International Conference on Machine Learning", "one-issue"),
        ("icra", "iros", "two-venues"),
        ("ICLR 2018 Workshop", "nips", "submission"),
        ("arXiv", "nips", "submission"),
        ("icra", "", None),
    ],
)
def test_venues_speak_where_titles_differ(one: str, other: str, expected: str | None) -> None:
    left = seen("a", title="Soaring on Pressure Alone", venue=one)
    right = seen("b", title="Barometers of Gliders", venue=other)
    venues = {"one-issue", "one-series", "submission", "two-venues"}
    assert venues & set(comparing.seen(left, right)) == ({expected} if expected else set())
    again = seen("b", title="Soaring on Pressure Alone", venue=other)
    assert not venues & set(comparing.seen(left, again))


def test_texts_are_compared_by_what_words_tell_and_by_runs_of_words() -> None:
    one, again, reworded, other = (seen(name, abstract=text) for name, text in zip("abcd", (ABSTRACT, ABSTRACT, REWORDED, OTHER), strict=True))
    assert texts(one, again) == {"text": pytest.approx(1), "runs": 1}
    assert texts(one, again)["text"] > texts(one, reworded)["text"] > texts(one, other)["text"]
    assert texts(one, seen("e", abstract=ABSTRACT[:120]))["runs"] > 0.9


@settings(deadline=None)
@given(TEXTS.filter(bool), TEXTS.filter(bool), st.lists(st.tuples(TEXTS, TEXTS), max_size=4))
def test_what_is_seen_does_not_depend_on_side_or_company(one: str, other: str, more: list[tuple[str, str]]) -> None:
    left, right = seen("a", abstract=one), seen("b", abstract=other)
    company = [(seen("c", abstract=a), seen("d", abstract=b)) for a, b in more]
    assert texts(left, right) == texts(right, left) == comparing.seen_in_texts([*company, (left, right)])[-1]


def test_a_title_or_names_in_other_letters_are_silent() -> None:
    one = seen("a", title="How Gliders Find Air", authors=["Jane Doe"], date="2011")
    assert comparing.seen(one, seen("b", title="Как планёры находят воздух", authors=["Джейн Доу"], date="2011")) == {"years": 0}
    other = seen("c", title="О хранении чая летом", authors=["Джейн Доу"])
    assert comparing.seen(other, seen("d", title="Как планёры находят воздух", authors=["Джейн Доу"]))["title"] < 0.5
