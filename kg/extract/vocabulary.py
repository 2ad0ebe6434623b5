"""Words by number, so that what a rule asks of a word is answered once, and looked up for all words of a text together.

Texts repeat their words: the ten thousand words of a thousand abstracts stand there a hundred and fifty thousand times.

    >>> long = Fact(lambda word, key: len(key) > 4)
    >>> words = Vocabulary()
    >>> long.of(words, [words["network"], words["nets"], words["network"]]).tolist()
    [True, False, True]
"""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, Final

import numpy as np
from numpy.typing import DTypeLike, NDArray

MOST: Final = 1 << 16
"""Words that one vocabulary holds: behind them a new one begins, so that memory has an end."""


class Vocabulary(dict[str, int]):
    """The number of each word, which it is given when it is first asked for.

    Args:
        key: Makes of a word the form in which it is compared.

    Attributes:
        written: The words, by their numbers.
        compared: The key of each.
        answers: For each fact that was asked for: the answers, by the words' numbers, and how many there are.
    """

    def __init__(self, key: Callable[[str], str] = str.lower) -> None:
        super().__init__()
        self._key = key
        self._lock = Lock()
        self.written: list[str] = []
        self.compared: list[str] = []
        self.answers: dict[Fact, tuple[NDArray[Any], int]] = {}

    def __missing__(self, word: str) -> int:
        with self._lock:
            number = self.get(word)
            if number is None:
                number = len(self.written)
                self.compared.append(self._key(word))
                self.written.append(word)
                self[word] = number
        return number


class Fact:
    """A question about words by themselves, whose answers are kept.

    Args:
        ask: Answers it for a word and its key.
        kind: The type of the answers.
    """

    def __init__(self, ask: Callable[[str, str], object], kind: DTypeLike = np.bool_) -> None:
        self._ask = ask
        self._kind = kind

    def of(self, words: Vocabulary, numbers: Sequence[int] | NDArray[np.intp]) -> NDArray[Any]:
        """Return the answers for words that have these numbers."""
        answers, known = words.answers.get(self, (_NOTHING, 0))
        if known < len(words.written):
            answers = self._learned(words, answers, known)
        told: NDArray[Any] = answers[numbers]
        return told

    def _learned(self, words: Vocabulary, answers: NDArray[Any], known: int) -> NDArray[Any]:
        """Return the answers for all words, of which so many are known, with room for as many again."""
        new = words.written[known:]
        count = known + len(new)
        if count > len(answers):
            more = np.zeros(2 * count, self._kind)
            more[:known] = answers[:known]
            answers = more
        answers[known:count] = np.fromiter(map(self._ask, new, words.compared[known:count]), self._kind, len(new))
        words.answers[self] = answers, count
        return answers


_NOTHING: Final = np.zeros(0, np.bool_)
