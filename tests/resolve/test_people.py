"""Which author slots are one person: what a name can tell, what it takes co-authors to tell, what stays open."""

import math
import random
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.names import Name, compatible, is_group, parse
from kg.resolve.cluster import components
from kg.resolve.people import Slot, blocks, judge, judge_block, linkage
from kg.resolve.people.evidence import pairs
from kg.resolve.people.slots import CROWD, Signed

List = tuple[str, str, Sequence[str]]
"""A record, the paper that it is of, and the names on its list."""


def slots(*lists: List, page: str = "", owner: str = "") -> list[Slot]:
    """Return the slots of some author lists; `page` is the document of an author page, `owner` the name at its head."""
    made = []
    for record, paper, names in lists:
        ranks: Counter[str] = Counter()
        for position, name in enumerate(names):
            key = parse(name).folded
            member = f"{record}#author/{position}"
            made.append(Slot(member, paper, record.partition("/")[0], name, is_group(name), ranks[key]))
            ranks[key] += 1
    if owner:
        made.append(Slot(f"{page}/profile0#name/0", "", page, owner, group=False, profile=True))
    return made


def people(found: Sequence[Slot]) -> list[list[str]]:
    """Return the people, each as the sorted names of the slots."""
    name = {slot.member: slot.name for slot in found}
    return sorted(sorted(name[member] for member in person) for person in components(name, judge(found)))


def verdicts(found: Sequence[Slot]) -> set[str]:
    return {judgement.verdict for judgement in judge(found)}


def test_a_rare_name_is_one_person_and_a_common_one_is_not_by_itself() -> None:
    assert people(slots(("a/0", "p", ["Almut Muster"]), ("b/0", "q", ["Almut Muster"]))) == [["Almut Muster", "Almut Muster"]]
    assert people(slots(("a/0", "p", ["Jing Wang"]), ("b/0", "q", ["Jing Wang"]))) == [["Jing Wang"], ["Jing Wang"]]


def test_spellings_of_one_surname_meet_and_need_what_any_pair_does() -> None:
    one, other = ["Almut Van Muster", "Ann Poe"], ["Almut VanMuster", "Ann Poe"]
    assert ["Almut Van Muster", "Almut VanMuster"] in people(slots(("a/0", "p", one), ("b/0", "q", other)))
    assert people(slots(("a/0", "p", ["J. Le Wang"]), ("b/0", "q", ["J. Lewang"]))) == [["J. Le Wang"], ["J. Lewang"]]
    beside = ["Al Ode", "Bo Beispiel"]
    assert ["Ana Li", "Li Poe, Ana"] in people(slots(("a/0", "p", [*beside, "Li Poe, Ana"]), ("b/0", "q", [*beside, "Ana Li"])))
    assert ["Ana Li"] in people(slots(("a/0", "p", ["Li Poe, Ana"]), ("b/0", "q", ["Ana Li"])))


def test_blocks_stay_apart_where_no_two_names_can_be_one() -> None:
    names = {"a": "Almut Van Muster", "b": "Almut VanMuster", "c": "Ana Vanmuster", "d": "Ana Muster", "e": "Max Vanmuster", "f": "Max Muster"}
    found = blocks(Signed(Slot(f"{r}/0#author/0", r, r, name, group=False) for r, name in names.items()))
    assert [[slot.name for slot in block] for block in found] == [["Almut Van Muster", "Almut VanMuster", "Ana Vanmuster", "Ana Muster"]]


def test_one_name_of_a_collective_is_one_however_it_is_announced() -> None:
    lists: list[List] = [("a/0", "p", ["The Hat Collaboration"]), ("b/0", "q", ["on behalf of the Hat Collab."]), ("c/0", "r", ["Cap Collaboration"])]
    assert people(slots(*lists)) == [["Cap Collaboration"], ["The Hat Collaboration", "on behalf of the Hat Collab."]]


def test_bare_initials_alone_are_not() -> None:
    assert people(slots(("a/0", "p", ["J. Wang"]), ("b/0", "q", ["J. Wang"]))) == [["J. Wang"], ["J. Wang"]]


