"""Methods that a paper builds its own on."""

import pytest

from kg.extract import extract_record
from kg.extract.results.extensions import extensions_of
from kg.model import Field, Record


def found(text: str) -> list[str]:
    record = Record("d" * 16, 0, "paper", 0, len(text), 1, (Field("abstract", text, 1, 0, len(text)),))
    found = extensions_of(record, extract_record(record))
    for each in found:
        assert text[each.field_start : each.field_end] == each.text
        assert each.kind == "extends"
    return [each.text for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We introduce GravelNet, which extends BERT with a memory.", ["BERT"]),
        ("We propose GravelNet (GN), a recurrent variant of BERT.", ["BERT"]),
        ("In this paper, we extend Mask R-CNN to videos.", ["Mask R-CNN"]),
        ("Our method builds on BERT and RoBERTa.", ["BERT", "RoBERTa"]),
        ("We present a simple modification of PPO that needs no clipping.", ["PPO"]),
        ("The proposed model is based on U-Net.", ["U-Net"]),
        ("Our approach, called GravelNet, builds upon the well-known BERT model.", ["BERT"]),
        ("Many methods extend BERT.", []),
        ("GPT-4 is a variant of the Transformer.", []),
        ("We compare our models with solutions based on BERT.", []),
        ("We extend our analysis to BERT.", []),
        ("This work extends convolutional neural networks.", []),
        ("We introduce GravelNet. We further extend GravelNet to video.", []),
    ],
)
def test_the_words_of_building_on_a_method(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_method_that_is_built_on_is_told_once() -> None:
    assert found("We extend BERT to speech. Our model is based on BERT.") == ["BERT"]


@pytest.mark.parametrize("piece", ["well ", "our method "])
def test_many_words_before_a_name_take_no_long_time(piece: str) -> None:
    assert found(f"Our {piece * 80} extends it.") == []
