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
    ],
)
def test_versions(text: str, names: list[str]) -> None:
    assert [c.canonical for c in extract(text)] == names
