"""What the things seen in a pair of records weigh, in log-odds.

An additive logistic model: each measure has a curve of weights, linear between its knots (Hastie and Tibshirani 1986), and
the sum of weights is the logarithm of the odds that two records are one paper. So a judgement can be explained by its parts.
"""

import json
import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

WEIGHTS: Final = Path(__file__).with_name("weights.json")
"""The weights that ship."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The weights of one measure.

    Attributes:
        at: Values of the measure, in order.
        weights: The weight at each of them; between two of them it lies on a line, and beyond the last it stays.
    """

    at: tuple[float, ...]
    weights: tuple[float, ...]

    @property
    def highest(self) -> float:
        """The most that the measure can weigh."""
        return max(self.weights)

    def weight(self, value: float) -> float:
        """Return the weight of a value.

        >>> Curve((0, 1), (-2.0, 4.0)).weight(0.5), Curve((0, 1), (-2.0, 4.0)).weight(7)
        (1.0, 4.0)
        """
        place = bisect_right(self.at, value)
        if place == 0:
            return self.weights[0]
        if place == len(self.at):
            return self.weights[-1]
        low, high = self.at[place - 1], self.at[place]
        share = (value - low) / (high - low)
        return self.weights[place - 1] * (1 - share) + self.weights[place] * share


@dataclass(frozen=True, slots=True)
class Model:
    """What decides about pairs.

    Attributes:
        prior: Log-odds before anything is seen.
        curves: The weights of each measure.
    """

    prior: float
    curves: Mapping[str, Curve]

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> "Model":
        """Return the model of a file of weights."""
        return cls(table["prior"], {name: Curve(tuple(c["at"]), tuple(c["weights"])) for name, c in table["curves"].items()})

    def weigh(self, seen: Mapping[str, float]) -> dict[str, float]:
        """Return the weight of each measure that was taken."""
        return {name: self.curves[name].weight(value) for name, value in seen.items()}

    def most(self, names: Iterable[str]) -> float:
        """Return the most that some measures can weigh together."""
        return sum(self.curves[name].highest for name in names)

    def probability(self, weights: Mapping[str, float]) -> float:
        """Return the probability that the evidence amounts to."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self.prior + math.fsum(weights.values())))))


@cache
def shipped() -> Model:
    """Return the model that ships with kg, read once a process."""
    return Model.of(json.loads(WEIGHTS.read_text(encoding="utf-8")))
