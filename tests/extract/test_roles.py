"""A paper introduces what its verbs say it does, mentions what it leaves to others, and uses the rest."""

import pytest

from kg.extract import extract_record
from kg.model import Field, Record


def roles(abstract: str, title: str = "On things") -> dict[str, str]:
    record = Record("d", 0, "paper", 0, 1, 1, (Field("title", title, 1), Field("abstract", abstract, 2)))
    return {mention.text: mention.role for mention in extract_record(record)}


@pytest.mark.parametrize(
    ("abstract", "name", "role"),
    [
        ("We introduce WalNet, a model. WalNet is trained on ImageNet.", "WalNet", "introduces"),
        ("We introduce WalNet, a model. WalNet is trained on ImageNet.", "ImageNet", "uses"),
        ("Recent progress was driven by ResNet. We sort walnuts.", "ResNet", "mentions"),
        ("We sort walnuts and compare with ResNet.", "ResNet", "uses"),
        ("As shown before (Beltagy et al., 2020), walnuts sort.", "Beltagy", "mentions"),
        ("We propose to extend ResNet.", "ResNet", "uses"),
    ],
)
def test_the_role_follows_the_words(abstract: str, name: str, role: str) -> None:
    assert roles(abstract)[name] == role


def test_the_name_before_the_colon_of_a_title_is_introduced() -> None:
    assert roles("It sorts. WalNet is quick.", "WalNet: Sorting")["WalNet"] == "introduces"


def test_one_entity_has_one_role() -> None:
    abstract = "Recent work uses a walnut sorting network (WSN). We present a WSN and compare WSNs."
    record = Record("d", 0, "paper", 0, 1, 1, (Field("abstract", abstract, 1),))
    assert len({m.role for m in extract_record(record) if m.canonical == "walnut sorting network"}) == 1
