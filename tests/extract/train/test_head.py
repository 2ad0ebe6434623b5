"""A head learns what is annotated, and its file tells what it was made of."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from kg.extract.tagger import MODEL, NumpyTagger, arrays

pytest.importorskip("torch", reason="training needs PyTorch, which is not installed")

from kg.extract.train.examples import examples
from kg.extract.train.head import main, trained
from kg.extract.train.tagger import Course, judged

STONES = ("gravel", "granite", "basalt", "marble", "slate", "quartz", "chalk", "flint", "gneiss", "shale")


def gold(folder: Path) -> Path:
    """Write sentences in which the noun behind a name belongs to the span."""
    rows = []
    for stone in STONES:
        for ending in ("Base", "Set", "Hub", "Net"):
            text = f"We measure all {stone} samples on the {stone.title()}{ending} dataset in our second study."
            start = text.index("the ") + 4
            end = text.index(" in our")
            rows.append({"id": f"{stone}{ending}", "text": text, "mentions": [{"start": start, "end": end, "type": "dataset"}], "types": ["dataset"]})
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_head_learns_where_spans_end(tmp_path: Path) -> None:
    every, weights = examples([gold(tmp_path)], []), arrays(MODEL)
    head = trained(every, [], weights, Course(epochs=15, batch=4))
    told = judged(NumpyTagger(weights, head), every)
    assert sum(fits for _, fits in told) > 0.9 * len(every)


def test_the_file_tells_what_it_was_made_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = gold(tmp_path)
    judge = tmp_path / "judge.jsonl"
    judge.write_text(path.read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["head", str(path), "--apart", str(judge), "--out", str(tmp_path / "moss.npz"), "--epochs", "1"])
    main()
    made = arrays(tmp_path / "moss.npz")
    assert 0 < int(made["texts"]) < 4 * len(STONES)
    assert made["calibration"].shape[0] == 2
    assert all(np.isfinite(array).all() for array in made.values())
