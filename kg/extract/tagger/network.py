"""The tagger's network at run time: NumPy alone.

Each token begins as the sum of what its word, its gap and its hints contribute, seen through a window of three. Then
come blocks of gated convolutions, depthwise and dilated (Y. Dauphin et al., "Language modeling with gated convolutional
networks", 2017; F. Chollet, "Xception", 2017), each added to what went in and normalised (J. Ba et al., "Layer
normalization", 2016). Half way every token also gets the mean of all tokens of its text with the same word, and of the
whole text: a name that is clear in one place is clear in all.

What a word contributes does not depend on the text, so it is computed once a process.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.extract.tagger.features import BUCKETS, GROUPS, PARTS, Seen, parts, spelled
from kg.extract.tagger.labels import LABELS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

Context = tuple[int, tuple[int, ...]]
"""What stands before a token, and what the rules propose there."""

Key = TypeVar("Key", bound=Hashable)

WINDOW: Final = 3
"""Tokens that the first layer and every convolution see at a time."""

_TINY: Final = np.float32(1e-5)


class Network:
    """Weights, and what was computed from them so far.

    Args:
        weights: The arrays of a model file: `words` (the vocabulary, one text), `vectors` and `scales` (int8 and its
            unit per dimension), `parts`, `gaps`, `hints` (tables), `window` (three taps), `bias`, and for each block
            `i`: `depth.i`, `depth_bias.i`, `mix.i`, `mix_bias.i`, `gain.i`, `shift.i`; `same`, `whole`, `whole_bias`;
            `head`, `head_bias`; `dilations`; `pooled` (the block before which tokens of one word are averaged).
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        w = {name: np.asarray(array) for name, array in weights.items()}
        self._rows = {word: row for row, word in enumerate(str(w["words"]).split("\n"))}
        self._vectors = w["vectors"].astype(np.float32) * w["scales"].astype(np.float32)
        full = {name: array.astype(np.float32, copy=True) for name, array in w.items() if array.dtype.kind == "f"}
        self._full = full
        self.dilations: list[int] = w["dilations"].tolist()
        self._pooled = int(w["pooled"])
        self._mix_bias = []
        for block in range(len(self.dilations)):
            mix, half = full[f"mix.{block}"], full[f"mix.{block}"].shape[0]
            bias = full[f"mix_bias.{block}"] + full[f"depth_bias.{block}"] @ mix
            mix[:, half:] *= -1
            bias[half:] *= -1
            self._mix_bias.append(bias)
        size = self._vectors.shape[1]
        split = np.cumsum([size, PARTS * full["parts"].shape[1], full["gaps"].shape[1]])
        # Rows of `window` in the order in which the pieces are joined in training; one column block a tap.
        self._of_vector, self._of_parts, self._of_gap, self._of_hints = np.split(full["window"], split, axis=0)
        self._gap_table = full["gaps"] @ self._of_gap
        width = full["hints"].shape[2]
        self._hint_tables = [
            full["hints"][group] @ self._of_hints[group * width : (group + 1) * width] for group in range(len(GROUPS))
        ]
        self._known: dict[str, int] = {}
        self._table = np.zeros((1024, full["window"].shape[1]), np.float32)
        self._combined: dict[Context, int] = {}
        self._contexts = np.zeros((256, full["window"].shape[1]), np.float32)

    def scores(self, text: Seen) -> Floats:
        """Return a score of each label for each token, shape `(tokens, labels)`.

        Texts go one by one: a matrix product of another size is rounded in another way, and what is found in a text must
        not depend on its company.
        """
        if not text.hints:
            return np.zeros((0, len(LABELS)), np.float32)
        hidden = self._begin(text)
        spare, mixed = np.empty_like(hidden), np.empty((len(hidden), 2 * hidden.shape[1]), np.float32)
        for block, dilation in enumerate(self.dilations):
            more = self._averages(hidden, text) if block == self._pooled else None
            self._block(hidden, block, dilation, more, spare, mixed)
        scores: Floats = hidden @ self._full["head"] + self._full["head_bias"]
        return scores

    def _begin(self, text: Seen) -> Floats:
        """Return what the first layer makes of the tokens."""
        words = _rows(text.found.words, self._known, self._add_word)
        contexts = _rows(zip(text.gaps, text.hints, strict=True), self._combined, self._add_context)
        taps = self._table[words] + self._contexts[contexts]
        size = taps.shape[1] // WINDOW
        hidden: Floats = taps[:, size : 2 * size] + self._full["bias"]
        hidden[1:] += taps[:-1, :size]
        hidden[:-1] += taps[1:, 2 * size :]
        return np.maximum(hidden, 0, out=hidden)

    def _block(self, x: Floats, block: int, dilation: int, more: Floats | None, spare: Floats, mixed: Floats) -> None:
        """Put what one block makes of `x` in its place; `spare` and `mixed` are room to work in, as new memory is dear."""
        w, size = self._full, x.shape[1]
        depth = w[f"depth.{block}"]
        moved = mixed[:, :size]
        np.multiply(x, depth[1], out=spare)
        np.multiply(x[:-dilation], depth[0], out=moved[:-dilation])
        spare[dilation:] += moved[:-dilation]
        np.multiply(x[dilation:], depth[2], out=moved[dilation:])
        spare[:-dilation] += moved[dilation:]
        np.matmul(spare, w[f"mix.{block}"], out=mixed)
        mixed += self._mix_bias[block]
        gate = mixed[:, size:]
        np.exp(gate, out=gate)  # of the negative: its weights are negated
        gate += 1
        np.divide(mixed[:, :size], gate, out=spare)
        x += spare
        if more is not None:
            x += more
        x -= x.mean(1, keepdims=True)
        x *= (1 / np.sqrt(np.einsum("ij,ij->i", x, x) / size + _TINY))[:, None]
        x *= w[f"gain.{block}"]
        x += w[f"shift.{block}"]

    def _averages(self, x: Floats, text: Seen) -> Floats:
        """Return for each token what the mean of its word, and of the text, adds to it."""
        ids: dict[str, int] = {}
        of_word = np.array([ids.setdefault(key, len(ids)) for key in text.found.keys])
        same = _means(x, of_word, len(ids)) @ self._full["same"]
        added: Floats = same[of_word]
        added += np.tanh(x.mean(0) @ self._full["whole"] + self._full["whole_bias"])
        return added

    def _add_word(self, word: str) -> int:
        """Compute what a word contributes, and return the row of the table that holds it."""
        row = len(self._known)
        if row == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        hashed = self._full["parts"][list(parts(word))].reshape(-1)
        self._table[row] = hashed @ self._of_parts
        at = self._rows.get(spelled(word))
        if at is not None:
            self._table[row] += self._vectors[at] @ self._of_vector
        self._known[word] = row
        return row

    def _add_context(self, context: Context) -> int:
        """Compute what a gap and the hints of a token contribute together, and return the row that holds it."""
        row = len(self._combined)
        if row == len(self._contexts):
            self._contexts = np.concatenate([self._contexts, np.zeros_like(self._contexts)])
        gap, hints = context
        self._contexts[row] = self._gap_table[gap] + sum(
            table[label] for table, label in zip(self._hint_tables, hints, strict=True)
        )
        self._combined[context] = row
        return row


