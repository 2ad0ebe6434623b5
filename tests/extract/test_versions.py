"""A version makes an entity of its own; a number that counts does not."""

import pytest

from kg.extract.versions import extract


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We use BERT 2.", ["BERT 2"]),
        ("We use BERT 2 times", []),
        ("BERT Ultra, and BERT", ["BERT Ultra"]),
        ("on MNIST 2031 we", ["MNIST 2031"]),
        ("with BERT 2031 papers", []),
        ("a ResNet-1001 and a BERT-7B-chat.", ["ResNet-1001", "BERT-7B-chat"]),
        ("ResNet-50 is known, my-ResNet-9000 and COIN-7 are no names", []),
    ],
)
def test_versions(text: str, names: list[str]) -> None:
    assert [c.canonical for c in extract(text)] == names


@pytest.mark.parametrize("text", ["BERT 2 is new", "a BERT-77 is new"])
def test_a_version_says_what_it_is_a_version_of(text: str) -> None:
    assert [c.broader for c in extract(text)] == ["https://w3id.org/kgp/id/method/bert"]
