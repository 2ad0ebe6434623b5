"""Surnames are found in citations only."""

import pytest

from kg.extract.citations import extract


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("(Beltagy et al., 2020a)", ["Beltagy"]),
        ("Yin and Li (2021) and (Müller, 2019)", ["Yin", "Li", "Müller"]),
        ("as Li  et\nal. say", ["Li"]),
        ("(Ben-David, Lu & O'Neil 2010)", ["Ben-David", "Lu", "O'Neil"]),
        ("in May and June 2020 (June 2020)", []),
        ("the GAN (2014) of CVPR 2020", []),
    ],
)
def test_surnames(text: str, names: list[str]) -> None:
    assert [text[c.start : c.end] for c in extract(text)] == names
