"""No label is missed: where one begins is told, whatever else is."""

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.beginnings import Beginnings
from kg.extract.vocabulary import Vocabulary

KEYS = st.sampled_from("abcdefgh")


@given(st.sets(KEYS), st.sets(st.tuples(KEYS, KEYS)), st.lists(KEYS, max_size=30))
def test_every_beginning_is_told(alone: set[str], pairs: set[tuple[str, str]], text: list[str]) -> None:
    words = Vocabulary()
    told = Beginnings(alone, pairs).among(words, [words[word] for word in text])
    right = {at for at, word in enumerate(text) if word in alone or tuple(text[at : at + 2]) in pairs}
    assert right <= set(told)
    assert told == sorted(told)
    begin = {one for one, _ in pairs} | alone
    assert all(text[at] in begin for at in told)


def test_few_other_places_are_told() -> None:
    pairs = {(f"a{number}", f"b{number}") for number in range(5000)}
    words = Vocabulary()
    text = [part for number in range(5000) for part in (f"a{number}", f"b{(number + 1) % 5000}")]
    told = Beginnings((), pairs).among(words, [words[word] for word in text])
    assert len(told) < 0.1 * len(text)
