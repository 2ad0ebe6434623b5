"""What decisions come to: members that are named in many ways, contradictions, and what a slot leaves."""

from collections.abc import Sequence
from typing import Any

import pytest

from kg.model import Judgement
from kg.resolve.cluster import components
from kg.resolve.decisions import FILE, Decision, read
from kg.resolve.references import Catalogue, UnfoundError, catalogue
from kg.resolve.settled import Settled, names, settle

PAPERS = catalogue(
    "paper", [("d0/0", "aa"), ("d1/0", "bb"), ("d2/0", "cc"), ("d3/0", "aa")],
    [("d0/0", "On Hats"), ("d3/0", "On Hats"), ("d1/0", "arxiv:2101.00001"), ("d1/0", "Hats again: a C# study"), ("d2/0", "On Hats")],
).over([
    {"member": "d9/0", "entity": "paper/doi-10.1000/1.2"},
    {"member": "d0/0", "entity": "paper/aa"}, {"member": "d3/0", "entity": "paper/aa"},
    {"member": "d1/0", "entity": "paper/arxiv-2101.00001"}, {"member": "d2/0", "entity": "paper/cc"},
])  # fmt: skip

SLOTS = {
    "d0/0#author/0": "Ann Li", "d1/0#author/0": "Ann Li", "d1/0#author/1": "Bo Li", "d2/0#author/0": "Cy Li",
    "d2/0#author/1": "A. Li",
}  # fmt: skip
RULES = [Judgement("person", "d0/0#author/0", "d1/0#author/0", "same", 0.9, "name", {})]


def people() -> Catalogue:
    anchors = [(slot, f"{slot[:2]}#{name.lower()}") for slot, name in SLOTS.items()]
    return catalogue("person", anchors, list(SLOTS.items()), PAPERS)


def rows(said: Sequence[Judgement]) -> list[dict[str, Any]]:
    groups = components(SLOTS, [*RULES, *said])
    return [{"member": slot, "entity": f"person/{SLOTS[group[0]].lower().replace(' ', '-')}"} for group in groups for slot in group]


def settled(*lines: str) -> Settled:
    decided, faults = read("\n".join(["kind,verdict,left,right,note,number", *lines]))
    assert not faults
    return settle(decided, "person", people(), rows)


def groups(found: Settled) -> list[list[str]]:
    return components(SLOTS, [*RULES, *found.judgements])


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("aa", ["d0/0", "d3/0"]), ("paper/cc", ["d2/0"]), ("https://example.org/x/paper/cc", ["d2/0"]), ("<https://x.org/paper/aa>", ["d0/0", "d3/0"]),
        ("https://x.org/y#paper/doi-10.1000/1.2", ["d9/0"]),
        ("https://arxiv.org/abs/2101.00001v2", ["d1/0"]), ("arXiv:2101.00001", ["d1/0"]), ("hats again - a c# study", ["d1/0"]),
    ],
)  # fmt: skip
def test_a_paper_has_many_names(text: str, members: list[str]) -> None:
    assert list(PAPERS.find(text)) == members


@pytest.mark.parametrize(("text", "what"), [("On Hats", "'On Hats' is the name of 2: paper/aa, paper/cc"), ("On Caps", "names no paper")])
def test_what_names_nothing_or_several_is_told(text: str, what: str) -> None:
    with pytest.raises(UnfoundError, match=what):
        PAPERS.find(text)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("https://example.org/x/paper/arxiv-2101.00002", "paper/arxiv-2101.00001"), ("doi:10.1000/1.3", ""), ("hats agian", ""),
        ("arXiv:2101.00002", "arxiv:2101.00001"), ("Hats again: a study", "hats again a c study"), ("paper/?", ""), ("paper", ""), ("paper/", ""), ("topic/arxiv-2101.00001", ""),
    ],
)  # fmt: skip
def test_what_names_nothing_is_told_with_what_is_nearest(text: str, near: str) -> None:
    with pytest.raises(UnfoundError) as raised:
        PAPERS.find(text)
    assert raised.value.todo == "correct the line, or take it out if its source has gone" + (f"; nearest here: {near}" if near else "")


def test_a_person_or_an_author_that_is_not_here_is_told_with_who_is() -> None:
    told = settled("person,same,person/ann-lie,person/cy-li", "person,same,ff#ann li,person/cy-li", "person,same,bb#anne li,person/cy-li").problems
    assert [(problem.line, problem.todo.partition("; ")[2]) for problem in told] == [
        (2, "nearest here: person/ann-li"), (3, "nearest here: person/ann-li"), (4, "nearest here: ann li, bo li"),
    ]  # fmt: skip


