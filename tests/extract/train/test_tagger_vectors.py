"""A tagger can be trained again on the vectors of one that was."""

from pathlib import Path

import numpy as np
import pytest


def test_the_vectors_of_a_model_file_are_taken_as_they_are(tmp_path: Path) -> None:
    pytest.importorskip("torch", reason="training needs PyTorch, which is not installed")
    from kg.extract.tagger import MODEL  # noqa: PLC0415
    from kg.extract.train.tagger import read_vectors  # noqa: PLC0415

    taken = read_vectors(MODEL)
    with np.load(MODEL, allow_pickle=False) as model:
        np.testing.assert_array_equal(taken.whole, model["vectors"])
        np.testing.assert_array_equal(taken.scales, model["scales"].astype(np.float32))
        assert len(taken.words) == len(taken.whole) == len(taken.rows) - 1

    made = tmp_path / "vectors.npz"
    np.savez(made, words=np.array("a\nb"), vectors=np.array([[1, -2], [3, 4]], np.float32))
    rounded = read_vectors(made)
    assert rounded.words == ["a", "b"]
    np.testing.assert_allclose(rounded.rows, [[0, 0], [1, -2], [3, 4]], atol=0.1)
