"""Entities are components of `same` under the vetoes of `different`; people's word is the last."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Judgement
from kg.resolve.cluster import components

MEMBERS = "abcdefg"
PAIRS = list(combinations(MEMBERS, 2))


def said(left: str, right: str, verdict: str = "same", score: float = 0.9, by: str = "kg") -> Judgement:
    return Judgement("paper", left, right, verdict, score, "rule", {}, by)  # type: ignore[arg-type]


JUDGEMENTS = st.lists(
    st.builds(
        lambda pair, verdict, score, by: said(pair[0], pair[1], verdict, score, by),
        st.sampled_from(PAIRS), st.sampled_from(["same", "different", "unsure"]),
        st.sampled_from([0.5, 0.9, 1.0]), st.sampled_from(["kg", "kg", "decisions.csv"]),
    ),
    max_size=14,
)  # fmt: skip


def entity_of(judgements: list[Judgement]) -> dict[str, int]:
    return {member: i for i, cluster in enumerate(components(MEMBERS, judgements)) for member in cluster}


@given(JUDGEMENTS)
def test_every_member_is_in_one_sorted_cluster(judgements: list[Judgement]) -> None:
    found = components(MEMBERS, judgements)
    assert sorted(member for cluster in found for member in cluster) == list(MEMBERS)
    assert found == sorted(sorted(cluster) for cluster in found)


@given(JUDGEMENTS, st.data())
def test_order_does_not_matter(judgements: list[Judgement], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(judgements))
    members = data.draw(st.permutations(MEMBERS))
    assert components(members, shuffled) == components(MEMBERS, judgements)


@given(JUDGEMENTS)
def test_it_does_not_matter_which_member_is_left(judgements: list[Judgement]) -> None:
    turned = [replace(j, left=j.right, right=j.left) for j in judgements]
    assert components(MEMBERS, turned) == components(MEMBERS, judgements)


@given(JUDGEMENTS)
def test_what_people_told_apart_is_apart(judgements: list[Judgement]) -> None:
    entity = entity_of(judgements)
    for judgement in judgements:
        if judgement.by != "kg" and judgement.verdict == "different":
            assert entity[judgement.left] != entity[judgement.right]


@given(JUDGEMENTS)
def test_what_people_joined_is_one_unless_people_contradict(judgements: list[Judgement]) -> None:
    if any(j.by != "kg" and j.verdict == "different" for j in judgements):
        return
    entity = entity_of(judgements)
    for judgement in judgements:
        if judgement.by != "kg" and judgement.verdict == "same":
            assert entity[judgement.left] == entity[judgement.right]


@given(st.lists(st.builds(lambda p, v, s: said(p[0], p[1], v, s), st.sampled_from(PAIRS), st.sampled_from(["same", "different"]),
                          st.sampled_from([0.5, 0.9])), max_size=14))  # fmt: skip
def test_rules_never_join_what_a_rule_told_apart(judgements: list[Judgement]) -> None:
    entity = entity_of(judgements)
    for judgement in judgements:
        if judgement.verdict == "different":
            assert entity[judgement.left] != entity[judgement.right]


def test_without_vetoes_entities_are_components() -> None:
    assert components("edcba", [said("a", "b"), said("b", "c"), said("d", "e")]) == [["a", "b", "c"], ["d", "e"]]


def test_a_veto_splits_a_chain_at_its_weakest_link() -> None:
    chain = [said("a", "b", score=0.95), said("b", "c", score=0.9), said("a", "c", "different", 1.0)]
    assert components("abc", chain) == [["a", "b"], ["c"]]
    assert components("abc", [*chain, said("b", "c", score=0.99)]) == [["a"], ["b", "c"]]


def test_a_veto_splits_a_long_chain() -> None:
    chain = [said("a", "b"), said("b", "c"), said("c", "d"), said("a", "d", "different")]
    assert components("abcd", chain) == [["a", "b", "c"], ["d"]]


def test_unsure_joins_nothing_and_strangers_are_left_out() -> None:
    assert components("ab", [said("a", "b", "unsure", 0.99), said("a", "x"), said("x", "y", "different")]) == [["a"], ["b"]]


def test_people_split_what_rules_join() -> None:
    assert components("ab", [said("a", "b", score=1.0), said("a", "b", "different", 1.0, "decisions.csv")]) == [["a"], ["b"]]


def test_people_join_what_rules_split() -> None:
    assert components("ab", [said("a", "b", "different", 1.0), said("a", "b", "same", 1.0, "decisions.csv")]) == [["a", "b"]]


def test_a_rule_cannot_veto_a_chain_that_people_made() -> None:
    decided = [said("a", "b", by="decisions.csv"), said("b", "c", by="decisions.csv"), said("a", "c", "different", 1.0)]
    assert components("abc", decided) == [["a", "b", "c"]]


def test_what_people_joined_keeps_all_its_foes() -> None:
    judgements = [said("a", "b", by="decisions.csv"), said("b", "c", "different"), said("a", "c", score=0.99)]
    assert components("abc", judgements) == [["a", "b"], ["c"]]


def test_many_copies_take_no_quadratic_time() -> None:
    count = 50_000
    star = [said("m0", f"m{i}") for i in range(1, count)]
    vetoes = [said(f"m{i}", f"x{i}", "different") for i in range(count)]
    found = components([f"{c}{i}" for c in "mx" for i in range(count)], star + vetoes)
    assert len(found[0]) == count
    assert len(found) == count + 1
