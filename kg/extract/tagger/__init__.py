"""The tagger: a small network that reads a text with what the rules propose, and decides what is a name and where it ends.

    >>> from kg.extract.tagger import shipped
    >>> shipped().name
    'tagger 2'

`of_convention` gives it with the head of another convention of annotation. A tagger is anything with a `name` and `tag`;
the back ends of `kg.extract.backends` are others.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kg.errors import UsageError
from kg.extract.settle import settle
from kg.extract.tagger.decode import best_labels, log_softmax
from kg.extract.tagger.features import Seen, see
from kg.extract.tagger.head import Head
from kg.extract.tagger.labels import spans
from kg.extract.tagger.network import Network
from kg.model import Candidate
from kg.model.mentions import MentionType

MODEL: Final = Path(__file__).parent / "model.npz"
"""The weights that ship; `MODEL_CARD.md` beside them says where they come from."""

HEADS: Final = Path(__file__).parent / "heads"
"""One file per convention of annotation other than the project's."""

VERSION: Final = "2"
"""Counts the weights that have shipped."""

_DECODED: Final = 256
"""Texts whose labels are chosen together."""


class Tagger(Protocol):
    """Finds the names in texts.

    Attributes:
        name: Its name and version, which mentions give as what found them.
    """

    name: str

    def tag(self, texts: Sequence[str], hints: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
        """Return for each text the names in it, in order and none overlapping; `hints` are what the rules propose."""


class NumpyTagger:
    """The tagger of a model file.

    Args:
        weights: The file's arrays: those of `Network`, and `calibration`, the table from raw scores to how often they are
            right; without it raw scores stand.
        head: The arrays of a head that decides in place of the network's own: those of `Head`, and its `calibration`.
        name: What mentions give as what found them.
    """

    def __init__(
        self, weights: Mapping[str, NDArray[Any]], head: Mapping[str, NDArray[Any]] | None = None, name: str = f"tagger {VERSION}",
    ) -> None:  # fmt: skip
        self.name = name
        self._network = Network(weights)
        self._head = None if head is None else Head(head)
        self._lock = Lock()
        table = (weights if head is None else head).get("calibration")
        self._calibration = np.array([[0, 1], [0, 1]], np.float32) if table is None else table

    def tag(self, texts: Sequence[str], hints: Sequence[Sequence[Candidate]]) -> list[list[Candidate]]:
        """Return the names in each text."""
        seen = [see(text, proposed, settle(proposed)) for text, proposed in zip(texts, hints, strict=True)]
        told = self.spans(seen)
        sure = iter(self._sure([score for found in told for *_, score in found]))
        return [[Candidate(start, end, kind, next(sure), self.name) for start, end, kind, _ in found] for found in told]

    def spans(self, seen: Sequence[Seen]) -> list[list[tuple[int, int, MentionType, float]]]:
        """Return for each text start, end, type and raw score of the names in it."""
        order = sorted((index for index, text in enumerate(seen) if len(text.gaps)), key=lambda index: -len(seen[index].gaps))
        found: list[list[tuple[int, int, MentionType, float]]] = [[] for _ in seen]
        for first in range(0, len(order), _DECODED):
            some = order[first : first + _DECODED]
            for index, told in zip(some, self._spans([seen[index] for index in some]), strict=True):
                found[index] = told
        return found

    def _spans(self, seen: list[Seen]) -> list[list[tuple[int, int, MentionType, float]]]:
        """Return the spans of texts that have tokens, the longest first."""
        # On one thread: how many share a product would show in the last digits, and builds are the same on any machine.
        with self._lock, _blas().limit(limits=1, user_api="blas"):
            head, network = self._head, self._network
            scores = [network.scores(text) if head is None else head.scores(*network.layers(text)) for text in seen]
        logs = np.split(log_softmax(np.concatenate(scores)), np.cumsum([len(one) for one in scores])[:-1])
        return [_told(*each) for each in zip(seen, best_labels(logs), logs, strict=True)]

    def _sure(self, scores: Sequence[float]) -> list[float]:
        """Return how often what has these raw scores is right."""
        return [round(score, 4) for score in np.interp(scores, *self._calibration).tolist()]


def _told(text: Seen, labels: list[int], logs: NDArray[np.float32]) -> list[tuple[int, int, MentionType, float]]:
    """Return the spans that labels tell; one is as sure as the least sure of its tokens, and that it does not go on."""
    starts, ends = text.found.starts, text.found.ends
    sure = np.exp(logs[np.arange(len(labels)), labels]).tolist()
    told: list[tuple[int, int, MentionType, float]] = []
    for first, last, kind in spans(labels):
        worst = min(sure[first:last])
        if last < len(labels):
            inside = labels[last - 1] + labels[last - 1] % 2
            worst = min(worst, 1 - float(np.exp(logs[last, inside])))
        told.append((starts[first], ends[last - 1], kind, worst))
    return told


@cache
def _blas() -> ThreadpoolController:
    return ThreadpoolController()


@cache
def shipped() -> NumpyTagger:
    """Return the tagger that ships with kg, read once a process."""
    return NumpyTagger(arrays(MODEL))


@cache
def of_convention(convention: str) -> NumpyTagger:
    """Return the tagger that ships with the head of one of `conventions`, read once a process.

    Raises:
        UsageError: If there is no such convention.
    """
    if convention not in conventions():
        raise UsageError(f"no convention is called {convention!r}; there are: {', '.join(conventions())}")
    return NumpyTagger(arrays(MODEL), arrays(HEADS / f"{convention}.npz"), f"tagger {VERSION} ({convention})")


@cache
def conventions() -> tuple[str, ...]:
    """Return the conventions of annotation that the tagger knows besides the project's."""
    return tuple(sorted(path.stem for path in HEADS.glob("*.npz")))


def arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return what is in a file of weights."""
    with np.load(path, allow_pickle=False) as file:
        return {name: file[name] for name in file.files}
