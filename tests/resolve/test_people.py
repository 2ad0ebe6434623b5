"""Which author slots are one person: what a name can tell, what it takes co-authors to tell, what stays open."""

import random
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.names import Name, compatible, is_group, parse
from kg.resolve.cluster import components
from kg.resolve.people import BLOCK, CROWD, Slot, judge

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


def test_a_full_name_is_one_person() -> None:
    assert people(slots(("a/0", "p", ["Jane Doe"]), ("b/0", "q", ["Jane Doe"]))) == [["Jane Doe", "Jane Doe"]]


def test_bare_initials_alone_are_not() -> None:
    assert people(slots(("a/0", "p", ["J. Doe"]), ("b/0", "q", ["J. Doe"]))) == [["J. Doe"], ["J. Doe"]]
    assert people(slots(("a/0", "p", ["Homer"]), ("b/0", "q", ["Homer"]))) == [["Homer"], ["Homer"]]


def test_bare_initials_with_a_shared_coauthor_are_one() -> None:
    found = slots(("a/0", "p", ["J. Doe", "Ann Poe"]), ("b/0", "q", ["J. Doe", "Ann Poe"]), ("c/0", "r", ["J. Doe", "Max Ode"]))
    assert people(found) == [["Ann Poe", "Ann Poe"], ["J. Doe"], ["J. Doe", "J. Doe"], ["Max Ode"]]


def test_bare_initials_on_two_lists_of_one_paper_are_one() -> None:
    assert people(slots(("a/0", "p", ["J. Doe"]), ("b/0", "p", ["J. Doe"]))) == [["J. Doe", "J. Doe"]]


def test_bare_initials_are_joined_by_whoever_links_them() -> None:
    lists: list[List] = [("a/0", "p", ["J. Doe", "Ann Poe"]), ("b/0", "q", ["J. Doe", "Max Ode"]),
                         ("c/0", "r", ["J. Doe", "Max Ode", "Ann Poe"])]  # fmt: skip
    assert ["J. Doe"] * 3 in people(slots(*lists))


def test_initials_meet_a_full_name_only_with_a_shared_coauthor() -> None:
    with_one = slots(("a/0", "p", ["Jane Doe", "Ann Poe"]), ("b/0", "q", ["J. Doe", "Ann Poe"]))
    assert people(with_one) == [["Ann Poe", "Ann Poe"], ["J. Doe", "Jane Doe"]]
    without = slots(("a/0", "p", ["Jane Doe", "Ann Poe"]), ("b/0", "q", ["J. Doe", "Max Ode"]))
    assert people(without) == [["Ann Poe"], ["J. Doe"], ["Jane Doe"], ["Max Ode"]]
    assert verdicts(without) == {"unsure"}


def test_coauthors_printed_with_initials_count_in_pairs() -> None:
    one = slots(("a/0", "p", ["Jane Doe", "Ann Poe"]), ("b/0", "q", ["J. Doe", "A. Poe"]))
    assert ["J. Doe", "Jane Doe"] not in people(one)
    two = slots(("a/0", "p", ["Jane Doe", "Ann Poe", "Max Ode"]), ("b/0", "q", ["J. Doe", "A. Poe", "M. Ode"]))
    assert ["J. Doe", "Jane Doe"] in people(two)


def test_initials_belong_to_the_full_name_that_shares_the_coauthor() -> None:
    """The slots of one bare name are not one person: each goes with its own."""
    found = slots(
        ("a/0", "p", ["J. Doe", "Ann Poe"]), ("b/0", "q", ["J. Doe", "Max Ode"]), ("c/0", "r", ["Jane Doe", "Max Ode"])
    )
    judged = [j for j in judge(found) if j.verdict == "same" and "#author/0" in j.left]
    assert [(j.left, j.right) for j in judged] == [("b/0#author/0", "c/0#author/0")]


def test_two_full_names_that_fit_one_initial_stay_unsure() -> None:
    found = slots(
        ("a/0", "p", ["Jane Doe", "Ann Poe"]), ("b/0", "q", ["J. Doe", "Ann Poe"]), ("c/0", "r", ["John Doe", "Ann Poe"])
    )
    assert people(found) == [["Ann Poe"] * 3, ["J. Doe"], ["Jane Doe"], ["John Doe"]]
    between = {(j.verdict, j.rule) for j in judge(found) if j.left.endswith("/0")}
    assert between == {("unsure", "compatible-names+shared-coauthors")}


def test_a_third_name_that_fits_both_is_no_rival() -> None:
    found = slots(
        ("a/0", "p", ["A. Sophia Koepke", "Ann Poe"]), ("b/0", "q", ["Almut Sophia Koepke", "Ann Poe"]),
        ("c/0", "r", ["A. S. Koepke", "Ann Poe"]),
    )  # fmt: skip
    assert people(found) == [["A. S. Koepke", "A. Sophia Koepke", "Almut Sophia Koepke"], ["Ann Poe"] * 3]


def test_more_of_a_name_is_the_same_person_with_a_shared_coauthor() -> None:
    found = slots(("a/0", "p", ["A. Sophia Koepke", "Ann Poe"]), ("b/0", "q", ["Almut Sophia Koepke", "Ann Poe"]))
    assert ["A. Sophia Koepke", "Almut Sophia Koepke"] in people(found)
    apart = slots(("a/0", "p", ["A. Sophia Koepke"]), ("b/0", "q", ["Almut Sophia Koepke"]))
    assert verdicts(apart) == {"unsure"}


def test_two_lists_of_one_paper_may_print_a_name_differently() -> None:
    found = slots(("a/0", "p", ["J. Doe", "A. Poe"]), ("b/0", "p", ["Jane Doe", "Ann Poe"]))
    assert people(found) == [["A. Poe", "Ann Poe"], ["J. Doe", "Jane Doe"]]


