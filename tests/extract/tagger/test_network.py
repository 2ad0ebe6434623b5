"""The network gives a text the same scores in whatever company, and the scores that PyTorch gives."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.extract.tagger.features import GROUPS, Seen, see
from kg.extract.tagger.labels import LABELS
from kg.extract.tagger.network import Network, shapes
from kg.model import Candidate

TEXTS = ("We introduce Walnut, a sorting network.", "Walnut (WNT) beats all.", "Nothing.", "A-B WNT WNT and walnuts at 3.5 dB")
WORDS = ["we", "walnut", "sorting", "network", "nothing"]


@pytest.fixture(scope="module")
def weights() -> dict[str, NDArray[Any]]:
    draw = np.random.default_rng(5)
    made: dict[str, NDArray[Any]] = {
        name: draw.normal(scale=0.3, size=shape).astype(np.float32) for name, shape in shapes(16, 10, 4, 3, 3).items()
    }
    vectors = draw.integers(-127, 128, size=(len(WORDS), 10)).astype(np.int8)
    told = {"words": np.array("\n".join(WORDS)), "vectors": vectors, "scales": np.full(10, 0.01, np.float32)}
    return made | told | {"dilations": np.array([1, 2, 1]), "pooled": np.array(1)}


def seen(text: str) -> Seen:
    hints = [Candidate(0, 6, "method", 0.9, "lexicon"), Candidate(0, 2, "task", 0.5, "phrase:task")]
    return see(text, hints, hints[:1])


def test_a_text_has_scores_for_each_token(weights: dict[str, NDArray[Any]]) -> None:
    network = Network(weights)
    for text in TEXTS:
        scores = network.scores(seen(text))
        assert scores.shape == (len(seen(text).found.words), len(LABELS))
        assert np.array_equal(scores, Network(weights).scores(seen(text))), "what came before does not show"


def test_hints_count(weights: dict[str, NDArray[Any]]) -> None:
    bare = see(TEXTS[0], [], [])
    assert not any(map(any, bare.hints))
    assert len(bare.hints[0]) == len(GROUPS)
    assert not np.allclose(Network(weights).scores(bare), Network(weights).scores(seen(TEXTS[0])))


def test_an_empty_text_has_no_scores(weights: dict[str, NDArray[Any]]) -> None:
    assert Network(weights).scores(see("", [], [])).shape == (0, len(LABELS))


def test_pytorch_gives_the_same_scores() -> None:
    torch = pytest.importorskip("torch", reason="training needs PyTorch, which is not installed")
    from kg.extract.train.examples import Example  # noqa: PLC0415
    from kg.extract.train.network import TrainedNetwork  # noqa: PLC0415
    from kg.extract.train.tagger import Batches, Vectors, exported, quantized  # noqa: PLC0415

    torch.manual_seed(3)
    rows = np.random.default_rng(1).normal(size=(len(WORDS), 10)).astype(np.float32)
    vectors = Vectors(WORDS, *quantized(rows))
    net = TrainedNetwork(vectors.rows, size=16, dilations=(1, 2, 1), pooled=1, part=4, hint=3).eval()
    given = [Example(text, seen(text), [0] * len(seen(text).hints), ()) for text in TEXTS]
    with torch.no_grad():
        theirs = net(Batches(vectors).of(given)).numpy()
    ours = Network(exported(net, vectors))
    for row, example in enumerate(given):
        scores = ours.scores(example.seen)
        np.testing.assert_allclose(scores, theirs[row, : len(scores)], atol=2e-2)