def test_a_place_of_work_joins_what_a_common_name_does_not() -> None:
    here, there = (Slot(f"{r}/0#author/0", r, r, "Jing Wang", group=False, affiliations=("Muster Institute of Hats",), year=2020) for r in "ab")
    assert people([here, there]) == [["Jing Wang", "Jing Wang"]]
    assert people([here, replace(there, affiliations=("Beispiel Polytechnic, Utopia",))]) == [["Jing Wang"], ["Jing Wang"]]


def test_bare_initials_with_a_shared_coauthor_are_one() -> None:
    found = slots(("a/0", "p", ["J. Wang", "Ann Poe"]), ("b/0", "q", ["J. Wang", "Ann Poe"]), ("c/0", "r", ["J. Wang", "Max Ode"]))
    assert people(found) == [["Ann Poe", "Ann Poe"], ["J. Wang"], ["J. Wang", "J. Wang"], ["Max Ode"]]


def test_bare_initials_on_two_lists_of_one_paper_are_one() -> None:
    assert people(slots(("a/0", "p", ["J. Wang"]), ("b/0", "p", ["J. Wang"]))) == [["J. Wang", "J. Wang"]]


def test_bare_initials_are_joined_by_whoever_links_them() -> None:
    lists: list[List] = [("a/0", "p", ["J. Wang", "Ann Poe"]), ("b/0", "q", ["J. Wang", "Max Ode"]),
                         ("c/0", "r", ["J. Wang", "Max Ode", "Ann Poe"])]  # fmt: skip
    assert ["J. Wang"] * 3 in people(slots(*lists))


def test_initials_meet_a_full_name_only_with_a_shared_coauthor() -> None:
    with_one = slots(("a/0", "p", ["Jing Wang", "Ann Poe"]), ("b/0", "q", ["J. Wang", "Ann Poe"]))
    assert people(with_one) == [["Ann Poe", "Ann Poe"], ["J. Wang", "Jing Wang"]]
    without = slots(("a/0", "p", ["Jing Wang", "Ann Poe"]), ("b/0", "q", ["J. Wang", "Max Ode"]))
    assert people(without) == [["Ann Poe"], ["J. Wang"], ["Jing Wang"], ["Max Ode"]]
    assert verdicts(without) <= {"unsure"}


def test_a_coauthor_tells_as_much_as_the_name_is_rare() -> None:
    common = slots(("a/0", "p", ["Jing Wang", "Yan Li"]), ("b/0", "q", ["J. Wang", "Y. Li"]))
    rare = slots(("a/0", "p", ["Jing Wang", "Almut Muster"]), ("b/0", "q", ["J. Wang", "A. Muster"]))
    one, other = (max(j.score for j in judge(found) if j.left == "a/0#author/0") for found in (common, rare))
    assert one < other


def test_initials_belong_to_the_full_name_that_shares_the_coauthor() -> None:
    """The slots of one bare name are not one person: each goes with its own."""
    found = slots(
        ("a/0", "p", ["J. Wang", "Ann Poe"]), ("b/0", "q", ["J. Wang", "Max Ode"]), ("c/0", "r", ["Jing Wang", "Max Ode"])
    )
    judged = [j for j in judge(found) if j.verdict == "same" and "#author/0" in j.left]
    assert [(j.left, j.right) for j in judged] == [("b/0#author/0", "c/0#author/0")]


def test_two_full_names_that_fit_one_initial_stay_unsure() -> None:
    found = slots(
        ("a/0", "p", ["Jing Wang", "Ann Poe"]), ("b/0", "q", ["J. Wang", "Ann Poe"]), ("c/0", "r", ["Jun Wang", "Ann Poe"])
    )
    assert people(found) == [["Ann Poe"] * 3, ["J. Wang"], ["Jing Wang"], ["Jun Wang"]]
    between = [(j.left, j.right, j.verdict) for j in judge(found) if j.left.endswith("/0")]
    assert between == [("a/0#author/0", "b/0#author/0", "unsure"), ("b/0#author/0", "c/0#author/0", "unsure")]


