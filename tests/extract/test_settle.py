"""Of overlapping proposals one stays, whatever their order."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.settle import agree, of_one_type, settle
from kg.model import Candidate, Field

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


def test_a_name_means_one_thing_throughout_a_record() -> None:
    title, abstract = Field("title", "CSS for pebbles", 1), Field("abstract", "Pebble stones (CSS) and CSSs, not css, with SCIP or SCIP", 1)
    defined = Candidate(15, 18, "method", 0.9, "tagger 2, acronym", "pebble stone")
    known = Candidate(44, 48, "software", 0.5, "tagger 2, lexicon", "SCIP", "id/software/scip")
    found = of_one_type((title, abstract), [
        [Candidate(0, 3, "task", 0.4, "tagger 2")],
        [
            defined, Candidate(24, 28, "task", 0.45, "tagger 2"), Candidate(34, 37, "task", 0.9, "tagger 2"),
            known, Candidate(52, 56, "method", 0.3, "tagger 2"),
        ],
    ])  # fmt: skip
    assert [(c.start, c.type, c.score, c.canonical, c.concept) for some in found for c in some] == [
        (0, "method", 0.4, "pebble stone", None), (15, "method", 0.9, "pebble stone", None), (24, "method", 0.45, "pebble stone", None),
        (34, "task", 0.9, None, None), (44, "software", 0.5, "SCIP", "id/software/scip"), (52, "software", 0.3, "SCIP", "id/software/scip"),
    ]  # fmt: skip
