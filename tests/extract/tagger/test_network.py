"""The network gives a text the same scores in whatever company, and the scores that PyTorch gives."""

from importlib import import_module
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.extract import vocabulary
from kg.extract.tagger.features import GROUPS, Seen, see
from kg.extract.tagger.labels import LABELS
from kg.extract.tagger.network import Network, _means, shapes
from kg.extract.tokens import key, tokens
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


def test_a_word_contributes_the_same_in_any_company(weights: dict[str, NDArray[Any]]) -> None:
    names = [f"Walnut{number}" for number in range(40)]
    rows = []
    for company in (names, names[::-1], names[7:] + names[:7]):
        network = Network(weights)
        found = see(" ".join(company), [], []).found
        places = network._word_rows(found)
        rows.append(dict(zip(found.words, network._table[places], strict=True)))
        alone, other = see(names[3], [], []).found, Network(weights)
        rows[-1]["alone"] = other._table[other._word_rows(alone)[0]]
    for name in names:
        assert np.array_equal(rows[0][name], rows[1][name])
        assert np.array_equal(rows[0][name], rows[2][name])
    assert np.array_equal(rows[0][names[3]], rows[0]["alone"])


def test_a_new_vocabulary_changes_nothing(weights: dict[str, NDArray[Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(weights)
    before = network.scores(seen(TEXTS[0]))
    other = vocabulary.Vocabulary(key)
    for word in ("Other", "words", "before", "these", "we", "introduce"):
        assert other[word] >= 0
    tokens.cache_clear()
    monkeypatch.setattr(import_module("kg.extract.tokens"), "_vocabularies", [other])
    text = seen(TEXTS[0])
    assert text.found.vocabulary is other
    assert np.array_equal(network.scores(text), before)


def test_a_long_text_before_does_not_show(weights: dict[str, NDArray[Any]]) -> None:
    network = Network(weights)
    alone = network.scores(seen(TEXTS[0]))
    network.scores(seen(" ".join(TEXTS * 9)))
    assert np.array_equal(network.scores(seen(TEXTS[0])), alone)


def test_words_that_occur_again_have_the_mean_of_their_rows() -> None:
    rows = np.random.default_rng(2).normal(size=(7, 3)).astype(np.float32)
    means, named = _means(rows, ["a", "b", "a", "c", "b", "a", "d"])
    assert named.tolist() == [0, 1, 0, 2, 1, 0, 3]
    np.testing.assert_allclose(means, [rows[[0, 2, 5]].mean(0), rows[[1, 4]].mean(0), rows[3], rows[6]], rtol=1e-6)


def test_hints_count(weights: dict[str, NDArray[Any]]) -> None:
    bare = see(TEXTS[0], [], [])
    assert not bare.hints.any()
    assert bare.hints.shape == (len(bare.found.words), len(GROUPS))
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