def test_a_third_name_that_fits_both_is_no_rival() -> None:
    found = slots(
        ("a/0", "p", ["A. Sophia Koepke", "Ann Poe"]), ("b/0", "q", ["Almut Sophia Koepke", "Ann Poe"]),
        ("c/0", "r", ["A. S. Koepke", "Ann Poe"]),
    )  # fmt: skip
    assert people(found) == [["A. S. Koepke", "A. Sophia Koepke", "Almut Sophia Koepke"], ["Ann Poe"] * 3]


def test_more_of_a_name_is_the_same_person_with_a_shared_coauthor() -> None:
    found = slots(("a/0", "p", ["A. Sophia Koepke", "Ann Poe"]), ("b/0", "q", ["Almut Sophia Koepke", "Ann Poe"]))
    assert ["A. Sophia Koepke", "Almut Sophia Koepke"] in people(found)
    assert ["A. Sophia Koepke", "Barbara Sophia Koepke"] not in people(slots(("a/0", "p", ["A. Sophia Koepke"]), ("b/0", "q", ["Barbara Sophia Koepke"])))


@pytest.mark.parametrize(("one", "other"), [("Almut Muster", "Almut S. Muster"), ("Gabriele Beispiel", "Gabriele Anna Beispiel"), ("Steve Beispiel", "Steven Beispiel")])
def test_a_rare_name_needs_no_coauthor_to_have_a_middle_name_or_a_nickname(one: str, other: str) -> None:
    found = [replace(slot, year=year, venue=venue) for slot, year, venue in zip(
        slots(("a/0", "p", [one, "Ann Poe"]), ("b/0", "q", [other, "Bo Ode"])), (2004, 2004, 2007, 2007), "xxyy", strict=True)]  # fmt: skip
    assert sorted((one, other)) in people(found)


@pytest.mark.parametrize(("one", "other"), [("Jing Wang", "Jing Y. Wang"), ("Mike Zhang", "Michael Zhang"), ("Wei Shen", "Wei-Min Shen")])
def test_a_common_name_with_a_middle_name_or_a_nickname_is_somebody_else(one: str, other: str) -> None:
    assert sorted((one, other)) not in people(slots(("a/0", "p", [one, "Ann Poe"]), ("b/0", "q", [other, "Bo Ode"])))


def test_two_lists_of_one_paper_may_print_a_name_differently() -> None:
    found = slots(("a/0", "p", ["J. Wang", "A. Poe"]), ("b/0", "p", ["Jing Wang", "Ann Poe"]))
    assert people(found) == [["A. Poe", "Ann Poe"], ["J. Wang", "Jing Wang"]]


def test_no_chain_through_an_initial_joins_names_that_exclude_each_other() -> None:
    found = slots(
        ("a/0", "p", ["Jing Wang", "Ann Poe"]), ("b/0", "p", ["J. Wang", "Ann Poe"]),
        ("c/0", "q", ["J. Wang", "Ann Poe"]), ("d/0", "q", ["Jun Wang", "Ann Poe"]),
    )  # fmt: skip
    assert not any({"Jing Wang", "Jun Wang"} <= set(person) for person in people(found))


def test_the_same_name_twice_in_one_list_is_two_people() -> None:
    twice = slots(("a/0", "p", ["Wei Wang", "Wei Wang", "Ann Poe"]))
    assert people(twice) == [["Ann Poe"], ["Wei Wang"], ["Wei Wang"]]
    copies = slots(("a/0", "p", ["Wei Wang", "Wei Wang"]), ("b/0", "p", ["Wei Wang", "Wei Wang"]))
    assert people(copies) == [["Wei Wang", "Wei Wang"]] * 2
    with_initial = slots(("a/0", "p", ["Wei Wang", "Wei Wang", "Ann Poe"]), ("b/0", "q", ["W. Wang", "Ann Poe"]))
    assert not any(person.count("Wei Wang") > 1 for person in people(with_initial))


