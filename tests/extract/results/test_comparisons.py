"""Methods that a paper compares its own with."""

import pytest

from kg.extract import extract_record
from kg.extract.results.comparisons import comparisons_of
from kg.model import Field, Record


def found(text: str) -> list[tuple[str, str]]:
    record = Record("d" * 16, 0, "paper", 0, len(text), 1, (Field("abstract", text, 1, 0, len(text)),))
    found = comparisons_of(record, extract_record(record))
    for each in found:
        assert text[each.field_start : each.field_end] == each.text
    return [(each.text, each.kind) for each in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It outperforms BigGAN-deep on ImageNet.", [("BigGAN-deep", "outperforms")]),
        ("It surpasses strong models such as GPT-4, BERT and RoBERTa.",
         [("GPT-4", "outperforms"), ("BERT", "outperforms"), ("RoBERTa", "outperforms")]),
        ("It matches the quality of WaveNet.", [("WaveNet", "compared")]),
        ("It has a 3% higher accuracy than BERT.", [("BERT", "outperforms")]),
        ("We compare it with BERT.", [("BERT", "compared")]),
        ("It is outperformed by BERT.", []),
        ("We use BERT. It outperforms all baselines.", []),
        ("It outperforms graph neural networks.", []),
        ("It outperforms the vanilla transformer.", [("transformer", "outperforms")]),
        ("It outperforms BERT on ImageNet and RoBERTa runs on MNIST.", [("BERT", "outperforms")]),
        ("It beats ImageNet models.", []),
        ("It is no faster than BERT.", [("BERT", "compared")]),
        ("There is no significant increase in size compared to BERT.", [("BERT", "compared")]),
    ],
)  # fmt: skip
def test_the_words_of_a_comparison(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_titles_and_second_abstracts_compare_nothing() -> None:
    text = "It outperforms BERT."
    fields = (Field("title", text, 1, 0, 20), Field("abstract", text, 2, 30, 50, position=1))
    record = Record("d" * 16, 0, "paper", 0, 50, 1, fields)
    assert comparisons_of(record, extract_record(record)) == []


def test_a_name_that_is_compared_twice_is_told_once_by_the_stronger_word() -> None:
    assert found("We compare it with BERT. It outperforms BERT.") == [("BERT", "outperforms")]


@pytest.mark.parametrize("piece", ["widely ", "state-of-the-art, ", "(the "])
def test_many_words_before_a_name_take_no_long_time(piece: str) -> None:
    assert found(f"It outperforms {piece * 60}; BERT.") == []
