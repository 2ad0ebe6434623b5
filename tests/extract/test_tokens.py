"""Tokens compare what people write differently and still point at what they wrote."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.tokens import first_key, key, keys, occurrences, tokens, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vision-language model", "Vision Language Models"),
        ("optimisation", "optimization"),
        ("modelling behaviours", "modeling behavior"),
        ("Fr\\'echet distance", "Fréchet distance"),
        ("Fr\\'{e}chet", "Frechet"),
        ("Image\u200bNet", "ImageNet"),
        ("trans\u00adformer", "transformer"),
        ("policies", "policy"),
    ],
)
def test_variants_have_the_same_keys(one: str, other: str) -> None:
    assert tokens(one).keys == tokens(other).keys


@pytest.mark.parametrize(("one", "other"), [("four", "for"), ("loss", "los"), ("analysis", "analysi")])
def test_different_words_have_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_spans_cover_what_cannot_be_seen() -> None:
    text = "on Image\u200bNet, Fr\\'echet caf\\'e İx"
    found = tokens(text)
    spans = [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]
    assert spans == ["on", "Image\u200bNet", ",", "Fr\\'echet", "caf\\'e", "İx"]


@settings(deadline=None)
@given(st.text())
def test_spans_are_in_order_and_not_empty(text: str) -> None:
    found = tokens(text)
    position = 0
    for start, end in zip(found.starts, found.ends, strict=True):
        assert position <= start < end <= len(text)
        position = end


@settings(deadline=None)
@given(st.text() | st.lists(st.sampled_from(["GANs", " ", "-", " – ", "\\'e", "é", "e\u0301", "\u200b", "_", "."]), max_size=9).map("".join))
def test_short_texts_have_the_same_words(text: str) -> None:
    found = tokens(text)
    assert words(text) == found.words
    assert keys(text) == found.keys
    assert first_key(text) == (found.key(0), found.gap(0))


def test_a_name_occurs_as_a_whole_only() -> None:
    found = tokens("GAN, GANs, BigGAN, GAN-TTS, GAN-based, C-GAN and a Gan")
    assert [found.words[first] for _, first, _ in occurrences(found, ["GAN"])] == ["GAN", "GANs", "GAN"]


def test_ligatures_are_letters_and_move_nothing() -> None:
    found = tokens("the classi\ufb01cation of \ufb02ows\u00ad!")
    assert found.words == ("the", "classification", "of", "flows", "!")
    assert [found.text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == ["the", "classi\ufb01cation", "of", "\ufb02ows", "!"]
