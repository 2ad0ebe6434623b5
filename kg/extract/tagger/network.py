"""The tagger's network at run time: NumPy alone.

Each token begins as the sum of what its word, its gap and its hints contribute, seen through a window of three. Then
come blocks of gated convolutions, depthwise and dilated (Y. Dauphin et al., "Language modeling with gated convolutional
networks", 2017; F. Chollet, "Xception", 2017), each added to what went in and normalised (J. Ba et al., "Layer
normalization", 2016). Half way every token also gets the mean of all tokens of its text with the same word, and of the
whole text: a name that is clear in one place is clear in all.

What a word contributes does not depend on the text, so it is computed once a process.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.extract.tagger.features import BUCKETS, GROUPS, PARTS, Seen, parts, spelled
from kg.extract.tagger.labels import LABELS
from kg.extract.tokens import Tokens

if TYPE_CHECKING:
    from kg.extract.vocabulary import Vocabulary

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

WINDOW: Final = 3
"""Tokens that the first layer and every convolution see at a time."""

_TINY: Final = np.float32(1e-5)
_HALF: Final = np.float32(0.5)

_TOGETHER: Final = 8
"""Rows that are multiplied by one weight each at a time: NumPy takes long runs of numbers much faster than short ones."""

_CONTEXT: Final = len(LABELS) ** np.arange(len(GROUPS)) * 3
"""What tells contexts apart, by one number: the gap, and behind it the hints."""


class Block(NamedTuple):
    """The weights of one block; those of a vector are repeated, `_TOGETHER` times in a row.

    The gate is computed as a hyperbolic tangent, sigmoid(z) = (1 + tanh(z / 2)) / 2, whose halves are in the weights.
    """

    dilation: int
    depth: tuple[Floats, Floats, Floats]
    value: Floats
    value_bias: Floats
    gate: Floats
    gate_bias: Floats
    gain: Floats
    shift: Floats


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
        full = {name: array.astype(np.float32) for name, array in w.items() if array.dtype.kind == "f"}
        self._full = full
        self._blocks = [block_of(full, number, dilation) for number, dilation in enumerate(w["dilations"].tolist())]
        self._pooled = int(w["pooled"])
        size = self._vectors.shape[1]
        split = np.cumsum([size + PARTS * full["parts"].shape[1], full["gaps"].shape[1]])
        # Rows of `window` in the order in which the pieces are joined in training; one column block a tap.
        self._of_word, of_gap, of_hints = np.split(full["window"], split, axis=0)
        self._gap_table = full["gaps"] @ of_gap
        width = full["hints"].shape[2]
        self._hint_tables = [full["hints"][group] @ of_hints[group * width : (group + 1) * width] for group in range(len(GROUPS))]
        self._vocabulary: Vocabulary | None = None
        self._row = np.full(0, -1)
        self._table = np.zeros((1024, full["window"].shape[1]), np.float32)
        self._filled = 0
        self._combined: dict[int, int] = {}
        self._contexts = np.zeros((256, full["window"].shape[1]), np.float32)
        self._mean = np.full(len(full["bias"]), 1 / len(full["bias"]), np.float32)
        self._room = Room.of(0, len(full["bias"]))

    def scores(self, text: Seen) -> Floats:
        """Return a score of each label for each token, shape `(tokens, labels)`."""
        scores: Floats = self.layers(text)[1] @ self._full["head"] + self._full["head_bias"]
        return scores

    def layers(self, text: Seen) -> tuple[Floats, Floats]:
        """Return what each token is to the network at first and at last; both are overwritten by the next text.

        Texts go one by one: a matrix product of another size is rounded in another way, and what is found in a text must
        not depend on its company. Threads may not share a network.

        Returns:
            What the word, its gap and its hints contribute, shape `(tokens, WINDOW * size)`, and what the last block makes of
            it, shape `(tokens, size)`.
        """
        count = len(text.gaps)
        room = self._room = self._room.for_tokens(count)
        if not count:
            return room.taps[:0], room.hidden[:0]
        hidden = self._begin(text, room)
        for number, block in enumerate(self._blocks):
            more = self._averages(hidden[:count], text) if number == self._pooled else None
            run_block(block, hidden, count, more, room, self._mean)
        return room.taps[:count], hidden[:count]

    def _begin(self, text: Seen, room: "Room") -> Floats:
        """Return what the first layer makes of the tokens, and rows behind them that stand for nothing."""
        count, size = len(text.gaps), len(self._mean)
        contexts = self._context_rows(text)
        # All rows are there, so nothing is clipped; but NumPy needs no memory of its own to look first.
        words = self._word_rows(text.found)
        taps = np.take(self._table, words, axis=0, out=room.taps[:count], mode="clip")
        taps += np.take(self._contexts, contexts, axis=0, out=room.more[:count], mode="clip")
        hidden = room.hidden[: padded(count)]
        hidden[count:] = 0
        one = hidden[:count]
        np.add(taps[:, size : 2 * size], self._full["bias"], out=one)
        one[1:] += taps[:-1, :size]
        one[:-1] += taps[1:, 2 * size :]
        np.maximum(one, 0, out=one)
        return hidden

    def _averages(self, x: Floats, text: Seen) -> Floats:
        """Return for each token what the mean of its word, and of the text, adds to it."""
        means, of_word = _means(x, text.found.keys)
        words = means @ self._full["same"]
        words += np.tanh(x.mean(0) @ self._full["whole"] + self._full["whole_bias"])
        added: Floats = words[of_word]
        return added

    def _word_rows(self, found: Tokens) -> Ints:
        """Return for each token the row of the table that holds what its word contributes."""
        if found.vocabulary is not self._vocabulary:
            self._vocabulary, self._filled = found.vocabulary, 0
            self._row = np.full(0, -1)
        if int(found.numbers.max()) >= len(self._row):
            room = np.full(2 * len(found.vocabulary), -1)
            room[: len(self._row)] = self._row
            self._row = room
        rows = self._row[found.numbers]
        if rows.min() < 0:
            for number in sorted(set(found.numbers[rows < 0].tolist())):
                self._add_word(number, found.vocabulary.written[number])
            rows = self._row[found.numbers]
        return rows

    def _add_word(self, number: int, word: str) -> None:
        """Compute what a word contributes."""
        if self._filled == len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[self._filled] = self._contribution(word)
        self._row[number] = self._filled
        self._filled += 1

    def _contribution(self, word: str) -> Floats:
        """Return what a word contributes; words go one by one, for the same reason as texts."""
        at, size = self._rows.get(spelled(word)), self._vectors.shape[1]
        pieces = np.zeros(len(self._of_word), np.float32)
        if at is not None:
            pieces[:size] = self._vectors[at]
        pieces[size:] = self._full["parts"][list(parts(word))].reshape(-1)
        told: Floats = pieces @ self._of_word
        return told

    def _context_rows(self, text: Seen) -> list[int]:
        """Return for each token the row of what stands before it and of what the rules propose there."""
        told = (text.hints @ _CONTEXT + text.gaps).tolist()
        known = self._combined
        return [row if (row := known.get(context)) is not None else self._add_context(context) for context in told]

    def _add_context(self, context: int) -> int:
        """Compute what a gap and the hints of a token contribute together, and return the row that holds it."""
        row = len(self._combined)
        if row == len(self._contexts):
            self._contexts = np.concatenate([self._contexts, np.zeros_like(self._contexts)])
        rest, gap = divmod(context, 3)
        self._contexts[row] = self._gap_table[gap]
        for table in self._hint_tables:
            rest, label = divmod(rest, len(LABELS))
            self._contexts[row] += table[label]
        self._combined[context] = row
        return row


class Room(NamedTuple):
    """Memory to work in, for one text at a time: to ask for new memory is dear."""

    hidden: Floats
    spare: Floats
    moved: Floats
    value: Floats
    taps: Floats
    more: Floats

    @classmethod
    def of(cls, tokens: int, size: int) -> "Room":
        """Return room for so many tokens."""
        shapes = [(padded(tokens), size)] * 4 + [(padded(tokens), WINDOW * size)] * 2
        return cls(*(np.zeros(shape, np.float32) for shape in shapes))

    def for_tokens(self, tokens: int) -> "Room":
        """Return room for so many tokens at least."""
        return self if tokens <= len(self.hidden) else Room.of(tokens, self.hidden.shape[1])


def padded(tokens: int) -> int:
    """Return the number of rows for so many tokens: a multiple of those that are multiplied together."""
    return -(-tokens // _TOGETHER) * _TOGETHER


def _means(rows: Floats, names: Sequence[str]) -> tuple[Floats, Ints]:
    """Return the mean of the rows that have one name, for each name, and for each row the place of its name."""
    ids: dict[str, int] = {}
    named = np.array([ids.setdefault(name, len(ids)) for name in names])
    means = np.empty((len(ids), rows.shape[1]), np.float32)
    means[named] = rows
    # Most names are had by one row, which is its own mean; the others are one product with what each row counts for.
    counts = np.bincount(named)
    several = counts > 1
    among = several[named].nonzero()[0]
    shares = np.zeros((int(several.sum()), len(among)), np.float32)
    shares[(several.cumsum() - 1)[named[among]], np.arange(len(among))] = 1 / counts[named[among]]
    means[several] = shares @ rows[among]
    return means, named


def block_of(w: Mapping[str, Floats], number: int, dilation: int) -> Block:
    """Return the weights of one block as `run_block` takes them."""
    depth, mix, size = w[f"depth.{number}"], w[f"mix.{number}"], len(w["bias"])
    bias = w[f"mix_bias.{number}"] + w[f"depth_bias.{number}"] @ mix
    before, at, behind = (np.tile(tap, _TOGETHER) for tap in depth)
    value, gate = (np.ascontiguousarray(half) * _HALF for half in (mix[:, :size], mix[:, size:]))
    value_bias, gate_bias = (np.tile(half * _HALF, _TOGETHER) for half in (bias[:size], bias[size:]))
    gain, shift = (np.tile(w[f"{name}.{number}"], _TOGETHER) for name in ("gain", "shift"))
    return Block(dilation, (before, at, behind), value, value_bias, gate, gate_bias, gain, shift)


def run_block(block: Block, x: Floats, count: int, more: Floats | None, room: Room, mean: Floats) -> None:
    """Put what one block makes of the first `count` rows of `x` in their place; what it makes of others is nothing."""
    spare, moved = room.spare[: len(x)], room.moved[: len(x)]
    value = room.value[: len(x)]
    # The same memory, `_TOGETHER` rows in one.
    all_x, all_spare, all_moved, all_value = (each.reshape(len(x) // _TOGETHER, -1) for each in (x, spare, moved, value))
    before, at, behind = block.depth
    far = max(count - block.dilation, 0)
    np.multiply(all_x, at, out=all_spare)
    np.multiply(all_x, before, out=all_moved)
    spare[count - far : count] += moved[:far]
    np.multiply(all_x, behind, out=all_moved)
    spare[:far] += moved[count - far : count]
    np.matmul(spare, block.gate, out=moved)
    all_moved += block.gate_bias
    np.tanh(moved, out=moved)
    moved += 1
    np.matmul(spare, block.value, out=value)
    all_value += block.value_bias
    moved *= value
    x += moved
    if more is not None:
        x[:count] += more
    x -= (x @ mean)[:, None]
    x *= (1 / np.sqrt(np.einsum("ij,ij->i", x, x) * mean[0] + _TINY))[:, None]
    all_x *= block.gain
    all_x += block.shift


def shapes(size: int, vectors: int, part: int, hint: int, blocks: int) -> dict[str, tuple[int, ...]]:
    """Return the shapes of the arrays that training has to give, by name."""
    joined = vectors + PARTS * part + 8 + len(GROUPS) * hint
    of_blocks = {
        name: shape
        for block in range(blocks)
        for name, shape in {
            f"depth.{block}": (WINDOW, size), f"depth_bias.{block}": (size,), f"mix.{block}": (size, 2 * size),
            f"mix_bias.{block}": (2 * size,), f"gain.{block}": (size,), f"shift.{block}": (size,),
        }.items()
    }  # fmt: skip
    return of_blocks | {
        "parts": (BUCKETS, part), "gaps": (3, 8), "hints": (len(GROUPS), len(LABELS), hint),
        "window": (joined, WINDOW * size), "bias": (size,), "same": (size, size), "whole": (size, size),
        "whole_bias": (size,), "head": (size, len(LABELS)), "head_bias": (len(LABELS),),
    }  # fmt: skip
