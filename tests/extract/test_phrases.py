"""Tasks and families of methods are found by their last noun, without what only praises or sizes them."""

import pytest

from kg.extract.phrases import extract


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("We improve walnut shell recognition.", "walnut shell recognition", "task"),
        ("a novel large-scale walnut detection here", "walnut detection", "task"),
        ("using walnut-aware hashing", "walnut-aware hashing", "method"),
        ("training walnut networks", "walnut networks", "method"),
        ("a high walnut accuracy", "walnut accuracy", "metric"),
        ("effective segmentation is", "segmentation", "task"),
    ],
)
def test_a_phrase_is_found_with_its_type(text: str, phrase: str, kind: str) -> None:
    assert [(text[c.start : c.end], c.type) for c in extract(text)] == [(phrase, kind)]


@pytest.mark.parametrize(
    "text",
    ["the generation of walnuts", "our novel model", "walnut predictions", "machine learning", "the BERT model",
     "walnut detection-like", "a machine translation model"],
)  # fmt: skip
def test_other_phrases_are_none(text: str) -> None:
    spans = [text[c.start : c.end] for c in extract(text)]
    assert [span for span in spans if span not in {"machine translation", "walnut detection"}] == []
