"""What a text is about, as a direction: the weighted mean of the vectors of its words, less what all texts share.

Common words say little and weigh little (Arora, Liang, Ma: A Simple but Tough-to-Beat Baseline for Sentence
Embeddings, 2017); the vectors are those of the tagger, whose words stand in the order of their frequency.
"""

import math
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.text import words

LARGEST: Final = 127
"""The largest component of a gist: its components are whole numbers that fit into a byte each."""

_COMMON: Final = 150
"""So many of the most frequent words say nothing of what a text is about."""

_HOME: Final = Path(__file__).parent


class _Vectors(NamedTuple):
    places: dict[str, int]
    vectors: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]
    middle: npt.NDArray[np.float32]


@cache
def _vectors() -> _Vectors:
    with np.load(_HOME / "tagger" / "model.npz") as model, np.load(_HOME / "gist.npz") as gist:
        places = {word: place for place, word in enumerate(str(model["words"]).split("\n")) if place > _COMMON}
        return _Vectors(places, model["vectors"], model["scales"].astype(np.float32), gist["middle"].astype(np.float32))


def middle() -> npt.NDArray[np.float32]:
    """Return what the directions of all papers share, shape (164,)."""
    return _vectors().middle


def direction(text: str) -> npt.NDArray[np.float32] | None:
    """Return the direction of a text, shape (164,), length 1; None where no word of it is known."""
    known = _vectors()
    places = sorted({known.places[word] for word in words(text) if word in known.places})
    if not places:
        return None
    weights = np.array([math.log(place) for place in places], np.float32)
    # Without BLAS, whose sums depend on how it cuts them up.
    mean = np.einsum("i,ij->j", weights, known.vectors[places].astype(np.float32)) * known.scales
    return np.asarray(mean / np.sqrt(np.einsum("j,j->", mean, mean)), np.float32)


def gist(text: str) -> npt.NDArray[np.int8] | None:
    """Return what a text is about, shape (164,); None where no word of it is known.

    The cosine of two gists says how much two texts are about the same.
    """
    found = direction(text)
    if found is None:
        return None
    apart = found - _vectors().middle
    return np.asarray(np.rint(apart * (LARGEST / max(float(np.abs(apart).max()), 1e-6))), np.int8)
