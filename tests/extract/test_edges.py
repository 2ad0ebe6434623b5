"""Names that a tagger found, without what is no part of them."""

import pytest

from kg.extract.edges import whole
from kg.model import Candidate


@pytest.mark.parametrize(
    ("text", "found", "name"),
    [
        ("Boolean planning (BP) solving is hard.", "BP) solving", "BP"),
        ("the cluster-(K)CCA method", "cluster-(K", "cluster"),
        ("FooNet and BarNet", "FooNet and", "FooNet"),
        ("the mapping of halls", "mapping of", "mapping"),
        ("We use L0 - L1 terms.", "L0 -", "L0"),
        (r"called \textit{GRAVEL}.", "GRAVEL}", "GRAVEL"),
        (r"fast {\sf GRAVEL}, which", r"fast {\sf GRAVEL", r"fast {\sf GRAVEL}"),
        (r"the {\it pebble} problem", r"{\it pebble", "pebble"),
        (r"a \textitGravelNet model", r"\textitGravelNet", "GravelNet"),
        (r"Deep Gravel \hbox{(DG)} is", r"Deep Gravel \hbox{", "Deep Gravel"),
        (r"we call \textbf{GravelNet} new", r"\textbf{GravelNet}", r"\textbf{GravelNet}"),
        ("Gravel Retrieval~ is old", "Gravel Retrieval~", "Gravel Retrieval"),
        ("on Gravel Part A data", "Gravel Part A", "Gravel Part A"),
        ("the f(x)-GAN of 2020", "f(x)-GAN", "f(x)-GAN"),
    ],
)
def test_a_name_is_cut_to_what_it_is(text: str, found: str, name: str) -> None:
    start = text.index(found)
    (kept,) = whole(text, [Candidate(start, start + len(found), "method", 0.9, "tagger 1")])
    assert text[kept.start : kept.end] == name


def test_a_name_of_which_nothing_is_left_goes() -> None:
    assert whole("and (", [Candidate(4, 5, "method", 0.9, "tagger 1")]) == []