def test_namesakes_in_one_list_are_two_people() -> None:
    found = slots(("a/0", "p", ["J. Wang", "Jing Wang", "Ann Poe"]), ("b/0", "q", ["Jing Wang", "Ann Poe"]))
    assert people(found) == [["Ann Poe", "Ann Poe"], ["J. Wang"], ["Jing Wang", "Jing Wang"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Xin Li", "Yan Li"), ("Li Wang", "Lin Wang"), ("Cheng Yang", "Cheng Yan"), ("Maria Wang", "Mаria Wang"), ("José Díaz", "Jorge Díaz")],
)  # fmt: skip
def test_other_names_are_other_people_whatever_they_share(one: str, other: str) -> None:
    found = slots(("a/0", "p", [one, "Ann Poe", "Max Ode"]), ("b/0", "q", [other, "Ann Poe", "Max Ode"]))
    assert not any({one, other} <= set(person) for person in people(found))


def test_normal_forms_are_one_spelling() -> None:
    nfc, nfd = (unicodedata.normalize(form, "Aäron Díaz") for form in ("NFC", "NFD"))
    assert people(slots(("a/0", "p", [nfc]), ("b/0", "q", [nfd]))) == [sorted([nfc, nfd])]


def test_groups_are_joined_among_themselves_and_apart_from_people() -> None:
    mixed = [Slot(f"{d}/0#author/0", d, d, "Gemma Team", group) for d, group in (("a", True), ("b", True), ("c", False))]
    groups = {frozenset(person) for person in components([slot.member for slot in mixed], judge(mixed))}
    assert groups == {frozenset({"a/0#author/0", "b/0#author/0"}), frozenset({"c/0#author/0"})}


def test_the_owner_of_a_page_signed_what_stands_on_it() -> None:
    found = slots(("a/0", "p", ["J. Wang", "Max Ode"]), page="a", owner="Jing Wang")
    assert people(found) == [["J. Wang", "Jing Wang"], ["Max Ode"]]
    elsewhere = slots(("b/0", "p", ["J. Wang"]), page="a", owner="Jing Wang")
    assert people(elsewhere) == [["J. Wang"], ["Jing Wang"]]


def test_heads_of_two_pages_share_no_paper() -> None:
    heads = [*slots(page="a", owner="Almut Muster"), *slots(page="b", owner="Almut Muster")]
    assert [j.verdict for j in judge(heads)] == ["same"]
    assert not any("same-paper" in j.evidence for j in judge(heads))


def test_every_judgement_tells_its_evidence() -> None:
    found = slots(("a/0", "p", ["Jing Wang", "Ann Poe"]), ("b/0", "q", ["J. Wang", "Ann Poe"]))
    (joined,) = [j for j in judge(found) if j.left == "a/0#author/0"]
    weights = {name: weight for name, weight in joined.evidence.items() if isinstance(weight, float)}
    assert joined.verdict == "same"
    assert joined.evidence["shared co-authors"] == "ann poe"
    assert joined.score == pytest.approx(1 / (1 + math.exp(-sum(weights.values()))), abs=0.01)
    assert joined.rule.split("+") == sorted((n for n, w in weights.items() if w > 0), key=lambda n: (-weights[n], n))


def test_a_crowd_tells_nothing_about_who_works_with_whom() -> None:
    crowd = [f"Name{i} Family{i}" for i in range(CROWD)]
    found = slots(("a/0", "p", ["Jing Wang", *crowd]), ("b/0", "q", ["J. Wang", *crowd]))
    assert ["J. Wang"] in people(found)


@pytest.mark.parametrize("name", ["Anonymous", "Anonymous Authors", "N. N.", "J."])
def test_who_is_not_named_is_not_one_person(name: str) -> None:
    found = slots(("a/0", "p", [name, "Ann Poe"]), ("b/0", "q", [name, "Max Ode"]))
    assert judge(found) == []
    beside = slots(("a/0", "p", ["J. Wang", name]), ("b/0", "q", ["Jing Wang", name]))
    assert judge(beside) == judge(slots(("a/0", "p", ["J. Wang", "Anonymous"]), ("b/0", "q", ["Jing Wang", "Unknown"])))


def test_a_name_in_han_alone_is_not_one_person() -> None:
    found = slots(("a/0", "p", ["王伟"]), ("b/0", "q", ["王 伟"]))
    assert verdicts(found) == {"unsure"}
    team = ["张敏", "李娜", "王伟"]
    assert people(slots(("a/0", "p", team), ("b/0", "q", team))) == [[name, name] for name in team]


def test_a_crowd_who_are_all_tied_is_judged_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linkage, "LARGEST", 50)
    found = slots(*((f"d{i:04}/0", f"p{i}", ["Wei Wang", "Ann Poe"]) for i in range(120)))
    of = [slot for slot in found if slot.name == "Wei Wang"]
    sizes = [len(part) for part in components([slot.member for slot in of], judge_block(of, Signed(found)))]
    assert sum(sizes) == 120
    assert max(sizes) == 50


