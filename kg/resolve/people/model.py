"""How likely it is that two slots are one person's: weights of features, added up in log-odds.

A generalised additive model with a few pairwise terms: each feature falls into a bin, each bin (or pair of bins) has a
weight, and the sum is a log-odds. So what speaks for a pair and what against it can be told, number by number
(Fellegi and Sunter 1969; Lou, Caruana, Gehrke, Hooker: Accurate Intelligible Models with Pairwise Interactions, 2013).
The weights are learned by `python -m tests.training.people`.
"""

import json
import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from kg.resolve.people.evidence import RELATIONS, Pairs

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

FILE: Final = "model.json"

BARE: Final = tuple(RELATIONS.index(related) for related in ("equal-initials", "initial", "initials"))
"""Relations of names of which at least one has only initials."""

BINS: Final[Mapping[str, tuple[str, tuple[float, ...]]]] = {
    "name": ("name", (4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18)),
    "name-coarse": ("name", (9, 12, 15)),
    "namesakes": ("namesakes", (1.5, 2.5, 3.5, 5.5, 9.5)),
    "share": ("share", (0.03, 0.06, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 0.999)),
    "middle-names": ("middle-names", (-0.5, 0.5)),
    "coauthors": ("coauthors", (0.1, 4, 6, 8, 10, 12, 15, 18, 22, 30, 45)),
    "coauthors-coarse": ("coauthors", (0.1, 8, 15)),
    "list": ("list", (1.5, 2.5, 4.5, 7.5, 12.5)),
    "standing": ("standing", (-0.5, 0.5, 1.5, 2.5, 4.5, 5.5)),
    "affiliation": ("affiliation", (-0.5, 0.02, 0.1, 0.2, 0.4, 0.6, 0.8, 0.95)),
    "affiliation-coarse": ("affiliation", (-0.5, 0.1, 0.6)),
    "topic": ("topic", (-0.99, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)),
    "years": ("years", (-0.5, 0.5, 1.5, 2.5, 4.5, 8.5)),
    "venue": ("venue", (-0.5, 0.5)),
}
"""Name of a way to bin: the feature, and where its bins begin."""

TERMS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("name", ("relation", "name")), ("namesakes", ("namesakes", "bare")), ("namesakes", ("relation", "share")), ("middle-names", ("middle-names",)),
    ("coauthors", ("coauthors", "bare")), ("coauthors", ("name-coarse", "coauthors-coarse")), ("coauthors", ("list", "bare")),
    ("affiliation", ("affiliation", "bare")), ("affiliation", ("name-coarse", "affiliation-coarse")),
    ("affiliation", ("coauthors-coarse", "affiliation-coarse")), ("topic", ("topic", "bare")),
    ("author-order", ("standing", "bare")), ("years", ("years",)), ("venue", ("venue",)), ("venue", ("years", "venue")),
)  # fmt: skip
"""Under which name a term is told, and which bins it is a table of."""


class Term(NamedTuple):
    """A table of weights, in log-odds."""

    tells: str
    bins: tuple[str, ...]
    weights: Numbers


class Model(NamedTuple):
    """Weights: a constant and tables."""

    constant: float
    terms: tuple[Term, ...]


@cache
def load() -> Model:
    """Load the shipped weights."""
    return of_text(Path(__file__).with_name(FILE).read_text(encoding="utf-8"))


def of_text(text: str) -> Model:
    """Return the model of a JSON text that `to_text` made."""
    told: dict[str, Any] = json.loads(text)
    terms = (Term(each["tells"], tuple(each["bins"]), np.array(each["weights"], np.float32)) for each in told["terms"])
    return Model(told["constant"], tuple(terms))


def to_text(model: Model) -> str:
    """Return a model as JSON, its weights with three digits behind the point."""
    terms = [
        {"tells": term.tells, "bins": list(term.bins), "weights": np.round(term.weights.astype(float), 3).tolist()} for term in model.terms
    ]
    lines = ",\n".join(json.dumps(term) for term in terms)
    return f'{{"constant": {round(model.constant, 3)}, "terms": [\n{lines}\n]}}\n'


def sizes() -> dict[str, int]:
    """Return how many bins each way to bin has."""
    return {name: len(edges) + 1 for name, (_, edges) in BINS.items()} | {"relation": len(RELATIONS), "bare": 2}


def binned(pairs: Pairs) -> dict[str, Places]:
    """Return for each way to bin the bin of each pair."""
    found = {name: np.digitize(pairs.features[feature], edges) for name, (feature, edges) in BINS.items()}
    return found | {"relation": pairs.relation, "bare": np.isin(pairs.relation, BARE).astype(np.int64)}


def contributions(model: Model, pairs: Pairs) -> dict[str, Numbers]:
    """Return what each feature says of each pair, in log-odds; the constant is told with the name."""
    bins = binned(pairs)
    found: dict[str, Numbers] = {"name": np.full(len(pairs.left), model.constant, np.float32)}
    for term in model.terms:
        weights = term.weights[tuple(bins[name] for name in term.bins)]
        found[term.tells] = found.get(term.tells, np.float32(0)) + weights
    return found


def probability(log_odds: float) -> float:
    """Return the probability that log-odds amount to."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
