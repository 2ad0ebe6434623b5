"""Spans as labels, and back."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.tagger.labels import LABELS, codes, spans
from kg.extract.tokens import tokens
from kg.model.mentions import MENTION_TYPES

WORDS = 12
TEXT = " ".join(f"w{index}" for index in range(WORDS))


@st.composite
def flat(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    cuts = sorted(draw(st.sets(st.integers(0, WORDS), max_size=8)))
    return [(a, b, draw(st.sampled_from(MENTION_TYPES))) for a, b in pairwise(cuts) if draw(st.booleans())]


@given(flat())
def test_what_is_written_as_labels_is_read_back(marked: list[tuple[int, int, str]]) -> None:
    found = tokens(TEXT)
    labels = codes(found, [(found.starts[a], found.ends[b - 1], kind) for a, b, kind in marked])  # type: ignore[misc]
    assert spans(labels) == marked


def test_a_span_that_cuts_a_token_takes_all_of_it() -> None:
    assert codes(tokens("aNeural network"), [(1, 15, "method")]) == [1, 2]


def test_two_spans_side_by_side_stay_two() -> None:
    assert [LABELS[label] for label in codes(tokens("PSNR SSIM"), [(0, 4, "metric"), (5, 9, "metric")])] == ["B-metric"] * 2
