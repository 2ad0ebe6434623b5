"""One name for several things: which there are, and what a paper means that only uses the name."""

from collections.abc import Sequence

import pytest

from kg.resolve.things.homonyms import Rarity, Sense, Use, is_other, meanings, senses, text_words

ROBOTS = "grasping planner for robot arms with tactile fingers and force control"
TEXTS = "summarisation of legal documents with copied phrases and long clauses"


def use(
    record: str, text: str, *, name: str = "Walnut", claims: bool = False, heads: bool = False, study: bool = False,
    title: str = "", meant: str = "", people: Sequence[str] = (), cites: Sequence[str] = (), near: Sequence[str] = (), work: str = "",
) -> Use:  # fmt: skip
    return Use(
        record, work or f"paper/{record}", f"anchor-{record}", "method/walnut", name, claims, heads, study, title, meant,
        frozenset(people), frozenset(cites), frozenset(near), text_words(text),
    )  # fmt: skip


ROBOT = use("a", ROBOTS, claims=True, heads=True, title="Grasping with Tactile Fingers", people=["person/ann"])
TEXT = use("b", TEXTS, claims=True, heads=True, title="Copying Clauses from Legal Documents", people=["person/bob"])


def told(*uses: Use) -> list[Sense]:
    return senses(uses, Rarity(each.words for each in uses))


def meant(*uses: Use) -> dict[str, str]:
    """Return the names of the senses that the records mean."""
    found = told(*uses)
    rare = Rarity(each.words for each in uses)
    near = Rarity(each.near for each in uses)
    return {each.use.record: found[each.sense].name for each in meanings(uses, found, rare, near)}


GRASPING, COPYING = "Walnut (Grasping with Tactile Fingers)", "Walnut (Copying Clauses from Legal Documents)"


def test_two_papers_that_begin_with_one_name_mean_two_things() -> None:
    assert [sense.name for sense in told(ROBOT, TEXT)] == [GRASPING, COPYING]
    assert told(TEXT, ROBOT) == told(ROBOT, TEXT)
    assert told(ROBOT) == []


@pytest.mark.parametrize("tie", [
    {"people": ["person/ann"]}, {"cites": ["paper/a"]}, {"work": "paper/a"},
])  # fmt: skip
def test_who_shares_an_author_or_cites_the_other_means_the_same(tie: dict[str, Sequence[str]]) -> None:
    assert told(ROBOT, use("b", TEXTS, claims=True, heads=True, title="Walnut at Work", **tie)) == []  # type: ignore[arg-type]


def test_long_forms_decide_and_name_the_things() -> None:
    one = use("a", ROBOTS, claims=True, name="SAM", meant="Segment Anything Model")
    other = use("b", ROBOTS, claims=True, name="SAM", meant="sharpness-aware minimization")
    assert [sense.name for sense in told(one, other)] == ["SAM (Segment Anything Model)", "SAM (sharpness-aware minimization)"]
    assert told(one, use("c", TEXTS, claims=True, heads=True, name="SAM", meant="segment-anything models")) == []


def test_without_heads_only_unlike_texts_mean_two_things() -> None:
    one = use("a", ROBOTS, claims=True, title="On Walnut")
    assert told(one, use("b", ROBOTS + " again", claims=True, title="More")) == []
    assert len(told(one, use("b", TEXTS, claims=True, title="More"))) == 2


def test_things_with_one_qualifier_are_told_apart_by_their_contents() -> None:
    one, other = (use(record, text, claims=True, heads=True, title="A Study") for record, text in (("a", ROBOTS), ("b", TEXTS)))
    assert [sense.name for sense in told(one, other)] == ["Walnut (A Study anchor-a)", "Walnut (A Study anchor-b)"]


def test_the_context_says_what_is_meant_or_nothing_is_claimed() -> None:
    words = use("c", ROBOTS, title="Other robots")
    author = use("d", "nothing alike whatever", people=["person/bob"])
    citing = use("e", "nothing alike whatever", cites=["paper/b"])
    silent = use("f", "nothing alike whatever")
    ordinary = use("g", ROBOTS, name="walnut")
    assert meant(ROBOT, TEXT, words, author, citing, silent, ordinary) == {
        "a": GRASPING, "b": COPYING, "c": GRASPING, "d": COPYING, "e": COPYING,
    }  # fmt: skip


def test_another_record_of_the_paper_that_introduces_it_means_the_same() -> None:
    assert meant(ROBOT, TEXT, use("c", "nothing alike", work="paper/b"))["c"] == COPYING


def test_an_abbreviation_means_one_of_what_papers_define_it_to_be() -> None:
    definer = use("x", ROBOTS, name="Centre of Mass", people=["person/ann"])
    other = use("y", TEXTS, name="Chain of Meaning")
    known = [Sense("Centre of Mass", (definer,), "method/centre-of-mass"), Sense("Chain of Meaning", (other,), "method/chain-of-meaning")]
    bare, silent = use("a", ROBOTS, name="CoM", people=["person/ann"]), use("b", "nothing alike", name="CoM")
    rarity = Rarity(each.words for each in (definer, other, bare, silent))
    found = senses([bare, silent], rarity, known)
    assert found == known
    assert [(each.use.record, each.sense) for each in meanings([bare, silent], found, rarity, Rarity([frozenset()]))] == [("a", 0)]


def test_a_listed_name_that_is_spelled_out_otherwise_is_something_else() -> None:
    new = use("a", ROBOTS, claims=True, name="CoT", meant="Cooperative Training")
    assert is_other(new, ["chain-of-thought prompting", "chain of thought"])
    assert not is_other(use("a", ROBOTS, claims=True, name="CoT", meant="Chains of Thought"), ["chain of thought"])
    assert not is_other(new, ["CoT"])  # nobody says what that is short for
    [sense] = senses([new], Rarity([new.words]), listed=True)
    assert sense.name == "CoT (Cooperative Training)"


@pytest.mark.parametrize(("title", "study", "other"), [
    ("Grasping with Tactile Fingers", False, True), ("Grasping with Tactile Fingers", True, False),
    ("Cracking Shells by Learned Force, Extended", False, False), ("Learning Force for Cracking a Shell", False, False),
])  # fmt: skip
def test_what_has_another_title_than_the_listed_is_something_else(title: str, study: bool, other: bool) -> None:
    new = use("a", ROBOTS, claims=True, heads=True, study=study, title=title)
    assert is_other(new, ["Walnut"], ["Walnut: Cracking Shells by Learned Forces"]) == other
    assert not is_other(new, ["Walnut"])  # nobody knows who brought it
