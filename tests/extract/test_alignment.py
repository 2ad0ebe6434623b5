"""Of the words that the letters of an abbreviation could stand for, those are taken that they fit best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.alignment import aligned


@pytest.mark.parametrize(
    ("short", "clause", "long"),
    [
        ("WSN", "we train a walnut sorting network", "walnut sorting network"),
        ("WS-NutF", "by Walnut-Shell Sorting with NutF", "Walnut-Shell Sorting with NutF"),
        ("SSC", "called Sparse Shell Clustering", "Sparse Shell Clustering"),
        ("APA", "an almond pear aggregation strategy", "almond pear aggregation"),
        ("NNWF", "a Nested Nut Weighted Filter", "Nested Nut Weighted Filter"),
        ("BPN", "a balanced pear net", "balanced pear net"),
        ("EGN", "elegant and edible GAN for nuts", "edible GAN for nuts"),
        ("PvA", "the Proof via Almonds", "Proof via Almonds"),
        ("MWM", "large multi-modal walnut models", "multi-modal walnut models"),
        ("ANC", "the Almonds and Nuts Corpus", "Almonds and Nuts Corpus"),
        ("NRT", 'by "nut response theory"', "nut response theory"),
        ("INL", "in-nut learning", "in-nut learning"),
        ("MoO", "the mean of oranges", "mean of oranges"),
        ("GWTs", "two graph walnut trees", "graph walnut trees"),
    ],
)  # fmt: skip
def test_the_long_form_has_the_words_that_fit_best(short: str, clause: str, long: str) -> None:
    start, end = aligned(short, clause) or (0, 0)
    assert clause[start:end] == long


@pytest.mark.parametrize(
    ("short", "clause", "long"),
    [
        ("HPO", "hyperparameter olive optimization methods", "hyperparameter olive optimization"),
        ("NWA", "Nut Weighing Almonds problem", "Nut Weighing Almonds"),
        ("NWP", "nut weighing problem", "nut weighing problem"),
        ("GAT", "graph almond attention method", "graph almond attention method"),
        ("LSP", "Large Shell Pictures data", "Large Shell Pictures data"),
        ("BM", "branching method", "branching method"),
    ],
)
def test_what_it_is_said_to_be_is_no_part_of_it_unless_a_letter_stands_for_that(short: str, clause: str, long: str) -> None:
    start, end = aligned(short, clause) or (0, 0)
    assert clause[start:end] == long


@pytest.mark.parametrize(
    ("short", "clause", "long"),
    [
        ("WSN", r"a \textbf{W}alnut \textbf{S}orting \textbf{N}etwork", r"\textbf{W}alnut \textbf{S}orting \textbf{N}etwork"),
        ("WN", r"a $\textbf{W}$alnut $\textbf{N}$et", r"$\textbf{W}$alnut $\textbf{N}$et"),
        ("WSN", r"known as \emph{walnut sorting network}", r"\emph{walnut sorting network}"),
    ],
)
def test_letters_in_a_typeface_of_their_own_are_part_of_their_words(short: str, clause: str, long: str) -> None:
    start, end = aligned(short, clause) or (0, 0)
    assert clause[start:end] == long


@pytest.mark.parametrize(("short", "clause"), [("XYZ", "nothing fits here"), ("Table", "the results"), ("GAN", "network"), ("A", "")])
def test_words_that_do_not_have_the_letters_are_none(short: str, clause: str) -> None:
    assert aligned(short, clause) is None


@given(st.from_regex(r"[A-Za-z][A-Za-z0-9-]{1,8}", fullmatch=True), st.text("abgnsw -'’{}$\\ABü", max_size=60))
def test_the_letters_are_in_the_long_form_in_order(short: str, clause: str) -> None:
    found = aligned(short, clause)
    if found is not None:
        letters = iter(clause[slice(*found)].lower())
        wanted = [c.lower() for c in short if c.isalnum()]
        assert all(letter in letters for letter in (wanted[:-1] if short[-1] == "s" and short[-2].isupper() else wanted))
