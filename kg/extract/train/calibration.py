"""Scores that mean what they say: of the mentions scored 0.8, eight in ten are right.

Isotonic regression by pooling adjacent violators (M. Ayer et al., "An empirical distribution function for sampling with
incomplete information", Annals of Mathematical Statistics 26(4), 1955).
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

LEAST = 40
"""Mentions that stand behind a step of the table at least."""


def isotonic(judged: Iterable[tuple[float, bool]]) -> NDArray[np.float32]:
    """Return a rising table of raw score and share that is right, shape `(2, steps)`, to be read with `np.interp`.

    >>> table = isotonic([(0.2, False)] * 40 + [(0.9, True)] * 40)
    >>> [[round(float(value), 2) for value in row] for row in table]
    [[0.2, 0.9], [0.01, 0.99]]
    """
    pools: list[list[float]] = []  # sum of scores, right ones, how many
    for score, right in sorted(judged):
        if pools and pools[-1][2] < LEAST:
            pools[-1] = [pools[-1][0] + score, pools[-1][1] + right, pools[-1][2] + 1]
        else:
            pools.append([score, float(right), 1.0])
        while len(pools) > 1 and pools[-1][2] >= LEAST and _share(pools[-2]) >= _share(pools[-1]):
            last = pools.pop()
            pools[-1] = [a + b for a, b in zip(pools[-1], last, strict=True)]
    return np.array([[s / n for s, _, n in pools], [_share(pool) for pool in pools]], np.float32)


def _share(pool: list[float]) -> float:
    """Return the share that is right, half a mention short of never and always."""
    return (pool[1] + 0.5) / (pool[2] + 1)
