"""What is known of a word is what it would be if it were asked for alone, whatever was asked before."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import vocabulary as module
from kg.extract.tokens import key, tokens, vocabulary
from kg.extract.vocabulary import Fact, Vocabulary

WORDS = st.lists(st.text(max_size=4), max_size=12)


@given(st.lists(WORDS, max_size=4))
def test_words_keep_their_numbers_and_answers(texts: list[list[str]]) -> None:
    known, long, folded = Vocabulary(key), Fact(lambda word, _: len(word) > 2), Fact(lambda _, key: key, np.object_)
    for text in texts:
        numbers = [known[word] for word in text]
        assert [known.written[number] for number in numbers] == text
        assert long.of(known, numbers).tolist() == [len(word) > 2 for word in text]
        assert folded.of(known, numbers).tolist() == [key(word) for word in text]


@given(st.text())
def test_a_text_knows_where_its_words_are(text: str) -> None:
    found = tokens(text)
    capital, wanted = Fact(lambda word, _: word[0].isupper()), found.words[::3]
    assert found.where(capital) == [at for at, word in enumerate(found.words) if word[0].isupper()]
    assert found.places(wanted) == [at for at, word in enumerate(found.words) if word in wanted]


def test_threads_agree_on_the_numbers() -> None:
    known = Vocabulary()
    words = [str(number) for number in range(2000)]
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda order: [known[word] for word in words[::order]], [1, -1] * 4))
    assert all(each[::order] == told[0] for each, order in zip(told, [1, -1] * 4, strict=True))
    assert [known.written[number] for number in told[0]] == words


def test_a_full_vocabulary_gives_way_to_a_new_one() -> None:
    before = tokens("Walnuts are nuts.")
    unseen = (f"w{number}" for number in range(module.MOST + 1))
    tokens(" ".join(unseen))
    assert vocabulary() is not before.vocabulary
    after = tokens("Walnuts are nuts, too.")
    assert after.vocabulary is vocabulary()
    assert before.keys[:3] == after.keys[:3]