def test_judgements_do_not_grow_with_the_square_of_a_name() -> None:
    count = 900
    same = slots(*((f"d{i:04}/0", f"p{i}", ["Wei Wang", "Ann Poe"]) for i in range(count)))
    assert len(judge(same)) <= 2 * count
    bare = slots(*((f"d{i:04}/0", f"p{i}", ["W. Wang", f"Co{i} Author{i}"]) for i in range(count)))
    assert len(judge(bare)) <= 2 * count


NAMES = st.sampled_from(
    ["Jing Wang", "J. Wang", "J. R. Wang", "Jing R. Wang", "Jun Wang", "J. S. Wang", "Jun S. Wang", "Wang", "Ann Poe", "A. Poe", "Max Ode"]
)
CORPUS = st.lists(st.tuples(st.sampled_from("pqr"), st.lists(NAMES, min_size=1, max_size=5)), min_size=1, max_size=6)


def corpus(rows: list[tuple[str, list[str]]]) -> list[Slot]:
    return slots(*((f"d{i}/0", paper, names) for i, (paper, names) in enumerate(rows)), page="d0", owner="Jing Wang")


@settings(deadline=None, max_examples=300)
@given(CORPUS)
def test_nobody_is_two_people_of_one_list_or_has_names_that_exclude_each_other(rows: list[tuple[str, list[str]]]) -> None:
    found = {slot.member: slot for slot in corpus(rows)}
    for person in components(found, judge(found.values())):
        for one, other in combinations([found[member] for member in person], 2):
            assert one.list != other.list
            left, right = parse(one.name), parse(other.name)
            assert left.folded == right.folded or compatible(left, right)


@settings(deadline=None)
@given(CORPUS, st.randoms())
def test_the_order_of_the_input_does_not_matter(rows: list[tuple[str, list[str]]], chance: random.Random) -> None:
    found = corpus(rows)
    shuffled = list(found)
    chance.shuffle(shuffled)
    assert judge(shuffled) == judge(found)
    assert all(j.left < j.right for j in judge(found))


def test_one_orcid_is_one_person_unless_the_names_share_nothing() -> None:
    def holder(member: str, name: str, orcid: str) -> Slot:
        return Slot(member, f"paper/{member[0]}", "d", name, group=False, ids=frozenset({f"orcid:{orcid}"}))

    found = judge([
        holder("a/0#author/0", "Ada Beispiel", "0000-0002-1825-0097"), holder("b/0#author/0", "A. B. Beispiel", "0000-0002-1825-0097"),
        holder("b/0#author/1", "Wei Wang", "0000-0002-1825-0097"), holder("c/0#author/0", "Ada Beispiel", "0000-0001-5109-3700"),
    ])  # fmt: skip
    told = {(j.left, j.right): (j.verdict, j.rule) for j in found if "orcid" in j.rule}
    assert told == {
        ("a/0#author/0", "b/0#author/0"): ("same", "same-orcid"),
        ("a/0#author/0", "b/0#author/1"): ("unsure", "same-orcid-other-name"),
        ("a/0#author/0", "c/0#author/0"): ("different", "different-orcids"),
    }


