"""Words that a hyphen parts, as text from a page has them at what were the ends of its lines: *concen- tration* is read as one word.

Nothing moves: a blank that is none becomes a soft hyphen, which is in no word and no name.
"""

import re
from functools import cache
from typing import Final

import numpy as np

from kg.extract.tagger import MODEL
from kg.text import word_set, words

_PARTED: Final = re.compile(r"(?<![^\W\d_])(?P<before>[^\W\d_]+)(?P<between>-\s+)(?=(?P<behind>[^\W\d_]+))")
_SOFT: Final = "\u00ad"

_LINKS: Final = word_set("a and art as for in is of on or that the there to which with")
"""Words that stand by themselves behind a hyphen and a blank: *pre- and postsynaptic*, *state-of- the-art*."""


def mended(text: str) -> str:
    r"""Return a text of the same length, with soft hyphens for what parts a word.

    What is known as one word is one (*detec- tion*); two words that are known are a compound (*scale- sensitive*), and so is one with
    a capital inside (*Ada- Boost*). The rest stays.

    >>> [mended(text).replace("\u00ad", "") for text in ("edge detec- tion", "scale- sensitive", "single- and multi-task", "a Qolo- robot")]
    ['edge detection', 'scale-sensitive', 'single- and multi-task', 'a Qolo- robot']
    """
    return _PARTED.sub(_joined, text) if "- " in text or "-\n" in text or "-\r" in text else text


def _joined(parted: re.Match[str]) -> str:
    """Return the part of a word with what follows it until the next part."""
    before, between, behind = parted.group("before", "between", "behind")
    ends = [first for word in (before, behind) for first in words(word)[:1]]
    if len(ends) < 2 or ends[1] in _LINKS:
        return parted[0]
    whole = "".join(ends) in _known()
    if whole and behind[0].islower():
        return before + _SOFT * len(between)
    return f"{before}-{_SOFT * (len(between) - 1)}" if whole or _known().issuperset(ends) else parted[0]


@cache
def _known() -> frozenset[str]:
    """Return the words that the tagger knows."""
    with np.load(MODEL) as model:
        return frozenset(str(model["words"]).split("\n"))