def test_no_chain_through_an_initial_joins_names_that_exclude_each_other() -> None:
    found = slots(
        ("a/0", "p", ["Jane Doe", "Ann Poe"]), ("b/0", "p", ["J. Doe", "Ann Poe"]),
        ("c/0", "q", ["J. Doe", "Ann Poe"]), ("d/0", "q", ["John Doe", "Ann Poe"]),
    )  # fmt: skip
    assert not any({"Jane Doe", "John Doe"} <= set(person) for person in people(found))


def test_the_same_name_twice_in_one_list_is_two_people() -> None:
    twice = slots(("a/0", "p", ["Wei Wang", "Wei Wang", "Ann Poe"]))
    assert people(twice) == [["Ann Poe"], ["Wei Wang"], ["Wei Wang"]]
    copies = slots(("a/0", "p", ["Wei Wang", "Wei Wang"]), ("b/0", "p", ["Wei Wang", "Wei Wang"]))
    assert people(copies) == [["Wei Wang", "Wei Wang"]] * 2
    with_initial = slots(("a/0", "p", ["Wei Wang", "Wei Wang", "Ann Poe"]), ("b/0", "q", ["W. Wang", "Ann Poe"]))
    assert not any(person.count("Wei Wang") > 1 for person in people(with_initial))


def test_namesakes_in_one_list_are_two_people() -> None:
    found = slots(("a/0", "p", ["J. Doe", "Jane Doe", "Ann Poe"]), ("b/0", "q", ["Jane Doe", "Ann Poe"]))
    assert people(found) == [["Ann Poe", "Ann Poe"], ["J. Doe"], ["Jane Doe", "Jane Doe"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Xin Li", "Yan Li"), ("Li Wang", "Lin Wang"), ("Cheng Yang", "Cheng Yan"), ("Maria Doe", "Mаria Doe"), ("José Díaz", "Jorge Díaz")],
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
    found = slots(("a/0", "p", ["J. Doe", "Max Ode"]), page="a", owner="Jane Doe")
    assert people(found) == [["J. Doe", "Jane Doe"], ["Max Ode"]]
    elsewhere = slots(("b/0", "p", ["J. Doe"]), page="a", owner="Jane Doe")
    assert people(elsewhere) == [["J. Doe"], ["Jane Doe"]]


def test_heads_of_two_pages_share_no_paper() -> None:
    heads = [*slots(page="a", owner="Jane Doe"), *slots(page="b", owner="Jane Doe")]
    assert [(j.verdict, j.rule) for j in judge(heads)] == [("same", "same-name")]


def test_every_judgement_tells_its_evidence() -> None:
    found = slots(("a/0", "p", ["Jane Doe", "Ann Poe"]), ("b/0", "q", ["J. Doe", "Ann Poe"]))
    (joined,) = [j for j in judge(found) if j.left == "a/0#author/0"]
    assert (joined.verdict, joined.score) == ("same", 0.75)
    assert joined.evidence == {"compatible-names": 0.4, "shared-coauthors": 0.35, "coauthors": "ann poe, poe a"}


def test_a_crowd_tells_nothing_about_who_works_with_whom() -> None:
    crowd = [f"Name{i} Family{i}" for i in range(CROWD)]
    found = slots(("a/0", "p", ["Jane Doe", *crowd]), ("b/0", "q", ["J. Doe", *crowd]))
    assert ["J. Doe"] in people(found)


def test_judgements_do_not_grow_with_the_square_of_a_name() -> None:
    count = 3000
    same = slots(*((f"d{i:04}/0", f"p{i}", ["Wei Wang", "Ann Poe"]) for i in range(count)))
    assert len(judge(same)) <= 2 * count
    bare = slots(*((f"d{i:04}/0", f"p{i}", ["W. Wang", f"Co{i} Author{i}"]) for i in range(count)))
    assert len(judge(bare)) <= BLOCK * BLOCK


NAMES = st.sampled_from(
    ["Jane Doe", "J. Doe", "J. R. Doe", "Jane R. Doe", "John Doe", "J. S. Doe", "John S. Doe", "Doe", "Ann Poe", "A. Poe", "Max Ode"]
)
CORPUS = st.lists(st.tuples(st.sampled_from("pqr"), st.lists(NAMES, min_size=1, max_size=5)), min_size=1, max_size=6)


def corpus(rows: list[tuple[str, list[str]]]) -> list[Slot]:
    return slots(*((f"d{i}/0", paper, names) for i, (paper, names) in enumerate(rows)), page="d0", owner="Jane Doe")


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
        return Slot(member, f"paper/{member[0]}", "d", name, group=False, orcid=orcid)

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
    found = judge(slots(("a/1", "p", ["Jane Doe", "J. Doe"]), ("a/10", "q", ["Jane Doe"]), ("a/2", "r", ["J. Doe"])))
    assert [(j.left, j.right) for j in found if j.rule == "both-in-one-list"] == [("a/1#author/0", "a/1#author/1")]


def test_who_takes_names_apart_does_not_matter_and_does_it_once_a_name() -> None:
    asked: Counter[str] = Counter()

    def parsed(name: str) -> Name:
        asked[name] += 1
        return parse(name)

    found = slots(("a/0", "p", ["J. Doe", "Ann Poe"]), ("b/0", "q", ["Jane Doe", "Ann Poe"]), ("c/0", "r", ["J. Doe", "Ann Poe"]))
    assert judge(found, parsed) == judge(found)
    assert asked == {"J. Doe": 1, "Jane Doe": 1, "Ann Poe": 1}
