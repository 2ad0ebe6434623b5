"""What a text is about: near for one topic, far for another, nothing for no words."""

import numpy as np

from kg.extract.gist import LARGEST, gist


def alike(one: str, other: str) -> float:
    left, right = gist(one), gist(other)
    assert left is not None
    assert right is not None
    a, b = left.astype(float), right.astype(float)
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def test_one_topic_in_other_words_is_nearer_than_another_topic() -> None:
    near = alike("Convolutional networks for image segmentation", "Segmenting pictures with deep convolutions")
    far = alike("Convolutional networks for image segmentation", "Bounds for Bayesian optimal experimental design")
    assert near > 0.4 > far


def test_a_text_without_known_words_has_none() -> None:
    assert gist("") is None
    assert gist("of the and xqzzvw") is None


def test_it_is_whole_numbers_that_fit_a_byte() -> None:
    found = gist("Speech recognition with transducers")
    assert found is not None
    assert found.dtype == np.int8
    assert int(np.abs(found.astype(int)).max()) == LARGEST
