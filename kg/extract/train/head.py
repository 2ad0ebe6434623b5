"""Trains a head of the tagger for another convention: `python -m kg.extract.train.head GOLD... --out FILE`.

GOLD are annotated texts in any form that `kg evaluate` reads, such as `gold/extraction/load.py --unit sentence` prints. The network
that ships stays as it is: each text goes through it once, and the head is trained on what comes out, in a few minutes on one core.

Texts that share eight words in a row with texts that judge (`--apart`) are left out. A fifth of the others is held out first, texts
that share eight words with each other on one side: it measures, and calibrates the scores. Then the head is trained again on all.
With `--judge` it is measured on other texts instead, and nothing is written.
"""

import argparse
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from numpy.typing import NDArray

from kg.extract.evaluate.gold import read_gold
from kg.extract.tagger import MODEL, NumpyTagger, arrays
from kg.extract.tagger.network import Network
from kg.extract.train.alike import held_out, shared
from kg.extract.train.calibration import isotonic
from kg.extract.train.examples import Example, examples
from kg.extract.train.network import UNLABELLED, TrainedHead
from kg.extract.train.tagger import Course, figures, fit, judged, say

COURSE: Final = Course(epochs=14, batch=32, rate=3e-3, memory=0.99)
SIZE: Final = 96
"""Width of the head's layers."""

_DROPOUT: Final = 0.4


def trained(some: Sequence[Example], held: Sequence[Example], weights: dict[str, NDArray[Any]], course: Course) -> dict[str, NDArray[Any]]:
    """Return the arrays of a head trained on `some`; tell how it does on those held out.

    Args:
        some: The texts to learn from.
        held: Others, to measure.
        weights: Those of the network that it stands on.
        course: How it is trained.
    """
    torch.manual_seed(course.seed)
    network = Network(weights)
    seen = {each.id: torch.from_numpy(np.concatenate(network.layers(each.seen), axis=1)) for each in some}

    def scored(net: TrainedHead, chosen: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor]:
        layers = torch.nn.utils.rnn.pad_sequence([seen[each.id] for each in chosen], batch_first=True)
        right = [torch.tensor(each.labels) for each in chosen]
        labels = torch.nn.utils.rnn.pad_sequence(right, batch_first=True, padding_value=UNLABELLED)
        return net(layers, labels != UNLABELLED), labels

    def measured(net: TrainedHead) -> str:
        return figures(NumpyTagger(weights, net.arrays()), held) if held else ""

    return dict(fit(TrainedHead(torch.cat(list(seen.values())), SIZE, _DROPOUT), some, course, scored, measured).arrays())


def main() -> None:
    """Train, calibrate and write a head."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--apart", action="append", type=Path, default=[], help="annotated texts that judge: nothing is learned from what they share")
    goal = parser.add_mutually_exclusive_group(required=True)
    goal.add_argument("--out", type=Path, help="where to write the head: kg/extract/tagger/heads/NAME.npz")
    goal.add_argument("--judge", type=Path, help="other annotated texts: measure on them, and write nothing")
    parser.add_argument("--epochs", type=int, default=COURSE.epochs)
    parser.add_argument("--batch", type=int, default=COURSE.batch, help="texts a step: fewer where they are long")
    told = parser.parse_args()
    course, weights = replace(COURSE, epochs=told.epochs, batch=told.batch), arrays(MODEL)
    texts = [text for path in told.gold for text in read_gold(path).texts]
    judging = [path for path in (*told.apart, told.judge) if path]
    apart = shared(texts, (text for path in judging for text in read_gold(path).texts))
    every = [each for each in examples(told.gold, []) if each.labels and each.id not in apart]
    out = held_out(texts) if told.out else set()
    held = examples([told.judge], []) if told.judge else [each for each in every if each.id in out]
    rest = [each for each in every if each.id not in out]
    say(f"{len(rest)} texts to learn from, {len(held)} to measure, {len(apart)} left out")
    head = trained(rest, held, weights, course)
    if told.out:
        table = isotonic(judged(NumpyTagger(weights, head), held))
        whole: dict[str, Any] = trained(every, [], weights, course)
        np.savez_compressed(told.out, **whole, calibration=table, network=zlib.crc32(MODEL.read_bytes()), texts=len(every))


if __name__ == "__main__":
    main()
