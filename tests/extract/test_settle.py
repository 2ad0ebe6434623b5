"""Of overlapping proposals one stays, whatever their order."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.settle import agree, settle
from kg.model import Candidate

spans = st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from([0.5, 0.9]), st.sampled_from(["a", "lexicon"]))
proposals = st.lists(spans.map(lambda s: Candidate(s[0], s[0] + s[1], "method", s[2], s[3])), max_size=12)


@settings(deadline=None)
@given(proposals)
def test_nothing_overlaps_and_nothing_free_is_lost(candidates: list[Candidate]) -> None:
    kept = settle(candidates)
    assert all(left.end <= right.start for left, right in itertools.pairwise(kept))
    assert all(any(k.start < c.end and c.start < k.end for k in kept) for c in candidates)


@settings(deadline=None)
@given(proposals.flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_the_proposals_does_not_count(orders: tuple[list[Candidate], list[Candidate]]) -> None:
    assert settle(orders[0]) == settle(orders[1])


def test_a_description_gives_way_to_a_known_name_at_its_end() -> None:
    described = Candidate(0, 20, "method", 0.5, "phrase:method")
    known = Candidate(10, 20, "method", 0.9, "lexicon")
    assert settle([described, known]) == [known]


def test_the_type_with_the_most_evidence_wins() -> None:
    weak = Candidate(0, 3, "method", 0.55, "pattern:shape")
    strong = Candidate(9, 12, "dataset", 0.85, "pattern:introduced")
    assert agree([("Wal", weak), ("Wal", weak), ("Wal", strong)])["Wal"].type == "dataset"
