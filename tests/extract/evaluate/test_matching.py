"""Predictions are paired with gold mentions one to one."""

from typing import get_args

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.evaluate.matching import Convention, GoldMention, Predicted, match

spans = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair)))
types = st.sampled_from(["method", "task"])
golds = st.lists(
    st.builds(lambda s, kind, alt: GoldMention(s[0], s[1], kind, alt=tuple(alt)), spans, types, st.lists(spans, max_size=2)), max_size=8
)
predictions = st.lists(st.builds(lambda s, kind: Predicted(s[0], s[1], kind), spans, types), max_size=8, unique=True)
CONVENTIONS: tuple[Convention, ...] = get_args(Convention)


@pytest.mark.parametrize("convention", CONVENTIONS)
@given(gold=golds, predicted=predictions)
def test_pairs_are_one_to_one_and_what_they_claim(
    convention: Convention, gold: list[GoldMention], predicted: list[Predicted]
) -> None:
    found = match(convention, gold, predicted)
    for pairs in found:
        assert len({g for g, _ in pairs}) == len({p for _, p in pairs}) == len(pairs)
    assert all((predicted[p].start, predicted[p].end) in gold[g].spans for g, p in (*found.strict, *found.boundaries))
    assert all(gold[g].type == predicted[p].type for g, p in (*found.strict, *found.overlap))
    assert len(found.strict) <= len(found.boundaries) or convention != "seeds"


@given(gold=golds, predicted=predictions)
def test_the_seeds_have_as_many_pairs_as_there_can_be(gold: list[GoldMention], predicted: list[Predicted]) -> None:
    graph = nx.Graph()
    left = [("gold", i) for i in range(len(gold))]
    graph.add_nodes_from(left)
    graph.add_edges_from(
        (("gold", i), ("predicted", j))
        for i, g in enumerate(gold)
        for j, p in enumerate(predicted)
        if g.type == p.type and (p.start, p.end) in g.spans
    )
    most = len(nx.bipartite.maximum_matching(graph, top_nodes=left)) // 2
    assert len(match("seeds", gold, predicted).strict) == most


def test_conventions_differ_where_one_prediction_lies_on_two_mentions() -> None:
    gold = [GoldMention(0, 4, "task"), GoldMention(5, 20, "task")]
    predicted = [Predicted(3, 18, "task"), Predicted(0, 3, "task")]
    assert match("abstracts", gold, predicted).overlap == ((0, 0),)
    assert set(match("corpora", gold, predicted).overlap) == {(1, 0), (0, 1)}
    assert set(match("seeds", gold, predicted).overlap) == {(1, 0), (0, 1)}


def test_another_type_that_is_accepted_counts_as_right() -> None:
    gold = [GoldMention(0, 4, "software", alt_types=("dataset",))]
    assert match("seeds", gold, [Predicted(0, 4, "dataset")]).strict == ((0, 0),)
