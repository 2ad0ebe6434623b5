"""What the tagger sees of a text: for each token numbers, no strings.

A token is its word (a row of the vectors, or the row of unknown words), the hashes of its beginnings, endings and
shape, what stands before it, and what each group of rules proposes there. Training and tagging share this file.
"""

import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.tagger.labels import codes
from kg.extract.tokens import Tokens, tokens
from kg.model import Candidate

if TYPE_CHECKING:
    from kg.model.mentions import MentionType

BUCKETS: Final = 8192
"""Rows of the table of hashed parts of words."""

PARTS: Final = 7
"""Hashed parts of a word."""

GROUPS: Final = ("lexicon", "acronym", "pattern", "phrase", "other", "settled")
"""Groups of rules: each says for itself what it proposes; `settled` is what the rules alone would keep."""

_GAPS: Final = {"": 0, " ": 1, "-": 2}
_GROUP_OF: Final = {name: index for index, name in enumerate(GROUPS)}
_OTHER: Final = GROUPS.index("other")
_SETTLED: Final = GROUPS.index("settled")

_SHAPE: Final = str.maketrans(dict.fromkeys(ascii_uppercase, "A") | dict.fromkeys(ascii_lowercase, "a") | dict.fromkeys(digits, "0"))
_AGAIN: Final = re.compile(r"(.)\1{2,}")


class Seen(NamedTuple):
    """One text as the tagger sees it.

    Attributes:
        found: Its tokens.
        gaps: What stands before each token: 0 nothing, 1 a blank, 2 a hyphen.
        hints: For each token what each group of rules proposes, as numbers of labels; shape `(tokens, groups)`.
    """

    found: Tokens
    gaps: NDArray[np.uint8]
    hints: NDArray[np.uint8]


def see(text: str, proposed: Iterable[Candidate], settled: Iterable[Candidate]) -> Seen:
    """Return what the tagger sees of a text, given what the rules propose and what they alone would keep."""
    found = tokens(text)
    groups: list[list[tuple[int, int, MentionType]]] = [[] for _ in GROUPS]
    # Of overlapping spans the longest, then the surest, comes last and wins.
    for candidate in sorted(proposed, key=_weight):
        groups[_group(candidate.by)].append(candidate[:3])
    groups[_SETTLED] = [candidate[:3] for candidate in sorted(settled, key=_weight)]
    hints = np.zeros((len(found.words), len(GROUPS)), np.uint8)
    for group, spans in enumerate(groups):
        if spans:
            hints[:, group] = codes(found, spans)
    return Seen(found, np.frombuffer(bytes(map(_GAPS.__getitem__, found.gaps)), np.uint8), hints)


def _weight(candidate: Candidate) -> tuple[int, float, int, str]:
    return candidate.end - candidate.start, candidate.score, candidate.start, candidate.type


@lru_cache(maxsize=1024)
def _group(rule: str) -> int:
    """Return the group of a rule."""
    return _GROUP_OF.get(rule.partition(":")[0], _OTHER)


def spelled(word: str) -> str:
    """Return the form under which a word has a vector: lower case, digits as zeros."""
    return "0" * len(word) if word.isdigit() else word.lower()


@lru_cache(maxsize=65_536)
def parts(word: str) -> tuple[int, ...]:
    """Return the hashes of a word's parts, below `BUCKETS`: beginnings, endings, shape and case."""
    lower = word.lower()
    case = (
        0 if word.islower() else 1 if word.istitle() else 2 if word.isupper() else 3 if word[:1].isalpha()
        else 4 if word.isdigit() else 5
    )  # fmt: skip
    shape = _AGAIN.sub(r"\1\1", word.translate(_SHAPE))[:12]
    said = (
        f"p3={lower[:3]}", f"s3={lower[-3:]}", f"s2={lower[-2:]}", f"sh={shape}", f"p4={lower[:4]}", f"s4={lower[-4:]}",
        f"cap={case}",
    )  # fmt: skip
    return tuple(zlib.crc32(part.encode()) % BUCKETS for part in said)
