"""A convention of annotation other than the project's: a head of its own on the network that ships.

Corpora differ in what they take into a span ("ImageNet" or "ImageNet dataset"), far more than in what they take for a name.
A head reads what a token is to the network at first and at last, and gives scores of its own; the network stays as it is.
Unlike the network's, its convolutions mix all channels of all three tokens: a head reads few texts, and learns from few.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.tagger.labels import LABELS
from kg.extract.tagger.network import WINDOW, Floats

DILATIONS: Final = (1, 2, 4, 8)
"""One block of convolutions for each: a token sees fifteen others on either side."""

_TINY: Final = np.float32(1e-5)


class Head:
    """The weights of a head.

    Args:
        weights: The arrays of a head's file: `of_first`, `of_last` and `bias` make the head's own layer of the network's; for
            each block `i`: `mix.i` (rows of the token before, the token, the token behind), `mix_bias.i`, `gain.i`, `shift.i`;
            `head` and `head_bias`. The file also tells `calibration`, how many `texts` were learned from, and the checksum of
            the model file whose `network` it was trained on.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        self._full = {name: array.astype(np.float32) for name, array in weights.items() if array.dtype.kind == "f"}

    def scores(self, first: Floats, last: Floats) -> Floats:
        """Return a score of each label for each token, shape `(tokens, labels)`, given `Network.layers` of a text."""
        w = self._full
        hidden = np.maximum(first @ w["of_first"] + last @ w["of_last"] + w["bias"], 0)
        for block, dilation in enumerate(DILATIONS):
            mixed = _neighbours(hidden, dilation) @ w[f"mix.{block}"] + w[f"mix_bias.{block}"]
            value, gate = np.split(mixed, 2, axis=1)
            hidden = hidden + value * (1 + np.tanh(gate / 2)) / 2
            hidden -= hidden.mean(1, keepdims=True)
            hidden /= np.sqrt(np.square(hidden).mean(1, keepdims=True) + _TINY)
            hidden = hidden * w[f"gain.{block}"] + w[f"shift.{block}"]
        scores: Floats = hidden @ w["head"] + w["head_bias"]
        return scores


def _neighbours(hidden: Floats, far: int) -> Floats:
    """Return for each token the one so far before it, itself, and the one so far behind it, side by side."""
    nothing = np.zeros((far, hidden.shape[1]), np.float32)
    count = len(hidden)
    return np.concatenate([np.concatenate([nothing, hidden])[:count], hidden, np.concatenate([hidden, nothing])[far:]], axis=1)


def head_shapes(network: int, size: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the arrays that training has to give, by name; `network` is the width of the network's layers."""
    return {
        name: shape
        for block in range(len(DILATIONS))
        for name, shape in {
            f"mix.{block}": (WINDOW * size, 2 * size), f"mix_bias.{block}": (2 * size,), f"gain.{block}": (size,),
            f"shift.{block}": (size,),
        }.items()
    } | {
        "of_first": (WINDOW * network, size), "of_last": (network, size), "bias": (size,),
        "head": (size, len(LABELS)), "head_bias": (len(LABELS),),
    }  # fmt: skip