def test_an_author_is_named_by_the_paper_and_the_printed_name() -> None:
    assert people().find("arxiv:2101.00001#bo li") == ("d1/0#author/1",)
    assert people().find("Hats again: a C# study#Ann Li") == ("d1/0#author/0",)
    with pytest.raises(UnfoundError, match="has no author printed 'Cy Li'"):
        people().find("bb#Cy Li")


def test_anchors_need_no_entities() -> None:
    def never(_: Sequence[Judgement]) -> list[dict[str, Any]]:
        raise AssertionError

    found = settle([Decision("person", "same", "d1#bo li", "d2#cy li", "one page")], "person", people(), never)
    assert [(j.left, j.right, j.verdict, j.rule, j.by, j.evidence) for j in found.judgements] == [
        ("d1/0#author/1", "d2/0#author/0", "same", "person:must-link", FILE, {"note": "one page"}),
    ]  # fmt: skip
    assert not found.problems


def test_an_entity_named_is_all_its_members() -> None:
    found = settled("person,same,person/ann-li,Cy Li,,")
    assert groups(found)[0] == ["d0/0#author/0", "d1/0#author/0", "d2/0#author/0"]
    apart = settled("person,different,Ann Li,Cy Li,,")
    assert [(j.left, j.right) for j in apart.judgements] == [("d0/0#author/0", "d2/0#author/0"), ("d1/0#author/0", "d2/0#author/0")]


def test_names_mean_what_is_seen_after_decisions_on_members() -> None:
    split = "person,different,d0#ann li,d1#ann li,,1"
    assert "'Ann Li' is the name of" not in "".join(p.what for p in settled(split, "person,same,d1#ann li,Cy Li,,").problems)
    found = settled("person,same,d1#bo li,d2#cy li,,1", "person,different,Bo Li,A. Li,,")
    assert {(j.left, j.right) for j in found.judgements if j.verdict == "different"} == {
        ("d1/0#author/1", "d2/0#author/1"), ("d2/0#author/0", "d2/0#author/1"),
    }  # fmt: skip


def test_what_names_nothing_is_a_problem_and_the_rest_holds() -> None:
    found = settled("person,same,gone#ann li,d1#bo li,,", "person,same,d1#bo li,d2#cy li,,", "person,assign,bb#Zoe,Cy Li,,")
    assert [(p.document, p.line, p.what, p.severity) for p in found.problems] == [
        (FILE, 2, "names no paper that is here: 'gone'", "warning"), (FILE, 4, "'bb' has no author printed 'Zoe'", "warning"),
    ]  # fmt: skip
    assert ["d1/0#author/1", "d2/0#author/0"] in groups(found)


def test_an_assigned_slot_leaves_whom_it_was_with() -> None:
    found = settled("person,assign,bb#Ann Li,Cy Li,her page,")
    assert groups(found) == [["d0/0#author/0"], ["d1/0#author/0", "d2/0#author/0"], ["d1/0#author/1"], ["d2/0#author/1"]]
    assert {j.rule for j in found.judgements} == {"person:assigned", "person:assigned-elsewhere"}
    assert all(j.evidence == {"note": "her page"} for j in found.judgements)


def test_to_assign_what_is_so_already_tells_nothing_apart() -> None:
    assert {j.verdict for j in settled("person,assign,bb#Ann Li,aa#Ann Li,,").judgements} == {"same"}


def test_a_slot_goes_where_both_are_that_people_made_one() -> None:
    found = settled("person,assign,bb#Ann Li,d2#cy li,,", "person,same,d0#ann li,d2#cy li,,")
    assert not found.problems
    assert groups(found)[0] == ["d0/0#author/0", "d1/0#author/0", "d2/0#author/0"]


def test_a_slot_assigned_to_two_is_a_problem_unless_the_later_one_counts() -> None:
    found = settled("person,assign,bb#Ann Li,Cy Li,,", "person,assign,bb#Ann Li,d2#a. li,,")
    assert [(p.line, p.what) for p in found.problems] == [(3, "bb#Ann Li is assigned to d2#a. li here and to Cy Li in line 2")]
    assert ["d1/0#author/0", "d2/0#author/0"] in groups(found)
    later = settled("person,assign,bb#Ann Li,Cy Li,,1", "person,assign,bb#Ann Li,d2#a. li,,2")
    assert not later.problems
    assert ["d1/0#author/0", "d2/0#author/1"] in groups(later)


def test_a_direct_contradiction_is_told() -> None:
    found = settled("person,same,d1#bo li,d2#cy li,,", "person,different,d2#cy li,d1#bo li,,")
    assert [(p.line, p.what) for p in found.problems] == [
        (3, "person d1#bo li and d2#cy li are said to be different, and yet to be one: d1#bo li = d2#cy li (line 2)"),
    ]  # fmt: skip


