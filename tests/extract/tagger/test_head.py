"""Heads give the scores that PyTorch gives, in whatever company, and stand on the weights that ship."""

import zlib

import numpy as np
import pytest

from kg.errors import UsageError
from kg.extract.tagger import HEADS, MODEL, arrays, conventions, of_convention
from kg.extract.tagger.head import Head, head_shapes
from kg.extract.tagger.labels import LABELS


def test_a_text_has_the_same_scores_in_any_company() -> None:
    draw = np.random.default_rng(4)
    head = Head({name: draw.normal(scale=0.3, size=shape).astype(np.float32) for name, shape in head_shapes(8, 16).items()})
    texts = [(draw.normal(size=(n, 24)).astype(np.float32), draw.normal(size=(n, 8)).astype(np.float32)) for n in (3, 40, 9, 0)]
    alone = [head.scores(*text) for text in texts]
    assert [scores.shape for scores in alone] == [(n, len(LABELS)) for n in (3, 40, 9, 0)]
    for text, scores in zip(texts[::-1], alone[::-1], strict=True):
        assert np.array_equal(head.scores(*text), scores)


def test_pytorch_gives_the_same_scores() -> None:
    torch = pytest.importorskip("torch", reason="training needs PyTorch, which is not installed")
    from kg.extract.train.network import TrainedHead  # noqa: PLC0415

    torch.manual_seed(3)
    layers = torch.randn(2, 11, 32) * 3 + 1
    net = TrainedHead(layers.flatten(0, 1), 16, 0.5).eval()
    inside = torch.arange(11) < torch.tensor([[11], [4]])
    with torch.no_grad():
        theirs = net(layers * inside.unsqueeze(-1), inside).numpy()
    ours = Head(net.arrays())
    for row, count in enumerate((11, 4)):
        first, last = np.split(layers[row, :count].numpy(), [24], axis=1)
        np.testing.assert_allclose(ours.scores(first, last), theirs[row, :count], atol=2e-2)


@pytest.mark.parametrize("convention", conventions())
def test_a_head_stands_on_the_weights_that_ship_and_is_small(convention: str) -> None:
    path = HEADS / f"{convention}.npz"
    assert int(arrays(path)["network"]) == zlib.crc32(MODEL.read_bytes()), "train it again: kg.extract.train.head"
    assert path.stat().st_size < 600_000


@pytest.mark.parametrize("convention", conventions())
def test_the_model_card_says_how_many_texts_a_head_learned_from(convention: str) -> None:
    card = MODEL.with_name("MODEL_CARD.md").read_text(encoding="utf-8")
    assert f"{int(arrays(HEADS / f'{convention}.npz')['texts']):,} sentences" in card


def test_a_convention_that_is_not_there_is_told() -> None:
    with pytest.raises(UsageError, match="no convention is called 'moss'; there are: dsrec"):
        of_convention("moss")
