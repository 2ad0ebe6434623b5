"""Words that the end of a line has parted are read as one, and told as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import extract_record
from kg.extract.parted import mended
from kg.text import INVISIBLE
from tests.extract.test_contract import TEXTS, record


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("edge detec- tion", "edge detection"),
        ("edge detec-\n  tion", "edge detection"),
        ("semi- deﬁnite programs", "semideﬁnite programs"),
        ("scale- sensitive filters", "scale-sensitive filters"),
        ("the Ada- Boost learner", "the Ada-Boost learner"),
        ("pre- and postsynaptic", "pre- and postsynaptic"),
        ("state-of- the-art", "state-of- the-art"),
        ("a Walnuto- robot", "a Walnuto- robot"),
        ("nuts - shells", "nuts - shells"),
        ("well-known nuts", "well-known nuts"),
    ],
)
def test_a_parted_word_is_one_where_it_is_known(printed: str, read: str) -> None:
    assert INVISIBLE.sub("", mended(printed)) == read


@given(TEXTS | st.lists(st.sampled_from(["detec", "tion", "- ", "-\n", "-\r\n", "and", "İ", "ﬁ", "a"]), max_size=12).map("".join))
def test_nothing_moves(text: str) -> None:
    read = mended(text)
    assert len(read) == len(text)
    assert all(one == other or (one in "- \n\r\t\u2028" or one.isspace()) for one, other in zip(text, read, strict=True) if other != one)


def test_its_name_is_whole_and_its_text_as_printed() -> None:
    paper = record("We sort nuts by edge detec- tion and semi- deﬁnite programming.", "Nut sorting")
    told = {mention.text: mention for mention in extract_record(paper) if mention.field == "abstract"}
    assert told["edge detec- tion"].canonical == "edge detection"
    assert told["semi- deﬁnite programming"].canonical == "semidefinite programming"
    assert all(mention.concept for mention in told.values())