def test_lists_whose_keys_begin_alike_are_kept_apart() -> None:
    found = judge(slots(("a/1", "p", ["Jing Wang", "J. Wang"]), ("a/10", "q", ["Jing Wang"]), ("a/2", "r", ["J. Wang"])))
    assert [(j.left, j.right) for j in found if j.rule == "both-in-one-list"] == [("a/1#author/0", "a/1#author/1")]


def test_who_takes_names_apart_does_not_matter_and_does_so_once_a_name() -> None:
    asked: Counter[str] = Counter()

    def parsed(name: str) -> Name:
        asked[name] += 1
        return parse(name)

    found = slots(("a/0", "p", ["J. Wang", "Ann Poe"]), ("b/0", "q", ["Jing Wang", "Ann Poe"]), ("c/0", "r", ["J. Wang", "Ann Poe"]))
    assert judge(found, parsed) == judge(found)
    assert asked == {"J. Wang": 1, "Jing Wang": 1, "Ann Poe": 1}


def test_one_of_several_identifiers_is_enough() -> None:
    one, other = slots(("a/0", "p", ["Jing Wang"]), ("b/0", "q", ["Jing Wang"]))
    several = [replace(one, ids=frozenset({"dblp:1", "dblp:9"})), replace(other, ids=frozenset({"dblp:1"}))]
    assert people(several) == [["Jing Wang", "Jing Wang"]]


def test_an_orcid_given_to_another_by_mistake_still_joins_its_owner() -> None:
    """Whoever comes first under the iD: the others are compared with each other, too."""
    names = ["Ann Muster", "Carla Beispiel", "C. Beispiel"]
    found = [replace(each, ids=frozenset({"orcid:1"})) for each in slots(*((f"{n}/0", f"p{n}", [name]) for n, name in enumerate(names)))]
    assert people(found) == [["Ann Muster"], ["C. Beispiel", "Carla Beispiel"]]


def test_a_crowd_of_namesakes_is_told_apart_in_few_words() -> None:
    crowd = slots(("a/0", "p", ["Jing Wang"] * (3 * CROWD)))
    assert len(judge(crowd)) < len(crowd)
    assert len(people(crowd)) == len(crowd)


def test_who_signed_beside_is_told_in_order() -> None:
    signed = Signed(slots(("a/0", "p", ["Bo Muster", "B. Muster", "Ann Beispiel"])))
    assert list(signed.beside["p"]) == sorted(signed.beside["p"])


def test_who_heads_and_who_ends_a_list_is_known_but_for_who_signed_alone() -> None:
    signed = Signed(slots(("a/0", "p", ["Ann Poe", "Max Ode", "Jing Wang"]), ("b/0", "q", ["Jing Wang"])))
    assert signed.standing == {"a/0#author/0": 0, "a/0#author/1": 1, "a/0#author/2": 2}


def test_the_order_of_a_list_that_is_cut_tells_nothing() -> None:
    whole = slots(("a/0", "p", ["Ann Poe", "Max Ode"]))
    assert Signed(whole).standing == {"a/0#author/0": 0, "a/0#author/1": 2}
    assert Signed(replace(slot, cut=True) for slot in whole).standing == {}


def test_initials_are_likelier_those_of_who_signs_more_in_the_block() -> None:
    lists = [(f"{n}/0", str(n), [name]) for n, name in enumerate(["J. Wang", "Jing Wang", "Jing Wang", "Jing Wang", "Jun Wang"])]
    signed = Signed(slots(*lists))
    found = pairs(signed.slots, signed)
    share = dict(zip(zip(found.left.tolist(), found.right.tolist(), strict=True), found.features["share"].tolist(), strict=True))
    assert [share[0, k] for k in range(1, 5)] == pytest.approx([0.6, 0.6, 0.6, 0.2])
    assert share[1, 2] == 1
