"""Known names are found as whole words, the longest first, in the case that their label asks for."""

import pytest

from kg.extract import lexicon
from kg.ontology import load


def found(text: str) -> list[tuple[str, str | None]]:
    return [(text[c.start : c.end], c.canonical) for c in lexicon.extract(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a Generative Adversarial Networks zoo", "Generative Adversarial Networks"),
        ("many GANs here", "GANs"),
        ("trained on CIFAR-10.", "CIFAR-10"),
        ("the Fr\\'echet inception distance", "Fr\\'echet inception distance"),
        ("GAN-based methods", "GAN"),
        ("machine\ntranslation", "machine\ntranslation"),
        ("Image\u200bNet is large", "Image\u200bNet"),
    ],
)
def test_a_known_name_is_found_as_it_stands(text: str, name: str) -> None:
    assert name in [span for span, _ in found(text)]


@pytest.mark.parametrize("text", ["a gan of a kind", "imagenet", "BigGANx", "toGAN", "C-GAN-x"])
def test_case_and_word_boundaries_count(text: str) -> None:
    assert found(text) == []


def test_the_longest_name_wins() -> None:
    assert next(span for span, _ in found("a deep convolutional neural network")).endswith("neural network")
    assert len(found("generative adversarial networks")) == 1


def test_every_form_leads_to_the_preferred_label() -> None:
    names = {name for _, name in found("GAN, GANs, generative adversarial network, Generative adversarial networks")}
    assert len(names) == 1


def test_an_ambiguous_label_needs_support() -> None:
    ambiguous = next(
        label.text
        for concept in load().of_kind("dataset")
        for label in concept.labels
        if label.ambiguous and label.text.isalpha() and label.text[0].isupper()
    )
    assert found(f"It is {ambiguous} again.") == []
    assert ambiguous in [span for span, _ in found(f"It is tested with the {ambiguous} dataset.")]


def test_attention_is_a_method_only_in_its_technical_sense() -> None:
    assert found("It has attracted attention lately.") == []
    assert found("It has one attention layer.") != []


def test_an_institution_inside_another_name_is_none() -> None:
    types = {c.type for c in lexicon.extract("We use Google Xyzzy here.")}
    assert "institution" not in types
    assert "institution" in {c.type for c in lexicon.extract("It was deployed at Google.")}


def test_a_name_is_known_only_as_a_whole() -> None:
    entry = lexicon.known("generative adversarial networks")
    assert entry is not None
    assert entry.type == "method"
    assert lexicon.known("generative adversarial networks for all") is None


def test_an_abbreviation_of_several_things_names_none_of_them_alone() -> None:
    alone = [c for c in lexicon.extract("A benchmark for the AMR method.") if c.start == 20]
    assert [(c.type, c.canonical, c.concept) for c in alone] == [("method", None, None)]
    said = "Adaptive mesh refinement is old. We speed the AMR method up."
    short = [c for c in lexicon.extract(said) if said[c.start : c.end] == "AMR"]
    assert [c.canonical for c in short] == ["adaptive mesh refinement"]


def test_a_reported_metric_means_what_it_usually_means() -> None:
    assert ("AUC", "AUC") in found("It reaches an AUC of 93.1 here.")
