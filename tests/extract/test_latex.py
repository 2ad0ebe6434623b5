"""A name in LaTeX keeps its markup in the span and loses it in the canonical name."""

import pytest

from kg.extract.latex import extract, plain
from kg.extract.names import canonical_of
from kg.model import Candidate


@pytest.mark.parametrize(
    ("text", "span", "canonical"),
    [
        (r"We train \walnut on data", r"\walnut", "walnut"),
        (r"We train \walnut{} on data", r"\walnut{}", "walnut"),
        (r"the $\delta$-VAEs are", r"$\delta$-VAEs", "delta-VAEs"),
        (r"the $\mathbb{WAL}$ set", r"$\mathbb{WAL}$", "WAL"),
        (r"our \textsc{WalNut} tool", r"\textsc{WalNut}", "WalNut"),
    ],
)
def test_markup_is_part_of_the_mention_only(text: str, span: str, canonical: str) -> None:
    assert [(text[c.start : c.end], c.canonical) for c in extract(text)] == [(span, canonical)]


@pytest.mark.parametrize("text", [r"\alpha and \textbf{bold}", "$x^2$ and $y$", "no LaTeX", r"\\", "$"])
def test_mathematics_and_commands_name_nothing(text: str) -> None:
    assert list(extract(text)) == []


def test_accents_stay_letters() -> None:
    assert plain(r"Fr\'echet") == "Frechet"


@pytest.mark.parametrize(("text", "name"), [("Fr{é}chet mean", "Fréchet mean"), ("Deformable Gravel}", "Deformable Gravel"), ("A*", "A*")])
def test_a_canonical_name_has_no_braces(text: str, name: str) -> None:
    assert canonical_of(text, Candidate(0, len(text), "method", 0.9, "tagger 1")) == name