def _rows(keys: Iterable[Key], known: Mapping[Key, int], add: Callable[[Key], int]) -> list[int]:
    """Return the rows of keys; those that are not known yet are added."""
    return [row if (row := known.get(key)) is not None else add(key) for key in keys]


def _means(rows: Floats, groups: Ints, count: int) -> Floats:
    """Return the mean of the rows of each group; groups are numbered from 0, and none is empty."""
    order = np.argsort(groups, kind="stable")
    sizes = np.bincount(groups, minlength=count)
    sums: Floats = np.add.reduceat(rows[order], np.concatenate([[0], np.cumsum(sizes)[:-1]]), axis=0)
    sums /= sizes[:, None]
    return sums


def shapes(size: int, vectors: int, part: int, hint: int, blocks: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the arrays that training has to give, by name."""
    joined = vectors + PARTS * part + 8 + len(GROUPS) * hint
    each = {
        name: shape
        for block in range(blocks)
        for name, shape in {
            f"depth.{block}": (WINDOW, size), f"depth_bias.{block}": (size,), f"mix.{block}": (size, 2 * size),
            f"mix_bias.{block}": (2 * size,), f"gain.{block}": (size,), f"shift.{block}": (size,),
        }.items()
    }  # fmt: skip
    return each | {
        "parts": (BUCKETS, part), "gaps": (3, 8), "hints": (len(GROUPS), len(LABELS), hint),
        "window": (joined, WINDOW * size), "bias": (size,), "same": (size, size), "whole": (size, size),
        "whole_bias": (size,), "head": (size, len(LABELS)), "head_bias": (len(LABELS),),
    }  # fmt: skip
