"""Keys of names."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.affiliations.words import key_of_name, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nanjing Univ. of Aeronautics & Astronautics", "Nanjing University of Aeronautics and Astronautics"),
        ("Universität Freiburg", "University of Freiburg"), ("Freiburg University", "Universität Freiburg"),
        ("TU Graz", "Graz University of Technology"), ("Technische Universität Graz", "TU Graz"),
        ("Inst. of Tech. Polis", "Institute of Technology, Polis"), ("Nanyang Tech. University", "Nanyang Technological University"),
        ("Shanghai Jiaotong University", "Shanghai Jiao Tong University"), ("Texas A & M", "Texas A&M"), ("Hats Inc.", "Hats Corp"),
        ("Univ. of St.Gallen", "University of Saint Gallen"), ("Unviersity of Polis", "University of Polis"),
        ("UC Davis", "University of California, Davis"), ("IIT Goa", "Indian Institute of Technology Goa"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key_of_name(one) == key_of_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("York University", "University of York"), ("Jinan University", "University of Jinan"), ("Aerospace Corporation", "Aerospace Inc. Hats"),
        ("Hunan University", "Henan University"), ("State University", "University"), ("Free University Polis", "University Polis"),
    ],
)  # fmt: skip
def test_names_of_two_have_two_keys(one: str, other: str) -> None:
    assert key_of_name(one) != key_of_name(other)


@given(st.text(max_size=80))
def test_words_stand_where_they_say(text: str) -> None:
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))
