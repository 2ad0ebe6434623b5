"""Abbreviations lead to their long form, and both to one entity."""

import pytest

from kg.extract.acronyms import definitions, extract, singular


@pytest.mark.parametrize(
    ("text", "long", "short"),
    [
        ("a quick marble sorting network (QMSN).", "quick marble sorting network", "QMSN"),
        ("We study multi-modal walnut models (MWMs) here", "multi-modal walnut models", "MWMs"),
        ("a WAVE (walnut aware vector encoder) model", "walnut aware vector encoder", "WAVE"),
        ("invariant information binning (IIB)", "invariant information binning", "IIB"),
        ("Distance of Fréchet Type (DFT; see below)", "Distance of Fréchet Type", "DFT"),
        ("we use the Walnut Transform (WalT)", "Walnut Transform", "WalT"),
    ],
)
def test_a_definition_is_found(text: str, long: str, short: str) -> None:
    assert [(text[slice(*d.long)], text[slice(*d.short)]) for d in definitions(text)] == [(long, short)]


@pytest.mark.parametrize("text", ["nothing fits (XYZ)", "results (Table)", "(ABC)", "see above (2020)", "we (and) GAN ()"])
def test_other_brackets_define_nothing(text: str) -> None:
    assert list(definitions(text)) == []


def test_later_uses_name_the_same_entity() -> None:
    text = "A walnut sorting network (WSN) is small. WSNs and WSN-based tools, not AWSN."
    assert [(text[c.start : c.end], c.canonical) for c in extract(text) if c.by == "acronym"] == [
        ("WSN", "walnut sorting network"),
        ("WSN", "walnut sorting network"),
        ("WSNs", "walnut sorting network"),
        ("WSN", "walnut sorting network"),
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("walnut shell recognition (WSR)", "task"),
        ("walnut growing network (WGN)", "method"),
        ("walnut shell error (WSE)", "metric"),
        ("the Walnut Image Benchmark (WIB)", "dataset"),
        ("the Walnut Shell Recognition (WSR) dataset", "dataset"),
        ("We propose Walnut Shell Recognition (WSR)", "method"),
    ],
)
def test_the_long_form_and_what_follows_tell_the_type(text: str, kind: str) -> None:
    assert {c.type for c in extract(text)} == {kind}


@pytest.mark.parametrize(
    ("name", "one"),
    [
        ("nut kinematics", "nut kinematics"), ("naive Bayes", "naive Bayes"), ("equalized odds", "equalized odds"), ("time series", "time series"),
        ("nut metrics", "nut metric"), ("sorting accuracies", "sorting accuracy"), ("shell losses", "shell loss"), ("nut movie", "nut movie"),
    ],
)  # fmt: skip
def test_only_a_plural_loses_its_s(name: str, one: str) -> None:
    assert singular(name) == one


def test_a_known_long_form_gives_its_concept() -> None:
    text = "Generative adversarial networks (GANs) are known."
    assert all(c.concept is not None and c.concept.endswith("generative-adversarial-network") for c in extract(text))
