"""A convention of annotation other than the project's: a head of its own on the network that ships.

Corpora differ in what they take into a span ("ImageNet" or "ImageNet dataset"), far more than in what they take for a name.
A head reads what a token is to the network at first and at last, and gives scores of its own; the network stays as it is.
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kg.extract.tagger.labels import LABELS
from kg.extract.tagger.network import WINDOW, Floats, Room, block_of, block_shapes, padded, run_block

DILATIONS: Final = (1, 2, 4, 8)
"""One block of convolutions for each: a token sees fifteen others on either side."""


class Head:
    """The weights of a head.

    Args:
        weights: The arrays of a head's file: `of_first`, `of_last` and `bias` make the head's own layer of the network's;
            the blocks as in `Network`; `head` and `head_bias`. The file also tells `calibration`, how many `texts` were learned
            from, and the checksum of the model file whose `network` it was trained on.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        self._full = {name: array.astype(np.float32) for name, array in weights.items() if array.dtype.kind == "f"}
        self._blocks = [block_of(self._full, number, dilation) for number, dilation in enumerate(DILATIONS)]
        size = len(self._full["bias"])
        self._mean = np.full(size, 1 / size, np.float32)
        self._room = Room.of(0, size)

    def scores(self, first: Floats, last: Floats) -> Floats:
        """Return a score of each label for each token, shape `(tokens, labels)`, given `Network.layers` of a text."""
        count = len(last)
        if not count:
            return np.zeros((0, len(LABELS)), np.float32)
        room = self._room = self._room.for_tokens(count)
        hidden = room.hidden[: padded(count)]
        hidden[count:] = 0
        np.maximum(first @ self._full["of_first"] + last @ self._full["of_last"] + self._full["bias"], 0, out=hidden[:count])
        for block in self._blocks:
            run_block(block, hidden, count, None, room, self._mean)
        scores: Floats = hidden[:count] @ self._full["head"] + self._full["head_bias"]
        return scores


def head_shapes(network: int, size: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the arrays that training has to give, by name; `network` is the width of the network's layers."""
    return block_shapes(size, len(DILATIONS)) | {
        "of_first": (WINDOW * network, size), "of_last": (network, size), "bias": (size,),
        "head": (size, len(LABELS)), "head_bias": (len(LABELS),),
    }  # fmt: skip
