r"""Which words an abbreviation stands for: *scene-property synthesis with NeRF* for `SS-NeRF`.

A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text", Pacific
Symposium on Biocomputing 8 (2003), 451-462, ask that the letters of the short form are found in the long form, in order, the
first one at the beginning of a word. That leaves several long forms to choose from, of which they take the shortest. Here
the one is taken that the letters fit best: those that begin words count most, then those right behind such a letter, and
words that no letter stands for count against it.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from kg.extract.tokens import key
from kg.text import word_set

_WORD: Final = re.compile(r"[^\W_]+(?:['’]+[^\W_]+)*")
_QUOTES: Final = "\"”»’' "
_NO_APOSTROPHES: Final = str.maketrans("", "", "'’")
_SKIPPED: Final = word_set("of and the for in to with on a an by via")
_HEADS: Final = word_set(
    "algorithm approach framework function mechanism method module paradigm pipeline problem procedure scheme strategy system "
    "task technique"
)
"""Keys of the words that say, behind a name, what it is."""

_TYPEFACE: Final = re.compile(r"(\$?\\(?:text(?:bf|it|sc|tt|sf|rm)|emph|underline|math(?:bb|bf|rm|sf|cal|it))\{)([^{}$\\]*)(\}\$?)")
"""Letters in a typeface of their own, as authors mark those of the abbreviation."""

_BEGINS, _FOLLOWS, _INSIDE, _UNUSED = 8, 6, 1, -6
"""What it counts that a letter begins a word, comes right behind another or later in its word, and that a word stands for
no letter."""

_PASSED, _TAKEN = -1, -5
"""What it counts if a word that abbreviations skip stands for no letter, and what it counts besides if it stands for one."""

_NEVER: Final = -1000


class _Word(NamedTuple):
    """A word of a clause, in lower case without apostrophes, and its place."""

    text: str
    start: int
    end: int


def aligned(short: str, clause: str) -> tuple[int, int] | None:
    """Return where in a clause the words stand that a short form abbreviates, or None if there are none.

    What the thing is said to be behind its name is no part of it, unless a letter stands for that.

    >>> clause = "We propose Scene-Property Synthesis with NeRF"
    >>> start, end = aligned("SS-NeRF", clause) or (0, 0)
    >>> clause[start:end]
    'Scene-Property Synthesis with NeRF'
    >>> aligned("HPO", "hyperparameter optimization methods")
    (0, 27)
    """
    letters = "".join(c.lower() for c in short if c.isalnum())
    if len(letters) > 2 and short[-1] == "s" and short[-2].isupper():
        letters = letters[:-1]
    shown = _TYPEFACE.sub(_glued, clause) if "\\" in clause else clause
    words = [_Word(match.group().lower().translate(_NO_APOSTROPHES), *match.span()) for match in _WORD.finditer(shown)]
    first = _best(letters, words) if len(words) > 1 else None
    if first is None:
        return None
    start = _compound(words[first].start, letters[0], words, shown)
    while shown[start - 1 : start] == " " != clause[start - 1]:
        start -= 1
    last = words[-1]
    end = len(clause.rstrip(_QUOTES))
    if last.text[0] != letters[-1] and key(last.text) in _HEADS and words[-2].text[0] == letters[-1] and len(words) > first + 2:
        end = words[-2].end
    return (start, end) if re.search("[ -]", clause[start:end].strip()) else None


def _glued(marked: re.Match[str]) -> str:
    """Return letters in a typeface without the markup, as long as with it, and as one word with what comes behind."""
    before, letters, behind = marked.groups()
    return f"{' ' * len(before)}{letters}{'’' * len(behind)}"


def _best(letters: str, words: list[_Word]) -> int | None:
    """Return the first word of the long form that the letters fit best, the shortest of several."""
    last = words[-len(letters) :]
    if [word.text[0] for word in last] == list(letters) and not any(word.text in _SKIPPED for word in last):
        return len(words) - len(letters)

    @cache
    def fit(at: int, done: int) -> int:
        """Return how well the letters behind the first `done` fit the words from `at` on."""
        if done == len(letters):
            return _UNUSED * sum(key(word.text) not in _HEADS for word in words[at:])
        if at == len(words):
            return _NEVER
        unused = _PASSED if words[at].text in _SKIPPED else _UNUSED
        return max(fit(at + 1, done) + unused, standing(at, done))

    def standing(at: int, done: int) -> int:
        """Return how well they fit if the word at `at` stands for the next letter at least."""
        return max((gain + fit(at + 1, done + count) for count, gain in _ways(letters[done:], words[at].text)), default=_NEVER)

    far = max(len(words) - min(len(letters) + 5, 2 * len(letters)), 0)
    begun = (at for at in range(far, len(words)) if words[at].text[0] == letters[0])
    best, first = max(((standing(at, 0), at) for at in begun), default=(_NEVER, 0))
    return first if best > _NEVER // 2 else None


def _ways(letters: str, word: str) -> Iterator[tuple[int, int]]:
    """Yield how many of the next letters a word may stand for, and what that counts.

    >>> list(_ways("netx", "network"))
    [(1, 8), (2, 14), (3, 20)]
    """
    place, gain = -1, _TAKEN if word in _SKIPPED else 0
    for count, letter in enumerate(letters, 1):
        found = word.find(letter, place + 1)
        if found < 0:
            return
        gain += _BEGINS if found == 0 else _FOLLOWS if found == place + 1 else _INSIDE
        place = found
        yield count, gain


def _compound(start: int, letter: str, words: list[_Word], text: str) -> int:
    """Return where the compound begins that has a part at `start`: *multi-modal*, not *modal*; or its part with the letter."""
    ends = {word.end: word for word in words}
    while text[start - 1 : start] == "-" and (before := ends.get(start - 1)) is not None:
        start = before.start
        if before.text[0] == letter:
            break
    return start
