"""The tagger's network as PyTorch trains it; `kg.extract.tagger.network` runs the same weights with NumPy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from kg.extract.tagger.features import GROUPS
from kg.extract.tagger.head import DILATIONS, head_shapes
from kg.extract.tagger.network import WINDOW, shapes

UNLABELLED: Final = -100
"""Stands in the labels where there is no token."""

_LEAST: Final = 1e-3


@dataclass(frozen=True, slots=True)
class Batch:
    """Several texts as tensors of shape `(texts, tokens of the longest, ...)`.

    Attributes:
        words: Rows of the vectors; 0 for an unknown word.
        parts: Hashed parts of the words.
        gaps: What stands before each token.
        hints: What each group of rules proposes.
        same: Equal for tokens of the same word in the same text.
        inside: Where there is a token.
        labels: The right labels, `UNLABELLED` where there is no token.
    """

    words: Tensor
    parts: Tensor
    gaps: Tensor
    hints: Tensor
    same: Tensor
    inside: Tensor
    labels: Tensor


class Weights(nn.Module):
    """Weights under the names that the model files have, and the blocks of convolutions made of them.

    Args:
        shapes: Their shapes by name.
        dropout: Share of what is left out between layers in training.
    """

    def __init__(self, shapes: Mapping[str, tuple[int, ...]], dropout: float) -> None:
        super().__init__()
        self.drop = nn.Dropout(dropout)
        self.weights = nn.ParameterDict()
        for name, shape in shapes.items():
            weight = torch.zeros(shape)
            if name.startswith("gain"):
                weight += 1
            elif name in {"parts", "gaps", "hints"}:
                nn.init.normal_(weight, std=0.5)
            elif len(shape) == 2:
                bound = (1 / shape[0]) ** 0.5 if not name.startswith("depth") else 0.5
                nn.init.uniform_(weight, -bound, bound)
            self.weights[name.replace(".", ":")] = nn.Parameter(weight)

    def __getitem__(self, name: str) -> Tensor:
        """Return the weights called `name`."""
        found: Tensor = self.weights[name.replace(".", ":")]
        return found

    def arrays(self) -> dict[str, NDArray[np.float16]]:
        """Return the weights as a file has them."""
        return {name.replace(":", "."): w.detach().numpy().astype(np.float16) for name, w in self.weights.items()}

    def gated(self, x: Tensor, block: int, dilation: int) -> Tensor:
        """Return a block's input with what its convolution adds; `normal` is to follow."""
        seen = self.seen(self.drop(x), block, dilation)
        mixed, gate = (seen @ self[f"mix.{block}"] + self[f"mix_bias.{block}"]).chunk(2, -1)
        return x + mixed * torch.sigmoid(gate)

    def seen(self, x: Tensor, block: int, dilation: int) -> Tensor:
        """Return what a block mixes: each channel of a token with the same channel of two others."""
        depth = self[f"depth.{block}"]
        return _moved(x, dilation) * depth[0] + x * depth[1] + _moved(x, -dilation) * depth[2] + self[f"depth_bias.{block}"]

    def normal(self, y: Tensor, block: int) -> Tensor:
        """Return the output of a block, normalised."""
        return nn.functional.layer_norm(y, y.shape[-1:], self[f"gain.{block}"], self[f"shift.{block}"])