def test_a_chain_that_contradicts_itself_is_told_with_its_lines() -> None:
    found = settled("person,same,d0#ann li,d1#bo li,,", "person,different,d0#ann li,d2#cy li,,", "person,same,d1#bo li,d2#cy li,,")
    (problem,) = found.problems
    assert problem.line == 3
    assert "d0#ann li = d1#bo li (line 2), d1#bo li = d2#cy li (line 4)" in problem.what
    assert groups(found) == groups(settled("person,same,d1#bo li,d2#cy li,,", "person,different,d0#ann li,d2#cy li,,", "person,same,d0#ann li,d1#bo li,,"))


def test_the_later_of_two_numbered_decisions_counts() -> None:
    found = settled("person,same,d1#bo li,d2#cy li,,1", "person,different,d1#bo li,d2#cy li,,2")
    assert (found.problems, [j.verdict for j in found.judgements]) == ([], ["different"])


def test_who_is_split_off_takes_no_earlier_merge_along() -> None:
    merged = "person,same,d0#ann li,d2#cy li,,1"
    found = settled(merged, "person,different,d0#ann li,d1#ann li,,2", "person,different,d0#ann li,d2#cy li,,2")
    assert ["d1/0#author/0", "d2/0#author/0"] in groups(found)
    assert ["d0/0#author/0"] in groups(found)
    assert not found.problems


def test_the_later_word_on_one_pair_takes_the_whole_merge_back() -> None:
    found = settled("person,same,d0#ann li,d2#cy li,,1", "person,different,d0#ann li,d2#cy li,,2")
    assert groups(found) == components(SLOTS, RULES)


def test_an_assigned_slot_takes_no_earlier_merge_along() -> None:
    found = settled("person,same,d0#ann li,d2#cy li,,1", "person,assign,d0#ann li,d1#bo li,,2")
    assert ["d0/0#author/0", "d1/0#author/1"] in groups(found)
    assert ["d1/0#author/0", "d2/0#author/0"] in groups(found)


def test_a_slot_assigned_to_and_fro_ties_nobody_together() -> None:
    """The second assignment comes with a line for each pair that the first had told apart."""
    first, back = "person,assign,d0#ann li,d1#bo li,,1", "person,assign,d0#ann li,d1#ann li,,2\nperson,same,d0#ann li,d1#ann li,,2"
    found = settled(first, back, "person,assign,d0#ann li,d1#bo li,,3")
    assert groups(found) == groups(settled(first))


def test_members_with_one_anchor_can_be_told_apart() -> None:
    twins = catalogue("paper", [("a", "x"), ("b", "x")], [])
    found = settle([Decision("paper", "different", "x", "x")], "paper", twins, lambda _: [])
    assert [(j.left, j.right, j.verdict) for j in found.judgements] == [("a", "b", "different")]


ENTITY = {"d0/0#author/0": "person/ann", "d1/0#author/0": "person/ann", "d1/0#author/1": "person/bo", "d2/0#author/0": "person/cy"}


def test_somebody_is_renamed() -> None:
    found, problems = names(settled("person,renamed,Bo Li,Bob Lee,,", "person,renamed,d2#cy li,Cyd Li,,").renamings, ENTITY)
    assert ({path: each.name for path, each in found.items()}, problems) == ({"person/bo": "Bob Lee", "person/cy": "Cyd Li"}, [])


def test_renaming_is_followed_and_does_not_go_in_circles() -> None:
    chain = settled("person,renamed,Bo Lee,Bob Lee,,", "person,renamed,Bo Li,Bo Lee,,")
    assert (chain.problems, [each.name for each in chain.renamings]) == ([], ["Bob Lee"])
    ring = settled("person,renamed,Bo Li,Bo Lee,,", "person,renamed,Bo Lee,Bo Li,,")
    assert [p.what for p in ring.problems] == ["'Bo Li' is renamed in a circle: lines 2, 3"]
    assert not ring.renamings
    swapped = settled("person,renamed,Bo Li,Cy Li,,", "person,renamed,Cy Li,Bo Li,,")
    assert (swapped.problems, [each.name for each in swapped.renamings]) == ([], ["Cy Li", "Bo Li"])


def test_two_names_at_once_are_a_problem() -> None:
    found, problems = names(settled("person,renamed,Bo Li,Bob,,", "person,renamed,d1#bo li,Rob,,").renamings, ENTITY)
    assert found["person/bo"].name == "Bob"
    assert [(p.line, p.what) for p in problems] == [(3, "d1#bo li is renamed 'Rob' here and 'Bob' in line 2")]
    later, problems = names(settled("person,renamed,Bo Li,Bob,,1", "person,renamed,d1#bo li,Rob,,2").renamings, ENTITY)
    assert (later["person/bo"].name, problems) == ("Rob", [])