class TrainedHead(Weights):
    """The head of `kg.extract.tagger.head`, with dropout.

    It learns from layers of mean 0 and deviation 1; what makes them so is in the weights that are written.

    Args:
        layers: What many tokens are to the network at first and at last, side by side, shape `(tokens, width)`.
        size: Width of its own layers.
        dropout: Share of what is left out between layers in training.
    """

    def __init__(self, layers: Tensor, size: int, dropout: float) -> None:
        super().__init__(head_shapes(layers.shape[1] // (WINDOW + 1), size), dropout)
        self.register_buffer("mean", layers.mean(0))
        self.register_buffer("spread", layers.std(0) + _LEAST)

    def arrays(self) -> dict[str, NDArray[np.float16]]:
        """Return the weights as a file has them, for layers as they are."""
        whole = self._whole / self.spread.unsqueeze(1)
        first, last = whole.detach().split([len(self["of_first"]), len(self["of_last"])])
        bias = (self["bias"] - self.mean @ whole).detach()
        return super().arrays() | {n: w.numpy().astype(np.float16) for n, w in (("of_first", first), ("of_last", last), ("bias", bias))}

    def seen(self, x: Tensor, block: int, dilation: int) -> Tensor:  # noqa: ARG002 - those of all blocks
        """Return what a block mixes: all channels of a token and of two others."""
        return torch.cat([_moved(x, dilation), x, _moved(x, -dilation)], -1)

    @property
    def _whole(self) -> Tensor:
        return torch.cat([self["of_first"], self["of_last"]])

    def forward(self, layers: Tensor, inside: Tensor) -> Tensor:
        """Return scores of all labels, shape `(texts, tokens, labels)`.

        Args:
            layers: What tokens are to the network at first and at last, side by side.
            inside: Where there is a token.
        """
        even = (layers - self.mean) / self.spread
        x = torch.relu(self.drop(even) @ self._whole + self["bias"]) * inside.unsqueeze(-1)
        for block, dilation in enumerate(DILATIONS):
            x = self.normal(self.gated(x, block, dilation), block) * inside.unsqueeze(-1)
        scores: Tensor = self.drop(x) @ self["head"] + self["head_bias"]
        return scores


class TrainedNetwork(Weights):
    """The network of `kg.extract.tagger.network`, with dropout.

    Args:
        vectors: Word vectors, shape `(words, size)`, the first row for unknown words; they are not trained.
        size: Width of the hidden layers.
        dilations: One block of convolutions for each.
        pooled: The block before which tokens of one word are averaged.
        part: Width of the table of hashed parts.
        hint: Width of the tables of hints.
        dropout: Share of what is left out between layers in training.
    """

    def __init__(
        self, vectors: NDArray[np.float32], size: int = 128, dilations: Sequence[int] = (1, 2, 4, 1), pooled: int = 2,
        part: int = 24, hint: int = 8, dropout: float = 0.3,
    ) -> None:  # fmt: skip
        super().__init__(shapes(size, vectors.shape[1], part, hint, len(dilations)), dropout)
        self.dilations, self.pooled = tuple(dilations), pooled
        self.register_buffer("vectors", torch.from_numpy(vectors))

    def forward(self, batch: Batch, hints: Tensor | None = None, words: Tensor | None = None) -> Tensor:
        """Return scores of all labels, shape `(texts, tokens, labels)`.

        Args:
            batch: The texts.
            hints: Hints to use in place of the batch's, for training with some left out.
            words: Words to use in place of the batch's.
        """
        inside = batch.inside.unsqueeze(-1)
        x = self._begin(batch, batch.hints if hints is None else hints, batch.words if words is None else words) * inside
        for block, dilation in enumerate(self.dilations):
            y = self.gated(x, block, dilation)
            if block == self.pooled:
                y = y + self._averages(x, batch)
            x = self.normal(y, block) * inside
        scores: Tensor = self.drop(x) @ self["head"] + self["head_bias"]
        return scores

    def _begin(self, batch: Batch, hints: Tensor, words: Tensor) -> Tensor:
        pieces = [self.vectors[words], self["parts"][batch.parts].flatten(2), self["gaps"][batch.gaps]]
        pieces += [self["hints"][group][hints[:, :, group]] for group in range(len(GROUPS))]
        taps = (self.drop(torch.cat(pieces, -1)) * batch.inside.unsqueeze(-1)) @ self["window"]
        left, here, right = taps.chunk(3, -1)
        return torch.relu(_moved(left, 1) + here + _moved(right, -1) + self["bias"])

    def _averages(self, x: Tensor, batch: Batch) -> Tensor:
        """Return for each token what the mean of its word, and of its text, adds to it."""
        texts, length, size = x.shape
        flat = batch.same.flatten()
        count = int(flat.max()) + 1
        ones = batch.inside.float().flatten()
        sums = torch.zeros(count, size).index_add(0, flat, x.reshape(-1, size))
        sizes = torch.zeros(count).index_add(0, flat, ones).clamp(min=1)
        same = (sums / sizes.unsqueeze(1))[flat].view(texts, length, size)
        whole = x.sum(1) / batch.inside.sum(1, keepdim=True).clamp(min=1)
        return self.drop(same) @ self["same"] + torch.tanh(whole @ self["whole"] + self["whole_bias"]).unsqueeze(1)


def _moved(x: Tensor, by: int) -> Tensor:
    """Return the tokens moved by a number of places, with zeros where nothing comes from."""
    moved = torch.zeros_like(x)
    if by > 0:
        moved[:, by:] = x[:, :-by]
    else:
        moved[:, :by] = x[:, -by:]
    return moved
